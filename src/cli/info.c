/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/info.h"

#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "cli/command.h"
#include "formats/choice.h"
#include "formats/folder.h"
#include "formats/sums.h"

static void
warn_about (const XpsFile *file)
{
  for (guint i = 0; i < file->warnings->len; i++) {
    g_autofree char *message =
        g_strdup_printf ("%s: %s", file->path, (const char *)g_ptr_array_index (file->warnings, i));
    xps_cli_warn (message);
  }
}

/* Where a person must say what is a spectrum, all that there is; else the message alone. */
static int
tell_failure (const char *path, const GError *error, XpsJsonStream *out)
{
  g_autoptr (GPtrArray) choices = g_error_matches (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_CHOICE)
                                      ? xps_choices_list_file (path, NULL)
                                      : NULL;

  if (out != NULL)
    xps_info_add_failed_json (out, path, error->message, choices);
  for (guint i = 0; out == NULL && choices != NULL && i < choices->len; i++) {
    g_autofree char *text = xps_choice_dup_text (g_ptr_array_index (choices, i));
    g_autofree char *line = xps_text_dup_printable (text, -1);
    g_print ("%s\n", line);
  }
  return xps_cli_fail (error);
}

#define MOST_NAMES 20 /* of files that are told in one line */

typedef struct {
  const XpsReadOptions *options;
  double photon_energy;
  gboolean sums;
  XpsJsonStream *out; /* NULL: tables */
  GString *foreign;   /* names of files in a folder that are no spectra */
  guint n_told, n_foreign;
  int status;
} Teller;

/* `name`: in a folder, where there may be anything, or NULL: a person who names a file is told why it cannot
 * be read. */
static void
tell_file (Teller *self, const char *path, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open (path, self->options, &error);

  if (file == NULL && name != NULL && !xps_folder_expects (path)) {
    if (++self->n_foreign <= MOST_NAMES)
      g_string_append_printf (self->foreign, "%s%s", self->foreign->len > 0 ? ", " : "", name);
    return;
  }
  if (file == NULL) {
    self->status = tell_failure (path, error, self->out);
    return;
  }
  if (isfinite (self->photon_energy))
    xps_file_correct_photon_energy (file, self->photon_energy, "corrected with --photon-energy");
  if (self->sums)
    xps_file_add_sums (file);
  if (self->out != NULL) {
    xps_info_add_json (self->out, file);
  } else {
    g_print ("%s", self->n_told == 0 ? "" : "\n");
    xps_info_print (file);
  }
  self->n_told++;
  warn_about (file);
}

static gboolean
visit_file (GFile *file, const char *path, gpointer data)
{
  g_autofree char *whole = g_file_get_path (file);

  tell_file (data, whole, path);
  return TRUE;
}

/* Each file below, as if it had been named. */
static void
tell_folder (Teller *self, const char *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  const guint n_before = self->n_told;

  g_autoptr (GString) names = g_string_new (NULL);

  self->n_foreign = 0;
  self->foreign = names;
  xps_folder_visit (folder, visit_file, errors, self);
  for (guint i = 0; i < errors->len; i++)
    xps_cli_warn (g_ptr_array_index (errors, i));
  if (self->n_foreign > 0) {
    g_autofree char *message = g_strdup_printf ("%s: left out, no spectra (%u): %s%s", path, self->n_foreign,
                                                names->str, self->n_foreign > MOST_NAMES ? ", ..." : "");
    xps_cli_warn (message);
  }
  if (self->n_told > n_before)
    return;
  g_autofree char *message = g_strdup_printf ("%s: no file in it could be read", path);
  xps_cli_warn (message);
  self->status = XPS_EXIT_FAILED;
}

static int
tell_files (char **paths, Teller *teller, gboolean json)
{
  XpsJsonStream out;

  teller->out = json ? &out : NULL;
  xps_json_stream_init (&out, stdout);
  if (json) {
    xps_json_stream_begin_object (&out, NULL);
    xps_json_stream_begin_array (&out, "files");
  }
  for (guint i = 0; paths[i] != NULL; i++)
    if (g_file_test (paths[i], G_FILE_TEST_IS_DIR))
      tell_folder (teller, paths[i]);
    else
      tell_file (teller, paths[i], NULL);
  if (json) {
    xps_json_stream_end (&out);
    xps_json_stream_end (&out);
  }
  teller->out = NULL;
  return teller->status;
}

int
xps_cli_info (int argc, char **argv)
{
  gboolean json = FALSE;
  Teller teller = {.photon_energy = NAN};
  XpsCliReading reading = {0};
  XpsReadOptions options;
  const GOptionEntry entries[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object instead of a table", NULL},
      {"photon-energy", 0, 0, G_OPTION_ARG_DOUBLE, &teller.photon_energy, "Instead of the files', eV", "E"},
      {"sums", 0, 0, G_OPTION_ARG_NONE, &teller.sums, "Add the sums over cycles, curves and scans", NULL},
      XPS_CLI_READING_ENTRIES (reading),
      G_OPTION_ENTRY_NULL,
  };
  int status = XPS_EXIT_USAGE;

  if (!xps_cli_parse ("info", "FILE|FOLDER...",
                      "Tells what measured files hold: regions, axes, units, instrument.", entries, &argc,
                      &argv) ||
      !xps_cli_reading_to_options (&reading, "info", &options))
    goto out;
  if (argc < 2) {
    xps_cli_usage ("info", "info needs a file");
    goto out;
  }
  if (teller.photon_energy <= 0) {
    xps_cli_usage ("info", "--photon-energy takes a positive number");
    goto out;
  }
  teller.options = &options;
  status = tell_files (argv + 1, &teller, json);
out:
  xps_cli_reading_clear (&reading);
  return status;
}
