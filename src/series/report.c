/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/report.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "series/bounds.h"
#include "series/map.h"
#include "series/widen.h"

#define LEAST_STEPS 6
#define TELLING     0.01 /* p value above which a change of position or width is not worth a line */

static void
onset_entry_free (XpsOnsetEntry *entry)
{
  g_free (entry->trend);
  g_free (entry->component);
  g_free (entry->species);
  g_free (entry);
}

static void
causes_entry_free (XpsCausesEntry *entry)
{
  g_free (entry->trend);
  g_free (entry->first);
  g_free (entry->second);
  g_free (entry);
}

static void
factors_free (gpointer factors)
{
  if (factors != NULL)
    xps_factors_free (factors);
}

void
xps_series_report_free (XpsSeriesReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->trends);
  g_ptr_array_unref (self->marks);
  g_ptr_array_unref (self->onsets);
  g_ptr_array_unref (self->causes);
  g_ptr_array_unref (self->factors);
  g_ptr_array_unref (self->warnings);
  g_clear_pointer (&self->atoms, xps_atoms_free);
  g_free (self->use);
  g_free (self);
}

/* ---- onsets ---- */

static const char *
component_of (const XpsTrend *trend)
{
  const char *colon = strchr (trend->id, ':');
  return colon != NULL ? colon + 1 : trend->id;
}

/* Errors where the quantity means something. */
static double *
dup_errors (const XpsTrend *trend)
{
  double *errors = g_memdup2 (trend->errors, MAX (trend->n, 1) * sizeof (double));
  for (gsize i = 0; i < trend->n; i++)
    if (trend->frozen[i])
      errors[i] = NAN;
  return errors;
}

static void
find_onsets (XpsSeriesReport *self, const XpsTrend *trend, const GArray *branches,
             const XpsOnsetOptions *options)
{
  const XpsClock *axis = xps_series_get_axis (self->series);
  g_autofree double *errors = dup_errors (trend);
  for (guint b = 0; b < branches->len; b++) {
    XpsOnset onset;
    if (!xps_onset_find (trend->n, axis->values, trend->values, errors, self->use,
                         &g_array_index (branches, XpsBranch, b), options, &onset))
      continue;
    if (trend->kind != XPS_TREND_NET && (onset.significance > TELLING || onset.steady))
      continue;
    XpsOnsetEntry *entry = g_new0 (XpsOnsetEntry, 1);
    entry->trend = g_strdup (trend->id);
    entry->component = g_strdup (component_of (trend));
    entry->species = g_strdup (trend->species);
    entry->onset = onset;
    entry->monotonic = branches->len == 1;
    g_ptr_array_add (self->onsets, entry);
  }
}

static void
find_all_onsets (XpsSeriesReport *self, const XpsOnsetOptions *options)
{
  static const XpsTrendKind kinds[] = {XPS_TREND_NET, XPS_TREND_POSITION, XPS_TREND_WIDTH};
  g_autoptr (GArray) branches = xps_clock_find_branches (xps_series_get_axis (self->series), LEAST_STEPS);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < self->trends->len; i++) {
      const XpsTrend *trend = g_ptr_array_index (self->trends, i);
      if (trend->kind != kinds[k])
        continue;
      if (options != NULL && options->stop != NULL && options->stop (options->stop_data)) {
        g_ptr_array_add (self->warnings, g_strdup (_ ("stopped before all onsets were looked for")));
        return;
      }
      find_onsets (self, trend, branches, options);
    }
}

/* ---- dose ---- */

static void
separate (XpsSeriesReport *self, const XpsClock *first, const XpsClock *second, const XpsTrend *trend)
{
  XpsTwoCauses causes;
  g_autofree double *errors = dup_errors (trend);
  if (!xps_separate_causes (trend->n, first->values, second->values, trend->values, errors, self->use,
                            &causes))
    return;
  /* As for a single line (slopes.c): what neither cause describes makes the errors larger. */
  const double scatter = causes.dof > 0 ? causes.chi2 / causes.dof : NAN;
  if (causes.separable && scatter > 1 + 3 * sqrt (2 / causes.dof)) {
    causes.by_first.error *= sqrt (scatter);
    causes.by_second.error *= sqrt (scatter);
  }
  XpsCausesEntry *entry = g_new0 (XpsCausesEntry, 1);
  entry->trend = g_strdup (trend->id);
  entry->first = g_strdup (first->name);
  entry->second = g_strdup (second->name);
  entry->causes = causes;
  g_ptr_array_add (self->causes, entry);
}

