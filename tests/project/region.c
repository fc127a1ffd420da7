/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

/* What a region is taken for, and its way from unfitted to fitted. */

/* ---- kinds ---- */

typedef struct {
  const char *name, *species, *transition;
  double low, high; /* eV binding energy */
  XpsRegionKind kind;
  const char *level;
} Named;

/* Names as they stand in files of many instruments (../shared/corpus) with the ranges found there; what each
 * is was said by a person. */
static const Named named[] = {
    {"C 1s", "C", "1s", 275, 295, XPS_REGION_CORE_LEVEL, "C 1s"},
    {"1: S 2p", "S", "2p", 152, 172, XPS_REGION_CORE_LEVEL, "S 2p"},
    {"Block No.1", "Fe", "2p ", 700, 740, XPS_REGION_CORE_LEVEL, "Fe 2p"},
    {"Block No.1", "Sur", "", 0, 1400, XPS_REGION_SURVEY, NULL},
    {"In 3d5 14", "In", "3d5", 436, 456, XPS_REGION_CORE_LEVEL, "In 3d5/2"},
    {"Sn3d5", NULL, NULL, 480, 500, XPS_REGION_CORE_LEVEL, "Sn 3d5/2"},
    {"As3d1", "As3d1", "", 34, 52, XPS_REGION_CORE_LEVEL, "As 3d"},
    {"Su1s 1", "Su1s", "", -2, 1100, XPS_REGION_SURVEY, NULL},
    {"Sur1", NULL, NULL, 0, 1100, XPS_REGION_SURVEY, NULL},
    {"1su", NULL, NULL, -5, 1355, XPS_REGION_SURVEY, NULL},
    {"wide", "wide", "", -5, 1200, XPS_REGION_SURVEY, NULL},
    {"Counts per Second", "Survey", "", 0, 1350, XPS_REGION_SURVEY, NULL},
    {"half survey after +300s plasma", NULL, NULL, 420, 650, XPS_REGION_SURVEY, NULL},
    {"survey_307", NULL, NULL, -20, 207, XPS_REGION_SURVEY, NULL},
    {"over_1400eV", NULL, NULL, -2, 1300, XPS_REGION_SURVEY, NULL},
    {"Fine survey", NULL, NULL, -5, 600, XPS_REGION_SURVEY, NULL},
    {"N after 55 cycles", NULL, NULL, 370, 500, XPS_REGION_CORE_LEVEL, NULL},
    {"detail V+O after 55 cycles", NULL, NULL, 500, 550, XPS_REGION_CORE_LEVEL, NULL},
    {"FeNiCo", "Ni 2p-Co 2p-Fe 2p", "", 685, 890, XPS_REGION_CORE_LEVEL, "Ni 2p"},
    {"FeNiCo", "NiLLM", "", 605, 685, XPS_REGION_AUGER, "Ni LLM"},
    {"NiO", "NiLMM", "", 610, 684, XPS_REGION_AUGER, "Ni LMM"},
    {"Cu LMM", "Cu LMM", "", 555, 580, XPS_REGION_AUGER, "Cu LMM"},
    {"CKLL Scan", NULL, NULL, 1197, 1247, XPS_REGION_AUGER, "C KLL"},
    {"MgKLL_1", NULL, NULL, 295, 345, XPS_REGION_AUGER, "Mg KLL"},
    {"Fe LMM", NULL, NULL, 770, 800, XPS_REGION_AUGER, "Fe LMM"},
    {"O1sGaLMM", NULL, NULL, 385, 550, XPS_REGION_CORE_LEVEL, "O 1s"},
    {"Cu3pRu4s", NULL, NULL, 60, 120, XPS_REGION_CORE_LEVEL, "Cu 3p"},
    {"S2p_Si2s", NULL, NULL, 142, 180, XPS_REGION_CORE_LEVEL, "S 2p"},
    {"Si2p", NULL, NULL, 94, 114, XPS_REGION_CORE_LEVEL, "Si 2p"},
    {"MgB2 Mg1s", NULL, NULL, 1290, 1310, XPS_REGION_CORE_LEVEL, "Mg 1s"},
    {"Au_in_vacuum__Au4f", NULL, NULL, 80, 95, XPS_REGION_CORE_LEVEL, "Au 4f"},
    {"test spectrum Ag3d", "Ag3d", "", 350, 450, XPS_REGION_CORE_LEVEL, "Ag 3d"},
    {"W 4f", "W", "4f", 25, 50, XPS_REGION_CORE_LEVEL, "W 4f"},
    {"2: Ta 4f", "Ta", "4f", 17, 35, XPS_REGION_CORE_LEVEL, "Ta 4f"},
    {"Fe3p-Mg2p", NULL, NULL, 40, 65, XPS_REGION_CORE_LEVEL, "Fe 3p"},
    {"VB", NULL, NULL, -10, 30, XPS_REGION_VALENCE, NULL},
    {"VB3", "VB3", "", -1, 30, XPS_REGION_VALENCE, NULL},
    {"Ag__002__VB", NULL, NULL, -10, 30, XPS_REGION_VALENCE, NULL},
    {"Valence", NULL, NULL, -5, 12, XPS_REGION_VALENCE, NULL},
    {"fermi edge", NULL, NULL, -5, 30, XPS_REGION_VALENCE, NULL},
    {"", NULL, NULL, -2, 15, XPS_REGION_VALENCE, NULL},
    {NULL, NULL, NULL, 330, 350, XPS_REGION_CORE_LEVEL, NULL},
    {NULL, NULL, NULL, -10, 1387, XPS_REGION_SURVEY, NULL},
    {"20240621_Au_Nadep_from_MPPipTFSI_Zn_2p3", NULL, NULL, 1017, 1030, XPS_REGION_CORE_LEVEL, "Zn 2p3/2"},
    {"c1s", NULL, NULL, 280, 292, XPS_REGION_CORE_LEVEL, "C 1s"},
};

