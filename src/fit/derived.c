/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/result-private.h"

#include <math.h>

#include "fit/problem-private.h"

/* Quantities of components that are functions of their parameters, with the full covariance propagated to
 * first order: var q = grad q' C grad q over the free parameters behind the roles. */

typedef struct {
  double (*evaluate) (const XpsShape *shape, const double *p, const XpsFitData *data);
  double slide; /* what it gains per eV that the whole shape is moved; NaN: depends */
  int degree;   /* it goes with the intensity to this power */
} Quantity;

static double
quantity_maximum (const XpsShape *shape, const double *p, const XpsFitData *data)
{
  return shape->maximum (p);
}

static double
quantity_area (const XpsShape *shape, const double *p, const XpsFitData *data)
{
  const double area = shape->area (p);
  return isfinite (area) ? area
                         : xps_shape_area_between (shape, p, data->energy[0], data->energy[data->n - 1]);
}

static double
quantity_fwhm (const XpsShape *shape, const double *p, const XpsFitData *data)
{
  return shape->fwhm (p);
}

static const Quantity maximum_quantity = {quantity_maximum, 1, 0};
static const Quantity area_quantity = {quantity_area, NAN, 1};
static const Quantity fwhm_quantity = {quantity_fwhm, 0, 0};

typedef struct {
  const XpsResult *result;
  const XpsTerm *term;
  const XpsFitData *data;
  double p[XPS_SHAPE_MAX_ROLES];
  double error[XPS_SHAPE_MAX_ROLES];         /* standard error of the role itself, NaN: fixed or none */
  const XpsRoot *roots[XPS_SHAPE_MAX_ROLES]; /* unknowns behind it */
  gsize n_roots[XPS_SHAPE_MAX_ROLES];
} Roles;

static Roles
gather_roles (const XpsResult *self, gsize s, const XpsTerm *term)
{
  const XpsProblem *problem = self->problem;
  Roles roles = {self, term, problem->spectra[s].data, {0}, {0}, {0}, {0}};
  for (gsize k = 0; k < term->shape->n_roles; k++) {
    const int parameter = term->parameter[k];
    const XpsShapeRole *role = &term->shape->roles[k];
    const double value = parameter >= 0 ? self->values[parameter] : term->usual[k];
    roles.p[k] = fmin (fmax (value, role->min), role->max);
    roles.roots[k] = xps_problem_get_roots (problem, parameter, &roles.n_roots[k]);
    roles.error[k] = xps_covariance_propagate (self->covariance, roles.n_roots[k], roles.roots[k]);
  }
  return roles;
}

/* Central difference by role k, 0 where what comes out is rounding: a role that the quantity ignores (the
 * area of a peak does not move with its centre) must not make it undefined. The step is a small share of the
 * standard error, the scale on which the function is to be linear; it turns one-sided at the end of the
 * role's range, and it is relative where an intensity may come in any unit. */
static double
differentiate (const Roles *roles, const Quantity *quantity, gsize k)
{
  const XpsShapeRole *role = &roles->term->shape->roles[k];
  if (role->kind == XPS_ROLE_POSITION && !isnan (quantity->slide))
    return quantity->slide;
  if ((int)k == roles->term->intensity) {
    Roles unit = *roles;
    unit.p[k] = 1;
    return quantity->degree == 0 ? 0 : quantity->evaluate (unit.term->shape, unit.p, unit.data);
  }
  const double least = role->kind == XPS_ROLE_INTENSITY ? 0 : role->kind == XPS_ROLE_WIDTH ? 1e-3 : 1e-2;
  const double scale = fmax (fabs (roles->p[k]), least);
  const double wish =
      isfinite (roles->error[k]) && roles->error[k] > 0 ? 1e-2 * roles->error[k] : 1e-5 * scale;
  const double h = scale > 0 ? fmax (fmin (wish, 1e-3 * scale), 1e-7 * scale) : wish > 0 ? wish : 1;
  Roles low = *roles, high = *roles;
  low.p[k] = fmax (roles->p[k] - h, role->min);
  high.p[k] = fmin (roles->p[k] + h, role->max);
  const double up = quantity->evaluate (roles->term->shape, high.p, roles->data),
               down = quantity->evaluate (roles->term->shape, low.p, roles->data);
  return fabs (up - down) > 1e-13 * fmax (fabs (up), fabs (down)) ? (up - down) / (high.p[k] - low.p[k]) : 0;
}

