/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/problem-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "fit/refuse.h"
#include "numerics/dense.h"

/* Compilation of a model and its data into index tables. */

static const char *const weight_names[] = {"counts", "sigma", "uniform", "poisson"};

const char *
xps_weights_to_text (XpsWeights weights)
{
  return weight_names[weights];
}

gboolean
xps_weights_from_text (const char *text, XpsWeights *weights)
{
  for (guint i = 0; i < G_N_ELEMENTS (weight_names); i++)
    if (strcmp (text, weight_names[i]) == 0) {
      *weights = (XpsWeights)i;
      return TRUE;
    }
  return FALSE;
}

double *
xps_fit_new_columns (gsize ld, gsize n)
{
  double *memory = g_aligned_alloc0 (MAX (ld * n, 8), sizeof (double), 64);
  return memory;
}

/* Memory is asked for in one go and its lack ends the program: refused before, with a sentence. */
static gboolean
check_bytes (double bytes, GError **error)
{
  const double machine = (double)sysconf (_SC_PHYS_PAGES) * (double)sysconf (_SC_PAGESIZE);
  if (!(machine > 0) || bytes < 0.8 * machine)
    return TRUE;
  g_autofree char *what = xps_text_printf (_ ("the problem needs %.3g GB of memory, the machine has %.3g"),
                                           bytes * 1e-9, machine * 1e-9);
  return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, NULL, "model", what,
                        N_ ("take fewer components or a smaller window"));
}

/* What workspace, normal equations and covariance will ask for, in bytes. */
static gboolean
check_size (const XpsProblem *self, GError **error)
{
  double bytes = 0;
  for (gsize s = 0; s < self->n_spectra; s++) {
    const double m = (double)self->spectra[s].n_columns;
    bytes += 10 * m * m;
  }
  const double terms = (double)self->max_terms, shared = (double)self->n_shared;
  const double columns =
      terms * (1 + (double)self->max_roles + (double)self->max_backgrounds) + (double)self->max_columns;
  bytes += 4 * shared * shared + (double)self->max_ld * (columns + 20);
  return check_bytes (sizeof (double) * bytes, error);
}

/* ---- one spectrum ---- */

static void
compile_terms (XpsProblem *self, XpsProblemSpectrum *spectrum, const XpsModelPart *part)
{
  spectrum->n_terms = part->components->len;
  spectrum->terms = g_new0 (XpsTerm, spectrum->n_terms + 1);
  for (gsize c = 0; c < spectrum->n_terms; c++) {
    const XpsComponent *component = g_ptr_array_index (part->components, c);
    XpsTerm *term = &spectrum->terms[c];
    term->shape = component->shape;
    term->intensity = xps_shape_find_kind (term->shape, XPS_ROLE_INTENSITY);
    for (gsize k = 0; k < term->shape->n_roles; k++) {
      const XpsShapeRole *role = &term->shape->roles[k];
      term->usual[k] = role->usual;
      term->parameter[k] =
          component->roles[k] != NULL ? xps_model_index_find (self->index, component->roles[k]) : -1;
    }
    self->max_roles = MAX (self->max_roles, term->shape->n_roles);
  }
  self->max_terms = MAX (self->max_terms, spectrum->n_terms);
}

static gboolean
solve_static (const XpsProblemSpectrum *spectrum, XpsTermBackground *term, GError **error)
{
  const XpsFitData *data = spectrum->data;
  g_autofree double *curve = g_new0 (double, spectrum->n), *counts = g_new (double, spectrum->n);
  /* On what a background known beforehand leaves: it would be counted twice. */
  for (gsize i = 0; i < spectrum->n; i++)
    counts[i] = data->intensity[i] - (data->background != NULL ? data->background[i] : 0);
  if (term->certificate == NULL)
    term->certificate = g_new0 (XpsCertificate, 1);
  xps_certificate_init (term->certificate);
  term->type->solve (term->plan, counts, curve, term->certificate);
  if (!term->certificate->solved)
    return xps_fit_refuse (error, XPS_FIT_ERROR_DATA, spectrum->data->file, spectrum->data->region,
                           _ ("choose another window or background"), "%s: %s", _ (term->type->title),
                           _ (term->certificate->statement));
  for (gsize i = 0; i < spectrum->n; i++)
    spectrum->fixed_background[i] += curve[i];
  return TRUE;
}

