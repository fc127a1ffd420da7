/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/reference-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/page-number.h"
#include "app/page-species.h"
#include "app/phase-dialog.h"
#include "app/reference-detail.h"
#include "app/reference-own.h"
#include "app/window-private.h"

#define USUAL_WITHIN "0.5" /* eV: what two laboratories differ by */

struct _XpsReferenceWindow {
  AdwWindow parent_instance;
  XpsWindow *parent; /* outlives it: transient for */
  XpsReference *reference;
  XpsCatalogue *catalogue, *all; /* all: with what is left out; NULL: nothing is */
  gboolean flags[3];             /* second hand, from memory, tabulated: taken in */
  GtkWidget *text, *level, *energy, *within, *source, *count, *problem;
  XpsReferenceList *list;
  XpsReferenceDetail *detail;
};

G_DEFINE_FINAL_TYPE (XpsReferenceWindow, xps_reference_window, ADW_TYPE_WINDOW)

XpsReferenceList *
xps_reference_window_get_list (XpsReferenceWindow *self)
{
  return self->list;
}

XpsReference *
xps_reference_window_get_reference (XpsReferenceWindow *self)
{
  return self->reference;
}

XpsWindow *
xps_reference_window_get_parent (XpsReferenceWindow *self)
{
  return self->parent;
}

static void
say (XpsReferenceWindow *self, const char *sentence)
{
  gtk_label_set_label (GTK_LABEL (self->problem), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem, sentence != NULL);
}

/* ---- what can be done with the selected line ---- */

static XpsReferenceItem *
dup_first (XpsReferenceWindow *self)
{
  g_autoptr (GPtrArray) items = xps_reference_list_dup_selected (self->list);
  return items->len > 0 ? g_object_ref (g_ptr_array_index (items, 0)) : NULL;
}

static void
enable (XpsReferenceWindow *self, const char *action, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, enabled);
}

static void
refresh_actions (XpsReferenceWindow *self)
{
  g_autoptr (XpsReferenceItem) item = dup_first (self);
  const XpsPreview *preview = xps_session_get_preview (self->parent->session);
  const gboolean region = preview != NULL && preview->has_binding;
  enable (self, "reference.plot", item != NULL && region);
  enable (self, "reference.add", item != NULL && region);
  enable (self, "reference.add-phase", item != NULL && region);
  enable (self, "reference.from-component", xps_session_get_component (self->parent->session) >= 0 && region);
}

static void
on_selection (XpsReferenceWindow *self)
{
  g_autoptr (XpsReferenceItem) item = dup_first (self);
  xps_reference_detail_show (self->detail, self->reference, item);
  refresh_actions (self);
  xps_reference_own_refresh (self);
}

static void
add_component (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XpsReferenceWindow *self = XPS_REFERENCE_WINDOW (widget);
  g_autoptr (XpsReferenceItem) item = dup_first (self);
  g_autoptr (GError) error = NULL;
  if (item == NULL)
    return;
  const XpsReferenceLine *line = xps_reference_item_get_line (item);
  const XpsReferenceSpread *spread = xps_reference_item_get_entry (item)->spread;
  const double place = line != NULL ? line->energy : spread->median;
  say (self, xps_page_add_line (self->parent->session, spread->species, spread->level, place, &error)
                 ? NULL
                 : error->message);
}

static void
add_phase (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XpsReferenceWindow *self = XPS_REFERENCE_WINDOW (widget);
  g_autoptr (XpsReferenceItem) item = dup_first (self);
  const guint region = xps_session_get_region_id (self->parent->session);
  if (item != NULL && region != 0)
    xps_phase_dialog_present (self->parent, xps_reference_item_get_entry (item)->spread->species, NULL,
                              region, XPS_PHASE_SAMPLE);
}

static void
show_on_plot (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XpsReferenceWindow *self = XPS_REFERENCE_WINDOW (widget);
  g_autoptr (GPtrArray) items = xps_reference_list_dup_selected (self->list);
  g_autofree XpsPlotGhostWish *wishes = g_new0 (XpsPlotGhostWish, items->len + 1);
  for (guint i = 0; i < items->len; i++) {
    const XpsReferenceSpread *spread = xps_reference_item_get_entry (g_ptr_array_index (items, i))->spread;
    wishes[i] = (XpsPlotGhostWish){.level = spread->level, .species = spread->species};
  }
  xps_plot_area_set_ghosts (self->parent->plot, wishes, items->len);
}

