/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The room's own: words of figures. Paper speaks English, as journals do; the screen speaks the language of
 * the person before it. */

/* Mark `english` with N_(). */
const char *xps_figure_word (gboolean screen, const char *english) G_GNUC_FORMAT (2);
