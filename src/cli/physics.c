/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json-stream.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/command.h"
#include "quantify/depth.h"

typedef struct {
  char *material, *method, *level, *database;
  char *energy, *photon_energy, *angle, *emission_angle, *polarised, *azimuth;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->material);
  g_free (options->method);
  g_free (options->level);
  g_free (options->database);
  g_free (options->energy);
  g_free (options->photon_energy);
  g_free (options->angle);
  g_free (options->emission_angle);
  g_free (options->polarised);
  g_free (options->azimuth);
}

typedef struct {
  const Options *options;
  XpsReference *reference;
  XpsJsonStream *out;
} Question;

/* The options are wrong, not the world: said as wrong usage. */
static gboolean
fail (GError **error, const char *sentence)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, sentence);
  return FALSE;
}

/* A number that must be given, or (usual not NaN) may be. */
static gboolean
get_number (const char *name, const char *text, double usual, double *value, GError **error)
{
  if (text == NULL && !isnan (usual)) {
    *value = usual;
    return TRUE;
  }
  if (text != NULL && xps_number_parse (text, value) && isfinite (*value))
    return TRUE;
  g_autofree char *sentence = text == NULL
                                  ? g_strdup_printf ("%s is needed", name)
                                  : g_strdup_printf ("%s: a number expected, found \"%s\"", name, text);
  return fail (error, sentence);
}

static gboolean
get_method (const Options *options, XpsImfpMethod *method, GError **error)
{
  *method = XPS_IMFP_TPP2M;
  return options->method == NULL || xps_imfp_method_from_text (options->method, method) ||
         fail (error, "--method is tpp2m, jtp or s1");
}

static gboolean
get_material (const Question *question, XpsMaterial *material, GError **error)
{
  if (question->options->material == NULL)
    return fail (error, "--material is needed");
  return xps_reference_get_material (question->reference, question->options->material, material, error);
}

static void
add_value (XpsJsonStream *out, const char *quantity, double value, const char *unit)
{
  xps_json_stream_string (out, "quantity", quantity);
  xps_json_stream_number (out, "value", value);
  xps_json_stream_string (out, "unit", unit);
}

static void
add_spread (XpsJsonStream *out, double low, double high)
{
  xps_json_stream_begin_object (out, "spread");
  xps_json_stream_number (out, "lowest", low);
  xps_json_stream_number (out, "highest", high);
  xps_json_stream_end (out);
}

static void
add_material (XpsJsonStream *out, const XpsMaterial *material)
{
  xps_json_stream_begin_object (out, "material");
  xps_json_stream_string (out, "name", material->name);
  xps_json_stream_number (out, "density_g_cm3", material->density);
  xps_json_stream_string (out, "density_source", material->density_source);
  xps_json_stream_number (out, "valence_electrons", material->valence_electrons);
  xps_json_stream_number (out, "gap_eV", material->gap);
  xps_json_stream_string (out, "gap_source", material->gap_source);
  xps_json_stream_end (out);
}

static void
add_methods (XpsJsonStream *out, const double *by_method)
{
  xps_json_stream_begin_object (out, "by_method");
  for (int i = 0; i < XPS_N_IMFP; i++)
    xps_json_stream_number (out, xps_imfp_method_to_text ((XpsImfpMethod)i), by_method[i]);
  xps_json_stream_end (out);
}

/* ---- questions ---- */

static gboolean
answer_imfp (const Question *question, GError **error)
{
  XpsImfpMethod method;
  XpsMaterial material = {0};
  double energy, by_method[XPS_N_IMFP], low = NAN, high = NAN, value;
  gboolean done = get_method (question->options, &method, error) &&
                  get_number ("--energy", question->options->energy, NAN, &energy, error) &&
                  get_material (question, &material, error) &&
                  xps_imfp (method, &material, energy, &value, error);
  for (int i = 0; done && i < XPS_N_IMFP; i++) {
    xps_imfp ((XpsImfpMethod)i, &material, energy, &by_method[i], NULL);
    low = fmin (low, by_method[i]);
    high = fmax (high, by_method[i]);
  }
  if (done) {
    add_value (question->out, "inelastic mean free path", value, "nm");
    xps_json_stream_number (question->out, "energy_eV", energy);
    xps_json_stream_string (question->out, "method", xps_imfp_method_to_text (method));
    xps_json_stream_string (question->out, "source", xps_imfp_method_get_source (method));
    add_spread (question->out, low, high);
    add_methods (question->out, by_method);
    add_material (question->out, &material);
  }
  xps_material_clear (&material);
  return done;
}

