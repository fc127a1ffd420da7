/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

/* Imports besides xps_session_import(), and what they leave behind. */

/* Takes in what was read elsewhere, as xps_session_import() does: one step of undo, the same message.
 * `files`: XpsFile, kept; `failures`: char *; `taken`: GFile that the spectra came from. */
void xps_session_take_files (XpsSession *self, GPtrArray *files, GPtrArray *failures, GListModel *taken);

/* What was read, guessed, left out and refused for this document, file by file, with what its file says of
 * earlier days; "" nothing. New string. */
char *xps_session_dup_import_log (XpsSession *self);
