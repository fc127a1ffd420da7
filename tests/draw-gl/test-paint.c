/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-gl/draw-gl.h"

#include "context.h"
#include "support.h"

/* What single items look like, pixel by pixel, where that can be said without another painter. Colours are
 * eight bits, and a share of a pixel is computed in single precision: one step of 255 either way. */

#define STEP 1

static TestContext context;
static XpsGlPainter *painter;

typedef struct {
  int width, height;
  guint8 *bytes;
} Picture;

static void
picture_clear (Picture *picture)
{
  g_free (picture->bytes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

/* Takes the builder. */
static Picture
paint (XpsSceneBuilder *builder, double scale, gboolean canvas)
{
  g_autoptr (XpsScene) scene = xps_scene_builder_end (builder);
  const int width = (int)(scale * xps_scene_get_width (scene)),
            height = (int)(scale * xps_scene_get_height (scene));
  test_context_set_size (&context, width, height);
  xps_gl_painter_set_scene (painter, scene);
  xps_gl_painter_paint (painter, width, height, xps_theme_get (XPS_THEME_PRINT), canvas);
  Picture picture = {width, height, test_context_dup_pixels (&context)};
  g_assert_cmpint (glGetError (), ==, GL_NO_ERROR);
  return picture;
}

static void
assert_pixel (const Picture *picture, int x, int y, int red, int green, int blue, int alpha)
{
  const guint8 *at = picture->bytes + 4 * (y * picture->width + x);
  const int want[] = {red, green, blue, alpha};
  for (int i = 0; i < 4; i++)
    if (abs (at[i] - want[i]) > STEP)
      g_error ("pixel %d, %d is %d %d %d %d, expected %d %d %d %d", x, y, at[0], at[1], at[2], at[3], red,
               green, blue, alpha);
}

static XpsInk
custom (guint32 rgb, double opacity)
{
  return (XpsInk){.role = XPS_INK_CUSTOM, .rgb = rgb, .opacity = opacity};
}

static void
test_canvas (void)
{
  g_auto (Picture) white = paint (xps_scene_builder_new (8.0, 4.0), 1.0, TRUE);
  g_auto (Picture) clear = paint (xps_scene_builder_new (8.0, 4.0), 1.0, FALSE);
  assert_pixel (&white, 7, 3, 255, 255, 255, 255);
  assert_pixel (&clear, 7, 3, 0, 0, 0, 0);
}

static void
test_rectangles (void)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (40.0, 20.0);
  const XpsStroke blue = {.ink = custom (0x0000ff, 1.0), .width = 2.0};
  xps_scene_add_rectangle (builder, (XpsRect){2.0, 2.5, 6.0, 6.0}, (XpsStroke){.width = 0.0},
                           custom (0xff0000, 0.5));
  xps_scene_add_rectangle (builder, (XpsRect){12.0, 4.0, 8.0, 8.0}, blue, XPS_INK_NONE);
  xps_scene_add_rectangle (builder, (XpsRect){26.0, 4.0, 8.0, 8.0}, blue, custom (0x00ff00, 1.0));
  g_auto (Picture) picture = paint (builder, 1.0, FALSE);
  assert_pixel (&picture, 4, 5, 128, 0, 0, 128); /* premultiplied */
  assert_pixel (&picture, 4, 2, 64, 0, 0, 64);   /* half of the pixel */
  assert_pixel (&picture, 1, 5, 0, 0, 0, 0);
  assert_pixel (&picture, 11, 3, 0, 0, 255,
                255); /* outside of the path, inside of the stroke: sharp corners */
  assert_pixel (&picture, 12, 4, 0, 0, 255, 255);
  assert_pixel (&picture, 13, 5, 0, 0, 0, 0);
  assert_pixel (&picture, 16, 8, 0, 0, 0, 0);
  assert_pixel (&picture, 20, 12, 0, 0, 255, 255);
  assert_pixel (&picture, 21, 12, 0, 0, 0, 0);
  assert_pixel (&picture, 27, 5, 0, 255, 0, 255);
  assert_pixel (&picture, 26, 8, 0, 0, 255, 255);
}

/* A clip cuts inside a pixel by its share, nested ones as one. */
static void
test_clips (void)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (20.0, 20.0);
  xps_scene_push_clip (builder, (XpsRect){2.25, 2.0, 30.0, 10.0});
  xps_scene_push_clip (builder, (XpsRect){0.0, 4.5, 10.0, 30.0});
  xps_scene_add_rectangle (builder, (XpsRect){0.0, 0.0, 20.0, 20.0}, (XpsStroke){.width = 0.0},
                           custom (0xff0000, 1.0));
  xps_scene_pop_clip (builder);
  xps_scene_pop_clip (builder);
  xps_scene_add_rectangle (builder, (XpsRect){15.0, 15.0, 20.0, 20.0}, (XpsStroke){.width = 0.0},
                           custom (0x00ff00, 1.0));
  g_auto (Picture) picture = paint (builder, 1.0, FALSE);
  assert_pixel (&picture, 5, 3, 0, 0, 0, 0);
  assert_pixel (&picture, 5, 4, 128, 0, 0, 128);
  assert_pixel (&picture, 2, 4, 96, 0, 0, 96);
  assert_pixel (&picture, 2, 8, 191, 0, 0, 191);
  assert_pixel (&picture, 5, 8, 255, 0, 0, 255);
  assert_pixel (&picture, 5, 11, 255, 0, 0, 255);
  assert_pixel (&picture, 5, 12, 0, 0, 0, 0);
  assert_pixel (&picture, 9, 8, 255, 0, 0, 255);
  assert_pixel (&picture, 10, 8, 0, 0, 0, 0);
  assert_pixel (&picture, 17, 17, 0, 255, 0, 255);
}

