/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-levels.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "fit/joint.h"
#include "fit/model-index.h"

/* ---- which there are ---- */

static void
clear_level (gpointer data)
{
  XpsSeriesLevel *level = data;
  g_free (level->name);
}

static gboolean
has_components (const XpsRegion *region)
{
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  return part->components->len > 0;
}

static gboolean
get_range (const XpsRegion *region, double *low, double *high)
{
  const gsize n = xps_spectrum_get_n (region->spectrum);
  g_autofree double *energy = g_new (double, MAX (n, 1));
  if (n < 2 || !xps_energy_to_binding (region->spectrum, &region->scale, energy, NULL))
    return FALSE;
  *low = fmin (energy[0], energy[n - 1]);
  *high = fmax (energy[0], energy[n - 1]);
  return TRUE;
}

/* Spectra without a name of a level are told apart by their energies. */
static gboolean
overlap (const XpsRegion *a, const XpsRegion *b)
{
  double low_a, high_a, low_b, high_b;
  if (!get_range (a, &low_a, &high_a) || !get_range (b, &low_b, &high_b))
    return FALSE;
  const double shared = fmin (high_a, high_b) - fmax (low_a, low_b);
  return shared > 0.5 * fmax (high_a - low_a, high_b - low_b);
}

static gboolean
is_same_level (const XpsRegion *a, const XpsRegion *b)
{
  g_autofree char *first = xps_region_dup_level (a->spectrum), *second = xps_region_dup_level (b->spectrum);
  if (first != NULL && second != NULL && strcmp (first, second) != 0)
    return FALSE;
  return overlap (a, b);
}

int
xps_series_levels_place (const GArray *levels, const XpsRegion *region)
{
  for (guint k = 0; k < levels->len; k++)
    if (is_same_level (g_array_index (levels, XpsSeriesLevel, k).leader, region))
      return (int)k;
  return -1;
}

static gboolean
is_taken (const GArray *levels, const char *name)
{
  for (guint k = 0; k < levels->len; k++)
    if (strcmp (g_array_index (levels, XpsSeriesLevel, k).name, name) == 0)
      return TRUE;
  return FALSE;
}

/* '/' stands between a level and the names of its parameters. */
static char *
dup_name (const GArray *levels, const XpsRegion *region)
{
  g_autofree char *name = xps_region_dup_level (region->spectrum);
  if (name == NULL || is_taken (levels, name))
    name = (g_free (name), g_strdup_printf (_ ("level %u"), levels->len + 1));
  g_strdelimit (name, "/", '-');
  return g_steal_pointer (&name);
}

static void
add_level (GArray *levels, const XpsRegion *leader)
{
  const XpsSeriesLevel level = {leader, dup_name (levels, leader)};
  g_array_append_val (levels, level);
}

static void
note_lacking (const GPtrArray *regions, const GArray *levels, GPtrArray *notes)
{
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < regions->len; i++) {
    const XpsRegion *region = g_ptr_array_index (regions, i);
    char *name = xps_region_dup_level (region->spectrum);
    if (name == NULL || region->kind == XPS_REGION_SURVEY || xps_series_levels_place (levels, region) >= 0 ||
        g_hash_table_contains (said, name)) {
      g_free (name);
      continue;
    }
    g_ptr_array_add (notes, g_strdup_printf (_ ("%s has no model and is left out"), name));
    g_hash_table_add (said, name);
  }
}

GArray *
xps_series_levels_find (const GPtrArray *regions, const XpsRegion *shown, GPtrArray *notes)
{
  GArray *levels = g_array_new (FALSE, FALSE, sizeof (XpsSeriesLevel));
  g_array_set_clear_func (levels, clear_level);
  add_level (levels, shown);
  for (int beside = 1; beside >= 0; beside--)
    for (guint i = 0; i < regions->len; i++) {
      const XpsRegion *region = g_ptr_array_index (regions, i);
      if (has_components (region) && (!beside || region->sample == shown->sample) &&
          xps_series_levels_place (levels, region) < 0)
        add_level (levels, region);
    }
  if (notes != NULL)
    note_lacking (regions, levels, notes);
  return levels;
}

/* ---- one model of them ---- */

