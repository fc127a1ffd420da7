/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "quantify/elements.h"
#include "quantify/identify.h"
#include "reference/own.h"

/* Prints how long questions to the reference database take: median and longest of a few hundred, in
 * milliseconds. benchmark-reference DATABASE */

#define ROUNDS 200

static XpsReference *reference;

typedef void (*Question) (void);

static void
ask_spreads (void)
{
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.level = "S 2p";
  query.near = 160;
  query.within = 3;
  query.secondary = query.recalled = TRUE;
  g_ptr_array_unref (xps_reference_search_spreads (reference, &query, NULL));
}

static void
ask_lines (void)
{
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.element = "O";
  g_ptr_array_unref (xps_reference_search (reference, &query, NULL));
}

static void
ask_everything (void)
{
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.secondary = query.recalled = query.tabulated = TRUE;
  g_ptr_array_unref (xps_reference_search (reference, &query, NULL));
}

static void
ask_species (void)
{
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  g_ptr_array_unref (xps_reference_list_species (reference, &query, NULL));
}

static void
ask_separations (void)
{
  g_ptr_array_unref (xps_reference_list_separations (reference, "Li2CO3", NULL, NULL, NULL));
}

static void
ask_phases (void)
{
  g_ptr_array_unref (xps_reference_list_phases (reference, NULL, NULL));
}

static void
ask_section (void)
{
  XpsCrossSection section;
  xps_reference_get_cross_section (reference, "S 2p", 5414.8, &section, NULL);
}

static void
ask_angular (void)
{
  XpsAngular angular;
  xps_reference_get_angular (reference, "La 3d", 5414.8, &angular, NULL);
}

static void
ask_element (void)
{
  g_ptr_array_unref (xps_reference_list_element_lines (reference, "La", 1486.6, NULL));
}

static void
ask_all_elements (void)
{
  g_ptr_array_unref (xps_reference_list_element_lines (reference, NULL, 1486.6, NULL));
}

/* A sample of forty lines: eight core levels, five lines each. */
static void
identify (void)
{
  static const struct {
    const char *level;
    double from;
  } levels[] = {{"S 2p3/2", 160}, {"P 2p3/2", 128}, {"Cl 2p3/2", 198}, {"C 1s", 284},
                {"O 1s", 528.5},  {"F 1s", 684},    {"Li 1s", 53.5},   {"N 1s", 397}};
  XpsIdentifyOptions options;
  xps_identify_options_init (&options);
  options.photon_energy = 1486.6;
  options.secondary = options.recalled = TRUE;
  g_autoptr (GArray) observed = xps_observed_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    for (int k = 0; k < 5; k++) {
      const XpsObserved line = {.name = g_strdup ("line"),
                                .level = g_strdup (levels[i].level),
                                .energy = levels[i].from + 1.1 * k,
                                .error = 0.02,
                                .width = 1.2,
                                .area = 1000,
                                .sensitivity = 1000};
      g_array_append_val (observed, line);
    }
  xps_identification_free (xps_identify (reference, observed, &options, NULL));
}

static void
report (const char *what, Question question, guint rounds)
{
  double longest = 0, total = 0;
  for (guint i = 0; i < rounds; i++) {
    const gint64 start = g_get_monotonic_time ();
    question ();
    const double took = 1e-3 * (double)(g_get_monotonic_time () - start);
    longest = fmax (longest, took);
    total += took;
  }
  g_print ("%-44s %8.3f ms mean  %8.3f ms longest\n", what, total / rounds, longest);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const gint64 start = g_get_monotonic_time ();
  g_autofree char *own = xps_own_dup_default_path ();
  reference = xps_reference_open (argc > 1 ? argv[1] : NULL, own, &error);
  if (reference == NULL) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  g_print ("%-44s %8.3f ms\n", "open", 1e-3 * (double)(g_get_monotonic_time () - start));
  report ("spreads of a level within 3 eV", ask_spreads, ROUNDS);
  report ("values of an element", ask_lines, ROUNDS);
  report ("all values", ask_everything, ROUNDS);
  report ("all names of species", ask_species, ROUNDS);
  report ("separations of a compound", ask_separations, ROUNDS);
  report ("all phases with their lines", ask_phases, ROUNDS);
  report ("cross section of S 2p", ask_section, ROUNDS);
  report ("angular parameters of La 3d", ask_angular, ROUNDS);
  report ("lines of an element", ask_element, ROUNDS);
  report ("lines of all elements", ask_all_elements, 5);
  report ("identify 40 components", identify, 10);
  xps_reference_free (reference);
  return 0;
}
