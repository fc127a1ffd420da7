/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include "fit/batch.h"
#include "synthetic.h"

/* Independent fits of many spectra on one grid with one model, every one from the same cold start. */

typedef struct {
  Operando operando;
  XpsProblem *problem;
  float *counts;
  gsize n, n_free;
} Map;

static void
map_clear (Map *self)
{
  operando_clear (&self->operando);
  g_clear_pointer (&self->problem, xps_problem_free);
  g_free (self->counts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Map, map_clear)

static gboolean
map_init (Map *self, gsize n, double scale)
{
  g_autoptr (GError) error = NULL;
  *self = (Map){.n = n};
  if (!operando_read (&self->operando))
    return FALSE;
  g_autoptr (XpsModel) model = operando_single_model (&self->operando);
  g_autoptr (XpsFitData) data = operando_data (&self->operando, 0);
  self->problem = xps_problem_new (model, &data, 1, XPS_WEIGHTS_COUNTS, &error);
  g_assert_no_error (error);
  self->n_free = xps_problem_get_n_free (self->problem);
  self->counts = synthetic_new_counts (&self->operando, n, scale);
  return TRUE;
}

/* Median over all spectra of chi2 / dof, as a sign that fits ended at a minimum; how many ended otherwise. */
static void
judge (const Map *map, double *objective, const int *stop, const guint *evaluations, JsonBuilder *report)
{
  const double dof = (double)xps_problem_get_n_points (map->problem) - (double)map->n_free;
  gsize failed = 0, total = 0;
  for (gsize i = 0; i < map->n; i++) {
    failed += stop[i] != (int)XPS_STOP_CONVERGED;
    total += evaluations[i];
  }
  const BenchTime middle = bench_time_of_samples (objective, map->n, 1);
  bench_add_count (report, "unconverged", failed);
  bench_add_number (report, "evaluations", (double)total / (double)map->n);
  bench_add_number (report, "median_reduced_chi2", middle.median / dof);
}

/* SPECTRA THREADS SCALE SECONDS [errors] */
gboolean
bench_map (int argc, char **argv, JsonBuilder *report)
{
  g_auto (Map) map = {0};
  g_autoptr (GError) error = NULL;
  if (argc < 4 || !map_init (&map, g_ascii_strtoull (argv[0], NULL, 10), g_ascii_strtod (argv[2], NULL)))
    return FALSE;
  g_autofree double *values = g_new (double, map.n *map.n_free), *objective = g_new (double, map.n);
  g_autofree double *errors = argc > 4 ? g_new (double, map.n *map.n_free) : NULL;
  g_autofree int *stop = g_new (int, map.n);
  g_autofree guint *evaluations = g_new (guint, map.n);
  g_autoptr (GArray) wall = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) processor = g_array_new (FALSE, FALSE, sizeof (double));
  const XpsBatchSource source = {.n = map.n, .floats = map.counts};
  const XpsBatchOptions options = {.n_threads = (guint)g_ascii_strtoull (argv[1], NULL, 10)};
  const XpsBatchOutput output = {values, errors, objective, stop, evaluations};
  const double seconds = g_ascii_strtod (argv[3], NULL), first = bench_now ();
  while (wall->len < 3 || bench_now () - first < seconds) {
    const double start = bench_now (), start_processor = bench_processor_time ();
    if (!xps_fit_batch (map.problem, &source, &options, &output, &error)) {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
    const double time = bench_now () - start, time_processor = bench_processor_time () - start_processor;
    g_array_append_val (wall, time);
    g_array_append_val (processor, time_processor);
  }
  const BenchTime time = bench_time_of_samples ((double *)(gpointer)wall->data, wall->len, 1);
  const BenchTime own = bench_time_of_samples ((double *)(gpointer)processor->data, processor->len, 1);
  bench_add_count (report, "spectra", map.n);
  bench_add_count (report, "points", xps_problem_get_n_points (map.problem));
  bench_add_count (report, "free", map.n_free);
  bench_add_count (report, "threads", options.n_threads);
  bench_add_time (report, "wall", &time);
  bench_add_time (report, "processor", &own);
  judge (&map, objective, stop, evaluations, report);
  bench_add_number (report, "peak_mb", bench_peak_memory ());
  return TRUE;
}
