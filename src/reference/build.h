/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Makes the reference database out of its reviewable text. */

#define XPS_REFERENCE_ERROR (xps_reference_error_quark ())

typedef enum {
  XPS_REFERENCE_ERROR_TEXT,     /* a table of text breaks its own rules at a named line */
  XPS_REFERENCE_ERROR_DATABASE, /* not a reference database, damaged, of another version, or not to be written
                                 */
  XPS_REFERENCE_ERROR_QUESTION, /* what was asked names nothing that is there, or lies outside a formula's
                                   range */
} XpsReferenceError;

GQuark xps_reference_error_quark (void);

/* Reads schema.sql and the tables of `folder` and writes the database to `path`, all or nothing. The same
 * text gives the same rows in the same order. */
gboolean xps_reference_build (const char *folder, const char *path, GError **error);

/* What a person reads in the tables, as source text for xgettext: the statements of controversies, one N_ ()
 * each. New string. */
char *xps_reference_dup_words (const char *folder, GError **error);
