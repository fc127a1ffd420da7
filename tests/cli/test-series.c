/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "cli/cli.h"

/* The command series on the sample whose truth is known (data/samples/README.md). */

static char *
sample (const char *file)
{
  return g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "samples", file, NULL);
}

static JsonObject *
find_entry (JsonObject *root, const char *list, const char *member, const char *value)
{
  JsonArray *entries = json_object_get_array_member (root, list);
  for (guint i = 0; i < json_array_get_length (entries); i++) {
    JsonObject *entry = json_array_get_object_element (entries, i);
    if (g_strcmp0 (json_object_get_string_member (entry, member), value) == 0)
      return entry;
  }
  g_error ("no %s of %s", list, value);
}

static void
assert_within (JsonObject *entry, const char *value, const char *error, double truth)
{
  const double sigma = json_object_get_double_member (entry, error);
  g_assert_cmpfloat (sigma, >, 0);
  test_assert_close (json_object_get_double_member (entry, value), truth, 4 * sigma);
}

static void
test_sample (void)
{
  g_autofree char *data = sample ("li6ps5cl-s2p-haxpes.csv"), *model = sample ("li6ps5cl-s2p-step.json");
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *table = g_build_filename (folder, "t.csv", NULL),
                  *figure = g_build_filename (folder, "f.svg", NULL);
  g_auto (Run) run = cli_run ("series", data, "--model", model, "--share", "wg,wl", "--frame",
                              "electrode=Li2S:0", "--frame", "cell=Li6PS5Cl,bridging S:linear", "--axis",
                              "potential", "--json", "--table", table, "--figure", figure, "--jobs", "2");
  if (run.status != 0)
    g_error ("%s", run.err);
  JsonObject *root = cli_assert_json (&run, &parser);
  g_assert_cmpstr (json_object_get_string_member (root, "mode"), ==, "global");
  JsonObject *axis = json_object_get_object_member (root, "axis");
  g_assert_cmpstr (json_object_get_string_member (axis, "name"), ==, "potential");
  g_assert_cmpstr (json_object_get_string_member (axis, "unit"), ==, "V");
  g_assert_cmpfloat (json_array_get_double_element (json_object_get_array_member (axis, "values"), 30), ==,
                     1.0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "steps")), ==, 31);
  assert_within (json_object_get_object_member (json_object_get_object_member (root, "shared"), "wg"),
                 "value", "stderr", 0.25);
  assert_within (find_entry (root, "frames", "name", "cell"), "slope_eV_per_V", "stderr", 0.2);
  JsonObject *onset = find_entry (root, "onsets", "component", "Li2S 2p3/2");
  assert_within (onset, "value", "stderr", 1.33);
  assert_within (onset, "begin", "begin_stderr", 1.45);
  g_assert_cmpstr (json_object_get_string_member (onset, "direction"), ==, "grows");
  g_assert_cmpfloat (json_object_get_double_member (onset, "significance"), <=, 0.001);
  g_autofree char *rows = folder_read (folder, "t.csv"), *picture = folder_read (folder, "f.svg");
  g_auto (GStrv) lines = g_strsplit (rows, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 33);
  g_assert_nonnull (strstr (picture, "<svg"));
}

/* Two parts, merged, are the whole; a finished file taken up is that file. */
static void
test_parts (void)
{
  g_autofree char *data = sample ("li6ps5cl-s2p-haxpes.csv"), *model = sample ("li6ps5cl-s2p-step.json");
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *a = g_build_filename (folder, "a.json", NULL),
                  *b = g_build_filename (folder, "b.json", NULL),
                  *c = g_build_filename (folder, "c.json", NULL);
  g_auto (Run) first =
      cli_run ("series", data, "-m", model, "--mode", "independent", "--steps", "1:12", "-o", a);
  g_auto (Run) second =
      cli_run ("series", data, "-m", model, "--mode", "independent", "--steps", "13:31", "-o", b);
  g_auto (Run) both =
      cli_run ("series", data, "-m", model, "--mode", "independent", "--merge", a, "--merge", b, "-o", c);
  g_assert_cmpint (first.status, ==, 0);
  g_assert_cmpint (second.status, ==, 0);
  if (both.status != 0)
    g_error ("%s", both.err);
  g_assert_nonnull (strstr (both.out, "31 of 31 steps fitted"));
  g_auto (Run) again = cli_run ("series", data, "-m", model, "--mode", "independent", "--resume", "-o", c);
  g_assert_cmpint (again.status, ==, 0);
  g_assert_cmpstr (again.out, ==, both.out);
  g_auto (Run) other = cli_run ("series", data, "-m", model, "--mode", "warm", "--resume", "-o", c);
  cli_assert_failed (&other, (const char *const[]){"c.json", "another model or plan", NULL});
}

