/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spectrum/acquisition.h"

#include <math.h>

#include "base/number.h"

static void
variable_free (gpointer data)
{
  XpsVariable *variable = data;
  g_free (variable->label);
  g_free (variable->unit);
  g_free (variable->text);
  g_free (variable);
}

static void
key_free (gpointer data)
{
  XpsKey *key = data;
  g_free (key->key);
  g_free (key->value);
  g_free (key->unit);
  g_free (key);
}

XpsAcquisition *
xps_acquisition_new (void)
{
  XpsAcquisition *self = g_new0 (XpsAcquisition, 1);
  double *const numbers[] = {&self->photon_energy,   &self->live_time, &self->pass_energy,
                             &self->work_function,   &self->dwell,     &self->scans,
                             &self->polar,           &self->azimuth,   &self->take_off_polar,
                             &self->take_off_azimuth};

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = (double)NAN;
  self->summed = TRUE;
  self->variables = g_ptr_array_new_with_free_func (variable_free);
  self->keys = g_ptr_array_new_with_free_func (key_free);
  return self;
}

void
xps_acquisition_add_variable (XpsAcquisition *self, const char *label, const char *unit, const char *text)
{
  XpsVariable *variable = g_new0 (XpsVariable, 1);
  variable->label = g_strdup (label);
  variable->unit = g_strdup (unit);
  variable->text = g_strdup (text);
  if (text == NULL || !xps_number_parse (text, &variable->value))
    variable->value = (double)NAN;
  g_ptr_array_add (self->variables, variable);
}

void
xps_acquisition_add_key_with_unit (XpsAcquisition *self, const char *key, const char *unit, const char *value)
{
  XpsKey *pair = g_new0 (XpsKey, 1);
  pair->key = g_strdup (key);
  pair->value = g_strdup (value);
  pair->unit = g_strdup (unit);
  g_ptr_array_add (self->keys, pair);
}

void
xps_acquisition_add_key (XpsAcquisition *self, const char *key, const char *value)
{
  xps_acquisition_add_key_with_unit (self, key, NULL, value);
}

const char *
xps_acquisition_find_key (const XpsAcquisition *self, const char *key)
{
  for (guint i = 0; i < self->keys->len; i++) {
    const XpsKey *pair = g_ptr_array_index (self->keys, i);
    if (g_strcmp0 (pair->key, key) == 0)
      return pair->value;
  }
  return NULL;
}

/* Every text member, so that copy and free cannot forget one. */
#define N_TEXTS 9

static void
list_texts (XpsAcquisition *self, char **texts[N_TEXTS])
{
  char **const all[N_TEXTS] = {&self->technique,  &self->species,       &self->transition,
                               &self->source,     &self->analyser_mode, &self->date,
                               &self->instrument, &self->operator_,     &self->comment};
  for (guint i = 0; i < N_TEXTS; i++)
    texts[i] = all[i];
}

XpsAcquisition *
xps_acquisition_copy (const XpsAcquisition *self)
{
  XpsAcquisition *copy = xps_acquisition_new ();
  GPtrArray *variables = copy->variables, *keys = copy->keys;
  char **texts[N_TEXTS];

  *copy = *self;
  copy->variables = variables;
  copy->keys = keys;
  list_texts (copy, texts);
  for (guint i = 0; i < N_TEXTS; i++)
    *texts[i] = g_strdup (*texts[i]);
  for (guint i = 0; i < self->variables->len; i++) {
    const XpsVariable *v = g_ptr_array_index (self->variables, i);
    xps_acquisition_add_variable (copy, v->label, v->unit, v->text);
    ((XpsVariable *)g_ptr_array_index (variables, i))->value = v->value;
  }
  for (guint i = 0; i < self->keys->len; i++) {
    const XpsKey *k = g_ptr_array_index (self->keys, i);
    xps_acquisition_add_key_with_unit (copy, k->key, k->unit, k->value);
  }
  return copy;
}

void
xps_acquisition_free (XpsAcquisition *self)
{
  char **texts[N_TEXTS];

  if (self == NULL)
    return;
  list_texts (self, texts);
  for (guint i = 0; i < N_TEXTS; i++)
    g_free (*texts[i]);
  g_ptr_array_unref (self->variables);
  g_ptr_array_unref (self->keys);
  g_free (self);
}

void
xps_acquisition_correct_photon_energy (XpsAcquisition *self, double photon_energy, const char *reason)
{
  const char *because = reason != NULL && reason[0] != '\0' ? reason : "corrected";
  char text[XPS_NUMBER_LENGTH];
  g_autofree char *note = g_strdup_printf (
      "%s (%s)", isnan (self->photon_energy) ? "not given" : xps_number_format (self->photon_energy, text),
      because);
  g_autofree char *comment = g_steal_pointer (&self->comment);

  xps_acquisition_add_key (self, "Photon energy in the file (eV)", note);
  /* what VAMAS has room for */
  self->comment = g_strdup_printf ("%s%sPhoton energy in the file (eV): %s", comment != NULL ? comment : "",
                                   comment != NULL ? "\n" : "", note);
  self->photon_energy = photon_energy;
}

double
xps_acquisition_get_live_time (const XpsAcquisition *self)
{
  if (isfinite (self->live_time) && self->live_time > 0)
    return self->live_time;
  const double time = self->dwell * self->scans;
  return isfinite (time) && time > 0 ? time : (double)NAN;
}
