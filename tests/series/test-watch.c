/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#include "series/watch.h"
#include "support.h"

/* A watch with a clock of the test's own: no test waits but that of the monitor. The reader of the test knows
 * one format: lines "energy counts", blocks apart by an empty line, "end" at the end of each. */

#define SECOND 1000000

typedef struct {
  char *folder;
  XpsWatch *watch;
  gint64 now;
  guint reads;
} Bench;

static gboolean
read_block (const char *block, GPtrArray *spectra, GError **error)
{
  double energy[64], counts[64];
  gsize n = 0;
  g_auto (GStrv) lines = g_strsplit (g_strchug ((char *)block), "\n", -1);
  char **line = lines;
  for (; *line != NULL && strcmp (*line, "end") != 0; line++) {
    g_auto (GStrv) fields = g_strsplit (*line, " ", 2);
    if (fields[0] == NULL || fields[1] == NULL || n == 64)
      break;
    energy[n] = g_ascii_strtod (fields[0], NULL);
    counts[n++] = g_ascii_strtod (fields[1], NULL);
  }
  if (*line == NULL || strcmp (*line, "end") != 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "it breaks off");
    return FALSE;
  }
  XpsSpectrumDraft draft = {.axis = XPS_AXIS_BINDING,
                            .unit = XPS_INTENSITY_COUNTS,
                            .n = n,
                            .energy = g_memdup2 (energy, n * sizeof (double)),
                            .intensity = g_memdup2 (counts, n * sizeof (double))};
  g_ptr_array_add (spectra, xps_spectrum_new (&draft));
  return TRUE;
}

static XpsWatchContent *
read_file (const char *path, gpointer data, GError **error)
{
  g_autofree char *text = NULL;
  ((Bench *)data)->reads++;
  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  g_autoptr (GPtrArray) spectra = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);
  g_auto (GStrv) blocks = g_strsplit (text, "\n\n", -1);
  for (char **block = blocks; *block != NULL; block++)
    if (!read_block (*block, spectra, error))
      return NULL;
  XpsWatchContent *content = g_new0 (XpsWatchContent, 1);
  content->spectra = content->holder = g_steal_pointer (&spectra);
  content->free_holder = (GDestroyNotify)g_ptr_array_unref;
  return content;
}

static void
bench_init (Bench *self)
{
  g_autoptr (GError) error = NULL;
  *self = (Bench){.folder = g_dir_make_tmp ("corelevel-watch-XXXXXX", &error), .now = 5 * SECOND};
  g_assert_no_error (error);
  self->watch = xps_watch_new (self->folder, NULL, read_file, self);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    g_remove (file);
  }
  g_rmdir (path);
}

static void
bench_clear (Bench *self)
{
  xps_watch_free (self->watch);
  remove_folder (self->folder);
  g_free (self->folder);
}

static void
put (const Bench *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  FILE *file = fopen (path, "w");
  g_assert_nonnull (file);
  fputs (text, file);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* One look after `seconds`: what came, as "taken a.txt 0,1; known b.txt; ". */
static char *
look (Bench *self, double seconds)
{
  static const char *const kinds[] = {"taken", "replaced", "known", "unreadable", "gone", "back"};
  self->now += (gint64)(seconds * SECOND);
  g_autoptr (GPtrArray) events = xps_watch_look (self->watch, self->now);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < events->len; i++) {
    const XpsWatchEvent *event = g_ptr_array_index (events, i);
    g_autofree char *base = g_path_get_basename (event->path);
    const gboolean folder = event->kind == XPS_WATCH_GONE || event->kind == XPS_WATCH_BACK;
    g_string_append_printf (text, "%s%s%s", kinds[event->kind], folder ? "" : " ", folder ? "" : base);
    for (guint k = 0; event->fresh != NULL && k < event->fresh->len; k++)
      g_string_append_printf (text, "%s%d", k > 0 ? "," : " ", (int)g_array_index (event->fresh, gsize, k));
    g_string_append (text, "; ");
  }
  return g_string_free (text, FALSE);
}

