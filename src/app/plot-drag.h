/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/plot-grip.h"
#include "app/plot-history.h"

/* The room's own: what a hand on the plot is doing. */

typedef enum {
  XPS_PLOT_DRAG_NONE,
  XPS_PLOT_DRAG_GRIP, /* a handle: changes the model */
  XPS_PLOT_DRAG_PAN,
  XPS_PLOT_DRAG_BOX,
} XpsPlotDragKind;

typedef struct {
  XpsPlotDragKind kind;
  double x0, y0;             /* where it began, pixels */
  double x, y;               /* the pointer as last heard of */
  GdkModifierType state;     /* Shift and Ctrl then */
  double held_x, held_y;     /* where what is held has got to: slower than the pointer with Shift */
  double heard_x, heard_y;   /* pointer up to which held_* count */
  gboolean pending;          /* the pointer moved since the last frame ... */
  guint tick;                /* ... and this will see to it */
  gboolean moved_x, moved_y; /* far enough to be meant */
  XpsPlotSpan span;          /* pan: as it began */
  XpsPlotLayout layout;      /* pan, box: as it began */
  XpsGrip grip;              /* handle: as it began */
  XpsModel *model;           /* handle: as it began; every frame starts from it */
  int decimals, figures;     /* of energies and of other numbers beside the pointer ... */
  double label_width;        /* ... and the widest so far */
} XpsPlotDrag;

/* Arrow keys: presses close to each other are one step of undo. */
typedef struct {
  guint timeout; /* 0: none under way */
  XpsModel *model;
  XpsGrip grip;
  double along, up; /* presses so far, towards high binding energy and upwards */
} XpsPlotNudge;
