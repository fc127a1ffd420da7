/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-area.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "app/plot-area-private.h"
#include "app/plot-input.h"
#include "app/plot-overlay.h"
#include "app/plot-remember.h"
#include "app/plot-text.h"
#include "app/plot-words.h"

G_DEFINE_FINAL_TYPE (XpsPlotArea, xps_plot_area, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_KINETIC,
  PROP_PER_SECOND,
  PROP_LOG,
  PROP_RESIDUALS,
  PROP_CROSS_HAIR,
  PROP_GHOSTS,
  PROP_SECOND_HAND,
  PROP_NORMALISE,
  PROP_MODE,
  PROP_TOOL,
  N_PROPS,
};

#define LONG_SERIES 64 /* spectra */

/* In the order of their enumerations. */
static const char *const normalise_words[] = {"none", "maximum", "area", NULL};
static const char *const mode_words[] = {"single", "overlay", "stack", "heat", NULL};
static const char *const tool_words[] = {"select", "add-component", "zoom", NULL};

/* ---- changes of the session ---- */

static void
on_model_changed (XpsPlotArea *self)
{
  if (self->changed == 0)
    self->changed = g_get_monotonic_time ();
  if (self->history == NULL)
    xps_plot_area_recall (self);
  else
    xps_plot_area_follow_reference (self);
  xps_plot_area_invalidate (self);
  xps_plot_words_describe (self);
}

static void
forget_titles (XpsPlotArea *self)
{
  g_clear_pointer (&self->titles, g_strfreev);
}

static void
on_region_changed (XpsPlotArea *self)
{
  forget_titles (self);
  xps_plot_area_abandon (self);
  self->key_grip = XPS_GRIP_NONE;
  xps_plot_area_recall (self);
  on_model_changed (self);
}

static void
on_document_changed (XpsPlotArea *self)
{
  /* Another document may number other regions alike. */
  if (xps_session_get_region_id (self->session) == 0)
    self->history = NULL;
  forget_titles (self);
  xps_plot_area_invalidate (self);
}

static void
on_project_changed (XpsPlotArea *self)
{
  self->history = NULL;
  g_hash_table_remove_all (self->histories);
  on_region_changed (self);
}

/* A stack of very many spectra is a blot, and one of them with the others behind it, too: a long series comes
 * up as a map, until something else is asked for or a single spectrum is left. */
static void
choose_mode (XpsPlotArea *self)
{
  const guint n = xps_session_get_selected_regions (self->session)->len;
  if (n >= LONG_SERIES && self->view.mode == XPS_PLOT_SINGLE && !self->auto_heat) {
    g_object_set (self, "mode", "heat", NULL);
    self->auto_heat = TRUE;
  } else if (n < 2 && self->auto_heat) {
    g_object_set (self, "mode", "single", NULL); /* ends it, too */
  }
}

static void
on_selection_changed (XpsPlotArea *self)
{
  forget_titles (self);
  choose_mode (self);
  xps_plot_area_invalidate (self);
  xps_plot_words_describe (self);
}

void
xps_plot_area_set_session (XpsPlotArea *self, XpsSession *session)
{
  g_return_if_fail (XPS_IS_PLOT_AREA (self));
  if (self->session == session)
    return;
  if (self->session != NULL) {
    xps_plot_area_abandon (self);
    xps_plot_area_remember (self);
    g_signal_handlers_disconnect_by_data (self->session, self);
  }
  g_set_object (&self->session, session);
  self->history = NULL;
  g_hash_table_remove_all (self->histories);
  if (session == NULL) {
    xps_plot_area_invalidate (self);
    return;
  }
  g_signal_connect_swapped (session, "document-changed", G_CALLBACK (on_document_changed), self);
  g_signal_connect_swapped (session, "region-changed", G_CALLBACK (on_region_changed), self);
  g_signal_connect_swapped (session, "model-changed", G_CALLBACK (on_model_changed), self);
  g_signal_connect_swapped (session, "selection-changed", G_CALLBACK (on_selection_changed), self);
  g_signal_connect_swapped (session, "overlays-ready", G_CALLBACK (xps_plot_area_invalidate), self);
  g_signal_connect_swapped (session, "settle", G_CALLBACK (xps_plot_area_settle), self);
  g_signal_connect_swapped (session, "notify::project", G_CALLBACK (on_project_changed), self);
  on_region_changed (self);
}

