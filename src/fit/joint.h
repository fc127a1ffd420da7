/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/result.h"

/* Several models of one spectrum each, made one joint model whose areas are tied across spectra: the lines of
 * a phase in the core levels of a sample. The way back gives each spectrum a result of its own. */

/* One area of a tie. */
typedef struct {
  gsize part;            /* which model */
  const char *component; /* its name; the area must be a free parameter of its own */
  double factor;         /* areas are expected in this ratio; positive */
} XpsTiedArea;

/* Areas that keep their ratios. With a tolerance t each one may depart from the first by up to the factor
 * 1 +- t, as hard limits: the areas are sums of non-negative parameters along the edges of the cone that this
 * leaves (METHODS, "Areas tied across core levels"), so they stay linear and the limits hold at every step.
 */
typedef struct {
  const char *name; /* of the phase; unique */
  double tolerance; /* 0 <= t < 1 */
  const XpsTiedArea *areas;
  gsize n_areas; /* at least 2; at most XPS_TIE_MAX_LOOSE with a tolerance */
} XpsAreaTie;

#define XPS_TIE_MAX_LOOSE 5

/* `models` have one part each, `ids` are unique and without '/'. Parameters of model i are called "ID/NAME".
 * NULL with error when a tie names what is not there, is not free, or belongs to another tie. */
XpsModel *xps_joint_new (const XpsModel *const *models, const char *const *ids, gsize n,
                         const XpsAreaTie *ties, gsize n_ties, GError **error);

/* RESULT.json of part i of a result of such a model, in the names of `own`, the model it was made of. Values
 * and standard errors are those of the joint fit; chi2 and points are the part's own; the member "joint" says
 * with which others it was fitted. New string. */
char *xps_joint_dup_part_text (const XpsResult *joint, gsize part, const XpsModel *own,
                               const XpsAreaTie *ties, gsize n_ties);
