/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/made.h"
#include "fit/schema.h"

#define VOIGT(n)                                                                                             \
  "{'name':'v" n "','type':'voigt','params':{'center':'c" n "','area':'a" n "','fwhm_g':'wg','fwhm_l':'wl'}" \
  "}"
#define PEAK(n, center, area)                                                                                \
  "{'name':'c" n "','value':" center ",'min':155,'max':172},{'name':'a" n "','value':" area ",'min':0}"
#define WIDTHS  "{'name':'wg','value':0.6,'min':0.05,'max':3},{'name':'wl','value':0.25,'min':0,'max':3}"
#define LINE    "{'name':'b0','value':250},{'name':'b1','value':3}"
#define ON_LINE "'background':[{'type':'poly','coeffs':['b0','b1'],'x_ref':163}]}"
#define ONE                                                                                                  \
  "{'parameters':[" PEAK ("1", "162", "6000") "," WIDTHS "," LINE "],'components':[" VOIGT ("1") "]"         \
                                                                                                 "," ON_LINE

static inline XpsFitData *
one_peak (guint64 seed)
{
  g_autoptr (XpsModel) model = made_model (ONE);
  g_autoptr (XpsFitData) grid = made_grid (157, 0.05, 221);
  return made_data (model, 0, &grid, seed);
}

/* What every result must keep, and a peak on a line for problems around it. */

static inline gboolean
is_named (const XpsResult *result, const char *code, const char *name)
{
  for (guint i = 0; i < result->warnings->len; i++) {
    const XpsWarning *warning = &g_array_index (result->warnings, XpsWarning, i);
    if (strcmp (warning->code, code) == 0 && g_strv_contains ((const char *const *)warning->parameters, name))
      return TRUE;
  }
  return FALSE;
}

static inline void
check_parameter (const XpsResult *result, const XpsParameterResult *p)
{
  const XpsParameter *rule = xps_model_get_parameter (result->model, p->name);
  const double value = p->quantity.value;
  g_assert_true (isfinite (value));
  g_assert_true (isnan (p->quantity.error) || p->quantity.error >= 0);
  if (p->status == XPS_STATUS_FREE || p->status == XPS_STATUS_AT_MIN || p->status == XPS_STATUS_AT_MAX)
    g_assert_true (value >= rule->min && value <= rule->max);
  if (p->status == XPS_STATUS_AT_MIN || p->status == XPS_STATUS_AT_MAX || p->status == XPS_STATUS_FIXED)
    g_assert_true (isnan (p->quantity.error));
  if (p->status == XPS_STATUS_AT_MIN || p->status == XPS_STATUS_AT_MAX)
    g_assert_true (is_named (result, "at-bound", p->name));
  /* A free parameter without an error is never left without a word. */
  if (p->status == XPS_STATUS_FREE && isnan (p->quantity.error) &&
      !(is_named (result, "undetermined", p->name) || made_has_warning (result, "singular")))
    g_error ("%s has no standard error and nobody says why", p->name);
}

static inline void
check_sane (const XpsResult *result)
{
  for (guint i = 0; i < result->parameters->len; i++)
    check_parameter (result, &g_array_index (result->parameters, XpsParameterResult, i));
  if (result->converged)
    g_assert_true (isfinite (result->chi2));
  else
    g_assert_true (made_has_warning (result, "not-converged"));
  g_autoptr (JsonNode) node = made_result_json (result);
  test_schema_assert ("result", node);
}

static inline XpsResult *
fit (const XpsModel *model, XpsFitData *data, XpsWeights weights)
{
  XpsResult *result = made_fit (model, data, weights);
  check_sane (result);
  return result;
}

static inline void
compare (const XpsResult *a, const XpsResult *b, const char *name, double pulls)
{
  const XpsQuantity p = oracle_find_parameter (a, name)->quantity,
                    q = oracle_find_parameter (b, name)->quantity;
  test_assert_close (p.value, q.value, pulls * q.error);
  test_assert_close (p.error, q.error, 1e-4 * q.error);
}

static inline void
compare_one (const XpsResult *result, XpsFitData *data)
{
  static const char *const names[] = {"c1", "a1", "wg", "wl", "b0", "b1"};
  g_autoptr (XpsModel) model = made_model (ONE);
  g_autoptr (XpsResult) one = fit (model, data, XPS_WEIGHTS_COUNTS);
  test_assert_close (result->chi2, one->chi2, 1e-6 * one->chi2);
  g_assert_cmpfloat (result->dof, ==, one->dof);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    compare (result, one, names[i], 1e-3);
}
