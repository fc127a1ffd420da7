/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/data.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "fit/model.h"

static void
data_clear (gpointer pointer)
{
  XpsFitData *self = pointer;
  g_free (self->file);
  g_free (self->sha256);
  g_free (self->region);
  g_clear_pointer (&self->spectrum, xps_spectrum_unref);
  g_free (self->energy);
  g_free (self->intensity);
  g_free (self->sigma);
  g_free (self->background);
  g_free (self->checksum);
}

XpsFitData *
xps_fit_data_ref (const XpsFitData *self)
{
  return g_atomic_rc_box_acquire ((XpsFitData *)self);
}

void
xps_fit_data_unref (XpsFitData *self)
{
  g_atomic_rc_box_release_full (self, data_clear);
}

static double *
copy_column (const double *values, gsize n)
{
  return values != NULL ? g_memdup2 (values, n * sizeof *values) : NULL;
}

XpsFitData *
xps_fit_data_new_arrays (gsize n, const double *energy, const double *intensity, const double *sigma,
                         const double *background, XpsIntensityUnit unit, double live_time)
{
  XpsFitData *self = g_atomic_rc_box_new0 (XpsFitData);
  self->n = n;
  self->energy = copy_column (energy, n);
  self->intensity = copy_column (intensity, n);
  self->sigma = copy_column (sigma, n);
  self->background = copy_column (background, n);
  self->unit = unit;
  self->live_time = live_time;
  self->seconds = unit == XPS_INTENSITY_COUNTS_PER_SECOND ? 1 : (double)NAN;
  self->scale = (XpsEnergyScale){NAN, 0, 0};
  return self;
}

void
xps_fit_data_set_source (XpsFitData *self, const char *file, const char *sha256, const char *region)
{
  g_free (self->file);
  g_free (self->sha256);
  g_free (self->region);
  self->file = g_strdup (file);
  self->sha256 = g_strdup (sha256);
  self->region = g_strdup (region);
}

static void
add_numbers (GChecksum *sum, gsize n, const double *values)
{
  g_checksum_update (sum, (const guchar *)"+", values != NULL ? 1 : 0); /* which columns there are */
  if (values != NULL)
    g_checksum_update (sum, (const guchar *)values, (gssize)(n * sizeof (double)));
}

static char *
sum_numbers (const XpsFitData *self)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  add_numbers (sum, self->n, self->energy);
  add_numbers (sum, self->n, self->intensity);
  add_numbers (sum, self->n, self->sigma);
  add_numbers (sum, self->n, self->background);
  add_numbers (sum, 1, &self->live_time);
  return g_strdup (g_checksum_get_string (sum));
}

const char *
xps_fit_data_get_checksum (const XpsFitData *self)
{
  char **place = &((XpsFitData *)self)->checksum;
  char *known = g_atomic_pointer_get (place);
  if (known != NULL)
    return known;
  char *checksum = sum_numbers (self);
  if (g_atomic_pointer_compare_and_exchange (place, NULL, checksum))
    return checksum;
  g_free (checksum); /* another thread was first */
  return g_atomic_pointer_get (place);
}

XpsFitData *
xps_fit_data_new_bare (const XpsFitData *self)
{
  XpsFitData *bare = xps_fit_data_new_arrays (self->n, self->energy, self->intensity, self->sigma, NULL,
                                              self->unit, self->live_time);
  bare->seconds = self->seconds;
  bare->scale = self->scale;
  bare->spectrum = self->spectrum != NULL ? xps_spectrum_ref (self->spectrum) : NULL;
  xps_fit_data_set_source (bare, self->file, self->sha256, self->region);
  return bare;
}

const XpsColumn *
xps_fit_data_get_background_column (const XpsFitData *self)
{
  return self->background != NULL && self->spectrum != NULL
             ? xps_spectrum_find_column (self->spectrum, XPS_COLUMN_BACKGROUND)
             : NULL;
}

