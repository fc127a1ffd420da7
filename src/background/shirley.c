/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background/rows.h"

#include "background/certificate.h"
#include "background/grid.h"
#include "background/noise.h"
#include "background/words.h"
#include "numerics/quadrature.h"

#include <math.h>
#include <stdlib.h>

/* The Proctor-Sherwood iteration
 *     B(E) = y_lo + (y_hi - y_lo) Int_lo^E (y - B) / Int_lo^hi (y - B)
 * has the fixed point B' = kappa (y - B), B(lo) = y_lo, B(hi) = y_hi. On the trapezoidal grid that is one
 * pass for any kappa and one scalar equation for kappa, which is solved to rounding; nothing is iterated over
 * curves and nothing can cycle. Derivation and the count of roots: docs/METHODS.md, Backgrounds. */

#define LANES 8
#define SCAN_RATIO                                                                                           \
  1.25 /* a root that two neighbours of the scan hide is a tangent one: G varies over a factor e */
#define SCAN_MOST   4096
#define NEWTON_MOST 100

struct _XpsBackgroundPlan {
  size_t n;
  XpsEnds ends;
  double *energy, *half; /* n, n - 1 */
};

/* Always a rise: a fall toward high binding energy is solved on the mirrored window, where it is one. */
typedef struct {
  size_t n;
  double rise;        /* > 0 */
  const double *half; /* n - 1 half steps */
  const double *pair; /* n - 1 sums of neighbouring counts above the starting level */
} Step;

typedef struct {
  double kappa, next; /* NaN: none */
  size_t crossings;   /* of the end level, over the whole scan */
  size_t evaluations;
} Roots;

void
xps_shirley_free (XpsBackgroundPlan *plan)
{
  if (plan == NULL)
    return;
  free (plan->energy);
  free (plan);
}

const char *
xps_shirley_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                  const double *energy_ev, XpsBackgroundPlan **plan)
{
  XpsEnds ends;
  const char *wrong = xps_background_check_grid (n, energy_ev, 3);
  if (wrong == NULL)
    wrong = xps_ends_init (&ends, settings, XPS_ENDS_AVERAGE, n);
  if (wrong != NULL)
    return wrong;
  XpsBackgroundPlan *self = malloc (sizeof *self);
  double *arrays = calloc (n, 2 * sizeof *arrays);
  if (self == NULL || arrays == NULL) {
    free (self);
    free (arrays);
    return N_ ("memory is out");
  }
  *self = (XpsBackgroundPlan){.n = n, .ends = ends, .energy = arrays, .half = arrays + n};
  for (size_t i = 0; i < n; i++)
    self->energy[i] = energy_ev[i];
  xps_half_steps (n, energy_ev, self->half);
  *plan = self;
  return NULL;
}

/* Height at the far end above the wanted one, for LANES values of kappa at once. */
static void
march_lanes (const Step *step, const double *kappa, double *miss)
{
  double b[LANES] = {0.0};
  for (size_t i = 0; i + 1 < step->n; i++) {
    for (int k = 0; k < LANES; k++) {
      const double h = kappa[k] * step->half[i], scale = 1.0 / (1.0 + h);
      b[k] = b[k] * ((1.0 - h) * scale) + h * scale * step->pair[i];
    }
  }
  for (int k = 0; k < LANES; k++)
    miss[k] = b[k] - step->rise;
}

/* The same for one kappa, with its derivative. */
static double
march_slope (const Step *step, double kappa, double *slope)
{
  double b = 0.0, db = 0.0;
  for (size_t i = 0; i + 1 < step->n; i++) {
    const double half = step->half[i], h = kappa * half, scale = 1.0 / (1.0 + h);
    const double keep = (1.0 - h) * scale, next = b * keep + h * scale * step->pair[i];
    db = db * keep + half * scale * (step->pair[i] - b - next);
    b = next;
  }
  *slope = db;
  return b - step->rise;
}

