/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/archive.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/fields.h"
#include "formats/potentiostat.h"

#define MOST_LINES 100 /* of warnings, and of notes */

void
xps_archive_init (XpsArchive *self, XpsFile *file, const XpsReadOptions *options, XpsMemoryBudget *budget)
{
  *self = (XpsArchive){.file = file, .options = options, .budget = budget};
}

gboolean
xps_archive_is_hidden (const char *name)
{
  static const char *const leftovers[] = {"__MACOSX", "Thumbs.db", "desktop.ini", NULL};
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_strv_contains (leftovers, parts[i]) ||
        (parts[i][0] == '.' && strcmp (parts[i], ".") != 0 && strcmp (parts[i], "..") != 0))
      return TRUE;
  return FALSE;
}

/* ---- names ---- */

static int
compare_digits (const char **a, const char **b)
{
  *a += strspn (*a, "0");
  *b += strspn (*b, "0");
  const gsize n = strspn (*a, "0123456789"), m = strspn (*b, "0123456789");
  const int order = n != m ? (n > m) - (n < m) : memcmp (*a, *b, n);
  *a += n;
  *b += m;
  return order;
}

int
xps_archive_compare_names (const char *a, const char *b)
{
  const char *p = a, *q = b;

  while (*p != '\0' && *q != '\0') {
    int order = 0;
    if (g_ascii_isdigit (*p) && g_ascii_isdigit (*q)) {
      order = compare_digits (&p, &q);
    } else {
      order = (int)(guchar)g_ascii_tolower (*p) - (int)(guchar)g_ascii_tolower (*q);
      p++;
      q++;
    }
    if (order != 0)
      return order;
  }
  /* "01" and "1" are told apart by their bytes */
  return *p != *q ? (*p != '\0') - (*q != '\0') : strcmp (a, b);
}

/* ---- one member ---- */

static void
add_lines (XpsArchive *self, GPtrArray *to, const char *name, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    if (to->len >= MOST_LINES) {
      self->n_warnings += to == self->file->warnings;
      continue;
    }
    g_ptr_array_add (to, g_strdup_printf ("%s: %s", name, (const char *)g_ptr_array_index (lines, i)));
  }
}

static void
add_warning (XpsArchive *self, const char *name, const char *message)
{
  if (self->file->warnings->len >= MOST_LINES)
    self->n_warnings++;
  else
    g_ptr_array_add (self->file->warnings, g_strdup_printf ("%s: %s", name, message));
}

/* What follows "place: " in a message. */
static const char *
skip_place (const char *message, const char *place)
{
  const gsize length = strlen (place);
  const gboolean there = strncmp (message, place, length) == 0 && g_str_has_prefix (message + length, ": ");
  return there ? message + length + 2 : message;
}

/* The archive's own name stands before all its warnings. */
void
xps_archive_refuse (XpsArchive *self, const char *name, const char *reason)
{
  g_autofree char *shown = xps_text_dup_printable (name, -1);

  self->n_refused++;
  add_warning (self, shown, skip_place (skip_place (reason, self->file->path), name));
}

static gsize
get_cost (const XpsSpectrum *spectrum)
{
  const gsize columns = xps_spectrum_get_columns (spectrum)->len + 2;
  return columns * xps_spectrum_get_n (spectrum) * sizeof (double) +
         xps_fields_cost (xps_spectrum_get_acquisition (spectrum));
}

static char *
dup_stem (const char *name)
{
  char *stem = g_path_get_basename (name), *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  return stem;
}

/* An archive's member may be an archive: its own members' paths go on behind its name. */
static void
add_path (XpsAcquisition *record, const char *name)
{
  for (guint i = 0; i < record->keys->len; i++) {
    XpsKey *key = g_ptr_array_index (record->keys, i);
    if (strcmp (key->key, XPS_ARCHIVE_MEMBER) != 0)
      continue;
    char *path = g_strdup_printf ("%s/%s", name, key->value);
    g_free (key->value);
    key->value = path;
    return;
  }
  xps_acquisition_add_key (record, XPS_ARCHIVE_MEMBER, name);
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || text[0] == '\0';
}

