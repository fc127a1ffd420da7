/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-area-private.h"

/* The room's own: what the plot says in words and numbers. Numbers are never localised: they are the ones of
 * the files. All strings new. */

/* A title for each of the `n` selected regions, in their order; NULL with one or none. */
GStrv xps_plot_words_dup_titles (XpsSession *session, guint n);

/* What the component is called for people; NULL: there is none. */
const char *xps_plot_words_component (const XpsPreview *preview, int component);

/* Decimals of an energy that a pixel can tell apart. */
int xps_plot_words_decimals (double ev_per_pixel);
char *xps_plot_words_dup_energy (double energy, int decimals);
/* Decimals that still say something of a number of this size. */
int xps_plot_words_figures (double value);
/* A measured intensity with the unit that the axis has; decimals < 0: by its size. */
char *xps_plot_words_dup_intensity (const XpsPlotArea *self, double measured, int figures);

/* Beside the pointer while a handle is dragged: the same decimals throughout, of energies and of the rest. */
char *xps_plot_words_dup_drag (XpsPlotArea *self, const XpsGrip *grip, int decimals, int figures);
/* Of the cross-hair. */
char *xps_plot_words_dup_readout (XpsPlotArea *self, double x, double y);
/* What the handle does, or (NULL) what can be done at the axes. */
char *xps_plot_words_dup_tip (const XpsGrip *grip);
/* Label of the step of undo. `along`: the energy of the apex changed. */
char *xps_plot_words_dup_step (XpsPlotArea *self, const XpsGrip *grip, gboolean along);

/* Tells screen readers what is shown now. */
void xps_plot_words_describe (XpsPlotArea *self);
