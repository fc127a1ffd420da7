/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "fit/joint.h"
#include "project/phase-link.h"
#include "project/project.h"

/* Regions that phases tie together are one problem. */

typedef struct {
  guint n;
  const XpsRegion **regions;
  const XpsModel **models;
  char **ids;
  XpsFitData **data;
  GArray *ties;     /* XpsAreaTie */
  GPtrArray *areas; /* XpsTiedArea *, one array a tie */
} Group;

static void
group_free (Group *self)
{
  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->data[i], xps_fit_data_unref);
  g_strfreev (self->ids);
  g_free (self->data);
  g_free (self->regions);
  g_free (self->models);
  g_array_unref (self->ties);
  g_ptr_array_unref (self->areas);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Group, group_free)

static guint
find_part (const Group *self, guint id)
{
  guint i = 0;
  while (i < self->n && self->regions[i]->id != id)
    i++;
  return i;
}

static void
add_tie (Group *self, const XpsPhaseLink *link)
{
  const XpsLinkedArea *first = g_ptr_array_index (link->areas, 0);
  if (find_part (self, first->region) == self->n)
    return;
  XpsTiedArea *areas = g_new0 (XpsTiedArea, link->areas->len);
  for (guint i = 0; i < link->areas->len; i++) {
    const XpsLinkedArea *area = g_ptr_array_index (link->areas, i);
    areas[i] = (XpsTiedArea){find_part (self, area->region), area->component, area->factor};
  }
  const XpsAreaTie tie = {link->phase, link->tolerance, areas, link->areas->len};
  g_ptr_array_add (self->areas, areas);
  g_array_append_val (self->ties, tie);
}

static Group *
group_new (const XpsState *state, guint region, GError **error)
{
  g_autoptr (GArray) ids = xps_state_list_linked (state, region);
  g_autoptr (Group) self = g_new0 (Group, 1);
  self->regions = g_new0 (const XpsRegion *, ids->len);
  self->models = g_new0 (const XpsModel *, ids->len);
  self->ids = g_new0 (char *, ids->len + 1);
  self->data = g_new0 (XpsFitData *, ids->len);
  self->ties = g_array_new (FALSE, FALSE, sizeof (XpsAreaTie));
  self->areas = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < ids->len; i++, self->n++) {
    self->regions[i] = xps_state_find_region (state, g_array_index (ids, guint, i));
    self->models[i] = self->regions[i]->model;
    self->ids[i] = g_strdup_printf ("%u", self->regions[i]->id);
    self->data[i] = xps_region_new_data (self->regions[i], error);
    if (self->data[i] == NULL)
      return NULL;
  }
  for (guint l = 0; l < xps_state_get_n_links (state); l++)
    add_tie (self, xps_state_get_link (state, l));
  return g_steal_pointer (&self);
}

static gboolean
check_weights (const Group *self, GError **error)
{
  for (guint i = 1; i < self->n; i++)
    if (self->regions[i]->weights != self->regions[0]->weights) {
      g_autofree char *what =
          g_strdup_printf ("is weighted by %s, %s by %s", xps_weights_to_text (self->regions[0]->weights),
                           self->regions[i]->name, xps_weights_to_text (self->regions[i]->weights));
      return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, NULL, self->regions[0]->name, what,
                            N_ ("give all regions of a phase the same weights"));
    }
  return TRUE;
}

static XpsRegion *
share_out (const Group *self, guint i, const XpsResult *result, GError **error)
{
  g_autofree char *written = xps_joint_dup_part_text (
      result, i, self->models[i], (const XpsAreaTie *)(void *)self->ties->data, self->ties->len);
  g_autofree char *text = g_utf8_make_valid (written, -1);
  XpsFitRecord *record = xps_fit_record_from_text (text, "its result", error);
  if (record == NULL)
    return NULL;
  XpsRegion *fitted = xps_region_copy (self->regions[i]);
  g_clear_pointer (&fitted->record, xps_fit_record_unref);
  fitted->record = record;
  xps_model_free (fitted->model);
  fitted->model = xps_model_copy (record->model);
  fitted->fitted_scale = fitted->scale;
  return fitted;
}

GPtrArray *
xps_state_fit_linked (const XpsState *self, guint region, const XpsFitOptions *options, GError **error)
{
  const XpsFitOptions usual = {0};
  g_autoptr (Group) group = group_new (self, region, error);
  if (group == NULL || !check_weights (group, error))
    return NULL;
  g_autoptr (XpsModel) joint =
      xps_joint_new (group->models, (const char *const *)group->ids, group->n,
                     (const XpsAreaTie *)(void *)group->ties->data, group->ties->len, error);
  g_autoptr (XpsResult) result = joint != NULL
                                     ? xps_fit (joint, group->data, group->n, group->regions[0]->weights,
                                                options != NULL ? options : &usual, error)
                                     : NULL;
  if (result == NULL) {
    g_prefix_error (error, "%s: ", group->regions[0]->name);
    return NULL;
  }
  g_autoptr (GPtrArray) fitted = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  for (guint i = 0; i < group->n; i++) {
    XpsRegion *share = share_out (group, i, result, error);
    if (share == NULL)
      return NULL;
    g_ptr_array_add (fitted, share);
  }
  return g_steal_pointer (&fitted);
}
