/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "quantify/elements-private.h"
#include "quantify/peaks-private.h"

/* How sure it is that an element is there. A peak where a line should be speaks for it as loudly as it would
 * be strange by chance: with r peaks at least as large in a spectrum of R eV, one lies within the W eV of a
 * line with the probability r W / R. Lines count while their peaks are not explained by others and have the
 * area that the element's amount allows. */

#define LINE_WIDTH    3.0  /* eV: of a line nobody has seen yet */
#define ECHO_DOUBT    0.3  /* what a peak is worth that may be a loss or satellite of a stronger one */
#define AUGER_SHARE   0.5  /* how much an Auger line counts: many peaks make up one */
#define LEAST_RANK    4    /* of a peak, see find_rank () */
#define MISSING       1.0  /* less for each strong line that is not there though it could be seen */
#define NO_AUGER      1.5  /* less for a strong element whose Auger lines are in range and none is seen */
#define MINOR_AUGER   0.4  /* of the strongest of its group: KL1L23, L2MM */
#define AUGER_AREA    0.3  /* of the main line's: an Auger group has at least as much */
#define AUGER_WIDTH   12.0 /* eV */
#define BETWEEN_LINES 3.0  /* how far two lines may be off their cross sections: depth, analyser, shake-up */
#define IN_DOUBLET    1.5  /* the two lines of a doublet: what areas from a survey are worth */
#define OVERLAP       1.5  /* how much too large a peak may be that others are a part of */
#define TAKEN         2.0  /* times what an element accounts for is not asked of others again */
#define LEAST_SHARE   0.3  /* of a peak: a smaller part is no explanation */

/* Logarithm of the odds before anything is seen: carbon and oxygen are on every surface, a sample holds one
 * or two more of the usual, two or three of all others, and hardly ever one of the rare. */
static double
prior_of (int z)
{
  static const int rare[] = {10, 36, 43, 54, 59, 61, 63, 65, 66, 67, 68, 69, 71, 75, 76, 80, 81};
  static const int usual[] = {3, 7, 9, 11, 14, 15, 16, 17};
  if (z == 6 || z == 8)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (rare); i++)
    if (rare[i] == z)
      return -5;
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (usual[i] == z)
      return -1.5;
  return -3.3;
}

/* The doublet that both lines belong to: depth, analyser and theory are the same for them. */
gboolean
xps_element_line_is_partner (const XpsElementLine *a, const XpsElementLine *b)
{
  const gsize n = strlen (a->name);
  return a != b && n > 3 && n == strlen (b->name) && g_str_has_suffix (a->name, "/2") &&
         strncmp (a->name, b->name, n - 3) == 0;
}

static const XpsSurveyPeak *
peak_at (const XpsSurvey *survey, int i)
{
  return &g_array_index (survey->answer->peaks, XpsSurveyPeak, i);
}

static gboolean
is_strong (const XpsElementMatch *match, const XpsElementMatch *main_line)
{
  return match->in_range && !match->line->auger &&
         match->line->sigma >= XPS_SURVEY_STRONG * main_line->line->sigma;
}

/* Area that a line could have without being seen. */
static double
hidden_area (const XpsSurvey *survey, double place, double width)
{
  double height, sigma;
  return xps_survey_filter (survey->points, place - survey->answer->shift, width, &height, &sigma)
             ? survey->least * sigma * 1.0645 * width
             : INFINITY;
}

/* All that lies near the line: broad and split lines are more than one peak. Infinite where nobody knows how
 * much more than its crest is there. */
