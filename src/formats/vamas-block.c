/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/vamas-block.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/number.h"
#include "formats/vamas-private.h"

typedef enum { KIND_NUMBER, KIND_TEXT, KIND_COMMENT, KIND_VARIABLES, KIND_ORDINATES, KIND_EXTRA } FieldKind;

/* When the standard has the field at all; whether a later block repeats it is the inclusion list's matter. */
typedef enum {
  WHEN_ALWAYS,
  WHEN_MAP,           /* MAP, MAPDP */
  WHEN_ION,           /* depth profiles and ion techniques */
  WHEN_FIELD_OF_VIEW, /* maps, line scans, SEM */
  WHEN_LINE_SCAN,     /* MAPSV, MAPSVDP, SEM */
  WHEN_AES_DIFF,
  WHEN_REGULAR,
  WHEN_SPUTTER, /* electron and photon techniques in a depth profile */
} FieldCondition;

typedef struct {
  guint8 parameter; /* prefix number */
  FieldKind kind;
  FieldCondition when;
  gsize offset;     /* in XpsVamasBlock */
  const char *name; /* for messages, and as the key */
  gboolean is_key;  /* no place of its own in the acquisition record */
} Field;

#define AT(member) offsetof (XpsVamasBlock, member)

static const Field fields[] = {
    {1, KIND_NUMBER, WHEN_ALWAYS, AT (date[0]), "year", FALSE},
    {2, KIND_NUMBER, WHEN_ALWAYS, AT (date[1]), "month", FALSE},
    {3, KIND_NUMBER, WHEN_ALWAYS, AT (date[2]), "day", FALSE},
    {4, KIND_NUMBER, WHEN_ALWAYS, AT (date[3]), "hours", FALSE},
    {5, KIND_NUMBER, WHEN_ALWAYS, AT (date[4]), "minutes", FALSE},
    {6, KIND_NUMBER, WHEN_ALWAYS, AT (date[5]), "seconds", FALSE},
    {7, KIND_NUMBER, WHEN_ALWAYS, AT (date[6]), "Hours ahead of GMT", TRUE},
    {8, KIND_COMMENT, WHEN_ALWAYS, AT (comment), "number of block comment lines", FALSE},
    {9, KIND_TEXT, WHEN_ALWAYS, AT (technique), "technique", FALSE},
    {10, KIND_NUMBER, WHEN_MAP, AT (map_position[0]), "Map x coordinate", TRUE},
    {10, KIND_NUMBER, WHEN_MAP, AT (map_position[1]), "Map y coordinate", TRUE},
    {11, KIND_VARIABLES, WHEN_ALWAYS, AT (variables), "value of an experimental variable", FALSE},
    {12, KIND_TEXT, WHEN_ALWAYS, AT (source), "source label", FALSE},
    {13, KIND_NUMBER, WHEN_ION, AT (ion[0]), "Sputtering ion atomic number", TRUE},
    {13, KIND_NUMBER, WHEN_ION, AT (ion[1]), "Sputtering ion atoms per particle", TRUE},
    {13, KIND_NUMBER, WHEN_ION, AT (ion[2]), "Sputtering ion charge", TRUE},
    {14, KIND_NUMBER, WHEN_ALWAYS, AT (source_energy), "source characteristic energy", FALSE},
    {15, KIND_NUMBER, WHEN_ALWAYS, AT (source_strength), "Source strength", TRUE},
    {16, KIND_NUMBER, WHEN_ALWAYS, AT (beam_width[0]), "Source beam width x (um)", TRUE},
    {16, KIND_NUMBER, WHEN_ALWAYS, AT (beam_width[1]), "Source beam width y (um)", TRUE},
    {17, KIND_NUMBER, WHEN_FIELD_OF_VIEW, AT (field_of_view[0]), "Field of view x (um)", TRUE},
    {17, KIND_NUMBER, WHEN_FIELD_OF_VIEW, AT (field_of_view[1]), "Field of view y (um)", TRUE},
    {18, KIND_NUMBER, WHEN_LINE_SCAN, AT (line_scan[0]), "Line scan first x", TRUE},
    {18, KIND_NUMBER, WHEN_LINE_SCAN, AT (line_scan[1]), "Line scan first y", TRUE},
    {18, KIND_NUMBER, WHEN_LINE_SCAN, AT (line_scan[2]), "Line scan first line end x", TRUE},
    {18, KIND_NUMBER, WHEN_LINE_SCAN, AT (line_scan[3]), "Line scan first line end y", TRUE},
    {18, KIND_NUMBER, WHEN_LINE_SCAN, AT (line_scan[4]), "Line scan last line end x", TRUE},
    {18, KIND_NUMBER, WHEN_LINE_SCAN, AT (line_scan[5]), "Line scan last line end y", TRUE},
    {19, KIND_NUMBER, WHEN_ALWAYS, AT (source_angle[0]), "source polar angle", FALSE},
    {20, KIND_NUMBER, WHEN_ALWAYS, AT (source_angle[1]), "source azimuth", FALSE},
    {21, KIND_TEXT, WHEN_ALWAYS, AT (analyser_mode), "analyser mode", FALSE},
    {22, KIND_NUMBER, WHEN_ALWAYS, AT (pass_energy), "pass energy or retard ratio", FALSE},
    {23, KIND_NUMBER, WHEN_AES_DIFF, AT (differential_width), "Differential width (eV)", TRUE},
    {24, KIND_NUMBER, WHEN_ALWAYS, AT (magnification), "Magnification of the transfer lens", TRUE},
    {25, KIND_NUMBER, WHEN_ALWAYS, AT (work_function), "work function", FALSE},
    {26, KIND_NUMBER, WHEN_ALWAYS, AT (bias), "Target bias (V)", TRUE},
    {27, KIND_NUMBER, WHEN_ALWAYS, AT (analysis_width[0]), "Analysis width x (um)", TRUE},
    {27, KIND_NUMBER, WHEN_ALWAYS, AT (analysis_width[1]), "Analysis width y (um)", TRUE},
    {28, KIND_NUMBER, WHEN_ALWAYS, AT (take_off[0]), "take-off polar angle", FALSE},
    {28, KIND_NUMBER, WHEN_ALWAYS, AT (take_off[1]), "take-off azimuth", FALSE},
    {29, KIND_TEXT, WHEN_ALWAYS, AT (species), "species label", FALSE},
    {30, KIND_TEXT, WHEN_ALWAYS, AT (transition), "transition label", FALSE},
    {30, KIND_NUMBER, WHEN_ALWAYS, AT (charge), "Charge of the detected particle", TRUE},
    {31, KIND_TEXT, WHEN_REGULAR, AT (abscissa_label), "abscissa label", FALSE},
    {31, KIND_TEXT, WHEN_REGULAR, AT (abscissa_unit), "abscissa unit", FALSE},
    {31, KIND_NUMBER, WHEN_REGULAR, AT (start), "abscissa start", FALSE},
    {31, KIND_NUMBER, WHEN_REGULAR, AT (increment), "abscissa increment", FALSE},
    {32, KIND_ORDINATES, WHEN_ALWAYS, AT (ordinates), "number of corresponding variables", FALSE},
    {33, KIND_TEXT, WHEN_ALWAYS, AT (signal_mode), "Signal mode", TRUE},
    {34, KIND_NUMBER, WHEN_ALWAYS, AT (dwell), "signal collection time", FALSE},
    {35, KIND_NUMBER, WHEN_ALWAYS, AT (scans), "number of scans", FALSE},
    {36, KIND_NUMBER, WHEN_ALWAYS, AT (time_correction), "Signal time correction (s)", TRUE},
    {37, KIND_NUMBER, WHEN_SPUTTER, AT (sputter[0]), "Sputter source energy (eV)", TRUE},
    {37, KIND_NUMBER, WHEN_SPUTTER, AT (sputter[1]), "Sputter source beam current (nA)", TRUE},
    {37, KIND_NUMBER, WHEN_SPUTTER, AT (sputter[2]), "Sputter source width x (um)", TRUE},
    {37, KIND_NUMBER, WHEN_SPUTTER, AT (sputter[3]), "Sputter source width y (um)", TRUE},
    {37, KIND_NUMBER, WHEN_SPUTTER, AT (sputter[4]), "Sputter source polar angle (degree)", TRUE},
    {37, KIND_NUMBER, WHEN_SPUTTER, AT (sputter[5]), "Sputter source azimuth (degree)", TRUE},
    {37, KIND_TEXT, WHEN_SPUTTER, AT (sputter_mode), "Sputtering mode", TRUE},
    {38, KIND_NUMBER, WHEN_ALWAYS, AT (tilt[0]), "Sample tilt polar angle (degree)", TRUE},
    {38, KIND_NUMBER, WHEN_ALWAYS, AT (tilt[1]), "Sample tilt azimuth (degree)", TRUE},
    {39, KIND_NUMBER, WHEN_ALWAYS, AT (rotation), "Sample rotation (degree)", TRUE},
    {40, KIND_EXTRA, WHEN_ALWAYS, AT (extra), "number of additional numerical parameters", FALSE},
};

