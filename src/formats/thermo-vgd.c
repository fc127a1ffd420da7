/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "formats/axis.h"
#include "formats/compound.h"
#include "formats/image.h"
#include "formats/thermo-props.h"

/* Thermo Avantage .VGD: a compound file (OLE2) whose stream VGData holds the counts, summed over all scans,
 * as doubles, VGSpaceAxes the axes, and a property set how it was measured. Read from measured files: single
 * spectra. What a depth profile or a map writes into VGSpaceAxes was not seen: their further axes are counted
 * from 0 and told by a warning. */

#define AXIS_LENGTH 51 /* bytes of VGSpaceAxes with one axis */
#define RECORD_SET  "\005Q5nw4m3l"
#define SUMMARY_SET "\005SummaryInformation"
#define TITLE       2

typedef struct {
  XpsFile *file;
  XpsCompound *ole;
  XpsMemoryBudget budget;
  XpsImage *image;
  GError **error;
} Reader;

/* Where a property goes. */
static const struct {
  guint32 id;
  gsize offset;
  gboolean is_text;
} fields[] = {
    {105, G_STRUCT_OFFSET (XpsAcquisition, photon_energy), FALSE},
    {305, G_STRUCT_OFFSET (XpsAcquisition, dwell), FALSE},
    {306, G_STRUCT_OFFSET (XpsAcquisition, scans), FALSE},
    {404, G_STRUCT_OFFSET (XpsAcquisition, pass_energy), FALSE},
    {406, G_STRUCT_OFFSET (XpsAcquisition, work_function), FALSE},
    {6, G_STRUCT_OFFSET (XpsAcquisition, instrument), TRUE},
    {303, G_STRUCT_OFFSET (XpsAcquisition, date), TRUE},
};

/* The names of streams stand in UTF-16 in a sector of the directory, anywhere in the file: what shows may be
 * another compound file (.ASN, old Excel). Reading says so. */
static int
score_vgd (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  static const guint8 name[] = {'V', 0, 'G', 0, 'D', 0, 'a', 0, 't', 0, 'a', 0};

  if (!xps_compound_is (head, head_length))
    return 0;
  const gboolean seen = memmem (head, head_length, name, sizeof name) != NULL ||
                        memmem (tail, tail_length, name, sizeof name) != NULL;
  return seen ? 100 : 60; /* 60: below that of workbooks, above the list of strangers */
}

static gboolean
fail (Reader *self, XpsFormatsError code, const char *stream, const char *what, const char *remedy)
{
  g_autofree char *place = stream != NULL ? g_strdup_printf (_ ("stream %s"), stream) : g_strdup ("byte 0");
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

static guint8 *
read_stream (Reader *self, const char *name, gsize *size)
{
  return xps_compound_read (self->ole, name, FALSE, &self->budget, size);
}

static GPtrArray *
read_set (Reader *self, const char *prefix)
{
  gsize size = 0;
  g_autofree guint8 *data = xps_compound_read (self->ole, prefix, TRUE, &self->budget, &size);

  return data != NULL ? xps_thermo_read_properties (data, size) : g_ptr_array_new ();
}

static void
add_field (XpsAcquisition *record, const XpsThermoProperty *property)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (fields[i].id != property->id)
      continue;
    if (fields[i].is_text && property->text != NULL && property->text[0] != '\0') {
      char **text = G_STRUCT_MEMBER_P (record, fields[i].offset);
      g_free (*text);
      *text = g_strdup (property->text);
    }
    if (!fields[i].is_text && property->is_number && isfinite (property->number))
      G_STRUCT_MEMBER (double, record, fields[i].offset) = property->number;
  }
}

static void
read_record (Reader *self)
{
  g_autoptr (GPtrArray) properties = read_set (self, RECORD_SET);
  g_autoptr (GPtrArray) summary = read_set (self, SUMMARY_SET);
  const XpsThermoProperty *title = xps_thermo_find_property (summary, TITLE);
  const XpsThermoProperty *sample = xps_thermo_find_property (properties, 232);
  const XpsThermoProperty *software = xps_thermo_find_property (properties, 17);

  for (guint i = 0; i < properties->len; i++) {
    const XpsThermoProperty *property = g_ptr_array_index (properties, i);
    g_autofree char *number = g_strdup_printf ("Property %u", property->id);
    if (property->text == NULL || property->text[0] == '\0')
      continue;
    xps_acquisition_add_key (self->image->record, property->name != NULL ? property->name : number,
                             property->text);
    add_field (self->image->record, property);
  }
  if (properties->len == 0)
    g_ptr_array_add (self->file->warnings,
                     g_strdup (_ ("no property set of the measurement in the file: photon energy, dwell time "
                                  "and scans are not known")));
  self->image->name = g_strdup (title != NULL && title->text != NULL ? title->text : "");
  if (sample != NULL && sample->text != NULL && sample->text[0] != '\0')
    self->image->sample = g_strdup (sample->text);
  self->file->software = g_strdup_printf ("Avantage%s%s", software != NULL ? " " : "",
                                          software != NULL && software->text ? software->text : "");
  self->file->instrument = g_strdup (self->image->record->instrument);
}

