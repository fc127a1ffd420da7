/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/model-index.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "fit/refuse.h"

#include "base/text.h"

void
xps_model_index_free (XpsModelIndex *index)
{
  if (index == NULL)
    return;
  g_clear_pointer (&index->by_name, g_hash_table_unref);
  g_free (index->order);
  g_free (index->term_start);
  g_free (index->term_of);
  g_free (index->term_coef);
  g_free (index);
}

int
xps_model_index_find (const XpsModelIndex *index, const char *name)
{
  gpointer value;
  if (!g_hash_table_lookup_extended (index->by_name, name, NULL, &value))
    return -1;
  return GPOINTER_TO_INT (value);
}

static gboolean
check_numbers (const XpsParameter *p, GError **error)
{
  g_autofree char *place = xps_text_printf ("parameter \"%s\"", p->name);
  if (p->kind == XPS_PARAMETER_LINKED) {
    for (guint k = 0; k < p->terms->len; k++)
      if (!isfinite (((const XpsLinkTerm *)g_ptr_array_index (p->terms, k))->coef) || !isfinite (p->constant))
        return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place, N_ ("give finite numbers"),
                               N_ ("coef or const of the link is not finite"));
  } else if (!isfinite (p->value))
    return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place, N_ ("give a start value"),
                           N_ ("\"value\" is missing or not finite"));
  if (isnan (p->min) || isnan (p->max) || p->min > p->max)
    return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place, N_ ("make min less than or equal to max"),
                           N_ ("bounds contradict each other: min %g, max %g"), p->min, p->max);
  if (p->kind == XPS_PARAMETER_FREE && (p->value < p->min || p->value > p->max))
    return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place, N_ ("move the start value or the bounds"),
                           N_ ("start value %g lies outside its bounds %g to %g"), p->value, p->min, p->max);
  return TRUE;
}

static gboolean
collect_names (const XpsModel *self, XpsModelIndex *index, GError **error)
{
  for (guint i = 0; i < self->parameters->len; i++) {
    const XpsParameter *p = g_ptr_array_index (self->parameters, i);
    if (p->name == NULL || p->name[0] == '\0')
      return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, "parameters", N_ ("name it"),
                             N_ ("parameter %u has no name"), i + 1);
    if (!g_hash_table_insert (index->by_name, p->name, GINT_TO_POINTER (i)))
      return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, "parameters", N_ ("rename one of them"),
                             N_ ("two parameters are called \"%s\""), p->name);
  }
  return TRUE;
}

/* Parameters that links point at, by index. */
static gboolean
index_terms (const XpsModel *self, XpsModelIndex *index, GError **error)
{
  const guint n = self->parameters->len;
  guint n_terms = 0;
  index->term_start = g_new0 (guint, n + 1);
  for (guint i = 0; i < n; i++) {
    const XpsParameter *p = g_ptr_array_index (self->parameters, i);
    n_terms += p->terms != NULL ? p->terms->len : 0;
    index->term_start[i + 1] = n_terms;
  }
  index->term_of = g_new0 (guint, n_terms + 1);
  index->term_coef = g_new0 (double, n_terms + 1);
  for (guint i = 0; i < n; i++) {
    const XpsParameter *p = g_ptr_array_index (self->parameters, i);
    for (guint k = index->term_start[i]; k < index->term_start[i + 1]; k++) {
      const XpsLinkTerm *term = g_ptr_array_index (p->terms, k - index->term_start[i]);
      const int of = term->of != NULL ? xps_model_index_find (index, term->of) : -1;
      if (of < 0)
        return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, "parameters",
                               N_ ("name an existing parameter"),
                               N_ ("\"%s\" is linked to \"%s\", which is not there"), p->name, term->of);
      index->term_of[k] = (guint)of;
      index->term_coef[k] = term->coef;
    }
  }
  return TRUE;
}

