/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quantify/depth.h"

/* How large a line is for one atom: what areas of different levels are divided by before they are compared.
 * For a homogeneous, thick and flat sample an area is proportional to
 *   atoms * cross section * W(direction) * effective attenuation length * transmission
 * (Fadley, Prog. Surf. Sci. 16 (1984) 275; attenuation length instead of mean free path: Jablonski and
 * Powell). Every factor is part of the answer, and so is what was left out. */

typedef struct {
  double photon_energy;                        /* eV */
  double angle_deg, polarisation, azimuth_deg; /* between photon and electron, see xps_angular_factor();
                                                * angle NaN: not known, W = 1 and said so */
  const XpsMaterial *matrix;                   /* NULL: not known, lengths go with E^0.75 and it is said so */
  double emission_deg;                         /* from the surface normal */
  XpsImfpMethod method;
} XpsSensitivityOptions;

/* NaN, NULL and TPP-2M; emission along the normal. */
void xps_sensitivity_options_init (XpsSensitivityOptions *options);

typedef enum {
  XPS_SENSITIVITY_NO_ANGLE = 1 << 0,
  XPS_SENSITIVITY_NO_MATRIX = 1 << 1,
  XPS_SENSITIVITY_NO_TRANSMISSION = 1 << 2,
  XPS_SENSITIVITY_NEAR_THRESHOLD = 1 << 3,
} XpsSensitivityGaps;

typedef struct {
  double kinetic_energy; /* eV, in the solid: photon energy less binding energy */
  double barn;           /* cross section of the level (both lines of a doublet for "S 2p") */
  double angular;        /* W */
  double length;         /* nm, or eV^0.75 without a matrix: only ratios count then */
  double transmission;
  double product; /* of the four */
  double spread; /* relative, of cross section (two calculations) and length (three formulas) in quadrature */
  guint gaps;    /* XpsSensitivityGaps */
} XpsSensitivity;

/* `level` as in xps_reference_get_cross_section(); `binding_energy` eV; `transmission` relative to the other
 * levels, NaN: not known, taken as 1 and said so. FALSE below the threshold and outside a formula's range. */
gboolean xps_sensitivity (XpsReference *reference, const char *level, double binding_energy,
                          double transmission, const XpsSensitivityOptions *options, XpsSensitivity *out,
                          GError **error);

/* Expected area of one line of a phase, for ties between areas: `atoms` of a formula unit stand behind the
 * level; `ratio` is the weaker line of its doublet over the stronger one, whose area this is (NaN: single
 * line); `seconds` that every point was counted where the area is in counts eV, 1 for counts/s eV. Only the
 * ratios of such numbers mean something, and only for one flux and one place on the sample. */
double xps_sensitivity_of_line (const XpsSensitivity *self, double atoms, double ratio, double seconds);

/* A sentence for what was left out, "" for nothing. New string. */
char *xps_sensitivity_dup_gaps (guint gaps);
