/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/archive.h"
#include "formats/compound.h"
#include "hostile.h"
#include "sample.h"
#include "zip-make.h"

/* What hostile zip archives and compound files do to a reader that believes them. docs/ARCHITECTURE.md tells
 * what libgsf made of them. */

#define COLUMNS   "Binding Energy (eV),Counts\n285.0,1\n285.1,2\n285.2,3\n"
#define LOCAL     0x04034B50
#define CENTRAL   0x02014B50
#define NO_SECTOR 0xFFFFFFFFu
#define LAST      0xFFFFFFFEu
#define SECTOR    512u
#define A_SECTOR  (SECTOR / 4) /* numbers in a sector */

static XpsFile *
open_bytes (GBytes *bytes, GError **error)
{
  return xps_file_open_bytes (bytes, "sample", NULL, error);
}

static void
refuse (GBytes *bytes, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = open_bytes (bytes, &error);

  g_assert_null (file);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, error->message);
}

/* ---- zip ---- */

/* An archive of one member whose local (at `in_local`) and central header have one byte or two set, where the
 * offset is not 0. */
static GBytes *
make_odd (gboolean deflate, gsize in_local, gsize in_central, guint16 value)
{
  ZipMaker zip = zip_maker_new ();
  gsize size = 0;

  zip_add (&zip, "odd.csv", COLUMNS, strlen (COLUMNS), deflate);
  g_autoptr (GBytes) bytes = zip_finish (&zip);
  guint8 *data = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  const guint8 *directory = memmem (data, size, "PK\x01\x02", 4);
  const gsize places[] = {in_local, in_central > 0 ? (gsize)(directory - data) + in_central : 0};
  for (guint i = 0; i < 2; i++)
    for (guint k = 0; k < 2 && places[i] > 0; k++)
      data[places[i] + k] = (guint8)(value >> (8 * k));
  return g_bytes_new_take (data, size);
}

static void
test_checksum (void)
{
  for (int deflate = 0; deflate < 2; deflate++) {
    g_autoptr (GBytes) good = make_odd (deflate, 0, 0, 0), bad = make_odd (deflate, 0, 16, 0x1234);
    g_autoptr (XpsFile) file = open_bytes (good, NULL);
    g_assert_nonnull (file);
    refuse (bad, "odd.csv: the archive is damaged here");
  }
}

static void
test_flags (void)
{
  g_autoptr (GBytes) encrypted = make_odd (TRUE, 6, 8, 0x0001);
  g_autoptr (GBytes) strange = make_odd (TRUE, 8, 10, 12);
  /* sizes and checksum follow the content: what stands before it says nothing */
  g_autoptr (GBytes) described = make_odd (TRUE, 6, 8, 0x0008);
  gsize size = 0;
  guint8 *data = g_memdup2 (g_bytes_get_data (described, &size), g_bytes_get_size (described));

  refuse (encrypted, "odd.csv: the archive is encrypted");
  refuse (strange, "odd.csv: packed in another way than stored or deflated");
  memset (data + 14, 0, 12);
  g_autoptr (GBytes) blank = g_bytes_new_take (data, size);
  g_autoptr (XpsFile) file = open_bytes (blank, NULL);
  g_assert_nonnull (file);
}

/* Sizes and place as an archive of more than 4 GiB would write them. */
static GBytes *
make_zip64 (void)
{
  static const char name[] = "large.csv";
  const gsize n = strlen (COLUMNS);
  const guint32 crc = zip_crc ((const guint8 *)COLUMNS, n);
  GByteArray *out = g_byte_array_new ();

  zip_put (out, LOCAL, 4);
  zip_put (out, 45, 6); /* version, flags, stored */
  zip_put (out, 0, 4);
  zip_put (out, crc, 4);
  zip_put (out, 0xFFFFFFFFFFFFFFFFu, 8);
  zip_put (out, strlen (name), 4);
  g_byte_array_append (out, (const guint8 *)name, sizeof name - 1);
  g_byte_array_append (out, (const guint8 *)COLUMNS, (guint)n);
  const guint directory = out->len;
  zip_put (out, CENTRAL, 4);
  zip_put (out, 45u << 16 | 45, 8);
  zip_put (out, 0, 4);
  zip_put (out, crc, 4);
  zip_put (out, 0xFFFFFFFFFFFFFFFFu, 8);
  zip_put (out, strlen (name), 2);
  zip_put (out, 28, 2); /* length of the extra field */
  zip_put (out, 0, 10);
  zip_put (out, 0xFFFFFFFFu, 4);
  g_byte_array_append (out, (const guint8 *)name, sizeof name - 1);
  zip_put (out, 24u << 16 | 1, 4);
  zip_put (out, n, 8);
  zip_put (out, n, 8);
  zip_put (out, 0, 8);
  const guint end = out->len;
  zip_put (out, 0x06064B50, 4);
  zip_put (out, 44, 8);
  zip_put (out, 45u << 16 | 45, 12); /* versions, volumes */
  zip_put (out, 1, 8);
  zip_put (out, 1, 8);
  zip_put (out, end - directory, 8);
  zip_put (out, directory, 8);
  zip_put (out, 0x07064B50, 8);
  zip_put (out, end, 8);
  zip_put (out, 1, 4);
  zip_put (out, 0x06054B50, 8);
  zip_put (out, 0xFFFFFFFFu, 4);
  zip_put (out, 0xFFFFFFFFFFFFFFFFu, 8);
  zip_put (out, 0, 2);
  return g_byte_array_free_to_bytes (out);
}

