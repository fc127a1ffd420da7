/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "quantify/elements-private.h"
#include "quantify/peaks-private.h"

#define SURE    3.0  /* times the least significance: such a line cannot hide */
#define SHALLOW 18.0 /* eV: lines below it are in the valence band */
#define SLOW    70.0 /* eV kinetic: lines below it are in the tail of secondaries */
#define TOO_WEAK                                                                                             \
  0.25 /* of the area that the cross sections ask for: further off than depth and analyser explain */
#define LINE_WIDTH    3.0  /* eV: of a line nobody has seen yet */
#define PLACE_IN_PEAK 0.35 /* full widths: how well a peak tells the place of a line that is a part of it */
#define RISE          0.15 /* standard deviations per eV within that */
#define TOGETHER      2.0  /* eV: lines of one element shift alike; what the table is worth */
#define IN_DOUBLET    0.7  /* eV: the two lines of a doublet */

static void
clear_match (gpointer pointer)
{
  g_ptr_array_unref (((XpsElementMatch *)pointer)->shared);
}

void
xps_element_candidate_free (XpsElementCandidate *self)
{
  g_free (self->element);
  g_array_unref (self->matches);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->in_favour);
  g_ptr_array_unref (self->against);
  g_free (self);
}

static const XpsSurveyPeak *
peak_of (const XpsSurvey *survey, const XpsElementMatch *match)
{
  return match->peak >= 0 ? &g_array_index (survey->answer->peaks, XpsSurveyPeak, match->peak) : NULL;
}

/* ---- lines and peaks ---- */

static gboolean
is_covered (const XpsSurvey *survey, const XpsElementLine *line)
{
  const double kinetic = survey->answer->photon_energy - line->energy;
  return line->energy - survey->answer->shift > survey->low + 2 &&
         line->energy - survey->answer->shift < survey->high - 2 && line->energy > SHALLOW && kinetic > SLOW;
}

double
xps_survey_get_tolerance (const XpsElementCandidate *self, const XpsElementMatch *match,
                          const XpsSurveyPeak *peak)
{
  const XpsElementMatch *main_line = xps_element_candidate_find_main (self);
  double tolerance = match->line->tolerance;
  if (main_line != NULL && xps_element_line_is_partner (match->line, main_line->line))
    tolerance = fmin (tolerance, IN_DOUBLET);
  else if (!match->line->auger && match != main_line)
    tolerance = fmin (tolerance, TOGETHER);
  return hypot (tolerance, PLACE_IN_PEAK * peak->width);
}

double
xps_survey_get_distance (const XpsSurvey *survey, const XpsElementCandidate *self,
                         const XpsElementMatch *match, const XpsSurveyPeak *peak)
{
  const double off = peak->energy + survey->answer->shift - match->line->energy;
  const double own = match->line->auger ? 0 : self->offset;
  return (off - own) / xps_survey_get_tolerance (self, match, peak);
}

/* How far the element's main line is off, in standard deviations. Compounds lie above the element; a broad
 * peak says less of where its line is. */
static double
get_own_distance (const XpsSurvey *survey, const XpsElementMatch *main_line, const XpsSurveyPeak *peak)
{
  const double off = peak->energy + survey->answer->shift - main_line->line->energy;
  const double beyond = off > 0 ? fmax (off - XPS_SURVEY_ABOVE, 0) : off;
  return beyond / hypot (main_line->line->tolerance, PLACE_IN_PEAK * peak->width) +
         RISE * fmin (fmax (off, 0), XPS_SURVEY_ABOVE);
}

/* From the main line's area and the cross sections; noise where the line should be. */
static void
expect (const XpsSurvey *survey, const XpsElementCandidate *self, XpsElementMatch *match,
        const XpsElementMatch *main_line)
{
  const XpsSurveyPeak *peak = peak_of (survey, main_line);
  double height, sigma;
  if (peak == NULL || !match->in_range || match->line->auger || !isfinite (match->line->sigma))
    return;
  const double width = fmin (fmax (peak->width, LINE_WIDTH), 6);
  const double area = peak->area * match->line->sigma / main_line->line->sigma;
  const double place = match->line->energy + self->offset - survey->answer->shift;
  if (xps_survey_filter (survey->points, place, width, &height, &sigma))
    match->expected = area / (1.0645 * width) / sigma;
}

