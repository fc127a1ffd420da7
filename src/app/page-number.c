/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-number.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <gtk/gtk.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "fit/model.h"

#define MINUS "\xe2\x88\x92" /* U+2212 */
#define DASH  "\xe2\x80\x93" /* U+2013: no value; between two */

char *
xps_page_localise (char *take_text)
{
  const char *point = localeconv ()->decimal_point;
  GString *text = g_string_new (NULL);
  for (const char *p = take_text; *p != '\0'; p++) {
    if (*p == '.')
      g_string_append (text, point);
    else if (*p == '-')
      g_string_append (text, MINUS);
    else
      g_string_append_c (text, *p);
  }
  g_free (take_text);
  return g_string_free (text, FALSE);
}

static gboolean
is_of_name (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '_' || c == '/' || c == '\\' || (c & 0x80) != 0;
}

/* Length of "161.65" at `p`, with the place of its point; 0 where it is no number with one, or part of a
 * name. */
static gsize
number_at (const char *p, gsize *point)
{
  gsize n = 0;
  while (g_ascii_isdigit (p[n]))
    n++;
  *point = n;
  if (n == 0 || p[n] != '.' || !g_ascii_isdigit (p[n + 1]))
    return 0;
  n++;
  while (g_ascii_isdigit (p[n]))
    n++;
  const gboolean ends_sentence = p[n] == '.' && !is_of_name (p[n + 1]);
  const gboolean power = p[n] == 'e' && (g_ascii_isdigit (p[n + 1]) || p[n + 1] == '-' || p[n + 1] == '+');
  return (p[n] & 0x80) != 0 || ends_sentence || power || !is_of_name (p[n]) ? n : 0;
}

/* What may stand before a number: not a letter or digit of the same word, but a sign of two or three bytes.
 */
static gboolean
may_begin (const char *text, const char *p)
{
  if (p == text)
    return TRUE;
  const char *before = g_utf8_find_prev_char (text, p);
  const gunichar c = g_utf8_get_char (before);
  if (c == '-') /* a sign, or the hyphen of a name */
    return before == text || !is_of_name (before[-1]);
  return c < 0x80 ? !is_of_name ((char)c) : !g_unichar_isalnum (c);
}

/* Length of "/data/run 1.5/scan.vms" at `p`, where messages name a file: to the colon behind it, or all that
 * is left of the line. */
static gsize
path_at (const char *sentence, const char *p)
{
  const gboolean begins =
      *p == '/' && p[1] != '\0' && !g_ascii_isspace (p[1]) && (p == sentence || g_ascii_isspace (p[-1]));
  if (!begins)
    return 0;
  const gsize line = strcspn (p, "\n");
  const char *colon = strstr (p, ": ");
  return colon != NULL && (gsize)(colon - p) < line ? (gsize)(colon - p) : line;
}

char *
xps_page_dup_localised (const char *sentence)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *p = sentence;
  while (*p != '\0') {
    const gsize path = path_at (sentence, p);
    g_string_append_len (text, p, (gssize)path);
    p += path;
    if (*p == '\0')
      break;
    gsize point = 0;
    const gsize n = g_ascii_isdigit (*p) && may_begin (sentence, p) ? number_at (p, &point) : 0;
    if (n == 0) {
      const char *next = g_utf8_next_char (p);
      g_string_append_len (text, p, next - p);
      p = next;
      continue;
    }
    g_string_append_len (text, p, (gssize)point);
    g_string_append (text, localeconv ()->decimal_point);
    g_string_append_len (text, p + point + 1, (gssize)(n - point - 1));
    p += n;
  }
  return g_strdup (text->str);
}

char *
xps_page_dup_number (double value, int decimals)
{
  if (!isfinite (value))
    return g_strdup (isnan (value) ? DASH : value > 0 ? "∞" : MINUS "∞");
  return xps_page_localise (xps_number_dup_with_error (value, NAN, MAX (decimals, 0)));
}

char *
xps_page_dup_significant (double value, int digits)
{
  if (value == 0.0 || !isfinite (value))
    return xps_page_dup_number (value, 0);
  const int places = digits - 1 - (int)floor (log10 (fabs (value)));
  if (places > 12 || places < -9) {
    const double exponent = floor (log10 (fabs (value)));
    g_autofree char *digits_text = xps_number_dup_with_error (value / pow (10.0, exponent), NAN, digits - 1);
    return xps_page_localise (xps_text_printf ("%se%d", digits_text, (int)exponent));
  }
  return xps_page_dup_number (value, places);
}

static char *
dup_plain (double value)
{
  char buffer[XPS_NUMBER_LENGTH];
  if (!isfinite (value))
    return g_strdup ("");
  /* An entry holds what can be read back, with the hyphen of the keyboard. */
  g_auto (GStrv) parts = g_strsplit (xps_number_format (value, buffer), ".", 2);
  return g_strjoinv (localeconv ()->decimal_point, parts);
}

char *
xps_page_dup_entry_number (double value)
{
  double rounded = value;
  g_autofree char *digits = xps_text_printf ("%.7g", value);
  xps_number_parse (digits, &rounded);
  return dup_plain (rounded);
}

char *
xps_page_dup_full_number (double value)
{
  return dup_plain (value);
}

/* Among words that run to the left a number keeps its error behind it. */
static char *
isolate (char *take_text)
{
  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return take_text;
  g_autofree char *text = take_text;
  return g_strconcat ("\xe2\x81\xa6", text, "\xe2\x81\xa9", NULL); /* U+2066, U+2069 */
}

char *
xps_page_dup_bare_quantity (XpsQuantity quantity, int decimals)
{
  if (!isfinite (quantity.error) || quantity.error <= 0.0) {
    g_autofree char *number = xps_page_dup_number (quantity.value, decimals);
    return g_strconcat (number, isfinite (quantity.value) ? "(?)" : "", NULL);
  }
  return xps_page_localise (xps_number_dup_with_error (quantity.value, quantity.error, decimals));
}

char *
xps_page_dup_quantity (XpsQuantity quantity, int decimals)
{
  return isolate (xps_page_dup_bare_quantity (quantity, decimals));
}

char *
xps_page_dup_range (double low, double high, int decimals)
{
  g_autofree char *from = xps_page_dup_number (low, decimals), *to = xps_page_dup_number (high, decimals);
  return isolate (g_strconcat (from, DASH, to, NULL));
}

static char *
replace (const char *text, const char *old, const char *new)
{
  g_auto (GStrv) parts = g_strsplit (text, old, -1);
  return g_strjoinv (new, parts);
}

gboolean
xps_page_parse_number (const char *text, gboolean empty, double *value, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  if (trimmed[0] == '\0' && empty) {
    *value = NAN;
    return TRUE;
  }
  g_autofree char *hyphen = replace (trimmed, MINUS, "-");
  const char *point = localeconv ()->decimal_point;
  g_autofree char *plain = strchr (hyphen, '.') == NULL ? replace (hyphen, point, ".") : g_strdup (hyphen);
  /* A comma is a decimal comma where there is no point and no second comma: nobody groups 161,650 eV. */
  char *comma = strchr (plain, ',');
  if (comma != NULL && strchr (plain, '.') == NULL && strchr (comma + 1, ',') == NULL)
    *comma = '.';
  if (xps_number_parse (plain, value) && isfinite (*value))
    return TRUE;
  g_autofree char *sentence = xps_text_printf (_ ("“%s” is not a number"), trimmed);
  g_set_error_literal (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, sentence);
  return FALSE;
}
