/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

/* Everything a person can ask of a window, as one table: name, title, keys, when it can be asked. Menus, keys
 * and the window of shortcuts are made from it. */

/* What a command needs to be of use. */
typedef enum {
  XPS_NEEDS_NOTHING = 0,
  XPS_NEEDS_REGION = 1 << 0,
  XPS_NEEDS_COMPONENTS = 1 << 1,
  XPS_NEEDS_COMPONENT = 1 << 2, /* a selected one */
  XPS_NEEDS_UNDO = 1 << 3,
  XPS_NEEDS_REDO = 1 << 4,
  XPS_NEEDS_FITTING = 1 << 5,
  XPS_NEEDS_COPIED = 1 << 6,
  XPS_NEEDS_STORED = 1 << 7,  /* a fit that came with the data */
  XPS_NEEDS_BINDING = 1 << 8, /* an axis that can be fitted on */
} XpsNeeds;

typedef enum {
  XPS_GROUP_FILE,
  XPS_GROUP_EDIT,
  XPS_GROUP_FIT,
  XPS_GROUP_MODEL,
  XPS_GROUP_PLOT,
  XPS_GROUP_REGION,
  XPS_GROUP_WINDOW,
  XPS_N_GROUPS,
} XpsCommandGroup;

typedef struct {
  const char *name;   /* "win.fit" */
  const char *title;  /* N_(): as the menu and the window of shortcuts have it */
  const char *accels; /* with blanks between, or NULL */
  XpsCommandGroup group;
  guint needs;                                             /* XpsNeeds */
  void (*activate) (XpsWindow *self, GVariant *parameter); /* NULL: a property of the plot, or a switch */
  const char *property;                              /* of XpsPlotArea, whose value is the action's state */
  const char *type;                                  /* of the parameter, or NULL */
  gboolean (*toggle) (XpsWindow *self, gboolean on); /* a switch; FALSE: it stays */
} XpsCommand;

const XpsCommand *xps_commands_get (gsize *n);
const XpsCommand *xps_command_find (const char *name); /* or NULL */
const char *xps_command_group_title (XpsCommandGroup group);

void xps_actions_set_accels (GtkApplication *application);
void xps_actions_install (XpsWindow *window);
/* Enables what can be asked now. */
void xps_actions_refresh (XpsWindow *window);
/* The main menu. New. */
GMenuModel *xps_actions_new_menu (void);
/* What its items for undo and redo say, "Undo move of S 2p". */
void xps_actions_label_undo (GMenuModel *menu, const char *undo, const char *redo);
