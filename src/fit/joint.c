/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/joint.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "fit/refuse.h"

/* ---- names ---- */

static void
put_before (char **name, const char *id)
{
  if (*name == NULL)
    return;
  char *longer = g_strconcat (id, "/", *name, NULL);
  g_free (*name);
  *name = longer;
}

static void
put_before_all (GPtrArray *names, const char *id)
{
  for (guint i = 0; i < names->len; i++)
    put_before ((char **)&g_ptr_array_index (names, i), id);
}

static void
prefix_part (XpsModelPart *part, const char *id)
{
  for (guint c = 0; c < part->components->len; c++) {
    XpsComponent *component = g_ptr_array_index (part->components, c);
    for (gsize k = 0; k < component->shape->n_roles; k++)
      put_before (&component->roles[k], id);
  }
  for (guint b = 0; b < part->backgrounds->len; b++) {
    XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
    for (gsize k = 0; k < background->type->n_roles; k++)
      put_before_all (background->roles[k], id);
  }
}

static void
prefix_parameters (XpsModel *model, const char *id)
{
  for (guint i = 0; i < model->parameters->len; i++) {
    XpsParameter *p = g_ptr_array_index (model->parameters, i);
    put_before (&p->name, id);
    for (guint t = 0; p->terms != NULL && t < p->terms->len; t++)
      put_before (&((XpsLinkTerm *)g_ptr_array_index (p->terms, t))->of, id);
  }
}

/* Takes everything out of `model`. */
static void
take_in (XpsModel *joint, XpsModel *model, const char *id)
{
  XpsModelPart *part = g_ptr_array_index (model->parts, 0);
  prefix_parameters (model, id);
  prefix_part (part, id);
  g_free (part->id);
  part->id = g_strdup (id);
  g_ptr_array_extend_and_steal (joint->parameters, g_ptr_array_ref (model->parameters));
  g_ptr_array_extend_and_steal (joint->parts, g_ptr_array_ref (model->parts));
}

/* ---- ties ---- */

/* The area of a tied component: free and nobody's else. */
static XpsParameter *
find_area (XpsModel *joint, const XpsAreaTie *tie, gsize i, GHashTable *taken, GError **error)
{
  const XpsTiedArea *area = &tie->areas[i];
  const XpsModelPart *part = g_ptr_array_index (joint->parts, area->part);
  const XpsComponent *component = NULL;
  for (guint c = 0; c < part->components->len && component == NULL; c++) {
    const XpsComponent *other = g_ptr_array_index (part->components, c);
    component = strcmp (other->name, area->component) == 0 ? other : NULL;
  }
  const int role = component != NULL ? xps_shape_find_role (component->shape, "area") : -1;
  XpsParameter *p = role >= 0 && component->roles[role] != NULL
                        ? xps_model_get_parameter (joint, component->roles[role])
                        : NULL;
  const char *problem = component == NULL                         ? "is not there"
                        : p == NULL                               ? "has no area"
                        : p->kind == XPS_PARAMETER_LINKED         ? "has an area that is linked already"
                        : p->kind == XPS_PARAMETER_FIXED          ? "has a fixed area"
                        : !g_hash_table_add (taken, p->name)      ? "is tied twice"
                        : tie->tolerance > 0 && isfinite (p->max) ? "has an upper bound to its area"
                        : p->min > 0                              ? "has a lower bound to its area"
                                                                  : NULL;
  if (problem == NULL)
    return p;
  xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, tie->name, N_ ("free the area of the stronger line"),
                  N_ ("component \"%s\" %s"), area->component, problem);
  return NULL;
}

static void
become_link (XpsParameter *p)
{
  p->kind = XPS_PARAMETER_LINKED;
  p->value = NAN;
  p->constant = 0;
}

static void
tie_exactly (const XpsAreaTie *tie, XpsParameter *const *areas)
{
  for (gsize i = 1; i < tie->n_areas; i++) {
    become_link (areas[i]);
    xps_parameter_add_term (areas[i], areas[0]->name, tie->areas[i].factor / tie->areas[0].factor);
  }
}

/* Where area i starts between its limits: 0 lowest, 1 highest. */
static double
start_between (const XpsAreaTie *tie, double first, double area, gsize i)
{
  const double expected = first * tie->areas[i].factor / tie->areas[0].factor;
  const double ratio = expected > 0 ? area / expected : 1;
  return fmin (fmax ((ratio - (1 - tie->tolerance)) / (2 * tie->tolerance), 0), 1);
}

