/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

static XpsFile *
read_comment (const char *const *lines)
{
  g_autoptr (GString) body = g_string_new (SAMPLE_HEAD);

  g_string_append_printf (body, "%u\n", g_strv_length ((GStrv)lines));
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (body, "%s\n", lines[i]);
  g_string_append (body, "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS "1\ncounts\nd\n" SAMPLE_SIGNAL
                         "3\n0\n1\n100\n137\n174\n");
  SampleVamas v = sample_vamas (body->str);
  v.comment = "2\nCasa Info Follows CasaXPS Version 2.3.25PR1.0\n0\n";
  g_autofree char *text = sample_vamas_dup (&v);
  return sample_read (text);
}

static const XpsStoredFit *
stored_fit (const XpsFile *file)
{
  return xps_spectrum_get_stored_fit (sample_spectrum (file, 0));
}

static const XpsStoredComponent *
component (const XpsFile *file, guint index)
{
  const XpsStoredFit *fit = stored_fit (file);
  g_assert_cmpuint (index, <, fit->components->len);
  return g_ptr_array_index (fit->components, index);
}

#define COMPONENT(name, shape, area_link, position)                                                          \
  "CASA comp (*" name "*) (*" shape "*) Area 100.5 1e-020 2000 " area_link                                   \
  " MFWHM 1.25 0.2 2 -1 1 Position " position                                                                \
  " RSF 2.5 MASS 12.011 INDEX -1 (*C 1s*) CONST (**) UNCORRECTEDRSF 1"

static const char *const all_parts[] = {
    "Casa Info Follows",
    "5",
    "Calib M = 281.1700 A = 284.8 BE ADD",
    "Calib M = 284.7 A = 284.8 Regions Comps BE ADD",
    "Sm SG D(1) P(5)",
    "BackgroundSubtract",
    "KECalib 0.3",
    "1",
    "annot text peak Data 0.1 0.2 RGB(0,0,0) Font(35)",
    "",
    "1",
    "CASA region (*C 1s: a, [b]+*) (*U 3 Tougaard*) 1188.5 1200.25 1.5 2 0.1 0.2 335.4 551 436 3 (*NoTag*) "
    "12.011 0 0.278",
    "2",
    COMPONENT ("C-C (main), a:b", "LA(1.53,243)", "-1 1", "1200.1 1199 1201 -1 1"),
    COMPONENT ("C=O", "GL(30)", "0 0.5", "1197.6 0 0 0 -2.5"),
    "Lens : Hybrid",
    "free text",
    NULL,
};

static void
test_all_parts (void)
{
  g_autoptr (XpsFile) file = read_comment (all_parts);
  const XpsStoredFit *fit = stored_fit (file);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (sample_spectrum (file, 0));

  g_assert_cmpstr (fit->program, ==, "CasaXPS Version 2.3.25PR1.0");
  g_assert_cmpstr (file->software, ==, "CasaXPS Version 2.3.25PR1.0");
  g_assert_cmpuint (fit->calibrations->len, ==, 2);
  test_assert_close (xps_stored_fit_get_shift (fit), 3.73, 1e-9);
  g_assert_cmpuint (fit->processing->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (fit->processing, 0), ==, "Sm SG D(1) P(5)");
  g_assert_cmpstr (a->comment, ==, "Lens : Hybrid\nfree text");
  g_assert_cmpstr (xps_acquisition_find_key (a, "Lens"), ==, "Hybrid");
  g_assert_nonnull (xps_acquisition_find_key (a, "CasaXPS annotation"));
  g_assert_cmpuint (file->warnings->len, ==, 0);
}

static void
test_region (void)
{
  g_autoptr (XpsFile) file = read_comment (all_parts);
  const XpsStoredRegion *region = g_ptr_array_index (stored_fit (file)->regions, 0);
  g_assert_cmpstr (region->name, ==, "C 1s: a, [b]+");
  g_assert_cmpstr (region->background, ==, "U 3 Tougaard");
  g_assert_cmpfloat (region->start, ==, 1188.5);
  g_assert_cmpfloat (region->end, ==, 1200.25);
  g_assert_cmpfloat (region->sensitivity, ==, 1.5);
  g_assert_cmpfloat (region->average_width, ==, 2);
  g_assert_cmpfloat (region->offset_end, ==, 0.2);
  g_assert_cmpfloat (region->cross_section[3], ==, 3);
  g_assert_cmpfloat (region->mass, ==, 12.011);
  g_assert_cmpfloat (region->uncorrected_sensitivity, ==, 0.278);
}

static void
test_components (void)
{
  g_autoptr (XpsFile) file = read_comment (all_parts);
  const XpsStoredComponent *first = component (file, 0), *second = component (file, 1);
  g_assert_cmpstr (first->name, ==, "C-C (main), a:b");
  g_assert_cmpstr (first->shape, ==, "LA(1.53,243)");
  g_assert_cmpfloat (first->area.value, ==, 100.5);
  g_assert_cmpfloat (first->area.low, ==, 1e-20);
  g_assert_cmpint (first->area.link, ==, -1);
  g_assert_cmpfloat (first->fwhm.high, ==, 2);
  g_assert_cmpfloat (first->position.value, ==, 1200.1);
  g_assert_cmpstr (first->tag, ==, "C 1s");
  g_assert_cmpstr (first->constraint, ==, "");
  g_assert_cmpint (second->area.link, ==, 0);
  g_assert_cmpfloat (second->area.factor, ==, 0.5);
  g_assert_cmpint (second->position.link, ==, 0);
  g_assert_cmpfloat (second->position.factor, ==, -2.5);
}

