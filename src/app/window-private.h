/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/browser.h"
#include "app/component-view.h"
#include "app/inspector.h"
#include "app/plot-area.h"
#include "app/window.h"
#include "draw-cairo/draw-cairo.h"

/* The window's own: what its files share. */

struct _XpsWindow {
  AdwApplicationWindow parent_instance;
  XpsSession *session;
  XpsProject *project;      /* the session's, whose signals are followed */
  XpsCairoPainter *painter; /* of exports; NULL until one is made */

  char *details; /* of the last message, or NULL */

  /* Which panels a person wants; in a narrow window they stay folded until asked for. */
  gboolean want_browser, want_inspector, want_table;
  gboolean wide_browser, wide_inspector; /* what a wide window shows */
  gboolean narrow;
  gboolean laid_out; /* the panels have got their remembered widths */
  gboolean tight; /* the header bar has room for its most needed parts only */
  guint layout_source, tight_source, place_tick;
  gboolean outer_placed;
  int browser_width, inspector_width, table_height;
  int placed_height; /* of the table, where the window is too low for the wanted one */

  /* window-file.c */
  guint journal_source;
  gboolean journal_busy;
  gboolean saving, closing;      /* `closing`: the window goes when the save has ended */
  GPtrArray *recoveries;         /* XpsRecovery, the last one is offered */
  GtkFileChooserNative *chooser; /* the one that is open, or NULL */

  /* template */
  AdwToastOverlay *toasts;
  AdwSplitButton *open_button;
  GtkWidget *undo_button, *redo_button, *fit_button, *next_button, *live_box, *live_label;
  GtkLabel *fit_label, *title_label, *subtitle_label;
  GtkMenuButton *menu_button;
  GtkStack *fit_stack, *pages;
  GtkSpinner *fit_spinner;
  GtkInfoBar *read_only_bar, *recovery_bar, *error_bar;
  GtkLabel *read_only_label, *recovery_label, *error_label;
  GtkWidget *recover_button, *discard_button, *details_button;
  GtkListBox *recent_list;
  GtkPaned *outer_paned, *inner_paned, *middle_paned;
  XpsBrowser *browser;
  XpsPlotArea *plot;
  XpsComponentView *table;
  XpsInspector *inspector;
  GtkProgressBar *progress;
  GtkRevealer *drop_revealer;
};

/* window.c */
/* Title, next step, sensitivity of commands: after anything that they depend on. */
void xps_window_refresh (XpsWindow *self);
GSettings *xps_window_get_settings (XpsWindow *self);

/* window-layout.c */
void xps_window_init_layout (XpsWindow *self);
void xps_window_apply_layout (XpsWindow *self);
void xps_window_check_width (XpsWindow *self, int width);
void xps_window_remember (XpsWindow *self);

/* window-file.c */
void xps_window_init_files (XpsWindow *self);
/* Spectra into this document, projects into windows of their own. */
void xps_window_open_files (XpsWindow *self, GListModel *files);
void xps_window_choose_files (XpsWindow *self);
void xps_window_save (XpsWindow *self);
void xps_window_save_as (XpsWindow *self);
/* Everything that is typed and not yet part of the document becomes it, before something is done with the
 * document. FALSE: an entry refused its text; it says why, and the second time it is passed over. */
gboolean xps_window_take_typing (XpsWindow *self);
void xps_window_dispose_files (XpsWindow *self);
void xps_window_follow_project (XpsWindow *self);
/* FALSE: something must be asked or awaited first; the window closes by itself afterwards. */
gboolean xps_window_may_close (XpsWindow *self);

/* window-recover.c */
void xps_window_init_recovery (XpsWindow *self);
void xps_window_start_journal (XpsWindow *self);
void xps_window_journal_soon (XpsWindow *self);

/* window-recent.c */
void xps_window_fill_recent (XpsWindow *self);
void xps_window_add_recent (GFile *file);
