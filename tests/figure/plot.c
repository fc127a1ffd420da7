/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shown.h"

/* The plot of one spectrum: every number in it is read back from the scene. */

static double
shown_y (const XpsPlotLayout *layout, double intensity)
{
  const double shown = layout->intensity_factor * intensity - layout->intensity_offset;
  return layout->log ? log10 (shown) : shown;
}

/* The points drawn, mapped back through the layout, are the measured ones, on every axis. Markers are drawn
 * in the order of the preview: the faint ones on each side of the window, then those inside. The scene holds
 * coordinates as they are, so only the rounding of two linear maps remains. */
static void
assert_points_map_back (const XpsPreview *preview, const XpsPlotView *view)
{
  XpsPlotLayout layout;
  g_autoptr (XpsScene) scene = shown_scene (preview, view, &layout);
  gsize seen = 0;
  for (guint k = 0; k < 5; k++) {
    const XpsItem *item = shown_find_item (scene, XPS_ITEM_MARKERS, XPS_INK_FOREGROUND, k);
    if (item == NULL)
      break;
    for (gsize i = 0; i < item->n; i++) {
      const XpsPoint at = item->points[i];
      const XpsRect rect = layout.main.rect;
      if (isnan (at.y) || at.y > rect.y + rect.height || at.y < rect.y)
        continue; /* residuals, key */
      const double x = xps_axis_unmap (&layout.main.x, at.x), y = xps_axis_unmap (&layout.main.y, at.y);
      const double energy = layout.kinetic ? layout.energy_sum - x : x;
      const double place = (energy - preview->energy[0]) / SHOWN_STEP;
      const gsize index = (gsize)lround (place);
      g_assert_cmpuint (index, <, preview->n);
      test_assert_close (energy, preview->energy[index], 1e-9);
      test_assert_close (y, shown_y (&layout, preview->intensity[index]), 1e-9 * (fabs (y) + 1.0));
      seen++;
    }
  }
  g_assert_cmpuint (seen, >=, SHOWN_POINTS - 2);
}

static void
test_map_back (void)
{
  g_autoptr (XpsPreview) preview = shown_preview ();
  for (int kinetic = 0; kinetic < 2; kinetic++)
    for (int log = 0; log < 2; log++)
      for (int normalise = XPS_NORMALISE_NONE; normalise <= XPS_NORMALISE_AREA; normalise++) {
        XpsPlotView view;
        xps_plot_view_init (&view);
        view.kinetic = kinetic == 1;
        view.log = log == 1;
        view.per_second = normalise == XPS_NORMALISE_NONE;
        view.normalise = (XpsNormalise)normalise;
        assert_points_map_back (preview, &view);
      }
}

static void
test_directions (void)
{
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  {
    g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
    g_assert_true (layout.main.x.reversed);
    g_assert_false (layout.kinetic);
    g_assert_nonnull (shown_text (scene, "Binding energy (eV)"));
    g_assert_nonnull (shown_text (scene, "Intensity (counts)"));
  }
  view.kinetic = TRUE;
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  g_assert_false (layout.main.x.reversed);
  g_assert_true (layout.kinetic);
  test_assert_close (layout.energy_sum, SHOWN_PHOTON, 0.0);
  g_assert_nonnull (shown_text (scene, "Kinetic energy (eV)"));
}

/* A charge reference moves binding energies, not kinetic ones. */
static void
test_shift (void)
{
  g_autoptr (XpsSpectrum) spectrum = shown_spectrum (XPS_AXIS_KINETIC, XPS_INTENSITY_COUNTS, 1.0, 0.0);
  g_autoptr (XpsModel) model = xps_model_new ();
  shown_part (model)->energy_shift = -0.75;
  g_autoptr (XpsPreview) preview = shown_preview_of (spectrum, model);
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  view.kinetic = TRUE;
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  g_assert_true (layout.kinetic);
  test_assert_close (layout.energy_sum - preview->energy[0], xps_spectrum_get_energy (spectrum)[0], 1e-9);
}

/* Wishes that cannot be met are left out: no photon energy, no live time, nothing positive. */
static void
test_unknown (void)
{
  g_autoptr (XpsSpectrum) spectrum = shown_spectrum (XPS_AXIS_BINDING, XPS_INTENSITY_UNKNOWN, -1.0, 0.0);
  g_autoptr (XpsModel) model = xps_model_new ();
  const XpsEnergyScale scale = {NAN, 0.0, 0.0};
  g_autoptr (XpsPreview) preview = xps_preview_new (spectrum, &scale, model, 0, XPS_WEIGHTS_COUNTS);
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  view.kinetic = view.per_second = view.log = TRUE;
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  g_assert_false (layout.kinetic);
  g_assert_false (layout.per_second);
  g_assert_false (layout.log);
  g_assert_true (isnan (layout.energy_sum));
  g_assert_nonnull (shown_text (scene, "Intensity (arb. units)"));
}