static void
assert_look (Bench *self, double seconds, const char *expected)
{
  g_autofree char *got = look (self, seconds);
  g_assert_cmpstr (got, ==, expected);
}

#define ONE   "1 10\n2 11\n3 12\nend\n"
#define TWO   "1 20\n2 21\n3 22\nend\n"
#define THREE "1 30\n2 31\n3 32\nend\n"
#define ZERO  "1 0\n2 0\n3 0\nend\n"

static void
test_settles (void)
{
  Bench bench;
  bench_init (&bench);
  put (&bench, "a.txt", ONE);
  assert_look (&bench, 0, "");   /* just seen */
  assert_look (&bench, 0.3, ""); /* not steady for long enough */
  g_assert_cmpuint (bench.reads, ==, 0);
  assert_look (&bench, 0.3, "taken a.txt 0; ");
  assert_look (&bench, 10, "");
  g_assert_cmpuint (bench.reads, ==, 1);
  bench_clear (&bench);
}

/* A writer that pauses in the middle: with every new byte the waiting begins again. */
static void
test_half (void)
{
  Bench bench;
  bench_init (&bench);
  put (&bench, "a.txt", ONE);
  put (&bench, "b.txt", "1 20\n2 2");
  assert_look (&bench, 0, "");
  assert_look (&bench, 0.6, "taken a.txt 0; ");
  assert_look (&bench, 1, "");                /* b is steady, but no reader can read it */
  put (&bench, "b.txt", "1 20\n2 21\nend\n"); /* whole to the reader, shorter than what was before */
  assert_look (&bench, 1, "");
  assert_look (&bench, 1, "");
  assert_look (&bench, 1, "");
  put (&bench, "b.txt", TWO);
  assert_look (&bench, 1, "");
  assert_look (&bench, 1, "taken b.txt 0; ");
  bench_clear (&bench);
}

/* What stays unreadable is told once, what stays short is taken in the end. */
static void
test_patience (void)
{
  Bench bench;
  bench_init (&bench);
  put (&bench, "a.txt", ONE);
  assert_look (&bench, 0, "");
  assert_look (&bench, 1, "taken a.txt 0; ");
  put (&bench, "notes.txt", "beam time of November\n");
  put (&bench, "short.txt", "1 20\n2 21\nend\n");
  g_autofree char *all = g_strdup ("");
  for (guint i = 0; i < 100; i++) {
    g_autofree char *some = look (&bench, 0.4);
    char *more = g_strconcat (all, some, NULL);
    g_free (all);
    all = more;
  }
  g_assert_nonnull (strstr (all, "unreadable notes.txt; "));
  g_assert_nonnull (strstr (all, "taken short.txt 0; "));
  g_assert_cmpuint (strlen (all), ==, strlen ("unreadable notes.txt; taken short.txt 0; "));
  g_assert_cmpuint (bench.reads, <, 60); /* later and later */
  bench_clear (&bench);
}

static void
test_scratch (void)
{
  static const char *const names[] = {".a.txt",  "a.txt~",     "a.txt.tmp", "~a.txt",
                                      "#a.txt#", "A.TXT.PART", NULL};
  Bench bench;
  bench_init (&bench);
  for (const char *const *name = names; *name != NULL; name++)
    put (&bench, *name, ONE);
  put (&bench, "empty.txt", "");
  assert_look (&bench, 0, "");
  assert_look (&bench, 5, "");
  g_autofree char *from = g_build_filename (bench.folder, "a.txt.tmp", NULL);
  g_autofree char *to = g_build_filename (bench.folder, "a.txt", NULL);
  g_assert_cmpint (g_rename (from, to), ==, 0);
  assert_look (&bench, 1, "");
  assert_look (&bench, 1, "taken a.txt 0; ");
  bench_clear (&bench);
}

