/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-background.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-background-rows.h"
#include "app/page-certificate.h"
#include "app/page-combo.h"
#include "app/page-model.h"
#include "app/page-number.h"
#include "app/page-words.h"

#define PART 0

struct _XpsPageBackground {
  XpsPage parent_instance;
  GtkWidget *charge, *type;
  GtkWidget *column, *column_switch; /* of a background that came with the data */
  XpsBackgroundRows *rows;
  XpsPageEntry *low, *high;
  AdwPreferencesGroup *certificate;
  gboolean several; /* the list of types ends with what the model has */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (XpsPageBackground, xps_page_background, XPS_TYPE_PAGE)

/* ---- type ---- */

/* In the order in which they are reached for; those that are not named here come after them. */
static const char *const usual[] = {"shirley", "active_shirley", "tougaard", "active_tougaard",
                                    "linear_static"};

static gboolean
is_usual (const XpsBackground *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (strcmp (usual[i], type->id) == 0)
      return TRUE;
  return FALSE;
}

/* XpsBackground, as they stand in the list. */
static GPtrArray *
list_backgrounds (void)
{
  size_t n;
  const XpsBackground *types = xps_backgrounds_get (&n);
  GPtrArray *list = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    g_ptr_array_add (list, (gpointer)xps_background_find (usual[i]));
  for (size_t i = 0; i < n; i++)
    if (!is_usual (&types[i]))
      g_ptr_array_add (list, (gpointer)&types[i]);
  return list;
}

static void
on_type (GtkWidget *row, GParamSpec *pspec, XpsPageBackground *self)
{
  XpsSession *session = xps_page_get_session (XPS_PAGE (self));
  g_autoptr (GPtrArray) types = list_backgrounds ();
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  g_autoptr (GError) error = NULL;
  if (self->updating || xps_page_get_part (session) == NULL || selected > types->len)
    return;
  const XpsBackground *type = selected > 0 ? g_ptr_array_index (types, selected - 1) : NULL;
  g_autoptr (XpsModel) model = xps_session_dup_model (session);
  if (!xps_edit_set_background (model, PART, type, xps_session_get_preview (session), &error)) {
    xps_page_refresh (XPS_PAGE (self)); /* back to what the model has */
    xps_page_row_set_subtitle (row, error->message);
    gtk_widget_add_css_class (row, "error");
    return;
  }
  xps_session_edit_model (session, type != NULL ? _ ("background") : _ ("removal of the background"),
                          g_steal_pointer (&model));
}

static GtkStringList *
type_names_new (void)
{
  g_autoptr (GPtrArray) types = list_backgrounds ();
  GtkStringList *names = gtk_string_list_new (NULL);
  gtk_string_list_append (names, C_ ("background", "None"));
  for (guint i = 0; i < types->len; i++)
    gtk_string_list_append (names, xps_page_background_title (g_ptr_array_index (types, i)));
  return names;
}

/* None, the table, and, where a model has several, what they are. The list stays the same one: this is also
 * called while the row tells of a choice, which is over its own list. */
static void
list_types (XpsPageBackground *self, const XpsModelPart *part)
{
  const gboolean several = part != NULL && part->backgrounds->len > 1;
  GtkStringList *names = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (self->type)));
  if (several && !self->several)
    gtk_string_list_append (names, _ ("Several, see below"));
  else if (!several && self->several)
    gtk_string_list_remove (names, g_list_model_get_n_items (G_LIST_MODEL (names)) - 1);
  self->several = several;
}

static void
show_type (XpsPageBackground *self, const XpsModelPart *part)
{
  g_autoptr (GPtrArray) types = list_backgrounds ();
  const XpsBackground *type = NULL;
  guint selected = 0;
  list_types (self, part);
  if (self->several)
    selected = types->len + 1;
  else if (part != NULL && part->backgrounds->len == 1) {
    type = ((XpsModelBackground *)g_ptr_array_index (part->backgrounds, 0))->type;
    g_ptr_array_find (types, type, &selected);
    selected++;
  }
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->type), selected);
  gtk_widget_remove_css_class (self->type, "error");
  xps_page_row_set_subtitle (self->type, "");
  gtk_widget_set_tooltip_text (self->type, type != NULL ? type->source : NULL);
}

