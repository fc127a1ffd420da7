/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/import-read.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/number.h"

#define MOST_SETS    400 /* of a list that a person looks through */
#define MOST_COLUMNS 40
#define LOOKED_AT    65536 /* bytes of a text, for its columns */

gboolean
xps_import_choices_equal (const XpsImportChoices *a, const XpsImportChoices *b)
{
  return a->intensity == b->intensity && a->energy == b->energy && a->axis == b->axis && a->unit == b->unit &&
         !a->comma == !b->comma;
}

XpsImportSubject *
xps_import_subject_ref (XpsImportSubject *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
subject_clear (gpointer data)
{
  XpsImportSubject *self = data;
  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->sets, g_ptr_array_unref);
}

void
xps_import_subject_unref (XpsImportSubject *self)
{
  g_atomic_rc_box_release_full (self, subject_clear);
}

void
xps_import_read_free (XpsImportRead *self)
{
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->failures);
  g_object_unref (self->taken);
  g_free (self);
}

/* ---- reading by choices ---- */

static const char *
get_path (const XpsImportSubject *subject, guint place)
{
  if (subject->sets == NULL || place == 0 || place > subject->sets->len)
    return NULL;
  return ((const XpsChoice *)g_ptr_array_index (subject->sets, place - 1))->path;
}

static void
get_options (const XpsImportSubject *subject, const XpsImportChoices *choices, XpsReadOptions *options)
{
  xps_read_options_init (options);
  options->dataset = get_path (subject, choices->intensity);
  options->energy_dataset = get_path (subject, choices->energy);
  if (subject->sets == NULL) {
    options->intensity_column = (int)choices->intensity;
    options->energy_column = (int)choices->energy;
    options->decimal_comma = choices->comma;
  }
  options->axis_given = choices->axis > 0;
  options->axis = choices->axis == 2 ? XPS_AXIS_KINETIC : XPS_AXIS_BINDING;
  options->unit_given = choices->unit > 0;
  options->unit = choices->unit == 2 ? XPS_INTENSITY_COUNTS_PER_SECOND : XPS_INTENSITY_COUNTS;
}

/* `bytes`: of `file`, or NULL to read them. */
static XpsFile *
read_one (const XpsImportSubject *subject, const XpsImportChoices *choices, GFile *file, GBytes *bytes,
          GError **error)
{
  g_autoptr (GBytes) loaded =
      bytes != NULL ? g_bytes_ref (bytes) : g_file_load_bytes (file, NULL, NULL, error);
  g_autofree char *path = g_file_get_path (file), *name = g_file_get_basename (file);
  XpsReadOptions options;
  if (loaded == NULL)
    return NULL;
  get_options (subject, choices, &options);
  return xps_file_open_bytes (loaded, path != NULL ? path : name, &options, error);
}

/* ---- looking into a file ---- */

/* Numbers in a line, whatever stands between them. */
static guint
count_numbers (const char *line)
{
  g_auto (GStrv) words = g_strsplit_set (line, "\t ;,", -1);
  guint n = 0;
  for (guint i = 0; words[i] != NULL; i++) {
    double value = 0.0;
    n += words[i][0] != '\0' && xps_number_parse (words[i], &value);
  }
  return n;
}

static guint
count_columns (GBytes *bytes)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data != NULL ? data : "", MIN (length, LOOKED_AT));
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);
  guint most = 2;
  for (guint i = 0; lines[i] != NULL; i++)
    most = MAX (most, count_numbers (lines[i]));
  return MIN (most, MOST_COLUMNS);
}

static GPtrArray *
list_sets (GBytes *bytes, const char *name)
{
  g_autoptr (GPtrArray) all = xps_choices_list (bytes, name, NULL);
  if (all == NULL)
    return NULL;
  g_ptr_array_set_free_func (all, NULL); /* each goes its own way */
  g_autoptr (GPtrArray) curves = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_choice_free);
  for (guint i = 0; i < all->len; i++) {
    XpsChoice *choice = g_ptr_array_index (all, i);
    if (curves->len < MOST_SETS && xps_choice_is_curve (choice))
      g_ptr_array_add (curves, choice);
    else
      xps_choice_free (choice);
  }
  return curves->len > 0 ? g_steal_pointer (&curves) : NULL;
}

/* The one that looks most like what a detector counted: said to be counts, or of many dimensions; no energy.
 */
