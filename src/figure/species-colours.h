/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/model.h"

/* Which palette entry a species has, the same in all regions and pictures of a document: given out in the
 * order of first use, and never taken back, so that an edit elsewhere recolours nothing. */

typedef struct _XpsSpeciesColours XpsSpeciesColours;

XpsSpeciesColours *xps_species_colours_new (void);
void xps_species_colours_free (XpsSpeciesColours *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSpeciesColours, xps_species_colours_free)

/* Gives an entry to each species of the model that has none yet. */
void xps_species_colours_add_model (XpsSpeciesColours *self, const XpsModel *model);

/* Of a component: by its phase, else by its label. XPS_FIGURE_COLOUR_AUTO: it has neither, or it was never
 * added; then its place in the spectrum decides. `self` may be NULL. */
guint xps_species_colours_of_component (const XpsSpeciesColours *self, const XpsComponent *component);
/* Of a name. */
guint xps_species_colours_of_name (const XpsSpeciesColours *self, const char *species);
