/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/nexus-write.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "config.h"
#include "formats/labels.h"
#include "formats/nexus-private.h"
#include "formats/rows.h"

/* The definitions whose names are used here. */
#define DEFINITIONS "https://github.com/nexusformat/definitions/tree/03ce0e1551530854a33e3bd38288a78c59a3518d"

/* ---- data ---- */

const char *
xps_nexus_unit (const XpsSpectrum *spectrum)
{
  const char *label = xps_spectrum_get_unit_label (spectrum);

  switch (xps_spectrum_get_unit (spectrum)) {
  case XPS_INTENSITY_COUNTS:
    return "counts";
  case XPS_INTENSITY_COUNTS_PER_SECOND:
    return "counts_per_second";
  case XPS_INTENSITY_UNKNOWN:
  default:
    /* As the file says it, unless it would read back as a unit that is known. */
    return label != NULL && xps_label_unit (label) == XPS_INTENSITY_UNKNOWN ? label : NULL;
  }
}

const char *
xps_nexus_axis_type (XpsAxisKind axis)
{
  return axis == XPS_AXIS_BINDING ? "binding" : axis == XPS_AXIS_KINETIC ? "kinetic" : NULL;
}

static void
put_energy (XpsNexusWriter *w, hid_t data, const XpsSpectrum *spectrum)
{
  const XpsAxisKind axis = xps_spectrum_get_axis (spectrum);
  const char *type = xps_nexus_axis_type (axis);
  const char *label = xps_spectrum_get_axis_label (spectrum);

  xps_nexus_put_array (w, data, "energy", xps_spectrum_get_energy (spectrum), xps_spectrum_get_n (spectrum),
                       axis == XPS_AXIS_OTHER ? NULL : "eV");
  xps_nexus_put_attribute_of (w, data, "energy", "type", type);
  if (axis == XPS_AXIS_PHOTON)
    label = "photon energy";
  else if (label != NULL && type == NULL && xps_label_axis (label) != XPS_AXIS_OTHER)
    label = NULL;
  xps_nexus_put_attribute_of (w, data, "energy", "long_name", label);
}

/* Columns beside the intensities; what they are is said in an attribute, for NeXus has no word for it. */
static void
put_columns (XpsNexusWriter *w, hid_t data, const XpsSpectrum *spectrum)
{
  static const char *const roles[] = {"transmission", NULL,   "background", "component",
                                      "envelope",     "other"}; /* in the order of XpsColumnRole */
  const GPtrArray *columns = xps_spectrum_get_columns (spectrum);
  gboolean has_errors = FALSE;

  for (guint i = 0; i < columns->len; i++) {
    const XpsColumn *column = g_ptr_array_index (columns, i);
    if (column->role == XPS_COLUMN_SIGMA) {
      if (!has_errors)
        xps_nexus_put_array (w, data, "data_errors", column->values, xps_spectrum_get_n (spectrum),
                             xps_nexus_unit (spectrum));
      has_errors = TRUE;
      continue;
    }
    g_autofree char *name = g_strdup_printf ("%s_%u", roles[column->role], i);
    xps_nexus_put_array (w, data, name, column->values, xps_spectrum_get_n (spectrum), column->unit);
    xps_nexus_put_attribute_of (w, data, name, "role", roles[column->role]);
    xps_nexus_put_attribute_of (w, data, name, "long_name", column->label);
  }
}

static void
put_data (XpsNexusWriter *w, hid_t entry, const XpsSpectrum *spectrum)
{
  static const char *const axes[] = {"energy"};
  const hid_t data = xps_nexus_begin_group (w, entry, "data", "NXdata");

  xps_nexus_put_attribute (w, data, "signal", "data");
  xps_nexus_put_attribute_list (w, data, "axes", axes, 1);
  xps_nexus_put_array (w, data, "data", xps_spectrum_get_intensity (spectrum), xps_spectrum_get_n (spectrum),
                       xps_nexus_unit (spectrum));
  put_energy (w, data, spectrum);
  put_columns (w, data, spectrum);
  xps_nexus_end_group (data);
}

/* ---- record ---- */

static void
put_analyser (XpsNexusWriter *w, hid_t instrument, const XpsAcquisition *a)
{
  const hid_t analyser = xps_nexus_begin_group (w, instrument, "electronanalyzer", "NXelectronanalyzer");
  const hid_t dispersion = xps_nexus_begin_group (w, analyser, "energydispersion", "NXenergydispersion");
  const hid_t detector = xps_nexus_begin_group (w, analyser, "detector", "NXelectron_detector");

  xps_nexus_put_number (w, analyser, "work_function", a->work_function, "eV");
  xps_nexus_put_number (w, dispersion, "pass_energy", a->pass_energy, "eV");
  xps_nexus_put_text (w, dispersion, "energy_scan_mode", a->analyser_mode, NULL);
  xps_nexus_put_number (w, detector, "count_time", a->dwell, "s");
  xps_nexus_end_group (detector);
  xps_nexus_end_group (dispersion);
  xps_nexus_end_group (analyser);
}

