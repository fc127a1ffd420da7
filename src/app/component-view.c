/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/component-view.h"

struct _XpsComponentView {
  AdwBin parent_instance;
  XpsSession *session;
};

G_DEFINE_FINAL_TYPE (XpsComponentView, xps_component_view, ADW_TYPE_BIN)

static void
xps_component_view_dispose (GObject *object)
{
  XpsComponentView *self = XPS_COMPONENT_VIEW (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xps_component_view_parent_class)->dispose (object);
}

static void
xps_component_view_class_init (XpsComponentViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_component_view_dispose;
}

static void
xps_component_view_init (XpsComponentView *self)
{
}

void
xps_component_view_set_session (XpsComponentView *self, XpsSession *session)
{
  g_set_object (&self->session, session);
}