/* ---- a background that came with the data ---- */

static void
on_column (GtkSwitch *button, GParamSpec *pspec, XpsPageBackground *self)
{
  XpsSession *session = xps_page_get_session (XPS_PAGE (self));
  if (self->updating || xps_page_get_part (session) == NULL)
    return;
  XpsModel *model = xps_session_dup_model (session);
  xps_edit_set_background_column (model, PART, gtk_switch_get_active (button));
  xps_session_edit_model (session, _ ("background of the file"), model);
}

static void
show_column (XpsPageBackground *self, const XpsModelPart *part)
{
  const XpsRegion *region = xps_session_get_region (xps_page_get_session (XPS_PAGE (self)));
  const XpsColumn *column =
      region != NULL ? xps_spectrum_find_column (region->spectrum, XPS_COLUMN_BACKGROUND) : NULL;
  gtk_widget_set_visible (self->column, column != NULL && part != NULL);
  if (column == NULL || part == NULL)
    return;
  g_autofree char *subtitle =
      g_strdup_printf (part->ignores_column ? _ ("Column “%s”: left alone")
                                            : _ ("Column “%s”: subtracted before the background above"),
                       column->label != NULL ? column->label : "");
  xps_page_row_set_subtitle (self->column, subtitle);
  gtk_switch_set_active (GTK_SWITCH (self->column_switch), !part->ignores_column);
}

static void
add_column (XpsPageBackground *self, AdwPreferencesGroup *group)
{
  self->column = xps_page_action_row_new (_ ("Background of the file"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->column), 0);
  self->column_switch = gtk_switch_new ();
  gtk_widget_set_valign (self->column_switch, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->column_switch), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Subtract the background that came with the data"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->column), self->column_switch);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->column), self->column_switch);
  g_signal_connect_object (self->column_switch, "notify::active", G_CALLBACK (on_column), self, 0);
  adw_preferences_group_add (group, self->column);
}

/* ---- window ---- */

static gboolean
take_window (XpsPageBackground *self, gboolean is_low, const char *text, GError **error)
{
  XpsSession *session = xps_page_get_session (XPS_PAGE (self));
  const XpsModelPart *part = xps_page_get_part (session);
  double value;
  if (!xps_page_parse_number (text, TRUE, &value, error))
    return FALSE;
  const double low = is_low ? value : part->low, high = is_low ? part->high : value;
  if (low >= high) {
    g_set_error_literal (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL,
                         _ ("The low end must lie below the high end"));
    return FALSE;
  }
  const XpsPreview *preview = xps_session_get_preview (session);
  if (preview->n > 0 && (low > preview->energy[preview->n - 1] || high < preview->energy[0])) {
    g_autofree char *first = xps_page_dup_number (preview->energy[0], 2);
    g_autofree char *last = xps_page_dup_number (preview->energy[preview->n - 1], 2);
    g_set_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, _ ("The data reach from %s to %s eV"), first,
                 last);
    return FALSE;
  }
  XpsModel *model = xps_session_dup_model (session);
  xps_edit_set_window (model, PART, low, high);
  xps_session_edit_model (session, _ ("fit window"), model);
  return TRUE;
}

static gboolean
take_low (const char *text, gpointer self, GError **error)
{
  return take_window (self, TRUE, text, error);
}

static gboolean
take_high (const char *text, gpointer self, GError **error)
{
  return take_window (self, FALSE, text, error);
}

