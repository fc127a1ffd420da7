/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantify/elements.h"

#include <math.h>
#include <string.h>

#include "reference/committed.h"

static XpsReference *reference;

#define PHOTON 1486.6

typedef struct {
  const char *element;
  double amount;
} Part;

static double
draw (GRand *random, double mean)
{
  double noise = -6; /* twelve uniform numbers: a Gaussian, near enough for hundreds of counts */
  for (int k = 0; k < 12; k++)
    noise += g_rand_double (random);
  return fmax (round (mean + sqrt (mean) * noise), 0);
}

/* A survey as the cross sections make it: Gaussians of 2.5 eV with a step behind each, Poisson counts;
 * `uneven`: the step of the axis doubles in its upper half. */
static XpsSpectrum *
made_survey (const Part *parts, gsize n_parts, double shift, double scale, gboolean uneven, guint32 seed)
{
  const gsize n = uneven ? 900 : 1200;
  XpsSpectrumDraft draft = {.name = g_strdup ("survey"), .axis = XPS_AXIS_BINDING, .n = n};
  draft.energy = g_new (double, n);
  draft.intensity = g_new (double, n);
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree double *mean = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    draft.energy[i] = uneven && i > 600 ? 600 + 2 * ((double)i - 600) : (double)i;
    mean[i] = 300 + 0.5 * draft.energy[i];
  }
  for (gsize p = 0; p < n_parts; p++) {
    g_autoptr (GPtrArray) lines =
        xps_reference_list_element_lines (reference, parts[p].element, PHOTON, NULL);
    for (guint k = 0; k < lines->len; k++) {
      const XpsElementLine *line = g_ptr_array_index (lines, k);
      if (line->auger || !isfinite (line->sigma))
        continue;
      const double area = scale * parts[p].amount * line->sigma / 1000;
      for (gsize i = 0; i < n; i++) {
        const double x = draft.energy[i] - line->energy - shift;
        mean[i] += area / 2.66 * exp (-0.5 * x * x / (1.06 * 1.06)) + 0.01 * area * 0.5 * erfc (-x / 1.5);
      }
    }
  }
  for (gsize i = 0; i < n; i++)
    draft.intensity[i] = draw (random, mean[i]);
  return xps_spectrum_new (&draft);
}

static XpsElementAnalysis *
analyse (const XpsSpectrum *spectrum)
{
  g_autoptr (GError) error = NULL;
  XpsElementOptions options;
  const XpsEnergyScale scale = {PHOTON, 0, 0};
  xps_element_options_init (&options);
  XpsElementAnalysis *answer = xps_identify_elements (reference, spectrum, &scale, &options, &error);
  g_assert_no_error (error);
  return answer;
}

static const XpsElementCandidate *
find (const XpsElementAnalysis *answer, const char *element)
{
  for (guint i = 0; i < answer->candidates->len; i++) {
    const XpsElementCandidate *candidate = g_ptr_array_index (answer->candidates, i);
    if (strcmp (candidate->element, element) == 0)
      return candidate;
  }
  return NULL;
}

/* Which has to be there. */
static const XpsElementCandidate *
need (const XpsElementAnalysis *answer, const char *element)
{
  const XpsElementCandidate *found = find (answer, element);
  if (found == NULL)
    g_error ("%s is no candidate", element);
  return found;
}

static guint
count_suggested (const XpsElementAnalysis *answer)
{
  guint n = 0;
  for (guint i = 0; i < answer->candidates->len; i++)
    n += ((XpsElementCandidate *)g_ptr_array_index (answer->candidates, i))->suggested;
  return n;
}

static void
check (const Part *parts, gsize n_parts, double shift, gboolean uneven)
{
  for (guint32 seed = 1; seed <= 3; seed++) {
    g_autoptr (XpsSpectrum) survey = made_survey (parts, n_parts, shift, 60, uneven, seed);
    g_autoptr (XpsElementAnalysis) answer = analyse (survey);
    for (gsize p = 0; p < n_parts; p++) {
      if (!need (answer, parts[p].element)->suggested)
        g_error ("%s is not suggested (seed %u)", parts[p].element, seed);
    }
    if (count_suggested (answer) > n_parts)
      for (guint i = 0; i < answer->candidates->len; i++) {
        const XpsElementCandidate *candidate = g_ptr_array_index (answer->candidates, i);
        if (candidate->suggested)
          g_test_message ("seed %u: %s", seed, candidate->element);
      }
    g_assert_cmpuint (count_suggested (answer), ==, n_parts);
  }
}

