/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/commands.h"
#include "app/page-number.h"
#include "app/reference-shell.h"
#include "app/series-drop.h"
#include "app/series-entry-menu.h"
#include "app/series-live.h"
#include "app/series-look.h"
#include "app/series-receive.h"
#include "app/series-level-bar.h"
#include "app/series-rules.h"
#include "app/series-steps.h"
#include "app/series-switch.h"
#include "app/series-words.h"

#define KEY         "xps-series-window"
#define WIDTH       1100
#define HEIGHT      720
#define LEAST_TABLE 230 /* pixels: a step with its clock */

typedef struct {
  GtkWindow *window;
  XpsWindow *parent;
  XpsSeriesDesk *desk;
  XpsSeriesSteps *steps;
  XpsSeriesLook *look;
  GtkDropDown *mode, *axis;
  GtkButton *fit, *exclude, *apply;
  GtkToggleButton *table;
  GtkProgressBar *progress;
  GtkLabel *status, *findings;
  GtkFileChooserNative *chooser;
  gboolean updating;
} Page;

static void
page_free (gpointer data)
{
  Page *self = data;
  g_clear_object (&self->chooser);
  g_clear_object (&self->desk);
  g_free (self);
}

static void
show_findings (Page *self)
{
  const XpsSeriesReport *report = xps_series_desk_get_report (self->desk);
  g_autofree char *notes = xps_series_dup_lines (xps_series_desk_get_notes (self->desk));
  g_autofree char *found = report != NULL ? xps_series_dup_findings (report) : g_strdup ("");
  g_autofree char *text = g_strjoin (notes[0] != '\0' && found[0] != '\0' ? "\n" : "", found, notes, NULL);
  gtk_label_set_text (self->findings, text);
  gtk_widget_set_visible (GTK_WIDGET (self->findings), text[0] != '\0');
}

static void
show_axes (Page *self)
{
  const XpsSeries *series = xps_series_desk_get_series (self->desk);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 0; series != NULL && i < series->clocks->len; i++) {
    g_autofree char *title = xps_clock_dup_title (g_ptr_array_index (series->clocks, i), TRUE);
    gtk_string_list_append (names, title);
  }
  gtk_drop_down_set_model (self->axis, G_LIST_MODEL (names));
  if (series != NULL)
    gtk_drop_down_set_selected (self->axis, (guint)series->axis);
}

static void
show_exclude (Page *self)
{
  const XpsSeries *series = xps_series_desk_get_series (self->desk);
  const int step = xps_series_steps_get_current (self->steps);
  const gboolean there = series != NULL && step >= 0 && (gsize)step < xps_series_get_n (series);
  const gboolean out = there && xps_series_get_step (series, (gsize)step)->exclusion != NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->exclude), there);
  gtk_button_set_label (self->exclude, out ? _ ("Take _In") : _ ("Leave _Out"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->exclude),
                               out ? _ ("Take the selected step in again")
                                   : _ ("Leave the selected step out, with a reason"));
}

static void
show (Page *self)
{
  g_autofree char *status = xps_series_dup_status (self->desk);
  const XpsSeriesSetup *setup = xps_series_desk_get_setup (self->desk);
  const gboolean fitting = xps_series_desk_get_fitting (self->desk);
  const gboolean fitted = xps_series_desk_get_report (self->desk) != NULL;
  const gboolean there = xps_series_desk_exists (self->desk) && setup != NULL;
  self->updating = TRUE;
  gtk_window_set_title (self->window, xps_series_desk_get_name (self->desk));
  gtk_label_set_text (self->status, status);
  g_autofree char *notes = xps_series_dup_lines (xps_series_desk_get_notes (self->desk));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), notes[0] != '\0' ? notes : NULL);
  show_axes (self);
  if (setup != NULL)
    gtk_drop_down_set_selected (self->mode, setup->plan->mode);
  gtk_button_set_label (self->fit, fitting ? _ ("_Stop") : _ ("_Fit Series"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->fit), there);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply), fitted && !xps_series_desk_is_stale (self->desk));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), fitting);
  xps_series_steps_show (self->steps, self->desk);
  xps_series_look_show (self->look, self->desk);
  xps_series_look_set_current (self->look, xps_series_steps_get_current (self->steps));
  show_findings (self);
  show_exclude (self);
  self->updating = FALSE;
}

