/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commands.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/form.h"
#include "app/page-number.h"

/* The charge reference: where a line was measured, where it belongs, and who says so. Nothing is filled in
 * that a person did not choose. The shift is a value beside the data, for this region or for more of them. */

typedef enum { SCOPE_REGION, SCOPE_SAMPLE, SCOPE_SELECTED } XpsChargeScope;

typedef struct {
  XpsWindow *window;
  AdwComboRow *component, *scope;
  AdwEntryRow *measured, *assigned, *source;
} XpsChargeForm;

static void
charge_form_free (XpsChargeForm *form)
{
  g_object_unref (form->window);
  g_free (form);
}

static gboolean
is_meant (XpsSession *session, const XpsRegion *region, XpsChargeScope scope)
{
  const XpsRegion *shown = xps_session_get_region (session);
  if (region->id == shown->id)
    return TRUE;
  if (scope == SCOPE_SAMPLE)
    return region->sample == shown->sample && region->kind != XPS_REGION_OTHER;
  if (scope != SCOPE_SELECTED)
    return FALSE;
  const GArray *selected = xps_session_get_selected_regions (session);
  for (guint i = 0; i < selected->len; i++)
    if (g_array_index (selected, guint, i) == region->id)
      return TRUE;
  return FALSE;
}

/* One edit of all regions that are meant. */
static void
apply_shift (XpsWindow *self, double shift, const char *source, XpsChargeScope scope)
{
  const XpsState *state = xps_project_get_state (self->project);
  g_autoptr (GPtrArray) shifted = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  for (guint i = 0; i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    if (!is_meant (self->session, region, scope))
      continue;
    XpsRegion *copy = xps_region_copy (region);
    xps_edit_set_shift (copy->model, 0, shift, source);
    g_ptr_array_add (shifted, copy);
  }
  xps_project_edit (self->project, _ ("charge reference"),
                    xps_state_with_regions (state, (const XpsRegion *const *)shifted->pdata, shifted->len));
}

static gboolean
read_number (XpsForm *form, AdwEntryRow *row, double *value)
{
  g_autoptr (GError) error = NULL;
  if (xps_page_parse_number (gtk_editable_get_text (GTK_EDITABLE (row)), FALSE, value, &error)) {
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
    return TRUE;
  }
  gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  xps_form_say (form, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return FALSE;
}

static gboolean
accept_reference (XpsForm *form, gpointer data)
{
  const XpsChargeForm *asked = data;
  const XpsRegion *region = xps_session_get_region (asked->window->session);
  g_autofree char *source = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (asked->source))));
  double measured, assigned;
  if (region == NULL)
    return TRUE;
  if (!read_number (form, asked->measured, &measured) || !read_number (form, asked->assigned, &assigned))
    return FALSE;
  if (source[0] == '\0') {
    xps_form_say (form, _ ("Say where the value comes from: a paper, a standard, another region"));
    gtk_widget_grab_focus (GTK_WIDGET (asked->source));
    return FALSE;
  }
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  apply_shift (asked->window, part->energy_shift + assigned - measured, source,
               (XpsChargeScope)adw_combo_row_get_selected (asked->scope));
  return TRUE;
}

/* The first choice is no component: the position is typed. */
static void
on_component_chosen (XpsChargeForm *asked)
{
  const guint chosen = adw_combo_row_get_selected (asked->component);
  if (chosen == 0)
    return;
  double maximum;
  xps_preview_get_component (xps_session_get_preview (asked->window->session), chosen - 1, &maximum, NULL,
                             NULL, NULL);
  g_autofree char *text = xps_page_dup_number (maximum, 3);
  gtk_editable_set_text (GTK_EDITABLE (asked->measured), text);
}

static void
add_components (XpsForm *form, XpsChargeForm *asked)
{
  const XpsRegion *region = xps_session_get_region (asked->window->session);
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_ptr_array_add (names, _ ("Position typed below"));
  for (guint i = 0; i < part->components->len; i++) {
    const XpsComponent *component = g_ptr_array_index (part->components, i);
    g_ptr_array_add (names, component->name);
  }
  g_ptr_array_add (names, NULL);
  asked->component = xps_form_add_choice (form, _ ("Line"), (const char *const *)names->pdata, 0);
  asked->measured = xps_form_add_entry (form, _ ("Found at (eV)"), "");
  g_signal_connect_swapped (asked->component, "notify::selected", G_CALLBACK (on_component_chosen), asked);
  const int selected = xps_session_get_component (asked->window->session);
  if (selected >= 0)
    adw_combo_row_set_selected (asked->component, (guint)selected + 1);
}

void
xps_command_charge_reference (XpsWindow *self, GVariant *parameter)
{
  const char *const scopes[] = {_ ("This region"), _ ("All regions of this sample"),
                                _ ("All selected regions"), NULL};
  const XpsRegion *region = xps_session_get_region (self->session);
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  XpsChargeForm *asked = g_new0 (XpsChargeForm, 1);
  asked->window = g_object_ref (self);
  XpsForm *form = xps_form_new (GTK_WIDGET (self), _ ("Charge Reference"), _ ("_Apply"), accept_reference,
                                asked, (GDestroyNotify)charge_form_free);
  g_autofree char *shift = xps_page_dup_number (part->energy_shift, 3);
  g_autofree char *text = g_strdup_printf (
      _ ("All binding energies move together; the measured data stay as they are. The shift is now %s eV."),
      shift);
  xps_form_set_description (form, text);
  add_components (form, asked);
  asked->assigned = xps_form_add_entry (form, _ ("Belongs at (eV)"), "");
  asked->source = xps_form_add_entry (form, _ ("Source of this value"),
                                      part->energy_shift_source != NULL ? part->energy_shift_source : "");
  asked->scope = xps_form_add_choice (form, _ ("For"), scopes, SCOPE_REGION);
  xps_form_present (form);
  gtk_widget_grab_focus (GTK_WIDGET (asked->assigned));
}
