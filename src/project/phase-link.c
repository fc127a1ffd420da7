/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/phase-link.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "fit/edit.h"
#include "fit/model-compare.h"
#include "fit/refuse.h"
#include "project/state-private.h"

static void
linked_area_free (gpointer pointer)
{
  XpsLinkedArea *area = pointer;
  g_free (area->component);
  g_free (area->level);
  g_free (area);
}

XpsPhaseLink *
xps_phase_link_new (const char *phase, double tolerance, const char *note)
{
  XpsPhaseLink *self = g_atomic_rc_box_new0 (XpsPhaseLink);
  self->phase = g_strdup (phase);
  self->tolerance = tolerance;
  self->note = g_strdup (note != NULL ? note : "");
  self->areas = g_ptr_array_new_with_free_func (linked_area_free);
  return self;
}

void
xps_phase_link_add (XpsPhaseLink *self, guint region, const char *component, const char *level, double factor)
{
  XpsLinkedArea *area = g_new0 (XpsLinkedArea, 1);
  area->region = region;
  area->component = g_strdup (component);
  area->level = g_strdup (level);
  area->factor = factor;
  g_ptr_array_add (self->areas, area);
}

XpsPhaseLink *
xps_phase_link_ref (const XpsPhaseLink *self)
{
  return g_atomic_rc_box_acquire ((XpsPhaseLink *)self);
}

static void
clear_link (gpointer pointer)
{
  XpsPhaseLink *self = pointer;
  g_free (self->phase);
  g_free (self->note);
  g_ptr_array_unref (self->areas);
}

void
xps_phase_link_unref (XpsPhaseLink *self)
{
  g_atomic_rc_box_release_full (self, clear_link);
}

static const XpsLinkedArea *
area_at (const XpsPhaseLink *self, guint i)
{
  return g_ptr_array_index (self->areas, i);
}

static gboolean
touches (const XpsPhaseLink *self, guint region)
{
  for (guint i = 0; i < self->areas->len; i++)
    if (area_at (self, i)->region == region)
      return TRUE;
  return FALSE;
}

/* ---- areas ---- */

static int
find_component (const XpsModel *model, const char *name)
{
  const XpsModelPart *part = g_ptr_array_index (model->parts, 0);
  for (guint i = 0; i < part->components->len; i++)
    if (strcmp (((const XpsComponent *)g_ptr_array_index (part->components, i))->name, name) == 0)
      return (int)i;
  return -1;
}

/* NaN: not there. */
static double
get_area (const XpsRegion *region, const char *component)
{
  const int c = region != NULL ? find_component (region->model, component) : -1;
  const XpsParameter *p = c >= 0 ? xps_edit_get_parameter (region->model, 0, (gsize)c, "area") : NULL;
  return p != NULL ? p->value : NAN;
}

/* Regions that an edit changes, by id; the present version of any. */
typedef struct {
  const XpsState *state;
  GHashTable *changed; /* id -> XpsRegion, owned */
} Changes;

static void
changes_init (Changes *self, const XpsState *state)
{
  self->state = state;
  self->changed = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)xps_region_unref);
}

static const XpsRegion *
present (const Changes *self, guint id)
{
  const XpsRegion *region = g_hash_table_lookup (self->changed, GUINT_TO_POINTER (id));
  return region != NULL ? region : xps_state_find_region (self->state, id);
}

static void
set_area (Changes *self, const XpsLinkedArea *area, double value)
{
  const XpsRegion *region = present (self, area->region);
  const int c = region != NULL ? find_component (region->model, area->component) : -1;
  if (c < 0 || !isfinite (value) || get_area (region, area->component) == value)
    return;
  XpsRegion *copy = xps_region_copy (region);
  xps_edit_set_value (copy->model, 0, (gsize)c, "area", value, FALSE, NULL); /* refused: stays at its bound */
  g_hash_table_replace (self->changed, GUINT_TO_POINTER (copy->id), copy);
}

static double
clamp_to (double value, double expected, double tolerance)
{
  return fmin (fmax (value, expected * (1 - tolerance)), expected * (1 + tolerance));
}

