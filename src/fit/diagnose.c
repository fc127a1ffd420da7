/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/result-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "fit/problem-private.h"

#include "base/text.h"

/* Warnings a good reviewer would raise. Each names what it concerns and what could be done. */

#define CORRELATED      0.95
#define ILL_CONDITIONED 1e6
#define MAX_PAIRS       8

static const char *
free_name (const XpsResult *self, gsize f)
{
  const XpsParameter *p =
      g_ptr_array_index (self->problem->model->parameters, self->problem->free_parameter[f]);
  return p->name;
}

/* Is it one of those that trade off exactly? */
static gboolean
takes_part (const XpsResult *self, gsize free)
{
  for (gsize t = 0; t < xps_covariance_get_n_trades (self->covariance); t++) {
    gsize n;
    const XpsRoot *trade = xps_covariance_get_trade (self->covariance, t, &n);
    for (gsize i = 0; i < n; i++)
      if (trade[i].free == free)
        return TRUE;
  }
  return FALSE;
}

/* Names beyond this many say less, not more. */
#define MAX_NAMES 8

static void
warn_about_trades (XpsResult *self)
{
  for (gsize t = 0; t < xps_covariance_get_n_trades (self->covariance) && t < MAX_PAIRS; t++) {
    gsize n;
    const XpsRoot *trade = xps_covariance_get_trade (self->covariance, t, &n);
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    for (gsize i = 0; i < n && i < MAX_NAMES; i++)
      g_ptr_array_add (names, (gpointer)free_name (self, trade[i].free));
    g_ptr_array_add (names, NULL);
    g_autofree char *list = g_strjoinv (", ", (char **)names->pdata);
    xps_result_add_warning (
        self, "singular", "error",
        xps_text_printf (
            n > MAX_NAMES ? _ ("%s and others can change together without changing the model: they have no "
                               "standard error; link or fix one of them")
                          : _ ("%s can change together without changing the model: they have no standard "
                               "error; link or fix one of them"),
            list),
        (const char *const *)names->pdata);
  }
}

static void
warn_about_bounds (XpsResult *self)
{
  for (guint i = 0; i < self->parameters->len; i++) {
    const XpsParameterResult *p = &g_array_index (self->parameters, XpsParameterResult, i);
    if (p->status == XPS_STATUS_AT_MIN || p->status == XPS_STATUS_AT_MAX)
      xps_result_add_warning (
          self, "at-bound", "warning",
          xps_text_printf (p->status == XPS_STATUS_AT_MIN
                               ? _ ("%s sits on its lower bound: it has no standard error, and the errors of "
                                    "the others hold only while it stays there")
                               : _ ("%s sits on its upper bound: it has no standard error, and the errors of "
                                    "the others hold only while it stays there"),
                           p->name),
          (const char *[]){p->name, NULL});
    else if (p->status == XPS_STATUS_FREE && isnan (p->quantity.error) &&
             !takes_part (self, (gsize)self->problem->own_free[i]))
      xps_result_add_warning (self, "undetermined", "warning",
                              xps_text_printf (_ ("nothing in the data determines %s"), p->name),
                              (const char *[]){p->name, NULL});
  }
}

/* More of them are a list, not a warning. */
#define MAX_UNUSED 20

static void
warn_about_unused (XpsResult *self)
{
  const XpsModel *model = self->problem->model;
  guint found = 0;
  for (guint i = 0; i < model->parameters->len; i++) {
    const XpsParameter *p = g_ptr_array_index (model->parameters, i);
    if (p->kind != XPS_PARAMETER_FREE || p->min >= p->max || self->problem->own_free[i] >= 0)
      continue;
    if (++found <= MAX_UNUSED)
      xps_result_add_warning (self, "unused-parameter", "info",
                              xps_text_printf (_ ("nothing in the model uses %s"), p->name),
                              (const char *[]){p->name, NULL});
  }
  if (found > MAX_UNUSED)
    xps_result_add_warning (self, "unused-parameter", "info",
                            xps_text_printf (_ ("nothing in the model uses %u more"), found - MAX_UNUSED),
                            NULL);
}

