/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/steps.h"
#include "formats/text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

#define SPECTRUM_MEMORY 1536
#define NONE            ((gsize)-1)

/* What the columns of one table were taken for; NONE: there is no such column. */
typedef struct {
  gsize energy, intensity, sigma;
  gboolean is_fit; /* a background and an envelope are among the columns */
  XpsAxisKind axis;
  XpsIntensityUnit unit;
  const char *intensity_reason; /* for the note, or NULL */
} Roles;

static const char *
axis_words (XpsAxisKind axis)
{
  switch (axis) {
  case XPS_AXIS_BINDING:
    return _ ("binding energy");
  case XPS_AXIS_KINETIC:
    return _ ("kinetic energy");
  case XPS_AXIS_PHOTON:
    return _ ("photon energy");
  case XPS_AXIS_OTHER:
  default:
    return _ ("axis, kind not said (--axis BE or --axis KE)");
  }
}

static const char *
unit_words (XpsIntensityUnit unit)
{
  switch (unit) {
  case XPS_INTENSITY_COUNTS:
    return _ ("intensity in counts");
  case XPS_INTENSITY_COUNTS_PER_SECOND:
    return _ ("intensity in counts per second");
  case XPS_INTENSITY_UNKNOWN:
  default:
    return _ ("intensity, unit not said (--unit counts or --unit cps)");
  }
}

static void
note (XpsTextReader *self, gsize column, const char *taken_for, const char *reason)
{
  if (self->own) /* nothing was guessed */
    return;
  g_autofree char *label =
      xps_text_dup_printable (self->columns[column].label != NULL ? self->columns[column].label : "", -1);
  g_ptr_array_add (self->file->notes,
                   xps_text_printf (_ ("column %zu%s%s%s: %s%s%s"), column + 1, label[0] != '\0' ? " \"" : "",
                                    label, label[0] != '\0' ? "\"" : "", taken_for,
                                    reason != NULL ? ", " : "", reason != NULL ? reason : ""));
}

static gboolean
is_axis_meaning (XpsLabel meaning)
{
  return meaning >= XPS_LABEL_BINDING && meaning <= XPS_LABEL_ENERGY;
}

/* Empty columns (double separators) are no columns; one that only some rows have is left out and told. */
static void
drop_incomplete (XpsTextReader *self)
{
  gsize kept = 0;

  for (gsize k = 0; k < self->n_columns; k++) {
    XpsTextColumn *column = &self->columns[k];
    const gboolean partly = column->n_missing > 0 && column->n_missing < self->table.n_rows;
    if (partly)
      g_ptr_array_add (self->file->notes,
                       xps_text_printf (_ ("cell %zu of the rows: empty in %zu of %zu rows, not used"), k + 1,
                                        column->n_missing, self->table.n_rows));
    if (column->n_missing > 0) {
      g_clear_pointer (&column->label, g_free);
      g_clear_pointer (&column->values, g_free);
      continue;
    }
    self->columns[kept++] = *column;
  }
  self->n_columns = kept;
}

/* The plain tables of fits: "x,y[,sigma][,background]" is binding energy, counts, and so on. */
static gboolean
is_plain_xy (const XpsTextReader *self)
{
  return self->n_columns >= 2 && g_strcmp0 (self->columns[0].label, "x") == 0 &&
         g_strcmp0 (self->columns[1].label, "y") == 0;
}

static gboolean
is_monotonic (const XpsTextReader *self, gsize column)
{
  const double *x = self->columns[column].values;
  const double direction = x[self->table.n_rows - 1] - x[0];

  for (gsize i = 1; i < self->table.n_rows; i++)
    if ((x[i] - x[i - 1]) * direction < 0)
      return FALSE;
  return TRUE;
}

/* A label is believed against the order of the columns only where the numbers run one way, as an axis does.
 */
static gsize
find_energy (const XpsTextReader *self)
{
  if (self->options->energy_column > 0)
    return (gsize)self->options->energy_column - 1;
  for (gsize k = 0; k < self->n_columns; k++)
    if (is_axis_meaning (self->columns[k].meaning) && (k == 0 || is_monotonic (self, k)))
      return k;
  return 0;
}

static gsize
find_meaning (const XpsTextReader *self, XpsLabel meaning, gsize energy)
{
  for (gsize k = 0; k < self->n_columns; k++)
    if (k != energy && self->columns[k].meaning == meaning)
      return k;
  return NONE;
}

static gboolean
is_zero (const XpsTextReader *self, gsize column)
{
  for (gsize i = 0; i < self->table.n_rows; i++)
    if (self->columns[column].values[i] != 0)
      return FALSE;
  return TRUE;
}

/* Some programs write every channel or sweep and behind them their sum, without a word. Rounding of the
 * single columns may shift the sum by one. */