/* One non-negative parameter for each edge of the cone; edge r has area i at its upper limit where bit i - 1
 * is set. Started so that all areas come out as they were, as far as the limits let them. */
static void
tie_loosely (XpsModel *joint, const XpsAreaTie *tie, XpsParameter *const *areas)
{
  double place[XPS_TIE_MAX_LOOSE] = {0};
  const double first = fmax (areas[0]->value, 0);
  for (gsize i = 1; i < tie->n_areas; i++)
    place[i] = start_between (tie, first, areas[i]->value, i);
  for (gsize i = 0; i < tie->n_areas; i++) {
    become_link (areas[i]);
    areas[i]->min = -INFINITY; /* the edges are bounded instead */
    areas[i]->max = INFINITY;
  }
  for (guint r = 0; r < 1U << (tie->n_areas - 1); r++) {
    g_autofree char *name = xps_text_printf ("%s/edge%u", tie->name, r + 1);
    double value = first;
    for (gsize i = 1; i < tie->n_areas; i++)
      value *= (r >> (i - 1) & 1) ? place[i] : 1 - place[i];
    xps_model_add_parameter (joint, name, value, 0, INFINITY);
    for (gsize i = 0; i < tie->n_areas; i++) {
      const double away = i == 0 ? 0 : (r >> (i - 1) & 1) ? tie->tolerance : -tie->tolerance;
      xps_parameter_add_term (areas[i], name, tie->areas[i].factor / tie->areas[0].factor * (1 + away));
    }
  }
}

static gboolean
check_tie (const XpsAreaTie *tie, gsize n_parts, GError **error)
{
  if (tie->n_areas < 2)
    return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, tie->name, N_ ("name two or more"),
                           N_ ("a tie needs at least two areas"));
  if (!(tie->tolerance >= 0 && tie->tolerance < 1))
    return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, tie->name, N_ ("give a share from 0 to below 1"),
                           N_ ("a tolerance of %g cannot be"), tie->tolerance);
  if (tie->tolerance > 0 && tie->n_areas > XPS_TIE_MAX_LOOSE)
    return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, tie->name, N_ ("tie fewer, or exactly"),
                           N_ ("%zu areas cannot be tied with a tolerance, %d can"), tie->n_areas,
                           XPS_TIE_MAX_LOOSE);
  for (gsize i = 0; i < tie->n_areas; i++)
    if (tie->areas[i].part >= n_parts || !(tie->areas[i].factor > 0) || isinf (tie->areas[i].factor))
      return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, tie->name, N_ ("give a positive number"),
                             N_ ("the factor of \"%s\" is %g"), tie->areas[i].component,
                             tie->areas[i].factor);
  return TRUE;
}

static gboolean
apply_tie (XpsModel *joint, const XpsAreaTie *tie, GHashTable *taken, GError **error)
{
  if (!check_tie (tie, joint->parts->len, error))
    return FALSE;
  g_autofree XpsParameter **areas = g_new0 (XpsParameter *, tie->n_areas);
  for (gsize i = 0; i < tie->n_areas; i++) {
    areas[i] = find_area (joint, tie, i, taken, error);
    if (areas[i] == NULL)
      return FALSE;
  }
  if (tie->tolerance > 0)
    tie_loosely (joint, tie, areas);
  else
    tie_exactly (tie, areas);
  return TRUE;
}

XpsModel *
xps_joint_new (const XpsModel *const *models, const char *const *ids, gsize n, const XpsAreaTie *ties,
               gsize n_ties, GError **error)
{
  g_autoptr (XpsModel) joint = xps_model_new ();
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_set_size (joint->parts, 0);
  for (gsize i = 0; i < n; i++) {
    g_return_val_if_fail (models[i]->parts->len == 1, NULL);
    g_autoptr (XpsModel) copy = xps_model_copy (models[i]);
    take_in (joint, copy, ids[i]);
  }
  joint->joint = TRUE;
  for (gsize t = 0; t < n_ties; t++)
    if (!apply_tie (joint, &ties[t], taken, error))
      return NULL;
  return g_steal_pointer (&joint);
}
