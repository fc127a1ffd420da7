/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "series/report.h"
#include "series/run-private.h"

/* A run read back: for going on with it, and for merging its parts. */

static gboolean
refuse (GError **error, const char *file, const char *place, const char *what, const char *remedy)
{
  return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_FILE, file, place, what, remedy);
}

/* null or absent: NaN. */
static double
get_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING
             ? json_node_get_double (node)
             : (double)NAN;
}

static gsize
get_size (JsonObject *object, const char *name)
{
  const double value = get_number (object, name);
  return value >= 0 && value < 9e15 ? (gsize)value : 0;
}

static gboolean
get_boolean (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static XpsQuantity
get_quantity (JsonObject *object, const char *name)
{
  g_autofree char *error = g_strconcat (name, "_stderr", NULL);
  return (XpsQuantity){get_number (object, name), get_number (object, error)};
}

static XpsStatus
get_status (JsonObject *object)
{
  const char *text = get_text (object, "status");
  for (int k = XPS_STATUS_FREE; text != NULL && k <= XPS_STATUS_AT_MAX; k++)
    if (strcmp (text, xps_status_to_text ((XpsStatus)k)) == 0)
      return (XpsStatus)k;
  return XPS_STATUS_FREE;
}

static gboolean
read_parameters (JsonObject *object, const XpsSeriesRun *run, XpsStepResult *step)
{
  JsonObject *parameters = get_object (object, "parameters");
  for (guint p = 0; p < run->model->parameters->len; p++) {
    const XpsParameter *parameter = g_ptr_array_index (run->model->parameters, p);
    JsonObject *entry = get_object (parameters, parameter->name);
    if (entry == NULL)
      return FALSE;
    step->values[p] = get_number (entry, "value");
    step->errors[p] = get_number (entry, "stderr");
    step->status[p] = get_status (entry);
    step->frozen[p] = get_boolean (entry, "frozen");
  }
  return TRUE;
}

static gboolean
read_components (JsonObject *object, const XpsSeriesRun *run, XpsStepResult *step)
{
  JsonObject *components = get_object (object, "components");
  for (gsize c = 0; c < run->n_components; c++) {
    gsize part;
    const XpsComponent *component = xps_series_run_get_component (run, c, &part);
    const char *id = ((XpsModelPart *)g_ptr_array_index (run->model->parts, (guint)part))->id;
    g_autofree char *name = run->n_parts > 1
                                ? g_strdup_printf ("%s/%s", id != NULL ? id : "", component->name)
                                : g_strdup (component->name);
    JsonObject *entry = get_object (components, name);
    if (entry == NULL)
      return FALSE;
    step->components[c] = (XpsStepComponent){
        get_quantity (entry, "center"),  get_quantity (entry, "maximum"), get_quantity (entry, "area"),
        get_quantity (entry, "fwhm"),    get_quantity (entry, "height"),  get_quantity (entry, "fraction"),
        get_quantity (entry, "net_area")};
  }
  return TRUE;
}

/* Whole or not at all. */
static double *
dup_covariances (JsonObject *object, const char *name, gsize n)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (list == NULL || json_array_get_length (list) != n)
    return NULL;
  double *values = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++) {
    JsonNode *value = json_array_get_element (list, (guint)i);
    values[i] = JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) != G_TYPE_STRING
                    ? json_node_get_double (value)
                    : (double)NAN;
  }
  return values;
}

static void
read_covariances (JsonObject *object, gsize n, XpsStepResult *step)
{
  step->covariances = dup_covariances (object, "area_covariances", n);
  step->n_covariances = step->covariances != NULL ? n : 0;
  if (step->covariances != NULL)
    step->net_covariances = dup_covariances (object, "net_area_covariances", n);
}

static gboolean
read_step (JsonObject *object, const XpsSeriesRun *run, XpsStepResult *step)
{
  step->fitted = get_boolean (object, "fitted");
  step->failure = g_strdup (get_text (object, "failure"));
  step->converged = get_boolean (object, "converged");
  step->stop_reason = g_strdup (get_text (object, "stop_reason"));
  step->checksum = g_strdup (get_text (object, "checksum"));
  step->n_points = get_size (object, "n_points");
  step->n_free = get_size (object, "n_free");
  step->evaluations = get_size (object, "evaluations");
  step->chi2 = get_number (object, "chi2");
  step->dof = get_number (object, "dof");
  step->reduced_chi2 = get_number (object, "reduced_chi2");
  step->autocorrelation = get_number (object, "residual_autocorrelation");
  step->direction = (int)get_number (object, "direction");
  step->ways = (guint)get_size (object, "ways");
  step->disagree = get_boolean (object, "directions_disagree");
  return !step->fitted || (read_parameters (object, run, step) && read_components (object, run, step));
}

static void
read_shared (JsonObject *root, XpsSeriesRun *run)
{
  JsonObject *shared = get_object (root, "shared");
  g_autoptr (GList) names = shared != NULL ? json_object_get_members (shared) : NULL;
  for (GList *l = names; l != NULL; l = l->next) {
    JsonObject *entry = get_object (shared, l->data);
    if (entry == NULL)
      continue;
    XpsSharedValue *value = g_new0 (XpsSharedValue, 1);
    value->name = g_strdup (l->data);
    value->parameter = g_strdup (get_text (entry, "parameter"));
    value->unit = g_strdup (get_text (entry, "unit"));
    value->quantity = (XpsQuantity){get_number (entry, "value"), get_number (entry, "stderr")};
    g_ptr_array_add (run->shared, value);
  }
}

