/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/namesake.h"

#include <string.h>

#include "base/text.h"

/* "660 s" or, without a unit ("d" in VAMAS), "Cycle 12"; NULL: no such variable. */
static char *
dup_variable (const XpsRegion *region, const char *label)
{
  const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (region->spectrum);
  for (guint i = 0; i < acquisition->variables->len; i++) {
    const XpsVariable *variable = g_ptr_array_index (acquisition->variables, i);
    if (g_strcmp0 (variable->label, label) != 0 || variable->text == NULL || variable->text[0] == '\0')
      continue;
    if (variable->unit == NULL || variable->unit[0] == '\0' || strcmp (variable->unit, "d") == 0)
      return g_strconcat (label, " ", variable->text, NULL);
    return g_strconcat (variable->text, " ", variable->unit,
                        NULL); /* a unit says enough where room is scarce */
  }
  return NULL;
}

/* "08:07:33" of "2025-03-21T08:07:33Z"; the whole date where it has no time. */
static char *
dup_time (const XpsRegion *region)
{
  const char *date = xps_spectrum_get_acquisition (region->spectrum)->date;
  const char *time = date != NULL ? strpbrk (date, "T ") : NULL;
  if (time == NULL || strlen (time) < 9)
    return g_strdup (date);
  return g_strndup (time + 1, 8);
}

static guint
count_different (const GPtrArray *texts)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < texts->len; i++) {
    const char *text = g_ptr_array_index (texts, i);
    if (text == NULL)
      return 0;
    g_hash_table_add (seen, (gpointer)text);
  }
  return g_hash_table_size (seen);
}

/* What each of the group says of one variable; label NULL: of its time. */
static GPtrArray *
list_texts (const GPtrArray *group, const char *label)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < group->len; i++) {
    const XpsRegion *region = g_ptr_array_index (group, i);
    g_ptr_array_add (texts, label != NULL ? dup_variable (region, label) : dup_time (region));
  }
  return texts;
}

/* Appends `more` to each of `texts`. */
static void
join (GPtrArray *texts, const GPtrArray *more)
{
  for (guint i = 0; i < texts->len; i++) {
    char *old = g_ptr_array_index (texts, i);
    g_ptr_array_index (texts, i) = old == NULL ? g_strdup (g_ptr_array_index (more, i))
                                               : g_strconcat (old, ", ", g_ptr_array_index (more, i), NULL);
    g_free (old);
  }
}

/* The one variable that does it alone, else all that differ together, else the time, else the place. */
static GPtrArray *
list_of_group (const GPtrArray *group)
{
  const XpsRegion *first = g_ptr_array_index (group, 0);
  const GPtrArray *variables = xps_spectrum_get_acquisition (first->spectrum)->variables;
  g_autoptr (GPtrArray) together = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_set_size (together, (int)group->len);
  for (guint i = 0; i < variables->len; i++) {
    g_autoptr (GPtrArray) texts =
        list_texts (group, ((const XpsVariable *)g_ptr_array_index (variables, i))->label);
    const guint n = count_different (texts);
    if (n == group->len)
      return g_steal_pointer (&texts);
    if (n > 1)
      join (together, texts);
  }
  if (count_different (together) == group->len)
    return g_steal_pointer (&together);
  g_autoptr (GPtrArray) times = list_texts (group, NULL);
  if (count_different (times) == group->len)
    return g_steal_pointer (&times);
  for (guint i = 0; i < group->len; i++) {
    g_free (g_ptr_array_index (times, i));
    g_ptr_array_index (times, i) = xps_text_printf ("%u", i + 1);
  }
  return g_steal_pointer (&times);
}

GPtrArray *
xps_region_list_distinctions (const GPtrArray *regions)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GHashTable) found = g_hash_table_new (NULL, NULL);
  g_ptr_array_set_size (all, (int)regions->len);
  for (guint i = 0; i < regions->len; i++) {
    const XpsRegion *region = g_ptr_array_index (regions, i);
    GPtrArray *group = g_hash_table_lookup (groups, region->name);
    if (group == NULL) {
      group = g_ptr_array_new ();
      g_hash_table_insert (groups, region->name, group);
    }
    g_ptr_array_add (group, (gpointer)region);
    g_hash_table_insert (found, (gpointer)region, GUINT_TO_POINTER (i));
  }
  GHashTableIter walk;
  gpointer group;
  g_hash_table_iter_init (&walk, groups);
  while (g_hash_table_iter_next (&walk, NULL, &group)) {
    const GPtrArray *members = group;
    g_autoptr (GPtrArray) texts = members->len > 1 ? list_of_group (members) : NULL;
    for (guint i = 0; texts != NULL && i < members->len; i++) {
      const guint at = GPOINTER_TO_UINT (g_hash_table_lookup (found, g_ptr_array_index (members, i)));
      g_ptr_array_index (all, at) = g_steal_pointer (&g_ptr_array_index (texts, i));
    }
  }
  return all;
}
