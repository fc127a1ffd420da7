/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commands.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/form.h"
#include "app/page-number.h"
#include "app/page-words.h"
#include "app/reference-catalogue.h"
#include "app/reference-detail.h"
#include "base/number.h"

/* A spin-orbit pair where the residual is largest. The ratio of the areas is that of the degeneracies 2j + 1;
 * splitting and natural widths stand there as the reference database has them for the region's level, with
 * their source, and can be typed over. What it does not know stays empty: nothing is assumed. */

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
  AdwEntryRow *name, *splitting, *width_strong, *width_weak;
} XpsDoubletForm;

/* The Lorentzian width, which is the natural one where nothing else broadens. */
#define WIDTH "fwhm_l"

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

/* What was typed; NaN: an entry that may be empty. FALSE: said why. */
typedef struct {
  double splitting, width_strong, width_weak;
} XpsDoubletNumbers;

static gboolean
read_numbers (const XpsDoubletForm *asked, XpsDoubletNumbers *numbers, GError **error)
{
  const char *splitting = gtk_editable_get_text (GTK_EDITABLE (asked->splitting)),
             *strong = gtk_editable_get_text (GTK_EDITABLE (asked->width_strong)),
             *weak = gtk_editable_get_text (GTK_EDITABLE (asked->width_weak));
  if (!xps_page_parse_number (splitting, FALSE, &numbers->splitting, error) ||
      !xps_page_parse_number (strong, TRUE, &numbers->width_strong, error) ||
      !xps_page_parse_number (weak, TRUE, &numbers->width_weak, error))
    return FALSE;
  const char *wrong = NULL;
  if (!(numbers->splitting > 0.0))
    wrong = _ ("The splitting is the distance of the two lines: a number above 0");
  else if (numbers->width_strong < 0.0 || numbers->width_weak < 0.0)
    wrong = _ ("A width is a number above 0");
  if (wrong != NULL)
    g_set_error_literal (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, wrong);
  return wrong == NULL;
}

/* Start values: the fit may change them. Where the two lines differ, the weaker one follows at the difference
 * of the natural widths: Lorentzian widths add up, so that what else broadens is common to both. */
static gboolean
set_widths (XpsModel *model, gsize strong, const XpsShape *shape, const XpsDoubletNumbers *numbers,
            GError **error)
{
  const double first = isnan (numbers->width_strong) ? numbers->width_weak : numbers->width_strong;
  if (xps_shape_find_role (shape, WIDTH) < 0 || isnan (first))
    return TRUE;
  if (!xps_edit_set_constraint (model, 0, strong, WIDTH, "free", error) ||
      !xps_edit_set_value (model, 0, strong, WIDTH, first, FALSE, error))
    return FALSE;
  if (isnan (numbers->width_weak) || numbers->width_weak == first)
    return TRUE;
  char number[XPS_NUMBER_LENGTH];
  const double more = numbers->width_weak - first;
  g_autofree char *letter = xps_edit_dup_letter (strong);
  g_autofree char *link = g_strdup_printf ("%s%s%s", letter, more < 0.0 ? "" : "+",
                                           xps_number_format (round (more * 1e6) / 1e6, number));
  return xps_edit_set_constraint (model, 0, strong + 1, WIDTH, link, error);
}

/* The region's level where it is of the chosen kind. New string. */
static char *
dup_orbital (const XpsRegion *region, const XpsDoubletLevel *chosen)
{
  char letter = 'p';
  g_autofree char *known = xps_region_dup_level (region->spectrum);
  const int main_number = find_level (known, &letter);
  return main_number > 0 && letter == chosen->level[0] ? g_strdup_printf ("%d%s", main_number, chosen->level)
                                                       : g_strdup (chosen->level);
}

