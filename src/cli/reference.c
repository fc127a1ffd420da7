/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/reference.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/command.h"
#include "quantify/identify.h"

static void
options_clear (XpsReferenceAsked *options)
{
  g_free (options->element);
  g_free (options->level);
  g_free (options->species);
  g_free (options->source);
  g_free (options->include);
  g_free (options->database);
  g_free (options->near);
  g_free (options->within);
  g_free (options->shift);
  g_free (options->shift_error);
  g_free (options->photon_energy);
  g_free (options->elements);
  g_free (options->region);
  g_free (options->own);
  g_free (options->energy);
  g_free (options->uncertainty);
  g_free (options->charge_reference);
  g_free (options->note);
  g_free (options->replaces);
  g_free (options->phase);
  g_free (options->work_function);
  g_free (options->output);
  xps_cli_reading_clear (&options->reading);
}

static gboolean
parse_energy (const char *name, const char *text, double *value)
{
  if (text == NULL || (xps_number_parse (text, value) && isfinite (*value)))
    return TRUE;
  g_autofree char *message = g_strdup_printf ("%s is a number of eV, not \"%s\"", name, text);
  xps_cli_usage ("reference", message);
  return FALSE;
}

/* secondary, recalled, tabulated, all */
static gboolean
parse_include (const char *text, XpsReferenceQuery *query)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", ",", -1);
  for (gsize i = 0; words[i] != NULL && words[i][0] != '\0'; i++) {
    const gboolean all = strcmp (words[i], "all") == 0;
    if (!all && strcmp (words[i], "secondary") != 0 && strcmp (words[i], "recalled") != 0 &&
        strcmp (words[i], "tabulated") != 0) {
      xps_cli_usage ("reference",
                     "--include takes secondary, recalled, tabulated, or all, with commas between");
      return FALSE;
    }
    query->secondary |= all || strcmp (words[i], "secondary") == 0;
    query->recalled |= all || strcmp (words[i], "recalled") == 0;
    query->tabulated |= all || strcmp (words[i], "tabulated") == 0;
  }
  return TRUE;
}

static gboolean
to_query (const XpsReferenceAsked *options, XpsReferenceQuery *query)
{
  xps_reference_query_init (query);
  query->element = options->element;
  query->level = options->level;
  query->species = options->species;
  query->source = options->source;
  if (!parse_energy ("--near", options->near, &query->near) ||
      !parse_energy ("--within", options->within, &query->within) || !parse_include (options->include, query))
    return FALSE;
  if (isfinite (query->near) != isfinite (query->within) || query->within < 0) {
    xps_cli_usage ("reference", "--near and --within go together, and --within is not negative");
    return FALSE;
  }
  return TRUE;
}

/* ---- questions ---- */

gboolean
xps_reference_refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_QUESTION, sentence);
  return FALSE;
}

gboolean
xps_reference_parse_energy (const char *option, const char *text, double *value, GError **error)
{
  if (text == NULL || (xps_number_parse (text, value) && isfinite (*value)))
    return TRUE;
  g_autofree char *sentence = g_strdup_printf ("%s is a number of eV, not \"%s\"", option, text);
  return xps_reference_refuse (error, sentence);
}

/* Those of the levels and species asked for; only where one of the two was. */
static GPtrArray *
list_estimates (const XpsReferenceQuestion *question)
{
  const XpsReferenceQuery *query = question->query;
  GPtrArray *rows = xps_reference_list_estimates (question->reference, query->species, query->level);
  const gboolean window = isfinite (query->near);
  for (guint i = rows != NULL ? rows->len : 0; i-- > 0;) {
    const XpsReferenceEstimate *row = g_ptr_array_index (rows, i);
    const gsize length = query->element != NULL ? strlen (query->element) : 0;
    if ((query->species == NULL && query->level == NULL && query->element == NULL) || query->source != NULL ||
        (window && fabs (row->energy - query->near) > query->within) ||
        (length > 0 && (strncmp (row->level, query->element, length) != 0 || row->level[length] != ' ')))
      g_ptr_array_remove_index (rows, i);
  }
  return rows;
}

