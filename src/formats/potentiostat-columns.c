/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/potentiostat-columns.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

#define LONGEST_LABEL 80

/* Lower case; dots and middle dots are left out before the look-up. */
static const struct {
  const char *unit;
  XpsLogQuantity quantity;
  double factor;
} units[] = {
    {"s", XPS_LOG_TIME, 1},
    {"sec", XPS_LOG_TIME, 1},
    {"seconds", XPS_LOG_TIME, 1},
    {"ms", XPS_LOG_TIME, 1e-3},
    {"min", XPS_LOG_TIME, 60},
    {"h", XPS_LOG_TIME, 3600},
    {"hr", XPS_LOG_TIME, 3600},
    {"hours", XPS_LOG_TIME, 3600},
    {"d", XPS_LOG_TIME, 86400},
    {"v", XPS_LOG_POTENTIAL, 1},
    {"mv", XPS_LOG_POTENTIAL, 1e-3},
    {"uv", XPS_LOG_POTENTIAL, 1e-6},
    {"\u00b5v", XPS_LOG_POTENTIAL, 1e-6},
    {"a", XPS_LOG_CURRENT, 1},
    {"ma", XPS_LOG_CURRENT, 1e-3},
    {"ua", XPS_LOG_CURRENT, 1e-6},
    {"\u00b5a", XPS_LOG_CURRENT, 1e-6},
    {"na", XPS_LOG_CURRENT, 1e-9},
    {"ah", XPS_LOG_CAPACITY, 1},
    {"mah", XPS_LOG_CAPACITY, 1e-3},
    {"uah", XPS_LOG_CAPACITY, 1e-6},
    {"\u00b5ah", XPS_LOG_CAPACITY, 1e-6},
    {"c", XPS_LOG_CAPACITY, 1.0 / 3600},
    {"mc", XPS_LOG_CAPACITY, 1e-3 / 3600},
};

/* Lower case, blanks for underscores, without brackets of means. */
static const struct {
  const char *name;
  XpsLogQuantity quantity;
  guint rank;
} names[] = {
    {"time", XPS_LOG_TIME, 0},
    {"elapsed time", XPS_LOG_TIME, 1},
    {"test time", XPS_LOG_TIME, 1},
    {"total time", XPS_LOG_TIME, 1},
    {"corrected time", XPS_LOG_TIME, 1},
    {"zeit", XPS_LOG_TIME, 0},
    {"t", XPS_LOG_TIME, 2},
    {"datetime", XPS_LOG_TIME, 3},
    {"date time", XPS_LOG_TIME, 3},
    {"timestamp", XPS_LOG_TIME, 3},
    {"ewe", XPS_LOG_POTENTIAL, 0},
    {"potential", XPS_LOG_POTENTIAL, 0},
    {"voltage", XPS_LOG_POTENTIAL, 0},
    {"potenzial", XPS_LOG_POTENTIAL, 0},
    {"potentzial", XPS_LOG_POTENTIAL, 0},
    {"spannung", XPS_LOG_POTENTIAL, 0},
    {"we(1).potential", XPS_LOG_POTENTIAL, 0},
    {"working electrode", XPS_LOG_POTENTIAL, 1},
    {"vf", XPS_LOG_POTENTIAL, 1},
    {"e", XPS_LOG_POTENTIAL, 1},
    {"u", XPS_LOG_POTENTIAL, 1},
    {"ecell", XPS_LOG_POTENTIAL, 2},
    {"ewe-ece", XPS_LOG_POTENTIAL, 2},
    {"potential applied", XPS_LOG_POTENTIAL, 4},
    {"i", XPS_LOG_CURRENT, 0},
    {"current", XPS_LOG_CURRENT, 0},
    {"strom", XPS_LOG_CURRENT, 0},
    {"we(1).current", XPS_LOG_CURRENT, 0},
    {"im", XPS_LOG_CURRENT, 1},
    {"capacity", XPS_LOG_CAPACITY, 0},
    {"(q-qo)", XPS_LOG_CAPACITY, 0},
    {"q-qo", XPS_LOG_CAPACITY, 0},
    {"q charge/discharge", XPS_LOG_CAPACITY, 1},
    {"kapazit\u00e4t", XPS_LOG_CAPACITY, 0},
    {"charge", XPS_LOG_CAPACITY, 2},
    {"q", XPS_LOG_CAPACITY, 2},
    {"cycle number", XPS_LOG_CYCLE, 0},
    {"cycle index", XPS_LOG_CYCLE, 0},
    {"cycle", XPS_LOG_CYCLE, 0},
    {"zyklus", XPS_LOG_CYCLE, 0},
    {"half cycle", XPS_LOG_CYCLE, 3},
};

static char *
dup_unit (const char *text)
{
  GString *unit = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    const gunichar c = g_utf8_get_char (p);
    /* the two spellings of micro are one */
    if (c == 0x3BC)
      g_string_append_unichar (unit, 0xB5);
    else if (c != '.' && c != 0xB7 && c != 0x22C5 && !g_unichar_isspace (c))
      g_string_append_unichar (unit, g_unichar_tolower (c));
  }
  return g_string_free (unit, FALSE);
}

