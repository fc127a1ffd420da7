/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "numerics/random.h"
#include "series/ratio.h"
#include "support.h"

/* Two core levels whose spectra are drawn from known numbers of atoms, with different counting times and two
 * sulphur species that overlap. Judges: the numbers of atoms, and published sensitivity factors. */

#define STEPS  10
#define POINTS 101
#define ENERGY 1486.6
#define RATIO  0.5 /* of a 2p doublet */

static const struct {
  const char *part, *level, *name, *phase;
  double center, splitting, seconds;
  double before, after; /* atoms at the first and the last step */
} lines[] = {
    {"S 2p", "S 2p", "sulphide 2p3/2", "sulphide", 160.6, 1.18, 2.5, 1.0, 4.0},
    {"S 2p", "S 2p", "thiophosphate 2p3/2", "thiophosphate", 161.7, 1.18, 2.5, 4.0, 2.0},
    {"P 2p", "P 2p", "phosphorus 2p3/2", "phosphorus", 132.1, 0.87, 8.0, 3.0, 3.0},
};

#define N_LINES G_N_ELEMENTS (lines)

static double
get_atoms (gsize k, gsize step)
{
  return lines[k].before + (lines[k].after - lines[k].before) * (double)step / (STEPS - 1);
}

static XpsReference *
open_reference (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "reference_bindings.sqlite", NULL);
  XpsReference *reference = xps_reference_open (path, NULL, &error);
  g_assert_no_error (error);
  return reference;
}

static void
find_sensitivities (XpsReference *reference, double *out)
{
  XpsSensitivityOptions options;
  xps_sensitivity_options_init (&options);
  options.photon_energy = ENERGY;
  for (gsize k = 0; k < N_LINES; k++) {
    XpsSensitivity found;
    g_assert_true (xps_sensitivity (reference, lines[k].level, lines[k].center, NAN, &options, &found, NULL));
    out[k] = found.product;
  }
}

/* ---- spectra and models ---- */

static void
add_voigt (double center, double area, const double *x, double *y)
{
  const XpsShape *voigt = xps_shape_find ("voigt");
  double p[4] = {0}, own[POINTS];
  p[xps_shape_find_role (voigt, "center")] = center;
  p[xps_shape_find_role (voigt, "area")] = area;
  p[xps_shape_find_role (voigt, "fwhm_g")] = 0.9;
  p[xps_shape_find_role (voigt, "fwhm_l")] = 0.2;
  voigt->evaluate (p, POINTS, x, XPS_PRECISION_FULL, own, NULL);
  for (gsize i = 0; i < POINTS; i++)
    y[i] += own[i];
}

static XpsFitData *
draw (const char *part, gsize step, const double *sensitivities, double photon_energy, XpsRandom *random)
{
  XpsSpectrumDraft draft = {.axis = XPS_AXIS_BINDING, .n = POINTS, .unit = XPS_INTENSITY_COUNTS};
  double low = 0, seconds = 1;
  g_autoptr (GError) error = NULL;
  draft.name = g_strdup (part);
  draft.energy = g_new (double, POINTS);
  draft.intensity = g_new (double, POINTS);
  draft.acquisition = xps_acquisition_new ();
  for (gsize i = 0; i < POINTS; i++)
    draft.intensity[i] = 200;
  for (gsize k = 0; k < N_LINES; k++) {
    if (g_strcmp0 (lines[k].part, part) != 0)
      continue;
    low = low > 0 ? low : lines[k].center - 4;
    seconds = lines[k].seconds;
    for (gsize i = 0; i < POINTS; i++)
      draft.energy[i] = low + 0.1 * (double)i;
    const double area = 0.008 * get_atoms (k, step) * sensitivities[k] * seconds;
    add_voigt (lines[k].center, area / (1 + RATIO), draft.energy, draft.intensity);
    add_voigt (lines[k].center + lines[k].splitting, area * RATIO / (1 + RATIO), draft.energy,
               draft.intensity);
  }
  for (gsize i = 0; i < POINTS; i++)
    draft.intensity[i] = xps_random_poisson (random, draft.intensity[i]);
  draft.acquisition->photon_energy = photon_energy;
  draft.acquisition->dwell = seconds / 5;
  draft.acquisition->scans = 5;
  g_autoptr (XpsSpectrum) spectrum = xps_spectrum_new (&draft);
  const XpsEnergyScale scale = xps_energy_scale_from_spectrum (spectrum);
  XpsFitData *data = xps_fit_data_new (spectrum, &scale, NAN, NAN, &error);
  g_assert_no_error (error);
  return data;
}

