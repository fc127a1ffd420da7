/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spectrum/acquisition.h"

/* The comment lines "# key: value" above each table of our own CSV files, the same for writer and reader. */

#define XPS_CSV_MARK "# Corelevel spectra"

typedef enum { XPS_CSV_NUMBER, XPS_CSV_TEXT } XpsCsvKind;

typedef struct {
  const char *key;
  XpsCsvKind kind;
  gsize offset; /* in XpsAcquisition: double or char * */
} XpsCsvKey;

const XpsCsvKey *xps_csv_get_keys (gsize *n);
