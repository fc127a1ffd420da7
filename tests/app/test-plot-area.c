/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>

#include "plot-fixture.h"
#include "reference/reference.h"
#include "support.h"

/* ---- places ---- */

static void
test_locate (PlotFixture *fixture, gconstpointer data)
{
  for (double energy = 158.0; energy < 169.5; energy += 0.37) {
    double x = NAN, y = NAN;
    g_assert_true (xps_plot_area_locate (fixture->area, energy, 5000.0, &x, &y));
    g_assert_cmpfloat_with_epsilon (xps_plot_area_get_binding (fixture->area, x), energy, EXACT);
    g_assert_cmpfloat_with_epsilon (xps_plot_area_get_intensity (fixture->area, y), 5000.0, 1e-6);
  }
  double low = NAN, high = NAN;
  g_assert_true (xps_plot_area_locate (fixture->area, 158.0, 5000.0, &low, NULL));
  g_assert_true (xps_plot_area_locate (fixture->area, 169.0, 5000.0, &high, NULL));
  g_assert_cmpfloat (high, <, low); /* binding energy rises to the left */
  g_assert_false (xps_plot_area_locate (fixture->area, 300.0, 5000.0, NULL, NULL));
}

static void
test_locate_kinetic (PlotFixture *fixture, gconstpointer data)
{
  double x = NAN, turned = NAN;
  g_assert_true (xps_plot_area_locate (fixture->area, 161.6, 5000.0, &x, NULL));
  g_object_set (fixture->area, "kinetic", TRUE, NULL);
  plot_fixture_settle (fixture);
  g_assert_true (xps_plot_area_locate (fixture->area, 1486.6 - 161.6, 5000.0, &turned, NULL));
  /* The same stretch of the spectrum, and it still runs the same way on the screen. */
  g_assert_cmpfloat_with_epsilon (turned, x, 3.0);
  g_assert_cmpfloat_with_epsilon (xps_plot_area_get_binding (fixture->area, turned), 161.6, EXACT);
  g_object_set (fixture->area, "log", TRUE, NULL);
  plot_fixture_settle (fixture);
  double y = NAN;
  g_assert_true (xps_plot_area_locate (fixture->area, 1486.6 - 161.6, 5000.0, NULL, &y));
  g_assert_cmpfloat_with_epsilon (xps_plot_area_get_intensity (fixture->area, y), 5000.0, 1e-6);
}

/* ---- views ---- */

static void
test_zoom_at_pointer (PlotFixture *fixture, gconstpointer data)
{
  double x = NAN, y = NAN;
  g_assert_true (xps_plot_area_locate (fixture->area, 162.3, 4000.0, &x, &y));
  const double before = plot_fixture_pixel_energy (fixture);
  for (int i = 0; i < 7; i++) {
    xps_plot_area_zoom_at (fixture->area, x, 1.2);
    xps_plot_area_zoom_intensity_at (fixture->area, y, 1.1);
    xps_plot_area_ensure_scene (fixture->area);
  }
  /* Another scale of intensities may have wider labels, which moves the panel by some pixels. */
  double now_x = NAN, now_y = NAN;
  g_assert_true (xps_plot_area_locate (fixture->area, 162.3, 4000.0, &now_x, &now_y));
  g_assert_cmpfloat_with_epsilon (now_x, x, 6.0);
  g_assert_cmpfloat_with_epsilon (now_y, y, 2.0);
  g_assert_cmpfloat_with_epsilon (before / plot_fixture_pixel_energy (fixture), pow (1.2, 7.0), 0.05);
}

/* Two fingers: the gesture says how far apart they are, beside where they began, and what lies between them
 * stays. */
