/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/vamas-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"

/* A block costs this much beside its texts, keys and values. */
#define BLOCK_MEMORY 1536
#define KEY_MEMORY   128
#define LONGEST_KEY  48

/* The comment lines of a block, read one by one. */
typedef struct {
  XpsLines at;
  gsize left;
} CommentLines;

static gboolean
next_line (CommentLines *self, XpsSpan *line)
{
  if (self->left == 0 || !xps_lines_next (&self->at, line))
    return FALSE;
  self->left--;
  *line = xps_span_trim (*line);
  return TRUE;
}

static void
add_key (XpsVamas *self, XpsAcquisition *acquisition, XpsSpan key, XpsSpan value)
{
  if (!xps_vamas_take_memory (self, KEY_MEMORY + key.length + value.length))
    return;
  g_autofree char *name = xps_span_dup (key);
  g_autofree char *text = xps_span_dup (value);
  xps_acquisition_add_key (acquisition, name, text);
}

/* "Lens : Hybrid" (Kratos), "Group = C 1s" (SPECS), "IntensityCalCoeff: 180.2 0.35" (ULVAC-PHI). */
static void
read_vendor_line (XpsVamas *self, XpsSpan line, XpsAcquisition *acquisition)
{
  static const char *const marks[] = {" : ", " = ", ": "};

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    const gssize at = xps_span_find (line, 0, marks[i]);
    if (at <= 0 || at > LONGEST_KEY)
      continue;
    const XpsSpan key = xps_span_trim (xps_span_slice (line, 0, (gsize)at));
    const XpsSpan value = xps_span_trim (xps_span_slice (line, (gsize)at + strlen (marks[i]), line.length));
    if (key.length > 0 && value.length > 0)
      add_key (self, acquisition, key, value);
    return;
  }
}

static gboolean
read_count (XpsVamas *self, CommentLines *lines, guint lines_each, const char *what, gsize *count)
{
  XpsSpan line = {0};
  double value = 0;

  if (!next_line (lines, &line)) {
    xps_vamas_warn (self, lines->at.line, _ ("the CasaXPS records end before their number of %s"), what);
    return FALSE;
  }
  if (!xps_span_parse_number (line, &value) || !(value >= 0) || value != floor (value) ||
      value * lines_each > (double)lines->left) {
    xps_vamas_warn (self, line.line, _ ("number of CasaXPS %s expected: the records behind it are not read"),
                    what);
    return FALSE;
  }
  *count = (gsize)value;
  return TRUE;
}

static void
read_processing (XpsVamas *self, XpsSpan line, XpsStoredFit *fit)
{
  if (xps_vamas_take_memory (self, KEY_MEMORY + line.length) && !xps_casa_read_calibration (line, fit))
    g_ptr_array_add (fit->processing, xps_span_dup (line));
}

static void
read_fit_record (XpsVamas *self, XpsSpan line, XpsStoredFit *fit, gboolean (*read) (XpsSpan, XpsStoredFit *),
                 XpsAcquisition *acquisition)
{
  if (!xps_vamas_take_memory (self, 4 * KEY_MEMORY + line.length) || read (line, fit))
    return;
  xps_vamas_warn (self, line.line, _ ("CasaXPS record of unknown form, kept as text only"));
  add_key (self, acquisition, (XpsSpan){.text = "CasaXPS record", .length = 14}, line);
}

static void
read_annotation (XpsVamas *self, CommentLines *lines, XpsSpan first, XpsAcquisition *acquisition)
{
  XpsSpan second = {0};
  next_line (lines, &second);
  add_key (self, acquisition, (XpsSpan){.text = "CasaXPS annotation", .length = 18}, first);
  if (second.length > 0)
    add_key (self, acquisition, (XpsSpan){.text = "CasaXPS annotation text", .length = 23}, second);
}

static void
drop_links (XpsStoredFit *fit)
{
  for (guint i = 0; i < fit->components->len; i++) {
    XpsStoredComponent *component = g_ptr_array_index (fit->components, i);
    component->area.link = component->fwhm.link = component->position.link = -1;
  }
}

/* Behind "Casa Info Follows": processing records, annotations of two lines, regions, components, each with
 * its number before it. */