static gboolean
last_is_sum (const XpsTextReader *self, gsize energy)
{
  const gsize last = self->n_columns - 1;

  if (self->has_header || energy != 0 || self->n_columns < 4)
    return FALSE;
  for (gsize i = 0; i < self->table.n_rows; i++) {
    double sum = 0;
    for (gsize k = 1; k < last; k++)
      sum += self->columns[k].values[i];
    const double value = self->columns[last].values[i];
    if (!(fabs (sum - value) <= 1.5 + 1e-6 * fabs (value)))
      return FALSE;
  }
  return !is_zero (self, last);
}

static gsize
find_intensity (const XpsTextReader *self, gsize energy, const char **reason)
{
  static const XpsLabel wanted[] = {XPS_LABEL_SUM, XPS_LABEL_COUNTS, XPS_LABEL_RATE, XPS_LABEL_INTENSITY};

  *reason = NULL;
  if (self->options->intensity_column > 0)
    return (gsize)self->options->intensity_column - 1;
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    const gsize found = find_meaning (self, wanted[i], energy);
    if (found != NONE)
      return found;
  }
  if (last_is_sum (self, energy)) {
    *reason = _ ("the sum of the columns before it");
    return self->n_columns - 1;
  }
  for (gsize k = 0; k < self->n_columns; k++)
    if (k != energy && self->columns[k].meaning == XPS_LABEL_NONE)
      return k;
  return energy == 0 ? 1 : 0;
}

static XpsAxisKind
find_axis (const XpsTextReader *self, gsize energy)
{
  if (self->options->axis_given)
    return self->options->axis;
  if (is_plain_xy (self) && energy == 0)
    return XPS_AXIS_BINDING;
  const XpsAxisKind labelled = xps_label_axis (self->columns[energy].label);
  return labelled != XPS_AXIS_OTHER || self->own ? labelled : self->header_axis;
}

static XpsIntensityUnit
find_unit (const XpsTextReader *self, gsize intensity)
{
  if (self->options->unit_given)
    return self->options->unit;
  if (is_plain_xy (self) && intensity == 1)
    return XPS_INTENSITY_COUNTS;
  return xps_label_unit (self->columns[intensity].label);
}

static gboolean
check_column (const XpsTextReader *self, int column, const char *option, GError **error)
{
  if (column >= 0 && (gsize)column <= self->n_columns)
    return TRUE;
  g_autofree char *what =
      xps_text_printf (_ ("there is no column %d, the table has %zu"), column, self->n_columns);
  g_autofree char *remedy = xps_text_printf (_ ("correct %s"), option);
  return xps_text_fail (self, XPS_FORMATS_ERROR_MALFORMED, self->table.first_line, what, remedy, error);
}

static gboolean
find_roles (const XpsTextReader *self, Roles *roles, GError **error)
{
  if (!check_column (self, self->options->energy_column, "--energy-column", error) ||
      !check_column (self, self->options->intensity_column, "--intensity-column", error) ||
      !check_column (self, self->options->sigma_column, "--sigma-column", error))
    return FALSE;
  if (self->n_columns < 2)
    return xps_text_fail (self, XPS_FORMATS_ERROR_EMPTY, self->table.first_line,
                          N_ ("fewer than two columns are filled in every row"),
                          N_ ("give an energy and an intensity in each"), error);
  /* Our own files say by the order of their columns what labels out of other files could deny. */
  const gboolean by_order =
      self->own && self->options->energy_column == 0 && self->options->intensity_column == 0;
  roles->energy = by_order ? 0 : find_energy (self);
  roles->intensity = by_order ? 1 : find_intensity (self, roles->energy, &roles->intensity_reason);
  roles->sigma = self->options->sigma_column > 0 ? (gsize)self->options->sigma_column - 1
                                                 : find_meaning (self, XPS_LABEL_SIGMA, roles->energy);
  if (roles->energy == roles->intensity)
    return xps_text_fail (self, XPS_FORMATS_ERROR_MALFORMED, self->table.first_line,
                          N_ ("energy and intensity can not be the same column"),
                          N_ ("correct --energy-column or --intensity-column"), error);
  roles->is_fit = find_meaning (self, XPS_LABEL_BACKGROUND, NONE) != NONE &&
                  find_meaning (self, XPS_LABEL_ENVELOPE, NONE) != NONE;
  roles->axis = find_axis (self, roles->energy);
  roles->unit = find_unit (self, roles->intensity);
  if (self->columns[roles->energy].meaning == XPS_LABEL_WAVELENGTH && !self->options->axis_given &&
      !self->own)
    return xps_text_fail (self, XPS_FORMATS_ERROR_UNKNOWN, self->table.first_line,
                          N_ ("the header calls the axis a wavelength, not an energy of electrons"),
                          N_ ("say --axis BE or --axis KE if it is one"), error);
  return TRUE;
}

