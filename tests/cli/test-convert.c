/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <glib/gstdio.h>

/* Fits on their way to NeXus and back, through the program as others call it. */

static char *folder;

static char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static char *
sample (const char *name)
{
  return g_build_filename (g_getenv ("XPS_SOURCE_DIR"), name, NULL);
}

static JsonObject *
parse (const char *text, JsonParser **parser)
{
  g_autoptr (GError) error = NULL;
  *parser = json_parser_new ();
  json_parser_load_from_data (*parser, text, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (*parser));
}

/* The sample's fit, kept in the folder. */
static char *
fit_sample (void)
{
  g_autofree char *data = sample ("data/samples/li6ps5cl-s2p-lab.csv"),
                  *model = sample ("data/samples/li6ps5cl-s2p-lab.json");
  char *result = in_folder ("r.json");
  g_auto (Run) run = cli_run ("fit", data, "--model", model, "-o", result);
  g_assert_cmpint (run.status, ==, 0);
  return result;
}

/* Fitted again from what the file brings, nothing moves: the model with its values came back. Values agree to
 * a small part of their standard errors, chi2 to rounding. */
static void
test_result (void)
{
  g_autofree char *result = fit_sample (), *data = sample ("data/samples/li6ps5cl-s2p-lab.csv");
  g_autofree char *nexus = in_folder ("a.nxs");
  g_auto (Run) run = cli_run ("convert", data, nexus, "--result", result);
  g_assert_cmpstr (run.err, ==, "");
  g_assert_cmpint (run.status, ==, 0);
  g_auto (Run) again = cli_run ("fit", nexus, "--json");
  g_assert_cmpint (again.status, ==, 0);

  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (result, &text, NULL, NULL));
  g_autoptr (JsonParser) first_parser = NULL, second_parser = NULL;
  JsonObject *first = parse (text, &first_parser), *second = parse (again.out, &second_parser);
  const double chi2 = json_object_get_double_member (first, "chi2");
  test_assert_close (json_object_get_double_member (second, "chi2"), chi2, 1e-9 * chi2);
  JsonObject *before = json_object_get_object_member (first, "parameters"),
             *after = json_object_get_object_member (second, "parameters");
  g_autoptr (GList) names = json_object_get_members (before);
  for (GList *l = names; l != NULL; l = l->next) {
    JsonObject *p = json_object_get_object_member (before, l->data),
               *q = json_object_get_object_member (after, l->data);
    if (json_object_get_null_member (p, "stderr"))
      continue;
    test_assert_close (json_object_get_double_member (q, "value"), json_object_get_double_member (p, "value"),
                       1e-3 * json_object_get_double_member (p, "stderr"));
  }
}

static void
test_refused (void)
{
  g_autofree char *result = fit_sample (), *data = sample ("data/samples/li6ps5cl-s2p-lab.csv");
  g_autofree char *other = sample ("data/samples/llzo-c1s.csv"), *nexus = in_folder ("b.nxs"),
                  *vamas = in_folder ("b.vms");
  g_auto (Run) wrong = cli_run ("convert", other, nexus, "--result", result);
  cli_assert_failed (&wrong, (const char *const[]){"was not made from a spectrum of this file", NULL});
  g_auto (Run) format = cli_run ("convert", data, vamas, "--result", result);
  cli_assert_failed (&format, (const char *const[]){"only NeXus takes a result along", NULL});
  g_auto (Run) project = cli_run ("convert", "a.corelevel", nexus, "--sums");
  g_assert_cmpint (project.status, ==, 2);
}

/* Its own copy: a project is locked beside its file. */
static void
test_project (void)
{
  g_autofree char *from = sample ("tests/fuzz/corpus/project/fitted.corelevel"),
                  *copy = in_folder ("p.corelevel"), *nexus = in_folder ("p.nxs"), *text = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (from, &text, &length, NULL));
  g_assert_true (g_file_set_contents (copy, text, (gssize)length, NULL));
  g_auto (Run) run = cli_run ("convert", copy, nexus);
  g_assert_cmpint (run.status, ==, 0);
  g_auto (Run) info = cli_run ("info", nexus);
  g_assert_nonnull (strstr (info.out, "1 reg 2 comp"));
  g_auto (Run) none = cli_run ("convert", copy, nexus, "--region", "99");
  cli_assert_failed (&none, (const char *const[]){"has no such region", NULL});
}

/* Of a folder everything below it; what is no spectrum is named. A photon energy given is the one checked. */
static void
test_folder (void)
{
  g_autoptr (Folder) own = folder_new ();
  g_autofree char *path =
      folder_write (own, "day/a.csv", "Kinetic Energy (eV),Counts\n900,1\n900.1,2\n900.2,3\n");
  g_autofree char *letter = folder_write (own, "letter.doc", "Dear reader");
  g_auto (Run) run = cli_run ("info", own, "--photon-energy", "500");
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.out, "day/a.csv: "));
  g_assert_nonnull (strstr (run.err, "left out, no spectra (1): letter.doc"));
  g_assert_nonnull (strstr (run.err, "the photon energy 500 eV contradicts"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("corelevel-convert-XXXXXX", NULL);
  g_test_add_func ("/convert/result", test_result);
  g_test_add_func ("/convert/refused", test_refused);
  g_test_add_func ("/convert/project", test_project);
  g_test_add_func ("/convert/folder", test_folder);
  const int status = g_test_run ();
  static const char *const names[] = {"r.json",           "a.nxs", "b.nxs", "b.vms", "p.nxs", "p.corelevel",
                                      ".p.corelevel.lock"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = in_folder (names[i]);
    g_remove (path);
  }
  g_rmdir (folder);
  g_free (folder);
  return status;
}
