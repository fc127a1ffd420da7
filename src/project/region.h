/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/record.h"
#include "formats/formats.h"

/* One measured region of a document and everything a person did with it. A value: once it is part of a
 * document it never changes; an edit makes a copy, so undo is keeping the old one. */

/* Where measured data came from. Immutable, shared. */
typedef struct {
  char *path, *sha256, *format, *software, *instrument;
  guint index;    /* of the region in the file */
  char *imported; /* ISO 8601, UTC */
} XpsSource;

XpsSource *xps_source_new (const XpsFile *file, guint index); /* imported: now */
/* Copies of the texts, any of them NULL. */
XpsSource *xps_source_new_texts (const char *path, const char *sha256, const char *format,
                                 const char *software, const char *instrument, guint index,
                                 const char *imported);
XpsSource *xps_source_ref (const XpsSource *self);
void xps_source_unref (XpsSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSource, xps_source_unref)

typedef enum {
  XPS_REGION_SURVEY,     /* wide: more than 200 eV */
  XPS_REGION_CORE_LEVEL, /* named after a level, or narrow */
  XPS_REGION_VALENCE,    /* below about 35 eV binding energy */
  XPS_REGION_AUGER,      /* named after a transition such as KLL, LMM */
  XPS_REGION_OTHER,      /* not a spectrum of electrons against energy */
} XpsRegionKind;

const char *xps_region_kind_to_text (XpsRegionKind kind); /* "survey", "core-level", ... */
gboolean xps_region_kind_from_text (const char *text, XpsRegionKind *kind);

/* From the name, the acquisition record and the energy range. */
XpsRegionKind xps_region_kind_guess (const XpsSpectrum *spectrum);
/* "S 2p" out of species and transition, or of the name; NULL when nothing says so. New string. */
char *xps_region_dup_level (const XpsSpectrum *spectrum);
/* The first level or transition in a text ("Sn3d5 scan" is "Sn 3d5/2", "NiLMM" is "Ni LMM"), or NULL. */
char *xps_region_dup_level_in_text (const char *text);

/* How far a region is, for the dot in the tree. */
typedef enum {
  XPS_FIT_STATE_NONE, /* no components */
  XPS_FIT_STATE_UNFITTED,
  XPS_FIT_STATE_STALE, /* fitted, then something that the fit was made from changed */
  XPS_FIT_STATE_FITTED,
  XPS_FIT_STATE_WARNED, /* fitted, with warnings */
  XPS_FIT_STATE_FAILED, /* did not converge */
} XpsFitState;

typedef struct {
  guint id;     /* unique in the document, kept for ever */
  guint sample; /* id of its sample */
  char *name;
  XpsRegionKind kind;
  XpsSpectrum *spectrum; /* shared */
  XpsSource *source;     /* shared; NULL for data without a file */
  XpsEnergyScale scale;  /* photon energy and work function in use; the shift is the model part's */
  char *scale_note;      /* why the photon energy is not the file's, or NULL */
  XpsModel *model;       /* one part; copied on edit */
  XpsWeights weights;
  XpsFitRecord *record;        /* last fit, or NULL; stays when the model changes and is then stale */
  XpsEnergyScale fitted_scale; /* that the record was made with: another photon energy makes it stale, too */
  gboolean tie_changed;        /* what its areas were or are tied to is not what the record was made with */
  char *notes;                 /* Markdown-free text of the user, "" none */
  char *view;                  /* JSON of figure settings (axis, unit, log, ...), or NULL */
} XpsRegion;

/* A fresh region; the model is empty, weights are counts where the number of electrons is known, else the
 * file's standard deviations, else uniform. */
XpsRegion *xps_region_new (const XpsSpectrum *spectrum, const XpsSource *source);
/* A copy to change; shares spectrum, source and record. */
XpsRegion *xps_region_copy (const XpsRegion *self);
XpsRegion *xps_region_ref (const XpsRegion *self);
void xps_region_unref (XpsRegion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsRegion, xps_region_unref)

XpsFitState xps_region_get_fit_state (const XpsRegion *self);
/* Kinetic energies of unknown light: no binding energies, and nothing to fit, until someone says. */
gboolean xps_region_lacks_photon_energy (const XpsRegion *self);
/* Same photon energy and work function, where unknown equals unknown; the shift is the model's. */
gboolean xps_region_same_scale (const XpsEnergyScale *a, const XpsEnergyScale *b);
/* Where nothing but names of components and a charge reference that moved data and model together differs
 * from `before`, whose fit is current: gives `self` the record of that fit with the new names and positions.
 * FALSE: the fit is not one of this region, and stays stale. */
gboolean xps_region_carry_record (XpsRegion *self, const XpsRegion *before);
/* Data of the window as the fit takes them; NULL with error. */
XpsFitData *xps_region_new_data (const XpsRegion *self, GError **error);
