/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/formats.h"

/* For files that list every cycle, curve or scan of a region and not what they make together (SPECS .xy):
 * appends to file->spectra one spectrum for each run of two or more neighbours that have the same region,
 * sample, group, unit and energies and differ in their variables only. Counts are added, rates averaged; the
 * scans are those of all, variables are left out, and the key "Sum of spectra" says how many there were. The
 * single ones keep their places. Returns the number of sums. */
guint xps_file_add_sums (XpsFile *file);
