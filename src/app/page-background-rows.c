/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-background-rows.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-combo.h"
#include "app/page-model.h"
#include "app/page-number.h"
#include "app/page-words.h"

#define PART 0

/* One row: a setting (role < 0) or item `item` of a role (setting < 0). */
typedef struct {
  XpsBackgroundRows *rows;
  guint background;
  int setting, role;
  guint item;
  GtkWidget *row;
  XpsPageEntry *entry;
  GtkToggleButton *lock;
} Field;

struct _XpsBackgroundRows {
  XpsPage *page;
  AdwPreferencesGroup *group;
  GPtrArray *fields; /* Field */
  char *structure;
  gboolean updating;
};

static const XpsModelBackground *
get_background (const XpsModelPart *part, const Field *field)
{
  return part != NULL && field->background < part->backgrounds->len
             ? g_ptr_array_index (part->backgrounds, field->background)
             : NULL;
}

static const XpsModelBackground *
get_shown (const Field *field)
{
  return get_background (xps_page_get_part (xps_page_get_session (field->rows->page)), field);
}

/* ---- settings ---- */

static char *
dup_list (const XpsModelBackground *background, int setting)
{
  GString *text = g_string_new (NULL);
  for (size_t i = 0; i < background->settings.list_length[setting]; i++) {
    g_autofree char *number = xps_page_dup_entry_number (background->settings.list[setting][i]);
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", number);
  }
  return g_string_free (text, FALSE);
}

/* "160.5; 165 170": separated by blanks or semicolons, a comma may be the decimal one. */
static gboolean
parse_list (const char *text, GArray *values, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, "; \t", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    double value;
    if (words[i][0] == '\0')
      continue;
    if (!xps_page_parse_number (words[i], FALSE, &value, error))
      return FALSE;
    g_array_append_val (values, value);
  }
  return TRUE;
}

static gboolean
set_list (const Field *field, XpsModel *model, const char *text, GError **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  XpsModelPart *part = g_ptr_array_index (model->parts, PART);
  XpsModelBackground *background = g_ptr_array_index (part->backgrounds, field->background);
  if (!parse_list (text, values, error))
    return FALSE;
  /* Each knot of a fitted spline has a parameter of its own. */
  if (background->type->kind == XPS_BACKGROUND_ANALYTIC &&
      values->len != background->settings.list_length[field->setting]) {
    g_set_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL,
                 ngettext ("This spline has %u knot: give as many energies",
                           "This spline has %u knots: give as many energies",
                           (guint)background->settings.list_length[field->setting]),
                 (guint)background->settings.list_length[field->setting]);
    return FALSE;
  }
  for (guint i = 1; i < values->len; i++)
    if (!(g_array_index (values, double, i - 1) < g_array_index (values, double, i))) {
      g_set_error_literal (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, _ ("The energies must ascend"));
      return FALSE;
    }
  xps_model_background_set_list (background, field->setting, (const double *)(gpointer)values->data,
                                 values->len);
  return TRUE;
}

static gboolean
take_setting (const char *text, gpointer data, GError **error)
{
  Field *field = data;
  XpsSession *session = xps_page_get_session (field->rows->page);
  const XpsBackgroundSetting *setting = &get_shown (field)->type->settings[field->setting];
  g_autoptr (XpsModel) model = xps_session_dup_model (session);
  if (setting->kind == XPS_SETTING_LIST) {
    if (!set_list (field, model, text, error))
      return FALSE;
  } else {
    double value;
    if (!xps_page_parse_number (text, FALSE, &value, error) ||
        !xps_edit_set_background_number (model, PART, field->background, setting->id, value, error))
      return FALSE;
  }
  xps_session_edit_model (session, _ ("setting of the background"), g_steal_pointer (&model));
  return TRUE;
}

static void
on_word (GtkWidget *row, GParamSpec *pspec, Field *field)
{
  XpsSession *session = xps_page_get_session (field->rows->page);
  g_autoptr (GError) error = NULL;
  const XpsModelBackground *background = get_shown (field);
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  if (field->rows->updating || background == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  const XpsBackgroundSetting *setting = &background->type->settings[field->setting];
  g_autoptr (XpsModel) model = xps_session_dup_model (session);
  if (!xps_edit_set_background_word (model, PART, field->background, setting->id, setting->words[selected],
                                     &error)) {
    xps_page_row_set_subtitle (row, error->message);
    return;
  }
  xps_session_edit_model (session, _ ("setting of the background"), g_steal_pointer (&model));
}

static GtkWidget *
word_row_new (Field *field, const XpsBackgroundSetting *setting)
{
  GtkWidget *row = xps_page_combo_row_new (xps_page_setting_title (setting));
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  for (guint i = 0; setting->words[i] != NULL; i++)
    gtk_string_list_append (words, xps_page_setting_word (setting->words[i]));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_word), field);
  return row;
}

