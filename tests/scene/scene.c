/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/scene.h"

#include "scene/panel.h"
#include "support.h"

static const XpsAxisStyle style = {
    .line = 0.6, .tick = 3.0, .label_size = 7.0, .title_size = 8.0, .gap = 2.0};

/* Small, and every kind of item once: what painters rely on, word for word. */
static void
test_dump (void)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (100.0, 80.0);
  const XpsPoint points[] = {{0.0, 1.0}, {5.0, -2.5}, {NAN, 0.0}, {INFINITY, 3.0}, {1e9, 4.0}};
  const double base[] = {9.0, 9.0, 9.0, 9.0, NAN};
  const float cells[] = {0.0f, 1.0f, 2.0f, 3.0f};
  const XpsStroke stroke = {.ink = xps_ink_series (2), .width = 1.4, .dash = XPS_DASH_DOTTED};
  xps_scene_builder_set_title (builder, "A plot", NULL);
  xps_scene_push_clip (builder, (XpsRect){10.0, 10.0, 80.0, 60.0});
  xps_scene_add_area (builder, 5, points, base, xps_ink_fade (xps_ink_tint (xps_ink_series (7), 0.45), 0.25));
  xps_scene_add_polyline (builder, 5, points, stroke);
  xps_scene_add_segments (builder, 5, points, stroke);
  xps_scene_add_markers (builder, 1, points, XPS_MARKER_UP, 3.0, (XpsStroke){.width = 0.0},
                         xps_ink (XPS_INK_WARNING));
  xps_scene_pop_clip (builder);
  xps_scene_add_rectangle (builder, (XpsRect){90.0, 70.0, -80.0, -60.0},
                           (XpsStroke){.ink = xps_ink (XPS_INK_AXIS), .width = 0.6}, XPS_INK_NONE);
  xps_scene_add_text (builder, &(XpsText){.markup = "x<sup>2</sup>",
                                          .at = {50.0, 78.0},
                                          .anchor = 0.5,
                                          .size = 8.0,
                                          .rotation = 90.0,
                                          .bold = TRUE,
                                          .ink = xps_ink (XPS_INK_FOREGROUND)});
  xps_scene_add_image (
      builder,
      &(XpsImage){
          .rect = {0.0, 0.0, 10.0, 10.0}, .columns = 2, .rows = 2, .values = cells, .low = 0.0, .high = 3.0});
  g_autoptr (XpsScene) scene = xps_scene_builder_end (builder);
  g_autofree char *dump = xps_scene_dup_dump (scene);
  g_assert_cmpstr (
      dump, ==,
      "scene 100.00,80.00 \"A plot\"\n"
      "clip 10.00,10.00 80.00,60.00\n"
      "area n=5 0.00,1.00 5.00,-2.50 nan,nan nan,nan nan,nan fill=series7 tint=0.45 opacity=0.25\n"
      "polyline n=5 0.00,1.00 5.00,-2.50 nan,nan nan,nan 100000.00,4.00 stroke=series2 width=1.40 dash=2\n"
      "segments n=4 0.00,1.00 5.00,-2.50 nan,nan nan,nan stroke=series2 width=1.40 dash=2\n"
      "markers up size=3.00 n=1 0.00,1.00 fill=warning\n"
      "unclip\n"
      "rectangle 10.00,10.00 80.00,60.00 stroke=axis width=0.60\n"
      "text 50.00,78.00 anchor=0.50 size=8.00 rotation=90.00 bold ink=foreground \"x<sup>2</sup>\"\n"
      "image 0.00,0.00 10.00,10.00 cells=2x2 table=0 low=0.00 high=3.00\n");
}

