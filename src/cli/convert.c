/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "cli/command.h"
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

static gboolean
convert (const char *from, const char *to, const char *selector, double photon_energy, gboolean sums,
         const XpsReadOptions *options, GError **error)
{
  /* The ending is looked at first: reading a large file to learn that it was wrong would be a pity. */
  if (xps_formats_find_writer (to, error) == NULL)
    return FALSE;
  g_autoptr (XpsFile) file = xps_file_open (from, options, error);
  if (file == NULL)
    return FALSE;
  for (guint i = 0; i < file->warnings->len; i++) {
    g_autofree char *message =
        g_strdup_printf ("%s: %s", file->path, (const char *)g_ptr_array_index (file->warnings, i));
    xps_cli_warn (message);
  }
  if (isfinite (photon_energy))
    xps_file_correct_photon_energy (file, photon_energy, "corrected with --photon-energy");
  if (sums)
    xps_file_add_sums (file);
  g_autoptr (GPtrArray) spectra = select_spectra (file, selector, error);
  return spectra != NULL && xps_formats_write (to, spectra, error);
}

int
xps_cli_convert (int argc, char **argv)
{
  g_autofree char *region = NULL;
  double photon_energy = NAN;
  gboolean sums = FALSE;
  XpsCliReading reading = {0};
  XpsReadOptions options;
  const GOptionEntry entries[] = {
      {"region", 0, 0, G_OPTION_ARG_STRING, &region, "Only this region (default: all)", "INDEX|NAME"},
      {"photon-energy", 0, 0, G_OPTION_ARG_DOUBLE, &photon_energy, "Instead of the file's, eV", "E"},
      {"sums", 0, 0, G_OPTION_ARG_NONE, &sums, "Add the sums over cycles, curves and scans", NULL},
      XPS_CLI_READING_ENTRIES (reading),
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  int status = XPS_EXIT_USAGE;

  if (!xps_cli_parse ("convert", "FILE|FOLDER OUT",
                      "Writes a measured file in another format, by the ending of OUT: .vms, .csv, .nxs.",
                      entries, &argc, &argv) ||
      !xps_cli_reading_to_options (&reading, "convert", &options))
    goto out;
  if (argc != 3) {
    xps_cli_usage ("convert", "convert needs a file to read and one to write");
    goto out;
  }
  if (photon_energy <= 0) {
    xps_cli_usage ("convert", "--photon-energy takes a positive number");
    goto out;
  }
  status = convert (argv[1], argv[2], region, photon_energy, sums, &options, &error) ? XPS_EXIT_DONE
                                                                                     : xps_cli_fail (error);
out:
  xps_cli_reading_clear (&reading);
  return status;
}
