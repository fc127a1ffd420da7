/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/specs-xy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/decode.h"
#include "formats/rows.h"

/* Text exports of SPECS SpecsLab2 (seen: 2.79) and Prodigy (seen: 4.91 to 4.134), by the serializer called
 * XY. Everything but the numbers stands in comment lines: settings of the export, then groups, regions,
 * cycles and data sets (curve, scan, channel) inside one another, each with keys of its own. Not seen in a
 * real file: separate channels, an error bar, another comment prefix than "#". */

/* Keys stand close to the comment sign; what is further in goes on with the value of the line before. */
#define CONTINUED 8

typedef enum { IN_SETTINGS, IN_GROUP, IN_REGION, IN_CYCLE, IN_SET, IN_EXTERNAL, IN_OPERATION } Scope;

typedef struct {
  XpsSpecsSettings settings;
  const XpsFile *file;
  char *prefix;
  Scope scope;
  char *group, *name;
  guint region;
  XpsAcquisition *group_record, *region_record, *cycle_record;
  GPtrArray *sets;  /* XpsSpecsSet */
  XpsSpecsSet *set; /* of the numbers that follow, borrowed, or NULL */
  guint n_operations, n_skipped;
  gboolean blank; /* the line before was empty */
  GError **error;
} Reader;

static const XpsField fields[] = {
    {"Excitation Energy", G_STRUCT_OFFSET (XpsAcquisition, photon_energy), FALSE},
    {"Pass Energy", G_STRUCT_OFFSET (XpsAcquisition, pass_energy), FALSE},
    {"Eff. Workfunction", G_STRUCT_OFFSET (XpsAcquisition, work_function), FALSE},
    {"Dwell Time", G_STRUCT_OFFSET (XpsAcquisition, dwell), FALSE},
    {"Number of Scans", G_STRUCT_OFFSET (XpsAcquisition, scans), FALSE},
    {"Analysis Method", G_STRUCT_OFFSET (XpsAcquisition, technique), TRUE},
    {"Scan Mode", G_STRUCT_OFFSET (XpsAcquisition, analyser_mode), TRUE},
    {"Source", G_STRUCT_OFFSET (XpsAcquisition, source), TRUE},
    {"Analyzer", G_STRUCT_OFFSET (XpsAcquisition, instrument), TRUE},
    {"Comment", G_STRUCT_OFFSET (XpsAcquisition, comment), TRUE},
};

/* The line with the program's name comes first; nothing else begins so. */
static int
score_specs (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  XpsSpan line = {0};
  XpsLines lines;

  xps_lines_init (&lines, (const char *)head, head_length, FALSE);
  while (xps_lines_next (&lines, &line) && xps_span_trim (line).length == 0)
    continue;
  const gssize created = xps_span_find (line, 0, "Created by:");
  return created > 0 && created < 8 && xps_span_find (line, 0, "SpecsLab") > created ? 100 : 0;
}

static gboolean
fail (Reader *self, XpsFormatsError code, guint line, const char *what, const char *remedy)
{
  g_autofree char *place = xps_text_printf (_ ("line %u"), line);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

static gboolean
fail_memory (Reader *self, guint line)
{
  return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, line,
               N_ ("more headers and tables than such a file can hold"), N_ ("export it again"));
}

static XpsAcquisition *
get_record (Reader *self)
{
  switch (self->scope) {
  case IN_SETTINGS:
  case IN_GROUP:
    return self->group_record;
  case IN_REGION:
    return self->region_record;
  case IN_CYCLE:
    return self->cycle_record;
  case IN_SET:
  case IN_EXTERNAL:
  case IN_OPERATION:
    break;
  }
  return self->set != NULL ? self->set->record : self->cycle_record;
}

static void
replace_record (XpsAcquisition **record, const XpsAcquisition *above)
{
  xps_acquisition_free (*record);
  *record = xps_acquisition_copy (above);
}

static gboolean
start_region (Reader *self, XpsSpan value)
{
  const gsize cost = xps_fields_cost (self->group_record);

  if (!xps_memory_take (&self->settings.budget, 2 * cost))
    return fail_memory (self, value.line);
  g_free (self->name);
  self->name = xps_span_dup (value);
  self->region++;
  self->scope = IN_REGION;
  self->set = NULL;
  replace_record (&self->region_record, self->group_record);
  replace_record (&self->cycle_record, self->group_record);
  return TRUE;
}

