/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"
#include "quantify/elements.h"

/* Which elements a survey shows: candidates with what speaks for and against each, accepted one by one. What
 * was accepted is a line of the region's notes ("Elements: S, Cl"), and stays on the plot as ghosts. */
GtkWindow *xps_survey_window_present (XpsWindow *parent);
gboolean xps_survey_window_is_busy (GtkWindow *window);
/* NULL: nothing yet. Borrowed. */
const XpsElementAnalysis *xps_survey_window_get_analysis (GtkWindow *window);

/* Symbols that the notes of a region name as accepted, NULL-terminated. New. */
char **xps_survey_dup_accepted (const XpsRegion *region);
/* Writes or takes away one of them; one step of undo. */
void xps_survey_accept (XpsSession *session, guint region, const char *element, gboolean accept);
