/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "fit/model-index.h"
#include "project/database.h"
#include "project/spectrum-json.h"
#include "project/state-private.h"
#include "project/store.h"

/* Nothing of a file is believed: each value has the type, the size and the range that the next step needs,
 * and what it names is there. */

typedef struct {
  XpsStore *store;
  XpsState *draft;
  GHashTable *spectra; /* row -> XpsSpectrum (owned) */
  GHashTable *sources; /* row -> XpsSource (owned) */
  GHashTable *samples; /* id -> rank + 1 */
  GHashTable *region_ids;
  GPtrArray *links;   /* XpsPhaseLink */
  GPtrArray *series;  /* XpsSeriesEntry */
  GPtrArray *regions; /* XpsRegion (owned) in the order of their ids */
  GHashTable *places; /* XpsRegion -> position */
  GHashTable *counts; /* key -> number, of meta */
  guint n_results;
  GStrvBuilder *history;
  guint n_history;
  GError *reason; /* of a value that is read elsewhere */
} Reader;

/* ---- values ---- */

/* NULL is no text; where it may not be, FALSE. Paths of files are bytes, all else is shown to people. */
static gboolean
get_text (sqlite3_stmt *row, int column, gboolean needed, gboolean bytes, char **text)
{
  *text = NULL;
  if (sqlite3_column_type (row, column) == SQLITE_NULL)
    return !needed;
  if (sqlite3_column_type (row, column) != SQLITE_TEXT)
    return FALSE;
  const char *found = (const char *)sqlite3_column_text (row, column);
  const int length = sqlite3_column_bytes (row, column);
  if (found == NULL || strlen (found) != (gsize)length || (!bytes && !g_utf8_validate (found, length, NULL)))
    return FALSE;
  *text = g_strdup (found);
  return TRUE;
}

static gboolean
get_number (sqlite3_stmt *row, int column, double *number)
{
  const int type = sqlite3_column_type (row, column);
  *number = type == SQLITE_NULL ? (double)NAN : sqlite3_column_double (row, column);
  return type == SQLITE_NULL || ((type == SQLITE_FLOAT || type == SQLITE_INTEGER) && isfinite (*number));
}

/* From `least` on; ids fit into 31 bits with room for further ones. */
static gboolean
get_integer (sqlite3_stmt *row, int column, guint least, guint *number)
{
  const gint64 found = sqlite3_column_int64 (row, column);
  *number = (guint)CLAMP (found, 0, G_MAXINT32);
  return sqlite3_column_type (row, column) == SQLITE_INTEGER && found >= least && found < G_MAXINT32;
}

static gpointer
find (GHashTable *table, guint key)
{
  return g_hash_table_lookup (table, GUINT_TO_POINTER (key));
}

/* ---- rows: NULL, or what is wrong with it ---- */

typedef const char *(*ReadRow) (Reader *self, sqlite3_stmt *row);

static const char *
read_meta (Reader *self, sqlite3_stmt *row)
{
  g_autofree char *key = NULL;
  guint number;
  if (!get_text (row, 0, TRUE, FALSE, &key))
    return "a key is not text";
  if (sqlite3_column_type (row, 1) == SQLITE_TEXT || sqlite3_column_type (row, 1) == SQLITE_NULL)
    return NULL; /* a note */
  if (!get_integer (row, 1, 0, &number))
    return "a count is not a whole number";
  g_hash_table_insert (self->counts, g_steal_pointer (&key), GUINT_TO_POINTER (number));
  return NULL;
}

static const char *
read_source (Reader *self, sqlite3_stmt *row)
{
  g_autofree char *path = NULL, *sha256 = NULL, *format = NULL, *software = NULL, *instrument = NULL,
                  *imported = NULL;
  guint id, index;
  if (!get_integer (row, 0, 1, &id) || !get_text (row, 1, FALSE, TRUE, &path) ||
      !get_text (row, 2, FALSE, FALSE, &sha256) || !get_text (row, 3, FALSE, FALSE, &format) ||
      !get_text (row, 4, FALSE, FALSE, &software) || !get_text (row, 5, FALSE, FALSE, &instrument) ||
      !get_integer (row, 6, 0, &index) || !get_text (row, 7, FALSE, FALSE, &imported))
    return "a value has another type than it should";
  XpsSource *source = xps_source_new_texts (path, sha256, format, software, instrument, index, imported);
  g_hash_table_insert (self->sources, GUINT_TO_POINTER (id), source);
  g_hash_table_insert (self->store->sources, xps_source_ref (source), GUINT_TO_POINTER (id));
  self->store->next_source = MAX (self->store->next_source, id + 1);
  return NULL;
}

