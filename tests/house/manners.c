/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "house.h"

#include <string.h>

#define HEADER_LINES   120
#define SOURCE_LINES   500
#define FUNCTION_LINES 60

static gboolean
is_c (const char *path)
{
  return g_str_has_suffix (path, ".c") || g_str_has_suffix (path, ".h");
}

static gboolean
is_ours (const char *path)
{
  return g_str_has_prefix (path, "src/") || g_str_has_prefix (path, "tests/") ||
         g_str_has_prefix (path, "tools/");
}

static guint
count_lines (const HouseFile *file)
{
  const guint n = g_strv_length (file->lines);
  return n > 0 && file->lines[n - 1][0] == '\0' ? n - 1 : n;
}

/* First line of a source; in the first lines of a script. */
void
house_rule_licence (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings)
{
  const char *identifier = "SPDX-License-Identifier: GPL-3.0-or-later";
  for (guint i = 0; i < tree->files->len; i++) {
    const HouseFile *file = g_ptr_array_index (tree->files, i);
    const gboolean script = g_str_has_prefix (file->text, "#!");
    if (!is_ours (file->path) || (!is_c (file->path) && !script))
      continue;
    const char *line = script && file->lines[0] != NULL ? file->lines[1] : file->lines[0];
    if (line == NULL || strstr (line, identifier) == NULL)
      house_find (findings, file->path, script ? 2 : 1, "no line \"%s\"", identifier);
  }
}

/* The first comment after the licence says "table of data". */
static gboolean
is_table (const HouseFile *file)
{
  g_autofree char *head = g_strndup (file->text, 1500);
  g_autofree char *lower = g_ascii_strdown (head, -1);
  return strstr (lower, "table of data") != NULL;
}

/* A header is a door: one guard, and short enough to read in one go. */
void
house_rule_headers (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings)
{
  for (guint i = 0; i < tree->files->len; i++) {
    const HouseFile *file = g_ptr_array_index (tree->files, i);
    if (!is_ours (file->path) || !g_str_has_suffix (file->path, ".h"))
      continue;
    if (!g_strv_contains ((const char *const *)file->lines, "#pragma once"))
      house_find (findings, file->path, 1, "no #pragma once");
    if (g_str_has_prefix (file->path, "src/") && count_lines (file) > HEADER_LINES && !is_table (file))
      house_find (findings, file->path, 0, "%u lines, a header has at most %d", count_lines (file),
                  HEADER_LINES);
  }
}

/* Functions open and close with a brace in the first column (.clang-format). */
static void
check_functions (const HouseFile *file, GPtrArray *findings)
{
  guint open = 0;
  for (guint k = 0; file->lines[k] != NULL; k++) {
    if (strcmp (file->lines[k], "{") == 0)
      open = k + 1;
    if (open > 0 && strcmp (file->lines[k], "}") == 0) {
      if (k + 1 - open > FUNCTION_LINES)
        house_find (findings, file->path, open, "function of %u lines, at most %d", k + 1 - open,
                    FUNCTION_LINES);
      open = 0;
    }
  }
}

void
house_rule_sizes (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings)
{
  for (guint i = 0; i < tree->files->len; i++) {
    const HouseFile *file = g_ptr_array_index (tree->files, i);
    if (!is_ours (file->path) || !is_c (file->path))
      continue;
    if (count_lines (file) > SOURCE_LINES && !is_table (file))
      house_find (findings, file->path, 0,
                  "%u lines, a file has at most %d unless its first comment calls it a table of data",
                  count_lines (file), SOURCE_LINES);
    check_functions (file, findings);
  }
}

/* Places of one machine have no business in a file that travels. */
void
house_rule_machine_paths (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings)
{
  g_autoptr (GRegex) place = g_regex_new ("(?:^|[^A-Za-z0-9_.])/(?:(?:work|root)/|home/[a-z])",
                                          G_REGEX_OPTIMIZE | G_REGEX_RAW, 0, NULL);
  for (guint i = 0; i < tree->files->len; i++) {
    const HouseFile *file = g_ptr_array_index (tree->files, i);
    if (!g_regex_match (place, file->text, 0, NULL))
      continue;
    for (guint k = 0; file->lines[k] != NULL; k++)
      if (g_regex_match (place, file->lines[k], 0, NULL))
        house_find (findings, file->path, k + 1, "path of one machine");
  }
}

