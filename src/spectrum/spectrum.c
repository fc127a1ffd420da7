/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spectrum/spectrum.h"

struct _XpsSpectrum {
  gatomicrefcount references;
  XpsSpectrumDraft data;
};

XpsColumn *
xps_column_new (XpsColumnRole role, const char *label, const char *unit, double *take_values)
{
  XpsColumn *column = g_new0 (XpsColumn, 1);
  column->role = role;
  column->label = g_strdup (label);
  column->unit = g_strdup (unit);
  column->values = take_values;
  return column;
}

void
xps_column_free (XpsColumn *column)
{
  if (column == NULL)
    return;
  g_free (column->label);
  g_free (column->unit);
  g_free (column->values);
  g_free (column);
}

void
xps_spectrum_copy_to_draft (const XpsSpectrum *self, XpsSpectrumDraft *draft)
{
  const XpsSpectrumDraft *from = &self->data;
  *draft = *from;
  draft->name = g_strdup (from->name);
  draft->sample = g_strdup (from->sample);
  draft->group = g_strdup (from->group);
  draft->axis_label = g_strdup (from->axis_label);
  draft->unit_label = g_strdup (from->unit_label);
  draft->energy = g_memdup2 (from->energy, from->n * sizeof (double));
  draft->intensity = g_memdup2 (from->intensity, from->n * sizeof (double));
  draft->acquisition = xps_acquisition_copy (from->acquisition);
  draft->stored_fit = from->stored_fit != NULL ? xps_stored_fit_copy (from->stored_fit) : NULL;
  draft->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
  for (guint i = 0; i < from->columns->len; i++) {
    const XpsColumn *column = g_ptr_array_index (from->columns, i);
    g_ptr_array_add (draft->columns, xps_column_new (column->role, column->label, column->unit,
                                                     g_memdup2 (column->values, from->n * sizeof (double))));
  }
}

void
xps_spectrum_draft_clear (XpsSpectrumDraft *draft)
{
  g_free (draft->name);
  g_free (draft->sample);
  g_free (draft->group);
  g_free (draft->axis_label);
  g_free (draft->energy);
  g_free (draft->intensity);
  g_free (draft->unit_label);
  g_clear_pointer (&draft->columns, g_ptr_array_unref);
  xps_acquisition_free (draft->acquisition);
  xps_stored_fit_free (draft->stored_fit);
  *draft = (XpsSpectrumDraft){0};
}

XpsSpectrum *
xps_spectrum_new (XpsSpectrumDraft *draft)
{
  g_return_val_if_fail (draft->n >= 1 && draft->energy != NULL && draft->intensity != NULL, NULL);

  XpsSpectrum *self = g_new0 (XpsSpectrum, 1);
  g_atomic_ref_count_init (&self->references);
  self->data = *draft;
  *draft = (XpsSpectrumDraft){0};
  if (self->data.columns == NULL)
    self->data.columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
  if (self->data.acquisition == NULL)
    self->data.acquisition = xps_acquisition_new ();
  return self;
}

XpsSpectrum *
xps_spectrum_ref (const XpsSpectrum *self)
{
  /* Counting is not a change to what was measured, so a borrowed (const) spectrum can be kept. */
  XpsSpectrum *kept = (XpsSpectrum *)self;
  g_atomic_ref_count_inc (&kept->references);
  return kept;
}

void
xps_spectrum_unref (XpsSpectrum *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  xps_spectrum_draft_clear (&self->data);
  g_free (self);
}

void
xps_spectrum_take_apart (XpsSpectrum *take_self, XpsSpectrumDraft *draft)
{
  g_return_if_fail (g_atomic_ref_count_compare (&take_self->references, 1));

  *draft = take_self->data;
  g_free (take_self);
}

const char *
xps_spectrum_get_name (const XpsSpectrum *self)
{
  return self->data.name;
}

const char *
xps_spectrum_get_sample (const XpsSpectrum *self)
{
  return self->data.sample;
}

const char *
xps_spectrum_get_group (const XpsSpectrum *self)
{
  return self->data.group;
}

XpsAxisKind
xps_spectrum_get_axis (const XpsSpectrum *self)
{
  return self->data.axis;
}

const char *
xps_spectrum_get_axis_label (const XpsSpectrum *self)
{
  return self->data.axis_label;
}

gsize
xps_spectrum_get_n (const XpsSpectrum *self)
{
  return self->data.n;
}

const double *
xps_spectrum_get_energy (const XpsSpectrum *self)
{
  return self->data.energy;
}

const double *
xps_spectrum_get_intensity (const XpsSpectrum *self)
{
  return self->data.intensity;
}

XpsIntensityUnit
xps_spectrum_get_unit (const XpsSpectrum *self)
{
  return self->data.unit;
}

const char *
xps_spectrum_get_unit_label (const XpsSpectrum *self)
{
  return self->data.unit_label;
}

const GPtrArray *
xps_spectrum_get_columns (const XpsSpectrum *self)
{
  return self->data.columns;
}

const XpsColumn *
xps_spectrum_find_column (const XpsSpectrum *self, XpsColumnRole role)
{
  for (guint i = 0; i < self->data.columns->len; i++) {
    const XpsColumn *column = g_ptr_array_index (self->data.columns, i);
    if (column->role == role)
      return column;
  }
  return NULL;
}

const XpsAcquisition *
xps_spectrum_get_acquisition (const XpsSpectrum *self)
{
  return self->data.acquisition;
}

const XpsStoredFit *
xps_spectrum_get_stored_fit (const XpsSpectrum *self)
{
  return self->data.stored_fit;
}
