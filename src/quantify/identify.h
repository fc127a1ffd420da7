/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/assignment.h"
#include "fit/record.h"
#include "reference/cross-section.h"

/* What could be behind fitted components: candidates with the evidence for and against each. It never
 * assigns: where binding energy cannot tell, it says so. Positions are judged within the spread of the
 * literature under an unknown common shift; separations between levels and areas between levels need no
 * charge reference. */

/* One fitted line as identification sees it. */
typedef struct {
  char *name;           /* of the component */
  char *level;          /* "S 2p3/2", or NULL: to be found out from the energy */
  double energy, error; /* eV, at the maximum; error NaN: not known */
  double width;         /* eV, full width at half maximum; NaN unknown */
  double area;          /* with the doublet's other line, NaN unknown */
  double sensitivity;   /* of one atom in the whole level at the photon energy: cross section times length
                         * (quantify/sensitivity.h), in any unit; NaN: not known */
  gboolean minor;       /* weaker line of a doublet: says nothing that the stronger one does not */
} XpsObserved;

typedef struct {
  char *species;
  XpsReferenceSpread spread;
  double distance;      /* eV from the median of the literature, common shift applied */
  double tolerance;     /* eV: spread and errors together */
  guint n_unseen;       /* elements of it that no fitted line belongs to */
  double score;         /* share among this component's candidates, 0 to 1, evidence included */
  GPtrArray *in_favour; /* char *: sentences */
  GPtrArray *against;   /* char * */
  GPtrArray *alike;     /* char *: species that binding energy cannot tell from this one here */
  char *own_phase;      /* the user's own phase whose other levels were looked for; NULL: a shipped one's */
} XpsCandidate;

typedef struct {
  XpsObserved observed;
  GPtrArray *candidates; /* XpsCandidate, best first */
  gboolean declined;     /* the best ones cannot be told apart by binding energy */
} XpsIdentified;

typedef struct {
  GArray *components; /* XpsIdentified */
  double shift;       /* eV added to the observed energies */
  double shift_error; /* eV */
  gboolean shift_given;
} XpsIdentification;

typedef struct {
  double shift, shift_error; /* eV; shift NaN: unknown, found from the components themselves */
  double photon_energy;      /* eV, for areas between levels; NaN: areas are not compared */
  gboolean secondary, recalled;
  const char *const *elements; /* symbols the sample can hold, NULL-terminated; NULL: any. Species with others
                                * are left out */
} XpsIdentifyOptions;

void xps_identify_options_init (XpsIdentifyOptions *options);

/* Lines of one result; several results of one sample are identified together (append them). `observed`:
 * GArray of XpsObserved with its clear function set. */
GArray *xps_observed_array_new (void);
void xps_observed_add_record (GArray *observed, const XpsFitRecord *record, XpsReference *reference,
                              const XpsIdentifyOptions *options);

XpsIdentification *xps_identify (XpsReference *reference, const GArray *observed,
                                 const XpsIdentifyOptions *options, GError **error);
/* FALSE where no line has a candidate: then nothing speaks for the shift that is in the answer, or against it,
 * and it is not to be told. */
gboolean xps_identification_tells_shift (const XpsIdentification *self);
/* What the user has decided for: the species with its evidence, its sources and how it was verified, to be
 * kept with the component (xps_edit_set_assignment). `shift_source`: the charge reference in words, or NULL.
 */
XpsAssignment *xps_candidate_new_assignment (const XpsIdentification *self, const XpsIdentified *identified,
                                             const XpsCandidate *candidate, XpsReference *reference,
                                             const char *shift_source);

void xps_identification_free (XpsIdentification *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsIdentification, xps_identification_free)
