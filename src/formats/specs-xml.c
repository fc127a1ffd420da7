/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/specs-xml.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "formats/decode.h"
#include "formats/fields.h"
#include "formats/lines.h"
#include "formats/rows.h"
#include "formats/xml.h"

/* XML of SPECS SpecsLab2: a dump of its CORBA structures by XMLSerializer2 (seen: 1.6). Elements are kinds
 * (struct, sequence, double ...), their attributes `name` and `type_name` say what they are. libxml2 reads
 * with network, external entities, entity replacement and its limits' lifting off. Not seen in a real file:
 * several cycles, compact cycles, several curves a scan, other modes than fixed transmission, gains other
 * than 1, scaling factors. */

typedef struct {
  char *name, *type; /* "" where the element has none */
} Frame;

typedef struct {
  XpsFile *file;
  XpsMemoryBudget budget;
  xmlTextReaderPtr reader;
  GArray *frames;     /* Frame: elements that are open */
  GString *text;      /* of the innermost */
  char *group;        /* name of the region group */
  char *parameter;    /* name of the parameter whose value follows */
  GPtrArray *regions; /* XpsSpecsRegion */
  XpsSpecsRegion *region;
  guint n_cycles, n_compact;
  GError **error;
} Reader;

/* Members of RegionDef and what they mean. */
static const XpsField fields[] = {
    {"excitation_energy", G_STRUCT_OFFSET (XpsAcquisition, photon_energy), FALSE},
    {"pass_energy", G_STRUCT_OFFSET (XpsAcquisition, pass_energy), FALSE},
    {"effective_workfunction", G_STRUCT_OFFSET (XpsAcquisition, work_function), FALSE},
    {"dwell_time", G_STRUCT_OFFSET (XpsAcquisition, dwell), FALSE},
    {"analysis_method", G_STRUCT_OFFSET (XpsAcquisition, technique), TRUE},
    {"scan_mode", G_STRUCT_OFFSET (XpsAcquisition, analyser_mode), TRUE},
    {"analyzer", G_STRUCT_OFFSET (XpsAcquisition, instrument), TRUE},
    {"source", G_STRUCT_OFFSET (XpsAcquisition, source), TRUE},
};

static int
score_specs (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  const XpsSpan text = {.text = (const char *)head, .length = head_length};

  if (!xps_span_has_prefix (text, "<") && !xps_span_has_prefix (text, "\xEF\xBB\xBF<"))
    return 0;
  if (xps_span_find (text, 0, "CORBA XML document created by XMLSerializer") >= 0)
    return 100;
  /* the remark at the top may have been taken out */
  return xps_span_find (text, 0, "<?xml") >= 0 && xps_span_find (text, 0, "IDL:specs.de/") >= 0 ? 90 : 0;
}

static int
get_line (const Reader *self)
{
  return xmlTextReaderGetParserLineNumber (self->reader);
}

static gboolean
fail (Reader *self, XpsFormatsError code, const char *what, const char *remedy)
{
  g_autofree char *place = g_strdup_printf (_ ("line %d"), get_line (self));
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

static gboolean
fail_memory (Reader *self)
{
  return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, N_ ("more than such a file can hold"),
               N_ ("export it again"));
}

/* ---- elements ---- */

static const Frame *
get_frame (const Reader *self, guint above)
{
  return above < self->frames->len ? &g_array_index (self->frames, Frame, self->frames->len - 1 - above)
                                   : NULL;
}

static gboolean
is_type (const Frame *frame, const char *type)
{
  return frame != NULL && strcmp (frame->type, type) == 0;
}

static gboolean
is_named (const Frame *frame, const char *name)
{
  return frame != NULL && strcmp (frame->name, name) == 0;
}

static char *
dup_attribute (Reader *self, const char *name)
{
  char *value = xps_xml_dup_attribute (self->reader, name);
  return value != NULL ? value : g_strdup ("");
}

static void
clear_frame (gpointer data)
{
  Frame *frame = data;

  g_free (frame->name);
  g_free (frame->type);
}

static gboolean
start_struct (Reader *self, const char *type)
{
  const XpsSpecsDetector detector = {.gain = 1};

  if (strcmp (type, "RegionData") == 0) {
    if (!xps_memory_take (&self->budget, 2048))
      return fail_memory (self);
    self->region = xps_specs_region_new ();
    self->region->group = g_strdup (self->group);
    self->region->line = get_line (self);
    self->n_cycles = 0;
    g_ptr_array_add (self->regions, self->region);
  }
  if (self->region == NULL)
    return TRUE;
  if (strcmp (type, "Detector") == 0) {
    if (!xps_memory_take (&self->budget, sizeof detector))
      return fail_memory (self);
    g_array_append_val (self->region->detectors, detector);
  } else if (strcmp (type, "Cycle") == 0) {
    self->n_cycles++;
  } else if (strcmp (type, "ScanData") == 0) {
    if (!xps_memory_take (&self->budget, sizeof (XpsSpecsScan) + 128))
      return fail_memory (self);
    xps_specs_region_add_scan (self->region, MAX (self->n_cycles, 1u) - 1)->line = get_line (self);
  } else if (strcmp (type, "CompactCycle") == 0) {
    self->n_compact++;
  }
  return TRUE;
}