static const char *
unit_of (const XpsBackgroundSetting *setting)
{
  return strcmp (setting->unit, "points") == 0 ? _ ("points")
         : strcmp (setting->unit, "eV^2") == 0 ? "eV²"
                                               : setting->unit;
}

static void
add_field (XpsBackgroundRows *self, Field *field)
{
  field->rows = self;
  g_ptr_array_add (self->fields, field);
  xps_page_group_add (self->group, field->row);
}

static void
add_setting (XpsBackgroundRows *self, guint index, const XpsModelBackground *background, int setting)
{
  const XpsBackgroundSetting *it = &background->type->settings[setting];
  Field *field = g_new0 (Field, 1);
  *field = (Field){.rows = self, .background = index, .setting = setting, .role = -1};
  field->row = it->kind == XPS_SETTING_WORD
                   ? word_row_new (field, it)
                   : xps_page_entry_row_new (xps_page_setting_title (it), unit_of (it), take_setting, field,
                                             &field->entry);
  gtk_widget_set_tooltip_text (field->row, it->meaning);
  add_field (self, field);
}

static void
show_setting (Field *field, const XpsModelBackground *background)
{
  const XpsBackgroundSetting *setting = &background->type->settings[field->setting];
  if (setting->kind == XPS_SETTING_WORD) {
    adw_combo_row_set_selected (ADW_COMBO_ROW (field->row), (guint)background->settings.word[field->setting]);
    return;
  }
  g_autofree char *text = setting->kind == XPS_SETTING_LIST
                              ? dup_list (background, field->setting)
                              : xps_page_dup_entry_number (background->settings.number[field->setting]);
  xps_page_entry_set_text (field->entry, text);
}

/* ---- fitted parameters ---- */

static const char *
parameter_name (const XpsModelBackground *background, const Field *field)
{
  const GPtrArray *names = background->roles[field->role];
  return names != NULL && field->item < names->len ? g_ptr_array_index (names, field->item) : NULL;
}

/* One step of undo for a change of one parameter. */
static gboolean
change_parameter (Field *field, double value, XpsParameterKind kind, GError **error)
{
  XpsSession *session = xps_page_get_session (field->rows->page);
  g_autoptr (XpsModel) model = xps_session_dup_model (session);
  XpsParameter *parameter = xps_model_get_parameter (model, parameter_name (get_shown (field), field));
  if (value < parameter->min || value > parameter->max) {
    g_autofree char *low = xps_page_dup_significant (parameter->min, 6);
    g_autofree char *high = xps_page_dup_significant (parameter->max, 6);
    g_set_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, _ ("It must lie between %s and %s"), low, high);
    return FALSE;
  }
  g_clear_pointer (&parameter->terms, g_ptr_array_unref);
  parameter->kind = kind;
  parameter->value = value;
  parameter->constant = 0.0;
  xps_session_edit_model (session, _ ("parameter of the background"), g_steal_pointer (&model));
  return TRUE;
}

static gboolean
take_parameter (const char *text, gpointer data, GError **error)
{
  Field *field = data;
  double value;
  const XpsModel *model = xps_page_get_model (xps_page_get_session (field->rows->page));
  const XpsParameter *parameter = xps_model_get_parameter (model, parameter_name (get_shown (field), field));
  if (!xps_page_parse_number (text, FALSE, &value, error))
    return FALSE;
  return change_parameter (
      field, value, parameter->kind == XPS_PARAMETER_LINKED ? XPS_PARAMETER_FREE : parameter->kind, error);
}

static void
on_lock (GtkToggleButton *lock, Field *field)
{
  if (field->rows->updating)
    return;
  const XpsModel *model = xps_page_get_model (xps_page_get_session (field->rows->page));
  const XpsParameter *parameter = xps_model_get_parameter (model, parameter_name (get_shown (field), field));
  change_parameter (field, parameter->value,
                    gtk_toggle_button_get_active (lock) ? XPS_PARAMETER_FIXED : XPS_PARAMETER_FREE, NULL);
}

