/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "formats/decode.h"
#include "formats/vamas-private.h"
#include "base/text.h"

/* VAMAS, ISO 14976. Read from measured files: modes NORM and MAP, REGULAR and IRREGULAR scans, as CasaXPS,
 * Kratos, SPECS, MultiPak and others write them. Not seen in a real file, read as the standard has them and
 * tried on files made after it: the other modes, MAPPING scans, lists of parameters that later blocks have or
 * lack. */

static int
score_vamas (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  const XpsSpan start = {.text = (const char *)head, .length = head_length, .line = 1};
  gsize i = 0;

  if (xps_span_has_prefix (start, "\xEF\xBB\xBF"))
    i = 3;
  while (i < head_length && g_ascii_isspace (head[i]))
    i++;
  return xps_span_has_prefix (xps_span_slice (start, i, head_length), XPS_VAMAS_MAGIC) ? 100 : 0;
}

static int
find_word (XpsVamas *self, const char *what, const char *const *words, guint n)
{
  const XpsSpan line = xps_vamas_take_text (self, what);

  for (guint i = 0; i < n && self->error == NULL; i++)
    if (xps_span_equal_nocase (line, words[i]))
      return (int)i;
  g_autofree char *found = xps_text_dup_excerpt (line.text, (gssize)line.length, 40);
  g_autofree char *sentence =
      xps_text_printf (_ ("%s expected (like %s), found \"%s\""), what, words[0], found);
  xps_vamas_fail (self, XPS_FORMATS_ERROR_MALFORMED, line.line, sentence,
                  N_ ("a line is missing or added before this one: export the file again"));
  return 0;
}

static void
read_modes (XpsVamas *self)
{
  static const char *const modes[] = {"MAP", "MAPDP", "MAPSV", "MAPSVDP", "NORM",
                                      "SDP", "SDPSV", "SEM",   "NOEXP"};
  static const char *const scans[] = {"REGULAR", "IRREGULAR", "MAPPING"};

  self->mode = (XpsVamasMode)find_word (self, "experiment mode", modes, G_N_ELEMENTS (modes));
  self->scan = (XpsVamasScan)find_word (self, "scan mode", scans, G_N_ELEMENTS (scans));
  const gboolean map = self->mode == XPS_VAMAS_MAP || self->mode == XPS_VAMAS_MAPDP;
  if (map || self->mode == XPS_VAMAS_NORM || self->mode == XPS_VAMAS_SDP)
    xps_vamas_take_number (self, "number of spectral regions");
  if (!map)
    return;
  xps_vamas_take_number (self, "number of analysis positions");
  xps_vamas_take_number (self, "number of x coordinates");
  xps_vamas_take_number (self, "number of y coordinates");
}

static void
read_list (XpsVamas *self)
{
  const int n = xps_vamas_take_integer (self, "number of entries in the inclusion or exclusion list");
  guint n_unknown = 0;

  self->list_sign = (n > 0) - (n < 0);
  for (gint64 i = 0; i < ABS ((gint64)n) && self->error == NULL; i++) {
    const int parameter = xps_vamas_take_integer (self, "parameter number");
    const gboolean known = parameter >= 1 && parameter <= XPS_VAMAS_N_PARAMETERS;
    if (known)
      self->listed[parameter] = TRUE;
    else if (self->error == NULL && n_unknown++ == 0)
      xps_vamas_warn (self, self->lines.line, _ ("there is no parameter %d to include or exclude (1 to 40)"),
                      parameter);
  }
}

static void
keep_comment (XpsVamas *self)
{
  XpsLines at = self->comment.at;
  XpsSpan line = {0};
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < self->comment.n; i++) {
    xps_lines_next (&at, &line);
    g_autofree char *copy = xps_span_dup (xps_span_trim (line));
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", copy);
  }
  self->file->comment = g_string_free (text, text->len == 0);
}

/* Which program wrote the file, and which the data in it, as the comments tell. */
static void
read_program (XpsVamas *self)
{
  static const char *const creators[] = {"Created by ", "exported from "};
  XpsLines at = self->comment.at;
  XpsSpan line = {0};
  g_autofree char *creator = NULL;

  for (gsize i = 0; i < self->comment.n; i++) {
    xps_lines_next (&at, &line);
    line = xps_span_trim (line);
    if (self->program == NULL && xps_span_has_prefix (line, "Casa Info Follows "))
      self->program = xps_span_dup (xps_span_trim (xps_span_slice (line, 18, line.length)));
    for (guint k = 0; k < G_N_ELEMENTS (creators) && creator == NULL; k++)
      if (xps_span_has_prefix (line, creators[k]))
        creator = xps_span_dup (xps_span_trim (xps_span_slice (line, strlen (creators[k]), line.length)));
  }
  if (self->program != NULL && creator != NULL)
    self->file->software = g_strdup_printf ("%s (data by %s)", self->program, creator);
  else
    self->file->software = g_strdup (self->program != NULL ? self->program : creator);
}

