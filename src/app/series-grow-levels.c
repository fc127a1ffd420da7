/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "app/series-grow.h"
#include "app/series-levels.h"

/* Frames of several core levels: which regions make a step, and which have to wait. */

typedef struct {
  guint id;
  int level;   /* -1: none */
  guint event; /* G_MAXUINT: it was there before */
  gsize place; /* in the file of the event */
} Seat;

/* ---- who is there ---- */

/* A region that stands for each level; NULL in it: none is left in the document. */
static GArray *
find_leaders (const XpsGrowth *self)
{
  const gsize n = xps_series_setup_get_n_levels (self->setup);
  GArray *levels = g_array_new (FALSE, TRUE, sizeof (XpsSeriesLevel));
  for (gsize k = 0; k < n; k++) {
    XpsSeriesLevel level = {NULL, (char *)xps_series_setup_get_level_name (self->setup, k)};
    for (gsize i = self->setup->regions->len; i-- > 0 && level.leader == NULL;) {
      const guint id = xps_series_setup_get_region (self->setup, i, k);
      level.leader = id != 0 ? xps_state_find_region (self->base, id) : NULL;
    }
    g_array_append_val (levels, level);
  }
  return levels;
}

static gboolean
all_known (const GArray *levels)
{
  for (guint k = 0; k < levels->len; k++)
    if (g_array_index (levels, XpsSeriesLevel, k).leader == NULL)
      return FALSE;
  return TRUE;
}

static int
find_level (const XpsGrowth *self, const GArray *levels, guint id)
{
  const XpsRegion *region = xps_state_find_region (self->state, id);
  return region != NULL && region->kind != XPS_REGION_SURVEY ? xps_series_levels_place (levels, region) : -1;
}

static int
compare_seats (gconstpointer a, gconstpointer b)
{
  const Seat *x = a, *y = b;
  return (x->id > y->id) - (x->id < y->id);
}

/* In the order in which they came: ids grow. */
static GArray *
list_seats (const XpsGrowth *self, const GPtrArray *events, const GPtrArray *places, const GArray *levels)
{
  GArray *seats = g_array_new (FALSE, FALSE, sizeof (Seat));
  for (gsize i = 0; i < self->setup->regions->len; i++)
    for (gsize k = 0; k < levels->len; k++) {
      const Seat seat = {xps_series_setup_get_region (self->setup, i, k), (int)k, G_MAXUINT, 0};
      if (seat.id != 0 && xps_state_find_region (self->base, seat.id) != NULL)
        g_array_append_val (seats, seat);
    }
  for (guint e = 0; e < events->len; e++) {
    const XpsWatchEvent *event = g_ptr_array_index (events, e);
    const GArray *ids = g_ptr_array_index (places, e);
    for (guint f = 0; f < event->fresh->len; f++) {
      const gsize place = g_array_index (event->fresh, gsize, f);
      const guint id = g_array_index (ids, guint, place);
      const Seat seat = {id, find_level (self, levels, id), e, place};
      g_array_append_val (seats, seat);
    }
  }
  g_array_sort (seats, compare_seats);
  return seats;
}

static XpsSeriesGroups *
list_placed (const XpsGrowth *self, const GArray *seats, gsize n_levels)
{
  XpsSeriesGroups *placed = xps_series_groups_new (self->setup->regions->len, n_levels);
  g_autoptr (GHashTable) by_id = g_hash_table_new (NULL, NULL);
  for (guint s = 0; s < seats->len; s++)
    g_hash_table_insert (by_id, GUINT_TO_POINTER (g_array_index (seats, Seat, s).id), GUINT_TO_POINTER (s));
  gsize step = 0;
  for (gsize i = 0; i < self->setup->regions->len; i++) {
    gboolean any = FALSE;
    for (gsize k = 0; k < n_levels; k++) {
      gpointer at;
      const guint id = xps_series_setup_get_region (self->setup, i, k);
      if (id == 0 || !g_hash_table_lookup_extended (by_id, GUINT_TO_POINTER (id), NULL, &at))
        continue;
      placed->inputs[step * n_levels + k] = (int)GPOINTER_TO_UINT (at);
      any = TRUE;
    }
    step += any ? 1 : 0;
  }
  placed->n_steps = step;
  return placed;
}

static XpsSeriesArrivals *
arrive (const XpsGrowth *self, const GArray *seats, gsize n_levels, XpsArrivalHaste haste)
{
  g_autofree XpsSeriesInput *inputs = g_new0 (XpsSeriesInput, seats->len + 1);
  g_autofree int *levels = g_new0 (int, seats->len + 1);
  g_autoptr (XpsSeriesGroups) placed = list_placed (self, seats, n_levels);
  for (guint s = 0; s < seats->len; s++) {
    const Seat *seat = &g_array_index (seats, Seat, s);
    const XpsRegion *region = xps_state_find_region (self->state, seat->id);
    inputs[s].spectrum = region->spectrum;
    inputs[s].file = region->source != NULL ? region->source->path : NULL;
    levels[s] = seat->level;
  }
  /* Samples by their names in the files: a file that grew is taken in as a sample of its own. */
  return xps_series_arrive (inputs, seats->len, levels, NULL, placed, self->setup->grouping, haste);
}

