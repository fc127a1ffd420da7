/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "cli/reference.h"
#include "quantify/elements.h"

/* Which elements a survey shows. */

static void
add_peaks (const GArray *peaks, XpsJsonStream *out)
{
  xps_json_stream_begin_array (out, "peaks");
  for (guint i = 0; i < peaks->len; i++) {
    const XpsSurveyPeak *peak = &g_array_index (peaks, XpsSurveyPeak, i);
    xps_json_stream_begin_object (out, NULL);
    xps_json_stream_number (out, "energy", peak->energy);
    xps_json_stream_number (out, "significance", peak->significance);
    xps_json_stream_number (out, "height", peak->height);
    xps_json_stream_number (out, "width", peak->width);
    xps_json_stream_number (out, "area", peak->area);
    xps_json_stream_end (out);
  }
  xps_json_stream_end (out);
}

static void
add_match (const XpsElementMatch *match, XpsJsonStream *out)
{
  xps_json_stream_begin_object (out, NULL);
  xps_json_stream_string (out, "line", match->line->name);
  xps_json_stream_boolean (out, "auger", match->line->auger);
  xps_json_stream_number (out, "energy", match->line->energy);
  xps_json_stream_number (out, "tolerance", match->line->tolerance);
  xps_json_stream_number (out, "cross_section_barn", match->line->sigma);
  xps_json_stream_string (out, "source", match->line->source);
  xps_json_stream_string (out, "verified", xps_verified_to_text (match->line->verified));
  xps_json_stream_boolean (out, "in_range", match->in_range);
  xps_json_stream_number (out, "peak", match->peak >= 0 ? match->peak : (double)NAN);
  xps_json_stream_number (out, "distance", match->distance);
  xps_json_stream_number (out, "expected_significance", match->expected);
  xps_json_stream_boolean (out, "missing", match->missing);
  xps_json_stream_strings (out, "shared_with", match->shared);
  xps_json_stream_end (out);
}

static void
add_candidate (const XpsElementCandidate *candidate, XpsJsonStream *out)
{
  xps_json_stream_begin_object (out, NULL);
  xps_json_stream_string (out, "element", candidate->element);
  xps_json_stream_boolean (out, "suggested", candidate->suggested);
  xps_json_stream_number (out, "score", candidate->score);
  xps_json_stream_begin_array (out, "lines");
  for (guint i = 0; i < candidate->matches->len; i++)
    add_match (&g_array_index (candidate->matches, XpsElementMatch, i), out);
  xps_json_stream_end (out);
  xps_json_stream_strings (out, "in_favour", candidate->in_favour);
  xps_json_stream_strings (out, "against", candidate->against);
  xps_json_stream_end (out);
}

static void
add_analysis (const XpsElementAnalysis *answer, XpsJsonStream *out)
{
  xps_json_stream_number (out, "photon_energy", answer->photon_energy);
  xps_json_stream_number (out, "shift", answer->shift);
  add_peaks (answer->peaks, out);
  xps_json_stream_begin_array (out, "elements");
  for (guint i = 0; i < answer->candidates->len; i++)
    add_candidate (g_ptr_array_index (answer->candidates, i), out);
  xps_json_stream_end (out);
  xps_json_stream_begin_array (out, "unexplained");
  for (guint i = 0; i < answer->unexplained->len; i++)
    xps_json_stream_integer (out, NULL, g_array_index (answer->unexplained, guint, i));
  xps_json_stream_end (out);
}

static void
print_candidate (const XpsElementCandidate *candidate)
{
  g_print ("%-3s %3.0f %%\n", candidate->element, 100 * candidate->score);
  for (guint i = 0; i < candidate->in_favour->len; i++)
    g_print ("    + %s\n", (const char *)g_ptr_array_index (candidate->in_favour, i));
  for (guint i = 0; i < candidate->against->len; i++)
    g_print ("    - %s\n", (const char *)g_ptr_array_index (candidate->against, i));
}

static void
print_analysis (const XpsElementAnalysis *answer)
{
  guint n = 0;
  g_print ("%u peaks at %g eV; lines meet them with a shift of %.2f eV\n\n", answer->peaks->len,
           answer->photon_energy, answer->shift);
  for (guint i = 0; i < answer->candidates->len; i++) {
    const XpsElementCandidate *candidate = g_ptr_array_index (answer->candidates, i);
    if (!candidate->suggested)
      continue;
    print_candidate (candidate);
    n++;
  }
  g_print ("%s", n == 0 ? "no element to suggest\n" : "");
  for (guint i = 0; i < answer->unexplained->len; i++) {
    const XpsSurveyPeak *peak =
        &g_array_index (answer->peaks, XpsSurveyPeak, g_array_index (answer->unexplained, guint, i));
    g_print ("%s%.1f eV (%.0f times the noise)", i == 0 ? "\nexplained by none of them: " : ", ",
             peak->energy, peak->significance);
  }
  g_print ("%s", answer->unexplained->len > 0 ? "\n" : "");
}

/* The widest spectrum where none is named: a survey. */
static const XpsSpectrum *
find_survey (const XpsFile *file)
{
  const XpsSpectrum *widest = NULL;
  double most = 0;
  for (guint i = 0; i < file->spectra->len; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (file->spectra, i);
    const gsize n = xps_spectrum_get_n (spectrum);
    const double *energy = xps_spectrum_get_energy (spectrum), range = fabs (energy[n - 1] - energy[0]);
    const XpsAxisKind axis = xps_spectrum_get_axis (spectrum);
    if (range <= most || (axis != XPS_AXIS_BINDING && axis != XPS_AXIS_KINETIC))
      continue;
    most = range;
    widest = spectrum;
  }
  return widest;
}

gboolean
xps_reference_answer_elements (const XpsReferenceQuestion *question, GError **error)
{
  const XpsReferenceAsked *asked = question->options;
  XpsReadOptions reading;
  XpsElementOptions options;
  xps_element_options_init (&options);
  if (question->operand == NULL)
    return xps_reference_refuse (error, "reference elements: name a file with a survey");
  if (!xps_cli_reading_to_options (&asked->reading, "reference", &reading))
    return xps_reference_refuse (error, "reference elements: the file cannot be read that way");
  g_autoptr (XpsFile) file = xps_file_open (question->operand, &reading, error);
  if (file == NULL)
    return FALSE;
  const XpsSpectrum *spectrum =
      asked->region != NULL ? xps_file_find_spectrum (file, asked->region, error) : find_survey (file);
  if (spectrum == NULL)
    return asked->region == NULL
               ? xps_reference_refuse (error, "reference elements: there is no spectrum of electron energies")
               : FALSE;
  XpsEnergyScale scale = xps_energy_scale_from_spectrum (spectrum);
  g_auto (GStrv) assume = asked->elements != NULL ? g_strsplit (asked->elements, ",", -1) : NULL;
  options.assume = (const char *const *)assume;
  if (!xps_reference_parse_energy ("--photon-energy", asked->photon_energy, &scale.photon_energy, error) ||
      !xps_reference_parse_energy ("--reference-shift", asked->shift, &options.shift, error))
    return FALSE;
  g_autoptr (XpsElementAnalysis) answer =
      xps_identify_elements (question->reference, spectrum, &scale, &options, error);
  if (answer == NULL)
    return FALSE;
  if (question->out != NULL) {
    xps_json_stream_string (question->out, "file", question->operand);
    xps_json_stream_string (question->out, "region", xps_spectrum_get_name (spectrum));
    add_analysis (answer, question->out);
  } else
    print_analysis (answer);
  return TRUE;
}
