/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantify/identify.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

#define REACH      3.0  /* eV: values further off are no candidates */
#define LEAST      0.15 /* eV: what one laboratory's energy scale is worth */
#define SINGLE     0.30 /* eV: the spread behind a single value */
#define PRIOR      1.0  /* eV: how far a sample may sit off an unknown reference */
#define SHIFT_STEP 0.02 /* eV */
#define OUTSIDE    1e-3 /* weight of "something that is not in the table" */

void
xps_identify_options_init (XpsIdentifyOptions *options)
{
  *options = (XpsIdentifyOptions){.shift = NAN, .shift_error = 0, .photon_energy = NAN};
}

static void
free_candidate (gpointer pointer)
{
  XpsCandidate *candidate = pointer;
  g_free (candidate->species);
  xps_reference_spread_clear (&candidate->spread);
  g_ptr_array_unref (candidate->in_favour);
  g_ptr_array_unref (candidate->against);
  g_ptr_array_unref (candidate->alike);
  g_free (candidate);
}

static void
clear_identified (gpointer pointer)
{
  XpsIdentified *identified = pointer;
  g_free (identified->observed.name);
  g_free (identified->observed.level);
  g_ptr_array_unref (identified->candidates);
}

void
xps_identification_free (XpsIdentification *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->components);
  g_free (self);
}

static void
say (GPtrArray *list, char *take_sentence)
{
  g_ptr_array_add (list, take_sentence);
}

/* ---- candidates by position ---- */

static double
spread_tolerance (const XpsReferenceSpread *spread, double error)
{
  /* A range of n values as a uniform distribution; a lone value has the spread that laboratories have. */
  const double width = spread->n > 1 ? (spread->high - spread->low) / sqrt (12) : SINGLE;
  return sqrt (width * width + LEAST * LEAST + (isfinite (error) ? error * error : 0));
}

static XpsCandidate *
new_candidate (const XpsReferenceSpread *spread, const XpsObserved *observed)
{
  XpsCandidate *candidate = g_new0 (XpsCandidate, 1);
  candidate->species = g_strdup (spread->species);
  candidate->spread = *spread;
  candidate->spread.species = g_strdup (spread->species);
  candidate->spread.level = g_strdup (spread->level);
  candidate->tolerance = spread_tolerance (spread, observed->error);
  candidate->in_favour = g_ptr_array_new_with_free_func (g_free);
  candidate->against = g_ptr_array_new_with_free_func (g_free);
  candidate->alike = g_ptr_array_new_with_free_func (g_free);
  return candidate;
}

/* The next element symbol in a formula such as "Li6PS5Cl" or "C-O"; words ("phosphate (generic)") have none,
 * as have the x and y of "LixPOyFz". FALSE at the end. */
static gboolean
next_element (const char **at, char symbol[3])
{
  for (; **at != '\0'; (*at)++) {
    const char *c = *at;
    if (!g_ascii_isupper (*c))
      continue;
    const gboolean two = g_ascii_islower (c[1]) && c[1] != 'x' && c[1] != 'y';
    symbol[0] = c[0];
    symbol[1] = two ? c[1] : '\0';
    symbol[2] = '\0';
    *at += two ? 2 : 1;
    return TRUE;
  }
  return FALSE;
}

static gboolean
holds_only (const char *species, const char *const *elements)
{
  char symbol[3];
  while (next_element (&species, symbol))
    if (!g_strv_contains (elements, symbol))
      return FALSE;
  return TRUE;
}

/* Elements that the species has and no fitted line belongs to. Hydrogen, lithium, carbon and oxygen are on
 * every sample of this kind, fitted or not. */
static guint
count_unseen (const XpsIdentification *self, const char *species)
{
  static const char *const common[] = {"H", "Li", "C", "O", NULL};
  char symbol[3];
  guint n = 0;
  while (next_element (&species, symbol)) {
    gboolean seen = g_strv_contains (common, symbol);
    for (guint i = 0; !seen && i < self->components->len; i++) {
      const char *level = g_array_index (self->components, XpsIdentified, i).observed.level;
      const gsize length = strlen (symbol);
      seen = level != NULL && strncmp (level, symbol, length) == 0 && level[length] == ' ';
    }
    n += !seen;
  }
  return n;
}

