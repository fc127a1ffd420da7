/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/specs-sle.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "formats/fields.h"
#include "formats/xml.h"

#define MOST_DETECTORS 4096

/* Attributes of the settings elements (FixedAnalyzerTransmissionSettings, CommonSpectrumSettings and below).
 */
static const XpsField fields[] = {
    {"Eexc", G_STRUCT_OFFSET (XpsAcquisition, photon_energy), FALSE},
    {"Epass", G_STRUCT_OFFSET (XpsAcquisition, pass_energy), FALSE},
    {"DwellTime", G_STRUCT_OFFSET (XpsAcquisition, dwell), FALSE},
    {"NumScans", G_STRUCT_OFFSET (XpsAcquisition, scans), FALSE},
    {"ScanMode", G_STRUCT_OFFSET (XpsAcquisition, analyser_mode), TRUE},
    {"Technique", G_STRUCT_OFFSET (XpsAcquisition, technique), TRUE},
};

typedef struct {
  xmlTextReaderPtr reader;
  XpsMemoryBudget *budget;
  GPtrArray *spectra;
  XpsAcquisition *common; /* of the group that is open */
  char *group;
  XpsSleSpectrum *spectrum; /* that is open, or NULL */
  int group_depth, spectrum_depth;
} Reader;

void
xps_sle_spectrum_free (XpsSleSpectrum *spectrum)
{
  if (spectrum == NULL)
    return;
  g_free (spectrum->id);
  g_free (spectrum->name);
  g_free (spectrum->group);
  xps_acquisition_free (spectrum->record);
  g_free (spectrum);
}

static void
end_open (Reader *self, int depth)
{
  if (self->spectrum != NULL && depth <= self->spectrum_depth)
    self->spectrum = NULL;
  if (self->group != NULL && depth <= self->group_depth) {
    g_clear_pointer (&self->group, g_free);
    xps_acquisition_free (self->common);
    self->common = xps_acquisition_new ();
  }
}

static gboolean
start_spectrum (Reader *self, int depth)
{
  if (!xps_memory_take (self->budget, 1024 + 2 * xps_fields_cost (self->common)))
    return FALSE;
  self->spectrum = g_new0 (XpsSleSpectrum, 1);
  self->spectrum_depth = depth;
  self->spectrum->id = xps_xml_dup_attribute (self->reader, "ID");
  self->spectrum->name = xps_xml_dup_attribute (self->reader, "Name");
  self->spectrum->group = g_strdup (self->group);
  self->spectrum->record = xps_acquisition_copy (self->common);
  g_ptr_array_add (self->spectra, self->spectrum);
  return TRUE;
}

static void
add_key (XpsAcquisition *record, const char *element, const char *name, const char *value)
{
  static const char settings[] = "Settings";
  const gboolean plain = strstr (element, settings) != NULL;
  /* <ScanMode Name="..."/>: the element is the key */
  const gboolean named = !plain && strcmp (name, "Name") == 0;
  g_autofree char *long_name = plain || named ? NULL : g_strdup_printf ("%s %s", element, name);

  xps_fields_add (record, fields, G_N_ELEMENTS (fields), plain ? name : named ? element : long_name, value);
}

static gboolean
read_settings (Reader *self, const char *element)
{
  XpsAcquisition *record = self->spectrum != NULL ? self->spectrum->record : self->common;

  while (xmlTextReaderMoveToNextAttribute (self->reader) == 1) {
    const char *name = (const char *)xmlTextReaderConstLocalName (self->reader);
    const char *value = (const char *)xmlTextReaderConstValue (self->reader);
    if (value == NULL)
      continue;
    if (!xps_memory_take (self->budget, strlen (name) + strlen (value) + 256))
      return FALSE;
    add_key (record, element, name, value);
  }
  xmlTextReaderMoveToElement (self->reader);
  return TRUE;
}

static gboolean
read_element (Reader *self)
{
  g_autofree char *element = g_strdup ((const char *)xmlTextReaderConstLocalName (self->reader));
  const int depth = xmlTextReaderDepth (self->reader);

  end_open (self, depth);
  if (strcmp (element, "Spectrum") == 0)
    return start_spectrum (self, depth);
  if (strcmp (element, "SpectrumGroup") == 0) {
    g_free (self->group);
    self->group = xps_xml_dup_attribute (self->reader, "Name");
    if (self->group == NULL)
      self->group = g_strdup ("");
    self->group_depth = depth;
    return TRUE;
  }
  return self->group == NULL || read_settings (self, element);
}

gboolean
xps_sle_read_schedule (const char *text, gsize length, XpsMemoryBudget *budget, GPtrArray *spectra,
                       char **problem)
{
  Reader self = {.budget = budget,
                 .spectra = spectra,
                 .reader = xps_xml_open (text, length, NULL),
                 .common = xps_acquisition_new ()};
  int result = -1;

  *problem = NULL;
  while (self.reader != NULL && (result = xmlTextReaderRead (self.reader)) == 1)
    if (xmlTextReaderNodeType (self.reader) == XML_READER_TYPE_ELEMENT && !read_element (&self)) {
      *problem = g_strdup (_ ("more than such a file can hold"));
      break;
    }
  if (result < 0)
    *problem = self.reader != NULL ? xps_xml_dup_problem () : g_strdup ("empty");
  if (self.reader != NULL)
    xmlFreeTextReader (self.reader);
  xps_acquisition_free (self.common);
  g_free (self.group);
  return *problem == NULL;
}

void
xps_sle_read_shifts (const char *text, gsize length, GArray *shifts)
{
  xmlTextReaderPtr reader = xps_xml_open (text, length, NULL);

  while (reader != NULL && shifts->len < MOST_DETECTORS && xmlTextReaderRead (reader) == 1) {
    if (xmlTextReaderNodeType (reader) != XML_READER_TYPE_ELEMENT ||
        strcmp ((const char *)xmlTextReaderConstLocalName (reader), "Detector") != 0)
      continue;
    g_autofree char *value = xps_xml_dup_attribute (reader, "shift");
    double shift = 0;
    if (value != NULL && xps_number_parse (value, &shift) && isfinite (shift))
      g_array_append_val (shifts, shift);
  }
  if (reader != NULL)
    xmlFreeTextReader (reader);
}
