/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/key.h"
#include "figure/stack-plot.h"

/* The room's own: a stack while it is drawn. */

/* Widths in a waterfall: where they agree the data run inside the fit, and both are seen. */
#define XPS_STACK_DATA_LINE 0.6
#define XPS_STACK_FIT_LINE  1.8

/* Where steps lie along the vertical axis. */
typedef struct {
  gsize n;               /* steps that are shown */
  gsize *step;           /* [n] by place, rising */
  double *low, *high;    /* [n] edges of their cells */
  double *place;         /* [stack->n] NaN: not shown */
  double bottom, top;    /* of all cells, bottom < top */
  gboolean by_number;    /* places are numbers from 1 */
  gboolean falls;        /* values fall as it was measured: the axis is drawn downwards */
  const XpsClock *clock; /* NULL: none but the number */
} XpsStackRows;

void xps_stack_rows_init (XpsStackRows *rows, const XpsStack *stack, const XpsStackView *view);
void xps_stack_rows_clear (XpsStackRows *rows);

/* A picture of cells, row 0 at the top of the values (not yet turned for `falls`). */
typedef struct {
  gsize columns, rows;
  float *values;
  double left, right;    /* energies at the outer edges of the first and the last column, left > right */
  double low, high;      /* of the colours */
  gboolean below, above; /* values lie beyond the colours */
} XpsStackCells;

/* No more cells than `most_columns` by `most_rows`; rows of unequal height are cut into as many as that. */
void xps_stack_cells_init (XpsStackCells *cells, const XpsStack *stack, const XpsStackView *view,
                           const XpsStackRows *rows, gsize most_columns, gsize most_rows);
void xps_stack_cells_clear (XpsStackCells *cells);

typedef struct {
  const XpsStack *stack;
  const XpsStackView *view;
  XpsFigureStyle style;
  XpsAxisStyle axes;
  double small; /* text size of ticks and notes */
  XpsPanel panel;
  double e_low, e_high; /* shown energies */
} XpsStackDrawing;

/* Least and largest binding energy of all rows; FALSE: there is none. */
gboolean xps_stack_find_energies (const XpsStack *stack, double *low, double *high);
/* "counts", "counts/s", or the words for an unknown unit. */
const char *xps_stack_unit (const XpsStack *stack, gboolean screen);
/* The sign of a step at (x, y), none for usual ones. */
void xps_stack_draw_mark (const XpsStackDrawing *self, gsize step, XpsSceneBuilder *builder, double x,
                          double y);
/* Frame, ticks and title of the energies. */
void xps_stack_draw_energies (const XpsStackDrawing *self, XpsSceneBuilder *builder);

void xps_stack_draw_map (XpsStackDrawing *self, XpsSceneBuilder *builder, XpsStackRows *rows);
void xps_stack_draw_waterfall (XpsStackDrawing *self, XpsSceneBuilder *builder, XpsStackRows *rows);

/* A bar of colours beside the panel from `x` on: ticks and title at its right. */
typedef struct {
  double low, high;
  gboolean below, above;
  XpsColourTable table;
  XpsTicks ticks;
} XpsStackBar;

void xps_stack_bar_init (XpsStackBar *bar, const XpsStackCells *cells, XpsColourTable table,
                         const XpsStackDrawing *self, double height);
double xps_stack_bar_width (const XpsStackBar *bar, const XpsStackDrawing *self);
void xps_stack_bar_draw (const XpsStackBar *bar, const XpsStackDrawing *self, XpsSceneBuilder *builder,
                         double x, const char *title);
