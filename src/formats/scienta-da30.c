/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/error.h"
#include "base/number.h"
#include "formats/axis.h"
#include "formats/decode.h"
#include "formats/image.h"
#include "formats/rows.h"
#include "formats/ses-keys.h"
#include "formats/zip.h"

/* Deflection maps of Scienta DA30 analysers, a zip archive of SES: for each region "<region>.ini" (the SES
 * keys), "Spectrum_<region>.ini" (sizes and scales) and "Spectrum_<region>.bin" (float32, little-endian:
 * energy fastest, then the angle along the slit, then the deflection angle). Points outside first_full to
 * last_full were passed over by a part of the detector only and are left out. Maps inflate hugely: the data
 * are read as a stream and only sums over the slit are kept where all slices would be more than memory is
 * allowed for. Seen: one archive of two regions, which hold no counts; that the energy runs fastest is taken
 * from the sizes' order (96 energies, 928 angles, 2 steps), not proven by a peak. */

#define LARGEST_SIZE (1 << 24) /* of a dimension */

typedef struct {
  double width, height, depth, bytes_per_point, first, last;
  double offset[3], delta[3];
  char *label[3];
} Header;

typedef struct {
  XpsFile *file;
  XpsZip *zip;
  XpsMemoryBudget budget;
  GPtrArray *images;
  GError **error;
} Reader;

static gboolean
has_spectrum_name (const char *name, gsize length)
{
  static const char start[] = "Spectrum_";
  return length > sizeof start + 4 && memcmp (name, start, sizeof start - 1) == 0 &&
         (memcmp (name + length - 4, ".bin", 4) == 0 || memcmp (name + length - 4, ".ini", 4) == 0);
}

static int
score_da30 (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  return xps_zip_any_name (head, head_length, tail, tail_length, has_spectrum_name) ? 100 : 0;
}

static gboolean
fail (Reader *self, XpsFormatsError code, const char *member, const char *what, const char *remedy)
{
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, member, what, remedy);
}

static char *
dup_ini (Reader *self, const char *name)
{
  const XpsZipMember *member = xps_zip_find (self->zip, name);
  XpsDecoded decoded = {0};

  if (member == NULL) {
    fail (self, XPS_FORMATS_ERROR_MALFORMED, name, N_ ("expected in the archive, not found"),
          N_ ("export it again"));
    return NULL;
  }
  g_autoptr (GBytes) bytes = xps_zip_read (self->zip, member, &self->budget, self->error);
  if (bytes == NULL || !xps_decode (bytes, &decoded))
    return NULL;
  char *text = g_strndup (decoded.length > 0 ? decoded.text : "", decoded.length);
  xps_decoded_clear (&decoded);
  return text;
}

static void
clear_header (Header *header)
{
  for (guint k = 0; k < 3; k++)
    g_clear_pointer (&header->label[k], g_free);
}

static void
read_header_key (Header *header, const char *key, const char *value)
{
  static const char *const names[3] = {"width", "height", "depth"};
  const struct {
    const char *key;
    double *number;
  } numbers[] = {
      {"width", &header->width},           {"height", &header->height},
      {"depth", &header->depth},           {"byteperpoint", &header->bytes_per_point},
      {"first_full", &header->first},      {"last_full", &header->last},
      {"widthoffset", &header->offset[0]}, {"heightoffset", &header->offset[1]},
      {"depthoffset", &header->offset[2]}, {"widthdelta", &header->delta[0]},
      {"heightdelta", &header->delta[1]},  {"depthdelta", &header->delta[2]},
  };
  double number = 0;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strcmp (numbers[i].key, key) == 0 && xps_number_parse (value, &number))
      *numbers[i].number = number;
  for (guint k = 0; k < 3; k++) {
    g_autofree char *label = g_strconcat (names[k], "label", NULL);
    if (strcmp (label, key) != 0)
      continue;
    g_free (header->label[k]);
    header->label[k] = g_strdup (value);
  }
}

static gboolean
is_size (double value)
{
  return value >= 1 && value <= LARGEST_SIZE && value == floor (value);
}

