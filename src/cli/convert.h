/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/command.h"
#include "project/nexus.h"

/* The parts of `convert` that have to do with fits. */

/* All regions of a project, or one of them, with their fits where the format takes them along. */
gboolean xps_cli_convert_project (const char *from, const char *to, const char *selector, GError **error);

/* Puts the fits of RESULT.json files beside the spectra of `file` that they belong to: by --region where it
 * is given (`chosen`), else by the file's checksum and the region's name. Records that `fitted` points to are
 * appended to `records`, which owns them. */
gboolean xps_cli_attach_results (const XpsFile *file, const char *const *results, gboolean chosen,
                                 XpsFittedSpectrum *fitted, gsize n, GPtrArray *records, GError **error);