static gboolean
check_finite (const XpsTextReader *self, gsize column, GError **error)
{
  const double *values = self->columns[column].values;

  g_assert (values != NULL); /* columns without were dropped */
  for (gsize i = 0; i < self->table.n_rows; i++) {
    char buffer[XPS_NUMBER_LENGTH];
    if (isfinite (values[i]))
      continue;
    g_autofree char *what = xps_text_printf (_ ("finite number expected in column %zu, found %s"), column + 1,
                                             xps_number_format (values[i], buffer));
    return xps_text_fail (self, XPS_FORMATS_ERROR_MALFORMED, self->table.first_line + (guint)i, what,
                          N_ ("take the line out"), error);
  }
  return TRUE;
}

/* In a table that holds a background and an envelope the columns without another meaning are component
 * curves, and so is the background: it belongs to that fit, and one of ours must not subtract it. */
static XpsColumnRole
find_column_role (const XpsTextReader *self, gsize column, const Roles *roles)
{
  if (column == roles->sigma)
    return XPS_COLUMN_SIGMA;
  const XpsColumnRole role = xps_label_column_role (self->columns[column].label);
  if (role == XPS_COLUMN_OTHER && roles->is_fit && self->columns[column].meaning == XPS_LABEL_NONE)
    return XPS_COLUMN_COMPONENT;
  if (role == XPS_COLUMN_BACKGROUND && roles->is_fit && !self->own)
    return XPS_COLUMN_COMPONENT;
  return role;
}

static const char *
role_words (XpsColumnRole role)
{
  switch (role) {
  case XPS_COLUMN_TRANSMISSION:
    return _ ("transmission");
  case XPS_COLUMN_SIGMA:
    return _ ("standard deviation");
  case XPS_COLUMN_BACKGROUND:
    return _ ("background");
  case XPS_COLUMN_COMPONENT:
    return _ ("curve of a component");
  case XPS_COLUMN_ENVELOPE:
    return _ ("envelope of a fit");
  case XPS_COLUMN_OTHER:
  default:
    return _ ("other");
  }
}

static void
note_unused (XpsTextReader *self, const GString *unused)
{
  if (unused->len > 0 && !self->own)
    g_ptr_array_add (self->file->notes, xps_text_printf (_ ("columns kept, not used: %s"), unused->str));
}

static void
take_extra_columns (XpsTextReader *self, const Roles *roles, XpsSpectrumDraft *draft)
{
  g_autoptr (GString) unused = g_string_new (NULL);

  draft->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
  for (gsize k = 0; k < self->n_columns; k++) {
    if (k == roles->energy || k == roles->intensity || !xps_memory_take (&self->budget, 160))
      continue;
    const XpsColumnRole role = find_column_role (self, k, roles);
    g_ptr_array_add (draft->columns, xps_column_new (role, self->columns[k].label, NULL,
                                                     g_steal_pointer (&self->columns[k].values)));
    if (role == XPS_COLUMN_OTHER)
      g_string_append_printf (unused, "%s%" G_GSIZE_FORMAT, unused->len > 0 ? ", " : "", k + 1);
    else
      note (self, k, role_words (role), NULL);
  }
  note_unused (self, unused);
}

static void
warn_about_axis (XpsTextReader *self, gsize column)
{
  g_ptr_array_add (self->file->warnings,
                   xps_line_dup_message (self->table.first_line,
                                         _ ("nothing says whether column %zu is a binding or a kinetic "
                                            "energy: say --axis BE or --axis KE"),
                                         column + 1));
}

static void
warn_about_roles (XpsTextReader *self, const Roles *roles)
{
  note (self, roles->energy, axis_words (roles->axis), NULL);
  note (self, roles->intensity, unit_words (roles->unit), roles->intensity_reason);
  if (roles->axis == XPS_AXIS_OTHER)
    warn_about_axis (self, roles->energy);
  if (is_zero (self, roles->intensity))
    g_ptr_array_add (
        self->file->warnings,
        xps_line_dup_message (
            self->table.first_line,
            _ ("column %zu, taken for the intensity, is all zero: choose another with --intensity-column"),
            roles->intensity + 1));
}

static char *
dup_name (const XpsTextReader *self)
{
  return self->name != NULL ? g_strdup (self->name) : g_path_get_basename (self->file->path);
}

