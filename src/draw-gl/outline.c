/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-gl/outline.h"

#include <math.h>

#define CIRCLE_CORNERS (XPS_GL_OUTLINE_MAX - 1)

gsize
xps_gl_rectangle_outline (XpsRect rect, XpsPoint out[XPS_GL_OUTLINE_MAX])
{
  out[0] = out[4] = (XpsPoint){rect.x, rect.y};
  out[1] = (XpsPoint){rect.x + rect.width, rect.y};
  out[2] = (XpsPoint){rect.x + rect.width, rect.y + rect.height};
  out[3] = (XpsPoint){rect.x, rect.y + rect.height};
  return 5;
}

/* Clockwise, the first corner `turn` from straight up. */
static gsize
polygon (XpsPoint centre, double radius, guint corners, double turn, XpsPoint *out)
{
  for (guint i = 0; i < corners; i++) {
    const double angle = turn + 2.0 * G_PI * i / corners;
    out[i] = (XpsPoint){centre.x + radius * sin (angle), centre.y - radius * cos (angle)};
  }
  out[corners] = out[0];
  return corners + 1;
}

gsize
xps_gl_marker_outline (XpsMarker marker, XpsPoint centre, double size, XpsPoint out[XPS_GL_OUTLINE_MAX])
{
  const double r = 0.5 * size;
  switch (marker) {
  case XPS_MARKER_CIRCLE:
    return polygon (centre, r, CIRCLE_CORNERS, 0.5 * G_PI, out);
  case XPS_MARKER_SQUARE:
    return xps_gl_rectangle_outline ((XpsRect){centre.x - 0.89 * r, centre.y - 0.89 * r, 1.78 * r, 1.78 * r},
                                     out);
  case XPS_MARKER_DIAMOND:
    return polygon (centre, 1.25 * r, 4, 0.0, out);
  case XPS_MARKER_UP:
    return polygon (centre, 1.25 * r, 3, 0.0, out);
  case XPS_MARKER_DOWN:
    return polygon (centre, 1.25 * r, 3, G_PI, out);
  case XPS_MARKER_CROSS:
    out[0] = (XpsPoint){centre.x - r, centre.y - r};
    out[1] = (XpsPoint){centre.x + r, centre.y + r};
    out[2] = (XpsPoint){NAN, NAN};
    out[3] = (XpsPoint){centre.x - r, centre.y + r};
    out[4] = (XpsPoint){centre.x + r, centre.y - r};
    return 5;
  case XPS_N_MARKERS:
    break;
  }
  return 0;
}
