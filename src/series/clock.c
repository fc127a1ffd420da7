/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/clock.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct {
  const char *id, *title, *unit;
  const char *const *words;     /* in labels, lower case */
  const char *const *only_unit; /* units that say it alone */
} Kind;

static const char *const no_words[] = {NULL};
static const char *const potential_words[] = {"potential", "voltage", "ewe",      "ecell",
                                              "bias",      "volt",    "spannung", NULL};
static const char *const potential_units[] = {"V", "mV", NULL};
static const char *const time_words[] = {"time", "zeit", "elapsed", NULL};
static const char *const time_units[] = {"s", "min", "h", "sec", "ms", NULL};
static const char *const capacity_words[] = {"capacity", "charge", "q-qo", "kapazit", NULL};
static const char *const capacity_units[] = {"A h", "mAh", "Ah", "mA.h", "A.h", "C", "mAh/g", NULL};
static const char *const current_words[] = {"current", "strom", NULL};
static const char *const current_units[] = {"A", "mA", "uA", "nA", NULL};
static const char *const dose_words[] = {"dose", "fluence", "exposure", "photons", "dosis", NULL};
static const char *const dose_units[] = {"Gy", "MGy", "L", NULL};
static const char *const depth_words[] = {"depth", "etch", "sputter", "tiefe", NULL};
static const char *const depth_units[] = {"nm", NULL};
static const char *const temperature_words[] = {"temperature", "temp", "heizung", NULL};
static const char *const temperature_units[] = {"K", "\302\260C", "degC", NULL};
static const char *const angle_words[] = {"angle",    "tilt",     "theta",  "polar",
                                          "take-off", "emission", "winkel", NULL};
static const char *const angle_units[] = {"deg", "degree", "degrees", "\302\260",
                                          NULL}; /* "d": none, ISO 14976 */
static const char *const cycle_words[] = {"cycle", "loop", NULL};
static const char *const number_words[] = {"number", NULL};

static const Kind kinds[XPS_N_CLOCK_KINDS] = {
    {"number", N_ ("Step"), NULL, number_words, no_words},
    {"potential", N_ ("Potential"), "V", potential_words, potential_units},
    {"time", N_ ("Time"), "s", time_words, time_units},
    {"capacity", N_ ("Capacity"), "A h", capacity_words, capacity_units},
    {"current", N_ ("Current"), "A", current_words, current_units},
    {"dose", N_ ("Dose"), NULL, dose_words, dose_units},
    {"depth", N_ ("Depth"), "nm", depth_words, depth_units},
    {"temperature", N_ ("Temperature"), "K", temperature_words, temperature_units},
    {"angle", N_ ("Angle"), "deg", angle_words, angle_units},
    {"cycle", N_ ("Cycle"), NULL, cycle_words, no_words},
    {"other", N_ ("Value"), NULL, no_words, no_words},
};

/* Asked in this order: an etching time is a depth, the temperature of a charge neutraliser no charge. */
static const XpsClockKind asked[] = {XPS_CLOCK_DEPTH,   XPS_CLOCK_TEMPERATURE, XPS_CLOCK_DOSE,
                                     XPS_CLOCK_ANGLE,   XPS_CLOCK_CAPACITY,    XPS_CLOCK_POTENTIAL,
                                     XPS_CLOCK_CURRENT, XPS_CLOCK_TIME,        XPS_CLOCK_CYCLE};

const char *
xps_clock_kind_to_text (XpsClockKind kind)
{
  return kinds[kind].id;
}

gboolean
xps_clock_kind_from_text (const char *text, XpsClockKind *kind)
{
  for (guint i = 0; i < XPS_N_CLOCK_KINDS; i++)
    if (g_ascii_strcasecmp (text, kinds[i].id) == 0) {
      *kind = (XpsClockKind)i;
      return TRUE;
    }
  return FALSE;
}

XpsClockKind
xps_clock_kind_guess (const char *label, const char *unit)
{
  g_autofree char *lower = g_utf8_strdown (label != NULL ? label : "", -1);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    for (const char *const *word = kinds[asked[i]].words; *word != NULL; word++)
      if (strstr (lower, *word) != NULL)
        return asked[i];
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (unit != NULL && g_strv_contains (kinds[asked[i]].only_unit, unit))
      return asked[i];
  return XPS_CLOCK_OTHER;
}

XpsClock *
xps_clock_new (XpsClockKind kind, const char *name, const char *unit, gsize n, const double *values)
{
  XpsClock *self = g_new0 (XpsClock, 1);
  self->kind = kind;
  self->name = g_strdup (name != NULL ? name : kinds[kind].id);
  self->unit = g_strdup (unit != NULL ? unit : kinds[kind].unit);
  self->reference = g_strdup (kind == XPS_CLOCK_POTENTIAL ? "Li/Li+" : NULL);
  self->n = n;
  self->values = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    self->values[i] = values != NULL ? values[i] : NAN;
  return self;
}

XpsClock *
xps_clock_copy (const XpsClock *self)
{
  XpsClock *copy = xps_clock_new (self->kind, self->name, self->unit, self->n, self->values);
  if (self->unit == NULL)
    g_clear_pointer (&copy->unit, g_free);
  g_free (copy->reference);
  copy->reference = g_strdup (self->reference);
  copy->source = g_strdup (self->source);
  return copy;
}

void
xps_clock_free (XpsClock *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->unit);
  g_free (self->reference);
  g_free (self->source);
  g_free (self->values);
  g_free (self);
}

const char *
xps_clock_get_unit (const XpsClock *self)
{
  const gsize blanks = self->unit != NULL ? strspn (self->unit, " \t") : 0;
  return self->unit != NULL && self->unit[blanks] != '\0' ? self->unit : NULL;
}

