/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plot.h"

/* The room's own: a spectrum on the axes that a view asks for. */

typedef struct {
  const XpsPreview *preview;
  XpsFigureAxis axis;
  double energy_sum;     /* kinetic = energy_sum - binding, NaN: not known */
  gboolean per_second;   /* the unit is counts/s */
  const char *unit;      /* of the shown intensity before normalising, or NULL */
  const double *energy;  /* [preview->n] as shown, running one way */
  double factor, offset; /* shown = factor * measured - offset */
  double *own_energy;    /* memory */
  double least, largest; /* measured, of the points below; least > largest: none */
  gsize first, count;    /* points within the shown energies, and one more on each side */
} XpsPlotSpectrum;

/* With the energies and units of the view as far as the spectrum can have them; not yet normalised. */
void xps_plot_spectrum_init (XpsPlotSpectrum *spectrum, const XpsPreview *preview, const XpsPlotView *view);
void xps_plot_spectrum_clear (XpsPlotSpectrum *spectrum);

/* Least and largest of the shown energies; FALSE without points. */
gboolean xps_plot_spectrum_get_range (const XpsPlotSpectrum *spectrum, double *low, double *high);

/* Finds the points within the shown energies and normalises to them. */
void xps_plot_spectrum_set_range (XpsPlotSpectrum *spectrum, double low, double high, XpsNormalise normalise);

/* factor2 * shown + lift of the points within the shown energies, [count]. New array. */
double *xps_plot_spectrum_dup_shown (const XpsPlotSpectrum *spectrum, double factor2, double lift);
/* Range of what is shown; FALSE where there is nothing. `positive`: of values above zero alone. */
gboolean xps_plot_spectrum_get_extent (const XpsPlotSpectrum *spectrum, gboolean positive, double *low,
                                       double *high);
