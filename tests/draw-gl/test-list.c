/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-gl/list.h"

#include "support.h"

/* What OpenGL is given to draw, judged without OpenGL. */

static const XpsStroke thin = {.ink = {.role = XPS_INK_FOREGROUND, .opacity = 1.0}, .width = 1.0};

static const XpsGlBatch *
batch_at (const XpsGlList *list, guint i)
{
  g_assert_cmpuint (i, <, list->batches->len);
  return &g_array_index (list->batches, XpsGlBatch, i);
}

static const XpsGlRecord *
record_at (const XpsGlList *list, guint i)
{
  g_assert_cmpuint (i, <, list->records->len);
  return &g_array_index (list->records, XpsGlRecord, i);
}

static XpsGlList *
list_end (XpsSceneBuilder *builder, XpsScene **scene)
{
  *scene = xps_scene_builder_end (builder);
  return xps_gl_list_new (*scene);
}

/* However many curves there are, they are one draw call, in their order. */
static void
test_one_batch (void)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (100.0, 100.0);
  g_autoptr (XpsScene) scene = NULL;
  for (guint i = 0; i < 1000; i++) {
    const XpsPoint points[] = {{0.0, i}, {50.0, i}, {100.0, 2.0 * i}};
    xps_scene_add_polyline (builder, 3, points, thin);
  }
  XpsGlList *list = list_end (builder, &scene);
  g_assert_cmpuint (list->batches->len, ==, 1);
  g_assert_cmpint (batch_at (list, 0)->kind, ==, XPS_GL_LINES);
  g_assert_cmpuint (batch_at (list, 0)->n, ==, 3000);
  for (guint i = 0; i < 1000; i++) {
    const guint first = batch_at (list, 0)->first + 3 * i;
    g_assert_cmpfloat (record_at (list, first)->y, ==, i);
    g_assert_cmpfloat (record_at (list, first)->w, ==, i);
    g_assert_cmpfloat (record_at (list, first + 1)->w, ==, i);
    g_assert_cmpfloat (record_at (list, first + 2)->w, ==, -1.0);
  }
  xps_gl_list_free (list);
}

/* Other kinds between them keep their place, and what joins a line is never a record of another item. */
static void
test_order_and_ends (void)
{
  const XpsPoint points[] = {{0.0, 1.0}, {50.0, 2.0}, {NAN, 0.0}, {60.0, 5.0},
                             {NAN, 0.0}, {70.0, 1.0}, {80.0, 1.0}};
  const double base[] = {9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0};
  const XpsInk ink = xps_ink (XPS_INK_ACCENT);
  const XpsGlKind kinds[] = {XPS_GL_LINES,  XPS_GL_MARKERS, XPS_GL_LINES, XPS_GL_RECTANGLES, XPS_GL_LINES,
                             XPS_GL_FRAMES, XPS_GL_AREAS,   XPS_GL_LINES, XPS_GL_AREAS};
  XpsSceneBuilder *builder = xps_scene_builder_new (100.0, 100.0);
  g_autoptr (XpsScene) scene = NULL;
  xps_scene_add_polyline (builder, 7, points, thin);
  xps_scene_add_markers (builder, 7, points, XPS_MARKER_CIRCLE, 4.0, thin, ink);
  xps_scene_add_polyline (builder, 7, points, thin);
  xps_scene_add_rectangle (builder, (XpsRect){1.0, 1.0, 3.0, 3.0}, thin, ink);
  xps_scene_add_polyline (builder, 7, points, thin);
  xps_scene_add_rectangle (builder, (XpsRect){1.0, 1.0, 3.0, 3.0}, thin, XPS_INK_NONE);
  xps_scene_add_area (builder, 7, points, base, ink);
  xps_scene_add_polyline (builder, 7, points, (XpsStroke){.ink = xps_ink_fade (ink, 0.5), .width = 1.0});
  xps_scene_add_area (builder, 7, points, base, ink);
  XpsGlList *list = list_end (builder, &scene);
  g_assert_cmpuint (list->batches->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const XpsGlBatch *batch = batch_at (list, i);
    g_assert_cmpint (batch->kind, ==, kinds[i]);
    if (batch->kind != XPS_GL_LINES && batch->kind != XPS_GL_AREAS)
      continue;
    g_assert_cmpfloat (record_at (list, batch->first - 1)->w, <, 0.0);
    g_assert_cmpfloat (record_at (list, batch->first + batch->n - 1)->w, <, 0.0);
    /* Two points, (for areas one alone, of which nothing shows,) two points. */
    g_assert_cmpuint (batch->n, ==, batch->kind == XPS_GL_LINES ? 4 : 5);
  }
  g_assert_true (batch_at (list, 7)->layer);
  xps_gl_list_free (list);
}

