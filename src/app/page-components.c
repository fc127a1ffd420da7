/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-components.h"

#include <glib/gi18n.h>

#include "app/component-view-swatch.h"
#include "app/page-combo.h"
#include "app/page-model.h"
#include "app/page-role-rows.h"
#include "app/page-species.h"

struct _XpsPageComponents {
  XpsPage parent_instance;
  AdwPreferencesGroup *add, *selected;
  GtkWidget *nothing;
  XpsPageEntry *add_name;
  XpsPageEntry *name, *label, *phase;
  GtkWidget *shape;
  XpsRoleRows *roles;
  GtkListStore *species; /* offered while a name is typed */
  guint region;          /* that they belong to */
  int component;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (XpsPageComponents, xps_page_components, XPS_TYPE_PAGE)

static XpsSession *
get_session (XpsPageComponents *self)
{
  return xps_page_get_session (XPS_PAGE (self));
}

/* ---- adding ---- */

static gboolean
take_add_name (const char *text, gpointer data, GError **error)
{
  XpsPageComponents *self = data;
  return text[0] == '\0' || xps_page_add_species (get_session (self), text, error);
}

/* Names that the database knows for the level of the region: offered while typing. */
static void
list_species (XpsPageComponents *self)
{
  const guint region = xps_session_get_region_id (get_session (self));
  if (region == self->region)
    return;
  self->region = region;
  g_autoptr (GPtrArray) species = xps_page_list_species (get_session (self));
  gtk_list_store_clear (self->species);
  for (guint i = 0; i < species->len; i++)
    gtk_list_store_insert_with_values (self->species, NULL, -1, 0, g_ptr_array_index (species, i), -1);
}

static void
add_completion (XpsPageComponents *self)
{
  g_autoptr (GtkEntryCompletion) completion = gtk_entry_completion_new ();
  self->species = gtk_list_store_new (1, G_TYPE_STRING);
  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (self->species));
  gtk_entry_completion_set_text_column (completion, 0);
  gtk_entry_completion_set_popup_completion (completion, TRUE);
  gtk_entry_set_completion (GTK_ENTRY (xps_page_entry_get_editable (self->add_name)), completion);
}

/* ---- the selected one ---- */

static gboolean
take_name (const char *text, gpointer data, GError **error)
{
  XpsPageComponents *self = data;
  return xps_page_rename (get_session (self), (gsize)self->component, text, error);
}

static gboolean
take_label (const char *text, gpointer data, GError **error)
{
  XpsPageComponents *self = data;
  xps_page_set_label (get_session (self), (gsize)self->component, text);
  return TRUE;
}

static gboolean
take_phase (const char *text, gpointer data, GError **error)
{
  XpsPageComponents *self = data;
  xps_page_set_phase (get_session (self), (gsize)self->component, text);
  return TRUE;
}

static void
on_shape (GtkWidget *row, GParamSpec *pspec, XpsPageComponents *self)
{
  size_t n;
  const XpsShape *shapes = xps_shapes_get (&n);
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  g_autoptr (GError) error = NULL;
  if (self->updating || self->component < 0 || selected >= n)
    return;
  if (xps_page_set_shape (get_session (self), (gsize)self->component, &shapes[selected], &error))
    return;
  xps_page_refresh (XPS_PAGE (self)); /* back to the shape it has */
  xps_page_row_set_subtitle (row, error->message);
}

static void
show_selected (XpsPageComponents *self, const XpsComponent *component)
{
  size_t n;
  g_autofree char *letter = xps_edit_dup_letter ((gsize)self->component);
  /* Translators: letter and name of a component, "A: PS4 2p3/2". */
  g_autofree char *title = g_strdup_printf (_ ("%s: %s"), letter, component->name);
  g_autofree char *markup = g_markup_escape_text (title, -1);
  adw_preferences_group_set_title (self->selected, markup);
  xps_page_entry_set_text (self->name, component->name);
  xps_page_entry_set_text (self->label, component->label != NULL ? component->label : "");
  xps_page_entry_set_text (self->phase, component->phase != NULL ? component->phase : "");
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->shape), (guint)(component->shape - xps_shapes_get (&n)));
  xps_page_row_set_subtitle (self->shape, component->shape->approximate
                                              ? _ ("An approximation: its definition is not published")
                                              : "");
}

