/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/model.h"

/* Sets `error` (XPS_FIT_ERROR) to "file: place: what: remedy" with `what` formatted; parts that are NULL are
 * left out. Always FALSE. */
gboolean xps_fit_refuse (GError **error, XpsFitError code, const char *file, const char *place,
                         const char *remedy, const char *format, ...) G_GNUC_PRINTF (6, 7);
