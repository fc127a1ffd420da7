/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "project/state.h"

/* The open document: the present version, the versions before and after it, and the file. Edits are a label
 * and the version before; a drag is one edit. Used on one thread (a state may go anywhere). */

#define XPS_PROJECT_ERROR (xps_project_error_quark ())

typedef enum {
  XPS_PROJECT_ERROR_FORMAT,    /* not a project file, or damaged */
  XPS_PROJECT_ERROR_NEWER,     /* written by a newer version */
  XPS_PROJECT_ERROR_READ_ONLY, /* opened read-only: save under another name */
  XPS_PROJECT_ERROR_WRITE,     /* disk full, folder gone or not writable; the old file is untouched */
} XpsProjectError;

GQuark xps_project_error_quark (void);

#define XPS_TYPE_PROJECT (xps_project_get_type ())
G_DECLARE_FINAL_TYPE (XpsProject, xps_project, XPS, PROJECT, GObject)

/* Signal "changed": the present version is another one (edit, undo, redo, open). Properties, notified:
 * "path" (string or NULL), "modified", "can-undo", "can-redo" (boolean), "undo-label", "redo-label" (string
 * or NULL), "read-only" (boolean). */

XpsProject *xps_project_new (void);
/* A file that another window or program has open is opened read-only, and so is one that cannot be written;
 * xps_project_get_read_only_reason() says which. An older file is migrated in memory: the file changes only
 * when saved, and a copy of the old one stays beside it ("NAME.corelevel.v1"). */
XpsProject *xps_project_open (const char *path, GError **error);

/* Name under which the next save keeps the file as it is now, since it is of an older version; NULL: it is of
 * the present one. New string. */
char *xps_project_dup_older_name (XpsProject *self);

const XpsState *xps_project_get_state (XpsProject *self);
const char *xps_project_get_path (XpsProject *self);
char *xps_project_dup_title (XpsProject *self); /* file name without ending, or "Untitled" */
gboolean xps_project_get_modified (XpsProject *self);
gboolean xps_project_get_read_only (XpsProject *self);
const char *xps_project_get_read_only_reason (XpsProject *self); /* a sentence, or NULL */

/* ---- edits ---- */

/* `label`: as the menu shows it behind Undo, "move of S 2p3/2". Takes the state. */
void xps_project_edit (XpsProject *self, const char *label, XpsState *take_state);
/* The same with one region replaced. */
void xps_project_edit_region (XpsProject *self, const char *label, const XpsRegion *region);
gboolean xps_project_undo (XpsProject *self);
gboolean xps_project_redo (XpsProject *self);
const char *xps_project_get_undo_label (XpsProject *self); /* or NULL */
const char *xps_project_get_redo_label (XpsProject *self);
/* What was done, oldest first: labels (char *) with times, saved with the document as a record. New array. */
GStrv xps_project_dup_history (XpsProject *self);

/* How a region was looked at last (figure/view-text.h): goes with the document into its file, but is no edit:
 * nothing to undo, no signal, and undo leaves it. NULL: none. */
void xps_project_set_view (XpsProject *self, guint region, const char *view);
/* Whether views are all that its file lacks: worth a save without a word when it is closed. TRUE once for
 * what changed: where that save fails, closing goes on without. */
gboolean xps_project_take_unsaved_views (XpsProject *self);

/* ---- file ---- */

/* To its path, or (path not NULL) to another that becomes its path. All or nothing, flushed to the disk. */
gboolean xps_project_save (XpsProject *self, const char *path, GError **error);
/* Before a save of which xps_state_write() is done elsewhere: takes the lock of the path (NULL: its own),
 * keeps the file of an older version. FALSE: it may not be saved there. Quick. */
gboolean xps_project_prepare_save (XpsProject *self, const char *path, GError **error);
/* The file's bytes for a state, at `path`; for other threads: the parts of a save that take time. */
gboolean xps_state_write (const XpsState *state, const char *path, const char *const *history,
                          GError **error);
/* After xps_state_write() elsewhere: this version is saved now. */
void xps_project_mark_saved (XpsProject *self, const XpsState *state, const char *path);

/* ---- crash journal ---- */

/* Where journals of open documents are kept: one SQLite file each, held by a lock while its process lives. */
gboolean xps_project_start_journal (XpsProject *self, const char *folder, GError **error);
/* Writes what changed since the last call; cheap when little did. */
gboolean xps_project_flush_journal (XpsProject *self, GError **error);
/* The same off this thread, for documents that just grew by many spectra; the end as of any asynchronous call
 * of GIO. */
void xps_project_flush_journal_async (XpsProject *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean xps_project_flush_journal_finish (XpsProject *self, GAsyncResult *result, GError **error);
/* The document was saved or given up: the journal goes. */
void xps_project_stop_journal (XpsProject *self);

typedef struct {
  char *journal; /* file */
  char *path;    /* of the document, or NULL: never saved */
  char *title;
  char *time; /* of the last entry, ISO 8601 local */
  guint n_regions;
} XpsRecovery;

/* Journals that nobody holds and that have something unsaved. XpsRecovery; free with g_ptr_array_unref. */
GPtrArray *xps_recovery_list (const char *folder);
/* The document as it was; it counts as modified, its path is the old one. The journal is taken over. */
XpsProject *xps_recovery_open (const XpsRecovery *recovery, GError **error);
void xps_recovery_discard (const XpsRecovery *recovery);

/* ---- fitting from a document ---- */

/* The region with the result of a fit: record, and the fitted values as its model. NULL with error when the
 * problem cannot be posed. Blocking, any thread; progress as in fit/engine.h. */
XpsRegion *xps_region_fit (const XpsRegion *region, const XpsFitOptions *options, GError **error);
/* The fit that came with the data's file as this region's model, with its result where it is one of ours;
 * further windows of the same block become further regions, appended to `others` (XpsRegion, not yet in a
 * document). NULL with error. */
XpsRegion *xps_region_take_stored_fit (const XpsRegion *region, GPtrArray *others, GError **error);