static void
warn_about_correlations (XpsResult *self)
{
  const gsize n = self->problem->n_free;
  guint found = 0;
  /* All pairs of a large joint problem would say the same many times over: neighbours in one spectrum do. */
  for (gsize i = 0; i < n && n <= 400; i++)
    for (gsize j = 0; j < i; j++) {
      const double r =
          xps_covariance_get (self->covariance, i, j) /
          (xps_covariance_get_error (self->covariance, i) * xps_covariance_get_error (self->covariance, j));
      if (!(fabs (r) > CORRELATED) || found++ >= MAX_PAIRS)
        continue;
      xps_result_add_warning (
          self, "strong-correlation", "warning",
          xps_text_printf (_ ("%s and %s trade off against each other (correlation %.3f): consider a link"),
                           free_name (self, j), free_name (self, i), r),
          (const char *[]){free_name (self, j), free_name (self, i), NULL});
    }
  const gboolean singular = xps_covariance_get_n_trades (self->covariance) > 0;
  const double condition = singular ? 0 : xps_covariance_get_condition (self->covariance);
  if (condition > ILL_CONDITIONED)
    xps_result_add_warning (
        self, "ill-conditioned", "warning",
        xps_text_printf (_ ("the condition number of the Jacobian is %.1e: the solution hangs on rounding"),
                         condition),
        NULL);
}

/* A linked area says nothing that its partner has not said. */
static gboolean
has_own (const XpsResult *self, const XpsComponentResult *component, XpsRoleKind kind)
{
  const int k = xps_shape_find_kind (component->component->shape, kind);
  const char *name = k >= 0 ? component->component->roles[k] : NULL;
  const int i = name != NULL ? xps_model_index_find (self->problem->index, name) : -1;
  if (i < 0)
    return FALSE;
  return ((const XpsParameter *)g_ptr_array_index (self->problem->model->parameters, (guint)i))->kind ==
         XPS_PARAMETER_FREE;
}

/* Name of a component for people, behind its spectrum's where there are several. New string. */
static char *
dup_name (const XpsResult *self, const XpsComponentResult *component)
{
  const XpsModelPart *part = g_ptr_array_index (self->problem->model->parts, component->spectrum);
  if (!self->problem->model->joint)
    return g_strdup (component->component->name);
  return part->id != NULL ? xps_text_printf ("%s: %s", part->id, component->component->name)
                          : xps_text_printf (_ ("spectrum %u: %s"), (guint)component->spectrum + 1,
                                             component->component->name);
}

static void
warn_about_support (XpsResult *self, const XpsComponentResult *c)
{
  g_autofree char *name = dup_name (self, c);
  if (!(c->area.value < 3 * c->area.error) || !has_own (self, c, XPS_ROLE_INTENSITY))
    return;
  xps_result_add_warning (
      self, "unsupported-component", "warning",
      xps_text_printf (_ ("%s: its area %.4g is below three standard errors (%.2g): the data does "
                          "not support it, its position and width mean little"),
                       name, c->area.value, 3 * c->area.error),
      (const char *[]){c->component->name, NULL});
}

static void
warn_about_pair (XpsResult *self, const XpsComponentResult *a, const XpsComponentResult *b)
{
  const double width = fmin (a->fwhm.value, b->fwhm.value);
  const double distance = fabs (a->center.value - b->center.value);
  if (a->spectrum != b->spectrum || !(distance < 0.4 * width) || !has_own (self, a, XPS_ROLE_POSITION) ||
      !has_own (self, b, XPS_ROLE_POSITION))
    return;
  g_autofree char *name = dup_name (self, b);
  xps_result_add_warning (
      self, "unresolved", "warning",
      xps_text_printf (_ ("%s and %s lie %.2f eV apart, less than 0.4 of their width (%.2f eV)"), name,
                       a->component->name, distance, width),
      (const char *[]){b->component->name, a->component->name, NULL});
}

