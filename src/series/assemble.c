/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "series/group.h"

/* Measured spectra put in the order of steps. */

#define COARSE     3   /* times the distance of points of the finest: a survey among regions */
#define LARGE_PART 0.5 /* of the window: a spectrum with less is of something else */

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

/* Ends on the binding energy axis of the window. FALSE: none are known. */
static gboolean
find_ends (const Assembly *self, const XpsSeriesInput *input, const XpsSeriesWindow *window, double *low,
           double *high)
{
  const gsize n = xps_spectrum_get_n (input->spectrum);
  g_autofree double *energy = g_new (double, MAX (n, 1));
  const XpsEnergyScale scale = scale_of (self, input, window);
  if (n < 2 || !xps_energy_to_binding (input->spectrum, &scale, energy, NULL))
    return FALSE;
  *low = fmin (energy[0], energy[n - 1]);
  *high = fmax (energy[0], energy[n - 1]);
  return TRUE;
}

/* Whether the spectrum has points all over the window. */
static gboolean
covers (const Assembly *self, const XpsSeriesInput *input, const XpsSeriesWindow *window)
{
  double low, high;
  if (!find_ends (self, input, window, &low, &high))
    return FALSE;
  const double slack = 1.5 * (high - low) / (double)(xps_spectrum_get_n (input->spectrum) - 1);
  return (isnan (window->low) || low <= window->low + slack) &&
         (isnan (window->high) || high >= window->high - slack);
}

/* How much of a window with two ends the spectrum has, 0 to 1; `low`, `high`: from where to where. */
static double
get_part (const Assembly *self, const XpsSeriesInput *input, const XpsSeriesWindow *window, double *low,
          double *high)
{
  if (!(window->high > window->low) || !find_ends (self, input, window, low, high))
    return 0;
  *low = fmax (*low, window->low);
  *high = fmin (*high, window->high);
  return fmax (*high - *low, 0) / (window->high - window->low);
}

/* Blocks of a profile are numbered by their cycle: "In 3d5 12". */
static gboolean
is_numbered (const char *name, const char *region)
{
  const gsize n = strlen (region);
  if (g_ascii_strncasecmp (name, region, n) != 0 || name[n] != ' ')
    return FALSE;
  const char *number = name + n + 1;
  return number[0] != '\0' && strspn (number, "0123456789") == strlen (number);
}

static gboolean
is_named (const XpsSeriesInput *input, const char *region, gboolean numbered)
{
  const char *name = xps_spectrum_get_name (input->spectrum);
  return name != NULL && (numbered ? is_numbered (name, region) : g_ascii_strcasecmp (name, region) == 0);
}

static GArray *
find_named (const Assembly *self, const char *region)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (int numbered = 0; numbered < 2 && members->len == 0; numbered++)
    for (gsize i = 0; i < self->n_inputs; i++)
      if (is_named (&self->inputs[i], region, numbered))
        g_array_append_val (members, i);
  return members;
}

/* One that was cut short is not dropped without a word. */
static void
note_short (const Assembly *self, const XpsSeriesInput *input)
{
  g_autofree char *file = input->file != NULL ? g_path_get_basename (input->file) : g_strdup ("");
  const char *name = xps_spectrum_get_name (input->spectrum);
  note (self, xps_text_printf (_ ("%s: %s has only a part of the fit window: left out"), file,
                               name != NULL ? name : ""));
}

static double
find_step (const Assembly *self, gsize i)
{
  const double *energy = xps_spectrum_get_energy (self->inputs[i].spectrum);
  const gsize n = xps_spectrum_get_n (self->inputs[i].spectrum);
  return n > 1 ? fabs (energy[n - 1] - energy[0]) / (double)(n - 1) : INFINITY;
}

static double
find_finest (const Assembly *self, const GArray *members)
{
  double finest = INFINITY;
  for (guint k = 0; k < members->len; k++)
    finest = fmin (finest, find_step (self, g_array_index (members, gsize, k)));
  return finest;
}

static void
drop_coarse (const Assembly *self, GArray *members)
{
  const double finest = find_finest (self, members);
  const guint before = members->len;
  for (guint k = members->len; k-- > 0;)
    if (find_step (self, g_array_index (members, gsize, k)) > COARSE * finest)
      g_array_remove_index (members, k);
  if (members->len < before)
    note (self, xps_text_printf (g_dngettext (GETTEXT_PACKAGE, "%u coarse spectrum (survey) left out",
                                              "%u coarse spectra (surveys) left out", before - members->len),
                                 before - members->len));
}

