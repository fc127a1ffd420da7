/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/specs-sle.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <zlib.h>

#include "base/text.h"
#include "base/error.h"
#include "base/number.h"
#include "formats/rows.h"
#include "formats/specs-xml.h"

/* Measurement files of SPECS Prodigy: an SQLite database. NOT VERIFIED ON A REAL FILE: none was at hand. What
 * is read is what the reader of pynxtools-xps asks such files for (names of tables and columns, the XML of
 * the schedule, rates as float32 or float64, packed with zlib or not), tried on a database made after it.
 * Beyond that nobody has checked: files of several energy channels (their alignment, by shift times pass
 * energy as in SpecsLab2's XML, and that only energies which all channels saw are kept), the order of
 * channels in a row, the meaning of TransmissionData, schemas other than version 1 and 4, extension channels
 * and device protocols (left out). A rate over several scans is their mean.
 *
 * A database is a hostile input: it is opened in memory, read-only, without triggers, views, extensions,
 * attached files or functions that do more than compute, with limits to its sizes and to the work it may
 * make. */

#define HEADER     100
#define MOST_STEPS 2000 /* of the progress handler */
#define STEP       100000
#define MOST_CELLS (1u << 26)

typedef struct {
  XpsFile *file;
  sqlite3 *db;
  guint8 *image; /* of the database, borrowed by db */
  XpsMemoryBudget budget;
  GPtrArray *schedule; /* XpsSleSpectrum */
  GPtrArray *regions;  /* XpsSpecsRegion */
  GArray *shifts;      /* double */
  guint steps, n_bad;
  GError **error;
} Reader;

static int
score_sle (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  return head_length >= HEADER && memcmp (head, "SQLite format 3", 16) == 0 ? 50 : 0;
}

