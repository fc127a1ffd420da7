/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/run-private.h"
#include "series/trend.h"

/* The room's own: all steps as one joint model. */

/* A rule's or frame's unknown in the joint model. */
typedef struct {
  guint joint;     /* parameter of the joint model */
  guint parameter; /* of the model of one step; G_MAXUINT: a frame's */
  int frame;       /* of the plan, -1 */
  char *name, *unit;
} XpsJointUnknown;

/* A parameter that runs as a logistic: linear in its levels, linearised about middle and width. */
typedef struct {
  guint parameter;
  double middle, width, low, high; /* about which it is linearised */
  guint d_middle, d_width;         /* joint parameters: how far to go on */
  guint first;                     /* joint parameter of the first level, the second follows */
} XpsJointLogistic;

/* A Gaussian width that grows with the distance from the first step, linearised. */
typedef struct {
  guint parameter;
  double base; /* eV: at the first step, about which it is linearised */
  guint joint; /* its parameter in the joint model */
} XpsJointWidth;

typedef struct {
  XpsRunTask *task;
  const XpsSeriesRun *held; /* shared values are held at those of this run, or NULL */
  const double *x;          /* [steps of the series] the axis */
  double x_first, x_middle, x_low, x_high;
  gsize *steps; /* [n_steps] which of the series */
  gsize n_steps;
  gboolean *own; /* [parameters] every step has its own */
  XpsModel *joint;
  GPtrArray *data;       /* borrowed */
  guint *place;          /* [n_steps * parameters] in the joint model */
  int *position;         /* [n_steps * components] of a framed component, -1 */
  int *shift;            /* [n_steps * frames] of a free frame, -1 */
  gsize *first_spectrum; /* [n_steps] */
  GArray *unknowns;      /* XpsJointUnknown */
  GArray *logistics;     /* XpsJointLogistic: kept from one building to the next */
  GArray *widths;        /* XpsJointWidth: kept, too */
  double widening;       /* (eV per unit of the axis)^2, of all of them; about which it is linearised */
  guint d_widening;      /* joint parameter: how far to go on; G_MAXUINT: none yet */
} XpsJointSeries;

void xps_joint_series_init (XpsJointSeries *self, XpsRunTask *task);
void xps_joint_series_clear (XpsJointSeries *self);
/* From the values that the run has so far; absent[steps * parameters] are held where their neighbours have
 * them (NULL: none). */
void xps_joint_series_build (XpsJointSeries *self, const gboolean *absent);

/* Unknowns of rules and frames, and what a parameter or a position is made of at one step. */
void xps_joint_add_rules (XpsJointSeries *self);
/* Appends the rule's terms to a link of step i. */
void xps_joint_add_terms (const XpsJointSeries *self, guint parameter, gsize step, XpsParameter *link);
guint xps_joint_add_unknown (XpsJointSeries *self, const char *name, guint parameter, int frame, double start,
                             const char *unit);
/* Widths that widen (widen.c): their unknowns, their terms at x, what a fit moved (TRUE: not far), and the
 * result. */
void xps_joint_add_width (XpsJointSeries *self, guint parameter);
void xps_joint_add_width_terms (const XpsJointSeries *self, guint parameter, double x, XpsParameter *link);
gboolean xps_joint_move_widths (XpsJointSeries *self, const XpsResult *joint);
XpsQuantity xps_joint_get_widening (const XpsJointSeries *self, XpsQuantity d);

/* Line through what the steps have of a parameter so far. */
gboolean xps_joint_find_line (const XpsJointSeries *self, guint parameter, XpsLineFit *line);
double xps_joint_find_median (const XpsJointSeries *self, guint parameter);

/* Weights[n] of the values at knots[n] (ascending) in the natural cubic spline through them, at x; straight
 * lines outside. */
void xps_spline_weights (gsize n, const double *knots, double x, double *weights);
