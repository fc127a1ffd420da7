/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session-import.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/session-harvest.h"
#include "formats/folder.h"

/* Files into the document: read on a thread, taken in as one edit, and one line that says what came of it. */

/* What is to be read, and into which version of the document. */
typedef struct {
  GListModel *files; /* GFile */
  XpsState *base;
  XpsWeights weights;
  gboolean models; /* take the one that lies beside each file */
} XpsOrder;

static void
order_free (XpsOrder *order)
{
  g_object_unref (order->files);
  xps_state_unref (order->base);
  g_free (order);
}

static XpsHarvest *
harvest_new (GPtrArray *take_files, GPtrArray *take_errors, XpsWeights weights)
{
  XpsHarvest *harvest = g_new0 (XpsHarvest, 1);
  harvest->files = take_files;
  harvest->errors = take_errors;
  harvest->foreign = g_ptr_array_new_with_free_func (g_free);
  harvest->asked = g_list_store_new (G_TYPE_FILE);
  harvest->taken = g_list_store_new (G_TYPE_FILE);
  harvest->ids = g_array_new (FALSE, FALSE, sizeof (guint));
  harvest->weights = weights;
  return harvest;
}

static void
harvest_free (XpsHarvest *harvest)
{
  g_ptr_array_unref (harvest->files);
  g_ptr_array_unref (harvest->errors);
  g_ptr_array_unref (harvest->foreign);
  g_clear_pointer (&harvest->base, xps_state_unref);
  g_clear_pointer (&harvest->state, xps_state_unref);
  g_array_unref (harvest->ids);
  g_object_unref (harvest->asked);
  g_object_unref (harvest->taken);
  g_free (harvest);
}

/* ---- reading, on a thread ---- */

/* Nothing says which data set is a spectrum, or whether the energies of columns of text are binding or
 * kinetic. */
static gboolean
must_be_asked (const XpsFile *file, const GError *error)
{
  if (file == NULL)
    return g_error_matches (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_CHOICE);
  static const char *const open[] = {"text", "xlsx", "xls", "zip", "tar", "gzip", NULL};
  if (!g_strv_contains (open, file->format))
    return FALSE;
  for (guint i = 0; i < file->spectra->len; i++)
    if (xps_spectrum_get_axis (g_ptr_array_index (file->spectra, i)) != XPS_AXIS_OTHER)
      return FALSE;
  return TRUE;
}

/* `named`: by a person, who is told why it cannot be read. In a folder there may be anything. */
static void
read_file (XpsHarvest *harvest, GFile *file, gboolean named)
{
  g_autofree char *path = g_file_get_path (file), *name = g_file_get_basename (file);
  g_autoptr (GError) error = NULL;
  XpsReadOptions options;
  xps_read_options_init (&options);
  XpsFile *read = NULL;
  if (path != NULL) {
    read = xps_file_open (path, &options, &error);
  } else {
    g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, &error);
    read = bytes != NULL ? xps_file_open_bytes (bytes, name, &options, &error) : NULL;
  }
  /* Amid a folder an HDF5 file is named as one that is not read: its answers would fit no other file. */
  if ((named || read != NULL) && must_be_asked (read, error)) {
    g_list_store_append (harvest->asked, file);
    xps_file_free (read);
    return;
  }
  if (read != NULL)
    g_ptr_array_add (harvest->files, read);
  else if (named || xps_folder_expects (name))
    g_ptr_array_add (harvest->errors, g_strdup (error->message));
  else
    g_ptr_array_add (harvest->foreign, g_strdup (error->message));
}

typedef struct {
  XpsJob *job;
  XpsHarvest *harvest;
} Visit;

static gboolean
visit_file (GFile *file, const char *path, gpointer data)
{
  const Visit *visit = data;

  if (xps_job_is_cancelled (visit->job))
    return FALSE;
  read_file (visit->harvest, file, FALSE);
  return TRUE;
}

