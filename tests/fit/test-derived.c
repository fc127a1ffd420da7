/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/made.h"

/* Standard errors of what is derived from parameters, against brute force: the covariance of a Jacobian made
 * by differences of curves, gradients made by differences of the shapes themselves, and the scatter of
 * redraws. */

/* Two overlapping Voigts that share a Gaussian width, a linked satellite of another shape, a straight line.
 */
#define OVERLAP                                                                                              \
  "{'parameters':["                                                                                          \
  "{'name':'c1','value':284.8},{'name':'a1','value':12000,'min':0},{'name':'wl1','value':0.3,'min':0},"      \
  "{'name':'c2','value':286.0},{'name':'a2','value':7000,'min':0},{'name':'wl2','value':0.5,'min':0},"       \
  "{'name':'wg','value':0.9,'min':0.1},"                                                                     \
  "{'name':'c3','of':'c1','const':5.5},{'name':'a3','of':'a1','coef':0.1},{'name':'w3','value':2.5,'min':0." \
  "5},"                                                                                                      \
  "{'name':'m3','value':40,'vary':false},"                                                                   \
  "{'name':'b0','value':400},{'name':'b1','value':6}],"                                                      \
  "'components':["                                                                                           \
  "{'name':'x','type':'voigt','params':{'center':'c1','area':'a1','fwhm_g':'wg','fwhm_l':'wl1'}},"           \
  "{'name':'y','type':'voigt','params':{'center':'c2','area':'a2','fwhm_g':'wg','fwhm_l':'wl2'}},"           \
  "{'name':'z','type':'sgl','params':{'center':'c3','area':'a3','fwhm':'w3','mix':'m3'}}],"                  \
  "'background':[{'type':'poly','coeffs':['b0','b1'],'x_ref':287}]}"

static XpsFitData *
overlap_data (const XpsModel *model, guint64 seed)
{
  g_autoptr (XpsFitData) grid = made_grid (279, 0.05, 321);
  return made_data (model, 0, &grid, seed);
}

/* ---- brute force ---- */

typedef struct {
  const XpsResult *result;
  XpsModelIndex *index;
  gsize n; /* free */
  double *covariance, *step;
} Brute;

/* Values of all parameters with free parameter f moved by h. New array. */
static double *
moved (const Brute *brute, gsize f, double h)
{
  const XpsModel *model = brute->result->model;
  double *values = g_memdup2 (brute->result->values, model->parameters->len * sizeof (double));
  values[xps_problem_get_free_parameter (brute->result->problem, f)] += h;
  xps_model_resolve_links (model, brute->index, values);
  return values;
}

/* d curve / d free parameter, weighted, by five points: error h^4. */
static void
difference_column (const Brute *brute, gsize f, const double *sigma, double *column)
{
  const XpsProblem *problem = brute->result->problem;
  const gsize n = xps_problem_get_n_points (problem);
  static const double weights[] = {1.0 / 12, -8.0 / 12, 8.0 / 12, -1.0 / 12};
  static const double places[] = {-2, -1, 1, 2};
  g_autofree double *curve = g_new (double, n);
  memset (column, 0, n * sizeof *column);
  for (guint k = 0; k < 4; k++) {
    g_autofree double *values = moved (brute, f, places[k] * brute->step[f]);
    xps_problem_get_curves (problem, 0, values, curve, NULL, NULL);
    for (gsize i = 0; i < n; i++)
      column[i] += weights[k] * curve[i] / (brute->step[f] * sigma[i]);
  }
}

/* Gauss-Jordan without pivoting, of a positive definite matrix. */
static void
invert (gsize n, double *a)
{
  for (gsize k = 0; k < n; k++) {
    const double pivot = a[k * n + k];
    a[k * n + k] = 1;
    for (gsize j = 0; j < n; j++)
      a[k * n + j] /= pivot;
    for (gsize i = 0; i < n; i++) {
      const double factor = a[i * n + k];
      if (i == k)
        continue;
      a[i * n + k] = 0;
      for (gsize j = 0; j < n; j++)
        a[i * n + j] -= factor * a[k * n + j];
    }
  }
}

