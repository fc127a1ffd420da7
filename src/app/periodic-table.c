/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/periodic-table.h"

#include <glib/gi18n.h>

#include "reference/element.h"

#define N_COLUMNS     18
#define LANTHANUM     57
#define LUTETIUM      71
#define LANTHANUM_ROW 7 /* below a gap */
#define Z_KEY         "xps-z"

struct _XpsPeriodicTable {
  AdwBin parent_instance;
  GtkWidget *buttons[XPS_ELEMENT_LAST + 1];
  GtkWidget *dots[XPS_ELEMENT_LAST + 1];
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (XpsPeriodicTable, xps_periodic_table, ADW_TYPE_BIN)

static guint changed_signal;

gboolean
xps_periodic_table_get_place (int z, int *column, int *row)
{
  static const int closed[] = {0, 2, 10, 18, 36, 54, 86}; /* noble gases end a row */
  if (z < 1 || z > XPS_ELEMENT_LAST)
    return FALSE;
  *row = 0;
  while (z > closed[*row + 1])
    (*row)++;
  const int first = closed[*row] + 1, last = closed[*row + 1];
  if (z >= LANTHANUM && z <= LUTETIUM) {
    *column = 2 + z - LANTHANUM;
    *row = LANTHANUM_ROW;
    return TRUE;
  }
  const int n = last - first + 1, i = z - first, left = *row == 0 ? 1 : 2;
  *column = i < left ? i : N_COLUMNS - (n - i);
  if (*row == 5 && i >= left) /* behind the lanthanides */
    *column = N_COLUMNS - (last - z) - 1;
  return TRUE;
}

/* ---- choosing ---- */

GArray *
xps_periodic_table_dup_chosen (XpsPeriodicTable *self)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (int));
  for (int z = 1; z <= XPS_ELEMENT_LAST; z++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->buttons[z])))
      g_array_append_val (chosen, z);
  return chosen;
}

void
xps_periodic_table_choose (XpsPeriodicTable *self, int z, gboolean chosen)
{
  if (z >= 1 && z <= XPS_ELEMENT_LAST)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[z]), chosen);
}

void
xps_periodic_table_clear (XpsPeriodicTable *self)
{
  self->updating = TRUE;
  for (int z = 1; z <= XPS_ELEMENT_LAST; z++)
    xps_periodic_table_choose (self, z, FALSE);
  self->updating = FALSE;
  g_signal_emit (self, changed_signal, 0);
}

void
xps_periodic_table_set_in_range (XpsPeriodicTable *self, int z, gboolean in_range)
{
  gtk_widget_set_opacity (self->dots[z], in_range ? 1.0 : 0.0);
  if (in_range)
    gtk_widget_remove_css_class (self->buttons[z], "dim-label");
  else
    gtk_widget_add_css_class (self->buttons[z], "dim-label");
  const char *symbol = xps_element_get_symbol (z);
  /* Translators: accessible name of an element: symbol and atomic number. */
  g_autofree char *name = g_strdup_printf (
      in_range ? _ ("%s, element %d, has lines in the shown range") : _ ("%s, element %d"), symbol, z);
  gtk_widget_set_tooltip_text (self->buttons[z], name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[z]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_toggled (XpsPeriodicTable *self)
{
  if (!self->updating)
    g_signal_emit (self, changed_signal, 0);
}

/* ---- keys ---- */

/* The nearest element in a direction: along its row or column first, gaps are jumped over. */
static int
find_next (int z, int dx, int dy)
{
  int column = 0, row = 0, best = 0, best_cost = G_MAXINT;
  xps_periodic_table_get_place (z, &column, &row);
  for (int other = 1; other <= XPS_ELEMENT_LAST; other++) {
    int c = 0, r = 0;
    xps_periodic_table_get_place (other, &c, &r);
    const int along = dx != 0 ? (c - column) * dx : (r - row) * dy;
    const int across = dx != 0 ? ABS (r - row) : ABS (c - column);
    if (along <= 0 || (dx != 0 && across > 0))
      continue;
    const int cost = along + 4 * across;
    if (cost < best_cost) {
      best_cost = cost;
      best = other;
    }
  }
  return best;
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, XpsPeriodicTable *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  const int z = focus != NULL ? GPOINTER_TO_INT (g_object_get_data (G_OBJECT (focus), Z_KEY)) : 0;
  const int dx = key == GDK_KEY_Right ? 1 : key == GDK_KEY_Left ? -1 : 0;
  const int dy = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1 : 0;
  if (z == 0 || (dx == 0 && dy == 0))
    return FALSE;
  const int next = find_next (z, dx, dy);
  if (next != 0)
    gtk_widget_grab_focus (self->buttons[next]);
  return TRUE;
}

/* ---- the widget ---- */

static GtkWidget *
button_new (XpsPeriodicTable *self, int z)
{
  GtkWidget *button = gtk_toggle_button_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *symbol = gtk_label_new (xps_element_get_symbol (z));
  self->dots[z] = gtk_label_new ("•");
  gtk_widget_add_css_class (self->dots[z], "periodic-dot");
  gtk_box_append (GTK_BOX (box), symbol);
  gtk_box_append (GTK_BOX (box), self->dots[z]);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "periodic");
  g_object_set_data (G_OBJECT (button), Z_KEY, GINT_TO_POINTER (z));
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  return button;
}

static void
xps_periodic_table_class_init (XpsPeriodicTableClass *class)
{
  changed_signal = g_signal_new ("changed", XPS_TYPE_PERIODIC_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
xps_periodic_table_init (XpsPeriodicTable *self)
{
  GtkWidget *grid = gtk_grid_new (), *gap = gtk_label_new (NULL);
  gtk_widget_set_direction (grid, GTK_TEXT_DIR_LTR); /* groups are counted so in every script */
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 2);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (int z = 1; z <= XPS_ELEMENT_LAST; z++) {
    int column, row;
    xps_periodic_table_get_place (z, &column, &row);
    self->buttons[z] = button_new (self, z);
    gtk_grid_attach (GTK_GRID (grid), self->buttons[z], column, row, 1, 1);
    xps_periodic_table_set_in_range (self, z, FALSE);
  }
  gtk_widget_set_size_request (gap, -1, 6);
  gtk_grid_attach (GTK_GRID (grid), gap, 0, LANTHANUM_ROW - 1, 1, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (grid, keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Periodic table"),
                                  -1);
  adw_bin_set_child (ADW_BIN (self), grid);
}
