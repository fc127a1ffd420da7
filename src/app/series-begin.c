/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "app/series-desk.h"
#include "app/series-levels.h"
#include "project/series-entry.h"

/* How a series of a document begins. */

#define LEAST_STEPS 3

/* Names of core levels that have a model beside the shown region: with it they make a step. */
static GHashTable *
find_companions (const XpsState *state, const XpsRegion *shown)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (names, shown->name);
  for (guint i = 0; i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
    if (region->sample == shown->sample && part->components->len > 0)
      g_hash_table_add (names, region->name);
  }
  return names;
}

static GPtrArray *
choose_regions (XpsSession *session, const XpsRegion *shown)
{
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  const GArray *selected = xps_session_get_selected_regions (session);
  GPtrArray *regions = g_ptr_array_new ();
  g_autoptr (GHashTable) chosen = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) names = find_companions (state, shown);
  for (guint i = 0; i < selected->len; i++)
    g_hash_table_add (chosen, GUINT_TO_POINTER (g_array_index (selected, guint, i)));
  for (guint i = 0; i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    const gboolean wanted =
        selected->len >= LEAST_STEPS
            ? g_hash_table_contains (chosen, GUINT_TO_POINTER (region->id))
            : g_hash_table_contains (names, region->name) || region->sample == shown->sample;
    if (wanted)
      g_ptr_array_add (regions, (gpointer)region);
  }
  return regions;
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, sentence);
  return FALSE;
}

static gboolean
has_model (const XpsRegion *region)
{
  return ((const XpsModelPart *)g_ptr_array_index (region->model->parts, 0))->components->len > 0;
}

/* Whose model the steps get: the shown region's, or where that has none the first selected one's. */
static const XpsRegion *
find_leader (XpsSession *session)
{
  const XpsRegion *shown = xps_session_get_region (session);
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  const GArray *ids = xps_session_get_selected_regions (session);
  if (shown == NULL || has_model (shown))
    return shown;
  for (guint i = 0; i < ids->len; i++) {
    const XpsRegion *region = xps_state_find_region (state, g_array_index (ids, guint, i));
    if (region != NULL && has_model (region))
      return region;
  }
  return shown;
}

static gboolean
check_shown (const XpsRegion *shown, GError **error)
{
  if (shown == NULL)
    return refuse (error, _ ("Open spectra first."));
  return has_model (shown) ||
         refuse (error, _ ("Make a model of one step first: choose a background and add components to the "
                           "shown region."));
}

static XpsSeriesSetup *
setup_new (XpsSession *session, const XpsRegion *shown, GError **error)
{
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  g_autoptr (GPtrArray) regions = choose_regions (session, shown);
  g_autoptr (GArray) levels = xps_series_levels_find (regions, shown, NULL);
  const gboolean several = levels->len > 1;
  g_autoptr (XpsModel) joint = several ? xps_series_levels_join (levels, state, error) : NULL;
  if (several && joint == NULL)
    return NULL;
  g_autoptr (XpsSeriesSetup) setup = xps_series_setup_new (several ? joint : shown->model);
  setup->plan->weights = shown->weights;
  if (several && !xps_series_levels_group (levels, regions, XPS_GROUP_GUESSED, setup, error))
    return NULL;
  for (guint i = 0; !several && i < regions->len; i++)
    g_array_append_val (setup->regions, ((const XpsRegion *)g_ptr_array_index (regions, i))->id);
  return g_steal_pointer (&setup);
}

static char *
dup_name (const XpsState *state, const XpsSeriesSetup *setup, const XpsRegion *shown)
{
  const XpsSample *sample = xps_state_find_sample (state, shown->sample);
  GString *name = g_string_new (sample->name);
  g_autofree char *level = xps_region_dup_level (shown->spectrum);
  if (xps_series_setup_get_n_levels (setup) == 1 && level != NULL)
    g_string_append_printf (name, ", %s", level);
  for (gsize k = 0; xps_series_setup_get_n_levels (setup) > 1 && k < xps_series_setup_get_n_levels (setup);
       k++)
    g_string_append_printf (name, ", %s", xps_series_setup_get_level_name (setup, k));
  return g_string_free (name, FALSE);
}

XpsSeriesDesk *
xps_series_desk_new (XpsSession *session, GError **error)
{
  const XpsRegion *shown = find_leader (session);
  if (!check_shown (shown, error))
    return NULL;
  g_autoptr (XpsSeriesSetup) setup = setup_new (session, shown, error);
  if (setup == NULL)
    return NULL;
  if (setup->regions->len < LEAST_STEPS) {
    refuse (error, _ ("Select the regions that are the steps of the series: there must be three or more."));
    return NULL;
  }
  XpsProject *project = xps_session_get_project (session);
  const XpsState *state = xps_project_get_state (project);
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (XpsSeries) series = xps_series_setup_assemble (setup, state, regions, NULL, error);
  if (series == NULL)
    return NULL;
  guint entry;
  g_autofree char *text = xps_series_setup_dup_text (setup);
  g_autofree char *name = dup_name (state, setup, shown);
  g_autofree char *label = g_strdup_printf (_ ("series of %s"), name);
  xps_project_edit (project, label, xps_state_add_series (state, name, text, &entry));
  return xps_series_desk_open (session, entry, error);
}
