/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/engine.h"

/* Many measurements on one grid with one model: the pixels of a map, redraws of a simulation. Each is fitted
 * by itself from the same start, so the answers depend neither on their order nor on the number of threads,
 * to the last bit, and are those of single fits. */

/* Fills intensity[points of the template]: measurement `index` in the unit of the template's data, at its
 * (ascending) binding energies. Called by several threads at once. */
typedef void (*XpsBatchRead) (gsize index, double *intensity, gpointer user_data);

/* After every few fits, on the thread that called xps_fit_batch(); FALSE stops the batch. */
typedef gboolean (*XpsBatchProgress) (gsize done, gsize total, gpointer user_data);

/* Where the measurements are: a matrix with one in each row, or a function. The first that is not NULL
 * counts. */
typedef struct {
  gsize n; /* measurements */
  const double *doubles;
  const float *floats;
  gsize stride; /* numbers from one row to the next; 0: the points of the template */
  XpsBatchRead read;
  gpointer user_data;
} XpsBatchSource;

typedef struct {
  guint n_threads;     /* the caller's among them; 0: one for each processor */
  const double *start; /* [parameters of the model], NULL: the model's */
  XpsFitOptions fit; /* its progress function is called between the iterations of every fit, on any thread */
  XpsBatchProgress progress;
  gpointer user_data;
} XpsBatchOptions;

/* What became of one measurement: an XpsStop, or one of these. */
#define XPS_BATCH_REFUSED                                                                                    \
  (-1) /* a number that is not finite, no counts, or negative ones with Poisson weights */
#define XPS_BATCH_NOT_REACHED (-2) /* the batch was stopped before */

/* Arrays of the caller, any of them NULL; a row for each measurement, a column for each free parameter of the
 * problem (xps_problem_get_free_parameter). NaN where a measurement was not fitted. */
typedef struct {
  double *values;     /* [n * free] */
  double *errors;     /* [n * free] standard errors; NaN for a parameter on a bound */
  double *objective;  /* [n] chi2 or deviance */
  int *stop;          /* [n] */
  guint *evaluations; /* [n] */
} XpsBatchOutput;

/* `problem` is the template: one spectrum, whose own intensities play no part. Fails with XPS_FIT_ERROR_DATA
 * where another measurement cannot take their place (static backgrounds and given sigma belong to one
 * measurement), and with XPS_FIT_ERROR_CANCELLED when stopped; what was fitted by then is there. */
gboolean xps_fit_batch (const XpsProblem *problem, const XpsBatchSource *source,
                        const XpsBatchOptions *options, const XpsBatchOutput *output, GError **error);
