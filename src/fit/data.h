/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spectrum/energy.h"
#include "spectrum/spectrum.h"

/* A window of a measured curve in the form a fit needs: ascending binding energy. Made once, shared by
 * reference. */
typedef struct {
  char *file, *sha256, *region; /* where it comes from; NULL where not known */
  XpsSpectrum *spectrum;        /* the measurement itself, or NULL for plain arrays */
  gsize n;
  double *energy;     /* eV, ascending, scale and shift applied */
  double *intensity;  /* as measured, in `unit` */
  double *sigma;      /* standard deviation in the unit of the intensity, or NULL */
  double *background; /* known beforehand, in the unit of the intensity, or NULL */
  XpsIntensityUnit unit;
  double
      live_time; /* s: counts = intensity * live_time where the unit is counts/s; 1 for counts; NaN unknown */
  double seconds; /* s that each of the intensities stands for: 1 for counts/s; NaN unknown */
  XpsEnergyScale scale;
  char *checksum; /* its own business */
} XpsFitData;

/* The points of `spectrum` with low <= E_B <= high (NaN: no limit). Fails with XPS_FIT_ERROR_DATA when the
 * axis cannot be turned into binding energy, the window holds fewer than two points, or energies do not run
 * in one direction. */
XpsFitData *xps_fit_data_new (const XpsSpectrum *spectrum, const XpsEnergyScale *scale, double low,
                              double high, GError **error);
/* Copies of plain arrays, energy ascending; sigma and background may be NULL. */
XpsFitData *xps_fit_data_new_arrays (gsize n, const double *energy, const double *intensity,
                                     const double *sigma, const double *background, XpsIntensityUnit unit,
                                     double live_time);
/* The same without the background that came with it. */
XpsFitData *xps_fit_data_new_bare (const XpsFitData *self);
/* The column that `background` came from, or NULL: none, or plain arrays. Borrowed. */
const XpsColumn *xps_fit_data_get_background_column (const XpsFitData *self);
/* Part of it in another window; NULL with error when empty. */
XpsFitData *xps_fit_data_crop (const XpsFitData *self, double low, double high, GError **error);
/* SHA-256 of all the numbers that a fit sees, in hexadecimal; summed when it is first asked for, on any
 * thread.
 */
const char *xps_fit_data_get_checksum (const XpsFitData *self);
void xps_fit_data_set_source (XpsFitData *self, const char *file, const char *sha256, const char *region);

XpsFitData *xps_fit_data_ref (const XpsFitData *self);
void xps_fit_data_unref (XpsFitData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsFitData, xps_fit_data_unref)
