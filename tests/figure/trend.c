/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/trend.h"
#include "figure/trend-panel.h"

#include <math.h>
#include <string.h>

/* Judge: two lines whose positions are known at every step. */

#define N_STEPS 8

static const double moves[N_STEPS] = {0.0, -0.1, -0.2, -0.3, -0.2, -0.1, 0.0, 0.1};

typedef struct {
  XpsSeries *series;
  XpsSeriesReport report;
} Fixture;

static XpsTrend *
trend_new (const char *id, const char *species, double at, double sign)
{
  XpsTrend *trend = g_new0 (XpsTrend, 1);
  *trend = (XpsTrend){.kind = XPS_TREND_POSITION,
                      .id = g_strdup (id),
                      .label = g_strdup (species),
                      .species = g_strdup (species),
                      .unit = g_strdup ("eV"),
                      .n = N_STEPS,
                      .values = g_new (double, N_STEPS),
                      .errors = g_new (double, N_STEPS),
                      .frozen = g_new0 (gboolean, N_STEPS)};
  for (guint i = 0; i < N_STEPS; i++) {
    trend->values[i] = at + sign * moves[i];
    trend->errors[i] = 0.01;
  }
  return trend;
}

static void
fixture_clear (Fixture *self)
{
  g_ptr_array_unref (self->report.trends);
  g_ptr_array_unref (self->report.onsets);
  g_free (self->report.use);
  xps_series_free (self->series);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

/* Two lines `apart` eV; they move against each other by 0.4 eV in all. */
static Fixture
fixture_new (double apart)
{
  const double energy[] = {440, 450}, intensity[] = {1, 1};
  Fixture self = {.series = xps_series_new (1)};
  g_autoptr (GError) error = NULL;
  double times[N_STEPS];
  self.report.series = self.series;
  self.report.trends = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_trend_free);
  self.report.onsets = g_ptr_array_new_with_free_func (g_free);
  self.report.use = g_new (gboolean, N_STEPS);
  for (guint i = 0; i < N_STEPS; i++) {
    XpsFitData *data = xps_fit_data_new_arrays (2, energy, intensity, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
    xps_series_add_step (self.series, "frame", &data);
    xps_fit_data_unref (data);
    times[i] = 60.0 * i;
    self.report.use[i] = TRUE;
  }
  xps_series_take_clock (self.series, xps_clock_new (XPS_CLOCK_TIME, NULL, "s", N_STEPS, times), &error);
  g_assert_no_error (error);
  xps_series_set_axis (self.series, "time", &error);
  g_assert_no_error (error);
  g_ptr_array_add (self.report.trends, trend_new ("position:in", "In", 444.6, 1));
  g_ptr_array_add (self.report.trends, trend_new ("position:sn", "Sn", 444.6 + apart, -1));
  return self;
}

static XpsScene *
draw (const Fixture *self, XpsTrendView *view, XpsTrendLayout *layout)
{
  XpsFigureStyle style;
  xps_figure_style_init (&style, XPS_FIGURE_DOUBLE);
  xps_trend_view_init (view);
  view->panels[0] = XPS_TREND_POSITION;
  view->n_panels = 1;
  return xps_trend_plot_build (&self->report, view, &style, layout);
}

static gboolean
says (const XpsScene *scene, const char *text)
{
  gsize n;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++)
    if (items[i]->kind == XPS_ITEM_TEXT && strcmp (items[i]->text.markup, text) == 0)
      return TRUE;
  return FALSE;
}