/* ---- where they go ---- */

static char *
dup_lacking (const XpsGrowth *self, const XpsSeriesArrivals *arrivals, gsize row)
{
  const gsize n = arrivals->groups->n_parts;
  g_autofree const char **names = g_new0 (const char *, n + 1);
  for (gsize k = 0; k < n; k++)
    names[k] = xps_series_setup_get_level_name (self->setup, k);
  return xps_series_arrivals_dup_lacking (arrivals, row, names);
}

static void
add_row (XpsGrowth *self, const GArray *seats, const XpsSeriesArrivals *arrivals, gsize row)
{
  const gsize n = arrivals->groups->n_parts;
  for (gsize k = 0; k < n; k++) {
    const int at = arrivals->groups->inputs[row * n + k];
    const guint id = at >= 0 ? g_array_index (seats, Seat, at).id : 0;
    g_array_append_val (
        k == 0 ? self->setup->regions : (GArray *)g_ptr_array_index (self->setup->levels, k - 1), id);
  }
  g_autofree char *lacking = dup_lacking (self, arrivals, row);
  if (lacking[0] != '\0')
    g_ptr_array_add (self->remarks, g_strdup_printf (_ ("Step %u is taken without %s: it did not come"),
                                                     self->setup->regions->len, lacking));
}

static void
add_waiting (XpsGrowth *self, const GArray *seats, const XpsSeriesArrivals *arrivals, GHashTable *waiting)
{
  const gsize n = arrivals->groups->n_parts;
  for (gsize row = arrivals->n_ready; row < arrivals->groups->n_steps; row++) {
    const XpsAwaited awaited = {self->setup->regions->len + (guint)(row - arrivals->n_ready) + 1,
                                dup_lacking (self, arrivals, row)};
    g_array_append_val (self->awaited, awaited);
    for (gsize k = 0; k < n; k++) {
      const int at = arrivals->groups->inputs[row * n + k];
      if (at >= 0)
        g_hash_table_add (waiting, GUINT_TO_POINTER (g_array_index (seats, Seat, at).id));
    }
  }
}

static void
tell_late (XpsGrowth *self, const GArray *seats, const XpsSeriesArrivals *arrivals)
{
  for (guint s = 0; s < seats->len; s++) {
    const XpsRegion *region = xps_state_find_region (self->state, g_array_index (seats, Seat, s).id);
    if (!arrivals->late[s])
      continue;
    g_autofree char *file = g_path_get_basename (region->source != NULL ? region->source->path : "");
    g_ptr_array_add (
        self->remarks,
        g_strdup_printf (_ ("%s came when its step was taken already: it is left out of the series"), file));
  }
}

/* What waits, and what was known before, is not in the document for it. */
static void
remove_others (XpsGrowth *self, const GPtrArray *places, const GArray *seats, GHashTable *waiting)
{
  g_autoptr (GHashTable) staying = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint s = 0; s < seats->len; s++) {
    const guint id = g_array_index (seats, Seat, s).id;
    if (!g_hash_table_contains (waiting, GUINT_TO_POINTER (id)))
      g_hash_table_add (staying, GUINT_TO_POINTER (id));
  }
  for (guint e = 0; e < places->len; e++) {
    const GArray *ids = g_ptr_array_index (places, e);
    for (guint i = 0; i < ids->len; i++)
      if (!g_hash_table_contains (staying, GUINT_TO_POINTER (g_array_index (ids, guint, i))))
        g_array_append_val (gone, g_array_index (ids, guint, i));
  }
  if (gone->len == 0)
    return;
  XpsState *next = xps_state_remove_regions (self->state, (const guint *)(void *)gone->data, gone->len);
  xps_state_unref (self->state);
  self->state = next;
}

static void
list_rests (XpsGrowth *self, const GPtrArray *events, const GArray *seats, GHashTable *waiting)
{
  for (guint e = 0; e < events->len; e++)
    g_ptr_array_add (self->rests, g_array_new (FALSE, FALSE, sizeof (gsize)));
  for (guint s = 0; s < seats->len; s++) {
    const Seat *seat = &g_array_index (seats, Seat, s);
    if (seat->event != G_MAXUINT && g_hash_table_contains (waiting, GUINT_TO_POINTER (seat->id)))
      g_array_append_val ((GArray *)g_ptr_array_index (self->rests, seat->event), seat->place);
  }
}

void
xps_growth_place (XpsGrowth *self, const GPtrArray *events, const GPtrArray *places, XpsArrivalHaste haste)
{
  g_autoptr (GArray) levels = find_leaders (self);
  if (!all_known (levels))
    return;
  g_autoptr (GArray) seats = list_seats (self, events, places, levels);
  g_autoptr (XpsSeriesArrivals) arrivals = arrive (self, seats, levels->len, haste);
  g_autoptr (GHashTable) waiting = g_hash_table_new (NULL, NULL);
  for (gsize row = 0; row < arrivals->n_ready; row++)
    add_row (self, seats, arrivals, row);
  add_waiting (self, seats, arrivals, waiting);
  tell_late (self, seats, arrivals);
  list_rests (self, events, seats, waiting);
  remove_others (self, places, seats, waiting);
}
