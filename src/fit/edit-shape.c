/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit-private.h"

#include <math.h>
#include <string.h>

/* Another shape in place of one: same maximum, area and full width as far as locks and links leave room. */

typedef struct {
  double maximum, area, height, fwhm;
} Look;

static Look
look_at (const XpsShape *shape, const double *p)
{
  const int position = xps_shape_find_kind (shape, XPS_ROLE_POSITION),
            intensity = xps_shape_find_kind (shape, XPS_ROLE_INTENSITY);
  Look look = {shape->maximum (p), shape->area (p), xps_shape_height (shape, p), shape->fwhm (p)};
  if (!isfinite (look.maximum) && position >= 0)
    look.maximum = p[position];
  if (!isfinite (look.height) && intensity >= 0)
    look.height = p[intensity];
  return look;
}

/* Position and intensity are the same thing in every shape, whatever they are called; the rest is when name,
 * unit and range are (an asymmetry and an exponent are both called alpha). */
static int
find_counterpart (const XpsShape *old, const XpsShapeRole *role)
{
  if (role->kind == XPS_ROLE_POSITION || role->kind == XPS_ROLE_INTENSITY)
    return xps_shape_find_kind (old, role->kind);
  const int k = xps_shape_find_role (old, role->id);
  return k >= 0 && old->roles[k].kind == role->kind && strcmp (old->roles[k].unit, role->unit) == 0 &&
                 old->roles[k].max == role->max && fabs (old->roles[k].min - role->min) < 0.01
             ? k
             : -1;
}

static void
exchange_roles (XpsComponent *component, const XpsShape *shape)
{
  char *roles[XPS_SHAPE_MAX_ROLES] = {NULL};
  for (gsize k = 0; k < shape->n_roles; k++) {
    const int of = find_counterpart (component->shape, &shape->roles[k]);
    roles[k] = of >= 0 ? g_strdup (component->roles[of]) : NULL;
  }
  for (gsize k = 0; k < XPS_SHAPE_MAX_ROLES; k++) {
    g_free (component->roles[k]);
    component->roles[k] = roles[k];
  }
  component->shape = shape;
}

/* Whether two components of one shape point at a common width or form. */
static gboolean
share_some (const XpsComponent *a, const XpsComponent *b)
{
  for (gsize k = 0; k < a->shape->n_roles; k++) {
    const XpsRoleKind kind = a->shape->roles[k].kind;
    if ((kind == XPS_ROLE_WIDTH || kind == XPS_ROLE_FORM) && a->roles[k] != NULL &&
        g_strcmp0 (a->roles[k], b->roles[k]) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The lines of a doublet get their new shape one after the other: the second takes over widths and form of
 * the first where both still share one, or were equally wide. */
static void
share_with_partner (XpsModel *model, gsize part, gsize component, double fwhm)
{
  XpsComponent *own = xps_edit_component (model, part, component);
  g_autoptr (XpsEditValues) values = xps_edit_values_new (model, NULL);
  g_autoptr (GArray) linked = xps_edit_list_linked (model, part, component);
  for (guint i = 1; values != NULL && i < linked->len; i++) {
    const XpsComponent *other = xps_edit_component (model, part, g_array_index (linked, guint, i));
    double p[XPS_SHAPE_MAX_ROLES];
    if (other->shape != own->shape)
      continue;
    xps_edit_values_get_roles (values, other, p);
    if (!share_some (own, other) && !(fabs (own->shape->fwhm (p) - fwhm) <= 1e-6 * fwhm))
      continue;
    for (gsize k = 0; k < own->shape->n_roles; k++)
      if (own->roles[k] == NULL)
        own->roles[k] = g_strdup (other->roles[k]);
    return;
  }
}

/* Whether nothing but this component would notice a change of the role. */
static gboolean
is_own (const XpsModel *model, const XpsComponent *component, gsize role)
{
  const XpsParameter *p =
      component->roles[role] != NULL ? xps_model_get_parameter (model, component->roles[role]) : NULL;
  return p != NULL && p->kind == XPS_PARAMETER_FREE && !xps_edit_is_shared (model, component, role);
}

/* A free value with its bounds: the bounds leave room for it. */
static void
put (XpsModel *model, const XpsComponent *component, int role, double value)
{
  if (role < 0 || !isfinite (value) || !is_own (model, component, (gsize)role))
    return;
  const XpsShapeRole *row = &component->shape->roles[role];
  XpsParameter *p = xps_model_get_parameter (model, component->roles[role]);
  value = fmin (fmax (value, row->min), row->max);
  if (row->kind == XPS_ROLE_POSITION) {
    p->min += value - p->value;
    p->max += value - p->value;
  }
  p->value = value;
  p->min = fmin (p->min, value);
  p->max = fmax (p->max, value);
}

static void
restore_look (XpsModel *model, const XpsComponent *component, const Look *look)
{
  const XpsShape *shape = component->shape;
  const int intensity = xps_shape_find_kind (shape, XPS_ROLE_INTENSITY),
            position = xps_shape_find_kind (shape, XPS_ROLE_POSITION);
  g_autoptr (XpsEditValues) values = xps_edit_values_new (model, NULL);
  double p[XPS_SHAPE_MAX_ROLES];
  gboolean wanted[XPS_SHAPE_MAX_ROLES];
  if (values == NULL)
    return;
  xps_edit_values_get_roles (values, component, p);
  for (gsize k = 0; k < shape->n_roles; k++)
    wanted[k] = shape->roles[k].kind == XPS_ROLE_WIDTH && is_own (model, component, k);
  if (xps_edit_scale_widths (shape, p, wanted, look->fwhm))
    for (gsize k = 0; k < shape->n_roles; k++)
      if (wanted[k])
        put (model, component, (int)k, p[k]);
  const double maximum = shape->maximum (p);
  if (isfinite (maximum))
    put (model, component, position, p[position] + (look->maximum - maximum));
  p[intensity] = 1;
  const double area = shape->area (p), height = xps_shape_height (shape, p);
  put (model, component, intensity,
       isfinite (look->area) && isfinite (area) && area != 0 ? look->area / area
       : isfinite (height) && height != 0                    ? look->height / height
                                                             : look->height);
}

gboolean
xps_edit_set_shape (XpsModel *model, gsize part, gsize component, const XpsShape *shape, GError **error)
{
  XpsComponent *own = xps_edit_component (model, part, component);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  double p[XPS_SHAPE_MAX_ROLES];
  if (own->shape == shape)
    return TRUE;
  {
    g_autoptr (XpsEditValues) values = xps_edit_values_new (model, error);
    if (values == NULL)
      return FALSE;
    xps_edit_values_get_roles (values, own, p);
    xps_edit_values_store (values);
  }
  const Look look = look_at (own->shape, p);
  const XpsPeakGuess guess = {look.maximum, look.height, isfinite (look.fwhm) ? look.fwhm : 1};
  xps_edit_list_roles (own, names);
  exchange_roles (own, shape);
  share_with_partner (model, part, component, guess.fwhm);
  xps_edit_start_roles (model, own, &guess);
  xps_edit_resolve (model, NULL);
  restore_look (model, own, &look);
  xps_edit_remove_unused (model, names);
  return xps_edit_resolve (model, error);
}
