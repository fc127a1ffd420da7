/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/run.h"

/* Lines that widen with the potential. `name`: a component, a species, or an energy frame of the plan; their
 * Gaussian widths become parameters of their own where other lines use them, too, and get the rule
 * XPS_ACROSS_WIDENING. Error: none is called so, or a shape has no Gaussian width that is free. */
gboolean xps_series_widen (XpsModel *model, XpsSeriesPlan *plan, const char *name, GError **error);
/* Whether the widths of all that is called so widen. */
gboolean xps_series_is_widening (const XpsModel *model, const XpsSeriesPlan *plan, const char *name);
/* One width for all steps again. */
void xps_series_keep_width (const XpsModel *model, XpsSeriesPlan *plan, const char *name);
/* What a fit says of widths that grow, NULL where none was to. New string. */
char *xps_series_dup_widening (const XpsSeriesRun *run, const XpsSeries *series);
