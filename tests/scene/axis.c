/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/axis.h"

#include <locale.h>

#include "support.h"

/* A tick counts as inside the axis to this share of a step. */
#define SLACK 1e-9

static void
test_direction (void)
{
  XpsAxis axis;
  xps_axis_init (&axis, 170.0, 156.0, TRUE, 40.0, 240.0);
  g_assert_cmpfloat (axis.low, ==, 156.0);
  g_assert_cmpfloat (xps_axis_map (&axis, 170.0), ==, 40.0);
  g_assert_cmpfloat (xps_axis_map (&axis, 156.0), ==, 240.0);
  g_assert_cmpfloat (xps_axis_map (&axis, 163.0), ==, 140.0);
  test_assert_close (xps_axis_unmap (&axis, 90.0), 166.5, 1e-12);
  xps_axis_init (&axis, 0.0, 100.0, FALSE, 200.0, 0.0); /* upwards on the page */
  g_assert_cmpfloat (xps_axis_map (&axis, 100.0), ==, 0.0);
  g_assert_cmpfloat (xps_axis_map (&axis, 25.0), ==, 150.0);
}

static void
test_absurd_limits (void)
{
  const double limits[][2] = {{5.0, 5.0},       {0.0, 0.0},       {NAN, NAN},
                              {NAN, 3.0},       {-INFINITY, 1.0}, {INFINITY, -INFINITY},
                              {1e308, -1e308},  {161.65, 161.65}, {5e-324, 0.0},
                              {1e-310, 2e-310}, {1e300, 1e300}};
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++) {
    XpsAxis axis;
    XpsTicks ticks;
    xps_axis_init (&axis, limits[i][0], limits[i][1], FALSE, 0.0, 100.0);
    g_assert_true (isfinite (axis.low) && isfinite (axis.high) && axis.low < axis.high);
    g_assert_true (isfinite (xps_axis_map (&axis, axis.low)));
    xps_axis_choose_ticks (&axis, XPS_TICKS_MAX, TRUE, &ticks);
    g_assert_cmpuint (ticks.n, >=, 1);
    for (guint k = 0; k < ticks.n; k++) {
      g_autofree char *label = xps_ticks_dup_label (&ticks, k);
      g_assert_true (isfinite (xps_ticks_value (&ticks, k)));
      g_assert_cmpuint (strlen (label), <, 64);
    }
  }
}

/* How many multiples of the step lie within the limits: counted another way, from the outside in. */
static guint
count_between (const XpsAxis *axis, double step)
{
  guint n = 0;
  double k = floor (axis->low / step) - 2.0;
  for (; k * step <= axis->high + SLACK * step && n < 1000; k += 1.0)
    n += k * step >= axis->low - SLACK * step;
  return n;
}

static gboolean
some_step_fits (const XpsAxis *axis)
{
  const double mantissas[] = {1.0, 2.0, 5.0};
  const int decade = (int)floor (log10 (axis->high - axis->low));
  for (int exponent = decade - 3; exponent <= decade + 2; exponent++)
    for (gsize m = 0; m < 3; m++) {
      const guint n = count_between (axis, mantissas[m] * pow (10.0, exponent));
      if (n >= XPS_TICKS_MIN && n <= XPS_TICKS_MAX)
        return TRUE;
    }
  return FALSE;
}

static void
check_ticks (const XpsAxis *axis, const XpsTicks *ticks)
{
  const double step = ticks->mantissa * pow (10.0, ticks->exponent);
  g_assert_true (ticks->mantissa == 1 || ticks->mantissa == 2 || ticks->mantissa == 5);
  for (guint i = 0; i < ticks->n; i++) {
    const double value = xps_ticks_value (ticks, i);
    g_assert_cmpfloat (value, >=, axis->low - 1e-6 * step);
    g_assert_cmpfloat (value, <=, axis->high + 1e-6 * step);
    if (i > 0)
      test_assert_close (value - xps_ticks_value (ticks, i - 1), step, 1e-6 * step);
  }
}

/* Any range: 5 to 8 ticks wherever a step of 1, 2 or 5 gives that; else the nearest number; with an end that
 * may move, always 5 to 8. */
