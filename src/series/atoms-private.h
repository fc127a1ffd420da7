/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quantify/line-level.h"
#include "series/atoms.h"
#include "series/map.h"

/* The room's own: how a table of atoms comes about. */

typedef struct {
  const XpsSeries *series;
  const XpsSeriesRun *run;
  const XpsSeriesMap *map;
  XpsReference *reference;
  const XpsAtomsOptions *options;
  XpsAtoms *atoms;
  XpsLineLevel *levels; /* [components] */
  double *energies;     /* [components] eV */
  gboolean *left_out;   /* [components] asked for */
  guint gaps;
  gboolean no_time;
} XpsAtomsMaking;

const XpsFitData *xps_atoms_get_data (const XpsAtomsMaking *self, gsize step, gsize part);
/* Fills in factors, gaps and what is missing of the lines with a level. */
void xps_atoms_find_factors (XpsAtomsMaking *self);
/* The first reason counts. */
void xps_atom_line_miss (XpsAtomLine *line, char *take);
