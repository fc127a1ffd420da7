/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/series.h"

/* What comes out of the command series. */

/* Each of them all or nothing; the result itself last, so that what it says is there is there. */
static gboolean
write_files (const XpsCliSeriesOptions *o, const XpsSeriesReport *report, const char *text, GError **error)
{
  g_autofree char *table = o->table != NULL ? xps_series_report_dup_table (report) : NULL;
  return (table == NULL || xps_file_write (o->table, table, strlen (table), error)) &&
         (o->figure == NULL || xps_cli_series_write_figure (o, report, error)) &&
         (o->output == NULL || xps_file_write (o->output, text, strlen (text), error));
}

/* Ratios that cannot be had do not take the rest along: `error` says what they lack. */
static XpsSeriesReport *
new_report (const XpsCliSeriesOptions *o, const XpsSeries *series, const XpsSeriesRun *run,
            const GPtrArray *remarks, GError **error)
{
  XpsOnsetOptions onset = {.seed = (guint64)o->seed, .n_redraws = (guint)o->redraws};
  for (int k = 0; o->onset != NULL && k < XPS_N_ONSET_KINDS; k++)
    if (strcmp (o->onset, xps_onset_kind_to_text ((XpsOnsetKind)k)) == 0)
      onset.kind = (XpsOnsetKind)k;
  XpsSeriesReport *report = xps_series_report_new (series, run, &onset);
  for (guint i = 0; remarks != NULL && i < remarks->len; i++)
    g_ptr_array_add (report->warnings, g_strdup (g_ptr_array_index (remarks, i)));
  xps_cli_ratio_add (&o->ratio, o->photon_energy, report, error);
  for (guint i = 0; report->atoms != NULL && i < report->atoms->notes->len; i++)
    g_ptr_array_add (report->warnings, g_strdup (g_ptr_array_index (report->atoms->notes, i)));
  return report;
}

gboolean
xps_cli_series_write (const XpsCliSeriesOptions *options, const XpsSeries *series, const XpsSeriesRun *run,
                      const GPtrArray *remarks, GError **error)
{
  g_autoptr (GError) lacking = NULL;
  g_autoptr (XpsSeriesReport) report = new_report (options, series, run, remarks, &lacking);
  if (lacking != NULL)
    g_ptr_array_add (report->warnings, g_strdup (lacking->message));
  g_autofree char *text = xps_series_run_dup_text (run, series, report, options->command);
  return write_files (options, report, text, error);
}

gboolean
xps_cli_series_deliver (const XpsCliSeriesOptions *options, const XpsSeries *series, const XpsSeriesRun *run,
                        const GPtrArray *remarks, GError **error)
{
  g_autoptr (GError) lacking = NULL;
  g_autoptr (XpsSeriesReport) report = new_report (options, series, run, remarks, &lacking);
  g_autofree char *text = xps_series_run_dup_text (run, series, report, options->command);
  for (guint i = 0; i < report->warnings->len; i++)
    xps_cli_warn (g_ptr_array_index (report->warnings, i));
  for (guint i = 0; i < run->warnings->len; i++)
    xps_cli_warn (g_ptr_array_index (run->warnings, i));
  if (options->json)
    fputs (text, stdout);
  else
    xps_cli_series_print (report);
  if (!write_files (options, report, text, error))
    return FALSE;
  if (lacking == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&lacking));
  return FALSE;
}

int
xps_cli_series_say_outcome (const XpsCliSeriesOptions *options, const XpsSeriesRun *run)
{
  g_autoptr (GError) error = NULL;
  guint bad = 0;
  for (guint i = 0; i < run->steps->len; i++) {
    const XpsStepResult *step = xps_series_run_get_step (run, i);
    bad += step->failure != NULL || (step->fitted && !step->converged) ? 1 : 0;
  }
  if (bad == 0 && run->converged)
    return XPS_EXIT_DONE;
  g_set_error (&error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS,
               "%s: %u of %u steps could not be fitted or did not converge: look at them, or exclude them",
               options->operands[0], bad, run->steps->len);
  return xps_cli_fail (error);
}
