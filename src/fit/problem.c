/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/problem-private.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
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

G_GNUC_PRINTF (4, 5)
static gboolean
refuse (GError **error, const XpsFitData *data, const char *remedy, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, data->file, data->region, what, remedy);
}

double *
xps_fit_new_columns (gsize ld, gsize n)
{
  double *memory = g_aligned_alloc0 (MAX (ld * n, 8), sizeof (double), 64);
  return memory;
}

/* ---- links and unknowns ---- */

const XpsRoot *
xps_problem_get_roots (const XpsProblem *self, int parameter, gsize *n)
{
  *n = parameter < 0 ? 0 : self->root_start[parameter + 1] - self->root_start[parameter];
  return parameter < 0 ? NULL : self->roots + self->root_start[parameter];
}

/* Narrows the box of an unknown so that a parameter that hangs on it alone stays within low..high:
 * value = offset + factor * unknown. */
static void
narrow_bounds (XpsProblem *self, guint i, double offset, double low, double high)
{
  gsize n;
  const XpsRoot *root = xps_problem_get_roots (self, (int)i, &n);
  if (n != 1 || root->factor == 0)
    return;
  const double a = (low - offset) / root->factor, b = (high - offset) / root->factor;
  self->low[root->free] = fmax (self->low[root->free], fmin (a, b));
  self->high[root->free] = fmin (self->high[root->free], fmax (a, b));
}

/* Offsets of all parameters: their values with every unknown at zero. */
static double *
new_offsets (const XpsProblem *self)
{
  double *offset = g_new0 (double, self->n_parameters + 1);
  for (guint i = 0; i < self->n_parameters; i++) {
    const XpsParameter *p = g_ptr_array_index (self->model->parameters, i);
    if (p->kind != XPS_PARAMETER_LINKED && self->own_free[i] < 0)
      offset[i] = p->value;
  }
  xps_model_resolve_links (self->model, self->index, offset);
  return offset;
}

static void
mark_used (const XpsProblem *self, gboolean *used)
{
  for (guint s = 0; s < self->model->parts->len; s++) {
    const XpsModelPart *part = g_ptr_array_index (self->model->parts, s);
    for (guint c = 0; c < part->components->len; c++) {
      const XpsComponent *component = g_ptr_array_index (part->components, c);
      for (gsize k = 0; k < component->shape->n_roles; k++)
        if (component->roles[k] != NULL)
          used[xps_model_index_find (self->index, component->roles[k])] = TRUE;
    }
    for (guint b = 0; b < part->backgrounds->len; b++) {
      const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
      for (gsize k = 0; k < background->type->n_roles; k++)
        for (guint j = 0; j < background->roles[k]->len; j++)
          used[xps_model_index_find (self->index, g_ptr_array_index (background->roles[k], j))] = TRUE;
    }
  }
}

/* Free parameters that something depends on become unknowns; one that nothing uses stays at its value. */
static void
number_unknowns (XpsProblem *self)
{
  g_autofree gboolean *used = g_new0 (gboolean, self->n_parameters + 1);
  mark_used (self, used);
  for (gsize k = self->n_parameters; k-- > 0;) { /* links come after what they point at: walk back */
    const guint i = self->index->order[k];
    for (guint t = self->index->term_start[i]; used[i] && t < self->index->term_start[i + 1]; t++)
      used[self->index->term_of[t]] = TRUE;
  }
  for (guint i = 0; i < self->n_parameters; i++) {
    const XpsParameter *p = g_ptr_array_index (self->model->parameters, i);
    self->own_free[i] = -1;
    if (p->kind != XPS_PARAMETER_FREE || p->min == p->max || !used[i])
      continue;
    self->own_free[i] = (int)self->n_free;
    self->free_parameter[self->n_free] = i;
    self->low[self->n_free] = p->min;
    self->high[self->n_free] = p->max;
    self->n_free++;
  }
}

static void
add_root (GArray *list, guint free, double factor)
{
  for (guint k = 0; k < list->len; k++) {
    XpsRoot *root = &g_array_index (list, XpsRoot, k);
    if (root->free == free) {
      root->factor += factor;
      return;
    }
  }
  const XpsRoot root = {free, factor};
  g_array_append_val (list, root);
}