static void
add_derivative (GArray *list, const Roles *roles, gsize k, double derivative)
{
  for (gsize r = 0; r < roles->n_roots[k]; r++) {
    const XpsRoot root = {roles->roots[k][r].free, derivative * roles->roots[k][r].factor};
    g_array_append_val (list, root);
  }
}

/* Entries. */
#define SHORT 64

/* Where an unknown stands in a list, or its length. */
static guint
find_place (const GArray *net, GHashTable *places, guint free)
{
  guint place = 0;
  if (places != NULL) {
    place = GPOINTER_TO_UINT (g_hash_table_lookup (places, GUINT_TO_POINTER (free)));
    return place > 0 ? place - 1 : net->len;
  }
  while (place < net->len && g_array_index (net, XpsRoot, place).free != free)
    place++;
  return place;
}

/* Derivatives by the same unknown are put together, in the order of their first appearance: what cancels
 * there (the fraction of a linked doublet does not move with its area) must leave nothing, not rounding that
 * would pass for a standard error. */
static GArray *
put_together (const GArray *list)
{
  GArray *net = g_array_sized_new (FALSE, FALSE, sizeof (XpsRoot), list->len + 1);
  g_autofree double *sizes = g_new0 (double, list->len + 1);
  g_autoptr (GHashTable) places = /* unknown -> place + 1; a short list is searched faster */
      list->len > SHORT ? g_hash_table_new (NULL, NULL) : NULL;
  for (guint i = 0; i < list->len; i++) {
    const XpsRoot *root = &g_array_index (list, XpsRoot, i);
    const guint place = find_place (net, places, root->free);
    if (place < net->len) {
      g_array_index (net, XpsRoot, place).factor += root->factor;
      sizes[place] += fabs (root->factor);
      continue;
    }
    g_array_append_val (net, *root);
    sizes[place] = fabs (root->factor);
    if (places != NULL)
      g_hash_table_insert (places, GUINT_TO_POINTER (root->free), GUINT_TO_POINTER (net->len));
  }
  guint kept = 0;
  for (guint i = 0; i < net->len; i++)
    if (fabs (g_array_index (net, XpsRoot, i).factor) > 1e-12 * sizes[i])
      g_array_index (net, XpsRoot, kept++) = g_array_index (net, XpsRoot, i);
  g_array_set_size (net, kept);
  return net;
}

static double
propagate (const XpsResult *result, const GArray *list)
{
  g_autoptr (GArray) net = put_together (list);
  return xps_covariance_propagate (result->covariance, net->len, (const XpsRoot *)(void *)net->data);
}

static XpsQuantity
evaluate_quantity (const Roles *roles, const Quantity *quantity)
{
  XpsQuantity out = {quantity->evaluate (roles->term->shape, roles->p, roles->data), NAN};
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (XpsRoot));
  if (!isfinite (out.value))
    return out;
  for (gsize k = 0; k < roles->term->shape->n_roles; k++) {
    const double derivative = roles->n_roots[k] > 0 ? differentiate (roles, quantity, k) : 0;
    if (derivative != 0)
      add_derivative (list, roles, k, derivative);
  }
  out.error = propagate (roles->result, list);
  return out;
}

/* The height is the shape's value where its slope is zero, so a shift of the maximum does not count to first
 * order: its derivatives are the shape's own partials there. */
