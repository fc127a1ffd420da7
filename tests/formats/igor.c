/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile.h"
#include "sample.h"

/* Waves made in code, in both versions and byte orders: real files are all version 5 and little-endian. */

typedef struct {
  GByteArray *bytes;
  gboolean big;
} Maker;

static void
put (Maker *self, gsize at, guint width, guint64 value)
{
  if (self->bytes->len < at + width) {
    const guint old = self->bytes->len;
    g_byte_array_set_size (self->bytes, (guint)(at + width));
    memset (self->bytes->data + old, 0, at + width - old);
  }
  for (guint i = 0; i < width; i++)
    self->bytes->data[at + (self->big ? width - 1 - i : i)] = (guint8)(value >> (8 * i));
}

static void
put_double (Maker *self, gsize at, double value)
{
  guint64 bits = 0;
  memcpy (&bits, &value, sizeof bits);
  put (self, at, 8, bits);
}

static void
put_text (Maker *self, gsize at, const char *text)
{
  for (gsize i = 0; text[i] != '\0'; i++)
    put (self, at + i, 1, (guint8)text[i]);
}

static void
put_checksum (Maker *self, gsize at, gsize length)
{
  guint sum = 0;

  for (gsize i = 0; i < length; i += 2)
    sum += self->big ? (guint)self->bytes->data[i] << 8 | self->bytes->data[i + 1]
                     : (guint)self->bytes->data[i + 1] << 8 | self->bytes->data[i];
  put (self, at, 2, (0x10000 - (sum & 0xFFFF)) & 0xFFFF);
}

static const char note[] =
    "[SES]\rRegion Name=C1s\rPass Energy=20\rNumber of Sweeps=2\rExcitation Energy=1486.6\r"
    "Sample=foil\r[Run Mode Information]\rName=Normal\r";

/* Two energies, three slices, values 1 to 6. */
static GBytes *
make_v5 (gboolean big, guint type, guint width)
{
  Maker m = {g_byte_array_new (), big};
  static const char units[] = "Kinetic Energy [eV]", slices[] = "Y-Scale [mm]";

  put (&m, 0, 2, 5);
  put (&m, 4, 4, 320 + 6 * width);
  put (&m, 12, 4, strlen (note));
  put (&m, 20, 4, strlen (units));
  put (&m, 24, 4, strlen (slices));
  put (&m, 76, 4, 6);
  put (&m, 80, 2, type);
  put_text (&m, 92, "wave0");
  put (&m, 132, 4, 2);
  put (&m, 136, 4, 3);
  put_double (&m, 148, 0.5);
  put_double (&m, 156, 2);
  put_double (&m, 180, 100);
  put_double (&m, 188, -2);
  for (guint i = 0; i < 6; i++) {
    const float single = (float)i + 1;
    guint32 bits = 0;
    memcpy (&bits, &single, sizeof bits);
    if (type == 4)
      put_double (&m, 384 + 8 * i, i + 1);
    else
      put (&m, 384 + width * i, width, type == 2 ? bits : i + 1);
  }
  const gsize end = 384 + 6 * width;
  put_text (&m, end, note);
  put_text (&m, end + strlen (note), units);
  put_text (&m, end + strlen (note) + strlen (units), slices);
  put_checksum (&m, 2, 384);
  return g_byte_array_free_to_bytes (m.bytes);
}

static GBytes *
make_v2 (gboolean big)
{
  Maker m = {g_byte_array_new (), big};

  put (&m, 0, 2, 2);
  put (&m, 2, 4, 110 + 3 * 8 + 16);
  put (&m, 6, 4, strlen (note));
  put (&m, 16, 2, 4);
  put_text (&m, 22, "old");
  put_text (&m, 54, "eV");
  put (&m, 58, 4, 3);
  put_double (&m, 64, -0.1);
  put_double (&m, 72, 290);
  for (guint i = 0; i < 3; i++)
    put_double (&m, 126 + 8 * i, i + 1);
  put (&m, 126 + 3 * 8 + 15, 1, 0);
  put_text (&m, 126 + 3 * 8 + 16, note);
  put_checksum (&m, 14, 126);
  return g_byte_array_free_to_bytes (m.bytes);
}

