/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "cli.h"

/* Own entries, surveys and charge references, through the real program. */

static char *database;

static JsonObject *
parse (const Run *run, JsonParser **parser)
{
  if (run->status != 0)
    g_error ("exit status %d: %s", run->status, run->err);
  return cli_assert_json (run, parser);
}

static guint
count_user (const Run *run)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonArray *values = json_object_get_array_member (parse (run, &parser), "values");
  guint n = 0;
  for (guint i = 0; i < json_array_get_length (values); i++)
    n += g_str_equal (json_object_get_string_member (json_array_get_object_element (values, i), "verified"),
                      "user");
  return n;
}

/* Added, found and marked, exported, removed, imported again. */
static void
test_own (void)
{
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *own = g_build_filename (folder, "deep", "own.sqlite", NULL),
                  *table = g_build_filename (folder, "t.csv", NULL);
#define own_run(...) cli_run ("reference", __VA_ARGS__, "--database", database, "--own", own)
  g_auto (Run) add = own_run ("own", "add", "--species", "LiF", "--level", "F 1s", "--binding-energy",
                              "685.43", "--source", "measured here", "--note", "a, \"b\"");
  g_auto (Run) wrong = own_run ("own", "add", "--species", "LiF", "--level", "F1s", "--binding-energy", "685",
                                "--source", "x");
  g_auto (Run) search = own_run ("search", "--species", "LiF", "--json");
  g_auto (Run) export = own_run ("own", "export", table);
  g_auto (Run) list = own_run ("own", "list");
  g_auto (Run) remove = own_run ("own", "remove", "1");
  g_auto (Run) again = own_run ("own", "remove", "1");
  g_auto (Run) none = own_run ("search", "--species", "LiF", "--json");
  g_auto (Run) import = own_run ("own", "import", table);
  g_auto (Run) back = own_run ("search", "--species", "LiF", "--json");
  g_assert_cmpint (add.status, ==, 0);
  cli_assert_failed (&wrong, (const char *const[]){"core level", NULL});
  g_assert_cmpuint (count_user (&search), ==, 1);
  g_assert_cmpint (export.status, ==, 0);
  g_assert_nonnull (strstr (list.out, "* F 1s"));
  g_assert_cmpint (remove.status, ==, 0);
  cli_assert_failed (&again, (const char *const[]){"no own entry", NULL});
  g_assert_cmpuint (count_user (&none), ==, 0);
  g_assert_cmpint (import.status, ==, 0);
  g_assert_cmpuint (count_user (&back), ==, 1);
}

/* The shipped value stays visible and says that it is corrected. */
static void
test_correction (void)
{
  g_autoptr (Folder) folder = folder_new ();
  g_autoptr (JsonParser) before = NULL, after = NULL;
  g_autofree char *own = g_build_filename (folder, "own.sqlite", NULL);
  g_auto (Run) shipped = own_run ("search", "--species", "Li2O", "--level", "O 1s", "--json");
  JsonArray *values = json_object_get_array_member (parse (&shipped, &before), "values");
  g_autofree char *id = g_strdup_printf (
      "%" G_GINT64_FORMAT, json_object_get_int_member (json_array_get_object_element (values, 0), "id"));
  g_auto (Run) add =
      own_run ("own", "add", "--replaces", id, "--binding-energy", "528.5", "--source", "inert transfer");
  g_assert_cmpint (add.status, ==, 0);
  g_auto (Run) both = own_run ("search", "--species", "Li2O", "--level", "O 1s", "--json");
  JsonObject *answer = parse (&both, &after);
  values = json_object_get_array_member (answer, "values");
  g_assert_cmpuint (json_array_get_length (values), ==, 2);
  g_assert_true (json_object_get_boolean_member (json_array_get_object_element (values, 1),
                                                 "replaced_by_own")); /* 531.3 */
  JsonObject *spread = json_array_get_object_element (json_object_get_array_member (answer, "spreads"), 0);
  g_assert_cmpfloat (json_object_get_double_member (spread, "high"), ==, 528.5);
}

/* An own phase is marked in the list of phases, and a shipped one is not. */
static void
test_own_phase (void)
{
  g_autoptr (Folder) folder = folder_new ();
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *own = g_build_filename (folder, "own.sqlite", NULL);
  g_autofree char *table = folder_write (folder, "t.csv",
                                         "kind,species,core_level,phase,formula,atoms\n"
                                         "phase,,,Li6PS5Br,Li6PS5Br,\n"
                                         "phase-line,LiBr,Br 3d5/2,Li6PS5Br,,1\n");
  g_auto (Run) import = own_run ("own", "import", table);
  g_auto (Run) mine = own_run ("phases", "Li6PS5Br");
  g_auto (Run) shipped = own_run ("phases", "LiF");
  g_auto (Run) json = own_run ("phases", "Li6PS5Br", "--json");
  g_assert_cmpint (import.status, ==, 0);
  g_assert_true (g_str_has_prefix (mine.out, "* Li6PS5Br"));
  g_assert_nonnull (strstr (mine.out, "* a phase of your own"));
  g_assert_null (strchr (shipped.out, '*'));
  JsonObject *phase =
      json_array_get_object_element (json_object_get_array_member (parse (&json, &parser), "phases"), 0);
  g_assert_true (json_object_get_boolean_member (phase, "own"));
}