/* Area `leader` has a new value: the first one moves as far as it must, then all others are held within what
 * it asks for. */
static void
follow (Changes *self, const XpsPhaseLink *link, guint leader)
{
  const XpsLinkedArea *first = area_at (link, 0), *lead = area_at (link, leader);
  const double value = get_area (present (self, lead->region), lead->component);
  double base = get_area (present (self, first->region), first->component);
  if (!(value >= 0) || !isfinite (base))
    return;
  const double ratio = lead->factor / first->factor, t = link->tolerance;
  if (leader > 0)
    base = fmin (fmax (base, value / (ratio * (1 + t))), value / (ratio * (1 - t)));
  set_area (self, first, base);
  for (guint i = 1; i < link->areas->len; i++) {
    const XpsLinkedArea *area = area_at (link, i);
    const double expected =
        (area->factor / first->factor) * base; /* as the engine's links do it, to the last bit */
    if (i != leader)
      set_area (self, area, clamp_to (get_area (present (self, area->region), area->component), expected, t));
  }
}

/* Whether the numbers of a region come from other ties than it has. */
static gboolean
has_other_ties (const XpsState *self, const XpsRegion *region)
{
  gboolean tied = FALSE;
  for (guint l = 0; l < xps_state_get_n_links (self); l++) {
    const XpsPhaseLink *link = xps_state_get_link (self, l);
    if (!touches (link, region->id))
      continue;
    if (!link->fitted)
      return TRUE;
    tied = TRUE;
  }
  return !tied && region->record != NULL && region->record->tied;
}

void
xps_phase_links_settle (XpsState *draft)
{
  for (guint i = 0; i < xps_state_get_n_regions (draft); i++) {
    const XpsRegion *region = xps_state_get_region (draft, i);
    const gboolean changed = has_other_ties (draft, region);
    if (changed == region->tie_changed)
      continue;
    XpsRegion *copy = xps_region_copy (region);
    copy->tie_changed = changed;
    xps_state_replace_at (draft, i, copy);
  }
}

static XpsState *
apply (const Changes *self, const XpsState *state, GPtrArray *take_links)
{
  GHashTableIter iter;
  gpointer region;
  g_autoptr (GPtrArray) regions = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, NULL, &region))
    g_ptr_array_add (regions, region);
  XpsState *next = xps_state_with_regions (state, (const XpsRegion *const *)regions->pdata, regions->len);
  xps_state_put_links (next, take_links);
  xps_phase_links_settle (next);
  g_hash_table_unref (self->changed);
  return next;
}

/* ---- edits ---- */

static gboolean
same_model (const XpsRegion *a, const XpsRegion *b)
{
  return a == b || (a->weights == b->weights && xps_region_same_scale (&a->scale, &b->scale) &&
                    xps_model_same (a->model, b->model, XPS_COMPARE_BUT_LABELS));
}

/* The share of a joint fit went along with an edit that no area depends on: names, the charge reference. */
static gboolean
is_carried (const XpsRegion *before, const XpsRegion *after)
{
  return after->record != before->record && after->record != NULL && after->record->tied &&
         before->weights == after->weights && xps_region_same_scale (&before->scale, &after->scale) &&
         xps_fit_record_is_current (after->record, after->model, after->weights);
}

/* The name that a component has now: its own, or that of the one in its place when only names changed. NULL:
 * it is gone. */
static const char *
follow_name (const XpsRegion *before, const XpsRegion *after, const char *name)
{
  const int was = find_component (before->model, name);
  const XpsModelPart *part = g_ptr_array_index (after->model->parts, 0),
                     *old = g_ptr_array_index (before->model->parts, 0);
  if (find_component (after->model, name) >= 0 || was < 0)
    return name;
  if (part->components->len != old->components->len)
    return NULL;
  const char *now = ((const XpsComponent *)g_ptr_array_index (part->components, was))->name;
  return find_component (before->model, now) < 0 ? now : NULL;
}

