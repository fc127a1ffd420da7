/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* out[i] = start + i * increment, i < n. Where both are decimal numbers of up to ten places, as instruments
 * write them, the sum is made in whole units of the last place, so that each point is the double nearest to
 * the decimal it means: 1186.69 + 4 * 0.1 is 1187.09 and not 1187.0900000000001. */
void xps_axis_fill (double start, double increment, gsize n, double *out);
