/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-quantity-window.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-combo.h"
#include "app/page-number.h"
#include "app/page-row.h"
#include "app/reference-catalogue.h"
#include "app/reference-shell.h"
#include "app/series-ratio-bar.h"
#include "base/text.h"
#include "quantify/line-level.h"
#include "series/ratio.h"

#define KEY           "xps-quantity"
#define LARGEST_ANGLE 180.0
#define LARGEST_TILT  60.0 /* where the formulas for elastic scattering end, see quantify/depth.h */

typedef struct {
  XpsSeriesDesk *desk;
  XpsReference *reference; /* NULL: there is none */
  AdwComboRow *to, *matrix;
  XpsPageEntry *ratios, *photon_energy, *angle, *emission;
  GPtrArray *levels; /* Level */
  gboolean updating;
  guint pending; /* source that shows everything anew */
} Page;

/* One row: components of one area in one core level, or all of a core level. */
typedef struct {
  Page *page; /* borrowed */
  GPtrArray *components;
  XpsPageEntry *entry;
} Level;

static void
level_free (gpointer data)
{
  Level *level = data;
  g_ptr_array_unref (level->components);
  g_free (level);
}

static void
page_free (gpointer data)
{
  Page *self = data;
  g_clear_handle_id (&self->pending, g_source_remove);
  g_ptr_array_unref (self->levels);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->reference, xps_reference_free);
  g_free (self);
}

/* ---- edits ---- */

static const XpsSeriesQuantity *
get_quantity (Page *self)
{
  return xps_series_desk_get_setup (self->desk)->quantity;
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN, sentence);
  return FALSE;
}

static gboolean
take_level (const char *text, gpointer data, GError **error)
{
  Level *level = data;
  XpsLineLevel found = {0};
  const gboolean open = text[0] == '\0' || strcmp (text, "none") == 0;
  if (!open && level->page->reference != NULL &&
      !xps_line_level_parse (level->page->reference, text, &found)) {
    g_autofree char *sentence =
        xps_text_printf (_ ("“%s” is no core level: write it as in “S 2p”, or “none” to leave it out"), text);
    return refuse (error, sentence);
  }
  XpsSeriesQuantity *quantity = xps_series_quantity_copy (get_quantity (level->page));
  for (guint i = 0; i < level->components->len; i++)
    xps_series_quantity_set_level (quantity, g_ptr_array_index (level->components, i), text);
  xps_line_level_clear (&found);
  xps_series_desk_set_quantity (level->page->desk, _ ("core level of a line"), quantity);
  return TRUE;
}

static gboolean
take_photon_energy (const char *text, gpointer data, GError **error)
{
  Page *self = data;
  double energy;
  if (!xps_page_parse_number (text, TRUE, &energy, error))
    return FALSE;
  if (energy <= 0)
    return refuse (error, _ ("A photon energy is more than 0 eV; empty: not known"));
  XpsSeriesQuantity *quantity = xps_series_quantity_copy (get_quantity (self));
  quantity->photon_energy = energy;
  xps_series_desk_set_quantity (self->desk, _ ("photon energy of a series"), quantity);
  return TRUE;
}

static gboolean
take_angle (const char *text, gpointer data, GError **error)
{
  Page *self = data;
  double angle;
  if (!xps_page_parse_number (text, TRUE, &angle, error))
    return FALSE;
  if (angle < 0 || angle > LARGEST_ANGLE)
    return refuse (error, _ ("An angle between two directions is 0 to 180°; empty: not known"));
  XpsSeriesQuantity *quantity = xps_series_quantity_copy (get_quantity (self));
  quantity->angle = angle;
  xps_series_desk_set_quantity (self->desk, _ ("angle to the photons"), quantity);
  return TRUE;
}

static gboolean
take_emission (const char *text, gpointer data, GError **error)
{
  Page *self = data;
  double emission;
  if (!xps_page_parse_number (text, TRUE, &emission, error))
    return FALSE;
  if (emission < 0 || emission > LARGEST_TILT)
    return refuse (error, _ ("The formulas for elastic scattering hold from 0 to 60°"));
  XpsSeriesQuantity *quantity = xps_series_quantity_copy (get_quantity (self));
  quantity->emission = isnan (emission) ? 0 : emission;
  xps_series_desk_set_quantity (self->desk, _ ("emission angle"), quantity);
  return TRUE;
}

