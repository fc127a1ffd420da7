/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background/rows.h"

#include "background/certificate.h"
#include "background/grid.h"
#include "background/loss.h"
#include "background/noise.h"
#include "background/words.h"

#include <math.h>
#include <stdlib.h>

/* Tougaard backgrounds: static on the counts (B(E) = y_lo + Int K (y - y_lo)), or active on the model's
 * peaks, to first order in the kernel. */

/* Places of the words in the table row. */
enum { ANCHORED, ABSOLUTE };
enum { EXACT, TRAPEZOID };

/* In the order of the words of "cross_section"; the last word, custom, has none of its own. D = 0:
 * two-parameter kernel. Universal: Tougaard, Surf. Interface Anal. 11 (1988) 453. The others: Tougaard, Surf.
 * Interface Anal. 25 (1997) 137. */
static const struct {
  double b, c, d;
} sets[] = {
    {2866.0, 1643.0, 0.0}, {434.0, 551.0, 436.0}, {325.0, 542.0, 275.0},
    {132.0, 325.0, 96.0},  {73.0, 260.0, 62.0},   {16.5, 230.0, 4.5},
};
#define CUSTOM ((int)(sizeof sets / sizeof sets[0]))

struct _XpsBackgroundPlan {
  size_t n;
  XpsEnds ends;
  int amplitude;
  double b, set_c, set_d, t0;
  XpsLossSum *unit; /* with b = 1 */
  double *energy;   /* static only */
};

static const char *
read_numbers (const XpsBackgroundSettings *settings, XpsBackgroundPlan *self)
{
  const int set = settings->word[XPS_LOSS_SET];
  const double c = settings->number[XPS_LOSS_C], d = settings->number[XPS_LOSS_D];
  self->t0 = settings->number[XPS_LOSS_T0];
  if (set < 0 || set > CUSTOM)
    return N_ ("the cross section is not one of the known words");
  if (!(self->t0 >= 0.0 && self->t0 < 1e6))
    return N_ ("T0, the least energy loss, must be 0 eV or more");
  if (set != CUSTOM && (c != 0.0 || d != 0.0))
    return N_ ("C and D belong to the cross section 'custom'; a named cross section has its own");
  self->set_c = set == CUSTOM ? c : sets[set].c;
  self->set_d = set == CUSTOM ? d : sets[set].d;
  if (!(fabs (self->set_c) >= 1e-3 && fabs (self->set_c) <= 1e9))
    return N_ ("C must lie between 0.001 and 1e9 eV^2, or be the negative of that as CasaXPS writes it");
  if (self->set_d != 0.0 && !(self->set_d >= 1e-6 && self->set_d <= 1e9))
    return N_ ("D must be 0, for the two-parameter kernel, or lie between 1e-6 and 1e9 eV^2");
  return NULL;
}

/* With D = 0 the sign of C is only a manner of writing: (C + T^2)^2 or, as CasaXPS has it, (C - T^2)^2 with C
 * < 0. */
static XpsLossKernel
unit_kernel (const XpsBackgroundPlan *plan)
{
  const double c = plan->set_d == 0.0 ? -fabs (plan->set_c) : plan->set_c;
  return xps_loss_kernel (1.0, c, plan->set_d, plan->t0);
}

void
xps_tougaard_free (XpsBackgroundPlan *plan)
{
  if (plan == NULL)
    return;
  xps_loss_sum_free (plan->unit);
  free (plan->energy);
  free (plan);
}

static const char *
plan_common (const XpsBackgroundSettings *settings, size_t n, const double *energy_ev,
             XpsBackgroundPlan **plan)
{
  const char *wrong = xps_background_check_grid (n, energy_ev, 2);
  if (wrong != NULL)
    return wrong;
  XpsBackgroundPlan *self = calloc (1, sizeof *self);
  if (self == NULL)
    return N_ ("memory is out");
  self->n = n;
  wrong = read_numbers (settings, self);
  if (wrong == NULL) {
    const XpsLossKernel kernel = unit_kernel (self);
    self->unit = xps_loss_sum_new (&kernel, settings->word[XPS_LOSS_QUADRATURE] == EXACT, n, energy_ev);
    wrong = self->unit == NULL ? N_ ("memory is out") : NULL;
  }
  if (wrong != NULL) {
    xps_tougaard_free (self);
    return wrong;
  }
  *plan = self;
  return NULL;
}

const char *
xps_active_tougaard_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                          const double *energy_ev, XpsBackgroundPlan **plan)
{
  if (n_parameters != 1)
    return N_ ("an active Tougaard background has one parameter, B");
  return plan_common (settings, n, energy_ev, plan);
}

void
xps_tougaard_apply_many (const XpsBackgroundPlan *plan, size_t m, const double *const *signals,
                         double *const *outs)
{
  xps_loss_sum_apply (plan->unit, m, signals, outs);
}

void
xps_tougaard_apply (const XpsBackgroundPlan *plan, const double *signal, double *out)
{
  xps_loss_sum_apply (plan->unit, 1, &signal, &out);
}

