/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* The room's own: lines to read and to copy, in a window of their own. */
void xps_text_window_present (GtkWindow *parent, const char *title, const char *text);
