/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/region.h"

#include <math.h>
#include <string.h>

/* The region as others see it comes first, so that a pointer to it is a pointer to the whole. */
typedef struct {
  XpsRegion region;
  gatomicrefcount references;
} CountedRegion;

typedef struct {
  XpsSource source;
  gatomicrefcount references;
} CountedSource;

/* ---- sources ---- */

XpsSource *
xps_source_new_texts (const char *path, const char *sha256, const char *format, const char *software,
                      const char *instrument, guint index, const char *imported)
{
  CountedSource *self = g_new0 (CountedSource, 1);
  g_atomic_ref_count_init (&self->references);
  self->source.path = g_strdup (path);
  self->source.sha256 = g_strdup (sha256);
  self->source.format = g_strdup (format);
  self->source.software = g_strdup (software);
  self->source.instrument = g_strdup (instrument);
  self->source.index = index;
  self->source.imported = g_strdup (imported);
  return &self->source;
}

XpsSource *
xps_source_new (const XpsFile *file, guint index)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  return xps_source_new_texts (file->path, file->sha256, file->format, file->software, file->instrument,
                               index, time);
}

XpsSource *
xps_source_ref (const XpsSource *self)
{
  /* Counting is not a change to what it says. */
  g_atomic_ref_count_inc (&((CountedSource *)self)->references);
  return (XpsSource *)self;
}

void
xps_source_unref (XpsSource *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&((CountedSource *)self)->references))
    return;
  g_free (self->path);
  g_free (self->sha256);
  g_free (self->format);
  g_free (self->software);
  g_free (self->instrument);
  g_free (self->imported);
  g_free (self);
}

/* ---- regions ---- */

static XpsRegion *
region_alloc (void)
{
  CountedRegion *self = g_new0 (CountedRegion, 1);
  g_atomic_ref_count_init (&self->references);
  return &self->region;
}

/* A text file has no names inside: its reader gives the file's, which the tree shows already. */
static gboolean
is_file_name (const char *name, const XpsSource *source)
{
  g_autofree char *base = source != NULL && source->path != NULL ? g_path_get_basename (source->path) : NULL;
  return base != NULL && strcmp (name, base) == 0 && strchr (name, '.') != NULL;
}

/* Many programs call every spectrum "Block No.1"; then the level says more, if there is one. */
static char *
dup_name (const XpsSpectrum *spectrum, const XpsSource *source)
{
  const char *name = xps_spectrum_get_name (spectrum);
  g_autofree char *level = xps_region_dup_level (spectrum);
  g_autofree char *named = xps_region_dup_level_in_text (name);
  if (name == NULL || name[0] == '\0')
    return level != NULL ? g_steal_pointer (&level)
                         : g_strdup_printf ("Region %u", source != NULL ? source->index + 1 : 1);
  if (level != NULL && (named == NULL || is_file_name (name, source)))
    return g_steal_pointer (&level);
  const char *dot = is_file_name (name, source) ? strrchr (name, '.') : NULL;
  return dot != NULL && dot != name ? g_strndup (name, (gsize)(dot - name)) : g_strdup (name);
}

/* Every point has one that can be divided by. */
static gboolean
has_sigma (const XpsSpectrum *spectrum)
{
  const XpsColumn *column = xps_spectrum_find_column (spectrum, XPS_COLUMN_SIGMA);
  for (gsize i = 0; column != NULL && i < xps_spectrum_get_n (spectrum); i++)
    if (!(column->values[i] > 0) || isinf (column->values[i]))
      return FALSE;
  return column != NULL;
}

/* Counts are known where the file says counts, or a rate together with the time. */
static XpsWeights
usual_weights (const XpsSpectrum *spectrum)
{
  const XpsIntensityUnit unit = xps_spectrum_get_unit (spectrum);
  const double time = xps_acquisition_get_live_time (xps_spectrum_get_acquisition (spectrum));
  if (unit == XPS_INTENSITY_COUNTS || (unit == XPS_INTENSITY_COUNTS_PER_SECOND && isfinite (time)))
    return XPS_WEIGHTS_COUNTS;
  return has_sigma (spectrum) ? XPS_WEIGHTS_SIGMA : XPS_WEIGHTS_UNIFORM;
}

XpsRegion *
xps_region_new (const XpsSpectrum *spectrum, const XpsSource *source)
{
  XpsRegion *self = region_alloc ();
  self->name = dup_name (spectrum, source);
  self->kind = xps_region_kind_guess (spectrum);
  self->spectrum = xps_spectrum_ref (spectrum);
  self->source = source != NULL ? xps_source_ref (source) : NULL;
  self->scale = xps_energy_scale_from_spectrum (spectrum);
  self->fitted_scale = self->scale;
  self->model = xps_model_new ();
  self->weights = usual_weights (spectrum);
  self->notes = g_strdup ("");
  return self;
}

XpsRegion *
xps_region_copy (const XpsRegion *self)
{
  XpsRegion *copy = region_alloc ();
  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->spectrum = xps_spectrum_ref (self->spectrum);
  copy->source = self->source != NULL ? xps_source_ref (self->source) : NULL;
  copy->scale_note = g_strdup (self->scale_note);
  copy->model = xps_model_copy (self->model);
  copy->record = self->record != NULL ? xps_fit_record_ref (self->record) : NULL;
  copy->notes = g_strdup (self->notes);
  copy->view = g_strdup (self->view);
  return copy;
}