static void
test_leaves_out_nothing (void)
{
  g_autoptr (XpsSceneBuilder) builder = xps_scene_builder_new (NAN, 1e9);
  const XpsPoint point = {1.0, 1.0};
  const double base = 0.0;
  const XpsStroke thin = {.ink = xps_ink (XPS_INK_AXIS), .width = 0.0};
  const XpsStroke line = {.ink = xps_ink (XPS_INK_AXIS), .width = 1.0};
  xps_scene_add_polyline (builder, 1, &point, line);
  xps_scene_add_polyline (builder, 0, NULL, line);
  xps_scene_add_segments (builder, 1, &point, line);
  xps_scene_add_area (builder, 1, &point, &base, xps_ink (XPS_INK_MUTED));
  xps_scene_add_markers (builder, 1, &point, XPS_MARKER_CROSS, 2.0, thin, XPS_INK_NONE);
  xps_scene_add_text (builder, &(XpsText){.markup = "", .size = 8.0, .ink = xps_ink (XPS_INK_MUTED)});
  xps_scene_add_rectangle (builder, (XpsRect){0.0, 0.0, 1.0, 1.0}, thin, XPS_INK_NONE);
  xps_scene_add_image (builder, &(XpsImage){.columns = G_MAXSIZE, .rows = 2});
  xps_scene_push_clip (builder, (XpsRect){NAN, 0.0, 1.0, 1.0}); /* closed by the end */
  g_autoptr (XpsScene) scene = xps_scene_builder_end (g_steal_pointer (&builder));
  gsize n = 0;
  xps_scene_get_items (scene, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpfloat (xps_scene_get_width (scene), ==, 1.0);
  g_assert_cmpfloat (xps_scene_get_height (scene), ==, 14400.0);
}

static void
test_hits (void)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (100.0, 100.0);
  const XpsPoint low[] = {{0.0, 50.0}, {50.0, 50.0}, {NAN, NAN}, {60.0, 50.0}, {100.0, 50.0}};
  const XpsPoint high[] = {{0.0, 48.0}, {100.0, 0.0}};
  XpsRect bounds;
  xps_scene_add_hit_rect (builder, "panel", (XpsRect){0.0, 0.0, 100.0, 100.0});
  xps_scene_add_hit_line (builder, "low", 5, low);
  xps_scene_add_hit_line (builder, "high", 2, high);
  xps_scene_add_hit_line (builder, "nothing", 0, NULL);
  g_autoptr (XpsScene) scene = xps_scene_builder_end (builder);
  g_assert_cmpstr (xps_scene_find_hit (scene, 45.0, 51.0, 4.0), ==, "low");
  g_assert_cmpstr (xps_scene_find_hit (scene, 0.0, 49.0, 4.0), ==, "high");   /* both near: the upper one */
  g_assert_cmpstr (xps_scene_find_hit (scene, 55.0, 50.0, 4.0), ==, "panel"); /* in the gap */
  g_assert_cmpstr (xps_scene_find_hit (scene, 50.0, 90.0, 4.0), ==, "panel");
  g_assert_null (xps_scene_find_hit (scene, 150.0, 90.0, 4.0));
  g_assert_true (xps_scene_get_hit_bounds (scene, "low", &bounds));
  g_assert_cmpfloat (bounds.width, ==, 100.0);
  g_assert_cmpfloat (bounds.height, ==, 0.0);
  g_assert_false (xps_scene_get_hit_bounds (scene, "nothing", &bounds));
}

/* A falling axis puts large values left; steps stand half way between the points; ticks point outwards. */
static void
test_panel (void)
{
  XpsPanel panel;
  XpsTicks ticks;
  const double x[] = {1.0, 2.0, 4.0}, y[] = {0.0, 10.0, 5.0};
  XpsSceneBuilder *builder = xps_scene_builder_new (200.0, 150.0);
  xps_panel_init (&panel, (XpsRect){50.0, 20.0, 100.0, 100.0}, 0.0, 5.0, TRUE, 0.0, 10.0);
  xps_panel_add_steps (builder, &panel, 3, x, y,
                       (XpsStroke){.ink = xps_ink (XPS_INK_FOREGROUND), .width = 1.0});
  xps_panel_choose_y_ticks (&panel, &style, &ticks);
  xps_panel_add_y_ticks (builder, &panel, &ticks, &style);
  g_autoptr (XpsScene) scene = xps_scene_builder_end (builder);
  g_autofree char *dump = xps_scene_dup_dump (scene);
  g_autofree char *head = g_strndup (dump, (gsize)(strstr (dump, "text") - dump));
  g_assert_cmpstr (
      head, ==,
      "scene 200.00,150.00\n"
      "polyline n=6 130.00,120.00 120.00,120.00 120.00,20.00 90.00,20.00 90.00,70.00 70.00,70.00 "
      "stroke=foreground width=1.00\n"
      "segments n=12 first 47.00,120.00 last 50.00,20.00 within 47.00,20.00 3.00,100.00 stroke=axis "
      "width=0.60\n");
  g_assert_nonnull (strstr (dump, "text 45.00,122.56 anchor=1.00 size=7.00 ink=foreground \"0\""));
}

/* Labels of a row never touch, whatever the window. */
static void
test_labels_apart (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  for (guint i = 0; i < 3000; i++) {
    XpsPanel panel;
    XpsTicks ticks;
    const double width = g_rand_double_range (rand, 60.0, 450.0);
    const double low = g_rand_double_range (rand, 0.0, 9000.0);
    const double high = low + pow (10.0, g_rand_double_range (rand, -5.0, 3.5));
    xps_panel_init (&panel, (XpsRect){0.0, 0.0, width, 100.0}, low, high, TRUE, 0.0, 1.0);
    xps_panel_choose_x_ticks (&panel, &style, &ticks);
    g_assert_cmpuint (ticks.n, >=, 1);
    g_autofree char *label = xps_ticks_dup_label (&ticks, ticks.n - 1);
    const double distance = xps_axis_map (&panel.x, xps_ticks_value (&ticks, 0)) -
                            xps_axis_map (&panel.x, xps_ticks_value (&ticks, 1));
    g_assert_true (ticks.n <= 2 || distance >= (double)strlen (label) * 0.6 * style.label_size);
  }
}

