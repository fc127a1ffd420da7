/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/figure.h"
#include "figure/ghost.h"
#include "scene/marks.h"
#include "scene/panel.h"

/* The room's own: what a plot on screen adds to a spectrum's part of the page, and which part of it it shows.
 */

/* Another measured curve in the main panel, behind the cell's own. */
typedef struct {
  gsize n;
  const double *energy, *intensity; /* [n], as shown but for the logarithm */
  XpsStroke stroke;
  char *id;     /* of its hit area, or NULL */
  gsize number; /* for who made it */
} XpsCellLine;

/* Cells of colour that fill a part of the main panel. */
typedef struct {
  double x_low, x_high, y_low, y_high; /* on the axes as drawn */
  XpsImage image; /* but for its rectangle; row 0 at y_high, column 0 at the panel's left */
} XpsCellImage;

/* A line of the literature where it lies on the shown axis. */
typedef struct {
  const XpsFigureGhost *ghost;
  double low, centre, high;
} XpsCellGhost;

/* How a cell is shown on screen: a part of its curves in a scale that a person chose. Measures in points. */
typedef struct {
  double x_low, x_high;  /* finite */
  double y_low, y_high;  /* as shown, before the logarithm; NaN: what the curves need */
  double factor, offset; /* shown = factor * intensity - offset */
  gboolean log;          /* the main panel's y is log10 of what is shown; what is not positive is a gap */
  double window_low, window_high; /* ends of the fit window on the shown axis, NaN: none */
  gsize window_first, window_n;   /* points inside */
  const char *selected;           /* component drawn stronger, or NULL */
  const XpsFigureCurves *model;   /* background, envelope, components on a finer grid; NULL: the figure's */
  double column;                  /* as in XpsPanel */
  const XpsCellLine *lines;
  gsize n_lines;
  gboolean lines_count;       /* the y axis has room for the lines too */
  const XpsCellImage *image;  /* or NULL */
  const XpsCellGhost *ghosts; /* or NULL */
  gsize n_ghosts;
  GArray *y_marks;     /* XpsMark, instead of ticks; or NULL */
  double right;        /* room at the right edge for names; 0: what tick labels need */
  const char *y_title; /* markup instead of the intensity's, or NULL */
} XpsCellView;
