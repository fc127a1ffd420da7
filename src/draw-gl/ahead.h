/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Compiles all programs once on a thread, in a context of its own without a screen, for drivers that compile
 * them on the processor and keep them on the disk (Mesa): a painter that is prepared afterwards finds them
 * there and need not hold up the window for each. Where that cannot be, it ends at once and nothing is lost.
 */
typedef struct _XpsGlAhead XpsGlAhead;

XpsGlAhead *xps_gl_ahead_start (void);
gboolean xps_gl_ahead_is_over (const XpsGlAhead *self);
/* Waits for the program that is being compiled, not for the rest. */
void xps_gl_ahead_stop (XpsGlAhead *self);
