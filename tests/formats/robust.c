/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

/* Broken files end in a message or in spectra, never in a crash, a hang or a number that is none. */

static const char rich_body[] = SAMPLE_HEAD
    "9\nCasa Info Follows\n1\nCalib M = 281.17 A = 284.8 BE ADD\n0\n1\n"
    "CASA region (*C 1s*) (*Shirley*) 1188.5 1200.25 1.5 2 0.1 0.2 335.4 551 436 3 (*NoTag*) 12.011 0 "
    "0.278\n1\n"
    "CASA comp (*C=O*) (*GL(30)*) Area 100.5 1e-020 2000 -1 1 MFWHM 1.25 0.2 2 -1 1 Position 1197.6 1196 "
    "1198 -1 1 RSF 2.5 "
    "MASS 12.011 INDEX -1 (*C 1s*) CONST (**) UNCORRECTEDRSF 1\nLens : Hybrid\nXPS\n0.0\n" SAMPLE_SOURCE
        SAMPLE_ANALYSER SAMPLE_AXIS
    "2\nIntensity\nd\nTransmission\nd\npulse counting\n0.1\n3\n0\n0\n0\n0\n1\nBias\nV\n-3.25\n"
    "6\n0\n1\n0\n1\n100\n1\n137\n2\n174\n3\n"
    /* 11 and 31 only */
    "O 1s\nfoil\n30.0\nkinetic energy\neV\n940\n0.1\n4\n0\n1\n0\n1\n100\n1\n137\n2\n";

static char *
dup_rich_vamas (void)
{
  SampleVamas v = sample_vamas (rich_body);
  v.comment = "2\nCasa Info Follows CasaXPS Version 2.3.25PR1.0\n0\n";
  v.variables = "1\nEtch time\ns\n";
  v.list = "2\n11\n31\n";
  v.blocks = "2\n";
  return sample_vamas_dup (&v);
}

static const char rich_text[] = "\xEF\xBB\xBF# Photon Energy: 1486.6 eV\r\n# Sample = foil\r\n\r\nBinding "
                                "Energy;Counts;sigma;Background\r\n"
                                "eV;d;d;d\r\n158,00;1200;34,6;1000\r\n158,05;1210;34,8;1000\r\n158,10;1190;"
                                "34,5;1000\r\n\r\n1;2\r\n3;4\r\n";
static const char rich_series[] = "x,V1.750,V1.725\n156,1,2\n156.05,4,5\n156.1,7,8\n";
static const char rich_own[] =
    "# Corelevel spectra\n# region: C 1s\n# photon energy (eV): 1486.6\n# scans: 3\n"
    "# variable: Potential | V | 1.75\nKinetic Energy (eV),Counts\n1,2\n3,4\n\n# region: "
    "\nAxis,Intensity\n5,6\n";

static void
check_spectrum (const XpsSpectrum *spectrum)
{
  const gsize n = xps_spectrum_get_n (spectrum);

  g_assert_cmpuint (n, >=, 1);
  for (gsize i = 0; i < n; i++) {
    g_assert_true (isfinite (xps_spectrum_get_energy (spectrum)[i]));
    g_assert_true (isfinite (xps_spectrum_get_intensity (spectrum)[i]));
  }
  const XpsStoredFit *fit = xps_spectrum_get_stored_fit (spectrum);
  for (guint i = 0; fit != NULL && i < fit->components->len; i++) {
    const XpsStoredComponent *c = g_ptr_array_index (fit->components, i);
    g_assert_cmpint (c->area.link, <, (int)fit->components->len);
    g_assert_cmpint (c->position.link, >=, -1);
  }
}

static gboolean
try_bytes (const void *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);

  if (file == NULL) {
    g_assert_nonnull (error);
    g_assert_true (g_str_has_prefix (error->message, "sample: "));
    g_assert_null (strchr (error->message, '\n'));
    return FALSE;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (file->spectra->len, >=, 1);
  for (guint i = 0; i < file->spectra->len; i++)
    check_spectrum (g_ptr_array_index (file->spectra, i));
  return TRUE;
}

static void
truncate_everywhere (const char *text)
{
  for (gsize length = strlen (text); length-- > 0;)
    try_bytes (text, length);
}

