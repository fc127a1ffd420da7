/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "series/series.h"

/* Measured spectra put in the order of steps. */

typedef struct {
  const XpsSeriesInput *inputs;
  gsize n_inputs;
  double photon_energy;
  GPtrArray *notes;
} Assembly;

static void
note (const Assembly *self, char *take)
{
  if (self->notes != NULL)
    g_ptr_array_add (self->notes, take);
  else
    g_free (take);
}

static XpsEnergyScale
scale_of (const Assembly *self, const XpsSeriesInput *input, const XpsSeriesWindow *window)
{
  XpsEnergyScale scale = xps_energy_scale_from_spectrum (input->spectrum);
  if (isfinite (self->photon_energy))
    scale.photon_energy = self->photon_energy;
  scale.shift = window->shift;
  return scale;
}

/* Whether the spectrum has points all over the window. */
static gboolean
covers (const Assembly *self, const XpsSeriesInput *input, const XpsSeriesWindow *window)
{
  const gsize n = xps_spectrum_get_n (input->spectrum);
  g_autofree double *energy = g_new (double, MAX (n, 1));
  const XpsEnergyScale scale = scale_of (self, input, window);
  if (n < 2 || !xps_energy_to_binding (input->spectrum, &scale, energy, NULL))
    return FALSE;
  const double low = fmin (energy[0], energy[n - 1]), high = fmax (energy[0], energy[n - 1]);
  const double slack = 1.5 * (high - low) / (double)(n - 1);
  return (isnan (window->low) || low <= window->low + slack) &&
         (isnan (window->high) || high >= window->high - slack);
}

static gboolean
is_named (const XpsSeriesInput *input, const char *region)
{
  const char *name = xps_spectrum_get_name (input->spectrum);
  return name != NULL && g_ascii_strcasecmp (name, region) == 0;
}

/* Numbers of the inputs that belong to a window. A survey covers every window: where spectra of fewer points
 * per eV than others cover it too, the finer ones are meant. */
static GArray *
find_members (const Assembly *self, const XpsSeriesWindow *window)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (gsize i = 0; i < self->n_inputs; i++) {
    const XpsSeriesInput *input = &self->inputs[i];
    const gboolean fits =
        window->region != NULL ? is_named (input, window->region) : covers (self, input, window);
    if (fits)
      g_array_append_val (members, i);
  }
  return members;
}

static double
find_step (const Assembly *self, gsize i)
{
  const double *energy = xps_spectrum_get_energy (self->inputs[i].spectrum);
  const gsize n = xps_spectrum_get_n (self->inputs[i].spectrum);
  return n > 1 ? fabs (energy[n - 1] - energy[0]) / (double)(n - 1) : INFINITY;
}

static void
drop_coarse (const Assembly *self, GArray *members)
{
  double finest = INFINITY;
  for (guint k = 0; k < members->len; k++)
    finest = fmin (finest, find_step (self, g_array_index (members, gsize, k)));
  const guint before = members->len;
  for (guint k = members->len; k-- > 0;)
    if (find_step (self, g_array_index (members, gsize, k)) > 3 * finest)
      g_array_remove_index (members, k);
  if (members->len < before)
    note (self, xps_text_printf ("%u coarse spectra (surveys) left out", before - members->len));
}

static gboolean
find_all (const Assembly *self, const XpsSeriesWindow *windows, gsize n_windows, GArray **members,
          GError **error)
{
  for (gsize k = 0; k < n_windows; k++) {
    members[k] = find_members (self, &windows[k]);
    if (windows[k].region == NULL)
      drop_coarse (self, members[k]);
    const char *region = windows[k].region;
    if (members[k]->len == 0) {
      g_autofree char *what = region != NULL ? xps_text_printf ("no spectrum is called \"%s\"", region)
                                             : xps_text_printf ("no spectrum covers the window %g to %g eV",
                                                                windows[k].low, windows[k].high);
      return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, NULL, NULL, what,
                            N_ ("name the region, or give the model's energy range"));
    }
    if (members[k]->len != members[0]->len) {
      g_autofree char *what =
          xps_text_printf ("%u steps of the first core level, %u of number %" G_GSIZE_FORMAT, members[0]->len,
                           members[k]->len, k + 1);
      return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, NULL, NULL, what,
                            N_ ("every step needs each core level once"));
    }
  }
  return TRUE;
}

/* What a step is called: the column or block where a file has several, with its file where several have
 * it. */
