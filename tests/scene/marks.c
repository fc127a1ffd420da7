/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/marks.h"

#include "support.h"

/* Labels as one text, short ticks as dots. */
static char *
list (double low, double high, guint most)
{
  XpsAxis axis;
  xps_axis_init (&axis, low, high, FALSE, 0.0, 100.0);
  g_autoptr (GArray) marks = xps_marks_new_log (&axis, most);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < marks->len; i++) {
    const XpsMark *mark = &g_array_index (marks, XpsMark, i);
    g_string_append_printf (text, "%s%s", mark->label != NULL && text->len > 0 ? " " : "",
                            mark->label != NULL ? mark->label : ".");
  }
  return g_string_free (text, FALSE);
}

static void
test_labels (void)
{
  static const struct {
    double low, high;
    guint most;
    const char *wanted;
  } rows[] = {
      /* two decades: 1, 2, 5 */
      {2.0, 4.0, 8, "100 200.. 500.... 1000 2000.. 5000.... 10000"},
      /* little room: decades alone */
      {2.0, 4.0, 3, "100........ 1000........ 10000"},
      {-2.0, 0.5, 8, "0.01 0.02.. 0.05.... 0.1 0.2.. 0.5.... 1 2."},
      /* beyond plain numbers */
      {3.0, 6.0, 5, "10<sup>3</sup>........ 10<sup>4</sup>........ 10<sup>5</sup>........ 10<sup>6</sup>"},
      {-9.0, -7.5, 8,
       "10<sup>\xe2\x88\x92"
       "9</sup> 2\xc2\xb7"
       "10<sup>\xe2\x88\x92"
       "9</sup>.. 5\xc2\xb7"
       "10<sup>\xe2\x88\x92"
       "9</sup>.... "
       "10<sup>\xe2\x88\x92"
       "8</sup> 2\xc2\xb7"
       "10<sup>\xe2\x88\x92"
       "8</sup>."},
      /* every third decade */
      {0.0, 12.0, 5, "10<sup>0</sup>.. 10<sup>3</sup>.. 10<sup>6</sup>.. 10<sup>9</sup>.. 10<sup>12</sup>"},
      /* a part of a decade: even steps of the values */
      {3.0, 3.30102999566398, 8, "1000 1200 1400 1600 1800 2000"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = list (rows[i].low, rows[i].high, rows[i].most);
    g_assert_cmpstr (text, ==, rows[i].wanted);
  }
}

/* Whatever the limits: at least one label, no more than asked for, all in order and inside. */
static void
test_any_range (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  for (int i = 0; i < 2000; i++) {
    XpsAxis axis;
    const double low = g_rand_double_range (random, -280.0, 280.0);
    const guint most = (guint)g_rand_int_range (random, 2, 9);
    const double range = pow (10.0, g_rand_double_range (random, -3.0, 2.4));
    xps_axis_init (&axis, low, low + range, FALSE, 300.0, 0.0);
    g_autoptr (GArray) marks = xps_marks_new_log (&axis, most);
    guint labels = 0;
    double before = -INFINITY;
    for (guint k = 0; k < marks->len; k++) {
      const XpsMark *mark = &g_array_index (marks, XpsMark, k);
      g_assert_cmpfloat (mark->value, >, before);
      g_assert_cmpfloat (mark->value, >=, axis.low - 1e-6 * range);
      g_assert_cmpfloat (mark->value, <=, axis.high + 1e-6 * range);
      before = mark->value;
      labels += mark->label != NULL;
    }
    g_assert_cmpuint (labels, <=, 8);
    if (range > 1.0)
      g_assert_cmpuint (labels, <=, most);
    g_assert_cmpuint (labels, >=, 1);
  }
}

/* Lines for labelled ticks are longer, texts end before them, marks outside the axis are not drawn. */
static void
test_drawn (void)
{
  static const XpsAxisStyle style = {
      .line = 0.6, .tick = 4.0, .label_size = 7.0, .title_size = 8.0, .gap = 2.0};
  XpsSceneBuilder *builder = xps_scene_builder_new (100.0, 100.0);
  XpsPanel panel;
  g_autoptr (GArray) marks = xps_marks_new ();
  xps_panel_init (&panel, (XpsRect){20.0, 0.0, 80.0, 100.0}, 0.0, 1.0, FALSE, 0.0, 10.0);
  xps_marks_take (marks, -1.0, g_strdup ("outside"));
  xps_marks_take (marks, 5.0, g_strdup ("five"));
  xps_marks_take (marks, 6.0, NULL);
  xps_panel_add_y_marks (builder, &panel, marks, &style);
  g_autoptr (XpsScene) scene = xps_scene_builder_end (builder);
  g_autofree char *dump = xps_scene_dup_dump (scene);
  g_assert_null (strstr (dump, "outside"));
  g_assert_nonnull (strstr (dump, "five"));
  gsize n = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  g_assert_cmpuint (n, ==, 3);
  test_assert_close (items[0]->points[0].x, 16.0, 1e-12);
  test_assert_close (items[0]->points[0].y, 50.0, 1e-12);
  g_assert_cmpfloat (items[2]->points[0].x, >, 16.5);
  test_assert_close (items[1]->text.at.x, 14.0, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/marks/labels", test_labels);
  g_test_add_func ("/marks/any-range", test_any_range);
  g_test_add_func ("/marks/drawn", test_drawn);
  return g_test_run ();
}
