/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quantify/sensitivity.h"
#include "series/run.h"

/* What one atom gives in the lines of a fitted series: areas over these factors compare levels
 * (quantify/sensitivity.h). Which level a line is of comes from names (its own, its core level's in the
 * model, its spectra's) or is given; the photon energy, the counting time and the transmission come from the
 * spectra. Nothing is guessed from energies. */

/* Relative standard uncertainty of one core level's factor, beside the spread of its formulas: an assumption.
 * The two calculations of cross sections at hand agree to some 0.1 %, which is not their error: both are of
 * free atoms in a single-electron theory, and peaks, backgrounds and analysers add to it. */
#define XPS_ATOMS_UNCERTAINTY 0.1

/* Lines of one species in one core level: a doublet is one. */
typedef struct {
  gsize part;            /* core level of the model */
  gsize leader, place;   /* component that the group is known by; its number among the leaders */
  GArray *components;    /* gsize, of the run */
  char *name;            /* what it is called in ratios: unique */
  char *species;         /* phase or name of the component, as in trends */
  char *level, *element; /* "S 2p", "S"; NULL: not known */
  double share; /* of the level's intensity that the lines stand for: 1, less where one line of a doublet is
                 * alone */
  double *factors;               /* [n_steps] area of one atom, only ratios count; NaN: not known */
  XpsSensitivity sensitivity;    /* at the first step that has one */
  double photon_energy, seconds; /* there; eV, s that a point was counted (1 where it does not count) */
  char *missing;                 /* a sentence: why there is no factor; NULL */
} XpsAtomLine;

typedef struct {
  gsize n_steps;
  GPtrArray *lines; /* XpsAtomLine, in the order of the model */
  GPtrArray *notes; /* char *: what is missing and what was assumed, translated */
} XpsAtoms;

typedef struct {
  XpsSensitivityOptions sensitivity; /* its photon energy is for spectra that say none; NaN */
  const char *const *levels; /* "NAME=LEVEL" for a component, a species or a core level of the model, LEVEL
                              * "none": leave it out; NULL-terminated, or NULL */
} XpsAtomsOptions;

void xps_atoms_options_init (XpsAtomsOptions *options);

/* Error: a level that was given for nobody, or is none. */
XpsAtoms *xps_atoms_new (const XpsSeries *series, const XpsSeriesRun *run, XpsReference *reference,
                         const XpsAtomsOptions *options, GError **error);
void xps_atoms_free (XpsAtoms *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsAtoms, xps_atoms_free)

/* The lines that a name is of: a component, a species, a core level ("S 2p") or an element. Error: nobody is
 * called so, its factor is not known, or it was measured in several core levels and would count twice. */
GArray *xps_atoms_find (const XpsAtoms *self, const char *name, GError **error);
/* Relative: the spread of the formulas and the assumption in quadrature. */
double xps_atom_line_get_uncertainty (const XpsAtomLine *self);
/* Whether any line has a factor. */
gboolean xps_atoms_are_known (const XpsAtoms *self);
