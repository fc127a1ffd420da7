/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/key.h"

#include <glib/gi18n-lib.h>

#include "scene/markup.h"

/* In multiples of the text's size. */
#define ROW          1.4
#define SWATCH       2.2
#define SWATCH_GAP   0.5
#define ENTRY_GAP    1.2
#define SWATCH_BLOCK 0.72
#define SCALE        7.0
#define SCALE_STEPS  64

typedef struct {
  XpsKeySwatch swatch;
  char *markup;
  XpsStroke stroke;
  XpsInk fill;
  gboolean warning;
} Entry;

struct _XpsFigureKey {
  double size;
  GPtrArray *entries;
};

static void
entry_free (void *data)
{
  Entry *entry = data;
  g_free (entry->markup);
  g_free (entry);
}

XpsFigureKey *
xps_key_new (double text_size)
{
  XpsFigureKey *key = g_new0 (XpsFigureKey, 1);
  key->size = text_size;
  key->entries = g_ptr_array_new_with_free_func (entry_free);
  return key;
}

void
xps_key_free (XpsFigureKey *key)
{
  g_ptr_array_unref (key->entries);
  g_free (key);
}

void
xps_key_add (XpsFigureKey *key, XpsKeySwatch swatch, const char *markup, XpsStroke stroke, XpsInk fill)
{
  Entry *entry = g_new0 (Entry, 1);
  *entry = (Entry){swatch, g_strdup (markup), stroke, fill, FALSE};
  g_ptr_array_add (key->entries, entry);
}

void
xps_key_add_warning (XpsFigureKey *key, const char *markup)
{
  xps_key_add (key, XPS_KEY_TEXT, markup, (XpsStroke){.width = 0.0}, XPS_INK_NONE);
  ((Entry *)g_ptr_array_index (key->entries, key->entries->len - 1))->warning = TRUE;
}

static double
swatch_width (const XpsFigureKey *key, const Entry *entry)
{
  switch (entry->swatch) {
  case XPS_KEY_TEXT:
    return 0.0;
  case XPS_KEY_MARKERS:
    return (0.5 + SWATCH_GAP) * key->size;
  case XPS_KEY_SCALE:
    return (SCALE + SWATCH_GAP) * key->size;
  case XPS_KEY_LINE:
  case XPS_KEY_FILL:
  default:
    return (SWATCH + SWATCH_GAP) * key->size;
  }
}

static void
draw_scale (XpsSceneBuilder *builder, XpsRect rect)
{
  float steps[SCALE_STEPS];
  for (int i = 0; i < SCALE_STEPS; i++)
    steps[i] = (float)i;
  xps_scene_add_image (builder, &(XpsImage){.rect = rect,
                                            .columns = SCALE_STEPS,
                                            .rows = 1,
                                            .values = steps,
                                            .high = SCALE_STEPS - 1,
                                            .table = XPS_COLOUR_TABLE_VIRIDIS});
}

static void
draw_swatch (const XpsFigureKey *key, const Entry *entry, XpsSceneBuilder *builder, double x, double baseline)
{
  const double middle = baseline - 0.5 * XPS_MARKUP_CAP_HEIGHT * key->size;
  const double half = 0.5 * SWATCH_BLOCK * key->size, width = SWATCH * key->size;
  const XpsPoint ends[] = {{x, middle}, {x + width, middle}};
  const XpsPoint dot = {x + 0.25 * key->size, middle};
  switch (entry->swatch) {
  case XPS_KEY_LINE:
    xps_scene_add_polyline (builder, 2, ends, entry->stroke);
    break;
  case XPS_KEY_MARKERS:
    xps_scene_add_markers (builder, 1, &dot, XPS_MARKER_CIRCLE, 0.45 * key->size, entry->stroke, entry->fill);
    break;
  case XPS_KEY_FILL:
    xps_scene_add_rectangle (builder, (XpsRect){x, middle - half, width, 2.0 * half}, entry->stroke,
                             entry->fill);
    break;
  case XPS_KEY_SCALE:
    draw_scale (builder, (XpsRect){x, middle - half, SCALE * key->size, 2.0 * half});
    break;
  case XPS_KEY_TEXT:
    break;
  }
}

static void
draw_entry (const XpsFigureKey *key, const Entry *entry, XpsSceneBuilder *builder, double x, double y,
            double width)
{
  const double baseline = y + XPS_MARKUP_CAP_HEIGHT * key->size + 0.2 * key->size;
  const double swatch = swatch_width (key, entry);
  g_autofree char *text = xps_markup_dup_fitted (entry->markup, key->size, entry->warning, width - swatch);
  draw_swatch (key, entry, builder, x, baseline);
  xps_scene_add_text (builder,
                      &(XpsText){.markup = text,
                                 .at = {x + swatch, baseline},
                                 .size = key->size,
                                 .bold = entry->warning,
                                 .ink = xps_ink (entry->warning ? XPS_INK_WARNING : XPS_INK_FOREGROUND)});
}

/* Sets the entries in rows, drawing them when there is a builder; returns the height. */
static double
set_rows (const XpsFigureKey *key, XpsSceneBuilder *builder, double x, double y, double width)
{
  double at = 0.0, row = 0.0;
  for (guint i = 0; i < key->entries->len; i++) {
    const Entry *entry = g_ptr_array_index (key->entries, i);
    const double natural =
        swatch_width (key, entry) + xps_markup_width (entry->markup, key->size, entry->warning);
    const double taken = MIN (natural, width);
    if (at > 0.0 && at + taken > width) {
      at = 0.0;
      row += ROW * key->size;
    }
    if (builder != NULL)
      draw_entry (key, entry, builder, x + at, y + row, width - at);
    at += taken + ENTRY_GAP * key->size;
  }
  return key->entries->len > 0 ? row + ROW * key->size : 0.0;
}

double
xps_key_height (const XpsFigureKey *key, double width)
{
  return set_rows (key, NULL, 0.0, 0.0, width);
}

void
xps_key_trim (XpsFigureKey *key, double width, guint rows)
{
  const double most = (MAX (rows, 1) + 0.5) * ROW * key->size;
  guint left_out = 0;
  while (key->entries->len > 1 && xps_key_height (key, width) > most) {
    if (left_out > 0)
      g_ptr_array_remove_index (key->entries, key->entries->len - 1); /* the count so far */
    g_ptr_array_remove_index (key->entries, key->entries->len - 1);
    g_autofree char *text = g_strdup_printf (_ ("and %u more"), ++left_out);
    xps_key_add (key, XPS_KEY_TEXT, text, (XpsStroke){.width = 0.0}, XPS_INK_NONE);
  }
}

void
xps_key_draw (const XpsFigureKey *key, XpsSceneBuilder *builder, double x, double y, double width)
{
  set_rows (key, builder, x, y, width);
}
