/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/own-steps.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/reference-catalogue.h"

struct _XpsOwnSteps {
  GPtrArray *undo, *redo; /* XpsOwnStep */
};

/* ---- one step ---- */

static XpsOwnContents
contents_new (void)
{
  return (XpsOwnContents){g_ptr_array_new_with_free_func ((GDestroyNotify)xps_reference_phase_free),
                          g_ptr_array_new_with_free_func ((GDestroyNotify)xps_reference_line_free)};
}

static void
contents_clear (XpsOwnContents *self)
{
  g_ptr_array_unref (self->phases);
  g_ptr_array_unref (self->lines);
}

XpsOwnStep *
xps_own_step_new (const char *label)
{
  XpsOwnStep *self = g_new0 (XpsOwnStep, 1);
  *self = (XpsOwnStep){g_strdup (label), contents_new (), contents_new ()};
  return self;
}

void
xps_own_step_free (XpsOwnStep *self)
{
  contents_clear (&self->before);
  contents_clear (&self->after);
  g_free (self->label);
  g_free (self);
}

XpsOwnStep *
xps_own_step_new_line (const XpsReferenceLine *before, const XpsReferenceLine *after)
{
  const char *species = after != NULL ? after->species : before->species;
  const char *shown = species != NULL ? species : "";
  /* Translators: %s is a species; after "Undo: ". */
  g_autofree char *label = before == NULL  ? g_strdup_printf (_ ("new entry of %s"), shown)
                           : after == NULL ? g_strdup_printf (_ ("removal of an entry of %s"), shown)
                                           : g_strdup_printf (_ ("edit of an entry of %s"), shown);
  XpsOwnStep *self = xps_own_step_new (label);
  if (before != NULL)
    g_ptr_array_add (self->before.lines, xps_reference_line_copy (before));
  if (after != NULL)
    g_ptr_array_add (self->after.lines, xps_reference_line_copy (after));
  return self;
}

/* ---- all of them ---- */

static GPtrArray *
steps_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)xps_own_step_free);
}

XpsOwnSteps *
xps_own_steps_new (void)
{
  XpsOwnSteps *self = g_new0 (XpsOwnSteps, 1);
  *self = (XpsOwnSteps){steps_new (), steps_new ()};
  return self;
}

void
xps_own_steps_free (XpsOwnSteps *self)
{
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_free (self);
}

static XpsOwn *
open_own (GError **error)
{
  g_autofree char *path = xps_catalogue_dup_own_path ();
  return xps_own_open (path, error);
}

static gboolean
exchange (const XpsOwnContents *out, const XpsOwnContents *in, GError **error)
{
  g_autoptr (XpsOwn) own = open_own (error);
  return own != NULL && xps_own_exchange (own, out, in, error);
}

void
xps_own_steps_note (XpsOwnSteps *self, XpsOwnStep *step)
{
  if (step->before.phases->len + step->before.lines->len + step->after.phases->len + step->after.lines->len ==
      0) {
    xps_own_step_free (step);
    return;
  }
  g_ptr_array_set_size (self->redo, 0);
  g_ptr_array_add (self->undo, step);
}

gboolean
xps_own_steps_do (XpsOwnSteps *self, XpsOwnStep *step, GError **error)
{
  if (!exchange (&step->before, &step->after, error)) {
    xps_own_step_free (step);
    return FALSE;
  }
  xps_own_steps_note (self, step);
  return TRUE;
}

/* ---- back and forth ---- */

static const char *
get_label (const GPtrArray *steps)
{
  return steps->len > 0 ? ((XpsOwnStep *)g_ptr_array_index (steps, steps->len - 1))->label : NULL;
}

const char *
xps_own_steps_get_undo (const XpsOwnSteps *self)
{
  return get_label (self->undo);
}

const char *
xps_own_steps_get_redo (const XpsOwnSteps *self)
{
  return get_label (self->redo);
}

