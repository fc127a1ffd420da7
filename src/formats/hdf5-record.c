/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/hdf5-layout.h"

#include <math.h>
#include <string.h>

#define MOST_KEYS   400
#define LONGEST_KEY 200  /* bytes of a text that is kept */
#define MOST_DEPTH  8    /* below the group */
#define MOST_LOOKED 2000 /* children looked at for a class */

/* ---- every single value ---- */

static void
add_key (XpsHdf5Reader *self, const XpsHdf5Node *node, const char *name, XpsAcquisition *record)
{
  g_autofree char *text = xps_hdf5_dup_text (self->h, node);

  if (text == NULL || text[0] == '\0' || strlen (text) > LONGEST_KEY)
    return;
  g_autofree char *unit = xps_hdf5_dup_attribute (self->h, node, "units");
  if (unit != NULL)
    xps_acquisition_add_key_with_unit (record, name, unit, text);
  else
    xps_acquisition_add_key (record, name, text);
}

static void
add_keys (XpsHdf5Reader *self, const XpsHdf5Node *group, const char *prefix, guint depth,
          XpsAcquisition *record)
{
  for (guint i = 0; i < group->children->len && record->keys->len < MOST_KEYS; i++) {
    /* Links lead to what is listed at its own place, or is elsewhere. */
    const XpsHdf5Node *child = g_ptr_array_index (group->children, i);
    g_autofree char *name = g_strconcat (prefix, child->name, NULL);
    if (child->target != NULL || child->same != NULL)
      continue;
    if ((child->kind == XPS_HDF5_NUMBERS || child->kind == XPS_HDF5_TEXT) && child->n == 1)
      add_key (self, child, name, record);
    if (child->kind != XPS_HDF5_GROUP || child->children == NULL || depth >= MOST_DEPTH)
      continue;
    g_autofree char *inner = g_strconcat (name, "/", NULL);
    add_keys (self, child, inner, depth + 1, record);
  }
}

void
xps_hdf5_add_keys (XpsHdf5Reader *self, const XpsHdf5Node *group, XpsAcquisition *record)
{
  if (group != NULL && group->children != NULL)
    add_keys (self, group, "", 0, record);
}

/* ---- an entry ---- */

const XpsHdf5Node *
xps_hdf5_find_class (XpsHdf5Reader *self, const XpsHdf5Node *group, const char *name)
{
  for (guint i = 0; group != NULL && group->children != NULL && i < MIN (group->children->len, MOST_LOOKED);
       i++) {
    const XpsHdf5Node *child = xps_hdf5_child (self->h, group, i);
    if (xps_hdf5_is_class (self->h, child, name))
      return child;
  }
  return NULL;
}

static const XpsHdf5Node *
find_either (XpsHdf5Reader *self, const XpsHdf5Node *group, const char *a, const char *b)
{
  const XpsHdf5Node *found = xps_hdf5_find_class (self, group, a);

  return found != NULL ? found : xps_hdf5_find_class (self, group, b);
}

/* The first of the paths, each relative to the group, that holds a number. */
static double
find_number (XpsHdf5Reader *self, const XpsHdf5Node *group, const char *const *paths)
{
  double value = (double)NAN;

  for (guint i = 0; group != NULL && paths[i] != NULL && isnan (value); i++)
    value = xps_hdf5_get_number (self->h, xps_hdf5_find (self->h, group, paths[i]));
  return value;
}

static char *
find_text (XpsHdf5Reader *self, const XpsHdf5Node *group, const char *const *paths)
{
  for (guint i = 0; group != NULL && paths[i] != NULL; i++) {
    g_autofree char *text = xps_hdf5_dup_text (self->h, xps_hdf5_find (self->h, group, paths[i]));
    if (text != NULL && text[0] != '\0')
      return g_steal_pointer (&text);
  }
  return NULL;
}

