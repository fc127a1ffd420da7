/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Components that come, go and are renamed. */

static gboolean
has_component (const XpsModelPart *part, const char *name, gsize but)
{
  for (guint c = 0; c < part->components->len; c++) {
    const XpsComponent *component = g_ptr_array_index (part->components, c);
    if (c != but && g_strcmp0 (component->name, name) == 0)
      return TRUE;
  }
  return FALSE;
}

#define NONE G_MAXSIZE

/* `name`, or `name 2`, ...; without a name the first free of C1, C2, ... New string. */
static char *
dup_free_component (const XpsModelPart *part, const char *name)
{
  char *own =
      name != NULL && name[0] != '\0' ? g_strdup (name) : g_strdup_printf ("C%u", part->components->len + 1);
  for (guint k = 2; has_component (part, own, NONE); k++) {
    g_free (own);
    own = name != NULL && name[0] != '\0' ? g_strdup_printf ("%s %u", name, k)
                                          : g_strdup_printf ("C%u", part->components->len + k);
  }
  return own;
}

/* ---- backgrounds with one parameter for each component ---- */

/* The new component is the part's last; its step starts as that of component `like` (NONE: the last before).
 */
static void
extend_backgrounds (XpsModel *model, XpsModelPart *part, gsize like)
{
  const XpsComponent *component = g_ptr_array_index (part->components, part->components->len - 1);
  for (guint b = 0; b < part->backgrounds->len; b++) {
    XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
    if (!background->type->per_component)
      continue;
    const XpsBackgroundRole *role = &background->type->roles[0];
    GPtrArray *names = background->roles[0];
    const gsize of = like < names->len ? like : (gsize)names->len - 1;
    const XpsParameter *other =
        names->len > 0 ? xps_model_get_parameter (model, g_ptr_array_index (names, of)) : NULL;
    const double value = other != NULL && isfinite (other->value) ? other->value : 0;
    g_autofree char *base = g_strdup_printf ("%s.%s", component->name, role->id);
    g_autofree char *name = xps_edit_dup_free_name (model, base);
    xps_model_add_parameter (model, name, fmax (value, role->min), role->min, role->max);
    xps_model_background_add_parameter (background, role->id, name);
  }
}

static void
shorten_backgrounds (XpsModelPart *part, gsize component, GPtrArray *names)
{
  for (guint b = 0; b < part->backgrounds->len; b++) {
    XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
    if (!background->type->per_component || component >= background->roles[0]->len)
      continue;
    g_ptr_array_add (names, g_strdup (g_ptr_array_index (background->roles[0], component)));
    g_ptr_array_remove_index (background->roles[0], (guint)component);
  }
}

/* ---- new ones ---- */

gsize
xps_edit_add_component (XpsModel *model, gsize part, const char *name, const XpsShape *shape,
                        const XpsPeakGuess *guess)
{
  XpsModelPart *own = xps_edit_part (model, part);
  g_autofree char *free_name = dup_free_component (own, name);
  XpsComponent *component = xps_model_part_add_component (own, free_name, shape);
  xps_edit_start_roles (model, component, guess);
  extend_backgrounds (model, own, NONE);
  xps_edit_resolve (model, NULL);
  return own->components->len - 1;
}

/* "2p" -> "2p3/2" and "2p1/2": j = l + 1/2 and l - 1/2. New string. */
static char *
dup_line_name (const char *name, const char *level, gboolean weaker)
{
  static const char letters[] = "spdf";
  const char *letter = level != NULL && level[0] != '\0' ? strchr (letters, level[strlen (level) - 1]) : NULL;
  const char *front = name != NULL ? name : "", *blank = name != NULL && name[0] != '\0' ? " " : "";
  if (letter == NULL || letter == letters || *letter == '\0')
    return g_strdup_printf ("%s%s%s%s%u", front, blank, level != NULL ? level : "",
                            level != NULL && level[0] != '\0' ? " " : "", weaker ? 2u : 1u);
  const guint l = (guint)(letter - letters);
  return g_strdup_printf ("%s%s%s%u/2", front, blank, level, weaker ? 2 * l - 1 : 2 * l + 1);
}

