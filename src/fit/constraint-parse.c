/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/constraint.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"

typedef struct {
  const XpsConstraintPlace *place;
  const char *text, *at;
} Reader;

static gboolean
refuse_form (GError **error, const char *found)
{
  return xps_edit_refuse (
      error, _ ("“%s” is not understood. Write for example A*0.5, A+1.18, 160.5:162.5, =161.65 or free."),
      found);
}

static void
skip_blanks (Reader *reader)
{
  while (g_ascii_isspace (*reader->at))
    reader->at++;
}

static gboolean
take (Reader *reader, char c)
{
  skip_blanks (reader);
  if (*reader->at != c)
    return FALSE;
  reader->at++;
  return TRUE;
}

static gboolean
take_word (Reader *reader, const char *word)
{
  const gsize n = strlen (word);
  skip_blanks (reader);
  if (g_ascii_strncasecmp (reader->at, word, n) != 0 || g_ascii_isalnum (reader->at[n]) ||
      strchr ("_.*/+-", reader->at[n] != '\0' ? reader->at[n] : 'x') != NULL)
    return FALSE;
  reader->at += n;
  return TRUE;
}

static gboolean
is_at_end (Reader *reader)
{
  skip_blanks (reader);
  return *reader->at == '\0';
}

/* ---- numbers ---- */

/* 1,180 is 1.18 to one person, 1180 to the next and two numbers to a third. */
static gboolean
is_ambiguous (const char *start, const char *comma, const char *end)
{
  const gsize before = (gsize)(comma - start);
  return end - comma == 4 && before >= 1 && before <= 3 && *start != '0';
}

/* A comma between digits is a decimal one, unless the number has its point already or a blank follows. */
static gboolean
take_number (Reader *reader, double *value, GError **error)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  skip_blanks (reader);
  const char *start = reader->at, *c = start;
  const char *comma = NULL;
  if (*c == '+' || *c == '-')
    g_string_append_c (digits, *c++);
  const char *first = c;
  while (g_ascii_isdigit (*c) || (*c == '.' && strchr (digits->str, '.') == NULL) ||
         (*c == ',' && g_ascii_isdigit (c[1]) && c > first && strchr (digits->str, '.') == NULL)) {
    if (*c == ',')
      comma = c;
    g_string_append_c (digits, *c == ',' ? '.' : *c);
    c++;
  }
  if (comma != NULL && is_ambiguous (first, comma, c) && *c != 'e' && *c != 'E') {
    g_autofree char *found = g_strndup (start, (gsize)(c - start));
    return xps_edit_refuse (
        error, _ ("“%s” can be read in several ways: write a decimal point, or no comma."), found);
  }
  if ((*c == 'e' || *c == 'E') &&
      (g_ascii_isdigit (c[1]) || ((c[1] == '+' || c[1] == '-') && g_ascii_isdigit (c[2])))) {
    g_string_append_c (digits, *c++);
    g_string_append_c (digits, *c++);
    while (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c++);
  }
  if (!xps_number_parse (digits->str, value) || !isfinite (*value))
    return refuse_form (error, start);
  reader->at = c;
  return TRUE;
}

static gboolean
begins_number (const Reader *reader)
{
  const char *c = reader->at;
  while (g_ascii_isspace (*c))
    c++;
  if (*c == '+' || *c == '-')
    c++;
  return g_ascii_isdigit (*c) || (*c == '.' && g_ascii_isdigit (c[1]));
}

/* ---- names ---- */

/* In quotes, a quote doubled; NULL with `error` unset where there is none. New string. */
static char *
take_quoted (Reader *reader, GError **error)
{
  GString *name = g_string_new (NULL);
  const char *start = reader->at;
  for (reader->at++; *reader->at != '\0'; reader->at++) {
    if (*reader->at == '"' && reader->at[1] != '"')
      break;
    reader->at += *reader->at == '"';
    g_string_append_c (name, *reader->at);
  }
  if (*reader->at == '"') {
    reader->at++;
    return g_string_free (name, FALSE);
  }
  g_string_free (name, TRUE);
  xps_edit_refuse (error, _ ("The quote that begins at %s does not end."), start);
  return NULL;
}

static gboolean
is_name_part (char c, gboolean with_point)
{
  return g_ascii_isalnum (c) || c == '_' || (guchar)c >= 0x80 || (with_point && c == '.');
}

