/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/problem-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "fit/refuse.h"

#include "base/text.h"

/* Parameters, links and unknowns: free parameters that something depends on are the unknowns, every other
 * parameter is a constant plus a sum over them. */

/* Entries of all sums together; a chain of links in which each adds an unknown grows with the square of its
 * length. */
#define MAX_ROOTS 4000000

static const XpsParameter *
parameter_at (const XpsProblem *self, gsize i)
{
  return g_ptr_array_index (self->model->parameters, i);
}

const XpsRoot *
xps_problem_get_roots (const XpsProblem *self, int parameter, gsize *n)
{
  *n = parameter < 0 ? 0 : self->root_start[parameter + 1] - self->root_start[parameter];
  return parameter < 0 ? NULL : self->roots + self->root_start[parameter];
}

void
xps_problem_narrow_bounds (XpsProblem *self, int parameter, double low, double high)
{
  gsize n;
  const XpsRoot *root = xps_problem_get_roots (self, parameter, &n);
  if (n != 1 || root->factor == 0)
    return;
  const double offset = self->offset[parameter];
  const double a = (low - offset) / root->factor, b = (high - offset) / root->factor;
  self->low[root->free] = fmax (self->low[root->free], fmin (a, b));
  self->high[root->free] = fmin (self->high[root->free], fmax (a, b));
}

/* ---- which they are ---- */

static void
mark_used (const XpsProblem *self, gboolean *used)
{
  for (guint s = 0; s < self->model->parts->len; s++) {
    const XpsModelPart *part = g_ptr_array_index (self->model->parts, s);
    for (guint c = 0; c < part->components->len; c++) {
      const XpsComponent *component = g_ptr_array_index (part->components, c);
      for (gsize k = 0; k < component->shape->n_roles; k++)
        if (component->roles[k] != NULL)
          used[xps_model_index_find (self->index, component->roles[k])] = TRUE;
    }
    for (guint b = 0; b < part->backgrounds->len; b++) {
      const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
      for (gsize k = 0; k < background->type->n_roles; k++)
        for (guint j = 0; j < background->roles[k]->len; j++)
          used[xps_model_index_find (self->index, g_ptr_array_index (background->roles[k], j))] = TRUE;
    }
  }
}

/* Free parameters that something depends on become unknowns; one that nothing uses stays at its value. */
static void
number_unknowns (XpsProblem *self)
{
  g_autofree gboolean *used = g_new0 (gboolean, self->n_parameters + 1);
  mark_used (self, used);
  for (gsize k = self->n_parameters; k-- > 0;) { /* links come after what they point at: walk back */
    const guint i = self->index->order[k];
    for (guint t = self->index->term_start[i]; used[i] && t < self->index->term_start[i + 1]; t++)
      used[self->index->term_of[t]] = TRUE;
  }
  for (guint i = 0; i < self->n_parameters; i++) {
    const XpsParameter *p = parameter_at (self, i);
    self->own_free[i] = -1;
    if (p->kind != XPS_PARAMETER_FREE || p->min == p->max || !used[i])
      continue;
    self->own_free[i] = (int)self->n_free;
    self->free_parameter[self->n_free++] = i;
  }
}

/* ---- what the others come down to ---- */

/* place[free]: position + 1 in the list, so that like terms are put together without a search. */
static void
add_root (GArray *list, guint *place, guint free, double factor)
{
  if (place[free] > 0) {
    g_array_index (list, XpsRoot, place[free] - 1).factor += factor;
    return;
  }
  const XpsRoot root = {free, factor};
  g_array_append_val (list, root);
  place[free] = list->len;
}

static GArray *
new_roots (const XpsProblem *self, guint i, GArray *const *lists, guint *place)
{
  const XpsModelIndex *index = self->index;
  GArray *list = g_array_new (FALSE, FALSE, sizeof (XpsRoot));
  if (self->own_free[i] >= 0)
    add_root (list, place, (guint)self->own_free[i], 1);
  for (guint t = index->term_start[i]; t < index->term_start[i + 1]; t++) {
    const GArray *of = lists[index->term_of[t]];
    for (guint r = 0; r < of->len; r++) {
      const XpsRoot *root = &g_array_index (of, XpsRoot, r);
      add_root (list, place, root->free, index->term_coef[t] * root->factor);
    }
  }
  for (guint r = 0; r < list->len; r++)
    place[g_array_index (list, XpsRoot, r).free] = 0;
  return list;
}

/* Every parameter as a sum over unknowns, in the order of the links. */
static gboolean
trace_roots (XpsProblem *self, GError **error)
{
  const gsize n = self->n_parameters;
  g_autofree GArray **lists = g_new0 (GArray *, n + 1);
  g_autofree guint *place = g_new0 (guint, self->n_free + 1);
  guint total = 0;
  for (gsize k = 0; k < n && total < MAX_ROOTS; k++) {
    const guint i = self->index->order[k];
    lists[i] = new_roots (self, i, lists, place);
    total += lists[i]->len;
  }
  self->root_start = g_new0 (guint, n + 1);
  self->roots = g_new0 (XpsRoot, total + 1);
  for (gsize i = 0; i < n; i++) {
    const guint length = lists[i] != NULL ? lists[i]->len : 0;
    if (length > 0)
      memcpy (self->roots + self->root_start[i], lists[i]->data, length * sizeof (XpsRoot));
    self->root_start[i + 1] = self->root_start[i] + length;
    g_clear_pointer (&lists[i], g_array_unref);
  }
  return total < MAX_ROOTS ||
         xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, "parameters", _ ("link to fewer of them"),
                         _ ("links over links come down to sums of more than %d terms"), MAX_ROOTS);
}

