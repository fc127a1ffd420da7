/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "app/commands.h"
#include "project/phase-link.h"

/* Ends the ties of areas across core levels that the selected component belongs to; values stay. */

static const char *
get_selected_name (XpsSession *session, const XpsRegion *region)
{
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  const int at = xps_session_get_component (session);
  return at >= 0 && (guint)at < part->components->len
             ? ((const XpsComponent *)g_ptr_array_index (part->components, at))->name
             : NULL;
}

/* -1: it belongs to none. */
static int
find_link (const XpsState *state, guint region, const char *component)
{
  for (guint l = 0; l < xps_state_get_n_links (state); l++) {
    const XpsPhaseLink *link = xps_state_get_link (state, l);
    for (guint i = 0; i < link->areas->len; i++) {
      const XpsLinkedArea *area = g_ptr_array_index (link->areas, i);
      if (area->region == region && strcmp (area->component, component) == 0)
        return (int)l;
    }
  }
  return -1;
}

void
xps_command_release_phase (XpsWindow *self, GVariant *parameter)
{
  XpsSession *session = xps_window_get_session (self);
  XpsProject *project = xps_session_get_project (session);
  const XpsState *state = xps_project_get_state (project);
  const XpsRegion *region = xps_session_get_region (session);
  const char *name = region != NULL ? get_selected_name (session, region) : NULL;
  const int at = name != NULL ? find_link (state, region->id, name) : -1;
  if (at < 0) {
    g_signal_emit_by_name (session, "message",
                           _ ("The area of this component is not tied to other core levels"), FALSE);
    return;
  }
  g_autofree char *label =
      g_strdup_printf (_ ("release of the areas of %s"), xps_state_get_link (state, (guint)at)->phase);
  xps_project_edit (project, label, xps_state_remove_link (state, (guint)at));
}
