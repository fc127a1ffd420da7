/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/decode.h"
#include "formats/lines.h"
#include "formats/ses-keys.h"

/* Text files of Scienta's SES: sections in square brackets, of which those with a number belong to a region,
 * `key=value` lines in them, rows of an energy and one intensity a slice in [Data n], or in [Data n:k] for
 * step k of a third dimension. Not seen in a real file: such steps (one made after the layout was). */

/* A region without its keys and rows, for the memory budget. */
#define REGION_COST 4096

typedef struct {
  XpsImage *image;
  GArray *rows;       /* double, rows of n_columns */
  gsize n_columns;    /* 0: no row yet */
  gsize n_first_step; /* rows of the first step, known when the second begins */
  gsize n_steps;
  guint line;     /* of its first row */
  double said[3]; /* sizes of the dimensions, 0: not said */
} Region;

typedef struct {
  XpsFile *file;
  XpsMemoryBudget budget;
  GPtrArray *regions;  /* Region, in file order */
  GHashTable *numbers; /* their numbers in the file to Region, borrowed */
  Region *region;      /* of the section, or NULL */
  XpsSpan section;     /* its name without number */
  gboolean in_data;
  double said_regions;
  GError **error;
} Reader;

static int
score_scienta (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  XpsSpan line = {0}, start = {.text = (const char *)head, .length = head_length, .line = 1};
  XpsLines lines;

  if (xps_span_has_prefix (start, "\xEF\xBB\xBF"))
    start = xps_span_slice (start, 3, head_length);
  xps_lines_init (&lines, start.text, start.length, FALSE);
  while (xps_lines_next (&lines, &line) && xps_span_trim (line).length == 0)
    continue;
  if (!xps_span_equal (xps_span_trim (line), "[Info]"))
    return 0;
  return xps_span_find (start, 0, "Number of Regions=") >= 0 ? 100 : 0;
}

static void
region_free (gpointer data)
{
  Region *region = data;

  xps_image_free (region->image);
  g_array_unref (region->rows);
  g_free (region);
}

static gboolean
fail (Reader *self, XpsFormatsError code, guint line, const char *what, const char *remedy)
{
  g_autofree char *place = xps_text_printf (_ ("line %u"), line);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

static gboolean
fail_expected (Reader *self, XpsSpan line, const char *expected)
{
  g_autofree char *found = xps_text_dup_excerpt (line.text, (gssize)line.length, 40);
  g_autofree char *what = xps_text_printf (_ ("%s expected, found \"%s\""), expected, found);
  return fail (self, XPS_FORMATS_ERROR_MALFORMED, line.line, what,
               N_ ("the file is damaged or was edited: save it again in SES"));
}

static gboolean
add_region (Reader *self, int number, XpsSpan line)
{
  if (g_hash_table_contains (self->numbers, GINT_TO_POINTER (number)))
    return fail_expected (self, line, _ ("a region with a new number"));
  if (!xps_memory_take (&self->budget, REGION_COST))
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, line.line, N_ ("more regions than such a file can hold"),
                 NULL);
  Region *region = g_new0 (Region, 1);
  region->image = xps_image_new ();
  region->rows = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (self->regions, region);
  g_hash_table_insert (self->numbers, GINT_TO_POINTER (number), region);
  return TRUE;
}

static gsize
count_rows (const Region *region)
{
  return region->n_columns > 0 ? region->rows->len / region->n_columns : 0;
}

/* Each step has as many rows as the first. */
static gboolean
start_step (Reader *self, XpsSpan line)
{
  Region *region = self->region;
  const gsize n = count_rows (region);

  if (region->n_steps == 1)
    region->n_first_step = n;
  if (n != region->n_steps * region->n_first_step) {
    g_autofree char *expected = xps_text_printf (_ ("%zu rows in each step"), region->n_first_step);
    return fail_expected (self, line, expected);
  }
  region->n_steps++;
  return TRUE;
}

/* "[Data 1:2]": name, number of the region, step; those that are missing stay 0. */
static gboolean
read_section (Reader *self, XpsSpan line)
{
  const XpsSpan inside = xps_span_trim (xps_span_slice (line, 1, line.length - 1));
  gsize end = inside.length;
  double number = 0;

  self->region = NULL;
  self->in_data = FALSE;
  while (end > 0 && (g_ascii_isdigit (inside.text[end - 1]) || inside.text[end - 1] == ':'))
    end--;
  self->section = xps_span_trim (xps_span_slice (inside, 0, end));
  const XpsSpan digits = xps_span_slice (inside, end, inside.length);
  const gssize colon = xps_span_find (digits, 0, ":");
  if (digits.length == 0)
    return TRUE; /* of the whole file */
  if (!xps_span_parse_number (xps_span_slice (digits, 0, colon < 0 ? digits.length : (gsize)colon),
                              &number) ||
      !(number < G_MAXINT))
    return fail_expected (self, line, _ ("a number of a region"));
  if (xps_span_equal (self->section, "Region") && !add_region (self, (int)number, line))
    return FALSE;
  self->region = g_hash_table_lookup (self->numbers, GINT_TO_POINTER ((int)number));
  self->in_data = xps_span_equal (self->section, "Data");
  if (self->in_data && self->region == NULL)
    return fail_expected (self, line, _ ("a section [Region] of that number before its data"));
  return !self->in_data || start_step (self, line);
}

