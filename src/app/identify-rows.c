/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/identify-rows.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-number.h"
#include "app/page-row.h"
#include "app/reference-item.h"
#include "app/reference-shell.h"

#define MOST_CANDIDATES 8
#define MOST_ALIKE      8
#define LEAST_SHARE     0.05 /* of the best one's: what is below is noise to a reader */

typedef struct {
  guint component;
  XpsIdentifyAssign assign;
  gpointer data;
  GtkWidget *assigned; /* row that says what was decided */
  GPtrArray *buttons;  /* GtkButton, each with its candidate */
} Group;

#define GROUP_KEY     "xps-identify"
#define CANDIDATE_KEY "xps-candidate"

static void
group_free (gpointer data)
{
  Group *group = data;
  g_ptr_array_unref (group->buttons);
  g_free (group);
}

/* ---- one candidate ---- */

static void
add_sentence (GtkBox *box, const char *sign, const char *sign_words, const char *sentence, const char *class)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *shown = xps_page_dup_localised (sentence);
  GtkWidget *mark = gtk_label_new (sign), *text = xps_shell_text_new (shown, "caption");
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, sign_words, -1);
  gtk_label_set_width_chars (GTK_LABEL (mark), 2);
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_add_css_class (mark, "caption");
  if (class != NULL)
    gtk_widget_add_css_class (mark, class);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (box, line);
}

static char *
dup_alike (const GPtrArray *alike)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < alike->len && i < MOST_ALIKE; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", (const char *)g_ptr_array_index (alike, i));
  if (alike->len > MOST_ALIKE) {
    const guint more = alike->len - MOST_ALIKE;
    return g_strdup_printf (ngettext ("Binding energy cannot tell it from %s and %u more.",
                                      "Binding energy cannot tell it from %s and %u more.", more),
                            names->str, more);
  }
  return g_strdup_printf (_ ("Binding energy cannot tell it from %s."), names->str);
}

static void
add_evidence (GtkBox *box, XpsReference *reference, const XpsCandidate *candidate)
{
  for (guint i = 0; i < candidate->in_favour->len; i++)
    add_sentence (box, "+", _ ("In favour"), g_ptr_array_index (candidate->in_favour, i), "success");
  for (guint i = 0; i < candidate->against->len; i++)
    add_sentence (box, "−", _ ("Against"), g_ptr_array_index (candidate->against, i), "error");
  if (candidate->alike->len > 0) {
    g_autofree char *alike = dup_alike (candidate->alike);
    add_sentence (box, "=", _ ("Not told apart"), alike, NULL);
  }
  if (candidate->own_phase != NULL) {
    g_autofree char *own = g_strdup_printf (
        _ ("Its other levels and areas were compared with those of %s, a phase of your own."),
        candidate->own_phase);
    add_sentence (box, "*", _ ("Your own"), own, NULL);
  }
  g_autoptr (GPtrArray) disputes =
      xps_reference_list_controversies (reference, candidate->species, candidate->spread.level);
  for (guint i = 0; disputes != NULL && i < disputes->len; i++)
    add_sentence (box, "!", _ ("Disputed"),
                  ((XpsReferenceControversy *)g_ptr_array_index (disputes, i))->statement, "warning");
}

static char *
dup_place_words (const XpsCandidate *candidate)
{
  g_autofree char *shown = xps_shell_dup_signed (candidate->distance, 2);
  g_autofree char *median = xps_page_dup_number (candidate->spread.median, 2);
  g_autofree char *tolerance = xps_page_dup_number (candidate->tolerance, 2);
  g_autofree char *values = xps_reference_dup_values_words (&candidate->spread);
  /* Translators: how far a line is from the literature: "+0.12 eV from 161.20 eV (± 0.30 eV); 5 values". */
  return g_strdup_printf (_ ("%s eV from the median %s eV (± %s eV); %s"), shown, median, tolerance, values);
}

static void
on_assign (GtkButton *button, Group *group)
{
  group->assign (group->component, g_object_get_data (G_OBJECT (button), CANDIDATE_KEY), group->data);
}

static GtkWidget *
assign_button_new (Group *group, const XpsCandidate *candidate)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Assign"));
  g_autofree char *name = g_strdup_printf (_ ("Assign %s"), candidate->species);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  g_object_set_data (G_OBJECT (button), CANDIDATE_KEY, (gpointer)candidate);
  g_signal_connect (button, "clicked", G_CALLBACK (on_assign), group);
  g_ptr_array_add (group->buttons, button);
  return button;
}

/* The share is a bar and a number: it tells the candidates of the table apart, not the truth. */
static GtkWidget *
head_new (Group *group, const XpsCandidate *candidate)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (candidate->species), *bar = gtk_level_bar_new ();
  g_autofree char *number = xps_page_dup_number (100.0 * candidate->score, 0);
  g_autofree char *percent = g_strconcat (number, " %", NULL);
  GtkWidget *share = gtk_label_new (percent);
  gtk_widget_add_css_class (name, "heading");
  gtk_label_set_xalign (GTK_LABEL (name), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), CLAMP (candidate->score, 0.0, 1.0));
  gtk_widget_set_size_request (bar, 80, -1);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Share"), -1);
  gtk_widget_set_tooltip_text (bar, _ ("Share among the candidates of the table, evidence included: not a "
                                       "probability of being right"));
  gtk_widget_add_css_class (share, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (share), 5);
  gtk_label_set_xalign (GTK_LABEL (share), 1.0f);
  gtk_box_append (GTK_BOX (head), name);
  gtk_box_append (GTK_BOX (head), bar);
  gtk_box_append (GTK_BOX (head), share);
  gtk_box_append (GTK_BOX (head), assign_button_new (group, candidate));
  return head;
}

