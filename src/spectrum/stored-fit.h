/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A fit that came with the file, as the program that made it wrote it (CasaXPS records in VAMAS: kinetic
 * energies in the calibrated frame, areas in counts/s eV). Neutral record: the fit room turns it into a model
 * of ours. */

typedef struct {
  double value, low, high;
  int link;      /* 0-based index of the component it is tied to, or -1 */
  double factor; /* value = factor * other, or other + factor for positions */
} XpsStoredParameter;

typedef struct {
  char *name, *shape; /* "C 1s scan", "GL(30)" */
  XpsStoredParameter area, fwhm, position;
  double area_error, fwhm_error, position_error;     /* standard errors; NaN where the record lacks them */
  double sensitivity, uncorrected_sensitivity, mass; /* NaN where the record lacks them */
  int index;
  char *tag, *constraint;
  guint line; /* of the file, for messages */
} XpsStoredComponent;

typedef struct {
  char *name, *background;                           /* "Shirley", "U 2 Tougaard" */
  double start, end;                                 /* in the calibrated frame, kinetic unless `binding` */
  double sensitivity, uncorrected_sensitivity, mass; /* NaN where the record lacks them */
  double average_width, offset_start, offset_end;
  double cross_section[4]; /* Tougaard B, C, D, T0 as written */
  char *tag;
  guint line;
} XpsStoredRegion;

typedef struct {
  double measured, assigned; /* eV; the shift in binding energy is assigned - measured */
  char *text;                /* the record as written */
} XpsStoredCalibration;

typedef struct {
  char *program;           /* "CasaXPS Version 2.3.25" or NULL */
  gboolean binding;        /* positions and regions are binding energies: no photon energy is needed */
  gboolean in_data_unit;   /* areas are in the unit of the intensities times eV, not in counts/s eV */
  char *result;            /* RESULT.json, where the fit is one of this program's own; else NULL */
  GPtrArray *calibrations; /* XpsStoredCalibration */
  GPtrArray *processing;   /* char *: further records as written (smoothing, background subtraction, ...) */
  GPtrArray *regions;      /* XpsStoredRegion */
  GPtrArray *components;   /* XpsStoredComponent */
} XpsStoredFit;

XpsStoredFit *xps_stored_fit_new (void);
XpsStoredFit *xps_stored_fit_copy (const XpsStoredFit *self);
void xps_stored_fit_free (XpsStoredFit *self);
XpsStoredComponent *xps_stored_fit_add_component (XpsStoredFit *self); /* owned by self, zeroed, links -1 */
XpsStoredRegion *xps_stored_fit_add_region (XpsStoredFit *self);
void xps_stored_fit_add_calibration (XpsStoredFit *self, double measured, double assigned, const char *text);

/* The same with kinetic energies and areas in counts/s eV, as CasaXPS has them: `photon_energy` in eV,
 * `live_time` in s where the data are counts, else 1. NULL where that needs a number that is NaN. */
XpsStoredFit *xps_stored_fit_new_kinetic (const XpsStoredFit *self, double photon_energy, double live_time);

/* Sum of (assigned - measured) over all calibrations, eV in binding energy. */
double xps_stored_fit_get_shift (const XpsStoredFit *self);
