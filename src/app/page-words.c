/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

typedef struct {
  const char *id, *title;
} Word;

static const Word backgrounds[] = {
    {"poly", N_ ("Polynomial")},
    {"linear", N_ ("Straight line")},
    {"spline", N_ ("Cubic spline")},
    {"exponential", N_ ("Exponential")},
    {"linear_static", N_ ("Straight line through the ends")},
    {"spline_static", N_ ("Cubic spline through the data")},
    {"shirley", N_ ("Shirley, static")},
    {"tougaard", N_ ("Tougaard, static")},
    {"active_shirley", N_ ("Shirley, active")},
    {"svsc", N_ ("Shirley–Végh–Salvi–Castle")},
    {"slope", N_ ("Slope, active")},
    {"active_tougaard", N_ ("Tougaard, active")},
};

static const Word settings[] = {
    {"x_ref", N_ ("Reference energy")},
    {"knots", N_ ("Knots")},
    {"anchors", N_ ("Anchors")},
    {"average", N_ ("Average over")},
    {"offset_low", N_ ("Offset at the low end")},
    {"offset_high", N_ ("Offset at the high end")},
    {"cross_section", N_ ("Cross section")},
    {"B", N_ ("Amplitude B")},
    {"C", N_ ("Kernel constant C")},
    {"D", N_ ("Kernel constant D")},
    {"T0", N_ ("Band gap T₀")},
    {"quadrature", N_ ("Integration")},
    {"amplitude", N_ ("Amplitude")},
};

static const Word setting_words[] = {
    {"universal", N_ ("Universal")},   {"polymers", N_ ("Polymers")},
    {"custom", N_ ("Custom")},         {"exact", N_ ("Exact between the points")},
    {"trapezoid", N_ ("Trapezoidal")}, {"anchored", N_ ("Meets the high end")},
    {"absolute", N_ ("Given by B")},
};

static const Word background_roles[] = {
    {"coeffs", N_ ("Coefficient")}, {"level", N_ ("Level")},      {"slope", N_ ("Slope")},
    {"values", N_ ("Value")},       {"amp", N_ ("Amplitude")},    {"rate", N_ ("Rate")},
    {"k", N_ ("Step factor")},      {"B", N_ ("Loss amplitude")},
};

static const Word roles[] = {
    {"center", N_ ("Position")},
    {"area", N_ ("Area")},
    {"amp", N_ ("Amplitude")},
    {"fwhm", N_ ("FWHM")},
    {"width", N_ ("FWHM")},
    {"fwhm_g", N_ ("Gaussian FWHM")},
    {"fwhm_l", N_ ("Lorentzian FWHM")},
    {"mix", N_ ("Lorentzian share")},
    {"alpha", N_ ("Asymmetry α")},
    {"beta", N_ ("Asymmetry β")},
    {"asym", N_ ("Asymmetry")},
    {"tail", N_ ("Tail constant")},
    {"kT", N_ ("Thermal energy")},
};

/* Translators: %s is the name of a component, as in "area of PS4 2p3/2". */
static const Word role_phrases[] = {
    {"center", N_ ("position of %s")},
    {"area", N_ ("area of %s")},
    {"amp", N_ ("amplitude of %s")},
    {"fwhm", N_ ("FWHM of %s")},
    {"width", N_ ("FWHM of %s")},
    {"fwhm_g", N_ ("Gaussian FWHM of %s")},
    {"fwhm_l", N_ ("Lorentzian FWHM of %s")},
    {"mix", N_ ("Lorentzian share of %s")},
    {"alpha", N_ ("asymmetry α of %s")},
    {"beta", N_ ("asymmetry β of %s")},
    {"asym", N_ ("asymmetry of %s")},
    {"tail", N_ ("tail constant of %s")},
    {"kT", N_ ("thermal energy of %s")},
};

