/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/curves.h"
#include "spectrum/spectrum.h"

/* The room's own: a measurement's axes as a figure has them. */

XpsFigureAxis xps_figure_axis_of (XpsAxisKind kind);
/* "counts", "counts/s", or NULL: not known. */
const char *xps_figure_unit_text (XpsIntensityUnit unit);

/* Three significant digits, as fits are quoted. New string. */
char *xps_figure_dup_rounded (double value);
