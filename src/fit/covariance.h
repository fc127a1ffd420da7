/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/engine.h"

/* A factor at an unknown (free parameter, by index): a derivative, or a share of a link. */
typedef struct XpsRoot {
  guint free;
  double factor;
} XpsRoot;

/* Covariance of the free parameters from the full Jacobian, (J'WJ)^-1, not scaled by chi2. Parameters on a
 * bound and those that nothing determines have none; the others are conditional on them. Parameters that
 * trade off exactly against each other have none either; those that the trade-off leaves alone keep theirs.
 * Kept in blocks through the border: memory grows linearly with the number of spectra. */
typedef struct _XpsCovariance XpsCovariance;

/* From the engine's last evaluation (full precision, see XPS_STOP_CONVERGED). */
XpsCovariance *xps_covariance_new (const XpsEngine *engine);
void xps_covariance_free (XpsCovariance *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsCovariance, xps_covariance_free)

/* Free parameters i and j; NaN where one has none. */
double xps_covariance_get (const XpsCovariance *self, gsize i, gsize j);
/* sqrt of the diagonal, NaN where undefined. */
double xps_covariance_get_error (const XpsCovariance *self, gsize i);
/* Ways in which parameters can change together without changing the model: 0 unless the Jacobian of the
 * parameters off their bounds is singular. Each as the parameters that take part, factors in units of the
 * lengths of their columns. */
gsize xps_covariance_get_n_trades (const XpsCovariance *self);
const struct XpsRoot *xps_covariance_get_trade (const XpsCovariance *self, gsize i, gsize *n);
/* Parameters that the data determine: free ones less those on bounds, unseen, or made up by others. */
gsize xps_covariance_get_rank (const XpsCovariance *self);
/* Condition number of the Jacobian with columns of unit length (ratio of largest to smallest singular value);
 * infinite when it is singular. Measured when it is asked for. */
double xps_covariance_get_condition (const XpsCovariance *self);
/* Standard error of a function with these derivatives by n unknowns (an unknown may come several times).
 * Unknowns on a bound count as constants; NaN if all are on bounds, if nothing determines one of them, if an
 * exact trade-off changes the function, or if n is 0. */
double xps_covariance_propagate (const XpsCovariance *self, gsize n, const struct XpsRoot *derivatives);