static void
place (XpsArchive *self, const char *name, XpsSpectrum *take_spectrum)
{
  XpsSpectrumDraft draft = {0};
  g_autofree char *folder = g_path_get_dirname (name);

  xps_spectrum_take_apart (take_spectrum, &draft);
  if (is_empty (draft.sample)) {
    g_free (draft.sample);
    draft.sample = dup_stem (name);
  }
  if (is_empty (draft.group) && strcmp (folder, ".") != 0) {
    g_free (draft.group);
    draft.group = g_steal_pointer (&folder);
  }
  add_path (draft.acquisition, name);
  g_ptr_array_add (self->file->spectra, xps_spectrum_new (&draft));
}

/* FALSE where the results of this member are more than the archive may make of itself. */
static gboolean
take_spectra (XpsArchive *self, const char *name, XpsFile *member)
{
  gsize cost = 0;

  for (guint i = 0; i < member->spectra->len; i++)
    cost += get_cost (g_ptr_array_index (member->spectra, i)) + 2 * strlen (name);
  if (self->budget != NULL && !xps_memory_take (self->budget, cost))
    return FALSE;
  while (member->spectra->len > 0)
    place (self, name, g_ptr_array_steal_index (member->spectra, 0));
  return TRUE;
}

static void
read_member (XpsArchive *self, const char *name, GBytes *content)
{
  XpsReadOptions options = *self->options;
  g_autoptr (GError) error = NULL;

  options.format = NULL;
  options.depth++;
  options.memory = self->budget != NULL ? MAX (self->budget->left, (gsize)1) : 0;
  g_autoptr (XpsFile) member = xps_file_open_bytes (content, name, &options, &error);
  if (member == NULL) {
    xps_archive_refuse (self, name, error->message);
    return;
  }
  add_lines (self, self->file->warnings, name, member->warnings);
  add_lines (self, self->file->notes, name, member->notes);
  if (!take_spectra (self, name, member))
    xps_archive_refuse (self, name,
                        _ ("left out: more than a hundred times the archive's size would come of it"));
}

void
xps_archive_add (XpsArchive *self, const char *name, GBytes *content)
{
  g_autofree char *shown = xps_text_dup_printable (name, -1);

  if (g_bytes_get_size (content) == 0) {
    xps_archive_refuse (self, name, _ ("the file is empty"));
    return;
  }
  if (xps_potentiostat_log_is_one (content)) {
    if (self->file->notes->len < MOST_LINES)
      g_ptr_array_add (
          self->file->notes,
          xps_text_printf (_ ("%s: a potentiostat's log, which goes with a series of spectra"), shown));
    return;
  }
  read_member (self, shown, content);
}

gboolean
xps_archive_count (guint64 *left, guint64 size, const char *file, const char *place, GError **error)
{
  if (left == NULL)
    return TRUE;
  if (size > *left)
    return xps_error_set (
        error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, file, place,
        N_ ("with it, all that is unpacked would be more than a hundred times the file's size"),
        N_ ("unpack it"));
  *left -= size;
  return TRUE;
}

gboolean
xps_archive_finish (XpsArchive *self, GError **error)
{
  XpsFile *file = self->file;

  if (file->spectra->len == 0 && self->n_refused == 0 && file->warnings->len == 0 && file->notes->len == 0)
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_EMPTY, file->path, NULL,
                          N_ ("there is no file in it"), N_ ("copy or pack it again"));
  if (file->spectra->len == 0) {
    const char *first = file->warnings->len > 0 ? g_ptr_array_index (file->warnings, 0) : NULL;
    g_autofree char *said =
        xps_text_printf (ngettext ("no spectrum in it, %u file cannot be read",
                                   "no spectrum in it, %u files cannot be read", self->n_refused),
                         self->n_refused);
    g_autofree char *what = first != NULL ? g_strdup_printf ("%s (%s)", said, first) : g_strdup (said);
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_EMPTY, file->path, NULL, what, NULL);
  }
  if (self->n_warnings > 0)
    g_ptr_array_add (file->warnings,
                     xps_text_printf (_ ("%u further warnings are not listed"), self->n_warnings));
  return TRUE;
}
