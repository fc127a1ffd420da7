/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-result.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/charge-energies.h"
#include "app/page-combo.h"
#include "app/page-model.h"
#include "app/page-number.h"
#include "app/page-result-rows.h"
#include "app/page-words.h"

struct _XpsPageResult {
  XpsPage parent_instance;
  AdwPreferencesGroup *state, *warnings, *energies, *numbers, *correlations;
  GtkWidget *weights, *progress;
  GArray *choices;      /* XpsWeights, in the order of the list */
  XpsFitRecord *record; /* that the rows show, or NULL */
  guint region;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (XpsPageResult, xps_page_result, XPS_TYPE_PAGE)

/* ---- weights ---- */

static void
on_weights (GtkWidget *row, GParamSpec *pspec, XpsPageResult *self)
{
  XpsSession *session = xps_page_get_session (XPS_PAGE (self));
  const XpsRegion *region = session != NULL ? xps_session_get_region (session) : NULL;
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  if (self->updating || region == NULL || selected >= self->choices->len)
    return;
  XpsRegion *copy = xps_region_copy (region);
  copy->weights = g_array_index (self->choices, XpsWeights, selected);
  xps_session_edit_region (session, _ ("weights of the fit"), copy);
}

static const char *
weights_words (XpsWeights weights)
{
  switch (weights) {
  case XPS_WEIGHTS_COUNTS:
    return _ ("Variance of each point: its counts. Pulls low where counts are few.");
  case XPS_WEIGHTS_POISSON:
    return _ ("Maximum likelihood of counted electrons: right at any number of counts.");
  case XPS_WEIGHTS_SIGMA:
    return _ ("As the file gives them for each point.");
  case XPS_WEIGHTS_UNIFORM:
  default:
    return _ ("Every point alike: the noise is not known, errors come from the residuals.");
  }
}

/* Standard deviations can be chosen only where the file has some. The list stays the same one: this is also
 * called while the row tells of a choice, which is over its own list. */
static void
list_weights (XpsPageResult *self, const XpsRegion *region)
{
  static const XpsWeights all[] = {XPS_WEIGHTS_COUNTS, XPS_WEIGHTS_POISSON, XPS_WEIGHTS_SIGMA,
                                   XPS_WEIGHTS_UNIFORM};
  const gboolean sigma = region->weights == XPS_WEIGHTS_SIGMA ||
                         xps_spectrum_find_column (region->spectrum, XPS_COLUMN_SIGMA) != NULL;
  const guint n = G_N_ELEMENTS (all) - (sigma ? 0 : 1);
  if (self->choices->len == n)
    return;
  GtkStringList *names = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (self->weights)));
  const char *titles[G_N_ELEMENTS (all) + 1] = {NULL};
  g_array_set_size (self->choices, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != XPS_WEIGHTS_SIGMA || sigma) {
      titles[self->choices->len] = xps_page_weights_title (all[i]);
      g_array_append_val (self->choices, all[i]);
    }
  gtk_string_list_splice (names, 0, g_list_model_get_n_items (G_LIST_MODEL (names)), titles);
}

static void
show_weights (XpsPageResult *self, const XpsRegion *region)
{
  list_weights (self, region);
  for (guint i = 0; i < self->choices->len; i++)
    if (g_array_index (self->choices, XpsWeights, i) == region->weights)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->weights), i);
  xps_page_row_set_subtitle (self->weights, weights_words (region->weights));
}

/* ---- how it stands ---- */

static void
add_state (XpsPageResult *self, const char *severity, const char *sentence)
{
  xps_page_group_add (self->state, xps_page_note_row_new (severity, sentence));
}

static void
show_ending (XpsPageResult *self, XpsSession *session, const XpsFitRecord *record)
{
  const char *words = xps_session_get_fit_words (session);
  if (words == NULL || words[0] == '\0')
    words = record->stop_reason != NULL ? record->stop_reason : "";
  add_state (self, record->converged ? "info" : "error", words);
}

