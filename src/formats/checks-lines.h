/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spectrum/spectrum.h"

/* Sentences about features whose place is known, standing where the file's photon energy (or its scale of
 * binding energies) cannot have put them; NULL where there is nothing to say. New strings.
 * - Electrons above the Fermi level, or a region called after the Fermi edge whose edge is elsewhere.
 * - Au 4f, Ag 3d and Cu 2p in regions that are named so: found by their splitting, more than some eV off.
 * Source of places: ISO 15472:2010 (Au 4f7/2 83.96, Ag 3d5/2 368.21, Cu 2p3/2 932.62 eV). */
char *xps_check_fermi_level (const XpsSpectrum *spectrum);
char *xps_check_known_doublet (const XpsSpectrum *spectrum);
