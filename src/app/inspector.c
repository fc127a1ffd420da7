/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/inspector.h"

#include <glib/gi18n.h>

#include "app/page-background.h"
#include "app/page-components.h"

#define N_PAGES 2

struct _XpsInspector {
  AdwBin parent_instance;
  AdwViewStack *stack;
  XpsPage *pages[N_PAGES];
};

G_DEFINE_FINAL_TYPE (XpsInspector, xps_inspector, ADW_TYPE_BIN)

void
xps_inspector_set_session (XpsInspector *self, XpsSession *session)
{
  for (guint i = 0; i < N_PAGES; i++)
    xps_page_set_session (self->pages[i], session);
}

static void
xps_inspector_class_init (XpsInspectorClass *class)
{
}

static void
xps_inspector_init (XpsInspector *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *switcher = adw_view_switcher_new ();
  self->stack = ADW_VIEW_STACK (adw_view_stack_new ());
  self->pages[0] = xps_page_background_new ();
  self->pages[1] = xps_page_components_new ();
  adw_view_stack_add_titled (self->stack, GTK_WIDGET (self->pages[0]), "background", _ ("Background"));
  adw_view_stack_add_titled (self->stack, GTK_WIDGET (self->pages[1]), "components", _ ("Components"));
  adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (switcher), self->stack);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}
