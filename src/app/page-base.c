/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-base.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  XpsSession *session;
  GSignalGroup *signals;
  GtkWidget *box;
  gboolean dirty;
} XpsPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (XpsPage, xps_page, ADW_TYPE_BIN)

#define ROWS_KEY      "xps-rows"
#define ENTRY_CHARS   8
#define UNIT_CHARS    2
#define GROUP_SPACING 18
#define MARGIN        12

static guint go_to_signal;

static XpsPagePrivate *
get_private (XpsPage *self)
{
  return xps_page_get_instance_private (self);
}

void
xps_page_refresh (XpsPage *self)
{
  XpsPagePrivate *private = get_private (self);
  private->dirty = TRUE;
  if (private->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  private->dirty = FALSE;
  XPS_PAGE_GET_CLASS (self)->refresh (self);
}

void
xps_page_set_session (XpsPage *self, XpsSession *session)
{
  XpsPagePrivate *private = get_private (self);
  if (!g_set_object (&private->session, session))
    return;
  g_signal_group_set_target (private->signals, session);
  xps_page_refresh (self);
}

XpsSession *
xps_page_get_session (XpsPage *self)
{
  return get_private (self)->session;
}

void
xps_page_go_to (XpsPage *self, int component, const char *role)
{
  if (component >= 0)
    xps_session_select_component (get_private (self)->session, component);
  g_signal_emit (self, go_to_signal, 0, component, role);
}

/* ---- what pages are made of ---- */

void
xps_page_add_widget (XpsPage *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (get_private (self)->box), widget);
}

AdwPreferencesGroup *
xps_page_add_group (XpsPage *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  xps_page_add_widget (self, group);
  return ADW_PREFERENCES_GROUP (group);
}

static GPtrArray *
get_rows (AdwPreferencesGroup *group)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (group), ROWS_KEY);
  if (rows == NULL) {
    rows = g_ptr_array_new ();
    g_object_set_data_full (G_OBJECT (group), ROWS_KEY, rows, (GDestroyNotify)g_ptr_array_unref);
  }
  return rows;
}

void
xps_page_group_add (AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (get_rows (group), row);
}

void
xps_page_group_clear (AdwPreferencesGroup *group)
{
  GPtrArray *rows = get_rows (group);
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

void
xps_page_row_set_title (GtkWidget *row, const char *title)
{
  g_autofree char *markup = g_markup_escape_text (title, -1);
  if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), markup) != 0)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), markup);
}

void
xps_page_row_set_subtitle (GtkWidget *row, const char *subtitle)
{
  g_autofree char *markup = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);
  if (ADW_IS_EXPANDER_ROW (row)) {
    if (g_strcmp0 (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), markup) != 0)
      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), markup);
    return;
  }
  if (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), markup) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
}

/* Titles and subtitles take the lines they need: German at twice the size is long. */
static GtkWidget *
row_new (const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
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
  gtk_editable_set_width_chars (editable, ENTRY_CHARS);
  gtk_widget_set_valign (GTK_WIDGET (*entry), GTK_ALIGN_CENTER);
  if (unit != NULL) { /* numbers stand below each other */
    gtk_editable_set_alignment (editable, 1.0f);
    gtk_editable_set_max_width_chars (editable, ENTRY_CHARS);
    gtk_widget_set_hexpand (GTK_WIDGET (editable), FALSE);
    gtk_widget_add_css_class (GTK_WIDGET (*entry), "numeric");
  }
  xps_page_entry_set_commit (*entry, commit, data);
  xps_page_entry_set_name (*entry, title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (*entry));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (*entry));
  if (unit != NULL && unit[0] != '\0') {
    GtkWidget *label = gtk_label_new (unit);
    gtk_label_set_width_chars (GTK_LABEL (label), UNIT_CHARS);
    gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
    gtk_widget_add_css_class (label, "dim-label");
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  }
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
  gtk_widget_add_css_class (row, "dense");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), text);
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

GtkWidget *
xps_page_note_row_new (const char *severity, const char *sentence)
{
  GtkWidget *row = row_new (sentence);
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

/* ---- the widget ---- */

static void
xps_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (xps_page_parent_class)->map (widget);
  if (get_private (XPS_PAGE (widget))->dirty)
    xps_page_refresh (XPS_PAGE (widget));
}

static void
xps_page_dispose (GObject *object)
{
  XpsPagePrivate *private = get_private (XPS_PAGE (object));
  if (private->signals != NULL)
    g_signal_group_set_target (private->signals, NULL);
  g_clear_object (&private->signals);
  g_clear_object (&private->session);
  G_OBJECT_CLASS (xps_page_parent_class)->dispose (object);
}

static void
xps_page_class_init (XpsPageClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_page_dispose;
  GTK_WIDGET_CLASS (class)->map = xps_page_map;
  go_to_signal = g_signal_new ("go-to", XPS_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                               G_TYPE_INT, G_TYPE_STRING);
}

static void
xps_page_init (XpsPage *self)
{
  static const char *const signals[] = {"document-changed", "region-changed", "model-changed",
                                        "selection-changed", "fit-changed"};
  XpsPagePrivate *private = get_private (self);
  private->signals = g_signal_group_new (XPS_TYPE_SESSION);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_group_connect_swapped (private->signals, signals[i], G_CALLBACK (xps_page_refresh), self);
  private->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GROUP_SPACING);
  gtk_widget_set_margin_top (private->box, MARGIN);
  gtk_widget_set_margin_bottom (private->box, MARGIN);
  gtk_widget_set_margin_start (private->box, MARGIN);
  gtk_widget_set_margin_end (private->box, MARGIN);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), private->box);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}
