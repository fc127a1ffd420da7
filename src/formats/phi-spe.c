/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/phi.h"

#include "formats/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "formats/axis.h"
#include "formats/decode.h"
#include "formats/fields.h"

/* PHI MultiPak .spe and .pro: a header of lines from SOFH to EOFH, then binary: four words, headers of 96
 * bytes, one a block, and the blocks. Read from measured files: spectra (f4, f8, u8) and depth profiles with
 * Al, Mg and Cr sources. Not seen in a real file: line scans, maps, angle profiles and several areas, which
 * are read where their blocks have the same layout. */

#define BLOCK_HEADER 96
#define FIRST_HEADER 16
#define HEADER_END   "\nEOFH"

/* Words of a block's header. */
enum {
  WORD_REGION = 3,
  WORD_AREA = 4,
  WORD_POINTS = 5,
  WORD_CYCLES = 6,
  WORD_KIND = 8,
  WORD_UNIT = 14,
  WORD_TYPE = 18,
  WORD_BYTES = 19,
  WORD_OFFSET = 20,
};

typedef struct {
  guint32 word[BLOCK_HEADER / 4];
  gsize at; /* of the values in the file */
  gsize width;
} Block;

typedef struct {
  const guint8 *data;
  gsize size;
  gsize binary; /* where the binary part begins */
  XpsFile *file;
  XpsPhiHeader header;
  XpsMemoryBudget budget;
  const Block *times; /* sputter times, or NULL */
  gsize n_dropped;
  GError **error;
} Reader;

static int
score_phi (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  return head_length > 5 && memcmp (head, "SOFH", 4) == 0 && (head[4] == '\r' || head[4] == '\n') ? 100 : 0;
}

static gboolean
fail (Reader *self, XpsFormatsError code, gsize at, const char *what, const char *remedy)
{
  g_autofree char *place = xps_text_printf (_ ("byte %zu"), at);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

static gboolean
fail_line (Reader *self, guint line, const char *what)
{
  g_autofree char *place = xps_text_printf (_ ("line %u"), line);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_MALFORMED, self->file->path, place,
                        what, N_ ("save the file again in MultiPak"));
}

static gboolean
read_lines (Reader *self, const XpsDecoded *decoded)
{
  XpsLines lines;
  XpsSpan line = {0};

  xps_lines_init (&lines, decoded->text, decoded->length, FALSE);
  while (xps_lines_next (&lines, &line)) {
    line = xps_span_trim (line);
    if (!xps_phi_header_add_line (&self->header, line))
      return fail_line (
          self, line.line,
          N_ ("number, flag, name, atomic number, points, step, start, end, two energies, time and "
              "pass energy of a region expected"));
  }
  if (self->header.regions->len == 0)
    return fail_line (self, lines.line, N_ ("no SpectralRegDef line in the header"));
  return TRUE;
}

static gboolean
read_header (Reader *self)
{
  const guint8 *end = memmem (self->data, self->size, HEADER_END, strlen (HEADER_END));
  XpsDecoded decoded = {0};

  if (end == NULL)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, self->size,
                 N_ ("the header has no end: line \"EOFH\" expected"),
                 N_ ("the file was cut off: copy it again"));
  const gsize length = (gsize)(end - self->data) + 1;
  self->binary = length + strlen ("EOFH");
  if (self->binary < self->size && self->data[self->binary] == '\r')
    self->binary++;
  if (self->binary < self->size && self->data[self->binary] == '\n')
    self->binary++;
  g_autoptr (GBytes) bytes = g_bytes_new (self->data, length);
  if (!xps_decode (bytes, &decoded))
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, 0, N_ ("no memory to decode the header"), NULL);
  const gboolean done = read_lines (self, &decoded);
  xps_decoded_clear (&decoded);
  return done;
}

static guint32
get_word (const Reader *self, gsize at)
{
  guint32 word = 0;

  memcpy (&word, self->data + at, sizeof word);
  return GUINT32_FROM_LE (word);
}

static gboolean
word_is (guint32 word, const char *text)
{
  const guint32 little = GUINT32_TO_LE (word);
  return memcmp (&little, text, strlen (text)) == 0;
}

static gboolean
is_spectra (const Block *block)
{
  return word_is (block->word[WORD_KIND], "pnt") || word_is (block->word[WORD_KIND], "chn");
}

static gboolean
is_times (const Block *block)
{
  return word_is (block->word[WORD_KIND], "cyc") && word_is (block->word[WORD_UNIT], "s\0");
}

/* The type stands in the low two bytes; those above can be garbage. "u8" is a float of eight bytes, proven by
 * text exports of the same spectra. */
