/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/reference-own.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/form.h"
#include "app/own-steps.h"
#include "app/page-number.h"
#include "app/phase-window.h"
#include "app/reference-catalogue.h"
#include "reference/own.h"

#define GROUP_KEY   "xps-own-actions"
#define STEPS_KEY   "xps-own-steps"
#define CHOOSER_KEY "xps-own-chooser"

static XpsOwn *
open_own (GError **error)
{
  g_autofree char *path = xps_catalogue_dup_own_path ();
  return xps_own_open (path, error);
}

/* Live as long as the window. */
static XpsOwnSteps *
get_steps (XpsReferenceWindow *window)
{
  return g_object_get_data (G_OBJECT (window), STEPS_KEY);
}

static void
say (XpsReferenceWindow *window, const char *text, gboolean severe)
{
  xps_window_say (xps_reference_window_get_parent (window), text, severe);
}

/* The file may have been made just now. */
static gboolean
take_in (gpointer window, GError **error)
{
  const gboolean good = xps_reference_refresh_own (xps_reference_window_get_reference (window), error);
  xps_reference_window_reload (window);
  xps_phase_window_refresh (xps_reference_window_get_parent (window));
  xps_reference_own_refresh (window);
  return good;
}

/* ---- the form ---- */

typedef struct {
  XpsReferenceLine *line;   /* what is edited; id 0: new */
  XpsReferenceLine *before; /* as it was, NULL: new */
  XpsReferenceOwnKeep keep;
  gpointer data; /* of `keep`; outlives the form */
  AdwEntryRow *species, *level, *energy, *uncertainty, *fwhm, *scale, *source, *note;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  xps_reference_line_free (entry->line);
  g_clear_pointer (&entry->before, xps_reference_line_free);
  g_free (entry);
}

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
take_text (AdwEntryRow *row, char **text)
{
  g_free (*text);
  *text = g_strstrip (g_strdup (get_text (row)));
  if (**text == '\0')
    g_clear_pointer (text, g_free);
}

static gboolean
take_number (AdwEntryRow *row, double *value, GError **error)
{
  const gboolean good = xps_page_parse_number (get_text (row), TRUE, value, error);
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  return good;
}

static gboolean
accept (XpsForm *form, gpointer data)
{
  Entry *entry = data;
  XpsReferenceLine *line = entry->line;
  g_autoptr (GError) error = NULL;
  take_text (entry->species, &line->species);
  take_text (entry->level, &line->level);
  take_text (entry->scale, &line->charge_reference);
  take_text (entry->source, &line->source);
  take_text (entry->note, &line->note);
  if (!take_number (entry->energy, &line->energy, &error) ||
      !take_number (entry->uncertainty, &line->uncertainty, &error) ||
      !take_number (entry->fwhm, &line->fwhm, &error) ||
      !entry->keep (entry->data, entry->before, line, &error)) {
    xps_form_say (form, error->message);
    return FALSE;
  }
  return TRUE;
}

static AdwEntryRow *
add_text (XpsForm *form, const char *title, const char *text)
{
  return xps_form_add_entry (form, title, text != NULL ? text : "");
}

static AdwEntryRow *
add_number (XpsForm *form, const char *title, double value)
{
  g_autofree char *text = xps_page_dup_entry_number (value);
  return xps_form_add_entry (form, title, text);
}

void
xps_reference_own_present_form (GtkWidget *parent, XpsReferenceLine *line, const char *title,
                                const char *description, XpsReferenceOwnKeep keep, gpointer data)
{
  Entry *entry = g_new0 (Entry, 1);
  entry->line = line;
  entry->before = line->id != 0 ? xps_reference_line_copy (line) : NULL;
  entry->keep = keep;
  entry->data = data;
  XpsForm *form = xps_form_new (parent, title, _ ("_Keep"), accept, entry, entry_free);
  xps_form_set_description (form, description);
  entry->species = add_text (form, _ ("Species"), line->species);
  entry->level = add_text (form, _ ("Level, such as S 2p3/2"), line->level);
  entry->energy = add_number (form, _ ("Binding energy in eV"), line->energy);
  entry->uncertainty = add_number (form, _ ("Uncertainty in eV (optional)"), line->uncertainty);
  entry->fwhm = add_number (form, _ ("Full width at half maximum in eV (optional)"), line->fwhm);
  entry->scale = add_text (form, _ ("Charge reference (optional)"), line->charge_reference);
  entry->source = add_text (form, _ ("Source: who says so"), line->source);
  entry->note = add_text (form, _ ("Note (optional)"), line->note);
  xps_form_present (form);
}

