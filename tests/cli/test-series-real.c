/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

/* Measured series of the corpus (docs/SERIES.md, "Series that were tried"): what is read as the clock, and
 * what must be so whoever fits it. Their models are simple ones beside this file. */

typedef struct {
  Run run;
  JsonParser *parser;
  JsonObject *root;
} Real;

static char *
corpus (const char *file)
{
  g_autofree char *path = g_strconcat ("corpus/files/", file, NULL);
  return test_shared_path (path);
}

static char *
model (const char *name)
{
  return g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "tests", "cli", "series", name, NULL);
}

static Real
fit (const char *data, const char *model_name, const char *const *more)
{
  g_autofree char *step = model (model_name);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *const usual[] = {"series", data, "--model", step, "--json", "--redraws", "99"};
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    g_ptr_array_add (arguments, (gpointer)usual[i]);
  for (; more != NULL && *more != NULL; more++)
    g_ptr_array_add (arguments, (gpointer)*more);
  g_ptr_array_add (arguments, NULL);
  Real real = {cli_run_in (NULL, NULL, (const char *const *)arguments->pdata), NULL, NULL};
  if (real.run.status != 0)
    g_error ("%s", real.run.err);
  real.root = cli_assert_json (&real.run, &real.parser);
  g_assert_true (json_object_get_boolean_member (real.root, "converged"));
  return real;
}

static void
real_clear (Real *real)
{
  run_clear (&real->run);
  g_clear_object (&real->parser);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Real, real_clear)

static void
assert_axis (const Real *real, guint n, const char *name, const char *kind, const char *unit, double first,
             double last)
{
  JsonObject *axis = json_object_get_object_member (real->root, "axis");
  JsonArray *values = json_object_get_array_member (axis, "values");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (real->root, "steps")), ==, n);
  g_assert_cmpuint (json_array_get_length (values), ==, n);
  g_assert_cmpstr (json_object_get_string_member (axis, "name"), ==, name);
  g_assert_cmpstr (json_object_get_string_member (axis, "kind"), ==, kind);
  if (unit != NULL)
    g_assert_cmpstr (json_object_get_string_member (axis, "unit"), ==, unit);
  g_assert_cmpfloat (json_array_get_double_element (values, 0), ==, first);
  g_assert_cmpfloat (json_array_get_double_element (values, n - 1), ==, last);
}

static double
value (const Real *real, const char *trend, guint step)
{
  JsonObject *trends = json_object_get_object_member (real->root, "trends");
  JsonArray *values = json_object_get_array_member (json_object_get_object_member (trends, trend), "values");
  return json_array_get_double_element (values, step);
}

static JsonObject *
find_onset (const Real *real, const char *trend)
{
  JsonArray *onsets = json_object_get_array_member (real->root, "onsets");
  for (guint i = 0; i < json_array_get_length (onsets); i++) {
    JsonObject *onset = json_array_get_object_element (onsets, i);
    if (g_strcmp0 (json_object_get_string_member (onset, "trend"), trend) == 0)
      return onset;
  }
  g_error ("no onset of %s", trend);
}

static gboolean
has_mark (const Real *real, guint step, const char *code)
{
  JsonObject *entry =
      json_array_get_object_element (json_object_get_array_member (real->root, "steps"), step);
  JsonArray *marks = json_object_get_array_member (entry, "marks");
  for (guint k = 0; k < json_array_get_length (marks); k++)
    if (g_strcmp0 (json_object_get_string_member (json_array_get_object_element (marks, k), "code"), code) ==
        0)
      return TRUE;
  return FALSE;
}

/* ---- depth profiles ---- */

/* Carbon is gone after the first cycle, the oxide under it comes out; tin is reduced in between. */
static void
assert_profile (const Real *real, guint n)
{
  g_assert_cmpfloat (value (real, "net:In", n - 1), >, 1.7 * value (real, "net:In", 0));
  g_assert_cmpfloat (value (real, "net:O lattice", n - 1), >, 1.3 * value (real, "net:O lattice", 0));
  for (guint i = 1; i < n; i++) {
    g_assert_cmpfloat (value (real, "net:C", i), <, 0.1 * value (real, "net:C", 0));
    test_assert_close (value (real, "position:In", i), 442.8, 0.3);
  }
  g_assert_cmpfloat (value (real, "net:Sn reduced", 4), >, 5 * value (real, "net:Sn reduced", 1));
  g_assert_cmpfloat (value (real, "net:Sn reduced", n - 1), <, 0.2 * value (real, "net:Sn reduced", 4));
  g_assert_cmpstr (json_object_get_string_member (find_onset (real, "net:C"), "direction"), ==, "shrinks");
}

static void
test_short_profile (void)
{
  g_autofree char *data = corpus ("phi-pro/qnngroup/104.1.ITOSA3ci_1.pro");
  if (data == NULL)
    return;
  g_auto (Real) real = fit (data, "phi-ito.json", NULL);
  assert_axis (&real, 12, "Sputter time", "depth", "s", 0, 660);
  assert_profile (&real, 12);
}

