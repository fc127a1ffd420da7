/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/form.h"

#include <glib/gi18n.h>

#include "app/page-combo.h"

#define WIDTH  440
#define HIGH   700 /* more scrolls */
#define HEADER 60  /* and a little air below */

struct _XpsForm {
  GtkWindow *window;
  AdwPreferencesGroup *group;
  GtkLabel *message;
  GtkWidget *page;
  GtkWidget *first; /* entry, or NULL */
  XpsFormAccept accept;
  gpointer data;
  GDestroyNotify free_data;
};

static void
form_free (XpsForm *self)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self);
}

static void
on_accept (XpsForm *self)
{
  GtkWindow *window = g_object_ref (self->window);
  xps_form_say (self, NULL);
  if (self->accept (self, self->data))
    gtk_window_destroy (window);
  g_object_unref (window);
}

static GtkWidget *
new_header (XpsForm *self, const char *accept_label)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  GtkWidget *accept = gtk_button_new_with_mnemonic (accept_label);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), accept);
  gtk_widget_add_css_class (accept, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self->window);
  g_signal_connect_swapped (accept, "clicked", G_CALLBACK (on_accept), self);
  gtk_window_set_default_widget (self->window, accept);
  return header;
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

XpsForm *
xps_form_new (GtkWidget *parent, const char *title, const char *accept_label, XpsFormAccept accept,
              gpointer data, GDestroyNotify free_data)
{
  XpsForm *self = g_new0 (XpsForm, 1);
  self->window = GTK_WINDOW (adw_window_new ());
  self->accept = accept;
  self->data = data;
  self->free_data = free_data;
  gtk_window_set_title (self->window, title);
  gtk_window_set_modal (self->window, TRUE);
  gtk_window_set_default_size (self->window, WIDTH, -1);
  GtkRoot *root = gtk_widget_get_root (parent);
  gtk_window_set_transient_for (self->window, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  g_object_set_data_full (G_OBJECT (self->window), "xps-form", self, (GDestroyNotify)form_free);
  close_on_escape (GTK_WIDGET (self->window));

  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *whole = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->page = page;
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->message = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_xalign (self->message, 0.0f);
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  gtk_widget_set_margin_start (GTK_WIDGET (self->message), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->message), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->message), 18);
  gtk_widget_set_margin_top (page, 18);
  gtk_widget_set_margin_bottom (page, 18);
  gtk_widget_set_margin_start (page, 18);
  gtk_widget_set_margin_end (page, 18);
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->group));
  gtk_box_append (GTK_BOX (whole), new_header (self, accept_label));
  GtkWidget *scrolled = gtk_scrolled_window_new (); /* large text on a small screen */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), page);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (whole), scrolled);
  gtk_box_append (GTK_BOX (whole), GTK_WIDGET (self->message)); /* always in sight */
  adw_window_set_content (ADW_WINDOW (self->window), whole);
  return self;
}

GtkWindow *
xps_form_get_window (XpsForm *self)
{
  return self->window;
}

void
xps_form_set_description (XpsForm *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  adw_preferences_group_set_description (self->group, escaped);
}

AdwEntryRow *
xps_form_add_entry (XpsForm *self, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (self->group, row);
  self->first = self->first != NULL ? self->first : row;
  return ADW_ENTRY_ROW (row);
}

AdwComboRow *
xps_form_add_choice (XpsForm *self, const char *title, const char *const *words, guint selected)
{
  GtkWidget *row = xps_page_combo_row_new (title);
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  adw_preferences_group_add (self->group, row);
  return ADW_COMBO_ROW (row);
}

GtkWidget *
xps_form_add_switch (XpsForm *self, const char *title, gboolean active)
{
  GtkWidget *row = adw_action_row_new (), *toggle = gtk_switch_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_switch_set_active (GTK_SWITCH (toggle), active);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (self->group, row);
  return toggle;
}

void
xps_form_add_row (XpsForm *self, GtkWidget *row)
{
  gtk_widget_add_css_class (GTK_WIDGET (self->group), "asking"); /* room around rows of the inspector */
  adw_preferences_group_add (self->group, row);
}

void
xps_form_add_widget (XpsForm *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (self->page), widget);
}

void
xps_form_say (XpsForm *self, const char *text)
{
  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
}

void
xps_form_present (XpsForm *self)
{
  int least, natural;
  gtk_widget_measure (self->page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  const int width = MAX (WIDTH - 36, least);
  /* A scrolled window does not ask how high wrapped text is at this width. */
  gtk_widget_measure (self->page, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  gtk_window_set_default_size (self->window, width + 36, MIN (natural + 36 + HEADER, HIGH));
  gtk_window_present (self->window);
  if (self->first != NULL)
    gtk_widget_grab_focus (self->first);
}
