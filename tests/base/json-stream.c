/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json-stream.h"

#include <json-glib/json-glib.h>
#include <locale.h>

#include "support.h"

static void
write_sample (FILE *out)
{
  XpsJsonStream s;

  xps_json_stream_init (&s, out);
  xps_json_stream_begin_object (&s, NULL);
  xps_json_stream_string (&s, "text", "a \"quoted\" \\ line\n\x1B[2J \xC3\xA4 \xFF \xC2\x9B");
  xps_json_stream_string (&s, "nothing", NULL);
  xps_json_stream_number (&s, "number", 0.1);
  xps_json_stream_number (&s, "none", (double)NAN);
  xps_json_stream_integer (&s, "integer", G_MININT64);
  xps_json_stream_boolean (&s, "yes", TRUE);
  xps_json_stream_begin_array (&s, "empty");
  xps_json_stream_end (&s);
  xps_json_stream_begin_array (&s, "rows");
  for (int i = 0; i < 2; i++) {
    xps_json_stream_begin_array (&s, NULL);
    xps_json_stream_number (&s, NULL, i);
    xps_json_stream_number (&s, NULL, 1e300);
    xps_json_stream_end (&s);
  }
  xps_json_stream_begin_object (&s, NULL);
  xps_json_stream_end (&s);
  xps_json_stream_end (&s);
  xps_json_stream_end (&s);
}

/* json-glib is the judge: what it reads is what was written. */
static void
test_reads_back (void)
{
  char *text = NULL;
  size_t length = 0;
  FILE *out = open_memstream (&text, &length);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "de_DE.UTF-8"); /* where there is one with a decimal comma */
  write_sample (out);
  setlocale (LC_ALL, "C");
  fclose (out);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strchr (text, '\x1B'));
  g_assert_cmpint (text[length - 1], ==, '\n');
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  JsonObject *object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (object, "text"), ==,
                   "a \"quoted\" \\ line\n\x1B[2J \xC3\xA4 \xEF\xBF\xBD \xC2\x9B");
  g_assert_true (json_object_get_null_member (object, "nothing"));
  g_assert_true (json_object_get_null_member (object, "none"));
  g_assert_true (json_object_get_double_member (object, "number") == 0.1);
  g_assert_cmpint (json_object_get_int_member (object, "integer"), ==, G_MININT64);
  g_assert_true (json_object_get_boolean_member (object, "yes"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "empty")), ==, 0);
  JsonArray *rows = json_object_get_array_member (object, "rows");
  g_assert_cmpuint (json_array_get_length (rows), ==, 3);
  g_assert_true (json_array_get_double_element (json_array_get_array_element (rows, 1), 1) == 1e300);
  free (text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-stream/reads-back", test_reads_back);
  return g_test_run ();
}
