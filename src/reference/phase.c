/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "reference/query.h"

/* Phases, shipped and own. An own one stands in the place of a shipped one of its name. */

static gboolean
read_lines (XpsReference *self, const char *schema, XpsReferencePhase *phase, GError **error)
{
  XpsQuery query;
  GError *local = NULL;
  g_autofree char *select =
      g_strdup_printf ("SELECT core_level, species, label, atoms FROM %s.phase_line", schema);
  if (!xps_query_init_where (&query, self, select, "core_level, species", error, "phase", phase->name, NULL))
    return FALSE;
  while (xps_query_next (&query, &local)) {
    g_autofree char *level = xps_query_dup_text (&query, 0), *species = xps_query_dup_text (&query, 1);
    XpsPhaseLine *line =
        xps_reference_phase_add_line (phase, level, species, xps_query_get_number (&query, 3));
    line->label = xps_query_dup_text (&query, 2);
  }
  xps_query_clear (&query);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
xps_query_add_phases (XpsReference *self, const char *schema, const char *name, GPtrArray *phases,
                      GError **error)
{
  XpsQuery query;
  GError *local = NULL;
  const guint first = phases->len;
  g_autofree char *select = g_strdup_printf ("SELECT phase, phase_name, formula, note FROM %s.phase", schema);
  if (!xps_query_init_where (&query, self, select, "phase", error, "phase", name, NULL))
    return FALSE;
  while (xps_query_next (&query, &local)) {
    g_autofree char *found = xps_query_dup_text (&query, 0);
    XpsReferencePhase *phase = xps_reference_phase_new (found);
    phase->full_name = xps_query_dup_text (&query, 1);
    phase->formula = xps_query_dup_text (&query, 2);
    phase->note = xps_query_dup_text (&query, 3);
    phase->own = strcmp (schema, "own") == 0;
    g_ptr_array_add (phases, phase);
  }
  xps_query_clear (&query);
  if (local != NULL) {
    g_propagate_error (error, local);
    return FALSE;
  }
  for (guint i = first; i < phases->len; i++)
    if (!read_lines (self, schema, g_ptr_array_index (phases, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
holds (const GPtrArray *phases, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (((XpsReferencePhase *)g_ptr_array_index (phases, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(XpsReferencePhase *const *)a)->name, (*(XpsReferencePhase *const *)b)->name);
}

GPtrArray *
xps_reference_list_phases (XpsReference *self, const char *phase, GError **error)
{
  g_autoptr (GPtrArray) phases = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_reference_phase_free);
  if (self->has_own && !xps_query_add_phases (self, "own", phase, phases, error))
    return NULL;
  const guint n_own = phases->len;
  if (!xps_query_add_phases (self, "main", phase, phases, error))
    return NULL;
  for (guint i = phases->len; i-- > n_own;)
    if (holds (phases, n_own, ((XpsReferencePhase *)g_ptr_array_index (phases, i))->name))
      g_ptr_array_remove_index (phases, i);
  g_ptr_array_sort (phases, compare_names);
  return g_steal_pointer (&phases);
}

GPtrArray *
xps_reference_list_shipped_phases (XpsReference *self, GError **error)
{
  g_autoptr (GPtrArray) phases = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_reference_phase_free);
  return xps_query_add_phases (self, "main", NULL, phases, error) ? g_steal_pointer (&phases) : NULL;
}