static gboolean
start_element (Reader *self)
{
  const Frame frame = {dup_attribute (self, "name"), dup_attribute (self, "type_name")};

  g_array_append_val (self->frames, frame);
  g_string_truncate (self->text, 0);
  return strcmp ((const char *)xmlTextReaderConstLocalName (self->reader), "struct") != 0 ||
         start_struct (self, frame.type);
}

/* ---- values ---- */

static gboolean
read_numbers (Reader *self, GArray *out)
{
  const char *text = self->text->str, *end = text + self->text->len;

  while (TRUE) {
    while (text < end && g_ascii_isspace (*text))
      text++;
    if (text >= end)
      return TRUE;
    const char *stop = text;
    while (stop < end && !g_ascii_isspace (*stop))
      stop++;
    double value = 0;
    if (!xps_number_parse_span (text, (gsize)(stop - text), &value) || !isfinite (value))
      return fail (self, XPS_FORMATS_ERROR_MALFORMED, N_ ("a row of numbers expected, found something else"),
                   N_ ("the file is damaged or was edited: export it again"));
    /* arrays grow by doubling */
    if (!xps_memory_take (&self->budget, 2 * sizeof value))
      return fail_memory (self);
    g_array_append_val (out, value);
    text = stop;
  }
}

static gboolean
add_key (Reader *self, const char *key)
{
  const char *value = g_strstrip (self->text->str);

  if (!xps_memory_take (&self->budget, strlen (key) + 2 * strlen (value) + 128))
    return fail_memory (self);
  xps_fields_add (self->region->record, fields, G_N_ELEMENTS (fields), key, value);
  return TRUE;
}

static double
get_number (const Reader *self)
{
  double value = 0;
  return xps_number_parse (self->text->str, &value) ? value : (double)NAN;
}

static gboolean
end_region_member (Reader *self, const char *name)
{
  XpsSpecsRegion *region = self->region;
  const struct {
    const char *name;
    double *value;
  } numbers[] = {
      {"values_per_curve", &region->n_values}, {"curves_per_scan", &region->n_curves},
      {"scan_delta", &region->delta},          {"kinetic_energy", &region->kinetic},
      {"kinetic_energy_base", &region->base},  {"pass_energy", &region->pass_energy},
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strcmp (numbers[i].name, name) == 0)
      *numbers[i].value = get_number (self);
  return add_key (self, name);
}

static void
end_detector_member (Reader *self, const char *name)
{
  GArray *detectors = self->region->detectors;
  /* an element may claim to be a detector without being a struct */
  if (detectors->len == 0)
    return;
  XpsSpecsDetector *last = &g_array_index (detectors, XpsSpecsDetector, detectors->len - 1);
  const double value = get_number (self);

  if (strcmp (name, "position") == 0)
    last->position = value;
  else if (strcmp (name, "shift") == 0)
    last->shift = value;
  else if (strcmp (name, "gain") == 0)
    last->gain = value;
}

/* The value of a parameter: of the region or, with its name before, of what holds it. */
static gboolean
end_parameter (Reader *self)
{
  /* value, any, Parameter, sequence, holder */
  const Frame *holder = get_frame (self, 4);
  const char *type = holder != NULL ? holder->type : "";

  if (self->parameter == NULL)
    return TRUE;
  if (strcmp (type, "RegionData") == 0)
    return add_key (self, self->parameter);
  g_autofree char *key =
      strcmp (type, "Detector") == 0
          ? g_strdup_printf ("Detector %u: %s", self->region->detectors->len, self->parameter)
          : g_strdup_printf ("%s: %s", type, self->parameter);
  return add_key (self, key);
}

static gboolean
end_record_member (Reader *self, const Frame *frame, const Frame *parent)
{
  const double value = get_number (self);

  if (is_type (parent, "RegionDef"))
    return end_region_member (self, frame->name);
  if (is_type (parent, "ScanMode") && is_named (frame, "name")) {
    self->region->fixed_transmission = strcmp (self->text->str, "FixedAnalyzerTransmission") == 0;
    return add_key (self, "scan_mode");
  }
  if (is_type (parent, "AnalyzerInfo") && is_named (frame, "name"))
    return add_key (self, "analyzer");
  if (is_type (parent, "SourceInfo") && is_named (frame, "name"))
    return add_key (self, "source");
  if (is_type (parent, "Detector"))
    end_detector_member (self, frame->name);
  else if (is_type (parent, "Cycle") && is_named (frame, "time"))
    g_array_append_val (self->region->cycle_times, value);
  else if (is_type (parent, "RegionData") && is_named (frame, "mcd_head"))
    self->region->head = value;
  else if (is_type (parent, "RegionData") && is_named (frame, "mcd_tail"))
    self->region->tail = value;
  return TRUE;
}

static void
replace_text (Reader *self, char **text)
{
  g_free (*text);
  *text = g_strstrip (g_strdup (self->text->str));
}

