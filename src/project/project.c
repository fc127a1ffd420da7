/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/project-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "project/phase-link.h"

G_DEFINE_QUARK (xps - project - error - quark, xps_project_error)

G_DEFINE_FINAL_TYPE (XpsProject, xps_project, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_PATH,
  PROP_MODIFIED,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  PROP_READ_ONLY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

typedef struct {
  char *label, *time;
  XpsState *state; /* before the edit; among the undone ones: after it */
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;
  g_free (edit->label);
  g_free (edit->time);
  xps_state_unref (edit->state);
  g_free (edit);
}

static const char *
last_label (const GPtrArray *edits)
{
  return edits->len > 0 ? ((const Edit *)g_ptr_array_index (edits, edits->len - 1))->label : NULL;
}

static void
xps_project_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  XpsProject *self = XPS_PROJECT (object);
  switch (id) {
  case PROP_PATH:
    g_value_set_string (value, self->path);
    break;
  case PROP_MODIFIED:
    g_value_set_boolean (value, self->modified);
    break;
  case PROP_CAN_UNDO:
    g_value_set_boolean (value, self->done->len > 0);
    break;
  case PROP_CAN_REDO:
    g_value_set_boolean (value, self->undone->len > 0);
    break;
  case PROP_UNDO_LABEL:
    g_value_set_string (value, last_label (self->done));
    break;
  case PROP_REDO_LABEL:
    g_value_set_string (value, last_label (self->undone));
    break;
  case PROP_READ_ONLY:
    g_value_set_boolean (value, self->read_only_reason != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
xps_project_finalize (GObject *object)
{
  XpsProject *self = XPS_PROJECT (object);
  g_clear_pointer (&self->state, xps_state_unref);
  g_clear_pointer (&self->saved, xps_state_unref);
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->undone);
  g_strfreev (self->history);
  g_free (self->path);
  g_free (self->read_only_reason);
  if (self->journal != NULL)
    xps_journal_end (self->journal, !self->modified);
  g_clear_pointer (&self->journal, xps_journal_unref);
  xps_lock_free (self->lock);
  xps_lock_free (self->next_lock);
  G_OBJECT_CLASS (xps_project_parent_class)->finalize (object);
}

static void
xps_project_class_init (XpsProjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  object_class->get_property = xps_project_get_property;
  object_class->finalize = xps_project_finalize;
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal =
      g_signal_new ("changed", XPS_TYPE_PROJECT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xps_project_init (XpsProject *self)
{
  self->state = xps_state_new ();
  self->saved = xps_state_ref (self->state);
  self->done = g_ptr_array_new_with_free_func (edit_free);
  self->undone = g_ptr_array_new_with_free_func (edit_free);
  self->history = g_new0 (char *, 1);
}

XpsProject *
xps_project_new (void)
{
  return g_object_new (XPS_TYPE_PROJECT, NULL);
}

/* ---- what it is ---- */

const XpsState *
xps_project_get_state (XpsProject *self)
{
  return self->state;
}

const char *
xps_project_get_path (XpsProject *self)
{
  return self->path;
}

char *
xps_project_dup_title (XpsProject *self)
{
  return xps_path_dup_title (self->path);
}

gboolean
xps_project_get_modified (XpsProject *self)
{
  return self->modified;
}

gboolean
xps_project_get_read_only (XpsProject *self)
{
  return self->read_only_reason != NULL;
}

const char *
xps_project_get_read_only_reason (XpsProject *self)
{
  return self->read_only_reason;
}

/* ---- inside the room ---- */

char *
xps_path_dup_title (const char *path)
{
  if (path == NULL)
    return g_strdup (_ ("Untitled"));
  char *base = g_filename_display_basename (path);
  char *dot = strrchr (base, '.');
  if (dot != NULL && dot != base)
    *dot = '\0';
  return base;
}

void
xps_project_adopt (XpsProject *self, const XpsState *state, GStrv take_history)
{
  xps_state_unref (self->state);
  self->state = xps_state_ref (state);
  g_clear_pointer (&self->saved, xps_state_unref);
  self->modified = TRUE; /* until it has a file that holds it */
  g_strfreev (self->history);
  self->history = take_history;
}

void
xps_project_set_modified (XpsProject *self)
{
  const gboolean modified = self->state != self->saved;
  if (modified == self->modified)
    return;
  self->modified = modified;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

void
xps_project_set_path (XpsProject *self, const char *path)
{
  if (g_strcmp0 (path, self->path) == 0)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);
}

void
xps_project_set_read_only (XpsProject *self, char *take_reason)
{
  const gboolean before = self->read_only_reason != NULL;
  g_free (self->read_only_reason);
  self->read_only_reason = take_reason;
  if (before != (take_reason != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READ_ONLY]);
}

/* ---- edits ---- */

static void
go_to (XpsProject *self, XpsState *take_state)
{
  g_object_freeze_notify (G_OBJECT (self));
  xps_state_unref (self->state);
  self->state = take_state;
  xps_project_set_modified (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDO_LABEL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REDO_LABEL]);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, changed_signal, 0);
}

void
xps_project_edit (XpsProject *self, const char *label, XpsState *take_state)
{
  g_return_if_fail (take_state != NULL);
  if (take_state == self->state) {
    xps_state_unref (take_state);
    return;
  }
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  Edit *edit = g_new0 (Edit, 1);
  edit->label = g_strdup (label);
  edit->time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  edit->state = xps_state_ref (self->state);
  g_ptr_array_add (self->done, edit);
  g_ptr_array_set_size (self->undone, 0);
  go_to (self, take_state);
}

void
xps_project_edit_region (XpsProject *self, const char *label, const XpsRegion *region)
{
  xps_project_edit (self, label, xps_state_edit_regions (self->state, &region, 1));
}

/* Takes the last edit off one pile and lays it, with the present state, on the other. */
static gboolean
step (XpsProject *self, GPtrArray *from, GPtrArray *to)
{
  if (from->len == 0)
    return FALSE;
  Edit *edit = g_ptr_array_steal_index (from, from->len - 1);
  XpsState *state = xps_project_carry_views (xps_state_ref (edit->state), self->state);
  if (self->saved == edit->state) {
    xps_state_unref (self->saved);
    self->saved = xps_state_ref (state);
  }
  xps_state_unref (edit->state);
  edit->state = xps_state_ref (self->state);
  g_ptr_array_add (to, edit);
  go_to (self, state);
  return TRUE;
}

gboolean
xps_project_undo (XpsProject *self)
{
  return step (self, self->done, self->undone);
}

gboolean
xps_project_redo (XpsProject *self)
{
  return step (self, self->undone, self->done);
}

const char *
xps_project_get_undo_label (XpsProject *self)
{
  return last_label (self->done);
}

const char *
xps_project_get_redo_label (XpsProject *self)
{
  return last_label (self->undone);
}

GStrv
xps_project_dup_history (XpsProject *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (char **entry = self->history; *entry != NULL; entry++)
    g_strv_builder_add (builder, *entry);
  for (guint i = 0; i < self->done->len; i++) {
    const Edit *edit = g_ptr_array_index (self->done, i);
    g_autofree char *entry = g_strdup_printf ("%s %s", edit->time, edit->label);
    g_strv_builder_add (builder, entry);
  }
  return g_strv_builder_end (builder);
}