static int
find_leader (const GArray *levels, guint region)
{
  for (guint k = 0; k < levels->len; k++)
    if (g_array_index (levels, XpsSeriesLevel, k).leader->id == region)
      return (int)k;
  return -1;
}

/* FALSE: the phase ties regions of other steps. */
static gboolean
add_tie (const GArray *levels, const XpsPhaseLink *link, GPtrArray *areas, GArray *ties)
{
  g_autofree XpsTiedArea *made = g_new0 (XpsTiedArea, link->areas->len);
  for (guint i = 0; i < link->areas->len; i++) {
    const XpsLinkedArea *area = g_ptr_array_index (link->areas, i);
    const int level = find_leader (levels, area->region);
    if (level < 0)
      return FALSE;
    made[i] = (XpsTiedArea){(gsize)level, area->component, area->factor};
  }
  const XpsAreaTie tie = {link->phase, link->tolerance, made, link->areas->len};
  g_array_append_val (ties, tie);
  g_ptr_array_add (areas, g_steal_pointer (&made));
  return TRUE;
}

/* Trends are called by components: names must differ over all levels. */
static void
tell_components_apart (XpsModel *model)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint s = 0; s < model->parts->len; s++) {
    XpsModelPart *part = g_ptr_array_index (model->parts, s);
    for (guint c = 0; c < part->components->len; c++) {
      XpsComponent *component = g_ptr_array_index (part->components, c);
      if (!g_hash_table_contains (names, component->name)) {
        g_hash_table_add (names, g_strdup (component->name));
        continue;
      }
      char *longer = g_strconcat (part->id, " ", component->name, NULL);
      g_free (component->name);
      component->name = longer;
      g_hash_table_add (names, g_strdup (longer));
    }
  }
}

XpsModel *
xps_series_levels_join (const GArray *levels, const XpsState *state, GError **error)
{
  g_autofree const XpsModel **models = g_new (const XpsModel *, levels->len);
  g_autofree const char **ids = g_new (const char *, levels->len);
  g_autoptr (GPtrArray) areas = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (XpsAreaTie));
  for (guint k = 0; k < levels->len; k++) {
    const XpsSeriesLevel *level = &g_array_index (levels, XpsSeriesLevel, k);
    models[k] = level->leader->model;
    ids[k] = level->name;
  }
  for (guint i = 0; i < xps_state_get_n_links (state); i++)
    add_tie (levels, xps_state_get_link (state, i), areas, ties);
  XpsModel *model =
      xps_joint_new (models, ids, levels->len, (const XpsAreaTie *)(void *)ties->data, ties->len, error);
  if (model != NULL)
    tell_components_apart (model);
  return model;
}

/* ---- steps ---- */

static void
take_groups (const XpsSeriesGroups *groups, const guint *ids, XpsSeriesSetup *setup)
{
  g_array_set_size (setup->regions, 0);
  g_ptr_array_set_size (setup->levels, 0);
  setup->grouping = groups->rule;
  for (gsize k = 0; k < groups->n_parts; k++) {
    GArray *level = k == 0 ? setup->regions : g_array_new (FALSE, FALSE, sizeof (guint));
    for (gsize i = 0; i < groups->n_steps; i++) {
      const int at = groups->inputs[i * groups->n_parts + k];
      const guint id = at >= 0 ? ids[at] : 0;
      g_array_append_val (level, id);
    }
    if (k > 0)
      g_ptr_array_add (setup->levels, level);
  }
}

/* Ids of those in `all` (places of regions) that are not in `kept`. */
static GArray *
list_dropped (const GArray *all, const GArray *kept, const guint *ids)
{
  GArray *dropped = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0, k = 0; i < all->len; i++)
    if (k < kept->len && g_array_index (kept, gsize, k) == g_array_index (all, gsize, i))
      k++;
    else
      g_array_append_val (dropped, ids[g_array_index (all, gsize, i)]);
  return dropped;
}

/* The setup keeps them: why they are no steps is said whenever its series is assembled. */
static void
drop_sums (const XpsSeriesInput *inputs, const GPtrArray *members, const guint *ids, GPtrArray *sums)
{
  for (guint k = 0; k < members->len; k++) {
    GArray *kept = g_ptr_array_index (members, k);
    g_autoptr (GArray) all = g_array_copy (kept);
    xps_series_drop_sums (inputs, kept, NULL);
    g_ptr_array_add (sums, list_dropped (all, kept, ids));
  }
}

