/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/archive.h"

#include <glib/gstdio.h>

#include "formats/csv-keys.h"
#include "formats/folder.h"
#include "hostile.h"
#include "sample.h"
#include "zip-make.h"

/* Archives and folders made in code: a tree of small measured files and of things that are none. */

#define COLUMNS "Binding Energy (eV),Counts\n285.0,1\n285.1,2\n285.2,3\n"
#define NAMED   XPS_CSV_MARK "\n# sample: foil\nBinding Energy (eV),Counts\n285.0,10\n285.1,20\n285.2,30\n"

typedef struct {
  const char *name, *text;
} Entry;

/* Not in natural order. */
static const Entry tree[] = {
    {"day 1/scan 10.csv", COLUMNS},
    {"day 1/scan 9.csv", COLUMNS},
    {"day 1/named.csv", NAMED},
    {"top.csv", COLUMNS},
    {"notes.txt", "nothing of the kind"},
    {"broken.vms", "VAMAS Surface Chemical Analysis Standard Data\n"},
    {"cell.csv", "time/s,E/V\n0,1\n1,2\n"},
    {"__MACOSX/._top.csv", "x"},
    {".hidden.csv", COLUMNS},
    {"empty.csv", ""},
};

static GBytes *
make_zip (void)
{
  ZipMaker zip = zip_maker_new ();

  for (guint i = 0; i < G_N_ELEMENTS (tree); i++)
    zip_add_text (&zip, tree[i].name, tree[i].text);
  return zip_finish (&zip);
}

static void
put_octal (guint8 *field, gsize length, guint64 value)
{
  for (gsize i = length - 1; i-- > 0; value >>= 3)
    field[i] = (guint8)('0' + (value & 7));
}

static void
add_tar (GByteArray *out, char type, const char *name, const void *data, gsize length)
{
  guint8 block[512] = {0};
  guint64 sum = 0;

  memcpy (block, name, MIN (strlen (name), (gsize)100));
  put_octal (block + 100, 8, 0644);
  put_octal (block + 124, 12, length);
  block[156] = (guint8)type;
  memcpy (block + 257, "ustar\00000", 8);
  memset (block + 148, ' ', 8);
  for (guint i = 0; i < sizeof block; i++)
    sum += block[i];
  put_octal (block + 148, 7, sum);
  g_byte_array_append (out, block, sizeof block);
  g_byte_array_append (out, data, (guint)length);
  memset (block, 0, sizeof block);
  g_byte_array_append (out, block, (guint)(-length % 512));
}

static GBytes *
make_tar (void)
{
  GByteArray *out = g_byte_array_new ();
  const guint8 end[1024] = {0};

  add_tar (out, '5', "day 1/", "", 0);
  for (guint i = 0; i < G_N_ELEMENTS (tree); i++)
    add_tar (out, '0', tree[i].name, tree[i].text, strlen (tree[i].text));
  g_byte_array_append (out, end, sizeof end);
  return g_byte_array_free_to_bytes (out);
}

