/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of a series: its size, and the way from one series of a document to another. */
#include "app/series-window.h"

#include <glib/gstdio.h>

#include "app/series-desk.h"
#include "app/series-receive.h"
#include "project/series-entry.h"
#include "window-fixture.h"

static GtkWindow *
open_series (Fixture *f)
{
  do_action (f, "open-sample-series");
  APP_WAIT (xps_session_get_region (f->session) != NULL);
  GtkWindow *window = xps_series_window_present (f->window);
  g_assert_nonnull (window);
  APP_WAIT (gtk_widget_get_mapped (GTK_WIDGET (window)));
  return window;
}

/* The least size that every page is to fit into: half a screen of 1440 x 960 at 200 %. */
static void
test_size (Fixture *f, gconstpointer data)
{
  GtkWindow *window = open_series (f);
  int width, height;
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 720);
  g_assert_cmpint (height, <=, 480);
  gtk_window_destroy (window);
}

static void
test_switch (Fixture *f, gconstpointer data)
{
  GtkWindow *window = open_series (f);
  XpsProject *project = xps_session_get_project (f->session);
  const XpsState *state = xps_project_get_state (project);
  const XpsSeriesEntry *first = xps_state_get_series (state, 0);
  const guint id = first->id;
  guint other = 0;
  xps_project_edit (project, "second", xps_state_add_series (state, "Second", first->setup, &other));
  g_assert_cmpuint (other, !=, 0);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "series-switch.show", "u", other));
  app_settle (200);
  window = xps_series_window_present (f->window);
  g_assert_cmpuint (xps_series_desk_get_entry (xps_series_window_get_desk (window)), ==, other);
  g_assert_cmpstr (gtk_window_get_title (window), ==, "Second");
  gtk_widget_activate_action (GTK_WIDGET (window), "series-switch.show", "u", id);
  app_settle (200);
  window = xps_series_window_present (f->window);
  g_assert_cmpuint (xps_series_desk_get_entry (xps_series_window_get_desk (window)), ==, id);
  gtk_window_destroy (window);
}

/* A log or table that comes to the window is read as clocks, and what is none is said. */
static void
on_message (XpsSeriesDesk *desk, const char *text, char **last)
{
  g_free (*last);
  *last = g_strdup (text);
}

static void
test_receive (Fixture *f, gconstpointer data)
{
  GtkWindow *window = open_series (f);
  XpsSeriesDesk *desk = xps_series_window_get_desk (window);
  const gsize n = xps_series_get_n (xps_series_desk_get_series (desk));
  g_autofree char *folder = g_dir_make_tmp ("corelevel-XXXXXX", NULL), *last = NULL;
  g_autofree char *path = g_build_filename (folder, "clocks.csv", NULL);
  g_autoptr (GString) text = g_string_new ("Dosis;Zeit (s)\n");
  g_autoptr (GFile) table = g_file_new_for_path (path), directory = g_file_new_for_path (folder);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "%u,5;%u\n", (guint)i, 10 * (guint)i);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  const gulong handler = g_signal_connect (desk, "message", G_CALLBACK (on_message), &last);
  xps_series_receive_file (desk, directory);
  g_assert_nonnull (strstr (last, "A folder holds frames"));
  xps_series_receive_file (desk, table);
  g_assert_cmpstr (last, ==, "Clocks were read from the table");
  const XpsClock *dose = xps_series_find_clock (xps_series_desk_get_series (desk), XPS_CLOCK_DOSE);
  g_assert_nonnull (dose);
  g_assert_cmpfloat (dose->values[1], ==, 1.5);
  g_assert_true (g_file_set_contents (path, "dose\n1\n", -1, NULL));
  xps_series_receive_file (desk, table);
  g_assert_nonnull (strstr (last, "has 1 rows"));
  g_signal_handler_disconnect (desk, handler);
  g_unlink (path);
  g_rmdir (folder);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  g_autoptr (XpsApplication) application = window_fixture_init (&argc, &argv);
  if (application == NULL)
    return 0;
  g_test_add ("/app/series-window/size", Fixture, application, set_up, test_size, tear_down);
  g_test_add ("/app/series-window/switch", Fixture, application, set_up, test_switch, tear_down);
  g_test_add ("/app/series-window/receive", Fixture, application, set_up, test_receive, tear_down);
  return g_test_run ();
}