static void
find_offsets (XpsProblem *self)
{
  for (guint i = 0; i < self->n_parameters; i++) {
    const XpsParameter *p = parameter_at (self, i);
    self->offset[i] = p->kind != XPS_PARAMETER_LINKED && self->own_free[i] < 0 ? p->value : 0;
  }
  xps_model_resolve_links (self->model, self->index, self->offset);
}

/* Bounds written at a link are bounds of what it hangs on. */
static gboolean
bound_links (XpsProblem *self, GError **error)
{
  for (guint i = 0; i < self->n_parameters; i++) {
    const XpsParameter *p = parameter_at (self, i);
    gsize n;
    xps_problem_get_roots (self, (int)i, &n);
    if (p->kind != XPS_PARAMETER_LINKED || (isinf (p->min) && isinf (p->max)))
      continue;
    g_autofree char *place = xps_text_printf ("parameter \"%s\"", p->name);
    if (n > 1)
      return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place, _ ("bound each of them instead"),
                             _ ("a sum of %u free parameters cannot have bounds"), (guint)n);
    if (n == 0 && !(self->offset[i] >= p->min && self->offset[i] <= p->max))
      return xps_fit_refuse (
          error, XPS_FIT_ERROR_MODEL, NULL, place, _ ("move the bounds or the link"),
          _ ("its value %g, which nothing free can change, lies outside its bounds %g to %g"),
          self->offset[i], p->min, p->max);
    xps_problem_narrow_bounds (self, (int)i, p->min, p->max);
  }
  return TRUE;
}

gboolean
xps_problem_find_boxes (XpsProblem *self, GError **error)
{
  for (gsize f = 0; f < self->n_free; f++) {
    const XpsParameter *p = parameter_at (self, self->free_parameter[f]);
    self->low[f] = p->min;
    self->high[f] = p->max;
  }
  find_offsets (self);
  return bound_links (self, error);
}

gboolean
xps_problem_find_unknowns (XpsProblem *self, GError **error)
{
  const gsize n = self->n_parameters;
  self->free_parameter = g_new0 (guint, n + 1);
  self->own_free = g_new0 (int, n + 1);
  self->low = g_new0 (double, n + 1);
  self->high = g_new0 (double, n + 1);
  self->span = g_new0 (double, n + 1);
  self->border = g_new0 (int, n + 1);
  self->offset = g_new0 (double, n + 1);
  number_unknowns (self);
  return trace_roots (self, error) && xps_problem_find_boxes (self, error);
}

/* ---- whether they make sense ---- */

static gboolean
check_boxes (const XpsProblem *self, GError **error)
{
  for (gsize f = 0; f < self->n_free; f++) {
    if (self->low[f] <= self->high[f])
      continue;
    g_autofree char *place =
        xps_text_printf ("parameter \"%s\"", parameter_at (self, self->free_parameter[f])->name);
    return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place, _ ("widen the bounds"),
                           _ ("its bounds, its links and the shapes that use it leave no room (%g to %g)"),
                           self->low[f], self->high[f]);
  }
  return TRUE;
}

/* One role of a component or background at the start; rounding of a link is forgiven. */
static gboolean
check_start (const XpsProblem *self, const double *start, int parameter, double min, double max,
             const char *what, const char *name, const char *role, GError **error)
{
  const double value = parameter >= 0 ? start[parameter] : min;
  const double slack = 1e-12 * fmax (fabs (value), 1);
  if (value >= min - slack && value <= max + slack)
    return TRUE;
  g_autofree char *place = xps_text_printf ("%s \"%s\"", what, name);
  return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place, _ ("give a value in that range"),
                         _ ("\"%s\" (parameter \"%s\") starts at %g, outside %g to %g"), role,
                         parameter_at (self, (gsize)parameter)->name, value, min, max);
}

static gboolean
check_terms (const XpsProblem *self, gsize s, const double *start, GError **error)
{
  const XpsModelPart *part = g_ptr_array_index (self->model->parts, s);
  for (guint c = 0; c < part->components->len; c++) {
    const XpsComponent *component = g_ptr_array_index (part->components, c);
    for (gsize k = 0; k < component->shape->n_roles; k++) {
      const XpsShapeRole *role = &component->shape->roles[k];
      if (!check_start (self, start, self->spectra[s].terms[c].parameter[k], role->min, role->max,
                        "component", component->name, role->id, error))
        return FALSE;
    }
  }
  for (guint b = 0; b < part->backgrounds->len; b++) {
    const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
    gsize j = 0;
    for (gsize k = 0; k < background->type->n_roles; k++) {
      const XpsBackgroundRole *role = &background->type->roles[k];
      for (guint i = 0; i < background->roles[k]->len; i++, j++)
        if (!check_start (self, start, self->spectra[s].backgrounds[b].parameter[j], role->min, role->max,
                          "background", background->type->id, role->id, error))
          return FALSE;
    }
  }
  return TRUE;
}

gboolean
xps_problem_check_unknowns (const XpsProblem *self, GError **error)
{
  g_autofree double *start = g_new0 (double, self->n_parameters + 1);
  for (guint i = 0; i < self->n_parameters; i++)
    start[i] = parameter_at (self, i)->value;
  xps_model_resolve_links (self->model, self->index, start);
  for (guint i = 0; i < self->n_parameters; i++)
    if (!isfinite (start[i])) {
      g_autofree char *place = xps_text_printf ("parameter \"%s\"", parameter_at (self, i)->name);
      return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place, _ ("give the link smaller numbers"),
                             _ ("its link starts at %g"), start[i]);
    }
  for (gsize s = 0; s < self->n_spectra; s++)
    if (!check_terms (self, s, start, error))
      return FALSE;
  return check_boxes (self, error);
}