/* An array in the file's byte order; NULL where the blob has another size. */
static double *
get_array (sqlite3_stmt *row, int column, gsize n)
{
  const gsize size = n * sizeof (double);
  const void *bytes = sqlite3_column_blob (row, column);
  if (sqlite3_column_type (row, column) != SQLITE_BLOB || bytes == NULL ||
      (gsize)sqlite3_column_bytes (row, column) != size)
    return NULL;
  double *values = g_memdup2 (bytes, size);
  for (gsize i = 0; i < n && G_BYTE_ORDER != G_LITTLE_ENDIAN; i++) {
    guint64 word;
    memcpy (&word, &values[i], sizeof word);
    word = GUINT64_FROM_LE (word);
    memcpy (&values[i], &word, sizeof word);
  }
  return values;
}

static gboolean
is_finite (const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return FALSE;
  return TRUE;
}

static const char *
fill_columns (XpsSpectrumDraft *draft, sqlite3_stmt *row)
{
  const guint n_columns = draft->columns->len;
  if (n_columns == 0)
    return sqlite3_column_bytes (row, 4) == 0 ? NULL : "there are more columns than their description says";
  if (draft->n > G_MAXINT32 / sizeof (double) / n_columns)
    return "it has more points than a file can hold";
  g_autofree double *all = get_array (row, 4, draft->n * n_columns);
  if (all == NULL)
    return "its columns do not have the number of points it says";
  for (guint i = 0; i < n_columns; i++)
    ((XpsColumn *)g_ptr_array_index (draft->columns, i))->values =
        g_memdup2 (all + i * draft->n, draft->n * sizeof (double));
  return NULL;
}

static const char *
fill_spectrum (XpsSpectrumDraft *draft, sqlite3_stmt *row, const char *record)
{
  const char *what = NULL;
  guint n;
  if (!get_integer (row, 1, 1, &n) || n > G_MAXINT32 / sizeof (double))
    return "its number of points is not one";
  draft->n = n;
  draft->energy = get_array (row, 2, n);
  draft->intensity = get_array (row, 3, n);
  if (draft->energy == NULL || draft->intensity == NULL)
    return "its arrays do not have the number of points it says";
  if (!is_finite (draft->energy, n) || !is_finite (draft->intensity, n))
    return "an energy or intensity is not a number";
  return xps_spectrum_read_record (record, draft, &what) ? fill_columns (draft, row) : what;
}

static gboolean
has_digest (sqlite3_stmt *row, const char *record, const char *digest)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  for (int column = 2; column <= 4; column++)
    g_checksum_update (checksum, sqlite3_column_blob (row, column), sqlite3_column_bytes (row, column));
  g_checksum_update (checksum, (const guchar *)record, -1);
  return g_strcmp0 (g_checksum_get_string (checksum), digest) == 0;
}

static const char *
read_spectrum (Reader *self, sqlite3_stmt *row)
{
  g_autofree char *record = NULL, *digest = NULL;
  XpsSpectrumDraft draft = {0};
  guint id;
  if (!get_integer (row, 0, 1, &id) || !get_text (row, 5, TRUE, FALSE, &record) ||
      !get_text (row, 6, TRUE, FALSE, &digest))
    return "a value has another type than it should";
  if (!has_digest (row, record, digest))
    return "measured data are not what was written";
  const char *what = fill_spectrum (&draft, row, record);
  if (what != NULL) {
    xps_spectrum_draft_clear (&draft);
    return what;
  }
  XpsSpectrum *spectrum = xps_spectrum_new (&draft);
  g_hash_table_insert (self->spectra, GUINT_TO_POINTER (id), spectrum);
  g_hash_table_insert (self->store->spectra, xps_spectrum_ref (spectrum), GUINT_TO_POINTER (id));
  g_hash_table_insert (self->store->digests, g_steal_pointer (&digest), GUINT_TO_POINTER (id));
  self->store->next_spectrum = MAX (self->store->next_spectrum, id + 1);
  return NULL;
}

