/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "formats/choice.h"
#include "formats/hdf5-confine.h"
#include "hdf5-sample.h"
#include "hostile.h"

static void
test_new_style (void)
{
  g_autoptr (XpsFile) file = read_sample ("new-style.nxs", NULL);
  static const double energy[] = {400, 399.5, 399, 398.5}, sum[] = {3, 12, 21, 30}, last[] = {2, 5, 8, 11};
  const XpsSpectrum *whole = sample_spectrum (file, 0);

  g_assert_cmpuint (file->spectra->len, ==, 4);
  g_assert_cmpstr (file->format, ==, "nexus");
  check_values (whole, 4, energy, sum);
  check_values (sample_spectrum (file, 3), 4, energy, last);
  check_variable (sample_spectrum (file, 3), 0, "angle", "deg", 1);
  g_assert_cmpint (xps_spectrum_get_axis (whole), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (whole), ==, XPS_INTENSITY_COUNTS);
}

static void
test_old_style (void)
{
  XpsReadOptions options = {.axis_given = TRUE, .axis = XPS_AXIS_KINETIC};
  g_autoptr (XpsFile) file = read_sample ("old-style.nxs", &options);
  static const double middle[] = {100.5, 101.5, 102.5, 103.5}, second[] = {4, 5, 6, 7};

  g_assert_cmpuint (file->spectra->len, ==, 3);
  check_values (sample_spectrum (file, 2), 4, middle, second);
  check_variable (sample_spectrum (file, 2), 0, "temperature", "K", 310);
  g_assert_cmpint (xps_spectrum_get_axis (sample_spectrum (file, 0)), ==, XPS_AXIS_KINETIC);
}

static void
test_mpes (void)
{
  g_autoptr (XpsFile) file = read_sample ("mpes.nxs", NULL);
  static const double energy[] = {290, 289.9, 289.8}, counts[] = {1.5, 2.5, 3.5};
  const XpsSpectrum *s = sample_spectrum (file, 0);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (s);

  g_assert_cmpuint (file->spectra->len, ==, 1);
  check_values (s, 3, energy, counts);
  g_assert_cmpstr (xps_spectrum_get_name (s), ==, "S__C1s");
  g_assert_cmpstr (xps_spectrum_get_sample (s), ==, "foil");
  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (s), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpfloat (xps_spectrum_find_column (s, XPS_COLUMN_SIGMA)->values[2], ==, 0.5);
  g_assert_cmpfloat (a->photon_energy, ==, 1486.6);
  g_assert_cmpfloat (a->pass_energy, ==, 20);
  g_assert_cmpfloat (a->dwell, ==, 0.5);
  g_assert_cmpfloat (a->scans, ==, 2);
  g_assert_false (a->summed);
  g_assert_true (isnan (a->work_function)); /* 1e37 */
  g_assert_cmpstr (a->technique, ==, "XPS");
  g_assert_cmpstr (a->species, ==, "C");
  g_assert_cmpstr (a->transition, ==, "1s");
  g_assert_cmpstr (a->date, ==, "2024-05-06T07:08:09+00:00");
  g_assert_cmpstr (xps_acquisition_find_key (a, "sample/name"), ==, "foil");
}

static void
test_gda (void)
{
  g_autoptr (XpsFile) file = read_sample ("gda.nxs", NULL);
  static const double energy[] = {300, 300.5, 301, 301.5};
  /* The instrument's own sums are 100 more than those of the slices, to tell them apart. */
  static const double whole[] = {260, 266, 272, 278}, second[] = {148, 151, 154, 157},
                      slice[] = {16, 17, 18, 19};
  const XpsAcquisition *a = xps_spectrum_get_acquisition (sample_spectrum (file, 0));

  g_assert_cmpuint (file->spectra->len, ==, 1 + 2 + 6);
  check_values (sample_spectrum (file, 0), 4, energy, whole);
  check_values (sample_spectrum (file, 2), 4, energy, second);
  check_variable (sample_spectrum (file, 2), 0, "ds", "", 20);
  check_values (sample_spectrum (file, 3 + 4), 4, energy, slice);
  check_variable (sample_spectrum (file, 3 + 4), 0, "y_scale", "deg", 0);
  check_variable (sample_spectrum (file, 3 + 4), 1, "ds", "", 20);
  g_assert_cmpfloat (a->photon_energy, ==, 400);
  g_assert_cmpfloat (a->work_function, ==, 4.5);
  g_assert_cmpfloat (a->scans, ==, 3);
  g_assert_cmpstr (a->analyser_mode, ==, "Swept");

  XpsReadOptions options = {.axis_given = TRUE, .axis = XPS_AXIS_BINDING};
  g_autoptr (XpsFile) binding = read_sample ("gda.nxs", &options);
  g_assert_cmpfloat (xps_spectrum_get_energy (sample_spectrum (binding, 0))[0], ==, 95.5);
}