/* Backgrounds that are sums of fixed curves (polynomials, splines) are tabulated once. */
static void
tabulate_basis (const XpsProblemSpectrum *spectrum, XpsTermBackground *term)
{
  const gsize n = term->n_parameters, ld = spectrum->ld;
  term->constant = TRUE;
  for (gsize k = 0; k < term->type->n_roles; k++)
    term->constant &= term->type->roles[k].linear;
  if (!term->constant)
    return;
  g_autofree double *zero = g_new0 (double, n), *value = g_new0 (double, ld);
  g_autofree double **partials = g_new (double *, n);
  term->basis = xps_fit_new_columns (ld, n);
  for (gsize k = 0; k < n; k++)
    partials[k] = term->basis + k * ld;
  term->type->evaluate (term->plan, zero, value, partials);
}

static gboolean
compile_background (XpsProblem *self, XpsProblemSpectrum *spectrum, XpsTermBackground *term,
                    const XpsModelBackground *background, GError **error)
{
  term->type = background->type;
  for (gsize k = 0; k < term->type->n_roles; k++)
    term->n_parameters += background->roles[k]->len;
  term->parameter = g_new0 (int, term->n_parameters + 1);
  term->slots = g_new0 (XpsSlots, term->n_parameters + 1);
  gsize j = 0;
  for (gsize k = 0; k < term->type->n_roles; k++)
    for (guint i = 0; i < background->roles[k]->len; i++)
      term->parameter[j++] = xps_model_index_find (self->index, g_ptr_array_index (background->roles[k], i));
  const char *reason = term->type->plan (&background->settings, term->n_parameters, spectrum->n,
                                         spectrum->energy, &term->plan);
  if (reason != NULL)
    return xps_fit_refuse (error, XPS_FIT_ERROR_DATA, spectrum->data->file, spectrum->data->region,
                           _ ("change the background's settings"), "%s: %s", _ (term->type->title),
                           _ (reason));
  if (term->type->kind == XPS_BACKGROUND_STATIC)
    return solve_static (spectrum, term, error);
  if (term->type->kind != XPS_BACKGROUND_ANALYTIC)
    return TRUE;
  if (!check_bytes (sizeof (double) * (double)term->n_parameters * (double)spectrum->ld, error))
    return FALSE;
  tabulate_basis (spectrum, term);
  return TRUE;
}

static gboolean
compile_weights (const XpsProblem *self, XpsProblemSpectrum *spectrum, GError **error)
{
  const XpsFitData *data = spectrum->data;
  const double time = isfinite (data->live_time) && data->live_time > 0 ? data->live_time : 1;
  if (self->weights == XPS_WEIGHTS_SIGMA && data->sigma == NULL)
    return xps_fit_refuse (error, XPS_FIT_ERROR_DATA, data->file, data->region, _ ("use --weights counts"),
                           _ ("weights from sigma asked for, but the data has no such column"));
  for (gsize i = 0; i < spectrum->n; i++) {
    const double counts = data->intensity[i] * time;
    if (self->weights == XPS_WEIGHTS_SIGMA && (!(data->sigma[i] > 0) || isinf (data->sigma[i])))
      return xps_fit_refuse (error, XPS_FIT_ERROR_DATA, data->file, data->region,
                             _ ("give positive standard deviations"), _ ("sigma is %g at %g eV"),
                             data->sigma[i], data->energy[i]);
    if (self->weights == XPS_WEIGHTS_POISSON && counts < 0)
      return xps_fit_refuse (error, XPS_FIT_ERROR_DATA, data->file, data->region, _ ("use --weights counts"),
                             _ ("negative counts (%g at %g eV) have no Poisson likelihood"), counts,
                             data->energy[i]);
    switch (self->weights) {
    case XPS_WEIGHTS_COUNTS:
      spectrum->weight[i] = time / sqrt (fmax (counts, 1));
      break;
    case XPS_WEIGHTS_SIGMA:
      spectrum->weight[i] = 1 / data->sigma[i];
      break;
    case XPS_WEIGHTS_UNIFORM:
    case XPS_WEIGHTS_POISSON:
    default:
      spectrum->weight[i] = 1;
      break;
    }
  }
  return TRUE;
}

