/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/igor-wave.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/axis.h"
#include "formats/decode.h"
#include "formats/ses-keys.h"

/* Source: WaveMetrics Technical Note 003. A note that begins with [SES] holds the keys of Scienta's SES. Not
 * seen in a real file: version 2, big-endian waves, integers, more than two dimensions. */

#define V2_HEADER   16
#define V2_DATA     126 /* both headers */
#define V2_PADDING  16  /* behind the data */
#define V5_HEADER   64
#define V5_DATA     384
#define DIMENSIONS  4
#define TYPE_SIGNED 0xBE /* bits that say size and kind of a real number */

typedef struct {
  const guint8 *data;
  gsize size;
  gsize offset; /* of the wave in its file, for messages */
  gboolean big; /* endian */
  XpsFile *file;
  XpsMemoryBudget *budget;
  GError **error;
  int version;
  guint type;
  gsize data_at, note_at, note_length, n_points, width;
  gsize n[DIMENSIONS]; /* 1 where the dimension is not there */
  double start[DIMENSIONS], step[DIMENSIONS];
  char *labels[DIMENSIONS], *data_label, *name;
  guint energy; /* the dimension that is the energy */
} Wave;

static guint64
get (const Wave *self, gsize at, guint width)
{
  guint64 value = 0;

  for (guint i = 0; i < width; i++)
    value = value << 8 | self->data[self->big ? at + i : at + width - 1 - i];
  return value;
}

static gint64
get_signed (const Wave *self, gsize at, guint width)
{
  g_assert (width >= 1 && width <= 8);
  const guint64 value = get (self, at, width), sign = (guint64)1 << (8 * width - 1);

  return (gint64)((value ^ sign) - sign);
}