static const char *
read_sample (Reader *self, sqlite3_stmt *row)
{
  g_autofree char *name = NULL, *notes = NULL;
  guint id;
  if (!get_integer (row, 0, 1, &id) || !get_text (row, 1, TRUE, FALSE, &name) ||
      !get_text (row, 2, TRUE, FALSE, &notes))
    return "a value has another type than it should";
  xps_state_put_sample (self->draft, id, name, notes);
  g_hash_table_insert (self->samples, GUINT_TO_POINTER (id),
                       GUINT_TO_POINTER (xps_state_get_n_samples (self->draft)));
  return NULL;
}

/* ---- regions ---- */

/* Linked values are not in the file: they follow from the others. A model that is not sound yet (a role that
 * still waits for its parameter) is left as it is. */
static void
resolve_links (XpsModel *model)
{
  g_autoptr (XpsModelIndex) index = xps_model_check (model, NULL);
  if (index == NULL)
    return;
  g_autofree double *values = g_new (double, model->parameters->len + 1);
  for (guint i = 0; i < model->parameters->len; i++)
    values[i] = ((const XpsParameter *)g_ptr_array_index (model->parameters, i))->value;
  xps_model_resolve_links (model, index, values);
  for (guint i = 0; i < model->parameters->len; i++)
    ((XpsParameter *)g_ptr_array_index (model->parameters, i))->value = values[i];
}

static const char *
read_model (Reader *self, XpsRegion *region, const char *text)
{
  g_autoptr (JsonNode) node = xps_json_read ("its model", text, &self->reason);
  g_autoptr (XpsModel) model = node != NULL ? xps_model_from_json (node, "its model", &self->reason) : NULL;
  if (model == NULL)
    return self->reason->message;
  if (model->parts->len != 1)
    return "its model is of several spectra";
  resolve_links (model);
  xps_model_free (region->model);
  region->model = g_steal_pointer (&model);
  return NULL;
}

static const char *
read_result (Reader *self, XpsRegion *region, const char *text)
{
  if (text == NULL)
    return NULL;
  self->n_results++;
  region->record = xps_fit_record_from_text (text, "its result", &self->reason);
  return region->record != NULL ? NULL : self->reason->message;
}

static gboolean
read_region_texts (XpsRegion *region, sqlite3_stmt *row)
{
  g_autofree char *kind = NULL, *weights = NULL;
  g_free (g_steal_pointer (&region->name));
  g_free (g_steal_pointer (&region->notes));
  return get_text (row, 5, TRUE, FALSE, &region->name) && get_text (row, 6, TRUE, FALSE, &kind) &&
         xps_region_kind_from_text (kind, &region->kind) && get_text (row, 7, TRUE, FALSE, &weights) &&
         xps_weights_from_text (weights, &region->weights) &&
         get_text (row, 11, FALSE, FALSE, &region->scale_note) &&
         get_text (row, 15, TRUE, FALSE, &region->notes) && get_text (row, 16, FALSE, FALSE, &region->view);
}

static gboolean
read_scales (XpsRegion *region, sqlite3_stmt *row)
{
  return get_number (row, 8, &region->scale.photon_energy) &&
         get_number (row, 9, &region->scale.work_function) && get_number (row, 10, &region->scale.shift) &&
         get_number (row, 12, &region->fitted_scale.photon_energy) &&
         get_number (row, 13, &region->fitted_scale.work_function) &&
         get_number (row, 14, &region->fitted_scale.shift);
}