static XpsSpectrum *
named_spectrum (const Named *row, XpsAxisKind axis)
{
  const double photon_energy = 1486.6;
  XpsSpectrumDraft draft = {.name = g_strdup (row->name), .axis = axis, .n = 3};
  draft.energy = g_new (double, 3);
  draft.intensity = g_new0 (double, 3);
  for (int i = 0; i < 3; i++) {
    const double energy = row->low + (row->high - row->low) * i / 2;
    draft.energy[i] = axis == XPS_AXIS_KINETIC ? photon_energy - energy : energy;
  }
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->photon_energy = photon_energy;
  draft.acquisition->species = g_strdup (row->species);
  draft.acquisition->transition = g_strdup (row->transition);
  return xps_spectrum_new (&draft);
}

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    for (int axis = XPS_AXIS_BINDING; axis <= XPS_AXIS_KINETIC; axis++) {
      g_autoptr (XpsSpectrum) spectrum = named_spectrum (&named[i], (XpsAxisKind)axis);
      g_autofree char *level = xps_region_dup_level (spectrum);
      const XpsRegionKind kind = xps_region_kind_guess (spectrum);
      if (kind != named[i].kind || g_strcmp0 (level, named[i].level) != 0)
        g_error ("\"%s\", \"%s\": %s, %s", named[i].name, named[i].species, xps_region_kind_to_text (kind),
                 level);
    }
}

static void
test_axes (void)
{
  const Named row = {"C 1s", "C", "1s", 296, 297, XPS_REGION_OTHER, NULL};
  const XpsAxisKind axes[] = {XPS_AXIS_PHOTON, XPS_AXIS_OTHER};
  XpsRegionKind kind;
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++) {
    g_autoptr (XpsSpectrum) spectrum = named_spectrum (&row, axes[i]);
    g_assert_cmpint (xps_region_kind_guess (spectrum), ==, XPS_REGION_OTHER);
  }
  for (int k = XPS_REGION_SURVEY; k <= XPS_REGION_OTHER; k++) {
    g_assert_true (xps_region_kind_from_text (xps_region_kind_to_text ((XpsRegionKind)k), &kind));
    g_assert_cmpint (kind, ==, k);
  }
  g_assert_false (xps_region_kind_from_text ("Survey", &kind));
}

