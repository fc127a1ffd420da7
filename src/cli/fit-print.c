/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/fit.h"

#include <math.h>

#include "base/number.h"

/* Column of text padded by characters, not bytes. */
static void
print_cell (const char *text, int width)
{
  const int missing = ABS (width) - (int)g_utf8_strlen (text, -1);
  if (width > 0)
    g_print ("%*s%s  ", MAX (missing, 0), "", text);
  else
    g_print ("%s%*s  ", text, MAX (missing, 0), "");
}

static void
print_quantity (XpsQuantity quantity, int width)
{
  g_autofree char *text = isfinite (quantity.value)
                              ? xps_number_dup_with_error (quantity.value, quantity.error, 4)
                              : g_strdup ("-");
  print_cell (text, width);
}

static const char *
status_sign (XpsStatus status)
{
  static const char *const signs[] = {"", "fixed", "linked", "at lower bound", "at upper bound"};
  return signs[status];
}

static int
longest_name (const XpsResult *result)
{
  glong longest = 9;
  for (guint i = 0; i < result->parameters->len; i++)
    longest =
        MAX (longest, g_utf8_strlen (g_array_index (result->parameters, XpsParameterResult, i).name, -1));
  for (guint i = 0; i < result->components->len; i++)
    longest =
        MAX (longest,
             g_utf8_strlen (g_array_index (result->components, XpsComponentResult, i).component->name, -1));
  return (int)MIN (longest, 40);
}

static void
print_parameters (const XpsResult *result, int name_width)
{
  print_cell ("parameter", -name_width);
  print_cell ("value(standard error)", 24);
  g_print ("status\n");
  for (guint i = 0; i < result->parameters->len; i++) {
    const XpsParameterResult *p = &g_array_index (result->parameters, XpsParameterResult, i);
    print_cell (p->name, -name_width);
    print_quantity (p->quantity, 24);
    g_print ("%s\n", p->status == XPS_STATUS_FREE && isnan (p->quantity.error) ? "undetermined"
                                                                               : status_sign (p->status));
  }
}

static void
print_components (const XpsResult *result, int name_width)
{
  if (result->components->len == 0)
    return;
  g_print ("\n");
  print_cell ("component", -name_width);
  print_cell ("shape", -8);
  print_cell ("E_B / eV", 14);
  print_cell ("FWHM / eV", 12);
  print_cell ("area", 14);
  g_print ("%12s\n", "area %");
  for (guint i = 0; i < result->components->len; i++) {
    const XpsComponentResult *c = &g_array_index (result->components, XpsComponentResult, i);
    const XpsQuantity percent = {100 * c->fraction.value, 100 * c->fraction.error};
    print_cell (c->component->name, -name_width);
    print_cell (c->component->shape->id, -8);
    print_quantity (c->center, 14);
    print_quantity (c->fwhm, 12);
    print_quantity (c->area, 14);
    print_quantity (percent, 12);
    g_print ("%s\n", c->area_in_window ? "(area inside the window)" : "");
  }
}

static void
print_quality (const XpsResult *result)
{
  g_print ("\n%s\n", xps_stop_to_text (result->stop));
  g_print ("%" G_GSIZE_FORMAT " points, %" G_GSIZE_FORMAT " free parameters, weights: %s, %" G_GSIZE_FORMAT
           " evaluations\n",
           result->n_points, result->n_free, xps_weights_to_text (xps_problem_get_weights (result->problem)),
           result->evaluations);
  g_print ("chi2 %.6g, reduced chi2 %.4g, AICc %.6g, BIC %.6g, condition number %.3g\n", result->chi2,
           result->reduced_chi2, result->aicc, result->bic,
           xps_covariance_get_condition (result->covariance));
}

/* A background that came with the data. */
static void
print_column (const XpsResult *result, gsize spectrum)
{
  const XpsFitData *data = xps_problem_get_data (result->problem, spectrum);
  const XpsColumn *column = xps_fit_data_get_background_column (data);
  if (column != NULL)
    g_print ("background: the column \"%s\" that came with the data, subtracted (--background-column ignore "
             "leaves it alone)\n",
             column->label != NULL ? column->label : "");
}

/* Spectra of a series have the same backgrounds: what is the same is said once. */
static void
print_certificates (const XpsResult *result)
{
  const XpsModel *model = xps_problem_get_model (result->problem);
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint s = 0; s < model->parts->len; s++) {
    const XpsModelPart *part = g_ptr_array_index (model->parts, s);
    if (s == 0)
      print_column (result, s);
    for (guint b = 0; b < part->backgrounds->len; b++) {
      const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
      const XpsCertificate *certificate = xps_problem_get_certificate (result->problem, s, b);
      char *line =
          certificate != NULL
              ? g_strdup_printf ("background: %s: %s\n", background->type->title, certificate->statement)
              : g_strdup_printf ("background: %s, fitted with the components\n", background->type->title);
      if (!g_hash_table_contains (said, line))
        g_print ("%s", line);
      g_hash_table_add (said, line);
    }
  }
}

static void
print_starts (const XpsResult *result)
{
  if (result->starts == NULL)
    return;
  guint same = 0;
  for (guint i = 0; i < result->starts->len; i++)
    same += fabs (g_array_index (result->starts, double, i) - result->objective) < 1e-3;
  g_print ("starts: %u of %u came to this minimum\n", same, result->starts->len);
}

void
xps_cli_print_result (const XpsResult *result)
{
  const int name_width = longest_name (result);
  print_parameters (result, name_width);
  print_components (result, name_width);
  print_quality (result);
  print_certificates (result);
  print_starts (result);
  for (guint i = 0; i < result->warnings->len; i++) {
    const XpsWarning *warning = &g_array_index (result->warnings, XpsWarning, i);
    g_print ("%s%s: %s\n", i == 0 ? "\n" : "", warning->severity, warning->message);
  }
}