static void
test_pinch (PlotFixture *fixture, gconstpointer data)
{
  GtkGesture *pinch = NULL;
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->area));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (GTK_IS_GESTURE_ZOOM (controller))
      pinch = GTK_GESTURE (controller);
  }
  g_assert_nonnull (pinch);
  double x = NAN, now_x = NAN;
  g_assert_true (xps_plot_area_locate (fixture->area, 162.3, 4000.0, &x, NULL));
  const double before = plot_fixture_pixel_energy (fixture);
  fixture->area->pointer_x = x; /* without fingers on it the gesture has no middle */
  static const double scales[] = {1.1, 1.3, 1.25, 1.5};
  for (guint turn = 0; turn < 2; turn++) {
    fixture->area->pinch_scale = 1.0; /* as at its beginning, which needs real fingers */
    for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
      g_signal_emit_by_name (pinch, "scale-changed", scales[i]);
    xps_plot_area_ensure_scene (fixture->area);
  }
  g_assert_true (xps_plot_area_locate (fixture->area, 162.3, 4000.0, &now_x, NULL));
  g_assert_cmpfloat_with_epsilon (now_x, x, 6.0);
  g_assert_cmpfloat_with_epsilon (before / plot_fixture_pixel_energy (fixture), 1.5 * 1.5, 0.05);
  g_signal_emit_by_name (pinch, "scale-changed", 0.0); /* fingers on one place: nothing */
  xps_plot_area_ensure_scene (fixture->area);
  g_assert_cmpfloat_with_epsilon (before / plot_fixture_pixel_energy (fixture), 1.5 * 1.5, 0.05);
}

static void
test_views (PlotFixture *fixture, gconstpointer data)
{
  XpsPlotSpan spans[14];
  spans[0] = fixture->area->history->now;
  g_assert_false (xps_plot_area_go_back (fixture->area));
  for (int i = 1; i < 14; i++) {
    spans[i] = (XpsPlotSpan){158.0, 169.0 - 0.5 * i, NAN, NAN};
    xps_plot_area_set_span (fixture->area, &spans[i], NULL);
  }
  for (int i = 12; i >= 3; i--) {
    g_assert_true (xps_plot_area_go_back (fixture->area));
    g_assert_true (xps_plot_span_equal (&fixture->area->history->now, &spans[i]));
  }
  g_assert_false (xps_plot_area_go_back (fixture->area)); /* ten are kept */
  for (int i = 4; i < 14; i++) {
    g_assert_true (xps_plot_area_go_forward (fixture->area));
    g_assert_true (xps_plot_span_equal (&fixture->area->history->now, &spans[i]));
  }
  g_assert_false (xps_plot_area_go_forward (fixture->area));
}

static void
test_wheel_is_one_view (PlotFixture *fixture, gconstpointer data)
{
  const XpsPlotSpan before = fixture->area->history->now;
  const guint steps = plot_fixture_count_steps (fixture);
  for (int i = 0; i < 8; i++)
    xps_plot_area_zoom_at (fixture->area, 400.0, 1.1);
  g_assert_true (xps_plot_area_go_back (fixture->area));
  g_assert_true (xps_plot_span_equal (&fixture->area->history->now, &before));
  g_assert_false (xps_plot_area_go_back (fixture->area));
  g_assert_cmpuint (plot_fixture_count_steps (fixture), ==, steps); /* looking is no edit */
}

/* A charge reference moves the numbers of the axis, not the data on the screen. */
static void
test_reference (PlotFixture *fixture, gconstpointer data)
{
  const XpsPlotSpan span = {158.0, 166.0, NAN, NAN};
  xps_plot_area_set_span (fixture->area, &span, NULL);
  double x = NAN, moved = NAN;
  g_assert_true (xps_plot_area_locate (fixture->area, 161.6, 5000.0, &x, NULL));
  XpsModel *model = xps_session_dup_model (fixture->session);
  xps_edit_set_shift (model, 0, 3.25, "a test");
  xps_session_edit_model (fixture->session, "charge reference", model);
  g_assert_true (xps_plot_area_locate (fixture->area, 161.6 + 3.25, 5000.0, &moved, NULL));
  g_assert_cmpfloat_with_epsilon (moved, x, 1e-6);
  g_assert_true (xps_project_undo (fixture->project));
  g_assert_true (xps_plot_area_locate (fixture->area, 161.6, 5000.0, &moved, NULL));
  g_assert_cmpfloat_with_epsilon (moved, x, 1e-6);
}

