/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include <string.h>

/* Every file with a string for people is listed, every listed file is there, every language is whole. */

typedef struct {
  GHashTable *listed; /* char * */
  GPtrArray *missing;
} Walk;

static GHashTable *
read_list (const char *relative)
{
  g_autofree char *path = desktop_dup_source (relative);
  g_autofree char *text = desktop_dup_text (path);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0' && lines[i][0] != '#')
      g_hash_table_add (set, g_strdup (g_strstrip (lines[i])));
  return set;
}

static gboolean
has_strings (const char *relative)
{
  const gboolean c = g_str_has_suffix (relative, ".c") || g_str_has_suffix (relative, ".h");
  const gboolean ui = g_str_has_suffix (relative, ".ui");
  if (!c && !ui)
    return FALSE;
  g_autofree char *path = desktop_dup_source (relative);
  g_autofree char *text = desktop_dup_text (path);
  return g_regex_match_simple (c ? "\\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?) ?\\(\""
                                 : "translatable=['\"](?:yes|true|1)['\"]",
                               text, 0, 0);
}

static void
walk (Walk *self, const char *folder)
{
  g_autofree char *full = desktop_dup_source (folder);
  g_autoptr (GDir) dir = g_dir_open (full, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *relative = g_build_filename (folder, name, NULL);
    g_autofree char *path = desktop_dup_source (relative);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      walk (self, relative);
    else if (has_strings (relative) && !g_hash_table_contains (self->listed, relative))
      g_ptr_array_add (self->missing, g_steal_pointer (&relative));
  }
}

static void
test_potfiles (void)
{
  g_autoptr (GHashTable) listed = read_list ("po/POTFILES");
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  Walk self = {listed, missing};
  walk (&self, "src");
  walk (&self, "ui");
  for (guint i = 0; i < missing->len; i++)
    g_printerr ("po/POTFILES lacks %s\n", (char *)g_ptr_array_index (missing, i));
  g_assert_cmpuint (missing->len, ==, 0);
  GHashTableIter iter;
  gpointer file;
  for (g_hash_table_iter_init (&iter, listed); g_hash_table_iter_next (&iter, &file, NULL);) {
    g_autofree char *path = desktop_dup_source (file);
    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      g_error ("po/POTFILES names %s, which is not there", (char *)file);
  }
}

/* The strings as they stand in the sources now. Keywords as in Meson's preset "glib". FALSE: skipped. */
static gboolean
extract (const char *template)
{
  g_autofree char *root = desktop_dup_source ("");
  g_autofree char *list = desktop_dup_source ("po/POTFILES");
  const char *argv[] = {"xgettext",
                        "--from-code=UTF-8",
                        "--add-comments",
                        "--keyword=_",
                        "--keyword=N_",
                        "--keyword=C_:1c,2",
                        "--keyword=NC_:1c,2",
                        "--keyword=g_dngettext:2,3",
                        "--keyword=g_dpgettext2:2c,3",
                        "--files-from",
                        list,
                        "--directory",
                        root,
                        "--output",
                        template,
                        NULL};
  int status = 0;
  g_autofree char *said = desktop_run (NULL, &status, argv);
  if (said == NULL)
    return FALSE;
  if (status != 0)
    g_error ("xgettext: %s", said);
  return TRUE;
}

static gboolean
merge (const char *language, const char *template, const char *merged)
{
  g_autofree char *relative = g_strconcat ("po/", language, ".po", NULL);
  g_autofree char *path = desktop_dup_source (relative);
  int status = 0;
  g_autofree char *said = desktop_run (
      NULL, &status,
      (const char *const[]){"msgmerge", "--quiet", "--output-file", merged, path, template, NULL});
  if (said != NULL && status != 0)
    g_error ("msgmerge: %s", said);
  return said != NULL;
}

static void
check_whole (const char *language, const char *merged)
{
  int status = 0;
  g_autofree char *said = desktop_run (
      NULL, &status,
      (const char *const[]){"msgfmt", "--check", "--statistics", "--output-file=/dev/null", merged, NULL});
  if (said == NULL)
    return;
  if (status != 0 || strstr (said, "fuzzy") != NULL || strstr (said, "untranslated") != NULL)
    g_error ("%s: %s", language, said);
  g_test_message ("%s: %s", language, said);
}

/* Merged with the strings of today, nothing is left over, doubtful or malformed. */
static void
test_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("corelevel-po-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *template = g_build_filename (folder, "corelevel.pot", NULL);
  g_autoptr (GHashTable) languages = read_list ("po/LINGUAS");
  g_setenv ("LC_ALL", "C.UTF-8", TRUE); /* messages of the tools are read */
  GHashTableIter iter;
  gpointer language;
  g_hash_table_iter_init (&iter, languages);
  gboolean there = extract (template);
  while (there && g_hash_table_iter_next (&iter, &language, NULL)) {
    g_autofree char *merged = g_strdup_printf ("%s/%s.po", folder, (char *)language);
    if (merge (language, template, merged))
      check_whole (language, merged);
  }
  desktop_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/translations/potfiles", test_potfiles);
  g_test_add_func ("/translations/whole", test_whole);
  return g_test_run ();
}
