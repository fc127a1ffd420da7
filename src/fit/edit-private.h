/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/edit.h"
#include "fit/model-index.h"

/* What the files of the edits share. */

static inline XpsModelPart *
xps_edit_part (const XpsModel *model, gsize part)
{
  return g_ptr_array_index (model->parts, part);
}

static inline XpsComponent *
xps_edit_component (const XpsModel *model, gsize part, gsize component)
{
  return g_ptr_array_index (xps_edit_part (model, part)->components, component);
}

static inline XpsParameter *
xps_edit_parameter_at (const XpsModel *model, gsize i)
{
  return g_ptr_array_index (model->parameters, i);
}

/* Sets `error` (XPS_FIT_ERROR_MODEL) to a sentence with numbers in any locale the same. Always FALSE. */
gboolean xps_edit_refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* ---- values that move together ---- */

/* A model's values while they are being changed: links follow what they hang on. Not valid any more once
 * parameters are added, removed or linked otherwise. */
typedef struct {
  XpsModel *model;
  XpsModelIndex *index;
  double *values;     /* [parameters] */
  double *low, *high; /* [parameters] what the roles that use a parameter can take */
} XpsEditValues;

/* NULL when names or links are broken. */
XpsEditValues *xps_edit_values_new (XpsModel *model, GError **error);
void xps_edit_values_free (XpsEditValues *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsEditValues, xps_edit_values_free)
/* Writes them into the model, links included. */
void xps_edit_values_store (const XpsEditValues *self);

/* What a parameter hangs on: the root that a change of it moves, and how fast every parameter follows that
 * root in slopes[parameters]. -1: on nothing that can be moved. */
int xps_edit_values_find_root (const XpsEditValues *self, gsize parameter, double *slopes);
/* Moves a parameter by its root, bounds or not; FALSE when it hangs on nothing. */
gboolean xps_edit_values_move (XpsEditValues *self, gsize parameter, double value);
/* The same within all bounds that it meets, of its own, of what follows and of the shapes; nothing happens
 * when the root is fixed. */
void xps_edit_values_drag (XpsEditValues *self, gsize parameter, double value);
/* Index of the parameter of a role, or -1. */
int xps_edit_values_find_role (const XpsEditValues *self, const XpsComponent *component, gsize role);
/* Values of all roles of a component within the ranges of its shape, p[n_roles]. */
void xps_edit_values_get_roles (const XpsEditValues *self, const XpsComponent *component, double *p);

/* ---- names and lists of parameters ---- */

/* `base`, or `base 2`, ... whichever is no parameter yet. New string. */
char *xps_edit_dup_free_name (const XpsModel *model, const char *base);
/* Whether a component, a background or, with `links`, a link names it. */
gboolean xps_edit_is_used (const XpsModel *model, const char *name, gboolean links);
/* Whether another component, or another role of this one, uses the role's parameter as well. */
gboolean xps_edit_is_shared (const XpsModel *model, const XpsComponent *component, gsize role);
/* Removes those of the names (char *) that no component and no background uses any more; what was linked to
 * them keeps value and freedom. */
void xps_edit_remove_unused (XpsModel *model, const GPtrArray *names);
/* Names of all roles of a component or background, appended. */
void xps_edit_list_roles (const XpsComponent *component, GPtrArray *names);
void xps_edit_list_background (const XpsModelBackground *background, GPtrArray *names);
/* Turns a link into a free parameter (fixed where all it hangs on is fixed) at its value, within the bounds
 * that it had through the link. */
void xps_edit_unlink (XpsModel *model, XpsParameter *parameter);

/* A parameter of its own for a role that has none or shares one, started as `like`, or as usual. */
XpsParameter *xps_edit_give_parameter (XpsModel *model, XpsComponent *component, gsize role);

/* ---- shapes ---- */

/* Parameters for all roles of a new component with this maximum, height and width; roles that `component`
 * names already are left alone. */
void xps_edit_start_roles (XpsModel *model, XpsComponent *component, const XpsPeakGuess *guess);
/* Scales the widths in p (those with wanted[k]) to a full width at half maximum; FALSE when none could be
 * found. */
gboolean xps_edit_scale_widths (const XpsShape *shape, double *p, const gboolean *wanted, double fwhm);

/* ---- backgrounds ---- */

/* The data of a part's window, as a background sees them before anything is fitted. */
typedef struct {
  gsize n;
  const double *energy, *intensity; /* [n] of the preview */
  double x_low, x_high;             /* ends of the window, eV */
  double y_low, y_high;             /* levels there: medians of some points */
  double *signal;                   /* [n] what the peaks are, about */
} XpsEditEnds;

/* FALSE: too few points, or no binding energies. */
gboolean xps_edit_ends_init (XpsEditEnds *self, const XpsPreview *preview, const XpsModelPart *part);
void xps_edit_ends_clear (XpsEditEnds *self);
/* Start values of all free parameters of the part's backgrounds. */
void xps_edit_start_backgrounds (XpsModel *model, const XpsModelPart *part, const XpsEditEnds *ends);
double xps_edit_median (const double *values, gsize n);

/* Words for people: "area", and "area of PS4 2p3/2" for a parameter (its own name where no component uses it;
 * new string). */
const char *xps_edit_role_word (const XpsShapeRole *role);
char *xps_edit_dup_owner (const XpsModel *model, const char *name);
