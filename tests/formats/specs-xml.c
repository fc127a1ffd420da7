/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile.h"
#include "sample.h"

/* Dumps made in the layout of SpecsLab2: two channels a step and a half apart, three values, one before and
 * one behind. */

#define HEAD                                                                                                 \
  "<?xml version=\"1.0\"?>\n<!-- CORBA XML document created by XMLSerializer2 1.6 at 2022-04-08 -->\n"       \
  "<!DOCTYPE any [\n<!ELEMENT any (struct)?>\n]>\n<any version=\"1.6\"><sequence "                           \
  "type_name=\"RegionGroupSeq\">\n"                                                                          \
  "<struct type_name=\"RegionGroup\"><string name=\"name\">films</string>\n<sequence name=\"regions\">\n"
#define REGION                                                                                               \
  "<struct type_name=\"RegionData\"><string name=\"name\">S 2p \xB5</string>\n"                              \
  "<struct name=\"region\" type_name=\"RegionDef\"><string name=\"analysis_method\">XPS</string>"            \
  "<struct name=\"scan_mode\" type_name=\"ScanMode\"><string "                                               \
  "name=\"name\">FixedAnalyzerTransmission</string>"                                                         \
  "</struct>\n<ulong name=\"num_scans\">5</ulong><ulong name=\"curves_per_scan\">1</ulong>"                  \
  "<ulong name=\"values_per_curve\">3</ulong><double name=\"dwell_time\">0.1</double>"                       \
  "<double name=\"scan_delta\">0.5</double><double name=\"excitation_energy\">1486.6</double>"               \
  "<double name=\"kinetic_energy\">1320</double><double name=\"kinetic_energy_base\">1</double>"             \
  "<double name=\"pass_energy\">10</double></struct>\n"                                                      \
  "<ulong name=\"mcd_head\">1</ulong><ulong name=\"mcd_tail\">1</ulong>\n"                                   \
  "<struct name=\"analyzer_info\" type_name=\"AnalyzerInfo\"><string name=\"name\">PHOIBOS</string>"         \
  "<sequence name=\"detectors\"><struct type_name=\"Detector\"><double "                                     \
  "name=\"shift\">-0.05</double></struct>"                                                                   \
  "<struct type_name=\"Detector\"><double name=\"shift\">0.05</double><sequence name=\"parameters\">"        \
  "<struct type_name=\"Parameter\"><string name=\"name\">Threshold</string><any name=\"value\">"             \
  "<double>2.5</double></any></struct></sequence></struct></sequence></struct>\n"
#define CYCLE(time, scans)                                                                                   \
  "<struct type_name=\"Cycle\"><ulong name=\"time\">" time "</ulong><sequence name=\"scans\">" scans         \
  "</sequence></struct>\n"
#define SCAN(counts)                                                                                         \
  "<struct type_name=\"ScanData\"><sequence name=\"counts\"><ulong>" counts "</ulong></sequence></struct>\n"
#define TAIL                                                                                                 \
  "</sequence><sequence name=\"transmission\"><double>1\n0.5\n0.25</double></sequence>"                      \
  "<sequence name=\"parameters\"><struct type_name=\"Parameter\"><string name=\"name\">Style</string>"       \
  "<any name=\"value\"><string>solid</string></any></struct></sequence></struct>\n"
#define END "</sequence></struct></sequence></any>\n"

/* Channel 0 counts 1 2 3 4 5 in its five steps, channel 1 counts tens: shifted by one step each way the sums
 * are 3 + 10, 4 + 20, 5 + 30. */
#define COUNTS "1 10\n2 20\n3 30\n4 40\n5 50"

static const char plain[] = HEAD REGION
    "<sequence name=\"cycles\">" CYCLE ("1643415878", SCAN (COUNTS) SCAN ("0 0 0 0 1 0 0 0 0 0")) TAIL END;

