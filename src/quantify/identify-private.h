/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quantify/identify.h"

#define XPS_IDENTIFY_LEAST  0.15 /* eV: what one laboratory's energy scale is worth */
#define XPS_IDENTIFY_SINGLE 0.30 /* eV: the spread behind a single value */

/* eV: the range of the literature as a uniform distribution, a laboratory's scale and the line's own error.
 */
double xps_identify_tolerance (const XpsReferenceSpread *spread, double error);
/* Weight of a candidate's distance under a common shift, its own plausibility included. */
double xps_identify_closeness (const XpsObserved *observed, const XpsCandidate *candidate, double shift);
/* Fills in distance, score and the sentences for and against. `phases`: XpsReferencePhase. */
void xps_identify_weigh (const XpsIdentification *self, XpsReference *reference,
                         const XpsIdentified *identified, XpsCandidate *candidate, const GPtrArray *phases);
