/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "project/state.h"

/* Measured spectra with their fits as one file of an exchange format. NeXus takes the fit along as NXfit, on
 * the scale of binding energies with the charge reference applied, and with it the whole result, so that this
 * program reads it back; other formats take the spectra. */

typedef struct {
  const XpsSpectrum *spectrum;
  XpsEnergyScale scale;       /* photon energy and work function of the fit; the shift is the model part's */
  const XpsFitRecord *record; /* or NULL: not fitted */
  gsize part;                 /* of the record's model */
} XpsFittedSpectrum;

/* NeXus bytes, or NULL with error. */
GBytes *xps_nexus_write_fitted (const XpsFittedSpectrum *spectra, gsize n, GError **error);

/* Regions by the ending of `path` (.nxs, .vms, .csv). A photon energy that was corrected is written, and what
 * the file had said beside it. Fits that no longer belong to their models are left out: *n_stale of them. */
gboolean xps_regions_export (const XpsRegion *const *regions, guint n, const char *path, guint *n_stale,
                             GError **error);
