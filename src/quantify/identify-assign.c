/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/text.h"
#include "quantify/identify.h"

/* From a candidate to what is kept with a component. */

static void
append (GString *words, const char *before, const char *text)
{
  if (text == NULL)
    return;
  g_string_append (words, before);
  g_string_append (words, text);
}

static char *
dup_source_words (XpsReference *reference, const char *key)
{
  g_autoptr (GPtrArray) sources = xps_reference_get_sources (reference, key, NULL);
  const XpsReferenceSource *source =
      sources != NULL && sources->len > 0 ? g_ptr_array_index (sources, 0) : NULL;
  const char *who = source == NULL ? NULL : source->authors != NULL ? source->authors : source->title;
  if (who == NULL)
    return g_strdup (key);
  g_autoptr (GString) words = g_string_new (who);
  g_autofree char *year = source->year > 0 ? xps_text_printf (" (%d)", source->year) : NULL;
  append (words, ", ", source->journal);
  append (words, " ", source->volume);
  append (words, "", year);
  append (words, ", doi:", source->doi);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Every source of the values that the spread was made of, once; those of first hand where there are any. */
static char *
dup_sources (XpsReference *reference, const XpsCandidate *candidate)
{
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.species = candidate->species;
  query.level = candidate->spread.level;
  query.secondary = query.recalled = candidate->spread.n_firm == 0;
  g_autoptr (GPtrArray) lines = xps_reference_search (reference, &query, NULL);
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const XpsReferenceLine *line = g_ptr_array_index (lines, i);
    if (line->replaced || line->source == NULL || !g_hash_table_add (told, line->source))
      continue;
    g_autofree char *words = dup_source_words (reference, line->source);
    append (all, all->len > 0 ? "; " : "", words);
  }
  return all->len > 0 ? g_string_free (g_steal_pointer (&all), FALSE) : NULL;
}

static void
copy_texts (GPtrArray *to, const GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_strdup (g_ptr_array_index (from, i)));
}

XpsAssignment *
xps_candidate_new_assignment (const XpsIdentification *self, const XpsIdentified *identified,
                              const XpsCandidate *candidate, XpsReference *reference,
                              const char *shift_source)
{
  XpsAssignment *assignment = xps_assignment_new (candidate->species, identified->observed.level);
  assignment->source = dup_sources (reference, candidate);
  assignment->verified = g_strdup (xps_verified_to_text (candidate->spread.best));
  assignment->reference =
      shift_source != NULL ? g_strdup (shift_source)
      : self->shift_given
          ? xps_text_printf (_ ("shift of %.2f eV, as given"), self->shift)
          : xps_text_printf (_ ("common shift of %.2f eV, found from the lines themselves"), self->shift);
  copy_texts (assignment->in_favour, candidate->in_favour);
  copy_texts (assignment->against, candidate->against);
  copy_texts (assignment->alike, candidate->alike);
  return assignment;
}
