/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quantify/elements.h"

/* A survey under examination. */
typedef struct {
  XpsElementAnalysis *answer;
  const GArray *points; /* of the filter */
  const XpsElementOptions *options;
  double low, high; /* eV binding energy that the spectrum covers */
  double least;     /* significance of a peak */
  double *left;     /* [peaks]: area that no suggested element explains yet */
} XpsSurvey;

/* Lines of the element against the peaks: what is there, what is missing, how strong it should be. NULL: not
 * one line of it in range. Takes the lines. */
XpsElementCandidate *xps_element_candidate_new (const XpsSurvey *survey, GPtrArray *take_lines);
void xps_element_candidate_free (XpsElementCandidate *self);
/* How much its lines account for of what nobody else explains yet; 0: nothing. An element has as many atoms
 * as its weakest line allows: what is not there, or too weak, limits what it explains elsewhere. */
double xps_element_candidate_weigh (const XpsSurvey *survey, const XpsElementCandidate *self);
/* Its share of the areas is explained from now on. */
void xps_element_candidate_take (const XpsSurvey *survey, const XpsElementCandidate *self);
/* What speaks for and against it, once all suggestions are made. */
void xps_element_candidate_explain (const XpsSurvey *survey, XpsElementCandidate *self);
/* A weak peak some eV behind a strong one is most likely what its electrons lost on the way. */
gboolean xps_survey_is_loss (const XpsSurvey *survey, int peak);
