/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commands.h"
#include "app/reference-window.h"

void
xps_command_reference (XpsWindow *self, GVariant *parameter)
{
  xps_reference_window_present (self);
}

void
xps_reference_window_refresh (XpsWindow *parent)
{
  g_autoptr (GError) error = NULL;
  XpsReferenceWindow *self = g_object_get_data (G_OBJECT (parent), XPS_REFERENCE_WINDOW_KEY);
  if (self == NULL)
    return;
  if (!xps_reference_refresh_own (xps_reference_window_get_reference (self), &error))
    xps_window_say (parent, error->message, TRUE);
  xps_reference_window_reload (self);
}
