/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quantify/peaks.h"
#include "reference/element.h"

/* Which elements a survey shows: suggestions, each with what speaks for and against it; nothing is assigned.
 */

typedef struct {
  const XpsElementLine *line; /* owned by the candidate */
  int peak;                   /* index of the peak it belongs to, -1: none there */
  double distance;            /* eV, peak minus line, common shift applied; NaN: none */
  double expected; /* significance it should have, scaled from the element's other lines and the noise at its
                    * place; NaN: not known (Auger lines, lines outside the spectrum) */
  gboolean in_range; /* the spectrum covers it */
  gboolean missing;  /* covered, expected well above the noise, and not there */
  GPtrArray *shared; /* char *: lines of other suggested elements at the same peak ("Na KLL") */
} XpsElementMatch;

typedef struct {
  char *element;
  int z;
  double offset;      /* eV: peak less line of its main line, common shift applied; the others follow it */
  double strain;      /* standard deviations that the offset is off what is usual */
  double score;       /* 0 to 1: orders the candidates; from what their lines explain, no probability */
  gboolean suggested; /* the odds speak for it */
  guint n_found, n_missing;
  GPtrArray *lines;     /* XpsElementLine: all of them, strongest first */
  GArray *matches;      /* XpsElementMatch, one for each line */
  GPtrArray *in_favour; /* char *: sentences, translated */
  GPtrArray *against;   /* char * */
} XpsElementCandidate;

typedef struct {
  GArray *peaks;         /* XpsSurveyPeak */
  GPtrArray *candidates; /* XpsElementCandidate, best first; those with no line found are left out */
  GArray *unexplained;   /* guint: peaks that no suggested element explains */
  double shift;          /* eV added to the peaks to meet the lines: charging, found from the peaks */
  double photon_energy;  /* eV that Auger lines and cross sections were taken at */
} XpsElementAnalysis;

typedef struct {
  XpsPeakOptions peaks;
  double shift;              /* eV; NaN: found, within 8 eV */
  const char *const *assume; /* symbols that are known to be there, NULL-terminated, or NULL */
} XpsElementOptions;

void xps_element_options_init (XpsElementOptions *options);

/* NULL with error where xps_find_peaks() has one, or the photon energy is not known. */
XpsElementAnalysis *xps_identify_elements (XpsReference *reference, const XpsSpectrum *spectrum,
                                           const XpsEnergyScale *scale, const XpsElementOptions *options,
                                           GError **error);
void xps_element_analysis_free (XpsElementAnalysis *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsElementAnalysis, xps_element_analysis_free)
