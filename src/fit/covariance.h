/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/engine.h"

/* Covariance of the free parameters from the full Jacobian, (J'WJ)^-1, not scaled by chi2. Parameters on a
 * bound and those that nothing determines have none; the others are conditional on them. Kept in blocks
 * through the border: memory grows linearly with the number of spectra. */
typedef struct _XpsCovariance XpsCovariance;

/* From the engine's last evaluation (full precision, see XPS_STOP_CONVERGED). */
XpsCovariance *xps_covariance_new (const XpsEngine *engine);
void xps_covariance_free (XpsCovariance *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsCovariance, xps_covariance_free)

/* Free parameters i and j; NaN where one has none or the Jacobian is singular. */
double xps_covariance_get (const XpsCovariance *self, gsize i, gsize j);
/* sqrt of the diagonal, NaN where undefined. */
double xps_covariance_get_error (const XpsCovariance *self, gsize i);
/* TRUE when the Jacobian of the parameters off their bounds is singular. */
gboolean xps_covariance_is_singular (const XpsCovariance *self);
/* Condition number of the Jacobian with columns of unit length (ratio of largest to smallest singular value).
 */
double xps_covariance_get_condition (const XpsCovariance *self);
/* Variance of a function with these partial derivatives [n] by the free parameters index[n]; NaN if one is
 * undefined. */
double xps_covariance_propagate (const XpsCovariance *self, gsize n, const guint *index,
                                 const double *partial);