/* Every parameter as a sum over unknowns, in the order of the links. */
static void
trace_roots (XpsProblem *self)
{
  const gsize n = self->n_parameters;
  g_autofree GArray **lists = g_new0 (GArray *, n + 1);
  guint total = 0;
  for (gsize k = 0; k < n; k++) {
    const guint i = self->index->order[k];
    lists[i] = g_array_new (FALSE, FALSE, sizeof (XpsRoot));
    if (self->own_free[i] >= 0)
      add_root (lists[i], (guint)self->own_free[i], 1);
    for (guint t = self->index->term_start[i]; t < self->index->term_start[i + 1]; t++) {
      const GArray *of = lists[self->index->term_of[t]];
      for (guint r = 0; r < of->len; r++)
        add_root (lists[i], g_array_index (of, XpsRoot, r).free,
                  self->index->term_coef[t] * g_array_index (of, XpsRoot, r).factor);
    }
    total += lists[i]->len;
  }
  self->root_start = g_new0 (guint, n + 1);
  self->roots = g_new0 (XpsRoot, total + 1);
  for (gsize i = 0; i < n; i++) {
    const guint length = lists[i]->len;
    memcpy (self->roots + self->root_start[i], lists[i]->data, length * sizeof (XpsRoot));
    self->root_start[i + 1] = self->root_start[i] + length;
    g_array_unref (lists[i]);
  }
}

/* ---- one spectrum ---- */

static void
compile_terms (XpsProblem *self, XpsProblemSpectrum *spectrum, const XpsModelPart *part, const double *offset)
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
      if (term->parameter[k] >= 0)
        narrow_bounds (self, (guint)term->parameter[k], offset[term->parameter[k]], role->min, role->max);
    }
    self->max_roles = MAX (self->max_roles, term->shape->n_roles);
  }
  self->max_terms = MAX (self->max_terms, spectrum->n_terms);
}

static gboolean
solve_static (const XpsProblemSpectrum *spectrum, XpsTermBackground *term, GError **error)
{
  g_autofree double *curve = g_new0 (double, spectrum->n);
  term->certificate = g_new0 (XpsCertificate, 1);
  xps_certificate_init (term->certificate);
  term->type->solve (term->plan, spectrum->data->intensity, curve, term->certificate);
  if (!term->certificate->solved)
    return refuse (error, spectrum->data, "choose another window or background", "%s: %s", term->type->title,
                   term->certificate->statement);
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
                    const XpsModelBackground *background, const double *offset, GError **error)
{
  term->type = background->type;
  for (gsize k = 0; k < term->type->n_roles; k++)
    term->n_parameters += background->roles[k]->len;
  term->parameter = g_new0 (int, term->n_parameters + 1);
  term->slots = g_new0 (XpsSlots, term->n_parameters + 1);
  gsize j = 0;
  for (gsize k = 0; k < term->type->n_roles; k++)
    for (guint i = 0; i < background->roles[k]->len; i++, j++) {
      const int p = xps_model_index_find (self->index, g_ptr_array_index (background->roles[k], i));
      term->parameter[j] = p;
      narrow_bounds (self, (guint)p, offset[p], term->type->roles[k].min, term->type->roles[k].max);
    }
  const char *reason = term->type->plan (&background->settings, term->n_parameters, spectrum->n,
                                         spectrum->energy, &term->plan);
  if (reason != NULL)
    return refuse (error, spectrum->data, "change the background's settings", "%s: %s", term->type->title,
                   reason);
  if (term->type->kind == XPS_BACKGROUND_STATIC)
    return solve_static (spectrum, term, error);
  if (term->type->kind == XPS_BACKGROUND_ANALYTIC)
    tabulate_basis (spectrum, term);
  return TRUE;
}