const char *
xps_clock_get_name (const XpsClock *self)
{
  return self->name != NULL && self->name[strspn (self->name, " \t")] != '\0' ? self->name
                                                                              : kinds[self->kind].id;
}

char *
xps_clock_dup_slope_unit (const XpsClock *self)
{
  const char *unit = xps_clock_get_unit (self);
  if (unit != NULL)
    return g_strdup_printf ("eV/%s", unit);
  return g_strdup (self->kind == XPS_CLOCK_NUMBER ? _ ("eV per step") : _ ("eV per unit"));
}

const char *
xps_clock_get_title (const XpsClock *self, gboolean translated)
{
  const char *name = xps_clock_get_name (self), *title = kinds[self->kind].title;
  if (g_ascii_strcasecmp (name, kinds[self->kind].id) != 0)
    return name;
  return translated ? _ (title) : title;
}

char *
xps_clock_dup_title (const XpsClock *self, gboolean translated)
{
  const char *title = xps_clock_get_title (self, translated), *unit = xps_clock_get_unit (self);
  g_autofree char *against = NULL;
  if (self->kind == XPS_CLOCK_POTENTIAL && self->reference != NULL)
    /* Translators: of a potential and its reference electrode: "Potential against Li/Li+". */
    against = translated ? g_strdup_printf (_ ("%s against %s"), title, self->reference)
                         : g_strdup_printf ("%s against %s", title, self->reference);
  title = against != NULL ? against : title;
  return unit != NULL ? g_strdup_printf ("%s (%s)", title, unit) : g_strdup (title);
}

#define MOST_DECIMALS 3

int
xps_clock_get_decimals (const XpsClock *self)
{
  int decimals = 0;
  for (gsize i = 0; i < self->n && decimals < MOST_DECIMALS; i++) {
    /* What is left of binary fractions and of differences of times is no decimal. */
    const double rest = 1e-9 * fmax (1.0, fabs (self->values[i]));
    while (isfinite (self->values[i]) && decimals < MOST_DECIMALS &&
           fabs (self->values[i] - round (self->values[i] * pow (10, decimals)) / pow (10, decimals)) > rest)
      decimals++;
  }
  return decimals;
}

/* ---- counters ---- */

static gboolean
is_whole (const XpsClock *self)
{
  for (gsize i = 0; i < self->n; i++)
    if (isfinite (self->values[i]) && self->values[i] != floor (self->values[i]))
      return FALSE;
  return TRUE;
}

gboolean
xps_clock_only_counts (const XpsClock *self)
{
  if (self->kind != XPS_CLOCK_OTHER && self->kind != XPS_CLOCK_NUMBER && self->kind != XPS_CLOCK_CYCLE)
    return FALSE;
  for (gsize i = 1; i < self->n; i++)
    if (isfinite (self->values[i]) && isfinite (self->values[i - 1]) &&
        self->values[i] - self->values[i - 1] != 1)
      return FALSE;
  return is_whole (self);
}

/* What programs call a variable of which they know nothing. */
static gboolean
has_no_name (const XpsClock *self)
{
  static const char *const names[] = {
      "exp variable", "experimental variable", "variable", "value", "none", "index", "other", NULL};
  g_autofree char *lower = g_ascii_strdown (xps_clock_get_name (self), -1);
  return g_strv_contains (names, g_strstrip (lower));
}

gboolean
xps_clock_is_bookkeeping (const XpsClock *self)
{
  gboolean rises = TRUE, falls = TRUE;
  double before = NAN;
  for (gsize i = 0; i < self->n; i++) {
    if (!isfinite (self->values[i]))
      continue;
    rises &= !(self->values[i] < before);
    falls &= !(self->values[i] > before);
    before = self->values[i];
  }
  return self->kind == XPS_CLOCK_OTHER && has_no_name (self) && is_whole (self) && !rises && !falls;
}

/* ---- branches ---- */

#define HYSTERESIS 0.02 /* of the whole range */

static double
find_range (const XpsClock *self)
{
  double low = INFINITY, high = -INFINITY;
  for (gsize i = 0; i < self->n; i++)
    if (isfinite (self->values[i])) {
      low = fmin (low, self->values[i]);
      high = fmax (high, self->values[i]);
    }
  return high > low ? high - low : 0;
}

typedef struct {
  GArray *list;
  gsize least;
} Branches;

static void
end_branch (Branches *self, gsize first, gsize last, int direction)
{
  const XpsBranch branch = {first, last - first + 1, direction};
  if (direction != 0 && branch.n >= self->least)
    g_array_append_val (self->list, branch);
}

GArray *
xps_clock_find_branches (const XpsClock *self, gsize least)
{
  Branches branches = {g_array_new (FALSE, FALSE, sizeof (XpsBranch)), least};
  const double slack = HYSTERESIS * find_range (self);
  gsize first = 0, turn = 0;
  int direction = 0;
  gboolean started = FALSE;
  for (gsize i = 0; i < self->n; i++) {
    const double value = self->values[i];
    if (!isfinite (value))
      continue;
    if (!started) {
      first = turn = i;
      started = TRUE;
      continue;
    }
    const double ahead = value - self->values[turn];
    if (direction == 0 && fabs (ahead) > slack)
      direction = ahead > 0 ? 1 : -1;
    if (direction * ahead < -slack) {
      end_branch (&branches, first, turn, direction);
      first = turn;
      turn = i;
      direction = -direction;
    } else if (direction != 0 &&
               direction * ahead >= 0) /* until it has one, fine steps add up from the first */
      turn = i;
  }
  if (started)
    end_branch (&branches, first, turn, direction);
  return branches.list;
}
