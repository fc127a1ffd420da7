/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/model.h"

#include <math.h>
#include <string.h>

#include "fit/model-compare.h"

G_DEFINE_QUARK (xps - fit - error - quark, xps_fit_error)

static void
link_term_free (XpsLinkTerm *term)
{
  g_free (term->of);
  g_free (term);
}

static void
parameter_free (XpsParameter *parameter)
{
  g_free (parameter->name);
  g_clear_pointer (&parameter->terms, g_ptr_array_unref);
  g_free (parameter);
}

static void
component_free (XpsComponent *component)
{
  g_free (component->name);
  g_free (component->label);
  g_free (component->phase);
  xps_assignment_free (component->assignment);
  for (gsize i = 0; i < XPS_SHAPE_MAX_ROLES; i++)
    g_free (component->roles[i]);
  g_free (component);
}

static void
model_background_free (XpsModelBackground *background)
{
  for (gsize i = 0; i < XPS_BACKGROUND_MAX_ROLES; i++)
    g_clear_pointer (&background->roles[i], g_ptr_array_unref);
  for (gsize i = 0; i < XPS_BACKGROUND_MAX_SETTINGS; i++)
    g_free ((gpointer)background->settings.list[i]);
  g_free (background);
}

static void
part_free (XpsModelPart *part)
{
  g_free (part->id);
  g_free (part->data);
  g_free (part->region);
  g_free (part->energy_shift_source);
  g_ptr_array_unref (part->components);
  g_ptr_array_unref (part->backgrounds);
  g_free (part);
}

static XpsModel *
model_new_empty (void)
{
  XpsModel *self = g_new0 (XpsModel, 1);
  self->parameters = g_ptr_array_new_with_free_func ((GDestroyNotify)parameter_free);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)part_free);
  self->not_supported = g_ptr_array_new_with_free_func (g_free);
  self->ignored = g_ptr_array_new_with_free_func (g_free);
  return self;
}

XpsModel *
xps_model_new (void)
{
  XpsModel *self = model_new_empty ();
  xps_model_add_part (self, NULL);
  return self;
}

void
xps_model_free (XpsModel *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->parameters);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->not_supported);
  g_ptr_array_unref (self->ignored);
  g_free (self);
}

int
xps_model_find_parameter (const XpsModel *self, const char *name)
{
  for (guint i = 0; i < self->parameters->len; i++) {
    const XpsParameter *parameter = g_ptr_array_index (self->parameters, i);
    if (g_strcmp0 (parameter->name, name) == 0)
      return (int)i;
  }
  return -1;
}

XpsParameter *
xps_model_get_parameter (const XpsModel *self, const char *name)
{
  const int i = xps_model_find_parameter (self, name);
  return i < 0 ? NULL : g_ptr_array_index (self->parameters, i);
}

XpsParameter *
xps_model_add_parameter (XpsModel *self, const char *name, double value, double min, double max)
{
  XpsParameter *parameter = g_new0 (XpsParameter, 1);
  parameter->name = g_strdup (name);
  parameter->kind = XPS_PARAMETER_FREE;
  parameter->value = value;
  parameter->min = min;
  parameter->max = max;
  g_ptr_array_add (self->parameters, parameter);
  return parameter;
}

XpsParameter *
xps_model_add_link (XpsModel *self, const char *name, const char *of, double coef, double constant)
{
  XpsParameter *parameter = xps_model_add_parameter (self, name, NAN, -INFINITY, INFINITY);
  parameter->kind = XPS_PARAMETER_LINKED;
  parameter->constant = constant;
  xps_parameter_add_term (parameter, of, coef);
  return parameter;
}

void
xps_parameter_add_term (XpsParameter *self, const char *of, double coef)
{
  XpsLinkTerm *term = g_new0 (XpsLinkTerm, 1);
  term->of = g_strdup (of);
  term->coef = coef;
  if (self->terms == NULL)
    self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify)link_term_free);
  g_ptr_array_add (self->terms, term);
}

XpsModelPart *
xps_model_add_part (XpsModel *self, const char *id)
{
  XpsModelPart *part = g_new0 (XpsModelPart, 1);
  part->id = g_strdup (id);
  part->low = part->high = NAN;
  part->energy_shift_error = NAN;
  part->components = g_ptr_array_new_with_free_func ((GDestroyNotify)component_free);
  part->backgrounds = g_ptr_array_new_with_free_func ((GDestroyNotify)model_background_free);
  g_ptr_array_add (self->parts, part);
  self->joint = self->parts->len > 1;
  return part;
}

XpsComponent *
xps_model_part_add_component (XpsModelPart *part, const char *name, const XpsShape *shape)
{
  XpsComponent *component = g_new0 (XpsComponent, 1);
  component->name = g_strdup (name);
  component->shape = shape;
  g_ptr_array_add (part->components, component);
  return component;
}

