/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/browser-list.h"

#include "project/namesake.h"

/* Ids of samples and of regions are counted apart; the lowest bit tells which is meant. */
static gpointer
make_key (guint id, gboolean sample)
{
  return GSIZE_TO_POINTER (((gsize)id << 1) | (sample ? 1u : 0u));
}

XpsBrowserList *
xps_browser_list_new (void)
{
  XpsBrowserList *self = g_new0 (XpsBrowserList, 1);
  self->samples = g_list_store_new (XPS_TYPE_BROWSER_ITEM);
  self->items = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  return self;
}

void
xps_browser_list_free (XpsBrowserList *self)
{
  g_object_unref (self->samples);
  g_hash_table_unref (self->items);
  g_free (self);
}

XpsBrowserItem *
xps_browser_list_find_region (XpsBrowserList *self, guint id)
{
  return g_hash_table_lookup (self->items, make_key (id, FALSE));
}

XpsBrowserItem *
xps_browser_list_find_sample (XpsBrowserList *self, guint id)
{
  return g_hash_table_lookup (self->items, make_key (id, TRUE));
}

/* ---- matching ---- */

static gboolean
matches (const char *folded, const char *name)
{
  if (folded == NULL)
    return TRUE;
  g_autofree char *text = g_utf8_casefold (name, -1);
  return strstr (text, folded) != NULL;
}

static gboolean
region_matches (const char *folded, const XpsRegion *region, const XpsSample *sample)
{
  if (matches (folded, region->name) || matches (folded, sample->name))
    return TRUE;
  g_autofree char *level = xps_region_dup_level (region->spectrum);
  return level != NULL && matches (folded, level);
}

/* ---- following ---- */

static XpsBrowserItem *
keep_region (XpsBrowserList *self, GHashTable *kept, const XpsRegion *region)
{
  gpointer key = make_key (region->id, FALSE);
  XpsBrowserItem *item = g_hash_table_lookup (self->items, key);
  if (item != NULL)
    xps_browser_item_set_region (item, region);
  item = item != NULL ? g_object_ref (item) : xps_browser_item_new_region (region);
  g_hash_table_insert (kept, key, item);
  return item;
}

static XpsBrowserItem *
keep_sample (XpsBrowserList *self, GHashTable *kept, const XpsSample *sample)
{
  gpointer key = make_key (sample->id, TRUE);
  XpsBrowserItem *item = g_hash_table_lookup (self->items, key);
  if (item != NULL)
    xps_browser_item_set_name (item, sample->name);
  item = item != NULL ? g_object_ref (item) : xps_browser_item_new_sample (sample);
  g_hash_table_insert (kept, key, item);
  return item;
}

/* Replaces what differs between the equal beginning and the equal end, so that views lose nothing else. */
static void
update_store (GListStore *store, const GPtrArray *wanted)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint head = 0, tail = 0;
  while (head < n && head < wanted->len) {
    g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (store), head);
    if (item != g_ptr_array_index (wanted, head))
      break;
    head++;
  }
  while (tail < n - head && tail < wanted->len - head) {
    g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (store), n - 1 - tail);
    if (item != g_ptr_array_index (wanted, wanted->len - 1 - tail))
      break;
    tail++;
  }
  if (n - head - tail > 0 || wanted->len - head - tail > 0)
    g_list_store_splice (store, head, n - head - tail, wanted->pdata + head, wanted->len - head - tail);
}

/* Frames of a loop all have the name of their level. */
static void
distinguish (const GPtrArray *items)
{
  g_autoptr (GPtrArray) regions = g_ptr_array_new ();
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (regions, (gpointer)xps_browser_item_get_region (g_ptr_array_index (items, i)));
  g_autoptr (GPtrArray) texts = xps_region_list_distinctions (regions);
  for (guint i = 0; i < items->len; i++)
    xps_browser_item_set_distinction (g_ptr_array_index (items, i), g_ptr_array_index (texts, i));
}

void
xps_browser_list_follow (XpsBrowserList *self, const XpsState *state, const char *search)
{
  g_autofree char *folded = search != NULL && search[0] != '\0' ? g_utf8_casefold (search, -1) : NULL;
  GHashTable *kept = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();
  const guint n = xps_state_get_n_regions (state);
  g_autoptr (GHashTable) regions =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < n; i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    gpointer key = GUINT_TO_POINTER (region->sample);
    XpsBrowserItem *item = keep_region (self, kept, region);
    if (!region_matches (folded, region, xps_state_find_sample (state, region->sample)))
      continue;
    GPtrArray *children = g_hash_table_lookup (regions, key);
    if (children == NULL) {
      children = g_ptr_array_new ();
      g_hash_table_insert (regions, key, children);
    }
    g_ptr_array_add (children, item);
  }
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  for (guint i = 0; i < xps_state_get_n_samples (state); i++) {
    const XpsSample *sample = xps_state_get_sample (state, i);
    const GPtrArray *children = g_hash_table_lookup (regions, GUINT_TO_POINTER (sample->id));
    XpsBrowserItem *item = keep_sample (self, kept, sample);
    if (children != NULL)
      distinguish (children);
    update_store (xps_browser_item_get_children (item), children != NULL ? children : none);
    if (children != NULL || folded == NULL)
      g_ptr_array_add (samples, item);
  }
  update_store (self->samples, samples);
  g_hash_table_unref (self->items);
  self->items = kept;
  self->n_regions = n;
}
