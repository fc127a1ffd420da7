/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "quantify/identify-private.h"

/* What speaks for and against one candidate of one line. */

#define SAME_LEVEL_AREA 0.65 /* within one level only the fit itself is uncertain */
#define DISPUTED        1.0  /* eV around a disputed range */
#define TOO_BROAD       1.6  /* times the reported widths */
#define TOO_NARROW      0.4  /* times them: instruments have become better */
#define UNSEEN_AREA                                                                                          \
  0.5 /* of what formula and sensitivities ask for: depth and transmission explain no more */

static void
say (GPtrArray *list, char *take_sentence)
{
  g_ptr_array_add (list, take_sentence);
}

/* ---- position, width, disputes ---- */

static void
weigh_position (const XpsIdentification *self, const XpsObserved *observed, XpsCandidate *candidate)
{
  const XpsReferenceSpread *spread = &candidate->spread;
  candidate->tolerance = hypot (candidate->tolerance, self->shift_error);
  candidate->distance = observed->energy + self->shift - spread->median;
  candidate->score = xps_identify_closeness (observed, candidate, self->shift);
  const double energy = observed->energy + self->shift;
  const double margin = spread->n > 1 ? XPS_IDENTIFY_LEAST : XPS_IDENTIFY_SINGLE;
  if (energy >= spread->low - margin && energy <= spread->high + margin)
    say (candidate->in_favour, xps_text_printf (_ ("%.2f eV agrees with what is reported for %s %s, %.2f to "
                                                   "%.2f eV (values: %u, first-hand: %u)"),
                                                energy, spread->species, spread->level, spread->low,
                                                spread->high, spread->n, spread->n_firm));
  else
    say (candidate->against,
         xps_text_printf (_ ("%.2f eV lies outside what is reported for %s %s, %.2f to %.2f eV (values: %u)"),
                          energy, spread->species, spread->level, spread->low, spread->high, spread->n));
  if (spread->n_firm == 0)
    say (candidate->against, xps_text_printf (_ ("no value of %s %s was verified at first hand"),
                                              spread->species, spread->level));
  if (spread->analogue)
    say (candidate->against,
         xps_text_printf (_ ("%s stands in for a lithium compound: good for trends only"), spread->species));
}

/* Broader or narrower than anybody reports for it: another species under it, charging, or another line. How
 * narrow a line can be depends on the instrument, so that this weighs little. */
static void
weigh_width (XpsReference *reference, const XpsObserved *observed, XpsCandidate *candidate)
{
  XpsReferenceQuery query;
  double low = INFINITY, high = 0;
  if (!(observed->width > 0))
    return;
  xps_reference_query_init (&query);
  query.species = candidate->species;
  query.level = candidate->spread.level;
  query.secondary = query.recalled = TRUE;
  g_autoptr (GPtrArray) lines = xps_reference_search (reference, &query, NULL);
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const XpsReferenceLine *line = g_ptr_array_index (lines, i);
    if (!(line->fwhm > 0) || line->replaced)
      continue;
    low = fmin (low, line->fwhm);
    high = fmax (high, line->fwhm);
  }
  if (!(high > 0))
    return;
  const gboolean fits = observed->width <= TOO_BROAD * high && observed->width >= TOO_NARROW * low;
  if (fits)
    say (candidate->in_favour,
         xps_text_printf (_ ("a width of %.2f eV agrees with the reported %.2f to %.2f eV"), observed->width,
                          low, high));
  else
    say (candidate->against,
         xps_text_printf (_ ("a width of %.2f eV is far from the reported %.2f to %.2f eV"), observed->width,
                          low, high));
  candidate->score *= fits ? 1 : 0.7;
}

/* Those that touch the species where the line lies: a dispute over another energy does not bite here. */
static void
add_controversies (XpsReference *reference, double energy, XpsCandidate *candidate)
{
  g_autoptr (GPtrArray) rows =
      xps_reference_list_controversies (reference, candidate->species, candidate->spread.level);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const XpsReferenceControversy *row = g_ptr_array_index (rows, i);
    if (!(energy < row->low - DISPUTED) && !(energy > row->high + DISPUTED)) /* NaN: everywhere */
      say (candidate->against, g_strdup (row->statement));
  }
}

