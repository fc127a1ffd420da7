/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

/* What a charge reference can be taken from, as lists of records. */

/* A component whose place is known: of the shown region, then of the others of its sample. */
typedef struct {
  char *name;           /* "C 1s C-C" */
  char *title;          /* with region and fitted value, for a list */
  char *level;          /* "C 1s", or NULL: not known */
  XpsQuantity position; /* of the maximum, eV as shown; without error where nothing current was fitted */
  double shift;         /* that the position contains, eV */
} XpsChargeLine;

/* XpsChargeLine; the selected component of the shown region first. New array. */
GPtrArray *xps_charge_list_lines (XpsSession *session);

/* A value of the reference database. */
typedef struct {
  char *title;  /* species, value, who says so, for a list */
  char *source; /* what is kept with the shift */
  double energy;
} XpsChargeValue;

/* XpsChargeValue of a level within 15 eV of a place (NaN: any), by energy; empty when there is no database.
 * New array. */
GPtrArray *xps_charge_list_values (const char *level, double near);

/* Ids (guint) of the regions that a shift is meant for. */
typedef enum { XPS_CHARGE_THIS, XPS_CHARGE_SELECTED, XPS_CHARGE_SAMPLE } XpsChargeScope;
GArray *xps_charge_list_regions (XpsSession *session, XpsChargeScope scope);
