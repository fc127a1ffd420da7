/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/component-table.h"

#include "shown.h"

/* The tables word for word. */

#define QUANTITY(v, e) ((XpsQuantity){(v), (e)})

/* A record of the sample's model as it stands, with numbers that are easy to read. Not made by a fit, so
 * freed by hand. */
typedef struct {
  XpsFitRecord record;
  XpsRecordComponent components[3];
  XpsRecordParameter parameters[4];
} Record;

static void
record_init (Record *record, const XpsPreview *preview)
{
  static const char *const names[] = {"main", "side", "other"};
  static const char *const widths[] = {"main.fwhm_g", "main.fwhm_l", "other.fwhm_g", "other.fwhm_l"};
  static const double values[] = {0.45, 0.2, 0.9, 0.2}, errors[] = {0.012, NAN, 0.04, 0.11};
  *record = (Record){.record = {.converged = TRUE,
                                .weights = (char *)xps_weights_to_text (preview->weights),
                                .reduced_chi2 = 1.0432,
                                .parameters = g_ptr_array_new (),
                                .components = g_ptr_array_new (),
                                .model = xps_model_copy (preview->model)}};
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++) {
    record->parameters[i] =
        (XpsRecordParameter){(char *)widths[i], QUANTITY (values[i], errors[i]), XPS_STATUS_FREE};
    g_ptr_array_add (record->record.parameters, &record->parameters[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    record->components[i] = (XpsRecordComponent){.name = (char *)names[i],
                                                 .maximum = QUANTITY (161.65 + (double)i, 0.0123),
                                                 .area = QUANTITY (12034.0 + (double)i, 27.0),
                                                 .fwhm = QUANTITY (0.625, 0.0078125),
                                                 .fraction = QUANTITY (0.25, 0.00390625)};
    g_ptr_array_add (record->record.components, &record->components[i]);
  }
  record->components[1].area.error = NAN;
}

static void
record_clear (Record *record)
{
  g_ptr_array_unref (record->record.parameters);
  g_ptr_array_unref (record->record.components);
  xps_model_free (record->record.model);
}

/* Labels and species that need quoting, formulas, and a name that LaTeX would trip over. */
static XpsPreview *
labelled_preview (void)
{
  g_autoptr (XpsSpectrum) spectrum = shown_spectrum (XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS, 1.0, 0.0);
  g_autoptr (XpsModel) model = shown_model (TRUE);
  static const char *const labels[] = {"PS4 3- 2p3/2", "2p1/2, \"weak\"", NULL};
  static const char *const phases[] = {"Li6PS5Cl", "Li6PS5Cl", "50%_Li2S"};
  for (guint k = 0; k < 3; k++) {
    XpsComponent *component = g_ptr_array_index (shown_part (model)->components, k);
    component->label = g_strdup (labels[k]);
    component->phase = g_strdup (phases[k]);
  }
  return shown_preview_of (spectrum, model);
}

static const char heading[] =
    "name,label,species,shape,position_eV,position_eV_stderr,fwhm_g_eV,fwhm_g_eV_stderr,fwhm_l_eV,"
    "fwhm_l_eV_stderr,fwhm_eV,fwhm_eV_stderr,area_counts_eV,area_counts_eV_stderr,area_percent,"
    "area_percent_stderr\n";

static void
test_csv (void)
{
  g_autoptr (XpsPreview) preview = labelled_preview ();
  Record record;
  record_init (&record, preview);
  g_autofree char *wanted = g_strconcat (
      heading,
      "main,PS4 3- 2p3/2,Li6PS5Cl,voigt,161.65,0.0123,0.45,0.012,0.2,,0.625,0.0078125,12034,27,25,0.390625\n"
      "side,\"2p1/2, \"\"weak\"\"\",Li6PS5Cl,voigt,162.65,0.0123,0.6,,0.1,,0.625,0.0078125,12035,,25,"
      "0.390625\n"
      "other,,50%_Li2S,voigt,163.65,0.0123,0.9,0.04,0.2,0.11,0.625,0.0078125,12036,27,25,0.390625\n",
      NULL);
  g_autofree char *csv = xps_component_table_dup_csv (preview, &record.record, ',');
  g_assert_cmpstr (csv, ==, wanted);
  record.record.converged = FALSE;
  g_autofree char *failed = xps_component_table_dup_csv (preview, &record.record, ',');
  g_assert_true (g_str_has_prefix (failed, "# the fit did not converge\nname,label,"));
  record_clear (&record);
}

/* The clipboard of spreadsheets: tabs, and commas need no quotes. */
static void
test_tabs (void)
{
  g_autoptr (XpsPreview) preview = labelled_preview ();
  Record record;
  record_init (&record, preview);
  g_autofree char *text = xps_component_table_dup_csv (preview, &record.record, '\t');
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5); /* the last is empty */
  for (guint i = 0; i < 4; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
    g_assert_cmpuint (g_strv_length (cells), ==, 16);
  }
  g_assert_nonnull (strstr (lines[3], "other\t\t50%_Li2S\tvoigt\t163.65\t0.0123\t"));
  record_clear (&record);
}

