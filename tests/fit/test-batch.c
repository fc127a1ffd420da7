/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/batch.h"

#include "fit/operando.h"

/* A batch is nothing but single fits: the same answers to the last bit, whatever the number of threads, the
 * order, or the form in which the measurements come. Judged by single fits of the operando series, which the
 * oracle judges. */

#define N_FREE 8

/* A stand-in for a map: the 31 steps, several times over and out of order. */
#define N_MEASUREMENTS 100

static guint
step_of (gsize i)
{
  return (guint)(i * 7 % OPERANDO_STEPS);
}

typedef struct {
  Operando operando;
  gsize n_points;
  double *counts; /* [N_MEASUREMENTS * n_points] */
  XpsProblem *problem;
} Map;

static void
map_clear (Map *self)
{
  operando_clear (&self->operando);
  g_free (self->counts);
  g_clear_pointer (&self->problem, xps_problem_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Map, map_clear)

static gboolean
map_init (Map *self, XpsWeights weights)
{
  g_autoptr (GError) error = NULL;
  *self = (Map){0};
  if (!operando_read (&self->operando))
    return FALSE;
  g_autoptr (XpsModel) model = operando_single_model (&self->operando);
  g_autoptr (XpsFitData) data = operando_data (&self->operando, 3);
  self->n_points = data->n;
  self->problem = xps_problem_new (model, &data, 1, weights, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xps_problem_get_n_free (self->problem), ==, N_FREE);
  self->counts = g_new (double, N_MEASUREMENTS * data->n);
  for (gsize i = 0; i < N_MEASUREMENTS; i++) {
    g_autofree double *step = operando_dup_counts (&self->operando, step_of (i));
    memcpy (self->counts + i * data->n, step, data->n * sizeof *step);
  }
  return TRUE;
}

typedef struct {
  double values[N_MEASUREMENTS][N_FREE], errors[N_MEASUREMENTS][N_FREE], objective[N_MEASUREMENTS];
  int stop[N_MEASUREMENTS];
  guint evaluations[N_MEASUREMENTS];
} Answers;

static gboolean
fit_map (const Map *map, const XpsBatchSource *source, const XpsBatchOptions *options, Answers *answers,
         GError **error)
{
  const XpsBatchOutput output = {&answers->values[0][0], &answers->errors[0][0], answers->objective,
                                 answers->stop, answers->evaluations};
  memset (answers, 0x5a, sizeof *answers);
  return xps_fit_batch (map->problem, source, options, &output, error);
}

static gboolean
same (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static void
assert_same (const Answers *a, const Answers *b, gsize i)
{
  for (gsize f = 0; f < N_FREE; f++) {
    g_assert_true (same (a->values[i][f], b->values[i][f]));
    g_assert_true (same (a->errors[i][f], b->errors[i][f]));
  }
  g_assert_true (same (a->objective[i], b->objective[i]));
  g_assert_cmpint (a->stop[i], ==, b->stop[i]);
  g_assert_cmpuint (a->evaluations[i], ==, b->evaluations[i]);
}

static void
assert_all_same (const Answers *a, const Answers *b)
{
  for (gsize i = 0; i < N_MEASUREMENTS; i++)
    assert_same (a, b, i);
}

/* Against a problem compiled from the measurement itself. */
static void
test_single_fits (gconstpointer weights)
{
  g_autoptr (GError) error = NULL;
  g_auto (Map) map = {0};
  g_autofree Answers *answers = g_new (Answers, 1);
  if (!map_init (&map, (XpsWeights)GPOINTER_TO_INT (weights)))
    return;
  const XpsBatchSource source = {.n = N_MEASUREMENTS, .doubles = map.counts};
  g_assert_true (fit_map (&map, &source, NULL, answers, &error));
  g_autoptr (XpsModel) model = operando_single_model (&map.operando);
  for (gsize i = 0; i < OPERANDO_STEPS; i++) {
    g_autoptr (XpsFitData) data = operando_data (&map.operando, step_of (i));
    g_autoptr (XpsResult) result =
        xps_fit (model, &data, 1, (XpsWeights)GPOINTER_TO_INT (weights), NULL, &error);
    g_assert_no_error (error);
    for (gsize f = 0; f < N_FREE; f++) {
      const XpsQuantity *q = &g_array_index (result->parameters, XpsParameterResult,
                                             xps_problem_get_free_parameter (map.problem, f))
                                  .quantity;
      g_assert_true (same (answers->values[i][f], q->value));
      g_assert_true (same (answers->errors[i][f], q->error));
    }
    g_assert_true (answers->objective[i] == result->objective);
    g_assert_cmpint (answers->stop[i], ==, XPS_STOP_CONVERGED);
    g_assert_cmpuint (answers->evaluations[i], ==, result->evaluations);
  }
}

static void
read_counts (gsize index, double *intensity, gpointer user_data)
{
  const Map *map = user_data;
  memcpy (intensity, map->counts + index * map->n_points, map->n_points * sizeof *intensity);
}

/* Counts are whole numbers, which a float holds exactly. */
static void
test_threads_and_forms (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Map) map = {0};
  g_autofree Answers *first = g_new (Answers, 1), *again = g_new (Answers, 1);
  if (!map_init (&map, XPS_WEIGHTS_COUNTS))
    return;
  const gsize n = map.n_points, wide = n + 5;
  g_autofree float *floats = g_new0 (float, N_MEASUREMENTS *wide);
  for (gsize i = 0; i < N_MEASUREMENTS; i++)
    for (gsize k = 0; k < n; k++)
      floats[i * wide + k] = (float)map.counts[i * n + k];
  const XpsBatchSource forms[] = {{.n = N_MEASUREMENTS, .doubles = map.counts},
                                  {.n = N_MEASUREMENTS, .floats = floats, .stride = wide},
                                  {.n = N_MEASUREMENTS, .read = read_counts, .user_data = &map}};
  const guint threads[] = {1, 2, 3, 8, 0};
  XpsBatchOptions options = {.n_threads = 1};
  g_assert_true (fit_map (&map, &forms[0], &options, first, &error));
  for (guint t = 0; t < G_N_ELEMENTS (threads); t++)
    for (guint k = 0; k < G_N_ELEMENTS (forms); k++) {
      options.n_threads = threads[t];
      g_assert_true (fit_map (&map, &forms[k], &options, again, &error));
      assert_all_same (first, again);
    }
}

static void
read_backwards (gsize index, double *intensity, gpointer user_data)
{
  read_counts (N_MEASUREMENTS - 1 - index, intensity, user_data);
}

static void
test_order (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Map) map = {0};
  g_autofree Answers *first = g_new (Answers, 1), *again = g_new (Answers, 1), *turned = g_new (Answers, 1);
  if (!map_init (&map, XPS_WEIGHTS_COUNTS))
    return;
  const XpsBatchSource source = {.n = N_MEASUREMENTS, .doubles = map.counts};
  const XpsBatchSource backwards = {.n = N_MEASUREMENTS, .read = read_backwards, .user_data = &map};
  g_assert_true (fit_map (&map, &source, NULL, first, &error));
  g_assert_true (fit_map (&map, &backwards, NULL, again, &error));
  for (gsize i = 0; i < N_MEASUREMENTS; i++) {
    const gsize j = N_MEASUREMENTS - 1 - i;
    memcpy (turned->values[i], again->values[j], sizeof turned->values[i]);
    memcpy (turned->errors[i], again->errors[j], sizeof turned->errors[i]);
    turned->objective[i] = again->objective[j];
    turned->stop[i] = again->stop[j];
    turned->evaluations[i] = again->evaluations[j];
  }
  assert_all_same (first, turned);
}

