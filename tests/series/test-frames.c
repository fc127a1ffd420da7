/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/frames.h"

#include "series/made.h"

/* A series with accidents at known frames. */

static XpsSeries *
damaged (double shift_at, guint from, guint to, guint dump, guint spike)
{
  const MadeSeries made = {31, -0.2, 1.33, 0.06, 3000, 9000, 21};
  XpsSeries *series = xps_series_new (1);
  XpsRandom random;
  xps_random_init (&random, made.seed);
  for (guint i = 0; i < made.steps; i++) {
    g_autoptr (XpsFitData) data =
        made_data (&made, i, i >= from && i < to ? shift_at : 0, i == dump ? 0.2 : 1, &random);
    if (i == spike)
      data->intensity[40] += 1500;
    xps_series_add_step (series, "frame", &data);
  }
  return series;
}

static guint
count (const GPtrArray *marks, XpsMarkKind kind, gsize step)
{
  guint n = 0;
  for (guint k = 0; k < marks->len; k++) {
    const XpsFrameMark *mark = g_ptr_array_index (marks, k);
    g_test_message ("%u: %s %s", (guint)mark->step, xps_mark_kind_to_text (mark->kind), mark->message);
    n += mark->kind == kind && mark->step == step ? 1 : 0;
  }
  return n;
}

static void
test_clean (void)
{
  g_autoptr (XpsSeries) series = damaged (0, 0, 0, 99, 99);
  g_autoptr (GPtrArray) marks = xps_frames_check (series, NULL);
  count (marks, XPS_MARK_DUMP, 0);
  g_assert_cmpuint (marks->len, ==, 0);
}

/* The last group of an average holds fewer frames: it was counted for less, no beam was lost. */
static void
test_average (void)
{
  g_autoptr (XpsSeries) series = damaged (0, 0, 0, 99, 99);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSeries) threes = xps_series_average (series, 3, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xps_series_get_n (threes), ==, 11);
  g_autoptr (GPtrArray) marks = xps_frames_check (threes, NULL);
  g_assert_cmpuint (count (marks, XPS_MARK_DUMP, 10), ==, 0);
  g_assert_cmpuint (count (marks, XPS_MARK_LOW, 10), ==, 0);
  g_autoptr (XpsSeries) dumped = damaged (0, 0, 0, 30, 99);
  g_autoptr (XpsSeries) lost = xps_series_average (dumped, 3, 0, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) found = xps_frames_check (lost, NULL);
  g_assert_cmpuint (count (found, XPS_MARK_DUMP, 10), ==, 1);
}

static void
test_dump_and_spike (void)
{
  g_autoptr (XpsSeries) series = damaged (0, 0, 0, 12, 20);
  g_autoptr (GPtrArray) marks = xps_frames_check (series, NULL);
  g_assert_cmpuint (count (marks, XPS_MARK_DUMP, 12), ==, 1);
  g_assert_cmpuint (count (marks, XPS_MARK_SPIKE, 20), ==, 1);
  g_assert_cmpuint (marks->len, ==, 2);
  g_autofree gboolean *use = xps_frames_dup_use (series, marks);
  g_assert_false (use[12] || use[20]);
  g_assert_true (use[13] && use[19] && use[21]);
  g_assert_null (xps_series_get_step (series, 12)->exclusion); /* marked, not dropped */
}

static void
test_shift (void)
{
  g_autoptr (XpsSeries) series = damaged (0.25, 9, 10, 99, 99);
  g_autoptr (GPtrArray) marks = xps_frames_check (series, NULL);
  g_assert_cmpuint (count (marks, XPS_MARK_SHIFT, 9), ==, 1);
  g_assert_cmpuint (marks->len, ==, 1);
  const XpsFrameMark *mark = g_ptr_array_index (marks, 0);
  test_assert_close (mark->size, 0.25, 0.1); /* first order in the shift */
}

static void
test_jump (void)
{
  g_autoptr (XpsSeries) series = damaged (0.25, 15, 31, 99, 99);
  g_autoptr (GPtrArray) marks = xps_frames_check (series, NULL);
  g_assert_cmpuint (count (marks, XPS_MARK_JUMP, 15), ==, 1);
  g_assert_cmpuint (marks->len, ==, 1);
}

/* The last scan of a run that was stopped: nothing but zeros from some energy on. A share of its counts is
 * left, so that it is no loss of the beam, and it says how large. */
static void
test_cut (void)
{
  for (guint end = 0; end < 2; end++) {
    g_autoptr (XpsSeries) series = damaged (0, 0, 0, 99, 99);
    XpsFitData *data = g_ptr_array_index (xps_series_get_step (series, 30)->data, 0);
    double all = 0, rest = 0;
    for (gsize k = 0; k < data->n; k++) {
      all += data->intensity[k];
      if (end == 0 ? k < 35 : k >= data->n - 35)
        data->intensity[k] = 0;
      rest += data->intensity[k];
    }
    g_autoptr (GPtrArray) marks = xps_frames_check (series, NULL);
    g_assert_cmpuint (count (marks, XPS_MARK_CUT, 30), ==, 1);
    g_assert_cmpuint (marks->len, ==, 1);
    const XpsFrameMark *mark = g_ptr_array_index (marks, 0);
    g_assert_true (mark->bad);
    test_assert_close (mark->size, rest / all, 0.02); /* of neighbours with counting noise, which change */
    g_autofree char *words = g_strdup_printf ("has %.0f %% of its neighbours'", 100 * mark->size);
    g_assert_nonnull (strstr (mark->message, words));
  }
}

/* Fewer counts than its neighbours, but not so few that the beam was gone: to be looked at. */
static void
test_few (void)
{
  const MadeSeries made = MADE_SERIES;
  g_autoptr (XpsSeries) series = xps_series_new (1);
  XpsRandom random;
  xps_random_init (&random, made.seed);
  for (guint i = 0; i < made.steps; i++) {
    g_autoptr (XpsFitData) data = made_data (&made, i, 0, i == 8 ? 0.65 : 1, &random);
    xps_series_add_step (series, "frame", &data);
  }
  g_autoptr (GPtrArray) marks = xps_frames_check (series, NULL);
  g_assert_cmpuint (count (marks, XPS_MARK_LOW, 8), ==, 1);
  g_assert_cmpuint (marks->len, ==, 1);
  const XpsFrameMark *mark = g_ptr_array_index (marks, 0);
  g_assert_false (mark->bad);
  test_assert_close (mark->size, 0.65, 0.01); /* 1 % counting noise of 25,000 counts, and the slow change */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/frames/clean", test_clean);
  g_test_add_func ("/series/frames/average", test_average);
  g_test_add_func ("/series/frames/dump-and-spike", test_dump_and_spike);
  g_test_add_func ("/series/frames/shift", test_shift);
  g_test_add_func ("/series/frames/jump", test_jump);
  g_test_add_func ("/series/frames/cut", test_cut);
  g_test_add_func ("/series/frames/few", test_few);
  return g_test_run ();
}
