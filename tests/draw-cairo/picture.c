/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-cairo/draw-cairo.h"

#include <glib/gstdio.h>
#include <locale.h>

#include "support.h"

#define WIDTH  144.0
#define HEIGHT 72.0

/* A red bar at the left, a blue line at the right, text in the middle, and one of every other kind. */
static XpsScene *
make_scene (void)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (WIDTH, HEIGHT);
  const XpsPoint line[] = {{120.0, 0.0}, {120.0, 72.0}};
  const XpsPoint area[] = {{60.0, 50.0}, {70.0, 50.0}, {NAN, NAN}, {80.0, 50.0}, {90.0, 50.0}};
  const double base[] = {60.0, 60.0, 60.0, 60.0, 60.0};
  const float cells[] = {0.0f, 1.0f, NAN, 0.0f};
  const XpsStroke blue = {.ink = xps_ink_series (0), .width = 6.0};
  xps_scene_builder_set_title (builder, "S 2p & \xcf\x87\xc2\xb2 < 2", "Two <things>");
  xps_scene_add_rectangle (builder, (XpsRect){5.0, 10.0, 20.0, 50.0}, (XpsStroke){.width = 0.0},
                           (XpsInk){.role = XPS_INK_CUSTOM, .rgb = 0xff0000, .opacity = 1.0});
  xps_scene_add_area (builder, 5, area, base, xps_ink (XPS_INK_FOREGROUND));
  xps_scene_push_clip (builder, (XpsRect){0.0, 0.0, WIDTH, 36.0});
  xps_scene_add_polyline (builder, 2, line, blue);
  xps_scene_pop_clip (builder);
  xps_scene_add_segments (builder, 2, line, (XpsStroke){.ink = xps_ink (XPS_INK_MUTED), .width = 0.1});
  for (guint marker = 0; marker < XPS_N_MARKERS; marker++)
    xps_scene_add_markers (builder, 1, &(XpsPoint){130.0, 6.0 + 10.0 * marker}, (XpsMarker)marker, 4.0,
                           (XpsStroke){.ink = xps_ink (XPS_INK_AXIS), .width = 0.5}, xps_ink_series (3));
  xps_scene_add_image (builder, &(XpsImage){.rect = {30.0, 40.0, 20.0, 20.0},
                                            .columns = 2,
                                            .rows = 2,
                                            .values = cells,
                                            .low = 0.0,
                                            .high = 1.0,
                                            .table = XPS_COLOUR_TABLE_GREY});
  xps_scene_add_text (builder, &(XpsText){.markup = "Binding <i>\xcf\x83</i><sup>2</sup> \xe2\x88\x92"
                                                    "7.5",
                                          .at = {72.0, 24.0},
                                          .anchor = 0.5,
                                          .size = 8.0,
                                          .ink = xps_ink (XPS_INK_FOREGROUND)});
  return xps_scene_builder_end (builder);
}

static GBytes *
render (XpsPictureFormat format, double dpi, gboolean no_canvas)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsScene) scene = make_scene ();
  g_autoptr (XpsCairoPainter) painter = xps_cairo_painter_new (NULL);
  const XpsPictureOptions options = {.format = format,
                                     .dpi = dpi,
                                     .no_canvas = no_canvas,
                                     .program = "Corelevel <test>",
                                     .created = "2026-11-22T10:00:00Z"};
  GBytes *bytes =
      xps_cairo_painter_render (painter, scene, xps_theme_get (XPS_THEME_PRINT), &options, &error);
  g_assert_no_error (error);
  return bytes;
}

/* The scene as pixels: read back through Cairo's own PNG reader. */
typedef struct {
  const guint8 *data;
  gsize left;
} Source;

