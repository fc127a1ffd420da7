/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/nexus.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "fit/preview.h"
#include "formats/nexus-write.h"

/* Everything that a fit as NeXus borrows: curves of the preview, names and figures of the record. */
typedef struct {
  XpsPreview *preview;
  GArray *parts;         /* XpsNexusPart */
  GPtrArray *parameters; /* XpsNexusParameter[] of each part */
  XpsNexusFit fit;
} Made;

static void
made_free (gpointer data)
{
  Made *made = data;
  xps_preview_free (made->preview);
  g_array_unref (made->parts);
  g_ptr_array_unref (made->parameters);
  g_free (made);
}

static gsize
count_widths (const XpsShape *shape)
{
  gsize n = 0;
  for (gsize k = 0; k < shape->n_roles; k++)
    n += shape->roles[k].kind == XPS_ROLE_WIDTH;
  return n;
}

/* Names of NXxps where it has them; the others are the shape's own. One width of several is not the peak's.
 */
static const char *
name_role (const XpsShape *shape, const XpsShapeRole *role)
{
  if (role->kind == XPS_ROLE_POSITION)
    return "position";
  if (role->kind == XPS_ROLE_INTENSITY && strcmp (role->id, "area") == 0)
    return "area";
  return role->kind == XPS_ROLE_WIDTH && count_widths (shape) == 1 ? "width" : role->id;
}

/* What the shape has no parameter for, as it came out of the fit. */
static void
add_figure (GArray *parameters, const char *name, XpsQuantity figure, const char *unit)
{
  const XpsNexusParameter p = {name, figure.value, figure.error, NAN, NAN, unit};

  for (guint i = 0; i < parameters->len; i++)
    if (strcmp (g_array_index (parameters, XpsNexusParameter, i).name, name) == 0)
      return;
  g_array_append_val (parameters, p);
}

static XpsNexusParameter
make_parameter (const XpsFitRecord *record, const char *name, const char *as, const char *unit)
{
  const XpsRecordParameter *found = xps_fit_record_find_parameter (record, name);
  const XpsParameter *rule = xps_model_get_parameter (record->model, name);
  XpsNexusParameter out = {as, NAN, NAN, NAN, NAN, unit != NULL && strcmp (unit, "eV") == 0 ? unit : NULL};

  if (found != NULL) {
    out.value = found->quantity.value;
    out.error = found->quantity.error;
  }
  if (rule != NULL) {
    out.low = rule->min;
    out.high = rule->max;
  }
  return out;
}

static void
add_part (Made *made, XpsNexusPart part, GArray *take_parameters)
{
  part.n_parameters = take_parameters->len;
  part.parameters = (const XpsNexusParameter *)(void *)g_array_free (take_parameters, FALSE);
  g_ptr_array_add (made->parameters, (gpointer)part.parameters);
  g_array_append_val (made->parts, part);
}

static void
add_peak (Made *made, const XpsFittedSpectrum *it, guint i)
{
  const XpsModelPart *part = g_ptr_array_index (it->record->model->parts, it->part);
  const XpsComponent *component = g_ptr_array_index (part->components, i);
  const XpsRecordComponent *figures = xps_fit_record_find_component (it->record, it->part, component->name);
  GArray *parameters = g_array_new (FALSE, FALSE, sizeof (XpsNexusParameter));

  for (gsize k = 0; k < component->shape->n_roles; k++) {
    const XpsShapeRole *role = &component->shape->roles[k];
    if (component->roles[k] == NULL)
      continue;
    const XpsNexusParameter p =
        make_parameter (it->record, component->roles[k], name_role (component->shape, role), role->unit);
    g_array_append_val (parameters, p);
  }
  if (figures != NULL) {
    add_figure (parameters, "position", figures->center, "eV");
    add_figure (parameters, "width", figures->fwhm, "eV");
    add_figure (parameters, "area", figures->area, NULL);
  }
  const gboolean drawn = made->preview->components != NULL && i < made->preview->n_components;
  add_part (made,
            (XpsNexusPart){
                .label = component->label != NULL ? component->label : component->name,
                .type = component->shape->title,
                .description = component->shape->id,
                .curve = drawn ? made->preview->components[i] + made->preview->first : NULL,
                .area = figures != NULL ? figures->area.value : (double)NAN,
                .sensitivity = (double)NAN,
            },
            parameters);
}

static void
add_background (Made *made, const XpsFittedSpectrum *it, guint i)
{
  const XpsModelPart *part = g_ptr_array_index (it->record->model->parts, it->part);
  const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, i);
  GArray *parameters = g_array_new (FALSE, FALSE, sizeof (XpsNexusParameter));

  for (gsize k = 0; k < background->type->n_roles; k++)
    for (guint j = 0; j < background->roles[k]->len; j++) {
      const char *name = g_ptr_array_index (background->roles[k], j);
      const XpsBackgroundRole *role = &background->type->roles[k];
      /* Members of a list go by their parameters' names, which differ. */
      const XpsNexusParameter p = make_parameter (it->record, name, role->list ? name : role->id, role->unit);
      g_array_append_val (parameters, p);
    }
  const gboolean alone = part->backgrounds->len == 1 && made->preview->background != NULL;
  add_part (made,
            (XpsNexusPart){
                .is_background = TRUE,
                .label = background->type->title,
                .type = background->type->title,
                .description = background->type->id,
                .curve = alone ? made->preview->background + made->preview->first : NULL,
                .area = (double)NAN,
                .sensitivity = (double)NAN,
            },
            parameters);
}