gboolean
xps_own_steps_undo (XpsOwnSteps *self, const XpsOwnContents **seen, GError **error)
{
  g_return_val_if_fail (self->undo->len > 0, FALSE);
  XpsOwnStep *step = g_ptr_array_steal_index (self->undo, self->undo->len - 1);
  if (!exchange (&step->after, &step->before, error)) {
    xps_own_step_free (step);
    return FALSE;
  }
  g_ptr_array_add (self->redo, step);
  if (seen != NULL)
    *seen = &step->before;
  return TRUE;
}

gboolean
xps_own_steps_redo (XpsOwnSteps *self, const XpsOwnContents **seen, GError **error)
{
  g_return_val_if_fail (self->redo->len > 0, FALSE);
  XpsOwnStep *step = g_ptr_array_steal_index (self->redo, self->redo->len - 1);
  if (!exchange (&step->before, &step->after, error)) {
    xps_own_step_free (step);
    return FALSE;
  }
  g_ptr_array_add (self->undo, step);
  if (seen != NULL)
    *seen = &step->after;
  return TRUE;
}

/* ---- as text ---- */

static gboolean
is_same (const XpsReferencePhase *a, const XpsReferencePhase *b)
{
  gboolean same = a->lines->len == b->lines->len && g_strcmp0 (a->full_name, b->full_name) == 0 &&
                  g_strcmp0 (a->formula, b->formula) == 0 && g_strcmp0 (a->note, b->note) == 0;
  for (guint i = 0; same && i < a->lines->len; i++) {
    const XpsPhaseLine *x = g_ptr_array_index (a->lines, i), *y = g_ptr_array_index (b->lines, i);
    same = strcmp (x->level, y->level) == 0 && strcmp (x->species, y->species) == 0 &&
           g_strcmp0 (x->label, y->label) == 0 && x->atoms == y->atoms;
  }
  return same;
}

static void
add_changed_phases (XpsOwnStep *step, const GPtrArray *then, const GPtrArray *now)
{
  for (guint i = 0; i < now->len; i++) {
    const XpsReferencePhase *phase = g_ptr_array_index (now, i), *before = NULL;
    for (guint k = 0; k < then->len && before == NULL; k++)
      if (strcmp (((XpsReferencePhase *)g_ptr_array_index (then, k))->name, phase->name) == 0)
        before = g_ptr_array_index (then, k);
    if (before != NULL && is_same (before, phase))
      continue;
    g_ptr_array_add (step->after.phases, xps_reference_phase_copy (phase));
    if (before != NULL)
      g_ptr_array_add (step->before.phases, xps_reference_phase_copy (before));
  }
}

/* An import only adds entries. */
static void
add_new_lines (XpsOwnStep *step, const GPtrArray *then, const GPtrArray *now)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < then->len; i++)
    g_hash_table_add (known, &((XpsReferenceLine *)g_ptr_array_index (then, i))->id);
  for (guint i = 0; i < now->len; i++) {
    const XpsReferenceLine *line = g_ptr_array_index (now, i);
    if (!g_hash_table_contains (known, &line->id))
      g_ptr_array_add (step->after.lines, xps_reference_line_copy (line));
  }
}

gboolean
xps_own_steps_import (XpsOwnSteps *self, const char *path, guint *n_added, guint *n_phases, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  g_autoptr (XpsOwn) own = open_own (error);
  g_autoptr (GPtrArray) phases = own != NULL ? xps_own_list_phases (own, error) : NULL;
  g_autoptr (GPtrArray) lines = phases != NULL ? xps_own_list_lines (own, error) : NULL;
  if (lines == NULL || !xps_own_import_csv (own, path, text, length, n_added, n_phases, error))
    return FALSE;
  g_autoptr (GPtrArray) phases_now = xps_own_list_phases (own, error);
  g_autoptr (GPtrArray) lines_now = phases_now != NULL ? xps_own_list_lines (own, error) : NULL;
  if (lines_now == NULL)
    return FALSE;
  XpsOwnStep *step = xps_own_step_new (_ ("import"));
  add_changed_phases (step, phases, phases_now);
  add_new_lines (step, lines, lines_now);
  xps_own_steps_note (self, step);
  return TRUE;
}
