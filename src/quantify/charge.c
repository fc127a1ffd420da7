/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantify/charge.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "quantify/identify-private.h"

#define CARBON_NOMINAL 284.80
#define CARBON_SPREAD                                                                                        \
  0.40                      /* eV: 284.6 to 285.0 by convention alone, and no contact with the spectrometer  \
                             */
#define CARBON_LITHIUM 1.00 /* eV: wrong by 1 to 2 eV on low work functions */
#define VACUUM_CARBON  289.58
#define VACUUM_SPREAD  0.15
#define NEAR           3.0 /* eV: a line further off is no line of the species */

void
xps_charge_options_init (XpsChargeOptions *options)
{
  *options = (XpsChargeOptions){.work_function = NAN};
}

static void
free_suggestion (gpointer pointer)
{
  XpsChargeSuggestion *self = pointer;
  g_free (self->id);
  g_free (self->title);
  g_free (self->source);
  g_ptr_array_unref (self->in_favour);
  g_ptr_array_unref (self->against);
  g_free (self);
}

static void
say (GPtrArray *list, const char *sentence)
{
  g_ptr_array_add (list, g_strdup (sentence));
}

static XpsChargeSuggestion *
add (GPtrArray *answer, const char *id, const XpsChargeMark *mark, const char *title, double value,
     double uncertainty, XpsVerified verified)
{
  XpsChargeSuggestion *self = g_new0 (XpsChargeSuggestion, 1);
  const double place = isfinite (mark->error) ? mark->error : 0;
  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->mark = mark;
  self->value = value;
  self->uncertainty = uncertainty;
  self->shift = mark->shift + value - mark->energy;
  self->shift_error = hypot (uncertainty, place);
  self->verified = verified;
  self->in_favour = g_ptr_array_new_with_free_func (g_free);
  self->against = g_ptr_array_new_with_free_func (g_free);
  if (!mark->fitted)
    say (self->against, _ ("its place was read off the data: fit the line before you take it"));
  g_ptr_array_add (answer, self);
  return self;
}

/* "C 1s of adventitious carbon 284.80(40) eV (who says so)": kept with the shift. */
static void
set_source (XpsChargeSuggestion *self, const char *what, const char *who)
{
  g_autofree char *number = xps_number_dup_with_error (self->value, self->uncertainty, 2);
  self->source = xps_text_printf ("%s %s eV (%s)", what, number, who);
}

/* ---- carbon ---- */

static gboolean
is_carbon_of_grease (const XpsChargeMark *mark)
{
  static const char *const names[] = {"C-C/C-H", "C-C", "C-H", "CC", "CHx", "adventitious carbon", NULL};
  return (mark->species != NULL && g_strv_contains (names, mark->species)) ||
         (mark->fitted && g_strv_contains (names, mark->name));
}

/* The line that the user has called so, else the lowest: carbides and graphite lie below, all else above. */
static const XpsChargeMark *
find_carbon (const GArray *marks)
{
  const XpsChargeMark *best = NULL;
  for (guint i = 0; i < marks->len; i++) {
    const XpsChargeMark *mark = &g_array_index (marks, XpsChargeMark, i);
    if (g_strcmp0 (mark->level, "C 1s") != 0)
      continue;
    const int better = best == NULL ? 1 : is_carbon_of_grease (mark) - is_carbon_of_grease (best);
    const int fitted = best == NULL ? 1 : mark->fitted - best->fitted;
    if (better > 0 || (better == 0 && (fitted > 0 || (fitted == 0 && mark->energy < best->energy))))
      best = mark;
  }
  return best;
}

