/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"

/* The command series while a measurement goes on, and when it is killed: the sample with known truth, split
 * into a file for each step. */

#define STEPS 31

typedef struct {
  char *folder, *frames, *model, *out;
  char *texts[STEPS], *names[STEPS];
} Bench;

static char *
sample (const char *file)
{
  return g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "samples", file, NULL);
}

static void
split (Bench *self)
{
  g_autofree char *path = sample ("li6ps5cl-s2p-haxpes.csv"), *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) head = g_strsplit (lines[0], ",", -1);
  GString *files[STEPS];
  for (guint k = 0; k < STEPS; k++) {
    files[k] = g_string_new ("x,y\n");
    self->names[k] = g_strdup_printf ("cell_%02u_%sV.csv", k + 1, g_strstrip (head[k + 1]) + 1);
  }
  for (char **line = lines + 1; *line != NULL && **line != '\0'; line++) {
    g_auto (GStrv) fields = g_strsplit (*line, ",", -1);
    for (guint k = 0; k < STEPS; k++)
      g_string_append_printf (files[k], "%s,%s\n", fields[0], g_strstrip (fields[k + 1]));
  }
  for (guint k = 0; k < STEPS; k++)
    self->texts[k] = g_string_free (files[k], FALSE);
}

static void
bench_init (Bench *self)
{
  self->folder = folder_new ();
  self->frames = g_build_filename (self->folder, "frames", NULL);
  self->out = g_build_filename (self->folder, "out.json", NULL);
  self->model = sample ("li6ps5cl-s2p-step.json");
  g_assert_cmpint (g_mkdir_with_parents (self->frames, 0700), ==, 0);
  split (self);
}

static void
bench_clear (Bench *self)
{
  folder_free (self->folder);
  g_free (self->frames);
  g_free (self->model);
  g_free (self->out);
  for (guint k = 0; k < STEPS; k++) {
    g_free (self->texts[k]);
    g_free (self->names[k]);
  }
}

static void
put (const Bench *self, guint from, guint to)
{
  for (guint k = from; k < to; k++)
    g_free (folder_write (self->frames, self->names[k], self->texts[k]));
}

