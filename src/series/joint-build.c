/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "series/joint.h"

/* The joint model: what is shared first, then every step with names of its own, "3/ps4_a". */

static const XpsParameter *
model_parameter (const XpsJointSeries *self, gsize parameter)
{
  return g_ptr_array_index (self->task->map->model->parameters, parameter);
}

static const XpsParameter *
joint_parameter (const XpsJointSeries *self, guint joint)
{
  return g_ptr_array_index (self->joint->parameters, joint);
}

static void
clear_unknown (gpointer pointer)
{
  XpsJointUnknown *unknown = pointer;
  g_free (unknown->name);
  g_free (unknown->unit);
}

static gboolean
needs_axis (const XpsSeriesPlan *plan)
{
  for (guint i = 0; i < plan->rules->len; i++)
    if (((XpsSeriesRule *)g_ptr_array_index (plan->rules, i))->across > XPS_ACROSS_SHARED)
      return TRUE;
  return plan->frames->len > 0;
}

static void
find_range (XpsJointSeries *self)
{
  const XpsClock *axis = xps_series_get_axis (self->task->series);
  self->x = axis->values;
  self->x_first = NAN;
  self->x_low = INFINITY;
  self->x_high = -INFINITY;
  for (gsize i = 0; i < axis->n; i++)
    if (isfinite (axis->values[i])) {
      self->x_first = isnan (self->x_first) ? axis->values[i] : self->x_first;
      self->x_low = fmin (self->x_low, axis->values[i]);
      self->x_high = fmax (self->x_high, axis->values[i]);
    }
  self->x_middle = 0.5 * (self->x_low + self->x_high);
}

/* A position in a frame is a constant of the series; so is what a rule says. */
static void
find_own (XpsJointSeries *self)
{
  const XpsSeriesMap *map = self->task->map;
  for (gsize p = 0; p < map->n_parameters; p++) {
    const XpsParameter *parameter = model_parameter (self, p);
    self->own[p] = parameter->kind == XPS_PARAMETER_FREE &&
                   xps_series_plan_get_rule (self->task->run->plan, parameter->name, NULL) == XPS_ACROSS_FREE;
  }
  for (gsize c = 0; c < map->n_components; c++)
    if (map->components[c].frame >= 0 && map->components[c].position >= 0)
      for (guint r = 0; r < map->roots[map->components[c].position]->len; r++)
        self->own[g_array_index (map->roots[map->components[c].position], XpsMapRoot, r).parameter] = FALSE;
}

void
xps_joint_series_init (XpsJointSeries *self, XpsRunTask *task)
{
  const gsize n = task->run->steps->len;
  *self = (XpsJointSeries){.task = task, .held = task->options->shared};
  self->steps = g_new (gsize, n);
  self->own = g_new0 (gboolean, task->map->n_parameters + 1);
  self->logistics = g_array_new (FALSE, FALSE, sizeof (XpsJointLogistic));
  self->widths = g_array_new (FALSE, FALSE, sizeof (XpsJointWidth));
  find_range (self);
  find_own (self);
  const gboolean axis = needs_axis (task->run->plan);
  for (gsize i = 0; i < n; i++) {
    XpsStepResult *step = g_ptr_array_index (task->run->steps, i);
    if (!xps_run_task_wants (task, i))
      continue;
    if (!axis || isfinite (self->x[i]))
      self->steps[self->n_steps++] = i;
    else if (step->failure == NULL)
      step->failure = g_strdup ("has no value on the axis that parameters or frames follow");
  }
}

static void
clear_joint (XpsJointSeries *self)
{
  g_clear_pointer (&self->joint, xps_model_free);
  g_clear_pointer (&self->data, g_ptr_array_unref);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->position, g_free);
  g_clear_pointer (&self->shift, g_free);
  g_clear_pointer (&self->first_spectrum, g_free);
  g_clear_pointer (&self->unknowns, g_array_unref);
}

