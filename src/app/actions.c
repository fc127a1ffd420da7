/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions.h"

#include <glib/gi18n.h>

#include "app/commands.h"

/* Table of data: the commands. Keys with Control or Alt only: plain ones would be taken from entries. */
static const XpsCommand commands[] = {
    /* clang-format off */
    {"win.open", N_("Open…"), "<Control>o", XPS_GROUP_FILE, 0, .activate = xps_command_open},
    {"win.open-recent", NULL, NULL, XPS_GROUP_FILE, 0, .activate = xps_command_open_recent, .type = "s"},
    {"win.open-sample", N_("Open a Sample"), NULL, XPS_GROUP_FILE, 0, .activate = xps_command_open_sample},
    {"win.open-sample-series", N_("Open a Sample Series"), NULL, XPS_GROUP_FILE, 0, .activate = xps_command_open_sample_series},
    {"win.save", N_("Save"), "<Control>s", XPS_GROUP_FILE, 0, .activate = xps_command_save},
    {"win.save-as", N_("Save As…"), "<Control><Shift>s", XPS_GROUP_FILE, 0, .activate = xps_command_save_as},
    {"win.import-log", N_("What Was Read"), NULL, XPS_GROUP_FILE, 0, .activate = xps_command_import_log},
    {"win.export-plot", N_("Export Plot…"), "<Control>e", XPS_GROUP_FILE, XPS_NEEDS_REGION, .activate = xps_command_export_plot},
    {"win.export-table", N_("Export Table…"), "<Control><Shift>e", XPS_GROUP_FILE, XPS_NEEDS_COMPONENTS, .activate = xps_command_export_table},
    {"win.export-data", N_("Export Selected Spectra…"), "<Control><Alt>e", XPS_GROUP_FILE, XPS_NEEDS_REGION, .activate = xps_command_export_data},

    {"win.undo", N_("Undo"), "<Control>z", XPS_GROUP_EDIT, XPS_NEEDS_UNDO, .activate = xps_command_undo},
    {"win.redo", N_("Redo"), "<Control><Shift>z <Control>y", XPS_GROUP_EDIT, XPS_NEEDS_REDO, .activate = xps_command_redo},
    {"win.copy-table", N_("Copy Table"), "<Control><Alt>c", XPS_GROUP_EDIT, XPS_NEEDS_COMPONENTS, .activate = xps_command_copy_table},
    {"win.copy-model", N_("Copy Model"), "<Control><Shift>c", XPS_GROUP_EDIT, XPS_NEEDS_REGION, .activate = xps_command_copy_model},
    {"win.paste-model", N_("Paste Model into Selected Regions"), "<Control><Shift>v", XPS_GROUP_EDIT, XPS_NEEDS_REGION | XPS_NEEDS_COPIED, .activate = xps_command_paste_model},

    {"win.fit", N_("Fit"), "<Control>f", XPS_GROUP_FIT, XPS_NEEDS_COMPONENTS | XPS_NEEDS_BINDING, .activate = xps_command_fit},
    {"win.fit-selected", N_("Fit Selected Regions"), "<Control><Shift>f", XPS_GROUP_FIT, XPS_NEEDS_REGION, .activate = xps_command_fit_selected},
    {"win.series", N_("Series of Regions"), "<Control><Alt>s", XPS_GROUP_FIT, XPS_NEEDS_REGION, .activate = xps_command_series},
    {"win.stop-fit", N_("Stop the Fit"), "<Control>period", XPS_GROUP_FIT, XPS_NEEDS_FITTING, .activate = xps_command_stop_fit},
    {"win.live-fit", N_("Fit After Every Edit"), "<Control>l", XPS_GROUP_FIT, 0, .toggle = xps_command_live_fit},
    {"win.use-stored-fit", N_("Use the Fit Stored with the Data"), "<Control><Alt>f", XPS_GROUP_FIT, XPS_NEEDS_REGION | XPS_NEEDS_STORED, .activate = xps_command_use_stored_fit},

    {"win.add-component", N_("Add Component at the Pointer"), "<Control>k", XPS_GROUP_MODEL, XPS_NEEDS_REGION | XPS_NEEDS_BINDING, .activate = xps_command_add_component},
    {"win.add-doublet", N_("Add Doublet…"), "<Control><Shift>k", XPS_GROUP_MODEL, XPS_NEEDS_REGION | XPS_NEEDS_BINDING, .activate = xps_command_add_doublet},
    {"win.add-from-residual", N_("Add Component from the Residual"), "<Control>r", XPS_GROUP_MODEL, XPS_NEEDS_REGION | XPS_NEEDS_BINDING, .activate = xps_command_add_from_residual},
    {"win.duplicate-component", N_("Duplicate Component"), "<Control>d", XPS_GROUP_MODEL, XPS_NEEDS_COMPONENT, .activate = xps_command_duplicate_component},
    {"win.delete-component", N_("Delete Component"), "<Alt>Delete", XPS_GROUP_MODEL, XPS_NEEDS_COMPONENT, .activate = xps_command_delete_component},
    {"win.charge-reference", N_("Charge Reference…"), "<Control><Shift>r", XPS_GROUP_MODEL, XPS_NEEDS_REGION | XPS_NEEDS_BINDING, .activate = xps_command_charge_reference},
    {"win.reference", N_("Reference Database"), "<Control>b", XPS_GROUP_MODEL, 0, .activate = xps_command_reference},
    {"win.identify", N_("Identify Components"), "<Control>i", XPS_GROUP_MODEL, XPS_NEEDS_COMPONENTS, .activate = xps_command_identify},
    {"win.add-phase", N_("Add Phase to Sample…"), "<Control><Shift>b", XPS_GROUP_MODEL, XPS_NEEDS_REGION | XPS_NEEDS_BINDING, .activate = xps_command_add_phase},
    {"win.phases", N_("Phases…"), "<Alt><Shift>p", XPS_GROUP_MODEL, 0, .activate = xps_command_phases},
    {"win.release-phase", N_("Release Areas of the Phase"), NULL, XPS_GROUP_MODEL, XPS_NEEDS_COMPONENT, .activate = xps_command_release_phase},
    {"win.survey", N_("Elements of the Survey"), "<Control><Shift>i", XPS_GROUP_MODEL, XPS_NEEDS_REGION | XPS_NEEDS_BINDING, .activate = xps_command_survey},
    {"win.periodic", N_("Lines of the Elements"), "<Alt>e", XPS_GROUP_MODEL, XPS_NEEDS_NOTHING, .activate = xps_command_periodic},
    {"win.save-template", N_("Save Model as Template…"), NULL, XPS_GROUP_MODEL, XPS_NEEDS_COMPONENTS, .activate = xps_command_save_template},
    {"win.apply-template", N_("Apply Template…"), "<Control>t", XPS_GROUP_MODEL, XPS_NEEDS_REGION, .activate = xps_command_apply_template},

    {"win.zoom-in", N_("Zoom In"), "<Control>plus <Control>equal <Control>KP_Add", XPS_GROUP_PLOT, XPS_NEEDS_REGION, .activate = xps_command_zoom_in},
    {"win.zoom-out", N_("Zoom Out"), "<Control>minus <Control>KP_Subtract", XPS_GROUP_PLOT, XPS_NEEDS_REGION, .activate = xps_command_zoom_out},
    {"win.zoom-all", N_("Show Everything"), "<Control>0 <Control>KP_0", XPS_GROUP_PLOT, XPS_NEEDS_REGION, .activate = xps_command_zoom_all},
    {"win.zoom-window", N_("Show the Fit Window"), "<Control>9 <Control>KP_9", XPS_GROUP_PLOT, XPS_NEEDS_REGION, .activate = xps_command_zoom_window},
    {"win.view-back", N_("Previous View"), "<Alt>Left", XPS_GROUP_PLOT, XPS_NEEDS_REGION, .activate = xps_command_view_back},
    {"win.view-forward", N_("Next View"), "<Alt>Right", XPS_GROUP_PLOT, XPS_NEEDS_REGION, .activate = xps_command_view_forward},
    {"win.pan-left", N_("Pan Left"), "<Alt><Shift>Left", XPS_GROUP_PLOT, XPS_NEEDS_REGION, .activate = xps_command_pan_left},
    {"win.pan-right", N_("Pan Right"), "<Alt><Shift>Right", XPS_GROUP_PLOT, XPS_NEEDS_REGION, .activate = xps_command_pan_right},
    {"win.kinetic", N_("Kinetic Energy"), "<Alt>k", XPS_GROUP_PLOT, 0, .property = "kinetic"},
    {"win.per-second", N_("Counts per Second"), "<Alt>s", XPS_GROUP_PLOT, 0, .property = "per-second"},
    {"win.log", N_("Logarithmic Intensity"), "<Alt>l", XPS_GROUP_PLOT, 0, .property = "log"},
    {"win.residuals", N_("Residuals"), "<Alt>r", XPS_GROUP_PLOT, 0, .property = "residuals"},
    {"win.cross-hair", N_("Cross-Hair"), "<Alt>h", XPS_GROUP_PLOT, 0, .property = "cross-hair"},
    {"win.ghosts", N_("Lines of the Literature"), "<Alt>g", XPS_GROUP_PLOT, 0, .property = "ghosts"},
    {"win.second-hand", N_("Second-Hand Lines, Too"), "<Alt><Shift>g", XPS_GROUP_PLOT, 0, .property = "second-hand"},
    {"win.normalise", NULL, NULL, XPS_GROUP_PLOT, 0, .property = "normalise"},
    {"win.mode", NULL, NULL, XPS_GROUP_PLOT, 0, .property = "mode"},
    {"win.tool", NULL, NULL, XPS_GROUP_PLOT, 0, .property = "tool"},
    {"win.focus-plot", N_("Go to the Plot"), "<Alt>p", XPS_GROUP_PLOT, XPS_NEEDS_REGION, .activate = xps_command_focus_plot},

    {"win.next-region", N_("Next Region"), "<Control>Page_Down", XPS_GROUP_REGION, XPS_NEEDS_REGION, .activate = xps_command_next_region},
    {"win.previous-region", N_("Previous Region"), "<Control>Page_Up", XPS_GROUP_REGION, XPS_NEEDS_REGION, .activate = xps_command_previous_region},
    {"win.rename-region", N_("Rename Region…"), "F2", XPS_GROUP_REGION, XPS_NEEDS_REGION, .activate = xps_command_rename_region},
    {"win.rename-sample", NULL, NULL, XPS_GROUP_REGION, XPS_NEEDS_REGION, .activate = xps_command_rename_sample, .type = "u"},
    {"win.move-region", N_("Move to Another Sample…"), "<Control><Shift>m", XPS_GROUP_REGION, XPS_NEEDS_REGION, .activate = xps_command_move_region},
    {"win.delete-region", N_("Delete Selected Regions"), "<Control><Shift>Delete", XPS_GROUP_REGION, XPS_NEEDS_REGION, .activate = xps_command_delete_region},

    {"win.toggle-browser", N_("List of Regions"), "F9", XPS_GROUP_WINDOW, 0, .toggle = xps_command_toggle_browser},
    {"win.toggle-inspector", N_("Inspector"), "<Control>F9", XPS_GROUP_WINDOW, 0, .toggle = xps_command_toggle_inspector},
    {"win.show-page", NULL, NULL, XPS_GROUP_WINDOW, XPS_NEEDS_REGION, .activate = xps_command_show_page, .type = "s"},
    {"win.toggle-table", N_("Component Table"), "<Shift>F9", XPS_GROUP_WINDOW, 0, .toggle = xps_command_toggle_table},
    {"win.shortcuts", N_("Keyboard Shortcuts"), "<Control>question", XPS_GROUP_WINDOW, 0, .activate = xps_command_shortcuts},
    {"win.close", N_("Close Window"), "<Control>w", XPS_GROUP_WINDOW, 0, .activate = xps_command_close},
    {"app.new-window", N_("New Window"), "<Control>n", XPS_GROUP_WINDOW, .needs = 0},
    {"app.preferences", N_("Preferences"), "<Control>comma", XPS_GROUP_WINDOW, .needs = 0},
    {"app.about", N_("About Corelevel"), NULL, XPS_GROUP_WINDOW, .needs = 0},
    {"app.quit", N_("Quit"), "<Control>q", XPS_GROUP_WINDOW, .needs = 0},
    /* clang-format on */
};

