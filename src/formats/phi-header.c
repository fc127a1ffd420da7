/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/phi.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "formats/fields.h"

/* The most points of a region; what is in the file limits it further. */
#define MOST_POINTS 1e8

static const XpsField fields[] = {
    {"Technique", G_STRUCT_OFFSET (XpsAcquisition, technique), TRUE},
    {"InstrumentModel", G_STRUCT_OFFSET (XpsAcquisition, instrument), TRUE},
    {"Operator", G_STRUCT_OFFSET (XpsAcquisition, operator_), TRUE},
    {"AnalyserMode", G_STRUCT_OFFSET (XpsAcquisition, analyser_mode), TRUE},
    {"XraySource", G_STRUCT_OFFSET (XpsAcquisition, source), TRUE},
};

static void
region_free (gpointer data)
{
  XpsPhiRegion *region = data;

  g_free (region->name);
  g_free (region);
}

void
xps_phi_header_init (XpsPhiHeader *self)
{
  *self = (XpsPhiHeader){
      .record = xps_acquisition_new (),
      .regions = g_ptr_array_new_with_free_func (region_free),
      .areas = g_ptr_array_new_with_free_func (g_free),
  };
}

void
xps_phi_header_clear (XpsPhiHeader *self)
{
  xps_acquisition_free (self->record);
  g_ptr_array_unref (self->regions);
  g_ptr_array_unref (self->areas);
  g_free (self->description);
  g_free (self->software);
}

/* First number among the words: "Al 1486.6 mono", "4.399 eV". NaN where there is none. */
static double
find_number (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  double value = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (xps_number_parse (words[i], &value) && isfinite (value))
      return value;
  return (double)NAN;
}

/* "2017 6 6" as 2017-06-06; other spellings stay as they are. */
static char *
dup_date (const char *text)
{
  int part[3] = {0};
  g_auto (GStrv) words = g_strsplit_set (text, " ", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++) {
    double value = 0;
    if (words[i][0] == '\0')
      continue;
    if (n == 3 || !xps_number_parse (words[i], &value) || !(value >= 1 && value < 10000))
      return g_strdup (text);
    part[n++] = (int)value;
  }
  return n == 3 ? g_strdup_printf ("%04d-%02d-%02d", part[0], part[1], part[2]) : g_strdup (text);
}

/* "1 1 C1s 6 101 -0.2 298.0 278.0 297.0 279.0 0.8 55.0 AREA": number, flag, name, atomic number, points,
 * step, start and end, those of the peak, time, pass energy, how areas were added. Only the name is not a
 * number; names with blanks are seen nowhere. */
static gboolean
add_region (XpsPhiHeader *self, const char *value, guint line)
{
  g_auto (GStrv) all = g_strsplit_set (value, " \t", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  double numbers[12] = {0};

  for (guint i = 0; all[i] != NULL; i++)
    if (all[i][0] != '\0')
      g_ptr_array_add (words, all[i]);
  if (words->len < 12)
    return FALSE;
  for (guint i = 4; i < 12; i++)
    if (!xps_number_parse (g_ptr_array_index (words, i), &numbers[i]) || !isfinite (numbers[i]))
      return FALSE;
  if (!(numbers[4] >= 1 && numbers[4] <= MOST_POINTS && numbers[4] == floor (numbers[4])))
    return FALSE;
  XpsPhiRegion *region = g_new0 (XpsPhiRegion, 1);
  region->name = g_strdup (g_ptr_array_index (words, 2));
  region->n = (gsize)numbers[4];
  region->step = numbers[5];
  region->start = numbers[6];
  region->end = numbers[7];
  region->time = numbers[10] > 0 ? numbers[10] : (double)NAN;
  region->pass_energy = numbers[11] > 0 ? numbers[11] : (double)NAN;
  region->line = line;
  g_ptr_array_add (self->regions, region);
  return TRUE;
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = value[0] != '\0' ? g_strdup (value) : NULL;
}

/* "1 Lukas-1-pos1": number and name of an area. */
static void
add_area (XpsPhiHeader *self, const char *value)
{
  const char *name = value + strcspn (value, " ");
  g_ptr_array_add (self->areas, g_strstrip (g_strdup (name)));
}

gboolean
xps_phi_header_add_line (XpsPhiHeader *self, XpsSpan line)
{
  const gssize colon = xps_span_find (line, 0, ":");

  if (colon <= 0)
    return TRUE;
  g_autofree char *key = xps_span_dup (xps_span_trim (xps_span_slice (line, 0, (gsize)colon)));
  g_autofree char *value =
      xps_span_dup (xps_span_trim (xps_span_slice (line, (gsize)colon + 1, line.length)));
  if (strcmp (key, "SpectralRegDef") == 0)
    return add_region (self, value, line.line);
  xps_fields_add (self->record, fields, G_N_ELEMENTS (fields), key, value);
  if (strcmp (key, "XraySource") == 0)
    self->record->photon_energy = find_number (value);
  if (strcmp (key, "AnalyserWorkFcn") == 0)
    self->record->work_function = find_number (value);
  if (strcmp (key, "FileDesc") == 0)
    set_text (&self->description, value);
  if (strcmp (key, "SoftwareVersion") == 0)
    set_text (&self->software, value);
  if (strcmp (key, "SpatialAreaDesc") == 0)
    add_area (self, value);
  if (strcmp (key, "AcqFileDate") == 0 || (strcmp (key, "FileDate") == 0 && self->record->date == NULL)) {
    g_free (self->record->date);
    self->record->date = value[0] != '\0' ? dup_date (value) : NULL;
  }
  return TRUE;
}

XpsAcquisition *
xps_phi_header_dup_record (const XpsPhiHeader *self, const XpsPhiRegion *region, gboolean brief)
{
  GPtrArray *keys = self->record->keys;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (brief)
    self->record->keys = none;
  XpsAcquisition *copy = xps_acquisition_copy (self->record);
  self->record->keys = keys;
  copy->pass_energy = region->pass_energy;
  copy->live_time = region->time;
  return copy;
}

const char *
xps_phi_header_get_sample (const XpsPhiHeader *self, guint area)
{
  const char *name = area >= 1 && area <= self->areas->len ? g_ptr_array_index (self->areas, area - 1) : "";
  return name[0] != '\0' ? name : self->description;
}
