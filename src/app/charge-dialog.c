/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commands.h"

#include "app/charge-reference.h"

void
xps_command_charge_reference (XpsWindow *self, GVariant *parameter)
{
  xps_charge_reference_present (GTK_WINDOW (self), self->session);
}
