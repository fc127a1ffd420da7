/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-text.h"

#include "draw-cairo/text-attributes.h"

#define FALLBACK_SIZE 13.0

GdkRGBA
xps_plot_text_colour (const XpsTheme *theme, XpsInk ink, XpsUse use)
{
  const XpsColour colour = xps_theme_colour (theme, ink, use);
  return (GdkRGBA){(float)colour.red, (float)colour.green, (float)colour.blue, (float)colour.alpha};
}

double
xps_plot_text_get_size (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  const double size = (double)pango_font_description_get_size (font) / PANGO_SCALE;
  if (!(size > 0.0))
    return FALLBACK_SIZE;
  if (pango_font_description_get_size_is_absolute (font))
    return size;
  const double resolution = pango_cairo_context_get_resolution (context);
  return size * (resolution > 0.0 ? resolution : 96.0) / 72.0;
}

static void
set_size (PangoLayout *layout, double size, gboolean bold)
{
  g_autoptr (PangoFontDescription) font =
      pango_font_description_copy (pango_context_get_font_description (pango_layout_get_context (layout)));
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
}

PangoLayout *
xps_plot_text_new_layout (GtkWidget *widget, const char *text, double size)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, NULL);
  xps_cairo_text_set_plain (layout, text);
  set_size (layout, size, FALSE);
  return layout;
}

static void
set_text (PangoLayout *layout, const XpsText *item)
{
  set_size (layout, item->size, item->bold);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  xps_cairo_text_set_markup (layout, item->markup, item->size);
}

static void
append_text (GtkSnapshot *snapshot, PangoLayout *layout, const XpsText *item, const XpsTheme *theme)
{
  set_text (layout, item);
  const double baseline = (double)pango_layout_get_baseline (layout) / PANGO_SCALE;
  int width = 0;
  pango_layout_get_size (layout, &width, NULL);
  const GdkRGBA colour = xps_plot_text_colour (theme, item->ink, XPS_USE_TEXT);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)item->at.x, (float)item->at.y));
  if (item->rotation != 0.0)
    gtk_snapshot_rotate (snapshot, (float)-item->rotation);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float)(-item->anchor * width / PANGO_SCALE), (float)-baseline));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

GskRenderNode *
xps_plot_text_new_node (GtkWidget *widget, const XpsScene *scene, const XpsTheme *theme)
{
  gsize n = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  /* Axes read from left to right in every language, and so do numbers with a sign. */
  PangoContext *context = gtk_widget_create_pango_context (widget);
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  pango_layout_set_auto_dir (layout, FALSE);
  g_object_unref (context);
  for (gsize i = 0; i < n; i++) {
    const XpsRect *rect = &items[i]->rect;
    if (items[i]->kind == XPS_ITEM_TEXT)
      append_text (snapshot, layout, &items[i]->text, theme);
    else if (items[i]->kind == XPS_ITEM_CLIP)
      gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT ((float)rect->x, (float)rect->y,
                                                             (float)rect->width, (float)rect->height));
    else if (items[i]->kind == XPS_ITEM_UNCLIP)
      gtk_snapshot_pop (snapshot);
  }
  return gtk_snapshot_free_to_node (snapshot);
}
