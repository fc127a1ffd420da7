/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "cli/reference.h"

/* Shown in front of what is not to be taken for a verified value. */
static const char *
mark_of (XpsVerified verified)
{
  return verified == XPS_VERIFIED_RECALLED    ? "?"
         : verified == XPS_VERIFIED_SECONDARY ? "~"
         : verified == XPS_VERIFIED_USER      ? "*"
                                              : " ";
}

static const char *
text_or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

static void
print_padded (const char *text, int width)
{
  const int used = (int)g_utf8_strlen (text, -1);
  g_print ("%s%*s", text, used < width ? width - used : 1, "");
}

/* "160.2(3)", "160.2", "-" */
static char *
dup_value (double value, double error)
{
  char buffer[XPS_NUMBER_LENGTH];
  if (!isfinite (value))
    return g_strdup ("-");
  return isfinite (error) ? xps_number_dup_with_error (value, error, 2)
                          : g_strdup (xps_number_format (value, buffer));
}

/* ---- lines ---- */

static void
add_line (XpsReference *reference, const XpsReferenceLine *line, XpsJsonStream *out)
{
  g_autoptr (GPtrArray) sources = xps_reference_get_sources (reference, line->source, NULL);
  const XpsReferenceSource *source =
      sources != NULL && sources->len > 0 ? g_ptr_array_index (sources, 0) : NULL;
  xps_json_stream_begin_object (out, NULL);
  xps_json_stream_integer (out, "id", line->id);
  xps_json_stream_string (out, "species", line->species);
  xps_json_stream_string (out, "species_name", line->species_name);
  xps_json_stream_string (out, "class", line->class_);
  xps_json_stream_string (out, "element", line->element);
  xps_json_stream_string (out, "level", line->level);
  xps_json_stream_number (out, "binding_energy", line->energy);
  xps_json_stream_number (out, "uncertainty", line->uncertainty);
  xps_json_stream_number (out, "fwhm", line->fwhm);
  xps_json_stream_string (out, "charge_reference", line->charge_reference);
  xps_json_stream_string (out, "verified", xps_verified_to_text (line->verified));
  xps_json_stream_boolean (out, "analogue", line->analogue);
  if (line->verified == XPS_VERIFIED_USER && line->replaces > 0)
    xps_json_stream_integer (out, "replaces", line->replaces);
  xps_json_stream_boolean (out, "replaced_by_own", line->replaced);
  xps_json_stream_string (out, "source", line->source);
  xps_json_stream_string (out, "doi", source != NULL ? source->doi : NULL);
  xps_json_stream_string (out, "note", line->note);
  xps_json_stream_end (out);
}

static void
print_line (const XpsReferenceLine *line)
{
  g_autofree char *value = dup_value (line->energy, line->uncertainty);
  g_print ("%s ", line->replaced ? "x" : mark_of (line->verified));
  print_padded (line->level, 10);
  print_padded (value, 12);
  print_padded (line->species, 24);
  print_padded (xps_verified_to_text (line->verified), 13);
  print_padded (line->source, 30);
  g_print ("%s\n", text_or_dash (line->charge_reference));
}

/* What the marks in front of values mean. */
static void
print_marks (const GPtrArray *lines)
{
  gboolean told[XPS_VERIFIED_USER + 1] = {FALSE}, replaced = FALSE;
  for (guint i = 0; i < lines->len; i++) {
    const XpsReferenceLine *line = g_ptr_array_index (lines, i);
    const char *mark = mark_of (line->verified);
    replaced |= line->replaced;
    if (mark[0] == ' ' || told[line->verified])
      continue;
    told[line->verified] = TRUE;
    g_print ("%s %s\n", mark, xps_verified_to_words (line->verified));
  }
  if (replaced)
    g_print ("x corrected by an entry of your own, counted nowhere\n");
}

void
xps_reference_print_lines (XpsReference *reference, const GPtrArray *lines, XpsJsonStream *out)
{
  if (out != NULL)
    xps_json_stream_begin_array (out, "values");
  else if (lines->len > 0)
    g_print (
        "  level     E_B / eV    species                 verified     source                        charge "
        "reference\n");
  for (guint i = 0; i < lines->len; i++) {
    if (out != NULL)
      add_line (reference, g_ptr_array_index (lines, i), out);
    else
      print_line (g_ptr_array_index (lines, i));
  }
  if (out != NULL)
    xps_json_stream_end (out);
  else
    print_marks (lines);
}

/* ---- spreads ---- */

static void
add_spread (const XpsReferenceSpread *spread, XpsJsonStream *out)
{
  xps_json_stream_begin_object (out, NULL);
  xps_json_stream_string (out, "species", spread->species);
  xps_json_stream_string (out, "level", spread->level);
  xps_json_stream_integer (out, "n", spread->n);
  xps_json_stream_integer (out, "n_verified", spread->n_firm);
  xps_json_stream_number (out, "low", spread->low);
  xps_json_stream_number (out, "median", spread->median);
  xps_json_stream_number (out, "high", spread->high);
  xps_json_stream_number (out, "verified_low", spread->firm_low);
  xps_json_stream_number (out, "verified_high", spread->firm_high);
  xps_json_stream_string (out, "best_verified", xps_verified_to_text (spread->best));
  xps_json_stream_boolean (out, "disputed", spread->disputed);
  xps_json_stream_end (out);
}

