/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commands.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/form.h"
#include "app/page-number.h"
#include "app/page-words.h"

/* A spin-orbit pair where the residual is largest. The ratio of the areas is that of the degeneracies 2j + 1;
 * the splitting depends on element and level and has no value until it is typed: nothing is assumed. */

typedef struct {
  const char *level; /* without the main quantum number */
  const char *ratio; /* as people write it */
  double value;      /* of the weaker line to the stronger one */
} XpsDoubletLevel;

static const XpsDoubletLevel levels[] = {
    {"p", "1/2", 1.0 / 2.0}, {"d", "2/3", 2.0 / 3.0}, {"f", "3/4", 3.0 / 4.0}};

typedef struct {
  XpsWindow *window;
  AdwComboRow *level, *shape;
  AdwEntryRow *name, *splitting;
} XpsDoubletForm;

static void
doublet_form_free (XpsDoubletForm *form)
{
  g_object_unref (form->window);
  g_free (form);
}

/* "S 2p" -> 2 and 'p'; 0 where the region is not named after a level. */
static int
find_level (const char *text, char *letter)
{
  for (const char *at = text; at != NULL && *at != '\0'; at++)
    if (at[0] >= '2' && at[0] <= '7' && at[1] != '\0' && strchr ("pdf", at[1]) != NULL) {
      *letter = at[1];
      return at[0] - '0';
    }
  return 0;
}

static guint
index_of_letter (char letter)
{
  return letter == 'd' ? 1 : letter == 'f' ? 2 : 0;
}

static const XpsShape *
get_shape (guint index)
{
  gsize n;
  const XpsShape *shapes = xps_shapes_get (&n);
  return &shapes[MIN (index, n - 1)];
}

static gboolean
accept_doublet (XpsForm *form, gpointer data)
{
  const XpsDoubletForm *asked = data;
  XpsSession *session = asked->window->session;
  const XpsRegion *region = xps_session_get_region (session);
  const XpsPreview *preview = xps_session_get_preview (session);
  g_autoptr (GError) error = NULL;
  double splitting;
  XpsPeakGuess guess;
  if (region == NULL || preview == NULL)
    return TRUE;
  if (!xps_page_parse_number (gtk_editable_get_text (GTK_EDITABLE (asked->splitting)), FALSE, &splitting,
                              &error) ||
      !xps_edit_guess_peak (preview, NAN, &guess, &error)) {
    xps_form_say (form, error->message);
    return FALSE;
  }
  if (!(splitting > 0.0)) {
    xps_form_say (form, _ ("The splitting is the distance of the two lines: a number above 0"));
    return FALSE;
  }
  const XpsDoubletLevel *chosen = &levels[adw_combo_row_get_selected (asked->level)];
  g_autofree char *known = xps_region_dup_level (region->spectrum);
  char letter = 'p';
  const int main_number = find_level (known, &letter);
  g_autofree char *level = main_number > 0 && letter == chosen->level[0]
                               ? g_strdup_printf ("%d%s", main_number, chosen->level)
                               : g_strdup (chosen->level);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (asked->name));
  XpsModel *model = xps_session_dup_model (session);
  const gsize added = xps_edit_add_doublet (model, 0, name[0] != '\0' ? name : NULL, level,
                                            get_shape (adw_combo_row_get_selected (asked->shape)), &guess,
                                            splitting, chosen->value);
  xps_session_edit_model (session, _ ("new doublet"), model);
  xps_session_select_component (session, (int)added);
  return TRUE;
}

static AdwComboRow *
add_shapes (XpsForm *form, const XpsShape *usual)
{
  gsize n;
  const XpsShape *shapes = xps_shapes_get (&n);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint selected = 0;
  for (gsize i = 0; i < n; i++) {
    g_ptr_array_add (names, (gpointer)xps_page_shape_title (&shapes[i]));
    selected = &shapes[i] == usual ? (guint)i : selected;
  }
  g_ptr_array_add (names, NULL);
  return xps_form_add_choice (form, _ ("Shape"), (const char *const *)names->pdata, selected);
}

void
xps_command_add_doublet (XpsWindow *self, GVariant *parameter)
{
  const XpsRegion *region = xps_session_get_region (self->session);
  const char *const words[] = {_ ("p: areas 1 : 2"), _ ("d: areas 2 : 3"), _ ("f: areas 3 : 4"), NULL};
  g_autofree char *known = xps_region_dup_level (region->spectrum);
  char letter = 'p';
  find_level (known, &letter);
  XpsDoubletForm *asked = g_new0 (XpsDoubletForm, 1);
  asked->window = g_object_ref (self);
  XpsForm *form = xps_form_new (GTK_WIDGET (self), _ ("Add Doublet"), _ ("_Add"), accept_doublet, asked,
                                (GDestroyNotify)doublet_form_free);
  xps_form_set_description (form,
                            _ ("Two lines of one level, placed where the residual is largest. Their areas "
                               "and their distance are linked."));
  /* "S" of "S 2p": the lines are called after it and their level, "S 2p3/2". */
  g_autofree char *element = g_strndup (known != NULL ? known : "", known != NULL ? strcspn (known, " ") : 0);
  asked->name = xps_form_add_entry (form, _ ("Name (optional)"), element);
  asked->level = xps_form_add_choice (form, _ ("Level"), words, index_of_letter (letter));
  asked->splitting = xps_form_add_entry (form, _ ("Splitting in eV"), "");
  asked->shape = add_shapes (form, xps_window_get_usual_shape (self));
  xps_form_present (form);
  gtk_widget_grab_focus (GTK_WIDGET (asked->splitting));
}
