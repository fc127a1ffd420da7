/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "spectrum/spectrum.h"

/* What readers of `key: value` and `key=value` headers share. */

typedef struct {
  const char *key; /* as the format writes it */
  gsize offset;    /* of the member in XpsAcquisition: G_STRUCT_OFFSET() */
  gboolean is_text;
} XpsField;

/* Keeps the pair as a key and sets the member that the table names for it, if any. A number that does not
 * parse or is not finite leaves its member NaN; an empty text leaves it NULL. */
void xps_fields_add (XpsAcquisition *record, const XpsField *table, gsize n, const char *key,
                     const char *value);

/* Bytes that a copy of the record takes, about; for the memory budget. */
gsize xps_fields_cost (const XpsAcquisition *record);

/* A column of data as a new spectrum with the draft's other members: points that are not finite are left out
 * and counted. Empties the draft; NULL where no point is left. */
XpsSpectrum *xps_fields_make_spectrum (XpsSpectrumDraft *draft, gsize *n_dropped);
