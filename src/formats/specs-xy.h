/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/fields.h"
#include "formats/formats.h"
#include "formats/lines.h"

/* What the two sources of the SPECS .xy reader share: specs-xy.c follows the lines, specs-xy-set.c makes data
 * sets of them. */

/* Places in a data set's address, in the order in which the format nests them. */
typedef enum {
  XPS_SPECS_CYCLE,
  XPS_SPECS_CURVE,
  XPS_SPECS_SCAN,
  XPS_SPECS_CHANNEL,
  XPS_SPECS_N
} XpsSpecsPlace;

/* One table of numbers with the header that was valid for it. */
typedef struct {
  XpsSpan labels;           /* of its columns */
  GArray *values;           /* double, row by row */
  gsize n_columns;          /* 0: no row yet */
  guint first_line;         /* of its numbers */
  int address[XPS_SPECS_N]; /* -1: not given */
  guint region;             /* running number of its region in the file */
  char *name, *group;
  char *external; /* label of an external channel, or NULL: a spectrum */
  XpsAcquisition *record;
} XpsSpecsSet;

typedef struct {
  XpsFile *file;
  gboolean binding;   /* as the export settings say */
  gboolean axis_said; /* they do */
  XpsMemoryBudget budget;
} XpsSpecsSettings;

XpsSpecsSet *xps_specs_set_new (void);
void xps_specs_set_free (XpsSpecsSet *set);

/* Reads "Cycle: 0, Curve: 3, Scan: 1" into address[]; FALSE where the line is none of that kind. */
gboolean xps_specs_read_address (XpsSpan line, int address[XPS_SPECS_N]);

/* "Loop" = 3 or "x [mm]" = 0.4 becomes a variable of the record, or a key of it. */
void xps_specs_add_parameter (XpsAcquisition *record, XpsSpan text, gboolean is_variable);

/* ISO 8601 of "11/28/24 13:08:08 UTC" (month first), or NULL. New string. */
char *xps_specs_dup_date (const char *text);

/* The spectra of all sets, external channels as columns of the sets they belong to. */
void xps_specs_make_spectra (XpsSpecsSettings *settings, GPtrArray *sets);
