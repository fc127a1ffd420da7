/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/covariance.h"

typedef struct {
  gsize n_local, n_shared;
  guint *local, *shared; /* free indices */
  double *gram;          /* [(l+sh)^2] scaled */
  double *factor;        /* [l*l] Cholesky factor of the local part */
  double *inverse;       /* [l*l] of the local part alone */
  double *coupling;      /* [sh*l] row k: A^-1 C e_k */
} XpsCovariancePart;

struct _XpsCovariance {
  gsize n_free, n_spectra, n_border;
  double *scale;      /* [n_free] 1/length of the column; 0: no error */
  int *position;      /* [n_free] index in the part's local list */
  int *owner;         /* [n_free] spectrum, -1 shared, -2 none: no row here */
  gboolean *held;     /* [n_free] on a bound */
  gboolean *left_out; /* [n_free] depends on columns before it */
  gboolean *traded;   /* [n_free] part of a trade-off */
  GPtrArray *trades;  /* GArray of XpsRoot: null vectors, in units of the columns' scales */
  int *border;        /* [n_free] row among the shared */
  double *border_gram, *border_factor, *border_inverse;
  XpsCovariancePart *parts;
  gboolean too_few; /* points for the unknowns */
  gsize rank;
};

/* Ratio of the largest to the smallest singular value of the scaled Jacobian that is left; infinite when it
 * is singular to working precision. */
double xps_covariance_measure_condition (const XpsCovariance *self);
