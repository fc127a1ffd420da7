/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fit/record.h"

/* Energies with their two kinds of uncertainty apart: what the counts leave open, and what the charge
 * reference does, which is common to all lines. */

/* "161.65(1) eV from the counts, ± 0.10 eV from the charge reference". New string. */
char *xps_charge_dup_energy_words (XpsEnergy energy);
/* A row for each component of a result: its energy, and what it was assigned to. Their number. */
guint xps_charge_add_energies (AdwPreferencesGroup *group, const XpsFitRecord *record);
