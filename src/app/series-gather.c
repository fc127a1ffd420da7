/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "app/series-setup.h"

/* From the setup of a series to the series: regions of the document in their steps. */

/* Regions that are there, each once. */
static GPtrArray *
list_regions (const XpsSeriesSetup *self, const XpsState *state)
{
  GPtrArray *regions = g_ptr_array_new ();
  const gsize n = xps_series_setup_get_n_levels (self);
  for (gsize i = 0; i < self->regions->len; i++)
    for (gsize k = 0; k < n; k++) {
      const guint id = xps_series_setup_get_region (self, i, k);
      const XpsRegion *region = id != 0 ? xps_state_find_region (state, id) : NULL;
      if (region != NULL)
        g_ptr_array_add (regions, (gpointer)region);
    }
  return regions;
}

/* In use for all of them: a person may have mended what the files say. */
static double
find_photon_energy (const GPtrArray *regions)
{
  double common = NAN;
  for (guint i = 0; i < regions->len; i++) {
    const double energy = ((const XpsRegion *)g_ptr_array_index (regions, i))->scale.photon_energy;
    if (!isfinite (energy) || (isfinite (common) && fabs (energy - common) > 1e-9 * common))
      return NAN;
    common = energy;
  }
  return common;
}

static XpsSeriesGroups *
group_levels (const XpsSeriesSetup *self, const GPtrArray *regions)
{
  const gsize n_levels = xps_series_setup_get_n_levels (self);
  XpsSeriesGroups *groups = xps_series_groups_new (self->regions->len, n_levels);
  guint next = 0;
  gsize step = 0;
  for (gsize i = 0; i < self->regions->len; i++) {
    gboolean any = FALSE;
    for (gsize k = 0; k < n_levels && next < regions->len; k++)
      if (xps_series_setup_get_region (self, i, k) ==
          ((const XpsRegion *)g_ptr_array_index (regions, next))->id) {
        groups->inputs[step * n_levels + k] = (int)next++;
        any = TRUE;
      }
    step += any ? 1 : 0;
  }
  groups->n_steps = step;
  groups->rule = self->grouping;
  return groups;
}

static gboolean
is_among (const GArray *ids, guint id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, guint, i) == id)
      return TRUE;
  return FALSE;
}

/* Spectra of a level and their sums together say again which are sums, and of what. */
static void
note_sums_of (const XpsSeriesSetup *self, const XpsState *state, gsize level, GPtrArray *notes)
{
  const GArray *sums = g_ptr_array_index (self->sums, (guint)level);
  const guint n = xps_state_get_n_regions (state);
  g_autofree XpsSeriesInput *inputs = g_new0 (XpsSeriesInput, n + 1);
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (guint r = 0; r < n && sums->len > 0; r++) {
    const XpsRegion *region = xps_state_get_region (state, r);
    const gsize at = r;
    if (xps_series_setup_find_level (self, region->id) != (int)level && !is_among (sums, region->id))
      continue;
    inputs[r].spectrum = region->spectrum;
    inputs[r].file = region->source != NULL ? region->source->path : NULL;
    g_array_append_val (members, at);
  }
  xps_series_drop_sums (inputs, members, notes);
}

static void
note_sums (const XpsSeriesSetup *self, const XpsState *state, GPtrArray *notes)
{
  const guint n = (guint)xps_series_setup_get_n_levels (self);
  for (guint k = 0; notes != NULL && k < MIN (n, self->sums->len); k++)
    note_sums_of (self, state, k, notes);
}

static XpsSeries *
assemble_levels (const XpsSeriesSetup *self, const GPtrArray *regions, const XpsSeriesInput *inputs,
                 const XpsSeriesWindow *windows, GArray *step_regions, GPtrArray *notes, GError **error)
{
  g_autoptr (XpsSeriesGroups) groups = group_levels (self, regions);
  XpsSeries *series = xps_series_assemble_groups (inputs, regions->len, windows, groups, self->pattern,
                                                  find_photon_energy (regions), notes, error);
  for (gsize i = 0; series != NULL && i < groups->n_steps * groups->n_parts; i++) {
    const int at = groups->inputs[i];
    const guint id = at >= 0 ? ((const XpsRegion *)g_ptr_array_index (regions, at))->id : 0;
    g_array_append_val (step_regions, id);
  }
  return series;
}

/* One level: regions that do not cover the window are in no step. */
static void
find_regions (const XpsSeries *series, const GPtrArray *regions, GArray *step_regions)
{
  guint next = 0;
  for (gsize i = 0; i < xps_series_get_n (series); i++) {
    const XpsFitData *data = g_ptr_array_index (xps_series_get_step (series, i)->data, 0);
    guint id = 0;
    for (guint r = next; r < regions->len && id == 0 && data != NULL; r++) {
      const XpsRegion *region = g_ptr_array_index (regions, r);
      if (region->spectrum != data->spectrum)
        continue;
      id = region->id;
      next = r + 1;
    }
    g_array_append_val (step_regions, id);
  }
}

