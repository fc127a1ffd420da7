/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A property set of a compound file: [MS-OLEPS] 2.21 and following. Only what spectrometers write: numbers,
 * dates and texts; other types are left out. */

typedef struct {
  guint32 id;
  char *name; /* from the set's dictionary, or NULL */
  gboolean is_number;
  double number; /* of a float of 24 bits the shortest decimal that it can mean */
  char *text;    /* of a number, too: as decimals */
} XpsThermoProperty;

/* First section of the set; XpsThermoProperty, empty where the bytes are no property set. Free with
 * g_ptr_array_unref(). */
GPtrArray *xps_thermo_read_properties (const guint8 *data, gsize size);

/* By id, or NULL. Borrowed. */
const XpsThermoProperty *xps_thermo_find_property (const GPtrArray *properties, guint32 id);
