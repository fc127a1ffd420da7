/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/state-private.h"

#include <string.h>

/* The sample as others see it comes first, so that a pointer to it is a pointer to the whole. */
typedef struct {
  XpsSample sample;
  gatomicrefcount references;
} CountedSample;

/* Where each region stands, in the order of their ids. Shared by all versions that have the same regions in
 * the same order, so that a look-up costs no scan and an edit no sorting. */
typedef struct {
  guint id, position;
} Place;

struct _XpsState {
  gatomicrefcount references;
  GPtrArray *samples; /* XpsSample, shared */
  GPtrArray *regions; /* XpsRegion, shared; sample by sample */
  GPtrArray *links;   /* XpsPhaseLink, shared */
  GPtrArray *series;  /* XpsSeriesEntry, shared */
  char *reading_log;  /* GRefString, shared, or NULL */
  GArray *places;     /* Place; NULL only while the version is being made */
  guint next_sample, next_region;
};

/* ---- samples ---- */

static XpsSample *
sample_new (guint id, const char *name, const char *notes)
{
  CountedSample *self = g_new0 (CountedSample, 1);
  g_atomic_ref_count_init (&self->references);
  self->sample.id = id;
  self->sample.name = g_strdup (name != NULL ? name : "");
  self->sample.notes = g_strdup (notes != NULL ? notes : "");
  return &self->sample;
}

static gpointer
sample_ref (gconstpointer sample, gpointer unused)
{
  g_atomic_ref_count_inc (&((CountedSample *)sample)->references);
  return (gpointer)sample;
}

static void
sample_unref (gpointer data)
{
  CountedSample *self = data;
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->sample.name);
  g_free (self->sample.notes);
  g_free (self);
}

static gpointer
region_ref (gconstpointer region, gpointer unused)
{
  return xps_region_ref (region);
}

/* ---- making versions ---- */

static XpsState *
state_alloc (GPtrArray *samples, GPtrArray *regions, GPtrArray *links, GPtrArray *series)
{
  XpsState *self = g_new0 (XpsState, 1);
  g_atomic_ref_count_init (&self->references);
  self->samples = samples;
  self->regions = regions;
  self->links = links;
  self->series = series;
  self->next_sample = self->next_region = 1;
  return self;
}

static void
share_log (XpsState *self, const XpsState *from)
{
  self->reading_log = from->reading_log != NULL ? g_ref_string_acquire (from->reading_log) : NULL;
}

static gint
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *first = a, *second = b;
  return (first->id > second->id) - (first->id < second->id);
}

static GArray *
sort_places (const GPtrArray *regions)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (Place), regions->len);
  for (guint i = 0; i < regions->len; i++) {
    const XpsRegion *region = g_ptr_array_index (regions, i);
    const Place place = {region->id, i};
    g_array_append_val (places, place);
  }
  g_array_sort (places, compare_places);
  return places;
}

XpsState *
xps_state_begin (const XpsState *from)
{
  if (from == NULL)
    return state_alloc (g_ptr_array_new_with_free_func (sample_unref),
                        g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref),
                        g_ptr_array_new_with_free_func ((GDestroyNotify)xps_phase_link_unref),
                        g_ptr_array_new_with_free_func (xps_series_entry_unref));
  XpsState *self = state_alloc (g_ptr_array_copy (from->samples, (GCopyFunc)sample_ref, NULL),
                                g_ptr_array_copy (from->regions, (GCopyFunc)region_ref, NULL),
                                g_ptr_array_ref (from->links), g_ptr_array_ref (from->series));
  share_log (self, from);
  self->next_sample = from->next_sample;
  self->next_region = from->next_region;
  return self;
}

XpsState *
xps_state_end (XpsState *draft)
{
  draft->places = sort_places (draft->regions);
  return draft;
}

void
xps_state_put_sample (XpsState *draft, guint id, const char *name, const char *notes)
{
  g_ptr_array_add (draft->samples, sample_new (id, name, notes));
  draft->next_sample = MAX (draft->next_sample, id + 1);
}

void
xps_state_put_region (XpsState *draft, XpsRegion *take_region)
{
  g_ptr_array_add (draft->regions, take_region);
  draft->next_region = MAX (draft->next_region, take_region->id + 1);
}

void
xps_state_set_next (XpsState *draft, guint next_sample, guint next_region)
{
  draft->next_sample = MAX (draft->next_sample, next_sample);
  draft->next_region = MAX (draft->next_region, next_region);
}

void
xps_state_get_next (const XpsState *self, guint *next_sample, guint *next_region)
{
  *next_sample = self->next_sample;
  *next_region = self->next_region;
}

guint
xps_state_new_sample_id (XpsState *draft)
{
  return draft->next_sample++;
}

guint
xps_state_new_region_id (XpsState *draft)
{
  return draft->next_region++;
}

void
xps_state_put_links (XpsState *draft, GPtrArray *take_links)
{
  g_ptr_array_unref (draft->links);
  draft->links = take_links;
}

void
xps_state_put_series (XpsState *draft, GPtrArray *take_series)
{
  g_ptr_array_unref (draft->series);
  draft->series = take_series;
}

