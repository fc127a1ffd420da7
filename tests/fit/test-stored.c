/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/made.h"

#include "fit/stored.h"

/* Fits that CasaXPS left in a file, as models of ours: numbers, signs, links, bounds and what could not be
 * kept. hv = 1000 eV, so that binding energies are easy to see; the records are as section 2 of the notes on
 * the format describes them. */

#define PHOTON 1000.0
#define DWELL  0.5
#define SCANS  4.0

static XpsStoredComponent *
add (XpsStoredFit *fit, const char *name, const char *shape, double area, double fwhm, double position)
{
  XpsStoredComponent *c = xps_stored_fit_add_component (fit);
  c->name = g_strdup (name);
  c->shape = g_strdup (shape);
  c->area = (XpsStoredParameter){area, 1e-20, 1e7, -1, 1};
  c->fwhm = (XpsStoredParameter){fwhm, 0.2, 5, -1, 1};
  c->position = (XpsStoredParameter){position, position - 2, position + 1, -1, 1};
  return c;
}

static XpsStoredRegion *
add_region (XpsStoredFit *fit, const char *name, const char *background, double start, double end)
{
  XpsStoredRegion *r = xps_stored_fit_add_region (fit);
  r->name = g_strdup (name);
  r->background = g_strdup (background);
  r->start = start;
  r->end = end;
  r->average_width = 2;
  return r;
}

static XpsSpectrum *
spectrum_with (XpsStoredFit *fit, XpsIntensityUnit unit)
{
  const gsize n = 401;
  XpsSpectrumDraft draft = {.name = g_strdup ("S 2p"), .axis = XPS_AXIS_KINETIC, .n = n, .unit = unit};
  draft.energy = g_new (double, n);
  draft.intensity = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    draft.energy[i] = 825 + 0.05 * (double)i; /* binding energies 175 to 155 */
    draft.intensity[i] = 500;
  }
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->photon_energy = PHOTON;
  draft.acquisition->dwell = DWELL;
  draft.acquisition->scans = SCANS;
  draft.acquisition->summed = TRUE;
  draft.stored_fit = fit;
  return xps_spectrum_new (&draft);
}

/* The model must be whole, whatever was imported. */
static XpsModel *
import (XpsStoredFit *fit, XpsIntensityUnit unit, XpsEnergyScale *scale)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSpectrum) spectrum = spectrum_with (fit, unit);
  XpsModel *model = xps_model_from_stored_fit (spectrum, scale, &error);
  g_assert_no_error (error);
  g_autoptr (XpsModelIndex) index = xps_model_check (model, &error);
  g_assert_no_error (error);
  return model;
}

static const XpsComponent *
component_at (const XpsModel *model, guint part, guint i)
{
  return ((const XpsModelPart *)model->parts->pdata[part])->components->pdata[i];
}

static const XpsParameter *
role_of (const XpsModel *model, const XpsComponent *component, const char *role)
{
  const int k = xps_shape_find_role (component->shape, role);
  g_assert_cmpint (k, >=, 0);
  g_assert_nonnull (component->roles[k]);
  return xps_model_get_parameter (model, component->roles[k]);
}

static gboolean
says (const XpsModel *model, const char *text)
{
  for (guint i = 0; i < model->not_supported->len; i++)
    if (strstr (model->not_supported->pdata[i], text) != NULL)
      return TRUE;
  return FALSE;
}

/* ---- numbers ---- */