gsize
xps_edit_add_doublet (XpsModel *model, gsize part, const char *name, const char *level, const XpsShape *shape,
                      const XpsPeakGuess *guess, double splitting, double ratio)
{
  XpsModelPart *own = xps_edit_part (model, part);
  g_autofree char *strong_name = dup_line_name (name, level, FALSE),
                  *weak_name = dup_line_name (name, level, TRUE);
  const gsize strong = xps_edit_add_component (model, part, strong_name, shape, guess);
  const XpsComponent *first = xps_edit_component (model, part, strong);
  g_autofree char *free_name = dup_free_component (own, weak_name);
  XpsComponent *second = xps_model_part_add_component (own, free_name, shape);
  for (gsize k = 0; k < shape->n_roles; k++) {
    const XpsShapeRole *role = &shape->roles[k];
    const gboolean moves = role->kind == XPS_ROLE_POSITION, scales = role->kind == XPS_ROLE_INTENSITY;
    if (!moves && !scales) {
      second->roles[k] = g_strdup (first->roles[k]);
      continue;
    }
    g_autofree char *base = g_strdup_printf ("%s.%s", second->name, role->id);
    g_autofree char *link = xps_edit_dup_free_name (model, base);
    xps_model_add_link (model, link, first->roles[k], moves ? 1 : ratio, moves ? splitting : 0);
    second->roles[k] = g_strdup (link);
  }
  extend_backgrounds (model, own, strong);
  xps_edit_resolve (model, NULL);
  return strong;
}

/* ---- gone ---- */

void
xps_edit_remove_component (XpsModel *model, gsize part, gsize component)
{
  XpsModelPart *own = xps_edit_part (model, part);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  xps_edit_list_roles (xps_edit_component (model, part, component), names);
  shorten_backgrounds (own, component, names);
  g_ptr_array_remove_index (own->components, (guint)component);
  xps_edit_remove_unused (model, names);
}

/* ---- twice ---- */

static void
copy_parameter (XpsModel *model, XpsComponent *copy, gsize role, const char *of)
{
  const int i = xps_model_find_parameter (model, of);
  if (i < 0)
    return;
  g_autofree char *base = g_strdup_printf ("%s.%s", copy->name, copy->shape->roles[role].id);
  g_autofree char *name = xps_edit_dup_free_name (model, base);
  const XpsParameter *old = xps_edit_parameter_at (model, (gsize)i);
  XpsParameter *own = xps_model_add_parameter (model, name, old->value, old->min, old->max);
  own->kind = old->kind;
  own->constant = old->constant;
  for (guint k = 0; old->kind == XPS_PARAMETER_LINKED && k < old->terms->len; k++) {
    const XpsLinkTerm *term = g_ptr_array_index (old->terms, k);
    xps_parameter_add_term (own, term->of, term->coef);
  }
  copy->roles[role] = g_strdup (name);
}

gsize
xps_edit_duplicate_component (XpsModel *model, gsize part, gsize component)
{
  XpsModelPart *own = xps_edit_part (model, part);
  const XpsComponent *old = xps_edit_component (model, part, component);
  g_autofree char *name = dup_free_component (own, old->name);
  XpsComponent *copy = xps_model_part_add_component (own, name, old->shape);
  copy->label = g_strdup (old->label);
  copy->phase = g_strdup (old->phase);
  for (gsize k = 0; k < old->shape->n_roles; k++) {
    if (old->roles[k] == NULL)
      continue;
    if (xps_edit_is_shared (model, old, k))
      copy->roles[k] = g_strdup (old->roles[k]);
    else
      copy_parameter (model, copy, k, old->roles[k]);
  }
  extend_backgrounds (model, own, component);
  xps_edit_resolve (model, NULL);
  return own->components->len - 1;
}

/* ---- names ---- */

static void
replace_name (char **name, const char *old, const char *new)
{
  if (g_strcmp0 (*name, old) != 0)
    return;
  g_free (*name);
  *name = g_strdup (new);
}