static void
read_folder (XpsJob *job, XpsHarvest *harvest, GFile *folder)
{
  Visit visit = {job, harvest};
  xps_folder_visit (folder, visit_file, harvest->errors, &visit);
}

/* ---- what is worth showing first ---- */

#define MORE 0.2 /* of contrast, beyond what noise makes */

/* Range of the counts against their noise: tells a peak from an empty window without knowing its place. */
static double
get_contrast (const XpsSpectrum *spectrum)
{
  const double *intensity = xps_spectrum_get_intensity (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);
  double low = INFINITY, high = -INFINITY, jumps = 0.0;
  for (gsize i = 0; i < n; i++) {
    low = fmin (low, intensity[i]);
    high = fmax (high, intensity[i]);
    jumps += i > 0 ? fabs (intensity[i] - intensity[i - 1]) : 0.0;
  }
  const double noise = n > 1 ? jumps / (double)(n - 1) : 0.0;
  return noise > 0.0 ? (high - low) / noise : 0.0;
}

/* A region with a fit in the file, then core levels; surveys and the rest after them. */
static guint
get_rank (const XpsRegion *region)
{
  static const guint kinds[] = {
      [XPS_REGION_OTHER] = 0,   [XPS_REGION_SURVEY] = 1,     [XPS_REGION_AUGER] = 2,
      [XPS_REGION_VALENCE] = 3, [XPS_REGION_CORE_LEVEL] = 4,
  };
  const XpsStoredFit *stored = xps_spectrum_get_stored_fit (region->spectrum);
  return kinds[region->kind] + (stored != NULL && stored->components->len > 0 ? 5 : 0);
}

/* Of the frames of a loop the first, whichever stands out. */
static guint
find_first_namesake (const XpsState *state, const GArray *ids, guint id)
{
  const XpsRegion *best = xps_state_find_region (state, id);
  for (guint i = 0; i < ids->len; i++) {
    const XpsRegion *region = xps_state_find_region (state, g_array_index (ids, guint, i));
    if (region->sample == best->sample && strcmp (region->name, best->name) == 0 &&
        get_rank (region) == get_rank (best))
      return region->id;
  }
  return id;
}

/* The most contrast of the highest rank, but of frames of one level the first: by noise alone some other
 * stands out a little. */
static guint
choose_region (const XpsState *state, const GArray *ids)
{
  guint best = 0, highest = 0;
  double most = 0;
  for (guint i = 0; i < ids->len; i++) {
    const guint id = g_array_index (ids, guint, i);
    const XpsRegion *region = xps_state_find_region (state, id);
    const guint rank = get_rank (region);
    const double contrast = get_contrast (region->spectrum);
    if (best != 0 && (rank < highest || (rank == highest && contrast <= (1 + MORE) * most)))
      continue;
    best = id;
    highest = rank;
    most = contrast;
  }
  return best != 0 ? find_first_namesake (state, ids, best) : 0;
}

/* ---- the next version of the document ---- */

/* Statistics of counts need counts, given deviations a column of them. */
static gboolean
allows_weights (const XpsSpectrum *spectrum, XpsWeights weights)
{
  if (weights == XPS_WEIGHTS_SIGMA)
    return xps_spectrum_find_column (spectrum, XPS_COLUMN_SIGMA) != NULL;
  return weights == XPS_WEIGHTS_UNIFORM || xps_spectrum_get_unit (spectrum) != XPS_INTENSITY_UNKNOWN;
}

static void
set_state (XpsHarvest *harvest, XpsState *take_state)
{
  g_clear_pointer (&harvest->state, xps_state_unref);
  harvest->state = take_state;
}

