/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/model-compare.h"

#include <math.h>
#include <string.h>

/* Bit for bit, but every NaN is alike: it stands for "none". */
static gboolean
same_number (double a, double b)
{
  return (a == b && !signbit (a) == !signbit (b)) || (isnan (a) && isnan (b));
}

static gboolean
same_strings (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_strcmp0 (g_ptr_array_index (a, i), g_ptr_array_index (b, i)) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
same_terms (const XpsParameter *a, const XpsParameter *b)
{
  if (!same_number (a->constant, b->constant) || a->terms->len != b->terms->len)
    return FALSE;
  for (guint k = 0; k < a->terms->len; k++) {
    const XpsLinkTerm *s = g_ptr_array_index (a->terms, k), *t = g_ptr_array_index (b->terms, k);
    if (strcmp (s->of, t->of) != 0 || !same_number (s->coef, t->coef))
      return FALSE;
  }
  return TRUE;
}

static gboolean
same_parameter (const XpsParameter *a, const XpsParameter *b, XpsCompare but)
{
  if (a->kind != b->kind || g_strcmp0 (a->name, b->name) != 0 || !same_number (a->min, b->min) ||
      !same_number (a->max, b->max))
    return FALSE;
  if (a->kind == XPS_PARAMETER_LINKED)
    return same_terms (a, b);
  return (but & XPS_COMPARE_BUT_VALUES) != 0 || same_number (a->value, b->value);
}

static gboolean
same_component (const XpsComponent *a, const XpsComponent *b, XpsCompare but)
{
  if (a->shape != b->shape || g_strcmp0 (a->name, b->name) != 0)
    return FALSE;
  for (gsize k = 0; k < a->shape->n_roles; k++)
    if (g_strcmp0 (a->roles[k], b->roles[k]) != 0)
      return FALSE;
  return (but & XPS_COMPARE_BUT_LABELS) != 0 ||
         (g_strcmp0 (a->label, b->label) == 0 && g_strcmp0 (a->phase, b->phase) == 0 &&
          xps_assignment_equal (a->assignment, b->assignment));
}

static gboolean
same_setting (const XpsBackgroundSetting *setting, const XpsBackgroundSettings *a,
              const XpsBackgroundSettings *b, gsize k)
{
  if (setting->kind == XPS_SETTING_NUMBER)
    return same_number (a->number[k], b->number[k]);
  if (setting->kind == XPS_SETTING_WORD)
    return a->word[k] == b->word[k];
  if (a->list_length[k] != b->list_length[k])
    return FALSE;
  for (gsize i = 0; i < a->list_length[k]; i++)
    if (!same_number (a->list[k][i], b->list[k][i]))
      return FALSE;
  return TRUE;
}

static gboolean
same_background (const XpsModelBackground *a, const XpsModelBackground *b)
{
  if (a->type != b->type)
    return FALSE;
  for (gsize k = 0; k < a->type->n_roles; k++)
    if (!same_strings (a->roles[k], b->roles[k]))
      return FALSE;
  for (gsize k = 0; k < a->type->n_settings; k++)
    if (!same_setting (&a->type->settings[k], &a->settings, &b->settings, k))
      return FALSE;
  return TRUE;
}

static gboolean
same_part (const XpsModelPart *a, const XpsModelPart *b, XpsCompare but)
{
  if (a->components->len != b->components->len || a->backgrounds->len != b->backgrounds->len ||
      !same_number (a->low, b->low) || !same_number (a->high, b->high) ||
      a->energy_shift != b->energy_shift || a->ignores_column != b->ignores_column)
    return FALSE;
  if (g_strcmp0 (a->id, b->id) != 0 || g_strcmp0 (a->data, b->data) != 0 ||
      g_strcmp0 (a->region, b->region) != 0)
    return FALSE;
  if ((but & XPS_COMPARE_BUT_LABELS) == 0 &&
      (g_strcmp0 (a->energy_shift_source, b->energy_shift_source) != 0 ||
       !same_number (a->energy_shift_error, b->energy_shift_error)))
    return FALSE;
  for (guint c = 0; c < a->components->len; c++)
    if (!same_component (g_ptr_array_index (a->components, c), g_ptr_array_index (b->components, c), but))
      return FALSE;
  for (guint k = 0; k < a->backgrounds->len; k++)
    if (!same_background (g_ptr_array_index (a->backgrounds, k), g_ptr_array_index (b->backgrounds, k)))
      return FALSE;
  return TRUE;
}

gboolean
xps_model_same (const XpsModel *a, const XpsModel *b, XpsCompare but)
{
  if (a->joint != b->joint || a->parameters->len != b->parameters->len || a->parts->len != b->parts->len)
    return FALSE;
  for (guint i = 0; i < a->parameters->len; i++)
    if (!same_parameter (g_ptr_array_index (a->parameters, i), g_ptr_array_index (b->parameters, i), but))
      return FALSE;
  for (guint i = 0; i < a->parts->len; i++)
    if (!same_part (g_ptr_array_index (a->parts, i), g_ptr_array_index (b->parts, i), but))
      return FALSE;
  return (but & XPS_COMPARE_BUT_LABELS) != 0 || same_strings (a->not_supported, b->not_supported);
}
