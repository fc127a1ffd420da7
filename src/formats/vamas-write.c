/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "formats/axis.h"
#include "formats/labels.h"
#include "formats/vamas-private.h"

/* A file has one scan mode and one list of experimental variables, so both are found before a block is
 * written. */
typedef struct {
  GString *out;
  GPtrArray *spectra;
  gboolean irregular;
  GPtrArray *labels, *units; /* of the experimental variables of all spectra, borrowed */
} Writer;

/* Energies of a regular axis may be off by this much, far below any instrument's digits. */
#define LARGEST_AXIS_ERROR 1e-9

static void
put (Writer *self, const char *text)
{
  if (text != NULL) {
    g_autofree char *line = xps_text_dup_printable (text, -1);
    g_string_append (self->out, line);
  }
  g_string_append (self->out, "\r\n");
}

static void
put_number (Writer *self, double value)
{
  char buffer[XPS_NUMBER_LENGTH];
  put (self, isfinite (value) ? xps_number_format (value, buffer) : "1E+37");
}

/* A field that the reader keeps as a key under the field's name. */
static void
put_key (Writer *self, const XpsAcquisition *acquisition, const char *key, const char *otherwise)
{
  const char *value = xps_acquisition_find_key (acquisition, key);
  put (self, value != NULL ? value : otherwise);
}

static double
axis_error (const double *energy, gsize n, double increment, double *scratch)
{
  double worst = 0;

  xps_axis_fill (energy[0], increment, n, scratch);
  for (gsize i = 0; i < n; i++)
    worst = fmax (worst, fabs (scratch[i] - energy[i]));
  return worst;
}

/* The increment whose multiples meet the stored energies best: the shortest decimal number that gives them to
 * the last bit where there is one. FALSE when the axis has no common step. */
static gboolean
find_increment (const XpsSpectrum *spectrum, double *increment)
{
  const double *energy = xps_spectrum_get_energy (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);
  double best_error = (double)INFINITY;

  *increment = 0;
  if (n == 1)
    return TRUE;
  g_autofree double *scratch = g_new (double, n);
  const double mean = (energy[n - 1] - energy[0]) / (double)(n - 1);
  if (axis_error (energy, n, mean, scratch) > LARGEST_AXIS_ERROR)
    return FALSE;
  for (int digits = 3; digits <= 17 && best_error > 0; digits++) {
    char buffer[XPS_NUMBER_LENGTH], format[8];
    g_snprintf (format, sizeof format, "%%.%dg", digits);
    const double candidate = g_ascii_strtod (g_ascii_formatd (buffer, sizeof buffer, format, mean), NULL);
    const double error = axis_error (energy, n, candidate, scratch);
    if (error < best_error) {
      best_error = error;
      *increment = candidate;
    }
  }
  return TRUE;
}

static void
collect_variables (Writer *self, const XpsAcquisition *acquisition)
{
  for (guint i = 0; i < acquisition->variables->len; i++) {
    const XpsVariable *variable = g_ptr_array_index (acquisition->variables, i);
    gboolean known = FALSE;
    for (guint k = 0; k < self->labels->len && !known; k++)
      known = g_strcmp0 (g_ptr_array_index (self->labels, k), variable->label) == 0;
    if (known)
      continue;
    g_ptr_array_add (self->labels, variable->label);
    g_ptr_array_add (self->units, variable->unit);
  }
}

static void
collect (Writer *self)
{
  double increment = 0;

  for (guint i = 0; i < self->spectra->len; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (self->spectra, i);
    self->irregular |= !find_increment (spectrum, &increment);
    collect_variables (self, xps_spectrum_get_acquisition (spectrum));
  }
}

