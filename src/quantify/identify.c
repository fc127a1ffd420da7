/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantify/identify.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "quantify/identify-private.h"

#define REACH      3.0 /* eV: values further off are no candidates */
#define LEFT_OUT   0.5 /* eV: so near would a species fit whose values were left out */
#define MOST_NAMES 4
#define PRIOR      1.0  /* eV: how far a sample may sit off an unknown reference */
#define SHIFT_STEP 0.02 /* eV */
#define REPEATED   0.3  /* eV: lines of a series that drift with the potential */
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
  g_free (candidate->own_phase);
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

gboolean
xps_identification_tells_shift (const XpsIdentification *self)
{
  gboolean told = self->shift_given;
  for (guint i = 0; i < self->components->len; i++)
    told |= g_array_index (self->components, XpsIdentified, i).candidates->len > 0;
  return told;
}

static void
say (GPtrArray *list, char *take_sentence)
{
  g_ptr_array_add (list, take_sentence);
}

/* ---- candidates by position ---- */

double
xps_identify_tolerance (const XpsReferenceSpread *spread, double error)
{
  /* A range of n values as a uniform distribution; a lone value has the spread that laboratories have. */
  const double width = spread->n > 1 ? (spread->high - spread->low) / sqrt (12) : XPS_IDENTIFY_SINGLE;
  return sqrt (width * width + XPS_IDENTIFY_LEAST * XPS_IDENTIFY_LEAST +
               (isfinite (error) ? error * error : 0));
}

static XpsCandidate *
new_candidate (const XpsReferenceSpread *spread, const XpsObserved *observed)
{
  XpsCandidate *candidate = g_new0 (XpsCandidate, 1);
  candidate->species = g_strdup (spread->species);
  candidate->spread = *spread;
  candidate->spread.species = g_strdup (spread->species);
  candidate->spread.level = g_strdup (spread->level);
  candidate->tolerance = xps_identify_tolerance (spread, observed->error);
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
             xps_text_printf (ngettext ("%s has %u more element, of which no line was fitted",
                                        "%s has %u more elements, of which no line was fitted",
                                        candidate->n_unseen),
                              candidate->species, candidate->n_unseen));
    }
  }
}

double
xps_identify_closeness (const XpsObserved *observed, const XpsCandidate *candidate, double shift)
{
  const double z = (observed->energy + shift - candidate->spread.median) / candidate->tolerance;
  return prior_weight (candidate) * exp (-0.5 * z * z);
}

/* Lines of one level at one place, in the spectra of a series, say the same thing: together they count as
 * one. */
static double *
count_repeats (const GArray *components)
{
  double *shares = g_new (double, components->len + 1);
  for (guint i = 0; i < components->len; i++) {
    const XpsObserved *one = &g_array_index (components, XpsIdentified, i).observed;
    guint n = 0;
    for (guint k = 0; k < components->len; k++) {
      const XpsObserved *other = &g_array_index (components, XpsIdentified, k).observed;
      n += k == i ||
           (g_strcmp0 (one->level, other->level) == 0 && fabs (one->energy - other->energy) < REPEATED);
    }
    shares[i] = 1.0 / n;
  }
  return shares;
}

/* Log probability of all energies at one shift; every line may be something that nobody measured. */
static double
judge_shift (const GArray *components, const double *shares, double shift)
{
  double sum = -0.5 * shift * shift / (PRIOR * PRIOR);
  for (guint i = 0; i < components->len; i++) {
    const XpsIdentified *identified = &g_array_index (components, XpsIdentified, i);
    double best = OUTSIDE;
    for (guint k = 0; k < identified->candidates->len; k++)
      best += xps_identify_closeness (&identified->observed, g_ptr_array_index (identified->candidates, k),
                                      shift);
    if (identified->candidates->len > 0)
      sum += shares[i] * log (best);
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
  g_autofree double *shares = count_repeats (self->components);
  for (double shift = -2 * PRIOR; shift <= 2 * PRIOR; shift += SHIFT_STEP)
    top = fmax (top, judge_shift (self->components, shares, shift));
  for (double shift = -2 * PRIOR; shift <= 2 * PRIOR; shift += SHIFT_STEP) {
    const double weight = exp (judge_shift (self->components, shares, shift) - top);
    total += weight;
    mean += weight * shift;
    square += weight * shift * shift;
  }
  self->shift = mean / total;
  self->shift_error = sqrt (fmax (square / total - self->shift * self->shift, 0));
}

/* ---- what cannot be told apart ---- */

static gboolean
are_alike (const XpsCandidate *a, const XpsCandidate *b)
{
  const gboolean overlap = a->spread.low <= b->spread.high + XPS_IDENTIFY_LEAST &&
                           b->spread.low <= a->spread.high + XPS_IDENTIFY_LEAST;
  return (overlap || fabs (a->spread.median - b->spread.median) < 2 * XPS_IDENTIFY_LEAST) &&
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

/* ---- what was not looked at ---- */

static gboolean
is_candidate (const GPtrArray *candidates, const char *species)
{
  for (guint i = 0; i < candidates->len; i++)
    if (strcmp (((XpsCandidate *)g_ptr_array_index (candidates, i))->species, species) == 0)
      return TRUE;
  return FALSE;
}

/* A species that nobody has read a first-hand value of is no candidate; where it would fit, the best
 * candidate is only the best of the others, and that has to be said. */
static gboolean
note_left_out (const XpsIdentification *self, XpsReference *reference, XpsIdentified *identified,
               const XpsIdentifyOptions *options, GError **error)
{
  XpsReferenceQuery query;
  if (identified->candidates->len == 0 || (options->secondary && options->recalled))
    return TRUE;
  xps_reference_query_init (&query);
  query.level = identified->observed.level;
  query.near = identified->observed.energy + self->shift;
  query.within = LEFT_OUT;
  query.secondary = query.recalled = TRUE;
  g_autoptr (GPtrArray) spreads = xps_reference_search_spreads (reference, &query, error);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;
  for (guint i = 0; spreads != NULL && i < spreads->len && n < MOST_NAMES; i++) {
    const char *species = ((XpsReferenceSpread *)g_ptr_array_index (spreads, i))->species;
    if (is_candidate (identified->candidates, species) ||
        (options->elements != NULL ? !holds_only (species, options->elements)
                                   : count_unseen (self, species) > 0))
      continue;
    g_string_append (names, n++ > 0 ? ", " : "");
    g_string_append (names, species);
  }
  if (n > 0)
    say (((XpsCandidate *)g_ptr_array_index (identified->candidates, 0))->against,
         xps_text_printf (_ ("not looked at, for want of values at first hand: %s"), names->str));
  return spreads != NULL;
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
    for (guint k = 0; k < identified->candidates->len; k++)
      xps_identify_weigh (self, reference, identified, g_ptr_array_index (identified->candidates, k), phases);
    settle (identified);
    if (!note_left_out (self, reference, identified, options, error))
      return NULL;
  }
  return g_steal_pointer (&self);
}