/* The link as it is after an edit: NULL when less than two areas are left. */
static XpsPhaseLink *
update_link (const XpsPhaseLink *link, const XpsState *before, const Changes *changes)
{
  g_autoptr (XpsPhaseLink) next = xps_phase_link_new (link->phase, link->tolerance, link->note);
  gboolean same = TRUE;
  next->fitted = link->fitted;
  for (guint i = 0; i < link->areas->len; i++) {
    const XpsLinkedArea *area = area_at (link, i);
    const XpsRegion *old = xps_state_find_region (before, area->region),
                    *now = present (changes, area->region);
    const char *name = old != NULL && now != NULL ? follow_name (old, now, area->component) : NULL;
    same &= name != NULL && strcmp (name, area->component) == 0;
    next->fitted &= name != NULL && (same_model (old, now) || is_carried (old, now));
    if (name != NULL)
      xps_phase_link_add (next, area->region, name, area->level, area->factor);
  }
  if (next->areas->len < 2)
    return NULL;
  return same && next->fitted == link->fitted ? xps_phase_link_ref (link) : g_steal_pointer (&next);
}

static GPtrArray *
update_links (const XpsState *self, const Changes *changes)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_phase_link_unref);
  for (guint l = 0; l < xps_state_get_n_links (self); l++) {
    XpsPhaseLink *link = update_link (xps_state_get_link (self, l), self, changes);
    if (link != NULL)
      g_ptr_array_add (links, link);
  }
  return links;
}

/* Areas that the edit itself changed lead. */
static void
follow_areas (Changes *changes, const XpsPhaseLink *link, const XpsRegion *const *regions, guint n)
{
  for (guint i = 0; i < link->areas->len; i++) {
    const XpsLinkedArea *area = area_at (link, i);
    for (guint r = 0; r < n; r++) {
      const XpsRegion *old = xps_state_find_region (changes->state, area->region);
      if (regions[r]->id == area->region && old != NULL &&
          get_area (old, area->component) != get_area (regions[r], area->component)) {
        follow (changes, link, i);
        return;
      }
    }
  }
}

XpsState *
xps_state_edit_regions (const XpsState *self, const XpsRegion *const *regions, guint n)
{
  if (xps_state_get_n_links (self) == 0)
    return xps_state_with_regions (self, regions, n);
  Changes changes;
  changes_init (&changes, self);
  for (guint r = 0; r < n; r++)
    g_hash_table_replace (changes.changed, GUINT_TO_POINTER (regions[r]->id), xps_region_ref (regions[r]));
  for (guint l = 0; l < xps_state_get_n_links (self); l++)
    follow_areas (&changes, xps_state_get_link (self, l), regions, n);
  GPtrArray *links = update_links (self, &changes);
  return apply (&changes, self, links);
}

GPtrArray *
xps_phase_links_prune (const XpsState *draft, const GPtrArray *links)
{
  Changes changes;
  changes_init (&changes, draft);
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_phase_link_unref);
  for (guint l = 0; l < links->len; l++) {
    XpsPhaseLink *link = update_link (g_ptr_array_index (links, l), draft, &changes);
    if (link != NULL)
      g_ptr_array_add (kept, link);
  }
  g_hash_table_unref (changes.changed);
  return kept;
}

static GPtrArray *
copy_links (const XpsState *self)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_phase_link_unref);
  for (guint l = 0; l < xps_state_get_n_links (self); l++)
    g_ptr_array_add (links, xps_phase_link_ref (xps_state_get_link (self, l)));
  return links;
}

static gboolean
is_linked (const XpsState *self, const XpsLinkedArea *area)
{
  for (guint l = 0; l < xps_state_get_n_links (self); l++) {
    const XpsPhaseLink *link = xps_state_get_link (self, l);
    for (guint i = 0; i < link->areas->len; i++)
      if (area_at (link, i)->region == area->region &&
          strcmp (area_at (link, i)->component, area->component) == 0)
        return TRUE;
  }
  return FALSE;
}

