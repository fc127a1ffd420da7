/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/identify-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/commands.h"
#include "app/identify-rows.h"
#include "app/page-number.h"
#include "app/reference-catalogue.h"
#include "app/reference-shell.h"

#define KEY "xps-identify-window"

typedef struct {
  GtkWindow *window;
  XpsWindow *parent;
  XpsReference *reference;
  XpsIdentifyWish wish;
  XpsIdentifyAnswer *answer; /* or NULL */
  XpsJob *job;               /* or NULL */
  GtkBox *groups;
  GPtrArray *shown; /* GtkWidget: groups of components */
  GtkWidget *status, *spinner, *elements;
} Identify;

static void
identify_free (gpointer data)
{
  Identify *self = data;
  g_clear_pointer (&self->answer, xps_identify_answer_free);
  g_clear_pointer (&self->reference, xps_reference_free);
  g_strfreev (self->wish.elements);
  g_ptr_array_unref (self->shown);
  g_free (self);
}

static void ask (Identify *self);

/* ---- what came out ---- */

static void
on_assign (guint component, const XpsCandidate *candidate, gpointer data)
{
  Identify *self = data;
  xps_identify_assign (xps_window_get_session (self->parent), self->answer, component, candidate);
}

static char *
dup_shift_words (const XpsIdentification *identification)
{
  if (identification->shift_given)
    return g_strdup (_ ("Energies are taken as they are referenced."));
  if (!xps_identification_tells_shift (identification))
    return g_strdup (_ ("No value in the table is near any of the lines: no common shift is known."));
  g_autofree char *shift = xps_shell_dup_signed (identification->shift, 2);
  g_autofree char *error = xps_page_dup_number (identification->shift_error, 2);
  return g_strdup_printf (
      _ ("A common shift of %s ± %s eV, found from the lines themselves, is allowed for."), shift, error);
}

static void
show_status (Identify *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (self->answer->identification != NULL) {
    g_autofree char *shift = dup_shift_words (self->answer->identification);
    g_string_append (text, shift);
  } else {
    g_string_append (text, _ ("No component has a fit that is up to date: fit first."));
  }
  if (self->answer->n_left_out > 0 && self->answer->identification != NULL)
    g_string_append_printf (text,
                            ngettext (" %u region without an up-to-date fit is left out.",
                                      " %u regions without an up-to-date fit are left out.",
                                      self->answer->n_left_out),
                            self->answer->n_left_out);
  gtk_label_set_label (GTK_LABEL (self->status), text->str);
}

static void
show_answer (Identify *self)
{
  const XpsIdentification *identification = self->answer->identification;
  XpsSession *session = xps_window_get_session (self->parent);
  xps_shell_clear (self->groups);
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; identification != NULL && i < identification->components->len; i++) {
    if (g_array_index (identification->components, XpsIdentified, i).observed.minor)
      continue;
    GtkWidget *group = xps_identify_group_new (session, self->reference, self->answer, i, on_assign, self);
    gtk_box_append (self->groups, group);
    g_ptr_array_add (self->shown, group);
  }
  show_status (self);
}

static void
on_done (XpsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GtkWindow) window = user_data; /* kept until now */
  Identify *self = xps_shell_get_data (window);
  const gboolean open = xps_shell_is_open (window), mine = self->job == job;
  if (mine)
    g_clear_object (&self->job);
  if (!open || !mine) {
    g_clear_pointer ((XpsIdentifyAnswer **)&result, xps_identify_answer_free);
    return;
  }
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  if (result == NULL) {
    gtk_label_set_label (GTK_LABEL (self->status), error->message);
    return;
  }
  XpsIdentifyAnswer *old = self->answer;
  self->answer = result;
  show_answer (self); /* its rows point into the old answer until here */
  g_clear_pointer (&old, xps_identify_answer_free);
}

static void
ask (Identify *self)
{
  if (self->job != NULL) {
    xps_job_cancel (self->job);
    g_clear_object (&self->job);
  }
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  self->job = xps_identify_start (xps_window_get_session (self->parent), &self->wish, on_done,
                                  g_object_ref (self->window));
}

gboolean
xps_identify_window_is_busy (GtkWindow *window)
{
  return ((Identify *)xps_shell_get_data (window))->job != NULL;
}

/* ---- following the document ---- */

static void
on_model (Identify *self)
{
  XpsSession *session = xps_window_get_session (self->parent);
  if (!xps_shell_is_open (self->window) || self->job != NULL || xps_session_is_dragging (session))
    return;
  if (self->answer == NULL || !xps_identify_is_current (self->answer, session, &self->wish)) {
    ask (self);
    return;
  }
  for (guint i = 0; i < self->shown->len; i++)
    xps_identify_group_refresh (g_ptr_array_index (self->shown, i), session, self->answer);
}

/* ---- what is asked ---- */