static void
test_lines (void)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (40.0, 40.0);
  const XpsPoint line[] = {{4.0, 10.0}, {20.0, 10.0}, {NAN, NAN}, {24.0, 10.0}, {30.0, 10.0}};
  const XpsPoint thin[] = {{4.5, 20.0}, {4.5, 36.0}, {8.0, 30.5}, {20.0, 30.5}};
  xps_scene_add_polyline (builder, 5, line, (XpsStroke){.ink = custom (0xff0000, 1.0), .width = 3.0});
  xps_scene_add_segments (builder, 4, thin, (XpsStroke){.ink = custom (0x0000ff, 1.0), .width = 0.4});
  g_auto (Picture) picture = paint (builder, 1.0, FALSE);
  assert_pixel (&picture, 10, 9, 255, 0, 0, 255);
  assert_pixel (&picture, 10, 8, 128, 0, 0, 128);
  assert_pixel (&picture, 10, 11, 128, 0, 0, 128);
  assert_pixel (&picture, 10, 12, 0, 0, 0, 0);
  assert_pixel (&picture, 3, 10, 0, 0, 0, 0); /* butt */
  assert_pixel (&picture, 4, 10, 255, 0, 0, 255);
  assert_pixel (&picture, 19, 10, 255, 0, 0, 255);
  assert_pixel (&picture, 20, 10, 0, 0, 0, 0);
  assert_pixel (&picture, 22, 10, 0, 0, 0, 0); /* the gap */
  assert_pixel (&picture, 26, 10, 255, 0, 0, 255);
  assert_pixel (&picture, 4, 28, 0, 0, 102, 102); /* thinner than a pixel: its share */
  assert_pixel (&picture, 12, 30, 0, 0, 102, 102);
  assert_pixel (&picture, 6, 33, 0, 0, 0, 0); /* segments are not joined */
}

/* Points much denser than pixels make the line neither bolder nor longer. */
static void
test_dense_points (void)
{
  enum { N = 1000 };
  XpsPoint points[N];
  XpsSceneBuilder *builder = xps_scene_builder_new (40.0, 20.0);
  for (guint i = 0; i < N; i++)
    points[i] = (XpsPoint){5.0 + 30.0 * i / (N - 1), 10.0};
  xps_scene_add_polyline (builder, N, points, (XpsStroke){.ink = custom (0xff0000, 1.0), .width = 4.5});
  g_auto (Picture) picture = paint (builder, 1.0, FALSE);
  for (int x = 5; x < 35; x++) {
    assert_pixel (&picture, x, 6, 0, 0, 0, 0);
    /* A quarter, and where two segments are equally near, both of theirs: 1 - (3/4)^2 at the most. */
    const guint8 edge = picture.bytes[4 * (7 * picture.width + x)];
    g_assert_cmpint (edge, >=, 63);
    g_assert_cmpint (edge, <=, 112);
    assert_pixel (&picture, x, 9, 255, 0, 0, 255);
  }
  assert_pixel (&picture, 4, 10, 0, 0, 0, 0);
  assert_pixel (&picture, 35, 10, 0, 0, 0, 0);
}

