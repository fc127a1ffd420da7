/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* An entry whose text somebody takes or refuses with a sentence: Enter, Tab and leaving it offer the text,
 * Escape goes back to what stood there. A refused text stays, the entry looks wrong and the sentence hangs
 * below it until the text is changed. */

#define XPS_TYPE_PAGE_ENTRY (xps_page_entry_get_type ())
G_DECLARE_FINAL_TYPE (XpsPageEntry, xps_page_entry, XPS, PAGE_ENTRY, AdwBin)

/* FALSE with error: refused. */
typedef gboolean (*XpsPageCommit) (const char *text, gpointer data, GError **error);

/* Signals: "done" (boolean taken): the text was taken, or given up; "tab" (int direction): Tab was pressed
 * after the text was taken, emitted only when `compact`. */

/* `compact`: without a frame, to lie over a cell of a table. */
XpsPageEntry *xps_page_entry_new (gboolean compact);
void xps_page_entry_set_commit (XpsPageEntry *self, XpsPageCommit commit, gpointer data);
/* What stands there when nobody types; a text that is being typed is left alone. */
void xps_page_entry_set_text (XpsPageEntry *self, const char *text);
/* The same with a typed text that was not offered yet. */
void xps_page_entry_type (XpsPageEntry *self, const char *text);
const char *xps_page_entry_get_text (XpsPageEntry *self);
GtkEditable *xps_page_entry_get_editable (XpsPageEntry *self);
/* Name for screen readers and tests. */
void xps_page_entry_set_name (XpsPageEntry *self, const char *name);
/* TRUE: taken, or there was nothing to take. */
gboolean xps_page_entry_take (XpsPageEntry *self);
/* Everything that is typed below `top` and was not taken yet. FALSE: something was refused, its entry has the
 * focus and says why; a text that was refused that way once is passed over until it is changed. */
gboolean xps_page_entry_take_all (GtkWidget *top);
void xps_page_entry_revert (XpsPageEntry *self);
/* Why the text was refused, or NULL. */
const char *xps_page_entry_get_error (XpsPageEntry *self);