/* Strong enough to be seen and not seen; where another peak stands in the way, nothing can be said. */
static void
judge (const XpsSurvey *survey, XpsElementMatch *match, const XpsElementMatch *main_line)
{
  const XpsSurveyPeak *peak = peak_of (survey, match), *whole = peak_of (survey, main_line);
  if (!(match->expected > SURE * survey->least) ||
      match->line->sigma < XPS_SURVEY_STRONG * main_line->line->sigma)
    return;
  match->missing =
      peak == NULL || peak->area < TOO_WEAK * whole->area * match->line->sigma / main_line->line->sigma;
}

static void
count (XpsElementCandidate *self)
{
  for (guint i = 0; i < self->matches->len; i++) {
    const XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    self->n_found += match->peak >= 0 && !match->missing;
    self->n_missing += match->missing;
  }
}

/* The line of the largest cross section that the spectrum covers. */
XpsElementMatch *
xps_element_candidate_find_main (const XpsElementCandidate *self)
{
  for (guint i = 0; i < self->matches->len; i++) {
    XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    if (match->in_range && !match->line->auger && isfinite (match->line->sigma))
      return match;
  }
  return NULL;
}

/* The peak that is strong and near at once. */
static void
find_peak (const XpsSurvey *survey, const XpsElementCandidate *self, XpsElementMatch *match)
{
  double best = 0;
  match->peak = -1;
  match->distance = NAN;
  for (guint i = 0; i < survey->answer->peaks->len; i++) {
    const XpsSurveyPeak *peak = &g_array_index (survey->answer->peaks, XpsSurveyPeak, i);
    const double z = xps_survey_get_distance (survey, self, match, peak);
    const double weight = log1p (peak->significance) * exp (-0.5 * z * z);
    if (fabs (z) > XPS_SURVEY_WINDOW || weight <= best)
      continue;
    best = weight;
    match->peak = (int)i;
    match->distance = peak->energy + survey->answer->shift - match->line->energy;
  }
}

/* Every line to its peak, were the main line's this one. */
static void
assign (const XpsSurvey *survey, XpsElementCandidate *self, XpsElementMatch *main_line, int peak)
{
  const XpsSurveyPeak *theirs =
      peak >= 0 ? &g_array_index (survey->answer->peaks, XpsSurveyPeak, peak) : NULL;
  self->offset = theirs != NULL ? theirs->energy + survey->answer->shift - main_line->line->energy : 0;
  self->strain = theirs != NULL ? get_own_distance (survey, main_line, theirs) : 0;
  for (guint i = 0; i < self->matches->len; i++) {
    XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    if (match->in_range)
      find_peak (survey, self, match);
  }
  if (main_line == NULL)
    return;
  main_line->peak = peak;
  main_line->distance = theirs != NULL ? self->offset : NAN;
}

/* The lines of an element shift alike: which peak near the main line makes most of the others fit. */
static void
place (const XpsSurvey *survey, XpsElementCandidate *self)
{
  XpsElementMatch *main_line = xps_element_candidate_find_main (self);
  double top = -INFINITY;
  int best = -1;
  for (guint i = 0; main_line != NULL && i < survey->answer->peaks->len; i++) {
    const XpsSurveyPeak *peak = &g_array_index (survey->answer->peaks, XpsSurveyPeak, i);
    const double z = get_own_distance (survey, main_line, peak);
    if (fabs (z) > XPS_SURVEY_WINDOW)
      continue;
    assign (survey, self, main_line, (int)i);
    /* Where not even the amount fits: the strong and near one, behind all that fit. */
    const double weight = xps_element_candidate_weigh (survey, self);
    const double worth = isfinite (weight) ? weight : -1e6 + log1p (peak->significance) * exp (-0.5 * z * z);
    if (worth <= top)
      continue;
    top = worth;
    best = (int)i;
  }
  assign (survey, self, main_line, best);
}

