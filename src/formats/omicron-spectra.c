/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/decode.h"
#include "formats/pairs.h"

/* Omicron's Presenter (SPECTRA): a line "*M*", then for each region a line with start, end, step, sweeps,
 * dwell time, number of points and pass energy, an empty line, and one count a line. Nothing names the
 * regions. Seen in one file. */

enum { START, END, STEP, SWEEPS, DWELL, POINTS, PASS, N_NUMBERS };

typedef struct {
  XpsFile *file;
  const XpsReadOptions *options;
  XpsMemoryBudget budget;
  XpsPairs pairs;
  double head[N_NUMBERS]; /* of the region */
  gboolean in_region, negative;
  guint line; /* of the region's numbers */
  GError **error;
} Reader;

static gboolean
parse_head (XpsSpan line, double numbers[N_NUMBERS])
{
  gsize at = 0;

  for (guint k = 0; k < N_NUMBERS; k++) {
    while (at < line.length && g_ascii_isspace (line.text[at]))
      at++;
    const gsize from = at;
    while (at < line.length && !g_ascii_isspace (line.text[at]))
      at++;
    if (!xps_span_parse_number (xps_span_slice (line, from, at), &numbers[k]) || !isfinite (numbers[k]))
      return FALSE;
  }
  return xps_span_trim (xps_span_slice (line, at, line.length)).length == 0;
}

static int
score_spectra (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  XpsLines lines;
  XpsSpan line = {0};
  double numbers[N_NUMBERS];

  xps_lines_init (&lines, (const char *)head, head_length, FALSE);
  if (!xps_lines_next (&lines, &line) || !xps_span_equal (xps_span_trim (line), "*M*"))
    return 0;
  return xps_lines_next (&lines, &line) && parse_head (line, numbers) ? 100 : 0;
}

static gboolean
fail (Reader *self, XpsFormatsError code, guint line, const char *what, const char *remedy)
{
  g_autofree char *place = xps_text_printf (_ ("line %u"), line);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

static XpsAcquisition *
make_record (const Reader *self)
{
  XpsAcquisition *record = xps_acquisition_new ();

  record->scans = self->head[SWEEPS] > 0 ? self->head[SWEEPS] : (double)NAN;
  record->dwell = self->head[DWELL] > 0 ? self->head[DWELL] : (double)NAN;
  record->pass_energy = self->head[PASS] > 0 ? self->head[PASS] : (double)NAN;
  return record;
}

static gboolean
end_region (Reader *self)
{
  const guint n = self->pairs.energy->len;

  if (!self->in_region || n == 0)
    return TRUE;
  if ((double)n != self->head[POINTS])
    g_ptr_array_add (
        self->file->warnings,
        xps_line_dup_message (self->line, _ ("%g points are said, %u follow"), self->head[POINTS], n));
  const gboolean falls = self->head[STEP] < 0;
  XpsSpectrumDraft draft = {
      .name = xps_text_printf ("region %u", self->file->spectra->len + 1),
      .axis = self->options->axis_given ? self->options->axis
              : falls                   ? XPS_AXIS_BINDING
                                        : XPS_AXIS_OTHER,
      .axis_label = g_strdup ("Energy"),
      .unit = self->negative ? XPS_INTENSITY_UNKNOWN : XPS_INTENSITY_COUNTS,
      .acquisition = make_record (self),
  };
  if (self->negative)
    g_ptr_array_add (
        self->file->warnings,
        xps_line_dup_message (
            self->line,
            _ ("negative values: these are no counts as they were measured, their unit is left open")));
  if (!falls)
    g_ptr_array_add (
        self->file->warnings,
        xps_line_dup_message (self->line,
                              _ ("energies that rise may be kinetic ones: say --axis BE or --axis KE")));
  if (xps_pairs_finish (&self->pairs, &draft, &self->budget, self->file))
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, self->line, N_ ("no memory for so many regions"), NULL);
}

static gboolean
start_region (Reader *self, const double numbers[N_NUMBERS], guint line)
{
  if (!end_region (self))
    return FALSE;
  memcpy (self->head, numbers, sizeof self->head);
  xps_pairs_clear (&self->pairs);
  self->in_region = TRUE;
  self->negative = FALSE;
  self->line = line;
  if (self->head[STEP] == 0)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, line, N_ ("a step expected, found 0"),
                 N_ ("export it again"));
  return TRUE;
}

static gboolean
read_count (Reader *self, XpsSpan line)
{
  double count = 0;

  if (!self->in_region || !xps_span_parse_number (line, &count) || !isfinite (count))
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, line.line,
                 N_ ("a count, or seven numbers of a region, expected"), N_ ("export it again"));
  const double energy = self->head[START] + (double)self->pairs.energy->len * self->head[STEP];
  self->negative |= count < 0;
  if (xps_pairs_add (&self->pairs, energy, count, line.line, &self->budget))
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, line.line, N_ ("no memory for so many points"), NULL);
}

static gboolean
read_lines (Reader *self, XpsLines *lines)
{
  XpsSpan line = {0};
  double numbers[N_NUMBERS];

  while (xps_lines_next (lines, &line)) {
    line = xps_span_trim (line);
    if (line.length == 0 || xps_span_equal (line, "*M*"))
      continue;
    if (!parse_head (line, numbers)) {
      if (!read_count (self, line))
        return FALSE;
      continue;
    }
    if (!start_region (self, numbers, line.line))
      return FALSE;
  }
  if (!end_region (self))
    return FALSE;
  if (self->file->spectra->len > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_EMPTY, lines->line, N_ ("no region with counts in the file"),
               N_ ("export it again"));
}

static gboolean
read_spectra (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file, .options = options, .error = error};
  XpsDecoded decoded;
  XpsLines lines;

  if (!xps_decode_lines (bytes, file, options, FALSE, &decoded, &self.budget, &lines, error))
    return FALSE;
  xps_pairs_init (&self.pairs);
  const gboolean done = read_lines (&self, &lines);
  file->software = g_strdup ("Omicron Presenter");
  g_ptr_array_add (file->notes, g_strdup (_ ("energies that fall are taken for binding energies")));
  xps_pairs_free (&self.pairs);
  xps_decoded_clear (&decoded);
  return done;
}

static const char *const suffixes[] = {"dat", NULL};

const XpsFormat xps_format_omicron_spectra = {
    .id = "omicron-spectra",
    .title = "Omicron Presenter text (.dat)",
    .suffixes = suffixes,
    .score = score_spectra,
    .read = read_spectra,
};
