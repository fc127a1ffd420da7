/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-role-rows.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-model.h"
#include "app/page-number.h"
#include "app/page-words.h"

/* One role of the shown component. */
typedef struct {
  XpsRoleRows *rows;
  const XpsShapeRole *role;
  GtkWidget *row;
  XpsPageEntry *value, *low, *high, *constraint;
  GtkToggleButton *lock;
  GtkLabel *quantity, *sentence;
} Field;

struct _XpsRoleRows {
  XpsPage *page;
  AdwPreferencesGroup *group;
  GPtrArray *fields; /* Field */
  const XpsShape *shape;
  int component;
  gboolean updating;
};

/* ---- edits ---- */

static gboolean
take_constraint (const char *text, gpointer data, GError **error)
{
  Field *field = data;
  return xps_page_set_constraint (xps_page_get_session (field->rows->page), (gsize)field->rows->component,
                                  field->role->id, text, error);
}

static gboolean
take_bound (Field *field, const char *text, gboolean is_low, GError **error)
{
  double value;
  XpsSession *session = xps_page_get_session (field->rows->page);
  const gsize component = (gsize)field->rows->component;
  const XpsParameter *parameter = xps_page_get_parameter (session, component, field->role->id);
  if (!xps_page_parse_number (text, TRUE, &value, error))
    return FALSE;
  /* An empty entry opens the side as far as the shape allows. */
  const double low = !is_low ? parameter->min : isnan (value) ? field->role->min : value;
  const double high = is_low ? parameter->max : isnan (value) ? field->role->max : value;
  return xps_page_set_bounds (session, component, field->role->id, low, high, error);
}

static gboolean
take_low (const char *text, gpointer data, GError **error)
{
  return take_bound (data, text, TRUE, error);
}

static gboolean
take_high (const char *text, gpointer data, GError **error)
{
  return take_bound (data, text, FALSE, error);
}

static void
on_lock (GtkToggleButton *lock, Field *field)
{
  if (!field->rows->updating)
    xps_page_set_fixed (xps_page_get_session (field->rows->page), (gsize)field->rows->component,
                        field->role->id, gtk_toggle_button_get_active (lock));
}

/* ---- rows ---- */

static GtkWidget *
detail_row_new (GtkWidget *toggle, const char *title, const char *unit, XpsPageCommit commit, Field *field,
                XpsPageEntry **entry)
{
  GtkWidget *row = xps_page_entry_row_new (title, unit, commit, field, entry);
  /* Translators: "Lower bound of Position". */
  g_autofree char *name = g_strdup_printf (_ ("%s of %s"), title, xps_page_role_title (field->role));
  xps_page_entry_set_name (*entry, name);
  gtk_widget_add_css_class (row, "detail-row");
  g_object_bind_property (toggle, "active", row, "visible", G_BINDING_SYNC_CREATE);
  return row;
}

static const char *
unit_of (const XpsShapeRole *role)
{
  return role->kind == XPS_ROLE_INTENSITY ? "" : role->unit; /* "counts eV" leaves the number no room */
}

static GtkWidget *
more_new (const char *title)
{
  GtkWidget *more = gtk_toggle_button_new ();
  /* Translators: %s names a value, "Position". */
  g_autofree char *name = g_strdup_printf (_ ("Bounds and constraint of %s"), title);
  gtk_button_set_icon_name (GTK_BUTTON (more), "pan-down-symbolic");
  gtk_widget_add_css_class (more, "flat");
  gtk_widget_set_tooltip_text (more, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (more), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return more;
}

static GtkWidget *
line_new (GtkLabel **left, GtkLabel **right)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  *left = GTK_LABEL (gtk_label_new (NULL));
  *right = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (*left, TRUE);
  gtk_label_set_wrap_mode (*left, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (*left, 0.0f);
  gtk_widget_set_hexpand (GTK_WIDGET (*left), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (*right), "numeric");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (*left));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (*right));
  return line;
}

/* Title and fitted value above, what is edited below: beside each other they have no room in a side panel. */
static void
add_value_row (Field *field, GtkWidget *more)
{
  GtkLabel *title;
  const char *name = xps_page_role_title (field->role);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *edit = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  field->row = adw_preferences_row_new ();
  xps_page_row_set_title (field->row, name);
  gtk_widget_set_tooltip_text (field->row, field->role->meaning);
  gtk_widget_add_css_class (box, "property");
  gtk_box_append (GTK_BOX (box), line_new (&title, &field->quantity));
  gtk_label_set_label (title, name);
  field->value = xps_page_entry_new (FALSE);
  xps_page_entry_set_commit (field->value, take_constraint, field);
  xps_page_entry_set_name (field->value, name);
  gtk_editable_set_width_chars (xps_page_entry_get_editable (field->value), 8);
  gtk_widget_set_hexpand (GTK_WIDGET (field->value), TRUE);
  gtk_box_append (GTK_BOX (edit), GTK_WIDGET (field->value));
  GtkWidget *unit = gtk_label_new (unit_of (field->role));
  gtk_widget_add_css_class (unit, "dim-label");
  gtk_label_set_width_chars (GTK_LABEL (unit), 2);
  gtk_box_append (GTK_BOX (edit), unit);
  gtk_box_append (GTK_BOX (edit), GTK_WIDGET (field->lock));
  gtk_box_append (GTK_BOX (edit), more);
  gtk_box_append (GTK_BOX (box), edit);
  field->sentence = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (field->sentence, TRUE);
  gtk_label_set_xalign (field->sentence, 0.0f);
  gtk_widget_add_css_class (GTK_WIDGET (field->sentence), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (field->sentence), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (field->sentence));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (field->row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (field->row), FALSE);
  xps_page_group_add (field->rows->group, field->row);
}

