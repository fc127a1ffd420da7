/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference/own.h"

/* Help with phases of one's own: what a phase says that does not agree with itself, and lines to start from.
 * What may not be kept at all is refused by reference/own.h. */

typedef enum {
  XPS_PHASE_NAME,
  XPS_PHASE_FULL_NAME,
  XPS_PHASE_FORMULA,
  XPS_PHASE_NOTE,
  XPS_PHASE_LEVEL,   /* of a line, as the following */
  XPS_PHASE_ATOMS,   /* in one formula unit behind the line */
  XPS_PHASE_LABEL,   /* what a component is called by */
  XPS_PHASE_SPECIES, /* whose binding energies it has */
} XpsPhaseMember;

typedef struct {
  int line; /* of the phase, -1: of the phase itself */
  XpsPhaseMember member;
  char *sentence; /* translated */
} XpsPhaseRemark;

/* XpsPhaseRemark; none for a phase that agrees with its formula: a formula that cannot be read, an element
 * that is not in it, and lines of one element and level that stand for more or fewer atoms than it counts. */
GPtrArray *xps_phase_list_remarks (const XpsReferencePhase *phase);

/* "S 2p3/2" -> "S 2p": the level with both its lines. New string. */
char *xps_level_dup_whole (const char *level);
/* The level by which an element is known best: the one with most values in the table that Al K-alpha reaches,
 * of two alike the shallower; else the strongest line there; NULL: it has none. New string. */
char *xps_reference_dup_usual_level (XpsReference *self, const char *element);
/* A phase with a line for each element of its formula, at the usual level with all its atoms and the phase
 * itself as species. NULL with error: the formula cannot be read, or none of its elements has a line. */
XpsReferencePhase *xps_phase_new_from_formula (XpsReference *self, const char *name, const char *formula,
                                               GError **error);
/* A further line to start from: the next element of the formula that has none, with the atoms that are left;
 * else the level of line `near` (-1: the first) once more, as of another species. */
XpsPhaseLine *xps_phase_add_next_line (XpsReference *self, XpsReferencePhase *phase, int near);
