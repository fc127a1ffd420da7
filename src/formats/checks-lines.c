/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/checks-lines.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "spectrum/energy.h"

/* Coarser steps show no doublet of 3.7 eV. */
#define COARSE 0.35
/* Chemical shifts and charging stay below, wrong photon energies seldom do. */
#define FAR 4.0
/* What is above the Fermi level must be this far above it, to be no matter of resolution or charging. */
#define ABOVE 4.0
/* A region named after the edge: further off than charging of a metal. */
#define OFF          2.0
#define TAIL_WIDTH   1.5 /* eV of empty spectrum above the edge, at least */
#define TAIL_POINTS  8
#define RUN          5 /* points in a row that are an edge */
#define CLEAR        8 /* standard deviations */
#define LOW_SHARE    0.3
#define LARGEST_SIZE 100000

/* Binding energies and intensities from the Fermi side down: binding energies ascend. */
typedef struct {
  gsize n;
  double *energy, *intensity;
} Curve;

static void
clear_curve (Curve *curve)
{
  g_free (curve->energy);
  g_free (curve->intensity);
}

static gboolean
fill_curve (const XpsSpectrum *spectrum, Curve *curve)
{
  const XpsEnergyScale scale = xps_energy_scale_from_spectrum (spectrum);
  const double photon_energy = scale.photon_energy - scale.work_function;
  const double *energy = xps_spectrum_get_energy (spectrum),
               *intensity = xps_spectrum_get_intensity (spectrum);
  const XpsAxisKind axis = xps_spectrum_get_axis (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);

  *curve = (Curve){0};
  if (n < 2 * TAIL_POINTS || n > LARGEST_SIZE ||
      (axis != XPS_AXIS_BINDING && (axis != XPS_AXIS_KINETIC || isnan (photon_energy))))
    return FALSE;
  const double sign = axis == XPS_AXIS_KINETIC ? -1 : 1,
               offset = axis == XPS_AXIS_KINETIC ? photon_energy : 0;
  const gboolean turn = sign * (energy[n - 1] - energy[0]) < 0;
  curve->n = n;
  curve->energy = g_new (double, n);
  curve->intensity = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    const gsize from = turn ? n - 1 - i : i;
    curve->energy[i] = offset + sign * energy[from];
    curve->intensity[i] = intensity[from];
  }
  return TRUE;
}

