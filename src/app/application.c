/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/application.h"

#include <glib/gi18n.h>

#include "app/about.h"
#include "app/actions.h"
#include "app/preferences.h"
#include "app/settings.h"
#include "app/window.h"
#include "config.h"

struct _XpsApplication {
  AdwApplication parent_instance;
  GSettings *settings; /* or NULL */
  GtkCssProvider *style;
};

G_DEFINE_FINAL_TYPE (XpsApplication, xps_application, ADW_TYPE_APPLICATION)

GSettings *
xps_application_get_settings (XpsApplication *self)
{
  return self->settings;
}

static char *
dup_user_folder (const char *name)
{
  char *folder = g_build_filename (g_get_user_data_dir (), "corelevel", name, NULL);
  g_mkdir_with_parents (folder, 0700);
  return folder;
}

char *
xps_application_dup_journal_folder (void)
{
  return dup_user_folder ("journal");
}

char *
xps_application_dup_template_folder (void)
{
  return dup_user_folder ("templates");
}

/* ---- samples ---- */

/* Where the samples are: as the environment says, where they are installed, or, for a program that was not
 * installed, beside the source tree that its build folder lies in. New string, or NULL. */
static char *
dup_samples_folder (void)
{
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *bin = exe != NULL ? g_path_get_dirname (exe) : g_strdup (".");
  const char *source = g_getenv ("XPS_SOURCE_DIR");
  const char *given = g_getenv ("XPS_DATA_DIR");
  char *const places[] = {
      given != NULL ? g_build_filename (given, "samples", NULL) : NULL,
      g_build_filename (bin, "..", "share", "corelevel", "samples", NULL),
      g_build_filename (XPS_DATA_DIR, "samples", NULL),
      source != NULL ? g_build_filename (source, "data", "samples", NULL) : NULL,
      g_build_filename (bin, "..", "..", "..", "data", "samples", NULL),
      g_build_filename (bin, "..", "..", "..", "..", "data", "samples", NULL),
  };
  char *found = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    if (found == NULL && places[i] != NULL && g_file_test (places[i], G_FILE_TEST_IS_DIR))
      found = places[i];
    else
      g_free (places[i]);
  }
  return found;
}

GListModel *
xps_application_list_samples (gboolean series)
{
  static const char *const single[] = {"li6ps5cl-s2p-lab.csv", "llzo-o1s.csv", "llzo-c1s.csv",
                                       "llzo-li1s.csv", NULL};
  static const char *const steps[] = {"li6ps5cl-s2p-haxpes.csv", NULL};
  const char *const *names = series ? steps : single;
  GListStore *files = g_list_store_new (G_TYPE_FILE);
  g_autofree char *folder = dup_samples_folder ();
  for (guint i = 0; folder != NULL && names[i] != NULL; i++) {
    g_autoptr (GFile) file = g_file_new_build_filename (folder, names[i], NULL);
    if (g_file_query_exists (file, NULL))
      g_list_store_append (files, file);
  }
  return G_LIST_MODEL (files);
}

/* ---- windows ---- */

static XpsWindow *
open_window (XpsApplication *self)
{
  XpsWindow *window = xps_window_new (self);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* The window a person looks at, when nothing is open in it yet; else a new one. */
static XpsWindow *
get_empty_window (XpsApplication *self)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));
  if (XPS_IS_WINDOW (active) && xps_window_is_empty (XPS_WINDOW (active)))
    return XPS_WINDOW (active);
  return open_window (self);
}

static void
xps_application_activate (GApplication *application)
{
  XpsApplication *self = XPS_APPLICATION (application);
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));
  if (active != NULL)
    gtk_window_present (active);
  else
    open_window (self);
}