static void
put_header (Writer *self)
{
  const XpsSpectrum *first = g_ptr_array_index (self->spectra, 0);
  const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (first);
  const XpsStoredFit *fit = xps_spectrum_get_stored_fit (first);
  const gboolean casa = fit != NULL && fit->program != NULL;

  put (self, XPS_VAMAS_MAGIC " 1988 May 4");
  put_key (self, acquisition, "Institution", "Not Specified");
  put (self, acquisition->instrument != NULL ? acquisition->instrument : "Not Specified");
  put (self, acquisition->operator_ != NULL ? acquisition->operator_ : "Not Specified");
  put_key (self, acquisition, "Experiment", "Not Specified");
  put_number (self, casa ? 3 : 1);
  if (casa) {
    g_autofree char *line = g_strdup_printf ("Casa Info Follows %s", fit->program);
    put (self, line);
    put (self, "0");
  }
  put (self, "Written by Corelevel");
  put (self, "NORM");
  put (self, self->irregular ? "IRREGULAR" : "REGULAR");
  put_number (self, self->spectra->len);
  put_number (self, self->labels->len);
  for (guint i = 0; i < self->labels->len; i++) {
    put (self, g_ptr_array_index (self->labels, i));
    put (self, g_ptr_array_index (self->units, i));
  }
  /* no inclusion list, no manual items, no future upgrade entries of experiment and blocks */
  for (guint i = 0; i < 4; i++)
    put (self, "0");
  put_number (self, self->spectra->len);
}

static void
put_date (Writer *self, const XpsAcquisition *acquisition)
{
  int d[6] = {0, 0, 0, -1, -1, -1};

  if (acquisition->date == NULL ||
      sscanf (acquisition->date, "%d-%d-%dT%d:%d:%d", &d[0], &d[1], &d[2], &d[3], &d[4], &d[5]) < 3)
    memset (d, 0, sizeof d);
  for (guint i = 0; i < G_N_ELEMENTS (d); i++)
    put_number (self, d[i]);
  put_key (self, acquisition, "Hours ahead of GMT", "0");
}

/* The fit that came with the spectrum as CasaXPS has it, or NULL. */
static XpsStoredFit *
new_casa_fit (const XpsSpectrum *spectrum)
{
  const XpsStoredFit *fit = xps_spectrum_get_stored_fit (spectrum);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (spectrum);
  const gboolean counts = xps_spectrum_get_unit (spectrum) == XPS_INTENSITY_COUNTS;

  if (fit == NULL)
    return NULL;
  return xps_stored_fit_new_kinetic (fit, a->photon_energy, counts ? xps_acquisition_get_live_time (a) : 1);
}

static void
put_comment (Writer *self, const XpsSpectrum *spectrum)
{
  const char *comment = xps_spectrum_get_acquisition (spectrum)->comment;
  XpsStoredFit *fit = new_casa_fit (spectrum);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) text = g_strsplit (comment != NULL ? comment : "", "\n", -1);

  if (fit != NULL)
    xps_casa_write (fit, lines);
  xps_stored_fit_free (fit);
  for (guint i = 0; text[i] != NULL && comment != NULL; i++)
    g_ptr_array_add (lines, g_strdup (text[i]));
  if (xps_spectrum_get_acquisition (spectrum)->from_vacuum)
    g_ptr_array_add (lines, g_strdup (XPS_VAMAS_FROM_VACUUM));
  put_number (self, lines->len);
  for (guint i = 0; i < lines->len; i++)
    put (self, g_ptr_array_index (lines, i));
}

static void
put_variables (Writer *self, const XpsAcquisition *acquisition)
{
  for (guint i = 0; i < self->labels->len; i++) {
    const XpsVariable *found = NULL;
    for (guint k = 0; k < acquisition->variables->len && found == NULL; k++) {
      const XpsVariable *variable = g_ptr_array_index (acquisition->variables, k);
      if (g_strcmp0 (variable->label, g_ptr_array_index (self->labels, i)) == 0)
        found = variable;
    }
    if (found != NULL && isfinite (found->value))
      put (self, found->text);
    else
      put_number (self, (double)NAN);
  }
}

