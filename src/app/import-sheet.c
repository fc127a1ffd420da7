/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/import-sheet.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/form.h"
#include "app/import-preview.h"
#include "app/window-private.h"
#include "base/file.h"
#include "base/number.h"
#include "formats/choice.h"

#define MOST_CHOICES 400 /* of a list that a person looks through */
#define MOST_COLUMNS 40
#define LOOKED_AT    65536 /* bytes of a text, for its columns */

typedef struct {
  XpsSession *session;
  GListModel *files; /* GFile */
  XpsForm *form;
  GPtrArray *choices; /* XpsChoice, of HDF5; NULL: text */
  AdwComboRow *intensity, *energy, *axis, *unit;
  GtkSwitch *comma;
  XpsPlotCanvas *preview;
  GtkLabel *words;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;
  g_object_unref (asked->session);
  g_object_unref (asked->files);
  if (asked->choices != NULL)
    g_ptr_array_unref (asked->choices);
  g_free (asked);
}

/* ---- what there is ---- */

/* Numbers in a line, whatever stands between them. */
static guint
count_numbers (const char *line)
{
  g_auto (GStrv) words = g_strsplit_set (line, "\t ;,", -1);
  guint n = 0;
  for (guint i = 0; words[i] != NULL; i++) {
    double value = 0.0;
    n += words[i][0] != '\0' && xps_number_parse (words[i], &value);
  }
  return n;
}

static guint
count_columns (GBytes *bytes)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data != NULL ? data : "", MIN (length, LOOKED_AT));
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);
  guint most = 2;
  for (guint i = 0; lines[i] != NULL; i++)
    most = MAX (most, count_numbers (lines[i]));
  return MIN (most, MOST_COLUMNS);
}

/* Data sets or columns; `open`: before them, that the program finds out. */
static GPtrArray *
list_words (const Asked *asked, guint n_columns, gboolean open)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  if (open)
    g_ptr_array_add (words, g_strdup (_ ("Find out")));
  for (guint i = 0; asked->choices != NULL && i < asked->choices->len; i++)
    g_ptr_array_add (words, xps_choice_dup_text (g_ptr_array_index (asked->choices, i)));
  for (guint i = 1; asked->choices == NULL && i <= n_columns; i++)
    g_ptr_array_add (words, g_strdup_printf (_ ("Column %u"), i));
  g_ptr_array_add (words, NULL);
  return words;
}

static GPtrArray *
list_choices (GBytes *bytes, const char *name)
{
  g_autoptr (GPtrArray) all = xps_choices_list (bytes, name, NULL);
  if (all == NULL)
    return NULL;
  GPtrArray *curves = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_choice_free);
  for (guint i = 0; i < all->len && curves->len < MOST_CHOICES; i++)
    if (xps_choice_is_curve (g_ptr_array_index (all, i)))
      g_ptr_array_add (curves, g_steal_pointer (&g_ptr_array_index (all, i)));
  return curves;
}

/* The one that looks most like what a detector counted: said to be counts, or of many dimensions; no energy.
 */
static guint
guess_intensity (const GPtrArray *choices)
{
  guint best = 0, most = 0;
  for (guint i = 0; i < choices->len; i++) {
    const XpsChoice *choice = g_ptr_array_index (choices, i);
    const char *slash = strrchr (choice->path, '/');
    g_autofree char *name = g_ascii_strdown (slash != NULL ? slash : choice->path, -1);
    const gboolean counts = choice->unit != NULL && strstr (choice->unit, "count") != NULL;
    const guint score = strstr (name, "energ") != NULL ? 0 : 1 + choice->rank + (counts ? 10 : 0);
    if (score <= most)
      continue;
    most = score;
    best = i;
  }
  return best;
}

/* ---- what was chosen ---- */

/* `first`: place of the first data set in the list. */
static const char *
get_path (const Asked *asked, AdwComboRow *row, guint first)
{
  const guint selected = adw_combo_row_get_selected (row);
  if (asked->choices == NULL || selected < first || selected - first >= asked->choices->len)
    return NULL;
  return ((const XpsChoice *)g_ptr_array_index (asked->choices, selected - first))->path;
}

