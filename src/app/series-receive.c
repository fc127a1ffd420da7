/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-receive.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/form.h"
#include "app/page-number.h"
#include "app/page-row.h"
#include "app/reference-shell.h"
#include "base/file.h"
#include "formats/potentiostat.h"

static void
say (XpsSeriesDesk *desk, const char *sentence)
{
  g_signal_emit_by_name (desk, "message", sentence);
}

static void
read_file (XpsSeriesDesk *desk, GFile *file, const XpsSeriesLogTimes *times)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *match = NULL;
  if (!xps_series_desk_read_clocks (desk, g_file_peek_path (file), times, &match, &error))
    say (desk, error != NULL ? error->message : _ ("This series was removed from the document."));
  else
    say (desk, match[0] != '\0' ? match : _ ("Clocks were read from the table"));
}

/* FALSE after saying why. */
static gboolean
can_be_read (XpsSeriesDesk *desk, GFile *file)
{
  if (g_file_peek_path (file) == NULL)
    say (desk, _ ("Only files on this computer can be read as clocks."));
  else if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    say (desk, _ ("A folder holds frames: drop it on the main window, or watch it with Live."));
  else
    return TRUE;
  return FALSE;
}

void
xps_series_receive_file (XpsSeriesDesk *desk, GFile *file)
{
  if (can_be_read (desk, file))
    read_file (desk, file, NULL);
}

/* ---- how a log is laid beside the steps ---- */

typedef struct {
  XpsSeriesDesk *desk;
  GFile *file;
  XpsPageEntry *offset, *exposure;
  GtkLabel *match;
  XpsSeriesLogTimes times;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;
  g_object_unref (asked->desk);
  g_object_unref (asked->file);
  g_free (asked);
}

/* What would come of it, or why nothing does. */
static void
show_match (Asked *asked)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *match = NULL;
  const gboolean good =
      xps_series_desk_try_log (asked->desk, g_file_peek_path (asked->file), &asked->times, &match, &error);
  g_autofree char *text = g_strjoin (match[0] != '\0' && !good && error != NULL ? "\n" : "", match,
                                     !good && error != NULL ? error->message : "", NULL);
  g_autofree char *shown = xps_page_dup_localised (text);
  gtk_label_set_text (asked->match, shown);
}

static gboolean
take_offset (const char *text, gpointer data, GError **error)
{
  Asked *asked = data;
  double offset;
  if (!xps_page_parse_number (text, TRUE, &offset, error))
    return FALSE;
  asked->times.offset = isnan (offset) ? 0 : offset;
  g_autofree char *shown = xps_page_dup_entry_number (asked->times.offset);
  xps_page_entry_set_text (asked->offset, shown);
  show_match (asked);
  return TRUE;
}

static gboolean
take_exposure (const char *text, gpointer data, GError **error)
{
  Asked *asked = data;
  double exposure;
  if (!xps_page_parse_number (text, TRUE, &exposure, error))
    return FALSE;
  if (exposure <= 0) {
    g_set_error_literal (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK,
                         _ ("A step takes more than 0 s; empty: the value at its time"));
    return FALSE;
  }
  asked->times.exposure = exposure;
  g_autofree char *shown = xps_page_dup_entry_number (exposure);
  xps_page_entry_set_text (asked->exposure, shown);
  show_match (asked);
  return TRUE;
}

static gboolean
accept_log (XpsForm *form, gpointer data)
{
  Asked *asked = data;
  if (!xps_page_entry_take (asked->offset) || !xps_page_entry_take (asked->exposure))
    return FALSE;
  g_autoptr (GError) error = NULL;
  g_autofree char *match = NULL;
  if (!xps_series_desk_try_log (asked->desk, g_file_peek_path (asked->file), &asked->times, &match, &error))
    return FALSE; /* the report in the form says why */
  read_file (asked->desk, asked->file, &asked->times);
  return TRUE;
}

static void
ask (GtkWidget *parent, XpsSeriesDesk *desk, GFile *file)
{
  Asked *asked = g_new0 (Asked, 1);
  asked->desk = g_object_ref (desk);
  asked->file = g_object_ref (file);
  asked->times.exposure = NAN;
  XpsForm *form = xps_form_new (parent, _ ("Match a Log"), _ ("_Read"), accept_log, asked, asked_free);
  g_autofree char *name = g_file_get_basename (file), *shown = g_filename_display_name (name);
  g_autofree char *about =
      g_strdup_printf (_ ("Values of %s at the times of the steps, between its rows."), shown);
  xps_form_set_description (form, about);
  GtkWidget *offset = xps_page_entry_row_new (_ ("Log offset"), "s", take_offset, asked, &asked->offset);
  GtkWidget *exposure =
      xps_page_entry_row_new (_ ("Time of a step"), "s", take_exposure, asked, &asked->exposure);
  xps_page_row_set_subtitle (offset, _ ("Added to the steps' times"));
  xps_page_row_set_subtitle (exposure, _ ("For means over it; empty: the value at its time"));
  xps_page_entry_set_text (asked->offset, "0");
  xps_form_add_row (form, offset);
  xps_form_add_row (form, exposure);
  asked->match = GTK_LABEL (xps_shell_text_new ("", "dim-label"));
  gtk_label_set_selectable (asked->match, TRUE);
  xps_form_add_widget (form, GTK_WIDGET (asked->match));
  show_match (asked);
  xps_form_present (form);
  gtk_widget_grab_focus (GTK_WIDGET (xps_page_entry_get_editable (asked->offset)));
}

static gboolean
is_log (GFile *file)
{
  g_autoptr (GBytes) bytes = xps_file_read (g_file_peek_path (file), NULL);
  return bytes != NULL && xps_potentiostat_log_is_one (bytes);
}

void
xps_series_receive_asking (GtkWidget *parent, XpsSeriesDesk *desk, GFile *file)
{
  if (!can_be_read (desk, file))
    return;
  if (is_log (file))
    ask (parent, desk, file);
  else
    read_file (desk, file, NULL);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, XpsSeriesDesk *desk)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *at = files; at != NULL; at = at->next)
    xps_series_receive_asking (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)), desk,
                               at->data);
  return files != NULL;
}

void
xps_series_receive_drops (GtkWidget *widget, XpsSeriesDesk *desk)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), desk, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