static gboolean
end_leaf (Reader *self)
{
  const Frame *frame = get_frame (self, 0), *parent = get_frame (self, 1), *above = get_frame (self, 2);

  if (is_type (parent, "RegionGroup") && is_named (frame, "name")) {
    replace_text (self, &self->group);
    return TRUE;
  }
  if (self->region == NULL)
    return TRUE;
  if (is_type (parent, "RegionData") && is_named (frame, "name")) {
    replace_text (self, &self->region->name);
    return TRUE;
  }
  if (is_named (parent, "counts") && is_type (above, "ScanData") && self->region->scans->len > 0) {
    XpsSpecsScan *scan = g_ptr_array_index (self->region->scans, self->region->scans->len - 1);
    return read_numbers (self, scan->counts);
  }
  if (is_named (parent, "transmission") && is_type (above, "RegionData"))
    return read_numbers (self, self->region->transmission);
  if (is_type (parent, "Parameter") && is_named (frame, "name")) {
    replace_text (self, &self->parameter);
    return TRUE;
  }
  if (is_named (parent, "value") && is_type (above, "Parameter"))
    return end_parameter (self);
  return end_record_member (self, frame, parent);
}

static gboolean
end_element (Reader *self, gboolean leaf)
{
  const gboolean done = !leaf || end_leaf (self);

  if (is_type (get_frame (self, 0), "RegionData"))
    self->region = NULL;
  g_array_set_size (self->frames, self->frames->len - 1);
  return done;
}

/* ---- document ---- */

/* Text that stands in no element's end (between elements) is white space. */
static gboolean
read_node (Reader *self, gboolean *leaf)
{
  switch (xmlTextReaderNodeType (self->reader)) {
  case XML_READER_TYPE_ELEMENT: {
    const gboolean empty = xmlTextReaderIsEmptyElement (self->reader) == 1;
    *leaf = TRUE;
    if (!start_element (self))
      return FALSE;
    return !empty || end_element (self, FALSE);
  }
  case XML_READER_TYPE_TEXT:
  case XML_READER_TYPE_CDATA: {
    const char *text = (const char *)xmlTextReaderConstValue (self->reader);
    if (*leaf && text != NULL)
      g_string_append (self->text, text);
    return TRUE;
  }
  case XML_READER_TYPE_END_ELEMENT: {
    const gboolean done = end_element (self, *leaf);
    *leaf = FALSE;
    return done;
  }
  default:
    return TRUE;
  }
}

static gboolean
read_document (Reader *self)
{
  gboolean leaf = FALSE;
  int result = 0;

  while ((result = xmlTextReaderRead (self->reader)) == 1)
    if (!read_node (self, &leaf))
      return FALSE;
  if (result == 0)
    return TRUE;
  g_autofree char *what = xps_xml_dup_problem ();
  return fail (self, XPS_FORMATS_ERROR_MALFORMED, what,
               N_ ("the file is damaged or was cut off: export it again"));
}

static gboolean
finish (Reader *self)
{
  XpsFile *file = self->file;

  if (self->n_compact > 0)
    g_ptr_array_add (file->warnings,
                     xps_text_printf (_ ("%u compact cycles are in a form that this version does not read"),
                                      self->n_compact));
  xps_specs_regions_add_spectra (self->regions, &self->budget, file);
  if (file->spectra->len > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_EMPTY, N_ ("no region with counts in the file"),
               N_ ("export the spectra again"));
}

static void
clear (Reader *self)
{
  if (self->reader != NULL)
    xmlFreeTextReader (self->reader);
  g_array_unref (self->frames);
  g_string_free (self->text, TRUE);
  g_free (self->group);
  g_free (self->parameter);
  g_ptr_array_unref (self->regions);
}

static gboolean
read_specs (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file, .error = error};
  XpsDecoded decoded = {0};

  /* Texts are Latin-1 at times without a word about it. */
  if (!xps_decode (bytes, &decoded)) {
    xps_decoded_clear (&decoded);
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, file->path, NULL,
                          N_ ("no memory to decode it"), NULL);
  }
  xps_read_options_init_budget (options, g_bytes_get_size (bytes), &self.budget);
  self.reader = xps_xml_open (decoded.text, decoded.length, "UTF-8");
  self.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  g_array_set_clear_func (self.frames, clear_frame);
  self.text = g_string_new (NULL);
  self.regions = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_specs_region_free);
  file->software = g_strdup ("SpecsLab2");
  const gboolean done = self.reader != NULL
                            ? read_document (&self) && finish (&self)
                            : xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE,
                                             file->path, NULL, N_ ("no memory to read it"), NULL);
  clear (&self);
  xps_decoded_clear (&decoded);
  return done;
}

static const char *const suffixes[] = {"xml", NULL};

const XpsFormat xps_format_specs_xml = {
    .id = "specs-xml",
    .title = "SPECS SpecsLab2 XML (.xml)",
    .suffixes = suffixes,
    .score = score_specs,
    .read = read_specs,
};
