/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Plain records that questions return; all texts owned by the record, NULL where the table is empty, numbers
 * NaN. Arrays of them free their elements. */

typedef enum {
  XPS_VERIFIED_NIST,      /* read in the NIST collection */
  XPS_VERIFIED_SEEN,      /* read on a page or in an abstract */
  XPS_VERIFIED_SECONDARY, /* read where somebody quotes it */
  XPS_VERIFIED_RECALLED,  /* from memory */
  XPS_VERIFIED_USER,      /* the user's own */
} XpsVerified;

const char *xps_verified_to_text (XpsVerified verified);  /* "nist-record", "seen", "secondary", ... */
const char *xps_verified_to_words (XpsVerified verified); /* a sentence for people, translated */
/* Whether it counts in suggestions unless more was asked for. */
gboolean xps_verified_is_firm (XpsVerified verified);

typedef struct {
  gint64 id;
  char *species, *species_name, *class_, *element, *level;
  double energy, uncertainty, fwhm; /* eV */
  char *charge_reference, *source, *note;
  XpsVerified verified;
  gboolean analogue, tabulated;
  gint64 replaces;        /* of an own entry: id of the shipped line it corrects; 0: none */
  double replaces_energy; /* ... and by what that line is known again when the shipped table changes */
  char *replaces_source;
  gboolean replaced; /* of a shipped line: an own entry corrects it; shown, and counted nowhere */
} XpsReferenceLine;

/* What the literature says of one species and level, as a range and not as one number. */
typedef struct {
  char *species, *level;
  guint n, n_firm;            /* values, and how many of them are verified at first hand */
  guint n_own;                /* and how many are the user's own; they count as first-hand */
  double low, median, high;   /* eV, over all n */
  double firm_low, firm_high; /* over the firm ones, NaN: none */
  XpsVerified best;           /* how the best of them was verified */
  gboolean analogue;          /* all of them */
  gboolean disputed;          /* a controversy touches it */
} XpsReferenceSpread;

typedef struct {
  char *element, *levels;             /* "S", "S 2p" */
  double splitting, splitting_spread; /* eV, NaN for single lines */
  double ratio;                 /* area of the weaker line over that of the stronger, NaN for single lines */
  double width_high, width_low; /* natural FWHM of the two lines, eV */
  char *source, *note;
  XpsVerified verified;
} XpsReferenceDoublet;

typedef struct {
  char *formula, *level_high, *level_low;
  double energy_high, energy_low, separation; /* eV */
  char *source, *note;
  XpsVerified verified;
} XpsReferenceSeparation;

typedef struct {
  char *species, *level;
  double low, high; /* eV */
  char *statement, *source;
} XpsReferenceControversy;

typedef struct {
  char *species, *level;
  double energy, uncertainty; /* eV; an estimate, never a measurement */
  char *basis, *source;
} XpsReferenceEstimate;

typedef struct {
  char *key, *authors, *title, *journal, *volume, *pages, *doi, *licence, *note;
  int year; /* 0: not known */
} XpsReferenceSource;

typedef struct {
  char *element, *level, *species, *label;
  double atoms; /* of the element in one formula unit that stand behind the line */
} XpsPhaseLine;

typedef struct {
  char *name, *full_name, *formula, *note;
  GPtrArray *lines; /* XpsPhaseLine */
  gboolean own;     /* the user's own */
} XpsReferencePhase;

/* Lines and phases to fill in: members zero, numbers NaN, an empty list of lines. */
XpsReferenceLine *xps_reference_line_new (void);
XpsReferenceLine *xps_reference_line_copy (const XpsReferenceLine *line);
void xps_reference_line_free (XpsReferenceLine *line);
XpsReferencePhase *xps_reference_phase_new (const char *name);
XpsPhaseLine *xps_reference_phase_add_line (XpsReferencePhase *phase, const char *level, const char *species,
                                            double atoms);
XpsReferencePhase *xps_reference_phase_copy (const XpsReferencePhase *phase);
void xps_reference_phase_free (XpsReferencePhase *phase);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsReferenceLine, xps_reference_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsReferencePhase, xps_reference_phase_free)

void xps_reference_spread_clear (XpsReferenceSpread *spread);
void xps_reference_doublet_clear (XpsReferenceDoublet *doublet);
