/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit-private.h"

#include <math.h>
#include <string.h>

/* Another charge reference: measured energies move, and everything of the part that is an energy moves with
 * them, so that every curve stays where it was on the data. */

/* TRUE for parameters that are positions in this part; `elsewhere`: in another one. */
static gboolean *
find_positions (const XpsModel *model, const XpsModelIndex *index, gsize part, gboolean elsewhere)
{
  gboolean *found = g_new0 (gboolean, model->parameters->len + 1);
  for (guint s = 0; s < model->parts->len; s++) {
    const GPtrArray *components = xps_edit_part (model, s)->components;
    for (guint c = 0; (s != part) == elsewhere && c < components->len; c++) {
      const XpsComponent *component = g_ptr_array_index (components, c);
      for (gsize k = 0; k < component->shape->n_roles; k++) {
        const int i = component->roles[k] != NULL ? xps_model_index_find (index, component->roles[k]) : -1;
        if (i >= 0 && component->shape->roles[k].kind == XPS_ROLE_POSITION)
          found[i] = TRUE;
      }
    }
  }
  return found;
}

/* A position that another spectrum shares stays for that one; this part gets its own, linked to it. */
static void
split_position (XpsModel *model, gsize part, const char *shared)
{
  const GPtrArray *components = xps_edit_part (model, part)->components;
  g_autofree char *old = g_strdup (shared), *name = xps_edit_dup_free_name (model, shared);
  xps_model_add_link (model, name, old, 1, 0);
  for (guint c = 0; c < components->len; c++) {
    XpsComponent *component = g_ptr_array_index (components, c);
    for (gsize k = 0; k < component->shape->n_roles; k++)
      if (component->shape->roles[k].kind == XPS_ROLE_POSITION && g_strcmp0 (component->roles[k], old) == 0)
        xps_component_set_role (component, component->shape->roles[k].id, name);
  }
}

static void
split_shared_positions (XpsModel *model, gsize part)
{
  g_autoptr (XpsModelIndex) index = xps_model_index_new (model, NULL);
  if (index == NULL || model->parts->len < 2)
    return;
  const guint n = model->parameters->len;
  g_autofree gboolean *here = find_positions (model, index, part, FALSE),
                      *elsewhere = find_positions (model, index, part, TRUE);
  for (guint i = 0; i < n; i++)
    if (here[i] && elsewhere[i])
      split_position (model, part, xps_edit_parameter_at (model, i)->name);
}

/* Links come after what they point at: how far one moves by itself is known when it is looked at, and its
 * constant makes up the rest; positions of other spectra are to stay. */
static void
move_positions (XpsModel *model, const XpsModelIndex *index, gsize part, double by)
{
  const guint n = model->parameters->len;
  g_autofree gboolean *positions = find_positions (model, index, part, FALSE),
                      *others = find_positions (model, index, part, TRUE);
  g_autofree double *moved = g_new0 (double, n + 1);
  for (guint k = 0; k < n; k++) {
    const guint i = index->order[k];
    XpsParameter *p = xps_edit_parameter_at (model, i);
    for (guint t = index->term_start[i]; t < index->term_start[i + 1]; t++)
      moved[i] += index->term_coef[t] * moved[index->term_of[t]];
    if (!positions[i] && !others[i])
      continue;
    const double wanted = positions[i] ? by : 0;
    if (p->kind != XPS_PARAMETER_LINKED)
      p->value += wanted;
    else if (moved[i] != wanted)
      p->constant += wanted - moved[i];
    p->min += wanted;
    p->max += wanted;
    moved[i] = wanted;
  }
}

static void
move_background (XpsModelBackground *background, double by)
{
  static const char *const energies[] = {"x_ref", "knots", "anchors"};
  for (gsize e = 0; e < G_N_ELEMENTS (energies); e++) {
    const int k = xps_background_find_setting (background->type, energies[e]);
    if (k < 0)
      continue;
    background->settings.number[k] += by;
    const gsize n = background->settings.list_length[k];
    g_autofree double *places = n > 0 ? g_memdup2 (background->settings.list[k], n * sizeof (double)) : NULL;
    for (gsize i = 0; i < n; i++)
      places[i] += by;
    if (n > 0)
      xps_model_background_set_list (background, k, places, n);
  }
}

static void
set_shift (XpsModel *model, gsize part, double shift, const char *source, gboolean components_move)
{
  XpsModelPart *own = xps_edit_part (model, part);
  const double by = shift - own->energy_shift;
  char *kept = g_strdup (source); /* may be the old one */
  g_free (own->energy_shift_source);
  own->energy_shift_source = kept;
  own->energy_shift_error = NAN;
  if (!isfinite (by) || by == 0)
    return;
  if (components_move) {
    split_shared_positions (model, part);
    g_autoptr (XpsModelIndex) index = xps_model_index_new (model, NULL);
    if (index != NULL)
      move_positions (model, index, part, by);
  }
  own->energy_shift = shift;
  own->low += by;
  own->high += by;
  for (guint b = 0; b < own->backgrounds->len; b++)
    move_background (g_ptr_array_index (own->backgrounds, b), by);
  xps_edit_resolve (model, NULL);
}

void
xps_edit_set_shift (XpsModel *model, gsize part, double shift, const char *source)
{
  set_shift (model, part, shift, source, TRUE);
}

void
xps_edit_set_reference (XpsModel *model, gsize part, double shift, double error, const char *source)
{
  set_shift (model, part, shift, source, TRUE);
  xps_edit_part (model, part)->energy_shift_error = isfinite (error) && error >= 0 ? error : NAN;
}

void
xps_edit_set_reference_under (XpsModel *model, gsize part, double shift, double error, const char *source)
{
  set_shift (model, part, shift, source, FALSE);
  xps_edit_part (model, part)->energy_shift_error = isfinite (error) && error >= 0 ? error : NAN;
}
