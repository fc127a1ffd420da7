/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What every test of the house needs: the shared folder, small CSV tables, closeness with a reason. Header only, so that
 * a room's test still links nothing but its room (and GLib's test framework). */

/* Every test runs in the locale of its caller, as the programs do: tools/test runs all of them once more with a decimal
 * comma. */
__attribute__ ((constructor)) static void
test_use_locale (void)
{
  setlocale (LC_ALL, "");
}

/* Path below the shared folder, or NULL after marking the running test as skipped. New string. */
static inline char *
test_shared_path (const char *relative)
{
  const char *shared = g_getenv ("XPS_SHARED_DIR");
  g_autofree char *path = g_build_filename (shared != NULL ? shared : "../shared", relative, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip ("shared data not there");
    return NULL;
  }
  return g_steal_pointer (&path);
}

/* A numeric table: rows of cells as text, comment lines (#) left out, the header apart. */
typedef struct {
  GPtrArray *rows; /* char ** */
  char **header;
} TestTable;

static inline void
test_table_free (TestTable *table)
{
  g_strfreev (table->header);
  g_ptr_array_unref (table->rows);
  g_free (table);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestTable, test_table_free)

static inline TestTable *
test_table_read (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  TestTable *table = g_new0 (TestTable, 1);
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_strchomp (lines[i]);
    if (lines[i][0] == '\0' || lines[i][0] == '#')
      continue;
    if (table->header == NULL)
      table->header = g_strsplit (lines[i], ",", -1);
    else
      g_ptr_array_add (table->rows, g_strsplit (lines[i], ",", -1));
  }
  return table;
}

static inline const char *
test_table_text (const TestTable *table, guint row, const char *column)
{
  for (guint i = 0; table->header[i] != NULL; i++)
    if (strcmp (table->header[i], column) == 0)
      return ((char **) g_ptr_array_index (table->rows, row))[i];
  g_error ("no column %s", column);
}

/* NaN for an empty cell. */
static inline double
test_table_number (const TestTable *table, guint row, const char *column)
{
  const char *text = test_table_text (table, row, column);
  return text[0] == '\0' ? (double) NAN : g_ascii_strtod (text, NULL);
}

/* Column as an array of table->rows->len doubles. */
static inline double *
test_table_column (const TestTable *table, const char *column)
{
  double *values = g_new (double, table->rows->len);
  for (guint i = 0; i < table->rows->len; i++)
    values[i] = test_table_number (table, i, column);
  return values;
}

#define test_assert_close(a, b, tolerance)                                                                           \
  G_STMT_START                                                                                                       \
  {                                                                                                                  \
    const double a_ = (a), b_ = (b), t_ = (tolerance);                                                               \
    if (!(fabs (a_ - b_) <= t_))                                                                                     \
      g_error ("%s:%d: %s = %.17g, expected %.17g within %.3g (off by %.3g)", __FILE__, __LINE__, #a, a_, b_, t_,    \
               a_ - b_);                                                                                             \
  }                                                                                                                  \
  G_STMT_END
