/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/series-desk.h"
#include "app/series-steps.h"
#include "series/alarm.h"

/* A series that goes on growing while a folder is watched: a frame that is whole is read, fitted from the one
 * before it, and taken into the document with its region, its place in the series and its result, as one step
 * of undo. Looking, reading and fitting happen off the main thread. No widget in here but for the last
 * function.
 */

#define XPS_TYPE_SERIES_LIVE (xps_series_live_get_type ())
G_DECLARE_FINAL_TYPE (XpsSeriesLive, xps_series_live, XPS, SERIES_LIVE, GObject)

/* Signals: "changed": state, status or alarms; "grown" (uint, uint): steps before and after; "alarm"
 * (string): a sentence, once for each alarm. */

XpsSeriesLive *xps_series_live_new (XpsSeriesDesk *desk);

/* The folder that the last step came from; NULL: its file is gone, or it has none. New string. */
char *xps_series_live_dup_folder (XpsSeriesLive *self);
/* Watches this folder from now on; what of it is in the document is known. */
void xps_series_live_start (XpsSeriesLive *self, const char *folder);
/* Frames that were taken but are not fitted yet still come in. */
void xps_series_live_stop (XpsSeriesLive *self);
gboolean xps_series_live_is_on (XpsSeriesLive *self);

/* One line: what is watched, when the last frame came, what is wrong. Borrowed until the next change. */
const char *xps_series_live_get_status (XpsSeriesLive *self);
/* Alarms that hold at the last step, XpsAlarm; NULL: none were looked for. Borrowed. */
const GPtrArray *xps_series_live_get_alarms (XpsSeriesLive *self);

/* A switch in the header, a banner for alarms below it, and the status at the end of the box of a series
 * window. Steps follow the last frame while the last one is chosen. Borrowed: it goes with the window. */
XpsSeriesLive *xps_series_live_attach (GtkWindow *window, AdwHeaderBar *header, GtkBox *box,
                                       XpsSeriesDesk *desk, XpsSeriesSteps *steps);