/* Version 2.0 has neither constraint nor uncorrected factor; library shapes are kept as they are called. */
static void
test_old_version (void)
{
  static const char *const lines[] = {
      "Casa Info Follows",
      "0",
      "0",
      "1",
      "CASA region (*W 4f*) (*Shirley*) 1440 1460 9.8 2 0 0 0 0 0 0 (*W 4f*) 0",
      "1",
      "CASA comp (*W*) (*%&<>W-METAL*) Area 57.369 0 5000 -1 1 MFWHM 0.8 0.2 0.8 -1 1 Position 1454.6 1454 "
      "1455 -1 1 RSF "
      "9.8 MASS 183.847 INDEX 2 (*W 4f*)",
      NULL,
  };
  g_autoptr (XpsFile) file = read_comment (lines);
  const XpsStoredRegion *region = g_ptr_array_index (stored_fit (file)->regions, 0);

  g_assert_true (isnan (region->uncorrected_sensitivity));
  g_assert_cmpstr (component (file, 0)->shape, ==, "%&<>W-METAL");
  g_assert_cmpint (component (file, 0)->index, ==, 2);
  g_assert_null (component (file, 0)->constraint);
  g_assert_true (isnan (component (file, 0)->uncorrected_sensitivity));
}

/* A stray letter behind the shape, as CasaXPS writes it for some shapes, and a range of measured energies. */
static void
test_oddities (void)
{
  static const char *const lines[] = {
      "Casa Info Follows",
      "2",
      "Calib M = 282.4,283.5 A = 286.8 BE ADD",
      "Calib M = 1 A = 2 KE SCALE",
      "0",
      "0",
      "1",
      "CASA comp (*Mo*) (*LA(1.53,243)*z) Area 1 0 2 -1 1 MFWHM 1 0 2 -1 1 Position 1257 1256 1258 -1 1 RSF "
      "1 MASS 1 INDEX "
      "-1 (*Mo*) CONST (**) UNCORRECTEDRSF 9.5",
      NULL,
  };
  g_autoptr (XpsFile) file = read_comment (lines);

  g_assert_cmpstr (component (file, 0)->shape, ==, "LA(1.53,243)*z");
  g_assert_cmpuint (stored_fit (file)->calibrations->len, ==, 1);
  test_assert_close (xps_stored_fit_get_shift (stored_fit (file)), 4.4, 1e-9);
  g_assert_cmpuint (stored_fit (file)->processing->len, ==, 1); /* not understood: kept */
}

/* What can not be read is told and kept as text; the spectrum is read all the same. */
static void
test_broken (void)
{
  static const char *const broken_record[] = {
      "Casa Info Follows",
      "0",
      "0",
      "1",
      "CASA region (*C 1s*) no background",
      "2",
      "CASA comp (*A*) (*GL(30)*) Area what",
      COMPONENT ("B", "GL(30)", "0 0.5", "1197.6 0 0 0 -2.5"),
      NULL,
  };
  static const char *const broken_count[] = {"Casa Info Follows", "0", "many", NULL};
  static const char *const too_many[] = {"Casa Info Follows", "900", "0", NULL};
  static const char *const cut[] = {"Casa Info Follows", "0", "0", NULL};
  static const char *const lost_link[] = {
      "Casa Info Follows", "0", "0", "0", "1", COMPONENT ("B", "GL(30)", "7 0.5", "1197.6 0 0 0 -2.5"), NULL,
  };
  static const struct {
    const char *const *lines;
    const char *word;
  } cases[] = {
      {broken_record, "line 32: CasaXPS record of unknown form"},
      {broken_count, "number of CasaXPS annotations expected"},
      {too_many, "number of CasaXPS processing records"},
      {cut, "end before their number of regions"},
      {lost_link, "tied to component 7, which is not there"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (XpsFile) file = read_comment (cases[i].lines);
    if (!sample_mentions (file->warnings, cases[i].word))
      g_error ("no warning \"%s\" but \"%s\"", cases[i].word,
               file->warnings->len > 0 ? (char *)g_ptr_array_index (file->warnings, 0) : "none");
    g_assert_cmpuint (xps_spectrum_get_n (sample_spectrum (file, 0)), ==, 3);
  }
  /* with a record lost the links, which count records, are not followed */
  g_autoptr (XpsFile) file = read_comment (broken_record);
  g_assert_cmpuint (stored_fit (file)->components->len, ==, 1);
  g_assert_cmpint (component (file, 0)->area.link, ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/casa/all-parts", test_all_parts);
  g_test_add_func ("/casa/region", test_region);
  g_test_add_func ("/casa/components", test_components);
  g_test_add_func ("/casa/old-version", test_old_version);
  g_test_add_func ("/casa/oddities", test_oddities);
  g_test_add_func ("/casa/broken", test_broken);
  return g_test_run ();
}
