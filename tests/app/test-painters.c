/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo.h>

#include "context.h"
#include "draw-cairo/draw-cairo.h"
#include "draw-gl/draw-gl.h"
#include "figure/fit-figure.h"
#include "fit/engine.h"
#include "formats/formats.h"
#include "support.h"

/* The screen shows what is printed: both painters, one scene, pixel by pixel. Texts are Cairo's alone and are
 * left out. What may differ are pixels at edges:
 * - the OpenGL painter takes a pixel's share by the distance of its middle from the edge, which for a
 * slanting edge is off by at most (sqrt (1/2) - 1/2)^2 = 0.04 of the pixel, twice for a line; Cairo cuts a
 * pixel into 15 rows, which is off by 0.07: together 0.15 of the contrast, 38 of 255;
 * - where a line meets itself (joins of noisy curves), shares of two segments are added by one as if they
 * were independent, a + b - ab, and by the other as they lie: off by at most 1/4, 64 of 255, and with three
 * segments in a pixel somewhat more. So single pixels may be off by STRONG only where lines are noisy, and
 * the mean stays well below one step for a figure that is mostly paper. A shift of half a pixel, a line half
 * as wide again, a missing curve or a wrong colour breaks both limits by far; test_limits_bite() shows that.
 */

#define STRONG 48

static TestContext context;
static XpsGlPainter *gl;
static XpsCairoPainter *cairo;

typedef struct {
  double mean;   /* absolute difference of all channels, of 255 */
  double strong; /* share of pixels with a channel off by more than STRONG */
  int worst;
} Difference;

/* The same scene without its texts. */
static XpsScene *
without_texts (const XpsScene *scene)
{
  gsize n = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  XpsSceneBuilder *builder =
      xps_scene_builder_new (xps_scene_get_width (scene), xps_scene_get_height (scene));
  for (gsize i = 0; i < n; i++) {
    const XpsItem *item = items[i];
    if (item->kind == XPS_ITEM_POLYLINE)
      xps_scene_add_polyline (builder, item->n, item->points, item->stroke);
    else if (item->kind == XPS_ITEM_AREA)
      xps_scene_add_area (builder, item->n, item->points, item->base, item->fill);
    else if (item->kind == XPS_ITEM_SEGMENTS)
      xps_scene_add_segments (builder, item->n, item->points, item->stroke);
    else if (item->kind == XPS_ITEM_MARKERS)
      xps_scene_add_markers (builder, item->n, item->points, item->marker, item->size, item->stroke,
                             item->fill);
    else if (item->kind == XPS_ITEM_RECTANGLE)
      xps_scene_add_rectangle (builder, item->rect, item->stroke, item->fill);
    else if (item->kind == XPS_ITEM_IMAGE)
      xps_scene_add_image (builder, &item->image);
    else if (item->kind == XPS_ITEM_CLIP)
      xps_scene_push_clip (builder, item->rect);
    else if (item->kind == XPS_ITEM_UNCLIP)
      xps_scene_pop_clip (builder);
  }
  return xps_scene_builder_end (builder);
}

static cairo_surface_t *
surface_new (int width, int height)
{
  return cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
}

static cairo_surface_t *
paint_cairo (const XpsScene *scene, double scale, const XpsTheme *theme)
{
  cairo_surface_t *surface = surface_new ((int)ceil (scale * xps_scene_get_width (scene)),
                                          (int)ceil (scale * xps_scene_get_height (scene)));
  cairo_t *cr = cairo_create (surface);
  cairo_scale (cr, cairo_image_surface_get_width (surface) / xps_scene_get_width (scene),
               cairo_image_surface_get_height (surface) / xps_scene_get_height (scene));
  xps_cairo_painter_paint (cairo, cr, scene, theme, TRUE);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static cairo_surface_t *
paint_gl (XpsScene *scene, double scale, const XpsTheme *theme)
{
  const int width = (int)ceil (scale * xps_scene_get_width (scene));
  const int height = (int)ceil (scale * xps_scene_get_height (scene));
  cairo_surface_t *surface = surface_new (width, height);
  test_context_set_size (&context, width, height);
  xps_gl_painter_set_scene (gl, scene);
  xps_gl_painter_paint (gl, width, height, theme, TRUE);
  g_autofree guint8 *pixels = test_context_dup_pixels (&context);
  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++) {
    guint8 *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);
    for (int x = 0; x < width; x++) {
      const guint8 *at = pixels + 4 * (y * width + x);
      ((guint32 *)(void *)row)[x] = (guint32)at[3] << 24 | (guint32)at[0] << 16 | (guint32)at[1] << 8 | at[2];
    }
  }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static Difference
