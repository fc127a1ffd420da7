/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include <string.h>

/* What the desktop reads about us, judged by the desktop's own programs. */

#define APP_ID "org.corelevel.Corelevel"

/* Passes, and says nothing but what `allowed` (NULL: nothing) matches. */
static void
assert_silent (const char *const *argv, const char *folder, const char *allowed)
{
  int status = 0;
  g_autofree char *said = desktop_run (folder, &status, argv);
  if (said == NULL)
    return;
  g_strstrip (said);
  const gboolean fine = said[0] == '\0' || (allowed != NULL && g_regex_match_simple (allowed, said, 0, 0));
  if (status != 0 || !fine)
    g_error ("%s: status %d: %s", argv[0], status, said);
}

static void
test_desktop_file (void)
{
  g_autofree char *path = desktop_dup_built (APP_ID ".desktop");
  assert_silent ((const char *const[]){"desktop-file-validate", path, NULL}, NULL, NULL);
}

/* With an address of its own, as a packager gives it (option `site`): newer versions want a home page. */
static char *
write_metainfo (const char *folder)
{
  g_autofree char *built = desktop_dup_built (APP_ID ".metainfo.xml");
  g_autofree char *text = desktop_dup_text (built);
  char *path = g_build_filename (folder, APP_ID ".metainfo.xml", NULL);
  g_auto (GStrv) halves = g_strsplit (text, "<launchable", 2);
  g_assert_cmpuint (g_strv_length (halves), ==, 2);
  const gboolean bare = strstr (text, "-->\n  <developer_name>") != NULL;
  g_autofree char *whole =
      g_strconcat (halves[0], bare ? "<url type=\"homepage\">https://example.org/</url>\n  " : "",
                   "<launchable", halves[1], NULL);
  g_assert_true (g_file_set_contents (path, whole, -1, NULL));
  return path;
}

static void
test_metainfo (void)
{
  g_autofree char *folder = g_dir_make_tmp ("corelevel-XXXXXX", NULL);
  g_autofree char *path = write_metainfo (folder);
  /* "pedantic" counts remarks such as the capital letter in our name, "infos" what newer versions would have
   * otherwise and older ones do not know; warnings and errors are named otherwise. */
  assert_silent (
      (const char *const[]){"appstreamcli", "validate", "--no-net", "--no-color", path, NULL}, NULL,
      "^(I: .*\\s+)*\\S* ?Validation was successful(: (infos: \\d+)?(, )?(pedantic: \\d+)?)?\\.?$");
  remove (path);
  remove (folder);
}

/* The release that people read about is the one they have; the licence is the one of the files. */
static void
test_metainfo_facts (void)
{
  g_autofree char *path = desktop_dup_built (APP_ID ".metainfo.xml");
  g_autofree char *text = desktop_dup_text (path);
  g_autofree char *release = g_strdup_printf ("<release version=\"%s\"", XPS_VERSION);
  g_assert_nonnull (strstr (text, release));
  g_assert_nonnull (strstr (text, "<project_license>GPL-3.0-or-later</project_license>"));
}

static void
test_schema (void)
{
  g_autofree char *folder = desktop_dup_source ("data");
  assert_silent ((const char *const[]){"glib-compile-schemas", "--strict", "--dry-run", folder, NULL}, NULL,
                 NULL);
}

/* Keys that the window asks for by name abort it when they are missing. */
static void
test_schema_keys (void)
{
  static const char *const keys[] = {
      "window-width",    "window-height", "window-maximized", "browser-width", "inspector-width",
      "table-height",    "show-browser",  "show-inspector",   "show-table",    "live-fit",
      "default-weights", "text-scale",    "journal-seconds",
  };
  g_autofree char *folder = desktop_dup_built ("");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettingsSchemaSource) source =
      g_settings_schema_source_new_from_directory (folder, NULL, TRUE, &error);
  g_assert_no_error (error);
  g_autoptr (GSettingsSchema) schema = g_settings_schema_source_lookup (source, APP_ID, FALSE);
  g_assert_nonnull (schema);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_true (g_settings_schema_has_key (schema, keys[i]));
}

/* Unknown keys and wrong types are warnings for flatpak-builder, and errors for us. It leaves its cache where
 * it runs. */
