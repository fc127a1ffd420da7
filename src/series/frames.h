/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/run.h"

/* Frames not to be believed, by robust comparison with their neighbours (median and median absolute
 * deviation of up to 4 frames on either side): marks, never a removal. */

typedef enum {
  XPS_MARK_DUMP,       /* far fewer counts: the beam was gone */
  XPS_MARK_SPIKE,      /* a few points far above the neighbours */
  XPS_MARK_SHIFT,      /* this frame's lines lie elsewhere */
  XPS_MARK_JUMP,       /* from this frame on they do: charging */
  XPS_MARK_PHOTON,     /* another photon energy than the others */
  XPS_MARK_GRID,       /* other energies than the others */
  XPS_MARK_QUALITY,    /* the fit describes it far worse than its neighbours */
  XPS_MARK_NOT_FITTED, /* the fit failed or did not converge */
  XPS_MARK_CUT,        /* no counts from some energy on: the measurement was cut short */
  XPS_MARK_LOW,        /* fewer counts, but not so few that the beam was gone */
  XPS_N_MARK_KINDS,
} XpsMarkKind;

typedef struct {
  XpsMarkKind kind;
  gsize step, part;
  double score; /* robust standard deviations, or NaN */
  double size;  /* of the effect: share of counts, eV, points; NaN */
  gboolean bad; /* left out of onsets and regressions; else only to be looked at */
  char *message;
} XpsFrameMark;

const char *xps_mark_kind_to_text (XpsMarkKind kind); /* "beam-dump", "spike", "shift", ... */

/* Of the raw data alone; with `run` (may be NULL) also of its fits. GPtrArray of XpsFrameMark, by step. */
GPtrArray *xps_frames_check (const XpsSeries *series, const XpsSeriesRun *run);
/* use[n]: TRUE for steps that are in and have no bad mark. New array. */
gboolean *xps_frames_dup_use (const XpsSeries *series, const GPtrArray *marks);