/* A fresh region has counts where it can; the user may have another wish. */
static void
apply_weights (XpsHarvest *harvest)
{
  g_autoptr (GPtrArray) regions = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  for (guint i = 0; i < harvest->ids->len; i++) {
    const XpsRegion *region = xps_state_find_region (harvest->state, g_array_index (harvest->ids, guint, i));
    if (region->weights == harvest->weights || !allows_weights (region->spectrum, harvest->weights))
      continue;
    XpsRegion *copy = xps_region_copy (region);
    copy->weights = harvest->weights;
    g_ptr_array_add (regions, copy);
  }
  if (regions->len > 0)
    set_state (harvest, xps_state_with_regions (harvest->state, (const XpsRegion *const *)regions->pdata,
                                                regions->len));
}

/* The model at "STEM" + `ending`; NULL when there is none of one spectrum that can be read. */
static XpsModel *
read_model_at (const char *stem, gsize length, const char *ending)
{
  g_autofree char *path = g_strdup_printf ("%.*s%s", (int)length, stem, ending);
  XpsModel *read = xps_model_read (path, NULL);
  if (read != NULL && read->parts->len != 1)
    g_clear_pointer (&read, xps_model_free);
  return read;
}

/* "film-scan.json" beside "film-scan.csv"; for a series, whose model there is that of all steps together,
 * "film-step.json". NULL when there is none. */
static XpsModel *
read_model_beside (const XpsRegion *region)
{
  const char *path = region->source != NULL ? region->source->path : NULL;
  const char *point = path != NULL ? strrchr (path, '.') : NULL;
  const char *dash = path != NULL ? strrchr (path, '-') : NULL;
  if (point == NULL)
    return NULL;
  XpsModel *read = read_model_at (path, (gsize)(point - path), ".json");
  if (read == NULL && dash != NULL && dash < point)
    read = read_model_at (path, (gsize)(dash - path), "-step.json");
  return read;
}

static void
apply_models (XpsHarvest *harvest)
{
  for (guint i = 0; i < harvest->ids->len; i++) {
    const XpsRegion *region = xps_state_find_region (harvest->state, g_array_index (harvest->ids, guint, i));
    XpsModel *model = read_model_beside (region);
    if (model == NULL)
      continue;
    g_autoptr (XpsRegion) copy = xps_region_copy (region);
    xps_region_take_model (copy, model);
    set_state (harvest, xps_state_with_region (harvest->state, copy));
  }
}

static void
add_to (XpsHarvest *harvest, const XpsState *base)
{
  g_clear_pointer (&harvest->base, xps_state_unref);
  harvest->base = xps_state_ref (base);
  set_state (harvest, xps_state_ref (base));
  g_array_set_size (harvest->ids, 0);
  for (guint i = 0; i < harvest->files->len; i++)
    set_state (harvest,
               xps_state_import (harvest->state, g_ptr_array_index (harvest->files, i), harvest->ids));
  if (harvest->weights != XPS_WEIGHTS_COUNTS)
    apply_weights (harvest);
  if (harvest->models)
    apply_models (harvest);
  harvest->best = choose_region (harvest->state, harvest->ids);
}

static gpointer
harvest_all (XpsJob *job, gpointer data, GError **error)
{
  const XpsOrder *order = data;
  XpsHarvest *harvest = harvest_new (g_ptr_array_new_with_free_func ((GDestroyNotify)xps_file_free),
                                     g_ptr_array_new_with_free_func (g_free), order->weights);
  harvest->models = order->models;
  const guint n = g_list_model_get_n_items (order->files);
  for (guint i = 0; i < n && !xps_job_is_cancelled (job); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (order->files, i);
    const guint before = harvest->files->len;
    xps_job_report (job, n > 1 ? (double)i / n : -1.0, NULL);
    if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
      read_folder (job, harvest, file);
    else
      read_file (harvest, file, TRUE);
    if (harvest->files->len > before)
      g_list_store_append (harvest->taken, file);
  }
  add_to (harvest, order->base);
  return harvest;
}

/* ---- taking it in ---- */

static char *
dup_label (const XpsHarvest *harvest)
{
  if (harvest->files->len > 1)
    return g_strdup_printf (ngettext ("import of %u file", "import of %u files", harvest->files->len),
                            harvest->files->len);
  const XpsFile *file = g_ptr_array_index (harvest->files, 0);
  g_autofree char *name = g_path_get_basename (file->path);
  return g_strdup_printf (_ ("import of %s"), name);
}

