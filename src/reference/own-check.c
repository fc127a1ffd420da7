/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "reference/cross-section.h"
#include "reference/element.h"
#include "reference/own-private.h"

/* What may be kept: the same rules for the window, the command line and a table that is read in. */

#define HIGHEST 25000.0 /* eV */
#define LONGEST 4000    /* bytes of one text */

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

static gboolean
is_good_text (const char *text)
{
  return text == NULL || (strlen (text) <= LONGEST && g_utf8_validate (text, -1, NULL));
}

/* "S 2p3/2": an element that exists, a subshell that exists. */
static gboolean
is_level (const char *level)
{
  static const char *const ends[] = {"s", "p", "p1/2", "p3/2", "d", "d3/2", "d5/2", "f", "f5/2", "f7/2"};
  g_autofree char *element = NULL, *orbital = NULL;
  if (level == NULL || !xps_level_parse (level, &element, &orbital) || xps_element_get_z (element) == 0 ||
      orbital[0] < '1' || orbital[0] > '6')
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (strcmp (orbital + 1, ends[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_level (const char *level, const char *place, GError **error)
{
  return is_level (level) || xps_own_refuse (error, place, N_ ("the core level is missing or not one"),
                                             N_ ("write it as \"S 2p3/2\" or \"Li 1s\""));
}

static gboolean
is_width (double value)
{
  return isnan (value) || (value >= 0 && value <= 100);
}

gboolean
xps_own_check_line (const XpsReferenceLine *line, const char *place, GError **error)
{
  const char *const texts[] = {line->species,          line->species_name, line->class_,
                               line->charge_reference, line->source,       line->note,
                               line->replaces_source};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!is_good_text (texts[i]))
      return xps_own_refuse (error, place, N_ ("a text is not UTF-8 or longer than 4000 bytes"), NULL);
  if (is_blank (line->species))
    return xps_own_refuse (error, place, N_ ("the species is missing"), N_ ("say what the line belongs to"));
  if (!check_level (line->level, place, error))
    return FALSE;
  if (!(line->energy > 0 && line->energy <= HIGHEST))
    return xps_own_refuse (error, place, N_ ("the binding energy is missing or outside 0 to 25000 eV"), NULL);
  if (!is_width (line->uncertainty) || !is_width (line->fwhm))
    return xps_own_refuse (error, place, N_ ("an uncertainty or a width is outside 0 to 100 eV"), NULL);
  if (is_blank (line->source))
    return xps_own_refuse (error, place, N_ ("the source is missing"),
                           N_ ("say who says so: a paper, a page, or your own measurement with its date"));
  if (line->replaces < 0 ||
      (line->replaces > 0 && (!isfinite (line->replaces_energy) || line->replaces_source == NULL)))
    return xps_own_refuse (error, place, N_ ("the entry that it corrects is not fully named"),
                           N_ ("give its number, energy and source"));
  return TRUE;
}

static gboolean
check_phase_line (const XpsReferencePhase *phase, guint i, const char *place, GError **error)
{
  const XpsPhaseLine *line = g_ptr_array_index (phase->lines, i);
  if (!check_level (line->level, place, error))
    return FALSE;
  if (is_blank (line->species) || !is_good_text (line->species) || !is_good_text (line->label))
    return xps_own_refuse (error, place, N_ ("the species of a line is missing"),
                           N_ ("name the one whose binding energies it has"));
  if (!(line->atoms > 0 && line->atoms <= 1e6))
    return xps_own_refuse (error, place, N_ ("the number of atoms behind a line is missing or not positive"),
                           NULL);
  for (guint k = 0; k < i; k++) {
    const XpsPhaseLine *other = g_ptr_array_index (phase->lines, k);
    if (strcmp (other->level, line->level) == 0 && strcmp (other->species, line->species) == 0)
      return xps_own_refuse (error, place, N_ ("a line of the phase is there twice"), NULL);
  }
  return TRUE;
}

gboolean
xps_own_check_phase (const XpsReferencePhase *phase, const char *place, GError **error)
{
  if (is_blank (phase->name))
    return xps_own_refuse (error, place, N_ ("the name of the phase is missing"), NULL);
  if (!is_good_text (phase->name) || !is_good_text (phase->full_name) || !is_good_text (phase->formula) ||
      !is_good_text (phase->note))
    return xps_own_refuse (error, place, N_ ("a text is not UTF-8 or longer than 4000 bytes"), NULL);
  if (phase->lines->len == 0)
    return xps_own_refuse (error, place != NULL ? place : phase->name, N_ ("the phase has no line"),
                           N_ ("give it at least one"));
  for (guint i = 0; i < phase->lines->len; i++)
    if (!check_phase_line (phase, i, place, error))
      return FALSE;
  return TRUE;
}
