/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/formats.h"
#include "formats/lines.h"

/* The header of PHI's instruments and MultiPak ("SpectralRegDef: 1 1 C1s 6 101 -0.2 298 278 ..."), as it
 * stands in .spe and .pro files and in text exports. */

typedef struct {
  char *name;
  gsize n;
  double step, start, end; /* eV, binding energy */
  double time;             /* s per point, all sweeps; NaN where not given */
  double pass_energy;
  guint line;
} XpsPhiRegion;

typedef struct {
  XpsAcquisition *record; /* of all regions */
  GPtrArray *regions;     /* XpsPhiRegion */
  GPtrArray *areas;       /* char *: names of the areas, may be empty */
  char *description;      /* of the file */
  char *software;
} XpsPhiHeader;

void xps_phi_header_init (XpsPhiHeader *self);
void xps_phi_header_clear (XpsPhiHeader *self);

/* "Key: value". FALSE for a region whose numbers make no sense: `line` is what was expected otherwise. */
gboolean xps_phi_header_add_line (XpsPhiHeader *self, XpsSpan line);

/* Copy of the record with what belongs to the region; without keys where `brief`. */
XpsAcquisition *xps_phi_header_dup_record (const XpsPhiHeader *self, const XpsPhiRegion *region,
                                           gboolean brief);

/* Name of the area (counted from 1), else the description of the file; may be NULL. Borrowed. */
const char *xps_phi_header_get_sample (const XpsPhiHeader *self, guint area);
