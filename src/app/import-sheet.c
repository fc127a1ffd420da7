/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/import-sheet.h"

#include <glib/gi18n.h>

#include "app/form.h"
#include "app/import-preview.h"
#include "app/import-read.h"
#include "app/session-import.h"
#include "app/window-private.h"
#include "formats/choice.h"
#include "formats/sheet.h"

/* The sheet and, longer than it where something is still being read, what it asked about. Counted: by the
 * form, and by each job that will come back. */
typedef struct {
  XpsWindow *window;   /* NULL: the sheet is gone; a window that is gone has no session */
  XpsProject *project; /* that the files are for */
  GListModel *files;   /* GFile */
  XpsImportSubject *subject;
  XpsImportRead *preview; /* what is shown, or NULL: nothing is, or what is shown failed */
  XpsJob *reading;        /* the preview, or NULL */
  XpsJob *taking;         /* what Import waits for, or NULL */

  XpsForm *form;
  AdwComboRow *intensity, *energy, *axis, *unit;
  GtkSwitch *comma;
  XpsPlotCanvas *canvas;
  GtkLabel *words;
} Asked;

static void
asked_clear (gpointer data)
{
  Asked *asked = data;
  g_clear_object (&asked->project);
  g_clear_object (&asked->files);
  g_clear_pointer (&asked->subject, xps_import_subject_unref);
  g_clear_pointer (&asked->preview, xps_import_read_free);
}

static void
asked_release (Asked *asked)
{
  g_rc_box_release_full (asked, asked_clear);
}

static void
cancel (XpsJob **job)
{
  if (*job != NULL)
    xps_job_cancel (*job);
  g_clear_object (job);
}

/* With the form. */
static void
asked_leave (gpointer data)
{
  Asked *asked = data;
  g_clear_object (&asked->window);
  cancel (&asked->reading);
  cancel (&asked->taking);
  asked_release (asked);
}

/* ---- what was chosen ---- */

static void
get_choices (const Asked *asked, XpsImportChoices *choices)
{
  /* A list of columns begins with "Find out", one of data sets of intensities does not. */
  const guint first = asked->subject->sets != NULL ? 1 : 0;
  choices->intensity = adw_combo_row_get_selected (asked->intensity) + first;
  choices->energy = adw_combo_row_get_selected (asked->energy);
  choices->axis = adw_combo_row_get_selected (asked->axis);
  choices->unit = adw_combo_row_get_selected (asked->unit);
  choices->comma = asked->comma != NULL && gtk_switch_get_active (asked->comma);
}

/* Whether what was read is what is chosen now; a job that was stopped may have read nothing. */
static gboolean
is_current (const Asked *asked, const XpsImportRead *read)
{
  XpsImportChoices choices;
  get_choices (asked, &choices);
  return read != NULL && read->files->len + read->failures->len > 0 &&
         xps_import_choices_equal (&read->choices, &choices);
}

/* ---- the preview ---- */

static void
say (const Asked *asked, const XpsFile *file, const GPtrArray *failures)
{
  GtkWidget *label = GTK_WIDGET (asked->words);
  if (file == NULL) {
    gtk_label_set_text (asked->words, g_ptr_array_index (failures, 0));
    gtk_widget_add_css_class (label, "error");
    return;
  }
  const gsize n = xps_spectrum_get_n (g_ptr_array_index (file->spectra, 0));
  g_autoptr (GString) words = g_string_new (NULL);
  gtk_widget_remove_css_class (label, "error");
  g_string_append_printf (words, ngettext ("%u spectrum", "%u spectra", file->spectra->len),
                          file->spectra->len);
  g_string_append (words, " · ");
  g_string_append_printf (words, ngettext ("%u point", "%u points", n), (guint)n);
  for (guint i = 0; i < MIN (file->warnings->len, 2); i++)
    g_string_append_printf (words, "\n%s", (const char *)g_ptr_array_index (file->warnings, i));
  for (guint i = 0; i < MIN (file->notes->len, 3); i++)
    g_string_append_printf (words, "\n%s", (const char *)g_ptr_array_index (file->notes, i));
  gtk_label_set_text (asked->words, words->str);
}

static void
show (Asked *asked, XpsImportRead *take_read)
{
  g_clear_pointer (&asked->preview, xps_import_read_free);
  asked->preview = take_read;
  const XpsFile *file = take_read->files->len > 0 ? g_ptr_array_index (take_read->files, 0) : NULL;
  xps_import_preview_show (asked->canvas, file != NULL ? g_ptr_array_index (file->spectra, 0) : NULL);
  say (asked, file, take_read->failures);
}

static void refresh (Asked *asked);

