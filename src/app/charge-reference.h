/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* Asks for the charge reference: which line was found where, where it belongs, and who says so. Nothing is
 * filled in that was not measured or chosen. The shift is a value beside the data of this region, of the
 * selected ones, or of all regions of the sample; one step of undo. */
void xps_charge_reference_present (GtkWindow *parent, XpsSession *session);
