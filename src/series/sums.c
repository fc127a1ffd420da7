/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "series/group.h"

/* Sums and means that lie among the frames they were made of: instruments write both. They are known by their
 * numbers alone. */

#define ROUNDING                                                                                             \
  1e-5 /* of the largest value: six digits in a text file; counting noise is larger up to 1e10 */

/* Spectra of one file with the same energies. */
typedef struct {
  const XpsSeriesInput *inputs;
  GArray *at;      /* gsize: numbers of the inputs, in order */
  gsize n;         /* points */
  double *total;   /* [members] */
  double *before;  /* [members + 1] of the totals before it that are no sums */
  gboolean *known; /* [members] as sums */
} Family;

typedef struct {
  gsize n;       /* frames it is made of */
  double factor; /* of their sum */
} Making;

static const double *
values_of (const Family *self, gsize i)
{
  return xps_spectrum_get_intensity (self->inputs[g_array_index (self->at, gsize, i)].spectrum);
}

/* ---- frames without noise ---- */

/* Takes what y has of the unit vector u out of y. */
static void
project_out (gsize n, const double *u, double *y)
{
  double dot = 0;
  for (gsize k = 0; k < n; k++)
    dot += u[k] * y[k];
  for (gsize k = 0; k < n; k++)
    y[k] -= dot * u[k];
}

static double
norm_of (gsize n, const double *y)
{
  double square = 0;
  for (gsize k = 0; k < n; k++)
    square += y[k] * y[k];
  return sqrt (square);
}

/* The frame that has most beside the unit vectors before, as the next of them; FALSE: none has more than
 * rounding. */
static gboolean
add_direction (const Family *self, gsize candidate, gsize n_frames, double *u, gsize n_before)
{
  g_autofree double *y = g_new0 (double, self->n);
  double *next = u + n_before * self->n, most = ROUNDING;
  for (gsize i = 0, frames = 0; i < self->at->len && frames < n_frames; i++) {
    if (i == candidate || self->known[i])
      continue;
    frames++;
    memcpy (y, values_of (self, i), self->n * sizeof (double));
    const double whole = norm_of (self->n, y);
    for (gsize b = 0; b < n_before; b++)
      project_out (self->n, u + b * self->n, y);
    const double rest = norm_of (self->n, y);
    if (!(rest > most * whole))
      continue;
    most = rest / whole;
    for (gsize k = 0; k < self->n; k++)
      next[k] = y[k] / rest;
  }
  return most > ROUNDING;
}

/* Simulated curves without noise are mixtures of one or two, and any of them may be the mean of others: only
 * noise tells a sum from a step. Of two frames it takes no more than that they differ. */
static gboolean
have_noise (const Family *self, gsize candidate, gsize n_frames)
{
  g_autofree double *u = g_new0 (double, 3 * self->n);
  const double norm = norm_of (self->n, values_of (self, candidate));
  for (gsize k = 0; k < self->n; k++)
    u[k] = values_of (self, candidate)[k] / norm;
  return norm > 0 && add_direction (self, candidate, n_frames, u, 1) &&
         (n_frames == 2 || add_direction (self, candidate, n_frames, u, 2));
}

/* ---- one candidate ---- */

/* Whether it is that multiple of the first n_frames frames beside it. A mean of counts may have been rounded
 * to whole ones. */
static gboolean
is_made_of (const Family *self, gsize candidate, const Making *making)
{
  g_autofree double *sum = g_new0 (double, self->n);
  const double *y = values_of (self, candidate);
  double largest = 0, worst = 0;
  gboolean whole = TRUE;
  for (gsize i = 0, frames = 0; i < self->at->len && frames < making->n; i++) {
    if (i == candidate || self->known[i])
      continue;
    frames++;
    for (gsize k = 0; k < self->n; k++)
      sum[k] += values_of (self, i)[k];
  }
  for (gsize k = 0; k < self->n; k++) {
    largest = fmax (largest, fabs (y[k]));
    worst = fmax (worst, fabs (y[k] - making->factor * sum[k]));
    whole &= y[k] == floor (y[k]);
  }
  const double rounding = fmax (ROUNDING * largest, whole && largest >= 10 ? 0.5 + 1e-9 * largest : 0);
  return largest > 0 && worst <= rounding && have_noise (self, candidate, making->n);
}

/* Sum of the members before `end` that may be frames of the candidate. */
static double
sum_before (const Family *self, gsize candidate, gsize end)
{
  return self->before[end] - (end > candidate ? self->total[candidate] : 0);
}

/* The number of frames from the first on whose sum has the candidate's total; 0: none. Sums of counts only
 * grow. */
static gsize
find_length (const Family *self, gsize candidate)
{
  const double total = self->total[candidate], slack = 2 * ROUNDING * fabs (total);
  gsize low = 0, high = self->at->len, frames = 0;
  while (low < high) {
    const gsize middle = (low + high) / 2;
    if (sum_before (self, candidate, middle) < total - slack)
      low = middle + 1;
    else
      high = middle;
  }
  if (!(fabs (sum_before (self, candidate, low) - total) <= slack))
    return 0;
  for (gsize i = 0; i < low; i++)
    frames += i != candidate && !self->known[i] ? 1 : 0;
  return frames;
}

/* All frames beside it, whatever the factor. */
static Making
make_whole (const Family *self, gsize candidate)
{
  Making making = {0, 0};
  double sum = 0;
  for (gsize i = 0; i < self->at->len; i++)
    if (i != candidate && !self->known[i]) {
      sum += self->total[i];
      making.n++;
    }
  making.factor = sum > 0 ? self->total[candidate] / sum : 0;
  const double usual[] = {1, 1 / (double)MAX (making.n, 1)};
  for (gsize k = 0; k < G_N_ELEMENTS (usual); k++)
    if (fabs (making.factor - usual[k]) < 1e-3 * usual[k])
      making.factor = usual[k];
  return making;
}

