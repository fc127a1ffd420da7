/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/command.h"
#include "series/report.h"

/* Atomic ratios of the command series: what was asked for. */
typedef struct {
  char **ratios, **levels; /* "A/B", "NAME=LEVEL" or "LEVEL"; NULL: none */
  char *to, *matrix;
  gboolean percent;
  double angle, emission; /* degrees; angle NaN: not known */
} XpsCliRatioOptions;

#define XPS_CLI_RATIO_INIT                                                                                   \
  {                                                                                                          \
    .angle = NAN                                                                                             \
  }

#define XPS_CLI_RATIO_ENTRIES(o)                                                                             \
  {"ratio",     0,                                                                                           \
   0,           G_OPTION_ARG_STRING_ARRAY,                                                                   \
   &(o).ratios, "Atomic ratio of two species, levels or elements, as a trend",                               \
   "A/B"},                                                                                                   \
      {"ratio-to", 0, 0, G_OPTION_ARG_STRING, &(o).to, "Atomic ratio of every species to one", "NAME"},      \
      {"atomic-percent",                                                                                     \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_NONE,                                                                                    \
       &(o).percent,                                                                                         \
       "Atomic percent of every species whose core level is known",                                          \
       NULL},                                                                                                \
      {"level",                                                                                              \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_STRING_ARRAY,                                                                            \
       &(o).levels,                                                                                          \
       "Core level behind lines, where names do not say; none: leave them out",                              \
       "[NAME=]LEVEL"},                                                                                      \
      {"matrix",  0, 0, G_OPTION_ARG_STRING, &(o).matrix, "Material that the electrons go through (ratios)", \
       "MATERIAL"},                                                                                          \
      {"angle", 0, 0, G_OPTION_ARG_DOUBLE, &(o).angle, "Between photons and electrons (ratios)", "DEG"},     \
  {                                                                                                          \
    "emission", 0, 0, G_OPTION_ARG_DOUBLE, &(o).emission, "From the surface normal (ratios; 0)", "DEG"       \
  }

/* FALSE after saying what is wrong. */
gboolean xps_cli_ratio_check (const XpsCliRatioOptions *options);
void xps_cli_ratio_clear (XpsCliRatioOptions *options);
/* The trends that were asked for, behind the others; `photon_energy` NaN: of the files alone. FALSE: there
 * are none, everything else of the report is as it was. */
gboolean xps_cli_ratio_add (const XpsCliRatioOptions *options, double photon_energy, XpsSeriesReport *report,
                            GError **error);
/* For people: factors, common uncertainties, what was assumed. */
void xps_cli_ratio_print (const XpsSeriesReport *report);
