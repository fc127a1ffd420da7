/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/record-private.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "fit/model-index.h"

/* RESULT.json read back. The model it holds says which parameters and components there must be; what is
 * missing is an error that names its path, what is not known is passed over. */

/* ---- parameters ---- */

static gboolean
read_status (const char *text, XpsStatus *status)
{
  for (int i = XPS_STATUS_FREE; i <= XPS_STATUS_AT_MAX; i++)
    if (strcmp (text, xps_status_to_text ((XpsStatus)i)) == 0) {
      *status = (XpsStatus)i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_quantity (JsonObject *object, const char *place, const char *name, XpsQuantity *out, GError **error)
{
  g_autofree char *error_name = g_strconcat (name, "_stderr", NULL);
  return xps_record_get_number (object, place, name, &out->value, error) &&
         xps_record_get_number (object, place, error_name, &out->error, error);
}

static gboolean
read_parameter (XpsFitRecord *self, XpsParameter *rule, JsonObject *all, GError **error)
{
  g_autofree char *place = xps_text_printf ("parameters.%s", rule->name), *status = NULL;
  JsonObject *object = NULL;
  XpsRecordParameter read = {NULL, {NAN, NAN}, XPS_STATUS_FREE};
  if (!xps_record_get_object (all, "parameters", rule->name, &object, error) ||
      !xps_record_get_number (object, place, "value", &read.quantity.value, error) ||
      !xps_record_get_number (object, place, "stderr", &read.quantity.error, error) ||
      !xps_record_get_string (object, place, "status", FALSE, &status, error))
    return FALSE;
  if (!read_status (status, &read.status))
    return xps_record_refuse (error, "%s.status is \"%s\"", place, status);
  read.name = g_strdup (rule->name);
  if (isfinite (read.quantity.value)) /* else the start value stands: null is what a failed fit may come to */
    rule->value = read.quantity.value;
  g_ptr_array_add (self->parameters, g_memdup2 (&read, sizeof read));
  return TRUE;
}

static gboolean
read_parameters (XpsFitRecord *self, JsonObject *root, GError **error)
{
  JsonObject *all = NULL;
  if (!xps_record_get_object (root, "", "parameters", &all, error))
    return FALSE;
  for (guint i = 0; i < self->model->parameters->len; i++)
    if (!read_parameter (self, g_ptr_array_index (self->model->parameters, i), all, error))
      return FALSE;
  return TRUE;
}

/* ---- covariance ---- */

static gboolean
read_row (XpsFitRecord *self, JsonArray *matrix, guint i, GError **error)
{
  const guint n = self->order->len;
  JsonArray *row = json_node_get_array (json_array_get_element (matrix, i));
  for (guint j = 0; j < n; j++) {
    JsonNode *cell = json_array_get_element (row, j);
    double *out = &self->covariance[(gsize)i * n + j];
    *out = NAN;
    if (!JSON_NODE_HOLDS_NULL (cell) && !xps_json_node_get_number (cell, "covariance.matrix", out, error))
      return FALSE;
  }
  return TRUE;
}

/* Every row is looked at before memory for all is asked for: then the file holds as many numbers as that. */
static gboolean
check_matrix (const XpsFitRecord *self, JsonArray *matrix, GError **error)
{
  const guint n = self->order->len;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->parameters->len; i++)
    g_hash_table_add (known, ((const XpsRecordParameter *)g_ptr_array_index (self->parameters, i))->name);
  if (json_array_get_length (matrix) != n)
    return xps_record_refuse (error, "covariance.matrix has %u rows for %u parameters",
                              json_array_get_length (matrix), n);
  for (guint i = 0; i < n; i++) {
    JsonNode *node = json_array_get_element (matrix, i);
    if (!g_hash_table_contains (known, g_ptr_array_index (self->order, i)))
      return xps_record_refuse (error, "covariance.order[%u] names no parameter", i);
    if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) != n)
      return xps_record_refuse (error, "covariance.matrix[%u] is not a row of %u numbers", i, n);
  }
  return TRUE;
}

