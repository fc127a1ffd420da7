/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

#include <glib/gi18n.h>

#include "app/settings.h"

/* The crash journal of a window's document, and the offer to bring back what a crash left. */

/* ---- keeping ---- */

void
xps_window_start_journal (XpsWindow *self)
{
  g_autofree char *folder = xps_application_dup_journal_folder ();
  g_autoptr (GError) error = NULL;
  if (!xps_project_start_journal (self->project, folder, &error))
    g_warning ("No crash journal: %s", error->message);
}

static void
on_journal_written (GObject *project, GAsyncResult *result, gpointer data)
{
  g_autoptr (XpsWindow) self = data;
  g_autoptr (GError) error = NULL;
  self->journal_busy = FALSE;
  if (xps_project_flush_journal_finish (XPS_PROJECT (project), result, &error) || self->session == NULL)
    return;
  g_autofree char *text = g_strdup_printf (
      _ ("What you do is not kept safe against a crash: %s. Save the project."), error->message);
  xps_window_say (self, text, TRUE);
}

static gboolean
on_journal_moment (gpointer data)
{
  XpsWindow *self = data;
  if (self->journal_busy)
    return G_SOURCE_CONTINUE;
  self->journal_source = 0;
  self->journal_busy = TRUE;
  xps_project_flush_journal_async (self->project, on_journal_written, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* A moment after the first edit since the last entry, so that a row of edits cannot put it off. */
void
xps_window_journal_soon (XpsWindow *self)
{
  if (self->journal_source != 0)
    return;
  const int seconds = xps_settings_get_int (xps_window_get_settings (self), "journal-seconds", 2);
  self->journal_source = g_timeout_add (1000 * (guint)seconds, on_journal_moment, self);
}

/* ---- bringing back ---- */

static const XpsRecovery *
get_offer (XpsWindow *self)
{
  const guint n = self->recoveries != NULL ? self->recoveries->len : 0;
  return n > 0 ? g_ptr_array_index (self->recoveries, n - 1) : NULL;
}

static void
show_offer (XpsWindow *self)
{
  const XpsRecovery *offer = get_offer (self);
  gtk_info_bar_set_revealed (self->recovery_bar, offer != NULL);
  if (offer == NULL)
    return;
  g_autofree char *text = g_strdup_printf (
      ngettext ("“%s” (%u region, %s) was not saved when the program ended.",
                "“%s” (%u regions, %s) was not saved when the program ended.", offer->n_regions),
      offer->title, offer->n_regions, offer->time);
  gtk_label_set_text (self->recovery_label, text);
}

static void
end_offer (XpsWindow *self)
{
  g_ptr_array_set_size (self->recoveries, (int)self->recoveries->len - 1);
  show_offer (self);
}

static void
on_recover (XpsWindow *self)
{
  const XpsRecovery *offer = get_offer (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsProject) project = offer != NULL ? xps_recovery_open (offer, &error) : NULL;
  if (project == NULL) {
    if (error != NULL)
      xps_window_say (self, error->message, TRUE);
    return;
  }
  XpsWindow *window = self;
  if (!xps_window_is_empty (self)) {
    window = xps_window_new (XPS_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
    gtk_window_present (GTK_WINDOW (window));
  }
  xps_session_set_project (window->session, project);
  end_offer (self);
}

static void
on_discard (XpsWindow *self)
{
  const XpsRecovery *offer = get_offer (self);
  if (offer == NULL)
    return;
  xps_recovery_discard (offer);
  end_offer (self);
}

/* One window offers: the first one. */
void
xps_window_init_recovery (XpsWindow *self)
{
  g_signal_connect_swapped (self->recover_button, "clicked", G_CALLBACK (on_recover), self);
  g_signal_connect_swapped (self->discard_button, "clicked", G_CALLBACK (on_discard), self);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  const GList *windows = application != NULL ? gtk_application_get_windows (application) : NULL;
  if (windows != NULL && windows->next != NULL)
    return;
  g_autofree char *folder = xps_application_dup_journal_folder ();
  self->recoveries = xps_recovery_list (folder);
  show_offer (self);
}
