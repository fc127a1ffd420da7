/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-look.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/reference-shell.h"
#include "app/series-brush.h"
#include "app/series-player.h"
#include "app/series-ratio-bar.h"
#include "app/series-trend.h"
#include "app/series-view.h"
#include "config.h"
#include "draw-cairo/draw-cairo.h"

#define PANEL_KEY "xps-panel"

typedef enum { LOOK_TRENDS, LOOK_MAPS } Look; /* the first choice; kinds of XpsStackKind follow it */

struct _XpsSeriesLook {
  GtkWidget parent_instance;
  XpsSeriesDesk *desk; /* or NULL */
  GtkBox *bar;
  GtkWidget *panels, *ratios, *hint;
  GtkDropDown *kind;
  GtkStack *stack;
  GtkButton *first;
  XpsSeriesTrend *trend;
  XpsSeriesView *view;
  XpsSeriesPlayer *player;
  XpsSeriesBrush *brush;
  GtkFileChooserNative *chooser;
  int current;
};

G_DEFINE_FINAL_TYPE (XpsSeriesLook, xps_series_look, GTK_TYPE_WIDGET)

static guint picked_signal;

static void
on_picked (XpsSeriesLook *self, int step)
{
  g_signal_emit (self, picked_signal, 0, step);
}

/* Ratios cost questions to the database: only while they are looked at. */
static void
show_ratios (XpsSeriesLook *self)
{
  const gboolean ratios = xps_series_trend_get_panel (self->trend, XPS_TREND_RATIO);
  const gboolean wanted = ratios || xps_series_trend_get_panel (self->trend, XPS_TREND_ATOMIC);
  const gboolean trends = gtk_drop_down_get_selected (self->kind) == LOOK_TRENDS;
  if (self->desk != NULL && wanted)
    xps_series_desk_want_ratios (self->desk, TRUE);
  gtk_widget_set_visible (self->ratios, wanted && trends);
  if (wanted)
    xps_series_ratio_bar_show (self->ratios, self->desk, ratios);
}

static void
on_panel (GtkToggleButton *button, XpsSeriesLook *self)
{
  xps_series_trend_set_panel (
      self->trend, (XpsTrendKind)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), PANEL_KEY)),
      gtk_toggle_button_get_active (button));
  show_ratios (self);
}

/* Trends come of a fit: until there is one, the place says so. */
static void
show_picture (XpsSeriesLook *self)
{
  const gboolean trends = gtk_drop_down_get_selected (self->kind) == LOOK_TRENDS;
  const gboolean fitted = self->desk != NULL && xps_series_desk_get_report (self->desk) != NULL;
  GtkWidget *trend = fitted ? GTK_WIDGET (self->trend) : self->hint;
  gtk_stack_set_visible_child (self->stack, trends ? trend : GTK_WIDGET (self->view));
}

static void
on_kind (XpsSeriesLook *self)
{
  const guint at = gtk_drop_down_get_selected (self->kind);
  const gboolean trends = at == LOOK_TRENDS;
  const XpsStackKind kind = trends ? XPS_STACK_DATA : (XpsStackKind)(at - LOOK_MAPS);
  show_picture (self);
  gtk_widget_set_visible (self->panels, trends);
  gtk_widget_set_visible (GTK_WIDGET (self->first), !trends && kind == XPS_STACK_DIFFERENCE);
  xps_series_view_set_kind (self->view, kind);
  show_ratios (self);
}

static void
on_first (XpsSeriesLook *self)
{
  xps_series_view_set_first (self->view, self->current);
}

/* ---- export ---- */

gboolean
xps_series_look_export (XpsSeriesLook *self, const char *path, GError **error)
{
  const XpsSeriesReport *report = self->desk != NULL ? xps_series_desk_get_report (self->desk) : NULL;
  const gboolean trends = gtk_drop_down_get_selected (self->kind) == LOOK_TRENDS;
  XpsPictureOptions options = {.program = "Corelevel " XPS_VERSION};
  g_autoptr (XpsCairoPainter) painter = xps_cairo_painter_new (NULL);
  g_autoptr (XpsScene) scene = NULL;
  if (!xps_picture_format_from_name (path, &options.format, error))
    return FALSE;
  if (!trends)
    scene = xps_series_view_build_export (self->view);
  else if (report != NULL)
    scene = xps_series_trend_build_export (self->trend);
  if (scene == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         _ ("Fit the series first: it has no trends yet"));
    return FALSE;
  }
  return xps_cairo_painter_write (painter, scene, xps_theme_get (XPS_THEME_PRINT), &options, path, error);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, XpsSeriesLook *self)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autoptr (GError) error = NULL;
  if (file != NULL && self->desk != NULL && !xps_series_look_export (self, g_file_peek_path (file), &error))
    g_signal_emit_by_name (self->desk, "message", error->message);
  g_clear_object (&self->chooser);
}