/* The same measurement from MultiPak and by way of CasaXPS: counts are counts/s times 0.2 to 10 s, and the
 * same trends come out of both. */
static void
test_long_profile (void)
{
  static const struct {
    const char *trend;
    double ratio;
  } levels[] = {{"net:In", 0.2}, {"net:Sn oxide", 1.5}, {"net:O lattice", 0.9}};
  g_autofree char *data = corpus ("phi-pro/qnngroup/104.1.ITOSA3ci+1_1.pro");
  g_autofree char *twin = corpus ("vamas/qnngroup/104.1.itosa3ci+1_1.vms");
  if (data == NULL || twin == NULL)
    return;
  g_auto (Real) real = fit (data, "phi-ito.json", NULL);
  g_auto (Real) other = fit (twin, "vamas-ito.json", NULL);
  assert_axis (&real, 34, "Sputter time", "depth", "s", 0, 1980);
  assert_axis (&other, 34, "Etch Time", "depth", "s", 0, 1980);
  assert_profile (&real, 34);
  assert_profile (&other, 34);
  for (guint k = 0; k < G_N_ELEMENTS (levels); k++)
    for (guint i = 0; i < 34; i++) /* six digits in the VAMAS file, and where each fit stopped */
      test_assert_close (value (&other, levels[k].trend, i) / value (&real, levels[k].trend, i),
                         levels[k].ratio, 1e-3 * levels[k].ratio);
}

/* ---- time ---- */

static void
test_loop (void)
{
  g_autofree char *data = corpus ("specs-xy/matkrin/loop.xy");
  if (data == NULL)
    return;
  g_auto (Real) real = fit (data, "platinum-loop.json", NULL);
  assert_axis (&real, 80, "time", "time", "s", 0, 2625);
  g_assert_null (strstr (real.run.err, "pattern")); /* the numbers of the blocks only count */
  g_assert_cmpfloat (value (&real, "net:Pt metal", 79), <, 0.5 * value (&real, "net:Pt metal", 0));
  for (guint i = 0; i < 80; i++) {
    test_assert_close (value (&real, "position:Pt metal", i), 71.34, 0.1);
    g_assert_cmpfloat (value (&real, "net:Pt oxide", i), <, 0.2 * value (&real, "net:Pt metal", i));
  }
  /* It falls slowly at first, and ever faster: half of the change is late. */
  JsonObject *onset = find_onset (&real, "net:Pt metal");
  g_assert_cmpstr (json_object_get_string_member (onset, "direction"), ==, "shrinks");
  g_assert_cmpfloat (json_object_get_double_member (onset, "significance"), <=, 0.01);
  g_assert_cmpfloat (json_object_get_double_member (onset, "value"), >, 2000);
}

/* Pulses: oxygen above the sample gives way to water and comes back; their sum is the first spectrum of the
 * file. */
static void
test_pulses (void)
{
  g_autofree char *data = corpus ("igor-pxt/Sample1-10070.pxt");
  if (data == NULL)
    return;
  g_auto (Real) real = fit (data, "oxygen-pulses.json", NULL);
  assert_axis (&real, 157, "Region Iteration", "other", "a.u.", 1, 157);
  g_assert_nonnull (strstr (real.run.err, "\"O1s_650_tr\" is the sum of 157 others"));
  g_assert_cmpfloat (value (&real, "net:O2 gas", 0), >, 100 * value (&real, "net:H2O gas", 0));
  g_assert_cmpfloat (value (&real, "net:H2O gas", 156), >, 50 * value (&real, "net:O2 gas", 156));
  g_assert_cmpstr (json_object_get_string_member (find_onset (&real, "net:H2O gas"), "direction"), ==,
                   "grows");
  /* Before the first pulse nothing moves. */
  for (guint i = 0; i < 40; i++)
    test_assert_close (value (&real, "position:O2 gas", i), 537.6, 0.1);
}