/* A window that reaches beyond all spectra, as it may in a single fit, is as wide as the widest of them. */
static void
keep_widest (const Assembly *self, GArray *members, const XpsSeriesWindow *window)
{
  XpsSeriesWindow seen = {.low = NAN, .high = NAN, .shift = window->shift};
  double most = 0;
  for (guint k = 0; k < members->len; k++) {
    const XpsSeriesInput *input = &self->inputs[g_array_index (members, gsize, k)];
    double low = NAN, high = NAN;
    const double part = get_part (self, input, window, &low, &high);
    if (!(part > most))
      continue;
    most = part;
    seen.low = low;
    seen.high = high;
  }
  for (guint k = members->len; k-- > 0;) {
    const XpsSeriesInput *input = &self->inputs[g_array_index (members, gsize, k)];
    if (covers (self, input, &seen))
      continue;
    note_short (self, input);
    g_array_remove_index (members, k);
  }
  if (members->len > 0)
    note (self,
          xps_text_printf (_ ("the fit window reaches beyond the spectra: %.2f to %.2f eV of it are there"),
                           seen.low, seen.high));
}

/* Spectra that end before the window does are meant where nothing better is there than as many surveys. */
static gboolean
are_meant (const Assembly *self, const GArray *parts, const GArray *whole)
{
  const double finest = find_finest (self, whole);
  guint n = 0;
  for (guint k = 0; k < parts->len; k++)
    n += COARSE * find_step (self, g_array_index (parts, gsize, k)) < finest ? 1 : 0;
  return n > 0 && n >= whole->len;
}

/* Numbers of the inputs that belong to a window. A survey covers every window: where spectra of more points
 * per eV cover it too, the finer ones are meant. */
static GArray *
find_members (const Assembly *self, const XpsSeriesWindow *window)
{
  if (window->region != NULL)
    return find_named (self, window->region);
  GArray *whole = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (gsize));
  double low, high;
  for (gsize i = 0; i < self->n_inputs; i++)
    if (covers (self, &self->inputs[i], window))
      g_array_append_val (whole, i);
    else if (get_part (self, &self->inputs[i], window, &low, &high) >= LARGE_PART)
      g_array_append_val (parts, i);
  drop_coarse (self, whole);
  if (are_meant (self, parts, whole)) {
    g_array_set_size (whole, 0);
    g_array_append_vals (whole, parts->data, parts->len);
    drop_coarse (self, whole);
    keep_widest (self, whole, window);
    return whole;
  }
  for (guint k = 0; k < parts->len; k++)
    note_short (self, &self->inputs[g_array_index (parts, gsize, k)]);
  return whole;
}

static gboolean
refuse_window (const XpsSeriesWindow *window, GError **error)
{
  g_autofree char *what =
      window->region != NULL
          ? xps_text_printf ("no spectrum is called \"%s\"", window->region)
          : xps_text_printf ("no spectrum covers the window %g to %g eV", window->low, window->high);
  return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, NULL, NULL, what,
                        N_ ("name the region, or give the model's energy range"));
}