/* Those of an earlier grouping were not asked again. */
static void
take_sums (XpsSeriesSetup *setup, GPtrArray *take_sums)
{
  for (guint k = 0; k < take_sums->len && k < setup->sums->len; k++) {
    const GArray *before = g_ptr_array_index (setup->sums, k);
    g_array_append_vals (g_ptr_array_index (take_sums, k), before->data, before->len);
  }
  g_ptr_array_unref (setup->sums);
  setup->sums = take_sums;
}

static gboolean
group_regions (const GPtrArray *regions, const GPtrArray *members, XpsGroupRule rule, XpsSeriesSetup *setup,
               GError **error)
{
  g_autofree XpsSeriesInput *inputs = g_new0 (XpsSeriesInput, regions->len + 1);
  g_autofree guint *samples = g_new0 (guint, regions->len + 1), *ids = g_new0 (guint, regions->len + 1);
  for (guint i = 0; i < regions->len; i++) {
    const XpsRegion *region = g_ptr_array_index (regions, i);
    inputs[i].spectrum = region->spectrum;
    inputs[i].file = region->source != NULL ? region->source->path : NULL;
    samples[i] = region->sample;
    ids[i] = region->id;
  }
  g_autoptr (GPtrArray) sums = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  drop_sums (inputs, members, ids, sums);
  g_autoptr (XpsSeriesGroups) groups = xps_series_group (
      inputs, regions->len, (GArray *const *)(void *)members->pdata, members->len, samples, rule, error);
  if (groups == NULL)
    return FALSE;
  take_groups (groups, ids, setup);
  take_sums (setup, g_steal_pointer (&sums));
  return TRUE;
}

static GPtrArray *
members_new (gsize n)
{
  GPtrArray *members = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (gsize k = 0; k < n; k++)
    g_ptr_array_add (members, g_array_new (FALSE, FALSE, sizeof (gsize)));
  return members;
}

gboolean
xps_series_levels_group (const GArray *levels, const GPtrArray *regions, XpsGroupRule rule,
                         XpsSeriesSetup *setup, GError **error)
{
  g_autoptr (GPtrArray) members = members_new (levels->len);
  for (gsize i = 0; i < regions->len; i++) {
    const int level = xps_series_levels_place (levels, g_ptr_array_index (regions, i));
    if (level >= 0)
      g_array_append_val ((GArray *)g_ptr_array_index (members, level), i);
  }
  return group_regions (regions, members, rule, setup, error);
}

gboolean
xps_series_levels_regroup (XpsSeriesSetup *setup, const XpsState *state, XpsGroupRule rule, GError **error)
{
  const gsize n_levels = xps_series_setup_get_n_levels (setup);
  g_autoptr (GPtrArray) members = members_new (n_levels);
  g_autoptr (GPtrArray) regions = g_ptr_array_new ();
  for (guint r = 0; r < xps_state_get_n_regions (state); r++) {
    const XpsRegion *region = xps_state_get_region (state, r);
    const int level = xps_series_setup_find_level (setup, region->id);
    const gsize at = regions->len;
    if (level < 0)
      continue;
    g_ptr_array_add (regions, (gpointer)region);
    g_array_append_val ((GArray *)g_ptr_array_index (members, level), at);
  }
  return group_regions (regions, members, rule, setup, error);
}

/* ---- one of them again ---- */

static void
use_roles (GHashTable *used, const XpsModelPart *part)
{
  for (guint c = 0; c < part->components->len; c++) {
    const XpsComponent *component = g_ptr_array_index (part->components, c);
    for (gsize k = 0; k < component->shape->n_roles; k++)
      if (component->roles[k] != NULL)
        g_hash_table_add (used, component->roles[k]);
  }
  for (guint b = 0; b < part->backgrounds->len; b++) {
    const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
    for (gsize k = 0; k < background->type->n_roles; k++)
      for (guint j = 0; background->roles[k] != NULL && j < background->roles[k]->len; j++)
        g_hash_table_add (used, g_ptr_array_index (background->roles[k], j));
  }
}

static gboolean
belongs (const char *name, const char *id)
{
  const gsize n = strlen (id);
  return strncmp (name, id, n) == 0 && name[n] == '/';
}

