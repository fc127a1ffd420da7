/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/application.h"
#include "app/session.h"

/* A window on one document: header bar, list of regions, plot, component table, inspector. */

#define XPS_TYPE_WINDOW (xps_window_get_type ())
G_DECLARE_FINAL_TYPE (XpsWindow, xps_window, XPS, WINDOW, AdwApplicationWindow)

XpsWindow *xps_window_new (XpsApplication *application);
XpsSession *xps_window_get_session (XpsWindow *self);

/* Nothing was read or done in it: the next file may take it. */
gboolean xps_window_is_empty (XpsWindow *self);

/* By its name: a project file, not a spectrum. */
gboolean xps_window_is_project (GFile *file);
/* In place of the window's document, which must be empty; errors are shown in the window. */
void xps_window_open_project (XpsWindow *self, GFile *file);
/* Spectra and folders (GFile) into the window's document, off the main thread. */
void xps_window_import (XpsWindow *self, GListModel *files);

/* A sentence that needs no answer; severe ones stay until they are closed. */
void xps_window_say (XpsWindow *self, const char *text, gboolean severe);