static void
brute_init (Brute *brute, const XpsResult *result)
{
  const XpsProblem *problem = result->problem;
  const gsize n = xps_problem_get_n_free (problem), m = xps_problem_get_n_points (problem);
  brute->result = result;
  brute->index = xps_model_check (result->model, NULL);
  brute->n = n;
  brute->step = g_new (double, n);
  brute->covariance = g_new0 (double, n *n);
  g_autofree double *columns = g_new (double, n *m), *sigma = g_new (double, m);
  xps_problem_get_sigma (problem, 0, result->values, sigma);
  for (gsize f = 0; f < n; f++) {
    brute->step[f] = 0.02 * xps_covariance_get_error (result->covariance, f);
    difference_column (brute, f, sigma, columns + f * m);
  }
  for (gsize a = 0; a < n; a++)
    for (gsize b = 0; b < n; b++)
      for (gsize i = 0; i < m; i++)
        brute->covariance[a * n + b] += columns[a * m + i] * columns[b * m + i];
  invert (n, brute->covariance);
}

static void
brute_clear (Brute *brute)
{
  xps_model_index_free (brute->index);
  g_free (brute->step);
  g_free (brute->covariance);
}

typedef double (*Quantity) (const XpsModel *model, const XpsModelIndex *index, const double *values, guint c);

static const XpsShape *
roles_of (const XpsModel *model, const XpsModelIndex *index, const double *values, guint c, double *p)
{
  const XpsComponent *component = ((const XpsModelPart *)model->parts->pdata[0])->components->pdata[c];
  for (gsize k = 0; k < component->shape->n_roles; k++)
    p[k] = component->roles[k] != NULL ? values[xps_model_index_find (index, component->roles[k])]
                                       : component->shape->roles[k].usual;
  return component->shape;
}

static double
area_of (const XpsModel *model, const XpsModelIndex *index, const double *values, guint c)
{
  double p[XPS_SHAPE_MAX_ROLES];
  const XpsShape *shape = roles_of (model, index, values, c, p);
  return shape->area (p);
}

static double
fwhm_of (const XpsModel *model, const XpsModelIndex *index, const double *values, guint c)
{
  double p[XPS_SHAPE_MAX_ROLES];
  const XpsShape *shape = roles_of (model, index, values, c, p);
  return shape->fwhm (p);
}

static double
height_of (const XpsModel *model, const XpsModelIndex *index, const double *values, guint c)
{
  double p[XPS_SHAPE_MAX_ROLES];
  const XpsShape *shape = roles_of (model, index, values, c, p);
  return xps_shape_height (shape, p);
}

static double
maximum_of (const XpsModel *model, const XpsModelIndex *index, const double *values, guint c)
{
  double p[XPS_SHAPE_MAX_ROLES];
  const XpsShape *shape = roles_of (model, index, values, c, p);
  return shape->maximum (p);
}

static double
fraction_of (const XpsModel *model, const XpsModelIndex *index, const double *values, guint c)
{
  double sum = 0;
  for (guint i = 0; i < ((const XpsModelPart *)model->parts->pdata[0])->components->len; i++)
    sum += area_of (model, index, values, i);
  return area_of (model, index, values, c) / sum;
}

static void
check_quantity (const Brute *brute, const char *what, Quantity quantity, guint c, XpsQuantity found)
{
  const XpsModel *model = brute->result->model;
  double variance = 0;
  g_autofree double *gradient = g_new (double, brute->n);
  test_assert_close (found.value, quantity (model, brute->index, brute->result->values, c),
                     1e-12 * fabs (found.value));
  for (gsize f = 0; f < brute->n; f++) {
    g_autofree double *up = moved (brute, f, brute->step[f]), *down = moved (brute, f, -brute->step[f]);
    gradient[f] = (quantity (model, brute->index, up, c) - quantity (model, brute->index, down, c)) /
                  (2 * brute->step[f]);
  }
  for (gsize a = 0; a < brute->n; a++)
    for (gsize b = 0; b < brute->n; b++)
      variance += gradient[a] * gradient[b] * brute->covariance[a * brute->n + b];
  /* Differences of curves are good to about 1e-9 of the covariance, of quantities to 1e-4 of a step. */
  if (!(fabs (found.error - sqrt (variance)) <= 1e-4 * found.error))
    g_error ("%s of component %u: error %.9g, brute force %.9g", what, c, found.error, sqrt (variance));
}

static void
check_result (const XpsResult *result)
{
  Brute brute = {0};
  brute_init (&brute, result);
  for (gsize a = 0; a < brute.n; a++)
    for (gsize b = 0; b < brute.n; b++) {
      const double scale =
          xps_covariance_get_error (result->covariance, a) * xps_covariance_get_error (result->covariance, b);
      test_assert_close (xps_covariance_get (result->covariance, a, b), brute.covariance[a * brute.n + b],
                         1e-5 * scale);
    }
  for (guint c = 0; c < result->components->len; c++) {
    const XpsComponentResult *component = &g_array_index (result->components, XpsComponentResult, c);
    check_quantity (&brute, "area", area_of, c, component->area);
    check_quantity (&brute, "fwhm", fwhm_of, c, component->fwhm);
    check_quantity (&brute, "height", height_of, c, component->height);
    check_quantity (&brute, "maximum", maximum_of, c, component->maximum);
    check_quantity (&brute, "fraction", fraction_of, c, component->fraction);
  }
  brute_clear (&brute);
}