/* What the data of a spectrum are, in arrays that are there already. */
static gboolean
take_data (const XpsProblem *self, XpsProblemSpectrum *spectrum, const XpsFitData *given,
           const XpsModelPart *part, GError **error)
{
  const gboolean bare = part->ignores_column && given->background != NULL;
  g_clear_pointer (&spectrum->data, xps_fit_data_unref);
  spectrum->data = bare ? xps_fit_data_new_bare (given) : xps_fit_data_ref (given);
  const XpsFitData *data = spectrum->data;
  double largest = 0;
  for (gsize i = 0; i < spectrum->ld; i++) {
    const gsize j = MIN (i, data->n - 1);
    if (!isfinite (data->energy[j]) || !isfinite (data->intensity[j]) ||
        (data->background != NULL && !isfinite (data->background[j])))
      return xps_fit_refuse (error, XPS_FIT_ERROR_DATA, data->file, data->region,
                             _ ("mend or leave out that point"), _ ("point %u is not a finite number"),
                             (guint)j + 1);
    spectrum->energy[i] = data->energy[j];
    largest = fmax (largest, fabs (data->intensity[j]));
  }
  if (largest == 0)
    return xps_fit_refuse (error, XPS_FIT_ERROR_DATA, data->file, data->region,
                           _ ("choose a window with signal"), _ ("all counts are zero"));
  if (data->background != NULL)
    memcpy (spectrum->fixed_background, data->background, data->n * sizeof (double));
  else
    memset (spectrum->fixed_background, 0, data->n * sizeof (double));
  return compile_weights (self, spectrum, error);
}

static gboolean
compile_data (XpsProblem *self, XpsProblemSpectrum *spectrum, const XpsFitData *data,
              const XpsModelPart *part, GError **error)
{
  spectrum->n = data->n;
  spectrum->ld = xps_dense_padded (data->n);
  spectrum->energy = xps_fit_new_columns (spectrum->ld, 1);
  spectrum->target = xps_fit_new_columns (spectrum->ld, 1);
  spectrum->fixed_background = xps_fit_new_columns (spectrum->ld, 1);
  spectrum->weight = xps_fit_new_columns (spectrum->ld, 1);
  if (data->n < 2)
    return xps_fit_refuse (error, XPS_FIT_ERROR_DATA, data->file, data->region, _ ("widen the energy range"),
                           _ ("%u points cannot be fitted"), (guint)data->n);
  self->n_points += data->n;
  self->max_ld = MAX (self->max_ld, spectrum->ld);
  return take_data (self, spectrum, data, part, error);
}

static void
subtract_fixed (XpsProblemSpectrum *spectrum)
{
  for (gsize i = 0; i < spectrum->n; i++)
    spectrum->target[i] = spectrum->data->intensity[i] - spectrum->fixed_background[i];
}

