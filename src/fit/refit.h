/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/result.h"

/* One model fitted to many sets of data, one after the other, by one thread: the steps of a series. It is
 * compiled once and its memory kept; what comes out is what xps_fit() gives, to the last bit, but for
 * warnings and the fitted model, which nobody reads there. */

typedef struct _XpsRefit XpsRefit;

XpsRefit *xps_refit_new (XpsModel *take_model, XpsWeights weights);
void xps_refit_free (XpsRefit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsRefit, xps_refit_free)

/* As xps_fit() with start[parameters] as the model's values (NULL: those it has; entries of links are not
 * read). The result is the refit's, valid until the next run, its `model` NULL and its warnings empty; NULL
 * with an error where the problem cannot be posed, and NULL without one where the fit met the known minimum
 * of the options. Data on the energies of the run before are the quick case.
 */
const XpsResult *xps_refit_run (XpsRefit *self, XpsFitData *const *data, gsize n_data, const double *start,
                                const XpsFitOptions *options, GError **error);
