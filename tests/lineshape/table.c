/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table itself, and what holds for every row of it. */
#include "sample.h"

#include "support.h"

#define N_POINTS 64

static gsize n_shapes;
static const XpsShape *shapes;

static void
check_role (const XpsShape *shape, gsize k)
{
  const XpsShapeRole *role = &shape->roles[k];
  g_assert_true (role->id[0] != '\0' && role->unit != NULL && role->meaning[0] != '\0');
  g_assert_true (isfinite (role->min) && isfinite (role->max) && role->min < role->max);
  if (!isnan (role->usual))
    g_assert_true (role->usual >= role->min && role->usual <= role->max);
  g_assert_cmpint (xps_shape_find_role (shape, role->id), ==, k);
  if (role->kind == XPS_ROLE_WIDTH)
    g_assert_true (role->min >= 0 && g_str_equal (role->unit, "eV"));
}

static void
test_rows (void)
{
  const char *const ids[] = {"gauss", "lorentz", "voigt", "tch",        "gl",      "sgl",  "ds",
                             "dsg",   "la",      "apv",   "apv_height", "tail_gl", "fermi"};
  g_assert_cmpuint (n_shapes, ==, G_N_ELEMENTS (ids));
  for (gsize i = 0; i < n_shapes; i++) {
    const XpsShape *shape = xps_shape_find (ids[i]);
    g_assert_nonnull (shape);
    g_assert_true (shape->title[0] != '\0' && shape->source[0] != '\0');
    g_assert_cmpuint (shape->n_roles, <=, XPS_SHAPE_MAX_ROLES);
    g_assert_cmpint (xps_shape_find_role (shape, "center"), ==, 0);
    g_assert_cmpint (xps_shape_find_kind (shape, XPS_ROLE_POSITION), ==, 0);
    g_assert_cmpint (xps_shape_find_kind (shape, XPS_ROLE_INTENSITY), ==, 1);
    for (gsize k = 0; k < shape->n_roles; k++)
      check_role (shape, k);
  }
  g_assert_null (xps_shape_find ("nothing"));
  g_assert_cmpint (xps_shape_find_role (&shapes[0], "nothing"), ==, -1);
  g_assert_cmpint (xps_shape_find_kind (&shapes[0], XPS_ROLE_FORM), ==, -1);
  g_assert_true (xps_shape_find ("la")->approximate);
}

/* The whole range of every role, its ends, points at the centre, within widths and 10 keV away: numbers
 * everywhere, and no shape below zero by more than the rounding of its height. */
static void
check_finite (GRand *random, const XpsShape *shape)
{
  double p[XPS_SHAPE_MAX_ROLES], energy[N_POINTS], value[N_POINTS], d[XPS_SHAPE_MAX_ROLES][N_POINTS];
  double *partials[XPS_SHAPE_MAX_ROLES], top = 0;
  sample_extreme (random, shape, p);
  for (gsize k = 0; k < XPS_SHAPE_MAX_ROLES; k++)
    partials[k] = d[k];
  for (int i = 0; i < N_POINTS; i++)
    energy[i] = p[0] + (i % 2 ? 1 : -1) * sample_logarithmic (random, 1e-8, 1e4);
  energy[0] = p[0];
  for (int precision = XPS_PRECISION_FULL; precision <= XPS_PRECISION_ITERATION; precision++) {
    shape->evaluate (p, N_POINTS, energy, precision, value, partials);
    for (int i = 0; i < N_POINTS; i++)
      top = MAX (top, fabs (value[i]));
    for (int i = 0; i < N_POINTS; i++) {
      gboolean good = isfinite (value[i]) && value[i] * copysign (1, p[1]) >=
                                                 -(precision == XPS_PRECISION_FULL ? 1e-13 : 1e-6) * top;
      for (gsize k = 0; k < shape->n_roles; k++)
        good &= isfinite (d[k][i]);
      if (good)
        continue;
      for (gsize k = 0; k < shape->n_roles; k++)
        g_printerr ("%s = %.17g, partial %g\n", shape->roles[k].id, p[k], d[k][i]);
      g_error ("%s at offset %g: %g", shape->id, energy[i] - p[0], value[i]);
    }
  }
}

static void
test_finite (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  for (int i = 0; i < 1200; i++)
    check_finite (random, data);
}

/* One point alone, the array reversed, cropped, at another alignment: the same value (peers whose convolution
 * lives on the data grid move by percents). A centre moved by 1e-8 eV changes the value by its partial. */
