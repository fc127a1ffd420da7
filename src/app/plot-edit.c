/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <math.h>

#include "app/plot-area-private.h"
#include "app/page-number.h"
#include "app/plot-move.h"
#include "app/plot-words.h"

#define BURST_MS   700
#define UP_STEP    0.01 /* share of height, width or level that one press of an arrow is worth */
#define ALONG_STEP 0.1  /* of the data's step */

/* ---- clicks ---- */

void
xps_plot_area_add_at (XpsPlotArea *self, double x)
{
  const XpsPreview *preview = xps_session_get_preview (self->session);
  g_autoptr (GError) error = NULL;
  XpsPeakGuess guess;
  if (preview == NULL ||
      !xps_edit_guess_peak (preview, xps_plot_area_get_binding (self, x), &guess, &error)) {
    g_autofree char *why =
        xps_page_dup_localised (error != NULL ? error->message : _ ("A component needs a spectrum."));
    g_signal_emit_by_name (self->session, "message", why, FALSE);
    return;
  }
  XpsModel *model = xps_session_dup_model (self->session);
  const gsize part = preview->part;
  const gsize index = xps_edit_add_component (model, part, NULL, xps_shape_find ("voigt"), &guess);
  const XpsModelPart *into = g_ptr_array_index (model->parts, part);
  const XpsComponent *component = g_ptr_array_index (into->components, index);
  g_autofree char *label = g_strdup_printf (_ ("new component %s"), component->name);
  xps_session_edit_model (self->session, label, model);
  xps_session_select_component (self->session, (int)index);
}

void
xps_plot_area_remove_selected (XpsPlotArea *self)
{
  xps_plot_area_end_nudge (self);
  const XpsPreview *preview = self->session != NULL ? xps_session_get_preview (self->session) : NULL;
  if (preview == NULL)
    return;
  const int selected = xps_session_get_component (self->session);
  const char *name = xps_plot_words_component (preview, selected);
  if (name == NULL)
    return;
  g_autofree char *label = g_strdup_printf (_ ("removal of %s"), name);
  XpsModel *model = xps_session_dup_model (self->session);
  xps_edit_remove_component (model, preview->part, (gsize)selected);
  xps_session_select_component (self->session, -1);
  xps_session_edit_model (self->session, label, model);
}

void
xps_plot_area_click (XpsPlotArea *self, double x, double y, int n_press)
{
  if (self->scene == NULL || self->session == NULL)
    return;
  if (self->tool == XPS_PLOT_TOOL_ADD) {
    if (n_press == 1 && xps_plot_area_in_main (self, x, y))
      xps_plot_area_add_at (self, x);
    return;
  }
  if (n_press == 2) {
    /* The first of the two clicks has only pointed: it takes nothing from what was selected. */
    xps_session_select_component (self->session, self->selected_before);
    xps_plot_area_zoom_to_all (self);
    return;
  }
  self->selected_before = xps_session_get_component (self->session);
  if (n_press > 2 || self->view.mode != XPS_PLOT_SINGLE || !xps_plot_area_in_main (self, x, y))
    return;
  const XpsPreview *preview = xps_session_get_preview (self->session);
  xps_session_select_component (self->session,
                                xps_grips_pick_component (preview, &self->layout, self->scene, x, y));
}

/* ---- arrow keys ---- */

void
xps_plot_area_end_nudge (XpsPlotArea *self)
{
  XpsPlotNudge *nudge = &self->nudge;
  if (nudge->timeout == 0)
    return;
  g_clear_handle_id (&nudge->timeout, g_source_remove);
  if (xps_session_is_dragging (self->session)) {
    g_autofree char *label = xps_plot_words_dup_step (self, &nudge->grip, nudge->along != 0.0);
    xps_session_end_drag (self->session, label);
  }
  g_clear_pointer (&nudge->model, xps_model_free);
  xps_plot_words_describe (self);
}

static gboolean
on_burst_over (gpointer user_data)
{
  xps_plot_area_end_nudge (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
begin_nudge (XpsPlotArea *self, XpsGripKind kind)
{
  XpsPlotNudge *nudge = &self->nudge;
  g_autoptr (GArray) grips = xps_plot_area_dup_grips (self);
  XpsGrip grip;
  if (!xps_grips_find_kind (grips, kind, &grip))
    return FALSE;
  XpsModel *model = xps_session_dup_model (self->session);
  if (model == NULL)
    return FALSE;
  *nudge = (XpsPlotNudge){.grip = grip, .model = model};
  xps_session_begin_drag (self->session);
  return TRUE;
}

/* What `up` presses of an arrow are worth as an intensity. */
static double
raised (const XpsPlotArea *self, const XpsGrip *grip, double energy, double up)
{
  const XpsPreview *preview = xps_session_get_preview (self->session);
  if (grip->kind != XPS_GRIP_APEX)
    return grip->value + up * UP_STEP * fabs (grip->value);
  const double at = isnan (energy) ? grip->apex : energy;
  const double background = xps_preview_interpolate (preview, preview->background, at);
  return (isnan (background) ? 0.0 : background) + grip->value * fmax (1.0 + up * UP_STEP, 0.0);
}

gboolean
xps_plot_area_nudge (XpsPlotArea *self, XpsGripKind kind, double along, double up)
{
  XpsPlotNudge *nudge = &self->nudge;
  if (self->session == NULL || self->drag.kind != XPS_PLOT_DRAG_NONE)
    return FALSE;
  if (nudge->timeout != 0 && nudge->grip.kind != kind)
    xps_plot_area_end_nudge (self);
  if (nudge->timeout == 0 && !begin_nudge (self, kind))
    return FALSE;
  g_clear_handle_id (&nudge->timeout, g_source_remove);
  nudge->timeout = g_timeout_add (BURST_MS, on_burst_over, self);
  nudge->along += along;
  nudge->up += up;
  const XpsPreview *preview = xps_session_get_preview (self->session);
  XpsGripTarget target = {NAN, NAN};
  if (nudge->along != 0.0)
    target.energy = nudge->grip.energy + nudge->along * ALONG_STEP * xps_preview_get_step (preview);
  if (nudge->up != 0.0)
    target.intensity = raised (self, &nudge->grip, target.energy, nudge->up);
  XpsModel *model = xps_model_copy (nudge->model);
  xps_grip_move (&nudge->grip, preview, &target, model);
  xps_session_drag_model (self->session, model);
  return TRUE;
}
