/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/series.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"

G_DEFINE_QUARK (xps - series - error - quark, xps_series_error)

static void
data_unref (gpointer data)
{
  if (data != NULL)
    xps_fit_data_unref (data);
}

static void
step_free (XpsStep *step)
{
  g_free (step->name);
  g_free (step->exclusion);
  g_ptr_array_unref (step->data);
  g_free (step);
}

XpsSeries *
xps_series_new (gsize n_parts)
{
  XpsSeries *self = g_new0 (XpsSeries, 1);
  self->n_parts = n_parts;
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)step_free);
  self->clocks = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_clock_free);
  XpsClock *number = xps_clock_new (XPS_CLOCK_NUMBER, NULL, NULL, 0, NULL);
  number->source = g_strdup ("order of the steps");
  g_ptr_array_add (self->clocks, number);
  return self;
}

void
xps_series_free (XpsSeries *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->clocks);
  g_free (self);
}

gsize
xps_series_get_n (const XpsSeries *self)
{
  return self->steps->len;
}

const XpsStep *
xps_series_get_step (const XpsSeries *self, gsize i)
{
  return g_ptr_array_index (self->steps, i);
}

const XpsClock *
xps_series_get_axis (const XpsSeries *self)
{
  return g_ptr_array_index (self->clocks, self->axis);
}

const XpsClock *
xps_series_find_clock (const XpsSeries *self, XpsClockKind kind)
{
  for (guint i = 0; i < self->clocks->len; i++) {
    const XpsClock *clock = g_ptr_array_index (self->clocks, i);
    if (clock->kind == kind)
      return clock;
  }
  return NULL;
}

int
xps_series_find_clock_by_name (const XpsSeries *self, const char *name)
{
  for (guint i = 0; i < self->clocks->len; i++)
    if (g_ascii_strcasecmp (((XpsClock *)g_ptr_array_index (self->clocks, i))->name, name) == 0)
      return (int)i;
  for (guint i = 0; i < self->clocks->len; i++) {
    const XpsClock *clock = g_ptr_array_index (self->clocks, i);
    if (g_ascii_strcasecmp (xps_clock_kind_to_text (clock->kind), name) == 0)
      return (int)i;
  }
  return -1;
}

static void
extend_clock (XpsClock *clock, double value)
{
  clock->values = g_renew (double, clock->values, clock->n + 1);
  clock->values[clock->n++] = value;
}

void
xps_series_add_step (XpsSeries *self, const char *name, XpsFitData *const *data)
{
  XpsStep *step = g_new0 (XpsStep, 1);
  step->name = g_strdup (name);
  step->n_averaged = 1;
  step->data = g_ptr_array_new_with_free_func (data_unref);
  for (gsize i = 0; i < self->n_parts; i++)
    g_ptr_array_add (step->data, data[i] != NULL ? xps_fit_data_ref (data[i]) : NULL);
  g_ptr_array_add (self->steps, step);
  for (guint i = 0; i < self->clocks->len; i++)
    extend_clock (g_ptr_array_index (self->clocks, i), i == 0 ? (double)self->steps->len : NAN);
}

XpsSeries *
xps_series_copy (const XpsSeries *self)
{
  XpsSeries *copy = xps_series_new (self->n_parts);
  for (guint i = 0; i < self->steps->len; i++) {
    const XpsStep *step = xps_series_get_step (self, i);
    xps_series_add_step (copy, step->name, (XpsFitData *const *)step->data->pdata);
    XpsStep *made = g_ptr_array_index (copy->steps, i);
    made->exclusion = g_strdup (step->exclusion);
    made->n_averaged = step->n_averaged;
  }
  g_ptr_array_set_size (copy->clocks, 0);
  for (guint i = 0; i < self->clocks->len; i++)
    g_ptr_array_add (copy->clocks, xps_clock_copy (g_ptr_array_index (self->clocks, i)));
  copy->axis = self->axis;
  return copy;
}

