/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/alarm.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "series/robust.h"
#include "series/trend.h"

#define LOST      0.5
#define CHANCE    0.01
#define SHIFT     0.03 /* eV */
#define SHARE     0.03
#define LEAST     6 /* steps of a stretch */
#define LONGEST   300
#define REFERENCE 10   /* good frames before a frame, */
#define FEWEST    3    /* and how few will do */
#define STILL     5e-3 /* V, or */
#define STILL_OF  5e-3 /* of the range of another driver: it stays where it is */

const char *
xps_alarm_kind_to_text (XpsAlarmKind kind)
{
  static const char *const texts[XPS_N_ALARM_KINDS] = {"beam-loss", "drift", "damage"};
  return texts[kind];
}

static void
alarm_free (gpointer data)
{
  XpsAlarm *alarm = data;
  g_free (alarm->subject);
  g_free (alarm->message);
  g_free (alarm);
}

typedef struct {
  const XpsSeries *series;
  const XpsSeriesRun *run;
  XpsAlarmOptions limits;
  gsize n;
  gboolean *good;         /* [n] in, fitted, with beam */
  const XpsClock *driver; /* or NULL */
  double still;           /* how far it may go and stay where it is */
  const XpsClock *clock;  /* what drift is judged against */
  GPtrArray *trends;
  gsize counts[XPS_N_ALARM_KINDS]; /* quantities of each kind */
  GPtrArray *alarms;
  GHashTable *held; /* subject -> XpsAlarm that held at the step before */
} Judge;

/* Goes on with one that held at the step before, or adds it. */
static void
give (Judge *self, const XpsAlarm *found)
{
  XpsAlarm *held = g_hash_table_lookup (self->held, found->subject);
  if (held != NULL && held->last + 1 == found->step) {
    held->last = found->step;
    g_free (found->subject);
    g_free (found->message);
    return;
  }
  XpsAlarm *alarm = g_memdup2 (found, sizeof *found);
  g_ptr_array_add (self->alarms, alarm);
  g_hash_table_insert (self->held, alarm->subject, alarm);
}

/* ---- beam ---- */

static double
mean_counts (const XpsSeries *series, gsize step, gsize part)
{
  const XpsFitData *data = g_ptr_array_index (xps_series_get_step (series, step)->data, (guint)part);
  double sum = 0;
  for (gsize i = 0; data != NULL && i < data->n; i++)
    sum += data->intensity[i];
  return data != NULL && data->n > 0 ? sum / (double)data->n : (double)NAN;
}

static void
judge_part (Judge *self, gsize part)
{
  double before[REFERENCE], sorted[REFERENCE];
  gsize n_before = 0;
  for (gsize i = 0; i < self->n; i++) {
    const double counts = mean_counts (self->series, i, part);
    if (isnan (counts) || xps_series_get_step (self->series, i)->exclusion != NULL)
      continue;
    const gsize n = MIN (n_before, REFERENCE);
    memcpy (sorted, before, n * sizeof (double));
    const double usual = n >= FEWEST ? xps_median (sorted, n) : NAN;
    if (!(counts < self->limits.lost * usual)) {
      before[n_before++ % REFERENCE] = counts;
      continue;
    }
    self->good[i] = FALSE;
    const XpsAlarm alarm = {
        .kind = XPS_ALARM_BEAM,
        .step = i,
        .last = i,
        .subject = xps_text_printf ("%" G_GSIZE_FORMAT, part),
        .size = counts / usual,
        .error = NAN,
        .p = NAN,
        .message = xps_text_printf (_ ("Beam lost? Step %zu has %.0f %% of the counts of the good "
                                       "steps before it (alarm below %.0f %%)"),
                                    i + 1, 100 * counts / usual, 100 * self->limits.lost)};
    give (self, &alarm);
  }
}

/* ---- drift and damage ---- */

