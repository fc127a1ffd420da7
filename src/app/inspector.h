/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* Right side: pages Background, Components, Constraints, Result, Notes. */

#define XPS_TYPE_INSPECTOR (xps_inspector_get_type ())
G_DECLARE_FINAL_TYPE (XpsInspector, xps_inspector, XPS, INSPECTOR, AdwBin)

void xps_inspector_set_session (XpsInspector *self, XpsSession *session);