static XpsFile *
read_bytes (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  XpsFile *file = xps_file_open_bytes (bytes, "sample", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (file->format, ==, "igor-ibw");
  g_assert_cmpuint (file->warnings->len, ==, 0);
  return file;
}

static void
check_v5 (GBytes *bytes)
{
  g_autoptr (XpsFile) file = read_bytes (bytes);
  static const double sum[2] = {1 + 3 + 5, 2 + 4 + 6};

  g_assert_cmpuint (file->spectra->len, ==, 4);
  const XpsSpectrum *whole = sample_spectrum (file, 0), *last = sample_spectrum (file, 3);
  const XpsAcquisition *record = xps_spectrum_get_acquisition (whole);
  g_assert_cmpstr (xps_spectrum_get_name (whole), ==, "C1s");
  g_assert_cmpstr (xps_spectrum_get_sample (whole), ==, "foil");
  g_assert_cmpint (xps_spectrum_get_axis (whole), ==, XPS_AXIS_KINETIC);
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpfloat (xps_spectrum_get_energy (whole)[i], ==, 100 + 0.5 * i);
    g_assert_cmpfloat (xps_spectrum_get_intensity (whole)[i], ==, sum[i]);
    g_assert_cmpfloat (xps_spectrum_get_intensity (last)[i], ==, 5 + i);
  }
  const XpsVariable *place = g_ptr_array_index (xps_spectrum_get_acquisition (last)->variables, 0);
  g_assert_cmpstr (place->label, ==, "Y-Scale");
  g_assert_cmpstr (place->unit, ==, "mm");
  g_assert_cmpfloat (place->value, ==, 2);
  g_assert_cmpfloat (record->pass_energy, ==, 20);
  g_assert_cmpfloat (record->photon_energy, ==, 1486.6);
  g_assert_cmpstr (xps_acquisition_find_key (record, "[Run Mode Information] Name"), ==, "Normal");
}

static void
test_v5 (void)
{
  static const struct {
    guint type, width;
  } types[] = {{2, 4}, {4, 8}, {8, 1}, {0x10, 2}, {0x20, 4}, {0x48, 1}, {0x50, 2}, {0x60, 4}, {0x80, 8}};

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    for (int big = 0; big < 2; big++) {
      g_autoptr (GBytes) bytes = make_v5 (big, types[i].type, types[i].width);
      check_v5 (bytes);
    }
}

static void
test_v2 (void)
{
  for (int big = 0; big < 2; big++) {
    g_autoptr (GBytes) bytes = make_v2 (big);
    g_autoptr (XpsFile) file = read_bytes (bytes);
    const XpsSpectrum *s = sample_spectrum (file, 0);
    g_assert_cmpuint (file->spectra->len, ==, 1);
    g_assert_cmpuint (xps_spectrum_get_n (s), ==, 3);
    g_assert_cmpfloat (xps_spectrum_get_energy (s)[2], ==, 289.8);
    g_assert_cmpfloat (xps_spectrum_get_intensity (s)[2], ==, 3);
    g_assert_cmpfloat (xps_spectrum_get_acquisition (s)->scans, ==, 2);
    g_assert_cmpstr (xps_spectrum_get_axis_label (s), ==, "eV");
  }
}

/* Byte `at` of a wave becomes `value`; the checksum is wrong then, which is only warned about. */
static void
refuse (gsize at, guint8 value, const char *message)
{
  g_autoptr (GBytes) bytes = make_v5 (FALSE, 4, 8);
  gsize length = 0;
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, &length), g_bytes_get_size (bytes));
  g_autoptr (GError) error = NULL;
  XpsReadOptions options = {.format = "igor-ibw"};

  copy[at] = value;
  g_autoptr (GBytes) changed = g_bytes_new (copy, g_bytes_get_size (bytes));
  g_autoptr (XpsFile) file = xps_file_open_bytes (changed, "sample", &options, &error);
  g_assert_null (file);
  if (strstr (error->message, message) == NULL)
    g_error ("\"%s\" is not in \"%s\"", message, error->message);
}