typedef struct {
  const XpsIdentification *self;
  XpsReference *reference;
  const XpsObserved *observed;
  XpsCandidate *candidate;
  const XpsPhaseLine *own; /* the line of the phase that the component would be */
} Case;

/* The observed component that fits best where a partner line should be, judged by its distance from this one
 * (the shift is common to both); *measured: its level was looked at at all. */
static const XpsObserved *
find_partner (const Case *c, const XpsReferenceSpread *spread, gboolean *measured, double *off)
{
  const XpsObserved *best = NULL;
  const double expected = c->observed->energy + spread->median - c->candidate->spread.median;
  double smallest = INFINITY;
  *measured = FALSE;
  for (guint i = 0; i < c->self->components->len; i++) {
    const XpsObserved *other = &g_array_index (c->self->components, XpsIdentified, i).observed;
    if (other->level == NULL || strcmp (other->level, spread->level) != 0 || other == c->observed)
      continue;
    *measured = TRUE;
    if (fabs (other->energy - expected) < smallest) {
      smallest = fabs (other->energy - expected);
      best = other;
      *off = other->energy + c->self->shift - spread->median;
    }
  }
  return best;
}

/* Range that papers report for the distance of two levels of the compound; FALSE: none. */
static gboolean
get_reported_range (const Case *c, const char *high, const char *low, double *from, double *to)
{
  g_autoptr (GPtrArray) rows =
      xps_reference_list_separations (c->reference, c->candidate->species, high, low, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const double value = ((XpsReferenceSeparation *)g_ptr_array_index (rows, i))->separation;
    *from = i == 0 ? value : fmin (*from, value);
    *to = i == 0 ? value : fmax (*to, value);
  }
  return rows != NULL && rows->len > 0;
}

/* Levels apart by what papers report for the compound: free of any charge reference. */
static void
weigh_separation (const Case *c, const XpsObserved *partner, const XpsReferenceSpread *spread)
{
  const double found = fabs (partner->energy - c->observed->energy);
  const gboolean higher = partner->energy > c->observed->energy;
  const gboolean levels = strcmp (spread->level, c->candidate->spread.level) != 0;
  const char *own = levels ? c->candidate->spread.level : c->candidate->species,
             *other = levels ? spread->level : spread->species, *high = higher ? other : own,
             *low = higher ? own : other;
  double from = fabs (spread->median - c->candidate->spread.median), to = from;
  const gboolean reported = levels && get_reported_range (c, high, low, &from, &to);
  const double tolerance = reported ? 0.3 : 0.5;
  const gboolean fits = found >= from - tolerance && found <= to + tolerance;
  GPtrArray *list = fits ? c->candidate->in_favour : c->candidate->against;
  if (reported)
    say (list, xps_text_printf (
                   _ ("%s - %s is %.2f eV, papers report %.2f to %.2f eV (free of any charge reference)"),
                   high, low, found, from, to));
  else
    say (list,
         xps_text_printf (_ ("%s - %s is %.2f eV, the medians give %.2f eV (free of any charge reference)"),
                          high, low, found, from));
  c->candidate->score *= fits ? 1.5 : reported ? 0.2 : 0.5;
}

/* Areas in the ratio of atoms times sensitivities, within a factor of two between levels: depth, transmission
 * and direction are not known here; within one level they drop out. */
static void
weigh_areas (const Case *c, const XpsObserved *partner, const XpsPhaseLine *line)
{
  const gboolean same = strcmp (line->level, c->own->level) == 0;
  const double of_atoms = line->atoms / c->own->atoms;
  const double expected = same ? of_atoms : of_atoms * partner->sensitivity / c->observed->sensitivity;
  const double ratio = partner->area / c->observed->area / expected;
  if (!isfinite (ratio) || !(ratio > 0))
    return;
  const double least = same ? SAME_LEVEL_AREA : UNSEEN_AREA;
  if (ratio < least)
    say (c->candidate->against,
         xps_text_printf (
             _ ("%s of %s is %.2g times as strong as formula and sensitivities ask for: there is more of "
                "this line than the substance has"),
             line->level, line->species, ratio));
  else if (ratio > 1 / least)
    say (c->candidate->in_favour,
         xps_text_printf (
             _ ("%s of %s is strong enough: %.2g times what formula and sensitivities ask for; something "
                "else adds to it"),
             line->level, line->species, ratio));
  else
    say (c->candidate->in_favour,
         xps_text_printf (_ ("the area of %s of %s fits: %.2g times what formula and sensitivities ask for"),
                          line->level, line->species, ratio));
  c->candidate->score *= ratio < least ? 0.3 : ratio > 1 / least ? 1.0 : 1.2;
}