static void
clear_plot (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XpsReferenceWindow *self = XPS_REFERENCE_WINDOW (widget);
  xps_plot_area_set_ghosts (self->parent->plot, NULL, 0);
  g_object_set (self->parent->plot, "ghosts", FALSE, NULL);
}

/* ---- looking for it ---- */

static const char *
get_text (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

/* A number that cannot be read looks wrong, and does not restrict. */
static double
get_number (GtkWidget *entry)
{
  double value = NAN;
  const gboolean good = xps_page_parse_number (get_text (entry), TRUE, &value, NULL);
  if (good)
    gtk_widget_remove_css_class (entry, "error");
  else
    gtk_widget_add_css_class (entry, "error");
  return good ? value : (double)NAN;
}

static void
refresh (XpsReferenceWindow *self)
{
  XpsCatalogueFilter filter = {.text = get_text (self->text),
                               .level = get_text (self->level),
                               .source = get_text (self->source),
                               .near = get_number (self->energy),
                               .within = get_number (self->within)};
  if (self->catalogue == NULL)
    return;
  g_autoptr (GPtrArray) found = xps_catalogue_find (self->catalogue, &filter);
  xps_reference_list_set_entries (self->list, self->catalogue, found);
  g_autofree char *text = xps_catalogue_dup_count (found, self->all, &filter);
  gtk_label_set_label (GTK_LABEL (self->count), text);
  on_selection (self);
}

void
xps_reference_window_reload (XpsReferenceWindow *self)
{
  g_autoptr (GError) error = NULL;
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.secondary = self->flags[0];
  query.recalled = self->flags[1];
  query.tabulated = self->flags[2];
  XpsCatalogue *catalogue = xps_catalogue_new (self->reference, &query, &error);
  say (self, error != NULL ? error->message : NULL);
  if (catalogue == NULL)
    return;
  g_clear_pointer (&self->catalogue, xps_catalogue_unref);
  g_clear_pointer (&self->all, xps_catalogue_unref);
  self->catalogue = catalogue;
  query.secondary = query.recalled = TRUE;
  if (!self->flags[0] || !self->flags[1])
    self->all = xps_catalogue_new (self->reference, &query, NULL);
  refresh (self);
}

void
xps_reference_window_look_for (XpsReferenceWindow *self, const char *text, const char *level,
                               const char *energy, const char *within, const char *source)
{
  GtkWidget *const entries[] = {self->text, self->level, self->energy, self->within, self->source};
  const char *const texts[] = {text, level, energy, within, source};
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (texts[i] != NULL)
      gtk_editable_set_text (GTK_EDITABLE (entries[i]), texts[i]);
}

/* "What could this be": level and place of the selected component. */
static void
look_for_component (XpsReferenceWindow *self)
{
  XpsSession *session = self->parent->session;
  const XpsRegion *region = xps_session_get_region (session);
  const int component = xps_session_get_component (session);
  g_autofree char *level = region != NULL ? xps_region_dup_level (region->spectrum) : NULL;
  double position = NAN;
  if (component >= 0)
    xps_preview_get_component (xps_session_get_preview (session), (gsize)component, &position, NULL, NULL,
                               NULL);
  g_autofree char *energy =
      xps_page_dup_entry_number (isfinite (position) ? round (position * 100.0) / 100.0 : (double)NAN);
  xps_reference_window_look_for (self, NULL, level != NULL ? level : "", energy, NULL, NULL);
}

static void
from_component (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XpsReferenceWindow *self = XPS_REFERENCE_WINDOW (widget);
  xps_reference_window_look_for (self, "", NULL, NULL, NULL, "");
  look_for_component (self);
}

/* ---- what is taken in ---- */

static const struct {
  const char *title, *tip;
} takes[] = {
    {N_ ("Second Hand"), N_ ("Also values read where somebody quotes them")},
    {N_ ("From Memory"), N_ ("Also values that nobody looked up: they are marked")},
    {N_ ("Pure Elements"), N_ ("Also tabulated positions of elements")},
};

static void
on_take (GtkToggleButton *button, XpsReferenceWindow *self)
{
  const guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "xps-flag"));
  self->flags[i] = gtk_toggle_button_get_active (button);
  xps_reference_window_reload (self);
}

