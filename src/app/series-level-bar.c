/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-level-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/reference-shell.h"
#include "app/series-drop.h"
#include "app/series-levels.h"

typedef struct {
  XpsSeriesDesk *desk;
  XpsSeriesSteps *steps; /* borrowed: lies in the same window */
  GtkDropDown *level;
  GtkWidget *box;
  gboolean updating;
} Bar;

/* ---- which spectra make a step ---- */

typedef struct {
  XpsSeriesDesk *desk;
  GtkSingleSelection *selection;
  GtkStringList *rows;
  GtkDropDown *rule, *level;
  GtkLabel *message;
  gboolean updating;
} Grouping;

static void
grouping_free (gpointer data)
{
  Grouping *self = data;
  g_object_unref (self->desk);
  g_free (self);
}

static char *
dup_region (XpsSeriesDesk *desk, guint place, gsize level)
{
  const XpsState *state =
      xps_project_get_state (xps_session_get_project (xps_series_desk_get_session (desk)));
  const guint id = xps_series_setup_get_region (xps_series_desk_get_setup (desk), place, level);
  const XpsRegion *region = id != 0 ? xps_state_find_region (state, id) : NULL;
  if (region == NULL)
    return g_strdup (_ ("not measured"));
  const XpsSample *sample = xps_state_find_sample (state, region->sample);
  return sample != NULL ? g_strdup_printf ("%s · %s", sample->name, region->name) : g_strdup (region->name);
}

static void
show_grouping (Grouping *self)
{
  const XpsSeriesSetup *setup = xps_series_desk_get_setup (self->desk);
  const guint at = gtk_single_selection_get_selected (self->selection);
  if (setup == NULL)
    return;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < setup->regions->len; i++)
    g_ptr_array_add (names, g_strdup_printf ("%u", i + 1));
  g_ptr_array_add (names, NULL);
  self->updating = TRUE;
  gtk_string_list_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                          (const char *const *)names->pdata);
  gtk_single_selection_set_selected (self->selection, at);
  gtk_drop_down_set_selected (self->rule, setup->grouping);
  self->updating = FALSE;
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, Grouping *self)
{
  const int level = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "xps-level"));
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  g_autofree char *text = level < 0
                              ? g_strdup_printf ("%u", gtk_list_item_get_position (item) + 1)
                              : dup_region (self->desk, gtk_list_item_get_position (item), (gsize)level);
  gtk_label_set_text (label, text);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_list_item_set_child (item, label);
}

static void
add_column (Grouping *self, GtkWidget *view, int level, const char *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_object_set_data (G_OBJECT (factory), "xps-level", GINT_TO_POINTER (level));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, level >= 0);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
  g_object_unref (column);
}

static void
take (Grouping *self, XpsSeriesSetup *setup)
{
  gtk_label_set_text (self->message, "");
  xps_series_desk_edit (self->desk, _ ("steps of a series"), setup);
  show_grouping (self);
}

static void
on_rule (Grouping *self)
{
  g_autoptr (GError) error = NULL;
  const XpsState *state =
      xps_project_get_state (xps_session_get_project (xps_series_desk_get_session (self->desk)));
  if (self->updating)
    return;
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (self->desk));
  if (xps_series_levels_regroup (setup, state, (XpsGroupRule)gtk_drop_down_get_selected (self->rule),
                                 &error)) {
    take (self, setup);
    return;
  }
  xps_series_setup_free (setup);
  gtk_label_set_text (self->message, error->message);
  show_grouping (self);
}

static void
shift (Grouping *self, gboolean down)
{
  const guint at = gtk_single_selection_get_selected (self->selection);
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (self->desk));
  xps_series_setup_shift_level (setup, gtk_drop_down_get_selected (self->level), at, down);
  take (self, setup);
}

static void
on_gap (Grouping *self)
{
  shift (self, TRUE);
}

static void
on_close_up (Grouping *self)
{
  shift (self, FALSE);
}

static GtkDropDown *
levels_new (XpsSeriesDesk *desk, const char *tip)
{
  const XpsSeriesSetup *setup = xps_series_desk_get_setup (desk);
  GtkDropDown *drop_down = xps_series_drop_down_new (NULL, tip);
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (drop_down));
  for (gsize k = 0; setup != NULL && k < xps_series_setup_get_n_levels (setup); k++) {
    const char *name = xps_series_setup_get_level_name (setup, k);
    gtk_string_list_append (names, name != NULL ? name : "");
  }
  return drop_down;
}

static GtkDropDown *
rules_new (void)
{
  static const char *const words[XPS_N_GROUP_RULES] = {
      N_ ("Guessed"),  N_ ("One file a step"),       N_ ("One sample a step"),
      N_ ("One name"), N_ ("By the order measured"), N_ ("By hand")};
  GtkStringList *names = gtk_string_list_new (NULL);
  for (int i = 0; i < XPS_N_GROUP_RULES; i++)
    gtk_string_list_append (names, _ (words[i]));
  GtkWidget *drop_down = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What makes a step"), -1);
  return GTK_DROP_DOWN (drop_down);
}

