/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/phase-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/commands.h"
#include "app/page-combo.h"
#include "app/page-number.h"
#include "app/phase-rows.h"
#include "app/reference-catalogue.h"
#include "app/reference-shell.h"

#define KEY "xps-phase-dialog"

typedef struct {
  GtkWindow *window;
  XpsWindow *parent;
  XpsReference *reference;
  XpsPhasePlan *plan; /* or NULL */
  GPtrArray *names;   /* char *: what can be chosen ... */
  GPtrArray *titles;  /* ... and how it is shown */
  char *level;        /* or NULL */
  guint target;
  XpsPhaseScope scope;
  AdwComboRow *phase, *where, *linked;
  AdwEntryRow *tolerance;
  GtkWidget *widths, *add;
  GtkBox *groups;
  AdwPreferencesGroup *lines;
  GPtrArray *rows; /* GtkWidget */
  GtkLabel *note, *problem;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;
  g_clear_pointer (&self->plan, xps_phase_plan_free);
  g_clear_pointer (&self->reference, xps_reference_free);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->rows);
  g_free (self->level);
  g_free (self);
}

static XpsSession *
get_session (const Dialog *self)
{
  return xps_window_get_session (self->parent);
}

/* ---- what would happen ---- */

static void
say (Dialog *self, const char *sentence)
{
  gtk_label_set_label (self->problem, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
}

static void
show_note (Dialog *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *gaps = xps_sensitivity_dup_gaps (self->plan->gaps);
  if (self->plan->link_areas)
    g_string_append (text, _ ("Areas follow atoms, cross section and attenuation length: within a region "
                              "exactly, across regions within the tolerance."));
  if (self->plan->link_areas && gaps[0] != '\0')
    g_string_append_printf (text, " %s", gaps);
  if (self->plan->note != NULL && self->plan->note[0] != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", self->plan->note);
  gtk_label_set_label (self->note, text->str);
}

static void
on_changed (gpointer data)
{
  Dialog *self = data;
  if (self->plan == NULL)
    return;
  xps_phase_plan_expect (self->plan, get_session (self));
  for (guint i = 0; i < self->rows->len; i++)
    xps_phase_row_refresh (g_ptr_array_index (self->rows, i), self->plan);
  g_autofree char *problem = xps_phase_plan_dup_problem (self->plan);
  say (self, problem);
  gtk_widget_set_sensitive (self->add, problem == NULL);
  show_note (self);
}

static void
on_links (Dialog *self)
{
  double percent;
  if (self->plan == NULL)
    return;
  const guint choice = adw_combo_row_get_selected (self->linked); /* within a tolerance, exactly, not */
  self->plan->link_areas = choice < 2;
  self->plan->share_widths = gtk_switch_get_active (GTK_SWITCH (self->widths));
  gtk_widget_set_visible (GTK_WIDGET (self->tolerance), choice == 0);
  gtk_widget_remove_css_class (GTK_WIDGET (self->tolerance), "error");
  self->plan->tolerance = 0.0;
  if (choice == 0) {
    if (xps_page_parse_number (gtk_editable_get_text (GTK_EDITABLE (self->tolerance)), FALSE, &percent,
                               NULL) &&
        percent > 0.0 && percent < 100.0)
      self->plan->tolerance = percent / 100.0;
    else
      gtk_widget_add_css_class (GTK_WIDGET (self->tolerance), "error");
  }
  on_changed (self);
}

static void
make_plan (Dialog *self)
{
  g_autoptr (GError) error = NULL;
  const guint selected = adw_combo_row_get_selected (self->phase);
  if (selected >= self->names->len)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->lines, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->plan, xps_phase_plan_free);
  self->scope = adw_combo_row_get_selected (self->where) == 0 ? XPS_PHASE_REGION : XPS_PHASE_SAMPLE;
  self->plan =
      xps_phase_plan_new (self->reference, get_session (self), g_ptr_array_index (self->names, selected),
                          self->level, self->target, self->scope, &error);
  gtk_widget_set_sensitive (self->add, self->plan != NULL);
  if (self->plan == NULL) {
    say (self, error->message);
    return;
  }
  g_autofree char *title = g_markup_escape_text (self->plan->title, -1);
  adw_preferences_group_set_title (self->lines, title);
  adw_preferences_group_set_description (
      self->lines, self->plan->own ? _ ("A phase of your own, not of the shipped table.") : NULL);
  for (guint i = 0; i < self->plan->rows->len; i++) {
    GtkWidget *row =
        xps_phase_row_new (g_ptr_array_index (self->plan->rows, i), get_session (self), on_changed, self);
    adw_preferences_group_add (self->lines, row);
    g_ptr_array_add (self->rows, row);
  }
  on_links (self);
}

gboolean
xps_phase_dialog_accept (GtkWindow *window)
{
  Dialog *self = xps_shell_get_data (window);
  g_autoptr (GError) error = NULL;
  if (self->plan == NULL)
    return FALSE;
  if (!xps_phase_plan_apply (self->plan, get_session (self), &error)) {
    say (self, error->message);
    return FALSE;
  }
  gtk_window_destroy (window);
  return TRUE;
}

XpsPhasePlan *
xps_phase_dialog_get_plan (GtkWindow *window)
{
  return ((Dialog *)xps_shell_get_data (window))->plan;
}

/* ---- the window ---- */

static AdwComboRow *
combo_new (AdwPreferencesGroup *group, const char *title, const char *const *words, guint selected)
{
  GtkWidget *row = xps_page_combo_row_new (title);
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  adw_preferences_group_add (group, row);
  return ADW_COMBO_ROW (row);
}

/* A phase that the target shows at all: what a person most likely wants. */
static gboolean
is_likely (const Dialog *self, const XpsReferencePhase *phase)
{
  const XpsRegion *region = xps_state_find_region (
      xps_project_get_state (xps_session_get_project (get_session (self))), self->target);
  g_autofree char *level = region != NULL ? xps_region_dup_level (region->spectrum) : NULL;
  for (guint i = 0; level != NULL && i < phase->lines->len; i++)
    if (g_str_has_prefix (((XpsPhaseLine *)g_ptr_array_index (phase->lines, i))->level, level))
      return TRUE;
  return FALSE;
}

static guint
list_names (Dialog *self, const char *name)
{
  g_autoptr (GPtrArray) phases = xps_reference_list_phases (self->reference, NULL, NULL);
  guint selected = 0;
  gboolean there = name == NULL, likely = FALSE;
  for (guint i = 0; phases != NULL && i < phases->len; i++) {
    const XpsReferencePhase *phase = g_ptr_array_index (phases, i);
    if (g_strcmp0 (phase->name, name) == 0) {
      selected = self->names->len;
      there = TRUE;
    } else if (name == NULL && !likely && is_likely (self, phase)) {
      selected = self->names->len;
      likely = TRUE;
    }
    g_ptr_array_add (self->names, g_strdup (phase->name));
    /* Translators: a phase in a list of them: "Li6PS5Br (your own)". */
    g_ptr_array_add (self->titles, phase->own ? g_strdup_printf (_ ("%s (your own)"), phase->name)
                                              : g_strdup (phase->name));
  }
  if (there)
    return selected;
  g_ptr_array_insert (self->names, 0, g_strdup (name)); /* a species that is no phase */
  g_ptr_array_insert (self->titles, 0, g_strdup (name));
  return 0;
}

static void
add_choices (Dialog *self, const char *name)
{
  const char *const scopes[] = {_ ("This region"), _ ("All regions of the sample"), NULL};
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  const guint selected = list_names (self, name);
  for (guint i = 0; i < self->titles->len; i++)
    gtk_string_list_append (words, g_ptr_array_index (self->titles, i));
  self->phase = combo_new (group, _ ("Phase"), NULL, 0);
  adw_combo_row_set_model (self->phase, G_LIST_MODEL (words));
  adw_combo_row_set_selected (self->phase, selected);
  self->where = combo_new (group, _ ("Into"), scopes, self->scope == XPS_PHASE_REGION ? 0 : 1);
  gtk_box_append (self->groups, GTK_WIDGET (group));
  g_signal_connect_swapped (self->phase, "notify::selected", G_CALLBACK (make_plan), self);
  g_signal_connect_swapped (self->where, "notify::selected", G_CALLBACK (make_plan), self);
}

static void
add_links (Dialog *self)
{
  const char *const choices[] = {_ ("Linked within a tolerance"), _ ("Linked exactly"), _ ("Not linked"),
                                 NULL};
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_group_set_title (group, _ ("Links"));
  self->linked = combo_new (group, _ ("Areas across core levels"), choices, 0);
  self->tolerance = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->tolerance), _ ("Tolerance in %"));
  gtk_editable_set_text (GTK_EDITABLE (self->tolerance), "20");
  adw_preferences_group_add (group, GTK_WIDGET (self->tolerance));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Same widths within a region"));
  self->widths = gtk_switch_new ();
  gtk_switch_set_active (GTK_SWITCH (self->widths), TRUE);
  gtk_widget_set_valign (self->widths, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->widths);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->widths);
  adw_preferences_group_add (group, row);
  self->note = GTK_LABEL (xps_shell_text_new ("", "dim-label"));
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "caption");
  gtk_box_append (self->groups, GTK_WIDGET (group));
  gtk_box_append (self->groups, GTK_WIDGET (self->note));
  g_signal_connect_swapped (self->linked, "notify::selected", G_CALLBACK (on_links), self);
  g_signal_connect_swapped (self->tolerance, "changed", G_CALLBACK (on_links), self);
  g_signal_connect_swapped (self->widths, "notify::active", G_CALLBACK (on_links), self);
}

