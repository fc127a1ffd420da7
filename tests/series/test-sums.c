/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/random.h"
#include "series/group.h"
#include "support.h"

/* Sums and means among the frames of a file: left out by their numbers, and nothing else is. */

#define POINTS 80
#define FRAMES 6

typedef struct {
  double frame[FRAMES][POINTS];
  GPtrArray *spectra;
  GArray *inputs, *members;
} Bench;

/* Two lines, of which one grows; `noise` FALSE: as simulated. */
static void
bench_init (Bench *self, gboolean noise)
{
  XpsRandom random;
  xps_random_init (&random, 11);
  for (guint f = 0; f < FRAMES; f++)
    for (guint k = 0; k < POINTS; k++) {
      const double a = (k - 30.0) / 8, b = (k - 50.0) / 8;
      const double mean = 40 + 900 * exp (-a * a) + 100.0 * f * exp (-b * b);
      self->frame[f][k] = noise ? xps_random_poisson (&random, mean) : mean;
    }
  self->spectra = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);
  self->inputs = g_array_new (FALSE, TRUE, sizeof (XpsSeriesInput));
  self->members = g_array_new (FALSE, FALSE, sizeof (gsize));
}

static void
bench_clear (Bench *self)
{
  g_ptr_array_unref (self->spectra);
  g_array_unref (self->inputs);
  g_array_unref (self->members);
}

static void
add_spectrum (Bench *self, const char *file, const char *name, const double *values)
{
  double *energy = g_new (double, POINTS);
  for (guint k = 0; k < POINTS; k++)
    energy[k] = 540 - 0.1 * k;
  XpsSpectrumDraft draft = {.name = g_strdup (name),
                            .axis = XPS_AXIS_BINDING,
                            .unit = XPS_INTENSITY_COUNTS,
                            .n = POINTS,
                            .energy = energy,
                            .intensity = g_memdup2 (values, POINTS * sizeof (double))};
  XpsSpectrum *spectrum = xps_spectrum_new (&draft);
  const XpsSeriesInput input = {spectrum, file, NULL};
  const gsize at = self->inputs->len;
  g_ptr_array_add (self->spectra, spectrum);
  g_array_append_val (self->inputs, input);
  g_array_append_val (self->members, at);
}

/* "f2": that frame; "s13", "m13", "r13", "t13": sum, mean, mean rounded to counts, a tenth of the sum of
 * those from 1 to 3. A name behind a colon. */
static void
add_word (Bench *self, const char *file, const char *word)
{
  double values[POINTS] = {0};
  const int first = word[1] - '1', last = word[0] == 'f' ? first : word[2] - '1';
  const char *name = strchr (word, ':');
  const double factor = word[0] == 'm' || word[0] == 'r' ? 1.0 / (last - first + 1)
                        : word[0] == 't'                 ? 0.1
                                                         : 1;
  for (guint k = 0; k < POINTS; k++) {
    for (int f = first; f <= last; f++)
      values[k] += factor * self->frame[f][k];
    if (word[0] == 'r')
      values[k] = round (values[k]);
  }
  add_spectrum (self, file, name != NULL ? name + 1 : "O 1s", values);
}

static void
check (const char *words, gboolean noise, const char *left, const char *note)
{
  Bench bench;
  bench_init (&bench, noise);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) kept = g_string_new (NULL);
  g_auto (GStrv) list = g_strsplit (words, " ", -1);
  for (char **word = list; *word != NULL; word++)
    add_word (&bench, "/data/run.vms", *word);
  xps_series_drop_sums ((const XpsSeriesInput *)(void *)bench.inputs->data, bench.members, notes);
  for (guint k = 0; k < bench.members->len; k++)
    g_string_append_printf (kept, "%s%s", k > 0 ? " " : "", list[g_array_index (bench.members, gsize, k)]);
  g_assert_cmpstr (kept->str, ==, left);
  g_assert_cmpuint (notes->len, ==, g_strv_length (list) - bench.members->len);
  if (note != NULL)
    g_assert_nonnull (strstr (g_ptr_array_index (notes, 0), note));
  bench_clear (&bench);
}

