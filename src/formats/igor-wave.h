/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"

/* Igor Pro binary waves, versions 2 and 5 in both byte orders, as they stand alone in .ibw files and as
 * records of packed experiments. */

/* 0 (no) to 100 (certain: the checksum is right) for the first bytes of a wave. */
int xps_igor_score_wave (const guint8 *head, gsize length);

/* Appends the wave in data[0..size) to `images` (XpsImage). `offset` is its place in the file, for messages:
 * errors and file->warnings name the byte. Memory is taken off the budget. */
gboolean xps_igor_read_wave (const guint8 *data, gsize size, gsize offset, XpsMemoryBudget *budget,
                             XpsFile *file, GPtrArray *images, GError **error);
