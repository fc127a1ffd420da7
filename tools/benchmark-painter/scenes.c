/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenes.h"

#include <math.h>

#include "numerics/random.h"
#include "scene/panel.h"

#define COLUMN 1.0 /* a pixel at scale 1 */

static double
gauss (double x, double centre, double width)
{
  const double u = (x - centre) / width;
  return exp (-u * u);
}

/* A C 1s region of 10^4 counts, from -1 to 1. */
static double
counts (double x, XpsRandom *random)
{
  const double mean =
      1500.0 + 8500.0 * gauss (x, -0.2, 0.08) + 2500.0 * gauss (x, 0.0, 0.1) + 1500.0 * gauss (x, 0.4, 0.09);
  return xps_random_poisson (random, mean);
}

static XpsPanel
make_panel (double y_high)
{
  XpsPanel panel;
  xps_panel_init (&panel, (XpsRect){40.0, 10.0, BENCH_WIDTH - 50.0, BENCH_HEIGHT - 50.0}, -1.0, 1.0, TRUE,
                  0.0, y_high);
  panel.column = COLUMN;
  return panel;
}

static void
add_curve (XpsSceneBuilder *builder, const XpsPanel *panel, gsize n, const double *x, const double *y,
           XpsStroke stroke, gboolean thinned)
{
  if (thinned) {
    xps_panel_add_curve (builder, panel, n, x, y, stroke);
    return;
  }
  g_autofree XpsPoint *points = g_new (XpsPoint, n);
  for (gsize i = 0; i < n; i++)
    points[i] = xps_panel_map (panel, x[i], y[i]);
  xps_scene_add_polyline (builder, n, points, stroke);
}

XpsScene *
bench_scene_fit (gsize n, gboolean thinned)
{
  static const double centres[] = {-0.2, 0.0, 0.4, 0.6}, heights[] = {8500.0, 2500.0, 1500.0, 600.0};
  const XpsPanel panel = make_panel (11000.0);
  XpsSceneBuilder *builder = xps_scene_builder_new (BENCH_WIDTH, BENCH_HEIGHT);
  XpsRandom random;
  g_autofree double *x = g_new (double, n), *y = g_new (double, n), *sum = g_new (double, n),
                    *base = g_new (double, n);
  xps_random_init (&random, 1);
  for (gsize i = 0; i < n; i++) {
    x[i] = 2.0 * (double)i / (double)(n - 1) - 1.0;
    sum[i] = base[i] = 1500.0;
  }
  xps_scene_push_clip (builder, panel.rect);
  for (guint c = 0; c < G_N_ELEMENTS (centres); c++) {
    for (gsize i = 0; i < n; i++) {
      y[i] = 1500.0 + heights[c] * gauss (x[i], centres[c], 0.09);
      sum[i] += y[i] - 1500.0;
    }
    if (c < 3)
      xps_panel_add_fill (builder, &panel, n, x, y, base, xps_ink_fade (xps_ink_series (c), 0.3));
    add_curve (builder, &panel, n, x, y, (XpsStroke){.ink = xps_ink_series (c), .width = 1.0}, thinned);
  }
  add_curve (builder, &panel, n, x, sum, (XpsStroke){.ink = xps_ink (XPS_INK_ACCENT), .width = 1.5}, thinned);
  for (gsize i = 0; i < n; i++)
    y[i] = counts (x[i], &random);
  add_curve (builder, &panel, n, x, y,
             (XpsStroke){.ink = xps_ink_fade (xps_ink (XPS_INK_FOREGROUND), 0.7), .width = 1.0}, thinned);
  xps_scene_pop_clip (builder);
  xps_panel_add_frame (builder, &panel, &(XpsAxisStyle){.line = 1.0, .tick = 4.0});
  return xps_scene_builder_end (builder);
}

XpsScene *
bench_scene_stack (gsize curves, gsize n, gboolean thinned)
{
  const XpsPanel panel = make_panel (11000.0 + 200.0 * (double)curves);
  XpsSceneBuilder *builder = xps_scene_builder_new (BENCH_WIDTH, BENCH_HEIGHT);
  XpsRandom random;
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);
  xps_random_init (&random, 1);
  xps_scene_push_clip (builder, panel.rect);
  for (gsize c = 0; c < curves; c++) {
    for (gsize i = 0; i < n; i++) {
      x[i] = 2.0 * (double)i / (double)(n - 1) - 1.0;
      y[i] = 200.0 * (double)c + counts (x[i], &random);
    }
    add_curve (builder, &panel, n, x, y, (XpsStroke){.ink = xps_ink_series ((guint)c), .width = 1.0},
               thinned);
  }
  xps_scene_pop_clip (builder);
  return xps_scene_builder_end (builder);
}

XpsScene *
bench_scene_heat (gsize curves, gsize n)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (BENCH_WIDTH, BENCH_HEIGHT);
  XpsRandom random;
  g_autofree float *values = g_new (float, curves *n);
  xps_random_init (&random, 1);
  for (gsize i = 0; i < curves * n; i++)
    values[i] = (float)counts (2.0 * (double)(i % n) / (double)(n - 1) - 1.0, &random);
  const XpsImage image = {.rect = {40.0, 10.0, BENCH_WIDTH - 50.0, BENCH_HEIGHT - 50.0},
                          .columns = n,
                          .rows = curves,
                          .values = values,
                          .low = 1000.0,
                          .high = 11000.0,
                          .table = XPS_COLOUR_TABLE_VIRIDIS};
  xps_scene_add_image (builder, &image);
  return xps_scene_builder_end (builder);
}