static guint
guess_intensity (const GPtrArray *sets)
{
  guint best = 0, most = 0;
  for (guint i = 0; i < sets->len; i++) {
    const XpsChoice *choice = g_ptr_array_index (sets, i);
    const char *slash = strrchr (choice->path, '/');
    g_autofree char *name = g_ascii_strdown (slash != NULL ? slash : choice->path, -1);
    const gboolean counts = choice->unit != NULL && strstr (choice->unit, "count") != NULL;
    const guint score = strstr (name, "energ") != NULL ? 0 : 1 + choice->rank + (counts ? 10 : 0);
    if (score <= most)
      continue;
    most = score;
    best = i;
  }
  return best + 1;
}

/* Where the file does not say it, most laboratories mean binding energies; the preview shows it, and the list
 * above it changes it. */
static guint
guess_axis (const XpsImportSubject *subject)
{
  g_autoptr (XpsFile) file = read_one (subject, &subject->likely, subject->file, subject->bytes, NULL);
  return file != NULL && xps_spectrum_get_axis (g_ptr_array_index (file->spectra, 0)) == XPS_AXIS_OTHER ? 1
                                                                                                        : 0;
}

static gpointer
look (XpsJob *job, gpointer data, GError **error)
{
  GFile *file = data;
  GBytes *bytes = g_file_load_bytes (file, NULL, NULL, error);
  if (bytes == NULL)
    return NULL;
  g_autofree char *name = g_file_get_basename (file);
  XpsImportSubject *subject = g_atomic_rc_box_new0 (XpsImportSubject);
  subject->file = g_object_ref (file);
  subject->bytes = bytes;
  subject->sets = list_sets (bytes, name);
  const guint n_columns = subject->sets == NULL ? xps_choices_count_columns (bytes) : 0;
  subject->workbook = n_columns > 0;
  subject->n_columns = subject->workbook       ? MIN (n_columns, MOST_COLUMNS)
                       : subject->sets == NULL ? count_columns (bytes)
                                               : 0;
  subject->likely.intensity = subject->sets != NULL ? guess_intensity (subject->sets) : 0;
  subject->likely.axis = guess_axis (subject);
  return subject;
}

XpsJob *
xps_import_look (GFile *file, XpsJobDone done, gpointer user_data)
{
  return xps_job_start (_ ("Import"), look, g_object_ref (file), g_object_unref,
                        (GDestroyNotify)xps_import_subject_unref, done, user_data);
}

/* ---- reading ---- */

typedef struct {
  XpsImportSubject *subject;
  GListModel *files; /* or NULL */
  XpsImportChoices choices;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;
  xps_import_subject_unref (order->subject);
  g_clear_object (&order->files);
  g_free (order);
}

static gpointer
read_all (XpsJob *job, gpointer data, GError **error)
{
  const Order *order = data;
  const guint n = order->files != NULL ? g_list_model_get_n_items (order->files) : 1;
  XpsImportRead *read = g_new0 (XpsImportRead, 1);
  read->choices = order->choices;
  read->files = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_file_free);
  read->failures = g_ptr_array_new_with_free_func (g_free);
  read->taken = g_list_store_new (G_TYPE_FILE);
  for (guint i = 0; i < n && !xps_job_is_cancelled (job); i++) {
    g_autoptr (GFile) next =
        i > 0 ? g_list_model_get_item (order->files, i) : g_object_ref (order->subject->file);
    g_autoptr (GError) failure = NULL;
    XpsFile *file =
        read_one (order->subject, &order->choices, next, i > 0 ? NULL : order->subject->bytes, &failure);
    if (file == NULL) {
      g_ptr_array_add (read->failures, g_strdup (failure != NULL ? failure->message : ""));
      continue;
    }
    g_ptr_array_add (read->files, file);
    g_list_store_append (read->taken, next);
  }
  return read;
}

XpsJob *
xps_import_read (XpsImportSubject *subject, GListModel *files, const XpsImportChoices *choices,
                 XpsJobDone done, gpointer user_data)
{
  Order *order = g_new0 (Order, 1);
  order->subject = xps_import_subject_ref (subject);
  order->files = files != NULL ? g_object_ref (files) : NULL;
  order->choices = *choices;
  return xps_job_start (_ ("Import"), read_all, order, order_free, (GDestroyNotify)xps_import_read_free, done,
                        user_data);
}
