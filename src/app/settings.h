/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* What the program remembers between runs. Where the schema is not installed (a program run from its build
 * folder) everything works with the usual values and nothing is remembered: `settings` may be NULL in all
 * functions here. */

/* NULL: no schema. New. */
GSettings *xps_settings_new (void);

int xps_settings_get_int (GSettings *settings, const char *key, int usual);
gboolean xps_settings_get_boolean (GSettings *settings, const char *key, gboolean usual);
double xps_settings_get_double (GSettings *settings, const char *key, double usual);
char *xps_settings_dup_string (GSettings *settings, const char *key, const char *usual);

void xps_settings_set_int (GSettings *settings, const char *key, int value);
void xps_settings_set_boolean (GSettings *settings, const char *key, gboolean value);
void xps_settings_set_double (GSettings *settings, const char *key, double value);
void xps_settings_set_string (GSettings *settings, const char *key, const char *value);