void
xps_state_put_reading_log (XpsState *draft, const char *log)
{
  g_clear_pointer (&draft->reading_log, g_ref_string_release);
  g_autofree char *text = g_utf8_make_valid (log != NULL ? log : "", -1); /* may come out of a strange file */
  draft->reading_log = text[0] != '\0' ? g_ref_string_new (text) : NULL;
}

const char *
xps_state_get_reading_log (const XpsState *self)
{
  return self->reading_log != NULL ? self->reading_log : "";
}

XpsState *
xps_state_with_reading_log (const XpsState *self, const char *log)
{
  XpsState *state = xps_state_with_regions (self, NULL, 0);
  xps_state_put_reading_log (state, log);
  return state;
}

/* ---- the value ---- */

XpsState *
xps_state_new (void)
{
  return xps_state_end (xps_state_begin (NULL));
}

XpsState *
xps_state_ref (const XpsState *self)
{
  XpsState *kept = (XpsState *)self; /* counting is not a change */
  g_atomic_ref_count_inc (&kept->references);
  return kept;
}

void
xps_state_unref (XpsState *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->samples);
  g_ptr_array_unref (self->regions);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->series);
  g_clear_pointer (&self->reading_log, g_ref_string_release);
  g_clear_pointer (&self->places, g_array_unref);
  g_free (self);
}

guint
xps_state_get_n_samples (const XpsState *self)
{
  return self->samples->len;
}

const XpsSample *
xps_state_get_sample (const XpsState *self, guint i)
{
  g_return_val_if_fail (i < self->samples->len, NULL);
  return g_ptr_array_index (self->samples, i);
}

static int
find_sample (const XpsState *self, guint id)
{
  for (guint i = 0; i < self->samples->len; i++)
    if (((const XpsSample *)g_ptr_array_index (self->samples, i))->id == id)
      return (int)i;
  return -1;
}

const XpsSample *
xps_state_find_sample (const XpsState *self, guint id)
{
  const int i = find_sample (self, id);
  return i >= 0 ? g_ptr_array_index (self->samples, i) : NULL;
}

guint
xps_state_get_n_regions (const XpsState *self)
{
  return self->regions->len;
}

const XpsRegion *
xps_state_get_region (const XpsState *self, guint i)
{
  g_return_val_if_fail (i < self->regions->len, NULL);
  return g_ptr_array_index (self->regions, i);
}

int
xps_state_find_position (const XpsState *self, guint id)
{
  const Place key = {id, 0};
  guint at = 0;
  if (!g_array_binary_search (self->places, &key, compare_places, &at))
    return -1;
  return (int)g_array_index (self->places, Place, at).position;
}

const XpsRegion *
xps_state_find_region (const XpsState *self, guint id)
{
  const int position = xps_state_find_position (self, id);
  return position >= 0 ? g_ptr_array_index (self->regions, position) : NULL;
}

guint
xps_state_get_n_links (const XpsState *self)
{
  return self->links->len;
}

const XpsPhaseLink *
xps_state_get_link (const XpsState *self, guint i)
{
  g_return_val_if_fail (i < self->links->len, NULL);
  return g_ptr_array_index (self->links, i);
}

guint
xps_state_get_n_series (const XpsState *self)
{
  return self->series->len;
}

const XpsSeriesEntry *
xps_state_get_series (const XpsState *self, guint i)
{
  g_return_val_if_fail (i < self->series->len, NULL);
  return g_ptr_array_index (self->series, i);
}

void
xps_state_replace_at (XpsState *draft, guint position, XpsRegion *take_region)
{
  xps_region_unref (g_ptr_array_index (draft->regions, position));
  g_ptr_array_index (draft->regions, position) = take_region;
}

/* ---- edits of regions ---- */

static void
replace_region (XpsState *draft, const XpsState *from, const XpsRegion *region)
{
  const int position = xps_state_find_position (from, region->id);
  g_return_if_fail (position >= 0);
  xps_region_unref (g_ptr_array_index (draft->regions, position));
  g_ptr_array_index (draft->regions, position) = xps_region_ref (region);
}

XpsState *
xps_state_with_regions (const XpsState *self, const XpsRegion *const *regions, guint n)
{
  XpsState *state = state_alloc (g_ptr_array_ref (self->samples),
                                 g_ptr_array_copy (self->regions, (GCopyFunc)region_ref, NULL),
                                 g_ptr_array_ref (self->links), g_ptr_array_ref (self->series));
  gboolean moved = FALSE;
  share_log (state, self);
  state->next_sample = self->next_sample;
  state->next_region = self->next_region;
  for (guint i = 0; i < n; i++) {
    const XpsRegion *old = xps_state_find_region (self, regions[i]->id);
    moved |= old != NULL && old->sample != regions[i]->sample;
    replace_region (state, self, regions[i]);
  }
  g_warn_if_fail (!moved); /* xps_state_move_regions() keeps the order */
  state->places = g_array_ref (self->places);
  return state;
}

XpsState *
xps_state_with_region (const XpsState *self, const XpsRegion *region)
{
  return xps_state_with_regions (self, &region, 1);
}

