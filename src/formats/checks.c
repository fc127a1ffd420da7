/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/checks.h"

#include <math.h>

#include "base/number.h"

/* Surveys start up to some ten eV above the Fermi level. */
#define ABOVE_FERMI 100.0

char *
xps_check_dup_photon_energy (const XpsSpectrum *spectrum)
{
  const double photon_energy = xps_spectrum_get_acquisition (spectrum)->photon_energy;
  const double *energy = xps_spectrum_get_energy (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);
  const double low = fmin (energy[0], energy[n - 1]), high = fmax (energy[0], energy[n - 1]);
  char photon_text[XPS_NUMBER_LENGTH], high_text[XPS_NUMBER_LENGTH];

  if (isnan (photon_energy))
    return NULL;
  xps_number_format (photon_energy, photon_text);
  xps_number_format (high, high_text);
  if (photon_energy <= 0)
    return g_strdup_printf ("the photon energy %s eV can not be right: give the true one", photon_text);
  const XpsAxisKind axis = xps_spectrum_get_axis (spectrum);
  if (axis == XPS_AXIS_KINETIC && (low > photon_energy || high > photon_energy + ABOVE_FERMI))
    return g_strdup_printf (
        "the photon energy %s eV contradicts kinetic energies up to %s eV: give the true one", photon_text,
        high_text);
  if (axis == XPS_AXIS_BINDING && high > photon_energy + ABOVE_FERMI)
    return g_strdup_printf (
        "the photon energy %s eV contradicts binding energies up to %s eV: give the true one", photon_text,
        high_text);
  return NULL;
}
