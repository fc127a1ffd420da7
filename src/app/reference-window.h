/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reference-list.h"
#include "app/window.h"

/* The reference browser: a window that stays open beside the main one. What is looked for narrows the list
 * with every key; what was selected goes onto the plot as ghosts, or into the model. */

#define XPS_REFERENCE_WINDOW_KEY  "xps-reference-window" /* under which the main window knows it */
#define XPS_TYPE_REFERENCE_WINDOW (xps_reference_window_get_type ())
G_DECLARE_FINAL_TYPE (XpsReferenceWindow, xps_reference_window, XPS, REFERENCE_WINDOW, AdwWindow)

/* The one of this window, made when first asked for; NULL when there is no database (which the window then
 * says). It starts from the level that is shown and the component that is selected. */
XpsReferenceWindow *xps_reference_window_present (XpsWindow *parent);

/* As typed into the fields; NULL leaves one as it is. */
void xps_reference_window_look_for (XpsReferenceWindow *self, const char *text, const char *level,
                                    const char *energy, const char *within, const char *source);
/* After the user's own entries changed. */
void xps_reference_window_reload (XpsReferenceWindow *self);
/* The same for the one of this window where it is open, by those who wrote into the user's own file. */
void xps_reference_window_refresh (XpsWindow *parent);
XpsReferenceList *xps_reference_window_get_list (XpsReferenceWindow *self);
XpsReference *xps_reference_window_get_reference (XpsReferenceWindow *self);
XpsWindow *xps_reference_window_get_parent (XpsReferenceWindow *self);
