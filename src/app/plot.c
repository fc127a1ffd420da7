/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot.h"

struct _XpsPlot {
  GtkWidget parent_instance;
  XpsSession *session;
};

G_DEFINE_FINAL_TYPE (XpsPlot, xps_plot, GTK_TYPE_WIDGET)

static void
xps_plot_dispose (GObject *object)
{
  XpsPlot *self = XPS_PLOT (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xps_plot_parent_class)->dispose (object);
}

static void
xps_plot_class_init (XpsPlotClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_plot_dispose;
}

static void
xps_plot_init (XpsPlot *self)
{
}

void
xps_plot_set_session (XpsPlot *self, XpsSession *session)
{
  g_set_object (&self->session, session);
}
