/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* The periodic table as a widget: a button for each element with tabulated lines, arrow keys go to the next
 * one in that direction. Signal "changed": other elements are chosen. */

#define XPS_TYPE_PERIODIC_TABLE (xps_periodic_table_get_type ())
G_DECLARE_FINAL_TYPE (XpsPeriodicTable, xps_periodic_table, XPS, PERIODIC_TABLE, AdwBin)

/* Atomic numbers (int) that are chosen, in their order. New array. */
GArray *xps_periodic_table_dup_chosen (XpsPeriodicTable *self);
void xps_periodic_table_choose (XpsPeriodicTable *self, int z, gboolean chosen);
void xps_periodic_table_clear (XpsPeriodicTable *self);
/* Elements with a line in what is shown carry a dot and stand out; the others can be chosen as well. */
void xps_periodic_table_set_in_range (XpsPeriodicTable *self, int z, gboolean in_range);
/* Column 0 to 17 and row 0 to 8 of an element; FALSE: not in the table. */
gboolean xps_periodic_table_get_place (int z, int *column, int *row);