/* Newton from `kappa`, kept inside the bracket by bisection, until the miss is rounding and falls no further;
 * `rising`: the miss is negative at low. */
static double
polish (const Step *step, double low, double high, double kappa, bool rising, size_t *evaluations)
{
  double best = kappa, least = INFINITY;
  for (*evaluations = 0; *evaluations < NEWTON_MOST; ++*evaluations) {
    double slope;
    const double miss = march_slope (step, kappa, &slope);
    if (fabs (miss) >= 0.5 * least && least <= 1e-13 * step->rise)
      break;
    if (fabs (miss) < least) {
      least = fabs (miss);
      best = kappa;
    }
    if ((miss < 0.0) == rising)
      low = kappa;
    else
      high = kappa;
    double next = kappa - miss / slope;
    if (!(next > low && next < high))
      next = 0.5 * (low + high);
    if (next == kappa || !(next > low && next < high))
      break;
    kappa = next;
  }
  return best;
}

/* A change of sign between two points of the scan. */
static void
note_crossing (const Step *step, const double kappa[2], const double miss[2], Roots *roots)
{
  const double start = kappa[0] - miss[0] * (kappa[1] - kappa[0]) / (miss[1] - miss[0]);
  size_t apart; /* the certificate counts the work for the root that is meant */
  roots->crossings++;
  if (roots->crossings == 1)
    roots->kappa = polish (step, kappa[0], kappa[1], start, miss[1] > 0.0, &roots->evaluations);
  else if (roots->crossings == 2)
    roots->next = polish (step, kappa[0], kappa[1], start, miss[1] > 0.0, &apart);
}

/* No root lies below rise / Int |net| (a march never gives a count more weight than kappa times its step),
 * and beyond kappa * mean step = 2 the curve only follows the noise of single channels: every root that
 * matters lies between. */
static Roots
find_roots (const Step *step)
{
  Roots roots = {NAN, NAN, 0, 0};
  double width = 0.0, largest = 0.0;
  for (size_t i = 0; i + 1 < step->n; i++) {
    width += 2.0 * step->half[i];
    largest += step->half[i] * fabs (step->pair[i]);
  }
  const double limit = 2.0 * (double)(step->n - 1) / width;
  /* the last clear point of the scan and its successor; at the bound itself the miss is negative */
  double pair[2] = {step->rise / largest, 0.0}, pair_miss[2] = {-step->rise, 0.0};
  double at[LANES], miss[LANES], next = pair[0] * SCAN_RATIO;
  for (size_t done = 0; next < limit * SCAN_RATIO && done < SCAN_MOST; done += LANES) {
    for (int k = 0; k < LANES; k++, next *= SCAN_RATIO)
      at[k] = next;
    march_lanes (step, at, miss);
    for (int k = 0; k < LANES && at[k] < limit * SCAN_RATIO; k++) {
      /* flat ends let the miss creep to zero: the sign of its rounding is no crossing */
      if (!(fabs (miss[k]) > 1e-12 * step->rise))
        continue;
      pair[1] = at[k];
      pair_miss[1] = miss[k];
      if ((pair_miss[0] > 0.0) != (pair_miss[1] > 0.0))
        note_crossing (step, pair, pair_miss, &roots);
      pair[0] = pair[1];
      pair_miss[0] = pair_miss[1];
    }
  }
  return roots;
}

/* curve[i] from the side where the step starts; `pair` is as long as the half steps. */
static void
draw (const Step *step, double kappa, double start, bool mirrored, double *curve)
{
  const size_t n = step->n;
  double b = 0.0;
  curve[mirrored ? n - 1 : 0] = start;
  for (size_t i = 0; i + 1 < n; i++) {
    const double h = kappa * step->half[i], scale = 1.0 / (1.0 + h);
    b = b * ((1.0 - h) * scale) + h * scale * step->pair[i];
    curve[mirrored ? n - 2 - i : i + 1] = start + b;
  }
}

