/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Memory for counts that come out of a file. A file may make the program use at most
 * XPS_MEMORY_FACTOR times its own size (and never less than XPS_MEMORY_FLOOR bytes). */

#define XPS_MEMORY_FACTOR 100
#define XPS_MEMORY_FLOOR  (8u << 20)

typedef struct {
  gsize left; /* bytes that may still be asked for */
} XpsMemoryBudget;

void xps_memory_budget_init (XpsMemoryBudget *budget, gsize file_size);

/* Zeroed memory for `n` elements of `size` bytes, taken off the budget. NULL when the product overflows,
 * the budget is used up, or the machine has no more; freed with g_free(). */
void *xps_memory_try_array (XpsMemoryBudget *budget, gsize n, gsize size);

/* Takes `bytes` off the budget for memory that is asked for elsewhere (strings, records). FALSE when it is
 * used up. */
gboolean xps_memory_take (XpsMemoryBudget *budget, gsize bytes);
