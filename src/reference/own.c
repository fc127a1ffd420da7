/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/own.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "reference/own-private.h"

#define SCHEMA                                                                                               \
  "PRAGMA application_id = 1129534293; PRAGMA user_version = 1;"                                             \
  "CREATE TABLE binding (id INTEGER PRIMARY KEY, species TEXT NOT NULL, species_name TEXT, class TEXT, "     \
  "element TEXT NOT NULL, core_level TEXT NOT NULL, binding_energy_eV REAL NOT NULL, uncertainty_eV REAL, "  \
  "fwhm_eV REAL, charge_reference TEXT, source_key TEXT NOT NULL, note TEXT, replaces INTEGER, "             \
  "replaces_energy_eV REAL, replaces_source TEXT);"                                                          \
  "CREATE INDEX binding_by_species ON binding (species, core_level);"                                        \
  "CREATE INDEX binding_by_level ON binding (core_level, binding_energy_eV);"                                \
  "CREATE INDEX binding_by_element ON binding (element, core_level);"                                        \
  "CREATE INDEX binding_by_energy ON binding (binding_energy_eV);"                                           \
  "CREATE INDEX binding_by_source ON binding (source_key);"                                                  \
  "CREATE INDEX binding_by_replaced ON binding (replaces);"                                                  \
  "CREATE TABLE phase (phase TEXT PRIMARY KEY, phase_name TEXT, formula TEXT, note TEXT) WITHOUT ROWID;"     \
  "CREATE TABLE phase_line (phase TEXT NOT NULL REFERENCES phase, element TEXT NOT NULL, "                   \
  "core_level TEXT NOT NULL, species TEXT NOT NULL, label TEXT, atoms REAL NOT NULL, "                       \
  "PRIMARY KEY (phase, core_level, species)) WITHOUT ROWID;"

#define BUSY 3000 /* ms to wait for another window */

char *
xps_own_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "corelevel", "reference-own.sqlite", NULL);
}

gboolean
xps_own_refuse (GError **error, const char *place, const char *what, const char *remedy)
{
  return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_QUESTION, NULL, place, what, remedy);
}

static gboolean
fail (XpsOwn *self, GError **error)
{
  return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_DATABASE, self->file->path, NULL,
                        sqlite3_errmsg (self->file->db), NULL);
}

static gboolean
run (XpsOwn *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->file->db, sql, NULL, NULL, NULL) == SQLITE_OK || fail (self, error);
}

/* ---- the file ---- */

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

