/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/scene.h"

/* The room's own: the key above the plot, entries set in rows like words. */

typedef enum {
  XPS_KEY_TEXT,    /* no swatch */
  XPS_KEY_LINE,    /* a stretch of `stroke` */
  XPS_KEY_MARKERS, /* an open circle */
  XPS_KEY_FILL,    /* a box of `fill` outlined with `stroke` */
} XpsKeySwatch;

typedef struct _XpsKey XpsKey;

XpsKey *xps_key_new (double text_size);
void xps_key_free (XpsKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsKey, xps_key_free)

void xps_key_add (XpsKey *key, XpsKeySwatch swatch, const char *markup, XpsStroke stroke, XpsInk fill);
/* A line of text that stands out (bold, in the colour of warnings). */
void xps_key_add_warning (XpsKey *key, const char *markup);

/* Height of all rows when set `width` points wide; 0 without entries. */
double xps_key_height (const XpsKey *key, double width);
void xps_key_draw (const XpsKey *key, XpsSceneBuilder *builder, double x, double y, double width);