static char *
take_plain (Reader *reader, gboolean with_point)
{
  const char *start = reader->at;
  while (is_name_part (*reader->at, with_point))
    reader->at++;
  return g_strndup (start, (gsize)(reader->at - start));
}

/* "A" is 0, "Z" 25, "AA" 26; -1: not letters only. */
static gint64
letter_index (const char *text)
{
  gint64 index = 0;
  if (text[0] == '\0' || strlen (text) > 6)
    return -1;
  for (const char *c = text; *c != '\0'; c++) {
    if (!g_ascii_isalpha (*c))
      return -1;
    index = index * 26 + (g_ascii_toupper (*c) - 'A' + 1);
  }
  return index - 1;
}

static gint64
find_name (const GPtrArray *components, const char *name)
{
  for (guint c = 0; c < components->len; c++)
    if (g_strcmp0 (((const XpsComponent *)g_ptr_array_index (components, c))->name, name) == 0)
      return c;
  return -1;
}

static gboolean
refuse_component (const GPtrArray *components, const char *name, GError **error)
{
  if (components->len == 1)
    return xps_edit_refuse (error, _ ("There is no component %s: there is only A."), name);
  g_autofree char *last = xps_edit_dup_letter (components->len - 1);
  return xps_edit_refuse (error, _ ("There is no component %s: the components are A to %s."), name, last);
}

/* Letters mean places, unless nothing stands there and a component is called so; quotes mean names. */
static gboolean
take_component (Reader *reader, gint64 *component, GError **error)
{
  const GPtrArray *components = xps_edit_part (reader->place->model, reader->place->part)->components;
  const gboolean quoted = *reader->at == '"';
  g_autofree char *name = quoted ? take_quoted (reader, error) : take_plain (reader, FALSE);
  if (name == NULL)
    return FALSE;
  *component = quoted ? -1 : letter_index (name);
  if (*component < 0 || *component >= components->len)
    *component = find_name (components, name);
  if (*component >= 0)
    return TRUE;
  if (quoted) {
    g_autofree char *shown = g_strdup_printf ("“%s”", name);
    return refuse_component (components, shown, error);
  }
  return refuse_component (components, name, error);
}

static char *
dup_role_list (const XpsShape *shape)
{
  GString *list = g_string_new (NULL);
  for (gsize k = 0; k < shape->n_roles; k++)
    g_string_append_printf (list, "%s%s", k > 0 ? ", " : "", shape->roles[k].id);
  return g_string_free (list, FALSE);
}

/* The parameter of component.role, the constraint's own role where none is written. New string. */
static char *
take_role (Reader *reader, gsize component, GError **error)
{
  const XpsConstraintPlace *place = reader->place;
  XpsComponent *of = xps_edit_component (place->model, place->part, component);
  const XpsComponent *own = xps_edit_component (place->model, place->part, place->component);
  g_autofree char *id = NULL;
  if (*reader->at == '.') {
    reader->at++;
    id = take_plain (reader, FALSE);
  } else
    id = g_strdup (own->shape->roles[place->role].id);
  const int k = xps_shape_find_role (of->shape, id);
  if (k < 0) {
    g_autofree char *letter = xps_edit_dup_letter (component), *list = dup_role_list (of->shape);
    xps_edit_refuse (error, _ ("Component %s has no “%s”: it has %s. Write for example %s.%s."), letter, id,
                     list, letter, of->shape->roles[of->shape->n_roles - 1].id);
    return NULL;
  }
  if (component == place->component && (gsize)k == place->role) {
    xps_edit_refuse (error, _ ("A value cannot follow itself: name another component."));
    return NULL;
  }
  if (of->roles[k] == NULL) /* a constant: pointed at, it needs a name */
    xps_edit_give_parameter (place->model, of, (gsize)k);
  return g_strdup (of->roles[k]);
}

/* Any parameter of the model, by its own name. */
static char *
take_parameter (Reader *reader, GError **error)
{
  reader->at++;
  g_autofree char *name = *reader->at == '"' ? take_quoted (reader, error) : take_plain (reader, TRUE);
  if (name == NULL)
    return NULL;
  if (xps_model_find_parameter (reader->place->model, name) < 0) {
    xps_edit_refuse (error, _ ("There is no parameter “%s”."), name);
    return NULL;
  }
  return g_steal_pointer (&name);
}

/* ---- sums ---- */