static void
test_no_levels (void)
{
  static const char *const texts[] = {NULL,  "",    "Norm_0057", "FE_snapshot_1", "Align", "waiting",
                                      "S",   "2p",  "Xx 2p",     "C 2f",          "Li 8s", "CO1",
                                      "MnO", "0 V", "In",        "PE20 3.4 V",    "GaN",   "LMMX"};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *level = xps_region_dup_level_in_text (texts[i]);
    if (level != NULL)
      g_error ("\"%s\": %s", texts[i], level);
  }
}

/* A stray survey or level would be the first thing a new user sees of the program: every file of the corpus
 * that we read, by its names and ranges. */
static void
test_corpus (void)
{
  g_autofree char *list = test_shared_path ("corpus/manifest.csv");
  g_autofree char *root = test_shared_path ("corpus/files");
  if (list == NULL || root == NULL)
    return;
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n[XPS_REGION_OTHER + 1] = {0};
  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], ",", 2);
    g_autofree char *path = cells[0] != NULL ? g_build_filename (root, cells[0], NULL) : NULL;
    g_autoptr (XpsFile) file = path != NULL ? xps_file_open (path, NULL, NULL) : NULL;
    for (guint k = 0; file != NULL && k < file->spectra->len; k++) {
      g_autoptr (XpsRegion) region = xps_region_new (file->spectra->pdata[k], NULL);
      g_autofree char *level = xps_region_dup_level (region->spectrum);
      g_test_message ("%s: %s: %s, %s", cells[0], region->name, xps_region_kind_to_text (region->kind),
                      level);
      n[region->kind]++;
      g_assert_true (g_utf8_validate (region->name, -1, NULL));
      g_assert_true (region->name[0] != '\0');
      if (level != NULL && strstr (level, "LM") == NULL && strstr (level, "KL") == NULL &&
          strstr (level, "LL") == NULL)
        g_assert_true (region->kind == XPS_REGION_CORE_LEVEL || region->kind == XPS_REGION_OTHER ||
                       region->kind == XPS_REGION_SURVEY);
    }
  }
  g_assert_cmpuint (n[XPS_REGION_SURVEY], >, 20);
  g_assert_cmpuint (n[XPS_REGION_CORE_LEVEL], >, 200);
  g_assert_cmpuint (n[XPS_REGION_AUGER], >, 3);
  g_assert_cmpuint (n[XPS_REGION_VALENCE], >, 2);
}

