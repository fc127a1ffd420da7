/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-cairo/text-attributes.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "scene/markup.h"

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

void
xps_cairo_text_set_plain (PangoLayout *layout, const char *text)
{
  PangoAttrList *list = new_attributes ();
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_attributes (layout, list);
  pango_attr_list_unref (list);
}

void
xps_cairo_text_set_markup (PangoLayout *layout, const char *markup, double size)
{
  g_autoptr (GPtrArray) runs = xps_markup_dup_runs (markup);
  g_autoptr (GString) plain = g_string_new (NULL);
  PangoAttrList *list = new_attributes ();
  for (guint i = 0; i < runs->len; i++) {
    const XpsMarkupRun *run = g_ptr_array_index (runs, i);
    add_run (list, run, size, (guint)plain->len);
    g_string_append (plain, run->text);
  }
  pango_layout_set_text (layout, plain->str, (int)plain->len);
  pango_layout_set_attributes (layout, list);
  pango_attr_list_unref (list);
}
