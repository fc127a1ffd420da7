/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-area.h"

struct _XpsPlotArea {
  GtkWidget parent_instance;
  XpsSession *session;
};

G_DEFINE_FINAL_TYPE (XpsPlotArea, xps_plot_area, GTK_TYPE_WIDGET)

static void
xps_plot_area_dispose (GObject *object)
{
  XpsPlotArea *self = XPS_PLOT_AREA (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xps_plot_area_parent_class)->dispose (object);
}

static void
xps_plot_area_class_init (XpsPlotAreaClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_plot_area_dispose;
}

static void
xps_plot_area_init (XpsPlotArea *self)
{
}

void
xps_plot_area_set_session (XpsPlotArea *self, XpsSession *session)
{
  g_set_object (&self->session, session);
}
