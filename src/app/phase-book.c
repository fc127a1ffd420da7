/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/phase-book.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/own-steps.h"
#include "app/page-number.h"
#include "reference/own.h"

#define N_CATALOGUES 3 /* first hand; second hand too; whatever there is */

struct _XpsPhaseBook {
  GObject parent_instance;
  XpsReference *reference;
  GPtrArray *phases;                     /* XpsReferencePhase */
  XpsCatalogue *catalogue[N_CATALOGUES]; /* made when first asked for */
  XpsOwnSteps *steps;
};

G_DEFINE_FINAL_TYPE (XpsPhaseBook, xps_phase_book, G_TYPE_OBJECT)

static guint changed_signal;

/* ---- what there is ---- */

static void
forget_values (XpsPhaseBook *self)
{
  for (guint i = 0; i < N_CATALOGUES; i++)
    g_clear_pointer (&self->catalogue[i], xps_catalogue_unref);
}

static int
compare_phases (gconstpointer a, gconstpointer b)
{
  const XpsReferencePhase *x = *(XpsReferencePhase *const *)a, *y = *(XpsReferencePhase *const *)b;
  const int by_name = g_utf8_collate (x->name, y->name);
  return by_name != 0 ? by_name : (int)y->own - (int)x->own;
}

static gboolean
read_phases (XpsPhaseBook *self, GError **error)
{
  if (!xps_reference_refresh_own (self->reference, error))
    return FALSE;
  g_autoptr (GPtrArray) shipped = xps_reference_list_shipped_phases (self->reference, error);
  g_autoptr (GPtrArray) valid =
      shipped != NULL ? xps_reference_list_phases (self->reference, NULL, error) : NULL;
  if (valid == NULL)
    return FALSE;
  for (guint i = 0; i < valid->len; i++)
    if (((XpsReferencePhase *)g_ptr_array_index (valid, i))->own)
      g_ptr_array_add (shipped, xps_reference_phase_copy (g_ptr_array_index (valid, i)));
  g_ptr_array_sort (shipped, compare_phases);
  g_clear_pointer (&self->phases, g_ptr_array_unref);
  self->phases = g_steal_pointer (&shipped);
  g_signal_emit (self, changed_signal, 0);
  return TRUE;
}

gboolean
xps_phase_book_reload (XpsPhaseBook *self, GError **error)
{
  forget_values (self);
  return read_phases (self, error);
}

XpsReference *
xps_phase_book_get_reference (XpsPhaseBook *self)
{
  return self->reference;
}

const GPtrArray *
xps_phase_book_get_phases (XpsPhaseBook *self)
{
  return self->phases;
}

const XpsReferencePhase *
xps_phase_book_find (XpsPhaseBook *self, const char *name, gboolean own)
{
  for (guint i = 0; name != NULL && i < self->phases->len; i++) {
    const XpsReferencePhase *phase = g_ptr_array_index (self->phases, i);
    if (phase->own == own && strcmp (phase->name, name) == 0)
      return phase;
  }
  return NULL;
}

gboolean
xps_phase_book_is_replaced (XpsPhaseBook *self, const XpsReferencePhase *phase)
{
  return !phase->own && xps_phase_book_find (self, phase->name, TRUE) != NULL;
}

int
xps_phase_book_find_line (const XpsReferencePhase *phase, const char *level, const char *species)
{
  for (guint i = 0; i < phase->lines->len; i++) {
    const XpsPhaseLine *line = g_ptr_array_index (phase->lines, i);
    if (strcmp (line->level, level) == 0 && strcmp (line->species, species) == 0)
      return (int)i;
  }
  return -1;
}

static XpsCatalogue *
get_catalogue (XpsPhaseBook *self, guint i)
{
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.secondary = i > 0;
  query.recalled = query.tabulated = i > 1;
  if (self->catalogue[i] == NULL)
    self->catalogue[i] = xps_catalogue_new (self->reference, &query, NULL);
  return self->catalogue[i];
}

XpsReferenceItem *
xps_phase_book_dup_values (XpsPhaseBook *self, const char *species, const char *level)
{
  for (guint i = 0; i < N_CATALOGUES; i++) {
    XpsCatalogue *catalogue = get_catalogue (self, i);
    const XpsCatalogueEntry *entry =
        catalogue != NULL ? xps_catalogue_find_entry (catalogue, species, level) : NULL;
    if (entry != NULL)
      return xps_reference_item_new (catalogue, entry, NULL);
  }
  return NULL;
}

/* ---- writing ---- */

static XpsOwn *
open_own (GError **error)
{
  g_autofree char *path = xps_catalogue_dup_own_path ();
  return xps_own_open (path, error);
}

