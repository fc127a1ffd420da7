/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/figure.h"
#include "fit/result.h"

/* The figure of a fit: one panel a spectrum, energies as they were fitted (binding energies, shift applied),
 * residuals in the standard deviations the fit weighted with (uniform weights: in the unit of the intensity).
 * Doublets are recognised by their links: a common centre and area apart from a constant shift and a factor
 * of about 1/2, 2/3 or 3/4, in the same phase. A fit that did not converge says so. Never NULL. */
XpsFigure *xps_figure_new_from_result (const XpsResult *result);

/* The plain figure of a measured curve on its own axis. */
XpsFigure *xps_figure_new_from_spectrum (const XpsSpectrum *spectrum);
