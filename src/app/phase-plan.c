/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/phase-plan.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "reference/phase-check.h"

#define LEAST_MARGIN    0.3 /* eV beyond the literature: what charge referencing alone differs by */
#define USUAL_TOLERANCE 0.2 /* cross sections and lengths together are hardly better */

static void
row_free (gpointer data)
{
  XpsPhaseRow *row = data;
  g_free (row->elsewhere);
  g_free (row->level);
  g_free (row->element);
  g_free (row->species);
  g_free (row->label);
  xps_reference_spread_clear (&row->spread);
  g_free (row);
}

void
xps_phase_plan_free (XpsPhasePlan *self)
{
  g_free (self->name);
  g_free (self->title);
  g_free (self->note);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* ---- places ---- */

static gboolean
reaches (const XpsRegion *region, double position)
{
  gsize n = xps_spectrum_get_n (region->spectrum);
  g_autoptr (XpsModel) bare = xps_model_new ();
  XpsModelPart *part = g_ptr_array_index (bare->parts, 0);
  part->energy_shift = ((XpsModelPart *)g_ptr_array_index (region->model->parts, 0))->energy_shift;
  g_autoptr (XpsPreview) preview =
      n > 1 ? xps_preview_new (region->spectrum, &region->scale, bare, 0, region->weights) : NULL;
  return preview != NULL && preview->has_binding && preview->n > 1 && position >= preview->energy[0] &&
         position <= preview->energy[preview->n - 1];
}

static gboolean
is_of_level (const XpsRegion *region, const char *level)
{
  g_autofree char *own = xps_region_dup_level (region->spectrum);
  g_autofree char *whole = own != NULL ? xps_level_dup_whole (own) : NULL;
  return g_strcmp0 (whole, level) == 0;
}

static gboolean
is_covering (const XpsRegion *region, const XpsPhaseRow *row)
{
  g_autofree char *own = xps_region_dup_level (region->spectrum);
  return own == NULL && region->kind == XPS_REGION_CORE_LEVEL && reaches (region, row->position);
}

/* All of the sample that show the level, or cover its place, as a list; NULL where none does. */
static char *
dup_elsewhere (XpsSession *session, const XpsRegion *target, const XpsPhaseRow *row)
{
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    if (region->sample != target->sample || (!is_of_level (region, row->level) && !is_covering (region, row)))
      continue;
    if (names->len > 0)
      g_string_append (names, ", ");
    g_string_append_printf (names, _ ("“%s”"), region->name);
  }
  return names->len > 0 ? g_strdup (names->str) : NULL;
}

/* A core level region of that level's name, else one that covers the place without another level's name. */
static guint
find_region (XpsSession *session, const XpsRegion *target, XpsPhaseScope scope, const XpsPhaseRow *row)
{
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  guint covering = 0;
  for (guint i = 0; i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    if (scope == XPS_PHASE_REGION ? region->id != target->id : region->sample != target->sample)
      continue;
    if (is_of_level (region, row->level))
      return region->id;
    if (covering == 0 && is_covering (region, row))
      covering = region->id;
  }
  return covering;
}

/* First hand if there is any, else whatever there is: which it was is shown with it. */
static void
find_spread (XpsReference *reference, XpsPhaseRow *row, const char *level)
{
  const gboolean found = xps_reference_find_spread (reference, row->species, level, &row->spread);
  const double half = found ? 0.5 * (row->spread.high - row->spread.low) : 0.0;
  const double margin = fmax (LEAST_MARGIN - half, 0.0) + 0.1;
  row->position = row->spread.median;
  row->low = round ((row->spread.low - margin) * 100.0) / 100.0;
  row->high = round ((row->spread.high + margin) * 100.0) / 100.0;
}

static void
find_doublet (XpsReference *reference, XpsPhaseRow *row)
{
  XpsReferenceDoublet doublet;
  row->splitting = row->ratio = NAN;
  if (!xps_reference_get_doublet (reference, row->level, &doublet))
    return;
  if (isfinite (doublet.splitting) && doublet.splitting > 0.0 && isfinite (doublet.ratio)) {
    row->splitting = doublet.splitting;
    row->ratio = doublet.ratio;
  }
  xps_reference_doublet_clear (&doublet);
}

/* ---- areas ---- */

