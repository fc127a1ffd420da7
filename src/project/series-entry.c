/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/series-entry.h"

#include "project/state-private.h"

static void
clear_entry (gpointer pointer)
{
  XpsSeriesEntry *self = pointer;
  g_free (self->name);
  g_free (self->setup);
  g_free (self->result);
}

void
xps_series_entry_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, clear_entry);
}

XpsSeriesEntry *
xps_series_entry_new (guint id, const char *name, const char *setup, const char *result)
{
  XpsSeriesEntry *self = g_atomic_rc_box_new0 (XpsSeriesEntry);
  self->id = id;
  self->name = g_strdup (name != NULL ? name : "");
  self->setup = g_strdup (setup != NULL ? setup : "{}");
  self->result = g_strdup (result);
  return self;
}

static int
find_entry (const XpsState *self, guint id)
{
  for (guint i = 0; i < xps_state_get_n_series (self); i++)
    if (xps_state_get_series (self, i)->id == id)
      return (int)i;
  return -1;
}

const XpsSeriesEntry *
xps_state_find_series (const XpsState *self, guint id)
{
  const int i = find_entry (self, id);
  return i >= 0 ? xps_state_get_series (self, (guint)i) : NULL;
}

static GPtrArray *
copy_entries (const XpsState *self)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (xps_series_entry_unref);
  for (guint i = 0; i < xps_state_get_n_series (self); i++)
    g_ptr_array_add (entries, g_atomic_rc_box_acquire ((XpsSeriesEntry *)xps_state_get_series (self, i)));
  return entries;
}

static XpsState *
with_entries (const XpsState *self, GPtrArray *take_entries)
{
  XpsState *next = xps_state_with_regions (self, NULL, 0);
  xps_state_put_series (next, take_entries);
  return next;
}

XpsState *
xps_state_add_series (const XpsState *self, const char *name, const char *setup, guint *id)
{
  guint given = 1;
  GPtrArray *entries = copy_entries (self);
  for (guint i = 0; i < entries->len; i++)
    given = MAX (given, ((const XpsSeriesEntry *)g_ptr_array_index (entries, i))->id + 1);
  g_ptr_array_add (entries, xps_series_entry_new (given, name, setup, NULL));
  if (id != NULL)
    *id = given;
  return with_entries (self, entries);
}

XpsState *
xps_state_set_series (const XpsState *self, guint id, const char *name, const char *setup, const char *result)
{
  const int i = find_entry (self, id);
  g_return_val_if_fail (i >= 0, xps_state_ref (self));
  const XpsSeriesEntry *old = xps_state_get_series (self, (guint)i);
  const char *kept = result == NULL && setup == NULL ? old->result : result;
  GPtrArray *entries = copy_entries (self);
  XpsSeriesEntry *entry =
      xps_series_entry_new (id, name != NULL ? name : old->name, setup != NULL ? setup : old->setup, kept);
  xps_series_entry_unref (g_ptr_array_index (entries, i));
  g_ptr_array_index (entries, i) = entry;
  return with_entries (self, entries);
}

XpsState *
xps_state_remove_series (const XpsState *self, guint id)
{
  const int i = find_entry (self, id);
  g_return_val_if_fail (i >= 0, xps_state_ref (self));
  GPtrArray *entries = copy_entries (self);
  g_ptr_array_remove_index (entries, (guint)i);
  return with_entries (self, entries);
}
