/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All rows but the Voigt against the arbitrary-precision tables. */
#include "lineshape/shape.h"

#include "support.h"

#define FWHM_PER_SIGMA 2.35482004503094938202

static double
value_at (const char *id, const double *p, double energy)
{
  double value;
  xps_shape_find (id)->evaluate (p, 1, &energy, XPS_PRECISION_FULL, &value, NULL);
  return value;
}

typedef struct {
  const char *name; /* in the table */
  const char *id;
  gboolean unit_height; /* the table's shape has height one at x = 0, ours unit area */
  double direction;     /* the table's axis relative to binding energy */
  double tolerance;     /* relative to the value, for what is above 1e-16 of the height */
} Row;

/* Closed forms: 1e-13 covers the rounding of the table's own arguments (x / F squared in an exponent of 36 at
 * most). Quadratures (LA with Gaussian, Fermi): 1e-12. */
static const Row rows[] = {
    {"GL", "gl", TRUE, 1, 1e-13},           {"SGL", "sgl", TRUE, 1, 1e-13},
    {"TCH", "tch", FALSE, 1, 1e-13},        {"DS", "ds", FALSE, 1, 1e-13},
    {"SCHMID", "apv", FALSE, 1, 1e-13},     {"LA", "la", TRUE, -1, 1e-13},
    {"LA_G", "la", TRUE, -1, 1e-12},        {"FERMI_G", "fermi", FALSE, 1, 1e-12},
    {"TAIL_GL", "tail_gl", TRUE, 1, 1e-13},
};

/* Our parameters, centre 0 and unit intensity, from those of the table. */
static void
fill_parameters (const Row *row, const TestTable *table, guint i, double *p)
{
  p[0] = 0;
  p[1] = 1;
  const char *const columns[] = {"p1", "p2", "p3", "p4"};
  for (guint k = 0; k < 4; k++)
    p[2 + k] = test_table_number (table, i, columns[k]);
  if (g_str_equal (row->name, "DS"))
    p[3] *= 2;
  if (g_str_equal (row->name, "LA"))
    p[5] = 0;
  if (g_str_equal (row->name, "LA_G"))
    p[5] *= FWHM_PER_SIGMA;
  if (g_str_equal (row->name, "FERMI_G"))
    p[3] *= FWHM_PER_SIGMA;
}

/* Value of our shape that is height one in the table: the maximum of LA before the convolution, else the
 * centre. */
static double
unit_height_of (const Row *row, const double *p)
{
  double q[XPS_SHAPE_MAX_ROLES];
  memcpy (q, p, sizeof q);
  if (g_str_equal (row->id, "la"))
    q[5] = 0;
  return row->unit_height ? value_at (row->id, q, 0) : 1;
}

static void
check_row (const Row *row, const TestTable *table, guint i)
{
  double p[XPS_SHAPE_MAX_ROLES];
  fill_parameters (row, table, i, p);
  const double x = row->direction * test_table_number (table, i, "x");
  const double reference = test_table_number (table, i, "value");
  const double found = value_at (row->id, p, x) / unit_height_of (row, p);
  test_assert_close (found, reference, row->tolerance * reference + 1e-16);
}

static void
test_shapes (void)
{
  g_autofree char *path = test_shared_path ("oracle/oracle/shapes.csv");
  if (path == NULL)
    return;
  g_autoptr (TestTable) table = test_table_read (path);
  guint checked = 0;
  for (guint i = 0; i < table->rows->len; i++)
    for (gsize r = 0; r < G_N_ELEMENTS (rows); r++)
      if (g_str_equal (test_table_text (table, i, "shape"), rows[r].name)) {
        check_row (&rows[r], table, i);
        checked++;
      }
  g_assert_cmpuint (checked, ==, table->rows->len);
}

/* The oracle asks for 1e-9; 1e-12 of value and partials is met, relative, down the side without tail. */
static void
test_dsg (void)
{
  g_autofree char *path = test_shared_path ("oracle/oracle/dsg.csv");
  if (path == NULL)
    return;
  g_autoptr (TestTable) table = test_table_read (path);
  double worst[6] = {0};
  for (guint i = 0; i < table->rows->len; i++) {
    const double amp = 7, x = test_table_number (table, i, "x");
    const double p[5] = {0, amp, test_table_number (table, i, "alpha"),
                         2 * test_table_number (table, i, "gamma"),
                         FWHM_PER_SIGMA * test_table_number (table, i, "sigma")};
    const double reference[6] = {test_table_number (table, i, "value"),
                                 test_table_number (table, i, "d_dE0"),
                                 test_table_number (table, i, "value") / amp,
                                 test_table_number (table, i, "d_dalpha"),
                                 test_table_number (table, i, "d_dgamma") / 2,
                                 test_table_number (table, i, "d_dsigma") / FWHM_PER_SIGMA};
    double found[6];
    double *const partials[5] = {found + 1, found + 2, found + 3, found + 4, found + 5};
    xps_shape_find ("dsg")->evaluate (p, 1, &x, XPS_PRECISION_FULL, found, partials);
    for (int k = 0; k < 6; k++) {
      test_assert_close (found[k] / amp, reference[k], 1e-12 * fabs (reference[k]) + 1e-14);
      if (fabs (reference[k]) > 1e-12)
        worst[k] = MAX (worst[k], fabs (found[k] / amp / reference[k] - 1));
    }
  }
  g_test_message ("worst relative: %.1e, partials %.1e %.1e %.1e %.1e %.1e", worst[0], worst[1], worst[2],
                  worst[3], worst[4], worst[5]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lineshape/oracle/dsg", test_dsg);
  g_test_add_func ("/lineshape/oracle/shapes", test_shapes);
  return g_test_run ();
}