static void
separate_dose (XpsSeriesReport *self)
{
  const XpsClock *axis = xps_series_get_axis (self->series);
  const XpsClock *dose = xps_series_find_clock (self->series, XPS_CLOCK_DOSE);
  if (axis->kind == XPS_CLOCK_DOSE)
    dose = xps_series_find_clock (self->series, XPS_CLOCK_POTENTIAL);
  if (dose == NULL || dose == axis)
    return;
  gboolean mixed = FALSE;
  for (guint i = 0; i < self->trends->len; i++) {
    const XpsTrend *trend = g_ptr_array_index (self->trends, i);
    if (trend->kind == XPS_TREND_NET || trend->kind == XPS_TREND_POSITION)
      separate (self, axis, dose, trend);
  }
  for (guint i = 0; i < self->causes->len; i++)
    mixed |= !((XpsCausesEntry *)g_ptr_array_index (self->causes, i))->causes.separable;
  if (mixed)
    g_ptr_array_add (
        self->warnings,
        g_strdup_printf (_ ("%s and %s run together: what is seen cannot be laid to one of them; repeat a "
                            "%s at another %s"),
                         axis->name, dose->name, axis->name, dose->name));
}

/* ---- the rest ---- */

static void
warn_of_frames (XpsSeriesReport *self)
{
  GString *names = g_string_new (NULL);
  guint n = 0;
  for (gsize i = 0; i < xps_series_get_n (self->series); i++) {
    if (self->use[i] || xps_series_get_step (self->series, i)->exclusion != NULL)
      continue;
    if (n < 8)
      g_string_append_printf (names, "%s%s", n > 0 ? ", " : "", xps_series_get_step (self->series, i)->name);
    n++;
  }
  if (n > 0)
    g_ptr_array_add (
        self->warnings,
        xps_text_printf (g_dngettext (GETTEXT_PACKAGE,
                                      "%u suspect frame is not used for onsets and regressions: %s%s",
                                      "%u suspect frames are not used for onsets and regressions: %s%s", n),
                         n, names->str, n > 8 ? ", ..." : ""));
  g_string_free (names, TRUE);
}

static void
find_factors (XpsSeriesReport *self)
{
  g_autoptr (XpsSeriesMap) map = xps_series_map_new (self->run->model, self->run->plan, NULL);
  for (gsize k = 0; k < self->series->n_parts; k++) {
    XpsFactors *factors = xps_factors_new (self->series, k, 0, NULL);
    gsize species = 0;
    for (gsize c = 0; map != NULL && c < map->n_components; c++)
      species += map->components[c].part == k && map->components[c].leader == c ? 1 : 0;
    g_ptr_array_add (self->factors, factors);
    if (factors != NULL && factors->rank > species + 1) /* the background is one more */
      g_ptr_array_add (
          self->warnings,
          xps_text_printf (
              _ ("the raw spectra need %zu factors, the model has %zu species: lines that move or "
                 "widen count too, but look for what it lacks"),
              factors->rank, species));
  }
}

static void
warn_of_steps (XpsSeriesReport *self)
{
  guint failed = 0;
  for (guint i = 0; i < self->run->steps->len; i++) {
    const XpsStepResult *step = xps_series_run_get_step (self->run, i);
    failed += step->failure != NULL || (step->fitted && !step->converged) ? 1 : 0;
  }
  if (failed > 0)
    g_ptr_array_add (
        self->warnings,
        xps_text_printf (g_dngettext (GETTEXT_PACKAGE, "%u step could not be fitted or did not converge",
                                      "%u steps could not be fitted or did not converge", failed),
                         failed));
}

