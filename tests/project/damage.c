/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>

#include "fixture.h"
#include "project/store.h"

/* Files that are cut, flipped, or made to harm: one sentence each, never a crash, and never measured data
 * that are not what was written. */

typedef struct {
  char *folder, *path;
  XpsState *state;
  guint8 *bytes;
  gsize size;
} Fixture;

static XpsState *
make_state (void)
{
  XpsState *state = fixture_state ();
  g_autoptr (XpsRegion) region = xps_region_copy (xps_state_get_region (state, 1));
  xps_model_free (region->model);
  region->model = fixture_model ();
  g_autoptr (XpsRegion) fitted = xps_region_fit (region, NULL, NULL);
  g_assert_nonnull (fitted);
  XpsState *next = xps_state_with_region (state, fitted);
  g_autoptr (XpsSpectrum) spectrum = fixture_full_spectrum ();
  g_autoptr (XpsRegion) full = xps_region_new (spectrum, NULL);
  XpsState *last = xps_state_add_region (next, fitted->sample, full, NULL);
  xps_state_unref (state);
  xps_state_unref (next);
  return last;
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  const char *const history[] = {"2026-01-02T03:04:05Z import", "2026-01-02T03:05:05Z fit of S 2p", NULL};
  g_autoptr (GError) error = NULL;
  self->folder = fixture_folder ();
  self->path = g_build_filename (self->folder, "a.corelevel", NULL);
  self->state = make_state ();
  g_assert_true (xps_state_write (self->state, self->path, history, &error));
  g_assert_true (g_file_get_contents (self->path, (char **)&self->bytes, &self->size, &error));
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  fixture_remove (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->bytes);
  xps_state_unref (self->state);
}

/* What the bytes hold, or NULL after a look at the sentence. */
static XpsState *
open_bytes (const guint8 *bytes, gsize size)
{
  g_autoptr (GBytes) all = g_bytes_new_static (bytes, size);
  g_autoptr (GError) error = NULL;
  int version = 0;
  g_autoptr (XpsStore) store = xps_store_open_bytes (all, "FILE", &version, &error);
  XpsState *state = store != NULL ? xps_store_read (store, NULL, &error) : NULL;
  g_assert_true ((state == NULL) == (error != NULL));
  if (state != NULL)
    return state;
  g_assert_true (error->domain == XPS_PROJECT_ERROR);
  g_assert_true (error->code == XPS_PROJECT_ERROR_FORMAT || error->code == XPS_PROJECT_ERROR_NEWER);
  g_assert_true (g_str_has_prefix (error->message, "FILE: "));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
  return NULL;
}