static void
print_spread (const XpsReferenceSpread *spread)
{
  g_print ("%s ", mark_of (spread->best));
  print_padded (spread->level, 10);
  print_padded (spread->species, 24);
  g_print ("%8.2f  %8.2f  %8.2f   %u of %u first-hand%s\n", spread->low, spread->median, spread->high,
           spread->n_firm, spread->n, spread->disputed ? ", disputed" : "");
}

void
xps_reference_print_spreads (const GPtrArray *spreads, XpsJsonStream *out)
{
  if (out != NULL)
    xps_json_stream_begin_array (out, "spreads");
  else if (spreads->len > 0)
    g_print ("\n  level     species                  lowest    median   highest   values\n");
  for (guint i = 0; i < spreads->len; i++) {
    if (out != NULL)
      add_spread (g_ptr_array_index (spreads, i), out);
    else
      print_spread (g_ptr_array_index (spreads, i));
  }
  if (out != NULL)
    xps_json_stream_end (out);
}

void
xps_reference_print_left_out (guint found, guint n, XpsJsonStream *out)
{
  if (out != NULL) {
    xps_json_stream_integer (out, "left_out", n);
    return;
  }
  if (found == 0)
    g_print ("nothing%s\n", n > 0 ? " at first hand" : "");
  if (n > 0)
    g_print ("\n%u more, second hand or from memory, left out: --include secondary,recalled or all\n", n);
}

void
xps_reference_print_estimates (const GPtrArray *estimates, XpsJsonStream *out)
{
  if (out != NULL)
    xps_json_stream_begin_array (out, "estimates");
  else if (estimates->len > 0)
    g_print ("\nestimates of levels that nobody has measured (never used in suggestions):\n");
  for (guint i = 0; i < estimates->len; i++) {
    const XpsReferenceEstimate *row = g_ptr_array_index (estimates, i);
    if (out == NULL) {
      g_autofree char *value = dup_value (row->energy, row->uncertainty);
      g_print ("e ");
      print_padded (row->level, 10);
      print_padded (value, 12);
      print_padded (row->species, 24);
      g_print ("from %s\n", text_or_dash (row->basis));
      continue;
    }
    xps_json_stream_begin_object (out, NULL);
    xps_json_stream_string (out, "species", row->species);
    xps_json_stream_string (out, "level", row->level);
    xps_json_stream_number (out, "binding_energy", row->energy);
    xps_json_stream_number (out, "uncertainty", row->uncertainty);
    xps_json_stream_string (out, "basis", row->basis);
    xps_json_stream_string (out, "source", row->source);
    xps_json_stream_end (out);
  }
  if (out != NULL)
    xps_json_stream_end (out);
}

void
xps_reference_print_controversies (XpsReference *reference, const GPtrArray *spreads, XpsJsonStream *out)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (out != NULL)
    xps_json_stream_begin_array (out, "controversies");
  for (guint i = 0; i < spreads->len; i++) {
    const XpsReferenceSpread *spread = g_ptr_array_index (spreads, i);
    g_autoptr (GPtrArray) rows = xps_reference_list_controversies (reference, spread->species, spread->level);
    for (guint k = 0; rows != NULL && k < rows->len; k++) {
      const XpsReferenceControversy *row = g_ptr_array_index (rows, k);
      if (!g_hash_table_add (told, g_strdup (row->statement)))
        continue;
      if (out != NULL)
        xps_json_stream_string (out, NULL, row->statement);
      else
        g_print ("%s! %s\n", g_hash_table_size (told) == 1 ? "\n" : "", row->statement);
    }
  }
  if (out != NULL)
    xps_json_stream_end (out);
}

/* ---- the rest ---- */

void
xps_reference_print_species (const GPtrArray *names, XpsJsonStream *out)
{
  if (out != NULL) {
    xps_json_stream_strings (out, "species", names);
    return;
  }
  for (guint i = 0; i < names->len; i++)
    g_print ("%s\n", (const char *)g_ptr_array_index (names, i));
}

static void
print_source (const XpsReferenceSource *source)
{
  g_print ("%s\n  %s%s%s\n", source->key, text_or_dash (source->authors), source->title != NULL ? ": " : "",
           source->title != NULL ? source->title : "");
  if (source->journal != NULL)
    g_print ("  %s %s (%d) %s\n", source->journal, source->volume != NULL ? source->volume : "", source->year,
             source->pages != NULL ? source->pages : "");
  if (source->doi != NULL)
    g_print ("  %s\n", source->doi);
  if (source->licence != NULL)
    g_print ("  %s\n", source->licence);
  if (source->note != NULL)
    g_print ("  %s\n", source->note);
}

