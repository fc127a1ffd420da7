/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/page-base.h"

/* Rows for what belongs to a background in use: its constants (numbers, lists, words) and its fitted
 * parameters with their locks. */

/* Rows of one group, in the order of the model. */
typedef struct _XpsBackgroundRows XpsBackgroundRows;

XpsBackgroundRows *xps_background_rows_new (XpsPage *page, AdwPreferencesGroup *group);
void xps_background_rows_free (XpsBackgroundRows *self);
/* Shows the session's model; rows are made anew only when the backgrounds are other ones. */
void xps_background_rows_refresh (XpsBackgroundRows *self);