static void
on_previewed (XpsJob *job, gpointer result, const GError *error, gpointer data)
{
  Asked *asked = data;
  XpsImportRead *read = result;
  if (asked->window != NULL) {
    g_clear_object (&asked->reading);
    if (is_current (asked, read))
      show (asked, g_steal_pointer (&read));
    else
      refresh (asked); /* other choices since it began */
  }
  g_clear_pointer (&read, xps_import_read_free);
  asked_release (asked);
}

/* Nothing is shown until what is chosen now was read; one at a time, the next one by the latest choices. */
static void
refresh (Asked *asked)
{
  if (asked->words == NULL || asked->taking != NULL) /* the sheet is being made, or done with */
    return;
  xps_form_say (asked->form, NULL);
  if (is_current (asked, asked->preview))
    return;
  g_clear_pointer (&asked->preview, xps_import_read_free);
  xps_import_preview_show (asked->canvas, NULL);
  gtk_label_set_text (asked->words, _ ("Reading…"));
  gtk_widget_remove_css_class (GTK_WIDGET (asked->words), "error");
  if (asked->reading != NULL) {
    xps_job_cancel (asked->reading);
    return;
  }
  XpsImportChoices choices;
  get_choices (asked, &choices);
  asked->reading = xps_import_read (asked->subject, NULL, &choices, on_previewed, g_rc_box_acquire (asked));
}

/* ---- taking it in ---- */

static void
set_sensitive (const Asked *asked, gboolean sensitive)
{
  GtkWidget *const rows[] = {GTK_WIDGET (asked->intensity), GTK_WIDGET (asked->energy),
                             GTK_WIDGET (asked->axis), GTK_WIDGET (asked->unit), GTK_WIDGET (asked->comma)};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i] != NULL)
      gtk_widget_set_sensitive (rows[i], sensitive);
}

/* What can not be read is told, and does not hold up the others. TRUE: something was taken. */
static gboolean
take (Asked *asked, const XpsImportRead *read)
{
  XpsSession *session = asked->window->session;
  if (read->files->len > 0 && session != NULL && xps_session_get_project (session) == asked->project) {
    xps_session_take_files (session, read->files, read->failures, G_LIST_MODEL (read->taken));
    return TRUE;
  }
  xps_form_say (asked->form, read->failures->len > 0 ? g_ptr_array_index (read->failures, 0)
                                                     : _ ("Another document is open by now"));
  return FALSE;
}

static void
on_taken (XpsJob *job, gpointer result, const GError *error, gpointer data)
{
  Asked *asked = data;
  XpsImportRead *read = result;
  if (asked->window != NULL) {
    g_clear_object (&asked->taking);
    set_sensitive (asked, TRUE);
    if (read != NULL && take (asked, read))
      gtk_window_destroy (xps_form_get_window (asked->form)); /* and with it what `asked` points to */
    else
      refresh (asked);
  }
  g_clear_pointer (&read, xps_import_read_free);
  asked_release (asked);
}

/* All files by the same answers. One whose preview is shown is taken as it is shown. */
static gboolean
on_accept (XpsForm *form, gpointer data)
{
  Asked *asked = data;
  if (asked->taking != NULL)
    return FALSE;
  const gboolean shown = is_current (asked, asked->preview);
  if (shown && g_list_model_get_n_items (asked->files) == 1)
    return take (asked, asked->preview);
  XpsImportChoices choices;
  get_choices (asked, &choices);
  set_sensitive (asked, FALSE);
  asked->taking =
      xps_import_read (asked->subject, asked->files, &choices, on_taken, g_rc_box_acquire (asked));
  return FALSE;
}

/* ---- the sheet ---- */

static char *
dup_column (const XpsImportSubject *subject, guint number)
{
  g_autofree char *letters = xps_sheet_dup_letters (number - 1);
  return subject->workbook ? g_strdup_printf (_ ("Column %s"), letters)
                           : g_strdup_printf (_ ("Column %u"), number);
}

/* Data sets or columns; `open`: before them, that the program finds out. */
static GPtrArray *
list_words (const XpsImportSubject *subject, gboolean open)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  if (open)
    g_ptr_array_add (words, g_strdup (_ ("Find out")));
  for (guint i = 0; subject->sets != NULL && i < subject->sets->len; i++)
    g_ptr_array_add (words, xps_choice_dup_text (g_ptr_array_index (subject->sets, i)));
  for (guint i = 1; subject->sets == NULL && i <= subject->n_columns; i++)
    g_ptr_array_add (words, dup_column (subject, i));
  g_ptr_array_add (words, NULL);
  return words;
}

static AdwComboRow *
add_list (Asked *asked, const char *title, const char *const *words, guint selected)
{
  AdwComboRow *row = xps_form_add_choice (asked->form, title, words, selected);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (refresh), asked);
  return row;
}