static gboolean
check_ratio (Page *self, const char *ratio, GError **error)
{
  const XpsSeriesReport *report = xps_series_desk_get_report (self->desk);
  g_autoptr (GArray) above = NULL, below = NULL;
  if (report != NULL && report->atoms != NULL)
    return xps_ratio_parse (report->atoms, ratio, &above, &below, error);
  return strchr (ratio, '/') != NULL || refuse (error, _ ("Write a ratio as A/B"));
}

static gboolean
take_ratios (const char *text, gpointer data, GError **error)
{
  Page *self = data;
  g_autoptr (XpsSeriesQuantity) quantity = xps_series_quantity_copy (get_quantity (self));
  xps_series_quantity_set_ratios (quantity, text);
  for (guint i = 0; i < quantity->ratios->len; i++)
    if (!check_ratio (self, g_ptr_array_index (quantity->ratios, i), error))
      return FALSE;
  xps_series_desk_set_quantity (self->desk, _ ("ratios of a series"), g_steal_pointer (&quantity));
  return TRUE;
}

static const char *
get_chosen (AdwComboRow *row)
{
  return adw_combo_row_get_selected (row) > 0
             ? gtk_string_object_get_string (adw_combo_row_get_selected_item (row))
             : NULL;
}

static void
on_to (Page *self)
{
  if (self->updating || adw_combo_row_get_selected_item (self->to) == NULL)
    return;
  XpsSeriesQuantity *quantity = xps_series_quantity_copy (get_quantity (self));
  g_free (quantity->to);
  quantity->to = g_strdup (get_chosen (self->to));
  xps_series_desk_set_quantity (self->desk, _ ("what ratios are to"), quantity);
}

static void
on_matrix (Page *self)
{
  if (self->updating || adw_combo_row_get_selected_item (self->matrix) == NULL)
    return;
  XpsSeriesQuantity *quantity = xps_series_quantity_copy (get_quantity (self));
  g_free (quantity->matrix);
  quantity->matrix = g_strdup (get_chosen (self->matrix));
  xps_series_desk_set_quantity (self->desk, _ ("material of the electrons' way"), quantity);
}

/* ---- showing ---- */

/* What was given for all of them, else "". */
static const char *
get_given (const XpsSeriesQuantity *quantity, const Level *level)
{
  const char *first = xps_series_quantity_get_level (quantity, g_ptr_array_index (level->components, 0));
  for (guint i = 1; i < level->components->len; i++)
    if (g_strcmp0 (first,
                   xps_series_quantity_get_level (quantity, g_ptr_array_index (level->components, i))) != 0)
      return "";
  return first != NULL ? first : "";
}

/* `first` stands for none; a name that is not among the others any more is kept. */
static void
show_names (AdwComboRow *row, GPtrArray *take_names, const char *first, const char *chosen)
{
  g_autoptr (GPtrArray) names = take_names;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint at = 0;
  gtk_string_list_append (list, first);
  for (guint k = 0; k < names->len; k++) {
    gtk_string_list_append (list, g_ptr_array_index (names, k));
    at = g_strcmp0 (g_ptr_array_index (names, k), chosen) == 0 ? k + 1 : at;
  }
  if (at == 0 && chosen != NULL) {
    gtk_string_list_append (list, chosen);
    at = names->len + 1;
  }
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, at);
}