static void
start_group (Reader *self, XpsSpan value)
{
  g_free (self->group);
  self->group = xps_span_dup (value);
  self->scope = IN_GROUP;
  self->set = NULL;
}

static gboolean
add_set (Reader *self, const int address[XPS_SPECS_N], XpsSpan external, guint line)
{
  if (!xps_memory_take (&self->settings.budget, sizeof (XpsSpecsSet) + xps_fields_cost (self->cycle_record)))
    return fail_memory (self, line);
  self->set = xps_specs_set_new ();
  g_ptr_array_add (self->sets, self->set);
  memcpy (self->set->address, address, sizeof self->set->address);
  self->set->region = self->region;
  self->set->name = g_strdup (self->name);
  self->set->group = g_strdup (self->group);
  self->set->record = xps_acquisition_copy (self->cycle_record);
  self->set->external = external.text != NULL ? xps_span_dup (external) : NULL;
  self->scope = external.text != NULL ? IN_EXTERNAL : IN_SET;
  return TRUE;
}

static gboolean
start_cycle_or_set (Reader *self, const int address[XPS_SPECS_N], guint line)
{
  const XpsSpan none = {0};

  for (int i = XPS_SPECS_CURVE; i < XPS_SPECS_N; i++)
    if (address[i] >= 0)
      return add_set (self, address, none, line);
  if (!xps_memory_take (&self->settings.budget, xps_fields_cost (self->region_record)))
    return fail_memory (self, line);
  replace_record (&self->cycle_record, self->region_record);
  self->scope = IN_CYCLE;
  self->set = NULL;
  return TRUE;
}

/* "External Channel Data Cycle: 0, Temp1_Sen [K] (EBH 150)" */
static gboolean
start_external (Reader *self, XpsSpan text)
{
  int address[XPS_SPECS_N] = {-1, -1, -1, -1};
  gsize end = 0;

  for (gssize comma = xps_span_find (text, 0, ","); comma >= 0;
       comma = xps_span_find (text, (gsize)comma + 1, ",")) {
    if (!xps_specs_read_address (xps_span_slice (text, 0, (gsize)comma), address))
      break;
    end = (gsize)comma + 1;
  }
  return add_set (self, address, xps_span_trim (xps_span_slice (text, end, text.length)), text.line);
}

static void
read_setting (Reader *self, XpsSpan key, XpsSpan value)
{
  const gboolean yes = xps_span_equal_nocase (value, "yes");

  if (xps_span_equal (key, "Energy Axis"))
    self->settings.binding = xps_span_equal_nocase (value, "Binding Energy");
  else if (xps_span_equal (key, "Kinetic Energy Axis"))
    self->settings.binding = !yes;
  else
    return;
  self->settings.axis_said = TRUE;
}

static void
add_key (Reader *self, XpsSpan key, XpsSpan value)
{
  XpsAcquisition *record = get_record (self);
  g_autofree char *name = xps_span_dup (key), *text = xps_span_dup (value);

  if (self->scope == IN_SETTINGS)
    read_setting (self, key, value);
  if (self->scope == IN_OPERATION) {
    g_autofree char *long_name = g_strdup_printf ("operation %u: %s", self->n_operations, name);
    xps_acquisition_add_key (record, long_name, text);
    return;
  }
  xps_fields_add (record, fields, G_N_ELEMENTS (fields), name, text);
  if (strcmp (name, "Acquisition Date") != 0)
    return;
  char *date = xps_specs_dup_date (text);
  if (date == NULL)
    return;
  g_free (record->date);
  record->date = date;
}

static void
start_operation (Reader *self, XpsSpan value)
{
  self->n_operations++;
  /* It belongs to the region it stands in: to the last set of it. */
  if (self->set == NULL && self->sets->len > 0)
    self->set = g_ptr_array_index (self->sets, self->sets->len - 1);
  self->scope = IN_OPERATION;
  g_autofree char *name = g_strdup_printf ("operation %u", self->n_operations);
  g_autofree char *text = xps_span_dup (value);
  xps_acquisition_add_key (get_record (self), name, text);
}

