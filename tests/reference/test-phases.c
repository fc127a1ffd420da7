/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "reference/committed.h"
#include "reference/formula.h"
#include "reference/own.h"
#include "reference/phase-check.h"

/* Phases against their formulas, lines to start from, and exchanging own ones. */

/* Counted by hand. */
static void
test_formula (void)
{
  static const struct {
    const char *formula, *symbol;
    double n;
  } counted[] = {{"Li6PS5Cl", "S", 5},     {"LiN(SO2CF3)2", "O", 4},
                 {"LiN(SO2CF3)2", "F", 6}, {"Li6.5La3Zr1.5Ta0.5O12", "Ta", 0.5},
                 {"LiOH·H2O", "O", 2},     {"CuSO4·5H2O", "H", 10},
                 {"K3[Fe(CN)6]", "N", 6},  {"Li₂CO₃", "O", 3},
                 {"CO", "C", 1},           {"Co", "Co", 1},
                 {"Li F", "F", 1},         {"C2H2F2", "N", 0}};
  static const char *const wrong[] = {"",  "Qx",   "li",   "Li+",   "LiF)",  "(LiF", "Li0",
                                      "2", "LixF", "()2F", "Li2-F", "PVDF?", "*",    "Li6PS5Cl (doped)"};
  for (gsize i = 0; i < G_N_ELEMENTS (counted); i++) {
    g_autoptr (GArray) formula = xps_formula_read (counted[i].formula);
    g_assert_nonnull (formula);
    g_assert_cmpfloat (xps_formula_get (formula, counted[i].symbol), ==, counted[i].n);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (xps_formula_read (wrong[i]) != NULL)
      g_error ("\"%s\" was read", wrong[i]);
  g_assert_null (xps_formula_read (NULL));
}

/* What is shipped agrees with its own formulas. */
static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsReference) reference = committed_open (NULL);
  g_autoptr (GPtrArray) phases = xps_reference_list_shipped_phases (reference, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (phases->len, >=, 19);
  for (guint i = 0; i < phases->len; i++) {
    const XpsReferencePhase *phase = g_ptr_array_index (phases, i);
    g_autoptr (GPtrArray) remarks = xps_phase_list_remarks (phase);
    for (guint k = 0; k < remarks->len; k++)
      g_error ("%s: %s", phase->name, ((XpsPhaseRemark *)g_ptr_array_index (remarks, k))->sentence);
  }
}

static const XpsPhaseRemark *
only_remark (const GPtrArray *remarks)
{
  g_assert_cmpuint (remarks->len, ==, 1);
  return g_ptr_array_index (remarks, 0);
}

/* Each contradiction is found at its cell. */
static void
test_remarks (void)
{
  g_autoptr (XpsReferencePhase) phase = xps_reference_phase_new ("Li6PS5Br");
  xps_reference_phase_add_line (phase, "Li 1s", "Li6PS5Cl", 6);
  XpsPhaseLine *bromine = xps_reference_phase_add_line (phase, "Br 3d5/2", "LiBr", 1);
  xps_reference_phase_add_line (phase, "S 2p3/2", "Li6PS5Cl", 4);
  XpsPhaseLine *free_sulfide = xps_reference_phase_add_line (phase, "S 2p3/2", "Li6PS5Cl free S2-", 1);
  g_autoptr (GPtrArray) nothing = xps_phase_list_remarks (phase);
  g_assert_cmpint (only_remark (nothing)->member, ==, XPS_PHASE_FORMULA);
  phase->formula = g_strdup ("Li6PS5Br");
  g_autoptr (GPtrArray) none = xps_phase_list_remarks (phase);
  g_assert_cmpuint (none->len, ==, 0);
  free_sulfide->atoms = 2; /* six of five */
  g_autoptr (GPtrArray) many = xps_phase_list_remarks (phase);
  g_assert_cmpuint (many->len, ==, 2); /* at both lines of the level */
  g_assert_cmpint (((XpsPhaseRemark *)g_ptr_array_index (many, 1))->line, ==, 3);
  g_assert_cmpint (((XpsPhaseRemark *)g_ptr_array_index (many, 1))->member, ==, XPS_PHASE_ATOMS);
  free_sulfide->atoms = 1;
  bromine->atoms = 0.5; /* half of them without a line */
  g_autoptr (GPtrArray) few = xps_phase_list_remarks (phase);
  g_assert_cmpint (only_remark (few)->line, ==, 1);
  bromine->atoms = 1;
  g_free (phase->formula);
  phase->formula = g_strdup ("Li6PS5Cl");
  g_autoptr (GPtrArray) other = xps_phase_list_remarks (phase);
  g_assert_cmpint (only_remark (other)->line, ==, 1);
  g_assert_cmpint (only_remark (other)->member, ==, XPS_PHASE_LEVEL);
}

