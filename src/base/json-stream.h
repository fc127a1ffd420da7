/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdio.h>

/* JSON written as it is made, for output that is as long as its input: nothing is kept. Members stand on
 * lines of their own, elements of an array of plain values on one. */

#define XPS_JSON_STREAM_DEPTH 16

typedef struct {
  FILE *out;
  guint depth;
  gboolean filled[XPS_JSON_STREAM_DEPTH]; /* something stands on this level already */
  gboolean array[XPS_JSON_STREAM_DEPTH];
} XpsJsonStream;

void xps_json_stream_init (XpsJsonStream *self, FILE *out);

/* `name` is NULL for an element of an array and for the whole. Deeper than XPS_JSON_STREAM_DEPTH is a
 * programmer's error. */
void xps_json_stream_begin_object (XpsJsonStream *self, const char *name);
void xps_json_stream_begin_array (XpsJsonStream *self, const char *name);
/* Ends the innermost object or array; behind the last one the line ends. */
void xps_json_stream_end (XpsJsonStream *self);

/* null where `value` is not finite; the shortest digits that read back as the same double */
void xps_json_stream_number (XpsJsonStream *self, const char *name, double value);
void xps_json_stream_integer (XpsJsonStream *self, const char *name, gint64 value);
void xps_json_stream_boolean (XpsJsonStream *self, const char *name, gboolean value);
/* null for NULL; bytes that are not UTF-8 become U+FFFD */
void xps_json_stream_string (XpsJsonStream *self, const char *name, const char *value);
/* An array of the strings of `values`. */
void xps_json_stream_strings (XpsJsonStream *self, const char *name, const GPtrArray *values);
