/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/preview.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "fit/evaluate.h"
#include "fit/model-compare.h"
#include "fit/model-index.h"
#include "numerics/dense.h"

/* The engine poses whole problems only; a person builds one piece by piece. So the preview poses what it can:
 * the model as it is, else the same with every parameter held and no bounds, without the backgrounds that
 * refuse this window, at last the backgrounds alone. The first refusal is what it says. */

struct _XpsPreviewInner {
  XpsModelIndex *index; /* of the preview's model; NULL when links or names are broken */
  XpsWorkspace *workspace;
  gboolean posed; /* the model itself is what was compiled, nothing left out */
  gboolean has_background;
  int *compiled; /* [backgrounds of the part] index in the problem, -1: left out */
  gsize n_backgrounds;
  double live_time;
};

static XpsModelPart *
part_of (const XpsModel *model, gsize part)
{
  return g_ptr_array_index (model->parts, part);
}

static XpsComponent *
component_of (const XpsPreview *self, gsize component)
{
  return g_ptr_array_index (part_of (self->model, self->part)->components, component);
}

/* Keeps the first one: what came first is the reason of what follows. */
static void
say (XpsPreview *self, const GError *error)
{
  if (self->message == NULL && error != NULL)
    self->message = g_strdup (error->message);
}

/* ---- data ---- */

typedef struct {
  double energy, intensity;
} Point;

static int
compare_points (gconstpointer a, gconstpointer b)
{
  const double x = ((const Point *)a)->energy, y = ((const Point *)b)->energy;
  return (x > y) - (x < y);
}

/* What cannot be fitted is shown all the same: on the stored axis, or sorted where the energies run both
 * ways. */
static void
take_points (XpsPreview *self)
{
  const double *stored = xps_spectrum_get_energy (self->spectrum),
               *intensity = xps_spectrum_get_intensity (self->spectrum);
  g_autofree double *binding = g_new (double, self->n + 1);
  g_autofree Point *points = g_new (Point, self->n + 1);
  self->has_binding = xps_energy_to_binding (self->spectrum, &self->scale, binding, NULL);
  for (gsize i = 0; i < self->n; i++)
    points[i] = (Point){self->has_binding ? binding[i] : stored[i], intensity[i]};
  qsort (points, self->n, sizeof *points, compare_points);
  for (gsize i = 0; i < self->n; i++) {
    self->energy[i] = points[i].energy;
    self->intensity[i] = points[i].intensity;
  }
}

/* The data of the window, or NULL with the reason in the message. */
static XpsFitData *
take_data (XpsPreview *self)
{
  g_autoptr (GError) error = NULL;
  const XpsModelPart *part = part_of (self->model, self->part);
  self->n = xps_spectrum_get_n (self->spectrum);
  self->energy = g_new (double, self->n + 1);
  self->intensity = g_new (double, self->n + 1);
  g_autoptr (XpsFitData) whole = xps_fit_data_new (self->spectrum, &self->scale, NAN, NAN, &error);
  if (whole == NULL) {
    take_points (self);
    say (self, error);
    return NULL;
  }
  self->has_binding = TRUE;
  memcpy (self->energy, whole->energy, self->n * sizeof (double));
  memcpy (self->intensity, whole->intensity, self->n * sizeof (double));
  g_autoptr (XpsFitData) bare = part->ignores_column ? xps_fit_data_new_bare (whole) : NULL;
  XpsFitData *data = xps_fit_data_crop (bare != NULL ? bare : whole, part->low, part->high, &error);
  say (self, error);
  if (data == NULL)
    return NULL;
  while (self->energy[self->first] < data->energy[0])
    self->first++;
  self->n_window = data->n;
  self->inner->live_time = isfinite (data->live_time) && data->live_time > 0 ? data->live_time : 1;
  return data;
}

/* ---- values ---- */

static void
resolve (XpsPreview *self)
{
  for (guint i = 0; i < self->model->parameters->len; i++) {
    const XpsParameter *p = g_ptr_array_index (self->model->parameters, i);
    self->values[i] = p->kind == XPS_PARAMETER_LINKED ? (double)NAN : p->value;
  }
  if (self->inner->index != NULL)
    xps_model_resolve_links (self->model, self->inner->index, self->values);
  for (guint i = 0; i < self->model->parameters->len; i++)
    ((XpsParameter *)g_ptr_array_index (self->model->parameters, i))->value = self->values[i];
}

