/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "background/background.h"

/* Inside the room only: what the table (background.c) takes from the files that do the work. Each file
 * defines its own struct _XpsBackgroundPlan: a plan is only ever handed back to the row that made it. Meaning
 * of the functions: see the members of XpsBackground. */

/* Places of the settings in their rows. */
enum { XPS_ENDS_AVERAGE, XPS_ENDS_OFFSET_LOW, XPS_ENDS_OFFSET_HIGH };
enum { XPS_ANALYTIC_X_REF };
enum { XPS_SPLINE_KNOTS };
enum { XPS_ANCHORS_LIST, XPS_ANCHORS_AVERAGE };
enum {
  XPS_LOSS_SET,
  XPS_LOSS_C,
  XPS_LOSS_D,
  XPS_LOSS_T0,
  XPS_LOSS_QUADRATURE,
  XPS_LOSS_B,
  XPS_LOSS_AMPLITUDE,
  XPS_LOSS_ENDS
};

/* A plan of m fixed curves of n values, one after the other in *data, each times its parameter. NULL: memory
 * is out. */
XpsBackgroundPlan *xps_curves_new (size_t n, size_t m, double **data);
void xps_curves_free (XpsBackgroundPlan *plan);
void xps_curves_evaluate (const XpsBackgroundPlan *plan, const double *p, double *value,
                          double *const *partials);

const char *xps_poly_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                           const double *energy_ev, XpsBackgroundPlan **plan);
const char *xps_linear_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                             const double *energy_ev, XpsBackgroundPlan **plan);

const char *xps_exponential_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                                  const double *energy_ev, XpsBackgroundPlan **plan);
void xps_exponential_evaluate (const XpsBackgroundPlan *plan, const double *p, double *value,
                               double *const *partials);

const char *xps_spline_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                             const double *energy_ev, XpsBackgroundPlan **plan);
const char *xps_anchors_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                              const double *energy_ev, XpsBackgroundPlan **plan);
void xps_anchors_free (XpsBackgroundPlan *plan);
void xps_anchors_solve (const XpsBackgroundPlan *plan, const double *counts, double *curve,
                        XpsCertificate *certificate);

const char *xps_line_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                           const double *energy_ev, XpsBackgroundPlan **plan);
void xps_line_free (XpsBackgroundPlan *plan);
void xps_line_solve (const XpsBackgroundPlan *plan, const double *counts, double *curve,
                     XpsCertificate *certificate);

const char *xps_shirley_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                              const double *energy_ev, XpsBackgroundPlan **plan);
void xps_shirley_free (XpsBackgroundPlan *plan);
void xps_shirley_solve (const XpsBackgroundPlan *plan, const double *counts, double *curve,
                        XpsCertificate *certificate);

const char *xps_active_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                             const double *energy_ev, XpsBackgroundPlan **plan);
void xps_active_free (XpsBackgroundPlan *plan);
void xps_step_apply (const XpsBackgroundPlan *plan, const double *signal, double *out);
void xps_step_apply_many (const XpsBackgroundPlan *plan, size_t m, const double *const *signals,
                          double *const *outs);
void xps_slope_apply (const XpsBackgroundPlan *plan, const double *signal, double *out);
void xps_slope_apply_many (const XpsBackgroundPlan *plan, size_t m, const double *const *signals,
                           double *const *outs);

const char *xps_tougaard_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                               const double *energy_ev, XpsBackgroundPlan **plan);
void xps_tougaard_free (XpsBackgroundPlan *plan);
void xps_tougaard_solve (const XpsBackgroundPlan *plan, const double *counts, double *curve,
                         XpsCertificate *certificate);
const char *xps_active_tougaard_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                                      const double *energy_ev, XpsBackgroundPlan **plan);
void xps_tougaard_apply (const XpsBackgroundPlan *plan, const double *signal, double *out);
void xps_tougaard_apply_many (const XpsBackgroundPlan *plan, size_t m, const double *const *signals,
                              double *const *outs);