static void
put_instrument (Writer *self, const XpsAcquisition *a)
{
  put (self, a->source != NULL ? a->source : "");
  put_number (self, a->photon_energy);
  put_key (self, a, "Source strength", "1E+37");
  put_key (self, a, "Source beam width x (um)", "1E+37");
  put_key (self, a, "Source beam width y (um)", "1E+37");
  put_number (self, a->polar);
  put_number (self, a->azimuth);
  put (self, a->analyser_mode != NULL ? a->analyser_mode : "FAT");
  put_number (self, a->pass_energy);
  if (a->technique != NULL && g_ascii_strcasecmp (a->technique, "AES diff") == 0) /* as readers compare */
    put_key (self, a, "Differential width (eV)", "1E+37");
  put_key (self, a, "Magnification of the transfer lens", "1E+37");
  put_number (self, a->work_function);
  put_key (self, a, "Target bias (V)", "1E+37");
  put_key (self, a, "Analysis width x (um)", "1E+37");
  put_key (self, a, "Analysis width y (um)", "1E+37");
  put_number (self, a->take_off_polar);
  put_number (self, a->take_off_azimuth);
  put (self, a->species);
  put (self, a->transition);
  put_key (self, a, "Charge of the detected particle", "-1");
}

/* The file's own label where, as it will stand in the line, it still means what the axis is. */
static char *
dup_axis_label (const XpsSpectrum *spectrum)
{
  static const char *const plain[] = {"Binding Energy", "Kinetic Energy", "Photon Energy", "Axis"};
  const char *label = xps_spectrum_get_axis_label (spectrum);
  const XpsAxisKind axis = xps_spectrum_get_axis (spectrum);
  g_autofree char *printable = xps_text_dup_printable (label != NULL ? label : "", -1);

  return printable[0] != '\0' && xps_label_axis (printable) == axis ? g_steal_pointer (&printable)
                                                                    : g_strdup (plain[axis]);
}

static const char *
intensity_unit (const XpsSpectrum *spectrum)
{
  switch (xps_spectrum_get_unit (spectrum)) {
  case XPS_INTENSITY_COUNTS:
    return "d";
  case XPS_INTENSITY_COUNTS_PER_SECOND:
    return "c/s";
  case XPS_INTENSITY_UNKNOWN:
  default:
    return "n"; /* "not defined here" in the standard's list of units */
  }
}

static char *
dup_column_label (const XpsColumn *column)
{
  /* in the order of XpsColumnRole */
  static const char *const plain[] = {"Transmission", "Standard deviation", "Background",
                                      "Component",    "Envelope",           "Column"};
  const gboolean is_free = column->role == XPS_COLUMN_COMPONENT || column->role == XPS_COLUMN_OTHER;
  g_autofree char *printable = xps_text_dup_printable (column->label != NULL ? column->label : "", -1);
  const XpsColumnRole role = xps_label_column_role (printable);

  if (printable[0] != '\0' && (role == column->role || (is_free && role == XPS_COLUMN_OTHER)))
    return g_steal_pointer (&printable);
  return g_strdup (plain[column->role]);
}

static void
put_axes (Writer *self, const XpsSpectrum *spectrum)
{
  const GPtrArray *columns = xps_spectrum_get_columns (spectrum);
  const char *energy_unit = xps_spectrum_get_axis (spectrum) == XPS_AXIS_OTHER ? "n" : "eV";
  g_autofree char *label = dup_axis_label (spectrum);

  if (!self->irregular) {
    double increment = 0;
    find_increment (spectrum, &increment);
    put (self, label);
    put (self, energy_unit);
    put_number (self, xps_spectrum_get_energy (spectrum)[0]);
    put_number (self, increment);
  }
  put_number (self, columns->len + (self->irregular ? 2 : 1));
  if (self->irregular) {
    put (self, label);
    put (self, energy_unit);
  }
  put (self, "Intensity");
  put (self, intensity_unit (spectrum));
  for (guint k = 0; k < columns->len; k++) {
    const XpsColumn *column = g_ptr_array_index (columns, k);
    g_autofree char *column_label = dup_column_label (column);
    put (self, column_label);
    put (self, column->unit != NULL ? column->unit : "d");
  }
}

static void
put_signal (Writer *self, const XpsAcquisition *a)
{
  /* Where the file gave only the time over all scans, one scan of that time says the same. */
  const gboolean whole = !isfinite (a->dwell) && isfinite (a->live_time);

  put_key (self, a, "Signal mode", "pulse counting");
  put_number (self, whole ? a->live_time : a->dwell);
  put_number (self, whole ? 1 : a->scans);
  put_key (self, a, "Signal time correction (s)", "1E+37");
  put_key (self, a, "Sample tilt polar angle (degree)", "1E+37");
  put_key (self, a, "Sample tilt azimuth (degree)", "1E+37");
  put_key (self, a, "Sample rotation (degree)", "1E+37");
}

