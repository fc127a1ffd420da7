/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/igor-wave.h"
#include "formats/image.h"
#include "formats/rows.h"

/* Packed experiments of Igor Pro: records one after another, of which waves (type 3) are read and the others
 * (variables, history, procedures, packed files) left out; data folders become a key of the waves inside.
 * Source: WaveMetrics Technical Note 003. The byte order is that of the first record. Read from
 * measured files: little-endian ones of SES that hold nothing but waves. Not seen in a real file: data
 * folders, superseded records, big-endian experiments. */

#define RECORD_HEADER 8
#define TYPE_MASK     0x7FFF /* the bit above: superseded, of no meaning any more */
#define LAST_TYPE     26     /* of those that the note lists */
#define WAVE          3
#define FOLDER_START  9
#define FOLDER_END    10
#define FOLDER_NAME   32
#define MOST_FOLDERS  64
#define VARIABLES     1
#define MOST_WARNINGS 10

typedef struct {
  guint type;
  gboolean superseded;
  gsize at, length; /* of its data */
} Record;

typedef struct {
  const guint8 *data;
  gsize size;
  gboolean big; /* endian */
  XpsFile *file;
  XpsMemoryBudget budget;
  GPtrArray *images;  /* XpsImage */
  GPtrArray *folders; /* char *: where we are, outermost first */
  guint n_skipped, n_failed;
  GError *first_error; /* of a wave that is left out */
} Reader;

static guint32
get (const guint8 *data, gboolean big, guint width)
{
  guint32 value = 0;

  for (guint i = 0; i < width; i++)
    value = value << 8 | data[big ? i : width - 1 - i];
  return value;
}

static gboolean
read_record (const guint8 *data, gsize length, gsize at, gboolean big, Record *record)
{
  if (at > length || length - at < RECORD_HEADER)
    return FALSE;
  const guint type = get (data + at, big, 2);
  record->type = type & TYPE_MASK;
  record->superseded = (type & ~(guint)TYPE_MASK) != 0;
  record->length = get (data + at + 4, big, 4);
  record->at = at + RECORD_HEADER;
  return TRUE;
}

/* The first record as a wave, or as variables whose own version is 1 or 2. */
static int
score_order (const guint8 *head, gsize length, gsize size, gboolean big)
{
  Record record = {0}, next = {0};

  if (!read_record (head, length, 0, big, &record) || record.length > size - RECORD_HEADER)
    return 0;
  if (record.type == WAVE) {
    const int score = xps_igor_score_wave (head + RECORD_HEADER, length - RECORD_HEADER);
    return score == 100 ? 100 : score * 2;
  }
  if (record.type != VARIABLES || record.length < 2 || length < RECORD_HEADER + 2)
    return 0;
  const guint version = get (head + RECORD_HEADER, big, 2);
  if (version < 1 || version > 2)
    return 0;
  const gsize end = record.at + record.length;
  if (!read_record (head, length, end, big, &next))
    return end == size ? 40 : 20;
  return next.type > 0 && next.type <= LAST_TYPE && next.length <= size - next.at ? 80 : 0;
}

static int
score_packed (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  return MAX (score_order (head, head_length, size, FALSE), score_order (head, head_length, size, TRUE));
}

static void
enter_folder (Reader *self, const Record *record)
{
  const char *name = (const char *)self->data + record->at;

  if (self->folders->len < MOST_FOLDERS)
    g_ptr_array_add (self->folders, xps_text_dup_printable (
                                        name, (gssize)strnlen (name, MIN (record->length, FOLDER_NAME))));
}

static void
leave_folder (Reader *self)
{
  if (self->folders->len > 0)
    g_ptr_array_remove_index (self->folders, self->folders->len - 1);
}

static char *
dup_folder (const Reader *self)
{
  GString *path = g_string_new (NULL);

  for (guint i = 0; i < self->folders->len; i++)
    g_string_append_printf (path, "%s%s", i > 0 ? ":" : "", (char *)g_ptr_array_index (self->folders, i));
  return g_string_free (path, FALSE);
}