static void
test_pan (PlotFixture *fixture, gconstpointer data)
{
  const double energy = xps_plot_area_get_binding (fixture->area, 300.0);
  g_assert_false (xps_plot_area_press (fixture->area, 300.0, 200.0, 0, TRUE));
  for (int i = 1; i <= 20; i++) {
    xps_plot_area_move (fixture->area, 300.0 + 4.0 * i, 200.0, 0);
    xps_plot_area_apply_move (fixture->area);
  }
  xps_plot_area_release (fixture->area);
  xps_plot_area_ensure_scene (fixture->area);
  /* What was under the pointer went with it. */
  g_assert_cmpfloat_with_epsilon (xps_plot_area_get_binding (fixture->area, 380.0), energy,
                                  6.0 * plot_fixture_pixel_energy (fixture));
  g_assert_true (isnan (fixture->area->history->now.y_low)); /* the scale stays free */
  g_assert_true (xps_plot_area_go_back (fixture->area));
  g_assert_false (xps_plot_area_go_back (fixture->area)); /* one drag, one view */
}

static void
test_box (PlotFixture *fixture, gconstpointer data)
{
  const double a = xps_plot_area_get_binding (fixture->area, 300.0);
  const double b = xps_plot_area_get_binding (fixture->area, 500.0);
  g_assert_false (xps_plot_area_press (fixture->area, 300.0, 100.0, GDK_SHIFT_MASK, FALSE));
  xps_plot_area_move (fixture->area, 500.0, 250.0, GDK_SHIFT_MASK);
  xps_plot_area_release (fixture->area);
  const XpsPlotSpan shown = xps_plot_area_get_shown_span (fixture->area);
  g_assert_cmpfloat_with_epsilon (shown.x_high, a, EXACT);
  g_assert_cmpfloat_with_epsilon (shown.x_low, b, EXACT);
  xps_plot_area_click (fixture->area, 400.0, 200.0, 2);
  const XpsPlotSpan all = xps_plot_area_get_shown_span (fixture->area);
  g_assert_cmpfloat (all.x_low, <=, 155.0);
  g_assert_cmpfloat (all.x_high, >=, 175.0);
}

/* ---- words ---- */

static void
test_words (PlotFixture *fixture, gconstpointer data)
{
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->area), GTK_ACCESSIBLE_ROLE_IMG);
  xps_session_select_component (fixture->session, 2);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->area), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       _ ("Plot"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->area), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "S 2p, 3 components. Selected: X at 165.50 eV, width 1.20 eV.");
}

/* ---- painting ---- */

static GdkTexture *
take_picture (PlotFixture *fixture)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (fixture->area));
  plot_fixture_settle (fixture);
  const int width = gtk_widget_get_width (GTK_WIDGET (fixture->area));
  const int height = gtk_widget_get_height (GTK_WIDGET (fixture->area));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (fixture->area)));
  return gsk_renderer_render_texture (renderer, node,
                                      &GRAPHENE_RECT_INIT (0.0F, 0.0F, (float)width, (float)height));
}

static guint32 *
dup_pixels (GdkTexture *texture, gsize *n)
{
  const gsize width = (gsize)gdk_texture_get_width (texture),
              height = (gsize)gdk_texture_get_height (texture);
  *n = width * height;
  guint32 *pixels = g_new (guint32, *n);
  gdk_texture_download (texture, (guchar *)pixels, width * sizeof *pixels);
  return pixels;
}

/* Pixels that are neither canvas nor grey: curves. */
static gsize
count_colourful (const guint32 *pixels, gsize n)
{
  gsize found = 0;
  for (gsize i = 0; i < n; i++) {
    const int r = (pixels[i] >> 16) & 0xff, g = (pixels[i] >> 8) & 0xff, b = pixels[i] & 0xff;
    found += MAX (r, MAX (g, b)) - MIN (r, MIN (g, b)) > 40;
  }
  return found;
}

static double
mean_difference (const guint32 *a, const guint32 *b, gsize n)
{
  double sum = 0.0;
  for (gsize i = 0; i < n; i++)
    for (int shift = 0; shift < 24; shift += 8)
      sum += fabs ((double)((a[i] >> shift) & 0xff) - (double)((b[i] >> shift) & 0xff));
  return sum / (3.0 * (double)n);
}

