/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "quantify/identify.h"
#include "reference/committed.h"

static XpsReference *reference;

static void
add (GArray *observed, const char *name, const char *level, double energy, double area)
{
  XpsCrossSection section;
  XpsObserved one = {.name = g_strdup (name),
                     .level = g_strdup (level),
                     .energy = energy,
                     .error = 0.02,
                     .width = NAN,
                     .area = area,
                     .sensitivity = NAN};
  if (level != NULL && xps_reference_get_cross_section (reference, level, 1486.6, &section, NULL))
    one.sensitivity = section.barn;
  g_array_append_val (observed, one);
}

static const XpsCandidate *
find (const XpsIdentification *answer, guint component, const char *species)
{
  const GPtrArray *candidates = g_array_index (answer->components, XpsIdentified, component).candidates;
  for (guint i = 0; i < candidates->len; i++)
    if (strcmp (((XpsCandidate *)g_ptr_array_index (candidates, i))->species, species) == 0)
      return g_ptr_array_index (candidates, i);
  g_error ("component %u has no candidate %s", component, species);
}

static gboolean
says (const GPtrArray *sentences, const char *words)
{
  for (guint i = 0; i < sentences->len; i++)
    if (strstr (g_ptr_array_index (sentences, i), words) != NULL)
      return TRUE;
  return FALSE;
}

static XpsIdentification *
identify (const GArray *observed, const char *const *elements)
{
  g_autoptr (GError) error = NULL;
  XpsIdentifyOptions options;
  xps_identify_options_init (&options);
  options.secondary = options.recalled = TRUE;
  options.photon_energy = 1486.6;
  options.elements = elements;
  XpsIdentification *answer = xps_identify (reference, observed, &options, &error);
  g_assert_no_error (error);
  return answer;
}

/* A carbonate whose whole sample sits 0.6 eV off: the shift is found from the lines, and the separations that
 * a paper measured (476.28 to 476.30, 241.70 to 241.85 eV) speak for it whatever the shift. */
static void
test_shift (void)
{
  static const char *const elements[] = {"Li", "C", "O", "H", NULL};
  g_autoptr (GArray) observed = xps_observed_array_new ();
  add (observed, "a", "C 1s", 289.7 + 0.6, 1000);
  add (observed, "b", "O 1s", 531.45 + 0.6, 8790);
  add (observed, "c", "Li 1s", 55.16 + 0.6, 114);
  add (observed, "d", "C 1s", 284.8 + 0.6, 2000);
  g_autoptr (XpsIdentification) answer = identify (observed, elements);
  g_assert_cmpfloat (fabs (answer->shift + 0.6), <, 2 * answer->shift_error);
  g_assert_cmpfloat (answer->shift_error, <, 0.4);
  const XpsCandidate *carbonate = find (answer, 0, "Li2CO3");
  g_assert_true (carbonate ==
                 g_ptr_array_index (g_array_index (answer->components, XpsIdentified, 0).candidates, 0));
  g_assert_true (says (carbonate->in_favour, "free of any charge reference"));
  g_assert_true (says (carbonate->in_favour, "formula and sensitivities ask for"));
  g_assert_cmpuint (carbonate->against->len, ==, 0);
  g_assert_true (xps_identification_tells_shift (answer));
}

/* Li2S lies over the free sulfide of the electrolyte: the program says so and does not decide. */
static void
test_declines (void)
{
  static const char *const elements[] = {"Li", "P", "S", "Cl", "C", "O", NULL};
  g_autoptr (GArray) observed = xps_observed_array_new ();
  add (observed, "sulfide", "S 2p3/2", 160.1, 1000);
  add (observed, "thiophosphate", "S 2p3/2", 161.6, 4000);
  g_autoptr (XpsIdentification) answer = identify (observed, elements);
  g_assert_true (g_array_index (answer->components, XpsIdentified, 0).declined);
  const XpsCandidate *sulfide = find (answer, 0, "Li2S"), *electrolyte = find (answer, 1, "Li6PS5Cl");
  g_assert_true (says (sulfide->alike, "Li6PS5Cl free S2-"));
  g_assert_true (says (sulfide->against, "binding energy alone"));
  g_assert_cmpfloat (fabs (electrolyte->distance), <, 2 * electrolyte->tolerance);
}