/* The phase of dashes is the arc length in periods, small however long the line is, and starts anew at a gap.
 */
static void
test_dash_phase (void)
{
  enum { N = 2001 };
  XpsPoint points[N];
  XpsSceneBuilder *builder = xps_scene_builder_new (100.0, 100.0);
  g_autoptr (XpsScene) scene = NULL;
  for (guint i = 0; i < N; i++)
    points[i] = (XpsPoint){1e-3 * i, i % 2 == 0 ? -9e4 : 9e4};
  points[1000] = (XpsPoint){NAN, NAN};
  xps_scene_add_polyline (builder, N, points,
                          (XpsStroke){.ink = thin.ink, .width = 2.0, .dash = XPS_DASH_LONG});
  XpsGlList *list = list_end (builder, &scene);
  const XpsGlBatch *batch = batch_at (list, 0);
  const long double period = 2.0L * (8.0L + 2.5L); /* XPS_DASH_LONG */
  long double length = 0.0L;
  g_assert_cmpint (batch->kind, ==, XPS_GL_DASHES);
  for (guint i = 0; i < 1000; i++) {
    const double difference =
        (double)fabsl (fmodl (length, period) - (long double)record_at (list, batch->first + i)->z);
    /* 1000 sums of 1.8e5 in double: 1e-11 each; float of up to 21: 1e-6. */
    test_assert_close (fmin (difference, (double)period - difference), 0.0, 2e-6);
    length +=
        hypotl ((long double)(points[i + 1].x - points[i].x), (long double)(points[i + 1].y - points[i].y));
  }
  g_assert_cmpfloat (record_at (list, batch->first + 1000)->z, ==, 0.0);
  xps_gl_list_free (list);
}

/* Clips are cut with those around them; a batch does not reach over a clip. */
static void
test_clips (void)
{
  const XpsPoint points[] = {{0.0, 1.0}, {50.0, 2.0}};
  const XpsRect rects[] = {
      {0.0, 0.0, 100.0, 80.0}, {10.5, 20.0, 50.0, 60.0}, {40.0, 50.0, 20.5, 30.0}, {40.0, 50.0, 0.0, 0.0}};
  XpsSceneBuilder *builder = xps_scene_builder_new (100.0, 80.0);
  g_autoptr (XpsScene) scene = NULL;
  xps_scene_add_polyline (builder, 2, points, thin);
  xps_scene_push_clip (builder, (XpsRect){10.5, 20.0, 50.0, 200.0});
  xps_scene_add_polyline (builder, 2, points, thin);
  xps_scene_push_clip (builder, (XpsRect){40.0, 50.0, 1000.0, 1000.0});
  xps_scene_add_polyline (builder, 2, points, thin);
  xps_scene_push_clip (builder, (XpsRect){0.0, 0.0, 1.0, 1.0});
  xps_scene_add_polyline (builder, 2, points, thin);
  xps_scene_pop_clip (builder);
  xps_scene_pop_clip (builder);
  xps_scene_pop_clip (builder);
  xps_scene_add_polyline (builder, 2, points, thin);
  XpsGlList *list = list_end (builder, &scene);
  g_assert_cmpuint (list->batches->len, ==, 5);
  for (guint i = 0; i < 5; i++) {
    const XpsRect want = rects[i % 4], have = batch_at (list, i)->clip;
    test_assert_close (have.x, want.x, 0.0);
    test_assert_close (have.y, want.y, 0.0);
    test_assert_close (have.width, want.width, 1e-12);
    test_assert_close (have.height, want.height, 1e-12);
  }
  xps_gl_list_free (list);
}

