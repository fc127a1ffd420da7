/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <string.h>

#include "fit/model-index.h"

/* Text out of a file must not drive the terminal. */
static char *
dup_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c)) {
    const gunichar u = g_utf8_get_char (c);
    if (g_unichar_iscntrl (u))
      g_string_append_printf (out, "\\x%02x", u);
    else
      g_string_append_unichar (out, u);
  }
  return g_string_free (out, FALSE);
}

int
xps_cli_fail (const GError *error)
{
  g_autofree char *message = dup_printable (error->message);
  g_printerr ("corelevel-cli: %s\n", message);
  return XPS_EXIT_FAILED;
}

int
xps_cli_usage (const char *command, const char *message)
{
  g_autofree char *printable = dup_printable (message);
  g_printerr ("corelevel-cli: %s\nTry 'corelevel-cli %s%s--help'.\n", printable,
              command != NULL ? command : "", command != NULL ? " " : "");
  return XPS_EXIT_USAGE;
}

void
xps_cli_warn (const char *message)
{
  g_autofree char *printable = dup_printable (message);
  g_printerr ("corelevel-cli: warning: %s\n", printable);
}

gboolean
xps_cli_parse (const char *command, const char *operands, const char *description,
               const GOptionEntry *entries, int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (operands);
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_strdup_printf ("corelevel-cli %s", command);
  g_set_prgname (program);
  g_option_context_set_summary (context, description);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  xps_cli_usage (command, error->message);
  return FALSE;
}

gboolean
xps_cli_reading_to_options (const XpsCliReading *reading, const char *command, XpsReadOptions *options)
{
  xps_read_options_init (options);
  options->energy_column = reading->energy_column;
  options->intensity_column = reading->intensity_column;
  options->sigma_column = reading->sigma_column;
  options->decimal_comma = reading->decimal_comma;
  options->dataset = reading->dataset;
  options->energy_dataset = reading->energy_dataset;
  options->axis_given = reading->axis != NULL;
  options->unit_given = reading->unit != NULL;
  if (reading->axis != NULL && strcmp (reading->axis, "BE") != 0 && strcmp (reading->axis, "KE") != 0) {
    xps_cli_usage (command, "--axis is BE or KE");
    return FALSE;
  }
  if (reading->unit != NULL && strcmp (reading->unit, "counts") != 0 && strcmp (reading->unit, "cps") != 0) {
    xps_cli_usage (command, "--unit is counts or cps");
    return FALSE;
  }
  if (reading->axis != NULL)
    options->axis = strcmp (reading->axis, "BE") == 0 ? XPS_AXIS_BINDING : XPS_AXIS_KINETIC;
  if (reading->unit != NULL)
    options->unit =
        strcmp (reading->unit, "counts") == 0 ? XPS_INTENSITY_COUNTS : XPS_INTENSITY_COUNTS_PER_SECOND;
  return TRUE;
}

void
xps_cli_reading_clear (XpsCliReading *reading)
{
  g_clear_pointer (&reading->axis, g_free);
  g_clear_pointer (&reading->unit, g_free);
  g_clear_pointer (&reading->dataset, g_free);
  g_clear_pointer (&reading->energy_dataset, g_free);
}

XpsModel *
xps_cli_read_model (const char *path, GError **error)
{
  g_autoptr (XpsModel) model = xps_model_read (path, error);
  if (model == NULL)
    return NULL;
  g_autoptr (XpsModelIndex) index = xps_model_check (model, error);
  if (index == NULL) {
    g_prefix_error (error, "%s: ", path);
    return NULL;
  }
  return g_steal_pointer (&model);
}

char *
xps_cli_dup_command (int argc, char **argv)
{
  GString *text = g_string_new ("corelevel-cli");
  for (int i = 0; i < argc; i++) {
    g_autofree char *quoted = g_shell_quote (argv[i]);
    const gboolean plain = argv[i][0] != '\0' && strpbrk (argv[i], " \t\n'\"\\$`&|;<>()*?[]#~!{}") == NULL;
    g_string_append_printf (text, " %s", plain ? argv[i] : quoted);
  }
  return g_string_free (text, FALSE);
}