static double
area_near (const XpsSurvey *survey, const XpsElementCandidate *self, const XpsElementMatch *match)
{
  double sum = 0;
  for (guint i = 0; i < survey->answer->peaks->len; i++) {
    const XpsSurveyPeak *peak = peak_at (survey, (int)i);
    const double z = xps_survey_get_distance (survey, self, match, peak);
    if (fabs (z) < XPS_SURVEY_WINDOW && peak->at_least && (int)i == match->peak)
      return INFINITY;
    if (fabs (z) < XPS_SURVEY_WINDOW)
      sum += peak->area * exp (-0.5 * z * z);
  }
  return sum;
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
    const double area = area_near (survey, self, match) +
                        hidden_area (survey, match->line->energy + self->offset, LINE_WIDTH);
    const double slack = match == main_line                                           ? 1
                         : xps_element_line_is_partner (match->line, main_line->line) ? IN_DOUBLET
                                                                                      : BETWEEN_LINES;
    least = fmin (least, slack * area / match->line->sigma);
  }
  return least;
}

/* Of the peak of a line, 0 to 1: what the amount accounts for of the area that is left. */
static double
find_share (const XpsSurvey *survey, const XpsElementMatch *match, double amount)
{
  const XpsSurveyPeak *peak = peak_at (survey, match->peak);
  const double share = OVERLAP * amount * match->line->sigma / peak->area;
  if (!isfinite (match->line->sigma) || survey->left[match->peak] <= LEAST_SHARE * peak->area ||
      share < LEAST_SHARE)
    return 0;
  return fmin (1, share) * survey->left[match->peak] / peak->area;
}

/* How many peaks that nobody has explained are as large, itself included. Whatever its size, each peak has a
 * cause, and several elements have a line near any place: a lone one proves little. */
static guint
find_rank (const XpsSurvey *survey, int peak)
{
  guint rank = 1;
  for (guint i = 0; i < survey->answer->peaks->len; i++)
    rank += survey->left[i] > LEAST_SHARE * peak_at (survey, (int)i)->area &&
            peak_at (survey, (int)i)->area > peak_at (survey, peak)->area;
  return MAX (rank, LEAST_RANK);
}

/* How strange the peak would be by chance: the logarithm of one over its probability, less what its distance
 * speaks against the line. */
static double
find_surprise (const XpsSurvey *survey, const XpsElementCandidate *self, const XpsElementMatch *match)
{
  const XpsSurveyPeak *peak = peak_at (survey, match->peak);
  const double z = xps_survey_get_distance (survey, self, match, peak);
  const gboolean leads = match == xps_element_candidate_find_main (self);
  const double window =
      sqrt (2 * G_PI) * xps_survey_get_tolerance (self, match, peak) + (leads ? XPS_SURVEY_ABOVE : 0);
  const double odds =
      log ((survey->high - survey->low) / (find_rank (survey, match->peak) * window)) - 0.5 * z * z;
  return fmax (odds, 0) * (xps_survey_is_echo (survey, match->peak) ? ECHO_DOUBT : 1);
}

gboolean
xps_element_candidate_lacks_auger (const XpsSurvey *survey, const XpsElementCandidate *self)
{
  const XpsElementMatch *main_line = xps_element_candidate_find_main (self);
  gboolean expected = FALSE;
  if (main_line == NULL || main_line->peak < 0)
    return FALSE;
  const double area = AUGER_AREA * peak_at (survey, main_line->peak)->area;
  for (guint i = 0; i < self->matches->len; i++) {
    const XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    if (!match->line->auger || !match->in_range)
      continue;
    if (match->peak >= 0)
      return FALSE;
    expected = expected || hidden_area (survey, match->line->energy, AUGER_WIDTH) < area;
  }
  return expected;
}

typedef struct {
  double of_main;  /* share of the main line's peak */
  guint n_others;  /* further strong lines that are there */
  guint n_missing; /* strong lines that the amount would show */
  double *answers; /* [peaks]: the best of the lines on each; a peak speaks once */
} Weighing;

static void
weigh_lines (const XpsSurvey *survey, const XpsElementCandidate *self, const XpsElementMatch *main_line,
             Weighing *sum)
{
  const double amount = find_amount (survey, self, main_line);
  for (guint i = 0; i < self->matches->len; i++) {
    const XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    if (match->peak < 0 && is_strong (match, main_line))
      sum->n_missing +=
          amount * match->line->sigma > hidden_area (survey, match->line->energy + self->offset, LINE_WIDTH);
    if (match->peak < 0 || match->line->auger)
      continue;
    const double share = find_share (survey, match, amount);
    if (match == main_line)
      sum->of_main = share;
    else if (share > 0 && is_strong (match, main_line) && sum->answers[match->peak] == 0)
      sum->n_others += xps_element_line_is_partner (match->line, main_line->line) ? 2 : 1;
    sum->answers[match->peak] = fmax (sum->answers[match->peak], share * find_surprise (survey, self, match));
  }
}

