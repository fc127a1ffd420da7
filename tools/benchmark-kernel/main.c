/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/faddeeva.h"
#include "numerics/voigt.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#ifdef HAVE_CERF
#include <cerf.h>
#endif

/* Million points a second of the Voigt kernels on one core, beside libcerf where it is there. All rows are
 * measured in turn, over and over, and the best of each counts: what disturbs the machine disturbs all of
 * them. */

#define MOST_POINTS 2048
#define ROUNDS      60
#define POINTS      60000 /* in one measurement: tens of microseconds to milliseconds */
#define SQRT_LN2    0.83255461115769776

typedef struct {
  const char *name;
  size_t n;
  double reach; /* |x| <= reach */
  double fwhm_g, fwhm_l;
} Window;

static const Window windows[] = {
    {"S 2p window: 281 points, |x| < 19, y = 0.14", 281, 19, 0.6, 0.1},
    {"wide window: 2048 points, |x| < 33, y = 0.25", 2048, 33, 1, 0.3},
    {"281 points, |x| < 7.9, y = 0.14: no far field", 281, 7.9, 0.6, 0.1},
    {"2048 points, |x| < 7.9, y = 0.83: no far field", 2048, 7.9, 0.6, 0.6},
    {"281 points, |x| < 19, y = 1e-4: expansion around y = 0", 281, 19, 0.6, 1e-4 * 0.6 / SQRT_LN2},
    {"281 points, |x| < 19, y = 9: far field only", 281, 19, 0.1, 0.9 / SQRT_LN2},
};
enum { WINDOWS = sizeof windows / sizeof windows[0] };

typedef struct {
  const char *isa; /* NULL: libcerf */
  XpsFaddeevaLevel level;
} Row;

static const Row rows[] = {
    {"avx512", XPS_FADDEEVA_FULL}, {"avx512", XPS_FADDEEVA_FAST},  {"avx2", XPS_FADDEEVA_FULL},
    {"avx2", XPS_FADDEEVA_FAST},   {"generic", XPS_FADDEEVA_FULL}, {"generic", XPS_FADDEEVA_FAST},
#ifdef HAVE_CERF
    {NULL, XPS_FADDEEVA_FULL},
#endif
};
enum { ROWS = sizeof rows / sizeof rows[0] };

enum { W, VALUE, PARTIALS, KINDS };

static double energy[MOST_POINTS], x[MOST_POINTS], out[4][MOST_POINTS];

static double
now (void)
{
  struct timespec time;
  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void
run_cerf (const Window *w)
{
#ifdef HAVE_CERF
  const double y = SQRT_LN2 * w->fwhm_l / w->fwhm_g;
  for (size_t i = 0; i < w->n; i++) {
    const double complex z = w_of_z (x[i] + I * y);
    out[0][i] = creal (z);
    out[1][i] = cimag (z);
  }
#endif
}

static int
run (const Row *row, const Window *w, int kind)
{
  if (row->isa == NULL) {
    if (kind == W)
      run_cerf (w);
    return kind == W;
  }
  if (kind == W)
    return xps_faddeeva_line_with (row->isa, w->n, x, SQRT_LN2 * w->fwhm_l / w->fwhm_g, row->level, out[0],
                                   out[1]);
  const int d = kind == PARTIALS;
  return xps_voigt_line_with (row->isa, w->n, energy, 0, w->fwhm_g, w->fwhm_l, row->level, out[0],
                              d ? out[1] : NULL, d ? out[2] : NULL, d ? out[3] : NULL);
}

/* Million points a second, 0 where there is no such kernel. */
static double
measure (const Row *row, const Window *w, int kind)
{
  const size_t calls = (size_t)((row->isa == NULL ? POINTS / 10.0 : POINTS) / (double)w->n) + 1;
  if (!run (row, w, kind))
    return 0;
  const double start = now ();
  for (size_t i = 0; i < calls; i++)
    run (row, w, kind);
  return 1e-6 * (double)(calls * w->n) / (now () - start);
}

static void
measure_window (const Window *w)
{
  double best[ROWS][KINDS] = {{0}};
  for (size_t i = 0; i < w->n; i++) {
    x[i] = w->reach * (2.0 * (double)i / (double)(w->n - 1) - 1);
    energy[i] = x[i] * w->fwhm_g / (2 * SQRT_LN2);
  }
  for (int round = 0; round < ROUNDS; round++)
    for (int r = 0; r < ROWS; r++)
      for (int kind = 0; kind < KINDS; kind++)
        best[r][kind] = fmax (best[r][kind], measure (&rows[r], w, kind));
  printf ("\n%s\n", w->name);
  for (int r = 0; r < ROWS; r++)
    if (rows[r].isa == NULL)
      printf ("  %-14s %8.1f\n", "libcerf", best[r][W]);
    else if (best[r][W] > 0)
      printf ("  %-8s %-5s %8.0f %8.0f %8.0f\n", rows[r].isa,
              rows[r].level == XPS_FADDEEVA_FULL ? "FULL" : "FAST", best[r][W], best[r][VALUE],
              best[r][PARTIALS]);
}

int
main (void)
{
  printf ("Million points a second on one core, the best of %d measurements.\n", ROUNDS);
  printf ("  %-14s %8s %8s %8s\n", "", "K and L", "Voigt", "+3 deriv.");
  for (int i = 0; i < WINDOWS; i++)
    measure_window (&windows[i]);
  return 0;
}
