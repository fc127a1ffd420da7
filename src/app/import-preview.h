/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-canvas.h"
#include "spectrum/spectrum.h"

/* The room's own: one measured curve in a small plot. */

/* A canvas of a fixed size, described to screen readers. */
XpsPlotCanvas *xps_import_preview_new (void);
/* NULL: nothing to show. */
void xps_import_preview_show (XpsPlotCanvas *canvas, const XpsSpectrum *spectrum);
/* What is shown, or NULL: nothing. Borrowed. */
XpsScene *xps_import_preview_get_scene (XpsPlotCanvas *canvas);
