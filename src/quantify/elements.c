/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantify/elements.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "quantify/elements-private.h"
#include "quantify/peaks-private.h"

#define LEAST_SIGNIFICANCE 5.0
#define LEAST_WEIGHT       0.0  /* of a suggestion: logarithm of odds */
#define LOUD               50.0 /* significance from which on a line says no more of the shift */
#define HALF_SURE          3.0  /* odds of 20 to 1: score 0.75 */
#define ROUNDS             30   /* of dropping and adding: more would be a circle */
#define FURTHEST_SHIFT     8.0  /* eV */
#define SHIFT_STEP         0.25
#define SHIFT_PRIOR        3.0 /* eV: an uncharged sample is the usual case */
#define LOSS_FROM          4.0 /* eV behind a strong line: plasmons and satellites */
#define LOSS_TO            35.0
#define LOSS_SHARE         0.25
#define LOSS_WIDTH         3.5 /* eV: plasmons are broader than lines */
#define SATELLITE_FROM     7.5 /* eV before a strong line: K alpha 3 and 4 of unfiltered Mg and Al anodes */
#define SATELLITE_TO       12.5
#define SATELLITE_SHARE    0.15

void
xps_element_options_init (XpsElementOptions *options)
{
  *options = (XpsElementOptions){.shift = NAN};
  xps_peak_options_init (&options->peaks);
}

void
xps_element_analysis_free (XpsElementAnalysis *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->peaks);
  g_ptr_array_unref (self->candidates);
  g_array_unref (self->unexplained);
  g_free (self);
}

/* ---- the common shift ---- */

/* How well the lines that nearly every sample shows fit at one shift. */
static double
judge_shift (const GArray *peaks, double shift)
{
  static const double anchors[] = {285.0, 531.2, 685.0, 399.5}; /* C 1s, O 1s, F 1s, N 1s */
  double sum = -0.5 * shift * shift / (SHIFT_PRIOR * SHIFT_PRIOR);
  for (gsize k = 0; k < G_N_ELEMENTS (anchors); k++) {
    double best = 0;
    for (guint i = 0; i < peaks->len; i++) {
      const XpsSurveyPeak *peak = &g_array_index (peaks, XpsSurveyPeak, i);
      const double z = (peak->energy + shift - anchors[k]) / 1.5;
      best = fmax (best, log1p (fmin (peak->significance, LOUD)) * exp (-0.5 * z * z));
    }
    sum += best;
  }
  return sum;
}

static double
find_shift (const GArray *peaks)
{
  double best = 0, top = judge_shift (peaks, 0) + 1; /* another one has to be clearly better */
  for (double shift = -FURTHEST_SHIFT; shift <= FURTHEST_SHIFT; shift += SHIFT_STEP) {
    const double value = judge_shift (peaks, shift);
    if (value <= top)
      continue;
    top = value;
    best = shift;
  }
  return best;
}

/* ---- candidates ---- */

static gboolean
add_candidates (XpsSurvey *survey, XpsReference *reference, GError **error)
{
  for (int z = 3; z <= XPS_ELEMENT_LAST; z++) {
    GPtrArray *lines = xps_reference_list_element_lines (reference, xps_element_get_symbol (z),
                                                         survey->answer->photon_energy, error);
    if (lines == NULL)
      return FALSE;
    if (lines->len == 0) {
      g_ptr_array_unref (lines);
      continue;
    }
    XpsElementCandidate *candidate = xps_element_candidate_new (survey, lines);
    if (candidate->n_found > 0)
      g_ptr_array_add (survey->answer->candidates, candidate);
    else
      xps_element_candidate_free (candidate);
  }
  return TRUE;
}

static gboolean
is_assumed (const XpsSurvey *survey, const XpsElementCandidate *candidate)
{
  return survey->options->assume != NULL && g_strv_contains (survey->options->assume, candidate->element);
}

/* 0.5 for even odds, above for what is suggested; never 1, since it orders and proves nothing. */
static double
score_of (double weight)
{
  return weight > 0 ? 0.5 + 0.5 * weight / (weight + HALF_SURE) : 0.5 * HALF_SURE / (HALF_SURE - weight);
}

