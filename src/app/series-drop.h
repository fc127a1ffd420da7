/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A drop-down that gives way in a narrow window: its button cuts the chosen word, the list shows all of it.
 * `words` (NULL: none yet) are translated; `name` is its tooltip and what it is called aloud. */
GtkDropDown *xps_series_drop_down_new (const char *const *words, const char *name);