static gboolean
is_empty (XpsOwn *self)
{
  sqlite3_stmt *statement = NULL;
  const gboolean empty =
      sqlite3_prepare_v2 (self->file->db, "SELECT 1 FROM sqlite_schema", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_DONE;
  sqlite3_finalize (statement);
  return empty;
}

static gboolean
make_tables (XpsOwn *self, GError **error)
{
  return xps_own_begin (self, error) &&
         xps_own_end (self, !is_empty (self) || run (self, SCHEMA, error), error);
}

static gboolean
open_file (XpsOwn *self, GError **error)
{
  const char *path = self->file->path;
  g_autofree char *folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_DATABASE, folder,
                          "the folder cannot be made", g_strerror (errno), NULL);
  if (sqlite3_open_v2 (path, &self->file->db,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    return fail (self, error);
  sqlite3_busy_timeout (self->file->db, BUSY);
  sqlite3_db_config (self->file->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->file->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  if (is_empty (self) && !make_tables (self, error))
    return FALSE;
  return xps_own_check (self->file, "main", path, error) && run (self, "PRAGMA foreign_keys = ON", error);
}

XpsOwn *
xps_own_open (const char *path, GError **error)
{
  g_autoptr (XpsOwn) self = g_new0 (XpsOwn, 1);
  self->file = g_new0 (XpsReference, 1);
  self->file->path = g_strdup (path);
  self->file->idle = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize);
  return open_file (self, error) ? g_steal_pointer (&self) : NULL;
}

void
xps_own_free (XpsOwn *self)
{
  if (self == NULL)
    return;
  xps_reference_free (self->file);
  g_free (self);
}

gboolean
xps_own_begin (XpsOwn *self, GError **error)
{
  return run (self, "BEGIN IMMEDIATE", error);
}

gboolean
xps_own_end (XpsOwn *self, gboolean good, GError **error)
{
  if (good && run (self, "COMMIT", error))
    return TRUE;
  run (self, "ROLLBACK", NULL);
  return FALSE;
}

/* ---- binding energies ---- */

/* Binds what a line keeps, from the first parameter on; the element is read off the level. */
static void
bind_line (XpsQuery *query, const XpsReferenceLine *line)
{
  g_autofree char *element = g_strndup (line->level, strcspn (line->level, " "));
  const gboolean replaces = line->replaces > 0;
  xps_query_bind_text (query, line->species);
  xps_query_bind_text (query, line->species_name);
  xps_query_bind_text (query, line->class_);
  xps_query_bind_text (query, element);
  xps_query_bind_text (query, line->level);
  xps_query_bind_number (query, line->energy);
  xps_query_bind_number (query, line->uncertainty);
  xps_query_bind_number (query, line->fwhm);
  xps_query_bind_text (query, line->charge_reference);
  xps_query_bind_text (query, line->source);
  xps_query_bind_text (query, line->note);
  xps_query_bind_number (query, replaces ? (double)line->replaces : (double)NAN);
  xps_query_bind_number (query, replaces ? line->replaces_energy : (double)NAN);
  xps_query_bind_text (query, replaces ? line->replaces_source : NULL);
}

/* Runs a statement that answers nothing. */
static gboolean
finish (XpsQuery *query, GError **error)
{
  GError *local = NULL;
  xps_query_next (query, &local);
  xps_query_clear (query);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* At number `id`, 0: a new one. */
static gint64
insert_line_at (XpsOwn *self, const XpsReferenceLine *line, gint64 id, GError **error)
{
  XpsQuery query;
  if (!xps_query_init (
          &query, self->file,
          "INSERT INTO binding (species, species_name, class, element, core_level, "
          "binding_energy_eV, uncertainty_eV, fwhm_eV, charge_reference, source_key, note, "
          "replaces, replaces_energy_eV, replaces_source, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
          "?, ?, CAST (? AS INTEGER), ?, ?, CAST (? AS INTEGER))",
          error))
    return 0;
  bind_line (&query, line);
  xps_query_bind_number (&query, id > 0 ? (double)id : (double)NAN);
  return finish (&query, error) ? sqlite3_last_insert_rowid (self->file->db) : 0;
}

gint64
xps_own_insert_line (XpsOwn *self, const XpsReferenceLine *line, GError **error)
{
  return insert_line_at (self, line, 0, error);
}

gboolean
xps_own_has_line (XpsOwn *self, const XpsReferenceLine *line)
{
  XpsQuery query;
  if (!xps_query_init (
          &query, self->file,
          "SELECT 1 FROM binding WHERE species = ?1 AND species_name IS ?2 AND class IS ?3 AND "
          "element = ?4 AND core_level = ?5 AND binding_energy_eV = ?6 AND uncertainty_eV IS ?7 "
          "AND fwhm_eV IS ?8 AND charge_reference IS ?9 AND source_key = ?10 AND note IS ?11 AND "
          "replaces IS CAST (?12 AS INTEGER) AND replaces_energy_eV IS ?13 AND replaces_source "
          "IS ?14",
          NULL))
    return FALSE;
  bind_line (&query, line);
  const gboolean found = xps_query_next (&query, NULL);
  xps_query_clear (&query);
  return found;
}

gint64
xps_own_add_line (XpsOwn *self, const XpsReferenceLine *line, GError **error)
{
  if (!xps_own_check_line (line, NULL, error) || !xps_own_begin (self, error))
    return 0;
  const gint64 id = xps_own_insert_line (self, line, error);
  return xps_own_end (self, id != 0, error) ? id : 0;
}

/* What a statement changed: exactly one entry. */
static gboolean
finish_one (XpsOwn *self, XpsQuery *query, gint64 id, GError **error)
{
  g_autofree char *place = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  if (!finish (query, error))
    return FALSE;
  return sqlite3_changes (self->file->db) == 1 ||
         xps_own_refuse (error, place, N_ ("there is no own entry of this number"), NULL);
}

gboolean
xps_own_change_line (XpsOwn *self, const XpsReferenceLine *line, GError **error)
{
  XpsQuery query;
  if (!xps_own_check_line (line, NULL, error) ||
      !xps_query_init (&query, self->file,
                       "UPDATE binding SET species = ?, species_name = ?, class = ?, element = ?, core_level "
                       "= ?, binding_energy_eV = ?, uncertainty_eV = ?, fwhm_eV = ?, charge_reference = ?, "
                       "source_key = ?, note = ?, replaces = CAST (? AS INTEGER), replaces_energy_eV = ?, "
                       "replaces_source = ? WHERE id = CAST (? AS INTEGER)",
                       error))
    return FALSE;
  bind_line (&query, line);
  xps_query_bind_number (&query, (double)line->id);
  return finish_one (self, &query, line->id, error);
}

static gboolean
take_line (XpsOwn *self, gint64 id, GError **error)
{
  XpsQuery query;
  if (!xps_query_init (&query, self->file, "DELETE FROM binding WHERE id = CAST (? AS INTEGER)", error))
    return FALSE;
  xps_query_bind_number (&query, (double)id);
  return finish_one (self, &query, id, error);
}

gboolean
xps_own_remove_line (XpsOwn *self, gint64 id, GError **error)
{
  return take_line (self, id, error);
}

GPtrArray *
xps_own_list_lines (XpsOwn *self, GError **error)
{
  XpsQuery query;
  GError *local = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_reference_line_free);
  if (!xps_query_init (&query, self->file,
                       "SELECT " XPS_LINE_COLUMNS_OWN " FROM main.binding b ORDER BY b.id", error))
    return NULL;
  while (xps_query_next (&query, &local))
    g_ptr_array_add (lines, xps_query_read_line (&query));
  xps_query_clear (&query);
  if (local == NULL)
    return g_steal_pointer (&lines);
  g_propagate_error (error, local);
  return NULL;
}

XpsReferenceLine *
xps_own_new_correction (const XpsReferenceLine *shipped)
{
  XpsReferenceLine *line = xps_reference_line_copy (shipped);
  g_free (line->replaces_source);
  line->replaces = shipped->id;
  line->replaces_energy = shipped->energy;
  line->replaces_source = g_strdup (shipped->source);
  line->id = 0;
  line->verified = XPS_VERIFIED_USER;
  line->replaced = line->analogue = line->tabulated = FALSE;
  return line;
}

/* ---- phases ---- */

static gboolean
delete_phase (XpsOwn *self, const char *name, GError **error)
{
  static const char *const statements[] = {"DELETE FROM phase_line WHERE phase = ?",
                                           "DELETE FROM phase WHERE phase = ?"};
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++) {
    XpsQuery query;
    if (!xps_query_init (&query, self->file, statements[i], error))
      return FALSE;
    xps_query_bind_text (&query, name);
    if (!finish (&query, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
insert_phase_line (XpsOwn *self, const char *phase, const XpsPhaseLine *line, GError **error)
{
  XpsQuery query;
  g_autofree char *element = g_strndup (line->level, strcspn (line->level, " "));
  if (!xps_query_init (&query, self->file, "INSERT INTO phase_line VALUES (?, ?, ?, ?, ?, ?)", error))
    return FALSE;
  xps_query_bind_text (&query, phase);
  xps_query_bind_text (&query, element);
  xps_query_bind_text (&query, line->level);
  xps_query_bind_text (&query, line->species);
  xps_query_bind_text (&query, line->label);
  xps_query_bind_number (&query, line->atoms);
  return finish (&query, error);
}

gboolean
xps_own_insert_phase (XpsOwn *self, const XpsReferencePhase *phase, GError **error)
{
  XpsQuery query;
  if (!delete_phase (self, phase->name, error) ||
      !xps_query_init (&query, self->file, "INSERT INTO phase VALUES (?, ?, ?, ?)", error))
    return FALSE;
  xps_query_bind_text (&query, phase->name);
  xps_query_bind_text (&query, phase->full_name);
  xps_query_bind_text (&query, phase->formula);
  xps_query_bind_text (&query, phase->note);
  if (!finish (&query, error))
    return FALSE;
  for (guint i = 0; i < phase->lines->len; i++)
    if (!insert_phase_line (self, phase->name, g_ptr_array_index (phase->lines, i), error))
      return FALSE;
  return TRUE;
}

gboolean
xps_own_set_phase (XpsOwn *self, const XpsReferencePhase *phase, GError **error)
{
  return xps_own_check_phase (phase, NULL, error) && xps_own_begin (self, error) &&
         xps_own_end (self, xps_own_insert_phase (self, phase, error), error);
}

static gboolean
take_phase (XpsOwn *self, const char *name, GError **error)
{
  return delete_phase (self, name, error) &&
         (sqlite3_changes (self->file->db) == 1 ||
          xps_own_refuse (error, name, N_ ("there is no own phase of this name"), NULL));
}

gboolean
xps_own_remove_phase (XpsOwn *self, const char *name, GError **error)
{
  return xps_own_begin (self, error) && xps_own_end (self, take_phase (self, name, error), error);
}

static gboolean
has_phase (XpsOwn *self, const char *name)
{
  XpsQuery query;
  if (!xps_query_init (&query, self->file, "SELECT 1 FROM phase WHERE phase = ?", NULL))
    return FALSE;
  xps_query_bind_text (&query, name);
  const gboolean found = xps_query_next (&query, NULL);
  xps_query_clear (&query);
  return found;
}

static gboolean
exchange_phases (XpsOwn *self, const GPtrArray *out, const GPtrArray *in, GError **error)
{
  for (guint i = 0; out != NULL && i < out->len; i++)
    if (!take_phase (self, ((XpsReferencePhase *)g_ptr_array_index (out, i))->name, error))
      return FALSE;
  for (guint i = 0; in != NULL && i < in->len; i++) {
    const XpsReferencePhase *phase = g_ptr_array_index (in, i);
    if (has_phase (self, phase->name))
      return xps_own_refuse (error, phase->name, N_ ("there is an own phase of this name"),
                             N_ ("take another name"));
    if (!xps_own_insert_phase (self, phase, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
exchange_lines (XpsOwn *self, const GPtrArray *out, const GPtrArray *in, GError **error)
{
  for (guint i = 0; out != NULL && i < out->len; i++)
    if (!take_line (self, ((XpsReferenceLine *)g_ptr_array_index (out, i))->id, error))
      return FALSE;
  for (guint i = 0; in != NULL && i < in->len; i++) {
    XpsReferenceLine *line = g_ptr_array_index (in, i);
    const gint64 id = insert_line_at (self, line, line->id, error);
    if (id == 0)
      return FALSE;
    line->id = id;
  }
  return TRUE;
}

gboolean
xps_own_exchange (XpsOwn *self, const XpsOwnContents *out, const XpsOwnContents *in, GError **error)
{
  for (guint i = 0; in->phases != NULL && i < in->phases->len; i++)
    if (!xps_own_check_phase (g_ptr_array_index (in->phases, i), NULL, error))
      return FALSE;
  for (guint i = 0; in->lines != NULL && i < in->lines->len; i++)
    if (!xps_own_check_line (g_ptr_array_index (in->lines, i), NULL, error))
      return FALSE;
  return xps_own_begin (self, error) && xps_own_end (self,
                                                     exchange_phases (self, out->phases, in->phases, error) &&
                                                         exchange_lines (self, out->lines, in->lines, error),
                                                     error);
}

gboolean
xps_own_exchange_phases (XpsOwn *self, const GPtrArray *out, const GPtrArray *in, GError **error)
{
  const XpsOwnContents gone = {.phases = (GPtrArray *)out}, come = {.phases = (GPtrArray *)in};
  return xps_own_exchange (self, &gone, &come, error);
}

GPtrArray *
xps_own_list_phases (XpsOwn *self, GError **error)
{
  g_autoptr (GPtrArray) phases = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_reference_phase_free);
  if (!xps_query_add_phases (self->file, "main", NULL, phases, error))
    return NULL;
  for (guint i = 0; i < phases->len; i++)
    ((XpsReferencePhase *)g_ptr_array_index (phases, i))->own = TRUE;
  return g_steal_pointer (&phases);
}
