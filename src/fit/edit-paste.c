/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit-private.h"

#include <math.h>
#include <string.h>

/* Components and backgrounds of one model put into another. Positions are those of the calibrated axis, so
 * they stay whatever the two charge shifts are; intensities go with the data they come to. */

/* ---- out with the old ---- */

static void
clear_part (XpsModel *model, XpsModelPart *part)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (guint c = 0; c < part->components->len; c++)
    xps_edit_list_roles (g_ptr_array_index (part->components, c), names);
  for (guint b = 0; b < part->backgrounds->len; b++)
    xps_edit_list_background (g_ptr_array_index (part->backgrounds, b), names);
  g_ptr_array_set_size (part->components, 0);
  g_ptr_array_set_size (part->backgrounds, 0);
  xps_edit_remove_unused (model, names);
}

/* ---- in with the new ---- */

/* Parameters that the part needs, through all links. */
static gboolean *
find_needed (const XpsModel *from, const XpsModelPart *part, const XpsModelIndex *index)
{
  const guint n = from->parameters->len;
  gboolean *needed = g_new0 (gboolean, n + 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (guint c = 0; c < part->components->len; c++)
    xps_edit_list_roles (g_ptr_array_index (part->components, c), names);
  for (guint b = 0; b < part->backgrounds->len; b++)
    xps_edit_list_background (g_ptr_array_index (part->backgrounds, b), names);
  for (guint i = 0; i < names->len; i++) {
    const int k = xps_model_index_find (index, g_ptr_array_index (names, i));
    if (k >= 0)
      needed[k] = TRUE;
  }
  for (guint k = n; k-- > 0;) {
    const guint i = index->order[k];
    for (guint t = index->term_start[i]; needed[i] && t < index->term_start[i + 1]; t++)
      needed[index->term_of[t]] = TRUE;
  }
  return needed;
}

/* Old name -> new name, both owned. */
static GHashTable *
copy_parameters (XpsModel *model, const XpsModel *from, const gboolean *needed)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const guint first = model->parameters->len;
  for (guint i = 0; i < from->parameters->len; i++) {
    const XpsParameter *old = xps_edit_parameter_at (from, i);
    if (!needed[i])
      continue;
    char *name = xps_edit_dup_free_name (model, old->name);
    XpsParameter *own = xps_model_add_parameter (model, name, old->value, old->min, old->max);
    own->kind = old->kind;
    own->constant = old->constant;
    for (guint k = 0; old->kind == XPS_PARAMETER_LINKED && k < old->terms->len; k++) {
      const XpsLinkTerm *term = g_ptr_array_index (old->terms, k);
      xps_parameter_add_term (own, term->of, term->coef);
    }
    g_hash_table_insert (names, g_strdup (old->name), name);
  }
  for (guint i = first; i < model->parameters->len; i++) {
    XpsParameter *own = xps_edit_parameter_at (model, i);
    for (guint k = 0; own->kind == XPS_PARAMETER_LINKED && k < own->terms->len; k++) {
      XpsLinkTerm *term = g_ptr_array_index (own->terms, k);
      char *name = g_strdup (g_hash_table_lookup (names, term->of));
      g_free (term->of);
      term->of = name;
    }
  }
  return names;
}

static void
copy_component (XpsModelPart *part, const XpsComponent *old, GHashTable *names)
{
  XpsComponent *own = xps_model_part_add_component (part, old->name, old->shape);
  own->label = g_strdup (old->label);
  own->phase = g_strdup (old->phase);
  for (gsize k = 0; k < old->shape->n_roles; k++)
    if (old->roles[k] != NULL)
      own->roles[k] = g_strdup (g_hash_table_lookup (names, old->roles[k]));
}

static void
copy_background (XpsModelPart *part, const XpsModelBackground *old, GHashTable *names)
{
  XpsModelBackground *own = xps_model_part_add_background (part, old->type);
  memcpy (own->settings.number, old->settings.number, sizeof own->settings.number);
  memcpy (own->settings.word, old->settings.word, sizeof own->settings.word);
  for (gsize k = 0; k < old->type->n_settings; k++)
    xps_model_background_set_list (own, (int)k, old->settings.list[k], old->settings.list_length[k]);
  for (gsize k = 0; k < old->type->n_roles; k++)
    for (guint j = 0; j < old->roles[k]->len; j++)
      g_ptr_array_add (own->roles[k],
                       g_strdup (g_hash_table_lookup (names, g_ptr_array_index (old->roles[k], j))));
}

/* ---- intensities ---- */

/* What stands above the line between the ends of the window, in counts eV. */
static double
net_area (const XpsEditEnds *ends)
{
  const double slope = (ends->y_high - ends->y_low) / (ends->x_high - ends->x_low);
  double sum = 0;
  for (gsize i = 1; i < ends->n; i++) {
    const double middle = 0.5 * (ends->energy[i] + ends->energy[i - 1]);
    sum +=
        (0.5 * (ends->intensity[i] + ends->intensity[i - 1]) - ends->y_low - slope * (middle - ends->x_low)) *
        (ends->energy[i] - ends->energy[i - 1]);
  }
  return sum;
}

/* The component on the points of the window, in counts eV; with `work` of n doubles. */
static double
area_in_window (const XpsComponent *component, const double *p, const XpsEditEnds *ends, double *work)
{
  double sum = 0;
  component->shape->evaluate (p, ends->n, ends->energy, XPS_PRECISION_ITERATION, work, NULL);
  for (gsize i = 1; i < ends->n; i++)
    sum += 0.5 * (work[i] + work[i - 1]) * (ends->energy[i] - ends->energy[i - 1]);
  return sum;
}