static gboolean
answer_depth (const Question *question, GError **error)
{
  XpsImfpMethod method;
  XpsMaterial material = {0};
  double energy, angle;
  XpsDepth depth;
  const gboolean done =
      get_method (question->options, &method, error) &&
      get_number ("--energy", question->options->energy, NAN, &energy, error) &&
      get_number ("--emission-angle", question->options->emission_angle, 0, &angle, error) &&
      get_material (question, &material, error) &&
      xps_depth (question->reference, &material, energy, angle, method, &depth, error);
  if (done) {
    XpsJsonStream *out = question->out;
    const double scale = depth.straight / depth.imfp;
    add_value (out, "information depth at 95 %", depth.straight, "nm");
    xps_json_stream_number (out, "with_elastic_scattering", depth.information);
    xps_json_stream_number (out, "energy_eV", energy);
    xps_json_stream_number (out, "emission_angle_deg", angle);
    xps_json_stream_string (out, "method", xps_imfp_method_to_text (method));
    xps_json_stream_string (out, "source", xps_imfp_method_get_source (method));
    add_spread (out, scale * depth.lowest, scale * depth.highest);
    xps_json_stream_number (out, "imfp", depth.imfp);
    xps_json_stream_number (out, "effective_attenuation_length", depth.attenuation);
    xps_json_stream_number (out, "attenuation_length_s3", depth.seah);
    xps_json_stream_number (out, "transport_mean_free_path", depth.transport);
    xps_json_stream_number (out, "albedo", depth.albedo);
    xps_json_stream_string (
        out, "elastic_source",
        "coefficients 0.735 and 0.787 of Jablonski and Powell (recalled); elastic cross sections DHS");
    add_methods (out, depth.by_method);
    add_material (out, &material);
  }
  xps_material_clear (&material);
  return done;
}

static gboolean
get_level (const Question *question, double *photon_energy, GError **error)
{
  if (question->options->level == NULL)
    return fail (error, "--level is needed, such as \"S 2p3/2\"");
  return get_number ("--photon-energy", question->options->photon_energy, NAN, photon_energy, error);
}

static gboolean
answer_cross_section (const Question *question, GError **error)
{
  double energy;
  XpsCrossSection section;
  if (!get_level (question, &energy, error) ||
      !xps_reference_get_cross_section (question->reference, question->options->level, energy, &section,
                                        error))
    return FALSE;
  XpsJsonStream *out = question->out;
  add_value (out, "photo-ionisation cross section", section.barn, "barn");
  xps_json_stream_string (out, "level", question->options->level);
  xps_json_stream_number (out, "photon_energy_eV", energy);
  xps_json_stream_string (out, "method",
                          section.near ? "straight lines in ln-ln between raw nodes"
                                       : "four-point interpolation in ln-ln");
  xps_json_stream_string (out, "source", section.patched ? "EPDL97, DHS nearby" : "EPDL97");
  add_spread (out, fmin (section.barn, section.second), fmax (section.barn, section.second));
  xps_json_stream_number (out, "second_calculation", section.second);
  xps_json_stream_number (out, "threshold_eV", section.threshold);
  xps_json_stream_boolean (out, "near_threshold", section.near);
  return TRUE;
}

static gboolean
answer_angular (const Question *question, GError **error)
{
  double energy, angle, polarised, azimuth;
  XpsAngular angular;
  if (!get_level (question, &energy, error) ||
      !get_number ("--angle-deg", question->options->angle, NAN, &angle, error) ||
      !get_number ("--polarised", question->options->polarised, 0, &polarised, error) ||
      !get_number ("--azimuth-deg", question->options->azimuth, 0, &azimuth, error))
    return FALSE;
  if (!(polarised >= 0 && polarised <= 1))
    return fail (error, "--polarised is the degree of linear polarisation, 0 to 1");
  if (!xps_reference_get_angular (question->reference, question->options->level, energy, &angular, error))
    return FALSE;
  XpsJsonStream *out = question->out;
  const double dipole = xps_angular_factor_dipole (&angular, angle, polarised, azimuth),
               all = xps_angular_factor (&angular, angle, polarised, azimuth);
  add_value (out, "angular factor W: dsigma/dOmega = sigma/(4 pi) W", all, "1");
  xps_json_stream_string (out, "level", question->options->level);
  xps_json_stream_number (out, "photon_energy_eV", energy);
  xps_json_stream_number (out, "angle_deg", angle);
  xps_json_stream_number (out, "polarisation", polarised);
  xps_json_stream_number (out, "azimuth_deg", azimuth);
  xps_json_stream_string (out, "method", "all multipoles, linear in ln hv between rows");
  xps_json_stream_string (out, "source", "DHS");
  add_spread (out, fmin (all, dipole), fmax (all, dipole));
  xps_json_stream_number (out, "dipole_only", dipole);
  xps_json_stream_number (out, "beta", angular.beta);
  xps_json_stream_number (out, "gamma", angular.gamma);
  xps_json_stream_number (out, "delta", angular.delta);
  xps_json_stream_boolean (out, "near_threshold", angular.near);
  return TRUE;
}

