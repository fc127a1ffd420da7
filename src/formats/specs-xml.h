/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"

/* What the two sources of the SPECS .xml reader share: specs-xml.c follows the elements, specs-xml-region.c
 * makes spectra of a region. */

typedef struct {
  double position, shift, gain;
} XpsSpecsDetector;

/* One scan: counts as stored, detector fastest. */
typedef struct {
  GArray *counts; /* double */
  guint cycle;
  int line; /* of its first number */
} XpsSpecsScan;

typedef struct {
  char *name, *group;
  double n_values, n_curves, head, tail, delta, kinetic, base, pass_energy;
  gboolean fixed_transmission; /* the analyser's mode: only there the shift is in units of pass energy */
  GArray *detectors;           /* XpsSpecsDetector */
  GPtrArray *scans;            /* XpsSpecsScan */
  GArray *cycle_times;         /* double: s since 1970, one a cycle */
  GArray *transmission;        /* double, may be empty */
  XpsAcquisition *record;
  int line;
} XpsSpecsRegion;

XpsSpecsRegion *xps_specs_region_new (void);
void xps_specs_region_free (XpsSpecsRegion *region);
XpsSpecsScan *xps_specs_region_add_scan (XpsSpecsRegion *region, guint cycle); /* owned by the region */

/* Appends the sum over all scans of each region, then for regions of several cycles each cycle and of several
 * scans each scan. Scans whose number of counts does not fit are left out with a warning. */
void xps_specs_regions_add_spectra (GPtrArray *regions, XpsMemoryBudget *budget, XpsFile *file);
