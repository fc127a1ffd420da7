/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference/reference.h"

/* Where an element shows itself, whatever it is bound in: its photoelectron lines and its Auger lines. For
 * surveys and periodic tables; chemical states are a matter of XpsReferenceLine. */

#define XPS_ELEMENT_LAST 83 /* bismuth: behind it there are no cross sections */

/* "S" of 16; NULL outside 1 to XPS_ELEMENT_LAST. Static text. */
const char *xps_element_get_symbol (int z);
/* 16 of "S"; 0: no such element. */
int xps_element_get_z (const char *symbol);

typedef struct {
  char *element;
  int z;
  char *name;        /* "S 2p3/2", "O KLL" */
  gboolean auger;    /* moves on the axis of binding energies with the photon energy */
  double energy;     /* eV binding energy at the photon energy asked for */
  double tolerance;  /* eV: chemical shifts, and what the table or formula is worth; a standard deviation */
  double sigma;      /* barn of the subshell at the photon energy; NaN for Auger lines, or where not known */
  double beside;     /* barn of the whole level with its other lines ("S 2p" of S 2p3/2), NaN likewise */
  gboolean computed; /* an Auger line from the energies of three levels; else tabulated */
  char *source;
  XpsVerified verified;
} XpsElementLine;

/* XpsElementLine of one element (NULL: all up to bismuth), strongest first, Auger lines behind. Subshells
 * that the photon does not reach, and those below 5 eV, are left out. Binding energies: Elam, Ravel, Sieber
 * (2002); where the table of binding energies has first-hand values of the level, their mean, with a
 * tolerance from their spread. Auger lines: a table where it has them, else E_K = E_j - (E_k(Z) + E_k(Z+1))/2
 * - (E_l(Z) + E_l(Z+1))/2 (Chung and Jenkins 1970), without term splitting and so with a wide tolerance. NULL
 * with error for an unknown element or a photon energy outside 0.1 to 20 keV. */
GPtrArray *xps_reference_list_element_lines (XpsReference *self, const char *element, double photon_energy_ev,
                                             GError **error);
void xps_element_line_free (XpsElementLine *line);