/* A new phase has its elements at the levels by which they are known, and agrees with its formula. */
static void
test_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsReference) reference = committed_open (NULL);
  g_autoptr (XpsReferencePhase) phase =
      xps_phase_new_from_formula (reference, "Li6PS5Br", "Li6PS5Br", &error);
  g_assert_no_error (error);
  static const char *const levels[] = {"Li 1s", "P 2p3/2", "S 2p3/2", "Br 3d5/2"};
  static const double atoms[] = {6, 1, 5, 1};
  g_assert_cmpuint (phase->lines->len, ==, 4);
  for (guint i = 0; i < 4; i++) {
    const XpsPhaseLine *line = g_ptr_array_index (phase->lines, i);
    g_assert_cmpstr (line->level, ==, levels[i]);
    g_assert_cmpfloat (line->atoms, ==, atoms[i]);
  }
  g_autoptr (GPtrArray) remarks = xps_phase_list_remarks (phase);
  g_assert_cmpuint (remarks->len, ==, 0);
  g_ptr_array_remove_index (phase->lines, 3);
  g_assert_cmpstr (xps_phase_add_next_line (reference, phase, 2)->level, ==, "Br 3d5/2");
  const XpsPhaseLine *more = xps_phase_add_next_line (reference, phase, 2);
  g_assert_cmpstr (more->level, ==, "S 2p3/2");
  g_assert_cmpstr (more->species, ==, "Li6PS5Br 2");
  g_assert_null (xps_phase_new_from_formula (reference, "x", "no formula", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (xps_phase_new_from_formula (reference, "x", "H2", &error)); /* hydrogen shows no line */
  g_assert_nonnull (error);
}

static guint
count_own (XpsOwn *own, const char *name)
{
  guint n = 0;
  g_autoptr (GPtrArray) phases = xps_own_list_phases (own, NULL);
  for (guint i = 0; i < phases->len; i++)
    n += name == NULL || strcmp (((XpsReferencePhase *)g_ptr_array_index (phases, i))->name, name) == 0;
  return n;
}

static GPtrArray *
phases_new (const char *first, const char *second)
{
  const char *const names[] = {first, second};
  GPtrArray *phases = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_reference_phase_free);
  for (guint i = 0; i < G_N_ELEMENTS (names) && names[i] != NULL; i++) {
    XpsReferencePhase *phase = xps_reference_phase_new (names[i]);
    xps_reference_phase_add_line (phase, "Li 1s", "Li", 1);
    g_ptr_array_add (phases, phase);
  }
  return phases;
}

/* All of it or nothing. */
static void
test_exchange (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("corelevel-phases-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "own.sqlite", NULL);
  g_autoptr (XpsOwn) own = xps_own_open (path, &error);
  g_autoptr (GPtrArray) a = phases_new ("a", NULL), b = phases_new ("b", NULL), ab = phases_new ("a", "b"),
                        ca = phases_new ("c", "a"), nobody = phases_new ("nobody", NULL);
  g_assert_true (xps_own_exchange_phases (own, NULL, a, &error));
  g_assert_true (xps_own_exchange_phases (own, a, b, &error)); /* a new name */
  g_assert_cmpuint (count_own (own, "a"), ==, 0);
  g_assert_cmpuint (count_own (own, "b"), ==, 1);
  g_assert_false (xps_own_exchange_phases (own, NULL, ab, &error)); /* b is there already */
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpuint (count_own (own, NULL), ==, 1);
  g_assert_false (xps_own_exchange_phases (own, nobody, ca, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpuint (count_own (own, NULL), ==, 1);
  g_assert_true (xps_own_exchange_phases (own, b, NULL, &error));
  g_assert_cmpuint (count_own (own, NULL), ==, 0);
  g_unlink (path);
  g_rmdir (folder);
}

/* The copy is deep, and the spread says on what it stands. */
static void
test_records (void)
{
  g_autoptr (XpsReference) reference = committed_open (NULL);
  XpsReferenceSpread spread;
  g_autoptr (GPtrArray) found = xps_reference_list_phases (reference, "Li6PS5Cl", NULL);
  const XpsReferencePhase *phase = g_ptr_array_index (found, 0);
  g_autoptr (XpsReferencePhase) copy = xps_reference_phase_copy (phase);
  g_assert_cmpuint (copy->lines->len, ==, phase->lines->len);
  g_assert_true (copy->lines != phase->lines);
  g_assert_true (xps_reference_find_spread (reference, "LiF", "F 1s", &spread));
  g_assert_cmpuint (spread.n_firm, ==, spread.n);
  xps_reference_spread_clear (&spread);
  g_assert_true (xps_reference_find_spread (reference, "Li6PS5Cl", "Cl 2p3/2", &spread));
  g_assert_cmpint (spread.best, ==, XPS_VERIFIED_SECONDARY); /* not the remembered one beside it */
  g_assert_cmpuint (spread.n, ==, 1);
  xps_reference_spread_clear (&spread);
  g_assert_true (xps_reference_find_spread (reference, "Li6PS5Cl", "Li 1s", &spread));
  g_assert_cmpint (spread.best, ==, XPS_VERIFIED_RECALLED);
  xps_reference_spread_clear (&spread);
  g_assert_false (xps_reference_find_spread (reference, "Li6PS5Br", "Br 3d5/2", &spread));
  g_assert_cmpuint (spread.n, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phases/formula", test_formula);
  g_test_add_func ("/phases/shipped", test_shipped);
  g_test_add_func ("/phases/remarks", test_remarks);
  g_test_add_func ("/phases/new", test_new);
  g_test_add_func ("/phases/exchange", test_exchange);
  g_test_add_func ("/phases/records", test_records);
  return g_test_run ();
}