static gboolean
technique_is_one_of (const XpsVamasBlock *block, const char *const *names)
{
  for (; *names != NULL; names++)
    if (xps_span_equal_nocase (block->technique, *names))
      return TRUE;
  return FALSE;
}

static gboolean
is_depth_profile (XpsVamasMode mode)
{
  return mode == XPS_VAMAS_MAPDP || mode == XPS_VAMAS_MAPSVDP || mode == XPS_VAMAS_SDP ||
         mode == XPS_VAMAS_SDPSV;
}

static gboolean
field_exists (const XpsVamas *self, const XpsVamasBlock *block, FieldCondition when)
{
  static const char *const ion[] = {"FABMS", "FABMS energy spec", "ISS", "SIMS", "SIMS energy spec",
                                    "SNMS",  "SNMS energy spec",  NULL};
  static const char *const electron[] = {"AES diff", "AES dir", "EDX", "ELS", "UPS", "XPS", "XRF", NULL};
  static const char *const differential[] = {"AES diff", NULL};
  const XpsVamasMode mode = self->mode;
  const gboolean line_scan = mode == XPS_VAMAS_MAPSV || mode == XPS_VAMAS_MAPSVDP || mode == XPS_VAMAS_SEM;
  const gboolean map = mode == XPS_VAMAS_MAP || mode == XPS_VAMAS_MAPDP;

  switch (when) {
  case WHEN_MAP:
    return map;
  case WHEN_ION:
    return is_depth_profile (mode) || technique_is_one_of (block, ion);
  case WHEN_FIELD_OF_VIEW:
    return map || line_scan;
  case WHEN_LINE_SCAN:
    return line_scan;
  case WHEN_AES_DIFF:
    return technique_is_one_of (block, differential);
  case WHEN_REGULAR:
    return self->scan == XPS_VAMAS_REGULAR;
  case WHEN_SPUTTER:
    return is_depth_profile (mode) && technique_is_one_of (block, electron);
  case WHEN_ALWAYS:
  default:
    return TRUE;
  }
}

