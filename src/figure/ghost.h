/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Where the literature has lines: bands behind the data of a plot, named above the panel. Each is the spread
 * of what was published of a line, never one number. */

typedef struct {
  const char *label;        /* species, or level where many species are one band; plain text */
  double low, centre, high; /* binding energies, eV: all values, and their median */
  double weight;            /* what the stick's height goes by (cross section); NaN: not known, no stick */
  guint rank;               /* of two names that have no room together the smaller rank's stays */
  gboolean firm; /* FALSE: of values that nobody looked up; dashed, in italics, and said in the key */
  guint colour;  /* palette entry of a species that is in the figure, or XPS_FIGURE_COLOUR_AUTO: grey */
} XpsFigureGhost;
