/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked about a series: how a log is laid beside its steps, and, in a window, what its atomic ratios
 * rest on. Judge: ratios of the fitted areas over sensitivities asked of the database here, with and without
 * a material. */
#include "app/series-quantity-window.h"

#include <glib/gstdio.h>

#include "app/page-entry.h"
#include "app/reference-catalogue.h"
#include "app/series-receive.h"
#include "app/series-window.h"
#include "base/text.h"
#include "numerics/random.h"
#include "project/series-entry.h"
#include "quantify/sensitivity.h"
#include "window-fixture.h"

#define N_STEPS       6
#define N_LEVELS      2
#define PHOTON_ENERGY 1486.6
#define MATERIAL      "Li6PS5Cl"

/* A line of a level whose name no spectrum says, and one of a level that is named. */
static const struct {
  const char *name, *component;
  double low, center, area;
} levels[N_LEVELS] = {{"V%.3f", "A", 156, 163, 3000}, {"P 2p V%.3f", "B", 126, 132, 1500}};

static XpsModel *
model_of (gsize level)
{
  const double center = levels[level].center;
  g_autofree char *text = xps_text_printf (
      "{\"corelevel_model\":1,\"energy_range\":[%g,%g],\"parameters\":["
      "{\"name\":\"center\",\"value\":%g,\"min\":%g,\"max\":%g},"
      "{\"name\":\"area\",\"value\":%g,\"min\":0},{\"name\":\"fwhm\",\"value\":1.1,\"min\":0.3,\"max\":3},"
      "{\"name\":\"c0\",\"value\":100}],\"components\":[{\"name\":\"%s\",\"type\":\"gauss\",\"params\":"
      "{\"center\":\"center\",\"area\":\"area\",\"fwhm\":\"fwhm\"}}],"
      "\"background\":[{\"type\":\"poly\",\"x_ref\":%g,\"coeffs\":[\"c0\"]}]}",
      levels[level].low, levels[level].low + 12, center, center - 1, center + 1, levels[level].area,
      levels[level].component, center);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  XpsModel *model = xps_model_from_json (node, "test", NULL);
  g_assert_nonnull (model);
  return model;
}

static XpsSpectrum *
draw (gsize level, guint step)
{
  const double s = 1.2 / 2.3548200450309493;
  const double scale = levels[level].area * (1 + 0.1 * step) / (s * sqrt (2 * G_PI));
  XpsSpectrumDraft draft = {.axis = XPS_AXIS_BINDING, .n = 121, .unit = XPS_INTENSITY_COUNTS};
  XpsRandom random;
  xps_random_init (&random, 40 + 2 * step + level);
  draft.name = xps_text_printf (level == 0 ? "V%.3f" : "P 2p V%.3f", 1.75 - 0.05 * step);
  draft.energy = g_new (double, draft.n);
  draft.intensity = g_new0 (double, draft.n);
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->photon_energy = PHOTON_ENERGY;
  for (gsize i = 0; i < draft.n; i++) {
    draft.energy[i] = levels[level].low + 0.1 * (double)i;
    const double z = (draft.energy[i] - levels[level].center) / s;
    draft.intensity[i] = xps_random_poisson (&random, 100 + scale * exp (-z * z / 2));
  }
  return xps_spectrum_new (&draft);
}

static XpsSpectrum *
add_up (GPtrArray *spectra)
{
  const XpsSpectrum *first = g_ptr_array_index (spectra, 0);
  XpsSpectrumDraft draft = {.axis = XPS_AXIS_BINDING, .n = 121, .unit = XPS_INTENSITY_COUNTS};
  draft.name = g_strdup ("all");
  draft.energy = g_memdup2 (xps_spectrum_get_energy (first), draft.n * sizeof (double));
  draft.intensity = g_new0 (double, draft.n);
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->photon_energy = PHOTON_ENERGY;
  for (guint k = 0; k < spectra->len; k++)
    for (gsize i = 0; i < draft.n; i++)
      draft.intensity[i] += xps_spectrum_get_intensity (g_ptr_array_index (spectra, k))[i];
  return xps_spectrum_new (&draft);
}