static void
assert_unfitted (const Answers *answers, gsize i, int stop)
{
  g_assert_cmpint (answers->stop[i], ==, stop);
  g_assert_true (isnan (answers->objective[i]));
  g_assert_cmpuint (answers->evaluations[i], ==, 0);
  for (gsize f = 0; f < N_FREE; f++)
    g_assert_true (isnan (answers->values[i][f]) && isnan (answers->errors[i][f]));
}

/* A broken pixel is named and leaves the others as they are. */
static void
test_broken_pixels (gconstpointer weights)
{
  g_autoptr (GError) error = NULL;
  g_auto (Map) map = {0};
  g_autofree Answers *whole = g_new (Answers, 1), *answers = g_new (Answers, 1);
  const gboolean poisson = GPOINTER_TO_INT (weights) == XPS_WEIGHTS_POISSON;
  if (!map_init (&map, (XpsWeights)GPOINTER_TO_INT (weights)))
    return;
  const XpsBatchSource source = {.n = N_MEASUREMENTS, .doubles = map.counts};
  g_assert_true (fit_map (&map, &source, NULL, whole, &error));
  map.counts[10 * map.n_points + 20] = NAN;
  map.counts[11 * map.n_points] = INFINITY;
  memset (map.counts + 12 * map.n_points, 0, map.n_points * sizeof (double));
  map.counts[14 * map.n_points - 1] = -1;
  g_assert_true (fit_map (&map, &source, NULL, answers, &error));
  for (gsize i = 0; i < N_MEASUREMENTS; i++)
    if (i >= 10 && i < (poisson ? 14 : 13))
      assert_unfitted (answers, i, XPS_BATCH_REFUSED);
    else if (i == 13)
      g_assert_cmpint (answers->stop[i], ==, XPS_STOP_CONVERGED);
    else
      assert_same (whole, answers, i);
}

