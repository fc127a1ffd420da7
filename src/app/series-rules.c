/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-rules.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "app/reference-shell.h"
#include "app/series-level-bar.h"
#include "series/widen.h"

/* Every choice is an edit of the setup at once: undo takes it back. */

#define PLACE_KEY "xps-place"

typedef struct {
  XpsSeriesDesk *desk;
  GtkBox *groups;
  gboolean updating;
  guint pending; /* source that shows everything anew */
} Rules;

static void show (Rules *self);

static void
rules_free (gpointer data)
{
  Rules *self = data;
  g_clear_handle_id (&self->pending, g_source_remove);
  g_object_unref (self->desk);
  g_free (self);
}

static gboolean
show_now (gpointer data)
{
  Rules *self = data;
  self->pending = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

/* Not within the signal of a row that will go. */
static void
show_later (gpointer data)
{
  Rules *self = data;
  if (self->pending == 0)
    self->pending = g_idle_add (show_now, self);
}

static const char *
across_words (int across)
{
  static const char *const words[] = {
      [XPS_ACROSS_FREE] = N_ ("Each step its own"),       [XPS_ACROSS_SHARED] = N_ ("One for all steps"),
      [XPS_ACROSS_LINEAR] = N_ ("A line along the axis"), [XPS_ACROSS_LOGISTIC] = N_ ("From level to level"),
      [XPS_ACROSS_SPLINE] = N_ ("A smooth curve"),        [XPS_ACROSS_WIDENING] = N_ ("A width that grows"),
  };
  return _ (words[across]);
}

#define N_ACROSS (XPS_ACROSS_WIDENING + 1)

/* ---- parameters ---- */

static void
on_across (AdwComboRow *row, GParamSpec *pspec, Rules *self)
{
  const char *parameter = g_object_get_data (G_OBJECT (row), PLACE_KEY);
  if (self->updating)
    return;
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (self->desk));
  xps_series_plan_set_rule (setup->plan, parameter, (XpsAcross)adw_combo_row_get_selected (row), 0);
  g_autofree char *label = g_strdup_printf (_ ("%s along a series"), parameter);
  xps_series_desk_edit (self->desk, label, setup);
}

static GtkWidget *
parameter_row_new (Rules *self, const XpsSeriesSetup *setup, const XpsParameter *parameter)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  for (int i = 0; i < N_ACROSS; i++)
    gtk_string_list_append (list, across_words (i));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), parameter->name);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row),
                              xps_series_plan_get_rule (setup->plan, parameter->name, NULL));
  g_object_set_data_full (G_OBJECT (row), PLACE_KEY, g_strdup (parameter->name), g_free);
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_across), self);
  return row;
}

static void
add_parameters (Rules *self, const XpsSeriesSetup *setup)
{
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Parameters"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("What each free parameter is along the series. It counts in a "
                                            "global fit; links of the model hold in "
                                            "every step."));
  for (guint i = 0; i < setup->model->parameters->len; i++) {
    const XpsParameter *parameter = g_ptr_array_index (setup->model->parameters, i);
    if (parameter->kind == XPS_PARAMETER_FREE)
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), parameter_row_new (self, setup, parameter));
  }
  gtk_box_append (self->groups, group);
}

/* ---- frames ---- */

static const char *const frame_names[] = {"working electrode", "electrolyte"};

static const char *
frame_words (guint frame)
{
  return frame == 1   ? _ ("Moves with the electrode")
         : frame == 2 ? _ ("Moves with the electrolyte")
                      : _ ("In no frame");
}

static guint
find_frame (const XpsSeriesPlan *plan, const char *component)
{
  for (guint i = 0; i < plan->frames->len; i++) {
    const XpsEnergyFrame *frame = g_ptr_array_index (plan->frames, i);
    for (guint k = 0; k < frame->components->len; k++)
      if (strcmp (g_ptr_array_index (frame->components, k), component) == 0)
        return strcmp (frame->name, frame_names[0]) == 0 ? 1 : 2;
  }
  return 0;
}

static void
take_from_frames (XpsSeriesPlan *plan, const char *component)
{
  for (guint i = plan->frames->len; i-- > 0;) {
    XpsEnergyFrame *frame = g_ptr_array_index (plan->frames, i);
    for (guint k = frame->components->len; k-- > 0;)
      if (strcmp (g_ptr_array_index (frame->components, k), component) == 0)
        g_ptr_array_remove_index (frame->components, k);
    if (frame->components->len == 0)
      g_ptr_array_remove_index (plan->frames, i);
  }
}

static void
on_frame (AdwComboRow *row, GParamSpec *pspec, Rules *self)
{
  const char *component = g_object_get_data (G_OBJECT (row), PLACE_KEY);
  const guint chosen = adw_combo_row_get_selected (row);
  if (self->updating)
    return;
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (self->desk));
  take_from_frames (setup->plan, component);
  if (chosen > 0) {
    /* What is on the working electrode follows its Fermi level, which is the reference of the energies. */
    XpsEnergyFrame *frame = xps_series_plan_add_frame (setup->plan, frame_names[chosen - 1], XPS_FRAME_LINEAR,
                                                       chosen == 1 ? 0 : 1);
    g_ptr_array_add (frame->components, g_strdup (component));
  }
  g_autofree char *label = g_strdup_printf (_ ("energy frame of %s"), component);
  xps_series_desk_edit (self->desk, label, setup);
  show_later (self);
}

