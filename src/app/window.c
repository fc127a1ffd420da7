/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/actions.h"
#include "app/import-sheet.h"
#include "app/settings.h"
#include "app/text-window.h"
#include "app/window-private.h"

G_DEFINE_FINAL_TYPE (XpsWindow, xps_window, ADW_TYPE_APPLICATION_WINDOW)

GResource *xps_get_resource (void); /* made by glib-compile-resources */

XpsSession *
xps_window_get_session (XpsWindow *self)
{
  return self->session;
}

GSettings *
xps_window_get_settings (XpsWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  return XPS_IS_APPLICATION (application) ? xps_application_get_settings (XPS_APPLICATION (application))
                                          : NULL;
}

gboolean
xps_window_is_empty (XpsWindow *self)
{
  const XpsState *state = xps_project_get_state (xps_session_get_project (self->session));
  return xps_state_get_n_regions (state) == 0 && xps_project_get_path (self->project) == NULL &&
         !xps_project_get_modified (self->project);
}

/* ---- messages ---- */

static void
show_details (XpsWindow *self)
{
  xps_text_window_present (GTK_WINDOW (self), _ ("Details"), self->details);
}

/* A toast's own, whatever was said since. */
static void
on_toast_details (XpsWindow *self, AdwToast *toast)
{
  xps_text_window_present (GTK_WINDOW (self), _ ("Details"),
                           g_object_get_data (G_OBJECT (toast), "xps-details"));
}

/* Lines that stand one below the other, without the first one's own. */
static void
keep_details (XpsWindow *self, const char *text, gsize length)
{
  g_free (self->details);
  self->details = text[length] == '\n' ? g_strdup (text + length + 1) : NULL;
}

void
xps_window_say (XpsWindow *self, const char *text, gboolean severe)
{
  const gsize length = strcspn (text, "\n");
  g_autofree char *line = g_strndup (text, length);
  keep_details (self, text, length);
  if (severe) {
    gtk_label_set_text (self->error_label, line);
    gtk_widget_set_visible (self->details_button, self->details != NULL);
    gtk_info_bar_set_revealed (self->error_bar, TRUE);
    return;
  }
  AdwToast *toast = adw_toast_new ("");
  g_autofree char *escaped = g_markup_escape_text (line, -1);
  adw_toast_set_title (toast, escaped);
  if (self->details != NULL) {
    adw_toast_set_button_label (toast, _ ("Details"));
    g_object_set_data_full (G_OBJECT (toast), "xps-details", g_strdup (self->details), g_free);
    g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_toast_details), self, G_CONNECT_SWAPPED);
  }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_message (XpsWindow *self, const char *text, gboolean severe)
{
  xps_window_say (self, text, severe);
}

static void
on_error_closed (XpsWindow *self)
{
  gtk_info_bar_set_revealed (self->error_bar, FALSE);
}

/* ---- header bar ---- */

static void
refresh_title (XpsWindow *self)
{
  const XpsRegion *region = xps_session_get_region (self->session);
  g_autofree char *document = xps_project_dup_title (self->project);
  g_autofree char *marked =
      xps_project_get_modified (self->project) ? g_strdup_printf ("• %s", document) : g_strdup (document);
  g_autofree char *title = NULL;
  if (region != NULL) {
    const XpsState *state = xps_project_get_state (self->project);
    const XpsSample *sample = xps_state_find_sample (state, region->sample);
    title =
        sample != NULL ? g_strdup_printf ("%s › %s", sample->name, region->name) : g_strdup (region->name);
  }
  gtk_label_set_text (self->title_label, title != NULL ? title : C_ ("program", "Corelevel"));
  gtk_label_set_text (self->subtitle_label, marked);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), region != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle_label), xps_project_get_path (self->project));
  g_autofree char *window_title = g_strdup_printf ("%s – %s", marked, C_ ("program", "Corelevel"));
  gtk_window_set_title (GTK_WINDOW (self), window_title);
}

