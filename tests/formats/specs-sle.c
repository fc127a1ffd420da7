/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>

#include "hostile.h"
#include "sample.h"
#include "zip-make.h"

/* Databases made after what pynxtools-xps asks such files for; no real one was at hand. */

#define SCHEDULE                                                                                             \
  "<?xml version=\"1.0\"?><Schedule><XPS ID=\"1\"><SpectrumGroup ID=\"10\" Name=\"film\">"                   \
  "<CommonSpectrumSettings><ScanMode Name=\"FixedAnalyzerTransmission\"/><Lens Mode=\"SmallArea\"/>"         \
  "</CommonSpectrumSettings><Spectrum ID=\"20\" Name=\"S 2p\"><FixedAnalyzerTransmissionSettings "           \
  "DwellTime=\"0.1\" Epass=\"20\" NumScans=\"2\" "                                                           \
  "Eexc=\"1486.61\"/></Spectrum></SpectrumGroup></XPS></Schedule>"

static const char tables[] =
    "CREATE TABLE Configuration (Key TEXT, Value TEXT);"
    "INSERT INTO Configuration VALUES ('Version', '4.75'), ('AppVersion', '4.75.2'), ('Schedule', '" SCHEDULE
    "');"
    "CREATE TABLE NodeMapping (Node INTEGER, InternalID INTEGER); INSERT INTO NodeMapping VALUES (100, 20);"
    "CREATE TABLE Spectrum (Node INTEGER, SpectrumID TEXT, EnergyChns INTEGER, NonEnergyChns INTEGER, "
    "Samples "
    "INTEGER, EnergyType TEXT, Ekin REAL, Step REAL, EpassOrRR REAL, UBias REAL, UDet REAL, WF REAL, "
    "Timestamp "
    "TEXT, TransmissionData BLOB, TransmissionLen INTEGER);"
    "CREATE TABLE RawData (RawId INTEGER, Node INTEGER, ScanDate TEXT, Trace TEXT);"
    "CREATE TABLE CountRateData (RawId INTEGER, ChunkSize INTEGER, Data BLOB);"
    "CREATE TABLE NodeData (Node INTEGER, Data TEXT);"
    "INSERT INTO NodeData VALUES (90, '<G><Detector shift=\"0\"/><Detector shift=\"0.025\"/></G>');";

