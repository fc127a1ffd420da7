/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit.h"

#include "shown.h"

#include "scene/markup.h"

/* What must hold while a person moves about: margins stay, nothing leaves its panel, ticks stay readable. */

static gboolean
rects_equal (XpsRect a, XpsRect b)
{
  return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

/* The panels do not move by a bit, whatever part is shown and however high the peaks are dragged. */
static void
test_margins_stay (void)
{
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view;
  XpsPlotLayout first, layout;
  xps_plot_view_init (&view);
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &first);
  for (double low = 156.0; low < 169.0; low += 0.37)
    for (double width = 0.2; width < 20.0; width *= 3.0) {
      view.x_low = low;
      view.x_high = low + width;
      g_autoptr (XpsScene) moved = shown_scene (preview, &view, &layout);
      g_assert_true (rects_equal (first.main.rect, layout.main.rect));
      g_assert_true (rects_equal (first.residual.rect, layout.residual.rect));
    }
  xps_plot_view_init (&view);
  for (double size = 1e-6; size < 1e12; size *= 3.0) {
    view.y_low = -0.3 * size;
    view.y_high = size;
    g_autoptr (XpsScene) moved = shown_scene (preview, &view, &layout);
    g_assert_true (rects_equal (first.main.rect, layout.main.rect));
  }
  xps_plot_view_init (&view);
  for (double area = 10.0; area < 1e9; area *= 7.0) {
    xps_model_get_parameter (preview->model, "main.area")->value = area;
    g_autoptr (XpsPreview) dragged = shown_preview_of (preview->spectrum, preview->model);
    g_autoptr (XpsScene) moved = shown_scene (dragged, &view, &layout);
    g_assert_true (rects_equal (first.main.rect, layout.main.rect));
  }
}

/* Given limits are kept to the bit. */
static void
test_limits (void)
{
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  view.x_low = 159.123;
  view.x_high = 163.456;
  view.y_low = -12.5;
  view.y_high = 7654.25;
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  g_assert_true (layout.main.x.low == 159.123 && layout.main.x.high == 163.456);
  g_assert_true (layout.main.y.low == -12.5 && layout.main.y.high == 7654.25);
  view.log = TRUE;
  view.y_low = 10.0;
  g_autoptr (XpsScene) logarithmic = shown_scene (preview, &view, &layout);
  test_assert_close (layout.main.y.low, 1.0, 1e-15);
  test_assert_close (layout.main.y.high, log10 (7654.25), 1e-15);
}

/* Everything that is made of data lies within a clip of one of the two panels. */
static void
test_clipped (void)
{
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view;
  XpsPlotLayout layout;
  gsize n = 0;
  xps_plot_view_init (&view);
  view.x_low = 160.0;
  view.x_high = 162.0;
  view.y_low = 1000.0;
  view.y_high = 3000.0;
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  guint clips = 0, seen = 0;
  for (gsize i = 0; i < n; i++) {
    if (items[i]->kind == XPS_ITEM_CLIP) {
      clips++;
      g_assert_true (rects_equal (items[i]->rect, layout.main.rect) ||
                     rects_equal (items[i]->rect, layout.residual.rect));
    }
    clips -= items[i]->kind == XPS_ITEM_UNCLIP;
    if (clips > 0 || items[i]->n < 3)
      continue;
    seen += items[i]->kind == XPS_ITEM_POLYLINE || items[i]->kind == XPS_ITEM_AREA ||
            items[i]->kind == XPS_ITEM_MARKERS;
  }
  g_assert_cmpuint (seen, ==, 0);
}

/* Texts lie on the page: with their widths from the table of scene/markup.h, wider than real fonts. */
static void
assert_on_page (const XpsScene *scene)
{
  gsize n = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++) {
    const XpsText *text = &items[i]->text;
    if (items[i]->kind != XPS_ITEM_TEXT)
      continue;
    const double width = xps_markup_width (text->markup, text->size, text->bold);
    const gboolean turned = text->rotation != 0.0;
    const double from =
        turned ? text->at.y - (1.0 - text->anchor) * width : text->at.x - text->anchor * width;
    g_assert_cmpfloat (from, >=, -0.5);
    g_assert_cmpfloat (from + width, <=,
                       (turned ? xps_scene_get_height (scene) : xps_scene_get_width (scene)) + 0.5);
  }
}

