/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/scene.h"

/* The room's own: the key above the plot, entries set in rows like words. */

typedef enum {
  XPS_KEY_TEXT,    /* no swatch */
  XPS_KEY_LINE,    /* a stretch of `stroke` */
  XPS_KEY_MARKERS, /* an open circle */
  XPS_KEY_FILL,    /* a box of `fill` outlined with `stroke` */
  XPS_KEY_SCALE,   /* a run of colours from least to most */
} XpsKeySwatch;

typedef struct _XpsFigureKey XpsFigureKey;

XpsFigureKey *xps_key_new (double text_size);
void xps_key_free (XpsFigureKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsFigureKey, xps_key_free)

void xps_key_add (XpsFigureKey *key, XpsKeySwatch swatch, const char *markup, XpsStroke stroke, XpsInk fill);
/* A line of text that stands out (bold, in the colour of warnings). */
void xps_key_add_warning (XpsFigureKey *key, const char *markup);

/* Leaves out the last entries until the others fit `rows` rows, and says how many. */
void xps_key_trim (XpsFigureKey *key, double width, guint rows);

/* Height of all rows when set `width` points wide; 0 without entries. */
double xps_key_height (const XpsFigureKey *key, double width);
void xps_key_draw (const XpsFigureKey *key, XpsSceneBuilder *builder, double x, double y, double width);
