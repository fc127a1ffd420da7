/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plot.h"

/* Views of a plot as text that a project keeps beside a region. Only what a person chose for that region:
 * axis, unit, scale, limits; not what is shown beside it nor what is selected. */

/* `before`: the text of an earlier time, or NULL; members of it that are not known here go on. `shift`: the
 * charge reference that the binding energies of the view contain, eV. New string, JSON in one line. */
char *xps_plot_view_dup_text (const XpsPlotView *view, double shift, const char *before);

/* Into a view that holds the usual values: members that are missing or make no sense leave it as it is, and
 * binding energies move to the charge reference `shift`. FALSE: no text of a view (NULL is none either). */
gboolean xps_plot_view_read_text (const char *text, double shift, XpsPlotView *view);