static void
refresh_undo (XpsWindow *self)
{
  const char *undo = xps_project_get_undo_label (self->project);
  const char *redo = xps_project_get_redo_label (self->project);
  g_autofree char *undo_text = undo != NULL ? g_strdup_printf (_ ("Undo %s"), undo) : g_strdup (_ ("Undo"));
  g_autofree char *redo_text = redo != NULL ? g_strdup_printf (_ ("Redo %s"), redo) : g_strdup (_ ("Redo"));
  gtk_widget_set_tooltip_text (self->undo_button, undo_text);
  gtk_widget_set_tooltip_text (self->redo_button, redo_text);
  GMenuModel *menu = gtk_menu_button_get_menu_model (self->menu_button);
  if (menu != NULL)
    xps_actions_label_undo (menu, undo_text, redo_text);
}

/* One step at a time is the obvious one; its button stands out. While there is nothing to fit, the place of
 * the Fit button leads there; what comes after a fit has a button of its own. */
typedef struct {
  const char *label, *tooltip, *action, *target;
} XpsStep;

static const XpsStep *
find_step (XpsWindow *self)
{
  static const XpsStep stored = {N_ ("Use Stored Fit"), N_ ("Take over the fit that came with the data"),
                                 "win.use-stored-fit", NULL};
  static const XpsStep photon = {N_ ("Photon Energy"),
                                 N_ ("Next: give the photon energy, which the file does not say"),
                                 "win.show-page", "notes"};
  static const XpsStep background = {N_ ("Background"), N_ ("Next: choose a background"), "win.show-page",
                                     "background"};
  static const XpsStep component = {N_ ("Add Component"),
                                    N_ ("Next: add a component where the residual is largest"),
                                    "win.add-from-residual", NULL};
  static const XpsStep check = {N_ ("Check"), N_ ("Next: see what the fit warns about"), "win.show-page",
                                "result"};
  static const XpsStep export = {N_ ("Export…"), N_ ("Next: export the plot"), "win.export-plot", NULL};
  const XpsRegion *region = xps_session_get_region (self->session);
  const XpsModelPart *part = region != NULL ? g_ptr_array_index (region->model->parts, 0) : NULL;
  const XpsFitState state = xps_session_get_fit_state (self->session);
  if (part == NULL)
    return NULL;
  if (state == XPS_FIT_STATE_FITTED)
    return &export;
  if (state == XPS_FIT_STATE_WARNED || state == XPS_FIT_STATE_FAILED)
    return &check;
  if (xps_region_lacks_photon_energy (region))
    return &photon;
  if (part->components->len > 0)
    return NULL;
  const XpsStoredFit *fit = xps_spectrum_get_stored_fit (region->spectrum);
  if (fit != NULL && fit->components->len > 0)
    return &stored;
  return part->backgrounds->len == 0 ? &background : &component;
}

