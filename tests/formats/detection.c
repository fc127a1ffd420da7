/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

/* Detection: a file is read by the reader of its own format or, where that cannot, refused; never stolen. */
static const struct {
  const char *folder;
  const char *formats[3]; /* ids that may read it */
} readers[] = {
    {"vamas", {"vamas"}},
    {"specs-xy", {"specs-xy"}},
    {"specs-xml", {"specs-xml"}},
    {"specs-sle-mock", {"specs-sle"}},
    {"scienta-txt", {"scienta-txt", "text"}}, /* one file's head was cut off */
    {"scienta-ibw", {"igor-ibw"}},
    {"scienta-da30-zip", {"scienta-da30"}},
    {"igor-ibw", {"igor-ibw"}},
    {"igor-pxt", {"igor-pxt"}},
    {"phi-spe", {"phi-spe"}},
    {"phi-pro", {"phi-spe", "phi-pro"}},
    {"nexus", {"hdf5", "nexus"}},
    {"hdf5-beamline", {"hdf5", "pearl"}},
    {"thermo-vgd", {"thermo-vgd"}},
    {"casaxps-ascii", {"casaxps-txt", "text"}},
    {"phi-export", {"phi-txt"}},
    {"omicron-eis-txt", {"omicron"}},
    {"soleil-cassiopee", {"cassiopee"}},
    {"khervefitting", {"xlsx", "kherve-json"}},
    {"thermo-xlsx", {"xls"}},
    {"ascii-xlsx", {"xlsx"}},
};

static void
check_reader (const char *path, const char *const *ids)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open (path, NULL, &error);

  if (file == NULL)
    return;
  for (guint k = 0; k < 3 && ids[k] != NULL; k++)
    if (strstr (file->format, ids[k]) != NULL) /* readers of HDF5 name its layout, too */
      return;
  g_error ("%s was read as %s", path, file->format);
}

static guint
check_readers (const char *folder, const char *const *ids)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      n += check_readers (path, ids);
      continue;
    }
    check_reader (path, ids);
    n++;
  }
  return n;
}

static void
test_detection (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++) {
    g_autofree char *relative = g_build_filename ("corpus/files", readers[i].folder, NULL);
    g_autofree char *folder = test_shared_path (relative);
    if (folder != NULL)
      g_assert_cmpuint (check_readers (folder, readers[i].formats), >, 0);
  }
}

/* What we wrote is ours whatever words of other programs stand in it. */
static void
test_own (void)
{
  static const char text[] =
      "# Corelevel spectra\n# region: map\n//Multipak Exporter\n# sample: CORBA XML document created by "
      "XMLSerializer\n# variable: Element Bi 4f; Region 1 "
      "of 2; Time Per Step 50 | deg | 1\nKinetic Energy (eV),Intensity\n16.5,66\n17,72\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "map.csv", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (file->format, ==, "text");
  g_assert_cmpuint (xps_spectrum_get_n (g_ptr_array_index (file->spectra, 0)), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/detection/corpus", test_detection);
  g_test_add_func ("/detection/own", test_own);
  return g_test_run ();
}