/* Each project in a window of its own; all spectra in one new document. */
static void
xps_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  XpsApplication *self = XPS_APPLICATION (application);
  g_autoptr (GListStore) spectra = g_list_store_new (G_TYPE_FILE);
  for (int i = 0; i < n_files; i++) {
    if (xps_window_is_project (files[i]))
      xps_window_open_project (get_empty_window (self), files[i]);
    else
      g_list_store_append (spectra, files[i]);
  }
  if (g_list_model_get_n_items (G_LIST_MODEL (spectra)) > 0)
    xps_window_import (get_empty_window (self), G_LIST_MODEL (spectra));
}

/* ---- commands of the program ---- */

static void
on_new_window (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  open_window (self);
}

static void
open_sample (XpsApplication *self, gboolean series)
{
  g_autoptr (GListModel) files = xps_application_list_samples (series);
  if (g_list_model_get_n_items (files) > 0)
    xps_session_import_samples (xps_window_get_session (get_empty_window (self)), files);
}

static void
on_open_sample (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  open_sample (self, FALSE);
}

static void
on_open_sample_series (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  open_sample (self, TRUE);
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  xps_preferences_present (self, gtk_application_get_active_window (self));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  xps_about_present (gtk_application_get_active_window (self));
}

/* Each window asks about what is not saved in it; the program ends with the last one. */
static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (self));
  for (GList *at = windows; at != NULL; at = at->next)
    gtk_window_close (at->data);
}

static const GActionEntry entries[] = {
    {.name = "new-window", .activate = on_new_window},
    {.name = "open-sample", .activate = on_open_sample},
    {.name = "open-sample-series", .activate = on_open_sample_series},
    {.name = "preferences", .activate = on_preferences},
    {.name = "about", .activate = on_about},
    {.name = "quit", .activate = on_quit},
};

/* The plot writes in the font of its widget, so its size is a matter of style. */
static void
apply_text_scale (XpsApplication *self)
{
  const double scale = xps_settings_get_double (self->settings, "text-scale", 1.0);
  g_autofree char *css = g_strdup_printf (".xps-plot { font-size: %d%%; }", (int)(100.0 * scale + 0.5));
  gtk_css_provider_load_from_data (self->style, css, -1);
}

static void
follow_text_scale (XpsApplication *self)
{
  self->style = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (self->style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  apply_text_scale (self);
  if (self->settings != NULL)
    g_signal_connect_object (self->settings, "changed::text-scale", G_CALLBACK (apply_text_scale), self,
                             G_CONNECT_SWAPPED);
}

static void
xps_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (xps_application_parent_class)->startup (application);
  XpsApplication *self = XPS_APPLICATION (application);
  gtk_window_set_default_icon_name ("org.corelevel.Corelevel");
  self->settings = xps_settings_new ();
  follow_text_scale (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  xps_actions_set_accels (GTK_APPLICATION (self));
}

/* The sample is opened by whichever process owns the windows. */
static int
xps_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "sample"))
    return -1;
  g_autoptr (GError) error = NULL;
  if (!g_application_register (application, NULL, &error)) {
    g_printerr ("corelevel: %s\n", error->message);
    return 1;
  }
  g_action_group_activate_action (G_ACTION_GROUP (application), "open-sample", NULL);
  return -1;
}

static void
xps_application_dispose (GObject *object)
{
  XpsApplication *self = XPS_APPLICATION (object);
  g_clear_object (&self->settings);
  g_clear_object (&self->style);
  G_OBJECT_CLASS (xps_application_parent_class)->dispose (object);
}

static void
xps_application_class_init (XpsApplicationClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_application_dispose;
  application_class->startup = xps_application_startup;
  application_class->activate = xps_application_activate;
  application_class->open = xps_application_open;
  application_class->handle_local_options = xps_application_handle_local_options;
}

static void
xps_application_init (XpsApplication *self)
{
  const GOptionEntry options[] = {
      {"sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the samples that come with the program"), NULL},
      {NULL},
  };
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE…]"));
}

XpsApplication *
xps_application_new (void)
{
  return g_object_new (XPS_TYPE_APPLICATION, "application-id", "org.corelevel.Corelevel", "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/org/corelevel/Corelevel", NULL);
}
