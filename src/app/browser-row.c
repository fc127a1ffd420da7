/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/browser-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/browser-thumbnail.h"

struct _XpsBrowserRow {
  GtkWidget parent_instance;
  XpsBrowserItem *item; /* or NULL */
  XpsBrowserThumbnail *thumbnail;
  GtkWidget *name, *tag, *status;
  XpsFitState state; /* that `status` shows */
};

G_DEFINE_FINAL_TYPE (XpsBrowserRow, xps_browser_row, GTK_TYPE_WIDGET)

/* A symbol of its own for each state; colour only adds to it. */
typedef struct {
  const char *icon, *class, *words;
} XpsStateLook;

static const XpsStateLook looks[] = {
    [XPS_FIT_STATE_NONE] = {NULL, NULL, N_ ("No components")},
    [XPS_FIT_STATE_UNFITTED] = {"radio-symbolic", "dim-label", N_ ("Not fitted yet")},
    [XPS_FIT_STATE_STALE] = {"document-open-recent-symbolic", "dim-label",
                             N_ ("Changed since it was fitted")},
    [XPS_FIT_STATE_FITTED] = {"object-select-symbolic", "success", N_ ("Fitted")},
    [XPS_FIT_STATE_WARNED] = {"dialog-warning-symbolic", "warning", N_ ("Fitted, with warnings")},
    [XPS_FIT_STATE_FAILED] = {"process-stop-symbolic", "error", N_ ("The fit did not converge")},
};

static const char *
get_tag (XpsRegionKind kind)
{
  static const char *const tags[] = {
      [XPS_REGION_SURVEY] = N_ ("Survey"),   [XPS_REGION_CORE_LEVEL] = NULL,
      [XPS_REGION_VALENCE] = N_ ("Valence"), [XPS_REGION_AUGER] = N_ ("Auger"),
      [XPS_REGION_OTHER] = N_ ("Other"),
  };
  return tags[kind] != NULL ? _ (tags[kind]) : NULL;
}

static void
show_state (XpsBrowserRow *self, XpsFitState state)
{
  const XpsStateLook *look = &looks[state], *old = &looks[self->state];
  gtk_widget_set_visible (self->status, look->icon != NULL);
  if (old->class != NULL)
    gtk_widget_remove_css_class (self->status, old->class);
  self->state = state;
  if (look->icon == NULL)
    return;
  gtk_widget_add_css_class (self->status, look->class);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->status), look->icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->status), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (look->words), -1);
}

/* "Cycle 12 · Survey", or NULL. New string. */
static char *
dup_tag (XpsBrowserRow *self)
{
  const XpsRegion *region = xps_browser_item_get_region (self->item);
  const char *kind = region != NULL ? get_tag (region->kind) : NULL;
  const char *distinction = xps_browser_item_get_distinction (self->item);
  if (kind != NULL && distinction != NULL)
    return g_strconcat (distinction, " · ", kind, NULL);
  return g_strdup (distinction != NULL ? distinction : kind);
}

static void
refresh (XpsBrowserRow *self)
{
  const XpsRegion *region = xps_browser_item_get_region (self->item);
  const char *name = xps_browser_item_get_name (self->item);
  g_autofree char *tag = dup_tag (self);
  const gboolean sample = region == NULL;
  gtk_label_set_text (GTK_LABEL (self->name), name);
  if (sample)
    gtk_widget_add_css_class (self->name, "heading");
  else
    gtk_widget_remove_css_class (self->name, "heading");
  gtk_label_set_text (GTK_LABEL (self->tag), tag != NULL ? tag : "");
  gtk_widget_set_visible (self->tag, tag != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->thumbnail), !sample);
  xps_browser_thumbnail_set_item (self->thumbnail, self->item);
  show_state (self, sample ? XPS_FIT_STATE_NONE : xps_region_get_fit_state (region));
}

/* A tooltip that is set asks the display where the pointer is, each time; one that is asked for does not. */
static gboolean
on_name_tooltip (XpsBrowserRow *self, int x, int y, gboolean by_key, GtkTooltip *tooltip)
{
  if (self->item == NULL)
    return FALSE;
  g_autofree char *tag = dup_tag (self);
  g_autofree char *text =
      tag != NULL ? g_strconcat (xps_browser_item_get_name (self->item), " · ", tag, NULL) : NULL;
  gtk_tooltip_set_text (tooltip, text != NULL ? text : xps_browser_item_get_name (self->item));
  return TRUE;
}

static gboolean
on_status_tooltip (XpsBrowserRow *self, int x, int y, gboolean by_key, GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, _ (looks[self->state].words));
  return TRUE;
}

XpsBrowserItem *
xps_browser_row_get_item (XpsBrowserRow *self)
{
  return self->item;
}

void
xps_browser_row_set_item (XpsBrowserRow *self, XpsBrowserItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item == NULL) {
    xps_browser_thumbnail_set_item (self->thumbnail, NULL);
    return;
  }
  g_signal_connect_swapped (item, "changed", G_CALLBACK (refresh), self);
  refresh (self);
}

static void
xps_browser_row_dispose (GObject *object)
{
  XpsBrowserRow *self = XPS_BROWSER_ROW (object);
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (xps_browser_row_parent_class)->dispose (object);
}

static void
xps_browser_row_class_init (XpsBrowserRowClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_browser_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BOX_LAYOUT);
}

static void
xps_browser_row_init (XpsBrowserRow *self)
{
  GtkWidget *row = GTK_WIDGET (self);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (row)), 6);
  self->thumbnail = xps_browser_thumbnail_new ();
  self->name = gtk_label_new (NULL);
  self->tag = gtk_label_new (NULL);
  self->status = gtk_image_new ();
  gtk_label_set_xalign (GTK_LABEL (self->name), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->name, TRUE);
  gtk_widget_set_hexpand (row, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (self->tag), PANGO_ELLIPSIZE_START); /* the number stands last */
  gtk_label_set_max_width_chars (GTK_LABEL (self->tag), 14);
  gtk_widget_add_css_class (self->tag, "caption");
  gtk_widget_add_css_class (self->tag, "dim-label");
  gtk_widget_set_visible (self->status, FALSE);
  gtk_widget_set_has_tooltip (self->name, TRUE);
  gtk_widget_set_has_tooltip (self->status, TRUE);
  g_signal_connect_swapped (self->name, "query-tooltip", G_CALLBACK (on_name_tooltip), self);
  g_signal_connect_swapped (self->status, "query-tooltip", G_CALLBACK (on_status_tooltip), self);
  gtk_widget_set_parent (GTK_WIDGET (self->thumbnail), row);
  gtk_widget_set_parent (self->name, row);
  gtk_widget_set_parent (self->tag, row);
  gtk_widget_set_parent (self->status, row);
}

GtkWidget *
xps_browser_row_new (void)
{
  return g_object_new (XPS_TYPE_BROWSER_ROW, NULL);
}
