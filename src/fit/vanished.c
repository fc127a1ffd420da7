/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/engine-private.h"

#include <math.h>
#include <string.h>

/* A component whose area sits at its lower bound has lost its position: nothing pulls it to where signal is
 * left over. A start that missed a peak would end there, formally at a minimum. So each such position is
 * moved over its box, and where the residuals would lift the area by more than the noise the fit goes on from
 * the best place. */

#define PLACES 48
/* Predicted decrease of the objective, in units of the noise, below which a better place is not worth a
 * second run: three standard errors of the area. */
#define WORTH 9

typedef struct {
  gsize spectrum, area_column;
  guint area, position; /* unknowns */
} Vanished;

static gboolean
find_column (const XpsProblemSpectrum *spectrum, guint f, gsize *column)
{
  for (gsize a = 0; a < spectrum->n_columns; a++)
    if (spectrum->column_free[a] == f) {
      *column = a;
      return TRUE;
    }
  return FALSE;
}

static gboolean
depends_on (const XpsProblem *problem, int parameter, guint f)
{
  gsize n;
  const XpsRoot *roots = xps_problem_get_roots (problem, parameter, &n);
  for (gsize r = 0; r < n; r++)
    if (roots[r].free == f)
      return TRUE;
  return FALSE;
}

/* A position that a component with an area hangs on too is determined: it is not free to look elsewhere. */
static gboolean
holds_others (const XpsEngine *self, gsize s, guint position)
{
  const XpsProblemSpectrum *spectrum = &self->problem->spectra[s];
  for (gsize c = 0; c < spectrum->n_terms; c++) {
    const XpsTerm *term = &spectrum->terms[c];
    const int area = term->parameter[term->intensity],
              k = xps_shape_find_kind (term->shape, XPS_ROLE_POSITION);
    const double intensity = area >= 0 ? self->values[area] : term->usual[term->intensity];
    if (k >= 0 && intensity != 0 && depends_on (self->problem, term->parameter[k], position))
      return TRUE;
  }
  return FALSE;
}

/* The unknowns behind a term's area and position, where each is one of its own and the area is at its lower
 * bound. */
static gboolean
is_vanished (const XpsEngine *self, gsize s, const XpsTerm *term, Vanished *out)
{
  const XpsProblem *problem = self->problem;
  const int k = xps_shape_find_kind (term->shape, XPS_ROLE_POSITION);
  gsize n_area, n_position;
  if (k < 0 || term->intensity < 0)
    return FALSE;
  const XpsRoot *area = xps_problem_get_roots (problem, term->parameter[term->intensity], &n_area);
  const XpsRoot *position = xps_problem_get_roots (problem, term->parameter[k], &n_position);
  if (n_area != 1 || n_position != 1 || problem->border[position->free] >= 0)
    return FALSE;
  const double value = self->values[problem->free_parameter[area->free]];
  if (holds_others (self, s, position->free))
    return FALSE;
  out->spectrum = s;
  out->area = area->free;
  out->position = position->free;
  return value <= problem->low[area->free] &&
         find_column (&problem->spectra[s], area->free, &out->area_column);
}

/* What lifting the area off its bound would gain with the position at `place`: g^2 / J'WJ for a slope that
 * lifts it. */
static double
gain_at (XpsEngine *self, const Vanished *vanished, double place)
{
  const XpsProblem *problem = self->problem;
  XpsNormal *normal = &self->trial_normals[vanished->spectrum];
  memcpy (self->trial_values, self->values, problem->n_parameters * sizeof (double));
  self->trial_values[problem->free_parameter[vanished->position]] = place;
  xps_evaluate (problem, vanished->spectrum, &self->counts[vanished->spectrum], XPS_PRECISION_ITERATION,
                FALSE, self->trial_values, self->ws, normal);
  self->evaluations++;
  const double g = normal->gradient[vanished->area_column];
  const double size = normal->gram[vanished->area_column * (normal->n_columns + 1)];
  return g > 0 && size > 0 ? g * g / size : 0;
}

static gboolean
find_place (XpsEngine *self, const Vanished *vanished, double unit)
{
  const XpsProblem *problem = self->problem;
  const XpsFitData *data = problem->spectra[vanished->spectrum].data;
  const double low = fmax (problem->low[vanished->position], data->energy[0]);
  const double high = fmin (problem->high[vanished->position], data->energy[data->n - 1]);
  double best = WORTH * unit, where = NAN;
  for (int i = 0; i < PLACES && low < high; i++) {
    const double place = low + (high - low) * (i + 0.5) / PLACES;
    const double gain = gain_at (self, vanished, place);
    if (gain > best) {
      best = gain;
      where = place;
    }
  }
  if (isnan (where))
    return FALSE;
  self->values[problem->free_parameter[vanished->position]] = where;
  return TRUE;
}

gboolean
xps_engine_find_vanished (XpsEngine *self, double unit)
{
  gboolean found = FALSE;
  for (gsize s = 0; s < self->problem->n_spectra; s++)
    for (gsize c = 0; c < self->problem->spectra[s].n_terms; c++) {
      Vanished vanished;
      if (is_vanished (self, s, &self->problem->spectra[s].terms[c], &vanished))
        found |= find_place (self, &vanished, unit);
    }
  return found;
}
