/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/problem.h"
#include "series/series.h"

/* What a series fit is to do with the parameters of its model of one step. A value. */

typedef enum {
  XPS_SERIES_INDEPENDENT, /* every step by itself from the model's values */
  XPS_SERIES_WARM,   /* along the steps, each from the one before; both directions, the better of the two */
  XPS_SERIES_GLOBAL, /* all at once: parameters shared or linked to the axis, the rest each step's own */
} XpsSeriesMode;

const char *xps_series_mode_to_text (XpsSeriesMode mode); /* "independent", "warm", "global" */
gboolean xps_series_mode_from_text (const char *text, XpsSeriesMode *mode);

/* What a parameter is along the series, in a global fit. */
typedef enum {
  XPS_ACROSS_FREE,     /* each step has its own */
  XPS_ACROSS_SHARED,   /* one value for all */
  XPS_ACROSS_LINEAR,   /* value at the middle of the axis, and a slope */
  XPS_ACROSS_LOGISTIC, /* from one level to another: levels, middle, width */
  XPS_ACROSS_SPLINE,   /* natural cubic spline through `knots` unknown values, evenly spaced on the axis: its
                        * stiffness is the distance of the knots */
  XPS_ACROSS_WIDENING, /* a Gaussian width: what it is at the first step and, in quadrature, a broadening in
                        * proportion to the distance from there, the same for all that widen (widen.h) */
} XpsAcross;

const char *xps_across_to_text (
    XpsAcross across); /* "free", "shared", "linear", "logistic", "spline", "widening" */
gboolean xps_across_from_text (const char *text, XpsAcross *across);

typedef struct {
  char *parameter; /* of the model, not a link */
  XpsAcross across;
  guint knots; /* of a spline, at least 3; 0: 5 */
} XpsSeriesRule;

/* Components whose lines move together with the potential: those on the working electrode follow its Fermi
 * level, those of the electrolyte its potential. The energy of each is a constant of its own, shared by the
 * series, plus the shift of its frame. */
typedef enum {
  XPS_FRAME_FREE,   /* a shift at every step, 0 at the first; the slope is a regression through them */
  XPS_FRAME_LINEAR, /* slope times (axis - its first value); the slope is fitted */
  XPS_FRAME_FIXED,  /* slope as given */
} XpsFrameShift;

const char *xps_frame_shift_to_text (XpsFrameShift shift);
gboolean xps_frame_shift_from_text (const char *text, XpsFrameShift *shift);

typedef struct {
  char *name; /* "working electrode", "electrolyte", or one's own */
  XpsFrameShift shift;
  double slope;          /* eV per unit of the axis; of a fixed one, and the start of a linear one */
  GPtrArray *components; /* char *: names or phases of components of the model */
} XpsEnergyFrame;

typedef struct {
  XpsSeriesMode mode;
  GPtrArray *rules;  /* XpsSeriesRule; what has none is free */
  GPtrArray *frames; /* XpsEnergyFrame */
  XpsWeights weights;
  gsize max_evaluations; /* of each fit; 0: the engine's */
  double freeze;         /* components whose area is below this many standard errors have their own position
                          * held where their neighbours have it; 3; 0: never */
  guint n_threads;       /* 0: one for each processor */
} XpsSeriesPlan;

XpsSeriesPlan *xps_series_plan_new (void); /* warm, counts, freeze 3 */
XpsSeriesPlan *xps_series_plan_copy (const XpsSeriesPlan *self);
void xps_series_plan_free (XpsSeriesPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSeriesPlan, xps_series_plan_free)

/* Sets or replaces the rule of a parameter; XPS_ACROSS_FREE removes it. */
void xps_series_plan_set_rule (XpsSeriesPlan *self, const char *parameter, XpsAcross across, guint knots);
XpsAcross xps_series_plan_get_rule (const XpsSeriesPlan *self, const char *parameter, guint *knots);
/* Adds an empty frame or finds the one of that name. Owned by the plan. */
XpsEnergyFrame *xps_series_plan_add_frame (XpsSeriesPlan *self, const char *name, XpsFrameShift shift,
                                           double slope);

/* Whether names exist, rules hit free parameters, frames contradict neither each other nor the links of the
 * model (a line tied to a line of another frame), and the axis has values where it is needed. */
gboolean xps_series_plan_check (const XpsSeriesPlan *self, const XpsModel *model, const XpsSeries *series,
                                GError **error);
