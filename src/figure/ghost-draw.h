/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plot-private.h"

/* The room's own: ghosts of a plot, first placed on its axis, then drawn behind and above its panel. */

/* Those of the view that touch the shown energies. New array, or NULL. */
XpsCellGhost *xps_ghosts_new (const XpsPlot *plot, gsize *n);
/* Room above the panel for their names, points. */
double xps_ghosts_names_height (const XpsPlot *plot, double text_size);
void xps_ghosts_draw (const XpsCell *cell, XpsSceneBuilder *builder);
/* With their own clip left: above the panel. */
void xps_ghosts_draw_names (const XpsCell *cell, XpsSceneBuilder *builder);
void xps_ghosts_add_key (const XpsCell *cell, XpsFigureKey *key);
