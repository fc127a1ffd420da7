/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-number.h"
#include "app/series-level-bar.h"

/* What a parameter of one core level has to do with one of another: an exact link of the model, which holds
 * in every step. */

typedef struct {
  XpsSeriesDesk *desk;
  void (*changed) (gpointer data);
  gpointer data;
} Ties;

/* One row. */
typedef struct {
  Ties *ties;
  char *parameter;
  XpsRoleKind kind;
  GPtrArray *targets; /* char *: parameters of the choices after the first */
} Tie;

static void
tie_free (gpointer data, GClosure *closure)
{
  Tie *self = data;
  g_free (self->parameter);
  g_ptr_array_unref (self->targets);
  g_free (self);
}

static gboolean
is_tied_to (const XpsParameter *p, const char *target)
{
  return p->kind == XPS_PARAMETER_LINKED && p->terms->len == 1 &&
         strcmp (((XpsLinkTerm *)g_ptr_array_index (p->terms, 0))->of, target) == 0;
}

static void
untie (XpsParameter *p, double value)
{
  p->kind = XPS_PARAMETER_FREE;
  p->value = value;
  p->constant = 0;
  if (p->terms != NULL)
    g_ptr_array_set_size (p->terms, 0);
}

static double
value_of (const XpsModel *model, const XpsParameter *p)
{
  if (p->kind != XPS_PARAMETER_LINKED)
    return p->value;
  double value = p->constant;
  for (guint t = 0; t < p->terms->len; t++) {
    const XpsLinkTerm *term = g_ptr_array_index (p->terms, t);
    const int of = xps_model_find_parameter (model, term->of);
    value += term->coef * (of >= 0 ? value_of (model, g_ptr_array_index (model->parameters, of)) : NAN);
  }
  return value;
}

/* As the two are now: areas in their ratio, positions at their distance; widths become equal. */
static void
tie (XpsModel *model, XpsParameter *p, const char *target, XpsRoleKind kind)
{
  const double own = value_of (model, p), other = value_of (model, xps_model_get_parameter (model, target));
  untie (p, NAN);
  p->kind = XPS_PARAMETER_LINKED;
  p->constant = kind == XPS_ROLE_POSITION ? own - other : 0;
  p->min = kind == XPS_ROLE_POSITION ? -INFINITY : p->min;
  p->max = kind == XPS_ROLE_POSITION ? INFINITY : p->max;
  xps_parameter_add_term (p, target, kind == XPS_ROLE_INTENSITY && other > 0 && own > 0 ? own / other : 1);
}

static void
on_choice (AdwComboRow *row, GParamSpec *pspec, Tie *self)
{
  const guint at = adw_combo_row_get_selected (row);
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (self->ties->desk));
  XpsParameter *p = xps_model_get_parameter (setup->model, self->parameter);
  const char *target = at > 0 && at <= self->targets->len ? g_ptr_array_index (self->targets, at - 1) : NULL;
  if (p == NULL || (target != NULL ? is_tied_to (p, target) : p->kind == XPS_PARAMETER_FREE)) {
    xps_series_setup_free (setup);
    return;
  }
  if (target != NULL) {
    xps_series_plan_set_rule (setup->plan, p->name, XPS_ACROSS_FREE, 0);
    tie (setup->model, p, target, self->kind);
  } else
    untie (p, value_of (setup->model, p));
  g_autofree char *label = g_strdup_printf (_ ("tie of %s"), self->parameter);
  xps_series_desk_edit (self->ties->desk, label, setup);
  self->ties->changed (self->ties->data);
}

static void
on_number (GtkEntry *entry, Tie *self)
{
  double number;
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (self->ties->desk));
  XpsParameter *p = xps_model_get_parameter (setup->model, self->parameter);
  if (p == NULL || p->kind != XPS_PARAMETER_LINKED ||
      !xps_page_parse_number (gtk_editable_get_text (GTK_EDITABLE (entry)), FALSE, &number, NULL)) {
    xps_series_setup_free (setup);
    return;
  }
  if (self->kind == XPS_ROLE_POSITION)
    p->constant = number;
  else
    ((XpsLinkTerm *)g_ptr_array_index (p->terms, 0))->coef = number;
  g_autofree char *label = g_strdup_printf (_ ("tie of %s"), self->parameter);
  xps_series_desk_edit (self->ties->desk, label, setup);
}