static void
put_instrument (XpsNexusWriter *w, hid_t entry, const XpsAcquisition *a)
{
  const hid_t instrument = xps_nexus_begin_group (w, entry, "instrument", "NXinstrument");
  const hid_t source = xps_nexus_begin_group (w, instrument, "source_probe", "NXsource");
  const hid_t beam = xps_nexus_begin_group (w, instrument, "beam_probe", "NXbeam");

  xps_nexus_put_text (w, instrument, "name", a->instrument, NULL);
  xps_nexus_put_text (w, source, "name", a->source, NULL);
  xps_nexus_put_number (w, beam, "incident_energy", a->photon_energy, "eV");
  put_analyser (w, instrument, a);
  xps_nexus_end_group (beam);
  xps_nexus_end_group (source);
  xps_nexus_end_group (instrument);
}

/* A text under a name that no other has, with the name as it was as an attribute. */
static void
put_labelled (XpsNexusWriter *w, hid_t group, guint index, const char *label, const char *text,
              const char *unit)
{
  g_autofree char *clean = xps_nexus_dup_name (label, "value");
  g_autofree char *name = g_strdup_printf ("%s_%u", clean, index);

  if (text == NULL || text[0] == '\0')
    return;
  xps_nexus_put_text (w, group, name, text, unit);
  xps_nexus_put_attribute_of (w, group, name, "long_name", label);
}

static void
put_lists (XpsNexusWriter *w, hid_t rest, const XpsAcquisition *a)
{
  const hid_t variables = xps_nexus_begin_group (w, rest, "variables", "NXcollection");
  for (guint i = 0; i < a->variables->len; i++) {
    const XpsVariable *v = g_ptr_array_index (a->variables, i);
    put_labelled (w, variables, i, v->label, v->text, v->unit);
  }
  xps_nexus_end_group (variables);
  const hid_t keys = xps_nexus_begin_group (w, rest, "keys", "NXcollection");
  for (guint i = 0; i < a->keys->len; i++) {
    const XpsKey *k = g_ptr_array_index (a->keys, i);
    put_labelled (w, keys, i, k->key, k->value, k->unit);
  }
  xps_nexus_end_group (keys);
}

/* What NeXus has no name for: a collection, which a reader may pass over. */
static void
put_rest (XpsNexusWriter *w, hid_t entry, const XpsSpectrum *spectrum, const XpsAcquisition *a)
{
  const hid_t rest = xps_nexus_begin_group (w, entry, "acquisition", "NXcollection");

  xps_nexus_put_text (w, rest, "group", xps_spectrum_get_group (spectrum), NULL);
  xps_nexus_put_number (w, rest, "scans", a->scans, NULL);
  xps_nexus_put_number (w, rest, "live_time", a->live_time, "s");
  xps_nexus_put_text (w, rest, "scans_are", a->summed ? "summed" : "averaged", NULL);
  xps_nexus_put_text (w, rest, "energies_count_from", a->from_vacuum ? "vacuum level" : NULL, NULL);
  xps_nexus_put_text (w, rest, "comment", a->comment, NULL);
  /* As the file has them: `transitions` of the definition is for levels in a strict notation. */
  xps_nexus_put_text (w, rest, "species", a->species, NULL);
  xps_nexus_put_text (w, rest, "transition", a->transition, NULL);
  put_lists (w, rest, a);
  xps_nexus_end_group (rest);
}

static void
put_named_group (XpsNexusWriter *w, hid_t entry, const char *group, const char *nx_class, const char *name)
{
  if (name == NULL || name[0] == '\0')
    return;
  const hid_t made = xps_nexus_begin_group (w, entry, group, nx_class);
  xps_nexus_put_text (w, made, "name", name, NULL);
  xps_nexus_end_group (made);
}

static void
put_entry (XpsNexusWriter *w, const char *group, const XpsSpectrum *spectrum, const XpsNexusFit *fit)
{
  const XpsAcquisition *a = xps_spectrum_get_acquisition (spectrum);
  const char *name = xps_spectrum_get_name (spectrum);
  const hid_t entry = xps_nexus_begin_group (w, w->file, group, "NXentry");

  xps_nexus_put_attribute (w, entry, "default", "data");
  xps_nexus_put_text (w, entry, "definition", "NXxps", NULL);
  xps_nexus_put_attribute_of (w, entry, "definition", "version", "03ce0e15");
  xps_nexus_put_attribute_of (w, entry, "definition", "URL", DEFINITIONS);
  xps_nexus_put_text (w, entry, "title", name, NULL);
  xps_nexus_put_text (w, entry, "method", a->technique, NULL);
  xps_nexus_put_text (w, entry, "start_time", a->date, NULL);
  if (a->species != NULL && a->transition != NULL && a->transition[0] != '\0') {
    g_autofree char *level = g_strdup_printf ("%s %s", a->species, a->transition);
    xps_nexus_put_text (w, entry, "transitions", level, NULL);
  }
  put_named_group (w, entry, "user", "NXuser", a->operator_);
  put_named_group (w, entry, "sample", "NXsample", xps_spectrum_get_sample (spectrum));
  put_instrument (w, entry, a);
  put_data (w, entry, spectrum);
  put_rest (w, entry, spectrum, a);
  if (fit != NULL)
    xps_nexus_put_fit (w, entry, spectrum, fit);
  else
    xps_nexus_put_stored_fit (w, entry, spectrum);
  xps_nexus_end_group (entry);
}

