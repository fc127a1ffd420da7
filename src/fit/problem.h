/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/data.h"
#include "fit/model.h"

/* A model bound to spectra, windows and weights: compiled once, evaluated often. One spectrum is the special
 * case of many. A problem never changes after it is made, so any number of threads may evaluate it, each with
 * its own workspace. Unknowns are the free parameters (links and fixed ones are gone); those that enter
 * linearly and belong to one spectrum are eliminated. */

typedef enum {
  XPS_WEIGHTS_COUNTS,  /* variance max(raw counts, 1): Neyman; biased low at few counts */
  XPS_WEIGHTS_SIGMA,   /* the standard deviations given with the data */
  XPS_WEIGHTS_UNIFORM, /* 1 */
  XPS_WEIGHTS_POISSON, /* maximum likelihood of counts: minimises the deviance */
} XpsWeights;

const char *xps_weights_to_text (XpsWeights weights); /* "counts", "sigma", "uniform", "poisson" */
gboolean xps_weights_from_text (const char *text, XpsWeights *weights);

typedef struct _XpsProblem XpsProblem;

/* data[i] belongs to part i of the model and is already cropped to its window. Both are referenced or copied.
 * Static backgrounds are solved here; one that refuses is an error that carries its sentence. */
XpsProblem *xps_problem_new (const XpsModel *model, XpsFitData *const *data, gsize n_data, XpsWeights weights,
                             GError **error);
void xps_problem_free (XpsProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsProblem, xps_problem_free)

const XpsModel *xps_problem_get_model (const XpsProblem *self);
gsize xps_problem_get_n_spectra (const XpsProblem *self);
const XpsFitData *xps_problem_get_data (const XpsProblem *self, gsize spectrum);
XpsWeights xps_problem_get_weights (const XpsProblem *self);
gsize xps_problem_get_n_points (const XpsProblem *self);
gsize xps_problem_get_n_free (const XpsProblem *self);
/* Index of the free parameter i in the model's list; its box (bounds of the model and of the shapes that use
 * it). */
gsize xps_problem_get_free_parameter (const XpsProblem *self, gsize i);
void xps_problem_get_bounds (const XpsProblem *self, gsize i, double *low, double *high);
/* Certificate of static background `background` of a spectrum, NULL for the other kinds. */
const XpsCertificate *xps_problem_get_certificate (const XpsProblem *self, gsize spectrum, gsize background);

/* Curves of one spectrum at given model parameter values[parameters], each [n] of its data, any of them NULL:
 * background = all backgrounds together (static, known, analytic, active); components[k] above it. */
void xps_problem_get_curves (const XpsProblem *self, gsize spectrum, const double *values, double *model,
                             double *background, double *const *components);
/* Standard deviation that each point is weighted with, [n]; for Poisson sqrt(model). */
void xps_problem_get_sigma (const XpsProblem *self, gsize spectrum, const double *values, double *sigma);