static void
take (XpsSurvey *survey, XpsElementCandidate *candidate, double weight)
{
  candidate->suggested = TRUE;
  candidate->score = score_of (weight);
  xps_element_candidate_take (survey, candidate);
}

/* One at a time, what explains most of what is left; what others have explained speaks for nobody twice. */
static void
add_best (XpsSurvey *survey)
{
  const GPtrArray *candidates = survey->answer->candidates;
  for (;;) {
    XpsElementCandidate *best = NULL;
    double most = LEAST_WEIGHT;
    for (guint i = 0; i < candidates->len; i++) {
      XpsElementCandidate *candidate = g_ptr_array_index (candidates, i);
      const double weight =
          candidate->suggested ? -INFINITY : xps_element_candidate_weigh (survey, candidate);
      if (weight <= most)
        continue;
      most = weight;
      best = candidate;
    }
    if (best == NULL)
      return;
    take (survey, best, most);
  }
}

/* What all suggested elements but one leave. */
static void
take_others (XpsSurvey *survey, const XpsElementCandidate *but)
{
  const GPtrArray *candidates = survey->answer->candidates;
  for (guint i = 0; i < survey->answer->peaks->len; i++)
    survey->left[i] = g_array_index (survey->answer->peaks, XpsSurveyPeak, i).area;
  for (guint i = 0; i < candidates->len; i++) {
    const XpsElementCandidate *candidate = g_ptr_array_index (candidates, i);
    if (candidate->suggested && candidate != but)
      xps_element_candidate_take (survey, candidate);
  }
}

/* Whoever came early had the choice: what the later ones explain as well no longer speaks for it. The weakest
 * of those that cannot stand beside the others goes; FALSE: all can. */
static gboolean
drop_worst (XpsSurvey *survey)
{
  const GPtrArray *candidates = survey->answer->candidates;
  XpsElementCandidate *worst = NULL;
  double least = LEAST_WEIGHT;
  for (guint i = 0; i < candidates->len; i++) {
    XpsElementCandidate *candidate = g_ptr_array_index (candidates, i);
    if (!candidate->suggested || is_assumed (survey, candidate))
      continue;
    take_others (survey, candidate);
    const double weight = xps_element_candidate_weigh (survey, candidate);
    candidate->score = score_of (weight);
    if (weight > least)
      continue;
    least = weight;
    worst = candidate;
  }
  if (worst != NULL)
    worst->suggested = FALSE;
  take_others (survey, NULL);
  return worst != NULL;
}

static void
suggest (XpsSurvey *survey)
{
  const GPtrArray *candidates = survey->answer->candidates;
  for (guint i = 0; i < candidates->len; i++)
    if (is_assumed (survey, g_ptr_array_index (candidates, i)))
      take (survey, g_ptr_array_index (candidates, i), 99);
  add_best (survey);
  for (int round = 0; round < ROUNDS && drop_worst (survey); round++)
    if (round + 1 < ROUNDS)
      add_best (survey);
}

/* ---- what is shared, what is left ---- */

static void
note_shared (XpsElementMatch *match, const XpsElementCandidate *other)
{
  for (guint i = 0; i < other->matches->len; i++) {
    const XpsElementMatch *theirs = &g_array_index (other->matches, XpsElementMatch, i);
    if (theirs->peak == match->peak && !theirs->missing)
      g_ptr_array_add (match->shared, g_strdup (theirs->line->name));
  }
}

static void
find_shared (const GPtrArray *candidates)
{
  for (guint i = 0; i < candidates->len; i++) {
    const XpsElementCandidate *one = g_ptr_array_index (candidates, i);
    for (guint m = 0; m < one->matches->len; m++) {
      XpsElementMatch *match = &g_array_index (one->matches, XpsElementMatch, m);
      for (guint k = 0; match->peak >= 0 && k < candidates->len; k++) {
        const XpsElementCandidate *other = g_ptr_array_index (candidates, k);
        if (other != one && other->suggested)
          note_shared (match, other);
      }
    }
  }
}

