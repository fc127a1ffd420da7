/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/batch.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/error.h"
#include "fit/covariance.h"
#include "fit/problem-private.h"

/* Work is handed out in pieces from a counter; a piece is small enough that threads end together, and large
 * enough that the counter and the caller's progress function cost nothing beside it. */
#define PIECES_PER_THREAD 16
#define LARGEST_PIECE     64

typedef struct {
  const XpsProblem *problem;
  const XpsBatchSource *source;
  const XpsBatchOptions *options;
  const XpsBatchOutput *output;
  gsize n_points, n_free, stride, piece;
  gsize reported; /* only the caller's thread knows */
  atomic_size_t next, done;
  atomic_bool stopped;
} Batch;

/* Whether xps_problem_new() would have taken it. */
static gboolean
is_sound (const Batch *batch, const double *intensity)
{
  double largest = 0, least = 0;
  for (gsize i = 0; i < batch->n_points; i++) {
    if (!isfinite (intensity[i]))
      return FALSE;
    largest = fmax (largest, fabs (intensity[i]));
    least = fmin (least, intensity[i]);
  }
  return largest > 0 && (batch->problem->weights != XPS_WEIGHTS_POISSON || least >= 0);
}

/* Measurement i, or NULL; `own` is room for it where it must be converted. */
static const double *
read_measurement (const Batch *batch, gsize i, double *own)
{
  const XpsBatchSource *source = batch->source;
  const double *intensity = own;
  if (source->doubles != NULL)
    intensity = source->doubles + i * batch->stride;
  else if (source->floats != NULL)
    for (gsize k = 0; k < batch->n_points; k++)
      own[k] = (double)source->floats[i * batch->stride + k];
  else
    source->read (i, own, source->user_data);
  return is_sound (batch, intensity) ? intensity : NULL;
}

static void
note_unfitted (const Batch *batch, gsize i, int stop)
{
  const XpsBatchOutput *out = batch->output;
  for (gsize f = 0; f < batch->n_free; f++) {
    if (out->values != NULL)
      out->values[i * batch->n_free + f] = NAN;
    if (out->errors != NULL)
      out->errors[i * batch->n_free + f] = NAN;
  }
  if (out->objective != NULL)
    out->objective[i] = NAN;
  if (out->stop != NULL)
    out->stop[i] = stop;
  if (out->evaluations != NULL)
    out->evaluations[i] = 0;
}

static void
note_fit (const Batch *batch, gsize i, const XpsEngine *engine, const XpsOutcome *outcome)
{
  const XpsBatchOutput *out = batch->output;
  const double *values = xps_engine_get_values (engine);
  for (gsize f = 0; out->values != NULL && f < batch->n_free; f++)
    out->values[i * batch->n_free + f] = values[batch->problem->free_parameter[f]];
  if (out->objective != NULL)
    out->objective[i] = outcome->objective;
  if (out->stop != NULL)
    out->stop[i] = (int)outcome->stop;
  if (out->evaluations != NULL)
    out->evaluations[i] = (guint)outcome->evaluations;
  if (out->errors == NULL)
    return;
  g_autoptr (XpsCovariance) covariance = xps_covariance_new (engine);
  for (gsize f = 0; f < batch->n_free; f++)
    out->errors[i * batch->n_free + f] = xps_covariance_get_error (covariance, f);
}

static void
fit_one (const Batch *batch, XpsEngine *engine, gsize i, double *own)
{
  const double *intensity = read_measurement (batch, i, own);
  if (intensity == NULL) {
    note_unfitted (batch, i, XPS_BATCH_REFUSED);
    return;
  }
  xps_engine_set_intensity (engine, 0, intensity);
  const XpsOutcome outcome = xps_engine_run (engine, &batch->options->fit, batch->options->start);
  note_fit (batch, i, engine, &outcome);
}

