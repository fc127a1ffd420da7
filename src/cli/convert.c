/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/convert.h"

#include <math.h>

#include "base/error.h"
#include "base/file.h"
#include "formats/sums.h"

static GPtrArray *
select_spectra (const XpsFile *file, const char *selector, GError **error)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  if (selector == NULL) {
    for (guint i = 0; i < file->spectra->len; i++)
      g_ptr_array_add (chosen, g_ptr_array_index (file->spectra, i));
    return g_steal_pointer (&chosen);
  }
  const XpsSpectrum *spectrum = xps_file_find_spectrum (file, selector, error);
  if (spectrum == NULL)
    return NULL;
  g_ptr_array_add (chosen, (gpointer)spectrum);
  return g_steal_pointer (&chosen);
}

typedef struct {
  char *region;
  char **results;
  double photon_energy;
  gboolean sums;
} Options;

/* Spectra with the fits of RESULT.json files beside them. */
static gboolean
write_fitted (const Options *options, const XpsFile *file, GPtrArray *spectra, const char *to, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_fit_record_unref);
  g_autoptr (GArray) fitted = g_array_new (FALSE, FALSE, sizeof (XpsFittedSpectrum));

  if (!g_str_has_suffix (to, ".nxs"))
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_WRITE, to, NULL,
                          "only NeXus takes a result along", "write .nxs");
  for (guint i = 0; i < spectra->len; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (spectra, i);
    const XpsFittedSpectrum entry = {spectrum, xps_energy_scale_from_spectrum (spectrum), NULL, 0};
    g_array_append_val (fitted, entry);
  }
  XpsFittedSpectrum *list = (XpsFittedSpectrum *)(void *)fitted->data;
  if (!xps_cli_attach_results (file, (const char *const *)options->results, options->region != NULL, list,
                               spectra->len, records, error))
    return FALSE;
  g_autoptr (GBytes) bytes = xps_nexus_write_fitted (list, spectra->len, error);
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  return data != NULL && xps_file_write (to, data, length, error);
}

static gboolean
convert (const char *from, const char *to, const Options *options, const XpsReadOptions *reading,
         GError **error)
{
  /* The ending is looked at first: reading a large file to learn that it was wrong would be a pity. */
  if (xps_formats_find_writer (to, error) == NULL)
    return FALSE;
  if (g_str_has_suffix (from, ".corelevel"))
    return xps_cli_convert_project (from, to, options->region, error);
  g_autoptr (XpsFile) file = xps_file_open (from, reading, error);
  if (file == NULL)
    return FALSE;
  for (guint i = 0; i < file->warnings->len; i++) {
    g_autofree char *message =
        g_strdup_printf ("%s: %s", file->path, (const char *)g_ptr_array_index (file->warnings, i));
    xps_cli_warn (message);
  }
  if (isfinite (options->photon_energy))
    xps_file_correct_photon_energy (file, options->photon_energy, "corrected with --photon-energy");
  if (options->sums)
    xps_file_add_sums (file);
  g_autoptr (GPtrArray) spectra = select_spectra (file, options->region, error);
  if (spectra == NULL)
    return FALSE;
  return options->results != NULL ? write_fitted (options, file, spectra, to, error)
                                  : xps_formats_write (to, spectra, error);
}

static gboolean
check_usage (const Options *options, int argc, char **argv)
{
  if (argc != 3) {
    xps_cli_usage ("convert", "convert needs a file to read and one to write");
    return FALSE;
  }
  if (options->photon_energy <= 0) {
    xps_cli_usage ("convert", "--photon-energy takes a positive number");
    return FALSE;
  }
  if (g_str_has_suffix (argv[1], ".corelevel") &&
      (options->results != NULL || options->sums || isfinite (options->photon_energy))) {
    xps_cli_usage ("convert", "a project brings its results and photon energies along: --result, "
                              "--photon-energy and --sums are for measured files");
    return FALSE;
  }
  return TRUE;
}

int
xps_cli_convert (int argc, char **argv)
{
  Options o = {.photon_energy = NAN};
  XpsCliReading reading = {0};
  XpsReadOptions options;
  const GOptionEntry entries[] = {
      {"region", 0, 0, G_OPTION_ARG_STRING, &o.region, "Only this region (default: all)", "INDEX|NAME"},
      {"result", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.results,
       "Write this fit with its spectrum (.nxs); may be repeated", "RESULT.json"},
      {"photon-energy", 0, 0, G_OPTION_ARG_DOUBLE, &o.photon_energy, "Instead of the file's, eV", "E"},
      {"sums", 0, 0, G_OPTION_ARG_NONE, &o.sums, "Add the sums over cycles, curves and scans", NULL},
      XPS_CLI_READING_ENTRIES (reading),
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  int status = XPS_EXIT_USAGE;

  if (xps_cli_parse (
          "convert", "FILE|FOLDER|PROJECT OUT",
          "Writes a measured file, or a project with its fits, in another format, by the ending of "
          "OUT: .vms, .csv, .nxs.",
          entries, &argc, &argv) &&
      xps_cli_reading_to_options (&reading, "convert", &options) && check_usage (&o, argc, argv))
    status = convert (argv[1], argv[2], &o, &options, &error) ? XPS_EXIT_DONE : xps_cli_fail (error);
  xps_cli_reading_clear (&reading);
  g_free (o.region);
  g_strfreev (o.results);
  return status;
}
