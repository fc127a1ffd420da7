/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Whole file as bytes; the message names the file. Directories, devices and files over 2 GiB are refused. */
GBytes *xps_file_read (const char *path, GError **error);

/* Writes all or nothing: a temporary file beside `path`, flushed, renamed. */
gboolean xps_file_write (const char *path, const char *data, gsize length, GError **error);

/* SHA-256 in lower-case hexadecimal; new string. */
char *xps_file_dup_sha256 (GBytes *bytes);
