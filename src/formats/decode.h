/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"
#include "formats/lines.h"

/* A file of text as UTF-8, whatever it was written in. */

typedef struct {
  const char *text; /* UTF-8, may hold NUL bytes, not terminated; points into `bytes` or `owned` */
  gsize length;
  const char *encoding; /* "UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1252" */
  GBytes *bytes;
  char *owned;
} XpsDecoded;

/* UTF-16 by its byte order mark or by its zero bytes; else UTF-8 where the bytes are valid; else Windows-1252
 * (which holds Latin-1), in which every byte means something. Never fails, except for memory: FALSE. */
gboolean xps_decode (GBytes *bytes, XpsDecoded *decoded);
void xps_decoded_clear (XpsDecoded *decoded);

/* The opening of a reader of lines: the text, the memory that it may use, its lines (`cr_alone` as for
 * xps_lines_init). FALSE with a message, and nothing to clear. */
gboolean xps_decode_lines (GBytes *bytes, const XpsFile *file, const XpsReadOptions *options,
                           gboolean cr_alone, XpsDecoded *decoded, XpsMemoryBudget *budget, XpsLines *lines,
                           GError **error);

/* TRUE where text[0..length) can not be a text file: zero bytes or more than a few control characters. */
gboolean xps_decode_looks_binary (const char *text, gsize length);
