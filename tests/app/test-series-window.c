/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of a series: its size, and the way from one series of a document to another. */
#include "app/series-window.h"

#include "app/series-desk.h"
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

int
main (int argc, char **argv)
{
  g_autoptr (XpsApplication) application = window_fixture_init (&argc, &argv);
  if (application == NULL)
    return 0;
  g_test_add ("/app/series-window/size", Fixture, application, set_up, test_size, tear_down);
  g_test_add ("/app/series-window/switch", Fixture, application, set_up, test_switch, tear_down);
  return g_test_run ();
}
