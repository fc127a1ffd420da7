/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "app/reference-catalogue.h"
#include "app/series-desk-private.h"
#include "project/series-entry.h"
#include "series/ratio.h"

/* Atomic ratios of the desk's reports: made when somebody looks at them, from what the setup says of levels,
 * matrix and directions. What does not hold for this model any more is left out and said. */

/* Those of components that are there. */
static GPtrArray *
list_levels (const XpsSeriesQuantity *quantity, const XpsSeriesRun *run)
{
  GPtrArray *levels = g_ptr_array_new_with_free_func (g_free);
  for (gsize k = 0; k < run->n_components; k++) {
    const char *name = xps_series_run_get_component (run, k, NULL)->name;
    const char *level = xps_series_quantity_get_level (quantity, name);
    if (level != NULL)
      g_ptr_array_add (levels, g_strconcat (name, "=", level, NULL));
  }
  g_ptr_array_add (levels, NULL);
  return levels;
}

static XpsAtoms *
make_atoms (const XpsSeriesQuantity *quantity, const XpsSeriesReport *report, XpsReference *reference)
{
  XpsAtomsOptions options;
  XpsMaterial matrix = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) levels = list_levels (quantity, report->run);
  xps_atoms_options_init (&options);
  options.levels = (const char *const *)levels->pdata;
  options.sensitivity.photon_energy = quantity->photon_energy;
  options.sensitivity.angle_deg = quantity->angle;
  options.sensitivity.emission_deg = quantity->emission;
  if (quantity->matrix != NULL && xps_reference_get_material (reference, quantity->matrix, &matrix, &error))
    options.sensitivity.matrix = &matrix;
  XpsAtoms *atoms =
      xps_atoms_new (report->series, report->run, reference, &options, error == NULL ? &error : NULL);
  if (atoms == NULL) {
    options.levels = NULL;
    atoms = xps_atoms_new (report->series, report->run, reference, &options, NULL);
  }
  xps_material_clear (&matrix);
  if (atoms != NULL && error != NULL)
    g_ptr_array_add (atoms->notes, g_strdup (error->message));
  return atoms;
}

/* Ratios that can be made, NULL-terminated; the notes of `atoms` say why others cannot. */
static GPtrArray *
list_ratios (const XpsSeriesQuantity *quantity, const XpsAtoms *atoms)
{
  GPtrArray *ratios = g_ptr_array_new ();
  for (guint i = 0; i < quantity->ratios->len; i++) {
    g_autoptr (GArray) above = NULL, below = NULL;
    g_autoptr (GError) error = NULL;
    if (xps_ratio_parse (atoms, g_ptr_array_index (quantity->ratios, i), &above, &below, &error))
      g_ptr_array_add (ratios, g_ptr_array_index (quantity->ratios, i));
    else
      g_ptr_array_add (atoms->notes, g_strdup (error->message));
  }
  g_ptr_array_add (ratios, NULL);
  return ratios;
}

static void
set_ratios (const XpsSeriesQuantity *quantity, XpsSeriesReport *report, XpsAtoms *take_atoms)
{
  g_autoptr (GPtrArray) ratios = list_ratios (quantity, take_atoms);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) to = quantity->to != NULL ? xps_atoms_find (take_atoms, quantity->to, &error) : NULL;
  const XpsRatioChoice choice = {(const char *const *)ratios->pdata, to != NULL ? quantity->to : NULL, TRUE};
  if (error != NULL)
    g_ptr_array_add (take_atoms->notes, g_strdup (error->message));
  xps_series_report_set_ratios (report, take_atoms, &choice, NULL);
}

void
xps_series_desk_add_ratios (XpsSeriesDesk *self, XpsSeriesReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsReference) reference = xps_catalogue_open_reference (&error);
  XpsAtoms *atoms = reference != NULL ? make_atoms (self->setup->quantity, report, reference) : NULL;
  if (atoms != NULL)
    set_ratios (self->setup->quantity, report, atoms);
  else
    self->no_ratios = g_strdup (error != NULL ? error->message : _ ("The model of the series has no lines."));
}

const char *
xps_series_desk_get_no_ratios (XpsSeriesDesk *self)
{
  return self->no_ratios;
}

static void
drop_ratios (XpsSeriesOutcome *outcome)
{
  static const XpsRatioChoice none = {NULL, NULL, FALSE};
  if (outcome == NULL || outcome->report->atoms == NULL)
    return;
  xps_series_report_set_ratios (outcome->report, NULL, &none, NULL);
}

void
xps_series_desk_drop_ratios (XpsSeriesDesk *self)
{
  drop_ratios (self->outcome);
  drop_ratios (self->partial);
  g_clear_pointer (&self->no_ratios, g_free);
}

void
xps_series_desk_want_ratios (XpsSeriesDesk *self, gboolean wanted)
{
  if (self->ratios == wanted)
    return;
  self->ratios = wanted;
  xps_series_desk_drop_ratios (self);
  xps_series_desk_tell_changed (self);
}

/* The fit has nothing to do with it, and stays. */
void
xps_series_desk_set_quantity (XpsSeriesDesk *self, const char *label, XpsSeriesQuantity *take_quantity)
{
  const XpsState *state = xps_project_get_state (self->project);
  const XpsSeriesEntry *entry = xps_state_find_series (state, self->entry);
  if (self->setup == NULL || entry == NULL) {
    xps_series_quantity_free (take_quantity);
    return;
  }
  g_autoptr (XpsSeriesSetup) setup = xps_series_setup_copy (self->setup);
  xps_series_quantity_free (setup->quantity);
  setup->quantity = take_quantity;
  g_autofree char *text = xps_series_setup_dup_text (setup);
  if (g_strcmp0 (text, self->setup_text) != 0)
    xps_project_edit (self->project, label,
                      xps_state_set_series (state, self->entry, NULL, text, entry->result));
}
