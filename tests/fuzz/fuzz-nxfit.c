/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/number.h"
#include "formats/nexus-private.h"
#include "project/nexus.h"
#include "project/project.h"
#include "reader.h"

/* A NeXus file with fits from anywhere, on the way that it takes into a document: read, imported, its fit
 * made the model of its region, written again and read back. The input is the file, or lines that say what is
 * in it, since a fuzzer that changes bytes of HDF5 hardly ever changes what they mean:
 *
 *   g PATH CLASS              a group
 *   n PATH SHAPE NUMBER ...   numbers; SHAPE as 2x3, or - for one
 *   t PATH TEXT               text; | is the end of a line
 *   a PATH NAME TEXT          an attribute; l: a list of words, m: a number */

#define MOST_LINES  200
#define MOST_VALUES 4096
#define MOST_RANK   4
#define MOST_POINTS 500

/* ---- a file of lines ---- */

static void
put_numbers (XpsNexusWriter *w, const char *path, const char *shape, const char *text)
{
  g_auto (GStrv) sizes = g_strsplit (shape, "x", MOST_RANK), words = g_strsplit (text, " ", MOST_VALUES);
  hsize_t dims[MOST_RANK] = {0}, n = 1;
  const int rank = strcmp (shape, "-") == 0 ? 0 : (int)g_strv_length (sizes);

  for (int i = 0; i < rank; i++) {
    dims[i] = g_ascii_strtoull (sizes[i], NULL, 10);
    n = dims[i] >= 1 && dims[i] <= MOST_VALUES ? n * dims[i] : 0;
    if (n == 0 || n > MOST_VALUES)
      return;
  }
  g_autofree double *values = g_new0 (double, n);
  for (hsize_t i = 0; i < n && i < g_strv_length (words); i++)
    if (!xps_number_parse (words[i], &values[i]))
      values[i] = (double)NAN;
  const hid_t space = rank == 0 ? h5 ()->Screate (H5S_SCALAR) : h5 ()->Screate_simple (rank, dims, NULL);
  const hid_t set =
      h5 ()->Dcreate2 (w->file, path, h5 ()->T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  if (set >= 0) {
    h5 ()->Dwrite (set, h5 ()->T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
    h5 ()->Dclose (set);
  }
  h5 ()->Sclose (space);
}

static void
put_attribute (XpsNexusWriter *w, char kind, const char *path, const char *name, const char *text)
{
  const hid_t object = h5 ()->Oopen (w->file, path, H5P_DEFAULT);
  double number = 0;

  if (object < 0)
    return;
  if (kind == 'a')
    xps_nexus_put_attribute (w, object, name, text);
  if (kind == 'l') {
    g_auto (GStrv) words = g_strsplit (text, " ", MOST_VALUES);
    xps_nexus_put_attribute_list (w, object, name, (const char *const *)words, g_strv_length (words));
  }
  h5 ()->Oclose (object);
  if (kind == 'm' && xps_number_parse (text, &number))
    xps_nexus_put_attribute_number (w, w->file, path, name, number);
}

static void
put_line (XpsNexusWriter *w, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", line[0] == 'g' || line[0] == 't' ? 3 : 4);
  const guint n = g_strv_length (parts);
  const char kind = parts[0] != NULL ? parts[0][0] : '\0';

  if (n < 3 || (n < 4 && strchr ("naml", kind) != NULL))
    return;
  if (kind == 'g')
    xps_nexus_end_group (xps_nexus_begin_group (w, w->file, parts[1], parts[2]));
  else if (kind == 'n')
    put_numbers (w, parts[1], parts[2], parts[3]);
  else if (kind == 't')
    xps_nexus_put_text (w, w->file, parts[1], g_strdelimit (parts[2], "|", '\n'), NULL);
  else
    put_attribute (w, kind, parts[1], parts[2], parts[3]);
}

static GBytes *
get_image (hid_t file)
{
  h5 ()->Fflush (file, H5F_SCOPE_GLOBAL);
  const ssize_t length = h5 ()->Fget_file_image (file, NULL, 0);
  void *data = g_malloc ((gsize)MAX (length, 1));

  fuzz_check (length > 0 && h5 ()->Fget_file_image (file, data, (size_t)length) == length);
  return g_bytes_new_take (data, (gsize)length);
}

static GBytes *
make_file (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", MOST_LINES);
  XpsNexusWriter w = {.file = -1, .text = -1};

  if (!xps_hdf5_lock (NULL, NULL))
    return g_bytes_new (NULL, 0);
  const hid_t access = h5 ()->Pcreate (h5 ()->P_CLS_FILE_ACCESS_ID);
  h5 ()->Pset_fapl_core (access, 16 * 1024, 0);
  h5 ()->Pset_fclose_degree (access, H5F_CLOSE_STRONG);
  w.file = h5 ()->Fcreate ("in-memory.nxs", H5F_ACC_TRUNC, H5P_DEFAULT, access);
  w.text = h5 ()->Tcopy (h5 ()->T_C_S1);
  h5 ()->Tset_size (w.text, H5T_VARIABLE);
  h5 ()->Tset_cset (w.text, H5T_CSET_UTF8);
  for (guint i = 0; lines[i] != NULL; i++) {
    put_line (&w, lines[i]);
    w.failed = FALSE; /* one line too much is no reason to leave out the others */
  }
  GBytes *bytes = get_image (w.file);
  h5 ()->Tclose (w.text);
  h5 ()->Fclose (w.file);
  h5 ()->Pclose (access);
  xps_hdf5_unlock ();
  return bytes;
}

/* ---- the way into a document and out again ---- */

static void
check_region (const XpsRegion *region)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  g_autoptr (GError) error = NULL;

  fuzz_check (g_utf8_validate (region->name, -1, NULL));
  if (xps_spectrum_get_n (region->spectrum) > MOST_POINTS)
    return;
  g_autoptr (XpsRegion) fitted = xps_region_take_stored_fit (region, others, &error);
  fuzz_check ((fitted == NULL) == (error != NULL));
  if (fitted == NULL)
    return;
  fuzz_check (fitted->model->parts->len == 1);
  fuzz_check (xps_region_get_fit_state (fitted) != XPS_FIT_STATE_FITTED || fitted->record != NULL);
  g_autoptr (XpsFitData) data = xps_region_new_data (fitted, NULL);
  const XpsFittedSpectrum out = {fitted->spectrum, fitted->fitted_scale, fitted->record, 0};
  g_autoptr (GError) refused = NULL;
  g_autoptr (GBytes) bytes = xps_nexus_write_fitted (&out, 1, &refused);
  fuzz_check ((bytes == NULL) == (refused != NULL));
}

static void
check_write (const XpsFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = xps_nexus_write (file->spectra, &error);

  fuzz_check (bytes != NULL);
  g_autoptr (XpsFile) back = xps_file_open_bytes (bytes, "back", NULL, &error);
  fuzz_check (back != NULL && back->spectra->len == file->spectra->len);
  for (guint i = 0; i < back->spectra->len; i++)
    fuzz_check_same (g_ptr_array_index (file->spectra, i), g_ptr_array_index (back->spectra, i), 0);
}

static void
read_file (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "input", NULL, &error);

  fuzz_check ((file == NULL) == (error != NULL));
  if (file == NULL)
    return;
  for (guint i = 0; i < file->spectra->len; i++)
    fuzz_check_spectrum (g_ptr_array_index (file->spectra, i));
  g_autoptr (XpsState) empty = xps_state_new ();
  g_autoptr (XpsState) state = xps_state_import (empty, file, NULL);
  fuzz_check (xps_state_get_n_regions (state) == file->spectra->len);
  for (guint i = 0; i < MIN (xps_state_get_n_regions (state), 4u); i++)
    check_region (xps_state_get_region (state, i));
  check_write (file);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size >= 4 && memcmp (data, "\x89HDF", 4) == 0) {
    g_autoptr (GBytes) bytes = g_bytes_new (data, size);
    read_file (bytes);
    return 0;
  }
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GBytes) bytes = make_file (text);
  read_file (bytes);
  return 0;
}
