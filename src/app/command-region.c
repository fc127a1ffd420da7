/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commands.h"

#include <glib/gi18n.h>

#include "app/form.h"

/* ---- from one to the next ---- */

static void
go (XpsWindow *self, int step)
{
  const XpsState *state = xps_project_get_state (self->project);
  const int n = (int)xps_state_get_n_regions (state);
  for (int i = 0; i < n; i++)
    if (xps_state_get_region (state, (guint)i)->id == xps_session_get_region_id (self->session)) {
      const int next = CLAMP (i + step, 0, n - 1);
      xps_session_show_region (self->session, xps_state_get_region (state, (guint)next)->id);
      return;
    }
}

void
xps_command_next_region (XpsWindow *self, GVariant *parameter)
{
  go (self, 1);
}

void
xps_command_previous_region (XpsWindow *self, GVariant *parameter)
{
  go (self, -1);
}

/* ---- names, order, end ---- */

typedef struct {
  XpsWindow *window;
  GtkWidget *row, *sample_row;
  GArray *samples; /* guint */
} XpsRegionForm;

static void
region_form_free (XpsRegionForm *form)
{
  g_object_unref (form->window);
  g_clear_pointer (&form->samples, g_array_unref);
  g_free (form);
}

static gboolean
accept_name (XpsForm *form, gpointer data)
{
  const XpsRegionForm *asked = data;
  const XpsRegion *shown = xps_session_get_region (asked->window->session);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (asked->row))));
  if (name[0] == '\0') {
    xps_form_say (form, _ ("A region needs a name"));
    return FALSE;
  }
  if (shown == NULL || strcmp (shown->name, name) == 0)
    return TRUE;
  XpsRegion *region = xps_region_copy (shown);
  g_free (region->name);
  region->name = g_steal_pointer (&name);
  g_autofree char *label = g_strdup_printf (_ ("new name for %s"), shown->name);
  xps_session_edit_region (asked->window->session, label, region);
  return TRUE;
}

void
xps_command_rename_sample (XpsWindow *self, GVariant *parameter)
{
  xps_browser_rename_sample (self->browser, g_variant_get_uint32 (parameter));
}

/* At its line, or in a form of its own where the line is not on screen. */
void
xps_command_rename_region (XpsWindow *self, GVariant *parameter)
{
  const XpsRegion *region = xps_session_get_region (self->session);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  /* In a cell of the table F2 edits that, as everywhere else. */
  if (focus != NULL && gtk_widget_activate_action (focus, "cell.edit", NULL))
    return;
  if (xps_browser_rename_region (self->browser, region->id))
    return;
  XpsRegionForm *asked = g_new0 (XpsRegionForm, 1);
  asked->window = g_object_ref (self);
  XpsForm *form = xps_form_new (GTK_WIDGET (self), _ ("Rename Region"), _ ("_Rename"), accept_name, asked,
                                (GDestroyNotify)region_form_free);
  asked->row = GTK_WIDGET (xps_form_add_entry (form, _ ("Name"), region->name));
  xps_form_present (form);
}

void
xps_command_delete_region (XpsWindow *self, GVariant *parameter)
{
  const GArray *selected = xps_session_get_selected_regions (self->session);
  const XpsState *state = xps_project_get_state (self->project);
  const XpsRegion *region = xps_session_get_region (self->session);
  g_autofree char *label =
      selected->len == 1
          ? g_strdup_printf (_ ("deletion of %s"), region->name)
          : g_strdup_printf (ngettext ("deletion of %u region", "deletion of %u regions", selected->len),
                             selected->len);
  xps_project_edit (self->project, label,
                    xps_state_remove_regions (state, (const guint *)(gpointer)selected->data, selected->len));
}

static gboolean
accept_move (XpsForm *form, gpointer data)
{
  const XpsRegionForm *asked = data;
  XpsWindow *self = asked->window;
  const GArray *selected = xps_session_get_selected_regions (self->session);
  const guint choice = adw_combo_row_get_selected (ADW_COMBO_ROW (asked->sample_row));
  g_autoptr (XpsState) state = xps_state_ref (xps_project_get_state (self->project));
  guint sample = 0;
  if (choice < asked->samples->len) {
    sample = g_array_index (asked->samples, guint, choice);
  } else {
    g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (asked->row))));
    if (name[0] == '\0') {
      xps_form_say (form, _ ("A new sample needs a name"));
      return FALSE;
    }
    XpsState *with = xps_state_add_sample (state, name, &sample);
    xps_state_unref (state);
    state = with;
  }
  g_autofree char *label =
      g_strdup_printf (ngettext ("move of %u region", "move of %u regions", selected->len), selected->len);
  xps_project_edit (
      self->project, label,
      xps_state_move_regions (state, (const guint *)(gpointer)selected->data, selected->len, sample));
  return TRUE;
}

void
xps_command_move_region (XpsWindow *self, GVariant *parameter)
{
  const XpsState *state = xps_project_get_state (self->project);
  const XpsRegion *region = xps_session_get_region (self->session);
  XpsRegionForm *asked = g_new0 (XpsRegionForm, 1);
  asked->window = g_object_ref (self);
  asked->samples = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint current = 0;
  for (guint i = 0; i < xps_state_get_n_samples (state); i++) {
    const XpsSample *sample = xps_state_get_sample (state, i);
    current = sample->id == region->sample ? i : current;
    g_array_append_val (asked->samples, sample->id);
    g_ptr_array_add (names, sample->name);
  }
  g_ptr_array_add (names, _ ("New sample"));
  g_ptr_array_add (names, NULL);
  XpsForm *form = xps_form_new (GTK_WIDGET (self), _ ("Move Regions"), _ ("_Move"), accept_move, asked,
                                (GDestroyNotify)region_form_free);
  asked->sample_row =
      GTK_WIDGET (xps_form_add_choice (form, _ ("Sample"), (const char *const *)names->pdata, current));
  asked->row = GTK_WIDGET (xps_form_add_entry (form, _ ("Name of the new sample"), ""));
  xps_form_present (form);
}
