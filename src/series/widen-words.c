/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"
#include "series/widen.h"

/* In words, so that nobody looks for a species behind it. */
char *
xps_series_dup_widening (const XpsSeriesRun *run, const XpsSeries *series)
{
  const XpsSharedValue *widening = NULL;
  g_autofree char *rate = xps_clock_dup_slope_unit (xps_series_get_axis (series));
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < run->shared->len; i++) {
    const XpsSharedValue *value = g_ptr_array_index (run->shared, i);
    widening = strcmp (value->name, "widening") == 0 ? value : widening;
  }
  for (guint i = 0; i < run->plan->rules->len; i++) {
    const XpsSeriesRule *rule = g_ptr_array_index (run->plan->rules, i);
    if (rule->across != XPS_ACROSS_WIDENING)
      continue;
    g_string_append (names, names->len > 0 ? ", " : "");
    g_string_append (names, rule->parameter);
  }
  if (widening == NULL)
    return NULL;
  if (!(widening->quantity.value > 0))
    return xps_text_printf (_ ("widths (%s) do not grow along the axis"), names->str);
  return xps_text_printf (
      _ ("widths (%s) grow along the axis: a Gaussian of %.3f \302\261 %.3f %s is added in "
         "quadrature, taken as a potential that is not the same everywhere and not as a "
         "new species"),
      names->str, widening->quantity.value, widening->quantity.error, rate);
}