/* A translucent line is one ink, also where it crosses itself, turns and has many points. */
static void
test_translucent (void)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (40.0, 40.0);
  const XpsPoint line[] = {{0.0, 20.0}, {40.0, 20.0}, {39.0, 5.0}, {20.0, 5.0}, {20.0, 40.0}};
  xps_scene_add_polyline (builder, 5, line, (XpsStroke){.ink = custom (0xff0000, 0.5), .width = 6.0});
  g_auto (Picture) picture = paint (builder, 1.0, FALSE);
  for (int i = 0; i < 40; i++)
    assert_pixel (&picture, i, 20, 128, 0, 0, 128);
  for (int i = 5; i < 40; i++)
    assert_pixel (&picture, 20, i, 128, 0, 0, 128);
  assert_pixel (&picture, 10, 30, 0, 0, 0, 0);
}

/* On and off by arc length around a corner; on paper and on the screen alike. */
static void
test_dashes (void)
{
  for (int scale = 1; scale <= 2; scale++) {
    XpsSceneBuilder *builder = xps_scene_builder_new (40.0, 40.0);
    const XpsPoint line[] = {{4.0, 8.0}, {14.0, 8.0}, {34.0, 8.0}, {34.0, 38.0}};
    /* 8 on, 4.4 off. */
    xps_scene_add_polyline (
        builder, 4, line, (XpsStroke){.ink = custom (0xff0000, 1.0), .width = 2.0, .dash = XPS_DASH_DASHED});
    g_auto (Picture) picture = paint (builder, scale, FALSE);
    for (int i = 0; i < 25 * scale; i++) {
      const double from = fmod ((double)i / scale, 12.4), to = from + 1.0 / scale;
      if (to <= 8.0)
        assert_pixel (&picture, 4 * scale + i, 8 * scale, 255, 0, 0, 255);
      if (from >= 8.0 && to <= 12.4)
        assert_pixel (&picture, 4 * scale + i, 8 * scale, 0, 0, 0, 0);
    }
    for (int i = 2; i < 30 * scale; i++) {
      const double from = fmod (30.0 + (double)i / scale, 12.4), to = from + 1.0 / scale;
      if (to <= 8.0)
        assert_pixel (&picture, 34 * scale, 8 * scale + i, 255, 0, 0, 255);
      if (from >= 8.0 && to <= 12.4 && i > 2 * scale)
        assert_pixel (&picture, 34 * scale, 8 * scale + i, 0, 0, 0, 0);
    }
  }
}

/* Pieces of an area meet without seams and without painting a pixel twice; crossing edges fill both sides. */
static void
test_areas (void)
{
  enum { N = 331 };
  XpsPoint points[N];
  double base[N];
  XpsSceneBuilder *builder = xps_scene_builder_new (120.0, 60.0);
  for (guint i = 0; i < N; i++) {
    points[i] = (XpsPoint){10.0 + 100.0 * i / (N - 1), 10.0};
    base[i] = 30.0;
  }
  xps_scene_add_area (builder, N, points, base, custom (0xff0000, 0.5));
  const XpsPoint bow[] = {{10.0, 35.0}, {50.0, 55.0}, {NAN, NAN}, {60.5, 40.25}, {80.0, 40.25}};
  const double other[] = {55.0, 35.0, 0.0, 41.0, 41.0};
  xps_scene_add_area (builder, 5, bow, other, custom (0x00ff00, 1.0));
  g_auto (Picture) picture = paint (builder, 1.0, FALSE);
  for (int y = 10; y < 30; y++)
    for (int x = 10; x < 110; x++)
      assert_pixel (&picture, x, y, 128, 0, 0, 128);
  for (int x = 10; x < 110; x++) {
    assert_pixel (&picture, x, 9, 0, 0, 0, 0);
    assert_pixel (&picture, x, 30, 0, 0, 0, 0);
  }
  assert_pixel (&picture, 9, 20, 0, 0, 0, 0);
  assert_pixel (&picture, 110, 20, 0, 0, 0, 0);
  assert_pixel (&picture, 14, 45, 0, 255, 0, 255);
  assert_pixel (&picture, 46, 45, 0, 255, 0, 255);
  assert_pixel (&picture, 30, 38, 0, 0, 0, 0);
  assert_pixel (&picture, 55, 45, 0, 0, 0, 0);
  assert_pixel (&picture, 70, 40, 0, 191, 0, 191); /* a sliver: its thickness */
  assert_pixel (&picture, 60, 40, 0, 96, 0, 96);   /* half of that at its end */
}

