/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/charge-reference.h"

#include <glib/gi18n.h>

#include "project/phase-link.h"
#include <math.h>
#include <string.h>

#include "app/charge-reference-lines.h"
#include "app/charge-suggest.h"
#include "app/form.h"
#include "app/page-number.h"
#include "base/number.h"

#define PART 0

typedef struct {
  XpsSession *session;
  XpsForm *form;
  GPtrArray *lines, *values; /* XpsChargeLine, XpsChargeValue */
  AdwComboRow *line, *value, *scope, *components;
  AdwEntryRow *found, *belongs, *uncertainty, *source;
  char *level;     /* that the values were looked up for, or NULL */
  gboolean listed; /* they were */
  /* Of a suggestion that was picked: of its mark. */
  gboolean picked;
  double picked_shift; /* eV that its position contains */
  double picked_error; /* eV of its position, NaN: not known */
  char *picked_name;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;
  g_ptr_array_unref (asked->lines);
  g_ptr_array_unref (asked->values);
  g_object_unref (asked->session);
  g_free (asked->picked_name);
  g_free (asked->level);
  g_free (asked);
}

static double
get_shift (XpsSession *session)
{
  const XpsRegion *region = xps_session_get_region (session);
  return ((XpsModelPart *)g_ptr_array_index (region->model->parts, PART))->energy_shift;
}

/* The first choice of either list is what is typed. */
static const XpsChargeLine *
get_line (const Asked *asked)
{
  const guint selected = adw_combo_row_get_selected (asked->line);
  return selected > 0 && selected <= asked->lines->len ? g_ptr_array_index (asked->lines, selected - 1)
                                                       : NULL;
}

static XpsChargeScope
get_scope (const Asked *asked)
{
  return (XpsChargeScope)adw_combo_row_get_selected (asked->scope);
}

/* The components go with the data. */
static gboolean
get_moves (const Asked *asked)
{
  return adw_combo_row_get_selected (asked->components) == 0;
}

static gboolean
read_number (AdwEntryRow *row, double *value, GError **error)
{
  return xps_page_parse_number (gtk_editable_get_text (GTK_EDITABLE (row)), FALSE, value, error);
}

/* The whole shift that brings the line to where it belongs. A line of another region lies where that one's
 * own shift has put it. */
static gboolean
read_shift (const Asked *asked, double *shift, GError **error)
{
  double found, belongs;
  if (!read_number (asked->found, &found, error) || !read_number (asked->belongs, &belongs, error))
    return FALSE;
  const XpsChargeLine *line = get_line (asked);
  const double own = asked->picked ? asked->picked_shift : get_shift (asked->session);
  *shift = (line != NULL ? line->shift : own) + belongs - found;
  return TRUE;
}

/* Standard uncertainty of the shift: of the value, and of the place that it was found at. NaN: not stated. */
static gboolean
read_uncertainty (const Asked *asked, double *uncertainty, GError **error)
{
  const XpsChargeLine *line = get_line (asked);
  const double place = line != NULL ? line->position.error : asked->picked ? asked->picked_error : NAN;
  if (!xps_page_parse_number (gtk_editable_get_text (GTK_EDITABLE (asked->uncertainty)), TRUE, uncertainty,
                              error))
    return FALSE;
  if (*uncertainty < 0.0) {
    g_set_error_literal (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, _ ("An uncertainty is not below 0"));
    return FALSE;
  }
  if (isfinite (*uncertainty) && isfinite (place))
    *uncertainty = hypot (*uncertainty, place);
  return TRUE;
}

/* ---- what will happen ---- */

static char *
dup_signed (double shift)
{
  g_autofree char *number = xps_page_dup_number (shift, 3);
  return g_strdup_printf ("%s%s", shift > 0.0 ? "+" : "", number);
}

