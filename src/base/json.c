/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"

void
xps_json_push_number (JsonBuilder *builder, double value)
{
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
xps_json_add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  xps_json_push_number (builder, value);
}

void
xps_json_add_integer (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
xps_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
xps_json_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value == NULL) {
    json_builder_add_null_value (builder);
    return;
  }
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  json_builder_add_string_value (builder, valid);
}

void
xps_json_add_numbers (JsonBuilder *builder, const char *name, gsize n, const double *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (gsize i = 0; i < n; i++)
    xps_json_push_number (builder, values[i]);
  json_builder_end_array (builder);
}

/* json-glib makes a number look like a floating one by ".0", also behind an exponent: 1e+22.0 is not JSON
 * (json-glib 1.6). Takes such an end off again, outside of strings. */
static char *
mend_exponents (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 1);
  gboolean in_string = FALSE, exponent = FALSE;
  for (const char *c = text; *c != '\0'; c++) {
    if (in_string && *c == '\\' && c[1] != '\0')
      g_string_append_c (out, *c++);
    else if (*c == '"')
      in_string = !in_string;
    else if (!in_string && *c == 'e' && (c[1] == '+' || c[1] == '-'))
      exponent = TRUE;
    else if (exponent && strncmp (c, ".0", 2) == 0) {
      c++;
      continue;
    } else if (!g_ascii_isdigit (*c) && *c != '+' && *c != '-')
      exponent = FALSE;
    g_string_append_c (out, *c);
  }
  return g_string_free (out, FALSE);
}

char *
xps_json_dup_text (JsonBuilder *builder, gboolean pretty)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, pretty);
  json_generator_set_indent (generator, 1);
  g_autofree char *text = json_generator_to_data (generator, NULL);
  g_autofree char *mended = mend_exponents (text);
  return g_strconcat (mended, "\n", NULL);
}

/* json-glib's parser recurses: nesting deeper than any model's is refused before it sees the text. */
#define DEPTH_LIMIT 64

typedef struct {
  const char *at, *end;
  guint line, depth;
  GString *out; /* what json-glib gets to see */
} Lexer;

static void
take (Lexer *lexer)
{
  lexer->line += *lexer->at == '\n';
  g_string_append_c (lexer->out, *lexer->at++);
}

static const char *
lex_string (Lexer *lexer)
{
  take (lexer);
  while (lexer->at < lexer->end && *lexer->at != '"') {
    if (*lexer->at == '\\' && lexer->at + 1 < lexer->end)
      take (lexer);
    take (lexer);
  }
  if (lexer->at == lexer->end)
    return "text that begins with \" does not end";
  take (lexer);
  return NULL;
}

static gsize
take_digits (Lexer *lexer)
{
  gsize n = 0;
  for (; lexer->at < lexer->end && g_ascii_isdigit (*lexer->at); n++)
    take (lexer);
  return n;
}

static gboolean
take_one_of (Lexer *lexer, const char *set)
{
  if (lexer->at == lexer->end || strchr (set, *lexer->at) == NULL)
    return FALSE;
  take (lexer);
  return TRUE;
}

/* json-glib reads 017 as 15, 0x10 as 16, 100000000000000000000 as -1 and -0 as 0: its numbers are checked
 * here, and a whole number that it could spoil is handed over as a floating one. */
static const char *
lex_number (Lexer *lexer)
{
  const gboolean minus = take_one_of (lexer, "-");
  const gboolean zero = lexer->at < lexer->end && *lexer->at == '0';
  const gsize digits = take_digits (lexer);
  gboolean whole = TRUE, good = digits > 0 && !(zero && digits > 1);
  if (take_one_of (lexer, ".")) {
    whole = FALSE;
    good &= take_digits (lexer) > 0;
  }
  if (take_one_of (lexer, "eE")) {
    whole = FALSE;
    take_one_of (lexer, "+-");
    good &= take_digits (lexer) > 0;
  }
  if (!good || (lexer->at < lexer->end && (g_ascii_isalnum (*lexer->at) || *lexer->at == '.')))
    return "a number is not written as JSON numbers are";
  if (whole && (digits > 18 || (minus && zero)))
    g_string_append (lexer->out, ".0");
  return NULL;
}

static const char *
lex_word (Lexer *lexer)
{
  static const char *const words[] = {"true", "false", "null"};
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    const gsize length = strlen (words[i]);
    if ((gsize)(lexer->end - lexer->at) < length || strncmp (lexer->at, words[i], length) != 0)
      continue;
    g_string_append_len (lexer->out, lexer->at, (gssize)length);
    lexer->at += length;
    return NULL;
  }
  return "only numbers, \"text\", true, false, null, lists and objects can stand here";
}

static const char *
lex_token (Lexer *lexer)
{
  const char c = *lexer->at;
  if (c == '"')
    return lex_string (lexer);
  if (c == '-' || g_ascii_isdigit (c))
    return lex_number (lexer);
  if (c == '[' || c == '{')
    lexer->depth++;
  else if (c == ']' || c == '}')
    lexer->depth -= lexer->depth > 0;
  else if (strchr (" \t\r\n,:", c) == NULL || c == '\0')
    return lex_word (lexer);
  take (lexer);
  return lexer->depth > DEPTH_LIMIT ? "nested more than 64 levels deep: not a model or result file" : NULL;
}