static gboolean
prints_reals_somewhere (const HouseFile *file, const GRegex *real)
{
  if (g_str_has_prefix (file->path, "src/cli/"))
    return FALSE;
  for (guint k = 0; file->lines[k] != NULL; k++)
    if (g_regex_match (real, file->lines[k], 0, NULL) && strstr (file->lines[k], "g_ascii_formatd") == NULL)
      return TRUE;
  return FALSE;
}

/* Calls whose answer changes with the language of the user. Numbers are read by base/number.h and written by
 * it or by base/text.h. The doors may print: they have switched the locale of numbers off. */
static void
check_locale (const HouseFile *file, const GRegex *call, const GRegex *print, const GRegex *real,
              GPtrArray *findings)
{
  const gboolean prints_reals = prints_reals_somewhere (file, real);
  for (guint k = 0; file->lines[k] != NULL; k++) {
    g_autoptr (GMatchInfo) match = NULL;
    if (!g_regex_match (call, file->lines[k], 0, &match)) {
      g_clear_pointer (&match, g_match_info_unref);
      if (!prints_reals || !g_regex_match (print, file->lines[k], 0, &match))
        continue;
    }
    g_autofree char *name = g_match_info_fetch (match, 1);
    house_find (findings, file->path, k + 1,
                "%s depends on the locale: use base/number.h, xps_text_printf () or g_ascii_*", name);
  }
}

void
house_rule_locale (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings)
{
  g_autoptr (GRegex) call =
      g_regex_new ("\\b(g_strtod|strto(?:d|f|ld)|ato[filq]l?|isalpha|isspace|tolower|toupper|strcasecmp"
                   "|g_strdup_vprintf|g_string_append_vprintf) \\(",
                   0, 0, NULL);
  g_autoptr (GRegex) print =
      g_regex_new ("\\b(g_strdup_printf|g_string_(?:append_)?printf|g_set_error|g_print(?:err)?"
                   "|[sf]?n?printf|g_snprintf) \\(",
                   0, 0, NULL);
  g_autoptr (GRegex) real = g_regex_new ("\"[^\"\n]*%[-+ #0-9.*]*[aefgAEFG]", 0, 0, NULL);
  for (guint i = 0; i < tree->files->len; i++) {
    const HouseFile *file = g_ptr_array_index (tree->files, i);
    if (g_str_has_prefix (file->path, "src/") && is_c (file->path) &&
        !g_str_has_prefix (file->path, "src/base/"))
      check_locale (file, call, print, real, findings);
  }
}

/* The first group of `pattern` in a file of the tree; new string, NULL: no such file or no match. */
static char *
dup_match (const HouseTree *tree, const char *path, const char *pattern)
{
  const HouseFile *file = house_tree_find (tree, path);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  return file != NULL && g_regex_match (regex, file->text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* What people cite is what they have. */
void
house_rule_version (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings)
{
  g_autofree char *built = dup_match (tree, "meson.build", "^ *version: '([^']+)'");
  g_autofree char *cited = dup_match (tree, "CITATION.cff", "^version: (\\S+)");
  if (g_strcmp0 (built, cited) != 0)
    house_find (findings, "CITATION.cff", 0, "version %s, meson.build has %s",
                cited != NULL ? cited : "missing", built != NULL ? built : "none");
}

/* Links and pictures of the pages lead to files of the tree. */
void
house_rule_pages (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings)
{
  g_autoptr (GRegex) link = g_regex_new ("\\]\\(([^)#:]+)(?:#[^)]*)?\\)", 0, 0, NULL);
  for (guint i = 0; i < tree->files->len; i++) {
    const HouseFile *file = g_ptr_array_index (tree->files, i);
    if (!g_str_has_suffix (file->path, ".md"))
      continue;
    g_autofree char *folder = g_path_get_dirname (file->path);
    g_autoptr (GMatchInfo) match = NULL;
    g_regex_match (link, file->text, 0, &match);
    for (; g_match_info_matches (match); g_match_info_next (match, NULL)) {
      g_autofree char *target = g_match_info_fetch (match, 1);
      g_autofree char *full = g_build_filename (tree->root, folder, target, NULL);
      if (!g_file_test (full, G_FILE_TEST_EXISTS))
        house_find (findings, file->path, 0, "leads to %s, which is not there", target);
    }
  }
}