/* Not of this model: what the model says, no errors, and the table says so. */
static void
test_stale (void)
{
  g_autoptr (XpsPreview) preview = labelled_preview ();
  Record record;
  record_init (&record, preview);
  xps_model_get_parameter (record.record.model, "main.center")->value = 161.0;
  g_autofree char *stale = xps_component_table_dup_csv (preview, &record.record, ',');
  g_autofree char *none = xps_component_table_dup_csv (preview, NULL, ',');
  g_assert_cmpstr (stale, ==, none);
  g_auto (GStrv) lines = g_strsplit (none, "\n", -1);
  g_assert_cmpstr (lines[0], ==, "# not fitted: values of the model as it stands, without uncertainties");
  g_auto (GStrv) main = g_strsplit (lines[2], ",", -1);
  static const guint errors[] = {5, 7, 9, 11, 13, 15};
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    g_assert_cmpstr (main[errors[i]], ==, "");
  g_assert_cmpstr (main[4], ==, "161.6");
  g_assert_cmpstr (main[6], ==, "0.6");
  g_assert_cmpstr (main[8], ==, "0.1");
  g_assert_cmpstr (main[12], ==, "6000");
  /* 6000, half of it, 800: to the rounding of a sum and a quotient. */
  test_assert_close (g_ascii_strtod (main[14], NULL), 100.0 * 6000.0 / 9800.0, 1e-12);
  record_clear (&record);
}

static void
test_latex (void)
{
  g_autoptr (XpsPreview) preview = labelled_preview ();
  Record record;
  record_init (&record, preview);
  static const char wanted[] =
      "% needs \\usepackage{booktabs}\n"
      "\\begin{table}\n"
      "  \\centering\n"
      "  \\caption{Components of S 2p. Standard errors in parentheses; $\\chi^2/\\mathrm{dof} = 1.04$.}\n"
      "  \\begin{tabular}{lllrrrrrr}\n"
      "    \\toprule\n"
      "    Component & Species & Shape & $E_\\mathrm{B}$ (eV) & $w_\\mathrm{G}$ (eV) & $w_\\mathrm{L}$ (eV) "
      "& "
      "FWHM (eV) & Area (counts eV) & \\% \\\\\n"
      "    \\midrule\n"
      "    PS\\textsubscript{4}\\textsuperscript{3$-$} 2p\\textsubscript{3/2} & "
      "Li\\textsubscript{6}PS\\textsubscript{5}Cl & voigt & 161.650(12) & 0.450(12) & 0.20 & 0.625(8) & "
      "12034(27) & 25.0(4) \\\\\n"
      "    2p\\textsubscript{1/2}, \"weak\" & Li\\textsubscript{6}PS\\textsubscript{5}Cl & voigt & "
      "162.650(12) "
      "& 0.60 & 0.10 & 0.625(8) & 12035 & 25.0(4) \\\\\n"
      "    other & 50\\%\\_Li2S & voigt & 163.650(12) & 0.90(4) & 0.20(11) & 0.625(8) & 12036(27) & 25.0(4) "
      "\\\\\n"
      "    \\bottomrule\n"
      "  \\end{tabular}\n"
      "\\end{table}\n";
  g_autofree char *latex = xps_component_table_dup_latex (preview, &record.record);
  g_assert_cmpstr (latex, ==, wanted);
  g_autofree char *none = xps_component_table_dup_latex (preview, NULL);
  g_assert_nonnull (strstr (none,
                            "\\caption{Components of S 2p. Not fitted: values of the model as it stands, "
                            "without uncertainties.}\n"));
  g_assert_nonnull (strstr (none, "voigt & 161.60 & 0.60 & 0.10 & "));
  record_clear (&record);
}

