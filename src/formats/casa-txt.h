/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"
#include "formats/lines.h"

/* What the sources of the reader for text exports of CasaXPS share. */

#define XPS_CASA_MOST_COLUMNS 256

/* What a column of a table holds. */
typedef enum {
  XPS_CASA_NOTHING,
  XPS_CASA_KINETIC,
  XPS_CASA_BINDING,
  XPS_CASA_COUNTS,
  XPS_CASA_RATE,
  XPS_CASA_COMPONENT,
  XPS_CASA_BACKGROUND,
  XPS_CASA_ENVELOPE,
  XPS_CASA_OTHER,
} XpsCasaKind;

/* One block of the export: what stands above a table, and the table. */
typedef struct {
  char *sample, *name;
  double photon_energy;     /* eV, NaN where it is not said */
  double time;              /* s per point over all scans, likewise */
  GPtrArray *parameters[5]; /* char *, by column: names, positions, widths, areas, line shapes */
  GPtrArray *titles;        /* char *, by column; empty before the table */
  XpsCasaKind kinds[XPS_CASA_MOST_COLUMNS];
  GArray *rows; /* double, titles->len a row; NaN where a cell is empty */
  guint line;   /* of the titles */
} XpsCasaBlock;

void xps_casa_block_init (XpsCasaBlock *self);
void xps_casa_block_clear (XpsCasaBlock *self);

/* Splits a line at tabs, or at commas where it has no tab. Free with g_ptr_array_unref(). */
GPtrArray *xps_casa_split (XpsSpan line);

/* Decides what the titles mean. FALSE where they are no titles of a table. */
gboolean xps_casa_block_set_titles (XpsCasaBlock *self, GPtrArray *cells, guint line);

/* The block as a spectrum with its curves and its fit; NULL and no error where it has no data. */
XpsSpectrum *xps_casa_block_make_spectrum (const XpsCasaBlock *self, XpsMemoryBudget *budget, XpsFile *file,
                                           GError **error);