static gboolean
read_covariance (XpsFitRecord *self, JsonObject *root, GError **error)
{
  JsonObject *object = NULL;
  JsonArray *order = NULL, *matrix = NULL;
  if (!xps_record_get_object (root, "", "covariance", &object, error) ||
      !xps_record_get_array (object, "covariance", "order", &order, error) ||
      !xps_record_get_array (object, "covariance", "matrix", &matrix, error) ||
      !xps_record_read_texts (order, "covariance.order", self->order, error))
    return FALSE;
  const guint n = self->order->len;
  if (!check_matrix (self, matrix, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  self->covariance = g_new (double, (gsize)n *n);
  for (guint i = 0; i < n; i++)
    if (!read_row (self, matrix, i, error))
      return FALSE;
  return TRUE;
}

/* ---- components and backgrounds ---- */

static gboolean
read_component (XpsFitRecord *self, gsize spectrum, const XpsComponent *rule, JsonObject *all,
                const char *list, GError **error)
{
  g_autofree char *place = xps_text_printf ("%s.%s", list, rule->name);
  JsonObject *object = NULL;
  if (!xps_record_get_object (all, list, rule->name, &object, error))
    return FALSE;
  XpsRecordComponent *read = g_new0 (XpsRecordComponent, 1);
  g_ptr_array_add (self->components, read);
  read->spectrum = spectrum;
  read->name = g_strdup (rule->name);
  return xps_record_get_string (object, place, "type", FALSE, &read->type, error) &&
         xps_record_get_string (object, place, "label", TRUE, &read->label, error) &&
         xps_record_get_string (object, place, "phase", TRUE, &read->phase, error) &&
         read_quantity (object, place, "center", &read->center, error) &&
         read_quantity (object, place, "maximum", &read->maximum, error) &&
         read_quantity (object, place, "area", &read->area, error) &&
         read_quantity (object, place, "fwhm", &read->fwhm, error) &&
         read_quantity (object, place, "height", &read->height, error) &&
         read_quantity (object, place, "fraction", &read->fraction, error);
}

/* Every number of a certificate is an item. */
static gboolean
read_items (XpsRecordBackground *read, JsonObject *object, const char *place, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next) {
    const char *name = l->data;
    JsonNode *node = json_object_get_member (object, name);
    double value = NAN;
    if (strcmp (name, "solved") == 0 || strcmp (name, "statement") == 0 || strcmp (name, "warnings") == 0)
      continue;
    if (!JSON_NODE_HOLDS_NULL (node) && !JSON_NODE_HOLDS_VALUE (node))
      continue;
    if (JSON_NODE_HOLDS_VALUE (node) && (json_node_get_value_type (node) == G_TYPE_STRING ||
                                         json_node_get_value_type (node) == G_TYPE_BOOLEAN))
      continue;
    if (JSON_NODE_HOLDS_VALUE (node) && !xps_json_node_get_number (node, name, &value, error))
      return xps_record_at (error, place);
    g_ptr_array_add (read->keys, g_strdup (name));
    g_array_append_val (read->values, value);
  }
  return TRUE;
}

static gboolean
read_certificate (XpsRecordBackground *read, JsonObject *object, const char *list, GError **error)
{
  g_autofree char *place = xps_text_printf ("%s.certificate", list);
  JsonNode *node = xps_record_get_member (object, list, "certificate", error);
  JsonArray *codes = NULL;
  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return xps_record_refuse (error, "%s is not an object", place);
  JsonObject *certificate = json_node_get_object (node);
  if (!xps_record_get_boolean (certificate, place, "solved", &read->solved, error) ||
      !xps_record_get_string (certificate, place, "statement", FALSE, &read->statement, error) ||
      !xps_json_get_array (certificate, "warnings", &codes, error)) /* newer than the first files */
    return FALSE;
  return (codes == NULL || xps_record_read_texts (codes, place, read->codes, error)) &&
         read_items (read, certificate, place, error);
}

static gboolean
read_background (XpsFitRecord *self, gsize spectrum, JsonArray *array, guint b, const char *list,
                 GError **error)
{
  g_autofree char *place = xps_text_printf ("%s[%u]", list, b);
  JsonNode *node = json_array_get_element (array, b);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return xps_record_refuse (error, "%s is not an object", place);
  XpsRecordBackground *read = g_new0 (XpsRecordBackground, 1);
  read->spectrum = spectrum;
  read->codes = g_ptr_array_new_with_free_func (g_free);
  read->keys = g_ptr_array_new_with_free_func (g_free);
  read->values = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (self->backgrounds, read);
  return xps_record_get_string (json_node_get_object (node), place, "type", FALSE, &read->type, error) &&
         read_certificate (read, json_node_get_object (node), place, error);
}

/* Components and backgrounds of one spectrum, from the file's own level or its entry in "spectra". */
static gboolean
read_spectrum (XpsFitRecord *self, gsize s, JsonObject *object, const char *place, GError **error)
{
  const XpsModelPart *part = g_ptr_array_index (self->model->parts, s);
  const char *dot = place[0] != '\0' ? "." : "";
  g_autofree char *components = xps_text_printf ("%s%scomponents", place, dot),
                  *backgrounds = xps_text_printf ("%s%sbackground", place, dot);
  JsonObject *all = NULL;
  JsonArray *list = NULL;
  if (!xps_record_get_object (object, place, "components", &all, error) ||
      !xps_record_get_array (object, place, "background", &list, error))
    return FALSE;
  for (guint c = 0; c < part->components->len; c++)
    if (!read_component (self, s, g_ptr_array_index (part->components, c), all, components, error))
      return FALSE;
  if (json_array_get_length (list) != part->backgrounds->len)
    return xps_record_refuse (error, "%s has %u entries, the model has %u", backgrounds,
                              json_array_get_length (list), part->backgrounds->len);
  for (guint b = 0; b < part->backgrounds->len; b++)
    if (!read_background (self, s, list, b, backgrounds, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_spectra (XpsFitRecord *self, JsonObject *root, GError **error)
{
  JsonArray *spectra = NULL;
  if (!self->model->joint)
    return read_spectrum (self, 0, root, "", error);
  if (!xps_record_get_array (root, "", "spectra", &spectra, error))
    return FALSE;
  if (json_array_get_length (spectra) != self->model->parts->len)
    return xps_record_refuse (error, "spectra has %u entries, the model has %u",
                              json_array_get_length (spectra), self->model->parts->len);
  for (guint s = 0; s < self->model->parts->len; s++) {
    g_autofree char *place = xps_text_printf ("spectra[%u]", s);
    JsonNode *node = json_array_get_element (spectra, s);
    if (!JSON_NODE_HOLDS_OBJECT (node))
      return xps_record_refuse (error, "%s is not an object", place);
    if (!read_spectrum (self, s, json_node_get_object (node), place, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- warnings ---- */

static gboolean
read_warning (XpsFitRecord *self, JsonObject *object, const char *place, GError **error)
{
  XpsWarning *warning = g_new0 (XpsWarning, 1);
  JsonArray *names = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->warnings, warning);
  if (!xps_record_get_string (object, place, "code", FALSE, (char **)&warning->code, error) ||
      !xps_record_get_string (object, place, "severity", FALSE, (char **)&warning->severity, error) ||
      !xps_record_get_string (object, place, "message", FALSE, &warning->message, error) ||
      !xps_record_get_array (object, place, "parameters", &names, error) ||
      !xps_record_read_texts (names, place, list, error))
    return FALSE;
  g_ptr_array_add (list, NULL);
  warning->parameters = (GStrv)g_ptr_array_steal (list, NULL);
  return TRUE;
}

static gboolean
read_warnings (XpsFitRecord *self, JsonObject *root, GError **error)
{
  JsonArray *list = NULL;
  if (!xps_record_get_array (root, "", "warnings", &list, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (list); i++) {
    g_autofree char *place = xps_text_printf ("warnings[%u]", i);
    JsonNode *node = json_array_get_element (list, i);
    if (!JSON_NODE_HOLDS_OBJECT (node))
      return xps_record_refuse (error, "%s is not an object", place);
    if (!read_warning (self, json_node_get_object (node), place, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- the whole ---- */

static gboolean
read_version (JsonObject *root, GError **error)
{
  double version;
  if (!xps_record_get_number (root, "", "corelevel_result", &version, error))
    return FALSE;
  if (version > 1)
    return xps_record_refuse (error, "corelevel_result is %g, this program reads 1: the file is newer",
                              version);
  return version == 1 || xps_record_refuse (error, "corelevel_result is %g, 1 expected", version);
}

static gboolean
read_figures (XpsFitRecord *self, JsonObject *root, GError **error)
{
  const struct {
    const char *name;
    double *out;
  } numbers[] = {{"chi2", &self->chi2},
                 {"dof", &self->dof},
                 {"reduced_chi2", &self->reduced_chi2},
                 {"aic", &self->aic},
                 {"aicc", &self->aicc},
                 {"bic", &self->bic},
                 {"condition_number", &self->condition_number},
                 {"residual_autocorrelation", &self->autocorrelation}};
  XpsWeights weights;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!xps_record_get_number (root, "", numbers[i].name, numbers[i].out, error))
      return FALSE;
  if (!xps_record_get_boolean (root, "", "converged", &self->converged, error) ||
      !xps_record_get_string (root, "", "stop_reason", FALSE, &self->stop_reason, error) ||
      !xps_record_get_string (root, "", "weights", FALSE, &self->weights, error) ||
      !xps_record_get_string (root, "", "method", FALSE, &self->method, error) ||
      !xps_record_get_count (root, "n_points", &self->n_points, error) ||
      !xps_record_get_count (root, "n_free", &self->n_free, error) ||
      !xps_record_get_count (root, "evaluations", &self->evaluations, error))
    return FALSE;
  return xps_weights_from_text (self->weights, &weights) ||
         xps_record_refuse (error, "weights is \"%s\", which is not known", self->weights);
}

/* The model that was fitted; its values become the fitted ones as the parameters are read. */
static gboolean
read_model (XpsFitRecord *self, JsonObject *root, GError **error)
{
  JsonObject *provenance = NULL;
  const char *created = NULL;
  if (!xps_record_get_object (root, "", "provenance", &provenance, error))
    return FALSE;
  JsonNode *node = xps_record_get_member (provenance, "provenance", "model", error);
  if (node == NULL)
    return FALSE;
  self->model = xps_model_from_json (node, "provenance.model", error);
  if (self->model == NULL)
    return FALSE;
  g_autoptr (XpsModelIndex) index = xps_model_check (self->model, error);
  if (index == NULL)
    return xps_record_at (error, "provenance.model");
  if (!xps_json_get_string (provenance, "created", &created, error))
    return xps_record_at (error, "provenance");
  self->created = g_strdup (created);
  return TRUE;
}

static gboolean
read_record (XpsFitRecord *self, JsonNode *node, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return xps_record_refuse (error, "a JSON object is expected");
  JsonObject *root = json_node_get_object (node);
  self->tied = json_object_has_member (root, "joint");
  return read_version (root, error) && read_figures (self, root, error) && read_model (self, root, error) &&
         read_parameters (self, root, error) && read_covariance (self, root, error) &&
         read_spectra (self, root, error) && read_warnings (self, root, error);
}

XpsFitRecord *
xps_fit_record_from_text (const char *text, const char *file, GError **error)
{
  GError *reason = NULL;
  g_autoptr (JsonNode) node = xps_json_read (file, text, error);
  if (node == NULL)
    return NULL;
  g_autoptr (XpsFitRecord) self = xps_fit_record_new_empty ();
  self->text = g_strdup (text);
  if (!read_record (self, node, &reason)) {
    g_prefix_error (&reason, "%s: ", file);
    g_propagate_error (error, reason);
    return NULL;
  }
  return g_steal_pointer (&self);
}

XpsFitRecord *
xps_fit_record_read (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = xps_file_read (path, error);
  if (bytes == NULL)
    return NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  if (length > 0 && memchr (data, '\0', length) != NULL) {
    xps_record_refuse (error, "%s: not JSON text: it contains bytes of zero", path);
    return NULL;
  }
  g_autofree char *text = g_strndup (data != NULL ? data : "", length);
  return xps_fit_record_from_text (text, path, error);
}
