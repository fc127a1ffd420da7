/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "background/background.h"

/* Inside the room only: what every row asks of its grid, its counts and the two ends of the window. */

/* NULL, or the sentence that refuses the grid: fewer than `at_least` points, energies that are not finite or
 * fall, or a window without width. Equal neighbours are allowed. */
const char *xps_background_check_grid (size_t n, const double *energy_ev, size_t at_least);

/* The step if the grid is uniform within the rounding of its energies, else 0. */
double xps_background_uniform_step (size_t n, const double *energy_ev);

bool xps_background_all_finite (size_t n, const double *values);

/* Levels of the background at the two ends: the mean of the first and of the last `average` counts (the
 * counts themselves stay), plus an offset in counts. One rule for all static backgrounds. */
typedef struct {
  size_t average;
  double offset_low, offset_high;
} XpsEnds;

/* Reads the three settings that stand at `first` in the row. NULL, or a sentence. */
const char *xps_ends_init (XpsEnds *ends, const XpsBackgroundSettings *settings, size_t first, size_t n);
void xps_ends_levels (const XpsEnds *ends, size_t n, const double *counts, double *low, double *high);
