/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/survey-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/commands.h"
#include "app/page-number.h"
#include "app/page-row.h"
#include "app/periodic-window.h"
#include "app/reference-catalogue.h"
#include "app/reference-shell.h"

#define KEY        "xps-survey-window"
#define SYMBOL_KEY "xps-symbol"

typedef struct {
  XpsSpectrum *spectrum;
  XpsEnergyScale scale;
} Question;

typedef struct {
  GtkWindow *window;
  XpsWindow *parent;
  guint region;
  XpsSpectrum *spectrum;        /* that the analysis is of */
  XpsElementAnalysis *analysis; /* or NULL */
  XpsJob *job;                  /* or NULL */
  GtkBox *groups;
  GPtrArray *buttons; /* GtkToggleButton: accept */
  GtkLabel *status;
  GtkWidget *spinner;
  gboolean updating;
} Survey;

static void
survey_free (gpointer data)
{
  Survey *self = data;
  g_clear_pointer (&self->analysis, xps_element_analysis_free);
  g_clear_pointer (&self->spectrum, xps_spectrum_unref);
  g_ptr_array_unref (self->buttons);
  g_free (self);
}

static XpsSession *
get_session (const Survey *self)
{
  return xps_window_get_session (self->parent);
}

static const XpsRegion *
get_region (const Survey *self)
{
  return xps_state_find_region (xps_project_get_state (xps_session_get_project (get_session (self))),
                                self->region);
}

/* ---- what was accepted ---- */

static void
show_accepted (Survey *self)
{
  const XpsRegion *region = get_region (self);
  if (region == NULL)
    return;
  g_auto (GStrv) accepted = xps_survey_dup_accepted (region);
  self->updating = TRUE;
  for (guint i = 0; i < self->buttons->len; i++) {
    GtkToggleButton *button = g_ptr_array_index (self->buttons, i);
    const char *symbol = g_object_get_data (G_OBJECT (button), SYMBOL_KEY);
    const gboolean on = g_strv_contains ((const char *const *)accepted, symbol);
    gtk_toggle_button_set_active (button, on);
    gtk_button_set_label (GTK_BUTTON (button), on ? _ ("Accepted") : _ ("Accept"));
    g_autofree char *name = g_strdup_printf (on ? _ ("%s is accepted") : _ ("Accept %s"), symbol);
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  }
  self->updating = FALSE;
  if (xps_session_get_region_id (get_session (self)) == self->region)
    xps_periodic_show_on_plot (self->parent, (const char *const *)accepted);
}

static void
on_accept (GtkToggleButton *button, Survey *self)
{
  if (!self->updating)
    xps_survey_accept (get_session (self), self->region, g_object_get_data (G_OBJECT (button), SYMBOL_KEY),
                       gtk_toggle_button_get_active (button));
}

/* ---- candidates ---- */

static char *
dup_summary (const XpsElementCandidate *candidate)
{
  g_autofree char *percent = xps_page_dup_number (100.0 * candidate->score, 0);
  g_autofree char *found =
      g_strdup_printf (ngettext ("%u line found", "%u lines found", candidate->n_found), candidate->n_found);
  g_autofree char *missing =
      g_strdup_printf (ngettext ("%u strong line missing", "%u strong lines missing", candidate->n_missing),
                       candidate->n_missing);
  /* Translators: "3 lines found, 0 strong lines missing; 87 % of its strength is accounted for". */
  return g_strdup_printf (_ ("%s, %s; score %s %%"), found, missing, percent);
}

static GtkWidget *
candidate_new (Survey *self, const XpsElementCandidate *candidate)
{
  GtkWidget *row = adw_preferences_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *name = gtk_label_new (candidate->element);
  GtkWidget *button = gtk_toggle_button_new ();
  g_autofree char *summary = dup_summary (candidate);
  GtkWidget *text = xps_shell_text_new (summary, "caption");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), candidate->element);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (name, "heading");
  gtk_label_set_width_chars (GTK_LABEL (name), 3);
  gtk_label_set_xalign (GTK_LABEL (name), 0.0f);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), SYMBOL_KEY, g_strdup (candidate->element), g_free);
  g_signal_connect (button, "toggled", G_CALLBACK (on_accept), self);
  g_ptr_array_add (self->buttons, button);
  gtk_box_append (GTK_BOX (head), name);
  gtk_box_append (GTK_BOX (head), text);
  gtk_box_append (GTK_BOX (head), button);
  gtk_box_append (GTK_BOX (box), head);
  xps_shell_add_sentences (GTK_BOX (box), candidate->in_favour, "+", _ ("In favour"), "success");
  xps_shell_add_sentences (GTK_BOX (box), candidate->against, "−", _ ("Against"), "error");
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static void
add_group (Survey *self, const char *title, const char *description, gboolean suggested)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n = 0;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  for (guint i = 0; i < self->analysis->candidates->len; i++) {
    const XpsElementCandidate *candidate = g_ptr_array_index (self->analysis->candidates, i);
    if (!candidate->suggested != !suggested)
      continue;
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), candidate_new (self, candidate));
    n++;
  }
  gtk_box_append (self->groups, group);
  gtk_widget_set_visible (group, n > 0);
}

static void
add_unexplained (Survey *self)
{
  const GArray *indices = self->analysis->unexplained;
  GtkWidget *group = adw_preferences_group_new ();
  if (indices->len == 0)
    return;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Peaks That No Suggestion Explains"));
  for (guint i = 0; i < indices->len; i++) {
    const XpsSurveyPeak *peak =
        &g_array_index (self->analysis->peaks, XpsSurveyPeak, g_array_index (indices, guint, i));
    g_autofree char *energy = xps_page_dup_number (peak->energy, 1);
    g_autofree char *sigma = xps_page_dup_number (peak->significance, 0);
    g_autofree char *text =
        g_strdup_printf (_ ("%s eV, %s standard deviations above the noise"), energy, sigma);
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), xps_page_action_row_new (text));
  }
  gtk_box_append (self->groups, group);
}

