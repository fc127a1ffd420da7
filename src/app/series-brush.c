/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-brush.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _XpsSeriesBrush {
  GtkWidget parent_instance;
  XpsSeriesTrend *trend; /* borrowed: it lives beside this */
  XpsSeriesDesk *desk;   /* or NULL */
  GtkLabel *label;
  GtkButton *fit, *leave, *zoom;
  int from, to; /* of keys, -1: none */
};

G_DEFINE_FINAL_TYPE (XpsSeriesBrush, xps_series_brush, GTK_TYPE_WIDGET)

static void
update (XpsSeriesBrush *self)
{
  g_autoptr (GArray) steps = xps_series_trend_dup_brushed (self->trend);
  const gboolean some = steps->len > 0, zoomed = xps_series_trend_is_zoomed (self->trend);
  g_autofree char *text =
      some ? g_strdup_printf (ngettext ("%u step", "%u steps", steps->len), steps->len) : g_strdup ("");
  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), some || zoomed);
  gtk_widget_set_visible (GTK_WIDGET (self->fit), some);
  gtk_widget_set_visible (GTK_WIDGET (self->leave), some);
  gtk_button_set_label (self->zoom, zoomed ? _ ("Show _All") : _ ("_Zoom"));
}

static void
on_brushed (XpsSeriesBrush *self)
{
  update (self);
}

/* From the first to the last: a clock that turns has others between, which are fitted once more with them. */
static void
on_fit (XpsSeriesBrush *self)
{
  g_autoptr (GArray) steps = xps_series_trend_dup_brushed (self->trend);
  if (steps->len == 0 || self->desk == NULL)
    return;
  const guint first = g_array_index (steps, guint, 0), last = g_array_index (steps, guint, steps->len - 1);
  xps_series_desk_fit_steps (self->desk, first, last - first + 1);
}

static void
on_reason (AdwMessageDialog *dialog, const char *response, XpsSeriesBrush *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)));
  g_autoptr (GArray) steps = xps_series_trend_dup_brushed (self->trend);
  if (g_strcmp0 (response, "exclude") != 0 || steps->len == 0 || self->desk == NULL)
    return;
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (self->desk));
  for (guint i = 0; i < steps->len; i++)
    xps_series_setup_exclude_step (setup, xps_series_desk_get_frames (self->desk),
                                   g_array_index (steps, guint, i),
                                   text[0] != '\0' ? text : _ ("no reason given"));
  xps_series_desk_edit (self->desk, _ ("steps left out"), setup);
}

static void
on_leave (XpsSeriesBrush *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              _ ("Leave Steps Out?"), NULL);
  GtkWidget *entry = gtk_entry_new ();
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _ ("They stay in the table; fits, trends and onsets do without them."));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Reason, such as: beam lost"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reason"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "exclude",
                                    _ ("Leave _Out"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "exclude");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_reason), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_zoom (XpsSeriesBrush *self)
{
  xps_series_trend_zoom (self->trend, !xps_series_trend_is_zoomed (self->trend));
  update (self);
}

static GtkButton *
add_button (XpsSeriesBrush *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return GTK_BUTTON (button);
}

static void
xps_series_brush_init (XpsSeriesBrush *self)
{
  GtkWidget *label = gtk_label_new ("");
  self->from = self->to = -1;
  self->label = GTK_LABEL (label);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 12);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  self->fit = add_button (self, _ ("Fit T_hese"), G_CALLBACK (on_fit));
  self->leave = add_button (self, _ ("Leave These O_ut…"), G_CALLBACK (on_leave));
  self->zoom = add_button (self, _ ("_Zoom"), G_CALLBACK (on_zoom));
  gtk_button_set_use_underline (self->zoom, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
xps_series_brush_dispose (GObject *object)
{
  XpsSeriesBrush *self = XPS_SERIES_BRUSH (object);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (xps_series_brush_parent_class)->dispose (object);
}

static void
xps_series_brush_class_init (XpsSeriesBrushClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_series_brush_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BOX_LAYOUT);
}

GtkWidget *
xps_series_brush_new (XpsSeriesTrend *trend)
{
  XpsSeriesBrush *self = g_object_new (XPS_TYPE_SERIES_BRUSH, NULL);
  self->trend = trend;
  g_signal_connect_object (trend, "brushed", G_CALLBACK (on_brushed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
xps_series_brush_show (XpsSeriesBrush *self, XpsSeriesDesk *desk)
{
  g_set_object (&self->desk, desk);
  update (self);
}

void
xps_series_brush_extend (XpsSeriesBrush *self, int current, int by)
{
  const XpsSeries *series = self->desk != NULL ? xps_series_desk_get_series (self->desk) : NULL;
  const int n = series != NULL ? (int)xps_series_get_n (series) : 0;
  if (n == 0 || current < 0)
    return;
  if (self->from != current)
    self->from = self->to = current;
  self->to = CLAMP (self->to + by, 0, n - 1);
  xps_series_trend_set_brush (self->trend, self->from, self->to);
}