static double
get_double (const guint8 *data, gsize at)
{
  guint64 bits = 0;
  double value = 0;

  memcpy (&bits, data + at, sizeof bits);
  bits = GUINT64_FROM_LE (bits);
  memcpy (&value, &bits, sizeof value);
  return value;
}

static guint32
get_word (const guint8 *data, gsize at)
{
  guint32 word = 0;

  memcpy (&word, data + at, sizeof word);
  return GUINT32_FROM_LE (word);
}

static gboolean
read_axis (Reader *self, gsize n_values)
{
  gsize size = 0;
  g_autofree guint8 *data = read_stream (self, "VGSpaceAxes", &size);

  if (data == NULL || size < AXIS_LENGTH - 5)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, "VGSpaceAxes", N_ ("an axis expected, found none"),
                 N_ ("export it as VAMAS in Avantage"));
  const guint32 n_axes = get_word (data, 4), n = get_word (data, 26);
  const double start = get_double (data, 30), step = get_double (data, 38);
  if (!isfinite (start) || !isfinite (step) || n == 0 || n > n_values || n_values % n != 0) {
    g_autofree char *what =
        g_strdup_printf (_ ("%u points of an axis do not fit %zu values of the data"), n, n_values);
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, "VGSpaceAxes", what,
                 N_ ("export it as VAMAS in Avantage"));
  }
  if (n_axes != 1 || n_values != n)
    g_ptr_array_add (
        self->file->warnings,
        xps_text_printf (
            _ ("stream VGSpaceAxes: %u axes; only the energy is understood, the slices are counted"),
            n_axes));
  XpsImage *image = self->image;
  image->n = n;
  image->energy = xps_memory_try_array (&self->budget, n, sizeof (double));
  if (image->energy == NULL)
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, "VGSpaceAxes", N_ ("no memory for so many points"), NULL);
  xps_axis_fill (start, step, n, image->energy);
  image->dimensions[0].n = n_values / n;
  return TRUE;
}

static gboolean
read_data (Reader *self)
{
  gsize size = 0;
  g_autofree guint8 *data = read_stream (self, "VGData", &size);
  const gsize n = size / sizeof (double);

  if (data == NULL)
    return fail (self, XPS_FORMATS_ERROR_UNKNOWN, NULL,
                 N_ ("a compound file (OLE2) without spectrum of Avantage: stream VGData expected"),
                 N_ ("export it as VAMAS, text or .xlsx"));
  if (n == 0 || size % sizeof (double) != 0)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, "VGData", N_ ("numbers of eight bytes expected"),
                 N_ ("the file is damaged: copy it again"));
  if (!read_axis (self, n))
    return FALSE;
  XpsImage *image = self->image;
  image->values = xps_memory_try_array (&self->budget, n, sizeof (double));
  if (image->values == NULL)
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, "VGData", N_ ("no memory for so many values"), NULL);
  for (gsize i = 0; i < n; i++)
    image->values[i] = get_double (data, i * sizeof (double));
  image->axis = XPS_AXIS_KINETIC;
  image->axis_label = g_strdup ("Kinetic Energy");
  image->unit = XPS_INTENSITY_COUNTS;
  image->unit_label = g_strdup ("counts");
  return TRUE;
}

static gboolean
read_ole (Reader *self)
{
  g_autoptr (GPtrArray) images = g_ptr_array_new ();

  if (!read_data (self))
    return FALSE;
  read_record (self);
  g_ptr_array_add (images, self->image);
  xps_image_add_spectra (images, &self->budget, self->file);
  if (self->file->spectra->len > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_EMPTY, "VGData", N_ ("no finite value in the data"), NULL);
}

static gboolean
read_vgd (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file, .error = error};

  xps_read_options_init_budget (options, g_bytes_get_size (bytes), &self.budget);
  g_autoptr (XpsCompound) ole = self.ole = xps_compound_open (bytes, file->path, &self.budget, error);
  if (ole == NULL)
    return FALSE;
  self.image = xps_image_new ();
  const gboolean done = read_ole (&self);
  xps_image_free (self.image);
  return done;
}

static const char *const suffixes[] = {"vgd", NULL};

const XpsFormat xps_format_thermo_vgd = {
    .id = "thermo-vgd",
    .title = "Thermo Avantage (.VGD)",
    .suffixes = suffixes,
    .score = score_vgd,
    .read = read_vgd,
};
