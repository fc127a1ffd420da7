/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/info.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "spectrum/energy.h"

/* A table whose columns are as wide as their longest cell; a column that says nothing in any row is left out.
 */

#define LONGEST_CELL 32

typedef char *(*CellMaker) (const XpsSpectrum *spectrum, guint index);

static char *
dup_number (double value, int digits)
{
  char format[16], buffer[64];

  if (!isfinite (value))
    return g_strdup ("");
  g_snprintf (format, sizeof format, "%%.%dg", digits);
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, value));
}

static char *
dup_text (const char *text)
{
  return xps_text_dup_excerpt (text != NULL ? text : "", -1, LONGEST_CELL);
}

static char *
cell_index (const XpsSpectrum *spectrum, guint index)
{
  return g_strdup_printf ("%u", index);
}

static char *
cell_name (const XpsSpectrum *spectrum, guint index)
{
  return dup_text (xps_spectrum_get_name (spectrum));
}

static char *
cell_level (const XpsSpectrum *spectrum, guint index)
{
  const XpsAcquisition *a = xps_spectrum_get_acquisition (spectrum);
  g_autofree char *level = g_strdup_printf ("%s %s", a->species != NULL ? a->species : "",
                                            a->transition != NULL ? a->transition : "");
  g_strstrip (level);
  /* Said already by the name: */
  return g_strcmp0 (level, xps_spectrum_get_name (spectrum)) == 0 ? g_strdup ("") : dup_text (level);
}

/* Samples are often paths, whose ends tell them apart. */
static char *
cell_sample (const XpsSpectrum *spectrum, guint index)
{
  const char *sample = xps_spectrum_get_sample (spectrum);
  const glong length = sample != NULL ? g_utf8_strlen (sample, -1) : 0;

  if (length <= LONGEST_CELL)
    return dup_text (sample);
  g_autofree char *end = dup_text (g_utf8_offset_to_pointer (sample, length - LONGEST_CELL));
  return g_strconcat ("...", end, NULL);
}

static char *
cell_points (const XpsSpectrum *spectrum, guint index)
{
  return g_strdup_printf ("%" G_GSIZE_FORMAT, xps_spectrum_get_n (spectrum));
}

static char *
cell_axis (const XpsSpectrum *spectrum, guint index)
{
  return g_strdup (xps_info_axis_name (xps_spectrum_get_axis (spectrum)));
}

static char *
cell_from (const XpsSpectrum *spectrum, guint index)
{
  return dup_number (xps_spectrum_get_energy (spectrum)[0], 8);
}

static char *
cell_to (const XpsSpectrum *spectrum, guint index)
{
  return dup_number (xps_spectrum_get_energy (spectrum)[xps_spectrum_get_n (spectrum) - 1], 8);
}

static char *
cell_step (const XpsSpectrum *spectrum, guint index)
{
  double step = 0;
  if (xps_energy_get_step (spectrum, &step))
    return dup_number (step, 6);
  return g_strdup (xps_spectrum_get_n (spectrum) > 1 ? "uneven" : "");
}

/* Where the axis is kinetic, the same range as binding energies is what people look for. */
static char *
cell_binding (const XpsSpectrum *spectrum, guint index)
{
  const XpsEnergyScale scale = xps_energy_scale_from_spectrum (spectrum);
  const double level = scale.photon_energy - scale.work_function;
  const double *energy = xps_spectrum_get_energy (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);

  if (xps_spectrum_get_axis (spectrum) != XPS_AXIS_KINETIC || !isfinite (level))
    return g_strdup ("");
  g_autofree char *first = dup_number (round ((level - energy[0]) * 1e4) / 1e4, 8);
  g_autofree char *last = dup_number (round ((level - energy[n - 1]) * 1e4) / 1e4, 8);
  return g_strdup_printf ("%s to %s", first, last);
}

static char *
cell_unit (const XpsSpectrum *spectrum, guint index)
{
  return g_strdup (xps_info_unit_name (xps_spectrum_get_unit (spectrum)));
}

static char *
cell_largest (const XpsSpectrum *spectrum, guint index)
{
  const double *intensity = xps_spectrum_get_intensity (spectrum);
  double largest = intensity[0];

  for (gsize i = 1; i < xps_spectrum_get_n (spectrum); i++)
    largest = fmax (largest, intensity[i]);
  return dup_number (largest, 6);
}

static char *
cell_photon_energy (const XpsSpectrum *spectrum, guint index)
{
  return dup_number (xps_spectrum_get_acquisition (spectrum)->photon_energy, 8);
}

