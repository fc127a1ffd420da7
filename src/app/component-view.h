/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* Below the plot: the components as a table that is edited in place. */

#define XPS_TYPE_COMPONENT_VIEW (xps_component_view_get_type ())
G_DECLARE_FINAL_TYPE (XpsComponentView, xps_component_view, XPS, COMPONENT_VIEW, AdwBin)

void xps_component_view_set_session (XpsComponentView *self, XpsSession *session);
