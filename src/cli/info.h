/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json-stream.h"
#include "formats/formats.h"

/* One file's entry in the list of `info --json`. */
void xps_info_add_json (XpsJsonStream *out, const XpsFile *file);
/* The entry of a file that could not be read; `choices` (XpsChoice) or NULL: what may be chosen from it. */
void xps_info_add_failed_json (XpsJsonStream *out, const char *path, const char *message,
                               const GPtrArray *choices);

/* The same for people, on standard output. */
void xps_info_print (const XpsFile *file);

/* "BE", "KE", "hv", "other"; "counts", "counts/s", "unknown". */
const char *xps_info_axis_name (XpsAxisKind axis);
const char *xps_info_unit_name (XpsIntensityUnit unit);
