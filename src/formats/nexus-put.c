/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/nexus-private.h"

#include <math.h>
#include <string.h>

static gboolean
check (XpsNexusWriter *self, hid_t result)
{
  self->failed = self->failed || result < 0;
  return !self->failed;
}

hid_t
xps_nexus_begin_group (XpsNexusWriter *self, hid_t parent, const char *name, const char *nx_class)
{
  if (self->failed)
    return -1;
  const hid_t properties = h5 ()->Pcreate (h5 ()->P_CLS_GROUP_CREATE_ID);
  h5 ()->Pset_link_creation_order (properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  /* The same spectra give the same file. */
  h5 ()->Pset_obj_track_times (properties, FALSE);
  const hid_t group = h5 ()->Gcreate2 (parent, name, H5P_DEFAULT, properties, H5P_DEFAULT);
  h5 ()->Pclose (properties);
  if (check (self, group))
    xps_nexus_put_attribute (self, group, "NX_class", nx_class);
  return group;
}

void
xps_nexus_end_group (hid_t group)
{
  if (group >= 0)
    h5 ()->Gclose (group);
}

/* ---- attributes ---- */

static void
put_words (XpsNexusWriter *self, hid_t object, const char *name, const char *const *words, hid_t space)
{
  if (!check (self, object) || !check (self, space))
    return;
  const hid_t attribute = h5 ()->Acreate2 (object, name, self->text, space, H5P_DEFAULT, H5P_DEFAULT);
  if (check (self, attribute)) {
    check (self, h5 ()->Awrite (attribute, self->text, words));
    h5 ()->Aclose (attribute);
  }
}

void
xps_nexus_put_attribute (XpsNexusWriter *self, hid_t object, const char *name, const char *text)
{
  if (self->failed || text == NULL || text[0] == '\0')
    return;
  const hid_t space = h5 ()->Screate (H5S_SCALAR);
  put_words (self, object, name, &text, space);
  h5 ()->Sclose (space);
}

void
xps_nexus_put_attribute_list (XpsNexusWriter *self, hid_t object, const char *name, const char *const *words,
                              gsize n)
{
  const hsize_t size = n;

  if (self->failed || n == 0)
    return;
  const hid_t space = h5 ()->Screate_simple (1, &size, NULL);
  put_words (self, object, name, words, space);
  h5 ()->Sclose (space);
}

void
xps_nexus_put_attribute_of (XpsNexusWriter *self, hid_t group, const char *dataset, const char *name,
                            const char *text)
{
  const hid_t object = self->failed ? -1 : h5 ()->Oopen (group, dataset, H5P_DEFAULT);

  if (!check (self, object))
    return;
  xps_nexus_put_attribute (self, object, name, text);
  h5 ()->Oclose (object);
}

void
xps_nexus_put_attribute_number (XpsNexusWriter *self, hid_t group, const char *dataset, const char *name,
                                double value)
{
  const hid_t object = self->failed || !isfinite (value) ? -1 : h5 ()->Oopen (group, dataset, H5P_DEFAULT);

  if (object < 0)
    return;
  const hid_t space = h5 ()->Screate (H5S_SCALAR);
  const hid_t attribute =
      h5 ()->Acreate2 (object, name, h5 ()->T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT);
  if (check (self, attribute)) {
    check (self, h5 ()->Awrite (attribute, h5 ()->T_NATIVE_DOUBLE, &value));
    h5 ()->Aclose (attribute);
  }
  h5 ()->Sclose (space);
  h5 ()->Oclose (object);
}

/* ---- data sets ---- */

static void
put_dataset (XpsNexusWriter *self, hid_t group, const char *name, hid_t stored, hid_t memory, hid_t space,
             const void *values, const char *unit)
{
  if (!check (self, group) || !check (self, space))
    return;
  const hid_t properties = h5 ()->Pcreate (h5 ()->P_CLS_DATASET_CREATE_ID);
  h5 ()->Pset_obj_track_times (properties, FALSE);
  const hid_t dataset = h5 ()->Dcreate2 (group, name, stored, space, H5P_DEFAULT, properties, H5P_DEFAULT);
  h5 ()->Pclose (properties);
  if (!check (self, dataset))
    return;
  check (self, h5 ()->Dwrite (dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values));
  xps_nexus_put_attribute (self, dataset, "units", unit);
  h5 ()->Dclose (dataset);
}

void
xps_nexus_put_text (XpsNexusWriter *self, hid_t group, const char *name, const char *text, const char *unit)
{
  if (self->failed || text == NULL || text[0] == '\0')
    return;
  const hid_t space = h5 ()->Screate (H5S_SCALAR);
  put_dataset (self, group, name, self->text, self->text, space, &text, unit);
  h5 ()->Sclose (space);
}

void
xps_nexus_put_number (XpsNexusWriter *self, hid_t group, const char *name, double value, const char *unit)
{
  if (self->failed || !isfinite (value))
    return;
  const hid_t space = h5 ()->Screate (H5S_SCALAR);
  put_dataset (self, group, name, h5 ()->T_IEEE_F64LE, h5 ()->T_NATIVE_DOUBLE, space, &value, unit);
  h5 ()->Sclose (space);
}

void
xps_nexus_put_array (XpsNexusWriter *self, hid_t group, const char *name, const double *values, gsize n,
                     const char *unit)
{
  const hsize_t size = n;

  if (self->failed || values == NULL)
    return;
  const hid_t space = h5 ()->Screate_simple (1, &size, NULL);
  put_dataset (self, group, name, h5 ()->T_IEEE_F64LE, h5 ()->T_NATIVE_DOUBLE, space, values, unit);
  h5 ()->Sclose (space);
}

void
xps_nexus_link (XpsNexusWriter *self, hid_t from, const char *name, hid_t to, const char *new_name)
{
  if (!self->failed)
    check (self, h5 ()->Lcreate_hard (from, name, to, new_name, H5P_DEFAULT, H5P_DEFAULT));
}

char *
xps_nexus_dup_name (const char *text, const char *fallback)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0' && name->len < 60; p++) {
    if (g_ascii_isalnum (*p))
      g_string_append_c (name, *p);
    else if (name->len > 0 && name->str[name->len - 1] != '_')
      g_string_append_c (name, '_');
  }
  while (name->len > 0 && name->str[name->len - 1] == '_')
    g_string_truncate (name, name->len - 1);
  return g_strdup (name->len > 0 ? name->str : fallback);
}