static GtkWidget *
action_new (const char *label, const char *tip, GCallback callback, Grouping *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_tooltip_text (button, tip);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
table_new (Grouping *self)
{
  const XpsSeriesSetup *setup = xps_series_desk_get_setup (self->desk);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  self->rows = gtk_string_list_new (NULL);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (self->rows));
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (self->selection));
  gtk_widget_add_css_class (view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Spectra of the steps"), -1);
  add_column (self, view, -1, _ ("Step"));
  for (gsize k = 0; k < xps_series_setup_get_n_levels (setup); k++)
    add_column (self, view, (int)k, xps_series_setup_get_level_name (setup, k));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
add_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

static void
present_grouping (Bar *bar)
{
  Grouping *self = g_new0 (Grouping, 1);
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tools = xps_shell_bar_new ();
  self->desk = g_object_ref (bar->desk);
  self->rule = rules_new ();
  self->level = levels_new (bar->desk, _ ("Core level that the buttons move"));
  self->message = GTK_LABEL (xps_shell_text_new ("", "error"));
  gtk_box_append (GTK_BOX (tools), GTK_WIDGET (self->rule));
  gtk_box_append (GTK_BOX (tools), GTK_WIDGET (self->level));
  gtk_box_append (GTK_BOX (tools),
                  action_new (_ ("Leave a _Gap"),
                              _ ("The level was not measured in the selected step: what follows moves down"),
                              G_CALLBACK (on_gap), self));
  gtk_box_append (GTK_BOX (tools), action_new (_ ("Close _Up"),
                                               _ ("Takes the level's spectrum out of the selected step; what "
                                                  "follows moves up"),
                                               G_CALLBACK (on_close_up), self));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), tools);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (box), table_new (self));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Steps and Core Levels"));
  gtk_window_set_default_size (GTK_WINDOW (window), 620, 520);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (bar->box)));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  add_escape (window);
  g_object_set_data_full (G_OBJECT (window), "xps-grouping", self, grouping_free);
  show_grouping (self);
  g_signal_connect_swapped (self->rule, "notify::selected", G_CALLBACK (on_rule), self);
  gtk_window_present (GTK_WINDOW (window));
}

/* ---- the bar ---- */

static void
bar_free (gpointer data)
{
  Bar *self = data;
  g_object_unref (self->desk);
  g_free (self);
}

/* Pictures, the player and the main window go to the level together. */
static void
on_level (Bar *self)
{
  const int step = xps_series_steps_get_current (self->steps);
  xps_series_desk_set_level (self->desk, gtk_drop_down_get_selected (self->level));
  if (step >= 0)
    xps_series_desk_open_step (self->desk, (guint)step);
  g_signal_emit_by_name (self->desk, "changed");
}

static gboolean
on_turn (GtkWidget *widget, GVariant *by, gpointer data)
{
  const guint n = g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (widget)));
  const int at = (int)gtk_drop_down_get_selected (GTK_DROP_DOWN (widget)) + g_variant_get_int32 (by);
  if (at < 0 || at >= (int)n)
    return FALSE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (widget), (guint)at);
  return TRUE;
}

/* Alt with Page Up and Page Down goes through the levels wherever the focus is. */
static void
add_keys (GtkWidget *level)
{
  static const struct {
    guint key;
    int by;
  } turns[] = {{GDK_KEY_Page_Up, -1}, {GDK_KEY_Page_Down, 1}};
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++) {
    GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (turns[i].key, GDK_ALT_MASK),
                                              gtk_callback_action_new (on_turn, NULL, NULL));
    gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (turns[i].by));
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
  }
  gtk_widget_add_controller (level, keys);
}

GtkWidget *
xps_series_level_bar_new (XpsSeriesDesk *desk, XpsSeriesSteps *steps)
{
  Bar *self = g_new0 (Bar, 1);
  const XpsSeriesSetup *setup = xps_series_desk_get_setup (desk);
  self->desk = g_object_ref (desk);
  self->steps = steps;
  self->box = xps_shell_bar_new ();
  self->level = levels_new (desk, _ ("Core level on the plots (Alt+Page Up, Alt+Page Down)"));
  add_keys (GTK_WIDGET (self->level));
  GtkWidget *grouping = gtk_button_new_with_mnemonic (_ ("_Steps…"));
  gtk_widget_set_tooltip_text (grouping, _ ("Which spectra make one step"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->level), TRUE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->level));
  gtk_box_append (GTK_BOX (self->box), grouping);
  gtk_widget_set_visible (self->box, setup != NULL && xps_series_setup_get_n_levels (setup) > 1);
  g_signal_connect_swapped (self->level, "notify::selected", G_CALLBACK (on_level), self);
  g_signal_connect_swapped (grouping, "clicked", G_CALLBACK (present_grouping), self);
  g_object_set_data_full (G_OBJECT (self->box), "xps-level-bar", self, bar_free);
  return self->box;
}