static void
test_on_page (void)
{
  static const double sizes[][2] = {{400.0, 300.0}, {860.0, 560.0}, {1600.0, 1000.0}};
  g_autoptr (GPtrArray) series = shown_series (12, 0.1);
  g_autoptr (XpsPreview) preview = shown_preview ();
  g_ptr_array_insert (series, 0, g_steal_pointer (&preview));
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (int mode = XPS_PLOT_SINGLE; mode <= XPS_PLOT_HEAT; mode++)
      for (int log = 0; log < 2; log++) {
        XpsPlotView view;
        XpsPlotLayout layout;
        xps_plot_view_init (&view);
        view.mode = (XpsPlotMode)mode;
        view.log = log == 1;
        g_autoptr (XpsScene) scene = shown_scene_sized (series, &view, &layout, sizes[s][0], sizes[s][1]);
        assert_on_page (scene);
      }
}

/* 5 to 8 labels on the intensity axis, or as many as fit 1-2-5 steps of given limits (see scene/axis.h). */
static void
test_tick_numbers (void)
{
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  for (double low = 158.0; low < 166.0; low += 0.61) {
    gsize n = 0;
    guint left = 0;
    view.x_low = low;
    view.x_high = low + 2.0;
    g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
    const XpsItem *const *items = xps_scene_get_items (scene, &n);
    const XpsRect rect = layout.main.rect;
    for (gsize i = 0; i < n; i++)
      left += items[i]->kind == XPS_ITEM_TEXT && items[i]->text.anchor == 1.0 &&
              items[i]->text.at.x < rect.x && items[i]->text.at.y < rect.y + rect.height + 8.0;
    g_assert_cmpuint (left, >=, 5);
    g_assert_cmpuint (left, <=, 8);
  }
}

/* Widgets pass through any size; views hold anything that a history or a file may hold. */
static void
test_absurd (void)
{
  static const double numbers[] = {NAN, 0.0, -1e300, 1e300, 161.0, 161.0 + 1e-13, INFINITY, -5.0};
  g_autoptr (GPtrArray) series = shown_series (3, 50.0);
  g_autoptr (XpsPreview) preview = shown_preview ();
  g_ptr_array_insert (series, 0, g_steal_pointer (&preview));
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  for (int i = 0; i < 400; i++) {
    const gsize count = G_N_ELEMENTS (numbers);
    XpsPlotView view;
    XpsPlotLayout layout;
    xps_plot_view_init (&view);
    view.x_low = numbers[g_rand_int_range (random, 0, (int)count)];
    view.x_high = numbers[g_rand_int_range (random, 0, (int)count)];
    view.y_low = numbers[g_rand_int_range (random, 0, (int)count)];
    view.y_high = numbers[g_rand_int_range (random, 0, (int)count)];
    view.mode = (XpsPlotMode)g_rand_int_range (random, 0, 4);
    view.log = g_rand_boolean (random);
    view.kinetic = g_rand_boolean (random);
    view.normalise = (XpsNormalise)g_rand_int_range (random, 0, 3);
    view.current = (gsize)g_rand_int_range (random, 0, 6);
    const double width = exp (g_rand_double_range (random, -1.0, 9.0));
    const double height = exp (g_rand_double_range (random, -1.0, 9.0));
    g_autoptr (XpsScene) scene = shown_scene_sized (series, &view, &layout, width, height);
    g_assert_nonnull (scene);
    g_assert_true (isfinite (layout.main.x.low) && layout.main.x.high > layout.main.x.low);
    g_assert_true (isfinite (layout.main.y.low) && layout.main.y.high > layout.main.y.low);
  }
  XpsPlotView view;
  XpsPlotLayout layout;
  XpsFigureStyle style;
  xps_plot_view_init (&view);
  xps_plot_style_init (&style, 300.0, 200.0, 12.0);
  g_autoptr (XpsScene) empty = xps_plot_build (NULL, NULL, 0, &style, &view, &layout);
  g_assert_nonnull (empty);
  g_assert_cmpfloat (layout.main.rect.width, >, 150.0);
}

