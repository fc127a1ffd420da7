/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spectrum/spectrum.h"

#include "spectrum/energy.h"
#include "support.h"

static XpsSpectrum *
make (XpsAxisKind axis, gsize n, const double *energy)
{
  XpsSpectrumDraft draft = {0};

  draft.name = g_strdup ("S 2p");
  draft.axis = axis;
  draft.n = n;
  draft.energy = g_memdup2 (energy, n * sizeof (double));
  draft.intensity = g_new0 (double, n);
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->photon_energy = 1486.6;
  return xps_spectrum_new (&draft);
}

static void
test_ownership (void)
{
  const double energy[] = {1320, 1321};
  XpsSpectrumDraft draft = {.n = 2, .name = g_strdup ("C 1s")};
  double *column = g_new0 (double, 2);

  draft.energy = g_memdup2 (energy, sizeof energy);
  draft.intensity = g_new0 (double, 2);
  draft.columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
  g_ptr_array_add (draft.columns, xps_column_new (XPS_COLUMN_SIGMA, "sigma", "d", column));
  draft.stored_fit = xps_stored_fit_new ();
  XpsSpectrum *spectrum = xps_spectrum_new (&draft);
  g_assert_null (draft.energy);
  g_assert_null (draft.columns);
  g_assert_true (xps_spectrum_find_column (spectrum, XPS_COLUMN_SIGMA)->values == column);
  g_assert_null (xps_spectrum_find_column (spectrum, XPS_COLUMN_BACKGROUND));
  g_assert_nonnull (xps_spectrum_get_stored_fit (spectrum));
  XpsSpectrum *kept = xps_spectrum_ref (spectrum);
  xps_spectrum_unref (spectrum);
  g_assert_cmpstr (xps_spectrum_get_name (kept), ==, "C 1s");
  xps_spectrum_unref (kept);
}

static gpointer
hold_and_release (gpointer data)
{
  for (guint i = 0; i < 20000; i++)
    xps_spectrum_unref (xps_spectrum_ref (data));
  return NULL;
}

static void
test_threads (void)
{
  const double energy[] = {1, 2};
  g_autoptr (XpsSpectrum) spectrum = make (XPS_AXIS_BINDING, 2, energy);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, hold_and_release, spectrum);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (xps_spectrum_get_n (spectrum), ==, 2);
}

static void
test_binding (void)
{
  const double energy[] = {1320, 1321, 1322.5};
  g_autoptr (XpsSpectrum) kinetic = make (XPS_AXIS_KINETIC, 3, energy);
  g_autoptr (XpsSpectrum) binding = make (XPS_AXIS_BINDING, 3, energy);
  g_autoptr (GError) error = NULL;
  XpsEnergyScale scale = xps_energy_scale_from_spectrum (kinetic);
  double out[3];

  g_assert_true (xps_energy_to_binding (kinetic, &scale, out, &error));
  test_assert_close (out[0], 166.6, 1e-12);
  test_assert_close (out[2], 164.1, 1e-12);
  scale.work_function = 4.5;
  scale.shift = 0.3;
  g_assert_true (xps_energy_to_binding (kinetic, &scale, out, &error));
  test_assert_close (out[0], 162.4, 1e-12);
  /* a binding energy axis needs no photon energy and loses no work function */
  scale.photon_energy = (double)NAN;
  g_assert_true (xps_energy_to_binding (binding, &scale, out, &error));
  test_assert_close (out[0], 1320.3, 1e-12);
  g_assert_false (xps_energy_to_binding (kinetic, &scale, out, &error));
  g_assert_error (error, XPS_SPECTRUM_ERROR, XPS_SPECTRUM_ERROR_PHOTON_ENERGY);
  g_clear_error (&error);
  g_autoptr (XpsSpectrum) other = make (XPS_AXIS_OTHER, 3, energy);
  g_assert_false (xps_energy_to_binding (other, &scale, out, &error));
  g_assert_error (error, XPS_SPECTRUM_ERROR, XPS_SPECTRUM_ERROR_AXIS);
  g_assert_nonnull (strstr (error->message, "S 2p"));
}

