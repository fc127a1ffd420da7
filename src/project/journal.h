/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "project/state.h"

/* The crash journal of one document, inside this room only: the tables of a project file in SQLite's
 * write-ahead log, of which only what changed is written. Counted, so that a write under way on another
 * thread outlives the document. */

typedef struct _XpsJournal XpsJournal;

XpsJournal *xps_journal_new (const char *folder, GError **error);
/* One that was left behind; takes it over. `file`: its path. */
XpsJournal *xps_journal_take (const char *file, GError **error);
XpsJournal *xps_journal_ref (XpsJournal *self);
void xps_journal_unref (XpsJournal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsJournal, xps_journal_unref)

/* What a document is at one moment. */
typedef struct {
  XpsJournal *journal;
  guint64 number; /* later ones are larger: one that comes late is not written any more */
  XpsState *state;
  GStrv history;
  char *path;        /* or NULL */
  gboolean modified; /* FALSE: its file holds it, so the journal need not */
} XpsJournalEntry;

void xps_journal_entry_free (XpsJournalEntry *self);

/* Any thread. */
gboolean xps_journal_write (const XpsJournalEntry *entry, GError **error);
/* No more writes; `remove`: nor is there anything to recover. */
void xps_journal_end (XpsJournal *self, gboolean remove);

/* What was written, of one that was taken over; NULL with error. */
XpsState *xps_journal_read (XpsJournal *self, GStrv *history, GError **error);
char *xps_journal_dup_note (XpsJournal *self, const char *key); /* "path", "modified", "time" */
guint xps_journal_get_n_regions (XpsJournal *self);