static gboolean
has_components (const Asked *asked)
{
  const XpsState *state = xps_project_get_state (xps_session_get_project (asked->session));
  g_autoptr (GArray) ids = xps_charge_list_regions (asked->session, get_scope (asked));
  for (guint i = 0; i < ids->len; i++) {
    const XpsRegion *region = xps_state_find_region (state, g_array_index (ids, guint, i));
    if (((const XpsModelPart *)g_ptr_array_index (region->model->parts, PART))->components->len > 0)
      return TRUE;
  }
  return FALSE;
}

static void
show_preview (Asked *asked)
{
  double shift;
  g_autofree char *now = dup_signed (get_shift (asked->session));
  g_autofree char *text = NULL;
  if (!read_shift (asked, &shift, NULL)) {
    text = g_strdup_printf (_ ("All binding energies move together; the measured data stay as they are. The "
                               "shift is now %s eV."),
                            now);
  } else {
    g_autoptr (GArray) ids = xps_charge_list_regions (asked->session, get_scope (asked));
    g_autofree char *then = dup_signed (shift);
    text =
        g_strdup_printf (ngettext ("The shift of %u region becomes %s eV; it is now %s eV. The measured data "
                                   "stay as they are.",
                                   "The shift of %u regions becomes %s eV; here it is now %s eV. The "
                                   "measured data stay as they are.",
                                   ids->len),
                         ids->len, then, now);
  }
  xps_form_set_description (asked->form, text);
  gtk_widget_set_visible (GTK_WIDGET (asked->components), has_components (asked));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (asked->components),
                               get_moves (asked) ? _ ("Fits stay valid") : _ ("Fits have to be made again"));
}

/* ---- values ---- */

static void
list_values (Asked *asked)
{
  const XpsChargeLine *line = get_line (asked);
  const XpsRegion *region = xps_session_get_region (asked->session);
  g_autofree char *own = xps_region_dup_level (region->spectrum);
  const char *level = line != NULL ? line->level : own;
  if (asked->listed && g_strcmp0 (level, asked->level) == 0)
    return;
  asked->listed = TRUE;
  g_free (asked->level);
  asked->level = g_strdup (level);
  g_clear_pointer (&asked->values, g_ptr_array_unref);
  asked->values = xps_charge_list_values (level, line != NULL ? line->position.value : NAN);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  gtk_string_list_append (titles, _ ("Typed below"));
  for (guint i = 0; i < asked->values->len; i++)
    gtk_string_list_append (titles, ((XpsChargeValue *)g_ptr_array_index (asked->values, i))->title);
  adw_combo_row_set_model (asked->value, G_LIST_MODEL (titles));
  gtk_widget_set_visible (GTK_WIDGET (asked->value), asked->values->len > 0);
}

static void
on_value (Asked *asked)
{
  const guint selected = adw_combo_row_get_selected (asked->value);
  if (selected == 0 || selected > asked->values->len)
    return;
  const XpsChargeValue *value = g_ptr_array_index (asked->values, selected - 1);
  g_autofree char *number = xps_page_dup_entry_number (value->energy);
  gtk_editable_set_text (GTK_EDITABLE (asked->belongs), number);
  gtk_editable_set_text (GTK_EDITABLE (asked->source), value->source);
}

static void
set_number (AdwEntryRow *row, double value)
{
  g_autofree char *number =
      xps_page_dup_entry_number (isfinite (value) ? round (value * 1000.0) / 1000.0 : (double)NAN);
  gtk_editable_set_text (GTK_EDITABLE (row), number);
}

/* Fills the form in; nothing is applied before Apply. */
static void
on_picked (const XpsChargeSuggestion *suggestion, gpointer data)
{
  Asked *asked = data;
  adw_combo_row_set_selected (asked->line, 0);
  asked->picked = TRUE;
  asked->picked_shift = suggestion->mark->shift;
  asked->picked_error = suggestion->mark->error;
  g_free (asked->picked_name);
  asked->picked_name =
      g_strdup (suggestion->mark->level != NULL ? suggestion->mark->level : suggestion->mark->name);
  set_number (asked->found, suggestion->mark->energy);
  set_number (asked->belongs, suggestion->value);
  set_number (asked->uncertainty, suggestion->uncertainty);
  gtk_editable_set_text (GTK_EDITABLE (asked->source), suggestion->source);
  show_preview (asked);
}

