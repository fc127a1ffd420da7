/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-doublet.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/component-view-swatch.h"
#include "app/page-base.h"
#include "app/page-model.h"
#include "app/page-number.h"

/* Ratios of the areas, (2j+1) of the two lines of a level. */
static const struct {
  const char *letter, *words;
  double ratio;
} levels[] = {
    {"p", N_ ("p (1 : 2)"), 1.0 / 2.0},
    {"d", N_ ("d (2 : 3)"), 2.0 / 3.0},
    {"f", N_ ("f (3 : 4)"), 3.0 / 4.0},
};

typedef struct {
  XpsSession *session;
  int weak, strong; /* -1: a new doublet */
  GtkWidget *window, *level, *shape, *message;
  XpsPageEntry *name, *position, *splitting;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;
  g_object_unref (dialog->session);
  g_free (dialog);
}

/* "2p": the number comes from the region's name where it has one; the dialog asks only for the letter. */
static char *
dup_level (Dialog *dialog, guint selected)
{
  const XpsRegion *region = xps_session_get_region (dialog->session);
  g_autofree char *known = region != NULL ? xps_region_dup_level (region->spectrum) : NULL;
  const char *level = known != NULL ? strpbrk (known, "1234567") : NULL;
  for (; level != NULL; level = strpbrk (level + 1, "1234567"))
    if (level[1] == levels[selected].letter[0])
      return g_strndup (level, 2);
  return g_strdup (levels[selected].letter);
}

static gboolean
add_new (Dialog *dialog, double splitting, guint level, GError **error)
{
  size_t n;
  double position;
  const XpsShape *shapes = xps_shapes_get (&n);
  const guint shape = adw_combo_row_get_selected (ADW_COMBO_ROW (dialog->shape));
  if (!xps_page_parse_number (xps_page_entry_get_text (dialog->position), TRUE, &position, error))
    return FALSE;
  g_autofree char *level_text = dup_level (dialog, level);
  const char *name = xps_page_entry_get_text (dialog->name);
  const XpsPageDoublet doublet = {.name = name[0] != '\0' ? name : NULL,
                                  .level = level_text,
                                  .shape = &shapes[shape < n ? shape : 0],
                                  .position = position,
                                  .splitting = splitting,
                                  .ratio = levels[level].ratio};
  return xps_page_add_doublet (dialog->session, &doublet, error);
}

static gboolean
apply (Dialog *dialog, GError **error)
{
  double splitting;
  const guint level =
      MIN (adw_combo_row_get_selected (ADW_COMBO_ROW (dialog->level)), (guint)G_N_ELEMENTS (levels) - 1);
  if (!xps_page_parse_number (xps_page_entry_get_text (dialog->splitting), FALSE, &splitting, error))
    return FALSE;
  if (dialog->weak < 0)
    return add_new (dialog, splitting, level, error);
  return xps_page_make_doublet (dialog->session, (gsize)dialog->weak, (gsize)dialog->strong, splitting,
                                levels[level].ratio, error);
}

static void
on_apply (GtkButton *button, Dialog *dialog)
{
  g_autoptr (GError) error = NULL;
  if (apply (dialog, &error)) {
    gtk_window_destroy (GTK_WINDOW (dialog->window));
    return;
  }
  xps_page_row_set_title (dialog->message, error->message);
  gtk_widget_set_visible (dialog->message, TRUE);
}

static GtkWidget *
combo_row_new (const char *title, GListModel *model)
{
  GtkWidget *row = adw_combo_row_new ();
  xps_page_row_set_title (row, title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), model);
  return row;
}

static void
add_rows (Dialog *dialog, AdwPreferencesGroup *group)
{
  g_autoptr (GtkStringList) letters = gtk_string_list_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    gtk_string_list_append (letters, _ (levels[i].words));
  if (dialog->weak < 0) {
    g_autoptr (GtkStringList) shapes = xps_page_shape_names_new ();
    adw_preferences_group_add (group,
                               xps_page_entry_row_new (_ ("Species"), NULL, NULL, NULL, &dialog->name));
    GtkWidget *position =
        xps_page_entry_row_new (_ ("Position of the stronger line"), "eV", NULL, NULL, &dialog->position);
    xps_page_row_set_subtitle (position, _ ("Empty: where the residual is largest"));
    adw_preferences_group_add (group, position);
    dialog->shape = combo_row_new (_ ("Shape"), G_LIST_MODEL (shapes));
    adw_combo_row_set_selected (ADW_COMBO_ROW (dialog->shape),
                                (guint)(xps_shape_find ("voigt") - xps_shapes_get (&(size_t){0})));
    adw_preferences_group_add (group, dialog->shape);
  }
  GtkWidget *splitting = xps_page_entry_row_new (_ ("Splitting"), "eV", NULL, NULL, &dialog->splitting);
  xps_page_row_set_subtitle (splitting, _ ("Weaker line at higher binding energy: positive"));
  adw_preferences_group_add (group, splitting);
  dialog->level = combo_row_new (_ ("Level and ratio of areas"), G_LIST_MODEL (letters));
  adw_preferences_group_add (group, dialog->level);
  dialog->message = xps_page_note_row_new ("error", "");
  gtk_widget_set_visible (dialog->message, FALSE);
  adw_preferences_group_add (group, dialog->message);
}

static GtkWidget *
header_new (Dialog *dialog)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  GtkWidget *apply_button = gtk_button_new_with_mnemonic (dialog->weak < 0 ? _ ("_Add") : _ ("_Link"));
  gtk_widget_add_css_class (apply_button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  g_signal_connect (apply_button, "clicked", G_CALLBACK (on_apply), dialog);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), apply_button);
  gtk_window_set_default_widget (GTK_WINDOW (dialog->window), apply_button);
  return header;
}

/* The present distance of two components is what is seen: the value to start from. */
static void
show_distance (Dialog *dialog)
{
  const XpsComponent *weak = xps_page_get_component (dialog->session, (gsize)dialog->weak);
  const XpsComponent *strong = xps_page_get_component (dialog->session, (gsize)dialog->strong);
  const int i = xps_shape_find_kind (weak->shape, XPS_ROLE_POSITION);
  const int k = xps_shape_find_kind (strong->shape, XPS_ROLE_POSITION);
  const double distance =
      xps_page_get_value (dialog->session, (gsize)dialog->weak, weak->shape->roles[i].id) -
      xps_page_get_value (dialog->session, (gsize)dialog->strong, strong->shape->roles[k].id);
  g_autofree char *text = xps_page_dup_entry_number (round (distance * 1000.0) / 1000.0);
  xps_page_entry_type (dialog->splitting, text);
}

void
xps_page_doublet_present (GtkWidget *widget, XpsSession *session, int weak, int strong)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  *dialog = (Dialog){.session = g_object_ref (session), .weak = weak, .strong = strong};
  dialog->window = adw_window_new ();
  g_object_set_data_full (G_OBJECT (dialog->window), "xps-dialog", dialog, dialog_free);
  gtk_window_set_title (GTK_WINDOW (dialog->window), weak < 0 ? _ ("Add Doublet") : _ ("Make Doublet"));
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 420, -1);
  GtkRoot *root = gtk_widget_get_root (widget);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog->window), GTK_WINDOW (root));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new ();
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), group);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_widget_set_size_request (page, -1, weak < 0 ? 340 : 200);
  gtk_box_append (GTK_BOX (box), header_new (dialog));
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (dialog->window), box);
  add_rows (dialog, group);
  if (weak >= 0)
    show_distance (dialog);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (dialog->window, keys);
  gtk_window_present (GTK_WINDOW (dialog->window));
}