static void
take_values (XpsPreview *self)
{
  g_autoptr (GError) error = NULL;
  self->values = g_new0 (double, self->model->parameters->len + 1);
  self->inner->index = xps_model_index_new (self->model, &error);
  say (self, error);
  resolve (self);
}

/* ---- what can be posed ---- */

/* The model of this part alone, with the same list of parameters. */
static XpsModel *
dup_part (const XpsPreview *self)
{
  XpsModel *model = xps_model_copy (self->model);
  if (self->part + 1 < model->parts->len)
    g_ptr_array_set_size (model->parts, (int)self->part + 1);
  if (self->part > 0)
    g_ptr_array_remove_range (model->parts, 0, (guint)self->part);
  model->joint = FALSE;
  return model;
}

/* Curves need values only. */
static void
hold_all (XpsModel *model)
{
  for (guint i = 0; i < model->parameters->len; i++) {
    XpsParameter *p = g_ptr_array_index (model->parameters, i);
    if (p->kind == XPS_PARAMETER_FREE)
      p->kind = XPS_PARAMETER_FIXED;
    p->min = -INFINITY;
    p->max = INFINITY;
  }
}

/* Weights matter for the band of the residuals, not for the curves: without them there is no sigma. */
static gboolean
pose (XpsPreview *self, const XpsModel *model, XpsFitData *data, GError **error)
{
  self->problem = xps_problem_new (model, &data, 1, self->weights, error);
  return self->problem != NULL;
}

static gboolean
pose_without_weights (XpsPreview *self, const XpsModel *model, XpsFitData *data)
{
  if (pose (self, model, data, NULL))
    return TRUE;
  self->problem = xps_problem_new (model, &data, 1, XPS_WEIGHTS_UNIFORM, NULL);
  return self->problem != NULL;
}

/* Whether background b can be drawn on this window with nothing beside it. */
static gboolean
is_background_sound (XpsPreview *self, XpsFitData *data, guint b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = dup_part (self);
  XpsModelPart *part = part_of (model, 0);
  const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
  hold_all (model);
  if (background->type->per_component && part->components->len == 0) {
    if (self->message == NULL)
      self->message = g_strdup (_ ("This background belongs to the components: add one to see it."));
    return FALSE;
  }
  if (!background->type->per_component)
    g_ptr_array_set_size (part->components, 0);
  if (b + 1 < part->backgrounds->len)
    g_ptr_array_set_size (part->backgrounds, (int)b + 1);
  if (b > 0)
    g_ptr_array_remove_range (part->backgrounds, 0, b);
  g_autoptr (XpsProblem) alone = xps_problem_new (model, &data, 1, XPS_WEIGHTS_UNIFORM, &error);
  say (self, error);
  return alone != NULL;
}

static void
remove_unsound_backgrounds (XpsPreview *self, XpsFitData *data, XpsModel *model)
{
  XpsModelPart *part = part_of (model, 0);
  guint kept = 0;
  for (guint b = 0; b < self->inner->n_backgrounds; b++) {
    const gboolean sound = is_background_sound (self, data, b);
    self->inner->compiled[b] = sound ? (int)kept : -1;
    if (sound)
      kept++;
    else
      g_ptr_array_remove_index (part->backgrounds, kept);
  }
}

/* An empty model cannot be posed: a background of zero in its place gives the weights. */
static void
pose_empty (XpsPreview *self, XpsModel *model, XpsFitData *data)
{
  g_autoptr (GError) error = NULL;
  XpsModelPart *part = part_of (model, 0);
  XpsModelBackground *zero = xps_model_part_add_background (part, xps_background_find ("poly"));
  g_autofree char *name = g_strdup ("zero");
  while (xps_model_get_parameter (model, name) != NULL) {
    char *longer = g_strconcat (name, "_", NULL);
    g_free (name);
    name = longer;
  }
  xps_model_add_parameter (model, name, 0, -INFINITY, INFINITY)->kind = XPS_PARAMETER_FIXED;
  xps_model_background_add_parameter (zero, "coeffs", name);
  zero->settings.number[0] = 0;
  if (!pose (self, model, data, &error))
    say (self, error);
}

static gboolean
is_empty (const XpsModelPart *part)
{
  return part->components->len == 0 && part->backgrounds->len == 0;
}

