/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"

/* Values set by hand and by drags. A lock holds against a drag, not against a number that a person types. */

XpsParameter *
xps_edit_get_parameter (XpsModel *model, gsize part, gsize component, const char *role)
{
  const XpsComponent *own = xps_edit_component (model, part, component);
  const int k = xps_shape_find_role (own->shape, role);
  return k >= 0 && own->roles[k] != NULL ? xps_model_get_parameter (model, own->roles[k]) : NULL;
}

/* A role that stood at its usual value was a constant and stays one until it is freed. */
XpsParameter *
xps_edit_give_parameter (XpsModel *model, XpsComponent *component, gsize role)
{
  const XpsShapeRole *row = &component->shape->roles[role];
  const XpsParameter *old =
      component->roles[role] != NULL ? xps_model_get_parameter (model, component->roles[role]) : NULL;
  const double value = old != NULL ? old->value : isnan (row->usual) ? row->min : row->usual;
  const double min = old != NULL ? old->min : -INFINITY, max = old != NULL ? old->max : INFINITY;
  const XpsParameterKind kind = old == NULL                         ? XPS_PARAMETER_FIXED
                                : old->kind == XPS_PARAMETER_LINKED ? XPS_PARAMETER_FREE
                                                                    : old->kind;
  g_autofree char *base = g_strdup_printf ("%s.%s", component->name, row->id);
  g_autofree char *name = xps_edit_dup_free_name (model, base);
  XpsParameter *own = xps_model_add_parameter (model, name, value, min, max);
  own->kind = kind;
  xps_component_set_role (component, row->id, name);
  return own;
}

/* ---- typed ---- */

typedef struct {
  gsize parameter;
  double bound;
  gboolean high, of_shape;
} Violation;

