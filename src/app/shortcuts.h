/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The keys, made from the table of commands. */
GtkWindow *xps_shortcuts_new (void);
void xps_shortcuts_present (GtkWindow *parent);
