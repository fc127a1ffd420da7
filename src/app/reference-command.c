/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commands.h"
#include "app/reference-window.h"

void
xps_command_reference (XpsWindow *self, GVariant *parameter)
{
  xps_reference_window_present (self);
}