static void
read_casa (XpsVamas *self, CommentLines *lines, XpsStoredFit *fit, XpsAcquisition *acquisition)
{
  static const struct {
    const char *what;
    guint lines_each;
  } parts[] = {{"processing records", 1}, {"annotations", 2}, {"regions", 1}, {"components", 1}};
  XpsSpan line = {0};

  for (guint part = 0; part < G_N_ELEMENTS (parts); part++) {
    gsize n = 0;
    if (!read_count (self, lines, parts[part].lines_each, parts[part].what, &n))
      return;
    for (gsize i = 0; i < n && next_line (lines, &line); i++) {
      if (part == 0)
        read_processing (self, line, fit);
      else if (part == 1)
        read_annotation (self, lines, line, acquisition);
      else
        read_fit_record (self, line, fit, part == 2 ? xps_casa_read_region : xps_casa_read_component,
                         acquisition);
    }
    /* Links count components in file order: with one missing none can be trusted. */
    if (part == 3 && fit->components->len != n)
      drop_links (fit);
  }
}

/* A link to a component that is not there would let the model room read past the end. */
static void
check_links (XpsVamas *self, XpsStoredFit *fit)
{
  for (guint i = 0; i < fit->components->len; i++) {
    XpsStoredComponent *component = g_ptr_array_index (fit->components, i);
    XpsStoredParameter *parameters[] = {&component->area, &component->fwhm, &component->position};
    for (guint k = 0; k < G_N_ELEMENTS (parameters); k++) {
      if (parameters[k]->link < (int)fit->components->len && parameters[k]->link != (int)i)
        continue;
      xps_vamas_warn (self, component->line,
                      _ ("CasaXPS component %u is tied to component %d, which is not there: read as free"), i,
                      parameters[k]->link);
      parameters[k]->link = -1;
    }
  }
}

XpsStoredFit *
xps_vamas_read_comment (XpsVamas *self, const XpsVamasBlock *block, XpsAcquisition *acquisition)
{
  CommentLines lines = {.at = block->comment.at, .left = block->comment.n};
  g_autoptr (GString) text = g_string_new (NULL);
  XpsStoredFit *fit = NULL;
  XpsSpan line = {0};

  while (self->error == NULL && next_line (&lines, &line)) {
    if (fit == NULL && xps_span_has_prefix (line, "Casa Info Follows")) {
      fit = xps_stored_fit_new ();
      fit->program = g_strdup (self->program);
      read_casa (self, &lines, fit, acquisition);
      continue;
    }
    if (xps_span_equal (line, XPS_VAMAS_FROM_VACUUM)) {
      acquisition->from_vacuum = TRUE;
      continue;
    }
    if (!xps_vamas_take_memory (self, 2 * line.length + 1))
      break;
    g_autofree char *copy = xps_span_dup (line);
    g_string_append (text, copy);
    g_string_append_c (text, '\n');
    read_vendor_line (self, line, acquisition);
  }
  if (text->len > 0) {
    g_string_truncate (text, text->len - 1);
    acquisition->comment = g_strdup (text->str);
  }
  if (fit != NULL)
    check_links (self, fit);
  return fit;
}

static gboolean
in_range (double value, double low, double high)
{
  return value >= low && value <= high && value == floor (value);
}