static void
on_add (Dialog *self)
{
  xps_phase_dialog_accept (self->window);
}

static void
fill (Dialog *self, const XpsShell *shell, const char *name)
{
  GtkWidget *foot = xps_shell_bar_new (), *column = xps_shell_column_new (&self->groups);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  self->add = gtk_button_new_with_mnemonic (_ ("_Add"));
  gtk_widget_add_css_class (self->add, "suggested-action");
  adw_header_bar_set_show_end_title_buttons (shell->header, FALSE);
  adw_header_bar_set_show_start_title_buttons (shell->header, FALSE);
  adw_header_bar_pack_start (shell->header, cancel);
  adw_header_bar_pack_end (shell->header, self->add);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), shell->window);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add), self);
  add_choices (self, name);
  self->lines = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  gtk_box_append (self->groups, GTK_WIDGET (self->lines));
  add_links (self);
  self->problem = GTK_LABEL (xps_shell_text_new ("", "error"));
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->problem));
  gtk_box_append (shell->box, column);
  gtk_box_append (shell->box, foot);
}

GtkWindow *
xps_phase_dialog_present (XpsWindow *parent, const char *name, const char *level, guint target,
                          XpsPhaseScope scope)
{
  g_autoptr (GError) error = NULL;
  GtkWindow *open = xps_shell_present (parent, KEY);
  if (open != NULL)
    gtk_window_destroy (open); /* what was asked for now is meant */
  XpsReference *reference = xps_catalogue_open_reference (&error);
  if (reference == NULL) {
    xps_window_say (parent, error->message, TRUE);
    return NULL;
  }
  Dialog *self = g_new0 (Dialog, 1);
  const XpsShell shell = xps_shell_new (parent, KEY, _ ("Add Phase"), 560, 720, self, dialog_free);
  self->window = shell.window;
  self->parent = parent;
  self->reference = reference;
  self->level = g_strdup (level);
  self->target = target;
  self->scope = scope;
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new ();
  gtk_window_set_modal (self->window, TRUE);
  fill (self, &shell, name);
  make_plan (self);
  if (self->plan != NULL && !self->plan->link_areas)
    adw_combo_row_set_selected (self->linked, 2);
  gtk_window_present (self->window);
  return self->window;
}

void
xps_command_add_phase (XpsWindow *self, GVariant *parameter)
{
  const guint region = xps_session_get_region_id (xps_window_get_session (self));
  xps_phase_dialog_present (self, NULL, NULL, region, XPS_PHASE_SAMPLE);
}
