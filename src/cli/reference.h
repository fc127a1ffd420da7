/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json-stream.h"
#include "cli/command.h"
#include "quantify/identify.h"
#include "reference/own.h"

/* What was asked for on the command line: texts as given, NULL where not. */
typedef struct {
  char *element, *level, *species, *source, *include, *database;
  char *near, *within, *shift, *shift_error, *photon_energy, *elements;
  char *region, *own, *energy, *uncertainty, *charge_reference, *note, *replaces, *phase, *work_function,
      *output;
  XpsCliReading reading;
  gboolean json, spread, lithium_metal;
} XpsReferenceAsked;

typedef struct {
  XpsReference *reference;
  const XpsReferenceAsked *options;
  const XpsReferenceQuery *query;
  const char *own;             /* file of own entries, there or not */
  const char *operand;         /* behind the question, or NULL */
  const char *const *operands; /* all of them, NULL-terminated */
  XpsJsonStream *out;          /* NULL: a table */
} XpsReferenceQuestion;

/* Always FALSE. */
gboolean xps_reference_refuse (GError **error, const char *sentence);
/* NULL leaves the value. */
gboolean xps_reference_parse_energy (const char *option, const char *text, double *value, GError **error);

gboolean xps_reference_answer_elements (const XpsReferenceQuestion *question, GError **error);
gboolean xps_reference_answer_own (const XpsReferenceQuestion *question, GError **error);
gboolean xps_reference_answer_assign (const XpsReferenceQuestion *question, GError **error);
gboolean xps_reference_answer_charge (const XpsReferenceQuestion *question, GError **error);

/* How the command `reference` shows records: as a table for people, or as one JSON object. */

void xps_reference_print_lines (XpsReference *reference, const GPtrArray *lines, XpsJsonStream *out);
void xps_reference_print_spreads (const GPtrArray *spreads, XpsJsonStream *out);
/* How many values matched that are not first-hand and were not asked for, beside the `found` that are shown. */
void xps_reference_print_left_out (guint found, guint n, XpsJsonStream *out);
/* Marked as what they are: no measurements. */
void xps_reference_print_estimates (const GPtrArray *estimates, XpsJsonStream *out);
void xps_reference_print_species (const GPtrArray *names, XpsJsonStream *out);
void xps_reference_print_sources (const GPtrArray *sources, XpsJsonStream *out);
void xps_reference_print_separations (const GPtrArray *separations, XpsJsonStream *out);
void xps_reference_print_phases (const GPtrArray *phases, XpsJsonStream *out);
/* What speaks against taking a number of these species and levels for granted; each statement once. */
void xps_reference_print_controversies (XpsReference *reference, const GPtrArray *spreads,
                                        XpsJsonStream *out);
void xps_reference_print_identification (const XpsIdentification *answer, XpsJsonStream *out);
