/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "reference/cross-section.h"
#include "reference/query.h"

void
xps_material_clear (XpsMaterial *material)
{
  g_clear_pointer (&material->name, g_free);
  g_clear_pointer (&material->density_source, g_free);
  g_clear_pointer (&material->gap_source, g_free);
}

/* "Li6 P1 S5 Cl1" */
static gboolean
parse_composition (const char *text, XpsMaterial *out)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  for (gsize i = 0; words[i] != NULL && words[i][0] != '\0'; i++) {
    const gsize letters = strcspn (words[i], "0123456789.");
    if (out->n_elements == XPS_MATERIAL_ELEMENTS || letters == 0 || letters > 3 ||
        !xps_number_parse (words[i] + letters, &out->counts[out->n_elements]))
      return FALSE;
    memcpy (out->elements[out->n_elements], words[i], letters);
    out->elements[out->n_elements++][letters] = '\0';
  }
  return out->n_elements > 0;
}

GPtrArray *
xps_reference_list_materials (XpsReference *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  XpsQuery query;
  if (xps_query_init (&query, self, "SELECT material FROM material ORDER BY material", NULL))
    while (xps_query_next (&query, NULL))
      g_ptr_array_add (names, xps_query_dup_text (&query, 0));
  xps_query_clear (&query);
  return names;
}

static char *
join_materials (XpsReference *self)
{
  g_autoptr (GPtrArray) names = xps_reference_list_materials (self);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

gboolean
xps_reference_get_material (XpsReference *self, const char *name, XpsMaterial *out, GError **error)
{
  XpsQuery query;
  *out = (XpsMaterial){0};
  if (!xps_query_init (
          &query, self,
          "SELECT material, density_provenance, Eg_provenance, density_g_cm3, molar_mass_g_mol, "
          "Nv_per_formula, Eg_eV, n_atoms, Z_mean, formula_composition FROM material WHERE material = "
          "?1 OR substr (material, 1, length (?1) + 1) = ?1 || ' ' OR substr (material, -length (?1) - "
          "1) = ' ' || ?1 ORDER BY material = ?1 DESC, material LIMIT 1",
          error))
    return FALSE;
  xps_query_bind_text (&query, name);
  gboolean found = xps_query_next (&query, NULL);
  if (found) {
    g_autofree char *composition = xps_query_dup_text (&query, 9);
    out->name = xps_query_dup_text (&query, 0);
    out->density_source = xps_query_dup_text (&query, 1);
    out->gap_source = xps_query_dup_text (&query, 2);
    out->density = xps_query_get_number (&query, 3);
    out->molar_mass = xps_query_get_number (&query, 4);
    out->valence_electrons = xps_query_get_number (&query, 5);
    out->gap = xps_query_get_number (&query, 6);
    out->n_atoms = xps_query_get_number (&query, 7);
    out->z_mean = xps_query_get_number (&query, 8);
    found = parse_composition (composition, out);
  }
  xps_query_clear (&query);
  if (found)
    return TRUE;
  g_autofree char *names = join_materials (self);
  g_autofree char *remedy = g_strconcat ("there are ", names, NULL);
  xps_material_clear (out);
  return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_QUESTION, NULL, name,
                        N_ ("is no material of the table"), remedy);
}

gboolean
xps_reference_get_transport (XpsReference *self, const char *element, double energy_ev, double *transport_a2,
                             GError **error)
{
  double below_energy = NAN, below = NAN, above_energy = NAN, above = NAN;
  XpsQuery query;
  if (!xps_query_init (
          &query, self,
          "SELECT electron_energy_eV, sigma_transport_A2 FROM transport WHERE element = ? ORDER BY "
          "electron_energy_eV",
          error))
    return FALSE;
  xps_query_bind_text (&query, element);
  while (isnan (above_energy) && xps_query_next (&query, NULL)) {
    const double energy = xps_query_get_number (&query, 0), value = xps_query_get_number (&query, 1);
    if (energy <= energy_ev) {
      below_energy = energy;
      below = value;
    }
    if (energy >= energy_ev) {
      above_energy = energy;
      above = value;
    }
  }
  xps_query_clear (&query);
  if (isnan (below_energy) || isnan (above_energy)) {
    g_autofree char *what =
        xps_text_printf ("no elastic scattering is tabulated for electrons of %g eV", energy_ev);
    return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_QUESTION, NULL, element, what,
                          N_ ("the tables hold 50 eV to 20 keV"));
  }
  const double t =
      above_energy > below_energy ? log (energy_ev / below_energy) / log (above_energy / below_energy) : 0;
  *transport_a2 = below * pow (above / below, t);
  return TRUE;
}