/* NULL: nothing was fitted, or what was fitted can no longer be drawn. */
static Made *
make_fit (const XpsFittedSpectrum *it)
{
  XpsWeights weights = XPS_WEIGHTS_UNIFORM;

  if (it->record == NULL || it->part >= it->record->model->parts->len)
    return NULL;
  xps_weights_from_text (it->record->weights, &weights);
  Made *made = g_new0 (Made, 1);
  made->parts = g_array_new (FALSE, FALSE, sizeof (XpsNexusPart));
  made->parameters = g_ptr_array_new_with_free_func (g_free);
  made->preview = xps_preview_new (it->spectrum, &it->scale, it->record->model, it->part, weights);
  const XpsPreview *preview = made->preview;
  const XpsModelPart *part = g_ptr_array_index (it->record->model->parts, it->part);
  if (!preview->has_binding || preview->n_window == 0) {
    made_free (made);
    return NULL;
  }
  for (guint i = 0; i < part->backgrounds->len; i++)
    add_background (made, it, i);
  for (guint i = 0; i < part->components->len; i++)
    add_peak (made, it, i);
  made->fit = (XpsNexusFit){
      .label = part->id,
      .n = preview->n_window,
      .axis = XPS_AXIS_BINDING,
      .energy = preview->energy + preview->first,
      .intensity = preview->intensity + preview->first,
      .sum = preview->envelope != NULL ? preview->envelope + preview->first : NULL,
      .background = preview->background != NULL ? preview->background + preview->first : NULL,
      .reduced_chi2 = it->record->reduced_chi2,
      /* One spectrum's share of a joint result is no result of its own. */
      .result = it->record->model->parts->len == 1 ? it->record->text : NULL,
      .parts = (const XpsNexusPart *)(void *)made->parts->data,
      .n_parts = made->parts->len,
  };
  return made;
}

GBytes *
xps_nexus_write_fitted (const XpsFittedSpectrum *spectra, gsize n, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (made_free);
  g_autofree const XpsNexusFit **fits = g_new0 (const XpsNexusFit *, n + 1);

  for (gsize i = 0; i < n; i++) {
    Made *made = make_fit (&spectra[i]);
    g_ptr_array_add (list, (gpointer)spectra[i].spectrum);
    if (made == NULL)
      continue;
    g_ptr_array_add (owned, made);
    fits[i] = &made->fit;
  }
  return xps_nexus_write_fits (list, fits, error);
}

/* ---- regions of a document ---- */

/* The spectrum as it is written: under the region's name, and with a photon energy that was corrected. */
static XpsSpectrum *
new_written (const XpsRegion *region)
{
  const double photon_energy = region->scale.photon_energy;
  const double before = xps_spectrum_get_acquisition (region->spectrum)->photon_energy;
  XpsSpectrumDraft draft = {0};

  xps_spectrum_copy_to_draft (region->spectrum, &draft);
  g_free (draft.name);
  draft.name = g_strdup (region->name);
  if (isfinite (photon_energy) && photon_energy != before)
    xps_acquisition_correct_photon_energy (draft.acquisition, photon_energy, region->scale_note);
  return xps_spectrum_new (&draft);
}

static gboolean
write_bytes (const char *path, GBytes *bytes, GError **error)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  return xps_file_write (path, data, length, error);
}

gboolean
xps_regions_export (const XpsRegion *const *regions, guint n, const char *path, guint *n_stale,
                    GError **error)
{
  g_autoptr (GPtrArray) spectra = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);
  g_autoptr (GArray) fitted = g_array_new (FALSE, FALSE, sizeof (XpsFittedSpectrum));
  const XpsFormat *format = xps_formats_find_writer (path, error);

  *n_stale = 0;
  if (format == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const gboolean stale = xps_region_get_fit_state (regions[i]) == XPS_FIT_STATE_STALE;
    XpsSpectrum *spectrum = new_written (regions[i]);
    const XpsFittedSpectrum entry = {spectrum, regions[i]->scale, stale ? NULL : regions[i]->record, 0};
    g_ptr_array_add (spectra, spectrum);
    g_array_append_val (fitted, entry);
    *n_stale += stale;
  }
  if (strcmp (format->id, "nxs") != 0)
    return xps_formats_write (path, spectra, error);
  g_autoptr (GBytes) bytes =
      xps_nexus_write_fitted ((const XpsFittedSpectrum *)(void *)fitted->data, n, error);
  return bytes != NULL && write_bytes (path, bytes, error);
}