static gboolean
read_header (Reader *self, const char *name, Header *header)
{
  g_autofree char *text = dup_ini (self, name);

  *header = (Header){.depth = 1, .bytes_per_point = 4, .first = (double)NAN, .last = (double)NAN};
  if (text == NULL)
    return FALSE;
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    char *equals = strchr (lines[i], '=');
    if (equals == NULL)
      continue;
    *equals = '\0';
    read_header_key (header, g_strstrip (lines[i]), g_strstrip (equals + 1));
  }
  if (!is_size (header->width) || !is_size (header->height) || !is_size (header->depth) ||
      header->bytes_per_point != 4)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, name,
                 N_ ("width, height and depth of a map of 4-byte numbers expected, found others"),
                 N_ ("export it again"));
  for (guint k = 0; k < 3; k++)
    if (!isfinite (header->offset[k]) || !isfinite (header->delta[k]))
      return fail (self, XPS_FORMATS_ERROR_MALFORMED, name, N_ ("finite offsets and deltas expected"), NULL);
  if (!(header->first >= 0 && header->first <= header->last && header->last < header->width)) {
    header->first = 0;
    header->last = header->width - 1;
  }
  return TRUE;
}

/* ---- data ---- */

typedef struct {
  const Header *header;
  XpsImage *image;
  gboolean slices; /* all of them are kept */
  guint8 rest[4];
  gsize n_rest;
  guint64 index; /* of the next number */
} Stream;

static void
take_number (Stream *self, const guint8 *bytes)
{
  const guint64 width = (guint64)self->header->width, height = (guint64)self->header->height;
  const guint64 first = (guint64)self->header->first, at = self->index % width;
  const guint64 slice = self->index / width, row = self->slices ? slice : slice / height;
  const guint32 bits =
      (guint32)bytes[0] | (guint32)bytes[1] << 8 | (guint32)bytes[2] << 16 | (guint32)bytes[3] << 24;
  float value = 0;

  self->index++;
  if (at < first || at - first >= self->image->n)
    return;
  memcpy (&value, &bits, sizeof value);
  self->image->values[row * self->image->n + at - first] += (double)value;
}

static gboolean
take_piece (const guint8 *piece, gsize length, gpointer data, GError **error)
{
  Stream *self = data;
  gsize at = 0;

  for (; at < length && self->n_rest > 0; at++) {
    self->rest[self->n_rest++] = piece[at];
    if (self->n_rest < 4)
      continue;
    take_number (self, self->rest);
    self->n_rest = 0;
  }
  for (; length - at >= 4; at += 4)
    take_number (self, piece + at);
  for (; at < length; at++)
    self->rest[self->n_rest++] = piece[at];
  return TRUE;
}

static gboolean
set_dimension (Reader *self, XpsImageDimension *dimension, const Header *header, guint k, gsize n)
{
  dimension->n = n;
  dimension->scale = xps_memory_try_array (&self->budget, n, sizeof (double));
  if (dimension->scale == NULL)
    return FALSE;
  xps_axis_fill (header->offset[k], header->delta[k], n, dimension->scale);
  if (header->label[k] != NULL && header->label[k][0] != '\0')
    xps_ses_split_label (header->label[k], &dimension->label, &dimension->unit);
  return TRUE;
}

/* Energies, scales and room for the values: all slices, or where that is too much their sums for each
 * deflection. */
static gboolean
prepare (Reader *self, const Header *header, XpsImage *image, gboolean *slices)
{
  const gsize width = (gsize)header->width, height = (gsize)header->height, depth = (gsize)header->depth;
  const gsize all = height * depth; /* both below 2^24 */

  image->n = (gsize)(header->last - header->first) + 1;
  g_autofree double *whole = xps_memory_try_array (&self->budget, width, sizeof (double));
  image->energy = xps_memory_try_array (&self->budget, image->n, sizeof (double));
  /* as much again for the spectra made of them */
  *slices = all <= self->budget.left / 2 / sizeof (double) / image->n;
  image->values = xps_memory_try_array (&self->budget, (*slices ? all : depth) * image->n, sizeof (double));
  if (whole == NULL || image->energy == NULL || image->values == NULL)
    return FALSE;
  xps_axis_fill (header->offset[0], header->delta[0], width, whole);
  memcpy (image->energy, whole + (gsize)header->first, image->n * sizeof (double));
  if (*slices)
    return set_dimension (self, &image->dimensions[0], header, 1, height) &&
           set_dimension (self, &image->dimensions[1], header, 2, depth);
  return set_dimension (self, &image->dimensions[0], header, 2, depth);
}