double
xps_student_tail (double t, guint degrees)
{
  if (degrees == 0 || isnan (t))
    return NAN;
  const double angle = atan (fabs (t) / sqrt (degrees)), c = cos (angle), s = sin (angle);
  double term = degrees % 2 == 1 ? c : 1, sum = degrees == 1 ? 0 : term;
  for (guint k = degrees % 2 == 1 ? 3 : 2; k < degrees; k += 2) {
    term *= c * c * (k - 1) / k;
    sum += term;
  }
  const double inside = degrees % 2 == 1 ? 2 / G_PI * (angle + s * sum) : s * sum;
  return fmin (fmax (1 - inside, 0), 1);
}

/* First step of the stretch that ends with `step`. */
static gsize
find_stretch (const Judge *self, gsize step)
{
  gsize first = step;
  while (first > 0 && step - first + 1 < LONGEST) {
    if (self->driver != NULL &&
        !(fabs (self->driver->values[first - 1] - self->driver->values[step]) <= self->still))
      break;
    first--;
  }
  return first;
}

static char *
dup_place (const Judge *self, gsize step)
{
  if (self->driver == NULL)
    return g_strdup (_ ("nothing known to change"));
  return xps_text_printf ("%g %s", self->driver->values[step],
                          self->driver->unit != NULL ? self->driver->unit : self->driver->name);
}

static char *
dup_message (const Judge *self, const XpsTrend *trend, const XpsAlarm *alarm, gsize first, double limit)
{
  g_autofree char *place = dup_place (self, alarm->step);
  const char *against = self->clock->name;
  if (alarm->kind == XPS_ALARM_DRIFT)
    return xps_text_printf (_ ("%s drifts: %+.3f ± %.3f eV over steps %zu to %zu at %s, against %s (chance "
                               "without drift %.1g, alarm below %.1g)"),
                            trend->label, alarm->size, alarm->error, first + 1, alarm->step + 1, place,
                            against, alarm->p, limit);
  return xps_text_printf (_ ("Damage? Share of %s changes by %+.1f ± %.1f %% over steps %zu to %zu at %s, "
                             "against %s (chance without change %.1g, alarm below "
                             "%.1g)"),
                          trend->label, 100 * alarm->size, 100 * alarm->error, first + 1, alarm->step + 1,
                          place, against, alarm->p, limit);
}

static void
judge_trend (Judge *self, const XpsTrend *trend, XpsAlarmKind kind, gsize first, gsize step)
{
  const gsize length = step - first + 1;
  const double least = kind == XPS_ALARM_DRIFT ? self->limits.shift : self->limits.share;
  gboolean use[LONGEST] = {FALSE};
  double low = INFINITY, high = -INFINITY;
  XpsLineFit line;
  for (gsize i = 0; i < length; i++) {
    const double x = self->clock->values[first + i];
    use[i] =
        self->good[first + i] && !trend->frozen[first + i] && isfinite (x) && trend->errors[first + i] > 0;
    low = use[i] ? fmin (low, x) : low;
    high = use[i] ? fmax (high, x) : high;
  }
  if (!use[length - 1] || !xps_line_fit (length, self->clock->values + first, trend->values + first,
                                         trend->errors + first, use, &line))
    return;
  if (line.n < LEAST || !(high > low) || !(line.slope.error > 0))
    return;
  const double scale = sqrt (fmax (1, line.chi2 / line.dof)), looks = (double)(line.n - LEAST + 1);
  const double limit = self->limits.chance / ((double)self->counts[kind] * looks * (looks + 1));
  XpsAlarm alarm = {.kind = kind, .step = step, .last = step};
  alarm.size = line.slope.value * (high - low);
  alarm.error = line.slope.error * scale * (high - low);
  alarm.p = scale > 1 ? xps_student_tail (alarm.size / alarm.error, (guint)line.n - 2) : line.p_flat;
  if (!(alarm.p < limit) || !(fabs (alarm.size) > least))
    return;
  alarm.subject = g_strdup (trend->id);
  alarm.message = dup_message (self, trend, &alarm, first, limit);
  give (self, &alarm);
}

static gboolean
kind_of (const XpsTrend *trend, XpsAlarmKind *kind)
{
  *kind = trend->kind == XPS_TREND_POSITION ? XPS_ALARM_DRIFT : XPS_ALARM_DAMAGE;
  return trend->kind == XPS_TREND_POSITION || trend->kind == XPS_TREND_FRACTION;
}

