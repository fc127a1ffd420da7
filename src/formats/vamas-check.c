/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/vamas-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/text.h"

static gboolean
has_fractions (const XpsSpectrum *spectrum)
{
  const double *intensity = xps_spectrum_get_intensity (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);

  for (gsize i = 0; i < n; i++)
    if (intensity[i] != floor (intensity[i]))
      return TRUE;
  return FALSE;
}

void
xps_vamas_check_spectrum (XpsVamas *self, const XpsVamasBlock *block, const XpsSpectrum *spectrum)
{
  const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (spectrum);

  if (self->scan == XPS_VAMAS_REGULAR && block->increment == 0 && xps_spectrum_get_n (spectrum) > 1)
    xps_vamas_warn (self, block->line, _ ("the abscissa increment is 0: all points stand at one energy"));
  if (acquisition->dwell <= 0 || acquisition->scans <= 0)
    xps_vamas_warn (self, block->line,
                    _ ("collection time or number of scans is not positive: counts and counts per second can "
                       "not be converted"));
  if (xps_spectrum_get_unit (spectrum) == XPS_INTENSITY_COUNTS && has_fractions (spectrum))
    self->n_fractional++;
}

void
xps_vamas_check_file (XpsVamas *self)
{
  GPtrArray *warnings = self->file->warnings;

  if (self->n_bad_dates > 0)
    xps_vamas_warn (self, self->bad_date_line,
                    _ ("impossible date (in %u blocks), kept as written and not used"), self->n_bad_dates);
  if (self->n_fractional > 0)
    g_ptr_array_add (
        warnings,
        xps_text_printf (
            _ ("%u of %u regions give their intensity as counts but hold fractions: averaged, corrected or "
               "converted before; for weights from counts state the unit (--unit cps) where they are rates"),
            self->n_fractional, self->file->spectra->len));
}
