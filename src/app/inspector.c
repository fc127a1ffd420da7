/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/inspector.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/page-background.h"
#include "app/page-components.h"
#include "app/page-constraints.h"
#include "app/page-notes.h"
#include "app/page-result.h"

static const struct {
  const char *name, *title, *icon;
  XpsPage *(*new) (void);
} pages[] = {
    {"background", N_ ("Background"), "xps-page-background-symbolic", xps_page_background_new},
    {"components", N_ ("Components"), "xps-page-components-symbolic", xps_page_components_new},
    {"constraints", N_ ("Constraints"), "xps-page-constraints-symbolic", xps_page_constraints_new},
    {"result", N_ ("Result"), "xps-page-result-symbolic", xps_page_result_new},
    {"notes", N_ ("Notes"), "xps-page-notes-symbolic", xps_page_notes_new},
};
#define N_PAGES G_N_ELEMENTS (pages)

struct _XpsInspector {
  AdwBin parent_instance;
  XpsSession *session;
  GSignalGroup *signals;
  AdwViewStack *stack;
  XpsPage *pages[N_PAGES];
  GtkWidget *buttons[N_PAGES];
};

G_DEFINE_FINAL_TYPE (XpsInspector, xps_inspector, ADW_TYPE_BIN)

enum { PROP_PAGE = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

const char *
xps_inspector_get_page (XpsInspector *self)
{
  return adw_view_stack_get_visible_child_name (self->stack);
}

void
xps_inspector_show_page (XpsInspector *self, const char *page)
{
  adw_view_stack_set_visible_child_name (self->stack, page);
}

void
xps_inspector_commit (XpsInspector *self)
{
  for (guint i = 0; i < N_PAGES; i++)
    if (XPS_IS_PAGE_NOTES (self->pages[i]))
      xps_page_notes_commit (XPS_PAGE_NOTES (self->pages[i]));
}

/* ---- switching ---- */

static void
on_toggled (GtkToggleButton *button, XpsInspector *self)
{
  for (guint i = 0; i < N_PAGES; i++)
    if (self->buttons[i] == GTK_WIDGET (button) && gtk_toggle_button_get_active (button))
      xps_inspector_show_page (self, pages[i].name);
}

static void
on_visible_child (AdwViewStack *stack, GParamSpec *pspec, XpsInspector *self)
{
  for (guint i = 0; i < N_PAGES; i++)
    if (g_strcmp0 (xps_inspector_get_page (self), pages[i].name) == 0)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[i]), TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

/* A row of another page asks for a value. */
static void
on_go_to (XpsPage *page, int component, const char *role, XpsInspector *self)
{
  xps_inspector_show_page (self, component >= 0 ? "components" : "background");
  for (guint i = 0; i < N_PAGES; i++)
    if (component >= 0 && role != NULL && XPS_IS_PAGE_COMPONENTS (self->pages[i]))
      xps_page_components_focus (XPS_PAGE_COMPONENTS (self->pages[i]), role);
}

/* The icon of the result page is the one that calls: the tree's dot says the same for regions not shown. */
static void
show_attention (XpsInspector *self)
{
  const XpsFitState state =
      self->session != NULL ? xps_session_get_fit_state (self->session) : XPS_FIT_STATE_NONE;
  for (guint i = 0; i < N_PAGES; i++) {
    if (strcmp (pages[i].name, "result") != 0)
      continue;
    gtk_widget_remove_css_class (self->buttons[i], "warning");
    gtk_widget_remove_css_class (self->buttons[i], "error");
    if (state == XPS_FIT_STATE_WARNED)
      gtk_widget_add_css_class (self->buttons[i], "warning");
    if (state == XPS_FIT_STATE_FAILED)
      gtk_widget_add_css_class (self->buttons[i], "error");
  }
}

void
xps_inspector_set_session (XpsInspector *self, XpsSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  g_signal_group_set_target (self->signals, session);
  for (guint i = 0; i < N_PAGES; i++)
    xps_page_set_session (self->pages[i], session);
  show_attention (self);
}

/* ---- the widget ---- */

/* Five titles have no room beside each other: all show their icon, the page in front its title as well. */
static GtkWidget *
button_new (XpsInspector *self, guint i)
{
  const char *title = _ (pages[i].title);
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (pages[i].icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_bind_property (button, "active", label, "visible", G_BINDING_SYNC_CREATE);
  g_object_bind_property (button, "active", button, "hexpand", G_BINDING_SYNC_CREATE);
  if (i > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (self->buttons[0]));
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, 0);
  return button;
}

static void
xps_inspector_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, xps_inspector_get_page (XPS_INSPECTOR (object)));
}

static void
xps_inspector_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  xps_inspector_show_page (XPS_INSPECTOR (object), g_value_get_string (value));
}

static void
xps_inspector_dispose (GObject *object)
{
  XpsInspector *self = XPS_INSPECTOR (object);
  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xps_inspector_parent_class)->dispose (object);
}

static void
xps_inspector_class_init (XpsInspectorClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->dispose = xps_inspector_dispose;
  object_class->get_property = xps_inspector_get_property;
  object_class->set_property = xps_inspector_set_property;
  properties[PROP_PAGE] = g_param_spec_string (
      "page", NULL, NULL, "background", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xps_inspector_init (XpsInspector *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *switcher = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (switcher, "inspector-switcher");
  self->stack = ADW_VIEW_STACK (adw_view_stack_new ());
  for (guint i = 0; i < N_PAGES; i++) {
    self->buttons[i] = button_new (self, i);
    gtk_box_append (GTK_BOX (switcher), self->buttons[i]);
    self->pages[i] = pages[i].new();
    g_signal_connect_object (self->pages[i], "go-to", G_CALLBACK (on_go_to), self, 0);
    adw_view_stack_add_titled (self->stack, GTK_WIDGET (self->pages[i]), pages[i].name, _ (pages[i].title));
  }
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (on_visible_child), self, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[0]), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "inspector");
  gtk_widget_set_size_request (GTK_WIDGET (self), 280, -1); /* below that words break */
  self->signals = g_signal_group_new (XPS_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "model-changed", G_CALLBACK (show_attention), self);
  g_signal_group_connect_swapped (self->signals, "fit-changed", G_CALLBACK (show_attention), self);
}
