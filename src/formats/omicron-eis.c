/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "formats/decode.h"
#include "formats/pairs.h"

/* Omicron's EIS, exported as text: for each region a line of titles and one of values, for each of its layers
 * (sums of detector channels) the same and a table of energies and counts. Energies run down: binding
 * energies, though the file does not say so. Not seen in a real file: energies that rise. */

#define TITLES "Region\tEnabled\tDataFlag"

typedef struct {
  XpsFile *file;
  const XpsReadOptions *options;
  XpsMemoryBudget budget;
  XpsPairs pairs;
  GStrv region_titles, region_values, layer_titles, layer_values;
  guint n_dropped_layers;
  GError **error;
} Reader;

static int
score_eis (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  XpsSpan text = {.text = (const char *)head, .length = head_length};

  if (xps_span_has_prefix (text, "\xEF\xBB\xBF"))
    text = xps_span_slice (text, 3, text.length);
  return xps_span_has_prefix (text, TITLES) ? 100 : 0;
}

static gboolean
fail (Reader *self, XpsFormatsError code, guint line, const char *what, const char *remedy)
{
  g_autofree char *place = g_strdup_printf (_ ("line %u"), line);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

/* "" where the title or its value is not there. */
static const char *
find (GStrv titles, GStrv values, const char *title)
{
  for (guint i = 0; titles != NULL && values != NULL && titles[i] != NULL && values[i] != NULL; i++)
    if (strcmp (titles[i], title) == 0)
      return values[i];
  return "";
}

static const char *
find_region (const Reader *self, const char *title)
{
  return find (self->region_titles, self->region_values, title);
}

static void
set_number (double *number, const char *text)
{
  double value = 0;

  if (xps_number_parse (text, &value) && isfinite (value) && value > 0)
    *number = value;
}

static XpsAcquisition *
make_record (const Reader *self)
{
  XpsAcquisition *record = xps_acquisition_new ();
  const char *mode = find_region (self, "Mode");

  set_number (&record->dwell, find_region (self, "Dwell"));
  set_number (&record->scans, find_region (self, "Sweeps"));
  set_number (&record->scans, find_region (self, "Sweeps-Acquired"));
  if (strcmp (mode, "CAE") == 0)
    set_number (&record->pass_energy, find_region (self, "CAE/CRR"));
  record->analyser_mode = mode[0] != '\0' ? xps_text_dup_printable (mode, -1) : NULL;
  for (guint i = 0; self->region_titles != NULL && self->region_titles[i] != NULL; i++) {
    const char *value = find_region (self, self->region_titles[i]);
    if (value[0] != '\0' && self->region_titles[i][0] != '\0')
      xps_acquisition_add_key (record, self->region_titles[i], value);
  }
  const char *formula = find (self->layer_titles, self->layer_values, "Formula");
  if (formula[0] != '\0')
    xps_acquisition_add_key (record, "Formula", formula);
  return record;
}

/* Layers that are switched off, or a sum of no channels, hold zeros. */
static gboolean
is_empty_layer (const Reader *self)
{
  const double *counts = (const double *)(const void *)self->pairs.intensity->data;
  gboolean zero = TRUE;

  for (guint i = 0; i < self->pairs.intensity->len && zero; i++)
    zero = counts[i] == 0;
  if (!zero)
    return FALSE;
  const char *enabled = find (self->layer_titles, self->layer_values, "Enabled");
  const char *formula = find (self->layer_titles, self->layer_values, "Formula");
  return g_ascii_strcasecmp (enabled, "False") == 0 || strstr (formula, "Ch(") == NULL;
}

static XpsAxisKind
find_axis (Reader *self)
{
  const double *energy = (const double *)(const void *)self->pairs.energy->data;
  const guint n = self->pairs.energy->len;

  if (self->options->axis_given)
    return self->options->axis;
  if (energy[n - 1] <= energy[0])
    return XPS_AXIS_BINDING;
  g_ptr_array_add (
      self->file->warnings,
      xps_line_dup_message (self->pairs.line,
                            _ ("energies that rise may be kinetic ones: say --axis BE or --axis KE")));
  return XPS_AXIS_OTHER;
}

static gboolean
end_table (Reader *self)
{
  if (self->pairs.energy->len == 0)
    return TRUE;
  if (is_empty_layer (self)) {
    self->n_dropped_layers++;
    xps_pairs_clear (&self->pairs);
    return TRUE;
  }
  const guint line = self->pairs.line;
  XpsSpectrumDraft draft = {
      .name = xps_text_dup_printable (find_region (self, "Notes"), -1),
      .axis = find_axis (self),
      .axis_label = g_strdup ("Energy"),
      .unit = XPS_INTENSITY_COUNTS,
      .unit_label = g_strdup ("Counts"),
      .acquisition = make_record (self),
  };
  if (xps_pairs_finish (&self->pairs, &draft, &self->budget, self->file))
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, line, N_ ("no memory for so many regions"), NULL);
}

