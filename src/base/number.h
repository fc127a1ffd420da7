/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Numbers as text, the same in every locale. */

#define XPS_NUMBER_LENGTH 40

/* Reads one number that fills `text` but for white space around it. Accepts 1E37, 1e+037, .5, 4-digit
 * exponents; refuses empty text, trailing letters, hexadecimal. "nan" and "inf" are read as such: callers
 * that need a finite value check it. */
gboolean xps_number_parse (const char *text, double *value);

/* As above for text[0..length), without a terminating NUL. */
gboolean xps_number_parse_span (const char *text, gsize length, double *value);

/* Shortest text that reads back as the same double (15, 16 or 17 significant digits). `buffer` holds
 * XPS_NUMBER_LENGTH bytes and is returned. NaN is written "nan", infinities "inf" and "-inf". */
char *xps_number_format (double value, char *buffer);

/* As the field writes a value with its standard error: 161.650(12), 161.65(4), 12034(27). Digits of the error
 * by the rule of the Particle Data Group (Review of Particle Physics, Introduction 5.3): two where they are
 * 10 to 35, else one. An error that is not finite or not positive gives the value alone with `digits`
 * decimals. Never localised. New string. */
char *xps_number_dup_with_error (double value, double stderr_, int digits);
