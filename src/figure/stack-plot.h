/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/figure.h"
#include "figure/stack.h"
#include "scene/panel.h"

/* A stack of spectra as a picture: energy (binding, rising to the left) against the clock drawn to scale, or
 * against the number of the step, with intensity, model, residual or difference as colour; or as a waterfall.
 * Steps follow each other upwards as they were measured. Left out steps are faint and marked by a square,
 * suspect ones by a cross. */

typedef struct {
  XpsStackKind kind;
  int clock;            /* of the stack; -1: its axis */
  gboolean by_number;   /* steps of equal height with the clock beside them; a clock that turns, so that one
                         * value would stand for two steps, is always shown so */
  int first;            /* difference: the step that is taken off; -1: xps_stack_find_first() */
  gboolean own_scale;   /* waterfall: each curve as high as the others */
  int current;          /* drawn stronger, -1: none */
  double x_low, x_high; /* eV shown; NaN: all */
  gboolean screen;      /* words in the language of the program */
} XpsStackView;

/* Data, by the axis, all energies. */
void xps_stack_view_init (XpsStackView *view);

/* Where things came to lie. `place`: of each step along y of the panel, NaN: not shown. */
typedef struct {
  XpsPanel panel;
  gsize n;
  double *place; /* [n] */
} XpsStackLayout;

void xps_stack_layout_clear (XpsStackLayout *layout);

/* Hit area: "stack", the panel. `layout` may be NULL, else cleared or all zero. Never NULL. */
XpsScene *xps_stack_plot_build (const XpsStack *stack, const XpsStackView *view, const XpsFigureStyle *style,
                                XpsStackLayout *layout);
/* For paper: a column and a half wide, as high as the steps need. */
void xps_stack_style_init (XpsFigureStyle *style);
/* The step drawn nearest to (x, y), -1: outside. */
int xps_stack_layout_find_step (const XpsStackLayout *layout, double x, double y);
