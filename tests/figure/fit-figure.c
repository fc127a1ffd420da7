/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/fit-figure.h"

#include "support.h"

/* A problem of the oracle, fitted; NULL when the data are not there. */
static XpsResult *
fit_problem (const char *name, XpsWeights weights, gsize limit)
{
  g_autofree char *csv = g_strdup_printf ("oracle/problems/%s.csv", name);
  g_autofree char *json = g_strdup_printf ("oracle/problems/%s.json", name);
  g_autofree char *data_path = test_shared_path (csv);
  g_autofree char *model_path = test_shared_path (json);
  g_autoptr (GError) error = NULL;
  if (data_path == NULL || model_path == NULL)
    return NULL;
  g_autoptr (TestTable) table = test_table_read (data_path);
  g_autofree double *x = test_table_column (table, "x"), *y = test_table_column (table, "y");
  g_autofree double *sigma = test_table_column (table, "sigma");
  g_autoptr (XpsModel) model = xps_model_read (model_path, &error);
  g_assert_no_error (error);
  g_autoptr (XpsFitData) data =
      xps_fit_data_new_arrays (table->rows->len, x, y, sigma, NULL, XPS_INTENSITY_COUNTS, 1.0);
  const XpsFitOptions options = {.max_evaluations = limit};
  XpsFitData *const one = data;
  XpsResult *result = xps_fit (model, &one, 1, weights, &options, &error);
  g_assert_no_error (error);
  return result;
}

/* Curves add up, residuals give chi2 back, doublets are found by their links and named by what they share. */
static void
test_s2p (void)
{
  g_autoptr (XpsResult) result = fit_problem ("p02_s2p_lab", XPS_WEIGHTS_COUNTS, 0);
  if (result == NULL)
    return;
  g_autoptr (XpsFigure) figure = xps_figure_new_from_result (result);
  const XpsFigureCurves *curves = xps_figure_get_spectrum (figure, 0);
  double chi2 = 0.0;
  g_assert_cmpuint (curves->n, ==, 281);
  g_assert_cmpuint (curves->n_components, ==, 6);
  g_assert_false (curves->failed);
  for (gsize i = 0; i < curves->n; i++) {
    double sum = curves->background[i];
    for (gsize k = 0; k < curves->n_components; k++)
      sum += curves->components[k].values[i];
    test_assert_close (sum, curves->envelope[i], 1e-9 * curves->envelope[i]);
    chi2 += pow ((curves->intensity[i] - curves->envelope[i]) / curves->sigma[i], 2.0);
  }
  test_assert_close (chi2, result->chi2, 1e-9 * result->chi2);
  for (gsize k = 0; k < 6; k++) {
    g_assert_cmpint (xps_figure_is_partner (figure, 0, k), ==, k % 2 == 1);
    g_assert_cmpuint (xps_figure_get_colour (figure, 0, k), ==, k / 2);
  }
  g_autofree char *label = xps_figure_dup_label (figure, 0, 4);
  g_assert_cmpstr (label, ==, "poly");
  g_assert_nonnull (strstr (xps_figure_get_note (figure), "/dof = 1.04, weights from counts"));
}

/* Lines of an s level are never doublets, and free ones neither. */
static void
test_no_doublets (void)
{
  const char *names[] = {"p05_o1s", "p06_c1s_active_shirley", "p11_au4f_dsg"};
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (XpsResult) result = fit_problem (names[i], XPS_WEIGHTS_COUNTS, 0);
    if (result == NULL)
      return;
    g_autoptr (XpsFigure) figure = xps_figure_new_from_result (result);
    const XpsFigureCurves *curves = xps_figure_get_spectrum (figure, 0);
    for (gsize k = 0; k < curves->n_components && i < 2; k++)
      g_assert_false (xps_figure_is_partner (figure, 0, k));
  }
}

static void
test_not_converged (void)
{
  g_autoptr (XpsResult) result = fit_problem ("p02_s2p_lab", XPS_WEIGHTS_COUNTS, 1);
  if (result == NULL)
    return;
  g_assert_false (result->converged);
  g_autoptr (XpsFigure) figure = xps_figure_new_from_result (result);
  g_assert_true (xps_figure_get_spectrum (figure, 0)->failed);
  g_assert_cmpstr (xps_figure_get_spectrum (figure, 0)->failure, ==, xps_stop_to_text (result->stop));
}

/* Equal weights have no sigma: residuals are in counts, and the note says so. */
static void
test_uniform (void)
{
  g_autoptr (XpsResult) result = fit_problem ("p05_o1s", XPS_WEIGHTS_UNIFORM, 0);
  if (result == NULL)
    return;
  g_autoptr (XpsFigure) figure = xps_figure_new_from_result (result);
  g_assert_null (xps_figure_get_spectrum (figure, 0)->sigma);
  g_assert_nonnull (strstr (xps_figure_get_note (figure), "equal weights"));
}

static void
test_plain_spectrum (void)
{
  const double energy[] = {1200.0, 1200.5, 1201.0}, intensity[] = {4.0, 7.0, 5.0};
  XpsSpectrumDraft draft = {.name = g_strdup ("C 1s"),
                            .sample = g_strdup ("LiF"),
                            .axis = XPS_AXIS_KINETIC,
                            .n = 3,
                            .energy = g_memdup2 (energy, sizeof energy),
                            .intensity = g_memdup2 (intensity, sizeof intensity),
                            .unit = XPS_INTENSITY_COUNTS_PER_SECOND,
                            .acquisition = xps_acquisition_new ()};
  draft.acquisition->photon_energy = 1486.6;
  g_autoptr (XpsSpectrum) spectrum = xps_spectrum_new (&draft);
  g_autoptr (XpsFigure) figure = xps_figure_new_from_spectrum (spectrum);
  const XpsFigureCurves *curves = xps_figure_get_spectrum (figure, 0);
  g_assert_cmpint (curves->axis, ==, XPS_FIGURE_KINETIC);
  g_assert_cmpstr (curves->title, ==, "LiF, C 1s, h\xce\xbd = 1486.6 eV");
  g_assert_cmpstr (curves->intensity_unit, ==, "counts/s");
  g_assert_null (curves->envelope);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/fit-figure/s2p", test_s2p);
  g_test_add_func ("/figure/fit-figure/no-doublets", test_no_doublets);
  g_test_add_func ("/figure/fit-figure/not-converged", test_not_converged);
  g_test_add_func ("/figure/fit-figure/uniform", test_uniform);
  g_test_add_func ("/figure/fit-figure/plain-spectrum", test_plain_spectrum);
  return g_test_run ();
}
