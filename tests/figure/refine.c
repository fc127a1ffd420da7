/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/refine.h"

#include "shown.h"

/* Curves between the measured points. */

typedef struct {
  XpsPreview *preview;
  XpsFigureCurves curves;
  XpsFigureComponent components[3];
} Fixture;

static void
fixture_init (Fixture *fixture)
{
  fixture->preview = shown_preview ();
  for (gsize k = 0; k < 3; k++)
    fixture->components[k] = (XpsFigureComponent){.values = fixture->preview->components[k]};
  fixture->curves = (XpsFigureCurves){.n = fixture->preview->n,
                                      .energy = fixture->preview->energy,
                                      .intensity = fixture->preview->intensity,
                                      .background = fixture->preview->background,
                                      .envelope = fixture->preview->envelope,
                                      .n_components = 3,
                                      .components = fixture->components};
}

static gsize
find_energy (const XpsFigureCurves *curves, double energy)
{
  gsize best = 0;
  for (gsize i = 1; i < curves->n; i++)
    if (fabs (curves->energy[i] - energy) < fabs (curves->energy[best] - energy))
      best = i;
  return best;
}

/* Every measured point inside the window is there with its values; curves are evaluated to 1e-6 of a peak. */
static void
test_points (void)
{
  Fixture f;
  fixture_init (&f);
  g_autoptr (XpsFigureCurves) fine = xps_refine_new (f.preview, &f.curves, 155.0, 171.0, 1600.0);
  g_assert_nonnull (fine);
  g_assert_cmpuint (fine->n, >, 3 * f.preview->n_window);
  for (gsize i = f.preview->first; i < f.preview->first + f.preview->n_window; i++) {
    const gsize k = find_energy (fine, f.preview->energy[i]);
    test_assert_close (fine->energy[k], f.preview->energy[i], 0.0);
    test_assert_close (fine->background[k], f.preview->background[i], 1e-9 * f.preview->background[i]);
    test_assert_close (fine->envelope[k], f.preview->envelope[i], 1e-5 * f.preview->envelope[i]);
    for (gsize c = 0; c < 3; c++)
      test_assert_close (fine->components[c].values[k], f.preview->components[c][i], 1e-6 * 9000.0);
  }
  test_assert_close (fine->energy[0], f.preview->energy[f.preview->first], 0.0);
  for (gsize i = 1; i < fine->n; i++)
    g_assert_cmpfloat (fine->energy[i], >, fine->energy[i - 1]);
  xps_preview_free (f.preview);
}

/* The top of a drawn component is where its handle is. */
static void
test_top (void)
{
  Fixture f;
  fixture_init (&f);
  g_autoptr (XpsFigureCurves) fine = xps_refine_new (f.preview, &f.curves, 161.0, 162.0, 1600.0);
  g_assert_nonnull (fine);
  double maximum, height, top = 0.0;
  gsize at = 0;
  xps_preview_get_component (f.preview, 0, &maximum, &height, NULL, NULL);
  for (gsize i = 0; i < fine->n; i++)
    if (fine->components[0].values[i] > top) {
      top = fine->components[0].values[i];
      at = i;
    }
  /* Half a step of the fine grid; there a Voigt of 0.66 eV has lost less than 1e-4 of its height. */
  test_assert_close (fine->energy[at], maximum, SHOWN_STEP / 16.0);
  test_assert_close (top, height, 1e-4 * height);
  xps_preview_free (f.preview);
}

/* A background of steps stays between its points: no wave beside the steps. */
static void
test_no_overshoot (void)
{
  Fixture f;
  fixture_init (&f);
  for (gsize i = 0; i < f.preview->n; i++)
    f.preview->background[i] =
        f.preview->energy[i] < 162.0 ? 100.0 : (f.preview->energy[i] < 164.0 ? 700.0 : 650.0);
  g_autoptr (XpsFigureCurves) fine = xps_refine_new (f.preview, &f.curves, 155.0, 171.0, 1600.0);
  for (gsize i = 0; i < fine->n; i++) {
    g_assert_cmpfloat (fine->background[i], >=, 100.0 - 1e-9);
    g_assert_cmpfloat (fine->background[i], <=, 700.0 + 1e-9);
  }
  xps_preview_free (f.preview);
}

/* A smooth one is followed: a parabola to a part in a thousand of its bend, far better than straight lines.
 */
static void
test_smooth (void)
{
  Fixture f;
  fixture_init (&f);
  for (gsize i = 0; i < f.preview->n; i++)
    f.preview->background[i] = pow (f.preview->energy[i] - 150.0, 2.0);
  g_autoptr (XpsFigureCurves) fine = xps_refine_new (f.preview, &f.curves, 155.0, 171.0, 1600.0);
  for (gsize i = 0; i < fine->n; i++) {
    const double energy = fine->energy[i];
    const gboolean edge = energy < f.preview->energy[f.preview->first + 1] ||
                          energy > f.preview->energy[f.preview->first + f.preview->n_window - 2];
    /* Between points a straight line would be off by (step / 2)^2. At the ends slopes are one-sided, wrong by
     * the step: 4/27 step^2 at most. */
    test_assert_close (fine->background[i], pow (energy - 150.0, 2.0),
                       (edge ? 0.6 : 2e-2) * 0.25 * SHOWN_STEP * SHOWN_STEP + 1e-9);
  }
  xps_preview_free (f.preview);
}

/* What the preview says rules, whatever the parameters would give. */
static void
test_values_rule (void)
{
  Fixture f;
  fixture_init (&f);
  for (gsize i = 0; i < f.preview->n; i++)
    f.preview->components[2][i] *= 1.5;
  g_autoptr (XpsFigureCurves) fine = xps_refine_new (f.preview, &f.curves, 155.0, 171.0, 1600.0);
  const gsize i = f.preview->first + 90, k = find_energy (fine, f.preview->energy[i]);
  test_assert_close (fine->components[2].values[k], f.preview->components[2][i], 1e-9 * 1000.0);
  xps_preview_free (f.preview);
}

static void
test_dense (void)
{
  Fixture f;
  fixture_init (&f);
  g_assert_null (xps_refine_new (f.preview, &f.curves, 155.0, 171.0, 300.0));
  g_assert_null (xps_refine_new (f.preview, &f.curves, 200.0, 210.0, 1600.0));
  f.curves.envelope = NULL;
  g_assert_null (xps_refine_new (f.preview, &f.curves, 155.0, 171.0, 1600.0));
  xps_preview_free (f.preview);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refine/points", test_points);
  g_test_add_func ("/refine/top", test_top);
  g_test_add_func ("/refine/no-overshoot", test_no_overshoot);
  g_test_add_func ("/refine/smooth", test_smooth);
  g_test_add_func ("/refine/values-rule", test_values_rule);
  g_test_add_func ("/refine/dense", test_dense);
  return g_test_run ();
}
