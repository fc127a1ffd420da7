/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/axis.h"

#include "support.h"

/* Decimal numbers stay the decimals they are, however far from the start: i/10 is the double nearest to the
 * decimal. */
static void
test_decimal (void)
{
  double x[3001];

  xps_axis_fill (1400.4, -0.4, 3001, x);
  for (gint64 i = 0; i <= 3000; i++) {
    g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, (14004 - 4 * i) / 10,
                                             (14004 - 4 * i) % 10);
    if (14004 - 4 * i >= 0)
      g_assert_true (x[i] == g_ascii_strtod (text, NULL));
  }
  xps_axis_fill (1186.69, 0.1, 5, x);
  g_assert_true (x[4] == 1187.09);
  xps_axis_fill (-4.9502, 0.0001, 3, x);
  g_assert_true (x[2] == -4.95);
}

/* No decimals of ten places, or too large for whole units: the plain sum. */
static void
test_other (void)
{
  double x[4];

  xps_axis_fill (100, 1.0 / 3, 4, x);
  g_assert_true (x[3] == 100 + 3 * (1.0 / 3));
  xps_axis_fill (1e300, 1e290, 2, x);
  g_assert_true (x[1] == 1e300 + 1e290);
  xps_axis_fill (5, 0, 2, x);
  g_assert_true (x[1] == 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axis/decimal", test_decimal);
  g_test_add_func ("/axis/other", test_other);
  return g_test_run ();
}
