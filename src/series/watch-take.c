/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "series/watch-private.h"

/* A file that nobody wrote to for a while: is it whole, and what is new in it? */

#define SLOWEST 60 /* times `settle`: between two tries at a file that cannot be read */

/* ---- spectra by their numbers ---- */

char *
xps_watch_dup_mark (const XpsSpectrum *spectrum)
{
  const gsize n = xps_spectrum_get_n (spectrum);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, (const guchar *)xps_spectrum_get_energy (spectrum), (gssize)(n * sizeof (double)));
  g_checksum_update (sum, (const guchar *)xps_spectrum_get_intensity (spectrum),
                     (gssize)(n * sizeof (double)));
  return g_strndup (g_checksum_get_string (sum), 32);
}

/* Counts that are all the same (a shutter, no beam) say nothing about which frame they are. */
static gboolean
is_blank (const XpsSpectrum *spectrum)
{
  const double *intensity = xps_spectrum_get_intensity (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);
  for (gsize i = 1; i < n; i++)
    if (intensity[i] != intensity[0])
      return FALSE;
  return TRUE;
}

static char *
dup_blank_key (const char *mark, const char *path)
{
  return g_strconcat (mark, " ", path != NULL ? path : "", NULL);
}

void
xps_watch_know (XpsWatch *self, const char *path, const XpsSpectrum *spectrum)
{
  g_autofree char *mark = xps_watch_dup_mark (spectrum);
  g_autofree char *whole = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
  if (!is_blank (spectrum)) {
    g_hash_table_replace (self->marks, g_steal_pointer (&mark), g_strdup (whole != NULL ? whole : ""));
    return;
  }
  char *key = dup_blank_key (mark, whole);
  const guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->blanks, key));
  g_hash_table_replace (self->blanks, key, GUINT_TO_POINTER (known + 1));
}

/* Places of what was not taken before. `seen`: marks of everything in the file. */
static GArray *
find_fresh (const XpsWatch *self, const char *path, const GPtrArray *spectra, GHashTable *seen)
{
  GArray *fresh = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GHashTable) blanks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < spectra->len; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (spectra, i);
    char *mark = xps_watch_dup_mark (spectrum);
    gboolean known = g_hash_table_contains (self->marks, mark) || g_hash_table_contains (seen, mark);
    if (is_blank (spectrum)) {
      char *key = dup_blank_key (mark, path);
      const guint count = GPOINTER_TO_UINT (g_hash_table_lookup (blanks, key)) + 1;
      known = count <= GPOINTER_TO_UINT (g_hash_table_lookup (self->blanks, key));
      g_hash_table_replace (blanks, key, GUINT_TO_POINTER (count));
    }
    if (!known)
      g_array_append_val (fresh, i);
    g_hash_table_add (seen, mark);
  }
  return fresh;
}

/* Whether all that was taken from the file is in it still. */
static gboolean
holds_old (const XpsWatch *self, const char *path, GHashTable *seen)
{
  GHashTableIter iter;
  gpointer mark, from;
  g_hash_table_iter_init (&iter, self->marks);
  while (g_hash_table_iter_next (&iter, &mark, &from))
    if (strcmp (from, path) == 0 && !g_hash_table_contains (seen, mark))
      return FALSE;
  return TRUE;
}

/* ---- whole or not ---- */

/* A file that breaks off has the first energies of those before it and fewer points. Readers may turn the
 * order round, hence both ends. New string. */
static char *
dup_grid (const XpsSpectrum *spectrum, gboolean from_end)
{
  const double *energy = xps_spectrum_get_energy (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);
  if (n < 2)
    return NULL;
  const double first = from_end ? energy[n - 1] : energy[0], next = from_end ? energy[n - 2] : energy[1];
  return xps_text_printf ("%.7g %.4g", first, next - first);
}

