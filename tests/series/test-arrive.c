/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/arrive.h"

#include <string.h>

#include "support.h"

/* Spectra of several core levels that come one after the other. Judge: the steps that the names of the files
 * were made for. */

#define MOST 24
#define GONE (-1)

typedef struct {
  gsize n, n_parts;
  XpsSpectrum *spectra[MOST];
  XpsSeriesInput inputs[MOST];
  int levels[MOST];
  XpsSeriesGroups *placed;
  XpsSeriesArrivals *out;
} Folder;

static void
folder_clear (Folder *self)
{
  for (gsize i = 0; i < self->n; i++)
    xps_spectrum_unref (self->spectra[i]);
  xps_series_groups_free (self->placed);
  xps_series_arrivals_free (self->out);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folder, folder_clear)

static Folder
begin (gsize n_parts)
{
  return (Folder){.n_parts = n_parts, .placed = xps_series_groups_new (0, n_parts)};
}

/* `file`, `sample` and `name` must live as long as the folder. */
static void
add_named (Folder *self, const char *file, const char *sample, const char *name, int level)
{
  XpsSpectrumDraft draft = {.name = g_strdup (name), .sample = g_strdup (sample), .n = 1};
  g_assert_cmpuint (self->n, <, MOST);
  draft.energy = g_new0 (double, 1);
  draft.intensity = g_new0 (double, 1);
  draft.acquisition = xps_acquisition_new ();
  self->spectra[self->n] = xps_spectrum_new (&draft);
  self->inputs[self->n] = (XpsSeriesInput){self->spectra[self->n], file, NULL};
  self->levels[self->n++] = level;
}

static void
add (Folder *self, const char *file, int level)
{
  add_named (self, file, NULL, "spectrum", level);
}

/* The first so many inputs are steps as they stand: rows[n_steps * n_parts]. */
static void
place (Folder *self, gsize n_steps, const int *rows)
{
  xps_series_groups_free (self->placed);
  self->placed = xps_series_groups_new (n_steps, self->n_parts);
  memcpy (self->placed->inputs, rows, n_steps * self->n_parts * sizeof *rows);
}

static void
arrive (Folder *self, XpsGroupRule rule, XpsArrivalHaste haste)
{
  xps_series_arrivals_free (self->out);
  self->out = xps_series_arrive (self->inputs, self->n, self->levels, NULL, self->placed, rule, haste);
}

static void
assert_rows (const Folder *self, gsize n_steps, const int *rows)
{
  g_assert_cmpuint (self->out->groups->n_steps, ==, n_steps);
  for (gsize k = 0; k < n_steps * self->n_parts; k++)
    g_assert_cmpint (self->out->groups->inputs[k], ==, rows[k]);
}

static void
assert_none_late (const Folder *self)
{
  for (gsize i = 0; i < self->n; i++)
    g_assert_false (self->out->late[i]);
}

/* S2p_01, O1s_01, S2p_02, O1s_02: two steps that stand, by the numbers in their names. */
static Folder
begin_numbered (void)
{
  Folder self = begin (2);
  add (&self, "S2p_01_1.75V.xy", 0);
  add (&self, "O1s_01_1.75V.xy", 1);
  add (&self, "S2p_02_1.70V.xy", 0);
  add (&self, "O1s_02_1.70V.xy", 1);
  place (&self, 2, (const int[]){0, 1, 2, 3});
  return self;
}

/* ---- rules ---- */

static void
test_numbers (void)
{
  g_auto (Folder) self = begin_numbered ();
  add (&self, "S2p_04_1.60V.xy", 0); /* 3 and 4 are mixed up: turns would put 4 beside 3 */
  add (&self, "O1s_03_1.65V.xy", 1);
  add (&self, "S2p_03_1.65V.xy", 0);
  add (&self, "O1s_04_1.60V.xy", 1);
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 2, (const int[]){4, 7, 6, 5});
  g_assert_cmpuint (self.out->n_ready, ==, 2);
  assert_none_late (&self);
}

