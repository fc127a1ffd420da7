/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "quantify/elements-private.h"
#include "quantify/peaks-private.h"

#define WINDOW  2.0  /* tolerances: as far as a line may be off */
#define SURE    3.0  /* times the least significance: such a line cannot hide */
#define SHALLOW 18.0 /* eV: lines below it are in the valence band */
#define SLOW    70.0 /* eV kinetic: lines below it are in the tail of secondaries */
#define STRONG  0.15 /* of the strongest cross section in range: a line that should be looked for */
#define TOO_WEAK                                                                                             \
  0.25 /* of the area that the cross sections ask for: further off than depth and analyser explain */
#define LINE_WIDTH    3.0  /* eV: of a line nobody has seen yet */
#define BETWEEN_LINES 3.0  /* how far two lines may be off their cross sections: depth, analyser, shake-up */
#define PLACE_IN_PEAK 0.35 /* full widths: how well a peak tells the place of a line that is a part of it */
#define ABOVE         2.5  /* eV: usual for a compound */
#define NO_AUGER      0.5  /* weight of a strong element whose Auger lines are in range and none is seen */
#define LOUD          20.0 /* significance of a main line that brings its Auger lines with it */
#define LOSS_DOUBT    0.3  /* what a peak is worth that may be what a strong line lost on its way */
#define AUGER_SHARE   0.5  /* how much an Auger line counts */

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

/* Distance in standard deviations. Compounds lie above the element, oxides of metals by up to 4 eV; a broad
 * peak says less of where its line is. */
static double
distance_in_sigma (const XpsSurvey *survey, const XpsElementLine *line, const XpsSurveyPeak *peak)
{
  const double off = peak->energy + survey->answer->shift - line->energy;
  const double beyond = off > 0 ? fmax (off - ABOVE, 0) + 0.15 * fmin (off, ABOVE) : off;
  return beyond / hypot (line->tolerance, PLACE_IN_PEAK * peak->width);
}

/* The peak that is strong and near at once. */
static void
find_peak (const XpsSurvey *survey, XpsElementMatch *match)
{
  double best = 0;
  for (guint i = 0; i < survey->answer->peaks->len; i++) {
    const XpsSurveyPeak *peak = &g_array_index (survey->answer->peaks, XpsSurveyPeak, i);
    const double z = distance_in_sigma (survey, match->line, peak);
    const double weight = log1p (peak->significance) * exp (-0.5 * z * z);
    if (fabs (z) > WINDOW || weight <= best)
      continue;
    best = weight;
    match->peak = (int)i;
    match->distance = peak->energy + survey->answer->shift - match->line->energy;
  }
}

static double
closeness (const XpsSurvey *survey, const XpsElementMatch *match)
{
  const XpsSurveyPeak *peak = &g_array_index (survey->answer->peaks, XpsSurveyPeak, match->peak);
  const double z = distance_in_sigma (survey, match->line, peak);
  return exp (-0.5 * z * z);
}

/* All that lies near the line: broad and split lines are more than one peak. */
static double
area_near (const XpsSurvey *survey, const XpsElementLine *line)
{
  double sum = 0;
  for (guint i = 0; i < survey->answer->peaks->len; i++) {
    const XpsSurveyPeak *peak = &g_array_index (survey->answer->peaks, XpsSurveyPeak, i);
    const double z = distance_in_sigma (survey, line, peak);
    if (fabs (z) < WINDOW)
      sum += peak->area * exp (-0.5 * z * z);
  }
  return sum;
}

/* The line of the largest cross section that the spectrum covers. */
static XpsElementMatch *
find_main (const XpsElementCandidate *self)
{
  for (guint i = 0; i < self->matches->len; i++) {
    XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    if (match->in_range && !match->line->auger && isfinite (match->line->sigma))
      return match;
  }
  return NULL;
}

/* From the main line's area and the cross sections; noise where the line should be. */
static void
expect (const XpsSurvey *survey, XpsElementMatch *match, const XpsElementMatch *main_line)
{
  const XpsSurveyPeak *peak = peak_of (survey, main_line);
  double height, sigma;
  if (peak == NULL || !match->in_range || match->line->auger || !isfinite (match->line->sigma))
    return;
  const double width = fmin (fmax (peak->width, LINE_WIDTH), 6);
  const double area = peak->area * match->line->sigma / main_line->line->sigma;
  if (xps_survey_filter (survey->points, match->line->energy - survey->answer->shift, width, &height, &sigma))
    match->expected = area / (1.0645 * width) / sigma;
}