static gboolean
is_short (const XpsWatch *self, const XpsSpectrum *spectrum)
{
  for (int end = 0; end < 2; end++) {
    g_autofree char *grid = dup_grid (spectrum, end == 1);
    if (grid != NULL &&
        xps_spectrum_get_n (spectrum) < GPOINTER_TO_SIZE (g_hash_table_lookup (self->lengths, grid)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
ends_in_line (const char *path)
{
  FILE *file = fopen (path, "rb");
  if (file == NULL)
    return FALSE;
  const int last = fseek (file, -1, SEEK_END) == 0 ? fgetc (file) : EOF;
  fclose (file);
  return last == '\n' || last == '\r';
}

static const char *
get_ending (const char *path)
{
  const char *dot = strrchr (path, '.');
  return dot != NULL ? dot : "";
}

/* A sentence why the file looks like a part of one, or NULL. */
static char *
dup_doubt (const XpsWatch *self, const char *path, const XpsWatchContent *content, const GArray *fresh)
{
  if (g_hash_table_contains (self->endings, get_ending (path)) && !ends_in_line (path))
    return xps_text_printf (_ ("%s: its last line has no end, unlike the files before it"), path);
  for (guint i = 0; i < fresh->len; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (content->spectra, g_array_index (fresh, gsize, i));
    if (is_short (self, spectrum))
      return xps_text_printf (_ ("%s: it has fewer points than the files before it"), path);
  }
  return NULL;
}

static void
remember (XpsWatch *self, const char *path, const XpsWatchContent *content, const GArray *fresh)
{
  if (ends_in_line (path))
    g_hash_table_add (self->endings, g_strdup (get_ending (path)));
  for (guint i = 0; i < fresh->len; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (content->spectra, g_array_index (fresh, gsize, i));
    xps_watch_know (self, path, spectrum);
    for (int end = 0; end < 2; end++) {
      char *grid = dup_grid (spectrum, end == 1);
      if (grid != NULL)
        g_hash_table_replace (self->lengths, grid, GSIZE_TO_POINTER (xps_spectrum_get_n (spectrum)));
    }
  }
}

/* ---- one file ---- */

/* Later each time; told once. */
static void
put_off (XpsWatch *self, XpsWatchEntry *entry, gint64 now, const char *why, GPtrArray *events)
{
  entry->tries++;
  entry->next = now + self->settle * (gint64)MIN (1u << MIN (entry->tries, 10), SLOWEST);
  if (entry->told || why == NULL || now - entry->since < self->patience)
    return;
  entry->told = TRUE;
  char *message = xps_text_printf (_ ("%s; it is tried again"), why);
  g_ptr_array_add (events, xps_watch_event_new (XPS_WATCH_UNREADABLE, entry->path, message));
}

static char *
dup_message (const XpsWatch *self, const char *path, XpsWatchKind kind, const char *origin, const char *doubt)
{
  if (kind == XPS_WATCH_REPLACED)
    return xps_text_printf (
        _ ("%s now holds other data: what was taken from it stays, the new data follow as a "
           "further step"),
        path);
  if (kind == XPS_WATCH_KNOWN)
    return xps_text_printf (_ ("%s holds the same numbers as %s: not taken again"), path, origin);
  return doubt != NULL ? xps_text_printf (_ ("%s; it is taken as it is"), doubt) : NULL;
}

/* Another file that holds the same; NULL: the file itself does, or the other one is gone (it was renamed), or
 * nobody knows. */
static const char *
find_origin (const XpsWatch *self, const char *path, const GPtrArray *spectra)
{
  if (spectra->len == 0)
    return NULL;
  g_autofree char *mark = xps_watch_dup_mark (g_ptr_array_index (spectra, 0));
  const char *origin = g_hash_table_lookup (self->marks, mark);
  XpsWatchStamp stamp;
  return origin != NULL && strcmp (origin, path) != 0 && xps_watch_stamp (origin, &stamp) ? origin : NULL;
}

static void
take_content (XpsWatch *self, XpsWatchEntry *entry, XpsWatchContent *take, GArray *take_fresh,
              gboolean replaced, const char *doubt, GPtrArray *events)
{
  const char *origin = take_fresh->len == 0 ? find_origin (self, entry->path, take->spectra) : NULL;
  const XpsWatchKind kind = take_fresh->len == 0 ? XPS_WATCH_KNOWN
                            : replaced           ? XPS_WATCH_REPLACED
                                                 : XPS_WATCH_TAKEN;
  entry->done = TRUE;
  entry->taken |= take_fresh->len > 0;
  remember (self, entry->path, take, take_fresh);
  if (kind == XPS_WATCH_KNOWN && origin == NULL) {
    xps_watch_content_free (take);
    g_array_unref (take_fresh);
    return;
  }
  char *message = dup_message (self, entry->path, kind, origin, doubt);
  XpsWatchEvent *event = xps_watch_event_new (kind, entry->path, message);
  event->content = take;
  event->fresh = take_fresh;
  g_ptr_array_add (events, event);
}

static gboolean
is_unchanged (const XpsWatchEntry *entry)
{
  XpsWatchStamp now;
  return xps_watch_stamp (entry->path, &now) && now.size == entry->stamp.size &&
         now.seconds == entry->stamp.seconds && now.nanoseconds == entry->stamp.nanoseconds &&
         now.inode == entry->stamp.inode;
}

void
xps_watch_take (XpsWatch *self, XpsWatchEntry *entry, gint64 now, GPtrArray *events)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  XpsWatchContent *content = self->read (entry->path, self->user_data, &error);
  if (content == NULL || !is_unchanged (entry)) {
    put_off (self, entry, now, error != NULL ? error->message : NULL, events);
    xps_watch_content_free (content);
    return;
  }
  GArray *fresh = find_fresh (self, entry->path, content->spectra, seen);
  g_autofree char *doubt = dup_doubt (self, entry->path, content, fresh);
  if (doubt != NULL && fresh->len > 0 && now - entry->since < self->patience) {
    put_off (self, entry, now, NULL, events);
    entry->next = MIN (entry->next, entry->since + self->patience);
    xps_watch_content_free (content);
    g_array_unref (fresh);
    return;
  }
  const gboolean replaced = entry->taken && !holds_old (self, entry->path, seen);
  take_content (self, entry, content, fresh, replaced, doubt, events);
}
