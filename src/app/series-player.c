/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-player.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/page-number.h"
#include "app/series-steps.h"

#define PAGE       10 /* steps that Page Up and Page Down go */
#define CALM_SPEED 2  /* steps a second where animations are not wanted */

static const guint speeds[] = {1, 2, 5, 10, 20};

struct _XpsSeriesPlayer {
  GtkWidget parent_instance;
  XpsSeriesDesk *desk; /* or NULL */
  GtkButton *play;
  GtkScale *scale;
  GtkDropDown *speed;
  GtkLabel *label;
  int current;
  guint timer;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (XpsSeriesPlayer, xps_series_player, GTK_TYPE_WIDGET)

static guint picked_signal;

static int
count_steps (XpsSeriesPlayer *self)
{
  const XpsSeries *series = self->desk != NULL ? xps_series_desk_get_series (self->desk) : NULL;
  return series != NULL ? (int)xps_series_get_n (series) : 0;
}

static void
go_to (XpsSeriesPlayer *self, int step)
{
  const int n = count_steps (self);
  if (n > 0 && CLAMP (step, 0, n - 1) != self->current)
    g_signal_emit (self, picked_signal, 0, CLAMP (step, 0, n - 1));
}

/* ---- playing ---- */

static guint
get_interval (XpsSeriesPlayer *self)
{
  gboolean animations = TRUE;
  guint speed = speeds[MIN (gtk_drop_down_get_selected (self->speed), G_N_ELEMENTS (speeds) - 1)];
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations, NULL);
  return 1000 / (animations ? speed : MIN (speed, CALM_SPEED));
}

static gboolean
on_time (gpointer data)
{
  XpsSeriesPlayer *self = data;
  if (self->current + 1 >= count_steps (self)) {
    self->timer = 0;
    xps_series_player_set_playing (self, FALSE);
    return G_SOURCE_REMOVE;
  }
  go_to (self, self->current + 1);
  return G_SOURCE_CONTINUE;
}

gboolean
xps_series_player_get_playing (XpsSeriesPlayer *self)
{
  return self->timer != 0;
}

void
xps_series_player_set_playing (XpsSeriesPlayer *self, gboolean playing)
{
  const char *words = playing ? _ ("Pause") : _ ("Play");
  g_clear_handle_id (&self->timer, g_source_remove);
  if (playing && self->current + 1 >= count_steps (self))
    go_to (self, 0);
  if (playing) /* below drawing: a step that takes longer is shown before the next */
    self->timer = g_timeout_add_full (G_PRIORITY_LOW, get_interval (self), on_time, self, NULL);
  gtk_button_set_icon_name (self->play,
                            playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
on_play (XpsSeriesPlayer *self)
{
  xps_series_player_set_playing (self, self->timer == 0);
}

static void
on_speed (XpsSeriesPlayer *self)
{
  if (self->timer != 0)
    xps_series_player_set_playing (self, TRUE);
}

static void
on_scale (XpsSeriesPlayer *self)
{
  if (!self->updating)
    go_to (self, (int)lround (gtk_range_get_value (GTK_RANGE (self->scale))) - 1);
}

/* ---- keys ---- */

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        XpsSeriesPlayer *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  const gboolean busy = focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus) ||
                                          gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL);
  if (busy || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  switch (key) {
  case GDK_KEY_Left:
    go_to (self, self->current - 1);
    return TRUE;
  case GDK_KEY_Right:
    go_to (self, self->current + 1);
    return TRUE;
  case GDK_KEY_Page_Up:
    go_to (self, self->current - PAGE);
    return TRUE;
  case GDK_KEY_Page_Down:
    go_to (self, self->current + PAGE);
    return TRUE;
  case GDK_KEY_Home:
    go_to (self, 0);
    return TRUE;
  case GDK_KEY_End:
    go_to (self, count_steps (self) - 1);
    return TRUE;
  case GDK_KEY_space:
    if (GTK_IS_BUTTON (focus) || GTK_IS_DROP_DOWN (focus))
      return FALSE;
    on_play (self);
    return TRUE;
  default:
    return FALSE;
  }
}