/* A remark without a key, or the rest of the value above. */
static gboolean
add_words (Reader *self, XpsSpan text, gboolean continued)
{
  XpsAcquisition *record = get_record (self);
  g_autofree char *words = xps_span_dup (text);

  if (!continued || record->keys->len == 0) {
    xps_acquisition_add_key (record, "remark", words);
    return TRUE;
  }
  XpsKey *last = g_ptr_array_index (record->keys, record->keys->len - 1);
  /* Each line copies those before it: the budget keeps that from growing with the square of their number. */
  if (!xps_memory_take (&self->settings.budget, strlen (last->value)))
    return fail_memory (self, text.line);
  char *joined = last->value[0] != '\0' ? g_strdup_printf ("%s\n%s", last->value, words) : g_strdup (words);
  g_free (last->value);
  last->value = joined;
  if (strcmp (last->key, "Comment") != 0)
    return TRUE;
  g_free (record->comment);
  record->comment = g_strdup (joined);
  return TRUE;
}

static gboolean
read_key (Reader *self, XpsSpan key, XpsSpan value)
{
  if (xps_span_equal (key, "Group"))
    start_group (self, value);
  else if (xps_span_equal (key, "Region"))
    return start_region (self, value);
  else if (xps_span_equal (key, "Operation"))
    start_operation (self, value);
  else if (xps_span_equal (key, "ColumnLabels") && self->set != NULL && self->scope != IN_OPERATION)
    self->set->labels = value;
  else if (xps_span_equal (key, "Parameter") && self->scope != IN_OPERATION)
    xps_specs_add_parameter (get_record (self), value, self->scope == IN_CYCLE || self->scope == IN_SET);
  else
    add_key (self, key, value);
  return TRUE;
}

static gboolean
read_comment (Reader *self, XpsSpan line)
{
  static const char external[] = "External Channel Data ";
  const XpsSpan text = xps_span_trim (line);
  int address[XPS_SPECS_N];

  if (text.length == 0)
    return TRUE;
  const gsize indent = (gsize)(text.text - line.text);
  const gssize colon = xps_span_find (text, 0, ":");
  /* What is kept more than once is counted where it is copied. */
  if (!xps_memory_take (&self->settings.budget, text.length + 256))
    return fail_memory (self, line.line);
  if (indent >= CONTINUED && !self->blank)
    return add_words (self, text, TRUE);
  if (self->region > 0 && xps_span_has_prefix (text, external))
    return start_external (self, xps_span_slice (text, sizeof external - 1, text.length));
  if (self->region > 0 && xps_specs_read_address (text, address))
    return start_cycle_or_set (self, address, line.line);
  if (colon <= 0)
    return add_words (self, text, FALSE);
  return read_key (self, xps_span_trim (xps_span_slice (text, 0, (gsize)colon)),
                   xps_span_trim (xps_span_slice (text, (gsize)colon + 1, text.length)));
}

static gboolean
fail_row (Reader *self, XpsSpan line, const char *expected)
{
  g_autofree char *found = xps_text_dup_excerpt (line.text, (gssize)line.length, 40);
  g_autofree char *what = xps_text_printf (_ ("%s expected, found \"%s\""), expected, found);
  return fail (self, XPS_FORMATS_ERROR_MALFORMED, line.line, what,
               N_ ("the file is damaged or was edited: export it again"));
}

static gboolean
read_row (Reader *self, XpsSpan line)
{
  XpsSpecsSet *set = self->set;
  gsize n = 0;

  if (self->scope == IN_OPERATION) {
    self->n_skipped++;
    return TRUE;
  }
  if (set == NULL || set->labels.length == 0)
    return fail_row (self, line,
                     _ ("a header with \"Cycle\", \"Curve\" and \"ColumnLabels\" before numbers"));
  for (gsize at = 0; at < line.length; n++) {
    gsize end = at;
    double value = 0;
    while (end < line.length && !g_ascii_isspace (line.text[end]))
      end++;
    if (!xps_span_parse_number (xps_span_slice (line, at, end), &value))
      return fail_row (self, line, _ ("a row of numbers"));
    g_array_append_val (set->values, value);
    for (at = end; at < line.length && g_ascii_isspace (line.text[at]);)
      at++;
  }
  if (set->n_columns == 0) {
    set->n_columns = n;
    set->first_line = line.line;
  }
  if (n == set->n_columns && n >= 2)
    return TRUE;
  g_autofree char *expected = g_strdup_printf ("%" G_GSIZE_FORMAT " numbers", MAX (set->n_columns, (gsize)2));
  return fail_row (self, line, expected);
}

