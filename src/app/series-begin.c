/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "app/series-desk.h"
#include "project/series-entry.h"

/* How a series of a document begins. */

#define LEAST_STEPS 3

static void
choose_regions (XpsSession *session, const XpsRegion *shown, GArray *ids)
{
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  const GArray *selected = xps_session_get_selected_regions (session);
  g_autoptr (GHashTable) chosen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < selected->len; i++)
    g_hash_table_add (chosen, GUINT_TO_POINTER (g_array_index (selected, guint, i)));
  for (guint i = 0; i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    const gboolean wanted = selected->len >= LEAST_STEPS
                                ? g_hash_table_contains (chosen, GUINT_TO_POINTER (region->id))
                                : strcmp (region->name, shown->name) == 0 || region->sample == shown->sample;
    if (wanted)
      g_array_append_val (ids, region->id);
  }
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, sentence);
  return FALSE;
}

static gboolean
check_shown (const XpsRegion *shown, GError **error)
{
  if (shown == NULL)
    return refuse (error, _ ("Open spectra first."));
  const XpsModelPart *part = g_ptr_array_index (shown->model->parts, 0);
  return part->components->len > 0 ||
         refuse (error, _ ("Make a model of one step first: choose a background and add components to the "
                           "shown region."));
}

XpsSeriesDesk *
xps_series_desk_new (XpsSession *session, GError **error)
{
  const XpsRegion *shown = xps_session_get_region (session);
  if (!check_shown (shown, error))
    return NULL;
  g_autoptr (XpsSeriesSetup) setup = xps_series_setup_new (shown->model);
  choose_regions (session, shown, setup->regions);
  setup->plan->weights = shown->weights;
  if (setup->regions->len < LEAST_STEPS) {
    refuse (error, _ ("Select the regions that are the steps of the series: there must be three or more."));
    return NULL;
  }
  XpsProject *project = xps_session_get_project (session);
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (XpsSeries) series =
      xps_series_setup_assemble (setup, xps_project_get_state (project), regions, NULL, error);
  if (series == NULL)
    return NULL;
  guint entry;
  g_autofree char *text = xps_series_setup_dup_text (setup);
  const XpsSample *sample = xps_state_find_sample (xps_project_get_state (project), shown->sample);
  g_autofree char *level = xps_region_dup_level (shown->spectrum);
  g_autofree char *name =
      level != NULL ? g_strdup_printf ("%s, %s", sample->name, level) : g_strdup (sample->name);
  g_autofree char *label = g_strdup_printf (_ ("series of %s"), name);
  xps_project_edit (project, label,
                    xps_state_add_series (xps_project_get_state (project), name, text, &entry));
  return xps_series_desk_open (session, entry, error);
}