/* The first parameter, along the root, that its bounds or its shape do not allow where it is. */
static gboolean
find_violation (const XpsEditValues *values, const double *slopes, Violation *out)
{
  for (gsize i = 0; i < values->model->parameters->len; i++) {
    const XpsParameter *p = xps_edit_parameter_at (values->model, i);
    const double v = values->values[i], slack = 1e-12 * fmax (fabs (v), 1);
    const gboolean bounded = p->kind != XPS_PARAMETER_FIXED;
    if (slopes[i] == 0)
      continue;
    if (v < values->low[i] - slack || v > values->high[i] + slack) {
      const gboolean high = v > values->high[i];
      *out = (Violation){i, high ? values->high[i] : values->low[i], high, TRUE};
      return TRUE;
    }
    if (bounded && (v < p->min - slack || v > p->max + slack)) {
      *out = (Violation){i, v > p->max ? p->max : p->min, v > p->max, FALSE};
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
refuse_violation (const XpsEditValues *values, const Violation *v, GError **error)
{
  const XpsParameter *p = xps_edit_parameter_at (values->model, v->parameter);
  char value[XPS_NUMBER_LENGTH], bound[XPS_NUMBER_LENGTH];
  xps_number_format (values->values[v->parameter], value);
  xps_number_format (v->bound, bound);
  g_autofree char *what = xps_edit_dup_owner (values->model, p->name);
  if (v->of_shape)
    return xps_edit_refuse (error,
                            v->high ? _ ("The %s would come to %s; the line shape allows %s at most.")
                                    : _ ("The %s would come to %s; the line shape needs %s at least."),
                            what, value, bound);
  return xps_edit_refuse (error,
                          v->high
                              ? _ ("The %s would come to %s, above its upper bound %s: widen the bounds.")
                              : _ ("The %s would come to %s, below its lower bound %s: widen the bounds."),
                          what, value, bound);
}

static void
open_bounds_to (XpsEditValues *values, const double *slopes)
{
  for (gsize i = 0; i < values->model->parameters->len; i++) {
    XpsParameter *p = xps_edit_parameter_at (values->model, i);
    if (slopes[i] == 0)
      continue;
    p->min = fmin (p->min, values->values[i]);
    p->max = fmax (p->max, values->values[i]);
  }
}

/* Rounding at a bound is the bound. */
static void
settle_root (XpsEditValues *values, gsize root)
{
  const XpsParameter *p = xps_edit_parameter_at (values->model, root);
  const double v = values->values[root], held = fmin (fmax (v, p->min), p->max);
  if (p->kind != XPS_PARAMETER_FREE || held == v)
    return;
  values->values[root] = held;
  xps_model_resolve_links (values->model, values->index, values->values);
}

static gboolean
set_parameter (XpsModel *model, const char *name, double value, gboolean open_bounds, GError **error)
{
  g_autoptr (XpsEditValues) values = xps_edit_values_new (model, error);
  if (values == NULL)
    return FALSE;
  const int i = xps_model_index_find (values->index, name);
  g_autofree double *slopes = g_new (double, model->parameters->len + 1);
  const int root = i >= 0 ? xps_edit_values_find_root (values, (gsize)i, slopes) : -1;
  if (root < 0)
    return xps_edit_refuse (error, _ ("“%s” does not hang on anything that could be moved."), name);
  Violation violation;
  xps_edit_values_move (values, (gsize)i, value);
  if (find_violation (values, slopes, &violation) && (violation.of_shape || !open_bounds))
    return refuse_violation (values, &violation, error);
  if (open_bounds)
    open_bounds_to (values, slopes);
  settle_root (values, (gsize)root);
  xps_edit_values_store (values);
  return TRUE;
}

gboolean
xps_edit_set_value (XpsModel *model, gsize part, gsize component, const char *role, double value,
                    gboolean open_bounds, GError **error)
{
  XpsComponent *own = xps_edit_component (model, part, component);
  const int k = xps_shape_find_role (own->shape, role);
  if (k < 0)
    return xps_edit_refuse (error, _ ("The shape “%s” has no “%s”."), own->shape->title, role);
  const XpsShapeRole *row = &own->shape->roles[k];
  if (!(value >= row->min && value <= row->max)) {
    char low[XPS_NUMBER_LENGTH], high[XPS_NUMBER_LENGTH];
    return xps_edit_refuse (error, _ ("“%s” of the shape “%s” lies between %s and %s."), role,
                            own->shape->title, xps_number_format (row->min, low),
                            xps_number_format (row->max, high));
  }
  if (own->roles[k] != NULL)
    return set_parameter (model, own->roles[k], value, open_bounds, error);
  xps_edit_give_parameter (model, own, (gsize)k)->value = value;
  return TRUE;
}

/* ---- dragged ---- */

/* A role with a parameter; the others are constants and stay. */
static void
drag_role (XpsEditValues *values, const XpsComponent *component, int role, double value)
{
  const int i = role >= 0 ? xps_edit_values_find_role (values, component, (gsize)role) : -1;
  if (i >= 0)
    xps_edit_values_drag (values, (gsize)i, value);
}

void
xps_edit_drag_apex (XpsModel *model, gsize part, gsize component, double position, double height)
{
  g_autoptr (XpsEditValues) values = xps_edit_values_new (model, NULL);
  const XpsComponent *own = xps_edit_component (model, part, component);
  const XpsShape *shape = own->shape;
  const int center = xps_shape_find_kind (shape, XPS_ROLE_POSITION),
            intensity = xps_shape_find_kind (shape, XPS_ROLE_INTENSITY);
  double p[XPS_SHAPE_MAX_ROLES];
  if (values == NULL || center < 0 || intensity < 0)
    return;
  xps_edit_values_get_roles (values, own, p);
  p[intensity] = 1;
  const double maximum = shape->maximum (p), unit = xps_shape_height (shape, p);
  if (isfinite (position))
    drag_role (values, own, center, isfinite (maximum) ? p[center] + (position - maximum) : position);
  if (isfinite (height))
    drag_role (values, own, intensity, isfinite (unit) && unit > 0 ? height / unit : height);
  xps_edit_values_store (values);
}

/* Whether a drag may change the role: it has a parameter, and what that hangs on is free. */
static gboolean
can_drag (const XpsEditValues *values, const XpsComponent *component, gsize role)
{
  const int i = xps_edit_values_find_role (values, component, role);
  g_autofree double *slopes = g_new (double, values->model->parameters->len + 1);
  const int root = i >= 0 ? xps_edit_values_find_root (values, (gsize)i, slopes) : -1;
  return root >= 0 && xps_edit_parameter_at (values->model, (gsize)root)->kind == XPS_PARAMETER_FREE;
}

void
xps_edit_drag_width (XpsModel *model, gsize part, gsize component, double fwhm)
{
  g_autoptr (XpsEditValues) values = xps_edit_values_new (model, NULL);
  const XpsComponent *own = xps_edit_component (model, part, component);
  const XpsShape *shape = own->shape;
  const int intensity = xps_shape_find_kind (shape, XPS_ROLE_INTENSITY);
  double p[XPS_SHAPE_MAX_ROLES];
  gboolean wanted[XPS_SHAPE_MAX_ROLES];
  if (values == NULL)
    return;
  xps_edit_values_get_roles (values, own, p);
  const double area = shape->area (p);
  for (gsize k = 0; k < shape->n_roles; k++)
    wanted[k] = shape->roles[k].kind == XPS_ROLE_WIDTH && can_drag (values, own, k);
  if (!xps_edit_scale_widths (shape, p, wanted, fwhm))
    return;
  for (gsize k = 0; k < shape->n_roles; k++)
    if (wanted[k])
      drag_role (values, own, (int)k, p[k]);
  xps_edit_values_get_roles (values, own, p);
  const double now = shape->area (p);
  if (isfinite (area) && isfinite (now) && now != 0 && fabs (now - area) > 1e-12 * fabs (area))
    drag_role (values, own, intensity, p[intensity] * (area / now));
  xps_edit_values_store (values);
}

/* ---- together ---- */

/* Roots of position and intensity of a component are marked. */
static void
mark_roots (const XpsEditValues *values, const XpsComponent *component, gboolean *marked)
{
  const XpsModelIndex *index = values->index;
  for (gsize k = 0; k < component->shape->n_roles; k++) {
    const XpsRoleKind kind = component->shape->roles[k].kind;
    const int i = xps_edit_values_find_role (values, component, k);
    if (i >= 0 && (kind == XPS_ROLE_POSITION || kind == XPS_ROLE_INTENSITY))
      marked[i] = TRUE;
  }
  for (gsize k = values->model->parameters->len; k-- > 0;) {
    const guint i = index->order[k];
    for (guint t = index->term_start[i]; marked[i] && t < index->term_start[i + 1]; t++)
      marked[index->term_of[t]] = TRUE;
  }
  for (gsize i = 0; i < values->model->parameters->len; i++)
    marked[i] &= xps_edit_parameter_at (values->model, i)->kind != XPS_PARAMETER_LINKED;
}

GArray *
xps_edit_list_linked (const XpsModel *model, gsize part, gsize component)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));
  guint self = (guint)component;
  g_array_append_val (list, self);
  g_autoptr (XpsModel) copy = xps_model_copy (model);
  g_autoptr (XpsEditValues) values = xps_edit_values_new (copy, NULL);
  if (values == NULL)
    return list;
  const gsize n = copy->parameters->len;
  const GPtrArray *components = xps_edit_part (copy, part)->components;
  g_autofree gboolean *mine = g_new0 (gboolean, n + 1);
  mark_roots (values, g_ptr_array_index (components, component), mine);
  for (guint c = 0; c < components->len; c++) {
    g_autofree gboolean *other = g_new0 (gboolean, n + 1);
    gboolean together = FALSE;
    mark_roots (values, g_ptr_array_index (components, c), other);
    for (gsize i = 0; i < n; i++)
      together |= mine[i] && other[i];
    if (together && c != component)
      g_array_append_val (list, c);
  }
  return list;
}
