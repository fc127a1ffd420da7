/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The room's own: what Cairo's PNG writer leaves out. */

/* Puts the resolution (chunk pHYs) and texts (chunks iTXt, UTF-8; a NULL text is left out) behind the header
 * of a PNG file in memory; leaves alone what is not a PNG file. W3C, Portable Network Graphics, sections 5
 * and 11. */
void xps_png_add_metadata (GByteArray *png, double dpi, const char *title, const char *description,
                           const char *software);
