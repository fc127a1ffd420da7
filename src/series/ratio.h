/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/atoms.h"
#include "series/report.h"

/* Atomic ratios and percentages along a series: net areas over what one atom gives. Errors of the steps are
 * statistical, with the covariances of the areas of a step; the uncertainty of cross sections and mean free
 * paths is one factor for the whole series and stands apart. */

typedef struct {
  const char *const *ratios; /* "A/B", names as in xps_atoms_find(); NULL-terminated, or NULL */
  const char *to;            /* every species to this one, or NULL */
  gboolean percent;          /* of every species */
} XpsRatioChoice;

/* Puts the trends of `choice` behind the others of the report, in the place of earlier ones; `take_atoms`
 * becomes the report's (NULL with an empty choice: none any more). FALSE: something has no ratio, and there
 * are no such trends. */
gboolean xps_series_report_set_ratios (XpsSeriesReport *report, XpsAtoms *take_atoms,
                                       const XpsRatioChoice *choice, GError **error);

/* "A/B" to lines (gsize) of both; names may have a '/' of their own. */
gboolean xps_ratio_parse (const XpsAtoms *atoms, const char *text, GArray **above, GArray **below,
                          GError **error);
/* Ratio of atoms of some lines to those of others (they may overlap), without values where what it is to
 * does not stand out by 3 standard errors. `systematic`: the largest of the steps, may be NULL. FALSE:
 * covariances were not kept, errors are taken as independent. */
gboolean xps_ratio_evaluate (const XpsAtoms *atoms, const XpsSeriesRun *run, const GArray *above,
                             const GArray *below, XpsQuantity *out, double *systematic);
