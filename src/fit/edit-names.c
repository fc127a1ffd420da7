/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit-private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* The list of parameters while components come and go. */

char *
xps_edit_dup_free_name (const XpsModel *model, const char *base)
{
  char *name = g_strdup (base);
  for (guint k = 2; xps_model_find_parameter (model, name) >= 0; k++) {
    g_free (name);
    name = g_strdup_printf ("%s %u", base, k);
  }
  return name;
}

static gboolean
holds (const GPtrArray *names, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (g_strcmp0 (g_ptr_array_index (names, i), name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
part_uses (const XpsModelPart *part, const char *name)
{
  for (guint c = 0; c < part->components->len; c++) {
    const XpsComponent *component = g_ptr_array_index (part->components, c);
    for (gsize k = 0; k < component->shape->n_roles; k++)
      if (g_strcmp0 (component->roles[k], name) == 0)
        return TRUE;
  }
  for (guint b = 0; b < part->backgrounds->len; b++) {
    const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
    for (gsize k = 0; k < background->type->n_roles; k++)
      if (holds (background->roles[k], name))
        return TRUE;
  }
  return FALSE;
}

gboolean
xps_edit_is_used (const XpsModel *model, const char *name, gboolean links)
{
  for (guint s = 0; s < model->parts->len; s++)
    if (part_uses (g_ptr_array_index (model->parts, s), name))
      return TRUE;
  for (guint i = 0; links && i < model->parameters->len; i++) {
    const XpsParameter *p = xps_edit_parameter_at (model, i);
    for (guint k = 0; p->kind == XPS_PARAMETER_LINKED && k < p->terms->len; k++)
      if (strcmp (((const XpsLinkTerm *)g_ptr_array_index (p->terms, k))->of, name) == 0)
        return TRUE;
  }
  return FALSE;
}

gboolean
xps_edit_is_shared (const XpsModel *model, const XpsComponent *component, gsize role)
{
  guint n = 0;
  for (guint s = 0; s < model->parts->len; s++) {
    const GPtrArray *components = xps_edit_part (model, s)->components;
    for (guint c = 0; c < components->len; c++) {
      const XpsComponent *other = g_ptr_array_index (components, c);
      for (gsize k = 0; k < other->shape->n_roles; k++)
        n += g_strcmp0 (other->roles[k], component->roles[role]) == 0;
    }
  }
  return n > 1;
}

void
xps_edit_list_roles (const XpsComponent *component, GPtrArray *names)
{
  for (gsize k = 0; k < component->shape->n_roles; k++)
    if (component->roles[k] != NULL && !holds (names, component->roles[k]))
      g_ptr_array_add (names, g_strdup (component->roles[k]));
}

void
xps_edit_list_background (const XpsModelBackground *background, GPtrArray *names)
{
  for (gsize k = 0; k < background->type->n_roles; k++)
    for (guint j = 0; j < background->roles[k]->len; j++)
      if (!holds (names, g_ptr_array_index (background->roles[k], j)))
        g_ptr_array_add (names, g_strdup (g_ptr_array_index (background->roles[k], j)));
}

/* ---- links that end ---- */

/* Where a link comes to when its root is at `at`. */
static double
value_at (XpsEditValues *values, gsize parameter, gsize root, double at)
{
  const double before = values->values[root];
  values->values[root] = at;
  xps_model_resolve_links (values->model, values->index, values->values);
  const double value = values->values[parameter];
  values->values[root] = before;
  xps_model_resolve_links (values->model, values->index, values->values);
  return value;
}

static gboolean
hangs_on_free (const XpsEditValues *values, gsize parameter)
{
  const XpsModelIndex *index = values->index;
  g_autofree gboolean *free_below = g_new0 (gboolean, values->model->parameters->len + 1);
  for (guint k = 0; k < values->model->parameters->len; k++) {
    const guint i = index->order[k];
    free_below[i] = xps_edit_parameter_at (values->model, i)->kind == XPS_PARAMETER_FREE;
    for (guint t = index->term_start[i]; t < index->term_start[i + 1]; t++)
      free_below[i] |= free_below[index->term_of[t]];
  }
  return free_below[parameter];
}

void
xps_edit_unlink (XpsModel *model, XpsParameter *parameter)
{
  const int i = xps_model_find_parameter (model, parameter->name);
  g_autoptr (XpsEditValues) values = xps_edit_values_new (model, NULL);
  if (parameter->kind != XPS_PARAMETER_LINKED)
    return;
  if (values != NULL && i >= 0) {
    g_autofree double *slopes = g_new (double, model->parameters->len + 1);
    const int root = xps_edit_values_find_root (values, (gsize)i, slopes);
    const XpsParameter *of = root >= 0 ? xps_edit_parameter_at (model, (gsize)root) : NULL;
    parameter->value = values->values[i];
    if (of != NULL && of->kind == XPS_PARAMETER_FREE) {
      const double a = value_at (values, (gsize)i, (gsize)root, of->min),
                   b = value_at (values, (gsize)i, (gsize)root, of->max);
      parameter->min = fmax (parameter->min, fmin (a, b)); /* fmax: a bound that is none is NaN or infinite */
      parameter->max = fmin (parameter->max, fmax (a, b));
    }
    parameter->min = fmin (parameter->min, parameter->value);
    parameter->max = fmax (parameter->max, parameter->value);
    parameter->kind = hangs_on_free (values, (gsize)i) ? XPS_PARAMETER_FREE : XPS_PARAMETER_FIXED;
  } else
    parameter->kind = XPS_PARAMETER_FREE;
  parameter->constant = 0;
  g_clear_pointer (&parameter->terms, g_ptr_array_unref);
}

/* Takes the terms of `p` that name `name` into its constant; unlinks it when none are left. */
static void
fold_terms (XpsModel *model, XpsParameter *p, const char *name, double value)
{
  guint others = 0;
  for (guint k = 0; k < p->terms->len; k++)
    others += strcmp (((const XpsLinkTerm *)g_ptr_array_index (p->terms, k))->of, name) != 0;
  if (others == 0 || others == p->terms->len) {
    if (others == 0)
      xps_edit_unlink (model, p);
    return;
  }
  for (guint k = p->terms->len; k-- > 0;) {
    const XpsLinkTerm *term = g_ptr_array_index (p->terms, k);
    if (strcmp (term->of, name) != 0)
      continue;
    p->constant += term->coef * value;
    g_ptr_array_remove_index (p->terms, k);
  }
}

static void
remove_parameter (XpsModel *model, const char *name)
{
  const int i = xps_model_find_parameter (model, name);
  if (i < 0)
    return;
  const double value = xps_edit_parameter_at (model, (gsize)i)->value;
  for (guint k = 0; k < model->parameters->len; k++) {
    XpsParameter *p = xps_edit_parameter_at (model, k);
    if (p->kind == XPS_PARAMETER_LINKED)
      fold_terms (model, p, name, value);
  }
  g_ptr_array_remove_index (model->parameters, (guint)i);
}

/* What the parameter hangs on directly. */
static void
list_targets (const XpsModel *model, const char *name, GPtrArray *targets)
{
  const XpsParameter *p = xps_model_get_parameter (model, name);
  for (guint k = 0; p != NULL && p->kind == XPS_PARAMETER_LINKED && k < p->terms->len; k++)
    g_ptr_array_add (targets, g_strdup (((const XpsLinkTerm *)g_ptr_array_index (p->terms, k))->of));
}

void
xps_edit_remove_unused (XpsModel *model, const GPtrArray *names)
{
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_free);
  xps_edit_resolve (model, NULL);
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    if (xps_edit_is_used (model, name, FALSE))
      continue;
    list_targets (model, name, targets);
    remove_parameter (model, name);
  }
  for (guint i = 0; i < targets->len; i++) { /* grows while it is walked */
    const char *name = g_ptr_array_index (targets, i);
    if (xps_edit_is_used (model, name, TRUE))
      continue;
    list_targets (model, name, targets);
    remove_parameter (model, name);
  }
  xps_edit_resolve (model, NULL); /* a term that went into a constant rounds otherwise */
}
