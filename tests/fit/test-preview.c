/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/sheet.h"

/* The preview shows what it can, says what it cannot, and draws the curves of the engine. */

#define LINE  "'background':[{'type':'poly','coeffs':['b'],'x_ref':0}]"
#define B     "{'name':'b','value':500}"
#define PEAK  "{'name':'A','type':'gauss','params':{'center':'c','area':'a','fwhm':'w'}}"
#define THREE "{'name':'c','value':162},{'name':'a','value':900},{'name':'w','value':1}"

static void
assert_shows_data (const XpsPreview *preview, const XpsSpectrum *spectrum)
{
  g_assert_cmpuint (preview->n, ==, xps_spectrum_get_n (spectrum));
  for (gsize i = 1; i < preview->n; i++)
    g_assert_cmpfloat (preview->energy[i], >=, preview->energy[i - 1]);
  g_assert_cmpuint (preview->first + preview->n_window, <=, preview->n);
}

static void
test_empty (void)
{
  g_autoptr (XpsModel) model = xps_model_new ();
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  assert_shows_data (preview, spectrum);
  g_assert_null (preview->message);
  g_assert_null (preview->problem);
  g_assert_true (preview->has_binding);
  g_assert_cmpuint (preview->n_window, ==, preview->n);
  g_assert_null (preview->background);
  g_assert_null (preview->envelope);
  for (gsize i = 0; i < preview->n; i++)
    test_assert_close (preview->sigma[i], sqrt (preview->intensity[i]), 1e-12 * preview->intensity[i]);
  g_assert_true (xps_preview_update (preview, model));
}

/* ---- the engine's curves ---- */

static void
assert_same_curve (const double *a, const double *b, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!(a[i] == b[i]))
      g_error ("point %" G_GSIZE_FORMAT ": %.17g, expected %.17g", i, a[i], b[i]);
}

/* Against xps_problem_get_curves() on the same window: to the last bit. */
static void
assert_engine_curves (const XpsPreview *preview, const XpsModel *model)
{
  g_autoptr (GError) error = NULL;
  const XpsModelPart *part = model->parts->pdata[0];
  g_autoptr (XpsFitData) data =
      xps_fit_data_new (preview->spectrum, &preview->scale, part->low, part->high, &error);
  g_assert_no_error (error);
  g_autoptr (XpsProblem) problem = xps_problem_new (model, &data, 1, preview->weights, &error);
  g_assert_no_error (error);
  g_autofree double *values = made_values (model), *memory = g_new (double, data->n * 8);
  double *components[] = {memory + 2 * data->n, memory + 3 * data->n, memory + 4 * data->n};
  g_assert_cmpuint (preview->n_window, ==, data->n);
  xps_problem_get_curves (problem, 0, values, memory, memory + data->n, components);
  assert_same_curve (preview->envelope + preview->first, memory, data->n);
  assert_same_curve (preview->background + preview->first, memory + data->n, data->n);
  g_assert_cmpuint (preview->n_components, ==, part->components->len);
  for (gsize c = 0; c < preview->n_components; c++)
    assert_same_curve (preview->components[c] + preview->first, components[c], data->n);
  xps_problem_get_sigma (problem, 0, values, memory);
  for (gsize i = 0; i < data->n; i++)
    test_assert_close (preview->sigma[preview->first + i], memory[i], 1e-14 * memory[i]);
  for (gsize i = 0; i < preview->first; i++)
    g_assert_true (isnan (preview->envelope[i]) && isnan (preview->sigma[i]) &&
                   isnan (preview->background[i]));
  for (gsize i = preview->first + preview->n_window; i < preview->n; i++)
    g_assert_true (isnan (preview->envelope[i]));
}

