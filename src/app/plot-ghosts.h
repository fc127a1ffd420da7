/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-area.h"

/* The room's own: what the reference database has for the shown stretch of a spectrum, kept while the view
 * stays near. No widget. */

typedef struct _XpsPlotGhosts XpsPlotGhosts;

XpsPlotGhosts *xps_plot_ghosts_new (void);
void xps_plot_ghosts_free (XpsPlotGhosts *self);

/* Instead of everything in view these alone; none: everything again. Copied. */
void xps_plot_ghosts_set_wishes (XpsPlotGhosts *self, const XpsPlotGhostWish *wishes, gsize n);
/* Takes in what was only quoted or recalled. */
void xps_plot_ghosts_set_second_hand (XpsPlotGhosts *self, gboolean second_hand);

/* Lines between two binding energies; in a wide stretch one band a level instead of one a species. Lines of
 * the element that the region is of come first in rank; a species that the document has a component of has
 * its colour. Valid until the next call of anything here. */
const XpsFigureGhost *xps_plot_ghosts_find (XpsPlotGhosts *self, const XpsPreview *preview, double low,
                                            double high, const XpsSpeciesColours *colours, gsize *n);

/* Of those found last: the ones whose band is no further than `reach` from a binding energy, the nearest
 * median first, at most `most`. Indices into what was found; new array. */
GArray *xps_plot_ghosts_list_near (const XpsPlotGhosts *self, double energy, double reach, guint most);
const XpsFigureGhost *xps_plot_ghosts_get (const XpsPlotGhosts *self, gsize ghost);
/* One line about one of them: species, line, range, number of values. New string. */
char *xps_plot_ghosts_dup_words (const XpsPlotGhosts *self, gsize ghost);
