/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/series-steps.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

void
xps_cli_steps_init (XpsCliSteps *self, gsize n_parts)
{
  *self = (XpsCliSteps){.placed = xps_series_groups_new (0, n_parts),
                        .rule = XPS_GROUP_GUESSED,
                        .told = g_hash_table_new (NULL, NULL)};
}

void
xps_cli_steps_clear (XpsCliSteps *self)
{
  xps_series_groups_free (self->placed);
  g_free (self->awaited);
  g_hash_table_unref (self->told);
}

static void
place (XpsCliSteps *self, gsize n_rows, const int *rows)
{
  const gsize n = self->placed->n_parts, before = self->placed->n_steps;
  XpsSeriesGroups *next = xps_series_groups_new (before + n_rows, n);
  next->rule = self->placed->rule;
  memcpy (next->inputs, self->placed->inputs, before * n * sizeof (int));
  memcpy (next->inputs + before * n, rows, n_rows * n * sizeof (int));
  xps_series_groups_free (self->placed);
  self->placed = next;
}

void
xps_cli_steps_place (XpsCliSteps *self, const GArray *rows)
{
  place (self, rows->len / self->placed->n_parts, (const int *)(void *)rows->data);
}

GPtrArray *
xps_cli_steps_read_marks (const char *text, const char *file, GArray *rows, GError **error)
{
  g_autoptr (JsonNode) node = xps_json_read (file, text, error);
  JsonArray *steps = NULL, *spectra = NULL;
  if (node == NULL)
    return NULL;
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func (g_free);
  gboolean good = JSON_NODE_HOLDS_OBJECT (node) &&
                  xps_json_get_array (json_node_get_object (node), "steps", &steps, NULL) && steps != NULL;
  for (guint i = 0; good && i < json_array_get_length (steps); i++) {
    JsonNode *step = json_array_get_element (steps, i);
    good = JSON_NODE_HOLDS_OBJECT (step) &&
           xps_json_get_array (json_node_get_object (step), "spectra", &spectra, NULL) && spectra != NULL;
    for (guint k = 0; good && k < json_array_get_length (spectra); k++) {
      const int at = json_array_get_null_element (spectra, k) ? -1 : (int)marks->len;
      g_array_append_val (rows, at);
      if (at >= 0)
        g_ptr_array_add (marks, g_strdup (json_array_get_string_element (spectra, k)));
    }
  }
  if (good)
    return g_steal_pointer (&marks);
  xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_FILE, file, NULL,
                 "does not say which spectra its steps are of", "start afresh with another --output");
  return NULL;
}

/* ---- levels ---- */

/* Of each input its level by the window of the model, -1: none. */
static int *
find_levels (const XpsCliSteps *self, const XpsCliSeriesOptions *options, const XpsModel *model,
             const GArray *inputs)
{
  const gsize n = self->placed->n_parts;
  g_autofree XpsSeriesWindow *windows = xps_cli_series_dup_windows (options, model);
  int *levels = g_new (int, inputs->len + 1);
  for (guint i = 0; i < inputs->len; i++)
    levels[i] = -1;
  for (gsize k = n; k-- > 0;) {
    g_autoptr (GPtrArray) members =
        xps_series_find_members ((const XpsSeriesInput *)(void *)inputs->data, inputs->len, &windows[k], 1,
                                 options->photon_energy, NULL, NULL);
    const GArray *found = members != NULL ? g_ptr_array_index (members, 0) : NULL;
    for (guint i = 0; found != NULL && i < found->len; i++)
      levels[g_array_index (found, gsize, i)] = (int)k;
  }
  for (gsize i = 0; i < self->placed->n_steps * n; i++)
    if (self->placed->inputs[i] >= 0)
      levels[self->placed->inputs[i]] = (int)(i % n);
  return levels;
}

static const char **
dup_names (const XpsModel *model)
{
  const char **names = g_new0 (const char *, model->parts->len + 1);
  for (guint k = 0; k < model->parts->len; k++) {
    const XpsModelPart *part = g_ptr_array_index (model->parts, k);
    names[k] = part->region != NULL ? part->region : part->id;
  }
  return names;
}

