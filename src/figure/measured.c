/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/measured.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/number.h"

XpsFigureAxis
xps_figure_axis_of (XpsAxisKind kind)
{
  switch (kind) {
  case XPS_AXIS_BINDING:
    return XPS_FIGURE_BINDING;
  case XPS_AXIS_KINETIC:
    return XPS_FIGURE_KINETIC;
  case XPS_AXIS_PHOTON:
    return XPS_FIGURE_PHOTON;
  case XPS_AXIS_OTHER:
  default:
    return XPS_FIGURE_OTHER;
  }
}

const char *
xps_figure_unit_text (XpsIntensityUnit unit)
{
  switch (unit) {
  case XPS_INTENSITY_COUNTS:
    return N_ ("counts");
  case XPS_INTENSITY_COUNTS_PER_SECOND:
    return N_ ("counts/s");
  case XPS_INTENSITY_UNKNOWN:
  default:
    return NULL;
  }
}

char *
xps_figure_dup_rounded (double value)
{
  const double size = fabs (value);
  const int digits = size > 0.0 && isfinite (size) ? 2 - (int)floor (log10 (size)) : 2;
  return xps_number_dup_with_error (value, NAN, CLAMP (digits, 0, 6));
}
