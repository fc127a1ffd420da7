/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How a spectrum was measured. A number that the file does not give is NaN, a text NULL: never invented. */

typedef struct {
  char *label, *unit;
  double value; /* NaN where the file holds text */
  char *text;   /* the value as written */
} XpsVariable;  /* etch time, temperature, potential, position, ... */

typedef struct {
  char *key, *value;
  char *unit; /* of a number that the format keeps with its unit (VAMAS additional parameters), else NULL */
} XpsKey;     /* every further key of the file */

typedef struct {
  double photon_energy; /* eV */
  double pass_energy;   /* eV */
  double work_function; /* eV, as the file says */
  /* Kinetic energies count from the vacuum level of the analyser: binding energies are hv - KE -
   * work_function. FALSE: from the Fermi level, hv - KE, as all laboratory formats have it; Diamond's GDA
   * does not. */
  gboolean from_vacuum;
  double dwell;     /* s per point and scan */
  double scans;     /* number of scans */
  double live_time; /* s per point over all scans, where the file gives only that */
  gboolean summed;  /* counts are the sum over the scans (TRUE, the default) or their mean (FALSE) */
  double polar, azimuth, take_off_polar, take_off_azimuth; /* degrees */
  char *technique, *species, *transition;                  /* "XPS", "S", "2p" */
  char *source;                                            /* "Al mono" */
  char *analyser_mode;
  char *date; /* ISO 8601, as far as known */
  char *instrument, *operator_;
  char *comment;
  GPtrArray *variables; /* XpsVariable, in file order */
  GPtrArray *keys;      /* XpsKey, in file order */
} XpsAcquisition;

XpsAcquisition *xps_acquisition_new (void);
XpsAcquisition *xps_acquisition_copy (const XpsAcquisition *self);
void xps_acquisition_free (XpsAcquisition *self);
void xps_acquisition_add_variable (XpsAcquisition *self, const char *label, const char *unit,
                                   const char *text);
void xps_acquisition_add_key (XpsAcquisition *self, const char *key, const char *value);
void xps_acquisition_add_key_with_unit (XpsAcquisition *self, const char *key, const char *unit,
                                        const char *value);
/* Value of the first key of that name, or NULL. */
const char *xps_acquisition_find_key (const XpsAcquisition *self, const char *key);

/* Another photon energy (eV) instead of the file's, which stays as the key "Photon energy in the file (eV)"
 * and in the comment, with the reason (may be NULL). */
void xps_acquisition_correct_photon_energy (XpsAcquisition *self, double photon_energy, const char *reason);

/* Seconds that every point was counted: the live time where the file gives it, else dwell times scans; NaN
 * when not known. A rate in counts per second times this is the number of electrons counted, whether the
 * scans were summed or averaged. */
double xps_acquisition_get_live_time (const XpsAcquisition *self);