/* Greatest distance of the curve from what one more Proctor-Sherwood iteration would make of it, over the
 * step. */
static double
fixed_point_residual (const XpsBackgroundPlan *plan, const double *counts, const double *curve, double low,
                      double rise, double *work, double *net_area)
{
  double worst = 0.0;
  for (size_t i = 0; i < plan->n; i++)
    work[i] = counts[i] - curve[i];
  const double *in = work;
  xps_cumulate (plan->n, plan->half, 1, &in, &work);
  *net_area = work[plan->n - 1];
  for (size_t i = 0; rise != 0.0 && i < plan->n; i++)
    worst = fmax (worst, fabs ((curve[i] - low) / rise - work[i] / *net_area));
  return worst;
}

/* Fills half and pair (n - 1 each) for the window, or for its mirror image. */
static void
set_up (const XpsBackgroundPlan *plan, const double *counts, double start, bool mirrored, double *half,
        double *pair)
{
  const size_t n = plan->n;
  for (size_t i = 0; i + 1 < n; i++) {
    const size_t j = mirrored ? n - 2 - i : i;
    half[i] = plan->half[j];
    pair[i] = (counts[j] - start) + (counts[j + 1] - start);
  }
}

/* Standard error of the net area: of the sum, and of the two levels that carry half of the window each. */
static double
net_area_error (const XpsBackgroundPlan *plan, const double *variance)
{
  const size_t n = plan->n;
  const double width = plan->energy[n - 1] - plan->energy[0], averaged = (double)plan->ends.average;
  double sum = 0.25 * width * width * (variance[0] + variance[n - 1]) / averaged;
  for (size_t i = 0; i < n; i++) {
    const double weight = (i > 0 ? plan->half[i - 1] : 0.0) + (i + 1 < n ? plan->half[i] : 0.0);
    sum += weight * weight * variance[i];
  }
  return sqrt (sum);
}

/* Smooth over ten channels; a rougher solution follows single channels, and noise has plenty of those. */
static bool
is_smooth (const XpsBackgroundPlan *plan, double kappa)
{
  return fabs (kappa) * (plan->energy[plan->n - 1] - plan->energy[0]) < 0.1 * (double)(plan->n - 1);
}

static void
warn (const XpsBackgroundPlan *plan, const double *counts, const double *curve, const double *variance,
      const Roots *roots, double net_area, XpsCertificate *certificate)
{
  const size_t n = plan->n;
  if (roots->kappa < 0.0)
    xps_certificate_warn (certificate, "background-falls");
  if (xps_noise_curve_above (n, counts, curve, variance))
    xps_certificate_warn (certificate, "background-above-data");
  if (xps_noise_end_slopes (n, plan->energy, counts, variance, false))
    xps_certificate_warn (certificate, "background-slope-at-low-end");
  if (xps_noise_end_slopes (n, plan->energy, counts, variance, true))
    xps_certificate_warn (certificate, "background-slope-at-high-end");
  if (net_area < 3.0 * net_area_error (plan, variance))
    xps_certificate_warn (certificate, "background-net-area-weak");
  if (is_smooth (plan, roots->next))
    xps_certificate_warn (certificate, "background-not-unique");
  if (!is_smooth (plan, roots->kappa))
    xps_certificate_warn (certificate, "background-follows-channels");
}

static void
certify (const XpsBackgroundPlan *plan, const Roots *roots, double residual, XpsCertificate *certificate)
{
  const bool unique = !is_smooth (plan, roots->next);
  xps_certificate_add (certificate, "kappa", roots->kappa);
  xps_certificate_add (certificate, "residual", residual);
  xps_certificate_add (certificate, "iterations", (double)roots->evaluations);
  xps_certificate_add (certificate, "unique", unique ? 1.0 : 0.0);
  xps_certificate_add (certificate, "solutions", (double)roots->crossings);
  if (!isnan (roots->next))
    xps_certificate_add (certificate, "next_kappa", roots->next);
  certificate->solved = true;
  xps_certificate_state (
      certificate, !unique
                       ? N_ ("the fixed point with the smallest kappa was found; another smooth one exists")
                   : roots->crossings > 1
                       ? N_ ("the fixed point was found; the other solutions only follow single channels")
                       : N_ ("the fixed point was found, and no other"));
}

