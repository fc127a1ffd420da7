/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shown.h"

/* Many spectra in one plot. */

static XpsPlotView
view_of (XpsPlotMode mode)
{
  XpsPlotView view;
  xps_plot_view_init (&view);
  view.mode = mode;
  return view;
}

/* Whether a curve in the scene passes through the data point `i`, lifted. */
static gboolean
passes (const XpsItem *item, const XpsPlotLayout *layout, double energy, double intensity)
{
  const XpsPoint at = xps_panel_map (&layout->main, energy, intensity);
  for (gsize i = 1; i < item->n; i++) {
    const XpsPoint a = item->points[i - 1], b = item->points[i];
    if (at.x < MIN (a.x, b.x) - 1e-9 || at.x > MAX (a.x, b.x) + 1e-9)
      continue;
    const double y = a.x == b.x ? a.y : a.y + (b.y - a.y) * (at.x - a.x) / (b.x - a.x);
    /* Curves are simplified to 0.15 of a column of half a point. */
    return fabs (y - at.y) < 0.08;
  }
  return FALSE;
}

/* One curve a spectrum, the current one last and wider; each answers to the pointer. */
static void
test_overlay (void)
{
  g_autoptr (GPtrArray) series = shown_series (5, 0.0);
  XpsPlotView view = view_of (XPS_PLOT_OVERLAY);
  XpsPlotLayout layout;
  XpsRect bounds;
  view.current = 2;
  g_autoptr (XpsScene) scene = shown_scene_sized (series, &view, &layout, 860.0, 560.0);
  static const gsize order[] = {0, 1, 3, 4, 2};
  for (guint k = 0; k < 5; k++) {
    const XpsItem *item = shown_item (scene, XPS_ITEM_POLYLINE, XPS_INK_SERIES, 5 + k); /* after the key's */
    const XpsPreview *preview = g_ptr_array_index (series, order[k]);
    g_autofree char *id = g_strdup_printf ("spectrum:%d", (int)order[k]);
    g_assert_cmpuint (item->stroke.ink.series, ==, order[k]);
    g_assert_true (passes (item, &layout, preview->energy[77], preview->intensity[77]));
    g_assert_true (xps_scene_get_hit_bounds (scene, id, &bounds));
    test_assert_close (item->stroke.width, k == 4 ? 2.0 : 1.2, 0.0);
  }
  g_assert_false (layout.has_residual);
  g_assert_true (xps_scene_get_hit_bounds (scene, "main", &bounds));
}

/* What is not on the same kind of axis cannot be on one with it, and is counted. */
static void
test_mixed_axes (void)
{
  g_autoptr (GPtrArray) series = shown_series (2, 0.0);
  g_autoptr (XpsModel) model = xps_model_new ();
  g_autoptr (XpsSpectrum) kinetic = shown_spectrum (XPS_AXIS_KINETIC, XPS_INTENSITY_COUNTS, 1.0, 0.0);
  const XpsEnergyScale scale = {NAN, 0.0, 0.0};
  g_ptr_array_add (series, xps_preview_new (kinetic, &scale, model, 0, XPS_WEIGHTS_COUNTS));
  for (int mode = XPS_PLOT_OVERLAY; mode <= XPS_PLOT_STACK; mode++) {
    XpsPlotView view = view_of ((XpsPlotMode)mode);
    XpsPlotLayout layout;
    g_autoptr (XpsScene) scene = shown_scene_sized (series, &view, &layout, 860.0, 560.0);
    g_assert_nonnull (shown_text (scene, "1 on another axis"));
    test_assert_close (layout.main.x.low, SHOWN_FIRST, 0.5);
    test_assert_close (layout.main.x.high, SHOWN_FIRST + 14.0, 0.5);
  }
}