XpsElementCandidate *
xps_element_candidate_new (const XpsSurvey *survey, GPtrArray *take_lines)
{
  XpsElementCandidate *self = g_new0 (XpsElementCandidate, 1);
  const XpsElementLine *first = g_ptr_array_index (take_lines, 0);
  self->element = g_strdup (first->element);
  self->z = first->z;
  self->lines = take_lines;
  self->matches = g_array_new (FALSE, TRUE, sizeof (XpsElementMatch));
  g_array_set_clear_func (self->matches, clear_match);
  self->in_favour = g_ptr_array_new_with_free_func (g_free);
  self->against = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < take_lines->len; i++) {
    const XpsElementLine *line = g_ptr_array_index (take_lines, i);
    XpsElementMatch match = {
        line, -1, NAN, NAN, is_covered (survey, line), FALSE, g_ptr_array_new_with_free_func (g_free)};
    g_array_append_val (self->matches, match);
  }
  place (survey, self);
  const XpsElementMatch *main_line = xps_element_candidate_find_main (self);
  for (guint i = 0; main_line != NULL && i < self->matches->len; i++) {
    XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    expect (survey, self, match, main_line);
    if (match != main_line)
      judge (survey, match, main_line);
  }
  count (self);
  return self;
}

/* ---- in words ---- */

static void
say (GPtrArray *list, char *take_sentence)
{
  g_ptr_array_add (list, take_sentence);
}

/* Where an Auger line should be is known less well than where a level is: that stands with the finding. */
static char *
dup_found_words (const XpsElementLine *line, const XpsSurveyPeak *peak)
{
  if (line->computed)
    return xps_text_printf (_ ("%s is there: %.1f eV, %.0f times the noise; where it should be is computed "
                               "from three levels"),
                            line->name, peak->energy, peak->significance);
  if (line->verified == XPS_VERIFIED_RECALLED)
    return xps_text_printf (_ ("%s is there: %.1f eV, %.0f times the noise; where it should be is from "
                               "memory, not checked against a source"),
                            line->name, peak->energy, peak->significance);
  return xps_text_printf (_ ("%s is there: %.1f eV, %.0f times the noise"), line->name, peak->energy,
                          peak->significance);
}

static void
explain_line (const XpsSurvey *survey, XpsElementCandidate *self, const XpsElementMatch *match)
{
  const XpsSurveyPeak *peak = peak_of (survey, match);
  if (match->missing && peak == NULL)
    say (self->against,
         xps_text_printf (_ ("%s should be seen near %.0f eV and is not (expected %.0f times the noise)"),
                          match->line->name, match->line->energy - survey->answer->shift, match->expected));
  else if (match->missing)
    say (self->against, xps_text_printf (_ ("%s near %.0f eV is much too weak for the strongest line"),
                                         match->line->name, peak->energy));
  else if (peak != NULL)
    say (self->in_favour, dup_found_words (match->line, peak));
  if (peak != NULL && match->shared->len > 0) {
    g_autoptr (GString) names = g_string_new (NULL);
    for (guint i = 0; i < match->shared->len; i++) {
      g_string_append (names, i > 0 ? ", " : "");
      g_string_append (names, g_ptr_array_index (match->shared, i));
    }
    say (self->against, xps_text_printf (_ ("%s lies under %s"), match->line->name, names->str));
  }
}

void
xps_element_candidate_explain (const XpsSurvey *survey, XpsElementCandidate *self)
{
  const XpsElementMatch *main_line = xps_element_candidate_find_main (self);
  if (main_line != NULL && main_line->peak < 0)
    say (self->against,
         xps_text_printf (_ ("%s, its strongest line here, is not there"), main_line->line->name));
  if (xps_element_candidate_lacks_auger (survey, self))
    say (self->against, g_strdup (_ ("none of its Auger lines is seen")));
  for (guint i = 0; i < self->matches->len; i++)
    explain_line (survey, self, &g_array_index (self->matches, XpsElementMatch, i));
  if (self->n_found == 1 && self->in_favour->len == 1)
    say (self->against, g_strdup (_ ("only one line speaks for it")));
}
