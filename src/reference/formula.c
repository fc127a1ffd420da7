/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/formula.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "reference/element.h"

#define DEEPEST 8   /* groups within groups */
#define MOST    1e6 /* atoms of one element */

typedef struct {
  const char *at;
  int depth;
} Reader;

static void
add (GArray *counts, const char *symbol, double n)
{
  for (guint i = 0; i < counts->len; i++) {
    XpsFormulaElement *it = &g_array_index (counts, XpsFormulaElement, i);
    if (strcmp (it->symbol, symbol) == 0) {
      it->n += n;
      return;
    }
  }
  XpsFormulaElement element = {.n = n};
  g_strlcpy (element.symbol, symbol, sizeof element.symbol);
  g_array_append_val (counts, element);
}

/* "2", "0.5"; 1 where there is none. FALSE: not above 0. */
static gboolean
read_number (Reader *self, double *number)
{
  const gsize length = strspn (self->at, "0123456789.");
  *number = 1.0;
  if (length == 0)
    return TRUE;
  g_autofree char *text = g_strndup (self->at, length);
  self->at += length;
  return xps_number_parse (text, number) && *number > 0.0 && *number <= MOST;
}

static gboolean
read_element (Reader *self, GArray *counts)
{
  char symbol[4] = {self->at[0]};
  double n;
  if (g_ascii_islower (self->at[1]))
    symbol[1] = self->at[1];
  if (xps_element_get_z (symbol) == 0)
    return FALSE;
  self->at += strlen (symbol);
  if (!read_number (self, &n))
    return FALSE;
  add (counts, symbol, n);
  return TRUE;
}

static gboolean read_units (Reader *self, GArray *counts, char end);

static char
get_closing (char opening)
{
  switch (opening) {
  case '(':
    return ')';
  case '[':
    return ']';
  case '{':
    return '}';
  default:
    return '\0';
  }
}

static gboolean
read_group (Reader *self, GArray *counts)
{
  const char closing = get_closing (*self->at);
  g_autoptr (GArray) inside = g_array_new (FALSE, TRUE, sizeof (XpsFormulaElement));
  double n;
  self->at++;
  if (++self->depth > DEEPEST || !read_units (self, inside, closing) || inside->len == 0)
    return FALSE;
  self->depth--;
  self->at++;
  if (!read_number (self, &n))
    return FALSE;
  for (guint i = 0; i < inside->len; i++) {
    const XpsFormulaElement *it = &g_array_index (inside, XpsFormulaElement, i);
    add (counts, it->symbol, it->n * n);
  }
  return TRUE;
}

/* Elements and groups up to `end`, which is left. */
static gboolean
read_units (Reader *self, GArray *counts, char end)
{
  while (*self->at != end) {
    const gboolean good = g_ascii_isupper (*self->at)       ? read_element (self, counts)
                          : get_closing (*self->at) != '\0' ? read_group (self, counts)
                                                            : FALSE;
    if (!good)
      return FALSE;
  }
  return TRUE;
}

/* Subscripts as digits, the middle dot as a star, without white space. */
static char *
dup_plain (const char *formula)
{
  GString *text = g_string_new (NULL);
  for (const char *at = formula; *at != '\0'; at = g_utf8_next_char (at)) {
    const gunichar c = g_utf8_get_char (at);
    if (c >= 0x2080 && c <= 0x2089)
      g_string_append_c (text, (char)('0' + (c - 0x2080)));
    else if (c == 0xb7 || c == 0x22c5)
      g_string_append_c (text, '*');
    else if (!g_unichar_isspace (c))
      g_string_append_unichar (text, c);
  }
  return g_string_free (text, FALSE);
}

static gboolean
read_part (const char *part, GArray *counts)
{
  Reader reader = {.at = part};
  g_autoptr (GArray) inside = g_array_new (FALSE, TRUE, sizeof (XpsFormulaElement));
  double n;
  if (!read_number (&reader, &n) || !read_units (&reader, inside, '\0') || inside->len == 0)
    return FALSE;
  for (guint i = 0; i < inside->len; i++) {
    const XpsFormulaElement *it = &g_array_index (inside, XpsFormulaElement, i);
    add (counts, it->symbol, it->n * n);
  }
  return TRUE;
}

GArray *
xps_formula_read (const char *formula)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, TRUE, sizeof (XpsFormulaElement));
  if (formula == NULL || !g_utf8_validate (formula, -1, NULL))
    return NULL;
  g_autofree char *plain = dup_plain (formula);
  g_auto (GStrv) parts = g_strsplit (plain, "*", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    if (!read_part (parts[i], counts))
      return NULL;
  return counts->len > 0 ? g_steal_pointer (&counts) : NULL;
}

double
xps_formula_get (const GArray *formula, const char *symbol)
{
  for (guint i = 0; i < formula->len; i++) {
    const XpsFormulaElement *it = &g_array_index (formula, XpsFormulaElement, i);
    if (strcmp (it->symbol, symbol) == 0)
      return it->n;
  }
  return 0.0;
}