static void
flip_bytes (const char *text, guint n)
{
  static const char nasty[] = "\0\n\r\t ,;.-+eE0123456789\"#\x80\xFF";
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  const gsize length = strlen (text);

  for (guint i = 0; i < n; i++) {
    g_autofree char *copy = g_strdup (text);
    for (int k = g_rand_int_range (random, 1, 4); k > 0; k--)
      copy[g_rand_int_range (random, 0, (gint32)length)] =
          nasty[g_rand_int_range (random, 0, sizeof nasty - 1)];
    try_bytes (copy, length);
  }
}

/* Every number of the file in turn becomes an absurd one. */
static void
absurd_lines (const char *text)
{
  static const char *const absurd[] = {
      "-1",     "4000000000", "2147483647",  "1E37", "1e308",
      "nan",    "",           "-2147483648", "0",    "99999999999999999999999",
      "1e-400", "word"};
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    char *kept = lines[i];
    for (guint k = 0; k < G_N_ELEMENTS (absurd); k++) {
      lines[i] = (char *)absurd[k];
      g_autofree char *changed = g_strjoinv ("\n", lines);
      try_bytes (changed, strlen (changed));
    }
    lines[i] = kept;
  }
}

static void
drop_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (GString) changed = g_string_new (NULL);
    for (guint k = 0; lines[k] != NULL; k++)
      if (k != i)
        g_string_append_printf (changed, "%s\n", lines[k]);
    try_bytes (changed->str, changed->len);
  }
}

static void
test_vamas (void)
{
  g_autofree char *text = dup_rich_vamas ();

  g_assert_true (try_bytes (text, strlen (text)));
  truncate_everywhere (text);
  flip_bytes (text, 20000);
  absurd_lines (text);
  drop_lines (text);
}

static void
test_text (void)
{
  static const char *const texts[] = {rich_text, rich_series, rich_own};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_true (try_bytes (texts[i], strlen (texts[i])));
    truncate_everywhere (texts[i]);
    flip_bytes (texts[i], 10000);
    absurd_lines (texts[i]);
    drop_lines (texts[i]);
  }
}

/* A file cut off amid a block is refused at every length; at the border of two blocks it is read with a
 * warning. */
static void
test_truncation_is_told (void)
{
  g_autofree char *text = dup_rich_vamas ();
  const char *second = strstr (text, "O 1s\n");
  const gsize start = (gsize)(strstr (text, SAMPLE_HEAD) - text), border = (gsize)(second - text);

  for (gsize length = start + 1; length < border - 2; length++)
    g_assert_false (try_bytes (text, length));
  g_autoptr (GBytes) bytes = g_bytes_new (text, border);
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, NULL);
  g_assert_nonnull (file);
  g_assert_true (sample_mentions (file->warnings, "declares 2 blocks, the file holds 1"));
}

static void
break_file (const char *path)
{
  g_autofree char *data = NULL;
  gsize length = 0;
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  if (!g_file_get_contents (path, &data, &length, NULL))
    return;
  g_test_message ("%s", path);
  for (gsize cut = 1024; cut < length; cut += 1024 * (1 + length / (64 * 1024)))
    try_bytes (data, cut);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *copy = g_memdup2 (data, length);
    for (guint k = 0; k < 4; k++)
      copy[g_rand_int_range (random, 0, (gint32)length)] = (char)g_rand_int_range (random, 0, 256);
    try_bytes (copy, length);
  }
}

static void
break_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      break_folder (path);
    else
      break_file (path);
  }
}

/* Measured files of every format, those that are not read too: cut at kilobytes, bytes flipped. */
static void
test_corpus (void)
{
  g_autofree char *folder = test_shared_path ("corpus/files");
  if (folder != NULL && g_test_slow ())
    break_folder (folder);
  else if (folder != NULL) {
    g_autofree char *vamas = g_build_filename (folder, "vamas-synthetic", NULL);
    g_autofree char *ascii = g_build_filename (folder, "ascii", NULL);
    g_autofree char *fragments = g_build_filename (folder, "vamas-comment-fragments", NULL);
    break_folder (vamas);
    break_folder (ascii);
    break_folder (fragments);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/robust/vamas", test_vamas);
  g_test_add_func ("/robust/text", test_text);
  g_test_add_func ("/robust/truncation-is-told", test_truncation_is_told);
  g_test_add_func ("/robust/corpus", test_corpus);
  return g_test_run ();
}
