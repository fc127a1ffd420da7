/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/view-text.h"

#include <math.h>

#include "support.h"

static XpsPlotView
usual (void)
{
  XpsPlotView view;
  xps_plot_view_init (&view);
  return view;
}

/* To the last bit, and free ends stay free. */
static void
test_round_trip (void)
{
  XpsPlotView view = usual (), again = usual ();
  view.x_low = 1.0 / 3.0 + 160.0;
  view.x_high = 170.1;
  view.y_high = 1e5 / 7.0;
  view.kinetic = view.log = view.per_second = TRUE;
  view.residuals = FALSE;
  view.normalise = XPS_NORMALISE_AREA;
  view.selected = "not kept";
  g_autofree char *text = xps_plot_view_dup_text (&view, 0.25, NULL);
  g_assert_true (xps_plot_view_read_text (text, 0.25, &again));
  g_assert_cmpfloat (again.x_low, ==, view.x_low);
  g_assert_cmpfloat (again.x_high, ==, view.x_high);
  g_assert_true (isnan (again.y_low));
  g_assert_cmpfloat (again.y_high, ==, view.y_high);
  g_assert_true (again.kinetic && again.log && again.per_second);
  g_assert_false (again.residuals);
  g_assert_cmpint (again.normalise, ==, XPS_NORMALISE_AREA);
  g_assert_null (again.selected);
  g_assert_null (strchr (text, '\n'));
}

/* A charge reference that was set meanwhile moves binding energies, and nothing else. */
static void
test_shift (void)
{
  XpsPlotView view = usual (), binding = usual (), kinetic = usual ();
  view.x_low = 160.0;
  view.x_high = 170.0;
  g_autofree char *text = xps_plot_view_dup_text (&view, 0.5, NULL);
  view.kinetic = TRUE;
  g_autofree char *turned = xps_plot_view_dup_text (&view, 0.5, NULL);
  g_assert_true (xps_plot_view_read_text (text, 2.0, &binding));
  test_assert_close (binding.x_low, 161.5, 1e-12);
  test_assert_close (binding.x_high, 171.5, 1e-12);
  g_assert_true (xps_plot_view_read_text (turned, 2.0, &kinetic));
  test_assert_close (kinetic.x_low, 160.0, 0.0);
}

/* A later version may write more: it is read past, and is still there after this one wrote. */
static void
test_unknown_members (void)
{
  static const char text[] = "{\"axis\":\"kinetic\",\"waterfall\":{\"angle\":30},\"log\":true}";
  XpsPlotView view = usual ();
  g_assert_true (xps_plot_view_read_text (text, 0.0, &view));
  g_assert_true (view.kinetic && view.log);
  g_assert_true (view.residuals);
  g_autofree char *after = xps_plot_view_dup_text (&view, 0.0, text);
  g_autofree char *twice = xps_plot_view_dup_text (&view, 0.0, after);
  g_assert_nonnull (strstr (after, "waterfall"));
  g_assert_nonnull (strstr (after, "angle"));
  g_assert_cmpstr (after, ==, twice);
}

/* What makes no sense is as good as not there. */
static void
test_nonsense (void)
{
  static const char *const none[] = {"", "[]", "3", "null", "{", "{\"axis\":"};
  static const char *const odd[] = {
      "{}",
      "{\"axis\":7,\"log\":\"yes\",\"rate\":null,\"normalise\":\"sideways\",\"residuals\":[]}",
      "{\"energy\":[170,160]}",
      "{\"energy\":[1e999,2]}",
      "{\"energy\":[\"a\",{}],\"intensity\":[1]}",
      "{\"energy\":160,\"intensity\":{},\"shift\":\"x\"}"};
  XpsPlotView view = usual ();
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_false (xps_plot_view_read_text (none[i], 0.0, &view));
  g_assert_false (xps_plot_view_read_text (NULL, 0.0, &view));
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++) {
    xps_plot_view_read_text (odd[i], 0.0, &view);
    g_assert_true (isnan (view.x_low) || isnan (view.x_high));
    g_assert_true (isnan (view.y_low) && isnan (view.y_high));
    g_assert_false (view.kinetic || view.log || view.per_second);
    g_assert_true (view.residuals);
    g_assert_cmpint (view.normalise, ==, XPS_NORMALISE_NONE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view-text/round-trip", test_round_trip);
  g_test_add_func ("/view-text/shift", test_shift);
  g_test_add_func ("/view-text/unknown-members", test_unknown_members);
  g_test_add_func ("/view-text/nonsense", test_nonsense);
  return g_test_run ();
}
