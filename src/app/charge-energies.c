/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/charge-energies.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/page-base.h"
#include "app/page-number.h"

char *
xps_charge_dup_energy_words (XpsEnergy energy)
{
  g_autofree char *value = isfinite (energy.statistical)
                               ? xps_page_dup_quantity ((XpsQuantity){energy.value, energy.statistical}, 2)
                               : xps_page_dup_number (energy.value, 2);
  if (!isfinite (energy.reference))
    return g_strdup_printf (_ ("%s eV from the counts; the charge reference’s uncertainty is not stated"),
                            value);
  g_autofree char *reference = xps_page_dup_number (energy.reference, 2);
  return g_strdup_printf (_ ("%s eV from the counts, ± %s eV from the charge reference"), value, reference);
}

static char *
dup_assignment (const XpsAssignment *assignment)
{
  g_autofree char *source = assignment->source != NULL ? xps_page_dup_localised (assignment->source) : NULL;
  if (source != NULL)
    return g_strdup_printf (_ ("Assigned to %s (%s)"), assignment->species, source);
  return g_strdup_printf (_ ("Assigned to %s"), assignment->species);
}

guint
xps_charge_add_energies (AdwPreferencesGroup *group, const XpsFitRecord *record)
{
  guint n = 0;
  for (guint i = 0; i < record->components->len; i++) {
    const XpsRecordComponent *component = g_ptr_array_index (record->components, i);
    const XpsEnergy energy = xps_fit_record_get_energy (record, component);
    const XpsAssignment *assignment = xps_fit_record_get_assignment (record, component);
    if (!isfinite (energy.value))
      continue;
    g_autofree char *words = xps_charge_dup_energy_words (energy);
    g_autofree char *decided = assignment != NULL ? dup_assignment (assignment) : NULL;
    g_autofree char *text = decided != NULL ? g_strdup_printf ("%s\n%s", words, decided) : g_strdup (words);
    xps_page_group_add (group, xps_page_property_row_new (component->name, text));
    n++;
  }
  return n;
}
