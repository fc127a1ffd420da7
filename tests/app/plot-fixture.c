/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot-fixture.h"

#include <math.h>

#define POINTS 401
#define FIRST  175.0
#define STEP   (-0.05)
#define CENTER 161.6

double
plot_fixture_counts (double energy)
{
  const double width = 0.45, a = (energy - CENTER) / width, b = (energy - CENTER - SPLITTING) / width;
  const double step = 300.0 / (1.0 + exp ((CENTER - energy) / 0.5));
  return 800.0 + step + 9000.0 * exp (-0.5 * a * a) + 4500.0 * exp (-0.5 * b * b);
}

static XpsRegion *
new_region (void)
{
  XpsSpectrumDraft draft = {.name = g_strdup ("S 2p"),
                            .sample = g_strdup ("made"),
                            .axis = XPS_AXIS_BINDING,
                            .n = POINTS,
                            .energy = g_new (double, POINTS),
                            .intensity = g_new (double, POINTS),
                            .unit = XPS_INTENSITY_COUNTS,
                            .acquisition = xps_acquisition_new ()};
  for (gsize i = 0; i < POINTS; i++) {
    draft.energy[i] = FIRST + STEP * (double)i;
    draft.intensity[i] = round (plot_fixture_counts (draft.energy[i]));
  }
  draft.acquisition->photon_energy = 1486.6;
  draft.acquisition->dwell = 0.5;
  draft.acquisition->scans = 4.0;
  g_autoptr (XpsSpectrum) spectrum = xps_spectrum_new (&draft);
  return xps_region_new (spectrum, NULL);
}

static void
add_model (XpsSession *session)
{
  const XpsShape *shape = xps_shape_find ("voigt");
  XpsModel *model = xps_session_dup_model (session);
  xps_edit_set_window (model, 0, 157.0, 170.0);
  g_assert_true (xps_edit_set_background (model, 0, xps_background_find ("linear_static"),
                                          xps_session_get_preview (session), NULL));
  const XpsPeakGuess guess = {.center = 161.5, .height = 8000.0, .fwhm = 1.1};
  xps_edit_add_doublet (model, 0, "S", "2p", shape, &guess, SPLITTING, RATIO);
  const XpsPeakGuess other = {.center = 165.5, .height = 2500.0, .fwhm = 1.2};
  xps_edit_add_component (model, 0, "X", shape, &other);
  xps_session_edit_model (session, "model", model);
}

static void
set_up (PlotFixture *fixture, gconstpointer data)
{
  fixture->project = xps_project_new ();
  guint sample = 0, id = 0;
  g_autoptr (XpsState) with_sample =
      xps_state_add_sample (xps_project_get_state (fixture->project), "made", &sample);
  g_autoptr (XpsRegion) region = new_region ();
  xps_project_edit (fixture->project, "import", xps_state_add_region (with_sample, sample, region, &id));
  fixture->session = xps_session_new (fixture->project);
  xps_session_show_region (fixture->session, id);
  add_model (fixture->session);
  fixture->window = adw_window_new ();
  fixture->area = g_object_new (XPS_TYPE_PLOT_AREA, NULL);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->area));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 600);
  xps_plot_area_set_session (fixture->area, fixture->session);
  gtk_window_present (GTK_WINDOW (fixture->window));
  plot_fixture_settle (fixture);
}

static void
tear_down (PlotFixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->project);
}

static void
count_frame (GdkFrameClock *clock, guint *frames)
{
  ++*frames;
}

/* Two frames: what the first one asks for is in the second. */
void
plot_fixture_settle (PlotFixture *fixture)
{
  GtkWidget *widget = GTK_WIDGET (fixture->area);
  const gint64 limit = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  while (!gtk_widget_get_mapped (widget) && g_get_monotonic_time () < limit)
    g_main_context_iteration (NULL, TRUE);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  g_assert_nonnull (clock);
  guint frames = 0;
  const gulong handler = g_signal_connect_after (clock, "after-paint", G_CALLBACK (count_frame), &frames);
  while (frames < 2 && g_get_monotonic_time () < limit) {
    gtk_widget_queue_draw (widget);
    g_main_context_iteration (NULL, TRUE);
  }
  g_signal_handler_disconnect (clock, handler);
  g_assert_cmpuint (frames, >=, 2);
}

XpsGrip
plot_fixture_grip (PlotFixture *fixture, XpsGripKind kind)
{
  xps_plot_area_ensure_scene (fixture->area);
  g_autoptr (GArray) grips = xps_plot_area_dup_grips (fixture->area);
  XpsGrip grip = {.kind = XPS_GRIP_NONE};
  g_assert_true (xps_grips_find_kind (grips, kind, &grip));
  return grip;
}

void
plot_fixture_drag (PlotFixture *fixture, const XpsGrip *grip, double dx, double dy, GdkModifierType state)
{
  g_assert_true (xps_plot_area_press (fixture->area, grip->x, grip->y, state, FALSE));
  for (int i = 1; i <= 10; i++) {
    xps_plot_area_move (fixture->area, grip->x + 0.1 * i * dx, grip->y + 0.1 * i * dy, state);
    xps_plot_area_apply_move (fixture->area);
  }
}

PlotShape
plot_fixture_shape (PlotFixture *fixture, gsize component)
{
  PlotShape shape;
  xps_preview_get_component (xps_session_get_preview (fixture->session), component, &shape.maximum,
                             &shape.height, &shape.fwhm, &shape.area);
  return shape;
}

guint
plot_fixture_count_steps (const PlotFixture *fixture)
{
  g_auto (GStrv) history = xps_project_dup_history (fixture->project);
  return g_strv_length (history);
}

double
plot_fixture_pixel_energy (const PlotFixture *fixture)
{
  const XpsPanel *panel = &fixture->area->layout.main;
  return (panel->x.high - panel->x.low) / panel->rect.width;
}

guint
plot_fixture_add_region (PlotFixture *fixture)
{
  const XpsState *state = xps_project_get_state (fixture->project);
  const guint sample = xps_state_get_sample (state, 0)->id;
  guint id = 0;
  g_autoptr (XpsRegion) region = new_region ();
  xps_project_edit (fixture->project, "import", xps_state_add_region (state, sample, region, &id));
  xps_session_show_region (fixture->session, id);
  plot_fixture_settle (fixture);
  return id;
}

int
plot_fixture_run (int argc, char **argv, const PlotTest *tests, gsize n)
{
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display\n");
    return 0;
  }
  adw_init ();
  /* The reference database of the tree, not that of an installed program. */
  const char *source = g_getenv ("XPS_SOURCE_DIR");
  g_autofree char *data = source != NULL ? g_build_filename (source, "data", NULL) : NULL;
  if (data != NULL)
    g_setenv ("XPS_DATA_DIR", data, FALSE);
  for (gsize i = 0; i < n; i++)
    g_test_add (tests[i].path, PlotFixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
