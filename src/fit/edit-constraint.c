/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/constraint.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"

/* Constraints put into the model. Everything is done to a copy first: only what leaves every value where
 * shapes and bounds allow it is done to the model. */

/* ---- whose parameter it is ---- */

gboolean
xps_constraint_find_user (const XpsModel *model, gsize part, const char *name, gsize *component, gsize *role)
{
  const GPtrArray *components = xps_edit_part (model, part)->components;
  for (guint c = 0; c < components->len; c++) {
    const XpsComponent *own = g_ptr_array_index (components, c);
    for (gsize k = 0; k < own->shape->n_roles; k++)
      if (g_strcmp0 (own->roles[k], name) == 0) {
        *component = c;
        *role = k;
        return TRUE;
      }
  }
  return FALSE;
}

gboolean
xps_constraint_find_owner (const XpsModel *model, const char *name, gsize *part, gsize *component,
                           gsize *role)
{
  for (*part = 0; *part < model->parts->len; (*part)++)
    if (xps_constraint_find_user (model, *part, name, component, role))
      return TRUE;
  return FALSE;
}

static gboolean
is_owner (const XpsConstraintPlace *place, const char *name)
{
  gsize part, component, role;
  return xps_constraint_find_owner (place->model, name, &part, &component, &role) && part == place->part &&
         component == place->component && role == place->role;
}

/* The parameter of the place: its own, which a role that only shares one, or stands at its usual value, is
 * given now. */
static XpsParameter *
take_parameter (const XpsConstraintPlace *place)
{
  XpsComponent *own = xps_edit_component (place->model, place->part, place->component);
  const char *name = own->roles[place->role];
  if (name != NULL && is_owner (place, name))
    return xps_model_get_parameter (place->model, name);
  return xps_edit_give_parameter (place->model, own, place->role);
}

/* ---- putting it in ---- */

static void
make_plain (XpsParameter *p, XpsParameterKind kind)
{
  p->kind = kind;
  p->constant = 0;
  g_clear_pointer (&p->terms, g_ptr_array_unref);
}

static void
fix (XpsParameter *p, double value)
{
  if (p->kind == XPS_PARAMETER_LINKED) {
    p->min = -INFINITY;
    p->max = INFINITY;
  }
  make_plain (p, XPS_PARAMETER_FIXED);
  if (isfinite (value))
    p->value = value;
  p->min = fmin (p->min, p->value);
  p->max = fmax (p->max, p->value);
}

static gboolean
set_range (const XpsConstraint *constraint, const XpsShapeRole *role, XpsParameter *p, GError **error)
{
  const double low = fmax (constraint->low, role->min), high = fmin (constraint->high, role->max);
  char a[XPS_NUMBER_LENGTH], b[XPS_NUMBER_LENGTH];
  if (low > high)
    return xps_edit_refuse (error, _ ("“%s” of this shape lies between %s and %s."), role->id,
                            xps_number_format (role->min, a), xps_number_format (role->max, b));
  make_plain (p, XPS_PARAMETER_FREE);
  p->min = constraint->low;
  p->max = constraint->high;
  p->value = fmin (fmax (p->value, low), high);
  return TRUE;
}

/* Whether `name` hangs on `on`, however far. */
static gboolean
hangs_on (const XpsModel *model, const XpsModelIndex *index, const char *name, const char *on)
{
  const guint n = model->parameters->len;
  const int from = xps_model_index_find (index, on), to = xps_model_index_find (index, name);
  g_autofree gboolean *hit = g_new0 (gboolean, n + 1);
  if (from < 0 || to < 0)
    return FALSE;
  hit[from] = TRUE;
  for (guint k = 0; k < n; k++) {
    const guint i = index->order[k];
    for (guint t = index->term_start[i]; t < index->term_start[i + 1]; t++)
      hit[i] |= hit[index->term_of[t]];
  }
  return hit[to];
}

static gboolean
set_link (const XpsConstraintPlace *place, const XpsConstraint *constraint, XpsParameter *p, GError **error)
{
  g_autoptr (XpsModelIndex) index = xps_model_index_new (place->model, error);
  if (index == NULL)
    return FALSE;
  for (guint i = 0; i < constraint->names->len; i++) {
    const char *of = g_ptr_array_index (constraint->names, i);
    if (!hangs_on (place->model, index, of, p->name))
      continue;
    g_autofree char *mine = xps_edit_dup_owner (place->model, p->name),
                    *other = xps_edit_dup_owner (place->model, of);
    return strcmp (of, p->name) == 0
               ? xps_edit_refuse (error, _ ("They share one value already: the %s."), mine)
               : xps_edit_refuse (error, _ ("That would run in a circle: the %s already follows the %s."),
                                  other, mine);
  }
  make_plain (p, XPS_PARAMETER_LINKED);
  p->constant = constraint->constant;
  p->min = constraint->low;
  p->max = constraint->high;
  for (guint i = 0; i < constraint->names->len; i++)
    xps_parameter_add_term (p, g_ptr_array_index (constraint->names, i),
                            g_array_index (constraint->coefs, double, i));
  return TRUE;
}