static void
check_independence (GRand *random, const XpsShape *shape)
{
  double p[XPS_SHAPE_MAX_ROLES], energy[N_POINTS], reversed[N_POINTS], value[N_POINTS], other[N_POINTS + 1];
  double d_center[N_POINTS], top = 0, slope = 0;
  double *const partials[XPS_SHAPE_MAX_ROLES] = {d_center};
  sample_ordinary (random, shape, p);
  const double scale = sample_scale (shape, p);
  for (int i = 0; i < N_POINTS; i++) {
    energy[i] = p[0] + scale * (0.17 * i - 5);
    reversed[N_POINTS - 1 - i] = energy[i];
  }
  shape->evaluate (p, N_POINTS, energy, XPS_PRECISION_FULL, value, partials);
  for (int i = 0; i < N_POINTS; i++) {
    top = MAX (top, value[i]);
    slope = MAX (slope, fabs (d_center[i]));
  }
  shape->evaluate (p, N_POINTS, reversed, XPS_PRECISION_FULL, other, NULL);
  for (int i = 0; i < N_POINTS; i++)
    test_assert_close (other[N_POINTS - 1 - i], value[i], 2e-15 * value[i]);
  const int first = g_rand_int_range (random, 0, N_POINTS - 1);
  const int n = g_rand_int_range (random, 1, N_POINTS - first);
  shape->evaluate (p, (gsize)n, energy + first, XPS_PRECISION_FULL, other + 1, NULL);
  for (int i = 0; i < n; i++)
    test_assert_close (other[i + 1], value[first + i], 2e-15 * value[first + i]);
  p[0] += 1e-8;
  shape->evaluate (p, N_POINTS, energy, XPS_PRECISION_FULL, other, NULL);
  for (int i = 0; i < N_POINTS; i++)
    test_assert_close (other[i], value[i] + 1e-8 * d_center[i], 1e-6 * 1e-8 * slope + 1e-14 * top);
}

static void
test_independence (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  for (int i = 0; i < 100; i++)
    check_independence (random, data);
}

/* Early iterations: 1e-6 of the height, partials 1e-4 of their size (a step of a fit needs no more: what it
 * ends at is judged with the full precision). */
static void
test_iteration (gconstpointer data)
{
  const XpsShape *shape = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  for (int repeat = 0; repeat < 80; repeat++) {
    double p[XPS_SHAPE_MAX_ROLES], energy[N_POINTS], d[2][XPS_SHAPE_MAX_ROLES + 1][N_POINTS];
    sample_ordinary (random, shape, p);
    for (int i = 0; i < N_POINTS; i++)
      energy[i] = p[0] + sample_scale (shape, p) * (0.3 * i - 9);
    for (int precision = 0; precision < 2; precision++) {
      double *partials[XPS_SHAPE_MAX_ROLES];
      for (gsize k = 0; k < XPS_SHAPE_MAX_ROLES; k++)
        partials[k] = d[precision][k + 1];
      shape->evaluate (p, N_POINTS, energy, precision, d[precision][0], partials);
    }
    for (gsize k = 0; k <= shape->n_roles; k++) {
      double size = 0;
      for (int i = 0; i < N_POINTS; i++)
        size = MAX (size, fabs (d[0][k][i]));
      for (int i = 0; i < N_POINTS; i++)
        test_assert_close (d[1][k][i], d[0][k][i], (k == 0 ? 1e-6 : 1e-4) * size);
    }
  }
}

/* Some partials left out: the others and the value stay. */
static void
test_partials_left_out (gconstpointer data)
{
  const XpsShape *shape = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  double p[XPS_SHAPE_MAX_ROLES], energy[9], value[9], other[9], d[XPS_SHAPE_MAX_ROLES][9], one[9];
  double *partials[XPS_SHAPE_MAX_ROLES];
  sample_ordinary (random, shape, p);
  for (int i = 0; i < 9; i++)
    energy[i] = p[0] + sample_scale (shape, p) * (i - 4) * 0.4;
  for (gsize k = 0; k < XPS_SHAPE_MAX_ROLES; k++)
    partials[k] = d[k];
  shape->evaluate (p, 9, energy, XPS_PRECISION_FULL, value, partials);
  for (gsize k = 0; k < shape->n_roles; k++) {
    double *lone[XPS_SHAPE_MAX_ROLES] = {NULL};
    lone[k] = one;
    shape->evaluate (p, 9, energy, XPS_PRECISION_FULL, other, lone);
    for (int i = 0; i < 9; i++) {
      test_assert_close (other[i], value[i], 2e-15 * value[i]);
      test_assert_close (one[i], d[k][i], 2e-15 * fabs (d[k][i]));
    }
  }
}

static void
add (const char *name, GTestDataFunc function)
{
  for (gsize k = 0; k < n_shapes; k++) {
    g_autofree char *path = g_strdup_printf ("/lineshape/table/%s/%s", name, shapes[k].id);
    g_test_add_data_func (path, &shapes[k], function);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  shapes = xps_shapes_get (&n_shapes);
  g_test_add_func ("/lineshape/table/rows", test_rows);
  add ("finite", test_finite);
  add ("independence", test_independence);
  add ("iteration", test_iteration);
  add ("partials-left-out", test_partials_left_out);
  return g_test_run ();
}