static gboolean
keep (gpointer window, const XpsReferenceLine *before, const XpsReferenceLine *line, GError **error)
{
  return xps_own_steps_do (get_steps (window), xps_own_step_new_line (before, line), error) &&
         take_in (window, error);
}

static void
present_form (XpsReferenceWindow *window, XpsReferenceLine *line, const char *title, const char *description)
{
  xps_reference_own_present_form (GTK_WIDGET (window), line, title, description, keep, window);
}

/* ---- actions ---- */

static XpsReferenceItem *
dup_selected (XpsReferenceWindow *window)
{
  g_autoptr (GPtrArray) items = xps_reference_list_dup_selected (xps_reference_window_get_list (window));
  return items->len == 1 ? g_object_ref (g_ptr_array_index (items, 0)) : NULL;
}

static const XpsReferenceLine *
get_line (XpsReferenceItem *item)
{
  return item != NULL ? xps_reference_item_get_line (item) : NULL;
}

static void
on_new (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (XpsReferenceItem) item = dup_selected (window);
  XpsReferenceLine *line = xps_reference_line_new ();
  if (item != NULL) { /* most likely another value of the same thing */
    line->species = g_strdup (xps_reference_item_get_entry (item)->spread->species);
    line->level = g_strdup (xps_reference_item_get_entry (item)->spread->level);
  }
  present_form (window, line, _ ("New Entry"),
                _ ("Kept in your own file and marked as your own wherever it is shown."));
}

static void
on_edit (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (XpsReferenceItem) item = dup_selected (window);
  const XpsReferenceLine *line = get_line (item);
  if (line == NULL)
    return;
  if (line->verified == XPS_VERIFIED_USER)
    present_form (window, xps_reference_line_copy (line), _ ("Edit Entry"), _ ("An entry of your own."));
  else
    present_form (window, xps_own_new_correction (line), _ ("Correct a Value"),
                  _ ("Your value stands beside the shipped one, which is no longer counted."));
}

static void
on_remove (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (XpsReferenceItem) item = dup_selected (window);
  const XpsReferenceLine *line = get_line (item);
  g_autoptr (GError) error = NULL;
  if (line == NULL || line->verified != XPS_VERIFIED_USER)
    return;
  if (!xps_own_steps_do (get_steps (window), xps_own_step_new_line (line, NULL), &error) ||
      !take_in (window, &error))
    say (window, error->message, TRUE);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GError) error = NULL;
  if (!xps_own_steps_undo (get_steps (window), NULL, &error) || !take_in (window, &error))
    say (window, error->message, TRUE);
  xps_reference_own_refresh (window);
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GError) error = NULL;
  if (!xps_own_steps_redo (get_steps (window), NULL, &error) || !take_in (window, &error))
    say (window, error->message, TRUE);
  xps_reference_own_refresh (window);
}

gboolean
xps_reference_own_import (XpsReferenceWindow *window, const char *path, GError **error)
{
  guint added = 0, phases = 0;
  if (!xps_own_steps_import (get_steps (window), path, &added, &phases, error) || !take_in (window, error))
    return FALSE;
  g_autofree char *entries = g_strdup_printf (ngettext ("%u entry", "%u entries", added), added);
  g_autofree char *of_phases = g_strdup_printf (ngettext ("%u phase", "%u phases", phases), phases);
  /* Translators: "12 entries and 2 phases taken in". */
  g_autofree char *said = g_strdup_printf (_ ("%s and %s taken in"), entries, of_phases);
  say (window, said, FALSE);
  return TRUE;
}

