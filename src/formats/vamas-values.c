/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/vamas-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "formats/axis.h"
#include "formats/labels.h"

/* The corresponding variables of one block, each an array of `n`. */
typedef struct {
  gsize n_variables, n;
  double **values;
  XpsSpan *labels, *units;
} Ordinates;

static void
ordinates_clear (Ordinates *self)
{
  for (gsize i = 0; self->values != NULL && i < self->n_variables; i++)
    g_free (self->values[i]);
  g_free (self->values);
  g_free (self->labels);
  g_free (self->units);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ordinates, ordinates_clear)

static gboolean
check_counts (XpsVamas *self, const XpsVamasBlock *block, guint line)
{
  const gsize n_variables = block->ordinates.n;

  if (n_variables == 0)
    return xps_vamas_fail (self, XPS_FORMATS_ERROR_MALFORMED, line,
                           N_ ("the block has no corresponding variable"),
                           N_ ("export the file again with intensities"));
  if (self->scan == XPS_VAMAS_IRREGULAR && n_variables < 2)
    return xps_vamas_fail (
        self, XPS_FORMATS_ERROR_MALFORMED, line,
        N_ ("an IRREGULAR scan needs two corresponding variables (energy, intensity), found one"),
        N_ ("export the file again"));
  if (block->n_values % n_variables == 0)
    return TRUE;
  g_autofree char *what =
      g_strdup_printf (_ ("%zu ordinate values can not be shared by %zu corresponding variables"),
                       block->n_values, n_variables);
  return xps_vamas_fail (self, XPS_FORMATS_ERROR_MALFORMED, line, what,
                         N_ ("the file is damaged: export it again"));
}

static gboolean
allocate (XpsVamas *self, const XpsVamasBlock *block, Ordinates *out)
{
  XpsLines at = block->ordinates.at;
  gboolean done = TRUE;

  out->n_variables = block->ordinates.n;
  out->n = block->n_values / out->n_variables;
  out->values = xps_memory_try_array (&self->budget, out->n_variables, sizeof *out->values);
  out->labels = xps_memory_try_array (&self->budget, out->n_variables, sizeof *out->labels);
  out->units = xps_memory_try_array (&self->budget, out->n_variables, sizeof *out->units);
  done = out->values != NULL && out->labels != NULL && out->units != NULL;
  for (gsize i = 0; done && i < out->n_variables; i++) {
    xps_lines_next (&at, &out->labels[i]);
    xps_lines_next (&at, &out->units[i]);
    out->labels[i] = xps_span_trim (out->labels[i]);
    out->units[i] = xps_span_trim (out->units[i]);
    out->values[i] = xps_memory_try_array (&self->budget, out->n, sizeof **out->values);
    done = out->values[i] != NULL;
  }
  if (done)
    return TRUE;
  return xps_vamas_fail (
      self, XPS_FORMATS_ERROR_TOO_LARGE, self->lines.line,
      N_ ("the ordinate values would need more memory than there is or than the file warrants"),
      N_ ("check the declared number of values"));
}

/* NaN for "not given"; text that is no finite number is an error. */
static double
take_ordinate (XpsVamas *self)
{
  XpsSpan line = {0};
  double value = 0;

  if (!xps_lines_next (&self->lines, &line)) {
    xps_vamas_take_text (self, "next ordinate value");
    return 0;
  }
  if (xps_span_parse_number (line, &value) && isfinite (value))
    return fabs (value) >= XPS_VAMAS_NOT_GIVEN ? (double)NAN : value;
  g_autofree char *found = xps_text_dup_excerpt (line.text, (gssize)line.length, 40);
  g_autofree char *what =
      g_strdup_printf (_ ("finite number expected (ordinate value), found \"%s\""), found);
  xps_vamas_fail (self, XPS_FORMATS_ERROR_MALFORMED, line.line, what,
                  N_ ("the file is damaged: export it again"));
  return 0;
}

static gboolean
read_ordinates (XpsVamas *self, const XpsVamasBlock *block, Ordinates *out)
{
  const guint line = self->lines.line;

  if (!check_counts (self, block, line))
    return FALSE;
  /* Minimum and maximum of each variable: stale or 0 and 1 in files of most programs, so not looked at. */
  xps_vamas_take_list (self, 2 * block->ordinates.n, 1, "minimum or maximum of a corresponding variable");
  if (self->error != NULL || !allocate (self, block, out))
    return FALSE;
  for (gsize i = 0; i < out->n && self->error == NULL; i++)
    for (gsize k = 0; k < out->n_variables && self->error == NULL; k++)
      out->values[k][i] = take_ordinate (self);
  return self->error == NULL;
}