static char *
cell_pass_energy (const XpsSpectrum *spectrum, guint index)
{
  return dup_number (xps_spectrum_get_acquisition (spectrum)->pass_energy, 6);
}

static char *
cell_time (const XpsSpectrum *spectrum, guint index)
{
  const XpsAcquisition *a = xps_spectrum_get_acquisition (spectrum);
  g_autofree char *dwell = dup_number (a->dwell, 4);
  g_autofree char *scans = dup_number (a->scans, 6);

  if (isfinite (a->dwell) && isfinite (a->scans))
    return g_strdup_printf ("%s x %s", dwell, scans);
  return dup_number (xps_acquisition_get_live_time (a), 4);
}

static char *
cell_fit (const XpsSpectrum *spectrum, guint index)
{
  const XpsStoredFit *fit = xps_spectrum_get_stored_fit (spectrum);

  if (fit == NULL || fit->regions->len + fit->components->len == 0)
    return g_strdup ("");
  return g_strdup_printf ("%u reg %u comp", fit->regions->len, fit->components->len);
}

static char *
cell_shift (const XpsSpectrum *spectrum, guint index)
{
  const XpsStoredFit *fit = xps_spectrum_get_stored_fit (spectrum);

  if (fit == NULL || fit->calibrations->len == 0)
    return g_strdup ("");
  g_autofree char *shift = dup_number (round (xps_stored_fit_get_shift (fit) * 1e6) / 1e6, 6);
  return g_strdup_printf ("%s%s", shift[0] == '-' ? "" : "+", shift);
}

/* What every column of the table may be; `shared` ones move above the table where all regions have the same.
 */
static const struct {
  const char *title;
  gboolean right, shared;
  CellMaker make;
} kinds[] = {
    {"#", TRUE, FALSE, cell_index},
    {"region", FALSE, FALSE, cell_name},
    {"level", FALSE, FALSE, cell_level},
    {"sample", FALSE, TRUE, cell_sample},
    {"points", TRUE, FALSE, cell_points},
    {"axis", FALSE, TRUE, cell_axis},
    {"from/eV", TRUE, FALSE, cell_from},
    {"to/eV", TRUE, FALSE, cell_to},
    {"step/eV", TRUE, FALSE, cell_step},
    {"as BE/eV", FALSE, FALSE, cell_binding},
    {"unit", FALSE, TRUE, cell_unit},
    {"largest", TRUE, FALSE, cell_largest},
    {"hv/eV", TRUE, TRUE, cell_photon_energy},
    {"pass/eV", TRUE, TRUE, cell_pass_energy},
    {"dwell/s x scans", TRUE, TRUE, cell_time},
    {"stored fit", FALSE, FALSE, cell_fit},
    {"CasaXPS shift/eV", TRUE, TRUE, cell_shift},
};

/* Experimental variables shown, first come. */
#define MOST_VARIABLES 6

typedef struct {
  char *title;
  gboolean right, shared;
  GPtrArray *cells; /* char *, one a region */
  int width;        /* of the widest cell and the title; 0: all cells are empty */
} Column;

static void
column_free (gpointer data)
{
  Column *column = data;
  g_free (column->title);
  g_ptr_array_unref (column->cells);
  g_free (column);
}

static Column *
add_column (GPtrArray *table, const char *title, gboolean right, gboolean shared)
{
  Column *column = g_new0 (Column, 1);
  column->title = g_strdup (title);
  column->right = right;
  column->shared = shared;
  column->cells = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (table, column);
  return column;
}

static const XpsVariable *
find_variable (const XpsSpectrum *spectrum, const char *label)
{
  const GPtrArray *variables = xps_spectrum_get_acquisition (spectrum)->variables;

  for (guint i = 0; i < variables->len; i++) {
    const XpsVariable *variable = g_ptr_array_index (variables, i);
    if (g_strcmp0 (variable->label, label) == 0)
      return variable;
  }
  return NULL;
}

