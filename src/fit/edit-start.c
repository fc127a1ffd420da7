/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit-private.h"

#include <math.h>
#include <string.h>

/* The roles of a new component: from a maximum, a height and a width to the parameters of any shape of the
 * table. */

/* What people start a form with where the table has no usual value: the mixing that laboratory spectra are
 * habitually fitted with (GL(30)), exponents near those of the LA shapes in use, and an asymmetry that can be
 * seen, to be fitted. */
typedef struct {
  const char *shape, *role; /* NULL: of any shape */
  double value;
  gboolean fixed;
} Form;

static const Form forms[] = {
    {"gl", "mix", 30, TRUE},       {"sgl", "mix", 30, TRUE},    {"tail_gl", "mix", 30, TRUE},
    {"tail_gl", "tail", 1, FALSE}, {NULL, "mix", 0.3, TRUE},    {"la", "alpha", 1.5, TRUE},
    {"la", "beta", 1.5, TRUE},     {NULL, "alpha", 0.1, FALSE}, {NULL, "asym", 0.1, FALSE},
};

static const Form *
find_form (const XpsShape *shape, const char *role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if ((forms[i].shape == NULL || strcmp (forms[i].shape, shape->id) == 0) &&
        strcmp (forms[i].role, role) == 0)
      return &forms[i];
  return NULL;
}

/* Shares of the total width: core levels are mostly Gaussian (source, analyser, disorder) with a lifetime of
 * a third of it. */
static double
width_share (const XpsShape *shape, const char *role)
{
  const gboolean two =
      xps_shape_find_role (shape, "fwhm_g") >= 0 &&
      (xps_shape_find_role (shape, "fwhm_l") >= 0 || xps_shape_find_role (shape, "fwhm") >= 0);
  if (!two)
    return 1;
  return strcmp (role, "fwhm_g") == 0 ? 0.8 : 0.3;
}

/* Full width with the widths times f. */
static double
width_at (const XpsShape *shape, const double *p, const gboolean *wanted, double f, double *out)
{
  for (gsize k = 0; k < shape->n_roles; k++) {
    const XpsShapeRole *role = &shape->roles[k];
    out[k] = wanted[k] ? fmin (fmax (p[k] * f, role->min), role->max) : p[k];
  }
  return shape->fwhm (out);
}

/* The total width of most shapes goes with its parts, so the quotient is the answer at once; where other
 * parts stay, it grows with f all the same, and bisection of its logarithm cannot fail. */
gboolean
xps_edit_scale_widths (const XpsShape *shape, double *p, const gboolean *wanted, double fwhm)
{
  double trial[XPS_SHAPE_MAX_ROLES];
  double now = width_at (shape, p, wanted, 1, trial);
  if (!(now > 0) || !(fwhm > 0) || !isfinite (fwhm))
    return FALSE;
  double low = 1e-6, high = 1e6, f = fwhm / now;
  for (int i = 0; i < 60; i++) {
    now = width_at (shape, p, wanted, f, trial);
    if (!isfinite (now))
      return FALSE;
    if (fabs (now - fwhm) <= 1e-9 * fwhm)
      break;
    *(now < fwhm ? &low : &high) = f;
    const double next = f * fwhm / now;
    f = i < 8 && next > low && next < high ? next : sqrt (low * high);
  }
  memcpy (p, trial, shape->n_roles * sizeof *p);
  return TRUE;
}

/* p and wanted: the shape at the guess, with unit intensity. */
static void
start_values (const XpsShape *shape, const XpsPeakGuess *guess, double *p)
{
  gboolean wanted[XPS_SHAPE_MAX_ROLES];
  for (gsize k = 0; k < shape->n_roles; k++) {
    const XpsShapeRole *role = &shape->roles[k];
    const Form *form = find_form (shape, role->id);
    wanted[k] = role->kind == XPS_ROLE_WIDTH;
    p[k] = role->kind == XPS_ROLE_POSITION    ? guess->center
           : role->kind == XPS_ROLE_INTENSITY ? 1
           : wanted[k]                        ? guess->fwhm * width_share (shape, role->id)
           : form != NULL                     ? form->value
                                              : role->usual;
    p[k] = fmin (fmax (p[k], role->min), role->max);
  }
  xps_edit_scale_widths (shape, p, wanted, guess->fwhm);
}

/* Moves the maximum to the guess and gives it its height. */
static void
fit_apex (const XpsShape *shape, const XpsPeakGuess *guess, double *p)
{
  const int position = xps_shape_find_kind (shape, XPS_ROLE_POSITION),
            intensity = xps_shape_find_kind (shape, XPS_ROLE_INTENSITY);
  const double maximum = shape->maximum (p), height = xps_shape_height (shape, p);
  if (position >= 0 && isfinite (maximum))
    p[position] += guess->center - maximum;
  if (intensity >= 0)
    p[intensity] = isfinite (height) && height > 0 ? guess->height / height : guess->height;
}

static void
start_role (XpsModel *model, XpsComponent *component, gsize k, double value, const XpsPeakGuess *guess)
{
  const XpsShapeRole *role = &component->shape->roles[k];
  const Form *form = find_form (component->shape, role->id);
  if (role->kind == XPS_ROLE_FORM && form == NULL && !isnan (role->usual))
    return; /* stands at its usual value */
  g_autofree char *base = g_strdup_printf ("%s.%s", component->name, role->id);
  g_autofree char *name = xps_edit_dup_free_name (model, base);
  double min = role->min, max = role->max;
  switch (role->kind) {
  case XPS_ROLE_POSITION:
    min = value - 1.5 * guess->fwhm;
    max = value + 1.5 * guess->fwhm;
    break;
  case XPS_ROLE_INTENSITY:
    min = 0;
    max = INFINITY;
    value = fmax (value, 0);
    break;
  case XPS_ROLE_WIDTH:
    min = fmax (0.2 * value, role->min);
    max = fmin (5 * value, role->max);
    break;
  case XPS_ROLE_FORM:
  default:
    break;
  }
  XpsParameter *parameter = xps_model_add_parameter (model, name, value, min, max);
  if (form != NULL && form->fixed)
    parameter->kind = XPS_PARAMETER_FIXED;
  xps_component_set_role (component, role->id, name);
}

void
xps_edit_start_roles (XpsModel *model, XpsComponent *component, const XpsPeakGuess *guess)
{
  const XpsPeakGuess sane = {guess->center, isfinite (guess->height) ? fmax (guess->height, 0) : 0,
                             isfinite (guess->fwhm) && guess->fwhm > 1e-3 ? fmin (guess->fwhm, 1e3) : 1};
  double p[XPS_SHAPE_MAX_ROLES];
  start_values (component->shape, &sane, p);
  fit_apex (component->shape, &sane, p);
  for (gsize k = 0; k < component->shape->n_roles; k++)
    if (component->roles[k] == NULL)
      start_role (model, component, k, p[k], &sane);
}