static void
test_zip64 (void)
{
  g_autoptr (GBytes) bytes = make_zip64 ();
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = open_bytes (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (file->spectra->len, ==, 1);
  hostile_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 3000);
}

/* Names are labels: nothing is ever written to where they point, and each of two of one name is read. */
static void
test_names (void)
{
  ZipMaker zip = zip_maker_new ();
  g_autoptr (GError) error = NULL;

  zip_add_text (&zip, "../../up.csv", COLUMNS);
  zip_add_text (&zip, "/root.csv", COLUMNS);
  zip_add_text (&zip, "twice.csv", COLUMNS);
  zip_add_text (&zip, "twice.csv", COLUMNS);
  zip_add_text (&zip, "day\\windows.csv", COLUMNS);
  g_autoptr (GBytes) bytes = zip_finish (&zip);
  g_autoptr (XpsFile) file = open_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->spectra->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    if (strcmp (xps_spectrum_get_sample (sample_spectrum (file, i)), "windows") == 0)
      g_assert_cmpstr (xps_spectrum_get_group (sample_spectrum (file, i)), ==, "day");
}

/* Sixty-five thousand folders in each other, and as many beside each other. */
static void
test_folders (void)
{
  g_autofree char *deep = g_strnfill (65534, '/');
  ZipMaker zip = zip_maker_new ();
  g_autoptr (GError) error = NULL;

  deep[65533] = 'x';
  zip_add_text (&zip, "good.csv", COLUMNS);
  zip_add (&zip, deep, "x", 1, FALSE);
  for (guint i = 0; i < 60000; i++) {
    g_autofree char *name = g_strdup_printf ("%u/", i);
    zip_add (&zip, name, "", 0, FALSE);
  }
  g_autoptr (GBytes) bytes = zip_finish (&zip);
  g_autoptr (XpsFile) file = open_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->spectra->len, ==, 1);
}

/* Many entries of one member, and archives of archives, unpack no more than the file may. */
static void
test_shared (void)
{
  ZipMaker zip = zip_maker_new (), outer = zip_maker_new ();
  g_autoptr (GError) error = NULL;
  guint64 left = 10 * strlen (COLUMNS);
  XpsReadOptions options;

  zip_add (&zip, "a.csv", COLUMNS, strlen (COLUMNS), TRUE);
  const guint length = zip.directory->len;
  for (guint i = 1; i < 50; i++, zip.n++) {
    g_autofree guint8 *entry = g_memdup2 (zip.directory->data, length);
    g_byte_array_append (zip.directory, entry, length);
  }
  g_autoptr (GBytes) bytes = zip_finish (&zip);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *name = g_strdup_printf ("%u.zip", i);
    zip_add (&outer, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), FALSE);
  }
  xps_read_options_init (&options);
  options.unpack = &left;
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->spectra->len, ==, 10);
  g_assert_true (sample_mentions (file->warnings, "a.csv: with it, all that is unpacked would be more"));
  g_autoptr (GBytes) archives = zip_finish (&outer);
  left = g_bytes_get_size (bytes) + 5 * strlen (COLUMNS);
  g_autoptr (XpsFile) nested = xps_file_open_bytes (archives, "sample", &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nested->spectra->len, ==, 5);
  g_assert_true (sample_mentions (nested->warnings, "1.zip: with it, all that is unpacked would be more"));
}

/* ---- compound files ---- */

static void
put_word (GByteArray *out, gsize at, guint32 word)
{
  const guint32 bytes = GUINT32_TO_LE (word);
  memcpy (out->data + at, &bytes, sizeof bytes);
}

/* A directory of `n` entries of a type, each of which names the next at `link`: 72 its sibling, 76 its child.
 * Header, chains (whose list begins in the header), directory. */
