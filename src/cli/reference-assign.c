/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/reference.h"

/* Writes down what a person decided a component is, with the evidence: into the result file. */

static gboolean
refuse (GError **error, const char *file, const char *what, const char *name)
{
  g_autofree char *sentence = g_strdup_printf ("%s: %s \"%s\"", file, what, name);
  return xps_reference_refuse (error, sentence);
}

/* Component and candidate of the names given; FALSE with error. */
static gboolean
find_candidate (const XpsIdentification *answer, const char *const *operands, guint *component,
                const XpsCandidate **candidate, GError **error)
{
  for (*component = 0; *component < answer->components->len; (*component)++)
    if (strcmp (g_array_index (answer->components, XpsIdentified, *component).observed.name, operands[1]) ==
        0)
      break;
  if (*component == answer->components->len)
    return refuse (error, operands[0], "there is no component", operands[1]);
  const GPtrArray *candidates = g_array_index (answer->components, XpsIdentified, *component).candidates;
  for (guint i = 0; i < candidates->len; i++) {
    *candidate = g_ptr_array_index (candidates, i);
    if (strcmp ((*candidate)->species, operands[2]) == 0)
      return TRUE;
  }
  return refuse (error, operands[0], "nothing near this line is reported of", operands[2]);
}

/* What the file says of its charge reference; NULL: nothing. */
static char *
dup_reference_words (const XpsModelPart *part)
{
  if (part->energy_shift_source == NULL)
    return NULL;
  g_autofree char *number = xps_number_dup_with_error (part->energy_shift, part->energy_shift_error, 2);
  return g_strdup_printf ("%s; shift %s eV", part->energy_shift_source, number);
}

gboolean
xps_reference_answer_assign (const XpsReferenceQuestion *question, GError **error)
{
  const char *const *operands = question->operands;
  XpsIdentifyOptions options;
  guint component;
  const XpsCandidate *candidate = NULL;
  if (operands[0] == NULL || operands[1] == NULL || operands[2] == NULL)
    return xps_reference_refuse (error, "reference assign: name a result, a component and a species");
  xps_identify_options_init (&options);
  options.secondary = options.recalled = TRUE; /* what a person chose may be anything, and is marked */
  if (!xps_reference_parse_energy ("--photon-energy", question->options->photon_energy,
                                   &options.photon_energy, error) ||
      !xps_reference_parse_energy ("--reference-shift", question->options->shift, &options.shift, error))
    return FALSE;
  g_autoptr (XpsFitRecord) record = xps_fit_record_read (operands[0], error);
  if (record == NULL)
    return FALSE;
  g_autoptr (GArray) observed = xps_observed_array_new ();
  xps_observed_add_record (observed, record, question->reference, &options);
  g_autoptr (XpsIdentification) answer = xps_identify (question->reference, observed, &options, error);
  if (answer == NULL || !find_candidate (answer, operands, &component, &candidate, error))
    return FALSE;
  const XpsRecordComponent *own = g_ptr_array_index (record->components, component);
  g_autofree char *words = dup_reference_words (g_ptr_array_index (record->model->parts, own->spectrum));
  g_autoptr (XpsAssignment) assignment =
      xps_candidate_new_assignment (answer, &g_array_index (answer->components, XpsIdentified, component),
                                    candidate, question->reference, words);
  g_autoptr (XpsFitRecord) changed =
      xps_fit_record_with_assignment (record, own->spectrum, own->name, assignment, error);
  const char *path = question->options->output != NULL ? question->options->output : operands[0];
  if (changed == NULL || !xps_file_write (path, changed->text, (gssize)strlen (changed->text), error))
    return FALSE;
  if (question->out != NULL) {
    xps_json_stream_string (question->out, "component", own->name);
    xps_json_stream_string (question->out, "species", assignment->species);
    xps_json_stream_string (question->out, "verified", assignment->verified);
    xps_json_stream_string (question->out, "source", assignment->source);
  } else
    g_print ("%s is %s (%s; %s)\n", own->name, assignment->species, assignment->verified,
             assignment->source != NULL ? assignment->source : "no source");
  return TRUE;
}
