/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made.h"
#include "series/alarm.h"

/* Alarms on made runs: what was put in is found, by the step it can be known, and nothing else is. */

/* Two-sided tails of Student's distribution: tables (Abramowitz and Stegun 26.10; Fisher and Yates). */
static void
test_student (void)
{
  static const struct {
    double t;
    guint degrees;
    double tail;
  } table[] = {
      {12.70620474, 1, 0.05},  {4.302652730, 2, 0.05}, {3.182446305, 3, 0.05}, {2.776445105, 4, 0.05},
      {2.228138852, 10, 0.05}, {2.750, 30, 0.01},      {3.373, 120, 0.001},    {0, 7, 1}};
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) /* tables of four digits in the two longer rows */
    test_assert_close (xps_student_tail (-table[i].t, table[i].degrees), table[i].tail,
                       table[i].degrees >= 30 ? 2e-3 * table[i].tail : 1e-8);
  g_assert_cmpfloat (xps_student_tail (1e9, 5), >=, 0);
}

/* A run that was not fitted but filled: position and share of the two components with normal noise. */
typedef struct {
  XpsSeries *series;
  XpsSeriesRun *run;
} Filled;

static void
filled_clear (Filled *self)
{
  xps_series_run_free (self->run);
  xps_series_free (self->series);
}

typedef struct {
  guint steps, bad;    /* bad: a step without beam, 0: none */
  double shift, share; /* eV and share per step, of the electrode */
  double sweep;        /* V per step */
  gboolean potential;
} Truth;

static void
fill_step (XpsStepResult *step, const Truth *truth, guint i, XpsRandom *random)
{
  const double share = 0.4 + truth->share * i + 0.01 * xps_random_normal (random);
  step->fitted = step->converged = TRUE;
  step->components[0].center = (XpsQuantity){161.7 + 0.01 * xps_random_normal (random), 0.01};
  step->components[1].center =
      (XpsQuantity){159.9 + truth->shift * i + 0.01 * xps_random_normal (random), 0.01};
  step->components[0].fraction = (XpsQuantity){1 - share, 0.01};
  step->components[1].fraction = (XpsQuantity){share, 0.01};
}

