/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/data.h"
#include "series/clock.h"
#include "series/source.h"

/* A series: steps in the order of measurement, each with one window of data for every part of the model (one
 * core level: one), and clocks. A value: copy it to keep a version; the data are shared, never changed. */

typedef struct {
  char *name;       /* of the frame: column, block, file; unique enough for people */
  GPtrArray *data;  /* XpsFitData, one for each part; a part that was not measured has NULL */
  char *exclusion;  /* why the step is left out of fits and trends, or NULL: it is in */
  guint n_averaged; /* frames it was made of; 1 */
} XpsStep;

typedef struct {
  gsize n_parts;
  GPtrArray *steps;  /* XpsStep */
  GPtrArray *clocks; /* XpsClock, the first is the number of the step */
  gsize axis;        /* the clock against which things are shown and linked */
} XpsSeries;

XpsSeries *xps_series_new (gsize n_parts);
XpsSeries *xps_series_copy (const XpsSeries *self);
void xps_series_free (XpsSeries *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSeries, xps_series_free)

gsize xps_series_get_n (const XpsSeries *self);
const XpsStep *xps_series_get_step (const XpsSeries *self, gsize i);
const XpsClock *xps_series_get_axis (const XpsSeries *self);
/* First clock of a kind, else NULL; by name (kind or label, without case). */
const XpsClock *xps_series_find_clock (const XpsSeries *self, XpsClockKind kind);
int xps_series_find_clock_by_name (const XpsSeries *self, const char *name);

/* References data[n_parts] (NULL entries allowed). Clocks that are there already get NaN for it. */
void xps_series_add_step (XpsSeries *self, const char *name, XpsFitData *const *data);
/* Its length must be the number of steps; replaces a clock of the same name. */
gboolean xps_series_take_clock (XpsSeries *self, XpsClock *clock, GError **error);
/* The axis by a clock's name; error lists the names there are. */
gboolean xps_series_set_axis (XpsSeries *self, const char *name, GError **error);
/* The most telling clock: potential, temperature, depth, angle, dose, capacity, time, others, cycle; then
 * those that only count; where there is none the number. Never numbers of data sets
 * (xps_clock_is_bookkeeping()). */
void xps_series_choose_axis (XpsSeries *self);
/* reason NULL: take it in again. */
void xps_series_exclude (XpsSeries *self, gsize step, const char *reason);

/* Whether the first steps of `next` are those of `self`, with the same spectra: nothing was put aside. */
gboolean xps_series_keeps_steps (const XpsSeries *self, const XpsSeries *next);

/* New series of frames put together: `every` neighbours (of the steps that are in), or with every = 0 those
 * whose axis lies within `tolerance` of the first of the group, neighbours or not (repeats). Intensities
 * and clocks are averaged, and weights are those of all the counts together. Groups must have equal
 * energies; files' own standard deviations are propagated. */
XpsSeries *xps_series_average (const XpsSeries *self, gsize every, double tolerance, GError **error);
/* New series with `bins` neighbouring energies put together: energies and intensities are averaged, weights
 * are those of all the counts; a rest at the upper end is left out. */
XpsSeries *xps_series_rebin (const XpsSeries *self, gsize bins, GError **error);

/* ---- from measured spectra ---- */

/* One spectrum that may belong to a series. */
typedef struct {
  const XpsSpectrum *spectrum;
  const char *file, *sha256; /* of its file */
} XpsSeriesInput;

/* Windows of a model: one for each part. */
typedef struct {
  const char *region; /* name that its spectra have, or NULL: all whose energies cover the window */
  double low, high;   /* eV binding energy, NaN: all */
  double shift;       /* eV added to binding energies */
} XpsSeriesWindow;

/* Steps in the order of the inputs; with several windows spectra are put into steps as xps_series_group() in
 * series/group.h guesses, and a step's names and metadata are those of its first region. Clocks: metadata,
 * then names by `pattern` (NULL: guessed, "": none). `photon_energy` NaN: the files'. Fails when nothing fits
 * a window. `notes`: char * about what was taken and guessed, may be NULL. */
XpsSeries *xps_series_assemble (const XpsSeriesInput *inputs, gsize n_inputs, const XpsSeriesWindow *windows,
                                gsize n_windows, const char *pattern, double photon_energy, GPtrArray *notes,
                                GError **error);