static GPid
start (const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GPid pid;
  g_ptr_array_add (argv, (gpointer)g_getenv ("XPS_CLI"));
  for (gsize i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer)arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_spawn_async (NULL, (char **)argv->pdata, NULL,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                 NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

/* Status as of waitpid(). */
static int
finish (GPid pid)
{
  int status = 0;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_spawn_close_pid (pid);
  return status;
}

static JsonNode *
read_result (const char *path)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  return json_parser_load_from_file (parser, path, NULL) ? json_parser_steal_root (parser) : NULL;
}

static guint
count_steps (const char *path)
{
  g_autoptr (JsonNode) node = g_file_test (path, G_FILE_TEST_EXISTS) ? read_result (path) : NULL;
  g_assert_true (node != NULL || !g_file_test (path, G_FILE_TEST_EXISTS)); /* never half a file */
  return node != NULL
             ? json_array_get_length (json_object_get_array_member (json_node_get_object (node), "steps"))
             : 0;
}

/* No judge of speed: ten minutes are for a run that has stopped taking frames. */
static void
wait_for_steps (const char *path, guint n)
{
  const gint64 end = g_get_monotonic_time () + 600 * G_USEC_PER_SEC;
  while (count_steps (path) < n && g_get_monotonic_time () < end)
    g_usleep (20000);
  g_assert_cmpuint (count_steps (path), >=, n);
}

/* All that was found must be the same, to the last bit: numbers are compared as they are written, in 17
 * digits. Who made it when, and how many evaluations that took, may differ. */
static char *
dup_findings (const char *path)
{
  static const char *const members[] = {"axis",   "shared", "steps", "trends",
                                        "onsets", "frames", "chi2",  "dof"};
  g_autoptr (JsonNode) node = read_result (path);
  g_assert_nonnull (node);
  JsonObject *root = json_node_get_object (node), *kept = json_object_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_member (kept, members[i], json_node_copy (json_object_get_member (root, members[i])));
  g_autoptr (JsonNode) whole = json_node_init_object (json_node_alloc (), kept);
  json_object_unref (kept);
  return json_to_string (whole, TRUE);
}

#define WATCH(bench, ...)                                                                                    \
  ((const char *const[]){"series", (bench).frames, "-m", (bench).model, "--settle", "0.1", "-o",             \
                         (bench).out, __VA_ARGS__, NULL})

/* Frames while it runs, one of them written in two halves. */
static void
test_watch (void)
{
  Bench bench;
  bench_init (&bench);
  g_autofree char *half = g_strndup (bench.texts[8], strlen (bench.texts[8]) / 2);
  put (&bench, 0, 4);
  const GPid pid = start (WATCH (bench, "--watch-until", "12"));
  wait_for_steps (bench.out, 4);
  put (&bench, 4, 8);
  wait_for_steps (bench.out, 8);
  g_free (folder_write (bench.frames, bench.names[8], half));
  g_usleep (600000);
  g_assert_cmpuint (count_steps (bench.out), ==, 8);
  put (&bench, 8, 12);
  const int status = finish (pid);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_autoptr (JsonNode) node = read_result (bench.out);
  JsonArray *steps = json_object_get_array_member (json_node_get_object (node), "steps");
  g_assert_cmpuint (json_array_get_length (steps), ==, 12);
  for (guint k = 0; k < 12; k++) {
    JsonObject *step = json_array_get_object_element (steps, k);
    g_assert_cmpstr (json_object_get_string_member (step, "name"), ==, bench.names[k]);
    g_assert_true (json_object_get_boolean_member (step, "converged"));
    g_assert_cmpfloat (json_object_get_double_member (step, "axis_value"), ==, 1.75 - 0.025 * k);
  }
  bench_clear (&bench);
}

/* Killed again and again, and gone on with while files come in another order than before: as if nothing had
 * been. */
static void
test_killed_watch (void)
{
  static const guint kills[] = {3, 4, 11, 17};
  Bench bench, whole;
  bench_init (&bench);
  bench_init (&whole);
  put (&whole, 0, 20);
  g_assert_cmpint (finish (start (WATCH (whole, "--watch-until", "20"))), ==, 0);
  guint done = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (kills); i++) {
    const GPid pid = start (WATCH (bench, "--watch", "0", "--resume"));
    for (; done < kills[i]; done++)
      put (&bench, done, done + 1);
    wait_for_steps (bench.out, done);
    g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
    g_assert_true (WIFSIGNALED (finish (pid)));
  }
  put (&bench, done, 20);
  g_assert_cmpint (finish (start (WATCH (bench, "--watch-until", "20", "--resume"))), ==, 0);
  g_autofree char *a = dup_findings (bench.out), *b = dup_findings (whole.out);
  g_assert_cmpstr (a, ==, b);
  bench_clear (&bench);
  bench_clear (&whole);
}

/* What is there is never overwritten, and frames that are gone are not made up. */
static void
test_refusals (void)
{
  Bench bench;
  bench_init (&bench);
  put (&bench, 0, 3);
  g_assert_cmpint (finish (start (WATCH (bench, "--watch-until", "3"))), ==, 0);
  g_autofree char *before = folder_read (bench.folder, "out.json");
  g_auto (Run) again = cli_run_in (NULL, NULL, WATCH (bench, "--watch", "1"));
  cli_assert_failed (&again, (const char *const[]){"out.json", "is there already", "--resume", NULL});
  g_autofree char *first = g_build_filename (bench.frames, bench.names[0], NULL);
  g_assert_cmpint (remove (first), ==, 0);
  g_auto (Run) gone = cli_run_in (NULL, NULL, WATCH (bench, "--watch", "0.5", "--resume"));
  cli_assert_failed (&gone, (const char *const[]){"did not come back", "nothing was changed", NULL});
  g_autofree char *after = folder_read (bench.folder, "out.json");
  g_assert_cmpstr (after, ==, before);
  g_auto (Run) mixed = cli_run_in (NULL, NULL, WATCH (bench, "--watch", "1", "--average", "2"));
  g_auto (Run) shared = cli_run_in (NULL, NULL, WATCH (bench, "--watch", "1", "--share", "wg"));
  cli_assert_usage (&mixed, "takes every frame");
  cli_assert_usage (&shared, "--shared-values");
  bench_clear (&bench);
}

