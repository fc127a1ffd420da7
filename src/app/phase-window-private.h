/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/phase-head.h"
#include "app/phase-list.h"
#include "app/phase-window.h"
#include "app/reference-detail.h"

/* The room's own: the editor of phases and what can be done in it. */

typedef struct {
  GtkWindow *window;
  XpsWindow *parent; /* outlives it */
  XpsPhaseBook *book;
  char *name; /* of the phase that is shown, or NULL */
  gboolean own;
  XpsPhaseList *list;
  XpsPhaseHead *head;
  XpsPhaseTable *table;
  GtkBox *remarks;
  XpsReferenceDetail *detail;
  GtkLabel *message;
  GtkWidget *undo, *redo;
  GSimpleActionGroup *actions;
  GtkFileChooserNative *chooser;
} XpsPhaseEditor;

/* Inserts the actions "phases.*" with their keys into the window. */
void xps_phase_editor_add_actions (XpsPhaseEditor *self);
/* After anything was edited or selected. */
void xps_phase_editor_refresh_actions (XpsPhaseEditor *self);
GMenuModel *xps_phase_editor_new_menu (void);

/* Shows another phase. */
void xps_phase_editor_show (XpsPhaseEditor *self, const char *name, gboolean own);
const XpsReferencePhase *xps_phase_editor_get_phase (const XpsPhaseEditor *self); /* or NULL */
void xps_phase_editor_say (XpsPhaseEditor *self, const char *sentence);           /* NULL: nothing */
gboolean xps_phase_editor_import (XpsPhaseEditor *self, const char *path);
gboolean xps_phase_editor_export (XpsPhaseEditor *self, const char *path);
/* A form for a binding energy of the selected line. */
void xps_phase_editor_ask_value (XpsPhaseEditor *self);