static void
test_bad_table (void)
{
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *own = g_build_filename (folder, "own.sqlite", NULL);
  g_autofree char *table = folder_write (
      folder, "t.csv", "species,core_level,binding_energy_eV,source\nA,Li 1s,55,me\nB,Li 1s,,me\n");
  g_auto (Run) import = own_run ("own", "import", table);
  g_auto (Run) list = own_run ("own", "list");
  cli_assert_failed (&import, (const char *const[]){"t.csv: line 3", "binding energy", NULL});
  g_assert_nonnull (strstr (list.out, "no own entries"));
}

/* Estimates of deep levels are shown, and as what they are. */
static void
test_estimates (void)
{
  g_autoptr (JsonParser) parser = NULL;
  g_auto (Run) run = cli_run ("reference", "search", "--level", "P 1s", "--json", "--database", database,
                              "--own", "/nonexistent/own.sqlite");
  JsonObject *answer = parse (&run, &parser);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "estimates")), >, 2);
}

static gboolean
is_suggested (JsonObject *answer, const char *element)
{
  JsonArray *elements = json_object_get_array_member (answer, "elements");
  for (guint i = 0; i < json_array_get_length (elements); i++) {
    JsonObject *one = json_array_get_object_element (elements, i);
    if (g_str_equal (json_object_get_string_member (one, "element"), element))
      return json_object_get_boolean_member (one, "suggested");
  }
  return FALSE;
}

/* Surveys of instruments: what the narrow scans of the same files (or their names) say is there is suggested.
 * What is suggested besides is not judged: nobody has written down what those samples hold besides. */
static void
test_surveys (void)
{
  static const struct {
    const char *file, *region;
    const char *elements[6];
  } surveys[] = {
      {"cheminfo-vamas/multiplex.vms", "0", {"O", "Ta", "C"}},
      {"mjr9_64c.vms", "0", {"Au", "C", "N", "O"}},
      {"0-150W.vms", "0", {"C", "O", "W"}},
      {"Fe3O4-phi/P037.146.34.Fe3O4.npl", "0", {"Fe", "O", "C"}},
      {"Fe3O4-phi/P037.181.35.Fe3O4.npl", "0", {"Fe", "O"}}, /* Cr K-alpha */
      {"xpsdeeplearning/Ni_references.vms", "0", {"Ni"}},
      {"xpsdeeplearning/Ni_references.vms", "2", {"Ni", "O"}},
      {"xpsdeeplearning/EX502-506 Fe, Ni, Co mixed oxides.vms", "6", {"Ni", "Co", "O"}},
      {"xpsdeeplearning/EX502-506 Fe, Ni, Co mixed oxides.vms", "11", {"Fe", "Co", "O"}},
      {"xpsdeeplearning/Cu_references.vms", "3", {"Cu"}},
      {"xpsdeeplearning/Cu_references.vms", "10", {"Cu", "O"}},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (surveys); i++) {
    g_autofree char *relative = g_build_filename ("corpus/files/vamas", surveys[i].file, NULL);
    g_autofree char *path = test_shared_path (relative);
    if (path == NULL)
      return;
    g_autoptr (JsonParser) parser = NULL;
    g_auto (Run) run = cli_run ("reference", "elements", path, "--region", surveys[i].region, "--json",
                                "--database", database);
    JsonObject *answer = parse (&run, &parser);
    for (gsize k = 0; surveys[i].elements[k] != NULL; k++)
      if (!is_suggested (answer, surveys[i].elements[k]))
        g_error ("%s, region %s: %s is not suggested", surveys[i].file, surveys[i].region,
                 surveys[i].elements[k]);
  }
}

/* A sample that CasaXPS calibrated by 3.63 eV: the survey says so by itself. */
static void
test_survey_shift (void)
{
  g_autofree char *path = test_shared_path ("corpus/files/vamas/cheminfo-vamas/assigned.vms");
  g_autoptr (JsonParser) parser = NULL;
  if (path == NULL)
    return;
  g_auto (Run) run =
      cli_run ("reference", "elements", path, "--region", "0", "--json", "--database", database);
  const double shift = json_object_get_double_member (parse (&run, &parser), "shift");
  g_assert_cmpfloat (fabs (shift - 3.63), <, 0.75);
}

