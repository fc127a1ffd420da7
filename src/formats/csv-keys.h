/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spectrum/acquisition.h"

/* The comment lines "# key: value" above each table of our own CSV files, the same for writer and reader. */

#define XPS_CSV_MARK "# Corelevel spectra"

typedef enum { XPS_CSV_NUMBER, XPS_CSV_TEXT, XPS_CSV_FLAG } XpsCsvKind;

typedef struct {
  const char *key;
  XpsCsvKind kind;
  gsize offset; /* in XpsAcquisition: double, char * or gboolean: written only when set, as "yes" */
} XpsCsvKey;

const XpsCsvKey *xps_csv_get_keys (gsize *n);
