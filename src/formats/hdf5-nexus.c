/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/hdf5-layout.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"

/* NeXus: one NXentry after another. Entries by the definitions NXxps and NXmpes (as pynxtools-xps and this
 * program write them) show their group "data", whatever a default leads to: that may be a fit of it. Others
 * show what their `default` names, else every NXdata with an axis of energies; entries of Diamond's GDA their
 * regions. Source: NeXus manual ("Find the plottable data"), application definitions NXmpes and NXxps.
 * Not seen in a real file: more dimensions than energy in NXxps and NXmpes; files of other programs than
 * pynxtools-xps and GDA. */

#define MOST_ENTRIES 5000
#define MOST_STEPS   8 /* of a default that leads to a default */

static const XpsHdf5Node *
find_default (XpsHdf5Reader *self, const XpsHdf5Node *group)
{
  for (guint i = 0; group != NULL && i < MOST_STEPS; i++) {
    if (xps_hdf5_is_class (self->h, group, "NXdata"))
      return group;
    g_autofree char *name = xps_hdf5_dup_attribute (self->h, group, "default");
    group = name != NULL && name[0] != '\0' ? xps_hdf5_find (self->h, group, name) : NULL;
  }
  return NULL;
}

/* Files of this program keep a name that no group can have as the title. */
static char *
dup_name (XpsHdf5Reader *self, const XpsHdf5Node *entry)
{
  g_autofree char *title =
      xps_hdf5_is_own (self) ? xps_hdf5_dup_text (self->h, xps_hdf5_find (self->h, entry, "title")) : NULL;

  if (xps_hdf5_is_own (self))
    return title != NULL ? g_steal_pointer (&title) : g_strdup ("");
  return g_strdup (entry->name);
}

static void
take_image (XpsHdf5Reader *self, const XpsHdf5Node *entry, char *take_name, XpsImage *image)
{
  image->name = take_name;
  xps_hdf5_fill_entry (self, entry, image);
  g_ptr_array_add (self->images, image);
}

/* Kinetic energies have a floor. */
static void
check_axis (XpsHdf5Reader *self, const XpsImage *image)
{
  if (image->axis == XPS_AXIS_KINETIC && !self->options->axis_given &&
      fmin (image->energy[0], image->energy[image->n - 1]) < 0)
    g_ptr_array_add (self->file->warnings,
                     xps_text_printf (_ ("%s: the axis is said to be kinetic but goes below zero: it may "
                                         "hold binding energies (--axis BE)"),
                                      image->name));
}

static gboolean
read_photoemission (XpsHdf5Reader *self, const XpsHdf5Node *entry, GError **error)
{
  const XpsHdf5Node *data = xps_hdf5_find (self->h, entry, "data");

  if (!xps_hdf5_is_class (self->h, data, "NXdata"))
    data = find_default (self, entry);
  XpsImage *image = xps_hdf5_read_nxdata (self, data, TRUE, error);
  if (image == NULL)
    return FALSE;
  image->stored_fit = xps_hdf5_read_nxfit (self, entry, image);
  take_image (self, entry, dup_name (self, entry), image);
  check_axis (self, image);
  return TRUE;
}

static void
read_groups (XpsHdf5Reader *self, const XpsHdf5Node *entry, const XpsHdf5Node *but, GError **error)
{
  for (guint i = 0; i < MIN (entry->children->len, MOST_ENTRIES) && *error == NULL; i++) {
    const XpsHdf5Node *group = xps_hdf5_child (self->h, entry, i);
    if (group == but || !xps_hdf5_is_class (self->h, group, "NXdata"))
      continue;
    XpsImage *image = xps_hdf5_read_nxdata (self, group, FALSE, error);
    if (image != NULL)
      take_image (self, entry, g_strdup (group->name), image);
  }
}

/* The entry's default first, whatever its axis is; then further spectra beside it. */
static void
read_general (XpsHdf5Reader *self, const XpsHdf5Node *entry, GError **error)
{
  const XpsHdf5Node *data = find_default (self, entry);
  XpsImage *image = xps_hdf5_read_nxdata (self, data, TRUE, error);

  if (image != NULL)
    take_image (self, entry, g_strdup (entry->name), image);
  else if (*error == NULL)
    read_groups (self, entry, NULL, error);
}

static gboolean
is_photoemission (XpsHdf5Reader *self, const XpsHdf5Node *entry)
{
  g_autofree char *definition = xps_hdf5_dup_text (self->h, xps_hdf5_find (self->h, entry, "definition"));

  return definition != NULL &&
         (g_str_has_prefix (definition, "NXxps") || g_str_has_prefix (definition, "NXmpes"));
}

/* An entry that can not be read does not take the others with it. */
static void
read_entry (XpsHdf5Reader *self, const XpsHdf5Node *entry)
{
  g_autoptr (GError) error = NULL;

  if (entry->children == NULL)
    return;
  if (!is_photoemission (self, entry)) {
    if (!xps_hdf5_read_gda (self, entry))
      read_general (self, entry, &error);
  } else if (!read_photoemission (self, entry, &error) && error == NULL) {
    g_ptr_array_add (self->file->warnings,
                     xps_text_printf (_ ("%s: nothing to plot: the group \"data\" is missing"), entry->path));
  }
  if (error != NULL)
    g_ptr_array_add (self->file->warnings, g_strdup (error->message));
}

static void
fill_file (XpsHdf5Reader *self, const XpsHdf5Node *entry)
{
  const XpsHdf5Node *root = xps_hdf5_get_root (self->h);
  g_autofree char *creator = xps_hdf5_dup_attribute (self->h, root, "creator");
  g_autofree char *version = xps_hdf5_dup_attribute (self->h, root, "creator_version");

  if (creator != NULL)
    self->file->software = version != NULL ? g_strconcat (creator, " ", version, NULL) : g_strdup (creator);
  else
    self->file->software = xps_hdf5_dup_text (self->h, xps_hdf5_find (self->h, entry, "program_name"));
  if (self->images->len > 0)
    self->file->instrument =
        g_strdup (((const XpsImage *)g_ptr_array_index (self->images, 0))->record->instrument);
}

static gboolean
matches_nexus (XpsHdf5Reader *self)
{
  return xps_hdf5_find_class (self, xps_hdf5_get_root (self->h), "NXentry") != NULL;
}

static gboolean
read_nexus (XpsHdf5Reader *self, GError **error)
{
  const XpsHdf5Node *root = xps_hdf5_get_root (self->h), *first = NULL;

  for (guint i = 0; i < MIN (root->children->len, MOST_ENTRIES); i++) {
    const XpsHdf5Node *entry = xps_hdf5_child (self->h, root, i);
    if (!xps_hdf5_is_class (self->h, entry, "NXentry"))
      continue;
    first = first != NULL ? first : entry;
    read_entry (self, entry);
  }
  fill_file (self, first);
  return TRUE;
}

const XpsHdf5Layout xps_hdf5_nexus = {"nexus", matches_nexus, read_nexus};
