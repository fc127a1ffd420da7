/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background/background.h"

#include "background/rows.h"

#include <math.h>
#include <string.h>

/* The table of backgrounds. Ids of rows, roles and settings are stable: model files hold them. */

#define NUMBER(id_, unit_, usual_, min_, max_, meaning_)                                                     \
  {                                                                                                          \
    .id = id_, .unit = unit_, .kind = XPS_SETTING_NUMBER, .usual = usual_, .min = min_, .max = max_,         \
    .meaning = meaning_                                                                                      \
  }
#define ENDS                                                                                                 \
  NUMBER ("average", "points", 1.0, 1.0, 1e6, "points averaged for the level at each end; the counts stay"), \
      NUMBER ("offset_low", "counts", 0.0, -INFINITY, INFINITY,                                              \
              "added to the level at the low binding energy end"),                                           \
      NUMBER ("offset_high", "counts", 0.0, -INFINITY, INFINITY,                                             \
              "added to the level at the high binding energy end")

static const XpsBackground rows[] = {
    {
        .id = "poly",
        .title = "Polynomial",
        .source = "sum of c_k (E - x_ref)^k",
        .kind = XPS_BACKGROUND_ANALYTIC,
        .n_roles = 1,
        .roles = {{"coeffs", "counts/eV^k", true, true, -INFINITY, INFINITY, "coefficients, constant first"}},
        .n_settings = 1,
        .settings = {NUMBER ("x_ref", "eV", NAN, -INFINITY, INFINITY,
                             "energy the polynomial is written about")},
        .plan = xps_poly_plan,
        .plan_free = xps_poly_free,
        .evaluate = xps_poly_evaluate,
    },
    {
        .id = "linear",
        .title = "Straight line",
        .source = "level + slope (E - x_ref)",
        .kind = XPS_BACKGROUND_ANALYTIC,
        .n_roles = 2,
        .roles = {{"level", "counts", false, true, -INFINITY, INFINITY, "value at x_ref"},
                  {"slope", "counts/eV", false, true, -INFINITY, INFINITY,
                   "slope toward high binding energy"}},
        .n_settings = 1,
        .settings = {NUMBER ("x_ref", "eV", NAN, -INFINITY, INFINITY, "energy where the line equals level")},
        .plan = xps_linear_plan,
        .plan_free = xps_poly_free,
        .evaluate = xps_poly_evaluate,
    },
    {
        .id = "exponential",
        .title = "Exponential",
        .source = "amp exp(-rate (E - x_ref))",
        .kind = XPS_BACKGROUND_ANALYTIC,
        .n_roles = 2,
        .roles = {{"amp", "counts", false, true, -INFINITY, INFINITY, "value at x_ref"},
                  {"rate", "1/eV", false, false, -INFINITY, INFINITY, "decay toward high binding energy"}},
        .n_settings = 1,
        .settings = {NUMBER ("x_ref", "eV", 0.0, -INFINITY, INFINITY,
                             "energy where the exponential equals amp")},
        .plan = xps_exponential_plan,
        .plan_free = xps_exponential_free,
        .evaluate = xps_exponential_evaluate,
    },
    {
        .id = "shirley",
        .title = "Shirley, static",
        .source = "Shirley, Phys. Rev. B 5 (1972) 4709; Proctor and Sherwood, Anal. Chem. 54 (1982) 13",
        .kind = XPS_BACKGROUND_STATIC,
        .n_settings = 3,
        .settings = {ENDS},
        .plan = xps_shirley_plan,
        .plan_free = xps_shirley_free,
        .solve = xps_shirley_solve,
    },
    {
        .id = "active_shirley",
        .title = "Shirley, active",
        .source = "Herrera-Gomez, Bravo-Sanchez, Ceballos-Sanchez, Vazquez-Lepe, Surf. Interface Anal. 46 "
                  "(2014) 897",
        .kind = XPS_BACKGROUND_ACTIVE,
        .n_roles = 1,
        .roles = {{"k", "1/eV", false, true, 0.0, INFINITY, "step per area of the peaks"}},
        .plan = xps_active_plan,
        .plan_free = xps_active_free,
        .apply = xps_step_apply,
        .apply_many = xps_step_apply_many,
    },
    {
        .id = "svsc",
        .title = "Shirley-Vegh-Salvi-Castle",
        .source = "Vegh, Surf. Sci. 563 (2004) 183; Salvi and Castle, J. Electron Spectrosc. 95 (1998) 45",
        .kind = XPS_BACKGROUND_ACTIVE,
        .per_component = true,
        .n_roles = 1,
        .roles = {{"k", "1/eV", true, true, 0.0, INFINITY, "step per area, one for each component"}},
        .plan = xps_active_plan,
        .plan_free = xps_active_free,
        .apply = xps_step_apply,
        .apply_many = xps_step_apply_many,
    },
    {
        .id = "slope",
        .title = "Slope, active",
        .source = "Herrera-Gomez, Bravo-Sanchez, Ceballos-Sanchez, Vazquez-Lepe, Surf. Interface Anal. 46 "
                  "(2014) 897",
        .kind = XPS_BACKGROUND_ACTIVE,
        .n_roles = 1,
        .roles = {{"k", "1/eV^2", false, true, -INFINITY, INFINITY,
                   "change of slope toward high binding energy per area of the peaks"}},
        .plan = xps_active_plan,
        .plan_free = xps_active_free,
        .apply = xps_slope_apply,
        .apply_many = xps_slope_apply_many,
    },
};

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

void
xps_certificate_init (XpsCertificate *certificate)
{
  memset (certificate, 0, sizeof *certificate);
}

void
xps_certificate_add (XpsCertificate *certificate, const char *key, double value)
{
  if (certificate->n_items >= XPS_CERTIFICATE_MAX_ITEMS)
    return;
  certificate->items[certificate->n_items].key = key;
  certificate->items[certificate->n_items].value = value;
  certificate->n_items++;
}

double
xps_certificate_get (const XpsCertificate *certificate, const char *key)
{
  for (size_t i = 0; i < certificate->n_items; i++)
    if (strcmp (certificate->items[i].key, key) == 0)
      return certificate->items[i].value;
  return NAN;
}