static XpsState *
add_region (XpsState *take_state, guint sample, const XpsSpectrum *spectrum, const XpsSource *source,
            XpsModel *take_model)
{
  guint id;
  g_autoptr (XpsState) before = take_state;
  g_autoptr (XpsRegion) region = xps_region_new (spectrum, source);
  if (take_model != NULL) {
    xps_model_free (region->model);
    region->model = take_model;
  }
  return xps_state_add_region (before, sample, region, &id);
}

/* Each step a sample; with the sum of all spectra of the first level, as instruments write it. */
static void
fill (Fixture *f)
{
  g_autoptr (XpsSource) source = xps_source_new_texts ("/data/steps.vms", NULL, NULL, NULL, NULL, 0, NULL);
  g_autoptr (GPtrArray) first = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);
  guint sample;
  XpsState *state = xps_state_new ();
  for (guint i = 0; i <= N_STEPS; i++) {
    g_autoptr (XpsState) before = state;
    state = xps_state_add_sample (before, i < N_STEPS ? "step" : "sum", &sample);
    if (i == N_STEPS) {
      g_autoptr (XpsSpectrum) sum = add_up (first);
      state = add_region (state, sample, sum, source, NULL);
      break;
    }
    for (gsize level = 0; level < N_LEVELS; level++) {
      g_autoptr (XpsSpectrum) spectrum = draw (level, i);
      if (level == 0)
        g_ptr_array_add (first, xps_spectrum_ref (spectrum));
      state =
          add_region (state, sample, spectrum, level == 0 ? source : NULL, i == 0 ? model_of (level) : NULL);
    }
  }
  xps_project_edit (xps_session_get_project (f->session), "spectra", state);
}

static GtkWindow *
open_series (Fixture *f)
{
  fill (f);
  const XpsState *state = xps_project_get_state (xps_session_get_project (f->session));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  xps_session_show_region (f->session, xps_state_get_region (state, 0)->id);
  for (guint i = 0; i < xps_state_get_n_regions (state); i++)
    g_array_append_val (ids, xps_state_get_region (state, i)->id);
  xps_session_select_regions (f->session, (const guint *)(void *)ids->data, ids->len);
  GtkWindow *window = xps_series_window_present (f->window);
  g_assert_nonnull (window);
  APP_WAIT (gtk_widget_get_mapped (GTK_WIDGET (window)));
  return window;
}

/* ---- widgets ---- */

typedef gboolean (*IsIt) (GtkWidget *widget, const char *name);

static gboolean
is_button (GtkWidget *widget, const char *name)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0;
}

static gboolean
is_combo (GtkWidget *widget, const char *name)
{
  return ADW_IS_COMBO_ROW (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name) == 0;
}

/* By its accessible name. */
static gboolean
is_entry (GtkWidget *widget, const char *name)
{
  if (!XPS_IS_PAGE_ENTRY (widget))
    return FALSE;
  GtkAccessible *entry = GTK_ACCESSIBLE (xps_page_entry_get_editable (XPS_PAGE_ENTRY (widget)));
  g_autofree char *other = gtk_test_accessible_check_property (entry, GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  return other == NULL;
}

/* A label with this in it. */
static gboolean
has_text (GtkWidget *widget, const char *part)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL;
}

static GtkWidget *
find (GtkWidget *top, IsIt is_it, const char *name)
{
  if (is_it (top, name))
    return top;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, is_it, name);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
get (GtkWindow *window, IsIt is_it, const char *name)
{
  GtkWidget *found = find (GTK_WIDGET (window), is_it, name);
  g_assert_nonnull (found);
  return found;
}

static GtkWindow *
find_window (const char *title)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();
  for (GList *at = all; at != NULL; at = at->next)
    if (g_strcmp0 (gtk_window_get_title (at->data), title) == 0)
      return at->data;
  return NULL;
}

static gboolean
type (GtkWindow *window, const char *name, const char *text)
{
  XpsPageEntry *entry = XPS_PAGE_ENTRY (get (window, is_entry, name));
  xps_page_entry_type (entry, text);
  const gboolean taken = xps_page_entry_take (entry);
  app_settle (20);
  return taken;
}