static void
test_flatpak (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("corelevel-flatpak-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *path = desktop_dup_source ("flatpak/" APP_ID ".yml");
  int status = 0;
  g_autofree char *said =
      desktop_run (folder, &status, (const char *const[]){"flatpak-builder", "--show-manifest", path, NULL});
  desktop_remove (folder);
  if (said == NULL)
    return;
  g_assert_cmpint (status, ==, 0);
  if (said[0] != '{' || strstr (said, "arning") != NULL)
    g_error ("flatpak-builder: %s", said);
  g_assert_nonnull (strstr (said, "\"runtime-version\" : \"50\""));
}

static char *
guess_type (const char *name, const void *head, gsize length)
{
  gboolean uncertain = FALSE;
  g_autofree char *type = g_content_type_guess (name, head, length, &uncertain);
  return g_content_type_get_mime_type (type);
}

/* By name and by content, as a file manager does it. The database was made by main(), before anything read
 * it. */
static void
test_mime_types (void)
{
  if (g_getenv ("XPS_MIME_MADE") == NULL) {
    g_test_skip ("update-mime-database is not installed");
    return;
  }
  guchar head[100] = "SQLite format 3";
  memcpy (head + 68, "Clv1", 4); /* PRAGMA application_id, sqlite.org/fileformat2.html 1.3 */
  g_autofree char *by_content = guess_type (NULL, head, sizeof head);
  g_assert_cmpstr (by_content, ==, "application/x-corelevel");
  g_autofree char *by_name = guess_type ("li6ps5cl.corelevel", NULL, 0);
  g_assert_cmpstr (by_name, ==, "application/x-corelevel");
  head[68] = 0;
  g_autofree char *foreign = guess_type (NULL, head, sizeof head);
  g_assert_cmpstr (foreign, !=, "application/x-corelevel");

  const char *line = "VAMAS Surface Chemical Analysis Standard Data Transfer Format 1988 May 4\r\n";
  static const char *const names[] = {NULL, "scan.vms", "scan.npl", "SCAN.VMS"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *type = guess_type (names[i], line, strlen (line));
    g_assert_cmpstr (type, ==, "application/x-vamas");
  }
}

/* The number that the program writes is the one that the desktop looks for. */
static void
test_mime_number (void)
{
  g_autofree char *mime_path = desktop_dup_built (APP_ID ".xml");
  g_autofree char *mime = desktop_dup_text (mime_path);
  g_autofree char *schema_path = desktop_dup_source ("src/project/schema.h");
  g_autofree char *schema = desktop_dup_text (schema_path);
  g_autoptr (GRegex) number = g_regex_new ("XPS_SCHEMA_APPLICATION\\s+(0x[0-9a-f]+)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_assert_true (g_regex_match (number, schema, 0, &match));
  g_autofree char *written = g_match_info_fetch (match, 1);
  g_assert_nonnull (strstr (mime, written));
}

/* The drawings are SVG that draws, and the symbolic one has no colour of its own but the one that is
 * replaced. */
static void
test_icons (void)
{
  static const char *const icons[] = {
      "data/icons/hicolor/scalable/apps/" APP_ID ".svg",
      "data/icons/hicolor/symbolic/apps/" APP_ID "-symbolic.svg",
  };
  g_autofree char *folder = g_dir_make_tmp ("corelevel-icon-XXXXXX", NULL);
  g_autofree char *drawn = g_build_filename (folder, "icon.png", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (icons); i++) {
    g_autofree char *path = desktop_dup_source (icons[i]);
    int status = 0;
    g_autofree char *said =
        desktop_run (NULL, &status, (const char *const[]){"rsvg-convert", "-o", drawn, path, NULL});
    if (said != NULL && status != 0)
      g_error ("%s: %s", path, said);
  }
  /* GTK recolours the fill of each path of a symbolic icon: a stroke would keep its own colour. */
  g_autofree char *symbolic = desktop_dup_source (icons[1]);
  g_autofree char *text = desktop_dup_text (symbolic);
  g_assert_null (strstr (text, "stroke"));
  desktop_remove (folder);
}

static char *
make_mime_database (void)
{
  char *folder = g_dir_make_tmp ("corelevel-mime-XXXXXX", NULL);
  g_autofree char *packages = g_build_filename (folder, "mime", "packages", NULL);
  g_autofree char *mime = g_build_filename (folder, "mime", NULL);
  g_autofree char *target = g_build_filename (packages, APP_ID ".xml", NULL);
  g_autofree char *built = desktop_dup_built (APP_ID ".xml");
  g_autofree char *text = desktop_dup_text (built);
  g_mkdir_with_parents (packages, 0700);
  g_assert_true (g_file_set_contents (target, text, -1, NULL));
  const char *argv[] = {"update-mime-database", mime, NULL};
  int status = 1;
  if (g_spawn_sync (NULL, (char **)argv, NULL,
                    G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                    NULL, NULL, &status, NULL) &&
      status == 0)
    g_setenv ("XPS_MIME_MADE", "1", TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  return folder;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = make_mime_database ();
  g_test_add_func ("/desktop/desktop-file", test_desktop_file);
  g_test_add_func ("/desktop/metainfo", test_metainfo);
  g_test_add_func ("/desktop/metainfo-facts", test_metainfo_facts);
  g_test_add_func ("/desktop/schema", test_schema);
  g_test_add_func ("/desktop/schema-keys", test_schema_keys);
  g_test_add_func ("/desktop/flatpak", test_flatpak);
  g_test_add_func ("/desktop/mime-types", test_mime_types);
  g_test_add_func ("/desktop/mime-number", test_mime_number);
  g_test_add_func ("/desktop/icons", test_icons);
  const int status = g_test_run ();
  desktop_remove (folder);
  return status;
}
