/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-text.h"

#include <math.h>
#include <string.h>

#include "scene/markup.h"

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
add_attribute (PangoAttrList *list, PangoAttribute *attribute, guint from, guint to)
{
  attribute->start_index = from;
  attribute->end_index = to;
  pango_attr_list_insert (list, attribute);
}

static void
add_run (PangoAttrList *list, const XpsMarkupRun *run, double size, guint from)
{
  const guint to = from + (guint)strlen (run->text);
  if (run->level != 0) {
    const double rise = run->level > 0 ? XPS_MARKUP_RISE : -XPS_MARKUP_DROP;
    add_attribute (list, pango_attr_scale_new (XPS_MARKUP_SMALL), from, to);
    add_attribute (list, pango_attr_rise_new ((int)lround (rise * size * PANGO_SCALE)), from, to);
  }
  if (run->italic)
    add_attribute (list, pango_attr_style_new (PANGO_STYLE_ITALIC), from, to);
  if (run->bold)
    add_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), from, to);
}

static PangoAttrList *
new_attributes (void)
{
  PangoAttrList *list = pango_attr_list_new ();
  pango_attr_list_insert (list, pango_attr_font_features_new ("tnum=1"));
  return list;
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
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *list = new_attributes ();
  pango_layout_set_attributes (layout, list);
  pango_attr_list_unref (list);
  set_size (layout, size, FALSE);
  return layout;
}

static void
set_text (PangoLayout *layout, const XpsText *item)
{
  g_autoptr (GPtrArray) runs = xps_markup_dup_runs (item->markup);
  g_autoptr (GString) plain = g_string_new (NULL);
  PangoAttrList *list = new_attributes ();
  for (guint i = 0; i < runs->len; i++) {
    const XpsMarkupRun *run = g_ptr_array_index (runs, i);
    add_run (list, run, item->size, (guint)plain->len);
    g_string_append (plain, run->text);
  }
  set_size (layout, item->size, item->bold);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, plain->str, (int)plain->len);
  pango_layout_set_attributes (layout, list);
  pango_attr_list_unref (list);
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