/* Plans that contradict themselves or say nothing are refused before anything is fitted. */
static void
test_plans (void)
{
  g_autofree char *data = sample ("li6ps5cl-s2p-haxpes.csv"), *model = sample ("li6ps5cl-s2p-step.json");
  g_autoptr (Folder) folder = folder_new ();
  g_auto (Run) empty = cli_run ("series", folder, "--json", "-m", model);
  cli_assert_failed (&empty, (const char *const[]){"no spectrum in it can be read", NULL});
  g_auto (Run) out = cli_run ("series", data, "--json", "-m", model, "--exclude", "1-31");
  cli_assert_failed (&out, (const char *const[]){"every step is left out", NULL});
  g_auto (Run) knots =
      cli_run ("series", data, "--json", "-m", model, "--mode", "global", "--spline", "PS4 E:32");
  cli_assert_failed (&knots,
                     (const char *const[]){"PS4 E", "32 knots", "31 different values of potential", NULL});
  g_auto (Run) few = cli_run ("series", data, "--json", "-m", model, "--mode", "global", "--linear", "PS4 E",
                              "--exclude", "2-31");
  cli_assert_failed (&few, (const char *const[]){"potential", "does not change", NULL});
  g_auto (Run) frames = cli_run ("series", data, "--json", "-m", model, "--mode", "global", "--frame",
                                 "a=Li2S:0", "--frame", "b=Li2S 2p3/2:linear");
  cli_assert_failed (&frames,
                     (const char *const[]){"Li2S 2p3/2", "in two energy frames, \"a\" and \"b\"", NULL});
  g_auto (Run) rules = cli_run ("series", data, "--json", "-m", model, "--mode", "global", "--share",
                                "wg,PS4 E", "--linear", "PS4 E");
  g_assert_cmpint (rules.status, !=, 0);
  g_assert_nonnull (strstr (rules.err, "PS4 E: is named twice"));
}

static void
add_frame (GString *text, const char *region, double from)
{
  g_string_append_printf (text, "# region: %s\nBinding Energy (eV),Counts\n", region);
  for (int i = 0; i <= 140; i++) {
    const double energy = 170 - 0.1 * i, x = (energy - 161.6) / 0.4, y = (energy - 162.78) / 0.4;
    if (energy < from)
      break;
    g_string_append_printf (text, "%d.%d,%d\n", (int)(energy + 0.01), (int)(10 * (energy + 0.01)) % 10,
                            (int)(500 + 9000 / (1 + x * x * x * x) + 4500 / (1 + y * y * y * y)));
  }
  g_string_append_c (text, '\n');
}

/* Blocks that are numbered by their cycle make the steps of one region; what was cut short is left out with
 * a word. */
static void
test_blocks (void)
{
  g_autofree char *model = sample ("li6ps5cl-s2p-step.json");
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *data = g_build_filename (folder, "profile.csv", NULL);
  g_autoptr (GString) text = g_string_new ("# Corelevel spectra\n");
  g_autoptr (GError) error = NULL;
  add_frame (text, "S 2p 1", 0);
  add_frame (text, "S 2p 2", 0);
  add_frame (text, "S 2p 10", 0);
  add_frame (text, "S 2p cut", 162);
  g_file_set_contents (data, text->str, -1, &error);
  g_assert_no_error (error);
  const char *steps[] = {"numbered", "covering"};
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (JsonParser) parser = NULL;
    g_auto (Run) run =
        i == 0 ? cli_run ("series", data, "-m", model, "--region", "S 2p", "--mode", "independent", "--json")
               : cli_run ("series", data, "-m", model, "--mode", "independent", "--json");
    if (run.status != 0)
      g_error ("%s: %s", steps[i], run.err);
    JsonObject *root = cli_assert_json (&run, &parser);
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "steps")), ==, 3);
    g_assert_true ((strstr (run.err, "S 2p cut has only a part of the fit window") != NULL) == (i == 1));
  }
}

/* A model whose window reaches beyond the spectra, as it may in a single fit: what is there is fitted, and a
 * survey that has all of the window is not taken instead. */
