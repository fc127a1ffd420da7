/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Text of a plot: UTF-8 with <sub>, <sup>, <i>, <b> (not nested in themselves), and &amp; &lt; &gt; for the
 * characters themselves. A subset of Pango's markup. Widths come from a table of one common wide sans serif
 * (DejaVu Sans 2.37), not from the machine's fonts, so that a layout is the same everywhere and has room for
 * narrower faces. */

#define XPS_MARKUP_CAP_HEIGHT 0.73 /* of the size: top of capitals and digits above the baseline */
#define XPS_MARKUP_DESCENT    0.24 /* of the size: below the baseline */
#define XPS_MARKUP_SMALL      0.70 /* size of sub- and superscripts */
#define XPS_MARKUP_RISE       0.33 /* baseline of a superscript above that of the line */
#define XPS_MARKUP_DROP       0.16 /* baseline of a subscript below that of the line */

/* Plain text to markup. New string. */
char *xps_markup_escape (const char *plain);

/* Whether the tags match and only known tags and entities occur, and it is UTF-8. */
gboolean xps_markup_is_valid (const char *markup);

/* Without its tags, entities resolved. New string. */
char *xps_markup_dup_plain (const char *markup);

/* Width in points at `size`. */
double xps_markup_width (const char *markup, double size, gboolean bold);

/* As it is when it fits, else cut at a character with an ellipsis (its tags stay matched). New string. */
char *xps_markup_dup_fitted (const char *markup, double size, gboolean bold, double width);

/* Broken at blanks into lines no wider than `width`, at most `max_lines` (at least one), the last one with an
 * ellipsis when text is left over; a word wider than a line is cut. New NULL-ended array. */
char **xps_markup_wrap (const char *markup, double size, gboolean bold, double width, guint max_lines);

/* A stretch of characters in one style, for painters, which set sub- and superscripts by the measures above.
 */
typedef struct {
  char *text; /* plain */
  int level;  /* 1: superscript, -1: subscript, 0: neither */
  gboolean italic, bold;
} XpsMarkupRun;

/* The runs of valid markup; of invalid markup one run holding it as plain text. Free with g_ptr_array_unref.
 */
GPtrArray *xps_markup_dup_runs (const char *markup);
