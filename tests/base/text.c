/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include "base/error.h"
#include "support.h"

static void
assert_printable (const char *text, gssize length, const char *expected)
{
  g_autofree char *printable = xps_text_dup_printable (text, length);
  g_assert_cmpstr (printable, ==, expected);
}

static void
test_printable (void)
{
  assert_printable ("O 1s", -1, "O 1s");
  assert_printable ("Z\xC3\xA4hlrate \xC2\xB5m", -1, "Zählrate µm");
  /* an escape sequence would clear the screen, a line end break the one-line message */
  assert_printable ("\x1B[2J", -1, "\\x1b[2J");
  assert_printable ("a\tb\nc\r", -1, "a\\tb\\nc\\r");
  assert_printable ("1s\0x", 4, "1s\\x00x");
  /* U+009B is an escape sequence in one character, U+202E turns the line round */
  assert_printable ("\xC2\x9B", -1, "\\x9b");
  assert_printable ("\xE2\x80\xAE", -1, "\\u202e");
  assert_printable ("\xFFz\xC3", -1, "\xEF\xBF\xBDz\xEF\xBF\xBD");
  assert_printable ("", 0, "");
}

static void
test_excerpt (void)
{
  g_autofree char *cut = xps_text_dup_excerpt ("Zähler", -1, 3);
  g_assert_cmpstr (cut, ==, "Zäh...");
  g_autofree char *whole = xps_text_dup_excerpt ("Zäh", -1, 3);
  g_assert_cmpstr (whole, ==, "Zäh");
}

static void
test_error (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (xps_error_set (&error, XPS_BASE_ERROR, XPS_BASE_ERROR_FILE, "a.vms", "line 26",
                                 "number expected", "export it again"));
  g_assert_error (error, XPS_BASE_ERROR, XPS_BASE_ERROR_FILE);
  g_assert_cmpstr (error->message, ==, "a.vms: line 26: number expected: export it again");
  g_clear_error (&error);
  xps_error_set (&error, XPS_BASE_ERROR, XPS_BASE_ERROR_FILE, NULL, "", "what\n", NULL);
  g_assert_cmpstr (error->message, ==, "what\\n");
  g_assert_false (xps_error_set (NULL, XPS_BASE_ERROR, XPS_BASE_ERROR_FILE, NULL, NULL, "unheard", NULL));
}

/* tools/test runs this with a decimal comma, too; the text does not change, and the locale is as before. */
static void
test_printf (void)
{
  g_autofree char *before = g_strdup_printf ("%.1f", 0.5);
  g_autofree char *text = xps_text_printf ("%s: %.2f eV, %g, %.1e", "S 2p", 161.65, 0.25, 1234.5);
  g_autofree char *after = g_strdup_printf ("%.1f", 0.5);
  g_assert_cmpstr (text, ==, "S 2p: 161.65 eV, 0.25, 1.2e+03");
  g_assert_cmpstr (before, ==, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/printable", test_printable);
  g_test_add_func ("/text/excerpt", test_excerpt);
  g_test_add_func ("/text/printf", test_printf);
  g_test_add_func ("/error/parts", test_error);
  return g_test_run ();
}
