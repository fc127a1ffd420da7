/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "formats/decode.h"
#include "formats/lines.h"
#include "formats/ses-keys.h"

/* Texts of SOLEIL's beamline CASSIOPEE: as Scienta's SES writes them, but with CR at the end of the lines, a
 * tab behind each "=", no [Data] line, and one region a file. What the beamline knows (photon energy of the
 * monochromator, place and angles of the sample) stands in a file beside it, "..._i.txt" for "..._ROI1_.txt".
 * Seen in one file. Not seen in a real file: several regions. */

/* Side files are a kilobyte. */
#define LARGEST_SIDE 65536
/* eV by which the two photon energies may differ. */
#define SAME_ENERGY 0.5

typedef struct {
  XpsFile *file;
  XpsMemoryBudget budget;
  XpsImage *image;
  GArray *rows; /* double, rows of n_columns */
  gsize n_columns;
  gsize n_said[2]; /* energies, slices */
  GError **error;
} Reader;

static int
score_cassiopee (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  const XpsSpan text = {.text = (const char *)head, .length = head_length};

  if (!xps_span_has_prefix (text, "[Info]\t"))
    return 0;
  return xps_span_find (text, 0, "\rNumber of Regions=") >= 0 ? 100 : 0;
}

static gboolean
fail (Reader *self, XpsFormatsError code, guint line, const char *what, const char *remedy)
{
  g_autofree char *place = xps_text_printf (_ ("line %u"), line);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

/* Numbers between blanks and tabs; stops at the first that is none. FALSE where nothing else stands there. */
static gboolean
read_numbers (XpsSpan text, GArray *values)
{
  for (gsize at = 0; at < text.length;) {
    gsize end = at;
    double value = 0;
    while (end < text.length && !g_ascii_isspace (text.text[end]))
      end++;
    if (!xps_span_parse_number (xps_span_slice (text, at, end), &value))
      return FALSE;
    g_array_append_val (values, value);
    for (at = end; at < text.length && g_ascii_isspace (text.text[at]);)
      at++;
  }
  return TRUE;
}

static void
read_dimension (Reader *self, const char *key, XpsSpan value)
{
  XpsImage *image = self->image;
  double number = 0;

  if (strcmp (key, "Dimension 1 name") == 0 && image->axis_label == NULL)
    image->axis_label = xps_span_dup (value);
  if (strcmp (key, "Dimension 1 size") == 0 && xps_span_parse_number (value, &number) && number >= 0 &&
      number < 1e9)
    self->n_said[0] = (gsize)number;
  if (strcmp (key, "Dimension 2 size") == 0 && xps_span_parse_number (value, &number) && number >= 0 &&
      number < 1e9)
    self->n_said[1] = (gsize)number;
  if (strcmp (key, "Dimension 2 name") == 0 && image->dimensions[0].label == NULL) {
    g_autofree char *text = xps_span_dup (value);
    xps_ses_split_label (text, &image->dimensions[0].label, &image->dimensions[0].unit);
  }
  if (strcmp (key, "Dimension 2 scale") == 0 && image->dimensions[0].scale == NULL) {
    g_autoptr (GArray) scale = g_array_new (FALSE, FALSE, sizeof (double));
    if (read_numbers (value, scale)) {
      image->dimensions[0].n = scale->len;
      image->dimensions[0].scale = (double *)(void *)g_array_free (g_steal_pointer (&scale), FALSE);
    }
  }
}

static void
read_key (Reader *self, XpsSpan line)
{
  const gssize equals = xps_span_find (line, 0, "=");

  if (equals <= 0)
    return;
  g_autofree char *key = xps_span_dup (xps_span_trim (xps_span_slice (line, 0, (gsize)equals)));
  const XpsSpan value = xps_span_trim (xps_span_slice (line, (gsize)equals + 1, line.length));
  if (g_str_has_prefix (key, "Dimension ")) {
    read_dimension (self, key, value);
    return;
  }
  /* the second time it stands there without a value */
  if (strcmp (key, "Region Name") == 0 && (self->image->name != NULL || value.length == 0))
    return;
  g_autofree char *text = xps_span_dup (value);
  xps_ses_add_key (self->image, key, text);
}

static gboolean
read_row (Reader *self, XpsSpan line)
{
  const guint before = self->rows->len;

  if (!read_numbers (line, self->rows))
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, line.line, N_ ("numbers expected"), N_ ("save it again"));
  const gsize n = self->rows->len - before;
  if (self->n_columns == 0)
    self->n_columns = n;
  if (n == self->n_columns && n >= 2)
    return TRUE;
  g_autofree char *what = xps_text_printf (_ ("an energy and %zu intensities expected, found %zu numbers"),
                                           MAX (self->n_columns, (gsize)2) - 1, n);
  return fail (self, XPS_FORMATS_ERROR_MALFORMED, line.line, what,
               N_ ("the file was cut off: copy it again"));
}