static GBytes *
make_directory (guint32 n, guint8 type, gsize link)
{
  const guint32 n_directory = (n + 3) / 4;
  guint32 n_chains = 1, n_lists = 0;
  GByteArray *out = g_byte_array_new ();

  while (n_chains * A_SECTOR < n_chains + n_lists + n_directory) {
    n_chains++;
    n_lists = n_chains > 109 ? (n_chains - 109 + A_SECTOR - 2) / (A_SECTOR - 1) : 0;
  }
  g_byte_array_set_size (out, SECTOR * (1 + n_chains + n_lists + n_directory));
  memset (out->data, 0, out->len);
  memcpy (out->data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
  memcpy (out->data + 24, "\x3E\0\3\0\xFE\xFF\x09\0\x06\0", 10);
  put_word (out, 44, n_chains);
  put_word (out, 48, n_chains + n_lists);
  put_word (out, 56, 4096);
  put_word (out, 60, LAST);
  put_word (out, 68, n_lists > 0 ? n_chains : LAST);
  put_word (out, 72, n_lists);
  for (guint32 i = 0; i < 109; i++)
    put_word (out, 76 + 4 * i, i < n_chains ? i : NO_SECTOR);
  for (guint32 i = 109; i < n_chains; i++) {
    const guint32 list = (i - 109) / (A_SECTOR - 1), at = (i - 109) % (A_SECTOR - 1);
    put_word (out, SECTOR * (1 + n_chains + list) + 4 * at, i);
    put_word (out, SECTOR * (2 + n_chains + list) - 4, list + 1 < n_lists ? n_chains + list + 1 : LAST);
  }
  for (guint32 i = 0; i < n_directory; i++)
    put_word (out, SECTOR + 4 * (n_chains + n_lists + i),
              i + 1 < n_directory ? n_chains + n_lists + i + 1 : LAST);
  for (guint32 i = 0; i < n; i++) {
    const gsize entry = SECTOR * (1 + n_chains + n_lists) + 128 * (gsize)i;
    memcpy (out->data + entry, "a\0\0\0", 4);
    out->data[entry + 64] = 4;
    out->data[entry + 66] = i == 0 ? 5 : type;
    for (guint k = 68; k < 80; k += 4)
      put_word (out, entry + k, NO_SECTOR);
    put_word (out, entry + (i == 0 ? 76 : link), i + 1 < n ? i + 1 : NO_SECTOR);
    put_word (out, entry + 120, type == 2 ? 1 : 0);
  }
  return g_byte_array_free_to_bytes (out);
}

/* Directories that a reader which walks them as trees follows beyond its stack. */
static void
test_deep (void)
{
  g_autoptr (GBytes) beside = make_directory (60000, 2, 72), inside = make_directory (120000, 1, 76);

  refuse (beside, "stream VGData expected");
  refuse (inside, "stream VGData expected");
}

/* Sectors shorter than an entry of the directory, of which the file's end leaves the first half. */
static void
test_short_sectors (void)
{
  g_autoptr (GBytes) whole = make_directory (2, 2, 72);
  guint8 *data = g_memdup2 (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));

  data[30] = 6;
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, SECTOR + 128);
  refuse (bytes, "byte 30: sectors of 512 to 4096 bytes expected");
}

/* Entries that no other names: they are neither lost nor read twice. */
static void
test_entries (void)
{
  g_autoptr (GBytes) bytes = make_directory (1000, 2, 72);
  g_autoptr (GError) error = NULL;
  XpsMemoryBudget budget;

  xps_memory_budget_init (&budget, g_bytes_get_size (bytes));
  g_autoptr (XpsCompound) compound = xps_compound_open (bytes, "sample", &budget, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (compound->streams->len, ==, 999);
  budget.left = 10000;
  g_autoptr (XpsCompound) large = xps_compound_open (bytes, "sample", &budget, &error);
  g_assert_null (large);
  g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_MALFORMED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/containers/zip/checksum", test_checksum);
  g_test_add_func ("/containers/zip/flags", test_flags);
  g_test_add_func ("/containers/zip/zip64", test_zip64);
  g_test_add_func ("/containers/zip/names", test_names);
  g_test_add_func ("/containers/zip/folders", test_folders);
  g_test_add_func ("/containers/zip/shared", test_shared);
  g_test_add_func ("/containers/compound/deep", test_deep);
  g_test_add_func ("/containers/compound/short-sectors", test_short_sectors);
  g_test_add_func ("/containers/compound/entries", test_entries);
  return g_test_run ();
}
