/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of a series: its size, and the way from one series of a document to another. */
#include "app/series-window.h"

#include <glib/gstdio.h>

#include "app/series-desk.h"
#include "app/series-receive.h"
#include "app/series-together.h"
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

/* ---- frames put together ---- */

typedef struct {
  AdwEntryRow *rows[2];
  guint n;
} Parts;

static void
find_parts (GtkWidget *widget, Parts *parts)
{
  if (ADW_IS_ENTRY_ROW (widget) && parts->n < G_N_ELEMENTS (parts->rows))
    parts->rows[parts->n++] = ADW_ENTRY_ROW (widget);
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    find_parts (at, parts);
}

/* TRUE: accepted. */
static gboolean
put_together (GtkWindow *window, const char *frames, const char *energies)
{
  GtkWindow *form = xps_series_together_ask (window, xps_series_window_get_desk (window));
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *)&form);
  Parts parts = {0};
  find_parts (GTK_WIDGET (form), &parts);
  g_assert_cmpuint (parts.n, ==, 2);
  gtk_editable_set_text (GTK_EDITABLE (parts.rows[0]), frames);
  gtk_editable_set_text (GTK_EDITABLE (parts.rows[1]), energies);
  g_signal_emit_by_name (gtk_window_get_default_widget (form), "clicked");
  app_settle (50);
  const gboolean accepted = form == NULL;
  if (!accepted)
    gtk_window_destroy (form);
  app_settle (20);
  return accepted;
}

static const XpsFitData *
get_data (const XpsSeries *series, gsize step)
{
  return g_ptr_array_index (xps_series_get_step (series, step)->data, 0);
}

/* Means of five and pairs of energies; the frames stay, and are what is left out. */
static void
test_together (Fixture *f, gconstpointer data)
{
  GtkWindow *window = open_series (f);
  XpsSeriesDesk *desk = xps_series_window_get_desk (window);
  XpsProject *project = xps_session_get_project (f->session);
  const gsize n = xps_series_get_n (xps_series_desk_get_series (desk)); /* 31 */
  const gsize n_points = get_data (xps_series_desk_get_series (desk), 0)->n;
  g_assert_false (put_together (window, "0", "1"));
  g_assert_false (put_together (window, "2.5", "1"));
  g_assert_false (put_together (window, "16", "1")); /* two steps */
  g_assert_true (put_together (window, "5", "2"));
  const XpsSeries *frames = xps_series_desk_get_frames (desk), *series = xps_series_desk_get_series (desk);
  g_assert_cmpuint (xps_series_get_n (frames), ==, n);
  g_assert_cmpuint (xps_series_get_n (series), ==, (n + 4) / 5);
  g_assert_cmpuint (get_data (series, 0)->n, ==, n_points / 2);
  double sum = 0;
  for (gsize k = 0; k < 5; k++)
    sum += get_data (frames, 5 + k)->intensity[0] + get_data (frames, 5 + k)->intensity[1];
  test_assert_close (get_data (series, 1)->intensity[0], sum / 10, 1e-9);
  const XpsSeriesSetup *setup = xps_series_desk_get_setup (desk);
  g_assert_cmpuint (xps_series_desk_get_region (desk, 1), ==, xps_series_setup_get_region (setup, 5, 0));
  test_assert_close (xps_series_get_axis (series)->values[1], xps_series_get_axis (frames)->values[7], 1e-9);

  XpsSeriesSetup *without = xps_series_setup_copy (setup);
  xps_series_setup_exclude_step (without, frames, 1, "beam lost");
  g_assert_cmpuint (without->exclusions->len, ==, 5);
  xps_series_desk_edit (desk, "without", without);
  g_assert_cmpuint (xps_series_desk_get_region (desk, 1), ==,
                    xps_series_setup_get_region (xps_series_desk_get_setup (desk), 10, 0));
  xps_series_desk_fit (desk);
  APP_WAIT (!xps_series_desk_get_fitting (desk));
  g_assert_cmpuint (xps_series_desk_get_report (desk)->run->steps->len, ==, (n - 5 + 4) / 5);
  g_autofree char *last = NULL;
  const gulong handler = g_signal_connect (desk, "message", G_CALLBACK (on_message), &last);
  xps_series_desk_apply (desk);
  g_assert_nonnull (strstr (last, "none of its frames"));
  g_signal_handler_disconnect (desk, handler);
  while (xps_series_setup_is_reduced (xps_series_desk_get_setup (desk)))
    g_assert_true (xps_project_undo (project));
  g_assert_cmpuint (xps_series_get_n (xps_series_desk_get_series (desk)), ==, n);
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
  g_test_add ("/app/series-window/together", Fixture, application, set_up, test_together, tear_down);
  return g_test_run ();
}
