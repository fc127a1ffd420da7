/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "app/plot-input.h"
#include "plot-fixture.h"
#include "support.h"

static const XpsModel *
shown_model (const PlotFixture *fixture)
{
  return xps_session_get_region (fixture->session)->model;
}

/* ---- handles ---- */

/* The stronger line of the doublet is component 0, the weaker one 1, "X" 2. */
static void
assert_links_hold (const PlotFixture *fixture)
{
  const XpsPreview *preview = xps_session_get_preview (fixture->session);
  const XpsModelPart *part = g_ptr_array_index (preview->model->parts, 0);
  const XpsComponent *strong = g_ptr_array_index (part->components, 0);
  const XpsComponent *weak = g_ptr_array_index (part->components, 1);
  const int center = xps_shape_find_role (strong->shape, "center");
  const int area = xps_shape_find_role (strong->shape, "area");
  const double *values = preview->values;
  const double c = values[xps_model_find_parameter (preview->model, strong->roles[center])];
  const double a = values[xps_model_find_parameter (preview->model, strong->roles[area])];
  /* To the last bit. */
  g_assert_cmpfloat (values[xps_model_find_parameter (preview->model, weak->roles[center])], ==,
                     c + SPLITTING);
  g_assert_cmpfloat (values[xps_model_find_parameter (preview->model, weak->roles[area])], ==, a * RATIO);
}

static void
test_drag_apex (PlotFixture *fixture, gconstpointer data)
{
  xps_session_select_component (fixture->session, 0);
  const XpsGrip grip = plot_fixture_grip (fixture, XPS_GRIP_APEX);
  const PlotShape before = plot_fixture_shape (fixture, 0);
  const guint steps = plot_fixture_count_steps (fixture);
  g_autoptr (XpsModel) model = xps_model_copy (shown_model (fixture));
  const double dx = -12.0, dy = 30.0;
  const double pixel = plot_fixture_pixel_energy (fixture);
  g_assert_true (xps_plot_area_press (fixture->area, grip.x, grip.y, 0, FALSE));
  for (int i = 1; i <= 10; i++) {
    xps_plot_area_move (fixture->area, grip.x + 0.1 * i * dx, grip.y + 0.1 * i * dy, 0);
    xps_plot_area_apply_move (fixture->area);
    assert_links_hold (fixture);
  }
  const PlotShape during = plot_fixture_shape (fixture, 0);
  g_assert_cmpfloat_with_epsilon (during.maximum, before.maximum - dx * pixel, EXACT);
  g_assert_cmpfloat (during.height, <, before.height);
  g_assert_cmpuint (plot_fixture_count_steps (fixture), ==, steps); /* not yet */
  /* The handle is under the pointer. */
  plot_fixture_settle (fixture);
  const XpsGrip held = plot_fixture_grip (fixture, XPS_GRIP_APEX);
  g_assert_cmpfloat_with_epsilon (held.x, grip.x + dx, 3.0);
  g_assert_cmpfloat_with_epsilon (held.y, grip.y + dy, 3.0);
  xps_plot_area_release (fixture->area);
  g_assert_cmpuint (plot_fixture_count_steps (fixture), ==, steps + 1);
  g_assert_cmpstr (xps_project_get_undo_label (fixture->project), ==, "move of S 2p3/2");
  assert_links_hold (fixture);
  g_assert_true (xps_project_undo (fixture->project));
  g_assert_true (xps_model_equal (shown_model (fixture), model));
}

/* Pushed along, a peak keeps its area to the last bit. */
static void
test_drag_along (PlotFixture *fixture, gconstpointer data)
{
  xps_session_select_component (fixture->session, 2);
  const XpsGrip grip = plot_fixture_grip (fixture, XPS_GRIP_APEX);
  const PlotShape before = plot_fixture_shape (fixture, 2);
  plot_fixture_drag (fixture, &grip, 20.0, 1.0, 0);
  xps_plot_area_release (fixture->area);
  g_assert_cmpfloat (plot_fixture_shape (fixture, 2).area, ==, before.area);
  g_assert_cmpfloat (plot_fixture_shape (fixture, 2).maximum, <, before.maximum);
}

