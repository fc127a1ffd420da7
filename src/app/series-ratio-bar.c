/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-ratio-bar.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/reference-shell.h"
#include "app/series-quantity-window.h"
#include "base/text.h"
#include "series/ratio.h"

#define BAR_KEY "xps-bar"

typedef struct {
  XpsSeriesDesk *desk; /* or NULL */
  GtkWidget *choice;   /* label and list */
  GtkDropDown *to;
  GtkLabel *text;
  gboolean updating;
} Bar;

static void
bar_free (gpointer data)
{
  Bar *self = data;
  g_clear_object (&self->desk);
  g_free (self);
}

/* ---- the choice ---- */

static void
on_to (Bar *self)
{
  const guint at = gtk_drop_down_get_selected (self->to);
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (self->to);
  if (self->updating || self->desk == NULL || chosen == NULL)
    return;
  XpsSeriesQuantity *quantity = xps_series_quantity_copy (xps_series_desk_get_setup (self->desk)->quantity);
  g_free (quantity->to);
  quantity->to = at > 0 ? g_strdup (gtk_string_object_get_string (chosen)) : NULL;
  xps_series_desk_set_quantity (self->desk, _ ("what ratios are to"), quantity);
}

static void
on_quantity (GtkWidget *button, Bar *self)
{
  if (self->desk != NULL)
    xps_series_quantity_present (GTK_WINDOW (gtk_widget_get_root (button)), self->desk);
}

static void
add_name (GPtrArray *names, const XpsAtoms *atoms, const char *name)
{
  for (guint k = 0; k < names->len; k++)
    if (g_strcmp0 (g_ptr_array_index (names, k), name) == 0)
      return;
  g_autoptr (GArray) lines = name != NULL ? xps_atoms_find (atoms, name, NULL) : NULL;
  if (lines != NULL)
    g_ptr_array_add (names, g_strdup (name));
}

GPtrArray *
xps_series_list_ratio_names (const XpsAtoms *atoms)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (guint k = 0; atoms != NULL && k < atoms->lines->len; k++)
    add_name (names, atoms, ((XpsAtomLine *)g_ptr_array_index (atoms->lines, k))->name);
  for (guint k = 0; atoms != NULL && k < atoms->lines->len; k++)
    add_name (names, atoms, ((XpsAtomLine *)g_ptr_array_index (atoms->lines, k))->element);
  return names;
}

static gboolean
has_names (GListModel *model, const GPtrArray *names)
{
  if (g_list_model_get_n_items (model) != names->len)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (model), i), g_ptr_array_index (names, i)) !=
        0)
      return FALSE;
  return TRUE;
}

/* None is chosen unasked. */
static void
show_names (Bar *self, const XpsAtoms *atoms)
{
  g_autoptr (GPtrArray) names = xps_series_list_ratio_names (atoms);
  const char *to = xps_series_desk_get_setup (self->desk)->quantity->to;
  g_ptr_array_insert (names, 0, g_strdup (_ ("Choose…")));
  guint at = 0;
  for (guint k = 1; k < names->len; k++)
    if (g_strcmp0 (g_ptr_array_index (names, k), to) == 0)
      at = k;
  self->updating = TRUE;
  if (!has_names (gtk_drop_down_get_model (self->to), names)) {
    g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
    for (guint k = 0; k < names->len; k++)
      gtk_string_list_append (list, g_ptr_array_index (names, k));
    gtk_drop_down_set_model (self->to, G_LIST_MODEL (list));
  }
  gtk_drop_down_set_selected (self->to, at);
  self->updating = FALSE;
}

/* ---- what they rest on ---- */

static char *
dup_levels (const XpsAtoms *atoms)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  for (guint k = 0; k < atoms->lines->len; k++) {
    const XpsAtomLine *line = g_ptr_array_index (atoms->lines, k);
    if (line->sensitivity.product > 0)
      g_ptr_array_add (parts, xps_text_printf (_ ("%s by %s"), line->name, line->level));
  }
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **)parts->pdata);
}

