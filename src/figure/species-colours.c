/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/species-colours.h"

#include "figure/curves.h"

struct _XpsSpeciesColours {
  GHashTable *entries; /* name -> entry + 1 */
};

XpsSpeciesColours *
xps_species_colours_new (void)
{
  XpsSpeciesColours *self = g_new0 (XpsSpeciesColours, 1);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
xps_species_colours_free (XpsSpeciesColours *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

static const char *
name_of (const XpsComponent *component)
{
  const char *name = component->phase != NULL ? component->phase : component->label;
  return name != NULL && *name != '\0' ? name : NULL;
}

void
xps_species_colours_add_model (XpsSpeciesColours *self, const XpsModel *model)
{
  for (guint p = 0; p < model->parts->len; p++) {
    const XpsModelPart *part = g_ptr_array_index (model->parts, p);
    for (guint k = 0; k < part->components->len; k++) {
      const char *name = name_of (g_ptr_array_index (part->components, k));
      if (name != NULL && !g_hash_table_contains (self->entries, name))
        g_hash_table_insert (self->entries, g_strdup (name),
                             GUINT_TO_POINTER (g_hash_table_size (self->entries) + 1));
    }
  }
}

guint
xps_species_colours_of_name (const XpsSpeciesColours *self, const char *species)
{
  const guint entry =
      self != NULL && species != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->entries, species)) : 0;
  return entry > 0 ? entry - 1 : XPS_FIGURE_COLOUR_AUTO;
}

guint
xps_species_colours_of_component (const XpsSpeciesColours *self, const XpsComponent *component)
{
  return xps_species_colours_of_name (self, name_of (component));
}