/* Strong enough to be seen and not seen; where another peak stands in the way, nothing can be said. */
static void
judge (const XpsSurvey *survey, XpsElementMatch *match, const XpsElementMatch *main_line)
{
  const XpsSurveyPeak *peak = peak_of (survey, match), *whole = peak_of (survey, main_line);
  if (!(match->expected > SURE * survey->least) || match->line->sigma < STRONG * main_line->line->sigma)
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
    if (match.in_range)
      find_peak (survey, &match);
    g_array_append_val (self->matches, match);
  }
  const XpsElementMatch *main_line = find_main (self);
  for (guint i = 0; main_line != NULL && i < self->matches->len; i++) {
    XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    expect (survey, match, main_line);
    if (match != main_line)
      judge (survey, match, main_line);
  }
  count (self);
  return self;
}

/* ---- how much it explains ---- */

/* What a laboratory meets often and hardly ever. */
static double
prior_of (int z)
{
  static const int rare[] = {10, 18, 21, 36, 43, 54, 59, 61, 63, 65, 66, 67, 68, 69, 71, 75, 76, 80, 81};
  static const int common[] = {3, 6, 7, 8, 9, 11, 14, 15, 16, 17};
  for (gsize i = 0; i < G_N_ELEMENTS (rare); i++)
    if (rare[i] == z)
      return 0.5;
  for (gsize i = 0; i < G_N_ELEMENTS (common); i++)
    if (common[i] == z)
      return 1.25;
  return 1;
}

static gboolean
is_strong (const XpsElementMatch *match, const XpsElementMatch *main_line)
{
  return match->in_range && !match->line->auger && match->line->sigma >= STRONG * main_line->line->sigma;
}

/* Area that a line could have without being seen. */
static double
hidden_area (const XpsSurvey *survey, const XpsElementLine *line)
{
  double height, sigma;
  return xps_survey_filter (survey->points, line->energy - survey->answer->shift, LINE_WIDTH, &height, &sigma)
             ? survey->least * sigma * 1.0645 * LINE_WIDTH
             : INFINITY;
}

/* Area per barn that the element can have at most: what each strong line allows, within the factor that depth
 * and analyser may make between two lines. */
static double
find_amount (const XpsSurvey *survey, const XpsElementCandidate *self, const XpsElementMatch *main_line)
{
  double least = INFINITY;
  for (guint i = 0; i < self->matches->len; i++) {
    const XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    if (!is_strong (match, main_line))
      continue;
    const double area = area_near (survey, match->line) + hidden_area (survey, match->line);
    least = fmin (least, (match == main_line ? 1 : BETWEEN_LINES) * area / match->line->sigma);
  }
  return least;
}

/* Of the peak of a line, 0 to 1: what the amount accounts for of the area that is left. */
static double
find_share (const XpsSurvey *survey, const XpsElementMatch *match, double amount)
{
  const XpsSurveyPeak *peak = peak_of (survey, match);
  const double share = 2 * amount * match->line->sigma / peak->area;
  if (survey->left[match->peak] <= 0.3 * peak->area || share < 0.3)
    return 0;
  return fmin (1, share) * survey->left[match->peak] / peak->area;
}

/* How loudly a peak answers for a line on it. */
static double
find_answer (const XpsSurvey *survey, const XpsElementMatch *match)
{
  const XpsSurveyPeak *peak = peak_of (survey, match);
  const double doubt = xps_survey_is_loss (survey, match->peak) ? LOSS_DOUBT : 1;
  return doubt * log1p (peak->significance) * closeness (survey, match);
}

typedef struct {
  double amount, of_main; /* area per barn; share of the main line's peak */
  guint n_others;         /* further strong lines that are there */
  double *answers;        /* [peaks]: the best of the lines on each; a peak speaks once */
} Weighing;