/* One factor: a number, or a name where there is none yet. */
static gboolean
take_factor (Reader *reader, double *coef, char **name, gboolean divide, GError **error)
{
  skip_blanks (reader);
  if (begins_number (reader)) {
    double number;
    if (!take_number (reader, &number, error))
      return FALSE;
    if (divide && number == 0)
      return xps_edit_refuse (error, _ ("Nothing can be divided by zero."));
    *coef = divide ? *coef / number : *coef * number;
    return TRUE;
  }
  if (*reader->at == '\0')
    return refuse_form (error, reader->text);
  if (*name != NULL || divide)
    return xps_edit_refuse (error,
                            _ ("A constraint is a sum of components, each times a number: products of two "
                               "of them, and quotients, are not possible."));
  gint64 component;
  if (*reader->at == '@')
    *name = take_parameter (reader, error);
  else if (*reader->at != '"' && !is_name_part (*reader->at, FALSE))
    return refuse_form (error, reader->at);
  else if (take_component (reader, &component, error))
    *name = take_role (reader, (gsize)component, error);
  return *name != NULL;
}

static gboolean
take_term (Reader *reader, XpsConstraint *self, double sign, GError **error)
{
  g_autofree char *name = NULL;
  double coef = sign;
  if (!take_factor (reader, &coef, &name, FALSE, error))
    return FALSE;
  for (;;) {
    const gboolean divide = take (reader, '/');
    if (!divide && !take (reader, '*'))
      break;
    if (!take_factor (reader, &coef, &name, divide, error))
      return FALSE;
  }
  if (name == NULL) {
    self->constant += coef;
    return TRUE;
  }
  g_array_append_val (self->coefs, coef);
  g_ptr_array_add (self->names, g_steal_pointer (&name));
  return TRUE;
}

/* 12,5,8 is 12.5 to 8 or 12 to 5.8: one comma parts the ends, and nothing says which. */
static gboolean
check_commas (const char *start, const char *comma, const char *end, GError **error)
{
  guint n = 0;
  for (const char *c = start; c < end; c++)
    n += *c == ',';
  if (n != 2 || g_ascii_isspace (comma[-1]) || g_ascii_isspace (comma[1]))
    return TRUE;
  g_autofree char *found = g_strndup (start, (gsize)(end - start));
  return xps_edit_refuse (
      error, _ ("“%s” can be read in several ways: write decimal points, or a colon between the ends."),
      found);
}

/* Ends of a range, either of them open. */
static gboolean
take_range (Reader *reader, XpsConstraint *self, GError **error)
{
  skip_blanks (reader);
  const char *start = reader->at;
  self->low = -INFINITY;
  self->high = INFINITY;
  if (begins_number (reader) && !take_number (reader, &self->low, error))
    return FALSE;
  const gboolean colon = take (reader, ':');
  if (!colon && !take (reader, ','))
    return refuse_form (error, reader->at);
  const char *comma = reader->at - 1;
  if (begins_number (reader) && !take_number (reader, &self->high, error))
    return FALSE;
  if (!colon && comma > start && !check_commas (start, comma, reader->at, error))
    return FALSE;
  if (self->low > self->high) { /* binding energies are often written from high to low */
    const double low = self->low;
    self->low = self->high;
    self->high = low;
  }
  return TRUE;
}

static gboolean
take_sum (Reader *reader, XpsConstraint *self, GError **error)
{
  double sign = take (reader, '-') ? -1 : 1;
  if (sign > 0)
    take (reader, '+');
  self->kind = XPS_CONSTRAINT_LINK;
  for (;;) {
    if (!take_term (reader, self, sign, error))
      return FALSE;
    if (take (reader, '+'))
      sign = 1;
    else if (take (reader, '-'))
      sign = -1;
    else
      break;
  }
  if (take (reader, '[')) {
    if (!take_range (reader, self, error))
      return FALSE;
    if (!take (reader, ']'))
      return refuse_form (error, reader->at);
  }
  return is_at_end (reader) || refuse_form (error, reader->at);
}

/* ---- the whole ---- */

