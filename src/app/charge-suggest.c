/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/charge-suggest.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/page-number.h"
#include "app/reference-catalogue.h"
#include "app/reference-item.h"
#include "app/reference-shell.h"

#define DATA_KEY       "xps-charge-suggest"
#define SUGGESTION_KEY "xps-suggestion"
#define PART           0

typedef struct {
  GtkWindow *window;
  XpsSession *session;
  XpsReference *reference;
  XpsChargePicked picked;
  gpointer data;
  XpsChargeOptions options;
  GArray *marks;          /* XpsChargeMark */
  GPtrArray *suggestions; /* XpsChargeSuggestion, or NULL */
  GtkBox *groups;
  GtkWidget *work_function;
} Suggest;

static void
suggest_free (gpointer data)
{
  Suggest *self = data;
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  g_array_unref (self->marks);
  g_clear_pointer (&self->reference, xps_reference_free);
  g_object_unref (self->session);
  g_free (self);
}

/* ---- where the sample's lines are ---- */

static gboolean
has_current_fit (const XpsRegion *region)
{
  const XpsFitState state = xps_region_get_fit_state (region);
  return region->record != NULL && (state == XPS_FIT_STATE_FITTED || state == XPS_FIT_STATE_WARNED);
}

static void
list_marks (Suggest *self)
{
  const XpsRegion *shown = xps_session_get_region (self->session);
  const XpsState *state = xps_project_get_state (xps_session_get_project (self->session));
  for (guint i = 0; i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    if (region->sample != shown->sample || region->kind == XPS_REGION_OTHER)
      continue;
    if (has_current_fit (region))
      xps_charge_add_record (self->marks, region->record, self->reference);
    XpsEnergyScale scale = region->scale;
    scale.shift = ((XpsModelPart *)g_ptr_array_index (region->model->parts, PART))->energy_shift;
    xps_charge_add_spectrum (self->marks, region->spectrum, &scale);
  }
}

/* ---- one suggestion ---- */

static void
on_use (GtkButton *button, Suggest *self)
{
  self->picked (g_object_get_data (G_OBJECT (button), SUGGESTION_KEY), self->data);
  gtk_window_destroy (self->window);
}

static char *
dup_words (const XpsChargeSuggestion *suggestion)
{
  const XpsChargeMark *mark = suggestion->mark;
  g_autofree char *found = isfinite (mark->error)
                               ? xps_page_dup_quantity ((XpsQuantity){mark->energy, mark->error}, 2)
                               : xps_page_dup_number (mark->energy, 2);
  g_autofree char *value = xps_page_dup_number (suggestion->value, 2);
  g_autofree char *uncertainty = xps_page_dup_number (suggestion->uncertainty, 2);
  g_autofree char *shift = xps_shell_dup_signed (suggestion->shift, 2);
  /* Translators: where a line was found, where it belongs, and the shift of the axis that follows. */
  return g_strdup_printf (_ ("%s at %s eV belongs at %s ± %s eV: a shift of %s eV. %s."), mark->name, found,
                          value, uncertainty, shift, xps_reference_verified_title (suggestion->verified));
}

static GtkWidget *
suggestion_new (Suggest *self, const XpsChargeSuggestion *suggestion)
{
  GtkWidget *row = adw_preferences_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = xps_shell_text_new (suggestion->title, "heading");
  GtkWidget *use = gtk_button_new_with_label (_ ("Use"));
  g_autofree char *name = g_strdup_printf (_ ("Use %s"), suggestion->title);
  g_autofree char *words = dup_words (suggestion);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), suggestion->title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (use), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (use), SUGGESTION_KEY, (gpointer)suggestion);
  g_signal_connect (use, "clicked", G_CALLBACK (on_use), self);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_valign (use, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), use);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), xps_shell_text_new (words, "caption"));
  xps_shell_add_sentences (GTK_BOX (box), suggestion->in_favour, "+", _ ("In favour"), "success");
  xps_shell_add_sentences (GTK_BOX (box), suggestion->against, "−", _ ("Against"), "error");
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static void
show_suggestions (Suggest *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  xps_shell_clear (self->groups);
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  self->suggestions = xps_charge_suggest (self->reference, self->marks, &self->options);
  for (guint i = 0; i < self->suggestions->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               suggestion_new (self, g_ptr_array_index (self->suggestions, i)));
  if (self->suggestions->len == 0)
    gtk_box_append (self->groups,
                    xps_shell_text_new (_ ("No usual reference is seen in the spectra of this sample: type a "
                                           "line and its value."),
                                        "dim-label"));
  gtk_box_append (self->groups, group);
}

/* ---- the window ---- */

static void
on_work_function (GtkEditable *entry, Suggest *self)
{
  double value;
  const gboolean good = xps_page_parse_number (gtk_editable_get_text (entry), TRUE, &value, NULL) &&
                        (isnan (value) || (value > 0.0 && value < 10.0));
  if (!good) {
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
    return;
  }
  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  self->options.work_function = value;
  show_suggestions (self);
}

static void
on_lithium (GtkCheckButton *button, Suggest *self)
{
  self->options.lithium_metal = gtk_check_button_get_active (button);
  show_suggestions (self);
}

static GtkWidget *
bar_new (Suggest *self)
{
  GtkWidget *bar = xps_shell_bar_new (), *lithium = gtk_check_button_new_with_label (_ ("Metallic lithium"));
  self->work_function = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->work_function), _ ("Work function (eV)"));
  gtk_widget_set_tooltip_text (self->work_function, _ ("Of the sample’s surface, where it is known"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->work_function), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Work function of the sample in eV"), -1);
  gtk_widget_set_tooltip_text (lithium, _ ("In the sample or under its surface"));
  g_signal_connect (self->work_function, "changed", G_CALLBACK (on_work_function), self);
  g_signal_connect (lithium, "toggled", G_CALLBACK (on_lithium), self);
  gtk_box_append (GTK_BOX (bar), self->work_function);
  gtk_box_append (GTK_BOX (bar), lithium);
  return bar;
}

static void
close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

GtkWindow *
xps_charge_suggest_present (GtkWindow *parent, XpsSession *session, XpsChargePicked picked, gpointer data)
{
  XpsReference *reference = xps_catalogue_open_reference (NULL);
  if (reference == NULL || xps_session_get_region (session) == NULL) {
    g_clear_pointer (&reference, xps_reference_free);
    return NULL;
  }
  Suggest *self = g_new0 (Suggest, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->window = GTK_WINDOW (adw_window_new ());
  self->session = g_object_ref (session);
  self->reference = reference;
  self->picked = picked;
  self->data = data;
  self->marks = xps_charge_mark_array_new ();
  xps_charge_options_init (&self->options);
  g_object_set_data_full (G_OBJECT (self->window), DATA_KEY, self, suggest_free);
  gtk_window_set_title (self->window, _ ("Possible References"));
  gtk_window_set_modal (self->window, TRUE);
  gtk_window_set_default_size (self->window, 560, 620);
  gtk_window_set_transient_for (self->window, parent);
  gtk_window_set_destroy_with_parent (self->window, TRUE);
  close_on_escape (GTK_WIDGET (self->window));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), bar_new (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), xps_shell_column_new (&self->groups));
  adw_window_set_content (ADW_WINDOW (self->window), box);
  list_marks (self);
  show_suggestions (self);
  gtk_window_present (self->window);
  return self->window;
}