static void
test_shown_names (void)
{
  static const struct {
    const char *name, *species, *path, *shown;
  } rows[] = {
      {"Pt4f PE20", "Pt 4f", "/a/b.vms", "Pt4f PE20"},
      {"Block No.2", "O 1s", "/a/b.vms", "O 1s"},
      {"C1s_run.csv", NULL, "/a/C1s_run.csv", "C 1s"},
      {"run.7.csv", NULL, "/a/run.7.csv", "run.7"},
      {"run", NULL, "/a/run", "run"},
      {NULL, NULL, "/a/b.vms", "Region 3"},
      {"", "S 2p", NULL, "S 2p"},
      {".csv", NULL, "/a/.csv", ".csv"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Named row = {rows[i].name, rows[i].species, NULL, 100, 120, XPS_REGION_CORE_LEVEL, NULL};
    g_autoptr (XpsSpectrum) spectrum = named_spectrum (&row, XPS_AXIS_BINDING);
    g_autoptr (XpsSource) source = xps_source_new_texts (rows[i].path, NULL, NULL, NULL, NULL, 2, NULL);
    g_autoptr (XpsRegion) region = xps_region_new (spectrum, source);
    g_assert_cmpstr (region->name, ==, rows[i].shown);
  }
}

/* ---- fits ---- */

static XpsRegion *
modelled_region (void)
{
  XpsRegion *region = fixture_region ("S 2p", 5);
  xps_model_free (region->model);
  region->model = fixture_model ();
  return region;
}

static void
test_fit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsRegion) plain = fixture_region ("S 2p", 5), region = modelled_region ();
  g_assert_cmpint (xps_region_get_fit_state (plain), ==, XPS_FIT_STATE_NONE);
  g_assert_cmpint (plain->weights, ==, XPS_WEIGHTS_COUNTS);
  g_assert_cmpint (xps_region_get_fit_state (region), ==, XPS_FIT_STATE_UNFITTED);
  g_autoptr (XpsRegion) fitted = xps_region_fit (region, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (region->record);
  g_assert_true (fitted->spectrum == region->spectrum);
  const XpsFitState state = xps_region_get_fit_state (fitted);
  g_assert_true (state == XPS_FIT_STATE_FITTED || state == XPS_FIT_STATE_WARNED);

  /* The line was put there: area = height * sigma * sqrt (2 pi), and the link holds to the last bit. */
  const XpsParameter *center = xps_model_get_parameter (fitted->model, "A.center");
  const XpsParameter *area = xps_model_get_parameter (fitted->model, "A.area");
  const XpsRecordParameter *linked = xps_fit_record_find_parameter (fitted->record, "B.area");
  test_assert_close (center->value, 163.5,
                     5 * xps_fit_record_find_parameter (fitted->record, "A.center")->quantity.error);
  test_assert_close (area->value, 3000 * 0.6 * sqrt (2 * G_PI),
                     5 * xps_fit_record_find_parameter (fitted->record, "A.area")->quantity.error);
  g_assert_true (linked->quantity.value == 0.1 * area->value);
  g_assert_cmpuint (fitted->record->n_points, ==, 137 + 1); /* 157.5 to 171.25 eV, 0.1 eV apart */

  /* The same by hand. */
  g_autoptr (XpsFitData) data = xps_region_new_data (region, &error);
  g_assert_cmpstr (data->sha256, ==, "00ff");
  g_autoptr (XpsResult) result =
      xps_fit (region->model, &data, 1, XPS_WEIGHTS_COUNTS, &(XpsFitOptions){0}, &error);
  g_assert_true (result->chi2 == fitted->record->chi2);
  g_assert_true (xps_model_equal (result->model, fitted->model));
}

static void
assert_stale (const XpsRegion *fitted, void (*change) (XpsRegion *region))
{
  g_autoptr (XpsRegion) region = xps_region_copy (fitted);
  change (region);
  g_assert_cmpint (xps_region_get_fit_state (region), ==, XPS_FIT_STATE_STALE);
}

static void
change_value (XpsRegion *region)
{
  xps_model_get_parameter (region->model, "A.center")->value += 1e-9;
}

static void
change_window (XpsRegion *region)
{
  ((XpsModelPart *)g_ptr_array_index (region->model->parts, 0))->low -= 1;
}

static void
change_weights (XpsRegion *region)
{
  region->weights = XPS_WEIGHTS_POISSON;
}

static void
change_photon_energy (XpsRegion *region)
{
  region->scale.photon_energy += 0.1;
}

static void
change_shift (XpsRegion *region)
{
  ((XpsModelPart *)g_ptr_array_index (region->model->parts, 0))->energy_shift = 0.2;
}

static void
test_stale (void)
{
  g_autoptr (XpsRegion) region = modelled_region ();
  g_autoptr (XpsRegion) fitted = xps_region_fit (region, NULL, NULL);
  assert_stale (fitted, change_value);
  assert_stale (fitted, change_window);
  assert_stale (fitted, change_weights);
  assert_stale (fitted, change_photon_energy);
  assert_stale (fitted, change_shift);
  g_autoptr (XpsRegion) noted = xps_region_copy (fitted);
  g_free (noted->notes);
  noted->notes = g_strdup ("a note is no edit of the fit");
  g_assert_cmpint (xps_region_get_fit_state (noted), ==, xps_region_get_fit_state (fitted));
}

static gboolean
stop_at_once (gsize evaluations, double objective, gpointer user_data)
{
  return FALSE;
}