static char *
dup_name (const Assembly *self, const GArray *members, gsize i)
{
  const XpsSeriesInput *input = &self->inputs[g_array_index (members, gsize, i)];
  const char *name = xps_spectrum_get_name (input->spectrum);
  const char *sample = xps_spectrum_get_sample (input->spectrum);
  g_autofree char *base = input->file != NULL ? g_path_get_basename (input->file) : g_strdup ("spectrum");
  gsize same_file = 0, same_name = 0;
  for (guint k = 0; k < members->len; k++) {
    const XpsSeriesInput *other = &self->inputs[g_array_index (members, gsize, k)];
    same_file += g_strcmp0 (other->file, input->file) == 0 ? 1 : 0;
    same_name += g_strcmp0 (xps_spectrum_get_name (other->spectrum), name) == 0 ? 1 : 0;
  }
  if (same_file == 1)
    return g_steal_pointer (&base);
  if (same_name == 1 && name != NULL && name[0] != '\0')
    return g_strdup (name);
  if (sample != NULL && sample[0] != '\0' && name != NULL)
    return xps_text_printf ("%s %s %" G_GSIZE_FORMAT, sample, name, i + 1);
  return xps_text_printf ("%s %" G_GSIZE_FORMAT, name != NULL && name[0] != '\0' ? name : base, i + 1);
}

static gboolean
add_steps (const Assembly *self, const XpsSeriesWindow *windows, gsize n_windows, GArray *const *members,
           XpsSeries *series, GError **error)
{
  g_assert (members[0] != NULL);
  for (guint i = 0; i < members[0]->len; i++) {
    g_autoptr (GPtrArray) data = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_fit_data_unref);
    g_autofree char *name = dup_name (self, members[0], i);
    for (gsize k = 0; k < n_windows; k++) {
      g_assert (members[k] != NULL);
      const XpsSeriesInput *input = &self->inputs[g_array_index (members[k], gsize, i)];
      const XpsEnergyScale scale = scale_of (self, input, &windows[k]);
      XpsFitData *made = xps_fit_data_new (input->spectrum, &scale, windows[k].low, windows[k].high, error);
      if (made == NULL) {
        g_prefix_error (error, "%s: ", name);
        return FALSE;
      }
      xps_fit_data_set_source (made, input->file, input->sha256, xps_spectrum_get_name (input->spectrum));
      g_ptr_array_add (data, made);
    }
    xps_series_add_step (series, name, (XpsFitData *const *)data->pdata);
  }
  return TRUE;
}

/* ---- clocks ---- */

static void
take_clocks (XpsSeries *series, GPtrArray *clocks)
{
  while (clocks->len > 0) {
    XpsClock *clock = g_ptr_array_steal_index (clocks, 0);
    if (xps_series_find_clock_by_name (series, clock->name) > 0 && clock->kind == XPS_CLOCK_OTHER)
      xps_clock_free (clock);
    else
      xps_series_take_clock (series, clock, NULL);
  }
}

static gboolean
add_clocks (const Assembly *self, const GArray *members, const char *pattern, XpsSeries *series,
            GError **error)
{
  const gsize n = members->len;
  g_autofree const XpsSpectrum **spectra = g_new (const XpsSpectrum *, n);
  g_autofree const char **names = g_new (const char *, n);
  for (gsize i = 0; i < n; i++) {
    spectra[i] = self->inputs[g_array_index (members, gsize, i)].spectrum;
    names[i] = xps_series_get_step (series, i)->name;
  }
  g_autoptr (GPtrArray) metadata = xps_clocks_from_metadata (spectra, n);
  take_clocks (series, metadata);
  g_autofree char *guessed = pattern == NULL ? xps_clock_dup_pattern (names, n) : NULL;
  const char *used = pattern != NULL ? pattern : guessed;
  if (used == NULL || used[0] == '\0')
    return TRUE;
  g_autoptr (GPtrArray) named = xps_clocks_from_names (names, n, used, pattern != NULL ? error : NULL);
  if (named == NULL)
    return pattern == NULL;
  note (self, xps_text_printf ("names read by the pattern %s", used));
  take_clocks (series, named);
  return TRUE;
}

XpsSeries *
xps_series_assemble (const XpsSeriesInput *inputs, gsize n_inputs, const XpsSeriesWindow *windows,
                     gsize n_windows, const char *pattern, double photon_energy, GPtrArray *notes,
                     GError **error)
{
  const Assembly self = {inputs, n_inputs, photon_energy, notes};
  g_autofree GArray **members = g_new0 (GArray *, MAX (n_windows, 1));
  g_autoptr (XpsSeries) series = xps_series_new (n_windows);
  const gboolean made = find_all (&self, windows, n_windows, members, error) &&
                        add_steps (&self, windows, n_windows, members, series, error) &&
                        add_clocks (&self, members[0], pattern, series, error);
  for (gsize k = 0; k < n_windows; k++)
    g_clear_pointer (&members[k], g_array_unref);
  if (!made)
    return NULL;
  xps_series_choose_axis (series);
  return g_steal_pointer (&series);
}