typedef struct {
  const char *title, *tip;
  gsize member;
} Switch;

static const Switch switches[] = {
    {N_ ("Whole Sample"),
     N_ ("All regions of the sample together: separations and areas between levels count"),
     G_STRUCT_OFFSET (XpsIdentifyWish, sample)},
    {N_ ("As Referenced"), N_ ("Take energies as they are; else a common shift is allowed for"),
     G_STRUCT_OFFSET (XpsIdentifyWish, as_referenced)},
    {N_ ("Second Hand"), N_ ("Also values read where somebody quotes them"),
     G_STRUCT_OFFSET (XpsIdentifyWish, secondary)},
    {N_ ("From Memory"), N_ ("Also values that nobody looked up"),
     G_STRUCT_OFFSET (XpsIdentifyWish, recalled)},
};

static void
on_switch (GtkToggleButton *button, Identify *self)
{
  const Switch *it = g_object_get_data (G_OBJECT (button), "xps-switch");
  G_STRUCT_MEMBER (gboolean, &self->wish, it->member) = gtk_toggle_button_get_active (button);
  ask (self);
}

static void
on_elements (GtkEditable *entry, Identify *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  g_auto (GStrv) words = g_strsplit_set (text, " ,;", -1);
  g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_ptr_array_add (elements, g_strdup (words[i]));
  g_clear_pointer (&self->wish.elements, g_strfreev);
  if (elements->len > 0) {
    g_ptr_array_add (elements, NULL);
    self->wish.elements = (char **)g_ptr_array_steal (elements, NULL);
  }
  ask (self);
}

static GtkWidget *
bar_new (Identify *self)
{
  GtkWidget *bar = xps_shell_bar_new (), *toggles = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (toggles, "linked");
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++) {
    GtkWidget *button = gtk_toggle_button_new_with_label (_ (switches[i].title));
    gtk_widget_set_tooltip_text (button, _ (switches[i].tip));
    g_object_set_data (G_OBJECT (button), "xps-switch", (gpointer)&switches[i]);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                  G_STRUCT_MEMBER (gboolean, &self->wish, switches[i].member));
    g_signal_connect (button, "toggled", G_CALLBACK (on_switch), self);
    gtk_box_append (GTK_BOX (toggles), button);
  }
  self->elements = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->elements), _ ("Elements: any"));
  gtk_widget_set_tooltip_text (
      self->elements, _ ("Symbols of what the sample can hold, such as Li P S Cl; Enter asks again"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->elements), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Elements that the sample can hold"), -1);
  gtk_widget_set_hexpand (self->elements, TRUE);
  g_signal_connect (self->elements, "activate", G_CALLBACK (on_elements), self);
  gtk_box_append (GTK_BOX (bar), toggles);
  gtk_box_append (GTK_BOX (bar), self->elements);
  return bar;
}

static void
fill (Identify *self, const XpsShell *shell)
{
  GtkWidget *status = xps_shell_bar_new ();
  GtkWidget *column = xps_shell_column_new (&self->groups);
  self->status = xps_shell_text_new (_ ("Looking…"), "dim-label");
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_hexpand (self->status, TRUE);
  gtk_box_append (GTK_BOX (status), self->status);
  adw_header_bar_pack_start (shell->header, self->spinner);
  gtk_box_append (shell->box, bar_new (self));
  gtk_box_append (shell->box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (shell->box, column);
  gtk_box_append (shell->box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (shell->box, status);
}

static void
follow (Identify *self)
{
  static const char *const signals[] = {"region-changed", "model-changed", "document-changed"};
  GSignalGroup *group = g_signal_group_new (XPS_TYPE_SESSION);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_group_connect_swapped (group, signals[i], G_CALLBACK (on_model), self);
  g_signal_group_set_target (group, xps_window_get_session (self->parent));
  g_object_set_data_full (G_OBJECT (self->window), "xps-identify-signals", group, g_object_unref);
}

GtkWindow *
xps_identify_window_present (XpsWindow *parent)
{
  GtkWindow *open = xps_shell_present (parent, KEY);
  if (open != NULL)
    return open;
  g_autoptr (GError) error = NULL;
  XpsReference *reference = xps_catalogue_open_reference (&error);
  if (reference == NULL) {
    xps_window_say (parent, error->message, TRUE);
    return NULL;
  }
  Identify *self = g_new0 (Identify, 1);
  const XpsShell shell =
      xps_shell_new (parent, KEY, _ ("Identify Components"), 760, 680, self, identify_free);
  self->window = shell.window;
  self->parent = parent;
  self->reference = reference;
  self->shown = g_ptr_array_new ();
  self->wish.sample = TRUE;
  fill (self, &shell);
  follow (self);
  ask (self);
  gtk_window_present (self->window);
  return self->window;
}

void
xps_command_identify (XpsWindow *self, GVariant *parameter)
{
  xps_identify_window_present (self);
}
