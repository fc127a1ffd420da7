/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference/reference.h"

/* The database as it is committed: tests/reference/test-build proves that it says what the reviewable text
 * says. */

static inline char *
committed_dup_path (void)
{
  return g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "reference_bindings.sqlite", NULL);
}

/* `own`: a file of own entries, or NULL. */
static inline XpsReference *
committed_open (const char *own)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = committed_dup_path ();
  XpsReference *reference = xps_reference_open (path, own, &error);
  g_assert_no_error (error);
  return reference;
}
