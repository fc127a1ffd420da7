/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "spectrum/acquisition.h"
#include "spectrum/stored-fit.h"

/* A measured curve. Immutable once made, shared by an atomic reference count; shifts, ranges, backgrounds
 * and models are values beside it, never changes to it. The arrays are as the file stores them: any spacing,
 * ascending or descending, kinetic or binding energy. */

typedef enum {
  XPS_AXIS_BINDING,
  XPS_AXIS_KINETIC,
  XPS_AXIS_PHOTON, /* photon energy was scanned (NEXAFS, CFS) */
  XPS_AXIS_OTHER,  /* not known, or not an energy */
} XpsAxisKind;

typedef enum {
  XPS_INTENSITY_COUNTS,
  XPS_INTENSITY_COUNTS_PER_SECOND,
  XPS_INTENSITY_UNKNOWN,
} XpsIntensityUnit;

typedef enum {
  XPS_COLUMN_TRANSMISSION, /* relative spectrometer transmission at each point */
  XPS_COLUMN_SIGMA,        /* standard deviation, in the unit of the intensity */
  XPS_COLUMN_BACKGROUND,   /* a background known beforehand, in the unit of the intensity */
  XPS_COLUMN_COMPONENT,    /* a component curve of a stored fit */
  XPS_COLUMN_ENVELOPE,
  XPS_COLUMN_OTHER,
} XpsColumnRole;

typedef struct {
  XpsColumnRole role;
  char *label;
  char *unit;
  double *values; /* as many as the spectrum has points */
} XpsColumn;

typedef struct _XpsSpectrum XpsSpectrum;

/* What a reader fills in; xps_spectrum_new() takes all of it and leaves the draft empty. */
typedef struct {
  char *name;   /* region name to show, e.g. "S 2p" */
  char *sample; /* sample identifier */
  char *group;
  XpsAxisKind axis;
  char *axis_label; /* as in the file */
  gsize n;
  double *energy;    /* eV, [n] */
  double *intensity; /* [n] */
  XpsIntensityUnit unit;
  char *unit_label;   /* as in the file: "d", "c/s", "counts/s" */
  GPtrArray *columns; /* XpsColumn, or NULL */
  XpsAcquisition *acquisition;
  XpsStoredFit *stored_fit; /* a fit that came with the file, or NULL */
} XpsSpectrumDraft;

/* `draft->n` >= 1, energy and intensity finite are the reader's duty (it knows the place in the file). */
XpsSpectrum *xps_spectrum_new (XpsSpectrumDraft *draft);
/* The way back for a spectrum that nobody else holds: `draft` takes its contents, for a new one with other
 * words around the same numbers. */
void xps_spectrum_take_apart (XpsSpectrum *take_self, XpsSpectrumDraft *draft);
/* A draft with copies of everything, for a spectrum like this one but for some words. */
void xps_spectrum_copy_to_draft (const XpsSpectrum *self, XpsSpectrumDraft *draft);
void xps_spectrum_draft_clear (XpsSpectrumDraft *draft);
XpsColumn *xps_column_new (XpsColumnRole role, const char *label, const char *unit, double *take_values);
void xps_column_free (XpsColumn *column);

XpsSpectrum *xps_spectrum_ref (const XpsSpectrum *self);
void xps_spectrum_unref (XpsSpectrum *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSpectrum, xps_spectrum_unref)

const char *xps_spectrum_get_name (const XpsSpectrum *self);
const char *xps_spectrum_get_sample (const XpsSpectrum *self);
const char *xps_spectrum_get_group (const XpsSpectrum *self);
XpsAxisKind xps_spectrum_get_axis (const XpsSpectrum *self);
const char *xps_spectrum_get_axis_label (const XpsSpectrum *self);
gsize xps_spectrum_get_n (const XpsSpectrum *self);
const double *xps_spectrum_get_energy (const XpsSpectrum *self);
const double *xps_spectrum_get_intensity (const XpsSpectrum *self);
XpsIntensityUnit xps_spectrum_get_unit (const XpsSpectrum *self);
const char *xps_spectrum_get_unit_label (const XpsSpectrum *self);
const GPtrArray *xps_spectrum_get_columns (const XpsSpectrum *self); /* XpsColumn, may be empty */
const XpsColumn *xps_spectrum_find_column (const XpsSpectrum *self, XpsColumnRole role); /* first, or NULL */
const XpsAcquisition *xps_spectrum_get_acquisition (const XpsSpectrum *self);
const XpsStoredFit *xps_spectrum_get_stored_fit (const XpsSpectrum *self); /* or NULL */