static GtkWidget *
candidate_new (Group *group, XpsReference *reference, const XpsCandidate *candidate)
{
  GtkWidget *row = adw_preferences_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *place = dup_place_words (candidate);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), candidate->species);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_box_append (GTK_BOX (box), head_new (group, candidate));
  gtk_box_append (GTK_BOX (box), xps_shell_text_new (place, "caption"));
  add_evidence (GTK_BOX (box), reference, candidate);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

/* ---- one component ---- */

static char *
dup_title (XpsSession *session, const XpsIdentifyAnswer *answer, guint component)
{
  const XpsObserved *observed =
      &g_array_index (answer->identification->components, XpsIdentified, component).observed;
  const guint id = g_array_index (answer->places, XpsIdentifyPlace, component).region;
  const XpsRegion *region =
      xps_state_find_region (xps_project_get_state (xps_session_get_project (session)), id);
  g_autofree char *energy = isfinite (observed->error)
                                ? xps_page_dup_quantity ((XpsQuantity){observed->energy, observed->error}, 2)
                                : xps_page_dup_number (observed->energy, 2);
  const char *level = observed->level != NULL ? observed->level : _ ("level not known");
  /* Translators: region, component, level, energy: "S 2p scan: PS4, S 2p3/2 at 161.65(1) eV". */
  return g_strdup_printf (_ ("%s: %s, %s at %s eV"), region != NULL ? region->name : "", observed->name,
                          level, energy);
}

static const char *
get_verdict (const XpsIdentified *identified)
{
  if (identified->candidates->len == 0)
    return _ ("Nothing in the table lies near.");
  if (identified->declined)
    return _ ("Not decided: binding energy alone does not tell the first ones apart.");
  return _ ("The first one stands out; whether it is right is for you to say.");
}

static void
on_take_away (GtkButton *button, Group *group)
{
  group->assign (group->component, NULL, group->data);
}

static GtkWidget *
assigned_new (Group *group)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = xps_page_icon_button_new ("edit-clear-symbolic", _ ("Take the assignment away"));
  GtkWidget *icon = gtk_image_new_from_icon_name ("object-select-symbolic");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect (button, "clicked", G_CALLBACK (on_take_away), group);
  return row;
}

void
xps_identify_group_refresh (GtkWidget *widget, XpsSession *session, const XpsIdentifyAnswer *answer)
{
  Group *group = g_object_get_data (G_OBJECT (widget), GROUP_KEY);
  const XpsAssignment *assignment = xps_identify_get_assignment (session, answer, group->component);
  gtk_widget_set_visible (group->assigned, assignment != NULL);
  if (assignment != NULL) {
    g_autofree char *title = g_strdup_printf (_ ("Assigned to %s"), assignment->species);
    xps_page_row_set_title (group->assigned, title);
    xps_page_row_set_subtitle (group->assigned, assignment->source);
  }
  for (guint i = 0; i < group->buttons->len; i++) {
    GtkWidget *button = g_ptr_array_index (group->buttons, i);
    const XpsCandidate *candidate = g_object_get_data (G_OBJECT (button), CANDIDATE_KEY);
    gtk_widget_set_sensitive (button,
                              assignment == NULL || g_strcmp0 (assignment->species, candidate->species) != 0);
  }
}

GtkWidget *
xps_identify_group_new (XpsSession *session, XpsReference *reference, const XpsIdentifyAnswer *answer,
                        guint component, XpsIdentifyAssign assign, gpointer data)
{
  const XpsIdentified *identified =
      &g_array_index (answer->identification->components, XpsIdentified, component);
  GtkWidget *widget = adw_preferences_group_new ();
  Group *group = g_new0 (Group, 1);
  *group = (Group){.component = component, .assign = assign, .data = data, .buttons = g_ptr_array_new ()};
  g_object_set_data_full (G_OBJECT (widget), GROUP_KEY, group, group_free);
  g_autofree char *title = dup_title (session, answer, component);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (widget), escaped);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (widget), get_verdict (identified));
  group->assigned = assigned_new (group);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (widget), group->assigned);
  for (guint i = 0; i < identified->candidates->len && i < MOST_CANDIDATES; i++) {
    const XpsCandidate *candidate = g_ptr_array_index (identified->candidates, i);
    const XpsCandidate *best = g_ptr_array_index (identified->candidates, 0);
    if (candidate->score < LEAST_SHARE * best->score)
      break;
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (widget), candidate_new (group, reference, candidate));
  }
  xps_identify_group_refresh (widget, session, answer);
  return widget;
}
