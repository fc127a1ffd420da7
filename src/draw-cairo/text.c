/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-cairo/text.h"

#include <pango/pangocairo.h>

#include "draw-cairo/text-attributes.h"

/* Faces as journals set them, metric twins of Helvetica first; the last ones are on every Linux machine. */
#define DEFAULT_FAMILIES "Liberation Sans,Arimo,Nimbus Sans,Helvetica,Arial,DejaVu Sans,sans-serif"

struct _XpsCairoText {
  PangoFontMap *map; /* an own one: the default map belongs to the thread and outlives us */
  PangoContext *context;
  PangoLayout *layout;
  PangoFontDescription *font;
};

XpsCairoText *
xps_cairo_text_new (const char *families)
{
  XpsCairoText *text = g_new0 (XpsCairoText, 1);
  text->map = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (text->map), 72.0);
  text->context = pango_font_map_create_context (text->map);
  /* No fitting to pixels: the same line is as long on paper as on the screen. */
  pango_context_set_round_glyph_positions (text->context, FALSE);
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (text->context, options);
  cairo_font_options_destroy (options);
  /* Without the user's language and writing direction: the same file in every locale. */
  pango_context_set_language (text->context, pango_language_from_string ("en"));
  pango_context_set_base_dir (text->context, PANGO_DIRECTION_LTR);
  text->layout = pango_layout_new (text->context);
  pango_layout_set_single_paragraph_mode (text->layout, TRUE);
  text->font = pango_font_description_new ();
  pango_font_description_set_family (text->font, families != NULL ? families : DEFAULT_FAMILIES);
  return text;
}

void
xps_cairo_text_free (XpsCairoText *text)
{
  pango_font_description_free (text->font);
  g_object_unref (text->layout);
  g_object_unref (text->context);
  g_object_unref (text->map);
  g_free (text);
}

static void
set_layout (XpsCairoText *text, const XpsText *item)
{
  pango_font_description_set_absolute_size (text->font, item->size * PANGO_SCALE);
  pango_font_description_set_weight (text->font, item->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (text->layout, text->font);
  xps_cairo_text_set_markup (text->layout, item->markup, item->size);
}

void
xps_cairo_text_show (XpsCairoText *text, cairo_t *context, const XpsText *item, XpsColour colour)
{
  set_layout (text, item);
  PangoLayoutLine *line = pango_layout_get_line_readonly (text->layout, 0);
  PangoRectangle logical;
  pango_layout_line_get_extents (line, NULL, &logical);
  cairo_save (context);
  cairo_set_source_rgba (context, colour.red, colour.green, colour.blue, colour.alpha);
  cairo_translate (context, item->at.x, item->at.y);
  cairo_rotate (context, -item->rotation * G_PI / 180.0);
  cairo_move_to (context, -item->anchor * logical.width / PANGO_SCALE, 0.0);
  pango_cairo_show_layout_line (context, line);
  cairo_restore (context);
}