static GtkWidget *
take_new (XpsReferenceWindow *self, guint i)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (_ (takes[i].title));
  gtk_widget_set_tooltip_text (button, _ (takes[i].tip));
  g_object_set_data (G_OBJECT (button), "xps-flag", GUINT_TO_POINTER (i));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), self->flags[i]);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_take), self, 0);
  return button;
}

/* ---- the window ---- */

static void
xps_reference_window_dispose (GObject *object)
{
  XpsReferenceWindow *self = XPS_REFERENCE_WINDOW (object);
  if (self->parent != NULL)
    g_object_set_data (G_OBJECT (self->parent), XPS_REFERENCE_WINDOW_KEY, NULL);
  self->parent = NULL;
  G_OBJECT_CLASS (xps_reference_window_parent_class)->dispose (object);
}

static void
xps_reference_window_finalize (GObject *object)
{
  XpsReferenceWindow *self = XPS_REFERENCE_WINDOW (object);
  g_clear_pointer (&self->catalogue, xps_catalogue_unref);
  g_clear_pointer (&self->all, xps_catalogue_unref);
  g_clear_pointer (&self->reference, xps_reference_free);
  G_OBJECT_CLASS (xps_reference_window_parent_class)->finalize (object);
}

static void
xps_reference_window_class_init (XpsReferenceWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_reference_window_dispose;
  G_OBJECT_CLASS (class)->finalize = xps_reference_window_finalize;
  gtk_widget_class_install_action (widget_class, "reference.add", NULL, add_component);
  gtk_widget_class_install_action (widget_class, "reference.add-phase", NULL, add_phase);
  gtk_widget_class_install_action (widget_class, "reference.plot", NULL, show_on_plot);
  gtk_widget_class_install_action (widget_class, "reference.clear-plot", NULL, clear_plot);
  gtk_widget_class_install_action (widget_class, "reference.from-component", NULL, from_component);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
field_new (XpsReferenceWindow *self, const char *name, const char *placeholder, int width)
{
  GtkWidget *entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), width);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), width);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  gtk_widget_set_tooltip_text (entry, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return entry;
}

static GtkWidget *
unit_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
energy_box_new (XpsReferenceWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->energy = field_new (self, _ ("Binding energy in eV"), _ ("Energy"), 8);
  self->within = field_new (self, _ ("Within so many eV"), "", 4);
  gtk_editable_set_text (GTK_EDITABLE (self->within), USUAL_WITHIN);
  gtk_box_append (GTK_BOX (box), self->energy);
  gtk_box_append (GTK_BOX (box), unit_new ("±"));
  gtk_box_append (GTK_BOX (box), self->within);
  gtk_box_append (GTK_BOX (box), unit_new ("eV"));
  return box;
}

static GtkWidget *
takes_new (XpsReferenceWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *toggles = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (toggles, "linked");
  for (guint i = 0; i < G_N_ELEMENTS (takes); i++)
    gtk_box_append (GTK_BOX (toggles), take_new (self, i));
  gtk_box_append (GTK_BOX (box), unit_new (_ ("Take in also")));
  gtk_box_append (GTK_BOX (box), toggles);
  return box;
}

static GtkWidget *
bar_new (XpsReferenceWindow *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *fields = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_button_new_with_label (_ ("From Component"));
  gtk_widget_set_margin_start (bar, 12);
  gtk_widget_set_margin_end (bar, 12);
  gtk_widget_set_margin_top (bar, 6);
  gtk_widget_set_margin_bottom (bar, 6);
  self->level = field_new (self, _ ("Element or level"), _ ("S or S 2p"), 10);
  self->source = field_new (self, _ ("Source: author, year or title"), _ ("Source"), 8);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->source), 30);
  gtk_widget_set_hexpand (self->source, TRUE);
  gtk_widget_set_tooltip_text (button, _ ("What could the selected component be? Its level and energy"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "reference.from-component");
  gtk_box_append (GTK_BOX (fields), self->level);
  gtk_box_append (GTK_BOX (fields), energy_box_new (self));
  gtk_box_append (GTK_BOX (fields), button);
  gtk_box_append (GTK_BOX (fields), self->source);
  gtk_box_append (GTK_BOX (bar), fields);
  gtk_box_append (GTK_BOX (bar), takes_new (self));
  return bar;
}

