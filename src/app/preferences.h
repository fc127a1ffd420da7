/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/application.h"

/* What a person can set once for all documents. `parent` may be NULL. */
void xps_preferences_present (XpsApplication *application, GtkWindow *parent);