/* Renamed, touched, copied, written again: never twice. */
static void
test_once (void)
{
  Bench bench;
  bench_init (&bench);
  g_autofree char *a = g_build_filename (bench.folder, "a.txt", NULL);
  g_autofree char *b = g_build_filename (bench.folder, "b.txt", NULL);
  put (&bench, "a.txt", ONE);
  assert_look (&bench, 0, "");
  assert_look (&bench, 1, "taken a.txt 0; ");
  g_assert_cmpint (g_utime (a, &(struct utimbuf){1000, 1000}), ==, 0);
  assert_look (&bench, 1, "");
  assert_look (&bench, 1, "");
  g_assert_cmpint (g_rename (a, b), ==, 0);
  assert_look (&bench, 1, "");
  assert_look (&bench, 1, "");
  put (&bench, "c.txt", ONE);
  assert_look (&bench, 1, "");
  assert_look (&bench, 1, ""); /* the file it was taken from is gone: nobody needs to be told */
  bench_clear (&bench);
}

static void
test_copies (void)
{
  Bench bench;
  bench_init (&bench);
  put (&bench, "a.txt", ONE);
  put (&bench, "dark1.txt", ZERO);
  put (&bench, "dark2.txt", ZERO); /* no beam: equal, and yet two frames */
  assert_look (&bench, 0, "");
  assert_look (&bench, 1, "taken a.txt 0; taken dark1.txt 0; taken dark2.txt 0; ");
  put (&bench, "b.txt", ONE);
  assert_look (&bench, 1, "");
  assert_look (&bench, 1, "known b.txt; ");
  assert_look (&bench, 1, "");
  bench_clear (&bench);
}

static void
test_grows (void)
{
  Bench bench;
  bench_init (&bench);
  put (&bench, "a.txt", ONE);
  assert_look (&bench, 0, "");
  assert_look (&bench, 1, "taken a.txt 0; ");
  put (&bench, "a.txt", ONE "\n" TWO);
  assert_look (&bench, 1, "");
  assert_look (&bench, 1, "taken a.txt 1; ");
  put (&bench, "a.txt", ONE "\n" TWO "\n" ZERO);
  assert_look (&bench, 1, "");
  assert_look (&bench, 1, "taken a.txt 2; ");
  put (&bench, "a.txt", ONE "\n" TWO "\n" ZERO "\n" ZERO "\n" THREE);
  assert_look (&bench, 1, "");
  assert_look (&bench, 1, "taken a.txt 3,4; ");
  bench_clear (&bench);
}

static void
test_replaced (void)
{
  Bench bench;
  bench_init (&bench);
  put (&bench, "a.txt", ONE "\n" TWO);
  assert_look (&bench, 0, "");
  assert_look (&bench, 1, "taken a.txt 0,1; ");
  put (&bench, "a.txt", ONE "\n" THREE);
  assert_look (&bench, 1, "");
  assert_look (&bench, 1, "replaced a.txt 1; ");
  bench_clear (&bench);
}

static void
test_vanishes (void)
{
  Bench bench;
  bench_init (&bench);
  g_autofree char *away = g_strconcat (bench.folder, ".away", NULL);
  put (&bench, "a.txt", ONE);
  assert_look (&bench, 0, "");
  assert_look (&bench, 1, "taken a.txt 0; ");
  g_assert_cmpint (g_rename (bench.folder, away), ==, 0);
  assert_look (&bench, 1, "gone; ");
  assert_look (&bench, 1, "");
  g_assert_cmpint (g_rename (away, bench.folder), ==, 0);
  put (&bench, "b.txt", TWO);
  assert_look (&bench, 1, "back; ");
  assert_look (&bench, 1, "taken b.txt 0; ");
  /* another folder in its place, as after a share was mounted anew: same files, other identities */
  remove_folder (bench.folder);
  assert_look (&bench, 1, "gone; ");
  g_assert_cmpint (g_mkdir (bench.folder, 0700), ==, 0);
  put (&bench, "a.txt", ONE);
  put (&bench, "b.txt", TWO);
  put (&bench, "c.txt", THREE);
  assert_look (&bench, 1, "back; ");
  assert_look (&bench, 1, "taken c.txt 0; ");
  bench_clear (&bench);
}

