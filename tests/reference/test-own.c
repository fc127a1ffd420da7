/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "reference/committed.h"
#include "reference/own.h"

/* The user's own entries: marked in every answer, all or nothing, and the same again after they went through
 * text. */

typedef struct {
  char *folder, *path;
} Place;

static void
set_up (Place *place, gconstpointer unused)
{
  (void)unused;
  place->folder = g_dir_make_tmp ("corelevel-own-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "data", "own.sqlite", NULL);
}

static void
tear_down (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autofree char *inner = g_path_get_dirname (place->path);
  g_unlink (place->path);
  g_rmdir (inner);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
  g_free (place->path);
}

static XpsOwn *
open_own (const Place *place)
{
  g_autoptr (GError) error = NULL;
  XpsOwn *own = xps_own_open (place->path, &error);
  g_assert_no_error (error);
  return own;
}

static gint64
add (XpsOwn *own, const char *species, const char *level, double energy)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsReferenceLine) line = xps_reference_line_new ();
  line->species = g_strdup (species);
  line->level = g_strdup (level);
  line->energy = energy;
  line->source = g_strdup ("own measurement, 3 May 2025; \"sample\" 7");
  const gint64 id = xps_own_add_line (own, line, &error);
  g_assert_no_error (error);
  return id;
}

static GPtrArray *
search (XpsReference *reference, const char *species, const char *level)
{
  g_autoptr (GError) error = NULL;
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.species = species;
  query.level = level;
  GPtrArray *lines = xps_reference_search (reference, &query, &error);
  g_assert_no_error (error);
  return lines;
}

static const XpsReferenceLine *
line_at (const GPtrArray *lines, guint i)
{
  return g_ptr_array_index (lines, i);
}

/* Added, seen beside the shipped ones, changed, removed. */
static void
test_lines (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsReference) reference = committed_open (place->path); /* before there is a file */
  g_autoptr (GPtrArray) before = search (reference, "LiF", "F 1s");
  g_autoptr (XpsOwn) own = open_own (place);
  const gint64 id = add (own, "LiF", "F 1s", 685.43);
  g_assert_true (xps_reference_refresh_own (reference, &error));
  g_autoptr (GPtrArray) after = search (reference, "LiF", "F 1s");
  g_assert_cmpuint (after->len, ==, before->len + 1);
  guint n = 0;
  for (guint i = 0; i < after->len; i++)
    if (line_at (after, i)->verified == XPS_VERIFIED_USER) {
      g_assert_cmpfloat (line_at (after, i)->energy, ==, 685.43);
      g_assert_cmpstr (line_at (after, i)->element, ==, "F");
      g_autoptr (GPtrArray) sources =
          xps_reference_get_sources (reference, line_at (after, i)->source, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (sources->len, ==, 1);
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
  g_autoptr (GPtrArray) lines = xps_own_list_lines (own, &error);
  g_autoptr (XpsReferenceLine) changed = xps_reference_line_copy (line_at (lines, 0));
  changed->energy = 685.5;
  g_assert_true (xps_own_change_line (own, changed, &error));
  g_autoptr (GPtrArray) again = search (reference, "LiF", "F 1s"); /* no refresh: the file was there */
  g_assert_cmpuint (again->len, ==, after->len);
  g_assert_true (xps_own_remove_line (own, id, &error));
  g_assert_false (xps_own_remove_line (own, id, &error));
  g_assert_nonnull (error);
  g_autoptr (GPtrArray) end = search (reference, "LiF", "F 1s");
  g_assert_cmpuint (end->len, ==, before->len);
}

/* Both stay visible, the own one counts. A correction whose shipped value has become another one corrects
 * nothing. */
static void
test_correction (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsOwn) own = open_own (place);
  g_autoptr (XpsReference) reference = committed_open (place->path);
  XpsReferenceQuery query;
  XpsReferenceSpread before, after;
  xps_reference_query_init (&query);
  g_assert_true (xps_reference_get_spread (reference, "LiF", "F 1s", &query, &before));
  g_autoptr (GPtrArray) shipped = search (reference, "LiF", "F 1s");
  g_autoptr (XpsReferenceLine) correction = xps_own_new_correction (line_at (shipped, 0));
  correction->energy = 699;
  const gint64 id = xps_own_add_line (own, correction, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) both = search (reference, "LiF", "F 1s");
  g_assert_cmpuint (both->len, ==, shipped->len + 1);
  guint replaced = 0;
  for (guint i = 0; i < both->len; i++)
    replaced += line_at (both, i)->replaced;
  g_assert_cmpuint (replaced, ==, 1);
  g_assert_true (xps_reference_get_spread (reference, "LiF", "F 1s", &query, &after));
  g_assert_cmpuint (after.n, ==, before.n);
  g_assert_cmpuint (after.n_own, ==, 1);
  g_assert_cmpfloat (after.high, ==, 699);
  xps_reference_spread_clear (&before);
  xps_reference_spread_clear (&after);
  correction->id = id;
  correction->replaces_energy = 1;
  g_assert_true (xps_own_change_line (own, correction, &error));
  g_autoptr (GPtrArray) lost = search (reference, "LiF", "F 1s");
  for (guint i = 0; i < lost->len; i++)
    g_assert_false (line_at (lost, i)->replaced);
}