/* Lines of two core levels: what they do is seen, where they are is said. */
static void
test_apart (void)
{
  g_auto (Fixture) fixture = fixture_new (42);
  XpsTrend *tin = g_ptr_array_index (fixture.report.trends, 1);
  XpsTrendView view;
  XpsTrendLayout layout;
  tin->frozen[0] = TRUE; /* says nothing: the second step is its first one */
  tin->values[0] = 490;
  g_autoptr (XpsScene) scene = draw (&fixture, &view, &layout);
  const XpsPanel *panel = &layout.panels[0];
  g_assert_true (layout.shifted[0]);
  g_assert_true (says (scene, "Shift from value in key (eV)"));
  g_assert_true (says (scene, "In (444.60 eV)"));
  g_assert_true (says (scene, "Sn (486.70 eV)"));
  g_assert_cmpfloat (panel->y.high - panel->y.low, <, 1);
  g_assert_cmpfloat (panel->y.low, <, -0.3);
  g_assert_cmpfloat (panel->y.high, >, 0.2);
  for (int i = 1; i < N_STEPS; i++) {
    const XpsPoint p = xps_panel_map (panel, 60.0 * i, tin->values[i] - tin->values[1]);
    g_assert_cmpint (xps_trend_plot_find_step (&layout, &fixture.report, &view, p.x, p.y, 3), ==, i);
    g_assert_true (p.y >= panel->rect.y && p.y <= panel->rect.y + panel->rect.height);
  }
  XpsFigureStyle low;
  xps_figure_style_init (&low, XPS_FIGURE_DOUBLE);
  low.height = 130;
  g_autoptr (XpsScene) small = xps_trend_plot_build (&fixture.report, &view, &low, NULL);
  g_assert_true (says (small, "Shift (eV)"));
  g_assert_cmpfloat (tin->values[1], ==, 486.6 + 0.1); /* the report is left as it was */
}

/* Where a line has just begun its place is nearly noise: nothing is measured from there. */
static void
test_faint (void)
{
  g_auto (Fixture) fixture = fixture_new (42);
  XpsTrend *tin = g_ptr_array_index (fixture.report.trends, 1);
  const double second = tin->values[1];
  g_assert_cmpfloat (xps_trend_find_first (&fixture.report, tin), ==, tin->values[0]);
  tin->values[0] += 0.3;
  tin->errors[0] *= 100;
  g_assert_cmpfloat (xps_trend_find_first (&fixture.report, tin), ==, second);
  for (gsize i = 0; i < tin->n; i++)
    tin->errors[i] = NAN; /* none is known better than another */
  g_assert_cmpfloat (xps_trend_find_first (&fixture.report, tin), ==, tin->values[0]);
}

/* Lines near each other, a single line, and such that stand still keep their energies. */
static void
test_near (void)
{
  const char *const one[] = {"In", NULL};
  g_auto (Fixture) near = fixture_new (1.5), far = fixture_new (42);
  XpsTrendView view;
  XpsTrendLayout layout;
  XpsFigureStyle style;
  g_autoptr (XpsScene) both = draw (&near, &view, &layout);
  g_assert_false (layout.shifted[0]);
  g_assert_true (says (both, "Position (eV)"));
  g_assert_true (says (both, "In"));
  xps_figure_style_init (&style, XPS_FIGURE_DOUBLE);
  view.species = one;
  g_autoptr (XpsScene) single = xps_trend_plot_build (&far.report, &view, &style, &layout);
  g_assert_false (layout.shifted[0]);
  for (guint t = 0; t < 2; t++)
    for (guint i = 0; i < N_STEPS; i++)
      ((XpsTrend *)g_ptr_array_index (far.report.trends, t))->values[i] = 444.6 + 42 * t;
  g_autoptr (XpsScene) still = draw (&far, &view, &layout);
  g_assert_false (layout.shifted[0]);
}

/* An interval that reaches beyond the axis is drawn as far as the axis goes. */
static void
test_band (void)
{
  g_auto (Fixture) fixture = fixture_new (1.5);
  char id[] = "position:in";
  XpsOnsetEntry *entry = g_new0 (XpsOnsetEntry, 1);
  XpsTrendView view;
  XpsTrendLayout layout;
  guint bands = 0;
  gsize n;
  entry->trend = id;
  entry->onset.value.value = 120;
  entry->onset.low = -839;
  entry->onset.high = 5000;
  g_ptr_array_add (fixture.report.onsets, entry);
  g_autoptr (XpsScene) scene = draw (&fixture, &view, &layout);
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++)
    if (items[i]->kind == XPS_ITEM_RECTANGLE && items[i]->fill.opacity > 0) {
      g_assert_cmpfloat (items[i]->rect.x, >=, layout.panels[0].rect.x);
      g_assert_cmpfloat (items[i]->rect.width, <=, layout.panels[0].rect.width);
      bands++;
    }
  g_assert_cmpuint (bands, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/trend/apart", test_apart);
  g_test_add_func ("/figure/trend/faint", test_faint);
  g_test_add_func ("/figure/trend/near", test_near);
  g_test_add_func ("/figure/trend/band", test_band);
  return g_test_run ();
}