static XpsQuantity
derive_height (const Roles *roles)
{
  const XpsShape *shape = roles->term->shape;
  const double at = shape->maximum (roles->p);
  double value = NAN, partial[XPS_SHAPE_MAX_ROLES] = {0}, *partials[XPS_SHAPE_MAX_ROLES] = {NULL};
  XpsQuantity out = {NAN, NAN};
  if (!isfinite (at))
    return out;
  for (gsize k = 0; k < shape->n_roles; k++)
    if (roles->n_roots[k] > 0 && shape->roles[k].kind != XPS_ROLE_POSITION)
      partials[k] = &partial[k];
  shape->evaluate (roles->p, 1, &at, XPS_PRECISION_FULL, &value, partials);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (XpsRoot));
  for (gsize k = 0; k < shape->n_roles; k++)
    if (partials[k] != NULL)
      add_derivative (list, roles, k, partial[k]);
  out.value = value;
  out.error = propagate (roles->result, list);
  return out;
}

/* Components of a region often share their widths and forms by the same parameters, and then their FWHM is
 * one number with one error, found by a search that is not worth repeating. */
static gboolean
has_same_width (const Roles *a, const Roles *b)
{
  if (a->term->shape != b->term->shape)
    return FALSE;
  for (gsize k = 0; k < a->term->shape->n_roles; k++) {
    const XpsRoleKind kind = a->term->shape->roles[k].kind;
    if (kind == XPS_ROLE_POSITION || kind == XPS_ROLE_INTENSITY)
      continue;
    if (a->p[k] != b->p[k] || a->roots[k] != b->roots[k] || a->n_roots[k] != b->n_roots[k])
      return FALSE;
  }
  return TRUE;
}

/* An area that is a parameter needs no difference quotient: its error is the parameter's. */
static XpsQuantity
plain_role (const Roles *roles, int k)
{
  XpsQuantity out = {NAN, NAN};
  if (k < 0)
    return out;
  out.value = roles->p[k];
  out.error = roles->error[k];
  return out;
}

/* `before` and `fwhm`: of the component before it, to be used again or replaced. */
static XpsComponentResult
derive_component (const XpsResult *self, gsize s, gsize c, Roles *before, XpsQuantity *fwhm)
{
  const XpsModelPart *part = g_ptr_array_index (self->problem->model->parts, s);
  const XpsTerm *term = &self->problem->spectra[s].terms[c];
  const Roles roles = gather_roles (self, s, term);
  XpsComponentResult out = {.spectrum = s, .component = g_ptr_array_index (part->components, c)};
  const gboolean is_area = isfinite (term->shape->area (roles.p));
  out.center = plain_role (&roles, xps_shape_find_kind (term->shape, XPS_ROLE_POSITION));
  out.maximum = evaluate_quantity (&roles, &maximum_quantity);
  out.area = is_area && term->shape->area (roles.p) == roles.p[term->intensity]
                 ? plain_role (&roles, term->intensity)
                 : evaluate_quantity (&roles, &area_quantity);
  out.area_in_window = !is_area;
  if (c == 0 || !has_same_width (&roles, before))
    *fwhm = evaluate_quantity (&roles, &fwhm_quantity);
  *before = roles;
  out.fwhm = *fwhm;
  out.height = derive_height (&roles);
  out.fraction = (XpsQuantity){NAN, NAN};
  return out;
}

/* Adds factor * d area / d unknowns. */
static void
add_area_gradient (GArray *list, const Roles *roles, double factor)
{
  const XpsShape *shape = roles->term->shape;
  if (shape->area (roles->p) == roles->p[roles->term->intensity]) { /* the parameter itself */
    add_derivative (list, roles, (gsize)roles->term->intensity, factor);
    return;
  }
  for (gsize k = 0; k < shape->n_roles; k++)
    if (roles->n_roots[k] > 0)
      add_derivative (list, roles, k, factor * differentiate (roles, &area_quantity, k));
}

/* Fractions of the areas of one spectrum: d f_i = (d A_i - f_i d sum) / sum, over the unknowns behind the
 * areas. */