/* Typographic signs that people paste, as the plain ones; names in quotes are left alone. New string. */
static char *
dup_plain (const char *text)
{
  static const char *const signs[][2] = {{"−", "-"},      {"×", "*"},      {"·", "*"}, {"–", ":"},
                                         {"\u00a0", " "}, {"\u202f", " "}, {"…", ":"}, {"..", ":"},
                                         {"“", "\""},     {"”", "\""},     {"„", "\""}};
  const gsize n = G_N_ELEMENTS (signs) - (strchr (text, '"') != NULL ? 3 : 0);
  GString *out = g_string_new (NULL);
  gboolean quoted = FALSE;
  for (const char *c = text; *c != '\0';) {
    gsize k = 0;
    while (k < n && !(g_str_has_prefix (c, signs[k][0]) && (!quoted || signs[k][1][0] == '"')))
      k++;
    quoted ^= k < n ? signs[k][1][0] == '"' : *c == '"';
    if (k < n)
      g_string_append (out, signs[k][1]);
    else
      g_string_append_c (out, *c);
    c += k < n ? strlen (signs[k][0]) : 1;
  }
  return g_strstrip (g_string_free (out, FALSE));
}

/* A range has a colon outside of quotes and brackets, or a comma among nothing but numbers. */
static gboolean
is_range (const char *text)
{
  gboolean quoted = FALSE, numbers = TRUE, comma = FALSE;
  for (const char *c = text; *c != '\0'; c++) {
    quoted ^= *c == '"';
    if (!quoted && *c == '[')
      return FALSE;
    if (!quoted && *c == ':')
      return TRUE;
    comma |= *c == ',';
    numbers &= g_ascii_isdigit (*c) || strchr (" .,+-eE", *c) != NULL;
  }
  return comma && numbers;
}

/* A number alone, with "fix" behind it, or the two ends of a range. */
static gboolean
parse_numbers (XpsConstraint *self, Reader *reader, GError **error)
{
  const char *start = reader->at;
  g_autoptr (GError) reason = NULL;
  double value;
  if (begins_number (reader) && take_number (reader, &value, &reason)) {
    self->value = value;
    const gboolean fix = take_word (reader, "fixed") || take_word (reader, "fix");
    if (is_at_end (reader)) {
      self->kind = fix ? XPS_CONSTRAINT_FIX : XPS_CONSTRAINT_VALUE;
      return TRUE;
    }
  }
  if (reason != NULL) {
    g_propagate_error (error, g_steal_pointer (&reason));
    return FALSE;
  }
  reader->at = start;
  if (!is_range (start))
    return take_sum (reader, self, error);
  self->kind = XPS_CONSTRAINT_RANGE;
  return take_range (reader, self, error) && (is_at_end (reader) || refuse_form (error, reader->at));
}

static gboolean
parse_fixed (XpsConstraint *self, Reader *reader, GError **error)
{
  self->kind = XPS_CONSTRAINT_FIX;
  self->value = NAN;
  if (is_at_end (reader))
    return TRUE;
  if (begins_number (reader)) {
    const char *start = reader->at;
    if (!take_number (reader, &self->value, error))
      return FALSE;
    if (is_at_end (reader))
      return TRUE;
    reader->at = start; /* a sum, as spreadsheets have it behind the sign: =0.5*A */
  }
  return take_sum (reader, self, error);
}

gboolean
xps_constraint_parse (XpsConstraint *self, const XpsConstraintPlace *place, const char *text, GError **error)
{
  *self = (XpsConstraint){.value = NAN, .low = -INFINITY, .high = INFINITY};
  self->coefs = g_array_new (FALSE, FALSE, sizeof (double));
  self->names = g_ptr_array_new_with_free_func (g_free);
  if (text != NULL && (strlen (text) > 1000 || !g_utf8_validate (text, -1, NULL)))
    return xps_edit_refuse (error, _ ("This is too long for a constraint."));
  g_autofree char *plain = dup_plain (text != NULL ? text : "");
  Reader reader = {place, plain, plain};
  if (is_at_end (&reader) || (take_word (&reader, "free") && is_at_end (&reader))) {
    self->kind = XPS_CONSTRAINT_FREE;
    return TRUE;
  }
  reader.at = plain;
  if (take (&reader, '='))
    return parse_fixed (self, &reader, error);
  if ((take_word (&reader, "fixed") || take_word (&reader, "fix")) && is_at_end (&reader))
    return parse_fixed (self, &reader, error);
  reader.at = plain;
  if (!parse_numbers (self, &reader, error))
    return FALSE;
  return self->kind != XPS_CONSTRAINT_LINK || self->names->len > 0 || refuse_form (error, plain);
}

void
xps_constraint_clear (XpsConstraint *self)
{
  g_clear_pointer (&self->coefs, g_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}