static void
on_export (XpsSeriesLook *self)
{
  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Export Picture"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "series.pdf");
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- the widget ---- */

static GtkWidget *
panels_new (XpsSeriesLook *self)
{
  static const struct {
    XpsTrendKind kind;
    const char *title;
  } kinds[] = {{XPS_TREND_AREA, N_ ("Areas")},         {XPS_TREND_FRACTION, N_ ("Shares")},
               {XPS_TREND_ATOMIC, N_ ("Atomic %")},    {XPS_TREND_RATIO, N_ ("Ratios")},
               {XPS_TREND_POSITION, N_ ("Positions")}, {XPS_TREND_WIDTH, N_ ("Widths")},
               {XPS_TREND_QUALITY, N_ ("Quality")}};
  GtkWidget *box = gtk_flow_box_new (); /* two lines in a narrow window */
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (box),
                                          3); /* a window's least height is that of its least width */
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), G_N_ELEMENTS (kinds));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    GtkWidget *button = gtk_toggle_button_new_with_label (_ (kinds[i].title));
    g_object_set_data (G_OBJECT (button), PANEL_KEY, GINT_TO_POINTER (kinds[i].kind));
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                  xps_series_trend_get_panel (self->trend, kinds[i].kind));
    g_signal_connect (button, "toggled", G_CALLBACK (on_panel), self);
    gtk_flow_box_insert (GTK_FLOW_BOX (box), button, -1);
    gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE); /* the button is */
  }
  return box;
}

/* In the order of XpsStackKind behind the trends. */
static GtkDropDown *
kinds_new (XpsSeriesLook *self)
{
  static const char *const words[] = {N_ ("Trends"),   N_ ("Map"),        N_ ("Model"),
                                      N_ ("Residual"), N_ ("Difference"), N_ ("Waterfall")};
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    gtk_string_list_append (list, _ (words[i]));
  GtkWidget *kind = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&list)), NULL);
  gtk_widget_set_tooltip_text (kind, _ ("What is shown of the series"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (kind), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What is shown of the series"), -1);
  g_signal_connect_swapped (kind, "notify::selected", G_CALLBACK (on_kind), self);
  return GTK_DROP_DOWN (kind);
}

static void
fill_bar (XpsSeriesLook *self)
{
  GtkWidget *export = gtk_button_new_from_icon_name ("document-save-as-symbolic");
  self->kind = kinds_new (self);
  self->panels = panels_new (self);
  self->first = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("To _This Step")));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->first), _ ("Take the differences to the selected step"));
  gtk_widget_set_visible (GTK_WIDGET (self->first), FALSE);
  gtk_widget_set_tooltip_text (export, _ ("Export the picture"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (export), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Export the picture"), -1);
  g_signal_connect_swapped (self->first, "clicked", G_CALLBACK (on_first), self);
  g_signal_connect_swapped (export, "clicked", G_CALLBACK (on_export), self);
  gtk_box_append (self->bar, GTK_WIDGET (self->kind));
  gtk_box_append (self->bar, export);
}

static GtkWidget *
hint_new (void)
{
  GtkWidget *hint = adw_status_page_new ();
  gtk_widget_add_css_class (hint, "compact");
  adw_status_page_set_title (ADW_STATUS_PAGE (hint), _ ("Not Fitted Yet"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (hint),
      _ ("Fit Series shows here how areas, positions and widths go from step to step. "
         "Maps and waterfall of the data are in the list above."));
  return hint;
}

static void
xps_series_look_init (XpsSeriesLook *self)
{
  GtkWidget *bar = xps_shell_bar_new (), *stack = gtk_stack_new (), *below = xps_shell_bar_new ();
  GtkWidget *second = xps_shell_bar_new (); /* so that all has room in a narrow window */
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->current = -1;
  self->bar = GTK_BOX (bar);
  self->stack = GTK_STACK (stack);
  self->trend = XPS_SERIES_TREND (xps_series_trend_new ());
  self->view = XPS_SERIES_VIEW (xps_series_view_new ());
  self->player = XPS_SERIES_PLAYER (xps_series_player_new ());
  self->ratios = xps_series_ratio_bar_new ();
  self->hint = hint_new ();
  gtk_widget_set_visible (self->ratios, FALSE);
  fill_bar (self);
  gtk_widget_set_vexpand (stack, TRUE);
  gtk_widget_set_hexpand (stack, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->player), TRUE);
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->trend));
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->view));
  gtk_stack_add_child (self->stack, self->hint);
  gtk_widget_set_margin_top (second, 0);
  gtk_box_append (GTK_BOX (second), self->panels);
  gtk_box_append (GTK_BOX (second), GTK_WIDGET (self->first));
  self->brush = XPS_SERIES_BRUSH (xps_series_brush_new (self->trend));
  gtk_box_append (GTK_BOX (below), GTK_WIDGET (self->player));
  gtk_widget_set_parent (bar, GTK_WIDGET (self));
  gtk_widget_set_parent (second, GTK_WIDGET (self));
  gtk_widget_set_parent (self->ratios, GTK_WIDGET (self));
  gtk_widget_set_parent (stack, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->brush), GTK_WIDGET (self));
  gtk_widget_set_parent (below, GTK_WIDGET (self));
  g_signal_connect_swapped (self->trend, "step-picked", G_CALLBACK (on_picked), self);
  g_signal_connect_swapped (self->view, "step-picked", G_CALLBACK (on_picked), self);
  g_signal_connect_swapped (self->player, "step-picked", G_CALLBACK (on_picked), self);
}

