/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "house.h"

#include <string.h>

#define PAGE "docs/ARCHITECTURE.md"

static void
room_free (HouseRoom *room)
{
  g_free (room->name);
  g_hash_table_unref (room->sees);
  g_free (room);
}

static void
library_free (HouseLibrary *library)
{
  g_strfreev (library->headers);
  g_strfreev (library->links);
  g_free (library->rooms);
  g_free (library);
}

/* Words of a cell, back quotes taken off; "-" is none. */
static char **
split_words (const char *cell)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_auto (GStrv) parts = g_strsplit_set (cell, " `", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0' && strcmp (parts[i], "-") != 0)
      g_ptr_array_add (words, g_strdup (parts[i]));
  g_ptr_array_add (words, NULL);
  return (char **)g_ptr_array_steal (words, NULL);
}

/* Cells of a table row without the outer bars, or NULL when the line is no row. */
static char **
split_row (const char *line)
{
  g_autofree char *copy = g_strstrip (g_strdup (line));
  const gsize length = strlen (copy);
  if (length < 2 || copy[0] != '|' || copy[length - 1] != '|')
    return NULL;
  copy[length - 1] = '\0';
  char **cells = g_strsplit (copy + 1, "|", -1);
  for (guint i = 0; cells[i] != NULL; i++)
    g_strstrip (cells[i]);
  return cells;
}

static void
add_room (HousePlan *plan, char **cells, guint line, GPtrArray *findings)
{
  g_auto (GStrv) names = split_words (cells[0]);
  g_auto (GStrv) words = split_words (cells[2]);
  HouseRoom *room = g_new0 (HouseRoom, 1);
  room->name = g_strdup (names[0] != NULL ? names[0] : "");
  room->sees = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const gboolean all = words[0] != NULL && strcmp (words[0], "all") == 0;
  if (all)
    for (guint i = 0; i < plan->rooms->len; i++)
      g_hash_table_add (room->sees, g_strdup (((HouseRoom *)g_ptr_array_index (plan->rooms, i))->name));
  for (guint i = 0; words[i] != NULL; i++) {
    if (all && (i == 0 || strcmp (words[i], "above") == 0 || strcmp (words[i], "but") == 0))
      continue;
    if (house_plan_find (plan, words[i]) == NULL)
      house_find (findings, PAGE, line, "room %s may not see %s: no row above it has that name", room->name,
                  words[i]);
    else if (all)
      g_hash_table_remove (room->sees, words[i]);
    else
      g_hash_table_add (room->sees, g_strdup (words[i]));
  }
  g_ptr_array_add (plan->rooms, room);
}

static void
add_library (HousePlan *plan, char **cells)
{
  HouseLibrary *library = g_new0 (HouseLibrary, 1);
  library->headers = split_words (cells[1]);
  library->links = split_words (cells[2]);
  library->rooms = g_strdup (cells[3]);
  g_ptr_array_add (plan->libraries, library);
}

/* Reaches `target` from `room` along any number of arrows. */
static gboolean
reaches (const HousePlan *plan, const HouseRoom *room, const char *target)
{
  if (g_hash_table_contains (room->sees, target))
    return TRUE;
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init (&iter, room->sees);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    const HouseRoom *next = house_plan_find (plan, name);
    if (next != NULL && reaches (plan, next, target)) /* ends: arrows only point to earlier rows */
      return TRUE;
  }
  return FALSE;
}

/* What must not meet, even if someone writes it into the table. */
static void
check_never (const HousePlan *plan, GPtrArray *findings)
{
  static const char *const never[][2] = {
      {"app", "cli"},        {"cli", "app"},       {"draw-cairo", "draw-gl"}, {"draw-gl", "draw-cairo"},
      {"scene", "spectrum"}, {"reference", "fit"}, {"numerics", "base"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (never); i++) {
    const HouseRoom *room = house_plan_find (plan, never[i][0]);
    if (room != NULL && reaches (plan, room, never[i][1]))
      house_find (findings, PAGE, 0, "room %s must never see %s", never[i][0], never[i][1]);
  }
}

HousePlan *
house_plan_read (const HouseTree *tree, GPtrArray *findings)
{
  HousePlan *plan = g_new0 (HousePlan, 1);
  plan->rooms = g_ptr_array_new_with_free_func ((GDestroyNotify)room_free);
  plan->libraries = g_ptr_array_new_with_free_func ((GDestroyNotify)library_free);
  const HouseFile *page = house_tree_find (tree, PAGE);
  enum { OUTSIDE, ROOMS, LIBRARIES } table = OUTSIDE;
  for (guint i = 0; page != NULL && page->lines[i] != NULL; i++) {
    g_auto (GStrv) cells = split_row (page->lines[i]);
    const guint n = cells != NULL ? g_strv_length (cells) : 0;
    if (n == 0)
      table = OUTSIDE;
    else if (strcmp (cells[0], "room") == 0 || strcmp (cells[0], "library") == 0)
      table = strcmp (cells[0], "room") == 0 ? ROOMS : LIBRARIES;
    else if (g_str_has_prefix (cells[0], "---"))
      continue;
    else if (table == ROOMS && n == 3)
      add_room (plan, cells, i + 1, findings);
    else if (table == LIBRARIES && n == 4)
      add_library (plan, cells);
    else if (table != OUTSIDE)
      house_find (findings, PAGE, i + 1, "the row has %u cells", n);
  }
  if (plan->rooms->len == 0)
    house_find (findings, PAGE, 0, "no table of rooms (header `| room | one line | may see |`)");
  if (plan->libraries->len == 0)
    house_find (findings, PAGE, 0,
                "no table of libraries (header `| library | headers begin with | in meson | rooms |`)");
  check_never (plan, findings);
  return plan;
}

void
house_plan_free (HousePlan *plan)
{
  g_ptr_array_unref (plan->rooms);
  g_ptr_array_unref (plan->libraries);
  g_free (plan);
}

const HouseRoom *
house_plan_find (const HousePlan *plan, const char *name)
{
  for (guint i = 0; i < plan->rooms->len; i++) {
    const HouseRoom *room = g_ptr_array_index (plan->rooms, i);
    if (strcmp (room->name, name) == 0)
      return room;
  }
  return NULL;
}

gboolean
house_library_allows (const HouseLibrary *library, const char *room)
{
  g_auto (GStrv) words = split_words (library->rooms);
  const gboolean all = words[0] != NULL && strcmp (words[0], "all") == 0;
  const gboolean named = g_strv_contains ((const char *const *)words, room);
  return all ? !named : named;
}