compare (cairo_surface_t *a, cairo_surface_t *b)
{
  const int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  Difference difference = {0};
  gsize strong = 0;
  for (int y = 0; y < height; y++) {
    const guint8 *one = cairo_image_surface_get_data (a) + y * cairo_image_surface_get_stride (a);
    const guint8 *two = cairo_image_surface_get_data (b) + y * cairo_image_surface_get_stride (b);
    for (int x = 0; x < width; x++) {
      int most = 0;
      for (int c = 0; c < 4; c++) {
        const int off = abs (one[4 * x + c] - two[4 * x + c]);
        difference.mean += c < 3 ? off : 0;
        most = MAX (most, off);
      }
      strong += most > STRONG;
      difference.worst = MAX (difference.worst, most);
    }
  }
  difference.mean /= 3.0 * width * height;
  difference.strong = (double)strong / ((double)width * height);
  return difference;
}

/* Both pictures side by side, for eyes, where XPS_TEST_PICTURES names a folder. */
static void
keep (const char *name, cairo_surface_t *a, cairo_surface_t *b)
{
  const char *folder = g_getenv ("XPS_TEST_PICTURES");
  if (folder == NULL)
    return;
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);
  const int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  cairo_surface_t *both = surface_new (2 * width + 8, height);
  cairo_t *cr = cairo_create (both);
  cairo_set_source_surface (cr, a, 0.0, 0.0);
  cairo_paint (cr);
  cairo_set_source_surface (cr, b, width + 8.0, 0.0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png (both, path);
  cairo_surface_destroy (both);
}

static void
assert_alike (const char *name, XpsScene *scene, double mean, double strong)
{
  const XpsThemeKind themes[] = {XPS_THEME_LIGHT, XPS_THEME_DARK};
  for (int scale = 1; scale <= 2; scale++)
    for (gsize t = 0; t < G_N_ELEMENTS (themes); t++) {
      g_autofree char *full = g_strdup_printf ("%s-%s-%dx", name, t == 0 ? "light" : "dark", scale);
      cairo_surface_t *ours = paint_gl (scale == 0 ? NULL : scene, scale, xps_theme_get (themes[t]));
      cairo_surface_t *reference = paint_cairo (scene, scale, xps_theme_get (themes[t]));
      const Difference difference = compare (ours, reference);
      keep (full, ours, reference);
      g_test_message ("%s: mean %.3f, strong %.5f, worst %d", full, difference.mean, difference.strong,
                      difference.worst);
      cairo_surface_destroy (ours);
      cairo_surface_destroy (reference);
      if (difference.mean > mean || difference.strong > strong)
        g_error ("%s: the painters differ by %.3f in the mean (at most %.3f), strongly in %.5f of the pixels "
                 "(%.5f)",
                 full, difference.mean, mean, difference.strong, strong);
    }
}

static XpsInk
random_ink (GRand *random)
{
  XpsInk ink = xps_ink_series ((guint)g_rand_int_range (random, 0, 12));
  if (g_rand_int_range (random, 0, 3) == 0)
    ink.opacity = g_rand_double_range (random, 0.2, 1.0);
  if (g_rand_int_range (random, 0, 3) == 0)
    ink.tint = g_rand_double_range (random, -0.5, 0.5);
  return ink;
}

/* A curve as spectra have them, smooth or noisy, to the right or to the left, now and then with a gap. */
static void
random_curve (GRand *random, gsize n, XpsPoint *points)
{
  const double centre = g_rand_double_range (random, 0.2, 0.8),
               width = g_rand_double_range (random, 0.02, 0.2);
  const double height = g_rand_double_range (random, 20.0, 180.0),
               noise = g_rand_boolean (random) ? 4.0 : 0.0;
  const gboolean backwards = g_rand_boolean (random);
  for (gsize i = 0; i < n; i++) {
    const double part = (double)i / (double)(n - 1), u = (part - centre) / width;
    const double y = 220.0 - height * exp (-u * u) + noise * g_rand_double_range (random, -1.0, 1.0);
    points[i] = (XpsPoint){backwards ? 310.0 - 300.0 * part : 10.0 + 300.0 * part, y};
    if (g_rand_int_range (random, 0, 150) == 0)
      points[i].y = NAN;
  }
}

