/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/text.h"
#include "series/frames-private.h"
#include "series/robust.h"

/* What the files and the fits say of frames. */

/* ---- photon energy ---- */

static double
photon_energy_of (const XpsFitData *data)
{
  return data != NULL && data->spectrum != NULL ? xps_spectrum_get_acquisition (data->spectrum)->photon_energy
                                                : (double)NAN;
}

void
xps_frames_check_photon_energies (GPtrArray *marks, const XpsSeries *series, gsize part)
{
  const gsize n = xps_series_get_n (series);
  g_autofree double *known = g_new (double, n + 1);
  gsize count = 0, other = 0;
  for (gsize i = 0; i < n; i++)
    if (isfinite (photon_energy_of (g_ptr_array_index (xps_series_get_step (series, i)->data, (guint)part))))
      known[count++] =
          photon_energy_of (g_ptr_array_index (xps_series_get_step (series, i)->data, (guint)part));
  const double usual = xps_median (known, count);
  for (gsize i = 0; i < count; i++)
    other += fabs (known[i] - usual) > 0.05 ? 1 : 0;
  if (count < 3 || 2 * other > count) /* a scan of the photon energy */
    return;
  for (gsize i = 0; i < n; i++) {
    const double energy =
        photon_energy_of (g_ptr_array_index (xps_series_get_step (series, i)->data, (guint)part));
    if (fabs (energy - usual) > 0.05)
      xps_frames_add_mark (
          marks, XPS_MARK_PHOTON, i, part, NAN, energy - usual, TRUE,
          xps_text_printf (_ ("photon energy %.7g eV, that of the others is %.7g eV"), energy, usual));
  }
}

/* ---- fits ---- */

void
xps_frames_check_fits (GPtrArray *marks, const XpsSeriesRun *run)
{
  const gsize n = run->steps->len;
  g_autofree double *quality = g_new (double, n + 1);
  for (gsize i = 0; i < n; i++) {
    const XpsStepResult *step = xps_series_run_get_step (run, i);
    quality[i] = step->fitted && step->reduced_chi2 > 0 ? log (step->reduced_chi2) : (double)NAN;
    if (step->failure != NULL || (step->fitted && !step->converged))
      xps_frames_add_mark (marks, XPS_MARK_NOT_FITTED, i, 0, NAN, NAN, TRUE,
                           g_strdup (step->failure != NULL ? step->failure : step->stop_reason));
  }
  for (gsize i = 0; i < n; i++) {
    double near[2 * XPS_FRAMES_REACH], spread[2 * XPS_FRAMES_REACH];
    gsize count = 0;
    for (gsize k = i >= XPS_FRAMES_REACH ? i - XPS_FRAMES_REACH : 0; k < n && k <= i + XPS_FRAMES_REACH; k++)
      if (k != i && isfinite (quality[k]) && count < 2 * XPS_FRAMES_REACH) {
        spread[count] = quality[k];
        near[count++] = quality[k];
      }
    if (count < 3 || isnan (quality[i]))
      continue;
    const double middle = xps_median (near, count), dof = fmax (xps_series_run_get_step (run, i)->dof, 1);
    const double noise = fmax (xps_robust_sigma (spread, count), sqrt (2 / dof)), away = quality[i] - middle;
    if (away > XPS_FRAMES_CLEAR * noise)
      xps_frames_add_mark (
          marks, XPS_MARK_QUALITY, i, 0, away / noise, exp (away), away > log (4),
          xps_text_printf (_ ("reduced chi2 %.3g times that of its neighbours"), exp (away)));
  }
}

/* ---- what is left of them ---- */

gboolean *
xps_frames_dup_use (const XpsSeries *series, const GPtrArray *marks)
{
  const gsize n = xps_series_get_n (series);
  gboolean *use = g_new0 (gboolean, n + 1);
  for (gsize i = 0; i < n; i++)
    use[i] = xps_series_get_step (series, i)->exclusion == NULL;
  for (guint k = 0; k < marks->len; k++) {
    const XpsFrameMark *mark = g_ptr_array_index (marks, k);
    if (mark->bad && mark->step < n)
      use[mark->step] = FALSE;
  }
  return use;
}