/* What the samples of the field hold, and nothing else. */
static void
test_simulated (void)
{
  static const Part argyrodite[] = {{"S", 5}, {"P", 1}, {"Cl", 1}, {"C", 6}, {"O", 3}};
  static const Part garnet[] = {{"La", 3}, {"Zr", 2}, {"O", 14}, {"C", 4}};
  static const Part oxide[] = {{"Ni", 1}, {"O", 1}, {"C", 1}};
  static const Part salt[] = {{"Na", 1}, {"Cl", 1}, {"C", 1}};
  check (argyrodite, G_N_ELEMENTS (argyrodite), 0, FALSE);
  check (garnet, G_N_ELEMENTS (garnet), 0, FALSE);
  check (oxide, G_N_ELEMENTS (oxide), 0, FALSE);
  check (salt, G_N_ELEMENTS (salt), 0, FALSE);
}

/* Hundreds of thousands of counts: a doublet is a peak however badly its shape fits, what its shape leaves
 * over is none, and iron's 3p is no lithium. */
static void
test_loud (void)
{
  static const Part rutile[] = {{"Ti", 1}, {"O", 2}, {"C", 1}};
  static const Part magnetite[] = {{"Fe", 3}, {"O", 4}, {"C", 2}};
  static const Part sulfide[] = {{"Ag", 2}, {"S", 1}, {"C", 2}};
  const struct {
    const Part *parts;
    gsize n;
  } samples[] = {{rutile, G_N_ELEMENTS (rutile)},
                 {magnetite, G_N_ELEMENTS (magnetite)},
                 {sulfide, G_N_ELEMENTS (sulfide)}};
  for (gsize k = 0; k < G_N_ELEMENTS (samples); k++) {
    g_autoptr (XpsSpectrum) survey = made_survey (samples[k].parts, samples[k].n, 0, 6000, FALSE, 7);
    g_autoptr (XpsElementAnalysis) answer = analyse (survey);
    for (gsize p = 0; p < samples[k].n; p++)
      g_assert_true (need (answer, samples[k].parts[p].element)->suggested);
    g_assert_cmpuint (count_suggested (answer), ==, samples[k].n);
  }
}

/* The lines of an element shift alike: those of a compound 4 eV above the table are found where the first one
 * says, and the answer tells how far. */
static void
test_offset (void)
{
  static const Part parts[] = {{"C", 3}};
  g_autoptr (XpsSpectrum) plain = made_survey (parts, 1, 0, 60, FALSE, 3);
  XpsSpectrumDraft draft = {
      .name = g_strdup ("survey"), .axis = XPS_AXIS_BINDING, .n = xps_spectrum_get_n (plain)};
  draft.energy = g_memdup2 (xps_spectrum_get_energy (plain), draft.n * sizeof (double));
  draft.intensity = g_memdup2 (xps_spectrum_get_intensity (plain), draft.n * sizeof (double));
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  g_autoptr (GPtrArray) lines = xps_reference_list_element_lines (reference, "Ti", PHOTON, NULL);
  for (guint k = 0; k < lines->len; k++) {
    const XpsElementLine *line = g_ptr_array_index (lines, k);
    for (gsize i = 0; !line->auger && i < draft.n; i++) {
      const double x = draft.energy[i] - line->energy - 4;
      draft.intensity[i] += round (0.03 * line->sigma * exp (-0.5 * x * x));
    }
  }
  g_autoptr (XpsSpectrum) survey = xps_spectrum_new (&draft);
  g_autoptr (XpsElementAnalysis) answer = analyse (survey);
  g_assert_true (need (answer, "Ti")->suggested);
  g_assert_cmpfloat (fabs (need (answer, "Ti")->offset - 4), <, 0.5); /* half a step of the axis */
}