static void
add_role (XpsRoleRows *self, const XpsShapeRole *role)
{
  Field *field = g_new0 (Field, 1);
  const char *title = xps_page_role_title (role);
  *field = (Field){.rows = self, .role = role};
  field->lock = GTK_TOGGLE_BUTTON (xps_page_lock_new (title));
  g_signal_connect (field->lock, "toggled", G_CALLBACK (on_lock), field);
  GtkWidget *more = more_new (title);
  add_value_row (field, more);
  xps_page_group_add (self->group,
                      detail_row_new (more, _ ("Lower bound"), unit_of (role), take_low, field, &field->low));
  xps_page_group_add (
      self->group, detail_row_new (more, _ ("Upper bound"), unit_of (role), take_high, field, &field->high));
  xps_page_group_add (
      self->group, detail_row_new (more, _ ("Constraint"), NULL, take_constraint, field, &field->constraint));
  g_object_set (xps_page_entry_get_editable (field->constraint), "placeholder-text", "A*0.5", NULL);
  g_ptr_array_add (self->fields, field);
}

static void
set_bound (XpsPageEntry *entry, double value, double widest)
{
  g_autofree char *text = xps_page_dup_entry_number (value == widest ? NAN : value);
  xps_page_entry_set_text (entry, text);
}

/* The fitted value with its error, or nothing: start values stand in the entry. */
static char *
dup_fitted (XpsSession *session, const XpsParameter *parameter)
{
  const XpsFitRecord *record = xps_session_get_current_record (session);
  const XpsRecordParameter *fitted =
      record != NULL && parameter != NULL ? xps_fit_record_find_parameter (record, parameter->name) : NULL;
  return fitted == NULL || fitted->status == XPS_STATUS_FIXED ? g_strdup ("")
                                                              : xps_page_dup_quantity (fitted->quantity, 2);
}

static void
show_role (Field *field, XpsSession *session)
{
  const gsize component = (gsize)field->rows->component;
  const XpsParameter *parameter = xps_page_get_parameter (session, component, field->role->id);
  g_autofree char *value =
      xps_page_dup_entry_number (xps_page_get_value (session, component, field->role->id));
  g_autofree char *constraint =
      xps_edit_dup_constraint (xps_page_get_model (session), 0, component, field->role->id);
  g_autofree char *fitted = dup_fitted (session, parameter);
  g_autofree char *sentence =
      xps_edit_dup_sentence (xps_page_get_model (session), 0, component, field->role->id);
  const char *words = parameter == NULL ? _ ("at its usual value") : sentence;
  xps_page_entry_set_text (field->value, value);
  xps_page_entry_set_text (field->constraint, constraint);
  set_bound (field->low, parameter != NULL ? parameter->min : NAN, field->role->min);
  set_bound (field->high, parameter != NULL ? parameter->max : NAN, field->role->max);
  gtk_widget_set_sensitive (GTK_WIDGET (field->low), parameter != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (field->high), parameter != NULL);
  gtk_toggle_button_set_active (field->lock, parameter != NULL && parameter->kind == XPS_PARAMETER_FIXED);
  gtk_widget_set_sensitive (GTK_WIDGET (field->lock), parameter != NULL);
  gtk_label_set_label (field->quantity, fitted);
  gtk_label_set_label (field->sentence, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (field->sentence), words != NULL);
}

static void
build (XpsRoleRows *self, const XpsShape *shape)
{
  xps_page_group_clear (self->group);
  g_ptr_array_set_size (self->fields, 0);
  self->shape = shape;
  for (gsize k = 0; shape != NULL && k < shape->n_roles; k++)
    add_role (self, &shape->roles[k]);
}

void
xps_role_rows_refresh (XpsRoleRows *self, int component)
{
  XpsSession *session = xps_page_get_session (self->page);
  const XpsComponent *it = component >= 0 ? xps_page_get_component (session, (gsize)component) : NULL;
  const XpsShape *shape = it != NULL ? it->shape : NULL;
  self->updating = TRUE;
  /* Another component: what is typed for the one before must not fall to this one. */
  if (shape != self->shape || component != self->component)
    build (self, shape);
  self->component = component;
  for (guint i = 0; i < self->fields->len; i++)
    show_role (g_ptr_array_index (self->fields, i), session);
  gtk_widget_set_visible (GTK_WIDGET (self->group), shape != NULL);
  self->updating = FALSE;
}

void
xps_role_rows_focus (XpsRoleRows *self, const char *role)
{
  for (guint i = 0; i < self->fields->len; i++) {
    Field *field = g_ptr_array_index (self->fields, i);
    if (strcmp (field->role->id, role) == 0)
      gtk_widget_grab_focus (GTK_WIDGET (field->value));
  }
}

XpsRoleRows *
xps_role_rows_new (XpsPage *page, AdwPreferencesGroup *group)
{
  XpsRoleRows *self = g_new0 (XpsRoleRows, 1);
  self->page = page;
  self->group = group;
  self->component = -1;
  self->fields = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
xps_role_rows_free (XpsRoleRows *self)
{
  g_ptr_array_unref (self->fields);
  g_free (self);
}