static void
show_when_open (GtkWindow *window)
{
  if (xps_shell_is_open (window))
    show (xps_shell_get_data (window));
}

static void
progress_when_open (GtkWindow *window)
{
  if (!xps_shell_is_open (window))
    return;
  Page *self = xps_shell_get_data (window);
  const double progress = xps_series_desk_get_progress (self->desk);
  if (progress >= 0)
    gtk_progress_bar_set_fraction (self->progress, fmin (progress, 1));
  else { /* the fits are done */
    g_autofree char *status = xps_series_dup_status (self->desk);
    gtk_progress_bar_pulse (self->progress);
    gtk_label_set_text (self->status, status);
  }
}

static void
on_message (Page *self, const char *text)
{
  gtk_label_set_text (self->status, text);
}

static void
message_when_open (GtkWindow *window, const char *text)
{
  if (xps_shell_is_open (window))
    on_message (xps_shell_get_data (window), text);
}

static void
on_fit (Page *self)
{
  if (xps_series_desk_get_fitting (self->desk))
    xps_series_desk_stop (self->desk);
  else
    xps_series_desk_fit (self->desk);
}

static void
on_mode (Page *self)
{
  if (self->updating)
    return;
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (self->desk));
  setup->plan->mode = (XpsSeriesMode)gtk_drop_down_get_selected (self->mode);
  xps_series_desk_edit (self->desk, _ ("mode of a series"), setup);
}

static void
on_axis (Page *self)
{
  const XpsSeries *series = xps_series_desk_get_series (self->desk);
  const guint at = gtk_drop_down_get_selected (self->axis);
  if (self->updating || series == NULL || at >= series->clocks->len)
    return;
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (self->desk));
  g_free (setup->axis);
  setup->axis = g_strdup (((const XpsClock *)g_ptr_array_index (series->clocks, at))->name);
  xps_series_desk_edit (self->desk, _ ("axis of a series"), setup);
}

static void
on_current (Page *self)
{
  const int step = xps_series_steps_get_current (self->steps);
  xps_series_look_set_current (self->look, step);
  show_exclude (self);
  if (step >= 0)
    xps_series_desk_open_step (self->desk, (guint)step);
}

static void
on_picked (Page *self, int step)
{
  xps_series_steps_set_current (self->steps, step);
}

static void
exclude_step (Page *self, guint step, const char *reason)
{
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (self->desk));
  xps_series_setup_exclude_step (setup, xps_series_desk_get_frames (self->desk), step, reason);
  xps_series_desk_edit (self->desk, reason != NULL ? _ ("step left out") : _ ("step taken in"), setup);
}

static void
on_reason (AdwMessageDialog *dialog, const char *response, Page *self)
{
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  const char *reason = gtk_editable_get_text (entry);
  const int step = xps_series_steps_get_current (self->steps);
  if (g_strcmp0 (response, "exclude") == 0 && step >= 0)
    exclude_step (self, (guint)step, reason[0] != '\0' ? reason : _ ("no reason given"));
}

static void
on_exclude (Page *self)
{
  const XpsSeries *series = xps_series_desk_get_series (self->desk);
  const int step = xps_series_steps_get_current (self->steps);
  if (step < 0)
    return;
  if (xps_series_get_step (series, (gsize)step)->exclusion != NULL) {
    exclude_step (self, (guint)step, NULL);
    return;
  }
  GtkWidget *dialog = adw_message_dialog_new (self->window, _ ("Leave Step Out?"), NULL);
  GtkWidget *entry = gtk_entry_new ();
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _ ("It stays in the table; fits, trends and onsets do without it."));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Reason, such as: beam lost"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reason"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "exclude",
                                    _ ("Leave _Out"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "exclude");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_reason), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_clock_file (GtkNativeDialog *dialog, int response, Page *self)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  if (file != NULL)
    xps_series_receive_asking (GTK_WIDGET (self->window), self->desk, file);
}