static void
test_uneven (void)
{
  static const Part garnet[] = {{"La", 3}, {"Zr", 2}, {"O", 14}, {"C", 4}};
  check (garnet, G_N_ELEMENTS (garnet), 0, TRUE);
}

/* A sample that charges by some eV is recognised by what nearly every sample shows. */
static void
test_charged (void)
{
  static const Part parts[] = {{"Si", 3}, {"O", 6}, {"C", 4}};
  g_autoptr (XpsSpectrum) survey = made_survey (parts, G_N_ELEMENTS (parts), 4, 60, FALSE, 5);
  g_autoptr (XpsElementAnalysis) answer = analyse (survey);
  g_assert_cmpfloat (fabs (answer->shift + 4), <, 1);
  g_assert_true (need (answer, "Si")->suggested);
}

/* Noise alone shows nothing: no peak of five standard deviations in 1200 points of each of ten spectra. */
static void
test_noise (void)
{
  for (guint32 seed = 1; seed <= 10; seed++) {
    g_autoptr (XpsSpectrum) survey = made_survey (NULL, 0, 0, 0, FALSE, seed);
    g_autoptr (XpsElementAnalysis) answer = analyse (survey);
    g_assert_cmpuint (answer->peaks->len, ==, 0);
    g_assert_cmpuint (answer->candidates->len, ==, 0);
  }
}

/* A strong line that is missing rules an element out: iron's 2p1/2 and 3p are not there behind a line at 707
 * eV. */
static void
test_missing (void)
{
  static const Part parts[] = {{"C", 3}};
  g_autoptr (XpsSpectrum) plain = made_survey (parts, 1, 0, 60, FALSE, 3);
  XpsSpectrumDraft draft = {
      .name = g_strdup ("survey"), .axis = XPS_AXIS_BINDING, .n = xps_spectrum_get_n (plain)};
  draft.energy = g_memdup2 (xps_spectrum_get_energy (plain), draft.n * sizeof (double));
  draft.intensity = g_memdup2 (xps_spectrum_get_intensity (plain), draft.n * sizeof (double));
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  for (gsize i = 0; i < draft.n; i++)
    draft.intensity[i] += 4000 * exp (-0.5 * (draft.energy[i] - 706.8) * (draft.energy[i] - 706.8));
  g_autoptr (XpsSpectrum) survey = xps_spectrum_new (&draft);
  g_autoptr (XpsElementAnalysis) answer = analyse (survey);
  const XpsElementCandidate *iron = need (answer, "Fe");
  g_assert_false (iron->suggested);
  g_assert_cmpuint (iron->n_missing, >, 0);
  g_assert_cmpuint (answer->unexplained->len, >, 0);
}

/* Height and place of a peak as they were made; significance as counting statistics has it. */
static void
test_peak (void)
{
  static const Part parts[] = {{"C", 1}};
  XpsPeakOptions options;
  const XpsEnergyScale scale = {PHOTON, 0, 0.5};
  xps_peak_options_init (&options);
  options.low = 275;
  options.high = 295;
  g_autoptr (XpsSpectrum) survey = made_survey (parts, 1, 0, 60, FALSE, 9);
  g_autoptr (GArray) peaks = xps_find_peaks (survey, &scale, &options, NULL);
  g_assert_cmpuint (peaks->len, >=, 1);
  const XpsSurveyPeak *first = &g_array_index (peaks, XpsSurveyPeak, 0);
  g_assert_cmpfloat (fabs (first->energy - 284.7), <, 0.3);    /* 284.2 and the scale's shift */
  g_assert_cmpfloat (fabs (first->height / 307 - 1), <, 0.25); /* 60 * 13.63 kb / 2.66 eV, the step aside */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  reference = committed_open (NULL);
  g_test_add_func ("/elements/peak", test_peak);
  g_test_add_func ("/elements/noise", test_noise);
  g_test_add_func ("/elements/simulated", test_simulated);
  g_test_add_func ("/elements/loud", test_loud);
  g_test_add_func ("/elements/offset", test_offset);
  g_test_add_func ("/elements/uneven", test_uneven);
  g_test_add_func ("/elements/charged", test_charged);
  g_test_add_func ("/elements/missing", test_missing);
  const int status = g_test_run ();
  xps_reference_free (reference);
  return status;
}
