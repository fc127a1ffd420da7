/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/markup.h"

#include "support.h"

static void
test_valid (void)
{
  const char *good[] = {"",
                        "plain",
                        "x<sup>2</sup>",
                        "PS<sub>4</sub><sup>3\xe2\x88\x92</sup>",
                        "<b>a <i>b</i></b>",
                        "a &lt; b &amp; c &gt; d",
                        "\xce\xa3"};
  const char *bad[] = {"<",
                       "a < b",
                       "<sub>1",
                       "1</sub>",
                       "<sub><i>1</sub></i>",
                       "<u>x</u>",
                       "&x;",
                       "&",
                       "<sub><sub>1</sub></sub>",
                       "<SUB>1</SUB>",
                       "<sub >1</sub>",
                       "\xff",
                       "<span font='9'>x</span>"};
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (xps_markup_is_valid (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (xps_markup_is_valid (bad[i]));
}

static void
test_plain_and_escape (void)
{
  g_autofree char *plain = xps_markup_dup_plain ("<i>\xcf\x87</i><sup>2</sup> &lt; 3 &amp; <b>b</b>");
  g_assert_cmpstr (plain, ==,
                   "\xcf\x87"
                   "2 < 3 & b");
  g_autofree char *whole = xps_markup_dup_plain ("a < b");
  g_assert_cmpstr (whole, ==, "a < b");
  g_autofree char *escaped = xps_markup_escape ("a<b>&c\n\"d\"");
  g_assert_cmpstr (escaped, ==, "a&lt;b&gt;&amp;c \"d\"");
  g_assert_true (xps_markup_is_valid (escaped));
}

static void
test_width (void)
{
  /* Digits are tabular: 0.636 of the size in DejaVu Sans. */
  test_assert_close (xps_markup_width ("0123456789", 10.0, FALSE), 63.6, 1e-9);
  test_assert_close (xps_markup_width ("x<sup>2</sup>", 10.0, FALSE), 5.91 + 6.36 * XPS_MARKUP_SMALL, 1e-9);
  g_assert_cmpfloat (xps_markup_width ("abc", 10.0, TRUE), >, xps_markup_width ("abc", 10.0, FALSE));
  g_assert_cmpfloat (xps_markup_width ("", 10.0, FALSE), ==, 0.0);
}

static void
test_fitted (void)
{
  g_autofree char *same = xps_markup_dup_fitted ("Li<sub>2</sub>S &amp; more", 8.0, FALSE, 500.0);
  g_assert_cmpstr (same, ==, "Li<sub>2</sub>S &amp; more");
  for (double width = 0.0; width < 120.0; width += 3.7) {
    g_autofree char *cut =
        xps_markup_dup_fitted ("<b>Verunreinigung</b> Li<sub>2345</sub>S an der Oberfl\xc3\xa4"
                               "che",
                               8.0, FALSE, width);
    g_assert_true (xps_markup_is_valid (cut));
    g_assert_cmpfloat (xps_markup_width (cut, 8.0, FALSE), <=,
                       fmax (width, 8.0) + 1e-9); /* the ellipsis alone: 1 */
    g_assert_true (g_str_has_suffix (cut, "\xe2\x80\xa6"));
  }
}

static void
test_wrap (void)
{
  const char *text = "Li<sub>6</sub>PS<sub>5</sub>Cl on nickel, measured at one point two five volts";
  for (double width = 60.0; width < 400.0; width += 11.0) {
    g_auto (GStrv) lines = xps_markup_wrap (text, 8.0, FALSE, width, 20);
    g_autoptr (GString) joined = g_string_new (NULL);
    for (guint i = 0; lines[i] != NULL; i++) {
      g_assert_true (xps_markup_is_valid (lines[i]));
      g_assert_cmpfloat (xps_markup_width (lines[i], 8.0, FALSE), <=, width + 1e-9);
      g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", lines[i]);
    }
    g_assert_cmpstr (joined->str, ==, text);
    g_auto (GStrv) two = xps_markup_wrap (text, 8.0, FALSE, width, 2);
    g_assert_cmpuint (g_strv_length (two), <=, 2);
  }
  g_auto (GStrv) empty = xps_markup_wrap ("", 8.0, FALSE, 100.0, 3);
  g_assert_cmpuint (g_strv_length (empty), ==, 1);
}

static void
test_runs (void)
{
  g_autoptr (GPtrArray) runs = xps_markup_dup_runs ("PS<sub>4</sub><sup>3\xe2\x88\x92</sup> <i>&lt;</i>");
  const char *texts[] = {"PS", "4", "3\xe2\x88\x92", " ", "<"};
  const int levels[] = {0, -1, 1, 0, 0};
  g_assert_cmpuint (runs->len, ==, G_N_ELEMENTS (texts));
  for (guint i = 0; i < runs->len; i++) {
    const XpsMarkupRun *run = g_ptr_array_index (runs, i);
    g_assert_cmpstr (run->text, ==, texts[i]);
    g_assert_cmpint (run->level, ==, levels[i]);
    g_assert_cmpint (run->italic, ==, i == 4);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/markup/valid", test_valid);
  g_test_add_func ("/scene/markup/plain-and-escape", test_plain_and_escape);
  g_test_add_func ("/scene/markup/width", test_width);
  g_test_add_func ("/scene/markup/fitted", test_fitted);
  g_test_add_func ("/scene/markup/wrap", test_wrap);
  g_test_add_func ("/scene/markup/runs", test_runs);
  return g_test_run ();
}
