/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A text file as a run of lines, without copying: a span points into the decoded file. */

typedef struct {
  const char *text; /* not NUL-terminated */
  gsize length;
  guint line; /* 1-based number in the file, 0: no line */
} XpsSpan;

typedef struct {
  const char *next, *end;
  guint line;        /* number of the line that was given last */
  gboolean cr_alone; /* a CR that no LF follows ends a line */
} XpsLines;

void xps_lines_init (XpsLines *self, const char *text, gsize length, gboolean cr_alone);

/* The next line without its end (LF, CRLF, CR CR LF, or CR alone where asked for). FALSE at the end of the
 * text; an empty line after the last line end does not count. */
gboolean xps_lines_next (XpsLines *self, XpsSpan *line);

/* Bytes not yet read: no more lines than that can follow. */
gsize xps_lines_left (const XpsLines *self);

/* Without white space and NUL bytes around it (some writers leave a C string's end in the file). */
XpsSpan xps_span_trim (XpsSpan span);
char *xps_span_dup (XpsSpan span);
gboolean xps_span_equal (XpsSpan span, const char *text);        /* exact */
gboolean xps_span_equal_nocase (XpsSpan span, const char *text); /* ASCII letters in any case */
gboolean xps_span_has_prefix (XpsSpan span, const char *prefix);
/* Position of the first `needle` at or after `from`, or -1. */
gssize xps_span_find (XpsSpan span, gsize from, const char *needle);
/* span.text[from..to), same line */
XpsSpan xps_span_slice (XpsSpan span, gsize from, gsize to);
gboolean xps_span_parse_number (XpsSpan span, double *value);

/* "line 26: " and what follows, as readers write their warnings. New string. */
char *xps_line_dup_message (guint line, const char *format, ...) G_GNUC_PRINTF (2, 3);