static void
test_numbers (void)
{
  XpsEnergyScale scale = {NAN, 0, 0};
  XpsStoredFit *fit = xps_stored_fit_new ();
  add_region (fit, "S 2p", "Shirley", 830, 842);
  add (fit, "main", "GL(30)", 1000, 0.9, 838);
  add (fit, "sum", "SGL(70)", 500, 1.2, 836);
  xps_stored_fit_add_calibration (fit, 281, 284.8, "");
  xps_stored_fit_add_calibration (fit, 284.8, 284.5, "");
  g_autoptr (XpsModel) model = import (fit, XPS_INTENSITY_COUNTS, &scale);
  const XpsModelPart *part = model->parts->pdata[0];
  test_assert_close (scale.shift, 3.5, 1e-12);
  g_assert_false (model->joint);
  test_assert_close (part->low, 158, 1e-12); /* 1000 - 842, in the calibrated frame */
  test_assert_close (part->high, 170, 1e-12);
  g_assert_cmpuint (part->backgrounds->len, ==, 1);
  const XpsModelBackground *background = part->backgrounds->pdata[0];
  g_assert_cmpstr (background->type->id, ==, "shirley");
  g_assert_cmpfloat (background->settings.number[xps_background_find_setting (background->type, "average")],
                     ==, 2);
  const XpsComponent *main_ = component_at (model, 0, 0), *sum = component_at (model, 0, 1);
  g_assert_cmpstr (main_->shape->id, ==, "gl");
  g_assert_cmpstr (sum->shape->id, ==, "sgl");
  g_assert_cmpfloat (role_of (model, main_, "mix")->value, ==, 30);
  g_assert_cmpint (role_of (model, main_, "mix")->kind, ==, XPS_PARAMETER_FIXED);
  const XpsParameter *area = role_of (model, main_, "area"), *center = role_of (model, main_, "center");
  test_assert_close (area->value, 1000 * DWELL * SCANS, 1e-9); /* counts/s eV to counts eV */
  g_assert_cmpfloat (area->min, ==, 0);                        /* 1e-20 is how CasaXPS says positive */
  test_assert_close (area->max, 1e7 * DWELL * SCANS, 1e-3);
  test_assert_close (center->value, 162, 1e-12);
  test_assert_close (center->min, 161, 1e-12); /* kinetic limits 836 to 839 swap sides */
  test_assert_close (center->max, 164, 1e-12);
  test_assert_close (role_of (model, main_, "fwhm")->min, 0.2, 1e-12);
  g_assert_cmpuint (model->not_supported->len, ==, 0);
  fit = xps_stored_fit_new ();
  add_region (fit, "S 2p", "Linear", 830, 842);
  add (fit, "main", "GL(30)", 1000, 0.9, 838);
  g_autoptr (XpsModel) rates = import (fit, XPS_INTENSITY_COUNTS_PER_SECOND, &scale);
  test_assert_close (role_of (rates, component_at (rates, 0, 0), "area")->value, 1000, 1e-9);
}

static void
test_links (void)
{
  XpsEnergyScale scale = {NAN, 0, 0};
  XpsStoredFit *fit = xps_stored_fit_new ();
  add_region (fit, "S 2p", "Shirley", 830, 842);
  XpsStoredComponent *weak = add (fit, "2p 1/2", "GL(30)", 500, 0.9, 836.82); /* listed before its partner */
  XpsStoredComponent *strong = add (fit, "2p 3/2", "GL(30)", 1000, 0.9, 838);
  weak->area.link = weak->fwhm.link = weak->position.link = 1;
  weak->area.factor = 0.5;
  weak->fwhm.factor = 1.1;
  weak->position = (XpsStoredParameter){836.82, 0, 0, 1, -1.18};
  strong->fwhm.factor = 77; /* stale, beside a link of -1 */
  strong->position.low = strong->position.high = strong->position.value;
  g_autoptr (XpsModel) model = import (fit, XPS_INTENSITY_COUNTS, &scale);
  g_autofree double *values = made_values (model);
#define VALUE(i, role)                                                                                       \
  values[xps_model_find_parameter (model, role_of (model, component_at (model, 0, i), role)->name)]
  g_assert_true (VALUE (0, "area") == 0.5 * VALUE (1, "area"));
  g_assert_true (VALUE (0, "fwhm") == 1.1 * VALUE (1, "fwhm"));
  test_assert_close (VALUE (0, "center"), VALUE (1, "center") + 1.18,
                     1e-12); /* lower kinetic, higher binding */
#undef VALUE
  g_assert_cmpint (role_of (model, component_at (model, 0, 1), "center")->kind, ==, XPS_PARAMETER_FIXED);
  g_assert_cmpint (role_of (model, component_at (model, 0, 1), "fwhm")->kind, ==, XPS_PARAMETER_FREE);
}

