/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions.h"

#include <glib/gi18n.h>

/* The main menu, made from the table of commands. */

static void
append (GMenu *menu, const char *name)
{
  const XpsCommand *command = xps_command_find (name);
  g_menu_append (menu, _ (command->title), command->name);
}

static void
append_section (GMenu *menu, const char *const *names)
{
  g_autoptr (GMenu) section = g_menu_new ();
  for (guint i = 0; names[i] != NULL; i++)
    append (section, names[i]);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
append_choice (GMenu *menu, const char *label, const char *action, const char *value)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target (item, action, "s", value);
  g_menu_append_item (menu, item);
}

static GMenu *
new_model_menu (void)
{
  static const char *const add[] = {"win.add-component", "win.add-doublet", "win.add-from-residual", NULL};
  static const char *const change[] = {"win.duplicate-component", "win.delete-component", NULL};
  static const char *const whole[] = {"win.copy-model",
                                      "win.paste-model",
                                      "win.save-template",
                                      "win.apply-template",
                                      "win.use-stored-fit",
                                      "win.series",
                                      NULL};
  static const char *const reference[] = {"win.reference", "win.identify",         "win.add-phase",
                                          "win.phases",    "win.release-phase",    "win.survey",
                                          "win.periodic",  "win.charge-reference", NULL};
  GMenu *menu = g_menu_new ();
  append_section (menu, add);
  append_section (menu, change);
  append_section (menu, whole);
  append_section (menu, reference);
  return menu;
}

static GMenu *
new_plot_menu (void)
{
  static const char *const zoom[] = {"win.zoom-all", "win.zoom-window", "win.view-back", "win.view-forward",
                                     NULL};
  static const char *const axes[] = {"win.kinetic",   "win.per-second", "win.log",
                                     "win.residuals", "win.cross-hair", NULL};
  static const char *const ghosts[] = {"win.ghosts", "win.second-hand", NULL};
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) mode = g_menu_new (), normalise = g_menu_new ();
  append_section (menu, zoom);
  append_section (menu, axes);
  append_section (menu, ghosts);
  append_choice (mode, _ ("One Spectrum"), "win.mode", "single");
  append_choice (mode, _ ("Overlay"), "win.mode", "overlay");
  append_choice (mode, _ ("Stack"), "win.mode", "stack");
  append_choice (mode, _ ("Heat Map"), "win.mode", "heat");
  g_menu_append_section (menu, _ ("Several Spectra"), G_MENU_MODEL (mode));
  append_choice (normalise, _ ("As Measured"), "win.normalise", "none");
  append_choice (normalise, _ ("Same Maximum"), "win.normalise", "maximum");
  append_choice (normalise, _ ("Same Area"), "win.normalise", "area");
  g_menu_append_section (menu, _ ("Intensity"), G_MENU_MODEL (normalise));
  return menu;
}

static GMenu *
new_region_menu (void)
{
  static const char *const go[] = {"win.next-region", "win.previous-region", NULL};
  static const char *const change[] = {"win.rename-region", "win.move-region", "win.delete-region", NULL};
  GMenu *menu = g_menu_new ();
  append_section (menu, go);
  append_section (menu, change);
  return menu;
}

static GMenu *
new_panel_menu (void)
{
  static const char *const panels[] = {"win.toggle-browser", "win.toggle-inspector", "win.toggle-table",
                                       NULL};
  GMenu *menu = g_menu_new ();
  append_section (menu, panels);
  return menu;
}

/* Of the menu: undo and redo, whose labels say what they do. */
enum { UNDO_SECTION = 0 };

static void
set_label (GMenu *section, int item, const char *label, const char *action)
{
  g_autofree char *old = NULL;
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *plain = g_strjoinv ("__", parts); /* one would underline a letter */
  const gboolean there = item < g_menu_model_get_n_items (G_MENU_MODEL (section));
  if (there)
    g_menu_model_get_item_attribute (G_MENU_MODEL (section), item, G_MENU_ATTRIBUTE_LABEL, "s", &old);
  if (g_strcmp0 (old, plain) == 0)
    return;
  if (there)
    g_menu_remove (section, item);
  g_menu_insert (section, item, plain, action);
}

void
xps_actions_label_undo (GMenuModel *menu, const char *undo, const char *redo)
{
  g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, UNDO_SECTION, G_MENU_LINK_SECTION);
  set_label (G_MENU (section), 0, undo, "win.undo");
  set_label (G_MENU (section), 1, redo, "win.redo");
}

GMenuModel *
xps_actions_new_menu (void)
{
  static const char *const undo[] = {"win.undo", "win.redo", NULL};
  static const char *const file[] = {"app.new-window", "win.save", "win.save-as", "win.import-log", NULL};
  static const char *const export[] = {"win.export-plot", "win.export-table", "win.export-data",
                                       "win.copy-table", NULL};
  static const char *const fit[] = {"win.fit-selected", "win.live-fit", NULL};
  static const char *const program[] = {"app.preferences", "win.shortcuts", "app.about", NULL};
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) parts = g_menu_new (), model = new_model_menu (), plot = new_plot_menu ();
  g_autoptr (GMenu) region = new_region_menu (), panels = new_panel_menu ();
  append_section (menu, undo); /* UNDO_SECTION */
  append_section (menu, file);
  append_section (menu, fit);
  g_menu_append_submenu (parts, _ ("Model"), G_MENU_MODEL (model));
  g_menu_append_submenu (parts, _ ("Plot"), G_MENU_MODEL (plot));
  g_menu_append_submenu (parts, _ ("Region"), G_MENU_MODEL (region));
  g_menu_append_submenu (parts, _ ("Panels"), G_MENU_MODEL (panels));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (parts));
  append_section (menu, export);
  append_section (menu, program);
  return G_MENU_MODEL (menu);
}