static void
show_window (XpsPageBackground *self, const XpsModelPart *part)
{
  const XpsPreview *preview = xps_session_get_preview (xps_page_get_session (XPS_PAGE (self)));
  g_autofree char *low = xps_page_dup_entry_number (part != NULL ? part->low : NAN);
  g_autofree char *high = xps_page_dup_entry_number (part != NULL ? part->high : NAN);
  xps_page_entry_set_text (self->low, low);
  xps_page_entry_set_text (self->high, high);
  /* What an empty entry means. */
  g_autofree char *first = xps_page_dup_number (preview != NULL ? preview->energy[0] : NAN, 2);
  g_autofree char *last = xps_page_dup_number (preview != NULL ? preview->energy[preview->n - 1] : NAN, 2);
  g_object_set (xps_page_entry_get_editable (self->low), "placeholder-text", first, NULL);
  g_object_set (xps_page_entry_get_editable (self->high), "placeholder-text", last, NULL);
}

/* ---- charge reference ---- */

static void
show_charge (XpsPageBackground *self, const XpsModelPart *part)
{
  const gboolean set = part != NULL && (part->energy_shift != 0.0 || part->energy_shift_source != NULL);
  if (!set) {
    xps_page_row_set_title (self->charge, _ ("None"));
    xps_page_row_set_subtitle (self->charge, _ ("Energies are as the file has them"));
    return;
  }
  g_autofree char *number = xps_page_dup_number (part->energy_shift, 3);
  g_autofree char *shift = g_strdup_printf (_ ("Binding energies shifted by %s%s eV"),
                                            part->energy_shift > 0.0 ? "+" : "", number);
  g_autofree char *source = xps_page_dup_localised (
      part->energy_shift_source != NULL ? part->energy_shift_source : _ ("Its source is not known"));
  xps_page_row_set_title (self->charge, source);
  xps_page_row_set_subtitle (self->charge, shift);
}

/* ---- the page ---- */

static void
xps_page_background_refresh (XpsPage *page)
{
  XpsPageBackground *self = XPS_PAGE_BACKGROUND (page);
  const XpsModelPart *part = xps_page_get_part (xps_page_get_session (page));
  self->updating = TRUE;
  show_charge (self, part);
  show_type (self, part);
  show_column (self, part);
  xps_background_rows_refresh (self->rows);
  show_window (self, part);
  xps_page_certificate_show (self->certificate, xps_page_get_session (page));
  gtk_widget_set_sensitive (GTK_WIDGET (self), part != NULL);
  self->updating = FALSE;
}

static void
xps_page_background_finalize (GObject *object)
{
  xps_background_rows_free (XPS_PAGE_BACKGROUND (object)->rows);
  G_OBJECT_CLASS (xps_page_background_parent_class)->finalize (object);
}

static void
xps_page_background_class_init (XpsPageBackgroundClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xps_page_background_finalize;
  XPS_PAGE_CLASS (class)->refresh = xps_page_background_refresh;
}

static void
add_charge (XpsPageBackground *self)
{
  AdwPreferencesGroup *group = xps_page_add_group (XPS_PAGE (self), _ ("Charge Reference"));
  self->charge = xps_page_action_row_new ("");
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Set…"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.charge-reference");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->charge), button);
  adw_preferences_group_add (group, self->charge);
}

static void
xps_page_background_init (XpsPageBackground *self)
{
  XpsPage *page = XPS_PAGE (self);
  add_charge (self);
  AdwPreferencesGroup *background = xps_page_add_group (page, _ ("Background"));
  g_autoptr (GtkStringList) names = type_names_new ();
  self->type = xps_page_combo_row_new (_ ("Type"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->type), G_LIST_MODEL (names));
  g_signal_connect_object (self->type, "notify::selected", G_CALLBACK (on_type), self, 0);
  adw_preferences_group_add (background, self->type);
  add_column (self, background);
  self->rows = xps_background_rows_new (page, background);

  AdwPreferencesGroup *window = xps_page_add_group (page, _ ("Fit Window"));
  adw_preferences_group_add (window,
                             xps_page_entry_row_new (_ ("Low end"), "eV", take_low, self, &self->low));
  adw_preferences_group_add (window,
                             xps_page_entry_row_new (_ ("High end"), "eV", take_high, self, &self->high));
  self->certificate = xps_page_add_group (page, _ ("Solution"));
}

XpsPage *
xps_page_background_new (void)
{
  return g_object_new (XPS_TYPE_PAGE_BACKGROUND, NULL);
}