static double
weigh_augers (const XpsSurvey *survey, const XpsElementCandidate *self, const double *answers)
{
  double best = 0;
  for (guint i = 0; i < self->matches->len; i++) {
    const XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
    if (match->peak >= 0 && match->line->auger && answers[match->peak] == 0 && survey->left[match->peak] > 0)
      best = fmax (best, AUGER_SHARE * find_surprise (survey, self, match));
  }
  return best;
}

double
xps_element_candidate_weigh (const XpsSurvey *survey, const XpsElementCandidate *self)
{
  const XpsElementMatch *main_line = xps_element_candidate_find_main (self);
  const guint n = survey->answer->peaks->len;
  if (main_line == NULL || main_line->peak < 0)
    return -INFINITY;
  g_autofree double *answers = g_new0 (double, n + 1);
  Weighing sum = {0, 0, 0, answers};
  weigh_lines (survey, self, main_line, &sum);
  double total = 0;
  for (guint i = 0; i < n; i++)
    total += answers[i];
  /* Its strongest line belongs to somebody else: then two others have to speak for it, or the other line of
   * the doublet, whose distance is known to a tenth of an eV. */
  if (!(total > 0) || (sum.of_main == 0 && sum.n_others < 2))
    return -INFINITY;
  return total + weigh_augers (survey, self, answers) + prior_of (self->z) -
         0.5 * self->strain * self->strain - MISSING * sum.n_missing -
         (xps_element_candidate_lacks_auger (survey, self) ? NO_AUGER : 0);
}

/* Area that an Auger line may account for. Nearly every hole of a shell ends in its Auger group: that is not
 * much more than the line of the hole itself, less for the weaker members of the group; where that line is
 * out of range, nothing is known. */
static double
find_auger_area (const XpsElementLine *auger, const XpsElementMatch *main_line, double amount)
{
  static const struct {
    const char *group, *hole;
  } shells[] = {{" KLL", " 1s"}, {" LMM", " 2p"}, {" MNN", " 3d"}};
  const double share =
      strstr (auger->name, "(KL1") != NULL || strstr (auger->name, "(L2") != NULL ? MINOR_AUGER : 1;
  for (gsize i = 0; i < G_N_ELEMENTS (shells); i++)
    if (strstr (auger->name, shells[i].group) != NULL && main_line != NULL &&
        strstr (main_line->line->name, shells[i].hole) != NULL)
      return share * BETWEEN_LINES * amount * main_line->line->sigma;
  return INFINITY;
}

void
xps_element_candidate_take (const XpsSurvey *survey, const XpsElementCandidate *self)
{
  const XpsElementMatch *main_line = xps_element_candidate_find_main (self);
  const double amount = main_line != NULL ? find_amount (survey, self, main_line) : 0;
  for (guint p = 0; p < survey->answer->peaks->len; p++) {
    const XpsSurveyPeak *peak = peak_at (survey, (int)p);
    for (guint i = 0; i < self->matches->len; i++) {
      const XpsElementMatch *match = &g_array_index (self->matches, XpsElementMatch, i);
      if (!match->in_range || fabs (xps_survey_get_distance (survey, self, match, peak)) > XPS_SURVEY_WINDOW)
        continue;
      const double area = match->line->auger              ? find_auger_area (match->line, main_line, amount)
                          : isfinite (match->line->sigma) ? TAKEN * amount * match->line->sigma
                                                          : 0;
      survey->left[p] = fmax (survey->left[p] - area, 0);
    }
    if (survey->left[p] < LEAST_SHARE * peak->area)
      survey->left[p] = 0;
  }
}