static void
weigh_line (const Case *c, const XpsPhaseLine *line)
{
  XpsReferenceQuery query;
  XpsReferenceSpread spread;
  gboolean measured;
  double off = 0;
  xps_reference_query_init (&query);
  query.secondary = query.recalled =
      TRUE; /* where a partner should be is better known badly than not at all */
  if (line == c->own || !xps_reference_get_spread (c->reference, line->species, line->level, &query, &spread))
    return;
  const XpsObserved *partner = find_partner (c, &spread, &measured, &off);
  const double tolerance = 2.5 * hypot (xps_identify_tolerance (&spread, NAN), c->self->shift_error);
  if (partner != NULL && fabs (off) <= tolerance) {
    say (c->candidate->in_favour,
         xps_text_printf (_ ("%s of %s is there: %.2f eV, expected near %.2f eV"), line->level, line->species,
                          partner->energy + c->self->shift, spread.median));
    c->candidate->score *= 1.5;
    weigh_separation (c, partner, &spread);
    weigh_areas (c, partner, line);
  } else if (measured) {
    say (c->candidate->against,
         xps_text_printf (_ ("%s of %s is missing: expected near %.2f eV, the nearest line is %.2f eV off"),
                          line->level, line->species, spread.median, fabs (off)));
    c->candidate->score *= 0.3;
  }
  xps_reference_spread_clear (&spread);
}

static const XpsPhaseLine *
find_line (const XpsReferencePhase *phase, const XpsCandidate *candidate)
{
  const XpsPhaseLine *found = NULL;
  for (guint k = 0; k < phase->lines->len; k++) {
    const XpsPhaseLine *line = g_ptr_array_index (phase->lines, k);
    if (strcmp (line->species, candidate->species) == 0 && strcmp (line->level, candidate->spread.level) == 0)
      found = line;
  }
  return found;
}

/* One phase stands for the species: the one called so, else a shipped one, else one of the user's own, which
 * may have borrowed the binding energies. */
static const XpsReferencePhase *
find_phase (Case *c, const GPtrArray *phases)
{
  const XpsReferencePhase *best = NULL;
  int best_rank = -1;
  c->own = NULL;
  for (guint i = 0; i < phases->len; i++) {
    const XpsReferencePhase *phase = g_ptr_array_index (phases, i);
    const XpsPhaseLine *line = find_line (phase, c->candidate);
    const int rank = strcmp (phase->name, c->candidate->species) == 0 ? 2 : phase->own ? 0 : 1;
    if (line == NULL || rank <= best_rank)
      continue;
    best = phase;
    best_rank = rank;
    c->own = line;
  }
  return best;
}

/* What else a substance with this line must show. */
static void
weigh_phases (Case *c, const GPtrArray *phases)
{
  const XpsReferencePhase *phase = find_phase (c, phases);
  for (guint k = 0; phase != NULL && k < phase->lines->len; k++)
    weigh_line (c, g_ptr_array_index (phase->lines, k));
  if (phase != NULL && phase->own)
    c->candidate->own_phase = g_strdup (phase->name);
}

void
xps_identify_weigh (const XpsIdentification *self, XpsReference *reference, const XpsIdentified *identified,
                    XpsCandidate *candidate, const GPtrArray *phases)
{
  Case c = {self, reference, &identified->observed, candidate, NULL};
  weigh_position (self, c.observed, candidate);
  weigh_width (reference, c.observed, candidate);
  add_controversies (reference, c.observed->energy + self->shift, candidate);
  weigh_phases (&c, phases);
}