static void
xps_page_components_refresh (XpsPage *page)
{
  XpsPageComponents *self = XPS_PAGE_COMPONENTS (page);
  XpsSession *session = xps_page_get_session (page);
  const int index = xps_session_get_component (session);
  const XpsComponent *component = index >= 0 ? xps_page_get_component (session, (gsize)index) : NULL;
  self->updating = TRUE;
  list_species (self);
  if (index != self->component) { /* half-typed texts belong to the one before */
    xps_page_entry_revert (self->name);
    xps_page_entry_revert (self->label);
    xps_page_entry_revert (self->phase);
  }
  self->component = component != NULL ? index : -1;
  if (component != NULL)
    show_selected (self, component);
  gtk_widget_set_visible (GTK_WIDGET (self->selected), component != NULL);
  gtk_widget_set_visible (self->nothing, component == NULL && xps_page_get_n_components (session) > 0);
  xps_role_rows_refresh (self->roles, self->component);
  gtk_widget_set_sensitive (GTK_WIDGET (self), xps_page_get_part (session) != NULL);
  self->updating = FALSE;
}

void
xps_page_components_focus (XpsPageComponents *self, const char *role)
{
  xps_role_rows_focus (self->roles, role);
}

/* ---- the page ---- */

static void
xps_page_components_finalize (GObject *object)
{
  xps_role_rows_free (XPS_PAGE_COMPONENTS (object)->roles);
  g_object_unref (XPS_PAGE_COMPONENTS (object)->species);
  G_OBJECT_CLASS (xps_page_components_parent_class)->finalize (object);
}

static void
xps_page_components_class_init (XpsPageComponentsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xps_page_components_finalize;
  XPS_PAGE_CLASS (class)->refresh = xps_page_components_refresh;
}

static GtkWidget *
shape_row_new (const char *title)
{
  GtkWidget *row = xps_page_combo_row_new (title);
  g_autoptr (GtkStringList) names = xps_page_shape_names_new ();
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  return row;
}

static void
add_button (GtkWidget *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_flow_box_append (GTK_FLOW_BOX (box), button);
}

static void
add_adding (XpsPageComponents *self)
{
  self->add = xps_page_add_group (XPS_PAGE (self), _ ("Add"));
  GtkWidget *name = xps_page_entry_row_new (_ ("By name"), NULL, take_add_name, self, &self->add_name);
  xps_page_row_set_subtitle (name, _ ("Type a species, then Enter"));
  xps_page_entry_set_name (self->add_name, _ ("Add a component by name"));
  add_completion (self);
  adw_preferences_group_add (self->add, name);
  GtkWidget *buttons = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (buttons), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (buttons), 2);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (buttons), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (buttons), 6);
  gtk_widget_set_margin_top (buttons, 12);
  add_button (buttons, _ ("On the _Plot"), "win.add-component");
  add_button (buttons, _ ("From _Residual"), "win.add-from-residual");
  add_button (buttons, _ ("_Doublet…"), "win.add-doublet");
  adw_preferences_group_add (self->add, buttons);
}

static void
add_selected (XpsPageComponents *self)
{
  self->selected = xps_page_add_group (XPS_PAGE (self), NULL);
  adw_preferences_group_add (self->selected,
                             xps_page_entry_row_new (_ ("Name"), NULL, take_name, self, &self->name));
  adw_preferences_group_add (self->selected,
                             xps_page_entry_row_new (_ ("Species"), NULL, take_phase, self, &self->phase));
  adw_preferences_group_add (self->selected,
                             xps_page_entry_row_new (_ ("Core level"), NULL, take_label, self, &self->label));
  self->shape = shape_row_new (_ ("Shape"));
  g_signal_connect_object (self->shape, "notify::selected", G_CALLBACK (on_shape), self, 0);
  adw_preferences_group_add (self->selected, self->shape);
  self->roles = xps_role_rows_new (XPS_PAGE (self), xps_page_add_group (XPS_PAGE (self), _ ("Parameters")));
}

static void
xps_page_components_init (XpsPageComponents *self)
{
  self->component = -1;
  self->nothing = gtk_label_new (_ ("Select a component in the table or on the plot."));
  gtk_label_set_wrap (GTK_LABEL (self->nothing), TRUE);
  gtk_widget_add_css_class (self->nothing, "dim-label");
  xps_page_add_widget (XPS_PAGE (self), self->nothing);
  add_selected (self);
  add_adding (self);
}

XpsPage *
xps_page_components_new (void)
{
  return g_object_new (XPS_TYPE_PAGE_COMPONENTS, NULL);
}
