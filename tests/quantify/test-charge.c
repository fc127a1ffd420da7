/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantify/charge.h"

#include <math.h>
#include <string.h>

#include "reference/committed.h"

static XpsReference *reference;

static void
add_mark (GArray *marks, const char *level, const char *species, double energy, double shift)
{
  const XpsChargeMark mark = {.name = g_strdup ("line"),
                              .level = g_strdup (level),
                              .species = g_strdup (species),
                              .energy = energy,
                              .error = 0.03,
                              .shift = shift,
                              .fitted = TRUE};
  g_array_append_val (marks, mark);
}

static const XpsChargeSuggestion *
find (const GPtrArray *answer, const char *id)
{
  for (guint i = 0; i < answer->len; i++)
    if (strcmp (((XpsChargeSuggestion *)g_ptr_array_index (answer, i))->id, id) == 0)
      return g_ptr_array_index (answer, i);
  return NULL;
}

/* Which has to be there. */
static const XpsChargeSuggestion *
need (const GPtrArray *answer, const char *id)
{
  const XpsChargeSuggestion *found = find (answer, id);
  if (found == NULL)
    g_error ("%s is not suggested", id);
  return found;
}

static gboolean
says (const GPtrArray *sentences, const char *words)
{
  for (guint i = 0; i < sentences->len; i++)
    if (strstr (g_ptr_array_index (sentences, i), words) != NULL)
      return TRUE;
  return FALSE;
}

/* The shift is the whole one, whatever the energies contain already; its error has the line's place in it. */
static void
test_shift (void)
{
  XpsChargeOptions options;
  g_autoptr (GArray) marks = xps_charge_mark_array_new ();
  add_mark (marks, "C 1s", "C-C/C-H", 286.1, 0.5);
  add_mark (marks, "C 1s", "Li2CO3", 284.0, 0.5); /* lower, but called something else */
  xps_charge_options_init (&options);
  g_autoptr (GPtrArray) answer = xps_charge_suggest (reference, marks, &options);
  const XpsChargeSuggestion *carbon = need (answer, "c1s-adventitious"),
                            *vacuum = need (answer, "c1s-work-function");
  g_assert_cmpfloat (fabs (carbon->shift - (0.5 + 284.8 - 286.1)), <, 1e-12);
  g_assert_cmpfloat (fabs (carbon->shift_error - hypot (carbon->uncertainty, 0.03)), <, 1e-12);
  g_assert_true (says (carbon->against, "284.08 to 286.74"));
  g_assert_nonnull (strstr (carbon->source, "284.8(4) eV"));
  g_assert_true (isnan (vacuum->shift) && says (vacuum->against, "work function"));
  need (answer, "line:Li2CO3:C 1s");
}

/* 289.58 eV less the work function (Greczynski and Hultman): on lithium, 2.9 eV, carbon lies at 286.68 eV,
 * and the convention is wrong by 1.9 eV, which its uncertainty then says. */
static void
test_work_function (void)
{
  XpsChargeOptions options;
  g_autoptr (GArray) marks = xps_charge_mark_array_new ();
  add_mark (marks, "C 1s", NULL, 286.7, 0);
  xps_charge_options_init (&options);
  options.work_function = 2.9;
  options.lithium_metal = TRUE;
  g_autoptr (GPtrArray) answer = xps_charge_suggest (reference, marks, &options);
  const XpsChargeSuggestion *carbon = need (answer, "c1s-adventitious"),
                            *vacuum = need (answer, "c1s-work-function");
  g_assert_cmpfloat (fabs (vacuum->value - 286.68), <, 1e-9);
  g_assert_cmpfloat (fabs (carbon->uncertainty - 1.88), <, 1e-9);
  g_assert_true (says (carbon->against, "lithium"));
  g_assert_true (g_ptr_array_index (answer, 0) == vacuum); /* least doubtful first */
}

static void
test_metals_and_lines (void)
{
  XpsChargeOptions options;
  g_autoptr (GArray) marks = xps_charge_mark_array_new ();
  add_mark (marks, "Au 4f7/2", NULL, 84.3, 0);
  add_mark (marks, "F 1s", "LiF", 685.9, 0);
  add_mark (marks, "S 2p3/2", "Li6PS5Cl", 161.9, 0);
  add_mark (marks, "Fermi edge", NULL, 0.21, 0);
  add_mark (marks, "Si 2p", NULL, 103, 0);
  xps_charge_options_init (&options);
  g_autoptr (GPtrArray) firm = xps_charge_suggest (reference, marks, &options);
  options.secondary = options.recalled = TRUE;
  g_autoptr (GPtrArray) all = xps_charge_suggest (reference, marks, &options);
  g_assert_cmpfloat (fabs (need (firm, "au4f")->shift + 0.34), <, 1e-9);
  g_assert_cmpfloat (fabs (need (firm, "fermi-edge")->shift + 0.21), <, 1e-9);
  const XpsChargeSuggestion *fluoride = need (firm, "line:LiF:F 1s");
  g_assert_true (says (fluoride->against, "684.0 to 686.5")); /* a controversy of the table */
  const XpsChargeSuggestion *argyrodite = need (all, "line:Li6PS5Cl:S 2p3/2");
  g_assert_cmpfloat (argyrodite->value, >, 161);
  g_assert_cmpfloat (argyrodite->value, <, 162);
  g_assert_null (find (all, "line:Si 2p"));
}

/* A conductor's edge in counts: found where it was put, and not where nothing conducts. */
static XpsSpectrum *
made_valence (double edge, double height)
{
  XpsSpectrumDraft draft = {.name = g_strdup ("VB"), .axis = XPS_AXIS_BINDING, .n = 300};
  draft.energy = g_new (double, 300);
  draft.intensity = g_new (double, 300);
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  for (gsize i = 0; i < 300; i++) {
    const double x = draft.energy[i] = -5 + 0.05 * (double)i,
                 mean = 200 + height * 0.5 * erfc (-(x - edge) / 0.25);
    double noise = -6;
    for (int k = 0; k < 12; k++)
      noise += g_rand_double (random);
    draft.intensity[i] = round (mean + sqrt (mean) * noise);
  }
  return xps_spectrum_new (&draft);
}

static void
test_edge (void)
{
  g_autoptr (GArray) marks = xps_charge_mark_array_new (), none = xps_charge_mark_array_new ();
  g_autoptr (XpsSpectrum) metal = made_valence (0.37, 400), insulator = made_valence (20, 400);
  const XpsEnergyScale scale = {NAN, 0, 0};
  xps_charge_add_spectrum (marks, metal, &scale);
  xps_charge_add_spectrum (none, insulator, &scale);
  g_assert_cmpuint (marks->len, ==, 1);
  const XpsChargeMark *mark = &g_array_index (marks, XpsChargeMark, 0);
  g_assert_cmpstr (mark->level, ==, "Fermi edge");
  g_assert_cmpfloat (fabs (mark->energy - 0.37), <, 4 * mark->error + 0.02);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  reference = committed_open (NULL);
  g_test_add_func ("/charge/shift", test_shift);
  g_test_add_func ("/charge/work-function", test_work_function);
  g_test_add_func ("/charge/metals-and-lines", test_metals_and_lines);
  g_test_add_func ("/charge/edge", test_edge);
  const int status = g_test_run ();
  xps_reference_free (reference);
  return status;
}
