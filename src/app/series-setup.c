/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-setup.h"

#include <math.h>
#include <string.h>

#include "app/series-plan-text.h"
#include "base/json.h"

static void
exclusion_free (gpointer data)
{
  XpsSeriesExclusion *exclusion = data;
  g_free (exclusion->reason);
  g_free (exclusion);
}

XpsSeriesSetup *
xps_series_setup_new (const XpsModel *model)
{
  XpsSeriesSetup *self = g_new0 (XpsSeriesSetup, 1);
  self->regions = g_array_new (FALSE, FALSE, sizeof (guint));
  self->levels = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  self->sums = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  self->clocks = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_clock_free);
  self->exclusions = g_ptr_array_new_with_free_func (exclusion_free);
  self->model = xps_model_copy (model);
  self->plan = xps_series_plan_new ();
  self->quantity = xps_series_quantity_new ();
  return self;
}

void
xps_series_setup_free (XpsSeriesSetup *self)
{
  g_array_unref (self->regions);
  g_ptr_array_unref (self->levels);
  g_ptr_array_unref (self->sums);
  g_free (self->pattern);
  g_free (self->axis);
  g_ptr_array_unref (self->clocks);
  g_ptr_array_unref (self->exclusions);
  xps_model_free (self->model);
  xps_series_plan_free (self->plan);
  xps_series_quantity_free (self->quantity);
  g_free (self);
}

XpsSeriesSetup *
xps_series_setup_copy (const XpsSeriesSetup *self)
{
  XpsSeriesSetup *copy = xps_series_setup_new (self->model);
  g_array_append_vals (copy->regions, self->regions->data, self->regions->len);
  for (guint k = 0; k < self->levels->len; k++)
    g_ptr_array_add (copy->levels, g_array_copy (g_ptr_array_index (self->levels, k)));
  for (guint k = 0; k < self->sums->len; k++)
    g_ptr_array_add (copy->sums, g_array_copy (g_ptr_array_index (self->sums, k)));
  copy->grouping = self->grouping;
  copy->average = self->average;
  copy->bins = self->bins;
  copy->pattern = g_strdup (self->pattern);
  copy->axis = g_strdup (self->axis);
  for (guint i = 0; i < self->clocks->len; i++)
    g_ptr_array_add (copy->clocks, xps_clock_copy (g_ptr_array_index (self->clocks, i)));
  for (guint i = 0; i < self->exclusions->len; i++) {
    const XpsSeriesExclusion *exclusion = g_ptr_array_index (self->exclusions, i);
    xps_series_setup_exclude (copy, exclusion->step, exclusion->reason);
  }
  xps_series_plan_free (copy->plan);
  copy->plan = xps_series_plan_copy (self->plan);
  xps_series_quantity_free (copy->quantity);
  copy->quantity = xps_series_quantity_copy (self->quantity);
  return copy;
}

void
xps_series_setup_exclude (XpsSeriesSetup *self, guint step, const char *reason)
{
  for (guint i = self->exclusions->len; i-- > 0;)
    if (((XpsSeriesExclusion *)g_ptr_array_index (self->exclusions, i))->step == step)
      g_ptr_array_remove_index (self->exclusions, i);
  if (reason == NULL)
    return;
  XpsSeriesExclusion *exclusion = g_new0 (XpsSeriesExclusion, 1);
  exclusion->step = step;
  exclusion->reason = g_strdup (reason);
  g_ptr_array_add (self->exclusions, exclusion);
}

void
xps_series_setup_take_clock (XpsSeriesSetup *self, XpsClock *clock)
{
  for (guint i = self->clocks->len; i-- > 0;)
    if (strcmp (((XpsClock *)g_ptr_array_index (self->clocks, i))->name, clock->name) == 0)
      g_ptr_array_remove_index (self->clocks, i);
  g_ptr_array_add (self->clocks, clock);
}

/* ---- levels ---- */

gsize
xps_series_setup_get_n_levels (const XpsSeriesSetup *self)
{
  return self->levels->len + 1;
}

static GArray *
get_level (const XpsSeriesSetup *self, gsize level)
{
  return level == 0 ? self->regions : g_ptr_array_index (self->levels, level - 1);
}

guint
xps_series_setup_get_region (const XpsSeriesSetup *self, gsize place, gsize level)
{
  const GArray *regions = get_level (self, level);
  return place < regions->len ? g_array_index (regions, guint, place) : 0;
}

int
xps_series_setup_find_level (const XpsSeriesSetup *self, guint region)
{
  for (gsize k = 0; region != 0 && k < xps_series_setup_get_n_levels (self); k++)
    for (guint i = 0; i < get_level (self, k)->len; i++)
      if (g_array_index (get_level (self, k), guint, i) == region)
        return (int)k;
  return -1;
}

