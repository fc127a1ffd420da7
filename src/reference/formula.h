/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What a chemical formula counts: "LiN(SO2CF3)2", "Li6.5La3Zr1.5Ta0.5O12", "LiOH·H2O". */

typedef struct {
  char symbol[4];
  double n; /* atoms in one formula unit, above 0 */
} XpsFormulaElement;

/* XpsFormulaElement in the order of the formula, each element once; groups in ( ), [ ] or { }, numbers with
 * a decimal point, a part behind "·" or "*" with a number before it, digits as subscripts, white space. NULL:
 * it cannot be read, as one with a charge, a range or a symbol that is no element. Free with
 * g_array_unref. */
GArray *xps_formula_read (const char *formula);
/* Of one element; 0: not in it. */
double xps_formula_get (const GArray *formula, const char *symbol);
