/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/model.h"
#include "spectrum/spectrum.h"

/* Made-up spectra and models of a wanted size. */

/* A core level of six lines on a line, counts with the scatter of counting; `phase` moves its lines. */
XpsSpectrum *made_spectrum (const char *name, const char *sample, gsize n_points, double phase);
/* `n` of them, phase by phase: XpsSpectrum. */
GPtrArray *made_spectra (guint n, gsize n_points);
/* Six free Voigt lines on a straight line, all of their window. */
XpsModel *made_model (void);