static gboolean
read_header (XpsVamas *self)
{
  XpsSpan line = {0};

  /* Blank lines before the magic line were seen; they count for line numbers only. */
  while (xps_lines_next (&self->lines, &line) && xps_span_trim (line).length == 0)
    continue;
  if (!xps_span_has_prefix (xps_span_trim (line), XPS_VAMAS_MAGIC))
    return xps_vamas_fail (self, XPS_FORMATS_ERROR_MALFORMED, line.line,
                           N_ ("not the first line of a VAMAS file"), N_ ("name another format"));
  self->institution = xps_vamas_take_text (self, "institution");
  self->instrument = xps_vamas_take_text (self, "instrument model");
  self->operator_ = xps_vamas_take_text (self, "operator");
  self->experiment = xps_vamas_take_text (self, "experiment identifier");
  self->comment =
      xps_vamas_take_list (self, xps_vamas_take_count (self, "number of comment lines"), 1, "comment");
  read_modes (self);
  self->variables =
      xps_vamas_take_list (self, xps_vamas_take_count (self, "number of experimental variables"), 2,
                           "label or unit of an experimental variable");
  read_list (self);
  xps_vamas_take_list (self, xps_vamas_take_count (self, "number of manually entered items"), 1,
                       "manually entered item");
  const gsize n_future = xps_vamas_take_count (self, "number of future upgrade experiment entries");
  self->n_future = xps_vamas_take_count (self, "number of future upgrade block entries");
  xps_vamas_take_list (self, n_future, 1, "future upgrade experiment entry");
  self->n_blocks = xps_vamas_take_count (self, "number of blocks");
  if (self->error != NULL)
    return FALSE;
  keep_comment (self);
  read_program (self);
  self->file->instrument = self->instrument.length > 0 ? xps_span_dup (self->instrument) : NULL;
  return TRUE;
}

static gboolean
is_terminator (XpsSpan line)
{
  return xps_span_equal_nocase (xps_span_trim (line), "end of experiment");
}

/* An empty line may be a block's name, so only the terminator or the end of the text ends the blocks. */
static gboolean
at_end (const XpsVamas *self)
{
  XpsLines ahead = self->lines;
  XpsSpan line = {0};

  if (!xps_lines_next (&ahead, &line))
    return TRUE;
  return is_terminator (line);
}

static gboolean
read_blocks (XpsVamas *self)
{
  XpsVamasBlock block;

  for (gsize i = 0; i < self->n_blocks; i++) {
    if (at_end (self)) {
      xps_vamas_warn (self, self->lines.line, _ ("the header declares %zu blocks, the file holds %zu"),
                      self->n_blocks, i);
      return self->error == NULL;
    }
    if (!xps_vamas_read_block (self, &block))
      return FALSE;
    XpsSpectrum *spectrum = xps_vamas_read_spectrum (self, &block);
    if (self->error != NULL) {
      xps_spectrum_unref (spectrum);
      return FALSE;
    }
    if (spectrum == NULL)
      continue;
    g_ptr_array_add (self->file->spectra, spectrum);
    xps_vamas_check_spectrum (self, &block, spectrum);
  }
  return self->error == NULL;
}

static void
check_rest (XpsVamas *self)
{
  XpsSpan line = {0};

  while (xps_lines_next (&self->lines, &line)) {
    if (is_terminator (line))
      return;
    if (xps_span_trim (line).length == 0)
      continue;
    xps_vamas_warn (
        self, line.line,
        _ ("text behind the last of the %zu declared blocks is not read: more blocks than the header says?"),
        self->n_blocks);
    return;
  }
  g_ptr_array_add (self->file->notes, g_strdup (_ ("the file ends without \"end of experiment\"")));
}

static gboolean
read_vamas (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  XpsVamas self = {.file = file, .options = options};
  XpsDecoded decoded = {0};

  if (!xps_decode (bytes, &decoded)) {
    g_set_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, _ ("%s: no memory to decode it"),
                 file->path);
    return FALSE;
  }
  xps_read_options_init_budget (options, g_bytes_get_size (bytes), &self.budget);
  /* Old Macintosh files end their lines with CR alone; a stray CR in other files is part of a text. */
  const gboolean cr_alone = decoded.length == 0 || memchr (decoded.text, '\n', decoded.length) == NULL;
  xps_lines_init (&self.lines, decoded.text, decoded.length, cr_alone);
  if (read_header (&self) && read_blocks (&self)) {
    check_rest (&self);
    xps_vamas_check_file (&self);
  }
  if (self.error == NULL && file->spectra->len == 0)
    xps_vamas_fail (&self, XPS_FORMATS_ERROR_EMPTY, self.lines.line, N_ ("no block with values in the file"),
                    N_ ("export the spectra again"));
  xps_decoded_clear (&decoded);
  g_free (self.program);
  if (self.error == NULL)
    return TRUE;
  g_propagate_error (error, self.error);
  return FALSE;
}

static const char *const suffixes[] = {"vms", "npl", "vamas", NULL};

const XpsFormat xps_format_vamas = {
    .id = "vamas",
    .title = "VAMAS (ISO 14976)",
    .suffixes = suffixes,
    .score = score_vamas,
    .read = read_vamas,
    .write = xps_vamas_write,
};