/* The first block holds every parameter; in later ones an absent parameter keeps the first block's value. */
static gboolean
field_is_present (const XpsVamas *self, guint parameter)
{
  if (self->first.line == 0 || self->list_sign == 0)
    return TRUE;
  return self->list_sign > 0 ? self->listed[parameter] : !self->listed[parameter];
}

static void
read_field (XpsVamas *self, const Field *field, void *place)
{
  switch (field->kind) {
  case KIND_NUMBER:
    *(double *)place = xps_vamas_take_number (self, field->name);
    break;
  case KIND_TEXT:
    *(XpsSpan *)place = xps_vamas_take_text (self, field->name);
    break;
  case KIND_COMMENT:
    *(XpsVamasList *)place =
        xps_vamas_take_list (self, xps_vamas_take_count (self, field->name), 1, "block comment");
    break;
  case KIND_VARIABLES:
    *(XpsVamasList *)place = xps_vamas_take_list (self, self->variables.n, 1, field->name);
    break;
  case KIND_ORDINATES:
    *(XpsVamasList *)place = xps_vamas_take_list (self, xps_vamas_take_count (self, field->name), 2,
                                                  "label or unit of a corresponding variable");
    break;
  case KIND_EXTRA:
  default:
    *(XpsVamasList *)place = xps_vamas_take_list (self, xps_vamas_take_count (self, field->name), 3,
                                                  "additional numerical parameter");
    break;
  }
}

