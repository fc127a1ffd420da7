/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plot-scale.h"

#include <math.h>

#include "figure/cell.h"
#include "figure/measured.h"
#include "figure/words.h"

/* E_K = hv - E_B - work function, E_B without the charge reference (spectrum/energy.h). */
static double
energy_sum (const XpsPreview *preview)
{
  const XpsEnergyScale *scale = &preview->scale;
  if (!preview->has_binding || !isfinite (scale->photon_energy) || scale->photon_energy <= 0.0)
    return NAN;
  return scale->photon_energy - scale->work_function + scale->shift;
}

/* Counts per second of one unit of the stored intensity, NaN where the live time is not known. */
static double
rate_factor (const XpsSpectrum *spectrum)
{
  const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (spectrum);
  if (xps_spectrum_get_unit (spectrum) == XPS_INTENSITY_COUNTS_PER_SECOND)
    return 1.0;
  if (xps_spectrum_get_unit (spectrum) != XPS_INTENSITY_COUNTS)
    return NAN;
  const double live = xps_acquisition_get_live_time (acquisition);
  const double counts = acquisition->summed ? 1.0 : acquisition->scans;
  return live > 0.0 && counts > 0.0 ? counts / live : (double)NAN;
}

static void
set_kinetic (XpsPlotSpectrum *spectrum)
{
  const XpsPreview *preview = spectrum->preview;
  spectrum->own_energy = g_new (double, preview->n);
  for (gsize i = 0; i < preview->n; i++)
    spectrum->own_energy[i] = spectrum->energy_sum - preview->energy[i];
  spectrum->energy = spectrum->own_energy;
  spectrum->axis = XPS_FIGURE_KINETIC;
}

void
xps_plot_spectrum_init (XpsPlotSpectrum *spectrum, const XpsPreview *preview, const XpsPlotView *view)
{
  const XpsSpectrum *measured = preview->spectrum;
  *spectrum = (XpsPlotSpectrum){.preview = preview,
                                .axis = XPS_FIGURE_BINDING,
                                .energy = preview->energy,
                                .energy_sum = energy_sum (preview),
                                .factor = 1.0};
  const XpsIntensityUnit unit = measured != NULL ? xps_spectrum_get_unit (measured) : XPS_INTENSITY_UNKNOWN;
  if (!preview->has_binding)
    spectrum->axis =
        measured != NULL ? xps_figure_axis_of (xps_spectrum_get_axis (measured)) : XPS_FIGURE_OTHER;
  else if (view->kinetic && isfinite (spectrum->energy_sum))
    set_kinetic (spectrum);
  const double rate = measured != NULL ? rate_factor (measured) : (double)NAN;
  spectrum->per_second = unit == XPS_INTENSITY_COUNTS_PER_SECOND || (view->per_second && isfinite (rate));
  if (spectrum->per_second)
    spectrum->factor = rate;
  const char *text = xps_figure_unit_text (spectrum->per_second ? XPS_INTENSITY_COUNTS_PER_SECOND : unit);
  spectrum->unit = text != NULL ? xps_figure_word (TRUE, text) : NULL;
}

void
xps_plot_spectrum_clear (XpsPlotSpectrum *spectrum)
{
  g_clear_pointer (&spectrum->own_energy, g_free);
}

gboolean
xps_plot_spectrum_get_range (const XpsPlotSpectrum *spectrum, double *low, double *high)
{
  const gsize n = spectrum->preview->n;
  if (n == 0)
    return FALSE;
  *low = MIN (spectrum->energy[0], spectrum->energy[n - 1]);
  *high = MAX (spectrum->energy[0], spectrum->energy[n - 1]);
  return TRUE;
}

static void
normalise_to_maximum (XpsPlotSpectrum *spectrum, double low, double high)
{
  double least = INFINITY, largest = -INFINITY;
  for (gsize i = spectrum->first; i < spectrum->first + spectrum->count; i++) {
    const double value = spectrum->preview->intensity[i];
    if (!(spectrum->energy[i] >= low && spectrum->energy[i] <= high) || !isfinite (value))
      continue;
    least = MIN (least, value);
    largest = MAX (largest, value);
  }
  if (!(largest > least))
    return;
  spectrum->factor = 1.0 / (largest - least);
  spectrum->offset = spectrum->factor * least;
}

/* Mean over the energies, so that an uneven grid weighs no part more. */
static void
normalise_to_area (XpsPlotSpectrum *spectrum, double low, double high)
{
  const double *energy = spectrum->energy, *intensity = spectrum->preview->intensity;
  double area = 0.0, length = 0.0;
  for (gsize i = spectrum->first + 1; i < spectrum->first + spectrum->count; i++) {
    const double step = fabs (energy[i] - energy[i - 1]), middle = 0.5 * (intensity[i] + intensity[i - 1]);
    if (MIN (energy[i], energy[i - 1]) < low || MAX (energy[i], energy[i - 1]) > high || !isfinite (middle))
      continue;
    area += step * middle;
    length += step;
  }
  if (area > 0.0)
    spectrum->factor = length / area;
}

static void
find_extent (const XpsPlotSpectrum *spectrum, double above, double *low, double *high)
{
  const double *measured = spectrum->preview->intensity;
  double least = INFINITY, largest = -INFINITY;
  for (gsize i = spectrum->first; i < spectrum->first + spectrum->count; i++) {
    const double value = measured[i];
    if (!(fabs (value) < INFINITY) || value <= above)
      continue;
    least = MIN (least, value);
    largest = MAX (largest, value);
  }
  *low = least;
  *high = largest;
}

void
xps_plot_spectrum_set_range (XpsPlotSpectrum *spectrum, double low, double high, XpsNormalise normalise)
{
  xps_cell_find_shown (spectrum->preview->n, spectrum->energy, low, high, &spectrum->first, &spectrum->count);
  find_extent (spectrum, -INFINITY, &spectrum->least, &spectrum->largest);
  if (normalise == XPS_NORMALISE_MAXIMUM)
    normalise_to_maximum (spectrum, low, high);
  else if (normalise == XPS_NORMALISE_AREA)
    normalise_to_area (spectrum, low, high);
}

double *
xps_plot_spectrum_dup_shown (const XpsPlotSpectrum *spectrum, double factor2, double lift)
{
  const double *measured = spectrum->preview->intensity + spectrum->first;
  const double factor = factor2 * spectrum->factor, constant = lift - factor2 * spectrum->offset;
  double *shown = g_new (double, spectrum->count);
  for (gsize i = 0; i < spectrum->count; i++)
    shown[i] = factor * measured[i] + constant;
  return shown;
}

gboolean
xps_plot_spectrum_get_extent (const XpsPlotSpectrum *spectrum, gboolean positive, double *low, double *high)
{
  if (positive)
    find_extent (spectrum, spectrum->offset / spectrum->factor, low, high);
  else
    *low = spectrum->least, *high = spectrum->largest;
  *low = spectrum->factor * *low - spectrum->offset;
  *high = spectrum->factor * *high - spectrum->offset;
  return *low <= *high;
}
