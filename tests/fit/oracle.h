/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/json.h"
#include "fit/multistart.h"
#include "support.h"

/* Fit problems with reference solutions (shared/oracle/problems). */

typedef struct {
  JsonNode *root;
  JsonObject *document;
  XpsModel *model;
  XpsFitData *data;
} OracleProblem;

static inline void
oracle_problem_clear (OracleProblem *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->model, xps_model_free);
  g_clear_pointer (&self->data, xps_fit_data_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OracleProblem, oracle_problem_clear)

static inline XpsFitData *
oracle_data_read (const char *path)
{
  g_autoptr (TestTable) table = test_table_read (path);
  g_autofree double *x = test_table_column (table, "x"), *y = test_table_column (table, "y");
  g_autofree double *sigma = test_table_column (table, "sigma"), *background = NULL;
  if (g_strv_contains ((const char *const *)table->header, "background"))
    background = test_table_column (table, "background");
  return xps_fit_data_new_arrays (table->rows->len, x, y, sigma, background, XPS_INTENSITY_COUNTS, 1);
}

/* FALSE when the shared folder is not there (the test is then marked as skipped). */
static inline gboolean
oracle_problem_read (const char *id, OracleProblem *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *relative = g_strdup_printf ("oracle/problems/%s.json", id);
  g_autofree char *csv = g_strdup_printf ("oracle/problems/%s.csv", id);
  g_autofree char *path = test_shared_path (relative);
  *self = (OracleProblem){0};
  if (path == NULL)
    return FALSE;
  self->root = xps_json_read (path, NULL, &error);
  g_assert_no_error (error);
  self->document = json_node_get_object (self->root);
  self->model = xps_model_from_json (self->root, id, &error);
  g_assert_no_error (error);
  g_autofree char *data = test_shared_path (csv);
  self->data = oracle_data_read (data);
  return TRUE;
}

static inline const XpsParameterResult *
oracle_find_parameter (const XpsResult *result, const char *name)
{
  for (guint i = 0; i < result->parameters->len; i++) {
    const XpsParameterResult *p = &g_array_index (result->parameters, XpsParameterResult, i);
    if (strcmp (p->name, name) == 0)
      return p;
  }
  g_error ("no parameter %s", name);
}

/* Parameters within `pulls` standard errors of the reference, standard errors within `relative`. */
static inline void
oracle_compare (const XpsResult *result, JsonObject *parameters, double pulls, double relative)
{
  g_autoptr (GList) names = json_object_get_members (parameters);
  for (GList *l = names; l != NULL; l = l->next) {
    JsonObject *reference = json_object_get_object_member (parameters, l->data);
    const XpsParameterResult *p = oracle_find_parameter (result, l->data);
    const double value = json_object_get_double_member (reference, "value");
    if (json_object_get_null_member (reference, "stderr")) {
      g_assert_true (p->status == XPS_STATUS_AT_MIN || p->status == XPS_STATUS_AT_MAX);
      g_assert_true (isnan (p->quantity.error));
      test_assert_close (p->quantity.value, value, 1e-12 * fabs (value));
      continue;
    }
    const double error = json_object_get_double_member (reference, "stderr");
    if (!(fabs (p->quantity.value - value) <= pulls * error))
      g_error ("%s = %.12g, reference %.12g: off by %.2g standard errors", p->name, p->quantity.value, value,
               fabs (p->quantity.value - value) / error);
    if (!(fabs (p->quantity.error / error - 1) <= relative))
      g_error ("standard error of %s = %.12g, reference %.12g: off by %.2g", p->name, p->quantity.error,
               error, p->quantity.error / error - 1);
  }
}