static XpsReferencePhase *
made_phase (const char *name)
{
  XpsReferencePhase *phase = xps_reference_phase_new (name);
  phase->formula = g_strdup ("Li2S");
  phase->note = g_strdup ("with, comma\nand line");
  xps_reference_phase_add_line (phase, "Li 1s", "Li2S", 2);
  XpsPhaseLine *line = xps_reference_phase_add_line (phase, "S 2p3/2", "Li2S", 1.5);
  line->label = g_strdup ("S2-");
  return phase;
}

static void
test_phases (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsOwn) own = open_own (place);
  g_autoptr (XpsReference) reference = committed_open (place->path);
  g_autoptr (GPtrArray) before = xps_reference_list_phases (reference, NULL, &error);
  g_autoptr (XpsReferencePhase) mine = made_phase ("Li2S"), fresh = made_phase ("My phase");
  g_assert_true (xps_own_set_phase (own, mine, &error) && xps_own_set_phase (own, fresh, &error) &&
                 xps_own_set_phase (own, fresh, &error));
  g_autoptr (GPtrArray) all = xps_reference_list_phases (reference, NULL, &error);
  g_assert_cmpuint (all->len, ==, before->len + 1); /* one took the place of a shipped one */
  g_autoptr (GPtrArray) one = xps_reference_list_phases (reference, "Li2S", &error);
  g_assert_cmpuint (one->len, ==, 1);
  const XpsReferencePhase *found = g_ptr_array_index (one, 0);
  g_assert_true (found->own);
  g_assert_cmpfloat (((XpsPhaseLine *)g_ptr_array_index (found->lines, 1))->atoms, ==, 1.5);
  g_assert_true (xps_own_remove_phase (own, "Li2S", &error));
  g_autoptr (GPtrArray) back = xps_reference_list_phases (reference, "Li2S", &error);
  g_assert_false (((XpsReferencePhase *)g_ptr_array_index (back, 0))->own);
  g_assert_false (xps_own_remove_phase (own, "Li2S", &error));
}