gboolean
xps_reference_own_export (XpsReferenceWindow *window, const char *path, GError **error)
{
  g_autoptr (XpsOwn) own = open_own (error);
  g_autofree char *text = own != NULL ? xps_own_dup_csv (own, error) : NULL;
  return text != NULL && g_file_set_contents (path, text, -1, error);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, XpsReferenceWindow *window)
{
  const gboolean opens =
      gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog)) == GTK_FILE_CHOOSER_ACTION_OPEN;
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autoptr (GError) error = NULL;
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  if (path != NULL) {
    const gboolean good = opens ? xps_reference_own_import (window, path, &error)
                                : xps_reference_own_export (window, path, &error);
    if (!good)
      say (window, error->message, TRUE);
  }
  g_object_set_data (G_OBJECT (window), CHOOSER_KEY, NULL); /* drops the dialog */
}

static void
choose (XpsReferenceWindow *window, const char *title, GtkFileChooserAction action)
{
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (window), action, NULL, NULL);
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), "own-references.csv");
  g_object_set_data_full (G_OBJECT (window), CHOOSER_KEY, chooser, g_object_unref);
  g_signal_connect (chooser, "response", G_CALLBACK (on_chosen), window);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
on_import (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  choose (window, _ ("Import Own Entries"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  choose (window, _ ("Export Own Entries"), GTK_FILE_CHOOSER_ACTION_SAVE);
}

static void
on_phases (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  xps_phase_window_present (xps_reference_window_get_parent (window), NULL);
}

static const GActionEntry actions[] = {
    {.name = "new", .activate = on_new},       {.name = "edit", .activate = on_edit},
    {.name = "remove", .activate = on_remove}, {.name = "import", .activate = on_import},
    {.name = "export", .activate = on_export}, {.name = "phases", .activate = on_phases},
    {.name = "undo", .activate = on_undo},     {.name = "redo", .activate = on_redo},
};

static void
enable (XpsReferenceWindow *window, const char *name, gboolean enabled)
{
  GActionMap *group = g_object_get_data (G_OBJECT (window), GROUP_KEY);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (group, name)), enabled);
}

void
xps_reference_own_refresh (XpsReferenceWindow *window)
{
  g_autoptr (XpsReferenceItem) item = dup_selected (window);
  const XpsReferenceLine *line = get_line (item);
  enable (window, "edit", line != NULL);
  enable (window, "remove", line != NULL && line->verified == XPS_VERIFIED_USER);
  enable (window, "undo", xps_own_steps_get_undo (get_steps (window)) != NULL);
  enable (window, "redo", xps_own_steps_get_redo (get_steps (window)) != NULL);
}

static void
add_shortcuts (GtkWidget *window)
{
  static const struct {
    const char *keys, *action;
  } shortcuts[] = {{"<Control>z", "own.undo"}, {"<Control><Shift>z|<Control>y", "own.redo"}};
  GtkEventController *keys = gtk_shortcut_controller_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].keys),
                          gtk_named_action_new (shortcuts[i].action)));
  gtk_widget_add_controller (window, keys);
}

GtkWidget *
xps_reference_own_new_button (XpsReferenceWindow *window)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new (), edit = g_menu_new (), back = g_menu_new ();
  g_autoptr (GMenu) phases = g_menu_new (), file = g_menu_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), window);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "own", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (window), GROUP_KEY, group, g_object_unref);
  g_object_set_data_full (G_OBJECT (window), STEPS_KEY, xps_own_steps_new (),
                          (GDestroyNotify)xps_own_steps_free);
  enable (window, "undo", FALSE);
  enable (window, "redo", FALSE);
  add_shortcuts (GTK_WIDGET (window));
  g_menu_append (edit, _ ("New Entry…"), "own.new");
  g_menu_append (edit, _ ("Edit or Correct…"), "own.edit");
  g_menu_append (edit, _ ("Remove Own Entry"), "own.remove");
  g_menu_append (back, _ ("Undo"), "own.undo");
  g_menu_append (back, _ ("Redo"), "own.redo");
  g_menu_append (phases, _ ("Phases…"), "own.phases");
  g_menu_append (file, _ ("Import Own Entries…"), "own.import");
  g_menu_append (file, _ ("Export Own Entries…"), "own.export");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (edit));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (back));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (phases));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (file));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "document-edit-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("Own entries"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Own entries"),
                                  -1);
  return button;
}
