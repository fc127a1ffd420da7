/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-move.h"

#include <math.h>

#include "fit/edit.h"

#define WINDOW_POINTS_MIN 5.0

double
xps_preview_get_step (const XpsPreview *preview)
{
  const gsize n = preview->n;
  return n < 2 ? 0.1 : fabs (preview->energy[n - 1] - preview->energy[0]) / (double)(n - 1);
}

/* ---- components ---- */

static void
move_apex (const XpsGrip *grip, const XpsPreview *preview, const XpsGripTarget *target, XpsModel *model)
{
  double height = NAN;
  if (!isnan (target->intensity)) {
    const double at = isnan (target->energy) ? grip->apex : target->energy;
    const double background = xps_preview_interpolate (preview, preview->background, at);
    height = fmax (target->intensity - (isnan (background) ? 0.0 : background), 0.0);
  }
  xps_edit_drag_apex (model, preview->part, grip->index, target->energy, height);
}

static void
move_flank (const XpsGrip *grip, const XpsPreview *preview, const XpsGripTarget *target, XpsModel *model)
{
  if (isnan (target->energy))
    return;
  const double fwhm = (target->energy - grip->apex) / grip->reach;
  /* Pulled across the maximum it stays as narrow as it can be, and does not turn inside out. */
  xps_edit_drag_width (model, preview->part, grip->index, fmax (fwhm, 1e-3 * grip->value));
}

/* ---- window and background ---- */

static void
move_window_end (const XpsGrip *grip, const XpsPreview *preview, const XpsGripTarget *target, XpsModel *model)
{
  if (isnan (target->energy))
    return;
  const XpsModelPart *part = g_ptr_array_index (model->parts, preview->part);
  const double first = preview->energy[0], last = preview->energy[preview->n - 1];
  const double least = fmin (WINDOW_POINTS_MIN * xps_preview_get_step (preview), last - first);
  double low = isfinite (part->low) ? part->low : first;
  double high = isfinite (part->high) ? part->high : last;
  if (grip->kind == XPS_GRIP_WINDOW_LOW)
    low = fmax (fmin (target->energy, high - least), fmin (first, low));
  else
    high = fmin (fmax (target->energy, low + least), fmax (last, high));
  xps_edit_set_window (model, preview->part, low, high);
}

static void
move_background_end (const XpsGrip *grip, const XpsPreview *preview, const XpsGripTarget *target,
                     XpsModel *model)
{
  if (isnan (target->intensity))
    return;
  const XpsModelPart *part = g_ptr_array_index (model->parts, preview->part);
  const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, grip->index);
  const char *name = grip->kind == XPS_GRIP_BACKGROUND_LOW ? "offset_low" : "offset_high";
  const int setting = xps_background_find_setting (background->type, name);
  if (setting < 0)
    return;
  const double offset = background->settings.number[setting] + target->intensity - grip->value;
  /* A level that the background refuses is not taken: the handle stays. */
  xps_edit_set_background_number (model, preview->part, grip->index, name, offset, NULL);
}

static void
move_anchor (const XpsGrip *grip, const XpsPreview *preview, const XpsGripTarget *target, XpsModel *model)
{
  if (isnan (target->energy))
    return;
  const XpsModelPart *part = g_ptr_array_index (model->parts, preview->part);
  XpsModelBackground *background = g_ptr_array_index (part->backgrounds, grip->index);
  const int setting = xps_background_find_setting (background->type, "anchors");
  if (setting < 0 || grip->anchor >= background->settings.list_length[setting] || preview->n_window < 2)
    return;
  const gsize n = background->settings.list_length[setting];
  g_autofree double *anchors =
      g_memdup2 (background->settings.list[setting], n * sizeof *background->settings.list[setting]);
  /* Anchors ascend and lie inside the window; one point lies between two of them. */
  const double step = xps_preview_get_step (preview);
  const double first = preview->energy[preview->first];
  const double last = preview->energy[preview->first + preview->n_window - 1];
  const double least = grip->anchor > 0 ? anchors[grip->anchor - 1] + step : first;
  const double most = grip->anchor + 1 < n ? anchors[grip->anchor + 1] - step : last;
  if (!(least <= most))
    return;
  anchors[grip->anchor] = CLAMP (target->energy, least, most);
  xps_model_background_set_list (background, setting, anchors, n);
}

void
xps_grip_move (const XpsGrip *grip, const XpsPreview *preview, const XpsGripTarget *target, XpsModel *model)
{
  switch (grip->kind) {
  case XPS_GRIP_APEX:
    move_apex (grip, preview, target, model);
    break;
  case XPS_GRIP_FLANK_LOW:
  case XPS_GRIP_FLANK_HIGH:
    move_flank (grip, preview, target, model);
    break;
  case XPS_GRIP_WINDOW_LOW:
  case XPS_GRIP_WINDOW_HIGH:
    move_window_end (grip, preview, target, model);
    break;
  case XPS_GRIP_BACKGROUND_LOW:
  case XPS_GRIP_BACKGROUND_HIGH:
    move_background_end (grip, preview, target, model);
    break;
  case XPS_GRIP_ANCHOR:
    move_anchor (grip, preview, target, model);
    break;
  case XPS_GRIP_NONE:
    break;
  }
}

/* ---- snapping ---- */

/* Mean of the point and its neighbours: one count too many is no maximum. */
static double
smooth (const XpsPreview *preview, gsize i)
{
  const gsize from = i > 0 ? i - 1 : 0, to = MIN (i + 1, preview->n - 1);
  double sum = 0.0;
  for (gsize k = from; k <= to; k++)
    sum += preview->intensity[k];
  return sum / (double)(to - from + 1);
}

/* Vertex of the parabola through three equidistant values, as a share of the step from the middle. */
static double
vertex (double before, double at, double after)
{
  const double curvature = before - 2.0 * at + after;
  return curvature < 0.0 ? CLAMP (0.5 * (before - after) / curvature, -0.5, 0.5) : 0.0;
}

void
xps_grip_snap (const XpsPreview *preview, double reach, XpsGripTarget *target)
{
  gssize best = -1;
  double most = -INFINITY;
  for (gsize i = 0; i < preview->n; i++) {
    if (!(fabs (preview->energy[i] - target->energy) <= reach))
      continue;
    const double value = smooth (preview, i);
    if (!(value > most))
      continue;
    most = value;
    best = (gssize)i;
  }
  if (best < 0)
    return;
  target->intensity = most;
  target->energy = preview->energy[best];
  if (best == 0 || (gsize)best + 1 >= preview->n)
    return;
  const gsize i = (gsize)best;
  const double part = vertex (smooth (preview, i - 1), most, smooth (preview, i + 1));
  const double step =
      part < 0.0 ? preview->energy[i] - preview->energy[i - 1] : preview->energy[i + 1] - preview->energy[i];
  target->energy += part * step;
}