/* `after` is taken; either may be NULL. */
static gboolean
replace (XpsPhaseBook *self, const char *label, const XpsReferencePhase *before, XpsReferencePhase *after,
         GError **error)
{
  XpsOwnStep *step = xps_own_step_new (label);
  if (before != NULL)
    g_ptr_array_add (step->before.phases, xps_reference_phase_copy (before));
  if (after != NULL)
    g_ptr_array_add (step->after.phases, after);
  return xps_own_steps_do (self->steps, step, error) && read_phases (self, error); /* values stay */
}

static const XpsReferencePhase *
find_own (XpsPhaseBook *self, const char *name, GError **error)
{
  const XpsReferencePhase *phase = xps_phase_book_find (self, name, TRUE);
  if (phase == NULL)
    g_set_error (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_QUESTION, _ ("%s is no phase of your own"),
                 name);
  return phase;
}

/* ---- whole phases ---- */

gboolean
xps_phase_book_create (XpsPhaseBook *self, const char *name, const char *formula, GError **error)
{
  XpsReferencePhase *phase = xps_phase_new_from_formula (self->reference, name, formula, error);
  g_autofree char *label = g_strdup_printf (_ ("new phase %s"), name);
  return phase != NULL && replace (self, label, NULL, phase, error);
}

char *
xps_phase_book_duplicate (XpsPhaseBook *self, const XpsReferencePhase *phase, GError **error)
{
  XpsReferencePhase *copy = xps_reference_phase_copy (phase);
  /* Translators: name of a duplicated phase: "Li6PS5Cl copy". */
  g_autofree char *name = g_strdup_printf (_ ("%s copy"), phase->name);
  for (guint n = 2; xps_phase_book_find (self, name, TRUE) != NULL; n++) {
    g_free (name);
    /* Translators: name of a further duplicated phase: "Li6PS5Cl copy 2". */
    name = g_strdup_printf (_ ("%s copy %u"), phase->name, n);
  }
  g_autofree char *label = g_strdup_printf (_ ("copy of %s"), phase->name);
  g_free (copy->name);
  copy->name = g_strdup (name);
  copy->own = TRUE;
  return replace (self, label, NULL, copy, error) ? g_steal_pointer (&name) : NULL;
}

gboolean
xps_phase_book_remove (XpsPhaseBook *self, const char *name, GError **error)
{
  const XpsReferencePhase *phase = find_own (self, name, error);
  g_autofree char *label = g_strdup_printf (_ ("removal of %s"), name);
  return phase != NULL && replace (self, label, phase, NULL, error);
}

/* ---- members ---- */

static void
set_text (char **member, const char *text)
{
  g_free (*member);
  *member = text[0] != '\0' ? g_strdup (text) : NULL;
}

static gboolean
set_member (XpsReferencePhase *phase, int at, XpsPhaseMember member, const char *text, GError **error)
{
  XpsPhaseLine *line = at >= 0 && (guint)at < phase->lines->len ? g_ptr_array_index (phase->lines, at) : NULL;
  if (line == NULL && member >= XPS_PHASE_LEVEL)
    return FALSE;
  switch (member) {
  case XPS_PHASE_NAME:
    set_text (&phase->name, text);
    return TRUE;
  case XPS_PHASE_FULL_NAME:
    set_text (&phase->full_name, text);
    return TRUE;
  case XPS_PHASE_FORMULA:
    set_text (&phase->formula, text);
    return TRUE;
  case XPS_PHASE_NOTE:
    set_text (&phase->note, text);
    return TRUE;
  case XPS_PHASE_LEVEL:
    set_text (&line->level, text);
    return TRUE;
  case XPS_PHASE_LABEL:
    set_text (&line->label, text);
    return TRUE;
  case XPS_PHASE_SPECIES:
    set_text (&line->species, text);
    return TRUE;
  case XPS_PHASE_ATOMS:
  default:
    return xps_page_parse_number (text, FALSE, &line->atoms, error);
  }
}

gboolean
xps_phase_book_set (XpsPhaseBook *self, const char *name, int line, XpsPhaseMember member, const char *text,
                    GError **error)
{
  const XpsReferencePhase *phase = find_own (self, name, error);
  if (phase == NULL)
    return FALSE;
  g_autoptr (XpsReferencePhase) edited = xps_reference_phase_copy (phase);
  if (!set_member (edited, line, member, text, error))
    return FALSE;
  g_autofree char *label = member == XPS_PHASE_NAME ? g_strdup_printf (_ ("new name of %s"), name)
                                                    : g_strdup_printf (_ ("edit of %s"), name);
  return replace (self, label, phase, g_steal_pointer (&edited), error);
}

