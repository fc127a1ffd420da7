/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* Right side: pages Background, Components, Constraints, Result, Notes. */

#define XPS_TYPE_INSPECTOR (xps_inspector_get_type ())
G_DECLARE_FINAL_TYPE (XpsInspector, xps_inspector, XPS, INSPECTOR, AdwBin)

void xps_inspector_set_session (XpsInspector *self, XpsSession *session);

/* "background", "components", "constraints", "result", "notes"; property "page", notified. */
void xps_inspector_show_page (XpsInspector *self, const char *page);
const char *xps_inspector_get_page (XpsInspector *self);

/* What is being typed into the notes becomes part of the document: call before a save and before the window
 * asks what to do with unsaved changes. */
void xps_inspector_commit (XpsInspector *self);