static void
choose (GtkWindow *window, const char *title, const char *name)
{
  AdwComboRow *row = ADW_COMBO_ROW (get (window, is_combo, title));
  GListModel *model = adw_combo_row_get_model (row);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (model), i), name) == 0) {
      adw_combo_row_set_selected (row, i);
      app_settle (20);
      return;
    }
  g_assert_not_reached ();
}

/* ---- ratios ---- */

static const XpsTrend *
find_ratio (XpsSeriesDesk *desk)
{
  const GPtrArray *trends = xps_series_desk_get_report (desk)->trends;
  for (guint i = 0; i < trends->len; i++)
    if (((XpsTrend *)g_ptr_array_index (trends, i))->kind == XPS_TREND_RATIO)
      return g_ptr_array_index (trends, i);
  return NULL;
}

/* What one atom of sulfur gives over one of phosphorus. */
static double
ask_sensitivities (const char *material)
{
  static const char *const names[N_LEVELS] = {"S 2p", "P 2p"};
  g_autoptr (XpsReference) reference = xps_catalogue_open_reference (NULL);
  XpsSensitivityOptions options;
  XpsSensitivity found[N_LEVELS];
  XpsMaterial matrix = {0};
  xps_sensitivity_options_init (&options);
  options.photon_energy = PHOTON_ENERGY;
  if (material != NULL) {
    g_assert_true (xps_reference_get_material (reference, material, &matrix, NULL));
    options.matrix = &matrix;
  }
  for (gsize k = 0; k < N_LEVELS; k++)
    g_assert_true (xps_sensitivity (reference, names[k], levels[k].center, NAN, &options, &found[k], NULL));
  xps_material_clear (&matrix);
  return found[0].product / found[1].product;
}

/* Within the rounding of a place of the lines that is the fit's and not the truth. */
static void
check_ratio (XpsSeriesDesk *desk, const char *material)
{
  const XpsTrend *trend = find_ratio (desk);
  g_assert_nonnull (trend);
  const double factor = ask_sensitivities (material);
  for (guint i = 0; i < N_STEPS; i++) {
    const XpsStepComponent *c =
        xps_series_run_get_step (xps_series_desk_get_report (desk)->run, i)->components;
    const double expected = c[0].area.value / c[1].area.value / factor;
    g_assert_cmpfloat (fabs (trend->values[i] / expected - 1), <, 1e-4);
  }
}

static gboolean
says (const GPtrArray *sentences, const char *part)
{
  for (guint i = 0; i < sentences->len; i++)
    if (strstr (g_ptr_array_index (sentences, i), part) != NULL)
      return TRUE;
  return FALSE;
}

static void
fit (XpsSeriesDesk *desk)
{
  xps_series_desk_fit (desk);
  APP_WAIT (!xps_series_desk_get_fitting (desk));
  g_assert_true (xps_series_desk_get_report (desk)->run->converged);
}

