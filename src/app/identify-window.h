/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

/* What could be behind the fitted components of a region or a sample, with what speaks for and against each
 * candidate, and when binding energy does not decide. Nothing is assigned but by a person. A window beside
 * the main one; NULL only without a region. */
GtkWindow *xps_identify_window_present (XpsWindow *parent);
/* Whether it still thinks (for tests). */
gboolean xps_identify_window_is_busy (GtkWindow *window);
