/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/cell.h"
#include "figure/key.h"

/* The room's own: what the key of planned cells says. */

/* Data, fit and background, where there is anything to tell apart: TRUE. */
gboolean xps_legend_add_curves (XpsFigureKey *key, const XpsCell *cells, gsize n);

/* Swatches of the species, each once. */
void xps_legend_add_species (XpsFigureKey *key, const XpsCell *cells, gsize n);