static void
test_brute (gconstpointer weights)
{
  g_autoptr (XpsModel) model = made_model (OVERLAP);
  g_autoptr (XpsFitData) data = overlap_data (model, 11);
  g_autoptr (XpsResult) result = made_fit (model, data, (XpsWeights)GPOINTER_TO_INT (weights));
  g_assert_true (result->converged);
  check_result (result);
}

/* Shapes whose width or maximum is not a parameter. */
static void
test_brute_asymmetric (gconstpointer shape)
{
  g_autofree char *text = g_strdup_printf (
      "{'parameters':[{'name':'c','value':84},{'name':'a','value':20000},{'name':'w','value':0.9,'min':0.1},"
      "{'name':'s','value':%s},{'name':'t','value':0.4},{'name':'d','value':3000},{'name':'e','value':88},"
      "{'name':'b','value':300}],'components':["
      "{'name':'x','type':'%s','params':{'center':'c','area':'a',%s}},"
      "{'name':'y','type':'gauss','params':{'center':'e','area':'d','fwhm':'w'}}],"
      "'background':[{'type':'poly','coeffs':['b'],'x_ref':0}]}",
      strcmp (shape, "la") == 0        ? "1.3"
      : strcmp (shape, "tail_gl") == 0 ? "20"
                                       : "0.4",
      (const char *)shape,
      strcmp (shape, "la") == 0        ? "'fwhm':'w','alpha':'s','beta':'s','fwhm_g':'t'"
      : strcmp (shape, "tail_gl") == 0 ? "'fwhm':'w','mix':'s','tail':'t'"
                                       : "'width':'w','asym':'s','mix':'t'");
  g_autoptr (XpsModel) model = made_model (text);
  g_autoptr (XpsFitData) grid = made_grid (76, 0.05, 401);
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 12);
  g_autoptr (XpsResult) result = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  g_assert_true (result->converged);
  check_result (result);
}

/* ---- fractions ---- */

/* Two components: what one gains the other loses, so both fractions have the same error, and because the
 * areas are anticorrelated it is larger than from the areas' errors alone. */
static void
test_two_fractions (void)
{
  g_autoptr (XpsModel) model = made_model (OVERLAP);
  XpsModelPart *part = model->parts->pdata[0];
  g_ptr_array_set_size (part->components, 2);
  g_autoptr (XpsFitData) data = overlap_data (model, 13);
  g_autoptr (XpsResult) result = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  const XpsComponentResult *x = xps_result_find_component (result, 0, "x"),
                           *y = xps_result_find_component (result, 0, "y");
  test_assert_close (x->fraction.value + y->fraction.value, 1, 1e-15);
  test_assert_close (x->fraction.error, y->fraction.error, 1e-12 * x->fraction.error);
  const double f = x->fraction.value, g = y->fraction.value;
  const double alone = f * g * hypot (x->area.error / x->area.value, y->area.error / y->area.value);
  g_assert_cmpfloat (x->fraction.error, >, 1.1 * alone);
}

/* A doublet with linked areas has its fractions by construction: no error is claimed, none is invented. */
static void
test_linked_fractions (void)
{
  g_autoptr (XpsModel) model = made_model (OVERLAP);
  XpsModelPart *part = model->parts->pdata[0];
  g_ptr_array_remove_index (part->components, 1);
  g_autoptr (XpsFitData) data = overlap_data (model, 14);
  g_autoptr (XpsResult) result = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  const XpsComponentResult *x = xps_result_find_component (result, 0, "x"),
                           *z = xps_result_find_component (result, 0, "z");
  test_assert_close (x->fraction.value, 1 / 1.1, 1e-15);
  g_assert_true (isnan (x->fraction.error));
  g_assert_true (isnan (z->fraction.error));
  test_assert_close (z->area.error, 0.1 * x->area.error, 1e-12 * x->area.error);
}

