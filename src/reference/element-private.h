/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference/element.h"
#include "reference/query.h"

/* Binding energy of a subshell in the element ("2p3/2"), eV above the Fermi level; NaN where there is none.
 */
double xps_element_get_level (XpsReference *self, int z, const char *orbital);
/* Appends the Auger lines that light of this energy brings out. */
void xps_element_add_auger_lines (XpsReference *self, int z, double photon_energy_ev, GPtrArray *lines);
