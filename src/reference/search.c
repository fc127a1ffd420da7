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

/* A level as the tables write it: "s 2P3/2" is "S 2p3/2". New string; NULL of NULL. */
static char *
dup_level_as_written (const char *level)
{
  char *written = level != NULL ? g_ascii_strdown (level, -1) : NULL;
  if (written != NULL)
    written[0] = g_ascii_toupper (written[0]);
  return written;
}

/* Shipped lines know whether an own entry corrects them: one that names the line, and means the value that
 * stands there. */
#define REPLACED                                                                                             \
  "EXISTS (SELECT 1 FROM own.binding o WHERE o.replaces = b.id AND o.replaces_energy_eV = "                  \
  "b.binding_energy_eV AND o.replaces_source = b.source_key)"
#define SELECT_MAIN                                                                                          \
  "SELECT " XPS_LINE_COLUMNS "b.verified, b.secondary, b.analogue, b.tabulated, 0, NULL, NULL, "
#define SELECT_OWN "SELECT " XPS_LINE_COLUMNS_OWN " FROM own.binding b"

static void
add_condition (GString *sql, gboolean present, const char *condition)
{
  if (present)
    g_string_append_printf (sql, " %s %s", strstr (sql->str, " WHERE b.") != NULL ? "AND" : "WHERE",
                            condition);
}

/* Restricts by whatever of the query an index can help with; the rest is looked at row by row. */
static gboolean
init_search (XpsQuery *run, XpsReference *self, const char *select, const XpsReferenceQuery *query,
             GError **error)
{
  const gboolean window = isfinite (query->near) && isfinite (query->within);
  g_autofree char *level = dup_level_as_written (query->level);
  g_autoptr (GString) sql = g_string_new (select);
  add_condition (sql, query->species != NULL, "b.species = ?");
  add_condition (sql, level != NULL, "b.core_level >= ? AND b.core_level < ?");
  add_condition (sql, query->element != NULL, "b.element = ?");
  add_condition (sql, query->source != NULL, "b.source_key = ?");
  add_condition (sql, window, "b.binding_energy_eV BETWEEN ? AND ?");
  if (!xps_query_init (run, self, sql->str, error))
    return FALSE;
  if (query->species != NULL)
    xps_query_bind_text (run, query->species);
  if (level != NULL) {
    g_autofree char *end = g_strconcat (level, "~", NULL);
    xps_query_bind_text (run, level);
    xps_query_bind_text (run, end);
  }
  if (query->element != NULL)
    xps_query_bind_text (run, query->element);
  if (query->source != NULL)
    xps_query_bind_text (run, query->source);
  if (window) {
    xps_query_bind_number (run, query->near - query->within);
    xps_query_bind_number (run, query->near + query->within);
  }
  return TRUE;
}

static gboolean
add_lines (XpsReference *self, const char *select, const XpsReferenceQuery *query, GPtrArray *lines,
           GError **error)
{
  GError *local = NULL;
  XpsQuery run;
  if (!init_search (&run, self, select, query, error))
    return FALSE;
  while (xps_query_next (&run, &local)) {
    XpsReferenceLine *line = xps_query_read_line (&run);
    if (takes_in (query, line) && (query->level == NULL || is_level (query->level, line->level)))
      g_ptr_array_add (lines, line);
    else
      xps_reference_line_free (line);
  }
  xps_query_clear (&run);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const XpsReferenceLine *x = *(XpsReferenceLine *const *)a, *y = *(XpsReferenceLine *const *)b;
  const gboolean own_x = x->verified == XPS_VERIFIED_USER, own_y = y->verified == XPS_VERIFIED_USER;
  int order = strcmp (x->element, y->element);
  if (order == 0)
    order = strcmp (x->level, y->level);
  if (order == 0)
    order = (x->energy > y->energy) - (x->energy < y->energy);
  if (order == 0)
    order = own_x - own_y;
  return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

GPtrArray *
xps_reference_search (XpsReference *self, const XpsReferenceQuery *query, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_reference_line_free);
  const char *shipped =
      self->has_own ? SELECT_MAIN REPLACED " FROM main.binding b" : SELECT_MAIN "0 FROM main.binding b";
  if (!add_lines (self, shipped, query, lines, error) ||
      (self->has_own && !add_lines (self, SELECT_OWN, query, lines, error)))
    return NULL;
  g_ptr_array_sort (lines, compare_places);
  return g_steal_pointer (&lines);
}

/* What counts: lines that an own entry corrects do not. */
static GPtrArray *
search_counted (XpsReference *self, const XpsReferenceQuery *query, GError **error)
{
  GPtrArray *lines = xps_reference_search (self, query, error);
  for (guint i = lines != NULL ? lines->len : 0; i-- > 0;)
    if (((XpsReferenceLine *)g_ptr_array_index (lines, i))->replaced)
      g_ptr_array_remove_index (lines, i);
  return lines;
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

/* An own entry stands behind what somebody else has measured. */
static XpsVerified
best_of (XpsVerified a, XpsVerified b)
{
  static const int rank[] = {0, 1, 3, 4, 2}; /* of XpsVerified */
  return rank[a] <= rank[b] ? a : b;
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
    out->best = best_of (out->best, line->verified);
    out->n_own += line->verified == XPS_VERIFIED_USER;
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
  g_autoptr (GPtrArray) lines = search_counted (self, query, error);
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
  all.level = level;
  all.secondary = query->secondary;
  all.recalled = query->recalled;
  all.tabulated = query->tabulated;
  all.no_analogues = query->no_analogues;
  g_autoptr (GPtrArray) lines = search_counted (self, &all, NULL);
  for (guint i = lines != NULL ? lines->len : 0; i-- > 0;)
    if (strcmp (((XpsReferenceLine *)g_ptr_array_index (lines, i))->level, level) != 0)
      g_ptr_array_remove_index (lines, i);
  if (lines == NULL || lines->len == 0)
    return FALSE;
  summarise (lines, 0, lines->len, spread);
  spread->disputed = is_disputed (self, spread);
  return TRUE;
}

gboolean
xps_reference_find_spread (XpsReference *self, const char *species, const char *level,
                           XpsReferenceSpread *spread)
{
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  if (xps_reference_get_spread (self, species, level, &query, spread))
    return TRUE;
  query.secondary = TRUE;
  if (xps_reference_get_spread (self, species, level, &query, spread))
    return TRUE;
  query.recalled = query.tabulated = TRUE;
  if (xps_reference_get_spread (self, species, level, &query, spread))
    return TRUE;
  *spread = (XpsReferenceSpread){.low = NAN,
                                 .median = NAN,
                                 .high = NAN,
                                 .firm_low = NAN,
                                 .firm_high = NAN,
                                 .best = XPS_VERIFIED_RECALLED};
  return FALSE;
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
