/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Who made it, under which licence, with what. `parent` may be NULL. */
void xps_about_present (GtkWindow *parent);