/* Where numbers grow within each level they count, and the steps come in their order. */
static void
test_counted (void)
{
  g_auto (Folder) self = begin (2);
  add (&self, "S2p_8.xy", 0);
  add (&self, "O1s_8.xy", 1);
  add (&self, "S2p_9.xy", 0);
  add (&self, "O1s_9.xy", 1);
  place (&self, 2, (const int[]){0, 1, 2, 3});
  add (&self, "O1s_11.xy", 1); /* of a step that lacks S 2p so far, and before that of step 10 is seen */
  add (&self, "S2p_10.xy", 0); /* 10 is more than 9 and less than 11: as numbers, not as letters */
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_LAST);
  assert_rows (&self, 2, (const int[]){5, GONE, GONE, 4});
  g_assert_cmpuint (self.out->n_ready, ==, 2);
}

static void
test_turns (void)
{
  g_auto (Folder) self = begin (2);
  for (int i = 0; i < 4; i++)
    add (&self, "scan.xy", i % 2); /* names tell nothing */
  place (&self, 2, (const int[]){0, 1, 2, 3});
  add (&self, "scan.xy", 0);
  add (&self, "scan.xy", 1);
  add (&self, "scan.xy", 0);
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 2, (const int[]){4, 5, 6, GONE});
  g_assert_cmpuint (self.out->n_ready, ==, 1);
}

/* A level that used to come first begins the next step, though the one that lacks it has room. */
static void
test_turn_without_first (void)
{
  g_auto (Folder) self = begin (2);
  for (int i = 0; i < 4; i++)
    add (&self, "scan.xy", i % 2);
  place (&self, 2, (const int[]){0, 1, 2, 3});
  add (&self, "scan.xy", 1);
  add (&self, "scan.xy", 0);
  add (&self, "scan.xy", 1);
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 2, (const int[]){GONE, 4, 5, 6});
  g_assert_cmpuint (self.out->n_ready, ==, 2); /* a later one is whole */
}

static void
test_files (void)
{
  g_auto (Folder) self = begin (2);
  add (&self, "a.vms", 0);
  add (&self, "a.vms", 1);
  add (&self, "b.vms", 1);
  add (&self, "b.vms", 0);
  place (&self, 2, (const int[]){0, 1, 3, 2});
  add (&self, "d.vms", 1);
  add (&self, "c.vms", 0);
  add (&self, "d.vms", 0);
  add (&self, "c.vms", 1);
  arrive (&self, XPS_GROUP_BY_FILE, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 2, (const int[]){6, 4, 5, 7});
  g_assert_cmpint (self.out->groups->rule, ==, XPS_GROUP_BY_FILE);
  arrive (&self, XPS_GROUP_GUESSED, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 2, (const int[]){6, 4, 5, 7});
}

static void
test_names (void)
{
  g_auto (Folder) self = begin (2);
  const char *const names[] = {"V1.75", "V1.70", "V1.65", "V1.60"};
  for (int i = 0; i < 4; i++)
    add_named (&self, i % 2 == 0 ? "s.csv" : "o.csv", NULL, names[i / 2], i % 2);
  place (&self, 2, (const int[]){0, 1, 2, 3});
  add_named (&self, "o.csv", NULL, names[2], 1);
  add_named (&self, "o.csv", NULL, names[3], 1);
  add_named (&self, "s.csv", NULL, names[3], 0);
  add_named (&self, "s.csv", NULL, names[2], 0);
  arrive (&self, XPS_GROUP_BY_NAME, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 2, (const int[]){7, 4, 6, 5});
}

