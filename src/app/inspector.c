/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/inspector.h"

struct _XpsInspector {
  AdwBin parent_instance;
  XpsSession *session;
};

G_DEFINE_FINAL_TYPE (XpsInspector, xps_inspector, ADW_TYPE_BIN)

static void
xps_inspector_dispose (GObject *object)
{
  XpsInspector *self = XPS_INSPECTOR (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xps_inspector_parent_class)->dispose (object);
}

static void
xps_inspector_class_init (XpsInspectorClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_inspector_dispose;
}

static void
xps_inspector_init (XpsInspector *self)
{
}

void
xps_inspector_set_session (XpsInspector *self, XpsSession *session)
{
  g_set_object (&self->session, session);
}
