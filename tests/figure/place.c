/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/place.h"

#include "support.h"

#define GAP    3.0
#define HEIGHT 7.0

static gboolean
overlap (XpsRect a, XpsRect b)
{
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/* Whether the curve (in points) comes into the rectangle: sampled ten times a point. */
static gboolean
curve_meets (XpsRect rect, gsize n, const double *x, const double *y, const XpsPanel *panel)
{
  for (gsize i = 1; i < n; i++)
    for (int k = 0; k <= 10; k++) {
      const double part = k / 10.0;
      const XpsPoint at =
          xps_panel_map (panel, x[i - 1] + part * (x[i] - x[i - 1]), y[i - 1] + part * (y[i] - y[i - 1]));
      if (at.x >= rect.x && at.x <= rect.x + rect.width && at.y >= rect.y && at.y <= rect.y + rect.height)
        return TRUE;
    }
  return FALSE;
}

static int
compare_names (const void *a, const void *b)
{
  const double x = ((const XpsName *)a)->apex.x, y = ((const XpsName *)b)->apex.x;
  return (x > y) - (x < y);
}

/* Any peaks and any names that are placed: none lies on a curve, on another name or outside, the order is
 * kept, and no line to an apex runs through another name. */
static void
test_no_collisions (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint placed = 0;
  for (guint round = 0; round < 500; round++) {
    enum { POINTS = 200, PEAKS_MAX = 9 };
    double x[POINTS], y[POINTS];
    XpsName names[PEAKS_MAX];
    XpsPanel panel;
    XpsSkyline skyline;
    const XpsRect rect = {40.0, 10.0, g_rand_double_range (rand, 100.0, 450.0), 130.0};
    const gsize n = (gsize)g_rand_int_range (rand, 1, PEAKS_MAX + 1);
    xps_panel_init (&panel, rect, 0.0, 10.0, round % 2 == 0, 0.0, g_rand_double_range (rand, 1.0, 3.0));
    for (gsize i = 0; i < POINTS; i++) {
      x[i] = 10.0 * (double)i / (POINTS - 1);
      y[i] = 0.05 * g_rand_double (rand);
    }
    for (gsize k = 0; k < n; k++) {
      const double centre = g_rand_double_range (rand, -1.0, 11.0),
                   height = g_rand_double_range (rand, 0.05, 0.9);
      for (gsize i = 0; i < POINTS; i++)
        y[i] += height * exp (-pow ((x[i] - centre) / 0.4, 2.0));
      names[k] = (XpsName){.apex = xps_panel_map (&panel, CLAMP (centre, 0.0, 10.0), height),
                           .width = g_rand_double_range (rand, 5.0, 60.0)};
    }
    qsort (names, n, sizeof *names, compare_names);
    xps_skyline_init (&skyline, rect);
    xps_skyline_add (&skyline, &panel, POINTS, x, y, 1.0);
    if (xps_names_place (names, n, &skyline, rect, HEIGHT, GAP)) {
      placed++;
      for (gsize i = 0; i < n; i++) {
        XpsPoint ends[2];
        g_assert_false (curve_meets (names[i].box, POINTS, x, y, &panel));
        g_assert_cmpfloat (names[i].box.x, >=, rect.x - 1e-9);
        g_assert_cmpfloat (names[i].box.x + names[i].box.width, <=, rect.x + rect.width + 1e-9);
        g_assert_cmpfloat (names[i].box.y, >=, rect.y);
        const gboolean leader = xps_name_leader (&names[i], GAP, ends);
        g_assert_cmpfloat (ends[0].y, <=, ends[1].y + GAP); /* down to the apex, never up */
        for (gsize k = 0; k < n; k++) {
          if (k == i)
            continue;
          g_assert_false (overlap (names[i].box, names[k].box));
          const double middle = ends[0].x + 0.5 * (ends[1].x - ends[0].x);
          const XpsRect dot = {middle, 0.5 * (ends[0].y + ends[1].y), 0.0, 0.0};
          g_assert_false (leader && overlap (dot, names[k].box));
        }
        if (i > 0)
          g_assert_cmpfloat (names[i].box.x, >, names[i - 1].box.x);
      }
    }
    xps_skyline_clear (&skyline);
  }
  g_assert_cmpuint (placed, >, 100);
  g_test_message ("%u of 500 could be placed", placed);
}

static void
test_alone_above_its_peak (void)
{
  const XpsRect rect = {0.0, 0.0, 200.0, 100.0};
  XpsSkyline skyline;
  XpsName name = {.apex = {60.0, 40.0}, .width = 30.0};
  XpsPoint ends[2];
  xps_skyline_init (&skyline, rect);
  g_assert_true (xps_names_place (&name, 1, &skyline, rect, HEIGHT, GAP));
  g_assert_cmpfloat (name.box.x, ==, 45.0);
  g_assert_cmpfloat (name.box.y + name.box.height, ==, 40.0 - GAP);
  g_assert_false (xps_name_leader (&name, GAP, ends));
  name.apex.x = 2.0; /* at the edge: inside, with a line */
  g_assert_true (xps_names_place (&name, 1, &skyline, rect, HEIGHT, GAP));
  g_assert_cmpfloat (name.box.x, ==, 0.0);
  name.width = 201.0;
  g_assert_false (xps_names_place (&name, 1, &skyline, rect, HEIGHT, GAP));
  name.width = 30.0;
  name.apex.y = 5.0; /* no room above */
  g_assert_false (xps_names_place (&name, 1, &skyline, rect, HEIGHT, GAP));
  g_assert_true (xps_names_place (NULL, 0, &skyline, rect, HEIGHT, GAP));
  xps_skyline_clear (&skyline);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/place/no-collisions", test_no_collisions);
  g_test_add_func ("/figure/place/alone-above-its-peak", test_alone_above_its_peak);
  return g_test_run ();
}