static void
show_state (XpsPageResult *self, XpsSession *session)
{
  const XpsRegion *region = xps_session_get_region (session);
  const XpsFitState state = xps_session_get_fit_state (session);
  const gboolean fitting = xps_session_get_fitting (session);
  xps_page_group_clear (self->state);
  gtk_widget_set_visible (self->progress, fitting);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 CLAMP (xps_session_get_fit_progress (session), 0.0, 1.0));
  if (fitting)
    return;
  if (state == XPS_FIT_STATE_NONE)
    add_state (self, "info", _ ("No fit yet: add a component first."));
  else if (region->record == NULL)
    add_state (self, "info", _ ("No fit yet: the values are start values."));
  else if (state == XPS_FIT_STATE_STALE)
    add_state (self, "warning",
               _ ("Out of date: the model or the data changed since this fit. What stands below is of the "
                  "fit before."));
  else
    show_ending (self, session, region->record);
}

static void
show_record (XpsPageResult *self, const XpsFitRecord *record)
{
  XpsPage *page = XPS_PAGE (self);
  xps_page_group_clear (self->warnings);
  xps_page_group_clear (self->energies);
  xps_page_group_clear (self->numbers);
  xps_page_group_clear (self->correlations);
  gtk_widget_set_visible (GTK_WIDGET (self->numbers), record != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings),
                          record != NULL && xps_result_rows_add_warnings (page, self->warnings, record) > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->energies),
                          record != NULL && xps_charge_add_energies (self->energies, record) > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->correlations),
                          record != NULL &&
                              xps_result_rows_add_correlations (page, self->correlations, record) > 0);
  if (record != NULL)
    xps_result_rows_add_numbers (self->numbers, record);
}

static void
take_record (XpsPageResult *self, const XpsFitRecord *record)
{
  if (record == self->record && record != NULL)
    return;
  show_record (self, record);
  g_clear_pointer (&self->record, xps_fit_record_unref);
  self->record = record != NULL ? xps_fit_record_ref (record) : NULL;
}

static void
xps_page_result_refresh (XpsPage *page)
{
  XpsPageResult *self = XPS_PAGE_RESULT (page);
  XpsSession *session = xps_page_get_session (page);
  const XpsRegion *region = xps_session_get_region (session);
  gtk_widget_set_sensitive (GTK_WIDGET (self), region != NULL);
  if (region == NULL) {
    take_record (self, NULL);
    return;
  }
  self->updating = TRUE;
  show_weights (self, region);
  show_state (self, session);
  if (region->id != self->region)
    take_record (self, NULL); /* its rows lead to components of the other region */
  self->region = region->id;
  take_record (self, region->record);
  self->updating = FALSE;
}

/* ---- the page ---- */

static void
xps_page_result_finalize (GObject *object)
{
  XpsPageResult *self = XPS_PAGE_RESULT (object);
  g_array_unref (self->choices);
  g_clear_pointer (&self->record, xps_fit_record_unref);
  G_OBJECT_CLASS (xps_page_result_parent_class)->finalize (object);
}

static void
xps_page_result_class_init (XpsPageResultClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xps_page_result_finalize;
  XPS_PAGE_CLASS (class)->refresh = xps_page_result_refresh;
}

static void
xps_page_result_init (XpsPageResult *self)
{
  XpsPage *page = XPS_PAGE (self);
  self->choices = g_array_new (FALSE, FALSE, sizeof (XpsWeights));
  /* Translators: the result, not the command. */
  self->state = xps_page_add_group (page, C_ ("noun", "Fit"));
  self->progress = gtk_progress_bar_new ();
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (self->progress), TRUE);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->progress), _ ("Fitting…"));
  xps_page_add_widget (page, self->progress);
  self->warnings = xps_page_add_group (page, _ ("To Check"));
  self->energies = xps_page_add_group (page, _ ("Binding Energies"));
  self->numbers = xps_page_add_group (page, _ ("Goodness"));
  self->correlations = xps_page_add_group (page, _ ("Strong Correlations"));
  AdwPreferencesGroup *settings = xps_page_add_group (page, _ ("Weights"));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  self->weights = xps_page_combo_row_new (_ ("Weights"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->weights), G_LIST_MODEL (names));
  g_signal_connect_object (self->weights, "notify::selected", G_CALLBACK (on_weights), self, 0);
  adw_preferences_group_add (settings, self->weights);
}

XpsPage *
xps_page_result_new (void)
{
  return g_object_new (XPS_TYPE_PAGE_RESULT, NULL);
}
