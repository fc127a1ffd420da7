/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/formats.h"

/* NXxps files. Names are those of the NeXus application definitions NXmpes and NXxps and of the base classes
 * NXfit, NXpeak, NXfit_function, NXparameters; what a measurement does not say is left out, also where a
 * definition asks for it, for nothing is invented. Energies and intensities are written as they are in
 * memory, so that they read back the same to the last bit. */

/* A parameter of a peak or background. NaN: not known. */
typedef struct {
  const char *name; /* "area", "width", "position" are the definition's; others as the model calls them */
  double value, error, low, high;
  const char *unit; /* "eV", or NULL */
} XpsNexusParameter;

/* A peak or a background of a fit. */
typedef struct {
  gboolean is_background;
  const char *label;       /* "S 2p3/2" */
  const char *type;        /* "Voigt", "Shirley" */
  const char *description; /* as the model has it: "GL(30)"; or NULL */
  const double *curve;     /* [n] in the unit of the intensities, or NULL */
  double area;             /* NaN: not known */
  double sensitivity;      /* relative sensitivity factor; NaN: not known */
  const XpsNexusParameter *parameters;
  gsize n_parameters;
} XpsNexusPart;

/* A fit of one spectrum. Arrays are borrowed. */
typedef struct {
  const char *label;
  gsize n;                  /* of the points that were fitted; may be fewer than the spectrum has */
  XpsAxisKind axis;         /* of `energy` and positions: binding where a charge reference is applied */
  const double *energy;     /* eV, [n] */
  const double *intensity;  /* [n] */
  const double *sum;        /* peaks and backgrounds, [n]; or NULL */
  const double *background; /* all backgrounds together, [n]; or NULL */
  double reduced_chi2;      /* NaN: not known */
  const char *result;       /* RESULT.json, kept so that this program reads the whole fit back; or NULL */
  const XpsNexusPart *parts;
  gsize n_parts;
} XpsNexusFit;

/* One NXentry for each spectrum. `fits`: as many as spectra, or NULL. Where one is NULL, the fit that came
 * with the spectrum's file (XpsStoredFit) is written, if there is one. NULL with error. */
GBytes *xps_nexus_write_fits (GPtrArray *spectra, const XpsNexusFit *const *fits, GError **error);
GBytes *xps_nexus_write (GPtrArray *spectra, GError **error);
