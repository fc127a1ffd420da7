/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-cairo/draw-cairo.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number.h"
#include "draw-cairo/painter.h"
#include "draw-cairo/png.h"

#define PIXELS_MAX      32767 /* a side of Cairo's images */
#define DEFAULT_DATE    "1970-01-01T00:00:00Z"
#define POINTS_PER_INCH 72.0

G_DEFINE_QUARK (xps - draw - cairo - error - quark, xps_draw_cairo_error)

static const struct {
  const char *ending;
  XpsPictureFormat format;
} endings[] = {
    {".pdf", XPS_PICTURE_PDF},
    {".svg", XPS_PICTURE_SVG},
    {".png", XPS_PICTURE_PNG},
};

gboolean
xps_picture_format_from_name (const char *name, XpsPictureFormat *format, GError **error)
{
  g_return_val_if_fail (name != NULL && format != NULL, FALSE);
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i].ending)) {
      *format = endings[i].format;
      return TRUE;
    }
  return xps_error_set (error, XPS_DRAW_CAIRO_ERROR, XPS_DRAW_CAIRO_ERROR_FORMAT, name, NULL,
                        N_ ("unknown kind of picture"), N_ ("end the name in .pdf, .svg or .png"));
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, XPS_DRAW_CAIRO_ERROR, XPS_DRAW_CAIRO_ERROR_CAIRO, "the picture could not be drawn: %s",
               cairo_status_to_string (status));
  return FALSE;
}

static void
set_pdf_metadata (cairo_surface_t *surface, const XpsScene *scene, const XpsPictureOptions *options)
{
  const char *date = options->created != NULL ? options->created : DEFAULT_DATE;
  if (xps_scene_get_title (scene) != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, xps_scene_get_title (scene));
  if (xps_scene_get_description (scene) != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, xps_scene_get_description (scene));
  if (options->program != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, options->program);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

static cairo_surface_t *
create_surface (const XpsScene *scene, const XpsPictureOptions *options, double dpi, GByteArray *out)
{
  const double width = xps_scene_get_width (scene), height = xps_scene_get_height (scene);
  cairo_surface_t *surface = NULL;
  switch (options->format) {
  case XPS_PICTURE_PDF:
    surface = cairo_pdf_surface_create_for_stream (append_bytes, out, width, height);
    set_pdf_metadata (surface, scene, options);
    break;
  case XPS_PICTURE_SVG:
    surface = cairo_svg_surface_create_for_stream (append_bytes, out, width, height);
    cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PT);
    break;
  case XPS_PICTURE_PNG:
    surface =
        cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)ceil (width * dpi / POINTS_PER_INCH - 1e-6),
                                    (int)ceil (height * dpi / POINTS_PER_INCH - 1e-6));
    cairo_surface_set_device_scale (surface, dpi / POINTS_PER_INCH, dpi / POINTS_PER_INCH);
    break;
  default:
    g_assert_not_reached ();
  }
  return surface;
}

static gboolean
renumber (const GMatchInfo *match, GString *result, gpointer data)
{
  GHashTable *numbers = data;
  g_autofree char *lead = g_match_info_fetch (match, 1);
  g_autofree char *name = g_match_info_fetch (match, 2);
  void *number = g_hash_table_lookup (numbers, name);
  if (number == NULL) {
    number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
    g_hash_table_insert (numbers, g_strdup (name), number);
  }
  const gsize letters = strcspn (name, "0123456789");
  g_string_append_printf (result, "%s%.*s%u", lead, (int)letters, name, GPOINTER_TO_UINT (number));
  return FALSE;
}

/* Cairo names surfaces by a count that runs through the whole process; counted anew, equal scenes give equal
 * files. ("source-" since Cairo 1.18.) */
static void
renumber_svg (GByteArray *svg)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRegex) regex =
      g_regex_new ("(id=\"|\"#|url\\(#)((?:surface|image|mask|pattern|source-)[0-9]+)", 0, 0, NULL);
  g_autofree char *text =
      g_regex_replace_eval (regex, (const char *)svg->data, (gssize)svg->len, 0, 0, renumber, numbers, NULL);
  if (text == NULL)
    return;
  g_byte_array_set_size (svg, 0);
  g_byte_array_append (svg, (const guint8 *)text, (guint)strlen (text));
}