/* Out and in again: the same bytes, and nothing twice. */
static void
test_round_trip (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL, *second = NULL, *third = NULL;
  g_autofree char *other = g_build_filename (place->folder, "other.sqlite", NULL);
  guint n_added, n_phases;
  {
    g_autoptr (XpsOwn) own = open_own (place);
    g_autoptr (XpsReferencePhase) phase = made_phase ("Käfer, \"x\"");
    g_autoptr (XpsReference) reference = committed_open (NULL);
    g_autoptr (GPtrArray) shipped = search (reference, "LiF", NULL);
    g_autoptr (XpsReferenceLine) correction = xps_own_new_correction (line_at (shipped, 1));
    add (own, "a, \"b\"", "Li 1s", 0.1 + 0.2);
    add (own, "Li2S", "S 2p3/2", 160.05);
    g_assert_cmpint (xps_own_add_line (own, correction, &error), >, 0);
    g_assert_true (xps_own_set_phase (own, phase, &error));
    first = xps_own_dup_csv (own, &error);
  }
  g_autoptr (XpsOwn) copy = xps_own_open (other, &error);
  g_assert_true (xps_own_import_csv (copy, "a.csv", first, strlen (first), &n_added, &n_phases, &error));
  g_assert_cmpuint (n_added, ==, 3);
  g_assert_cmpuint (n_phases, ==, 1);
  second = xps_own_dup_csv (copy, &error);
  g_assert_cmpstr (first, ==, second);
  g_assert_true (xps_own_import_csv (copy, "a.csv", first, strlen (first), &n_added, &n_phases, &error));
  g_assert_cmpuint (n_added, ==, 0);
  third = xps_own_dup_csv (copy, &error);
  g_assert_cmpstr (first, ==, third);
  g_unlink (other);
}

/* What was there and what comes instead: all or nothing, and numbers stay. */
static void
test_exchange (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autoptr (XpsOwn) own = open_own (place);
  const gint64 first = add (own, "A", "Li 1s", 55), second = add (own, "B", "Li 1s", 56);
  g_autoptr (GPtrArray) before = xps_own_list_lines (own, NULL);
  g_autoptr (GPtrArray) in = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_reference_line_free);
  XpsReferenceLine *changed = xps_reference_line_copy (before->pdata[0]);
  XpsReferenceLine *fresh = xps_reference_line_copy (before->pdata[1]);
  changed->energy = 54;
  fresh->id = 0;
  g_ptr_array_add (in, changed);
  g_ptr_array_add (in, fresh);
  const XpsOwnContents out = {.lines = before}, come = {.lines = in};
  g_autoptr (GError) error = NULL, refused = NULL;
  g_assert_true (xps_own_exchange (own, &out, &come, &error));
  g_assert_no_error (error);
  g_assert_cmpint (changed->id, ==, first);
  g_assert_cmpint (fresh->id, >, 0);
  g_autoptr (GPtrArray) after = xps_own_list_lines (own, NULL);
  g_assert_cmpuint (after->len, ==, 2);
  g_assert_true (((XpsReferenceLine *)after->pdata[0])->energy == 54);
  g_assert_true (xps_own_exchange (own, &come, &out, &error));
  g_autoptr (GPtrArray) back = xps_own_list_lines (own, NULL);
  g_assert_cmpint (((XpsReferenceLine *)back->pdata[1])->id, ==, second);
  /* The second is gone meanwhile: nothing happens, the first stays. */
  g_assert_true (xps_own_remove_line (own, second, &error));
  g_assert_false (xps_own_exchange (own, &out, &come, &refused));
  g_assert_nonnull (refused);
  g_autoptr (GPtrArray) left = xps_own_list_lines (own, NULL);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_true (((XpsReferenceLine *)left->pdata[0])->energy == 55);
}