static void
test_step (void)
{
  const double rounded[] = {60, 61.2296, 62.4591, 63.6887}; /* four decimals of 1.22955 */
  const double coarse[] = {85, 85.0409, 85.0819, 85.1228};  /* four decimals are 0.2 % of the step */
  const double one[] = {1};
  const double down[] = {158.3, 158.2, 158.1};
  double step = 0;

  g_autoptr (XpsSpectrum) a = make (XPS_AXIS_BINDING, 4, rounded);
  g_assert_true (xps_energy_get_step (a, &step));
  test_assert_close (step, 1.22956666667, 1e-9);
  g_autoptr (XpsSpectrum) b = make (XPS_AXIS_BINDING, 4, coarse);
  g_assert_false (xps_energy_get_step (b, &step));
  g_autoptr (XpsSpectrum) c = make (XPS_AXIS_BINDING, 1, one);
  g_assert_false (xps_energy_get_step (c, &step));
  g_autoptr (XpsSpectrum) d = make (XPS_AXIS_BINDING, 3, down);
  g_assert_true (xps_energy_get_step (d, &step));
  g_assert_cmpfloat (step, ==, -0.1);
}

static void
test_acquisition (void)
{
  XpsAcquisition *a = xps_acquisition_new ();

  g_assert_true (isnan (a->photon_energy));
  g_assert_true (isnan (xps_acquisition_get_live_time (a)));
  a->dwell = 0.2;
  a->scans = 5;
  test_assert_close (xps_acquisition_get_live_time (a), 1, 1e-15);
  a->summed = FALSE; /* a mean over scans is still a rate that all scans were counted for */
  test_assert_close (xps_acquisition_get_live_time (a), 1, 1e-15);
  a->live_time = 2.8;
  test_assert_close (xps_acquisition_get_live_time (a), 2.8, 0);
  a->species = g_strdup ("S");
  xps_acquisition_add_variable (a, "Etch time", "s", "30.0");
  xps_acquisition_add_variable (a, "Gas", NULL, "argon");
  xps_acquisition_add_key_with_unit (a, "Bias", "V", "-3");

  XpsAcquisition *copy = xps_acquisition_copy (a);
  xps_acquisition_free (a);
  g_assert_cmpstr (copy->species, ==, "S");
  const XpsVariable *first = g_ptr_array_index (copy->variables, 0);
  const XpsVariable *second = g_ptr_array_index (copy->variables, 1);
  g_assert_cmpfloat (first->value, ==, 30);
  g_assert_true (isnan (second->value));
  g_assert_cmpstr (second->text, ==, "argon");
  g_assert_cmpstr (xps_acquisition_find_key (copy, "Bias"), ==, "-3");
  g_assert_null (xps_acquisition_find_key (copy, "bias"));
  xps_acquisition_free (copy);
}

static void
test_stored_fit (void)
{
  XpsStoredFit *fit = xps_stored_fit_new ();

  fit->program = g_strdup ("CasaXPS");
  g_ptr_array_add (fit->processing, g_strdup ("KECalib 10"));
  xps_stored_fit_add_calibration (fit, 281.17, 284.8, "Calib M = 281.17 A = 284.8 BE ADD");
  xps_stored_fit_add_calibration (fit, 284.5, 284.8, "Calib M = 284.5 A = 284.8 BE ADD");
  XpsStoredComponent *component = xps_stored_fit_add_component (fit);
  g_assert_cmpint (component->area.link, ==, -1);
  component->shape = g_strdup ("GL(30)");
  component->position.value = 1257.2;
  xps_stored_fit_add_region (fit)->name = g_strdup ("Mo 3d");
  XpsStoredFit *copy = xps_stored_fit_copy (fit);
  xps_stored_fit_free (fit);
  test_assert_close (xps_stored_fit_get_shift (copy), 3.93, 1e-12);
  component = g_ptr_array_index (copy->components, 0);
  g_assert_cmpstr (component->shape, ==, "GL(30)");
  g_assert_cmpfloat (component->position.value, ==, 1257.2);
  g_assert_cmpstr (((XpsStoredRegion *)g_ptr_array_index (copy->regions, 0))->name, ==, "Mo 3d");
  xps_stored_fit_free (copy);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spectrum/ownership", test_ownership);
  g_test_add_func ("/spectrum/threads", test_threads);
  g_test_add_func ("/energy/binding", test_binding);
  g_test_add_func ("/energy/step", test_step);
  g_test_add_func ("/acquisition/values", test_acquisition);
  g_test_add_func ("/stored-fit/values", test_stored_fit);
  return g_test_run ();
}