/* A kinetic axis without photon energy is shown as it is stored, without window. */
static void
test_stored_axis (void)
{
  g_autoptr (XpsSpectrum) spectrum = shown_spectrum (XPS_AXIS_KINETIC, XPS_INTENSITY_COUNTS, 1.0, 0.0);
  g_autoptr (XpsModel) model = xps_model_new ();
  const XpsEnergyScale scale = {NAN, 0.0, 0.0};
  g_autoptr (XpsPreview) preview = xps_preview_new (spectrum, &scale, model, 0, XPS_WEIGHTS_COUNTS);
  XpsPlotView view;
  XpsPlotLayout layout;
  XpsRect bounds;
  xps_plot_view_init (&view);
  g_assert_false (preview->has_binding);
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  g_assert_false (layout.kinetic);
  g_assert_false (layout.main.x.reversed);
  g_assert_nonnull (shown_text (scene, "Kinetic energy (eV)"));
  g_assert_false (xps_scene_get_hit_bounds (scene, "window-low", &bounds));
  test_assert_close (layout.main.x.low, SHOWN_PHOTON - SHOWN_FIRST - 14.0, 0.5);
}

static void
test_per_second (void)
{
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  view.per_second = TRUE;
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  g_assert_true (layout.per_second);
  test_assert_close (layout.intensity_factor, 1.0 / (SHOWN_DWELL * SHOWN_SCANS), 1e-15);
  g_assert_nonnull (shown_text (scene, "Intensity (counts/s)"));
}

/* Maximum 1 and minimum 0, or mean 1, of what lies in the shown energies: summed here by the trapezoid rule
 * over the points inside. */
static void
test_normalise (void)
{
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  view.x_low = 159.0;
  view.x_high = 163.0;
  for (int kind = XPS_NORMALISE_MAXIMUM; kind <= XPS_NORMALISE_AREA; kind++) {
    double least = INFINITY, most = -INFINITY, sum = 0.0, length = 0.0, before = NAN;
    view.normalise = (XpsNormalise)kind;
    g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
    for (gsize i = 0; i < preview->n; i++) {
      if (preview->energy[i] < view.x_low || preview->energy[i] > view.x_high)
        continue;
      const double shown = layout.intensity_factor * preview->intensity[i] - layout.intensity_offset;
      least = fmin (least, shown);
      most = fmax (most, shown);
      sum += isnan (before) ? 0.0 : 0.5 * (shown + before) * SHOWN_STEP;
      length += isnan (before) ? 0.0 : SHOWN_STEP;
      before = shown;
    }
    test_assert_close (kind == XPS_NORMALISE_MAXIMUM ? most - least : sum / length, 1.0, 1e-12);
    if (kind == XPS_NORMALISE_MAXIMUM)
      test_assert_close (least, 0.0, 1e-12);
    g_assert_nonnull (shown_text (scene, "Intensity (normalised)"));
  }
}

/* What is not positive is a gap in the log plot, and the plot says how much of it there is. */
static void
test_log_gaps (void)
{
  g_autoptr (XpsSpectrum) spectrum = shown_spectrum (XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS, 1.0, 0.0);
  g_autoptr (XpsModel) model = xps_model_new ();
  g_autoptr (XpsPreview) preview = shown_preview_of (spectrum, model);
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  view.log = TRUE;
  preview->intensity[10] = 0.0;
  preview->intensity[11] = -3.0;
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  const XpsItem *data = shown_item (scene, XPS_ITEM_MARKERS, XPS_INK_FOREGROUND, 0);
  guint gaps = 0;
  for (gsize i = 0; i < data->n; i++)
    gaps += isnan (data->points[i].x);
  g_assert_cmpuint (gaps, ==, 2);
  g_assert_true (layout.log);
  g_assert_nonnull (shown_text (scene, "2 values \xe2\x89\xa4 0 not shown"));
  const XpsText *thousand = shown_text (scene, "1000");
  if (thousand == NULL)
    g_error ("no label 1000");
  test_assert_close (xps_axis_unmap (&layout.main.y, thousand->at.y - 0.5 * 0.73 * 0.875 * 13.0), 3.0, 1e-9);
}

