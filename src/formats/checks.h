/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spectrum/spectrum.h"

/* What can be seen to be wrong in a spectrum of any format. */

/* A sentence when the photon energy contradicts the axis (all electrons faster than light could make them,
 * binding energies above it); NULL when nothing is seen. Source of the trap: HAXPES files whose header still
 * names the helium lamp. New string. */
char *xps_check_dup_photon_energy (const XpsSpectrum *spectrum);
