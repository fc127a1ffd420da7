/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"

#include "base/number.h"
#include "base/text.h"
#include "series/source.h"

/* Clocks that stand in names: "V1.750", "GaN_400C_120min_O1s.xy". */

#define LONG_NUMBER 9 /* digits */

typedef struct {
  const char *unit, *of; /* what stands in names; what it becomes */
  XpsClockKind kind;
  double factor;
} Unit;

static const Unit units[] = {
    {"mV", "V", XPS_CLOCK_POTENTIAL, 1e-3},
    {"V", "V", XPS_CLOCK_POTENTIAL, 1},
    {"min", "s", XPS_CLOCK_TIME, 60},
    {"sec", "s", XPS_CLOCK_TIME, 1},
    {"hours", "s", XPS_CLOCK_TIME, 3600},
    {"hrs", "s", XPS_CLOCK_TIME, 3600},
    {"hr", "s", XPS_CLOCK_TIME, 3600},
    {"h", "s", XPS_CLOCK_TIME, 3600},
    {"s", "s", XPS_CLOCK_TIME, 1},
    {"m", "s", XPS_CLOCK_TIME, 60},
    {"degC", "\302\260C", XPS_CLOCK_TEMPERATURE, 1},
    {"\302\260C", "\302\260C", XPS_CLOCK_TEMPERATURE, 1},
    {"C", "\302\260C", XPS_CLOCK_TEMPERATURE, 1},
    {"K", "K", XPS_CLOCK_TEMPERATURE, 1},
    {"nm", "nm", XPS_CLOCK_DEPTH, 1},
    {"deg", "deg", XPS_CLOCK_ANGLE, 1},
    {"\302\260", "deg", XPS_CLOCK_ANGLE, 1},
};

static const Unit *
find_unit (const char *text, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strlen (units[i].unit) == length && strncmp (units[i].unit, text, length) == 0)
      return &units[i];
  return NULL;
}

/* ---- taking names apart by a pattern ---- */

typedef struct {
  char *kind, *unit; /* of a field */
  char *literal;     /* or text; "" with neither kind: "*" */
} Token;

static void
clear_token (gpointer pointer)
{
  Token *token = pointer;
  g_free (token->kind);
  g_free (token->unit);
  g_free (token->literal);
}

static GArray *
parse_pattern (const char *pattern, GError **error)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, TRUE, sizeof (Token));
  g_array_set_clear_func (tokens, clear_token);
  for (const char *c = pattern; *c != '\0';) {
    Token token = {NULL, NULL, NULL};
    if (*c == '*') {
      token.literal = g_strdup ("");
      c++;
    } else if (*c == '{') {
      const char *end = strchr (c, '}');
      if (end == NULL || end == c + 1) {
        xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK, pattern, NULL,
                       N_ ("a field is not closed or has no name"),
                       N_ ("write it as {potential} or {time:min}"));
        return NULL;
      }
      g_autofree char *field = g_strndup (c + 1, (gsize)(end - c - 1));
      char *colon = strchr (field, ':');
      token.unit = colon != NULL ? g_strdup (colon + 1) : NULL;
      token.kind = colon != NULL ? g_strndup (field, (gsize)(colon - field)) : g_strdup (field);
      c = end + 1;
    } else {
      const gsize length = strcspn (c, "*{");
      token.literal = g_strndup (c, length);
      c += length;
    }
    g_array_append_val (tokens, token);
  }
  return g_steal_pointer (&tokens);
}

/* A number at the start of `text`: sign, digits, one point, comma or p between digits. Length, 0: none. */
static gsize
read_number (const char *text, double *value)
{
  g_autofree char *copy = g_strdup (text);
  gsize i = copy[0] == '-' || copy[0] == '+' ? 1 : 0, digits = 0;
  gboolean point = FALSE;
  for (;; i++) {
    if (g_ascii_isdigit (copy[i]))
      digits++;
    else if (!point && digits > 0 && copy[i] != '\0' && strchr (".,p", copy[i]) != NULL &&
             g_ascii_isdigit (copy[i + 1])) {
      point = TRUE;
      copy[i] = '.';
    } else
      break;
  }
  return digits > 0 && xps_number_parse_span (copy, i, value) ? i : 0;
}

