/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/reference-catalogue.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "reference/own.h"

struct _XpsCatalogue {
  GPtrArray *spreads;       /* XpsReferenceSpread */
  GPtrArray *lines;         /* XpsReferenceLine */
  GPtrArray *entries;       /* XpsCatalogueEntry, by level and energy */
  GHashTable *by_name;      /* "species\nlevel" -> entry */
  GHashTable *citations;    /* key -> "Author 2012" */
  GHashTable *source_texts; /* key -> what words of a source are looked for in */
};

char *
xps_catalogue_dup_own_path (void)
{
  return xps_own_dup_default_path ();
}

XpsReference *
xps_catalogue_open_reference (GError **error)
{
  g_autofree char *own = xps_catalogue_dup_own_path ();
  return xps_reference_open (NULL, own, error);
}

static void
entry_free (gpointer data)
{
  XpsCatalogueEntry *entry = data;
  g_ptr_array_unref (entry->lines);
  g_free (entry->text);
  g_free (entry);
}

/* ---- making it ---- */

static char *
dup_key (const char *species, const char *level)
{
  return g_strconcat (species, "\n", level, NULL);
}

static const char *
or_nothing (const char *text)
{
  return text != NULL ? text : "";
}

static void
add_source (XpsCatalogue *self, XpsReference *reference, const char *key)
{
  if (key == NULL || g_hash_table_contains (self->citations, key))
    return;
  g_autoptr (GPtrArray) sources = xps_reference_get_sources (reference, key, NULL);
  g_autoptr (GString) text = g_string_new (key);
  char *citation = NULL;
  for (guint i = 0; sources != NULL && i < sources->len; i++) {
    const XpsReferenceSource *source = g_ptr_array_index (sources, i);
    const char *who = source->authors != NULL ? source->authors : source->title;
    g_string_append_printf (text, " %s %s %d %s", or_nothing (source->authors), or_nothing (source->title),
                            source->year, or_nothing (source->doi));
    if (i == 0 && who != NULL)
      citation = source->year > 0 ? g_strdup_printf ("%s %d", who, source->year) : g_strdup (who);
  }
  g_hash_table_insert (self->citations, g_strdup (key), citation != NULL ? citation : g_strdup (key));
  g_hash_table_insert (self->source_texts, g_strdup (key), g_utf8_casefold (text->str, -1));
}

static void
add_record (XpsCatalogue *self, const XpsReferenceLine *line)
{
  g_autofree char *key = dup_key (line->species, line->level);
  XpsCatalogueEntry *entry = g_hash_table_lookup (self->by_name, key);
  if (entry == NULL)
    return;
  if (entry->lines->len == 0) {
    g_autofree char *text = g_strjoin (" ", line->species, or_nothing (line->species_name),
                                       or_nothing (line->class_), line->level, NULL);
    entry->text = g_utf8_casefold (text, -1);
  }
  g_ptr_array_add (entry->lines, (gpointer)line);
  entry->secondary |= line->verified == XPS_VERIFIED_SECONDARY;
  entry->recalled |= line->verified == XPS_VERIFIED_RECALLED;
  entry->own |= line->verified == XPS_VERIFIED_USER;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const XpsReferenceSpread *x = (*(XpsCatalogueEntry *const *)a)->spread,
                           *y = (*(XpsCatalogueEntry *const *)b)->spread;
  const int level = strcmp (x->level, y->level);
  return level != 0 ? level : (x->median > y->median) - (x->median < y->median);
}

static void
add_entries (XpsCatalogue *self, XpsReference *reference)
{
  for (guint i = 0; i < self->spreads->len; i++) {
    XpsCatalogueEntry *entry = g_new0 (XpsCatalogueEntry, 1);
    entry->spread = g_ptr_array_index (self->spreads, i);
    entry->lines = g_ptr_array_new ();
    g_ptr_array_add (self->entries, entry);
    g_hash_table_insert (self->by_name, dup_key (entry->spread->species, entry->spread->level), entry);
  }
  for (guint i = 0; i < self->lines->len; i++) {
    const XpsReferenceLine *line = g_ptr_array_index (self->lines, i);
    add_record (self, line);
    add_source (self, reference, line->source);
  }
  g_ptr_array_sort (self->entries, compare_entries);
}

static void
catalogue_clear (gpointer data)
{
  XpsCatalogue *self = data;
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->citations, g_hash_table_unref);
  g_clear_pointer (&self->source_texts, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->spreads, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
}

XpsCatalogue *
xps_catalogue_new (XpsReference *reference, const XpsReferenceQuery *query, GError **error)
{
  XpsReferenceQuery all;
  xps_reference_query_init (&all);
  all.secondary = query->secondary;
  all.recalled = query->recalled;
  all.tabulated = query->tabulated;
  all.no_analogues = query->no_analogues;
  g_autoptr (XpsCatalogue) self = g_rc_box_new0 (XpsCatalogue);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->citations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->source_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->lines = xps_reference_search (reference, &all, error);
  if (self->lines == NULL)
    return NULL;
  self->spreads = xps_reference_search_spreads (reference, &all, error);
  if (self->spreads == NULL)
    return NULL;
  add_entries (self, reference);
  return g_steal_pointer (&self);
}

