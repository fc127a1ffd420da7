/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The room's own: cells of tables as text (RFC 4180, but lines end in LF). */

/* Shortest text that reads back the same, with a decimal point; nothing where it is not finite. */
void xps_csv_put_number (GString *out, double value);
/* Quoted when it holds the separator, a quote or a line end. NULL: nothing. */
void xps_csv_put_text (GString *out, const char *text, char separator);
