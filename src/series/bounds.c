/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/bounds.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/text.h"
#include "series/map.h"

#define LEAST      2
#define LEAST_PART 0.1

/* Zero is where an area ends that is not there. */
static gboolean
is_area (const XpsSeriesMap *map, guint parameter)
{
  for (gsize c = 0; c < map->n_components; c++)
    if (map->components[c].area == (int)parameter)
      return TRUE;
  return FALSE;
}

/* -1 at the lower, 1 at the upper bound. What is shared is "linked" in each step, but has the bound's value.
 */
static int
find_side (const XpsStepResult *step, const XpsParameter *parameter, guint p)
{
  if (step->status[p] == XPS_STATUS_AT_MIN || step->status[p] == XPS_STATUS_AT_MAX)
    return step->status[p] == XPS_STATUS_AT_MIN ? -1 : 1;
  if (step->status[p] != XPS_STATUS_LINKED || isfinite (step->errors[p]) ||
      !(parameter->min < parameter->max))
    return 0;
  return step->values[p] == parameter->min ? -1 : step->values[p] == parameter->max ? 1 : 0;
}

static XpsBoundCount
count_steps (const XpsSeriesRun *run, const XpsSeriesMap *map, guint p)
{
  const XpsParameter *parameter = g_ptr_array_index (run->model->parameters, p);
  XpsBoundCount count = {p, 0, 0, 0, parameter->min, parameter->max};
  const gboolean absent = parameter->min == 0 && is_area (map, p);
  for (guint i = 0; i < run->steps->len; i++) {
    const XpsStepResult *step = xps_series_run_get_step (run, i);
    const int side = step->fitted ? find_side (step, parameter, p) : 0;
    count.n_fitted += step->fitted ? 1 : 0;
    count.n_lower += side < 0 && !absent ? 1 : 0;
    count.n_upper += side > 0 ? 1 : 0;
  }
  return count;
}

GArray *
xps_series_find_bounds (const XpsSeriesRun *run)
{
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (XpsBoundCount));
  g_autoptr (XpsSeriesMap) map = xps_series_map_new (run->model, run->plan, NULL);
  for (guint p = 0; map != NULL && p < run->model->parameters->len; p++) {
    const XpsParameter *parameter = g_ptr_array_index (run->model->parameters, p);
    const XpsBoundCount count = count_steps (run, map, p);
    const guint n = count.n_lower + count.n_upper;
    if (parameter->kind == XPS_PARAMETER_FREE && n >= LEAST && n >= LEAST_PART * count.n_fitted)
      g_array_append_val (counts, count);
  }
  return counts;
}

char *
xps_series_dup_bound_words (const XpsSeriesRun *run, const XpsBoundCount *count)
{
  const XpsParameter *parameter = g_ptr_array_index (run->model->parameters, count->parameter);
  if (count->n_upper == 0)
    return xps_text_printf (g_dngettext (GETTEXT_PACKAGE, "%s: at its lower bound %.6g in %u of %u step",
                                         "%s: at its lower bound %.6g in %u of %u steps", count->n_fitted),
                            parameter->name, count->lower, count->n_lower, count->n_fitted);
  if (count->n_lower == 0)
    return xps_text_printf (g_dngettext (GETTEXT_PACKAGE, "%s: at its upper bound %.6g in %u of %u step",
                                         "%s: at its upper bound %.6g in %u of %u steps", count->n_fitted),
                            parameter->name, count->upper, count->n_upper, count->n_fitted);
  return xps_text_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s: at its bounds %.6g (%u) and %.6g (%u) in %u of %u step",
                   "%s: at its bounds %.6g (%u) and %.6g (%u) in %u of %u steps", count->n_fitted),
      parameter->name, count->lower, count->n_lower, count->upper, count->n_upper,
      count->n_lower + count->n_upper, count->n_fitted);
}

void
xps_series_warn_of_bounds (const XpsSeriesRun *run, GPtrArray *warnings)
{
  g_autoptr (GArray) counts = xps_series_find_bounds (run);
  for (guint k = 0; k < counts->len; k++) {
    const XpsBoundCount *count = &g_array_index (counts, XpsBoundCount, k);
    g_autofree char *words = xps_series_dup_bound_words (run, count);
    g_ptr_array_add (warnings,
                     xps_text_printf (_ ("%s: what came out is the bound, not the measurement; widen "
                                         "it, or change the model"),
                                      words));
  }
}
