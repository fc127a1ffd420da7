/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "figure/species-colours.h"
#include "fit/edit.h"
#include "fit/record.h"
#include "job/job.h"
#include "project/project.h"

/* What one window works on: a document, which of its regions is shown, which component is selected, the drag
 * that is under way, the fit that runs. Panels show what it says and ask it to act; none of them owns data.
 * Lives on the main thread; no widget in here. */

#define XPS_TYPE_SESSION (xps_session_get_type ())
G_DECLARE_FINAL_TYPE (XpsSession, xps_session, XPS, SESSION, GObject)

/* Signals, all without arguments, at most once for one change and in this order:
 *  "settle"            before what needs the document whole: who holds something back that only time
 *                      would hand over (a burst of arrow keys, the view) does so now
 *  "document-changed"  samples or regions came, went, or were renamed; undo, redo, open
 *  "region-changed"    another region is shown (implies model-changed)
 *  "model-changed"     what is shown of the region is another: edit, frame of a drag, undo, result
 *  "selection-changed" the selected component, or the set of selected regions
 *  "overlays-ready"    see xps_session_get_overlays()
 *  "fit-changed"       a fit started, went on, ended; live fit switched
 *  "message"           (string, boolean severe): one line for a toast or an error bar; further lines, if any,
 *                      are its details
 *  "imported"          (GListModel of GFile): of the user that gave spectra
 *  "question"          (GListModel of GFile): files that do not say enough to be read; import-sheet.h asks
 * Properties, notified: "project", "live-fit" (boolean, read-write), "fitting" (boolean), "import-progress".
 */

XpsSession *xps_session_new (XpsProject *project);
XpsProject *xps_session_get_project (XpsSession *self);
void xps_session_set_project (XpsSession *self, XpsProject *project);

/* ---- what is shown ---- */

guint xps_session_get_region_id (XpsSession *self); /* 0: none */
void xps_session_show_region (XpsSession *self, guint id);
/* With the model of a drag that is under way; NULL without region. Borrowed until the next change. */
const XpsRegion *xps_session_get_region (XpsSession *self);
/* Curves of the shown region, kept up to date (a drag only re-evaluates). NULL without region. */
const XpsPreview *xps_session_get_preview (XpsSession *self);
/* The record when it is of just this model and data, else NULL: stale numbers are never current. */
const XpsFitRecord *xps_session_get_current_record (XpsSession *self);
XpsFitState xps_session_get_fit_state (XpsSession *self);

/* Palette entries of the species of the document: a species has one colour everywhere. */
const XpsSpeciesColours *xps_session_get_colours (XpsSession *self);

/* Regions selected in the tree, the shown one among them (guint ids). */
const GArray *xps_session_get_selected_regions (XpsSession *self);
void xps_session_select_regions (XpsSession *self, const guint *ids, guint n);
/* Previews of the selected regions but the shown one, in their order: for overlays. XpsPreview; borrowed.
 * NULL: of so many that they are made a few at a time; "overlays-ready" says when they are there. */
const GPtrArray *xps_session_get_overlays (XpsSession *self);
/* The same at once, however long it takes. */
const GPtrArray *xps_session_make_overlays (XpsSession *self);
/* Index of the selected component in the part, or -1. */
int xps_session_get_component (XpsSession *self);
void xps_session_select_component (XpsSession *self, int component);

/* ---- edits of the shown region ---- */

/* What the plot's view of the shown region is, as text of figure/view-text.h: kept with the document, but no
 * edit and no signal. */
void xps_session_store_view (XpsSession *self, const char *view);
/* A copy of the shown model to change and hand back. */
XpsModel *xps_session_dup_model (XpsSession *self);
/* One step of undo. Takes the model. Refits when live. */
void xps_session_edit_model (XpsSession *self, const char *label, XpsModel *take_model);
/* The region as a whole (notes, weights, photon energy, name); takes it. */
void xps_session_edit_region (XpsSession *self, const char *label, XpsRegion *take_region);
/* Several (XpsRegion, changed copies) in one step of undo. */
void xps_session_edit_regions (XpsSession *self, const char *label, const GPtrArray *regions);
/* A drag: any number of models shown, one step of undo at its end, none when it was taken back. */
void xps_session_begin_drag (XpsSession *self);
void xps_session_drag_model (XpsSession *self, XpsModel *take_model);
void xps_session_end_drag (XpsSession *self, const char *label);
void xps_session_cancel_drag (XpsSession *self);
gboolean xps_session_is_dragging (XpsSession *self);
/* Emits "settle": before another region is shown, a fit, and every command of the document. */
void xps_session_settle (XpsSession *self);

/* ---- fits ---- */

/* Off the main thread; a running one is stopped first. An edit of a region stops its fit: a result that no
 * longer belongs to the shown model is dropped and said so. */
void xps_session_fit (XpsSession *self);          /* the shown region */
void xps_session_fit_selected (XpsSession *self); /* all selected regions with components; one step of undo */
void xps_session_stop_fit (XpsSession *self);
gboolean xps_session_get_fitting (XpsSession *self);
double xps_session_get_fit_progress (XpsSession *self);
/* How the last fit of the shown region ended, in words; "" when there was none. */
const char *xps_session_get_fit_words (XpsSession *self);
gboolean xps_session_get_live_fit (XpsSession *self);
void xps_session_set_live_fit (XpsSession *self, gboolean live);

/* ---- models elsewhere ---- */

/* The model that Copy put aside (of this process), or NULL. */
const XpsModel *xps_session_get_copied_model (XpsSession *self);
void xps_session_copy_model (XpsSession *self);
/* Into all selected regions; one step of undo. */
void xps_session_paste_model (XpsSession *self, const XpsModel *model);

/* Weights of regions that are read from now on, where their data allow them; at first counts. */
void xps_session_set_usual_weights (XpsSession *self, XpsWeights weights);

/* Reads files off the main thread and takes them in as one step of undo; errors and what was guessed arrive
 * as "message". `files`: GFile. Folders are read with everything in them that is a spectrum. */
void xps_session_import (XpsSession *self, GListModel *files);
/* The same, each with the model that lies beside it ("scan.json" beside "scan.csv"): the program's samples.
 */
void xps_session_import_samples (XpsSession *self, GListModel *files);
/* 0 to 1, negative: runs, and how far is not known; NaN: nothing is being read. */
double xps_session_get_import_progress (XpsSession *self);