static gsize
find_width (const Block *block)
{
  const guint32 type = block->word[WORD_TYPE];

  if (word_is (type, "f4"))
    return 4;
  return word_is (type, "f8") || word_is (type, "u8") ? 8 : 0;
}

static gboolean
read_block (Reader *self, gsize at, Block *block)
{
  for (guint i = 0; i < G_N_ELEMENTS (block->word); i++)
    block->word[i] = get_word (self, at + 4 * i);
  if (!is_spectra (block) && !is_times (block))
    return TRUE;
  block->width = find_width (block);
  if (block->width == 0) {
    const char type[] = {(char)(block->word[WORD_TYPE] & 0x7F), (char)(block->word[WORD_TYPE] >> 8 & 0x7F)};
    g_autofree char *what =
        xps_text_printf (_ ("data type f4, f8 or u8 expected, found \"%.2s\""),
                         g_ascii_isalnum (type[0]) && g_ascii_isalnum (type[1]) ? type : "??");
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, at + 4 * WORD_TYPE, what,
                 N_ ("export it as VAMAS or text in MultiPak"));
  }
  const guint64 n = (guint64)block->word[WORD_POINTS] * block->word[WORD_CYCLES];
  const guint64 start = (guint64)self->binary + block->word[WORD_OFFSET];
  if (start > self->size || n > (self->size - start) / block->width) {
    g_autofree char *what =
        xps_text_printf (_ ("%u points of %u cycles declared at byte %zu, the file ends at byte %zu"),
                         block->word[WORD_POINTS], block->word[WORD_CYCLES], (gsize)start, self->size);
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, at, what, N_ ("the file was cut off: copy it again"));
  }
  block->at = (gsize)start;
  return TRUE;
}

static double
get_value (const Reader *self, const Block *block, gsize index)
{
  const gsize at = block->at + index * block->width;
  const guint64 bits = get_word (self, at) | (block->width == 8 ? (guint64)get_word (self, at + 4) << 32 : 0);
  const guint32 half = (guint32)bits;
  float single = 0;
  double value = 0;

  if (block->width == 4) {
    memcpy (&single, &half, sizeof single);
    return (double)single;
  }
  memcpy (&value, &bits, sizeof value);
  return value;
}

static gboolean
read_blocks (Reader *self, GArray *blocks)
{
  const gsize at = self->binary;

  if (self->size - at < FIRST_HEADER)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, self->size, N_ ("no data behind the header"),
                 N_ ("the file was cut off: copy it again"));
  const guint32 n = get_word (self, at + 4);
  if (n > (self->size - at - FIRST_HEADER) / BLOCK_HEADER)
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, at + 4,
                 N_ ("more blocks declared than the file can hold"),
                 N_ ("the file was cut off: copy it again"));
  for (guint32 i = 0; i < n; i++) {
    Block block = {.at = 0};
    if (!read_block (self, at + FIRST_HEADER + (gsize)i * BLOCK_HEADER, &block))
      return FALSE;
    g_array_append_val (blocks, block);
  }
  for (guint i = 0; i < blocks->len && self->times == NULL; i++)
    if (is_times (&g_array_index (blocks, Block, i)))
      self->times = &g_array_index (blocks, Block, i);
  return TRUE;
}

/* Times are kept cycle after cycle, region after region. */
static void
add_cycle (const Reader *self, const Block *block, gsize region, gsize cycle, XpsAcquisition *record)
{
  const gsize n_cycles = block->word[WORD_CYCLES];
  char text[XPS_NUMBER_LENGTH];

  if (n_cycles < 2)
    return;
  g_autofree char *number = xps_text_printf ("%" G_GSIZE_FORMAT, cycle);
  if (self->times != NULL && self->times->word[WORD_POINTS] == n_cycles &&
      region < self->times->word[WORD_CYCLES]) {
    const double time = get_value (self, self->times, region * n_cycles + cycle);
    if (isfinite (time))
      xps_acquisition_add_variable (record, "Sputter time", "s",
                                    xps_number_format (time == 0 ? 0 : time, text));
  }
  xps_acquisition_add_variable (record, "Cycle", "", number);
}

