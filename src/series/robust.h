/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The room's own: statistics that a few bad values do not spoil. */

/* Sorts values[n]; NaN for none. */
double xps_median (double *values, gsize n);
/* 1.4826 times the median absolute deviation: the standard deviation of a normal distribution. */
double xps_robust_sigma (const double *values, gsize n);