static cairo_status_t
read_bytes (void *closure, unsigned char *data, unsigned int length)
{
  Source *source = closure;
  if (length > source->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, source->data, length);
  source->data += length;
  source->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
read_png (GBytes *bytes)
{
  Source source;
  source.data = g_bytes_get_data (bytes, &source.left);
  cairo_surface_t *surface = cairo_image_surface_create_from_png_stream (read_bytes, &source);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}

/* 0xAARRGGBB (premultiplied) at a place given in points. */
static guint32
pixel_at (cairo_surface_t *surface, double x, double y)
{
  const double scale = cairo_image_surface_get_width (surface) / WIDTH;
  const guint8 *row = cairo_image_surface_get_data (surface) +
                      (gsize)(y * scale) * (gsize)cairo_image_surface_get_stride (surface);
  guint32 pixel;
  memcpy (&pixel, row + 4 * (gsize)(x * scale), sizeof pixel);
  return pixel;
}

static void
test_png_pixels (void)
{
  g_autoptr (GBytes) bytes = render (XPS_PICTURE_PNG, 144.0, FALSE);
  cairo_surface_t *surface = read_png (bytes);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 288);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 144);
  g_assert_cmphex (pixel_at (surface, 15.0, 30.0) & 0xffffff, ==, 0xff0000); /* the bar */
  g_assert_cmphex (pixel_at (surface, 2.0, 2.0) & 0xffffff, ==, 0xffffff);   /* the canvas */
  g_assert_cmphex (pixel_at (surface, 118.5, 18.0) & 0xffffff, ==,
                   0x0072b2); /* the line, Okabe and Ito's blue */
  g_assert_cmphex (pixel_at (surface, 118.5, 50.0) & 0xffffff, ==, 0xffffff); /* cut off by the clip */
  g_assert_cmphex (pixel_at (surface, 65.0, 55.0) & 0xffffff, ==, 0x000000);  /* area */
  g_assert_cmphex (pixel_at (surface, 75.0, 55.0) & 0xffffff, ==, 0xffffff);  /* its gap */
  g_assert_cmphex (pixel_at (surface, 45.0, 45.0) & 0xffffff, ==, 0xffffff);  /* image: cell of 1 */
  g_assert_cmphex (pixel_at (surface, 35.0, 45.0) & 0xffffff, ==, 0x000000);  /* image: cell of 0 */
  g_assert_cmphex (pixel_at (surface, 35.0, 55.0) & 0xffffff, ==, 0xffffff);  /* image: empty cell */
  guint dark = 0;
  for (double x = 45.0; x < 100.0; x += 0.5)
    for (double y = 16.0; y < 26.0; y += 0.5)
      dark += (pixel_at (surface, x, y) & 0xff) < 0x60;
  g_assert_cmpuint (dark, >, 100); /* the text */
  cairo_surface_destroy (surface);
}

static void
test_png_transparent (void)
{
  g_autoptr (GBytes) bytes = render (XPS_PICTURE_PNG, 72.0, TRUE);
  cairo_surface_t *surface = read_png (bytes);
  g_assert_cmphex (pixel_at (surface, 2.0, 2.0), ==, 0);
  g_assert_cmphex (pixel_at (surface, 15.0, 30.0), ==, 0xffff0000);
  cairo_surface_destroy (surface);
}

/* Resolution: 300 dots to the inch are 11811 to the metre, right behind the header. */
static void
test_png_metadata (void)
{
  g_autoptr (GBytes) bytes = render (XPS_PICTURE_PNG, 0.0, FALSE);
  gsize n = 0;
  const guint8 *data = g_bytes_get_data (bytes, &n);
  const guint8 expected[] = {
      0,    0, 0, 9,    'p',  'H', 'Y',  's',  0,    0,   0x2e,
      0x23, 0, 0, 0x2e, 0x23, 1,   0x78, 0xa5, 0x3f, 0x76}; /* CRC as libpng writes it */
  g_assert_cmpmem (data + 33, sizeof expected, expected, sizeof expected);
  g_assert_nonnull (memmem (data, n, "iTXtTitle\0\0\0\0\0S 2p & ", 21));
  g_assert_nonnull (memmem (data, n, "iTXtSoftware\0\0\0\0\0Corelevel <test>", 33));
}

/* Output of a program that reads `input` as its first operand's file; skips the test when it is not there. */
static char *
run_reader (const char *const *command, GBytes *input)
{
  g_autofree char *program = g_find_program_in_path (command[0]);
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status = 0;
  if (program == NULL) {
    g_test_skip (command[0]);
    return NULL;
  }
  const int file = g_file_open_tmp ("xps-picture-XXXXXX", &name, &error);
  g_assert_no_error (error);
  g_close (file, NULL);
  g_file_set_contents (name, g_bytes_get_data (input, NULL), (gssize)g_bytes_get_size (input), &error);
  g_assert_no_error (error);
  const char *arguments[8] = {NULL};
  for (guint i = 0; command[i] != NULL; i++)
    arguments[i] = strcmp (command[i], "FILE") == 0 ? name : command[i];
  g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                &output, NULL, &status, &error);
  g_remove (name);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return output;
}

static void
test_pdf_text (void)
{
  g_autoptr (GBytes) bytes = render (XPS_PICTURE_PDF, 0.0, FALSE);
  const char *const to_text[] = {"pdftotext", "FILE", "-", NULL};
  const char *const info[] = {"pdfinfo", "-isodates", "FILE", NULL};
  g_autofree char *text = run_reader (to_text, bytes);
  g_autofree char *facts = run_reader (info, bytes);
  if (text == NULL || facts == NULL)
    return;
  g_assert_nonnull (strstr (text, "Binding \xcf\x83"));
  g_assert_nonnull (strstr (text, "\xe2\x88\x92"
                                  "7.5"));
  g_assert_nonnull (strstr (facts, "S 2p & \xcf\x87\xc2\xb2 < 2"));
  g_assert_nonnull (strstr (facts, "Corelevel <test>"));
  g_assert_nonnull (strstr (facts, "2026-11-22T10:00:00Z"));
  g_assert_nonnull (strstr (facts, "144 x 72 pts"));
}