/* Waves that are no spectra (text, complex numbers) stand beside those that are. */
static void
read_wave (Reader *self, const Record *record)
{
  g_autoptr (GError) error = NULL;
  const guint n_before = self->images->len;

  if (!xps_igor_read_wave (self->data + record->at, record->length, record->at, &self->budget, self->file,
                           self->images, &error)) {
    const char *message = error->message;
    const gsize path = strlen (self->file->path);
    if (strncmp (message, self->file->path, path) == 0 && g_str_has_prefix (message + path, ": "))
      message += path + 2;
    if (++self->n_failed <= MOST_WARNINGS)
      g_ptr_array_add (self->file->warnings, xps_text_printf (_ ("a wave is left out: %s"), message));
    if (self->first_error == NULL)
      self->first_error = g_steal_pointer (&error);
    return;
  }
  if (self->folders->len == 0)
    return;
  XpsImage *image = g_ptr_array_index (self->images, n_before);
  g_autofree char *folder = dup_folder (self);
  xps_acquisition_add_key (image->record, "Data folder", folder);
}

static gboolean
read_records (Reader *self, GError **error)
{
  Record record = {0};
  gsize at = 0;

  for (; read_record (self->data, self->size, at, self->big, &record); at = record.at + record.length) {
    if (record.length > self->size - record.at) {
      g_autofree char *place = g_strdup_printf ("byte %" G_GSIZE_FORMAT, at);
      g_autofree char *what = xps_text_printf (_ ("a record of %zu bytes expected, found %zu bytes"),
                                               record.length, self->size - record.at);
      if (self->images->len == 0)
        return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, self->file->path, place,
                              what, N_ ("the file was cut off: copy or save it again"));
      g_ptr_array_add (self->file->warnings,
                       xps_text_printf (_ ("%s: %s: the file was cut off"), place, what));
      return TRUE;
    }
    if (record.type == FOLDER_START)
      enter_folder (self, &record);
    else if (record.type == FOLDER_END)
      leave_folder (self);
    else if (record.type == WAVE && !record.superseded)
      read_wave (self, &record);
    else
      self->n_skipped++;
  }
  if (at < self->size)
    g_ptr_array_add (self->file->warnings,
                     xps_text_printf (_ ("byte %zu: something follows the last record"), at));
  return TRUE;
}

static gboolean
finish (Reader *self, GError **error)
{
  if (self->n_failed > MOST_WARNINGS)
    g_ptr_array_add (self->file->warnings,
                     xps_text_printf (_ ("%u more waves are left out"), self->n_failed - MOST_WARNINGS));
  if (self->n_skipped > 0)
    g_ptr_array_add (self->file->notes,
                     xps_text_printf (_ ("%u records of the experiment are no waves (variables, history, "
                                         "procedures, superseded ones) and are left out"),
                                      self->n_skipped));
  xps_image_add_spectra (self->images, &self->budget, self->file);
  if (self->file->spectra->len > 0)
    return TRUE;
  if (self->first_error == NULL)
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_EMPTY, self->file->path, NULL,
                          N_ ("no wave with finite values in the experiment"),
                          N_ ("save the waves of spectra"));
  g_propagate_error (error, g_steal_pointer (&self->first_error));
  return FALSE;
}

static gboolean
read_packed (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file};

  self.data = g_bytes_get_data (bytes, &self.size);
  self.big = score_order (self.data, self.size, self.size, TRUE) >
             score_order (self.data, self.size, self.size, FALSE);
  self.images = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_image_free);
  self.folders = g_ptr_array_new_with_free_func (g_free);
  xps_read_options_init_budget (options, self.size, &self.budget);
  const gboolean done = read_records (&self, error) && finish (&self, error);
  g_ptr_array_unref (self.images);
  g_ptr_array_unref (self.folders);
  g_clear_error (&self.first_error);
  return done;
}

static const char *const suffixes[] = {"pxt", "pxp", NULL};

const XpsFormat xps_format_igor_pxt = {
    .id = "igor-pxt",
    .title = "Igor Pro packed experiment (.pxt, .pxp)",
    .suffixes = suffixes,
    .score = score_packed,
    .read = read_packed,
};