static void
test_ends_badly (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsRegion) region = modelled_region ();
  const XpsFitOptions options = {.progress = stop_at_once};
  g_autoptr (XpsRegion) stopped = xps_region_fit (region, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (xps_region_get_fit_state (stopped), ==, XPS_FIT_STATE_FAILED);
  ((XpsModelPart *)g_ptr_array_index (region->model->parts, 0))->low = 500;
  ((XpsModelPart *)g_ptr_array_index (region->model->parts, 0))->high = 510;
  g_assert_null (xps_region_fit (region, NULL, &error));
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA);
  g_assert_true (g_str_has_prefix (error->message, "S 2p: "));
}

/* The shift moves the axis, so the same window holds other points, and the line is found at another place. */
static void
test_shift (void)
{
  g_autoptr (XpsRegion) region = modelled_region ();
  XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  part->energy_shift = -0.75;
  region->scale.shift = 100; /* not the place of the shift */
  g_autoptr (XpsFitData) data = xps_region_new_data (region, NULL);
  g_assert_true (data->scale.shift == -0.75);
  g_autoptr (XpsRegion) fitted = xps_region_fit (region, NULL, NULL);
  test_assert_close (xps_model_get_parameter (fitted->model, "A.center")->value, 163.5 - 0.75, 0.05);
}

/* ---- fits that came with the file ---- */

typedef struct {
  guint n_fits, n_others, n_components;
} Found;

static void
take_stored (const XpsRegion *region, Found *found)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsRegion) first = xps_region_take_stored_fit (region, others, &error);
  g_assert_true ((first == NULL) == (error != NULL));
  if (first == NULL)
    return;
  found->n_fits++;
  found->n_others += others->len;
  g_ptr_array_add (others, xps_region_ref (first));
  for (guint i = 0; i < others->len; i++) {
    const XpsRegion *own = others->pdata[i];
    const XpsModelPart *part = own->model->parts->pdata[0];
    g_assert_cmpuint (own->model->parts->len, ==, 1);
    g_assert_true (own->spectrum == region->spectrum);
    g_assert_true (part->energy_shift ==
                   xps_stored_fit_get_shift (xps_spectrum_get_stored_fit (region->spectrum)));
    g_assert_cmpuint (part->components->len, >, 0);
    g_assert_cmpint (xps_region_get_fit_state (own), ==, XPS_FIT_STATE_UNFITTED);
    found->n_components += part->components->len;
    g_autoptr (XpsFitData) data = xps_region_new_data (own, &error);
    g_assert_no_error (error);
    XpsProblem *problem = xps_problem_new (own->model, &data, 1, own->weights, &error);
    g_assert_true ((problem == NULL) == (error != NULL)); /* sound, or refused in words (a background) */
    g_clear_error (&error);
    xps_problem_free (problem);
  }
}

static void
test_stored (void)
{
  g_autofree char *list = test_shared_path ("corpus/manifest.csv");
  g_autofree char *root = test_shared_path ("corpus/files");
  if (list == NULL || root == NULL)
    return;
  g_autofree char *text = NULL;
  Found found = {0};
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], ",", 3);
    if (cells[0] == NULL || cells[1] == NULL || strcmp (cells[1], "vamas") != 0)
      continue;
    g_autofree char *path = g_build_filename (root, cells[0], NULL);
    g_autoptr (XpsFile) file = xps_file_open (path, NULL, NULL);
    for (guint k = 0; file != NULL && k < file->spectra->len; k++) {
      g_autoptr (XpsRegion) region = xps_region_new (file->spectra->pdata[k], NULL);
      if (xps_spectrum_get_stored_fit (region->spectrum) != NULL)
        take_stored (region, &found);
    }
  }
  g_test_message ("%u fits, %u further windows, %u components", found.n_fits, found.n_others,
                  found.n_components);
  g_assert_cmpuint (found.n_fits, >, 10);
}

/* Two windows with two components each; the second of each hangs on the first, and one component of the
 * second window on one of the first window as well. */