/* Some converters swap day, month and year; such a date is told, not guessed at. */
static void
add_date_as_written (XpsAcquisition *acquisition, const double *d)
{
  char parts[6][XPS_NUMBER_LENGTH];

  for (guint i = 0; i < 6; i++)
    xps_number_format (d[i], parts[i]);
  g_autofree char *text =
      g_strdup_printf ("%s-%s-%s %s:%s:%s", parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
  xps_acquisition_add_key (acquisition, "Date as written", text);
}

/* ISO 8601 as far as the file knows it: MultiPak writes -1 for the time of day. */
static void
add_date (XpsVamas *self, const XpsVamasBlock *block, XpsAcquisition *acquisition)
{
  const double *d = block->date;

  if (isnan (d[0]) || isnan (d[1]) || isnan (d[2]) || (d[0] == 0 && d[1] == 0 && d[2] == 0))
    return;
  const gboolean valid = in_range (d[0], 1900, 2200) && in_range (d[1], 1, 12) && in_range (d[2], 1, 31) &&
                         g_date_valid_dmy ((GDateDay)d[2], (GDateMonth)d[1], (GDateYear)d[0]);
  if (!valid) {
    self->bad_date_line = self->n_bad_dates++ == 0 ? block->line : self->bad_date_line;
    add_date_as_written (acquisition, d);
    return;
  }
  const gboolean has_time = in_range (d[3], 0, 23) && in_range (d[4], 0, 59) && d[5] >= 0 && d[5] < 61;
  g_autofree char *time =
      has_time ? g_strdup_printf ("T%02d:%02d:%02d", (int)d[3], (int)d[4], (int)d[5]) : g_strdup ("");
  acquisition->date = g_strdup_printf ("%04d-%02d-%02d%s", (int)d[0], (int)d[1], (int)d[2], time);
}

static void
add_variables (XpsVamas *self, const XpsVamasBlock *block, XpsAcquisition *acquisition)
{
  XpsLines labels = self->variables.at, values = block->variables.at;
  XpsSpan label = {0}, unit = {0}, value = {0};

  for (gsize i = 0; i < block->variables.n; i++) {
    xps_lines_next (&labels, &label);
    xps_lines_next (&labels, &unit);
    xps_lines_next (&values, &value);
    if (!xps_vamas_take_memory (self, KEY_MEMORY + label.length + unit.length + value.length))
      return;
    g_autofree char *label_text = xps_span_dup (xps_span_trim (label));
    g_autofree char *unit_text = xps_span_dup (xps_span_trim (unit));
    g_autofree char *value_text = xps_span_dup (xps_span_trim (value));
    xps_acquisition_add_variable (acquisition, label_text, unit_text, value_text);
  }
}

/* The source's characteristic energy is a photon energy only where photons excite. */
static gboolean
is_photon_technique (const XpsVamasBlock *block)
{
  return block->technique.length == 0 || xps_span_equal_nocase (block->technique, "XPS") ||
         xps_span_equal_nocase (block->technique, "UPS") || xps_span_equal_nocase (block->technique, "XRF");
}

static void
add_source_energy (const XpsVamasBlock *block, XpsAcquisition *acquisition)
{
  char buffer[XPS_NUMBER_LENGTH];

  if (is_photon_technique (block))
    acquisition->photon_energy = block->source_energy;
  else if (!isnan (block->source_energy))
    xps_acquisition_add_key (acquisition, "Source characteristic energy (eV)",
                             xps_number_format (block->source_energy, buffer));
}

XpsAcquisition *
xps_vamas_make_acquisition (XpsVamas *self, const XpsVamasBlock *block)
{
  XpsAcquisition *acquisition = xps_acquisition_new ();

  if (!xps_vamas_take_memory (self, BLOCK_MEMORY))
    return acquisition;
  acquisition->pass_energy = block->pass_energy;
  acquisition->work_function = block->work_function;
  acquisition->dwell = block->dwell;
  acquisition->scans = block->scans;
  acquisition->polar = block->source_angle[0];
  acquisition->azimuth = block->source_angle[1];
  acquisition->take_off_polar = block->take_off[0];
  acquisition->take_off_azimuth = block->take_off[1];
  acquisition->technique = xps_vamas_dup (self, block->technique);
  acquisition->species = xps_vamas_dup (self, block->species);
  acquisition->transition = xps_vamas_dup (self, block->transition);
  acquisition->source = xps_vamas_dup (self, block->source);
  acquisition->analyser_mode = xps_vamas_dup (self, block->analyser_mode);
  acquisition->instrument = xps_vamas_dup (self, self->instrument);
  acquisition->operator_ = xps_vamas_dup (self, self->operator_);
  add_date (self, block, acquisition);
  if (self->institution.length > 0)
    add_key (self, acquisition, (XpsSpan){.text = "Institution", .length = 11}, self->institution);
  if (self->experiment.length > 0)
    add_key (self, acquisition, (XpsSpan){.text = "Experiment", .length = 10}, self->experiment);
  add_source_energy (block, acquisition);
  add_variables (self, block, acquisition);
  return acquisition;
}