static void
on_suggest (Asked *asked)
{
  xps_charge_suggest_present (xps_form_get_window (asked->form), asked->session, on_picked, asked);
}

static void
on_line (Asked *asked)
{
  const XpsChargeLine *line = get_line (asked);
  if (line != NULL) {
    asked->picked = FALSE;
    g_autofree char *number = xps_page_dup_entry_number (round (line->position.value * 1000.0) / 1000.0);
    gtk_editable_set_text (GTK_EDITABLE (asked->found), number);
  }
  list_values (asked);
  show_preview (asked);
}

/* ---- doing it ---- */

/* "C 1s C-C 284.80 eV (source)": kept with the document, in the notation of files. */
static char *
dup_record (const Asked *asked, double belongs, const char *source)
{
  const XpsChargeLine *line = get_line (asked);
  g_autofree char *number = xps_number_dup_with_error (belongs, NAN, 2);
  const char *name = line != NULL ? line->name : asked->picked ? asked->picked_name : asked->level;
  return name != NULL ? g_strdup_printf ("%s %s eV (%s)", name, number, source)
                      : g_strdup_printf ("%s eV (%s)", number, source);
}

static void
apply (const Asked *asked, double shift, double error, const char *record)
{
  XpsProject *project = xps_session_get_project (asked->session);
  const XpsState *state = xps_project_get_state (project);
  g_autoptr (GArray) ids = xps_charge_list_regions (asked->session, get_scope (asked));
  g_autoptr (GPtrArray) shifted = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  for (guint i = 0; i < ids->len; i++) {
    const XpsRegion *before = xps_state_find_region (state, g_array_index (ids, guint, i));
    XpsRegion *copy = xps_region_copy (before);
    if (get_moves (asked)) {
      xps_edit_set_reference (copy->model, PART, shift, error, record);
      xps_region_carry_record (copy, before);
    } else
      xps_edit_set_reference_under (copy->model, PART, shift, error, record);
    g_ptr_array_add (shifted, copy);
  }
  xps_project_edit (project, _ ("charge reference"),
                    xps_state_edit_regions (state, (const XpsRegion *const *)shifted->pdata, shifted->len));
}

static gboolean
refuse (Asked *asked, AdwEntryRow *row, const char *sentence)
{
  gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_widget_grab_focus (GTK_WIDGET (row));
  xps_form_say (asked->form, sentence);
  return FALSE;
}

static gboolean
accept (XpsForm *form, gpointer data)
{
  Asked *asked = data;
  g_autoptr (GError) error = NULL;
  double found, belongs, shift, uncertainty;
  if (xps_session_get_region (asked->session) == NULL)
    return TRUE;
  if (!read_number (asked->found, &found, &error))
    return refuse (asked, asked->found, error->message);
  if (!read_number (asked->belongs, &belongs, &error))
    return refuse (asked, asked->belongs, error->message);
  g_autofree char *source = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (asked->source))));
  if (source[0] == '\0')
    return refuse (asked, asked->source,
                   _ ("Say where the value comes from: a paper, a standard, another measurement"));
  if (!read_uncertainty (asked, &uncertainty, &error))
    return refuse (asked, asked->uncertainty, error->message);
  if (!read_shift (asked, &shift, &error))
    return refuse (asked, asked->found, error->message);
  g_autofree char *record = dup_record (asked, belongs, source);
  apply (asked, shift, uncertainty, record);
  return TRUE;
}

static void
on_changed (GtkWidget *row, Asked *asked)
{
  gtk_widget_remove_css_class (row, "error");
  xps_form_say (asked->form, NULL);
  show_preview (asked);
}