static void
on_clocks (Page *self)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Log or Table of Clocks"), self->window,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_clock_file), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_rules (Page *self)
{
  xps_series_rules_present (self->window, self->desk);
}

static void
on_apply (Page *self)
{
  xps_series_desk_apply (self->desk);
}

/* ---- the window ---- */

static GtkWidget *
button_new (const char *label, const char *tip, GCallback callback, Page *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_tooltip_text (button, tip);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

/* The table makes room for the plots where both are too much; F9 as elsewhere. */
static GtkToggleButton *
table_button_new (void)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_button_set_icon_name (GTK_BUTTON (button), "sidebar-show-symbolic");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, _ ("Table of the steps (F9)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Table of the steps (F9)"), -1);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F9, 0), g_object_ref (gtk_activate_action_get ())));
  gtk_widget_add_controller (button, keys);
  return GTK_TOGGLE_BUTTON (button);
}

static void
fill_header (Page *self, AdwHeaderBar *header)
{
  static const char *const modes[] = {N_ ("Each Step by Itself"), N_ ("Along the Steps"), N_ ("All at Once"),
                                      NULL};
  GtkWidget *fit = button_new (_ ("_Fit Series"), _ ("Fit all steps, or stop"), G_CALLBACK (on_fit), self);
  gtk_widget_add_css_class (fit, "suggested-action");
  self->fit = GTK_BUTTON (fit);
  self->mode = xps_series_drop_down_new (modes, _ ("How the steps are fitted"));
  self->axis = xps_series_drop_down_new (NULL, _ ("Axis"));
  g_signal_connect_swapped (self->mode, "notify::selected", G_CALLBACK (on_mode), self);
  g_signal_connect_swapped (self->axis, "notify::selected", G_CALLBACK (on_axis), self);
  self->table = table_button_new ();
  adw_header_bar_pack_start (header, GTK_WIDGET (self->table));
  adw_header_bar_pack_start (header, fit);
  adw_header_bar_pack_start (header, GTK_WIDGET (self->mode));
  adw_header_bar_pack_end (header, GTK_WIDGET (self->axis));
}

/* Gives way in a narrow pane; the tooltip says the rest. */
static void
cut_label (GtkButton *button)
{
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (button)), PANGO_ELLIPSIZE_END);
}

static GtkWidget *
left_new (Page *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *bar = xps_shell_bar_new ();
  gtk_widget_set_size_request (box, LEAST_TABLE, -1);
  self->steps = XPS_SERIES_STEPS (xps_series_steps_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->steps), TRUE);
  g_signal_connect_swapped (self->steps, "notify::current", G_CALLBACK (on_current), self);
  self->exclude = GTK_BUTTON (button_new (_ ("Leave _Out"), _ ("Leave the selected step out, with a reason"),
                                          G_CALLBACK (on_exclude), self));
  self->apply =
      GTK_BUTTON (button_new (_ ("_Models to Regions"), _ ("Each step's region gets the model of the step"),
                              G_CALLBACK (on_apply), self));
  cut_label (self->exclude);
  cut_label (self->apply);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->exclude));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->apply));
  gtk_box_append (GTK_BOX (box), xps_series_level_bar_new (self->desk, self->steps));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->steps));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), bar);
  return box;
}

static GtkWidget *
right_new (Page *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  self->look = XPS_SERIES_LOOK (xps_series_look_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->look), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->look), TRUE);
  g_signal_connect_swapped (self->look, "step-picked", G_CALLBACK (on_picked), self);
  self->findings = GTK_LABEL (xps_shell_text_new ("", NULL));
  gtk_label_set_selectable (self->findings, TRUE);
  gtk_widget_set_margin_start (GTK_WIDGET (self->findings), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->findings), 12);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->findings));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 96);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  GtkBox *bar = xps_series_look_get_bar (self->look);
  gtk_box_append (bar, button_new (_ ("_Parameters…"), _ ("Shared, linked to the axis, energy frames"),
                                   G_CALLBACK (on_rules), self));
  gtk_box_append (bar, button_new (_ ("_Clocks…"), _ ("Read a potentiostat's log or a table"),
                                   G_CALLBACK (on_clocks), self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->look));
  gtk_box_append (GTK_BOX (box), scrolled);
  return box;
}

