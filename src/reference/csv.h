/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Tables of text as RFC 4180 has them: comma, quotes doubled inside quotes, LF or CRLF, UTF-8. */

typedef struct {
  const char *file; /* for messages; borrowed */
  const char *at, *end;
  guint line; /* of the record that was read last, 1-based */
  guint next_line;
  GPtrArray *cells; /* char *: of that record */
} XpsCsv;

/* `text` must outlive the reader and be valid UTF-8. */
void xps_csv_init (XpsCsv *self, const char *file, const char *text, gsize length);
void xps_csv_clear (XpsCsv *self);

/* Next record into self->cells; FALSE at the end, or with error where quotes do not close. Empty lines are
 * skipped. */
gboolean xps_csv_next (XpsCsv *self, GError **error);

/* One cell as it stands in a file: quoted where it must be. */
void xps_csv_append (GString *out, const char *cell);