static double
get_double (const Wave *self, gsize at)
{
  const guint64 bits = get (self, at, 8);
  double value = 0;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static gboolean
checksum_is_right (const Wave *self, gsize length)
{
  guint sum = 0;

  for (gsize at = 0; at < length; at += 2)
    sum += (guint)get (self, at, 2);
  return (sum & 0xFFFF) == 0;
}

/* 0: neither 2 nor 5 in either order. */
static int
find_version (Wave *self)
{
  for (self->big = FALSE; self->size >= 2; self->big = TRUE) {
    const guint64 version = get (self, 0, 2);
    if (version == 2 || version == 5)
      return (int)version;
    if (self->big)
      break;
  }
  return 0;
}

static guint
get_width (guint type)
{
  switch (type & TYPE_SIGNED) {
  case 0x08:
    return 1;
  case 0x10:
    return 2;
  case 0x02:
  case 0x20:
    return 4;
  case 0x04:
  case 0x80:
    return 8;
  default:
    return 0;
  }
}

int
xps_igor_score_wave (const guint8 *head, gsize length)
{
  Wave wave = {.data = head, .size = length};
  const int version = find_version (&wave);
  const gsize header = version == 5 ? V5_DATA : V2_DATA;

  if (version == 0 || length < header)
    return 0;
  if (checksum_is_right (&wave, header))
    return 100;
  const guint type = (guint)get (&wave, version == 5 ? 80 : V2_HEADER, 2);
  return get_width (type) > 0 && type < 0x100 ? 20 : 0;
}

static gboolean
fail (Wave *self, XpsFormatsError code, gsize at, const char *what, const char *remedy)
{
  g_autofree char *place = g_strdup_printf (_ ("byte %zu"), self->offset + at);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

/* Text in whatever encoding Igor ran with, up to the first NUL. */
static char *
dup_text (const Wave *self, gsize at, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (self->data + at, strnlen ((const char *)self->data + at, length));
  XpsDecoded decoded = {0};

  if (!xps_decode (bytes, &decoded))
    return g_strdup ("");
  char *text = g_strndup (decoded.length > 0 ? decoded.text : "", decoded.length);
  xps_decoded_clear (&decoded);
  return text;
}

static gboolean
read_v2 (Wave *self)
{
  self->type = (guint)get (self, V2_HEADER, 2);
  self->name = dup_text (self, V2_HEADER + 6, 20);
  self->data_label = dup_text (self, V2_HEADER + 34, 4);
  self->labels[0] = dup_text (self, V2_HEADER + 38, 4);
  self->n_points = (gsize)get (self, V2_HEADER + 42, 4);
  self->n[0] = self->n_points;
  self->step[0] = get_double (self, V2_HEADER + 48);
  self->start[0] = get_double (self, V2_HEADER + 56);
  self->note_length = (gsize)get (self, 6, 4);
  self->data_at = V2_DATA;
  return TRUE;
}

static gboolean
read_dimensions (Wave *self)
{
  gsize product = 1;

  for (guint k = 0; k < DIMENSIONS; k++) {
    const gint64 n = get_signed (self, 132 + 4 * k, 4);
    if (n < 0)
      return fail (self, XPS_FORMATS_ERROR_MALFORMED, 132 + 4 * k,
                   N_ ("size of a dimension expected, found a negative number"),
                   N_ ("save the wave again in Igor"));
    self->n[k] = n > 0 ? (gsize)n : 1;
    self->step[k] = get_double (self, 148 + 8 * k);
    self->start[k] = get_double (self, 180 + 8 * k);
    if (!g_size_checked_mul (&product, product, self->n[k]))
      product = G_MAXSIZE;
  }
  if (product == self->n_points && self->n_points > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_MALFORMED, 132,
               N_ ("dimensions expected that make the number of points at byte 76, found others"),
               N_ ("save the wave again in Igor"));
}

/* Behind the data: formula, note, extended units of data and dimensions; lengths in the first header. */
static void
read_v5_texts (Wave *self)
{
  gsize at = self->data_at + self->n_points * self->width + (gsize)get (self, 8, 4);
  const gsize lengths[2 + DIMENSIONS] = {get (self, 12, 4), get (self, 16, 4), get (self, 20, 4),
                                         get (self, 24, 4), get (self, 28, 4), get (self, 32, 4)};

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++, at += lengths[i - 1]) {
    if (at > self->size || lengths[i] > self->size - at) {
      g_ptr_array_add (self->file->warnings, xps_text_printf (_ ("byte %zu: note and units are cut off"),
                                                              self->offset + self->size));
      return;
    }
    if (i == 0) {
      self->note_at = at;
      self->note_length = lengths[i];
      continue;
    }
    char **label = i == 1 ? &self->data_label : &self->labels[i - 2];
    if (lengths[i] == 0)
      continue;
    g_free (*label);
    *label = dup_text (self, at, lengths[i]);
  }
}

static gboolean
read_v5 (Wave *self)
{
  self->n_points = (gsize)get (self, 76, 4);
  self->type = (guint)get (self, 80, 2);
  self->name = dup_text (self, 92, 32);
  self->data_label = dup_text (self, 212, 4);
  for (guint k = 0; k < DIMENSIONS; k++)
    self->labels[k] = dup_text (self, 216 + 4 * k, 4);
  self->data_at = V5_DATA;
  return read_dimensions (self);
}

static gboolean
check_data (Wave *self)
{
  const gsize type_at = self->version == 5 ? 80 : V2_HEADER;

  self->width = get_width (self->type);
  if (self->width == 0 || (self->type & ~(guint)0xFE) != 0)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, type_at,
                 N_ ("real numbers expected, found text or complex numbers"), N_ ("save a wave of spectra"));
  if (self->n_points == 0)
    return fail (self, XPS_FORMATS_ERROR_EMPTY, self->data_at, N_ ("the wave has no points"), NULL);
  if (self->n_points > (self->size - self->data_at) / self->width) {
    g_autofree char *what = g_strdup_printf (_ ("%zu values of %zu bytes expected, found %zu bytes"),
                                             self->n_points, self->width, self->size - self->data_at);
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, self->data_at, what,
                 N_ ("the file was cut off: copy or save it again"));
  }
  for (guint k = 0; k < DIMENSIONS; k++)
    if (self->n[k] > 1 && !(isfinite (self->start[k]) && isfinite (self->step[k])))
      return fail (self, XPS_FORMATS_ERROR_MALFORMED, self->version == 5 ? 148 + 8 * k : V2_HEADER + 48,
                   N_ ("step and start of a dimension expected, found no finite numbers"),
                   N_ ("set the wave's scaling in Igor"));
  return TRUE;
}

static gboolean
read_header (Wave *self)
{
  self->version = find_version (self);
  const gsize length = self->version == 5 ? V5_DATA : V2_DATA;

  if (self->version == 0)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, 0,
                 N_ ("version 2 or 5 of an Igor wave expected, found another"),
                 N_ ("save the wave again in Igor 3 or later"));
  if (self->size < length)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, self->size, N_ ("the header is cut off"),
                 N_ ("copy the file again"));
  if (!checksum_is_right (self, length))
    g_ptr_array_add (self->file->warnings,
                     xps_text_printf (_ ("byte %zu: the header's checksum is wrong: the file may be damaged"),
                                      self->offset));
  for (guint k = 0; k < DIMENSIONS; k++)
    self->n[k] = 1;
  if (!(self->version == 5 ? read_v5 (self) : read_v2 (self)) || !check_data (self))
    return FALSE;
  if (self->version == 5) {
    read_v5_texts (self);
    return TRUE;
  }
  self->note_at = self->data_at + self->n_points * self->width + V2_PADDING;
  if (self->note_at > self->size || self->note_length > self->size - self->note_at)
    self->note_length = 0;
  return TRUE;
}

