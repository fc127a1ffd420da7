/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/clock.h"

#include "series/series.h"
#include "support.h"

static void
test_guess (void)
{
  g_assert_cmpint (xps_clock_kind_guess ("Etch Time", "s"), ==, XPS_CLOCK_DEPTH);
  g_assert_cmpint (xps_clock_kind_guess ("Ewe", "V"), ==, XPS_CLOCK_POTENTIAL);
  g_assert_cmpint (xps_clock_kind_guess ("Sample Temperature", "C"), ==, XPS_CLOCK_TEMPERATURE);
  g_assert_cmpint (xps_clock_kind_guess ("x", "min"), ==, XPS_CLOCK_TIME);
  g_assert_cmpint (xps_clock_kind_guess ("something", NULL), ==, XPS_CLOCK_OTHER);
}

/* A number without a unit, or with an empty one, is none "in" and none "eV/". */
static void
test_units (void)
{
  static const struct {
    XpsClockKind kind;
    const char *name, *unit, *rate, *title;
  } cases[] = {
      {XPS_CLOCK_POTENTIAL, NULL, NULL, "eV/V", "Potential against Li/Li+ (V)"},
      {XPS_CLOCK_OTHER, "Scan", "", "eV per unit", "Scan"},
      {XPS_CLOCK_OTHER, "", " ", "eV per unit", "Value"},
      {XPS_CLOCK_NUMBER, NULL, NULL, "eV per step", "Step"},
      {XPS_CLOCK_OTHER, "Exp Variable", "d", "eV/d", "Exp Variable (d)"},
  };
  const double values[] = {1, 2};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (XpsClock) clock = xps_clock_new (cases[i].kind, cases[i].name, cases[i].unit, 2, values);
    g_autofree char *rate = xps_clock_dup_slope_unit (clock), *title = xps_clock_dup_title (clock, FALSE);
    g_assert_cmpstr (rate, ==, cases[i].rate);
    g_assert_cmpstr (title, ==, cases[i].title);
    g_assert_true ((xps_clock_get_unit (clock) == NULL) == (strstr (rate, " per ") != NULL));
    g_assert_cmpstr (xps_clock_get_name (clock), !=, "");
  }
}

/* As many decimals as the values have, and none of those that binary fractions leave. */
static void
test_decimals (void)
{
  static const struct {
    double values[3];
    int decimals;
  } cases[] = {
      {{0, 34, 2625}, 0},          {{1.75, 1.725, 1.7}, 3}, {{0.1 + 0.2, 0.5, 1}, 1},
      {{(double)NAN, 2, 1.25}, 2}, {{1.0 / 3, 2, 3}, 3},    {{1.6e9, 1.6e9 + 60, (double)INFINITY}, 0},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (XpsClock) clock = xps_clock_new (XPS_CLOCK_TIME, NULL, NULL, 3, cases[i].values);
    g_assert_cmpint (xps_clock_get_decimals (clock), ==, cases[i].decimals);
  }
}

static void
check_pattern (const char *const *names, gsize n, const char *expected, XpsClockKind kind, double first,
               double last)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pattern = xps_clock_dup_pattern (names, n);
  g_assert_cmpstr (pattern, ==, expected);
  g_autoptr (GPtrArray) clocks = xps_clocks_from_names (names, n, pattern, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (clocks->len, ==, 1);
  const XpsClock *clock = g_ptr_array_index (clocks, 0);
  g_assert_cmpint (clock->kind, ==, kind);
  test_assert_close (clock->values[0], first, 1e-12 * fabs (first));
  test_assert_close (clock->values[n - 1], last, 1e-12 * fabs (last));
}

