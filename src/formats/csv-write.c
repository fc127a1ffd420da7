/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"

#include <math.h>

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
    else if (keys[i].kind == XPS_CSV_FLAG)
      put_key (out, keys[i].key, *(const gboolean *)member ? "yes" : NULL);
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

/* Without the separators of the table. */
static char *
dup_label (const char *label)
{
  char *text = xps_text_dup_printable (label != NULL ? label : "", -1);
  return g_strstrip (g_strdelimit (text, ",;\"", ' '));
}

static char *
dup_axis_title (const XpsSpectrum *spectrum)
{
  static const char *const titles[] = {"Binding Energy (eV)", "Kinetic Energy (eV)", "Photon Energy (eV)",
                                       "Axis"};
  const XpsAxisKind axis = xps_spectrum_get_axis (spectrum);
  g_autofree char *label = dup_label (xps_spectrum_get_axis_label (spectrum));

  /* An axis of another kind keeps its label, unless it would read back as an energy. */
  if (axis == XPS_AXIS_OTHER && label[0] != '\0' && xps_label_axis (label) == XPS_AXIS_OTHER)
    return g_steal_pointer (&label);
  return g_strdup (titles[axis]);
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

static char *
dup_column_title (const XpsColumn *column, guint number)
{
  /* in the order of XpsColumnRole */
  static const char *const titles[] = {"Transmission", "Standard deviation", "Background",
                                       NULL,           "Envelope",           NULL};
  g_autofree char *label = dup_label (column->label);

  if (titles[column->role] != NULL)
    return g_strdup (titles[column->role]);
  if (label[0] != '\0' && xps_label_column_role (label) == XPS_COLUMN_OTHER)
    return g_steal_pointer (&label);
  return g_strdup_printf ("Column %u", number);
}

static void
put_titles (GString *out, const XpsSpectrum *spectrum)
{
  const GPtrArray *columns = xps_spectrum_get_columns (spectrum);
  g_autofree char *axis = dup_axis_title (spectrum);

  g_string_append_printf (out, "%s,%s", axis, intensity_title (spectrum));
  for (guint k = 0; k < columns->len; k++) {
    g_autofree char *title = dup_column_title (g_ptr_array_index (columns, k), k + 3);
    g_string_append_printf (out, ",%s", title);
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
