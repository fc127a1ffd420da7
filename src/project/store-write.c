/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/json.h"
#include "project/database.h"
#include "project/spectrum-json.h"
#include "project/state-private.h"
#include "project/store.h"
#include "config.h"

typedef enum {
  PUT_META,
  PUT_SOURCE,
  PUT_SPECTRUM,
  CLEAR_SAMPLES,
  PUT_SAMPLE,
  PUT_REGION,
  MOVE_REGION,
  PUT_MODEL,
  PUT_RESULT,
  DROP_REGION,
  DROP_MODEL,
  DROP_RESULT,
  PUT_HISTORY,
  CUT_HISTORY,
  CLEAR_LINKS,
  PUT_LINK,
  CLEAR_SERIES,
  PUT_SERIES,
} Put;

static const char *const puts_sql[] = {
    [PUT_META] = "INSERT OR REPLACE INTO meta VALUES (?, ?)",
    [PUT_SOURCE] = "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [PUT_SPECTRUM] = "INSERT INTO spectra VALUES (?, ?, ?, ?, ?, ?, ?)",
    [CLEAR_SAMPLES] = "DELETE FROM samples",
    [PUT_SAMPLE] = "INSERT INTO samples VALUES (?, ?, ?, ?)",
    [PUT_REGION] =
        "INSERT OR REPLACE INTO regions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [MOVE_REGION] = "UPDATE regions SET position = ? WHERE id = ?",
    [PUT_MODEL] = "INSERT OR REPLACE INTO models VALUES (?, ?)",
    [PUT_RESULT] = "INSERT OR REPLACE INTO results VALUES (?, ?)",
    [DROP_REGION] = "DELETE FROM regions WHERE id = ?",
    [DROP_MODEL] = "DELETE FROM models WHERE region = ?",
    [DROP_RESULT] = "DELETE FROM results WHERE region = ?",
    [PUT_HISTORY] = "INSERT INTO history VALUES (?, ?)",
    [CUT_HISTORY] = "DELETE FROM history WHERE id > ?",
    [CLEAR_LINKS] = "DELETE FROM phase_links",
    [PUT_LINK] = "INSERT INTO phase_links VALUES (?, ?)",
    [CLEAR_SERIES] = "DELETE FROM series",
    [PUT_SERIES] = "INSERT INTO series VALUES (?, ?, ?, ?, ?)",
};

static sqlite3_stmt *
prepare (XpsStore *self, Put put)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (puts_sql) <= G_N_ELEMENTS (((XpsStore *)NULL)->statements));
  if (self->statements[put] == NULL)
    sqlite3_prepare_v3 (self->db, puts_sql[put], -1, SQLITE_PREPARE_PERSISTENT, &self->statements[put], NULL);
  return self->statements[put];
}

#define put(self, what, kinds, ...)                                                                          \
  (prepare (self, what) != NULL && xps_database_put ((self)->statements[what], kinds, __VA_ARGS__))

/* ---- what was measured ---- */

/* Bytes of an array in the file's order, appended. */
static void
append_array (GByteArray *bytes, const double *values, gsize n)
{
  g_byte_array_append (bytes, (const guint8 *)values, (guint)(n * sizeof (double)));
  for (gsize i = 0; i < n && G_BYTE_ORDER != G_LITTLE_ENDIAN; i++) {
    guint8 *place = bytes->data + bytes->len - (n - i) * sizeof (double);
    guint64 word;
    memcpy (&word, place, sizeof word);
    word = GUINT64_TO_LE (word);
    memcpy (place, &word, sizeof word);
  }
}

static gboolean
insert_spectrum (XpsStore *self, const GByteArray *bytes, gsize n, const char *record, const char *digest)
{
  const gsize size = n * sizeof (double);
  return put (self, PUT_SPECTRUM, "iibbbtt", (gint64)self->next_spectrum, (gint64)n, bytes->data, size,
              bytes->data + size, size, bytes->data + 2 * size, (gsize)bytes->len - 2 * size, record, digest);
}

