/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/sheet.h"

/* Peaks guessed from counts: near enough that the fit that follows is the right one, and none where there is
 * only noise. */

#define SINGLE                                                                                               \
  "{'parameters':[{'name':'c','value':161.65},{'name':'a','value':3000,'min':0},{'name':'g','value':0.7},"   \
  "{'name':'l','value':0.25},{'name':'b0','value':900},{'name':'b1','value':20}],'components':["             \
  "{'name':'A','type':'voigt','params':{'center':'c','area':'a','fwhm_g':'g','fwhm_l':'l'}}],"               \
  "'background':[{'type':'poly','coeffs':['b0','b1'],'x_ref':160}]}"

#define FLAT                                                                                                 \
  "{'parameters':[{'name':'b','value':500}],'background':[{'type':'poly','coeffs':['b'],'x_ref':0}]}"

/* A click some tenths of an eV beside the top of a peak of 3,000 counts on 900: the top within a tenth of the
 * width, width to a quarter (the smoothing widens, noise moves the half height), height to a
 * tenth. With no background yet, and with one. */
static void
test_click (void)
{
  g_autoptr (XpsModel) truth = made_model (SINGLE);
  g_autoptr (XpsSpectrum) any = sheet_of (SINGLE, 155, 0.05, 281, 1);
  g_autoptr (XpsPreview) true_preview = sheet_preview (any, truth);
  double height, fwhm;
  xps_preview_get_component (true_preview, 0, NULL, &height, &fwhm, NULL);
  for (guint64 seed = 1; seed <= 20; seed++) {
    g_autoptr (XpsSpectrum) spectrum = sheet_of (SINGLE, 155, 0.05, 281, seed);
    g_autoptr (XpsModel) model = xps_model_new ();
    for (int background = 0; background < 2; background++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
      for (int k = -1; k <= 1; k++) {
        XpsPeakGuess guess;
        g_assert_true (xps_edit_guess_peak (preview, 161.65 + 0.2 * k, &guess, &error));
        g_assert_no_error (error);
        test_assert_close (guess.center, 161.65, 0.09);
        test_assert_close (guess.fwhm, fwhm, 0.25 * fwhm);
        test_assert_close (guess.height, height, 0.1 * height);
      }
      xps_edit_set_background (model, 0, xps_background_find ("linear"), preview, &error);
      g_assert_no_error (error);
    }
  }
}

/* On the flank of a greater peak, and where there is nothing, the place is what was pointed at. */
static void
test_click_beside (void)
{
  g_autoptr (XpsSpectrum) spectrum = sheet_of (SINGLE, 155, 0.05, 281, 3);
  g_autoptr (XpsModel) model = xps_model_new ();
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  XpsPeakGuess guess;
  g_assert_true (xps_edit_guess_peak (preview, 162.6, &guess, NULL));
  g_assert_true (guess.center == 162.6 && guess.fwhm > 0.1 && guess.height > 0);
  g_assert_true (xps_edit_guess_peak (preview, 155, &guess, NULL));
  g_assert_true (fabs (guess.center - 155) < 0.6 && guess.fwhm > 0 && guess.height > 0);
}

/* ---- the oracle's spectra ---- */

static XpsSpectrum *
oracle_spectrum (const OracleProblem *problem)
{
  return sheet_spectrum (problem->data, XPS_AXIS_BINDING);
}

static XpsResult *
fit_on (const XpsSpectrum *spectrum, const XpsModel *model)
{
  g_autoptr (GError) error = NULL;
  const XpsModelPart *part = model->parts->pdata[0];
  const XpsEnergyScale scale = {NAN, 0, 0};
  g_autoptr (XpsFitData) data = xps_fit_data_new (spectrum, &scale, part->low, part->high, &error);
  g_assert_no_error (error);
  return made_fit (model, data, XPS_WEIGHTS_COUNTS);
}

/* From an empty model to the reference's peak by a click on the highest point and a fit. */
static void
test_oracle_click (gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  g_auto (OracleProblem) problem = {0};
  if (!oracle_problem_read (id, &problem))
    return;
  g_autoptr (XpsSpectrum) spectrum = oracle_spectrum (&problem);
  g_autoptr (XpsModel) model = xps_model_new ();
  g_autoptr (XpsPreview) empty = sheet_preview (spectrum, model);
  XpsPeakGuess guess;
  gsize top = 0;
  for (gsize i = 0; i < empty->n; i++)
    if (empty->intensity[i] > empty->intensity[top])
      top = i;
  xps_edit_set_background (model, 0, xps_background_find ("poly"), empty, &error);
  g_assert_no_error (error);
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  g_assert_true (xps_edit_guess_peak (preview, empty->energy[top], &guess, &error));
  xps_edit_add_component (model, 0, NULL, xps_shape_find ("voigt"), &guess);
  g_autoptr (XpsResult) result = fit_on (spectrum, model);
  g_assert_true (result->converged);
  JsonObject *reference = json_object_get_object_member (problem.document, "reference");
  const double chi2 = json_object_get_double_member (reference, "chi2");
  test_assert_close (result->chi2, chi2, 1e-6 * chi2);
}

