/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"

#include <math.h>
#include <string.h>

/* Largest integer and powers of ten that a double holds exactly: one multiplication or division of two exact
 * values is rounded once, so the result is the nearest double (Clinger, PLDI 1990). */
#define EXACT_MANTISSA (G_GUINT64_CONSTANT (1) << 53)
#define EXACT_POWER    22

static const double powers_of_ten[EXACT_POWER + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

/* A decimal number taken apart: (-1)^negative * mantissa * 10^exponent, unless `exact` is FALSE (more digits
 * than a 64-bit integer holds). */
typedef struct {
  gboolean negative, exact;
  guint64 mantissa;
  int exponent;
} Decimal;

static const char *
scan_digits (const char *p, const char *end, Decimal *d, int exponent_step)
{
  for (; p < end && g_ascii_isdigit (*p); p++) {
    if (d->mantissa > (G_MAXUINT64 - 9) / 10) {
      d->exact = FALSE;
      continue;
    }
    d->mantissa = d->mantissa * 10 + (guint64)(*p - '0');
    d->exponent += exponent_step;
  }
  return p;
}

static const char *
scan_exponent (const char *p, const char *end, Decimal *d)
{
  gboolean negative = FALSE;
  int value = 0;

  if (p < end && (*p == '+' || *p == '-'))
    negative = *p++ == '-';
  if (p == end)
    return NULL;
  for (; p < end && g_ascii_isdigit (*p); p++)
    value = MIN (value * 10 + (*p - '0'), 100000);
  d->exponent += negative ? -value : value;
  return p;
}

/* Grammar: [sign] digits [. digits] [(e|E) [sign] digits], at least one digit before the exponent. */
static gboolean
scan_decimal (const char *p, const char *end, Decimal *d)
{
  *d = (Decimal){.exact = TRUE};
  if (p < end && (*p == '+' || *p == '-'))
    d->negative = *p++ == '-';

  const char *first = p;
  p = scan_digits (p, end, d, 0);
  gsize n_digits = (gsize)(p - first);
  if (p < end && *p == '.') {
    first = ++p;
    p = scan_digits (p, end, d, -1);
    n_digits += (gsize)(p - first);
  }
  if (n_digits == 0)
    return FALSE;
  if (p < end && (*p == 'e' || *p == 'E'))
    p = scan_exponent (p + 1, end, d);
  return p == end;
}

static gboolean
scan_special (const char *p, const char *end, double *value)
{
  static const struct {
    const char *word;
    double value;
  } words[] = {{"nan", (double)NAN}, {"inf", (double)INFINITY}, {"infinity", (double)INFINITY}};
  double sign = 1;

  if (p < end && (*p == '+' || *p == '-'))
    sign = *p++ == '-' ? -1 : 1;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    const gsize length = strlen (words[i].word);
    if ((gsize)(end - p) != length || g_ascii_strncasecmp (p, words[i].word, length) != 0)
      continue;
    *value = sign * words[i].value;
    return TRUE;
  }
  return FALSE;
}

static double
convert_slowly (const char *text, gsize length)
{
  char buffer[64];

  if (length < sizeof buffer) {
    memcpy (buffer, text, length);
    buffer[length] = '\0';
    return g_ascii_strtod (buffer, NULL);
  }
  g_autofree char *copy = g_strndup (text, length);
  return g_ascii_strtod (copy, NULL);
}

gboolean
xps_number_parse_span (const char *text, gsize length, double *value)
{
  const char *end = text + length;
  Decimal d;

  while (text < end && g_ascii_isspace (*text))
    text++;
  while (end > text && g_ascii_isspace (end[-1]))
    end--;
  if (!scan_decimal (text, end, &d))
    return scan_special (text, end, value);

  if (!d.exact || d.mantissa > EXACT_MANTISSA || ABS (d.exponent) > EXACT_POWER) {
    *value = convert_slowly (text, (gsize)(end - text));
    return TRUE;
  }
  const double mantissa = d.negative ? -(double)d.mantissa : (double)d.mantissa;
  *value = d.exponent < 0 ? mantissa / powers_of_ten[-d.exponent] : mantissa * powers_of_ten[d.exponent];
  return TRUE;
}

gboolean
xps_number_parse (const char *text, double *value)
{
  return xps_number_parse_span (text, strlen (text), value);
}

char *
xps_number_format (double value, char *buffer)
{
  static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};

  if (isnan (value))
    return strcpy (buffer, "nan");
  if (isinf (value))
    return strcpy (buffer, value > 0 ? "inf" : "-inf");
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (buffer, XPS_NUMBER_LENGTH, formats[i], value);
    if (g_ascii_strtod (buffer, NULL) == value)
      break;
  }
  return buffer;
}

/* Decimal place to which a standard error is written: 10^-places is the unit of its last digit. Particle Data
 * Group, Review of Particle Physics, Introduction 5.3: three leading digits 100-354 give two digits, 355-949
 * one, 950-999 are rounded to 1000 and give two. */
static int
places_of_error (double stderr_)
{
  char digits[16];
  g_ascii_formatd (digits, sizeof digits, "%.2e", stderr_); /* d.dde+XX */
  const int leading = (digits[0] - '0') * 100 + (digits[2] - '0') * 10 + (digits[3] - '0');
  const int exponent = (int)g_ascii_strtoll (digits + 5, NULL, 10);

  return leading < 355 ? 1 - exponent : -exponent;
}

static char *
format_fixed (double value, int places)
{
  char format[16], buffer[64];
  g_snprintf (format, sizeof format, "%%.%df", CLAMP (places, 0, 17));
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, value));
}

char *
xps_number_dup_with_error (double value, double stderr_, int digits)
{
  char buffer[XPS_NUMBER_LENGTH];

  if (!isfinite (value))
    return g_strdup (xps_number_format (value, buffer));
  /* Beyond these sizes fixed notation would be all zeros: one power of ten for value and error. */
  const double size = fmax (fabs (value), isfinite (stderr_) ? fabs (stderr_) : 0);
  if (size != 0 && (size >= 1e15 || size < 1e-9)) {
    const int exponent = (int)floor (log10 (size));
    const double scale = pow (10, -exponent);
    g_autofree char *scaled = xps_number_dup_with_error (value * scale, stderr_ * scale, digits);
    return g_strdup_printf ("%se%+d", scaled, exponent);
  }
  if (!isfinite (stderr_) || stderr_ <= 0)
    return format_fixed (value, digits);

  const int places = places_of_error (stderr_);
  if (places > 15) /* finer than a double resolves */
    return format_fixed (value, digits);
  const double unit = pow (10, places);
  const double rounded_error = round (stderr_ * unit);
  if (places >= 0) {
    g_autofree char *text = format_fixed (value, places);
    return g_strdup_printf ("%s(%.0f)", text, rounded_error);
  }
  g_autofree char *text = format_fixed (round (value * unit) / unit, 0);
  return g_strdup_printf ("%s(%.0f)", text, round (rounded_error / unit));
}