static void
add_random_item (XpsSceneBuilder *builder, GRand *random)
{
  enum { N = 400 };
  XpsPoint points[N];
  double base[N];
  float cells[30];
  const gsize n = (gsize)g_rand_int_range (random, 2, N);
  const XpsStroke stroke = {
      .ink = random_ink (random),
      .width = g_rand_double_range (random, 0.4, 4.0),
      .dash = (XpsDash)(g_rand_boolean (random) ? 0 : g_rand_int_range (random, 0, XPS_N_DASHES))};
  const XpsStroke solid = {.ink = stroke.ink, .width = stroke.width};
  const XpsRect rect = {g_rand_double_range (random, 0.0, 250.0), g_rand_double_range (random, 0.0, 180.0),
                        g_rand_double_range (random, 5.0, 90.0), g_rand_double_range (random, 5.0, 90.0)};
  random_curve (random, n, points);
  for (gsize i = 0; i < n; i++)
    base[i] = 225.0 - 30.0 * (points[i].x / 300.0);
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    cells[i] = (float)g_rand_double (random);
  switch (g_rand_int_range (random, 0, 6)) {
  case 0:
    xps_scene_add_polyline (builder, n, points, stroke);
    break;
  case 1:
    xps_scene_add_area (builder, n, points, base, random_ink (random));
    break;
  case 2:
    for (gsize i = 0; i < MIN (n, 20); i++)
      points[i] =
          (XpsPoint){g_rand_double_range (random, 0.0, 320.0), g_rand_double_range (random, 0.0, 240.0)};
    xps_scene_add_segments (builder, MIN (n, 20), points, stroke);
    break;
  case 3:
    xps_scene_add_markers (builder, MIN (n, 60), points,
                           (XpsMarker)g_rand_int_range (random, 0, XPS_N_MARKERS),
                           g_rand_double_range (random, 3.0, 12.0), solid,
                           g_rand_boolean (random) ? random_ink (random) : XPS_INK_NONE);
    break;
  case 4:
    xps_scene_add_rectangle (builder, rect, stroke,
                             g_rand_boolean (random) ? random_ink (random) : XPS_INK_NONE);
    break;
  default:
    xps_scene_add_image (
        builder, &(XpsImage){.rect = rect,
                             .columns = 6,
                             .rows = 5,
                             .values = cells,
                             .low = 0.1,
                             .high = 0.9,
                             .table = (XpsColourTable)g_rand_int_range (random, 0, XPS_N_COLOUR_TABLES)});
  }
}

static XpsScene *
random_scene (guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  XpsSceneBuilder *builder = xps_scene_builder_new (320.0, 240.0);
  for (guint i = 0; i < 12; i++) {
    if (i == 3 || i == 5)
      xps_scene_push_clip (builder, (XpsRect){g_rand_double_range (random, 0.0, 60.0),
                                              g_rand_double_range (random, 0.0, 60.0), 220.3, 170.7});
    if (i == 7 || i == 9)
      xps_scene_pop_clip (builder);
    add_random_item (builder, random);
  }
  return xps_scene_builder_end (builder);
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 24; seed++) {
    g_autofree char *name = g_strdup_printf ("random-%02u", seed);
    g_autoptr (XpsScene) scene = random_scene (seed);
    assert_alike (name, scene, 1.0, 0.004);
  }
}

static XpsResult *
fit_sample (const char *name)
{
  g_autofree char *data_path = g_strdup_printf ("%s/data/samples/%s.csv", g_getenv ("XPS_SOURCE_DIR"), name);
  g_autofree char *model_path =
      g_strdup_printf ("%s/data/samples/%s.json", g_getenv ("XPS_SOURCE_DIR"), name);
  g_autoptr (GError) error = NULL;
  XpsReadOptions options;
  xps_read_options_init (&options);
  g_autoptr (XpsFile) file = xps_file_open (data_path, &options, &error);
  g_assert_no_error (error);
  g_autoptr (XpsModel) model = xps_model_read (model_path, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) data = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_fit_data_unref);
  for (guint i = 0; i < model->parts->len; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (file->spectra, i);
    const XpsModelPart *part = g_ptr_array_index (model->parts, i);
    const XpsEnergyScale scale = xps_energy_scale_from_spectrum (spectrum);
    g_ptr_array_add (data, xps_fit_data_new (spectrum, &scale, part->low, part->high, &error));
    g_assert_no_error (error);
  }
  XpsResult *result =
      xps_fit (model, (XpsFitData *const *)data->pdata, data->len, XPS_WEIGHTS_COUNTS, NULL, &error);
  g_assert_no_error (error);
  return result;
}

