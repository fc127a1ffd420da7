/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit-private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* Values that hang together. A link is a constant plus a sum over others, so along one root every parameter
 * is a straight line: to move a parameter is to move its root by the difference over the slope. */

gboolean
xps_edit_refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = xps_text_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, what);
  return FALSE;
}

static void
narrow (XpsEditValues *self, const char *name, double low, double high)
{
  const int i = name != NULL ? xps_model_index_find (self->index, name) : -1;
  if (i < 0)
    return;
  self->low[i] = fmax (self->low[i], low);
  self->high[i] = fmin (self->high[i], high);
}

static void
narrow_part (XpsEditValues *self, const XpsModelPart *part)
{
  for (guint c = 0; c < part->components->len; c++) {
    const XpsComponent *component = g_ptr_array_index (part->components, c);
    for (gsize k = 0; k < component->shape->n_roles; k++)
      narrow (self, component->roles[k], component->shape->roles[k].min, component->shape->roles[k].max);
  }
  for (guint b = 0; b < part->backgrounds->len; b++) {
    const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
    for (gsize k = 0; k < background->type->n_roles; k++)
      for (guint j = 0; j < background->roles[k]->len; j++)
        narrow (self, g_ptr_array_index (background->roles[k], j), background->type->roles[k].min,
                background->type->roles[k].max);
  }
}

XpsEditValues *
xps_edit_values_new (XpsModel *model, GError **error)
{
  g_autoptr (XpsModelIndex) index = xps_model_index_new (model, error);
  if (index == NULL)
    return NULL;
  const gsize n = model->parameters->len;
  XpsEditValues *self = g_new0 (XpsEditValues, 1);
  self->model = model;
  self->index = g_steal_pointer (&index);
  self->values = g_new0 (double, n + 1);
  self->low = g_new0 (double, n + 1);
  self->high = g_new0 (double, n + 1);
  for (gsize i = 0; i < n; i++) {
    self->values[i] = xps_edit_parameter_at (model, i)->value;
    self->low[i] = -INFINITY;
    self->high[i] = INFINITY;
  }
  for (guint s = 0; s < model->parts->len; s++)
    narrow_part (self, g_ptr_array_index (model->parts, s));
  xps_model_resolve_links (model, self->index, self->values);
  return self;
}

void
xps_edit_values_free (XpsEditValues *self)
{
  if (self == NULL)
    return;
  xps_model_index_free (self->index);
  g_free (self->values);
  g_free (self->low);
  g_free (self->high);
  g_free (self);
}

void
xps_edit_values_store (const XpsEditValues *self)
{
  for (gsize i = 0; i < self->model->parameters->len; i++)
    xps_edit_parameter_at (self->model, i)->value = self->values[i];
}

gboolean
xps_edit_resolve (XpsModel *model, GError **error)
{
  g_autoptr (XpsEditValues) values = xps_edit_values_new (model, error);
  if (values == NULL)
    return FALSE;
  xps_edit_values_store (values);
  return TRUE;
}

int
xps_edit_values_find_role (const XpsEditValues *self, const XpsComponent *component, gsize role)
{
  return component->roles[role] != NULL ? xps_model_index_find (self->index, component->roles[role]) : -1;
}

void
xps_edit_values_get_roles (const XpsEditValues *self, const XpsComponent *component, double *p)
{
  for (gsize k = 0; k < component->shape->n_roles; k++) {
    const XpsShapeRole *role = &component->shape->roles[k];
    const int i = xps_edit_values_find_role (self, component, k);
    const double value = i >= 0 ? self->values[i] : role->usual;
    p[k] = fmin (fmax (isfinite (value) ? value : role->min, role->min), role->max);
  }
}

/* ---- roots ---- */