static void
set_step (GtkWidget *button, const XpsStep *step)
{
  /* Name and target are set one after the other, and must fit at every moment. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button),
                                          step->target != NULL ? g_variant_new_string (step->target) : NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), step->action);
  gtk_widget_set_tooltip_text (button, _ (step->tooltip));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (step->label),
                                  -1);
}

/* Of a fit of many regions, or of an import. */
static void
refresh_progress (XpsWindow *self)
{
  const double importing = xps_session_get_import_progress (self->session);
  const double fitting =
      xps_session_get_fitting (self->session) ? xps_session_get_fit_progress (self->session) : NAN;
  const double progress = isnan (importing) ? fitting : importing;
  gtk_widget_set_visible (GTK_WIDGET (self->progress), !isnan (importing) || fitting >= 0.0);
  if (progress >= 0.0)
    gtk_progress_bar_set_fraction (self->progress, fmin (progress, 1.0));
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
refresh_fit (XpsWindow *self)
{
  static const XpsStep fit = {N_ ("Fit"), N_ ("Fit this region"), "win.fit", NULL};
  static const XpsStep stop = {N_ ("Stop"), N_ ("Stop the fit"), "win.stop-fit", NULL};
  const gboolean fitting = xps_session_get_fitting (self->session);
  const XpsFitState state = xps_session_get_fit_state (self->session);
  const XpsStep *step = fitting ? NULL : find_step (self);
  const gboolean after = state >= XPS_FIT_STATE_FITTED && step != NULL;
  const XpsStep *place = fitting ? &stop : step != NULL && !after ? step : &fit;
  set_step (self->fit_button, place);
  gtk_label_set_text (self->fit_label, _ (place->label));
  gtk_stack_set_visible_child_name (self->fit_stack, fitting ? "stop" : "fit");
  gtk_spinner_set_spinning (self->fit_spinner, fitting);
  if (fitting || after)
    gtk_widget_remove_css_class (self->fit_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->fit_button, "suggested-action");
  gtk_widget_set_visible (self->next_button, after);
  if (after) {
    set_step (self->next_button, step);
    if (self->tight) /* its name and its tip say where it leads */
      gtk_button_set_icon_name (GTK_BUTTON (self->next_button), "go-next-symbolic");
    else
      gtk_button_set_label (GTK_BUTTON (self->next_button), _ (step->label));
  }
  refresh_progress (self);
}

static void
refresh_page (XpsWindow *self)
{
  const gboolean has_region = xps_session_get_region (self->session) != NULL;
  const gboolean had_region = strcmp (gtk_stack_get_visible_child_name (self->pages), "work") == 0;
  gtk_stack_set_visible_child_name (self->pages, has_region ? "work" : "empty");
  if (has_region && !had_region)
    gtk_widget_grab_focus (GTK_WIDGET (self->plot));
  gtk_widget_set_visible (self->fit_button, has_region);
  gtk_widget_set_visible (self->live_box, has_region && !self->tight); /* it is in the menu as well */
  const char *reason = xps_project_get_read_only_reason (self->project);
  gtk_label_set_text (self->read_only_label, reason != NULL ? reason : "");
  gtk_info_bar_set_revealed (self->read_only_bar,
                             xps_project_get_read_only (self->project) && reason != NULL);
}

void
xps_window_refresh (XpsWindow *self)
{
  refresh_page (self);
  refresh_title (self);
  refresh_undo (self);
  refresh_fit (self);
  xps_actions_refresh (self);
}

/* ---- files dropped ---- */

static GListModel *
new_file_list (GSList *files)
{
  GListStore *list = g_list_store_new (G_TYPE_FILE);
  for (GSList *at = files; at != NULL; at = at->next)
    g_list_store_append (list, at->data);
  return G_LIST_MODEL (list);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  XpsWindow *self = data;
  GdkFileList *dropped = g_value_get_boxed (value);
  g_autoptr (GSList) files = gdk_file_list_get_files (dropped);
  if (files == NULL)
    return FALSE;
  g_autoptr (GListModel) list = new_file_list (files);
  gtk_revealer_set_reveal_child (self->drop_revealer, FALSE);
  xps_window_open_files (self, list);
  return TRUE;
}

static GdkDragAction
on_drag_enter (GtkDropTarget *target, double x, double y, gpointer data)
{
  gtk_revealer_set_reveal_child (XPS_WINDOW (data)->drop_revealer, TRUE);
  return GDK_ACTION_COPY;
}

static void
on_drag_leave (GtkDropTarget *target, gpointer data)
{
  gtk_revealer_set_reveal_child (XPS_WINDOW (data)->drop_revealer, FALSE);
}

static void
add_drop_target (XpsWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  g_signal_connect (target, "enter", G_CALLBACK (on_drag_enter), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_drag_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ---- life ---- */

static gboolean
xps_window_close_request (GtkWindow *window)
{
  XpsWindow *self = XPS_WINDOW (window);
  if (!xps_window_may_close (self))
    return TRUE;
  xps_window_remember (self);
  return GTK_WINDOW_CLASS (xps_window_parent_class)->close_request (window);
}

static void
xps_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (xps_window_parent_class)->size_allocate (widget, width, height, baseline);
  xps_window_check_width (XPS_WINDOW (widget), width);
}

static void
xps_window_dispose (GObject *object)
{
  XpsWindow *self = XPS_WINDOW (object);
  g_clear_handle_id (&self->layout_source, g_source_remove);
  g_clear_handle_id (&self->tight_source, g_source_remove);
  xps_window_dispose_files (self);
  if (self->session != NULL) {
    g_signal_handlers_disconnect_by_data (self->session, self);
    xps_session_stop_fit (self->session); /* nobody waits for it any more */
  }
  g_clear_object (&self->session);
  g_clear_pointer (&self->painter, xps_cairo_painter_free);
  g_clear_pointer (&self->details, g_free);
  G_OBJECT_CLASS (xps_window_parent_class)->dispose (object);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, XpsWindow, member)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (toasts);
  BIND (open_button);
  BIND (undo_button);
  BIND (redo_button);
  BIND (fit_button);
  BIND (fit_label);
  BIND (next_button);
  BIND (live_box);
  BIND (live_label);
  BIND (title_label);
  BIND (subtitle_label);
  BIND (menu_button);
  BIND (fit_stack);
  BIND (pages);
  BIND (fit_spinner);
  BIND (read_only_bar);
  BIND (recovery_bar);
  BIND (error_bar);
  BIND (read_only_label);
  BIND (recovery_label);
  BIND (error_label);
  BIND (recover_button);
  BIND (discard_button);
  BIND (details_button);
  BIND (recent_list);
  BIND (outer_paned);
  BIND (inner_paned);
  BIND (middle_paned);
  BIND (browser);
  BIND (plot);
  BIND (table);
  BIND (inspector);
  BIND (progress);
  BIND (drop_revealer);
}

static void
xps_window_class_init (XpsWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_window_dispose;
  GTK_WINDOW_CLASS (class)->close_request = xps_window_close_request;
  widget_class->size_allocate = xps_window_size_allocate;
  xps_get_resource (); /* named here, so that a static library keeps it */
  g_type_ensure (XPS_TYPE_BROWSER);
  g_type_ensure (XPS_TYPE_PLOT_AREA);
  g_type_ensure (XPS_TYPE_COMPONENT_VIEW);
  g_type_ensure (XPS_TYPE_INSPECTOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/corelevel/Corelevel/window.ui");
  bind_children (widget_class);
}

static void
xps_window_init (XpsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_autoptr (XpsProject) project = xps_project_new ();
  self->session = xps_session_new (project);
  g_signal_connect_swapped (self->session, "message", G_CALLBACK (on_message), self);
  g_signal_connect_swapped (self->session, "question", G_CALLBACK (xps_import_sheet_ask), self);
  static const char *const signals[] = {"document-changed", "region-changed", "model-changed",
                                        "selection-changed", "fit-changed"};
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_swapped (self->session, signals[i], G_CALLBACK (xps_window_refresh), self);
  g_signal_connect_swapped (self->session, "notify::import-progress", G_CALLBACK (refresh_progress), self);
  g_signal_connect_swapped (self->details_button, "clicked", G_CALLBACK (show_details), self);
  g_signal_connect_swapped (self->error_bar, "response", G_CALLBACK (on_error_closed), self);
  add_drop_target (self);
}

static void
apply_settings (XpsWindow *self)
{
  GSettings *settings = xps_window_get_settings (self);
  g_autofree char *text = xps_settings_dup_string (settings, "default-weights", "counts");
  XpsWeights weights = XPS_WEIGHTS_COUNTS;
  xps_weights_from_text (text, &weights);
  xps_session_set_usual_weights (self->session, weights);
}

XpsWindow *
xps_window_new (XpsApplication *application)
{
  XpsWindow *self = g_object_new (XPS_TYPE_WINDOW, "application", application, NULL);
  xps_actions_install (self);
  xps_window_init_layout (self);
  xps_window_init_files (self);
  GSettings *settings = xps_window_get_settings (self);
  apply_settings (self);
  if (settings != NULL)
    g_signal_connect_object (settings, "changed", G_CALLBACK (apply_settings), self, G_CONNECT_SWAPPED);
  g_object_set (self->plot, "ghosts", xps_settings_get_boolean (settings, "show-ghosts", FALSE),
                "second-hand", xps_settings_get_boolean (settings, "second-hand-ghosts", FALSE), NULL);
  xps_session_set_live_fit (self->session, xps_settings_get_boolean (settings, "live-fit", FALSE));
  xps_browser_set_session (self->browser, self->session);
  xps_plot_area_set_session (self->plot, self->session);
  xps_component_view_set_session (self->table, self->session);
  xps_inspector_set_session (self->inspector, self->session);
  xps_window_refresh (self);
  return self;
}
