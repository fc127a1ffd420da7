/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "series/joint.h"
#include "series/onset.h"
#include "series/robust.h"

/* What is shared, and how what follows the axis hangs on it. Everything stays a linear link: the engine knows
 * nothing of axes. */

static const XpsParameter *
model_parameter (const XpsJointSeries *self, guint parameter)
{
  return g_ptr_array_index (self->task->map->model->parameters, parameter);
}

static const XpsSharedValue *
find_held (const XpsJointSeries *self, const char *name)
{
  for (guint i = 0; self->held != NULL && i < self->held->shared->len; i++) {
    const XpsSharedValue *value = g_ptr_array_index (self->held->shared, i);
    if (strcmp (value->name, name) == 0)
      return value;
  }
  return NULL;
}

guint
xps_joint_add_unknown (XpsJointSeries *self, const char *name, guint parameter, int frame, double start,
                       const char *unit)
{
  const XpsSharedValue *held = find_held (self, name);
  const XpsJointUnknown unknown = {self->joint->parameters->len, parameter, frame, g_strdup (name),
                                   g_strdup (unit)};
  XpsParameter *p = xps_model_add_parameter (self->joint, name, start, -INFINITY, INFINITY);
  if (held != NULL) {
    p->value = held->quantity.value;
    p->kind = XPS_PARAMETER_FIXED;
  }
  g_array_append_val (self->unknowns, unknown);
  return unknown.joint;
}

/* Arrays over all steps of what the run has of a parameter; error 0 where it says nothing. */
static gsize
gather (const XpsJointSeries *self, guint parameter, double *values, double *errors)
{
  gsize n = 0;
  for (gsize i = 0; i < self->n_steps; i++) {
    const XpsStepResult *step = g_ptr_array_index (self->task->run->steps, self->steps[i]);
    values[i] = step->values[parameter];
    errors[i] = step->fitted && !step->frozen[parameter] ? step->errors[parameter] : NAN;
    n += isfinite (values[i]) && errors[i] > 0 ? 1 : 0;
  }
  return n;
}

double
xps_joint_find_median (const XpsJointSeries *self, guint parameter)
{
  g_autofree double *values = g_new (double, self->n_steps), *errors = g_new (double, self->n_steps);
  gsize n = 0;
  if (gather (self, parameter, values, errors) == 0) {
    const XpsStepResult *step = g_ptr_array_index (self->task->run->steps, self->steps[0]);
    return step->fitted ? step->values[parameter] : model_parameter (self, parameter)->value;
  }
  for (gsize i = 0; i < self->n_steps; i++)
    if (isfinite (values[i]) && errors[i] > 0)
      values[n++] = values[i];
  return xps_median (values, n);
}

static double *
dup_axis (const XpsJointSeries *self)
{
  double *x = g_new (double, self->n_steps);
  for (gsize i = 0; i < self->n_steps; i++)
    x[i] = self->x[self->steps[i]];
  return x;
}

gboolean
xps_joint_find_line (const XpsJointSeries *self, guint parameter, XpsLineFit *line)
{
  g_autofree double *values = g_new (double, self->n_steps), *errors = g_new (double, self->n_steps);
  g_autofree double *x = dup_axis (self);
  gather (self, parameter, values, errors);
  return xps_line_fit (self->n_steps, x, values, errors, NULL, line);
}

/* ---- the rules ---- */

static void
name_unknown (XpsJointSeries *self, guint parameter, const char *what, double start, const char *unit)
{
  g_autofree char *name = g_strdup_printf ("%s %s", model_parameter (self, parameter)->name, what);
  xps_joint_add_unknown (self, name, parameter, -1, start, unit);
}

static void
add_shared (XpsJointSeries *self, guint parameter)
{
  const XpsParameter *p = model_parameter (self, parameter);
  const double start = fmin (fmax (xps_joint_find_median (self, parameter), p->min), p->max);
  const guint joint = xps_joint_add_unknown (self, p->name, parameter, -1, start, NULL);
  XpsParameter *made = g_ptr_array_index (self->joint->parameters, joint);
  if (made->kind == XPS_PARAMETER_FREE) {
    made->min = p->min;
    made->max = p->max;
  }
}

