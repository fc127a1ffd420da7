/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-model.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-words.h"
#include "base/number.h"

/* The window shows models of one part. */
#define PART 0

const XpsModel *
xps_page_get_model (XpsSession *session)
{
  const XpsPreview *preview = session != NULL ? xps_session_get_preview (session) : NULL;
  return preview != NULL ? preview->model : NULL;
}

const XpsModelPart *
xps_page_get_part (XpsSession *session)
{
  const XpsModel *model = xps_page_get_model (session);
  return model != NULL && model->parts->len > PART ? g_ptr_array_index (model->parts, PART) : NULL;
}

const XpsComponent *
xps_page_get_component (XpsSession *session, gsize component)
{
  const XpsModelPart *part = xps_page_get_part (session);
  return part != NULL && component < part->components->len ? g_ptr_array_index (part->components, component)
                                                           : NULL;
}

guint
xps_page_get_n_components (XpsSession *session)
{
  const XpsModelPart *part = xps_page_get_part (session);
  return part != NULL ? part->components->len : 0;
}

const char *
xps_page_component_name (const XpsComponent *component)
{
  return component->label != NULL && component->label[0] != '\0' ? component->label : component->name;
}

const XpsParameter *
xps_page_get_parameter (XpsSession *session, gsize component, const char *role)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  const int k = it != NULL ? xps_shape_find_role (it->shape, role) : -1;
  if (k < 0 || it->roles[k] == NULL)
    return NULL;
  return xps_model_get_parameter (xps_page_get_model (session), it->roles[k]);
}

gboolean
xps_page_is_shared (XpsSession *session, gsize component, const char *role)
{
  const XpsParameter *parameter = xps_page_get_parameter (session, component, role);
  for (gsize i = 0; parameter != NULL && i < component; i++) {
    const XpsComponent *before = xps_page_get_component (session, i);
    for (gsize k = 0; k < before->shape->n_roles; k++)
      if (g_strcmp0 (before->roles[k], parameter->name) == 0)
        return TRUE;
  }
  return FALSE;
}

double
xps_page_get_value (XpsSession *session, gsize component, const char *role)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  const int k = it != NULL ? xps_shape_find_role (it->shape, role) : -1;
  if (k < 0)
    return NAN;
  const XpsPreview *preview = xps_session_get_preview (session);
  const int index = it->roles[k] != NULL ? xps_model_find_parameter (preview->model, it->roles[k]) : -1;
  return index >= 0 ? preview->values[index] : it->shape->roles[k].usual;
}

/* ---- one edit of one component ---- */

/* The label of an edit of a role; the name is the one before the edit. */
static char *
dup_role_label (XpsSession *session, gsize component, const char *role)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  const int k = xps_shape_find_role (it->shape, role);
  return k >= 0 ? xps_page_dup_role_of (&it->shape->roles[k], it->name) : g_strdup (it->name);
}

/* Hands the model back, unless nothing changed: a step of undo that does nothing would puzzle. */
static void
commit (XpsSession *session, const char *label, XpsModel *take_model)
{
  const XpsRegion *region = xps_session_get_region (session);
  if (region != NULL && xps_model_equal (region->model, take_model)) {
    xps_model_free (take_model);
    return;
  }
  xps_session_edit_model (session, label, take_model);
}

gboolean
xps_page_set_constraint (XpsSession *session, gsize component, const char *role, const char *text,
                         GError **error)
{
  g_autofree char *label = dup_role_label (session, component, role);
  g_autoptr (XpsModel) model = xps_session_dup_model (session);
  if (!xps_edit_set_constraint (model, PART, component, role, text, error))
    return FALSE;
  commit (session, label, g_steal_pointer (&model));
  return TRUE;
}