/* Counts beside counts per second are no common unit. */
static void
test_mixed_units (void)
{
  g_autoptr (GPtrArray) series = shown_series (2, 0.0);
  g_autoptr (XpsModel) model = xps_model_new ();
  g_autoptr (XpsSpectrum) rate = shown_spectrum (XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS_PER_SECOND, 1.0, 0.0);
  g_ptr_array_add (series, shown_preview_of (rate, model));
  XpsPlotView view = view_of (XPS_PLOT_OVERLAY);
  XpsPlotLayout layout;
  g_autoptr (XpsScene) mixed = shown_scene_sized (series, &view, &layout, 860.0, 560.0);
  g_assert_nonnull (shown_text (mixed, "Intensity (arb. units)"));
  view.per_second = TRUE;
  g_autoptr (XpsScene) common = shown_scene_sized (series, &view, &layout, 860.0, 560.0);
  g_assert_nonnull (shown_text (common, "Intensity (counts/s)"));
}

/* Each spectrum a quarter of the largest one's range above the one before; the layout knows where the current
 * one lies. */
static void
test_stack (void)
{
  g_autoptr (GPtrArray) series = shown_series (4, 0.0);
  XpsPlotView view = view_of (XPS_PLOT_STACK);
  XpsPlotLayout layout;
  double least = INFINITY, most = -INFINITY;
  const XpsPreview *brightest = g_ptr_array_index (series, 3);
  for (gsize i = 0; i < brightest->n; i++) {
    least = fmin (least, brightest->intensity[i]);
    most = fmax (most, brightest->intensity[i]);
  }
  view.current = 1;
  g_autoptr (XpsScene) scene = shown_scene_sized (series, &view, &layout, 860.0, 560.0);
  static const gsize order[] = {0, 2, 3, 1};
  for (guint k = 0; k < 4; k++) {
    const XpsItem *item = shown_item (scene, XPS_ITEM_POLYLINE, XPS_INK_SERIES, k);
    const XpsPreview *preview = g_ptr_array_index (series, order[k]);
    const double lift = 0.25 * (most - least) * (double)order[k];
    g_assert_true (passes (item, &layout, preview->energy[100], preview->intensity[100] + lift));
  }
  test_assert_close (layout.intensity_factor, 1.0, 0.0);
  test_assert_close (layout.intensity_offset, -0.25 * (most - least), 1e-9);
}

/* On a logarithmic axis lifting is multiplying; the layout still maps the current spectrum. */
static void
test_stack_log (void)
{
  g_autoptr (GPtrArray) series = shown_series (3, 0.0);
  XpsPlotView view = view_of (XPS_PLOT_STACK);
  XpsPlotLayout layout;
  view.log = TRUE;
  view.current = 2;
  view.stack_step = 0.5;
  g_autoptr (XpsScene) scene = shown_scene_sized (series, &view, &layout, 860.0, 560.0);
  const XpsPreview *current = g_ptr_array_index (series, 2);
  const XpsItem *item = shown_item (scene, XPS_ITEM_POLYLINE, XPS_INK_SERIES, 2);
  const double shown = layout.intensity_factor * current->intensity[60] - layout.intensity_offset;
  g_assert_cmpfloat (layout.intensity_factor, >, 2.0);
  g_assert_true (passes (item, &layout, current->energy[60], log10 (shown)));
}

/* Names at the right edge, none upon another, the current one's always there. */
static void
test_stack_names (void)
{
  g_autoptr (GPtrArray) series = shown_series (40, 0.0);
  XpsPlotView view = view_of (XPS_PLOT_STACK);
  XpsPlotLayout layout;
  XpsFigureStyle style;
  gsize n = 0;
  double before = INFINITY;
  guint names = 0, bold = 0;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (double));
  xps_plot_style_init (&style, 500.0, 300.0, 13.0);
  view.current = 17;
  g_autoptr (XpsScene) scene =
      xps_plot_build ((const XpsPreview *const *)series->pdata, NULL, series->len, &style, &view, &layout);
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++) {
    const XpsText *text = &items[i]->text;
    if (items[i]->kind != XPS_ITEM_TEXT || text->at.x <= layout.main.rect.x + layout.main.rect.width)
      continue;
    for (guint k = 0; k < places->len; k++)
      g_assert_cmpfloat (fabs (g_array_index (places, double, k) - text->at.y), >=, text->size);
    g_array_append_val (places, text->at.y);
    bold += text->bold;
    before = text->at.y;
    names++;
  }
  g_assert_cmpuint (names, >, 5);
  g_assert_cmpuint (bold, ==, 1);
  g_assert_true (isfinite (before));
}