static const char *
read_region (Reader *self, sqlite3_stmt *row)
{
  g_autofree char *model = NULL, *result = NULL;
  guint id, position, sample, spectrum, source;
  if (!get_integer (row, 0, 1, &id) || !get_integer (row, 1, 0, &position) ||
      !get_integer (row, 2, 1, &sample) || !get_integer (row, 3, 1, &spectrum) ||
      !get_integer (row, 4, 0, &source) || !get_text (row, 17, TRUE, FALSE, &model) ||
      !get_text (row, 18, FALSE, FALSE, &result))
    return "a value has another type than it should";
  if (find (self->spectra, spectrum) == NULL || find (self->samples, sample) == NULL ||
      (source != 0 && find (self->sources, source) == NULL))
    return "its sample, spectrum or source is not there";
  XpsRegion *region = xps_region_new (find (self->spectra, spectrum), find (self->sources, source));
  region->id = id;
  region->sample = sample;
  g_ptr_array_add (self->regions, region);
  g_hash_table_insert (self->places, region, GUINT_TO_POINTER (position));
  g_hash_table_add (self->region_ids, GUINT_TO_POINTER (id));
  if (!read_region_texts (region, row) || !read_scales (region, row))
    return "a value is not one that it can have";
  const char *what = read_model (self, region, model);
  return what != NULL ? what : read_result (self, region, result);
}

static const char *
read_history (Reader *self, sqlite3_stmt *row)
{
  g_autofree char *entry = NULL;
  if (!get_text (row, 0, TRUE, FALSE, &entry))
    return "an entry is not text";
  g_strv_builder_add (self->history, entry);
  self->n_history++;
  return NULL;
}

static const char *
read_link (Reader *self, sqlite3_stmt *row)
{
  g_autofree char *text = NULL;
  XpsPhaseLink *link = get_text (row, 0, TRUE, FALSE, &text) ? xps_phase_link_from_text (text, NULL) : NULL;
  if (link == NULL)
    return "it is no link between areas";
  g_ptr_array_add (self->links, link);
  for (guint i = 0; i < link->areas->len; i++) {
    const XpsLinkedArea *area = g_ptr_array_index (link->areas, i);
    if (!g_hash_table_contains (self->region_ids, GUINT_TO_POINTER (area->region)))
      return "a region that it names is not there";
  }
  return NULL;
}

static const char *
read_series (Reader *self, sqlite3_stmt *row)
{
  g_autofree char *name = NULL, *setup = NULL, *result = NULL;
  guint id;
  if (!get_integer (row, 0, 1, &id) || !get_text (row, 1, TRUE, FALSE, &name) ||
      !get_text (row, 2, TRUE, FALSE, &setup) || !get_text (row, 3, FALSE, FALSE, &result))
    return "a value has another type than it should";
  g_ptr_array_add (self->series, xps_series_entry_new (id, name, setup, result));
  return NULL;
}

static const struct {
  const char *table, *sql;
  ReadRow read;
} tables[] = {
    {"meta", "SELECT key, value FROM meta", read_meta},
    {"sources", "SELECT * FROM sources", read_source},
    {"spectra", "SELECT * FROM spectra", read_spectrum},
    {"samples", "SELECT id, name, notes FROM samples ORDER BY position", read_sample},
    {"regions",
     "SELECT regions.*, models.json, results.json FROM regions "
     "LEFT JOIN models ON models.region = regions.id LEFT JOIN results ON results.region = regions.id",
     read_region},
    {"history", "SELECT entry FROM history ORDER BY id", read_history},
    {"phase_links", "SELECT json FROM phase_links ORDER BY id", read_link},
    {"series", "SELECT id, name, setup, result FROM series ORDER BY position", read_series},
};

static gboolean
read_table (Reader *self, guint t, GError **error)
{
  sqlite3_stmt *row = NULL;
  const char *what = NULL;
  guint n = 0;
  int code = sqlite3_prepare_v2 (self->store->db, tables[t].sql, -1, &row, NULL);
  while (code == SQLITE_OK && what == NULL && sqlite3_step (row) == SQLITE_ROW) {
    n++;
    what = tables[t].read (self, row);
  }
  const int end = sqlite3_finalize (row); /* the failure of the last step, if it was one */
  if (code == SQLITE_OK && end != SQLITE_OK)
    code = end;
  if (code == SQLITE_OK && what == NULL)
    return TRUE;
  g_autofree char *place = g_strdup_printf ("%s, row %u", tables[t].table, n);
  return xps_store_fail_damaged (error, self->store->file, place,
                                 what != NULL ? what : sqlite3_errstr (code));
}