static void
test_curves (void)
{
  static const XpsWeights weights[] = {XPS_WEIGHTS_COUNTS, XPS_WEIGHTS_UNIFORM, XPS_WEIGHTS_POISSON};
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  const XpsEnergyScale scale = {NAN, 0, 0};
  for (gsize w = 0; w < G_N_ELEMENTS (weights); w++) {
    g_autoptr (XpsModel) model = made_model (SHEET_S2P);
    XpsModelPart *part = model->parts->pdata[0];
    part->low = 157;
    part->high = 166;
    g_autoptr (XpsPreview) preview = xps_preview_new (spectrum, &scale, model, 0, weights[w]);
    g_assert_null (preview->message);
    assert_engine_curves (preview, model);
    xps_model_get_parameter (model, "c")->value = 161.9;
    xps_model_get_parameter (model, "g")->value = 1.1;
    g_assert_true (xps_preview_update (preview, model));
    assert_engine_curves (preview, model);
    test_assert_close (sheet_value (preview->model, "c2"), 161.9 + 1.18, 0);
  }
}

/* Every background of the table beside a doublet, static ones with their certificate. */
static void
test_backgrounds (void)
{
  size_t n;
  const XpsBackground *rows = xps_backgrounds_get (&n);
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  for (size_t i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsModel) model = made_model (SHEET_S2P);
    g_autoptr (XpsPreview) before = sheet_preview (spectrum, model);
    xps_edit_set_background (model, 0, &rows[i], before, &error);
    g_assert_no_error (error);
    sheet_assert_sound (model);
    g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
    g_test_message ("%s: %s", rows[i].id, preview->message);
    g_assert_null (preview->message);
    assert_engine_curves (preview, model);
    g_assert_true ((xps_preview_get_certificate (preview, 0) != NULL) ==
                   (rows[i].kind == XPS_BACKGROUND_STATIC));
    g_assert_null (xps_preview_get_certificate (preview, 99));
  }
}

/* ---- parts of a model ---- */

static void
test_pieces (void)
{
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsModel) bare = made_model ("{'parameters':[" THREE "],'components':[" PEAK "]}");
  g_autoptr (XpsPreview) components = sheet_preview (spectrum, bare);
  g_assert_null (components->message);
  g_assert_null (components->background);
  g_assert_cmpuint (components->n_components, ==, 1);
  assert_same_curve (components->envelope, components->components[0], components->n);
  g_autoptr (XpsModel) line = made_model ("{'parameters':[" B "]," LINE "}");
  g_autoptr (XpsPreview) background = sheet_preview (spectrum, line);
  g_assert_null (background->message);
  for (gsize i = 0; i < background->n; i++)
    g_assert_true (background->background[i] == 500 && background->envelope[i] == 500);
  g_autoptr (XpsModel) shirley =
      made_model ("{'parameters':[],'background':[{'type':'shirley','average':5}]}");
  g_autoptr (XpsPreview) still = sheet_preview (spectrum, shirley);
  g_assert_null (still->message);
  g_assert_nonnull (xps_preview_get_certificate (still, 0));
}

/* One part of a joint model is drawn with all its parameters, and the other parts do not matter. */
static void
test_joint (void)
{
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsModel) model =
      made_model ("{'parameters':[" B "," THREE ",{'name':'k','of':'c','coef':1,'const':-1}],'spectra':["
                  "{'id':'x','components':[],'background':[]},"
                  "{'id':'y','components':[{'name':'A','type':'gauss','params':{'center':'k','area':'a',"
                  "'fwhm':'w'}}]," LINE "}]}");
  const XpsEnergyScale scale = {NAN, 0, 0};
  g_autoptr (XpsPreview) preview = xps_preview_new (spectrum, &scale, model, 1, XPS_WEIGHTS_COUNTS);
  double maximum, height, fwhm, area;
  g_assert_null (preview->message);
  xps_preview_get_component (preview, 0, &maximum, &height, &fwhm, &area);
  test_assert_close (maximum, 161, 1e-12);
  test_assert_close (fwhm, 1, 1e-12);
  test_assert_close (area, 900, 1e-9);
  test_assert_close (height, 900 * sqrt (4 * M_LN2 / M_PI), 1e-9);
  xps_preview_get_component (preview, 5, &maximum, NULL, NULL, NULL);
  g_assert_true (isnan (maximum));
  g_autoptr (XpsPreview) empty = xps_preview_new (spectrum, &scale, model, 0, XPS_WEIGHTS_COUNTS);
  g_assert_null (empty->message);
  g_assert_null (empty->envelope);
}

