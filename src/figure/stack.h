/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/frames.h"

/* All curves of one core level of a series, step above step: what maps and waterfalls are drawn from. */

typedef struct {
  char *name;
  XpsFitData *data;           /* referenced; NULL: not measured */
  double *model;              /* [data->n] background and components, or NULL: not fitted */
  double *sigma;              /* [data->n] of the fit's weights, or NULL */
  gboolean excluded, suspect; /* left out with a reason; a mark that says not to believe it */
} XpsStackRow;

typedef struct {
  gsize n;
  XpsStackRow *rows; /* [n] steps, in the order of measurement */
  GPtrArray *clocks; /* XpsClock, copies */
  gsize axis;        /* the series' clock */
  gboolean has_model;
} XpsStack;

/* `run` NULL, or with steps that were not fitted: those have no model. `marks` (XpsFrameMark) may be NULL. A
 * part beyond the last is an empty stack. Never NULL. */
XpsStack *xps_stack_new (const XpsSeries *series, const XpsSeriesRun *run, const GPtrArray *marks,
                         gsize part);
void xps_stack_free (XpsStack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsStack, xps_stack_free)

typedef enum {
  XPS_STACK_DATA,
  XPS_STACK_MODEL,
  XPS_STACK_RESIDUAL,   /* (data - model) / sigma; without sigma data - model */
  XPS_STACK_DIFFERENCE, /* data - data of one step */
  XPS_STACK_WATERFALL,  /* curves with their fits, each lifted above the one before */
  XPS_N_STACK_KINDS,
} XpsStackKind;

/* "data", "model", "residual", "difference", "waterfall". */
const char *xps_stack_kind_to_text (XpsStackKind kind);
gboolean xps_stack_kind_from_text (const char *text, XpsStackKind *kind);
/* Whether a kind can be shown: models and residuals want a fit. */
gboolean xps_stack_can_show (const XpsStack *self, XpsStackKind kind);

/* The curve of a kind at a step, [rows[step].data->n]; NULL: there is none. Differences are data here. New
 * array. */
double *xps_stack_dup_curve (const XpsStack *self, XpsStackKind kind, gsize step);
/* The step that differences are taken to where none is chosen: the first that is in and not suspect; -1. */
int xps_stack_find_first (const XpsStack *self);