static XpsFile *
read_bytes (GBytes *bytes, const char *format)
{
  g_autoptr (GError) error = NULL;
  XpsFile *file = xps_file_open_bytes (bytes, "sample", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (file->format, ==, format);
  return file;
}

/* What comes of the tree, whatever held it. */
static void
check_tree (const XpsFile *file)
{
  static const struct {
    const char *sample, *group, *member;
  } expected[] = {
      {"foil", "day 1", "day 1/named.csv"},
      {"scan 9", "day 1", "day 1/scan 9.csv"},
      {"scan 10", "day 1", "day 1/scan 10.csv"},
      {"top", NULL, "top.csv"},
  };

  g_assert_cmpuint (file->spectra->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const XpsSpectrum *s = sample_spectrum (file, i);
    g_assert_cmpstr (xps_spectrum_get_sample (s), ==, expected[i].sample);
    g_assert_cmpstr (xps_spectrum_get_group (s), ==, expected[i].group);
    g_assert_cmpstr (xps_acquisition_find_key (xps_spectrum_get_acquisition (s), "Archive member"), ==,
                     expected[i].member);
    g_assert_cmpfloat (xps_spectrum_get_intensity (s)[1], ==, i == 0 ? 20 : 2);
  }
  g_assert_true (sample_mentions (file->warnings, "broken.vms: "));
  g_assert_true (sample_mentions (file->warnings, "notes.txt: "));
  g_assert_true (sample_mentions (file->warnings, "empty.csv: the file is empty"));
  g_assert_false (sample_mentions (file->warnings, "MACOSX"));
  g_assert_true (sample_mentions (file->notes, "cell.csv: a potentiostat's log"));
}

static void
test_zip (void)
{
  g_autoptr (GBytes) bytes = make_zip ();
  g_autoptr (XpsFile) file = read_bytes (bytes, "zip");
  check_tree (file);
}

static void
test_tar (void)
{
  g_autoptr (GBytes) bytes = make_tar ();
  g_autoptr (XpsFile) file = read_bytes (bytes, "tar");
  check_tree (file);
}

static void
test_gzip (void)
{
  g_autoptr (GBytes) tar = make_tar ();
  g_autoptr (GBytes) packed =
      zip_pack (g_bytes_get_data (tar, NULL), g_bytes_get_size (tar), G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GBytes) lone = zip_pack (NAMED, strlen (NAMED), G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (XpsFile) archive = read_bytes (packed, "gzip"), file = read_bytes (lone, "gzip");

  check_tree (archive);
  g_assert_true (sample_mentions (archive->notes, "unpacked and read as \"tar\""));
  g_assert_cmpuint (file->spectra->len, ==, 1);
  g_assert_cmpstr (xps_spectrum_get_sample (sample_spectrum (file, 0)), ==, "foil");
  g_assert_cmpfloat (xps_spectrum_get_intensity (sample_spectrum (file, 0))[2], ==, 30);
}

/* Long names: GNU's record and pax'. */
static void
test_long_names (void)
{
  g_autofree char *folder = g_strnfill (150, 'd');
  g_autofree char *name = g_strconcat (folder, "/scan.csv", NULL);
  g_autofree char *pax = g_strdup_printf ("%zu path=%s\n", strlen (name) + strlen ("170 path=\n"), name);
  GByteArray *out = g_byte_array_new ();

  add_tar (out, 'L', "././@LongLink", name, strlen (name) + 1);
  add_tar (out, '0', folder, COLUMNS, strlen (COLUMNS));
  add_tar (out, 'x', "PaxHeaders/scan", pax, strlen (pax));
  add_tar (out, '0', "short", COLUMNS, strlen (COLUMNS));
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (out);
  g_autoptr (XpsFile) file = read_bytes (bytes, "tar");
  g_assert_cmpuint (file->spectra->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpstr (xps_spectrum_get_group (sample_spectrum (file, i)), ==, folder);
    g_assert_cmpstr (xps_spectrum_get_sample (sample_spectrum (file, i)), ==, "scan");
  }
}

static GBytes *
wrap (GBytes *inner, const char *name)
{
  ZipMaker zip = zip_maker_new ();
  zip_add (&zip, name, g_bytes_get_data (inner, NULL), g_bytes_get_size (inner), FALSE);
  return zip_finish (&zip);
}

static void
test_nested (void)
{
  g_autoptr (GBytes) bytes = make_tar ();

  for (guint depth = 1; depth <= XPS_ARCHIVE_DEPTH; depth++) {
    GBytes *outer = wrap (bytes, "inner.zip");
    g_bytes_unref (bytes);
    bytes = outer;
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);
    if (depth == XPS_ARCHIVE_DEPTH) {
      g_assert_null (file);
      g_assert_nonnull (strstr (error->message, "archives inside archives too deep"));
      return;
    }
    g_assert_no_error (error);
    g_assert_cmpuint (file->spectra->len, ==, 4);
    const char *path =
        xps_acquisition_find_key (xps_spectrum_get_acquisition (sample_spectrum (file, 3)), "Archive member");
    g_assert_true (g_str_has_suffix (path, "inner.zip/top.csv"));
    g_assert_cmpstr (xps_spectrum_get_sample (sample_spectrum (file, 3)), ==, "top");
  }
}

/* 64 MiB of blanks in 64 KiB: inflating stops where the archive's allowance does. */
static void
test_bomb (void)
{
  const gsize n = 64u << 20;
  g_autofree char *blanks = g_strnfill (n, ' ');
  g_autoptr (GBytes) gzip = zip_pack (blanks, n, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GError) error = NULL;
  ZipMaker zip = zip_maker_new ();

  zip_add_text (&zip, "good.csv", COLUMNS);
  zip_add (&zip, "bomb.csv", blanks, n, TRUE);
  g_autoptr (GBytes) archive = zip_finish (&zip);
  g_autoptr (XpsFile) file = read_bytes (archive, "zip");
  g_assert_cmpuint (file->spectra->len, ==, 1);
  g_assert_true (sample_mentions (file->warnings, "bomb.csv: would become more than a hundred times"));
  g_autoptr (XpsFile) refused = xps_file_open_bytes (gzip, "sample", NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE);
}

/* Members that lie about themselves. */
static void
test_lies (void)
{
  ZipMaker zip = zip_maker_new ();
  const gsize n = strlen (COLUMNS);

  zip_add_text (&zip, "good.csv", COLUMNS);
  zip_add_declared (&zip, "long.csv", COLUMNS, n, TRUE, n + 1);
  zip_add_declared (&zip, "short.csv", COLUMNS, n, TRUE, n - 1);
  zip_add_declared (&zip, "stored.csv", COLUMNS, n, FALSE, n + 1);
  zip_add_declared (&zip, "absurd.csv", COLUMNS, n, TRUE, G_MAXUINT32 - 1);
  g_autoptr (GBytes) bytes = zip_finish (&zip);
  g_autoptr (XpsFile) file = read_bytes (bytes, "zip");
  g_assert_cmpuint (file->spectra->len, ==, 1);
  g_assert_cmpuint (file->warnings->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_nonnull (strstr (g_ptr_array_index (file->warnings, i), "damaged"));
}

static void
test_nothing_inside (void)
{
  ZipMaker zip = zip_maker_new ();
  g_autoptr (GError) error = NULL;

  zip_add_text (&zip, "letter.doc", "Dear reader");
  g_autoptr (GBytes) bytes = zip_finish (&zip);
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);
  g_assert_null (file);
  g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_EMPTY);
  g_assert_nonnull (strstr (error->message, "letter.doc"));
}

