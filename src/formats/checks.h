/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/formats.h"

/* What can be seen to be wrong in spectra of any format: appends sentences to file->warnings, one a kind,
 * that name the first region and count the others.
 * - The photon energy contradicts the axis (electrons faster than the light could make them, binding energies
 * above it), or stands against lines whose place is known (checks-lines.h). Source of the trap: HAXPES files
 * whose header still names the helium lamp.
 * - The energies run back or repeat. */
void xps_check_file (XpsFile *file);
/* Takes those sentences out again, before the spectra change. */
void xps_check_forget (XpsFile *file);
