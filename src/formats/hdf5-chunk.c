/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/hdf5-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zlib.h>

/* Data sets stored in pieces ("chunks"), each of them compressed on its own. The library would inflate a
 * piece to whatever comes out of it; here a piece is taken as it lies in the file and inflated to no more
 * than the size it must have. Filters: shuffle, deflate and Fletcher's checksum, which every writer has;
 * others are named in the message. Source: HDF5 File Format Specification 3.0, IV.A.2.l and the library's
 * manual of H5Pset_shuffle, H5Pset_deflate, H5Pset_fletcher32. */

#define MOST_FILTERS 8
#define CHECKSUM     4 /* bytes behind the data */
#define WIDEST       8 /* bytes of a number */

typedef struct {
  XpsHdf5 *self;
  const XpsHdf5Node *node;
  hid_t dataset;
  GError **error;
  gsize width;                                         /* bytes of a number in the file */
  gsize chunk[XPS_HDF5_RANK], n_chunks[XPS_HDF5_RANK]; /* size of a piece; how many, by dimension */
  gsize chunk_bytes;                                   /* of a piece, unpacked */
  guint n_filters;
  H5Z_filter_t filters[MOST_FILTERS]; /* in the order of writing */
  guint8 *packed, *piece, *spare;     /* as stored; [chunk_bytes + CHECKSUM] each */
  gsize packed_size;
  guint8 *raw; /* [n][width] in the type of the file, at the start of the output */
} Chunks;

static gboolean
fail (const Chunks *c, XpsFormatsError code, const char *what, const char *remedy)
{
  return xps_hdf5_fail (c->self, code, c->node, what, remedy, c->error);
}

static gboolean
fail_damaged (const Chunks *c)
{
  return fail (c, XPS_FORMATS_ERROR_MALFORMED, N_ ("compressed values are damaged"),
               N_ ("copy the file again"));
}

/* ---- what the data set declares ---- */

static gboolean
read_filters (Chunks *c, hid_t properties)
{
  const int n = h5 ()->Pget_nfilters (properties);

  if (n < 0 || n > MOST_FILTERS)
    return fail (c, XPS_FORMATS_ERROR_MALFORMED, N_ ("too many filters"), N_ ("copy it with h5repack"));
  c->n_filters = (guint)n;
  for (guint i = 0; i < c->n_filters; i++) {
    unsigned flags = 0, config = 0, values[8] = {0};
    size_t n_values = G_N_ELEMENTS (values);
    char name[64] = "";
    c->filters[i] =
        h5 ()->Pget_filter2 (properties, i, &flags, &n_values, values, sizeof name - 1, name, &config);
    if (c->filters[i] == H5Z_FILTER_SHUFFLE || c->filters[i] == H5Z_FILTER_DEFLATE ||
        c->filters[i] == H5Z_FILTER_FLETCHER32)
      continue;
    g_autofree char *clean = xps_hdf5_dup_clean (name, sizeof name);
    g_autofree char *what = g_strdup_printf (_ ("compressed with filter %d (%s), which is not read here"),
                                             c->filters[i], clean[0] != '\0' ? clean : "no name");
    return fail (c, XPS_FORMATS_ERROR_UNKNOWN, what, N_ ("copy it with h5repack -f GZIP=4"));
  }
  return TRUE;
}

static gboolean
read_grid (Chunks *c, hid_t properties)
{
  hsize_t chunk[XPS_HDF5_RANK] = {0};
  const guint rank = c->node->rank;
  gsize n = 1;

  c->chunk_bytes = c->width;
  if (rank == 0 || h5 ()->Pget_chunk (properties, XPS_HDF5_RANK, chunk) != (int)rank)
    return fail (c, XPS_FORMATS_ERROR_MALFORMED, N_ ("the size of the stored pieces is missing"),
                 N_ ("copy the file again"));
  for (guint k = 0; k < rank; k++) {
    c->chunk[k] = (gsize)chunk[k];
    if (c->chunk[k] == 0 || !g_size_checked_mul (&c->chunk_bytes, c->chunk_bytes, c->chunk[k]))
      return fail (c, XPS_FORMATS_ERROR_TOO_LARGE, N_ ("the stored pieces have no possible size"),
                   N_ ("copy the file again"));
    c->n_chunks[k] = c->node->shape[k] / c->chunk[k] + (c->node->shape[k] % c->chunk[k] > 0);
    n *= c->n_chunks[k]; /* at most the number of values */
  }
  if (n > c->self->size)
    return fail (c, XPS_FORMATS_ERROR_TOO_LARGE, N_ ("more stored pieces declared than the file has bytes"),
                 N_ ("copy the file again"));
  return TRUE;
}