/* Depth-first walk over what `start` depends on. state: 0 new, 1 on the way, 2 done; next: the term to follow
 * on the way back. With a stack of its own, because a chain may be as long as the model. */
static gboolean
order_from (const XpsModel *self, XpsModelIndex *index, guint start, guint8 *state, guint *next, GArray *way,
            guint *n_ordered, GError **error)
{
  g_array_set_size (way, 0);
  g_array_append_val (way, start);
  state[start] = 1;
  while (way->len > 0) {
    const guint i = g_array_index (way, guint, way->len - 1);
    const guint k = index->term_start[i] + next[i]++;
    if (k >= index->term_start[i + 1]) {
      state[i] = 2;
      index->order[(*n_ordered)++] = i;
      g_array_set_size (way, way->len - 1);
      continue;
    }
    const guint of = index->term_of[k];
    const XpsParameter *p = g_ptr_array_index (self->parameters, i),
                       *q = g_ptr_array_index (self->parameters, of);
    if (state[of] == 1)
      return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, "parameters",
                             N_ ("break the circle: let one of them stand alone"),
                             N_ ("\"%s\" and \"%s\" are linked in a circle"), p->name, q->name);
    if (state[of] == 0) {
      state[of] = 1;
      g_array_append_val (way, of);
    }
  }
  return TRUE;
}

static gboolean
order_links (const XpsModel *self, XpsModelIndex *index, GError **error)
{
  const guint n = self->parameters->len;
  if (!index_terms (self, index, error))
    return FALSE;
  index->order = g_new0 (guint, n + 1);
  g_autofree guint8 *state = g_new0 (guint8, n + 1);
  g_autofree guint *next = g_new0 (guint, n + 1);
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_ordered = 0;
  for (guint i = 0; i < n; i++)
    if (state[i] == 0 && !order_from (self, index, i, state, next, way, &n_ordered, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_component (const XpsModelIndex *index, const XpsComponent *component, GError **error)
{
  g_autofree char *place =
      xps_text_printf ("component \"%s\"", component->name != NULL ? component->name : "?");
  if (component->name == NULL || component->name[0] == '\0')
    return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, "components", N_ ("name it"),
                           N_ ("a component (%s) has no name"), component->shape->id);
  const XpsShape *shape = component->shape;
  for (size_t k = 0; k < shape->n_roles; k++) {
    const XpsShapeRole *role = &shape->roles[k];
    if (component->roles[k] == NULL && isnan (role->usual))
      return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place,
                             N_ ("name a parameter for it in \"params\""), N_ ("shape %s needs \"%s\" (%s)"),
                             shape->id, role->id, role->meaning);
    if (component->roles[k] != NULL && xps_model_index_find (index, component->roles[k]) < 0)
      return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place, N_ ("add it to \"parameters\""),
                             N_ ("\"%s\" points at the parameter \"%s\", which is not there"), role->id,
                             component->roles[k]);
  }
  return TRUE;
}

static gboolean
check_background (const XpsModelIndex *index, const XpsModelPart *part, const XpsModelBackground *background,
                  GError **error)
{
  const XpsBackground *type = background->type;
  g_autofree char *place = xps_text_printf ("background \"%s\"", type->id);
  for (size_t k = 0; k < type->n_roles; k++) {
    const GPtrArray *names = background->roles[k];
    const guint wanted = type->per_component ? part->components->len : 1;
    if (names->len == 0 || (!type->roles[k].list && names->len != 1) ||
        (type->per_component && names->len != wanted))
      return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place,
                             type->per_component ? N_ ("name one for each component")
                                                 : N_ ("name a parameter for it"),
                             N_ ("\"%s\" names %u parameters"), type->roles[k].id, names->len);
    for (guint j = 0; j < names->len; j++)
      if (xps_model_index_find (index, g_ptr_array_index (names, j)) < 0)
        return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place, N_ ("add it to \"parameters\""),
                               N_ ("\"%s\" points at the parameter \"%s\", which is not there"),
                               type->roles[k].id, (const char *)g_ptr_array_index (names, j));
  }
  for (size_t k = 0; k < type->n_settings; k++) {
    const XpsBackgroundSetting *setting = &type->settings[k];
    const double value = background->settings.number[k];
    if (setting->kind != XPS_SETTING_NUMBER)
      continue;
    if (isnan (value))
      return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place, N_ ("give a number"),
                             N_ ("\"%s\" (%s) is missing"), setting->id, setting->meaning);
    if (value < setting->min || value > setting->max)
      return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, place, N_ ("choose a value in that range"),
                             N_ ("\"%s\" is %g, outside %g to %g"), setting->id, value, setting->min,
                             setting->max);
  }
  return TRUE;
}

