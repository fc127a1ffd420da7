/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/periodic-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/commands.h"
#include "app/commands.h"
#include "app/page-number.h"
#include "app/reference-catalogue.h"
#include "app/reference-item.h"
#include "app/reference-shell.h"
#include "reference/element.h"

#define KEY "xps-periodic-window"

typedef struct {
  GtkWindow *window;
  XpsWindow *parent;
  XpsReference *reference;
  XpsPeriodicTable *table;
  GtkGrid *lines;
  GtkLabel *status;
  double photon_energy, low, high; /* that the dots were set for */
} Periodic;

static void
periodic_free (gpointer data)
{
  Periodic *self = data;
  g_clear_pointer (&self->reference, xps_reference_free);
  g_free (self);
}

void
xps_periodic_show_on_plot (XpsWindow *window, const char *const *symbols)
{
  const guint n = g_strv_length ((char **)symbols);
  g_autofree XpsPlotGhostWish *wishes = g_new0 (XpsPlotGhostWish, n + 1);
  for (guint i = 0; i < n; i++)
    wishes[i].element = symbols[i];
  xps_plot_area_set_ghosts (window->plot, wishes, n);
  if (n == 0)
    g_object_set (window->plot, "ghosts", FALSE, NULL);
}

/* ---- the lines ---- */

static void
attach (Periodic *self, int column, int row, const char *text, const char *class, gboolean number)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), number ? 1.0f : 0.0f);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (self->lines, label, column, row, 1, 1);
}

static void
attach_head (Periodic *self)
{
  attach (self, 0, 0, _ ("Line"), "heading", FALSE);
  attach (self, 1, 0, _ ("E (eV)"), "heading", TRUE);
  attach (self, 2, 0, _ ("±"), "heading", TRUE);
  attach (self, 3, 0, _ ("Cross section (barn)"), "heading", TRUE);
  attach (self, 4, 0, _ ("Where"), "heading", FALSE);
  attach (self, 5, 0, _ ("From"), "heading", FALSE);
}

static void
attach_line (Periodic *self, int row, const XpsElementLine *line)
{
  const gboolean shown = line->energy >= self->low && line->energy <= self->high;
  const char *class = shown ? NULL : "dim-label";
  g_autofree char *energy = xps_page_dup_number (line->energy, 1);
  g_autofree char *tolerance = xps_page_dup_number (line->tolerance, 1);
  g_autofree char *sigma =
      isfinite (line->sigma) ? xps_page_dup_significant (line->sigma, 4) : g_strdup ("–");
  attach (self, 0, row, line->name, class, FALSE);
  attach (self, 1, row, energy, class, TRUE);
  attach (self, 2, row, tolerance, class, TRUE);
  attach (self, 3, row, sigma, class, TRUE);
  attach (self, 4, row, shown ? _ ("in the shown range") : _ ("outside"), class, FALSE);
  attach (self, 5, row, line->computed ? _ ("computed") : xps_reference_verified_title (line->verified),
          class, FALSE);
}

static void
clear_lines (Periodic *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_grid_remove (self->lines, child);
}

static void
show_chosen (Periodic *self)
{
  g_autoptr (GArray) chosen = xps_periodic_table_dup_chosen (self->table);
  g_autoptr (GPtrArray) symbols = g_ptr_array_new ();
  int row = 1;
  clear_lines (self);
  if (chosen->len > 0)
    attach_head (self);
  for (guint i = 0; i < chosen->len; i++) {
    const char *symbol = xps_element_get_symbol (g_array_index (chosen, int, i));
    g_autoptr (GPtrArray) lines =
        xps_reference_list_element_lines (self->reference, symbol, self->photon_energy, NULL);
    g_ptr_array_add (symbols, (gpointer)symbol);
    for (guint k = 0; lines != NULL && k < lines->len; k++)
      attach_line (self, row++, g_ptr_array_index (lines, k));
  }
  g_ptr_array_add (symbols, NULL);
  xps_periodic_show_on_plot (self->parent, (const char *const *)symbols->pdata);
}

/* ---- following what is shown ---- */

