/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/covariance.h"
#include "fit/model-index.h"
#include "fit/problem.h"

/* What the engine's files share. Columns of a spectrum's Jacobian are ordered [linear | local | shared]:
 * linear: free, used by this spectrum only, entering linearly: solved for at every evaluation;
 * local:  free, used by this spectrum only, iterated; shared: used by several spectra (the border), iterated.
 */

/* Where a role's derivative goes: columns of the spectrum times d role / d free parameter. None for what is
 * fixed, one as a rule, more for a link to a sum. */
typedef struct {
  gsize n;
  struct XpsSlot {
    guint column;
    double factor;
  } * slot;
} XpsSlots;

typedef struct {
  const XpsShape *shape;
  int parameter[XPS_SHAPE_MAX_ROLES]; /* of the model, -1: usual[] */
  double usual[XPS_SHAPE_MAX_ROLES];
  XpsSlots slots[XPS_SHAPE_MAX_ROLES];
  int intensity; /* role that enters linearly */
} XpsTerm;

typedef struct {
  const XpsBackground *type;
  XpsBackgroundPlan *plan;
  gsize n_parameters;
  int *parameter;    /* [n_parameters] of the model */
  XpsSlots *slots;   /* [n_parameters] */
  gboolean constant; /* ANALYTIC with linear parameters only: basis[k] holds its partials once for all */
  double *basis;     /* [n_parameters * ld] or NULL */
  XpsCertificate *certificate; /* STATIC */
} XpsTermBackground;

typedef struct {
  XpsFitData *data;
  gsize n, ld;
  double *energy;           /* [ld], the last energy repeated in the padding */
  double *target;           /* [ld] intensity less known and static backgrounds */
  double *fixed_background; /* [ld] what was taken off */
  double *weight;           /* [ld] 1/sigma, 0 in the padding; of Poisson: unused */
  gsize n_terms, n_backgrounds;
  XpsTerm *terms;
  XpsTermBackground *backgrounds;
  gsize n_linear, n_local, n_shared, n_columns;
  guint *column_free; /* [n_columns] index of the free parameter */
  guint *order;       /* parameters of the model this spectrum uses, links last */
  gsize n_order;
} XpsProblemSpectrum;

struct _XpsProblem {
  XpsModel *model;
  XpsModelIndex *index;
  XpsWeights weights;
  gsize n_parameters, n_free, n_points;
  gsize n_shared;
  guint *free_parameter; /* [n_free] -> parameter */
  int *own_free;         /* [parameters] free index of the parameter itself, -1: fixed or linked */
  guint *root_start;     /* [parameters + 1]: roots[root_start[i] .. root_start[i + 1]) */
  XpsRoot *roots;        /* what each parameter comes down to, through all its links */
  double *offset;        /* [parameters] value with every unknown at zero */
  double *low, *high;    /* [n_free] */
  double *span; /* [n_free] range in which it can matter: its box, at most 10; infinite for intensities */
  int *border;  /* [n_free] index among the shared, or -1 */
  gsize n_spectra;
  XpsProblemSpectrum *spectra;
  gsize max_ld, max_columns, max_terms, max_roles, max_backgrounds;
};

/* Unknowns behind a parameter (-1: a constant). */
const XpsRoot *xps_problem_get_roots (const XpsProblem *problem, int parameter, gsize *n);

/* Which parameters are unknowns, what every other one comes down to, the box of each. */
gboolean xps_problem_find_unknowns (XpsProblem *self, GError **error);
/* The boxes again, from the values and bounds in the model. */
gboolean xps_problem_find_boxes (XpsProblem *self, GError **error);
/* The spans again, from the boxes; what is infinite stays so. */
void xps_problem_find_spans (XpsProblem *self);
/* Narrows the box of an unknown so that a parameter that hangs on it alone stays within low..high (a
 * parameter that hangs on several cannot be kept in a box); parameter -1: nothing to do. */
void xps_problem_narrow_bounds (XpsProblem *self, int parameter, double low, double high);
/* Boxes leave room, and all start values lie where their shapes and backgrounds are defined. */
gboolean xps_problem_check_unknowns (const XpsProblem *self, GError **error);

/* n zeroed columns of ld doubles, aligned for the kernels; freed with g_aligned_free(). */
double *xps_fit_new_columns (gsize ld, gsize n);

/* The same model at other values and other data, without compiling anything: start[parameters], links' left
 * alone. FALSE where that needs more (another grid) or cannot be posed; then the problem is spoiled. */
gboolean xps_problem_rebind (XpsProblem *self, XpsFitData *const *data, const double *start);

/* Sorts the unknowns of every spectrum into columns; part of xps_problem_new(). */
void xps_problem_lay_out_columns (XpsProblem *self);