/* Why there is nothing to be seen against the axis. */
static char *
dup_axis_reason (const XpsClock *axis, gsize known, gboolean moves)
{
  const char *name = xps_clock_get_name (axis);
  if (known < LEAST_STEPS)
    return NULL;
  if (!moves)
    return g_strdup_printf (_ ("%s is the same at every step: no onset and no slope can be found; choose "
                               "another clock as the axis"),
                            name);
  g_autoptr (GArray) branches = xps_clock_find_branches (axis, LEAST_STEPS);
  if (branches->len > 0)
    return NULL;
  return xps_text_printf (_ ("%s goes back and forth, never %u steps in one direction: no onset was looked "
                             "for; put the steps in order or choose another clock as the axis"),
                          name, (guint)LEAST_STEPS);
}

static void
warn_of_axis (XpsSeriesReport *self)
{
  const XpsClock *axis = xps_series_get_axis (self->series);
  gsize known = 0;
  guint unknown = 0;
  double low = INFINITY, high = -INFINITY;
  for (gsize i = 0; i < axis->n; i++) {
    if (xps_series_get_step (self->series, i)->exclusion != NULL)
      continue;
    const gboolean finite = isfinite (axis->values[i]);
    known += finite ? 1 : 0;
    unknown += finite ? 0 : 1;
    low = finite ? fmin (low, axis->values[i]) : low;
    high = finite ? fmax (high, axis->values[i]) : high;
  }
  if (unknown > 0)
    g_ptr_array_add (
        self->warnings,
        xps_text_printf (g_dngettext (GETTEXT_PACKAGE,
                                      "%u step has no value of %s: it is in no trend against it, in "
                                      "no onset and in no slope",
                                      "%u steps have no value of %s: they are in no trend against "
                                      "it, in no onset and in no slope",
                                      unknown),
                         unknown, xps_clock_get_name (axis)));
  char *reason = dup_axis_reason (axis, known, high > low);
  if (reason != NULL)
    g_ptr_array_add (self->warnings, reason);
}

/* What was passed over in the model's file: a misspelt factor of a link is a factor of one. */
static void
warn_of_model (XpsSeriesReport *self)
{
  const GPtrArray *const lists[] = {self->run->model->not_supported, self->run->model->ignored};
  for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
    for (guint i = 0; i < lists[k]->len; i++)
      g_ptr_array_add (self->warnings, g_strdup (g_ptr_array_index (lists[k], i)));
}

/* `take_marks`: of the frames. */
static XpsSeriesReport *
report_new (const XpsSeries *series, const XpsSeriesRun *run, GPtrArray *take_marks)
{
  XpsSeriesReport *self = g_new0 (XpsSeriesReport, 1);
  self->series = series;
  self->run = run;
  g_autoptr (XpsCounting) counting = xps_counting_new (series, run);
  self->trends = xps_trends_new (series, run, counting);
  self->marks = take_marks;
  self->use = xps_frames_dup_use (series, self->marks);
  self->onsets = g_ptr_array_new_with_free_func ((GDestroyNotify)onset_entry_free);
  self->causes = g_ptr_array_new_with_free_func ((GDestroyNotify)causes_entry_free);
  self->factors = g_ptr_array_new_with_free_func (factors_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  if (counting->remark != NULL)
    g_ptr_array_add (self->warnings, g_steal_pointer (&counting->remark));
  return self;
}

XpsSeriesReport *
xps_series_report_new_partial (const XpsSeries *series, const XpsSeriesRun *run)
{
  return report_new (series, run, g_ptr_array_new ());
}

XpsSeriesReport *
xps_series_report_new (const XpsSeries *series, const XpsSeriesRun *run, const XpsOnsetOptions *options)
{
  XpsSeriesReport *self = report_new (series, run, xps_frames_check (series, run));
  warn_of_model (self);
  warn_of_steps (self);
  warn_of_frames (self);
  warn_of_axis (self);
  xps_series_warn_of_bounds (run, self->warnings);
  find_all_onsets (self, options);
  separate_dose (self);
  find_factors (self);
  char *widening = xps_series_dup_widening (run, series);
  if (widening != NULL)
    g_ptr_array_add (self->warnings, widening);
  return self;
}