/* A value outside the limits beside it, as CasaXPS leaves it until its next fit. */
static void
test_stale_limits (void)
{
  XpsEnergyScale scale = {NAN, 0, 0};
  XpsStoredFit *fit = xps_stored_fit_new ();
  add_region (fit, "S 2p", "Shirley", 830, 842);
  XpsStoredComponent *c = add (fit, "a", "GL(30)", 1000, 0.9, 838);
  c->fwhm.low = 1;
  c->position.low = 838.5;
  g_autoptr (XpsModel) model = import (fit, XPS_INTENSITY_COUNTS, &scale);
  const XpsParameter *fwhm = role_of (model, component_at (model, 0, 0), "fwhm");
  g_assert_cmpfloat (fwhm->min, ==, 0.9);
}

/* ---- shapes ---- */

static void
test_gaussian_index (void)
{
  XpsEnergyScale scale = {NAN, 0, 0};
  XpsStoredFit *fit = xps_stored_fit_new ();
  add_region (fit, "S 2p", "Shirley", 830, 842);
  add (fit, "a", "LA(1.53,243)", 1000, 0.8, 838);
  add (fit, "b", "LA(1.2,2.5,243)", 1000, 1.6, 837);
  add (fit, "c", "LF(1.1,3,80,100,6)", 1000, 1.0, 836);
  add (fit, "d", "LA(2,50)", 1000, 1.0, 835);
  g_autoptr (XpsModel) model = import (fit, XPS_INTENSITY_COUNTS, &scale);
  const XpsParameter *a = role_of (model, component_at (model, 0, 0), "fwhm_g"),
                     *b = role_of (model, component_at (model, 0, 1), "fwhm_g"),
                     *c = role_of (model, component_at (model, 0, 2), "fwhm_g"),
                     *d = role_of (model, component_at (model, 0, 3), "fwhm_g");
  g_assert_true (a == b); /* one index, one width */
  g_assert_true (a != c && a != d && c != d);
  g_assert_cmpint (a->kind, ==, XPS_PARAMETER_FREE);
  g_assert_cmpfloat (a->min, ==, 0);
  test_assert_close (a->max, 5 * 0.8, 1e-12);
  test_assert_close (c->value, 0.755, 0.005); /* what an exported curve shows */
  g_assert_cmpfloat (a->value, <, 0.8 * d->value);
  g_assert_cmpfloat (role_of (model, component_at (model, 0, 0), "beta")->value, ==, 1.53);
  g_assert_cmpfloat (role_of (model, component_at (model, 0, 1), "alpha")->value, ==, 1.2);
  g_assert_cmpfloat (role_of (model, component_at (model, 0, 1), "beta")->value, ==, 2.5);
  g_assert_true (says (model, "Gaussian index 243"));
  g_assert_true (says (model, "Gaussian index 100"));
  g_assert_true (says (model, "damping of LF"));
}

static void
test_unknown_shapes (void)
{
  static const char *const shapes[] = {
      "%&<>lib", "&user",          "GL(130)",         "GL(-1)", "GL()", "GL(30",
      "H(30)",   "LA(0.2,0.3,10)", "LA(1,2,3,4,5,6)", "GL(x)",  "",     "DS(0.1,200)T(1.5)"};
  XpsEnergyScale scale = {NAN, 0, 0};
  XpsStoredFit *fit = xps_stored_fit_new ();
  add_region (fit, "S 2p", "Shirley", 830, 842);
  XpsStoredComponent *linked = add (fit, "tied", "GL(30)", 100, 1, 837);
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    add (fit, "odd", shapes[i], 1000, 1, 836);
  add (fit, "odd", NULL, 1000, 1, 836)->shape = NULL;
  linked->area.link = 1; /* to one that is left out */
  linked->fwhm.link = 99;
  g_autoptr (XpsModel) model = import (fit, XPS_INTENSITY_COUNTS, &scale);
  const XpsModelPart *part = model->parts->pdata[0];
  g_assert_cmpuint (part->components->len, ==, 1);
  g_assert_cmpuint (model->not_supported->len, ==, G_N_ELEMENTS (shapes) + 3);
  g_assert_cmpint (role_of (model, component_at (model, 0, 0), "area")->kind, ==, XPS_PARAMETER_FIXED);
  g_assert_cmpint (role_of (model, component_at (model, 0, 0), "fwhm")->kind, ==, XPS_PARAMETER_FIXED);
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    g_assert_true (says (model, shapes[i]));
}