static void
shorten (char **name, const char *id)
{
  if (*name != NULL && belongs (*name, id))
    memmove (*name, *name + strlen (id) + 1, strlen (*name) - strlen (id));
}

/* What hangs on another level cannot hold in a region of its own. */
static void
cut_ties (XpsParameter *p, const char *id, double value)
{
  gboolean stays = p->kind == XPS_PARAMETER_LINKED;
  for (guint t = 0; stays && t < p->terms->len; t++)
    stays = belongs (((XpsLinkTerm *)g_ptr_array_index (p->terms, t))->of, id);
  if (stays || p->kind != XPS_PARAMETER_LINKED)
    return;
  g_ptr_array_set_size (p->terms, 0);
  p->kind = XPS_PARAMETER_FREE;
  p->value = value;
  p->constant = 0;
}

static void
shorten_part (XpsModelPart *part, const char *id)
{
  for (guint c = 0; c < part->components->len; c++) {
    XpsComponent *component = g_ptr_array_index (part->components, c);
    for (gsize k = 0; k < component->shape->n_roles; k++)
      shorten (&component->roles[k], id);
  }
  for (guint b = 0; b < part->backgrounds->len; b++) {
    XpsModelBackground *background = g_ptr_array_index (part->backgrounds, b);
    for (gsize k = 0; k < background->type->n_roles; k++)
      for (guint j = 0; background->roles[k] != NULL && j < background->roles[k]->len; j++)
        shorten ((char **)&background->roles[k]->pdata[j], id);
  }
}

/* Components that were called apart get their own names back. */
static void
restore_names (const XpsModel *step, gsize part_number, XpsModelPart *part)
{
  const gsize n = strlen (part->id);
  for (guint c = 0; c < part->components->len; c++) {
    XpsComponent *component = g_ptr_array_index (part->components, c);
    const char *rest = component->name + n + 1;
    if (strncmp (component->name, part->id, n) != 0 || component->name[n] != ' ')
      continue;
    for (gsize s = 0; s < part_number; s++) {
      const XpsModelPart *earlier = g_ptr_array_index (step->parts, s);
      for (guint k = 0; k < earlier->components->len; k++)
        if (strcmp (((XpsComponent *)g_ptr_array_index (earlier->components, k))->name, rest) == 0) {
          memmove (component->name, rest, strlen (rest) + 1);
          s = part_number - 1;
          break;
        }
    }
  }
}

static double *
resolve (const XpsModel *model)
{
  g_autoptr (XpsModelIndex) index = xps_model_check (model, NULL);
  double *values = g_new (double, model->parameters->len + 1);
  for (guint i = 0; i < model->parameters->len; i++)
    values[i] = ((const XpsParameter *)g_ptr_array_index (model->parameters, i))->value;
  if (index != NULL)
    xps_model_resolve_links (model, index, values);
  return values;
}

XpsModel *
xps_series_levels_dup_part (const XpsModel *step, gsize number)
{
  XpsModel *model = xps_model_copy (step);
  if (step->parts->len < 2)
    return model;
  g_autofree double *values = resolve (step);
  XpsModelPart *part = g_ptr_array_index (model->parts, number);
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  use_roles (used, g_ptr_array_index (step->parts, number));
  for (guint i = model->parameters->len; i-- > 0;) {
    XpsParameter *p = g_ptr_array_index (model->parameters, i);
    if (!g_hash_table_contains (used, p->name) && !belongs (p->name, part->id)) {
      g_ptr_array_remove_index (model->parameters, i);
      continue;
    }
    cut_ties (p, part->id, values[i]);
    shorten (&p->name, part->id);
    for (guint t = 0; p->terms != NULL && t < p->terms->len; t++)
      shorten (&((XpsLinkTerm *)g_ptr_array_index (p->terms, t))->of, part->id);
  }
  shorten_part (part, part->id);
  restore_names (step, number, part);
  for (guint s = model->parts->len; s-- > 0;)
    if (s != number)
      g_ptr_array_remove_index (model->parts, s);
  g_clear_pointer (&part->id, g_free);
  model->joint = FALSE;
  return model;
}

const char *
xps_series_setup_get_level_name (const XpsSeriesSetup *self, gsize level)
{
  return ((XpsModelPart *)g_ptr_array_index (self->model->parts, level))->id;
}