/* What the components hold inside the window; all of it where that is next to nothing (another region). */
static double
model_area (const XpsEditValues *values, const XpsModelPart *part, const XpsEditEnds *ends)
{
  g_autofree double *work = g_new (double, ends->n);
  double inside = 0, all = 0;
  for (guint c = 0; c < part->components->len; c++) {
    const XpsComponent *component = g_ptr_array_index (part->components, c);
    double p[XPS_SHAPE_MAX_ROLES];
    xps_edit_values_get_roles (values, component, p);
    const double here = area_in_window (component, p, ends, work), whole = component->shape->area (p);
    inside += here;
    all += isfinite (whole) ? whole : here;
  }
  return inside > 0.01 * all ? inside : all;
}

/* Intensities, and what they hang on, times `scale`; links by a factor follow by themselves. */
static void
scale_intensities (XpsModel *model, const XpsModelPart *part, const XpsModelIndex *index, double scale)
{
  const guint n = model->parameters->len;
  g_autofree gboolean *scaled = g_new0 (gboolean, n + 1);
  for (guint c = 0; c < part->components->len; c++) {
    const XpsComponent *component = g_ptr_array_index (part->components, c);
    const int k = xps_shape_find_kind (component->shape, XPS_ROLE_INTENSITY);
    const int i =
        k >= 0 && component->roles[k] != NULL ? xps_model_index_find (index, component->roles[k]) : -1;
    if (i >= 0)
      scaled[i] = TRUE;
  }
  for (guint k = n; k-- > 0;) {
    const guint i = index->order[k];
    for (guint t = index->term_start[i]; scaled[i] && t < index->term_start[i + 1]; t++)
      scaled[index->term_of[t]] = TRUE;
  }
  for (guint i = 0; i < n; i++) {
    XpsParameter *p = xps_edit_parameter_at (model, i);
    if (!scaled[i])
      continue;
    if (p->kind == XPS_PARAMETER_LINKED)
      p->constant *= scale;
    else
      p->value *= scale;
    p->min *= scale;
    p->max *= scale;
  }
}

static void
fit_to_data (XpsModel *model, XpsModelPart *part, const XpsPreview *preview)
{
  XpsEditEnds ends;
  if (!xps_edit_ends_init (&ends, preview, part))
    return;
  g_autoptr (XpsEditValues) values = xps_edit_values_new (model, NULL);
  if (values != NULL) {
    const double scale = net_area (&ends) / model_area (values, part, &ends);
    if (isfinite (scale) && scale > 0)
      scale_intensities (model, part, values->index, scale);
    xps_edit_start_backgrounds (model, part, &ends);
  }
  xps_edit_ends_clear (&ends);
}

/* ---- which core level ---- */

/* How many of the components lie within the data, 0 to 1. */
static double
share_within (const XpsEditValues *values, const XpsModelPart *part, const XpsPreview *preview)
{
  guint n = 0;
  for (guint c = 0; c < part->components->len; c++) {
    const XpsComponent *component = g_ptr_array_index (part->components, c);
    const int k = xps_shape_find_kind (component->shape, XPS_ROLE_POSITION);
    double p[XPS_SHAPE_MAX_ROLES];
    xps_edit_values_get_roles (values, component, p);
    n += k >= 0 && p[k] >= preview->energy[0] && p[k] <= preview->energy[preview->n - 1] ? 1 : 0;
  }
  return part->components->len > 0 ? (double)n / part->components->len : 0;
}

/* The part that is for these data, of equal ones the first; NULL: none of several is. */
static const XpsModelPart *
choose_part (XpsModel *source, const XpsPreview *preview)
{
  if (source->parts->len == 1 || preview == NULL || !preview->has_binding || preview->n == 0)
    return xps_edit_part (source, 0);
  g_autoptr (XpsEditValues) values = xps_edit_values_new (source, NULL);
  const XpsModelPart *best = NULL;
  double most = 0;
  for (guint k = 0; values != NULL && k < source->parts->len; k++) {
    const XpsModelPart *part = g_ptr_array_index (source->parts, k);
    const double share = share_within (values, part, preview);
    best = share > most ? part : best;
    most = fmax (share, most);
  }
  return best;
}

gboolean
xps_edit_paste (XpsModel *model, gsize part, const XpsModel *from, const XpsPreview *preview)
{
  XpsModelPart *own = xps_edit_part (model, part);
  g_autoptr (XpsModel) source = xps_model_copy (from); /* may be the model itself */
  g_autoptr (XpsModelIndex) index = xps_model_index_new (source, NULL);
  const XpsModelPart *other = index != NULL ? choose_part (source, preview) : NULL;
  if (other == NULL)
    return FALSE;
  g_autofree gboolean *needed = find_needed (source, other, index);
  clear_part (model, own);
  g_autoptr (GHashTable) names = copy_parameters (model, source, needed);
  for (guint c = 0; c < other->components->len; c++)
    copy_component (own, g_ptr_array_index (other->components, c), names);
  for (guint b = 0; b < other->backgrounds->len; b++)
    copy_background (own, g_ptr_array_index (other->backgrounds, b), names);
  if (isnan (own->low) && isnan (own->high)) {
    own->low = other->low;
    own->high = other->high;
  }
  fit_to_data (model, own, preview);
  xps_edit_resolve (model, NULL);
  return TRUE;
}