static gboolean
read_lines (Reader *self, XpsLines *lines)
{
  XpsSpan line = {0};

  while (xps_lines_next (lines, &line)) {
    line = xps_span_trim (line);
    if (line.length == 0 || line.text[0] == '[')
      continue;
    const gboolean is_row = g_ascii_isdigit (line.text[0]) || line.text[0] == '-' || line.text[0] == '.';
    if (!is_row || xps_span_find (line, 0, "=") >= 0)
      read_key (self, line);
    else if (!read_row (self, line))
      return FALSE;
  }
  return TRUE;
}

static void
warn_size (Reader *self, const char *what, gsize said, gsize n)
{
  if (said > 0 && said != n)
    g_ptr_array_add (self->file->warnings,
                     xps_text_printf (_ ("the header says %zu %s, the data have %zu"), said, what, n));
}

static gboolean
fill_image (Reader *self, guint line)
{
  XpsImage *image = self->image;
  XpsImageDimension *slices = &image->dimensions[0];
  const double *rows = (const double *)(const void *)self->rows->data;

  if (self->n_columns == 0)
    return fail (self, XPS_FORMATS_ERROR_EMPTY, line, N_ ("no rows of energies and intensities"),
                 N_ ("save it again"));
  const gsize n = self->rows->len / self->n_columns, n_slices = self->n_columns - 1;
  warn_size (self, "energies", self->n_said[0], n);
  warn_size (self, "slices", self->n_said[1], n_slices);
  image->n = n;
  image->energy = xps_memory_try_array (&self->budget, n, sizeof (double));
  image->values = xps_memory_try_array (&self->budget, n * n_slices, sizeof (double));
  if (image->energy == NULL || image->values == NULL)
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, line, N_ ("no memory for so many slices"), NULL);
  for (gsize i = 0; i < n; i++) {
    image->energy[i] = rows[i * self->n_columns];
    for (gsize k = 0; k < n_slices; k++)
      image->values[k * n + i] = rows[i * self->n_columns + k + 1];
  }
  if (slices->n != n_slices) /* its scale does not belong to these slices */
    g_clear_pointer (&slices->scale, g_free);
  slices->n = n_slices;
  return TRUE;
}

/* ---- the file beside it ---- */

/* NULL where the name is not of that kind, or the data did not come from a file of that name. */
static char *
dup_side_path (const XpsFile *file, gsize size)
{
  const char *roi = strstr (file->path, "_ROI");
  GStatBuf status;

  for (const char *next = roi; next != NULL; next = strstr (next + 1, "_ROI"))
    roi = next;
  if (roi == NULL || !g_str_has_suffix (file->path, "_.txt") || strchr (roi, '/') != NULL)
    return NULL;
  if (g_stat (file->path, &status) != 0 || (guint64)status.st_size != size)
    return NULL;
  return xps_text_printf ("%.*s_i.txt", (int)(roi - file->path), file->path);
}

static void
take_photon_energy (Reader *self, XpsSpan value)
{
  XpsAcquisition *record = self->image->record;
  double energy = 0;

  if (!xps_span_parse_number (value, &energy) || !(energy > 0) || !isfinite (energy))
    return;
  if (isfinite (record->photon_energy) && fabs (record->photon_energy - energy) > SAME_ENERGY)
    g_ptr_array_add (
        self->file->warnings,
        xps_text_printf (
            _ ("the photon energy %g eV contradicts that of the monochromator, %g eV, which is taken"),
            record->photon_energy, energy));
  record->photon_energy = energy;
}