/* "A" typed where the role, not being the owner, points at A's parameter already. */
static gboolean
is_shared_already (const XpsConstraintPlace *place, const XpsConstraint *constraint)
{
  const XpsComponent *own = xps_edit_component (place->model, place->part, place->component);
  return constraint->kind == XPS_CONSTRAINT_LINK && constraint->names->len == 1 &&
         g_array_index (constraint->coefs, double, 0) == 1 && constraint->constant == 0 &&
         isinf (constraint->low) && isinf (constraint->high) &&
         g_strcmp0 (own->roles[place->role], g_ptr_array_index (constraint->names, 0)) == 0 &&
         !is_owner (place, own->roles[place->role]);
}

static gboolean
put (const XpsConstraintPlace *place, const XpsConstraint *constraint, GError **error)
{
  const XpsComponent *own = xps_edit_component (place->model, place->part, place->component);
  const XpsShapeRole *role = &own->shape->roles[place->role];
  if (constraint->kind == XPS_CONSTRAINT_VALUE)
    return xps_edit_set_value (place->model, place->part, place->component, role->id, constraint->value,
                               FALSE, error);
  if (is_shared_already (place, constraint))
    return TRUE;
  XpsParameter *p = take_parameter (place);
  switch (constraint->kind) {
  case XPS_CONSTRAINT_FREE:
    make_plain (p, XPS_PARAMETER_FREE);
    p->min = -INFINITY;
    p->max = INFINITY;
    return TRUE;
  case XPS_CONSTRAINT_FIX:
    fix (p, constraint->value);
    return TRUE;
  case XPS_CONSTRAINT_RANGE:
    return set_range (constraint, role, p, error);
  case XPS_CONSTRAINT_LINK:
    return set_link (place, constraint, p, error);
  case XPS_CONSTRAINT_VALUE:
  default:
    return TRUE;
  }
}

/* What moved must be where its shape, or its link's bounds, allow it. */
static gboolean
check_moved (XpsModel *model, const XpsModel *before, GError **error)
{
  g_autoptr (XpsEditValues) values = xps_edit_values_new (model, error);
  if (values == NULL)
    return FALSE;
  for (guint i = 0; i < model->parameters->len; i++) {
    const XpsParameter *p = xps_edit_parameter_at (model, i),
                       *old = xps_model_get_parameter (before, p->name);
    const double v = values->values[i], slack = 1e-12 * fmax (fabs (v), 1);
    const double low = p->kind == XPS_PARAMETER_LINKED ? fmax (values->low[i], p->min) : values->low[i],
                 high = p->kind == XPS_PARAMETER_LINKED ? fmin (values->high[i], p->max) : values->high[i];
    const gboolean same = old != NULL && old->value == v && old->kind == p->kind;
    char value[XPS_NUMBER_LENGTH], bound[XPS_NUMBER_LENGTH];
    if (same || (v >= low - slack && v <= high + slack))
      continue;
    g_autofree char *what = xps_edit_dup_owner (model, p->name);
    xps_number_format (v, value);
    return v > high ? xps_edit_refuse (error, _ ("The %s would come to %s: %s is the most that is allowed."),
                                       what, value, xps_number_format (high, bound))
                    : xps_edit_refuse (error, _ ("The %s would come to %s: %s is the least that is allowed."),
                                       what, value, xps_number_format (low, bound));
  }
  return TRUE;
}

static gboolean
apply (XpsModel *model, gsize part, gsize component, gsize role, const char *text, GError **error)
{
  const XpsConstraintPlace place = {model, part, component, role};
  g_auto (XpsConstraint) constraint = {0};
  return xps_edit_resolve (model, error) && xps_constraint_parse (&constraint, &place, text, error) &&
         put (&place, &constraint, error) && xps_edit_resolve (model, error);
}

gboolean
xps_edit_set_constraint (XpsModel *model, gsize part, gsize component, const char *role, const char *text,
                         GError **error)
{
  const XpsComponent *own = xps_edit_component (model, part, component);
  const int k = xps_shape_find_role (own->shape, role);
  if (k < 0)
    return xps_edit_refuse (error, _ ("The shape “%s” has no “%s”."), own->shape->title, role);
  g_autofree char *present = xps_edit_dup_constraint (model, part, component, role),
                  *typed = g_strstrip (g_strdup (text != NULL ? text : ""));
  if (strcmp (present, typed) == 0)
    return TRUE;
  g_autoptr (XpsModel) trial = xps_model_copy (model), before = xps_model_copy (model);
  if (!xps_edit_resolve (before, error) || !apply (trial, part, component, (gsize)k, text, error) ||
      !check_moved (trial, before, error))
    return FALSE;
  return apply (model, part, component, (gsize)k, text, error);
}

void
xps_edit_set_fixed (XpsModel *model, gsize part, gsize component, const char *role, gboolean fixed)
{
  XpsComponent *own = xps_edit_component (model, part, component);
  const int k = xps_shape_find_role (own->shape, role);
  const XpsConstraintPlace place = {model, part, component, (gsize)MAX (k, 0)};
  if (k < 0 || !xps_edit_resolve (model, NULL))
    return;
  const XpsParameter *now = own->roles[k] != NULL ? xps_model_get_parameter (model, own->roles[k]) : NULL;
  const gboolean constant = now == NULL || now->kind == XPS_PARAMETER_FIXED;
  if (constant == fixed || (!fixed && now != NULL && now->kind != XPS_PARAMETER_FIXED))
    return;
  XpsParameter *p = take_parameter (&place);
  if (fixed)
    fix (p, NAN);
  else {
    p->kind = XPS_PARAMETER_FREE;
    p->min = fmin (p->min, p->value);
    p->max = fmax (p->max, p->value);
  }
}
