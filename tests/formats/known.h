/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A table of data: which files of the corpus an independent reading and ours read differently, and why. */

/* Where the two readings differ for a reason, and what the reason is: these files are compared too, but a
 * difference in the named fields is expected (and its absence an error, so that this list stays true). */
static const struct {
  const char *file;
  const char *fields; /* that differ */
  const char *reason;
} known[] = {
    {"vamas-synthetic/mapsv.vms", "first last step uniform ",
     "MAPPING scans have no abscissa; the other reading repeats the intensities as abscissa, ours counts "
     "positions"},
    {"ascii-synthetic/decimal_comma_semicolon_cp1252.csv", "axis ",
     "the file says \"Energie\" only; the generator knew that it meant binding energy"},
    {"ascii/120324_1144_C1s.txt", "n_regions ",
     "two scans below one another; the other reading takes the longest table, ours each scan"},
    {"ascii/clean_Au_4f.txt", "sum first3 last3 ",
     "the other reading takes column 2, which is all zero; the last column is the sum of the detector "
     "channels before it "
     "and equals the published two-column twin clean_Au_4f.csv in 293 of 294 rows (the first differs by a "
     "digit)"},
    {"ascii/haxpes-P22-GdH2/scan_019873scan_VB_SCL.dat", "sum first3 last3 ",
     "columns are called Sweep0 ... Sum; the other reading takes the first sweep, ours the sum"},
    {"ascii/haxpes-P22-GdH2/scan_019874scan_Gd4d.dat", "sum first3 last3 ", "as above"},
    {"ascii/haxpes-P22-GdH2/scan_019876scan_O1s.dat", "sum first3 last3 ", "as above"},
    {"igor-pxt/Sample1-10070.pxt", "sum first3 last3 ",
     "157 repetitions; the other reading lists the first of them, ours the sum and then each repetition (the "
     "first "
     "of which it is)"},
    {"igor-ibw/test_matrix.ibw", "sum first3 last3 ",
     "a matrix; the other reading lists its first column, ours the sum over the columns and then each "
     "column"},
    {"hdf5-beamline/011_XPS_sAl_350.h5", "name first last step ",
     "the file holds E - E_F, binding energies with a minus sign, and says so (\"Ek/Eb = Eb\"); ours turns "
     "the "
     "sign, so that they are binding energies. The other reading describes the wave in words where ours has "
     "its name"},
    {"nexus/vms_analysis_ref.nxs", "pass_energy casa ",
     "1e+37 is how the VAMAS file behind it said \"not given\"; ours gives no value. The fit in it (NXfit) is "
     "read by ours only"},
    {"casaxps-ascii/FeO_analyzed_lineshapes_cols.txt", "casa ",
     "the other reading has no names and no fits of text exports: the four components are in the table's "
     "head"},
    {"casaxps-ascii/report1.TXT", "sum first3 last3 ",
     "columns are kinetic energy, binding energy, counts per second; the other reading takes the second for "
     "the "
     "intensity"},
    {"casaxps-ascii/vms_txt_export.txt", "n_regions name ",
     "four blocks; the other reading takes the longest table"},
    {"ascii-xlsx/XPS_StainlessSteel.xlsx", "n_regions axis n last last3 ",
     "nothing says that the axis is a binding energy; rows of dashes part two tables of the fourth sheet, "
     "which "
     "the other reading joins"},
    {"ascii-xlsx/battery-0V-3.4V/Multiplex Data - C1s.xlsx", "name axis ",
     "a sheet of two tables, told apart by what stands above them (Area1 - 0 V); the other reading shortens "
     "that, and knows that the axis is a binding energy, which nothing says"},
    {"ascii-xlsx/battery-0V-3.4V/Multiplex Data - O1s.xlsx", "name axis ", "as above"},
    {"specs-sle-mock/Au4f_mock_float32.sle", "first3 last3 ",
     "rates of three scans; the other reading adds them, ours takes their mean, which is a rate"},
    {"specs-xy/specsxy_example.xy", "axis ",
     "the axis is called kinetic, but the scan mode is ConstantFinalState: 525 to 555 eV are photon "
     "energies"},
};