static void
rename_in_part (XpsModelPart *part, const char *old, const char *new)
{
  for (guint c = 0; c < part->components->len; c++) {
    XpsComponent *component = g_ptr_array_index (part->components, c);
    for (gsize k = 0; k < component->shape->n_roles; k++)
      replace_name (&component->roles[k], old, new);
  }
  for (guint b = 0; b < part->backgrounds->len; b++) {
    XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
    for (gsize k = 0; k < background->type->n_roles; k++)
      for (guint j = 0; j < background->roles[k]->len; j++)
        replace_name ((char **)&background->roles[k]->pdata[j], old, new);
  }
}

/* Everywhere at once. */
static void
rename_parameter (XpsModel *model, const char *old, const char *new)
{
  XpsParameter *parameter = xps_model_get_parameter (model, old);
  if (parameter == NULL)
    return;
  g_autofree char *before = g_strdup (old);
  for (guint i = 0; i < model->parameters->len; i++) {
    const XpsParameter *p = xps_edit_parameter_at (model, i);
    for (guint k = 0; p->kind == XPS_PARAMETER_LINKED && k < p->terms->len; k++)
      replace_name (&((XpsLinkTerm *)g_ptr_array_index (p->terms, k))->of, before, new);
  }
  for (guint s = 0; s < model->parts->len; s++)
    rename_in_part (xps_edit_part (model, s), before, new);
  replace_name (&parameter->name, before, new);
}

/* A parameter that was named after the component goes on to be. */
static void
rename_with (XpsModel *model, const char *name, const char *old, const char *new, const char *role)
{
  g_autofree char *made = g_strdup_printf ("%s.%s", old, role), *base = g_strdup_printf ("%s.%s", new, role);
  if (g_strcmp0 (name, made) != 0 || strcmp (base, made) == 0)
    return;
  g_autofree char *free_name = xps_edit_dup_free_name (model, base);
  rename_parameter (model, made, free_name);
}

gboolean
xps_edit_rename_component (XpsModel *model, gsize part, gsize component, const char *name, GError **error)
{
  XpsComponent *own = xps_edit_component (model, part, component);
  g_autofree char *wanted = g_strstrip (g_strdup (name != NULL ? name : ""));
  if (wanted[0] == '\0')
    return xps_edit_refuse (error, _ ("A component needs a name."));
  if (strchr (wanted, '"') != NULL || !g_utf8_validate (wanted, -1, NULL))
    return xps_edit_refuse (error, _ ("A name cannot contain the sign \": constraints quote names with it."));
  if (has_component (xps_edit_part (model, part), wanted, component))
    return xps_edit_refuse (error, _ ("There is a component called “%s” already."), wanted);
  for (gsize k = 0; k < own->shape->n_roles; k++)
    rename_with (model, own->roles[k], own->name, wanted, own->shape->roles[k].id);
  const GPtrArray *backgrounds = xps_edit_part (model, part)->backgrounds;
  for (guint b = 0; b < backgrounds->len; b++) {
    const XpsModelBackground *background = g_ptr_array_index (backgrounds, b);
    if (background->type->per_component && component < background->roles[0]->len)
      rename_with (model, g_ptr_array_index (background->roles[0], component), own->name, wanted,
                   background->type->roles[0].id);
  }
  g_free (own->name);
  own->name = g_steal_pointer (&wanted);
  xps_edit_resolve (model, NULL);
  return TRUE;
}

void
xps_edit_set_label (XpsModel *model, gsize part, gsize component, const char *label, const char *phase)
{
  XpsComponent *own = xps_edit_component (model, part, component);
  char *new_label = g_strdup (label), *new_phase = g_strdup (phase); /* may be the old ones */
  g_free (own->label);
  g_free (own->phase);
  own->label = new_label;
  own->phase = new_phase;
}

void
xps_edit_set_assignment (XpsModel *model, gsize part, gsize component, const XpsAssignment *assignment)
{
  XpsComponent *own = xps_edit_component (model, part, component);
  XpsAssignment *kept = xps_assignment_copy (assignment); /* may be its own */
  xps_assignment_free (own->assignment);
  own->assignment = kept;
}
