/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

#include <glib/gi18n.h>

#include "app/page-entry.h"

/* Files of a window: opening, saving, closing. Reading and writing run off the main thread. */

/* ---- the document that the window follows ---- */

void
xps_window_follow_project (XpsWindow *self)
{
  XpsProject *project = xps_session_get_project (self->session);
  if (project == self->project)
    return;
  if (self->project != NULL) {
    g_signal_handlers_disconnect_by_data (self->project, self);
    xps_project_stop_journal (self->project);
  }
  g_set_object (&self->project, project);
  g_signal_connect_swapped (project, "notify", G_CALLBACK (xps_window_refresh), self);
  g_signal_connect_swapped (project, "changed", G_CALLBACK (xps_window_journal_soon), self);
  xps_window_start_journal (self);
}

/* What could not be read is not worth finding again. */
static void
on_imported (XpsSession *session, GListModel *files)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);
    xps_window_add_recent (file);
  }
}

void
xps_window_init_files (XpsWindow *self)
{
  xps_window_follow_project (self);
  g_signal_connect_swapped (self->session, "notify::project", G_CALLBACK (xps_window_follow_project), self);
  g_signal_connect (self->session, "imported", G_CALLBACK (on_imported), NULL);
  xps_window_init_recovery (self);
  xps_window_fill_recent (self);
}

void
xps_window_dispose_files (XpsWindow *self)
{
  g_clear_handle_id (&self->journal_source, g_source_remove);
  if (self->project != NULL) {
    g_signal_handlers_disconnect_by_data (self->project, self);
    xps_project_stop_journal (self->project);
  }
  g_clear_object (&self->project);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->recoveries, g_ptr_array_unref);
}

/* ---- opening ---- */

gboolean
xps_window_is_project (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  return name != NULL && g_str_has_suffix (name, ".corelevel");
}

static gpointer
open_project (XpsJob *job, gpointer path, GError **error)
{
  return xps_project_open (path, error);
}

/* Before anything is lost to programs of that version: what a save will do. */
static void
tell_older (XpsWindow *self, XpsProject *project)
{
  g_autofree char *kept = xps_project_dup_older_name (project);
  if (kept == NULL)
    return;
  /* Translators: %s is the name of a file, "a.corelevel.v2". */
  g_autofree char *text = g_strdup_printf (_ ("Made by an older version of Corelevel. The file changes only "
                                              "when it is saved, and is then kept as %s"),
                                           kept);
  xps_window_say (self, text, FALSE);
}

static void
on_project_opened (XpsJob *job, gpointer result, const GError *error, gpointer data)
{
  g_autoptr (XpsWindow) self = data;
  g_autoptr (XpsProject) project = result;
  if (self->session == NULL)
    return;
  if (project == NULL) {
    xps_window_say (self, error->message, TRUE);
    return;
  }
  g_autoptr (GFile) file = g_file_new_for_path (xps_project_get_path (project));
  xps_window_add_recent (file);
  /* Spectra may have come into this window while the file was read. */
  XpsWindow *window = self;
  if (!xps_window_is_empty (self)) {
    window = xps_window_new (XPS_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
    gtk_window_present (GTK_WINDOW (window));
  }
  xps_session_set_project (window->session, project);
  tell_older (window, project);
}

void
xps_window_open_project (XpsWindow *self, GFile *file)
{
  char *path = g_file_get_path (file);
  if (path == NULL) {
    g_autofree char *uri = g_file_get_uri (file);
    g_autofree char *text =
        g_strdup_printf (_ ("%s cannot be reached as a file: copy it to this computer first"), uri);
    xps_window_say (self, text, TRUE);
    return;
  }
  g_autoptr (XpsJob) job = xps_job_start (_ ("Open"), open_project, path, g_free, g_object_unref,
                                          on_project_opened, g_object_ref (self));
}

void
xps_window_import (XpsWindow *self, GListModel *files)
{
  xps_session_import (self->session, files);
}

void
xps_window_open_files (XpsWindow *self, GListModel *files)
{
  g_autoptr (GListStore) spectra = g_list_store_new (G_TYPE_FILE);
  gboolean taken = !xps_window_is_empty (self);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);
    if (!xps_window_is_project (file)) {
      g_list_store_append (spectra, file);
    } else if (taken) {
      XpsWindow *other = xps_window_new (XPS_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
      gtk_window_present (GTK_WINDOW (other));
      xps_window_open_project (other, file);
    } else {
      xps_window_open_project (self, file);
      taken = TRUE;
    }
  }
  if (g_list_model_get_n_items (G_LIST_MODEL (spectra)) > 0)
    xps_window_import (self, G_LIST_MODEL (spectra));
}

static void
on_files_chosen (GtkNativeDialog *dialog, int response, XpsWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
    xps_window_open_files (self, files);
  }
  g_clear_object (&self->chooser);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes != NULL && suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  if (suffixes == NULL)
    gtk_file_filter_add_pattern (filter, "*");
  gtk_file_chooser_add_filter (chooser, filter);
}

/* Endings that readers name, and projects. */
static GStrv
dup_suffixes (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_add (builder, "corelevel");
  gsize n;
  const XpsFormat *const *formats = xps_formats_get (&n);
  for (gsize i = 0; i < n; i++)
    for (guint k = 0; formats[i]->suffixes[k] != NULL; k++)
      g_strv_builder_add (builder, formats[i]->suffixes[k]);
  return g_strv_builder_end (builder);
}

