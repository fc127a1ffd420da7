/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"

#include "base/text.h"
#include "formats/archive.h"
#include "formats/rows.h"

/* A tar of measured files: ustar, GNU's and pax' long names. Sizes and links are those of IEEE Std 1003.1
 * (pax, "ustar Interchange Format"); members share the archive's memory. */

#define BLOCK     512
#define NAME      100
#define SIZE      124
#define SUM       148
#define TYPE      156
#define MAGIC     257
#define PREFIX    345
#define PREFIX_N  155
#define LONG_NAME 65536

typedef struct {
  char *name;
  gsize at, size;
} Member;

typedef struct {
  const guint8 *data;
  gsize size;
  XpsFile *file;
  XpsMemoryBudget *budget;
  GPtrArray *members;
  char *next_name; /* of an extended header, for the member that follows */
  GError **error;
} Reader;

static void
free_member (gpointer data)
{
  Member *member = data;

  g_free (member->name);
  g_free (member);
}

static gboolean
read_octal (const guint8 *field, gsize length, guint64 *value)
{
  gsize i = 0;

  *value = 0;
  while (i < length && field[i] == ' ')
    i++;
  const gsize first = i;
  for (; i < length && field[i] >= '0' && field[i] <= '7'; i++) {
    if (*value > G_MAXUINT64 >> 3)
      return FALSE;
    *value = *value << 3 | (guint64)(field[i] - '0');
  }
  return i > first && (i == length || field[i] == ' ' || field[i] == '\0');
}

/* GNU writes sizes from 8 GiB in base 256; no file here is that large. */
static gboolean
is_header (const guint8 *block)
{
  guint64 said = 0, sum = 0;

  if (block[0] == '\0' || !read_octal (block + SUM, 8, &said))
    return FALSE;
  for (gsize i = 0; i < BLOCK; i++)
    sum += i >= SUM && i < SUM + 8 ? ' ' : block[i];
  return sum == said;
}

static int
score_tar (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  if (head_length < BLOCK || !is_header (head))
    return 0;
  return memcmp (head + MAGIC, "ustar", 5) == 0 ? 95 : 60;
}

static gboolean
fail (Reader *self, XpsFormatsError code, gsize at, const char *what)
{
  g_autofree char *place = g_strdup_printf (_ ("byte %zu"), at);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what,
                        N_ ("the archive was cut off or is damaged: make it again"));
}

static char *
dup_text (const guint8 *field, gsize length)
{
  return g_utf8_make_valid ((const char *)field, (gssize)strnlen ((const char *)field, length));
}

static char *
dup_name (const guint8 *block)
{
  g_autofree char *name = dup_text (block, NAME);

  if (memcmp (block + MAGIC, "ustar\0", 6) != 0 || block[PREFIX] == '\0')
    return g_steal_pointer (&name);
  g_autofree char *prefix = dup_text (block + PREFIX, PREFIX_N);
  return g_strdup_printf ("%s/%s", prefix, name);
}

/* Records "length key=value\n" of a pax header. */
static void
read_pax (Reader *self, const guint8 *text, gsize length)
{
  while (length > 0) {
    gsize n = 0, i = 0;
    for (; i < length && g_ascii_isdigit (text[i]) && n < LONG_NAME * 2; i++)
      n = 10 * n + (gsize)(text[i] - '0');
    if (i == 0 || i >= length || text[i] != ' ' || n <= i + 1 || n > length)
      return;
    const guint8 *pair = text + i + 1;
    const gsize rest = n - i - 1;
    if (rest > 6 && memcmp (pair, "path=", 5) == 0) {
      g_free (self->next_name);
      self->next_name = dup_text (pair + 5, rest - 6);
    }
    text += n;
    length -= n;
  }
}

static gboolean
take_member (Reader *self, const guint8 *block, gsize at, gsize size)
{
  const char type = (char)block[TYPE];

  if (type == 'L' && size < LONG_NAME) {
    g_free (self->next_name);
    self->next_name = dup_text (self->data + at, size);
    return TRUE;
  }
  if (type == 'x' && size < LONG_NAME) {
    read_pax (self, self->data + at, size);
    return TRUE;
  }
  g_autofree char *name = self->next_name != NULL ? g_steal_pointer (&self->next_name) : dup_name (block);
  if ((type != '0' && type != '\0' && type != '7') || g_str_has_suffix (name, "/"))
    return TRUE;
  if (!xps_memory_take (self->budget, sizeof (Member) + strlen (name) + 64))
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, at - BLOCK,
                 N_ ("more members than such an archive can hold"));
  Member *member = g_new (Member, 1);
  const char *shown = name;
  while (g_str_has_prefix (shown, "./"))
    shown += 2;
  *member = (Member){g_strdup (shown), at, size};
  g_ptr_array_add (self->members, member);
  return TRUE;
}

static gboolean
read_members (Reader *self)
{
  guint64 size = 0;

  for (gsize at = 0; self->size - at >= BLOCK;) {
    const guint8 *block = self->data + at;
    /* two empty blocks end an archive; one is enough to know */
    if (block[0] == '\0')
      return TRUE;
    if (!is_header (block) || !read_octal (block + SIZE, 12, &size))
      return fail (self, XPS_FORMATS_ERROR_MALFORMED, at, N_ ("a member's header expected, found none"));
    at += BLOCK;
    if (size > self->size - at) {
      /* what came before the cut is still good */
      if (self->members->len == 0)
        return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, at, N_ ("the archive ends amid a member"));
      g_ptr_array_add (self->file->warnings,
                       xps_text_printf (_ ("byte %zu: the archive ends amid a member"), at));
      return TRUE;
    }
    if (!take_member (self, block, at, (gsize)size))
      return FALSE;
    const gsize padded = ((gsize)size + BLOCK - 1) / BLOCK * BLOCK;
    at += MIN (padded, self->size - at);
  }
  return TRUE;
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const Member *const *x = a;
  const Member *const *y = b;
  return xps_archive_compare_names ((*x)->name, (*y)->name);
}

static void
add_members (Reader *self, GBytes *bytes, XpsArchive *archive)
{
  g_ptr_array_sort (self->members, compare_members);
  for (guint i = 0; i < self->members->len; i++) {
    const Member *member = g_ptr_array_index (self->members, i);
    if (xps_archive_is_hidden (member->name))
      continue;
    g_autoptr (GBytes) content = g_bytes_new_from_bytes (bytes, member->at, member->size);
    xps_archive_add (archive, member->name, content);
  }
}

static gboolean
read_tar (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  XpsMemoryBudget budget;
  XpsArchive archive;
  Reader self = {.file = file, .budget = &budget, .error = error};

  if (options->depth >= XPS_ARCHIVE_DEPTH)
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, file->path, NULL,
                          N_ ("archives inside archives too deep"), N_ ("unpack it"));
  self.data = g_bytes_get_data (bytes, &self.size);
  self.members = g_ptr_array_new_with_free_func (free_member);
  xps_read_options_init_budget (options, self.size, &budget);
  gboolean done = read_members (&self);
  if (done) {
    xps_archive_init (&archive, file, options, &budget);
    add_members (&self, bytes, &archive);
    done = xps_archive_finish (&archive, error);
  }
  g_ptr_array_unref (self.members);
  g_free (self.next_name);
  return done;
}

static const char *const suffixes[] = {"tar", NULL};

const XpsFormat xps_format_tar = {
    .id = "tar",
    .title = "tar archive of measured files",
    .suffixes = suffixes,
    .score = score_tar,
    .read = read_tar,
};