static gboolean
collect_candidates (XpsReference *reference, XpsIdentified *identified, const XpsIdentifyOptions *options,
                    GError **error)
{
  const XpsObserved *observed = &identified->observed;
  XpsReferenceQuery query;
  if (observed->level == NULL)
    return TRUE;
  xps_reference_query_init (&query);
  query.level = observed->level;
  query.near = observed->energy + (isfinite (options->shift) ? options->shift : 0);
  query.within = REACH;
  query.secondary = options->secondary;
  query.recalled = options->recalled;
  g_autoptr (GPtrArray) spreads = xps_reference_search_spreads (reference, &query, error);
  for (guint i = 0; spreads != NULL && i < spreads->len; i++) {
    const XpsReferenceSpread *spread = g_ptr_array_index (spreads, i);
    if (options->elements == NULL || holds_only (spread->species, options->elements))
      g_ptr_array_add (identified->candidates, new_candidate (spread, observed));
  }
  return spreads != NULL;
}

/* ---- the common shift ---- */

/* First-hand values of the compound itself weigh most; one that needs an element nobody saw weighs little. */
static double
prior_weight (const XpsCandidate *candidate)
{
  return (candidate->spread.n_firm > 0 ? 1.0 : 0.5) * (candidate->spread.analogue ? 0.3 : 1.0) *
         pow (0.2, candidate->n_unseen);
}

static void
doubt_unseen (XpsIdentification *self, const XpsIdentifyOptions *options)
{
  if (options->elements != NULL) /* said, and looked at already */
    return;
  for (guint i = 0; i < self->components->len; i++) {
    const GPtrArray *candidates = g_array_index (self->components, XpsIdentified, i).candidates;
    for (guint k = 0; k < candidates->len; k++) {
      XpsCandidate *candidate = g_ptr_array_index (candidates, k);
      candidate->n_unseen = count_unseen (self, candidate->species);
      if (candidate->n_unseen > 0)
        say (candidate->against,
             xps_text_printf ("%s has %u more %s, of which no line was fitted", candidate->species,
                              candidate->n_unseen, candidate->n_unseen == 1 ? "element" : "elements"));
    }
  }
}

static double
closeness (const XpsObserved *observed, const XpsCandidate *candidate, double shift)
{
  const double z = (observed->energy + shift - candidate->spread.median) / candidate->tolerance;
  return prior_weight (candidate) * exp (-0.5 * z * z);
}

/* Log probability of all energies at one shift; every line may be something that nobody measured. */
static double
judge_shift (const GArray *components, double shift)
{
  double sum = -0.5 * shift * shift / (PRIOR * PRIOR);
  for (guint i = 0; i < components->len; i++) {
    const XpsIdentified *identified = &g_array_index (components, XpsIdentified, i);
    double best = OUTSIDE;
    for (guint k = 0; k < identified->candidates->len; k++)
      best += closeness (&identified->observed, g_ptr_array_index (identified->candidates, k), shift);
    if (identified->candidates->len > 0)
      sum += log (best);
  }
  return sum;
}

static void
find_shift (XpsIdentification *self, const XpsIdentifyOptions *options)
{
  double total = 0, mean = 0, square = 0, top = -INFINITY;
  self->shift_given = isfinite (options->shift);
  if (self->shift_given) {
    self->shift = options->shift;
    self->shift_error = options->shift_error;
    return;
  }
  for (double shift = -2 * PRIOR; shift <= 2 * PRIOR; shift += SHIFT_STEP)
    top = fmax (top, judge_shift (self->components, shift));
  for (double shift = -2 * PRIOR; shift <= 2 * PRIOR; shift += SHIFT_STEP) {
    const double weight = exp (judge_shift (self->components, shift) - top);
    total += weight;
    mean += weight * shift;
    square += weight * shift * shift;
  }
  self->shift = mean / total;
  self->shift_error = sqrt (fmax (square / total - self->shift * self->shift, 0));
}

/* ---- evidence ---- */

static void
weigh_position (const XpsIdentification *self, const XpsObserved *observed, XpsCandidate *candidate)
{
  const XpsReferenceSpread *spread = &candidate->spread;
  candidate->tolerance = hypot (candidate->tolerance, self->shift_error);
  candidate->distance = observed->energy + self->shift - spread->median;
  candidate->score = closeness (observed, candidate, self->shift);
  const double energy = observed->energy + self->shift;
  const double margin = spread->n > 1 ? LEAST : SINGLE;
  if (energy >= spread->low - margin && energy <= spread->high + margin)
    say (candidate->in_favour,
         xps_text_printf (
             "%.2f eV agrees with what is reported for %s %s, %.2f to %.2f eV (values: %u, first-hand: %u)",
             energy, spread->species, spread->level, spread->low, spread->high, spread->n, spread->n_firm));
  else
    say (candidate->against,
         xps_text_printf ("%.2f eV lies outside what is reported for %s %s, %.2f to %.2f eV (%u values)",
                          energy, spread->species, spread->level, spread->low, spread->high, spread->n));
  if (spread->n_firm == 0)
    say (candidate->against,
         xps_text_printf ("no value of %s %s was verified at first hand", spread->species, spread->level));
  if (spread->analogue)
    say (candidate->against,
         xps_text_printf ("%s stands in for a lithium compound: good for trends only", spread->species));
}