void
xps_joint_series_clear (XpsJointSeries *self)
{
  clear_joint (self);
  g_free (self->steps);
  g_free (self->own);
  g_array_unref (self->logistics);
  g_array_unref (self->widths);
}

/* ---- frames ---- */

static const XpsEnergyFrame *
frame_at (const XpsJointSeries *self, guint f)
{
  return g_ptr_array_index (self->task->run->plan->frames, f);
}

/* Slope of the strongest line that moves with the frame, as far as the steps know it. */
static double
start_slope (const XpsJointSeries *self, guint f)
{
  const XpsSeriesMap *map = self->task->map;
  double best = INFINITY, slope = frame_at (self, f)->slope;
  XpsLineFit line;
  for (gsize c = 0; c < map->n_components; c++)
    if (map->components[c].frame == (int)f && map->components[c].position >= 0 &&
        xps_joint_find_line (self, (guint)map->components[c].position, &line) && line.slope.error < best) {
      best = line.slope.error;
      slope = line.slope.value;
    }
  return slope;
}

static void
add_frames (XpsJointSeries *self)
{
  for (guint f = 0; f < self->task->run->plan->frames->len; f++) {
    const XpsEnergyFrame *frame = frame_at (self, f);
    g_autofree char *name = g_strdup_printf ("frame %s slope", frame->name);
    if (frame->shift == XPS_FRAME_LINEAR)
      xps_joint_add_unknown (self, name, G_MAXUINT, (int)f, start_slope (self, f), "eV per unit of the axis");
  }
}

/* A free frame's shift is 0 at the first step of the series: it is measured from there. */
static void
add_shifts (XpsJointSeries *self, gsize i)
{
  const guint n = self->task->run->plan->frames->len;
  for (guint f = 0; f < n; f++) {
    self->shift[i * n + f] = -1;
    if (frame_at (self, f)->shift != XPS_FRAME_FREE)
      continue;
    g_autofree char *name =
        g_strdup_printf ("%" G_GSIZE_FORMAT "/frame %s", self->steps[i] + 1, frame_at (self, f)->name);
    const double start = start_slope (self, f) * (self->x[self->steps[i]] - self->x_first);
    XpsParameter *p =
        xps_model_add_parameter (self->joint, name, isfinite (start) ? start : 0, -INFINITY, INFINITY);
    self->shift[i * n + f] = (int)self->joint->parameters->len - 1;
    if (i == 0 && self->held == NULL) {
      p->value = 0;
      p->kind = XPS_PARAMETER_FIXED;
    }
  }
}

static void
add_shift_term (const XpsJointSeries *self, gsize i, guint f, XpsParameter *link)
{
  const XpsEnergyFrame *frame = frame_at (self, f);
  const double away = self->x[self->steps[i]] - self->x_first;
  if (frame->shift == XPS_FRAME_FIXED)
    link->constant += frame->slope * away;
  else if (frame->shift == XPS_FRAME_FREE) {
    const int shift = self->shift[i * self->task->run->plan->frames->len + f];
    xps_parameter_add_term (link, joint_parameter (self, (guint)shift)->name, 1);
  } else {
    g_autofree char *name = g_strdup_printf ("frame %s slope", frame->name);
    xps_parameter_add_term (link, name, away);
  }
}