/* ---- what is drawn ---- */

static void
test_hits (void)
{
  static const char *const ids[] = {"main",           "residual",       "background",  "envelope",
                                    "data",           "window-low",     "window-high", "component:main",
                                    "component:side", "component:other"};
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view;
  XpsPlotLayout layout;
  XpsRect bounds;
  xps_plot_view_init (&view);
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_true (xps_scene_get_hit_bounds (scene, ids[i], &bounds));
  g_assert_true (xps_scene_get_hit_bounds (scene, "window-low", &bounds));
  test_assert_close (xps_axis_unmap (&layout.main.x, bounds.x), SHOWN_LOW, 1e-9);
  test_assert_close (bounds.height, layout.main.rect.height, 1e-9);
  g_assert_true (xps_scene_get_hit_bounds (scene, "window-high", &bounds));
  test_assert_close (xps_axis_unmap (&layout.main.x, bounds.x), SHOWN_HIGH, 1e-9);
  /* Halfway up inside each component, far from its outline. */
  static const double places[][2] = {{161.6, 2500.0}, {162.78, 1000.0}};
  static const char *const found[] = {"component:main", "component:side"};
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    const XpsPoint at = xps_panel_map (&layout.main, places[i][0], places[i][1]);
    g_assert_cmpstr (xps_scene_find_nearest (scene, "component:", at.x, at.y, 3.0), ==, found[i]);
  }
}

/* A small component on the flank of a large one lies above it. */
static void
test_small_above_large (void)
{
  g_autoptr (XpsSpectrum) spectrum = shown_spectrum (XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS, 1.0, 0.0);
  g_autoptr (XpsModel) model = shown_model (TRUE);
  xps_model_get_parameter (model, "other.center")->value = 161.7;
  xps_model_get_parameter (model, "other.center")->min = 160.0;
  xps_model_get_parameter (model, "other.area")->value = 300.0;
  g_autoptr (XpsPreview) preview = shown_preview_of (spectrum, model);
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  const XpsPoint at = xps_panel_map (&layout.main, 161.7, 600.0);
  g_assert_cmpstr (xps_scene_find_nearest (scene, "component:", at.x, at.y, 0.5), ==, "component:other");
}

/* The model ends where its window ends; data outside are there, fainter. */
static void
test_window (void)
{
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  const double high = xps_axis_map (&layout.main.x, SHOWN_HIGH) - 1e-6;
  const double low = xps_axis_map (&layout.main.x, SHOWN_LOW) + 1e-6;
  const XpsInkRole roles[] = {XPS_INK_ACCENT, XPS_INK_SERIES, XPS_INK_SERIES, XPS_INK_SERIES};
  const guint numbers[] = {1, 0, 1, 2}; /* the first accent line is the key's */
  for (gsize r = 0; r < G_N_ELEMENTS (roles); r++) {
    const XpsItem *item = shown_item (scene, XPS_ITEM_POLYLINE, roles[r], numbers[r]);
    for (gsize i = 0; i < item->n; i++)
      g_assert_true (isnan (item->points[i].x) || (item->points[i].x >= high && item->points[i].x <= low));
  }
  /* Key, below the window, above it, inside it. */
  const double inside = shown_item (scene, XPS_ITEM_MARKERS, XPS_INK_FOREGROUND, 3)->stroke.ink.opacity;
  const XpsItem *below = shown_item (scene, XPS_ITEM_MARKERS, XPS_INK_FOREGROUND, 1);
  test_assert_close (inside, 0.7, 0.0);
  g_assert_cmpfloat (below->stroke.ink.opacity, <, 0.5);
  for (gsize i = 0; i < below->n; i++)
    g_assert_cmpfloat (below->points[i].x, >, low);
}

/* Widths and shades as the window's page has them; the selected one, with the other line of its doublet,
 * stronger. */