static gboolean
match (const GArray *tokens, guint t, const char *text, double *values, guint field)
{
  if (t == tokens->len)
    return *text == '\0';
  const Token *token = &g_array_index (tokens, Token, t);
  if (token->kind != NULL) {
    const gsize length = read_number (text, &values[field]);
    return length > 0 && match (tokens, t + 1, text + length, values, field + 1);
  }
  if (token->literal[0] != '\0')
    return g_str_has_prefix (text, token->literal) &&
           match (tokens, t + 1, text + strlen (token->literal), values, field);
  for (const char *c = text;; c++) {
    if (match (tokens, t + 1, c, values, field))
      return TRUE;
    if (*c == '\0')
      return FALSE;
  }
}

static XpsClock *
make_clock (const Token *token, const char *pattern, gsize n, const double *values)
{
  const Unit *unit = token->unit != NULL ? find_unit (token->unit, strlen (token->unit)) : NULL;
  XpsClockKind kind = unit != NULL ? unit->kind : XPS_CLOCK_OTHER;
  gboolean named = xps_clock_kind_from_text (token->kind, &kind);
  if (!named)
    kind = xps_clock_kind_guess (token->kind, token->unit);
  const gboolean convert = unit != NULL && unit->kind == kind;
  XpsClock *clock =
      xps_clock_new (kind, named ? NULL : token->kind, convert ? unit->of : token->unit, n, values);
  for (gsize i = 0; convert && i < n; i++)
    clock->values[i] *= unit->factor;
  clock->source = g_strdup_printf ("names by the pattern %s", pattern);
  return clock;
}

GPtrArray *
xps_clocks_from_names (const char *const *names, gsize n, const char *pattern, GError **error)
{
  g_autoptr (GPtrArray) clocks = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_clock_free);
  g_autoptr (GArray) tokens = parse_pattern (pattern, error);
  if (tokens == NULL)
    return NULL;
  g_autofree double *row = g_new0 (double, tokens->len + 1), *table = g_new (double, n * tokens->len + 1);
  for (gsize i = 0; i < n; i++) {
    if (!match (tokens, 0, names[i], row, 0)) {
      g_autofree char *what = xps_text_printf (_ ("does not fit the pattern %s"), pattern);
      xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK, names[i], NULL, what,
                     N_ ("use * for what differs, or another pattern"));
      return NULL;
    }
    for (guint k = 0; k < tokens->len; k++)
      table[k * n + i] = row[k];
  }
  guint field = 0;
  for (guint t = 0; t < tokens->len; t++)
    if (g_array_index (tokens, Token, t).kind != NULL)
      g_ptr_array_add (clocks,
                       make_clock (&g_array_index (tokens, Token, t), pattern, n, table + n * field++));
  return g_steal_pointer (&clocks);
}

/* ---- guessing a pattern ---- */

typedef struct {
  char *text;
  gboolean number;
  double value;
} Piece;

static void
clear_piece (gpointer pointer)
{
  g_free (((Piece *)pointer)->text);
}

/* A sign belongs to a number only where no letter or digit stands before it: "T-400" has none. */
static GArray *
split_name (const char *name)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (pieces, clear_piece);
  const char *from = name;
  for (const char *c = name; *c != '\0';) {
    double value;
    const gboolean sign = *c == '-' && (c == name || c[-1] == '_' || c[-1] == ' ') && g_ascii_isdigit (c[1]);
    const gsize length = g_ascii_isdigit (*c) || sign ? read_number (c, &value) : 0;
    if (length == 0) {
      c++;
      continue;
    }
    const Piece before = {g_strndup (from, (gsize)(c - from)), FALSE, NAN},
                number = {g_strndup (c, length), TRUE, value};
    g_array_append_val (pieces, before);
    g_array_append_val (pieces, number);
    c += length;
    from = c;
  }
  const Piece rest = {g_strdup (from), FALSE, NAN};
  g_array_append_val (pieces, rest);
  return pieces;
}