static void
show (Page *self)
{
  const XpsSeriesQuantity *quantity = get_quantity (self);
  const XpsSeriesReport *report = xps_series_desk_get_report (self->desk);
  g_autofree char *energy = xps_page_dup_entry_number (quantity->photon_energy);
  g_autofree char *angle = xps_page_dup_entry_number (quantity->angle);
  g_autofree char *emission = xps_page_dup_entry_number (quantity->emission);
  g_autofree char *ratios = xps_series_quantity_dup_ratios (quantity);
  self->updating = TRUE;
  show_names (self->to, xps_series_list_ratio_names (report != NULL ? report->atoms : NULL), _ ("Nothing"),
              quantity->to);
  show_names (self->matrix,
              self->reference != NULL ? xps_reference_list_materials (self->reference) : g_ptr_array_new (),
              _ ("Not known"), quantity->matrix);
  xps_page_entry_set_text (self->ratios, ratios);
  xps_page_entry_set_text (self->photon_energy, energy);
  xps_page_entry_set_text (self->angle, angle);
  xps_page_entry_set_text (self->emission, emission);
  for (guint i = 0; i < self->levels->len; i++) {
    const Level *level = g_ptr_array_index (self->levels, i);
    xps_page_entry_set_text (level->entry, get_given (quantity, level));
  }
  self->updating = FALSE;
}

static gboolean
show_now (gpointer data)
{
  Page *self = data;
  self->pending = 0;
  if (xps_series_desk_exists (self->desk) && xps_series_desk_get_setup (self->desk) != NULL)
    show (self);
  return G_SOURCE_REMOVE;
}

/* Not within the signal of a row that gets another list. */
static void
on_changed (GtkWidget *window)
{
  Page *self = g_object_get_data (G_OBJECT (window), KEY);
  if (self->pending == 0)
    self->pending = g_idle_add (show_now, self);
}

/* ---- rows ---- */

static AdwPreferencesGroup *
group_new (GtkBox *groups, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  gtk_box_append (groups, GTK_WIDGET (group));
  return group;
}

static void
add_ratios (Page *self, GtkBox *groups)
{
  AdwPreferencesGroup *group = group_new (groups, _ ("Ratios"), NULL);
  self->to = ADW_COMBO_ROW (xps_page_combo_row_new (_ ("Every species to")));
  g_signal_connect_swapped (self->to, "notify::selected", G_CALLBACK (on_to), self);
  adw_preferences_group_add (group, GTK_WIDGET (self->to));
  GtkWidget *row = xps_page_entry_row_new (_ ("Others"), NULL, take_ratios, self, &self->ratios);
  xps_page_row_set_subtitle (row, _ ("A/B, of species, core levels or elements; semicolons between several"));
  adw_preferences_group_add (group, row);
}

static void
add_factors (Page *self, GtkBox *groups)
{
  AdwPreferencesGroup *group =
      group_new (groups, _ ("Sensitivities"),
                 _ ("What one atom gives in different core levels, where the files do not say it."));
  self->matrix = ADW_COMBO_ROW (xps_page_combo_row_new (_ ("Material")));
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (self->matrix),
      _ ("That the electrons go through, for their attenuation length; not known: it goes with E^0.75"));
  g_signal_connect_swapped (self->matrix, "notify::selected", G_CALLBACK (on_matrix), self);
  adw_preferences_group_add (group, GTK_WIDGET (self->matrix));
  GtkWidget *energy =
      xps_page_entry_row_new (_ ("Photon energy"), "eV", take_photon_energy, self, &self->photon_energy);
  xps_page_row_set_subtitle (energy, _ ("For spectra that do not say it"));
  adw_preferences_group_add (group, energy);
  GtkWidget *angle =
      xps_page_entry_row_new (_ ("Angle between photons and electrons"), "°", take_angle, self, &self->angle);
  xps_page_row_set_subtitle (angle, _ ("Empty: not known, the direction is left out"));
  adw_preferences_group_add (group, angle);
  GtkWidget *emission = xps_page_entry_row_new (_ ("Emission angle from the surface normal"), "°",
                                                take_emission, self, &self->emission);
  xps_page_row_set_subtitle (emission, _ ("0 to 60°; counts where the material is known"));
  adw_preferences_group_add (group, emission);
}

static void
add_level (Page *self, AdwPreferencesGroup *group, const char *title, const char *subtitle,
           GPtrArray *take_components)
{
  Level *level = g_new0 (Level, 1);
  level->page = self;
  level->components = take_components;
  GtkWidget *row = xps_page_entry_row_new (title, NULL, take_level, level, &level->entry);
  g_autofree char *name = xps_text_printf (_ ("Core level: %s"), title);
  xps_page_row_set_subtitle (row, subtitle);
  xps_page_entry_set_name (level->entry, name);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->levels, level);
}