/* Text that json-glib can be trusted with, or NULL. New string. */
static GString *
lex (const char *file, const char *text, gsize length, GError **error)
{
  Lexer lexer = {text, text + length, 1, 0, g_string_sized_new (length + 64)};
  const char *reason = NULL;
  while (reason == NULL && lexer.at < lexer.end)
    reason = lex_token (&lexer);
  if (reason == NULL)
    return lexer.out;
  g_string_free (lexer.out, TRUE);
  g_autofree char *place = g_strdup_printf ("line %u", lexer.line);
  g_autofree char *what = g_strdup_printf (_ ("not valid JSON (%s)"), reason);
  xps_error_set (error, XPS_BASE_ERROR, XPS_BASE_ERROR_JSON, file, place, what,
                 N_ ("mend the text at that line"));
  return NULL;
}

static JsonNode *
parse (const char *file, const char *text, gsize length, GError **error)
{
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0) { /* byte order mark of some editors */
    text += 3;
    length -= 3;
  }
  if (!g_utf8_validate_len (text, length, NULL)) {
    xps_error_set (error, XPS_BASE_ERROR, XPS_BASE_ERROR_JSON, file, NULL, N_ ("not UTF-8 text"),
                   N_ ("save the JSON as UTF-8"));
    return NULL;
  }
  GString *checked = lex (file, text, length, error);
  if (checked == NULL)
    return NULL;
  const gsize checked_length = checked->len;
  g_autofree char *clean = g_string_free (checked, FALSE);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;
  if (!json_parser_load_from_data (parser, clean, (gssize)checked_length, &reason)) {
    /* "<data>:LINE:COLUMN: Parse error: ..."; the parser itself has forgotten the line by now. */
    guint line = 1;
    const char *detail = strstr (reason->message, ": ");
    if (sscanf (reason->message, "<data>:%u", &line) != 1)
      detail = NULL;
    g_autofree char *place = g_strdup_printf ("line %u", line);
    g_autofree char *what =
        g_strdup_printf ("not valid JSON (%s)", detail != NULL ? detail + 2 : reason->message);
    xps_error_set (error, XPS_BASE_ERROR, XPS_BASE_ERROR_JSON, file, place, what,
                   N_ ("mend the text at that line"));
    return NULL;
  }
  JsonNode *root = json_parser_get_root (parser);
  if (root == NULL) {
    xps_error_set (error, XPS_BASE_ERROR, XPS_BASE_ERROR_JSON, file, NULL, N_ ("empty file"),
                   N_ ("give a JSON object"));
    return NULL;
  }
  return json_node_ref (root);
}

JsonNode *
xps_json_read (const char *file, const char *text, GError **error)
{
  if (text != NULL)
    return parse (file, text, strlen (text), error);
  g_autoptr (GBytes) bytes = xps_file_read (file, error);
  if (bytes == NULL)
    return NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  return parse (file, data != NULL ? data : "", length, error);
}

static gboolean
wrong_kind (GError **error, const char *name, const char *expected)
{
  g_autofree char *what = g_strdup_printf (_ ("%s expected"), expected);
  return xps_error_set (error, XPS_BASE_ERROR, XPS_BASE_ERROR_JSON, NULL, name, what, NULL);
}

/* The member's node; NULL where it is absent or null. */
static JsonNode *
look_up (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

gboolean
xps_json_node_get_number (JsonNode *node, const char *name, double *value, GError **error)
{
  const GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return wrong_kind (error, name, "number");
  const double number = json_node_get_double (node);
  if (!isfinite (number))
    return wrong_kind (error, name, "finite number");
  *value = number;
  return TRUE;
}

gboolean
xps_json_get_number (JsonObject *object, const char *name, double *value, GError **error)
{
  JsonNode *node = look_up (object, name);
  return node == NULL || xps_json_node_get_number (node, name, value, error);
}

gboolean
xps_json_get_boolean (JsonObject *object, const char *name, gboolean *value, GError **error)
{
  JsonNode *node = look_up (object, name);
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return wrong_kind (error, name, "true or false");
  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
xps_json_get_string (JsonObject *object, const char *name, const char **value, GError **error)
{
  JsonNode *node = look_up (object, name);
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return wrong_kind (error, name, "text");
  *value = json_node_get_string (node);
  return TRUE;
}

gboolean
xps_json_get_array (JsonObject *object, const char *name, JsonArray **value, GError **error)
{
  JsonNode *node = look_up (object, name);
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return wrong_kind (error, name, "list");
  *value = json_node_get_array (node);
  return TRUE;
}

gboolean
xps_json_get_object (JsonObject *object, const char *name, JsonObject **value, GError **error)
{
  JsonNode *node = look_up (object, name);
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return wrong_kind (error, name, "object");
  *value = json_node_get_object (node);
  return TRUE;
}