static double
find_common (const XpsSeriesReport *report)
{
  double most = 0;
  for (guint i = 0; i < report->trends->len; i++) {
    const XpsTrend *trend = g_ptr_array_index (report->trends, i);
    if (trend->kind == XPS_TREND_ATOMIC || trend->kind == XPS_TREND_RATIO)
      most = fmax (most, trend->systematic);
  }
  return most;
}

static char *
dup_text (const XpsSeriesReport *report)
{
  GString *text = g_string_new (NULL);
  const double common = find_common (report);
  if (xps_atoms_are_known (report->atoms)) {
    g_autofree char *levels = dup_levels (report->atoms);
    g_autofree char *line = xps_text_printf (_ ("Counted: %s."), levels);
    g_string_append (text, line);
  }
  if (common > 1e-9) {
    g_autofree char *line = xps_text_printf (
        _ ("Beside the errors shown, all steps share an uncertainty of up to %.0f %%."), 100 * common);
    g_string_append_c (text, ' ');
    g_string_append (text, line);
  }
  for (guint i = 0; i < report->atoms->notes->len; i++) {
    g_string_append (text, text->len > 0 ? " " : "");
    g_string_append (text, g_ptr_array_index (report->atoms->notes, i));
  }
  return g_string_free (text, FALSE);
}

/* ---- the widget ---- */

void
xps_series_ratio_bar_show (GtkWidget *bar, XpsSeriesDesk *desk, gboolean ratios)
{
  Bar *self = g_object_get_data (G_OBJECT (bar), BAR_KEY);
  const XpsSeriesReport *report = desk != NULL ? xps_series_desk_get_report (desk) : NULL;
  g_set_object (&self->desk, desk);
  gtk_widget_set_visible (self->choice, ratios);
  if (report == NULL || report->atoms == NULL) {
    const char *why = report != NULL ? xps_series_desk_get_no_ratios (desk) : NULL;
    gtk_label_set_text (self->text, why != NULL ? why : "");
    return;
  }
  g_autofree char *text = dup_text (report);
  gtk_label_set_text (self->text, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->text), text);
  show_names (self, report->atoms);
}

GtkWidget *
xps_series_ratio_bar_new (void)
{
  Bar *self = g_new0 (Bar, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *label = gtk_label_new (_ ("Ratios to"));
  GtkWidget *text = xps_shell_text_new ("", "dim-label");
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GtkWidget *line = xps_shell_bar_new ();
  GtkWidget *quantity = gtk_button_new_with_mnemonic (_ ("_Quantification…"));
  self->choice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->to = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&list)), NULL));
  self->text = GTK_LABEL (text);
  gtk_widget_set_margin_top (line, 0);
  gtk_widget_set_margin_start (text, 12);
  gtk_widget_set_margin_end (text, 12);
  gtk_widget_set_margin_bottom (text, 6);
  gtk_widget_add_css_class (text, "caption");
  gtk_label_set_lines (self->text, 3);
  gtk_label_set_ellipsize (self->text, PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->to), _ ("The species that ratios are to"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->to), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The species that ratios are to"), -1);
  gtk_widget_set_tooltip_text (quantity, _ ("Core levels, material and angles that atomic ratios rest on"));
  gtk_box_append (GTK_BOX (self->choice), label);
  gtk_box_append (GTK_BOX (self->choice), GTK_WIDGET (self->to));
  gtk_box_append (GTK_BOX (line), self->choice);
  gtk_box_append (GTK_BOX (line), quantity);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), text);
  g_signal_connect_swapped (self->to, "notify::selected", G_CALLBACK (on_to), self);
  g_signal_connect (quantity, "clicked", G_CALLBACK (on_quantity), self);
  g_object_set_data_full (G_OBJECT (box), BAR_KEY, self, bar_free);
  return box;
}
