/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "support.h"

/* Runs the real program, without a shell, in a folder of its own. */

typedef struct {
  int status; /* exit status, or -1 when a signal ended it */
  char *out, *err;
} Run;

static inline void
run_clear (Run *run)
{
  g_clear_pointer (&run->out, g_free);
  g_clear_pointer (&run->err, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static inline Run
cli_run_in (const char *folder, char **environment, const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  Run run = {0};
  int status;
  g_ptr_array_add (argv, (gpointer)g_getenv ("XPS_CLI"));
  for (gsize i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer)arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (folder, (char **)argv->pdata, environment, G_SPAWN_DEFAULT, NULL, NULL, &run.out, &run.err,
                &status, &error);
  g_assert_no_error (error);
  run.status = WIFEXITED (status) ? WEXITSTATUS (status) : -1;
  if (run.status < 0)
    g_error ("%s ended by signal %d", arguments[0], WTERMSIG (status));
  return run;
}

#define cli_run(...) cli_run_in (NULL, NULL, (const char *const[]){__VA_ARGS__, NULL})

/* A failure as every command reports it: status 1, nothing on stdout, one line for each problem, all of them
 * behind the program's name. */
static inline void
cli_assert_failed (const Run *run, const char *const *says)
{
  if (run->status != 1)
    g_error ("exit status %d, output: %s, errors: %s", run->status, run->out, run->err);
  g_assert_cmpstr (run->out, ==, "");
  g_auto (GStrv) lines = g_strsplit (run->err, "\n", -1);
  guint n = 0;
  for (; lines[n] != NULL && lines[n][0] != '\0'; n++)
    if (!g_str_has_prefix (lines[n], "corelevel-cli: "))
      g_error ("not one line a problem: %s", run->err);
  g_assert_cmpuint (n, >=, 1);
  g_assert_null (strstr (run->err, "(null)"));
  for (gsize i = 0; says != NULL && says[i] != NULL; i++)
    if (strstr (lines[n - 1], says[i]) == NULL)
      g_error ("\"%s\" is not in: %s", says[i], lines[n - 1]);
}

static inline void
cli_assert_usage (const Run *run, const char *says)
{
  if (run->status != 2)
    g_error ("exit status %d, output: %s, errors: %s", run->status, run->out, run->err);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_true (g_str_has_prefix (run->err, "corelevel-cli: "));
  g_assert_nonnull (strstr (run->err, "--help'"));
  if (strstr (run->err, says) == NULL)
    g_error ("\"%s\" is not in: %s", says, run->err);
}

/* Exactly one JSON object, ending the output. */
static inline JsonObject *
cli_assert_json (const Run *run, JsonParser **parser)
{
  g_autoptr (GError) error = NULL;
  *parser = json_parser_new ();
  g_assert_true (g_utf8_validate (run->out, -1, NULL));
  g_assert_true (g_str_has_suffix (run->out, "}\n"));
  json_parser_load_from_data (*parser, run->out, -1, &error);
  g_assert_no_error (error);
  JsonNode *root = json_parser_get_root (*parser);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (root));
  return json_node_get_object (root);
}

/* A folder that is gone with everything in it at the end of the test. */
typedef char Folder;

static inline char *
folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("corelevel-cli-XXXXXX", &error);
  g_assert_no_error (error);
  return folder;
}

static inline void
folder_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    folder_remove (inner);
  }
  remove (path);
}

static inline void
folder_free (Folder *folder)
{
  if (folder != NULL)
    folder_remove (folder);
  g_free (folder);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Folder, folder_free)

/* Writes a file into it, quotes as in C made from '. Path, new string. */
static inline char *
folder_write (const char *folder, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path), *quoted = g_strdup (text);
  for (char *c = quoted; *c != '\0'; c++)
    if (*c == '\'')
      *c = '"';
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, quoted, -1, &error);
  g_assert_no_error (error);
  return path;
}

static inline char *
folder_read (const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}
