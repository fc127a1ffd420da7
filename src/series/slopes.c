/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "series/run-private.h"
#include "series/trend.h"

/* How lines move with the axis: a slope for every set of lines that hang on one position. */

/* Ohmic and space-charge drops take part of what is applied, so the electrolyte need not reach 1 eV/V. */
#define RESTS  0.05 /* eV/V: at the Fermi level of the working electrode */
#define FOLLOW 0.5  /* eV/V */

static const char *
classify (XpsQuantity slope)
{
  const double size = fabs (slope.value), error = isfinite (slope.error) ? slope.error : 0;
  if (!isfinite (size) || error > 0.25)
    return N_ ("unclear");
  if (error < RESTS && (size <= RESTS || size < 3 * error))
    return N_ ("working electrode");
  return size >= FOLLOW && size - 3 * error > RESTS ? N_ ("electrolyte")
         : size > 3 * error                         ? N_ ("between")
                                                    : N_ ("unclear");
}

static gboolean
same_roots (const XpsSeriesMap *map, gsize a, gsize b)
{
  const int x = map->components[a].position, y = map->components[b].position;
  if (x < 0 || y < 0 || map->roots[x]->len != map->roots[y]->len || map->roots[x]->len == 0)
    return FALSE;
  for (guint i = 0; i < map->roots[x]->len; i++) {
    const XpsMapRoot *p = &g_array_index (map->roots[x], XpsMapRoot, i);
    const XpsMapRoot *q = &g_array_index (map->roots[y], XpsMapRoot, i);
    if (p->parameter != q->parameter || p->factor != q->factor)
      return FALSE;
  }
  return TRUE;
}

static XpsFrameSlope *
new_slope (const XpsSeriesMap *map, gsize c)
{
  const XpsComponent *component = map->components[c].component;
  XpsFrameSlope *slope = g_new0 (XpsFrameSlope, 1);
  slope->name = g_strdup (component->phase != NULL ? component->phase : component->name);
  slope->components = g_ptr_array_new_with_free_func (g_free);
  for (gsize k = 0; k < map->n_components; k++)
    if (k == c || same_roots (map, c, k))
      g_ptr_array_add (slope->components, g_strdup (map->components[k].component->name));
  return slope;
}

static gboolean
regress (const XpsSeriesRun *run, const XpsSeries *series, const XpsSeriesMap *map, gsize c, XpsLineFit *line)
{
  const gsize n = run->steps->len, p = (gsize)map->components[c].position;
  g_autofree double *y = g_new (double, n), *error = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    const XpsStepResult *step = g_ptr_array_index (run->steps, i);
    const XpsQuantity area = step->components[map->components[c].leader].area;
    const gboolean there =
        step->fitted && (!isfinite (area.error) || area.value >= run->plan->freeze * area.error);
    y[i] = step->values[p];
    error[i] = there && !step->frozen[p] && area.value > 0 ? step->errors[p] : NAN;
  }
  return xps_line_fit (n, xps_series_get_axis (series)->values, y, error, NULL, line);
}

/* A straight line that does not hold makes its error too small by the root of what is left over (Review of
 * Particle Physics, Introduction 5.2.2). */
static void
add_regression (XpsSeriesRun *run, const XpsSeries *series, const XpsSeriesMap *map, gsize c)
{
  XpsLineFit line;
  if (!regress (run, series, map, c, &line))
    return;
  XpsFrameSlope *slope = new_slope (map, c);
  slope->slope = line.slope;
  slope->scatter = line.dof > 0 ? line.chi2 / line.dof : NAN;
  if (slope->scatter > 1 + 3 * sqrt (2 / line.dof))
    slope->slope.error *= sqrt (slope->scatter);
  g_ptr_array_add (run->frames, slope);
}

static void
name_components (XpsSeriesRun *run, const XpsSeriesMap *map)
{
  for (guint i = 0; i < run->frames->len; i++) {
    XpsFrameSlope *slope = g_ptr_array_index (run->frames, i);
    for (gsize c = 0; c < map->n_components && slope->components->len < map->n_components; c++) {
      const int f = map->components[c].frame;
      const XpsEnergyFrame *frame = f >= 0 ? g_ptr_array_index (run->plan->frames, (guint)f) : NULL;
      if (frame != NULL && strcmp (frame->name, slope->name) == 0)
        g_ptr_array_add (slope->components, g_strdup (map->components[c].component->name));
    }
  }
}

static gboolean
is_first_of_its_position (const XpsSeriesMap *map, gsize c)
{
  for (gsize k = 0; k < c; k++)
    if (same_roots (map, k, c))
      return FALSE;
  return map->components[c].position >= 0 && map->components[c].frame < 0;
}

void
xps_series_run_find_slopes (XpsSeriesRun *run, const XpsSeries *series, const XpsSeriesMap *map)
{
  name_components (run, map);
  for (gsize c = 0; c < map->n_components; c++)
    if (is_first_of_its_position (map, c))
      add_regression (run, series, map, c);
  for (guint i = 0; i < run->frames->len; i++) {
    XpsFrameSlope *slope = g_ptr_array_index (run->frames, i);
    const XpsClock *axis = xps_series_get_axis (series);
    const double volt = g_strcmp0 (axis->unit, "mV") == 0 ? 1000 : 1;
    const XpsQuantity by_volt = {volt * slope->slope.value, volt * slope->slope.error};
    slope->class_ = axis->kind == XPS_CLOCK_POTENTIAL ? classify (by_volt) : NULL;
  }
}
