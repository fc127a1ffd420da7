/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

/* The session's own: what its files share. */

/* Which signals a change needs; sent once each, in this order. */
typedef enum {
  XPS_NEWS_DOCUMENT = 1 << 0,
  XPS_NEWS_REGION = 1 << 1,
  XPS_NEWS_MODEL = 1 << 2,
  XPS_NEWS_SELECTION = 1 << 3,
  XPS_NEWS_FIT = 1 << 4,
} XpsNews;

typedef struct _XpsRun XpsRun; /* fits under way: session-fit.c */

struct _XpsSession {
  GObject parent_instance;
  XpsProject *project;
  gulong changed_handler;
  XpsState *seen;             /* the version that panels were last told of */
  guint region_id;            /* shown; 0: none */
  guint last_id;              /* shown last, or to be shown when there is something to show */
  XpsRegion *region;          /* of `seen`, or NULL */
  XpsRegion *drag;            /* a copy of it whose model follows the pointer, or NULL */
  XpsPreview *preview;        /* of what is shown; NULL: to be made */
  GArray *selected;           /* guint */
  XpsSpeciesColours *colours; /* NULL: to be made */
  XpsState *coloured;         /* the version that they know */
  GPtrArray *overlays;        /* XpsPreview; NULL: to be made ... */
  GPtrArray *growing;         /* ... and what there is of them so far, while they are being made ... */
  guint growing_next, growing_source; /* ... from this selected region on */
  int component;
  XpsWeights usual_weights;
  gboolean live_fit;
  guint live_source;
  XpsRun *run;          /* or NULL */
  XpsJob *import;       /* the last one, while it runs */
  GString *unsaved_log; /* of files that gave nothing, until a version takes it along */
  GHashTable *words;    /* region id: why its last fit came to nothing (char *) */
};

/* session.c */
void xps_session_tell (XpsSession *self, XpsNews news);
void xps_session_tell_overlays (XpsSession *self);
void xps_session_say (XpsSession *self, gboolean severe, const char *format, ...) G_GNUC_PRINTF (3, 4);
const XpsState *xps_session_get_state (XpsSession *self);

/* session-edit.c */
/* Whether a fit of `a` is also a fit of `b`: same data, scale, weights and model. */
gboolean xps_session_same_basis (const XpsRegion *a, const XpsRegion *b);
void xps_region_take_model (XpsRegion *region, XpsModel *take_model);

/* session-fit.c */
/* The region is about to become another: a fit of it that runs is given up. */
void xps_session_give_up_fit (XpsSession *self, const XpsRegion *becomes);
void xps_session_drop_run (XpsSession *self);
/* With live fit: the shown region is fitted after a moment without edits. */
void xps_session_want_live_fit (XpsSession *self);

/* session-view.c */
void xps_session_drop_overlays (XpsSession *self);
void xps_session_clear_previews (XpsSession *self);