static void
add_button (GtkWidget *bar, const char *label, const char *tip, const char *action, gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (bar), button);
}

static GtkWidget *
foot_new (XpsReferenceWindow *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->count = gtk_label_new (NULL);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->count), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (self->count), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->count, TRUE);
  gtk_widget_add_css_class (self->count, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0.0f);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (bar), self->count);
  add_button (bar, _ ("_Clear Plot"), _ ("No lines of the literature on the plot"), "reference.clear-plot",
              FALSE);
  add_button (bar, _ ("Show on _Plot"), _ ("The selected lines as bands behind the data"), "reference.plot",
              FALSE);
  add_button (bar, _ ("Add to _Sample…"),
              _ ("All lines of the species or phase, looked at before they are added"), "reference.add-phase",
              FALSE);
  add_button (bar, _ ("_Add Component"), _ ("A component for the selected line, with its doublet"),
              "reference.add", TRUE);
  gtk_box_append (GTK_BOX (foot), self->problem);
  gtk_box_append (GTK_BOX (foot), bar);
  gtk_widget_set_margin_start (foot, 12);
  gtk_widget_set_margin_end (foot, 12);
  gtk_widget_set_margin_top (foot, 6);
  gtk_widget_set_margin_bottom (foot, 6);
  return foot;
}

static GtkWidget *
header_new (XpsReferenceWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();
  self->text = gtk_search_entry_new ();
  gtk_widget_set_size_request (self->text, 260, -1);
  g_object_set (self->text, "placeholder-text", _ ("Species, name or class"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Species, name or class"), -1);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "stop-search", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->text);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), xps_reference_own_new_button (self));
  return header;
}

static void
xps_reference_window_init (XpsReferenceWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  self->list = g_object_new (XPS_TYPE_REFERENCE_LIST, NULL);
  self->detail = g_object_new (XPS_TYPE_REFERENCE_DETAIL, NULL);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Reference"));
  gtk_window_set_default_size (GTK_WINDOW (self), 900, 640);
  gtk_widget_set_size_request (GTK_WIDGET (self->detail), -1, 130);
  gtk_widget_set_size_request (GTK_WIDGET (self->list), 320, 150);
  gtk_paned_set_start_child (GTK_PANED (paned), GTK_WIDGET (self->list));
  gtk_paned_set_end_child (GTK_PANED (paned), GTK_WIDGET (self->detail));
  gtk_paned_set_resize_end_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_widget_set_vexpand (paned, TRUE);
  gtk_box_append (GTK_BOX (box), header_new (self));
  gtk_box_append (GTK_BOX (box), bar_new (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), paned);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), foot_new (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_object (self->list, "selection-changed", G_CALLBACK (on_selection), self,
                           G_CONNECT_SWAPPED);
}

XpsReferenceWindow *
xps_reference_window_present (XpsWindow *parent)
{
  XpsReferenceWindow *self = g_object_get_data (G_OBJECT (parent), XPS_REFERENCE_WINDOW_KEY);
  if (self != NULL) {
    gtk_window_present (GTK_WINDOW (self));
    return self;
  }
  g_autoptr (GError) error = NULL;
  XpsReference *reference = xps_catalogue_open_reference (&error);
  if (reference == NULL) {
    xps_window_say (parent, error->message, TRUE);
    return NULL;
  }
  self = g_object_new (XPS_TYPE_REFERENCE_WINDOW, NULL);
  self->parent = parent;
  self->reference = reference;
  g_object_set_data (G_OBJECT (parent), XPS_REFERENCE_WINDOW_KEY, self);
  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (parent));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  g_signal_connect_object (parent->session, "selection-changed", G_CALLBACK (refresh_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (parent->session, "region-changed", G_CALLBACK (refresh_actions), self,
                           G_CONNECT_SWAPPED);
  xps_phase_drop_install (parent);
  xps_reference_window_reload (self);
  look_for_component (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->text);
  return self;
}