/* Every level has as many places, and the last place has something. */
static void
even_out (XpsSeriesSetup *self)
{
  guint n = 0;
  for (gsize k = 0; k < xps_series_setup_get_n_levels (self); k++)
    for (guint i = n; i < get_level (self, k)->len; i++)
      n = g_array_index (get_level (self, k), guint, i) != 0 ? i + 1 : n;
  for (gsize k = 0; k < xps_series_setup_get_n_levels (self); k++) {
    const guint before = get_level (self, k)->len;
    g_array_set_size (get_level (self, k), n);
    for (guint i = before; i < n; i++)
      g_array_index (get_level (self, k), guint, i) = 0;
  }
}

void
xps_series_setup_shift_level (XpsSeriesSetup *self, gsize level, gsize place, gboolean down)
{
  static const guint gap = 0;
  GArray *regions = get_level (self, level);
  if (place >= regions->len)
    return;
  if (down)
    g_array_insert_val (regions, (guint)place, gap);
  else
    g_array_remove_index (regions, (guint)place);
  self->grouping = XPS_GROUP_GIVEN;
  even_out (self);
}

/* ---- written ---- */

static void
write_ids (const GArray *ids, JsonBuilder *builder)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < ids->len; i++)
    json_builder_add_int_value (builder, g_array_index (ids, guint, i));
  json_builder_end_array (builder);
}

static void
write_lists (const GPtrArray *lists, const char *name, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint k = 0; k < lists->len; k++)
    write_ids (g_ptr_array_index (lists, k), builder);
  json_builder_end_array (builder);
}

static void
write_clock (const XpsClock *clock, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "kind", xps_clock_kind_to_text (clock->kind));
  xps_json_add_string (builder, "name", clock->name);
  xps_json_add_string (builder, "unit", clock->unit);
  xps_json_add_string (builder, "reference", clock->reference);
  xps_json_add_string (builder, "source", clock->source);
  xps_json_add_numbers (builder, "values", clock->n, clock->values);
  json_builder_end_object (builder);
}

static char *
dup_text (const XpsSeriesSetup *self, gboolean whole)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  xps_json_add_integer (builder, "corelevel_series", 1);
  json_builder_set_member_name (builder, "regions");
  write_ids (self->regions, builder);
  if (self->levels->len > 0) {
    xps_json_add_string (builder, "grouping", xps_group_rule_to_text (self->grouping));
    write_lists (self->levels, "levels", builder);
    if (self->sums->len > 0)
      write_lists (self->sums, "sums", builder);
  }
  xps_json_add_string (builder, "pattern", self->pattern);
  xps_json_add_string (builder, "axis", self->axis);
  json_builder_set_member_name (builder, "clocks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->clocks->len; i++)
    write_clock (g_ptr_array_index (self->clocks, i), builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "exclusions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->exclusions->len; i++) {
    const XpsSeriesExclusion *exclusion = g_ptr_array_index (self->exclusions, i);
    json_builder_begin_object (builder);
    xps_json_add_integer (builder, "step", exclusion->step);
    xps_json_add_string (builder, "reason", exclusion->reason);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  if (self->average > 1)
    xps_json_add_integer (builder, "average", self->average);
  if (self->bins > 1)
    xps_json_add_integer (builder, "bins", self->bins);
  xps_series_plan_write (self->plan, builder);
  if (whole)
    xps_series_quantity_write (self->quantity, builder);
  json_builder_set_member_name (builder, "model");
  xps_model_to_json (self->model, builder);
  json_builder_end_object (builder);
  return xps_json_dup_text (builder, FALSE);
}

char *
xps_series_setup_dup_text (const XpsSeriesSetup *self)
{
  return dup_text (self, TRUE);
}

char *
xps_series_setup_dup_fit_text (const XpsSeriesSetup *self)
{
  return dup_text (self, FALSE);
}

/* ---- read ---- */

static gboolean
read_ids (JsonArray *array, const char *name, GArray *ids, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    double id = 0;
    if (!xps_json_node_get_number (json_array_get_element (array, i), name, &id, error))
      return FALSE;
    const guint region = id >= 1 && id < G_MAXINT ? (guint)id : 0;
    g_array_append_val (ids, region);
  }
  return TRUE;
}

