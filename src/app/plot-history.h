/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The room's own: which part of the axes the plot shows, and the last ten parts it showed before. Plain
 * numbers, no widget. */

#define XPS_PLOT_HISTORY_MAX 10

/* Energies on the shown axis and intensities as shown (with decades: log10); NaN: what the data need. */
typedef struct {
  double x_low, x_high, y_low, y_high;
} XpsPlotSpan;

gboolean xps_plot_span_equal (const XpsPlotSpan *a, const XpsPlotSpan *b);

/* [low, high] about `anchor`, which keeps its place on the axis; factor > 1 shows less. */
void xps_plot_range_zoom (double *low, double *high, double anchor, double factor);
/* Holds a range within [limit_low, limit_high] opened by half its width at each end, no narrower than
 * `narrowest` and no wider than three times the limits. */
void xps_plot_range_clamp (double *low, double *high, double limit_low, double limit_high, double narrowest);

typedef struct {
  XpsPlotSpan now;
  GArray *back, *forward; /* XpsPlotSpan, the nearest one last */
  const char *kind;       /* of the last change; compared as a pointer */
  gint64 time;            /* of the last change, us */
  double reference;       /* charge reference that the energies include, eV; kept here for the caller */
} XpsPlotHistory;

XpsPlotHistory *xps_plot_history_new (const XpsPlotSpan *first);
void xps_plot_history_free (XpsPlotHistory *self);

/* Shows another span. Changes of one kind (a static string; NULL: never) within 0.7 s are one view: turning a
 * wheel by ten notches is one step back. `time`: g_get_monotonic_time(). */
void xps_plot_history_set (XpsPlotHistory *self, const XpsPlotSpan *span, const char *kind, gint64 time);
/* Moves the energies of all views. */
void xps_plot_history_shift (XpsPlotHistory *self, double shift);
/* FALSE: nothing before, after. */
gboolean xps_plot_history_go_back (XpsPlotHistory *self);
gboolean xps_plot_history_go_forward (XpsPlotHistory *self);