static void
test_painters (PlotFixture *fixture, gconstpointer data)
{
  gsize n = 0, n_gl = 0;
  xps_session_select_component (fixture->session, 0);
  xps_plot_canvas_set_painter (fixture->area->canvas, XPS_PLOT_PAINTER_CAIRO);
  g_assert_cmpstr (xps_plot_area_get_painter (fixture->area), ==, "cairo");
  g_autoptr (GdkTexture) cairo = take_picture (fixture);
  g_autofree guint32 *cairo_pixels = dup_pixels (cairo, &n);
  g_assert_cmpuint (count_colourful (cairo_pixels, n), >, n / 100); /* fills are some percent of the page */
  xps_plot_canvas_set_painter (fixture->area->canvas, XPS_PLOT_PAINTER_OPENGL);
  if (g_strcmp0 (xps_plot_area_get_painter (fixture->area), "opengl") != 0) {
    g_test_message ("no OpenGL here");
    return;
  }
  g_autoptr (GdkTexture) gl = take_picture (fixture);
  g_autofree guint32 *gl_pixels = dup_pixels (gl, &n_gl);
  g_assert_cmpuint (n_gl, ==, n);
  g_assert_cmpuint (count_colourful (gl_pixels, n), >, n / 100);
  /* Edges are smoothed differently, a few percent of the pixels by some tens of levels. */
  g_assert_cmpfloat (mean_difference (cairo_pixels, gl_pixels, n), <, 2.0);
}

/* Hidden and shown again, another size, another theme: still a picture. */
static void
test_survives (PlotFixture *fixture, gconstpointer data)
{
  xps_plot_canvas_set_painter (fixture->area->canvas, XPS_PLOT_PAINTER_OPENGL);
  plot_fixture_settle (fixture);
  gtk_widget_set_visible (fixture->window, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  gtk_widget_set_visible (fixture->window, TRUE);
  plot_fixture_settle (fixture);
  AdwStyleManager *manager = adw_style_manager_get_default ();
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  gsize n = 0;
  g_autoptr (GdkTexture) texture = take_picture (fixture);
  g_autofree guint32 *pixels = dup_pixels (texture, &n);
  g_assert_cmpuint (count_colourful (pixels, n), >, n / 100);
  const guint32 corner = pixels[n - 3] & 0xff; /* canvas: near black */
  g_assert_cmpuint (corner, <, 0x40);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_export (PlotFixture *fixture, gconstpointer data)
{
  g_autoptr (XpsScene) scene = xps_plot_area_build_export (fixture->area, 500.0, 350.0);
  g_assert_cmpfloat (xps_scene_get_width (scene), ==, 500.0);
  gsize n = 0;
  xps_scene_get_items (scene, &n);
  g_assert_cmpuint (n, >, 20);
  xps_plot_area_set_session (fixture->area, NULL);
  g_autoptr (XpsScene) empty = xps_plot_area_build_export (fixture->area, 500.0, 350.0);
  g_assert_nonnull (empty);
  plot_fixture_settle (fixture);
}

/* ---- lines of the literature ---- */

static gsize
count_texts (const XpsScene *scene, const char *text)
{
  gsize n = 0, found = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++)
    found += items[i]->kind == XPS_ITEM_TEXT && strstr (items[i]->text.markup, text) != NULL;
  return found;
}

/* Of sulphur in a window of S 2p, those that somebody looked up; all with "second-hand"; on paper, too. */
static void
test_ghosts (PlotFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsReference) reference = xps_reference_open (NULL, NULL, &error);
  g_assert_no_error (error); /* XPS_DATA_DIR of tests/app/meson.build */
  const guint steps = plot_fixture_count_steps (fixture);
  g_assert_cmpuint (count_texts (fixture->area->scene, "literature"), ==, 0);
  g_object_set (fixture->area, "ghosts", TRUE, NULL);
  plot_fixture_settle (fixture);
  g_assert_cmpuint (count_texts (fixture->area->scene, "literature"), ==, 1);
  g_assert_cmpuint (count_texts (fixture->area->scene, "second-hand"), ==, 0);
  g_assert_cmpuint (count_texts (fixture->area->scene, "Li<sub>2</sub>SO<sub>4</sub>"), ==, 1);
  g_autoptr (GArray) near = xps_plot_ghosts_list_near (fixture->area->ghosts, 161.0, 0.1, 50);
  g_assert_cmpuint (near->len, >, 2);
  g_object_set (fixture->area, "second-hand", TRUE, NULL);
  plot_fixture_settle (fixture);
  g_assert_cmpuint (count_texts (fixture->area->scene, "second-hand"), ==, 1);
  g_autoptr (XpsScene) paper = xps_plot_area_build_export (fixture->area, 360.0, 270.0);
  g_assert_cmpuint (count_texts (paper, "literature"), ==, 1);
  g_assert_cmpuint (plot_fixture_count_steps (fixture), ==, steps);
}