const XpsCommand *
xps_commands_get (gsize *n)
{
  *n = G_N_ELEMENTS (commands);
  return commands;
}

const XpsCommand *
xps_command_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

const char *
xps_command_group_title (XpsCommandGroup group)
{
  static const char *const titles[] = {
      [XPS_GROUP_FILE] = N_ ("Files"),    [XPS_GROUP_EDIT] = N_ ("Edit"), [XPS_GROUP_FIT] = N_ ("Fit"),
      [XPS_GROUP_MODEL] = N_ ("Model"),   [XPS_GROUP_PLOT] = N_ ("Plot"), [XPS_GROUP_REGION] = N_ ("Regions"),
      [XPS_GROUP_WINDOW] = N_ ("Window"),
  };
  return _ (titles[group]);
}

/* ---- making actions of them ---- */

static const XpsCommand *
find_for_action (GAction *action)
{
  g_autofree char *name = g_strconcat ("win.", g_action_get_name (action), NULL);
  return xps_command_find (name);
}

/* Whether the command is about the document, which then must hold what is still being typed. Undo first
 * undoes the typing; a save takes what there is by itself, and goes on in any case. */
static gboolean
wants_typing (const XpsCommand *command)
{
  static const char *const others[] = {"win.undo",    "win.redo", "win.save",
                                       "win.save-as", "win.open", "win.stop-fit"};
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (command->name, others[i]) == 0)
      return FALSE;
  return command->group != XPS_GROUP_PLOT && command->group != XPS_GROUP_WINDOW;
}

