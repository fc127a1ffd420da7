/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include "synthetic.h"

/* One problem of many spectra with four shared parameters. */

typedef struct {
  Operando operando;
  XpsModel *model;
  GPtrArray *data; /* XpsFitData */
  XpsEngine *engine;
  XpsOutcome outcome;
} Joint;

static void
joint_clear (Joint *self)
{
  operando_clear (&self->operando);
  g_clear_pointer (&self->model, xps_model_free);
  g_clear_pointer (&self->data, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Joint, joint_clear)

/* With 31 spectra the measured ones of the oracle (p18), otherwise redrawn ones. */
static gboolean
joint_init (Joint *self, guint n)
{
  *self = (Joint){0};
  if (n == 0 || !operando_read (&self->operando))
    return FALSE;
  g_autofree float *counts = synthetic_new_counts (&self->operando, n, 1);
  self->model = operando_joint_model (&self->operando, n);
  self->data = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_fit_data_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->data, n == OPERANDO_STEPS ? operando_data (&self->operando, i)
                                                     : synthetic_new_data (&self->operando, counts, i));
  return TRUE;
}

static void
run_engine (gpointer data)
{
  Joint *self = data;
  self->outcome = xps_engine_run (self->engine, NULL, NULL);
}

static void
run_whole (gpointer data)
{
  const Joint *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsResult) result = xps_fit (self->model, (XpsFitData *const *)self->data->pdata,
                                          self->data->len, XPS_WEIGHTS_COUNTS, NULL, &error);
  g_assert_no_error (error);
}

/* SPECTRA SECONDS [whole]: the fit alone, or with compiling, covariance and all that a result holds. */
gboolean
bench_joint (int argc, char **argv, JsonBuilder *report)
{
  g_autoptr (GError) error = NULL;
  g_auto (Joint) joint = {0};
  if (argc < 2 || !joint_init (&joint, (guint)g_ascii_strtoull (argv[0], NULL, 10)))
    return FALSE;
  const double seconds = g_ascii_strtod (argv[1], NULL);
  bench_add_count (report, "spectra", joint.data->len);
  if (argc > 2) {
    const BenchTime whole = bench_time (run_whole, &joint, seconds);
    bench_add_time (report, "whole", &whole);
    bench_add_number (report, "peak_mb", bench_peak_memory ());
    return TRUE;
  }
  g_autoptr (XpsProblem) problem = xps_problem_new (joint.model, (XpsFitData *const *)joint.data->pdata,
                                                    joint.data->len, XPS_WEIGHTS_COUNTS, &error);
  g_assert_no_error (error);
  g_autoptr (XpsEngine) engine = xps_engine_new (problem);
  joint.engine = engine;
  const BenchTime fit = bench_time (run_engine, &joint, seconds);
  bench_add_count (report, "free", xps_problem_get_n_free (problem));
  bench_add_time (report, "fit", &fit);
  bench_add_count (report, "evaluations", joint.outcome.evaluations);
  bench_add_number (report, "reduced_chi2",
                    joint.outcome.objective / ((double)xps_problem_get_n_points (problem) -
                                               (double)xps_problem_get_n_free (problem)));
  bench_add_text (report, "stop", xps_stop_to_text (joint.outcome.stop));
  bench_add_number (report, "peak_mb", bench_peak_memory ());
  return TRUE;
}
