/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commands.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/page-number.h"

/* ---- undo ---- */

/* In an entry the keys undo what was typed there, as everywhere; the document comes when there is nothing. */
static gboolean
undo_typing (XpsWindow *self, const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  return gtk_widget_activate_action (focus, action, NULL);
}

void
xps_command_undo (XpsWindow *self, GVariant *parameter)
{
  if (!undo_typing (self, "text.undo"))
    xps_project_undo (self->project);
}

void
xps_command_redo (XpsWindow *self, GVariant *parameter)
{
  if (!undo_typing (self, "text.redo"))
    xps_project_redo (self->project);
}

/* ---- fits ---- */

void
xps_command_fit (XpsWindow *self, GVariant *parameter)
{
  xps_session_fit (self->session);
}

void
xps_command_fit_selected (XpsWindow *self, GVariant *parameter)
{
  xps_session_fit_selected (self->session);
}

void
xps_command_stop_fit (XpsWindow *self, GVariant *parameter)
{
  xps_session_stop_fit (self->session);
}

gboolean
xps_command_live_fit (XpsWindow *self, gboolean on)
{
  xps_session_set_live_fit (self->session, on);
  return TRUE;
}

/* ---- components ---- */

void
xps_command_add_component (XpsWindow *self, GVariant *parameter)
{
  g_object_set (self->plot, "tool", "add-component", NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->plot));
  xps_window_say (self, _ ("Click on the plot where the component belongs"), FALSE);
}

/* As the last component, so that one model does not mix shapes by accident. */
const XpsShape *
xps_window_get_usual_shape (XpsWindow *self)
{
  const XpsRegion *region = xps_session_get_region (self->session);
  const XpsModelPart *part = region != NULL ? g_ptr_array_index (region->model->parts, 0) : NULL;
  if (part == NULL || part->components->len == 0)
    return xps_shape_find ("voigt");
  const XpsComponent *last = g_ptr_array_index (part->components, part->components->len - 1);
  return last->shape;
}

void
xps_command_add_from_residual (XpsWindow *self, GVariant *parameter)
{
  const XpsPreview *preview = xps_session_get_preview (self->session);
  XpsPeakGuess guess;
  g_autoptr (GError) error = NULL;
  if (!xps_edit_guess_peak (preview, NAN, &guess, &error)) {
    g_autofree char *why = xps_page_dup_localised (error->message);
    xps_window_say (self, why, FALSE);
    return;
  }
  XpsModel *model = xps_session_dup_model (self->session);
  const gsize added = xps_edit_add_component (model, 0, NULL, xps_window_get_usual_shape (self), &guess);
  xps_session_edit_model (self->session, _ ("component from the residual"), model);
  xps_session_select_component (self->session, (int)added);
}

static char *
dup_component_name (XpsWindow *self, int component)
{
  const XpsRegion *region = xps_session_get_region (self->session);
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  const XpsComponent *found = g_ptr_array_index (part->components, component);
  return g_strdup (found->name);
}

void
xps_command_delete_component (XpsWindow *self, GVariant *parameter)
{
  const int component = xps_session_get_component (self->session);
  g_autofree char *name = dup_component_name (self, component);
  g_autofree char *label = g_strdup_printf (_ ("deletion of %s"), name);
  XpsModel *model = xps_session_dup_model (self->session);
  xps_edit_remove_component (model, 0, (gsize)component);
  xps_session_select_component (self->session, -1);
  xps_session_edit_model (self->session, label, model);
}

void
xps_command_duplicate_component (XpsWindow *self, GVariant *parameter)
{
  const int component = xps_session_get_component (self->session);
  g_autofree char *name = dup_component_name (self, component);
  g_autofree char *label = g_strdup_printf (_ ("copy of %s"), name);
  XpsModel *model = xps_session_dup_model (self->session);
  const gsize added = xps_edit_duplicate_component (model, 0, (gsize)component);
  xps_session_edit_model (self->session, label, model);
  xps_session_select_component (self->session, (int)added);
}

/* ---- models ---- */

void
xps_command_copy_model (XpsWindow *self, GVariant *parameter)
{
  xps_session_copy_model (self->session);
  g_autofree char *text = xps_model_dup_text (xps_session_get_copied_model (self->session));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  xps_window_refresh (self);
  xps_window_say (self, _ ("Model copied"), FALSE);
}

void
xps_command_paste_model (XpsWindow *self, GVariant *parameter)
{
  const XpsModel *model = xps_session_get_copied_model (self->session);
  if (model != NULL)
    xps_session_paste_model (self->session, model);
}

/* What could not be taken over stands behind the one line. */
static void
tell_stored (XpsWindow *self, guint n_others, const GPtrArray *not_supported)
{
  g_autoptr (GString) text = g_string_new (_ ("Stored fit taken over"));
  if (n_others > 0)
    g_string_append_printf (text,
                            ngettext (" · %u further window added as a region",
                                      " · %u further windows added as regions", n_others),
                            n_others);
  if (not_supported->len > 0)
    g_string_append_printf (text, ngettext (" · %u remark", " · %u remarks", not_supported->len),
                            not_supported->len);
  for (guint i = 0; i < not_supported->len; i++)
    g_string_append_printf (text, "\n%s", (const char *)g_ptr_array_index (not_supported, i));
  xps_window_say (self, text->str, FALSE);
}

/* One edit: the shown region takes its fit, further windows of the same block become regions beside it. */
void
xps_command_use_stored_fit (XpsWindow *self, GVariant *parameter)
{
  const XpsRegion *region = xps_session_get_region (self->session);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsRegion) fitted = xps_region_take_stored_fit (region, others, &error);
  if (fitted == NULL) {
    xps_window_say (self, error->message, TRUE);
    return;
  }
  g_autofree char *label = g_strdup_printf (_ ("stored fit of %s"), region->name);
  XpsState *state = xps_state_with_region (xps_project_get_state (self->project), fitted);
  for (guint i = 0; i < others->len; i++) {
    guint id;
    XpsState *with = xps_state_add_region (state, region->sample, g_ptr_array_index (others, i), &id);
    xps_state_unref (state);
    state = with;
  }
  xps_project_edit (self->project, label, state);
  tell_stored (self, others->len, fitted->model->not_supported);
}
