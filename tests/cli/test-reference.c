/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "cli.h"

/* Questions to the committed database, through the real program. */

static char *database;

#define ask(...) cli_run (__VA_ARGS__, "--json", "--database", database)

static JsonObject *
parse (const Run *run, JsonParser *parser)
{
  g_autoptr (GError) error = NULL;
  if (run->status != 0)
    g_error ("exit status %d: %s", run->status, run->err);
  json_parser_load_from_data (parser, run->out, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

/* The fields that scripts rely on, and nothing that is second hand unless asked for. */
static void
test_search (void)
{
  static const char *const fields[] = {
      "species", "level", "binding_energy", "uncertainty", "charge_reference", "verified", "source",
      "doi",     "note"};
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (Run) run = ask ("reference", "search", "--level", "O 1s", "--species", "Li2O");
  JsonArray *values = json_object_get_array_member (parse (&run, parser), "values");
  g_assert_cmpuint (json_array_get_length (values), ==, 1);
  JsonObject *value = json_array_get_object_element (values, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_true (json_object_has_member (value, fields[i]));
  g_assert_cmpfloat (json_object_get_double_member (value, "binding_energy"), ==, 531.3);
  g_assert_cmpstr (json_object_get_string_member (value, "verified"), ==, "nist-record");
}

/* What is left out is counted, and comes when it is asked for. */
static void
test_left_out (void)
{
  g_autoptr (JsonParser) parser = json_parser_new (), other = json_parser_new ();
  g_auto (Run) run = ask ("reference", "search", "--level", "S 2p", "--near", "160", "--within", "0.3");
  JsonObject *firm = parse (&run, parser);
  g_auto (Run) every =
      ask ("reference", "search", "--level", "S 2p", "--near", "160", "--within", "0.3", "--include", "all");
  JsonObject *all = parse (&every, other);
  const guint n = json_array_get_length (json_object_get_array_member (firm, "values"));
  const gint64 left_out = json_object_get_int_member (firm, "left_out");
  g_assert_cmpint (left_out, >, 0);
  g_assert_cmpint (n + left_out, ==, json_array_get_length (json_object_get_array_member (all, "values")));
  g_assert_cmpint (json_object_get_int_member (all, "left_out"), ==, 0);
  g_auto (Run) words = cli_run ("reference", "search", "--level", "S 2p", "--near", "160", "--within", "0.3",
                                "--database", database);
  /* Li2S under the free sulfide of Li6PS5Cl: said although both are second hand. */
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (firm, "controversies")), ==, 2);
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT " more", left_out);
  g_assert_nonnull (strstr (words.out, count));
}

/* The old value of Li2O never comes without the word that it is disputed. */
static void
test_controversy (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (Run) run = ask ("reference", "search", "--level", "O 1s", "--species", "Li2O");
  JsonArray *statements = json_object_get_array_member (parse (&run, parser), "controversies");
  g_assert_cmpuint (json_array_get_length (statements), ==, 1);
  g_assert_nonnull (strstr (json_array_get_string_element (statements, 0), "528.5"));
}

static void
test_separations (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (Run) run = ask ("reference", "separations", "--species", "Li2CO3");
  JsonArray *rows = json_object_get_array_member (parse (&run, parser), "separations");
  g_assert_cmpuint (json_array_get_length (rows), ==, 6);
}

static void
test_physics (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (Run) run = ask ("physics", "cross-section", "--level", "Li 1s", "--photon-energy", "1486.6");
  JsonObject *answer = parse (&run, parser);
  g_assert_cmpfloat (fabs (json_object_get_double_member (answer, "value") - 775.47), <, 0.01);
  g_assert_cmpstr (json_object_get_string_member (answer, "unit"), ==, "barn");
  g_assert_true (json_object_has_member (answer, "source"));
  g_assert_true (json_object_has_member (answer, "spread"));
}

static void
test_refusals (void)
{
  g_auto (Run) source = cli_run ("reference", "source", "nobody2020", "--database", database);
  g_auto (Run) material =
      cli_run ("physics", "imfp", "--material", "Kryptonite", "--energy", "1000", "--database", database);
  g_auto (Run) slow =
      cli_run ("physics", "imfp", "--material", "LiF", "--energy", "10", "--database", database);
  g_auto (Run) missing = cli_run ("physics", "imfp", "--material", "LiF", "--database", database);
  g_auto (Run) file = cli_run ("reference", "species", "--database", "/nonexistent/file.sqlite");
  g_auto (Run) other = cli_run ("reference", "guess", "--database", database);
  g_auto (Run) number =
      cli_run ("reference", "search", "--near", "x", "--within", "1", "--database", database);
  g_auto (Run) negative =
      cli_run ("reference", "search", "--near", "160", "--within", "-1", "--database", database);
  cli_assert_failed (&source, (const char *const[]){"nobody2020", NULL});
  cli_assert_failed (&material, (const char *const[]){"Kryptonite", "Li6PS5Cl", NULL});
  cli_assert_failed (&slow, (const char *const[]){"LiF", "50", NULL});
  cli_assert_usage (&missing, "--energy");
  cli_assert_usage (&negative, "not negative");
  cli_assert_failed (&file, (const char *const[]){"/nonexistent/file.sqlite", NULL});
  cli_assert_usage (&other, "guess");
  cli_assert_usage (&number, "--near");
}

/* Any file that is not the database: refused by name, never read as one. */
static void
test_other_files (void)
{
  g_autofree char *text = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "README.md", NULL);
  g_auto (Run) run = cli_run ("reference", "species", "--database", text);
  cli_assert_failed (&run, (const char *const[]){"README.md", NULL});
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  database = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "reference_bindings.sqlite", NULL);
  g_test_add_func ("/cli/reference/search", test_search);
  g_test_add_func ("/cli/reference/left-out", test_left_out);
  g_test_add_func ("/cli/reference/controversy", test_controversy);
  g_test_add_func ("/cli/reference/separations", test_separations);
  g_test_add_func ("/cli/reference/physics", test_physics);
  g_test_add_func ("/cli/reference/refusals", test_refusals);
  g_test_add_func ("/cli/reference/other-files", test_other_files);
  const int status = g_test_run ();
  g_free (database);
  return status;
}