/* All in units of 2^exponent counts, so that squares of counts cannot overflow; work holds 4 n doubles: half,
 * pair, variance and one to spoil. */
static const char *
solve (const XpsBackgroundPlan *plan, const double *counts, double low, double high, double *curve,
       double *work, Roots *roots, double *net_area, XpsCertificate *certificate)
{
  const size_t n = plan->n;
  double *half = work, *pair = work + n, *variance = work + 2 * n, *spare = work + 3 * n;
  xps_noise_variance (n, plan->energy, counts, variance, spare);
  if (xps_noise_is_straight (n, plan->energy, counts, variance, spare))
    return N_ ("no peak in the window: the counts depart from a straight line by no more than their noise");
  const bool mirrored = high < low;
  const double start = mirrored ? high : low;
  set_up (plan, counts, start, mirrored, half, pair);
  const Step step = {n, fabs (high - low), half, pair};
  *roots = (Roots){0.0, (double)NAN, 0, 0};
  if (high != low)
    *roots = find_roots (&step);
  if (isnan (roots->kappa))
    return N_ ("no Shirley background exists here: no positive net area meets both end levels");
  draw (&step, roots->kappa, start, mirrored, curve);
  const double residual = fixed_point_residual (plan, counts, curve, low, high - low, spare, net_area);
  if (!(*net_area > 0.0) || !xps_background_all_finite (n, curve))
    return N_ ("no Shirley background exists here: the net area above the end levels is not positive");
  if (mirrored) {
    roots->kappa = -roots->kappa;
    roots->next = -roots->next;
  }
  certify (plan, roots, residual, certificate);
  warn (plan, counts, curve, variance, roots, *net_area, certificate);
  return NULL;
}

static const char *
solve_scaled (const XpsBackgroundPlan *plan, const double *counts, double *curve, double *work,
              XpsCertificate *certificate)
{
  const size_t n = plan->n;
  double low, high, net_area;
  Roots roots;
  xps_ends_levels (&plan->ends, n, counts, &low, &high);
  xps_certificate_add (certificate, "y_low", low);
  xps_certificate_add (certificate, "y_high", high);
  const int exponent = xps_noise_scale (n, counts, work);
  const char *wrong = solve (plan, work, ldexp (low, -exponent), ldexp (high, -exponent), curve, work + n,
                             &roots, &net_area, certificate);
  if (wrong != NULL)
    return wrong;
  for (size_t i = 0; i < n; i++)
    curve[i] = ldexp (curve[i], exponent);
  xps_certificate_add (certificate, "net_area", ldexp (net_area, exponent));
  return xps_background_all_finite (n, curve) ? NULL
                                              : "the end levels are too large for this machine's numbers";
}

void
xps_shirley_solve (const XpsBackgroundPlan *plan, const double *counts, double *curve,
                   XpsCertificate *certificate)
{
  xps_certificate_init (certificate);
  if (!xps_background_all_finite (plan->n, counts)) {
    xps_certificate_refuse (certificate, N_ ("a count of the window is not a finite number"), plan->n, curve);
    return;
  }
  double *work = calloc (plan->n, 5 * sizeof *work);
  const char *wrong =
      work == NULL ? N_ ("memory is out") : solve_scaled (plan, counts, curve, work, certificate);
  if (wrong != NULL)
    xps_certificate_refuse (certificate, wrong, plan->n, curve);
  free (work);
}