static void
add_linear (XpsJointSeries *self, guint parameter)
{
  XpsLineFit line;
  const gboolean known = xps_joint_find_line (self, parameter, &line);
  const double slope = known ? line.slope.value : 0;
  const double level = known ? line.intercept.value + slope * (self->x_middle - line.middle)
                             : xps_joint_find_median (self, parameter);
  name_unknown (self, parameter, "middle value", level, NULL);
  name_unknown (self, parameter, "slope", slope, "per unit of the axis");
}

static void
add_spline (XpsJointSeries *self, guint parameter, guint knots)
{
  XpsLineFit line;
  const gboolean known = xps_joint_find_line (self, parameter, &line);
  for (guint k = 0; k < knots; k++) {
    const double x = self->x_low + (self->x_high - self->x_low) * k / (knots - 1);
    g_autofree char *what = g_strdup_printf ("knot %u", k + 1);
    name_unknown (self, parameter, what,
                  known ? line.intercept.value + line.slope.value * (x - line.middle)
                        : xps_joint_find_median (self, parameter),
                  NULL);
  }
}

/* Where to start a logistic: the trend of the steps fitted alone, or half of the way up. */
static void
start_logistic (const XpsJointSeries *self, XpsJointLogistic *out)
{
  g_autofree double *values = g_new (double, self->n_steps), *errors = g_new (double, self->n_steps);
  g_autofree double *x = dup_axis (self);
  const XpsBranch all = {0, self->n_steps, 1};
  const XpsOnsetOptions options = {.kind = XPS_ONSET_LOGISTIC, .n_redraws = 1};
  XpsOnset onset;
  gather (self, out->parameter, values, errors);
  out->middle = 0.5 * (self->x_low + self->x_high);
  out->width = 0.1 * (self->x_high - self->x_low);
  out->low = out->high = xps_joint_find_median (self, out->parameter);
  if (!xps_onset_find (self->n_steps, x, values, errors, NULL, &all, &options, &onset))
    return;
  out->middle = onset.value.value;
  out->width = onset.width.value;
  const gboolean rising = x[self->n_steps - 1] > x[0];
  out->low = rising ? onset.before : onset.after;
  out->high = rising ? onset.after : onset.before;
}

static void
add_logistic (XpsJointSeries *self, guint parameter)
{
  XpsJointLogistic *logistic = NULL;
  for (guint i = 0; i < self->logistics->len; i++)
    if (g_array_index (self->logistics, XpsJointLogistic, i).parameter == parameter)
      logistic = &g_array_index (self->logistics, XpsJointLogistic, i);
  if (logistic == NULL) {
    XpsJointLogistic made = {.parameter = parameter};
    start_logistic (self, &made);
    g_array_append_val (self->logistics, made);
    logistic = &g_array_index (self->logistics, XpsJointLogistic, self->logistics->len - 1);
  }
  logistic->first = self->joint->parameters->len;
  name_unknown (self, parameter, "level 1", logistic->low, NULL);
  name_unknown (self, parameter, "level 2", logistic->high, NULL);
  logistic->d_middle = self->joint->parameters->len;
  name_unknown (self, parameter, "middle", 0, "of the axis");
  logistic->d_width = self->joint->parameters->len;
  name_unknown (self, parameter, "width", 0, "of the axis");
  XpsParameter *dm = g_ptr_array_index (self->joint->parameters, logistic->d_middle);
  XpsParameter *dw = g_ptr_array_index (self->joint->parameters, logistic->d_width);
  if (self->held != NULL) { /* linearised where the other run ended */
    logistic->middle = dm->value;
    logistic->width = dw->value;
    dm->value = dw->value = 0;
    return;
  }
  dm->min = -logistic->width;
  dm->max = logistic->width;
  dw->min = -0.5 * logistic->width;
  dw->max = logistic->width;
}

