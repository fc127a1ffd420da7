/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/problem.h"

/* What a model looks like on a spectrum, whether or not anything was fitted: the curves a person sees while
 * they build and drag. Never fails: a model that cannot be posed gives the data and a sentence. Built for one
 * part of a model. Arrays run over the whole spectrum, ascending binding energy (shift applied) or, where the
 * axis cannot be turned into binding energy, ascending stored axis; curves of the model are NaN outside the
 * fit window. */

typedef struct {
  XpsSpectrum *spectrum; /* referenced */
  XpsModel *model;       /* a copy, values of links filled in */
  gsize part;
  XpsEnergyScale scale; /* photon energy and work function of the region, shift of the model's part */
  XpsWeights weights;

  gboolean has_binding;       /* FALSE: energy is the stored axis and nothing can be fitted */
  gsize n;                    /* points of the spectrum */
  double *energy, *intensity; /* [n] */
  double *sigma;         /* [n] as the fit would weight, NaN outside the window; also of an empty model; NULL
                          * where there are no weights */
  gsize first, n_window; /* the window within the arrays */

  XpsProblem *problem; /* NULL: nothing to show but data */
  char *message;       /* why there is no problem or no background, in words; NULL: all is well */
  double *values;      /* [parameters of the model] */
  double *background;  /* [n] sum of all backgrounds, or NULL */
  double *envelope;    /* [n] background plus components, or NULL */
  gsize n_components;
  double **components; /* [n_components][n] above the background */

  struct _XpsPreviewInner *inner; /* its own business */
} XpsPreview;

/* `scale->shift` is ignored: the shift is the model part's. */
XpsPreview *xps_preview_new (const XpsSpectrum *spectrum, const XpsEnergyScale *scale, const XpsModel *model,
                             gsize part, XpsWeights weights);
void xps_preview_free (XpsPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsPreview, xps_preview_free)

/* The same with other values of the same parameters, without compiling anything anew: for every frame of a
 * drag. FALSE when `model` differs in more than values (then make a new one); nothing changed in that case.
 */
gboolean xps_preview_update (XpsPreview *self, const XpsModel *model);

/* Static backgrounds' certificate, or NULL. */
const XpsCertificate *xps_preview_get_certificate (const XpsPreview *self, gsize background);

/* Of a component as it stands: NaN where the shape has none. Any of the outputs may be NULL. */
void xps_preview_get_component (const XpsPreview *self, gsize component, double *maximum, double *height,
                                double *fwhm, double *area);