static void
find_sensitivity (XpsReference *reference, XpsSession *session, XpsPhaseRow *row)
{
  const XpsRegion *region =
      xps_state_find_region (xps_project_get_state (xps_session_get_project (session)), row->region);
  XpsSensitivityOptions options;
  xps_sensitivity_options_init (&options);
  row->sensitivity.product = NAN;
  if (region == NULL || !isfinite (row->position) || !isfinite (region->scale.photon_energy))
    return;
  options.photon_energy = region->scale.photon_energy;
  if (!xps_sensitivity (reference, row->level, row->position, NAN, &options, &row->sensitivity, NULL))
    row->sensitivity.product = NAN;
}

static double
get_seconds (const XpsRegion *region)
{
  if (xps_spectrum_get_unit (region->spectrum) != XPS_INTENSITY_COUNTS)
    return 1.0;
  const double seconds = xps_acquisition_get_live_time (xps_spectrum_get_acquisition (region->spectrum));
  return isfinite (seconds) && seconds > 0.0 ? seconds : 1.0;
}

void
xps_phase_plan_expect (XpsPhasePlan *self, XpsSession *session)
{
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  self->gaps = 0;
  for (guint i = 0; i < self->rows->len; i++) {
    XpsPhaseRow *row = g_ptr_array_index (self->rows, i);
    const XpsRegion *region = xps_state_find_region (state, row->region);
    row->expected = NAN;
    if (region == NULL || !isfinite (row->sensitivity.product))
      continue;
    row->expected = xps_sensitivity_of_line (&row->sensitivity, row->atoms, row->ratio, get_seconds (region));
    self->gaps |= row->use ? row->sensitivity.gaps : 0;
  }
}

/* ---- lines ---- */

static void
add_row (XpsPhasePlan *self, XpsReference *reference, const char *level, const char *species,
         const char *label, double atoms)
{
  XpsPhaseRow *row = g_new0 (XpsPhaseRow, 1);
  row->level = xps_level_dup_whole (level);
  row->element = g_strndup (level, strcspn (level, " "));
  row->species = g_strdup (species);
  row->label = g_strdup (label != NULL ? label : species);
  row->atoms = atoms;
  find_spread (reference, row, level);
  find_doublet (reference, row);
  g_ptr_array_add (self->rows, row);
}

static gboolean
add_phase (XpsPhasePlan *self, XpsReference *reference, const char *level)
{
  g_autoptr (GPtrArray) phases = xps_reference_list_phases (reference, self->name, NULL);
  if (phases == NULL || phases->len == 0)
    return FALSE;
  const XpsReferencePhase *phase = g_ptr_array_index (phases, 0);
  g_autofree char *wanted = level != NULL ? xps_level_dup_whole (level) : NULL;
  self->note = g_strdup (phase->note);
  self->own = phase->own;
  if (phase->full_name != NULL)
    self->title = g_strdup_printf ("%s (%s)", phase->name, phase->full_name);
  for (guint i = 0; i < phase->lines->len; i++) {
    const XpsPhaseLine *line = g_ptr_array_index (phase->lines, i);
    g_autofree char *whole = xps_level_dup_whole (line->level);
    if (wanted == NULL || strcmp (wanted, whole) == 0)
      add_row (self, reference, line->level, line->species, line->label, line->atoms);
  }
  return self->rows->len > 0;
}

/* Without stoichiometry: one line a level, no atoms to link areas by. */
static void
add_species (XpsPhasePlan *self, XpsReference *reference, const char *level)
{
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.species = self->name;
  query.level = level;
  query.secondary = query.recalled = TRUE;
  g_autoptr (GPtrArray) spreads = xps_reference_search_spreads (reference, &query, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; spreads != NULL && i < spreads->len; i++) { /* by energy: the stronger line comes first */
    const XpsReferenceSpread *spread = g_ptr_array_index (spreads, i);
    char *whole = xps_level_dup_whole (spread->level);
    if (g_hash_table_add (seen, whole))
      add_row (self, reference, spread->level, self->name, NULL, 1.0);
  }
}