GPtrArray *
xps_series_find_members (const XpsSeriesInput *inputs, gsize n_inputs, const XpsSeriesWindow *windows,
                         gsize n_windows, double photon_energy, GPtrArray *notes, GError **error)
{
  const Assembly self = {inputs, n_inputs, photon_energy, notes};
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (gsize k = 0; k < n_windows; k++) {
    GArray *found = find_members (&self, &windows[k]);
    g_ptr_array_add (members, found);
    xps_series_drop_sums (inputs, found, notes);
    if (found->len == 0) {
      refuse_window (&windows[k], error);
      return NULL;
    }
  }
  return g_steal_pointer (&members);
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

/* The first input of each step. */
static GArray *
list_leaders (const XpsSeriesGroups *groups)
{
  GArray *leaders = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (gsize i = 0; i < groups->n_steps; i++) {
    const int *row = &groups->inputs[i * groups->n_parts];
    gsize k = 0;
    while (k + 1 < groups->n_parts && row[k] < 0)
      k++;
    const gsize leader = row[k] >= 0 ? (gsize)row[k] : 0;
    g_array_append_val (leaders, leader);
  }
  return leaders;
}

static void
unref_data (gpointer data)
{
  if (data != NULL)
    xps_fit_data_unref (data);
}

static gboolean
add_step (const Assembly *self, const XpsSeriesWindow *windows, const XpsSeriesGroups *groups, gsize i,
          const char *name, XpsSeries *series, GError **error)
{
  g_autoptr (GPtrArray) data = g_ptr_array_new_with_free_func (unref_data);
  for (gsize k = 0; k < groups->n_parts; k++) {
    const int at = groups->inputs[i * groups->n_parts + k];
    const XpsSeriesInput *input = at >= 0 ? &self->inputs[at] : NULL;
    XpsFitData *made = NULL;
    if (input != NULL) {
      const XpsEnergyScale scale = scale_of (self, input, &windows[k]);
      made = xps_fit_data_new (input->spectrum, &scale, windows[k].low, windows[k].high, error);
      if (made == NULL) {
        g_prefix_error (error, "%s: ", name);
        return FALSE;
      }
      xps_fit_data_set_source (made, input->file, input->sha256, xps_spectrum_get_name (input->spectrum));
    }
    g_ptr_array_add (data, made);
  }
  xps_series_add_step (series, name, (XpsFitData *const *)data->pdata);
  return TRUE;
}

static gboolean
add_steps (const Assembly *self, const XpsSeriesWindow *windows, const XpsSeriesGroups *groups,
           const GArray *leaders, XpsSeries *series, GError **error)
{
  for (gsize i = 0; i < groups->n_steps; i++) {
    g_autofree char *name = dup_name (self, leaders, i);
    if (!add_step (self, windows, groups, i, name, series, error))
      return FALSE;
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

/* Numbers of files or blocks that only count are no news where the files say more, and those that were given
 * to blocks without a name of their own never are. */
static void
drop_counters (const XpsSeries *series, GPtrArray *clocks)
{
  for (guint k = clocks->len; k-- > 0;) {
    const XpsClock *clock = g_ptr_array_index (clocks, k);
    if (clock->kind == XPS_CLOCK_OTHER && xps_clock_only_counts (clock) &&
        (clocks->len > 1 || series->clocks->len > 1 || clock->values[0] == 1))
      g_ptr_array_remove_index (clocks, k);
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
  if (pattern == NULL)
    drop_counters (series, named);
  if (named->len > 0)
    note (self, xps_text_printf ("names read by the pattern %s", used));
  take_clocks (series, named);
  return TRUE;
}

/* ---- the whole ---- */

static void
note_groups (const Assembly *self, const XpsSeriesGroups *groups)
{
  static const char *const words[XPS_N_GROUP_RULES] = {
      [XPS_GROUP_BY_FILE] = N_ ("core levels of one file are one step"),
      [XPS_GROUP_BY_SAMPLE] = N_ ("core levels of one sample are one step"),
      [XPS_GROUP_BY_NAME] = N_ ("core levels of one name are one step"),
      [XPS_GROUP_BY_ORDER] = N_ ("core levels were put into steps by their order"),
      [XPS_GROUP_GIVEN] = N_ ("core levels were put into steps by hand")};
  gsize lacking = 0;
  if (groups->n_parts < 2)
    return;
  note (self, g_strdup (_ (words[groups->rule])));
  for (gsize i = 0; i < groups->n_steps; i++)
    for (gsize k = 0; k < groups->n_parts; k++)
      if (groups->inputs[i * groups->n_parts + k] < 0) {
        lacking++;
        break;
      }
  if (lacking > 0)
    note (self, xps_text_printf (_ ("%zu of %zu steps lack a core level"), lacking, groups->n_steps));
}

XpsSeries *
xps_series_assemble_groups (const XpsSeriesInput *inputs, gsize n_inputs, const XpsSeriesWindow *windows,
                            const XpsSeriesGroups *groups, const char *pattern, double photon_energy,
                            GPtrArray *notes, GError **error)
{
  const Assembly self = {inputs, n_inputs, photon_energy, notes};
  g_autoptr (GArray) leaders = list_leaders (groups);
  g_autoptr (XpsSeries) series = xps_series_new (groups->n_parts);
  if (!add_steps (&self, windows, groups, leaders, series, error) ||
      !add_clocks (&self, leaders, pattern, series, error))
    return NULL;
  note_groups (&self, groups);
  xps_series_choose_axis (series);
  return g_steal_pointer (&series);
}

XpsSeries *
xps_series_assemble (const XpsSeriesInput *inputs, gsize n_inputs, const XpsSeriesWindow *windows,
                     gsize n_windows, const char *pattern, double photon_energy, GPtrArray *notes,
                     GError **error)
{
  g_autoptr (GPtrArray) members =
      xps_series_find_members (inputs, n_inputs, windows, n_windows, photon_energy, notes, error);
  g_autoptr (XpsSeriesGroups) groups =
      members != NULL ? xps_series_group (inputs, n_inputs, (GArray *const *)(void *)members->pdata,
                                          n_windows, NULL, XPS_GROUP_GUESSED, error)
                      : NULL;
  if (groups == NULL)
    return NULL;
  return xps_series_assemble_groups (inputs, n_inputs, windows, groups, pattern, photon_energy, notes, error);
}