/* A translucent area whose points turn back is still one ink. */
static void
test_folded_area (void)
{
  const XpsPoint points[] = {{5.0, 10.0}, {35.0, 10.0}, {15.0, 5.0}};
  const double base[] = {30.0, 30.0, 30.0};
  XpsSceneBuilder *builder = xps_scene_builder_new (40.0, 40.0);
  xps_scene_add_area (builder, 3, points, base, custom (0x0000ff, 0.5));
  g_auto (Picture) picture = paint (builder, 1.0, FALSE);
  assert_pixel (&picture, 8, 20, 0, 0, 128, 128);
  assert_pixel (&picture, 25, 20, 0, 0, 128, 128);
  assert_pixel (&picture, 25, 35, 0, 0, 0, 0);
}

static void
test_markers (void)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (140.0, 60.0);
  const XpsStroke black = {.ink = custom (0x000000, 1.0), .width = 2.0};
  for (int i = 0; i < XPS_N_MARKERS; i++) {
    xps_scene_add_markers (builder, 1, &(XpsPoint){10.5 + 20.0 * i, 15.5}, (XpsMarker)i, 12.0, black,
                           custom (0xff0000, 1.0));
    xps_scene_add_markers (builder, 1, &(XpsPoint){10.5 + 20.0 * i, 45.5}, (XpsMarker)i, 12.0, black,
                           XPS_INK_NONE);
  }
  g_auto (Picture) picture = paint (builder, 1.0, TRUE);
  for (int i = 0; i < XPS_MARKER_CROSS; i++) {
    assert_pixel (&picture, 10 + 20 * i, 15, 255, 0, 0, 255);
    assert_pixel (&picture, 10 + 20 * i, 45, 255, 255, 255, 255);
    assert_pixel (&picture, 10 + 20 * i, 25, 255, 255, 255, 255);
  }
  assert_pixel (&picture, 16, 15, 0, 0, 0, 255);      /* the circle's right side, radius 6 */
  assert_pixel (&picture, 16, 9, 255, 255, 255, 255); /* ... and not the corner of its square */
  assert_pixel (&picture, 35, 10, 0, 0, 0, 255);      /* the square's corner, 0.89 * 6 away */
  assert_pixel (&picture, 50, 8, 0, 0, 0, 255);       /* corners of diamond and triangles, 7.5 away */
  assert_pixel (&picture, 70, 8, 0, 0, 0, 255);
  assert_pixel (&picture, 90, 22, 0, 0, 0, 255);
  assert_pixel (&picture, 70, 19, 0, 0, 0, 255); /* their sides, 3.75 away */
  assert_pixel (&picture, 90, 11, 0, 0, 0, 255);
  assert_pixel (&picture, 70, 21, 255, 255, 255, 255);
  for (int row = 0; row < 2; row++) {
    assert_pixel (&picture, 110, 15 + 30 * row, 0, 0, 0,
                  255); /* the cross, to 6 * sqrt 2 along the diagonal */
    assert_pixel (&picture, 115, 10 + 30 * row, 0, 0, 0, 255);
    assert_pixel (&picture, 105, 20 + 30 * row, 0, 0, 0, 255);
    assert_pixel (&picture, 110, 11 + 30 * row, 255, 255, 255, 255);
  }
}

/* Cells by their place in the table, NaN left out, any offset of the values. */
static void
test_images (void)
{
  const float cells[] = {1e6f, 1e6f + 1.0f, NAN, 1e6f + 2.0f, 2e6f, -INFINITY};
  XpsSceneBuilder *builder = xps_scene_builder_new (60.0, 40.0);
  xps_scene_add_image (builder, &(XpsImage){.rect = {0.0, 0.0, 60.0, 40.0},
                                            .columns = 3,
                                            .rows = 2,
                                            .values = cells,
                                            .low = 1e6,
                                            .high = 1e6 + 2.0,
                                            .table = XPS_COLOUR_TABLE_GREY});
  g_auto (Picture) picture = paint (builder, 1.0, FALSE);
  assert_pixel (&picture, 0, 0, 0, 0, 0, 255);
  assert_pixel (&picture, 19, 19, 0, 0, 0, 255);
  assert_pixel (&picture, 20, 0, 128, 128, 128, 255);
  assert_pixel (&picture, 50, 10, 0, 0, 0, 0);
  assert_pixel (&picture, 10, 20, 255, 255, 255, 255);
  assert_pixel (&picture, 30, 30, 255, 255, 255, 255);
  assert_pixel (&picture, 59, 39, 0, 0, 0, 255);
}

