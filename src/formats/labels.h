/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spectrum/spectrum.h"

/* What the words in a column's header say it is. Labels come from instruments, programs and people, in
 * several spellings and in English or German; what is not recognised stays "other". NULL counts as empty. */

typedef enum {
  XPS_LABEL_NONE,
  XPS_LABEL_BINDING,    /* BE, B.E., Binding Energy, Bindungsenergie, E_bin */
  XPS_LABEL_KINETIC,    /* KE, K.E., Kinetic, E_kin */
  XPS_LABEL_PHOTON,     /* photon energy, excitation energy, PE/eV, hv */
  XPS_LABEL_WAVELENGTH, /* not an energy of electrons */
  XPS_LABEL_ENERGY,     /* an energy, not said which */
  XPS_LABEL_SUM,        /* sum over sweeps or channels */
  XPS_LABEL_COUNTS,     /* counts */
  XPS_LABEL_RATE,       /* cps, counts/s, c/s, count rate, 1/s */
  XPS_LABEL_INTENSITY,  /* intensity, int, signal, yield: unit not said */
  XPS_LABEL_SIGMA,
  XPS_LABEL_BACKGROUND,
  XPS_LABEL_ENVELOPE,
  XPS_LABEL_RESIDUAL,
  XPS_LABEL_TRANSMISSION,
} XpsLabel;

XpsLabel xps_label_classify (const char *label);

XpsAxisKind xps_label_axis (const char *label);          /* XPS_AXIS_OTHER where it does not say */
XpsIntensityUnit xps_label_unit (const char *label);     /* XPS_INTENSITY_UNKNOWN where it does not say */
XpsColumnRole xps_label_column_role (const char *label); /* XPS_COLUMN_OTHER for anything else */