static XpsSpectrum *
two_windows (void)
{
  const gsize n = 401;
  XpsSpectrumDraft draft = {.name = g_strdup ("both"), .axis = XPS_AXIS_KINETIC, .n = n};
  draft.energy = g_new (double, n);
  draft.intensity = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    draft.energy[i] = 1300 + 0.1 * (double)i;
    draft.intensity[i] = 1000 + (double)(i * 37 % 11);
  }
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->photon_energy = 1486.6;
  draft.acquisition->dwell = draft.acquisition->scans = 1;
  draft.stored_fit = xps_stored_fit_new ();
  for (int r = 0; r < 2; r++) {
    XpsStoredRegion *region = xps_stored_fit_add_region (draft.stored_fit);
    region->name = g_strdup (r == 0 ? "S 2p" : "Si 2s");
    region->background = g_strdup ("Linear");
    region->start = 1302 + 20 * r;
    region->end = 1316 + 20 * r;
    region->average_width = 1;
    for (int i = 0; i < 2; i++) {
      XpsStoredComponent *component = xps_stored_fit_add_component (draft.stored_fit);
      component->name = g_strdup_printf ("c%d%d", r, i);
      component->shape = g_strdup ("GL(0)");
      component->area = (XpsStoredParameter){100, 0, 1e6, i == 1 ? 2 * r : -1, 0.5};
      component->fwhm = (XpsStoredParameter){1.5, 0.2, 5, r == 1 ? 0 : -1, 2};
      component->position = (XpsStoredParameter){1308 + 20 * r + i, 1303 + 20 * r, 1315 + 20 * r, -1, 0};
    }
  }
  xps_stored_fit_add_calibration (draft.stored_fit, 285, 284.8, "Calib");
  return xps_spectrum_new (&draft);
}

static void
test_windows (void)
{
  g_autoptr (XpsSpectrum) spectrum = two_windows ();
  g_autoptr (XpsRegion) region = xps_region_new (spectrum, NULL);
  Found found = {0};
  take_stored (region, &found);
  g_assert_cmpuint (found.n_others, ==, 1);
  g_assert_cmpuint (found.n_components, ==, 4);

  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  g_autoptr (XpsRegion) first = xps_region_take_stored_fit (region, others, NULL);
  const XpsRegion *second = others->pdata[0];
  g_assert_cmpstr (first->name, ==, "S 2p");
  g_assert_cmpstr (second->name, ==, "Si 2s");
  const XpsParameter *inside = xps_model_get_parameter (second->model, "c3 area");
  const XpsParameter *across = xps_model_get_parameter (second->model, "c2 fwhm");
  g_assert_nonnull (inside);
  g_assert_nonnull (across);
  g_assert_cmpint (inside->kind, ==, XPS_PARAMETER_LINKED); /* holds on within its window */
  g_assert_cmpint (across->kind, ==, XPS_PARAMETER_FREE);   /* its partner is in the other region now */
  g_assert_true (across->value == 3);
  g_assert_null (xps_model_get_parameter (second->model, "c0 fwhm"));
  gboolean said = FALSE;
  for (guint i = 0; i < second->model->not_supported->len; i++)
    said |= strstr (second->model->not_supported->pdata[i], "c2 fwhm: was tied to c0 fwhm") != NULL;
  g_assert_true (said);
  g_autoptr (XpsRegion) fitted = xps_region_fit (second, NULL, NULL);
  g_assert_nonnull (fitted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/region/names", test_names);
  g_test_add_func ("/region/axes", test_axes);
  g_test_add_func ("/region/no-levels", test_no_levels);
  g_test_add_func ("/region/corpus", test_corpus);
  g_test_add_func ("/region/shown-names", test_shown_names);
  g_test_add_func ("/region/fit", test_fit);
  g_test_add_func ("/region/stale", test_stale);
  g_test_add_func ("/region/ends-badly", test_ends_badly);
  g_test_add_func ("/region/shift", test_shift);
  g_test_add_func ("/region/stored", test_stored);
  g_test_add_func ("/region/windows", test_windows);
  return g_test_run ();
}