typedef struct {
  gsize calls, last, limit;
  GThread *thread;
} Watch;

static gboolean
watch (gsize done, gsize total, gpointer user_data)
{
  Watch *self = user_data;
  self->calls++;
  g_assert_true (g_thread_self () == self->thread);
  g_assert_cmpuint (total, ==, N_MEASUREMENTS);
  g_assert_cmpuint (done, >, self->last);
  self->last = done;
  return done < self->limit;
}

static void
test_progress_and_cancel (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Map) map = {0};
  g_autofree Answers *whole = g_new (Answers, 1), *part = g_new (Answers, 1);
  if (!map_init (&map, XPS_WEIGHTS_COUNTS))
    return;
  const XpsBatchSource source = {.n = N_MEASUREMENTS, .doubles = map.counts};
  for (guint threads = 1; threads <= 2; threads++) {
    Watch seen = {.limit = G_MAXSIZE, .thread = g_thread_self ()};
    const XpsBatchOptions options = {.n_threads = threads, .progress = watch, .user_data = &seen};
    g_assert_true (fit_map (&map, &source, &options, whole, &error));
    g_assert_cmpuint (seen.last, ==, N_MEASUREMENTS);
    g_assert_cmpuint (seen.calls, >, 1);
  }
  Watch stopping = {.limit = 1, .thread = g_thread_self ()};
  const XpsBatchOptions options = {.n_threads = 1, .progress = watch, .user_data = &stopping};
  g_assert_false (fit_map (&map, &source, &options, part, &error));
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_CANCELLED);
  g_assert_cmpuint (stopping.calls, ==, 1);
  for (gsize i = 0; i < N_MEASUREMENTS; i++)
    if (i < stopping.last)
      assert_same (whole, part, i);
    else
      assert_unfitted (part, i, XPS_BATCH_NOT_REACHED);
}

