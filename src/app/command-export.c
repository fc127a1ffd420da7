/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commands.h"

#include <glib/gi18n.h>

#include "base/file.h"
#include "config.h"
#include "figure/component-table.h"
#include "project/nexus.h"

/* The plot, the table and the spectra as files, and the table for the clipboard. */

/* Points: one and a half columns of a journal, in the proportions of a screen. */
#define EXPORT_WIDTH  360.0
#define EXPORT_HEIGHT 270.0

static char *
dup_file_name (XpsWindow *self, const char *ending)
{
  const XpsRegion *region = xps_session_get_region (self->session);
  g_autofree char *document = xps_project_dup_title (self->project);
  char *name = g_strdup_printf ("%s %s.%s", document, region->name, ending);
  return g_strdelimit (name, "/\\:", '-');
}

static void
ask_for_file (XpsWindow *self, const char *title, const char *const *endings, const char *const *names,
              GCallback chosen)
{
  g_autofree char *name = dup_file_name (self, endings[0]);
  g_set_object (&self->chooser, NULL);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _ ("_Export"), _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  for (guint i = 0; endings[i] != NULL; i++) {
    g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
    gtk_file_filter_set_name (filter, names[i]);
    gtk_file_filter_add_suffix (filter, endings[i]);
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  }
  g_signal_connect_object (self->chooser, "response", chosen, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The file a person chose, with an ending that says its kind: theirs, or that of the chosen filter. */
static char *
dup_chosen_path (XpsWindow *self, const char *const *endings)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (self->chooser);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  if (path == NULL)
    return NULL;
  for (guint i = 0; endings[i] != NULL; i++) {
    g_autofree char *dotted = g_strconcat (".", endings[i], NULL);
    const gsize length = strlen (path), tail = strlen (dotted);
    if (length > tail && g_ascii_strcasecmp (path + length - tail, dotted) == 0)
      return g_steal_pointer (&path);
  }
  return g_strconcat (path, ".", endings[0], NULL);
}

/* `error` NULL: written. */
static void
tell_written (XpsWindow *self, const char *path, const GError *error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text =
      error == NULL ? g_strdup_printf (_ ("Exported to %s"), name) : g_strdup (error->message);
  xps_window_say (self, text, error != NULL);
}

/* ---- plot ---- */

static const char *const picture_endings[] = {"pdf", "svg", "png", NULL};

gboolean
xps_window_export_plot (XpsWindow *self, const char *path, GError **error)
{
  XpsPictureOptions options = {.program = "Corelevel " XPS_VERSION};
  if (!xps_picture_format_from_name (path, &options.format, error))
    return FALSE;
  if (self->painter == NULL)
    self->painter = xps_cairo_painter_new (NULL);
  g_autoptr (XpsScene) scene = xps_plot_area_build_export (self->plot, EXPORT_WIDTH, EXPORT_HEIGHT);
  return xps_cairo_painter_write (self->painter, scene, xps_theme_get (XPS_THEME_PRINT), &options, path,
                                  error);
}

static void
on_plot_chosen (GtkNativeDialog *dialog, int response, XpsWindow *self)
{
  g_autofree char *path = response == GTK_RESPONSE_ACCEPT ? dup_chosen_path (self, picture_endings) : NULL;
  g_autoptr (GError) error = NULL;
  if (path != NULL) {
    xps_window_export_plot (self, path, &error);
    tell_written (self, path, error);
  }
  g_clear_object (&self->chooser);
}

void
xps_command_export_plot (XpsWindow *self, GVariant *parameter)
{
  const char *const names[] = {_ ("PDF"), _ ("SVG"), _ ("PNG, 300 dpi")};
  ask_for_file (self, _ ("Export Plot"), picture_endings, names, G_CALLBACK (on_plot_chosen));
}

/* ---- spectra ---- */

static const char *const data_endings[] = {"nxs", "vms", "csv", NULL};

gboolean
xps_window_export_data (XpsWindow *self, const char *path, guint *n_stale, GError **error)
{
  const GArray *selected = xps_session_get_selected_regions (self->session);
  const XpsState *state = xps_project_get_state (self->project);
  g_autoptr (GPtrArray) regions = g_ptr_array_new ();
  for (guint i = 0; i < selected->len; i++) {
    const XpsRegion *region = xps_state_find_region (state, g_array_index (selected, guint, i));
    if (region != NULL)
      g_ptr_array_add (regions, (gpointer)region);
  }
  if (regions->len == 0)
    g_ptr_array_add (regions, (gpointer)xps_session_get_region (self->session));
  return xps_regions_export ((const XpsRegion *const *)regions->pdata, regions->len, path, n_stale, error);
}

static void
on_data_chosen (GtkNativeDialog *dialog, int response, XpsWindow *self)
{
  g_autofree char *path = response == GTK_RESPONSE_ACCEPT ? dup_chosen_path (self, data_endings) : NULL;
  g_autoptr (GError) error = NULL;
  guint n_stale = 0;
  if (path != NULL) {
    xps_window_export_data (self, path, &n_stale, &error);
    tell_written (self, path, error);
  }
  if (n_stale > 0 && error == NULL) {
    g_autofree char *text = g_strdup_printf (
        ngettext ("Exported without %u fit that no longer belongs to its model: fit again first",
                  "Exported without %u fits that no longer belong to their models: fit again first", n_stale),
        n_stale);
    xps_window_say (self, text, FALSE);
  }
  g_clear_object (&self->chooser);
}

void
xps_command_export_data (XpsWindow *self, GVariant *parameter)
{
  const char *const names[] = {_ ("NeXus, with fits"), _ ("VAMAS"), _ ("CSV")};
  ask_for_file (self, _ ("Export Selected Spectra"), data_endings, names, G_CALLBACK (on_data_chosen));
}

/* ---- table ---- */

static const char *const table_endings[] = {"csv", "tex", NULL};

gboolean
xps_window_export_table (XpsWindow *self, const char *path, GError **error)
{
  const XpsPreview *preview = xps_session_get_preview (self->session);
  const XpsFitRecord *record = xps_session_get_current_record (self->session);
  g_autofree char *text = g_str_has_suffix (path, ".tex")
                              ? xps_component_table_dup_latex (preview, record)
                              : xps_component_table_dup_csv (preview, record, ',');
  return xps_file_write (path, text, strlen (text), error);
}

static void
on_table_chosen (GtkNativeDialog *dialog, int response, XpsWindow *self)
{
  g_autofree char *path = response == GTK_RESPONSE_ACCEPT ? dup_chosen_path (self, table_endings) : NULL;
  g_autoptr (GError) error = NULL;
  if (path != NULL) {
    xps_window_export_table (self, path, &error);
    tell_written (self, path, error);
  }
  g_clear_object (&self->chooser);
}

void
xps_command_export_table (XpsWindow *self, GVariant *parameter)
{
  const char *const names[] = {_ ("CSV"), _ ("LaTeX")};
  ask_for_file (self, _ ("Export Table"), table_endings, names, G_CALLBACK (on_table_chosen));
}

static GdkContentProvider *
new_text_provider (const char *type, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return gdk_content_provider_new_for_bytes (type, bytes);
}

/* Spreadsheets and editors take tabs as text; programs that ask for CSV get that. */
void
xps_command_copy_table (XpsWindow *self, GVariant *parameter)
{
  const XpsPreview *preview = xps_session_get_preview (self->session);
  const XpsFitRecord *record = xps_session_get_current_record (self->session);
  g_autofree char *tabs = xps_component_table_dup_csv (preview, record, '\t');
  g_autofree char *csv = xps_component_table_dup_csv (preview, record, ',');
  GdkContentProvider *providers[] = {
      new_text_provider ("text/csv", csv),
      new_text_provider ("text/tab-separated-values", tabs),
      new_text_provider ("text/plain;charset=utf-8", tabs),
      gdk_content_provider_new_typed (G_TYPE_STRING, tabs),
  };
  g_autoptr (GdkContentProvider) all = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), all);
  xps_window_say (self, _ ("Table copied"), FALSE);
}