void
xps_series_player_take_keys (XpsSeriesPlayer *self, GtkWidget *widget)
{
  GtkEventController *controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (on_key), self, 0);
  gtk_widget_add_controller (widget, controller);
}

/* ---- what is shown ---- */

static char *
dup_words (XpsSeriesPlayer *self, int n)
{
  const XpsClock *clock = xps_series_get_axis (xps_series_desk_get_series (self->desk));
  const double value = clock->values[self->current];
  g_autofree char *number =
      isfinite (value) ? xps_page_dup_number (value, xps_clock_get_decimals (clock)) : g_strdup ("–");
  g_autofree char *status = xps_series_steps_dup_words (self->desk, (guint)self->current);
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, _ ("Step %d of %d"), self->current + 1, n);
  if (clock->kind != XPS_CLOCK_NUMBER)
    g_string_append_printf (text, " · %s %s", number, clock->unit != NULL ? clock->unit : "");
  if (status[0] != '\0')
    g_string_append_printf (text, " · %s", status);
  return g_string_free (text, FALSE);
}

static void
update (XpsSeriesPlayer *self)
{
  const int n = count_steps (self);
  const gboolean there = self->current >= 0 && self->current < n;
  g_autofree char *text = there ? dup_words (self, n) : g_strdup ("");
  self->updating = TRUE;
  gtk_range_set_range (GTK_RANGE (self->scale), 1, MAX (n, 2));
  gtk_range_set_value (GTK_RANGE (self->scale), there ? self->current + 1 : 1);
  self->updating = FALSE;
  gtk_label_set_text (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), text);
  gtk_widget_set_sensitive (GTK_WIDGET (self), n > 1);
}

void
xps_series_player_show (XpsSeriesPlayer *self, XpsSeriesDesk *desk)
{
  g_set_object (&self->desk, desk);
  update (self);
}

void
xps_series_player_set_current (XpsSeriesPlayer *self, int step)
{
  self->current = step;
  update (self);
}

/* ---- the widget ---- */

static void
xps_series_player_dispose (GObject *object)
{
  XpsSeriesPlayer *self = XPS_SERIES_PLAYER (object);
  GtkWidget *child;
  g_clear_handle_id (&self->timer, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (xps_series_player_parent_class)->dispose (object);
}

static void
xps_series_player_class_init (XpsSeriesPlayerClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_series_player_dispose;
  picked_signal = g_signal_new ("step-picked", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BOX_LAYOUT);
}

static void
add_speed (XpsSeriesPlayer *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++) {
    g_autofree char *name = g_strdup_printf (_ ("%u/s"), speeds[i]);
    gtk_string_list_append (names, name);
  }
  self->speed = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL));
  gtk_drop_down_set_selected (self->speed, 2);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->speed), _ ("Steps a second"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speed), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Steps a second"), -1);
  g_signal_connect_swapped (self->speed, "notify::selected", G_CALLBACK (on_speed), self);
}

static void
xps_series_player_init (XpsSeriesPlayer *self)
{
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 1, 2, 1);
  GtkWidget *label = gtk_label_new ("");
  self->current = -1;
  self->play = GTK_BUTTON (gtk_button_new ());
  self->scale = GTK_SCALE (scale);
  self->label = GTK_LABEL (label);
  add_speed (self);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
  gtk_scale_set_draw_value (self->scale, FALSE);
  gtk_widget_set_size_request (scale, 90, -1);
  gtk_widget_set_hexpand (scale, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Step"), -1);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_width_chars (self->label, 26);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_parent (GTK_WIDGET (self->play), GTK_WIDGET (self));
  gtk_widget_set_parent (scale, GTK_WIDGET (self));
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->speed), GTK_WIDGET (self));
  g_signal_connect_swapped (self->play, "clicked", G_CALLBACK (on_play), self);
  g_signal_connect_swapped (scale, "value-changed", G_CALLBACK (on_scale), self);
  xps_series_player_set_playing (self, FALSE);
}

GtkWidget *
xps_series_player_new (void)
{
  return g_object_new (XPS_TYPE_SERIES_PLAYER, NULL);
}
