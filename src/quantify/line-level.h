/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference/cross-section.h"

/* Which level a fitted line is of: what names say ("S 2p3/2", "Li2S 2p", "Sn3d"), held against what is known
 * of energies. */

typedef struct {
  char *level;      /* "S 2p3/2", the stronger line whichever was named; NULL: not known */
  char *whole;      /* "S 2p", both lines; NULL */
  char *element;    /* "S"; NULL */
  gboolean minor;   /* the names are of the weaker line of a doublet */
  gboolean single;  /* the names are of one line of a doublet, not of both */
  double ratio;     /* of the areas of the weaker line and the stronger one; NaN: no doublet, or not known */
  double splitting; /* eV between them, NaN */
} XpsLineLevel;

void xps_line_level_clear (XpsLineLevel *self);

/* `texts`, NULL-terminated, the most telling first: the first orbital counts, with the first element beside
 * it. A level of which nothing is known within 15 eV of `energy` (eV) is none: "P-S-P 2p3/2" at 163 eV is not
 * P 2p. `by_energy`: where names do not tell, the level with values nearest to the energy. */
void xps_line_level_find (XpsReference *reference, const char *const *texts, double energy,
                          gboolean by_energy, XpsLineLevel *out);
/* A level as a person writes it, wherever its line lies. FALSE: no level. */
gboolean xps_line_level_parse (XpsReference *reference, const char *text, XpsLineLevel *out);
/* Whether a name is of the weaker line of a doublet. */
gboolean xps_line_level_is_minor (const char *text);
