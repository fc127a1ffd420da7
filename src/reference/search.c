/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "reference/query.h"

void
xps_reference_query_init (XpsReferenceQuery *query)
{
  *query = (XpsReferenceQuery){.near = NAN, .within = NAN};
}

/* ---- lines ---- */

static void
free_line (gpointer pointer)
{
  XpsReferenceLine *line = pointer;
  g_free (line->species);
  g_free (line->species_name);
  g_free (line->class_);
  g_free (line->element);
  g_free (line->level);
  g_free (line->charge_reference);
  g_free (line->source);
  g_free (line->note);
  g_free (line);
}

#define LINE_COLUMNS                                                                                         \
  "id, species, species_name, class, element, core_level, binding_energy_eV, uncertainty_eV, fwhm_eV, "      \
  "charge_reference, source_key, note, verified, secondary, analogue, tabulated"

static XpsReferenceLine *
read_line (const XpsQuery *query)
{
  XpsReferenceLine *line = g_new0 (XpsReferenceLine, 1);
  line->id = xps_query_get_integer (query, 0);
  line->species = xps_query_dup_text (query, 1);
  line->species_name = xps_query_dup_text (query, 2);
  line->class_ = xps_query_dup_text (query, 3);
  line->element = xps_query_dup_text (query, 4);
  line->level = xps_query_dup_text (query, 5);
  line->energy = xps_query_get_number (query, 6);
  line->uncertainty = xps_query_get_number (query, 7);
  line->fwhm = xps_query_get_number (query, 8);
  line->charge_reference = xps_query_dup_text (query, 9);
  line->source = xps_query_dup_text (query, 10);
  line->note = xps_query_dup_text (query, 11);
  line->verified = xps_query_get_verified (query, 12, 13);
  line->analogue = xps_query_get_integer (query, 14) != 0;
  line->tabulated = xps_query_get_integer (query, 15) != 0;
  return line;
}

static gboolean
takes_in (const XpsReferenceQuery *query, const XpsReferenceLine *line)
{
  return (query->secondary || line->verified != XPS_VERIFIED_SECONDARY) &&
         (query->recalled || line->verified != XPS_VERIFIED_RECALLED) &&
         (query->tabulated || !line->tabulated) && (!query->no_analogues || !line->analogue);
}

/* "S 2p" stands for "S 2p3/2" too: names that go on with a j, not "S 2p" for "S 2pX". */
static gboolean
is_level (const char *wanted, const char *level)
{
  const gsize n = strlen (wanted);
  return g_ascii_strncasecmp (wanted, level, n) == 0 && (level[n] == '\0' || g_ascii_isdigit (level[n]));
}

/* Restricts by whatever of the query an index can help with; the rest is looked at row by row. */
static void
add_condition (GString *sql, gboolean present, const char *condition)
{
  if (present)
    g_string_append_printf (sql, " %s %s", strstr (sql->str, "WHERE") != NULL ? "AND" : "WHERE", condition);
}

GPtrArray *
xps_reference_search (XpsReference *self, const XpsReferenceQuery *query, GError **error)
{
  const gboolean window = isfinite (query->near) && isfinite (query->within);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (free_line);
  g_autoptr (GString) sql = g_string_new ("SELECT " LINE_COLUMNS " FROM all_binding");
  GError *local = NULL;
  XpsQuery run;
  add_condition (sql, query->species != NULL, "species = ?");
  add_condition (sql, query->element != NULL, "element = ?");
  add_condition (sql, query->source != NULL, "source_key = ?");
  add_condition (sql, window, "binding_energy_eV BETWEEN ? AND ?");
  g_string_append (sql, " ORDER BY element, core_level, binding_energy_eV, id");
  if (!xps_query_init (&run, self, sql->str, error))
    return NULL;
  if (query->species != NULL)
    xps_query_bind_text (&run, query->species);
  if (query->element != NULL)
    xps_query_bind_text (&run, query->element);
  if (query->source != NULL)
    xps_query_bind_text (&run, query->source);
  if (window) {
    xps_query_bind_number (&run, query->near - query->within);
    xps_query_bind_number (&run, query->near + query->within);
  }
  while (xps_query_next (&run, &local)) {
    XpsReferenceLine *line = read_line (&run);
    if (takes_in (query, line) && (query->level == NULL || is_level (query->level, line->level)))
      g_ptr_array_add (lines, line);
    else
      free_line (line);
  }
  xps_query_clear (&run);
  if (local == NULL)
    return g_steal_pointer (&lines);
  g_propagate_error (error, local);
  return NULL;
}

/* ---- spreads ---- */