static void
show_analysis (Survey *self)
{
  xps_shell_clear (self->groups);
  g_ptr_array_set_size (self->buttons, 0);
  add_group (self, _ ("Suggested"),
             _ ("Peaks at their lines would be strange by chance, and the others do not explain them."),
             TRUE);
  add_group (self, _ ("Possible"), _ ("Something speaks against them."), FALSE);
  add_unexplained (self);
  g_autofree char *shift = xps_shell_dup_signed (self->analysis->shift, 1);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u peak; a shift of %s eV is allowed for. Nothing is accepted by itself.",
                                 "%u peaks; a shift of %s eV is allowed for. Nothing is accepted by itself.",
                                 self->analysis->peaks->len),
                       self->analysis->peaks->len, shift);
  gtk_label_set_label (self->status, text);
  show_accepted (self);
}

/* ---- the work ---- */

static void
question_free (gpointer data)
{
  Question *question = data;
  xps_spectrum_unref (question->spectrum);
  g_free (question);
}

static gpointer
work (XpsJob *job, gpointer data, GError **error)
{
  const Question *question = data;
  XpsElementOptions options;
  g_autoptr (XpsReference) reference = xps_catalogue_open_reference (error);
  if (reference == NULL)
    return NULL;
  xps_element_options_init (&options);
  return xps_identify_elements (reference, question->spectrum, &question->scale, &options, error);
}

static void
on_done (XpsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GtkWindow) window = user_data; /* kept until now */
  Survey *self = xps_shell_get_data (window);
  const gboolean mine = self->job == job;
  if (mine)
    g_clear_object (&self->job);
  if (!xps_shell_is_open (window) || !mine) {
    g_clear_pointer ((XpsElementAnalysis **)&result, xps_element_analysis_free);
    return;
  }
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  g_clear_pointer (&self->analysis, xps_element_analysis_free);
  self->analysis = result;
  if (result != NULL) {
    show_analysis (self);
    return;
  }
  xps_shell_clear (self->groups);
  g_ptr_array_set_size (self->buttons, 0);
  gtk_label_set_label (self->status, error->message);
}

static void
ask (Survey *self)
{
  const XpsRegion *region = xps_session_get_region (get_session (self));
  if (self->job != NULL) {
    xps_job_cancel (self->job);
    g_clear_object (&self->job);
  }
  if (region == NULL)
    return;
  Question *question = g_new0 (Question, 1);
  question->spectrum = xps_spectrum_ref (region->spectrum);
  question->scale = region->scale;
  question->scale.shift = ((XpsModelPart *)g_ptr_array_index (region->model->parts, 0))->energy_shift;
  self->region = region->id;
  g_clear_pointer (&self->spectrum, xps_spectrum_unref);
  self->spectrum = xps_spectrum_ref (region->spectrum);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  gtk_label_set_label (self->status, _ ("Looking…"));
  self->job = xps_job_start (_ ("Elements of the survey"), work, question, question_free,
                             (GDestroyNotify)xps_element_analysis_free, on_done, g_object_ref (self->window));
}

gboolean
xps_survey_window_is_busy (GtkWindow *window)
{
  return ((Survey *)xps_shell_get_data (window))->job != NULL;
}

const XpsElementAnalysis *
xps_survey_window_get_analysis (GtkWindow *window)
{
  return ((Survey *)xps_shell_get_data (window))->analysis;
}

static void
on_document (Survey *self)
{
  const XpsRegion *region = xps_session_get_region (get_session (self));
  if (!xps_shell_is_open (self->window) || region == NULL)
    return;
  if (region->spectrum != self->spectrum)
    ask (self);
  else if (self->analysis != NULL)
    show_accepted (self);
}

/* ---- the window ---- */

static void
fill (Survey *self, const XpsShell *shell)
{
  GtkWidget *bar = xps_shell_bar_new (), *column = xps_shell_column_new (&self->groups);
  self->status = GTK_LABEL (xps_shell_text_new ("", "dim-label"));
  self->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->status));
  adw_header_bar_pack_start (shell->header, self->spinner);
  gtk_box_append (shell->box, column);
  gtk_box_append (shell->box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (shell->box, bar);
}

GtkWindow *
xps_survey_window_present (XpsWindow *parent)
{
  GtkWindow *open = xps_shell_present (parent, KEY);
  if (open != NULL)
    return open;
  Survey *self = g_new0 (Survey, 1);
  const XpsShell shell =
      xps_shell_new (parent, KEY, _ ("Elements of the Survey"), 620, 680, self, survey_free);
  self->window = shell.window;
  self->parent = parent;
  self->buttons = g_ptr_array_new ();
  fill (self, &shell);
  GSignalGroup *group = g_signal_group_new (XPS_TYPE_SESSION);
  g_signal_group_connect_swapped (group, "region-changed", G_CALLBACK (on_document), self);
  g_signal_group_connect_swapped (group, "document-changed", G_CALLBACK (on_document), self);
  g_signal_group_connect_swapped (group, "model-changed", G_CALLBACK (on_document), self);
  g_signal_group_set_target (group, get_session (self));
  g_object_set_data_full (G_OBJECT (self->window), "xps-survey-signals", group, g_object_unref);
  ask (self);
  gtk_window_present (self->window);
  return self->window;
}

void
xps_command_survey (XpsWindow *self, GVariant *parameter)
{
  xps_survey_window_present (self);
}
