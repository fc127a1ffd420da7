/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/operando.h"

/* Spectra in any number for maps and series: the curves that the oracle fitted to the 31 steps of the
 * operando series, redrawn with Poisson noise, the same in every run. */

/* [n_spectra * points] counts; spectrum i is drawn from step i * 31 / n_spectra (an even sweep) times
 * `scale`. */
float *synthetic_new_counts (const Operando *operando, gsize n_spectra, double scale);

/* Spectrum i of them as data to fit. */
XpsFitData *synthetic_new_data (const Operando *operando, const float *counts, gsize i);