static sqlite3 *
open_database (const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA page_size = 512", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

static void
add_spectrum (sqlite3 *db, int channels, int samples)
{
  g_autofree char *sql =
      g_strdup_printf ("INSERT INTO Spectrum VALUES (100, '20', %d, 1, %d, 'Kinetic Energy', "
                       "1320, 0.5, 20, 0, 0, 4.1, '2018-Jan-01', NULL, 0)",
                       channels, samples);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
add_scan (sqlite3 *db, int id, const char *trace, const void *data, gsize length, gboolean packed)
{
  g_autoptr (GBytes) blob =
      packed ? zip_pack (data, length, G_ZLIB_COMPRESSOR_FORMAT_ZLIB) : g_bytes_new (data, length);
  sqlite3_stmt *statement = NULL;

  g_autofree char *sql = g_strdup_printf ("INSERT INTO RawData VALUES (%d, 100, '', '%s')", id, trace);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_prepare_v2 (db, "INSERT INTO CountRateData VALUES (?1, 3, ?2)", -1, &statement, NULL);
  sqlite3_bind_int (statement, 1, id);
  sqlite3_bind_blob (statement, 2, g_bytes_get_data (blob, NULL), (int)g_bytes_get_size (blob),
                     SQLITE_TRANSIENT);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

static GBytes *
take_bytes (sqlite3 *db)
{
  sqlite3_int64 size = 0;
  unsigned char *data = sqlite3_serialize (db, "main", &size, 0);
  GBytes *bytes = g_bytes_new (data, (gsize)size);

  sqlite3_free (data);
  sqlite3_close (db);
  return bytes;
}

static GBytes *
make_plain (void)
{
  static const float first[3] = {10, 20, 30};
  static const double second[3] = {30, 40, 50};
  sqlite3 *db = open_database (tables);

  add_spectrum (db, 1, 3);
  add_scan (db, 1, "Loop=0u Scan [Idx] =0u", first, sizeof first, FALSE);
  add_scan (db, 2, "Loop=1u Scan [Idx] =0u", second, sizeof second, TRUE);
  return take_bytes (db);
}

static XpsFile *
read_bytes (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  XpsFile *file = xps_file_open_bytes (bytes, "sample", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (file->format, ==, "specs-sle");
  return file;
}

static void
test_plain (void)
{
  g_autoptr (GBytes) bytes = make_plain ();
  g_autoptr (XpsFile) file = read_bytes (bytes);
  static const double energy[3] = {1320, 1320.5, 1321}, mean[3] = {20, 30, 40};

  /* the mean, then each loop */
  g_assert_cmpuint (file->spectra->len, ==, 3);
  const XpsSpectrum *whole = sample_spectrum (file, 0), *loop = sample_spectrum (file, 2);
  const XpsAcquisition *record = xps_spectrum_get_acquisition (whole);
  sample_assert_values (xps_spectrum_get_energy (whole), energy, 3);
  sample_assert_values (xps_spectrum_get_intensity (whole), mean, 3);
  g_assert_cmpint (xps_spectrum_get_unit (whole), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpstr (xps_spectrum_get_name (whole), ==, "S 2p");
  g_assert_cmpstr (xps_spectrum_get_group (whole), ==, "film");
  g_assert_cmpfloat (record->photon_energy, ==, 1486.61);
  g_assert_cmpfloat (record->pass_energy, ==, 20);
  g_assert_cmpfloat (record->dwell, ==, 0.1);
  g_assert_cmpfloat (record->scans, ==, 2);
  g_assert_cmpfloat (record->work_function, ==, 4.1);
  g_assert_cmpstr (xps_acquisition_find_key (record, "Lens Mode"), ==, "SmallArea");
  g_assert_cmpfloat (xps_spectrum_get_intensity (loop)[0], ==, 30);
  g_assert_true (sample_mentions (file->notes, "not been tried on a real file"));
  g_assert_cmpstr (file->software, ==, "SPECS Prodigy 4.75.2 (schema 4.75)");
}

/* The second channel's shift of 0.025 times 20 eV is one step: its first value belongs to the point before.
 */
static void
test_channels (void)
{
  static const double rates[8] = {1, 10, 2, 20, 3, 30, 4, 40};
  sqlite3 *db = open_database (tables);

  add_spectrum (db, 2, 4);
  add_scan (db, 1, "", rates, sizeof rates, TRUE);
  g_autoptr (GBytes) bytes = take_bytes (db);
  g_autoptr (XpsFile) file = read_bytes (bytes);
  const XpsSpectrum *s = sample_spectrum (file, 0);
  static const double energy[3] = {1320.5, 1321, 1321.5}, sum[3] = {12, 23, 34};
  g_assert_cmpuint (xps_spectrum_get_n (s), ==, 3);
  sample_assert_values (xps_spectrum_get_energy (s), energy, 3);
  sample_assert_values (xps_spectrum_get_intensity (s), sum, 3);
  g_assert_true (sample_mentions (file->warnings, "has not been checked on a real file"));
}

static void
refuse (GBytes *bytes, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);

  g_assert_null (file);
  g_assert_error (error, XPS_FORMATS_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, error->message);
}

static void
test_refused (void)
{
  static const float short_scan[2] = {1, 2};
  g_autoptr (GBytes) other = take_bytes (open_database ("CREATE TABLE t (a); INSERT INTO t VALUES (1);"));
  g_autoptr (GBytes) bare = take_bytes (open_database ("CREATE TABLE Configuration (Key, Value);"));
  sqlite3 *db = open_database (tables);

  refuse (other, XPS_FORMATS_ERROR_UNKNOWN, "no SPECS .sle file");
  refuse (bare, XPS_FORMATS_ERROR_MALFORMED, "table Spectrum: no such table");
  add_spectrum (db, 1, 3);
  add_scan (db, 1, "", short_scan, sizeof short_scan, FALSE);
  g_autoptr (GBytes) cut = take_bytes (db);
  refuse (cut, XPS_FORMATS_ERROR_EMPTY, "no spectrum with measured rates");
}

/* Tables that are views, functions in the schema, names that run for ever. */
static void
test_schema_is_not_run (void)
{
  g_autoptr (GBytes) view = take_bytes (
      open_database ("CREATE TABLE c (Key, Value); CREATE VIEW Configuration AS SELECT Key, Value FROM c;"
                     "CREATE TABLE Spectrum (Node);"));
  g_autoptr (GBytes) endless =
      take_bytes (open_database ("CREATE VIEW Configuration AS WITH RECURSIVE r (Key) AS (SELECT 1 UNION ALL "
                                 "SELECT Key + 1 FROM r) SELECT "
                                 "Key, Key AS Value FROM r;"));
  g_autoptr (GBytes) generated = take_bytes (
      open_database ("CREATE TABLE Configuration (Key TEXT, Value TEXT AS (hex (zeroblob (100000))));"
                     "INSERT INTO Configuration (Key) VALUES ('Version');"));

  refuse (view, XPS_FORMATS_ERROR_UNKNOWN, "no SPECS .sle file");
  refuse (endless, XPS_FORMATS_ERROR_UNKNOWN, "no SPECS .sle file");
  /* a function without effects, of bounded size */
  refuse (generated, XPS_FORMATS_ERROR_MALFORMED, "table Spectrum: no such table");
}

static void
test_hostile (void)
{
  g_autoptr (GBytes) bytes = make_plain ();
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (gsize cut = 0; cut < length; cut += 61)
    hostile_try (data, cut);
  for (guint i = 0; i < 5000; i++) {
    g_autofree guint8 *copy = g_memdup2 (data, length);
    for (int k = g_rand_int_range (random, 1, 5); k > 0; k--)
      copy[g_rand_int_range (random, 0, (gint32)length)] = (guint8)g_rand_int_range (random, 0, 256);
    hostile_try (copy, length);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/specs-sle/plain", test_plain);
  g_test_add_func ("/specs-sle/channels", test_channels);
  g_test_add_func ("/specs-sle/refused", test_refused);
  g_test_add_func ("/specs-sle/schema-is-not-run", test_schema_is_not_run);
  g_test_add_func ("/specs-sle/hostile", test_hostile);
  return g_test_run ();
}