gboolean
xps_series_take_clock (XpsSeries *self, XpsClock *clock, GError **error)
{
  if (clock->n != self->steps->len) {
    g_autofree char *what =
        g_strdup_printf ("has %" G_GSIZE_FORMAT " values for %u steps", clock->n, self->steps->len);
    xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK, clock->name, NULL, what,
                   N_ ("give one for each step"));
    xps_clock_free (clock);
    return FALSE;
  }
  for (guint i = 1; i < self->clocks->len; i++) {
    XpsClock *old = g_ptr_array_index (self->clocks, i);
    if (g_ascii_strcasecmp (old->name, clock->name) == 0) {
      xps_clock_free (old);
      self->clocks->pdata[i] = clock;
      return TRUE;
    }
  }
  g_ptr_array_add (self->clocks, clock);
  return TRUE;
}

gboolean
xps_series_set_axis (XpsSeries *self, const char *name, GError **error)
{
  const int i = xps_series_find_clock_by_name (self, name);
  if (i >= 0) {
    self->axis = (gsize)i;
    return TRUE;
  }
  GString *names = g_string_new ("take one of: ");
  for (guint k = 0; k < self->clocks->len; k++)
    g_string_append_printf (names, "%s%s", k > 0 ? ", " : "",
                            ((XpsClock *)g_ptr_array_index (self->clocks, k))->name);
  g_string_append (names, "; or give the values in a file");
  g_autofree char *remedy = g_string_free (names, FALSE);
  g_autofree char *what = g_strdup_printf (_ ("the steps have no clock \"%s\""), name);
  return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK, NULL, NULL, what, remedy);
}

static gboolean
is_known (const XpsClock *clock)
{
  gsize known = 0;
  for (gsize j = 0; j < clock->n; j++)
    known += isfinite (clock->values[j]) ? 1 : 0;
  return 2 * known > clock->n;
}

/* 0: none. Those that only count come last: they say what the order says. */
static gsize
find_axis (const XpsSeries *self, gboolean counting)
{
  static const XpsClockKind order[] = {XPS_CLOCK_POTENTIAL, XPS_CLOCK_TEMPERATURE, XPS_CLOCK_DEPTH,
                                       XPS_CLOCK_ANGLE,     XPS_CLOCK_DOSE,        XPS_CLOCK_CAPACITY,
                                       XPS_CLOCK_TIME,      XPS_CLOCK_OTHER,       XPS_CLOCK_CYCLE};
  for (guint k = 0; k < G_N_ELEMENTS (order); k++)
    for (guint i = 1; i < self->clocks->len; i++) {
      const XpsClock *clock = g_ptr_array_index (self->clocks, i);
      if (clock->kind == order[k] && is_known (clock) && !xps_clock_is_bookkeeping (clock) &&
          xps_clock_only_counts (clock) == counting)
        return i;
    }
  return 0;
}

void
xps_series_choose_axis (XpsSeries *self)
{
  const gsize telling = find_axis (self, FALSE);
  self->axis = telling > 0 ? telling : find_axis (self, TRUE);
}

void
xps_series_exclude (XpsSeries *self, gsize step, const char *reason)
{
  XpsStep *s = g_ptr_array_index (self->steps, step);
  g_autofree char *copy = g_strdup (reason);
  g_free (s->exclusion);
  s->exclusion = g_steal_pointer (&copy);
}

static const XpsSpectrum *
spectrum_of (const XpsStep *step, gsize part)
{
  const XpsFitData *data = g_ptr_array_index (step->data, (guint)part);
  return data != NULL ? data->spectrum : NULL;
}

gboolean
xps_series_keeps_steps (const XpsSeries *self, const XpsSeries *next)
{
  if (self->n_parts != next->n_parts || self->steps->len > next->steps->len)
    return FALSE;
  for (gsize i = 0; i < self->steps->len; i++)
    for (gsize k = 0; k < self->n_parts; k++)
      if (spectrum_of (xps_series_get_step (self, i), k) != spectrum_of (xps_series_get_step (next, i), k))
        return FALSE;
  return TRUE;
}
