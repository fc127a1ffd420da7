/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "house.h"

#include <string.h>

static gboolean
is_source (const char *path)
{
  return g_str_has_suffix (path, ".c") || g_str_has_suffix (path, ".h") || g_str_has_suffix (path, ".inc");
}

static gboolean
has_folder (const HouseTree *tree, const char *folder)
{
  g_autofree char *prefix = g_strconcat (folder, "/", NULL);
  for (guint i = 0; i < tree->files->len; i++)
    if (g_str_has_prefix (((HouseFile *)g_ptr_array_index (tree->files, i))->path, prefix))
      return TRUE;
  return FALSE;
}

/* What an #include line names: kind is '"' or '<'. New string, NULL for any other line. */
static char *
dup_include (const char *line, char *kind)
{
  const char *at = line + strspn (line, " \t");
  if (*at != '#')
    return NULL;
  at += 1 + strspn (at + 1, " \t");
  if (!g_str_has_prefix (at, "include"))
    return NULL;
  at += strlen ("include");
  at += strspn (at, " \t");
  if (*at != '"' && *at != '<')
    return NULL;
  *kind = *at;
  const char *end = strchr (at + 1, *at == '<' ? '>' : '"');
  return end != NULL ? g_strndup (at + 1, (gsize)(end - at - 1)) : NULL;
}

static void
check_library (const HousePlan *plan, const HouseFile *file, guint line, const char *room, const char *header,
               GPtrArray *findings)
{
  for (guint i = 0; i < plan->libraries->len; i++) {
    const HouseLibrary *library = g_ptr_array_index (plan->libraries, i);
    for (guint k = 0; library->headers[k] != NULL; k++) {
      if (!g_str_has_prefix (header, library->headers[k]))
        continue;
      if (!house_library_allows (library, room))
        house_find (findings, file->path, line, "<%s> is not for the room %s", header, room);
      return;
    }
  }
  house_find (findings, file->path, line, "<%s> belongs to no library of docs/ARCHITECTURE.md", header);
}

/* `room` is where the file lies; in tests a room may also use itself, which is the same rule. */
static void
check_room (const HousePlan *plan, const HouseFile *file, guint line, const char *room, const char *header,
            gboolean in_src, GPtrArray *findings)
{
  const char *slash = strchr (header, '/');
  if (slash == NULL) {
    const gboolean generated = strcmp (header, "config.h") == 0 || strcmp (header, "commit.h") == 0;
    if (in_src && !generated)
      house_find (findings, file->path, line, "write \"%s/%s\": headers carry their room", room, header);
    return;
  }
  g_autofree char *target = g_strndup (header, (gsize)(slash - header));
  const HouseRoom *self = house_plan_find (plan, room);
  if (house_plan_find (plan, target) == NULL)
    house_find (findings, file->path, line, "\"%s\": there is no room %s", header, target);
  else if (self != NULL && strcmp (room, target) != 0 && !g_hash_table_contains (self->sees, target))
    house_find (findings, file->path, line, "\"%s\": the room %s may not see %s", header, room, target);
}

/* A private header counts as a file's own: it includes the public one first. */
static void
check_own_header_first (const HouseTree *tree, const HouseFile *file, const char *first, guint line,
                        GPtrArray *findings)
{
  if (!g_str_has_prefix (file->path, "src/") || !g_str_has_suffix (file->path, ".c"))
    return;
  g_autofree char *stem = g_strndup (file->path + strlen ("src/"), strlen (file->path) - strlen ("src/.c"));
  g_autofree char *own = g_strconcat (stem, ".h", NULL);
  g_autofree char *private = g_strconcat (stem, "-private.h", NULL);
  g_autofree char *own_path = g_strconcat ("src/", own, NULL);
  if (house_tree_find (tree, own_path) != NULL && strcmp (first, own) != 0 && strcmp (first, private) != 0)
    house_find (findings, file->path, line, "includes its own header \"%s\" first", own);
}