static void
weigh_line (const XpsSurvey *survey, const XpsElementMatch *match, const XpsElementMatch *main_line,
            Weighing *sum)
{
  const double relative = match->line->sigma / main_line->line->sigma;
  const double share = isfinite (match->line->sigma) ? find_share (survey, match, sum->amount) : 0;
  const double answer = find_answer (survey, match) * share * fmin (1, relative + 0.2);
  if (match == main_line)
    sum->of_main = share;
  else if (share > 0 && is_strong (match, main_line) && sum->answers[match->peak] == 0)
    sum->n_others++;
  sum->answers[match->peak] = fmax (sum->answers[match->peak], answer);
}

/* The Auger lines of a strong line are as tall as itself, or nearly: none of them seen is a doubt. */
static gboolean
lacks_auger (const XpsSurvey *survey, const XpsElementCandidate *self, const XpsElementMatch *main_line)
{
  gboolean expected = FALSE;
  for (guint i = 0; i < self->matches->len; i++) {
    const XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    if (!match->line->auger || !match->in_range)
      continue;
    if (match->peak >= 0)
      return FALSE;
    expected = TRUE;
  }
  return expected &&
         g_array_index (survey->answer->peaks, XpsSurveyPeak, main_line->peak).significance > LOUD;
}

double
xps_element_candidate_weigh (const XpsSurvey *survey, const XpsElementCandidate *self)
{
  const XpsElementMatch *main_line = find_main (self);
  const guint n = survey->answer->peaks->len;
  if (main_line == NULL || main_line->peak < 0)
    return 0;
  g_autofree double *answers = g_new0 (double, n + 1);
  Weighing sum = {find_amount (survey, self, main_line), 0, 0, answers};
  double total = 0, augers = 0;
  for (guint i = 0; i < self->matches->len; i++) {
    const XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    if (match->peak >= 0 && !match->line->auger)
      weigh_line (survey, match, main_line, &sum);
  }
  for (guint i = 0; i < self->matches->len; i++) {
    const XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    if (match->peak >= 0 && match->line->auger && answers[match->peak] == 0 && survey->left[match->peak] > 0)
      augers = fmax (augers, AUGER_SHARE * find_answer (survey, match));
  }
  for (guint i = 0; i < n; i++)
    total += answers[i];
  /* Its strongest line belongs to somebody else: then two others have to speak for it. */
  if (sum.of_main == 0 && sum.n_others < 2)
    return 0;
  return (total + (total > 0 ? augers : 0)) * prior_of (self->z) *
         (lacks_auger (survey, self, main_line) ? NO_AUGER : 1);
}

void
xps_element_candidate_take (const XpsSurvey *survey, const XpsElementCandidate *self)
{
  const XpsElementMatch *main_line = find_main (self);
  const double amount = main_line != NULL ? find_amount (survey, self, main_line) : 0;
  for (guint p = 0; p < survey->answer->peaks->len; p++) {
    const XpsSurveyPeak *peak = &g_array_index (survey->answer->peaks, XpsSurveyPeak, p);
    for (guint i = 0; i < self->matches->len; i++) {
      const XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
      if (!match->in_range || fabs (distance_in_sigma (survey, match->line, peak)) > WINDOW)
        continue;
      const double area = match->line->auger              ? peak->area
                          : isfinite (match->line->sigma) ? BETWEEN_LINES * amount * match->line->sigma
                                                          : 0;
      survey->left[p] = fmax (survey->left[p] - area, 0);
    }
    if (survey->left[p] < 0.3 * peak->area)
      survey->left[p] = 0;
  }
}

/* ---- in words ---- */

static void
say (GPtrArray *list, char *take_sentence)
{
  g_ptr_array_add (list, take_sentence);
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
    say (self->in_favour, xps_text_printf (_ ("%s is there: %.1f eV, %.0f times the noise"),
                                           match->line->name, peak->energy, peak->significance));
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
  const XpsElementMatch *main_line = find_main (self);
  if (main_line != NULL && main_line->peak < 0)
    say (self->against,
         xps_text_printf (_ ("%s, its strongest line here, is not there"), main_line->line->name));
  if (main_line != NULL && main_line->peak >= 0 && lacks_auger (survey, self, main_line))
    say (self->against, g_strdup (_ ("none of its Auger lines is seen")));
  for (guint i = 0; i < self->matches->len; i++)
    explain_line (survey, self, &g_array_index (self->matches, XpsElementMatch, i));
  if (self->n_found == 1 && self->in_favour->len == 1)
    say (self->against, g_strdup (_ ("only one line speaks for it")));
}
