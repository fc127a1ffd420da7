/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-area.h"
#include "app/plot-canvas.h"
#include "app/plot-drag.h"
#include "app/plot-ghosts.h"
#include "app/plot-history.h"

/* The room's own: the plot widget in parts. plot-area.c is the widget, plot-scene.c what it shows,
 * plot-area-view.c which part of the axes, plot-grip.c what can be taken hold of, plot-drag.c what a drag
 * does, plot-edit.c clicks and arrow keys, plot-input.c and plot-keys.c who asks for it, plot-overlay.c what
 * lies above the curves, plot-words.c what it says. */

typedef enum { XPS_PLOT_TOOL_SELECT, XPS_PLOT_TOOL_ADD, XPS_PLOT_TOOL_ZOOM, XPS_N_PLOT_TOOLS } XpsPlotTool;

struct _XpsPlotArea {
  GtkWidget parent_instance;
  XpsPlotCanvas *canvas;
  XpsSession *session;

  XpsPlotView view;   /* what is asked for but for the span, which the history has */
  gboolean auto_heat; /* the mode is a heat map because so many are selected */
  gboolean cross_hair, show_ghosts, second_hand;
  XpsPlotGhosts *ghosts;
  XpsPlotTool tool;
  const XpsTheme *theme;

  GHashTable *histories;   /* id of the region and its axis -> XpsPlotHistory */
  XpsPlotHistory *history; /* of the shown region, or NULL */
  char *shown_text;        /* the view as it came up or was stored last; NULL: nothing to store */
  guint store_source;

  XpsScene *scene;
  XpsPlotLayout layout; /* of the scene */
  GStrv titles;         /* of the selected regions, NULL: to be made */
  guint n_titles;
  gboolean dirty;
  gint64 changed; /* when the model changed that is not painted yet, us; 0: none */
  double last_frame_ms;
  GdkFrameClock *clock; /* connected to, while realised */
  gulong clock_handler;

  gboolean pointer_inside;
  double pointer_x, pointer_y;
  gboolean cursor_by_key; /* the cross of the tool is moved by arrows */
  XpsGrip hover;
  XpsGripKind key_grip; /* what the arrow keys move, XPS_GRIP_NONE: the selected component */
  int selected_before;  /* component, before the first of two clicks */

  XpsPlotDrag drag;
  XpsPlotNudge nudge;
  double pinch_scale;
  const char *cursor; /* name of the pointer's shape */
};

/* ---- plot-area.c, plot-scene.c ---- */
void xps_plot_area_set_tool (XpsPlotArea *self, XpsPlotTool tool);
void xps_plot_area_invalidate (XpsPlotArea *self); /* the scene is to be made anew in this frame */
void xps_plot_area_ensure_scene (XpsPlotArea *self);

/* ---- plot-area-view.c ---- */
/* Of the shown region and axis; whether it was not there before. */
gboolean xps_plot_area_choose_history (XpsPlotArea *self);
void xps_plot_area_turn_axis (XpsPlotArea *self);        /* after view.kinetic changed */
void xps_plot_area_follow_reference (XpsPlotArea *self); /* after the model changed */
void xps_plot_area_forget_intensities (XpsPlotArea *self);
void xps_plot_area_set_span (XpsPlotArea *self, const XpsPlotSpan *span, const char *kind);
XpsPlotSpan xps_plot_area_get_shown_span (XpsPlotArea *self); /* no NaN */
void xps_plot_area_zoom_at (XpsPlotArea *self, double x, double factor);
void xps_plot_area_zoom_intensity_at (XpsPlotArea *self, double y, double factor);
void xps_plot_area_zoom_to_box (XpsPlotArea *self, double x0, double y0, double x1, double y1);
/* Pixels to what is shown there, and from there to the data. */
double xps_plot_area_get_energy (XpsPlotArea *self, double x);    /* on the shown axis */
double xps_plot_area_get_binding (XpsPlotArea *self, double x);   /* eV */
double xps_plot_area_get_intensity (XpsPlotArea *self, double y); /* as measured */
gboolean xps_plot_area_in_main (XpsPlotArea *self, double x, double y);

/* ---- plot-drag.c: what gestures call, and tests ---- */
/* A press at a place of the widget that may become a drag. TRUE: it takes hold of a handle. */
gboolean xps_plot_area_press (XpsPlotArea *self, double x, double y, GdkModifierType state, gboolean middle);
void xps_plot_area_move (XpsPlotArea *self, double x, double y, GdkModifierType state); /* next frame */
void xps_plot_area_apply_move (XpsPlotArea *self);                                      /* now */
void xps_plot_area_release (XpsPlotArea *self);
gboolean xps_plot_area_cancel (XpsPlotArea *self); /* FALSE: nothing to take back */
void xps_plot_area_abandon (XpsPlotArea *self);    /* whatever is under way ends where it is */
GArray *xps_plot_area_dup_grips (XpsPlotArea *self);

/* ---- plot-edit.c: without a drag ---- */
void xps_plot_area_click (XpsPlotArea *self, double x, double y, int n_press);
void xps_plot_area_add_at (XpsPlotArea *self, double x);
void xps_plot_area_remove_selected (XpsPlotArea *self);
/* Arrow keys: steps of a tenth of the data's step along energy, of a hundredth of the value up. */
gboolean xps_plot_area_nudge (XpsPlotArea *self, XpsGripKind kind, double along, double up);
void xps_plot_area_end_nudge (XpsPlotArea *self);
