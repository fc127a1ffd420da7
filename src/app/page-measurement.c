/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-measurement.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/page-number.h"
#include "base/text.h"

/* A file may hold anything: shown as one line, cut where it would fill the page. */
#define LONGEST 400

static void
add (AdwPreferencesGroup *group, const char *title, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  g_autofree char *shown = xps_text_dup_excerpt (text, -1, LONGEST);
  xps_page_group_add (group, xps_page_property_row_new (title, shown));
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
}

static void
add_number (AdwPreferencesGroup *group, const char *title, double value, const char *unit)
{
  if (isnan (value))
    return;
  g_autofree char *number = xps_page_dup_full_number (value);
  g_autofree char *text = unit[0] != '\0' ? g_strdup_printf ("%s %s", number, unit) : g_strdup (number);
  add (group, title, text);
}

void
xps_measurement_add_source (AdwPreferencesGroup *group, const XpsRegion *region)
{
  const XpsSource *source = region->source;
  if (source == NULL) {
    xps_page_group_add (group, xps_page_note_row_new ("info", _ ("These data came from no file.")));
    return;
  }
  g_autofree char *name = source->path != NULL ? g_path_get_basename (source->path) : NULL;
  g_autofree char *folder = source->path != NULL ? g_path_get_dirname (source->path) : NULL;
  g_autofree char *number = xps_page_dup_number ((double)source->index + 1.0, 0);
  add (group, _ ("File"), name);
  add (group, _ ("Folder"), folder);
  add (group, _ ("Region in the file"), number);
  add (group, _ ("Format"), source->format);
  add (group, _ ("Software"), source->software);
  add (group, _ ("Instrument"), source->instrument);
  add (group, _ ("Imported"), source->imported);
  add (group, "SHA-256", source->sha256);
}

static void
add_variables (AdwPreferencesGroup *group, const GPtrArray *variables)
{
  for (guint i = 0; i < variables->len; i++) {
    const XpsVariable *variable = g_ptr_array_index (variables, i);
    g_autofree char *title = xps_text_dup_excerpt (variable->label != NULL ? variable->label : "", -1, 80);
    g_autofree char *value = g_strdup_printf ("%s %s", variable->text != NULL ? variable->text : "",
                                              variable->unit != NULL ? variable->unit : "");
    add (group, title, g_strstrip (value));
  }
}

void
xps_measurement_add_acquisition (AdwPreferencesGroup *group, const XpsRegion *region)
{
  const XpsAcquisition *it = xps_spectrum_get_acquisition (region->spectrum);
  gtk_widget_set_visible (GTK_WIDGET (group), FALSE);
  add (group, _ ("Technique"), it->technique);
  add (group, _ ("Species"), it->species);
  add (group, _ ("Transition"), it->transition);
  add (group, _ ("Source of radiation"), it->source);
  add_number (group, _ ("Pass energy"), it->pass_energy, "eV");
  add_number (group, _ ("Work function"), it->work_function, "eV");
  if (it->from_vacuum)
    add (group, _ ("Kinetic energies"), _ ("from the vacuum level: the work function is subtracted"));
  add_number (group, _ ("Dwell time"), it->dwell, "s");
  add_number (group, _ ("Scans"), it->scans, "");
  add_number (group, _ ("Live time per point"), it->live_time, "s");
  add_number (group, _ ("Polar angle"), it->polar, "°");
  add_number (group, _ ("Azimuth"), it->azimuth, "°");
  add_number (group, _ ("Take-off polar angle"), it->take_off_polar, "°");
  add_number (group, _ ("Take-off azimuth"), it->take_off_azimuth, "°");
  add (group, _ ("Analyser mode"), it->analyser_mode);
  add (group, _ ("Date"), it->date);
  add (group, _ ("Instrument"), it->instrument);
  add (group, _ ("Operator"), it->operator_);
  add (group, _ ("Comment"), it->comment);
  add_variables (group, it->variables);
}

void
xps_measurement_add_keys (AdwPreferencesGroup *group, const XpsRegion *region)
{
  const GPtrArray *keys = xps_spectrum_get_acquisition (region->spectrum)->keys;
  gtk_widget_set_visible (GTK_WIDGET (group), FALSE);
  for (guint i = 0; i < keys->len; i++) {
    const XpsKey *key = g_ptr_array_index (keys, i);
    g_autofree char *title = xps_text_dup_excerpt (key->key, -1, 80);
    g_autofree char *value =
        key->unit != NULL ? g_strdup_printf ("%s %s", key->value, key->unit) : g_strdup (key->value);
    add (group, title, value);
  }
}