/* On the current spectrum's own grid a cell is a measured value: row 0 of the image is the last spectrum,
 * column 0 the highest binding energy. */
static void
test_heat (void)
{
  g_autoptr (GPtrArray) series = shown_series (6, 0.0);
  XpsPlotView view = view_of (XPS_PLOT_HEAT);
  XpsPlotLayout layout;
  g_autoptr (XpsScene) scene = shown_scene_sized (series, &view, &layout, 860.0, 560.0);
  const XpsItem *item = shown_item (scene, XPS_ITEM_IMAGE, XPS_N_INKS, 1); /* after the key's */
  const XpsImage *image = &item->image;
  g_assert_cmpuint (image->columns, ==, SHOWN_POINTS);
  g_assert_cmpuint (image->rows, ==, 6);
  for (gsize row = 0; row < 6; row++) {
    const XpsPreview *preview = g_ptr_array_index (series, 5 - row);
    for (gsize column = 0; column < SHOWN_POINTS; column++) {
      const double value = image->values[row * SHOWN_POINTS + column];
      const double measured = preview->intensity[SHOWN_POINTS - 1 - column];
      test_assert_close (value, measured, 1e-6 * measured); /* single precision */
    }
  }
  /* The cell's middle lies at its energy and number. */
  const double width = image->rect.width / SHOWN_POINTS, height = image->rect.height / 6.0;
  test_assert_close (xps_axis_unmap (&layout.main.x, image->rect.x + 0.5 * width), SHOWN_FIRST + 14.0, 1e-6);
  test_assert_close (xps_axis_unmap (&layout.main.y, image->rect.y + 0.5 * height), 6.0, 1e-9);
  g_assert_false (layout.log);
}

/* On another grid values lie on the straight line between neighbours; beyond a spectrum's ends there is
 * nothing. */
static void
test_heat_grids (void)
{
  const double shift = 0.7 * SHOWN_STEP;
  g_autoptr (GPtrArray) series = shown_series (2, shift);
  XpsPlotView view = view_of (XPS_PLOT_HEAT);
  XpsPlotLayout layout;
  for (int kinetic = 0; kinetic < 2; kinetic++) {
    view.kinetic = kinetic == 1;
    g_autoptr (XpsScene) scene = shown_scene_sized (series, &view, &layout, 860.0, 560.0);
    const XpsImage *image = &shown_item (scene, XPS_ITEM_IMAGE, XPS_N_INKS, 1)->image;
    const XpsPreview *other = g_ptr_array_index (series, 1);
    g_assert_true (layout.kinetic == view.kinetic);
    /* High binding and low kinetic energies both lie at the left. */
    g_assert_true (isnan (image->values[SHOWN_POINTS - 1]));
    for (gsize i = 1; i < SHOWN_POINTS; i++) {
      /* Grid point i of the first spectrum lies 0.3 of a step above point i - 1 of the other. */
      const double wanted = 0.7 * other->intensity[i - 1] + 0.3 * other->intensity[i];
      test_assert_close (image->values[SHOWN_POINTS - 1 - i], wanted, 1e-6 * wanted);
    }
  }
}