/* ---- one piece ---- */

static gboolean
inflate_piece (const guint8 *from, gsize n, guint8 *to, gsize room, gsize *n_out)
{
  z_stream stream = {.next_in = (guint8 *)from, .avail_in = (uInt)n, .next_out = to, .avail_out = (uInt)room};

  if (n > G_MAXUINT || room > G_MAXUINT || inflateInit (&stream) != Z_OK)
    return FALSE;
  const gboolean done = inflate (&stream, Z_FINISH) == Z_STREAM_END;
  *n_out = (gsize)stream.total_out;
  inflateEnd (&stream);
  return done;
}

static guint32
add_folded (guint32 sum, guint32 value)
{
  sum += value;
  return (sum & 0xffff) + (sum >> 16);
}

/* Fletcher's checksum over 16-bit words as HDF5 computes it: most significant byte first, stored least
 * significant byte first. */
static gboolean
checksum_is_right (const guint8 *data, gsize n)
{
  const guint8 *stored = data + n;
  guint32 a = 0, b = 0;

  for (gsize i = 0; i + 1 < n; i += 2) {
    a = add_folded (a, (guint32)data[i] << 8 | data[i + 1]);
    b = add_folded (b, a);
  }
  if (n % 2 == 1) {
    a = add_folded (a, (guint32)data[n - 1] << 8);
    b = add_folded (b, a);
  }
  const guint32 expected =
      (guint32)stored[0] | (guint32)stored[1] << 8 | (guint32)stored[2] << 16 | (guint32)stored[3] << 24;
  return ((b & 0xffff) << 16 | (a & 0xffff)) == expected;
}

/* All first bytes of the numbers, then all second bytes, ... */
static void
unshuffle (const guint8 *from, gsize n, gsize width, guint8 *to)
{
  const gsize count = n / width;

  for (gsize b = 0; b < width; b++)
    for (gsize i = 0; i < count; i++)
      to[i * width + b] = from[b * count + i];
  memcpy (to + count * width, from + count * width, n - count * width);
}

/* Takes back what the writer did, last filter first; c->piece ends up with chunk_bytes. */
static gboolean
unpack (Chunks *c, gsize n, guint32 skipped)
{
  const gsize room = c->chunk_bytes + CHECKSUM;
  guint8 *swap = NULL;
  const guint8 *data = c->packed;

  for (guint i = c->n_filters; i-- > 0;) {
    if ((skipped >> i & 1) != 0)
      continue;
    if (c->filters[i] == H5Z_FILTER_FLETCHER32) {
      if (n < CHECKSUM || !checksum_is_right (data, n - CHECKSUM))
        return fail_damaged (c);
      n -= CHECKSUM;
      continue;
    }
    if (c->filters[i] == H5Z_FILTER_DEFLATE && !inflate_piece (data, n, c->spare, room, &n))
      return fail_damaged (c);
    if (c->filters[i] == H5Z_FILTER_SHUFFLE) {
      if (n > room)
        return fail_damaged (c);
      unshuffle (data, n, c->width, c->spare);
    }
    swap = c->piece;
    c->piece = c->spare;
    c->spare = swap;
    data = c->piece;
  }
  if (n != c->chunk_bytes)
    return fail_damaged (c);
  if (data != c->piece)
    memcpy (c->piece, data, n);
  return TRUE;
}

/* FALSE with a message; a piece that was never written keeps the fill value. */
static gboolean
load_piece (Chunks *c, const hsize_t *offset, gboolean *there)
{
  hsize_t size = 0;
  guint32 skipped = 0;

  *there = h5 ()->Dget_chunk_storage_size (c->dataset, offset, &size) >= 0 && size > 0;
  if (!*there)
    return TRUE;
  if (size > c->self->size)
    return fail_damaged (c);
  if (size > c->packed_size) {
    g_free (c->packed);
    c->packed = g_try_malloc ((gsize)size);
    c->packed_size = c->packed != NULL ? (gsize)size : 0;
  }
  if (c->packed == NULL || h5 ()->Dread_chunk (c->dataset, H5P_DEFAULT, offset, &skipped, c->packed) < 0)
    return fail_damaged (c);
  return unpack (c, (gsize)size, skipped);
}

/* ---- all pieces ---- */

