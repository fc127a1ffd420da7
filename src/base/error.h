/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* One sentence for a thing that could not be done: where, what was wrong, what to do about it.
 * The command line prints it behind the program's name as `FILE: PLACE: what: what to do`. */

#define XPS_BASE_ERROR (xps_base_error_quark ())

typedef enum {
  XPS_BASE_ERROR_NUMBER,
  XPS_BASE_ERROR_MEMORY,
  XPS_BASE_ERROR_JSON,
  XPS_BASE_ERROR_FILE,
} XpsBaseError;

GQuark xps_base_error_quark (void);

/* Sets `error` to "file: place: what: remedy"; parts that are NULL or empty are left out. `what` and
 * `remedy` are looked up in the program's catalogue of translations, so a sentence without numbers or names
 * is given as it stands; po/keywords lists the functions whose arguments end here. Always returns FALSE, so
 * that a reader can `return xps_error_set (...)`. */
gboolean xps_error_set (GError **error, GQuark domain, int code, const char *file, const char *place,
                        const char *what, const char *remedy);