static XpsSeries *
draw_series (const double *sensitivities, double photon_energy, guint64 seed)
{
  XpsSeries *series = xps_series_new (2);
  XpsRandom random;
  xps_random_init (&random, seed);
  for (gsize i = 0; i < STEPS; i++) {
    g_autofree char *name = g_strdup_printf ("step %u", (guint)i + 1);
    g_autoptr (XpsFitData) sulphur = draw ("S 2p", i, sensitivities, photon_energy, &random);
    g_autoptr (XpsFitData) phosphorus = draw ("P 2p", i, sensitivities, photon_energy, &random);
    XpsFitData *data[] = {sulphur, phosphorus};
    xps_series_add_step (series, name, data);
  }
  return series;
}

static XpsComponent *
add_component (XpsModel *model, XpsModelPart *part, const char *name, const char *phase, const char *width)
{
  g_autofree char *c = g_strdup_printf ("%s E", name), *a = g_strdup_printf ("%s A", name);
  XpsComponent *component = xps_model_part_add_component (part, name, xps_shape_find ("voigt"));
  component->phase = g_strdup (phase);
  xps_component_set_role (component, "center", c);
  xps_component_set_role (component, "area", a);
  xps_component_set_role (component, "fwhm_g", width);
  xps_component_set_role (component, "fwhm_l", "wl");
  return component;
}

static void
link_parameter (XpsModel *model, const char *name, const char *of, double coef, double constant)
{
  XpsParameter *p = xps_model_add_parameter (model, name, NAN, -INFINITY, INFINITY);
  p->kind = XPS_PARAMETER_LINKED;
  p->constant = constant;
  xps_parameter_add_term (p, of, coef);
}

/* `doublets`: both lines of each; else one alone. */
static XpsModel *
make_model (gboolean doublets)
{
  XpsModel *model = xps_model_new ();
  XpsModelPart *parts[2] = {g_ptr_array_index (model->parts, 0), NULL};
  g_free (parts[0]->id);
  parts[0]->id = g_strdup ("S 2p");
  parts[1] = xps_model_add_part (model, "P 2p");
  xps_model_add_parameter (model, "wl", 0.2, 0, 1)->kind = XPS_PARAMETER_FIXED;
  for (gsize k = 0; k < N_LINES; k++) {
    XpsModelPart *part = parts[k == 2 ? 1 : 0];
    g_autofree char *e = g_strdup_printf ("%s E", lines[k].name),
                    *a = g_strdup_printf ("%s A", lines[k].name);
    g_autofree char *minor = g_strdup_printf ("%s 2p1/2", lines[k].phase);
    g_autofree char *me = g_strdup_printf ("%s E", minor), *ma = g_strdup_printf ("%s A", minor);
    const char *width = k == 2 ? "wg P" : "wg S";
    if (xps_model_get_parameter (model, width) == NULL)
      xps_model_add_parameter (model, width, 0.85, 0.3, 2);
    xps_model_add_parameter (model, e, lines[k].center + 0.05, lines[k].center - 0.5, lines[k].center + 0.5);
    xps_model_add_parameter (model, a, 1000, 0, INFINITY);
    add_component (model, part, lines[k].name, lines[k].phase, width);
    if (!doublets)
      continue;
    link_parameter (model, me, e, 1, lines[k].splitting);
    link_parameter (model, ma, a, RATIO, 0);
    add_component (model, part, minor, lines[k].phase, width);
  }
  for (gsize s = 0; s < 2; s++) {
    g_autofree char *name = g_strdup_printf ("b%u", (guint)s);
    xps_model_add_parameter (model, name, 200, -INFINITY, INFINITY);
    XpsModelBackground *background = xps_model_part_add_background (parts[s], xps_background_find ("poly"));
    background->settings.number[xps_background_find_setting (background->type, "x_ref")] = 0;
    xps_model_background_add_parameter (background, "coeffs", name);
  }
  return model;
}

