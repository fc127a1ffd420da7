/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "fit/model-index.h"
#include "fit/stored.h"
#include "project/project.h"

/* Fits of a region, and the fits that came with its file. */

/* A record that could not be read back would make the whole document unreadable: better said now, where the
 * fit can be done otherwise. */
static XpsFitRecord *
new_record (const XpsResult *result, GError **error)
{
  g_autoptr (XpsFitRecord) record = xps_fit_record_new (result);
  g_autoptr (XpsFitRecord) back = xps_fit_record_from_text (record->text, "its result", error);
  return back != NULL ? g_steal_pointer (&record) : NULL;
}

XpsRegion *
xps_region_fit (const XpsRegion *region, const XpsFitOptions *options, GError **error)
{
  const XpsFitOptions usual = {0};
  g_autoptr (XpsFitData) data = xps_region_new_data (region, error);
  if (data == NULL)
    return NULL;
  g_autoptr (XpsResult) result =
      xps_fit (region->model, &data, 1, region->weights, options != NULL ? options : &usual, error);
  g_autoptr (XpsFitRecord) record = result != NULL ? new_record (result, error) : NULL;
  if (record == NULL) {
    g_prefix_error (error, "%s: ", region->name);
    return NULL;
  }
  XpsRegion *fitted = xps_region_copy (region);
  g_clear_pointer (&fitted->record, xps_fit_record_unref);
  fitted->record = g_steal_pointer (&record);
  xps_model_free (fitted->model);
  fitted->model = xps_model_copy (result->model);
  fitted->fitted_scale = fitted->scale;
  return fitted;
}

/* ---- stored fits ---- */

static void
use_part (GHashTable *used, const XpsModelPart *part)
{
  for (guint i = 0; i < part->components->len; i++) {
    const XpsComponent *component = g_ptr_array_index (part->components, i);
    for (size_t k = 0; k < component->shape->n_roles; k++)
      if (component->roles[k] != NULL)
        g_hash_table_add (used, component->roles[k]);
  }
  for (guint i = 0; i < part->backgrounds->len; i++) {
    const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, i);
    for (size_t k = 0; k < background->type->n_roles; k++)
      for (guint j = 0; j < background->roles[k]->len; j++)
        g_hash_table_add (used, g_ptr_array_index (background->roles[k], j));
  }
}

static gboolean
links_stay (GHashTable *used, const XpsParameter *parameter)
{
  for (guint k = 0; k < parameter->terms->len; k++) {
    const XpsLinkTerm *term = g_ptr_array_index (parameter->terms, k);
    if (!g_hash_table_contains (used, term->of))
      return FALSE;
  }
  return TRUE;
}

/* A link into another window cannot hold between separate regions: the value stays, free, and is named. */
static void
cut_link (XpsModel *model, XpsParameter *parameter, double value)
{
  const XpsLinkTerm *term = g_ptr_array_index (parameter->terms, 0);
  g_ptr_array_add (model->not_supported,
                   g_strdup_printf ("%s: was tied to %s, which is now in another region; free on its own",
                                    parameter->name, term->of));
  g_ptr_array_set_size (parameter->terms, 0);
  parameter->kind = XPS_PARAMETER_FREE;
  parameter->value = value;
  parameter->constant = 0;
}

/* Part `p` of a joint model as a model of its own. */
static XpsModel *
extract_part (const XpsModel *whole, const double *values, guint p)
{
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  XpsModel *model = xps_model_copy (whole);
  XpsModelPart *part = g_ptr_array_index (model->parts, p);
  use_part (used, g_ptr_array_index (whole->parts, p));
  for (guint i = whole->parameters->len; i-- > 0;) {
    XpsParameter *parameter = g_ptr_array_index (model->parameters, i);
    if (!g_hash_table_contains (used, parameter->name))
      g_ptr_array_remove_index (model->parameters, i);
    else if (parameter->kind == XPS_PARAMETER_LINKED && !links_stay (used, parameter))
      cut_link (model, parameter, values[i]);
  }
  for (guint i = model->parts->len; i-- > 0;)
    if (i != p)
      g_ptr_array_remove_index (model->parts, i);
  g_clear_pointer (&part->id, g_free);
  model->joint = FALSE;
  return model;
}

/* Values of all parameters with the links filled in; NULL with error when the model is not sound. */
static double *
resolve (const XpsModel *model, GError **error)
{
  g_autoptr (XpsModelIndex) index = xps_model_check (model, error);
  if (index == NULL)
    return NULL;
  double *values = g_new (double, model->parameters->len + 1);
  for (guint i = 0; i < model->parameters->len; i++)
    values[i] = ((const XpsParameter *)g_ptr_array_index (model->parameters, i))->value;
  xps_model_resolve_links (model, index, values);
  return values;
}

static XpsRegion *
region_of_part (const XpsRegion *region, const XpsModel *whole, const double *values, guint p,
                const XpsEnergyScale *scale)
{
  XpsRegion *own = xps_region_copy (region);
  const XpsModelPart *named = g_ptr_array_index (whole->parts, p);
  xps_model_free (own->model);
  own->model = extract_part (whole, values, p);
  XpsModelPart *part = g_ptr_array_index (own->model->parts, 0);
  part->energy_shift = scale->shift;
  if (part->energy_shift_source == NULL)
    part->energy_shift_source = g_strdup (scale->shift != 0 ? "calibration stored with the data" : NULL);
  if (whole->parts->len > 1 && named->id != NULL) {
    g_free (own->name);
    own->name = g_strdup (named->id);
  }
  g_clear_pointer (&own->record, xps_fit_record_unref);
  return own;
}

/* A fit of this program's own brings its result along: errors, certificates, what made it. */
static gboolean
take_record (XpsRegion *region, GError **error)
{
  const XpsStoredFit *stored = xps_spectrum_get_stored_fit (region->spectrum);
  if (stored->result == NULL)
    return TRUE;
  g_autoptr (XpsFitRecord) record = xps_fit_record_from_text (stored->result, region->name, error);
  if (record == NULL)
    return FALSE;
  if (record->model->parts->len > 1 || !xps_weights_from_text (record->weights, &region->weights))
    return TRUE;
  region->record = g_steal_pointer (&record);
  region->fitted_scale = region->scale;
  return TRUE;
}

XpsRegion *
xps_region_take_stored_fit (const XpsRegion *region, GPtrArray *others, GError **error)
{
  XpsEnergyScale scale = {region->scale.photon_energy, 0, 0};
  g_autoptr (XpsModel) whole = xps_model_from_stored_fit (region->spectrum, &scale, error);
  g_autofree double *values = whole != NULL ? resolve (whole, error) : NULL;
  if (values == NULL)
    return NULL;
  for (guint p = 1; others != NULL && p < whole->parts->len; p++)
    g_ptr_array_add (others, region_of_part (region, whole, values, p, &scale));
  g_autoptr (XpsRegion) first = region_of_part (region, whole, values, 0, &scale);
  return take_record (first, error) ? g_steal_pointer (&first) : NULL;
}
