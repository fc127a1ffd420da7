/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/sums.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"

static gboolean
is_same_region (const XpsSpectrum *a, const XpsSpectrum *b)
{
  const gsize n = xps_spectrum_get_n (a);

  return n == xps_spectrum_get_n (b) && xps_spectrum_get_axis (a) == xps_spectrum_get_axis (b) &&
         xps_spectrum_get_unit (a) == xps_spectrum_get_unit (b) &&
         g_strcmp0 (xps_spectrum_get_name (a), xps_spectrum_get_name (b)) == 0 &&
         g_strcmp0 (xps_spectrum_get_sample (a), xps_spectrum_get_sample (b)) == 0 &&
         g_strcmp0 (xps_spectrum_get_group (a), xps_spectrum_get_group (b)) == 0 &&
         memcmp (xps_spectrum_get_energy (a), xps_spectrum_get_energy (b), n * sizeof (double)) == 0;
}

/* A spectrum without variables is not one of several. */
static gboolean
is_part (const XpsSpectrum *spectrum)
{
  return xps_spectrum_get_acquisition (spectrum)->variables->len > 0;
}

static XpsSpectrum *
make_sum (const GPtrArray *spectra, guint first, guint n)
{
  const XpsSpectrum *model = g_ptr_array_index (spectra, first);
  const gsize n_points = xps_spectrum_get_n (model);
  const double share =
      xps_spectrum_get_unit (model) == XPS_INTENSITY_COUNTS_PER_SECOND ? 1.0 / (double)n : 1.0;
  XpsSpectrumDraft draft = {
      .name = g_strdup (xps_spectrum_get_name (model)),
      .sample = g_strdup (xps_spectrum_get_sample (model)),
      .group = g_strdup (xps_spectrum_get_group (model)),
      .axis = xps_spectrum_get_axis (model),
      .axis_label = g_strdup (xps_spectrum_get_axis_label (model)),
      .n = n_points,
      .energy = g_memdup2 (xps_spectrum_get_energy (model), n_points * sizeof (double)),
      .intensity = g_new0 (double, n_points),
      .unit = xps_spectrum_get_unit (model),
      .unit_label = g_strdup (xps_spectrum_get_unit_label (model)),
      .acquisition = xps_acquisition_copy (xps_spectrum_get_acquisition (model)),
  };
  g_autofree char *note = g_strdup_printf ("%u", n);
  double scans = 0;

  for (guint i = first; i < first + n; i++) {
    const XpsSpectrum *part = g_ptr_array_index (spectra, i);
    for (gsize k = 0; k < n_points; k++)
      draft.intensity[k] += share * xps_spectrum_get_intensity (part)[k];
    scans += xps_spectrum_get_acquisition (part)->scans; /* NaN where one is not known */
  }
  draft.acquisition->scans = scans;
  draft.acquisition->live_time *= n;
  g_ptr_array_set_size (draft.acquisition->variables, 0);
  xps_acquisition_add_key (draft.acquisition, "Sum of spectra", note);
  return xps_spectrum_new (&draft);
}

guint
xps_file_add_sums (XpsFile *file)
{
  const guint n_before = file->spectra->len;
  guint n = 1;

  for (guint first = 0; first < n_before; first += n) {
    const XpsSpectrum *model = g_ptr_array_index (file->spectra, first);
    for (n = 1; first + n < n_before; n++) {
      const XpsSpectrum *next = g_ptr_array_index (file->spectra, first + n);
      if (!is_part (model) || !is_part (next) || !is_same_region (model, next))
        break;
    }
    if (n > 1)
      g_ptr_array_add (file->spectra, make_sum (file->spectra, first, n));
  }
  const guint n_sums = file->spectra->len - n_before;
  if (n_sums > 0)
    g_ptr_array_add (
        file->notes,
        xps_text_printf (_ ("the last %u spectra are sums (of rates: means) of those before"), n_sums));
  return n_sums;
}