static void
add_position (XpsJointSeries *self, gsize i, gsize c)
{
  const XpsSeriesMap *map = self->task->map;
  const XpsMapComponent *component = &map->components[c];
  int *position = &self->position[i * map->n_components + c];
  *position = -1;
  if (component->frame < 0 || component->position < 0)
    return;
  const gsize parameter = (gsize)component->position;
  g_autofree char *name =
      g_strdup_printf ("%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT "/in frame", self->steps[i] + 1, c + 1);
  XpsParameter *link = xps_model_add_parameter (self->joint, name, NAN, -INFINITY, INFINITY);
  link->kind = XPS_PARAMETER_LINKED;
  link->constant = map->constants[parameter];
  for (guint r = 0; r < map->roots[parameter]->len; r++) {
    const XpsMapRoot *root = &g_array_index (map->roots[parameter], XpsMapRoot, r);
    const guint joint = self->place[i * map->n_parameters + root->parameter];
    xps_parameter_add_term (link, joint_parameter (self, joint)->name, root->factor);
  }
  add_shift_term (self, i, (guint)component->frame, link);
  *position = (int)self->joint->parameters->len - 1;
}

/* ---- parameters of a step ---- */

static guint
find_shared (const XpsJointSeries *self, gsize parameter)
{
  for (guint k = 0; k < self->unknowns->len; k++)
    if (g_array_index (self->unknowns, XpsJointUnknown, k).parameter == parameter)
      return g_array_index (self->unknowns, XpsJointUnknown, k).joint;
  g_assert_not_reached ();
}

static double
start_of (const XpsJointSeries *self, gsize i, gsize parameter)
{
  const XpsParameter *p = model_parameter (self, parameter);
  const XpsStepResult *step = g_ptr_array_index (self->task->run->steps, self->steps[i]);
  const double value = step->fitted ? step->values[parameter] : p->value;
  return isfinite (value) && p->kind == XPS_PARAMETER_FREE ? fmin (fmax (value, p->min), p->max) : p->value;
}

static void
copy_link (const XpsJointSeries *self, gsize i, gsize parameter, XpsParameter *link)
{
  const XpsSeriesMap *map = self->task->map;
  const XpsParameter *p = model_parameter (self, parameter);
  const GArray *roots = map->roots[parameter];
  link->kind = XPS_PARAMETER_LINKED;
  link->value = NAN;
  link->constant = p->constant;
  for (guint t = map->index->term_start[parameter]; t < map->index->term_start[parameter + 1]; t++) {
    const guint joint = self->place[i * map->n_parameters + map->index->term_of[t]];
    xps_parameter_add_term (link, joint_parameter (self, joint)->name, map->index->term_coef[t]);
  }
  /* Bounds of a link are those of the one unknown behind it; rules may have put several there. */
  if (roots->len != 1 || !self->own[g_array_index (roots, XpsMapRoot, 0).parameter]) {
    link->min = -INFINITY;
    link->max = INFINITY;
  }
}

static void
add_parameter (XpsJointSeries *self, gsize i, gsize parameter, const gboolean *absent)
{
  const XpsSeriesMap *map = self->task->map;
  const XpsParameter *p = model_parameter (self, parameter);
  const gboolean ruled = p->kind == XPS_PARAMETER_FREE && !self->own[parameter];
  const XpsAcross across =
      ruled ? xps_series_plan_get_rule (self->task->run->plan, p->name, NULL) : XPS_ACROSS_FREE;
  guint *place = &self->place[i * map->n_parameters + parameter];
  if (ruled && across <= XPS_ACROSS_SHARED) {
    *place = find_shared (self, parameter);
    return;
  }
  g_autofree char *name = g_strdup_printf ("%" G_GSIZE_FORMAT "/%s", self->steps[i] + 1, p->name);
  XpsParameter *made =
      xps_model_add_parameter (self->joint, name, start_of (self, i, parameter), p->min, p->max);
  *place = self->joint->parameters->len - 1;
  if (p->kind == XPS_PARAMETER_LINKED)
    copy_link (self, i, parameter, made);
  else if (ruled) {
    made->kind = XPS_PARAMETER_LINKED;
    made->value = NAN;
    made->min = -INFINITY;
    made->max = INFINITY;
    xps_joint_add_terms (self, (guint)parameter, i, made);
  } else
    made->kind = p->kind;
  if (self->own[parameter] && absent != NULL && absent[self->steps[i] * map->n_parameters + parameter]) {
    const double held = xps_run_task_interpolate (self->task, absent, self->steps[i], parameter);
    made->kind = XPS_PARAMETER_FIXED;
    made->value = fmin (fmax (held, p->min), p->max);
  }
}

/* ---- the parts ---- */

static void
rename_role (const XpsJointSeries *self, gsize i, char **role)
{
  const XpsSeriesMap *map = self->task->map;
  if (*role == NULL)
    return;
  const int parameter = xps_model_index_find (map->index, *role);
  const guint joint = self->place[i * map->n_parameters + (gsize)parameter];
  g_free (*role);
  *role = g_strdup (joint_parameter (self, joint)->name);
}

static void
rename_roles (const XpsJointSeries *self, gsize i, gsize c, XpsComponent *component)
{
  const int position = self->position[i * self->task->map->n_components + c];
  const int role = xps_shape_find_kind (component->shape, XPS_ROLE_POSITION);
  for (gsize k = 0; k < component->shape->n_roles; k++)
    rename_role (self, i, &component->roles[k]);
  if (position < 0)
    return;
  g_free (component->roles[role]);
  component->roles[role] = g_strdup (joint_parameter (self, (guint)position)->name);
}

static void
rename_background (const XpsJointSeries *self, gsize i, XpsModelBackground *background)
{
  for (gsize k = 0; k < XPS_BACKGROUND_MAX_ROLES; k++)
    for (guint j = 0; background->roles[k] != NULL && j < background->roles[k]->len; j++)
      rename_role (self, i, (char **)&background->roles[k]->pdata[j]);
}

static void
add_parts (XpsJointSeries *self, gsize i)
{
  const XpsStep *step = xps_series_get_step (self->task->series, self->steps[i]);
  g_autoptr (XpsModel) copy = xps_model_copy (self->task->map->model);
  gsize c = 0;
  guint gone = 0;
  self->first_spectrum[i] = self->data->len;
  for (guint s = 0; s < copy->parts->len; s++) {
    XpsModelPart *part = g_ptr_array_index (copy->parts, s);
    for (guint k = 0; k < part->components->len; k++, c++)
      rename_roles (self, i, c, g_ptr_array_index (part->components, k));
    for (guint k = 0; k < part->backgrounds->len; k++)
      rename_background (self, i, g_ptr_array_index (part->backgrounds, k));
    g_free (part->id);
    part->id = g_strdup_printf ("%" G_GSIZE_FORMAT "/%u", self->steps[i] + 1, s + 1);
  }
  for (guint s = 0; s < step->data->len; s++) {
    XpsFitData *data = g_ptr_array_index (step->data, s);
    if (data == NULL)
      continue;
    g_ptr_array_add (self->data, data);
    g_ptr_array_add (self->joint->parts, g_ptr_array_steal_index (copy->parts, s - gone));
    gone++;
  }
}

void
xps_joint_series_build (XpsJointSeries *self, const gboolean *absent)
{
  const XpsSeriesMap *map = self->task->map;
  const gsize n_frames = self->task->run->plan->frames->len;
  clear_joint (self);
  self->joint = xps_model_new ();
  self->joint->joint = TRUE;
  g_ptr_array_set_size (self->joint->parts, 0);
  self->data = g_ptr_array_new ();
  self->place = g_new0 (guint, self->n_steps * map->n_parameters + 1);
  self->position = g_new0 (int, self->n_steps * map->n_components + 1);
  self->shift = g_new0 (int, self->n_steps *n_frames + 1);
  self->first_spectrum = g_new0 (gsize, self->n_steps + 1);
  self->unknowns = g_array_new (FALSE, FALSE, sizeof (XpsJointUnknown));
  g_array_set_clear_func (self->unknowns, clear_unknown);
  self->d_widening = G_MAXUINT;
  xps_joint_add_rules (self);
  add_frames (self);
  for (gsize i = 0; i < self->n_steps; i++) {
    add_shifts (self, i);
    for (gsize k = 0; k < map->n_parameters; k++)
      add_parameter (self, i, map->index->order[k], absent);
    for (gsize c = 0; c < map->n_components; c++)
      add_position (self, i, c);
    add_parts (self, i);
  }
}