XpsCatalogue *
xps_catalogue_ref (XpsCatalogue *self)
{
  return g_rc_box_acquire (self);
}

void
xps_catalogue_unref (XpsCatalogue *self)
{
  g_rc_box_release_full (self, catalogue_clear);
}

const char *
xps_catalogue_get_citation (XpsCatalogue *self, const char *key)
{
  const char *citation = key != NULL ? g_hash_table_lookup (self->citations, key) : NULL;
  return citation != NULL ? citation : or_nothing (key);
}

const XpsCatalogueEntry *
xps_catalogue_find_entry (XpsCatalogue *self, const char *species, const char *level)
{
  g_autofree char *key = dup_key (species, level);
  return g_hash_table_lookup (self->by_name, key);
}

/* ---- narrowing it ---- */

static gboolean
has_words (const char *text, char *const *words)
{
  for (gsize i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && (text == NULL || strstr (text, words[i]) == NULL))
      return FALSE;
  return TRUE;
}

static char **
dup_words (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (or_nothing (text), -1);
  return g_strsplit_set (folded, " \t,", -1);
}

/* "S" takes in all of sulfur and nothing of silicon, "S 2p" both lines, "2p" every element's. */
static gboolean
is_level (const char *wanted, const char *level)
{
  const char *orbital = strchr (level, ' ');
  const char *from = g_ascii_isdigit (wanted[0]) && orbital != NULL ? orbital + 1 : level;
  const gsize n = strlen (wanted);
  if (g_ascii_strncasecmp (wanted, from, n) != 0)
    return FALSE;
  return strchr (wanted, ' ') != NULL || g_ascii_isdigit (wanted[0]) || from[n] == ' ' || from[n] == '\0';
}

static gboolean
has_record (XpsCatalogue *self, const XpsCatalogueEntry *entry, const XpsCatalogueFilter *filter,
            char *const *source_words)
{
  const gboolean window = isfinite (filter->near) && isfinite (filter->within);
  for (guint i = 0; i < entry->lines->len; i++) {
    const XpsReferenceLine *line = g_ptr_array_index (entry->lines, i);
    const char *source = line->source != NULL ? g_hash_table_lookup (self->source_texts, line->source) : NULL;
    if ((!window || fabs (line->energy - filter->near) <= filter->within) && has_words (source, source_words))
      return TRUE;
  }
  return FALSE;
}

static int
compare_distance (gconstpointer a, gconstpointer b, gpointer data)
{
  const double near = *(const double *)data;
  const double x = fabs ((*(XpsCatalogueEntry *const *)a)->spread->median - near),
               y = fabs ((*(XpsCatalogueEntry *const *)b)->spread->median - near);
  return (x > y) - (x < y);
}

GPtrArray *
xps_catalogue_find (XpsCatalogue *self, const XpsCatalogueFilter *filter)
{
  GPtrArray *found = g_ptr_array_new ();
  g_auto (GStrv) words = dup_words (filter->text), source_words = dup_words (filter->source);
  g_autofree char *level = g_strstrip (g_strdup (or_nothing (filter->level)));
  for (guint i = 0; i < self->entries->len; i++) {
    XpsCatalogueEntry *entry = g_ptr_array_index (self->entries, i);
    if (has_words (entry->text, words) && (level[0] == '\0' || is_level (level, entry->spread->level)) &&
        has_record (self, entry, filter, source_words))
      g_ptr_array_add (found, entry);
  }
  /* Of one level by energy: "S 2p" and "S 2p3/2" stand side by side. */
  double near = isfinite (filter->near) ? filter->near : 0.0;
  if (isfinite (filter->near) || strchr (level, ' ') != NULL)
    g_ptr_array_sort_with_data (found, compare_distance, &near);
  return found;
}

static guint
count_values (const GPtrArray *entries)
{
  guint n = 0;
  for (guint i = 0; i < entries->len; i++)
    n += ((const XpsCatalogueEntry *)g_ptr_array_index (entries, i))->lines->len;
  return n;
}

char *
xps_catalogue_dup_count (const GPtrArray *found, XpsCatalogue *all, const XpsCatalogueFilter *filter)
{
  g_autoptr (GPtrArray) more = all != NULL ? xps_catalogue_find (all, filter) : NULL;
  const guint n = count_values (found), n_all = more != NULL ? count_values (more) : n;
  const guint left_out = n_all > n ? n_all - n : 0;
  g_autofree char *lines = g_strdup_printf (ngettext ("%u line", "%u lines", found->len), found->len);
  g_autofree char *values = g_strdup_printf (ngettext ("%u value", "%u values", n), n);
  /* Translators: "12 lines, 40 values". */
  g_autofree char *text = g_strdup_printf (_ ("%s, %s"), lines, values);
  if (left_out == 0)
    return found->len > 0 ? g_steal_pointer (&text) : g_strdup (_ ("Nothing of the kind is known"));
  if (found->len == 0)
    return g_strdup_printf (ngettext ("Nothing at first hand; %u value is left out",
                                      "Nothing at first hand; %u values are left out", left_out),
                            left_out);
  /* Translators: "12 lines, 40 values"; how many more are second hand or from memory. */
  return g_strdup_printf (ngettext ("%s; %u is left out", "%s; %u are left out", left_out), text, left_out);
}
