/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "cli/reference.h"
#include "quantify/charge.h"

/* What the energies of a sample could be referenced to. */

static void
add_suggestion (const XpsChargeSuggestion *suggestion, XpsJsonStream *out)
{
  xps_json_stream_begin_object (out, NULL);
  xps_json_stream_string (out, "id", suggestion->id);
  xps_json_stream_string (out, "title", suggestion->title);
  xps_json_stream_string (out, "line", suggestion->mark->name);
  xps_json_stream_string (out, "level", suggestion->mark->level);
  xps_json_stream_boolean (out, "fitted", suggestion->mark->fitted);
  xps_json_stream_number (out, "found", suggestion->mark->energy);
  xps_json_stream_number (out, "found_error", suggestion->mark->error);
  xps_json_stream_number (out, "value", suggestion->value);
  xps_json_stream_number (out, "uncertainty", suggestion->uncertainty);
  xps_json_stream_number (out, "shift", suggestion->shift);
  xps_json_stream_number (out, "shift_error", suggestion->shift_error);
  xps_json_stream_string (out, "source", suggestion->source);
  xps_json_stream_string (out, "verified", xps_verified_to_text (suggestion->verified));
  xps_json_stream_boolean (out, "guessed", suggestion->guessed);
  xps_json_stream_strings (out, "in_favour", suggestion->in_favour);
  xps_json_stream_strings (out, "against", suggestion->against);
  xps_json_stream_end (out);
}

static void
print_suggestion (const XpsChargeSuggestion *suggestion)
{
  g_print ("%s\n    %s at %.2f eV", suggestion->title, suggestion->mark->name, suggestion->mark->energy);
  if (isfinite (suggestion->shift))
    g_print (": shift %+.2f eV, uncertain by %.2f eV", suggestion->shift, suggestion->shift_error);
  g_print (" (%s)\n", xps_verified_to_words (suggestion->verified));
  for (guint i = 0; i < suggestion->in_favour->len; i++)
    g_print ("    + %s\n", (const char *)g_ptr_array_index (suggestion->in_favour, i));
  for (guint i = 0; i < suggestion->against->len; i++)
    g_print ("    - %s\n", (const char *)g_ptr_array_index (suggestion->against, i));
}

/* A result of a fit where the file is one, else measured spectra. */
static gboolean
add_file (const XpsReferenceQuestion *question, const char *path, GArray *marks, GError **error)
{
  XpsReadOptions reading;
  if (g_str_has_suffix (path, ".json")) {
    g_autoptr (XpsFitRecord) record = xps_fit_record_read (path, error);
    if (record != NULL)
      xps_charge_add_record (marks, record, question->reference);
    return record != NULL;
  }
  if (!xps_cli_reading_to_options (&question->options->reading, "reference", &reading))
    return xps_reference_refuse (error, "reference charge: the file cannot be read that way");
  g_autoptr (XpsFile) file = xps_file_open (path, &reading, error);
  if (file == NULL)
    return FALSE;
  for (guint i = 0; i < file->spectra->len; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (file->spectra, i);
    XpsEnergyScale scale = xps_energy_scale_from_spectrum (spectrum);
    if (!xps_reference_parse_energy ("--photon-energy", question->options->photon_energy,
                                     &scale.photon_energy, error))
      return FALSE;
    xps_charge_add_spectrum (marks, spectrum, &scale);
  }
  return TRUE;
}

gboolean
xps_reference_answer_charge (const XpsReferenceQuestion *question, GError **error)
{
  XpsChargeOptions options;
  g_autoptr (GArray) marks = xps_charge_mark_array_new ();
  xps_charge_options_init (&options);
  options.secondary = question->query->secondary;
  options.recalled = question->query->recalled;
  options.lithium_metal = question->options->lithium_metal;
  if (question->operand == NULL)
    return xps_reference_refuse (error, "reference charge: name results of a fit, or files with spectra");
  if (!xps_reference_parse_energy ("--work-function", question->options->work_function,
                                   &options.work_function, error))
    return FALSE;
  for (gsize i = 0; question->operands[i] != NULL; i++)
    if (!add_file (question, question->operands[i], marks, error))
      return FALSE;
  g_autoptr (GPtrArray) answer = xps_charge_suggest (question->reference, marks, &options);
  if (question->out != NULL)
    xps_json_stream_begin_array (question->out, "suggestions");
  else if (answer->len == 0)
    g_print ("no reference that is known here\n");
  for (guint i = 0; i < answer->len; i++) {
    if (question->out != NULL)
      add_suggestion (g_ptr_array_index (answer, i), question->out);
    else
      print_suggestion (g_ptr_array_index (answer, i));
  }
  if (question->out != NULL)
    xps_json_stream_end (question->out);
  return TRUE;
}
