/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/result-private.h"

#include <math.h>

#include "fit/problem-private.h"

/* Quantities of components that are functions of their parameters, with the full covariance propagated to
 * first order: var q = grad q' C grad q over the free parameters behind the roles. */

typedef double (*Quantity) (const XpsShape *shape, const double *p, const XpsFitData *data);

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

static double
quantity_height (const XpsShape *shape, const double *p, const XpsFitData *data)
{
  return xps_shape_height (shape, p);
}

typedef struct {
  const XpsResult *result;
  const XpsTerm *term;
  const XpsFitData *data;
  double p[XPS_SHAPE_MAX_ROLES];
  double error[XPS_SHAPE_MAX_ROLES];  /* standard error of the role itself, NaN: fixed or none */
  guint free[XPS_SHAPE_MAX_ROLES];    /* unknown behind it */
  double factor[XPS_SHAPE_MAX_ROLES]; /* 0: not free */
} Roles;

static Roles
gather_roles (const XpsResult *self, gsize s, const XpsTerm *term)
{
  const XpsProblem *problem = self->problem;
  Roles roles = {self, term, problem->spectra[s].data, {0}, {0}, {0}, {0}};
  for (gsize k = 0; k < term->shape->n_roles; k++) {
    const int parameter = term->parameter[k];
    const XpsShapeRole *role = &term->shape->roles[k];
    const int f = parameter >= 0 ? problem->root_free[parameter] : -1;
    const double value = parameter >= 0 ? self->values[parameter] : term->usual[k];
    roles.p[k] = fmin (fmax (value, role->min), role->max);
    if (f < 0)
      continue;
    roles.free[k] = (guint)f;
    roles.factor[k] = problem->root_factor[parameter];
    roles.error[k] = fabs (roles.factor[k]) * xps_covariance_get_error (self->covariance, (gsize)f);
  }
  return roles;
}

/* Central difference by role k; the step is a small share of the standard error, the scale on which the
 * function is to be linear, and it turns one-sided at the end of the role's range. */
static double
differentiate (const Roles *roles, Quantity quantity, gsize k)
{
  const XpsShapeRole *role = &roles->term->shape->roles[k];
  const double scale = fmax (fabs (roles->p[k]), role->kind == XPS_ROLE_WIDTH ? 1e-3 : 1e-2);
  const double wish =
      isfinite (roles->error[k]) && roles->error[k] > 0 ? 1e-2 * roles->error[k] : 1e-5 * scale;
  const double h = fmax (fmin (wish, 1e-3 * scale), 1e-7 * scale);
  Roles low = *roles, high = *roles;
  low.p[k] = fmax (roles->p[k] - h, role->min);
  high.p[k] = fmin (roles->p[k] + h, role->max);
  return (quantity (roles->term->shape, high.p, roles->data) -
          quantity (roles->term->shape, low.p, roles->data)) /
         (high.p[k] - low.p[k]);
}

static XpsQuantity
evaluate_quantity (const Roles *roles, Quantity quantity)
{
  XpsQuantity out = {quantity (roles->term->shape, roles->p, roles->data), NAN};
  double partial[XPS_SHAPE_MAX_ROLES] = {0};
  gsize n_free = 0;
  if (!isfinite (out.value))
    return out;
  for (gsize k = 0; k < roles->term->shape->n_roles; k++) {
    if (roles->factor[k] == 0)
      continue;
    partial[k] = differentiate (roles, quantity, k) * roles->factor[k];
    /* A role that the quantity ignores (the area of a peak does not move with its centre) must not make it
     * undefined. */
    if (fabs (partial[k]) < 1e-12)
      partial[k] = 0;
    n_free += partial[k] != 0;
  }
  if (n_free == 0)
    return out;
  const double variance =
      xps_covariance_propagate (roles->result->covariance, roles->term->shape->n_roles, roles->free, partial);
  out.error = variance >= 0 ? sqrt (variance) : NAN;
  return out;
}

/* An area that is a parameter needs no difference quotient: its error is the parameter's. */
static XpsQuantity
plain_role (const Roles *roles, int k)
{
  XpsQuantity out = {NAN, NAN};
  if (k < 0)
    return out;
  out.value = roles->p[k];
  if (roles->factor[k] != 0)
    out.error = roles->error[k];
  return out;
}

static XpsComponentResult
derive_component (const XpsResult *self, gsize s, gsize c)
{
  const XpsModelPart *part = g_ptr_array_index (self->problem->model->parts, s);
  const XpsTerm *term = &self->problem->spectra[s].terms[c];
  const Roles roles = gather_roles (self, s, term);
  XpsComponentResult out = {.spectrum = s, .component = g_ptr_array_index (part->components, c)};
  const gboolean is_area = isfinite (term->shape->area (roles.p));
  out.center = plain_role (&roles, xps_shape_find_kind (term->shape, XPS_ROLE_POSITION));
  out.maximum = evaluate_quantity (&roles, quantity_maximum);
  out.area = is_area && term->shape->area (roles.p) == roles.p[term->intensity]
                 ? plain_role (&roles, term->intensity)
                 : evaluate_quantity (&roles, quantity_area);
  out.area_in_window = !is_area;
  out.fwhm = evaluate_quantity (&roles, quantity_fwhm);
  out.height = evaluate_quantity (&roles, quantity_height);
  out.fraction = (XpsQuantity){NAN, NAN};
  return out;
}

/* Fractions of the areas of one spectrum: d f_i / d A_j = (delta_ij - f_i) / sum, over the unknowns behind
 * the areas. */
static void
derive_fractions (XpsResult *self, gsize s, XpsComponentResult *components)
{
  const XpsProblemSpectrum *spectrum = &self->problem->spectra[s];
  const gsize n = spectrum->n_terms;
  g_autofree guint *free = g_new0 (guint, n + 1);
  g_autofree double *factor = g_new0 (double, n + 1), *partial = g_new0 (double, n + 1);
  double sum = 0;
  for (gsize c = 0; c < n; c++) {
    const Roles roles = gather_roles (self, s, &spectrum->terms[c]);
    const int k = spectrum->terms[c].intensity;
    if (components[c].area_in_window || !isfinite (components[c].area.value))
      return;
    sum += components[c].area.value;
    free[c] = roles.free[k];
    factor[c] = roles.factor[k];
  }
  for (gsize c = 0; c < n && sum > 0; c++) {
    const double fraction = components[c].area.value / sum;
    double size = 0;
    components[c].fraction.value = fraction;
    for (gsize j = 0; j < n; j++) {
      /* A component on its bound has no error of its own; the fractions are conditional on it staying there.
       */
      const gboolean defined =
          factor[j] != 0 && isfinite (xps_covariance_get_error (self->covariance, free[j]));
      partial[j] = defined ? ((j == c) - fraction) / sum * factor[j] : 0;
      size += fabs (partial[j]);
    }
    const double variance = xps_covariance_propagate (self->covariance, n, free, partial);
    components[c].fraction.error =
        n > 1 && size > 0 && isfinite (components[c].area.error) && variance >= 0 ? sqrt (variance) : NAN;
  }
}

void
xps_result_derive_components (XpsResult *self)
{
  for (gsize s = 0; s < self->problem->n_spectra; s++) {
    const guint first = self->components->len;
    const gsize n = self->problem->spectra[s].n_terms;
    for (gsize c = 0; c < n; c++) {
      const XpsComponentResult component = derive_component (self, s, c);
      g_array_append_val (self->components, component);
    }
    if (n > 0)
      derive_fractions (self, s, &g_array_index (self->components, XpsComponentResult, first));
  }
}
