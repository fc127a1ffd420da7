/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "reference/query.h"

/* Questions to the smaller tables. */

/* "S 2p3/2" -> "S 2p". New string. */
static char *
dup_without_j (const char *level)
{
  const char *slash = strchr (level, '/');
  return slash != NULL && slash - level >= 2 ? g_strndup (level, (gsize)(slash - level - 1))
                                             : g_strdup (level);
}

/* "2:1" of the table is the stronger over the weaker. */
static double
parse_ratio (const char *text)
{
  double high, low;
  const char *colon = text != NULL ? strchr (text, ':') : NULL;
  if (colon == NULL || !xps_number_parse_span (text, (gsize)(colon - text), &high) ||
      !xps_number_parse (colon + 1, &low) || !(high > 0))
    return NAN;
  return low / high;
}

gboolean
xps_reference_get_doublet (XpsReference *self, const char *level, XpsReferenceDoublet *doublet)
{
  g_autofree char *levels = dup_without_j (level);
  XpsQuery query;
  if (!xps_query_init (
          &query, self,
          "SELECT element, level_pair, spin_orbit_splitting_eV, splitting_spread_eV, "
          "area_ratio_high_j_to_low_j, natural_width_high_j_eV, natural_width_low_j_eV, source_key, "
          "note, verified FROM doublet WHERE level_pair = ? ORDER BY rowid LIMIT 1",
          NULL))
    return FALSE;
  xps_query_bind_text (&query, levels);
  const gboolean found = xps_query_next (&query, NULL);
  if (found) {
    g_autofree char *ratio = xps_query_dup_text (&query, 4);
    *doublet = (XpsReferenceDoublet){xps_query_dup_text (&query, 0),
                                     xps_query_dup_text (&query, 1),
                                     xps_query_get_number (&query, 2),
                                     xps_query_get_number (&query, 3),
                                     parse_ratio (ratio),
                                     xps_query_get_number (&query, 5),
                                     xps_query_get_number (&query, 6),
                                     xps_query_dup_text (&query, 7),
                                     xps_query_dup_text (&query, 8),
                                     xps_query_get_verified (&query, 9, -1)};
  }
  xps_query_clear (&query);
  return found;
}

/* ---- lists ---- */

typedef gpointer (*ReadRow) (const XpsQuery *query);

/* Rows of a prepared question as records; takes the question. */
static GPtrArray *
collect (XpsQuery *query, ReadRow read, GDestroyNotify free_row, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  GError *local = NULL;
  while (xps_query_next (query, &local))
    g_ptr_array_add (rows, read (query));
  xps_query_clear (query);
  if (local == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, local);
  return NULL;
}

static void
free_separation (gpointer pointer)
{
  XpsReferenceSeparation *row = pointer;
  g_free (row->formula);
  g_free (row->level_high);
  g_free (row->level_low);
  g_free (row->source);
  g_free (row->note);
  g_free (row);
}

static gpointer
read_separation (const XpsQuery *query)
{
  XpsReferenceSeparation *row = g_new (XpsReferenceSeparation, 1);
  *row = (XpsReferenceSeparation){xps_query_dup_text (query, 0),        xps_query_dup_text (query, 1),
                                  xps_query_dup_text (query, 2),        xps_query_get_number (query, 3),
                                  xps_query_get_number (query, 4),      xps_query_get_number (query, 5),
                                  xps_query_dup_text (query, 6),        xps_query_dup_text (query, 7),
                                  xps_query_get_verified (query, 8, -1)};
  return row;
}

GPtrArray *
xps_reference_list_separations (XpsReference *self, const char *species, const char *level_high,
                                const char *level_low, GError **error)
{
  XpsQuery query;
  if (!xps_query_init_where (
          &query, self,
          "SELECT formula, level_high, level_low, BE_high_eV, BE_low_eV, separation_eV, source_key, "
          "note, verified FROM separation",
          "formula, level_high, level_low, separation_eV", error, "formula", species, "level_high",
          level_high, "level_low", level_low, NULL))
    return NULL;
  return collect (&query, read_separation, free_separation, error);
}

static void
free_controversy (gpointer pointer)
{
  XpsReferenceControversy *row = pointer;
  g_free (row->species);
  g_free (row->level);
  g_free (row->statement);
  g_free (row->source);
  g_free (row);
}

static gpointer
read_controversy (const XpsQuery *query)
{
  XpsReferenceControversy *row = g_new (XpsReferenceControversy, 1);
  *row = (XpsReferenceControversy){xps_query_dup_text (query, 0),   xps_query_dup_text (query, 1),
                                   xps_query_get_number (query, 2), xps_query_get_number (query, 3),
                                   xps_query_dup_text (query, 4),   xps_query_dup_text (query, 5)};
  if (row->statement == NULL || row->statement[0] == '\0')
    return row;
  char *english = row->statement; /* data/reference/words.h has them for the translators */
  row->statement = g_strdup (_ (english));
  g_free (english);
  return row;
}

