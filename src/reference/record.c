/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/record.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

const char *
xps_verified_to_text (XpsVerified verified)
{
  static const char *const texts[] = {"nist-record", "seen", "secondary", "recalled", "user"};
  return texts[verified];
}

const char *
xps_verified_to_words (XpsVerified verified)
{
  switch (verified) {
  case XPS_VERIFIED_NIST:
    return _ ("read in the NIST collection; the paper itself was not opened");
  case XPS_VERIFIED_SEEN:
    return _ ("read in the source");
  case XPS_VERIFIED_SECONDARY:
    return _ ("second hand: read where somebody quotes it");
  case XPS_VERIFIED_RECALLED:
    return _ ("from memory, not checked against a source");
  case XPS_VERIFIED_USER:
  default:
    return _ ("your own entry");
  }
}

gboolean
xps_verified_is_firm (XpsVerified verified)
{
  return verified == XPS_VERIFIED_NIST || verified == XPS_VERIFIED_SEEN || verified == XPS_VERIFIED_USER;
}

void
xps_reference_spread_clear (XpsReferenceSpread *spread)
{
  g_clear_pointer (&spread->species, g_free);
  g_clear_pointer (&spread->level, g_free);
}

void
xps_reference_doublet_clear (XpsReferenceDoublet *doublet)
{
  g_clear_pointer (&doublet->element, g_free);
  g_clear_pointer (&doublet->levels, g_free);
  g_clear_pointer (&doublet->source, g_free);
  g_clear_pointer (&doublet->note, g_free);
}

/* ---- lines and phases ---- */

XpsReferenceLine *
xps_reference_line_new (void)
{
  XpsReferenceLine *line = g_new0 (XpsReferenceLine, 1);
  line->energy = line->uncertainty = line->fwhm = line->replaces_energy = NAN;
  line->verified = XPS_VERIFIED_USER;
  return line;
}

XpsReferenceLine *
xps_reference_line_copy (const XpsReferenceLine *line)
{
  XpsReferenceLine *copy = g_new0 (XpsReferenceLine, 1);
  *copy = *line;
  copy->species = g_strdup (line->species);
  copy->species_name = g_strdup (line->species_name);
  copy->class_ = g_strdup (line->class_);
  copy->element = g_strdup (line->element);
  copy->level = g_strdup (line->level);
  copy->charge_reference = g_strdup (line->charge_reference);
  copy->source = g_strdup (line->source);
  copy->note = g_strdup (line->note);
  copy->replaces_source = g_strdup (line->replaces_source);
  return copy;
}

void
xps_reference_line_free (XpsReferenceLine *line)
{
  if (line == NULL)
    return;
  g_free (line->species);
  g_free (line->species_name);
  g_free (line->class_);
  g_free (line->element);
  g_free (line->level);
  g_free (line->charge_reference);
  g_free (line->source);
  g_free (line->note);
  g_free (line->replaces_source);
  g_free (line);
}

static void
free_phase_line (gpointer pointer)
{
  XpsPhaseLine *line = pointer;
  g_free (line->element);
  g_free (line->level);
  g_free (line->species);
  g_free (line->label);
  g_free (line);
}

XpsReferencePhase *
xps_reference_phase_new (const char *name)
{
  XpsReferencePhase *phase = g_new0 (XpsReferencePhase, 1);
  phase->name = g_strdup (name);
  phase->lines = g_ptr_array_new_with_free_func (free_phase_line);
  return phase;
}

XpsPhaseLine *
xps_reference_phase_add_line (XpsReferencePhase *phase, const char *level, const char *species, double atoms)
{
  XpsPhaseLine *line = g_new0 (XpsPhaseLine, 1);
  const char *blank = level != NULL ? strchr (level, ' ') : NULL;
  line->element = blank != NULL ? g_strndup (level, (gsize)(blank - level)) : NULL;
  line->level = g_strdup (level);
  line->species = g_strdup (species);
  line->atoms = atoms;
  g_ptr_array_add (phase->lines, line);
  return line;
}

XpsReferencePhase *
xps_reference_phase_copy (const XpsReferencePhase *phase)
{
  XpsReferencePhase *copy = xps_reference_phase_new (phase->name);
  copy->full_name = g_strdup (phase->full_name);
  copy->formula = g_strdup (phase->formula);
  copy->note = g_strdup (phase->note);
  copy->own = phase->own;
  for (guint i = 0; i < phase->lines->len; i++) {
    const XpsPhaseLine *line = g_ptr_array_index (phase->lines, i);
    XpsPhaseLine *added = xps_reference_phase_add_line (copy, line->level, line->species, line->atoms);
    added->label = g_strdup (line->label);
  }
  return copy;
}

void
xps_reference_phase_free (XpsReferencePhase *phase)
{
  if (phase == NULL)
    return;
  g_free (phase->name);
  g_free (phase->full_name);
  g_free (phase->formula);
  g_free (phase->note);
  g_ptr_array_unref (phase->lines);
  g_free (phase);
}