static const struct {
  const char *name;
  gboolean (*answer) (const Question *question, GError **error);
} questions[] = {
    {"imfp", answer_imfp},
    {"cross-section", answer_cross_section},
    {"angular", answer_angular},
    {"depth", answer_depth},
};

/* Nothing is printed of an answer that could not be given. */
static int
ask (const Options *options, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL; /* of open_memstream: freed with free() */
  size_t length = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++) {
    if (strcmp (name, questions[i].name) != 0)
      continue;
    g_autoptr (XpsReference) reference = xps_reference_open (options->database, NULL, &error);
    if (reference == NULL)
      return xps_cli_fail (error);
    FILE *memory = open_memstream (&text, &length);
    if (memory == NULL)
      return XPS_EXIT_FAILED;
    XpsJsonStream out;
    xps_json_stream_init (&out, memory);
    const Question question = {options, reference, &out};
    xps_json_stream_begin_object (&out, NULL);
    const gboolean done = questions[i].answer (&question, &error);
    xps_json_stream_end (&out);
    fclose (memory);
    if (done)
      g_print ("%s", text);
    free (text);
    if (!done && error->domain == G_OPTION_ERROR)
      return xps_cli_usage ("physics", error->message);
    return done ? XPS_EXIT_DONE : xps_cli_fail (error);
  }
  g_autofree char *message =
      g_strdup_printf ("physics answers imfp, cross-section, angular, depth; not \"%s\"", name);
  return xps_cli_usage ("physics", message);
}

int
xps_cli_physics (int argc, char **argv)
{
  Options options = {0};
  const GOptionEntry entries[] = {
      {"material", 0, 0, G_OPTION_ARG_STRING, &options.material, "Material of the table", "LiF"},
      {"energy", 0, 0, G_OPTION_ARG_STRING, &options.energy, "Kinetic energy of the electrons", "EV"},
      {"method", 0, 0, G_OPTION_ARG_STRING, &options.method, "Formula of the mean free path", "tpp2m|jtp|s1"},
      {"emission-angle", 0, 0, G_OPTION_ARG_STRING, &options.emission_angle, "From the surface normal",
       "DEG"},
      {"level", 0, 0, G_OPTION_ARG_STRING, &options.level, "Core level: \"S 2p3/2\", \"S 2p\", \"Li 1s\"",
       "LEVEL"},
      {"photon-energy", 0, 0, G_OPTION_ARG_STRING, &options.photon_energy, "Photon energy", "EV"},
      {"angle-deg", 0, 0, G_OPTION_ARG_STRING, &options.angle, "Between photon and electron", "DEG"},
      {"polarised", 0, 0, G_OPTION_ARG_STRING, &options.polarised, "Degree of linear polarisation (0)", "P"},
      {"azimuth-deg", 0, 0, G_OPTION_ARG_STRING, &options.azimuth,
       "Of the electron about the photon's direction, from the electric vector (0)", "DEG"},
      {"database", 0, 0, G_OPTION_ARG_FILENAME, &options.database, "Another reference database", "FILE"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, "One JSON object (always so)", NULL},
      G_OPTION_ENTRY_NULL,
  };
  int status = XPS_EXIT_USAGE;
  if (xps_cli_parse ("physics", "imfp|cross-section|angular|depth",
                     "The physics behind the numbers, with its source and the spread between methods.",
                     entries, &argc, &argv)) {
    if (argc != 2)
      xps_cli_usage ("physics", "say what to ask: imfp, cross-section, angular, depth");
    else
      status = ask (&options, argv[1]);
  }
  options_clear (&options);
  return status;
}
