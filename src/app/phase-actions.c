/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "app/form.h"
#include "app/phase-dialog.h"
#include "app/phase-window-private.h"
#include "app/reference-own.h"

/* What can be done in the editor of phases: its actions, their keys, and the file choosers. */

static void
say_error (XpsPhaseEditor *self, const GError *error)
{
  xps_phase_editor_say (self, error != NULL ? error->message : NULL);
}

/* What is being typed belongs to the edit before. */
static gboolean
is_ready (XpsPhaseEditor *self)
{
  return xps_page_entry_take_all (GTK_WIDGET (self->window));
}

/* ---- whole phases ---- */

typedef struct {
  XpsPhaseEditor *editor; /* outlives the form */
  AdwEntryRow *name, *formula;
} New;

static gboolean
accept_new (XpsForm *form, gpointer data)
{
  New *it = data;
  g_autofree char *formula = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (it->formula))));
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (it->name))));
  const char *name = typed[0] != '\0' ? typed : formula;
  g_autoptr (GError) error = NULL;
  if (!xps_phase_book_create (it->editor->book, name, formula, &error)) {
    xps_form_say (form, error->message);
    return FALSE;
  }
  xps_phase_editor_show (it->editor, name, TRUE);
  return TRUE;
}

static void
on_new (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XpsPhaseEditor *self = data;
  if (!is_ready (self))
    return;
  New *it = g_new0 (New, 1);
  it->editor = self;
  XpsForm *form =
      xps_form_new (GTK_WIDGET (self->window), _ ("New Phase"), _ ("_Add"), accept_new, it, g_free);
  xps_form_set_description (
      form, _ ("A line is made for each element, with all its atoms; change what you like then."));
  it->formula = xps_form_add_entry (form, _ ("Formula, such as Li6PS5Br"), "");
  it->name = xps_form_add_entry (form, _ ("Name (empty: the formula)"), "");
  xps_form_present (form);
}

static void
on_duplicate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XpsPhaseEditor *self = data;
  g_autoptr (GError) error = NULL;
  const XpsReferencePhase *phase = is_ready (self) ? xps_phase_editor_get_phase (self) : NULL;
  if (phase == NULL)
    return;
  g_autofree char *name = xps_phase_book_duplicate (self->book, phase, &error);
  if (name == NULL) {
    say_error (self, error);
    return;
  }
  xps_phase_editor_show (self, name, TRUE);
  XpsPageEntry *entry = xps_phase_head_get_entry (self->head, XPS_PHASE_NAME);
  gtk_widget_grab_focus (GTK_WIDGET (entry)); /* most likely it is to be called otherwise */
  gtk_editable_select_region (xps_page_entry_get_editable (entry), 0, -1);
}

static void
on_remove (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XpsPhaseEditor *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup (self->name);
  xps_phase_book_remove (self->book, name, &error);
  say_error (self, error);
}

static void
on_add_to_sample (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XpsPhaseEditor *self = data;
  const guint region = xps_session_get_region_id (xps_window_get_session (self->parent));
  if (is_ready (self) && region != 0 && self->name != NULL)
    xps_phase_dialog_present (self->parent, self->name, NULL, region, XPS_PHASE_SAMPLE);
}

/* ---- lines ---- */

static int
get_line (XpsPhaseEditor *self)
{
  XpsPhaseLineItem *item = xps_phase_table_get_selected (self->table);
  return item != NULL ? (int)xps_phase_line_item_get_index (item) : -1;
}

static void
on_add_line (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XpsPhaseEditor *self = data;
  g_autoptr (GError) error = NULL;
  if (!is_ready (self))
    return;
  const int line = xps_phase_book_add_line (self->book, self->name, get_line (self), &error);
  say_error (self, error);
  if (line >= 0)
    xps_phase_table_focus (self->table, line, XPS_PHASE_COLUMN_LEVEL);
}

static void
on_remove_line (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XpsPhaseEditor *self = data;
  g_autoptr (GError) error = NULL;
  const int line = get_line (self);
  if (xps_phase_book_remove_line (self->book, self->name, line, &error))
    xps_phase_table_focus (self->table, line > 0 ? line - 1 : 0, XPS_PHASE_COLUMN_LEVEL);
  say_error (self, error);
}

static gboolean
keep_value (gpointer data, const XpsReferenceLine *before, const XpsReferenceLine *line, GError **error)
{
  return xps_phase_book_add_value (((XpsPhaseEditor *)data)->book, line, error);
}

void
xps_phase_editor_ask_value (XpsPhaseEditor *self)
{
  XpsPhaseLineItem *item = xps_phase_table_get_selected (self->table);
  if (item == NULL || !is_ready (self))
    return;
  XpsReferenceLine *line = xps_reference_line_new ();
  line->species = g_strdup (xps_phase_line_item_get_species (item));
  line->level = g_strdup (xps_phase_line_item_get_level (item));
  xps_reference_own_present_form (GTK_WIDGET (self->window), line, _ ("New Entry"),
                                  _ ("Kept in your own file and marked as your own wherever it is shown."),
                                  keep_value, self);
}

static void
on_own_value (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xps_phase_editor_ask_value (data);
}

/* ---- back and forth ---- */

static void
go (XpsPhaseEditor *self, char *(*step) (XpsPhaseBook *, GError **))
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = is_ready (self) ? step (self->book, &error) : NULL;
  if (name != NULL)
    xps_phase_editor_show (self, name, TRUE);
  say_error (self, error);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  go (data, xps_phase_book_undo);
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  go (data, xps_phase_book_redo);
}