void
xps_plot_area_set_ghosts (XpsPlotArea *self, const XpsPlotGhostWish *wishes, gsize n)
{
  g_return_if_fail (XPS_IS_PLOT_AREA (self) && (n == 0 || wishes != NULL));
  xps_plot_ghosts_set_wishes (self->ghosts, wishes, n);
  xps_plot_area_invalidate (self);
  if (n > 0)
    g_object_set (self, "ghosts", TRUE, NULL);
}

/* ---- theme and time ---- */

static void
update_theme (XpsPlotArea *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  const XpsThemeKind bright =
      adw_style_manager_get_high_contrast (manager) ? XPS_THEME_PRINT : XPS_THEME_LIGHT;
  self->theme = xps_theme_get (adw_style_manager_get_dark (manager) ? XPS_THEME_DARK : bright);
  xps_plot_canvas_set_theme (self->canvas, self->theme);
  xps_plot_area_invalidate (self); /* line widths depend on the contrast */
}

static void
on_after_paint (XpsPlotArea *self)
{
  if (self->changed == 0 || self->dirty)
    return;
  self->last_frame_ms = (double)(g_get_monotonic_time () - self->changed) / 1000.0;
  self->changed = 0;
}

static void
xps_plot_area_realize (GtkWidget *widget)
{
  XpsPlotArea *self = XPS_PLOT_AREA (widget);
  GTK_WIDGET_CLASS (xps_plot_area_parent_class)->realize (widget);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (widget));
  self->clock_handler =
      g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (on_after_paint), self);
}

static void
xps_plot_area_unrealize (GtkWidget *widget)
{
  XpsPlotArea *self = XPS_PLOT_AREA (widget);
  xps_plot_area_abandon (self);
  g_signal_handler_disconnect (self->clock, self->clock_handler);
  g_clear_object (&self->clock);
  GTK_WIDGET_CLASS (xps_plot_area_parent_class)->unrealize (widget);
}

const char *
xps_plot_area_get_painter (XpsPlotArea *self)
{
  g_return_val_if_fail (XPS_IS_PLOT_AREA (self), NULL);
  return xps_plot_canvas_get_painter (self->canvas);
}

double
xps_plot_area_get_last_frame_ms (XpsPlotArea *self)
{
  g_return_val_if_fail (XPS_IS_PLOT_AREA (self), 0.0);
  return self->last_frame_ms;
}

/* ---- the widget ---- */

static void
xps_plot_area_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 420;
  *minimum_baseline = *natural_baseline = -1;
}

static void
xps_plot_area_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XpsPlotArea *self = XPS_PLOT_AREA (widget);
  if (self->scene == NULL || xps_scene_get_width (self->scene) != width ||
      xps_scene_get_height (self->scene) != height)
    self->dirty = TRUE;
  gtk_widget_allocate (GTK_WIDGET (self->canvas), width, height, baseline, NULL);
  xps_plot_area_ensure_scene (self);
}

static void
xps_plot_area_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XpsPlotArea *self = XPS_PLOT_AREA (widget);
  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->canvas), snapshot);
  xps_plot_overlay_snapshot (self, snapshot);
}

static void
xps_plot_area_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  XpsPlotArea *self = XPS_PLOT_AREA (widget);
  GTK_WIDGET_CLASS (xps_plot_area_parent_class)->css_changed (widget, change);
  xps_plot_area_invalidate (self);
}

/* Tab goes through the components before it leaves. */
static gboolean
xps_plot_area_focus (GtkWidget *widget, GtkDirectionType direction)
{
  XpsPlotArea *self = XPS_PLOT_AREA (widget);
  if (!gtk_widget_is_focus (widget))
    return gtk_widget_grab_focus (widget);
  if (direction == GTK_DIR_TAB_FORWARD)
    return xps_plot_input_select_next (self, 1, FALSE);
  if (direction == GTK_DIR_TAB_BACKWARD)
    return xps_plot_input_select_next (self, -1, FALSE);
  return FALSE;
}

