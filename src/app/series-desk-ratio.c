/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/reference-catalogue.h"
#include "app/series-desk-private.h"
#include "series/ratio.h"

/* Atomic ratios of the desk's reports: made when somebody looks at them. */

void
xps_series_desk_add_ratios (XpsSeriesDesk *self, XpsSeriesReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsReference) reference = xps_catalogue_open_reference (&error);
  XpsRatioChoice choice = {NULL, self->ratio_to, TRUE};
  XpsAtoms *atoms =
      reference != NULL ? xps_atoms_new (report->series, report->run, reference, NULL, &error) : NULL;
  if (atoms == NULL) {
    self->no_ratios = TRUE;
    xps_series_desk_tell_message (self, error->message);
    return;
  }
  if (xps_series_report_set_ratios (report, atoms, &choice, NULL))
    return;
  choice.to = NULL; /* a species that this model does not have any more */
  xps_series_report_set_ratios (report, xps_atoms_new (report->series, report->run, reference, NULL, NULL),
                                &choice, NULL);
}

static void
drop_ratios (XpsSeriesOutcome *outcome)
{
  static const XpsRatioChoice none = {NULL, NULL, FALSE};
  if (outcome == NULL || outcome->report->atoms == NULL)
    return;
  xps_series_report_set_ratios (outcome->report, NULL, &none, NULL);
}

void
xps_series_desk_want_ratios (XpsSeriesDesk *self, gboolean wanted, const char *to)
{
  if (self->ratios == wanted && g_strcmp0 (self->ratio_to, to) == 0)
    return;
  self->ratios = wanted;
  g_free (self->ratio_to);
  self->ratio_to = g_strdup (to);
  drop_ratios (self->outcome);
  drop_ratios (self->partial);
  xps_series_desk_tell_changed (self);
}

const char *
xps_series_desk_get_ratio_to (XpsSeriesDesk *self)
{
  return self->ratio_to;
}