static void
test_beyond (void)
{
  g_autofree char *model = sample ("li6ps5cl-s2p-step.json");
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *data = g_build_filename (folder, "profile.csv", NULL);
  g_autoptr (GString) text = g_string_new ("# Corelevel spectra\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = NULL;
  add_frame (text, "S 2p 1", 159);
  add_frame (text, "S 2p 2", 159);
  g_string_append (text, "\n# region: Survey\n# technique: XPS\nBinding Energy (eV),Counts\n");
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (text, "%u,%u\n", 140 + i, 1000 + i % 7);
  g_file_set_contents (data, text->str, -1, &error);
  g_assert_no_error (error);
  g_auto (Run) run = cli_run ("series", data, "-m", model, "--mode", "independent", "--json");
  if (run.status != 0)
    g_error ("%s", run.err);
  JsonObject *root = cli_assert_json (&run, &parser);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "steps")), ==, 2);
  g_assert_nonnull (strstr (run.err, "the fit window reaches beyond the spectra: 159"));
}

static void
test_refusals (void)
{
  g_autofree char *data = sample ("li6ps5cl-s2p-haxpes.csv"), *model = sample ("li6ps5cl-s2p-step.json");
  g_auto (Run) none = cli_run ("series");
  g_auto (Run) mode = cli_run ("series", data, "--model", model, "--mode", "fast", "--json");
  g_auto (Run) share =
      cli_run ("series", data, "--model", model, "--mode", "warm", "--share", "wg", "--json");
  g_auto (Run) axis = cli_run ("series", data, "--model", model, "--axis", "temperature", "--json");
  g_auto (Run) name = cli_run ("series", data, "--model", model, "--share", "nobody", "--json");
  cli_assert_usage (&none, "data files");
  cli_assert_usage (&mode, "independent, warm or global");
  cli_assert_usage (&share, "--mode");
  g_assert_cmpint (axis.status, ==, 1);
  g_assert_nonnull (strstr (axis.err, "potential"));
  g_assert_cmpint (name.status, ==, 1);
  g_assert_nonnull (strstr (name.err, "nobody"));
}

/* Nothing that is read is written over, by whatever name; nothing of it has changed afterwards. */
static void
test_overwriting (void)
{
  g_autofree char *data = sample ("li6ps5cl-s2p-haxpes.csv"), *model = sample ("li6ps5cl-s2p-step.json");
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (Folder) folder = folder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *step = g_build_filename (folder, "step.json", NULL),
                  *round = g_build_filename (folder, ".", "step.json", NULL),
                  *frames = g_build_filename (folder, "frames", NULL),
                  *frame = g_build_filename (folder, "frames", "run.csv", NULL),
                  *clocks = g_build_filename (folder, "clocks.csv", NULL),
                  *out = g_build_filename (folder, "out.json", NULL);
  g_assert_true (g_file_get_contents (model, &before, NULL, &error));
  g_assert_true (g_file_set_contents (step, before, -1, &error));
  g_assert_true (g_file_set_contents (clocks, "time\n", -1, &error));
  g_assert_cmpint (g_mkdir (frames, 0700), ==, 0);
  g_assert_true (g_file_get_contents (data, &after, NULL, &error));
  g_assert_true (g_file_set_contents (frame, after, -1, &error));
  const struct {
    const char *option, *path, *data, *says;
  } cases[] = {{"--output", step, frame, "is the model"},
               {"--output", round, frame, "is the model"},
               {"--output", frame, frame, "is among the data"},
               {"--table", frame, frame, "is among the data"},
               {"--table", clocks, frame, "--axis-file"}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Run) run = cli_run ("series", cases[i].data, "--model", step, "--axis-file", clocks,
                                cases[i].option, cases[i].path);
    cli_assert_usage (&run, cases[i].says);
  }
  g_auto (Run) twice = cli_run ("series", frame, "-m", step, "-o", out, "--table", out);
  cli_assert_usage (&twice, "another output");
  g_auto (Run) within = cli_run ("series", frames, "-m", step, "--table", frame);
  cli_assert_failed (&within, (const char *const[]){"run.csv", "written over", NULL});
  g_clear_pointer (&after, g_free);
  g_assert_true (g_file_get_contents (step, &after, NULL, &error));
  g_assert_cmpstr (after, ==, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/series/sample", test_sample);
  g_test_add_func ("/cli/series/parts", test_parts);
  g_test_add_func ("/cli/series/blocks", test_blocks);
  g_test_add_func ("/cli/series/beyond", test_beyond);
  g_test_add_func ("/cli/series/refusals", test_refusals);
  g_test_add_func ("/cli/series/overwriting", test_overwriting);
  g_test_add_func ("/cli/series/plans", test_plans);
  return g_test_run ();
}