/* A fixed area still has a share of a total that is uncertain. */
static void
test_fixed_area (void)
{
  g_autoptr (XpsModel) model = made_model (OVERLAP);
  g_autoptr (XpsFitData) data = overlap_data (model, 15);
  xps_model_get_parameter (model, "a2")->kind = XPS_PARAMETER_FIXED;
  g_autoptr (XpsResult) result = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  const XpsComponentResult *y = xps_result_find_component (result, 0, "y");
  g_assert_true (isnan (y->area.error));
  g_assert_cmpfloat (y->fraction.error, >, 0);
  const double a1 = oracle_find_parameter (result, "a1")->quantity.error,
               a = xps_result_find_component (result, 0, "x")->area.value;
  const double sum = 1.1 * a + y->area.value;
  test_assert_close (y->fraction.error, y->fraction.value * 1.1 * a1 / sum, 1e-9 * y->fraction.error);
}

/* ---- redraws ---- */

#define DRAWS 2000

typedef struct {
  double sum, square;
} Scatter;

static void
scatter_add (Scatter *scatter, double value, double center)
{
  scatter->sum += value - center;
  scatter->square += (value - center) * (value - center);
}

static double
scatter_get (const Scatter *scatter)
{
  return sqrt ((scatter->square - scatter->sum * scatter->sum / DRAWS) / (DRAWS - 1));
}

/* The scatter of 2,000 Poisson redraws is the standard error, to the 1.6 % that 2,000 draws know it and what
 * a linear propagation leaves out. */
static void
test_redraws (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model (OVERLAP);
  g_autoptr (XpsFitData) expected = overlap_data (model, 0);
  g_autoptr (XpsProblem) problem = xps_problem_new (model, &expected, 1, XPS_WEIGHTS_POISSON, &error);
  g_assert_no_error (error);
  g_autoptr (XpsModelIndex) index = xps_model_check (model, NULL);
  g_autoptr (XpsEngine) engine = xps_engine_new (problem);
  g_autoptr (XpsResult) center = made_fit (model, expected, XPS_WEIGHTS_POISSON);
  static const Quantity quantities[] = {area_of, fwhm_of, height_of, fraction_of};
  Scatter scatter[4][3] = {0};
  XpsRandom random;
  xps_random_init (&random, 99);
  g_autofree double *drawn = g_new (double, expected->n);
  for (guint d = 0; d < DRAWS; d++) {
    for (gsize i = 0; i < expected->n; i++)
      drawn[i] = xps_random_poisson (&random, expected->intensity[i]);
    xps_engine_set_intensity (engine, 0, drawn);
    const XpsOutcome outcome = xps_engine_run (engine, NULL, NULL);
    g_assert_cmpint (outcome.stop, ==, XPS_STOP_CONVERGED);
    for (guint q = 0; q < 4; q++)
      for (guint c = 0; c < 3; c++)
        scatter_add (&scatter[q][c], quantities[q](model, index, xps_engine_get_values (engine), c),
                     quantities[q](model, index, center->values, c));
  }
  for (guint c = 0; c < 3; c++) {
    const XpsComponentResult *r = &g_array_index (center->components, XpsComponentResult, c);
    const double claimed[] = {r->area.error, r->fwhm.error, r->height.error, r->fraction.error};
    for (guint q = 0; q < 4; q++) {
      const double seen = scatter_get (&scatter[q][c]);
      g_test_message ("%s %u: claimed %.5g, seen %.5g (%+.1f %%)",
                      ((const char *[]){"area", "fwhm", "height", "fraction"})[q], c, claimed[q], seen,
                      100 * (seen / claimed[q] - 1));
      test_assert_close (seen, claimed[q], 0.05 * claimed[q]);
    }
  }
}

int
main (int argc, char **argv)
{
  static const char *const shapes[] = {"la", "apv", "apv_height", "tail_gl"};
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/derived/brute/counts", GINT_TO_POINTER (XPS_WEIGHTS_COUNTS), test_brute);
  g_test_add_data_func ("/derived/brute/poisson", GINT_TO_POINTER (XPS_WEIGHTS_POISSON), test_brute);
  g_test_add_data_func ("/derived/brute/uniform", GINT_TO_POINTER (XPS_WEIGHTS_UNIFORM), test_brute);
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autofree char *path = g_strconcat ("/derived/brute/", shapes[i], NULL);
    g_test_add_data_func (path, shapes[i], test_brute_asymmetric);
  }
  g_test_add_func ("/derived/fractions/two", test_two_fractions);
  g_test_add_func ("/derived/fractions/linked", test_linked_fractions);
  g_test_add_func ("/derived/fractions/fixed", test_fixed_area);
  g_test_add_func ("/derived/redraws", test_redraws);
  return g_test_run ();
}
