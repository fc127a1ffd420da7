/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "formats/csv-keys.h"
#include "formats/labels.h"

static void
put_key (GString *out, const char *key, const char *value)
{
  if (value == NULL)
    return;
  g_autofree char *line = xps_text_dup_printable (value, -1);
  g_string_append_printf (out, "# %s: %s\n", key, line);
}

static void
put_acquisition (GString *out, const XpsAcquisition *acquisition)
{
  gsize n = 0;
  const XpsCsvKey *keys = xps_csv_get_keys (&n);
  char buffer[XPS_NUMBER_LENGTH];

  for (gsize i = 0; i < n; i++) {
    const void *member = (const char *)acquisition + keys[i].offset;
    if (keys[i].kind == XPS_CSV_TEXT)
      put_key (out, keys[i].key, *(char *const *)member);
    else if (isfinite (*(const double *)member))
      put_key (out, keys[i].key, xps_number_format (*(const double *)member, buffer));
  }
  for (guint i = 0; i < acquisition->variables->len; i++) {
    const XpsVariable *v = g_ptr_array_index (acquisition->variables, i);
    g_autofree char *line = g_strdup_printf ("%s | %s | %s", v->label != NULL ? v->label : "",
                                             v->unit != NULL ? v->unit : "", v->text != NULL ? v->text : "");
    put_key (out, "variable", line);
  }
}

/* A label that reads back as what it is, without the separators of the table. */
static void
put_label (GString *out, const char *label, const char *fallback)
{
  g_autofree char *text = xps_text_dup_printable (label != NULL && label[0] != '\0' ? label : fallback, -1);
  g_string_append (out, g_strdelimit (text, ",;\"", ' '));
}

static const char *
axis_title (const XpsSpectrum *spectrum)
{
  switch (xps_spectrum_get_axis (spectrum)) {
  case XPS_AXIS_BINDING:
    return "Binding Energy (eV)";
  case XPS_AXIS_KINETIC:
    return "Kinetic Energy (eV)";
  case XPS_AXIS_PHOTON:
    return "Photon Energy (eV)";
  case XPS_AXIS_OTHER:
  default:
    return NULL;
  }
}

static const char *
intensity_title (const XpsSpectrum *spectrum)
{
  switch (xps_spectrum_get_unit (spectrum)) {
  case XPS_INTENSITY_COUNTS:
    return "Counts";
  case XPS_INTENSITY_COUNTS_PER_SECOND:
    return "Counts per second";
  case XPS_INTENSITY_UNKNOWN:
  default:
    return "Intensity";
  }
}

static const char *
column_title (const XpsColumn *column)
{
  switch (column->role) {
  case XPS_COLUMN_TRANSMISSION:
    return "Transmission";
  case XPS_COLUMN_SIGMA:
    return "Standard deviation";
  case XPS_COLUMN_BACKGROUND:
    return "Background";
  case XPS_COLUMN_ENVELOPE:
    return "Envelope";
  case XPS_COLUMN_COMPONENT:
  case XPS_COLUMN_OTHER:
  default:
    return NULL;
  }
}

static void
put_titles (GString *out, const XpsSpectrum *spectrum)
{
  const GPtrArray *columns = xps_spectrum_get_columns (spectrum);
  const char *axis = axis_title (spectrum);

  put_label (out, axis != NULL ? axis : xps_spectrum_get_axis_label (spectrum), "Axis");
  g_string_append_c (out, ',');
  g_string_append (out, intensity_title (spectrum));
  for (guint k = 0; k < columns->len; k++) {
    const XpsColumn *column = g_ptr_array_index (columns, k);
    const char *title = column_title (column);
    g_autofree char *fallback = g_strdup_printf ("Column %u", k + 3);
    g_string_append_c (out, ',');
    put_label (out, title != NULL ? title : column->label, fallback);
  }
  g_string_append_c (out, '\n');
}

static void
put_rows (GString *out, const XpsSpectrum *spectrum)
{
  const GPtrArray *columns = xps_spectrum_get_columns (spectrum);
  const double *energy = xps_spectrum_get_energy (spectrum);
  const double *intensity = xps_spectrum_get_intensity (spectrum);
  char buffer[XPS_NUMBER_LENGTH];

  for (gsize i = 0; i < xps_spectrum_get_n (spectrum); i++) {
    g_string_append (out, xps_number_format (energy[i], buffer));
    g_string_append_c (out, ',');
    g_string_append (out, xps_number_format (intensity[i], buffer));
    for (guint k = 0; k < columns->len; k++) {
      const XpsColumn *column = g_ptr_array_index (columns, k);
      g_string_append_c (out, ',');
      g_string_append (out, xps_number_format (column->values[i], buffer));
    }
    g_string_append_c (out, '\n');
  }
}

GBytes *
xps_csv_write (GPtrArray *spectra, GError **error)
{
  GString *out = g_string_new (XPS_CSV_MARK "\n");

  for (guint i = 0; i < spectra->len; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (spectra, i);
    if (i > 0)
      g_string_append_c (out, '\n');
    put_key (out, "region", xps_spectrum_get_name (spectrum));
    put_key (out, "sample", xps_spectrum_get_sample (spectrum));
    put_key (out, "group", xps_spectrum_get_group (spectrum));
    put_acquisition (out, xps_spectrum_get_acquisition (spectrum));
    put_titles (out, spectrum);
    put_rows (out, spectrum);
  }
  return g_string_free_to_bytes (out);
}

static const char *const suffixes[] = {"csv", NULL};

const XpsFormat xps_format_csv = {
    .id = "csv",
    .title = "CSV",
    .suffixes = suffixes,
    .write = xps_csv_write,
};
