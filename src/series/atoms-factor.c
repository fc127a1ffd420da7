/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/text.h"
#include "series/atoms-private.h"

/* What an atom gives at each step: its sensitivity at the step's photon energy, times what its spectrum was
 * measured with. */

const XpsFitData *
xps_atoms_get_data (const XpsAtomsMaking *self, gsize step, gsize part)
{
  return g_ptr_array_index (xps_series_get_step (self->series, step)->data, (guint)part);
}

/* Relative transmission where the file has it, between its points. */
static double
get_transmission (const XpsFitData *data, double energy)
{
  const XpsColumn *column =
      data->spectrum != NULL ? xps_spectrum_find_column (data->spectrum, XPS_COLUMN_TRANSMISSION) : NULL;
  const gsize n = column != NULL ? xps_spectrum_get_n (data->spectrum) : 0;
  g_autofree double *binding = g_new (double, n + 1);
  if (n == 0 || !xps_energy_to_binding (data->spectrum, &data->scale, binding, NULL))
    return NAN;
  gsize nearest = 0;
  for (gsize i = 1; i < n; i++)
    if (fabs (binding[i] - energy) < fabs (binding[nearest] - energy))
      nearest = i;
  return column->values[nearest] > 0 ? column->values[nearest] : (double)NAN;
}

/* What all spectra of a step have: counting times and transmissions count for all of them or for none. */
typedef struct {
  gboolean times, transmissions, rates;
} StepFacts;

static StepFacts
find_facts (const XpsAtomsMaking *self, gsize i)
{
  StepFacts facts = {TRUE, TRUE, FALSE};
  for (guint k = 0; k < self->atoms->lines->len; k++) {
    const XpsAtomLine *line = g_ptr_array_index (self->atoms->lines, k);
    const XpsFitData *data = xps_atoms_get_data (self, i, line->part);
    if (data == NULL || line->level == NULL)
      continue;
    const double energy = self->energies[g_array_index (line->components, gsize, 0)];
    facts.times &= isfinite (data->seconds);
    facts.rates |= data->unit == XPS_INTENSITY_COUNTS_PER_SECOND;
    facts.transmissions &= isfinite (get_transmission (data, energy));
  }
  return facts;
}

void
xps_atom_line_miss (XpsAtomLine *line, char *take)
{
  if (line->missing == NULL)
    line->missing = take;
  else
    g_free (take);
}

static void
find_factor (XpsAtomsMaking *self, XpsAtomLine *line, gsize i, const StepFacts *facts)
{
  const XpsFitData *data = xps_atoms_get_data (self, i, line->part);
  const double energy = self->energies[g_array_index (line->components, gsize, 0)];
  XpsSensitivityOptions options = self->options->sensitivity;
  g_autoptr (GError) error = NULL;
  XpsSensitivity found;
  if (data == NULL)
    return;
  if (isfinite (data->scale.photon_energy))
    options.photon_energy = data->scale.photon_energy;
  if (!(options.photon_energy > 0)) {
    xps_atom_line_miss (line, xps_text_printf (_ ("The photon energy of %s is not known."), line->name));
    return;
  }
  if (!facts->times && facts->rates) {
    xps_atom_line_miss (
        line, g_strdup (_ ("Some core levels are in counts per second and others in counts of an unknown "
                           "time: they cannot be compared.")));
    return;
  }
  const double transmission = facts->transmissions ? get_transmission (data, energy) : (double)NAN;
  if (!xps_sensitivity (self->reference, line->level, energy, transmission, &options, &found, &error)) {
    xps_atom_line_miss (line, g_strdup (error->message));
    return;
  }
  const double seconds = facts->times ? data->seconds : 1;
  line->factors[i] = found.product * line->share * seconds;
  self->gaps |= found.gaps;
  self->no_time |= !facts->times;
  if (isfinite (line->sensitivity.product))
    return;
  line->sensitivity = found;
  line->photon_energy = options.photon_energy;
  line->seconds = seconds;
}

void
xps_atoms_find_factors (XpsAtomsMaking *self)
{
  for (gsize i = 0; i < self->atoms->n_steps; i++) {
    const StepFacts facts = find_facts (self, i);
    for (guint k = 0; k < self->atoms->lines->len; k++) {
      XpsAtomLine *line = g_ptr_array_index (self->atoms->lines, k);
      if (line->level != NULL)
        find_factor (self, line, i, &facts);
    }
  }
}
