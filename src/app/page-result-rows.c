/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-result-rows.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-model.h"
#include "app/page-number.h"
#include "app/page-words.h"

/* Beyond this two values cannot be told apart well by the data: r^2 > 0.8 of the one's variance is the
 * other's. */
#define STRONG  0.9
#define N_PAIRS 8

/* ---- going to a value ---- */

/* The first component that uses the parameter, or -1: the background's. */
static int
find_component (XpsSession *session, const char *parameter, const char **role)
{
  for (guint i = 0; i < xps_page_get_n_components (session); i++) {
    const XpsComponent *component = xps_page_get_component (session, i);
    for (gsize k = 0; k < component->shape->n_roles; k++)
      if (g_strcmp0 (component->roles[k], parameter) == 0) {
        *role = component->shape->roles[k].id;
        return (int)i;
      }
  }
  *role = NULL;
  return -1;
}

static gboolean
is_known (XpsSession *session, const char *parameter)
{
  const XpsModel *model = xps_page_get_model (session);
  return model != NULL && xps_model_find_parameter (model, parameter) >= 0;
}

typedef struct {
  XpsPage *page;
  char *parameter;
} Target;

static void
target_free (gpointer data, GClosure *closure)
{
  Target *target = data;
  g_free (target->parameter);
  g_free (target);
}

static void
on_show (GtkButton *button, Target *target)
{
  const char *role = NULL;
  XpsSession *session = xps_page_get_session (target->page);
  if (!is_known (session, target->parameter))
    return;
  const int component = find_component (session, target->parameter, &role);
  xps_page_go_to (target->page, component, role);
}

/* What a person calls a parameter: "area of PS4", else its own name. New string. */
static char *
dup_parameter_words (XpsSession *session, const char *parameter)
{
  const char *role = NULL;
  const int component = find_component (session, parameter, &role);
  if (component < 0)
    return g_strdup (parameter);
  const XpsComponent *it = xps_page_get_component (session, (gsize)component);
  return xps_page_dup_role_of (&it->shape->roles[xps_shape_find_role (it->shape, role)], it->name);
}

static gboolean
is_name_part (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '.';
}

/* The sentence with every parameter's name as the table has it, longer names first: "C1.area" is also the
 * beginning of "C1.area2". New string. */
static char *
dup_message (XpsSession *session, const char *message)
{
  const XpsModel *model = xps_page_get_model (session);
  GString *text = g_string_new (NULL);
  for (const char *at = message; *at != '\0';) {
    const char *best = NULL;
    const gboolean begins = at == message || !is_name_part (at[-1]);
    for (guint i = 0; begins && model != NULL && i < model->parameters->len; i++) {
      const char *name = ((const XpsParameter *)g_ptr_array_index (model->parameters, i))->name;
      const gsize length = strlen (name);
      const char next = g_str_has_prefix (at, name) ? at[length] : 'x';
      const gboolean ends = !is_name_part (next) || (next == '.' && !is_name_part (at[length + 1]));
      if (ends && g_str_has_prefix (at, name) && (best == NULL || length > strlen (best)))
        best = name;
    }
    if (best == NULL) {
      g_string_append_c (text, *at++);
      continue;
    }
    g_autofree char *shown = dup_parameter_words (session, best);
    g_string_append (text, shown);
    at += strlen (best);
  }
  /* The command line keeps to ASCII. */
  g_string_replace (text, " +- ", " ± ", 0);
  g_string_replace (text, "chi2", "χ²", 0);
  return g_string_free (text, FALSE);
}

static void
add_show_button (XpsPage *page, GtkWidget *row, const char *parameter)
{
  Target *target = g_new0 (Target, 1);
  *target = (Target){page, g_strdup (parameter)};
  /* Translators: %s is the name of a parameter. */
  g_autofree char *words = dup_parameter_words (xps_page_get_session (page), parameter);
  g_autofree char *name = g_strdup_printf (_ ("Show %s"), words);
  GtkWidget *button = xps_page_icon_button_new ("go-next-symbolic", name);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_show), target, target_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
}

/* ---- rows ---- */

static void
add_text (AdwPreferencesGroup *group, const char *title, const char *text, const char *tooltip)
{
  GtkLabel *label;
  GtkWidget *row = xps_page_text_row_new (title, &label);
  gtk_label_set_label (label, text);
  gtk_widget_set_tooltip_text (row, tooltip);
  xps_page_group_add (group, row);
}

static void
add_number (AdwPreferencesGroup *group, const char *title, double value, int digits, const char *tooltip)
{
  g_autofree char *text = xps_page_dup_significant (value, digits);
  add_text (group, title, text, tooltip);
}

static void
add_count (AdwPreferencesGroup *group, const char *title, double value)
{
  g_autofree char *text = xps_page_dup_number (value, 0);
  add_text (group, title, text, NULL);
}

/* As people read it, where they are. New string. */
static char *
dup_local_time (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;
  char *words = local != NULL ? g_date_time_format (local, "%x %H:%M") : NULL;
  return words != NULL ? words : g_strdup (text);
}

