/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "background/background.h"

/* Inside the room only: what the table (background.c) takes from the files that do the work. Each file
 * defines its own struct _XpsBackgroundPlan: a plan is only ever handed back to the row that made it. Meaning
 * of the functions: see the members of XpsBackground. */

/* Places of the settings in their rows. */
enum { XPS_ENDS_AVERAGE, XPS_ENDS_OFFSET_LOW, XPS_ENDS_OFFSET_HIGH };
enum { XPS_ANALYTIC_X_REF };

const char *xps_poly_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                           const double *energy_ev, XpsBackgroundPlan **plan);
const char *xps_linear_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                             const double *energy_ev, XpsBackgroundPlan **plan);
void xps_poly_free (XpsBackgroundPlan *plan);
void xps_poly_evaluate (const XpsBackgroundPlan *plan, const double *p, double *value,
                        double *const *partials);

const char *xps_exponential_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                                  const double *energy_ev, XpsBackgroundPlan **plan);
void xps_exponential_free (XpsBackgroundPlan *plan);
void xps_exponential_evaluate (const XpsBackgroundPlan *plan, const double *p, double *value,
                               double *const *partials);

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
