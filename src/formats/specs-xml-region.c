/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/specs-xml.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/text.h"
#include "formats/axis.h"
#include "formats/fields.h"
#include "formats/lines.h"

/* The channels of the detector see energies that lie apart: their counts are moved to one axis before they
 * are added. Found on a real file: the peaks of the five channels of each region coincide within a step with
 * raw index = head + i - round (shift * pass energy / step), and the indices then fill head and tail. */

#define LARGEST (1 << 24)

XpsSpecsRegion *
xps_specs_region_new (void)
{
  XpsSpecsRegion *self = g_new0 (XpsSpecsRegion, 1);

  self->record = xps_acquisition_new ();
  self->detectors = g_array_new (FALSE, TRUE, sizeof (XpsSpecsDetector));
  self->cycle_times = g_array_new (FALSE, FALSE, sizeof (double));
  self->transmission = g_array_new (FALSE, FALSE, sizeof (double));
  self->scans = g_ptr_array_new ();
  self->n_curves = 1;
  self->n_values = self->delta = self->kinetic = self->pass_energy = (double)NAN;
  return self;
}

void
xps_specs_region_free (XpsSpecsRegion *region)
{
  if (region == NULL)
    return;
  for (guint i = 0; i < region->scans->len; i++) {
    XpsSpecsScan *scan = g_ptr_array_index (region->scans, i);
    g_array_unref (scan->counts);
    g_free (scan);
  }
  g_ptr_array_unref (region->scans);
  g_array_unref (region->detectors);
  g_array_unref (region->cycle_times);
  g_array_unref (region->transmission);
  xps_acquisition_free (region->record);
  g_free (region->name);
  g_free (region->group);
  g_free (region);
}

XpsSpecsScan *
xps_specs_region_add_scan (XpsSpecsRegion *region, guint cycle)
{
  XpsSpecsScan *scan = g_new0 (XpsSpecsScan, 1);

  scan->counts = g_array_new (FALSE, FALSE, sizeof (double));
  scan->cycle = cycle;
  g_ptr_array_add (region->scans, scan);
  return scan;
}

static void
warn (XpsFile *file, int line, const XpsSpecsRegion *region, const char *what)
{
  g_ptr_array_add (file->warnings, xps_line_dup_message ((guint)MAX (line, 0), _ ("region \"%s\": %s"),
                                                         region->name != NULL ? region->name : "", what));
}

static gboolean
is_whole (double value, double least)
{
  return value >= least && value <= LARGEST && value == floor (value);
}

/* What is needed to place the counts on an axis. */
static gboolean
check_region (const XpsSpecsRegion *region, XpsFile *file)
{
  const char *what = NULL;

  if (!is_whole (region->n_values, 1) || !is_whole (region->n_curves, 1) || !is_whole (region->head, 0) ||
      !is_whole (region->tail, 0))
    what = _ ("no whole numbers of values, curves, head and tail: left out");
  else if (region->detectors->len == 0)
    what = _ ("no detectors named: left out");
  else if (!isfinite (region->kinetic) || !isfinite (region->base) || !isfinite (region->delta) ||
           region->delta == 0)
    what = _ ("no kinetic energy and step: left out");
  if (what != NULL)
    warn (file, region->line, region, what);
  return what == NULL;
}

/* Steps by which a channel's counts lie off the axis. */
static double
get_offset (const XpsSpecsRegion *region, guint detector)
{
  const XpsSpecsDetector *d = &g_array_index (region->detectors, XpsSpecsDetector, detector);
  const double offset =
      region->fixed_transmission ? round (d->shift * region->pass_energy / region->delta) : 0;

  return isfinite (offset) && fabs (offset) <= LARGEST ? offset : 0;
}

/* Adds a scan's counts to sum[n]; returns the number of points that a channel did not reach. */
static gsize
add_scan (const XpsSpecsRegion *region, const XpsSpecsScan *scan, double *sum)
{
  const gsize n = (gsize)region->n_values, n_raw = n + (gsize)region->head + (gsize)region->tail;
  const gsize n_detectors = region->detectors->len;
  gsize n_missing = 0;

  for (gsize curve = 0; curve < (gsize)region->n_curves; curve++)
    for (guint d = 0; d < n_detectors; d++) {
      const double first = region->head - get_offset (region, d);
      for (gsize i = 0; i < n; i++) {
        const double raw = first + (double)i;
        if (raw < 0 || raw >= (double)n_raw) {
          n_missing++;
          continue;
        }
        sum[i] += g_array_index (scan->counts, double, (curve * n_raw + (gsize)raw) * n_detectors + d);
      }
    }
  return n_missing;
}