/* Shapes without a Gaussian or Lorentzian width leave the cells empty; an edge has no area and no share. */
static void
test_shapes (void)
{
  g_autoptr (XpsSpectrum) spectrum =
      shown_spectrum (XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS_PER_SECOND, 1.0, 0.0);
  g_autoptr (XpsModel) model = xps_model_new ();
  XpsComponent *gauss = xps_model_part_add_component (shown_part (model), "peak", xps_shape_find ("gauss"));
  XpsComponent *edge = xps_model_part_add_component (shown_part (model), "edge", xps_shape_find ("fermi"));
  xps_model_add_parameter (model, "x", 161.5, -INFINITY, INFINITY);
  xps_model_add_parameter (model, "a", -20.5, -INFINITY, INFINITY);
  xps_model_add_parameter (model, "w", 0.5, 0.1, 2.0);
  g_assert_true (xps_component_set_role (gauss, "center", "x") &&
                 xps_component_set_role (gauss, "area", "a") && xps_component_set_role (gauss, "fwhm", "w") &&
                 xps_component_set_role (edge, "center", "x") && xps_component_set_role (edge, "amp", "a") &&
                 xps_component_set_role (edge, "fwhm_g", "w"));
  g_autoptr (XpsPreview) preview = shown_preview_of (spectrum, model);
  g_autofree char *csv = xps_component_table_dup_csv (preview, NULL, ',');
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_assert_nonnull (strstr (lines[1], ",area_counts_per_s_eV,area_counts_per_s_eV_stderr,"));
  g_assert_cmpstr (lines[2], ==, "peak,,,gauss,161.5,,,,,,0.5,,-20.5,,,");
  g_assert_cmpstr (lines[3], ==, "edge,,,fermi,161.5,,0.5,,,,,,,,,");
  g_autofree char *latex = xps_component_table_dup_latex (preview, NULL);
  g_assert_nonnull (strstr (latex, "    peak &  & gauss & 161.50 &  &  & 0.50 & $-$20 &  \\\\\n"));
}

/* No components: a table of no rows is still one. */
static void
test_empty (void)
{
  g_autoptr (XpsSpectrum) spectrum = shown_spectrum (XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS, 1.0, 0.0);
  g_autoptr (XpsModel) model = xps_model_new ();
  g_autoptr (XpsPreview) preview = shown_preview_of (spectrum, model);
  g_autofree char *csv = xps_component_table_dup_csv (preview, NULL, ',');
  g_autofree char *latex = xps_component_table_dup_latex (preview, NULL);
  g_assert_true (g_str_has_suffix (csv, heading));
  g_assert_nonnull (strstr (latex, "\\midrule\n    \\bottomrule\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/component-table/csv", test_csv);
  g_test_add_func ("/component-table/tabs", test_tabs);
  g_test_add_func ("/component-table/stale", test_stale);
  g_test_add_func ("/component-table/latex", test_latex);
  g_test_add_func ("/component-table/shapes", test_shapes);
  g_test_add_func ("/component-table/empty", test_empty);
  return g_test_run ();
}