/* Lists begin with what the file says. */
static void
get_options (const Asked *asked, XpsReadOptions *options)
{
  const guint axis = adw_combo_row_get_selected (asked->axis);
  const guint unit = adw_combo_row_get_selected (asked->unit);
  xps_read_options_init (options);
  options->dataset = get_path (asked, asked->intensity, 0);
  options->energy_dataset = get_path (asked, asked->energy, 1);
  if (asked->choices == NULL) {
    options->intensity_column = (int)adw_combo_row_get_selected (asked->intensity);
    options->energy_column = (int)adw_combo_row_get_selected (asked->energy);
    options->decimal_comma = gtk_switch_get_active (asked->comma);
  }
  options->axis_given = axis > 0;
  options->axis = axis == 2 ? XPS_AXIS_KINETIC : XPS_AXIS_BINDING;
  options->unit_given = unit > 0;
  options->unit = unit == 2 ? XPS_INTENSITY_COUNTS_PER_SECOND : XPS_INTENSITY_COUNTS;
}

static XpsFile *
read_file (const Asked *asked, guint index, GError **error)
{
  g_autoptr (GFile) file = g_list_model_get_item (asked->files, index);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, error);
  g_autofree char *path = g_file_get_path (file), *name = g_file_get_basename (file);
  XpsReadOptions options;
  if (bytes == NULL)
    return NULL;
  get_options (asked, &options);
  return xps_file_open_bytes (bytes, path != NULL ? path : name, &options, error);
}

/* ---- the preview ---- */

static void
say (const Asked *asked, const XpsFile *file, const GError *error)
{
  g_autoptr (GString) words = g_string_new (NULL);
  if (file == NULL) {
    gtk_label_set_text (asked->words, error->message);
    gtk_widget_add_css_class (GTK_WIDGET (asked->words), "error");
    return;
  }
  gtk_widget_remove_css_class (GTK_WIDGET (asked->words), "error");
  const gsize n = xps_spectrum_get_n (g_ptr_array_index (file->spectra, 0));
  g_string_append_printf (words, ngettext ("%u spectrum", "%u spectra", file->spectra->len),
                          file->spectra->len);
  g_string_append (words, " · ");
  g_string_append_printf (words, ngettext ("%u point", "%u points", n), (guint)n);
  for (guint i = 0; i < MIN (file->warnings->len, 2); i++)
    g_string_append_printf (words, "\n%s", (const char *)g_ptr_array_index (file->warnings, i));
  for (guint i = 0; i < MIN (file->notes->len, 2); i++)
    g_string_append_printf (words, "\n%s", (const char *)g_ptr_array_index (file->notes, i));
  gtk_label_set_text (asked->words, words->str);
}

static void
refresh (Asked *asked)
{
  g_autoptr (GError) error = NULL;
  if (asked->unit == NULL) /* the sheet is being made */
    return;
  g_autoptr (XpsFile) file = read_file (asked, 0, &error);
  xps_import_preview_show (asked->preview, file != NULL ? g_ptr_array_index (file->spectra, 0) : NULL);
  say (asked, file, error);
}

/* Where the file does not say it, most laboratories mean binding energies; the preview shows it, and the list
 * above it changes it. */
static void
guess_axis (Asked *asked)
{
  g_autoptr (XpsFile) file = read_file (asked, 0, NULL);
  if (file != NULL && xps_spectrum_get_axis (g_ptr_array_index (file->spectra, 0)) == XPS_AXIS_OTHER)
    adw_combo_row_set_selected (asked->axis, 1);
}

/* ---- taking it in ---- */

/* One line, and what was guessed and refused below it. */
static void
tell (const Asked *asked, guint n, const char *failures, const char *details)
{
  g_autofree char *line = g_strdup_printf (ngettext ("%u spectrum read", "%u spectra read", n), n);
  g_autofree char *text = g_strconcat (failures[0] != '\0' ? failures + 1 : line, "\n", details, NULL);
  g_strchomp (text);
  g_signal_emit_by_name (asked->session, "message", text, failures[0] != '\0');
}

static void
append_lines (GString *details, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (details, "%s\n", (const char *)g_ptr_array_index (lines, i));
}

