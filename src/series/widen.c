/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/widen.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "series/joint.h"

/* ---- in the model ---- */

static const XpsEnergyFrame *
find_frame (const XpsSeriesPlan *plan, const char *name)
{
  for (guint f = 0; f < plan->frames->len; f++)
    if (strcmp (((XpsEnergyFrame *)g_ptr_array_index (plan->frames, f))->name, name) == 0)
      return g_ptr_array_index (plan->frames, f);
  return NULL;
}

static gboolean
is_called (const XpsSeriesPlan *plan, const XpsComponent *component, const char *name)
{
  const XpsEnergyFrame *frame = find_frame (plan, name);
  gboolean called = g_strcmp0 (component->name, name) == 0 || g_strcmp0 (component->phase, name) == 0;
  for (guint k = 0; frame != NULL && k < frame->components->len; k++) {
    const char *member = g_ptr_array_index (frame->components, k);
    called |= g_strcmp0 (component->name, member) == 0 || g_strcmp0 (component->phase, member) == 0;
  }
  return called;
}

static GPtrArray *
find_components (const XpsModel *model, const XpsSeriesPlan *plan, const char *name, gboolean called)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint s = 0; s < model->parts->len; s++) {
    const XpsModelPart *part = g_ptr_array_index (model->parts, s);
    for (guint c = 0; c < part->components->len; c++)
      if (is_called (plan, g_ptr_array_index (part->components, c), name) == called)
        g_ptr_array_add (found, g_ptr_array_index (part->components, c));
  }
  return found;
}

/* A potential that is not the same everywhere is one more convolution: it adds to the Gaussian width, in a
 * Gaussian line the only one. */
static char **
find_width (const XpsComponent *component)
{
  int role = xps_shape_find_role (component->shape, "fwhm_g");
  if (role < 0 && strcmp (component->shape->id, "gauss") == 0)
    role = xps_shape_find_role (component->shape, "fwhm");
  return role >= 0 && component->roles[role] != NULL ? (char **)&component->roles[role] : NULL;
}

static gboolean
is_used (const GPtrArray *components, const char *parameter)
{
  for (guint i = 0; i < components->len; i++) {
    const XpsComponent *component = g_ptr_array_index (components, i);
    for (gsize k = 0; k < component->shape->n_roles; k++)
      if (g_strcmp0 (component->roles[k], parameter) == 0)
        return TRUE;
  }
  return FALSE;
}

/* The width itself when nobody else has it, else one split off. */
static const char *
split_width (XpsModel *model, const char *name, const char *width, const GPtrArray *others)
{
  if (!is_used (others, width))
    return width;
  g_autofree char *own = g_strdup_printf ("%s of %s", width, name);
  const XpsParameter *old = xps_model_get_parameter (model, width);
  if (xps_model_get_parameter (model, own) == NULL)
    xps_model_add_parameter (model, own, old->value, old->min, old->max);
  return xps_model_get_parameter (model, own)->name;
}

static gboolean
refuse (GError **error, const char *place, const char *what, const char *remedy)
{
  return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN, place, NULL, what, remedy);
}

gboolean
xps_series_widen (XpsModel *model, XpsSeriesPlan *plan, const char *name, GError **error)
{
  g_autoptr (GPtrArray) lines = find_components (model, plan, name, TRUE);
  g_autoptr (GPtrArray) others = find_components (model, plan, name, FALSE);
  if (lines->len == 0)
    return refuse (error, name, N_ ("no component, species or energy frame is called so"),
                   N_ ("see the names in the model"));
  for (guint i = 0; i < lines->len; i++) {
    char **width = find_width (g_ptr_array_index (lines, i));
    const XpsParameter *p = width != NULL ? xps_model_get_parameter (model, *width) : NULL;
    if (p == NULL || p->kind != XPS_PARAMETER_FREE)
      return refuse (error, ((XpsComponent *)g_ptr_array_index (lines, i))->name,
                     N_ ("has no free Gaussian width that could widen"),
                     N_ ("free it, or take a Voigt or Gaussian line"));
  }
  for (guint i = 0; i < lines->len; i++) {
    char **width = find_width (g_ptr_array_index (lines, i));
    char *own = g_strdup (split_width (model, name, *width, others));
    g_free (*width);
    *width = own;
    xps_series_plan_set_rule (plan, own, XPS_ACROSS_WIDENING, 0);
  }
  plan->mode = XPS_SERIES_GLOBAL;
  return TRUE;
}

gboolean
xps_series_is_widening (const XpsModel *model, const XpsSeriesPlan *plan, const char *name)
{
  g_autoptr (GPtrArray) lines = find_components (model, plan, name, TRUE);
  for (guint i = 0; i < lines->len; i++) {
    char **width = find_width (g_ptr_array_index (lines, i));
    if (width == NULL || xps_series_plan_get_rule (plan, *width, NULL) != XPS_ACROSS_WIDENING)
      return FALSE;
  }
  return lines->len > 0;
}

void
xps_series_keep_width (const XpsModel *model, XpsSeriesPlan *plan, const char *name)
{
  g_autoptr (GPtrArray) lines = find_components (model, plan, name, TRUE);
  for (guint i = 0; i < lines->len; i++) {
    char **width = find_width (g_ptr_array_index (lines, i));
    if (width != NULL && xps_series_plan_get_rule (plan, *width, NULL) == XPS_ACROSS_WIDENING)
      xps_series_plan_set_rule (plan, *width, XPS_ACROSS_SHARED, 0);
  }
}

