/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/item.h"

/* Outlines as points, for those that are dashed: by arc length they are lines like others. */

#define XPS_GL_OUTLINE_MAX 65

/* The symbol around `centre`, beginning where the Cairo painter begins, closed by its first point; of a cross
 * two strokes with a gap (NaN) between. Returns the number of points written to `out`. */
gsize xps_gl_marker_outline (XpsMarker marker, XpsPoint centre, double size,
                             XpsPoint out[XPS_GL_OUTLINE_MAX]);
gsize xps_gl_rectangle_outline (XpsRect rect, XpsPoint out[XPS_GL_OUTLINE_MAX]);
