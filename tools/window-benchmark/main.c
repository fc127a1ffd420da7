/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "app/plot-area.h"
#include "app/series-trend.h"
#include "app/series-window.h"
#include "app/window.h"
#include "formats/formats.h"
#include "made.h"
#include "watch.h"

/* Prints how fast the window is. Nothing is judged: a table of numbers, one run. */

typedef struct {
  XpsApplication *application;
  char *folder;
  XpsWindow *window;
  XpsSession *session;
  XpsPlotArea *plot;
} Bench;

static void
print (const char *what, const char *wanted, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *value = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_print ("| %-58s | %-14s | %-56s |\n", what, wanted, value);
}

static void
print_frames (const char *what, const char *wanted, WatchFrames frames, guint n)
{
  print (what, wanted, "%.0f frames/s (median %.1f, worst %.1f, processor %.1f ms)", n / frames.seconds,
         frames.median_ms, frames.worst_ms, frames.cpu_ms);
}

static void
print_block (const char *what)
{
  const WatchBlock block = watch_blocks_take ();
  print (what, "< 50 ms", "%.1f ms (processor %.1f ms)", block.ms, block.cpu_ms);
}

static GtkWidget *
find_widget (GtkWidget *top, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (top), type))
    return top;
  for (GtkWidget *at = gtk_widget_get_first_child (top); at != NULL; at = gtk_widget_get_next_sibling (at)) {
    GtkWidget *found = find_widget (at, type);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
open_window (Bench *self)
{
  self->window = xps_window_new (self->application);
  self->session = xps_window_get_session (self->window);
  self->plot = XPS_PLOT_AREA (find_widget (GTK_WIDGET (self->window), XPS_TYPE_PLOT_AREA));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1400, 900);
  gtk_window_present (GTK_WINDOW (self->window));
  watch_settle ();
}

static void
close_window (Bench *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  watch_settle ();
}

static guint
count_regions (Bench *self)
{
  return xps_state_get_n_regions (xps_project_get_state (xps_session_get_project (self->session)));
}

/* Made-up spectra as a VAMAS file of their own; new string. */
static char *
write_file (Bench *self, const char *name, guint n, gsize n_points)
{
  g_autoptr (GPtrArray) spectra = made_spectra (n, n_points);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (self->folder, name, NULL);
  if (!xps_formats_write (path, spectra, &error))
    g_error ("%s", error->message);
  return path;
}

/* Until the file is in the document and a frame with it was painted; seconds. */
static double
import (Bench *self, const char *path, guint n)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_list_store_append (files, file);
  const gint64 start = g_get_monotonic_time ();
  xps_window_import (self->window, G_LIST_MODEL (files));
  while (count_regions (self) < n || !gtk_widget_get_mapped (GTK_WIDGET (self->plot)))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_queue_draw (GTK_WIDGET (self->plot));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->plot));
  const gint64 frame = gdk_frame_clock_get_frame_counter (clock);
  while (gdk_frame_clock_get_frame_counter (clock) <= frame)
    g_main_context_iteration (NULL, TRUE);
  return (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* ---- a drag ---- */

static void
step_drag (guint i, gpointer data)
{
  Bench *self = data;
  XpsModel *model = xps_session_dup_model (self->session);
  xps_edit_drag_apex (model, 0, 2, 162.5 + 0.6 * sin (0.1 * i), NAN);
  xps_session_drag_model (self->session, model);
}

/* Of the sum curve and its components, without any drawing; ms. */
static double
time_preview (Bench *self)
{
  enum { TIMES = 200 };
  const XpsRegion *region = xps_session_get_region (self->session);
  g_autoptr (XpsPreview) preview =
      xps_preview_new (region->spectrum, &region->scale, region->model, 0, region->weights);
  g_autoptr (XpsModel) model = xps_model_copy (region->model);
  const gint64 start = g_get_monotonic_time ();
  for (int i = 0; i < TIMES; i++) {
    xps_edit_drag_apex (model, 0, 2, 162.5 + 0.6 * sin (0.1 * i), NAN);
    if (!xps_preview_update (preview, model))
      g_error ("the preview had to be made anew");
  }
  return (double)(g_get_monotonic_time () - start) / 1000.0 / TIMES;
}

static void
measure_drag (Bench *self)
{
  enum { FRAMES = 120 };
  open_window (self);
  g_autofree char *path = write_file (self, "one.vms", 1, 1000);
  import (self, path, 1);
  xps_session_edit_model (self->session, "benchmark", made_model ());
  xps_session_select_component (self->session, 2);
  watch_settle ();
  print ("model of 6 components on 1,000 points, evaluated", "< 0.5 ms", "%.3f ms", time_preview (self));
  xps_session_begin_drag (self->session);
  watch_blocks_start ();
  const WatchFrames frames = watch_frames (GTK_WIDGET (self->plot), FRAMES, step_drag, self);
  print_frames ("drag of a component in it", ">= 30 frames/s", frames, FRAMES);
  print ("  painted by", "", "%s, last frame %.1f ms", xps_plot_area_get_painter (self->plot),
         xps_plot_area_get_last_frame_ms (self->plot));
  xps_session_end_drag (self->session, "benchmark");
  print_block ("  longest block of the main loop meanwhile");
  close_window (self);
}

/* ---- files ---- */

static void
measure_file (Bench *self)
{
  g_autofree char *path = write_file (self, "map.vms", 150, 1750);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, NULL);
  open_window (self);
  watch_blocks_start ();
  const double seconds = import (self, path, 150);
  watch_settle (); /* thumbnails, the journal */
  g_autofree char *what = g_strdup_printf ("VAMAS file of 150 blocks, %.2f MB: read and shown",
                                           (double)g_file_info_get_size (info) / 1e6);
  print (what, "< 0.3 s", "%.3f s", seconds);
  print_block ("  longest block of the main loop meanwhile");
  close_window (self);
}