/* Files whose names end in the time; one of them is normalised otherwise, and shorter. */
static void
test_oxidation (void)
{
  static const char *const times[] = {"005", "010", "015", "035", "095", "125",
                                      "155", "185", "215", "245", "335", "340"};
  g_autoptr (GPtrArray) more = g_ptr_array_new_with_free_func (g_free);
  const char *const options[] = {"--energy-axis", "KE", "--photon-energy", "730", "--unit", "counts"};
  g_autofree char *first = corpus ("ascii/1804100005_dsp.csv");
  if (first == NULL)
    return;
  for (guint i = 1; i < G_N_ELEMENTS (times); i++) {
    g_autofree char *file = g_strdup_printf ("ascii/1804100%s_dsp.csv", times[i]);
    g_ptr_array_add (more, corpus (file));
  }
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    g_ptr_array_add (more, g_strdup (options[i]));
  g_ptr_array_add (more, NULL);
  g_auto (Real) real = fit (first, "gan-oxidation.json", (const char *const *)more->pdata);
  assert_axis (&real, 12, "index", "other", NULL, 5, 340);
  g_assert_nonnull (strstr (real.run.err, "1804100{index}_dsp.csv"));
  g_assert_true (has_mark (&real, 2, "beam-dump"));
  double before = 0;
  for (guint i = 0; i < 12; i++)
    if (i != 2) {
      g_assert_cmpfloat (value (&real, "net:O-H", i), >, before);
      before = value (&real, "net:O-H", i);
    }
  g_assert_cmpfloat (before, >, 20 * value (&real, "net:O-H", 0));
  g_ptr_array_insert (more, 0, g_strdup ("--pattern"));
  g_ptr_array_insert (more, 1, g_strdup ("180410{time:min}_dsp.csv"));
  g_auto (Real) timed = fit (first, "gan-oxidation.json", (const char *const *)more->pdata);
  assert_axis (&timed, 12, "time", "time", "s", 300, 20400);
}

/* The last scan was cut short, the first spectrum is the sum of all. */
static void
test_scans (void)
{
  g_autofree char *data = corpus ("specs-xml/example/In-situ_PBTTT_XPS_SPECS.xml");
  if (data == NULL)
    return;
  g_auto (Real) real = fit (data, "pbttt.json", NULL);
  assert_axis (&real, 15, "Scan", "other", NULL, 0, 14);
  g_assert_nonnull (strstr (real.run.err, "\"3 S 2p\" is the sum of 15 others"));
  g_assert_true (has_mark (&real, 14, "cut-short"));
  for (guint i = 0; i < 14; i++) { /* counting noise of 170 counts eV in bins of 0.05 eV: 2 % */
    g_assert_false (has_mark (&real, i, "cut-short"));
    test_assert_close (value (&real, "net:S", i), 169, 0.08 * 169);
  }
  g_assert_cmpfloat (json_object_get_double_member (find_onset (&real, "net:S"), "significance"), >, 0.05);
}

/* ---- angle ---- */

/* The metal under the oxide fades with the angle, carbon on it stays longest. */
static void
test_angles (void)
{
  g_autofree char *data = corpus ("vamas/cheminfo-vamas/ARXPS.vms");
  if (data == NULL)
    return;
  g_auto (Real) real = fit (data, "aluminium-angles.json", NULL);
  assert_axis (&real, 5, "Angle", "angle", "degree", 0, 70);
  double before = INFINITY, carbon = 0;
  for (guint i = 0; i < 5; i++) {
    const double metal = value (&real, "net:Al metal", i) / value (&real, "net:Al oxide", i);
    const double over = value (&real, "net:C-C", i) / value (&real, "net:O oxide", i);
    g_assert_cmpfloat (metal, <, before);
    g_assert_cmpfloat (over, >, carbon);
    before = metal;
    carbon = over;
  }
  test_assert_close (value (&real, "position:Al oxide", 0) - value (&real, "position:Al metal", 0), 2.6, 0.4);
}

/* ---- one after the other ---- */

/* Thirteen samples: the clock is when they were measured, not the number of a data set. The metal without
 * oxygen is marked, and that of NiO, which comes last, lies lowest, where others found it: four values at
 * first hand in data/reference go from 529.0 to 529.7 eV. */
static void
test_oxides (void)
{
  g_autofree char *data = corpus ("vamas/xpsdeeplearning/EX502-506 Fe, Ni, Co mixed oxides.vms");
  if (data == NULL)
    return;
  g_auto (Real) real = fit (data, "oxides.json", NULL);
  assert_axis (&real, 13, "time", "time", "s", 0, -2822505);
  g_assert_true (has_mark (&real, 4, "beam-dump"));
  g_assert_cmpfloat (value (&real, "net:O lattice", 4), <, 0.03 * value (&real, "net:O lattice", 12));
  test_assert_close (value (&real, "position:O lattice", 12), 529.35, 0.35);
  for (guint i = 0; i < 12; i++)
    if (value (&real, "fraction:O lattice", i) > 0.5)
      g_assert_cmpfloat (value (&real, "position:O lattice", 12), <, value (&real, "position:O lattice", i));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/series-real/short-profile", test_short_profile);
  g_test_add_func ("/cli/series-real/long-profile", test_long_profile);
  g_test_add_func ("/cli/series-real/loop", test_loop);
  g_test_add_func ("/cli/series-real/pulses", test_pulses);
  g_test_add_func ("/cli/series-real/oxidation", test_oxidation);
  g_test_add_func ("/cli/series-real/scans", test_scans);
  g_test_add_func ("/cli/series-real/angles", test_angles);
  g_test_add_func ("/cli/series-real/oxides", test_oxides);
  return g_test_run ();
}
