/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/casa-txt.h"

#include "formats/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "formats/decode.h"

/* Text exports of CasaXPS: blocks that follow each other, each with lines about it and one table.
 *   "Cycle 0:sample:block", "Characteristic Energy eV <tab> hv <tab> Acquisition Time s <tab> t", rows with
 *   the parameters of the components, titles "K.E. Counts ... B.E. CPS ...", rows;
 *   the same with "B.E. <tab> Cycle 0:sample:block:CPS" as titles and nothing before the parameters;
 *   path, name, the line with the energy, titles "KE_name BE_name CPS_name ...", rows; commas for tabs, too.
 * Not seen in a real file: binding energies that were calibrated. */

#define BLOCK_COST 8192
#define ENERGY     "Characteristic Energy eV"
#define TIME       "Acquisition Time s"

static const char *const parameter_names[] = {"Name", "Position", "FWHM", "Area", "Lineshape"};

typedef struct {
  XpsFile *file;
  XpsMemoryBudget budget;
  XpsCasaBlock block;
  XpsSpan before; /* last line of text that said nothing else: a name may stand there */
  GError **error;
} Reader;

static gboolean
has_parameters (XpsSpan text)
{
  gssize at = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parameter_names) && at >= 0; i++) {
    g_autofree char *needle = g_strconcat (i > 0 ? "\n" : "", parameter_names[i], "\t", NULL);
    at = xps_span_find (text, (gsize)at, needle);
    if (i == 0 && at > 0 && text.text[at - 1] != '\n')
      return FALSE;
  }
  return at >= 0;
}

static int
score_casa (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  const XpsSpan text = {.text = (const char *)head, .length = head_length};

  if (xps_decode_looks_binary (text.text, text.length))
    return 0;
  static const char *const titles[] = {"BE_", "KE_", "B.E.", "K.E."};
  for (guint i = 0; xps_span_find (text, 0, ENERGY) >= 0 && i < G_N_ELEMENTS (titles); i++)
    if (xps_span_find (text, 0, titles[i]) >= 0)
      return 90;
  return has_parameters (text) && xps_span_find (text, 0, "\nB.E.\t") >= 0 ? 90 : 0;
}

static gboolean
fail (Reader *self, XpsFormatsError code, guint line, const char *what, const char *remedy)
{
  g_autofree char *place = g_strdup_printf (_ ("line %u"), line);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

static gboolean
end_block (Reader *self)
{
  GError *error = NULL;
  XpsSpectrum *spectrum = xps_casa_block_make_spectrum (&self->block, &self->budget, self->file, &error);

  xps_casa_block_clear (&self->block);
  xps_casa_block_init (&self->block);
  if (spectrum != NULL)
    g_ptr_array_add (self->file->spectra, spectrum);
  if (error == NULL)
    return TRUE;
  g_propagate_error (self->error, error);
  return FALSE;
}

/* "Cycle 0:sample:block" or "Cycle 0:sample:block:CPS": samples may hold colons, blocks do not. */
static void
read_cycle (Reader *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);
  guint n = g_strv_length (parts);

  if (n > 3 && (strcmp (parts[n - 1], "CPS") == 0 || strcmp (parts[n - 1], "Counts") == 0))
    g_clear_pointer (&parts[--n], g_free);
  if (n < 3)
    return;
  g_free (self->block.name);
  g_free (self->block.sample);
  self->block.name = g_strdup (parts[n - 1]);
  g_autofree char *last = g_steal_pointer (&parts[n - 1]);
  self->block.sample = g_strjoinv (":", parts + 1);
}

/* "Characteristic Energy eV <tab> 1486.6 <tab> Acquisition Time s <tab> 2": where the line before gave no
 * cycle, a block begins here, and that line is its name. */
static void
read_energy (Reader *self, const GPtrArray *cells)
{
  if (self->block.name == NULL && self->before.length > 0) {
    g_autofree char *name = xps_span_dup (self->before);
    self->block.name = g_strdup (g_strstrip (name));
  }
  for (guint k = 0; k + 1 < cells->len; k++) {
    const char *label = g_ptr_array_index (cells, k), *text = g_ptr_array_index (cells, k + 1);
    double value = 0;
    if (!xps_number_parse (text, &value) || !isfinite (value) || !(value > 0))
      continue;
    if (strcmp (label, ENERGY) == 0)
      self->block.photon_energy = value;
    if (strcmp (label, TIME) == 0)
      self->block.time = value;
  }
}

