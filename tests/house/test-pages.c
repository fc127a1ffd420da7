/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

/* The man page, the README and the program's own help say the same: an option that one of them has, the
 * others know. */

static char *
dup_output (const char *command, const char *option)
{
  const char *argv[] = {g_getenv ("XPS_CLI"), command, option, NULL};
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return output;
}

static char *
dup_page (const char *path)
{
  g_autofree char *full = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), path, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_file_get_contents (full, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Set of first groups. */
static GHashTable *
find_all (const char *text, const char *pattern)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    g_hash_table_add (found, g_match_info_fetch (match, 1));
  return found;
}

static void
assert_subset (GHashTable *small, GHashTable *large, const char *what)
{
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init (&iter, small);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (large, name))
      g_error ("%s: %s", what, (char *)name);
}

#define OPTION "(?<![\\w-])(--[a-z][a-z-]+)"

static char *
dup_all_help (GHashTable **commands)
{
  g_autofree char *general = dup_output ("--help", NULL);
  *commands = find_all (general, "^  ([a-z]+) ");
  GString *all = g_string_new (general);
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init (&iter, *commands);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    g_autofree char *help = dup_output (name, "--help");
    g_string_append (all, help);
  }
  return g_string_free (all, FALSE);
}

static void
test_man_page (void)
{
  g_autoptr (GHashTable) commands = NULL;
  g_autofree char *help = dup_all_help (&commands);
  g_autofree char *page = dup_page ("data/man/corelevel-cli.1");
  g_auto (GStrv) parts = g_strsplit (page, "\\-", -1); /* roff's minus */
  g_autofree char *plain = g_strjoinv ("-", parts);
  g_autoptr (GHashTable) in_help = find_all (help, OPTION);
  g_autoptr (GHashTable) in_page = find_all (plain, OPTION);
  g_autoptr (GHashTable) page_commands = find_all (plain, "^\\.SS ([a-z]+)$");
  g_assert_cmpuint (g_hash_table_size (commands), >, 0);
  assert_subset (in_help, in_page, "option that the man page lacks");
  assert_subset (in_page, in_help, "option of the man page that the program lacks");
  assert_subset (commands, page_commands, "command that the man page lacks");
  assert_subset (page_commands, commands, "command of the man page that the program lacks");
}

/* Every line of the README that starts with the program uses a command and options that are there. */
static void
test_readme (void)
{
  g_autofree char *page = dup_page ("README.md");
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);
  guint n = 0;
  for (guint i = 0; lines[i] != NULL; i++) {
    if (!g_str_has_prefix (lines[i], "corelevel-cli "))
      continue;
    g_auto (GStrv) words = g_strsplit (lines[i], " ", 3);
    g_autofree char *help = dup_output (words[1], "--help");
    g_autoptr (GHashTable) known = find_all (help, OPTION);
    g_autoptr (GHashTable) used = find_all (lines[i], OPTION);
    assert_subset (used, known, lines[i]);
    n++;
  }
  g_assert_cmpuint (n, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/man-page", test_man_page);
  g_test_add_func ("/pages/readme", test_readme);
  return g_test_run ();
}
