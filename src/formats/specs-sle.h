/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"

/* The schedule of a SPECS .sle file: what was to be measured, as XML. */

typedef struct {
  char *id, *name, *group;
  XpsAcquisition *record; /* from the attributes of its settings */
} XpsSleSpectrum;

void xps_sle_spectrum_free (XpsSleSpectrum *spectrum);

/* Appends the Spectrum elements of the schedule to `spectra` (XpsSleSpectrum). FALSE with what libxml2 says
 * in `problem` (new string) where it is no XML; those before are kept. */
gboolean xps_sle_read_schedule (const char *text, gsize length, XpsMemoryBudget *budget, GPtrArray *spectra,
                                char **problem);

/* Appends the `shift` of each Detector element (double) to `shifts`; what is no XML is ignored. */
void xps_sle_read_shifts (const char *text, gsize length, GArray *shifts);
