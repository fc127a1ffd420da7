/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/info.h"

#include <stdio.h>

#include "cli/command.h"

static void
warn_about (const XpsFile *file)
{
  for (guint i = 0; i < file->warnings->len; i++) {
    g_autofree char *message =
        g_strdup_printf ("%s: %s", file->path, (const char *)g_ptr_array_index (file->warnings, i));
    xps_cli_warn (message);
  }
}

static int
tell_file (const char *path, const XpsReadOptions *options, XpsJsonStream *out, gboolean first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open (path, options, &error);

  if (file == NULL) {
    if (out != NULL)
      xps_info_add_failed_json (out, path, error->message);
    return xps_cli_fail (error);
  }
  if (out != NULL) {
    xps_info_add_json (out, file);
  } else {
    g_print ("%s", first ? "" : "\n");
    xps_info_print (file);
  }
  warn_about (file);
  return XPS_EXIT_DONE;
}

static int
tell_files (char **paths, const XpsReadOptions *options, gboolean json)
{
  XpsJsonStream out;
  int status = XPS_EXIT_DONE;

  xps_json_stream_init (&out, stdout);
  if (json) {
    xps_json_stream_begin_object (&out, NULL);
    xps_json_stream_begin_array (&out, "files");
  }
  for (guint i = 0; paths[i] != NULL; i++)
    if (tell_file (paths[i], options, json ? &out : NULL, i == 0) != XPS_EXIT_DONE)
      status = XPS_EXIT_FAILED;
  if (json) {
    xps_json_stream_end (&out);
    xps_json_stream_end (&out);
  }
  return status;
}

int
xps_cli_info (int argc, char **argv)
{
  gboolean json = FALSE;
  XpsCliReading reading = {0};
  XpsReadOptions options;
  const GOptionEntry entries[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object instead of a table", NULL},
      XPS_CLI_READING_ENTRIES (reading),
      G_OPTION_ENTRY_NULL,
  };
  int status = XPS_EXIT_USAGE;

  if (!xps_cli_parse ("info", "FILE...", "Tells what measured files hold: regions, axes, units, instrument.",
                      entries, &argc, &argv) ||
      !xps_cli_reading_to_options (&reading, "info", &options))
    goto out;
  if (argc < 2) {
    xps_cli_usage ("info", "info needs a file");
    goto out;
  }
  status = tell_files (argv + 1, &options, json);
out:
  xps_cli_reading_clear (&reading);
  return status;
}