static gboolean
same_frame (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint k = 0; k < a->len; k += 2)
    if (strcmp (g_array_index (a, Piece, k).text, g_array_index (b, Piece, k).text) != 0)
      return FALSE;
  return TRUE;
}

/* What the number between two texts is: by the unit behind it, or the letter before it. */
static char *
dup_field (const char *before, const char *after)
{
  gsize length = 0;
  while (g_ascii_isalpha (after[length]) || (guchar)after[length] >= 0x80)
    length++;
  const Unit *unit = length > 0 ? find_unit (after, length) : NULL;
  if (unit != NULL)
    return g_strdup_printf ("{%s:%s}", xps_clock_kind_to_text (unit->kind), unit->unit);
  const gsize n = strlen (before);
  const gboolean alone = n > 0 && (n == 1 || !g_ascii_isalpha (before[n - 2]));
  if (alone && before[n - 1] == 'V')
    return g_strdup ("{potential}");
  if (alone && before[n - 1] == 'T')
    return g_strdup ("{temperature}");
  const XpsClockKind kind = xps_clock_kind_guess (before, NULL);
  return g_strdup_printf ("{%s}", kind == XPS_CLOCK_OTHER ? "index" : xps_clock_kind_to_text (kind));
}

static void
append_literal (GString *pattern, const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    g_string_append_c (pattern, *c == '{' || *c == '}' ? '*' : *c);
}

static gboolean
piece_differs (const GPtrArray *split, guint k)
{
  const GArray *first = g_ptr_array_index (split, 0);
  for (guint i = 1; i < split->len; i++)
    if (g_array_index ((GArray *)g_ptr_array_index (split, i), Piece, k).value !=
        g_array_index (first, Piece, k).value)
      return TRUE;
  return FALSE;
}

/* "1804100005" to "1804100340": digits that all have and that are no part of what counts. Numbers of up to
 * eight digits may be a date and stay whole. */
static gsize
count_common (const GPtrArray *split, guint k)
{
  const char *first = g_array_index ((GArray *)g_ptr_array_index (split, 0), Piece, k).text;
  const gsize length = strlen (first);
  gsize common = length;
  for (guint i = 0; i < split->len; i++) {
    const char *text = g_array_index ((GArray *)g_ptr_array_index (split, i), Piece, k).text;
    if (strlen (text) != length || strspn (text, "0123456789") != length)
      return 0;
    while (strncmp (text, first, common) != 0)
      common--;
  }
  return length >= LONG_NUMBER ? common : 0;
}

char *
xps_clock_dup_pattern (const char *const *names, gsize n)
{
  g_autoptr (GPtrArray) split = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  if (n < 2)
    return NULL;
  for (gsize i = 0; i < n; i++) {
    g_ptr_array_add (split, split_name (names[i]));
    if (!same_frame (g_ptr_array_index (split, 0), g_ptr_array_index (split, (guint)i)))
      return NULL;
  }
  const GArray *first = g_ptr_array_index (split, 0);
  GString *pattern = g_string_new (NULL);
  gboolean any = FALSE;
  for (guint k = 0; k < first->len; k++) {
    const Piece *piece = &g_array_index (first, Piece, k);
    if (!piece->number || !piece_differs (split, k)) {
      append_literal (pattern, piece->text);
      continue;
    }
    g_autofree char *field =
        dup_field (g_array_index (first, Piece, k - 1).text, g_array_index (first, Piece, k + 1).text);
    g_string_append_len (pattern, piece->text, (gssize)count_common (split, k));
    g_string_append (pattern, field);
    any = TRUE;
  }
  return g_string_free (pattern, !any);
}