static gboolean
write_spectrum (XpsStore *self, const XpsSpectrum *spectrum, guint *row)
{
  *row = GPOINTER_TO_UINT (g_hash_table_lookup (self->spectra, spectrum));
  if (*row != 0)
    return TRUE;
  const gsize n = xps_spectrum_get_n (spectrum);
  const GPtrArray *columns = xps_spectrum_get_columns (spectrum);
  g_autofree char *record = xps_spectrum_dup_record (spectrum);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  append_array (bytes, xps_spectrum_get_energy (spectrum), n);
  append_array (bytes, xps_spectrum_get_intensity (spectrum), n);
  for (guint i = 0; i < columns->len; i++)
    append_array (bytes, ((const XpsColumn *)g_ptr_array_index (columns, i))->values, n);
  g_autofree char *digest = xps_store_dup_digest (bytes->data, bytes->len, record);
  *row = GPOINTER_TO_UINT (g_hash_table_lookup (self->digests, digest));
  if (*row == 0 && !insert_spectrum (self, bytes, n, record, digest))
    return FALSE;
  if (*row == 0) {
    *row = self->next_spectrum++;
    g_hash_table_insert (self->digests, g_steal_pointer (&digest), GUINT_TO_POINTER (*row));
  }
  g_hash_table_insert (self->spectra, xps_spectrum_ref (spectrum), GUINT_TO_POINTER (*row));
  return TRUE;
}

static gboolean
write_source (XpsStore *self, const XpsSource *source, guint *row)
{
  *row = source != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->sources, source)) : 0;
  if (source == NULL || *row != 0)
    return TRUE;
  if (!put (self, PUT_SOURCE, "itttuuit", (gint64)self->next_source, source->path, source->sha256,
            source->format, source->software, source->instrument, (gint64)source->index, source->imported))
    return FALSE;
  *row = self->next_source++;
  g_hash_table_insert (self->sources, xps_source_ref (source), GUINT_TO_POINTER (*row));
  return TRUE;
}

/* ---- what was made of it ---- */

/* "" where somebody left a text out that the reader insists on. */
static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* Text of the last fit's result, or NULL. */
static const char *
result_of (const XpsRegion *region)
{
  return region != NULL && region->record != NULL ? region->record->text : NULL;
}

static gboolean
write_region_row (XpsStore *self, const XpsRegion *region, guint position)
{
  guint spectrum, source;
  if (!write_spectrum (self, region->spectrum, &spectrum) || !write_source (self, region->source, &source))
    return FALSE;
  return put (self, PUT_REGION, "iiiiiuttddduddduu", (gint64)region->id, (gint64)position,
              (gint64)region->sample, (gint64)spectrum, (gint64)source, or_empty (region->name),
              xps_region_kind_to_text (region->kind), xps_weights_to_text (region->weights),
              region->scale.photon_energy, region->scale.work_function, region->scale.shift,
              region->scale_note, region->fitted_scale.photon_energy, region->fitted_scale.work_function,
              region->fitted_scale.shift, or_empty (region->notes), region->view);
}

/* A document that cannot be opened again is worse than one that cannot be saved. */
static gboolean
can_be_read (XpsStore *self, const XpsRegion *region, const char *model)
{
  g_autoptr (JsonNode) node = xps_json_read ("its model", model, &self->reason);
  g_autoptr (XpsModel) back = node != NULL ? xps_model_from_json (node, "its model", &self->reason) : NULL;
  if (back == NULL)
    g_prefix_error (&self->reason, "%s: region \"%s\": ", self->file, region->name);
  return back != NULL;
}

static gboolean
write_region (XpsStore *self, const XpsRegion *region, const XpsRegion *old, guint position)
{
  const gint64 id = region->id;
  g_autofree char *model = xps_model_dup_text (region->model);
  if (!can_be_read (self, region, model) || !write_region_row (self, region, position) ||
      !put (self, PUT_MODEL, "it", id, model))
    return FALSE;
  const char *result = result_of (region);
  if (result == result_of (old))
    return TRUE;
  return result != NULL ? put (self, PUT_RESULT, "it", id, result) : put (self, DROP_RESULT, "i", id);
}