void
xps_result_rows_add_numbers (AdwPreferencesGroup *group, const XpsFitRecord *record)
{
  add_number (group, _ ("χ² / degrees of freedom"), record->reduced_chi2, 4,
              _ ("1 where the model describes the data within their noise"));
  add_number (group, _ ("χ²"), record->chi2, 6, NULL);
  add_count (group, _ ("Degrees of freedom"), record->dof);
  add_count (group, _ ("Points"), (double)record->n_points);
  add_count (group, _ ("Free parameters"), (double)record->n_free);
  add_number (group, "AIC", record->aic, 6,
              _ ("Akaike’s criterion: compare models of the same data, smaller is better"));
  add_number (group, "AICc", record->aicc, 6, _ ("Akaike’s criterion, corrected for few points"));
  add_number (group, "BIC", record->bic, 6,
              _ ("Bayesian criterion: compare models of the same data, smaller is better"));
  add_number (group, _ ("Condition number"), record->condition_number, 3,
              _ ("How much the solution hangs on rounding: above 10¹⁰ it is not to be trusted"));
  add_number (group, _ ("Autocorrelation of residuals"), record->autocorrelation, 2,
              _ ("0 for noise; positive where the model misses something"));
  add_count (group, _ ("Evaluations"), (double)record->evaluations);
  if (record->method != NULL)
    xps_page_group_add (group, xps_page_property_row_new (_ ("Method"), record->method));
  if (record->created != NULL) {
    g_autofree char *when = dup_local_time (record->created);
    xps_page_group_add (group, xps_page_property_row_new (_ ("Fitted on"), when));
  }
}

/* ---- what to check ---- */

/* The least that the data has, beside the most, which a model without background leaves to its components. */
#define MISSED 0.05

static gboolean
misses_background (XpsSession *session)
{
  const XpsModelPart *part = xps_page_get_part (session);
  const XpsPreview *preview = xps_session_get_preview (session);
  if (part == NULL || part->backgrounds->len > 0 || part->components->len == 0 || preview == NULL)
    return FALSE;
  double least = INFINITY, most = 0.0;
  for (gsize i = 0; i < preview->n; i++) {
    if (preview->energy[i] < part->low || preview->energy[i] > part->high) /* NaN: no window */
      continue;
    least = fmin (least, preview->intensity[i]);
    most = fmax (most, preview->intensity[i]);
  }
  return isfinite (least) && least > MISSED * most;
}

static void
on_show_background (GtkButton *button, XpsPage *page)
{
  xps_page_go_to (page, -1, NULL);
}

static void
add_missing_background (XpsPage *page, AdwPreferencesGroup *group)
{
  GtkWidget *row = xps_page_note_row_new (
      "warning", _ ("The model has no background: the components take what lies below them"));
  GtkWidget *button = xps_page_icon_button_new ("go-next-symbolic", _ ("Choose a background"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_show_background), page, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  xps_page_group_add (group, row);
}

guint
xps_result_rows_add_warnings (XpsPage *page, AdwPreferencesGroup *group, const XpsFitRecord *record)
{
  XpsSession *session = xps_page_get_session (page);
  const gboolean missing = misses_background (session);
  if (missing)
    add_missing_background (page, group);
  for (guint i = 0; i < record->warnings->len; i++) {
    const XpsWarning *warning = g_ptr_array_index (record->warnings, i);
    g_autofree char *message = dup_message (session, warning->message);
    GtkWidget *row = xps_page_note_row_new (warning->severity, message);
    if (warning->parameters != NULL && warning->parameters[0] != NULL &&
        is_known (session, warning->parameters[0]))
      add_show_button (page, row, warning->parameters[0]);
    xps_page_group_add (group, row);
  }
  return record->warnings->len + missing;
}

typedef struct {
  guint a, b;
  double r;
} Pair;

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const double x = fabs (((const Pair *)a)->r), y = fabs (((const Pair *)b)->r);
  return x > y ? -1 : x < y ? 1 : 0;
}

static GArray *
find_pairs (const XpsFitRecord *record)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  const guint n = record->order->len;
  for (guint a = 0; record->covariance != NULL && a < n; a++)
    for (guint b = 0; b < a; b++) {
      const double *c = record->covariance;
      const double r = c[a * n + b] / sqrt (c[a * n + a] * c[b * n + b]);
      if (isfinite (r) && fabs (r) >= STRONG)
        g_array_append_val (pairs, ((Pair){b, a, r}));
    }
  g_array_sort (pairs, compare_pairs);
  return pairs;
}

guint
xps_result_rows_add_correlations (XpsPage *page, AdwPreferencesGroup *group, const XpsFitRecord *record)
{
  XpsSession *session = xps_page_get_session (page);
  g_autoptr (GArray) pairs = find_pairs (record);
  const guint shown = MIN (pairs->len, (guint)N_PAIRS);
  for (guint i = 0; i < shown; i++) {
    const Pair pair = g_array_index (pairs, Pair, i);
    const char *parameter = g_ptr_array_index (record->order, pair.a);
    g_autofree char *a = dup_parameter_words (session, parameter);
    g_autofree char *b = dup_parameter_words (session, g_ptr_array_index (record->order, pair.b));
    g_autofree char *number = xps_page_dup_number (pair.r, 3);
    /* Translators: two parameters that trade off against each other. */
    g_autofree char *title = g_strdup_printf (_ ("%s and %s"), a, b);
    GtkWidget *row = xps_page_action_row_new (title), *label = gtk_label_new (number);
    gtk_widget_add_css_class (label, "numeric");
    xps_page_row_add_control (row, label);
    if (is_known (session, parameter))
      add_show_button (page, row, parameter);
    xps_page_group_add (group, row);
  }
  if (pairs->len > shown) {
    g_autofree char *more =
        g_strdup_printf (ngettext ("%u more pair", "%u more pairs", pairs->len - shown), pairs->len - shown);
    xps_page_group_add (group, xps_page_note_row_new ("info", more));
  }
  return pairs->len;
}