static Filled
filled_new (const Truth *truth, guint64 seed)
{
  XpsRandom random;
  Filled self = {.series = xps_series_new (1)};
  g_autoptr (XpsModel) model = made_model ();
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  g_autofree double *v = g_new (double, truth->steps);
  double x[2] = {1, 2}, y[2] = {1000, 1000}, dark[2] = {30, 30};
  xps_random_init (&random, seed);
  for (guint i = 0; i < truth->steps; i++) {
    const gboolean bad = truth->bad > 0 && i + 1 == truth->bad;
    g_autoptr (XpsFitData) data =
        xps_fit_data_new_arrays (2, x, bad ? dark : y, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
    v[i] = 1.2 + truth->sweep * i;
    xps_series_add_step (self.series, "frame", &data);
  }
  if (truth->potential)
    made_take_axis (self.series, XPS_CLOCK_POTENTIAL, v);
  xps_series_choose_axis (self.series);
  self.run = xps_series_run_begin (model, plan);
  for (guint i = 0; i < truth->steps; i++) {
    XpsStepResult *step = g_new0 (XpsStepResult, 1);
    step->values = g_new0 (double, model->parameters->len);
    step->errors = g_new0 (double, model->parameters->len);
    step->status = g_new0 (XpsStatus, model->parameters->len);
    step->frozen = g_new0 (gboolean, model->parameters->len);
    step->components = g_new0 (XpsStepComponent, self.run->n_components);
    fill_step (step, truth, i, &random);
    g_ptr_array_add (self.run->steps, step);
  }
  return self;
}

/* The first of its kind, which must be there. */
static XpsAlarm
get (const GPtrArray *alarms, XpsAlarmKind kind)
{
  for (guint i = 0; i < alarms->len; i++)
    if (((XpsAlarm *)g_ptr_array_index (alarms, i))->kind == kind)
      return *(XpsAlarm *)g_ptr_array_index (alarms, i);
  g_error ("no alarm of %s", xps_alarm_kind_to_text (kind));
}

static const XpsAlarm *
find (const GPtrArray *alarms, XpsAlarmKind kind)
{
  for (guint i = 0; i < alarms->len; i++)
    if (((XpsAlarm *)g_ptr_array_index (alarms, i))->kind == kind)
      return g_ptr_array_index (alarms, i);
  return NULL;
}

static void
test_beam (void)
{
  const Truth truth = {.steps = 20, .bad = 13, .potential = TRUE, .sweep = -0.02};
  Filled made = filled_new (&truth, 3);
  g_autoptr (GPtrArray) alarms = xps_alarms_find (made.series, made.run, NULL);
  g_assert_cmpuint (alarms->len, ==, 1);
  const XpsAlarm alarm = get (alarms, XPS_ALARM_BEAM);
  g_assert_cmpuint (alarm.step, ==, 12);
  g_assert_cmpuint (alarm.last, ==, 12);
  test_assert_close (alarm.size, 0.03, 1e-12);
  filled_clear (&made);
}

/* At rest both are found; while the potential runs along, neither can be told from it. */
static void
test_drift (void)
{
  Truth truth = {.steps = 40, .shift = 0.004, .share = 0.004, .potential = TRUE};
  Filled made = filled_new (&truth, 5);
  g_autoptr (GPtrArray) alarms = xps_alarms_find (made.series, made.run, NULL);
  const XpsAlarm drift = get (alarms, XPS_ALARM_DRIFT), damage = get (alarms, XPS_ALARM_DAMAGE);
  g_assert_cmpuint (damage.step, <, 25);
  g_assert_cmpuint (drift.step, <, 25); /* 0.1 eV of drift with 0.01 eV of noise must be seen by then */
  g_assert_cmpuint (drift.last, ==, 39);
  g_assert_cmpstr (drift.subject, ==, "position:electrode");
  filled_clear (&made);
  truth.sweep = -0.02;
  Filled moving = filled_new (&truth, 5);
  g_autoptr (GPtrArray) none = xps_alarms_find (moving.series, moving.run, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  filled_clear (&moving);
}

/* What was found with the first k steps is what is found of them in the whole. */
static void
test_live (void)
{
  const Truth truth = {.steps = 30, .shift = 0.005, .potential = TRUE};
  Filled made = filled_new (&truth, 9);
  g_autoptr (GPtrArray) whole = xps_alarms_find (made.series, made.run, NULL);
  const gsize step = get (whole, XPS_ALARM_DRIFT).step;
  for (guint n = 30; n >= step; n--) {
    g_autoptr (GPtrArray) alarms = xps_alarms_find (made.series, made.run, NULL);
    const XpsAlarm *now = find (alarms, XPS_ALARM_DRIFT);
    g_assert_cmpint (now != NULL, ==, n > step);
    g_assert_true (now == NULL || now->step == step);
    /* the step in front of n goes; the run stays a run of its rest */
    XpsStepResult *last = g_ptr_array_index (made.run->steps, n - 1);
    last->fitted = FALSE;
  }
  filled_clear (&made);
}

/* The stated chance of an alarm without a cause: at most 1 in 100 for each kind over a whole stretch,
 * whatever its length. Of 1,000 stretches of 60 steps at most 20 + 3 sqrt (20) may alarm; the least change is
 * switched off, so that only the test speaks. */
static void
test_false (void)
{
  const Truth truth = {.steps = 60, .potential = TRUE};
  const XpsAlarmOptions options = {.shift = 1e-9, .share = 1e-9};
  guint n = 0;
  for (guint k = 0; k < 1000; k++) {
    Filled made = filled_new (&truth, 1000 + k);
    g_autoptr (GPtrArray) alarms = xps_alarms_find (made.series, made.run, &options);
    n += alarms->len > 0 ? 1 : 0;
    filled_clear (&made);
  }
  g_test_message ("%u of 1000 stretches without a cause gave an alarm", n);
  g_assert_cmpuint (n, <=, 33);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/alarm/student", test_student);
  g_test_add_func ("/series/alarm/beam", test_beam);
  g_test_add_func ("/series/alarm/drift", test_drift);
  g_test_add_func ("/series/alarm/live", test_live);
  g_test_add_func ("/series/alarm/false", test_false);
  return g_test_run ();
}
