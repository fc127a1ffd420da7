/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "reference/element-private.h"

/* Where the main feature of an Auger transition lies: in the table where somebody has written it down, else
 * from the energies of three levels, E_K(jkl) = E_j(Z) - (E_k(Z) + E_k(Z+1))/2 - (E_l(Z) + E_l(Z+1))/2 (M. F.
 * Chung, L. H. Jenkins, Surf. Sci. 22 (1970) 479). It leaves out how the two holes of the end couple (terms
 * over 10 eV and more) and repel each other in the valence band. */

#define COMPUTED_TOLERANCE                                                                                   \
  5.0                        /* eV: 45 lines of the table lie 2.1 eV from it in the median, 6.8 eV at most */
#define ROUGH_TOLERANCE 12.0 /* eV: KLL from phosphorus, MNN from caesium on: off by 10 eV and more */
#define SLOWEST         50.0 /* eV kinetic: below it the tail of secondaries hides everything */

static const struct {
  const char *transition, *group;
  const char *hole, *fills, *leaves; /* subshells */
  int first, last;                   /* Z */
  int rough;                         /* Z from which on the formula is worth less */
} transitions[] = {
    {"KL23L23", "KLL", "1s", "2p3/2", "2p3/2", 5, 20, 15},
    {"KL1L23", "KLL", "1s", "2s", "2p3/2", 7, 20, 15},
    {"KL1L1", "KLL", "1s", "2s", "2s", 8, 20, 15},
    {"L3M23M23", "LMM", "2p3/2", "3p3/2", "3p3/2", 15, 30, 99},
    {"L3M23M45", "LMM", "2p3/2", "3p3/2", "3d5/2", 21, 32, 99},
    {"L3M45M45", "LMM", "2p3/2", "3d5/2", "3d5/2", 25, 48, 99},
    {"L2M23M45", "LMM", "2p1/2", "3p3/2", "3d5/2", 21, 32, 99},
    {"L2M45M45", "LMM", "2p1/2", "3d5/2", "3d5/2", 25, 48, 99},
    {"M5N45N45", "MNN", "3d5/2", "4d5/2", "4d5/2", 45, 79, 55},
    {"M4N45N45", "MNN", "3d3/2", "4d5/2", "4d5/2", 45, 79, 55},
};

/* Half of the level of the element and of the next: the hole that is left pulls as one more charge does. */
static double
mean_with_next (XpsReference *self, int z, const char *orbital)
{
  const double own = xps_element_get_level (self, z, orbital),
               next = xps_element_get_level (self, z + 1, orbital);
  return isfinite (next) ? 0.5 * (own + next) : own;
}

static gboolean
find_in_table (XpsReference *self, XpsElementLine *line, const char *transition, double *kinetic)
{
  XpsQuery query;
  if (!xps_query_init (&query, self,
                       "SELECT kinetic_energy_eV, uncertainty_eV, source_key, verified FROM auger_line WHERE "
                       "element = ? AND \"transition\" = ?",
                       NULL))
    return FALSE;
  xps_query_bind_text (&query, line->element);
  xps_query_bind_text (&query, transition);
  const gboolean found = xps_query_next (&query, NULL);
  if (found) {
    *kinetic = xps_query_get_number (&query, 0);
    line->tolerance = xps_query_get_number (&query, 1);
    line->source = xps_query_dup_text (&query, 2);
    line->verified = xps_query_get_verified (&query, 3, -1);
  }
  xps_query_clear (&query);
  return found;
}

static XpsElementLine *
new_line (XpsReference *self, int z, gsize i, double photon_energy)
{
  const char *element = xps_element_get_symbol (z);
  const double hole = xps_element_get_level (self, z, transitions[i].hole);
  XpsElementLine *line = g_new0 (XpsElementLine, 1);
  double kinetic = NAN;
  line->element = g_strdup (element);
  line->z = z;
  line->auger = TRUE;
  line->sigma = NAN;
  line->name = strcmp (transitions[i].transition, "KL23L23") == 0
                   ? g_strdup_printf ("%s KLL", element)
                   : g_strdup_printf ("%s %s (%s)", element, transitions[i].group, transitions[i].transition);
  if (!find_in_table (self, line, transitions[i].transition, &kinetic)) {
    kinetic = hole - mean_with_next (self, z, transitions[i].fills) -
              mean_with_next (self, z, transitions[i].leaves);
    line->tolerance = z >= transitions[i].rough ? ROUGH_TOLERANCE : COMPUTED_TOLERANCE;
    line->computed = TRUE;
    line->source = g_strdup ("elam");
    line->verified = XPS_VERIFIED_SEEN;
  }
  line->energy = photon_energy - kinetic;
  /* What is not known, too slow, or without its hole at this photon energy. */
  if (isfinite (line->energy) && kinetic > SLOWEST && line->energy > 0 && hole < photon_energy)
    return line;
  xps_element_line_free (line);
  return NULL;
}

void
xps_element_add_auger_lines (XpsReference *self, int z, double photon_energy_ev, GPtrArray *lines)
{
  for (gsize i = 0; i < G_N_ELEMENTS (transitions); i++) {
    XpsElementLine *line = z >= transitions[i].first && z <= transitions[i].last
                               ? new_line (self, z, i, photon_energy_ev)
                               : NULL;
    if (line != NULL)
      g_ptr_array_add (lines, line);
  }
}
