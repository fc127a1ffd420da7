/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-grip.h"

#include <math.h>
#include <string.h>

#define LINE_TOLERANCE 6.0

typedef struct {
  const XpsPreview *preview;
  const XpsPlotLayout *layout;
  GArray *grips;
} Maker;

double
xps_plot_layout_to_shown (const XpsPlotLayout *layout, double intensity)
{
  const double shown = layout->intensity_factor * intensity - layout->intensity_offset;
  return layout->log ? log10 (shown) : shown;
}

double
xps_plot_layout_to_measured (const XpsPlotLayout *layout, double shown)
{
  const double value = layout->log ? pow (10.0, shown) : shown;
  return (value + layout->intensity_offset) / layout->intensity_factor;
}

double
xps_plot_layout_to_axis (const XpsPlotLayout *layout, double binding)
{
  return layout->kinetic ? layout->energy_sum - binding : binding;
}

double
xps_plot_layout_to_binding (const XpsPlotLayout *layout, double shown)
{
  return layout->kinetic ? layout->energy_sum - shown : shown;
}

double
xps_preview_get_energy_sum (const XpsPreview *preview)
{
  const XpsEnergyScale *scale = &preview->scale;
  if (!preview->has_binding || !(scale->photon_energy > 0.0))
    return NAN;
  return scale->photon_energy - scale->work_function + scale->shift;
}

/* Index of the last point not above `energy` that has one after it; -1: outside. */
static gssize
find_interval (const XpsPreview *preview, double energy)
{
  const gsize n = preview->n;
  const double *x = preview->energy;
  if (n < 2 || !(energy >= x[0]) || !(energy <= x[n - 1]))
    return -1;
  gsize low = 0, high = n - 1;
  while (high - low > 1) {
    const gsize middle = low + (high - low) / 2;
    if (x[middle] <= energy)
      low = middle;
    else
      high = middle;
  }
  return (gssize)low;
}

gssize
xps_preview_find_nearest (const XpsPreview *preview, double energy)
{
  const gssize i = find_interval (preview, energy);
  if (i < 0)
    return -1;
  return preview->energy[i + 1] - energy < energy - preview->energy[i] ? i + 1 : i;
}

double
xps_preview_interpolate (const XpsPreview *preview, const double *values, double energy)
{
  const gssize i = values != NULL ? find_interval (preview, energy) : -1;
  if (i < 0)
    return NAN;
  const double width = preview->energy[i + 1] - preview->energy[i];
  const double part = width > 0.0 ? (energy - preview->energy[i]) / width : 0.0;
  return values[i] + part * (values[i + 1] - values[i]);
}

static double
background_at (const XpsPreview *preview, double energy)
{
  const double level = xps_preview_interpolate (preview, preview->background, energy);
  return isnan (level) ? 0.0 : level;
}

/* Adds the grip at its energy and the measured intensity. */
static void
add (const Maker *maker, XpsGrip *grip, double intensity)
{
  const XpsPanel *panel = &maker->layout->main;
  const double shown = xps_plot_layout_to_shown (maker->layout, intensity);
  const XpsPoint at = xps_panel_map (panel, xps_plot_layout_to_axis (maker->layout, grip->energy), shown);
  const XpsRect *rect = &panel->rect;
  grip->x = at.x;
  grip->y = at.y;
  grip->outside = !(at.x >= rect->x - 1.0 && at.x <= rect->x + rect->width + 1.0 && at.y >= rect->y - 1.0 &&
                    at.y <= rect->y + rect->height + 1.0);
  g_array_append_val (maker->grips, *grip);
}

/* ---- components ---- */

/* Where the curve falls to `level`, going from the maximum in steps of `direction`; NaN: it never does. */
static double
crossing (const XpsPreview *preview, const double *curve, double apex, double level, int direction)
{
  double x0 = apex, y0 = NAN;
  const gssize n = (gssize)preview->n;
  gssize i = direction > 0 ? 0 : n - 1;
  while (i >= 0 && i < n && (preview->energy[i] - apex) * direction <= 0.0)
    i += direction;
  for (; i >= 0 && i < n; i += direction) {
    const double x1 = preview->energy[i], y1 = curve[i];
    if (isnan (y1))
      return NAN;
    if (y1 <= level)
      return isnan (y0) || y0 == y1 ? 0.5 * (x0 + x1) : x0 + (x1 - x0) * (y0 - level) / (y0 - y1);
    x0 = x1;
    y0 = y1;
  }
  return NAN;
}

static void
add_flank (const Maker *maker, gsize component, gboolean partner, double apex, double height, double fwhm,
           int direction)
{
  const XpsPreview *preview = maker->preview;
  double at = crossing (preview, preview->components[component], apex, 0.5 * height, direction);
  if (isnan (at))
    at = apex + 0.5 * fwhm * direction;
  XpsGrip grip = {.kind = direction > 0 ? XPS_GRIP_FLANK_HIGH : XPS_GRIP_FLANK_LOW,
                  .index = component,
                  .partner = partner,
                  .energy = at,
                  .value = fwhm,
                  .reach = (at - apex) / fwhm,
                  .apex = apex};
  /* Narrower than the points can show: then the crossing says nothing. */
  if (!(grip.reach * direction > 0.05) || !(grip.reach * direction < 1.0))
    grip.reach = 0.5 * direction;
  add (maker, &grip, background_at (preview, at) + 0.5 * height);
}