/* A component is taken away and the rest fitted: the search finds it again within a third of its width. */
static void
test_oracle_residual (void)
{
  static const struct {
    const char *id;
    gsize gone;
  } all[] = {{"p05_o1s", 0}, {"p05_o1s", 1}, {"p16_s2p_nonuniform", 0}, {"p01_voigt_single", 0}};
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autoptr (GError) error = NULL;
    g_auto (OracleProblem) problem = {0};
    if (!oracle_problem_read (all[i].id, &problem))
      return;
    g_autoptr (XpsSpectrum) spectrum = oracle_spectrum (&problem);
    g_autoptr (XpsResult) whole = fit_on (spectrum, problem.model);
    g_autoptr (XpsModel) rest = xps_model_copy (whole->model);
    g_autoptr (XpsPreview) full = sheet_preview (spectrum, whole->model);
    double maximum, fwhm;
    XpsPeakGuess guess;
    xps_preview_get_component (full, all[i].gone, &maximum, NULL, &fwhm, NULL);
    g_assert_false (xps_edit_guess_peak (full, NAN, &guess, &error));
    g_clear_error (&error);
    xps_edit_remove_component (rest, 0, all[i].gone);
    g_autoptr (XpsPreview) preview = sheet_preview (spectrum, rest);
    g_assert_true (xps_edit_guess_peak (preview, NAN, &guess, &error));
    g_test_message ("%s: %.2f (%.2f), width %.2f (%.2f)", all[i].id, guess.center, maximum, guess.fwhm, fwhm);
    test_assert_close (guess.center, maximum, fwhm / 3);
    g_assert_true (guess.fwhm > 0.5 * fwhm && guess.fwhm < 2 * fwhm);
  }
}

/* ---- noise ---- */

/* Flat counts: five standard deviations at the best of 3,000 places and widths happen once in thousands of
 * spectra, so never in these 200. */
static void
test_noise (void)
{
  for (guint64 seed = 1; seed <= 200; seed++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsModel) flat = made_model (FLAT);
    g_autoptr (XpsSpectrum) spectrum = sheet_of (FLAT, 100, 0.1, 200, seed);
    g_autoptr (XpsPreview) preview = sheet_preview (spectrum, flat);
    XpsPeakGuess guess;
    if (xps_edit_guess_peak (preview, NAN, &guess, &error))
      g_error ("seed %d: a peak of %g counts at %g eV", (int)seed, guess.height, guess.center);
    g_assert_nonnull (strstr (error->message, "noise"));
  }
}

/* Uniform weights say nothing about the noise: it is taken from the counts. */
static void
test_unknown_noise (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSpectrum) spectrum = sheet_of (SINGLE, 155, 0.05, 281, 3);
  g_autoptr (XpsModel) model = made_model (SINGLE), empty = xps_model_new ();
  const XpsEnergyScale scale = {NAN, 0, 0};
  g_autoptr (XpsPreview) full = xps_preview_new (spectrum, &scale, model, 0, XPS_WEIGHTS_UNIFORM),
                         bare = xps_preview_new (spectrum, &scale, empty, 0, XPS_WEIGHTS_UNIFORM);
  XpsPeakGuess guess;
  g_assert_false (xps_edit_guess_peak (full, NAN, &guess, &error));
  g_assert_true (xps_edit_guess_peak (bare, NAN, &guess, NULL));
  test_assert_close (guess.center, 161.65, 0.1);
}

static void
test_nothing_to_go_by (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSpectrum) spectrum = sheet_of (SINGLE, 155, 0.05, 281, 3);
  g_autoptr (XpsModel) model = xps_model_new ();
  XpsPeakGuess guess;
  xps_edit_set_window (model, 0, 160, 164);
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  g_assert_false (xps_edit_guess_peak (preview, 170, &guess, &error));
  g_assert_nonnull (strstr (error->message, "window"));
  g_clear_error (&error);
  xps_edit_set_window (model, 0, 160, 160.1);
  g_autoptr (XpsPreview) narrow = sheet_preview (spectrum, model);
  g_assert_false (xps_edit_guess_peak (narrow, 160, &guess, &error));
  g_assert_nonnull (strstr (error->message, "few points"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guess/click", test_click);
  g_test_add_func ("/guess/click-beside", test_click_beside);
  g_test_add_data_func ("/guess/p01_voigt_single", "p01_voigt_single", test_oracle_click);
  g_test_add_func ("/guess/residual", test_oracle_residual);
  g_test_add_func ("/guess/noise", test_noise);
  g_test_add_func ("/guess/unknown-noise", test_unknown_noise);
  g_test_add_func ("/guess/nothing-to-go-by", test_nothing_to_go_by);
  return g_test_run ();
}
