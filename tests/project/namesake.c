/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "project/namesake.h"

/* What tells frames of one name apart in the list of regions. */

typedef struct {
  const char *name, *date;
  const char *variables[2][3]; /* label, unit, text */
  const char *wanted;
} Frame;

static XpsRegion *
make_region (const Frame *frame)
{
  XpsSpectrumDraft draft = {.name = g_strdup (frame->name), .axis = XPS_AXIS_BINDING, .n = 2};
  draft.energy = g_memdup2 ((double[]){160, 161}, 2 * sizeof (double));
  draft.intensity = g_new0 (double, 2);
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->date = g_strdup (frame->date);
  for (guint i = 0; i < G_N_ELEMENTS (frame->variables) && frame->variables[i][0] != NULL; i++)
    xps_acquisition_add_variable (draft.acquisition, frame->variables[i][0], frame->variables[i][1],
                                  frame->variables[i][2]);
  g_autoptr (XpsSpectrum) spectrum = xps_spectrum_new (&draft);
  return xps_region_new (spectrum, NULL);
}

static void
check (const Frame *frames, guint n)
{
  g_autoptr (GPtrArray) regions = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (regions, make_region (&frames[i]));
  g_autoptr (GPtrArray) found = xps_region_list_distinctions (regions);
  g_assert_cmpuint (found->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (g_ptr_array_index (found, i), ==, frames[i].wanted);
}

static void
test_variables (void)
{
  static const Frame frames[] = {
      {"S 2p", NULL, {{"Loop", "", "1"}, {"time", "s", "60"}}, "60 s"},
      {"S 2p", NULL, {{"Loop", "", "1"}, {"time", "s", "120"}}, "120 s"},
      {"O 1s", NULL, {{"Loop", "", "1"}, {"time", "s", "60"}}, NULL},
      {"Cl 2p", NULL, {{"Loop", "", "1"}, {"time", "s", "60"}}, "Loop 1"},
      {"Cl 2p", NULL, {{"Loop", "", "2"}, {"time", "s", "60"}}, "Loop 2"},
  };
  check (frames, G_N_ELEMENTS (frames));
}

/* No variable does it alone: those that differ do it together. */
static void
test_together (void)
{
  static const Frame frames[] = {
      {"S 2p", NULL, {{"Loop", "d", "1"}, {"Angle", "deg", "0"}}, "Loop 1, 0 deg"},
      {"S 2p", NULL, {{"Loop", "d", "1"}, {"Angle", "deg", "45"}}, "Loop 1, 45 deg"},
      {"S 2p", NULL, {{"Loop", "d", "2"}, {"Angle", "deg", "0"}}, "Loop 2, 0 deg"},
  };
  check (frames, G_N_ELEMENTS (frames));
}

static void
test_times (void)
{
  static const Frame frames[] = {
      {"S 2p", "2025-03-21T08:07:33Z", {{"Loop", "", "1"}}, "08:07:33"},
      {"S 2p", "2025-03-21T08:09:01Z", {{"Loop", "", "1"}}, "08:09:01"},
      {"O 1s", "2025-03-21", {{NULL}}, "2025-03-21"},
      {"O 1s", "2025-03-22", {{NULL}}, "2025-03-22"},
  };
  check (frames, G_N_ELEMENTS (frames));
}

/* Nothing is known, or not of all: their places. */
static void
test_places (void)
{
  static const Frame frames[] = {
      {"S 2p", "2025-03-21T08:07:33Z", {{"Loop", "", "1"}}, "1"},
      {"O 1s", NULL, {{NULL}}, NULL},
      {"S 2p", NULL, {{NULL}}, "2"},
      {"S 2p", "2025-03-21T08:07:33Z", {{"Loop", "", "1"}}, "3"},
  };
  check (frames, G_N_ELEMENTS (frames));
  check (NULL, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/namesake/variables", test_variables);
  g_test_add_func ("/namesake/together", test_together);
  g_test_add_func ("/namesake/times", test_times);
  g_test_add_func ("/namesake/places", test_places);
  return g_test_run ();
}