static XpsScene *
figure_scene (const char *name, double width)
{
  XpsFigureStyle style;
  g_autoptr (XpsResult) result = fit_sample (name);
  g_autoptr (XpsFigure) figure = xps_figure_new_from_result (result);
  xps_figure_style_init (&style, XPS_FIGURE_SINGLE);
  style.width = width;
  g_autoptr (XpsScene) scene = xps_figure_build (figure, &style);
  return without_texts (scene);
}

/* Real fits, as they print and as large as a window shows them. */
static void
test_figures (void)
{
  const char *const samples[] = {"li6ps5cl-s2p-lab", "li6ps5cl-s2p-haxpes", "llzo-c1s", "llzo-li1s",
                                 "llzo-o1s"};
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autofree char *large_name = g_strconcat (samples[i], "-large", NULL);
    g_autoptr (XpsScene) small = figure_scene (samples[i], 240.0), large = figure_scene (samples[i], 640.0);
    assert_alike (samples[i], small, 1.2, 0.004);
    assert_alike (large_name, large, 1.2, 0.004);
  }
}

/* More segments than are painted as quads: noise on 80 curves. */
static void
test_dense (void)
{
  enum { N = 1000 };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  XpsSceneBuilder *builder = xps_scene_builder_new (640.0, 480.0);
  XpsPoint points[N];
  for (guint c = 0; c < 80; c++) {
    for (guint i = 0; i < N; i++) {
      const double u = (i - 400.0) / 60.0;
      points[i] = (XpsPoint){10.0 + 0.62 * i,
                             460.0 - 5.0 * c - 40.0 * exp (-u * u) + g_rand_double_range (random, -0.7, 0.7)};
    }
    xps_scene_add_polyline (builder, N, points, (XpsStroke){.ink = xps_ink_series (c), .width = 1.0});
  }
  g_autoptr (XpsScene) scene = xps_scene_builder_end (builder);
  assert_alike ("dense", scene, 6.0, 0.03);
}

/* What the limits are worth: mistakes that they must find. */
static void
test_limits_bite (void)
{
  const XpsTheme *theme = xps_theme_get (XPS_THEME_LIGHT);
  g_autoptr (XpsScene) scene = figure_scene ("llzo-c1s", 240.0);
  cairo_surface_t *right = paint_cairo (scene, 1.0, theme);
  cairo_surface_t *shifted =
      surface_new (cairo_image_surface_get_width (right), cairo_image_surface_get_height (right));
  cairo_surface_t *dark = paint_cairo (scene, 1.0, xps_theme_get (XPS_THEME_PRINT));
  cairo_t *cr = cairo_create (shifted);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  cairo_translate (cr, 0.5, 0.5);
  xps_cairo_painter_paint (cairo, cr, scene, theme, FALSE);
  cairo_destroy (cr);
  const Difference shift = compare (right, shifted), colours = compare (right, dark);
  g_test_message ("shift: mean %.3f, strong %.5f; other theme: mean %.3f, strong %.5f", shift.mean,
                  shift.strong, colours.mean, colours.strong);
  g_assert_cmpfloat (shift.strong, >, 3.0 * 0.004);
  g_assert_cmpfloat (shift.mean, >, 3.0 * 1.2);
  cairo_surface_destroy (right);
  cairo_surface_destroy (shifted);
  cairo_surface_destroy (dark);
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
  gl = xps_gl_painter_new (&error);
  g_assert_no_error (error);
  cairo = xps_cairo_painter_new (NULL);
  g_test_add_func ("/app/painters/random", test_random);
  g_test_add_func ("/app/painters/figures", test_figures);
  g_test_add_func ("/app/painters/dense", test_dense);
  g_test_add_func ("/app/painters/limits-bite", test_limits_bite);
  const int result = g_test_run ();
  xps_gl_painter_free (gl);
  xps_cairo_painter_free (cairo);
  test_context_close (&context);
  return result;
}
