/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "formats/hdf5-private.h"

/* Values out of the library. This side runs in a process made by fork(): nothing here may take a lock that
 * another thread of the program could have held then, so no character sets are loaded. */

#define MOST_WORDS   64         /* of an attribute */
#define MOST_NUMBERS 4096       /* of an attribute */
#define LONGEST_TEXT (1u << 20) /* bytes */

/* ---- types ---- */

gboolean
xps_hdf5_is_plain_number (hid_t type)
{
  const hid_t plain[] = {
      h5 ()->T_IEEE_F64LE, h5 ()->T_IEEE_F32LE, h5 ()->T_IEEE_F64BE, h5 ()->T_IEEE_F32BE, h5 ()->T_STD_I8LE,
      h5 ()->T_STD_I16LE,  h5 ()->T_STD_I32LE,  h5 ()->T_STD_I64LE,  h5 ()->T_STD_U8LE,   h5 ()->T_STD_U16LE,
      h5 ()->T_STD_U32LE,  h5 ()->T_STD_U64LE,  h5 ()->T_STD_I8BE,   h5 ()->T_STD_U8BE,   h5 ()->T_STD_I16BE,
      h5 ()->T_STD_I32BE,  h5 ()->T_STD_I64BE,  h5 ()->T_STD_U16BE,  h5 ()->T_STD_U32BE,  h5 ()->T_STD_U64BE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (h5 ()->Tequal (type, plain[i]) > 0)
      return TRUE;
  return FALSE;
}

char *
xps_hdf5_dup_clean (const char *bytes, gsize length)
{
  const gsize n = strnlen (bytes, MIN (length, LONGEST_TEXT));

  if (g_utf8_validate (bytes, (gssize)n, NULL))
    return g_strstrip (g_strndup (bytes, n));
  /* Latin-1: each byte is a character. */
  GString *text = g_string_sized_new (2 * n);
  for (gsize i = 0; i < n; i++)
    g_string_append_unichar (text, (guchar)bytes[i]);
  return g_strstrip (g_string_free (text, FALSE));
}

/* ---- numbers ---- */

/* Stored outside the file, or put together from other data sets: not followed. */
static gboolean
check_layout (const XpsHdf5 *self, const XpsHdf5Node *node, hid_t properties, GError **error)
{
  const H5D_layout_t layout = h5 ()->Pget_layout (properties);

  if (h5 ()->Pget_external_count (properties) == 0 &&
      (layout == H5D_CONTIGUOUS || layout == H5D_COMPACT || layout == H5D_CHUNKED))
    return TRUE;
  return xps_hdf5_fail (self, XPS_FORMATS_ERROR_MALFORMED, node, N_ ("the data lie in other files"),
                        N_ ("copy them into one file (h5repack)"), error);
}

static gboolean
read_dataset (XpsHdf5 *self, const XpsHdf5Node *node, hid_t dataset, double *out, GError **error)
{
  const hid_t properties = h5 ()->Dget_create_plist (dataset), type = h5 ()->Dget_type (dataset);
  gboolean done = properties >= 0 && type >= 0 && check_layout (self, node, properties, error);

  if (done && h5 ()->Pget_layout (properties) == H5D_CHUNKED)
    done = xps_hdf5_read_chunks (self, node, dataset, type, out, error);
  else if (done && h5 ()->Dread (dataset, h5 ()->T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, out) < 0)
    done = xps_hdf5_fail (self, XPS_FORMATS_ERROR_MALFORMED, node, N_ ("the values can not be read"),
                          N_ ("the file was cut off: copy it again"), error);
  if (type >= 0)
    h5 ()->Tclose (type);
  if (properties >= 0)
    h5 ()->Pclose (properties);
  return done;
}

gboolean
xps_hdf5_read_numbers (XpsHdf5 *self, const XpsHdf5Node *node, double *out, GError **error)
{
  const hid_t dataset = xps_hdf5_open_object (self, node);
  const gboolean done = dataset >= 0 && read_dataset (self, node, dataset, out, error);

  if (dataset >= 0)
    h5 ()->Oclose (dataset);
  if (!done && *error == NULL)
    xps_hdf5_fail (self, XPS_FORMATS_ERROR_MALFORMED, node, N_ ("the values can not be read"),
                   N_ ("the file was cut off: copy it again"), error);
  return done;
}

/* ---- text ---- */

/* One text from `memory`, which holds a pointer to it or the text itself. */
static char *
dup_one (hid_t type, const char *memory, gsize size)
{
  const char *pointer = NULL;

  if (h5 ()->Tis_variable_str (type) <= 0)
    return xps_hdf5_dup_clean (memory, size);
  memcpy (&pointer, memory, sizeof pointer);
  return xps_hdf5_dup_clean (pointer != NULL ? pointer : "", pointer != NULL ? strlen (pointer) : 0);
}

/* The first text alone is read: thousands of others may all point to one large one. */
static char *
read_first_text (hid_t dataset, hid_t type)
{
  const gsize size = h5 ()->Tget_size (type);
  const hid_t from = h5 ()->Dget_space (dataset), to = h5 ()->Screate (H5S_SCALAR);
  const hsize_t none[H5S_MAX_RANK] = {0};
  g_autofree char *memory = size > 0 && size <= LONGEST_TEXT ? g_malloc0 (size + 1) : NULL;
  char *text = NULL;

  if (memory != NULL && from >= 0 && to >= 0 &&
      (h5 ()->Sget_simple_extent_ndims (from) == 0 ||
       h5 ()->Sselect_elements (from, H5S_SELECT_SET, 1, none) >= 0) &&
      h5 ()->Dread (dataset, type, to, from, H5P_DEFAULT, memory) >= 0) {
    text = dup_one (type, memory, size);
    if (h5 ()->Tis_variable_str (type) > 0)
      h5 ()->Dvlen_reclaim (type, to, H5P_DEFAULT, memory);
  }
  if (to >= 0)
    h5 ()->Sclose (to);
  if (from >= 0)
    h5 ()->Sclose (from);
  return text;
}

/* Compressed text would be inflated without a limit; no instrument writes it. */
static gboolean
is_uncompressed (hid_t dataset)
{
  const hid_t properties = h5 ()->Dget_create_plist (dataset);
  const gboolean plain =
      properties >= 0 && h5 ()->Pget_external_count (properties) == 0 &&
      (h5 ()->Pget_layout (properties) == H5D_CONTIGUOUS || h5 ()->Pget_layout (properties) == H5D_COMPACT ||
       (h5 ()->Pget_layout (properties) == H5D_CHUNKED && h5 ()->Pget_nfilters (properties) == 0));

  if (properties >= 0)
    h5 ()->Pclose (properties);
  return plain;
}

char *
xps_hdf5_read_text (XpsHdf5 *self, const XpsHdf5Node *node)
{
  const hid_t dataset = xps_hdf5_open_object (self, node);
  const hid_t type = dataset >= 0 ? h5 ()->Dget_type (dataset) : -1;
  char *text = type >= 0 && is_uncompressed (dataset) ? read_first_text (dataset, type) : NULL;

  if (type >= 0)
    h5 ()->Tclose (type);
  if (dataset >= 0)
    h5 ()->Oclose (dataset);
  if (text == NULL || xps_memory_take (self->budget, strlen (text) + 1))
    return text;
  g_free (text);
  return NULL;
}

/* ---- attributes ---- */

static GPtrArray *
read_words (hid_t attribute, hid_t type, gsize n)
{
  const gsize size = h5 ()->Tget_size (type);

  if (n == 0 || n > MOST_WORDS || size == 0 || size > LONGEST_TEXT)
    return NULL;
  g_autofree char *memory = g_malloc0 (n * size + 1);
  if (h5 ()->Aread (attribute, type, memory) < 0)
    return NULL;
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (words, dup_one (type, memory + i * size, size));
  const hid_t space = h5 ()->Aget_space (attribute);
  if (space >= 0 && h5 ()->Tis_variable_str (type) > 0)
    h5 ()->Dvlen_reclaim (type, space, H5P_DEFAULT, memory);
  if (space >= 0)
    h5 ()->Sclose (space);
  return words;
}

static double *
read_attribute_numbers (hid_t attribute, hid_t type, gsize n)
{
  if (n == 0 || n > MOST_NUMBERS || !xps_hdf5_is_plain_number (type))
    return NULL;
  g_autofree double *values = g_new0 (double, n);
  return h5 ()->Aread (attribute, h5 ()->T_NATIVE_DOUBLE, values) >= 0 ? g_steal_pointer (&values) : NULL;
}

XpsHdf5Attribute
xps_hdf5_read_attribute (XpsHdf5 *self, const XpsHdf5Node *node, const char *name)
{
  XpsHdf5Attribute out = {0};
  const hid_t object = node != NULL ? xps_hdf5_open_object (self, node) : -1;
  const hid_t attribute =
      object >= 0 && h5 ()->Aexists (object, name) > 0 ? h5 ()->Aopen (object, name, H5P_DEFAULT) : -1;
  const hid_t type = attribute >= 0 ? h5 ()->Aget_type (attribute) : -1;
  const hid_t space = attribute >= 0 ? h5 ()->Aget_space (attribute) : -1;
  const hssize_t n = space >= 0 ? h5 ()->Sget_simple_extent_npoints (space) : 0;

  if (type >= 0 && n > 0) {
    out.n = (gsize)n;
    if (h5 ()->Tget_class (type) == H5T_STRING)
      out.words = read_words (attribute, type, out.n);
    else
      out.numbers = read_attribute_numbers (attribute, type, out.n);
  }
  if (space >= 0)
    h5 ()->Sclose (space);
  if (type >= 0)
    h5 ()->Tclose (type);
  if (attribute >= 0)
    h5 ()->Aclose (attribute);
  if (object >= 0)
    h5 ()->Oclose (object);
  return out;
}
