/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/source.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

/* ---- dates ---- */

/* "2021-03-04T10:11:12", "2021/03/04 10:11:12.5", "04.03.2021 10:11": the four-digit group is the year. */
double
xps_clock_parse_date (const char *text)
{
  double field[6] = {0, 0, 0, 0, 0, 0};
  guint n = 0, width[6] = {0};
  if (text == NULL)
    return NAN;
  for (const char *c = text; *c != '\0' && n < 6;) {
    if (!g_ascii_isdigit (*c)) {
      c++;
      continue;
    }
    const char *start = c;
    while (g_ascii_isdigit (*c) || (n == 5 && *c == '.'))
      c++;
    width[n] = (guint)(c - start);
    if (!xps_number_parse_span (start, (gsize)(c - start), &field[n++]))
      return NAN;
  }
  if (n < 3)
    return NAN;
  const gboolean year_last = width[2] == 4 && width[0] <= 2;
  const double year = year_last ? field[2] : field[0], month = field[1],
               day = year_last ? field[0] : field[2];
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 || field[3] > 24 ||
      field[4] > 59 || field[5] >= 61)
    return NAN;
  g_autoptr (GDateTime) date =
      g_date_time_new_utc ((int)year, (int)month, (int)day, (int)fmin (field[3], 23), (int)field[4], 0);
  return date != NULL ? (double)g_date_time_to_unix (date) + field[5] : (double)NAN;
}

/* ---- metadata ---- */

static gboolean
varies (gsize n, const double *values)
{
  double low = INFINITY, high = -INFINITY;
  gsize known = 0;
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i])) {
      low = fmin (low, values[i]);
      high = fmax (high, values[i]);
      known++;
    }
  return known >= 2 && high > low;
}

static void
add_clock (GPtrArray *clocks, XpsClockKind kind, const char *name, const char *unit, gsize n,
           const double *values, const char *source)
{
  if (!varies (n, values))
    return;
  XpsClock *clock = xps_clock_new (kind, name, unit, n, values);
  clock->source = g_strdup (source);
  g_ptr_array_add (clocks, clock);
}

static const XpsVariable *
find_variable (const XpsSpectrum *spectrum, const char *label)
{
  const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (spectrum);
  for (guint k = 0; k < acquisition->variables->len; k++) {
    const XpsVariable *variable = g_ptr_array_index (acquisition->variables, k);
    if (g_strcmp0 (variable->label, label) == 0)
      return variable;
  }
  return NULL;
}

/* ISO 14976: 1E37 is no value, "d" no unit, "n" none that is known. */
static const char *
unit_of (const XpsVariable *variable)
{
  const char *unit = variable->unit != NULL ? variable->unit : "";
  return strcmp (unit, "d") == 0 || strcmp (unit, "n") == 0 ? "" : unit;
}

static void
add_variable (GPtrArray *clocks, const XpsSpectrum *const *spectra, gsize n, const XpsVariable *variable)
{
  g_autofree double *values = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    const XpsVariable *found = find_variable (spectra[i], variable->label);
    values[i] = found != NULL && fabs (found->value) < 1e36 ? found->value : NAN;
  }
  const XpsClockKind kind = xps_clock_kind_guess (variable->label, variable->unit);
  add_clock (clocks, kind, variable->label, unit_of (variable), n, values,
             "experimental variable of the file");
}

static gboolean
has_clock (const GPtrArray *clocks, const char *name)
{
  for (guint i = 0; i < clocks->len; i++)
    if (g_strcmp0 (((XpsClock *)g_ptr_array_index (clocks, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

static void
add_dates (GPtrArray *clocks, const XpsSpectrum *const *spectra, gsize n)
{
  g_autofree double *values = g_new (double, n);
  double first = NAN;
  for (gsize i = 0; i < n; i++) {
    values[i] = xps_clock_parse_date (xps_spectrum_get_acquisition (spectra[i])->date);
    if (isnan (first))
      first = values[i];
    values[i] -= first;
  }
  add_clock (clocks, XPS_CLOCK_TIME, has_clock (clocks, "time") ? "acquisition time" : NULL, "s", n, values,
             "date of acquisition, from the first step on");
}

static void
add_angles (GPtrArray *clocks, const XpsSpectrum *const *spectra, gsize n)
{
  g_autofree double *polar = g_new (double, n), *take_off = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    polar[i] = xps_spectrum_get_acquisition (spectra[i])->polar;
    take_off[i] = xps_spectrum_get_acquisition (spectra[i])->take_off_polar;
  }
  add_clock (clocks, XPS_CLOCK_ANGLE, "take-off angle", "deg", n, take_off, "analyser's take-off angle");
  add_clock (clocks, XPS_CLOCK_ANGLE, "polar angle", "deg", n, polar, "polar angle of the source");
}

static void
add_photon_energies (GPtrArray *clocks, const XpsSpectrum *const *spectra, gsize n)
{
  g_autofree double *values = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    values[i] = xps_spectrum_get_acquisition (spectra[i])->photon_energy;
  add_clock (clocks, XPS_CLOCK_OTHER, "photon energy", "eV", n, values, "photon energy of the file");
}

GPtrArray *
xps_clocks_from_metadata (const XpsSpectrum *const *spectra, gsize n)
{
  GPtrArray *clocks = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_clock_free);
  for (gsize i = 0; i < n && i < 2; i++) { /* labels of the first two: what a third has alone is no clock */
    const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (spectra[i]);
    for (guint k = 0; k < acquisition->variables->len; k++) {
      const XpsVariable *variable = g_ptr_array_index (acquisition->variables, k);
      if (variable->label != NULL && !has_clock (clocks, variable->label))
        add_variable (clocks, spectra, n, variable);
    }
  }
  add_angles (clocks, spectra, n);
  add_dates (clocks, spectra, n);
  add_photon_energies (clocks, spectra, n);
  return clocks;
}