static void
pose_pieces (XpsPreview *self, XpsFitData *data)
{
  g_autoptr (XpsModel) model = dup_part (self);
  hold_all (model);
  if (pose_without_weights (self, model, data))
    return;
  remove_unsound_backgrounds (self, data, model);
  if (is_empty (part_of (model, 0)) || pose_without_weights (self, model, data))
    return;
  g_ptr_array_set_size (part_of (model, 0)->components, 0);
  if (!is_empty (part_of (model, 0)))
    pose_without_weights (self, model, data);
}

static void
pose_best (XpsPreview *self, XpsFitData *data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = dup_part (self);
  if (is_empty (part_of (model, 0))) {
    pose_empty (self, model, data);
    return;
  }
  self->inner->posed = pose (self, model, data, &error);
  if (self->inner->posed)
    return;
  pose_pieces (self, data);
  say (self, error); /* what a single background said of itself is the better sentence */
}

/* ---- curves ---- */

static double *
new_curve (gsize n)
{
  double *curve = g_new (double, n + 1);
  for (gsize i = 0; i < n; i++)
    curve[i] = NAN;
  return curve;
}

/* Poisson weights belong to the model that is shown. */
static void
draw_sigma (XpsPreview *self)
{
  const double time = self->inner->live_time;
  for (gsize i = self->first; i < self->first + self->n_window; i++)
    self->sigma[i] = sqrt (fmax (self->envelope[i] * time, 1e-6)) / time;
}

static void
draw (XpsPreview *self)
{
  g_autofree double **components = g_new (double *, self->n_components + 1);
  for (gsize c = 0; c < self->n_components; c++)
    components[c] = self->components[c] + self->first;
  xps_workspace_draw_curves (self->inner->workspace, self->problem, 0, self->values,
                             self->envelope + self->first,
                             self->background != NULL ? self->background + self->first : NULL, components);
  if (self->sigma != NULL && self->weights == XPS_WEIGHTS_POISSON)
    draw_sigma (self);
}

/* Fills in everything that stands on the problem; an empty model leaves nothing but the weights. */
static void
make_curves (XpsPreview *self, const XpsFitData *data)
{
  const gboolean empty = is_empty (part_of (self->model, self->part)) && data->background == NULL;
  const XpsModelPart *part = part_of (xps_problem_get_model (self->problem), 0);
  self->inner->workspace = xps_workspace_new (self->problem);
  self->envelope = new_curve (self->n);
  if (part->backgrounds->len > 0 || data->background != NULL)
    self->background = new_curve (self->n);
  self->n_components = part->components->len;
  self->components = g_new (double *, self->n_components + 1);
  for (gsize c = 0; c < self->n_components; c++)
    self->components[c] = new_curve (self->n);
  if (xps_problem_get_weights (self->problem) == self->weights)
    self->sigma = new_curve (self->n);
  if (self->sigma != NULL && self->weights != XPS_WEIGHTS_POISSON)
    xps_problem_get_sigma (self->problem, 0, self->values, self->sigma + self->first);
  if (!empty) {
    draw (self);
    return;
  }
  for (gsize i = self->first;
       self->sigma != NULL && self->weights == XPS_WEIGHTS_POISSON && i < self->first + self->n_window; i++)
    self->sigma[i] = sqrt (fmax (self->intensity[i], 1 / self->inner->live_time) / self->inner->live_time);
  g_clear_pointer (&self->inner->workspace, xps_workspace_free);
  g_clear_pointer (&self->problem, xps_problem_free);
  g_clear_pointer (&self->envelope, g_free);
  g_clear_pointer (&self->background, g_free);
}

XpsPreview *
xps_preview_new (const XpsSpectrum *spectrum, const XpsEnergyScale *scale, const XpsModel *model, gsize part,
                 XpsWeights weights)
{
  g_return_val_if_fail (part < model->parts->len, NULL);
  XpsPreview *self = g_new0 (XpsPreview, 1);
  self->inner = g_new0 (struct _XpsPreviewInner, 1);
  self->spectrum = xps_spectrum_ref (spectrum);
  self->model = xps_model_copy (model);
  self->part = part;
  self->scale = *scale;
  self->scale.shift = part_of (model, part)->energy_shift;
  self->weights = weights;
  self->inner->live_time = 1;
  self->inner->n_backgrounds = part_of (model, part)->backgrounds->len;
  self->inner->compiled = g_new (int, self->inner->n_backgrounds + 1);
  for (guint b = 0; b < self->inner->n_backgrounds; b++)
    self->inner->compiled[b] = (int)b;
  g_autoptr (XpsFitData) data = take_data (self);
  take_values (self);
  if (data != NULL)
    pose_best (self, data);
  if (self->problem != NULL)
    make_curves (self, data);
  return self;
}