/* From measured counts and from a fit; nothing is applied. What was decided goes into the result. */
static void
test_charge_and_assign (void)
{
  g_autoptr (Folder) folder = folder_new ();
  g_autoptr (JsonParser) measured = NULL, fitted = NULL, kept = NULL;
  g_autoptr (GError) error = NULL;
  const char *samples = g_getenv ("XPS_SOURCE_DIR");
  g_autofree char *data = g_build_filename (samples, "data", "samples", "llzo-c1s.csv", NULL),
                  *model = g_build_filename (samples, "data", "samples", "llzo-c1s.json", NULL),
                  *result = g_build_filename (folder, "r.json", NULL),
                  *out = g_build_filename (folder, "o.json", NULL);
  g_auto (Run) counts = cli_run ("reference", "charge", data, "--json", "--database", database);
  g_auto (Run) fit = cli_run ("fit", data, "--model", model, "--output", result);
  g_assert_cmpint (fit.status, ==, 0);
  g_auto (Run) record =
      cli_run ("reference", "charge", result, "--json", "--database", database, "--work-function", "4.8");
  JsonArray *of_counts = json_object_get_array_member (parse (&counts, &measured), "suggestions"),
            *of_fit = json_object_get_array_member (parse (&record, &fitted), "suggestions");
  g_assert_cmpuint (json_array_get_length (of_counts), >=, 1);
  gboolean convention = FALSE, vacuum = FALSE;
  for (guint i = 0; i < json_array_get_length (of_fit); i++) {
    JsonObject *one = json_array_get_object_element (of_fit, i);
    const char *id = json_object_get_string_member (one, "id");
    if (g_str_equal (id, "c1s-adventitious")) {
      convention = TRUE; /* the sample was made with carbon at 284.8 eV */
      g_assert_cmpfloat (fabs (json_object_get_double_member (one, "shift")), <, 0.05);
    }
    vacuum |= g_str_equal (id, "c1s-work-function") &&
              fabs (json_object_get_double_member (one, "value") - 284.78) < 1e-9;
    g_assert_true (json_array_get_length (json_object_get_array_member (one, "against")) > 0);
  }
  g_assert_true (convention && vacuum);
  g_auto (Run) assign =
      cli_run ("reference", "assign", result, "C-C", "C-C/C-H", "--output", out, "--database", database);
  if (assign.status != 0)
    g_error ("%s", assign.err);
  kept = json_parser_new ();
  json_parser_load_from_file (kept, out, &error);
  g_assert_no_error (error);
  JsonObject *components =
      json_object_get_object_member (json_node_get_object (json_parser_get_root (kept)), "components");
  JsonObject *assignment =
      json_object_get_object_member (json_object_get_object_member (components, "C-C"), "assignment");
  g_assert_cmpstr (json_object_get_string_member (assignment, "species"), ==, "C-C/C-H");
  g_assert_nonnull (json_object_get_string_member (assignment, "source"));
}

/* A shift that nothing speaks for is not told. */
static void
test_no_components (void)
{
  static const char model[] =
      "{\"corelevel_model\":1,\"parameters\":[{\"name\":\"b\",\"value\":10}],\"components\":[],"
      "\"background\":[{\"type\":\"poly\",\"coeffs\":[\"b\"],\"x_ref\":1}]}";
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *file = g_build_filename (folder, "m.json", NULL),
                  *data = g_build_filename (folder, "d.csv", NULL),
                  *result = g_build_filename (folder, "r.json", NULL);
  g_assert_true (g_file_set_contents (file, model, -1, NULL));
  g_assert_true (g_file_set_contents (data, "x,y\n290,100\n289,101\n288,99\n287,100\n", -1, NULL));
  g_auto (Run) fit = cli_run ("fit", data, "--model", file, "--output", result);
  g_assert_cmpint (fit.status, ==, 0);
  g_auto (Run) words = cli_run ("reference", "identify", result, "--database", database);
  g_assert_cmpint (words.status, ==, 0);
  g_assert_cmpstr (words.out, ==, "no components to identify\n");
  g_autoptr (JsonParser) parser = NULL;
  g_auto (Run) run = cli_run ("reference", "identify", result, "--json", "--database", database);
  g_assert_true (json_object_get_null_member (parse (&run, &parser), "shift"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  database = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "reference_bindings.sqlite", NULL);
  g_setenv ("XDG_DATA_HOME", "/nonexistent", TRUE); /* nobody's own entries take part */
  g_test_add_func ("/cli/reference/own", test_own);
  g_test_add_func ("/cli/reference/own-phase", test_own_phase);
  g_test_add_func ("/cli/reference/correction", test_correction);
  g_test_add_func ("/cli/reference/bad-table", test_bad_table);
  g_test_add_func ("/cli/reference/estimates", test_estimates);
  g_test_add_func ("/cli/reference/surveys", test_surveys);
  g_test_add_func ("/cli/reference/survey-shift", test_survey_shift);
  g_test_add_func ("/cli/reference/charge-and-assign", test_charge_and_assign);
  g_test_add_func ("/cli/reference/no-components", test_no_components);
  const int status = g_test_run ();
  g_free (database);
  return status;
}