/* Every table, at every 97th of its range. */
static void
test_colour_tables (void)
{
  for (int table = 0; table < XPS_N_COLOUR_TABLES; table++) {
    float cells[98];
    XpsSceneBuilder *builder = xps_scene_builder_new (98.0, 2.0);
    for (int i = 0; i < 98; i++)
      cells[i] = (float)i;
    xps_scene_add_image (builder, &(XpsImage){.rect = {0.0, 0.0, 98.0, 2.0},
                                              .columns = 98,
                                              .rows = 1,
                                              .values = cells,
                                              .low = 0.0,
                                              .high = 97.0,
                                              .table = (XpsColourTable)table});
    g_auto (Picture) picture = paint (builder, 1.0, FALSE);
    for (int i = 0; i < 98; i++) {
      const XpsColour colour = xps_colour_table_lookup ((XpsColourTable)table, i / 97.0);
      assert_pixel (&picture, i, 1, (int)lround (255.0 * colour.red), (int)lround (255.0 * colour.green),
                    (int)lround (255.0 * colour.blue), 255);
    }
  }
}

/* Far more segments than are painted as quads: the strips look alike. */
static void
test_strips (void)
{
  enum { N = 60000 };
  g_autofree XpsPoint *points = g_new (XpsPoint, N);
  const XpsPoint one[] = {{5.0, 20.0}, {35.0, 20.0}, {NAN, NAN}, {5.0, 30.0}, {35.0, 30.0}};
  XpsSceneBuilder *builder = xps_scene_builder_new (40.0, 40.0);
  for (guint i = 0; i < N; i++)
    points[i] = (XpsPoint){5.0 + 30.0 * i / (N - 1), 10.0};
  xps_scene_add_polyline (builder, N, points, (XpsStroke){.ink = custom (0xff0000, 1.0), .width = 3.0});
  xps_scene_add_polyline (builder, 5, one, (XpsStroke){.ink = custom (0x0000ff, 1.0), .width = 3.0});
  g_auto (Picture) picture = paint (builder, 1.0, FALSE);
  for (int x = 6; x < 34; x++) {
    assert_pixel (&picture, x, 9, 255, 0, 0, 255);
    assert_pixel (&picture, x, 8, 128, 0, 0, 128);
    assert_pixel (&picture, x, 12, 0, 0, 0, 0);
    assert_pixel (&picture, x, 20, 0, 0, 255, 255);
    assert_pixel (&picture, x, 25, 0, 0, 0, 0);
    assert_pixel (&picture, x, 30, 0, 0, 255, 255);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!test_context_open (&context)) {
    g_print ("1..0 # SKIP no OpenGL without a display\n");
    return 0;
  }
  g_autoptr (GError) error = NULL;
  painter = xps_gl_painter_new (&error);
  g_assert_no_error (error);
  g_test_add_func ("/draw-gl/paint/canvas", test_canvas);
  g_test_add_func ("/draw-gl/paint/rectangles", test_rectangles);
  g_test_add_func ("/draw-gl/paint/clips", test_clips);
  g_test_add_func ("/draw-gl/paint/lines", test_lines);
  g_test_add_func ("/draw-gl/paint/dense-points", test_dense_points);
  g_test_add_func ("/draw-gl/paint/translucent", test_translucent);
  g_test_add_func ("/draw-gl/paint/dashes", test_dashes);
  g_test_add_func ("/draw-gl/paint/areas", test_areas);
  g_test_add_func ("/draw-gl/paint/folded-area", test_folded_area);
  g_test_add_func ("/draw-gl/paint/markers", test_markers);
  g_test_add_func ("/draw-gl/paint/images", test_images);
  g_test_add_func ("/draw-gl/paint/colour-tables", test_colour_tables);
  g_test_add_func ("/draw-gl/paint/strips", test_strips);
  const int result = g_test_run ();
  xps_gl_painter_free (painter);
  test_context_close (&context);
  return result;
}