static double *
read_scale (Reader *self, XpsSpan text, gsize *n)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (gsize at = 0; at < text.length;) {
    gsize end = at;
    double value = 0;
    while (end < text.length && !g_ascii_isspace (text.text[end]))
      end++;
    if (!xps_span_parse_number (xps_span_slice (text, at, end), &value))
      return NULL;
    g_array_append_val (values, value);
    for (at = end; at < text.length && g_ascii_isspace (text.text[at]);)
      at++;
  }
  *n = values->len;
  return (double *)(void *)g_array_free (g_steal_pointer (&values), FALSE);
}

/* "Dimension 2 scale" and what it says. */
static void
read_dimension (Reader *self, XpsSpan key, XpsSpan value)
{
  const int k = key.length > 10 ? key.text[10] - '1' : -1;
  const XpsSpan what = xps_span_trim (xps_span_slice (key, 11, key.length));
  XpsImage *image = self->region->image;

  if (k < 0 || k > 2)
    return;
  if (xps_span_equal (what, "size"))
    xps_span_parse_number (value, &self->region->said[k]);
  if (k == 0 && xps_span_equal (what, "name")) {
    g_free (image->axis_label);
    image->axis_label = xps_span_dup (value);
  }
  if (k == 0)
    return; /* its scale stands in the rows, too */
  XpsImageDimension *dimension = &image->dimensions[k - 1];
  if (xps_span_equal (what, "name") && dimension->label == NULL) {
    g_autofree char *text = xps_span_dup (value);
    xps_ses_split_label (text, &dimension->label, &dimension->unit);
  }
  if (xps_span_equal (what, "scale") && dimension->scale == NULL)
    dimension->scale = read_scale (self, value, &dimension->n);
}

static void
read_key (Reader *self, XpsSpan line)
{
  const gssize equals = xps_span_find (line, 0, "=");
  const XpsSpan key = xps_span_trim (xps_span_slice (line, 0, (gsize)MAX (equals, 0)));
  const XpsSpan value = xps_span_trim (xps_span_slice (line, (gsize)equals + 1, line.length));

  if (equals <= 0)
    return;
  if (self->region == NULL) {
    if (xps_span_equal (key, "Number of Regions"))
      xps_span_parse_number (value, &self->said_regions);
    return;
  }
  if (xps_span_equal (self->section, "Region") && xps_span_has_prefix (key, "Dimension ")) {
    read_dimension (self, key, value);
    return;
  }
  g_autofree char *name = xps_span_dup (key), *text = xps_span_dup (value);
  if (xps_span_equal (self->section, "Info") || xps_span_equal (self->section, "Region")) {
    if (!xps_span_equal (self->section, "Info") || !xps_span_equal (key, "Region Name"))
      xps_ses_add_key (self->region->image, name, text);
    return;
  }
  g_autofree char *section = xps_span_dup (self->section);
  g_autofree char *long_name = g_strdup_printf ("%s: %s", section, name);
  xps_acquisition_add_key (self->region->image->record, long_name, text);
}

static gboolean
read_row (Reader *self, XpsSpan line)
{
  Region *region = self->region;
  gsize n = 0;

  for (gsize at = 0; at < line.length; n++) {
    gsize end = at;
    double value = 0;
    while (end < line.length && !g_ascii_isspace (line.text[end]))
      end++;
    if (!xps_span_parse_number (xps_span_slice (line, at, end), &value))
      return fail_expected (self, xps_span_slice (line, at, end), "a number");
    g_array_append_val (region->rows, value);
    for (at = end; at < line.length && g_ascii_isspace (line.text[at]);)
      at++;
  }
  if (region->n_columns == 0) {
    region->n_columns = n;
    region->line = line.line;
  }
  if (n == region->n_columns && n >= 2)
    return TRUE;
  g_autofree char *expected =
      xps_text_printf (_ ("an energy and %zu intensities"), MAX (region->n_columns, (gsize)2) - 1);
  return fail_expected (self, line, expected);
}

static gboolean
read_lines (Reader *self, XpsLines *lines)
{
  XpsSpan line = {0};

  while (xps_lines_next (lines, &line)) {
    line = xps_span_trim (line);
    gboolean done = TRUE;
    if (line.length > 2 && line.text[0] == '[' && line.text[line.length - 1] == ']')
      done = read_section (self, line);
    else if (line.length > 0 && self->in_data)
      done = read_row (self, line);
    else if (line.length > 0)
      read_key (self, line);
    if (!done)
      return FALSE;
  }
  return TRUE;
}