static gboolean
compile_spectrum (XpsProblem *self, gsize s, const XpsFitData *data, GError **error)
{
  XpsProblemSpectrum *spectrum = &self->spectra[s];
  const XpsModelPart *part = g_ptr_array_index (self->model->parts, s);
  if (!compile_data (self, spectrum, data, part, error))
    return FALSE;
  compile_terms (self, spectrum, part);
  spectrum->n_backgrounds = part->backgrounds->len;
  self->max_backgrounds = MAX (self->max_backgrounds, spectrum->n_backgrounds);
  spectrum->backgrounds = g_new0 (XpsTermBackground, spectrum->n_backgrounds + 1);
  for (gsize b = 0; b < spectrum->n_backgrounds; b++)
    if (!compile_background (self, spectrum, &spectrum->backgrounds[b],
                             g_ptr_array_index (part->backgrounds, b), error))
      return FALSE;
  subtract_fixed (spectrum);
  return TRUE;
}

/* Unknowns stay where the shapes and backgrounds that use them are defined. */
static void
narrow_to_roles (XpsProblem *self)
{
  for (gsize s = 0; s < self->n_spectra; s++) {
    const XpsProblemSpectrum *spectrum = &self->spectra[s];
    const XpsModelPart *part = g_ptr_array_index (self->model->parts, s);
    for (gsize c = 0; c < spectrum->n_terms; c++) {
      const XpsTerm *term = &spectrum->terms[c];
      for (gsize k = 0; k < term->shape->n_roles; k++)
        xps_problem_narrow_bounds (self, term->parameter[k], term->shape->roles[k].min,
                                   term->shape->roles[k].max);
    }
    for (gsize b = 0; b < spectrum->n_backgrounds; b++) {
      const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, (guint)b);
      const int *parameter = spectrum->backgrounds[b].parameter;
      for (gsize k = 0; k < background->type->n_roles; k++)
        for (guint i = 0; i < background->roles[k]->len; i++)
          xps_problem_narrow_bounds (self, *parameter++, background->type->roles[k].min,
                                     background->type->roles[k].max);
    }
  }
}

/* ---- the whole ---- */

static gboolean
compile (XpsProblem *self, XpsFitData *const *data, GError **error)
{
  if (!xps_problem_find_unknowns (self, error))
    return FALSE;
  for (gsize s = 0; s < self->n_spectra; s++)
    if (!compile_spectrum (self, s, data[s], error))
      return FALSE;
  narrow_to_roles (self);
  xps_problem_lay_out_columns (self);
  return xps_problem_check_unknowns (self, error) && check_size (self, error);
}