XpsModelBackground *
xps_model_part_add_background (XpsModelPart *part, const XpsBackground *type)
{
  XpsModelBackground *background = g_new0 (XpsModelBackground, 1);
  background->type = type;
  for (gsize i = 0; i < type->n_roles; i++)
    background->roles[i] = g_ptr_array_new_with_free_func (g_free);
  xps_background_settings_init (type, &background->settings);
  g_ptr_array_add (part->backgrounds, background);
  return background;
}

gboolean
xps_component_set_role (XpsComponent *component, const char *role, const char *parameter)
{
  const int i = xps_shape_find_role (component->shape, role);
  if (i < 0)
    return FALSE;
  g_free (component->roles[i]);
  component->roles[i] = g_strdup (parameter);
  return TRUE;
}

gboolean
xps_model_background_add_parameter (XpsModelBackground *background, const char *role, const char *parameter)
{
  const int i = xps_background_find_role (background->type, role);
  if (i < 0)
    return FALSE;
  g_ptr_array_add (background->roles[i], g_strdup (parameter));
  return TRUE;
}

void
xps_model_background_set_list (XpsModelBackground *background, int setting, const double *values, gsize n)
{
  g_free ((gpointer)background->settings.list[setting]);
  background->settings.list[setting] = n > 0 ? g_memdup2 (values, n * sizeof *values) : NULL;
  background->settings.list_length[setting] = n;
}

static void
copy_part (XpsModelPart *to, const XpsModelPart *from)
{
  to->data = g_strdup (from->data);
  to->region = g_strdup (from->region);
  to->low = from->low;
  to->high = from->high;
  to->energy_shift = from->energy_shift;
  to->energy_shift_error = from->energy_shift_error;
  to->energy_shift_source = g_strdup (from->energy_shift_source);
  to->ignores_column = from->ignores_column;
  for (guint i = 0; i < from->components->len; i++) {
    const XpsComponent *old = g_ptr_array_index (from->components, i);
    XpsComponent *component = xps_model_part_add_component (to, old->name, old->shape);
    component->label = g_strdup (old->label);
    component->phase = g_strdup (old->phase);
    component->assignment = xps_assignment_copy (old->assignment);
    for (gsize k = 0; k < XPS_SHAPE_MAX_ROLES; k++)
      component->roles[k] = g_strdup (old->roles[k]);
  }
  for (guint i = 0; i < from->backgrounds->len; i++) {
    const XpsModelBackground *old = g_ptr_array_index (from->backgrounds, i);
    XpsModelBackground *background = xps_model_part_add_background (to, old->type);
    background->settings = old->settings;
    for (int k = 0; k < XPS_BACKGROUND_MAX_SETTINGS; k++)
      background->settings.list[k] = NULL;
    for (int k = 0; k < (int)old->type->n_settings; k++)
      xps_model_background_set_list (background, k, old->settings.list[k], old->settings.list_length[k]);
    for (gsize k = 0; k < old->type->n_roles; k++)
      for (guint j = 0; j < old->roles[k]->len; j++)
        g_ptr_array_add (background->roles[k], g_strdup (g_ptr_array_index (old->roles[k], j)));
  }
}

XpsModel *
xps_model_copy (const XpsModel *self)
{
  XpsModel *copy = model_new_empty ();
  for (guint i = 0; i < self->parameters->len; i++) {
    const XpsParameter *old = g_ptr_array_index (self->parameters, i);
    XpsParameter *parameter = xps_model_add_parameter (copy, old->name, old->value, old->min, old->max);
    parameter->kind = old->kind;
    for (guint k = 0; old->terms != NULL && k < old->terms->len; k++) {
      const XpsLinkTerm *term = g_ptr_array_index (old->terms, k);
      xps_parameter_add_term (parameter, term->of, term->coef);
    }
    parameter->constant = old->constant;
  }
  for (guint i = 0; i < self->parts->len; i++) {
    const XpsModelPart *old = g_ptr_array_index (self->parts, i);
    copy_part (xps_model_add_part (copy, old->id), old);
  }
  for (guint i = 0; i < self->not_supported->len; i++)
    g_ptr_array_add (copy->not_supported, g_strdup (g_ptr_array_index (self->not_supported, i)));
  for (guint i = 0; i < self->ignored->len; i++)
    g_ptr_array_add (copy->ignored, g_strdup (g_ptr_array_index (self->ignored, i)));
  copy->joint = self->joint;
  return copy;
}

gboolean
xps_model_equal (const XpsModel *a, const XpsModel *b)
{
  return xps_model_same (a, b, XPS_COMPARE_ALL);
}