void
xps_reference_print_sources (const GPtrArray *sources, XpsJsonStream *out)
{
  if (out != NULL)
    xps_json_stream_begin_array (out, "sources");
  for (guint i = 0; i < sources->len; i++) {
    const XpsReferenceSource *source = g_ptr_array_index (sources, i);
    if (out == NULL) {
      print_source (source);
      continue;
    }
    xps_json_stream_begin_object (out, NULL);
    xps_json_stream_string (out, "key", source->key);
    xps_json_stream_string (out, "authors", source->authors);
    xps_json_stream_string (out, "title", source->title);
    xps_json_stream_string (out, "journal", source->journal);
    xps_json_stream_number (out, "year", source->year > 0 ? source->year : (double)NAN);
    xps_json_stream_string (out, "volume", source->volume);
    xps_json_stream_string (out, "pages", source->pages);
    xps_json_stream_string (out, "doi", source->doi);
    xps_json_stream_string (out, "licence", source->licence);
    xps_json_stream_string (out, "note", source->note);
    xps_json_stream_end (out);
  }
  if (out != NULL)
    xps_json_stream_end (out);
}

void
xps_reference_print_separations (const GPtrArray *separations, XpsJsonStream *out)
{
  if (out != NULL)
    xps_json_stream_begin_array (out, "separations");
  else if (separations->len == 0)
    g_print ("nothing\n");
  for (guint i = 0; i < separations->len; i++) {
    const XpsReferenceSeparation *row = g_ptr_array_index (separations, i);
    if (out == NULL) {
      print_padded (row->formula, 16);
      g_print ("%s - %s = %.2f eV   %s, %s\n", row->level_high, row->level_low, row->separation,
               xps_verified_to_text (row->verified), row->source);
      continue;
    }
    xps_json_stream_begin_object (out, NULL);
    xps_json_stream_string (out, "species", row->formula);
    xps_json_stream_string (out, "level_high", row->level_high);
    xps_json_stream_string (out, "level_low", row->level_low);
    xps_json_stream_number (out, "binding_energy_high", row->energy_high);
    xps_json_stream_number (out, "binding_energy_low", row->energy_low);
    xps_json_stream_number (out, "separation", row->separation);
    xps_json_stream_string (out, "verified", xps_verified_to_text (row->verified));
    xps_json_stream_string (out, "source", row->source);
    xps_json_stream_string (out, "note", row->note);
    xps_json_stream_end (out);
  }
  if (out != NULL)
    xps_json_stream_end (out);
}

static void
add_phase (const XpsReferencePhase *phase, XpsJsonStream *out)
{
  xps_json_stream_begin_object (out, NULL);
  xps_json_stream_string (out, "phase", phase->name);
  xps_json_stream_string (out, "name", phase->full_name);
  xps_json_stream_string (out, "formula", phase->formula);
  xps_json_stream_boolean (out, "own", phase->own);
  xps_json_stream_begin_array (out, "lines");
  for (guint k = 0; k < phase->lines->len; k++) {
    const XpsPhaseLine *line = g_ptr_array_index (phase->lines, k);
    xps_json_stream_begin_object (out, NULL);
    xps_json_stream_string (out, "level", line->level);
    xps_json_stream_string (out, "species", line->species);
    xps_json_stream_string (out, "label", line->label);
    xps_json_stream_number (out, "atoms", line->atoms);
    xps_json_stream_end (out);
  }
  xps_json_stream_end (out);
  xps_json_stream_end (out);
}

static void
print_phase (const XpsReferencePhase *phase)
{
  g_print ("%s %s (%s)%s%s\n", phase->own ? mark_of (XPS_VERIFIED_USER) : " ", phase->name,
           text_or_dash (phase->full_name), phase->note != NULL ? ": " : "",
           phase->note != NULL ? phase->note : "");
  for (guint k = 0; k < phase->lines->len; k++) {
    const XpsPhaseLine *line = g_ptr_array_index (phase->lines, k);
    g_print ("    ");
    print_padded (line->level, 10);
    print_padded (text_or_dash (line->label), 14);
    g_print ("%g atoms\n", line->atoms);
  }
}

void
xps_reference_print_phases (const GPtrArray *phases, XpsJsonStream *out)
{
  gboolean own = FALSE;
  if (out != NULL)
    xps_json_stream_begin_array (out, "phases");
  else if (phases->len == 0)
    g_print ("nothing\n");
  for (guint i = 0; i < phases->len; i++) {
    const XpsReferencePhase *phase = g_ptr_array_index (phases, i);
    if (out != NULL) {
      add_phase (phase, out);
      continue;
    }
    print_phase (phase);
    own |= phase->own;
  }
  if (own)
    g_print ("%s a phase of your own\n", mark_of (XPS_VERIFIED_USER));
  if (out != NULL)
    xps_json_stream_end (out);
}
