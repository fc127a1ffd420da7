/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/formats.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "formats/checks.h"
#include "formats/folder.h"
#include "formats/potentiostat.h"
#include "formats/rows.h"

/* Bytes at either end of a file that are shown to the rows. */
#define SAMPLE 4096
/* A row that is surer than this knows the file by what it says, whatever else begins with the same bytes. */
#define SURE 50
/* What archives may always unpack; longer files get XPS_MEMORY_FACTOR times their size. */
#define LEAST_UNPACK ((guint64)256 << 20)

G_DEFINE_QUARK (xps - formats - error - quark, xps_formats_error)

/* One a line. */
/* clang-format off */
static const XpsFormat *const formats[] = {
    &xps_format_vamas,
    &xps_format_specs_xy,
    &xps_format_specs_xml,
    &xps_format_specs_sle,
    &xps_format_scienta_txt,
    &xps_format_scienta_da30,
    &xps_format_igor_ibw,
    &xps_format_hdf5,
    &xps_format_igor_pxt,
    &xps_format_phi_spe,
    &xps_format_thermo_vgd,
    &xps_format_zip,
    &xps_format_tar,
    &xps_format_gzip,
    &xps_format_xlsx, &xps_format_kherve_json, &xps_format_casa_txt, &xps_format_phi_txt, &xps_format_omicron_eis, &xps_format_omicron_spectra, &xps_format_cassiopee, &xps_format_xls, &xps_format_text,
    &xps_format_csv,
    &xps_format_nxs,
};
/* clang-format on */

#define EXPORT   N_ ("export it as VAMAS or as columns of text")
#define UNPACK   N_ ("unpack it and open the folder that comes of it, or pack it as .zip or .tar.gz")
#define RESAVE   N_ ("save it as a workbook of Excel (.xlsx)")
#define MIMETYPE "mimetypeapplication/vnd."

/* Files that people will try, known by some of their first bytes: a message that names them says more than
 * "unknown". The first that fits counts. */
static const struct {
  const char *magic;
  gsize length, at;
  const char *what, *remedy;
} strangers[] = {
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, 0, N_ ("an OLE2 compound file (PHI .ASN, old Excel)"), EXPORT},
    {"%PDF-", 5, 0, N_ ("a PDF document"), EXPORT},
    {"\x89PNG", 4, 0, N_ ("a PNG picture"), EXPORT},
    {"\xFF\xD8\xFF", 3, 0, N_ ("a JPEG picture"), EXPORT},
    {"\xFD\x37zXZ", 6, 0, N_ ("an archive or a file packed with xz"), UNPACK},
    {"1AY&SY", 6, 4, N_ ("an archive or a file packed with bzip2"), UNPACK},
    {"\x28\xB5\x2F\xFD", 4, 0, N_ ("an archive or a file packed with zstd"), UNPACK},
    {"\x1F\x9D", 2, 0, N_ ("an archive or a file packed with compress (.Z)"), UNPACK},
    {"7z\xBC\xAF\x27\x1C", 6, 0, N_ ("a 7-Zip archive"), UNPACK},
    {"Rar!\x1A\x07", 6, 0, N_ ("a RAR archive"), UNPACK},
    {"PK\x07\x08", 4, 0, N_ ("a part of a zip archive in several parts"), UNPACK},
    {MIMETYPE "oasis.opendocument.spreadsheet", sizeof MIMETYPE + 29, 30, N_ ("an OpenDocument spreadsheet"),
     RESAVE},
    {MIMETYPE "sun.xml.calc", sizeof MIMETYPE + 11, 30, N_ ("an OpenOffice spreadsheet"), RESAVE},
};

const XpsFormat *const *
xps_formats_get (gsize *n)
{
  *n = G_N_ELEMENTS (formats);
  return formats;
}

void
xps_read_options_init (XpsReadOptions *options)
{
  *options = (XpsReadOptions){0};
}

void
xps_read_options_init_budget (const XpsReadOptions *options, gsize size, XpsMemoryBudget *budget)
{
  xps_memory_budget_init (budget, size);
  if (options->memory > 0)
    budget->left = MIN (budget->left, options->memory);
}

/* Its index in the table, or that table's length. */
static gsize
find_stranger (const guint8 *head, gsize length)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (strangers) &&
         (length < strangers[i].at + strangers[i].length ||
          memcmp (head + strangers[i].at, strangers[i].magic, strangers[i].length) != 0))
    i++;
  return i;
}

