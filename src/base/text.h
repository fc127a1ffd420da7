/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Text that came out of a file, made fit for a terminal, a message or a table; and text with numbers in it,
 * the same in every locale. */

/* Copy of text[0..length), up to the first NUL when `length` is -1: valid UTF-8, one line. Bytes that are not
 * UTF-8 become U+FFFD; control characters, line ends and invisible format characters (which could move the
 * cursor or turn the writing direction) become \t, \n, \r, \x1b or \u202e. New string. */
char *xps_text_dup_printable (const char *text, gssize length);

/* As above, at most `limit` characters, the cut shown by "..."; for quoting what was found in a file. */
char *xps_text_dup_excerpt (const char *text, gssize length, guint limit);

/* As g_strdup_printf(), with a point in %g, %f and %e whatever the locale: messages end up in result files.
 */
char *xps_text_printf (const char *format, ...) G_GNUC_PRINTF (1, 2);
char *xps_text_vprintf (const char *format, va_list arguments) G_GNUC_PRINTF (1, 0);
