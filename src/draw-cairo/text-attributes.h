/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

/* Markup of a scene (scene/markup.h) the way Pango wants it: for whoever sets a scene's texts, on paper or in
 * the fonts of a toolkit. Figures are as wide as each other. */

/* Text and attributes of `layout`, of which `size` is the font's size in the layout's units of length; font
 * and alignment stay as they are. Markup that does not parse is shown as it stands. */
void xps_cairo_text_set_markup (PangoLayout *layout, const char *markup, double size);
/* The same of plain text without markup; several lines are several lines. */
void xps_cairo_text_set_plain (PangoLayout *layout, const char *text);