static void
test_tick_count (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  guint off = 0;
  for (guint i = 0; i < 20000; i++) {
    XpsAxis axis;
    XpsTicks ticks;
    const double range = pow (10.0, g_rand_double_range (rand, -6.0, 9.0));
    double low = range * g_rand_double_range (rand, -1000.0, 1000.0);
    if (i % 4 < 2) /* as counts are: from zero, or from a little above it */
      low = i % 4 == 0 ? 0.0 : range * g_rand_double_range (rand, 0.0, 0.5);
    xps_axis_init (&axis, low, low + range, FALSE, 0.0, 100.0);
    xps_axis_choose_ticks (&axis, XPS_TICKS_MAX, FALSE, &ticks);
    check_ticks (&axis, &ticks);
    const gboolean in = ticks.n >= XPS_TICKS_MIN && ticks.n <= XPS_TICKS_MAX;
    off += !in;
    g_assert_true (in || !some_step_fits (&axis));
    g_assert_cmpuint (ticks.n, >=, 3);
    g_assert_cmpuint (ticks.n, <=, 10);
    xps_axis_extend (&axis, XPS_TICKS_MAX);
    xps_axis_choose_ticks (&axis, XPS_TICKS_MAX, FALSE, &ticks);
    check_ticks (&axis, &ticks);
    g_assert_cmpuint (ticks.n, >=, XPS_TICKS_MIN);
    g_assert_cmpuint (ticks.n, <=, XPS_TICKS_MAX);
    g_assert_cmpfloat (axis.low, <=, low);
    g_assert_cmpfloat (axis.high, >=, low + range * (1.0 - 1e-12));
    g_assert_cmpfloat (axis.high - axis.low, <=, range * 1.35);
    g_assert_true (low < 0.0 || axis.low >= 0.0);
  }
  g_test_message ("%u of 20000 fixed ranges cannot have 5 to 8 ticks", off);
}

static char *
join_labels (double low, double high, guint most, gboolean scaled)
{
  XpsAxis axis;
  XpsTicks ticks;
  g_autoptr (GString) text = g_string_new (NULL);
  xps_axis_init (&axis, low, high, FALSE, 0.0, 100.0);
  xps_axis_choose_ticks (&axis, most, scaled, &ticks);
  for (guint i = 0; i < ticks.n; i++) {
    g_autofree char *label = xps_ticks_dup_label (&ticks, i);
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", label);
  }
  if (ticks.scale != 0)
    g_string_append_printf (text, " x10^%d", ticks.scale);
  return g_strdup (text->str);
}

static void
check_labels (double low, double high, guint most, gboolean scaled, const char *expected)
{
  g_autofree char *labels = join_labels (low, high, most, scaled);
  g_assert_cmpstr (labels, ==, expected);
}

static void
test_labels (void)
{
  check_labels (156.0, 170.0, 8, FALSE, "156 158 160 162 164 166 168 170");
  check_labels (156.05, 169.95, 8, FALSE, "158 160 162 164 166 168");
  check_labels (-3.0, 3.0, 8, FALSE,
                "\xe2\x88\x92"
                "3 \xe2\x88\x92"
                "2 \xe2\x88\x92"
                "1 0 1 2 3");
  check_labels (-0.25, 0.3, 8, FALSE,
                "\xe2\x88\x92"
                "0.2 \xe2\x88\x92"
                "0.1 0.0 0.1 0.2 0.3");
  check_labels (0.0, 0.7, 8, FALSE, "0.0 0.1 0.2 0.3 0.4 0.5 0.6 0.7");
  check_labels (0.0, 21000.0, 8, TRUE, "0 5000 10000 15000 20000");
  check_labels (0.0, 1.1e6, 8, TRUE, "0.0 0.2 0.4 0.6 0.8 1.0 x10^6");
  check_labels (0.0, 3.1e5, 8, TRUE, "0 50 100 150 200 250 300 x10^3");
  check_labels (0.0, 6.5e-5, 8, TRUE, "0 10 20 30 40 50 60 x10^-6");
  check_labels (161.65, 161.6500002, 4, FALSE, "161.6500000 161.6500001 161.6500002");
}

/* A locale with a decimal comma must not reach the labels. */
static void
test_locale (void)
{
  const char *before = setlocale (LC_ALL, NULL);
  g_autofree char *kept = g_strdup (before);
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL) {
    g_test_skip ("no German locale");
    return;
  }
  check_labels (0.0, 0.7, 8, FALSE, "0.0 0.1 0.2 0.3 0.4 0.5 0.6 0.7");
  setlocale (LC_ALL, kept);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/axis/direction", test_direction);
  g_test_add_func ("/scene/axis/absurd-limits", test_absurd_limits);
  g_test_add_func ("/scene/axis/tick-count", test_tick_count);
  g_test_add_func ("/scene/axis/labels", test_labels);
  g_test_add_func ("/scene/axis/locale", test_locale);
  return g_test_run ();
}