/* ---- in the joint model ---- */

static XpsJointWidth *
find_joint_width (const XpsJointSeries *self, guint parameter)
{
  for (guint i = 0; i < self->widths->len; i++)
    if (g_array_index (self->widths, XpsJointWidth, i).parameter == parameter)
      return &g_array_index (self->widths, XpsJointWidth, i);
  return NULL;
}

/* Squares of the widths that the steps have alone, against the squares of the distance on the axis. */
static void
start_width (XpsJointSeries *self, XpsJointWidth *out)
{
  g_autofree double *x = g_new (double, self->n_steps), *y = g_new (double, self->n_steps);
  g_autofree double *error = g_new (double, self->n_steps);
  XpsLineFit line;
  out->base = xps_joint_find_median (self, out->parameter);
  for (gsize i = 0; i < self->n_steps; i++) {
    const XpsStepResult *step = g_ptr_array_index (self->task->run->steps, self->steps[i]);
    const double away = self->x[self->steps[i]] - self->x_first, w = step->values[out->parameter];
    x[i] = away * away;
    y[i] = w * w;
    error[i] = step->fitted ? 2 * w * step->errors[out->parameter] : NAN;
  }
  if (!xps_line_fit (self->n_steps, x, y, error, NULL, &line))
    return;
  const double start = line.intercept.value - line.slope.value * line.middle;
  if (!(line.slope.value > 0) || !(start > 0.1 * out->base * out->base))
    return;
  out->base = sqrt (start);
  self->widening = fmax (self->widening, line.slope.value);
}

void
xps_joint_add_width (XpsJointSeries *self, guint parameter)
{
  const XpsParameter *p = g_ptr_array_index (self->task->map->model->parameters, parameter);
  XpsJointWidth *width = find_joint_width (self, parameter);
  if (width == NULL) {
    XpsJointWidth made = {.parameter = parameter};
    start_width (self, &made);
    made.base = fmin (fmax (made.base, p->min), p->max);
    g_array_append_val (self->widths, made);
    width = &g_array_index (self->widths, XpsJointWidth, self->widths->len - 1);
  }
  g_autofree char *name = g_strdup_printf ("%s at the first step", p->name);
  width->joint = xps_joint_add_unknown (self, name, parameter, -1, width->base, NULL);
  XpsParameter *base = g_ptr_array_index (self->joint->parameters, width->joint);
  if (base->kind == XPS_PARAMETER_FREE) {
    base->min = p->min;
    base->max = p->max;
  }
  width->base = base->value;
  if (self->d_widening != G_MAXUINT)
    return;
  const double reach = fmax (fabs (self->x_high - self->x_first), fabs (self->x_low - self->x_first));
  self->d_widening =
      xps_joint_add_unknown (self, "widening", parameter, -1, 0, "eV of Gaussian width per unit of the axis");
  XpsParameter *d = g_ptr_array_index (self->joint->parameters, self->d_widening);
  if (self->held != NULL) {
    self->widening = d->value * d->value;
    d->value = 0;
    return;
  }
  /* Never narrower than at the first step, and in a round not much wider: the width is linearised. */
  d->min = -self->widening;
  d->max = self->widening + pow (0.5 * width->base / reach, 2);
}

/* w = sqrt (w0^2 + (b away)^2), about where the last round ended. */
void
xps_joint_add_width_terms (const XpsJointSeries *self, guint parameter, double x, XpsParameter *link)
{
  const XpsJointWidth *width = find_joint_width (self, parameter);
  g_assert (width != NULL);
  const double away = x - self->x_first, base = width->base;
  const double w = sqrt (base * base + self->widening * away * away);
  link->constant += w - base * base / w;
  const XpsParameter *of = g_ptr_array_index (self->joint->parameters, width->joint);
  const XpsParameter *d = g_ptr_array_index (self->joint->parameters, self->d_widening);
  xps_parameter_add_term (link, of->name, base / w);
  if (away != 0)
    xps_parameter_add_term (link, d->name, away * away / (2 * w));
}

gboolean
xps_joint_move_widths (XpsJointSeries *self, const XpsResult *joint)
{
  gboolean settled = TRUE;
  if (self->widths->len == 0)
    return TRUE;
  const XpsQuantity d = g_array_index (joint->parameters, XpsParameterResult, self->d_widening).quantity;
  const double unit = isfinite (d.error) && d.error > 0 ? d.error : fmax (1e-3 * self->widening, 1e-9);
  settled &= fabs (d.value) < 1e-4 * unit;
  self->widening = fmax (0, self->widening + d.value);
  for (guint i = 0; i < self->widths->len; i++) {
    XpsJointWidth *width = &g_array_index (self->widths, XpsJointWidth, i);
    const XpsQuantity base = g_array_index (joint->parameters, XpsParameterResult, width->joint).quantity;
    settled &= fabs (base.value - width->base) < 1e-4 * (base.error > 0 ? base.error : base.value);
    width->base = base.value;
  }
  return settled;
}

/* b, whose square was fitted; where it is not significant the error is what would be one standard error. */
XpsQuantity
xps_joint_get_widening (const XpsJointSeries *self, XpsQuantity d)
{
  const double b = sqrt (self->widening);
  return (XpsQuantity){b, self->widening > d.error ? d.error / (2 * b) : sqrt (d.error)};
}
