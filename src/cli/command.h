/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fit/model.h"
#include "formats/formats.h"

/* The command-line door: one file a command, one row in the table of main.c. */

typedef struct {
  const char *name, *summary;
  int (*run) (int argc, char **argv); /* argv[0] is the command's name; returns the exit status */
} XpsCommand;

#define XPS_EXIT_DONE   0
#define XPS_EXIT_FAILED 1 /* could not be done; said on stderr */
#define XPS_EXIT_USAGE  2

/* "corelevel-cli: message" on stderr, control characters made visible; returns XPS_EXIT_FAILED. */
int xps_cli_fail (const GError *error);
/* The same for wrong usage, with a hint at --help; returns XPS_EXIT_USAGE. */
int xps_cli_usage (const char *command, const char *message);
/* "corelevel-cli: warning: message" on stderr. */
void xps_cli_warn (const char *message);

/* Takes options and leaves operands in *argc, *argv. FALSE after printing what was wrong. */
gboolean xps_cli_parse (const char *command, const char *operands, const char *description,
                        const GOptionEntry *entries, int *argc, char ***argv);

/* Options of every command that reads measured files. */
typedef struct {
  char *axis, *unit;
  int energy_column, intensity_column, sigma_column;
  gboolean decimal_comma;
  char *dataset, *energy_dataset;
} XpsCliReading;

/* Entries to chain before a command's own; they point into `reading`. */
#define XPS_CLI_READING_ENTRIES(reading)                                                                     \
  {"dataset", 0, 0, G_OPTION_ARG_STRING, &(reading).dataset, "HDF5 files: data set of intensities", "PATH"}, \
      {"energy", 0, 0, G_OPTION_ARG_STRING, &(reading).energy_dataset, "HDF5 files: data set of energies",   \
       "PATH"},                                                                                              \
      {"axis", 0, 0, G_OPTION_ARG_STRING, &(reading).axis, "Energies are binding (BE) or kinetic (KE) ones", \
       "BE|KE"},                                                                                             \
      {"unit",      0, 0, G_OPTION_ARG_STRING, &(reading).unit, "Intensities are counts or counts/s",        \
       "counts|cps"},                                                                                        \
      {"energy-column",                                                                                      \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_INT,                                                                                     \
       &(reading).energy_column,                                                                             \
       "Texts, workbooks: column of energies",                                                               \
       "N"},                                                                                                 \
      {"intensity-column",                                                                                   \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_INT,                                                                                     \
       &(reading).intensity_column,                                                                          \
       "Texts, workbooks: column of intensities",                                                            \
       "N"},                                                                                                 \
      {"sigma-column",                                                                                       \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_INT,                                                                                     \
       &(reading).sigma_column,                                                                              \
       "Text files: column of standard deviations",                                                          \
       "N"},                                                                                                 \
  {                                                                                                          \
    "decimal-comma", 0, 0, G_OPTION_ARG_NONE, &(reading).decimal_comma,                                      \
        "Text files: numbers have a decimal comma", NULL                                                     \
  }

/* FALSE after a usage message. */
gboolean xps_cli_reading_to_options (const XpsCliReading *reading, const char *command,
                                     XpsReadOptions *options);
void xps_cli_reading_clear (XpsCliReading *reading);

/* The command line as a shell takes it again; new string. */
char *xps_cli_dup_command (int argc, char **argv);

/* A model file that is whole; every message names the file. */
XpsModel *xps_cli_read_model (const char *path, GError **error);

int xps_cli_info (int argc, char **argv);
int xps_cli_convert (int argc, char **argv);
int xps_cli_fit (int argc, char **argv);
int xps_cli_series (int argc, char **argv);
int xps_cli_simulate (int argc, char **argv);
int xps_cli_reference (int argc, char **argv);
int xps_cli_physics (int argc, char **argv);