static void
add_number (GtkWidget *row, const XpsParameter *p, Tie *tie)
{
  GtkWidget *entry = gtk_entry_new ();
  const char *what = tie->kind == XPS_ROLE_POSITION ? _ ("Distance in eV") : _ ("Ratio");
  const double number =
      tie->kind == XPS_ROLE_POSITION ? p->constant : ((XpsLinkTerm *)g_ptr_array_index (p->terms, 0))->coef;
  g_autofree char *text = xps_page_dup_number (number, 4);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 9);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (entry, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  g_signal_connect (entry, "activate", G_CALLBACK (on_number), tie);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), entry);
}

/* Free parameters of earlier levels that play the same part. */
static GPtrArray *
find_targets (const XpsModel *model, gsize level, XpsRoleKind kind)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func (g_free);
  for (gsize s = 0; s < level; s++) {
    const XpsModelPart *part = g_ptr_array_index (model->parts, s);
    for (guint c = 0; c < part->components->len; c++) {
      const XpsComponent *component = g_ptr_array_index (part->components, c);
      const int role = xps_shape_find_kind (component->shape, kind);
      const int at = role >= 0 && component->roles[role] != NULL
                         ? xps_model_find_parameter (model, component->roles[role])
                         : -1;
      const XpsParameter *p = at >= 0 ? g_ptr_array_index (model->parameters, at) : NULL;
      if (p != NULL && p->kind == XPS_PARAMETER_FREE &&
          !g_ptr_array_find_with_equal_func (targets, p->name, g_str_equal, NULL))
        g_ptr_array_add (targets, g_strdup (p->name));
    }
  }
  return targets;
}

static GtkWidget *
row_new (Ties *ties, const XpsModel *model, gsize level, const XpsParameter *p, XpsRoleKind kind)
{
  g_autoptr (GPtrArray) targets = find_targets (model, level, kind);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint chosen = 0;
  gtk_string_list_append (words, _ ("On its own"));
  for (guint i = 0; i < targets->len; i++) {
    const char *target = g_ptr_array_index (targets, i);
    gtk_string_list_append (words, target);
    chosen = is_tied_to (p, target) ? i + 1 : chosen;
  }
  if (targets->len == 0 || (p->kind != XPS_PARAMETER_FREE && chosen == 0))
    return NULL;
  GtkWidget *row = adw_combo_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), p->name);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), chosen);
  Tie *tie = g_new0 (Tie, 1);
  tie->ties = ties;
  tie->parameter = g_strdup (p->name);
  tie->kind = kind;
  tie->targets = g_steal_pointer (&targets);
  if (chosen > 0)
    add_number (row, p, tie);
  g_signal_connect_data (row, "notify::selected", G_CALLBACK (on_choice), tie, tie_free, 0);
  return row;
}

static void
add_level (Ties *ties, AdwPreferencesGroup *group, const XpsModel *model, gsize level)
{
  static const XpsRoleKind kinds[] = {XPS_ROLE_INTENSITY, XPS_ROLE_POSITION, XPS_ROLE_WIDTH};
  const XpsModelPart *part = g_ptr_array_index (model->parts, level);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint c = 0; c < part->components->len; c++) {
    const XpsComponent *component = g_ptr_array_index (part->components, c);
    for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
      const int role = xps_shape_find_kind (component->shape, kinds[k]);
      const int at = role >= 0 && component->roles[role] != NULL
                         ? xps_model_find_parameter (model, component->roles[role])
                         : -1;
      const XpsParameter *p = at >= 0 ? g_ptr_array_index (model->parameters, at) : NULL;
      if (p == NULL || !g_hash_table_add (seen, p->name))
        continue;
      GtkWidget *row = row_new (ties, model, level, p, kinds[k]);
      if (row != NULL)
        adw_preferences_group_add (group, row);
    }
  }
}

GtkWidget *
xps_series_ties_new (XpsSeriesDesk *desk, void (*changed) (gpointer data), gpointer data)
{
  const XpsSeriesSetup *setup = xps_series_desk_get_setup (desk);
  if (setup == NULL || setup->model->parts->len < 2)
    return NULL;
  GtkWidget *group = adw_preferences_group_new ();
  Ties *ties = g_new0 (Ties, 1);
  ties->desk = desk;
  ties->changed = changed;
  ties->data = data;
  g_object_set_data_full (G_OBJECT (group), "xps-ties", ties, g_free);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Ties between Core Levels"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("Areas keep a ratio, positions a distance, widths are equal. A tie holds in every step."));
  for (gsize k = 1; k < setup->model->parts->len; k++)
    add_level (ties, ADW_PREFERENCES_GROUP (group), setup->model, k);
  return group;
}
