/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "support.h"

typedef struct {
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("xps-file-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "file", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
assert_refused (const char *path, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xps_file_read (path, &error));
  g_assert_error (error, XPS_BASE_ERROR, XPS_BASE_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_write_and_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (xps_file_write (fixture->path, "abc\0def", 7, &error));
  g_assert_true (xps_file_write (fixture->path, "abc", 3, &error));
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = xps_file_read (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "abc", 3);
  /* FIPS 180-2, appendix B.1 */
  g_autofree char *hash = xps_file_dup_sha256 (bytes);
  g_assert_cmpstr (hash, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture->path, "cannot be opened");
  assert_refused (fixture->folder, "is a directory");
  assert_refused ("/dev/null", "not a regular file");
  /* A pipe without a writer must not make the program wait for ever. */
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused (fixture->path, "not a regular file");
}

static void
test_huge (Fixture *fixture, gconstpointer data)
{
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  g_assert_cmpint (truncate (fixture->path, G_GINT64_CONSTANT (3) << 30), ==, 0); /* sparse */
  assert_refused (fixture->path, "larger than 2 GiB");
}

static void
test_write_refusals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "file", NULL);

  g_assert_false (xps_file_write (fixture->folder, "a", 1, &error));
  g_assert_error (error, XPS_BASE_ERROR, XPS_BASE_ERROR_FILE);
  g_clear_error (&error);
  g_assert_false (xps_file_write (nowhere, "a", 1, &error));
  g_assert_error (error, XPS_BASE_ERROR, XPS_BASE_ERROR_FILE);
}

/* Output to a device must not replace the device by a file; a link stays a link. */
static void
test_write_through (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  struct stat status;

  g_assert_true (xps_file_write ("/dev/null", "abc", 3, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat ("/dev/null", &status), ==, 0);
  g_assert_true (S_ISCHR (status.st_mode));

  g_assert_true (g_file_set_contents (fixture->path, "old", 3, NULL));
  g_assert_cmpint (symlink ("file", link), ==, 0);
  g_assert_true (xps_file_write (link, "new", 3, &error));
  g_assert_cmpint (lstat (link, &status), ==, 0);
  g_assert_true (S_ISLNK (status.st_mode));
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "new");
  g_remove (link);
}

static void
test_budget (void)
{
  XpsMemoryBudget budget;

  xps_memory_budget_init (&budget, 10);
  g_assert_cmpuint (budget.left, ==, XPS_MEMORY_FLOOR);
  xps_memory_budget_init (&budget, 1 << 20);
  g_assert_cmpuint (budget.left, ==, (gsize)XPS_MEMORY_FACTOR << 20);
  g_assert_null (xps_memory_try_array (&budget, G_MAXSIZE / 4, 8));
  g_assert_null (xps_memory_try_array (&budget, budget.left / 8 + 1, 8));
  g_autofree double *zeros = xps_memory_try_array (&budget, 1000, sizeof (double));
  g_assert_nonnull (zeros);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpfloat (zeros[i], ==, 0);
  g_assert_cmpuint (budget.left, ==, ((gsize)XPS_MEMORY_FACTOR << 20) - 8000);
  g_autofree void *empty = xps_memory_try_array (&budget, 0, 8);
  g_assert_nonnull (empty);
  g_assert_true (xps_memory_take (&budget, budget.left));
  g_assert_false (xps_memory_take (&budget, 1));
  xps_memory_budget_init (&budget, G_MAXSIZE / 2);
  g_assert_cmpuint (budget.left, ==, G_MAXSIZE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/file/write-and-read", test_write_and_read);
  ADD ("/file/refusals", test_refusals);
  ADD ("/file/huge", test_huge);
  ADD ("/file/write-refusals", test_write_refusals);
  ADD ("/file/write-through", test_write_through);
  g_test_add_func ("/memory/budget", test_budget);
  return g_test_run ();
}
