/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/phase-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/commands.h"
#include "app/phase-dialog.h"
#include "app/phase-window-private.h"
#include "app/reference-shell.h"
#include "app/reference-window.h"

#define KEY "xps-phase-window"

static void
editor_free (gpointer data)
{
  XpsPhaseEditor *self = data;
  g_clear_object (&self->chooser);
  g_clear_object (&self->actions);
  g_clear_object (&self->book);
  g_free (self->name);
  g_free (self);
}

const XpsReferencePhase *
xps_phase_editor_get_phase (const XpsPhaseEditor *self)
{
  return xps_phase_book_find (self->book, self->name, self->own);
}

void
xps_phase_editor_say (XpsPhaseEditor *self, const char *sentence)
{
  gtk_label_set_label (self->message, sentence != NULL ? sentence : "");
}

/* ---- the shown phase ---- */

/* Who else is known at this level, for a species of which nothing is. */
static char *
dup_known (XpsPhaseEditor *self, const char *species, const char *level)
{
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.level = level;
  query.secondary = TRUE;
  g_autoptr (GPtrArray) names =
      xps_reference_list_species (xps_phase_book_get_reference (self->book), &query, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  const guint most = 8, n = names != NULL ? names->len : 0;
  for (guint i = 0; i < MIN (n, most); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *)g_ptr_array_index (names, i));
  if (n > most)
    g_string_append (text, ", …");
  if (n == 0)
    return g_strdup_printf (
        _ ("No binding energy of %s in %s is known. Press Enter on the energy to add one of your "
           "own; until then the line starts where the residual is largest."),
        species, level);
  return g_strdup_printf (
      _ ("No binding energy of %s in %s is known; of this level there are those of: %s. Name one "
         "of them under Energies Of, or press Enter on the energy to add one of your own."),
      species, level, text->str);
}

static void
show_line (XpsPhaseEditor *self)
{
  XpsPhaseLineItem *item = xps_phase_table_get_selected (self->table);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  xps_shell_clear (self->remarks);
  for (int i = 0; item != NULL && i < XPS_N_PHASE_COLUMNS; i++)
    if (xps_phase_line_item_get_remark (item, (XpsPhaseColumn)i) != NULL)
      g_ptr_array_add (sentences, g_strdup (xps_phase_line_item_get_remark (item, (XpsPhaseColumn)i)));
  if (item != NULL && xps_phase_line_item_get_values (item) == NULL)
    g_ptr_array_add (sentences, dup_known (self, xps_phase_line_item_get_species (item),
                                           xps_phase_line_item_get_level (item)));
  xps_shell_add_sentences (self->remarks, sentences, "!", _ ("To be checked"), "warning");
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), sentences->len > 0);
  XpsReference *reference = xps_phase_book_get_reference (self->book);
  XpsReferenceItem *values = item != NULL ? xps_phase_line_item_get_values (item) : NULL;
  xps_reference_detail_show (self->detail, reference, values);
  if (values != NULL)
    xps_reference_detail_add_records (self->detail, reference, values);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), values != NULL);
  xps_phase_editor_refresh_actions (self);
}

static void
show_phase (XpsPhaseEditor *self)
{
  const XpsReferencePhase *phase = xps_phase_editor_get_phase (self);
  g_autoptr (GPtrArray) remarks = phase != NULL ? xps_phase_list_remarks (phase) : g_ptr_array_new ();
  const char *of_formula = NULL;
  for (guint i = 0; i < remarks->len; i++)
    if (((XpsPhaseRemark *)g_ptr_array_index (remarks, i))->line < 0)
      of_formula = ((XpsPhaseRemark *)g_ptr_array_index (remarks, i))->sentence;
  xps_phase_head_set_phase (self->head, phase,
                            phase != NULL && xps_phase_book_is_replaced (self->book, phase), of_formula);
  xps_phase_table_set_phase (self->table, phase, remarks);
}

void
xps_phase_editor_show (XpsPhaseEditor *self, const char *name, gboolean own)
{
  g_autofree char *kept = g_strdup (name);
  const GPtrArray *phases = xps_phase_book_get_phases (self->book);
  if (xps_phase_book_find (self->book, kept, own) == NULL && phases->len > 0) {
    const XpsReferencePhase *first =
        xps_phase_book_find (self->book, kept, !own); /* of that name, else any */
    first = first != NULL ? first : g_ptr_array_index (phases, 0);
    g_free (kept);
    kept = g_strdup (first->name);
    own = first->own;
  }
  g_free (self->name);
  self->name = g_steal_pointer (&kept);
  self->own = own;
  xps_phase_list_update (self->list, self->book, self->name, own);
  show_phase (self);
}