static gboolean
read_data (Reader *self, const char *name, const Header *header, XpsImage *image)
{
  const XpsZipMember *member = xps_zip_find (self->zip, name);
  Stream stream = {.header = header, .image = image};

  if (member == NULL)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, name, N_ ("expected in the archive, not found"),
                 N_ ("export it again"));
  if ((double)member->size != header->width * header->height * header->depth * 4) {
    g_autofree char *what = xps_text_printf (_ ("%.0f numbers of 4 bytes expected, found %zu bytes"),
                                             header->width * header->height * header->depth, member->size);
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, name, what, N_ ("export it again"));
  }
  if (!prepare (self, header, image, &stream.slices))
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, name, N_ ("no memory for so many values"), NULL);
  if (!stream.slices)
    g_ptr_array_add (self->file->warnings,
                     xps_text_printf (_ ("%s: the single slices would be more than a hundred times the "
                                         "file's size: only their sums are there"),
                                      name));
  return xps_zip_stream (self->zip, member, take_piece, &stream, self->error);
}

static void
fill_header (const char *text, const Header *header, XpsImage *image)
{
  xps_ses_read_note (text, image);
  xps_ses_finish (image);
  const char *scale = xps_acquisition_find_key (image->record, "Energy Scale");
  image->axis = scale != NULL ? xps_ses_find_axis (scale) : XPS_AXIS_OTHER;
  image->axis_label = g_strdup (header->label[0]);
  image->unit = XPS_INTENSITY_UNKNOWN;
}

/* ---- regions ---- */

static gboolean
read_image (Reader *self, const char *region, const Header *header)
{
  g_autofree char *keys = g_strconcat (region, ".ini", NULL);
  g_autofree char *data = g_strconcat ("Spectrum_", region, ".bin", NULL);
  g_autofree char *text = dup_ini (self, keys);

  if (text == NULL)
    return FALSE;
  XpsImage *image = xps_image_new ();
  g_ptr_array_add (self->images, image);
  fill_header (text, header, image);
  if (image->name == NULL)
    image->name = g_strdup (region);
  return read_data (self, data, header, image);
}

static gboolean
read_regions (Reader *self)
{
  static const char start[] = "Spectrum_", end[] = ".ini";

  for (guint i = 0; i < self->zip->members->len; i++) {
    const XpsZipMember *member = g_ptr_array_index (self->zip->members, i);
    Header header = {0};
    if (!g_str_has_prefix (member->name, start) || !g_str_has_suffix (member->name, end) ||
        strlen (member->name) < sizeof start + sizeof end - 1)
      continue;
    g_autofree char *region = g_strndup (member->name + sizeof start - 1,
                                         strlen (member->name) - (sizeof start - 1) - (sizeof end - 1));
    const gboolean done = read_header (self, member->name, &header) && read_image (self, region, &header);
    clear_header (&header);
    if (!done)
      return FALSE;
  }
  if (self->images->len > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_EMPTY, NULL, N_ ("no region (Spectrum_<name>.ini) in the archive"),
               NULL);
}

static gboolean
read_da30 (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file, .error = error};
  gboolean done = FALSE;

  xps_read_options_init_budget (options, g_bytes_get_size (bytes), &self.budget);
  self.images = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_image_free);
  self.zip = xps_zip_open (bytes, file->path, options, &self.budget, error);
  if (self.zip != NULL && read_regions (&self)) {
    xps_image_add_spectra (self.images, &self.budget, file);
    done = file->spectra->len > 0 ||
           fail (&self, XPS_FORMATS_ERROR_EMPTY, NULL, N_ ("no finite value in the archive's maps"), NULL);
  }
  xps_zip_free (self.zip);
  g_ptr_array_unref (self.images);
  return done;
}

static const char *const suffixes[] = {"zip", NULL};

const XpsFormat xps_format_scienta_da30 = {
    .id = "scienta-da30",
    .title = "Scienta DA30 map (.zip)",
    .suffixes = suffixes,
    .score = score_da30,
    .read = read_da30,
};
