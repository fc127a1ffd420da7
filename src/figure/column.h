/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The room's own: a curve as a row of cells. */

/* What a column from middle - half to middle + half holds: the mean of the points in it where there are
 * several, else the value between its neighbours; NaN beyond the curve. Energies ascend; *i is the first
 * point not below the column, moved along with ascending columns, 0 at first. */
double xps_column_value (gsize n, const double *energy, const double *value, double middle, double half,
                         gsize *i);
