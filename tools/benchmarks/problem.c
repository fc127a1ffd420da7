/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include "fit/model-index.h"
#include "fit/oracle.h"

/* One problem of the oracle: how long a fit takes from the given start to the end, and how close it ends. */

typedef struct {
  OracleProblem oracle;
  XpsEngine *engine;
} Subject;

static void
run_engine (gpointer data)
{
  const Subject *subject = data;
  xps_engine_run (subject->engine, NULL, NULL);
}

/* What a program pays for one fit out of nothing: compile, engine, fit, covariance, derived quantities,
 * warnings. */
static void
run_whole (gpointer data)
{
  const Subject *subject = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsResult) result =
      xps_fit (subject->oracle.model, &subject->oracle.data, 1, XPS_WEIGHTS_COUNTS, NULL, &error);
  g_assert_no_error (error);
}

/* Largest distance from the reference in its standard errors. */
static double
worst_pull (const XpsResult *result, JsonObject *reference)
{
  JsonObject *parameters = json_object_get_object_member (reference, "parameters");
  g_autoptr (GList) names = json_object_get_members (parameters);
  double worst = 0;
  for (GList *l = names; l != NULL; l = l->next) {
    JsonObject *entry = json_object_get_object_member (parameters, l->data);
    if (json_object_get_null_member (entry, "stderr"))
      continue;
    const double value = oracle_find_parameter (result, l->data)->quantity.value;
    const double off = fabs (value - json_object_get_double_member (entry, "value"));
    worst = fmax (worst, off / json_object_get_double_member (entry, "stderr"));
  }
  return worst;
}

static gboolean
read_subject (Subject *subject, const char *id)
{
  if (oracle_problem_read (id, &subject->oracle))
    return TRUE;
  g_printerr ("%s: not in the shared folder\n", id);
  return FALSE;
}

gboolean
bench_problem (int argc, char **argv, JsonBuilder *report)
{
  g_autoptr (GError) error = NULL;
  g_auto (OracleProblem) oracle = {0};
  Subject subject = {0};
  const double seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 0.5;
  if (argc < 1 || !read_subject (&subject, argv[0]))
    return FALSE;
  oracle = subject.oracle; /* owns it */
  g_autoptr (XpsProblem) problem =
      xps_problem_new (oracle.model, &oracle.data, 1, XPS_WEIGHTS_COUNTS, &error);
  g_assert_no_error (error);
  g_autoptr (XpsEngine) engine = xps_engine_new (problem);
  subject.engine = engine;
  const BenchTime fit = bench_time (run_engine, &subject, seconds);
  const BenchTime whole = bench_time (run_whole, &subject, seconds);
  g_autoptr (XpsResult) result = xps_fit (oracle.model, &oracle.data, 1, XPS_WEIGHTS_COUNTS, NULL, &error);
  JsonObject *reference = json_object_get_object_member (oracle.document, "reference");
  bench_add_text (report, "id", argv[0]);
  bench_add_count (report, "points", oracle.data->n);
  bench_add_count (report, "peaks",
                   ((XpsModelPart *)g_ptr_array_index (oracle.model->parts, 0))->components->len);
  bench_add_count (report, "free", result->n_free);
  bench_add_count (report, "evaluations", result->evaluations);
  bench_add_time (report, "fit", &fit);
  bench_add_time (report, "whole", &whole);
  bench_add_number (report, "chi2", result->chi2 / json_object_get_double_member (reference, "chi2") - 1);
  bench_add_number (report, "pull", worst_pull (result, reference));
  return TRUE;
}

/* chi2 of another program's answer as the problem defines it, relative to the reference: ID NAME VALUE NAME
 * VALUE ... */
gboolean
bench_chi2 (int argc, char **argv, JsonBuilder *report)
{
  g_autoptr (GError) error = NULL;
  g_auto (OracleProblem) oracle = {0};
  if (argc < 1 || !oracle_problem_read (argv[0], &oracle))
    return FALSE;
  g_autoptr (XpsModelIndex) index = xps_model_check (oracle.model, &error);
  g_autoptr (XpsProblem) problem =
      xps_problem_new (oracle.model, &oracle.data, 1, XPS_WEIGHTS_COUNTS, &error);
  g_assert_no_error (error);
  g_autofree double *values = g_new0 (double, oracle.model->parameters->len + 1);
  g_autofree double *curve = g_new (double, oracle.data->n), *sigma = g_new (double, oracle.data->n);
  for (guint i = 0; i < oracle.model->parameters->len; i++)
    values[i] = ((XpsParameter *)g_ptr_array_index (oracle.model->parameters, i))->value;
  gboolean inside = TRUE;
  for (int k = 1; k + 1 < argc; k += 2) {
    const int i = xps_model_find_parameter (oracle.model, argv[k]);
    g_return_val_if_fail (i >= 0, FALSE);
    const XpsParameter *p = g_ptr_array_index (oracle.model->parameters, (guint)i);
    values[i] = g_ascii_strtod (argv[k + 1], NULL);
    inside &= values[i] >= p->min && values[i] <= p->max;
  }
  xps_model_resolve_links (oracle.model, index, values);
  xps_problem_get_curves (problem, 0, values, curve, NULL, NULL);
  xps_problem_get_sigma (problem, 0, values, sigma);
  double chi2 = 0;
  for (gsize i = 0; i < oracle.data->n; i++)
    chi2 += pow ((oracle.data->intensity[i] - curve[i]) / sigma[i], 2);
  JsonObject *reference = json_object_get_object_member (oracle.document, "reference");
  bench_add_number (report, "chi2", chi2 / json_object_get_double_member (reference, "chi2") - 1);
  json_builder_set_member_name (report, "inside");
  json_builder_add_boolean_value (report, inside);
  return TRUE;
}