/* Where the document went on meanwhile, what was read is added to what it is now. */
static void
take_harvest (XpsSession *self, XpsHarvest *harvest)
{
  if (harvest->base != xps_session_get_state (self))
    add_to (harvest, xps_session_get_state (self));
  xps_session_log_harvest (self, harvest);
  if (harvest->ids->len > 0) {
    g_autofree char *label = dup_label (harvest);
    self->last_id = harvest->best; /* an empty document shows it at once */
    xps_project_edit (self->project, label, xps_state_ref (harvest->state));
    xps_session_show_region (self, harvest->best);
  }
  const gboolean asks = g_list_model_get_n_items (G_LIST_MODEL (harvest->asked)) > 0;
  /* What lies with the program is no file of the user's. */
  if (!harvest->models && g_list_model_get_n_items (G_LIST_MODEL (harvest->taken)) > 0)
    g_signal_emit_by_name (self, "imported", harvest->taken);
  if (harvest->ids->len > 0 || harvest->errors->len > 0 || !asks)
    xps_session_tell_harvest (self, harvest, xps_state_find_region (harvest->state, harvest->best),
                              harvest->ids->len);
  if (asks)
    g_signal_emit_by_name (self, "question", harvest->asked);
}

void
xps_session_take_files (XpsSession *self, GPtrArray *files, GPtrArray *failures, GListModel *taken)
{
  XpsHarvest *harvest =
      harvest_new (g_ptr_array_ref (files), g_ptr_array_ref (failures), self->usual_weights);
  for (guint i = 0; i < g_list_model_get_n_items (taken); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (taken, i);
    g_list_store_append (harvest->taken, file);
  }
  take_harvest (self, harvest);
  harvest_free (harvest);
}

/* What the import belongs to: another document may be open by the time it ends. */
typedef struct {
  XpsSession *session;
  XpsProject *project;
} XpsImport;

static void
tell_importing (XpsSession *self)
{
  g_object_notify (G_OBJECT (self), "import-progress");
}

static void
on_harvested (XpsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  XpsImport *import = user_data;
  XpsSession *self = import->session;
  if (self->import == job) {
    g_clear_object (&self->import);
    tell_importing (self);
  }
  if (result != NULL && self->project == import->project)
    take_harvest (self, result);
  if (result != NULL)
    harvest_free (result);
  g_object_unref (import->session);
  g_object_unref (import->project);
  g_free (import);
}

double
xps_session_get_import_progress (XpsSession *self)
{
  return self->import != NULL ? xps_job_get_progress (self->import) : NAN;
}

void
xps_session_set_usual_weights (XpsSession *self, XpsWeights weights)
{
  self->usual_weights = weights;
}

static void
start_import (XpsSession *self, GListModel *files, gboolean models)
{
  XpsImport *import = g_new0 (XpsImport, 1);
  XpsOrder *order = g_new0 (XpsOrder, 1);
  import->session = g_object_ref (self);
  import->project = g_object_ref (self->project);
  order->files = g_object_ref (files);
  order->base = xps_state_ref (xps_session_get_state (self));
  order->weights = self->usual_weights;
  order->models = models;
  g_clear_object (&self->import);
  self->import = xps_job_start (_ ("Import"), harvest_all, order, (GDestroyNotify)order_free,
                                (GDestroyNotify)harvest_free, on_harvested, import);
  g_signal_connect_object (self->import, "notify::progress", G_CALLBACK (tell_importing), self,
                           G_CONNECT_SWAPPED);
  tell_importing (self);
}

void
xps_session_import (XpsSession *self, GListModel *files)
{
  start_import (self, files, FALSE);
}

void
xps_session_import_samples (XpsSession *self, GListModel *files)
{
  start_import (self, files, TRUE);
}