/* ---- many spectra ---- */

static void
step_pan (guint i, gpointer data)
{
  Bench *self = data;
  xps_plot_area_pan (self->plot, (i / 20) % 2 == 0 ? 0.01 : -0.01);
}

static void
select_all (Bench *self)
{
  const XpsState *state = xps_project_get_state (xps_session_get_project (self->session));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < xps_state_get_n_regions (state); i++)
    g_array_append_val (ids, xps_state_get_region (state, i)->id);
  xps_session_select_regions (self->session, (const guint *)(gpointer)ids->data, ids->len);
}

static void
measure_mode (Bench *self, const char *mode, const char *words, const char *wanted)
{
  enum { FRAMES = 60 };
  watch_blocks_take ();
  g_object_set (self->plot, "mode", mode, NULL);
  watch_settle ();
  g_autofree char *first = g_strdup_printf ("first frames of all 1,000 as %s: longest block", words);
  print_block (first);
  xps_plot_area_zoom (self->plot, 1.3);
  watch_settle ();
  watch_blocks_start ();
  g_autofree char *what = g_strdup_printf ("pan of all 1,000 as %s", words);
  print_frames (what, wanted, watch_frames (GTK_WIDGET (self->plot), FRAMES, step_pan, self), FRAMES);
  print_block ("  longest block of the main loop meanwhile");
}

static void
measure_many (Bench *self)
{
  g_autofree char *path = write_file (self, "thousand.vms", 1000, 1000);
  open_window (self);
  watch_blocks_start ();
  const double seconds = import (self, path, 1000);
  watch_settle ();
  print ("1,000 spectra of 1,000 points: read and shown", "", "%.2f s", seconds);
  print_block ("  longest block of the main loop meanwhile");
  print ("  memory of the program with them open", "< 400 MB", "%.0f MB", watch_memory ());
  select_all (self);
  watch_settle ();
  print_block ("all 1,000 selected: longest block");
  g_autofree char *mode = NULL;
  g_object_get (self->plot, "mode", &mode, NULL);
  print ("  shown as, by itself", "heat", "%s", mode);
  measure_mode (self, "stack", "a stack", ">= 20 frames/s");
  measure_mode (self, "overlay", "an overlay", "");
  measure_mode (self, "heat", "a heat map", "");
  print ("  memory of the program after that", "< 400 MB", "%.0f MB", watch_memory ());
  close_window (self);
}

/* ---- a series ---- */

typedef struct {
  XpsSeriesDesk *desk;
  XpsSeriesTrend *trend;
} BenchSeries;

static void
step_trend (guint i, gpointer data)
{
  const BenchSeries *self = data;
  xps_series_trend_move (self->trend, 1, (i / 20) % 2 == 0 ? 0.01 : -0.01);
}

static void
step_frame (guint i, gpointer data)
{
  const BenchSeries *self = data;
  xps_series_desk_open_step (self->desk, i);
}

static void
measure_trend (BenchSeries *series)
{
  enum { FRAMES = 120 };
  watch_blocks_start ();
  xps_series_trend_move (series->trend, 0.8, 0);
  print_frames ("pan of their trends", ">= 30 frames/s",
                watch_frames (GTK_WIDGET (series->trend), FRAMES, step_trend, series), FRAMES);
  print_block ("  longest block of the main loop meanwhile");
  print_frames ("through the steps, spectrum and trends", "",
                watch_frames (GTK_WIDGET (series->trend), FRAMES, step_frame, series), FRAMES);
  print_block ("  longest block of the main loop meanwhile");
}

static void
measure_series (Bench *self)
{
  open_window (self);
  g_autofree char *path = write_file (self, "series.vms", 1000, 141);
  import (self, path, 1000);
  xps_session_edit_model (self->session, "benchmark", made_model ());
  select_all (self);
  GtkWindow *window = xps_series_window_present (self->window);
  if (window == NULL)
    g_error ("there is no series");
  watch_settle ();
  BenchSeries series = {xps_series_window_get_desk (window),
                        XPS_SERIES_TREND (find_widget (GTK_WIDGET (window), XPS_TYPE_SERIES_TREND))};
  watch_blocks_start ();
  const gint64 start = g_get_monotonic_time ();
  xps_series_desk_fit (series.desk);
  while (xps_series_desk_get_fitting (series.desk))
    g_main_context_iteration (NULL, TRUE);
  if (xps_series_desk_get_report (series.desk) == NULL)
    g_error ("the series was not fitted");
  print ("series of 1,000 steps of 141 points: fitted, onsets found", "", "%.1f s",
         (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  watch_settle ();
  print_block ("  longest block of the main loop meanwhile");
  measure_trend (&series);
  gtk_window_destroy (window);
  close_window (self);
}

int
main (int argc, char **argv)
{
  gtk_disable_setlocale (); /* figures with a point */
  Bench self = {.application = xps_application_new ()};
  g_autoptr (GError) error = NULL;
  self.folder = g_dir_make_tmp ("corelevel-benchmark-XXXXXX", &error);
  g_application_set_flags (G_APPLICATION (self.application), G_APPLICATION_NON_UNIQUE);
  if (self.folder == NULL || !g_application_register (G_APPLICATION (self.application), NULL, &error))
    g_error ("%s", error->message);
  measure_drag (&self);
  measure_file (&self);
  measure_many (&self);
  measure_series (&self);
  return 0;
}