/* One thread's part: pieces until there are no more. Only the caller's thread reports. */
static void
work (Batch *batch, XpsBatchProgress progress)
{
  g_autoptr (XpsEngine) engine = xps_engine_new (batch->problem);
  g_autofree double *own = g_new (double, batch->n_points);
  while (!atomic_load (&batch->stopped)) {
    const gsize first = atomic_fetch_add (&batch->next, batch->piece);
    if (first >= batch->source->n)
      return;
    const gsize last = MIN (first + batch->piece, batch->source->n);
    for (gsize i = first; i < last; i++)
      fit_one (batch, engine, i, own);
    const gsize done = atomic_fetch_add (&batch->done, last - first) + last - first;
    if (progress == NULL)
      continue;
    batch->reported = done;
    if (!progress (done, batch->source->n, batch->options->user_data))
      atomic_store (&batch->stopped, TRUE);
  }
}

static gpointer
work_in_thread (gpointer data)
{
  work (data, NULL);
  return NULL;
}

/* A thread that the system will not give is no reason to fail: the others take its pieces. */
static void
run_threads (Batch *batch, guint n_threads)
{
  g_autofree GThread **threads = g_new0 (GThread *, n_threads);
  for (guint t = 1; t < n_threads; t++)
    threads[t] = g_thread_try_new ("xps-batch", work_in_thread, batch, NULL);
  work (batch, batch->options->progress);
  for (guint t = 1; t < n_threads; t++)
    if (threads[t] != NULL)
      g_thread_join (threads[t]);
}

static gboolean
refuse (GError **error, const char *what, const char *remedy)
{
  return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, NULL, "batch", what, remedy);
}

static gboolean
check_template (const XpsProblem *problem, GError **error)
{
  if (problem->n_spectra != 1)
    return refuse (error, N_ ("the template must describe one spectrum"),
                   N_ ("fit joint problems one by one"));
  if (problem->weights == XPS_WEIGHTS_SIGMA)
    return refuse (error, N_ ("given standard deviations belong to one measurement"),
                   N_ ("use weights from the counts"));
  for (gsize b = 0; b < problem->spectra[0].n_backgrounds; b++)
    if (problem->spectra[0].backgrounds[b].type->kind == XPS_BACKGROUND_STATIC)
      return refuse (error, N_ ("a static background is solved from one measurement"),
                     N_ ("use its active form, which is fitted with the peaks"));
  return TRUE;
}

gboolean
xps_fit_batch (const XpsProblem *problem, const XpsBatchSource *source, const XpsBatchOptions *options,
               const XpsBatchOutput *output, GError **error)
{
  static const XpsBatchOptions usual = {0};
  Batch batch = {.problem = problem, .source = source, .output = output};
  g_return_val_if_fail (source->doubles != NULL || source->floats != NULL || source->read != NULL, FALSE);
  if (!check_template (problem, error))
    return FALSE;
  batch.options = options != NULL ? options : &usual;
  batch.n_points = problem->spectra[0].n;
  batch.n_free = problem->n_free;
  batch.stride = source->stride > 0 ? source->stride : batch.n_points;
  g_return_val_if_fail (batch.stride >= batch.n_points, FALSE);
  const guint wanted = batch.options->n_threads > 0 ? batch.options->n_threads : g_get_num_processors ();
  batch.piece = CLAMP (source->n / ((gsize)wanted * PIECES_PER_THREAD), 1, LARGEST_PIECE);
  const gsize n_pieces = (source->n + batch.piece - 1) / batch.piece;
  for (gsize i = 0; i < source->n; i++)
    note_unfitted (&batch, i, XPS_BATCH_NOT_REACHED);
  run_threads (&batch, (guint)CLAMP (n_pieces, 1, wanted));
  if (atomic_load (&batch.done) < source->n)
    return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_CANCELLED, NULL, "batch",
                          N_ ("stopped before the end"), N_ ("start it again"));
  if (batch.options->progress != NULL && batch.reported < source->n)
    batch.options->progress (source->n, source->n, batch.options->user_data);
  return TRUE;
}
