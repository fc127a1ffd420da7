/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

/* Components by the name of a species: place, splitting and ratio come from the reference database where it
 * knows them; where it does not, from the data. */

/* Adds a component, or the two lines of a doublet, and selects it. FALSE with a sentence. */
gboolean xps_page_add_species (XpsSession *session, const char *species, GError **error);
/* The same for a line of a level ("S 2p3/2" brings its partner along) at a place in eV. FALSE with a sentence
 * where the shown region does not reach it. */
gboolean xps_page_add_line (XpsSession *session, const char *species, const char *level, double position,
                            GError **error);
/* Species (char *) with a known line of the shown region's level; empty where none is known. New array. */
GPtrArray *xps_page_list_species (XpsSession *session);
