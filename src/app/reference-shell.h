/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/window.h"

/* The room's own: windows that stay open beside the main one, one of a kind. Escape closes them; they go with
 * the main window. */

typedef struct {
  GtkWindow *window;
  AdwHeaderBar *header;
  GtkBox *box; /* below the header, vertical: what the window is for */
} XpsShell;

/* The window of this kind that is open, brought to the front; NULL: there is none. `key` is a literal. */
GtkWindow *xps_shell_present (XpsWindow *parent, const char *key);
/* A new one, not shown yet. `data` is freed when the window has gone for good. */
XpsShell xps_shell_new (XpsWindow *parent, const char *key, const char *title, int width, int height,
                        gpointer data, GDestroyNotify free_data);
/* What was given to xps_shell_new(). */
gpointer xps_shell_get_data (GtkWindow *window);
/* FALSE: it was closed, its widgets are gone. */
gboolean xps_shell_is_open (GtkWindow *window);

/* A scrolled column of groups. *groups: where they are appended. */
GtkWidget *xps_shell_column_new (GtkBox **groups);
/* A line of controls with the usual margins. */
GtkWidget *xps_shell_bar_new (void);
/* A label that wraps. `class` may be NULL. */
GtkWidget *xps_shell_text_new (const char *text, const char *class);
/* A line for each sentence (char *, NULL: none) behind a sign, which is said as `sign_words`; `class` of the
 * sign. */
void xps_shell_add_sentences (GtkBox *box, const GPtrArray *sentences, const char *sign,
                              const char *sign_words, const char *class);
void xps_shell_clear (GtkBox *box);
/* A number with its sign, "+0.12", in the user's notation. New string. */
char *xps_shell_dup_signed (double value, int decimals);
