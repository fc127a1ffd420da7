/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/page-entry.h"

/* Rows of the inspector's groups. Texts are plain. Controls stand beside the title where there is room, else
 * below it, so that nothing is cut off in a narrow panel with large text. */

/* A row with an entry. `unit` NULL: for text; else for a number, with its unit ("" none). The entry's
 * accessible name is the title. */
GtkWidget *xps_page_entry_row_new (const char *title, const char *unit, XpsPageCommit commit, gpointer data,
                                   XpsPageEntry **entry);
/* A row with a short text that can be selected; `label` may be NULL. */
GtkWidget *xps_page_text_row_new (const char *title, GtkLabel **label);
/* A row of a caption and, below it, a text of any length that can be selected. */
GtkWidget *xps_page_property_row_new (const char *caption, const char *text);
/* A row of a sentence, with buttons at its end. */
GtkWidget *xps_page_action_row_new (const char *title);
/* The same with an icon of its weight: "info", "warning", "error". */
GtkWidget *xps_page_note_row_new (const char *severity, const char *sentence);

/* Of any of these, and of other AdwPreferencesRows. */
void xps_page_row_set_title (GtkWidget *row, const char *title);
void xps_page_row_set_subtitle (GtkWidget *row, const char *subtitle); /* NULL or "": none */
void xps_page_row_add_control (GtkWidget *row, GtkWidget *control);

/* A button with an icon only: flat, centred, with tooltip and accessible name. */
GtkWidget *xps_page_icon_button_new (const char *icon, const char *name);
/* A lock for a row: pressed keeps the value in a fit. `what` names the value. */
GtkWidget *xps_page_lock_new (const char *what);
