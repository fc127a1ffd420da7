/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"

void
xps_memory_budget_init (XpsMemoryBudget *budget, gsize file_size)
{
  const gsize most = file_size > G_MAXSIZE / XPS_MEMORY_FACTOR ? G_MAXSIZE : file_size * XPS_MEMORY_FACTOR;
  budget->left = MAX (most, (gsize)XPS_MEMORY_FLOOR);
}

gboolean
xps_memory_take (XpsMemoryBudget *budget, gsize bytes)
{
  if (bytes > budget->left)
    return FALSE;
  budget->left -= bytes;
  return TRUE;
}

void *
xps_memory_try_array (XpsMemoryBudget *budget, gsize n, gsize size)
{
  gsize bytes = 0;

  if (!g_size_checked_mul (&bytes, n, size) || bytes > budget->left)
    return NULL;
  /* One byte at least, so that an empty array is not mistaken for a failure. */
  void *memory = g_try_malloc0 (MAX (bytes, 1));
  if (memory != NULL)
    budget->left -= bytes;
  return memory;
}
