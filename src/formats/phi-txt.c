/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/phi.h"

#include "formats/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "formats/decode.h"
#include "formats/labels.h"
#include "formats/pairs.h"

/* Texts exported from PHI's MultiPak, by three programs:
 * - MultiPak: "Element Bi 4f; Region 1 of 6; Depth Cycle 1 of 1; Time Per Step 50; ..." before each table of
 *   binding energies and counts. Its times are milliseconds a sweep: with them the counts of two measured
 *   files are those of the .spe beside them;
 * - MultiPak Exporter: "//Multipak Exporter", the header of the .spe, then seven lines before each table;
 * - the tools of NIMS: "#title,...", "#x,Binding Energy,eV", "#y,Intensity,cps", "#legend,...".
 * Not seen in a real file: several depth cycles or legends. */

#define EXPORTER "//Multipak Exporter"
#define ELEMENT  "Element "

typedef enum { LAYOUT_ELEMENT, LAYOUT_EXPORTER, LAYOUT_NIMS } Layout;

typedef struct {
  XpsFile *file;
  XpsMemoryBudget budget;
  Layout layout;
  XpsPairs pairs;
  XpsPhiHeader header;
  XpsSpectrumDraft draft; /* of the table that is being read */
  char *before[7];        /* lines of text before the table, the last one last */
  GError **error;
} Reader;

static gboolean
find_layout (XpsSpan text, Layout *layout)
{
  const gboolean element = xps_span_has_prefix (text, ELEMENT) || xps_span_find (text, 0, "\nElement ") >= 0;

  *layout = LAYOUT_ELEMENT;
  if (element && xps_span_find (text, 0, "; Region ") >= 0 && xps_span_find (text, 0, "Time Per Step ") >= 0)
    return TRUE;
  *layout = LAYOUT_EXPORTER;
  const gssize at = xps_span_find (text, 0, EXPORTER);
  if (at == 0 || (at > 0 && (text.text[at - 1] == '\n' || text.text[at - 1] == '\r')))
    return TRUE;
  *layout = LAYOUT_NIMS;
  return xps_span_has_prefix (text, "#title,") && xps_span_find (text, 0, "#legend,") >= 0 &&
         xps_span_find (text, 0, "#x,") >= 0;
}

static int
score_phi_txt (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  const XpsSpan text = {.text = (const char *)head, .length = head_length};
  Layout layout = LAYOUT_ELEMENT;

  if (xps_decode_looks_binary (text.text, text.length))
    return 0;
  return find_layout (text, &layout) ? 90 : 0;
}

static gboolean
fail (Reader *self, XpsFormatsError code, guint line, const char *what, const char *remedy)
{
  g_autofree char *place = g_strdup_printf (_ ("line %u"), line);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

static gboolean
end_table (Reader *self)
{
  if (self->pairs.energy->len == 0)
    return TRUE;
  if (self->draft.acquisition == NULL)
    self->draft.acquisition = xps_acquisition_copy (self->header.record);
  self->draft.axis = XPS_AXIS_BINDING;
  if (xps_pairs_finish (&self->pairs, &self->draft, &self->budget, self->file)) {
    self->draft = (XpsSpectrumDraft){0};
    return TRUE;
  }
  self->draft = (XpsSpectrumDraft){0};
  return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, self->pairs.line, N_ ("no memory for so many tables"),
               NULL);
}

/* ---- MultiPak ---- */

static gboolean
parse_after (const char *part, const char *name, double *value)
{
  return g_str_has_prefix (part, name) && xps_number_parse (part + strlen (name), value) && isfinite (*value);
}

/* "Depth Cycle 3 of 12": a variable where there are several. */
static void
read_cycle (const char *part, XpsAcquisition *record)
{
  g_auto (GStrv) words = g_strsplit (part, " ", -1);

  if (g_strv_length (words) == 5 && strcmp (words[4], "1") != 0)
    xps_acquisition_add_variable (record, "Cycle", "", words[2]);
}

static void
read_element (Reader *self, XpsSpan line)
{
  g_autofree char *text = xps_text_dup_printable (line.text, (gssize)line.length);
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  XpsAcquisition *record = self->draft.acquisition = xps_acquisition_new ();
  double value = 0;

  self->draft.name = g_strstrip (g_strdup (parts[0] + strlen (ELEMENT) - 1));
  for (guint i = 1; parts[i] != NULL; i++) {
    const char *part = g_strstrip (parts[i]);
    if (parse_after (part, "Time Per Step ", &value))
      record->dwell = value / 1000;
    if (parse_after (part, "Sweeps ", &value))
      record->scans = value;
    if (parse_after (part, "Photon Energy ", &value))
      record->photon_energy = value;
    if (g_str_has_prefix (part, "Depth Cycle "))
      read_cycle (part, record);
    if (g_str_has_prefix (part, "Anode ")) {
      g_free (record->source);
      record->source = g_strdup (part + 6);
    }
    if (strcmp (part, "XPS") == 0 && record->technique == NULL)
      record->technique = g_strdup (part);
  }
  self->draft.unit = XPS_INTENSITY_COUNTS;
  self->draft.unit_label = g_strdup ("counts");
}

/* ---- MultiPak Exporter ---- */

static void
keep_line (Reader *self, XpsSpan line)
{
  const guint last = G_N_ELEMENTS (self->before) - 1;

  g_free (self->before[0]);
  for (guint i = 0; i < last; i++)
    self->before[i] = self->before[i + 1];
  self->before[last] = xps_text_dup_excerpt (line.text, (gssize)line.length, 200);
}