static void
on_list (XpsPhaseEditor *self)
{
  XpsPhaseItem *item = xps_phase_list_get_selected (self->list);
  if (item == NULL)
    return;
  xps_page_entry_take_all (GTK_WIDGET (self->window)); /* of the phase that was shown */
  g_free (self->name);
  self->name = g_strdup (xps_phase_item_get_name (item));
  self->own = xps_phase_item_is_own (item);
  xps_phase_editor_say (self, NULL);
  show_phase (self);
}

/* An edit was kept: other windows offer what is there now. */
static void
on_book (XpsPhaseEditor *self)
{
  xps_phase_editor_say (self, NULL);
  xps_phase_editor_show (self, self->name, self->own);
  xps_reference_window_refresh (self->parent);
}

static void
on_renaming (XpsPhaseHead *head, const char *name, XpsPhaseEditor *self)
{
  g_free (self->name);
  self->name = g_strdup (name);
}

static void
on_activated (XpsPhaseEditor *self)
{
  xps_phase_table_focus (self->table, 0, XPS_PHASE_COLUMN_LEVEL);
}

/* ---- the window ---- */

static GtkWidget *
icon_button_new (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
fill_header (XpsPhaseEditor *self, AdwHeaderBar *header)
{
  GtkWidget *menu = gtk_menu_button_new ();
  g_autoptr (GMenuModel) model = xps_phase_editor_new_menu ();
  adw_header_bar_pack_start (header,
                             icon_button_new ("list-add-symbolic", _ ("New Phase… (Ctrl+N)"), "phases.new"));
  self->undo = icon_button_new ("edit-undo-symbolic", _ ("Undo"), "phases.undo");
  self->redo = icon_button_new ("edit-redo-symbolic", _ ("Redo"), "phases.redo");
  adw_header_bar_pack_start (header, self->undo);
  adw_header_bar_pack_start (header, self->redo);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu), model);
  gtk_widget_set_tooltip_text (menu, _ ("Phases"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Phases"), -1);
  adw_header_bar_pack_end (header, menu);
}

static GtkWidget *
foot_new (XpsPhaseEditor *self)
{
  GtkWidget *foot = xps_shell_bar_new (), *add = gtk_button_new_with_mnemonic (_ ("_Add to Sample…"));
  self->message = GTK_LABEL (xps_shell_text_new ("", "error"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->message), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "phases.add-to-sample");
  gtk_widget_set_tooltip_text (add, _ ("All lines of the phase, looked at before they are added"));
  gtk_widget_add_css_class (add, "suggested-action");
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (foot), add);
  return foot;
}

static GtkWidget *
line_bar_new (void)
{
  GtkWidget *bar = xps_shell_bar_new ();
  static const char *const buttons[][3] = {
      {N_ ("Add _Line"), N_ ("The next element of the formula, or the selected level once more (Insert)"),
       "phases.add-line"},
      {N_ ("_Remove Line"), N_ ("The selected line (Delete)"), "phases.remove-line"},
      {N_ ("Own _Value…"), N_ ("A binding energy of your own for the selected line"), "phases.own-value"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++) {
    GtkWidget *button = gtk_button_new_with_mnemonic (_ (buttons[i][0]));
    gtk_widget_set_tooltip_text (button, _ (buttons[i][1]));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i][2]);
    gtk_box_append (GTK_BOX (bar), button);
  }
  return bar;
}

static GtkWidget *
below_new (XpsPhaseEditor *self)
{
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->remarks = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->detail = g_object_new (XPS_TYPE_REFERENCE_DETAIL, NULL);
  gtk_widget_set_margin_start (GTK_WIDGET (self->remarks), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->remarks), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->remarks), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->remarks), 6);
  gtk_widget_set_vexpand (GTK_WIDGET (self->detail), TRUE);
  gtk_widget_set_size_request (below, -1, 110);
  gtk_box_append (GTK_BOX (below), line_bar_new ());
  gtk_box_append (GTK_BOX (below), GTK_WIDGET (self->remarks));
  gtk_box_append (GTK_BOX (below), GTK_WIDGET (self->detail));
  return below;
}

static GtkWidget *
right_new (XpsPhaseEditor *self)
{
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (GTK_WIDGET (self->table), 320, 120);
  gtk_paned_set_start_child (GTK_PANED (paned), GTK_WIDGET (self->table));
  gtk_paned_set_end_child (GTK_PANED (paned), below_new (self));
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_widget_set_vexpand (paned, TRUE);
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->head));
  gtk_box_append (GTK_BOX (right), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (right), paned);
  return right;
}