/* Many segments become strips, each stretch on its own. */
static void
test_dense (void)
{
  enum { N = XPS_GL_DENSE_SEGMENTS + 10 };
  g_autofree XpsPoint *points = g_new (XpsPoint, N);
  XpsSceneBuilder *builder = xps_scene_builder_new (100.0, 100.0);
  g_autoptr (XpsScene) scene = NULL;
  for (guint i = 0; i < N; i++)
    points[i] = (XpsPoint){1e-3 * i, 50.0};
  points[7].x = NAN;
  xps_scene_add_polyline (builder, N, points, thin);
  xps_scene_add_polyline (builder, 3, points, thin);
  XpsGlList *list = list_end (builder, &scene);
  const guint counts[] = {7, N - 8, 3};
  g_assert_cmpuint (list->batches->len, ==, 1);
  g_assert_cmpint (batch_at (list, 0)->kind, ==, XPS_GL_STRIPS);
  g_assert_cmpuint (list->counts->len, ==, G_N_ELEMENTS (counts));
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpuint (g_array_index (list->counts, guint, i), ==, counts[i]);
  xps_gl_list_free (list);
}

/* The boxes of a layer hold every point of its line that lies on the page, and do not overlap. */
static void
test_layer_boxes (void)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (200.0, 100.0);
  g_autoptr (XpsScene) scene = NULL;
  XpsPoint points[41];
  for (guint i = 0; i < 41; i++)
    points[i] = (XpsPoint){5.0 * i, 50.0 + 60.0 * sin (0.9 * i)};
  xps_scene_add_polyline (builder, 41, points,
                          (XpsStroke){.ink = xps_ink_fade (thin.ink, 0.5), .width = 3.0});
  XpsGlList *list = list_end (builder, &scene);
  const XpsGlBatch *batch = batch_at (list, 0);
  g_assert_true (batch->layer);
  for (guint i = 0; i < 4000; i++) {
    const guint k = i / 100;
    const double part = (i % 100) / 100.0, x = points[k].x + part * 5.0;
    const double y = points[k].y + part * (points[k + 1].y - points[k].y);
    guint inside = 0;
    for (guint b = 0; b < batch->n_boxes; b++) {
      const XpsGlRecord *box = record_at (list, batch->first_box + b);
      inside += x >= (double)box->x && x < (double)box->z && y >= (double)box->y && y < (double)box->w;
    }
    g_assert_cmpuint (inside, ==, y >= 0.0 && y < 100.0 ? 1 : inside);
    g_assert_cmpuint (inside, <=, 1);
  }
  xps_gl_list_free (list);
}

static void
test_styles (void)
{
  const XpsPoint points[] = {{0.0, 1.0}, {50.0, 2.0}};
  const XpsTheme *theme = xps_theme_get (XPS_THEME_DARK);
  const XpsInk ink = xps_ink_fade (xps_ink_series (2), 0.5);
  const XpsColour colour = xps_theme_colour (theme, ink, XPS_USE_STROKE);
  XpsSceneBuilder *builder = xps_scene_builder_new (200.0, 100.0);
  g_autoptr (XpsScene) scene = NULL;
  xps_scene_add_polyline (builder, 2, points,
                          (XpsStroke){.ink = ink, .width = 2.0, .dash = XPS_DASH_DASH_DOT_DOT});
  XpsGlList *list = list_end (builder, &scene);
  g_autofree float *styles = xps_gl_list_dup_styles (list, theme);
  gsize n = 0;
  const double *lengths = xps_dash_pattern (XPS_DASH_DASH_DOT_DOT, &n);
  double end = 0.0;
  test_assert_close ((double)styles[0], colour.red * 0.5, 1e-7);
  test_assert_close ((double)styles[3], 0.5, 0.0);
  g_assert_cmpfloat (styles[8], ==, 2.0f);
  g_assert_cmpuint (n, ==, 6);
  for (gsize i = 0; i < n; i++)
    test_assert_close ((double)styles[12 + i], end += 2.0 * lengths[i], 1e-5);
  test_assert_close ((double)styles[18], end, 1e-5);
  xps_gl_list_free (list);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw-gl/list/one-batch", test_one_batch);
  g_test_add_func ("/draw-gl/list/order-and-ends", test_order_and_ends);
  g_test_add_func ("/draw-gl/list/dash-phase", test_dash_phase);
  g_test_add_func ("/draw-gl/list/clips", test_clips);
  g_test_add_func ("/draw-gl/list/dense", test_dense);
  g_test_add_func ("/draw-gl/list/layer-boxes", test_layer_boxes);
  g_test_add_func ("/draw-gl/list/styles", test_styles);
  return g_test_run ();
}