/* ---- regions ---- */

static void
test_backgrounds (void)
{
  static const struct {
    const char *stored, *type;
  } cases[] = {{"Shirley", "shirley"},
               {"Linear", "linear_static"},
               {"U 2 Tougaard", "tougaard"},
               {"U 3 Tougaard", "tougaard"},
               {"U 4 Tougaard", "tougaard"},
               {"Min Limits", "linear_static"},
               {"Spline Tougaard", "linear_static"},
               {"U Poly Tougaard", "linear_static"},
               {"", "linear_static"}};
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    XpsEnergyScale scale = {NAN, 0, 0};
    XpsStoredFit *fit = xps_stored_fit_new ();
    XpsStoredRegion *region = add_region (fit, "S 2p", cases[i].stored, 842, 830); /* either way round */
    const double numbers[] = {786.7, -450, 1643, 2};
    memcpy (region->cross_section, numbers, sizeof numbers);
    add (fit, "a", "GL(30)", 1000, 1, 836);
    g_autoptr (XpsModel) model = import (fit, XPS_INTENSITY_COUNTS, &scale);
    const XpsModelPart *part = model->parts->pdata[0];
    const XpsModelBackground *background = part->backgrounds->pdata[0];
    g_assert_cmpstr (background->type->id, ==, cases[i].type);
    test_assert_close (part->low, 158, 1e-12);
    const gboolean known =
        strcmp (cases[i].type, "linear_static") != 0 || strcmp (cases[i].stored, "Linear") == 0;
    g_assert_true (says (model, "straight line") == !known);
    if (strcmp (cases[i].type, "tougaard") != 0)
      continue;
#define SETTING(name) background->settings.number[xps_background_find_setting (background->type, name)]
    g_assert_cmpfloat (SETTING ("C"), ==, 450);
    g_assert_cmpfloat (SETTING ("D"), ==, cases[i].stored[2] == '2' ? 0 : 1643);
    g_assert_cmpfloat (SETTING ("T0"), ==, cases[i].stored[2] == '4' ? 2 : 0);
#undef SETTING
  }
}

/* Two regions of one name, a component in each, one in none; links cross. */
static void
test_two_regions (void)
{
  XpsEnergyScale scale = {NAN, 0, 0};
  XpsStoredFit *fit = xps_stored_fit_new ();
  add_region (fit, "S 2p", "Shirley", 830, 835)->offset_start = 3;
  add_region (fit, "S 2p", "Linear", 838, 844);
  add_region (fit, "O 1s", "Shirley", 500, 505);
  add (fit, "a", "GL(30)", 1000, 1, 833);
  add (fit, "a", "GL(30)", 1000, 1, 840)->fwhm.link = 0;
  add (fit, "lost", "GL(30)", 1000, 1, 836);
  g_autoptr (XpsModel) model = import (fit, XPS_INTENSITY_COUNTS, &scale);
  g_assert_true (model->joint);
  g_assert_cmpuint (model->parts->len, ==, 2);
  const XpsModelPart *first = model->parts->pdata[0], *second = model->parts->pdata[1];
  g_assert_cmpstr (first->id, !=, second->id);
  test_assert_close (first->low, 165, 1e-12);
  test_assert_close (second->low, 156, 1e-12);
  g_assert_cmpint (role_of (model, component_at (model, 1, 0), "fwhm")->kind, ==, XPS_PARAMETER_LINKED);
  g_assert_true (says (model, "lost"));
  g_assert_true (says (model, "O 1s"));
  g_assert_true (says (model, "offsets"));
}

