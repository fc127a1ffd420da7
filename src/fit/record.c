/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/record-private.h"

#include <math.h>

#include "fit/model-compare.h"

/* A fresh result becomes a record through its own RESULT.json: there is one way to read one, and what is kept
 * cannot differ from what is read back. */

static void
clear_parameter (gpointer pointer)
{
  XpsRecordParameter *self = pointer;
  g_free (self->name);
  g_free (self);
}

static void
clear_component (gpointer pointer)
{
  XpsRecordComponent *self = pointer;
  g_free (self->name);
  g_free (self->type);
  g_free (self->label);
  g_free (self->phase);
  g_free (self);
}

static void
clear_background (gpointer pointer)
{
  XpsRecordBackground *self = pointer;
  g_free (self->type);
  g_free (self->statement);
  g_ptr_array_unref (self->codes);
  g_ptr_array_unref (self->keys);
  g_array_unref (self->values);
  g_free (self);
}

static void
clear_warning (gpointer pointer)
{
  XpsWarning *self = pointer;
  g_free ((char *)self->code);
  g_free ((char *)self->severity);
  g_free (self->message);
  g_strfreev (self->parameters);
  g_free (self);
}

XpsFitRecord *
xps_fit_record_new_empty (void)
{
  XpsFitRecord *self = g_atomic_rc_box_new0 (XpsFitRecord);
  self->parameters = g_ptr_array_new_with_free_func (clear_parameter);
  self->components = g_ptr_array_new_with_free_func (clear_component);
  self->backgrounds = g_ptr_array_new_with_free_func (clear_background);
  self->warnings = g_ptr_array_new_with_free_func (clear_warning);
  self->order = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
clear_record (gpointer pointer)
{
  XpsFitRecord *self = pointer;
  g_free (self->stop_reason);
  g_free (self->weights);
  g_free (self->method);
  g_ptr_array_unref (self->parameters);
  g_ptr_array_unref (self->components);
  g_ptr_array_unref (self->backgrounds);
  g_ptr_array_unref (self->warnings);
  g_ptr_array_unref (self->order);
  g_free (self->covariance);
  xps_model_free (self->model);
  g_free (self->created);
  g_free (self->text);
}

XpsFitRecord *
xps_fit_record_ref (const XpsFitRecord *self)
{
  return g_atomic_rc_box_acquire ((XpsFitRecord *)self);
}

void
xps_fit_record_unref (XpsFitRecord *self)
{
  g_atomic_rc_box_release_full (self, clear_record);
}

XpsFitRecord *
xps_fit_record_new (const XpsResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *written = xps_result_dup_text (result);
  g_autofree char *text = g_utf8_make_valid (written, -1); /* names may come from an instrument's file */
  XpsFitRecord *self = xps_fit_record_from_text (text, "result", &error);
  if (self == NULL)
    g_error ("a result that was just written cannot be read: %s", error->message);
  return self;
}

const XpsRecordParameter *
xps_fit_record_find_parameter (const XpsFitRecord *self, const char *name)
{
  for (guint i = 0; i < self->parameters->len; i++) {
    const XpsRecordParameter *parameter = g_ptr_array_index (self->parameters, i);
    if (g_strcmp0 (parameter->name, name) == 0)
      return parameter;
  }
  return NULL;
}

const XpsRecordComponent *
xps_fit_record_find_component (const XpsFitRecord *self, gsize spectrum, const char *name)
{
  for (guint i = 0; i < self->components->len; i++) {
    const XpsRecordComponent *component = g_ptr_array_index (self->components, i);
    if (component->spectrum == spectrum && g_strcmp0 (component->name, name) == 0)
      return component;
  }
  return NULL;
}

/* ---- energies and assignments ---- */

static const XpsModelPart *
find_part (const XpsFitRecord *self, const XpsRecordComponent *component)
{
  return component->spectrum < self->model->parts->len
             ? g_ptr_array_index (self->model->parts, component->spectrum)
             : NULL;
}

XpsEnergy
xps_energy_combine (XpsQuantity position, double reference)
{
  const double squares = (isfinite (position.error) ? position.error * position.error : 0) +
                         (isfinite (reference) ? reference * reference : 0);
  const gboolean known = isfinite (position.error) || isfinite (reference);
  return (XpsEnergy){position.value, position.error, reference, known ? sqrt (squares) : (double)NAN};
}

XpsEnergy
xps_fit_record_get_energy (const XpsFitRecord *self, const XpsRecordComponent *component)
{
  const XpsModelPart *part = find_part (self, component);
  const XpsQuantity position = isfinite (component->maximum.value) ? component->maximum : component->center;
  return xps_energy_combine (position, part != NULL ? part->energy_shift_error : NAN);
}

const XpsAssignment *
xps_fit_record_get_assignment (const XpsFitRecord *self, const XpsRecordComponent *component)
{
  const XpsModelPart *part = find_part (self, component);
  for (guint i = 0; part != NULL && i < part->components->len; i++) {
    const XpsComponent *rule = g_ptr_array_index (part->components, i);
    if (g_strcmp0 (rule->name, component->name) == 0)
      return rule->assignment;
  }
  return NULL;
}

gboolean
xps_fit_record_is_current (const XpsFitRecord *self, const XpsModel *model, XpsWeights weights)
{
  return g_strcmp0 (self->weights, xps_weights_to_text (weights)) == 0 &&
         xps_model_same (self->model, model, XPS_COMPARE_BUT_LABELS);
}