static void
put_extra_parameters (Writer *self, const XpsAcquisition *a)
{
  guint n = 0;

  for (guint i = 0; i < a->keys->len; i++)
    n += ((const XpsKey *)g_ptr_array_index (a->keys, i))->unit != NULL;
  put_number (self, n);
  for (guint i = 0; i < a->keys->len; i++) {
    const XpsKey *key = g_ptr_array_index (a->keys, i);
    if (key->unit == NULL)
      continue;
    put (self, key->key);
    put (self, key->unit);
    put (self, key->value);
  }
}

/* The arrays in the order of the corresponding variables. */
static void
put_ordinates (Writer *self, const XpsSpectrum *spectrum)
{
  const GPtrArray *columns = xps_spectrum_get_columns (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);
  g_autofree const double **arrays = g_new (const double *, columns->len + 2);
  guint n_arrays = 0;

  if (self->irregular)
    arrays[n_arrays++] = xps_spectrum_get_energy (spectrum);
  arrays[n_arrays++] = xps_spectrum_get_intensity (spectrum);
  for (guint k = 0; k < columns->len; k++)
    arrays[n_arrays++] = ((const XpsColumn *)g_ptr_array_index (columns, k))->values;

  put_number (self, (double)(n * n_arrays));
  for (guint k = 0; k < n_arrays; k++) {
    double low = (double)INFINITY, high = -(double)INFINITY;
    for (gsize i = 0; i < n; i++) {
      low = fmin (low, arrays[k][i]);
      high = fmax (high, arrays[k][i]);
    }
    put_number (self, low);
    put_number (self, high);
  }
  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < n_arrays; k++)
      put_number (self, arrays[k][i]);
}

static void
put_block (Writer *self, const XpsSpectrum *spectrum)
{
  const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (spectrum);

  put (self, xps_spectrum_get_name (spectrum));
  put (self, xps_spectrum_get_sample (spectrum));
  put_date (self, acquisition);
  put_comment (self, spectrum);
  put (self, acquisition->technique != NULL ? acquisition->technique : "XPS");
  put_variables (self, acquisition);
  put_instrument (self, acquisition);
  put_axes (self, spectrum);
  put_signal (self, acquisition);
  put_extra_parameters (self, acquisition);
  put_ordinates (self, spectrum);
}

/* The standard keeps numbers of this size for "not given". */
static gboolean
is_writable (const XpsSpectrum *spectrum)
{
  for (gsize i = 0; i < xps_spectrum_get_n (spectrum); i++)
    if (!(fabs (xps_spectrum_get_energy (spectrum)[i]) < XPS_VAMAS_NOT_GIVEN &&
          fabs (xps_spectrum_get_intensity (spectrum)[i]) < XPS_VAMAS_NOT_GIVEN))
      return FALSE;
  return TRUE;
}

static gboolean
check_spectra (const GPtrArray *spectra, GError **error)
{
  if (spectra->len == 0)
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_WRITE, NULL, NULL,
                          N_ ("there is no spectrum to write"), NULL);
  for (guint i = 0; i < spectra->len; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (spectra, i);
    const char *name = xps_spectrum_get_name (spectrum);
    if (is_writable (spectrum))
      continue;
    g_autofree char *place = g_strdup_printf ("region \"%s\"", name != NULL ? name : "");
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_WRITE, NULL, place,
                          N_ ("VAMAS can not hold numbers of 1E36 or more"), N_ ("write it as .csv"));
  }
  return TRUE;
}

GBytes *
xps_vamas_write (GPtrArray *spectra, GError **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GPtrArray) units = g_ptr_array_new ();

  if (!check_spectra (spectra, error))
    return NULL;
  Writer self = {.out = g_string_new (NULL), .spectra = spectra, .labels = labels, .units = units};
  collect (&self);
  put_header (&self);
  for (guint i = 0; i < spectra->len; i++)
    put_block (&self, g_ptr_array_index (spectra, i));
  put (&self, "end of experiment");
  return g_string_free_to_bytes (self.out);
}