static gboolean
read_parameters (Reader *self, GPtrArray *cells)
{
  const char *first = g_ptr_array_index (cells, 0);

  for (guint i = 0; i < G_N_ELEMENTS (parameter_names); i++) {
    if (strcmp (first, parameter_names[i]) != 0)
      continue;
    if (self->block.parameters[i] != NULL)
      g_ptr_array_unref (self->block.parameters[i]);
    self->block.parameters[i] = g_ptr_array_ref (cells);
    return TRUE;
  }
  return FALSE;
}

/* TRUE where the line is a row of the table. Cells that hold no number are NaN. */
static gboolean
read_row (Reader *self, const GPtrArray *cells)
{
  double value = 0;

  if (self->block.titles->len == 0 || !xps_number_parse (g_ptr_array_index (cells, 0), &value))
    return FALSE;
  for (guint k = 0; k < self->block.titles->len; k++) {
    value = (double)NAN;
    if (k < cells->len && !xps_number_parse (g_ptr_array_index (cells, k), &value))
      value = (double)NAN;
    g_array_append_val (self->block.rows, value);
  }
  return TRUE;
}

/* A title that names the cycle, too, where nothing did before. */
static void
read_titles_cycle (Reader *self, const GPtrArray *cells)
{
  for (guint k = 0; k < cells->len && self->block.name == NULL; k++)
    if (g_str_has_prefix (g_ptr_array_index (cells, k), "Cycle "))
      read_cycle (self, g_ptr_array_index (cells, k));
}

static gboolean
take_line_memory (Reader *self, const GPtrArray *cells)
{
  const gsize cost = self->block.titles->len > 0 ? self->block.titles->len * sizeof (double) * 2 : 0;
  return xps_memory_take (&self->budget, cost);
}

static gboolean
read_line (Reader *self, XpsSpan line)
{
  g_autoptr (GPtrArray) cells = xps_casa_split (line);
  const char *first = g_ptr_array_index (cells, 0);
  const char *second = cells->len > 1 ? g_ptr_array_index (cells, 1) : "";

  if (!take_line_memory (self, cells))
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, line.line, N_ ("no memory for so many columns"), NULL);
  if (read_row (self, cells))
    return TRUE;
  if (self->block.rows->len > 0 && xps_span_trim (line).length > 0 && !end_block (self))
    return FALSE;
  if (g_str_has_prefix (first, "Cycle ") && strchr (first, ':') != NULL)
    read_cycle (self, first);
  else if (strcmp (first, ENERGY) == 0 || strcmp (second, ENERGY) == 0)
    read_energy (self, cells);
  else if (!read_parameters (self, cells)) {
    if (xps_casa_block_set_titles (&self->block, cells, line.line)) {
      if (!xps_memory_take (&self->budget, BLOCK_COST))
        return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, line.line, N_ ("no memory for so many blocks"), NULL);
      read_titles_cycle (self, cells);
    }
    const XpsSpan text = xps_span_trim (line);
    const gboolean separators_only = strspn (first, ",") == strlen (first) && second[0] == '\0';
    self->before = separators_only ? (XpsSpan){0} : text;
  }
  return TRUE;
}

static gboolean
read_lines (Reader *self, XpsLines *lines)
{
  XpsSpan line = {0};

  while (xps_lines_next (lines, &line))
    if (!read_line (self, line))
      return FALSE;
  if (!end_block (self))
    return FALSE;
  if (self->file->spectra->len > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_EMPTY, lines->line, N_ ("no table with energies in the file"),
               N_ ("export it again from CasaXPS"));
}

static gboolean
read_casa (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file, .error = error};
  XpsDecoded decoded;
  XpsLines lines;

  if (!xps_decode_lines (bytes, file, options, TRUE, &decoded, &self.budget, &lines, error))
    return FALSE;
  xps_casa_block_init (&self.block);
  const gboolean done = read_lines (&self, &lines);
  xps_casa_block_clear (&self.block);
  xps_decoded_clear (&decoded);
  if (done)
    file->software = g_strdup ("CasaXPS");
  return done;
}

static const char *const suffixes[] = {"txt", "csv", NULL};

const XpsFormat xps_format_casa_txt = {
    .id = "casaxps-txt",
    .title = "CasaXPS text export",
    .suffixes = suffixes,
    .score = score_casa,
    .read = read_casa,
};