/* All files by the same answers; what can not be read is told, and does not hold up the others. */
static gboolean
on_accept (XpsForm *form, gpointer data)
{
  Asked *asked = data;
  const guint n = g_list_model_get_n_items (asked->files);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) failures = g_string_new (NULL), details = g_string_new (NULL);
  XpsProject *project = xps_session_get_project (asked->session);
  XpsState *state = xps_state_ref (xps_project_get_state (project));
  for (guint i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsFile) file = read_file (asked, i, &error);
    if (file == NULL) {
      g_string_append_printf (failures, "\n%s", error->message);
      continue;
    }
    append_lines (details, file->warnings);
    append_lines (details, file->notes);
    XpsState *next = xps_state_import (state, file, ids);
    xps_state_unref (state);
    state = next;
  }
  if (ids->len == 0) {
    xps_state_unref (state);
    xps_form_say (form, failures->str + 1);
    return FALSE;
  }
  const guint first = g_array_index (ids, guint, 0);
  xps_project_edit (project, _ ("import"), state);
  xps_session_show_region (asked->session, first);
  tell (asked, ids->len, failures->str, details->str);
  return TRUE;
}

/* ---- the sheet ---- */

static AdwComboRow *
add_list (Asked *asked, const char *title, const GPtrArray *words, guint selected)
{
  AdwComboRow *row = xps_form_add_choice (asked->form, title, (const char *const *)words->pdata, selected);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (refresh), asked);
  return row;
}

static AdwComboRow *
add_three (Asked *asked, const char *title, const char *first, const char *second, guint selected)
{
  const char *const words[] = {_ ("As the file says"), first, second, NULL};
  AdwComboRow *row = xps_form_add_choice (asked->form, title, words, selected);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (refresh), asked);
  return row;
}

static void
add_preview (Asked *asked)
{
  asked->preview = xps_import_preview_new ();
  asked->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (asked->words, TRUE);
  gtk_label_set_wrap_mode (asked->words, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (asked->words, 0.0f);
  gtk_label_set_lines (asked->words, 5);
  gtk_label_set_ellipsize (asked->words, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (asked->words), "caption");
  xps_form_add_widget (asked->form, GTK_WIDGET (asked->preview));
  xps_form_add_widget (asked->form, GTK_WIDGET (asked->words));
}

static void
add_rows (Asked *asked, GBytes *bytes)
{
  const gboolean is_text = asked->choices == NULL;
  const guint n_columns = is_text ? count_columns (bytes) : 0;
  g_autoptr (GPtrArray) intensities = list_words (asked, n_columns, is_text);
  g_autoptr (GPtrArray) energies = list_words (asked, n_columns, TRUE);
  asked->intensity =
      add_list (asked, _ ("Intensities"), intensities, is_text ? 0 : guess_intensity (asked->choices));
  asked->energy = add_list (asked, _ ("Energies"), energies, 0);
  asked->axis = add_three (asked, _ ("Energies are"), _ ("Binding energies"), _ ("Kinetic energies"), 0);
  asked->unit = add_three (asked, _ ("Intensities are"), _ ("Counts"), _ ("Counts per second"), 0);
  if (!is_text)
    return;
  asked->comma = GTK_SWITCH (xps_form_add_switch (asked->form, _ ("Decimal comma"), FALSE));
  g_signal_connect_swapped (asked->comma, "notify::active", G_CALLBACK (refresh), asked);
}

void
xps_import_sheet_ask (XpsWindow *window, GListModel *files)
{
  g_autoptr (GFile) first = g_list_model_get_item (files, 0);
  g_autoptr (GBytes) bytes = g_file_load_bytes (first, NULL, NULL, NULL);
  g_autofree char *name = g_file_get_basename (first);
  if (bytes == NULL)
    return;
  Asked *asked = g_new0 (Asked, 1);
  asked->session = g_object_ref (window->session);
  asked->files = g_object_ref (files);
  asked->choices = list_choices (bytes, name);
  if (asked->choices != NULL && asked->choices->len == 0)
    g_clear_pointer (&asked->choices, g_ptr_array_unref);
  asked->form = xps_form_new (GTK_WIDGET (window), _ ("Import"), _ ("_Import"), on_accept, asked, asked_free);
  g_autofree char *description =
      asked->choices != NULL
          ? g_strdup_printf (_ ("%s does not say which of its data sets are spectra."), name)
          : g_strdup_printf (_ ("%s does not say whether its energies are binding or kinetic energies."),
                             name);
  xps_form_set_description (asked->form, description);
  add_rows (asked, bytes);
  add_preview (asked);
  guess_axis (asked);
  refresh (asked);
  xps_form_present (asked->form);
}
