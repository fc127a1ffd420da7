/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/page-base.h"

/* The parts of the result page that are made anew for every record. */

/* Goodness of the fit as rows of key and value. */
void xps_result_rows_add_numbers (AdwPreferencesGroup *group, const XpsFitRecord *record);
/* Each warning with "Show" where it names a value; returns how many there are. */
guint xps_result_rows_add_warnings (XpsPage *page, AdwPreferencesGroup *group, const XpsFitRecord *record);
/* Pairs of parameters with a correlation of at least 0.9, strongest first; returns how many are shown. */
guint xps_result_rows_add_correlations (XpsPage *page, AdwPreferencesGroup *group,
                                        const XpsFitRecord *record);