static void
add_parameter (XpsBackgroundRows *self, guint index, const XpsModelBackground *background, int role,
               guint item)
{
  const XpsBackgroundRole *it = &background->type->roles[role];
  Field *field = g_new0 (Field, 1);
  *field = (Field){.background = index, .setting = -1, .role = role, .item = item};
  /* Translators: number %u of several parameters of a kind, "Coefficient 2". */
  g_autofree char *title = it->list
                               ? g_strdup_printf (_ ("%s %u"), xps_page_background_role_title (it), item + 1)
                               : g_strdup (xps_page_background_role_title (it));
  field->row = xps_page_entry_row_new (title, "", take_parameter, field, &field->entry);
  gtk_widget_set_tooltip_text (field->row, it->meaning);
  GtkWidget *lock = xps_page_lock_new (title);
  field->lock = GTK_TOGGLE_BUTTON (lock);
  g_signal_connect (lock, "toggled", G_CALLBACK (on_lock), field);
  xps_page_row_add_control (field->row, lock);
  add_field (self, field);
}

static void
show_parameter (Field *field, const XpsModelBackground *background)
{
  XpsSession *session = xps_page_get_session (field->rows->page);
  const XpsPreview *preview = xps_session_get_preview (session);
  const XpsFitRecord *record = xps_session_get_current_record (session);
  const char *name = parameter_name (background, field);
  const int index = name != NULL ? xps_model_find_parameter (preview->model, name) : -1;
  if (index < 0)
    return;
  const XpsParameter *parameter = g_ptr_array_index (preview->model->parameters, (guint)index);
  const XpsRecordParameter *fitted = record != NULL ? xps_fit_record_find_parameter (record, name) : NULL;
  g_autofree char *text = xps_page_dup_entry_number (preview->values[index]);
  xps_page_entry_set_text (field->entry, text);
  gtk_toggle_button_set_active (field->lock, parameter->kind == XPS_PARAMETER_FIXED);
  g_autofree char *quantity = fitted != NULL && fitted->status != XPS_STATUS_FIXED
                                  ? xps_page_dup_quantity (fitted->quantity, 3)
                                  : g_strdup (background->type->roles[field->role].unit);
  xps_page_row_set_subtitle (field->row, quantity);
}

/* ---- all rows ---- */

static char *
dup_structure (const XpsModelPart *part)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; part != NULL && i < part->backgrounds->len; i++) {
    const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, i);
    g_string_append (text, background->type->id);
    for (size_t r = 0; r < background->type->n_roles; r++)
      g_string_append_printf (text, " %u", background->roles[r] != NULL ? background->roles[r]->len : 0);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

static void
add_title (XpsBackgroundRows *self, const XpsBackground *type)
{
  GtkWidget *row = xps_page_action_row_new (xps_page_background_title (type));
  gtk_widget_add_css_class (row, "heading");
  xps_page_group_add (self->group, row);
}

static void
build (XpsBackgroundRows *self, const XpsModelPart *part)
{
  xps_page_group_clear (self->group);
  g_ptr_array_set_size (self->fields, 0);
  for (guint i = 0; part != NULL && i < part->backgrounds->len; i++) {
    const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, i);
    if (part->backgrounds->len > 1)
      add_title (self, background->type);
    for (size_t k = 0; k < background->type->n_settings; k++)
      add_setting (self, i, background, (int)k);
    for (size_t r = 0; r < background->type->n_roles; r++)
      for (guint k = 0; background->roles[r] != NULL && k < background->roles[r]->len; k++)
        add_parameter (self, i, background, (int)r, k);
  }
}

void
xps_background_rows_refresh (XpsBackgroundRows *self)
{
  const XpsModelPart *part = xps_page_get_part (xps_page_get_session (self->page));
  g_autofree char *structure = dup_structure (part);
  self->updating = TRUE;
  if (g_strcmp0 (structure, self->structure) != 0) {
    build (self, part);
    g_free (self->structure);
    self->structure = g_steal_pointer (&structure);
  }
  for (guint i = 0; i < self->fields->len; i++) {
    Field *field = g_ptr_array_index (self->fields, i);
    const XpsModelBackground *background = get_background (part, field);
    if (field->setting >= 0)
      show_setting (field, background);
    else
      show_parameter (field, background);
  }
  self->updating = FALSE;
}

XpsBackgroundRows *
xps_background_rows_new (XpsPage *page, AdwPreferencesGroup *group)
{
  XpsBackgroundRows *self = g_new0 (XpsBackgroundRows, 1);
  self->page = page;
  self->group = group;
  self->fields = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
xps_background_rows_free (XpsBackgroundRows *self)
{
  g_ptr_array_unref (self->fields);
  g_free (self->structure);
  g_free (self);
}