/* A partner level that was measured and shows nothing where it should, or far too little, counts against. */
static void
test_partners (void)
{
  static const char *const elements[] = {"Li", "C", "O", "F", NULL};
  g_autoptr (GArray) missing = xps_observed_array_new (), weak = xps_observed_array_new ();
  add (missing, "a", "C 1s", 289.8, 1000);
  add (missing, "b", "O 1s", 535.5, 9000);
  add (weak, "a", "C 1s", 289.8, 1000);
  add (weak, "b", "O 1s", 531.5, 300);
  g_autoptr (XpsIdentification) a = identify (missing, elements), b = identify (weak, elements);
  g_assert_true (says (find (a, 0, "Li2CO3")->against, "missing"));
  g_assert_true (says (find (b, 0, "Li2CO3")->against, "times as strong"));
}

/* Within S 2p nothing but the fit is uncertain: one free sulfide to four of PS4 is the electrolyte; more of
 * it is not, and then Li2S has to be reckoned with. */
static void
test_same_level (void)
{
  static const char *const elements[] = {"Li", "P", "S", "Cl", NULL};
  g_autoptr (GArray) pristine = xps_observed_array_new (), reduced = xps_observed_array_new ();
  add (pristine, "sulfide", "S 2p3/2", 160.1, 1000);
  add (pristine, "thiophosphate", "S 2p3/2", 161.6, 4000);
  add (reduced, "sulfide", "S 2p3/2", 160.1, 4000);
  add (reduced, "thiophosphate", "S 2p3/2", 161.6, 4000);
  g_autoptr (XpsIdentification) a = identify (pristine, elements), b = identify (reduced, elements);
  const XpsCandidate *fits = find (a, 0, "Li6PS5Cl free S2-"), *too_much = find (b, 0, "Li6PS5Cl free S2-");
  g_assert_true (says (fits->in_favour, "fits: 1 times"));
  g_assert_true (says (too_much->against, "more of this line than the substance has"));
  g_assert_cmpfloat (too_much->score, <, fits->score);
  g_assert_cmpfloat (find (a, 0, "Li2S")->score, <, find (b, 0, "Li2S")->score);
}

/* A series repeats what its first spectrum says: the shift becomes no surer, and nothing is decided that one
 * spectrum does not decide. */
static void
test_series (void)
{
  static const char *const elements[] = {"Li", "P", "S", "Cl", NULL};
  g_autoptr (GArray) one = xps_observed_array_new (), many = xps_observed_array_new ();
  for (int i = 0; i < 31; i++)
    for (GArray *array = many; array != NULL; array = i == 0 && array == many ? one : NULL) {
      add (array, "sulfide", "S 2p3/2", 160.05, 1000);
      add (array, "thiophosphate", "S 2p3/2", 161.55 + 0.001 * i, 4000);
    }
  g_autoptr (XpsIdentification) a = identify (one, elements), b = identify (many, elements);
  g_assert_cmpfloat (fabs (a->shift - b->shift), <, 0.02);
  g_assert_cmpfloat (fabs (a->shift_error - b->shift_error), <, 0.02);
  g_assert_true (g_array_index (a->components, XpsIdentified, 0).declined);
  g_assert_true (g_array_index (b->components, XpsIdentified, 60).declined);
}

/* Reported widths speak, softly. */
static void
test_width (void)
{
  static const char *const elements[] = {"Li", "F", NULL};
  g_autoptr (GArray) observed = xps_observed_array_new ();
  add (observed, "a", "F 1s", 685.1, 1000);
  g_array_index (observed, XpsObserved, 0).width = 1.8; /* NIST has 1.91 eV */
  add (observed, "b", "F 1s", 685.0, 1000);
  g_array_index (observed, XpsObserved, 1).width = 5;
  g_autoptr (XpsIdentification) answer = identify (observed, elements);
  g_assert_true (says (find (answer, 0, "LiF")->in_favour, "width"));
  g_assert_true (says (find (answer, 1, "LiF")->against, "width"));
}