static void
test_refused (void)
{
  refuse (0, 7, "byte 0: version 2 or 5");
  refuse (80, 5, "byte 80: real numbers expected");
  refuse (80, 0, "byte 80: real numbers expected");
  refuse (76, 7, "byte 132: dimensions expected");
  refuse (135, 0x80, "byte 132: size of a dimension");
}

static void
test_hostile (void)
{
  for (int big = 0; big < 2; big++) {
    g_autoptr (GBytes) v5 = make_v5 (big, 4, 8), v2 = make_v2 (big);
    hostile_bytes (g_bytes_get_data (v5, NULL), g_bytes_get_size (v5), 10000);
    hostile_bytes (g_bytes_get_data (v2, NULL), g_bytes_get_size (v2), 10000);
  }
}

static void
add_record (GByteArray *out, gboolean big, guint type, const void *data, gsize length)
{
  Maker m = {g_byte_array_new (), big};

  put (&m, 0, 2, type);
  put (&m, 4, 4, length);
  g_byte_array_append (out, m.bytes->data, m.bytes->len);
  g_byte_array_append (out, data, (guint)length);
  g_byte_array_unref (m.bytes);
}

static void
add_wave_record (GByteArray *out, gboolean big, guint type, GBytes *wave)
{
  add_record (out, big, type, g_bytes_get_data (wave, NULL), g_bytes_get_size (wave));
}

/* Variables, an image, a superseded wave, a folder with an old wave, a text wave, history. */
static GBytes *
make_packed (gboolean big)
{
  const guint8 variables[4] = {big ? 0 : 1, big ? 1 : 0, 0, 0};
  char folder[32] = "Sample 7";
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GBytes) v5 = make_v5 (big, 2, 4), v2 = make_v2 (big), text = make_v5 (big, 0, 4);

  add_record (out, big, 1, variables, sizeof variables);
  add_wave_record (out, big, 3, v5);
  add_wave_record (out, big, 0x8003, v5);
  add_record (out, big, 9, folder, sizeof folder);
  add_wave_record (out, big, 3, v2);
  add_record (out, big, 10, NULL, 0);
  add_wave_record (out, big, 3, text);
  add_record (out, big, 2, "hello\r", 6);
  return g_byte_array_free_to_bytes (out);
}

static void
test_packed (void)
{
  for (int big = 0; big < 2; big++) {
    g_autoptr (GBytes) bytes = make_packed (big);
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (file->format, ==, "igor-pxt");
    /* the sums of both waves, then the slices of the image */
    g_assert_cmpuint (file->spectra->len, ==, 2 + 3);
    const XpsSpectrum *image = sample_spectrum (file, 0), *old = sample_spectrum (file, 1);
    g_assert_cmpfloat (xps_spectrum_get_intensity (image)[1], ==, 2 + 4 + 6);
    g_assert_cmpfloat (xps_spectrum_get_intensity (old)[2], ==, 3);
    g_assert_cmpstr (xps_acquisition_find_key (xps_spectrum_get_acquisition (old), "Data folder"), ==,
                     "Sample 7");
    g_assert_null (xps_acquisition_find_key (xps_spectrum_get_acquisition (image), "Data folder"));
    g_assert_true (sample_mentions (file->warnings, "a wave is left out: byte "));
    g_assert_true (sample_mentions (file->notes, "3 records"));
  }
}

/* A file cut off between or amid records keeps the waves before. */
static void
test_packed_cut (void)
{
  g_autoptr (GBytes) bytes = make_packed (FALSE);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) - 3);
  g_autoptr (XpsFile) file = xps_file_open_bytes (cut, "sample", NULL, NULL);

  g_assert_nonnull (file);
  g_assert_cmpuint (file->spectra->len, ==, 5);
  g_assert_true (sample_mentions (file->warnings, "the file was cut off"));
  for (int big = 0; big < 2; big++) {
    g_autoptr (GBytes) packed = make_packed (big);
    hostile_bytes (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), 5000);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/igor/v5", test_v5);
  g_test_add_func ("/igor/v2", test_v2);
  g_test_add_func ("/igor/refused", test_refused);
  g_test_add_func ("/igor/hostile", test_hostile);
  g_test_add_func ("/igor/packed", test_packed);
  g_test_add_func ("/igor/packed-cut", test_packed_cut);
  return g_test_run ();
}
