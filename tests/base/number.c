/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"

#include <float.h>
#include <locale.h>

#include "support.h"

static void
test_accepts (void)
{
  static const struct {
    const char *text;
    double value;
  } cases[] = {
      {"0", 0},
      {"-0.5", -0.5},
      {"+3", 3},
      {".5", 0.5},
      {"5.", 5},
      {"1E37", 1e37},
      {"1e+037", 1e37},
      {"70E-9", 70e-9},
      {" 9.50000000000000E+0002", 950},
      {"2.500000E-001", 0.25},
      {"\t284.8\r\n", 284.8},
      {"1e-020", 1e-20},
      {"123456789012345678901234567890", 123456789012345678901234567890.0},
      {"0.1000000000000000055511151231257827021181583404541015625", 0.1},
      {"1e999", (double)INFINITY},
      {"-inf", -(double)INFINITY},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    double value = -1;
    g_assert_true (xps_number_parse (cases[i].text, &value));
    g_assert_true (value == cases[i].value);
  }
  double value = 0;
  g_assert_true (xps_number_parse ("NaN", &value));
  g_assert_true (isnan (value));
}

static void
test_refuses (void)
{
  static const char *const texts[] = {"",    " ",   ".",   "-",    "e5",    "1e",    "1e+",  "1,5", "12a",
                                      "0x1", "1 2", "--1", "1..2", "1e5.0", "infin", "nano", "1d5", "+-3"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    double value = 0;
    if (xps_number_parse (texts[i], &value))
      g_error ("\"%s\" was read as %g", texts[i], value);
  }
}

static void
test_span (void)
{
  double value = 0;

  g_assert_true (xps_number_parse_span ("123456", 3, &value));
  g_assert_cmpfloat (value, ==, 123);
  g_assert_false (xps_number_parse_span ("123", 0, &value));
}

/* The C library's strtod is the judge: the fast way must give the same bits. */
static void
test_same_as_strtod (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 200000; i++) {
    const int exponent = g_rand_int_range (random, -30, 30);
    g_autofree char *text =
        g_strdup_printf ("%u.%0*ue%d", g_rand_int (random) >> g_rand_int_range (random, 0, 31),
                         g_rand_int_range (random, 1, 11), g_rand_int (random) / 7, exponent);
    double value = 0;
    g_assert_true (xps_number_parse (text, &value));
    g_assert_true (value == g_ascii_strtod (text, NULL));
  }
}

/* What is written reads back as the same double, whatever its bits. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  char buffer[XPS_NUMBER_LENGTH];

  for (guint i = 0; i < 200000; i++) {
    const guint64 bits = (guint64)g_rand_int (random) << 32 | g_rand_int (random);
    double value = 0, back = 0;
    memcpy (&value, &bits, sizeof value);
    if (isnan (value))
      continue;
    g_assert_true (xps_number_parse (xps_number_format (value, buffer), &back));
    g_assert_true (back == value);
  }
  g_assert_cmpstr (xps_number_format (0.1, buffer), ==, "0.1");
  g_assert_cmpstr (xps_number_format (1486.6, buffer), ==, "1486.6");
  g_assert_cmpstr (xps_number_format ((double)NAN, buffer), ==, "nan");
  g_assert_cmpstr (xps_number_format (-(double)INFINITY, buffer), ==, "-inf");
  g_assert_cmpstr (xps_number_format (DBL_MAX, buffer), ==, "1.7976931348623157e+308");
}

/* Rounding rule of the Particle Data Group: 0.827(119) becomes 0.83(12), 0.827(367) becomes 0.8(4) (their own
 * example, Review of Particle Physics, Introduction 5.3). */
static void
test_with_error (void)
{
  static const struct {
    double value, error;
    const char *text;
  } cases[] = {
      {0.827, 0.119, "0.83(12)"},
      {0.827, 0.367, "0.8(4)"},
      {161.6512, 0.0112, "161.651(11)"},
      {161.6512, 0.04, "161.65(4)"},
      {12034.2, 27.4, "12034(27)"},
      {12034.2, 272, "12030(270)"},
      {12034.2, 0.96, "12034.2(10)"},
      {-0.5, 0.0996, "-0.50(10)"},
      {285, (double)NAN, "285.000"},
      {285, 0, "285.000"},
      {1.2345e20, 1.1e18, "1.234(11)e+20"},
      {2e-12, 4e-13, "2.0(4)e-12"},
      {(double)NAN, 1, "nan"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = xps_number_dup_with_error (cases[i].value, cases[i].error, 3);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

/* Where the locale writes a decimal comma the same texts must come out. */
static void
test_comma_locale (void)
{
  char buffer[XPS_NUMBER_LENGTH];
  double value = 0;

  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL) {
    g_test_skip ("no locale with a decimal comma");
    return;
  }
  g_assert_cmpstr (xps_number_format (0.25, buffer), ==, "0.25");
  g_assert_true (xps_number_parse ("0.1234567890123456789", &value));
  g_assert_true (value == 0.1234567890123456789);
  g_assert_false (xps_number_parse ("0,5", &value));
  g_autofree char *text = xps_number_dup_with_error (1.5, 0.2, 1);
  g_assert_cmpstr (text, ==, "1.50(20)");
  setlocale (LC_ALL, "C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/accepts", test_accepts);
  g_test_add_func ("/number/refuses", test_refuses);
  g_test_add_func ("/number/span", test_span);
  g_test_add_func ("/number/same-as-strtod", test_same_as_strtod);
  g_test_add_func ("/number/round-trip", test_round_trip);
  g_test_add_func ("/number/with-error", test_with_error);
  g_test_add_func ("/number/comma-locale", test_comma_locale);
  return g_test_run ();
}