static GtkWidget *
frame_row_new (Rules *self, const XpsSeriesSetup *setup, const char *component)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  for (guint i = 0; i <= G_N_ELEMENTS (frame_names); i++)
    gtk_string_list_append (list, frame_words (i));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), component);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), find_frame (setup->plan, component));
  g_object_set_data_full (G_OBJECT (row), PLACE_KEY, g_strdup (component), g_free);
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_frame), self);
  return row;
}

/* Only lines with a position of their own: what is linked goes where the other goes. */
static void
add_frames_of (Rules *self, const XpsSeriesSetup *setup, const XpsModelPart *part, AdwPreferencesGroup *group)
{
  for (guint i = 0; i < part->components->len; i++) {
    const XpsComponent *component = g_ptr_array_index (part->components, i);
    const int role = xps_shape_find_kind (component->shape, XPS_ROLE_POSITION);
    const int at = role >= 0 && component->roles[role] != NULL
                       ? xps_model_find_parameter (setup->model, component->roles[role])
                       : -1;
    const XpsParameter *position = at >= 0 ? g_ptr_array_index (setup->model->parameters, at) : NULL;
    if (position != NULL && position->kind == XPS_PARAMETER_FREE)
      adw_preferences_group_add (group, frame_row_new (self, setup, component->name));
  }
}

static gboolean
on_widening (GtkSwitch *control, gboolean on, Rules *self)
{
  const char *frame = g_object_get_data (G_OBJECT (control), PLACE_KEY);
  g_autoptr (GError) error = NULL;
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (self->desk));
  if (!on)
    xps_series_keep_width (setup->model, setup->plan, frame);
  else if (!xps_series_widen (setup->model, setup->plan, frame, &error)) {
    xps_series_setup_free (setup);
    g_signal_emit_by_name (self->desk, "message", error->message);
    gtk_widget_set_tooltip_text (GTK_WIDGET (control), error->message);
    return TRUE;
  }
  gtk_switch_set_state (control, on);
  g_autofree char *label = g_strdup_printf (_ ("widths of the frame %s"), frame);
  xps_series_desk_edit (self->desk, label, setup);
  show_later (self);
  return TRUE;
}

/* A potential that differs from place to place widens what follows it. */
static void
add_widening (Rules *self, const XpsSeriesSetup *setup, AdwPreferencesGroup *group)
{
  for (guint f = 0; f < setup->plan->frames->len; f++) {
    const XpsEnergyFrame *frame = g_ptr_array_index (setup->plan->frames, f);
    GtkWidget *row = adw_action_row_new (), *control = gtk_switch_new ();
    g_autofree char *title = g_strdup_printf (_ ("Widths grow with the potential: %s"), frame->name);
    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                                 _ ("In proportion to the distance from the first step, in quadrature"));
    gtk_switch_set_active (GTK_SWITCH (control),
                           xps_series_is_widening (setup->model, setup->plan, frame->name));
    gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
    g_object_set_data_full (G_OBJECT (control), PLACE_KEY, g_strdup (frame->name), g_free);
    g_signal_connect (control, "state-set", G_CALLBACK (on_widening), self);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
    adw_preferences_group_add (group, row);
  }
}

static void
add_frames (Rules *self, const XpsSeriesSetup *setup)
{
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Energy Frames"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("Lines of one frame shift together along the axis, whatever core level they are in; the slope is "
         "fitted (global fit)."));
  for (guint s = 0; s < setup->model->parts->len; s++)
    add_frames_of (self, setup, g_ptr_array_index (setup->model->parts, s), ADW_PREFERENCES_GROUP (group));
  add_widening (self, setup, ADW_PREFERENCES_GROUP (group));
  gtk_box_append (self->groups, group);
}

static void
show (Rules *self)
{
  const XpsSeriesSetup *setup = xps_series_desk_get_setup (self->desk);
  self->updating = TRUE;
  xps_shell_clear (self->groups);
  if (setup != NULL) {
    GtkWidget *ties = xps_series_ties_new (self->desk, show_later, self);
    add_frames (self, setup);
    if (ties != NULL)
      gtk_box_append (self->groups, ties);
    add_parameters (self, setup);
  }
  self->updating = FALSE;
}

void
xps_series_rules_present (GtkWindow *parent, XpsSeriesDesk *desk)
{
  Rules *self = g_new0 (Rules, 1);
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *column = xps_shell_column_new (&self->groups);
  self->desk = g_object_ref (desk);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Parameters Along the Series"));
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 560);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), column);
  adw_window_set_content (ADW_WINDOW (window), box);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  g_object_set_data_full (G_OBJECT (window), "xps-rules", self, rules_free);
  show (self);
  gtk_window_present (GTK_WINDOW (window));
}