static void
test_samples (void)
{
  g_auto (Folder) self = begin (2);
  const char *const samples[] = {"p1", "p2", "p3"};
  for (int i = 0; i < 4; i++)
    add_named (&self, "all.vms", samples[i / 2], "region", i % 2);
  place (&self, 2, (const int[]){0, 1, 2, 3});
  add_named (&self, "all.vms", samples[2], "region", 1);
  add_named (&self, "all.vms", samples[2], "region", 0);
  arrive (&self, XPS_GROUP_BY_SAMPLE, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 1, (const int[]){5, 4});
  g_assert_cmpuint (self.out->n_ready, ==, 1);
}

/* The first steps of all: as those of a folder that is opened, and surveys beside them are of none. */
static void
test_first (void)
{
  g_auto (Folder) self = begin (2);
  add (&self, "survey.xy", GONE);
  add (&self, "S2p_02.xy", 0);
  add (&self, "O1s_01.xy", 1);
  add (&self, "S2p_01.xy", 0);
  add (&self, "O1s_02.xy", 1);
  arrive (&self, XPS_GROUP_GUESSED, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 2, (const int[]){1, 4, 3, 2});
  assert_none_late (&self);
}

static void
test_nothing (void)
{
  g_auto (Folder) self = begin_numbered ();
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_LAST);
  g_assert_cmpuint (self.out->groups->n_steps, ==, 0);
  g_assert_cmpuint (self.out->n_ready, ==, 0);
  add (&self, "survey_03.xy", GONE);
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_LAST);
  g_assert_cmpuint (self.out->groups->n_steps, ==, 0);
}

/* ---- gaps, haste, late ones ---- */

static void
test_haste (void)
{
  g_auto (Folder) self = begin_numbered ();
  add (&self, "S2p_03_1.65V.xy", 0); /* lacks O 1s */
  add (&self, "S2p_04_1.60V.xy", 0);
  const int rows[] = {4, GONE, 5, GONE};
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 2, rows);
  g_assert_cmpuint (self.out->n_ready, ==, 0); /* none is whole */
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_QUIET);
  assert_rows (&self, 2, rows);
  g_assert_cmpuint (self.out->n_ready, ==, 1); /* a later one has begun */
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_LAST);
  assert_rows (&self, 2, rows);
  g_assert_cmpuint (self.out->n_ready, ==, 2);
  add (&self, "O1s_04_1.60V.xy", 1);
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 2, (const int[]){4, GONE, 5, 6});
  g_assert_cmpuint (self.out->n_ready, ==, 2); /* a later one is whole */
}

/* The last step of all waits, however quiet it is. */
static void
test_last_waits (void)
{
  g_auto (Folder) self = begin_numbered ();
  add (&self, "S2p_03_1.65V.xy", 0);
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_QUIET);
  assert_rows (&self, 1, (const int[]){4, GONE});
  g_assert_cmpuint (self.out->n_ready, ==, 0);
}

static void
test_late (void)
{
  g_auto (Folder) self = begin_numbered ();
  add (&self, "S2p_03_1.65V.xy", 0);
  place (&self, 3, (const int[]){0, 1, 2, 3, 4, GONE}); /* taken with its gap */
  add (&self, "S2p_04_1.60V.xy", 0);
  add (&self, "O1s_03_1.65V.xy", 1);
  add (&self, "O1s_04_1.60V.xy", 1);
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 1, (const int[]){5, 7});
  g_assert_true (self.out->late[6]);
  g_assert_false (self.out->late[5]);
  g_assert_false (self.out->late[7]);
}

/* A file written anew: its step has the level already, so it is a further step and not late. */
static void
test_again (void)
{
  g_auto (Folder) self = begin (2);
  add (&self, "a.vms", 0);
  add (&self, "a.vms", 1);
  add (&self, "b.vms", 0);
  add (&self, "b.vms", 1);
  place (&self, 2, (const int[]){0, 1, 2, 3});
  add (&self, "a.vms", 0);
  add (&self, "a.vms", 1);
  arrive (&self, XPS_GROUP_BY_FILE, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 1, (const int[]){4, 5});
  assert_none_late (&self);
}

