/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/curves.h"
#include "scene/scene.h"

/* A figure is a recipe: it holds its curves and draws them into a scene of any size, as often as asked, and
 * it can write the table of everything it shows. Immutable, atomically counted. */

typedef struct _XpsFigure XpsFigure;

/* One panel a spectrum, in this order. Everything is copied. `note`: a line about the whole (goodness of fit,
 * weights), in the markup of scene/markup.h, or NULL. */
XpsFigure *xps_figure_new (const XpsFigureCurves *const *spectra, gsize n_spectra, const char *note);
XpsFigure *xps_figure_ref (XpsFigure *figure);
void xps_figure_unref (XpsFigure *figure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsFigure, xps_figure_unref)

gsize xps_figure_get_n_spectra (const XpsFigure *figure);
const XpsFigureCurves *xps_figure_get_spectrum (const XpsFigure *figure,
                                                gsize spectrum); /* owned by the figure */
const char *xps_figure_get_note (const XpsFigure *figure);       /* or NULL */

/* Palette entry of a component: species keep theirs in all panels. */
guint xps_figure_get_colour (const XpsFigure *figure, gsize spectrum, gsize component);
/* Its line: the palette entry, lighter for the weaker line of a doublet, darker and dashed otherwise for
 * further components of the same species in one spectrum. */
XpsStroke xps_figure_get_stroke (const XpsFigure *figure, gsize spectrum, gsize component, double width);
/* Whether the component is drawn as the weaker line of a doublet, in the lighter shade. */
gboolean xps_figure_is_partner (const XpsFigure *figure, gsize spectrum, gsize component);
/* What the component is called in the figure, as markup. New string. */
char *xps_figure_dup_label (const XpsFigure *figure, gsize spectrum, gsize component);

typedef enum {
  XPS_FIGURE_SINGLE, /* one column of a journal: 240 pt, 3.33 in */
  XPS_FIGURE_DOUBLE, /* two columns: 504 pt, 7 in */
} XpsFigureSize;

typedef struct {
  double width;       /* points */
  double height;      /* points; 0: what the content needs */
  double text_size;   /* of axis titles; tick labels and notes are an eighth smaller; at least 8 for print */
  double line_unit;   /* points that a line of width 1 has: 0.75 on paper */
  gboolean titles;    /* title lines */
  gboolean key;       /* what data, fit and background look like */
  gboolean residuals; /* the panel below, where there is a fit */
  gboolean labels;    /* component names at their maxima, where there is room */
  guint max_panels;   /* further spectra are left out and counted in a note */
} XpsFigureStyle;

/* For paper: single column for one spectrum, double for more is a good choice. */
void xps_figure_style_init (XpsFigureStyle *style, XpsFigureSize size);

/* Hit areas: "component:NAME", "envelope", "data", with "ID/" before them when there are several spectra. */
XpsScene *xps_figure_build (const XpsFigure *figure, const XpsFigureStyle *style);

/* All curves as CSV (RFC 4180, decimal point): spectrum (when several), energy, intensity, sigma, background,
 * envelope, residual in sigma, each component above the background; full precision, lines end in LF. New
 * string. */
char *xps_figure_dup_table (const XpsFigure *figure);
/* The same into a file, all or nothing. */
gboolean xps_figure_write_table (const XpsFigure *figure, const char *path, GError **error);