/* Scans that hold what the header says, others are told and dropped. */
static GPtrArray *
list_whole_scans (const XpsSpecsRegion *region, XpsFile *file)
{
  const double expected =
      (region->n_values + region->head + region->tail) * region->n_curves * (double)region->detectors->len;
  GPtrArray *whole = g_ptr_array_new ();

  for (guint i = 0; i < region->scans->len; i++) {
    XpsSpecsScan *scan = g_ptr_array_index (region->scans, i);
    if ((double)scan->counts->len == expected) {
      g_ptr_array_add (whole, scan);
      continue;
    }
    g_autofree char *what = xps_text_printf (
        _ ("%.0f counts expected in a scan, found %u: the scan is left out"), expected, scan->counts->len);
    warn (file, scan->line, region, what);
  }
  return whole;
}

static char *
dup_date (const XpsSpecsRegion *region, guint cycle)
{
  const double time =
      cycle < region->cycle_times->len ? g_array_index (region->cycle_times, double, cycle) : 0;
  g_autoptr (GDateTime) date = time > 0 && time < 4e9 ? g_date_time_new_from_unix_utc ((gint64)time) : NULL;

  return date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

static void
add_transmission (XpsSpectrumDraft *draft, const XpsSpecsRegion *region)
{
  if (region->transmission->len != draft->n)
    return;
  draft->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
  g_ptr_array_add (draft->columns,
                   xps_column_new (XPS_COLUMN_TRANSMISSION, "transmission", NULL,
                                   g_memdup2 (region->transmission->data, draft->n * sizeof (double))));
}

/* Points first to last that all channels saw. */
static void
find_common (const XpsSpecsRegion *region, gsize *first, gsize *n)
{
  double low = 0, high = region->n_values - 1;

  for (guint d = 0; d < region->detectors->len; d++) {
    low = fmax (low, get_offset (region, d) - region->head);
    high = fmin (high, get_offset (region, d) + region->n_values - 1 + region->tail);
  }
  *first = high >= low ? (gsize)low : 0;
  *n = high >= low ? (gsize)(high - low) + 1 : (gsize)region->n_values;
}

/* Of rates the mean, and only what every channel saw. */
static void
finish_rates (const XpsSpecsRegion *region, guint n_scans, XpsSpectrumDraft *draft)
{
  gsize first = 0, n = 0;

  find_common (region, &first, &n);
  for (gsize i = 0; i < n; i++) {
    draft->energy[i] = draft->energy[first + i];
    draft->intensity[i] = draft->intensity[first + i] / n_scans;
    for (guint k = 0; draft->columns != NULL && k < draft->columns->len; k++) {
      double *values = ((XpsColumn *)g_ptr_array_index (draft->columns, k))->values;
      values[i] = values[first + i];
    }
  }
  draft->n = n;
  draft->unit = XPS_INTENSITY_COUNTS_PER_SECOND;
  g_free (draft->unit_label);
  draft->unit_label = g_strdup ("counts/s");
}

typedef struct {
  XpsMemoryBudget *budget;
  XpsFile *file;
  gsize n_dropped, n_missing;
  gboolean full; /* no memory for more */
} Maker;

/* scans[0..n) summed; `variable`: what tells it apart from the region's others, or NULL. */
static void
add_spectrum (Maker *self, const XpsSpecsRegion *region, XpsSpecsScan *const *scans, guint n,
              const char *variable, guint index)
{
  const gsize n_values = (gsize)region->n_values;

  self->full = self->full || !xps_memory_take (self->budget, xps_fields_cost (region->record) +
                                                                 3 * n_values * sizeof (double) + 256);
  if (self->full)
    return;
  XpsSpectrumDraft draft = {
      .name = g_strdup (region->name),
      .group = g_strdup (region->group),
      .axis = XPS_AXIS_KINETIC,
      .axis_label = g_strdup ("kinetic energy"),
      .n = n_values,
      .energy = g_new (double, n_values),
      .intensity = g_new0 (double, n_values),
      .unit = XPS_INTENSITY_COUNTS,
      .unit_label = g_strdup ("counts"),
      .acquisition = xps_acquisition_copy (region->record),
  };
  xps_axis_fill (region->kinetic + region->base, region->delta, n_values, draft.energy);
  for (guint i = 0; i < n; i++) {
    const gsize n_missing = add_scan (region, scans[i], draft.intensity);
    self->n_missing += region->rates ? 0 : n_missing;
  }
  draft.acquisition->scans = n;
  draft.acquisition->date = dup_date (region, scans[0]->cycle);
  if (variable != NULL) {
    g_autofree char *text = xps_text_printf ("%u", index);
    xps_acquisition_add_variable (draft.acquisition, variable, "", text);
  }
  add_transmission (&draft, region);
  if (region->rates)
    finish_rates (region, n, &draft);
  XpsSpectrum *spectrum = xps_fields_make_spectrum (&draft, &self->n_dropped);
  if (spectrum != NULL)
    g_ptr_array_add (self->file->spectra, spectrum);
}

static void
add_cycles (Maker *self, const XpsSpecsRegion *region, const GPtrArray *scans)
{
  guint n = 0;

  for (guint first = 0; first < scans->len; first += n) {
    const XpsSpecsScan *scan = g_ptr_array_index (scans, first);
    for (n = 1; first + n < scans->len; n++)
      if (((const XpsSpecsScan *)g_ptr_array_index (scans, first + n))->cycle != scan->cycle)
        break;
    if (n == scans->len)
      return; /* the only cycle is the sum */
    add_spectrum (self, region, (XpsSpecsScan *const *)scans->pdata + first, n, "Cycle", scan->cycle);
  }
}

static void
add_parts (Maker *self, const XpsSpecsRegion *region, const GPtrArray *scans)
{
  const XpsSpecsScan *last = g_ptr_array_index (scans, scans->len - 1);

  add_cycles (self, region, scans);
  /* where each scan is a cycle it is there already */
  if (scans->len < 2 || last->cycle + 1 == scans->len)
    return;
  for (guint i = 0; i < scans->len; i++)
    add_spectrum (self, region, (XpsSpecsScan *const *)scans->pdata + i, 1, "Scan", i);
}

static void
tell (const Maker *self, guint n_sums)
{
  XpsFile *file = self->file;

  if (file->spectra->len > n_sums)
    g_ptr_array_add (
        file->notes,
        xps_text_printf (
            ngettext ("%u spectrum, the first, is made of all scans; %u single cycles and scans follow",
                      "the first %u spectra are made of all scans; %u single cycles and scans follow",
                      n_sums),
            n_sums, file->spectra->len - n_sums));
  if (self->full)
    g_ptr_array_add (file->warnings,
                     g_strdup (_ ("more scans than memory is allowed for: only some are there")));
  if (self->n_missing > 0)
    g_ptr_array_add (file->warnings,
                     xps_text_printf (_ ("%zu points lie outside what a channel measured and lack its "
                                         "counts: the ends of the spectra are too low"),
                                      self->n_missing));
  if (self->n_dropped > 0)
    g_ptr_array_add (file->warnings, xps_text_printf (_ ("%zu points are no finite numbers and are left out"),
                                                      self->n_dropped));
}

void
xps_specs_regions_add_spectra (GPtrArray *regions, XpsMemoryBudget *budget, XpsFile *file)
{
  Maker maker = {.budget = budget, .file = file};
  g_autoptr (GPtrArray) whole = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

  for (guint i = 0; i < regions->len; i++) {
    const XpsSpecsRegion *region = g_ptr_array_index (regions, i);
    GPtrArray *scans = check_region (region, file) ? list_whole_scans (region, file) : g_ptr_array_new ();
    g_ptr_array_add (whole, scans);
    if (scans->len > 0)
      add_spectrum (&maker, region, (XpsSpecsScan *const *)scans->pdata, scans->len, NULL, 0);
    if (scans->len > 0 && !region->fixed_transmission && region->detectors->len > 1)
      warn (file, region->line, region,
            _ ("the channels are added as they stand: their alignment is known for fixed transmission only"));
  }
  const guint n_sums = file->spectra->len;
  for (guint i = 0; i < regions->len; i++) {
    const GPtrArray *scans = g_ptr_array_index (whole, i);
    if (scans->len > 0)
      add_parts (&maker, g_ptr_array_index (regions, i), scans);
  }
  tell (&maker, n_sums);
}
