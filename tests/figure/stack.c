/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/stack-plot.h"

#include <math.h>

/* Judge: curves whose height is known at every step, drawn against a clock of uneven steps. */

#define N_STEPS  5
#define N_POINTS 11

static const double potentials[N_STEPS] = {1.0, 1.1, 1.3, 1.7, 2.5};

/* Step i has the value 10 (i + 1) at every energy. */
static XpsSeries *
series_new (const double *clock)
{
  XpsSeries *series = xps_series_new (1);
  for (guint i = 0; i < N_STEPS; i++) {
    double energy[N_POINTS], intensity[N_POINTS];
    for (int k = 0; k < N_POINTS; k++) {
      energy[k] = 160 + 0.1 * k;
      intensity[k] = 10.0 * (i + 1);
    }
    XpsFitData *data =
        xps_fit_data_new_arrays (N_POINTS, energy, intensity, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
    xps_series_add_step (series, "frame", &data);
    xps_fit_data_unref (data);
  }
  g_autoptr (GError) error = NULL;
  xps_series_take_clock (series, xps_clock_new (XPS_CLOCK_POTENTIAL, NULL, "V", N_STEPS, clock), &error);
  g_assert_no_error (error);
  xps_series_set_axis (series, "potential", &error);
  g_assert_no_error (error);
  return series;
}

static const XpsImage *
find_image (const XpsScene *scene)
{
  gsize n;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++)
    if (items[i]->kind == XPS_ITEM_IMAGE)
      return &items[i]->image;
  g_assert_not_reached ();
}

/* Colours of the map at a clock's value; the image fills the panel along y. */
static double
value_at (const XpsScene *scene, const XpsStackLayout *layout, double place)
{
  const XpsImage *image = find_image (scene);
  const double y = xps_axis_map (&layout->panel.y, place);
  const gsize row = (gsize)((y - image->rect.y) / image->rect.height * (double)image->rows);
  return (double)image->values[MIN (row, image->rows - 1) * image->columns + image->columns / 2];
}

static void
check_places (const double *clock)
{
  g_autoptr (XpsSeries) series = series_new (clock);
  g_autoptr (XpsStack) stack = xps_stack_new (series, NULL, NULL, 0);
  XpsStackView view;
  XpsFigureStyle style;
  XpsStackLayout layout = {0};
  xps_stack_view_init (&view);
  xps_stack_style_init (&style);
  g_autoptr (XpsScene) scene = xps_stack_plot_build (stack, &view, &style, &layout);
  g_assert_true (layout.panel.x.reversed);
  for (int i = 0; i < N_STEPS; i++) {
    /* Just beside the middle: half way to the next step belongs to both. */
    g_assert_cmpfloat_with_epsilon (value_at (scene, &layout, clock[i] + 1e-3), 10.0 * (i + 1), 1e-5);
    const double y = xps_axis_map (&layout.panel.y, clock[i]);
    g_assert_cmpint (xps_stack_layout_find_step (&layout, layout.panel.rect.x + 5, y), ==, i);
    if (i > 0) /* upwards as it was measured */
      g_assert_cmpfloat (y, <, xps_axis_map (&layout.panel.y, clock[i - 1]));
  }
  xps_stack_layout_clear (&layout);
}

static void
test_uneven (void)
{
  double falling[N_STEPS];
  for (int i = 0; i < N_STEPS; i++)
    falling[i] = -potentials[i];
  check_places (potentials);
  check_places (falling);
}

/* A clock that comes back gives one row to each step. */
static void
test_turning (void)
{
  static const double loop[N_STEPS] = {1.0, 1.5, 2.0, 1.5, 1.0};
  g_autoptr (XpsSeries) series = series_new (loop);
  g_autoptr (XpsStack) stack = xps_stack_new (series, NULL, NULL, 0);
  XpsStackView view;
  XpsFigureStyle style;
  XpsStackLayout layout = {0};
  xps_stack_view_init (&view);
  xps_stack_style_init (&style);
  g_autoptr (XpsScene) scene = xps_stack_plot_build (stack, &view, &style, &layout);
  const XpsImage *image = find_image (scene);
  g_assert_cmpuint (image->rows, ==, N_STEPS);
  g_assert_cmpuint (image->columns, ==, N_POINTS);
  for (int i = 0; i < N_STEPS; i++)
    g_assert_cmpfloat_with_epsilon (value_at (scene, &layout, i + 1), 10.0 * (i + 1), 1e-5);
  xps_stack_layout_clear (&layout);
}