static void
test_pearl (void)
{
  g_autoptr (XpsFile) file = read_sample ("pearl.h5", NULL);
  static const double energy[] = {480, 480.1, 480.2, 480.3}, whole[] = {51, 63, 75, 87},
                      second[] = {27, 33, 39, 45}, slice[] = {9, 11, 13, 15};
  const XpsAcquisition *a = xps_spectrum_get_acquisition (sample_spectrum (file, 0));

  g_assert_cmpstr (file->format, ==, "pearl");
  g_assert_cmpuint (file->spectra->len, ==, 2 + 2 + 6);
  check_values (sample_spectrum (file, 0), 4, energy, whole);
  g_assert_cmpfloat (xps_spectrum_get_energy (sample_spectrum (file, 1))[1], ==, 500.5);
  check_values (sample_spectrum (file, 3), 4, energy, second);
  check_variable (sample_spectrum (file, 3), 0, "ManipulatorX", "mm", 1.5);
  check_values (sample_spectrum (file, 4 + 4), 4, energy, slice);
  check_variable (sample_spectrum (file, 4 + 4), 0, "slice", "", 0);
  g_assert_cmpfloat (a->photon_energy, ==, 650.5);
  g_assert_cmpfloat (a->pass_energy, ==, 50); /* written as text */
  g_assert_cmpfloat (a->dwell, ==, 0.2);
  g_assert_true (sample_mentions (file->notes, "ExcitationEnergy"));
}

static void
test_igor (void)
{
  g_autoptr (XpsFile) file = read_sample ("igor.h5", NULL);
  static const double energy[] = {43, 42.95, 42.9}, sum[] = {3, 5, 7};
  const XpsAcquisition *a = xps_spectrum_get_acquisition (sample_spectrum (file, 0));

  g_assert_cmpstr (file->format, ==, "igor-hdf5");
  g_assert_cmpuint (file->spectra->len, ==, 3);
  check_values (sample_spectrum (file, 0), 3, energy, sum);
  check_variable (sample_spectrum (file, 1), 0, "angle", "degree", -0.5);
  g_assert_cmpint (xps_spectrum_get_axis (sample_spectrum (file, 0)), ==, XPS_AXIS_BINDING);
  g_assert_cmpfloat (a->photon_energy, ==, 350);
  g_assert_cmpfloat (a->pass_energy, ==, 100);
  g_assert_true (sample_mentions (file->notes, "sign is turned"));
}

/* ---- choosing ---- */

static void
refuse_sample (const char *name, const XpsReadOptions *options, XpsFormatsError code, const char *words)
{
  g_autofree char *path = sample_path (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open (path, options, &error);

  g_assert_null (file);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, error->message);
  g_assert_error (error, XPS_FORMATS_ERROR, (int)code);
}

static void
test_choose (void)
{
  g_autofree char *path = sample_path ("choose.h5");
  g_autoptr (GPtrArray) choices = xps_choices_list_file (path, NULL);
  g_autofree char *text = xps_choice_dup_text (g_ptr_array_index (choices, 1));
  XpsReadOptions options = {.dataset = "/run/detector", .energy_dataset = "/run/kinetic energy"};
  static const double energy[] = {10, 10.5, 11, 11.5, 12}, sum[] = {5, 7, 9, 11, 13},
                      points[] = {0, 1, 2, 3, 4, 5, 6};

  refuse_sample ("choose.h5", NULL, XPS_FORMATS_ERROR_CHOICE, "/run/detector (2 x 5, counts)");
  g_assert_cmpuint (choices->len, ==, 3);
  g_assert_cmpstr (text, ==, "/run/detector (2 x 5, counts)");
  g_autoptr (XpsFile) file = read_sample ("choose.h5", &options);
  g_assert_cmpuint (file->spectra->len, ==, 3);
  check_values (sample_spectrum (file, 0), 5, energy, sum);
  g_assert_cmpint (xps_spectrum_get_axis (sample_spectrum (file, 0)), ==, XPS_AXIS_KINETIC);
  options.energy_dataset = NULL; /* the neighbour by its name */
  g_autoptr (XpsFile) guessed = read_sample ("choose.h5", &options);
  check_values (sample_spectrum (guessed, 0), 5, energy, sum);
  options.dataset = "/other";
  g_autoptr (XpsFile) counted = read_sample ("choose.h5", &options);
  check_values (sample_spectrum (counted, 0), 7, points, points);
  options.energy_dataset = "/run/kinetic energy";
  refuse_sample ("choose.h5", &options, XPS_FORMATS_ERROR_MALFORMED, "no dimension of \"/other\" is as long");
  options.dataset = "/run/temperature";
  refuse_sample ("choose.h5", &options, XPS_FORMATS_ERROR_MALFORMED, "a single value is no spectrum");
  options.dataset = "/run/none";
  refuse_sample ("choose.h5", &options, XPS_FORMATS_ERROR_MALFORMED, "no data set of numbers by this name");
}