/* ---- the whole ---- */

static gint
compare_positions (gconstpointer a, gconstpointer b, gpointer places)
{
  const guint first = GPOINTER_TO_UINT (g_hash_table_lookup (places, *(const gpointer *)a));
  const guint second = GPOINTER_TO_UINT (g_hash_table_lookup (places, *(const gpointer *)b));
  return (first > second) - (first < second);
}

/* Into the draft in their order, which goes sample by sample. */
static gboolean
order_regions (Reader *self)
{
  guint last = 0;
  g_ptr_array_sort_with_data (self->regions, compare_positions, self->places);
  for (guint i = 0; i < self->regions->len; i++) {
    const XpsRegion *region = g_ptr_array_index (self->regions, i);
    const guint rank = GPOINTER_TO_UINT (find (self->samples, region->sample));
    if (rank < last || GPOINTER_TO_UINT (g_hash_table_lookup (self->places, region)) != i)
      return FALSE;
    last = rank;
    xps_state_put_region (self->draft, xps_region_ref (region));
  }
  return TRUE;
}

static guint
get_count (const Reader *self, const char *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, key));
}

static gboolean
counts_agree (const Reader *self)
{
  return get_count (self, "n_samples") == xps_state_get_n_samples (self->draft) &&
         get_count (self, "n_regions") == self->regions->len &&
         get_count (self, "n_results") == self->n_results &&
         get_count (self, "n_links") == self->links->len &&
         get_count (self, "n_series") == self->series->len &&
         get_count (self, "n_spectra") == g_hash_table_size (self->spectra) &&
         get_count (self, "n_sources") == g_hash_table_size (self->sources) &&
         get_count (self, "n_history") == self->n_history;
}

static gboolean
read_tables (Reader *self, GError **error)
{
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    if (!read_table (self, t, error))
      return FALSE;
  if (!order_regions (self))
    return xps_store_fail_damaged (error, self->store->file, "regions", N_ ("their order is not one"));
  if (!counts_agree (self))
    return xps_store_fail_damaged (error, self->store->file, NULL, N_ ("rows are missing, or are too many"));
  xps_state_put_links (self->draft, g_ptr_array_ref (self->links));
  xps_phase_links_settle (self->draft);
  xps_state_put_series (self->draft, g_ptr_array_ref (self->series));
  g_autofree char *log = xps_store_dup_note (self->store, XPS_STORE_NOTE_READING_LOG);
  xps_state_put_reading_log (self->draft, log);
  xps_state_set_next (self->draft, get_count (self, "next_sample"), get_count (self, "next_region"));
  return TRUE;
}

XpsState *
xps_store_read (XpsStore *self, GStrv *history, GError **error)
{
  Reader reader = {
      .store = self,
      .draft = xps_state_begin (NULL),
      .spectra = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)xps_spectrum_unref),
      .sources = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)xps_source_unref),
      .samples = g_hash_table_new (NULL, NULL),
      .regions = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref),
      .places = g_hash_table_new (NULL, NULL),
      .region_ids = g_hash_table_new (NULL, NULL),
      .links = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_phase_link_unref),
      .series = g_ptr_array_new_with_free_func (xps_series_entry_unref),
      .counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
      .history = g_strv_builder_new (),
  };
  const gboolean good = read_tables (&reader, error);
  XpsState *state = xps_state_end (reader.draft);
  if (good) {
    g_strfreev (self->history);
    self->history = g_strv_builder_end (reader.history);
    xps_state_unref (self->written);
    self->written = xps_state_ref (state);
    if (history != NULL)
      *history = g_strdupv (self->history);
  } else
    g_clear_pointer (&state, xps_state_unref);
  g_hash_table_unref (reader.spectra);
  g_hash_table_unref (reader.sources);
  g_hash_table_unref (reader.samples);
  g_ptr_array_unref (reader.regions);
  g_hash_table_unref (reader.places);
  g_hash_table_unref (reader.region_ids);
  g_ptr_array_unref (reader.links);
  g_ptr_array_unref (reader.series);
  g_hash_table_unref (reader.counts);
  g_strv_builder_unref (reader.history);
  g_clear_error (&reader.reason);
  return state;
}