/* What there would be with those values that are not first-hand. */
static GPtrArray *
search_all (const XpsReferenceQuestion *question, GPtrArray **spreads)
{
  XpsReferenceQuery all = *question->query;
  all.secondary = all.recalled = all.tabulated = TRUE;
  *spreads = xps_reference_search_spreads (question->reference, &all, NULL);
  return xps_reference_search (question->reference, &all, NULL);
}

static gboolean
answer_search (const XpsReferenceQuestion *question, GError **error)
{
  g_autoptr (GPtrArray) spreads = xps_reference_search_spreads (question->reference, question->query, error);
  g_autoptr (GPtrArray) lines =
      spreads != NULL ? xps_reference_search (question->reference, question->query, error) : NULL;
  if (lines == NULL)
    return FALSE;
  g_autoptr (GPtrArray) all_spreads = NULL;
  g_autoptr (GPtrArray) all = search_all (question, &all_spreads);
  if (!question->options->spread)
    xps_reference_print_lines (question->reference, lines, question->out);
  xps_reference_print_spreads (spreads, question->out);
  xps_reference_print_left_out (lines->len, all != NULL && all->len > lines->len ? all->len - lines->len : 0,
                                question->out);
  /* What is disputed bites whether its values are shown or not: Li2S lies under Li6PS5Cl, second hand both.
   */
  xps_reference_print_controversies (question->reference, all_spreads != NULL ? all_spreads : spreads,
                                     question->out);
  g_autoptr (GPtrArray) estimates = list_estimates (question);
  if (estimates != NULL)
    xps_reference_print_estimates (estimates, question->out);
  return TRUE;
}

static gboolean
answer_species (const XpsReferenceQuestion *question, GError **error)
{
  XpsReferenceQuery query = *question->query;
  query.secondary = query.recalled = query.tabulated = TRUE;
  g_autoptr (GPtrArray) names = xps_reference_list_species (question->reference, &query, error);
  if (names == NULL)
    return FALSE;
  xps_reference_print_species (names, question->out);
  return TRUE;
}

static gboolean
answer_source (const XpsReferenceQuestion *question, GError **error)
{
  g_autoptr (GPtrArray) sources =
      question->operand != NULL ? xps_reference_get_sources (question->reference, question->operand, error)
                                : NULL;
  if (question->operand == NULL)
    g_set_error_literal (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_QUESTION,
                         "reference source: name a key: those in the column \"source\" of a search");
  if (sources == NULL)
    return FALSE;
  xps_reference_print_sources (sources, question->out);
  return TRUE;
}

static gboolean
answer_separations (const XpsReferenceQuestion *question, GError **error)
{
  g_autoptr (GPtrArray) rows =
      xps_reference_list_separations (question->reference, question->options->species, NULL, NULL, error);
  if (rows == NULL)
    return FALSE;
  xps_reference_print_separations (rows, question->out);
  return TRUE;
}

static gboolean
answer_phases (const XpsReferenceQuestion *question, GError **error)
{
  g_autoptr (GPtrArray) phases = xps_reference_list_phases (question->reference, question->operand, error);
  if (phases == NULL)
    return FALSE;
  xps_reference_print_phases (phases, question->out);
  return TRUE;
}