static void
test_sums (void)
{
  check ("s14 f1 f2 f3 f4", TRUE, "f1 f2 f3 f4", "run.vms: one spectrum \"O 1s\" is the sum of 4 others");
  check ("f1 f2 f3 f4 f5 f6 s16", TRUE, "f1 f2 f3 f4 f5 f6", "sum of 6");
  check ("s12 f1 f2", TRUE, "f1 f2", "sum of 2");
  check ("m14 f1 f2 f3 f4", TRUE, "f1 f2 f3 f4", "mean of 4");
  check ("f1 f2 f3 f4 r14", TRUE, "f1 f2 f3 f4", "mean of 4");
  check ("t14 f1 f2 f3 f4", TRUE, "f1 f2 f3 f4", "proportional");
  check ("s14 m14 f1 f2 f3 f4", TRUE, "f1 f2 f3 f4", NULL);
}

/* A file that is written again after every frame brings a new sum with each of them. */
static void
test_growing (void)
{
  check ("s12 f1 f2", TRUE, "f1 f2", NULL);
  check ("s12 f1 f2 s13 f3", TRUE, "f1 f2 f3", NULL);
  check ("s12 f1 f2 s13 f3 s14 f4", TRUE, "f1 f2 f3 f4", NULL);
}

/* Its frames may be called otherwise, and two regions on the same energies have a sum each. */
static void
test_names (void)
{
  check ("f1:a f2:b f3:c s13:sum", TRUE, "f1:a f2:b f3:c", "\"sum\"");
  check ("s13:a s46:b f1:a f2:a f3:a f4:b f5:b f6:b", TRUE, "f1:a f2:a f3:a f4:b f5:b f6:b", NULL);
}

static void
test_steps (void)
{
  check ("f1 f2 f3 f4 f5 f6", TRUE, "f1 f2 f3 f4 f5 f6", NULL);
  check ("s12 f1 f3 f4", TRUE, "s12 f1 f3 f4", NULL); /* of a frame that is not there */
  check ("f1 f1", TRUE, "f1 f1", NULL);               /* twice the same is another matter */
  check ("f2 f2 f2 f2", TRUE, "f2 f2 f2 f2", NULL);
  check ("s13 s13", TRUE, "s13 s13", NULL);
  /* Simulated without noise: step 3 is the mean of 1 to 5, and the first that of all others. */
  check ("f1 f2 f3 f4 f5", FALSE, "f1 f2 f3 f4 f5", NULL);
  check ("f3 f5 f3 f1", FALSE, "f3 f5 f3 f1", NULL);
}

/* A sum of one file says nothing of another one's frames, nor one of which no file is known. */
static void
test_files (void)
{
  for (guint i = 0; i < 2; i++) {
    Bench bench;
    bench_init (&bench, TRUE);
    add_word (&bench, i == 0 ? "b.vms" : NULL, "s13");
    for (guint f = 0; f < 3; f++)
      add_spectrum (&bench, i == 0 ? "a.vms" : NULL, "O 1s", bench.frame[f]);
    xps_series_drop_sums ((const XpsSeriesInput *)(void *)bench.inputs->data, bench.members, NULL);
    g_assert_cmpuint (bench.members->len, ==, 4);
    bench_clear (&bench);
  }
}

/* The way of the command line and of the window: the series has no such step, and says so. */
static void
test_series (void)
{
  Bench bench;
  bench_init (&bench, TRUE);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  const XpsSeriesWindow window = {NULL, 533, 539, 0};
  static const char *const words[] = {"s15", "f1", "f2", "f3", "f4", "f5"};
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    add_word (&bench, "/data/run.vms", words[i]);
  g_autoptr (XpsSeries) series =
      xps_series_assemble ((const XpsSeriesInput *)(void *)bench.inputs->data, bench.inputs->len, &window, 1,
                           NULL, NAN, notes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xps_series_get_n (series), ==, 5);
  g_assert_nonnull (strstr (g_ptr_array_index (notes, 0), "sum of 5 others"));
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/sums/sums", test_sums);
  g_test_add_func ("/series/sums/growing", test_growing);
  g_test_add_func ("/series/sums/names", test_names);
  g_test_add_func ("/series/sums/steps", test_steps);
  g_test_add_func ("/series/sums/files", test_files);
  g_test_add_func ("/series/sums/series", test_series);
  return g_test_run ();
}