/* Limits and start values reach every fit; outputs may be left out; no measurements are no error. */
static void
test_options (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Map) map = {0};
  g_autofree Answers *cold = g_new (Answers, 1), *answers = g_new (Answers, 1);
  if (!map_init (&map, XPS_WEIGHTS_COUNTS))
    return;
  const XpsBatchSource source = {.n = N_MEASUREMENTS, .doubles = map.counts}, none = {.doubles = map.counts};
  XpsBatchOptions options = {.fit = {.max_evaluations = 2}};
  g_assert_true (fit_map (&map, &source, &options, answers, &error));
  for (gsize i = 0; i < N_MEASUREMENTS; i++)
    g_assert_cmpint (answers->stop[i], ==, XPS_STOP_EVALUATIONS);
  g_assert_true (fit_map (&map, &source, NULL, cold, &error));
  const XpsModel *model = xps_problem_get_model (map.problem);
  g_autofree double *start = g_new (double, model->parameters->len);
  for (guint p = 0; p < model->parameters->len; p++)
    start[p] = ((XpsParameter *)g_ptr_array_index (model->parameters, p))->value;
  for (gsize f = 0; f < N_FREE; f++)
    start[xps_problem_get_free_parameter (map.problem, f)] = cold->values[0][f];
  options = (XpsBatchOptions){.start = start};
  g_assert_true (fit_map (&map, &source, &options, answers, &error));
  g_assert_cmpuint (answers->evaluations[0], <, cold->evaluations[0]);
  for (gsize i = 0; i < N_MEASUREMENTS; i++)
    for (gsize f = 0; f < N_FREE; f++) {
      const double error_bar =
          cold->errors[i][f]; /* both ends are within 1e-5 standard errors of the minimum */
      if (isfinite (error_bar))
        test_assert_close (answers->values[i][f], cold->values[i][f], 1e-4 * error_bar);
    }
  double objective[N_MEASUREMENTS];
  const XpsBatchOutput little = {.objective = objective};
  g_assert_true (xps_fit_batch (map.problem, &source, NULL, &little, &error));
  g_assert_true (objective[5] == cold->objective[5]);
  g_assert_true (xps_fit_batch (map.problem, &none, NULL, &little, &error));
}

static void
expect_refusal (const XpsModel *model, XpsFitData *const *data, gsize n_data, XpsWeights weights,
                const char *word)
{
  g_autoptr (GError) error = NULL;
  const double counts[1000] = {1};
  const XpsBatchSource source = {.n = 1, .doubles = counts};
  const XpsBatchOutput output = {0};
  g_autoptr (XpsProblem) problem = xps_problem_new (model, data, n_data, weights, &error);
  g_assert_no_error (error);
  g_assert_false (xps_fit_batch (problem, &source, NULL, &output, &error));
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_templates (void)
{
  g_auto (Operando) operando = {0};
  if (!operando_read (&operando))
    return;
  g_autoptr (XpsFitData) data = operando_data (&operando, 0);
  XpsFitData *const twice[] = {data, data};
  g_autoptr (XpsModel) joint = operando_joint_model (&operando, 2);
  expect_refusal (joint, twice, 2, XPS_WEIGHTS_COUNTS, "one spectrum");
  g_autoptr (XpsModel) model = operando_single_model (&operando);
  g_autofree double *sigma = g_new (double, data->n);
  for (gsize i = 0; i < data->n; i++)
    sigma[i] = 20;
  g_autoptr (XpsFitData) given =
      xps_fit_data_new_arrays (data->n, data->energy, data->intensity, sigma, NULL, XPS_INTENSITY_COUNTS, 1);
  expect_refusal (model, &given, 1, XPS_WEIGHTS_SIGMA, "standard deviations");
  xps_model_part_add_background (g_ptr_array_index (model->parts, 0), xps_background_find ("shirley"));
  expect_refusal (model, &data, 1, XPS_WEIGHTS_COUNTS, "static background");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/fit/batch/single-fits/counts", GINT_TO_POINTER (XPS_WEIGHTS_COUNTS),
                        test_single_fits);
  g_test_add_data_func ("/fit/batch/single-fits/poisson", GINT_TO_POINTER (XPS_WEIGHTS_POISSON),
                        test_single_fits);
  g_test_add_data_func ("/fit/batch/single-fits/uniform", GINT_TO_POINTER (XPS_WEIGHTS_UNIFORM),
                        test_single_fits);
  g_test_add_func ("/fit/batch/threads-and-forms", test_threads_and_forms);
  g_test_add_func ("/fit/batch/order", test_order);
  g_test_add_data_func ("/fit/batch/broken-pixels/counts", GINT_TO_POINTER (XPS_WEIGHTS_COUNTS),
                        test_broken_pixels);
  g_test_add_data_func ("/fit/batch/broken-pixels/poisson", GINT_TO_POINTER (XPS_WEIGHTS_POISSON),
                        test_broken_pixels);
  g_test_add_func ("/fit/batch/progress-and-cancel", test_progress_and_cancel);
  g_test_add_func ("/fit/batch/options", test_options);
  g_test_add_func ("/fit/batch/templates", test_templates);
  return g_test_run ();
}