static gboolean
make_spectrum (XpsTextReader *self, GError **error)
{
  Roles roles = {0};
  XpsSpectrumDraft draft = {0};

  if (!find_roles (self, &roles, error) || !check_finite (self, roles.energy, error) ||
      !check_finite (self, roles.intensity, error))
    return FALSE;
  if (!xps_memory_take (&self->budget, SPECTRUM_MEMORY))
    return xps_text_fail (self, XPS_FORMATS_ERROR_TOO_LARGE, self->table.first_line,
                          N_ ("the tables would need more than 100 times the file's size of memory"),
                          N_ ("split the file"), error);
  warn_about_roles (self, &roles);
  draft.n = self->table.n_rows;
  draft.name = dup_name (self);
  draft.sample = g_steal_pointer (&self->sample);
  draft.group = g_steal_pointer (&self->group);
  draft.axis = roles.axis;
  draft.axis_label = g_strdup (self->columns[roles.energy].label);
  draft.unit = roles.unit;
  draft.unit_label = g_strdup (self->columns[roles.intensity].label);
  draft.energy = g_steal_pointer (&self->columns[roles.energy].values);
  draft.intensity = g_steal_pointer (&self->columns[roles.intensity].values);
  take_extra_columns (self, &roles, &draft);
  draft.acquisition = g_steal_pointer (&self->acquisition);
  g_ptr_array_add (self->file->spectra, xps_spectrum_new (&draft));
  return TRUE;
}

/* [n_columns - 1], or NULL: the columns behind the first are no steps of a series. */
static XpsStepLabel *
dup_steps (const XpsTextReader *self)
{
  XpsStepLabel axis;

  if (self->own || self->n_columns < 2 || self->options->energy_column > 0 ||
      self->options->intensity_column > 0 || self->options->sigma_column > 0 ||
      xps_step_label_parse (self->columns[0].label, &axis))
    return NULL;
  g_autofree const char **labels = g_new (const char *, self->n_columns - 1);
  g_autofree XpsStepLabel *steps = g_new0 (XpsStepLabel, self->n_columns - 1);
  for (gsize k = 1; k < self->n_columns; k++)
    labels[k - 1] = self->columns[k].label;
  return xps_step_labels_parse (labels, self->n_columns - 1, steps) ? g_steal_pointer (&steps) : NULL;
}

static gboolean
add_step (XpsTextReader *self, gsize column, XpsAxisKind axis, const XpsStepLabel *label, GError **error)
{
  const gsize n = self->table.n_rows;
  XpsTextColumn *step = &self->columns[column];
  XpsSpectrumDraft draft = {0};

  if (!check_finite (self, column, error))
    return FALSE;
  draft.energy = xps_memory_try_array (&self->budget, n, sizeof (double));
  if (draft.energy == NULL || !xps_memory_take (&self->budget, SPECTRUM_MEMORY)) {
    g_free (draft.energy);
    return xps_text_fail (self, XPS_FORMATS_ERROR_TOO_LARGE, self->table.first_line,
                          N_ ("the series would need more than 100 times the file's size of memory"),
                          N_ ("split the file"), error);
  }
  memcpy (draft.energy, self->columns[0].values, n * sizeof (double));
  draft.n = n;
  draft.name = g_strdup (step->label);
  draft.axis = axis;
  draft.axis_label = g_strdup (self->columns[0].label);
  draft.unit = self->options->unit_given ? self->options->unit : label->intensity;
  draft.intensity = g_steal_pointer (&step->values);
  draft.acquisition = xps_acquisition_copy (self->acquisition);
  xps_step_label_add_to (label, draft.acquisition);
  g_ptr_array_add (self->file->spectra, xps_spectrum_new (&draft));
  return TRUE;
}

static gboolean
make_series (XpsTextReader *self, const XpsStepLabel *steps, GError **error)
{
  XpsAxisKind axis = find_axis (self, 0);

  if (axis == XPS_AXIS_OTHER && g_strcmp0 (self->columns[0].label, "x") == 0)
    axis = XPS_AXIS_BINDING;
  if (!check_finite (self, 0, error))
    return FALSE;
  note (self, 0, axis_words (axis), NULL);
  if (axis == XPS_AXIS_OTHER)
    warn_about_axis (self, 0);
  g_ptr_array_add (
      self->file->notes,
      xps_text_printf (
          _ ("columns 2 to %zu: one region each, at the step that each is named after: %s, %s to %s%s%s"),
          self->n_columns, steps[0].name, steps[0].value, steps[self->n_columns - 2].value,
          steps[0].unit != NULL ? " " : "", steps[0].unit != NULL ? steps[0].unit : ""));
  for (gsize k = 1; k < self->n_columns; k++)
    if (!add_step (self, k, axis, &steps[k - 1], error))
      return FALSE;
  return TRUE;
}

gboolean
xps_text_make_spectra (XpsTextReader *self, GError **error)
{
  drop_incomplete (self);
  g_autofree XpsStepLabel *steps = dup_steps (self);
  return steps != NULL ? make_series (self, steps, error) : make_spectrum (self, error);
}
