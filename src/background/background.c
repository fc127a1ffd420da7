/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background/background.h"

#include "background/rows.h"
#include "background/words.h"

#include <math.h>
#include <string.h>

/* The table of backgrounds. Ids of rows, roles, settings and words are stable: model files hold them. */

static const char *const cross_sections[] = {"universal", "polymers", "SiO2",   "Si",
                                             "Ge",        "Al",       "custom", NULL};
static const char *const quadratures[] = {"exact", "trapezoid", NULL};
static const char *const amplitudes[] = {"anchored", "absolute", NULL};

/* clang-format off */
#define NUMBER(id_, unit_, usual_, min_, max_, meaning_)                                                     \
  { .id = id_, .unit = unit_, .kind = XPS_SETTING_NUMBER, .usual = usual_, .min = min_, .max = max_,         \
    .meaning = meaning_ }
#define WORD(id_, words_, meaning_)                                                                          \
  { .id = id_, .unit = "", .kind = XPS_SETTING_WORD, .words = words_, .meaning = meaning_ }
#define LIST(id_, meaning_)                                                                                  \
  { .id = id_, .unit = "eV", .kind = XPS_SETTING_LIST, .usual = NAN, .min = -INFINITY, .max = INFINITY,      \
    .meaning = meaning_ }
#define ENDS                                                                                                 \
  NUMBER ("average", "points", 1.0, 1.0, 1e6, "points averaged for the level at each end; the counts stay"), \
  NUMBER ("offset_low", "counts", 0.0, -INFINITY, INFINITY, "added to the level at the low end"),            \
  NUMBER ("offset_high", "counts", 0.0, -INFINITY, INFINITY, "added to the level at the high end")
#define LOSS                                                                                                 \
  WORD ("cross_section", cross_sections, "named parameters of the loss kernel"),                             \
  NUMBER ("C", "eV^2", 0.0, -1e9, 1e9, "of a custom kernel; 0: not given"),                                  \
  NUMBER ("D", "eV^2", 0.0, 0.0, 1e9, "of a custom kernel; 0: two-parameter kernel"),                        \
  NUMBER ("T0", "eV", 0.0, 0.0, 1e6, "no losses smaller than this (band gap)"),                              \
  WORD ("quadrature", quadratures, "of the straight lines between the points, or trapezoidal")