static void
add_controversies (XpsReference *reference, XpsCandidate *candidate)
{
  g_autoptr (GPtrArray) rows =
      xps_reference_list_controversies (reference, candidate->species, candidate->spread.level);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    say (candidate->against, g_strdup (((XpsReferenceControversy *)g_ptr_array_index (rows, i))->statement));
}

typedef struct {
  const XpsIdentification *self;
  XpsReference *reference;
  const XpsIdentifyOptions *options;
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

/* Levels apart by what papers report for the compound: free of any charge reference. */
static void
weigh_separation (const Case *c, const XpsObserved *partner, const XpsReferenceSpread *spread)
{
  const double found = fabs (partner->energy - c->observed->energy);
  const double expected = fabs (spread->median - c->candidate->spread.median);
  const gboolean higher = partner->energy > c->observed->energy;
  const char *high = higher ? spread->level : c->candidate->spread.level,
             *low = higher ? c->candidate->spread.level : spread->level;
  g_autoptr (GPtrArray) rows =
      xps_reference_list_separations (c->reference, c->candidate->species, high, low, NULL);
  double from = expected, to = expected;
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const double value = ((XpsReferenceSeparation *)g_ptr_array_index (rows, i))->separation;
    from = i == 0 ? value : fmin (from, value);
    to = i == 0 ? value : fmax (to, value);
  }
  const gboolean reported = rows != NULL && rows->len > 0;
  const double tolerance = reported ? 0.3 : 0.5;
  const gboolean fits = found >= from - tolerance && found <= to + tolerance;
  say (fits ? c->candidate->in_favour : c->candidate->against,
       xps_text_printf ("%s - %s is %.2f eV, %s %.2f to %.2f eV (free of any charge reference)", high, low,
                        found, reported ? "papers report" : "the medians of the levels give", from, to));
  c->candidate->score *= fits ? 1.5 : reported ? 0.2 : 0.5;
}

/* Areas in the ratio of atoms times cross sections, within a factor of two: depth, transmission and angle are
 * not known here. */
static void
weigh_areas (const Case *c, const XpsObserved *partner, const XpsPhaseLine *line)
{
  const double expected = line->atoms * partner->sensitivity / (c->own->atoms * c->observed->sensitivity);
  const double found = partner->area / c->observed->area;
  if (!isfinite (expected) || !isfinite (found) || !(found > 0))
    return;
  const double ratio = found / expected;
  if (ratio < 0.5)
    say (c->candidate->against,
         xps_text_printf ("%s is %.2g times as strong as the formula and cross sections ask for", line->level,
                          ratio));
  else
    say (c->candidate->in_favour,
         xps_text_printf ("%s is strong enough: %.2g times what the formula and cross sections ask for%s",
                          line->level, ratio, ratio > 2 ? "; something else adds to it" : ""));
  c->candidate->score *= ratio < 0.5 ? 0.3 : 1.2;
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
  if (strcmp (line->level, c->own->level) == 0 ||
      !xps_reference_get_spread (c->reference, line->species, line->level, &query, &spread))
    return;
  const XpsObserved *partner = find_partner (c, &spread, &measured, &off);
  const double tolerance = 2.5 * hypot (spread_tolerance (&spread, NAN), c->self->shift_error);
  if (partner != NULL && fabs (off) <= tolerance) {
    say (c->candidate->in_favour,
         xps_text_printf ("%s of %s is there: %.2f eV, expected near %.2f eV", line->level, line->species,
                          partner->energy + c->self->shift, spread.median));
    c->candidate->score *= 1.5;
    weigh_separation (c, partner, &spread);
    weigh_areas (c, partner, line);
  } else if (measured) {
    say (c->candidate->against,
         xps_text_printf ("%s of %s is missing: expected near %.2f eV, the nearest line is %.2f eV off",
                          line->level, line->species, spread.median, fabs (off)));
    c->candidate->score *= 0.3;
  }
  xps_reference_spread_clear (&spread);
}

