/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number.h"
#include "fit/model-index.h"
#include "fit/problem.h"
#include "numerics/random.h"

/* Counts from a model: what an ideal counter would have seen, or one Poisson draw of it. */

typedef struct {
  char *model, *output;
  double from, to, step, counts;
  gint64 seed;
  gboolean noise_free;
} Options;

#define MAX_POINTS 10000000

/* Decimal steps stay decimal: 156 + 3 * 0.05 is to read 156.15, not 156.15000000000001. */
static double
grid_energy (const Options *options, gsize i)
{
  return round ((options->from + options->step * (double)i) * 1e9) / 1e9;
}

static XpsFitData *
make_grid (const Options *options, GError **error)
{
  const double span = (options->to - options->from) / options->step;
  if (!(span >= 1) || !(span < MAX_POINTS)) {
    xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, NULL, "--from, --to, --step",
                   "they do not give 2 to 10000000 points", "give a rising range and a positive step");
    return NULL;
  }
  const gsize n = (gsize)floor (span + 1e-9) + 1;
  g_autofree double *energy = g_new (double, n), *ones = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    energy[i] = grid_energy (options, i);
    ones[i] = 1;
  }
  return xps_fit_data_new_arrays (n, energy, ones, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
}

/* Expected counts of every part of the model on the grid; scaled together so that the highest channel of all
 * expects --counts where given. */
static GPtrArray *
expected_counts (const XpsModel *model, XpsFitData *grid, double counts, GError **error)
{
  const guint n_parts = model->parts->len;
  g_autofree XpsFitData **data = g_new (XpsFitData *, n_parts);
  for (guint s = 0; s < n_parts; s++)
    data[s] = grid;
  g_autoptr (XpsProblem) problem = xps_problem_new (model, data, n_parts, XPS_WEIGHTS_UNIFORM, error);
  g_autoptr (XpsModelIndex) index = problem != NULL ? xps_model_check (model, error) : NULL;
  if (index == NULL)
    return NULL;
  g_autofree double *values = g_new0 (double, model->parameters->len + 1);
  for (guint i = 0; i < model->parameters->len; i++)
    values[i] = ((const XpsParameter *)g_ptr_array_index (model->parameters, i))->value;
  xps_model_resolve_links (model, index, values);

  g_autoptr (GPtrArray) curves = g_ptr_array_new_with_free_func (g_free);
  double highest = 0;
  for (guint s = 0; s < n_parts; s++) {
    double *expected = g_new (double, grid->n);
    g_ptr_array_add (curves, expected);
    xps_problem_get_curves (problem, s, values, expected, NULL, NULL);
    for (gsize i = 0; i < grid->n; i++) {
      if (!isfinite (expected[i]) || expected[i] < 0) {
        xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, NULL, NULL,
                       "the model gives negative or undefined counts in the range",
                       "change its background or range");
        return NULL;
      }
      highest = fmax (highest, expected[i]);
    }
  }
  for (guint s = 0; counts > 0 && highest > 0 && s < n_parts; s++)
    for (gsize i = 0; i < grid->n; i++)
      ((double *)g_ptr_array_index (curves, s))[i] *= counts / highest;
  return g_steal_pointer (&curves);
}

/* One spectrum: x, y, sigma. Several: x and one column of counts each, named by their ids, as a series is
 * read. */
static char *
make_header (const XpsModel *model)
{
  if (!model->joint)
    return g_strdup ("x,y,sigma\n");
  GString *text = g_string_new ("x");
  for (guint s = 0; s < model->parts->len; s++) {
    const XpsModelPart *part = g_ptr_array_index (model->parts, s);
    if (part->id != NULL)
      g_string_append_printf (text, ",%s", part->id);
    else
      g_string_append_printf (text, ",spectrum %u", s + 1);
  }
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

static char *
make_table (const Options *options, const XpsModel *model, const XpsFitData *grid, const GPtrArray *curves)
{
  g_autofree char *header = make_header (model);
  GString *text = g_string_new (header);
  char number[XPS_NUMBER_LENGTH];
  /* Every spectrum draws from a generator of its own, so that one more column changes none of the others. */
  g_autofree XpsRandom *random = g_new (XpsRandom, curves->len);
  for (guint s = 0; s < curves->len; s++)
    xps_random_init (&random[s], (guint64)options->seed + 0x9e3779b97f4a7c15u * s);
  for (gsize i = 0; i < grid->n; i++) {
    double count = 0;
    g_string_append (text, xps_number_format (grid->energy[i], number));
    for (guint s = 0; s < curves->len; s++) {
      const double expected = ((const double *)g_ptr_array_index (curves, s))[i];
      count = options->noise_free ? expected : xps_random_poisson (&random[s], expected);
      g_string_append_printf (text, ",%s", xps_number_format (count, number));
    }
    if (!model->joint)
      g_string_append_printf (text, ",%s", xps_number_format (sqrt (fmax (count, 1)), number));
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

static int
simulate (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = xps_cli_read_model (options->model, &error);
  if (model == NULL)
    return xps_cli_fail (error);
  g_autoptr (XpsFitData) grid = make_grid (options, &error);
  g_autoptr (GPtrArray) curves = grid != NULL ? expected_counts (model, grid, options->counts, &error) : NULL;
  if (curves == NULL) {
    g_prefix_error (&error, "%s: ", options->model);
    return xps_cli_fail (error);
  }
  g_autofree char *text = make_table (options, model, grid, curves);
  if (options->output == NULL) {
    g_print ("%s", text);
    return XPS_EXIT_DONE;
  }
  return xps_file_write (options->output, text, strlen (text), &error) ? XPS_EXIT_DONE : xps_cli_fail (error);
}

int
xps_cli_simulate (int argc, char **argv)
{
  Options options = {.from = NAN, .to = NAN, .step = NAN, .seed = 1};
  const GOptionEntry entries[] = {
      {"from", 0, 0, G_OPTION_ARG_DOUBLE, &options.from, "First binding energy, eV", "E"},
      {"to", 0, 0, G_OPTION_ARG_DOUBLE, &options.to, "Last binding energy, eV", "E"},
      {"step", 0, 0, G_OPTION_ARG_DOUBLE, &options.step, "Step, eV", "E"},
      {"counts", 0, 0, G_OPTION_ARG_DOUBLE, &options.counts,
       "Scale to this expectation in the highest channel", "N"},
      {"seed", 0, 0, G_OPTION_ARG_INT64, &options.seed, "Seed of the noise; the same on every machine (1)",
       "S"},
      {"noise-free", 0, 0, G_OPTION_ARG_NONE, &options.noise_free, "Write the expectation itself", NULL},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "CSV to write (standard output)", "CSV"},
      G_OPTION_ENTRY_NULL,
  };
  if (!xps_cli_parse (
          "simulate", "MODEL.json",
          "Makes Poisson counts from a model, as CSV with columns x (binding energy, eV), y (counts), sigma.",
          entries, &argc, &argv))
    return XPS_EXIT_USAGE;
  if (argc != 2 || isnan (options.from) || isnan (options.to) || isnan (options.step))
    return xps_cli_usage ("simulate", "one model file and --from, --to, --step are needed");
  if (options.counts < 0 || isnan (options.counts))
    return xps_cli_usage ("simulate", "--counts is a positive number");
  options.model = argv[1];
  const int status = simulate (&options);
  g_free (options.output);
  return status;
}