static void
clear_field (const Field *field, void *place)
{
  if (field->kind == KIND_NUMBER)
    *(double *)place = (double)NAN;
  else if (field->kind == KIND_TEXT)
    *(XpsSpan *)place = (XpsSpan){0};
}

gboolean
xps_vamas_read_block (XpsVamas *self, XpsVamasBlock *block)
{
  *block = self->first;
  block->block_id = xps_vamas_take_text (self, "block identifier");
  block->sample_id = xps_vamas_take_text (self, "sample identifier");
  block->line = block->block_id.line;
  for (guint i = 0; i < G_N_ELEMENTS (fields) && self->error == NULL; i++) {
    const Field *field = &fields[i];
    void *place = (char *)block + field->offset;
    if (!field_exists (self, block, field->when))
      clear_field (field, place);
    else if (field_is_present (self, field->parameter))
      read_field (self, field, place);
  }
  block->future = xps_vamas_take_list (self, self->n_future, 1, "future upgrade entry");
  block->n_values = xps_vamas_take_count (self, "number of ordinate values");
  if (self->error != NULL)
    return FALSE;
  if (self->first.line == 0)
    self->first = *block;
  return TRUE;
}

static void
add_key (XpsVamas *self, XpsAcquisition *acquisition, const char *key, XpsSpan value)
{
  if (value.length == 0 || !xps_vamas_take_memory (self, 128 + strlen (key) + value.length))
    return;
  g_autofree char *text = xps_span_dup (value);
  xps_acquisition_add_key (acquisition, key, text);
}

static void
add_extra_keys (XpsVamas *self, const XpsVamasBlock *block, XpsAcquisition *acquisition)
{
  XpsLines at = block->extra.at;
  XpsSpan label = {0}, unit = {0}, value = {0};

  for (gsize i = 0; i < block->extra.n && self->error == NULL; i++) {
    xps_lines_next (&at, &label);
    xps_lines_next (&at, &unit);
    xps_lines_next (&at, &value);
    label = xps_span_trim (label);
    value = xps_span_trim (value);
    if (!xps_vamas_take_memory (self, 160 + label.length + unit.length + value.length))
      return;
    g_autofree char *label_text = xps_span_dup (label);
    g_autofree char *unit_text = xps_span_dup (xps_span_trim (unit));
    g_autofree char *value_text = xps_span_dup (value);
    xps_acquisition_add_key_with_unit (acquisition, label_text, unit_text, value_text);
  }
}

void
xps_vamas_add_keys (XpsVamas *self, const XpsVamasBlock *block, XpsAcquisition *acquisition)
{
  char buffer[XPS_NUMBER_LENGTH];

  for (guint i = 0; i < G_N_ELEMENTS (fields) && self->error == NULL; i++) {
    const void *place = (const char *)block + fields[i].offset;
    if (!fields[i].is_key)
      continue;
    if (fields[i].kind == KIND_TEXT) {
      add_key (self, acquisition, fields[i].name, *(const XpsSpan *)place);
    } else if (!isnan (*(const double *)place)) {
      xps_number_format (*(const double *)place, buffer);
      add_key (self, acquisition, fields[i].name, (XpsSpan){.text = buffer, .length = strlen (buffer)});
    }
  }
  add_extra_keys (self, block, acquisition);

  XpsLines at = block->future.at;
  XpsSpan line = {0};
  for (gsize i = 0; i < block->future.n && self->error == NULL; i++) {
    xps_lines_next (&at, &line);
    add_key (self, acquisition, "Future upgrade entry", xps_span_trim (line));
  }
}