/* Rows of a piece to their places; what hangs over the edge is left out. */
static void
place_piece (Chunks *c, const hsize_t *offset)
{
  const guint last = c->node->rank - 1;
  gsize at[XPS_HDF5_RANK] = {0};
  const gsize n_rows = c->chunk_bytes / (c->chunk[last] * c->width);
  const gsize length = MIN (c->chunk[last], c->node->shape[last] - (gsize)offset[last]);

  for (gsize row = 0; row < n_rows; row++) {
    gsize to = 0;
    gboolean inside = TRUE;
    for (guint k = 0; k < last; k++) {
      const gsize index = (gsize)offset[k] + at[k];
      inside = inside && index < c->node->shape[k];
      to = to * c->node->shape[k] + index;
    }
    to = to * c->node->shape[last] + (gsize)offset[last];
    if (inside)
      memcpy (c->raw + to * c->width, c->piece + row * c->chunk[last] * c->width, length * c->width);
    for (guint k = last; k-- > 0;) {
      if (++at[k] < c->chunk[k])
        break;
      at[k] = 0;
    }
  }
}

static gboolean
read_pieces (Chunks *c)
{
  gsize at[XPS_HDF5_RANK] = {0};
  const guint rank = c->node->rank;
  gsize n = 1;

  for (guint k = 0; k < rank; k++)
    n *= c->n_chunks[k];
  for (gsize i = 0; i < n; i++) {
    hsize_t offset[XPS_HDF5_RANK] = {0};
    gboolean there = FALSE;
    for (guint k = 0; k < rank; k++)
      offset[k] = at[k] * c->chunk[k];
    if (!load_piece (c, offset, &there))
      return FALSE;
    if (there)
      place_piece (c, offset);
    for (guint k = rank; k-- > 0;) {
      if (++at[k] < c->n_chunks[k])
        break;
      at[k] = 0;
    }
  }
  return TRUE;
}

/* In the type of the file, so that everything is converted in one go. */
static void
fill_raw (Chunks *c, hid_t properties, hid_t type)
{
  guint8 fill[WIDEST] = {0};
  H5D_fill_value_t defined = H5D_FILL_VALUE_UNDEFINED;

  if (h5 ()->Pfill_value_defined (properties, &defined) < 0 || defined != H5D_FILL_VALUE_USER_DEFINED ||
      h5 ()->Pget_fill_value (properties, type, fill) < 0)
    return;
  for (gsize i = 0; i < c->node->n; i++)
    memcpy (c->raw + i * c->width, fill, c->width);
}

static gboolean
read_all (Chunks *c, hid_t properties, hid_t type)
{
  if (!read_filters (c, properties) || !read_grid (c, properties))
    return FALSE;
  /* A piece may be larger than what it holds so far: a table that was to grow. */
  XpsMemoryBudget *budget = c->self->budget;
  if (c->chunk_bytes < G_MAXSIZE - CHECKSUM) {
    c->piece = xps_memory_try_array (budget, c->chunk_bytes + CHECKSUM, 1);
    c->spare = xps_memory_try_array (budget, c->chunk_bytes + CHECKSUM, 1);
  }
  if (c->piece == NULL || c->spare == NULL)
    return fail (c, XPS_FORMATS_ERROR_TOO_LARGE, N_ ("pieces larger than memory is allowed for"),
                 N_ ("copy it with h5repack"));
  fill_raw (c, properties, type);
  return read_pieces (c);
}

gboolean
xps_hdf5_read_chunks (XpsHdf5 *self, const XpsHdf5Node *node, hid_t dataset, hid_t type, double *out,
                      GError **error)
{
  Chunks c = {.self = self, .node = node, .dataset = dataset, .error = error};
  const hid_t properties = h5 ()->Dget_create_plist (dataset);

  c.width = h5 ()->Tget_size (type);
  c.raw = (guint8 *)out;
  gboolean done = properties >= 0 && c.width >= 1 && c.width <= WIDEST && read_all (&c, properties, type);
  if (done && h5 ()->Tconvert (type, h5 ()->T_NATIVE_DOUBLE, node->n, out, NULL, H5P_DEFAULT) < 0)
    done = fail_damaged (&c);
  if (properties >= 0)
    h5 ()->Pclose (properties);
  if (c.piece != NULL && c.spare != NULL)
    self->budget->left += 2 * (c.chunk_bytes + CHECKSUM);
  g_free (c.packed);
  g_free (c.piece);
  g_free (c.spare);
  return done;
}
