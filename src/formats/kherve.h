/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/formats.h"

/* The fit of a KherveFitting project, out of its workbook or its JSON file, as the neutral record. */

typedef enum {
  XPS_KHERVE_POSITION,
  XPS_KHERVE_FWHM,
  XPS_KHERVE_AREA,
  XPS_KHERVE_MIX, /* L/G, percent of Lorentzian */
  XPS_KHERVE_N_NUMBERS,
} XpsKherveNumber;

typedef struct {
  char *name, *model; /* "GL (Area)" */
  double value[XPS_KHERVE_N_NUMBERS];
  char *constraint[XPS_KHERVE_N_NUMBERS]; /* "0.3:3.5", "A*0.667#0.05", "Fixed", ... or NULL */
} XpsKhervePeak;

typedef struct {
  GPtrArray *peaks; /* XpsKhervePeak: the first is A, the next B, ... */
  char *background;
  double low, high; /* eV, binding energy: range of the background */
} XpsKherveFit;

XpsKherveFit *xps_kherve_fit_new (void);
void xps_kherve_fit_free (XpsKherveFit *fit);
XpsKhervePeak *xps_kherve_fit_add (XpsKherveFit *fit, const char *name); /* owned by the fit */

/* A parameter by its label in the file; what is not known is passed over. `peak` may be NULL for what belongs
 * to the background ("Bkg ..."). */
void xps_kherve_fit_set (XpsKherveFit *fit, XpsKhervePeak *peak, const char *label, const char *text,
                         const char *constraint);

/* The record, with binding energies, or NULL where there is no peak or the fit is not complete. What was not
 * taken is told in file->notes. */
XpsStoredFit *xps_kherve_fit_make_stored (const XpsKherveFit *fit, const char *region, XpsFile *file);