static void
test_drag_partner (PlotFixture *fixture, gconstpointer data)
{
  xps_session_select_component (fixture->session, 1);
  const XpsGrip grip = plot_fixture_grip (fixture, XPS_GRIP_APEX);
  const PlotShape before = plot_fixture_shape (fixture, 0);
  const double pixel = plot_fixture_pixel_energy (fixture);
  plot_fixture_drag (fixture, &grip, 10.0, 0.0, 0);
  assert_links_hold (fixture);
  xps_plot_area_release (fixture->area);
  g_assert_cmpfloat_with_epsilon (plot_fixture_shape (fixture, 0).maximum, before.maximum - 10.0 * pixel,
                                  EXACT);
}

static void
test_escape (PlotFixture *fixture, gconstpointer data)
{
  xps_session_select_component (fixture->session, 0);
  g_autoptr (XpsModel) model = xps_model_copy (shown_model (fixture));
  const guint steps = plot_fixture_count_steps (fixture);
  const XpsGrip grip = plot_fixture_grip (fixture, XPS_GRIP_APEX);
  plot_fixture_drag (fixture, &grip, 25.0, 40.0, 0);
  g_assert_false (xps_model_equal (shown_model (fixture), model));
  g_assert_true (xps_plot_area_cancel (fixture->area));
  g_assert_true (xps_model_equal (shown_model (fixture), model));
  xps_plot_area_release (fixture->area); /* the button goes up after all */
  g_assert_true (xps_model_equal (shown_model (fixture), model));
  g_assert_cmpuint (plot_fixture_count_steps (fixture), ==, steps);
  g_assert_false (xps_plot_area_cancel (fixture->area));
}

static void
test_click_moves_nothing (PlotFixture *fixture, gconstpointer data)
{
  xps_session_select_component (fixture->session, 0);
  g_autoptr (XpsModel) model = xps_model_copy (shown_model (fixture));
  const guint steps = plot_fixture_count_steps (fixture);
  const XpsGrip grip = plot_fixture_grip (fixture, XPS_GRIP_APEX);
  plot_fixture_drag (fixture, &grip, 2.0, -2.0, 0);
  xps_plot_area_release (fixture->area);
  g_assert_true (xps_model_equal (shown_model (fixture), model));
  g_assert_cmpuint (plot_fixture_count_steps (fixture), ==, steps);
}

static void
test_shift_slows (PlotFixture *fixture, gconstpointer data)
{
  xps_session_select_component (fixture->session, 2);
  const XpsGrip grip = plot_fixture_grip (fixture, XPS_GRIP_APEX);
  const PlotShape before = plot_fixture_shape (fixture, 2);
  const double pixel = plot_fixture_pixel_energy (fixture);
  plot_fixture_drag (fixture, &grip, 80.0, 0.0, GDK_SHIFT_MASK);
  xps_plot_area_release (fixture->area);
  g_assert_cmpfloat_with_epsilon (plot_fixture_shape (fixture, 2).maximum, before.maximum - 8.0 * pixel,
                                  EXACT);
}

static void
test_ctrl_snaps (PlotFixture *fixture, gconstpointer data)
{
  xps_session_select_component (fixture->session, 0);
  const XpsGrip grip = plot_fixture_grip (fixture, XPS_GRIP_APEX);
  plot_fixture_drag (fixture, &grip, -4.0, 0.0, GDK_CONTROL_MASK);
  xps_plot_area_release (fixture->area);
  double best = 161.0;
  for (double energy = 161.0; energy < 162.2; energy += 1e-4)
    best = plot_fixture_counts (energy) > plot_fixture_counts (best) ? energy : best;
  /* The parabola takes the line for a symmetric one and sees rounded counts: a tenth of the step of 0.05 eV.
   */
  g_assert_cmpfloat_with_epsilon (plot_fixture_shape (fixture, 0).maximum, best, 0.005);
}

