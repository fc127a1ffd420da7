/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "reference/committed.h"

/* "What could sit at 160.0 eV in S 2p next to Li6PS5Cl": Li2S and the free sulfide, told as disputed. */
static void
test_question (void)
{
  g_autoptr (XpsReference) reference = committed_open (NULL);
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.level = "S 2p";
  query.near = 160.0;
  query.within = 0.5;
  query.secondary = TRUE;
  g_autoptr (GPtrArray) spreads = xps_reference_search_spreads (reference, &query, NULL);
  gboolean sulfide = FALSE, argyrodite = FALSE;
  for (guint i = 0; i < spreads->len; i++) {
    const XpsReferenceSpread *spread = g_ptr_array_index (spreads, i);
    sulfide |= g_str_equal (spread->species, "Li2S") && spread->disputed && spread->n == 14;
    argyrodite |= g_str_equal (spread->species, "Li6PS5Cl free S2-") && spread->disputed;
  }
  g_assert_true (sulfide);
  g_assert_true (argyrodite);
}

/* Memory and hearsay stay out unless asked for. */
static void
test_firm (void)
{
  g_autoptr (XpsReference) reference = committed_open (NULL);
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.species = "Li2S";
  g_autoptr (GPtrArray) firm = xps_reference_search (reference, &query, NULL);
  for (guint i = 0; i < firm->len; i++)
    g_assert_true (xps_verified_is_firm (((XpsReferenceLine *)g_ptr_array_index (firm, i))->verified));
  query.secondary = query.recalled = TRUE;
  g_autoptr (GPtrArray) all = xps_reference_search (reference, &query, NULL);
  g_assert_cmpuint (firm->len, <, all->len);
  g_assert_cmpuint (all->len, ==, 17); /* rows of bindings.csv */
}

/* Counts of SOURCES.md (three values of ISO 15472 were recalled and have been read since), and the number of
 * rows of every kind. */
static void
test_whole (void)
{
  g_autoptr (XpsReference) reference = committed_open (NULL);
  XpsReferenceQuery query;
  guint n[5] = {0};
  xps_reference_query_init (&query);
  query.secondary = query.recalled = query.tabulated = TRUE;
  g_autoptr (GPtrArray) lines = xps_reference_search (reference, &query, NULL);
  for (guint i = 0; i < lines->len; i++)
    n[((XpsReferenceLine *)g_ptr_array_index (lines, i))->verified]++;
  g_assert_cmpuint (n[XPS_VERIFIED_NIST], ==, 553);
  g_assert_cmpuint (n[XPS_VERIFIED_SEEN] + n[XPS_VERIFIED_SECONDARY], ==, 142);
  g_assert_cmpuint (n[XPS_VERIFIED_SECONDARY], ==, 82);
  g_assert_cmpuint (n[XPS_VERIFIED_RECALLED], ==, 112);
  for (guint i = 0; i < lines->len; i++) {
    g_autoptr (GError) error = NULL;
    const XpsReferenceLine *line = g_ptr_array_index (lines, i);
    g_autoptr (GPtrArray) sources = xps_reference_get_sources (reference, line->source, &error);
    g_assert_no_error (error);
  }
}

static void
test_doublets (void)
{
  g_autoptr (XpsReference) reference = committed_open (NULL);
  XpsReferenceDoublet doublet;
  g_assert_true (xps_reference_get_doublet (reference, "S 2p3/2", &doublet));
  g_assert_cmpfloat (doublet.splitting, ==, 1.18);
  g_assert_cmpfloat (doublet.ratio, ==, 0.5);
  xps_reference_doublet_clear (&doublet);
  g_assert_true (xps_reference_get_doublet (reference, "Li 1s", &doublet));
  g_assert_true (isnan (doublet.splitting) && isnan (doublet.ratio));
  xps_reference_doublet_clear (&doublet);
  g_assert_false (xps_reference_get_doublet (reference, "Xx 9z", &doublet));
}

/* Every line of every phase has values behind it, and stands for whole atoms of an element in its name. */
static void
test_phases (void)
{
  g_autoptr (XpsReference) reference = committed_open (NULL);
  g_autoptr (GPtrArray) phases = xps_reference_list_phases (reference, NULL, NULL);
  g_assert_cmpuint (phases->len, >=, 16);
  for (guint i = 0; i < phases->len; i++) {
    const XpsReferencePhase *phase = g_ptr_array_index (phases, i);
    g_assert_cmpuint (phase->lines->len, >, 0);
    for (guint k = 0; k < phase->lines->len; k++) {
      const XpsPhaseLine *line = g_ptr_array_index (phase->lines, k);
      XpsReferenceQuery query;
      XpsReferenceSpread spread;
      xps_reference_query_init (&query);
      query.secondary = query.recalled = TRUE;
      g_assert_true (xps_reference_get_spread (reference, line->species, line->level, &query, &spread));
      g_assert_true (g_str_has_prefix (line->level, line->element));
      g_assert_cmpfloat (line->atoms, >, 0);
      xps_reference_spread_clear (&spread);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reference/question", test_question);
  g_test_add_func ("/reference/firm", test_firm);
  g_test_add_func ("/reference/whole", test_whole);
  g_test_add_func ("/reference/doublets", test_doublets);
  g_test_add_func ("/reference/phases", test_phases);
  return g_test_run ();
}