/* ---- other values ---- */

static void
test_update_refuses (void)
{
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  g_autofree double *before = g_memdup2 (preview->envelope, preview->n * sizeof (double));
  for (int i = 0; i < 6; i++) {
    g_autoptr (XpsModel) other = xps_model_copy (model);
    XpsModelPart *part = other->parts->pdata[0];
    xps_model_get_parameter (other, "c")->value = 162;
    if (i == 0)
      part->energy_shift = 0.1;
    if (i == 1)
      part->high = 170;
    if (i == 2)
      xps_model_get_parameter (other, "c2")->constant = 1.2;
    if (i == 3)
      xps_model_get_parameter (other, "c")->kind = XPS_PARAMETER_FIXED;
    if (i == 4)
      xps_edit_remove_component (other, 0, 1);
    if (i == 5)
      xps_model_get_parameter (other, "c")->value = 170; /* out of its bounds: there is something to say */
    g_assert_false (xps_preview_update (preview, other));
    assert_same_curve (preview->envelope, before, preview->n);
    g_assert_true (sheet_value (preview->model, "c") == 161.65);
  }
}

/* ---- refusals ---- */

/* A Shirley background needs a step: what else there is stays visible, and the sentence is its own. */
static void
test_refused_background (void)
{
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsModel) model =
      made_model ("{'parameters':[" B "," THREE "],'components':[" PEAK "],"
                  "'background':[{'type':'spline_static','anchors':[200,210]},{'type':'linear_static'},"
                  "{'type':'poly','coeffs':['b'],'x_ref':0}]}");
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  g_assert_nonnull (preview->message);
  g_assert_nonnull (preview->envelope);
  g_assert_nonnull (preview->background);
  g_assert_cmpuint (preview->n_components, ==, 1);
  g_assert_null (xps_preview_get_certificate (preview, 0));
  g_assert_nonnull (xps_preview_get_certificate (preview, 1));
  g_assert_null (xps_preview_get_certificate (preview, 2));
}

/* A start value outside its bounds cannot be fitted, but it can be seen. */
static void
test_outside_bounds (void)
{
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  xps_model_get_parameter (model, "c")->value = 163;
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  g_assert_nonnull (strstr (preview->message, "\"c\""));
  g_assert_cmpuint (preview->n_components, ==, 2);
  g_assert_true (isfinite (preview->envelope[preview->n / 2]));
  xps_model_get_parameter (model, "c")->value = 162;
  g_assert_false (xps_preview_update (preview, model)); /* a new one has nothing to say any more */
}

static void
test_links_in_a_circle (void)
{
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsModel) model =
      made_model ("{'parameters':[{'name':'c','of':'w'},{'name':'a','value':900},{'name':'w','of':'c'}],"
                  "'components':[" PEAK "]}");
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  double maximum;
  assert_shows_data (preview, spectrum);
  g_assert_nonnull (strstr (preview->message, "circle"));
  xps_preview_get_component (preview, 0, &maximum, NULL, NULL, NULL);
  g_assert_true (isnan (maximum));
}

static void
test_svsc_alone (void)
{
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsModel) model = made_model ("{'parameters':[" B "],'background':[{'type':'svsc','k':[]},"
                                           "{'type':'poly','coeffs':['b'],'x_ref':0}]}");
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  g_assert_nonnull (preview->message);
  g_assert_true (preview->background[0] == 500);
}

/* ---- hard data ---- */

static XpsSpectrum *
hard_spectrum (gsize n, double count, const double *sigma, XpsAxisKind axis)
{
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    x[i] = 155 + 0.1 * (double)i;
    y[i] = count;
  }
  g_autoptr (XpsFitData) data = xps_fit_data_new_arrays (n, x, y, sigma, NULL, XPS_INTENSITY_COUNTS, 1);
  return sheet_spectrum (data, axis);
}