XpsPhasePlan *
xps_phase_plan_new (XpsReference *reference, XpsSession *session, const char *name, const char *level,
                    guint target, XpsPhaseScope scope, GError **error)
{
  const XpsRegion *region =
      xps_state_find_region (xps_project_get_state (xps_session_get_project (session)), target);
  g_autoptr (XpsPhasePlan) self = g_new0 (XpsPhasePlan, 1);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->name = g_strdup (name);
  const gboolean phase = region != NULL && add_phase (self, reference, level);
  if (region != NULL && !phase)
    add_species (self, reference, level);
  if (self->title == NULL)
    self->title = g_strdup (name);
  if (region == NULL || self->rows->len == 0) {
    g_set_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, _ ("No line of %s is known"), name);
    return NULL;
  }
  for (guint i = 0; i < self->rows->len; i++) {
    XpsPhaseRow *row = g_ptr_array_index (self->rows, i);
    row->region = find_region (session, region, scope, row);
    row->use = row->region != 0;
    row->elsewhere = row->use ? NULL : dup_elsewhere (session, region, row);
    find_sensitivity (reference, session, row);
  }
  self->share_widths = TRUE;
  self->link_areas = phase;
  self->tolerance = USUAL_TOLERANCE;
  xps_phase_plan_expect (self, session);
  return g_steal_pointer (&self);
}

/* ---- whether it can be done ---- */

guint
xps_phase_plan_count_regions (const XpsPhasePlan *self)
{
  g_autoptr (GHashTable) regions = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < self->rows->len; i++) {
    const XpsPhaseRow *row = g_ptr_array_index (self->rows, i);
    if (row->use && row->region != 0)
      g_hash_table_add (regions, GUINT_TO_POINTER (row->region));
  }
  return g_hash_table_size (regions);
}

static guint
count_rows (const XpsPhasePlan *self)
{
  guint n = 0;
  for (guint i = 0; i < self->rows->len; i++)
    n += ((XpsPhaseRow *)g_ptr_array_index (self->rows, i))->use ? 1 : 0;
  return n;
}

/* Which levels are missing, and where the sample has them. */
static char *
dup_missing (const XpsPhasePlan *self)
{
  g_autoptr (GString) levels = g_string_new (NULL), places = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->rows->len; i++) {
    const XpsPhaseRow *row = g_ptr_array_index (self->rows, i);
    if (row->region != 0 || !g_hash_table_add (seen, row->level))
      continue;
    g_string_append_printf (levels, "%s%s", levels->len > 0 ? ", " : "", row->level);
    if (row->elsewhere == NULL)
      continue;
    if (places->len > 0)
      g_string_append (places, "; ");
    /* Translators: a level and the regions that show it: "S 2p in “S 2p scan”, “S 2p after”". */
    g_string_append_printf (places, _ ("%s in %s"), row->level, row->elsewhere);
  }
  if (levels->len == 0)
    return g_strdup (_ ("No line is chosen."));
  if (places->len == 0)
    /* Translators: %s is one level or several: "S 2p, Li 1s". */
    return g_strdup_printf (_ ("Not shown by any region of this sample: %s."), levels->str);
  /* Translators: the first %s is one level or several, the second says where they are: "S 2p in “scan 3”". */
  return g_strdup_printf (
      _ ("This region does not show %s, but the sample does: %s. Choose “All regions of the "
         "sample”, or drop it on the region that is meant."),
      levels->str, places->str);
}

char *
xps_phase_plan_dup_problem (const XpsPhasePlan *self)
{
  if (xps_phase_plan_count_regions (self) == 0)
    return dup_missing (self);
  const gboolean linked = self->link_areas && count_rows (self) > 1;
  for (guint i = 0; i < self->rows->len; i++) {
    const XpsPhaseRow *row = g_ptr_array_index (self->rows, i);
    if (!row->use)
      continue;
    if (row->low > row->high)
      return g_strdup_printf (_ ("%s of %s: the low bound lies above the high one"), row->level, row->label);
    if (isfinite (row->position) && (row->position < row->low || row->position > row->high))
      return g_strdup_printf (_ ("%s of %s: the start lies outside the bounds"), row->level, row->label);
    if (linked && !(row->atoms > 0.0))
      return g_strdup_printf (_ ("%s of %s: a number of atoms above 0 is needed to link areas"), row->level,
                              row->label);
    if (linked && !isfinite (row->expected))
      return g_strdup_printf (_ ("%s of %s: its sensitivity is not known, areas cannot be linked"),
                              row->level, row->label);
  }
  return NULL;
}
