/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-gl/draw-gl.h"

G_DEFINE_QUARK (xps - draw - gl - error - quark, xps_draw_gl_error)
