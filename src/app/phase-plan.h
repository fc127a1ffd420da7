/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"
#include "quantify/sensitivity.h"
#include "reference/reference.h"

/* What a species or a phase would add to a sample, as values to look at and to change before any of it is
 * done: one row for each line, with its region, its doublet, bounds from the spread of the literature, and
 * the area that its atoms lead to expect. */

typedef struct {
  gboolean use;    /* FALSE: left out */
  guint region;    /* id, 0: no region of the target shows this level */
  char *elsewhere; /* region 0: names of those regions of the sample that show it, or NULL */
  char *level;     /* "S 2p" */
  char *element;
  char *species;              /* that the position is of */
  char *label;                /* "PS4 3-", to show */
  double atoms;               /* of the element in one formula unit that stand behind the line */
  XpsReferenceSpread spread;  /* n 0: nothing is known of the position */
  double position, low, high; /* eV: start and bounds; position NaN: where the residual is largest */
  double splitting, ratio;    /* of the doublet, NaN: a single line */
  XpsSensitivity sensitivity; /* product NaN: not known */
  double expected;            /* area of the stronger line, relative to other rows; NaN: not known */
} XpsPhaseRow;

typedef struct {
  char *name;            /* of the phase, or the species */
  char *title;           /* with its full name */
  char *note;            /* of the database, or NULL */
  gboolean own;          /* a phase of the user's own */
  GPtrArray *rows;       /* XpsPhaseRow */
  gboolean share_widths; /* lines within a region share widths and form */
  gboolean link_areas;   /* areas keep the ratio of `expected`: within a region exactly ... */
  double tolerance;      /* ... and across regions within this fraction; 0 exactly */
  guint gaps;            /* XpsSensitivityGaps of any row */
} XpsPhasePlan;

typedef enum { XPS_PHASE_REGION, XPS_PHASE_SAMPLE } XpsPhaseScope;

/* Of the phase called `name`, or, where no phase is, of the species: all its levels, or just `level` unless
 * NULL. `target`: id of a region; its sample is meant by XPS_PHASE_SAMPLE. NULL with a sentence. */
XpsPhasePlan *xps_phase_plan_new (XpsReference *reference, XpsSession *session, const char *name,
                                  const char *level, guint target, XpsPhaseScope scope, GError **error);
void xps_phase_plan_free (XpsPhasePlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsPhasePlan, xps_phase_plan_free)

/* After atoms changed: what areas are expected. */
void xps_phase_plan_expect (XpsPhasePlan *self, XpsSession *session);
/* Why a plan cannot be done as it is, or NULL. New string. */
char *xps_phase_plan_dup_problem (const XpsPhasePlan *self);
/* How many regions it would change. */
guint xps_phase_plan_count_regions (const XpsPhasePlan *self);

/* Does it, as one step of undo, and selects the first new component of the shown region. FALSE with a
 * sentence, and nothing is changed. */
gboolean xps_phase_plan_apply (const XpsPhasePlan *self, XpsSession *session, GError **error);