static void
test_drag_flank (PlotFixture *fixture, gconstpointer data)
{
  xps_session_select_component (fixture->session, 2);
  const XpsGrip grip = plot_fixture_grip (fixture, XPS_GRIP_FLANK_HIGH);
  const PlotShape before = plot_fixture_shape (fixture, 2);
  const guint steps = plot_fixture_count_steps (fixture);
  const double pixel = plot_fixture_pixel_energy (fixture);
  g_assert_cmpfloat_with_epsilon (grip.energy, before.maximum + 0.5 * before.fwhm, 0.02);
  plot_fixture_drag (fixture, &grip, -10.0, 0.0, 0);
  xps_plot_area_release (fixture->area);
  const PlotShape after = plot_fixture_shape (fixture, 2);
  /* A symmetric shape: the whole width grows by twice what the flank went. The handle sits where a curve of
   * points crosses half height, which is off by the square of a step. */
  g_assert_cmpfloat_with_epsilon (after.fwhm, before.fwhm + 20.0 * pixel, 0.02);
  g_assert_cmpfloat (after.area, ==, before.area);
  g_assert_cmpfloat_with_epsilon (after.maximum, before.maximum, EXACT);
  g_assert_cmpuint (plot_fixture_count_steps (fixture), ==, steps + 1);
  g_assert_cmpstr (xps_project_get_undo_label (fixture->project), ==, "width of X");
}

static void
test_drag_window (PlotFixture *fixture, gconstpointer data)
{
  const XpsGrip grip = plot_fixture_grip (fixture, XPS_GRIP_WINDOW_LOW);
  g_assert_cmpfloat_with_epsilon (grip.energy, 157.0, EXACT);
  const double pixel = plot_fixture_pixel_energy (fixture);
  plot_fixture_drag (fixture, &grip, -50.0, 0.0, 0);
  const XpsModelPart *part = g_ptr_array_index (shown_model (fixture)->parts, 0);
  g_assert_cmpfloat_with_epsilon (part->low, 157.0 + 50.0 * pixel, EXACT);
  g_assert_cmpfloat (part->high, ==, 170.0);
  xps_plot_area_release (fixture->area);
  g_assert_cmpstr (xps_project_get_undo_label (fixture->project), ==, "window of S 2p");
  /* Pulled across the other end it stops before it. */
  const XpsGrip again = plot_fixture_grip (fixture, XPS_GRIP_WINDOW_LOW);
  plot_fixture_drag (fixture, &again, -2000.0, 0.0, 0);
  xps_plot_area_release (fixture->area);
  part = g_ptr_array_index (shown_model (fixture)->parts, 0);
  g_assert_cmpfloat (part->low, <, part->high);
}

static void
test_drag_background (PlotFixture *fixture, gconstpointer data)
{
  const XpsGrip grip = plot_fixture_grip (fixture, XPS_GRIP_BACKGROUND_HIGH);
  xps_plot_area_ensure_scene (fixture->area);
  const double wanted = xps_plot_area_get_intensity (fixture->area, grip.y - 40.0);
  plot_fixture_drag (fixture, &grip, 0.0, -40.0, 0);
  const XpsPreview *preview = xps_session_get_preview (fixture->session);
  g_assert_cmpfloat_with_epsilon (preview->background[preview->first + preview->n_window - 1], wanted, 1e-6);
  xps_plot_area_release (fixture->area);
  g_assert_cmpstr (xps_project_get_undo_label (fixture->project), ==, "background of S 2p");
}

/* ---- keys and clicks ---- */

static void
test_nudge (PlotFixture *fixture, gconstpointer data)
{
  xps_session_select_component (fixture->session, 0);
  const PlotShape before = plot_fixture_shape (fixture, 0);
  const guint steps = plot_fixture_count_steps (fixture);
  for (int i = 0; i < 3; i++) {
    g_assert_true (xps_plot_area_nudge (fixture->area, XPS_GRIP_APEX, 1.0, 0.0));
    assert_links_hold (fixture);
  }
  /* A tenth of the 0.05 eV step each. */
  g_assert_cmpfloat_with_epsilon (plot_fixture_shape (fixture, 0).maximum, before.maximum + 0.015, EXACT);
  g_assert_cmpfloat (plot_fixture_shape (fixture, 0).area, ==, before.area);
  xps_plot_area_end_nudge (fixture->area);
  g_assert_cmpuint (plot_fixture_count_steps (fixture), ==, steps + 1);
  g_assert_true (xps_project_undo (fixture->project));
  g_assert_cmpfloat (plot_fixture_shape (fixture, 0).maximum, ==, before.maximum);
}

