/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/record.h"

XpsFitRecord *xps_fit_record_new_empty (void);

/* Members of a RESULT.json that must be there. `place` is the path of the object, "" the file's own level;
 * errors are XPS_FIT_ERROR_DATA and name the path. */

/* Always FALSE. */
gboolean xps_record_refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Puts the place before what the helpers of base/json say. Always FALSE. */
gboolean xps_record_at (GError **error, const char *place);
JsonNode *xps_record_get_member (JsonObject *object, const char *place, const char *name, GError **error);
gboolean xps_record_get_object (JsonObject *object, const char *place, const char *name, JsonObject **out,
                                GError **error);
gboolean xps_record_get_array (JsonObject *object, const char *place, const char *name, JsonArray **out,
                               GError **error);
/* null is NaN: undefined, but there. */
gboolean xps_record_get_number (JsonObject *object, const char *place, const char *name, double *out,
                                GError **error);
/* Whole, not negative, exact as a double. */
gboolean xps_record_get_count (JsonObject *object, const char *name, gsize *out, GError **error);
/* A new string in place of *out; NULL for null where that may be. */
gboolean xps_record_get_string (JsonObject *object, const char *place, const char *name, gboolean may_be_null,
                                char **out, GError **error);
gboolean xps_record_get_boolean (JsonObject *object, const char *place, const char *name, gboolean *out,
                                 GError **error);
/* Appends copies. */
gboolean xps_record_read_texts (JsonArray *array, const char *place, GPtrArray *out, GError **error);
/* The file's text after its members were changed. record-assign.c */
char *xps_record_dup_text (JsonObject *root);