gboolean
xps_survey_is_echo (const XpsSurvey *survey, int peak)
{
  const XpsSurveyPeak *weak = &g_array_index (survey->answer->peaks, XpsSurveyPeak, peak);
  for (guint k = 0; k < survey->answer->peaks->len; k++) {
    const XpsSurveyPeak *strong = &g_array_index (survey->answer->peaks, XpsSurveyPeak, k);
    const double behind = weak->energy - strong->energy;
    const double share = weak->height / strong->height;
    if (behind > LOSS_FROM && behind < LOSS_TO && share < LOSS_SHARE && weak->width > LOSS_WIDTH)
      return TRUE;
    if (-behind > SATELLITE_FROM && -behind < SATELLITE_TO && share < SATELLITE_SHARE)
      return TRUE;
  }
  return FALSE;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const XpsElementCandidate *x = *(XpsElementCandidate *const *)a, *y = *(XpsElementCandidate *const *)b;
  if (x->suggested != y->suggested)
    return y->suggested - x->suggested;
  if (x->score != y->score)
    return (x->score < y->score) - (x->score > y->score);
  return x->z - y->z;
}

static void
conclude (XpsSurvey *survey)
{
  GPtrArray *candidates = survey->answer->candidates;
  find_shared (candidates);
  for (guint i = 0; i < candidates->len; i++) {
    XpsElementCandidate *candidate = g_ptr_array_index (candidates, i);
    if (!candidate->suggested) {
      const double weight = xps_element_candidate_weigh (survey, candidate);
      candidate->score = score_of (weight);
    }
    xps_element_candidate_explain (survey, candidate);
  }
  for (guint i = 0; i < survey->answer->peaks->len; i++)
    if (survey->left[i] > 0 && !xps_survey_is_echo (survey, (int)i))
      g_array_append_val (survey->answer->unexplained, i);
  g_ptr_array_sort (candidates, compare_candidates);
}

/* ---- the whole ---- */

static XpsElementAnalysis *
analysis_new (const GArray *points, const XpsElementOptions *options, double photon_energy)
{
  XpsElementAnalysis *self = g_new0 (XpsElementAnalysis, 1);
  self->photon_energy = photon_energy;
  self->peaks = xps_survey_find (points, &options->peaks);
  self->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_element_candidate_free);
  self->unexplained = g_array_new (FALSE, FALSE, sizeof (guint));
  self->shift = isfinite (options->shift) ? options->shift : find_shift (self->peaks);
  return self;
}

static gboolean
refuse (const XpsSpectrum *spectrum, const char *what, const char *remedy, GError **error)
{
  return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_QUESTION, NULL,
                        xps_spectrum_get_name (spectrum), what, remedy);
}

XpsElementAnalysis *
xps_identify_elements (XpsReference *reference, const XpsSpectrum *spectrum, const XpsEnergyScale *scale,
                       const XpsElementOptions *options, GError **error)
{
  if (!(scale->photon_energy > 0)) {
    refuse (spectrum, N_ ("the photon energy is not known"),
            N_ ("give it: Auger lines and cross sections need it"), error);
    return NULL;
  }
  g_autoptr (GArray) points = xps_survey_points_new (spectrum, scale, error);
  if (points == NULL)
    return NULL;
  XpsSurvey survey = {.points = points,
                      .options = options,
                      .least = options->peaks.least > 0 ? options->peaks.least : LEAST_SIGNIFICANCE};
  if (!xps_survey_get_range (points, &survey.low, &survey.high)) {
    refuse (spectrum, N_ ("has too few points to look for peaks"), NULL, error);
    return NULL;
  }
  g_autoptr (XpsElementAnalysis) answer = analysis_new (points, options, scale->photon_energy);
  g_autofree double *left = g_new (double, answer->peaks->len + 1);
  for (guint i = 0; i < answer->peaks->len; i++)
    left[i] = g_array_index (answer->peaks, XpsSurveyPeak, i).area;
  survey.answer = answer;
  survey.left = left;
  if (!add_candidates (&survey, reference, error))
    return NULL;
  suggest (&survey);
  conclude (&survey);
  return g_steal_pointer (&answer);
}