/* How fast everything follows `root`. */
static void
follow (const XpsEditValues *self, gsize root, double *slopes)
{
  const XpsModelIndex *index = self->index;
  memset (slopes, 0, self->model->parameters->len * sizeof (double));
  slopes[root] = 1;
  for (guint k = 0; k < self->model->parameters->len; k++) {
    const guint i = index->order[k];
    for (guint t = index->term_start[i]; t < index->term_start[i + 1]; t++)
      slopes[i] += index->term_coef[t] * slopes[index->term_of[t]];
  }
}

/* Roots in the order of the terms, the first term's first; a stack, because chains may be as long as the
 * model. */
int
xps_edit_values_find_root (const XpsEditValues *self, gsize parameter, double *slopes)
{
  const XpsModelIndex *index = self->index;
  const gsize n = self->model->parameters->len;
  g_autofree gboolean *seen = g_new0 (gboolean, n + 1);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));
  guint i = (guint)parameter;
  g_array_append_val (stack, i);
  while (stack->len > 0) {
    i = g_array_index (stack, guint, stack->len - 1);
    g_array_set_size (stack, stack->len - 1);
    if (seen[i])
      continue;
    seen[i] = TRUE;
    if (xps_edit_parameter_at (self->model, i)->kind != XPS_PARAMETER_LINKED) {
      follow (self, i, slopes);
      if (slopes[parameter] != 0 && isfinite (slopes[parameter]))
        return (int)i;
    }
    for (guint t = index->term_start[i + 1]; t-- > index->term_start[i];)
      if (index->term_coef[t] != 0)
        g_array_append_val (stack, index->term_of[t]);
  }
  return -1;
}

/* Sets a root so that `parameter` comes to `value`. The second step takes away what rounding of a large
 * difference left. */
static void
move_root (XpsEditValues *self, gsize root, gsize parameter, double slope, double value)
{
  for (int i = 0; i < 3 && self->values[parameter] != value; i++) {
    self->values[root] =
        root == parameter ? value : self->values[root] + (value - self->values[parameter]) / slope;
    xps_model_resolve_links (self->model, self->index, self->values);
  }
}

gboolean
xps_edit_values_move (XpsEditValues *self, gsize parameter, double value)
{
  g_autofree double *slopes = g_new (double, self->model->parameters->len + 1);
  const int root = xps_edit_values_find_root (self, parameter, slopes);
  if (root < 0)
    return FALSE;
  move_root (self, (gsize)root, parameter, slopes[parameter], value);
  return TRUE;
}

/* Range of a root in which everything that follows it stays within its bounds; what lies outside already may
 * stay there, but not go further. */
static void
find_range (const XpsEditValues *self, gsize root, const double *slopes, double *low, double *high)
{
  const double at = self->values[root];
  *low = -INFINITY;
  *high = INFINITY;
  for (gsize i = 0; i < self->model->parameters->len; i++) {
    const XpsParameter *p = xps_edit_parameter_at (self->model, i);
    if (slopes[i] == 0 || !isfinite (slopes[i]))
      continue;
    const double down = fmin (fmax (p->min, self->low[i]), self->values[i]) - self->values[i],
                 up = fmax (fmin (p->max, self->high[i]), self->values[i]) - self->values[i];
    const double a = at + down / slopes[i], b = at + up / slopes[i];
    *low = fmax (*low, fmin (a, b));
    *high = fmin (*high, fmax (a, b));
  }
}

void
xps_edit_values_drag (XpsEditValues *self, gsize parameter, double value)
{
  g_autofree double *slopes = g_new (double, self->model->parameters->len + 1);
  const int root = xps_edit_values_find_root (self, parameter, slopes);
  if (root < 0 || !isfinite (value))
    return;
  const XpsParameter *p = xps_edit_parameter_at (self->model, (gsize)root);
  if (p->kind == XPS_PARAMETER_FIXED)
    return;
  double low, high;
  find_range (self, (gsize)root, slopes, &low, &high);
  move_root (self, (gsize)root, parameter, slopes[parameter], value);
  const double moved = self->values[root];
  self->values[root] = fmin (fmax (fmin (fmax (moved, low), high), p->min), p->max);
  xps_model_resolve_links (self->model, self->index, self->values);
}
