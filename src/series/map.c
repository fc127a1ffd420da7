/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/map.h"

#include <math.h>
#include <string.h>

static const XpsParameter *
parameter_at (const XpsModel *model, gsize i)
{
  return g_ptr_array_index (model->parameters, i);
}

static void
add_root (GArray *roots, guint parameter, double factor)
{
  for (guint i = 0; i < roots->len; i++)
    if (g_array_index (roots, XpsMapRoot, i).parameter == parameter) {
      g_array_index (roots, XpsMapRoot, i).factor += factor;
      return;
    }
  const XpsMapRoot root = {parameter, factor};
  g_array_append_val (roots, root);
}

static void
find_roots (XpsSeriesMap *self, guint i)
{
  const XpsParameter *p = parameter_at (self->model, i);
  GArray *roots = self->roots[i];
  self->constants[i] = p->kind == XPS_PARAMETER_LINKED ? p->constant : 0;
  if (p->kind == XPS_PARAMETER_FIXED)
    self->constants[i] = p->value;
  if (p->kind == XPS_PARAMETER_FREE)
    add_root (roots, i, 1);
  for (guint t = self->index->term_start[i]; t < self->index->term_start[i + 1]; t++) {
    const guint of = self->index->term_of[t];
    const double coef = self->index->term_coef[t];
    self->constants[i] += coef * self->constants[of];
    for (guint k = 0; k < self->roots[of]->len; k++) {
      const XpsMapRoot root = g_array_index (self->roots[of], XpsMapRoot, k);
      add_root (roots, root.parameter, coef * root.factor);
    }
  }
}

static int
role_parameter (const XpsSeriesMap *self, const XpsComponent *component, int role)
{
  if (role < 0 || component->roles[role] == NULL)
    return -1;
  return xps_model_index_find (self->index, component->roles[role]);
}

static int
find_frame (const XpsSeriesPlan *plan, const XpsComponent *component)
{
  for (guint f = 0; plan != NULL && f < plan->frames->len; f++) {
    const XpsEnergyFrame *frame = g_ptr_array_index (plan->frames, f);
    for (guint k = 0; k < frame->components->len; k++) {
      const char *name = g_ptr_array_index (frame->components, k);
      if (g_strcmp0 (name, component->name) == 0 || g_strcmp0 (name, component->phase) == 0)
        return (int)f;
    }
  }
  return -1;
}

static void
note_carriers (XpsSeriesMap *self, gsize c)
{
  const XpsComponent *component = self->components[c].component;
  for (gsize k = 0; k < component->shape->n_roles; k++) {
    const int parameter = role_parameter (self, component, (int)k);
    if (parameter < 0 || component->shape->roles[k].kind == XPS_ROLE_INTENSITY)
      continue;
    for (guint r = 0; r < self->roots[parameter]->len; r++) {
      const guint root = g_array_index (self->roots[parameter], XpsMapRoot, r).parameter;
      self->carrier[root * self->n_components + c] = TRUE;
    }
  }
}

/* The one unknown that an area is a multiple of, -1 where there are several or none. */
static int
single_root (const XpsSeriesMap *self, int parameter)
{
  if (parameter < 0 || self->roots[parameter]->len != 1)
    return -1;
  return (int)g_array_index (self->roots[parameter], XpsMapRoot, 0).parameter;
}

static void
find_leader (XpsSeriesMap *self, gsize c)
{
  XpsMapComponent *own = &self->components[c];
  const int root = single_root (self, own->area);
  own->leader = c;
  for (gsize k = 0; root >= 0 && k < c; k++)
    if (self->components[k].part == own->part && single_root (self, self->components[k].area) == root) {
      own->leader = k;
      return;
    }
}

static void
list_components (XpsSeriesMap *self, const XpsSeriesPlan *plan)
{
  gsize c = 0;
  for (guint s = 0; s < self->model->parts->len; s++) {
    const XpsModelPart *part = g_ptr_array_index (self->model->parts, s);
    for (guint k = 0; k < part->components->len; k++, c++) {
      const XpsComponent *component = g_ptr_array_index (part->components, k);
      const XpsShape *shape = component->shape;
      self->components[c] =
          (XpsMapComponent){component,
                            s,
                            role_parameter (self, component, xps_shape_find_kind (shape, XPS_ROLE_INTENSITY)),
                            role_parameter (self, component, xps_shape_find_kind (shape, XPS_ROLE_POSITION)),
                            c,
                            find_frame (plan, component)};
      note_carriers (self, c);
      find_leader (self, c);
    }
  }
}

XpsSeriesMap *
xps_series_map_new (const XpsModel *model, const XpsSeriesPlan *plan, GError **error)
{
  XpsModelIndex *index = xps_model_check (model, error);
  if (index == NULL)
    return NULL;
  XpsSeriesMap *self = g_new0 (XpsSeriesMap, 1);
  self->model = model;
  self->index = index;
  self->n_parameters = model->parameters->len;
  for (guint s = 0; s < model->parts->len; s++)
    self->n_components += ((XpsModelPart *)g_ptr_array_index (model->parts, s))->components->len;
  self->roots = g_new0 (GArray *, MAX (self->n_parameters, 1));
  self->constants = g_new0 (double, MAX (self->n_parameters, 1));
  self->components = g_new0 (XpsMapComponent, MAX (self->n_components, 1));
  self->carrier = g_new0 (gboolean, MAX (self->n_parameters * self->n_components, 1));
  for (gsize i = 0; i < self->n_parameters; i++)
    self->roots[i] = g_array_new (FALSE, FALSE, sizeof (XpsMapRoot));
  for (gsize i = 0; i < self->n_parameters; i++)
    find_roots (self, index->order[i]);
  list_components (self, plan);
  return self;
}

void
xps_series_map_free (XpsSeriesMap *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < self->n_parameters; i++)
    g_array_unref (self->roots[i]);
  xps_model_index_free (self->index);
  g_free (self->roots);
  g_free (self->constants);
  g_free (self->components);
  g_free (self->carrier);
  g_free (self);
}