/* One answer for all lines of a core level of the model. */
static void
add_part (Page *self, AdwPreferencesGroup *group, const XpsSeriesRun *run, gsize part)
{
  const XpsModelPart *of = g_ptr_array_index (run->model->parts, (guint)part);
  g_autoptr (GPtrArray) components = g_ptr_array_new_with_free_func (g_free);
  for (gsize k = 0; k < run->n_components; k++) {
    gsize own;
    const XpsComponent *component = xps_series_run_get_component (run, k, &own);
    if (own == part)
      g_ptr_array_add (components, g_strdup (component->name));
  }
  g_autofree char *title = run->n_parts > 1 && of->id != NULL
                               ? xps_text_printf (_ ("All lines of %s"), of->id)
                               : g_strdup (_ ("All lines"));
  if (components->len > 1)
    add_level (self, group, title, NULL, g_steal_pointer (&components));
}

/* Its components, core level by core level of the model: areas may be tied across them. */
static void
add_line (Page *self, AdwPreferencesGroup *group, const XpsAtomLine *line, const XpsSeriesRun *run)
{
  for (gsize part = 0; part < run->n_parts; part++) {
    g_autoptr (GPtrArray) components = g_ptr_array_new_with_free_func (g_free);
    for (guint i = 0; i < line->components->len; i++) {
      gsize own;
      const XpsComponent *component =
          xps_series_run_get_component (run, g_array_index (line->components, gsize, i), &own);
      if (own == part)
        g_ptr_array_add (components, g_strdup (component->name));
    }
    g_autofree char *known = line->level != NULL ? xps_text_printf (_ ("By its name: %s"), line->level)
                                                 : g_strdup (_ ("Not known by its name"));
    if (components->len > 0)
      add_level (self, group, line->name, known, g_steal_pointer (&components));
  }
}

/* What names say without anything given; no fit is needed for that. */
static void
add_levels (Page *self, GtkBox *groups)
{
  const XpsSeriesSetup *setup = xps_series_desk_get_setup (self->desk);
  const XpsSeries *series = xps_series_desk_get_series (self->desk);
  g_autoptr (XpsSeriesRun) run = xps_series_run_begin (setup->model, setup->plan);
  g_autoptr (XpsAtoms) atoms =
      self->reference != NULL ? xps_atoms_new (series, run, self->reference, NULL, NULL) : NULL;
  if (atoms == NULL)
    return;
  AdwPreferencesGroup *group = group_new (groups, _ ("Core Levels"),
                                          _ ("Where names do not say which level a line is of: “S 2p”, or "
                                             "“none” to leave it out."));
  for (gsize part = 0; part < run->n_parts && atoms->lines->len > 1; part++)
    add_part (self, group, run, part);
  for (guint k = 0; k < atoms->lines->len; k++)
    add_line (self, group, g_ptr_array_index (atoms->lines, k), run);
}

/* ---- the window ---- */

/* A text that is refused keeps the window open once. */
static gboolean
on_close (GtkWidget *window)
{
  return !xps_page_entry_take_all (window);
}

static void
close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

GtkWindow *
xps_series_quantity_present (GtkWindow *parent, XpsSeriesDesk *desk)
{
  if (xps_series_desk_get_setup (desk) == NULL || xps_series_desk_get_series (desk) == NULL)
    return NULL;
  Page *self = g_new0 (Page, 1);
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkBox *groups;
  GtkWidget *column = xps_shell_column_new (&groups);
  self->desk = g_object_ref (desk);
  self->reference = xps_catalogue_open_reference (NULL);
  self->levels = g_ptr_array_new_with_free_func (level_free);
  gtk_widget_add_css_class (window, "asking");
  gtk_window_set_title (GTK_WINDOW (window), _ ("Quantification"));
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 620);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), column);
  adw_window_set_content (ADW_WINDOW (window), box);
  close_on_escape (window);
  g_object_set_data_full (G_OBJECT (window), KEY, self, page_free);
  add_ratios (self, groups);
  add_factors (self, groups);
  add_levels (self, groups);
  show (self);
  g_signal_connect (window, "close-request", G_CALLBACK (on_close), NULL);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
  return GTK_WINDOW (window);
}