/* Every #include goes along an arrow of the table, or to a library that its room may use. */
void
house_rule_includes (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings)
{
  for (guint i = 0; i < tree->files->len; i++) {
    const HouseFile *file = g_ptr_array_index (tree->files, i);
    g_autofree char *src_room = house_dup_room (file->path, "src");
    g_autofree char *test_room = house_dup_room (file->path, "tests");
    const char *room = src_room != NULL ? src_room : test_room;
    if (room == NULL || !is_source (file->path))
      continue;
    gboolean first = TRUE;
    for (guint k = 0; file->lines[k] != NULL; k++) {
      char kind = 0;
      g_autofree char *header = dup_include (file->lines[k], &kind);
      if (header == NULL)
        continue;
      if (first)
        check_own_header_first (tree, file, header, k + 1, findings);
      first = FALSE;
      if (kind == '"')
        check_room (plan, file, k + 1, room, header, src_room != NULL, findings);
      else if (src_room != NULL)
        check_library (plan, file, k + 1, room, header, findings);
    }
  }
}

/* src/meson.build lists the rooms in the order of the table, every folder is a room, every room has tests. */
void
house_rule_floors (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings)
{
  const char *path = "src/meson.build";
  const HouseFile *floors = house_tree_find (tree, path);
  guint expected = 0;
  for (guint i = 0; floors != NULL && floors->lines[i] != NULL; i++) {
    if (!g_str_has_prefix (floors->lines[i], "subdir('"))
      continue;
    g_auto (GStrv) parts = g_strsplit (floors->lines[i], "'", 3);
    const HouseRoom *room = expected < plan->rooms->len ? g_ptr_array_index (plan->rooms, expected) : NULL;
    if (room == NULL || strcmp (room->name, parts[1]) != 0)
      house_find (findings, path, i + 1, "subdir %s stands where the table has %s", parts[1],
                  room != NULL ? room->name : "nothing");
    expected++;
  }
  if (expected < plan->rooms->len)
    house_find (findings, path, 0, "%u rooms of the table have no subdir()", plan->rooms->len - expected);
  for (guint i = 0; i < plan->rooms->len; i++) {
    const HouseRoom *room = g_ptr_array_index (plan->rooms, i);
    g_autofree char *folder = g_strconcat ("src/", room->name, NULL);
    g_autofree char *tests = g_strconcat ("tests/", room->name, NULL);
    if (!has_folder (tree, folder))
      house_find (findings, folder, 0, "the table names this room, but there is no such folder");
    if (!has_folder (tree, tests))
      house_find (findings, tests, 0, "the room %s has no folder of tests", room->name);
  }
  for (guint i = 0; i < tree->files->len; i++) {
    const HouseFile *file = g_ptr_array_index (tree->files, i);
    g_autofree char *room = house_dup_room (file->path, "src");
    if (room != NULL && house_plan_find (plan, room) == NULL)
      house_find (findings, file->path, 0, "%s is not in the table of rooms", room);
  }
}

/* Room behind a name of meson such as draw_cairo_dep or draw_cairo_lib; new string, NULL: not a room's. */
static char *
dup_room_of_target (const HousePlan *plan, const char *word)
{
  for (guint i = 0; i < plan->rooms->len; i++) {
    const char *name = ((HouseRoom *)g_ptr_array_index (plan->rooms, i))->name;
    g_autofree char *stem = g_strdelimit (g_strdup (name), "-", '_');
    if (g_str_has_prefix (word, stem) &&
        (strcmp (word + strlen (stem), "_dep") == 0 || strcmp (word + strlen (stem), "_lib") == 0))
      return g_strdup (name);
  }
  return NULL;
}

static gboolean
library_links (const HousePlan *plan, const char *word, const char *room, gboolean *known)
{
  for (guint i = 0; i < plan->libraries->len; i++) {
    const HouseLibrary *library = g_ptr_array_index (plan->libraries, i);
    if (g_strv_contains ((const char *const *)library->links, word)) {
      *known = TRUE;
      return room == NULL || house_library_allows (library, room);
    }
  }
  *known = FALSE;
  return FALSE;
}

/* Calls `check` for every word of a meson.build that names a dependency or a library. */
typedef void (*LinkCheck) (const HousePlan *plan, const HouseFile *file, guint line, const char *room,
                           const char *word, GPtrArray *findings);