static void *
use_scene (void *data)
{
  for (int i = 0; i < 1000; i++)
    xps_scene_unref (xps_scene_ref (data));
  return NULL;
}

static void
test_shared (void)
{
  g_autoptr (XpsScene) scene = xps_scene_builder_end (xps_scene_builder_new (10.0, 10.0));
  GThread *threads[4];
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("scene", use_scene, scene);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* Lines before areas before rectangles; an area answers between its curve and its base alone. */
static void
test_areas (void)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (100.0, 100.0);
  const XpsPoint large[] = {{10.0, 80.0}, {50.0, 10.0}, {90.0, 80.0}};
  const XpsPoint small[] = {{60.0, 80.0}, {70.0, 60.0}, {NAN, 0.0}, {75.0, 60.0}, {80.0, 80.0}};
  const double large_base[] = {80.0, 80.0, 80.0}, small_base[] = {80.0, 80.0, 80.0, 80.0, 80.0};
  xps_scene_add_hit_rect (builder, "main", (XpsRect){0.0, 0.0, 100.0, 100.0});
  xps_scene_add_hit_line (builder, "component:large", 3, large);
  xps_scene_add_hit_area (builder, "component:large", 3, large, large_base);
  xps_scene_add_hit_area (builder, "component:small", 5, small, small_base);
  xps_scene_add_hit_line (builder, "data", 3, large);
  g_autoptr (XpsScene) scene = xps_scene_builder_end (builder);
  g_assert_cmpstr (xps_scene_find_hit (scene, 50.0, 60.0, 2.0), ==, "component:large");
  g_assert_cmpstr (xps_scene_find_hit (scene, 69.0, 70.0, 2.0), ==, "component:small");
  g_assert_cmpstr (xps_scene_find_hit (scene, 72.0, 70.0, 2.0), ==, "component:large"); /* in the gap */
  g_assert_cmpstr (xps_scene_find_hit (scene, 50.0, 5.0, 2.0), ==, "main");
  g_assert_cmpstr (xps_scene_find_hit (scene, 50.0, 9.0, 2.0), ==, "data");
  g_assert_cmpstr (xps_scene_find_nearest (scene, "component:", 50.0, 9.0, 2.0), ==, "component:large");
  g_assert_cmpstr (xps_scene_find_nearest (scene, "component:", 69.0, 70.0, 2.0), ==, "component:small");
  g_assert_null (xps_scene_find_nearest (scene, "component:", 50.0, 5.0, 2.0));
  g_assert_null (xps_scene_find_nearest (scene, "window-", 50.0, 60.0, 50.0));
}

/* Of two lines within reach the nearer one, whichever lies above. */
static void
test_nearest (void)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (100.0, 100.0);
  const XpsPoint low[] = {{0.0, 60.0}, {100.0, 60.0}}, high[] = {{0.0, 50.0}, {100.0, 50.0}};
  xps_scene_add_hit_line (builder, "line:low", 2, low);
  xps_scene_add_hit_line (builder, "line:high", 2, high);
  g_autoptr (XpsScene) scene = xps_scene_builder_end (builder);
  g_assert_cmpstr (xps_scene_find_nearest (scene, "line:", 50.0, 57.0, 12.0), ==, "line:low");
  g_assert_cmpstr (xps_scene_find_nearest (scene, "line:", 50.0, 53.0, 12.0), ==, "line:high");
  g_assert_cmpstr (xps_scene_find_hit (scene, 50.0, 57.0, 12.0), ==, "line:high");
  g_assert_null (xps_scene_find_nearest (scene, "line:", 50.0, 80.0, 12.0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/scene/dump", test_dump);
  g_test_add_func ("/scene/scene/leaves-out-nothing", test_leaves_out_nothing);
  g_test_add_func ("/scene/scene/hits", test_hits);
  g_test_add_func ("/scene/scene/panel", test_panel);
  g_test_add_func ("/scene/scene/labels-apart", test_labels_apart);
  g_test_add_func ("/scene/scene/shared", test_shared);
  g_test_add_func ("/scene/scene/areas", test_areas);
  g_test_add_func ("/scene/scene/nearest", test_nearest);
  return g_test_run ();
}
