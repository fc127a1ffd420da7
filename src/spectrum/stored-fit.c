/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spectrum/stored-fit.h"

#include <math.h>

static void
calibration_free (gpointer data)
{
  XpsStoredCalibration *calibration = data;
  g_free (calibration->text);
  g_free (calibration);
}

static void
region_free (gpointer data)
{
  XpsStoredRegion *region = data;
  g_free (region->name);
  g_free (region->background);
  g_free (region->tag);
  g_free (region);
}

static void
component_free (gpointer data)
{
  XpsStoredComponent *component = data;
  g_free (component->name);
  g_free (component->shape);
  g_free (component->tag);
  g_free (component->constraint);
  g_free (component);
}

XpsStoredFit *
xps_stored_fit_new (void)
{
  XpsStoredFit *self = g_new0 (XpsStoredFit, 1);
  self->calibrations = g_ptr_array_new_with_free_func (calibration_free);
  self->processing = g_ptr_array_new_with_free_func (g_free);
  self->regions = g_ptr_array_new_with_free_func (region_free);
  self->components = g_ptr_array_new_with_free_func (component_free);
  return self;
}

void
xps_stored_fit_free (XpsStoredFit *self)
{
  if (self == NULL)
    return;
  g_free (self->program);
  g_free (self->result);
  g_ptr_array_unref (self->calibrations);
  g_ptr_array_unref (self->processing);
  g_ptr_array_unref (self->regions);
  g_ptr_array_unref (self->components);
  g_free (self);
}

XpsStoredComponent *
xps_stored_fit_add_component (XpsStoredFit *self)
{
  XpsStoredComponent *component = g_new0 (XpsStoredComponent, 1);
  component->area.link = component->fwhm.link = component->position.link = -1;
  component->area_error = component->fwhm_error = component->position_error = (double)NAN;
  component->index = -1;
  g_ptr_array_add (self->components, component);
  return component;
}

XpsStoredRegion *
xps_stored_fit_add_region (XpsStoredFit *self)
{
  XpsStoredRegion *region = g_new0 (XpsStoredRegion, 1);
  g_ptr_array_add (self->regions, region);
  return region;
}

void
xps_stored_fit_add_calibration (XpsStoredFit *self, double measured, double assigned, const char *text)
{
  XpsStoredCalibration *calibration = g_new0 (XpsStoredCalibration, 1);
  calibration->measured = measured;
  calibration->assigned = assigned;
  calibration->text = g_strdup (text);
  g_ptr_array_add (self->calibrations, calibration);
}

XpsStoredFit *
xps_stored_fit_copy (const XpsStoredFit *self)
{
  XpsStoredFit *copy = xps_stored_fit_new ();

  copy->program = g_strdup (self->program);
  copy->binding = self->binding;
  copy->in_data_unit = self->in_data_unit;
  copy->result = g_strdup (self->result);
  for (guint i = 0; i < self->calibrations->len; i++) {
    const XpsStoredCalibration *c = g_ptr_array_index (self->calibrations, i);
    xps_stored_fit_add_calibration (copy, c->measured, c->assigned, c->text);
  }
  for (guint i = 0; i < self->processing->len; i++)
    g_ptr_array_add (copy->processing, g_strdup (g_ptr_array_index (self->processing, i)));
  for (guint i = 0; i < self->regions->len; i++) {
    XpsStoredRegion *region = xps_stored_fit_add_region (copy);
    *region = *(const XpsStoredRegion *)g_ptr_array_index (self->regions, i);
    region->name = g_strdup (region->name);
    region->background = g_strdup (region->background);
    region->tag = g_strdup (region->tag);
  }
  for (guint i = 0; i < self->components->len; i++) {
    XpsStoredComponent *component = xps_stored_fit_add_component (copy);
    *component = *(const XpsStoredComponent *)g_ptr_array_index (self->components, i);
    component->name = g_strdup (component->name);
    component->shape = g_strdup (component->shape);
    component->tag = g_strdup (component->tag);
    component->constraint = g_strdup (component->constraint);
  }
  return copy;
}

static void
turn_component (XpsStoredComponent *component, double photon_energy)
{
  XpsStoredParameter *position = &component->position;
  const double low = position->low;

  position->value = photon_energy - position->value;
  position->low = photon_energy - position->high;
  position->high = photon_energy - low;
  position->factor = -position->factor; /* an offset to the component that it is tied to */
}

static void
turn_region (XpsStoredRegion *region, double photon_energy)
{
  const double start = region->start;

  region->start = photon_energy - region->end;
  region->end = photon_energy - start;
}

static void
scale_area (XpsStoredComponent *component, double factor)
{
  component->area.value *= factor;
  component->area.low *= factor;
  component->area.high *= factor;
  component->area_error *= factor;
}

XpsStoredFit *
xps_stored_fit_new_kinetic (const XpsStoredFit *self, double photon_energy, double live_time)
{
  if ((self->binding && !isfinite (photon_energy)) || (self->in_data_unit && !(live_time > 0)))
    return NULL;
  XpsStoredFit *copy = xps_stored_fit_copy (self);
  for (guint i = 0; i < copy->components->len; i++) {
    if (copy->binding)
      turn_component (g_ptr_array_index (copy->components, i), photon_energy);
    if (copy->in_data_unit && live_time != 1)
      scale_area (g_ptr_array_index (copy->components, i), 1 / live_time);
  }
  for (guint i = 0; i < copy->regions->len && copy->binding; i++)
    turn_region (g_ptr_array_index (copy->regions, i), photon_energy);
  copy->binding = copy->in_data_unit = FALSE;
  return copy;
}

double
xps_stored_fit_get_shift (const XpsStoredFit *self)
{
  double shift = 0;

  for (guint i = 0; i < self->calibrations->len; i++) {
    const XpsStoredCalibration *c = g_ptr_array_index (self->calibrations, i);
    shift += c->assigned - c->measured;
  }
  return shift;
}