static gboolean
fail (Reader *self, XpsFormatsError code, const char *place, const char *what, const char *remedy)
{
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

static gboolean
fail_database (Reader *self, const char *table)
{
  g_autofree char *what = g_strdup (sqlite3_errmsg (self->db));
  g_strdelimit (what, "\n\r", ' ');
  return fail (self, XPS_FORMATS_ERROR_MALFORMED, table, what, N_ ("export the spectra as VAMAS or .xy"));
}

/* ---- a database that is not trusted ---- */

static int
count_step (void *data)
{
  Reader *self = data;
  return ++self->steps > MOST_STEPS;
}

/* Reading tables is all that is allowed. */
static int
authorize (void *data, int action, const char *a, const char *b, const char *c, const char *d)
{
  return action == SQLITE_SELECT || action == SQLITE_READ ? SQLITE_OK : SQLITE_DENY;
}

static void
harden (Reader *self, gsize size)
{
  static const struct {
    int option, value;
  } switches[] = {
      {SQLITE_DBCONFIG_DEFENSIVE, 1},       {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
      {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},  {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
      {SQLITE_DBCONFIG_ENABLE_FKEY, 0},     {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
      {SQLITE_DBCONFIG_DQS_DML, 0},         {SQLITE_DBCONFIG_DQS_DDL, 0},
      {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
  };
  static const struct {
    int limit, value;
  } limits[] = {
      {SQLITE_LIMIT_ATTACHED, 0},        {SQLITE_LIMIT_COLUMN, 200},       {SQLITE_LIMIT_EXPR_DEPTH, 20},
      {SQLITE_LIMIT_COMPOUND_SELECT, 2}, {SQLITE_LIMIT_VDBE_OP, 10000},    {SQLITE_LIMIT_FUNCTION_ARG, 8},
      {SQLITE_LIMIT_TRIGGER_DEPTH, 1},   {SQLITE_LIMIT_WORKER_THREADS, 0}, {SQLITE_LIMIT_SQL_LENGTH, 100000},
  };

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    sqlite3_db_config (self->db, switches[i].option, switches[i].value, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (self->db, limits[i].limit, limits[i].value);
  /* no value is longer than the file; the schema's texts must still fit */
  sqlite3_limit (self->db, SQLITE_LIMIT_LENGTH, (int)CLAMP (size, (gsize)1 << 17, (gsize)1 << 30));
  sqlite3_exec (self->db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY",
                NULL, NULL, NULL);
  sqlite3_progress_handler (self->db, STEP, count_step, self);
  sqlite3_set_authorizer (self->db, authorize, NULL);
}

static gboolean
open_database (Reader *self, GBytes *bytes)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size < HEADER)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, NULL, N_ ("the database is cut off"),
                 N_ ("copy the file again"));
  self->image = xps_memory_try_array (&self->budget, size, 1);
  if (self->image == NULL ||
      sqlite3_open_v2 (":memory:", &self->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, NULL, N_ ("no memory to open the database"), NULL);
  memcpy (self->image, data, size);
  /* A log beside the file has been left behind with it; what is in the file can be read without. Source:
   * SQLite, "Database File Format", bytes 18 and 19. */
  self->image[18] = self->image[19] = 1;
  if (sqlite3_deserialize (self->db, "main", self->image, (sqlite3_int64)size, (sqlite3_int64)size,
                           SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
    return fail_database (self, NULL);
  harden (self, size);
  return TRUE;
}

/* ---- questions ---- */

static sqlite3_stmt *
prepare (Reader *self, const char *sql, sqlite3_int64 key)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    return NULL;
  if (sqlite3_bind_parameter_count (statement) > 0)
    sqlite3_bind_int64 (statement, 1, key);
  return statement;
}

static char *
dup_column (sqlite3_stmt *row, int column)
{
  const char *text = (const char *)sqlite3_column_text (row, column);
  return text != NULL ? g_utf8_make_valid (text, sqlite3_column_bytes (row, column)) : NULL;
}

static double
get_column (sqlite3_stmt *row, int column)
{
  const double value =
      sqlite3_column_type (row, column) == SQLITE_NULL ? (double)NAN : sqlite3_column_double (row, column);
  return isfinite (value) ? value : (double)NAN;
}

/* Value of a key of the table Configuration, or NULL. */
static char *
dup_setting (Reader *self, const char *key)
{
  sqlite3_stmt *row = prepare (self, "SELECT Value FROM Configuration WHERE Key = ?1", 0);
  char *value = NULL;

  if (row == NULL)
    return NULL;
  sqlite3_bind_text (row, 1, key, -1, SQLITE_STATIC);
  if (sqlite3_step (row) == SQLITE_ROW &&
      xps_memory_take (&self->budget, 2 * (gsize)sqlite3_column_bytes (row, 0)))
    value = dup_column (row, 0);
  sqlite3_finalize (row);
  return value;
}

static gboolean
read_configuration (Reader *self)
{
  sqlite3_stmt *probe = prepare (self, "SELECT Key, Value FROM Configuration LIMIT 1", 0);
  g_autofree char *problem = NULL;

  if (probe == NULL)
    return fail (self, XPS_FORMATS_ERROR_UNKNOWN, "table Configuration",
                 N_ ("an SQLite database that is no SPECS .sle file"), NULL);
  sqlite3_finalize (probe);
  g_autofree char *version = dup_setting (self, "Version"), *program = dup_setting (self, "AppVersion");
  g_autofree char *schedule = dup_setting (self, "Schedule");
  self->file->software = xps_text_printf ("SPECS Prodigy %s (schema %s)", program != NULL ? program : "?",
                                          version != NULL ? version : "?");
  if (version == NULL || (!g_str_has_prefix (version, "1.") && !g_str_has_prefix (version, "4.")))
    g_ptr_array_add (
        self->file->warnings,
        xps_text_printf (_ ("table Configuration: version %s of the format is not known: read like 4"),
                         version != NULL ? version : "(none)"));
  if (schedule == NULL ||
      !xps_sle_read_schedule (schedule, strlen (schedule), &self->budget, self->schedule, &problem))
    g_ptr_array_add (
        self->file->warnings,
        xps_text_printf (
            _ ("table Configuration: the schedule cannot be read (%s): names and settings are missing"),
            problem != NULL ? problem : "none"));
  return TRUE;
}

/* The shifts of the detector's channels stand with some node of the measurement. */
static void
read_shifts (Reader *self)
{
  sqlite3_stmt *row = prepare (self, "SELECT Data FROM NodeData", 0);

  while (row != NULL && self->shifts->len == 0 && sqlite3_step (row) == SQLITE_ROW) {
    const char *text = (const char *)sqlite3_column_text (row, 0);
    if (text != NULL)
      xps_sle_read_shifts (text, (gsize)sqlite3_column_bytes (row, 0), self->shifts);
  }
  sqlite3_finalize (row);
}

static const XpsSleSpectrum *
find_scheduled (Reader *self, sqlite3_int64 node, const char *otherwise)
{
  sqlite3_stmt *row = prepare (self, "SELECT InternalID FROM NodeMapping WHERE Node = ?1", node);
  g_autofree char *id =
      row != NULL && sqlite3_step (row) == SQLITE_ROW ? dup_column (row, 0) : g_strdup (otherwise);

  sqlite3_finalize (row);
  for (guint i = 0; i < self->schedule->len; i++) {
    const XpsSleSpectrum *spectrum = g_ptr_array_index (self->schedule, i);
    if (id != NULL && g_strcmp0 (spectrum->id, id) == 0)
      return spectrum;
  }
  return NULL;
}

/* ---- numbers ---- */

/* Inflated where it is a zlib stream of that size. NULL: neither. */
static const guint8 *
unpack (Reader *self, const guint8 *blob, gsize length, gsize n, guint *width, guint8 **owned)
{
  *width = length == 8 * n ? 8 : 4;
  if (length == 4 * n || length == 8 * n)
    return blob;
  for (*width = 4; *width <= 8; *width += 4) {
    uLongf size = (uLongf)(n * *width);
    /* zlib makes at most 1032 bytes of one */
    if (size / 1032 > length)
      continue;
    *owned = xps_memory_try_array (&self->budget, size, 1);
    if (*owned != NULL && uncompress (*owned, &size, blob, (uLong)length) == Z_OK && size == n * *width)
      return *owned;
    g_clear_pointer (owned, g_free);
  }
  return NULL;
}

static double
get_number (const guint8 *data, guint width)
{
  guint64 bits = 0;
  float single = 0;
  double value = 0;

  for (guint i = width; i-- > 0;)
    bits = bits << 8 | data[i];
  if (width == 8) {
    memcpy (&value, &bits, sizeof value);
    return value;
  }
  const guint32 half = (guint32)bits;
  memcpy (&single, &half, sizeof single);
  return (double)single;
}

static gboolean
read_blob (Reader *self, sqlite3_stmt *row, int column, gsize n, GArray *out)
{
  const guint8 *blob = sqlite3_column_blob (row, column);
  const gsize length = (gsize)sqlite3_column_bytes (row, column);
  g_autofree guint8 *owned = NULL;
  guint width = 0;

  if (blob == NULL || n == 0 || n > MOST_CELLS)
    return FALSE;
  const guint8 *data = unpack (self, blob, length, n, &width, &owned);
  if (data == NULL || !xps_memory_take (&self->budget, n * sizeof (double)))
    return FALSE;
  g_array_set_size (out, (guint)n);
  for (gsize i = 0; i < n; i++)
    g_array_index (out, double, i) = get_number (data + i * width, width);
  return TRUE;
}

/* "Loop=3u", "Scan [Idx] =0u" */
static guint
find_loop (const char *trace)
{
  const char *loop = trace != NULL ? strstr (trace, "Loop") : NULL;
  const char *equals = loop != NULL ? strchr (loop, '=') : NULL;
  const guint64 value = equals != NULL ? g_ascii_strtoull (equals + 1, NULL, 10) : 0;

  return (guint)MIN (value, (guint64)G_MAXUINT);
}

static void
read_scans (Reader *self, sqlite3_int64 node, XpsSpecsRegion *region)
{
  sqlite3_stmt *row =
      prepare (self,
               "SELECT r.Trace, c.Data FROM RawData AS r, CountRateData AS c WHERE r.Node = ?1 "
               "AND c.RawId = r.RawId ORDER BY r.RawId",
               node);
  const double n = region->n_values * (double)region->detectors->len;

  while (row != NULL && sqlite3_step (row) == SQLITE_ROW) {
    g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
    if (!(n >= 1 && n <= MOST_CELLS) || !xps_memory_take (&self->budget, 256) ||
        !read_blob (self, row, 1, (gsize)n, values)) {
      self->n_bad++;
      continue;
    }
    XpsSpecsScan *scan =
        xps_specs_region_add_scan (region, find_loop ((const char *)sqlite3_column_text (row, 0)));
    g_array_unref (scan->counts);
    scan->counts = g_steal_pointer (&values);
  }
  if (row == NULL || self->steps > MOST_STEPS)
    self->n_bad++;
  sqlite3_finalize (row);
}

/* ---- spectra ---- */

static void
add_detectors (Reader *self, XpsSpecsRegion *region, double n_channels)
{
  const gboolean known = self->shifts->len == n_channels;

  for (guint i = 0; n_channels >= 1 && n_channels <= 4096 && i < (guint)n_channels; i++) {
    const XpsSpecsDetector detector = {.shift = known ? g_array_index (self->shifts, double, i) : 0,
                                       .gain = 1};
    g_array_append_val (region->detectors, detector);
  }
  if (n_channels > 1)
    g_ptr_array_add (
        self->file->warnings,
        xps_text_printf (_ ("region \"%s\": %g channels are %s: this has not been checked on a real file"),
                         region->name != NULL ? region->name : "", n_channels,
                         known ? _ ("aligned by their shifts") : _ ("added as they stand")));
}

static void
fill_region (XpsSpecsRegion *region, const XpsSleSpectrum *scheduled, sqlite3_stmt *row)
{
  g_autofree char *date = dup_column (row, 8);

  if (scheduled != NULL) {
    region->name = g_strdup (scheduled->name);
    region->group = g_strdup (scheduled->group);
    xps_acquisition_free (region->record);
    region->record = xps_acquisition_copy (scheduled->record);
  }
  const char *mode = region->record->analyser_mode;
  region->rates = TRUE;
  region->fixed_transmission = mode == NULL || strcmp (mode, "FixedAnalyzerTransmission") == 0;
  region->n_values = get_column (row, 3);
  region->kinetic = get_column (row, 4);
  region->delta = get_column (row, 5);
  region->pass_energy = get_column (row, 6);
  if (isnan (region->record->pass_energy) && region->fixed_transmission)
    region->record->pass_energy = region->pass_energy;
  region->record->work_function = get_column (row, 7);
  if (date != NULL)
    xps_acquisition_add_key (region->record, "Timestamp", date);
}

static gboolean
read_spectra (Reader *self)
{
  sqlite3_stmt *row = prepare (self,
                               "SELECT Node, EnergyChns, NonEnergyChns, Samples, Ekin, Step, EpassOrRR, WF, "
                               "Timestamp, SpectrumID, TransmissionData FROM Spectrum ORDER BY Node",
                               0);
  int result = SQLITE_ERROR;

  if (row == NULL)
    return fail_database (self, "table Spectrum");
  while ((result = sqlite3_step (row)) == SQLITE_ROW) {
    const sqlite3_int64 node = sqlite3_column_int64 (row, 0);
    g_autofree char *id = dup_column (row, 9);
    if (!xps_memory_take (&self->budget, 4096))
      break;
    XpsSpecsRegion *region = xps_specs_region_new ();
    g_ptr_array_add (self->regions, region);
    fill_region (region, find_scheduled (self, node, id), row);
    if (region->name == NULL)
      region->name = g_steal_pointer (&id);
    add_detectors (self, region, get_column (row, 1) * get_column (row, 2));
    if (region->n_values >= 1 && region->n_values <= MOST_CELLS)
      read_blob (self, row, 10, (gsize)region->n_values, region->transmission);
    read_scans (self, node, region);
  }
  const gboolean done =
      result == SQLITE_DONE || result == SQLITE_ROW || fail_database (self, "table Spectrum");
  sqlite3_finalize (row);
  return done;
}

static gboolean
finish (Reader *self)
{
  XpsFile *file = self->file;

  if (self->n_bad > 0)
    g_ptr_array_add (
        file->warnings,
        xps_text_printf (
            _ ("table CountRateData: %u scans are not of the size that their spectrum says and are left out"),
            self->n_bad));
  g_ptr_array_add (
      file->notes,
      g_strdup (_ ("SPECS .sle: this reader has not been tried on a real file; compare with an export")));
  xps_specs_regions_add_spectra (self->regions, &self->budget, file);
  if (file->spectra->len > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_EMPTY, NULL, N_ ("no spectrum with measured rates in the file"),
               N_ ("export the spectra as VAMAS or .xy"));
}

static gboolean
read_sle (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file, .error = error};
  gboolean done = FALSE;

  xps_read_options_init_budget (options, g_bytes_get_size (bytes), &self.budget);
  self.schedule = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_sle_spectrum_free);
  self.regions = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_specs_region_free);
  self.shifts = g_array_new (FALSE, FALSE, sizeof (double));
  if (open_database (&self, bytes) && read_configuration (&self)) {
    read_shifts (&self);
    done = read_spectra (&self) && finish (&self);
  }
  sqlite3_close (self.db);
  g_free (self.image);
  g_ptr_array_unref (self.schedule);
  g_ptr_array_unref (self.regions);
  g_array_unref (self.shifts);
  return done;
}

static const char *const suffixes[] = {"sle", NULL};

const XpsFormat xps_format_specs_sle = {
    .id = "specs-sle",
    .title = "SPECS Prodigy (.sle)",
    .suffixes = suffixes,
    .score = score_sle,
    .read = read_sle,
};
