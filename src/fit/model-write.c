/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/model.h"

#include <math.h>

#include "base/json.h"

/* A model as JSON; docs/METHODS.md and data/schema/model.schema.json describe the file. */

static void
write_terms (const XpsParameter *p, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "terms");
  json_builder_begin_array (builder);
  for (guint k = 1; k < p->terms->len; k++) {
    const XpsLinkTerm *term = g_ptr_array_index (p->terms, k);
    json_builder_begin_object (builder);
    xps_json_add_string (builder, "of", term->of);
    xps_json_add_number (builder, "coef", term->coef);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
write_parameter (const XpsParameter *p, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "name", p->name);
  if (p->kind == XPS_PARAMETER_LINKED) {
    const XpsLinkTerm *first = g_ptr_array_index (p->terms, 0);
    xps_json_add_string (builder, "of", first->of);
    xps_json_add_number (builder, "coef", first->coef);
    xps_json_add_number (builder, "const", p->constant);
    if (p->terms->len > 1)
      write_terms (p, builder);
  } else
    xps_json_add_number (builder, "value", p->value);
  if (isfinite (p->min))
    xps_json_add_number (builder, "min", p->min);
  if (isfinite (p->max))
    xps_json_add_number (builder, "max", p->max);
  if (p->kind != XPS_PARAMETER_LINKED)
    xps_json_add_boolean (builder, "vary", p->kind == XPS_PARAMETER_FREE);
  json_builder_end_object (builder);
}

static void
write_component (const XpsComponent *component, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "name", component->name);
  xps_json_add_string (builder, "type", component->shape->id);
  json_builder_set_member_name (builder, "params");
  json_builder_begin_object (builder);
  for (size_t k = 0; k < component->shape->n_roles; k++)
    if (component->roles[k] != NULL)
      xps_json_add_string (builder, component->shape->roles[k].id, component->roles[k]);
  json_builder_end_object (builder);
  if (component->label != NULL)
    xps_json_add_string (builder, "label", component->label);
  if (component->phase != NULL)
    xps_json_add_string (builder, "phase", component->phase);
  xps_assignment_to_json (component->assignment, builder);
  json_builder_end_object (builder);
}

static void
write_role (const XpsBackgroundRole *role, const GPtrArray *names, JsonBuilder *builder)
{
  if (!role->list) {
    xps_json_add_string (builder, role->id, names->len > 0 ? g_ptr_array_index (names, 0) : NULL);
    return;
  }
  json_builder_set_member_name (builder, role->id);
  json_builder_begin_array (builder);
  for (guint j = 0; j < names->len; j++)
    json_builder_add_string_value (builder, g_ptr_array_index (names, j));
  json_builder_end_array (builder);
}

static void
write_background (const XpsModelBackground *background, JsonBuilder *builder)
{
  const XpsBackground *type = background->type;
  const XpsBackgroundSettings *settings = &background->settings;
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "type", type->id);
  for (size_t k = 0; k < type->n_roles; k++)
    write_role (&type->roles[k], background->roles[k], builder);
  for (size_t k = 0; k < type->n_settings; k++) {
    if (type->settings[k].kind == XPS_SETTING_NUMBER)
      xps_json_add_number (builder, type->settings[k].id, settings->number[k]);
    else if (type->settings[k].kind == XPS_SETTING_WORD)
      xps_json_add_string (builder, type->settings[k].id, type->settings[k].words[settings->word[k]]);
    else
      xps_json_add_numbers (builder, type->settings[k].id, settings->list_length[k], settings->list[k]);
  }
  json_builder_end_object (builder);
}

static void
write_part (const XpsModelPart *part, JsonBuilder *builder)
{
  if (part->id != NULL)
    xps_json_add_string (builder, "id", part->id);
  if (part->data != NULL)
    xps_json_add_string (builder, "data", part->data);
  if (part->region != NULL)
    xps_json_add_string (builder, "region", part->region);
  if (isfinite (part->low) || isfinite (part->high)) /* null: open to that side */
    xps_json_add_numbers (builder, "energy_range", 2, (const double[]){part->low, part->high});
  if (part->energy_shift != 0)
    xps_json_add_number (builder, "energy_shift", part->energy_shift);
  if (isfinite (part->energy_shift_error))
    xps_json_add_number (builder, "energy_shift_error", part->energy_shift_error);
  if (part->energy_shift_source != NULL)
    xps_json_add_string (builder, "energy_shift_source", part->energy_shift_source);
  if (part->ignores_column)
    xps_json_add_string (builder, "background_column", "ignore");
  json_builder_set_member_name (builder, "components");
  json_builder_begin_array (builder);
  for (guint i = 0; i < part->components->len; i++)
    write_component (g_ptr_array_index (part->components, i), builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "background");
  json_builder_begin_array (builder);
  for (guint i = 0; i < part->backgrounds->len; i++)
    write_background (g_ptr_array_index (part->backgrounds, i), builder);
  json_builder_end_array (builder);
}

void
xps_model_to_json (const XpsModel *self, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  xps_json_add_integer (builder, "corelevel_model", 1);
  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->parameters->len; i++)
    write_parameter (g_ptr_array_index (self->parameters, i), builder);
  json_builder_end_array (builder);
  if (self->joint) {
    json_builder_set_member_name (builder, "spectra");
    json_builder_begin_array (builder);
    for (guint i = 0; i < self->parts->len; i++) {
      json_builder_begin_object (builder);
      write_part (g_ptr_array_index (self->parts, i), builder);
      json_builder_end_object (builder);
    }
    json_builder_end_array (builder);
  } else
    write_part (g_ptr_array_index (self->parts, 0), builder);
  if (self->not_supported->len > 0) {
    json_builder_set_member_name (builder, "not_supported");
    json_builder_begin_array (builder);
    for (guint i = 0; i < self->not_supported->len; i++)
      json_builder_add_string_value (builder, g_ptr_array_index (self->not_supported, i));
    json_builder_end_array (builder);
  }
  json_builder_end_object (builder);
}

char *
xps_model_dup_text (const XpsModel *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  xps_model_to_json (self, builder);
  return xps_json_dup_text (builder, TRUE);
}