int
xps_phase_book_add_line (XpsPhaseBook *self, const char *name, int near, GError **error)
{
  const XpsReferencePhase *phase = find_own (self, name, error);
  if (phase == NULL)
    return -1;
  XpsReferencePhase *edited = xps_reference_phase_copy (phase);
  const XpsPhaseLine *line = xps_phase_add_next_line (self->reference, edited, near);
  g_autofree char *kept_name = g_strdup (name); /* the caller's may be of what is read again */
  g_autofree char *level = g_strdup (line->level), *species = g_strdup (line->species);
  g_autofree char *label = g_strdup_printf (_ ("new line of %s"), name);
  return replace (self, label, phase, edited, error)
             ? xps_phase_book_find_line (xps_phase_book_find (self, kept_name, TRUE), level, species)
             : -1;
}

gboolean
xps_phase_book_remove_line (XpsPhaseBook *self, const char *name, int line, GError **error)
{
  const XpsReferencePhase *phase = find_own (self, name, error);
  if (phase == NULL || line < 0 || (guint)line >= phase->lines->len)
    return FALSE;
  XpsReferencePhase *edited = xps_reference_phase_copy (phase);
  g_ptr_array_remove_index (edited->lines, (guint)line);
  g_autofree char *label = g_strdup_printf (_ ("removal of a line of %s"), name);
  return replace (self, label, phase, edited, error);
}

/* ---- values ---- */

gboolean
xps_phase_book_add_value (XpsPhaseBook *self, const XpsReferenceLine *line, GError **error)
{
  return xps_own_steps_do (self->steps, xps_own_step_new_line (NULL, line), error) &&
         xps_phase_book_reload (self, error);
}

/* ---- as text ---- */

gboolean
xps_phase_book_import (XpsPhaseBook *self, const char *path, guint *n_added, guint *n_phases, GError **error)
{
  return xps_own_steps_import (self->steps, path, n_added, n_phases, error) &&
         xps_phase_book_reload (self, error);
}

gboolean
xps_phase_book_export (XpsPhaseBook *self, const char *path, GError **error)
{
  g_autoptr (XpsOwn) own = open_own (error);
  g_autofree char *text = own != NULL ? xps_own_dup_csv (own, error) : NULL;
  return text != NULL && g_file_set_contents (path, text, -1, error);
}

/* ---- back and forth ---- */

const char *
xps_phase_book_get_undo (XpsPhaseBook *self)
{
  return xps_own_steps_get_undo (self->steps);
}

const char *
xps_phase_book_get_redo (XpsPhaseBook *self)
{
  return xps_own_steps_get_redo (self->steps);
}

/* After a step back or forth. */
static char *
look_at (XpsPhaseBook *self, gboolean done, const XpsOwnContents *seen, GError **error)
{
  if (!done) {
    g_signal_emit (self, changed_signal, 0);
    return NULL;
  }
  g_autofree char *name = seen->phases->len > 0
                              ? g_strdup (((XpsReferencePhase *)g_ptr_array_index (seen->phases, 0))->name)
                              : NULL;
  return xps_phase_book_reload (self, error) ? g_steal_pointer (&name) : NULL;
}

char *
xps_phase_book_undo (XpsPhaseBook *self, GError **error)
{
  const XpsOwnContents *seen = NULL;
  if (xps_phase_book_get_undo (self) == NULL)
    return NULL;
  const gboolean done = xps_own_steps_undo (self->steps, &seen, error);
  return look_at (self, done, seen, error);
}

char *
xps_phase_book_redo (XpsPhaseBook *self, GError **error)
{
  const XpsOwnContents *seen = NULL;
  if (xps_phase_book_get_redo (self) == NULL)
    return NULL;
  const gboolean done = xps_own_steps_redo (self->steps, &seen, error);
  return look_at (self, done, seen, error);
}

/* ---- the object ---- */

XpsPhaseBook *
xps_phase_book_new (GError **error)
{
  XpsReference *reference = xps_catalogue_open_reference (error);
  if (reference == NULL)
    return NULL;
  g_autoptr (XpsPhaseBook) self = g_object_new (XPS_TYPE_PHASE_BOOK, NULL);
  self->reference = reference;
  return xps_phase_book_reload (self, error) ? g_steal_pointer (&self) : NULL;
}

static void
xps_phase_book_finalize (GObject *object)
{
  XpsPhaseBook *self = XPS_PHASE_BOOK (object);
  forget_values (self);
  g_ptr_array_unref (self->phases);
  xps_own_steps_free (self->steps);
  g_clear_pointer (&self->reference, xps_reference_free);
  G_OBJECT_CLASS (xps_phase_book_parent_class)->finalize (object);
}

static void
xps_phase_book_class_init (XpsPhaseBookClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xps_phase_book_finalize;
  changed_signal =
      g_signal_new ("changed", XPS_TYPE_PHASE_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xps_phase_book_init (XpsPhaseBook *self)
{
  self->phases = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_reference_phase_free);
  self->steps = xps_own_steps_new ();
}
