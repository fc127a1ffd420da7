/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session-private.h"

#include "project/phase-link.h"

/* Edits of a session: each a new version of the document with a label; a drag is one, however many frames. */

void
xps_region_take_model (XpsRegion *region, XpsModel *take_model)
{
  xps_model_free (region->model);
  region->model = take_model;
}

gboolean
xps_session_same_basis (const XpsRegion *a, const XpsRegion *b)
{
  if (a == b)
    return TRUE;
  return a->spectrum == b->spectrum && a->weights == b->weights &&
         xps_region_same_scale (&a->scale, &b->scale) && xps_model_equal (a->model, b->model);
}

XpsModel *
xps_session_dup_model (XpsSession *self)
{
  const XpsRegion *region = xps_session_get_region (self);
  return region != NULL ? xps_model_copy (region->model) : xps_model_new ();
}

/* TRUE: its fit is no longer that of the region. */
static gboolean
leave_fit (XpsSession *self, XpsRegion *region)
{
  const XpsRegion *before = xps_state_find_region (self->seen, region->id);
  g_return_val_if_fail (before != NULL, FALSE);
  if (xps_session_same_basis (before, region))
    return FALSE;
  xps_session_give_up_fit (self, region);
  g_hash_table_remove (self->words, GUINT_TO_POINTER (region->id));
  return !xps_region_carry_record (region, before);
}

void
xps_session_edit_regions (XpsSession *self, const char *label, const GPtrArray *regions)
{
  gboolean shown = FALSE;
  for (guint i = 0; i < regions->len; i++) {
    XpsRegion *region = g_ptr_array_index (regions, i);
    shown |= leave_fit (self, region) && region->id == self->region_id;
  }
  xps_project_edit (self->project, label,
                    xps_state_edit_regions (xps_session_get_state (self),
                                            (const XpsRegion *const *)regions->pdata, regions->len));
  if (shown)
    xps_session_want_live_fit (self);
}

void
xps_session_edit_region (XpsSession *self, const char *label, XpsRegion *take_region)
{
  g_autoptr (GPtrArray) regions = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  g_ptr_array_add (regions, take_region);
  xps_session_edit_regions (self, label, regions);
}

void
xps_session_edit_model (XpsSession *self, const char *label, XpsModel *take_model)
{
  if (self->region == NULL) {
    xps_model_free (take_model);
    return;
  }
  XpsRegion *region = xps_region_copy (self->region);
  xps_region_take_model (region, take_model);
  if (self->drag != NULL || !xps_model_equal (self->region->model, region->model))
    xps_session_edit_region (self, label, region);
  else
    xps_region_unref (region);
}

void
xps_session_store_view (XpsSession *self, const char *view)
{
  if (self->region == NULL || g_strcmp0 (self->region->view, view) == 0)
    return;
  xps_project_set_view (self->project, self->region_id, view);
  const XpsState *state = xps_session_get_state (self);
  XpsState *old = self->seen;
  self->seen = xps_state_ref (state);
  xps_state_unref (old);
  xps_region_unref (self->region);
  self->region = xps_region_ref (xps_state_find_region (state, self->region_id));
  if (self->drag == NULL)
    return;
  g_free (self->drag->view);
  self->drag->view = g_strdup (view);
}

void
xps_session_begin_drag (XpsSession *self)
{
  if (self->region == NULL || self->drag != NULL)
    return;
  g_clear_handle_id (&self->live_source, g_source_remove);
  self->drag = xps_region_copy (self->region);
}

void
xps_session_drag_model (XpsSession *self, XpsModel *take_model)
{
  if (self->drag == NULL) {
    xps_model_free (take_model);
    return;
  }
  xps_region_take_model (self->drag, take_model);
  xps_session_tell (self, XPS_NEWS_MODEL);
}

void
xps_session_end_drag (XpsSession *self, const char *label)
{
  if (self->drag == NULL)
    return;
  if (xps_model_equal (self->drag->model, self->region->model)) {
    xps_session_cancel_drag (self);
    return;
  }
  /* The document's next version holds what was dragged; its "changed" ends the drag. */
  xps_session_edit_region (self, label, xps_region_ref (self->drag));
}

void
xps_session_cancel_drag (XpsSession *self)
{
  if (self->drag == NULL)
    return;
  g_clear_pointer (&self->drag, xps_region_unref);
  xps_session_tell (self, XPS_NEWS_MODEL);
}

gboolean
xps_session_is_dragging (XpsSession *self)
{
  return self->drag != NULL;
}