/* A link to a sum cannot be kept in a box: where it leaves the range of a shape, the shape was drawn at the
 * end of that range. */
static void
warn_about_ranges (XpsResult *self, const XpsComponentResult *c, const XpsTerm *term)
{
  for (gsize k = 0; k < term->shape->n_roles; k++) {
    const XpsShapeRole *role = &term->shape->roles[k];
    const double value = term->parameter[k] >= 0 ? self->values[term->parameter[k]] : role->min;
    const double slack = 1e-9 * fmax (fabs (value), 1); /* rounding of a link */
    if (value >= role->min - slack && value <= role->max + slack)
      continue;
    g_autofree char *name = dup_name (self, c);
    xps_result_add_warning (
        self, "outside-range", "error",
        xps_text_printf (_ ("%s: its %s came to %.4g, outside %g to %g; the end of that range was "
                            "drawn: bound what it is linked to"),
                         name, role->id, value, role->min, role->max),
        (const char *[]){c->component->roles[k], NULL});
  }
}

/* Of more components than this, nobody reads the pairs. */
#define MAX_PAIRED 500

static void
warn_about_components (XpsResult *self)
{
  guint first = 0; /* components stand together by spectrum */
  for (guint i = 0; i < self->components->len; i++) {
    const XpsComponentResult *a = &g_array_index (self->components, XpsComponentResult, i);
    if (g_array_index (self->components, XpsComponentResult, first).spectrum != a->spectrum)
      first = i;
    const XpsProblemSpectrum *spectrum = &self->problem->spectra[a->spectrum];
    warn_about_ranges (self, a, &spectrum->terms[i - first]);
    warn_about_support (self, a);
    for (guint j = i; j-- > first && spectrum->n_terms <= MAX_PAIRED;)
      warn_about_pair (self, a, &g_array_index (self->components, XpsComponentResult, j));
  }
}

/* An area is that of the whole shape: where its tail carries much of it past the window, the data vouch for
 * the smaller part only. */
#define MOST 0.5

static void
warn_about_tails (XpsResult *self)
{
  for (guint k = 0; k < self->components->len; k++) {
    const XpsComponentResult *component = &g_array_index (self->components, XpsComponentResult, k);
    const double area = component->area.value, inside = component->area_inside;
    if (component->area_in_window || !(area > 0) || !(inside < MOST * area))
      continue;
    g_autofree char *name = dup_name (self, component);
    xps_result_add_warning (
        self, "area-outside", "warning",
        xps_text_printf (_ ("%s: only %.0f %% of its area lie inside the window, the rest is what "
                            "the tail of the shape says"),
                         name, 100 * inside / area),
        (const char *[]){component->component->name, NULL});
  }
}

/* A background that came with the data. */
static void
warn_about_column (XpsResult *self, const XpsFitData *data)
{
  const XpsColumn *column = xps_fit_data_get_background_column (data);
  xps_result_add_warning (
      self, "static-background", "info",
      column != NULL && column->label != NULL
          ? xps_text_printf (_ ("the background that came with the data (\"%s\") was subtracted before the "
                                "fit: standard errors do not include it"),
                             column->label)
          : g_strdup (
                _ ("a given background was subtracted before the fit: standard errors do not include it")),
      NULL);
}

static void
warn_about_backgrounds (XpsResult *self, const XpsProblemSpectrum *spectrum)
{
  for (gsize b = 0; b < spectrum->n_backgrounds; b++) {
    const XpsTermBackground *term = &spectrum->backgrounds[b];
    if (term->type->kind != XPS_BACKGROUND_STATIC)
      continue;
    xps_result_add_warning (
        self, "static-background", "info",
        xps_text_printf (_ ("%s was subtracted before the fit: standard errors do not include it"),
                         _ (term->type->title)),
        NULL);
    for (gsize k = 0; k < term->certificate->n_warnings; k++) {
      const char *code = term->certificate->warnings[k], *meaning = xps_certificate_explain (code);
      xps_result_add_warning (
          self, code, "warning",
          xps_text_printf ("%s: %s", _ (term->type->title), meaning != NULL ? _ (meaning) : code), NULL);
    }
  }
  if (spectrum->data->background != NULL)
    warn_about_column (self, spectrum->data);
}