static void
test_fit_view (void)
{
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  for (int kinetic = 0; kinetic < 2; kinetic++) {
    view.kinetic = kinetic == 1;
    xps_plot_fit_view (preview, TRUE, &view);
    const double a = kinetic ? SHOWN_PHOTON - SHOWN_LOW : SHOWN_LOW;
    const double b = kinetic ? SHOWN_PHOTON - SHOWN_HIGH : SHOWN_HIGH;
    g_assert_true (view.x_low < fmin (a, b) && view.x_low > fmin (a, b) - 1.5);
    g_assert_true (view.x_high > fmax (a, b) && view.x_high < fmax (a, b) + 1.5);
  }
  view.kinetic = FALSE;
  xps_plot_fit_view (preview, FALSE, &view);
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  g_assert_true (layout.main.x.low <= SHOWN_FIRST);
  g_assert_true (layout.main.x.high >= SHOWN_FIRST + (SHOWN_POINTS - 1) * SHOWN_STEP);
}

/* All of the curve, inside its margin, the strong peak at the top. */
static void
test_thumbnail (void)
{
  g_autoptr (XpsSpectrum) spectrum = shown_spectrum (XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS, 1.0, 0.0);
  gsize n = 0;
  g_autoptr (XpsScene) scene = xps_plot_build_thumbnail (spectrum, 56.0, 28.0);
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (items[0]->kind, ==, XPS_ITEM_POLYLINE);
  double top = INFINITY, at = NAN;
  for (gsize i = 0; i < items[0]->n; i++) {
    const XpsPoint point = items[0]->points[i];
    g_assert_true (point.x >= 2.0 - 1e-9 && point.x <= 54.0 + 1e-9);
    g_assert_true (point.y >= 2.0 - 1e-9 && point.y <= 26.0 + 1e-9);
    at = point.y < top ? point.x : at;
    top = fmin (top, point.y);
  }
  /* 161.65 eV on an axis of 156 to 170 eV that rises to the left. */
  test_assert_close (at, 54.0 - 52.0 * (161.65 - 156.0) / 14.0, 0.5);
}

/* The colours of the document go before the order within the spectrum; without a name that decides. */
static void
test_species_colours (void)
{
  g_autoptr (XpsSpectrum) spectrum = shown_spectrum (XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS, 1.0, 0.0);
  g_autoptr (XpsModel) model = shown_model (TRUE), elsewhere = shown_model (TRUE);
  g_autoptr (XpsSpeciesColours) colours = xps_species_colours_new ();
  xps_edit_set_label (elsewhere, 0, 0, "O 1s", "Li2SO4");
  xps_edit_set_label (elsewhere, 0, 2, "O 1s", "Li2CO3");
  xps_edit_set_label (model, 0, 0, "S 2p3/2", "Li2S");
  xps_edit_set_label (model, 0, 1, "S 2p1/2", "Li2S");
  xps_edit_set_label (model, 0, 2, "S 2p3/2", "Li2SO4");
  xps_species_colours_add_model (colours, elsewhere);
  xps_species_colours_add_model (colours, model);
  g_assert_cmpuint (xps_species_colours_of_name (colours, "Li2SO4"), ==, 0);
  g_assert_cmpuint (xps_species_colours_of_name (colours, "Li2CO3"), ==, 1);
  g_assert_cmpuint (xps_species_colours_of_name (colours, "Li2S"), ==, 2);
  g_assert_cmpuint (xps_species_colours_of_name (colours, "LiF"), ==, XPS_FIGURE_COLOUR_AUTO);
  g_autoptr (XpsPreview) preview = shown_preview_of (spectrum, model);
  XpsPlotView view;
  XpsPlotLayout layout;
  xps_plot_view_init (&view);
  view.colours = colours;
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  g_autofree char *dump = xps_scene_dup_dump (scene);
  g_assert_nonnull (strstr (dump, "fill=series2"));
  g_assert_nonnull (strstr (dump, "fill=series0"));
  g_assert_null (strstr (dump, "fill=series1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot-view/margins-stay", test_margins_stay);
  g_test_add_func ("/plot-view/limits", test_limits);
  g_test_add_func ("/plot-view/clipped", test_clipped);
  g_test_add_func ("/plot-view/on-page", test_on_page);
  g_test_add_func ("/plot-view/tick-numbers", test_tick_numbers);
  g_test_add_func ("/plot-view/absurd", test_absurd);
  g_test_add_func ("/plot-view/fit-view", test_fit_view);
  g_test_add_func ("/plot-view/thumbnail", test_thumbnail);
  g_test_add_func ("/plot-view/species-colours", test_species_colours);
  return g_test_run ();
}
