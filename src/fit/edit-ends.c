/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the data say about a background before anything is fitted: the levels at both ends, and the step or
 * loss that leads from one to the other. */

static int
compare_doubles (const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double
xps_edit_median (const double *values, gsize n)
{
  if (n == 0)
    return NAN;
  g_autofree double *sorted = g_memdup2 (values, n * sizeof *values);
  qsort (sorted, n, sizeof *sorted, compare_doubles);
  return 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
}

/* The sum of the components, or, while there are none, what stands above the line between the ends. */
static void
fill_signal (XpsEditEnds *self, const XpsPreview *preview, gsize first)
{
  const double span = self->x_high - self->x_low;
  double total = 0;
  for (gsize i = 0; i < self->n; i++) {
    for (gsize c = 0; c < preview->n_components; c++) {
      const double y = preview->components[c][first + i];
      self->signal[i] += isfinite (y) ? y : 0;
    }
    total += fabs (self->signal[i]);
  }
  for (gsize i = 0; total == 0 && i < self->n; i++)
    self->signal[i] = fmax (preview->intensity[first + i] - self->y_low -
                                (self->y_high - self->y_low) * (self->energy[i] - self->x_low) / span,
                            0);
}

gboolean
xps_edit_ends_init (XpsEditEnds *self, const XpsPreview *preview, const XpsModelPart *part)
{
  *self = (XpsEditEnds){0};
  if (preview == NULL || !preview->has_binding)
    return FALSE;
  gsize first = 0, last = preview->n;
  while (first < last && preview->energy[first] < part->low - 1e-9) /* NaN: no limit */
    first++;
  while (last > first && preview->energy[last - 1] > part->high + 1e-9)
    last--;
  const gsize n = last - first, m = MAX (1, MIN (n / 20, 10));
  if (n < 2 || !(preview->energy[last - 1] > preview->energy[first]))
    return FALSE;
  self->n = n;
  self->energy = preview->energy + first;
  self->intensity = preview->intensity + first;
  self->x_low = self->energy[0];
  self->x_high = self->energy[n - 1];
  self->y_low = xps_edit_median (self->intensity, m);
  self->y_high = xps_edit_median (self->intensity + n - m, m);
  self->signal = g_new0 (double, n);
  fill_signal (self, preview, first);
  return TRUE;
}

void
xps_edit_ends_clear (XpsEditEnds *self)
{
  g_clear_pointer (&self->signal, g_free);
}

/* ---- start values ---- */

static void
put (XpsModel *model, const char *name, double value)
{
  XpsParameter *p = xps_model_get_parameter (model, name);
  if (p != NULL && p->kind == XPS_PARAMETER_FREE && isfinite (value))
    p->value = fmin (fmax (value, p->min), p->max);
}

static double
line_at (const XpsEditEnds *ends, double energy)
{
  return ends->y_low + (ends->y_high - ends->y_low) * (energy - ends->x_low) / (ends->x_high - ends->x_low);
}

/* With an active background the constant is the level at the low end: the rest is the step's. */
static void
start_analytic (XpsModel *model, const XpsModelBackground *background, const XpsEditEnds *ends,
                gboolean active)
{
  const XpsBackground *type = background->type;
  const GPtrArray *names = background->roles[0];
  const double slope = active ? 0 : (ends->y_high - ends->y_low) / (ends->x_high - ends->x_low);
  const int x_ref = xps_background_find_setting (type, "x_ref"),
            knots = xps_background_find_setting (type, "knots");
  const double at = x_ref >= 0 ? background->settings.number[x_ref] : 0,
               level = active ? ends->y_low : line_at (ends, at);
  if (knots >= 0) {
    for (guint i = 0; i < names->len && i < background->settings.list_length[knots]; i++)
      put (model, g_ptr_array_index (names, i),
           active ? ends->y_low : line_at (ends, background->settings.list[knots][i]));
    return;
  }
  if (strcmp (type->id, "exponential") == 0) {
    const gboolean decays = ends->y_low > 0 && ends->y_high > 0 && !active;
    const double rate = decays ? log (ends->y_low / ends->y_high) / (ends->x_high - ends->x_low) : 0;
    put (model, g_ptr_array_index (background->roles[1], 0), rate);
    put (model, g_ptr_array_index (names, 0), ends->y_low * exp (-rate * (at - ends->x_low)));
    return;
  }
  for (guint i = 0; i < names->len; i++)
    put (model, g_ptr_array_index (names, i), i == 0 ? level : i == 1 ? slope : 0);
  if (type->n_roles > 1 && background->roles[1]->len > 0)
    put (model, g_ptr_array_index (background->roles[1], 0), slope);
}

/* The factor with which the operator on the peaks leads from the low to the high level. */
static void
start_active (XpsModel *model, const XpsModelBackground *background, const XpsEditEnds *ends)
{
  XpsBackgroundPlan *plan = NULL;
  const GPtrArray *names = background->roles[0];
  g_autofree double *out = g_new0 (double, ends->n);
  if (background->type->plan (&background->settings, names->len, ends->n, ends->energy, &plan) != NULL)
    return;
  background->type->apply (plan, ends->signal, out);
  background->type->plan_free (plan);
  const double rise = ends->y_high - ends->y_low, end = out[ends->n - 1];
  for (guint i = 0; end != 0 && i < names->len; i++)
    put (model, g_ptr_array_index (names, i), rise / end);
}

void
xps_edit_start_backgrounds (XpsModel *model, const XpsModelPart *part, const XpsEditEnds *ends)
{
  gboolean active = FALSE;
  for (guint b = 0; b < part->backgrounds->len; b++) {
    const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
    if (background->type->kind != XPS_BACKGROUND_ACTIVE)
      continue;
    if (!active)
      start_active (model, background, ends);
    active = TRUE;
  }
  for (guint b = 0; b < part->backgrounds->len; b++) {
    const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
    if (background->type->kind == XPS_BACKGROUND_ANALYTIC && background->roles[0]->len > 0)
      start_analytic (model, background, ends, active);
  }
}
