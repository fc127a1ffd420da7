/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/nexus.h"

#include <string.h>

#include "fixture.h"
#include "project/project.h"

/* A document's regions as files of other formats, and what comes back of them: data and fit to the last bit.
 */

static XpsRegion *
fitted_region (void)
{
  XpsRegion *region = fixture_region ("S 2p", 5);
  g_autoptr (GError) error = NULL;

  xps_model_free (region->model);
  region->model = fixture_model ();
  XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  part->energy_shift = 0.25;
  part->energy_shift_source = g_strdup ("C 1s at 284.8 eV");
  XpsRegion *fitted = xps_region_fit (region, NULL, &error);
  g_assert_no_error (error);
  xps_region_unref (region);
  return fitted;
}

/* The regions of a file that is written for them; all fits belong to their models. */
static XpsFile *
write_and_read (const XpsRegion *const *regions, guint n, const char *name)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  guint n_stale = 99;

  xps_regions_export (regions, n, path, &n_stale, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_stale, ==, 0);
  XpsFile *file = xps_file_open (path, NULL, &error);
  g_assert_no_error (error);
  fixture_remove (folder);
  return file;
}

static void
check_curves (const XpsSpectrum *a, const XpsSpectrum *b)
{
  const gsize n = xps_spectrum_get_n (a);

  g_assert_cmpuint (n, ==, xps_spectrum_get_n (b));
  fixture_same_bytes (xps_spectrum_get_energy (a), xps_spectrum_get_energy (b), n);
  fixture_same_bytes (xps_spectrum_get_intensity (a), xps_spectrum_get_intensity (b), n);
}

static void
check_records (const XpsFitRecord *a, const XpsFitRecord *b)
{
  /* HDF5 readers take the white space off the end of a text. */
  g_autofree char *text = g_strchomp (g_strdup (a->text)), *back = g_strchomp (g_strdup (b->text));
  g_assert_true (strcmp (text, back) == 0);
  g_assert_cmpuint (a->parameters->len, ==, b->parameters->len);
  for (guint i = 0; i < a->parameters->len; i++) {
    const XpsRecordParameter *p = g_ptr_array_index (a->parameters, i),
                             *q = g_ptr_array_index (b->parameters, i);
    g_assert_cmpstr (p->name, ==, q->name);
    fixture_same_double (p->quantity.value, q->quantity.value);
    fixture_same_double (p->quantity.error, q->quantity.error);
    g_assert_cmpint (p->status, ==, q->status);
  }
}

/* The fit that a spectrum brings is the fit that was written, as good as new. */
static void
check_fit (const XpsRegion *before, const XpsSpectrum *spectrum)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsRegion) fresh = xps_region_new (spectrum, NULL);
  g_autoptr (XpsRegion) after = xps_region_take_stored_fit (fresh, NULL, &error);

  g_assert_no_error (error);
  check_records (before->record, after->record);
  g_assert_true (xps_model_equal (before->model, after->model));
  g_assert_cmpint (after->weights, ==, before->weights);
  g_assert_cmpint (xps_region_get_fit_state (after), ==, xps_region_get_fit_state (before));
}

static void
test_round_trip (void)
{
  g_autoptr (XpsRegion) fitted = fitted_region (), plain = fixture_region ("C 1s", 6);
  const XpsRegion *const regions[] = {plain, fitted};
  g_autoptr (XpsFile) file = write_and_read (regions, 2, "a.nxs");

  g_assert_cmpuint (file->spectra->len, ==, 2);
  const XpsSpectrum *first = g_ptr_array_index (file->spectra, 0), *second = file->spectra->pdata[1];
  check_curves (plain->spectrum, first);
  check_curves (fitted->spectrum, second);
  g_assert_cmpstr (xps_spectrum_get_name (second), ==, "S 2p");
  g_assert_null (xps_spectrum_get_stored_fit (first));
  check_fit (fitted, second);
}

/* What programs without our notes see: peaks with values and errors on the scale of binding energies, the
 * charge reference applied. */
static void
test_as_others_see_it (void)
{
  g_autoptr (XpsRegion) fitted = fitted_region ();
  const XpsRegion *const regions[] = {fitted};
  g_autoptr (XpsFile) file = write_and_read (regions, 1, "a.nxs");
  const XpsStoredFit *stored = xps_spectrum_get_stored_fit (file->spectra->pdata[0]);
  const XpsModelPart *part = g_ptr_array_index (fitted->model->parts, 0);

  g_assert_true (stored->binding);
  g_assert_cmpuint (stored->components->len, ==, part->components->len);
  g_assert_cmpuint (stored->regions->len, ==, part->backgrounds->len);
  for (guint i = 0; i < part->components->len; i++) {
    const XpsComponent *component = g_ptr_array_index (part->components, i);
    const XpsStoredComponent *found = g_ptr_array_index (stored->components, i);
    const int center = xps_shape_find_kind (component->shape, XPS_ROLE_POSITION);
    const XpsRecordParameter *p = xps_fit_record_find_parameter (fitted->record, component->roles[center]);
    g_assert_cmpstr (found->shape, ==, component->shape->id);
    fixture_same_double (found->position.value, p->quantity.value);
    fixture_same_double (found->position_error, p->quantity.error);
  }
}

/* A fit that no longer belongs to its model is not written as if it did. */
static void
test_stale (void)
{
  g_autoptr (XpsRegion) fitted = fitted_region ();
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.nxs", NULL);
  const XpsRegion *const regions[] = {fitted};
  guint n_stale = 0;

  ((XpsModelPart *)g_ptr_array_index (fitted->model->parts, 0))->low += 1;
  g_assert_true (xps_regions_export (regions, 1, path, &n_stale, NULL));
  g_assert_cmpuint (n_stale, ==, 1);
  g_autoptr (XpsFile) file = xps_file_open (path, NULL, NULL);
  g_assert_null (xps_spectrum_get_stored_fit (file->spectra->pdata[0]));
  fixture_remove (folder);
}

static void
test_corrected (void)
{
  static const char *const names[] = {"a.nxs", "a.vms", "a.csv"};
  g_autoptr (XpsRegion) region = fixture_region ("S 2p", 5);
  const XpsRegion *const regions[] = {region};

  region->scale.photon_energy += 1;
  region->scale_note = g_strdup ("Fermi edge of the clip");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (XpsFile) file = write_and_read (regions, 1, names[i]);
    const XpsAcquisition *a = xps_spectrum_get_acquisition (file->spectra->pdata[0]);
    g_assert_cmpfloat (a->photon_energy, ==, region->scale.photon_energy);
  }
  region->scale.photon_energy = NAN;
  g_autoptr (XpsFile) file = write_and_read (regions, 1, "a.vms");
  g_assert_cmpuint (file->spectra->len, ==, 1);
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;
  guint n_stale = 0;

  g_assert_false (xps_regions_export (NULL, 0, "/nowhere/a.txt", &n_stale, &error));
  g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nexus/round-trip", test_round_trip);
  g_test_add_func ("/nexus/as-others-see-it", test_as_others_see_it);
  g_test_add_func ("/nexus/stale", test_stale);
  g_test_add_func ("/nexus/corrected", test_corrected);
  g_test_add_func ("/nexus/refused", test_refused);
  return g_test_run ();
}
