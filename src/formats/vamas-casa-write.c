/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/vamas-private.h"

#include <math.h>

#include "base/number.h"

static void
put_word (GString *line, const char *word)
{
  g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", word);
}

static void
put_name (GString *line, const char *name)
{
  g_string_append_printf (line, " (*%s*)", name != NULL ? name : "");
}

static void
put_number (GString *line, double value)
{
  char buffer[XPS_NUMBER_LENGTH];
  put_word (line, xps_number_format (isfinite (value) ? value : 0, buffer));
}

static void
put_parameter (GString *line, const char *word, const XpsStoredParameter *parameter)
{
  put_word (line, word);
  put_number (line, parameter->value);
  put_number (line, parameter->low);
  put_number (line, parameter->high);
  put_number (line, parameter->link);
  put_number (line, parameter->factor);
}

static char *
dup_region (const XpsStoredRegion *region)
{
  GString *line = g_string_new ("CASA region");

  put_name (line, region->name);
  put_name (line, region->background);
  put_number (line, region->start);
  put_number (line, region->end);
  put_number (line, region->sensitivity);
  put_number (line, region->average_width);
  put_number (line, region->offset_start);
  put_number (line, region->offset_end);
  for (guint i = 0; i < G_N_ELEMENTS (region->cross_section); i++)
    put_number (line, region->cross_section[i]);
  put_name (line, region->tag);
  put_number (line, region->mass);
  if (isfinite (region->uncorrected_sensitivity)) {
    put_number (line, 0);
    put_number (line, region->uncorrected_sensitivity);
  }
  return g_string_free (line, FALSE);
}

static char *
dup_component (const XpsStoredComponent *component)
{
  GString *line = g_string_new ("CASA comp");

  put_name (line, component->name);
  put_name (line, component->shape);
  put_parameter (line, "Area", &component->area);
  put_parameter (line, "MFWHM", &component->fwhm);
  put_parameter (line, "Position", &component->position);
  put_word (line, "RSF");
  put_number (line, component->sensitivity);
  put_word (line, "MASS");
  put_number (line, component->mass);
  put_word (line, "INDEX");
  put_number (line, component->index);
  put_name (line, component->tag);
  if (component->constraint != NULL) {
    put_word (line, "CONST");
    put_name (line, component->constraint);
  }
  if (isfinite (component->uncorrected_sensitivity)) {
    put_word (line, "UNCORRECTEDRSF");
    put_number (line, component->uncorrected_sensitivity);
  }
  return g_string_free (line, FALSE);
}

void
xps_casa_write (const XpsStoredFit *fit, GPtrArray *lines)
{
  g_ptr_array_add (lines, g_strdup ("Casa Info Follows"));
  g_ptr_array_add (lines, g_strdup_printf ("%u", fit->calibrations->len + fit->processing->len));
  for (guint i = 0; i < fit->calibrations->len; i++)
    g_ptr_array_add (
        lines, g_strdup (((const XpsStoredCalibration *)g_ptr_array_index (fit->calibrations, i))->text));
  for (guint i = 0; i < fit->processing->len; i++)
    g_ptr_array_add (lines, g_strdup (g_ptr_array_index (fit->processing, i)));
  g_ptr_array_add (lines, g_strdup ("0"));
  g_ptr_array_add (lines, g_strdup_printf ("%u", fit->regions->len));
  for (guint i = 0; i < fit->regions->len; i++)
    g_ptr_array_add (lines, dup_region (g_ptr_array_index (fit->regions, i)));
  g_ptr_array_add (lines, g_strdup_printf ("%u", fit->components->len));
  for (guint i = 0; i < fit->components->len; i++)
    g_ptr_array_add (lines, dup_component (g_ptr_array_index (fit->components, i)));
}
