/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference/cross-section.h"

/* How far electrons come: inelastic mean free path, attenuation length, information depth. Energies are
 * kinetic energies in the solid in eV, lengths nm. Formulas, their sources and ranges: docs/METHODS.md. The
 * formulas differ by 10 to 20 % and more for wide-gap lithium salts: the spread between them is part of the
 * answer. */

#define XPS_QUANTIFY_ERROR (xps_quantify_error_quark ())

typedef enum { XPS_QUANTIFY_ERROR_RANGE } XpsQuantifyError;

GQuark xps_quantify_error_quark (void);

typedef enum {
  XPS_IMFP_TPP2M, /* Tanuma, Powell, Penn 1994; relativistic form of Shinotsuka et al. 2015; 50 eV to 200 keV
                   */
  XPS_IMFP_JTP,   /* Jablonski, Tanuma, Powell 2023, as a secondary source has it */
  XPS_IMFP_S1,    /* Seah 2012; 100 eV to 30 keV */
  XPS_N_IMFP,
} XpsImfpMethod;

const char *xps_imfp_method_to_text (XpsImfpMethod method); /* "tpp2m", "jtp", "s1" */
gboolean xps_imfp_method_from_text (const char *text, XpsImfpMethod *method);
const char *xps_imfp_method_get_source (XpsImfpMethod method); /* citation, and how it was verified */

/* FALSE outside the formula's range. */
gboolean xps_imfp (XpsImfpMethod method, const XpsMaterial *material, double energy_ev, double *nm,
                   GError **error);
/* Non-relativistic TPP-2M as printed in 1994, for comparisons with its own check values. */
double xps_imfp_tpp2m_1994 (const XpsMaterial *material, double energy_ev);

typedef struct {
  double imfp;                  /* by the method asked for */
  double by_method[XPS_N_IMFP]; /* nm, NaN outside a formula's range */
  double lowest, highest;       /* over the methods */
  double transport;             /* transport mean free path, nm */
  double albedo;                /* omega = imfp / (imfp + transport) */
  double attenuation; /* effective attenuation length, Jablonski and Powell: imfp (1 - 0.735 omega) */
  double seah;        /* attenuation length by Seah's S3 */
  double straight;    /* information depth at 95 %, straight lines: imfp cos(alpha) ln 20 */
  double information; /* the same with elastic scattering: times (1 - 0.787 omega) */
} XpsDepth;

/* alpha: emission angle from the surface normal in degrees, 0 to 60 (beyond, the elastic terms have no
 * formula: refused). `reference` gives the elastic cross sections. */
gboolean xps_depth (XpsReference *reference, const XpsMaterial *material, double energy_ev, double alpha_deg,
                    XpsImfpMethod method, XpsDepth *out, GError **error);
