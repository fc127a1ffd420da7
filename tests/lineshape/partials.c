/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Analytic partials against differentiation of the values. */
#include "sample.h"

#include "support.h"

#define N_POINTS 25
#define N_CASES  80

typedef struct {
  const XpsShape *shape;
  double p[XPS_SHAPE_MAX_ROLES], energy[N_POINTS];
} Case;

static void
evaluate_moved (const Case *c, gsize role, double by, double *value)
{
  double p[XPS_SHAPE_MAX_ROLES];
  memcpy (p, c->p, sizeof p);
  p[role] += by;
  c->shape->evaluate (p, N_POINTS, c->energy, XPS_PRECISION_FULL, value, NULL);
}

/* Central difference of order 8 with step h: error of the order h^8 f(9). */
static void
differentiate (const Case *c, gsize role, double h, double *derivative)
{
  static const double weight[4] = {4. / 5, -1. / 5, 4. / 105, -1. / 280};
  memset (derivative, 0, N_POINTS * sizeof *derivative);
  for (int k = 0; k < 4; k++) {
    double above[N_POINTS], below[N_POINTS];
    evaluate_moved (c, role, (k + 1) * h, above);
    evaluate_moved (c, role, -(k + 1) * h, below);
    for (int i = 0; i < N_POINTS; i++)
      derivative[i] += weight[k] * (above[i] - below[i]) / h;
  }
}

/* Length of the role over which the value changes by its own size, inside the range. */
static double
length_of (const Case *c, gsize role)
{
  const XpsShapeRole *r = &c->shape->roles[role];
  const double p = c->p[role];
  double least = sample_scale (c->shape, c->p);
  for (gsize k = 0; k < c->shape->n_roles; k++)
    if (c->shape->roles[k].kind == XPS_ROLE_WIDTH)
      least = MIN (least, c->p[k]);
  if (r->kind == XPS_ROLE_POSITION)
    return least;
  const double room = MIN (p - r->min, r->max - p);
  if (r->kind == XPS_ROLE_FORM && !g_str_equal (r->id, "tail") && !g_str_equal (r->id, "kT"))
    return MIN (room, g_str_equal (r->id, "mix") ? r->max : 1);
  return MIN (room, fabs (p));
}

/* Differences of order 8 with steps of 1/40 to 1/160 of the role's length: the best of them is good to 1e-8
 * of the largest partial along the curve, where a wrong formula is off by its own size. */
static void
check_role (const Case *c, gsize role, const double *partial)
{
  double size = 0, best = INFINITY;
  for (int i = 0; i < N_POINTS; i++)
    size = MAX (size, fabs (partial[i]));
  for (int k = 0; k < 3; k++) {
    double derivative[N_POINTS], worst = 0;
    differentiate (c, role, length_of (c, role) / (40 << k), derivative);
    for (int i = 0; i < N_POINTS; i++)
      worst = MAX (worst, fabs (derivative[i] - partial[i]));
    best = MIN (best, worst);
  }
  if (best > 1e-8 * size) {
    for (gsize k = 0; k < c->shape->n_roles; k++)
      g_printerr ("%s = %.17g\n", c->shape->roles[k].id, c->p[k]);
    g_error ("%s: partial by %s off by %.2g of its size", c->shape->id, c->shape->roles[role].id,
             best / size);
  }
}

/* The third derivative of the tail jumps at the centre: no differences across it. */
static double
energy_offset (GRand *random, const XpsShape *shape, double range)
{
  const double offset = sample_between (random, -range, range);
  return g_str_equal (shape->id, "tail_gl") ? offset + copysign (range / 8, offset) : offset;
}

static void
check_case (GRand *random, const XpsShape *shape)
{
  Case c = {.shape = shape};
  sample_ordinary (random, shape, c.p);
  const double scale = sample_scale (shape, c.p);
  for (int i = 0; i < N_POINTS; i++)
    c.energy[i] = c.p[0] + energy_offset (random, shape, scale * (i % 5 + 1));
  double value[N_POINTS], d[XPS_SHAPE_MAX_ROLES][N_POINTS];
  double *partials[XPS_SHAPE_MAX_ROLES];
  for (gsize k = 0; k < XPS_SHAPE_MAX_ROLES; k++)
    partials[k] = d[k];
  shape->evaluate (c.p, N_POINTS, c.energy, XPS_PRECISION_FULL, value, partials);
  for (gsize k = 0; k < shape->n_roles; k++)
    check_role (&c, k, d[k]);
}

static void
test_differences (gconstpointer data)
{
  const XpsShape *shape = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (20240611);
  for (int i = 0; i < N_CASES; i++)
    check_case (random, shape);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gsize n;
  const XpsShape *shapes = xps_shapes_get (&n);
  for (gsize k = 0; k < n; k++) {
    g_autofree char *name = g_strdup_printf ("/lineshape/partials/%s", shapes[k].id);
    g_test_add_data_func (name, &shapes[k], test_differences);
  }
  return g_test_run ();
}