/* ---- properties ---- */

static int
word_index (const char *const *words, const char *word)
{
  for (int i = 0; words[i] != NULL; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return i;
  return 0;
}

void
xps_plot_area_set_tool (XpsPlotArea *self, XpsPlotTool tool)
{
  if (self->tool == tool)
    return;
  self->tool = tool;
  self->cursor_by_key = FALSE;
  xps_plot_input_update_hover (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "tool");
}

static gboolean
set_flag (XpsPlotArea *self, gboolean *flag, const GValue *value)
{
  if (*flag == g_value_get_boolean (value))
    return FALSE;
  *flag = g_value_get_boolean (value);
  xps_plot_area_invalidate (self);
  return TRUE;
}

static gboolean
set_word (XpsPlotArea *self, int *place, const char *const *words, const GValue *value)
{
  const int index = word_index (words, g_value_get_string (value));
  if (*place == index)
    return FALSE;
  *place = index;
  xps_plot_area_invalidate (self);
  return TRUE;
}

static gboolean
set_choice (XpsPlotArea *self, guint id, const GValue *value)
{
  int choice = id == PROP_NORMALISE ? (int)self->view.normalise : (int)self->view.mode;
  if (!set_word (self, &choice, id == PROP_NORMALISE ? normalise_words : mode_words, value))
    return FALSE;
  if (id == PROP_NORMALISE) {
    self->view.normalise = (XpsNormalise)choice;
  } else {
    self->view.mode = (XpsPlotMode)choice;
    self->auto_heat = FALSE;
  }
  xps_plot_area_forget_intensities (self);
  return TRUE;
}

static gboolean
set_view (XpsPlotArea *self, guint id, const GValue *value)
{
  switch (id) {
  case PROP_KINETIC:
    if (!set_flag (self, &self->view.kinetic, value))
      return FALSE;
    xps_plot_area_turn_axis (self);
    return TRUE;
  case PROP_PER_SECOND:
  case PROP_LOG:
    if (!set_flag (self, id == PROP_LOG ? &self->view.log : &self->view.per_second, value))
      return FALSE;
    xps_plot_area_forget_intensities (self);
    return TRUE;
  case PROP_RESIDUALS:
    return set_flag (self, &self->view.residuals, value);
  case PROP_CROSS_HAIR:
    return set_flag (self, &self->cross_hair, value);
  case PROP_GHOSTS:
    return set_flag (self, &self->show_ghosts, value);
  case PROP_SECOND_HAND:
    xps_plot_ghosts_set_second_hand (self->ghosts, g_value_get_boolean (value));
    return set_flag (self, &self->second_hand, value);
  default:
    return set_choice (self, id, value);
  }
}

static void
xps_plot_area_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  XpsPlotArea *self = XPS_PLOT_AREA (object);
  if (id == PROP_TOOL)
    xps_plot_area_set_tool (self, (XpsPlotTool)word_index (tool_words, g_value_get_string (value)));
  else if (id > PROP_0 && id < PROP_TOOL) {
    xps_plot_area_abandon (self);
    if (set_view (self, id, value))
      g_object_notify_by_pspec (object, spec);
  } else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
xps_plot_area_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  const XpsPlotArea *self = XPS_PLOT_AREA (object);
  switch (id) {
  case PROP_KINETIC:
    g_value_set_boolean (value, self->view.kinetic);
    break;
  case PROP_PER_SECOND:
    g_value_set_boolean (value, self->view.per_second);
    break;
  case PROP_LOG:
    g_value_set_boolean (value, self->view.log);
    break;
  case PROP_RESIDUALS:
    g_value_set_boolean (value, self->view.residuals);
    break;
  case PROP_CROSS_HAIR:
    g_value_set_boolean (value, self->cross_hair);
    break;
  case PROP_GHOSTS:
    g_value_set_boolean (value, self->show_ghosts);
    break;
  case PROP_SECOND_HAND:
    g_value_set_boolean (value, self->second_hand);
    break;
  case PROP_NORMALISE:
    g_value_set_static_string (value, normalise_words[self->view.normalise]);
    break;
  case PROP_MODE:
    g_value_set_static_string (value, mode_words[self->view.mode]);
    break;
  case PROP_TOOL:
    g_value_set_static_string (value, tool_words[self->tool]);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
xps_plot_area_dispose (GObject *object)
{
  XpsPlotArea *self = XPS_PLOT_AREA (object);
  g_signal_handlers_disconnect_by_data (adw_style_manager_get_default (), self);
  if (self->session != NULL)
    xps_plot_area_set_session (self, NULL);
  if (self->canvas != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->canvas));
  self->canvas = NULL;
  g_clear_pointer (&self->scene, xps_scene_unref);
  g_clear_pointer (&self->histories, g_hash_table_unref);
  g_clear_pointer (&self->ghosts, xps_plot_ghosts_free);
  g_clear_handle_id (&self->store_source, g_source_remove);
  g_clear_pointer (&self->shown_text, g_free);
  g_clear_pointer (&self->titles, g_strfreev);
  G_OBJECT_CLASS (xps_plot_area_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamSpec *specs[N_PROPS] = {
      [PROP_KINETIC] = g_param_spec_boolean ("kinetic", NULL, NULL, FALSE, flags),
      [PROP_PER_SECOND] = g_param_spec_boolean ("per-second", NULL, NULL, FALSE, flags),
      [PROP_LOG] = g_param_spec_boolean ("log", NULL, NULL, FALSE, flags),
      [PROP_RESIDUALS] = g_param_spec_boolean ("residuals", NULL, NULL, TRUE, flags),
      [PROP_CROSS_HAIR] = g_param_spec_boolean ("cross-hair", NULL, NULL, FALSE, flags),
      [PROP_GHOSTS] = g_param_spec_boolean ("ghosts", NULL, NULL, FALSE, flags),
      [PROP_SECOND_HAND] = g_param_spec_boolean ("second-hand", NULL, NULL, FALSE, flags),
      [PROP_NORMALISE] = g_param_spec_string ("normalise", NULL, NULL, "none", flags),
      [PROP_MODE] = g_param_spec_string ("mode", NULL, NULL, "single", flags),
      [PROP_TOOL] = g_param_spec_string ("tool", NULL, NULL, "select", flags),
  };
  g_object_class_install_properties (class, N_PROPS, specs);
}

static void
xps_plot_area_class_init (XpsPlotAreaClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  object_class->dispose = xps_plot_area_dispose;
  object_class->set_property = xps_plot_area_set_property;
  object_class->get_property = xps_plot_area_get_property;
  install_properties (object_class);
  widget_class->measure = xps_plot_area_measure;
  widget_class->size_allocate = xps_plot_area_size_allocate;
  widget_class->snapshot = xps_plot_area_snapshot;
  widget_class->css_changed = xps_plot_area_css_changed;
  widget_class->realize = xps_plot_area_realize;
  widget_class->unrealize = xps_plot_area_unrealize;
  widget_class->focus = xps_plot_area_focus;
  gtk_widget_class_set_css_name (widget_class, "plotarea");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
xps_plot_area_init (XpsPlotArea *self)
{
  xps_plot_view_init (&self->view);
  self->view.residuals = TRUE;
  self->histories = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)xps_plot_history_free);
  self->ghosts = xps_plot_ghosts_new ();
  self->canvas = xps_plot_canvas_new ();
  gtk_widget_set_parent (GTK_WIDGET (self->canvas), GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  xps_plot_input_add_controllers (self);
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_signal_connect_swapped (manager, "notify::dark", G_CALLBACK (update_theme), self);
  g_signal_connect_swapped (manager, "notify::high-contrast", G_CALLBACK (update_theme), self);
  update_theme (self);
  xps_plot_words_describe (self);
}