/* ---- said ---- */

static void
say (const char *message)
{
  g_autofree char *text = xps_text_dup_printable (message, -1);
  g_printerr ("corelevel-cli: %s\n", text);
}

/* Once for each step and what it lacks. */
static void
say_awaited (XpsCliSteps *self, const XpsSeriesArrivals *arrivals, const char *const *names)
{
  GString *text = g_string_new (NULL);
  for (gsize row = arrivals->n_ready; row < arrivals->groups->n_steps; row++) {
    g_autofree char *lacking = xps_series_arrivals_dup_lacking (arrivals, row, names);
    g_autofree char *line =
        xps_text_printf ("%sstep %" G_GSIZE_FORMAT " waits for %s", row > arrivals->n_ready ? "; " : "",
                         self->placed->n_steps + row - arrivals->n_ready + 1, lacking);
    g_string_append (text, line);
  }
  if (text->len > 0 && g_strcmp0 (text->str, self->awaited) != 0)
    say (text->str);
  g_free (self->awaited);
  self->awaited = g_string_free (text, FALSE);
}

static void
say_missing (const XpsCliSteps *self, const XpsSeriesArrivals *arrivals, const char *const *names)
{
  const gsize first = self->placed->n_steps - arrivals->n_ready;
  for (gsize row = 0; row < arrivals->n_ready; row++) {
    g_autofree char *lacking = xps_series_arrivals_dup_lacking (arrivals, row, names);
    if (lacking[0] == '\0')
      continue;
    g_autofree char *line = xps_text_printf ("step %" G_GSIZE_FORMAT " is taken without %s: it did not come",
                                             first + row + 1, lacking);
    xps_cli_warn (line);
  }
}

static void
say_late (XpsCliSteps *self, const XpsSeriesArrivals *arrivals, const GArray *inputs)
{
  for (guint i = 0; i < inputs->len; i++) {
    const XpsSeriesInput *input = &g_array_index (inputs, XpsSeriesInput, i);
    if (!arrivals->late[i] || !g_hash_table_add (self->told, (gpointer)input->spectrum))
      continue;
    g_autofree char *file = g_path_get_basename (input->file != NULL ? input->file : "");
    g_autofree char *line = xps_text_printf ("%s came when its step was taken already: it is left out", file);
    xps_cli_warn (line);
  }
}

/* ---- steps ---- */

XpsSeries *
xps_cli_steps_put_together (const XpsCliSteps *self, const XpsCliSeriesOptions *options,
                            const XpsModel *model, const GArray *inputs, GError **error)
{
  return xps_cli_series_put_in_steps (options, model, (const XpsSeriesInput *)(void *)inputs->data,
                                      inputs->len, self->placed, NULL, error);
}

XpsSeries *
xps_cli_steps_take (XpsCliSteps *self, const XpsCliSeriesOptions *options, const XpsModel *model,
                    const GArray *inputs, XpsArrivalHaste haste, GError **error)
{
  g_autofree int *levels = find_levels (self, options, model, inputs);
  g_autofree const char **names = dup_names (model);
  g_autoptr (XpsSeriesArrivals) arrivals =
      xps_series_arrive ((const XpsSeriesInput *)(void *)inputs->data, inputs->len, levels, NULL,
                         self->placed, self->rule, haste);
  const gsize before = self->placed->n_steps;
  say_late (self, arrivals, inputs);
  self->n_open = arrivals->groups->n_steps - arrivals->n_ready;
  if (arrivals->n_ready == 0) {
    say_awaited (self, arrivals, names);
    return NULL;
  }
  self->placed->rule = self->rule = arrivals->groups->rule;
  place (self, arrivals->n_ready, arrivals->groups->inputs);
  XpsSeries *series = xps_cli_steps_put_together (self, options, model, inputs, error);
  if (series == NULL) {
    self->placed->n_steps = before;
    return NULL;
  }
  say_missing (self, arrivals, names);
  say_awaited (self, arrivals, names);
  return series;
}