static void
xps_series_look_dispose (GObject *object)
{
  XpsSeriesLook *self = XPS_SERIES_LOOK (object);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->chooser);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (xps_series_look_parent_class)->dispose (object);
}

static void
xps_series_look_class_init (XpsSeriesLookClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_series_look_dispose;
  picked_signal = g_signal_new ("step-picked", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BOX_LAYOUT);
}

GtkWidget *
xps_series_look_new (void)
{
  return g_object_new (XPS_TYPE_SERIES_LOOK, NULL);
}

GtkBox *
xps_series_look_get_bar (XpsSeriesLook *self)
{
  return self->bar;
}

void
xps_series_look_show (XpsSeriesLook *self, XpsSeriesDesk *desk)
{
  g_set_object (&self->desk, desk);
  show_picture (self);
  xps_series_trend_show (self->trend, desk);
  xps_series_view_show (self->view, desk);
  xps_series_player_show (self->player, desk);
  xps_series_brush_show (self->brush, desk);
  show_ratios (self);
}

void
xps_series_look_set_current (XpsSeriesLook *self, int step)
{
  self->current = step;
  xps_series_trend_set_current (self->trend, step);
  xps_series_view_set_current (self->view, step);
  xps_series_player_set_current (self->player, step);
}

/* The next or the previous kind of picture. */
static void
turn_over (XpsSeriesLook *self, int by)
{
  const int at = (int)gtk_drop_down_get_selected (self->kind) + by;
  if (at >= 0 && at <= LOOK_MAPS + XPS_STACK_WATERFALL)
    gtk_drop_down_set_selected (self->kind, (guint)at);
}

/* Shift with Left and Right picks out steps from the current one on; Control with Page Up and Down turns over
 * the pictures. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, XpsSeriesLook *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  const guint modifiers = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK | GDK_SUPER_MASK);
  if (modifiers == GDK_CONTROL_MASK && (key == GDK_KEY_Page_Up || key == GDK_KEY_Page_Down)) {
    turn_over (self, key == GDK_KEY_Page_Up ? -1 : 1);
    return TRUE;
  }
  if (modifiers != GDK_SHIFT_MASK || (key != GDK_KEY_Left && key != GDK_KEY_Right) ||
      (focus != NULL && GTK_IS_EDITABLE (focus)))
    return FALSE;
  xps_series_brush_extend (self->brush, self->current, key == GDK_KEY_Left ? -1 : 1);
  return TRUE;
}

void
xps_series_look_take_keys (XpsSeriesLook *self, GtkWidget *widget)
{
  GtkEventController *controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (on_key), self, 0);
  gtk_widget_add_controller (widget, controller);
  xps_series_player_take_keys (self->player, widget);
}