static gboolean
check_area (const XpsState *self, const XpsPhaseLink *link, const XpsLinkedArea *area, GError **error)
{
  const XpsRegion *region = xps_state_find_region (self, area->region);
  const int c = region != NULL ? find_component (region->model, area->component) : -1;
  const XpsParameter *p = c >= 0 ? xps_edit_get_parameter (region->model, 0, (gsize)c, "area") : NULL;
  const char *problem = p == NULL                                        ? "has no area here"
                        : p->kind != XPS_PARAMETER_FREE                  ? "has an area that is not free"
                        : is_linked (self, area)                         ? "belongs to another phase"
                        : !(area->factor > 0 && isfinite (area->factor)) ? "has no positive factor"
                                                                         : NULL;
  return problem == NULL ||
         xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, region != NULL ? region->name : NULL, link->phase,
                         N_ ("choose another component"), "\"%s\" %s", area->component, problem);
}

XpsState *
xps_state_add_link (const XpsState *self, const XpsPhaseLink *link, GError **error)
{
  if (link->areas->len < 2 || !(link->tolerance >= 0 && link->tolerance < 1)) {
    xps_fit_refuse (
        error, XPS_FIT_ERROR_MODEL, NULL, link->phase, N_ ("give two areas and a tolerance below 1"),
        N_ ("%u areas with a tolerance of %g cannot be linked"), link->areas->len, link->tolerance);
    return NULL;
  }
  for (guint i = 0; i < link->areas->len; i++)
    if (!check_area (self, link, area_at (link, i), error))
      return NULL;
  Changes changes;
  changes_init (&changes, self);
  follow (&changes, link, 0);
  GPtrArray *links = copy_links (self);
  g_ptr_array_add (links, xps_phase_link_ref (link));
  return apply (&changes, self, links);
}

XpsState *
xps_state_remove_link (const XpsState *self, guint i)
{
  GPtrArray *links = copy_links (self);
  g_return_val_if_fail (i < links->len, NULL);
  g_ptr_array_remove_index (links, i);
  XpsState *next = xps_state_with_regions (self, NULL, 0);
  xps_state_put_links (next, links);
  xps_phase_links_settle (next);
  return next;
}

/* ---- what hangs together ---- */

static gboolean
holds (const GArray *ids, guint id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, guint, i) == id)
      return TRUE;
  return FALSE;
}

/* Adds all regions of the link when one of them is in the list. */
static gboolean
reach (const XpsPhaseLink *link, GArray *ids)
{
  gboolean touched = FALSE;
  const guint before = ids->len;
  for (guint i = 0; i < link->areas->len && !touched; i++)
    touched = holds (ids, area_at (link, i)->region);
  for (guint i = 0; touched && i < link->areas->len; i++)
    if (!holds (ids, area_at (link, i)->region))
      g_array_append_val (ids, area_at (link, i)->region);
  return ids->len > before;
}

GArray *
xps_state_list_linked (const XpsState *self, guint region)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean more = TRUE;
  g_array_append_val (ids, region);
  while (more) {
    more = FALSE;
    for (guint l = 0; l < xps_state_get_n_links (self); l++)
      more |= reach (xps_state_get_link (self, l), ids);
  }
  return ids;
}

XpsState *
xps_state_take_fits (const XpsState *self, const XpsRegion *const *regions, guint n)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  GPtrArray *links = copy_links (self);
  for (guint r = 0; r < n; r++)
    g_array_append_val (ids, regions[r]->id);
  for (guint l = 0; l < links->len; l++) {
    const XpsPhaseLink *link = g_ptr_array_index (links, l);
    guint found = 0;
    for (guint i = 0; i < link->areas->len; i++)
      found += holds (ids, area_at (link, i)->region);
    if (found < link->areas->len || link->fitted)
      continue;
    XpsPhaseLink *next = xps_phase_link_new (link->phase, link->tolerance, link->note);
    for (guint i = 0; i < link->areas->len; i++) {
      const XpsLinkedArea *area = area_at (link, i);
      xps_phase_link_add (next, area->region, area->component, area->level, area->factor);
    }
    next->fitted = TRUE;
    xps_phase_link_unref (g_ptr_array_index (links, l));
    g_ptr_array_index (links, l) = next;
  }
  XpsState *state = xps_state_with_regions (self, regions, n);
  xps_state_put_links (state, links);
  xps_phase_links_settle (state);
  return state;
}
