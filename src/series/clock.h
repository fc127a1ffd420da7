/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A clock of a series: one number for every step, whatever it is that was changed or ran along. A series may
 * have several; they need not be uniform or monotonic, and a step may lack one. */

typedef enum {
  XPS_CLOCK_NUMBER,      /* of the step, from 1 */
  XPS_CLOCK_POTENTIAL,   /* V against `reference` */
  XPS_CLOCK_TIME,        /* s */
  XPS_CLOCK_CAPACITY,    /* A h */
  XPS_CLOCK_CURRENT,     /* A */
  XPS_CLOCK_DOSE,        /* photons, or whatever the unit says */
  XPS_CLOCK_DEPTH,       /* nm, or etching time in s: the unit says */
  XPS_CLOCK_TEMPERATURE, /* K or degrees C */
  XPS_CLOCK_ANGLE,       /* degrees */
  XPS_CLOCK_CYCLE,
  XPS_CLOCK_OTHER, /* `name` says what */
  XPS_N_CLOCK_KINDS,
} XpsClockKind;

const char *xps_clock_kind_to_text (XpsClockKind kind); /* "potential": stable, in files */
gboolean xps_clock_kind_from_text (const char *text, XpsClockKind *kind);
/* By what people call it ("Etch Time", "E vs Li", "T_sample") and its unit, which may be NULL. */
XpsClockKind xps_clock_kind_guess (const char *label, const char *unit);

typedef struct {
  XpsClockKind kind;
  char *name;      /* "potential", or the label of its source */
  char *unit;      /* "V"; NULL: a pure number */
  char *reference; /* of a potential: "Li/Li+", the usual one; else NULL */
  char *source;    /* where the values come from, one phrase, or NULL */
  gsize n;
  double *values; /* [n] steps, NaN where not known */
} XpsClock;

/* Copies values[n]; NULL: all NaN. `name` NULL: that of the kind. */
XpsClock *xps_clock_new (XpsClockKind kind, const char *name, const char *unit, gsize n,
                         const double *values);
XpsClock *xps_clock_copy (const XpsClock *self);
void xps_clock_free (XpsClock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsClock, xps_clock_free)

/* NULL for a pure number, one with an empty unit too; its name, that of the kind where it has none. */
const char *xps_clock_get_unit (const XpsClock *self);
const char *xps_clock_get_name (const XpsClock *self);
/* How fast energies move with it: "eV/V", of a pure number "eV per step" or "eV per unit". New string. */
char *xps_clock_dup_slope_unit (const XpsClock *self);
/* "Potential", in the user's language or, for what goes to others, in English; a name from a file stays. */
const char *xps_clock_get_title (const XpsClock *self, gboolean translated);
/* "Potential against Li/Li+ (V)": for an axis. New string. */
char *xps_clock_dup_title (const XpsClock *self, gboolean translated);
/* How many decimals its values need, three at the most: seconds are shown whole, potentials to the mV. */
int xps_clock_get_decimals (const XpsClock *self);

/* Whole numbers, each one more than the one before: says no more than the order of the steps. */
gboolean xps_clock_only_counts (const XpsClock *self);
/* Whole numbers up and down under a name that says nothing ("Exp Variable", "Index"): which data set of some
 * other file it was. */
gboolean xps_clock_is_bookkeeping (const XpsClock *self);

/* A stretch of the series along which the clock runs one way: charge and discharge, heating and cooling. */
typedef struct {
  gsize first, n; /* steps; the turning point belongs to both neighbours */
  int direction;  /* 1: the clock rises, -1: it falls */
} XpsBranch;

/* Branches of at least `least` steps; repeats and steps back by less than 2 % of the whole range do not end
 * one. A clock that never turns gives one. Array of XpsBranch, free with g_array_unref(). */
GArray *xps_clock_find_branches (const XpsClock *self, gsize least);