void
xps_window_choose_files (XpsWindow *self)
{
  static const char *const project[] = {"corelevel", NULL};
  g_auto (GStrv) suffixes = dup_suffixes ();
  g_set_object (&self->chooser, NULL);
  self->chooser = gtk_file_chooser_native_new (_ ("Open"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN,
                                               _ ("_Open"), _ ("_Cancel"));
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (self->chooser);
  gtk_file_chooser_set_select_multiple (chooser, TRUE);
  add_filter (chooser, _ ("Spectra and projects"), (const char *const *)suffixes);
  add_filter (chooser, _ ("Projects"), project);
  add_filter (chooser, _ ("All files"), NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_files_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- what is being typed ---- */

gboolean
xps_window_take_typing (XpsWindow *self)
{
  const gboolean good = xps_page_entry_take_all (GTK_WIDGET (self));
  xps_inspector_commit (self->inspector);
  return good;
}

/* ---- saving ---- */

typedef struct {
  XpsWindow *window;
  XpsProject *project;
  XpsState *state;
  GStrv history;
  char *path;
} XpsSave;

static void
save_free (XpsSave *save)
{
  g_object_unref (save->window);
  g_object_unref (save->project);
  xps_state_unref (save->state);
  g_strfreev (save->history);
  g_free (save->path);
  g_free (save);
}

static gpointer
write_state (XpsJob *job, gpointer data, GError **error)
{
  const XpsSave *save = data;
  const gboolean written =
      xps_state_write (save->state, save->path, (const char *const *)save->history, error);
  return written ? g_strdup (save->path) : NULL;
}

static void
on_saved (XpsJob *job, gpointer result, const GError *error, gpointer data)
{
  XpsSave *save = data;
  XpsWindow *self = save->window;
  g_autofree char *path = result;
  self->saving = FALSE;
  if (path == NULL) {
    self->closing = FALSE;
    xps_window_say (self, error->message, TRUE);
  } else {
    xps_project_mark_saved (save->project, save->state, path);
    gtk_info_bar_set_revealed (self->error_bar, FALSE); /* it may tell of a save that failed before */
    g_autoptr (GFile) file = g_file_new_for_path (path);
    xps_window_add_recent (file);
  }
  const gboolean close = self->closing && self->session != NULL;
  if (close)
    gtk_window_close (GTK_WINDOW (self));
  save_free (save);
}

static void
save_to (XpsWindow *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  if (self->saving)
    return;
  xps_window_take_typing (self); /* what is refused stays where it is typed */
  if (!xps_project_prepare_save (self->project, path, &error)) {
    self->closing = FALSE;
    xps_window_say (self, error->message, TRUE);
    return;
  }
  XpsSave *save = g_new0 (XpsSave, 1);
  save->window = g_object_ref (self);
  save->project = g_object_ref (self->project);
  save->state = xps_state_ref (xps_project_get_state (self->project));
  save->history = xps_project_dup_history (self->project);
  save->path = g_strdup (path);
  self->saving = TRUE;
  g_autoptr (XpsJob) job = xps_job_start (_ ("Save"), write_state, save, NULL, g_free, on_saved, save);
}

static void
on_save_chosen (GtkNativeDialog *dialog, int response, XpsWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = g_file_get_path (file);
    g_autofree char *named = path == NULL || g_str_has_suffix (path, ".corelevel")
                                 ? g_strdup (path)
                                 : g_strconcat (path, ".corelevel", NULL);
    if (named != NULL)
      save_to (self, named);
    else
      xps_window_say (self, _ ("This place cannot be reached as a folder: choose one on this computer"),
                      TRUE);
  } else {
    self->closing = FALSE;
  }
  g_clear_object (&self->chooser);
}

void
xps_window_save_as (XpsWindow *self)
{
  static const char *const project[] = {"corelevel", NULL};
  g_autofree char *title = xps_project_dup_title (self->project);
  g_autofree char *name = g_strconcat (title, ".corelevel", NULL);
  g_set_object (&self->chooser, NULL);
  self->chooser = gtk_file_chooser_native_new (_ ("Save"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _ ("_Save"), _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("Projects"), project);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_save_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
xps_window_save (XpsWindow *self)
{
  const char *path = xps_project_get_path (self->project);
  if (path != NULL && !xps_project_get_read_only (self->project))
    save_to (self, path);
  else
    xps_window_save_as (self);
}

/* ---- closing ---- */

static gboolean
on_destroy (gpointer self)
{
  gtk_window_destroy (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
on_close_answer (XpsWindow *self, const char *response)
{
  if (g_strcmp0 (response, "save") == 0) {
    self->closing = TRUE;
    xps_window_save (self);
  } else if (g_strcmp0 (response, "discard") == 0) {
    xps_project_stop_journal (self->project);
    xps_window_remember (self); /* destroying asks for no close request */
    /* Once the dialog is gone: it lets go of its parent at its very end, and would find it freed. */
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_destroy, g_object_ref (self), g_object_unref);
  }
}

static void
ask_about_changes (XpsWindow *self)
{
  g_autofree char *title = xps_project_dup_title (self->project);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Save Changes?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _ ("“%s” has changes that are not saved. What is not saved is lost."),
                                  title);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard",
                                    _ ("_Discard"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_close_answer), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
xps_window_may_close (XpsWindow *self)
{
  if (self->saving) {
    self->closing = TRUE;
    return FALSE;
  }
  if (!xps_window_take_typing (self))
    return FALSE;
  xps_session_settle (self->session);
  if (xps_project_take_unsaved_views (self->project)) {
    self->closing = TRUE;
    xps_window_save (self);
    return FALSE;
  }
  if (!xps_project_get_modified (self->project))
    return TRUE;
  self->closing = FALSE;
  ask_about_changes (self);
  return FALSE;
}