/* What was decided carries its sources and how they were verified. */
static void
test_assignment (void)
{
  g_autoptr (GArray) observed = xps_observed_array_new ();
  add (observed, "a", "F 1s", 685.0, 1000);
  g_autoptr (XpsIdentification) answer = identify (observed, NULL);
  const XpsCandidate *candidate = find (answer, 0, "LiF");
  g_autoptr (XpsAssignment) kept =
      xps_candidate_new_assignment (answer, &g_array_index (answer->components, XpsIdentified, 0), candidate,
                                    reference, "C 1s 284.8(4) eV");
  g_assert_cmpstr (kept->species, ==, "LiF");
  g_assert_cmpstr (kept->level, ==, "F 1s");
  g_assert_cmpstr (kept->verified, ==, "nist-record");
  g_assert_cmpstr (kept->reference, ==, "C 1s 284.8(4) eV");
  g_assert_nonnull (kept->source);
  g_assert_cmpuint (kept->in_favour->len, ==, candidate->in_favour->len);
  g_assert_cmpuint (kept->alike->len, ==, candidate->alike->len);
}

/* A shift that is given is used as it is. */
static void
test_given_shift (void)
{
  XpsIdentifyOptions options;
  g_autoptr (GArray) observed = xps_observed_array_new ();
  add (observed, "a", "F 1s", 686.0, 1000);
  xps_identify_options_init (&options);
  options.shift = -1;
  g_autoptr (XpsIdentification) answer = xps_identify (reference, observed, &options, NULL);
  g_assert_true (answer->shift_given);
  g_assert_cmpfloat (answer->shift, ==, -1);
  g_assert_cmpfloat (fabs (find (answer, 0, "LiF")->distance), <, 0.2);
  g_assert_true (xps_identification_tells_shift (answer));
}

/* What nobody reported anything near gets no candidate, and no number is made up. */
static void
test_unknown (void)
{
  g_autoptr (GArray) observed = xps_observed_array_new ();
  add (observed, "a", "S 2p3/2", 140, 1000);
  add (observed, "b", NULL, 140, 1000);
  g_autoptr (XpsIdentification) answer = identify (observed, NULL);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (g_array_index (answer->components, XpsIdentified, i).candidates->len, ==, 0);
  g_assert_true (isfinite (answer->shift) && isfinite (answer->shift_error));
  g_assert_false (xps_identification_tells_shift (answer));
}

/* With values at first hand only, the garnet itself has none: the best of the others is said to be that. */
static void
test_left_out (void)
{
  static const char *const elements[] = {"Li", "La", "Zr", "O", NULL};
  g_autoptr (GArray) observed = xps_observed_array_new ();
  g_autoptr (GError) error = NULL;
  XpsIdentifyOptions options;
  xps_identify_options_init (&options);
  options.shift = options.shift_error = 0;
  options.elements = elements;
  add (observed, "a", "Li 1s", 54.55, 100);
  g_autoptr (XpsIdentification) answer = xps_identify (reference, observed, &options, &error);
  g_assert_no_error (error);
  const GPtrArray *candidates = g_array_index (answer->components, XpsIdentified, 0).candidates;
  const XpsCandidate *best = g_ptr_array_index (candidates, 0);
  g_assert_true (says (best->against, "Li7La3Zr2O12"));
  g_autoptr (XpsIdentification) all = identify (observed, elements);
  best = g_ptr_array_index (g_array_index (all->components, XpsIdentified, 0).candidates, 0);
  g_assert_false (says (best->against, "not looked at"));
  find (all, 0, "Li7La3Zr2O12");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  reference = committed_open (NULL);
  g_test_add_func ("/identify/shift", test_shift);
  g_test_add_func ("/identify/declines", test_declines);
  g_test_add_func ("/identify/partners", test_partners);
  g_test_add_func ("/identify/same-level", test_same_level);
  g_test_add_func ("/identify/series", test_series);
  g_test_add_func ("/identify/width", test_width);
  g_test_add_func ("/identify/assignment", test_assignment);
  g_test_add_func ("/identify/given-shift", test_given_shift);
  g_test_add_func ("/identify/unknown", test_unknown);
  g_test_add_func ("/identify/left-out", test_left_out);
  const int status = g_test_run ();
  xps_reference_free (reference);
  return status;
}
