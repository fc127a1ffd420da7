/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plot.h"

#include <math.h>

#define MARGIN 2.0
#define WIDTH  1.0

static gboolean
find_range (gsize n, const double *values, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < n; i++) {
    if (!isfinite (values[i]))
      continue;
    *low = MIN (*low, values[i]);
    *high = MAX (*high, values[i]);
  }
  return *low <= *high;
}

XpsScene *
xps_plot_build_thumbnail (const XpsSpectrum *spectrum, double width, double height)
{
  g_return_val_if_fail (spectrum != NULL, NULL);
  XpsSceneBuilder *builder = xps_scene_builder_new (width, height);
  const gsize n = xps_spectrum_get_n (spectrum);
  const double *energy = xps_spectrum_get_energy (spectrum),
               *intensity = xps_spectrum_get_intensity (spectrum);
  double x_low, x_high, y_low, y_high;
  if (find_range (n, energy, &x_low, &x_high) && find_range (n, intensity, &y_low, &y_high)) {
    XpsPanel panel;
    /* The side to which the tree's other previews and the plot turn, whatever the file's axis. */
    const gboolean reversed = xps_spectrum_get_axis (spectrum) == XPS_AXIS_BINDING;
    const XpsRect rect = {MARGIN, MARGIN, fmax (width - 2.0 * MARGIN, 1.0),
                          fmax (height - 2.0 * MARGIN, 1.0)};
    xps_panel_init (&panel, rect, x_low, x_high, reversed, y_low, y_high);
    panel.column = 1.0;
    xps_panel_add_curve (builder, &panel, n, energy, intensity,
                         (XpsStroke){.ink = xps_ink (XPS_INK_FOREGROUND), .width = WIDTH});
  }
  return xps_scene_builder_end (builder);
}