static void
mark_in_range (Periodic *self)
{
  gboolean in_range[XPS_ELEMENT_LAST + 1] = {FALSE};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines =
      xps_reference_list_element_lines (self->reference, NULL, self->photon_energy, &error);
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const XpsElementLine *line = g_ptr_array_index (lines, i);
    if (!line->auger && line->energy >= self->low && line->energy <= self->high)
      in_range[line->z] = TRUE;
  }
  for (int z = 1; z <= XPS_ELEMENT_LAST; z++)
    xps_periodic_table_set_in_range (self->table, z, in_range[z]);
  if (error != NULL) {
    gtk_label_set_label (self->status, error->message);
    return;
  }
  g_autofree char *energy = xps_page_dup_number (self->photon_energy, 1);
  g_autofree char *text = g_strdup_printf (
      _ ("Cross sections at %s eV. A dot: the element has a photoelectron line in the shown region."),
      energy);
  gtk_label_set_label (self->status, text);
}

static void
follow (Periodic *self)
{
  const XpsPreview *preview = xps_session_get_preview (self->parent->session);
  if (!xps_shell_is_open (self->window))
    return;
  const gboolean good = preview != NULL && preview->has_binding && preview->n > 1;
  const double energy =
      good && isfinite (preview->scale.photon_energy) ? preview->scale.photon_energy : 1486.7;
  const double low = good ? preview->energy[0] : 0.0, high = good ? preview->energy[preview->n - 1] : 0.0;
  if (energy == self->photon_energy && low == self->low && high == self->high)
    return;
  self->photon_energy = energy;
  self->low = low;
  self->high = high;
  mark_in_range (self);
  g_autoptr (GArray) chosen = xps_periodic_table_dup_chosen (self->table);
  if (chosen->len > 0)
    show_chosen (self);
}

/* ---- the window ---- */

static void
fill (Periodic *self, const XpsShell *shell)
{
  GtkWidget *bar = xps_shell_bar_new (), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clear = gtk_button_new_with_mnemonic (_ ("_Clear"));
  GtkWidget *wide = gtk_scrolled_window_new ();
  self->table = g_object_new (XPS_TYPE_PERIODIC_TABLE, NULL);
  gtk_widget_set_margin_start (GTK_WIDGET (self->table), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->table), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->table), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->table), 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (wide), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (wide), GTK_WIDGET (self->table));
  self->lines = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->lines, 18);
  gtk_grid_set_row_spacing (self->lines, 3);
  gtk_widget_set_margin_start (GTK_WIDGET (self->lines), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->lines), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->lines), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->lines), 12);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->lines));
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->status = GTK_LABEL (xps_shell_text_new ("", "dim-label"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->status), TRUE);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (bar), clear);
  gtk_box_append (shell->box, wide);
  gtk_box_append (shell->box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (shell->box, scrolled);
  gtk_box_append (shell->box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (shell->box, bar);
  g_signal_connect_swapped (clear, "clicked", G_CALLBACK (xps_periodic_table_clear), self->table);
  g_signal_connect_swapped (self->table, "changed", G_CALLBACK (show_chosen), self);
}

XpsPeriodicTable *
xps_periodic_window_get_table (GtkWindow *window)
{
  return ((Periodic *)xps_shell_get_data (window))->table;
}

GtkWindow *
xps_periodic_window_present (XpsWindow *parent)
{
  g_autoptr (GError) error = NULL;
  GtkWindow *open = xps_shell_present (parent, KEY);
  if (open != NULL)
    return open;
  XpsReference *reference = xps_catalogue_open_reference (&error);
  if (reference == NULL) {
    xps_window_say (parent, error->message, TRUE);
    return NULL;
  }
  Periodic *self = g_new0 (Periodic, 1);
  const XpsShell shell =
      xps_shell_new (parent, KEY, _ ("Lines of the Elements"), 860, 660, self, periodic_free);
  self->window = shell.window;
  self->parent = parent;
  self->reference = reference;
  fill (self, &shell);
  GSignalGroup *group = g_signal_group_new (XPS_TYPE_SESSION);
  g_signal_group_connect_swapped (group, "region-changed", G_CALLBACK (follow), self);
  g_signal_group_connect_swapped (group, "model-changed", G_CALLBACK (follow), self);
  g_signal_group_set_target (group, parent->session);
  g_object_set_data_full (G_OBJECT (self->window), "xps-periodic-signals", group, g_object_unref);
  follow (self);
  gtk_window_present (self->window);
  return self->window;
}

void
xps_command_periodic (XpsWindow *self, GVariant *parameter)
{
  xps_periodic_window_present (self);
}