/* With values that all steps share, from a run of what was measured before. */
static void
test_shared (void)
{
  Bench bench;
  bench_init (&bench);
  g_autofree char *before = g_build_filename (bench.folder, "before.json", NULL);
  put (&bench, 0, 10);
  g_auto (Run) first = cli_run ("series", bench.frames, "-m", bench.model, "--share", "wg,wl", "-o", before);
  g_assert_cmpint (first.status, ==, 0);
  g_assert_cmpint (
      finish (start (WATCH (bench, "--watch-until", "10", "--share", "wg,wl", "--shared-values", before))),
      ==, 0);
  g_autoptr (JsonNode) a = read_result (before), b = read_result (bench.out);
  JsonObject *x = json_object_get_object_member (json_node_get_object (a), "shared");
  JsonObject *y = json_object_get_object_member (json_node_get_object (b), "shared");
  g_assert_cmpfloat (json_object_get_double_member (json_object_get_object_member (x, "wg"), "value"), ==,
                     json_object_get_double_member (json_object_get_object_member (y, "wg"), "value"));
  bench_clear (&bench);
}

/* The sample again and again, each time a little further along the axis: long enough to be killed in the
 * middle. */
static char *
write_long (const char *folder, guint repeats)
{
  g_autofree char *path = sample ("li6ps5cl-s2p-haxpes.csv"), *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) all = g_string_new ("x");
  for (guint r = 0; r < repeats; r++)
    for (guint k = 0; k < STEPS; k++)
      g_string_append_printf (all, ",V%u.%04u", 1 + r, 25 * k);
  for (char **line = lines + 1; *line != NULL && **line != '\0'; line++) {
    const char *comma = strchr (*line, ',');
    g_string_append_printf (all, "\n%.*s", (int)(comma - *line), *line);
    for (guint r = 0; r < repeats; r++)
      g_string_append (all, g_strchomp ((char *)comma));
  }
  g_string_append_c (all, '\n');
  return folder_write (folder, "long.csv", all->str);
}

/* A run saves every 2 s what it has: the time goes by while it is held, from `delay` us after its start on.
 * FALSE: it was not among its fits by then, or done before it was killed. */
static gboolean
kill_late (const char *const *arguments, const char *out, const char *partial, gulong delay)
{
  const GPid pid = start (arguments);
  g_usleep (delay);
  kill (pid, SIGSTOP);
  g_usleep (2100000);
  kill (pid, SIGCONT);
  while (!g_file_test (partial, G_FILE_TEST_EXISTS) && !g_file_test (out, G_FILE_TEST_EXISTS))
    g_usleep (1000);
  kill (pid, SIGKILL);
  const gboolean killed = WIFSIGNALED (finish (pid));
  if (killed && g_file_test (partial, G_FILE_TEST_EXISTS) && !g_file_test (out, G_FILE_TEST_EXISTS))
    return TRUE;
  remove (out);
  remove (partial);
  return FALSE;
}

/* A run over what is there, killed when it has saved a part of its way, and gone on with: the numbers of a
 * run that was left alone, to the last bit. */