/* Others may ask for lines by name; without wishes it is what lies in view again. */
static void
test_ghosts_wished (PlotFixture *fixture, gconstpointer data)
{
  const XpsPlotGhostWish wish = {.level = "S 2p", .species = "Li2S"};
  gboolean shown = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsReference) reference = xps_reference_open (NULL, NULL, &error);
  g_assert_no_error (error); /* XPS_DATA_DIR of tests/app/meson.build */
  xps_plot_area_set_ghosts (fixture->area, &wish, 1);
  plot_fixture_settle (fixture);
  g_object_get (fixture->area, "ghosts", &shown, NULL);
  g_assert_true (shown);
  g_autoptr (GArray) wished = xps_plot_ghosts_list_near (fixture->area->ghosts, 160.0, 1000.0, 1000);
  g_assert_cmpuint (wished->len, ==, 1);
  g_autofree char *words = xps_plot_ghosts_dup_words (fixture->area->ghosts, 0);
  g_assert_true (g_str_has_prefix (words, "Li2S  S 2p3/2  "));
  xps_plot_area_set_ghosts (fixture->area, NULL, 0);
  plot_fixture_settle (fixture);
  g_autoptr (GArray) all = xps_plot_ghosts_list_near (fixture->area->ghosts, 160.0, 1000.0, 1000);
  g_assert_cmpuint (all->len, >, 10);
}

/* ---- views that are kept ---- */

static void
assert_view (const PlotFixture *fixture, double low, double high)
{
  gboolean log = FALSE, kinetic = TRUE;
  g_object_get (fixture->area, "log", &log, "kinetic", &kinetic, NULL);
  g_assert_true (log);
  g_assert_false (kinetic);
  g_assert_cmpfloat_with_epsilon (fixture->area->history->now.x_low, low, EXACT);
  g_assert_cmpfloat_with_epsilon (fixture->area->history->now.x_high, high, EXACT);
}

/* Looking is no edit, is not undone, and goes with its region. */
static void
test_remember (PlotFixture *fixture, gconstpointer data)
{
  const guint first = xps_session_get_region_id (fixture->session),
              steps = plot_fixture_count_steps (fixture);
  g_assert_null (xps_session_get_region (fixture->session)->view);
  xps_session_settle (fixture->session);
  g_assert_null (xps_session_get_region (fixture->session)->view);
  const XpsPlotSpan span = {160.0, 165.0, NAN, NAN};
  g_object_set (fixture->area, "log", TRUE, NULL);
  xps_plot_area_set_span (fixture->area, &span, NULL);
  xps_session_settle (fixture->session);
  g_assert_nonnull (xps_session_get_region (fixture->session)->view);
  g_assert_cmpuint (plot_fixture_count_steps (fixture), ==, steps);
  plot_fixture_add_region (fixture);
  g_object_set (fixture->area, "log", FALSE, "kinetic", TRUE, NULL);
  plot_fixture_settle (fixture);
  xps_session_show_region (fixture->session, first);
  assert_view (fixture, 160.0, 165.0);
  g_assert_true (xps_project_undo (fixture->project)); /* the second region goes */
  g_assert_true (xps_project_undo (fixture->project)); /* the model goes */
  g_assert_nonnull (xps_session_get_region (fixture->session)->view);
  assert_view (fixture, 160.0, 165.0);
}