/* What else a substance with this line must show. */
static void
weigh_phases (Case *c, const GPtrArray *phases)
{
  for (guint i = 0; i < phases->len; i++) {
    const XpsReferencePhase *phase = g_ptr_array_index (phases, i);
    c->own = NULL;
    for (guint k = 0; k < phase->lines->len; k++) {
      const XpsPhaseLine *line = g_ptr_array_index (phase->lines, k);
      if (strcmp (line->species, c->candidate->species) == 0 &&
          strcmp (line->level, c->candidate->spread.level) == 0)
        c->own = line;
    }
    for (guint k = 0; c->own != NULL && k < phase->lines->len; k++)
      weigh_line (c, g_ptr_array_index (phase->lines, k));
    if (c->own != NULL)
      return; /* one phase stands for the species */
  }
}

/* ---- what cannot be told apart ---- */

static gboolean
are_alike (const XpsCandidate *a, const XpsCandidate *b)
{
  const gboolean overlap = a->spread.low <= b->spread.high + LEAST && b->spread.low <= a->spread.high + LEAST;
  return (overlap || fabs (a->spread.median - b->spread.median) < 2 * LEAST) &&
         fabs (a->distance) < 2 * a->tolerance && fabs (b->distance) < 2 * b->tolerance;
}

static int
compare_scores (gconstpointer a, gconstpointer b)
{
  const XpsCandidate *x = *(XpsCandidate *const *)a, *y = *(XpsCandidate *const *)b;
  return (x->score < y->score) - (x->score > y->score);
}

static void
settle (XpsIdentified *identified)
{
  const GPtrArray *candidates = identified->candidates;
  double sum = OUTSIDE;
  for (guint i = 0; i < candidates->len; i++)
    sum += ((XpsCandidate *)g_ptr_array_index (candidates, i))->score;
  for (guint i = 0; i < candidates->len; i++) {
    XpsCandidate *a = g_ptr_array_index (candidates, i);
    a->score /= sum;
    for (guint k = 0; k < candidates->len; k++) {
      const XpsCandidate *b = g_ptr_array_index (candidates, k);
      if (k != i && are_alike (a, b))
        g_ptr_array_add (a->alike, g_strdup (b->species));
    }
  }
  g_ptr_array_sort (identified->candidates, compare_scores);
  identified->declined =
      candidates->len > 0 && ((XpsCandidate *)g_ptr_array_index (candidates, 0))->alike->len > 0;
}

/* ---- the whole ---- */

static XpsIdentification *
new_identification (const GArray *observed)
{
  XpsIdentification *self = g_new0 (XpsIdentification, 1);
  self->components = g_array_sized_new (FALSE, TRUE, sizeof (XpsIdentified), MAX (observed->len, 1));
  g_array_set_clear_func (self->components, clear_identified);
  for (guint i = 0; i < observed->len; i++) {
    XpsIdentified identified = {g_array_index (observed, XpsObserved, i),
                                g_ptr_array_new_with_free_func (free_candidate), FALSE};
    identified.observed.name = g_strdup (identified.observed.name);
    identified.observed.level = g_strdup (identified.observed.level);
    g_array_append_val (self->components, identified);
  }
  return self;
}

XpsIdentification *
xps_identify (XpsReference *reference, const GArray *observed, const XpsIdentifyOptions *options,
              GError **error)
{
  g_autoptr (XpsIdentification) self = new_identification (observed);
  g_autoptr (GPtrArray) phases = xps_reference_list_phases (reference, NULL, error);
  if (phases == NULL)
    return NULL;
  for (guint i = 0; i < self->components->len; i++)
    if (!collect_candidates (reference, &g_array_index (self->components, XpsIdentified, i), options, error))
      return NULL;
  doubt_unseen (self, options);
  find_shift (self, options);
  for (guint i = 0; i < self->components->len; i++) {
    XpsIdentified *identified = &g_array_index (self->components, XpsIdentified, i);
    for (guint k = 0; k < identified->candidates->len; k++) {
      Case c = {
          self, reference, options, &identified->observed, g_ptr_array_index (identified->candidates, k),
          NULL};
      weigh_position (self, c.observed, c.candidate);
      add_controversies (reference, c.candidate);
      weigh_phases (&c, phases);
    }
    settle (identified);
  }
  return g_steal_pointer (&self);
}