static const char *
read_static (const XpsBackgroundSettings *settings, size_t n, const double *energy_ev,
             XpsBackgroundPlan *self)
{
  const int set = settings->word[XPS_LOSS_SET];
  const double b = settings->number[XPS_LOSS_B];
  const char *wrong = xps_ends_init (&self->ends, settings, XPS_LOSS_ENDS, n);
  if (wrong != NULL)
    return wrong;
  if (!(b >= 0.0 && b <= 1e12))
    return N_ ("B must be 0, for the value of the cross section, or positive");
  self->amplitude = settings->word[XPS_LOSS_AMPLITUDE];
  self->b = b > 0.0 ? b : set == CUSTOM ? 0.0 : sets[set].b;
  if (self->amplitude == ABSOLUTE && self->b == 0.0)
    return N_ ("an absolute amplitude with the cross section 'custom' needs B");
  self->energy = calloc (n, sizeof *self->energy);
  if (self->energy == NULL)
    return N_ ("memory is out");
  for (size_t i = 0; i < n; i++)
    self->energy[i] = energy_ev[i];
  return NULL;
}

const char *
xps_tougaard_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                   const double *energy_ev, XpsBackgroundPlan **plan)
{
  XpsBackgroundPlan *self = NULL;
  const char *wrong = plan_common (settings, n, energy_ev, &self);
  if (wrong == NULL)
    wrong = read_static (settings, n, energy_ev, self);
  if (wrong != NULL) {
    xps_tougaard_free (self);
    return wrong;
  }
  *plan = self;
  return NULL;
}

/* The amplitude that meets the high end. A fall within three standard errors of the two levels is taken for
 * none. */
static const char *
anchor (const XpsBackgroundPlan *plan, const double *counts, double rise, double reached, double *work,
        double *amplitude, XpsCertificate *certificate)
{
  if (!(reached > 0.0))
    return N_ (
        "nothing in the window lies above the level at its low binding energy end: there is no signal to "
        "lose energy");
  *amplitude = rise / reached;
  if (rise > 0.0)
    return NULL;
  double *scaled = work, *variance = work + plan->n, *spare = work + 2 * plan->n, noise = 0.0;
  if (plan->n >= 3) {
    const int exponent = xps_noise_scale (plan->n, counts, scaled);
    xps_noise_variance (plan->n, plan->energy, scaled, variance, spare);
    noise = ldexp (sqrt ((variance[0] + variance[plan->n - 1]) / (double)plan->ends.average), exponent);
  }
  if (-rise > 3.0 * noise)
    return N_ ("the counts fall toward high binding energy: anchored there, the amplitude would be negative; "
               "widen the window "
               "or give an absolute amplitude");
  *amplitude = 0.0;
  xps_certificate_warn (certificate, "background-amplitude-zero");
  return NULL;
}

/* work holds 3 n doubles */
static const char *
solve (const XpsBackgroundPlan *plan, const double *counts, double *curve, double *work,
       XpsCertificate *certificate)
{
  const size_t n = plan->n;
  double low, high, amplitude = plan->b;
  xps_ends_levels (&plan->ends, n, counts, &low, &high);
  for (size_t i = 0; i < n; i++)
    work[i] = counts[i] - low;
  xps_tougaard_apply (plan, work, curve);
  const char *wrong = NULL;
  if (plan->amplitude == ANCHORED)
    wrong = anchor (plan, counts, high - low, curve[n - 1], work, &amplitude, certificate);
  if (wrong != NULL)
    return wrong;
  for (size_t i = 0; i < n; i++)
    curve[i] = low + amplitude * curve[i];
  xps_certificate_add (certificate, "B_effective", amplitude);
  xps_certificate_add (certificate, "B_reference", plan->b);
  xps_certificate_add (certificate, "C", plan->set_c);
  xps_certificate_add (certificate, "D", plan->set_d);
  xps_certificate_add (certificate, "T0", plan->t0);
  xps_certificate_add (certificate, "y_low", low);
  xps_certificate_add (certificate, "y_high", high);
  xps_certificate_add (certificate, "mismatch", curve[n - 1] - high);
  return NULL;
}

void
xps_tougaard_solve (const XpsBackgroundPlan *plan, const double *counts, double *curve,
                    XpsCertificate *certificate)
{
  const size_t n = plan->n;
  xps_certificate_init (certificate);
  double *work = calloc (n, 3 * sizeof *work);
  const char *wrong = work == NULL ? N_ ("memory is out")
                      : !xps_background_all_finite (n, counts)
                          ? "a count of the window is not a finite number"
                          : solve (plan, counts, curve, work, certificate);
  free (work);
  if (wrong != NULL)
    xps_certificate_refuse (certificate, wrong, n, curve);
  else
    xps_certificate_finish (certificate,
                            plan->amplitude == ANCHORED ? "the loss background meets both end levels"
                                                        : "the loss background has the given amplitude",
                            n, plan->energy, counts, curve);
}
