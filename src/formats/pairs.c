/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/pairs.h"

#include <glib/gi18n-lib.h>

#include "formats/fields.h"

void
xps_pairs_init (XpsPairs *self)
{
  self->energy = g_array_new (FALSE, FALSE, sizeof (double));
  self->intensity = g_array_new (FALSE, FALSE, sizeof (double));
  self->line = 0;
}

void
xps_pairs_clear (XpsPairs *self)
{
  g_array_set_size (self->energy, 0);
  g_array_set_size (self->intensity, 0);
  self->line = 0;
}

void
xps_pairs_free (XpsPairs *self)
{
  g_array_unref (self->energy);
  g_array_unref (self->intensity);
}

gboolean
xps_pairs_add (XpsPairs *self, double energy, double intensity, guint line, XpsMemoryBudget *budget)
{
  /* the arrays double */
  if (!xps_memory_take (budget, 4 * sizeof (double)))
    return FALSE;
  if (self->energy->len == 0)
    self->line = line;
  g_array_append_val (self->energy, energy);
  g_array_append_val (self->intensity, intensity);
  return TRUE;
}

static gboolean
is_separator (char c)
{
  return c == '\t' || c == ',' || c == ' ';
}

gboolean
xps_pairs_parse (XpsSpan line, double *energy, double *intensity)
{
  double *const values[] = {energy, intensity};
  gsize at = 0;

  for (guint k = 0; k < G_N_ELEMENTS (values); k++) {
    while (at < line.length && is_separator (line.text[at]))
      at++;
    const gsize from = at;
    while (at < line.length && !is_separator (line.text[at]))
      at++;
    if (!xps_span_parse_number (xps_span_slice (line, from, at), values[k]))
      return FALSE;
  }
  return TRUE;
}

gboolean
xps_pairs_finish (XpsPairs *self, XpsSpectrumDraft *draft, XpsMemoryBudget *budget, XpsFile *file)
{
  const gsize n = self->energy->len;
  gsize n_dropped = 0;

  if (n == 0 || !xps_memory_take (budget, xps_fields_cost (draft->acquisition) + 2 * n * sizeof (double))) {
    xps_spectrum_draft_clear (draft);
    xps_pairs_clear (self);
    return n == 0;
  }
  draft->n = n;
  draft->energy = g_memdup2 (self->energy->data, n * sizeof (double));
  draft->intensity = g_memdup2 (self->intensity->data, n * sizeof (double));
  XpsSpectrum *spectrum = xps_fields_make_spectrum (draft, &n_dropped);
  if (spectrum != NULL)
    g_ptr_array_add (file->spectra, spectrum);
  if (n_dropped > 0)
    g_ptr_array_add (file->warnings,
                     xps_line_dup_message (self->line,
                                           _ ("%zu rows from here on hold no finite number and are left out"),
                                           (size_t)n_dropped));
  xps_pairs_clear (self);
  return TRUE;
}
