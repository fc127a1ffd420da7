/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/session.h"
#include "quantify/charge.h"

/* What the sample of the shown region could be referenced to, with what speaks for and against each; a list
 * to choose from. Nothing is applied here: what is picked is handed to the dialog that asks for it. */

/* `suggestion` lives as long as the call. */
typedef void (*XpsChargePicked) (const XpsChargeSuggestion *suggestion, gpointer data);

GtkWindow *xps_charge_suggest_present (GtkWindow *parent, XpsSession *session, XpsChargePicked picked,
                                       gpointer data);