static void
test_difference (void)
{
  g_autoptr (XpsSeries) series = series_new (potentials);
  xps_series_exclude (series, 0, "beam lost");
  g_autoptr (XpsStack) stack = xps_stack_new (series, NULL, NULL, 0);
  XpsStackView view;
  XpsFigureStyle style;
  XpsStackLayout layout = {0};
  xps_stack_view_init (&view);
  xps_stack_style_init (&style);
  view.kind = XPS_STACK_DIFFERENCE;
  g_assert_cmpint (xps_stack_find_first (stack), ==, 1);
  g_autoptr (XpsScene) scene = xps_stack_plot_build (stack, &view, &style, &layout);
  const XpsImage *image = find_image (scene);
  g_assert_cmpint (image->table, ==, XPS_COLOUR_TABLE_DIVERGING);
  g_assert_cmpfloat (image->low, ==, -image->high);
  g_assert_cmpfloat_with_epsilon (value_at (scene, &layout, 1.101), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (value_at (scene, &layout, 2.5), 30, 1e-5);
  xps_stack_layout_clear (&layout);
  g_assert_false (xps_stack_can_show (stack, XPS_STACK_MODEL));
  g_assert_false (xps_stack_can_show (stack, XPS_STACK_RESIDUAL));
}

/* Every kind of every stack is a picture, the empty one too. */
static void
test_kinds (void)
{
  g_autoptr (XpsSeries) none = xps_series_new (1), some = series_new (potentials);
  g_autoptr (XpsStack) empty = xps_stack_new (none, NULL, NULL, 0),
                       beyond = xps_stack_new (some, NULL, NULL, 7);
  g_autoptr (XpsStack) stack = xps_stack_new (some, NULL, NULL, 0);
  const XpsStack *const stacks[] = {empty, beyond, stack};
  XpsStackView view;
  XpsFigureStyle style;
  xps_stack_view_init (&view);
  xps_stack_style_init (&style);
  for (int k = 0; k < XPS_N_STACK_KINDS; k++)
    for (guint s = 0; s < G_N_ELEMENTS (stacks); s++)
      for (int own = 0; own < 2; own++) {
        XpsStackKind kind;
        g_assert_true (xps_stack_kind_from_text (xps_stack_kind_to_text ((XpsStackKind)k), &kind));
        view.kind = kind;
        view.own_scale = own;
        view.current = 3;
        g_autoptr (XpsScene) scene = xps_stack_plot_build (stacks[s], &view, &style, NULL);
        g_assert_cmpfloat (xps_scene_get_width (scene), ==, style.width);
      }
}

/* A fit that is equal to its data is drawn first and wider: neither hides the other. */
static void
test_waterfall (void)
{
  g_autoptr (XpsSeries) series = series_new (potentials);
  g_autoptr (XpsStack) stack = xps_stack_new (series, NULL, NULL, 0);
  XpsStackView view;
  XpsFigureStyle style;
  guint curves = 0;
  gsize n;
  for (gsize i = 0; i < stack->n; i++)
    stack->rows[i].model = g_memdup2 (stack->rows[i].data->intensity, N_POINTS * sizeof (double));
  stack->has_model = TRUE;
  xps_stack_view_init (&view);
  xps_stack_style_init (&style);
  style.key = FALSE; /* its lines would count */
  view.kind = XPS_STACK_WATERFALL;
  view.current = 2;
  g_autoptr (XpsScene) scene = xps_stack_plot_build (stack, &view, &style, NULL);
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  const XpsItem *fit = NULL;
  for (gsize i = 0; i < n; i++) {
    if (items[i]->kind != XPS_ITEM_POLYLINE)
      continue;
    if (curves++ % 2 == 0) {
      fit = items[i];
      continue;
    }
    g_assert_cmpfloat (fit->stroke.width, >, 2 * items[i]->stroke.width);
    g_assert_cmpfloat (fit->points[0].y, ==, items[i]->points[0].y);
  }
  g_assert_cmpuint (curves, ==, 2 * N_STEPS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/stack/uneven", test_uneven);
  g_test_add_func ("/figure/stack/turning", test_turning);
  g_test_add_func ("/figure/stack/difference", test_difference);
  g_test_add_func ("/figure/stack/kinds", test_kinds);
  g_test_add_func ("/figure/stack/waterfall", test_waterfall);
  return g_test_run ();
}
