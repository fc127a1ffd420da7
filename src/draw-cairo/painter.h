/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw-cairo/draw-cairo.h"
#include "draw-cairo/text.h"

/* The room's own. */

struct _XpsCairoPainter {
  XpsCairoText *text;
};