static void
on_activate (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  const XpsCommand *command = find_for_action (G_ACTION (action));
  xps_session_settle (XPS_WINDOW (window)->session);
  if (!wants_typing (command) || xps_window_take_typing (window))
    command->activate (window, parameter);
}

static void
on_change_state (GSimpleAction *action, GVariant *state, gpointer window)
{
  if (find_for_action (G_ACTION (action))->toggle (window, g_variant_get_boolean (state)))
    g_simple_action_set_state (action, state);
}

static GAction *
new_property_action (XpsWindow *self, const XpsCommand *command, const char *name)
{
  GObjectClass *class = G_OBJECT_GET_CLASS (self->plot);
  if (g_object_class_find_property (class, command->property) == NULL)
    return NULL;
  return G_ACTION (g_property_action_new (name, self->plot, command->property));
}

static GAction *
new_action (XpsWindow *self, const XpsCommand *command, const char *name)
{
  GSimpleAction *action;
  if (command->property != NULL)
    return new_property_action (self, command, name);
  if (command->toggle != NULL) {
    action = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (FALSE));
    g_signal_connect (action, "change-state", G_CALLBACK (on_change_state), self);
    return G_ACTION (action);
  }
  g_autoptr (GVariantType) type = command->type != NULL ? g_variant_type_new (command->type) : NULL;
  action = g_simple_action_new (name, type);
  g_signal_connect (action, "activate", G_CALLBACK (on_activate), self);
  return G_ACTION (action);
}

