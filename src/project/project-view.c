/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/project-private.h"

/* How regions were looked at: part of the versions, since they are what is written, but beside the edits. */

static XpsRegion *
with_view (const XpsRegion *region, const char *view)
{
  XpsRegion *copy = xps_region_copy (region);
  g_free (copy->view);
  copy->view = g_strdup (view);
  return copy;
}

void
xps_project_set_view (XpsProject *self, guint region, const char *view)
{
  const XpsRegion *now = xps_state_find_region (self->state, region);
  if (now == NULL || g_strcmp0 (now->view, view) == 0)
    return;
  g_autoptr (XpsRegion) viewed = with_view (now, view);
  XpsState *state = xps_state_with_region (self->state, viewed);
  if (self->saved == self->state) {
    xps_state_unref (self->saved);
    self->saved = xps_state_ref (state);
  }
  xps_state_unref (self->state);
  self->state = state;
  self->views_changed = TRUE;
}

gboolean
xps_project_take_unsaved_views (XpsProject *self)
{
  /* An older program could not read the file any more: not for a view. */
  const gboolean unsaved = self->views_changed && !self->modified && !self->older && self->path != NULL &&
                           self->read_only_reason == NULL;
  self->views_changed = FALSE;
  return unsaved;
}

XpsState *
xps_project_carry_views (XpsState *take_state, const XpsState *now)
{
  g_autoptr (GPtrArray) viewed = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  for (guint i = 0; i < xps_state_get_n_regions (take_state); i++) {
    const XpsRegion *then = xps_state_get_region (take_state, i);
    const XpsRegion *region = xps_state_find_region (now, then->id);
    if (region != NULL && region != then && g_strcmp0 (region->view, then->view) != 0)
      g_ptr_array_add (viewed, with_view (then, region->view));
  }
  if (viewed->len == 0)
    return take_state;
  XpsState *state = xps_state_with_regions (take_state, (const XpsRegion *const *)viewed->pdata, viewed->len);
  xps_state_unref (take_state);
  return state;
}