static double
find_photon_energy (XpsHdf5Reader *self, const XpsHdf5Node *instrument)
{
  static const char *const places[] = {"beam_probe/incident_energy", "beam/incident_energy",
                                       "beam_xray/incident_energy", "photon_energy", NULL};
  static const char *const energies[] = {"incident_energy", "photon_energy", "energy", NULL};
  static const char *const classes[] = {"NXbeam", "NXmonochromator"};
  double value = find_number (self, instrument, places);

  for (guint i = 0; i < G_N_ELEMENTS (classes) && isnan (value); i++)
    value = find_number (self, xps_hdf5_find_class (self, instrument, classes[i]), energies);
  return value;
}

static void
fill_analyser (XpsHdf5Reader *self, const XpsHdf5Node *instrument, XpsAcquisition *record)
{
  static const char *const pass[] = {"pass_energy", NULL};
  static const char *const work[] = {"work_function", NULL};
  static const char *const dwell[] = {"count_time", "dwell_time", NULL};
  static const char *const mode[] = {"energy_scan_mode", NULL};
  const XpsHdf5Node *analyser = find_either (self, instrument, "NXelectronanalyzer", "NXelectronanalyser");

  if (analyser == NULL)
    analyser = xps_hdf5_find_class (self, instrument, "NXdetector");
  const XpsHdf5Node *dispersion = xps_hdf5_find_class (self, analyser, "NXenergydispersion");
  const XpsHdf5Node *detector = find_either (self, analyser, "NXelectron_detector", "NXdetector");
  record->pass_energy = find_number (self, dispersion != NULL ? dispersion : analyser, pass);
  record->work_function = find_number (self, analyser, work);
  record->dwell = find_number (self, detector != NULL ? detector : analyser, dwell);
  record->analyser_mode = find_text (self, dispersion, mode);
  /* Scans are the slow dimension of what the detector gave; the entry's data are their mean. */
  const XpsHdf5Node *raw = xps_hdf5_find_numbers (self->h, detector, "raw_data/raw");
  const XpsHdf5Node *scan = xps_hdf5_find_numbers (self->h, detector, "raw_data/scan");
  if (raw == NULL || scan == NULL || raw->rank < 2 || scan->n != raw->shape[0])
    return;
  record->scans = (double)scan->n;
  record->summed = scan->n < 2;
}

/* "Fe2p", "Fe 2p3/2": element and level; "Survey", "Valence Band" stay what they are. */
static void
fill_transition (XpsHdf5Reader *self, const XpsHdf5Node *entry, XpsAcquisition *record)
{
  g_autofree char *text = xps_hdf5_dup_text (self->h, xps_hdf5_find (self->h, entry, "transitions"));
  const char *at = text;

  if (text == NULL || !g_ascii_isupper (at[0]))
    return;
  at += g_ascii_islower (at[1]) ? 2 : 1;
  const gsize n = (gsize)(at - text);
  at += *at == ' ';
  if (!g_ascii_isdigit (*at) && !g_ascii_isupper (*at))
    return;
  record->species = g_strndup (text, n);
  record->transition = g_strdup (at);
}

static char *
dup_instrument (XpsHdf5Reader *self, const XpsHdf5Node *instrument)
{
  static const char *const names[] = {"name", "device_information/model", NULL};
  static const char *const vendors[] = {"device_information/vendor", NULL};
  g_autofree char *name = find_text (self, instrument, names);
  g_autofree char *vendor = find_text (self, instrument, vendors);

  if (name == NULL || vendor == NULL || strstr (name, vendor) != NULL)
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s %s", vendor, name);
}

