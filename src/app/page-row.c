/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/page-number.h"
#include "app/page-wrap.h"

#define ENTRY_CHARS    8
#define UNIT_CHARS     2
#define SUBTITLE_CHARS 18 /* of the width that a subtitle asks for; it may have more */

#define TITLE_KEY    "xps-title"
#define SUBTITLE_KEY "xps-subtitle"
#define CONTROLS_KEY "xps-controls"

/* ---- texts ---- */

void
xps_page_row_set_title (GtkWidget *row, const char *title)
{
  g_autofree char *markup = g_markup_escape_text (title, -1);
  GtkLabel *label = g_object_get_data (G_OBJECT (row), TITLE_KEY);
  if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), markup) == 0)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), markup);
  if (label == NULL)
    return; /* the row shows its title by itself */
  gtk_label_set_label (label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

void
xps_page_row_set_subtitle (GtkWidget *row, const char *subtitle)
{
  g_autofree char *text = xps_page_dup_localised (subtitle != NULL ? subtitle : "");
  GtkLabel *label = g_object_get_data (G_OBJECT (row), SUBTITLE_KEY);
  if (label != NULL) {
    if (strcmp (gtk_label_get_label (label), text) != 0)
      gtk_label_set_label (label, text);
    gtk_widget_set_visible (GTK_WIDGET (label), text[0] != '\0');
    return;
  }
  g_autofree char *markup = g_markup_escape_text (text, -1);
  if (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), markup) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
}

void
xps_page_row_add_control (GtkWidget *row, GtkWidget *control)
{
  GtkWidget *controls = g_object_get_data (G_OBJECT (row), CONTROLS_KEY);
  if (controls != NULL)
    gtk_box_append (GTK_BOX (controls), control);
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
}

/* ---- rows ---- */

static GtkWidget *
label_new (const char *text, gboolean small)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (small) {
    gtk_widget_add_css_class (label, "caption");
    gtk_widget_add_css_class (label, "dim-label");
  }
  return label;
}

/* A row that folds: texts and controls. */
static GtkWidget *
row_new (const char *title)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *controls = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *above = label_new (NULL, FALSE), *below = label_new (NULL, TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (below), SUBTITLE_CHARS);
  gtk_widget_set_visible (below, FALSE);
  gtk_box_append (GTK_BOX (texts), above);
  gtk_box_append (GTK_BOX (texts), below);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (controls, GTK_ALIGN_CENTER);
  GtkWidget *wrap = xps_page_wrap_new (texts, controls);
  gtk_widget_add_css_class (wrap, "property");
  g_object_set_data (G_OBJECT (row), TITLE_KEY, above);
  g_object_set_data (G_OBJECT (row), SUBTITLE_KEY, below);
  g_object_set_data (G_OBJECT (row), CONTROLS_KEY, controls);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), wrap);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE); /* its controls are */
  xps_page_row_set_title (row, title);
  return row;
}

GtkWidget *
xps_page_entry_row_new (const char *title, const char *unit, XpsPageCommit commit, gpointer data,
                        XpsPageEntry **entry)
{
  GtkWidget *row = row_new (title);
  *entry = xps_page_entry_new (FALSE);
  GtkEditable *editable = xps_page_entry_get_editable (*entry);
  gtk_editable_set_width_chars (editable, unit != NULL ? ENTRY_CHARS : ENTRY_CHARS + 5);
  gtk_widget_set_hexpand (GTK_WIDGET (*entry), TRUE);
  xps_page_entry_set_commit (*entry, commit, data);
  xps_page_entry_set_name (*entry, title);
  xps_page_row_add_control (row, GTK_WIDGET (*entry));
  if (unit == NULL)
    return row;
  gtk_editable_set_max_width_chars (editable, ENTRY_CHARS);
  gtk_editable_set_alignment (editable, 1.0f);
  gtk_widget_add_css_class (GTK_WIDGET (*entry), "numeric");
  if (unit[0] == '\0')
    return row;
  GtkWidget *label = gtk_label_new (unit);
  gtk_label_set_width_chars (GTK_LABEL (label), UNIT_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_add_css_class (label, "dim-label");
  xps_page_row_add_control (row, label);
  return row;
}

GtkWidget *
xps_page_text_row_new (const char *title, GtkLabel **label)
{
  GtkWidget *row = row_new (title);
  GtkWidget *text = gtk_label_new (NULL);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 1.0f);
  gtk_widget_add_css_class (text, "numeric");
  gtk_widget_set_can_focus (text, FALSE); /* else the first one is selected whenever the page is shown */
  xps_page_row_add_control (row, text);
  if (label != NULL)
    *label = GTK_LABEL (text);
  return row;
}

GtkWidget *
xps_page_property_row_new (const char *caption, const char *text)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *above = gtk_label_new (caption), *below = gtk_label_new (text);
  gtk_widget_add_css_class (above, "caption");
  gtk_widget_add_css_class (above, "dim-label");
  gtk_widget_add_css_class (box, "property");
  for (GtkWidget *label = above; label != NULL; label = label == above ? below : NULL) {
    gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    gtk_box_append (GTK_BOX (box), label);
  }
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes,
                          pango_attr_insert_hyphens_new (FALSE)); /* none that is not the file's */
  gtk_label_set_attributes (GTK_LABEL (below), attributes);
  gtk_label_set_selectable (GTK_LABEL (below), TRUE);
  gtk_widget_set_can_focus (below, FALSE); /* the row has the focus: no second stop for each */
  xps_page_row_set_title (row, caption);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

/* Titles and subtitles take the lines they need. */
GtkWidget *
xps_page_action_row_new (const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  xps_page_row_set_title (row, title);
  return row;
}

GtkWidget *
xps_page_note_row_new (const char *severity, const char *sentence)
{
  g_autofree char *shown = xps_page_dup_localised (sentence);
  GtkWidget *row = xps_page_action_row_new (shown);
  const gboolean warning = strcmp (severity, "warning") == 0, error = strcmp (severity, "error") == 0;
  GtkWidget *icon = gtk_image_new_from_icon_name (error     ? "dialog-error-symbolic"
                                                  : warning ? "dialog-warning-symbolic"
                                                            : "dialog-information-symbolic");
  if (error || warning)
    gtk_widget_add_css_class (icon, error ? "error" : "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_add_css_class (row, "note-row");
  return row;
}

/* ---- buttons ---- */

GtkWidget *
xps_page_icon_button_new (const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static void
on_lock_toggled (GtkToggleButton *lock, gpointer data)
{
  const gboolean locked = gtk_toggle_button_get_active (lock);
  gtk_button_set_icon_name (GTK_BUTTON (lock),
                            locked ? "changes-prevent-symbolic" : "changes-allow-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (lock), locked ? _ ("Let the fit change this value")
                                                         : _ ("Keep this value in the fit"));
}

GtkWidget *
xps_page_lock_new (const char *what)
{
  GtkWidget *lock = gtk_toggle_button_new ();
  /* Translators: %s names a value, "Position". */
  g_autofree char *name = g_strdup_printf (_ ("Lock %s"), what);
  gtk_widget_add_css_class (lock, "flat");
  gtk_widget_set_valign (lock, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (lock), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (lock, "toggled", G_CALLBACK (on_lock_toggled), NULL);
  on_lock_toggled (GTK_TOGGLE_BUTTON (lock), NULL);
  return lock;
}