void
xps_joint_add_rules (XpsJointSeries *self)
{
  for (guint p = 0; p < self->task->map->n_parameters; p++) {
    guint knots;
    const XpsParameter *parameter = model_parameter (self, p);
    if (self->own[p] || parameter->kind != XPS_PARAMETER_FREE)
      continue;
    switch (xps_series_plan_get_rule (self->task->run->plan, parameter->name, &knots)) {
    case XPS_ACROSS_FREE: /* the energy of a framed line */
    case XPS_ACROSS_SHARED:
      add_shared (self, p);
      break;
    case XPS_ACROSS_LINEAR:
      add_linear (self, p);
      break;
    case XPS_ACROSS_SPLINE:
      add_spline (self, p, MAX (knots, 3));
      break;
    case XPS_ACROSS_LOGISTIC:
      add_logistic (self, p);
      break;
    case XPS_ACROSS_WIDENING:
      xps_joint_add_width (self, p);
      break;
    default:
      g_assert_not_reached ();
    }
  }
}

/* ---- their terms at one step ---- */

static const char *
joint_name (const XpsJointSeries *self, guint joint)
{
  return ((XpsParameter *)g_ptr_array_index (self->joint->parameters, joint))->name;
}

static guint
first_unknown (const XpsJointSeries *self, guint parameter)
{
  for (guint i = 0; i < self->unknowns->len; i++)
    if (g_array_index (self->unknowns, XpsJointUnknown, i).parameter == parameter)
      return g_array_index (self->unknowns, XpsJointUnknown, i).joint;
  g_assert_not_reached ();
}

static void
add_logistic_terms (const XpsJointSeries *self, guint parameter, double x, XpsParameter *link)
{
  const XpsJointLogistic *logistic = NULL;
  for (guint i = 0; i < self->logistics->len; i++)
    if (g_array_index (self->logistics, XpsJointLogistic, i).parameter == parameter)
      logistic = &g_array_index (self->logistics, XpsJointLogistic, i);
  g_assert (logistic != NULL);
  const double u = (x - logistic->middle) / logistic->width, share = 1 / (1 + exp (-u));
  const double steep = (logistic->high - logistic->low) / logistic->width * share * (1 - share);
  xps_parameter_add_term (link, joint_name (self, logistic->first), 1 - share);
  xps_parameter_add_term (link, joint_name (self, logistic->first + 1), share);
  xps_parameter_add_term (link, joint_name (self, logistic->d_middle), -steep);
  xps_parameter_add_term (link, joint_name (self, logistic->d_width), -steep * u);
}

static void
add_spline_terms (const XpsJointSeries *self, guint first, guint n, double x, XpsParameter *link)
{
  g_autofree double *knots = g_new (double, n), *weights = g_new (double, n);
  for (guint k = 0; k < n; k++)
    knots[k] = self->x_low + (self->x_high - self->x_low) * k / (n - 1);
  xps_spline_weights (n, knots, x, weights);
  for (guint k = 0; k < n; k++)
    xps_parameter_add_term (link, joint_name (self, first + k), weights[k]);
}

void
xps_joint_add_terms (const XpsJointSeries *self, guint parameter, gsize step, XpsParameter *link)
{
  guint knots;
  const double x = self->x[self->steps[step]];
  const guint first = first_unknown (self, parameter);
  switch (xps_series_plan_get_rule (self->task->run->plan, model_parameter (self, parameter)->name, &knots)) {
  case XPS_ACROSS_LINEAR:
    xps_parameter_add_term (link, joint_name (self, first), 1);
    xps_parameter_add_term (link, joint_name (self, first + 1), x - self->x_middle);
    return;
  case XPS_ACROSS_SPLINE:
    add_spline_terms (self, first, MAX (knots, 3), x, link);
    return;
  case XPS_ACROSS_LOGISTIC:
    add_logistic_terms (self, parameter, x, link);
    return;
  case XPS_ACROSS_WIDENING:
    xps_joint_add_width_terms (self, parameter, x, link);
    return;
  default:
    g_assert_not_reached ();
  }
}
