/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"

/* A region as SPECS programs store it, scan by scan and channel by channel: specs-xml.c and specs-sle.c fill
 * it in, specs-xml-region.c makes spectra of it. */

typedef struct {
  double position, shift, gain;
} XpsSpecsDetector;

/* One scan: counts or rates as stored, detector fastest. */
typedef struct {
  GArray *counts; /* double */
  guint cycle;
  int line; /* of its first number */
} XpsSpecsScan;

typedef struct {
  char *name, *group;
  double n_values, n_curves, head, tail, delta, kinetic, base, pass_energy;
  gboolean fixed_transmission; /* the analyser's mode: only there the shift is in units of pass energy */
  gboolean rates; /* counts per second: scans are averaged, and points that a channel did not see left out */
  GArray *detectors;    /* XpsSpecsDetector */
  GPtrArray *scans;     /* XpsSpecsScan */
  GArray *cycle_times;  /* double: s since 1970, one a cycle */
  GArray *transmission; /* double, may be empty */
  XpsAcquisition *record;
  int line;
} XpsSpecsRegion;

XpsSpecsRegion *xps_specs_region_new (void);
void xps_specs_region_free (XpsSpecsRegion *region);
XpsSpecsScan *xps_specs_region_add_scan (XpsSpecsRegion *region, guint cycle); /* owned by the region */

/* Appends the sum (of rates the mean) over all scans of each region, then for regions of several cycles each
 * cycle and of several scans each scan. Scans whose number of counts does not fit are left out with a
 * warning. */
void xps_specs_regions_add_spectra (GPtrArray *regions, XpsMemoryBudget *budget, XpsFile *file);