static gboolean
check_part_body (const XpsModelIndex *index, const XpsModelPart *part, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  if (isfinite (part->low) && isfinite (part->high) && part->low >= part->high)
    return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, "energy_range",
                           N_ ("give the lower energy first"), N_ ("%g to %g eV is empty"), part->low,
                           part->high);
  if (part->components->len == 0 && part->backgrounds->len == 0)
    return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, "components", N_ ("add at least one"),
                           N_ ("the model has neither components nor a background"));
  for (guint i = 0; i < part->components->len; i++) {
    const XpsComponent *component = g_ptr_array_index (part->components, i);
    if (!check_component (index, component, error))
      return FALSE;
    if (!g_hash_table_add (names, component->name))
      return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, "components", N_ ("rename one of them"),
                             N_ ("two components are called \"%s\""), component->name);
  }
  for (guint i = 0; i < part->backgrounds->len; i++)
    if (!check_background (index, part, g_ptr_array_index (part->backgrounds, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_part (const XpsModel *self, const XpsModelIndex *index, guint i, GHashTable *ids, GError **error)
{
  const XpsModelPart *part = g_ptr_array_index (self->parts, i);
  if (part->id != NULL && !g_hash_table_add (ids, part->id))
    return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, "spectra", N_ ("rename one of them"),
                           N_ ("two spectra are called \"%s\""), part->id);
  if (check_part_body (index, part, error))
    return TRUE;
  if (self->joint)
    g_prefix_error (error, "spectrum %u: ", i + 1);
  return FALSE;
}

XpsModelIndex *
xps_model_index_new (const XpsModel *self, GError **error)
{
  g_autoptr (XpsModelIndex) index = g_new0 (XpsModelIndex, 1);
  index->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  if (!collect_names (self, index, error) || !order_links (self, index, error))
    return NULL;
  return g_steal_pointer (&index);
}

XpsModelIndex *
xps_model_check (const XpsModel *self, GError **error)
{
  for (guint i = 0; i < self->parameters->len; i++)
    if (!check_numbers (g_ptr_array_index (self->parameters, i), error))
      return NULL;
  g_autoptr (XpsModelIndex) index = xps_model_index_new (self, error);
  if (index == NULL)
    return NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->parts->len; i++)
    if (!check_part (self, index, i, ids, error))
      return NULL;
  return g_steal_pointer (&index);
}

void
xps_model_index_resolve (const XpsModel *self, const XpsModelIndex *index, guint i, double *values)
{
  double sum = ((const XpsParameter *)g_ptr_array_index (self->parameters, i))->constant;
  for (guint k = index->term_start[i]; k < index->term_start[i + 1]; k++)
    sum += index->term_coef[k] * values[index->term_of[k]];
  values[i] = sum;
}

void
xps_model_resolve_links (const XpsModel *self, const XpsModelIndex *index, double *values)
{
  for (guint k = 0; k < self->parameters->len; k++) {
    const guint i = index->order[k];
    if (index->term_start[i] < index->term_start[i + 1])
      xps_model_index_resolve (self, index, i, values);
  }
}