static void
test_alignment (void)
{
  g_autoptr (XpsFile) file = sample_read (plain);

  g_assert_cmpstr (file->format, ==, "specs-xml");
  g_assert_cmpuint (file->warnings->len, ==, 0);
  g_assert_cmpuint (file->spectra->len, ==, 3);
  const XpsSpectrum *sum = sample_spectrum (file, 0);
  const XpsAcquisition *record = xps_spectrum_get_acquisition (sum);
  static const double energy[3] = {1321, 1321.5, 1322}, counts[3] = {3 + 10 + 1, 4 + 20, 5 + 30};
  sample_assert_values (xps_spectrum_get_energy (sum), energy, 3);
  sample_assert_values (xps_spectrum_get_intensity (sum), counts, 3);
  g_assert_cmpstr (xps_spectrum_get_name (sum), ==, "S 2p µ");
  g_assert_cmpstr (xps_spectrum_get_group (sum), ==, "films");
  g_assert_cmpint (xps_spectrum_get_axis (sum), ==, XPS_AXIS_KINETIC);
  g_assert_cmpint (xps_spectrum_get_unit (sum), ==, XPS_INTENSITY_COUNTS);
  g_assert_cmpfloat (record->photon_energy, ==, 1486.6);
  g_assert_cmpfloat (record->scans, ==, 2);
  g_assert_cmpfloat (record->dwell, ==, 0.1);
  g_assert_cmpstr (record->date, ==, "2022-01-29T00:24:38Z");
  g_assert_cmpstr (record->instrument, ==, "PHOIBOS");
  g_assert_cmpstr (record->analyser_mode, ==, "FixedAnalyzerTransmission");
  g_assert_cmpstr (xps_acquisition_find_key (record, "num_scans"), ==, "5");
  g_assert_cmpstr (xps_acquisition_find_key (record, "Detector 2: Threshold"), ==, "2.5");
  g_assert_cmpstr (xps_acquisition_find_key (record, "Style"), ==, "solid");
  const XpsColumn *transmission = xps_spectrum_find_column (sum, XPS_COLUMN_TRANSMISSION);
  g_assert_cmpfloat (transmission->values[2], ==, 0.25);
  const XpsSpectrum *scan = sample_spectrum (file, 2);
  const XpsVariable *variable = g_ptr_array_index (xps_spectrum_get_acquisition (scan)->variables, 0);
  g_assert_cmpstr (variable->label, ==, "Scan");
  g_assert_cmpfloat (xps_spectrum_get_intensity (scan)[0], ==, 1);
  g_assert_cmpfloat (xps_spectrum_get_acquisition (scan)->scans, ==, 1);
}

static void
test_cycles (void)
{
  g_autoptr (XpsFile) file = sample_read (HEAD REGION "<sequence name=\"cycles\">" CYCLE (
      "1643415878", SCAN (COUNTS)) CYCLE ("1643415979", SCAN (COUNTS) SCAN (COUNTS)) TAIL END);

  /* the sum, two cycles, three scans */
  g_assert_cmpuint (file->spectra->len, ==, 1 + 2 + 3);
  g_assert_cmpfloat (xps_spectrum_get_intensity (sample_spectrum (file, 0))[0], ==, 3 * 13);
  const XpsSpectrum *second = sample_spectrum (file, 2);
  g_assert_cmpfloat (xps_spectrum_get_intensity (second)[0], ==, 2 * 13);
  g_assert_cmpfloat (xps_spectrum_get_acquisition (second)->scans, ==, 2);
  g_assert_cmpstr (xps_spectrum_get_acquisition (second)->date, ==, "2022-01-29T00:26:19Z");
}

static void
test_warnings (void)
{
  g_autoptr (XpsFile) file = sample_read (HEAD REGION "<sequence name=\"cycles\">" CYCLE (
      "0", SCAN (COUNTS) SCAN ("1 2 3")) TAIL REGION "<sequence name=\"cycles\">" TAIL END);

  g_assert_cmpuint (file->spectra->len, ==, 1);
  g_assert_true (sample_mentions (file->warnings, "10 counts expected in a scan, found 3"));
  g_assert_null (xps_spectrum_get_acquisition (sample_spectrum (file, 0))->date);
}

/* Entities are not replaced, files and network not opened, towers of entities not built. */
static void
test_entities (void)
{
  static const char laughs[] =
      "<?xml version=\"1.0\"?>\n<!-- CORBA XML document created by XMLSerializer2 1.6 -->\n<!DOCTYPE any [\n"
      "<!ENTITY a \"1 1 1 1 1 1 1 1 1 1\">\n<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\n"
      "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">\n<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">\n"
      "<!ENTITY x SYSTEM \"file:///etc/passwd\">\n<!ENTITY % p SYSTEM \"http://localhost/x.dtd\">\n]>\n"
      "<any><struct type_name=\"RegionData\"><string name=\"name\">&x;</string>"
      "<sequence name=\"cycles\">" CYCLE ("0", SCAN ("&d;")) "</sequence></struct></any>";
  static const char *const words[] = {"sample", NULL};

  sample_refuse (laughs, words);
}

static void
test_refused (void)
{
  static const char *const cut[] = {"sample: line ", NULL};
  static const char *const letters[] = {"a row of numbers expected", NULL};
  static const char *const empty[] = {"no region with counts", NULL};

  sample_refuse (HEAD "<struct", cut);
  sample_refuse (HEAD REGION "<sequence name=\"cycles\">" CYCLE ("0", SCAN ("1 x")) TAIL END, letters);
  sample_refuse (HEAD REGION "<sequence name=\"cycles\">" TAIL END, empty);
}

static void
test_hostile (void)
{
  hostile_text (plain);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/specs-xml/alignment", test_alignment);
  g_test_add_func ("/specs-xml/cycles", test_cycles);
  g_test_add_func ("/specs-xml/warnings", test_warnings);
  g_test_add_func ("/specs-xml/entities", test_entities);
  g_test_add_func ("/specs-xml/refused", test_refused);
  g_test_add_func ("/specs-xml/hostile", test_hostile);
  return g_test_run ();
}