XpsFitData *
xps_fit_data_crop (const XpsFitData *self, double low, double high, GError **error)
{
  gsize first = 0, last = self->n;
  while (first < last && isfinite (low) && self->energy[first] < low - 1e-9)
    first++;
  while (last > first && isfinite (high) && self->energy[last - 1] > high + 1e-9)
    last--;
  if (last - first < 2) {
    g_autofree char *what =
        xps_text_printf (_ ("%zu points between %g and %g eV (data: %g to %g eV)"), last - first, low, high,
                         self->n > 0 ? self->energy[0] : NAN, self->n > 0 ? self->energy[self->n - 1] : NAN);
    xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, self->file, self->region, what,
                   N_ ("widen the energy range"));
    return NULL;
  }
  XpsFitData *part = xps_fit_data_new_arrays (last - first, self->energy + first, self->intensity + first,
                                              self->sigma != NULL ? self->sigma + first : NULL,
                                              self->background != NULL ? self->background + first : NULL,
                                              self->unit, self->live_time);
  part->seconds = self->seconds;
  part->scale = self->scale;
  part->spectrum = self->spectrum != NULL ? xps_spectrum_ref (self->spectrum) : NULL;
  xps_fit_data_set_source (part, self->file, self->sha256, self->region);
  return part;
}

static void
reverse (double *values, gsize n)
{
  for (gsize i = 0; values != NULL && i < n / 2; i++) {
    const double value = values[i];
    values[i] = values[n - 1 - i];
    values[n - 1 - i] = value;
  }
}

/* Turns the arrays round where the file runs down; FALSE where it runs both ways. */
static gboolean
make_ascending (XpsFitData *self)
{
  if (self->n > 1 && self->energy[0] > self->energy[self->n - 1]) {
    reverse (self->energy, self->n);
    reverse (self->intensity, self->n);
    reverse (self->sigma, self->n);
    reverse (self->background, self->n);
  }
  for (gsize i = 1; i < self->n; i++)
    if (self->energy[i] < self->energy[i - 1])
      return FALSE;
  return TRUE;
}

static const double *
column_values (const XpsSpectrum *spectrum, XpsColumnRole role)
{
  const XpsColumn *column = xps_spectrum_find_column (spectrum, role);
  return column != NULL ? column->values : NULL;
}

/* Factor from the stored intensity to electrons counted. */
static double
live_time_of (const XpsSpectrum *spectrum)
{
  const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (spectrum);
  switch (xps_spectrum_get_unit (spectrum)) {
  case XPS_INTENSITY_COUNTS:
    return acquisition->summed ? 1 : acquisition->scans;
  case XPS_INTENSITY_COUNTS_PER_SECOND:
    return xps_acquisition_get_live_time (acquisition);
  case XPS_INTENSITY_UNKNOWN:
  default:
    return NAN;
  }
}

/* A mean over scans is that of one scan. */
static double
seconds_of (const XpsSpectrum *spectrum)
{
  const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (spectrum);
  const double seconds = xps_acquisition_get_live_time (acquisition);
  const double scans = !acquisition->summed && acquisition->scans > 1 ? acquisition->scans : 1;
  if (xps_spectrum_get_unit (spectrum) == XPS_INTENSITY_COUNTS_PER_SECOND)
    return 1;
  return xps_spectrum_get_unit (spectrum) == XPS_INTENSITY_COUNTS && seconds > 0 ? seconds / scans
                                                                                 : (double)NAN;
}

XpsFitData *
xps_fit_data_new (const XpsSpectrum *spectrum, const XpsEnergyScale *scale, double low, double high,
                  GError **error)
{
  const gsize n = xps_spectrum_get_n (spectrum);
  const XpsIntensityUnit unit = xps_spectrum_get_unit (spectrum);
  g_autofree double *energy = g_new (double, n + 1);
  if (!xps_energy_to_binding (spectrum, scale, energy, error))
    return NULL;

  const double live_time = live_time_of (spectrum);
  g_autoptr (XpsFitData) whole = xps_fit_data_new_arrays (
      n, energy, xps_spectrum_get_intensity (spectrum), column_values (spectrum, XPS_COLUMN_SIGMA),
      column_values (spectrum, XPS_COLUMN_BACKGROUND), unit, live_time);
  whole->seconds = seconds_of (spectrum);
  whole->scale = *scale;
  whole->spectrum = xps_spectrum_ref (spectrum);
  xps_fit_data_set_source (whole, NULL, NULL, xps_spectrum_get_name (spectrum));
  if (!make_ascending (whole)) {
    xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, NULL, whole->region,
                   N_ ("the energies do not run in one direction"), N_ ("fit one sweep at a time"));
    return NULL;
  }
  return xps_fit_data_crop (whole, low, high, error);
}
