/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "commit.h"
#include "config.h"

static const XpsCommand commands[] = {
    {"info", "what is in measured files", xps_cli_info},
    {"convert", "measured files and projects to VAMAS, NeXus or CSV", xps_cli_convert},
    {"fit", "fit a model to measured spectra", xps_cli_fit},
    {"series", "fit a model to many steps: trends, onsets, energy frames", xps_cli_series},
    {"simulate", "make counts from a model", xps_cli_simulate},
    {"reference", "what is known of binding energies, and where from", xps_cli_reference},
    {"physics", "cross sections, angular factors, mean free paths, depths", xps_cli_physics},
};

static void
print_help (void)
{
  g_print (
      "Usage: corelevel-cli COMMAND [OPTION...] FILE...\n\n"
      "Takes photoelectron spectra (XPS, HAXPES) apart: reads them, solves backgrounds, fits constrained\n"
      "components with honest errors, draws figures.\n\nCommands:\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s %s\n", commands[i].name, commands[i].summary);
  g_print ("\nOptions:\n  --help     this text; COMMAND --help: of one command\n  --version  version and "
           "commit\n");
}

/* A full disk must not pass for success. */
static int
finish (int status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  g_printerr ("corelevel-cli: standard output: could not be written: free some space or close nothing before "
              "the end\n");
  return status == XPS_EXIT_DONE ? XPS_EXIT_FAILED : status;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");  /* what this program prints is read by scripts */
  setlocale (LC_MESSAGES, "C"); /* its own messages are English: GLib's and the system's beside them too */
  gsl_set_error_handler_off (); /* its default aborts the program; every code is checked instead */
  if (argc < 2 || strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 ||
      strcmp (argv[1], "help") == 0) {
    print_help ();
    return argc < 2 ? XPS_EXIT_USAGE : XPS_EXIT_DONE;
  }
  if (strcmp (argv[1], "--version") == 0) {
    g_print ("corelevel-cli %s (%s)\n", XPS_VERSION, XPS_COMMIT);
    return XPS_EXIT_DONE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return finish (commands[i].run (argc - 1, argv + 1));
  g_autofree char *message = g_strdup_printf ("no such command: %s", argv[1]);
  return xps_cli_usage (NULL, message);
}