typedef struct {
  XpsReference *reference;
  double sensitivities[N_LINES];
  XpsModel *model;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->reference = open_reference ();
  find_sensitivities (self->reference, self->sensitivities);
  self->model = make_model (TRUE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  xps_model_free (self->model);
  xps_reference_free (self->reference);
}

static XpsSeriesRun *
fit (const Fixture *self, const XpsSeries *series, XpsSeriesMode mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  plan->mode = mode;
  plan->n_threads = 1;
  if (mode == XPS_SERIES_GLOBAL)
    xps_series_plan_set_rule (plan, "wg S", XPS_ACROSS_SHARED, 0);
  XpsSeriesRun *run = xps_series_fit (series, self->model, plan, NULL, &error);
  g_assert_no_error (error);
  return run;
}

static XpsAtoms *
count (const Fixture *self, const XpsSeries *series, const XpsSeriesRun *run, const char *const *levels)
{
  g_autoptr (GError) error = NULL;
  XpsAtomsOptions options;
  xps_atoms_options_init (&options);
  options.levels = levels;
  XpsAtoms *atoms = xps_atoms_new (series, run, self->reference, &options, &error);
  g_assert_no_error (error);
  return atoms;
}

static void
evaluate (const XpsAtoms *atoms, const XpsSeriesRun *run, const char *text, XpsQuantity *out,
          double *systematic)
{
  g_autoptr (GError) error = NULL;
  GArray *above, *below;
  g_assert_true (xps_ratio_parse (atoms, text, &above, &below, &error));
  g_assert_no_error (error);
  g_assert_true (xps_ratio_evaluate (atoms, run, above, below, out, systematic));
  g_array_unref (above);
  g_array_unref (below);
}

/* ---- tests ---- */

static double
get_truth (const char *text, gsize step)
{
  const double sulphide = get_atoms (0, step), thio = get_atoms (1, step), p = get_atoms (2, step);
  return strcmp (text, "S/P") == 0                        ? (sulphide + thio) / p
         : strcmp (text, "sulphide/thiophosphate") == 0   ? sulphide / thio
         : strcmp (text, "sulphide/S 2p") == 0            ? sulphide / (sulphide + thio)
         : strcmp (text, "phosphorus/thiophosphate") == 0 ? p / thio
                                                          : NAN;
}

static const char *const ratios[] = {"S/P", "sulphide/thiophosphate", "sulphide/S 2p",
                                     "phosphorus/thiophosphate", NULL};

/* 95 % of the intervals hold the truth: 40 redraws of 10 steps, 400 intervals for each ratio. The share of
 * 400 has a standard deviation of 1.1 %; neighbouring ratios share areas, so each is judged by itself, at 3.5
 * of them. */
static void
test_coverage (Fixture *self, gconstpointer data)
{
  guint inside[4] = {0}, all = 0;
  double pulls[4] = {0};
  for (guint64 seed = 1; seed <= 40; seed++, all += STEPS) {
    g_autoptr (XpsSeries) series = draw_series (self->sensitivities, ENERGY, seed);
    g_autoptr (XpsSeriesRun) run = fit (self, series, XPS_SERIES_INDEPENDENT);
    g_autoptr (XpsAtoms) atoms = count (self, series, run, NULL);
    for (gsize r = 0; ratios[r] != NULL; r++) {
      XpsQuantity found[STEPS];
      evaluate (atoms, run, ratios[r], found, NULL);
      for (gsize i = 0; i < STEPS; i++) {
        const double pull = (found[i].value - get_truth (ratios[r], i)) / found[i].error;
        g_assert_true (isfinite (pull));
        inside[r] += fabs (pull) < 1.96 ? 1 : 0;
        pulls[r] += pull;
      }
    }
  }
  for (gsize r = 0; r < 4; r++) {
    const double share = (double)inside[r] / all;
    g_test_message ("%s: %.1f %% of the 95 %% intervals, mean pull %.3f", ratios[r], 100 * share,
                    pulls[r] / all);
    g_assert_cmpfloat (share, >, 0.912);
    g_assert_cmpfloat (share, <, 0.988);
    g_assert_cmpfloat (fabs (pulls[r] / all), <, 0.2); /* 4 standard deviations of the mean of 400 */
  }
}

/* A global fit keeps covariances of its own; the answer is the same within what sharing a width changes. */
static void
test_modes (Fixture *self, gconstpointer data)
{
  g_autoptr (XpsSeries) series = draw_series (self->sensitivities, ENERGY, 3);
  g_autoptr (XpsSeriesRun) global = fit (self, series, XPS_SERIES_GLOBAL);
  g_autoptr (XpsSeriesRun) warm = fit (self, series, XPS_SERIES_WARM);
  g_autoptr (XpsAtoms) atoms = count (self, series, global, NULL);
  XpsQuantity found[STEPS], other[STEPS];
  for (gsize r = 0; ratios[r] != NULL; r++) {
    evaluate (atoms, global, ratios[r], found, NULL);
    evaluate (atoms, warm, ratios[r], other, NULL);
    for (gsize i = 0; i < STEPS; i++) {
      g_assert_cmpfloat (fabs (found[i].value - get_truth (ratios[r], i)), <, 5 * found[i].error);
      g_assert_cmpfloat (found[i].error, <=, 1.01 * other[i].error);
    }
  }
}

/* Lines that overlap trade with each other: the error is not that of independent areas. And a part of a sum
 * shares its noise with it. */
static void
test_covariances (Fixture *self, gconstpointer data)
{
  g_autoptr (XpsSeries) series = draw_series (self->sensitivities, ENERGY, 5);
  g_autoptr (XpsSeriesRun) run = fit (self, series, XPS_SERIES_INDEPENDENT);
  g_autoptr (XpsAtoms) atoms = count (self, series, run, NULL);
  XpsQuantity with[STEPS], without[STEPS];
  GArray *above, *below;
  evaluate (atoms, run, "sulphide/thiophosphate", with, NULL);
  for (guint i = 0; i < STEPS; i++) {
    XpsStepResult *step = g_ptr_array_index (run->steps, i);
    g_clear_pointer (&step->covariances, g_free);
    g_clear_pointer (&step->net_covariances, g_free);
    step->n_covariances = 0;
  }
  g_assert_true (xps_ratio_parse (atoms, "sulphide/thiophosphate", &above, &below, NULL));
  g_assert_false (xps_ratio_evaluate (atoms, run, above, below, without, NULL)); /* and it is said */
  g_array_unref (above);
  g_array_unref (below);
  for (gsize i = 0; i < STEPS; i++) {
    g_assert_cmpfloat_with_epsilon (with[i].value, without[i].value, 1e-12);
    g_assert_cmpfloat (with[i].error, >, 1.03 * without[i].error);
  }
}

/* Scofield 1976 at Al K-alpha as tables of sensitivity factors print them, relative to C 1s: S 2p 1.68, P 2p
 * 1.192. Lengths go with E^0.75 without a material. 8 %: EPDL97 is another calculation. */
static void
test_factors (Fixture *self, gconstpointer data)
{
  g_autoptr (XpsSeries) series = draw_series (self->sensitivities, ENERGY, 1);
  g_autoptr (XpsSeriesRun) run = fit (self, series, XPS_SERIES_INDEPENDENT);
  g_autoptr (XpsAtoms) atoms = count (self, series, run, NULL);
  g_assert_cmpuint (atoms->lines->len, ==, 3);
  const XpsAtomLine *sulphide = g_ptr_array_index (atoms->lines, 0), *p = g_ptr_array_index (atoms->lines, 2);
  g_assert_cmpstr (sulphide->level, ==, "S 2p");
  g_assert_cmpstr (p->element, ==, "P");
  g_assert_cmpuint (sulphide->components->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (sulphide->seconds, 2.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (p->seconds, 8, 1e-12);
  const double lengths = pow ((ENERGY - 160.6) / (ENERGY - 132.1), 0.75);
  const double expected = 1.68 / 1.192 * lengths * 2.5 / 8;
  g_assert_cmpfloat_with_epsilon (sulphide->factors[0] / p->factors[0] / expected, 1, 0.08);
  XpsQuantity found[STEPS];
  double systematic;
  evaluate (atoms, run, "sulphide/thiophosphate", found, &systematic);
  g_assert_cmpfloat_with_epsilon (systematic, 0, 1e-12); /* one level: it cancels */
  evaluate (atoms, run, "S/P", found, &systematic);
  const double each = xps_atom_line_get_uncertainty (p);
  g_assert_cmpfloat (each, >=, XPS_ATOMS_UNCERTAINTY);
  g_assert_cmpfloat_with_epsilon (systematic, hypot (xps_atom_line_get_uncertainty (sulphide), each), 1e-12);
  g_assert_cmpfloat (systematic, >, 0);
}

/* One line of each doublet in the model, named as such: it stands for two thirds of its level. */
static void
test_single_lines (Fixture *self, gconstpointer data)
{
  g_autoptr (XpsSeries) series = draw_series (self->sensitivities, ENERGY, 1);
  g_autoptr (XpsSeriesRun) both = fit (self, series, XPS_SERIES_INDEPENDENT);
  xps_model_free (self->model);
  self->model = make_model (FALSE);
  g_autoptr (XpsSeriesRun) one = fit (self, series, XPS_SERIES_INDEPENDENT);
  g_autoptr (XpsAtoms) whole = count (self, series, both, NULL);
  g_autoptr (XpsAtoms) single = count (self, series, one, NULL);
  for (guint k = 0; k < single->lines->len; k++) {
    const XpsAtomLine *line = g_ptr_array_index (single->lines, k);
    /* 0.5 and what relativity makes of it */
    g_assert_cmpfloat_with_epsilon (line->share, 1 / 1.5, 0.01);
    g_assert_cmpfloat_with_epsilon (line->factors[0] /
                                        ((XpsAtomLine *)g_ptr_array_index (whole->lines, k))->factors[0],
                                    line->share, 1e-3);
  }
}

static gboolean
has_note (const XpsAtoms *atoms, const char *part)
{
  for (guint i = 0; i < atoms->notes->len; i++)
    if (strstr (g_ptr_array_index (atoms->notes, i), part) != NULL)
      return TRUE;
  return FALSE;
}

/* What is not known is said, and nothing is shown. */
static void
test_missing (Fixture *self, gconstpointer data)
{
  static const char *const given[] = {"phosphorus=none", "sulphide=S 1s", NULL};
  static const char *const wrong[] = {"nobody=S 2p", NULL};
  g_autoptr (XpsSeries) dark = draw_series (self->sensitivities, NAN, 1);
  g_autoptr (XpsSeriesRun) run = fit (self, dark, XPS_SERIES_INDEPENDENT);
  g_autoptr (XpsAtoms) atoms = count (self, dark, run, NULL);
  g_autoptr (GError) error = NULL;
  GArray *above, *below;
  g_assert_false (xps_atoms_are_known (atoms));
  g_assert_true (has_note (atoms, "photon energy"));
  g_assert_false (xps_ratio_parse (atoms, "S/P", &above, &below, &error));
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN);
  g_clear_error (&error);

  g_autoptr (XpsSeries) series = draw_series (self->sensitivities, ENERGY, 1);
  g_autoptr (XpsAtoms) other = count (self, series, run, given);
  g_assert_cmpuint (other->lines->len, ==, 2);
  g_assert_cmpstr (((XpsAtomLine *)g_ptr_array_index (other->lines, 0))->level, ==, "S 1s");
  g_assert_false (xps_ratio_parse (other, "S/thiophosphate", &above, &below, &error)); /* two levels of S */
  g_clear_error (&error);
  XpsAtomsOptions options;
  xps_atoms_options_init (&options);
  options.levels = wrong;
  g_assert_null (xps_atoms_new (series, run, self->reference, &options, &error));
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN);
}

/* Trends of a report: percentages add up, what they rest on is written, and they are taken back. */
static void
test_report (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSeries) series = draw_series (self->sensitivities, ENERGY, 1);
  g_autoptr (XpsSeriesRun) run = fit (self, series, XPS_SERIES_INDEPENDENT);
  g_autoptr (XpsSeriesReport) report = xps_series_report_new_partial (series, run);
  const guint before = report->trends->len;
  const XpsRatioChoice all = {ratios, "P", TRUE}, nobody = {NULL, "nobody", TRUE}, none = {NULL, NULL, FALSE};
  g_assert_true (xps_series_report_set_ratios (report, count (self, series, run, NULL), &all, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (report->trends->len, ==, before + 3 + 4 + 2);
  for (gsize i = 0; i < STEPS; i++) {
    double sum = 0;
    for (guint t = 0; t < report->trends->len; t++) {
      const XpsTrend *trend = g_ptr_array_index (report->trends, t);
      sum += trend->kind == XPS_TREND_ATOMIC ? trend->values[i] : 0;
    }
    g_assert_cmpfloat_with_epsilon (sum, 100, 1e-9);
  }
  g_autofree char *text = xps_series_run_dup_text (run, series, report, NULL);
  g_assert_nonnull (strstr (text, "\"ratio:S/P\""));
  g_assert_nonnull (strstr (text, "\"relative_systematic\""));
  g_assert_nonnull (strstr (text, "\"cross_section_barn\""));
  g_autofree char *table = xps_series_report_dup_table (report);
  g_assert_nonnull (strstr (table, "atomic:sulphide 2p3/2"));
  g_assert_true (xps_series_report_set_ratios (report, count (self, series, run, NULL), &none, &error));
  g_assert_cmpuint (report->trends->len, ==, before);
  g_assert_false (xps_series_report_set_ratios (report, count (self, series, run, NULL), &nobody, &error));
  g_assert_cmpuint (report->trends->len, ==, before);

  /* Covariances come back from a file to the last bit. */
  g_clear_error (&error);
  g_autoptr (XpsSeriesRun) read =
      xps_series_run_from_text (text, "run.json", series, run->model, run->plan, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < STEPS; i++) {
    const XpsStepResult *a = xps_series_run_get_step (run, i), *b = xps_series_run_get_step (read, i);
    g_assert_cmpuint (a->n_covariances, ==, 6);
    g_assert_cmpmem (a->covariances, 6 * sizeof (double), b->covariances, b->n_covariances * sizeof (double));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/series/ratio/coverage", Fixture, NULL, set_up, test_coverage, tear_down);
  g_test_add ("/series/ratio/modes", Fixture, NULL, set_up, test_modes, tear_down);
  g_test_add ("/series/ratio/covariances", Fixture, NULL, set_up, test_covariances, tear_down);
  g_test_add ("/series/ratio/factors", Fixture, NULL, set_up, test_factors, tear_down);
  g_test_add ("/series/ratio/single-lines", Fixture, NULL, set_up, test_single_lines, tear_down);
  g_test_add ("/series/ratio/missing", Fixture, NULL, set_up, test_missing, tear_down);
  g_test_add ("/series/ratio/report", Fixture, NULL, set_up, test_report, tear_down);
  return g_test_run ();
}