/* What is said of packed files that are not read: what it is, and what to do. */
static void
test_strangers (void)
{
  static const struct {
    const char *head;
    gsize length;
    const char *what;
  } rows[] = {
      {"\xFD\x37zXZ\0\0\4", 8, "packed with xz"},       {"BZh91AY&SY", 10, "packed with bzip2"},
      {"\x28\xB5\x2F\xFD\4", 5, "packed with zstd"},    {"\x1F\x9D\x90", 3, "packed with compress"},
      {"7z\xBC\xAF\x27\x1C\0\4", 8, "a 7-Zip archive"}, {"Rar!\x1A\7\1", 7, "a RAR archive"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (rows[i].head, rows[i].length);
    g_autoptr (GError) error = NULL;
    g_assert_null (xps_file_open_bytes (bytes, "packed", NULL, &error));
    g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN);
    g_assert_nonnull (strstr (error->message, rows[i].what));
    g_assert_nonnull (strstr (error->message, ": unpack it and open the folder"));
  }
}

static void
assert_refused (const ZipMaker *maker, int code, const char *what)
{
  ZipMaker zip = *maker;
  g_autoptr (GBytes) bytes = zip_finish (&zip);
  g_autoptr (GError) error = NULL;

  g_assert_null (xps_file_open_bytes (bytes, "sample", NULL, &error));
  g_assert_error (error, XPS_FORMATS_ERROR, code);
  g_assert_nonnull (strstr (error->message, what));
}