static const XpsFormat *
find_by_id (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i]->id, id) == 0 && formats[i]->read != NULL)
      return formats[i];
  return NULL;
}

static char *
dup_readers (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i]->read != NULL)
      g_string_append_printf (text, "%s%s", text->len == 0 ? _ ("there are: ") : ", ", formats[i]->id);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const XpsFormat *
find_by_content (const guint8 *data, gsize size, int least)
{
  const gsize n = MIN (size, SAMPLE);
  const XpsFormat *best = NULL;
  int best_score = least;

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    const int score = formats[i]->score == NULL ? 0 : formats[i]->score (data, n, data + size - n, n, size);
    if (score <= best_score)
      continue;
    best = formats[i];
    best_score = score;
  }
  return best;
}

static const XpsFormat *
choose_format (GBytes *bytes, const char *name, const XpsReadOptions *options, GError **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size == 0) {
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_EMPTY, name, NULL, N_ ("the file is empty"),
                   N_ ("copy or export it again"));
    return NULL;
  }
  if (options->format != NULL) {
    const XpsFormat *forced = find_by_id (options->format);
    g_autofree char *what = xps_text_printf (_ ("no reader \"%s\""), options->format);
    g_autofree char *remedy = dup_readers ();
    if (forced == NULL)
      xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN, name, NULL, what, remedy);
    return forced;
  }
  const gsize stranger = find_stranger (data, MIN (size, SAMPLE));
  const gboolean strange = stranger < G_N_ELEMENTS (strangers);
  const XpsFormat *found = find_by_content (data, size, strange ? SURE : 0);
  if (found != NULL)
    return found;
  g_autofree char *what = strange ? xps_text_printf (_ ("%s, which is not a format this version reads"),
                                                     _ (strangers[stranger].what))
                                  : g_strdup (_ ("not a format this version reads"));
  xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN, name, "byte 0", what,
                 strange ? strangers[stranger].remedy : EXPORT);
  return NULL;
}

XpsFile *
xps_file_open_bytes (GBytes *bytes, const char *name, const XpsReadOptions *options, GError **error)
{
  XpsReadOptions counted;
  guint64 unpack = MAX (LEAST_UNPACK, (guint64)g_bytes_get_size (bytes) * XPS_MEMORY_FACTOR);

  xps_read_options_init (&counted);
  if (options != NULL)
    counted = *options;
  if (counted.unpack == NULL)
    counted.unpack = &unpack;
  options = &counted;
  const XpsFormat *format = choose_format (bytes, name, options, error);
  if (format == NULL)
    return NULL;
  if (format == &xps_format_text && options->format == NULL && xps_potentiostat_log_is_one (bytes)) {
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN, name, NULL,
                   N_ ("a potentiostat's log, no spectrum"), N_ ("it goes with a series of spectra"));
    return NULL;
  }

  g_autoptr (XpsFile) file = xps_file_new (name, format->id);
  if (!format->read (bytes, file, options, error))
    return NULL;
  /* Members of an archive are checked with the others, under the archive's numbers. */
  if (options->depth == 0)
    xps_check_file (file);
  file->sha256 = xps_file_dup_sha256 (bytes);
  return g_steal_pointer (&file);
}

XpsFile *
xps_file_open (const char *path, const XpsReadOptions *options, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return xps_folder_open (path, options, error);
  g_autoptr (GBytes) bytes = xps_file_read (path, error);
  return bytes != NULL ? xps_file_open_bytes (bytes, path, options, error) : NULL;
}

const XpsFormat *
xps_formats_find_writer (const char *path, GError **error)
{
  const char *dot = strrchr (path, '.');
  g_autofree char *suffix = g_ascii_strdown (dot != NULL ? dot + 1 : "", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i]->write != NULL && g_strv_contains (formats[i]->suffixes, suffix))
      return formats[i];
  xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN, path, NULL,
                 N_ ("the ending does not name a format that can be written"), N_ ("use .vms, .csv or .nxs"));
  return NULL;
}

gboolean
xps_formats_write (const char *path, GPtrArray *spectra, GError **error)
{
  const XpsFormat *format = xps_formats_find_writer (path, error);
  if (format == NULL)
    return FALSE;
  g_autoptr (GBytes) bytes = format->write (spectra, error);
  if (bytes == NULL)
    return FALSE;
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  return xps_file_write (path, data, length, error);
}
