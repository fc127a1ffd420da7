/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/onset.h"

#include "numerics/random.h"
#include "support.h"

#define STEPS 31

typedef struct {
  double x[STEPS], y[STEPS], error[STEPS];
} Trend;

typedef double (*Truth) (double x);

static double
logistic (double x)
{
  return 4000 / (1 + exp ((x - 1.33) / 0.06));
}

static double
kink (double x)
{
  return 200 + 3000 * fmax (1.4 - x, 0);
}

static double
flat (double x)
{
  return 500;
}

static double
line (double x)
{
  return 500 + 800 * (1.75 - x);
}

static void
draw (Trend *trend, Truth truth, XpsRandom *random)
{
  for (guint i = 0; i < STEPS; i++) {
    trend->x[i] = 1.75 - 0.025 * i;
    trend->error[i] = 20 + 0.01 * truth (trend->x[i]);
    trend->y[i] = truth (trend->x[i]) + trend->error[i] * xps_random_normal (random);
  }
}

static XpsOnset
find (const Trend *trend, XpsOnsetKind kind, guint redraws)
{
  const XpsBranch branch = {0, STEPS, -1};
  const XpsOnsetOptions options = {.kind = kind, .n_redraws = redraws};
  XpsOnset onset;
  g_assert_true (xps_onset_find (STEPS, trend->x, trend->y, trend->error, NULL, &branch, &options, &onset));
  return onset;
}

static void
test_kinds (void)
{
  Trend trend;
  XpsRandom random;
  xps_random_init (&random, 3);
  draw (&trend, logistic, &random);
  const XpsOnset a = find (&trend, XPS_ONSET_AUTO, 199);
  g_assert_cmpint (a.kind, ==, XPS_ONSET_LOGISTIC);
  g_assert_cmpint (a.direction, ==, 1);
  g_assert_false (a.steady);
  test_assert_close (a.value.value, 1.33, 4 * a.value.error);
  test_assert_close (a.begin.value, 1.45, 4 * a.begin.error);
  test_assert_close (a.significance, 1.0 / 200, 1e-12);
  draw (&trend, kink, &random);
  const XpsOnset b = find (&trend, XPS_ONSET_AUTO, 199);
  g_assert_cmpint (b.kind, ==, XPS_ONSET_KINK);
  test_assert_close (b.value.value, 1.4, 4 * b.value.error);
  g_assert_cmpfloat (b.low, <, 1.4 + 0.02);
  draw (&trend, line, &random);
  g_assert_true (find (&trend, XPS_ONSET_AUTO, 19).steady);
}

static double
early (double x)
{
  return 500 + 4000 / (1 + exp ((x - 1.70) / 0.06));
}

/* Its tangent leaves the level before at 1.82 V, and the first step is at 1.75 V. */
static void
test_begun (void)
{
  Trend trend;
  XpsRandom random;
  xps_random_init (&random, 17);
  draw (&trend, early, &random);
  const XpsOnset onset = find (&trend, XPS_ONSET_LOGISTIC, 19);
  g_assert_true (onset.begun);
  g_assert_cmpfloat (onset.begin.value, >, trend.x[0]);
  g_assert_true (isnan (onset.begin.error));
  g_assert_true (isnan (onset.begin_high));
  draw (&trend, logistic, &random);
  g_assert_false (find (&trend, XPS_ONSET_LOGISTIC, 19).begun);
}

/* Intervals of 95 % hold the truth in 95 % of 400 redraws, within three standard deviations of such a count
 * (1.1 % each). */
static void
check_coverage (Truth truth, XpsOnsetKind kind, double value, double begin)
{
  XpsRandom random;
  guint inside = 0, begins = 0;
  xps_random_init (&random, 11);
  for (guint k = 0; k < 400; k++) {
    Trend trend;
    draw (&trend, truth, &random);
    const XpsOnset onset = find (&trend, kind, 1);
    inside += onset.low <= value && value <= onset.high ? 1 : 0;
    begins += onset.begin_low <= begin && begin <= onset.begin_high ? 1 : 0;
  }
  g_test_message ("value inside %.1f %%, begin inside %.1f %%", inside / 4.0, begins / 4.0);
  g_assert_cmpfloat (fabs (inside / 400.0 - 0.95), <=, 0.033);
  g_assert_cmpfloat (fabs (begins / 400.0 - 0.95), <=, 0.033);
}

static void
test_coverage (void)
{
  check_coverage (logistic, XPS_ONSET_LOGISTIC, 1.33, 1.45);
  check_coverage (kink, XPS_ONSET_KINK, 1.4, 1.4);
}

/* Without a change the p value is uniform: 5 % of the redraws lie below 0.05, within three standard
 * deviations. */
static void
test_no_change (void)
{
  XpsRandom random;
  guint below = 0;
  xps_random_init (&random, 5);
  for (guint k = 0; k < 300; k++) {
    Trend trend;
    draw (&trend, flat, &random);
    below += find (&trend, XPS_ONSET_AUTO, 199).significance <= 0.05 ? 1 : 0;
  }
  g_test_message ("%u of 300 below 0.05", below);
  g_assert_cmpfloat (fabs (below / 300.0 - 0.05), <=, 0.038);
}

static void
test_line (void)
{
  const double x[] = {0, 1, 2, 3, 4}, y[] = {1, 3, 5, 7, 9}, e[] = {1, 1, 1, 1, 1}, dose[] = {0, 2, 4, 6, 8},
               other[] = {0, 5, 1, 4, 2};
  XpsLineFit fit;
  XpsTwoCauses causes;
  g_assert_true (xps_line_fit (5, x, y, e, NULL, &fit));
  test_assert_close (fit.slope.value, 2, 1e-12);
  test_assert_close (fit.slope.error, 1 / sqrt (10), 1e-12);
  test_assert_close (fit.intercept.value, 5, 1e-12);
  g_assert_true (xps_separate_causes (5, x, dose, y, e, NULL, &causes));
  g_assert_false (causes.separable);
  g_assert_true (xps_separate_causes (5, x, other, y, e, NULL, &causes));
  g_assert_true (causes.separable);
  test_assert_close (causes.by_first.value, 2, 1e-12);
  test_assert_close (causes.by_second.value, 0, 1e-12);
}

static double
over (double x)
{
  return 500 + 4000 * exp ((x - 1.75) / 0.06);
}

static double
late (double x)
{
  return 500 + 4000 * exp ((1.0 - x) / 0.06);
}

/* What has no middle within the steps is told from what has one: the potential falls along them. */
static void
test_beyond (void)
{
  Trend trend;
  XpsRandom random;
  xps_random_init (&random, 19);
  draw (&trend, over, &random);
  g_assert_cmpint (find (&trend, XPS_ONSET_LOGISTIC, 19).beyond, ==, -1);
  draw (&trend, late, &random);
  g_assert_cmpint (find (&trend, XPS_ONSET_LOGISTIC, 19).beyond, ==, 1);
  draw (&trend, logistic, &random);
  g_assert_cmpint (find (&trend, XPS_ONSET_LOGISTIC, 19).beyond, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/onset/kinds", test_kinds);
  g_test_add_func ("/series/onset/begun", test_begun);
  g_test_add_func ("/series/onset/beyond", test_beyond);
  g_test_add_func ("/series/onset/coverage", test_coverage);
  g_test_add_func ("/series/onset/no-change", test_no_change);
  g_test_add_func ("/series/onset/line", test_line);
  return g_test_run ();
}