static void
fill (XpsPhaseEditor *self, const XpsShell *shell)
{
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  self->list = g_object_new (XPS_TYPE_PHASE_LIST, NULL);
  self->head = xps_phase_head_new (self->book);
  self->table = xps_phase_table_new (self->book);
  xps_phase_editor_add_actions (self);
  fill_header (self, shell->header);
  gtk_widget_set_size_request (GTK_WIDGET (self->list), 190, -1);
  gtk_paned_set_start_child (GTK_PANED (paned), GTK_WIDGET (self->list));
  gtk_paned_set_end_child (GTK_PANED (paned), right_new (self));
  gtk_paned_set_position (GTK_PANED (paned), 220);
  gtk_paned_set_resize_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_widget_set_vexpand (paned, TRUE);
  gtk_box_append (shell->box, paned);
  gtk_box_append (shell->box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (shell->box, foot_new (self));
  g_signal_connect_swapped (self->list, "selection-changed", G_CALLBACK (on_list), self);
  g_signal_connect_swapped (self->list, "activated", G_CALLBACK (on_activated), self);
  g_signal_connect (self->head, "renaming", G_CALLBACK (on_renaming), self);
  g_signal_connect_swapped (self->table, "selection-changed", G_CALLBACK (show_line), self);
  g_signal_connect_swapped (self->table, "value", G_CALLBACK (xps_phase_editor_ask_value), self);
  g_signal_connect_swapped (self->book, "changed", G_CALLBACK (on_book), self);
}

/* Whether there is a sample to add to. */
static void
on_region (GtkWindow *window)
{
  if (xps_shell_is_open (window))
    xps_phase_editor_refresh_actions (xps_shell_get_data (window));
}

/* The widgets are gone by now, and with them what they told. */
static void
on_destroy (XpsPhaseEditor *self)
{
  g_signal_handlers_disconnect_by_data (self->book, self);
}

GtkWindow *
xps_phase_window_present (XpsWindow *parent, const char *name)
{
  g_autoptr (GError) error = NULL;
  GtkWindow *open = xps_shell_present (parent, KEY);
  if (open != NULL) {
    if (name != NULL)
      xps_phase_window_select (open, name, TRUE);
    return open;
  }
  XpsPhaseBook *book = xps_phase_book_new (&error);
  if (book == NULL) {
    xps_window_say (parent, error->message, TRUE);
    return NULL;
  }
  XpsPhaseEditor *self = g_new0 (XpsPhaseEditor, 1);
  const XpsShell shell = xps_shell_new (parent, KEY, _ ("Phases"), 1080, 640, self, editor_free);
  self->window = shell.window;
  self->parent = parent;
  self->book = book;
  fill (self, &shell);
  g_signal_connect_swapped (self->window, "destroy", G_CALLBACK (on_destroy), self);
  g_signal_connect_object (xps_window_get_session (parent), "region-changed", G_CALLBACK (on_region),
                           self->window, G_CONNECT_SWAPPED);
  xps_phase_drop_install (parent);
  xps_phase_editor_show (self, name, TRUE);
  gtk_window_present (self->window);
  return self->window;
}

void
xps_phase_window_refresh (XpsWindow *parent)
{
  GtkWindow *window = g_object_get_data (G_OBJECT (parent), KEY);
  g_autoptr (GError) error = NULL;
  XpsPhaseEditor *self = window != NULL ? xps_shell_get_data (window) : NULL;
  if (self == NULL)
    return;
  g_signal_handlers_block_by_func (self->book, on_book, self); /* it comes from there */
  if (!xps_phase_book_reload (self->book, &error))
    xps_phase_editor_say (self, error->message);
  g_signal_handlers_unblock_by_func (self->book, on_book, self);
  xps_phase_editor_show (self, self->name, self->own);
}

void
xps_phase_window_select (GtkWindow *window, const char *name, gboolean own)
{
  xps_phase_editor_show (xps_shell_get_data (window), name, own);
}

XpsPhaseBook *
xps_phase_window_get_book (GtkWindow *window)
{
  return ((XpsPhaseEditor *)xps_shell_get_data (window))->book;
}

XpsPhaseTable *
xps_phase_window_get_table (GtkWindow *window)
{
  return ((XpsPhaseEditor *)xps_shell_get_data (window))->table;
}

const char *
xps_phase_window_get_shown (GtkWindow *window, gboolean *own)
{
  const XpsPhaseEditor *self = xps_shell_get_data (window);
  *own = self->own;
  return self->name;
}

const char *
xps_phase_window_get_message (GtkWindow *window)
{
  return gtk_label_get_label (((XpsPhaseEditor *)xps_shell_get_data (window))->message);
}

gboolean
xps_phase_window_import (GtkWindow *window, const char *path)
{
  return xps_phase_editor_import (xps_shell_get_data (window), path);
}

gboolean
xps_phase_window_export (GtkWindow *window, const char *path)
{
  return xps_phase_editor_export (xps_shell_get_data (window), path);
}

void
xps_command_phases (XpsWindow *self, GVariant *parameter)
{
  xps_phase_window_present (self, NULL);
}
