/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json-stream.h"
#include "quantify/identify.h"
#include "reference/reference.h"

/* How the command `reference` shows records: as a table for people, or as one JSON object. */

void xps_reference_print_lines (XpsReference *reference, const GPtrArray *lines, XpsJsonStream *out);
void xps_reference_print_spreads (const GPtrArray *spreads, XpsJsonStream *out);
void xps_reference_print_species (const GPtrArray *names, XpsJsonStream *out);
void xps_reference_print_sources (const GPtrArray *sources, XpsJsonStream *out);
void xps_reference_print_separations (const GPtrArray *separations, XpsJsonStream *out);
void xps_reference_print_phases (const GPtrArray *phases, XpsJsonStream *out);
/* What speaks against taking a number of these species and levels for granted; each statement once. */
void xps_reference_print_controversies (XpsReference *reference, const GPtrArray *spreads,
                                        XpsJsonStream *out);
void xps_reference_print_identification (const XpsIdentification *answer, XpsJsonStream *out);
