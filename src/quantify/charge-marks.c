/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "quantify/charge.h"
#include "quantify/peaks-private.h"

/* Places on the axis that a charge reference can be taken from. */

#define EDGE_REACH 4.0  /* eV on both sides of the Fermi level */
#define EDGE_OFF   2.0  /* eV: a conductor's edge is not further off */
#define EDGE_SURE  10.0 /* height of the step over its standard deviation */
#define PEAK_SURE  8.0

static void
clear_mark (gpointer pointer)
{
  XpsChargeMark *mark = pointer;
  g_free (mark->name);
  g_free (mark->level);
  g_free (mark->species);
}

GArray *
xps_charge_mark_array_new (void)
{
  GArray *marks = g_array_new (FALSE, TRUE, sizeof (XpsChargeMark));
  g_array_set_clear_func (marks, clear_mark);
  return marks;
}

/* ---- fitted lines ---- */

void
xps_charge_add_record (GArray *marks, const XpsFitRecord *record, XpsReference *reference)
{
  XpsIdentifyOptions options;
  xps_identify_options_init (&options);
  g_autoptr (GArray) observed = xps_observed_array_new ();
  xps_observed_add_record (observed, record, reference, &options);
  for (guint i = 0; i < observed->len; i++) {
    const XpsObserved *line = &g_array_index (observed, XpsObserved, i);
    const XpsRecordComponent *component = g_ptr_array_index (record->components, i);
    const XpsModelPart *part = g_ptr_array_index (record->model->parts, component->spectrum);
    const XpsAssignment *assignment = xps_fit_record_get_assignment (record, component);
    if (line->minor || !isfinite (line->energy))
      continue;
    const XpsChargeMark mark = {.name = g_strdup (line->name),
                                .level = g_strdup (line->level),
                                .species =
                                    g_strdup (assignment != NULL ? assignment->species : component->phase),
                                .energy = line->energy,
                                .error = line->error,
                                .shift = part->energy_shift,
                                .fitted = TRUE};
    g_array_append_val (marks, mark);
  }
}

/* ---- what the data show ---- */

/* Where usual references lie, wide enough for charging by some eV. */
static const struct {
  const char *level;
  double low, high; /* eV */
} windows[] = {{"C 1s", 279, 292},     {"Au 4f7/2", 81, 87}, {"Ag 3d5/2", 365, 371},
               {"Cu 2p3/2", 930, 936}, {"F 1s", 680, 692},   {"S 2p3/2", 158, 166}};

static void
add_peak (GArray *marks, const GArray *peaks, const char *name, const XpsEnergyScale *scale, gsize w)
{
  const XpsSurveyPeak *best = NULL;
  for (guint i = 0; i < peaks->len; i++) {
    const XpsSurveyPeak *peak = &g_array_index (peaks, XpsSurveyPeak, i);
    if (peak->energy >= windows[w].low && peak->energy <= windows[w].high &&
        (best == NULL || peak->height > best->height))
      best = peak;
  }
  if (best == NULL)
    return;
  const XpsChargeMark mark = {.name = g_strdup (name),
                              .level = g_strdup (windows[w].level),
                              .energy = best->energy,
                              .error = best->width / (2.355 * best->significance),
                              .shift = scale->shift};
  g_array_append_val (marks, mark);
}

static void
add_edge (GArray *marks, const GArray *points, const char *name, const XpsEnergyScale *scale)
{
  double energy, error, significance;
  if (!xps_survey_find_edge (points, EDGE_REACH, EDGE_OFF, &energy, &error, &significance) ||
      significance < EDGE_SURE)
    return;
  const XpsChargeMark mark = {.name = g_strdup (name),
                              .level = g_strdup ("Fermi edge"),
                              .energy = energy,
                              .error = error,
                              .shift = scale->shift};
  g_array_append_val (marks, mark);
}

void
xps_charge_add_spectrum (GArray *marks, const XpsSpectrum *spectrum, const XpsEnergyScale *scale)
{
  XpsPeakOptions options;
  double low, high;
  const char *name = xps_spectrum_get_name (spectrum);
  g_autoptr (GArray) points = xps_survey_points_new (spectrum, scale, NULL);
  if (points == NULL || !xps_survey_get_range (points, &low, &high))
    return;
  for (gsize w = 0; w < G_N_ELEMENTS (windows); w++) {
    if (low > windows[w].low + 2 || high < windows[w].high - 2)
      continue;
    xps_peak_options_init (&options);
    options.least = PEAK_SURE;
    options.wide = 4;
    options.low = windows[w].low;
    options.high = windows[w].high;
    g_autoptr (GArray) peaks = xps_survey_find (points, &options);
    add_peak (marks, peaks, name, scale, w);
  }
  if (low < -EDGE_REACH / 2 && high > EDGE_REACH / 2)
    add_edge (marks, points, name, scale);
}