static const XpsBackground rows[] = {
  {
    .id = "poly", .title = N_ ("Polynomial"),
    .source = "sum of c_k (E - x_ref)^k",
    .kind = XPS_BACKGROUND_ANALYTIC,
    .n_roles = 1,
    .roles = { { "coeffs", "counts/eV^k", true, true, -INFINITY, INFINITY, "coefficients, constant first" } },
    .n_settings = 1,
    .settings = { NUMBER ("x_ref", "eV", NAN, -INFINITY, INFINITY, "energy the polynomial is written about") },
    .plan = xps_poly_plan, .plan_free = xps_curves_free, .evaluate = xps_curves_evaluate,
  },
  {
    .id = "linear", .title = N_ ("Straight line"),
    .source = "level + slope (E - x_ref)",
    .kind = XPS_BACKGROUND_ANALYTIC,
    .n_roles = 2,
    .roles = { { "level", "counts", false, true, -INFINITY, INFINITY, "value at x_ref" },
               { "slope", "counts/eV", false, true, -INFINITY, INFINITY, "toward high binding energy" } },
    .n_settings = 1,
    .settings = { NUMBER ("x_ref", "eV", NAN, -INFINITY, INFINITY, "energy where the line equals level") },
    .plan = xps_linear_plan, .plan_free = xps_curves_free, .evaluate = xps_curves_evaluate,
  },
  {
    .id = "spline", .title = N_ ("Cubic spline"),
    .source = "natural cubic spline through fitted values at fixed knots, straight beyond the outer ones",
    .kind = XPS_BACKGROUND_ANALYTIC,
    .n_roles = 1,
    .roles = { { "values", "counts", true, true, -INFINITY, INFINITY, "values at the knots" } },
    .n_settings = 1,
    .settings = { LIST ("knots", "energies of the knots, ascending") },
    .plan = xps_spline_plan, .plan_free = xps_curves_free, .evaluate = xps_curves_evaluate,
  },
  {
    .id = "exponential", .title = N_ ("Exponential"),
    .source = "amp exp(-rate (E - x_ref))",
    .kind = XPS_BACKGROUND_ANALYTIC,
    .n_roles = 2,
    .roles = { { "amp", "counts", false, true, -INFINITY, INFINITY, "value at x_ref" },
               { "rate", "1/eV", false, false, -INFINITY, INFINITY, "decay toward high binding energy" } },
    .n_settings = 1,
    .settings = { NUMBER ("x_ref", "eV", 0.0, -INFINITY, INFINITY, "energy where it equals amp") },
    .plan = xps_exponential_plan, .plan_free = xps_curves_free, .evaluate = xps_exponential_evaluate,
  },
  {
    .id = "linear_static", .title = N_ ("Straight line, static"),
    .source = "through the two end levels",
    .kind = XPS_BACKGROUND_STATIC,
    .n_settings = 3,
    .settings = { ENDS },
    .plan = xps_line_plan, .plan_free = xps_line_free, .solve = xps_line_solve,
  },
  {
    .id = "spline_static", .title = N_ ("Cubic spline, static"),
    .source = "natural cubic spline through averaged counts at anchors",
    .kind = XPS_BACKGROUND_STATIC,
    .n_settings = 2,
    .settings = { LIST ("anchors", "energies of the anchors, ascending, inside the window"),
                  NUMBER ("average", "points", 1.0, 1.0, 1e6, "points averaged about each anchor") },
    .plan = xps_anchors_plan, .plan_free = xps_anchors_free, .solve = xps_anchors_solve,
  },
  {
    .id = "shirley", .title = N_ ("Shirley, static"),
    .source = "Shirley, Phys. Rev. B 5 (1972) 4709; Proctor and Sherwood, Anal. Chem. 54 (1982) 13",
    .kind = XPS_BACKGROUND_STATIC,
    .n_settings = 3,
    .settings = { ENDS },
    .plan = xps_shirley_plan, .plan_free = xps_shirley_free, .solve = xps_shirley_solve,
  },
  {
    .id = "tougaard", .title = N_ ("Tougaard, static"),
    .source = "Tougaard, Surf. Interface Anal. 11 (1988) 453; 25 (1997) 137",
    .kind = XPS_BACKGROUND_STATIC,
    .n_settings = 10,
    .settings = { LOSS,
                  NUMBER ("B", "eV^2", 0.0, 0.0, 1e12, "absolute amplitude; 0: that of the cross section"),
                  WORD ("amplitude", amplitudes, "meet the level at the high end, or be B"),
                  ENDS },
    .plan = xps_tougaard_plan, .plan_free = xps_tougaard_free, .solve = xps_tougaard_solve,
  },
  {
    .id = "active_shirley", .title = N_ ("Shirley, active"),
    .source = "Herrera-Gomez, Bravo-Sanchez, Ceballos-Sanchez, Vazquez-Lepe, Surf. Interface Anal. 46 (2014) 897",
    .kind = XPS_BACKGROUND_ACTIVE,
    .n_roles = 1,
    .roles = { { "k", "1/eV", false, true, 0.0, INFINITY, "step per area of the peaks" } },
    .plan = xps_active_plan, .plan_free = xps_active_free,
    .apply = xps_step_apply, .apply_many = xps_step_apply_many,
  },
  {
    .id = "svsc", .title = N_ ("Shirley-Vegh-Salvi-Castle"),
    .source = "Vegh, J. Electron Spectrosc. 151 (2006) 159; Salvi and Castle, J. Electron Spectrosc. 95 (1998) 45",
    .kind = XPS_BACKGROUND_ACTIVE, .per_component = true,
    .n_roles = 1,
    .roles = { { "k", "1/eV", true, true, 0.0, INFINITY, "step per area, one for each component" } },
    .plan = xps_active_plan, .plan_free = xps_active_free,
    .apply = xps_step_apply, .apply_many = xps_step_apply_many,
  },
  {
    .id = "slope", .title = N_ ("Slope, active"),
    .source = "Herrera-Gomez, Bravo-Sanchez, Ceballos-Sanchez, Vazquez-Lepe, Surf. Interface Anal. 46 (2014) 897",
    .kind = XPS_BACKGROUND_ACTIVE,
    .n_roles = 1,
    .roles = { { "k", "1/eV^2", false, true, -INFINITY, INFINITY, "change of slope per area of the peaks" } },
    .plan = xps_active_plan, .plan_free = xps_active_free,
    .apply = xps_slope_apply, .apply_many = xps_slope_apply_many,
  },
  {
    .id = "active_tougaard", .title = N_ ("Tougaard, active"),
    .source = "Tougaard, Surf. Interface Anal. 11 (1988) 453; 25 (1997) 137; first order on the model's peaks",
    .kind = XPS_BACKGROUND_ACTIVE,
    .n_roles = 1,
    .roles = { { "B", "eV^2", false, true, 0.0, INFINITY, "amplitude of the loss kernel" } },
    .n_settings = 5,
    .settings = { LOSS },
    .plan = xps_active_tougaard_plan, .plan_free = xps_tougaard_free,
    .apply = xps_tougaard_apply, .apply_many = xps_tougaard_apply_many,
  },
};
/* clang-format on */

const XpsBackground *
xps_backgrounds_get (size_t *n)
{
  *n = sizeof rows / sizeof rows[0];
  return rows;
}

const XpsBackground *
xps_background_find (const char *id)
{
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    if (strcmp (rows[i].id, id) == 0)
      return &rows[i];
  return NULL;
}

int
xps_background_find_role (const XpsBackground *background, const char *id)
{
  for (size_t i = 0; i < background->n_roles; i++)
    if (strcmp (background->roles[i].id, id) == 0)
      return (int)i;
  return -1;
}

int
xps_background_find_setting (const XpsBackground *background, const char *id)
{
  for (size_t i = 0; i < background->n_settings; i++)
    if (strcmp (background->settings[i].id, id) == 0)
      return (int)i;
  return -1;
}

void
xps_background_settings_init (const XpsBackground *background, XpsBackgroundSettings *settings)
{
  memset (settings, 0, sizeof *settings);
  for (size_t i = 0; i < background->n_settings; i++)
    settings->number[i] = background->settings[i].usual;
}