static gboolean
is_measured (const XpsState *original, const XpsSpectrum *spectrum)
{
  const gsize size = xps_spectrum_get_n (spectrum) * sizeof (double);
  for (guint i = 0; i < xps_state_get_n_regions (original); i++) {
    const XpsSpectrum *other = xps_state_get_region (original, i)->spectrum;
    if (xps_spectrum_get_n (other) * sizeof (double) == size &&
        memcmp (xps_spectrum_get_energy (other), xps_spectrum_get_energy (spectrum), size) == 0 &&
        memcmp (xps_spectrum_get_intensity (other), xps_spectrum_get_intensity (spectrum), size) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
check_state (const Fixture *self, XpsState *take_state)
{
  if (take_state == NULL)
    return;
  for (guint i = 0; i < xps_state_get_n_regions (take_state); i++)
    g_assert_true (is_measured (self->state, xps_state_get_region (take_state, i)->spectrum));
  g_assert_cmpuint (xps_state_get_n_regions (take_state), ==, xps_state_get_n_regions (self->state));
  xps_state_unref (take_state);
}

static void
test_whole (Fixture *self, gconstpointer unused)
{
  g_autoptr (XpsState) state = open_bytes (self->bytes, self->size);
  g_assert_nonnull (state);
  fixture_same_state (state, self->state);
}

static void
test_cut (Fixture *self, gconstpointer unused)
{
  const gsize stride = g_test_slow () ? 1 : 97;
  for (gsize size = 0; size < self->size; size += size < 200 ? 1 : stride)
    g_assert_null (open_bytes (self->bytes, size));
  g_autofree guint8 *longer = g_malloc0 (self->size + 4096);
  memcpy (longer, self->bytes, self->size);
  g_assert_null (open_bytes (longer, self->size + 4096));
}

static void
test_flipped (Fixture *self, gconstpointer unused)
{
  const gsize stride = g_test_slow () ? 1 : 23;
  guint opened = 0;
  for (gsize at = 0; at < self->size; at += at < 4096 ? 3 : stride) {
    const guint8 old = self->bytes[at];
    self->bytes[at] ^= (guint8)(1u << g_test_rand_int_range (0, 8));
    XpsState *state = open_bytes (self->bytes, self->size);
    opened += state != NULL;
    check_state (self, state);
    self->bytes[at] = old;
  }
  g_test_message ("%u of the damaged files could still be read", opened);
}

/* Whole pages of noise, and pages in each other's place. */
static void
test_pages (Fixture *self, gconstpointer unused)
{
  const gsize page = 4096, n = self->size / page;
  g_autofree guint8 *bytes = g_malloc (self->size);
  for (guint round = 0; round < 300; round++) {
    memcpy (bytes, self->bytes, self->size);
    const gsize from = (gsize)g_test_rand_int_range (0, (gint32)n),
                to = (gsize)g_test_rand_int_range (1, (gint32)n);
    if (round % 3 == 0)
      memset (bytes + to * page, g_test_rand_int_range (0, 256), page);
    else if (round % 3 == 1)
      memcpy (bytes + to * page, self->bytes + from * page, page);
    else
      for (guint i = 0; i < 40; i++)
        bytes[to * page + (gsize)g_test_rand_int_range (0, 64)] = (guint8)g_test_rand_int_range (0, 256);
    check_state (self, open_bytes (bytes, self->size));
  }
}

/* ---- made to harm ---- */

static void
run_sql (sqlite3 *db, const char *sql)
{
  char *message = NULL;
  sqlite3_exec (db, sql, NULL, NULL, &message);
  if (message != NULL)
    g_error ("%s: %s", sql, message);
}

/* So that the checks behind the checksum are reached. */
static void
mend_digests (sqlite3 *db)
{
  sqlite3_stmt *row = NULL;
  g_autoptr (GString) sql = g_string_new (NULL);
  sqlite3_prepare_v2 (db, "SELECT id, energy, intensity, columns, record FROM spectra", -1, &row, NULL);
  while (sqlite3_step (row) == SQLITE_ROW) {
    g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
    for (int column = 1; column <= 4; column++)
      g_checksum_update (checksum, sqlite3_column_blob (row, column), sqlite3_column_bytes (row, column));
    g_string_append_printf (sql, "UPDATE spectra SET sha256 = '%s' WHERE id = %d;",
                            g_checksum_get_string (checksum), sqlite3_column_int (row, 0));
  }
  sqlite3_finalize (row);
  run_sql (db, sql->str);
}

typedef struct {
  const char *sql, *says; /* part of the sentence */
  gboolean mend;
} Attack;

static const Attack attacks[] = {
    {"CREATE TABLE more (x)", "tables of a project", FALSE},
    {"CREATE INDEX i ON regions (name)", "tables of a project", FALSE},
    {"CREATE VIEW v AS SELECT 1", "tables of a project", FALSE},
    {"CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM regions; END", "tables of a project", FALSE},
    {"DROP TABLE history; CREATE VIEW history AS SELECT name AS entry, id FROM regions",
     "tables of a project", FALSE},
    {"DROP TABLE history", "tables of a project", FALSE},
    {"DROP TABLE history; CREATE TABLE history (id INTEGER PRIMARY KEY, entry TEXT AS (hex (zeroblob "
     "(100000000))))",
     "tables of a project", FALSE},
    {"ALTER TABLE samples ADD COLUMN more", "tables of a project", FALSE},
    {"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE history (' WHERE name = "
     "'history'",
     "tables of a project", FALSE},
    {"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 2", "do not fit together", FALSE},
    {"PRAGMA application_id = 1", "is not a Corelevel project", FALSE},
    {"PRAGMA application_id = 1131178545", "is not a Corelevel project", FALSE}, /* a journal */
    {"PRAGMA user_version = -1", "header", FALSE},
    {"PRAGMA user_version = 2000000000", "header", FALSE},
    {"PRAGMA user_version = 0", "tables of a project", FALSE}, /* says that it is older than it is */
    {"PRAGMA journal_mode = WAL", "header", FALSE},
    {"UPDATE meta SET value = 7 WHERE key = 'n_regions'", "rows are missing", FALSE},
    {"UPDATE meta SET value = 0.5 WHERE key = 'n_regions'", "count", FALSE},
    {"UPDATE meta SET value = -1 WHERE key = 'next_region'", "count", FALSE},
    {"INSERT INTO meta VALUES (x'00ff', 1)", "key", FALSE},
    {"DELETE FROM results", "rows are missing", FALSE},
    {"DELETE FROM regions WHERE id = 2", "order", FALSE},
    {"DELETE FROM models WHERE region = 2", "another type", FALSE},
    {"DELETE FROM history", "rows are missing", FALSE},
    {"UPDATE history SET entry = x'61ff' WHERE id = 1", "not text", FALSE},
    {"UPDATE history SET entry = CAST (x'61ff' AS TEXT) WHERE id = 1", "not text", FALSE},
    {"UPDATE history SET entry = 'a' || char (0) || 'b' WHERE id = 1", "not text", FALSE},
    {"UPDATE samples SET name = NULL WHERE id = 1", "another type", FALSE},
    {"UPDATE samples SET id = 2147483646 WHERE id = 1", "not there", FALSE},
    {"UPDATE samples SET id = -5 WHERE id = 1", "another type", FALSE},
    {"UPDATE samples SET position = 1 - position", "order", FALSE},
    {"UPDATE regions SET position = 0", "order", FALSE},
    {"UPDATE regions SET position = position + 1", "order", FALSE},
    {"UPDATE regions SET position = -1 WHERE id = 1", "another type", FALSE},
    {"UPDATE regions SET id = 4294967297 WHERE id = 1", "another type", FALSE},
    {"UPDATE regions SET sample = 99 WHERE id = 1", "not there", FALSE},
    {"UPDATE regions SET spectrum = 99 WHERE id = 1", "not there", FALSE},
    {"UPDATE regions SET source = 99 WHERE id = 1", "not there", FALSE},
    {"UPDATE regions SET kind = 'nonsense' WHERE id = 1", "it can have", FALSE},
    {"UPDATE regions SET weights = '' WHERE id = 1", "it can have", FALSE},
    {"UPDATE regions SET name = CAST (x'ff' AS TEXT) WHERE id = 1", "it can have", FALSE},
    {"UPDATE regions SET photon_energy = 9e999 WHERE id = 1", "it can have", FALSE},
    {"UPDATE regions SET photon_energy = 'x' WHERE id = 1", "it can have", FALSE},
    {"UPDATE models SET json = '' WHERE region = 1", "its model", FALSE},
    {"UPDATE models SET json = '{}x' WHERE region = 1", "its model", FALSE},
    {"UPDATE models SET json = '[]' WHERE region = 1", "its model", FALSE},
    {"UPDATE models SET json = '{\"parameters\":[],\"spectra\":[{\"id\":\"a\"},{\"id\":\"b\"}]}' WHERE "
     "region = 1",
     "several spectra", FALSE},
    {"UPDATE models SET json = replace (hex (zeroblob (100000)), '00', '[') WHERE region = 1", "its model",
     FALSE},
    {"UPDATE results SET json = '{}'", "its result", FALSE},
    {"UPDATE results SET json = x'17'", "another type", FALSE},
    {"UPDATE spectra SET sha256 = 'x' WHERE id = 1", "not what was written", FALSE},
    {"UPDATE spectra SET energy = zeroblob (1288) WHERE id = 1", "not what was written", FALSE},
    {"UPDATE spectra SET n = 160 WHERE id = 1", "number of points", FALSE},
    {"UPDATE spectra SET n = 0 WHERE id = 1", "number of points", FALSE},
    {"UPDATE spectra SET n = -1 WHERE id = 1", "number of points", FALSE},
    {"UPDATE spectra SET n = 2147483646 WHERE id = 1", "number of points", FALSE},
    {"UPDATE spectra SET energy = NULL WHERE id = 1", "number of points", TRUE},
    {"UPDATE spectra SET energy = 'text' WHERE id = 1", "number of points", TRUE},
    {"UPDATE spectra SET columns = zeroblob (8) WHERE id = 1", "more columns", TRUE},
    {"UPDATE spectra SET columns = NULL WHERE id = 3", "its columns", TRUE},
    {"UPDATE spectra SET intensity = x'000000000000f07f' || substr (intensity, 9) WHERE id = 1",
     "number of points", TRUE},
    {"UPDATE spectra SET intensity = CAST (x'000000000000f07f' || substr (intensity, 9) AS BLOB) WHERE id = "
     "1",
     "not a number", TRUE},
    {"UPDATE spectra SET record = '[1]' WHERE id = 1", "not described", TRUE},
    {"UPDATE spectra SET record = '{}' WHERE id = 1", "not whole", TRUE},
    {"UPDATE spectra SET record = replace (record, '\"binding\"', '\"sideways\"') WHERE id = 1", "not whole",
     TRUE},
    {"UPDATE spectra SET record = replace (record, '\"link\":0', '\"link\":2') WHERE id = 3", "not whole",
     TRUE},
    {"UPDATE spectra SET record = replace (record, '\"link\":0', '\"link\":9999999999') WHERE id = 3",
     "not whole", TRUE},
    {"UPDATE spectra SET record = replace (record, '\"columns\":[{', '\"columns\":[{},{') WHERE id = 3",
     "not whole", TRUE},
    {"UPDATE spectra SET record = replace (record, '\"columns\":[{', '\"columns\":[{\"role\":\"other\"},{') "
     "WHERE id = 3",
     "columns", TRUE},
    {"UPDATE spectra SET record = replace (record, '\"base64\":\"', '\"base64\":\"AAAA') WHERE id = 3",
     "not whole", TRUE},
};

static void
test_attacks (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "b.corelevel", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++) {
    g_autoptr (GError) error = NULL;
    sqlite3 *db = NULL;
    g_assert_true (g_file_set_contents (path, (char *)self->bytes, (gssize)self->size, NULL));
    g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
    run_sql (db, attacks[i].sql);
    if (attacks[i].mend)
      mend_digests (db);
    sqlite3_close (db);
    g_autoptr (XpsProject) project = xps_project_open (path, &error);
    if (project != NULL || strstr (error->message, attacks[i].says) == NULL)
      g_error ("%s: %s", attacks[i].sql, project != NULL ? "opened" : error->message);
    g_assert_error (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_FORMAT);
    g_assert_true (g_str_has_prefix (error->message, path));
    g_assert_null (strchr (error->message, '\n'));
  }
}

static void
test_not_projects (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "c", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (xps_project_open (path, &error)); /* not there */
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (xps_project_open (self->folder, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "VAMAS Surface Chemical Analysis", -1, NULL));
  g_assert_null (xps_project_open (path, &error));
  g_assert_error (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_FORMAT);
  g_assert_true (g_str_has_suffix (error->message,
                                   "is not a Corelevel project: open a project, or add the file as data"));
  g_assert_cmpuint (fixture_count (self->folder), ==, 2); /* no lock stays behind */
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Fixture *self, gconstpointer unused);
  } tests[] = {
      {"/damage/whole", test_whole},     {"/damage/cut", test_cut},
      {"/damage/flipped", test_flipped}, {"/damage/pages", test_pages},
      {"/damage/attacks", test_attacks}, {"/damage/not-projects", test_not_projects},
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