static void
judge_stretches (Judge *self)
{
  XpsAlarmKind kind;
  for (guint k = 0; k < self->trends->len; k++)
    if (kind_of (g_ptr_array_index (self->trends, k), &kind))
      self->counts[kind]++;
  for (gsize step = 0; step < self->n; step++) {
    const gsize first = find_stretch (self, step);
    if (step - first + 1 < LEAST || !self->good[step])
      continue;
    for (guint k = 0; k < self->trends->len; k++)
      if (kind_of (g_ptr_array_index (self->trends, k), &kind))
        judge_trend (self, g_ptr_array_index (self->trends, k), kind, first, step);
  }
}

/* ---- the whole ---- */

/* What a person changes on purpose. */
static void
find_driver (Judge *self)
{
  const XpsClock *axis = xps_series_get_axis (self->series);
  const gboolean runs = axis->kind == XPS_CLOCK_NUMBER || axis->kind == XPS_CLOCK_TIME ||
                        axis->kind == XPS_CLOCK_DOSE || axis->kind == XPS_CLOCK_CYCLE;
  const XpsClock *potential = xps_series_find_clock (self->series, XPS_CLOCK_POTENTIAL);
  self->driver = !runs ? axis : potential;
  self->still = STILL;
  if (self->driver == NULL || self->driver->kind == XPS_CLOCK_POTENTIAL)
    return;
  double low = INFINITY, high = -INFINITY;
  for (gsize i = 0; i < self->n; i++)
    if (isfinite (self->driver->values[i])) {
      low = fmin (low, self->driver->values[i]);
      high = fmax (high, self->driver->values[i]);
    }
  self->still = high > low ? STILL_OF * (high - low) : 0;
}

static int
compare_alarms (gconstpointer a, gconstpointer b)
{
  const XpsAlarm *x = *(XpsAlarm *const *)a, *y = *(XpsAlarm *const *)b;
  return x->step != y->step ? (x->step > y->step) - (x->step < y->step) : strcmp (x->subject, y->subject);
}

static void
find_clock (Judge *self)
{
  self->clock = xps_series_find_clock (self->series, XPS_CLOCK_DOSE);
  if (self->clock == NULL)
    self->clock = xps_series_find_clock (self->series, XPS_CLOCK_TIME);
  if (self->clock == NULL)
    self->clock = g_ptr_array_index (self->series->clocks, 0);
}

GPtrArray *
xps_alarms_find (const XpsSeries *series, const XpsSeriesRun *run, const XpsAlarmOptions *options)
{
  static const XpsAlarmOptions usual = {0};
  if (options == NULL)
    options = &usual;
  g_autoptr (GHashTable) held = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (XpsCounting) counting = xps_counting_new (series, run);
  g_autoptr (GPtrArray) trends = xps_trends_new (series, run, counting);
  Judge self = {.series = series,
                .run = run,
                .n = MIN (run->steps->len, xps_series_get_n (series)),
                .trends = trends,
                .alarms = g_ptr_array_new_with_free_func (alarm_free),
                .held = held};
  self.limits = (XpsAlarmOptions){
      options->lost > 0 ? options->lost : LOST, options->chance > 0 ? options->chance : CHANCE,
      options->shift > 0 ? options->shift : SHIFT, options->share > 0 ? options->share : SHARE};
  self.good = g_new (gboolean, self.n + 1);
  for (gsize i = 0; i < self.n; i++) {
    const XpsStepResult *step = xps_series_run_get_step (run, i);
    self.good[i] = step->fitted && step->converged && xps_series_get_step (series, i)->exclusion == NULL;
  }
  find_driver (&self);
  find_clock (&self);
  for (gsize part = 0; part < series->n_parts; part++)
    judge_part (&self, part);
  judge_stretches (&self);
  g_free (self.good);
  g_ptr_array_sort (self.alarms, compare_alarms);
  return self.alarms;
}