/* ---- the form ---- */

static AdwEntryRow *
add_entry (Asked *asked, const char *title)
{
  AdwEntryRow *row = xps_form_add_entry (asked->form, title, "");
  g_signal_connect (row, "changed", G_CALLBACK (on_changed), asked);
  return row;
}

static void
add_lines (Asked *asked)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  g_ptr_array_add (titles, _ ("A position typed below"));
  for (guint i = 0; i < asked->lines->len; i++)
    g_ptr_array_add (titles, ((XpsChargeLine *)g_ptr_array_index (asked->lines, i))->title);
  g_ptr_array_add (titles, NULL);
  asked->line = xps_form_add_choice (asked->form, _ ("Line"), (const char *const *)titles->pdata, 0);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_width_chars (GTK_LABEL (label), 40);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 56);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const char *text = gtk_string_object_get_string (GTK_STRING_OBJECT (gtk_list_item_get_item (item)));
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

/* The row's own list cuts texts short, and with them who says so. */
static void
show_whole_texts (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  adw_combo_row_set_list_factory (row, factory);
}

static void
add_suggest_button (Asked *asked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Suggestions…"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (
      button, _ ("References that the sample’s spectra show, with what speaks against each"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_suggest), asked);
  adw_entry_row_add_suffix (asked->found, button);
}

static void
add_rows (Asked *asked)
{
  const char *const typed[] = {_ ("Typed below"), NULL};
  const char *const scopes[] = {_ ("This region"), _ ("All selected regions"),
                                _ ("All regions of this sample"), NULL};
  const char *const components[] = {_ ("Move with the data"), _ ("Stay where they are"), NULL};
  add_lines (asked);
  asked->found = add_entry (asked, _ ("Found at (eV)"));
  add_suggest_button (asked);
  asked->value = xps_form_add_choice (asked->form, _ ("Known value"), typed, 0);
  show_whole_texts (asked->line);
  show_whole_texts (asked->value);
  asked->belongs = add_entry (asked, _ ("Belongs at (eV)"));
  asked->uncertainty = add_entry (asked, _ ("Uncertainty of this value in eV (optional)"));
  asked->source = add_entry (asked, _ ("Source of this value"));
  asked->scope = xps_form_add_choice (asked->form, _ ("For"), scopes, XPS_CHARGE_THIS);
  asked->components = xps_form_add_choice (asked->form, _ ("Components"), components, 0);
  gtk_widget_set_tooltip_text (
      GTK_WIDGET (asked->components),
      _ ("They stay where their energies were given for the new reference already, as "
         "in a template or a model pasted from another sample."));
}

void
xps_charge_reference_present (GtkWindow *parent, XpsSession *session)
{
  if (xps_session_get_region (session) == NULL)
    return;
  Asked *asked = g_new0 (Asked, 1);
  asked->session = g_object_ref (session);
  asked->lines = xps_charge_list_lines (session);
  asked->values = g_ptr_array_new ();
  asked->form =
      xps_form_new (GTK_WIDGET (parent), _ ("Charge Reference"), _ ("_Apply"), accept, asked, asked_free);
  add_rows (asked);
  /* A selected component is a choice that was made; a value never is until it is typed or picked. */
  if (xps_session_get_component (session) >= 0 && asked->lines->len > 0)
    adw_combo_row_set_selected (asked->line, 1);
  on_line (asked);
  g_signal_connect_swapped (asked->line, "notify::selected", G_CALLBACK (on_line), asked);
  g_signal_connect_swapped (asked->value, "notify::selected", G_CALLBACK (on_value), asked);
  g_signal_connect_swapped (asked->scope, "notify::selected", G_CALLBACK (show_preview), asked);
  g_signal_connect_swapped (asked->components, "notify::selected", G_CALLBACK (show_preview), asked);
  xps_form_present (asked->form);
  gtk_widget_grab_focus (GTK_WIDGET (asked->belongs));
}
