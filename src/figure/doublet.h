/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/model.h"
#include "spectrum/spectrum.h"

/* The room's own: which components of a model are the two lines of a doublet. They are recognised by their
 * links: a common centre and area apart from a constant shift and a factor of about 1/2, 2/3 or 3/4, in the
 * same phase. */

/* Whether the names of the measurement speak of a level that does not split. `spectrum`, `region`: or NULL.
 */
gboolean xps_doublet_is_s_level (const XpsSpectrum *spectrum, const char *region, const XpsModelPart *part);

/* Index of the stronger line whose weaker line component `weak` is, or XPS_FIGURE_NO_PARTNER. */
gsize xps_doublet_find_partner (const XpsModel *model, const GPtrArray *components, guint weak);
