/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numerics/faddeeva.h"

#include <stddef.h>

/* Voigt profile of unit area over energy_ev[n] (any order and spacing), and its partial derivatives:
 *   V = K(X, Y) / (sigma sqrt(2 pi)),  X + iY = (energy - center + i gamma) / (sigma sqrt(2)),
 *   sigma = fwhm_g / (2 sqrt(2 ln 2)), gamma = fwhm_l / 2;  widths in eV, >= 0.
 * value[n] is 1/eV; d_center, d_fwhm_g, d_fwhm_l [n] are 1/eV^2; each of the three may be NULL, and without
 * all three the value alone is cheaper. fwhm_g = 0 is the Lorentzian, fwhm_l = 0 the Gaussian, with their
 * one-sided derivatives. Where both widths are below 1e-100 eV, fwhm_g counts as 1e-100 eV. Arrays may be
 * unaligned and must not overlap. No allocation.
 *
 * Largest relative errors at FULL level over profiles of 0.05 to 3.2 eV out to 40 widths: value 2.1e-13,
 * d_center 1.1e-11, d_fwhm_g 4e-10, d_fwhm_l 1e-11 (the last three beside their zeros: 4e-13 of the peak, in
 * units of the widths). At FAST level the value has the errors of faddeeva.h, the derivatives 2e-8 of the
 * peak in units of the widths. */
void xps_voigt_line (size_t n, const double *energy_ev, double center, double fwhm_g, double fwhm_l,
                     XpsFaddeevaLevel level, double *value, double *d_center, double *d_fwhm_g,
                     double *d_fwhm_l);

/* The same with an instruction set by name, for tests and benchmarks; 0 where this machine lacks it. */
int xps_voigt_line_with (const char *isa, size_t n, const double *energy_ev, double center, double fwhm_g,
                         double fwhm_l, XpsFaddeevaLevel level, double *value, double *d_center,
                         double *d_fwhm_g, double *d_fwhm_l);