/* Frame 10 behind frame 9, and a burst in the order of names though the first is written last. */
static void
test_order (void)
{
  Bench bench;
  bench_init (&bench);
  put (&bench, "f10.txt", TWO);
  assert_look (&bench, 0, "");
  put (&bench, "f9.txt", ONE);
  assert_look (&bench, 0.6, ""); /* f10 is ripe, f9 is not */
  assert_look (&bench, 0.6, "taken f9.txt 0; taken f10.txt 0; ");
  bench_clear (&bench);
}

/* What is written to all the time holds nobody up for ever. */
static void
test_endless (void)
{
  Bench bench;
  bench_init (&bench);
  gboolean taken = FALSE;
  put (&bench, "frame.txt", ONE);
  for (guint i = 0; i < 20 && !taken; i++) {
    g_autofree char *log = g_strdup_printf ("line %u\n", i);
    put (&bench, "a.log", log);
    g_autofree char *some = look (&bench, 0.3);
    taken = strcmp (some, "taken frame.txt 0; ") == 0;
  }
  g_assert_true (taken);
  bench_clear (&bench);
}

static void
test_known (void)
{
  Bench bench;
  bench_init (&bench);
  g_autoptr (GPtrArray) spectra = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);
  g_autofree char *text = g_strdup (ONE), *path = g_build_filename (bench.folder, "a.txt", NULL);
  g_assert_true (read_block (text, spectra, NULL));
  xps_watch_know (bench.watch, path, g_ptr_array_index (spectra, 0));
  put (&bench, "a.txt", ONE "\n" TWO);
  assert_look (&bench, 0, "");
  assert_look (&bench, 1, "taken a.txt 1; ");
  bench_clear (&bench);
}

/* The wait itself, with the real clock: ends when the folder changes or somebody wakes it, long before its
 * time. */
static gpointer
write_later (gpointer data)
{
  g_usleep (100000);
  put (data, "a.txt", ONE);
  return NULL;
}

static gpointer
wake_later (gpointer data)
{
  g_usleep (100000);
  xps_watch_wake (((Bench *)data)->watch);
  return NULL;
}

static void
test_wait (void)
{
  static const GThreadFunc causes[] = {write_later, wake_later};
  Bench bench;
  bench_init (&bench);
  xps_watch_free (bench.watch);
  bench.watch = xps_watch_new (bench.folder, &(XpsWatchOptions){.interval = 600}, read_file, &bench);
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++) {
    bench.now = g_get_monotonic_time ();
    g_autoptr (GPtrArray) events = xps_watch_look (bench.watch, bench.now);
    g_assert_cmpuint (events->len, ==, 0);
    if (i == 1)
      g_assert_cmpint (xps_watch_get_delay (bench.watch, bench.now), <, 600ll * SECOND);
    GThread *thread = g_thread_new ("cause", causes[i], &bench);
    xps_watch_wait (bench.watch, 300ll * SECOND); /* hangs in the test's timeout if it is not ended */
    g_thread_join (thread);
  }
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/watch/settles", test_settles);
  g_test_add_func ("/series/watch/half", test_half);
  g_test_add_func ("/series/watch/patience", test_patience);
  g_test_add_func ("/series/watch/scratch", test_scratch);
  g_test_add_func ("/series/watch/once", test_once);
  g_test_add_func ("/series/watch/copies", test_copies);
  g_test_add_func ("/series/watch/grows", test_grows);
  g_test_add_func ("/series/watch/replaced", test_replaced);
  g_test_add_func ("/series/watch/vanishes", test_vanishes);
  g_test_add_func ("/series/watch/order", test_order);
  g_test_add_func ("/series/watch/endless", test_endless);
  g_test_add_func ("/series/watch/known", test_known);
  g_test_add_func ("/series/watch/wait", test_wait);
  return g_test_run ();
}
