/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/browser-item.h"

#include "figure/plot.h"

struct _XpsBrowserItem {
  GObject parent_instance;
  guint id;
  char *name;           /* of a sample */
  char *distinction;    /* of a region, or NULL */
  XpsRegion *region;    /* or NULL */
  GListStore *children; /* of a sample */
  XpsScene *thumbnail;
};

G_DEFINE_FINAL_TYPE (XpsBrowserItem, xps_browser_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
xps_browser_item_finalize (GObject *object)
{
  XpsBrowserItem *self = XPS_BROWSER_ITEM (object);
  g_free (self->name);
  g_free (self->distinction);
  g_clear_pointer (&self->region, xps_region_unref);
  g_clear_object (&self->children);
  g_clear_pointer (&self->thumbnail, xps_scene_unref);
  G_OBJECT_CLASS (xps_browser_item_parent_class)->finalize (object);
}

static void
xps_browser_item_class_init (XpsBrowserItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xps_browser_item_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
xps_browser_item_init (XpsBrowserItem *self)
{
}

XpsBrowserItem *
xps_browser_item_new_sample (const XpsSample *sample)
{
  XpsBrowserItem *self = g_object_new (XPS_TYPE_BROWSER_ITEM, NULL);
  self->id = sample->id;
  self->name = g_strdup (sample->name);
  self->children = g_list_store_new (XPS_TYPE_BROWSER_ITEM);
  return self;
}

XpsBrowserItem *
xps_browser_item_new_region (const XpsRegion *region)
{
  XpsBrowserItem *self = g_object_new (XPS_TYPE_BROWSER_ITEM, NULL);
  self->id = region->id;
  self->region = xps_region_ref (region);
  return self;
}

guint
xps_browser_item_get_id (XpsBrowserItem *self)
{
  return self->id;
}

gboolean
xps_browser_item_is_sample (XpsBrowserItem *self)
{
  return self->children != NULL;
}

const char *
xps_browser_item_get_name (XpsBrowserItem *self)
{
  return self->region != NULL ? self->region->name : self->name;
}

const char *
xps_browser_item_get_distinction (XpsBrowserItem *self)
{
  return self->distinction;
}

void
xps_browser_item_set_distinction (XpsBrowserItem *self, const char *text)
{
  if (g_strcmp0 (self->distinction, text) == 0)
    return;
  g_free (self->distinction);
  self->distinction = g_strdup (text);
  g_signal_emit (self, changed_signal, 0);
}

const XpsRegion *
xps_browser_item_get_region (XpsBrowserItem *self)
{
  return self->region;
}

GListStore *
xps_browser_item_get_children (XpsBrowserItem *self)
{
  return self->children;
}

XpsScene *
xps_browser_item_get_thumbnail (XpsBrowserItem *self)
{
  if (self->thumbnail == NULL && self->region != NULL)
    self->thumbnail =
        xps_plot_build_thumbnail (self->region->spectrum, XPS_THUMBNAIL_WIDTH, XPS_THUMBNAIL_HEIGHT);
  return self->thumbnail;
}

gboolean
xps_browser_item_has_thumbnail (XpsBrowserItem *self)
{
  return self->thumbnail != NULL;
}

void
xps_browser_item_set_name (XpsBrowserItem *self, const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_signal_emit (self, changed_signal, 0);
}

void
xps_browser_item_set_region (XpsBrowserItem *self, const XpsRegion *region)
{
  if (self->region == region)
    return;
  if (self->region->spectrum != region->spectrum)
    g_clear_pointer (&self->thumbnail, xps_scene_unref);
  XpsRegion *old = self->region;
  self->region = xps_region_ref (region);
  xps_region_unref (old);
  g_signal_emit (self, changed_signal, 0);
}