/* Variables or keys of a file of this program (nexus-write.c). */
static void
add_list (XpsHdf5Reader *self, const XpsHdf5Node *list, XpsAcquisition *record, gboolean keys)
{
  for (guint i = 0; list != NULL && list->children != NULL && i < MIN (list->children->len, MOST_KEYS); i++) {
    const XpsHdf5Node *child = g_ptr_array_index (list->children, i);
    g_autofree char *text = xps_hdf5_dup_text (self->h, child);
    g_autofree char *unit = xps_hdf5_dup_attribute (self->h, child, "units");
    g_autofree char *label = xps_hdf5_dup_attribute (self->h, child, "long_name");
    const char *name = label != NULL ? label : child->name;
    if (text != NULL && keys)
      xps_acquisition_add_key_with_unit (record, name, unit, text);
    else if (text != NULL)
      xps_acquisition_add_variable (record, name, unit != NULL ? unit : "", text);
  }
}

/* What this program keeps of a measurement beside the names of NeXus (nexus-write.c). */
static void
fill_own (XpsHdf5Reader *self, const XpsHdf5Node *own, XpsImage *image)
{
  static const char *const group[] = {"group", NULL}, *const comment[] = {"comment", NULL};
  static const char *const scans[] = {"scans", NULL}, *const live[] = {"live_time", NULL};
  static const char *const scans_are[] = {"scans_are", NULL}, *const species[] = {"species", NULL};
  static const char *const transition[] = {"transition", NULL}, *const from[] = {"energies_count_from", NULL};
  const XpsHdf5Node *variables = xps_hdf5_find (self->h, own, "variables");
  g_autofree char *made = find_text (self, own, scans_are);

  g_autofree char *level = find_text (self, own, from);

  image->group = find_text (self, own, group);
  image->record->from_vacuum = g_strcmp0 (level, "vacuum level") == 0;
  image->record->comment = find_text (self, own, comment);
  g_free (image->record->species);
  g_free (image->record->transition);
  image->record->species = find_text (self, own, species);
  image->record->transition = find_text (self, own, transition);
  image->record->scans = find_number (self, own, scans);
  image->record->live_time = find_number (self, own, live);
  image->record->summed = g_strcmp0 (made, "averaged") != 0;
  add_list (self, variables, image->record, FALSE);
}

gboolean
xps_hdf5_is_own (XpsHdf5Reader *self)
{
  g_autofree char *creator = xps_hdf5_dup_attribute (self->h, xps_hdf5_get_root (self->h), "creator");

  return g_strcmp0 (creator, "Corelevel") == 0;
}

void
xps_hdf5_fill_entry (XpsHdf5Reader *self, const XpsHdf5Node *entry, XpsImage *image)
{
  static const char *const sources[] = {"source_probe/name", "source/name", "source_probe/type",
                                        "source/type", NULL};
  static const char *const names[] = {"name", "username", NULL};
  static const char *const method[] = {"method", NULL}, *const start[] = {"start_time", NULL};
  static const char *const name[] = {"name", NULL};
  const XpsHdf5Node *instrument = xps_hdf5_find_class (self, entry, "NXinstrument");
  XpsAcquisition *record = image->record;

  record->technique = find_text (self, entry, method);
  record->date = find_text (self, entry, start);
  /* What converters write where they do not know. */
  if (record->date != NULL && g_str_has_prefix (record->date, "0001-"))
    g_clear_pointer (&record->date, g_free);
  record->source = find_text (self, instrument, sources);
  record->instrument = dup_instrument (self, instrument);
  record->operator_ = find_text (self, xps_hdf5_find_class (self, entry, "NXuser"), names);
  image->sample = find_text (self, xps_hdf5_find_class (self, entry, "NXsample"), name);
  record->photon_energy = find_photon_energy (self, instrument);
  fill_analyser (self, instrument, record);
  fill_transition (self, entry, record);
  if (xps_hdf5_is_own (self))
    fill_own (self, xps_hdf5_find (self->h, entry, "acquisition"), image);
  const XpsHdf5Node *keys =
      xps_hdf5_is_own (self) ? xps_hdf5_find (self->h, entry, "acquisition/keys") : NULL;
  if (keys != NULL)
    add_list (self, keys, record, TRUE);
  else
    xps_hdf5_add_keys (self, entry, record);
}
