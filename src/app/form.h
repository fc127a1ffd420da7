/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* The room's own: a small window that asks for a few values before something is done. Escape and Cancel close
 * it, Enter accepts. */

typedef struct _XpsForm XpsForm;

/* TRUE: done, the form goes; FALSE: it stays, and says why by xps_form_say(). */
typedef gboolean (*XpsFormAccept) (XpsForm *form, gpointer data);

/* `data` is freed with the form. The form belongs to its window. */
XpsForm *xps_form_new (GtkWidget *parent, const char *title, const char *accept_label, XpsFormAccept accept,
                       gpointer data, GDestroyNotify free_data);
void xps_form_set_description (XpsForm *self, const char *text);
GtkWindow *xps_form_get_window (XpsForm *self);

/* Rows; the returned widget is what holds the value. */
AdwEntryRow *xps_form_add_entry (XpsForm *self, const char *title, const char *text);
/* `words` are shown as they are; the chosen one is adw_combo_row_get_selected(). */
AdwComboRow *xps_form_add_choice (XpsForm *self, const char *title, const char *const *words, guint selected);

/* The row's GtkSwitch. */
GtkWidget *xps_form_add_switch (XpsForm *self, const char *title, gboolean active);
/* Any other row behind them. */
void xps_form_add_row (XpsForm *self, GtkWidget *row);
/* Below the rows. */
void xps_form_add_widget (XpsForm *self, GtkWidget *widget);

/* A sentence under the rows; NULL takes it away. */
void xps_form_say (XpsForm *self, const char *text);
void xps_form_present (XpsForm *self);