static void
suggest_carbon (GPtrArray *answer, const GArray *marks, const XpsChargeOptions *options)
{
  const XpsChargeMark *mark = find_carbon (marks);
  if (mark == NULL)
    return;
  const double by_work_function =
      isfinite (options->work_function) ? VACUUM_CARBON - options->work_function - CARBON_NOMINAL : 0;
  const double doubt = fmax (options->lithium_metal ? CARBON_LITHIUM : 0, fabs (by_work_function));
  XpsChargeSuggestion *self =
      add (answer, "c1s-adventitious", mark, _ ("C 1s of adventitious carbon, 284.8 eV by convention"),
           CARBON_NOMINAL, fmax (CARBON_SPREAD, doubt), XPS_VERIFIED_SEEN);
  set_source (self, "C 1s of adventitious carbon", "convention; NIST SRD 20");
  self->guessed = !is_carbon_of_grease (mark);
  if (!self->guessed)
    say (self->in_favour, _ ("the line is called so in the fit"));
  else
    say (self->against,
         _ ("nobody has said that this line is adventitious carbon; carbides, graphite and polymers lie "
            "elsewhere"));
  say (self->in_favour, _ ("most published values of the table are on this scale"));
  say (self->against,
       _ ("adventitious carbon is not constant: 284.08 to 286.74 eV over nearly 100 surfaces (Greczynski "
          "and Hultman 2017, 2018)"));
  say (self->against, _ ("papers on batteries use 284.6, 284.8 or 285.0 eV: 0.4 eV by convention alone"));
  if (options->lithium_metal)
    say (self->against,
         _ ("near metallic lithium it can be wrong by 1 to 2 eV, and the layers on it shift by several eV "
            "(Oswald 2015, 2018)"));
  if (isfinite (options->work_function))
    g_ptr_array_add (self->against,
                     xps_text_printf (_ ("a work function of %.2f eV puts it at %.2f eV"),
                                      options->work_function, VACUUM_CARBON - options->work_function));
}

static void
suggest_work_function (GPtrArray *answer, const GArray *marks, const XpsChargeOptions *options)
{
  const XpsChargeMark *mark = find_carbon (marks);
  if (mark == NULL)
    return;
  const double value = VACUUM_CARBON - options->work_function; /* NaN where it is not known */
  XpsChargeSuggestion *self = add (answer, "c1s-work-function", mark,
                                   _ ("C 1s of adventitious carbon by the work function, 289.58 eV - φ"),
                                   value, VACUUM_SPREAD, XPS_VERIFIED_RECALLED);
  set_source (self, "C 1s of adventitious carbon, 289.58 eV (from memory) less the work function",
              "Greczynski and Hultman 2018");
  say (self->in_favour, _ ("carbon on a surface follows the vacuum level, not the Fermi level"));
  if (!isfinite (options->work_function))
    say (self->against,
         _ ("the work function of this surface is not known: measure the cut-off of secondary electrons"));
  say (self->against,
       _ ("289.50(15) eV was seen in an abstract, the 289.58 eV of the larger set is from memory"));
  say (self->against, _ ("it holds for thin layers that do not charge against the sample"));
}

/* ---- metals and the Fermi level ---- */

static void
suggest_metals (GPtrArray *answer, const GArray *marks)
{
  static const struct {
    const char *id, *level;
    double value;
  } metals[] = {{"au4f", "Au 4f7/2", 83.96}, {"ag3d", "Ag 3d5/2", 368.21}, {"cu2p", "Cu 2p3/2", 932.62}};
  for (guint i = 0; i < marks->len; i++) {
    const XpsChargeMark *mark = &g_array_index (marks, XpsChargeMark, i);
    for (gsize k = 0; k < G_N_ELEMENTS (metals); k++) {
      if (g_strcmp0 (mark->level, metals[k].level) != 0 || fabs (mark->energy - metals[k].value) > NEAR)
        continue;
      g_autofree char *title =
          xps_text_printf (_ ("%s of the metal, %.2f eV (ISO 15472)"), metals[k].level, metals[k].value);
      XpsChargeSuggestion *self =
          add (answer, metals[k].id, mark, title, metals[k].value, 0.05, XPS_VERIFIED_SEEN);
      set_source (self, metals[k].level, "metal, ISO 15472");
      say (self->in_favour, _ ("known to a few hundredths of an eV"));
      say (self->against,
           _ ("true for the metal only: what is not in electrical contact with it charges on its own"));
      say (self->against, _ ("particles and very thin films of a metal shift by tenths of an eV"));
      say (self->against,
           _ ("the value was read where others quote the standard, not in the standard itself"));
    }
  }
}

static void
suggest_edge (GPtrArray *answer, const GArray *marks)
{
  for (guint i = 0; i < marks->len; i++) {
    const XpsChargeMark *mark = &g_array_index (marks, XpsChargeMark, i);
    if (g_strcmp0 (mark->level, "Fermi edge") != 0)
      continue;
    XpsChargeSuggestion *self =
        add (answer, "fermi-edge", mark, _ ("Fermi edge, 0 eV"), 0, 0.03, XPS_VERIFIED_SEEN);
    set_source (self, "Fermi edge", "definition of the scale");
    say (self->in_favour, _ ("the zero of the scale itself, no convention"));
    say (self->against,
         _ ("it is the edge of what conducts: insulating layers on it sit elsewhere by their own potential"));
  }
}

