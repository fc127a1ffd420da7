/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "series/map.h"

static gboolean
refuse (GError **error, const char *place, const char *what, const char *remedy)
{
  return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN, place, NULL, what, remedy);
}

static gboolean
check_rule (const XpsSeriesMap *map, const XpsSeriesRule *rule, GError **error)
{
  const XpsParameter *p = xps_model_get_parameter (map->model, rule->parameter);
  if (p == NULL)
    return refuse (error, rule->parameter, N_ ("is no parameter of the model"),
                   N_ ("see the names in the model"));
  if (p->kind == XPS_PARAMETER_FREE)
    return TRUE;
  return refuse (error, rule->parameter,
                 p->kind == XPS_PARAMETER_FIXED ? N_ ("is fixed in the model")
                                                : N_ ("is linked in the model"),
                 N_ ("only free parameters can be shared or follow the axis"));
}

static gboolean
check_frame (const XpsSeriesMap *map, const XpsEnergyFrame *frame, GError **error)
{
  for (guint k = 0; k < frame->components->len; k++) {
    const char *name = g_ptr_array_index (frame->components, k);
    gboolean found = FALSE;
    for (gsize c = 0; c < map->n_components; c++)
      found |= g_strcmp0 (map->components[c].component->name, name) == 0 ||
               g_strcmp0 (map->components[c].component->phase, name) == 0;
    if (!found) {
      g_autofree char *what = g_strdup_printf (_ ("no component or species is called \"%s\""), name);
      return refuse (error, frame->name, what, N_ ("see the names in the model"));
    }
  }
  if (frame->components->len > 0)
    return TRUE;
  return refuse (error, frame->name, N_ ("the frame has no components"), N_ ("name one at least"));
}

/* Whether two positions hang on a common unknown. */
static gboolean
are_tied (const XpsSeriesMap *map, const XpsMapComponent *a, const XpsMapComponent *b)
{
  if (a->position < 0 || b->position < 0)
    return FALSE;
  for (guint i = 0; i < map->roots[a->position]->len; i++)
    for (guint k = 0; k < map->roots[b->position]->len; k++)
      if (g_array_index (map->roots[a->position], XpsMapRoot, i).parameter ==
          g_array_index (map->roots[b->position], XpsMapRoot, k).parameter)
        return TRUE;
  return FALSE;
}

/* A line in no frame whose position hangs on one that is in a frame would be left behind. */
static gboolean
check_ties (const XpsSeriesMap *map, GError **error)
{
  for (gsize a = 0; a < map->n_components; a++)
    for (gsize b = 0; b < map->n_components; b++) {
      const XpsMapComponent *in = &map->components[a], *out = &map->components[b];
      if (in->frame < 0 || out->frame >= 0 || !are_tied (map, in, out))
        continue;
      g_autofree char *what =
          g_strdup_printf ("its energy is tied to \"%s\", which is in an energy frame", in->component->name);
      return refuse (error, out->component->name, what, N_ ("name it in that frame or in another"));
    }
  return TRUE;
}

/* The energies of a frame are constants; a rule that lets one of them run contradicts that. */
static gboolean
check_frame_rules (const XpsSeriesPlan *self, const XpsSeriesMap *map, GError **error)
{
  for (gsize c = 0; c < map->n_components; c++) {
    const XpsMapComponent *component = &map->components[c];
    if (component->frame < 0 || component->position < 0)
      continue;
    for (guint k = 0; k < map->roots[component->position]->len; k++) {
      const guint root = g_array_index (map->roots[component->position], XpsMapRoot, k).parameter;
      const XpsParameter *p = g_ptr_array_index (map->model->parameters, root);
      if (xps_series_plan_get_rule (self, p->name, NULL) > XPS_ACROSS_SHARED)
        return refuse (error, p->name, N_ ("follows the axis by a rule and by an energy frame"),
                       N_ ("drop one of the two"));
    }
  }
  return TRUE;
}

static gboolean
needs_axis (const XpsSeriesPlan *self)
{
  for (guint i = 0; i < self->rules->len; i++)
    if (((XpsSeriesRule *)g_ptr_array_index (self->rules, i))->across > XPS_ACROSS_SHARED)
      return TRUE;
  return self->frames->len > 0;
}

