/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile.h"
#include "sample.h"
#include "zip-make.h"

/* Deflection maps made in the layout of SES: four energies of which the middle two are whole, three angles,
 * two deflections. */

#define WIDTH  4
#define HEIGHT 3
#define DEPTH  2
#define KEYS                                                                                                 \
  "[SES]\r\nRegion Name=map\r\nPass Energy=20\r\nExcitation Energy=21.2\r\nEnergy "                          \
  "Scale=Kinetic\r\nSample=foil\r\n"
#define HEADER                                                                                               \
  "[spectrum]\nwidth=4\nheight=3\ndepth=2\nbyteperpoint=4\nfirst_full=1\nlast_full=2\nwidthoffset=16\n"      \
  "widthdelta=0.5\nheightoffset=-1\nheightdelta=1\ndepthoffset=5\ndepthdelta=2\nwidthlabel=Energy [eV]\n"    \
  "heightlabel=Thetax [deg]\ndepthlabel=Thetay [deg]\nname=map\n"

/* value = 100 depth + 10 height + energy */
static GBytes *
make_data (gsize n)
{
  g_autofree float *values = g_new0 (float, n);

  for (gsize i = 0; i < n; i++)
    values[i] = (float)(100 * (i / (WIDTH * HEIGHT)) + 10 * (i / WIDTH % HEIGHT) + i % WIDTH);
  return g_bytes_new (values, n * sizeof (float));
}

static GBytes *
make_map (const char *header, gsize n)
{
  ZipMaker zip = zip_maker_new ();
  g_autoptr (GBytes) data = make_data (n);

  zip_add_text (&zip, "map.ini", KEYS);
  zip_add_text (&zip, "Spectrum_map.ini", header);
  zip_add (&zip, "Spectrum_map.bin", g_bytes_get_data (data, NULL), g_bytes_get_size (data), TRUE);
  zip_add_text (&zip, "viewer.ini", "[viewer]\n");
  return zip_finish (&zip);
}

static void
test_map (void)
{
  g_autoptr (GBytes) bytes = make_map (HEADER, WIDTH * HEIGHT * DEPTH);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (file->format, ==, "scienta-da30");
  /* the sum, two deflections, six slices */
  g_assert_cmpuint (file->spectra->len, ==, 1 + DEPTH + DEPTH * HEIGHT);
  const XpsSpectrum *sum = sample_spectrum (file, 0), *second = sample_spectrum (file, 2),
                    *last = sample_spectrum (file, 8);
  g_assert_cmpstr (xps_spectrum_get_name (sum), ==, "map");
  g_assert_cmpstr (xps_spectrum_get_sample (sum), ==, "foil");
  g_assert_cmpint (xps_spectrum_get_axis (sum), ==, XPS_AXIS_KINETIC);
  g_assert_cmpuint (xps_spectrum_get_n (sum), ==, 2);
  g_assert_cmpfloat (xps_spectrum_get_energy (sum)[0], ==, 16.5);
  g_assert_cmpfloat (xps_spectrum_get_intensity (sum)[0], ==, 300 + 60 + 6);
  g_assert_cmpfloat (xps_spectrum_get_intensity (second)[1], ==, 300 + 30 + 6);
  g_assert_cmpfloat (xps_spectrum_get_intensity (last)[1], ==, 100 + 20 + 2);
  g_assert_cmpfloat (xps_spectrum_get_acquisition (sum)->pass_energy, ==, 20);
  const GPtrArray *variables = xps_spectrum_get_acquisition (last)->variables;
  const XpsVariable *slit = g_ptr_array_index (variables, 0), *deflection = g_ptr_array_index (variables, 1);
  g_assert_cmpstr (slit->label, ==, "Thetax");
  g_assert_cmpfloat (slit->value, ==, 1);
  g_assert_cmpstr (deflection->unit, ==, "deg");
  g_assert_cmpfloat (deflection->value, ==, 7);
}

/* More slices than a hundred times the file's size and the least that is always allowed: sums only. */
static void
test_huge (void)
{
  static const char header[] =
      "[spectrum]\nwidth=100\nheight=1000\ndepth=20\nwidthoffset=1\nwidthdelta=1\n"
      "heightoffset=0\nheightdelta=1\ndepthoffset=0\ndepthdelta=1\nheightlabel=Thetax [deg]\n";
  ZipMaker zip = zip_maker_new ();
  const gsize n = 100 * 1000 * 20;
  g_autofree float *values = g_new (float, n);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n; i++)
    values[i] = 2;
  zip_add_text (&zip, "map.ini", KEYS);
  zip_add_text (&zip, "Spectrum_map.ini", header);
  zip_add (&zip, "Spectrum_map.bin", values, n * sizeof (float), TRUE);
  g_autoptr (GBytes) bytes = zip_finish (&zip);
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 20000);
  g_assert_cmpuint (file->spectra->len, ==, 1 + 20);
  g_assert_cmpfloat (xps_spectrum_get_intensity (sample_spectrum (file, 0))[99], ==, 2 * 1000 * 20);
  g_assert_cmpfloat (xps_spectrum_get_intensity (sample_spectrum (file, 20))[0], ==, 2 * 1000);
  g_assert_true (sample_mentions (file->warnings, "only their sums are there"));
}

static void
refuse (GBytes *bytes, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);

  g_assert_null (file);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, error->message);
}

static void
test_refused (void)
{
  g_autoptr (GBytes) cut = make_map (HEADER, WIDTH * HEIGHT * DEPTH - 1);
  g_autoptr (GBytes) wide = make_map ("width=1e9\nheight=1\n", 1);
  g_autoptr (GBytes) nan = make_map ("width=1\nheight=1\nwidthoffset=nan\n", 1);
  ZipMaker lone = zip_maker_new ();

  refuse (cut, "Spectrum_map.bin: 24 numbers of 4 bytes expected, found 92 bytes");
  refuse (wide, "Spectrum_map.ini: width, height and depth");
  refuse (nan, "Spectrum_map.ini: finite offsets");
  zip_add_text (&lone, "Spectrum_map.ini", HEADER);
  g_autoptr (GBytes) bytes = zip_finish (&lone);
  refuse (bytes, "map.ini: expected in the archive");
}

static void
test_hostile (void)
{
  g_autoptr (GBytes) bytes = make_map (HEADER, WIDTH * HEIGHT * DEPTH);
  hostile_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 20000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/da30/map", test_map);
  g_test_add_func ("/da30/huge", test_huge);
  g_test_add_func ("/da30/refused", test_refused);
  g_test_add_func ("/da30/hostile", test_hostile);
  return g_test_run ();
}