/* Those of the fit: the others follow from the steps. */
static void
read_frames (JsonObject *root, XpsSeriesRun *run)
{
  JsonNode *node = json_object_get_member (root, "frames");
  JsonArray *frames = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; frames != NULL && i < json_array_get_length (frames); i++) {
    JsonNode *element = json_array_get_element (frames, i);
    JsonObject *entry = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
    const char *name = entry != NULL ? get_text (entry, "name") : NULL;
    const XpsQuantity slope = {entry != NULL ? get_number (entry, "slope") : NAN,
                               entry != NULL ? get_number (entry, "stderr") : NAN};
    if (name != NULL && get_boolean (entry, "in_fit"))
      xps_series_run_add_frame (run, name, slope, get_number (entry, "scatter"));
  }
}

static gboolean
read_steps (JsonObject *root, const char *file, XpsSeriesRun *run, GError **error)
{
  JsonArray *steps = NULL;
  g_autoptr (XpsSeriesMap) map = xps_series_map_new (run->model, run->plan, error);
  gsize n_sums = 0;
  if (map == NULL)
    return FALSE;
  for (gsize c = 0; c < map->n_components; c++)
    n_sums += map->components[c].leader == c ? 1 : 0;
  if (!xps_json_get_array (root, "steps", &steps, error) || steps == NULL)
    return error != NULL && *error != NULL
               ? FALSE
               : refuse (error, file, "steps", N_ ("is missing"), N_ ("give a result of the command series"));
  for (guint i = 0; i < json_array_get_length (steps) && i < run->steps->len; i++) {
    JsonNode *node = json_array_get_element (steps, i);
    if (JSON_NODE_HOLDS_OBJECT (node) &&
        read_step (json_node_get_object (node), run, g_ptr_array_index (run->steps, i))) {
      read_covariances (json_node_get_object (node), n_sums * (n_sums + 1) / 2,
                        g_ptr_array_index (run->steps, i));
      continue;
    }
    g_autofree char *place = xps_text_printf ("steps[%u]", i);
    return refuse (error, file, place, N_ ("is not a step of this model"), N_ ("start afresh"));
  }
  return TRUE;
}

/* A start is taken whole or not at all. */
static void
read_way (JsonObject *object, XpsSeriesRun *run, gsize way)
{
  const gsize n = run->model->parameters->len;
  JsonNode *node = json_object_get_member (object, "start");
  JsonArray *start = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (start == NULL || n == 0 || json_array_get_length (start) != n)
    return;
  g_autofree double *values = g_new (double, n);
  for (gsize p = 0; p < n; p++) {
    JsonNode *value = json_array_get_element (start, (guint)p);
    values[p] = JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) != G_TYPE_STRING
                    ? json_node_get_double (value)
                    : (double)NAN;
  }
  xps_series_run_set_way (run, way, get_size (object, "steps"), values);
}

static void
read_ways (JsonObject *root, XpsSeriesRun *run)
{
  JsonNode *node = json_object_get_member (root, "directions");
  JsonArray *ways = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; ways != NULL && i < json_array_get_length (ways) && i < G_N_ELEMENTS (run->way); i++) {
    JsonNode *element = json_array_get_element (ways, i);
    if (JSON_NODE_HOLDS_OBJECT (element))
      read_way (json_node_get_object (element), run, i);
  }
}

XpsSeriesRun *
xps_series_run_from_text (const char *text, const char *file, const XpsSeries *series, const XpsModel *model,
                          const XpsSeriesPlan *plan, GError **error)
{
  g_autoptr (JsonNode) node = xps_json_read (file, text, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    refuse (error, file, NULL, N_ ("is no result of a series"), N_ ("give a result of the command series"));
    return NULL;
  }
  JsonObject *root = json_node_get_object (node);
  g_autoptr (XpsSeriesRun) run = xps_series_run_new (model, plan, xps_series_get_n (series));
  if (g_strcmp0 (get_text (root, "fingerprint"), run->fingerprint) != 0) {
    refuse (error, file, "fingerprint", N_ ("is of another model or plan"),
            N_ ("use the model and options it was made with, or start afresh"));
    return NULL;
  }
  read_shared (root, run);
  read_frames (root, run);
  if (!read_steps (root, file, run, error))
    return NULL;
  read_ways (root, run);
  run->complete = get_boolean (root, "complete");
  run->settled = get_boolean (root, "settled");
  run->converged = get_boolean (root, "converged");
  run->n_free = get_size (root, "n_free");
  run->dof = get_number (root, "dof");
  run->evaluations = get_size (root, "evaluations");
  xps_series_run_sum (run);
  g_autoptr (XpsSeriesMap) map = xps_series_map_new (run->model, run->plan, error);
  if (map == NULL)
    return NULL;
  xps_series_run_find_slopes (run, series, map);
  return g_steal_pointer (&run);
}