/* Another region is shown before the burst of keys has ended: it counts, and undo takes it back. */
static void
test_nudge_and_leave (PlotFixture *fixture, gconstpointer data)
{
  const guint first = xps_session_get_region_id (fixture->session);
  const guint other = plot_fixture_add_region (fixture);
  xps_session_show_region (fixture->session, first);
  plot_fixture_settle (fixture);
  xps_session_select_component (fixture->session, 0);
  const PlotShape before = plot_fixture_shape (fixture, 0);
  const guint steps = plot_fixture_count_steps (fixture);
  g_assert_true (xps_plot_area_nudge (fixture->area, XPS_GRIP_APEX, 2.0, 0.0));
  xps_session_show_region (fixture->session, other);
  g_assert_cmpuint (plot_fixture_count_steps (fixture), ==, steps + 1);
  g_assert_false (xps_session_is_dragging (fixture->session));
  g_assert_cmpuint (xps_session_get_region_id (fixture->session), ==, other);
  xps_session_show_region (fixture->session, first);
  g_assert_cmpfloat_with_epsilon (plot_fixture_shape (fixture, 0).maximum, before.maximum + 0.01, EXACT);
  g_assert_true (xps_project_undo (fixture->project));
  g_assert_cmpfloat (plot_fixture_shape (fixture, 0).maximum, ==, before.maximum);
}

static void
press (PlotFixture *fixture, guint key, GdkModifierType state)
{
  g_assert_true (xps_plot_keys_press (fixture->area, key, state));
}

/* Without a pointer: components from the left to the right, arrows, handles of the window, and back. */
static void
test_keys (PlotFixture *fixture, gconstpointer data)
{
  static const int order[] = {2, 1, 0,
                              2}; /* X at 165.5 eV, the weaker and the stronger line of the doublet */
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++) {
    press (fixture, GDK_KEY_n, 0);
    g_assert_cmpint (xps_session_get_component (fixture->session), ==, order[i]);
  }
  const PlotShape before = plot_fixture_shape (fixture, 2);
  const guint steps = plot_fixture_count_steps (fixture);
  for (int i = 0; i < 4; i++)
    press (fixture, GDK_KEY_Right, 0);
  press (fixture, GDK_KEY_KP_Up, 0);
  g_assert_false (xps_plot_keys_press (fixture->area, GDK_KEY_Control_L, 0)); /* of Ctrl+Z, perhaps */
  const PlotShape after = plot_fixture_shape (fixture, 2);
  g_assert_cmpfloat_with_epsilon (after.maximum, before.maximum - 0.02, EXACT);
  g_assert_cmpfloat_with_epsilon (after.height / before.height, 1.01, 1e-6);
  g_assert_cmpuint (plot_fixture_count_steps (fixture), ==, steps + 1);
  press (fixture, GDK_KEY_Up, GDK_ALT_MASK);
  xps_plot_area_end_nudge (fixture->area);
  g_assert_cmpfloat (plot_fixture_shape (fixture, 2).fwhm, >, before.fwhm);
  g_assert_cmpfloat (plot_fixture_shape (fixture, 2).area, ==, after.area);
  press (fixture, GDK_KEY_h, 0);
  press (fixture, GDK_KEY_Right, 0);
  xps_plot_area_end_nudge (fixture->area);
  const XpsModelPart *part = g_ptr_array_index (shown_model (fixture)->parts, 0);
  g_assert_cmpfloat_with_epsilon (part->high, 170.0 - 0.05, EXACT);
  press (fixture, GDK_KEY_Escape, 0); /* the handle ... */
  press (fixture, GDK_KEY_Delete, 0);
  g_assert_cmpuint (xps_session_get_preview (fixture->session)->n_components, ==, 2);
}

