/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spectrum/spectrum.h"

#define XPS_SPECTRUM_ERROR (xps_spectrum_error_quark ())

typedef enum {
  XPS_SPECTRUM_ERROR_AXIS,          /* not an axis of electron energies */
  XPS_SPECTRUM_ERROR_PHOTON_ENERGY, /* needed and not known */
} XpsSpectrumError;

GQuark xps_spectrum_error_quark (void);

/* Kinetic and binding energy are two views of one axis: E_B = hv - E_K - (work_function). The conversion is a
 * value beside the data that remembers which photon energy and work function it used. Laboratory formats
 * store kinetic energies that already include the work function: it is 0 for them (corpus evidence: no VAMAS
 * file subtracts it). Where the file's kinetic energies count from the vacuum level
 * (XpsAcquisition.from_vacuum; Diamond GDA), it is the file's. */
typedef struct {
  double photon_energy; /* eV; NaN: not known, only the stored axis can be used */
  double work_function; /* eV, subtracted; 0 where the axis already includes it */
  double shift;         /* eV added to binding energies: charge reference, calibration */
} XpsEnergyScale;

/* The scale the file suggests: its photon energy, its work function where that is still to be subtracted, no
 * shift. */
XpsEnergyScale xps_energy_scale_from_spectrum (const XpsSpectrum *spectrum);

/* Fills out[n] with binding energies in the order of the file. FALSE with a message when the axis is kinetic
 * and the photon energy is not known, or when the axis is not an energy of electrons. */
gboolean xps_energy_to_binding (const XpsSpectrum *spectrum, const XpsEnergyScale *scale, double *out,
                                GError **error);

/* TRUE when the axis has one step: every difference within 0.1 % of the mean one, which goes to `step` (eV,
 * signed). That lets pass what instruments round in print (85, 85.041, 85.082) only where the rounding is far
 * below a step. */
gboolean xps_energy_get_step (const XpsSpectrum *spectrum, double *step);