static gboolean
add_spectrum (Reader *self, const Block *block, gsize index, gsize cycle)
{
  const XpsPhiRegion *region = g_ptr_array_index (self->header.regions, index);
  const gsize n = region->n;

  /* The long header would be copied for each of hundreds of cycles: it stays with the first. */
  XpsAcquisition *record = xps_phi_header_dup_record (&self->header, region, cycle > 0);
  add_cycle (self, block, index, cycle, record);
  if (!xps_memory_take (&self->budget, xps_fields_cost (record) + 2 * n * sizeof (double))) {
    xps_acquisition_free (record);
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, block->at, N_ ("no memory for so many spectra"), NULL);
  }
  XpsSpectrumDraft draft = {
      .name = g_strdup (region->name),
      .sample = g_strdup (xps_phi_header_get_sample (&self->header, block->word[WORD_AREA])),
      .axis = XPS_AXIS_BINDING,
      .axis_label = g_strdup ("Binding Energy"),
      .unit = XPS_INTENSITY_COUNTS_PER_SECOND,
      .unit_label = g_strdup ("c/s"),
      .n = n,
      .energy = g_new0 (double, n),
      .intensity = g_new0 (double, n),
      .acquisition = record,
  };
  xps_axis_fill (region->start, region->step, n, draft.energy);
  for (gsize i = 0; i < n; i++)
    draft.intensity[i] = get_value (self, block, cycle * n + i);
  if (!word_is (block->word[WORD_UNIT], "c/s")) {
    g_free (draft.unit_label);
    draft.unit_label = NULL;
    draft.unit = word_is (block->word[WORD_UNIT], "c\0") ? XPS_INTENSITY_COUNTS : XPS_INTENSITY_UNKNOWN;
  }
  XpsSpectrum *spectrum = xps_fields_make_spectrum (&draft, &self->n_dropped);
  if (spectrum != NULL)
    g_ptr_array_add (self->file->spectra, spectrum);
  return TRUE;
}

static gboolean
add_spectra (Reader *self, const Block *block)
{
  const gsize index = (gsize)block->word[WORD_REGION] - 1;

  if (block->word[WORD_REGION] == 0 || index >= self->header.regions->len)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, block->at,
                 N_ ("data of a region that the header does not have"),
                 N_ ("save the file again in MultiPak"));
  const XpsPhiRegion *region = g_ptr_array_index (self->header.regions, index);
  if (region->n != block->word[WORD_POINTS]) {
    g_autofree char *what =
        xps_text_printf (_ ("region \"%s\" of %zu points expected, found data of %u points"), region->name,
                         region->n, block->word[WORD_POINTS]);
    return fail_line (self, region->line, what);
  }
  const double end = region->start + region->step * (double)(region->n - 1);
  if (fabs (end - region->end) > 0.5 * fabs (region->step))
    g_ptr_array_add (self->file->warnings,
                     xps_line_dup_message (region->line,
                                           _ ("region \"%s\" ends at %g eV, its points at %g eV"),
                                           region->name, region->end, end));
  for (gsize cycle = 0; cycle < block->word[WORD_CYCLES]; cycle++)
    if (!add_spectrum (self, block, index, cycle))
      return FALSE;
  if (block->word[WORD_CYCLES] > 1 && index == 0)
    g_ptr_array_add (
        self->file->notes,
        xps_text_printf (
            _ ("profile of %u cycles; the keys of the header stand at the first cycle of each region"),
            block->word[WORD_CYCLES]));
  return TRUE;
}

static gboolean
read_all (Reader *self)
{
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  guint n_others = 0;

  if (!read_header (self) || !read_blocks (self, blocks))
    return FALSE;
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = &g_array_index (blocks, Block, i);
    n_others += !is_spectra (block) && !is_times (block);
    if (is_spectra (block) && !add_spectra (self, block))
      return FALSE;
  }
  if (n_others > 0)
    g_ptr_array_add (
        self->file->notes,
        xps_text_printf (_ ("blocks that are no spectra and are not read (areas of peaks): %u"), n_others));
  if (self->n_dropped > 0)
    g_ptr_array_add (
        self->file->warnings,
        xps_text_printf (_ ("%zu points are no finite numbers and are left out"), self->n_dropped));
  if (self->file->spectra->len == 0)
    return fail (self, XPS_FORMATS_ERROR_EMPTY, self->binary, N_ ("no spectrum in the file"), NULL);
  self->file->software = g_strdup (self->header.software);
  self->file->instrument = g_strdup (self->header.record->instrument);
  return TRUE;
}

static gboolean
read_phi (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file, .error = error};

  self.data = g_bytes_get_data (bytes, &self.size);
  xps_read_options_init_budget (options, self.size, &self.budget);
  xps_phi_header_init (&self.header);
  const gboolean done = read_all (&self);
  xps_phi_header_clear (&self.header);
  return done;
}

static const char *const suffixes[] = {"spe", "pro", NULL};

const XpsFormat xps_format_phi_spe = {
    .id = "phi-spe",
    .title = "PHI MultiPak (.spe, .pro)",
    .suffixes = suffixes,
    .score = score_phi,
    .read = read_phi,
};
