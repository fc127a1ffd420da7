/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference/reference.h"

/* Photo-ionisation of free atoms, 0.1 to 20 keV, for levels such as "S 2p3/2", "S 2p" (sum over j), "Li 1s".
 * Cross sections: EPDL97 (Cullen, Hubbell, Kissel, UCRL-50400 vol. 6 rev. 5, 1997); angular parameters: a
 * Dirac-Hartree-Slater calculation. Tables and their limits: data/reference/SOURCES.md. */

#define XPS_CROSS_SECTION_LOWEST  100.0   /* eV photon energy */
#define XPS_CROSS_SECTION_HIGHEST 20000.0 /* eV */
#define XPS_MULTIPOLES            6       /* indices 0 to 5; 0 is unused */

typedef struct {
  double barn;      /* of the whole subshell of one atom */
  double threshold; /* free atom, eV */
  gboolean near;    /* within 20 % of the threshold: good to tens of percent only */
  gboolean patched; /* next to a row taken from the second calculation */
  double second; /* barn by the second calculation (DHS), NaN where it has none: a spread between methods */
} XpsCrossSection;

/* Four-point interpolation in ln-ln, never across the threshold; near it, between the raw nodes. Refuses
 * energies outside the tables or below the threshold. */
gboolean xps_reference_get_cross_section (XpsReference *self, const char *level, double photon_energy_ev,
                                          XpsCrossSection *out, GError **error);

/* Of one level at one photon energy; sums over j are weighted with the cross sections. */
typedef struct {
  double beta, gamma, delta; /* dipole and first non-dipole parameters */
  double b[XPS_MULTIPOLES];  /* Legendre coefficients, unpolarised light, [1..5] */
  double c[XPS_MULTIPOLES];  /* [2..5]: polarisation */
  gboolean near;             /* close to the threshold, or below 50 eV kinetic energy */
} XpsAngular;

gboolean xps_reference_get_angular (XpsReference *self, const char *level, double photon_energy_ev,
                                    XpsAngular *out, GError **error);

/* W of dsigma/dOmega = sigma/(4 pi) W, all multipoles: angle between photon and electron in degrees; linear
 * polarisation 0 (laboratory tubes) to 1, azimuth of the electron about the photon's direction measured from
 * the electric vector in degrees. */
double xps_angular_factor (const XpsAngular *angular, double angle_deg, double polarisation,
                           double azimuth_deg);

/* The same in the dipole approximation: 1 - beta/4 (3 cos^2 - 1) for unpolarised light, and its polarised
 * counterpart. What laboratories usually correct with; the difference is the non-dipole part. */
double xps_angular_factor_dipole (const XpsAngular *angular, double angle_deg, double polarisation,
                                  double azimuth_deg);

/* "S 2p3/2" -> "S", "2p3/2"; FALSE when it is not a level. New strings. */
gboolean xps_level_parse (const char *level, char **element, char **orbital);

/* ---- electrons in matter ---- */

#define XPS_MATERIAL_ELEMENTS 8

/* What mean free path formulas need; `density_source` and `gap_source` say how sure they are. */
typedef struct {
  char *name, *density_source, *gap_source;
  double density;           /* g/cm3 */
  double molar_mass;        /* g/mol of the formula unit */
  double valence_electrons; /* of the formula unit */
  double gap;               /* eV */
  double n_atoms, z_mean;
  gsize n_elements;
  char elements[XPS_MATERIAL_ELEMENTS][4];
  double counts[XPS_MATERIAL_ELEMENTS];
} XpsMaterial;

/* By name as in the table, or the part of it before a blank; the message lists what there is. */
gboolean xps_reference_get_material (XpsReference *self, const char *name, XpsMaterial *out, GError **error);
void xps_material_clear (XpsMaterial *material);
/* Names of all of them, char *, in alphabetical order. */
GPtrArray *xps_reference_list_materials (XpsReference *self);

/* Transport cross section of a free atom at an electron energy, in square Angstrom: 50 eV to 20 keV, log-log.
 */
gboolean xps_reference_get_transport (XpsReference *self, const char *element, double energy_ev,
                                      double *transport_a2, GError **error);