static void
add_component (const Maker *maker, gsize component, gboolean partner)
{
  const XpsPreview *preview = maker->preview;
  double apex = NAN, height = NAN, fwhm = NAN;
  xps_preview_get_component (preview, component, &apex, &height, &fwhm, NULL);
  if (!isfinite (apex) || !isfinite (height))
    return;
  if (isfinite (fwhm) && fwhm > 0.0 && preview->components != NULL) {
    add_flank (maker, component, partner, apex, height, fwhm, -1);
    add_flank (maker, component, partner, apex, height, fwhm, 1);
  }
  XpsGrip grip = {.kind = XPS_GRIP_APEX,
                  .index = component,
                  .partner = partner,
                  .energy = apex,
                  .value = height,
                  .apex = apex};
  add (maker, &grip, background_at (preview, apex) + height);
}

/* What the position of a component hangs on in the end; NULL: a constant. */
static const XpsParameter *
position_root (XpsModel *model, const XpsModelPart *part, guint component)
{
  const XpsComponent *found = g_ptr_array_index (part->components, component);
  const int role = xps_shape_find_kind (found->shape, XPS_ROLE_POSITION);
  const char *name = role >= 0 ? found->roles[role] : NULL;
  const XpsParameter *parameter = name != NULL ? xps_model_get_parameter (model, name) : NULL;
  /* No chain is longer than all parameters; a model with a cycle ends here, too. */
  for (guint i = 0; parameter != NULL && i < model->parameters->len; i++) {
    if (parameter->kind != XPS_PARAMETER_LINKED || parameter->terms->len == 0)
      return parameter;
    const XpsLinkTerm *term = g_ptr_array_index (parameter->terms, 0);
    parameter = xps_model_get_parameter (model, term->of);
  }
  return NULL;
}

/* A shared width alone makes no doublet: half of all models share one among all components. */
static gboolean
move_together (XpsModel *model, const XpsModelPart *part, guint a, guint b)
{
  const XpsParameter *root = position_root (model, part, a);
  return root != NULL && root == position_root (model, part, b);
}

/* ---- window and background ---- */

static void
add_window_end (const Maker *maker, XpsGripKind kind, double energy)
{
  const XpsPanel *panel = &maker->layout->main;
  XpsGrip grip = {.kind = kind, .energy = energy, .value = energy};
  grip.x = xps_axis_map (&panel->x, xps_plot_layout_to_axis (maker->layout, energy));
  grip.y = panel->rect.y + 0.5 * XPS_GRIP_TARGET;
  grip.outside = !(grip.x >= panel->rect.x - 1.0 && grip.x <= panel->rect.x + panel->rect.width + 1.0);
  g_array_append_val (maker->grips, grip);
}

static void
add_background_end (const Maker *maker, gsize background, XpsGripKind kind)
{
  const XpsPreview *preview = maker->preview;
  if (preview->background == NULL || preview->n_window == 0)
    return;
  const gsize at = kind == XPS_GRIP_BACKGROUND_LOW ? preview->first : preview->first + preview->n_window - 1;
  XpsGrip grip = {
      .kind = kind, .index = background, .energy = preview->energy[at], .value = preview->background[at]};
  if (isfinite (grip.value))
    add (maker, &grip, grip.value);
}

static void
add_anchors (const Maker *maker, gsize background, const XpsModelBackground *used)
{
  const int list = xps_background_find_setting (used->type, "anchors");
  if (list < 0)
    return;
  for (gsize i = 0; i < used->settings.list_length[list]; i++) {
    XpsGrip grip = {.kind = XPS_GRIP_ANCHOR, .index = background, .anchor = i};
    grip.energy = used->settings.list[list][i];
    grip.value = xps_preview_interpolate (maker->preview, maker->preview->background, grip.energy);
    if (isfinite (grip.value))
      add (maker, &grip, grip.value);
  }
}

static void
add_backgrounds (const Maker *maker, const XpsModelPart *part)
{
  for (guint i = 0; i < part->backgrounds->len; i++) {
    const XpsModelBackground *used = g_ptr_array_index (part->backgrounds, i);
    if (xps_background_find_setting (used->type, "offset_low") >= 0)
      add_background_end (maker, i, XPS_GRIP_BACKGROUND_LOW);
    if (xps_background_find_setting (used->type, "offset_high") >= 0)
      add_background_end (maker, i, XPS_GRIP_BACKGROUND_HIGH);
    add_anchors (maker, i, used);
  }
}