/* More spectra than rows of the screen share rows, as means; the axis still counts spectra. */
static void
test_heat_many (void)
{
  g_autoptr (GPtrArray) series = shown_series (900, 0.0);
  XpsPlotView view = view_of (XPS_PLOT_HEAT);
  XpsPlotLayout layout;
  g_autoptr (XpsScene) scene = shown_scene_sized (series, &view, &layout, 400.0, 300.0);
  const XpsImage *image = &shown_item (scene, XPS_ITEM_IMAGE, XPS_N_INKS, 1)->image;
  g_assert_cmpuint (image->rows, <, 300);
  const gsize bin = (900 + image->rows - 1) / image->rows;
  const XpsPreview *first = g_ptr_array_index (series, 0);
  const double wanted =
      first->intensity[50] * 0.5 * (1.0 + (double)bin); /* spectrum k is k times as bright */
  const float *lowest = image->values + (image->rows - 1) * image->columns;
  test_assert_close (lowest[SHOWN_POINTS - 1 - 50], wanted, 1e-6 * wanted);
  test_assert_close (layout.main.y.low, 0.5, 1e-12);
  test_assert_close (layout.main.y.high, 900.5, 1e-12);
}

/* A thousand spectra: fewer points than a painter minds, and the key says what was left out. */
static void
test_thousand (void)
{
  g_autoptr (GPtrArray) series = shown_series (1000, 0.0);
  for (int mode = XPS_PLOT_SINGLE; mode <= XPS_PLOT_STACK; mode++) {
    XpsPlotView view = view_of ((XpsPlotMode)mode);
    XpsPlotLayout layout;
    gsize n = 0, points = 0;
    gboolean said = FALSE;
    g_autoptr (XpsScene) scene = shown_scene_sized (series, &view, &layout, 860.0, 560.0);
    const XpsItem *const *items = xps_scene_get_items (scene, &n);
    for (gsize i = 0; i < n; i++) {
      points += items[i]->n;
      said |= items[i]->kind == XPS_ITEM_TEXT && g_str_has_prefix (items[i]->text.markup, "one in ");
    }
    g_assert_cmpuint (points, <, 250000);
    g_assert_true (said);
  }
}

/* The others lie behind the single one, on its axes, and the key counts them. */
static void
test_behind (void)
{
  g_autoptr (GPtrArray) series = shown_series (3, 0.0);
  XpsPlotView view = view_of (XPS_PLOT_SINGLE);
  XpsPlotLayout layout;
  g_autoptr (XpsScene) scene = shown_scene_sized (series, &view, &layout, 860.0, 560.0);
  const XpsPreview *first = g_ptr_array_index (series, 0), *second = g_ptr_array_index (series, 1);
  const XpsItem *item = shown_item (scene, XPS_ITEM_POLYLINE, XPS_INK_MUTED, 1);
  double most = 0.0;
  for (gsize i = 0; i < first->n; i++)
    most = fmax (most, first->intensity[i]);
  g_assert_nonnull (shown_text (scene, "2 others"));
  g_assert_true (passes (item, &layout, second->energy[30], second->intensity[30]));
  g_assert_cmpfloat (item->stroke.ink.opacity, <, 0.6);
  g_assert_cmpfloat (layout.main.y.high, <, 1.5 * most);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot-many/overlay", test_overlay);
  g_test_add_func ("/plot-many/mixed-axes", test_mixed_axes);
  g_test_add_func ("/plot-many/mixed-units", test_mixed_units);
  g_test_add_func ("/plot-many/stack", test_stack);
  g_test_add_func ("/plot-many/stack-log", test_stack_log);
  g_test_add_func ("/plot-many/stack-names", test_stack_names);
  g_test_add_func ("/plot-many/heat", test_heat);
  g_test_add_func ("/plot-many/heat-grids", test_heat_grids);
  g_test_add_func ("/plot-many/heat-many", test_heat_many);
  g_test_add_func ("/plot-many/thousand", test_thousand);
  g_test_add_func ("/plot-many/behind", test_behind);
  return g_test_run ();
}
