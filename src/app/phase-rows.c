/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/phase-rows.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/page-number.h"
#include "app/page-row.h"
#include "app/reference-item.h"

#define ROW_KEY "xps-phase-row"

typedef struct {
  XpsPhaseRow *row;
  XpsPhaseChanged changed;
  gpointer data;
  GtkWidget *use;
  GtkLabel *expected;
} Shown;

static char *
dup_title (const XpsPhaseRow *row, const XpsRegion *region)
{
  if (region == NULL && row->elsewhere != NULL)
    /* Translators: level and species of a line, and names of the regions that show it. */
    return g_strdup_printf (_ ("%s of %s: not in this region, but in %s"), row->level, row->label,
                            row->elsewhere);
  if (region == NULL)
    /* Translators: level and species of a line that no region shows. */
    return g_strdup_printf (_ ("%s of %s: no region shows it"), row->level, row->label);
  /* Translators: level, species, region it goes to. */
  return g_strdup_printf (_ ("%s of %s, into “%s”"), row->level, row->label, region->name);
}

static char *
dup_subtitle (const XpsPhaseRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (row->spread.n == 0) {
    g_string_append (text, _ ("No value is known: it starts where the residual is largest."));
  } else {
    g_autofree char *low = xps_page_dup_number (row->spread.low, 2);
    g_autofree char *high = xps_page_dup_number (row->spread.high, 2);
    g_autofree char *values = xps_reference_dup_values_words (&row->spread);
    g_autofree char *sentence = g_strdup_printf (_ ("Reported at %s to %s eV; %s."), low, high, values);
    g_string_append (text, sentence);
  }
  if (isfinite (row->splitting)) {
    g_autofree char *splitting = xps_page_dup_number (row->splitting, 2);
    g_autofree char *ratio = xps_page_dup_number (row->ratio, 3);
    g_autofree char *sentence =
        g_strdup_printf (_ (" Doublet: second line %s eV above, area × %s, same widths."), splitting, ratio);
    g_string_append (text, sentence);
  }
  if (row->spread.disputed)
    g_string_append (text, _ (" Disputed in the literature."));
  return g_strdup (text->str);
}

/* ---- entries ---- */

static void
on_entry (GtkEditable *entry, Shown *shown)
{
  double *value = g_object_get_data (G_OBJECT (entry), "xps-value");
  double typed;
  if (!xps_page_parse_number (gtk_editable_get_text (entry), TRUE, &typed, NULL)) {
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
    return;
  }
  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  *value = typed;
  shown->changed (shown->data);
}

static void
add_entry (AdwExpanderRow *widget, Shown *shown, const char *title, double *value)
{
  GtkWidget *entry = adw_entry_row_new ();
  g_autofree char *text = xps_page_dup_entry_number (*value);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_object_set_data (G_OBJECT (entry), "xps-value", value);
  g_signal_connect (entry, "changed", G_CALLBACK (on_entry), shown);
  adw_expander_row_add_row (widget, entry);
}

static void
add_sensitivity (AdwExpanderRow *widget, const XpsPhaseRow *row)
{
  const XpsSensitivity *it = &row->sensitivity;
  if (!isfinite (it->product))
    return;
  g_autofree char *barn = xps_page_dup_significant (it->barn, 4);
  g_autofree char *length = xps_page_dup_significant (it->length, 4);
  g_autofree char *kinetic = xps_page_dup_number (it->kinetic_energy, 0);
  g_autofree char *text =
      (it->gaps & XPS_SENSITIVITY_NO_MATRIX) != 0
          ? g_strdup_printf (_ ("Cross section %s barn; length as E^0.75 at %s eV kinetic energy"), barn,
                             kinetic)
          : g_strdup_printf (_ ("Cross section %s barn; attenuation length %s nm at %s eV kinetic energy"),
                             barn, length, kinetic);
  adw_expander_row_add_row (widget, xps_page_property_row_new (_ ("Sensitivity"), text));
}

static void
on_use (GtkSwitch *control, GParamSpec *pspec, Shown *shown)
{
  shown->row->use = gtk_switch_get_active (control);
  shown->changed (shown->data);
}

static GtkWidget *
use_new (Shown *shown)
{
  GtkWidget *use = gtk_switch_new ();
  g_autofree char *name = g_strdup_printf (_ ("Add %s of %s"), shown->row->level, shown->row->label);
  gtk_widget_set_valign (use, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (use), shown->row->use);
  gtk_widget_set_sensitive (use, shown->row->region != 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (use), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (use, "notify::active", G_CALLBACK (on_use), shown);
  return use;
}

GtkWidget *
xps_phase_row_new (XpsPhaseRow *row, XpsSession *session, XpsPhaseChanged changed, gpointer data)
{
  const XpsRegion *region =
      xps_state_find_region (xps_project_get_state (xps_session_get_project (session)), row->region);
  GtkWidget *widget = adw_expander_row_new ();
  AdwExpanderRow *expander = ADW_EXPANDER_ROW (widget);
  Shown *shown = g_new0 (Shown, 1);
  *shown = (Shown){.row = row, .changed = changed, .data = data};
  g_object_set_data_full (G_OBJECT (widget), ROW_KEY, shown, g_free);
  g_autofree char *title = dup_title (row, region);
  g_autofree char *subtitle = dup_subtitle (row);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  adw_expander_row_set_subtitle (expander, subtitle);
  shown->expected = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (shown->expected), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (shown->expected), "dim-label");
  gtk_widget_set_tooltip_text (GTK_WIDGET (shown->expected),
                               _ ("Area expected, relative to the first line that is added"));
  shown->use = use_new (shown);
  adw_expander_row_add_action (expander, shown->use);
  adw_expander_row_add_action (expander, GTK_WIDGET (shown->expected));
  add_entry (expander, shown, _ ("Starts at (eV)"), &row->position);
  add_entry (expander, shown, _ ("Not below (eV)"), &row->low);
  add_entry (expander, shown, _ ("Not above (eV)"), &row->high);
  add_entry (expander, shown, _ ("Atoms in the formula unit"), &row->atoms);
  add_sensitivity (expander, row);
  gtk_widget_set_sensitive (widget, region != NULL);
  return widget;
}

static const XpsPhaseRow *
find_leader (const XpsPhasePlan *plan)
{
  for (guint i = 0; i < plan->rows->len; i++) {
    const XpsPhaseRow *row = g_ptr_array_index (plan->rows, i);
    if (row->use && isfinite (row->expected))
      return row;
  }
  return NULL;
}

void
xps_phase_row_refresh (GtkWidget *widget, const XpsPhasePlan *plan)
{
  const Shown *shown = g_object_get_data (G_OBJECT (widget), ROW_KEY);
  const XpsPhaseRow *leader = find_leader (plan);
  g_autofree char *text = NULL;
  if (leader != NULL && plan->link_areas && shown->row->use && isfinite (shown->row->expected)) {
    g_autofree char *number = xps_page_dup_significant (shown->row->expected / leader->expected, 3);
    text = g_strdup_printf (_ ("area × %s"), number);
  }
  gtk_label_set_label (shown->expected, text != NULL ? text : "");
}
