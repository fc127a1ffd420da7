/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/phase-cell.h"

#include <glib/gi18n.h>

#include "app/table-column.h"

struct _XpsPhaseCell {
  XpsDataCell parent_instance;
  XpsPhaseColumn column;
  XpsPageCommit commit;
  XpsPhaseLineItem *item;
  gulong changed_handler;
  GtkLabel *text;
  GtkWidget *warning;
};

G_DEFINE_FINAL_TYPE (XpsPhaseCell, xps_phase_cell, XPS_TYPE_DATA_CELL)

static guint value_signal;

/* ---- what is shown ---- */

/* "Atoms of S 2p3/2" */
static char *
dup_name (XpsDataCell *cell)
{
  XpsPhaseCell *self = XPS_PHASE_CELL (cell);
  /* Translators: name of a cell for a screen reader: column and core level, "Atoms of S 2p3/2". */
  return g_strdup_printf (_ ("%s of %s"), xps_phase_column_get_title (self->column),
                          xps_phase_line_item_get_level (self->item));
}

static void
refresh (XpsPhaseCell *self)
{
  const char *text = xps_phase_line_item_get_text (self->item, self->column);
  g_autofree char *tip = xps_phase_line_item_dup_tip (self->item, self->column);
  g_autofree char *name = dup_name (XPS_DATA_CELL (self));
  g_autofree char *description = text[0] != '\0' ? g_strdup_printf ("%s\n%s", text, tip) : g_strdup (tip);
  GtkWidget *box = GTK_WIDGET (xps_data_cell_get_box (XPS_DATA_CELL (self)));
  const gboolean wrong = xps_phase_line_item_get_remark (self->item, self->column) != NULL;
  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (self->warning, wrong);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tip[0] != '\0' ? tip : NULL);
  xps_table_set_class (box, "warning", wrong);
  xps_table_set_class (GTK_WIDGET (self->text), "reference-signs",
                       self->column == XPS_PHASE_COLUMN_SIGNS && text[0] != '\0');
  xps_table_set_class (GTK_WIDGET (self->text), "dim-label",
                       self->column == XPS_PHASE_COLUMN_SOURCE || self->column == XPS_PHASE_COLUMN_RANGE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/* ---- editing ---- */

static gboolean
take_text (XpsDataCell *cell, const char *text, GError **error)
{
  XpsPhaseCell *self = XPS_PHASE_CELL (cell);
  return self->item != NULL && self->commit (text, self, error);
}

static gboolean
can_edit (XpsDataCell *cell)
{
  XpsPhaseCell *self = XPS_PHASE_CELL (cell);
  XpsPhaseMember member;
  return self->item != NULL && xps_phase_line_item_is_own (self->item) &&
         xps_phase_column_get_member (self->column, &member);
}

static char *
dup_start_text (XpsDataCell *cell)
{
  XpsPhaseCell *self = XPS_PHASE_CELL (cell);
  return g_strdup (xps_phase_line_item_get_text (self->item, self->column));
}

static gboolean
ask_value (XpsDataCell *cell)
{
  XpsPhaseCell *self = XPS_PHASE_CELL (cell);
  XpsPhaseMember member;
  if (self->item == NULL || xps_phase_column_get_member (self->column, &member))
    return FALSE;
  g_signal_emit (self, value_signal, 0);
  return TRUE;
}

/* ---- the widget ---- */

void
xps_phase_cell_set_item (XpsPhaseCell *self, XpsPhaseLineItem *item)
{
  if (self->item != item)
    xps_data_cell_close (XPS_DATA_CELL (self));
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_handler, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  self->changed_handler = g_signal_connect_swapped (item, "changed", G_CALLBACK (refresh), self);
  refresh (self);
}

XpsPhaseLineItem *
xps_phase_cell_get_item (XpsPhaseCell *self)
{
  return self->item;
}

XpsPhaseColumn
xps_phase_cell_get_column (XpsPhaseCell *self)
{
  return self->column;
}

static void
xps_phase_cell_dispose (GObject *object)
{
  XpsPhaseCell *self = XPS_PHASE_CELL (object);
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_handler, self->item);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (xps_phase_cell_parent_class)->dispose (object);
}

static void
xps_phase_cell_class_init (XpsPhaseCellClass *class)
{
  XpsDataCellClass *cell_class = XPS_DATA_CELL_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_phase_cell_dispose;
  cell_class->can_edit = can_edit;
  cell_class->dup_name = dup_name;
  cell_class->dup_start_text = dup_start_text;
  cell_class->take_text = take_text;
  cell_class->edit_elsewhere = ask_value;
  value_signal =
      g_signal_new ("value", XPS_TYPE_PHASE_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xps_phase_cell_init (XpsPhaseCell *self)
{
  GtkBox *box = xps_data_cell_get_box (XPS_DATA_CELL (self));
  self->text = GTK_LABEL (gtk_label_new (""));
  self->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_box_set_spacing (box, 3);
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_box_append (box, self->warning);
  gtk_box_append (box, GTK_WIDGET (self->text));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->warning), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("To be checked"), -1);
}

XpsPhaseCell *
xps_phase_cell_new (XpsPhaseColumn column, XpsPageCommit commit)
{
  XpsPhaseCell *self = g_object_new (XPS_TYPE_PHASE_CELL, NULL);
  GtkWidget *box = GTK_WIDGET (xps_data_cell_get_box (XPS_DATA_CELL (self)));
  const gboolean number = xps_phase_column_is_number (column);
  self->column = column;
  self->commit = commit;
  gtk_label_set_xalign (self->text, number ? 1.0f : 0.0f);
  gtk_label_set_ellipsize (self->text, number ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_start (box, 4);
  gtk_widget_set_margin_end (box, number ? 10 : 2);
  if (number || column == XPS_PHASE_COLUMN_RANGE)
    gtk_widget_add_css_class (box, "numeric");
  return self;
}
