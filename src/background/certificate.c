/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background/certificate.h"

#include "background/grid.h"
#include "background/noise.h"
#include "background/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
xps_certificate_init (XpsCertificate *certificate)
{
  memset (certificate, 0, sizeof *certificate);
}

void
xps_certificate_add (XpsCertificate *certificate, const char *key, double value)
{
  if (certificate->n_items >= XPS_CERTIFICATE_MAX_ITEMS)
    return;
  certificate->items[certificate->n_items].key = key;
  certificate->items[certificate->n_items].value = value;
  certificate->n_items++;
}

double
xps_certificate_get (const XpsCertificate *certificate, const char *key)
{
  for (size_t i = 0; i < certificate->n_items; i++)
    if (strcmp (certificate->items[i].key, key) == 0)
      return certificate->items[i].value;
  return (double)NAN;
}

const char *
xps_certificate_explain (const char *code)
{
  static const struct {
    const char *code, *sentence;
  } meanings[] = {
      {"background-falls",
       N_ ("the background falls toward high binding energy, which no loss process does")},
      {"background-above-data", N_ ("the background runs above the counts by more than their noise")},
      {"background-slope-at-low-end",
       N_ ("the counts slope at the low binding energy end: if the window cuts a tail there, "
           "areas and Lorentzian widths come out too small; widen it or use active_shirley")},
      {"background-slope-at-high-end",
       N_ ("the counts slope at the high binding energy end: if the window cuts a tail "
           "there, areas and Lorentzian widths come out too small; widen it or use "
           "active_shirley")},
      {"background-net-area-weak",
       N_ ("the area above the background is less than three times its standard error, most of "
           "which comes from the two end levels: average more points")},
      {"background-not-unique",
       N_ ("a second, steeper background meets both end levels as well: narrow the window")},
      {"background-follows-channels",
       N_ ("the background follows single channels and eats the peak: narrow the window or "
           "average more points")},
      {"background-amplitude-zero",
       N_ ("the counts do not rise toward high binding energy: the anchored background is "
           "constant")},
  };
  for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
    if (strcmp (code, meanings[i].code) == 0)
      return meanings[i].sentence;
  return NULL;
}

void
xps_certificate_state (XpsCertificate *certificate, const char *statement)
{
  const size_t room = sizeof certificate->statement - 1, length = strlen (statement);
  memcpy (certificate->statement, statement, length < room ? length : room);
  certificate->statement[length < room ? length : room] = '\0';
}

void
xps_certificate_warn (XpsCertificate *certificate, const char *code)
{
  const size_t room = sizeof certificate->warnings / sizeof certificate->warnings[0];
  if (certificate->n_warnings < room)
    certificate->warnings[certificate->n_warnings++] = code;
}

void
xps_certificate_refuse (XpsCertificate *certificate, const char *statement, size_t n, double *curve)
{
  certificate->solved = false;
  certificate->n_warnings = 0;
  xps_certificate_state (certificate, statement);
  memset (curve, 0, n * sizeof *curve);
}

void
xps_certificate_finish (XpsCertificate *certificate, const char *statement, size_t n, const double *energy_ev,
                        const double *counts, double *curve)
{
  if (!xps_background_all_finite (n, counts) || !xps_background_all_finite (n, curve)) {
    xps_certificate_refuse (certificate, N_ ("a count of the window is not a usable number"), n, curve);
    return;
  }
  double *work = calloc (n, 4 * sizeof *work);
  if (work == NULL) {
    xps_certificate_refuse (certificate, N_ ("memory is out"), n, curve);
    return;
  }
  if (n >= 3) {
    double *scaled = work + 2 * n, *scaled_curve = work + 3 * n;
    const int exponent = xps_noise_scale (n, counts, scaled);
    for (size_t i = 0; i < n; i++)
      scaled_curve[i] = ldexp (curve[i], -exponent);
    xps_noise_variance (n, energy_ev, scaled, work, work + n);
    if (xps_noise_curve_above (n, scaled, scaled_curve, work))
      xps_certificate_warn (certificate, "background-above-data");
  }
  free (work);
  certificate->solved = true;
  xps_certificate_state (certificate, statement);
}
