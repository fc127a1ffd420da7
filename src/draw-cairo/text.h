/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "scene/item.h"

/* The room's own: one line of text through Pango, with a single layout that is used again and again. */

typedef struct _XpsCairoText XpsCairoText;

XpsCairoText *xps_cairo_text_new (const char *families);
void xps_cairo_text_free (XpsCairoText *text);

/* Real glyphs (text stays text in a PDF), baseline at the item's point, colour as given. */
void xps_cairo_text_show (XpsCairoText *text, cairo_t *context, const XpsText *item, XpsColour colour);
