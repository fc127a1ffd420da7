/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commands.h"

#include <glib/gi18n.h>

#include "app/session-import.h"
#include "app/text-window.h"

void
xps_command_open (XpsWindow *self, GVariant *parameter)
{
  xps_window_choose_files (self);
}

void
xps_command_open_recent (XpsWindow *self, GVariant *parameter)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));
  g_list_store_append (files, file);
  xps_window_open_files (self, G_LIST_MODEL (files));
}

/* Here when nothing is open yet; samples do not belong into somebody's document. */
static void
open_sample (XpsWindow *self, gboolean series)
{
  g_autoptr (GListModel) files = xps_application_list_samples (series);
  if (g_list_model_get_n_items (files) > 0 && xps_window_is_empty (self))
    xps_session_import_samples (self->session, files);
  else
    g_action_group_activate_action (G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (self))),
                                    series ? "open-sample-series" : "open-sample", NULL);
}

void
xps_command_open_sample (XpsWindow *self, GVariant *parameter)
{
  open_sample (self, FALSE);
}

void
xps_command_open_sample_series (XpsWindow *self, GVariant *parameter)
{
  open_sample (self, TRUE);
}

void
xps_command_save (XpsWindow *self, GVariant *parameter)
{
  xps_window_save (self);
}

void
xps_command_save_as (XpsWindow *self, GVariant *parameter)
{
  xps_window_save_as (self);
}

void
xps_command_close (XpsWindow *self, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (self));
}

void
xps_command_import_log (XpsWindow *self, GVariant *parameter)
{
  g_autofree char *log = xps_session_dup_import_log (self->session);
  xps_text_window_present (GTK_WINDOW (self), _ ("What Was Read"),
                           log[0] != '\0' ? log : _ ("Nothing was read into this document."));
}
