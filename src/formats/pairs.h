/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"
#include "formats/lines.h"

/* Rows of an energy and an intensity, one after another, as text files of instruments write them. */

typedef struct {
  GArray *energy, *intensity; /* double */
  guint line;                 /* of the first row */
} XpsPairs;

void xps_pairs_init (XpsPairs *self);
void xps_pairs_clear (XpsPairs *self); /* ready for the next table */
void xps_pairs_free (XpsPairs *self);

/* FALSE where the budget is used up. */
gboolean xps_pairs_add (XpsPairs *self, double energy, double intensity, guint line, XpsMemoryBudget *budget);

/* First two numbers of a line, separated by tabs, commas or blanks. FALSE where it does not begin with them.
 */
gboolean xps_pairs_parse (XpsSpan line, double *energy, double *intensity);

/* Moves the rows into the draft, makes a spectrum of it and appends it to the file; rows that hold no finite
 * number are left out with a warning. Takes what a spectrum costs off the budget: FALSE where it is used up.
 * Empties draft and rows in any case; no rows: nothing happens. */
gboolean xps_pairs_finish (XpsPairs *self, XpsSpectrumDraft *draft, XpsMemoryBudget *budget, XpsFile *file);
