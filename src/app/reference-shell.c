/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/reference-shell.h"

#include "app/page-number.h"

#define DATA_KEY "xps-shell-data"
#define OPEN_KEY "xps-shell-open"

typedef struct {
  XpsWindow *parent; /* weak */
  char *key;
} Registration;

static void
registration_free (gpointer data)
{
  Registration *registration = data;
  g_clear_weak_pointer (&registration->parent);
  g_free (registration->key);
  g_free (registration);
}

GtkWindow *
xps_shell_present (XpsWindow *parent, const char *key)
{
  GtkWindow *window = g_object_get_data (G_OBJECT (parent), key);
  if (window != NULL)
    gtk_window_present (window);
  return window;
}

static void
on_destroy (GtkWidget *window, Registration *registration)
{
  g_object_set_data (G_OBJECT (window), OPEN_KEY, NULL);
  if (registration->parent != NULL)
    g_object_set_data (G_OBJECT (registration->parent), registration->key, NULL);
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

XpsShell
xps_shell_new (XpsWindow *parent, const char *key, const char *title, int width, int height, gpointer data,
               GDestroyNotify free_data)
{
  XpsShell shell = {.window = GTK_WINDOW (adw_window_new ()),
                    .header = ADW_HEADER_BAR (adw_header_bar_new ()),
                    .box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0))};
  Registration *registration = g_new0 (Registration, 1);
  g_set_weak_pointer (&registration->parent, parent);
  registration->key = g_strdup (key);
  gtk_window_set_title (shell.window, title);
  gtk_window_set_default_size (shell.window, width, height);
  gtk_window_set_transient_for (shell.window, GTK_WINDOW (parent));
  gtk_window_set_destroy_with_parent (shell.window, TRUE);
  gtk_box_append (shell.box, GTK_WIDGET (shell.header));
  adw_window_set_content (ADW_WINDOW (shell.window), GTK_WIDGET (shell.box));
  close_on_escape (GTK_WIDGET (shell.window));
  g_object_set_data_full (G_OBJECT (shell.window), "xps-shell", registration, registration_free);
  g_object_set_data_full (G_OBJECT (shell.window), DATA_KEY, data, free_data);
  g_object_set_data (G_OBJECT (shell.window), OPEN_KEY, GINT_TO_POINTER (TRUE));
  g_object_set_data (G_OBJECT (parent), key, shell.window);
  g_signal_connect (shell.window, "destroy", G_CALLBACK (on_destroy), registration);
  return shell;
}

gpointer
xps_shell_get_data (GtkWindow *window)
{
  return g_object_get_data (G_OBJECT (window), DATA_KEY);
}

gboolean
xps_shell_is_open (GtkWindow *window)
{
  return g_object_get_data (G_OBJECT (window), OPEN_KEY) != NULL;
}

GtkWidget *
xps_shell_column_new (GtkBox **groups)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18), *scrolled = gtk_scrolled_window_new ();
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  *groups = GTK_BOX (box);
  return scrolled;
}

GtkWidget *
xps_shell_bar_new (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_margin_start (bar, 12);
  gtk_widget_set_margin_end (bar, 12);
  gtk_widget_set_margin_top (bar, 6);
  gtk_widget_set_margin_bottom (bar, 6);
  return bar;
}

GtkWidget *
xps_shell_text_new (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

void
xps_shell_add_sentences (GtkBox *box, const GPtrArray *sentences, const char *sign, const char *sign_words,
                         const char *class)
{
  for (guint i = 0; sentences != NULL && i < sentences->len; i++) {
    GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *mark = gtk_label_new (sign);
    gtk_label_set_width_chars (GTK_LABEL (mark), 2);
    gtk_widget_set_valign (mark, GTK_ALIGN_START);
    gtk_widget_add_css_class (mark, class);
    gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, sign_words, -1);
    gtk_box_append (GTK_BOX (line), mark);
    gtk_box_append (GTK_BOX (line), xps_shell_text_new (g_ptr_array_index (sentences, i), "caption"));
    gtk_box_append (box, line);
  }
}

void
xps_shell_clear (GtkBox *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

char *
xps_shell_dup_signed (double value, int decimals)
{
  g_autofree char *number = xps_page_dup_number (value, decimals);
  return value > 0.0 ? g_strconcat ("+", number, NULL) : g_steal_pointer (&number);
}