static void
test_names (void)
{
  const char *const volts[] = {"V1.750", "V1.725", "V-0.100"},
                    *const minutes[] = {"GaN_400C_0min_O1s.xy", "GaN_400C_120min_O1s.xy"},
                    *const kelvin[] = {"run_T300.txt", "run_T1000.txt"}, *const frames[] = {"f_001", "f_010"};
  check_pattern (volts, 2, "V{potential}", XPS_CLOCK_POTENTIAL, 1.75, 1.725);
  check_pattern (minutes, 2, "GaN_400C_{time:min}min_O1s.xy", XPS_CLOCK_TIME, 0, 7200);
  check_pattern (kelvin, 2, "run_T{temperature}.txt", XPS_CLOCK_TEMPERATURE, 300, 1000);
  check_pattern (frames, 2, "f_{index}", XPS_CLOCK_OTHER, 1, 10);
  const char *const stamps[] = {"1804100005_dsp.csv", "1804100340_dsp.csv"}, *const days[] = {"20240131_a",
                                                                                              "20240201_a"};
  check_pattern (stamps, 2, "1804100{index}_dsp.csv", XPS_CLOCK_OTHER, 5, 340);
  check_pattern (days, 2, "{index}_a", XPS_CLOCK_OTHER, 20240131, 20240201);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) signs = xps_clocks_from_names (volts, 3, "V{potential}", &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (((XpsClock *)g_ptr_array_index (signs, 0))->values[2], ==, -0.1);
  g_assert_null (xps_clocks_from_names (volts, 3, "U{potential}", &error));
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK);
}

static void
test_odd_patterns (void)
{
  const char *const names[] = {"a_12mV_x", "b_-7mV_y"}, *const other[] = {"alpha", "beta"};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clocks = xps_clocks_from_names (names, 2, "*_{potential:mV}mV_*", &error);
  g_assert_no_error (error);
  test_assert_close (((XpsClock *)g_ptr_array_index (clocks, 0))->values[1], -0.007, 1e-15);
  g_assert_null (xps_clock_dup_pattern (other, 2));
  g_assert_null (xps_clocks_from_names (names, 2, "{potential", &error));
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK);
}

static void
test_table (void)
{
  const char *const names[] = {"b.vms", "a.vms", "c.vms"};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) named =
      xps_clocks_from_table ("file;Potential (V);dose/MGy\na;1.5;0\nb;2.5;1\n", "t.csv", names, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (named->len, ==, 2);
  const XpsClock *volts = g_ptr_array_index (named, 0), *dose = g_ptr_array_index (named, 1);
  g_assert_cmpint (volts->kind, ==, XPS_CLOCK_POTENTIAL);
  g_assert_cmpstr (volts->unit, ==, "V");
  g_assert_cmpfloat (volts->values[0], ==, 2.5);
  g_assert_true (isnan (volts->values[2]));
  g_assert_cmpint (dose->kind, ==, XPS_CLOCK_DOSE);
  g_assert_cmpstr (dose->unit, ==, "MGy");
  g_autoptr (GPtrArray) rows = xps_clocks_from_table ("time\n1\n2\n3\n", "t.csv", names, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (((XpsClock *)g_ptr_array_index (rows, 0))->values[2], ==, 3);
  g_assert_null (xps_clocks_from_table ("time\n1\n2\n", "t.csv", names, 3, &error));
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK);
}

/* As a spreadsheet in German writes it; a cell within quotes holds separators; what is not finite is not
 * known. */