static int
compare_numbers (const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double
find_median (const double *values, gsize n)
{
  g_autofree double *sorted = g_memdup2 (values, n * sizeof (double));

  qsort (sorted, n, sizeof (double), compare_numbers);
  return sorted[n / 2];
}

/* Level and scatter of the empty part at the top: median and 1.48 times the median deviation. */
static void
measure_tail (const Curve *curve, gsize n_tail, double *level, double *scatter)
{
  double *off = g_new (double, n_tail);
  double largest = 0;

  *level = find_median (curve->intensity, n_tail);
  for (gsize i = 0; i < n_tail; i++)
    off[i] = fabs (curve->intensity[i] - *level);
  for (gsize i = 0; i < curve->n; i++)
    largest = fmax (largest, curve->intensity[i] - *level);
  /* where nothing is counted, nothing scatters: a thousandth of the curve is something */
  *scatter = fmax (1.48 * find_median (off, n_tail), 1e-3 * largest);
  g_free (off);
}

/* Index of the first of several points in a row that stand clearly above the tail, or n. */
static gsize
find_onset (const Curve *curve, gsize n_tail, double level, double scatter)
{
  gsize run = 0;

  for (gsize i = n_tail; i < curve->n; i++) {
    run = curve->intensity[i] > level + CLEAR * scatter ? run + 1 : 0;
    if (run == RUN)
      return i + 1 - RUN;
  }
  return curve->n;
}

/* Mean above the level from `from` to `to` eV; NaN where there are no points. */
static double
get_mean (const Curve *curve, double from, double to, double level)
{
  double sum = 0;
  gsize n = 0;

  for (gsize i = 0; i < curve->n; i++)
    if (curve->energy[i] >= from && curve->energy[i] <= to) {
      sum += curve->intensity[i] - level;
      n++;
    }
  return n > 0 ? sum / (double)n : (double)NAN;
}

/* Where the curve comes up from an empty tail at its top; NaN where it does not. */
static double
find_edge (const Curve *curve, double *level)
{
  gsize n_tail = 0;
  double scatter = 0;

  while (n_tail < curve->n && (n_tail < TAIL_POINTS || curve->energy[n_tail] - curve->energy[0] < TAIL_WIDTH))
    n_tail++;
  if (n_tail >= curve->n)
    return (double)NAN;
  measure_tail (curve, n_tail, level, &scatter);
  const gsize onset = find_onset (curve, n_tail, *level, scatter);
  return onset < curve->n ? curve->energy[onset] : (double)NAN;
}

static gboolean
is_named_fermi (const char *name)
{
  g_autofree char *folded = g_ascii_strdown (name != NULL ? name : "", -1);
  return strstr (folded, "fermi") != NULL;
}

static char *
dup_sentence (const XpsSpectrum *spectrum, const char *feature, double at, double right)
{
  const double photon_energy = xps_spectrum_get_acquisition (spectrum)->photon_energy;
  if (isnan (photon_energy))
    return xps_text_printf (
        _ ("%s stands at a binding energy of %.1f eV, which belongs at %.1f eV: the photon energy or "
           "the energy scale is off by about %.1f eV: give the true one"),
        feature, at, right, fabs (at - right));
  return xps_text_printf (
      _ ("%s stands at a binding energy of %.1f eV, which belongs at %.1f eV: the photon energy %.7g eV or "
         "the energy scale is off by about %.1f eV: give the true one"),
      feature, at, right, photon_energy, fabs (at - right));
}

char *
xps_check_fermi_level (const XpsSpectrum *spectrum)
{
  Curve curve = {0};
  double level = 0;
  char *sentence = NULL;

  if (!fill_curve (spectrum, &curve))
    return NULL;
  const double edge = find_edge (&curve, &level);
  const gboolean named = is_named_fermi (xps_spectrum_get_name (spectrum));
  if (named && fabs (edge) > OFF)
    sentence = dup_sentence (spectrum, _ ("the Fermi edge"), edge, 0);
  else if (edge < -ABOVE) {
    /* satellites of the source, too, stand above the level, but they are weak */
    const double above = get_mean (&curve, edge, edge + 3, level), below = get_mean (&curve, 0, 3, level);
    if (!(above < LOW_SHARE * below))
      sentence = dup_sentence (spectrum, _ ("the onset of the electrons"), edge, 0);
  }
  clear_curve (&curve);
  return sentence;
}

/* ---- doublets ---- */

static const struct {
  const char *element, *level, *name;
  double place, splitting, low, high; /* eV; heights of the weaker line over the stronger one */
} doublets[] = {
    {"au", "4f", "Au 4f7/2", 83.96, 3.67, 0.5, 0.98},
    {"ag", "3d", "Ag 3d5/2", 368.21, 6.0, 0.4, 0.95},
    {"cu", "2p", "Cu 2p3/2", 932.62, 19.8, 0.3, 0.8},
};

/* "Au4f", "au_4f", "Au 4f region", not "Bau4f". */
static gboolean
names_level (const char *name, const char *element, const char *level)
{
  g_autofree char *folded = g_ascii_strdown (name != NULL ? name : "", -1);

  for (const char *at = strstr (folded, element); at != NULL; at = strstr (at + 1, element)) {
    const char *rest = at + strlen (element);
    if (at > folded && g_ascii_isalpha (at[-1]))
      continue;
    rest += strspn (rest, " _-");
    if (g_str_has_prefix (rest, level))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_of_level (const XpsSpectrum *spectrum, const char *element, const char *level)
{
  const XpsAcquisition *record = xps_spectrum_get_acquisition (spectrum);

  if (record->species != NULL && record->transition != NULL)
    return g_ascii_strcasecmp (record->species, element) == 0 && g_str_has_prefix (record->transition, level);
  return names_level (xps_spectrum_get_name (spectrum), element, level);
}

static gsize
find_highest (const Curve *curve, double from, double to)
{
  gsize best = curve->n;

  for (gsize i = 1; i + 1 < curve->n; i++)
    if (curve->energy[i] >= from && curve->energy[i] <= to &&
        (best == curve->n || curve->intensity[i] > curve->intensity[best]))
      best = i;
  return best;
}

/* Place of the stronger line where the weaker one stands at the right distance, as a peak of its own; NaN. */
static double
find_doublet (const Curve *curve, double splitting, double low, double high)
{
  const gsize strong = find_highest (curve, -INFINITY, INFINITY);
  const double step = (curve->energy[curve->n - 1] - curve->energy[0]) / (double)(curve->n - 1);
  double least = INFINITY;

  if (strong == curve->n || step > COARSE)
    return (double)NAN;
  const double place = curve->energy[strong], reach = 0.07 * splitting + step;
  const gsize weak = find_highest (curve, place + splitting - reach, place + splitting + reach);
  if (weak == curve->n || curve->energy[curve->n - 1] < place + 1.3 * splitting)
    return (double)NAN;
  for (gsize i = 0; i < curve->n; i++)
    least = fmin (least, curve->intensity[i]);
  const double between = get_mean (curve, place + 0.45 * splitting, place + 0.55 * splitting, least);
  const double first = curve->intensity[strong] - least, second = curve->intensity[weak] - least;
  return second > low * first && second < high * first && between < 0.7 * second ? place : (double)NAN;
}

char *
xps_check_known_doublet (const XpsSpectrum *spectrum)
{
  for (guint i = 0; i < G_N_ELEMENTS (doublets); i++) {
    Curve curve = {0};
    if (!is_of_level (spectrum, doublets[i].element, doublets[i].level) || !fill_curve (spectrum, &curve))
      continue;
    const double place = find_doublet (&curve, doublets[i].splitting, doublets[i].low, doublets[i].high);
    clear_curve (&curve);
    if (fabs (place - doublets[i].place) > FAR)
      return dup_sentence (spectrum, doublets[i].name, place, doublets[i].place);
  }
  return NULL;
}