static gboolean
make_energy (XpsVamas *self, const XpsVamasBlock *block, Ordinates *ordinates, XpsSpectrumDraft *draft)
{
  if (self->scan == XPS_VAMAS_IRREGULAR) {
    draft->energy = g_steal_pointer (&ordinates->values[0]);
    draft->axis_label = xps_vamas_dup (self, ordinates->labels[0]);
    draft->axis = xps_label_axis (draft->axis_label);
    return TRUE;
  }
  draft->energy = xps_memory_try_array (&self->budget, ordinates->n, sizeof (double));
  if (draft->energy == NULL)
    return xps_vamas_fail (self, XPS_FORMATS_ERROR_TOO_LARGE, block->line, N_ ("no memory for the abscissa"),
                           NULL);
  const gboolean mapping = self->scan == XPS_VAMAS_MAPPING;
  if (!mapping && (isnan (block->start) || isnan (block->increment)))
    return xps_vamas_fail (self, XPS_FORMATS_ERROR_MALFORMED, block->abscissa_label.line + 2,
                           N_ ("abscissa start or increment is not given"), N_ ("export the file again"));
  xps_axis_fill (mapping ? 0 : block->start, mapping ? 1 : block->increment, ordinates->n, draft->energy);
  draft->axis_label =
      mapping ? g_strdup ("position in the map") : xps_vamas_dup (self, block->abscissa_label);
  draft->axis = mapping ? XPS_AXIS_OTHER : xps_label_axis (draft->axis_label);
  return TRUE;
}

static XpsIntensityUnit
find_unit (XpsSpan label, XpsSpan unit)
{
  if (xps_span_equal_nocase (unit, "c/s"))
    return XPS_INTENSITY_COUNTS_PER_SECOND;
  if (xps_span_equal_nocase (unit, "d"))
    return XPS_INTENSITY_COUNTS;
  g_autofree char *text = xps_span_dup (label);
  return xps_label_unit (text);
}

static void
take_columns (XpsVamas *self, Ordinates *ordinates, gsize intensity, XpsSpectrumDraft *draft)
{
  draft->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
  for (gsize i = 0; i < ordinates->n_variables; i++) {
    if (i == intensity || ordinates->values[i] == NULL || !xps_vamas_take_memory (self, 128))
      continue;
    g_autofree char *label = xps_vamas_dup (self, ordinates->labels[i]);
    g_autofree char *unit = xps_vamas_dup (self, ordinates->units[i]);
    g_ptr_array_add (draft->columns, xps_column_new (xps_label_column_role (label), label, unit,
                                                     g_steal_pointer (&ordinates->values[i])));
  }
}

/* Points without energy or intensity say nothing: they are left out, and told. */
static gsize
drop_missing (XpsSpectrumDraft *draft)
{
  gsize kept = 0;

  for (gsize i = 0; i < draft->n; i++) {
    if (isnan (draft->energy[i]) || isnan (draft->intensity[i]))
      continue;
    draft->energy[kept] = draft->energy[i];
    draft->intensity[kept] = draft->intensity[i];
    for (guint k = 0; k < draft->columns->len; k++) {
      double *values = ((XpsColumn *)g_ptr_array_index (draft->columns, k))->values;
      values[kept] = values[i];
    }
    kept++;
  }
  const gsize dropped = draft->n - kept;
  draft->n = kept;
  return dropped;
}

/* The first variable that is an intensity: a transmission may stand first. */
static gsize
find_intensity (const XpsVamas *self, const Ordinates *ordinates)
{
  const gsize first = self->scan == XPS_VAMAS_IRREGULAR ? 1 : 0;

  for (gsize i = first; i < ordinates->n_variables; i++) {
    g_autofree char *label = xps_span_dup (ordinates->labels[i]);
    if (xps_label_column_role (label) == XPS_COLUMN_OTHER)
      return i;
  }
  return first;
}

static gboolean
fill_draft (XpsVamas *self, const XpsVamasBlock *block, Ordinates *ordinates, XpsSpectrumDraft *draft)
{
  const gsize intensity = find_intensity (self, ordinates);

  draft->n = ordinates->n;
  draft->name = xps_vamas_dup (self, block->block_id);
  draft->sample = xps_vamas_dup (self, block->sample_id);
  draft->unit = find_unit (ordinates->labels[intensity], ordinates->units[intensity]);
  draft->unit_label = xps_vamas_dup (self, ordinates->units[intensity]);
  draft->intensity = g_steal_pointer (&ordinates->values[intensity]);
  if (!make_energy (self, block, ordinates, draft))
    return FALSE;
  take_columns (self, ordinates, intensity, draft);
  draft->acquisition = xps_vamas_make_acquisition (self, block);
  draft->stored_fit = xps_vamas_read_comment (self, block, draft->acquisition);
  xps_vamas_add_keys (self, block, draft->acquisition);
  draft->group = g_strdup (xps_acquisition_find_key (draft->acquisition, "Group")); /* SPECS */
  if (self->options->axis_given)
    draft->axis = self->options->axis;
  if (self->options->unit_given)
    draft->unit = self->options->unit;
  return self->error == NULL;
}

XpsSpectrum *
xps_vamas_read_spectrum (XpsVamas *self, const XpsVamasBlock *block)
{
  g_auto (Ordinates) ordinates = {0};
  XpsSpectrumDraft draft = {0};
  XpsSpectrum *spectrum = NULL;

  if (!read_ordinates (self, block, &ordinates) || !fill_draft (self, block, &ordinates, &draft))
    goto out;
  const gsize dropped = drop_missing (&draft);
  if (draft.n == 0)
    xps_vamas_warn (self, block->line, _ ("the block holds no values and is left out"));
  else if (dropped > 0)
    xps_vamas_warn (self, block->line, _ ("%zu points without a value (1E37) are left out"), dropped);
  if (draft.n > 0 && self->error == NULL)
    spectrum = xps_spectrum_new (&draft);
out:
  xps_spectrum_draft_clear (&draft);
  return spectrum;
}