XpsProblem *
xps_problem_new (const XpsModel *model, XpsFitData *const *data, gsize n_data, XpsWeights weights,
                 GError **error)
{
  if (n_data != model->parts->len) {
    g_autofree char *what =
        xps_text_printf (_ ("the model describes %u spectra, %zu are given"), model->parts->len, n_data);
    xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, NULL, "spectra", what,
                   N_ ("give one for each"));
    return NULL;
  }
  g_autoptr (XpsModelIndex) index = xps_model_check (model, error);
  if (index == NULL)
    return NULL;
  g_autoptr (XpsProblem) self = g_new0 (XpsProblem, 1);
  self->model = xps_model_copy (model);
  g_autoptr (XpsModelIndex) own = xps_model_check (self->model, error);
  self->index = g_steal_pointer (&own);
  self->weights = weights;
  self->n_parameters = model->parameters->len;
  self->n_spectra = n_data;
  self->spectra = g_new0 (XpsProblemSpectrum, n_data);
  return compile (self, data, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- other data ---- */

static gboolean
rebind_spectrum (const XpsProblem *self, gsize s, const XpsFitData *data)
{
  XpsProblemSpectrum *spectrum = &self->spectra[s];
  if (data->n != spectrum->n || memcmp (data->energy, spectrum->energy, data->n * sizeof (double)) != 0 ||
      !take_data (self, spectrum, data, g_ptr_array_index (self->model->parts, s), NULL))
    return FALSE;
  for (gsize b = 0; b < spectrum->n_backgrounds; b++)
    if (spectrum->backgrounds[b].type->kind == XPS_BACKGROUND_STATIC &&
        !solve_static (spectrum, &spectrum->backgrounds[b], NULL))
      return FALSE;
  subtract_fixed (spectrum);
  return TRUE;
}

gboolean
xps_problem_rebind (XpsProblem *self, XpsFitData *const *data, const double *start)
{
  for (guint i = 0; i < self->n_parameters; i++) {
    XpsParameter *p = g_ptr_array_index (self->model->parameters, i);
    if (p->kind == XPS_PARAMETER_LINKED)
      continue;
    if (!isfinite (start[i]) || (p->kind == XPS_PARAMETER_FREE && (start[i] < p->min || start[i] > p->max)))
      return FALSE;
    p->value = start[i];
  }
  if (!xps_problem_find_boxes (self, NULL))
    return FALSE;
  narrow_to_roles (self);
  xps_problem_find_spans (self);
  for (gsize s = 0; s < self->n_spectra; s++)
    if (!rebind_spectrum (self, s, data[s]))
      return FALSE;
  return xps_problem_check_unknowns (self, NULL);
}

static void
spectrum_clear (XpsProblemSpectrum *spectrum)
{
  g_clear_pointer (&spectrum->data, xps_fit_data_unref);
  g_aligned_free (spectrum->energy);
  g_aligned_free (spectrum->target);
  g_aligned_free (spectrum->fixed_background);
  g_aligned_free (spectrum->weight);
  for (gsize b = 0; b < spectrum->n_backgrounds; b++) {
    XpsTermBackground *term = &spectrum->backgrounds[b];
    if (term->plan != NULL)
      term->type->plan_free (term->plan);
    g_free (term->parameter);
    for (gsize j = 0; j < term->n_parameters; j++)
      g_free (term->slots[j].slot);
    g_free (term->slots);
    g_aligned_free (term->basis);
    g_free (term->certificate);
  }
  g_free (spectrum->backgrounds);
  for (gsize c = 0; c < spectrum->n_terms; c++)
    for (gsize k = 0; k < XPS_SHAPE_MAX_ROLES; k++)
      g_free (spectrum->terms[c].slots[k].slot);
  g_free (spectrum->terms);
  g_free (spectrum->column_free);
  g_free (spectrum->order);
}

void
xps_problem_free (XpsProblem *self)
{
  if (self == NULL)
    return;
  for (gsize s = 0; s < self->n_spectra; s++)
    spectrum_clear (&self->spectra[s]);
  g_free (self->spectra);
  g_free (self->free_parameter);
  g_free (self->own_free);
  g_free (self->root_start);
  g_free (self->roots);
  g_free (self->offset);
  g_free (self->low);
  g_free (self->high);
  g_free (self->border);
  g_free (self->span);
  xps_model_index_free (self->index);
  xps_model_free (self->model);
  g_free (self);
}

const XpsModel *
xps_problem_get_model (const XpsProblem *self)
{
  return self->model;
}

gsize
xps_problem_get_n_spectra (const XpsProblem *self)
{
  return self->n_spectra;
}

const XpsFitData *
xps_problem_get_data (const XpsProblem *self, gsize spectrum)
{
  return self->spectra[spectrum].data;
}

XpsWeights
xps_problem_get_weights (const XpsProblem *self)
{
  return self->weights;
}

gsize
xps_problem_get_n_points (const XpsProblem *self)
{
  return self->n_points;
}

gsize
xps_problem_get_n_free (const XpsProblem *self)
{
  return self->n_free;
}

gsize
xps_problem_get_free_parameter (const XpsProblem *self, gsize i)
{
  return self->free_parameter[i];
}

void
xps_problem_get_bounds (const XpsProblem *self, gsize i, double *low, double *high)
{
  *low = self->low[i];
  *high = self->high[i];
}

const XpsCertificate *
xps_problem_get_certificate (const XpsProblem *self, gsize spectrum, gsize background)
{
  return self->spectra[spectrum].backgrounds[background].certificate;
}