/* ---- known lines of the sample's own phases ---- */

static void
add_controversies (XpsReference *reference, XpsChargeSuggestion *self, const char *species, const char *level)
{
  g_autoptr (GPtrArray) rows = xps_reference_list_controversies (reference, species, level);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    say (self->against, ((XpsReferenceControversy *)g_ptr_array_index (rows, i))->statement);
}

static void
suggest_line (GPtrArray *answer, XpsReference *reference, const XpsChargeMark *mark, const char *species,
              const XpsReferenceQuery *query, gboolean named)
{
  XpsReferenceSpread spread;
  if (!xps_reference_get_spread (reference, species, mark->level, query, &spread))
    return;
  g_autofree char *id = xps_text_printf ("line:%s:%s", species, mark->level);
  g_autofree char *what = xps_text_printf ("%s of %s", mark->level, species);
  g_autofree char *title = xps_text_printf (_ ("%s of %s, %.2f eV"), mark->level, species, spread.median);
  g_autofree char *range =
      xps_text_printf ("median of %u values from %.2f to %.2f eV", spread.n, spread.low, spread.high);
  if (named || fabs (mark->energy - spread.median) <= NEAR) {
    XpsChargeSuggestion *self =
        add (answer, id, mark, title, spread.median, xps_identify_tolerance (&spread, NAN), spread.best);
    set_source (self, what, range);
    self->guessed = !named;
    if (named)
      say (self->in_favour, _ ("the line is called so in the fit"));
    else
      say (self->against, _ ("that the line belongs to this phase is a guess"));
    say (self->in_favour, _ ("a line of the sample itself: it charges with its phase"));
    if (spread.n_firm == 0)
      say (self->against, _ ("no value of it was verified at first hand"));
    if (spread.n == 1)
      say (self->against, _ ("one value only"));
    say (self->against, _ ("its values were referenced to carbon or to metals themselves"));
    add_controversies (reference, self, species, mark->level);
  }
  xps_reference_spread_clear (&spread);
}

static void
suggest_lines (GPtrArray *answer, XpsReference *reference, const GArray *marks,
               const XpsChargeOptions *options)
{
  static const char *const usual[][2] = {{"LiF", "F 1s"}, {"Li6PS5Cl", "S 2p3/2"}, {"Li2CO3", "C 1s"}};
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.secondary = options->secondary;
  query.recalled = options->recalled;
  for (guint i = 0; i < marks->len; i++) {
    const XpsChargeMark *mark = &g_array_index (marks, XpsChargeMark, i);
    if (mark->level == NULL || is_carbon_of_grease (mark))
      continue;
    if (mark->species != NULL)
      suggest_line (answer, reference, mark, mark->species, &query, TRUE);
    for (gsize k = 0; k < G_N_ELEMENTS (usual); k++)
      if (mark->species == NULL && strcmp (mark->level, usual[k][1]) == 0)
        suggest_line (answer, reference, mark, usual[k][0], &query, FALSE);
  }
}

/* ---- the whole ---- */

static double
doubt (const XpsChargeSuggestion *self)
{
  return (isfinite (self->shift) ? 0 : 100) + self->shift_error +
         (xps_verified_is_firm (self->verified) ? 0 : 0.2) + (self->guessed ? 0.5 : 0);
}

static int
compare_doubts (gconstpointer a, gconstpointer b)
{
  const double x = doubt (*(XpsChargeSuggestion *const *)a), y = doubt (*(XpsChargeSuggestion *const *)b);
  return (x > y) - (x < y);
}

GPtrArray *
xps_charge_suggest (XpsReference *reference, const GArray *marks, const XpsChargeOptions *options)
{
  g_autoptr (GPtrArray) answer = g_ptr_array_new_with_free_func (free_suggestion);
  suggest_edge (answer, marks);
  suggest_metals (answer, marks);
  suggest_carbon (answer, marks, options);
  suggest_work_function (answer, marks, options);
  suggest_lines (answer, reference, marks, options);
  g_ptr_array_sort (answer, compare_doubts);
  return g_steal_pointer (&answer);
}