/* ---- as text ---- */

gboolean
xps_phase_editor_import (XpsPhaseEditor *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  guint added = 0, phases = 0;
  if (!xps_phase_book_import (self->book, path, &added, &phases, &error)) {
    say_error (self, error);
    return FALSE;
  }
  g_autofree char *entries = g_strdup_printf (ngettext ("%u entry", "%u entries", added), added);
  g_autofree char *of_phases = g_strdup_printf (ngettext ("%u phase", "%u phases", phases), phases);
  /* Translators: "12 entries and 2 phases taken in". */
  g_autofree char *said = g_strdup_printf (_ ("%s and %s taken in"), entries, of_phases);
  xps_window_say (self->parent, said, FALSE);
  return TRUE;
}

gboolean
xps_phase_editor_export (XpsPhaseEditor *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  const gboolean done = xps_phase_book_export (self->book, path, &error);
  say_error (self, error);
  return done;
}

static void
on_chosen (GtkNativeDialog *dialog, int response, XpsPhaseEditor *self)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  const gboolean opens = gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_OPEN;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (chooser) : NULL;
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  if (path != NULL && opens)
    xps_phase_editor_import (self, path);
  else if (path != NULL)
    xps_phase_editor_export (self, path);
  g_clear_object (&self->chooser);
}

static void
choose (XpsPhaseEditor *self, const char *title, GtkFileChooserAction action)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, self->window, action, NULL, NULL);
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "own-references.csv");
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_import (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (is_ready (data))
    choose (data, _ ("Import Own Entries"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (is_ready (data))
    choose (data, _ ("Export Own Entries"), GTK_FILE_CHOOSER_ACTION_SAVE);
}

/* ---- the actions ---- */

static const GActionEntry entries[] = {
    {.name = "new", .activate = on_new},
    {.name = "duplicate", .activate = on_duplicate},
    {.name = "remove", .activate = on_remove},
    {.name = "add-to-sample", .activate = on_add_to_sample},
    {.name = "add-line", .activate = on_add_line},
    {.name = "remove-line", .activate = on_remove_line},
    {.name = "own-value", .activate = on_own_value},
    {.name = "undo", .activate = on_undo},
    {.name = "redo", .activate = on_redo},
    {.name = "import", .activate = on_import},
    {.name = "export", .activate = on_export},
};

static void
enable (XpsPhaseEditor *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

static void
set_tip (GtkWidget *button, const char *tip)
{
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
}

static void
refresh_tips (XpsPhaseEditor *self)
{
  const char *undo = xps_phase_book_get_undo (self->book), *redo = xps_phase_book_get_redo (self->book);
  /* Translators: %s is an edit, "new line of Li6PS5Br". */
  g_autofree char *undo_tip = undo != NULL ? g_strdup_printf (_ ("Undo: %s"), undo) : g_strdup (_ ("Undo"));
  /* Translators: %s is an edit, "new line of Li6PS5Br". */
  g_autofree char *redo_tip = redo != NULL ? g_strdup_printf (_ ("Redo: %s"), redo) : g_strdup (_ ("Redo"));
  set_tip (self->undo, undo_tip);
  set_tip (self->redo, redo_tip);
}

void
xps_phase_editor_refresh_actions (XpsPhaseEditor *self)
{
  const XpsReferencePhase *phase = xps_phase_editor_get_phase (self);
  const gboolean own = phase != NULL && phase->own;
  const XpsPreview *preview = xps_session_get_preview (xps_window_get_session (self->parent));
  enable (self, "duplicate", phase != NULL);
  enable (self, "remove", own);
  enable (self, "add-line", own);
  enable (self, "remove-line", own && phase->lines->len > 1 && get_line (self) >= 0);
  enable (self, "own-value", get_line (self) >= 0);
  enable (self, "add-to-sample",
          phase != NULL && !xps_phase_book_is_replaced (self->book, phase) && preview != NULL &&
              preview->has_binding);
  enable (self, "undo", xps_phase_book_get_undo (self->book) != NULL);
  enable (self, "redo", xps_phase_book_get_redo (self->book) != NULL);
  refresh_tips (self);
}

GMenuModel *
xps_phase_editor_new_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) phase = g_menu_new (), file = g_menu_new ();
  g_menu_append (phase, _ ("New Phase…"), "phases.new");
  g_menu_append (phase, _ ("Duplicate"), "phases.duplicate");
  g_menu_append (phase, _ ("Remove Own Phase"), "phases.remove");
  g_menu_append (file, _ ("Import Own Entries…"), "phases.import");
  g_menu_append (file, _ ("Export Own Entries…"), "phases.export");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (phase));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (file));
  return G_MENU_MODEL (menu);
}

void
xps_phase_editor_add_actions (XpsPhaseEditor *self)
{
  static const struct {
    const char *keys, *action;
  } shortcuts[] = {{"<Control>n", "phases.new"},
                   {"<Control>d", "phases.duplicate"},
                   {"<Control>z", "phases.undo"},
                   {"<Control><Shift>z|<Control>y", "phases.redo"}};
  GtkEventController *keys = gtk_shortcut_controller_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "phases", G_ACTION_GROUP (self->actions));
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].keys),
                          gtk_named_action_new (shortcuts[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self->window), keys);
}