static void
derive_fractions (XpsResult *self, gsize s, XpsComponentResult *components)
{
  const XpsProblemSpectrum *spectrum = &self->problem->spectra[s];
  const gsize n = spectrum->n_terms;
  double sum = 0;
  for (gsize c = 0; c < n; c++) {
    if (components[c].area_in_window || !isfinite (components[c].area.value))
      return;
    sum += components[c].area.value;
  }
  if (!(sum > 0))
    return;
  g_autofree Roles *roles = g_new (Roles, n);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (XpsRoot));
  for (gsize c = 0; c < n; c++) {
    roles[c] = gather_roles (self, s, &spectrum->terms[c]);
    add_area_gradient (all, &roles[c], 1 / sum);
  }
  g_autoptr (GArray) total = put_together (all);
  for (gsize c = 0; c < n; c++) {
    const double fraction = components[c].area.value / sum;
    g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (XpsRoot));
    components[c].fraction.value = fraction;
    add_area_gradient (list, &roles[c], 1 / sum);
    for (guint i = 0; i < total->len; i++) {
      XpsRoot root = g_array_index (total, XpsRoot, i);
      root.factor *= -fraction;
      g_array_append_val (list, root);
    }
    if (n > 1)
      components[c].fraction.error = propagate (self, list);
  }
}

void
xps_result_derive_components (XpsResult *self)
{
  for (gsize s = 0; s < self->problem->n_spectra; s++) {
    const guint first = self->components->len;
    const gsize n = self->problem->spectra[s].n_terms;
    Roles before = {0};
    XpsQuantity fwhm = {NAN, NAN};
    for (gsize c = 0; c < n; c++) {
      const XpsComponentResult component = derive_component (self, s, c, &before, &fwhm);
      g_array_append_val (self->components, component);
    }
    if (n > 0)
      derive_fractions (self, s, &g_array_index (self->components, XpsComponentResult, first));
  }
}

/* ---- sums of areas ---- */

/* Unknowns on a bound have no covariance and count as constants, as in xps_covariance_propagate(). */
static double
get_covariance (const XpsResult *self, const GArray *a, const GArray *b)
{
  double sum = 0;
  for (guint i = 0; i < a->len; i++)
    for (guint k = 0; k < b->len; k++) {
      const XpsRoot *x = &g_array_index (a, XpsRoot, i), *y = &g_array_index (b, XpsRoot, k);
      const double c = xps_covariance_get (self->covariance, x->free, y->free);
      sum += isfinite (c) ? c * x->factor * y->factor : 0;
    }
  return sum;
}

void
xps_result_get_area_covariances (const XpsResult *self, gsize first, gsize n, const int *group,
                                 gsize n_groups, double *out)
{
  g_autoptr (GPtrArray) gradients = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  g_autofree double *errors = g_new (double, MAX (n_groups, 1));
  for (gsize g = 0; g < n_groups; g++) {
    g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (XpsRoot));
    for (gsize k = 0; k < n; k++) {
      const XpsComponentResult *at =
          group[k] == (int)g ? &g_array_index (self->components, XpsComponentResult, first + k) : NULL;
      gsize place = first + k;
      for (gsize s = 0; at != NULL && s < at->spectrum; s++)
        place -= self->problem->spectra[s].n_terms;
      if (at == NULL)
        continue;
      const Roles roles =
          gather_roles (self, at->spectrum, &self->problem->spectra[at->spectrum].terms[place]);
      add_area_gradient (list, &roles, 1);
    }
    g_ptr_array_add (gradients, put_together (list));
    errors[g] = propagate (self, list);
  }
  for (gsize g = 0; g < n_groups; g++)
    for (gsize h = 0; h <= g; h++, out++)
      *out = isnan (errors[g]) || isnan (errors[h]) ? (double)NAN
             : g == h
                 ? errors[g] * errors[g]
                 : get_covariance (self, g_ptr_array_index (gradients, g), g_ptr_array_index (gradients, h));
}
