/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/result.h"

/* A result as it is kept: everything RESULT.json holds, without the machinery that made it. Immutable,
 * atomically counted; made from a fresh result or read back from a file, and both are equal to the last bit.
 * A figure without an uncertainty is NaN. */

typedef struct {
  char *name;
  XpsQuantity quantity;
  XpsStatus status;
} XpsRecordParameter;

typedef struct {
  gsize spectrum;
  char *name, *type, *label, *phase; /* label and phase may be NULL */
  XpsQuantity center, maximum, area, fwhm, height, fraction;
} XpsRecordComponent;

typedef struct {
  gsize spectrum;
  char *type;
  char *statement;  /* of the certificate, or NULL */
  gboolean solved;  /* of the certificate */
  GPtrArray *codes; /* char *: its warnings */
  GPtrArray *keys;  /* char *: its items ... */
  GArray *values;   /* ... double */
} XpsRecordBackground;

typedef struct {
  gboolean converged;
  gboolean tied; /* one spectrum's share of a joint fit: the file's member "joint" */
  char *stop_reason, *weights, *method;
  gsize n_points, n_free, evaluations;
  double chi2, dof, reduced_chi2, aic, aicc, bic, condition_number, autocorrelation;
  GPtrArray *parameters;  /* XpsRecordParameter */
  GPtrArray *components;  /* XpsRecordComponent */
  GPtrArray *backgrounds; /* XpsRecordBackground */
  GPtrArray *warnings;    /* XpsWarning, texts owned by the record */
  GPtrArray *order;       /* char *: parameters of the covariance matrix */
  double *covariance;     /* [order->len ^ 2], row by row, NaN undefined; NULL when the file has none */
  XpsModel *model;        /* with the fitted values */
  char *created;          /* ISO 8601, or NULL */
  char *text;             /* the RESULT.json it is */
} XpsFitRecord;

XpsFitRecord *xps_fit_record_new (const XpsResult *result);
/* `file` names the place in messages. */
XpsFitRecord *xps_fit_record_from_text (const char *text, const char *file, GError **error);
XpsFitRecord *xps_fit_record_read (const char *path, GError **error);

XpsFitRecord *xps_fit_record_ref (const XpsFitRecord *self);
void xps_fit_record_unref (XpsFitRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsFitRecord, xps_fit_record_unref)

/* NULL: not there. */
const XpsRecordParameter *xps_fit_record_find_parameter (const XpsFitRecord *self, const char *name);
const XpsRecordComponent *xps_fit_record_find_component (const XpsFitRecord *self, gsize spectrum,
                                                         const char *name);

/* An energy with its two kinds of uncertainty apart, eV: what the counts leave open, and what the charge
 * reference does, which is common to all lines of the spectrum and drops out of separations. */
typedef struct {
  double value, statistical, reference; /* NaN: not known, or not stated */
  double total;                         /* in quadrature; of the one that is known where the other is not */
} XpsEnergy;

XpsEnergy xps_energy_combine (XpsQuantity position, double reference_error);
/* Of the maximum where the component has one, else of the centre. */
XpsEnergy xps_fit_record_get_energy (const XpsFitRecord *self, const XpsRecordComponent *component);
/* What the user decided the component is; NULL: nothing. Owned by the record. */
const XpsAssignment *xps_fit_record_get_assignment (const XpsFitRecord *self,
                                                    const XpsRecordComponent *component);

/* A copy in which the component is assigned (NULL: no longer), its file's text included; all figures stay.
 * NULL with error when there is no such component. */
XpsFitRecord *xps_fit_record_with_assignment (const XpsFitRecord *self, gsize spectrum, const char *component,
                                              const XpsAssignment *assignment, GError **error);

/* A copy in which the component (by its place) has another name, and its parameters the names that
 * xps_edit_rename_component() gives them; every figure stays. NULL with error for a joint record, and where a
 * warning's sentence speaks of the old name. */
XpsFitRecord *xps_fit_record_with_name (const XpsFitRecord *self, guint component, const char *name,
                                        GError **error);

/* A copy for the same data with another charge reference, model and data moved together as by
 * xps_edit_set_reference(): positions differ by a constant, every other figure stays. NULL with error for a
 * joint record. */
XpsFitRecord *xps_fit_record_with_reference (const XpsFitRecord *self, double shift, double error,
                                             const char *source, GError **failure);

/* Whether the record still belongs to `model`: the model equals the fitted one. */
gboolean xps_fit_record_is_current (const XpsFitRecord *self, const XpsModel *model, XpsWeights weights);
