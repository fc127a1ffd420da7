/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "cli/reference.h"

static void
add_candidate (const XpsCandidate *candidate, XpsJsonStream *out)
{
  xps_json_stream_begin_object (out, NULL);
  xps_json_stream_string (out, "species", candidate->species);
  xps_json_stream_number (out, "score", candidate->score);
  xps_json_stream_number (out, "distance", candidate->distance);
  xps_json_stream_number (out, "tolerance", candidate->tolerance);
  xps_json_stream_number (out, "low", candidate->spread.low);
  xps_json_stream_number (out, "median", candidate->spread.median);
  xps_json_stream_number (out, "high", candidate->spread.high);
  xps_json_stream_integer (out, "n", candidate->spread.n);
  xps_json_stream_integer (out, "n_verified", candidate->spread.n_firm);
  xps_json_stream_string (out, "own_phase", candidate->own_phase);
  xps_json_stream_strings (out, "in_favour", candidate->in_favour);
  xps_json_stream_strings (out, "against", candidate->against);
  xps_json_stream_strings (out, "not_told_apart_from", candidate->alike);
  xps_json_stream_end (out);
}

static void
add_component (const XpsIdentified *identified, XpsJsonStream *out)
{
  const XpsObserved *observed = &identified->observed;
  xps_json_stream_begin_object (out, NULL);
  xps_json_stream_string (out, "component", observed->name);
  xps_json_stream_string (out, "level", observed->level);
  xps_json_stream_number (out, "energy", observed->energy);
  xps_json_stream_number (out, "stderr", observed->error);
  xps_json_stream_boolean (out, "declined", identified->declined);
  xps_json_stream_begin_array (out, "candidates");
  for (guint i = 0; i < identified->candidates->len; i++)
    add_candidate (g_ptr_array_index (identified->candidates, i), out);
  xps_json_stream_end (out);
  xps_json_stream_end (out);
}

static void
print_sentences (const char *sign, const GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    g_print ("      %s %s\n", sign, (const char *)g_ptr_array_index (sentences, i));
}

static void
print_alike (const GPtrArray *alike)
{
  for (guint k = 0; k < alike->len && k < 6; k++)
    g_print ("%s%s", k == 0 ? "      = cannot be told apart by binding energy from " : ", ",
             (const char *)g_ptr_array_index (alike, k));
  if (alike->len > 6)
    g_print (" and %u more", alike->len - 6);
  g_print ("%s", alike->len > 0 ? "\n" : "");
}

/* The best few: those with a tenth of the best one's share. */
static void
print_component (const XpsIdentified *identified, double shift)
{
  const XpsObserved *observed = &identified->observed;
  const GPtrArray *candidates = identified->candidates;
  if (observed->minor)
    return;
  g_print ("\n%s: %s at %.2f eV", observed->name,
           observed->level != NULL ? observed->level : "level not known", observed->energy);
  if (shift != 0)
    g_print (" (%.2f eV with the shift)", observed->energy + shift);
  g_print ("%s\n", candidates->len == 0 ? ": nothing in the table" : "");
  for (guint i = 0; i < candidates->len && i < 5; i++) {
    const XpsCandidate *candidate = g_ptr_array_index (candidates, i);
    if (candidate->score < 0.1 * ((XpsCandidate *)g_ptr_array_index (candidates, 0))->score)
      break;
    g_print ("  %-24s %3.0f %%   %+.2f eV from the median %.2f\n", candidate->species, 100 * candidate->score,
             candidate->distance, candidate->spread.median);
    print_sentences ("+", candidate->in_favour);
    print_sentences ("-", candidate->against);
    print_alike (candidate->alike);
    if (candidate->own_phase != NULL)
      g_print ("      * compared with the other levels of %s, a phase of your own\n", candidate->own_phase);
  }
  if (identified->declined)
    g_print ("  no assignment: binding energy alone does not decide between the first ones\n");
}

void
xps_reference_print_identification (const XpsIdentification *answer, XpsJsonStream *out)
{
  const gboolean told = xps_identification_tells_shift (answer);
  const double shift = told ? answer->shift : NAN, shift_error = told ? answer->shift_error : NAN;
  if (out == NULL) {
    if (answer->components->len == 0)
      g_print ("no components to identify\n");
    else if (!told)
      g_print ("common shift not known: nothing in the table is near any line\n");
    else if (answer->shift_given)
      g_print ("common shift %.2f eV, as given\n", answer->shift);
    else
      g_print ("common shift %.2f(+-%.2f) eV, from the lines themselves\n", answer->shift,
               answer->shift_error);
    for (guint i = 0; i < answer->components->len; i++)
      print_component (&g_array_index (answer->components, XpsIdentified, i), told ? shift : 0);
    return;
  }
  xps_json_stream_number (out, "shift", shift);
  xps_json_stream_number (out, "shift_error", shift_error);
  xps_json_stream_boolean (out, "shift_given", answer->shift_given);
  xps_json_stream_begin_array (out, "components");
  for (guint i = 0; i < answer->components->len; i++)
    add_component (&g_array_index (answer->components, XpsIdentified, i), out);
  xps_json_stream_end (out);
}