static int
compare (const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Different values of the axis among the steps that are in. */
static gsize
count_places (const XpsSeries *series)
{
  const XpsClock *axis = xps_series_get_axis (series);
  g_autofree double *values = g_new (double, MAX (axis->n, 1));
  gsize n = 0, places = 0;
  for (gsize i = 0; i < axis->n; i++)
    if (isfinite (axis->values[i]) && xps_series_get_step (series, i)->exclusion == NULL)
      values[n++] = axis->values[i];
  if (n > 0)
    qsort (values, n, sizeof *values, compare);
  for (gsize i = 0; i < n; i++)
    places += i == 0 || values[i] > values[i - 1] ? 1 : 0;
  return places;
}

static gboolean
check_axis (const XpsSeriesPlan *self, const XpsSeries *series, GError **error)
{
  const gsize places = count_places (series);
  if (places < 2)
    return refuse (error, xps_series_get_axis (series)->name, N_ ("does not change along the series"),
                   N_ ("choose another axis for links and frames"));
  for (guint i = 0; i < self->rules->len; i++) {
    const XpsSeriesRule *rule = g_ptr_array_index (self->rules, i);
    if (rule->across != XPS_ACROSS_SPLINE || rule->knots <= places)
      continue;
    g_autofree char *what =
        xps_text_printf (_ ("a curve of %u knots is not fixed by %zu different values of %s"),
                         rule->knots, places, xps_series_get_axis (series)->name);
    return refuse (error, rule->parameter, what, N_ ("take fewer knots"));
  }
  return TRUE;
}

static gboolean
names_component (const XpsEnergyFrame *frame, const XpsComponent *component)
{
  for (guint k = 0; k < frame->components->len; k++) {
    const char *name = g_ptr_array_index (frame->components, k);
    if (g_strcmp0 (component->name, name) == 0 || g_strcmp0 (component->phase, name) == 0)
      return TRUE;
  }
  return FALSE;
}

/* A line cannot move with two of them. */
static gboolean
check_one_frame (const XpsSeriesPlan *self, const XpsSeriesMap *map, GError **error)
{
  for (gsize c = 0; c < map->n_components; c++) {
    const XpsEnergyFrame *in = NULL;
    for (guint i = 0; i < self->frames->len; i++) {
      const XpsEnergyFrame *frame = g_ptr_array_index (self->frames, i);
      if (!names_component (frame, map->components[c].component))
        continue;
      if (in == NULL) {
        in = frame;
        continue;
      }
      g_autofree char *what =
          g_strdup_printf (_ ("is in two energy frames, \"%s\" and \"%s\""), in->name, frame->name);
      return refuse (error, map->components[c].component->name, what, N_ ("name it in one of them"));
    }
  }
  return TRUE;
}

static gboolean
check_steps (const XpsSeries *series, GError **error)
{
  const gsize n = xps_series_get_n (series);
  for (gsize i = 0; i < n; i++)
    if (xps_series_get_step (series, i)->exclusion == NULL)
      return TRUE;
  return n == 0 || refuse (error, "plan", N_ ("every step is left out"), N_ ("take some of them in"));
}

gboolean
xps_series_plan_check (const XpsSeriesPlan *self, const XpsModel *model, const XpsSeries *series,
                       GError **error)
{
  g_autoptr (XpsSeriesMap) map = xps_series_map_new (model, self, error);
  if (map == NULL || !check_steps (series, error))
    return FALSE;
  if (self->mode != XPS_SERIES_GLOBAL) {
    if (self->rules->len == 0 && self->frames->len == 0)
      return TRUE;
    return refuse (error, "plan", N_ ("shared parameters and energy frames need a global fit"),
                   N_ ("choose the global mode"));
  }
  for (guint i = 0; i < self->rules->len; i++)
    if (!check_rule (map, g_ptr_array_index (self->rules, i), error))
      return FALSE;
  for (guint i = 0; i < self->frames->len; i++)
    if (!check_frame (map, g_ptr_array_index (self->frames, i), error))
      return FALSE;
  return check_one_frame (self, map, error) && check_ties (map, error) &&
         check_frame_rules (self, map, error) && (!needs_axis (self) || check_axis (self, series, error));
}
