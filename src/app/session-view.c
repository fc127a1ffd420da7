/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session-private.h"

#include <gio/gio.h>

/* What panels are shown of the document: curves that are kept up to date, and the state of the fit. */

/* With more spectra than this a fit in each of them is a hundredth of a plot high: overlays are data alone,
 * which spares solving as many backgrounds. */
#define FITTED_OVERLAYS 12

#define AT_ONCE  100   /* overlays that take no longer than a frame ... */
#define SLICE_US 10000 /* ... and for how long others are made before other work has its turn */

void
xps_session_clear_previews (XpsSession *self)
{
  g_clear_pointer (&self->preview, xps_preview_free);
  xps_session_drop_overlays (self);
}

/* Whether the preview is of this region, whatever its model. */
static gboolean
is_preview_of (const XpsPreview *preview, const XpsRegion *region)
{
  return preview->spectrum == region->spectrum && preview->weights == region->weights &&
         xps_region_same_scale (&preview->scale, &region->scale);
}

const XpsPreview *
xps_session_get_preview (XpsSession *self)
{
  const XpsRegion *region = xps_session_get_region (self);
  if (region == NULL)
    return NULL;
  if (self->preview != NULL && is_preview_of (self->preview, region)) {
    if (xps_model_equal (self->preview->model, region->model) ||
        xps_preview_update (self->preview, region->model))
      return self->preview;
  }
  g_clear_pointer (&self->preview, xps_preview_free);
  self->preview = xps_preview_new (region->spectrum, &region->scale, region->model, 0, region->weights);
  return self->preview;
}

/* The charge reference and nothing else of a model. */
static XpsModel *
new_bare_model (const XpsModel *model)
{
  XpsModel *bare = xps_model_new ();
  const XpsModelPart *from = g_ptr_array_index (model->parts, 0);
  XpsModelPart *part = g_ptr_array_index (bare->parts, 0);
  part->energy_shift = from->energy_shift;
  return bare;
}

void
xps_session_drop_overlays (XpsSession *self)
{
  g_clear_handle_id (&self->growing_source, g_source_remove);
  g_clear_pointer (&self->growing, g_ptr_array_unref);
  g_clear_pointer (&self->overlays, g_ptr_array_unref);
}

static void
add_overlay (XpsSession *self, guint id)
{
  const XpsRegion *region = xps_state_find_region (self->seen, id);
  if (id == self->region_id || region == NULL)
    return;
  g_autoptr (XpsModel) bare = self->selected->len > FITTED_OVERLAYS ? new_bare_model (region->model) : NULL;
  g_ptr_array_add (self->growing, xps_preview_new (region->spectrum, &region->scale,
                                                   bare != NULL ? bare : region->model, 0, region->weights));
}

/* Until `limit` (monotonic time, us), or to the end. */
static gboolean
grow_overlays (XpsSession *self, gint64 limit)
{
  if (self->growing == NULL) {
    self->growing = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_preview_free);
    self->growing_next = 0;
  }
  while (self->growing_next < self->selected->len) {
    add_overlay (self, g_array_index (self->selected, guint, self->growing_next++));
    if (g_get_monotonic_time () > limit)
      return FALSE;
  }
  self->overlays = g_steal_pointer (&self->growing);
  g_clear_handle_id (&self->growing_source, g_source_remove);
  return TRUE;
}

static gboolean
on_grow (gpointer user_data)
{
  XpsSession *self = user_data;
  if (!grow_overlays (self, g_get_monotonic_time () + SLICE_US))
    return G_SOURCE_CONTINUE;
  xps_session_tell_overlays (self);
  return G_SOURCE_REMOVE;
}

const GPtrArray *
xps_session_make_overlays (XpsSession *self)
{
  if (self->overlays == NULL)
    grow_overlays (self, G_MAXINT64);
  return self->overlays;
}

const GPtrArray *
xps_session_get_overlays (XpsSession *self)
{
  if (self->overlays != NULL || self->selected->len <= AT_ONCE)
    return xps_session_make_overlays (self);
  /* Behind what is drawn and typed. */
  if (self->growing_source == 0)
    self->growing_source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_grow, self, NULL);
  return NULL;
}

const XpsSpeciesColours *
xps_session_get_colours (XpsSession *self)
{
  if (self->colours != NULL && self->coloured == self->seen)
    return self->colours;
  if (self->colours == NULL)
    self->colours = xps_species_colours_new ();
  g_clear_pointer (&self->coloured, xps_state_unref);
  self->coloured = xps_state_ref (self->seen);
  for (guint i = 0; i < xps_state_get_n_regions (self->seen); i++)
    xps_species_colours_add_model (self->colours, xps_state_get_region (self->seen, i)->model);
  return self->colours;
}

const XpsFitRecord *
xps_session_get_current_record (XpsSession *self)
{
  const XpsRegion *region = xps_session_get_region (self);
  if (region == NULL || region->record == NULL)
    return NULL;
  const XpsFitState state = xps_region_get_fit_state (region);
  const gboolean current =
      state == XPS_FIT_STATE_FITTED || state == XPS_FIT_STATE_WARNED || state == XPS_FIT_STATE_FAILED;
  return current ? region->record : NULL;
}

XpsFitState
xps_session_get_fit_state (XpsSession *self)
{
  const XpsRegion *region = xps_session_get_region (self);
  return region != NULL ? xps_region_get_fit_state (region) : XPS_FIT_STATE_NONE;
}

/* ---- models put aside ---- */

/* Every window of the process pastes what any of them copied, so the application keeps it. */
static GObject *
get_keeper (XpsSession *self)
{
  GApplication *application = g_application_get_default ();
  return application != NULL ? G_OBJECT (application) : G_OBJECT (self);
}

const XpsModel *
xps_session_get_copied_model (XpsSession *self)
{
  return g_object_get_data (get_keeper (self), "xps-copied-model");
}

void
xps_session_copy_model (XpsSession *self)
{
  const XpsRegion *region = xps_session_get_region (self);
  if (region == NULL)
    return;
  g_object_set_data_full (get_keeper (self), "xps-copied-model", xps_model_copy (region->model),
                          (GDestroyNotify)xps_model_free);
}
