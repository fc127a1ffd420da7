/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/refine.h"

#include <math.h>

#include "figure/cell.h"

#define SPACING    2.0 /* points of the page from one value to the next */
#define PARTS_MOST 16
#define AGREEMENT  1e-3 /* of a component's height: the preview's values rule */

/* Points `first` to `first + n - 1` of the preview, each interval cut into `parts`. */
typedef struct {
  const XpsPreview *preview;
  gsize first, n, parts;
} Grid;

static gboolean
choose_grid (Grid *grid, const XpsFigureCurves *curves, double low, double high, double width)
{
  const XpsPreview *preview = grid->preview;
  gsize shown, count;
  xps_cell_find_shown (curves->n, curves->energy, low, high, &shown, &count);
  grid->first = MAX (preview->first, shown);
  const gsize end = MIN (preview->first + preview->n_window, shown + count);
  if (end < grid->first + 2)
    return FALSE;
  grid->n = end - grid->first;
  const double range = fabs (curves->energy[end - 1] - curves->energy[grid->first]);
  const double spacing = width * range / (high - low) / (double)(grid->n - 1);
  grid->parts = (gsize)CLAMP (ceil (spacing / SPACING), 1.0, PARTS_MOST);
  return grid->parts > 1;
}

static gsize
grid_size (const Grid *grid)
{
  return (grid->n - 1) * grid->parts + 1;
}

/* The measured points stay themselves. */
static double *
cut (const Grid *grid, const double *values)
{
  double *fine = g_new (double, grid_size (grid));
  for (gsize i = 0; i + 1 < grid->n; i++) {
    const double a = values[grid->first + i], step = values[grid->first + i + 1] - a;
    for (gsize k = 0; k < grid->parts; k++)
      fine[i * grid->parts + k] = a + step * (double)k / (double)grid->parts;
  }
  fine[grid_size (grid) - 1] = values[grid->first + grid->n - 1];
  return fine;
}

/* Slope at a point between two secants `a` and `b` over the lengths `h` and `k`: 0 at an extreme. */
static double
monotone_slope (double a, double b, double h, double k)
{
  if (!(a * b > 0.0))
    return 0.0;
  const double weight = (h + 2.0 * k) / (3.0 * (h + k));
  return a * b / (weight * b + (1.0 - weight) * a);
}

static double
slope_at (const double *x, const double *y, gsize n, gsize i)
{
  const gsize before = i > 0 ? i - 1 : 0, after = i + 1 < n ? i + 1 : n - 1;
  const double left = x[i] - x[before], right = x[after] - x[i];
  if (i == before || !(left > 0.0))
    return right > 0.0 ? (y[after] - y[i]) / right : 0.0;
  if (i == after || !(right > 0.0))
    return (y[i] - y[before]) / left;
  return monotone_slope ((y[i] - y[before]) / left, (y[after] - y[i]) / right, left, right);
}

static double *
cut_smoothly (const Grid *grid, const double *values)
{
  const double *x = grid->preview->energy + grid->first, *y = values + grid->first;
  double *fine = g_new (double, grid_size (grid));
  for (gsize i = 0; i + 1 < grid->n; i++) {
    const double h = x[i + 1] - x[i];
    const double a = h * slope_at (x, y, grid->n, i), b = h * slope_at (x, y, grid->n, i + 1);
    for (gsize k = 0; k < grid->parts; k++) {
      const double t = (double)k / (double)grid->parts, u = 1.0 - t;
      fine[i * grid->parts + k] =
          y[i] * u * u * (1.0 + 2.0 * t) + y[i + 1] * t * t * (1.0 + 2.0 * u) + t * u * (u * a - t * b);
    }
  }
  fine[grid_size (grid) - 1] = y[grid->n - 1];
  return fine;
}

/* ---- components ---- */

static gboolean
gather_roles (const XpsPreview *preview, const XpsComponent *component, double *p)
{
  for (gsize r = 0; r < component->shape->n_roles; r++) {
    const XpsShapeRole *role = &component->shape->roles[r];
    const char *name = component->roles[r];
    const int index = name != NULL ? xps_model_find_parameter (preview->model, name) : -1;
    if (name != NULL && (index < 0 || preview->values == NULL))
      return FALSE;
    const double value = name != NULL ? preview->values[index] : role->usual;
    if (!isfinite (value))
      return FALSE;
    p[r] = CLAMP (value, role->min, role->max);
  }
  return TRUE;
}

static gboolean
agrees (const Grid *grid, const double *fine, const double *values)
{
  double height = 0.0, off = 0.0;
  for (gsize i = 0; i < grid->n; i++) {
    height = fmax (height, fabs (values[grid->first + i]));
    off = fmax (off, fabs (fine[i * grid->parts] - values[grid->first + i]));
  }
  return off <= AGREEMENT * height;
}

static double *
evaluate (const Grid *grid, const double *energy, const XpsComponent *component, const double *values)
{
  double p[XPS_SHAPE_MAX_ROLES];
  if (!gather_roles (grid->preview, component, p))
    return cut_smoothly (grid, values);
  double *fine = g_new (double, grid_size (grid));
  component->shape->evaluate (p, grid_size (grid), energy, XPS_PRECISION_ITERATION, fine, NULL);
  if (agrees (grid, fine, values))
    return fine;
  g_free (fine);
  return cut_smoothly (grid, values);
}

static void
add_components (XpsFigureCurves *refined, const Grid *grid, const XpsFigureCurves *curves)
{
  const XpsPreview *preview = grid->preview;
  const XpsModelPart *part = g_ptr_array_index (preview->model->parts, preview->part);
  g_autofree double *energy = cut (grid, preview->energy);
  XpsFigureComponent *components = g_new0 (XpsFigureComponent, curves->n_components);
  for (gsize k = 0; k < curves->n_components; k++) {
    components[k] = curves->components[k];
    components[k].values =
        evaluate (grid, energy, g_ptr_array_index (part->components, k), preview->components[k]);
  }
  refined->components = components;
  refined->n_components = curves->n_components;
}

static double *
add_up (const XpsFigureCurves *refined)
{
  double *sum = g_new (double, refined->n);
  for (gsize i = 0; i < refined->n; i++) {
    sum[i] = refined->background != NULL ? refined->background[i] : 0.0;
    for (gsize k = 0; k < refined->n_components; k++)
      sum[i] += refined->components[k].values[i];
  }
  return sum;
}

XpsFigureCurves *
xps_refine_new (const XpsPreview *preview, const XpsFigureCurves *curves, double low, double high,
                double width)
{
  Grid grid = {.preview = preview};
  if (preview->model == NULL || curves->envelope == NULL || !choose_grid (&grid, curves, low, high, width))
    return NULL;
  XpsFigureCurves *refined = g_new0 (XpsFigureCurves, 1);
  refined->n = grid_size (&grid);
  refined->energy = cut (&grid, curves->energy);
  if (curves->background != NULL)
    refined->background = cut_smoothly (&grid, curves->background);
  add_components (refined, &grid, curves);
  refined->envelope = add_up (refined);
  return refined;
}

void
xps_refine_free (XpsFigureCurves *refined)
{
  if (refined == NULL)
    return;
  for (gsize k = 0; k < refined->n_components; k++)
    g_free ((void *)refined->components[k].values);
  g_free ((void *)refined->components);
  g_free ((void *)refined->energy);
  g_free ((void *)refined->background);
  g_free ((void *)refined->envelope);
  g_free (refined);
}