static gboolean
accept_doublet (XpsForm *form, gpointer data)
{
  const XpsDoubletForm *asked = data;
  XpsSession *session = asked->window->session;
  const XpsRegion *region = xps_session_get_region (session);
  const XpsPreview *preview = xps_session_get_preview (session);
  g_autoptr (GError) error = NULL;
  XpsDoubletNumbers numbers;
  XpsPeakGuess guess;
  if (region == NULL || preview == NULL)
    return TRUE;
  const XpsDoubletLevel *chosen = &levels[adw_combo_row_get_selected (asked->level)];
  const XpsShape *shape = get_shape (adw_combo_row_get_selected (asked->shape));
  const char *name = gtk_editable_get_text (GTK_EDITABLE (asked->name));
  g_autofree char *level = dup_orbital (region, chosen);
  g_autoptr (XpsModel) model = xps_session_dup_model (session);
  if (!read_numbers (asked, &numbers, &error) || !xps_edit_guess_peak (preview, NAN, &guess, &error)) {
    xps_form_say (form, error->message);
    return FALSE;
  }
  const gsize added = xps_edit_add_doublet (model, 0, name[0] != '\0' ? name : NULL, level, shape, &guess,
                                            numbers.splitting, chosen->value);
  if (!set_widths (model, added, shape, &numbers, &error)) {
    xps_form_say (form, error->message);
    return FALSE;
  }
  xps_session_edit_model (session, _ ("new doublet"), g_steal_pointer (&model));
  xps_session_select_component (session, (int)added);
  return TRUE;
}

/* ---- what is known ---- */

/* "Campbell J.L., Papp T. 2001" each, or in full. New string. */
static char *
dup_citations (XpsReference *reference, const char *keys, gboolean full)
{
  g_autoptr (GPtrArray) sources = keys != NULL ? xps_reference_get_sources (reference, keys, NULL) : NULL;
  GString *text = g_string_new (NULL);
  for (guint i = 0; sources != NULL && i < sources->len; i++) {
    const XpsReferenceSource *source = g_ptr_array_index (sources, i);
    g_autofree char *long_one = xps_reference_dup_citation (source);
    const gboolean is_short = !full && source->authors != NULL && source->year > 0;
    g_string_append (text, i == 0 ? "" : full ? "\n" : "; ");
    if (is_short)
      g_string_append_printf (text, "%s %d", source->authors, source->year);
    else
      g_string_append (text, long_one);
  }
  return g_string_free (text, FALSE);
}

static void
set_number (AdwEntryRow *row, double value)
{
  g_autofree char *text = xps_page_dup_entry_number (value); /* nothing for NaN */
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* Fills in what is known of a level, and says where from. */
static void
suggest (XpsForm *form, const XpsDoubletForm *asked, const char *level)
{
  XpsReferenceDoublet doublet;
  g_autoptr (XpsReference) reference = level != NULL ? xps_catalogue_open_reference (NULL) : NULL;
  if (reference == NULL || !xps_reference_get_doublet (reference, level, &doublet))
    return;
  g_autofree char *citations = dup_citations (reference, doublet.source, FALSE),
                  *long_ones = dup_citations (reference, doublet.source, TRUE);
  g_autofree char *note = doublet.note != NULL ? g_strdup_printf ("%s\n%s", doublet.note, long_ones) : NULL;
  /* Translators: the first %s is a level, "S 2p", the second says who measured it. */
  g_autofree char *text = g_strdup_printf (
      _ ("Two lines of one level where the residual is largest, their areas and distance linked. "
         "Splitting and natural widths of %s are those of %s."),
      level, citations);
  set_number (asked->splitting, doublet.splitting);
  set_number (asked->width_strong, doublet.width_high);
  set_number (asked->width_weak, doublet.width_low);
  if (isfinite (doublet.splitting) || isfinite (doublet.width_high))
    xps_form_set_description (form, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (asked->splitting), note != NULL ? note : long_ones);
  xps_reference_doublet_clear (&doublet);
}

/* A shape without a Lorentzian width has nothing that a natural one could be. */
static void
on_shape (GObject *row, GParamSpec *pspec, gpointer data)
{
  const XpsDoubletForm *asked = data;
  const gboolean has =
      xps_shape_find_role (get_shape (adw_combo_row_get_selected (asked->shape)), WIDTH) >= 0;
  gtk_widget_set_sensitive (GTK_WIDGET (asked->width_strong), has);
  gtk_widget_set_sensitive (GTK_WIDGET (asked->width_weak), has);
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
  asked->width_strong = xps_form_add_entry (form, _ ("Lorentzian width of the stronger line in eV"), "");
  asked->width_weak = xps_form_add_entry (form, _ ("Lorentzian width of the weaker line in eV"), "");
  asked->shape = add_shapes (form, xps_window_get_usual_shape (self));
  g_signal_connect (asked->shape, "notify::selected", G_CALLBACK (on_shape), asked);
  on_shape (NULL, NULL, asked);
  suggest (form, asked, known);
  xps_form_present (form);
  gtk_widget_grab_focus (GTK_WIDGET (asked->splitting));
}