static void
test_empty (void)
{
  ZipMaker none = zip_maker_new (), folders = zip_maker_new (), sheet = zip_maker_new ();

  assert_refused (&none, XPS_FORMATS_ERROR_EMPTY, "there is no file in it");
  zip_add_text (&folders, "day 1/", "");
  assert_refused (&folders, XPS_FORMATS_ERROR_EMPTY, "there is no file in it");
  zip_add (&sheet, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", 46, FALSE);
  assert_refused (&sheet, XPS_FORMATS_ERROR_UNKNOWN, "an OpenDocument spreadsheet");
}

static void
test_order (void)
{
  static const char *const names[] = {"",       "0",      "1",       "01",      "a",
                                      "scan 2", "Scan 3", "scan 9x", "scan 10", "scan 10a"};

  for (int i = 0; i < (int)G_N_ELEMENTS (names); i++)
    for (int k = 0; k < (int)G_N_ELEMENTS (names); k++) {
      const int order = xps_archive_compare_names (names[i], names[k]);
      /* which of "01" and "1" comes first does not matter, but it must be one of them */
      if (i != k && i / 2 == 1 && k / 2 == 1)
        g_assert_true (order != 0 && order == -xps_archive_compare_names (names[k], names[i]));
      else
        g_assert_true ((order > 0) - (order < 0) == (i > k) - (i < k));
    }
}

/* ---- folders ---- */

static char *
make_folder (void)
{
  char *root = g_dir_make_tmp ("folder-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tree); i++) {
    g_autofree char *path = g_build_filename (root, tree[i].name, NULL);
    g_autofree char *parent = g_path_get_dirname (path);
    g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
    g_assert_true (g_file_set_contents (path, tree[i].text, -1, NULL));
  }
  return root;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      remove_folder (child);
    else
      g_unlink (child);
  }
  g_rmdir (path);
}

static gboolean
note_visit (GFile *file, const char *path, gpointer data)
{
  GString *seen = data;

  g_string_append_printf (seen, "%s|", path);
  return strcmp (path, "notes.txt") != 0;
}

static void
test_folder (void)
{
  g_autofree char *root = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open (root, NULL, &error);
  g_autoptr (GFile) folder = g_file_new_for_path (root);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) seen = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (file->format, ==, "folder");
  g_assert_cmpuint (strlen (file->sha256), ==, 64);
  check_tree (file);
  g_assert_false (xps_folder_visit (folder, note_visit, errors, seen));
  g_assert_cmpstr (
      seen->str, ==,
      "broken.vms|cell.csv|day 1/named.csv|day 1/scan 9.csv|day 1/scan 10.csv|empty.csv|notes.txt|");
  g_assert_cmpuint (errors->len, ==, 0);
  remove_folder (root);
}

static void
test_expects (void)
{
  static const char *const yes[] = {"a.vms", "A.VMS", "x/y.npl", "b.ibw", "c.pxt"};
  static const char *const no[] = {"a", "a.txt", "a.csv", "notes.md", "a.zip", "a.tar", "a.gz", "."};

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (xps_folder_expects (yes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (xps_folder_expects (no[i]));
}

static void
test_hostile (void)
{
  g_autoptr (GBytes) zip = make_zip (), tar = make_tar ();
  g_autoptr (GBytes) gzip =
      zip_pack (g_bytes_get_data (tar, NULL), g_bytes_get_size (tar), G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  hostile_bytes (g_bytes_get_data (zip, NULL), g_bytes_get_size (zip), 3000);
  hostile_bytes (g_bytes_get_data (gzip, NULL), g_bytes_get_size (gzip), 3000);
  for (guint block = 0; block < 3; block++)
    hostile_bytes ((const guint8 *)g_bytes_get_data (tar, NULL) + 512 * block, 1536, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/archive/zip", test_zip);
  g_test_add_func ("/archive/tar", test_tar);
  g_test_add_func ("/archive/gzip", test_gzip);
  g_test_add_func ("/archive/long-names", test_long_names);
  g_test_add_func ("/archive/nested", test_nested);
  g_test_add_func ("/archive/bomb", test_bomb);
  g_test_add_func ("/archive/lies", test_lies);
  g_test_add_func ("/archive/nothing-inside", test_nothing_inside);
  g_test_add_func ("/archive/strangers", test_strangers);
  g_test_add_func ("/archive/empty", test_empty);
  g_test_add_func ("/archive/order", test_order);
  g_test_add_func ("/archive/folder", test_folder);
  g_test_add_func ("/archive/expects", test_expects);
  g_test_add_func ("/archive/hostile", test_hostile);
  return g_test_run ();
}