/* All results together: they are of one sample, and partner levels stand in different ones. */
static gboolean
answer_identify (const XpsReferenceQuestion *question, GError **error)
{
  XpsIdentifyOptions options;
  xps_identify_options_init (&options);
  options.secondary = question->query->secondary;
  options.recalled = question->query->recalled;
  if (!xps_reference_parse_energy ("--reference-shift", question->options->shift, &options.shift, error) ||
      !xps_reference_parse_energy ("--shift-error", question->options->shift_error, &options.shift_error,
                                   error) ||
      !xps_reference_parse_energy ("--photon-energy", question->options->photon_energy,
                                   &options.photon_energy, error))
    return FALSE;
  if (question->operand == NULL)
    return xps_reference_refuse (error, "reference identify: name a result file, made by fit --output");
  g_auto (GStrv) elements =
      question->options->elements != NULL ? g_strsplit (question->options->elements, ",", -1) : NULL;
  options.elements = (const char *const *)elements;
  g_autoptr (GArray) observed = xps_observed_array_new ();
  for (gsize i = 0; question->operands[i] != NULL; i++) {
    g_autoptr (XpsFitRecord) record = xps_fit_record_read (question->operands[i], error);
    if (record == NULL)
      return FALSE;
    xps_observed_add_record (observed, record, question->reference, &options);
  }
  g_autoptr (XpsIdentification) answer = xps_identify (question->reference, observed, &options, error);
  if (answer == NULL)
    return FALSE;
  xps_reference_print_identification (answer, question->out);
  return TRUE;
}

static const struct {
  const char *name;
  gboolean (*answer) (const XpsReferenceQuestion *question, GError **error);
} questions[] = {
    {"search", answer_search},
    {"species", answer_species},
    {"source", answer_source},
    {"separations", answer_separations},
    {"phases", answer_phases},
    {"identify", answer_identify},
    {"elements", xps_reference_answer_elements},
    {"own", xps_reference_answer_own},
    {"charge", xps_reference_answer_charge},
    {"assign", xps_reference_answer_assign},
};

static int
answer (const XpsReferenceQuestion *question, const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++) {
    if (strcmp (name, questions[i].name) != 0)
      continue;
    if (question->out != NULL)
      xps_json_stream_begin_object (question->out, NULL);
    const gboolean done = questions[i].answer (question, error);
    if (question->out != NULL)
      xps_json_stream_end (question->out);
    return done ? XPS_EXIT_DONE : XPS_EXIT_FAILED;
  }
  g_autofree char *message =
      g_strdup_printf ("reference answers search, species, source, separations, phases, "
                       "identify, assign, elements, charge, own; not \"%s\"",
                       name);
  return xps_cli_usage ("reference", message);
}

static int
ask (const XpsReferenceAsked *options, const char *name, const char *const *operands)
{
  XpsReferenceQuery query;
  XpsJsonStream out;
  g_autoptr (GError) error = NULL;
  if (!to_query (options, &query))
    return XPS_EXIT_USAGE;
  g_autofree char *usual = xps_own_dup_default_path ();
  const char *own = options->own != NULL ? options->own : usual;
  g_autoptr (XpsReference) reference = xps_reference_open (options->database, own, &error);
  if (reference == NULL)
    return xps_cli_fail (error);
  char *text = NULL;
  size_t length = 0;
  FILE *memory = open_memstream (&text, &length); /* an answer that fails half way leaves nothing behind */
  if (memory == NULL)
    g_error ("out of memory");
  xps_json_stream_init (&out, memory);
  const XpsReferenceQuestion question = {
      reference, options, &query, own, operands[0], operands, options->json ? &out : NULL};
  const int status = answer (&question, name, &error);
  fclose (memory);
  if (status == XPS_EXIT_DONE && options->json)
    fwrite (text, 1, length, stdout);
  free (text);
  return status == XPS_EXIT_FAILED ? xps_cli_fail (error) : status;
}

#define OPERANDS                                                                                             \
  "search|species|source KEY|separations|phases [NAME]|identify RESULT.json...|"                             \
  "assign RESULT.json COMPONENT SPECIES|elements FILE|charge FILE...|own WHAT"