static void
check_kept (XpsProject *project, guint entry)
{
  g_autofree char *folder = g_dir_make_tmp ("corelevel-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autofree char *lock = g_build_filename (folder, ".a.corelevel.lock", NULL);
  g_autoptr (GError) error = NULL;
  {
    g_autoptr (XpsProject) copy = xps_project_new ();
    xps_project_edit (copy, "all", xps_state_ref ((XpsState *)xps_project_get_state (project)));
    g_assert_true (xps_project_save (copy, path, &error));
  }
  g_autoptr (XpsProject) opened = xps_project_open (path, &error);
  g_assert_no_error (error);
  g_autoptr (XpsSession) session = xps_session_new (opened);
  g_autoptr (XpsSeriesDesk) desk = xps_series_desk_open (session, entry, &error);
  g_assert_no_error (error);
  xps_series_desk_want_ratios (desk, TRUE);
  g_assert_false (xps_series_desk_is_stale (desk));
  check_ratio (desk, MATERIAL);
  const XpsSeriesQuantity *quantity = xps_series_desk_get_setup (desk)->quantity;
  g_assert_cmpstr (xps_series_quantity_get_level (quantity, "A"), ==, "S 2p");
  g_assert_null (xps_series_quantity_get_level (quantity, "B"));
  g_assert_cmpfloat (quantity->emission, ==, 30);
  g_assert_cmpfloat (quantity->photon_energy, ==, 2200);
  g_clear_object (&desk);
  g_clear_object (&session);
  g_clear_object (&opened);
  g_unlink (path);
  g_unlink (lock);
  g_rmdir (folder);
}

static void
test_ratio (Fixture *f, gconstpointer data)
{
  GtkWindow *window = open_series (f);
  XpsSeriesDesk *desk = xps_series_window_get_desk (window);
  XpsProject *project = xps_session_get_project (f->session);
  fit (desk);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (get (window, is_button, "Ratios")), TRUE);
  const XpsAtoms *atoms = xps_series_desk_get_report (desk)->atoms;
  g_assert_nonnull (atoms);
  g_assert_true (says (atoms->notes, "core level of A is not known"));
  g_signal_emit_by_name (get (window, is_button, "_Quantification…"), "clicked");
  GtkWindow *asking = find_window ("Quantification");
  g_assert_nonnull (asking);
  APP_WAIT (gtk_widget_get_mapped (GTK_WIDGET (asking)));

  /* Refused at the field, and nothing was done. */
  const XpsState *before = xps_project_get_state (project);
  g_assert_false (type (asking, "Core level: A", "S 9z"));
  g_assert_nonnull (
      strstr (xps_page_entry_get_error (XPS_PAGE_ENTRY (get (asking, is_entry, "Core level: A"))), "S 9z"));
  g_assert_false (type (asking, "Emission angle from the surface normal", "61"));
  g_assert_false (type (asking, "Photon energy", "0"));
  g_assert_false (type (asking, "Angle between photons and electrons", "190"));
  g_assert_false (type (asking, "Others", "A/nobody"));
  g_assert_true (xps_project_get_state (project) == before);

  g_assert_true (type (asking, "Core level: A", "S 2p"));
  g_assert_true (type (asking, "Others", "A/B"));
  check_ratio (desk, NULL);
  choose (asking, "Material", MATERIAL);
  check_ratio (desk, MATERIAL);
  g_assert_cmpfloat (fabs (ask_sensitivities (MATERIAL) / ask_sensitivities (NULL) - 1), >, 1e-3);
  g_assert_false (xps_series_desk_is_stale (desk)); /* no matter of the fit */
  xps_project_undo (project);
  check_ratio (desk, NULL);
  g_assert_false (xps_series_desk_is_stale (desk));
  xps_project_redo (project);
  check_ratio (desk, MATERIAL);
  g_assert_true (type (asking, "Emission angle from the surface normal", "30"));
  g_assert_true (type (asking, "Angle between photons and electrons", "")); /* what stood there: not known */
  g_assert_true (type (asking, "Photon energy", "2200")); /* for spectra that say none: these do */

  /* All species to one: the reference is chosen here or in the series window, and is the same. */
  g_assert_true (type (asking, "Others", ""));
  g_assert_null (find_ratio (desk));
  choose (asking, "Every species to", "B");
  g_assert_cmpstr (xps_series_desk_get_setup (desk)->quantity->to, ==, "B");
  g_assert_nonnull (find_ratio (desk));
  check_kept (project, xps_series_desk_get_entry (desk));
  gtk_window_close (asking);
  app_settle (50);
  g_assert_null (find_window ("Quantification"));
  gtk_window_destroy (window);
}

/* A fit that is of another setup stays so, and one that is of this setup too. */
static void
test_stale (Fixture *f, gconstpointer data)
{
  GtkWindow *window = open_series (f);
  XpsSeriesDesk *desk = xps_series_window_get_desk (window);
  fit (desk);
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (desk));
  xps_series_setup_exclude (setup, 2, "beam lost");
  xps_series_desk_edit (desk, "exclude", setup);
  g_assert_true (xps_series_desk_is_stale (desk));
  XpsSeriesQuantity *quantity = xps_series_quantity_copy (xps_series_desk_get_setup (desk)->quantity);
  quantity->angle = 54.7;
  xps_series_desk_set_quantity (desk, "angle", quantity);
  g_assert_true (xps_series_desk_is_stale (desk));
  xps_project_undo (xps_session_get_project (f->session));
  g_assert_true (xps_series_desk_is_stale (desk));
  xps_project_undo (xps_session_get_project (f->session));
  g_assert_false (xps_series_desk_is_stale (desk));
  gtk_window_destroy (window);
}