void
xps_page_set_fixed (XpsSession *session, gsize component, const char *role, gboolean fixed)
{
  g_autofree char *what = dup_role_label (session, component, role);
  /* Translators: %s is a phrase such as "area of PS4 2p3/2". */
  g_autofree char *label = g_strdup_printf (fixed ? _ ("lock of %s") : _ ("unlock of %s"), what);
  XpsModel *model = xps_session_dup_model (session);
  xps_edit_set_fixed (model, PART, component, role, fixed);
  commit (session, label, model);
}

gboolean
xps_page_set_bounds (XpsSession *session, gsize component, const char *role, double low, double high,
                     GError **error)
{
  if (!(low <= high)) {
    g_set_error_literal (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL,
                         _ ("The lower bound lies above the upper one"));
    return FALSE;
  }
  g_autofree char *label = dup_role_label (session, component, role);
  g_autoptr (XpsModel) model = xps_session_dup_model (session);
  XpsParameter *parameter = xps_edit_get_parameter (model, PART, component, role);
  if (parameter == NULL) {
    g_set_error_literal (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL,
                         _ ("It stands at its usual value: give it a value first"));
    return FALSE;
  }
  parameter->min = low;
  parameter->max = high;
  if (parameter->kind != XPS_PARAMETER_LINKED)
    parameter->value = CLAMP (parameter->value, low, high);
  if (!xps_edit_resolve (model, error))
    return FALSE;
  commit (session, label, g_steal_pointer (&model));
  return TRUE;
}

gboolean
xps_page_rename (XpsSession *session, gsize component, const char *name, GError **error)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  if (strcmp (it->name, name) == 0)
    return TRUE;
  g_autofree char *label = g_strdup_printf (_ ("rename %s to %s"), it->name, name);
  g_autoptr (XpsModel) model = xps_session_dup_model (session);
  if (!xps_edit_rename_component (model, PART, component, name, error))
    return FALSE;
  commit (session, label, g_steal_pointer (&model));
  return TRUE;
}

static const char *
or_null (const char *text)
{
  return text != NULL && text[0] != '\0' ? text : NULL;
}

void
xps_page_set_label (XpsSession *session, gsize component, const char *text)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  g_autofree char *label = g_strdup_printf (_ ("core level of %s"), it->name);
  g_autofree char *phase = g_strdup (it->phase);
  XpsModel *model = xps_session_dup_model (session);
  xps_edit_set_label (model, PART, component, or_null (text), phase);
  commit (session, label, model);
}

void
xps_page_set_phase (XpsSession *session, gsize component, const char *text)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  g_autofree char *label = g_strdup_printf (_ ("species of %s"), it->name);
  g_autofree char *kept = g_strdup (it->label);
  XpsModel *model = xps_session_dup_model (session);
  xps_edit_set_label (model, PART, component, kept, or_null (text));
  commit (session, label, model);
}

gboolean
xps_page_set_shape (XpsSession *session, gsize component, const XpsShape *shape, GError **error)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  if (it->shape == shape)
    return TRUE;
  g_autofree char *label = g_strdup_printf (_ ("shape of %s"), it->name);
  g_autoptr (XpsModel) model = xps_session_dup_model (session);
  if (!xps_edit_set_shape (model, PART, component, shape, error))
    return FALSE;
  commit (session, label, g_steal_pointer (&model));
  return TRUE;
}

void
xps_page_remove (XpsSession *session, gsize component)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  g_autofree char *label = g_strdup_printf (_ ("removal of %s"), it->name);
  XpsModel *model = xps_session_dup_model (session);
  xps_edit_remove_component (model, PART, component);
  commit (session, label, model);
}

void
xps_page_duplicate (XpsSession *session, gsize component)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  g_autofree char *label = g_strdup_printf (_ ("copy of %s"), it->name);
  XpsModel *model = xps_session_dup_model (session);
  const gsize index = xps_edit_duplicate_component (model, PART, component);
  commit (session, label, model);
  xps_session_select_component (session, (int)index);
}

/* ---- links of several roles at once ---- */