/* Mean counts a channel below which weights 1/y bias the constant part noticeably (coverage study in
 * docs/METHODS.md). */
#define FEW_COUNTS 50

static void
warn_about_noise (XpsResult *self, const XpsProblemSpectrum *spectrum)
{
  const XpsFitData *data = spectrum->data;
  const double time = isfinite (data->live_time) ? data->live_time : 1;
  double smallest = INFINITY;
  for (gsize i = 0; i < spectrum->n; i++)
    smallest = fmin (smallest, data->intensity[i] * time);
  if (self->problem->weights == XPS_WEIGHTS_COUNTS && !isfinite (data->live_time))
    xps_result_add_warning (
        self, "noise-unknown", "warning",
        g_strdup (_ ("the file does not say how to get from its intensities to counts: they were taken as "
                     "counts, and chi2 and standard errors hang on that")),
        NULL);
  else if (self->problem->weights == XPS_WEIGHTS_COUNTS && smallest < FEW_COUNTS)
    xps_result_add_warning (
        self, "few-counts", "warning",
        xps_text_printf (_ ("channels with as few as %.0f counts: weights from counts pull the background "
                            "low; use the Poisson likelihood (--weights poisson)"),
                         smallest),
        NULL);
  if (self->problem->weights == XPS_WEIGHTS_UNIFORM)
    xps_result_add_warning (
        self, "noise-unknown", "info",
        g_strdup (_ ("uniform weights: standard errors are in units of an unknown noise; the scaled ones "
                     "take it from the residuals")),
        NULL);
}

static void
warn_about_fit (XpsResult *self)
{
  const double n = (double)self->n_points;
  if (!self->converged)
    xps_result_add_warning (self, "not-converged", "error", g_strdup (_ (xps_stop_to_text (self->stop))),
                            NULL);
  if (isfinite (self->autocorrelation) && fabs (self->autocorrelation) > 4 / sqrt (n))
    xps_result_add_warning (
        self, "structured-residuals", "warning",
        xps_text_printf (_ ("neighbouring residuals are correlated (%.2f, noise gives 0 +- %.2f): the model "
                            "misses something, or the data was smoothed"),
                         self->autocorrelation, 1 / sqrt (n)),
        NULL);
  if (self->problem->weights != XPS_WEIGHTS_UNIFORM && self->dof > 0 &&
      self->reduced_chi2 > 1 + 5 * sqrt (2 / self->dof))
    xps_result_add_warning (
        self, "misfit", "warning",
        xps_text_printf (_ ("reduced chi2 is %.2f (noise gives 1 +- %.2f): the model does not describe the "
                            "data within its noise, standard errors are too small"),
                         self->reduced_chi2, sqrt (2 / self->dof)),
        NULL);
}

void
xps_result_diagnose (XpsResult *self)
{
  warn_about_fit (self);
  warn_about_bounds (self);
  warn_about_unused (self);
  warn_about_trades (self);
  warn_about_correlations (self);
  warn_about_components (self);
  warn_about_tails (self);
  for (gsize s = 0; s < self->problem->n_spectra; s++) {
    warn_about_backgrounds (self, &self->problem->spectra[s]);
    warn_about_noise (self, &self->problem->spectra[s]);
  }
  for (guint i = 0; i < self->problem->model->not_supported->len; i++)
    xps_result_add_warning (self, "not-supported", "warning",
                            g_strdup (g_ptr_array_index (self->problem->model->not_supported, i)), NULL);
  for (guint i = 0; i < self->problem->model->ignored->len; i++)
    xps_result_add_warning (self, "ignored-member", "warning",
                            g_strdup (g_ptr_array_index (self->problem->model->ignored, i)), NULL);
}