static gboolean
compile_weights (const XpsProblem *self, XpsProblemSpectrum *spectrum, GError **error)
{
  const XpsFitData *data = spectrum->data;
  const double time = isfinite (data->live_time) && data->live_time > 0 ? data->live_time : 1;
  if (self->weights == XPS_WEIGHTS_SIGMA && data->sigma == NULL)
    return refuse (error, data, "use --weights counts",
                   "weights from sigma asked for, but the data has no such column");
  for (gsize i = 0; i < spectrum->n; i++) {
    const double counts = data->intensity[i] * time;
    if (self->weights == XPS_WEIGHTS_SIGMA && !(data->sigma[i] > 0))
      return refuse (error, data, "give positive standard deviations", "sigma is %g at %g eV", data->sigma[i],
                     data->energy[i]);
    if (self->weights == XPS_WEIGHTS_POISSON && counts < 0)
      return refuse (error, data, "use --weights counts",
                     "negative counts (%g at %g eV) have no Poisson likelihood", counts, data->energy[i]);
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

static gboolean
compile_data (XpsProblem *self, XpsProblemSpectrum *spectrum, const XpsFitData *data, GError **error)
{
  spectrum->data = xps_fit_data_ref (data);
  spectrum->n = data->n;
  spectrum->ld = xps_dense_padded (data->n);
  spectrum->energy = xps_fit_new_columns (spectrum->ld, 1);
  spectrum->target = xps_fit_new_columns (spectrum->ld, 1);
  spectrum->fixed_background = xps_fit_new_columns (spectrum->ld, 1);
  spectrum->weight = xps_fit_new_columns (spectrum->ld, 1);
  if (data->n < 2)
    return refuse (error, data, "widen the energy range", "%" G_GSIZE_FORMAT " points cannot be fitted",
                   data->n);
  double largest = 0;
  for (gsize i = 0; i < spectrum->ld; i++) {
    const gsize j = MIN (i, data->n - 1);
    if (!isfinite (data->energy[j]) || !isfinite (data->intensity[j]))
      return refuse (error, data, "mend or leave out that point",
                     "point %" G_GSIZE_FORMAT " is not a finite number", j + 1);
    spectrum->energy[i] = data->energy[j];
    largest = fmax (largest, fabs (data->intensity[j]));
  }
  if (largest == 0)
    return refuse (error, data, "choose a window with signal", "all counts are zero");
  if (data->background != NULL)
    memcpy (spectrum->fixed_background, data->background, data->n * sizeof (double));
  self->n_points += data->n;
  self->max_ld = MAX (self->max_ld, spectrum->ld);
  return compile_weights (self, spectrum, error);
}

static gboolean
compile_spectrum (XpsProblem *self, gsize s, const XpsFitData *data, const double *offset, GError **error)
{
  XpsProblemSpectrum *spectrum = &self->spectra[s];
  const XpsModelPart *part = g_ptr_array_index (self->model->parts, s);
  if (!compile_data (self, spectrum, data, error))
    return FALSE;
  compile_terms (self, spectrum, part, offset);
  spectrum->n_backgrounds = part->backgrounds->len;
  spectrum->backgrounds = g_new0 (XpsTermBackground, spectrum->n_backgrounds + 1);
  for (gsize b = 0; b < spectrum->n_backgrounds; b++)
    if (!compile_background (self, spectrum, &spectrum->backgrounds[b],
                             g_ptr_array_index (part->backgrounds, b), offset, error))
      return FALSE;
  for (gsize i = 0; i < spectrum->n; i++)
    spectrum->target[i] = data->intensity[i] - spectrum->fixed_background[i];
  return TRUE;
}

/* ---- the whole ---- */

static gboolean
check_boxes (const XpsProblem *self, GError **error)
{
  for (gsize f = 0; f < self->n_free; f++) {
    const XpsParameter *p = g_ptr_array_index (self->model->parameters, self->free_parameter[f]);
    if (self->low[f] <= self->high[f])
      continue;
    g_autofree char *place = g_strdup_printf ("parameter \"%s\"", p->name);
    g_autofree char *what =
        g_strdup_printf ("its bounds, its links and the shapes that use it leave no room (%g to %g)",
                         self->low[f], self->high[f]);
    return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, NULL, place, what, "widen the bounds");
  }
  return TRUE;
}

static gboolean
compile (XpsProblem *self, XpsFitData *const *data, GError **error)
{
  const gsize n = self->n_parameters;
  self->free_parameter = g_new0 (guint, n + 1);
  self->own_free = g_new0 (int, n + 1);
  self->low = g_new0 (double, n + 1);
  self->high = g_new0 (double, n + 1);
  self->border = g_new0 (int, n + 1);
  self->span = g_new0 (double, n + 1);
  number_unknowns (self);
  trace_roots (self);
  g_autofree double *offset = new_offsets (self);
  for (gsize s = 0; s < self->n_spectra; s++)
    if (!compile_spectrum (self, s, data[s], offset, error))
      return FALSE;
  xps_problem_lay_out_columns (self);
  return check_boxes (self, error);
}

XpsProblem *
xps_problem_new (const XpsModel *model, XpsFitData *const *data, gsize n_data, XpsWeights weights,
                 GError **error)
{
  if (n_data != model->parts->len) {
    g_autofree char *what = g_strdup_printf ("the model describes %u spectra, %" G_GSIZE_FORMAT " are given",
                                             model->parts->len, n_data);
    xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, NULL, "spectra", what, "give one for each");
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