static void
test_commas (void)
{
  static const char *const names[] = {"a", "b", "c"};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) german = xps_clocks_from_table (
      "Spannung (V);Dosis\n1,75;0\n\"1,50\";1,5\n1,25;inf\n", "t.csv", names, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (german->len, ==, 2);
  const XpsClock *potential = g_ptr_array_index (german, 0), *dose = g_ptr_array_index (german, 1);
  g_assert_cmpint (potential->kind, ==, XPS_CLOCK_POTENTIAL);
  g_assert_cmpfloat (potential->values[0], ==, 1.75);
  g_assert_cmpfloat (potential->values[1], ==, 1.5);
  g_assert_cmpint (dose->kind, ==, XPS_CLOCK_DOSE);
  g_assert_cmpfloat (dose->values[1], ==, 1.5);
  g_assert_true (isnan (dose->values[2]));
  g_autoptr (GPtrArray) quoted =
      xps_clocks_from_table ("\"name, as measured\",time\n\"a\",1\nb,2\nc,3\n", "t.csv", names, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (quoted->len, ==, 1);
  g_assert_cmpfloat (((XpsClock *)g_ptr_array_index (quoted, 0))->values[2], ==, 3);
}

/* Linear between rows, rows in any order, nothing beyond the ends. */
static void
test_log (void)
{
  const double time[] = {0, 200, 100}, value[] = {3, 1, 2}, at[] = {50, 150, 250, -1, NAN, 100};
  const XpsClockLog log = {3, time, value};
  XpsClockMatch match;
  g_autoptr (XpsClock) clock = xps_clock_from_log (XPS_CLOCK_POTENTIAL, &log, 6, at, 0, NAN, &match);
  test_assert_close (clock->values[0], 2.5, 1e-15);
  test_assert_close (clock->values[1], 1.5, 1e-15);
  g_assert_true (isnan (clock->values[2]) && isnan (clock->values[3]) && isnan (clock->values[4]));
  g_assert_cmpuint (match.n_matched, ==, 3);
  g_assert_cmpuint (match.n_before, ==, 1);
  g_assert_cmpuint (match.n_after, ==, 1);
  g_assert_cmpuint (match.n_untimed, ==, 1);
  g_assert_cmpfloat (match.longest_gap, ==, 100);
  /* The mean over 50 to 150 s of a straight line is its middle. */
  g_autoptr (XpsClock) mean = xps_clock_from_log (XPS_CLOCK_POTENTIAL, &log, 1, at, 0, 100, &match);
  test_assert_close (mean->values[0], 2, 1e-14);
}

static void
test_branches (void)
{
  const double cycle[] = {3, 2, 1, 0, 0, 1, 2, 3, 2.99, 4}, flat[] = {1, 1, NAN, 1};
  g_autoptr (XpsClock) clock = xps_clock_new (XPS_CLOCK_POTENTIAL, NULL, NULL, 10, cycle);
  g_autoptr (GArray) branches = xps_clock_find_branches (clock, 3);
  g_assert_cmpuint (branches->len, ==, 2);
  const XpsBranch *down = &g_array_index (branches, XpsBranch, 0),
                  *up = &g_array_index (branches, XpsBranch, 1);
  g_assert_cmpint (down->direction, ==, -1);
  g_assert_cmpuint (down->first, ==, 0);
  g_assert_cmpint (up->direction, ==, 1);
  g_assert_cmpuint (up->first + up->n, ==, 10);
  g_autoptr (XpsClock) still = xps_clock_new (XPS_CLOCK_TIME, NULL, NULL, 4, flat);
  g_autoptr (GArray) none = xps_clock_find_branches (still, 2);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Steps far finer than what ends a branch: a loop of 80 cycles in 33 s each, and a fine voltammogram, with
 * the last digits of a real clock. */
static void
test_fine_branches (void)
{
  double time[80], sweep[400];
  for (guint i = 0; i < G_N_ELEMENTS (time); i++)
    time[i] = 33.2 * i + (i % 3 == 0 ? 0.5 : 0);
  for (guint i = 0; i < G_N_ELEMENTS (sweep); i++)
    sweep[i] = 3 - 0.01 * (i < 200 ? i : 399 - i) + (i % 2 == 0 ? 0.002 : -0.002);
  g_autoptr (XpsClock) loop = xps_clock_new (XPS_CLOCK_TIME, NULL, NULL, G_N_ELEMENTS (time), time);
  g_autoptr (GArray) one = xps_clock_find_branches (loop, 6);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpint (g_array_index (one, XpsBranch, 0).direction, ==, 1);
  g_assert_cmpuint (g_array_index (one, XpsBranch, 0).n, ==, G_N_ELEMENTS (time));
  g_autoptr (XpsClock) cell = xps_clock_new (XPS_CLOCK_POTENTIAL, NULL, NULL, G_N_ELEMENTS (sweep), sweep);
  g_autoptr (GArray) two = xps_clock_find_branches (cell, 6);
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpint (g_array_index (two, XpsBranch, 0).direction, ==, -1);
  g_assert_cmpuint (g_array_index (two, XpsBranch, 0).first, ==, 0);
  g_assert_cmpint (g_array_index (two, XpsBranch, 1).direction, ==, 1);
  g_assert_cmpuint (g_array_index (two, XpsBranch, 1).first + g_array_index (two, XpsBranch, 1).n, ==, 400);
}

static void
take (XpsSeries *series, XpsClockKind kind, const char *name, const double *values)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (xps_series_take_clock (series, xps_clock_new (kind, name, "", 4, values), &error));
  g_assert_no_error (error);
}

/* What only counts, or is the number of a data set elsewhere, gives way to every other clock; "d" is no
 * degree (ISO 14976: no unit). */
static void
test_counters (void)
{
  const double counts[] = {0, 1, NAN, 3}, set[] = {29, 8, 1, 2}, sweep[] = {0, 40, 55, 63},
               times[] = {5, 1, 2, 9};
  XpsFitData *none = NULL;
  g_autoptr (XpsClock) counter = xps_clock_new (XPS_CLOCK_OTHER, "Scan", "", 4, counts);
  g_autoptr (XpsClock) book = xps_clock_new (XPS_CLOCK_OTHER, "Exp Variable", "", 4, set);
  g_autoptr (XpsClock) named = xps_clock_new (XPS_CLOCK_OTHER, "Flow", "", 4, set);
  g_autoptr (XpsClock) angle = xps_clock_new (XPS_CLOCK_OTHER, "Exp Variable", "", 4, sweep);
  g_autoptr (XpsClock) clock = xps_clock_new (XPS_CLOCK_TIME, NULL, NULL, 4, counts);
  g_assert_true (xps_clock_only_counts (counter) && !xps_clock_only_counts (angle) &&
                 !xps_clock_only_counts (clock));
  g_assert_true (xps_clock_is_bookkeeping (book) && !xps_clock_is_bookkeeping (named) &&
                 !xps_clock_is_bookkeeping (angle));
  g_assert_cmpint (xps_clock_kind_guess ("Exp Variable", "d"), ==, XPS_CLOCK_OTHER);
  g_assert_cmpint (xps_clock_kind_guess ("Exp Variable", "degree"), ==, XPS_CLOCK_ANGLE);
  g_autoptr (XpsSeries) series = xps_series_new (1);
  for (guint i = 0; i < 4; i++)
    xps_series_add_step (series, "step", &none);
  take (series, XPS_CLOCK_OTHER, "Exp Variable", set);
  xps_series_choose_axis (series);
  g_assert_cmpuint (series->axis, ==, 0);
  take (series, XPS_CLOCK_OTHER, "Scan", counts);
  xps_series_choose_axis (series);
  g_assert_cmpstr (xps_series_get_axis (series)->name, ==, "Scan");
  take (series, XPS_CLOCK_OTHER, "Flow", sweep);
  xps_series_choose_axis (series);
  g_assert_cmpstr (xps_series_get_axis (series)->name, ==, "Flow");
  take (series, XPS_CLOCK_TIME, "time", times);
  xps_series_choose_axis (series);
  g_assert_cmpstr (xps_series_get_axis (series)->name, ==, "time");
}

static void
test_dates (void)
{
  const double day = xps_clock_parse_date ("2021-03-04");
  test_assert_close (xps_clock_parse_date ("2021-03-04T10:11:12.5"), day + 36672.5, 1e-6);
  test_assert_close (xps_clock_parse_date ("04.03.2021 10:11"), day + 36660, 1e-6);
  g_assert_true (isnan (xps_clock_parse_date ("yesterday")));
  g_assert_true (isnan (xps_clock_parse_date (NULL)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/clock/guess", test_guess);
  g_test_add_func ("/series/clock/units", test_units);
  g_test_add_func ("/series/clock/decimals", test_decimals);
  g_test_add_func ("/series/clock/names", test_names);
  g_test_add_func ("/series/clock/odd-patterns", test_odd_patterns);
  g_test_add_func ("/series/clock/table", test_table);
  g_test_add_func ("/series/clock/log", test_log);
  g_test_add_func ("/series/clock/branches", test_branches);
  g_test_add_func ("/series/clock/fine-branches", test_fine_branches);
  g_test_add_func ("/series/clock/counters", test_counters);
  g_test_add_func ("/series/clock/dates", test_dates);
  g_test_add_func ("/series/clock/commas", test_commas);
  return g_test_run ();
}