/* Title and description for screen readers, which Cairo does not write: right behind the opening tag. */
static void
add_svg_texts (GByteArray *svg, const XpsScene *scene, const char *program)
{
  const char *start = g_strstr_len ((const char *)svg->data, svg->len, "<svg");
  const char *end =
      start != NULL ? memchr (start, '>', svg->len - (gsize)(start - (const char *)svg->data)) : NULL;
  if (end == NULL)
    return;
  const guint head = (guint)(end + 1 - (const char *)svg->data);
  g_autoptr (GString) texts = g_string_new ("\n");
  const char *const names[] = {"title", "desc", "metadata"};
  const char *const values[] = {xps_scene_get_title (scene), xps_scene_get_description (scene), program};
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (values[i] == NULL)
      continue;
    g_autofree char *escaped = g_markup_escape_text (values[i], -1);
    g_string_append_printf (texts, "<%s>%s</%s>\n", names[i], escaped, names[i]);
  }
  const guint n_rest = svg->len - head;
  g_autofree guint8 *rest = g_memdup2 (svg->data + head, n_rest);
  g_byte_array_set_size (svg, head);
  g_byte_array_append (svg, (const guint8 *)texts->str, (guint)texts->len);
  g_byte_array_append (svg, rest, n_rest);
}

static gboolean
dpi_is_possible (const XpsScene *scene, double dpi, GError **error)
{
  const double side = MAX (xps_scene_get_width (scene), xps_scene_get_height (scene));
  if (dpi >= XPS_PICTURE_DPI_MIN && dpi <= XPS_PICTURE_DPI_MAX && side * dpi / POINTS_PER_INCH <= PIXELS_MAX)
    return TRUE;
  const double most = MIN (XPS_PICTURE_DPI_MAX, floor (PIXELS_MAX * POINTS_PER_INCH / side));
  char buffer[XPS_NUMBER_LENGTH];
  g_set_error (error, XPS_DRAW_CAIRO_ERROR, XPS_DRAW_CAIRO_ERROR_FORMAT,
               "a resolution of %s dots to the inch cannot be drawn: choose %d to %d",
               xps_number_format (dpi, buffer), (int)XPS_PICTURE_DPI_MIN, (int)most);
  return FALSE;
}

GBytes *
xps_cairo_painter_render (XpsCairoPainter *painter, const XpsScene *scene, const XpsTheme *theme,
                          const XpsPictureOptions *options, GError **error)
{
  g_return_val_if_fail (painter != NULL && scene != NULL && theme != NULL && options != NULL, NULL);
  const double dpi = options->dpi != 0.0 ? options->dpi : XPS_PICTURE_DPI_DEFAULT;
  const gboolean is_png = options->format == XPS_PICTURE_PNG;
  if (is_png && !dpi_is_possible (scene, dpi, error))
    return NULL;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  cairo_surface_t *surface = create_surface (scene, options, dpi, out);
  cairo_t *context = cairo_create (surface);
  xps_cairo_painter_paint (painter, context, scene, theme, !options->no_canvas);
  cairo_status_t status = cairo_status (context);
  cairo_destroy (context);
  if (status == CAIRO_STATUS_SUCCESS && is_png)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, out);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (!check (status, error))
    return NULL;
  if (is_png)
    xps_png_add_metadata (out, dpi, xps_scene_get_title (scene), xps_scene_get_description (scene),
                          options->program);
  if (options->format == XPS_PICTURE_SVG) {
    renumber_svg (out);
    add_svg_texts (out, scene, options->program);
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

gboolean
xps_cairo_painter_write (XpsCairoPainter *painter, const XpsScene *scene, const XpsTheme *theme,
                         const XpsPictureOptions *options, const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_autoptr (GBytes) bytes = xps_cairo_painter_render (painter, scene, theme, options, error);
  if (bytes == NULL)
    return FALSE;
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  return xps_file_write (path, data, length, error);
}