/* ---- the file ---- */

/* A name that no entry has yet; the hash keeps it. */
static const char *
make_name (GHashTable *names, const char *text)
{
  g_autofree char *clean = xps_nexus_dup_name (text, "entry");
  char *name = g_strdup (clean);

  for (guint i = 2; g_hash_table_contains (names, name); i++) {
    g_free (name);
    name = g_strdup_printf ("%s_%u", clean, i);
  }
  g_hash_table_add (names, name);
  return name;
}

static void
put_file (XpsNexusWriter *w, GPtrArray *spectra, const XpsNexusFit *const *fits)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const hid_t root = h5 ()->Oopen (w->file, "/", H5P_DEFAULT);

  xps_nexus_put_attribute (w, root, "NX_class", "NXroot");
  xps_nexus_put_attribute (w, root, "creator", "Corelevel");
  xps_nexus_put_attribute (w, root, "creator_version", XPS_VERSION);
  for (guint i = 0; i < spectra->len && !w->failed; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (spectra, i);
    const char *name = make_name (names, xps_spectrum_get_name (spectrum));
    if (i == 0)
      xps_nexus_put_attribute (w, root, "default", name);
    put_entry (w, name, spectrum, fits != NULL ? fits[i] : NULL);
  }
  h5 ()->Oclose (root);
}

static GBytes *
get_image (XpsNexusWriter *w)
{
  if (w->failed || h5 ()->Fflush (w->file, H5F_SCOPE_GLOBAL) < 0)
    return NULL;
  const ssize_t length = h5 ()->Fget_file_image (w->file, NULL, 0);
  if (length <= 0)
    return NULL;
  void *data = g_malloc ((gsize)length);
  if (h5 ()->Fget_file_image (w->file, data, (size_t)length) == length)
    return g_bytes_new_take (data, (gsize)length);
  g_free (data);
  return NULL;
}

static void
open_file (XpsNexusWriter *w)
{
  const hid_t access = h5 ()->Pcreate (h5 ()->P_CLS_FILE_ACCESS_ID);
  const hid_t creation = h5 ()->Pcreate (h5 ()->P_CLS_FILE_CREATE_ID);

  h5 ()->Pset_fapl_core (access, 64 * 1024, 0);
  h5 ()->Pset_fclose_degree (access, H5F_CLOSE_STRONG);
  h5 ()->Pset_link_creation_order (creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  h5 ()->Pset_obj_track_times (creation, FALSE);
  w->file = h5 ()->Fcreate ("in-memory.nxs", H5F_ACC_TRUNC, creation, access);
  w->text = h5 ()->Tcopy (h5 ()->T_C_S1);
  w->failed = w->file < 0 || h5 ()->Tset_size (w->text, H5T_VARIABLE) < 0 ||
              h5 ()->Tset_cset (w->text, H5T_CSET_UTF8) < 0;
  h5 ()->Pclose (creation);
  h5 ()->Pclose (access);
}

GBytes *
xps_nexus_write_fits (GPtrArray *spectra, const XpsNexusFit *const *fits, GError **error)
{
  XpsNexusWriter w = {.file = -1, .text = -1};

  if (!xps_hdf5_lock (NULL, error))
    return NULL;
  open_file (&w);
  if (!w.failed)
    put_file (&w, spectra, fits);
  GBytes *bytes = get_image (&w);
  if (w.text >= 0)
    h5 ()->Tclose (w.text);
  if (w.file >= 0)
    h5 ()->Fclose (w.file);
  xps_hdf5_unlock ();
  if (bytes == NULL)
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_WRITE, NULL, NULL,
                   N_ ("the NeXus file could not be put together"), N_ ("write .vms or .csv"));
  return bytes;
}

GBytes *
xps_nexus_write (GPtrArray *spectra, GError **error)
{
  return xps_nexus_write_fits (spectra, NULL, error);
}

static const char *const suffixes[] = {"nxs", NULL};

const XpsFormat xps_format_nxs = {
    .id = "nxs",
    .title = "NeXus (NXxps)",
    .suffixes = suffixes,
    .write = xps_nexus_write,
};