static void
test_hard_data (void)
{
  double sigma[50];
  for (int i = 0; i < 50; i++)
    sigma[i] = i == 7 ? NAN : 1;
  g_autoptr (XpsSpectrum) zero = hard_spectrum (50, 0, NULL, XPS_AXIS_BINDING),
                          one = hard_spectrum (1, 5, NULL, XPS_AXIS_BINDING),
                          kinetic = hard_spectrum (50, 5, NULL, XPS_AXIS_KINETIC),
                          other = hard_spectrum (50, 5, NULL, XPS_AXIS_OTHER),
                          torn = hard_spectrum (50, 5, sigma, XPS_AXIS_BINDING);
  XpsSpectrum *const spectra[] = {zero, one, kinetic, other, torn};
  g_autoptr (XpsModel) model = made_model (SHEET_S2P), empty = xps_model_new ();
  const XpsEnergyScale scale = {NAN, 0, 0};
  for (gsize i = 0; i < G_N_ELEMENTS (spectra); i++)
    for (int w = XPS_WEIGHTS_COUNTS; w <= XPS_WEIGHTS_POISSON; w++) {
      g_autoptr (XpsPreview) full = xps_preview_new (spectra[i], &scale, model, 0, (XpsWeights)w);
      g_autoptr (XpsPreview) bare = xps_preview_new (spectra[i], &scale, empty, 0, (XpsWeights)w);
      XpsPeakGuess guess;
      assert_shows_data (full, spectra[i]);
      assert_shows_data (bare, spectra[i]);
      xps_preview_update (full, model);
      xps_edit_guess_peak (full, 156, &guess, NULL);
      xps_edit_guess_peak (bare, NAN, &guess, NULL);
      g_assert_true (full->has_binding == (i != 2 && i != 3));
      if (i < 4)
        g_assert_nonnull (full->message);
      if (i == 4 && w == XPS_WEIGHTS_SIGMA) { /* no weights, but curves */
        g_assert_nonnull (full->message);
        g_assert_null (full->sigma);
        g_assert_nonnull (full->envelope);
      }
    }
}

static void
test_window_outside (void)
{
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  xps_edit_set_window (model, 0, 300, 290);
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  assert_shows_data (preview, spectrum);
  g_assert_nonnull (preview->message);
  g_assert_cmpuint (preview->n_window, ==, 0);
}

/* Sweeps to and fro are shown in order, and not fitted. */
static void
test_both_ways (void)
{
  g_autofree double *x = g_new (double, 40), *y = g_new0 (double, 40);
  for (int i = 0; i < 40; i++)
    x[i] = 160 + 0.1 * (i < 20 ? i : 39 - i);
  g_autoptr (XpsFitData) data = xps_fit_data_new_arrays (40, x, y, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
  g_autoptr (XpsSpectrum) spectrum = sheet_spectrum (data, XPS_AXIS_BINDING);
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  assert_shows_data (preview, spectrum);
  g_assert_nonnull (preview->message);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preview/empty", test_empty);
  g_test_add_func ("/preview/curves", test_curves);
  g_test_add_func ("/preview/backgrounds", test_backgrounds);
  g_test_add_func ("/preview/pieces", test_pieces);
  g_test_add_func ("/preview/joint", test_joint);
  g_test_add_func ("/preview/update-refuses", test_update_refuses);
  g_test_add_func ("/preview/refused-background", test_refused_background);
  g_test_add_func ("/preview/outside-bounds", test_outside_bounds);
  g_test_add_func ("/preview/links-in-a-circle", test_links_in_a_circle);
  g_test_add_func ("/preview/svsc-alone", test_svsc_alone);
  g_test_add_func ("/preview/hard-data", test_hard_data);
  g_test_add_func ("/preview/window-outside", test_window_outside);
  g_test_add_func ("/preview/both-ways", test_both_ways);
  return g_test_run ();
}