/* The sum of all frames is in no step of several levels, and that is said, also after another grouping. */
static void
test_sums (Fixture *f, gconstpointer data)
{
  GtkWindow *window = open_series (f);
  XpsSeriesDesk *desk = xps_series_window_get_desk (window);
  g_assert_cmpuint (xps_series_setup_get_n_levels (xps_series_desk_get_setup (desk)), ==, N_LEVELS);
  g_assert_cmpuint (xps_series_get_n (xps_series_desk_get_series (desk)), ==, N_STEPS);
  g_assert_true (says (xps_series_desk_get_notes (desk), "is the sum of 6 others"));
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (desk));
  xps_series_setup_exclude (setup, 1, "test");
  xps_series_desk_edit (desk, "exclude", setup);
  g_assert_true (says (xps_series_desk_get_notes (desk), "is the sum of 6 others"));
  gtk_window_destroy (window);
}

/* A log of another clock: the offset that is typed moves it, what comes of it is shown before it is read. */
static void
test_log (Fixture *f, gconstpointer data)
{
  GtkWindow *window = open_series (f);
  XpsSeriesDesk *desk = xps_series_window_get_desk (window);
  g_autofree char *folder = g_dir_make_tmp ("corelevel-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "clocks.csv", NULL);
  g_autofree char *log_path = g_build_filename (folder, "log.csv", NULL);
  g_autoptr (GFile) table = g_file_new_for_path (path), log = g_file_new_for_path (log_path);
  g_assert_true (g_file_set_contents (path, "dose,time (s)\n0,0\n1,10\n2,20\n3,30\n4,40\n5,50\n", -1, NULL));
  g_assert_true (g_file_set_contents (log_path, "time/s,Ewe/V\n100,3\n200,2\n", -1, NULL));
  xps_series_receive_asking (GTK_WIDGET (window), desk, table); /* a table asks nothing */
  g_assert_null (find_window ("Match a Log"));
  xps_series_receive_asking (GTK_WIDGET (window), desk, log);
  GtkWindow *asking = find_window ("Match a Log");
  g_assert_nonnull (asking);
  APP_WAIT (gtk_widget_get_mapped (GTK_WIDGET (asking)));
  const XpsState *before = xps_project_get_state (xps_session_get_project (f->session));
  g_assert_nonnull (find (GTK_WIDGET (asking), has_text, "0 of 6 steps within the log"));
  g_signal_emit_by_name (get (asking, is_button, "_Read"), "clicked"); /* it says why not, and stays */
  g_assert_true (find_window ("Match a Log") == asking);
  g_assert_false (type (asking, "Log offset", "much"));
  g_assert_true (type (asking, "Log offset", "120"));
  g_assert_nonnull (find (GTK_WIDGET (asking), has_text, "log offset: 120 s"));
  g_assert_nonnull (find (GTK_WIDGET (asking), has_text, "6 of 6 steps within the log"));
  g_assert_true (xps_project_get_state (xps_session_get_project (f->session)) == before);
  g_signal_emit_by_name (get (asking, is_button, "_Read"), "clicked");
  app_settle (50);
  g_assert_null (find_window ("Match a Log"));
  const XpsClock *potential = xps_series_find_clock (xps_series_desk_get_series (desk), XPS_CLOCK_POTENTIAL);
  for (guint i = 0; i < N_STEPS; i++)
    g_assert_cmpfloat_with_epsilon (potential->values[i], 3 - (20 + 10 * i) / 100.0, 1e-9);
  g_unlink (path);
  g_unlink (log_path);
  g_rmdir (folder);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  g_autofree char *data = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", NULL);
  g_setenv ("XPS_DATA_DIR", data, TRUE);
  g_autoptr (XpsApplication) application = window_fixture_init (&argc, &argv);
  if (application == NULL)
    return 0;
  g_test_add ("/app/series-quantity/ratio", Fixture, application, set_up, test_ratio, tear_down);
  g_test_add ("/app/series-quantity/stale", Fixture, application, set_up, test_stale, tear_down);
  g_test_add ("/app/series-quantity/sums", Fixture, application, set_up, test_sums, tear_down);
  g_test_add ("/app/series-quantity/log", Fixture, application, set_up, test_log, tear_down);
  return g_test_run ();
}
