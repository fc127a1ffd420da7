/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quantify/identify.h"
#include "spectrum/energy.h"

/* What a sample's energies could be referenced to, and what speaks against each. A list to choose from;
 * nothing is applied. A reference that is chosen is kept with xps_edit_set_reference() (fit/edit.h): shift,
 * uncertainty and source. */

/* A place on the axis that may serve: a fitted line, a peak nobody fitted, or a Fermi edge. */
typedef struct {
  char *name;           /* component, or region of the peak */
  char *level;          /* "C 1s"; "Fermi edge"; NULL: not known */
  char *species;        /* what the user has called it, or NULL */
  double energy, error; /* eV as shown now; error NaN: not known */
  double shift;         /* eV that the energy contains already */
  gboolean fitted;      /* else a maximum read off the data */
} XpsChargeMark;

/* Arrays of XpsChargeMark with their clear function set. */
GArray *xps_charge_mark_array_new (void);
void xps_charge_add_record (GArray *marks, const XpsFitRecord *record, XpsReference *reference);
/* Peaks in the windows of usual references, and the Fermi edge where the spectrum reaches it. */
void xps_charge_add_spectrum (GArray *marks, const XpsSpectrum *spectrum, const XpsEnergyScale *scale);

typedef struct {
  char *id;                  /* stable: "c1s-adventitious", "c1s-work-function", "au4f", "fermi-edge", ... */
  char *title;               /* translated */
  const XpsChargeMark *mark; /* of the array it was made from */
  double value, uncertainty; /* eV: where the mark belongs, and how sure that is (standard deviation) */
  double shift, shift_error; /* eV to add to energies as measured, the mark's own shift counted; error:
                                reference and position in quadrature */
  char *source;              /* for the record: what, value, who says so */
  XpsVerified verified;
  gboolean guessed;     /* nobody has said that the line is this one */
  GPtrArray *in_favour; /* char *: sentences, translated */
  GPtrArray *against;   /* char * */
} XpsChargeSuggestion;

typedef struct {
  double work_function;   /* eV of the sample's surface; NaN: not known */
  gboolean lithium_metal; /* metallic lithium is in the sample or under its surface */
  gboolean secondary, recalled;
} XpsChargeOptions;

void xps_charge_options_init (XpsChargeOptions *options);

/* XpsChargeSuggestion, least doubtful first. `marks` must outlive the answer. */
GPtrArray *xps_charge_suggest (XpsReference *reference, const GArray *marks, const XpsChargeOptions *options);