static gboolean
write_regions (XpsStore *self, const XpsState *state)
{
  for (guint i = 0; i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    g_assert (region != NULL);
    const int before = self->written != NULL ? xps_state_find_position (self->written, region->id) : -1;
    const XpsRegion *old = before >= 0 ? xps_state_get_region (self->written, (guint)before) : NULL;
    if (region != old && !write_region (self, region, old, i))
      return FALSE;
    if (region == old && before != (int)i && !put (self, MOVE_REGION, "ii", (gint64)i, (gint64)region->id))
      return FALSE;
  }
  for (guint i = 0; self->written != NULL && i < xps_state_get_n_regions (self->written); i++) {
    const XpsRegion *old = xps_state_get_region (self->written, i);
    g_assert (old != NULL);
    const gint64 id = old->id;
    if (xps_state_find_position (state, (guint)id) < 0 &&
        (!put (self, DROP_REGION, "i", id) || !put (self, DROP_MODEL, "i", id) ||
         !put (self, DROP_RESULT, "i", id)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
same_samples (const XpsState *a, const XpsState *b)
{
  const guint n = xps_state_get_n_samples (a);
  if (b == NULL || n != xps_state_get_n_samples (b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (xps_state_get_sample (a, i) != xps_state_get_sample (b, i))
      return FALSE;
  return TRUE;
}

/* There are few and they hardly change: all of them or none. */
static gboolean
write_samples (XpsStore *self, const XpsState *state)
{
  if (same_samples (state, self->written))
    return TRUE;
  if (prepare (self, CLEAR_SAMPLES) == NULL || !xps_database_put (self->statements[CLEAR_SAMPLES], ""))
    return FALSE;
  for (guint i = 0; i < xps_state_get_n_samples (state); i++) {
    const XpsSample *sample = xps_state_get_sample (state, i);
    if (!put (self, PUT_SAMPLE, "iiuu", (gint64)sample->id, (gint64)i, sample->name, sample->notes))
      return FALSE;
  }
  return TRUE;
}

static gboolean
same_links (const XpsState *a, const XpsState *b)
{
  const guint n = xps_state_get_n_links (a);
  if (n != (b != NULL ? xps_state_get_n_links (b) : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (xps_state_get_link (a, i) != xps_state_get_link (b, i))
      return FALSE;
  return TRUE;
}

static gboolean
write_links (XpsStore *self, const XpsState *state)
{
  if (same_links (state, self->written))
    return TRUE;
  if (prepare (self, CLEAR_LINKS) == NULL || !xps_database_put (self->statements[CLEAR_LINKS], ""))
    return FALSE;
  for (guint i = 0; i < xps_state_get_n_links (state); i++) {
    g_autofree char *text = xps_phase_link_dup_text (xps_state_get_link (state, i));
    if (!put (self, PUT_LINK, "it", (gint64)i + 1, text))
      return FALSE;
  }
  return TRUE;
}

static gboolean
same_series (const XpsState *a, const XpsState *b)
{
  const guint n = xps_state_get_n_series (a);
  if (n != (b != NULL ? xps_state_get_n_series (b) : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (xps_state_get_series (a, i) != xps_state_get_series (b, i))
      return FALSE;
  return TRUE;
}

static gboolean
write_series (XpsStore *self, const XpsState *state)
{
  if (same_series (state, self->written))
    return TRUE;
  if (prepare (self, CLEAR_SERIES) == NULL || !xps_database_put (self->statements[CLEAR_SERIES], ""))
    return FALSE;
  for (guint i = 0; i < xps_state_get_n_series (state); i++) {
    const XpsSeriesEntry *entry = xps_state_get_series (state, i);
    if (!put (self, PUT_SERIES, "iiuut", (gint64)entry->id, (gint64)i, entry->name, entry->setup,
              entry->result))
      return FALSE;
  }
  return TRUE;
}

/* A note, so that programs that do not know it read past it. */
static gboolean
write_reading_log (XpsStore *self, const XpsState *state)
{
  const char *log = xps_state_get_reading_log (state);
  if (strcmp (log, self->written != NULL ? xps_state_get_reading_log (self->written) : "") == 0)
    return TRUE;
  return put (self, PUT_META, "tt", XPS_STORE_NOTE_READING_LOG, log);
}

/* Undo shortens it, so it may differ from what was written anywhere near its end. */
static gboolean
write_history (XpsStore *self, const char *const *history)
{
  guint same = 0;
  if (history == NULL)
    return TRUE;
  while (history[same] != NULL && self->history != NULL && self->history[same] != NULL &&
         strcmp (history[same], self->history[same]) == 0)
    same++;
  if (self->history != NULL && self->history[same] != NULL && !put (self, CUT_HISTORY, "i", (gint64)same))
    return FALSE;
  for (guint i = same; history[i] != NULL; i++)
    if (!put (self, PUT_HISTORY, "iu", (gint64)i + 1, history[i]))
      return FALSE;
  return TRUE;
}

/* How many there are of each, so that a damaged tree of rows that leaves some out is seen. */
static gboolean
write_counts (XpsStore *self, const XpsState *state, guint n_history)
{
  guint next_sample, next_region, n_results = 0;
  xps_state_get_next (state, &next_sample, &next_region);
  for (guint i = 0; i < xps_state_get_n_regions (state); i++)
    n_results += result_of (xps_state_get_region (state, i)) != NULL;
  const struct {
    const char *key;
    guint value;
  } counts[] = {{"next_sample", next_sample},
                {"next_region", next_region},
                {"n_samples", xps_state_get_n_samples (state)},
                {"n_regions", xps_state_get_n_regions (state)},
                {"n_results", n_results},
                {"n_links", xps_state_get_n_links (state)},
                {"n_series", xps_state_get_n_series (state)},
                {"n_spectra", self->next_spectrum - 1},
                {"n_sources", self->next_source - 1},
                {"n_history", n_history}};
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (!put (self, PUT_META, "ti", counts[i].key, (gint64)counts[i].value))
      return FALSE;
  return TRUE;
}

/* ---- all or nothing ---- */

static gboolean
is_behind (gpointer key, gpointer row, gpointer first)
{
  return GPOINTER_TO_UINT (row) >= GPOINTER_TO_UINT (first);
}

/* Rows that were rolled back are not there. */
static void
forget (XpsStore *self, guint spectrum, guint source)
{
  g_hash_table_foreach_remove (self->spectra, is_behind, GUINT_TO_POINTER (spectrum));
  g_hash_table_foreach_remove (self->digests, is_behind, GUINT_TO_POINTER (spectrum));
  g_hash_table_foreach_remove (self->sources, is_behind, GUINT_TO_POINTER (source));
  self->next_spectrum = spectrum;
  self->next_source = source;
}

static gboolean
write_notes (XpsStore *self, const char *const *notes)
{
  for (guint i = 0; notes != NULL && notes[i] != NULL; i += 2)
    if (!put (self, PUT_META, "tt", notes[i], notes[i + 1]))
      return FALSE;
  return TRUE;
}

static gboolean
write_state (XpsStore *self, const XpsState *state, const char *const *history)
{
  const char *const *kept = history != NULL ? history : (const char *const *)self->history;
  const guint n_history = kept != NULL ? g_strv_length ((GStrv)kept) : 0;
  return write_samples (self, state) && write_regions (self, state) && write_links (self, state) &&
         write_series (self, state) && write_reading_log (self, state) && write_history (self, history) &&
         write_counts (self, state, n_history) &&
         put (self, PUT_META, "tt", "program", "Corelevel " XPS_VERSION);
}

gboolean
xps_store_write (XpsStore *self, const XpsState *state, const char *const *history, const char *const *notes,
                 GError **error)
{
  const guint spectrum = self->next_spectrum, source = self->next_source;
  const gboolean good = xps_database_run (self->db, "BEGIN IMMEDIATE") &&
                        (state == NULL || write_state (self, state, history)) && write_notes (self, notes) &&
                        xps_database_run (self->db, "COMMIT");
  if (!good) {
    if (self->reason != NULL)
      g_propagate_error (error, g_steal_pointer (&self->reason));
    else
      xps_database_fail (error, self->db, self->file);
    xps_database_run (self->db, "ROLLBACK");
    forget (self, spectrum, source);
    return FALSE;
  }
  if (state != NULL) {
    xps_state_unref (self->written);
    self->written = xps_state_ref (state);
  }
  if (state != NULL && history != NULL) {
    g_strfreev (self->history);
    self->history = g_strdupv ((GStrv)history);
  }
  return TRUE;
}