void
xps_actions_install (XpsWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (!g_str_has_prefix (commands[i].name, "win."))
      continue;
    g_autoptr (GAction) action = new_action (self, &commands[i], commands[i].name + strlen ("win."));
    if (action != NULL)
      g_action_map_add_action (G_ACTION_MAP (self), action);
  }
  g_autoptr (GMenuModel) menu = xps_actions_new_menu ();
  gtk_menu_button_set_menu_model (self->menu_button, menu);
}

void
xps_actions_set_accels (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (commands[i].accels == NULL)
      continue;
    g_auto (GStrv) accels = g_strsplit (commands[i].accels, " ", -1);
    gtk_application_set_accels_for_action (application, commands[i].name, (const char *const *)accels);
  }
}

static guint
find_what_there_is (XpsWindow *self)
{
  guint there = 0;
  const XpsRegion *region = xps_session_get_region (self->session);
  if (xps_project_get_undo_label (self->project) != NULL)
    there |= XPS_NEEDS_UNDO;
  if (xps_project_get_redo_label (self->project) != NULL)
    there |= XPS_NEEDS_REDO;
  if (xps_session_get_copied_model (self->session) != NULL)
    there |= XPS_NEEDS_COPIED;
  if (xps_session_get_fitting (self->session))
    there |= XPS_NEEDS_FITTING;
  if (region == NULL)
    return there;
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  const XpsStoredFit *stored = xps_spectrum_get_stored_fit (region->spectrum);
  const XpsPreview *preview = xps_session_get_preview (self->session);
  there |= XPS_NEEDS_REGION;
  there |= part->components->len > 0 ? XPS_NEEDS_COMPONENTS : 0;
  there |= xps_session_get_component (self->session) >= 0 ? XPS_NEEDS_COMPONENT : 0;
  there |= stored != NULL && stored->components->len > 0 ? XPS_NEEDS_STORED : 0;
  there |= preview != NULL && preview->has_binding ? XPS_NEEDS_BINDING : 0;
  return there;
}

void
xps_actions_refresh (XpsWindow *self)
{
  const guint there = find_what_there_is (self);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (!g_str_has_prefix (commands[i].name, "win.") || commands[i].property != NULL)
      continue;
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), commands[i].name + strlen ("win."));
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), (commands[i].needs & ~there) == 0);
  }
}
