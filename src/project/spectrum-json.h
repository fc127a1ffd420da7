/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spectrum/spectrum.h"

/* Everything of a spectrum but its arrays as JSON text, so that it comes back bit for bit: numbers with 17
 * digits, a number that is not known left out, an infinite one as "inf" or "-inf", text that is not UTF-8 as
 * {"base64": "..."}. */

char *xps_spectrum_dup_record (const XpsSpectrum *spectrum);

/* Fills the draft with everything but n and the arrays; the columns come without values. FALSE with `what` (a
 * static text) where the record is not one. */
gboolean xps_spectrum_read_record (const char *text, XpsSpectrumDraft *draft, const char **what);
