/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What a column of a potentiostat's log holds, from its name: "time/s", "<I>/mA", "Potential (V)". */

typedef enum {
  XPS_LOG_TIME,
  XPS_LOG_POTENTIAL,
  XPS_LOG_CURRENT,
  XPS_LOG_CAPACITY,
  XPS_LOG_CYCLE,
  XPS_LOG_N
} XpsLogQuantity;

typedef struct {
  XpsLogQuantity quantity; /* XPS_LOG_N: none of them */
  guint rank;              /* of several columns of a quantity the one with the lowest is meant */
  double factor;           /* from its unit to s, V, A, A h */
  gboolean has_unit;
} XpsLogColumn;

XpsLogColumn xps_log_column_classify (const char *label);

/* Factor of a unit that stands alone ("mA"), for the quantity; 0 where it is none of its units. */
double xps_log_unit_find (const char *unit, XpsLogQuantity quantity);

/* Date and time in the spellings of such logs: "2024-03-14 09:26:53.5", "03/14/2024 09:26:53" (month first,
 * as EC-Lab writes it, unless that can not be), "14.03.2024 09:26:53" (day first). Seconds since 1970, the
 * clock taken for UTC; NaN for anything else. `ambiguous` (may be NULL) is set where day and month could be
 * the other way round. */
double xps_log_parse_date (const char *text, gboolean *ambiguous);