/* Position of the first region behind those of the sample, in the order of the samples. */
static guint
find_end (const XpsState *draft, guint sample)
{
  const int rank = find_sample (draft, sample);
  guint end = draft->regions->len;
  while (end > 0 &&
         find_sample (draft, ((const XpsRegion *)g_ptr_array_index (draft->regions, end - 1))->sample) > rank)
    end--;
  return end;
}

guint
xps_state_insert_region (XpsState *draft, guint sample, const XpsRegion *region)
{
  XpsRegion *own = xps_region_copy (region);
  own->id = xps_state_new_region_id (draft);
  own->sample = sample;
  g_ptr_array_insert (draft->regions, (gint)find_end (draft, sample), own);
  return own->id;
}

XpsState *
xps_state_add_region (const XpsState *self, guint sample, const XpsRegion *region, guint *id)
{
  g_return_val_if_fail (find_sample (self, sample) >= 0, NULL);
  XpsState *draft = xps_state_begin (self);
  const guint given = xps_state_insert_region (draft, sample, region);
  if (id != NULL)
    *id = given;
  return xps_state_end (draft);
}

static gboolean
contains (const guint *ids, guint n, guint id)
{
  for (guint i = 0; i < n; i++)
    if (ids[i] == id)
      return TRUE;
  return FALSE;
}

/* Takes samples away that had regions in `self` and have none in the draft. */
static void
drop_emptied (XpsState *draft, const XpsState *self)
{
  g_autoptr (GHashTable) before = g_hash_table_new (NULL, NULL), now = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < self->regions->len; i++)
    g_hash_table_add (before, GUINT_TO_POINTER (((XpsRegion *)self->regions->pdata[i])->sample));
  for (guint i = 0; i < draft->regions->len; i++)
    g_hash_table_add (now, GUINT_TO_POINTER (((XpsRegion *)draft->regions->pdata[i])->sample));
  for (guint i = draft->samples->len; i-- > 0;) {
    gpointer id = GUINT_TO_POINTER (((XpsSample *)draft->samples->pdata[i])->id);
    if (g_hash_table_contains (before, id) && !g_hash_table_contains (now, id))
      g_ptr_array_remove_index (draft->samples, i);
  }
}

XpsState *
xps_state_remove_regions (const XpsState *self, const guint *ids, guint n)
{
  XpsState *draft = xps_state_begin (self);
  g_ptr_array_set_size (draft->regions, 0);
  for (guint i = 0; i < self->regions->len; i++) {
    const XpsRegion *region = g_ptr_array_index (self->regions, i);
    if (!contains (ids, n, region->id))
      g_ptr_array_add (draft->regions, xps_region_ref (region));
  }
  drop_emptied (draft, self);
  xps_state_end (draft);
  xps_state_put_links (draft, xps_phase_links_prune (draft, self->links));
  xps_phase_links_settle (draft);
  return draft;
}

XpsState *
xps_state_move_regions (const XpsState *self, const guint *ids, guint n, guint sample)
{
  g_return_val_if_fail (find_sample (self, sample) >= 0, NULL);
  XpsState *draft = xps_state_begin (self);
  g_ptr_array_set_size (draft->regions, 0);
  for (guint i = 0; i < self->regions->len; i++) {
    const XpsRegion *region = g_ptr_array_index (self->regions, i);
    if (!contains (ids, n, region->id))
      g_ptr_array_add (draft->regions, xps_region_ref (region));
  }
  guint end = find_end (draft, sample);
  for (guint i = 0; i < n; i++) {
    const XpsRegion *region = xps_state_find_region (self, ids[i]);
    g_return_val_if_fail (region != NULL, xps_state_end (draft));
    XpsRegion *moved = xps_region_copy (region);
    moved->sample = sample;
    g_ptr_array_insert (draft->regions, (gint)end++, moved);
  }
  drop_emptied (draft, self);
  return xps_state_end (draft);
}

/* ---- edits of samples ---- */

XpsState *
xps_state_add_sample (const XpsState *self, const char *name, guint *id)
{
  XpsState *draft = xps_state_begin (self);
  const guint given = xps_state_new_sample_id (draft);
  xps_state_put_sample (draft, given, name, NULL);
  if (id != NULL)
    *id = given;
  return xps_state_end (draft);
}

static XpsState *
replace_sample (const XpsState *self, guint id, const char *name, const char *notes)
{
  const int i = find_sample (self, id);
  g_return_val_if_fail (i >= 0, xps_state_ref (self));
  XpsState *draft = xps_state_begin (self);
  const XpsSample *old = g_ptr_array_index (self->samples, i);
  sample_unref (g_ptr_array_index (draft->samples, i));
  g_ptr_array_index (draft->samples, i) =
      sample_new (id, name != NULL ? name : old->name, notes != NULL ? notes : old->notes);
  return xps_state_end (draft);
}

XpsState *
xps_state_rename_sample (const XpsState *self, guint sample, const char *name)
{
  return replace_sample (self, sample, name, NULL);
}

XpsState *
xps_state_set_sample_notes (const XpsState *self, guint sample, const char *notes)
{
  return replace_sample (self, sample, NULL, notes);
}