static double
get_value (const Wave *self, gsize index)
{
  const gsize at = self->data_at + index * self->width;
  float single = 0;

  if ((self->type & 0x04) != 0)
    return get_double (self, at);
  if ((self->type & 0x02) == 0)
    return (self->type & 0x40) != 0 ? (double)get (self, at, (guint)self->width)
                                    : (double)get_signed (self, at, (guint)self->width);
  const guint32 bits = (guint32)get (self, at, 4);
  memcpy (&single, &bits, sizeof single);
  return (double)single;
}

/* Columns one after another; the energy comes first whichever dimension it is. */
static gboolean
fill_values (Wave *self, XpsImage *image)
{
  gsize stride[DIMENSIONS] = {1, 1, 1, 1}, slice = 0, at[DIMENSIONS] = {0};
  const guint e = self->energy;

  image->n = self->n[e];
  image->energy = xps_memory_try_array (self->budget, image->n, sizeof (double));
  image->values = xps_memory_try_array (self->budget, self->n_points, sizeof (double));
  if (image->energy == NULL || image->values == NULL)
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, self->data_at, N_ ("no memory for so many values"), NULL);
  xps_axis_fill (self->start[e], self->step[e], image->n, image->energy);
  for (guint k = 1; k < DIMENSIONS; k++)
    stride[k] = stride[k - 1] * self->n[k - 1];
  for (gsize i = 0; i < self->n_points; i++) {
    if (at[e] == 0) {
      slice = 0;
      for (guint k = DIMENSIONS; k-- > 0;)
        if (k != e)
          slice = slice * self->n[k] + at[k];
    }
    gsize index = 0;
    for (guint k = 0; k < DIMENSIONS; k++)
      index += at[k] * stride[k];
    image->values[slice * image->n + at[e]] = get_value (self, index);
    /* The energy runs fastest, then the others in their order. */
    if (++at[e] < self->n[e])
      continue;
    at[e] = 0;
    for (guint k = 0; k < DIMENSIONS; k++)
      if (k != e && ++at[k] < self->n[k])
        break;
      else if (k != e)
        at[k] = 0;
  }
  return TRUE;
}

static gboolean
fill_dimensions (Wave *self, XpsImage *image)
{
  for (guint k = 0, to = 0; k < DIMENSIONS; k++) {
    if (k == self->energy)
      continue;
    XpsImageDimension *dimension = &image->dimensions[to++];
    dimension->n = self->n[k];
    dimension->scale = xps_memory_try_array (self->budget, self->n[k], sizeof (double));
    if (dimension->scale == NULL)
      return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, self->data_at, N_ ("no memory for so many slices"),
                   NULL);
    xps_axis_fill (self->start[k], self->step[k], self->n[k], dimension->scale);
    if (self->labels[k] != NULL && self->labels[k][0] != '\0')
      xps_ses_split_label (self->labels[k], &dimension->label, &dimension->unit);
  }
  return TRUE;
}

static void
fill_header (Wave *self, XpsImage *image)
{
  g_autofree char *note = dup_text (self, self->note_at, self->note_length);
  xps_ses_read_note (note, image);
  xps_ses_finish (image);
  xps_acquisition_add_key (image->record, "Wave name", self->name);
  if (image->name == NULL)
    image->name = g_strdup (self->name);
  image->axis_label = g_strdup (self->labels[self->energy]);
  image->unit_label = self->data_label[0] != '\0' ? g_strdup (self->data_label) : NULL;
  image->unit = XPS_INTENSITY_UNKNOWN;
  image->axis = xps_ses_find_axis (image->axis_label != NULL ? image->axis_label : "");
  const char *scale = xps_acquisition_find_key (image->record, "Energy Scale");
  if (image->axis == XPS_AXIS_OTHER && scale != NULL)
    image->axis = xps_ses_find_axis (scale);
}

static void
find_energy (Wave *self)
{
  for (guint k = 0; k < DIMENSIONS; k++)
    if (self->labels[k] != NULL && xps_ses_find_axis (self->labels[k]) != XPS_AXIS_OTHER) {
      self->energy = k;
      return;
    }
}

static gboolean
read_wave (Wave *self, GPtrArray *images)
{
  if (!read_header (self))
    return FALSE;
  find_energy (self);
  XpsImage *image = xps_image_new ();
  g_ptr_array_add (images, image);
  fill_header (self, image);
  if (fill_values (self, image) && fill_dimensions (self, image))
    return TRUE;
  g_ptr_array_remove_index (images, images->len - 1);
  return FALSE;
}

gboolean
xps_igor_read_wave (const guint8 *data, gsize size, gsize offset, XpsMemoryBudget *budget, XpsFile *file,
                    GPtrArray *images, GError **error)
{
  Wave self = {.data = data, .size = size, .offset = offset, .file = file, .budget = budget, .error = error};
  const gboolean done = read_wave (&self, images);

  for (guint k = 0; k < DIMENSIONS; k++)
    g_free (self.labels[k]);
  g_free (self.data_label);
  g_free (self.name);
  return done;
}
