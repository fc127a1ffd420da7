/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spectrum/energy.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/error.h"
#include "base/number.h"

G_DEFINE_QUARK (xps - spectrum - error - quark, xps_spectrum_error)

XpsEnergyScale
xps_energy_scale_from_spectrum (const XpsSpectrum *spectrum)
{
  const XpsAcquisition *a = xps_spectrum_get_acquisition (spectrum);
  const gboolean subtracts = a->from_vacuum && isfinite (a->work_function);
  return (XpsEnergyScale){
      .photon_energy = a->photon_energy, .work_function = subtracts ? a->work_function : 0, .shift = 0};
}

static gboolean
fail (GError **error, XpsSpectrumError code, const XpsSpectrum *spectrum, const char *what,
      const char *remedy)
{
  const char *name = xps_spectrum_get_name (spectrum);
  g_autofree char *place = g_strdup_printf ("region \"%s\"", name != NULL ? name : "");
  return xps_error_set (error, XPS_SPECTRUM_ERROR, code, NULL, place, what, remedy);
}

gboolean
xps_energy_to_binding (const XpsSpectrum *spectrum, const XpsEnergyScale *scale, double *out, GError **error)
{
  const double *energy = xps_spectrum_get_energy (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);
  const XpsAxisKind axis = xps_spectrum_get_axis (spectrum);

  if (axis == XPS_AXIS_BINDING) {
    for (gsize i = 0; i < n; i++)
      out[i] = energy[i] + scale->shift;
    return TRUE;
  }
  if (axis == XPS_AXIS_PHOTON)
    return fail (error, XPS_SPECTRUM_ERROR_AXIS, spectrum, N_ ("the axis is a scanned photon energy"),
                 N_ ("choose a photoelectron spectrum"));
  if (axis != XPS_AXIS_KINETIC)
    return fail (error, XPS_SPECTRUM_ERROR_AXIS, spectrum, N_ ("the file does not say what its axis is"),
                 N_ ("say so with --axis BE or --axis KE"));
  if (!isfinite (scale->photon_energy) || scale->photon_energy <= 0)
    return fail (error, XPS_SPECTRUM_ERROR_PHOTON_ENERGY, spectrum,
                 N_ ("kinetic energies need a photon energy and the file gives none"),
                 N_ ("give the photon energy"));
  for (gsize i = 0; i < n; i++)
    out[i] = scale->photon_energy - energy[i] - scale->work_function + scale->shift;
  return TRUE;
}

gboolean
xps_energy_get_step (const XpsSpectrum *spectrum, double *step)
{
  const double *energy = xps_spectrum_get_energy (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);

  if (n < 2)
    return FALSE;
  const double mean = (energy[n - 1] - energy[0]) / (double)(n - 1);
  /* Differences of two numbers near 1000 carry the rounding of both. */
  const double noise = 4 * DBL_EPSILON * fmax (fabs (energy[0]), fabs (energy[n - 1]));
  for (gsize i = 1; i < n; i++)
    if (!(fabs (energy[i] - energy[i - 1] - mean) <= 1e-3 * fabs (mean) + noise))
      return FALSE;
  char buffer[XPS_NUMBER_LENGTH];
  *step = g_ascii_strtod (g_ascii_formatd (buffer, sizeof buffer, "%.12g", mean), NULL);
  return mean != 0;
}