/* Etch times, temperatures, potentials, positions: one column each. */
static void
add_variables (GPtrArray *table, const XpsFile *file)
{
  const XpsSpectrum *first = g_ptr_array_index (file->spectra, 0);
  const GPtrArray *variables = xps_spectrum_get_acquisition (first)->variables;

  for (guint k = 0; k < MIN (variables->len, MOST_VARIABLES); k++) {
    const XpsVariable *variable = g_ptr_array_index (variables, k);
    const gboolean unit = variable->unit != NULL && variable->unit[0] != '\0' &&
                          strcmp (variable->unit, "d") != 0 && strcmp (variable->unit, "n") != 0;
    g_autofree char *title =
        g_strdup_printf ("%s%s%s", variable->label, unit ? "/" : "", unit ? variable->unit : "");
    g_autofree char *short_title = dup_text (title);
    Column *column = add_column (table, short_title, TRUE, TRUE);
    for (guint i = 0; i < file->spectra->len; i++) {
      const XpsVariable *found = find_variable (g_ptr_array_index (file->spectra, i), variable->label);
      const gboolean given = found != NULL && !(fabs (found->value) >= 1e36);
      g_ptr_array_add (column->cells, dup_text (given ? found->text : ""));
    }
  }
}

static GPtrArray *
make_table (const XpsFile *file)
{
  GPtrArray *table = g_ptr_array_new_with_free_func (column_free);

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    Column *column = add_column (table, kinds[k].title, kinds[k].right, kinds[k].shared);
    for (guint i = 0; i < file->spectra->len; i++)
      g_ptr_array_add (column->cells, kinds[k].make (g_ptr_array_index (file->spectra, i), i));
  }
  add_variables (table, file);
  return table;
}

static void
measure (Column *column)
{
  for (guint i = 0; i < column->cells->len; i++)
    column->width = MAX (column->width, (int)g_utf8_strlen (g_ptr_array_index (column->cells, i), -1));
  if (column->width > 0)
    column->width = MAX (column->width, (int)g_utf8_strlen (column->title, -1));
}

static gboolean
is_same_everywhere (const Column *column)
{
  for (guint i = 1; i < column->cells->len; i++)
    if (strcmp (g_ptr_array_index (column->cells, 0), g_ptr_array_index (column->cells, i)) != 0)
      return FALSE;
  return column->cells->len > 1;
}

/* Columns that say nothing go; those that say the same of all regions become one line. */
static void
print_shared (GPtrArray *table)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint k = table->len; k-- > 0;) {
    Column *column = g_ptr_array_index (table, k);
    measure (column);
    const gboolean empty = column->width == 0;
    if (!empty && !(column->shared && is_same_everywhere (column)))
      continue;
    if (!empty) {
      g_autofree char *text =
          g_strdup_printf ("%s %s", column->title, (char *)g_ptr_array_index (column->cells, 0));
      g_string_prepend (line, line->len > 0 ? ", " : "");
      g_string_prepend (line, text);
    }
    g_ptr_array_remove_index (table, k);
  }
  if (line->len > 0)
    g_print ("  all regions: %s\n", line->str);
}

static void
print_cell (const char *text, int width, gboolean right, gboolean last)
{
  const int missing = MAX (width - (int)g_utf8_strlen (text, -1), 0);

  if (right)
    g_print ("%*s%s", missing, "", text);
  else
    g_print ("%s%*s", text, last ? 0 : missing, "");
  g_print ("%s", last ? "\n" : "  ");
}

static void
print_table (const XpsFile *file)
{
  g_autoptr (GPtrArray) table = make_table (file);

  print_shared (table);
  for (guint i = 0; i <= file->spectra->len; i++)
    for (guint k = 0; k < table->len; k++) {
      const Column *column = g_ptr_array_index (table, k);
      const char *text = i == 0 ? column->title : g_ptr_array_index (column->cells, i - 1);
      print_cell (text, column->width, column->right, k + 1 == table->len);
    }
}

static void
print_line (const char *key, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  g_autofree char *printable = xps_text_dup_excerpt (text, -1, 160);
  g_print ("  %s: %s\n", key, printable);
}

void
xps_info_print (const XpsFile *file)
{
  gsize n_formats = 0;
  const XpsFormat *const *formats = xps_formats_get (&n_formats);
  const char *title = file->format;
  g_autofree char *path = xps_text_dup_printable (file->path, -1);

  for (gsize i = 0; i < n_formats; i++)
    if (strcmp (formats[i]->id, file->format) == 0)
      title = formats[i]->title;
  g_print ("%s: %s, %u region%s\n", path, title, file->spectra->len, file->spectra->len == 1 ? "" : "s");
  print_line ("software", file->software);
  print_line ("instrument", file->instrument);
  for (guint i = 0; i < file->notes->len; i++)
    print_line ("note", g_ptr_array_index (file->notes, i));
  print_table (file);
}
