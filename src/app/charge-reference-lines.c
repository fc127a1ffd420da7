/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/charge-reference-lines.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-number.h"
#include "reference/reference.h"

/* ---- lines ---- */

static void
line_free (gpointer data)
{
  XpsChargeLine *line = data;
  g_free (line->name);
  g_free (line->title);
  g_free (line->level);
  g_free (line);
}

static gboolean
has_current_record (const XpsRegion *region)
{
  const XpsFitState state = xps_region_get_fit_state (region);
  return region->record != NULL && (state == XPS_FIT_STATE_FITTED || state == XPS_FIT_STATE_WARNED);
}

/* Where the curve is highest, with the error of the fit where there is one. */
static XpsQuantity
find_position (const XpsRegion *region, const XpsPreview *preview, guint index, const char *name)
{
  XpsQuantity position = {NAN, NAN};
  const XpsRecordComponent *fitted =
      has_current_record (region) ? xps_fit_record_find_component (region->record, 0, name) : NULL;
  if (fitted != NULL && isfinite (fitted->maximum.value))
    return fitted->maximum;
  xps_preview_get_component (preview, index, &position.value, NULL, NULL, NULL);
  return position;
}

static char *
dup_line_name (const XpsComponent *component, const char *level)
{
  const char *own = component->phase != NULL ? component->phase : component->name;
  if (component->label != NULL)
    return component->phase != NULL ? g_strdup_printf ("%s %s", component->label, component->phase)
                                    : g_strdup (component->label);
  return level != NULL && strstr (own, level) == NULL ? g_strdup_printf ("%s %s", level, own)
                                                      : g_strdup (own);
}

static void
add_line (GPtrArray *lines, const XpsRegion *region, const XpsPreview *preview, guint index)
{
  const XpsModelPart *part = g_ptr_array_index (preview->model->parts, 0);
  const XpsComponent *component = g_ptr_array_index (part->components, index);
  const XpsQuantity position = find_position (region, preview, index, component->name);
  if (!isfinite (position.value))
    return; /* a step has no maximum */
  XpsChargeLine *line = g_new0 (XpsChargeLine, 1);
  line->level = xps_region_dup_level (region->spectrum);
  line->name = dup_line_name (component, line->level);
  line->position = position;
  line->shift = part->energy_shift;
  g_autofree char *number = isfinite (position.error) ? xps_page_dup_quantity (position, 2)
                                                      : xps_page_dup_number (position.value, 2);
  /* Translators: a line in a region and where it lies: "C 1s: CC, 285.31(2) eV". */
  line->title = g_strdup_printf (_ ("%s: %s, %s eV"), region->name, component->name, number);
  g_ptr_array_add (lines, line);
}

static void
add_shown (GPtrArray *lines, XpsSession *session)
{
  const XpsPreview *preview = xps_session_get_preview (session);
  const XpsRegion *region = xps_session_get_region (session);
  const int selected = xps_session_get_component (session);
  const XpsModelPart *part = g_ptr_array_index (preview->model->parts, 0);
  if (selected >= 0 && (guint)selected < part->components->len)
    add_line (lines, region, preview, (guint)selected);
  for (guint i = 0; i < part->components->len; i++)
    if ((int)i != selected)
      add_line (lines, region, preview, i);
}

GPtrArray *
xps_charge_list_lines (XpsSession *session)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  const XpsRegion *shown = xps_session_get_region (session);
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  if (shown == NULL)
    return lines;
  add_shown (lines, session);
  for (guint i = 0; i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
    if (region->id == shown->id || region->sample != shown->sample || part->components->len == 0)
      continue;
    g_autoptr (XpsPreview) preview =
        xps_preview_new (region->spectrum, &region->scale, region->model, 0, region->weights);
    for (guint k = 0; k < part->components->len; k++)
      add_line (lines, region, preview, k);
  }
  return lines;
}

/* ---- values ---- */

#define WITHIN      15.0 /* eV: charging of an insulator under a flood gun rarely shifts more */
#define MOST_VALUES 80

static void
value_free (gpointer data)
{
  XpsChargeValue *value = data;
  g_free (value->title);
  g_free (value->source);
  g_free (value);
}

static char *
dup_source_words (XpsReference *reference, const XpsReferenceLine *line)
{
  g_autoptr (GPtrArray) sources =
      line->source != NULL ? xps_reference_get_sources (reference, line->source, NULL) : NULL;
  if (sources == NULL || sources->len == 0)
    return g_strdup (line->source != NULL ? line->source : "");
  const XpsReferenceSource *source = g_ptr_array_index (sources, 0);
  const char *who = source->authors != NULL ? source->authors : source->title;
  if (who == NULL)
    return g_strdup (line->source);
  return source->year > 0 ? g_strdup_printf ("%s %d", who, source->year) : g_strdup (who);
}

static XpsChargeValue *
value_new (XpsReference *reference, const XpsReferenceLine *line)
{
  XpsChargeValue *value = g_new0 (XpsChargeValue, 1);
  g_autofree char *who = dup_source_words (reference, line);
  g_autofree char *number = xps_page_dup_number (line->energy, 2);
  const char *scale = line->charge_reference != NULL ? line->charge_reference : _ ("scale not recorded");
  value->energy = line->energy;
  /* Translators: species, binding energy, source, scale that the source used. */
  value->title = g_strdup_printf (_ ("%s, %s eV: %s (%s)"), line->species, number, who, scale);
  value->source = line->charge_reference != NULL ? g_strdup_printf ("%s; %s", who, line->charge_reference)
                                                 : g_strdup (who);
  return value;
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  const double x = (*(const XpsChargeValue *const *)a)->energy,
               y = (*(const XpsChargeValue *const *)b)->energy;
  return x < y ? -1 : x > y ? 1 : 0;
}

GPtrArray *
xps_charge_list_values (const char *level, double near)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (value_free);
  XpsReferenceQuery query;
  g_autoptr (XpsReference) reference = level != NULL ? xps_reference_open (NULL, NULL, NULL) : NULL;
  if (reference == NULL)
    return values; /* then the value is typed */
  xps_reference_query_init (&query);
  query.level = level;
  if (!isnan (near)) {
    query.near = near;
    query.within = WITHIN;
  }
  g_autoptr (GPtrArray) found = xps_reference_search (reference, &query, NULL);
  for (guint i = 0; found != NULL && i < MIN (found->len, (guint)MOST_VALUES); i++)
    g_ptr_array_add (values, value_new (reference, g_ptr_array_index (found, i)));
  g_ptr_array_sort (values, compare_values);
  return values;
}

/* ---- regions ---- */

static gboolean
is_selected (XpsSession *session, guint id)
{
  const GArray *selected = xps_session_get_selected_regions (session);
  for (guint i = 0; i < selected->len; i++)
    if (g_array_index (selected, guint, i) == id)
      return TRUE;
  return FALSE;
}

GArray *
xps_charge_list_regions (XpsSession *session, XpsChargeScope scope)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint));
  const XpsRegion *shown = xps_session_get_region (session);
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  for (guint i = 0; shown != NULL && i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    const gboolean electrons = region->kind != XPS_REGION_OTHER;
    const gboolean meant = region->id == shown->id ||
                           (scope == XPS_CHARGE_SAMPLE && region->sample == shown->sample && electrons) ||
                           (scope == XPS_CHARGE_SELECTED && is_selected (session, region->id) && electrons);
    if (meant)
      g_array_append_val (ids, region->id);
  }
  return ids;
}