static void
set_dimension (Region *region, guint k, gsize n)
{
  XpsImageDimension *dimension = &region->image->dimensions[k];

  /* A scale of another length does not belong to these slices. */
  if (dimension->n != n)
    g_clear_pointer (&dimension->scale, g_free);
  dimension->n = n;
}

/* For a message: what is said may be any number. */
static guint64
as_count (double said)
{
  return said > 0 ? (guint64)MIN (said, 1e15) : 0;
}

static void
warn_size (Reader *self, const Region *region, const char *what, double said, gsize n)
{
  if (said > 0 && said != (double)n)
    g_ptr_array_add (self->file->warnings,
                     xps_line_dup_message (region->line, _ ("region \"%s\" says %zu %s, its data have %zu"),
                                           region->image->name != NULL ? region->image->name : "",
                                           (gsize)as_count (said), what, n));
}

/* Rows of the file to slices one after another. */
static gboolean
fill_image (Reader *self, Region *region)
{
  XpsImage *image = region->image;
  const gsize n_slices = region->n_columns - 1, n = count_rows (region) / region->n_steps;
  const double *rows = (const double *)(const void *)region->rows->data;

  image->n = n;
  image->energy = xps_memory_try_array (&self->budget, n, sizeof (double));
  image->values = xps_memory_try_array (&self->budget, region->rows->len, sizeof (double));
  if (image->energy == NULL || image->values == NULL)
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, region->line, N_ ("no memory for so many slices"), NULL);
  for (gsize i = 0; i < n; i++)
    image->energy[i] = rows[i * region->n_columns];
  for (gsize step = 0; step < region->n_steps; step++)
    for (gsize slice = 0; slice < n_slices; slice++)
      for (gsize i = 0; i < n; i++)
        image->values[(step * n_slices + slice) * n + i] =
            rows[(step * n + i) * region->n_columns + slice + 1];
  set_dimension (region, 0, n_slices);
  set_dimension (region, 1, region->n_steps);
  warn_size (self, region, "energies", region->said[0], n);
  warn_size (self, region, "slices", region->said[1], n_slices);
  warn_size (self, region, "steps", region->said[2], region->n_steps);
  return TRUE;
}

static void
set_axis (XpsImage *image)
{
  const char *scale = xps_acquisition_find_key (image->record, "Energy Scale");

  image->axis = xps_ses_find_axis (image->axis_label != NULL ? image->axis_label : "");
  if (image->axis == XPS_AXIS_OTHER && scale != NULL)
    image->axis = xps_ses_find_axis (scale);
  image->unit = XPS_INTENSITY_UNKNOWN;
  xps_ses_finish (image);
}

static gboolean
finish (Reader *self, guint line)
{
  g_autoptr (GPtrArray) images = g_ptr_array_new ();

  if (self->said_regions != (double)self->regions->len)
    g_ptr_array_add (self->file->warnings,
                     xps_text_printf (_ ("the header says %zu regions, the file holds %u"),
                                      (gsize)as_count (self->said_regions), self->regions->len));
  for (guint i = 0; i < self->regions->len; i++) {
    Region *region = g_ptr_array_index (self->regions, i);
    const gsize n = count_rows (region);
    if (n == 0) {
      g_ptr_array_add (self->file->warnings,
                       xps_text_printf (_ ("region %u \"%s\" has no data"), i + 1,
                                        region->image->name != NULL ? region->image->name : ""));
      continue;
    }
    if (region->n_steps > 1 && n != region->n_steps * region->n_first_step)
      return fail (self, XPS_FORMATS_ERROR_MALFORMED, line,
                   N_ ("the last step has fewer or more rows than the first"),
                   N_ ("the file was cut off: save it again in SES"));
    set_axis (region->image);
    if (!fill_image (self, region))
      return FALSE;
    g_ptr_array_add (images, region->image);
  }
  xps_image_add_spectra (images, &self->budget, self->file);
  if (self->file->spectra->len > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_EMPTY, line, N_ ("no region with data in the file"),
               N_ ("save it again in SES"));
}

static gboolean
read_scienta (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file, .error = error};
  XpsDecoded decoded = {0};
  XpsLines lines;

  if (!xps_decode_lines (bytes, file, options, FALSE, &decoded, &self.budget, &lines, error))
    return FALSE;
  g_autoptr (GPtrArray) regions = self.regions = g_ptr_array_new_with_free_func (region_free);
  g_autoptr (GHashTable) numbers = self.numbers = g_hash_table_new (NULL, NULL);
  const gboolean done = read_lines (&self, &lines) && finish (&self, lines.line);
  if (done)
    file->software = g_strdup ("Scienta SES");
  xps_decoded_clear (&decoded);
  return done;
}

static const char *const suffixes[] = {"txt", NULL};

const XpsFormat xps_format_scienta_txt = {
    .id = "scienta-txt",
    .title = "Scienta SES text (.txt)",
    .suffixes = suffixes,
    .score = score_scienta,
    .read = read_scienta,
};