/* ---- refusals ---- */

static void
assert_refused (XpsStoredFit *fit, double photon_energy, const char *text)
{
  g_autoptr (GError) error = NULL;
  XpsEnergyScale scale = {NAN, 0, 0};
  g_autoptr (XpsSpectrum) spectrum = spectrum_with (fit, XPS_INTENSITY_COUNTS);
  ((XpsAcquisition *)xps_spectrum_get_acquisition (spectrum))->photon_energy = photon_energy;
  g_autoptr (XpsModel) model = xps_model_from_stored_fit (spectrum, &scale, &error);
  g_assert_null (model);
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL);
  if (strstr (error->message, text) == NULL)
    g_error ("\"%s\" is not in: %s", text, error->message);
}

static void
test_refusals (void)
{
  XpsStoredFit *fit = xps_stored_fit_new ();
  assert_refused (NULL, PHOTON, "holds no fit");
  assert_refused (fit, PHOTON, "holds no fit");
  fit = xps_stored_fit_new ();
  add_region (fit, "S 2p", "Shirley", 830, 842);
  assert_refused (fit, PHOTON, "holds no fit");
  fit = xps_stored_fit_new ();
  add_region (fit, "S 2p", "Shirley", 830, 842);
  add (fit, "a", "&user", 1, 1, 835);
  assert_refused (fit, PHOTON, "none of the stored components");
  fit = xps_stored_fit_new ();
  add_region (fit, "S 2p", "Shirley", 830, 842);
  add (fit, "a", "GL(30)", 1, 1, 835);
  assert_refused (fit, NAN, "photon energy");
}

/* Records that point at each other in a circle, or hold numbers that are none: a model that is refused with a
 * sentence, no more. */
static void
test_broken_records (void)
{
  for (guint k = 0; k < 5; k++) {
    g_autoptr (GError) error = NULL;
    XpsEnergyScale scale = {NAN, 0, 0};
    XpsStoredFit *fit = xps_stored_fit_new ();
    add_region (fit, "S 2p", "Shirley", 830, 842);
    XpsStoredComponent *a = add (fit, "a", "GL(30)", 1, 1, 835), *b = add (fit, "b", "GL(30)", 1, 1, 836);
    if (k == 0) {
      a->area.link = 1;
      b->area.link = 0;
    }
    a->fwhm.value = k == 1 ? NAN : k == 2 ? 0 : k == 3 ? -1 : INFINITY;
    g_autoptr (XpsSpectrum) spectrum = spectrum_with (fit, XPS_INTENSITY_COUNTS);
    g_autoptr (XpsModel) model = xps_model_from_stored_fit (spectrum, &scale, &error);
    g_assert_no_error (error);
    g_autoptr (XpsFitData) grid = made_grid (158, 0.1, 100);
    g_autoptr (XpsProblem) problem = xps_problem_new (model, &grid, 1, XPS_WEIGHTS_COUNTS, &error);
    g_assert_null (problem);
    g_assert_nonnull (error);
    g_test_message ("%s", error->message);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stored/numbers", test_numbers);
  g_test_add_func ("/stored/links", test_links);
  g_test_add_func ("/stored/stale-limits", test_stale_limits);
  g_test_add_func ("/stored/gaussian-index", test_gaussian_index);
  g_test_add_func ("/stored/unknown-shapes", test_unknown_shapes);
  g_test_add_func ("/stored/backgrounds", test_backgrounds);
  g_test_add_func ("/stored/two-regions", test_two_regions);
  g_test_add_func ("/stored/refusals", test_refusals);
  g_test_add_func ("/stored/broken-records", test_broken_records);
  return g_test_run ();
}
