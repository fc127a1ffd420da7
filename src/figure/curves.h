/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What a spectrum's figure shows, as plain arrays: whoever has curves, fitted or not, can have a figure of
 * them. */

typedef enum {
  XPS_FIGURE_BINDING, /* binding energy, eV: rises to the left */
  XPS_FIGURE_KINETIC, /* kinetic energy, eV: rises to the right, as do the others */
  XPS_FIGURE_PHOTON,  /* photon energy, eV */
  XPS_FIGURE_OTHER,   /* `axis_title` says what it is */
  XPS_N_FIGURE_AXES,
} XpsFigureAxis;

#define XPS_FIGURE_NO_PARTNER  G_MAXSIZE
#define XPS_FIGURE_COLOUR_AUTO G_MAXUINT

typedef struct {
  const char *name;     /* unique within the spectrum */
  const char *label;    /* to show; NULL: the phase, else the name */
  const char *phase;    /* species: what shares a colour in all panels; NULL: each component its own */
  const double *values; /* [n] above the background */
  gsize partner_of;     /* index of the doublet's stronger line, which must have no partner itself, or
                         * XPS_FIGURE_NO_PARTNER */
  guint colour;         /* palette entry, or XPS_FIGURE_COLOUR_AUTO: by order of appearance */
} XpsFigureComponent;

/* One spectrum. Arrays of n values along `energy`, which runs one way (either); NaN is a gap. What is not
 * there is NULL; texts are plain UTF-8 (chemical formulas, charges and level names get their sub- and
 * superscripts). */
typedef struct {
  const char *id;    /* name of the spectrum in a table of several */
  const char *title; /* sample, region, photon energy */
  XpsFigureAxis axis;
  const char *axis_title;     /* for XPS_FIGURE_OTHER */
  const char *intensity_unit; /* "counts", "counts/s", ...; NULL: arbitrary units */
  gsize n;
  const double *energy, *intensity;
  const double *sigma;      /* standard deviations, for residuals */
  const double *background; /* sum of all backgrounds */
  const double *envelope;   /* sum of background and components; NULL: not a fit, no residuals */
  gsize n_components;
  const XpsFigureComponent *components;
  double low, high;    /* energies shown; NaN: as far as the data go */
  gboolean failed;     /* a fit that did not converge: said in the figure so that nobody can miss it */
  const char *failure; /* its reason in words, or NULL */
} XpsFigureCurves;
