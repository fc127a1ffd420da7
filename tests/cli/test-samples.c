/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

/* The bundled spectra are what `simulate` draws from their truth, on this machine as on the one that made
 * them, and the fits of the models beside them come back to that truth. */

typedef struct {
  const char *name, *from, *to, *step, *seed;
} Sample;

static const Sample samples[] = {
    {"li6ps5cl-s2p-haxpes", "156", "170", "0.05", "1"}, {"li6ps5cl-s2p-lab", "156", "170", "0.05", "2"},
    {"llzo-o1s", "524.0", "538.0", "0.1", "11"},        {"llzo-li1s", "49.0", "61.0", "0.1", "12"},
    {"llzo-c1s", "280.0", "295.0", "0.1", "13"},
};

static char *
sample_path (const char *folder, const char *name, const char *ending)
{
  g_autofree char *file = g_strconcat (name, ending, NULL);
  return g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "samples", folder, file, NULL);
}

static char *
run (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *diagnostics = NULL;
  char *output = NULL;
  int status;
  g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &diagnostics, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  return output;
}

static void
test_drawn_again (gconstpointer data)
{
  const Sample *sample = data;
  g_autofree char *truth = sample_path ("truth", sample->name, ".json");
  g_autofree char *csv = sample_path ("", sample->name, ".csv");
  g_autofree char *committed = NULL;
  const char *const arguments[] = {g_getenv ("XPS_CLI"), "simulate", truth,        "--from",
                                   sample->from,         "--to",     sample->to,   "--step",
                                   sample->step,         "--seed",   sample->seed, NULL};
  g_autofree char *drawn = run (arguments);
  g_assert_true (g_file_get_contents (csv, &committed, NULL, NULL));
  g_assert_cmpstr (drawn, ==, committed);
}

static void
test_fitted (gconstpointer data)
{
  const Sample *sample = data;
  g_autofree char *model = sample_path ("", sample->name, ".json");
  g_autofree char *csv = sample_path ("", sample->name, ".csv");
  const gboolean joint = strstr (sample->name, "haxpes") != NULL;
  const char *const alone[] = {g_getenv ("XPS_CLI"), "fit", csv, "--model", model, "--json", NULL};
  const char *const together[] = {g_getenv ("XPS_CLI"), "fit", "--model", model, "--json", NULL};
  g_autofree char *output = run (joint ? together : alone);
  g_assert_nonnull (strstr (output, "\"converged\" : true"));
  /* Counts drawn from the model itself: reduced chi2 is 1 within its own spread. */
  const char *chi2 = strstr (output, "\"reduced_chi2\" : ");
  g_assert_nonnull (chi2);
  test_assert_close (g_ascii_strtod (chi2 + strlen ("\"reduced_chi2\" : "), NULL), 1, 0.3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autofree char *drawn = g_strdup_printf ("/cli/samples/drawn-again/%s", samples[i].name);
    g_autofree char *fitted = g_strdup_printf ("/cli/samples/fitted/%s", samples[i].name);
    g_test_add_data_func (drawn, &samples[i], test_drawn_again);
    g_test_add_data_func (fitted, &samples[i], test_fitted);
  }
  return g_test_run ();
}