double
xps_log_unit_find (const char *unit, XpsLogQuantity quantity)
{
  g_autofree char *folded = dup_unit (unit);

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (units[i].quantity == quantity && strcmp (units[i].unit, folded) == 0)
      return units[i].factor;
  return 0;
}

static gboolean
is_unit (const char *text)
{
  for (int quantity = 0; quantity < XPS_LOG_N; quantity++)
    if (xps_log_unit_find (text, (XpsLogQuantity)quantity) != 0)
      return TRUE;
  return FALSE;
}

/* Name and unit apart: "name (unit)", "name [unit]", "name/unit", "name_unit"; NULL: no unit. */
static void
split (const char *label, char **name, char **unit)
{
  const gsize length = strlen (label);
  const char *cut = NULL;

  *unit = NULL;
  if (length > 0 && (label[length - 1] == ')' || label[length - 1] == ']')) {
    cut = strrchr (label, label[length - 1] == ')' ? '(' : '[');
    if (cut != NULL && cut > label)
      *unit = g_strndup (cut + 1, length - 2 - (gsize)(cut - label));
  } else if ((cut = strrchr (label, '/')) != NULL && cut > label) {
    /* "E vs. Li+/Li" has none */
    *unit = strstr (label, " vs") == NULL || is_unit (cut + 1) ? g_strdup (cut + 1) : NULL;
  } else {
    for (cut = label + length; cut > label && *cut != '_' && *cut != ' ';)
      cut--;
    *unit = cut > label && is_unit (cut + 1) ? g_strdup (cut + 1) : NULL;
  }
  *name = *unit != NULL ? g_strndup (label, (gsize)(cut - label)) : g_strdup (label);
}

/* "<Ewe> vs. Li+/Li" is "ewe". */
static char *
dup_name (const char *text)
{
  GString *name = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    const gunichar c = g_utf8_get_char (p);
    if (c == '_')
      g_string_append_c (name, ' ');
    else if (strchr ("<>|\"", (int)MIN (c, 127)) == NULL)
      g_string_append_unichar (name, g_unichar_tolower (c));
  }
  char *against = strstr (name->str, " vs");
  if (against != NULL)
    g_string_truncate (name, (gsize)(against - name->str));
  return g_strstrip (g_string_free (name, FALSE));
}

XpsLogColumn
xps_log_column_classify (const char *label)
{
  XpsLogColumn column = {.quantity = XPS_LOG_N, .factor = 1};
  g_autofree char *words = NULL, *unit = NULL;

  if (strlen (label) > LONGEST_LABEL || !g_utf8_validate (label, -1, NULL))
    return column;
  split (label, &words, &unit);
  g_autofree char *name = dup_name (words);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (strcmp (names[i].name, name) != 0)
      continue;
    const double factor = unit != NULL ? xps_log_unit_find (unit, names[i].quantity) : 1;
    if (factor == 0)
      return column; /* A/cm2, mAh/g: something else */
    column = (XpsLogColumn){names[i].quantity, names[i].rank, factor, unit != NULL};
    return column;
  }
  return column;
}

static double
make_time (guint year, guint month, guint day, guint hours, guint minutes, double seconds)
{
  if (!g_date_valid_dmy ((GDateDay)MIN (day, 99u), (GDateMonth)MIN (month, 99u), (GDateYear)year) ||
      hours > 23 || minutes > 59 || !(seconds >= 0 && seconds < 61))
    return (double)NAN;
  g_autoptr (GDateTime) midnight = g_date_time_new_utc ((int)year, (int)month, (int)day, 0, 0, 0);
  return midnight != NULL ? (double)g_date_time_to_unix (midnight) + hours * 3600.0 + minutes * 60.0 + seconds
                          : (double)NAN;
}

double
xps_log_parse_date (const char *text, gboolean *ambiguous)
{
  guint a = 0, b = 0, c = 0, hours = 0, minutes = 0;
  double seconds = 0;
  char first = 0, second = 0, between = 0;
  int end = 0;

  /* Whole numbers only: no locale has a say. */
  if (sscanf (text, "%4u%c%2u%c%4u%c%2u:%2u%n", &a, &first, &b, &second, &c, &between, &hours, &minutes,
              &end) != 8 ||
      first != second || strchr ("-/.", first) == NULL || (between != ' ' && between != 'T'))
    return (double)NAN;
  if (text[end] == ':') {
    const char *start = text + end + 1;
    const gsize digits = strspn (start, "0123456789.");
    if (!xps_number_parse_span (start, digits, &seconds))
      return (double)NAN;
  }
  if (a > 31)
    return make_time (a, b, c, hours, minutes, seconds);
  if (c < 100)
    c += 2000;
  /* A dot is the German way, day first; others have the month first unless it can be none. */
  const gboolean day_first = first == '.' || a > 12;
  if (ambiguous != NULL && first != '.' && a <= 12 && b <= 12 && a != b)
    *ambiguous = TRUE;
  return day_first ? make_time (c, b, a, hours, minutes, seconds)
                   : make_time (c, a, b, hours, minutes, seconds);
}