/* The tool that adds has a cursor of its own. */
static void
test_keys_add (PlotFixture *fixture, gconstpointer data)
{
  g_object_set (fixture->area, "tool", "add-component", NULL);
  xps_plot_area_ensure_scene (fixture->area);
  for (int i = 0; i < 10; i++)
    press (fixture, GDK_KEY_Left, 0);
  press (fixture, GDK_KEY_Return, 0);
  g_assert_cmpuint (xps_session_get_preview (fixture->session)->n_components, ==, 4);
  press (fixture, GDK_KEY_Escape, 0);
  g_autofree char *tool = NULL;
  g_object_get (fixture->area, "tool", &tool, NULL);
  g_assert_cmpstr (tool, ==, "select");
}

/* Tab walks through the components and then on. */
static void
test_tab (PlotFixture *fixture, gconstpointer data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->area);
  g_assert_true (gtk_widget_grab_focus (widget));
  for (int i = 0; i < 3; i++)
    g_assert_true (gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD));
  g_assert_cmpint (xps_session_get_component (fixture->session), ==, 0);
  g_assert_false (gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_child_focus (widget, GTK_DIR_TAB_BACKWARD));
  g_assert_cmpint (xps_session_get_component (fixture->session), ==, 1);
}

static void
test_click_selects (PlotFixture *fixture, gconstpointer data)
{
  double x = NAN, y = NAN;
  xps_session_select_component (fixture->session, -1);
  const XpsPreview *preview = xps_session_get_preview (fixture->session);
  const PlotShape shape = plot_fixture_shape (fixture, 2);
  const double floor_ = xps_preview_interpolate (preview, preview->background, shape.maximum);
  g_assert_true (xps_plot_area_locate (fixture->area, shape.maximum, floor_ + 0.4 * shape.height, &x, &y));
  xps_plot_area_click (fixture->area, x, y, 1);
  g_assert_cmpint (xps_session_get_component (fixture->session), ==, 2);
  g_assert_true (xps_plot_area_locate (fixture->area, 168.0, 9000.0, &x, &y));
  xps_plot_area_click (fixture->area, x, y, 1);
  g_assert_cmpint (xps_session_get_component (fixture->session), ==, -1);
}

static void
test_add (PlotFixture *fixture, gconstpointer data)
{
  double x = NAN, y = NAN;
  const guint steps = plot_fixture_count_steps (fixture);
  g_object_set (fixture->area, "tool", "add-component", NULL);
  g_assert_true (xps_plot_area_locate (fixture->area, 163.0, 4000.0, &x, &y));
  xps_plot_area_click (fixture->area, x, y, 1);
  g_assert_cmpuint (plot_fixture_count_steps (fixture), ==, steps + 1);
  g_assert_cmpint (xps_session_get_component (fixture->session), ==, 3);
  /* The guess may go to where the data bulge beside the pointer, by less than a width. */
  g_assert_cmpfloat_with_epsilon (plot_fixture_shape (fixture, 3).maximum, 163.0, 0.3);
  xps_plot_area_remove_selected (fixture->area);
  g_assert_cmpuint (xps_session_get_preview (fixture->session)->n_components, ==, 3);
}

int
main (int argc, char **argv)
{
  static const PlotTest tests[] = {
      {"/app/plot-drag/drag-apex", test_drag_apex},
      {"/app/plot-drag/drag-along", test_drag_along},
      {"/app/plot-drag/drag-partner", test_drag_partner},
      {"/app/plot-drag/escape", test_escape},
      {"/app/plot-drag/click-moves-nothing", test_click_moves_nothing},
      {"/app/plot-drag/shift-slows", test_shift_slows},
      {"/app/plot-drag/ctrl-snaps", test_ctrl_snaps},
      {"/app/plot-drag/drag-flank", test_drag_flank},
      {"/app/plot-drag/drag-window", test_drag_window},
      {"/app/plot-drag/drag-background", test_drag_background},
      {"/app/plot-drag/nudge", test_nudge},
      {"/app/plot-drag/nudge-and-leave", test_nudge_and_leave},
      {"/app/plot-drag/keys", test_keys},
      {"/app/plot-drag/keys-add", test_keys_add},
      {"/app/plot-drag/tab", test_tab},
      {"/app/plot-drag/click-selects", test_click_selects},
      {"/app/plot-drag/add", test_add},
  };
  return plot_fixture_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