/* ---- what must not be trusted ---- */

static void
test_traps (void)
{
  static const struct {
    const char *dataset, *words;
  } traps[] = {
      {"/entry/data/huge", "more values than memory is allowed for"},
      {"/entry/data/lzf", "h5repack"},
      {"/entry/data/external", "lie in other files"},
      {"/entry/data/virtual", "lie in other files"},
      {"/entry/data/ring", "no data set of numbers by this name"},
      {"/entry/data/outside/x", "no data set of numbers by this name"},
      {"/entry/data/nowhere", "no data set of numbers by this name"},
  };

  refuse_sample ("traps.h5", NULL, XPS_FORMATS_ERROR_CHOICE, "does not say which data set is a spectrum");
  for (guint i = 0; i < G_N_ELEMENTS (traps); i++) {
    XpsReadOptions options = {.dataset = traps[i].dataset};
    g_autofree char *path = sample_path ("traps.h5");
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsFile) file = xps_file_open (path, &options, &error);
    g_assert_null (file);
    if (strstr (error->message, traps[i].words) == NULL)
      g_error ("\"%s\" is not in \"%s\"", traps[i].words, error->message);
  }
  /* Zeros pack well; they are no more than they say. A ring of hard links is another way to the same. */
  XpsReadOptions options = {.dataset = "/entry/data/self/entry/data/bomb"};
  g_autoptr (XpsFile) file = read_sample ("traps.h5", &options);
  g_assert_cmpuint (xps_spectrum_get_n (sample_spectrum (file, 0)), ==, 65536);
}

static void
break_sample (const char *name)
{
  g_autofree char *path = sample_path (name);
  g_autofree char *data = NULL;
  gsize length = 0;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  for (gsize cut = 0; cut < length; cut += 397)
    hostile_try (data, cut);
  for (guint i = 0; i < 60; i++) {
    g_autofree char *copy = g_memdup2 (data, length);
    for (int k = g_rand_int_range (random, 1, 6); k > 0; k--)
      copy[g_rand_int_range (random, 0, (gint32)length)] = (char)g_rand_int_range (random, 0, 256);
    hostile_try (copy, length);
  }
}

static void
test_broken (void)
{
  static const char *const names[] = {"gda.nxs", "mpes.nxs", "pearl.h5", "igor.h5"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    break_sample (names[i]);
}

/* What is wrong with the confinement, as the status of the process; 99: there is none here. */
static int
try_to_break_out (int own, int other)
{
  guint8 *memory = NULL;

  if (!xps_hdf5_confine (own))
    return 99;
  if (open ("/etc/passwd", O_RDONLY) >= 0 || open ("/tmp", O_RDWR | O_TMPFILE, 0600) >= 0)
    return 1;
  if (socket (AF_UNIX, SOCK_STREAM, 0) >= 0 || fork () >= 0 || kill (getppid (), 0) == 0)
    return 2;
  if (send (other, "x", 1, 0) >= 0 || write (other, "x", 1) >= 0 || dup (other) >= 0)
    return 3;
  if (mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
    return 4;
  for (guint i = 0; i < 20; i++) {
    memory = g_try_malloc (8u << i);
    if (memory == NULL || mprotect ((void *)((gsize)memory & ~(gsize)4095), 4096, PROT_READ | PROT_EXEC) == 0)
      return 5;
    memset (memory, 1, 8u << i);
    memory = g_realloc (memory, 16u << i);
    g_free (memory);
  }
  return send (own, "y", 1, MSG_NOSIGNAL) == 1 ? 0 : 6;
}

/* A library that a file has taken over could still open nothing, send nothing and start nothing. */
static void
test_confined (void)
{
  int own[2], other[2], status = 0;
  char got = 0;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, own), ==, 0);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, other), ==, 0);
  const pid_t child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (try_to_break_out (own[1], other[1]));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 99) {
    g_test_skip ("no filters of system calls here");
  } else {
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    g_assert_cmpint (recv (own[0], &got, 1, 0), ==, 1);
    g_assert_cmpint (recv (other[0], &got, 1, MSG_DONTWAIT), <, 0);
  }
  for (guint i = 0; i < 2; i++) {
    close (own[i]);
    close (other[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hdf5/new-style", test_new_style);
  g_test_add_func ("/hdf5/old-style", test_old_style);
  g_test_add_func ("/hdf5/mpes", test_mpes);
  g_test_add_func ("/hdf5/gda", test_gda);
  g_test_add_func ("/hdf5/pearl", test_pearl);
  g_test_add_func ("/hdf5/igor", test_igor);
  g_test_add_func ("/hdf5/choose", test_choose);
  g_test_add_func ("/hdf5/traps", test_traps);
  g_test_add_func ("/hdf5/confined", test_confined);
  g_test_add_func ("/hdf5/broken", test_broken);
  return g_test_run ();
}