static XpsSeries *
assemble_one (const XpsSeriesSetup *self, const GPtrArray *regions, const XpsSeriesInput *inputs,
              const XpsSeriesWindow *window, GArray *step_regions, GPtrArray *notes, GError **error)
{
  XpsSeries *series = xps_series_assemble (inputs, regions->len, window, 1, self->pattern,
                                           find_photon_energy (regions), notes, error);
  if (series != NULL)
    find_regions (series, regions, step_regions);
  return series;
}

static void
apply_clocks (const XpsSeriesSetup *self, XpsSeries *series)
{
  for (guint i = 0; i < self->clocks->len; i++)
    xps_series_take_clock (series, xps_clock_copy (g_ptr_array_index (self->clocks, i)), NULL);
  if (self->axis == NULL || !xps_series_set_axis (series, self->axis, NULL))
    xps_series_choose_axis (series);
  for (guint i = 0; i < self->exclusions->len; i++) {
    const XpsSeriesExclusion *exclusion = g_ptr_array_index (self->exclusions, i);
    if (exclusion->step < xps_series_get_n (series))
      xps_series_exclude (series, exclusion->step, exclusion->reason);
  }
}

XpsSeries *
xps_series_setup_assemble (const XpsSeriesSetup *self, const XpsState *state, GArray *step_regions,
                           GPtrArray *notes, GError **error)
{
  const gsize n_levels = xps_series_setup_get_n_levels (self);
  g_autoptr (GPtrArray) regions = list_regions (self, state);
  g_autofree XpsSeriesInput *inputs = g_new0 (XpsSeriesInput, regions->len + 1);
  g_autofree XpsSeriesWindow *windows = g_new0 (XpsSeriesWindow, n_levels);
  for (guint i = 0; i < regions->len; i++) {
    const XpsRegion *region = g_ptr_array_index (regions, i);
    inputs[i].spectrum = region->spectrum;
    inputs[i].file = region->source != NULL ? region->source->path : NULL;
    inputs[i].sha256 = region->source != NULL ? region->source->sha256 : NULL;
  }
  for (gsize k = 0; k < n_levels; k++) {
    const XpsModelPart *part = g_ptr_array_index (self->model->parts, k);
    windows[k] = (XpsSeriesWindow){NULL, part->low, part->high, part->energy_shift};
  }
  XpsSeries *series = n_levels > 1
                          ? assemble_levels (self, regions, inputs, windows, step_regions, notes, error)
                          : assemble_one (self, regions, inputs, windows, step_regions, notes, error);
  if (series != NULL && n_levels > 1)
    note_sums (self, state, notes);
  if (series != NULL)
    apply_clocks (self, series);
  return series;
}

/* ---- put together ---- */

gboolean
xps_series_setup_is_reduced (const XpsSeriesSetup *self)
{
  return self->average > 1 || self->bins > 1;
}

/* Frames that are left out are in no step: xps_series_average() counts those that are in. */
static void
keep_first (const XpsSeries *frames, guint average, GArray *step_regions)
{
  g_autoptr (GArray) all = g_array_copy (step_regions);
  const gsize n_parts = frames->n_parts;
  guint place = 0;
  g_array_set_size (step_regions, 0);
  for (gsize i = 0; i < xps_series_get_n (frames) && (i + 1) * n_parts <= all->len; i++) {
    if (xps_series_get_step (frames, i)->exclusion != NULL)
      continue;
    if (place++ % average == 0)
      g_array_append_vals (step_regions, &g_array_index (all, guint, (guint)(i * n_parts)), (guint)n_parts);
  }
}

XpsSeries *
xps_series_setup_reduce (const XpsSeriesSetup *self, const XpsSeries *frames, GArray *step_regions,
                         GError **error)
{
  XpsSeries *series =
      self->average > 1 ? xps_series_average (frames, self->average, 0, error) : xps_series_copy (frames);
  if (series == NULL)
    return NULL;
  if (self->average > 1 && step_regions != NULL)
    keep_first (frames, self->average, step_regions);
  if (self->bins <= 1)
    return series;
  XpsSeries *binned = xps_series_rebin (series, self->bins, error);
  xps_series_free (series);
  return binned;
}

void
xps_series_setup_exclude_step (XpsSeriesSetup *self, const XpsSeries *frames, guint step, const char *reason)
{
  guint place = 0;
  if (self->average <= 1) {
    xps_series_setup_exclude (self, step, reason);
    return;
  }
  for (gsize i = 0; i < xps_series_get_n (frames); i++) {
    if (xps_series_get_step (frames, i)->exclusion != NULL)
      continue;
    if (place++ / self->average == step)
      xps_series_setup_exclude (self, (guint)i, reason);
  }
}