static void
for_each_link (const HouseTree *tree, const HousePlan *plan, const char *top, LinkCheck check,
               GPtrArray *findings)
{
  g_autoptr (GRegex) word = g_regex_new ("\\b([a-z0-9_]+_(?:dep|lib)|libm)\\b", 0, 0, NULL);
  for (guint i = 0; i < tree->files->len; i++) {
    const HouseFile *file = g_ptr_array_index (tree->files, i);
    g_autofree char *room = house_dup_room (file->path, top);
    if (room == NULL || !g_str_has_suffix (file->path, "/meson.build") ||
        house_plan_find (plan, room) == NULL)
      continue;
    for (guint k = 0; file->lines[k] != NULL; k++) {
      g_auto (GStrv) code = g_strsplit (file->lines[k], "#", 2);
      g_autoptr (GMatchInfo) match = NULL;
      g_regex_match (word, code[0] != NULL ? code[0] : "", 0, &match);
      for (; g_match_info_matches (match); g_match_info_next (match, NULL)) {
        g_autofree char *name = g_match_info_fetch (match, 1);
        check (plan, file, k + 1, room, name, findings);
      }
    }
  }
}

static void
check_room_link (const HousePlan *plan, const HouseFile *file, guint line, const char *room, const char *word,
                 GPtrArray *findings)
{
  g_autofree char *target = dup_room_of_target (plan, word);
  gboolean known = FALSE;
  if (target != NULL) {
    const HouseRoom *self = house_plan_find (plan, room);
    if (strcmp (target, room) != 0 && !g_hash_table_contains (self->sees, target))
      house_find (findings, file->path, line, "links %s: the room %s may not see %s", word, room, target);
  } else if (!library_links (plan, word, room, &known)) {
    house_find (findings, file->path, line,
                known ? "%s is not for the room %s" : "%s (room %s) is not in the table of libraries", word,
                room);
  }
}

/* Each room's meson.build links only what the table allows. */
void
house_rule_links (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings)
{
  for_each_link (tree, plan, "src", check_room_link, findings);
}

/* A door is a program, which no test can link: its tests link what it may see. */
static gboolean
test_may_link (const HousePlan *plan, const char *room, const char *target)
{
  const gboolean door = strcmp (room, "cli") == 0 || strcmp (room, "app") == 0;
  return strcmp (target, room) == 0 ||
         (door && g_hash_table_contains (house_plan_find (plan, room)->sees, target));
}

static void
check_test_link (const HousePlan *plan, const HouseFile *file, guint line, const char *room, const char *word,
                 GPtrArray *findings)
{
  g_autofree char *target = dup_room_of_target (plan, word);
  gboolean known = FALSE;
  if (target != NULL && !test_may_link (plan, room, target))
    house_find (findings, file->path, line, "links %s: tests of %s link that room only", word, room);
  else if (target == NULL)
    library_links (plan, word, NULL, &known);
  if (target == NULL && !known)
    house_find (findings, file->path, line, "%s is not in the table of libraries", word);
}

/* A room's tests link that room and nothing else of ours, so that an upward call in the room cannot link. */
void
house_rule_test_links (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings)
{
  for_each_link (tree, plan, "tests", check_test_link, findings);
}

/* Every source of a room is built: a file that no meson.build names is dead. */
void
house_rule_listed (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings)
{
  for (guint i = 0; i < tree->files->len; i++) {
    const HouseFile *file = g_ptr_array_index (tree->files, i);
    g_autofree char *room = house_dup_room (file->path, "src");
    if (room == NULL || house_plan_find (plan, room) == NULL || !g_str_has_suffix (file->path, ".c"))
      continue;
    g_autofree char *build_path = g_strdup_printf ("src/%s/meson.build", room);
    const HouseFile *build = house_tree_find (tree, build_path);
    g_autofree char *quoted = g_strdup_printf ("'%s'", file->path + strlen ("src/") + strlen (room) + 1);
    if (build == NULL || strstr (build->text, quoted) == NULL)
      house_find (findings, file->path, 0, "is not in %s", build_path);
  }
}