static void
take_words (GStrv *words, XpsSpan line)
{
  g_autofree char *text = xps_span_dup (line);

  g_strfreev (*words);
  *words = g_strsplit (text, "\t", -1);
  for (guint i = 0; (*words)[i] != NULL; i++)
    g_strstrip ((*words)[i]);
}

/* A line of titles is followed by its values. */
static void
read_text_line (Reader *self, XpsSpan line, GStrv **expected)
{
  if (xps_span_has_prefix (line, "Region\t")) {
    take_words (&self->region_titles, line);
    g_clear_pointer (&self->region_values, g_strfreev);
    *expected = &self->region_values;
    return;
  }
  if (xps_span_has_prefix (line, "Layer\t")) {
    take_words (&self->layer_titles, line);
    g_clear_pointer (&self->layer_values, g_strfreev);
    *expected = &self->layer_values;
    return;
  }
  *expected = NULL;
}

static gboolean
read_lines (Reader *self, XpsLines *lines)
{
  XpsSpan line = {0};
  GStrv *expected = NULL;
  double energy = 0, counts = 0;

  while (xps_lines_next (lines, &line)) {
    if (expected != NULL) {
      take_words (expected, line);
      expected = NULL;
      continue;
    }
    if (xps_pairs_parse (line, &energy, &counts)) {
      if (!xps_pairs_add (&self->pairs, energy, counts, line.line, &self->budget))
        return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, line.line, N_ ("no memory for so many rows"), NULL);
      continue;
    }
    if (xps_span_trim (line).length == 0)
      continue;
    if (!end_table (self))
      return FALSE;
    read_text_line (self, line, &expected);
  }
  if (!end_table (self))
    return FALSE;
  if (self->n_dropped_layers > 0)
    g_ptr_array_add (self->file->notes,
                     xps_text_printf (_ ("layers that are switched off or empty and left out: %u"),
                                      self->n_dropped_layers));
  if (self->file->spectra->len > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_EMPTY, lines->line, N_ ("no table of energies and counts in the file"),
               N_ ("export it again from EIS"));
}

static gboolean
read_eis (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file, .options = options, .error = error};
  XpsDecoded decoded;
  XpsLines lines;

  if (!xps_decode_lines (bytes, file, options, FALSE, &decoded, &self.budget, &lines, error))
    return FALSE;
  xps_pairs_init (&self.pairs);
  const gboolean done = read_lines (&self, &lines);
  file->software = g_strdup ("Omicron EIS");
  g_ptr_array_add (file->notes,
                   g_strdup (_ ("energies that fall are taken for binding energies, as EIS writes them")));
  g_strfreev (self.region_titles);
  g_strfreev (self.region_values);
  g_strfreev (self.layer_titles);
  g_strfreev (self.layer_values);
  xps_pairs_free (&self.pairs);
  xps_decoded_clear (&decoded);
  return done;
}

static const char *const suffixes[] = {"txt", NULL};

const XpsFormat xps_format_omicron_eis = {
    .id = "omicron-eis",
    .title = "Omicron EIS text (.txt)",
    .suffixes = suffixes,
    .score = score_eis,
    .read = read_eis,
};