static void
free_spread (gpointer pointer)
{
  xps_reference_spread_clear (pointer);
  g_free (pointer);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Over lines of one species and level. */
static void
summarise (const GPtrArray *lines, guint first, guint n, XpsReferenceSpread *out)
{
  g_autofree double *energies = g_new (double, n);
  const XpsReferenceLine *one = g_ptr_array_index (lines, first);
  *out = (XpsReferenceSpread){.species = g_strdup (one->species),
                              .level = g_strdup (one->level),
                              .n = n,
                              .firm_low = NAN,
                              .firm_high = NAN,
                              .best = one->verified,
                              .analogue = TRUE};
  for (guint i = 0; i < n; i++) {
    const XpsReferenceLine *line = g_ptr_array_index (lines, first + i);
    energies[i] = line->energy;
    out->best = MIN (out->best, line->verified);
    out->analogue &= line->analogue;
    if (!xps_verified_is_firm (line->verified))
      continue;
    out->n_firm++;
    out->firm_low = fmin (out->firm_low, line->energy);
    out->firm_high = fmax (out->firm_high, line->energy);
  }
  qsort (energies, n, sizeof *energies, compare_numbers);
  out->low = energies[0];
  out->high = energies[n - 1];
  out->median = 0.5 * (energies[(n - 1) / 2] + energies[n / 2]);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const XpsReferenceLine *x = *(XpsReferenceLine *const *)a, *y = *(XpsReferenceLine *const *)b;
  const int species = strcmp (x->species, y->species);
  return species != 0 ? species : strcmp (x->level, y->level);
}

static int
compare_distance (gconstpointer a, gconstpointer b, gpointer data)
{
  const XpsReferenceSpread *x = *(XpsReferenceSpread *const *)a, *y = *(XpsReferenceSpread *const *)b;
  const double near = *(const double *)data;
  const double dx = isfinite (near) ? fabs (x->median - near) : x->median,
               dy = isfinite (near) ? fabs (y->median - near) : y->median;
  return (dx > dy) - (dx < dy);
}

static gboolean
is_disputed (XpsReference *self, const XpsReferenceSpread *spread)
{
  g_autoptr (GPtrArray) found = xps_reference_list_controversies (self, spread->species, spread->level);
  return found != NULL && found->len > 0;
}

/* A window picks the species; what is said of each is all that is known of it, in and out of the window. */
GPtrArray *
xps_reference_search_spreads (XpsReference *self, const XpsReferenceQuery *query, GError **error)
{
  g_autoptr (GPtrArray) lines = xps_reference_search (self, query, error);
  if (lines == NULL)
    return NULL;
  GPtrArray *spreads = g_ptr_array_new_with_free_func (free_spread);
  g_ptr_array_sort (lines, compare_groups);
  for (guint i = 0, n; i < lines->len; i += n) {
    const XpsReferenceLine *line = g_ptr_array_index (lines, i);
    for (n = 1; i + n < lines->len; n++)
      if (compare_groups (&lines->pdata[i], &lines->pdata[i + n]) != 0)
        break;
    XpsReferenceSpread *spread = g_new0 (XpsReferenceSpread, 1);
    if (!xps_reference_get_spread (self, line->species, line->level, query, spread))
      summarise (lines, i, n, spread);
    g_ptr_array_add (spreads, spread);
  }
  double near = query->near;
  g_ptr_array_sort_with_data (spreads, compare_distance, &near);
  return spreads;
}

gboolean
xps_reference_get_spread (XpsReference *self, const char *species, const char *level,
                          const XpsReferenceQuery *query, XpsReferenceSpread *spread)
{
  XpsReferenceQuery all;
  xps_reference_query_init (&all);
  all.species = species;
  all.secondary = query->secondary;
  all.recalled = query->recalled;
  all.tabulated = query->tabulated;
  all.no_analogues = query->no_analogues;
  g_autoptr (GPtrArray) lines = xps_reference_search (self, &all, NULL);
  for (guint i = lines != NULL ? lines->len : 0; i-- > 0;)
    if (strcmp (((XpsReferenceLine *)g_ptr_array_index (lines, i))->level, level) != 0)
      g_ptr_array_remove_index (lines, i);
  if (lines == NULL || lines->len == 0)
    return FALSE;
  summarise (lines, 0, lines->len, spread);
  spread->disputed = is_disputed (self, spread);
  return TRUE;
}

GPtrArray *
xps_reference_list_species (XpsReference *self, const XpsReferenceQuery *query, GError **error)
{
  g_autoptr (GPtrArray) lines = xps_reference_search (self, query, error);
  if (lines == NULL)
    return NULL;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_sort (lines, compare_groups);
  for (guint i = 0; i < lines->len; i++) {
    const XpsReferenceLine *line = g_ptr_array_index (lines, i);
    if (names->len == 0 || strcmp (g_ptr_array_index (names, names->len - 1), line->species) != 0)
      g_ptr_array_add (names, g_strdup (line->species));
  }
  return names;
}