/* A sum of the first so many frames anywhere (a file that grows has one after each of them); any multiple of
 * that of all others at either end. */
static gboolean
judge (const Family *self, gsize candidate, gboolean at_end, Making *making)
{
  *making = (Making){find_length (self, candidate), 1};
  if (making->n >= 2 && is_made_of (self, candidate, making))
    return TRUE;
  *making = make_whole (self, candidate);
  return at_end && making->n >= 2 && is_made_of (self, candidate, making);
}

/* ---- all of them ---- */

static char *
dup_words (const Family *self, gsize candidate, const Making *making)
{
  const XpsSeriesInput *input = &self->inputs[g_array_index (self->at, gsize, candidate)];
  g_autofree char *file = input->file != NULL ? g_path_get_basename (input->file) : g_strdup ("");
  const char *name = xps_spectrum_get_name (input->spectrum);
  const char *of = name != NULL && name[0] != '\0' ? name : file;
  if (making->factor == 1)
    return xps_text_printf (
        _ ("%s: one spectrum \"%s\" is the sum of %zu others: it is no step and left out"), file, of,
        making->n);
  if (fabs (making->factor * (double)making->n - 1) < 1e-9)
    return xps_text_printf (
        _ ("%s: one spectrum \"%s\" is the mean of %zu others: it is no step and left out"), file, of,
        making->n);
  return xps_text_printf (
      _ ("%s: one spectrum \"%s\" is proportional to the sum of %zu others: it is no step and left out"),
      file, of, making->n);
}

/* FALSE: no further one. */
static gboolean
find_next (Family *self, GPtrArray *notes)
{
  gsize first = 0, last = self->at->len - 1;
  for (gsize i = 0; i <= last; i++)
    self->before[i + 1] = self->before[i] + (self->known[i] ? 0 : self->total[i]);
  while (first < last && self->known[first])
    first++;
  while (last > first && self->known[last])
    last--;
  for (gsize i = first; i <= last; i++) {
    Making making;
    if (self->known[i] || !judge (self, i, i == first || i == last, &making))
      continue;
    if (notes != NULL)
      g_ptr_array_add (notes, dup_words (self, i, &making));
    self->known[i] = TRUE;
    return TRUE;
  }
  return FALSE;
}

/* Adds the numbers of the inputs that are sums. */
static void
judge_family (const XpsSeriesInput *inputs, GArray *at, GHashTable *sums, GPtrArray *notes)
{
  Family family = {inputs, at, 0, NULL, NULL, NULL};
  if (at->len < 3)
    return;
  family.n = xps_spectrum_get_n (inputs[g_array_index (at, gsize, 0)].spectrum);
  family.total = g_new0 (double, at->len);
  family.before = g_new0 (double, at->len + 1);
  family.known = g_new0 (gboolean, at->len);
  for (gsize i = 0; i < at->len; i++)
    for (gsize k = 0; k < family.n; k++)
      family.total[i] += values_of (&family, i)[k];
  while (find_next (&family, notes))
    ;
  for (gsize i = 0; i < at->len; i++)
    if (family.known[i])
      g_hash_table_add (sums, GSIZE_TO_POINTER (g_array_index (at, gsize, i)));
  g_free (family.total);
  g_free (family.before);
  g_free (family.known);
}

/* What frames and their sum have in common; its name need not be theirs. */
static char *
dup_key (const XpsSeriesInput *input, gboolean by_name)
{
  const XpsSpectrum *spectrum = input->spectrum;
  const gsize n = xps_spectrum_get_n (spectrum);
  const double *energy = xps_spectrum_get_energy (spectrum);
  g_autofree char *grid =
      xps_text_printf ("%s\n%zu %.8g %.8g", input->file, n, n > 0 ? energy[0] : 0, n > 0 ? energy[n - 1] : 0);
  if (!by_name)
    return g_steal_pointer (&grid);
  const char *name = xps_spectrum_get_name (spectrum), *sample = xps_spectrum_get_sample (spectrum),
             *group = xps_spectrum_get_group (spectrum);
  return g_strjoin ("\n", grid, name != NULL ? name : "", sample != NULL ? sample : "",
                    group != NULL ? group : "", NULL);
}

static void
judge_members (const XpsSeriesInput *inputs, const GArray *members, gboolean by_name, GHashTable *sums,
               GPtrArray *notes)
{
  g_autoptr (GHashTable) families =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  for (guint k = 0; k < members->len; k++) {
    const gsize i = g_array_index (members, gsize, k);
    if (inputs[i].file == NULL || g_hash_table_contains (sums, GSIZE_TO_POINTER (i)))
      continue;
    char *key = dup_key (&inputs[i], by_name);
    GArray *family = g_hash_table_lookup (families, key);
    if (family == NULL) {
      family = g_array_new (FALSE, FALSE, sizeof (gsize));
      g_hash_table_insert (families, key, family);
      g_ptr_array_add (order, family);
    } else
      g_free (key);
    g_array_append_val (family, i);
  }
  for (guint f = 0; f < order->len; f++)
    judge_family (inputs, g_ptr_array_index (order, f), sums, notes);
}

void
xps_series_drop_sums (const XpsSeriesInput *inputs, GArray *members, GPtrArray *notes)
{
  g_autoptr (GHashTable) sums = g_hash_table_new (NULL, NULL);
  judge_members (inputs, members, TRUE, sums, notes);
  judge_members (inputs, members, FALSE, sums, notes);
  for (guint k = members->len; k-- > 0;)
    if (g_hash_table_contains (sums, GSIZE_TO_POINTER (g_array_index (members, gsize, k))))
      g_array_remove_index (members, k);
}
