/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/checks.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/number.h"
#include "base/text.h"
#include "formats/checks-lines.h"

/* Surveys start up to some ten eV above the Fermi level. */
#define ABOVE_FERMI 100.0

static char *
check_photon_energy (const XpsSpectrum *spectrum)
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
    return xps_text_printf (_ ("the photon energy %s eV can not be right: give the true one"), photon_text);
  const XpsAxisKind axis = xps_spectrum_get_axis (spectrum);
  if (axis == XPS_AXIS_KINETIC && (low > photon_energy || high > photon_energy + ABOVE_FERMI))
    return xps_text_printf (
        _ ("the photon energy %s eV contradicts kinetic energies up to %s eV: give the true one"),
        photon_text, high_text);
  if (axis == XPS_AXIS_BINDING && high > photon_energy + ABOVE_FERMI)
    return xps_text_printf (
        _ ("the photon energy %s eV contradicts binding energies up to %s eV: give the true one"),
        photon_text, high_text);
  return NULL;
}

/* The plainest contradiction of them. */
static char *
check_scale (const XpsSpectrum *spectrum)
{
  char *found = check_photon_energy (spectrum);

  if (found == NULL)
    found = xps_check_known_doublet (spectrum);
  return found != NULL ? found : xps_check_fermi_level (spectrum);
}

/* Point at which the direction of the axis breaks, or 0. */
static char *
check_order (const XpsSpectrum *spectrum)
{
  const double *energy = xps_spectrum_get_energy (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);
  const double direction = energy[n - 1] - energy[0];
  char text[XPS_NUMBER_LENGTH];

  for (gsize i = 1; i < n; i++) {
    const double step = energy[i] - energy[i - 1];
    if (step * direction > 0)
      continue;
    xps_number_format (energy[i], text);
    return xps_text_printf (step == 0 ? _ ("point %zu of the axis (%s) repeats the one before it")
                                      : _ ("point %zu of the axis (%s) runs back"),
                            i + 1, text);
  }
  return NULL;
}

typedef char *(*Check) (const XpsSpectrum *spectrum);

/* What is wrong in the spectra as they are now. */
static GPtrArray *
list_faults (const XpsFile *file)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func (g_free);
  static const Check checks[] = {check_scale, check_order};

  for (guint k = 0; k < G_N_ELEMENTS (checks); k++) {
    g_autofree char *first = NULL;
    guint first_index = 0, n_others = 0;
    for (guint i = 0; i < file->spectra->len; i++) {
      g_autofree char *found = checks[k](g_ptr_array_index (file->spectra, i));
      if (found == NULL)
        continue;
      if (first != NULL) {
        n_others++;
        continue;
      }
      first = g_steal_pointer (&found);
      first_index = i;
    }
    if (first == NULL)
      continue;
    const char *name = xps_spectrum_get_name (g_ptr_array_index (file->spectra, first_index));
    g_autofree char *others = n_others > 0 ? xps_text_printf (_ (" (and %u more)"), n_others) : g_strdup ("");
    g_ptr_array_add (faults, xps_text_printf (_ ("region %u \"%s\"%s: %s"), first_index,
                                              name != NULL ? name : "", others, first));
  }
  return faults;
}

void
xps_check_file (XpsFile *file)
{
  g_autoptr (GPtrArray) faults = list_faults (file);
  g_ptr_array_extend_and_steal (file->warnings, g_steal_pointer (&faults));
}

void
xps_check_forget (XpsFile *file)
{
  g_autoptr (GPtrArray) faults = list_faults (file);
  guint at = 0;

  for (guint i = 0; i < faults->len; i++)
    if (g_ptr_array_find_with_equal_func (file->warnings, g_ptr_array_index (faults, i), g_str_equal, &at))
      g_ptr_array_remove_index (file->warnings, at);
}