/* And is there tomorrow. */
static void
test_remember_in_file (PlotFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("xps-view-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "view.corelevel", NULL);
  g_assert_true (xps_project_save (fixture->project, path, &error));
  g_assert_false (xps_project_take_unsaved_views (fixture->project));
  const XpsPlotSpan span = {159.5, 166.0, NAN, 4.0};
  g_object_set (fixture->area, "log", TRUE, NULL);
  plot_fixture_settle (fixture);
  xps_plot_area_set_span (fixture->area, &span, NULL);
  plot_fixture_settle (fixture);
  xps_session_settle (fixture->session);
  g_assert_false (xps_project_get_modified (fixture->project));
  g_assert_true (xps_project_take_unsaved_views (fixture->project));
  g_assert_true (xps_project_save (fixture->project, NULL, &error));
  g_object_set (fixture->area, "log", FALSE, NULL);
  g_autoptr (XpsProject) again = xps_project_open (path, &error);
  g_assert_no_error (error);
  xps_session_set_project (fixture->session, again);
  plot_fixture_settle (fixture);
  assert_view (fixture, 159.5, 166.0);
  g_assert_cmpfloat_with_epsilon (fixture->area->history->now.y_high, 4.0, EXACT);
  g_assert_cmpfloat_with_epsilon (fixture->area->layout.main.y.high, 4.0, EXACT);
  xps_session_set_project (fixture->session, fixture->project);
  g_clear_object (&again);
  g_remove (path);
  g_rmdir (folder);
}

/* A long series comes up as a map, until a single spectrum is left or something else is asked for. */
static void
test_long_series (PlotFixture *fixture, gconstpointer data)
{
  g_autofree char *mode = NULL, *after = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint first = xps_session_get_region_id (fixture->session);
  g_autoptr (XpsState) state = xps_state_ref (xps_project_get_state (fixture->project));
  for (guint i = 0; i < 120; i++) {
    guint id = 0;
    XpsState *next = xps_state_add_region (state, xps_state_get_sample (state, 0)->id,
                                           xps_session_get_region (fixture->session), &id);
    xps_state_unref (state);
    state = next;
    g_array_append_val (ids, id);
  }
  g_array_append_val (ids, first);
  xps_project_edit (fixture->project, "many", xps_state_ref (state));
  xps_session_select_regions (fixture->session, (const guint *)(gpointer)ids->data, ids->len);
  g_object_get (fixture->area, "mode", &mode, NULL);
  g_assert_cmpstr (mode, ==, "heat");
  plot_fixture_settle (fixture);
  const gint64 limit = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  while (xps_session_get_overlays (fixture->session) == NULL && g_get_monotonic_time () < limit)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (xps_session_get_overlays (fixture->session)->len, ==, 120);
  /* The shown one stays where the series has it: last. */
  plot_fixture_settle (fixture);
  g_assert_cmpfloat (fixture->area->layout.main.y.high, >, 120.0);
  xps_session_select_regions (fixture->session, &first, 1);
  g_object_get (fixture->area, "mode", &after, NULL);
  g_assert_cmpstr (after, ==, "single");
}

int
main (int argc, char **argv)
{
  static const PlotTest tests[] = {
      {"/app/plot-area/locate", test_locate},
      {"/app/plot-area/locate-kinetic-log", test_locate_kinetic},
      {"/app/plot-area/pinch", test_pinch},
      {"/app/plot-area/zoom-at-pointer", test_zoom_at_pointer},
      {"/app/plot-area/views", test_views},
      {"/app/plot-area/wheel-is-one-view", test_wheel_is_one_view},
      {"/app/plot-area/reference", test_reference},
      {"/app/plot-area/pan", test_pan},
      {"/app/plot-area/box", test_box},
      {"/app/plot-area/words", test_words},
      {"/app/plot-area/painters", test_painters},
      {"/app/plot-area/survives", test_survives},
      {"/app/plot-area/ghosts", test_ghosts},
      {"/app/plot-area/ghosts-wished", test_ghosts_wished},
      {"/app/plot-area/long-series", test_long_series},
      {"/app/plot-area/remember", test_remember},
      {"/app/plot-area/remember-in-file", test_remember_in_file},
      {"/app/plot-area/export", test_export},
  };
  return plot_fixture_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