XpsRegion *
xps_region_ref (const XpsRegion *self)
{
  g_atomic_ref_count_inc (&((CountedRegion *)self)->references);
  return (XpsRegion *)self;
}

void
xps_region_unref (XpsRegion *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&((CountedRegion *)self)->references))
    return;
  g_free (self->name);
  g_clear_pointer (&self->spectrum, xps_spectrum_unref);
  g_clear_pointer (&self->source, xps_source_unref);
  g_free (self->scale_note);
  g_clear_pointer (&self->model, xps_model_free);
  g_clear_pointer (&self->record, xps_fit_record_unref);
  g_free (self->notes);
  g_free (self->view);
  g_free (self);
}

/* ---- how far it is ---- */

static gboolean
same_number (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

gboolean
xps_region_lacks_photon_energy (const XpsRegion *self)
{
  return xps_spectrum_get_axis (self->spectrum) == XPS_AXIS_KINETIC && isnan (self->scale.photon_energy);
}

gboolean
xps_region_same_scale (const XpsEnergyScale *a, const XpsEnergyScale *b)
{
  return same_number (a->photon_energy, b->photon_energy) && same_number (a->work_function, b->work_function);
}

static gboolean
has_warning (const XpsFitRecord *record)
{
  for (guint i = 0; i < record->warnings->len; i++) {
    const XpsWarning *warning = g_ptr_array_index (record->warnings, i);
    if (g_strcmp0 (warning->severity, "info") != 0)
      return TRUE;
  }
  return FALSE;
}

XpsFitState
xps_region_get_fit_state (const XpsRegion *self)
{
  const XpsModelPart *part = g_ptr_array_index (self->model->parts, 0);
  if (part->components->len == 0)
    return XPS_FIT_STATE_NONE;
  if (self->record == NULL)
    return XPS_FIT_STATE_UNFITTED;
  if (self->tie_changed || !xps_fit_record_is_current (self->record, self->model, self->weights) ||
      !xps_region_same_scale (&self->scale, &self->fitted_scale))
    return XPS_FIT_STATE_STALE;
  if (!self->record->converged)
    return XPS_FIT_STATE_FAILED;
  return has_warning (self->record) ? XPS_FIT_STATE_WARNED : XPS_FIT_STATE_FITTED;
}

/* With the names of the components as they are in `now`; takes the record. NULL: cannot be. */
static XpsFitRecord *
rename_components (XpsFitRecord *take_record, const XpsModelPart *now, const XpsModelPart *then)
{
  g_autoptr (XpsFitRecord) record = take_record;
  for (guint i = 0; record != NULL && i < now->components->len; i++) {
    const XpsComponent *a = g_ptr_array_index (then->components, i),
                       *b = g_ptr_array_index (now->components, i);
    if (strcmp (a->name, b->name) == 0)
      continue;
    XpsFitRecord *next = xps_fit_record_with_name (record, i, b->name, NULL);
    xps_fit_record_unref (record);
    record = next;
  }
  return g_steal_pointer (&record);
}

/* Another charge reference; takes the record. NULL: cannot be. */
static XpsFitRecord *
move_reference (XpsFitRecord *take_record, const XpsModelPart *now, const XpsModelPart *then)
{
  g_autoptr (XpsFitRecord) record = take_record;
  if (now->energy_shift == then->energy_shift &&
      same_number (now->energy_shift_error, then->energy_shift_error) &&
      g_strcmp0 (now->energy_shift_source, then->energy_shift_source) == 0)
    return g_steal_pointer (&record);
  return xps_fit_record_with_reference (record, now->energy_shift, now->energy_shift_error,
                                        now->energy_shift_source, NULL);
}

gboolean
xps_region_carry_record (XpsRegion *self, const XpsRegion *before)
{
  const XpsModelPart *now = g_ptr_array_index (self->model->parts, 0),
                     *then = g_ptr_array_index (before->model->parts, 0);
  if (before->record == NULL || self->record != before->record ||
      now->components->len != then->components->len ||
      xps_region_get_fit_state (before) == XPS_FIT_STATE_STALE)
    return FALSE;
  XpsFitRecord *moved = move_reference (xps_fit_record_ref (before->record), now, then);
  g_autoptr (XpsFitRecord) record = moved != NULL ? rename_components (moved, now, then) : NULL;
  /* The judge is the rule that binds every fit: the model it was made with is the one there is. */
  if (record == NULL || record == before->record ||
      !xps_fit_record_is_current (record, self->model, self->weights))
    return FALSE;
  xps_fit_record_unref (self->record);
  self->record = g_steal_pointer (&record);
  return xps_region_get_fit_state (self) != XPS_FIT_STATE_STALE;
}

XpsFitData *
xps_region_new_data (const XpsRegion *self, GError **error)
{
  const XpsModelPart *part = g_ptr_array_index (self->model->parts, 0);
  XpsEnergyScale scale = self->scale;
  scale.shift = part->energy_shift;
  XpsFitData *data = xps_fit_data_new (self->spectrum, &scale, part->low, part->high, error);
  if (data == NULL) {
    g_prefix_error (error, "%s: ", self->name);
    return NULL;
  }
  if (self->source != NULL)
    xps_fit_data_set_source (data, self->source->path, self->source->sha256,
                             xps_spectrum_get_name (self->spectrum));
  return data;
}