/* Equal scenes give equal bytes, in any locale. */
static void
test_repeatable (void)
{
  const XpsPictureFormat formats[] = {XPS_PICTURE_PDF, XPS_PICTURE_SVG, XPS_PICTURE_PNG};
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autofree char *kept = g_strdup (setlocale (LC_ALL, NULL));
    g_autoptr (GBytes) one = render (formats[i], 0.0, FALSE);
    setlocale (LC_ALL,
               "de_DE.UTF-8"); /* where there is none the locale stays, which tests as much as can be */
    g_autoptr (GBytes) two = render (formats[i], 0.0, FALSE);
    setlocale (LC_ALL, kept);
    g_assert_true (g_bytes_equal (one, two));
  }
}

static void
count_elements (GMarkupParseContext *context, const char *name, const char **names, const char **values,
                gpointer data, GError **error)
{
  GHashTable *counts = data;
  const guint before = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));
  g_hash_table_insert (counts, g_strdup (name), GUINT_TO_POINTER (before + 1));
}

static void
test_svg_well_formed (void)
{
  g_autoptr (GBytes) bytes = render (XPS_PICTURE_SVG, 0.0, FALSE);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const GMarkupParser parser = {.start_element = count_elements};
  g_autoptr (GError) error = NULL;
  gsize n = 0;
  const char *text = g_bytes_get_data (bytes, &n);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, counts, NULL);
  g_assert_true (g_markup_parse_context_parse (context, text, (gssize)n, &error));
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, "svg")), ==, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, "title")), ==, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, "desc")), ==, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, "path")), >, 5);
  g_assert_nonnull (memmem (text, n, "width=\"144pt\"", 13));
}

static void
test_errors (void)
{
  g_autoptr (XpsScene) scene = make_scene ();
  g_autoptr (XpsCairoPainter) painter = xps_cairo_painter_new (NULL);
  const double absurd[] = {1.0, -300.0, 1e9, NAN};
  XpsPictureFormat format;
  for (gsize i = 0; i < G_N_ELEMENTS (absurd); i++) {
    g_autoptr (GError) error = NULL;
    const XpsPictureOptions options = {.format = XPS_PICTURE_PNG, .dpi = absurd[i]};
    g_assert_null (
        xps_cairo_painter_render (painter, scene, xps_theme_get (XPS_THEME_PRINT), &options, &error));
    g_assert_error (error, XPS_DRAW_CAIRO_ERROR, XPS_DRAW_CAIRO_ERROR_FORMAT);
  }
  g_autoptr (GError) ending = NULL;
  g_assert_false (xps_picture_format_from_name ("figure.gif", &format, &ending));
  g_assert_error (ending, XPS_DRAW_CAIRO_ERROR, XPS_DRAW_CAIRO_ERROR_FORMAT);
  g_assert_nonnull (strstr (ending->message, "figure.gif"));
  g_assert_true (xps_picture_format_from_name ("A.PDF", &format, NULL));
  g_autoptr (GError) place = NULL;
  const XpsPictureOptions options = {.format = XPS_PICTURE_SVG};
  g_assert_false (xps_cairo_painter_write (painter, scene, xps_theme_get (XPS_THEME_PRINT), &options,
                                           "/no/such/folder/a.svg", &place));
  g_assert_nonnull (place);
  g_assert_nonnull (strstr (place->message, "/no/such/folder/a.svg"));
}

/* The context comes back as it was given, whatever was painted. */
static void
test_state_kept (void)
{
  g_autoptr (XpsScene) scene = make_scene ();
  g_autoptr (XpsCairoPainter) painter = xps_cairo_painter_new ("DejaVu Sans");
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 100, 100);
  cairo_t *context = cairo_create (surface);
  cairo_set_line_width (context, 3.25);
  cairo_translate (context, 5.0, 6.0);
  xps_cairo_painter_paint (painter, context, scene, xps_theme_get (XPS_THEME_DARK), TRUE);
  cairo_matrix_t matrix;
  double x0, y0, x1, y1;
  cairo_get_matrix (context, &matrix);
  cairo_clip_extents (context, &x0, &y0, &x1, &y1);
  g_assert_cmpfloat (matrix.x0, ==, 5.0);
  g_assert_cmpfloat (cairo_get_line_width (context), ==, 3.25);
  g_assert_cmpfloat (x1 - x0, ==, 100.0);
  g_assert_cmpint (cairo_status (context), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (context);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw-cairo/picture/png-pixels", test_png_pixels);
  g_test_add_func ("/draw-cairo/picture/png-transparent", test_png_transparent);
  g_test_add_func ("/draw-cairo/picture/png-metadata", test_png_metadata);
  g_test_add_func ("/draw-cairo/picture/pdf-text", test_pdf_text);
  g_test_add_func ("/draw-cairo/picture/repeatable", test_repeatable);
  g_test_add_func ("/draw-cairo/picture/svg-well-formed", test_svg_well_formed);
  g_test_add_func ("/draw-cairo/picture/errors", test_errors);
  g_test_add_func ("/draw-cairo/picture/state-kept", test_state_kept);
  return g_test_run ();
}