/* "hv (eV) :<tab>90", under headings in capitals: "MONOCHROMATOR==...". */
static void
read_side_line (Reader *self, XpsSpan line, XpsSpan *section)
{
  const gssize colon = xps_span_find (line, 0, " :");
  const gssize equals = xps_span_find (line, 0, "==");

  if (equals > 0) {
    gsize n = 0;
    while (n < (gsize)equals && g_ascii_isalpha (line.text[n]))
      n++;
    *section = xps_span_slice (line, 0, n);
    return;
  }
  if (colon <= 0)
    return;
  const XpsSpan name = xps_span_trim (xps_span_slice (line, 0, (gsize)colon));
  const XpsSpan value = xps_span_trim (xps_span_slice (line, (gsize)colon + 2, line.length));
  if (xps_span_equal (*section, "MONOCHROMATOR") && xps_span_equal (name, "hv (eV)"))
    take_photon_energy (self, value);
  g_autofree char *group = xps_span_dup (*section), *key = xps_span_dup (name), *text = xps_span_dup (value);
  g_autofree char *label = xps_text_printf ("%s%s%s", group, group[0] != '\0' ? ": " : "", key);
  if (text[0] != '\0' && xps_memory_take (&self->budget, 256))
    xps_acquisition_add_key (self->image->record, label, text);
}

static void
read_side (Reader *self, gsize size)
{
  g_autofree char *path = dup_side_path (self->file, size), *data = NULL;
  gsize length = 0;
  GStatBuf status;
  XpsLines lines;
  XpsSpan line = {0}, section = {.text = "", .length = 0};
  XpsDecoded decoded = {0};

  if (path == NULL)
    return;
  if (g_stat (path, &status) != 0 || status.st_size > LARGEST_SIDE ||
      !g_file_get_contents (path, &data, &length, NULL)) {
    g_ptr_array_add (
        self->file->notes,
        g_strdup (
            _ ("no file ..._i.txt beside it: what the beamline wrote about the measurement is not known")));
    return;
  }
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  if (!xps_decode (bytes, &decoded))
    return;
  xps_lines_init (&lines, decoded.text, decoded.length, TRUE);
  while (xps_lines_next (&lines, &line))
    read_side_line (self, xps_span_trim (line), &section);
  xps_decoded_clear (&decoded);
  g_autofree char *name = g_path_get_basename (path);
  g_ptr_array_add (self->file->notes, xps_text_printf (_ ("read, too: %s"), name));
}

/* ---- all ---- */

static gboolean
read_all (Reader *self, XpsLines *lines, gsize size)
{
  g_autoptr (GPtrArray) images = g_ptr_array_new ();
  XpsImage *image = self->image;

  if (!read_lines (self, lines) || !fill_image (self, lines->line))
    return FALSE;
  read_side (self, size);
  xps_ses_finish (image);
  image->axis = xps_ses_find_axis (image->axis_label != NULL ? image->axis_label : "");
  image->unit = XPS_INTENSITY_UNKNOWN;
  g_ptr_array_add (images, image);
  xps_image_add_spectra (images, &self->budget, self->file);
  if (self->file->spectra->len > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_EMPTY, lines->line, N_ ("no finite value in the file"), NULL);
}

static gboolean
read_cassiopee (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file, .error = error};
  XpsDecoded decoded = {0};
  XpsLines lines;

  if (!xps_decode (bytes, &decoded))
    return fail (&self, XPS_FORMATS_ERROR_TOO_LARGE, 1, N_ ("no memory to decode it"), NULL);
  xps_read_options_init_budget (options, g_bytes_get_size (bytes), &self.budget);
  self.image = xps_image_new ();
  self.rows = g_array_new (FALSE, FALSE, sizeof (double));
  xps_lines_init (&lines, decoded.text, decoded.length, TRUE);
  const gboolean done = read_all (&self, &lines, g_bytes_get_size (bytes));
  file->software = g_strdup ("SOLEIL CASSIOPEE");
  g_array_unref (self.rows);
  xps_image_free (self.image);
  xps_decoded_clear (&decoded);
  return done;
}

static const char *const suffixes[] = {"txt", NULL};

const XpsFormat xps_format_cassiopee = {
    .id = "cassiopee",
    .title = "SOLEIL CASSIOPEE text (.txt)",
    .suffixes = suffixes,
    .score = score_cassiopee,
    .read = read_cassiopee,
};