static void
test_killed_run (gconstpointer data)
{
  const char *mode = data;
  g_autofree char *model = sample ("li6ps5cl-s2p-step.json");
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *csv = write_long (folder, strcmp (mode, "warm") == 0 ? 10 : 40),
                  *whole = g_build_filename (folder, "whole.json", NULL);
  g_autofree char *out = g_build_filename (folder, "out.json", NULL),
                  *partial = g_strconcat (out, ".partial", NULL);
  const char *const alone[] = {"series", csv,         "-m", model, "--mode", mode, "--jobs",
                               "2",      "--redraws", "19", "-o",  whole,    NULL};
  const char *const resumed[] = {"series", csv,         "-m", model,      "--mode", mode, "--jobs",
                                 "2",      "--redraws", "19", "--resume", "-o",     out,  NULL};
  gboolean part = FALSE;
  for (guint k = 1; k <= 8 && !part; k++)
    part = kill_late (resumed, out, partial, 100000 * k);
  g_assert_cmpint (finish (start (alone)), ==, 0);
  if (!part) {
    g_test_skip ("the machine was done before it saved a part");
    return;
  }
  g_assert_cmpint (finish (start (resumed)), ==, 0);
  g_assert_false (g_file_test (partial, G_FILE_TEST_EXISTS));
  g_autofree char *a = dup_findings (whole), *b = dup_findings (out);
  g_assert_cmpstr (a, ==, b);
}

/* ---- several core levels ---- */