/* The lines before a table: area, number of its region, name, number of the area, axis, intensity, points. */
static void
start_exported (Reader *self)
{
  const char *name = self->before[2], *unit = self->before[5];
  double number = 0;

  if (self->before[0] == NULL)
    return;
  self->draft.name = g_strdup (name);
  self->draft.sample = self->before[0][0] != '\0' ? g_strdup (self->before[0]) : NULL;
  self->draft.axis_label = g_strdup (self->before[4]);
  self->draft.unit = xps_label_unit (unit);
  self->draft.unit_label = g_strdup (unit);
  if (xps_number_parse (self->before[1], &number) && number >= 1 && number <= self->header.regions->len)
    self->draft.acquisition = xps_phi_header_dup_record (
        &self->header, g_ptr_array_index (self->header.regions, (guint)number - 1), FALSE);
}

/* ---- NIMS ---- */

static void
read_comment (Reader *self, XpsSpan line)
{
  g_autofree char *text = xps_text_dup_printable (line.text, (gssize)line.length);
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  const char *key = parts[0] != NULL ? parts[0] : "";
  const char *value = parts[0] != NULL && parts[1] != NULL ? parts[1] : "";

  if (strcmp (key, "#legend") == 0) {
    g_free (self->draft.name);
    self->draft.name = g_strdup (value);
  } else if (strcmp (key, "#x") == 0) {
    g_free (self->draft.axis_label);
    self->draft.axis_label = g_strdup (value);
  } else if (strcmp (key, "#y") == 0) {
    g_free (self->draft.unit_label);
    self->draft.unit_label = g_strdup (g_strv_length (parts) > 2 ? parts[2] : value);
    self->draft.unit = xps_label_unit (self->draft.unit_label);
  } else if (xps_memory_take (&self->budget, 128 + strlen (text)))
    xps_acquisition_add_key (self->header.record, key + strspn (key, "#"), value);
}

/* ---- all ---- */

static gboolean
read_text_line (Reader *self, XpsSpan line)
{
  if (self->layout == LAYOUT_NIMS) {
    if (line.text[0] == '#')
      read_comment (self, line);
    return TRUE;
  }
  if (self->layout == LAYOUT_EXPORTER) {
    if (xps_span_find (line, 0, ":") > 0 && !xps_span_has_prefix (line, "//") &&
        !xps_phi_header_add_line (&self->header, line))
      return fail (self, XPS_FORMATS_ERROR_MALFORMED, line.line, N_ ("a region's numbers expected"),
                   N_ ("export it again"));
    return TRUE;
  }
  if (xps_span_has_prefix (line, ELEMENT)) {
    xps_spectrum_draft_clear (&self->draft);
    self->draft = (XpsSpectrumDraft){0};
    read_element (self, line);
  }
  return TRUE;
}

/* Before the first title of MultiPak's texts there can be a table of areas, which is no spectrum. */
static gboolean
is_row (const Reader *self, XpsSpan line, double *energy, double *intensity)
{
  if (self->layout == LAYOUT_ELEMENT && self->draft.acquisition == NULL)
    return FALSE;
  return xps_pairs_parse (line, energy, intensity);
}

static gboolean
read_lines (Reader *self, XpsLines *lines)
{
  XpsSpan line = {0};
  double energy = 0, intensity = 0;

  while (xps_lines_next (lines, &line)) {
    line = xps_span_trim (line);
    if (is_row (self, line, &energy, &intensity)) {
      if (self->pairs.energy->len == 0 && self->layout == LAYOUT_EXPORTER)
        start_exported (self);
      if (!xps_pairs_add (&self->pairs, energy, intensity, line.line, &self->budget))
        return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, line.line, N_ ("no memory for so many rows"), NULL);
      continue;
    }
    if (self->layout == LAYOUT_EXPORTER)
      keep_line (self, line);
    if (line.length > 0 && (!end_table (self) || !read_text_line (self, line)))
      return FALSE;
  }
  if (!end_table (self))
    return FALSE;
  if (self->file->spectra->len > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_EMPTY, lines->line,
               N_ ("no table of energies and intensities in the file"), N_ ("export it again from MultiPak"));
}

static gboolean
read_phi_txt (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file, .error = error};
  XpsDecoded decoded;
  XpsLines lines;

  if (!xps_decode_lines (bytes, file, options, FALSE, &decoded, &self.budget, &lines, error))
    return FALSE;
  const XpsSpan text = {.text = decoded.text, .length = MIN (decoded.length, 4096)};
  find_layout (text, &self.layout);
  xps_pairs_init (&self.pairs);
  xps_phi_header_init (&self.header);
  const gboolean done = read_lines (&self, &lines);
  file->software = g_strdup (self.header.software != NULL ? self.header.software : "PHI MultiPak");
  file->instrument = g_strdup (self.header.record->instrument);
  xps_spectrum_draft_clear (&self.draft);
  for (guint i = 0; i < G_N_ELEMENTS (self.before); i++)
    g_free (self.before[i]);
  xps_phi_header_clear (&self.header);
  xps_pairs_free (&self.pairs);
  xps_decoded_clear (&decoded);
  return done;
}

static const char *const suffixes[] = {"txt", "csv", NULL};

const XpsFormat xps_format_phi_txt = {
    .id = "phi-txt",
    .title = "PHI MultiPak text export",
    .suffixes = suffixes,
    .score = score_phi_txt,
    .read = read_phi_txt,
};