static void
fill (Page *self, const XpsShell *shell)
{
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL), *bar = xps_shell_bar_new ();
  GtkWidget *left = left_new (self);
  fill_header (self, shell->header);
  g_object_bind_property (self->table, "active", left, "visible", G_BINDING_DEFAULT);
  gtk_paned_set_start_child (GTK_PANED (paned), left);
  gtk_paned_set_end_child (GTK_PANED (paned), right_new (self));
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_resize_start_child (GTK_PANED (paned), FALSE); /* a larger window is for the plots */
  gtk_paned_set_position (GTK_PANED (paned), 360);
  gtk_widget_set_vexpand (paned, TRUE);
  self->status = GTK_LABEL (xps_shell_text_new ("", "dim-label"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->status), TRUE);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->progress));
  gtk_box_append (shell->box, paned);
  gtk_box_append (shell->box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (shell->box, bar);
}

static GtkWindow *
open_desk (XpsWindow *parent, XpsSeriesDesk *desk, int width, int height)
{
  Page *self = g_new0 (Page, 1);
  const XpsShell shell =
      xps_shell_new (parent, KEY, xps_series_desk_get_name (desk), width, height, self, page_free);
  self->window = shell.window;
  self->parent = parent;
  self->desk = desk;
  fill (self, &shell);
  xps_series_look_take_keys (self->look, GTK_WIDGET (shell.window));
  xps_series_switch_attach (shell.window, parent, shell.header, desk);
  xps_series_entry_menu_attach (shell.window, shell.header, desk);
  xps_series_receive_drops (GTK_WIDGET (shell.window), desk);
  xps_series_live_attach (shell.window, shell.header, shell.box, desk, self->steps);
  g_signal_connect_object (desk, "changed", G_CALLBACK (show_when_open), shell.window, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "progress", G_CALLBACK (progress_when_open), shell.window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "message", G_CALLBACK (message_when_open), shell.window, G_CONNECT_SWAPPED);
  show (self);
  gtk_window_present (self->window);
  return self->window;
}

static GtkWindow *
open_or_tell (XpsWindow *parent, guint entry, int width, int height)
{
  XpsSession *session = xps_window_get_session (parent);
  g_autoptr (GError) error = NULL;
  XpsSeriesDesk *desk =
      entry != 0 ? xps_series_desk_open (session, entry, &error) : xps_series_desk_new (session, &error);
  if (desk != NULL)
    return open_desk (parent, desk, width, height);
  g_signal_emit_by_name (session, "message", error->message, FALSE);
  return NULL;
}

GtkWindow *
xps_series_window_present (XpsWindow *parent)
{
  GtkWindow *open = xps_shell_present (parent, KEY);
  return open != NULL
             ? open
             : open_or_tell (parent, xps_series_find_entry (xps_window_get_session (parent)), WIDTH, HEIGHT);
}

GtkWindow *
xps_series_window_open (XpsWindow *parent, guint entry)
{
  GtkWindow *open = g_object_get_data (G_OBJECT (parent), KEY);
  int width = WIDTH, height = HEIGHT;
  if (open != NULL) {
    gtk_window_get_default_size (open, &width, &height); /* follows what a person makes of it */
    gtk_window_destroy (open);
  }
  return open_or_tell (parent, entry, width, height);
}

XpsSeriesDesk *
xps_series_window_get_desk (GtkWindow *window)
{
  return ((Page *)xps_shell_get_data (window))->desk;
}

void
xps_command_series (XpsWindow *self, GVariant *parameter)
{
  xps_series_window_present (self);
}