static gboolean
read_lines (Reader *self, XpsLines *lines)
{
  XpsSpan line = {0};
  const gsize prefix = strlen (self->prefix);

  while (xps_lines_next (lines, &line)) {
    const XpsSpan text = xps_span_trim (line);
    gboolean done = TRUE;
    if (xps_span_has_prefix (text, self->prefix))
      done = read_comment (self, xps_span_slice (text, prefix, text.length));
    else if (text.length > 0)
      done = read_row (self, text);
    if (!done)
      return FALSE;
    self->blank = text.length == 0;
  }
  return TRUE;
}

/* Tables that end early: the file was cut off. Snapshots say 1 and hold the whole picture's width. */
static void
warn_short (const Reader *self)
{
  for (guint i = 0; i < self->sets->len; i++) {
    const XpsSpecsSet *set = g_ptr_array_index (self->sets, i);
    const char *said = xps_acquisition_find_key (set->record, "Values/Curve");
    const XpsSpan text = {.text = said, .length = said != NULL ? strlen (said) : 0};
    const gsize n = set->n_columns > 0 ? set->values->len / set->n_columns : 0;
    double expected = 0;
    if (set->external != NULL || said == NULL || !xps_span_parse_number (text, &expected) ||
        !((double)n < expected))
      continue;
    g_ptr_array_add (self->settings.file->warnings,
                     xps_line_dup_message (set->first_line,
                                           _ ("region \"%s\" says %s points, the table has %zu: the file was "
                                              "cut off or the measurement stopped"),
                                           set->name, said, n));
    return;
  }
}

static gboolean
finish (Reader *self, guint line)
{
  XpsFile *file = self->settings.file;

  warn_short (self);
  if (self->n_operations > 0)
    g_ptr_array_add (file->notes,
                     xps_text_printf (_ ("%u evaluations made in Prodigy are kept as keys of their regions; "
                                         "%u points of their curves are left out"),
                                      self->n_operations, self->n_skipped));
  xps_specs_make_spectra (&self->settings, self->sets);
  if (file->spectra->len > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_EMPTY, line, N_ ("no table of a measured curve in the file"),
               N_ ("export the spectra again"));
}

/* Takes the comment sign and the program's name from the first line. */
static gboolean
read_first_line (Reader *self, XpsLines *lines)
{
  XpsSpan line = {0};

  while (xps_lines_next (lines, &line) && xps_span_trim (line).length == 0)
    continue;
  line = xps_span_trim (line);
  const gssize created = xps_span_find (line, 0, "Created by:");
  if (created <= 0)
    return fail_row (self, line, "\"# Created by: SpecsLab...\"");
  self->prefix = xps_span_dup (xps_span_trim (xps_span_slice (line, 0, (gsize)created)));
  if (self->prefix[0] == '\0')
    return fail_row (self, line, _ ("a comment sign before \"Created by:\""));
  self->settings.file->software = xps_span_dup (
      xps_span_trim (xps_span_slice (line, (gsize)created + strlen ("Created by:"), line.length)));
  return TRUE;
}

static void
clear (Reader *self)
{
  g_free (self->prefix);
  g_free (self->group);
  g_free (self->name);
  xps_acquisition_free (self->group_record);
  xps_acquisition_free (self->region_record);
  xps_acquisition_free (self->cycle_record);
  g_ptr_array_unref (self->sets);
}

static gboolean
read_specs (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.settings.file = file, .file = file, .error = error, .scope = IN_SETTINGS};
  XpsDecoded decoded = {0};
  XpsLines lines;

  if (!xps_decode_lines (bytes, file, options, FALSE, &decoded, &self.settings.budget, &lines, error))
    return FALSE;
  self.group_record = xps_acquisition_new ();
  self.region_record = xps_acquisition_new ();
  self.cycle_record = xps_acquisition_new ();
  self.sets = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_specs_set_free);
  const gboolean done =
      read_first_line (&self, &lines) && read_lines (&self, &lines) && finish (&self, lines.line);
  clear (&self);
  xps_decoded_clear (&decoded);
  return done;
}

static const char *const suffixes[] = {"xy", NULL};

const XpsFormat xps_format_specs_xy = {
    .id = "specs-xy",
    .title = "SPECS SpecsLab2 and Prodigy text export (.xy)",
    .suffixes = suffixes,
    .score = score_specs,
    .read = read_specs,
};
