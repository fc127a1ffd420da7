/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <math.h>

#include "fit/batch.h"
#include "fit/operando.h"
#include "series/run.h"

/* The 31 steps of the operando series (p17) as a series, with everything that a run holds: uncertainties, the
 * two ways of a warm run, frozen positions, net areas. */

typedef struct {
  XpsSeries *series;
  XpsModel *model;
  XpsSeriesPlan *plan;
  JsonNode *reference;
  gsize evaluations;
  double pull; /* largest distance from the reference, in its standard errors */
} Steps;

static void
steps_clear (Steps *self)
{
  g_clear_pointer (&self->series, xps_series_free);
  g_clear_pointer (&self->model, xps_model_free);
  g_clear_pointer (&self->plan, xps_series_plan_free);
  g_clear_pointer (&self->reference, json_node_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Steps, steps_clear)

static gboolean
steps_init (Steps *self, const char *mode)
{
  g_auto (Operando) operando = {0};
  *self = (Steps){.plan = xps_series_plan_new ()};
  if (!xps_series_mode_from_text (mode, &self->plan->mode) || !operando_read (&operando))
    return FALSE;
  self->plan->n_threads = 1;
  self->model = operando_single_model (&operando);
  self->reference = json_node_ref (operando.single);
  self->series = xps_series_new (1);
  double potential[OPERANDO_STEPS];
  for (guint i = 0; i < OPERANDO_STEPS; i++) {
    g_autoptr (XpsFitData) data = operando_data (&operando, i);
    xps_series_add_step (self->series, operando.table->header[i + 1], &data);
    potential[i] = 1.75 - 0.025 * i;
  }
  return xps_series_take_clock (
      self->series, xps_clock_new (XPS_CLOCK_POTENTIAL, NULL, NULL, OPERANDO_STEPS, potential), NULL);
}

static double
get_pull (const Steps *self, const XpsSeriesRun *run)
{
  JsonArray *steps = json_object_get_array_member (json_node_get_object (self->reference), "steps");
  double worst = 0;
  for (guint i = 0; i < OPERANDO_STEPS; i++) {
    JsonObject *step = json_array_get_object_element (steps, i);
    JsonObject *parameters = json_object_get_object_member (step, "parameters");
    for (guint p = 0; p < self->model->parameters->len; p++) {
      const XpsParameter *parameter = g_ptr_array_index (self->model->parameters, p);
      JsonObject *truth = json_object_has_member (parameters, parameter->name)
                              ? json_object_get_object_member (parameters, parameter->name)
                              : NULL;
      if (truth == NULL || json_object_get_null_member (truth, "stderr"))
        continue;
      const double value = xps_series_run_get_step (run, i)->values[p];
      worst = fmax (worst, fabs (value - json_object_get_double_member (truth, "value")) /
                               json_object_get_double_member (truth, "stderr"));
    }
  }
  return worst;
}

static void
run_series (gpointer data)
{
  Steps *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSeriesRun) run = xps_series_fit (self->series, self->model, self->plan, NULL, &error);
  g_assert_no_error (error);
  if (self->evaluations == 0)
    self->pull = get_pull (self, run);
  self->evaluations = run->evaluations;
}

/* ---- fits alone ---- */

typedef struct {
  Steps *steps;
  XpsProblem *problem; /* of one step */
  gsize n_free;
  double *start, *values;
} Chain;

static void
chain_clear (Chain *self)
{
  xps_problem_free (self->problem);
  g_free (self->start);
  g_free (self->values);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chain, chain_clear)

static double
get_value_pull (const Chain *self, gsize step, guint k)
{
  JsonArray *steps = json_object_get_array_member (json_node_get_object (self->steps->reference), "steps");
  JsonObject *truth =
      json_object_get_object_member (json_array_get_object_element (steps, (guint)step), "parameters");
  const XpsParameter *parameter =
      g_ptr_array_index (self->steps->model->parameters, xps_problem_get_free_parameter (self->problem, k));
  truth = json_object_get_object_member (truth, parameter->name);
  return json_object_get_null_member (truth, "stderr")
             ? 0
             : fabs (self->values[k] - json_object_get_double_member (truth, "value")) /
                   json_object_get_double_member (truth, "stderr");
}

/* Along the steps, each from where the one before ended: values, and nothing that is made of them. */
static void
run_chain (gpointer data)
{
  Chain *self = data;
  const gboolean first = self->steps->evaluations == 0;
  gsize sum = 0;
  for (guint p = 0; p < self->steps->model->parameters->len; p++)
    self->start[p] = ((const XpsParameter *)g_ptr_array_index (self->steps->model->parameters, p))->value;
  for (gsize i = 0; i < OPERANDO_STEPS; i++) {
    const XpsFitData *step = g_ptr_array_index (xps_series_get_step (self->steps->series, i)->data, 0);
    const XpsBatchSource source = {.n = 1, .doubles = step->intensity};
    const XpsBatchOptions options = {.n_threads = 1, .start = self->start};
    guint evaluations = 0;
    const XpsBatchOutput output = {.values = self->values, .evaluations = &evaluations};
    g_autoptr (GError) error = NULL;
    xps_fit_batch (self->problem, &source, &options, &output, &error);
    g_assert_no_error (error);
    for (guint k = 0; k < self->n_free; k++) {
      self->start[xps_problem_get_free_parameter (self->problem, k)] = self->values[k];
      if (first)
        self->steps->pull = fmax (self->steps->pull, get_value_pull (self, i, k));
    }
    sum += evaluations;
  }
  self->steps->evaluations = sum;
}

static gboolean
bench_chain (Steps *steps, double seconds, JsonBuilder *report)
{
  g_autoptr (GError) error = NULL;
  const GPtrArray *data = xps_series_get_step (steps->series, 0)->data;
  g_auto (Chain) chain = {.steps = steps};
  chain.problem =
      xps_problem_new (steps->model, (XpsFitData *const *)data->pdata, 1, XPS_WEIGHTS_COUNTS, &error);
  g_assert_no_error (error);
  chain.n_free = xps_problem_get_n_free (chain.problem);
  chain.start = g_new (double, steps->model->parameters->len + 1);
  chain.values = g_new (double, chain.n_free + 1);
  const BenchTime time = bench_time (run_chain, &chain, seconds);
  bench_add_count (report, "steps", OPERANDO_STEPS);
  bench_add_time (report, "series", &time);
  bench_add_count (report, "evaluations", steps->evaluations);
  bench_add_number (report, "pull", steps->pull);
  return TRUE;
}

/* independent|warm|chain SECONDS */
gboolean
bench_series (int argc, char **argv, JsonBuilder *report)
{
  g_auto (Steps) steps = {0};
  const gboolean alone = argc > 1 && strcmp (argv[0], "chain") == 0;
  if (argc < 2 || !steps_init (&steps, alone ? "warm" : argv[0]))
    return FALSE;
  if (alone)
    return bench_chain (&steps, g_ascii_strtod (argv[1], NULL), report);
  const BenchTime time = bench_time (run_series, &steps, g_ascii_strtod (argv[1], NULL));
  bench_add_count (report, "steps", OPERANDO_STEPS);
  bench_add_time (report, "series", &time);
  bench_add_count (report, "evaluations", steps.evaluations);
  bench_add_number (report, "pull", steps.pull);
  return TRUE;
}