/* "03" and "3" are one number; of two frames of one name the later spectrum belongs to the newer one. */
static void
test_alike (void)
{
  g_auto (Folder) self = begin_numbered ();
  add (&self, "S2p_03_1.65V.xy", 0);
  add (&self, "S2p_03_1.65V.xy", 0);
  add (&self, "O1s_3_1.65V.xy", 1);
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_PATIENT);
  assert_rows (&self, 2, (const int[]){4, GONE, 5, 6});
}

static void
test_three_levels (void)
{
  g_auto (Folder) self = begin (3);
  const char *const level_names[] = {"S 2p", "O 1s", NULL};
  const char *const files[] = {"S2p_1.xy", "O1s_1.xy", "P2p_1.xy", "S2p_2.xy", "O1s_2.xy", "P2p_2.xy"};
  for (int i = 0; i < 6; i++)
    add (&self, files[i], i % 3);
  place (&self, 2, (const int[]){0, 1, 2, 3, 4, 5});
  add (&self, "O1s_3.xy", 1);
  arrive (&self, XPS_GROUP_BY_ORDER, XPS_ARRIVAL_LAST);
  assert_rows (&self, 1, (const int[]){GONE, 6, GONE});
  g_autofree char *lacking = xps_series_arrivals_dup_lacking (self.out, 0, level_names);
  g_assert_cmpstr (lacking, ==, "S 2p, ?");
}

/* What was placed stays whatever comes, and nothing is put into two places. */
static void
test_each_once (void)
{
  g_auto (Folder) self = begin_numbered ();
  add (&self, "O1s_03_1.65V.xy", 1);
  add (&self, "S2p_03_1.65V.xy", 0);
  add (&self, "S2p_03_1.65V.xy", 0); /* twice the same name */
  for (XpsGroupRule rule = XPS_GROUP_GUESSED; rule < XPS_N_GROUP_RULES; rule++)
    for (int haste = XPS_ARRIVAL_PATIENT; haste <= XPS_ARRIVAL_LAST; haste++) {
      guint times[MOST] = {0};
      arrive (&self, rule, (XpsArrivalHaste)haste);
      const XpsSeriesGroups *groups = self.out->groups;
      g_assert_cmpuint (self.out->n_ready, <=, groups->n_steps);
      for (gsize k = 0; k < groups->n_steps * groups->n_parts; k++)
        if (groups->inputs[k] >= 0) {
          g_assert_cmpint (self.levels[groups->inputs[k]], ==, (int)(k % groups->n_parts));
          times[groups->inputs[k]]++;
        }
      for (gsize i = 0; i < self.n; i++)
        g_assert_cmpuint (times[i] + (self.out->late[i] ? 1 : 0), ==, i < 4 ? 0 : 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/arrive/numbers", test_numbers);
  g_test_add_func ("/series/arrive/counted", test_counted);
  g_test_add_func ("/series/arrive/turns", test_turns);
  g_test_add_func ("/series/arrive/turn-without-first", test_turn_without_first);
  g_test_add_func ("/series/arrive/files", test_files);
  g_test_add_func ("/series/arrive/names", test_names);
  g_test_add_func ("/series/arrive/samples", test_samples);
  g_test_add_func ("/series/arrive/first", test_first);
  g_test_add_func ("/series/arrive/nothing", test_nothing);
  g_test_add_func ("/series/arrive/haste", test_haste);
  g_test_add_func ("/series/arrive/last-waits", test_last_waits);
  g_test_add_func ("/series/arrive/late", test_late);
  g_test_add_func ("/series/arrive/again", test_again);
  g_test_add_func ("/series/arrive/alike", test_alike);
  g_test_add_func ("/series/arrive/three-levels", test_three_levels);
  g_test_add_func ("/series/arrive/each-once", test_each_once);
  return g_test_run ();
}