static void
test_looks (void)
{
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view;
  XpsPlotLayout layout;
  XpsFigureStyle style;
  xps_plot_view_init (&view);
  xps_plot_style_init (&style, 860.0, 560.0, 13.0);
  view.selected = "side";
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  const XpsItem *lines[3], *envelope = shown_item (scene, XPS_ITEM_POLYLINE, XPS_INK_ACCENT, 1);
  const XpsItem *background = shown_item (scene, XPS_ITEM_POLYLINE, XPS_INK_MUTED, 1);
  for (guint k = 0; k < 3; k++)
    lines[k] = shown_item (scene, XPS_ITEM_POLYLINE, XPS_INK_SERIES, k);
  test_assert_close (envelope->stroke.width, 1.8, 0.0);
  g_assert_cmpint (background->stroke.dash, ==, XPS_DASH_DASHED);
  test_assert_close (lines[2]->stroke.width, 1.4, 0.0);
  g_assert_cmpfloat (lines[0]->stroke.width, >, 2.0);
  g_assert_cmpfloat (lines[1]->stroke.width, >, 2.0);
  g_assert_cmpuint (lines[0]->stroke.ink.series, ==, lines[1]->stroke.ink.series);
  g_assert_cmpuint (lines[0]->stroke.ink.series, !=, lines[2]->stroke.ink.series);
  g_assert_cmpfloat (lines[1]->stroke.ink.tint, >, lines[0]->stroke.ink.tint);
  test_assert_close (shown_item (scene, XPS_ITEM_AREA, XPS_N_INKS, 2)->fill.opacity, 0.25, 0.0);
  for (guint k = 0; k < 3; k++) {
    const XpsStroke stroke = xps_plot_get_component_stroke (preview, k, &style);
    g_assert_cmpuint (stroke.ink.series, ==, lines[k]->stroke.ink.series);
    test_assert_close (stroke.ink.tint, lines[k]->stroke.ink.tint, 0.0);
    g_assert_cmpint (stroke.dash, ==, lines[k]->stroke.dash);
  }
}

/* One fifth of the height, the same energies, residuals in standard deviations. */
static void
test_residuals (void)
{
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  {
    g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
    g_assert_true (layout.has_residual);
    const double both = layout.residual.rect.y + layout.residual.rect.height - layout.main.rect.y;
    test_assert_close (layout.residual.rect.height / both, 0.2, 1e-9);
    test_assert_close (layout.residual.x.low, layout.main.x.low, 0.0);
    test_assert_close (layout.residual.x.start, layout.main.x.start, 0.0);
    const XpsItem *item = shown_item (scene, XPS_ITEM_MARKERS, XPS_INK_FOREGROUND, 4);
    for (gsize i = 0; i < item->n; i++) {
      const gsize k =
          (gsize)lround ((xps_axis_unmap (&layout.residual.x, item->points[i].x) - SHOWN_FIRST) / SHOWN_STEP);
      const double residual = (preview->intensity[k] - preview->envelope[k]) / preview->sigma[k];
      if (isfinite (item->points[i].x))
        test_assert_close (xps_axis_unmap (&layout.residual.y, item->points[i].y), residual,
                           1e-9 * (1.0 + fabs (residual)));
    }
  }
  view.residuals = FALSE;
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  g_assert_false (layout.has_residual);
}

/* The sentence is the window's to show; what there is of a model is drawn. */
static void
test_background_alone (void)
{
  g_autoptr (XpsSpectrum) spectrum = shown_spectrum (XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS, 1.0, 0.0);
  g_autoptr (XpsModel) model = shown_model (FALSE);
  g_autoptr (XpsPreview) preview = shown_preview_of (spectrum, model);
  XpsPlotView view;
  XpsPlotLayout layout;
  XpsRect bounds;
  xps_plot_view_init (&view);
  g_assert_nonnull (preview->background);
  preview->message = g_strdup ("a sentence");
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  g_assert_true (xps_scene_get_hit_bounds (scene, "background", &bounds));
  g_assert_false (xps_scene_get_hit_bounds (scene, "envelope", &bounds));
  g_assert_false (layout.has_residual);
  g_assert_null (shown_text (scene, "a sentence"));
  g_assert_nonnull (shown_text (scene, "background"));
  g_assert_null (shown_text (scene, "fit"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/map-back", test_map_back);
  g_test_add_func ("/plot/directions", test_directions);
  g_test_add_func ("/plot/shift", test_shift);
  g_test_add_func ("/plot/unknown", test_unknown);
  g_test_add_func ("/plot/stored-axis", test_stored_axis);
  g_test_add_func ("/plot/per-second", test_per_second);
  g_test_add_func ("/plot/normalise", test_normalise);
  g_test_add_func ("/plot/log-gaps", test_log_gaps);
  g_test_add_func ("/plot/hits", test_hits);
  g_test_add_func ("/plot/small-above-large", test_small_above_large);
  g_test_add_func ("/plot/window", test_window);
  g_test_add_func ("/plot/looks", test_looks);
  g_test_add_func ("/plot/residuals", test_residuals);
  g_test_add_func ("/plot/background-alone", test_background_alone);
  return g_test_run ();
}
