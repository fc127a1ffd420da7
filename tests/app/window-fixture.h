/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app.h"
#include "app/actions.h"
#include "app/application.h"
#include "app/window.h"

/* A window in process, for each test a new one. */

/* Under the leak checker: GLib leaves its first table of 2048 quarks behind when a program needs more, as a
 * whole window does; it was allocated while the library was loaded, which only a full stack tells. Drivers
 * unload their code, which then cannot be named. */
const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);
int dlclose (void *handle);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:call_init\nleak:ld-linux\n"; /* the second where the loader has no symbols */
}

int
dlclose (void *handle)
{
  return 0;
}

typedef struct {
  XpsApplication *application;
  XpsWindow *window;
  XpsSession *session;
} Fixture;

/* One application for all tests: a process has one name on the bus. */
static inline void
set_up (Fixture *f, gconstpointer application)
{
  f->application = (XpsApplication *)application;
  f->window = xps_window_new (f->application);
  f->session = xps_window_get_session (f->window);
  gtk_window_present (GTK_WINDOW (f->window));
  APP_WAIT (gtk_widget_get_mapped (GTK_WIDGET (f->window)));
}

static inline void
tear_down (Fixture *f, gconstpointer application)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  app_settle (50);
}

static inline XpsApplication *
new_application (void)
{
  g_autoptr (GError) error = NULL;
  XpsApplication *application =
      g_object_new (XPS_TYPE_APPLICATION, "application-id", "org.corelevel.Corelevel", "flags",
                    G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                    "/org/corelevel/Corelevel", NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return application;
}

static inline void
do_action (Fixture *f, const char *name)
{
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (f->window), name));
  g_action_group_activate_action (G_ACTION_GROUP (f->window), name, NULL);
}

/* Two spectra without models. */
static inline void
open_spectra (Fixture *f)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) first = app_sample ("li6ps5cl-s2p-lab.csv"), second = app_sample ("llzo-o1s.csv");
  g_list_store_append (files, first);
  g_list_store_append (files, second);
  xps_window_import (f->window, G_LIST_MODEL (files));
  APP_WAIT (xps_session_get_region (f->session) != NULL);
  app_settle (100);
}

/* Of a test program: the application, or NULL where there is no display and nothing to test. */
static inline XpsApplication *
window_fixture_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  gtk_disable_setlocale ();
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display\n");
    return NULL;
  }
  XpsApplication *application = new_application ();
  /* GTK 4.8 leaks a time for every file it remembers. */
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
  return application;
}
