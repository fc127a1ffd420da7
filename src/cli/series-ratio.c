/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/series-ratio.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "series/ratio.h"

static gboolean
is_wanted (const XpsCliRatioOptions *o)
{
  return o->ratios != NULL || o->to != NULL || o->percent;
}

gboolean
xps_cli_ratio_check (const XpsCliRatioOptions *o)
{
  const gboolean factors = o->levels != NULL || o->matrix != NULL || isfinite (o->angle) || o->emission != 0;
  if (factors && !is_wanted (o)) {
    xps_cli_usage ("series", "--level, --matrix, --angle and --emission go with --ratio, --ratio-to or "
                             "--atomic-percent");
    return FALSE;
  }
  for (char **ratio = o->ratios; ratio != NULL && *ratio != NULL; ratio++)
    if (strchr (*ratio, '/') == NULL) {
      xps_cli_usage ("series", "--ratio is A/B");
      return FALSE;
    }
  return TRUE;
}

void
xps_cli_ratio_clear (XpsCliRatioOptions *o)
{
  g_clear_pointer (&o->ratios, g_strfreev);
  g_clear_pointer (&o->levels, g_strfreev);
  g_clear_pointer (&o->to, g_free);
  g_clear_pointer (&o->matrix, g_free);
}

static gboolean
add (const XpsCliRatioOptions *o, XpsAtomsOptions *options, XpsReference *reference, XpsSeriesReport *report,
     GError **error)
{
  XpsAtoms *atoms = xps_atoms_new (report->series, report->run, reference, options, error);
  const XpsRatioChoice choice = {(const char *const *)o->ratios, o->to, o->percent};
  return atoms != NULL && xps_series_report_set_ratios (report, atoms, &choice, error);
}

gboolean
xps_cli_ratio_add (const XpsCliRatioOptions *o, double photon_energy, XpsSeriesReport *report, GError **error)
{
  XpsAtomsOptions options;
  XpsMaterial material = {0};
  if (!is_wanted (o))
    return TRUE;
  g_autoptr (XpsReference) reference = xps_reference_open (NULL, NULL, error);
  if (reference == NULL ||
      (o->matrix != NULL && !xps_reference_get_material (reference, o->matrix, &material, error)))
    return FALSE;
  xps_atoms_options_init (&options);
  options.levels = (const char *const *)o->levels;
  options.sensitivity.photon_energy = photon_energy;
  options.sensitivity.angle_deg = o->angle;
  options.sensitivity.emission_deg = o->emission;
  options.sensitivity.matrix = o->matrix != NULL ? &material : NULL;
  const gboolean added = add (o, &options, reference, report, error);
  xps_material_clear (&material);
  return added;
}

/* ---- for people ---- */

static void
print_line (const XpsAtomLine *line)
{
  const XpsSensitivity *at = &line->sensitivity;
  if (!(at->product > 0))
    return;
  g_autofree char *share =
      line->share < 1 ? xps_text_printf (", %.3g of the level", line->share) : g_strdup ("");
  g_autofree char *time = line->seconds != 1 ? xps_text_printf (", %.4g s", line->seconds) : g_strdup ("");
  g_autofree char *text = xps_text_printf (
      "  %-28s %-8s %.5g barn, W %.4g, %.4g %s, transmission %.4g%s%s, uncertainty %.2g %%\n", line->name,
      line->level, at->barn, at->angular, at->length,
      (at->gaps & XPS_SENSITIVITY_NO_MATRIX) != 0 ? "eV^0.75" : "nm", at->transmission, share, time,
      100 * xps_atom_line_get_uncertainty (line));
  g_print ("%s", text);
}

static void
print_trend (const XpsTrend *trend)
{
  gsize first = 0, last = trend->n;
  while (first < trend->n && !isfinite (trend->values[first]))
    first++;
  while (last > first && !isfinite (trend->values[last - 1]))
    last--;
  if (first == last) {
    g_print ("  %-28s nothing at any step\n", trend->id);
    return;
  }
  g_autofree char *begin = xps_number_dup_with_error (trend->values[first], trend->errors[first], 4);
  g_autofree char *end = xps_number_dup_with_error (trend->values[last - 1], trend->errors[last - 1], 4);
  g_autofree char *common = trend->systematic < 1e-9 ? g_strdup ("none (one core level)")
                                                     : xps_text_printf ("%.2g %%", 100 * trend->systematic);
  g_print ("  %-28s %s to %s%s%s, uncertainty common to all steps: %s\n", trend->id, begin, end,
           trend->unit[0] != '\0' ? " " : "", trend->unit, common);
}

void
xps_cli_ratio_print (const XpsSeriesReport *report)
{
  if (report->atoms == NULL)
    return;
  g_print ("\nAtoms (cross section, direction, length at the first step)\n");
  for (guint k = 0; k < report->atoms->lines->len; k++)
    print_line (g_ptr_array_index (report->atoms->lines, k));
  for (guint i = 0; i < report->trends->len; i++) {
    const XpsTrend *trend = g_ptr_array_index (report->trends, i);
    if (trend->kind == XPS_TREND_RATIO || trend->kind == XPS_TREND_ATOMIC)
      print_trend (trend);
  }
}
