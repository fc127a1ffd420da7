/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/formats.h"

/* Folders of measured files: the same order and the same choice of files for the window and the command line.
 */

/* FALSE ends the visit. `path` is relative to the folder. */
typedef gboolean (*XpsFolderVisit) (GFile *file, const char *path, gpointer data);

/* Calls `visit` for every regular file below, in natural order of names ("scan 9" before "scan 10"), a
 * folder's files and folders in one order. Hidden files, links to folders and what operating systems leave
 * behind are left out; 16 folders deep. Folders that cannot be listed are told in `errors` (char *). FALSE
 * where the visit was ended. */
gboolean xps_folder_visit (GFile *folder, XpsFolderVisit visit, GPtrArray *errors, gpointer data);

/* TRUE where the name's ending is that of an instrument's files: if it cannot be read, that is worth a word.
 * Endings that any text may have say nothing. */
gboolean xps_folder_expects (const char *name);

/* Every readable file below the folder as one tree of samples, as from an archive (archive.h); format
 * "folder". What cannot be read is a warning. xps_file_open() does this for folders. */
XpsFile *xps_folder_open (const char *path, const XpsReadOptions *options, GError **error);