void
xps_preview_free (XpsPreview *self)
{
  if (self == NULL)
    return;
  for (gsize c = 0; c < self->n_components; c++)
    g_free (self->components[c]);
  g_free (self->components);
  g_free (self->envelope);
  g_free (self->background);
  g_free (self->values);
  g_free (self->message);
  g_free (self->sigma);
  g_free (self->energy);
  g_free (self->intensity);
  xps_workspace_free (self->inner->workspace);
  xps_problem_free (self->problem);
  xps_model_index_free (self->inner->index);
  g_free (self->inner->compiled);
  g_free (self->inner);
  xps_model_free (self->model);
  xps_spectrum_unref (self->spectrum);
  g_free (self);
}

/* A value outside its bounds changes what there is to say. */
static gboolean
is_inside (const XpsModel *model)
{
  for (guint i = 0; i < model->parameters->len; i++) {
    const XpsParameter *p = g_ptr_array_index (model->parameters, i);
    if (p->kind == XPS_PARAMETER_FREE && !(p->value >= p->min && p->value <= p->max))
      return FALSE;
    if (p->kind == XPS_PARAMETER_FIXED && !isfinite (p->value))
      return FALSE;
  }
  return TRUE;
}

gboolean
xps_preview_update (XpsPreview *self, const XpsModel *model)
{
  if (!xps_model_same (self->model, model, XPS_COMPARE_BUT_VALUES) || !is_inside (model))
    return FALSE;
  if (self->n_window > 0 && !self->inner->posed && !is_empty (part_of (self->model, self->part)))
    return FALSE; /* other values may mend what could not be posed */
  for (guint i = 0; i < model->parameters->len; i++)
    ((XpsParameter *)g_ptr_array_index (self->model->parameters, i))->value =
        ((const XpsParameter *)g_ptr_array_index (model->parameters, i))->value;
  resolve (self);
  if (self->problem != NULL)
    draw (self);
  return TRUE;
}

/* ---- questions ---- */

const XpsCertificate *
xps_preview_get_certificate (const XpsPreview *self, gsize background)
{
  if (self->problem == NULL || background >= self->inner->n_backgrounds ||
      self->inner->compiled[background] < 0)
    return NULL;
  return xps_problem_get_certificate (self->problem, 0, (gsize)self->inner->compiled[background]);
}

/* FALSE when a role has no value, or none inside its range that could be drawn. */
static gboolean
gather_roles (const XpsPreview *self, const XpsComponent *component, double *p)
{
  for (gsize k = 0; k < component->shape->n_roles; k++) {
    const XpsShapeRole *role = &component->shape->roles[k];
    const int i = component->roles[k] == NULL ? -1
                  : self->inner->index != NULL
                      ? xps_model_index_find (self->inner->index, component->roles[k])
                      : xps_model_find_parameter (self->model, component->roles[k]);
    p[k] = i >= 0 ? self->values[i] : role->usual;
    if (!isfinite (p[k]))
      return FALSE;
    p[k] = fmin (fmax (p[k], role->min), role->max);
  }
  return TRUE;
}

void
xps_preview_get_component (const XpsPreview *self, gsize component, double *maximum, double *height,
                           double *fwhm, double *area)
{
  const GPtrArray *components = part_of (self->model, self->part)->components;
  double *const outs[] = {maximum, height, fwhm, area};
  for (gsize i = 0; i < G_N_ELEMENTS (outs); i++)
    if (outs[i] != NULL)
      *outs[i] = NAN;
  double p[XPS_SHAPE_MAX_ROLES];
  if (component >= components->len)
    return;
  const XpsShape *shape = component_of (self, component)->shape;
  if (!gather_roles (self, component_of (self, component), p))
    return;
  if (maximum != NULL)
    *maximum = shape->maximum (p);
  if (height != NULL)
    *height = xps_shape_height (shape, p);
  if (fwhm != NULL)
    *fwhm = shape->fwhm (p);
  if (area != NULL)
    *area = shape->area (p);
}