static AdwComboRow *
add_three (Asked *asked, const char *title, const char *first, const char *second, guint selected)
{
  const char *const words[] = {_ ("As the file says"), first, second, NULL};
  return add_list (asked, title, words, selected);
}

static void
add_preview (Asked *asked)
{
  asked->canvas = xps_import_preview_new ();
  asked->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (asked->words, TRUE);
  gtk_label_set_wrap_mode (asked->words, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (asked->words, 0.0f);
  gtk_label_set_lines (asked->words, 6);
  gtk_label_set_ellipsize (asked->words, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (asked->words), "caption");
  xps_form_add_widget (asked->form, GTK_WIDGET (asked->canvas));
  xps_form_add_widget (asked->form, GTK_WIDGET (asked->words));
}

static void
add_rows (Asked *asked)
{
  const XpsImportSubject *subject = asked->subject;
  const XpsImportChoices *likely = &subject->likely;
  const gboolean is_text = subject->sets == NULL;
  g_autoptr (GPtrArray) intensities = list_words (subject, is_text), energies = list_words (subject, TRUE);
  asked->intensity = add_list (asked, _ ("Intensities"), (const char *const *)intensities->pdata,
                               likely->intensity - (is_text ? 0 : 1));
  asked->energy = add_list (asked, _ ("Energies"), (const char *const *)energies->pdata, likely->energy);
  asked->axis =
      add_three (asked, _ ("Energies are"), _ ("Binding energies"), _ ("Kinetic energies"), likely->axis);
  asked->unit = add_three (asked, _ ("Intensities are"), _ ("Counts"), _ ("Counts per second"), likely->unit);
  if (!is_text || subject->workbook)
    return;
  asked->comma = GTK_SWITCH (xps_form_add_switch (asked->form, _ ("Decimal comma"), likely->comma));
  g_signal_connect_swapped (asked->comma, "notify::active", G_CALLBACK (refresh), asked);
}

static char *
dup_description (GListModel *files, const XpsImportSubject *subject)
{
  g_autofree char *name = g_file_get_basename (subject->file);
  const guint others = g_list_model_get_n_items (files) - 1;
  if (subject->sets != NULL)
    return g_strdup_printf (_ ("%s does not say which of its data sets are spectra."), name);
  if (others == 0)
    return g_strdup_printf (_ ("%s does not say whether its energies are binding or kinetic energies."),
                            name);
  return g_strdup_printf (
      ngettext (
          "%s and %u other file do not say whether their energies are binding or kinetic energies. Both are "
          "read by the same answers.",
          "%s and %u other files do not say whether their energies are binding or kinetic energies. All are "
          "read by the same answers.",
          others),
      name, others);
}

static void
open_sheet (XpsWindow *window, GListModel *files, XpsImportSubject *subject)
{
  Asked *asked = g_rc_box_new0 (Asked);
  asked->window = g_object_ref (window);
  asked->project = g_object_ref (xps_session_get_project (window->session));
  asked->files = g_object_ref (files);
  asked->subject = xps_import_subject_ref (subject);
  asked->form =
      xps_form_new (GTK_WIDGET (window), _ ("Import"), _ ("_Import"), on_accept, asked, asked_leave);
  g_autofree char *description = dup_description (files, subject);
  xps_form_set_description (asked->form, description);
  add_rows (asked);
  add_preview (asked);
  refresh (asked);
  xps_form_present (asked->form);
}

/* ---- looking first ---- */

typedef struct {
  XpsWindow *window;
  XpsProject *project;
  GListModel *files;
} Question;

static void
on_looked (XpsJob *job, gpointer result, const GError *error, gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (XpsWindow) window = question->window;
  g_autoptr (XpsProject) project = question->project;
  g_autoptr (GListModel) files = question->files;
  XpsImportSubject *subject = result;
  /* The window may be closed, or another document open in it. */
  const gboolean asked_still =
      window->session != NULL && xps_session_get_project (window->session) == project;
  if (subject == NULL && asked_still)
    xps_window_say (window, error->message, TRUE);
  if (subject != NULL && asked_still)
    open_sheet (window, files, subject);
  g_clear_pointer (&subject, xps_import_subject_unref);
}

void
xps_import_sheet_ask (XpsWindow *window, GListModel *files)
{
  g_autoptr (GFile) first = g_list_model_get_item (files, 0);
  Question *question = g_new0 (Question, 1);
  question->window = g_object_ref (window);
  question->project = g_object_ref (xps_session_get_project (window->session));
  question->files = g_object_ref (files);
  g_autoptr (XpsJob) job = xps_import_look (first, on_looked, question);
}