static const Word shapes[] = {
    {"gauss", N_ ("Gaussian")},
    {"lorentz", N_ ("Lorentzian")},
    {"voigt", N_ ("Voigt")},
    {"tch", N_ ("Pseudo-Voigt (TCH)")},
    {"gl", N_ ("GL product")},
    {"sgl", N_ ("GL sum")},
    {"ds", N_ ("Doniach–Šunjić")},
    {"dsg", N_ ("Doniach–Šunjić, Gaussian")},
    {"la", N_ ("LA")},
    {"apv", N_ ("Asymmetric pseudo-Voigt")},
    {"apv_height", N_ ("Asymmetric pseudo-Voigt, unit height")},
    {"tail_gl", N_ ("GL product with tail")},
    {"fermi", N_ ("Fermi edge")},
};

static const Word certificate_keys[] = {
    {"kappa", N_ ("Step factor κ")},
    {"next_kappa", N_ ("Next solution’s κ")},
    {"iterations", N_ ("Iterations")},
    {"residual", N_ ("Closure at the ends")},
    {"mismatch", N_ ("Mismatch of the far end")},
    {"unique", N_ ("Only solution")},
    {"solutions", N_ ("Solutions found")},
    {"y_low", N_ ("Level at the low end")},
    {"y_high", N_ ("Level at the high end")},
    {"net_area", N_ ("Area above background")},
    {"slope", N_ ("Slope")},
    {"anchors", N_ ("Anchors")},
    {"B_effective", N_ ("Amplitude in use")},
    {"B_reference", N_ ("Amplitude of the cross section")},
    {"C", N_ ("Kernel constant C")},
    {"D", N_ ("Kernel constant D")},
};

static const char *
look_up (const Word *words, gsize n, const char *id, const char *otherwise)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (words[i].id, id) == 0)
      return _ (words[i].title);
  return otherwise;
}
#define LOOK_UP(table, id, otherwise) look_up (table, G_N_ELEMENTS (table), id, otherwise)

const char *
xps_page_background_title (const XpsBackground *background)
{
  return LOOK_UP (backgrounds, background->id, background->title);
}

const char *
xps_page_setting_title (const XpsBackgroundSetting *setting)
{
  return LOOK_UP (settings, setting->id, setting->id);
}

const char *
xps_page_setting_word (const char *word)
{
  return LOOK_UP (setting_words, word, word);
}

const char *
xps_page_background_role_title (const XpsBackgroundRole *role)
{
  return LOOK_UP (background_roles, role->id, role->id);
}

const char *
xps_page_role_title (const XpsShapeRole *role)
{
  return LOOK_UP (roles, role->id, role->id);
}

const char *
xps_page_shape_title (const XpsShape *shape)
{
  return LOOK_UP (shapes, shape->id, shape->title);
}

const char *
xps_page_certificate_key (const char *key)
{
  return LOOK_UP (certificate_keys, key, NULL);
}

const char *
xps_page_weights_title (XpsWeights weights)
{
  switch (weights) {
  case XPS_WEIGHTS_COUNTS:
    return _ ("Counts");
  case XPS_WEIGHTS_POISSON:
    return _ ("Poisson likelihood");
  case XPS_WEIGHTS_SIGMA:
    return _ ("Standard deviations of the file");
  case XPS_WEIGHTS_UNIFORM:
    return _ ("Uniform");
  default:
    g_return_val_if_reached ("");
  }
}

const char *
xps_page_status_words (XpsStatus status)
{
  switch (status) {
  case XPS_STATUS_FREE:
    return _ ("free");
  case XPS_STATUS_FIXED:
    return _ ("fixed");
  case XPS_STATUS_LINKED:
    return _ ("linked");
  case XPS_STATUS_AT_MIN:
    return _ ("at its lower bound");
  case XPS_STATUS_AT_MAX:
    return _ ("at its upper bound");
  default:
    g_return_val_if_reached ("");
  }
}

char *
xps_page_dup_role_of (const XpsShapeRole *role, const char *component)
{
  /* Put in by hand: a format that is not a literal cannot be checked. */
  g_auto (GStrv) parts = g_strsplit (LOOK_UP (role_phrases, role->id, "%s"), "%s", 2);
  return g_strjoinv (component, parts);
}