GArray *
xps_grips_new (const XpsPreview *preview, const XpsPlotLayout *layout, XpsPlotMode mode, int component)
{
  const Maker maker = {preview, layout, g_array_new (FALSE, FALSE, sizeof (XpsGrip))};
  if (preview == NULL || !preview->has_binding || mode != XPS_PLOT_SINGLE || preview->model == NULL ||
      preview->n < 2)
    return maker.grips;
  const XpsModelPart *part = g_ptr_array_index (preview->model->parts, preview->part);
  /* Without a window its ends wait at those of the data to be pulled in. */
  const double *energy = preview->energy;
  add_window_end (&maker, XPS_GRIP_WINDOW_LOW, isfinite (part->low) ? part->low : energy[0]);
  add_window_end (&maker, XPS_GRIP_WINDOW_HIGH, isfinite (part->high) ? part->high : energy[preview->n - 1]);
  add_backgrounds (&maker, part);
  if (component < 0 || (gsize)component >= preview->n_components)
    return maker.grips;
  for (guint i = 0; i < preview->n_components; i++)
    if ((int)i != component && move_together (preview->model, part, i, (guint)component))
      add_component (&maker, i, TRUE);
  add_component (&maker, (gsize)component, FALSE);
  return maker.grips;
}

/* ---- finding ---- */

static gboolean
is_window_end (XpsGripKind kind)
{
  return kind == XPS_GRIP_WINDOW_LOW || kind == XPS_GRIP_WINDOW_HIGH;
}

/* How far the pointer is off, in points; infinite: not meant. The line of a window end is a thin target so
 * that peaks beside it can be reached; its tab is a full one. */
static double
distance (const XpsGrip *grip, const XpsRect *rect, double x, double y)
{
  if (grip->outside)
    return INFINITY;
  const double dx = fabs (x - grip->x), dy = fabs (y - grip->y);
  const double round = hypot (dx, dy);
  if (round <= 0.5 * XPS_GRIP_TARGET)
    return round;
  if (!is_window_end (grip->kind) || y < rect->y || y > rect->y + rect->height || dx > 4.0)
    return INFINITY;
  return 0.5 * XPS_GRIP_TARGET + dx;
}

gboolean
xps_grips_find (const GArray *grips, const XpsPlotLayout *layout, double x, double y, XpsGrip *grip)
{
  double nearest = INFINITY;
  for (guint i = 0; i < grips->len; i++) {
    const XpsGrip *other = &g_array_index (grips, XpsGrip, i);
    const double d = distance (other, &layout->main.rect, x, y);
    if (d > nearest || isinf (d))
      continue;
    nearest = d;
    *grip = *other;
  }
  return !isinf (nearest);
}

gboolean
xps_grips_find_kind (const GArray *grips, XpsGripKind kind, XpsGrip *grip)
{
  for (guint i = 0; i < grips->len; i++) {
    const XpsGrip *other = &g_array_index (grips, XpsGrip, i);
    if (other->kind != kind || other->partner)
      continue;
    *grip = *other;
    return TRUE;
  }
  return FALSE;
}

static int
find_by_name (const XpsPreview *preview, const char *name)
{
  const XpsModelPart *part = g_ptr_array_index (preview->model->parts, preview->part);
  for (guint i = 0; i < part->components->len; i++) {
    const XpsComponent *component = g_ptr_array_index (part->components, i);
    if (g_strcmp0 (component->name, name) == 0)
      return (int)i;
  }
  return -1;
}

int
xps_grips_pick_component (const XpsPreview *preview, const XpsPlotLayout *layout, const XpsScene *scene,
                          double x, double y)
{
  if (preview == NULL || preview->model == NULL || preview->n_components == 0)
    return -1;
  const char *id = xps_scene_find_hit (scene, x, y, LINE_TOLERANCE);
  const char *name = id != NULL ? strstr (id, "component:") : NULL;
  if (name != NULL) {
    const int hit = find_by_name (preview, name + strlen ("component:"));
    if (hit >= 0)
      return hit;
  }
  const double energy = xps_plot_layout_to_binding (layout, xps_axis_unmap (&layout->main.x, x));
  const double above = xps_plot_layout_to_measured (layout, xps_axis_unmap (&layout->main.y, y)) -
                       background_at (preview, energy);
  int best = -1;
  double most = 0.0;
  for (gsize i = 0; i < preview->n_components; i++) {
    const double value = xps_preview_interpolate (preview, preview->components[i], energy);
    if (!(above >= 0.0) || !(value >= above) || value <= most)
      continue;
    most = value;
    best = (int)i;
  }
  return best;
}

const char *
xps_grip_cursor (XpsGripKind kind)
{
  switch (kind) {
  case XPS_GRIP_APEX:
    return "move";
  case XPS_GRIP_FLANK_LOW:
  case XPS_GRIP_FLANK_HIGH:
  case XPS_GRIP_WINDOW_LOW:
  case XPS_GRIP_WINDOW_HIGH:
  case XPS_GRIP_ANCHOR:
    return "ew-resize";
  case XPS_GRIP_BACKGROUND_LOW:
  case XPS_GRIP_BACKGROUND_HIGH:
    return "ns-resize";
  case XPS_GRIP_NONE:
    break;
  }
  return "default";
}