/* "A*0.5" and the like, in the words of xps_edit_set_constraint(). */
static gboolean
link_role (XpsModel *model, gsize component, gsize other, const char *role, double coef, double constant,
           GError **error)
{
  char factor[XPS_NUMBER_LENGTH], offset[XPS_NUMBER_LENGTH];
  g_autofree char *letter = xps_edit_dup_letter (other);
  GString *text = g_string_new (letter);
  if (coef != 1.0)
    g_string_append_printf (text, "*%s", xps_number_format (coef, factor));
  if (constant != 0.0)
    g_string_append_printf (text, "%s%s", constant > 0.0 ? "+" : "", xps_number_format (constant, offset));
  g_autofree char *typed = g_string_free (text, FALSE);
  return xps_edit_set_constraint (model, PART, component, role, typed, error);
}

/* All roles of a kind that both shapes have. FALSE with error, also when there are none. */
static gboolean
link_kind (XpsSession *session, XpsModel *model, gsize component, gsize other, XpsRoleKind kind,
           GError **error)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  const XpsComponent *of = xps_page_get_component (session, other);
  guint n = 0;
  for (gsize k = 0; k < it->shape->n_roles; k++) {
    const XpsShapeRole *role = &it->shape->roles[k];
    if (role->kind != kind || xps_shape_find_role (of->shape, role->id) < 0)
      continue;
    if (!link_role (model, component, other, role->id, 1.0, 0.0, error))
      return FALSE;
    n++;
  }
  if (n == 0)
    g_set_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL,
                 _ ("The shapes of %s and %s have no such parameter in common"), it->name, of->name);
  return n > 0;
}

gboolean
xps_page_link_areas (XpsSession *session, gsize component, gsize other, GError **error)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  const int k = xps_shape_find_kind (it->shape, XPS_ROLE_INTENSITY);
  const char *role = it->shape->roles[k].id;
  const double value = xps_page_get_value (session, component, role);
  const double reference = xps_page_get_value (session, other, role);
  if (!(reference > 0.0)) {
    g_set_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, _ ("%s has no area to link to"),
                 xps_page_get_component (session, other)->name);
    return FALSE;
  }
  g_autofree char *label = dup_role_label (session, component, role);
  g_autoptr (XpsModel) model = xps_session_dup_model (session);
  if (!link_role (model, component, other, role, value / reference, 0.0, error))
    return FALSE;
  commit (session, label, g_steal_pointer (&model));
  return TRUE;
}

gboolean
xps_page_link_widths (XpsSession *session, gsize component, gsize other, GError **error)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  g_autofree char *label = g_strdup_printf (_ ("widths of %s"), it->name);
  g_autoptr (XpsModel) model = xps_session_dup_model (session);
  if (!link_kind (session, model, component, other, XPS_ROLE_WIDTH, error))
    return FALSE;
  commit (session, label, g_steal_pointer (&model));
  return TRUE;
}

gboolean
xps_page_make_doublet (XpsSession *session, gsize component, gsize strong, double splitting, double ratio,
                       GError **error)
{
  const XpsComponent *it = xps_page_get_component (session, component);
  const XpsComponent *of = xps_page_get_component (session, strong);
  g_autofree char *label = g_strdup_printf (_ ("doublet of %s and %s"), of->name, it->name);
  g_autoptr (XpsModel) model = xps_session_dup_model (session);
  if (it->shape != of->shape && !xps_edit_set_shape (model, PART, component, of->shape, error))
    return FALSE;
  for (gsize k = 0; k < of->shape->n_roles; k++) {
    const XpsShapeRole *role = &of->shape->roles[k];
    const double coef = role->kind == XPS_ROLE_INTENSITY ? ratio : 1.0;
    const double constant = role->kind == XPS_ROLE_POSITION ? splitting : 0.0;
    if (of->roles[k] != NULL && !link_role (model, component, strong, role->id, coef, constant, error))
      return FALSE;
  }
  if (of->phase != NULL)
    xps_edit_set_label (model, PART, component, it->label, of->phase);
  commit (session, label, g_steal_pointer (&model));
  return TRUE;
}
