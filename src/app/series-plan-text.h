/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "series/plan.h"

/* How a series is fitted, as the setup of a document's series keeps it: members of its object. */

void xps_series_plan_write (const XpsSeriesPlan *plan, JsonBuilder *builder);
gboolean xps_series_plan_read (XpsSeriesPlan *plan, JsonObject *root, GError **error);

/* For the rest of the setup. An array that must be there; an entry of one that must be an object. */
gboolean xps_series_json_get_array (JsonObject *object, const char *name, JsonArray **array, GError **error);
JsonObject *xps_series_json_get_entry (JsonArray *array, guint i, GError **error);
