/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quantify/elements.h"

#define XPS_SURVEY_WINDOW 2.0  /* tolerances: as far as a line may be off */
#define XPS_SURVEY_STRONG 0.15 /* of the strongest cross section in range: a line to look for */
#define XPS_SURVEY_ABOVE  5.0  /* eV: a cation in a compound, at its most oxidised; see strain */

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
/* What speaks for and against it, once all suggestions are made. */
void xps_element_candidate_explain (const XpsSurvey *survey, XpsElementCandidate *self);

/* Logarithm of the odds that the element is there, given what others explain already. An element has as many
 * atoms as its weakest line allows: what is not there, or too weak, limits what it explains elsewhere. */
double xps_element_candidate_weigh (const XpsSurvey *survey, const XpsElementCandidate *self);
/* Its share of the areas is explained from now on. */
void xps_element_candidate_take (const XpsSurvey *survey, const XpsElementCandidate *self);
/* TRUE: a loud main line, Auger lines in range, and none of them is seen. */
gboolean xps_element_candidate_lacks_auger (const XpsSurvey *survey, const XpsElementCandidate *self);

/* Both lines of one doublet. */
gboolean xps_element_line_is_partner (const XpsElementLine *a, const XpsElementLine *b);
/* The line of the largest cross section that the spectrum covers; NULL: none. */
XpsElementMatch *xps_element_candidate_find_main (const XpsElementCandidate *self);
/* Of a line from a peak, in standard deviations, the element's own offset applied. */
double xps_survey_get_distance (const XpsSurvey *survey, const XpsElementCandidate *self,
                                const XpsElementMatch *match, const XpsSurveyPeak *peak);
/* eV: the standard deviation of that distance. */
double xps_survey_get_tolerance (const XpsElementCandidate *self, const XpsElementMatch *match,
                                 const XpsSurveyPeak *peak);
/* A weak peak some eV behind a strong one is most likely what its electrons lost on the way; one some eV
 * before it may come from a satellite of the X-rays. */
gboolean xps_survey_is_echo (const XpsSurvey *survey, int peak);