/* One message with file and line; nothing of the table is taken. */
static void
test_refused (Place *place, gconstpointer unused)
{
  (void)unused;
#define HEAD "kind,species,core_level,binding_energy_eV,uncertainty_eV,source,phase,atoms,replaces\n"
#define GOOD "binding,A,Li 1s,55,,me,,,\n"
  static const struct {
    const char *text, *words;
  } wrong[] = {
      {"", "empty"},
      {"species,sauce\n", "sauce"},
      {"species,species\n", "twice"},
      {HEAD GOOD "binding,B,Li 1s,55\n", "line 3: has another number of cells"},
      {HEAD GOOD "binding,,Li 1s,55,,me,,,\n", "line 3: the species"},
      {HEAD GOOD "binding,B,Li1s,55,,me,,,\n", "line 3: the core level"},
      {HEAD GOOD "binding,B,Xx 1s,55,,me,,,\n", "line 3: the core level"},
      {HEAD GOOD "binding,B,Li 1s,\"55,0\",,me,,,\n", "line 3: binding_energy_eV is \"55,0\""},
      {HEAD GOOD "binding,B,Li 1s,nan,,me,,,\n", "line 3: binding_energy_eV"},
      {HEAD GOOD "binding,B,Li 1s,,,me,,,\n", "line 3: the binding energy"},
      {HEAD GOOD "binding,B,Li 1s,-5,,me,,,\n", "line 3: the binding energy"},
      {HEAD GOOD "binding,B,Li 1s,55,-1,me,,,\n", "line 3: an uncertainty"},
      {HEAD GOOD "binding,B,Li 1s,55,,,,,\n", "line 3: the source"},
      {HEAD GOOD "binding,B,Li 1s,55,,me,,,7\n", "line 3: the entry that it corrects"},
      {HEAD GOOD "binding,B,Li 1s,55,,me,,,0.5\n", "line 3: replaces"},
      {HEAD GOOD "something,B,Li 1s,55,,me,,,\n", "line 3: the kind"},
      {HEAD GOOD "phase-line,B,Li 1s,,,,P,1,\n", "line 3: a line of a phase"},
      {HEAD GOOD "phase,,,,,,P,,\nphase-line,B,Li 1s,,,,P,0,\n", "line 4: the number of atoms"},
      {HEAD GOOD "phase,,,,,,P,,\n", "has no line"},
      {HEAD GOOD "phase,,,,,,P,,\nphase-line,B,Li 1s,,,,P,1,\nphase-line,B,Li 1s,,,,P,1,\n",
       "line 5: a line"},
      {HEAD "binding,\"B,Li 1s\n", "line 2"},
      {"species\n\xff\n", "UTF-8"},
  };
  g_autoptr (XpsOwn) own = open_own (place);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (
        xps_own_import_csv (own, "table.csv", wrong[i].text, strlen (wrong[i].text), NULL, NULL, &error));
    if (error == NULL || strstr (error->message, wrong[i].words) == NULL ||
        strstr (error->message, "table.csv") == NULL)
      g_error ("case %zu: %s", i, error != NULL ? error->message : "no message");
    g_autoptr (GPtrArray) lines = xps_own_list_lines (own, NULL);
    g_assert_cmpuint (lines->len, ==, 0);
  }
}

/* A file that is something else is refused by name, and nothing happens to it; what its rows claim does not
 * count. */
static void
test_foreign (Place *place, gconstpointer unused)
{
  (void)unused;
  g_autofree char *shipped = committed_dup_path ();
  g_autoptr (GError) error = NULL, second = NULL, third = NULL;
  g_assert_null (xps_own_open (shipped, &error));
  g_assert_nonnull (error);
  g_assert_null (xps_reference_open (shipped, shipped, &second));
  g_assert_nonnull (strstr (second->message, "own reference entries"));
  g_autofree char *inner = g_path_get_dirname (place->path);
  g_mkdir (inner, 0700);
  g_assert_true (
      g_file_set_contents (place->path, "no database at all, but long enough to look at", -1, NULL));
  g_assert_null (xps_own_open (place->path, &third));
  g_assert_nonnull (third);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Place *, gconstpointer);
  } tests[] = {{"/own/lines", test_lines},       {"/own/correction", test_correction},
               {"/own/phases", test_phases},     {"/own/round-trip", test_round_trip},
               {"/own/exchange", test_exchange}, {"/own/refused", test_refused},
               {"/own/foreign", test_foreign}};
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