int
xps_cli_reference (int argc, char **argv)
{
  XpsReferenceAsked options = {0};
  const GOptionEntry entries[] = {
      {"element", 0, 0, G_OPTION_ARG_STRING, &options.element, "Chemical element", "S"},
      {"level", 0, 0, G_OPTION_ARG_STRING, &options.level, "Core level: \"S 2p\" takes in S 2p3/2", "LEVEL"},
      {"species", 0, 0, G_OPTION_ARG_STRING, &options.species, "Species as the table calls it", "Li2S"},
      {"source", 0, 0, G_OPTION_ARG_STRING, &options.source, "Key of a source", "KEY"},
      {"near", 0, 0, G_OPTION_ARG_STRING, &options.near, "Binding energy", "EV"},
      {"within", 0, 0, G_OPTION_ARG_STRING, &options.within, "How far from it", "EV"},
      {"include", 0, 0, G_OPTION_ARG_STRING, &options.include,
       "Also values that are secondary, recalled, tabulated, or all", "KIND,..."},
      {"reference-shift", 0, 0, G_OPTION_ARG_STRING, &options.shift,
       "identify: what is to be added to all energies; without it, it is found from the lines", "EV"},
      {"shift-error", 0, 0, G_OPTION_ARG_STRING, &options.shift_error, "How sure that is", "EV"},
      {"photon-energy", 0, 0, G_OPTION_ARG_STRING, &options.photon_energy,
       "identify: for areas of different levels; elements: that of the spectrum", "EV"},
      {"elements", 0, 0, G_OPTION_ARG_STRING, &options.elements,
       "identify: what the sample can hold, the rest is left out; elements: what is known to be there",
       "Li,P,S,..."},
      {"region", 0, 0, G_OPTION_ARG_STRING, &options.region,
       "elements: spectrum of the file, by number or name", "REGION"},
      {"work-function", 0, 0, G_OPTION_ARG_STRING, &options.work_function, "charge: of the sample's surface",
       "EV"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
       "assign: file to write instead of the result itself", "RESULT.json"},
      {"lithium-metal", 0, 0, G_OPTION_ARG_NONE, &options.lithium_metal, "charge: metallic lithium is there",
       NULL},
      {"own", 0, 0, G_OPTION_ARG_FILENAME, &options.own, "Your own entries; usually in your data folder",
       "FILE"},
      {"binding-energy", 0, 0, G_OPTION_ARG_STRING, &options.energy, "own add: where the line lies", "EV"},
      {"uncertainty", 0, 0, G_OPTION_ARG_STRING, &options.uncertainty, "own add: how sure it is", "EV"},
      {"charge-reference", 0, 0, G_OPTION_ARG_STRING, &options.charge_reference,
       "own add: what it is referenced to", "TEXT"},
      {"note", 0, 0, G_OPTION_ARG_STRING, &options.note, "own add: a remark", "TEXT"},
      {"replaces", 0, 0, G_OPTION_ARG_STRING, &options.replaces,
       "own add: number of the shipped value that it corrects (\"id\" of search --json)", "ID"},
      {"phase", 0, 0, G_OPTION_ARG_STRING, &options.phase, "own remove: this phase", "NAME"},
      {"spread", 0, 0, G_OPTION_ARG_NONE, &options.spread, "Only the spread of each species and level", NULL},
      {"database", 0, 0, G_OPTION_ARG_FILENAME, &options.database, "Another reference database", "FILE"},
      XPS_CLI_READING_ENTRIES (options.reading),
      {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, "One JSON object instead of tables", NULL},
      G_OPTION_ENTRY_NULL,
  };
  int status = XPS_EXIT_USAGE;
  if (xps_cli_parse (
          "reference", OPERANDS,
          "What is known of binding energies: every value with its charge reference, its source and "
          "how it was verified.",
          entries, &argc, &argv)) {
    if (argc < 2)
      xps_cli_usage ("reference", "say what to ask: search, species, source KEY, separations, phases, "
                                  "identify, assign, elements, charge, own");
    else
      status = ask (&options, argv[1], (const char *const *)argv + 2);
  }
  options_clear (&options);
  return status;
}