static gboolean
read_lists (JsonObject *root, const char *name, GPtrArray *lists, GError **error)
{
  JsonArray *array = NULL;
  if (!xps_json_get_array (root, name, &array, error))
    return FALSE;
  for (guint k = 0; array != NULL && k < json_array_get_length (array); k++) {
    JsonNode *node = json_array_get_element (array, k);
    GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint));
    g_ptr_array_add (lists, ids);
    if (JSON_NODE_HOLDS_ARRAY (node) && !read_ids (json_node_get_array (node), name, ids, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_levels (XpsSeriesSetup *self, JsonObject *root, GError **error)
{
  const char *grouping = NULL;
  if (!read_lists (root, "levels", self->levels, error) || !read_lists (root, "sums", self->sums, error) ||
      !xps_json_get_string (root, "grouping", &grouping, error))
    return FALSE;
  if (grouping == NULL || !xps_group_rule_from_text (grouping, &self->grouping))
    self->grouping = XPS_GROUP_GIVEN;
  even_out (self);
  if (self->model->parts->len == xps_series_setup_get_n_levels (self))
    return TRUE;
  g_set_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_FILE,
               "series: the model has another number of core levels");
  return FALSE;
}

static gboolean
read_regions (XpsSeriesSetup *self, JsonObject *root, GError **error)
{
  JsonArray *array;
  return xps_series_json_get_array (root, "regions", &array, error) &&
         read_ids (array, "regions", self->regions, error) && read_levels (self, root, error);
}

static gboolean
read_clock (XpsSeriesSetup *self, JsonObject *object, GError **error)
{
  const char *kind_text = NULL, *name = NULL, *unit = NULL, *reference = NULL, *source = NULL;
  JsonArray *values;
  XpsClockKind kind;
  if (!xps_json_get_string (object, "kind", &kind_text, error) ||
      !xps_json_get_string (object, "name", &name, error) ||
      !xps_json_get_string (object, "unit", &unit, error) ||
      !xps_json_get_string (object, "reference", &reference, error) ||
      !xps_json_get_string (object, "source", &source, error) ||
      !xps_series_json_get_array (object, "values", &values, error))
    return FALSE;
  if (kind_text == NULL || !xps_clock_kind_from_text (kind_text, &kind)) {
    g_set_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_FILE, "series: a clock has no kind");
    return FALSE;
  }
  XpsClock *clock = xps_clock_new (kind, name, unit, json_array_get_length (values), NULL);
  g_ptr_array_add (self->clocks, clock);
  g_free (clock->reference);
  clock->reference = g_strdup (reference);
  g_free (clock->source);
  clock->source = g_strdup (source);
  for (guint i = 0; i < clock->n; i++) {
    JsonNode *node = json_array_get_element (values, i);
    if (!JSON_NODE_HOLDS_NULL (node) && !xps_json_node_get_number (node, "values", &clock->values[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_clocks (XpsSeriesSetup *self, JsonObject *root, GError **error)
{
  JsonArray *array;
  if (!xps_series_json_get_array (root, "clocks", &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = xps_series_json_get_entry (array, i, error);
    if (object == NULL || !read_clock (self, object, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_exclusions (XpsSeriesSetup *self, JsonObject *root, GError **error)
{
  JsonArray *array;
  if (!xps_series_json_get_array (root, "exclusions", &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = xps_series_json_get_entry (array, i, error);
    double step = -1;
    const char *reason = NULL;
    if (object == NULL || !xps_json_get_number (object, "step", &step, error) ||
        !xps_json_get_string (object, "reason", &reason, error))
      return FALSE;
    if (step >= 0 && step < G_MAXINT)
      xps_series_setup_exclude (self, (guint)step, reason != NULL ? reason : "");
  }
  return TRUE;
}

static gboolean
read_count (JsonObject *root, const char *name, guint *count, GError **error)
{
  double value = 0;
  if (!xps_json_get_number (root, name, &value, error))
    return FALSE;
  *count = value > 1 && value < 1e6 ? (guint)value : 0;
  return TRUE;
}

XpsSeriesSetup *
xps_series_setup_from_text (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = xps_json_read ("series", text, error);
  JsonObject *root = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *model_node = root != NULL ? json_object_get_member (root, "model") : NULL;
  const char *pattern = NULL, *axis = NULL;
  if (node != NULL && model_node == NULL)
    g_set_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_FILE, "series: \"model\" is missing");
  g_autoptr (XpsModel) model = model_node != NULL ? xps_model_from_json (model_node, "series", error) : NULL;
  if (model == NULL)
    return NULL;
  g_autoptr (XpsSeriesSetup) self = xps_series_setup_new (model);
  if (!xps_json_get_string (root, "pattern", &pattern, error) ||
      !xps_json_get_string (root, "axis", &axis, error) || !read_regions (self, root, error) ||
      !read_clocks (self, root, error) || !read_exclusions (self, root, error) ||
      !read_count (root, "average", &self->average, error) ||
      !read_count (root, "bins", &self->bins, error) || !xps_series_plan_read (self->plan, root, error) ||
      !xps_series_quantity_read (self->quantity, root, error))
    return NULL;
  self->pattern = g_strdup (pattern);
  self->axis = g_strdup (axis);
  return g_steal_pointer (&self);
}