GPtrArray *
xps_reference_list_controversies (XpsReference *self, const char *species, const char *level)
{
  XpsQuery query;
  if (!xps_query_init_where (
          &query, self, "SELECT species, core_level, low_eV, high_eV, statement, source_key FROM controversy",
          "id", NULL, "species", species, "core_level", level, NULL))
    return NULL;
  return collect (&query, read_controversy, free_controversy, NULL);
}

static void
free_estimate (gpointer pointer)
{
  XpsReferenceEstimate *row = pointer;
  g_free (row->species);
  g_free (row->level);
  g_free (row->basis);
  g_free (row->source);
  g_free (row);
}

static gpointer
read_estimate (const XpsQuery *query)
{
  XpsReferenceEstimate *row = g_new (XpsReferenceEstimate, 1);
  *row = (XpsReferenceEstimate){xps_query_dup_text (query, 0),   xps_query_dup_text (query, 1),
                                xps_query_get_number (query, 2), xps_query_get_number (query, 3),
                                xps_query_dup_text (query, 4),   xps_query_dup_text (query, 5)};
  return row;
}

GPtrArray *
xps_reference_list_estimates (XpsReference *self, const char *species, const char *level)
{
  XpsQuery query;
  if (!xps_query_init_where (
          &query, self,
          "SELECT species, core_level, estimated_BE_eV, uncertainty_eV, delta_basis, source_key FROM "
          "deep_level_estimate",
          "core_level, estimated_BE_eV", NULL, "species", species, "core_level", level, NULL))
    return NULL;
  return collect (&query, read_estimate, free_estimate, NULL);
}

/* ---- sources ---- */

static void
free_source (gpointer pointer)
{
  XpsReferenceSource *row = pointer;
  g_free (row->key);
  g_free (row->authors);
  g_free (row->title);
  g_free (row->journal);
  g_free (row->volume);
  g_free (row->pages);
  g_free (row->doi);
  g_free (row->licence);
  g_free (row->note);
  g_free (row);
}

static gpointer
read_source (const XpsQuery *query)
{
  XpsReferenceSource *row = g_new (XpsReferenceSource, 1);
  *row = (XpsReferenceSource){xps_query_dup_text (query, 0), xps_query_dup_text (query, 1),
                              xps_query_dup_text (query, 2), xps_query_dup_text (query, 3),
                              xps_query_dup_text (query, 4), xps_query_dup_text (query, 5),
                              xps_query_dup_text (query, 6), xps_query_dup_text (query, 7),
                              xps_query_dup_text (query, 8), xps_query_get_integer (query, 9)};
  return row;
}

static gboolean
is_shipped_source (XpsReference *self, const char *key)
{
  XpsQuery query;
  if (!xps_query_init (&query, self, "SELECT 1 FROM source WHERE source_key = ?", NULL))
    return FALSE;
  xps_query_bind_text (&query, key);
  const gboolean found = xps_query_next (&query, NULL);
  xps_query_clear (&query);
  return found;
}

/* The source of an own entry is what its author wrote. */
static gboolean
add_own_source (XpsReference *self, const char *key, GPtrArray *sources)
{
  XpsQuery query;
  if (!self->has_own ||
      !xps_query_init (&query, self, "SELECT 1 FROM own.binding WHERE source_key = ? LIMIT 1", NULL))
    return FALSE;
  xps_query_bind_text (&query, key);
  const gboolean found = xps_query_next (&query, NULL);
  xps_query_clear (&query);
  if (found) {
    XpsReferenceSource *source = g_new0 (XpsReferenceSource, 1);
    source->key = g_strdup (key);
    source->title = g_strdup (key);
    source->note = g_strdup (xps_verified_to_words (XPS_VERIFIED_USER));
    g_ptr_array_add (sources, source);
  }
  return found;
}

GPtrArray *
xps_reference_get_sources (XpsReference *self, const char *key, GError **error)
{
  g_auto (GStrv) keys = g_strsplit_set (key, "|;", -1);
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (free_source);
  if (!is_shipped_source (self, key) && add_own_source (self, key, sources))
    return g_steal_pointer (&sources);
  for (gsize i = 0; keys[i] != NULL; i++) {
    XpsQuery query;
    if (!xps_query_init (
            &query, self,
            "SELECT source_key, authors, title, journal, volume, pages, doi, licence, note, year FROM "
            "source WHERE source_key = ?",
            error))
      return NULL;
    xps_query_bind_text (&query, keys[i]);
    const gboolean found = xps_query_next (&query, NULL);
    if (found)
      g_ptr_array_add (sources, read_source (&query));
    xps_query_clear (&query);
    if (!found) {
      xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_QUESTION, NULL, keys[i],
                     N_ ("there is no source of this name"), NULL);
      return NULL;
    }
  }
  return g_steal_pointer (&sources);
}
