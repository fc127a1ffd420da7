/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "project/journal.h"
#include "project/lock.h"
#include "project/project.h"

/* The document from inside its room: project.c edits it, document-file.c opens and saves it, journal.c keeps
 * it. */

struct _XpsProject {
  GObject parent_instance;
  XpsState *state;
  XpsState *saved; /* what the file holds; NULL: something else than any version here (recovered) */
  GPtrArray *done, *undone;
  GStrv history; /* what was done before it was opened */
  char *path;
  gboolean modified;
  gboolean views_changed; /* since the last save */
  gboolean older;         /* its file is of an older version */
  char *read_only_reason;
  XpsLock *lock;      /* of the path; NULL: read-only, or never saved */
  XpsLock *next_lock; /* of the path that is being saved to */
  XpsJournal *journal;
  guint64 n_entries; /* asked of the journal so far */
};

/* Ending of the names of journals. */
#define XPS_JOURNAL_ENDING ".corelevel-journal"

char *xps_path_dup_title (const char *path); /* file name without ending, or "Untitled" */

/* Before anybody listens: this is what it holds, and what was done to get there. */
void xps_project_adopt (XpsProject *self, const XpsState *state, GStrv take_history);
/* Locks its path, or becomes read-only. */
void xps_project_lock_path (XpsProject *self);

/* The same version with the views of `now`: of regions that are in both. */
XpsState *xps_project_carry_views (XpsState *take_state, const XpsState *now);

/* Each notifies once, if anything changed. */
void xps_project_set_modified (XpsProject *self); /* from the states */
void xps_project_set_path (XpsProject *self, const char *path);
void xps_project_set_read_only (XpsProject *self, char *take_reason);