/* In the program's own text: one core level after the other, in a file each or all in one. */
static void
put_level (const Bench *self, const char *level, double center, guint step)
{
  g_autofree char *name = g_strdup_printf ("%c%c_%02u.csv", level[0], level[2], step); /* "S2_04", "O1_04" */
  g_autoptr (GString) text = g_string_new ("# Corelevel spectra\n");
  g_string_append_printf (text, "# region: %s\n# technique: XPS\nBinding Energy (eV),Counts\n", level);
  for (guint i = 0; i <= 100; i++) {
    const double x = 0.1 * i - 5, mean = 100 + (1500 + 100 * step) * exp (-x * x);
    const double counts = round (mean + 10 * sin (1.7 * i * step));
    char energy[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (energy, sizeof energy, "%.1f", center + x);
    g_string_append_printf (text, "%s,%d\n", energy, (int)counts);
  }
  g_free (folder_write (self->frames, name, text->str));
}

#define S_2P(bench, step) put_level (bench, "S 2p", 163, step)
#define O_1S(bench, step) put_level (bench, "O 1s", 532, step)

static char *
write_levels_model (const Bench *self)
{
  GString *text = g_string_new ("{\"corelevel_model\":1,\"parameters\":[");
  for (guint k = 0; k < 2; k++)
    g_string_append_printf (
        text,
        "%s{\"name\":\"E%u\",\"value\":%u,\"min\":%u,\"max\":%u},"
        "{\"name\":\"A%u\",\"value\":2000,\"min\":0},{\"name\":\"w%u\",\"value\":1.7,\"min\":"
        "0.5,\"max\":3},{\"name\":\"b%u\",\"value\":100}",
        k > 0 ? "," : "", k, k == 0 ? 163 : 532, k == 0 ? 162 : 531, k == 0 ? 164 : 533, k, k, k);
  g_string_append (text, "],\"spectra\":[");
  for (guint k = 0; k < 2; k++)
    g_string_append_printf (
        text,
        "%s{\"id\":\"%s\",\"region\":\"%s\",\"energy_range\":[%u,%u],\"components\":[{"
        "\"name\":\"%s\",\"type\":\"gauss\",\"params\":{\"center\":\"E%u\",\"area\":\"A%u\","
        "\"fwhm\":\"w%u\"}}],\"background\":[{\"type\":\"poly\",\"x_ref\":163,\"coeffs\":["
        "\"b%u\"]}]}",
        k > 0 ? "," : "", k == 0 ? "S 2p" : "O 1s", k == 0 ? "S 2p" : "O 1s", k == 0 ? 159 : 528,
        k == 0 ? 167 : 536, k == 0 ? "sulfide" : "oxide", k, k, k, k);
  g_string_append (text, "]}");
  char *path = folder_write (self->folder, "levels.json", text->str);
  g_string_free (text, TRUE);
  return path;
}

/* Which levels a step has: the numbers of its spectra are there, or null. */
static guint
get_levels (const char *path, guint step)
{
  g_autoptr (JsonNode) node = read_result (path);
  JsonArray *steps = json_object_get_array_member (json_node_get_object (node), "steps");
  JsonObject *object = json_array_get_object_element (steps, step - 1);
  JsonArray *spectra = json_object_get_array_member (object, "spectra");
  g_assert_true (json_object_get_boolean_member (object, "converged"));
  g_assert_cmpuint (json_array_get_length (spectra), ==, 2);
  return (json_array_get_null_element (spectra, 0) ? 0 : 1) +
         (json_array_get_null_element (spectra, 1) ? 0 : 2);
}

static void
bench_levels (Bench *self)
{
  bench_init (self);
  g_free (self->model);
  self->model = write_levels_model (self);
}

/* Levels in files of their own: a step waits for both, one that lacks a level is kept with its gap, and so is
 * the last one when the watch ends; killed and gone on with in between. */
static void
test_levels (void)
{
  Bench bench;
  bench_levels (&bench);
  const GPid pid = start (WATCH (bench, "--watch", "0"));
  S_2P (&bench, 1);
  g_usleep (800000);
  g_assert_cmpuint (count_steps (bench.out), ==, 0);
  O_1S (&bench, 1);
  wait_for_steps (bench.out, 1);
  O_1S (&bench, 2);
  S_2P (&bench, 2);
  wait_for_steps (bench.out, 2);
  S_2P (&bench, 3); /* and its O 1s never */
  g_usleep (800000);
  S_2P (&bench, 4);
  g_usleep (800000);
  g_assert_cmpuint (count_steps (bench.out), ==, 2);
  O_1S (&bench, 4);
  wait_for_steps (bench.out, 4);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_true (WIFSIGNALED (finish (pid)));
  S_2P (&bench, 5);
  g_auto (Run) again = cli_run_in (NULL, NULL, WATCH (bench, "--watch", "1.5", "--resume"));
  g_assert_cmpint (again.status, ==, 0);
  g_assert_nonnull (strstr (again.err, "going on with 4 steps"));
  g_assert_nonnull (strstr (again.err, "step 5 waits for O 1s"));
  g_assert_nonnull (strstr (again.err, "step 5 is taken without O 1s"));
  static const guint levels[] = {3, 3, 1, 3, 1};
  g_assert_cmpuint (count_steps (bench.out), ==, G_N_ELEMENTS (levels));
  for (guint k = 0; k < G_N_ELEMENTS (levels); k++)
    g_assert_cmpuint (get_levels (bench.out, k + 1), ==, levels[k]);
  bench_clear (&bench);
}

/* What is there already when the watch begins, all of one level before the other in the order of names. */
static void
test_levels_there (void)
{
  Bench bench;
  bench_levels (&bench);
  for (guint step = 1; step <= 5; step++) {
    S_2P (&bench, step);
    if (step != 3)
      O_1S (&bench, step);
  }
  g_auto (Run) run = cli_run_in (NULL, NULL, WATCH (bench, "--watch-until", "5"));
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.err, "step 3 is taken without O 1s"));
  for (guint step = 1; step <= 5; step++)
    g_assert_cmpuint (get_levels (bench.out, step), ==, step == 3 ? 1 : 3);
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/series-watch/watch", test_watch);
  g_test_add_func ("/cli/series-watch/killed", test_killed_watch);
  g_test_add_func ("/cli/series-watch/refusals", test_refusals);
  g_test_add_func ("/cli/series-watch/shared", test_shared);
  g_test_add_func ("/cli/series-watch/levels", test_levels);
  g_test_add_func ("/cli/series-watch/levels-there", test_levels_there);
  g_test_add_data_func ("/cli/series-watch/killed-run/independent", "independent", test_killed_run);
  g_test_add_data_func ("/cli/series-watch/killed-run/warm", "warm", test_killed_run);
  return g_test_run ();
}
